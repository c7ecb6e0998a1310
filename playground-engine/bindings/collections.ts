// Python's collections as the ORM's: list, set and dict subclasses whose mutators tell the ORM, and custom classes likewise.
//
// A class is instrumented once: its mutators, its own overrides included, are wrapped where they stand; what each wrapper
// fires is orm/collections/mutators.ts. `@collection.appender` and its like leave their marks on functions (MARK_*).
// Behaviour: SQLAlchemy orm/collections.py (_instrument_class).
import { collectionMethods, type CollectionMethods, missingArgument } from "../orm/collections/roles.ts";
import {
  beforePop,
  beforeSet,
  dictMutators,
  listMutators,
  type RawDict,
  type RawList,
  type RawSet,
  removed,
  setMutators,
} from "../orm/collections/mutators.ts";
import type {
  CollectionEvents,
  CollectionInitiator,
  CollectionOps,
  CollectionRole,
  Face,
} from "../orm/face.ts";
import { PyDict } from "../python/builtins/dict.ts";
import { dictType } from "../python/builtins/dict-type.ts";
import { listType } from "../python/builtins/list-type.ts";
import { PySet } from "../python/builtins/set.ts";
import { setType } from "../python/builtins/set-type.ts";
import { PySlice, resolveSlice } from "../python/builtins/slice-type.ts";
import { getAttr, hasAttr } from "../python/runtime/attributes.ts";
import { call } from "../python/runtime/call.ts";
import { typeType } from "../python/runtime/base-types.ts";
import { E, raise } from "../python/runtime/exceptions.ts";
import { PyFunction } from "../python/runtime/function.ts";
import { toArray } from "../python/runtime/iteration.ts";
import { late } from "../python/runtime/late.ts";
import { PyBuiltin } from "../python/runtime/native-function.ts";
import type { NativeMethod } from "../python/runtime/native.ts";
import {
  dictOf,
  type Kwargs,
  NotImplemented,
  PyList,
  PyTuple,
  PyType,
  typeOf,
  type Value,
} from "../python/runtime/object.ts";
import { contains, getItem } from "../python/runtime/items.ts";
import { newType } from "../python/runtime/type-type.ts";

/** Marks that sqlalchemy.orm.collections.collection's decorators leave on functions. */
export const MARK_ROLE = "_sa_instrument_role";
export const MARK_BEFORE = "_sa_instrument_before";
export const MARK_AFTER = "_sa_instrument_after";
/** On methods that fire their events themselves. */
export const MARK_INTERNAL = "_sa_instrumented";

const ADAPTER: unique symbol = Symbol("collection adapter");
interface Adapted {
  [ADAPTER]?: CollectionEvents | undefined;
}

/** The initiator that the ORM's own call of an appender or remover carries to the outermost wrapper. */
let carried: { readonly initiator: CollectionInitiator } | undefined;

/** Whom the ORM's call of an appender or remover is for; null where the program calls. */
export function takeCarried(): CollectionInitiator {
  const c = carried;
  carried = undefined;
  return c ? c.initiator : null;
}

function carrying<T>(initiator: CollectionInitiator, fn: () => T): T {
  carried = { initiator };
  try {
    return fn();
  } finally {
    carried = undefined;
  }
}

/** A program may say False: no event, however the collection came to be changed. */
const initiatorOf = (given: Value): CollectionInitiator => (given === false ? false : takeCarried());

type Fn = (self: Value, ...args: Value[]) => Value;
type Originals = (name: string) => Fn;

function originalsOf(cls: PyType): Originals {
  const found = new Map<string, Fn>();
  return (name) => {
    let f = found.get(name);
    if (!f) {
      const raw = cls.lookup(name);
      found.set(name, (f = (self, ...args) => call(raw, [self, ...args])));
    }
    return f;
  };
}

// -- raw operations over a class's own methods -----------------------------------------------

