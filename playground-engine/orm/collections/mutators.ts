// How a list, set or dictionary tells of its own changes: which events each mutator fires, and in what order.
//
// A face builds its collection classes on these: it hands in the raw collection (operations that tell nobody) and the
// program's values; what Python calls `__setitem__` with a slice and the like the face takes apart itself.
// Behaviour: SQLAlchemy orm/collections.py (_list_decorators, _set_decorators, _dict_decorators).
import { host, type Value } from "../../util/host.ts";
import { face, type CollectionEvents, type CollectionInitiator } from "../face.ts";
import { NO_KEY } from "../flags.ts";

const eventsOf = (collection: Value): CollectionEvents | undefined => face().adapterOf(collection);

/** An item is about to go in: gives the item to put in. */
export function beforeSet(
  collection: Value,
  item: Value,
  initiator: CollectionInitiator = null,
  key: Value = NO_KEY,
): Value {
  return initiator === false ? item : (eventsOf(collection)?.fireAppend(item, initiator, key) ?? item);
}

/** An item is put where it is already. */
function setUnchanged(collection: Value, item: Value, initiator: CollectionInitiator = null): void {
  if (initiator !== false) eventsOf(collection)?.fireAppendUnchanged(item, initiator);
}

/** An item is about to go, or has just gone by pop(). */
export function removed(
  collection: Value,
  item: Value,
  initiator: CollectionInitiator = null,
  key: Value = NO_KEY,
): void {
  if (initiator !== false) eventsOf(collection)?.fireRemove(item, initiator, key);
}

/** pop() is about to take an item. */
export function beforePop(collection: Value): void {
  eventsOf(collection)?.fireBeforePop();
}

/** A list's operations without events. Throw the language's own errors. */
export interface RawList {
  readonly length: number;
  get(index: Value): Value;
  set(index: Value, item: Value): void;
  insert(index: Value, item: Value): void;
  push(item: Value): void;
  delete(index: Value): void;
  remove(item: Value): void;
  pop(index: Value): Value;
  items(): Value[];
  clear(): void;
}

/** Mutators of InstrumentedList. `self` is the collection, `raw` its operations without events. */
export const listMutators = {
  append(self: Value, raw: RawList, item: Value, initiator: CollectionInitiator = null): void {
    raw.push(beforeSet(self, item, initiator));
  },
  remove(self: Value, raw: RawList, item: Value, initiator: CollectionInitiator = null): void {
    removed(self, item, initiator);
    raw.remove(item);
  },
  insert(self: Value, raw: RawList, index: Value, item: Value): void {
    raw.insert(index, beforeSet(self, item, null, index));
  },
  /** `self[index] = item`, not for slices. */
  setitem(self: Value, raw: RawList, index: Value, item: Value): void {
    const existing = raw.get(index);
    if (existing !== null) removed(self, existing, null, index);
    raw.set(index, beforeSet(self, item, null, index));
  },
  /** `self[start:stop] = items` with step 1; start and stop within bounds. */
  setslice(self: Value, raw: RawList, start: number, stop: number, items: readonly Value[]): void {
    for (let i = start; i < stop && raw.length > start; i++) listMutators.delitem(self, raw, start);
    for (const [i, item] of items.entries()) listMutators.insert(self, raw, start + i, item);
  },
  delitem(self: Value, raw: RawList, index: Value): void {
    removed(self, raw.get(index), null, index);
    raw.delete(index);
  },
  extend(self: Value, raw: RawList, items: Iterable<Value>): void {
    for (const item of [...items]) listMutators.append(self, raw, item);
  },
  pop(self: Value, raw: RawList, index: Value = -1): Value {
    beforePop(self);
    const item = raw.pop(index);
    removed(self, item, null, index);
    return item;
  },
  clear(self: Value, raw: RawList): void {
    for (const item of raw.items()) removed(self, item, null, -1);
    raw.clear();
  },
};

/** A set's operations without events. */
export interface RawSet {
  has(item: Value): boolean;
  add(item: Value): void;
  discard(item: Value): void;
  /** Throws the language's KeyError where the item is not there. */
  remove(item: Value): void;
  pop(): Value;
  items(): Value[];
}

