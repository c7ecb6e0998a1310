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
import { method } from "../../python/runtime/native.ts";
import { PyTuple, typeOf, type PyType, type Value } from "../../python/runtime/object.ts";
import { newType } from "../../python/runtime/type-type.ts";
import { nativeMethod } from "../../python/stdlib/make-class.ts";
import { MARK_INTERNAL, MARK_ROLE, markNative, originalsOf, rawDictOf, takeCarried } from "../collections.ts";
import { give } from "../modules.ts";
import { toPython } from "../values.ts";

const MODULE = "sqlalchemy.orm.mapped_collection";
const plain = originalsOf(dictType);

/** The rules of classes that a factory made, and of unpickled dictionaries. */
const specs = new WeakMap<object, KeyFuncSpec>();

function specOf(self: Value): KeyFuncSpec {
  const own = specs.get(self as object);
  if (own) return own;
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

/** The key of an object by the rules, for programs. */
const keyfuncOf = (spec: KeyFuncSpec): Value =>
  nativeFunction(
    "keyfunc",
    method("(value)", (value: Value) => toPython(spec.keyfunc(value))),
  );

type Make = (given: never, options: { ignoreUnpopulatedAttribute: boolean }) => KeyFuncSpec;

/** Each factory's argument and rules. */
const FACTORIES: Readonly<Record<string, readonly [argument: string, make: Make]>> = {
  attribute_keyed_dict: ["attr_name", attributeKeyedDict],
  column_keyed_dict: ["mapping_spec", columnKeyedDict],
  keyfunc_mapping: ["keyfunc", keyfuncMapping],
};

/** A class that a factory made is in no module: its dictionaries are unpickled as KeyFuncDicts with the same rules. */
const restored = nativeFunction(
  "_restored_keyed_dict",
  method(
    "(factory, given, ignore, items)",
    (factory: string, given: never, ignore: boolean, entries: Value) => {
      const spec = FACTORIES[factory]![1](given, { ignoreUnpopulatedAttribute: ignore });
      const made = call(KeyFuncDict, [keyfuncOf(spec)]);
      setAttr(made, "ignore_unpopulated_attribute", ignore);
      specs.set(made as object, spec);
      call(dictType.lookup("update")!, [made, entries]);
      return made;
    },
  ),
  MODULE,
);

function reduceKeyed(self: Value): PyTuple {
  const entries = call(dictType, [self]);
  const { factory, given, ignoreUnpopulatedAttribute } = specOf(self);
  return new PyTuple([
    restored,
    new PyTuple([factory, toPython(given), ignoreUnpopulatedAttribute, entries]),
  ]);
}

const KeyFuncDict: PyType = makeClass("KeyFuncDict", dictType, {
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
  __reduce_ex__: nativeMethod("__reduce_ex__", method("(self, protocol, /)", reduceKeyed), MODULE),
});

function classFor(spec: KeyFuncSpec): PyType {
  const made = makeClass("_MKeyfuncMapped", KeyFuncDict, {
    __init__: nativeMethod(
      "__init__",
      method("(self, *dict_args)", (self: Value, args: Value[]) => initDict(self, args)),
      MODULE,
    ),
    __qualname__: "_mapped_collection_cls.<locals>._MKeyfuncMapped",
    keyfunc: keyfuncOf(spec),
    ignore_unpopulated_attribute: spec.ignoreUnpopulatedAttribute,
  });
  specs.set(made, spec);
  return made;
}

export function bindKeyedCollections(): void {
  give(`${MODULE}._restored_keyed_dict`, restored);
  const made: Record<string, Value> = { KeyFuncDict };
  for (const [name, [argument, make]] of Object.entries(FACTORIES))
    made[name] = nativeFunction(
      name,
      method(`(${argument}, *, ignore_unpopulated_attribute=False)`, (given: never, ignore: Value) =>
        classFor(make(given, { ignoreUnpopulatedAttribute: ignore === true })),
      ),
      MODULE,
    );
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