function rawList(self: Value, of: Originals): RawList {
  const items = (): Value[] => (self instanceof PyList ? self.items.slice() : toArray(self));
  return {
    get length() {
      return self instanceof PyList ? self.items.length : items().length;
    },
    get: (i) => of("__getitem__")(self, i),
    set: (i, v) => void of("__setitem__")(self, i, v),
    insert: (i, v) => void of("insert")(self, i, v),
    push: (v) => void of("append")(self, v),
    delete: (i) => void of("__delitem__")(self, i),
    remove: (v) => void of("remove")(self, v),
    pop: (i) => of("pop")(self, i),
    items,
    clear: () => void of("clear")(self),
  };
}

function rawSet(self: Value, of: Originals): RawSet {
  return {
    has: (v) => (self instanceof PySet ? self.has(v) : contains(self, v)),
    add: (v) => void of("add")(self, v),
    discard: (v) => void of("discard")(self, v),
    remove: (v) => void of("remove")(self, v),
    pop: () => of("pop")(self),
    items: () => toArray(self),
  };
}

function rawDict(self: Value, of: Originals): RawDict {
  return {
    has: (k) => (self instanceof PyDict ? self.has(k) : contains(self, k)),
    get: (k) => of("__getitem__")(self, k),
    set: (k, v) => void of("__setitem__")(self, k, v),
    delete: (k) => void of("__delitem__")(self, k),
    keys: () => toArray(self),
    popitem: () => {
      const pair = toArray(of("popitem")(self));
      return [pair[0], pair[1]];
    },
    clear: () => void of("clear")(self),
  };
}

export { rawDict as rawDictOf, originalsOf };

// -- the mutators of each kind -----------------------------------------------------------------

type Mutator = readonly [signature: string, make: (of: Originals) => (...args: never[]) => Value | void];

const LIST: Readonly<Record<string, Mutator>> = {
  append: [
    "(self, item, _sa_initiator=None)",
    (of) => (self: Value, item: Value, given: Value) =>
      listMutators.append(self, rawList(self, of), item, initiatorOf(given)),
  ],
  remove: [
    "(self, value, _sa_initiator=None)",
    (of) => (self: Value, item: Value, given: Value) =>
      listMutators.remove(self, rawList(self, of), item, initiatorOf(given)),
  ],
  insert: [
    "(self, index, value)",
    (of) => (self: Value, i: Value, item: Value) => listMutators.insert(self, rawList(self, of), i, item),
  ],
  __setitem__: [
    "(self, index, value)",
    (of) =>
      (self: Value, index: Value, value: Value): void => {
        const raw = rawList(self, of);
        if (!(index instanceof PySlice)) return listMutators.setitem(self, raw, index, value);
        const [start, stop, step] = resolveSlice(index, raw.length);
        if (step === 1) {
          if (value !== self) listMutators.setslice(self, raw, start, Math.max(start, stop), toArray(value));
          return;
        }
        const at: number[] = [];
        for (let i = start; step > 0 ? i < stop : i > stop; i += step) at.push(i);
        const items = toArray(value);
        if (items.length !== at.length)
          raise(
            E.ValueError,
            `attempt to assign sequence of size ${items.length} to extended slice of size ${at.length}`,
          );
        at.forEach((i, k) => listMutators.setitem(self, raw, i, items[k]));
      },
  ],
  __delitem__: [
    "(self, index)",
    (of) =>
      (self: Value, index: Value): void => {
        if (!(index instanceof PySlice)) return listMutators.delitem(self, rawList(self, of), index);
        for (const item of toArray(of("__getitem__")(self, index))) removed(self, item, null, index);
        of("__delitem__")(self, index);
      },
  ],
  extend: [
    "(self, iterable)",
    (of) => (self: Value, items: Value) => listMutators.extend(self, rawList(self, of), toArray(items)),
  ],
  __iadd__: [
    "(self, iterable)",
    (of) =>
      (self: Value, items: Value): Value => (
        listMutators.extend(self, rawList(self, of), toArray(items)),
        self
      ),
  ],
  pop: [
    "(self, index=-1)",
    (of) => (self: Value, index: Value) => listMutators.pop(self, rawList(self, of), index),
  ],
  clear: ["(self, index=-1)", (of) => (self: Value) => listMutators.clear(self, rawList(self, of))],
};

