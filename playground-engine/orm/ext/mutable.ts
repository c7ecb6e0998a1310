// Values that tell their object when they change in place: Mutable, MutableComposite.
//
// A mutable value remembers the objects that hold it and under which key. Loading and setting the attribute notes that;
// `changed` flags the attributes. The classes programs derive from (MutableDict …) are the language's own collections:
// the bindings make them, with every method of MUTATORS followed by `changed`.
// Behaviour: SQLAlchemy ext/mutable.py.
import { listen, listenInternal, type ListenOptions } from "../../event/index.ts";
import { Column } from "../../sql/schema/index.ts";
import { toInstance, type TypeArgument, type TypeEngine } from "../../sql/types/engine.ts";
import { host, type Value } from "../../util/host.ts";
import { flagModified } from "../attributes/functions.ts";
import type { QueryableAttribute } from "../attributes/instrumented.ts";
import { face, type ClassRef } from "../face.ts";
import { Mapper } from "../mapping/mapper.ts";
import { CompositeProperty } from "../props/composite.ts";
import type { InstanceState } from "../state/state.ts";
import { callMethod, getAttribute, setItem } from "./values.ts";

/** Methods that change a collection, by what it is: each calls that of the plain collection, then `changed`. Operators in place call these. */
export const MUTATORS = {
  dict: ["__setitem__", "setdefault", "__delitem__", "update", "pop", "popitem", "clear"],
  list: [
    "__setitem__",
    "__delitem__",
    "pop",
    "append",
    "extend",
    "insert",
    "remove",
    "clear",
    "sort",
    "reverse",
  ],
  set: [
    "update",
    "intersection_update",
    "difference_update",
    "symmetric_difference_update",
    "add",
    "remove",
    "discard",
    "pop",
    "clear",
  ],
} as const;

type Holders = Map<InstanceState, string>;
const holders = new WeakMap<object, Holders>();

/** `value._parents`: who holds the value, and under which key. */
export function parentsOf(value: Value): Holders {
  let found = holders.get(value as object);
  if (!found) holders.set(value as object, (found = new Map()));
  return found;
}

/** `Mutable.changed()` */
export function changed(value: Value): void {
  for (const [state, key] of parentsOf(value)) {
    const obj = state.obj();
    if (obj !== null) flagModified(obj, key);
  }
}

/** `MutableComposite.changed()`: the columns take the composite's values anew. */
export function compositeChanged(value: Value): void {
  for (const [state, key] of parentsOf(value)) {
    const prop = state.mapper._props.get(key) as unknown as CompositeProperty;
    const values = prop._compositeValuesFromInstance(value);
    prop._attributeKeys.forEach((name, i) => host.setAttribute(state.obj(), name, values[i]));
  }
}

/** `MutableBase.coerce(key, value)`: None, or an error. @throws the host's ValueError */
export function coerce(key: string, value: Value): null {
  if (value === null) return null;
  throw host.error(
    "ValueError",
    `Attribute '${key}' does not accept objects of type ${host.str(host.typeOf(value))}`,
  );
}

const RAW: ListenOptions = { raw: true, propagate: true };

/** `cls._listen_on_attribute(attribute, coerce, parent_cls)` for a class of mutable values. */
export function listenOnAttribute(
  cls: Value,
  attribute: QueryableAttribute,
  coerces: boolean,
  parentCls: ClassRef,
  listenKeys: ReadonlySet<string> = new Set([attribute.key]),
): void {
  const { key } = attribute;
  if (parentCls !== attribute.class_) return;
  const coerced = (value: Value): Value => host.call(getAttribute(cls, "coerce"), [key, value]);

  const load = (s: Value): void => {
    const state = s as InstanceState;
    let value: Value = state.dict.get(key) ?? null;
    if (value === null) return;
    if (coerces) {
      value = coerced(value);
      state.dict.set(key, value);
    }
    parentsOf(value).set(state, key);
  };
  const loadAttributes = (state: Value, _context: Value, attrs: Value): void => {
    const names = attrs === null || attrs === undefined ? [] : [...(attrs as Iterable<string>)];
    if (!names.length || names.some((name) => listenKeys.has(name))) load(state);
  };
  const set = (target: Value, given: Value, old: Value): Value => {
    if (given === old) return given;
    const state = target as InstanceState;
    const value = host.isInstance(given, cls) ? given : coerced(given);
    if (value !== null) parentsOf(value).set(state, key);
    if (old !== null && typeof old === "object" && host.isInstance(old, cls)) parentsOf(old).delete(state);
    return value;
  };
  listenInternal(parentCls, "_sa_event_merge_wo_load", load, RAW);
  listenInternal(parentCls, "load", load, RAW);
  listenInternal(parentCls, "refresh", loadAttributes, RAW);
  listenInternal(parentCls, "refresh_flush", loadAttributes, RAW);
  listenInternal(attribute, "set", set, { ...RAW, retval: true });
  listenInternal(
    parentCls,
    "pickle",
    (state, kept) => keepForPickle(state as InstanceState, key, kept as Value),
    RAW,
  );
  listenInternal(
    parentCls,
    "unpickle",
    (s, kept) => {
      for (const value of keptInPickle(kept as Value, key)) parentsOf(value).set(s as InstanceState, key);
    },
    RAW,
  );
}

