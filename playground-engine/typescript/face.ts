// TypeScript's side of the seam to the ORM (orm/face.ts): mapped classes are JavaScript classes that derive from Entity, their
// attributes accessors on the prototype, their collections arrays.
//
// There are no annotations to read: columns and relationships come with the mapping. Nothing tells when an object is no
// longer referred to, so the identity map is strong here: an object stays until its session closes or it is expunged.
import type { InstrumentedAttribute } from "../orm/attributes/instrumented.ts";
import type { ClassRef, Face, Instance } from "../orm/face.ts";
import type { Value } from "../util/host.ts";
import { adapterOf, listOps, MappedList, setAdapter } from "./collection.ts";
import {
  ATTRIBUTES,
  DICT,
  Entity,
  type EntityType,
  type HiddenClass,
  INIT,
  lineage,
  MANAGER,
  STATE,
} from "./instance.ts";

const subclasses = new WeakMap<object, ClassRef[]>();
const ids = new WeakMap<object, number>();
let nextId = 0x1000;

/** Make a class known to those it derives from: mapping does. */
export function knowClass(cls: ClassRef): void {
  const base = Object.getPrototypeOf(cls) as object;
  const known = subclasses.get(base) ?? [];
  if (!known.includes(cls)) subclasses.set(base, [...known, cls]);
}

const hide = (o: object, key: symbol, value: unknown): void =>
  void Object.defineProperty(o, key, { value, configurable: true, writable: true });

function install(c: ClassRef, key: string, value: Value): void {
  if (!Object.hasOwn(c, ATTRIBUTES)) hide(c, ATTRIBUTES, new Map());
  (c as HiddenClass)[ATTRIBUTES]!.set(key, value);
  const attribute = value as InstrumentedAttribute;
  if (typeof attribute?.descriptorGet !== "function") return;
  Object.defineProperty((c as EntityType).prototype, key, {
    get(this: Entity) {
      const dict = this[DICT];
      const value = dict.get(key);
      // what is loaded needs no asking
      return value !== undefined || dict.has(key) ? value : attribute.descriptorGet(this);
    },
    set(this: Entity, v: Value) {
      attribute.descriptorSet(this, v);
    },
    configurable: true,
    enumerable: true,
  });
}

export const typescriptFace: Face = {
  stateOf: (obj) => (obj instanceof Entity ? obj[STATE] : undefined),
  setState: (obj, state) => void ((obj as Entity)[STATE] = state),
  dictOf: (obj) => (obj as Entity)[DICT],
  classOf: (obj) => obj.constructor,
  isInstance: (v): v is Instance => v instanceof Entity,
  allocate: (cls) => {
    const obj = Object.create((cls as EntityType).prototype as object) as Entity;
    obj[STATE] = undefined;
    obj[DICT] = new Map();
    return obj;
  },
  alive: () => true,
  idOf: (v) => {
    let id = ids.get(v as object);
    if (id === undefined) ids.set(v as object, (id = nextId += 16));
    return id;
  },
  dictValue: (obj) => (obj as Entity)[DICT],

  isClass: (v): v is ClassRef => typeof v === "function" && (v === Entity || v.prototype instanceof Entity),
  className: (c) => (c as EntityType).name,
  qualname: (c) => (c as EntityType).name,
  module: () => "__main__",
  bases: (c) => lineage(c).slice(1, 2),
  mro: lineage,
  subclasses: (c) => subclasses.get(c) ?? [],
  isSubclass: (c, base) => c === base || base === Entity || lineage(c).includes(base as EntityType),
  ownMembers: () => [],
  ownMember: (c, name) =>
    Object.hasOwn(c, ATTRIBUTES) ? (c as HiddenClass)[ATTRIBUTES]?.get(name) : undefined,
  getClassAttribute: (c, name) => {
    for (const cls of lineage(c))
      if (Object.hasOwn(cls, ATTRIBUTES)) {
        const attributes = (cls as HiddenClass)[ATTRIBUTES]!;
        if (attributes.has(name)) return attributes.get(name);
      }
    return undefined;
  },
  annotations: () => [],
  resolveForward: () => undefined,
  managerOf: (c) => (Object.hasOwn(c, MANAGER) ? (c as HiddenClass)[MANAGER] : undefined),
  setManager: (c, m) => {
    if (m) hide(c, MANAGER, m);
    else delete (c as HiddenClass)[MANAGER];
  },
  install,
  uninstall: (c, key) => {
    if (Object.hasOwn(c, ATTRIBUTES)) (c as HiddenClass)[ATTRIBUTES]!.delete(key);
    delete ((c as EntityType).prototype as unknown as Record<string, unknown>)[key];
  },
  wrapInit: (c, init) => hide(c, INIT, init),
  unwrapInit: (c) => void delete (c as HiddenClass)[INIT],
  hasOwnInit: () => false,
  makeClass: (name, bases) => {
    const base = (bases[0] ?? Entity) as new () => Entity;
    return { [name]: class extends base {} }[name]!;
  },

  collectionRole: () => "list",
  duckTypeCollection: (v) =>
    Array.isArray(v) ? "list" : v instanceof Set ? "set" : v instanceof Map ? "dict" : undefined,
  makeCollection: () => new MappedList(),
  collectionOps: () => listOps,
  adapterOf,
  setAdapter,
};
