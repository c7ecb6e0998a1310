// A face for tests: plain JavaScript classes, each object's attributes in a hidden Map, three kinds of collections.
import type { InstrumentedAttribute } from "../../../../playground-engine/orm/attributes/instrumented.ts";
import {
  dictMutators,
  listMutators,
  setMutators,
  type RawDict,
  type RawList,
  type RawSet,
} from "../../../../playground-engine/orm/collections/mutators.ts";
import {
  keyedRemove,
  keyedSet,
  type KeyFuncSpec,
} from "../../../../playground-engine/orm/collections/keyed.ts";
import {
  installFace,
  type AttrDict,
  type ClassRef,
  type CollectionEvents,
  type CollectionInitiator,
  type CollectionOps,
  type CollectionRole,
  type Face,
  type Instance,
  type ManagerRef,
  type StateRef,
} from "../../../../playground-engine/orm/face.ts";
import { host, type Kwargs, type Value } from "../../../../playground-engine/util/host.ts";

const STATE = Symbol("state");
const DICT = Symbol("dict");
const MANAGER = Symbol("manager");
const INIT = Symbol("init");
const ADAPTER = Symbol("adapter");
type Init = (next: () => void, obj: Instance, args: readonly Value[], kwargs: Kwargs) => void;
type AnyClass = new () => Entity;

/** Base of the tests' classes: `make(User, { name: "x" })` calls the constructor. */
export class Entity {
  [key: string]: Value;
  [STATE]: StateRef | undefined = undefined;
  [DICT]: AttrDict = new Map();
}

/** Objects that tests declare unreachable. */
const dead = new WeakSet<object>();
const subclasses = new Map<ClassRef, ClassRef[]>();
const ids = new WeakMap<object, number>();
let nextId = 0x1000;

export function defineClass(name: string, base: AnyClass = Entity): AnyClass {
  const cls = { [name]: class extends base {} }[name] as AnyClass;
  const below = subclasses.get(base);
  if (below) below.push(cls);
  else subclasses.set(base, [cls]);
  return cls;
}

/** `cls(**values)` */
export function make<T extends Entity>(cls: new () => T, values: Record<string, Value> = {}): T {
  const obj = new cls();
  const kwargs: Kwargs = new Map(Object.entries(values));
  const next = (): void => {
    for (const [k, v] of kwargs) (obj as Entity)[k] = v;
  };
  const init = lookup(cls, INIT) as Init | undefined;
  if (init) init(next, obj, [], kwargs);
  else next();
  return obj;
}

function lookup(cls: ClassRef, key: symbol): unknown {
  for (const c of mro(cls)) if (Object.hasOwn(c, key)) return (c as Record<symbol, unknown>)[key];
  return undefined;
}

function mro(cls: ClassRef): ClassRef[] {
  const found: ClassRef[] = [];
  for (
    let c: unknown = cls;
    typeof c === "function" && c !== Entity && c !== Function.prototype;
    c = Object.getPrototypeOf(c)
  )
    found.push(c);
  return found;
}

// ---- collections

export class TestList {
  [ADAPTER]: CollectionEvents | undefined;
  data: Value[] = [];
  get raw(): RawList {
    const { data } = this;
    const at = (i: Value): number => ((i as number) < 0 ? data.length + (i as number) : (i as number));
    return {
      length: data.length,
      get: (i) => data[at(i)],
      set: (i, v) => void (data[at(i)] = v),
      insert: (i, v) => void data.splice(at(i), 0, v),
      push: (v) => void data.push(v),
      delete: (i) => void data.splice(at(i), 1),
      remove: (v) => {
        const i = data.indexOf(v);
        if (i < 0) throw host.error("ValueError", "list.remove(x): x not in list");
        data.splice(i, 1);
      },
      pop: (i) => data.splice(at(i), 1)[0],
      items: () => [...data],
      clear: () => void data.splice(0),
    };
  }
  append(v: Value): void {
    listMutators.append(this, this.raw, v);
  }
  remove(v: Value): void {
    listMutators.remove(this, this.raw, v);
  }
  pop(i = -1): Value {
    return listMutators.pop(this, this.raw, i);
  }
  setitem(i: number, v: Value): void {
    listMutators.setitem(this, this.raw, i, v);
  }
  clear(): void {
    listMutators.clear(this, this.raw);
  }
  [Symbol.iterator](): Iterator<Value> {
    return this.data[Symbol.iterator]();
  }
}

class TestSet {
  [ADAPTER]: CollectionEvents | undefined;
  data = new Set<Value>();
  get raw(): RawSet {
    const { data } = this;
    return {
      has: (v) => data.has(v),
      add: (v) => void data.add(v),
      discard: (v) => void data.delete(v),
      remove: (v) => {
        if (!data.delete(v)) throw host.error("KeyError", host.repr(v));
      },
      pop: () => {
        const [first] = data;
        data.delete(first);
        return first;
      },
      items: () => [...data],
    };
  }
  add(v: Value): void {
    setMutators.add(this, this.raw, v);
  }
  discard(v: Value): void {
    setMutators.discard(this, this.raw, v);
  }
  [Symbol.iterator](): Iterator<Value> {
    return this.data[Symbol.iterator]();
  }
}

export class TestDict {
  [ADAPTER]: CollectionEvents | undefined;
  data = new Map<unknown, readonly [Value, Value]>();
  readonly spec: KeyFuncSpec;
  constructor(spec: KeyFuncSpec) {
    this.spec = spec;
  }
  get raw(): RawDict {
    const { data } = this;
    return {
      has: (k) => data.has(host.key(k)),
      get: (k) => data.get(host.key(k))?.[1],
      set: (k, v) => void data.set(host.key(k), [k, v]),
      delete: (k) => {
        if (!data.delete(host.key(k))) throw host.error("KeyError", host.repr(k));
      },
      keys: () => [...data.values()].map(([k]) => k),
      popitem: () => {
        const last = [...data.values()].at(-1) as readonly [Value, Value];
        data.delete(host.key(last[0]));
        return last;
      },
      clear: () => data.clear(),
    };
  }
  setitem(k: Value, v: Value): void {
    dictMutators.setitem(this, this.raw, k, v);
  }
}