const likeSet = (v: Value): boolean => v instanceof PySet;
function inplaceSet(update: (self: Value, raw: RawSet, other: Value) => void): Mutator {
  return [
    "(self, value)",
    (of) =>
      (self: Value, other: Value): Value =>
        likeSet(other) ? (update(self, rawSet(self, of), other), self) : NotImplemented,
  ];
}
const asRawSet = (items: readonly Value[]): RawSet => rawSet(new PySet(items), originalsOf(setType));
const SET: Readonly<Record<string, Mutator>> = {
  add: [
    "(self, value, _sa_initiator=None)",
    (of) => (self: Value, v: Value, given: Value) =>
      setMutators.add(self, rawSet(self, of), v, initiatorOf(given)),
  ],
  discard: [
    "(self, value, _sa_initiator=None)",
    (of) => (self: Value, v: Value, given: Value) =>
      setMutators.discard(self, rawSet(self, of), v, initiatorOf(given)),
  ],
  remove: [
    "(self, value, _sa_initiator=None)",
    (of) => (self: Value, v: Value, given: Value) =>
      setMutators.remove(self, rawSet(self, of), v, initiatorOf(given)),
  ],
  pop: ["(self)", (of) => (self: Value) => setMutators.pop(self, rawSet(self, of))],
  clear: ["(self)", (of) => (self: Value) => setMutators.clear(self, rawSet(self, of))],
  update: [
    "(self, value)",
    (of) => (self: Value, items: Value) => setMutators.update(self, rawSet(self, of), toArray(items)),
  ],
  __ior__: inplaceSet((self, raw, other) => setMutators.update(self, raw, toArray(other))),
  difference_update: [
    "(self, value)",
    (of) => (self: Value, items: Value) =>
      setMutators.differenceUpdate(self, rawSet(self, of), toArray(items)),
  ],
  __isub__: inplaceSet((self, raw, other) => setMutators.differenceUpdate(self, raw, toArray(other))),
  intersection_update: [
    "(self, other)",
    (of) => (self: Value, other: Value) =>
      setMutators.become(
        self,
        rawSet(self, of),
        asRawSet(toArray(call(getAttr(self, "intersection"), [other]))),
      ),
  ],
  __iand__: inplaceSet((self, raw, other) =>
    setMutators.become(self, raw, asRawSet(toArray(call(getAttr(self, "intersection"), [other])))),
  ),
  symmetric_difference_update: [
    "(self, other)",
    (of) => (self: Value, other: Value) =>
      setMutators.become(
        self,
        rawSet(self, of),
        asRawSet(toArray(call(getAttr(self, "symmetric_difference"), [other]))),
      ),
  ],
  __ixor__: inplaceSet((self, raw, other) =>
    setMutators.become(self, raw, asRawSet(toArray(call(getAttr(self, "symmetric_difference"), [other])))),
  ),
};

function* pairsOf(given: readonly Value[], kwargs: Kwargs | undefined): Iterable<readonly [Value, Value]> {
  for (const v of given) {
    if (hasAttr(v, "keys")) for (const [k, x] of late.entries(v) ?? []) yield [k, x];
    else for (const pair of toArray(v)) yield [getItem(pair, 0), getItem(pair, 1)];
  }
  if (kwargs) yield* kwargs;
}