/** Where the state of a pickled object keeps the mutable values that it holds, by their keys. */
const IN_PICKLE = "ext.mutable.values";

function keepForPickle(state: InstanceState, key: string, kept: Value): void {
  const value: Value = state.dict.get(key) ?? null;
  if (value === null) return;
  let all = callMethod(kept, "get", [IN_PICKLE]);
  if (all === null) setItem(kept, IN_PICKLE, (all = host.makeDict([])));
  callMethod(callMethod(all, "setdefault", [key, host.makeList([])]), "append", [value]);
}

/** Before 1.4 they were a list, without keys. */
function keptInPickle(kept: Value, key: string): Iterable<Value> {
  const all = callMethod(kept, "get", [IN_PICKLE]);
  if (all === null) return [];
  const values = host.kindOf(all) === "list" ? all : callMethod(all, "get", [key, host.makeList([])]);
  return host.iterate(values) ?? [];
}

/** `cls.associate_with_attribute(attribute)` */
export function associateWithAttribute(cls: Value, attribute: QueryableAttribute): void {
  listenOnAttribute(cls, attribute, true, attribute.class_);
}

/** `cls.associate_with(sqltype)`: every column of that type, from now on. */
export function associateWith(cls: Value, sqltype: Value): void {
  const isOfType = (type: TypeEngine): boolean =>
    typeof sqltype === "function"
      ? type instanceof (sqltype as new () => TypeEngine)
      : host.isInstance(type, sqltype);
  whenConfigured((mapper, class_) => {
    for (const prop of mapper.columnAttrs)
      if (isOfType(prop.columns[0]!.type)) associateWithAttribute(cls, attributeOf(class_, prop.key));
  });
}

const ORIGINAL = "_ext_mutable_orig_type";
const APPLIED = "_ext_mutable_listener_applied";

/** `cls.as_mutable(sqltype)`: every column with this very type object. */
export function asMutable(cls: Value, sqltype: TypeArgument): TypeEngine {
  const type = toInstance(sqltype);
  // Such a type is copied along with its column: the column's info says which it was.
  const copied = type.isSchemaEventTarget;
  if (copied)
    listenInternal(type, "before_parent_attach", (t, parent) => setInfo(parent as Column, ORIGINAL, t));
  whenConfigured((mapper, class_) => {
    for (const prop of mapper.columnAttrs) {
      const column = prop.columns[0] as unknown;
      if (!(column instanceof Column)) continue;
      if (column.type !== type && !(copied && infoOf(column, ORIGINAL) === type)) continue;
      if (infoOf(column, APPLIED) === true) continue;
      setInfo(column, APPLIED, true);
      associateWithAttribute(cls, attributeOf(class_, prop.key));
    }
  });
  return type;
}

/** Belongs to the program: forgotten with it. */
function whenConfigured(fn: (mapper: Mapper, class_: ClassRef) => void): void {
  listen(Mapper, "mapper_configured", (mapper: Mapper, class_: ClassRef) => fn(mapper, class_));
}

function attributeOf(cls: ClassRef, key: string): QueryableAttribute {
  return face().getClassAttribute(cls, key) as QueryableAttribute;
}

function setInfo(column: Column, name: string, value: Value): void {
  if (column.info instanceof Map) column.info.set(name, value);
  else setItem(column.info, name, value);
}

function infoOf(column: Column, name: string): Value {
  for (const [k, v] of host.entries(column.info) ?? []) if (k === name) return v;
  return undefined;
}

/** Whether a composite's class derives from MutableComposite. */
function isMutableComposite(cls: Value): boolean {
  return (
    face().isClass(cls) &&
    face()
      .mro(cls)
      .some(
        (c) => face().className(c) === "MutableComposite" && face().module(c) === "sqlalchemy.ext.mutable",
      )
  );
}

listenInternal(Mapper, "mapper_configured", (m, class_) => {
  for (const prop of (m as Mapper).iterateProperties)
    if (prop instanceof CompositeProperty && isMutableComposite(prop.compositeClass))
      listenOnAttribute(
        prop.compositeClass,
        attributeOf(class_ as ClassRef, prop.key),
        false,
        class_ as ClassRef,
        new Set([prop.key, ...prop._attributeKeys]),
      );
});