/** What a relationship's collection_class may be: "list", "set" or the rules of a keyed dictionary. */
export type Factory = "list" | "set" | KeyFuncSpec;

const listOps: CollectionOps = {
  append: (c, item, initiator: CollectionInitiator) =>
    listMutators.append(c, (c as TestList).raw, item, initiator),
  remove: (c, item, initiator) => listMutators.remove(c, (c as TestList).raw, item, initiator),
  items: (c) => [...(c as TestList).data],
};
const setOps: CollectionOps = {
  append: (c, item, initiator) => setMutators.add(c, (c as TestSet).raw, item, initiator),
  remove: (c, item, initiator) => setMutators.remove(c, (c as TestSet).raw, item, initiator),
  items: (c) => [...(c as TestSet).data],
};
const dictOps: CollectionOps = {
  append: (c, item, initiator) => keyedSet((c as TestDict).spec, c, (c as TestDict).raw, item, initiator),
  remove: (c, item, initiator) => keyedRemove((c as TestDict).spec, c, (c as TestDict).raw, item, initiator),
  items: (c) => [...(c as TestDict).data.values()].map(([, v]) => v),
  itemsOf: (given) => [...(host.entries(given) ?? [])].map(([, v]) => v),
};

function natureOf(factory: Value): CollectionRole {
  return factory === "set" ? "set" : typeof factory === "object" && factory !== null ? "dict" : "list";
}

export const testFace: Face = {
  stateOf: (obj) => (obj instanceof Entity ? obj[STATE] : undefined),
  setState: (obj, state) => void ((obj as Entity)[STATE] = state),
  dictOf: (obj) => (obj as Entity)[DICT],
  classOf: (obj) => obj.constructor,
  isInstance: (v): v is Instance => v instanceof Entity,
  allocate: (cls) => new (cls as AnyClass)(),
  alive: (obj) => !dead.has(obj),
  idOf: (v) => {
    let id = ids.get(v as object);
    if (id === undefined) ids.set(v as object, (id = nextId += 16));
    return id;
  },
  dictValue: (obj) => (obj as Entity)[DICT],

  isClass: (v): v is ClassRef => typeof v === "function" && (v === Entity || v.prototype instanceof Entity),
  className: (c) => (c as AnyClass).name,
  qualname: (c) => (c as AnyClass).name,
  module: () => "__main__",
  bases: (c) => mro(c).slice(1, 2),
  mro,
  subclasses: (c) => subclasses.get(c) ?? [],
  isSubclass: (c, base) => c === base || mro(c).includes(base),
  ownMembers: () => [],
  ownMember: () => undefined,
  getClassAttribute: (c, name) => {
    for (const cls of mro(c)) {
      const attr = (cls as unknown as { attrs?: Map<string, Value> }).attrs;
      if (Object.hasOwn(cls, "attrs") && attr?.has(name)) return attr.get(name);
    }
    return undefined;
  },
  annotations: () => [],
  resolveForward: () => undefined,
  managerOf: (c) => (Object.hasOwn(c, MANAGER) ? (c as Record<symbol, ManagerRef>)[MANAGER] : undefined),
  setManager: (c, m) => {
    if (m) Object.defineProperty(c, MANAGER, { value: m, configurable: true });
    else delete (c as Record<symbol, unknown>)[MANAGER];
  },
  install: (c, key, value) => {
    if (!Object.hasOwn(c, "attrs"))
      Object.defineProperty(c, "attrs", { value: new Map(), configurable: true });
    (c as unknown as { attrs: Map<string, Value> }).attrs.set(key, value);
    const attr = value as InstrumentedAttribute;
    Object.defineProperty((c as AnyClass).prototype, key, {
      get(this: Entity) {
        return attr.descriptorGet(this);
      },
      set(this: Entity, v: Value) {
        attr.descriptorSet(this, v);
      },
      configurable: true,
    });
  },
  uninstall: (c, key) => {
    delete ((c as AnyClass).prototype as Record<string, unknown>)[key];
  },
  wrapInit: (c, init) => void Object.defineProperty(c, INIT, { value: init, configurable: true }),
  unwrapInit: (c) => void delete (c as Record<symbol, unknown>)[INIT],
  hasOwnInit: () => false,
  makeClass: (name, bases) => defineClass(name, bases[0] as AnyClass),

  collectionRole: natureOf,
  duckTypeCollection: (v) => {
    if (v instanceof TestList || Array.isArray(v)) return "list";
    if (v instanceof TestSet || v instanceof Set) return "set";
    return v instanceof TestDict || v instanceof Map ? "dict" : undefined;
  },
  makeCollection: (factory) => {
    const nature = factory === undefined ? "list" : natureOf(factory);
    return nature === "list"
      ? new TestList()
      : nature === "set"
        ? new TestSet()
        : new TestDict(factory as KeyFuncSpec);
  },
  collectionOps: (c) => (c instanceof TestList ? listOps : c instanceof TestSet ? setOps : dictOps),
  adapterOf: (c) =>
    c instanceof TestList || c instanceof TestSet || c instanceof TestDict ? c[ADAPTER] : undefined,
  setAdapter: (c, adapter) => void ((c as TestList)[ADAPTER] = adapter),
};

installFace(testFace);