const DICT: Readonly<Record<string, Mutator>> = {
  __setitem__: [
    "(self, key, value, _sa_initiator=None)",
    (of) => (self: Value, k: Value, v: Value, given: Value) =>
      dictMutators.setitem(self, rawDict(self, of), k, v, initiatorOf(given)),
  ],
  __delitem__: [
    "(self, key, _sa_initiator=None)",
    (of) => (self: Value, k: Value, given: Value) =>
      dictMutators.delitem(self, rawDict(self, of), k, initiatorOf(given)),
  ],
  clear: ["(self)", (of) => (self: Value) => dictMutators.clear(self, rawDict(self, of))],
  pop: [
    "(self, key, default=...)",
    (of) => (self: Value, k: Value, fallback: Value | undefined) =>
      dictMutators.pop(self, rawDict(self, of), k, fallback === undefined ? undefined : [fallback]),
  ],
  popitem: [
    "(self)",
    (of) => (self: Value) => new PyTuple([...dictMutators.popitem(self, rawDict(self, of))]),
  ],
  setdefault: [
    "(self, key, default=None)",
    (of) => (self: Value, k: Value, v: Value) => dictMutators.setdefault(self, rawDict(self, of), k, v),
  ],
  update: [
    "(self, __other=..., **kwargs)",
    (of) => (self: Value, given: Value | undefined, kwargs: Kwargs) =>
      dictMutators.update(self, rawDict(self, of), pairsOf(given === undefined ? [] : [given], kwargs)),
  ],
};

const MUTATORS: Readonly<Record<CollectionRole, Readonly<Record<string, Mutator>>>> = {
  list: LIST,
  set: SET,
  dict: DICT,
};

// -- instrumenting a class -----------------------------------------------------------------------

interface Instrumented {
  readonly methods: ReturnType<typeof collectionMethods>;
  readonly role: CollectionRole | undefined;
  readonly link: string | undefined;
}
const instrumented = new WeakMap<PyType, Instrumented>();
const wrappers = new WeakSet<object>();

function natureOf(cls: PyType): CollectionRole | undefined {
  if (cls.isSubtypeOf(listType)) return "list";
  if (cls.isSubtypeOf(setType)) return "set";
  if (cls.isSubtypeOf(dictType)) return "dict";
  const emulates = cls.lookup("__emulates__");
  if (emulates instanceof PyType) return natureOf(emulates);
  if (emulates === null) return undefined;
  if (cls.lookup("append") !== undefined) return "list";
  if (cls.lookup("add") !== undefined) return "set";
  if (cls.lookup("set") !== undefined) return "dict";
  return undefined;
}

const nativeMarks = new WeakMap<object, ReadonlyMap<string, Value>>();

/** Mark a native method, which has no attributes of its own. */
export function markNative(f: object, marks: Readonly<Record<string, Value>>): void {
  nativeMarks.set(f, new Map(Object.entries(marks)));
}

function markOf(f: Value, name: string): Value | undefined {
  const native = f instanceof PyBuiltin ? nativeMarks.get(f) : undefined;
  if (native) return native.get(name);
  return f instanceof PyFunction || f instanceof PyBuiltin ? dictOf(f)?.get(name) : undefined;
}

function firesItself(f: Value): boolean {
  return (typeof f === "object" && f !== null && wrappers.has(f)) || markOf(f, MARK_INTERNAL) === true;
}

function wrap(cls: PyType, name: string, signature: string, fn: NativeMethod[1], qualname?: string): void {
  const w = new PyBuiltin(name, [signature, fn], "method", cls, null, "python");
  w.qualified = qualname;
  wrappers.add(w);
  cls.setAttr(name, w);
}

