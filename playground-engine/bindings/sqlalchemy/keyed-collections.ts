// Dictionaries as collections: attribute_keyed_dict, column_keyed_dict, keyfunc_mapping and the class they derive, KeyFuncDict.
//
// What an object's key is, and what happens where it has none, are the engine's rules (orm/collections/keyed.ts).
// Behaviour: SQLAlchemy orm/mapped_collection.py.
import {
  attributeKeyedDict,
  columnKeyedDict,
  keyedRemove,
  keyedSet,
  keyfuncMapping,
  type KeyFuncSpec,
} from "../../orm/collections/keyed.ts";
import { dictType } from "../../python/builtins/dict-type.ts";
import { getAttr, setAttr } from "../../python/runtime/attributes.ts";
import { typeType } from "../../python/runtime/base-types.ts";
import { call } from "../../python/runtime/call.ts";
import { nativeFunction } from "../../python/runtime/native-function.ts";
import type { NativeMethod } from "../../python/runtime/native.ts";
import { typeOf, type PyType, type Value } from "../../python/runtime/object.ts";
import { newType } from "../../python/runtime/type-type.ts";
import { nativeMethod } from "../../python/stdlib/make-class.ts";
import { MARK_INTERNAL, MARK_ROLE, markNative, originalsOf, rawDictOf, takeCarried } from "../collections.ts";
import { give } from "../modules.ts";
import { toPython } from "../values.ts";

const MODULE = "sqlalchemy.orm.mapped_collection";
const method = (signature: string, fn: (...args: never[]) => unknown): NativeMethod => [
  signature,
  fn as NativeMethod[1],
];
const plain = originalsOf(dictType);

/** The rules of classes that a factory made. */
const specs = new WeakMap<PyType, KeyFuncSpec>();

function specOf(self: Value): KeyFuncSpec {
  for (const cls of typeOf(self).mro) {
    const spec = specs.get(cls);
    if (spec) return spec;
  }
  return keyfuncMapping(getAttr(self, "keyfunc"), {
    ignoreUnpopulatedAttribute: getAttr(self, "ignore_unpopulated_attribute") === true,
  });
}

const initDict = (self: Value, args: readonly Value[]): void =>
  void call(dictType.lookup("__init__")!, [self, ...args]);

/** A method of the class that fires its events itself. */
function role(name: string, elected: string, change: typeof keyedSet): Value {
  const made = nativeMethod(
    name,
    method("(self, value, _sa_initiator=None)", (self: Value, value: Value) =>
      change(specOf(self), self, rawDictOf(self, plain), value, takeCarried()),
    ),
    MODULE,
  );
  markNative(made, { [MARK_ROLE]: elected, [MARK_INTERNAL]: true });
  return made;
}

function makeClass(name: string, base: PyType, members: Readonly<Record<string, Value>>): PyType {
  return newType(
    typeType,
    name,
    [base],
    new Map<string, Value>([["__module__", MODULE], ...Object.entries(members)]),
    new Map(),
  );
}

const KeyFuncDict = makeClass("KeyFuncDict", dictType, {
  __init__: nativeMethod(
    "__init__",
    method(
      "(self, keyfunc, *dict_args, ignore_unpopulated_attribute=False)",
      (self: Value, keyfunc: Value, args: Value[], ignore: Value) => {
        setAttr(self, "keyfunc", keyfunc);
        setAttr(self, "ignore_unpopulated_attribute", ignore);
        initDict(self, args);
      },
    ),
    MODULE,
  ),
  set: role("set", "appender", keyedSet),
  remove: role("remove", "remover", keyedRemove),
});

function classFor(spec: KeyFuncSpec): PyType {
  const keyfunc = nativeFunction(
    "keyfunc",
    method("(value)", (value: Value) => toPython(spec.keyfunc(value))),
  );
  const made = makeClass("_MKeyfuncMapped", KeyFuncDict, {
    __init__: nativeMethod(
      "__init__",
      method("(self, *dict_args)", (self: Value, args: Value[]) => initDict(self, args)),
      MODULE,
    ),
    keyfunc,
    ignore_unpopulated_attribute: spec.ignoreUnpopulatedAttribute,
  });
  specs.set(made, spec);
  return made;
}

export function bindKeyedCollections(): void {
  const factory = (
    name: string,
    argument: string,
    make: (given: never, options: { ignoreUnpopulatedAttribute: boolean }) => KeyFuncSpec,
  ): Value =>
    nativeFunction(
      name,
      method(`(${argument}, *, ignore_unpopulated_attribute=False)`, (given: never, ignore: Value) =>
        classFor(make(given, { ignoreUnpopulatedAttribute: ignore === true })),
      ),
      MODULE,
    );
  const made: Record<string, Value> = {
    KeyFuncDict,
    attribute_keyed_dict: factory("attribute_keyed_dict", "attr_name", attributeKeyedDict),
    column_keyed_dict: factory("column_keyed_dict", "mapping_spec", columnKeyedDict),
    keyfunc_mapping: factory("keyfunc_mapping", "keyfunc", keyfuncMapping),
  };
  const older = {
    MappedCollection: "KeyFuncDict",
    attribute_mapped_collection: "attribute_keyed_dict",
    column_mapped_collection: "column_keyed_dict",
    mapped_collection: "keyfunc_mapping",
  };
  for (const [name, now] of Object.entries(older)) made[name] = made[now]!;
  for (const [name, value] of Object.entries(made))
    for (const module of [MODULE, "sqlalchemy.orm", "sqlalchemy.orm.collections"])
      give(`${module}.${name}`, value);
}