/** Mutators of InstrumentedSet; `|=` and the like are made of these. */
export const setMutators = {
  add(self: Value, raw: RawSet, item: Value, initiator: CollectionInitiator = null): void {
    if (raw.has(item)) setUnchanged(self, item, initiator);
    else item = beforeSet(self, item, initiator);
    raw.add(item);
  },
  discard(self: Value, raw: RawSet, item: Value, initiator: CollectionInitiator = null): void {
    if (raw.has(item)) removed(self, item, initiator);
    raw.discard(item);
  },
  remove(self: Value, raw: RawSet, item: Value, initiator: CollectionInitiator = null): void {
    if (raw.has(item)) removed(self, item, initiator);
    raw.remove(item);
  },
  pop(self: Value, raw: RawSet): Value {
    beforePop(self);
    const item = raw.pop();
    removed(self, item);
    return item;
  },
  clear(self: Value, raw: RawSet): void {
    for (const item of raw.items()) setMutators.remove(self, raw, item);
  },
  update(self: Value, raw: RawSet, items: Iterable<Value>): void {
    for (const item of [...items]) setMutators.add(self, raw, item);
  },
  differenceUpdate(self: Value, raw: RawSet, items: Iterable<Value>): void {
    for (const item of [...items]) setMutators.discard(self, raw, item);
  },
  /** `wanted` is what is to be left: removals come before additions. */
  become(self: Value, raw: RawSet, wanted: RawSet): void {
    const have = raw.items();
    const add = wanted.items().filter((item) => !raw.has(item));
    for (const item of have) if (!wanted.has(item)) setMutators.remove(self, raw, item);
    for (const item of add) setMutators.add(self, raw, item);
  },
};

/** A dictionary's operations without events. */
export interface RawDict {
  has(key: Value): boolean;
  get(key: Value): Value;
  set(key: Value, value: Value): void;
  /** Throws the language's KeyError where the key is not there. */
  delete(key: Value): void;
  keys(): Value[];
  popitem(): readonly [Value, Value];
  clear(): void;
}

/** Mutators of InstrumentedDict. */
export const dictMutators = {
  setitem(self: Value, raw: RawDict, key: Value, value: Value, initiator: CollectionInitiator = null): void {
    if (raw.has(key)) removed(self, raw.get(key), initiator, key);
    raw.set(key, beforeSet(self, value, initiator, key));
  },
  delitem(self: Value, raw: RawDict, key: Value, initiator: CollectionInitiator = null): void {
    if (raw.has(key)) removed(self, raw.get(key), initiator, key);
    raw.delete(key);
  },
  clear(self: Value, raw: RawDict): void {
    for (const key of raw.keys()) removed(self, raw.get(key), null, key);
    raw.clear();
  },
  /** With `fallback` (a one-element list) it is given for a key that is not there. */
  pop(self: Value, raw: RawDict, key: Value, fallback?: readonly [Value]): Value {
    beforePop(self);
    const had = raw.has(key);
    if (!had && fallback) return fallback[0];
    const item = had ? raw.get(key) : null;
    raw.delete(key);
    removed(self, item, null, key);
    return item;
  },
  popitem(self: Value, raw: RawDict): readonly [Value, Value] {
    beforePop(self);
    const pair = raw.popitem();
    removed(self, pair[1], null, 1);
    return pair;
  },
  setdefault(self: Value, raw: RawDict, key: Value, value: Value): Value {
    if (!raw.has(key)) {
      dictMutators.setitem(self, raw, key, value);
      return value;
    }
    const present = raw.get(key);
    if (host.same(present, value)) setUnchanged(self, present);
    return present;
  },
  update(self: Value, raw: RawDict, pairs: Iterable<readonly [Value, Value]>): void {
    for (const [key, value] of [...pairs]) {
      if (raw.has(key) && host.same(raw.get(key), value)) setUnchanged(self, value);
      else dictMutators.setitem(self, raw, key, value);
    }
  },
};