/** Wrap a class's mutators, once. @throws ArgumentError where it cannot be a collection */
function instrumentClass(cls: PyType): Instrumented {
  const known = instrumented.get(cls);
  if (known) return known;
  const role = natureOf(cls);
  const table = role ? MUTATORS[role] : {};
  const first = Object.keys(table).find((name) => cls.lookup(name) !== undefined);
  if (!cls.heap && first !== undefined)
    raise(E.TypeError, `cannot set '${first}' attribute of immutable type '${cls.name}'`);
  const elected: CollectionMethods = {};
  let link: string | undefined;
  const decorated: [name: string, f: Value][] = [];
  for (const t of cls.mro) {
    for (const [name, f] of t.dict) {
      const electedRole = markOf(f, MARK_ROLE);
      if (electedRole === "linker" || electedRole === "link") link ??= name;
      else if (electedRole !== undefined) elected[electedRole as keyof CollectionMethods] ??= name;
      if (
        (markOf(f, MARK_BEFORE) ?? markOf(f, MARK_AFTER)) !== undefined &&
        !decorated.some(([n]) => n === name)
      )
        decorated.push([name, f]);
    }
  }
  const of = originalsOf(cls);
  const methods = collectionMethods(cls.name, role, elected, (name) => cls.lookup(name) !== undefined);
  const done = new Set<string>();
  for (const [name, [signature, make]] of Object.entries(table)) {
    const f = cls.lookup(name);
    if (f === undefined || firesItself(f) || decorated.some(([n]) => n === name)) continue;
    of(name);
    // as the function that the real library makes within a function calls itself in errors
    const qualname = `_${role}_decorators.<locals>.${name}.<locals>.${name}`;
    wrap(cls, name, signature, make(of) as NativeMethod[1], qualname);
    done.add(name);
  }
  for (const [name, f] of decorated) {
    wrapDecorated(cls, name, f);
    done.add(name);
  }
  // an elected appender or remover without marks of its own fires for its one argument
  for (const [name, before] of [
    [methods.appender, "fire_append_event"],
    [methods.remover, "fire_remove_event"],
  ] as const) {
    const f = cls.lookup(name);
    if (done.has(name) || firesItself(f)) continue;
    wrapFiring(cls, name, f, { argument: 1, event: before }, undefined);
  }
  const result = { methods, role, link };
  instrumented.set(cls, result);
  return result;
}

interface Before {
  readonly argument: number | string;
  readonly event: string;
}

function wrapDecorated(cls: PyType, name: string, f: Value): void {
  const pair = markOf(f, MARK_BEFORE);
  const before =
    pair instanceof PyTuple
      ? { event: pair.items[0] as string, argument: pair.items[1] as number | string }
      : undefined;
  const after = markOf(f, MARK_AFTER);
  wrapFiring(cls, name, f, before, typeof after === "string" ? after : undefined);
}

/** A method that fires for one of its arguments before it runs, and for what it gives back after. */
function wrapFiring(
  cls: PyType,
  name: string,
  f: Value,
  before: Before | undefined,
  after: string | undefined,
): void {
  const place = before && placeOf(f, before.argument);
  wrap(cls, name, "(self, *args, **kwargs)", ((self: Value, args: Value[], kw: Kwargs): Value => {
    const initiator = takeCarried();
    if (before && place) {
      const value = args[place.at] ?? kw.get(place.name);
      if (value === undefined) throw missingArgument(before.argument);
      // the method has what it was given, whatever listeners make of it
      if (before.event === "fire_append_event") beforeSet(self, value, initiator);
      else removed(self, value, initiator);
    }
    if (after === "fire_remove_event") beforePop(self);
    const result = call(f, [self, ...args], kw.size ? kw : undefined);
    if (after === "fire_append_event" && result !== null) beforeSet(self, result, initiator);
    else if (after === "fire_remove_event" && result !== null) removed(self, result, initiator);
    return result;
  }) as NativeMethod[1]);
}

/** Where a method's argument comes, beside self (-1: nowhere), and by which name it may come. */
function placeOf(f: Value, argument: number | string): { readonly at: number; readonly name: string } {
  const names = f instanceof PyFunction || f instanceof PyBuiltin ? f.params.names : [];
  return typeof argument === "number"
    ? { at: argument - 1, name: names[argument] ?? "" }
    : { at: names.indexOf(argument) - 1, name: argument };
}

// -- SQLAlchemy's own collection classes ----------------------------------------------------------

function ownClass(name: string, base: PyType): PyType {
  return newType(
    typeType,
    name,
    [base],
    new Map<string, Value>([["__module__", "sqlalchemy.orm.collections"]]),
    new Map(),
  );
}
export const InstrumentedList = ownClass("InstrumentedList", listType);
export const InstrumentedSet = ownClass("InstrumentedSet", setType);
export const InstrumentedDict = ownClass("InstrumentedDict", dictType);
const standing: ReadonlyMap<PyType, PyType> = new Map([
  [listType, InstrumentedList],
  [setType, InstrumentedSet],
  [dictType, InstrumentedDict],
]);

function classOfFactory(factory: Value): PyType | undefined {
  return factory instanceof PyType ? (standing.get(factory) ?? factory) : undefined;
}

function duckType(v: Value): CollectionRole | undefined {
  if (v instanceof PyType) return natureOf(v);
  if (Array.isArray(v)) return "list";
  if (v instanceof Map) return "dict";
  if (typeof v !== "object" || v === null) return undefined;
  if (v instanceof PyTuple) return undefined;
  return natureOf(typeOf(v));
}

function methodsOf(collection: Value): Instrumented {
  return instrumentClass(typeOf(collection));
}

const opsByType = new WeakMap<PyType, CollectionOps>();

function opsOf(collection: Value): CollectionOps {
  const cls = typeOf(collection);
  let ops = opsByType.get(cls);
  if (ops) return ops;
  const { methods, link, role } = methodsOf(collection);
  const plainList =
    role === "list" &&
    methods.iterator === "__iter__" &&
    cls.lookup("__iter__") === listType.dict.get("__iter__");
  const converter = methods.converter;
  const linker = link;
  ops = {
    append: (c, item, initiator) =>
      void carrying(initiator, () => call(getAttr(c, methods.appender), [item])),
    remove: (c, item, initiator) => void carrying(initiator, () => call(getAttr(c, methods.remover), [item])),
    items: plainList
      ? (c) => (c as PyList).items.slice()
      : (c) => toArray(call(getAttr(c, methods.iterator), [])),
    ...(role === "dict"
      ? {
          itemsOf: (given: Value) =>
            given instanceof Map ? [...given.values()] : toArray(call(getAttr(given, "values"), [])),
        }
      : {}),
    ...(converter
      ? { convert: (c: Value, given: Value) => toArray(call(getAttr(c, converter), [given])) }
      : {}),
    ...(linker
      ? {
          link: (c: Value, adapter: CollectionEvents | undefined) =>
            void call(getAttr(c, linker), [adapter ?? null]),
        }
      : {}),
  };
  opsByType.set(cls, ops);
  return ops;
}

type CollectionFace = Pick<
  Face,
  "collectionRole" | "duckTypeCollection" | "makeCollection" | "collectionOps" | "adapterOf" | "setAdapter"
>;

function makeCollection(factory: Value): Value {
  const made =
    factory === undefined ? call(InstrumentedList, []) : call(classOfFactory(factory) ?? factory, []);
  // a factory function may give a plain list: SQLAlchemy's class stands in for it
  const standIn = standing.get(typeOf(made));
  const collection = standIn ? call(standIn, [made]) : made;
  instrumentClass(typeOf(collection));
  return collection;
}

export const collectionFace: CollectionFace = {
  collectionRole: (factory) => duckType(makeCollection(factory)),
  duckTypeCollection: duckType,
  makeCollection,
  collectionOps: opsOf,
  adapterOf: (c) => (typeof c === "object" && c !== null ? (c as Adapted)[ADAPTER] : undefined),
  setAdapter: (c, adapter) => {
    (c as Adapted)[ADAPTER] = adapter;
  },
};
