// list and tuple.
// Behaviour: docs.python.org/3.11/library/stdtypes.html#sequence-types-list-tuple-range.
import { call1 } from "../runtime/call.ts";
import { eqTruth, ge, gt, le, lt } from "../runtime/comparison.ts";
import { E, raise } from "../runtime/exceptions.ts";
import { hash } from "../runtime/hash.ts";
import { isIterable, iter, iteratorMethods, PyIterator, toArray } from "../runtime/iteration.ts";
import { guardSize } from "../runtime/limits.ts";
import { nativeType } from "../runtime/native-type.ts";
import type { NativeMethod } from "../runtime/native.ts";
import { NotImplemented, PyList, PyTuple, type PyType, TYPE, typeOf, type Value } from "../runtime/object.ts";
import { guardedRepr, repr } from "../runtime/repr.ts";
import { isTrue } from "../runtime/truth.ts";
import { atMostOne } from "./arguments.ts";
import { indexOrUndefined, toBound, toSize } from "./convert.ts";
import { hashTuple } from "./hashing.ts";
import { PySlice, resolveIndex, resolveSlice, sliceItems } from "./slice-type.ts";
import { sortItems } from "./sorting.ts";

interface Sequence {
  items: readonly Value[];
}

class ListIterator extends PyIterator {
  private list: PyList | undefined;
  private i = 0;
  constructor(list: PyList) {
    super();
    this.list = list;
  }
  next(): Value | undefined {
    if (this.list === undefined) return undefined;
    const v = this.list.items[this.i++];
    if (v === undefined) this.list = undefined;
    return v;
  }
  left(): number {
    return this.list === undefined ? 0 : Math.max(0, this.list.items.length - this.i);
  }
  /** For copy and pickle: what is left to come. */
  rest(): readonly Value[] {
    return this.list === undefined ? [] : this.list.items.slice(this.i);
  }
}

export class TupleIterator extends PyIterator {
  private readonly items: readonly Value[];
  private i = 0;
  constructor(items: readonly Value[]) {
    super();
    this.items = items;
  }
  next(): Value | undefined {
    return this.items[this.i++];
  }
  left(): number {
    return Math.max(0, this.items.length - this.i);
  }
}

class ListReverseIterator extends PyIterator {
  private list: PyList | undefined;
  private i: number;
  constructor(list: PyList) {
    super();
    this.list = list;
    this.i = list.items.length;
  }
  next(): Value | undefined {
    if (this.list === undefined) return undefined;
    const v = this.list.items[--this.i];
    if (v === undefined) this.list = undefined;
    return v;
  }
  left(): number {
    return this.list === undefined ? 0 : Math.min(this.i, this.list.items.length);
  }
}

interface Counted extends PyIterator {
  left(): number;
}
const counted = {
  ...iteratorMethods,
  __length_hint__: ["(self, /)", (it: Counted) => it.left()] as NativeMethod,
};
nativeType({ name: "list_iterator", host: ListIterator, final: true, methods: counted });
nativeType({ name: "tuple_iterator", host: TupleIterator, final: true, methods: counted });
nativeType({ name: "list_reverseiterator", host: ListReverseIterator, final: true, methods: counted });

function equalItems(a: readonly Value[], b: readonly Value[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length && i < b.length; i++) if (!eqTruth(a[i], b[i])) return false;
  return true;
}

/** Where two sequences differ first, or -1. */
function firstDifference(a: readonly Value[], b: readonly Value[]): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) if (!eqTruth(a[i], b[i])) return i;
  return -1;
}

/** The six comparisons of a sequence type with its like. */
function comparisons(
  is: (v: Value) => v is Sequence,
): Record<"__eq__" | "__ne__" | "__lt__" | "__le__" | "__gt__" | "__ge__", NativeMethod> {
  const method = (f: (a: readonly Value[], b: readonly Value[]) => Value): NativeMethod => [
    "(self, value, /)",
    (a: Sequence, b: Value) => (is(b) && is(a) ? f(a.items, b.items) : NotImplemented),
  ];
  const order = (
    byLength: (a: number, b: number) => boolean,
    byItem: (a: Value, b: Value) => Value,
  ): NativeMethod =>
    method((a, b) => {
      const i = firstDifference(a, b);
      return i < 0 ? byLength(a.length, b.length) : byItem(a[i], b[i]);
    });
  return {
    __eq__: method(equalItems),
    __ne__: method((a, b) => !equalItems(a, b)),
    __lt__: order((a, b) => a < b, lt),
    __le__: order((a, b) => a <= b, le),
    __gt__: order((a, b) => a > b, gt),
    __ge__: order((a, b) => a >= b, ge),
  };
}

function times(self: Sequence, n: Value): Value[] {
  const count = indexOrUndefined(n);
  if (count === undefined)
    raise(E.TypeError, `can't multiply sequence by non-int of type '${typeOf(n).name}'`);
  const items = self.items;
  if (count <= 0 || items.length === 0) return [];
  if (typeof count === "bigint") raise(E.OverflowError, "cannot fit 'int' into an index-sized integer");
  guardSize(items.length * count);
  if (items.length === 1) return new Array<Value>(count).fill(items[0]);
  const out: Value[] = [];
  for (let i = 0; i < count; i++) for (const v of items) out.push(v);
  return out;
}

function findItem(self: Sequence, x: Value, start: Value, stop: Value): number {
  const n = self.items.length;
  let i = toBound(start, 0);
  let end = toBound(stop, n);
  if (i < 0) i = Math.max(0, i + n);
  if (end < 0) end = Math.max(0, end + n);
  for (; i < end && i < self.items.length; i++) if (eqTruth(self.items[i], x)) return i;
  return -1;
}

function countItem(self: Sequence, x: Value): number {
  let n = 0;
  for (let i = 0; i < self.items.length; i++) if (eqTruth(self.items[i], x)) n++;
  return n;
}

function containsItem(self: Sequence, x: Value): boolean {
  const items = self.items;
  if (typeof x === "string" || typeof x === "number") if (items.includes(x)) return true;
  for (let i = 0; i < items.length; i++) if (eqTruth(items[i], x)) return true;
  return false;
}

const isList = (v: Value): v is PyList => v instanceof PyList;
const isTuple = (v: Value): v is PyTuple => v instanceof PyTuple;
const badListIndex = (t: string): string => `list indices must be integers or slices, not ${t}`;
const badTupleIndex = (t: string): string => `tuple indices must be integers or slices, not ${t}`;

/** What may stand at the right of `list += x` and slice assignment; the list itself is copied. */
function itemsOf(v: Value): Value[] {
  return toArray(v);
}

function extendList(self: PyList, v: Value): void {
  if ((v instanceof PyList || v instanceof PyTuple) && !v[TYPE].heap) {
    const more = v === self ? v.items.slice() : v.items;
    for (let i = 0; i < more.length; i++) self.items.push(more[i]);
    return;
  }
  const it = iter(v);
  for (let x = it.next(); x !== undefined; x = it.next()) self.items.push(x);
}

function setListItem(self: PyList, k: Value, v: Value): void {
  if (!(k instanceof PySlice)) {
    const i = resolveIndex(k, self.items.length, badListIndex);
    if (i < 0) raise(E.IndexError, "list assignment index out of range");
    self.items[i] = v;
    return;
  }
  const [start, stop, step] = resolveSlice(k, self.items.length);
  if (!isIterable(v))
    raise(E.TypeError, step === 1 ? "can only assign an iterable" : "must assign iterable to extended slice");
  const values = itemsOf(v);
  if (step === 1) {
    self.items = self.items.slice(0, start).concat(values, self.items.slice(Math.max(start, stop)));
    return;
  }
  const places: number[] = [];
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) places.push(i);
  if (places.length !== values.length) {
    raise(
      E.ValueError,
      `attempt to assign sequence of size ${values.length} to extended slice of size ${places.length}`,
    );
  }
  places.forEach((p, i) => (self.items[p] = values[i]));
}

function deleteListItem(self: PyList, k: Value): void {
  if (!(k instanceof PySlice)) {
    const i = resolveIndex(k, self.items.length, badListIndex);
    if (i < 0) raise(E.IndexError, "list assignment index out of range");
    self.items.splice(i, 1);
    return;
  }
  const [start, stop, step] = resolveSlice(k, self.items.length);
  if (step === 1) {
    if (stop > start) self.items.splice(start, stop - start);
    return;
  }
  const gone = new Set<number>();
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) gone.add(i);
  self.items = self.items.filter((_, i) => !gone.has(i));
}

/** list.sort(): the list is empty while keys are computed and compared. */
function sortList(self: PyList, key: Value, reverse: boolean): void {
  const items = self.items;
  self.items = [];
  try {
    const keys = key === null ? null : items.map((v) => call1(key, v));
    if (items.length > 1) sortItems(items, keys, reverse);
    if (self.items.length > 0) raise(E.ValueError, "list modified during sort");
  } finally {
    self.items = items;
  }
}

function newList(cls: PyType): PyList {
  const l = new PyList([]);
  if (cls !== listType) l[TYPE] = cls;
  return l;
}

export const listType: PyType = nativeType({
  name: "list",
  doc: "A sequence that can be changed. list(iterable) has its items.",
  host: PyList,
  allocator: newList,
  generic: true,
  new: ["(cls, /, *args, **kwargs)", newList],
  init: [
    "(self, /, *args, **kwargs)",
    (self: PyList, args: readonly Value[], kwargs: Map<string, Value>) => {
      const source = atMostOne("list", args, typeOf(self) === listType ? kwargs : undefined);
      self.items = source === undefined ? [] : toArray(source);
    },
  ],
  methods: {
    __repr__: [
      "(self, /)",
      (self: PyList) =>
        self.items.length === 0
          ? "[]"
          : guardedRepr(self, "[...]", () => `[${self.items.map(repr).join(", ")}]`),
    ],
    __len__: ["(self, /)", (self: PyList) => self.items.length],
    __iter__: ["(self, /)", (self: PyList) => new ListIterator(self)],
    __reversed__: [
      "(self, /)",
      (self: PyList) => new ListReverseIterator(self),
      "The items from the last to the first.",
    ],
    __getitem__: [
      "(self, index, /)",
      (self: PyList, k: Value) => {
        if (k instanceof PySlice) return new PyList(sliceItems(self.items, k));
        const i = resolveIndex(k, self.items.length, badListIndex);
        if (i < 0) raise(E.IndexError, "list index out of range");
        return self.items[i];
      },
      "self[index]",
    ],
    __setitem__: ["(self, key, value, /)", setListItem],
    __delitem__: ["(self, key, /)", deleteListItem],
    __contains__: ["(self, key, /)", containsItem],
    __add__: [
      "(self, value, /)",
      (self: PyList, other: Value) => {
        if (!(other instanceof PyList))
          raise(E.TypeError, `can only concatenate list (not "${typeOf(other).name}") to list`);
        return new PyList(self.items.concat(other.items));
      },
    ],
    __iadd__: [
      "(self, value, /)",
      (self: PyList, other: Value) => {
        extendList(self, other);
        return self;
      },
    ],
    __mul__: ["(self, value, /)", (self: PyList, n: Value) => new PyList(times(self, n))],
    __rmul__: ["(self, value, /)", (self: PyList, n: Value) => new PyList(times(self, n))],
    __imul__: [
      "(self, value, /)",
      (self: PyList, n: Value) => {
        self.items = times(self, n);
        return self;
      },
    ],
    ...comparisons(isList),
    __sizeof__: ["(self, /)", (self: PyList) => 40 + 8 * self.items.length],
    append: [
      "(self, object, /)",
      (self: PyList, v: Value) => void self.items.push(v),
      "Put an item at the end.",
    ],
    extend: ["(self, iterable, /)", extendList, "Put all items of an iterable at the end."],
    insert: [
      "(self, index, object, /)",
      (self: PyList, index: Value, v: Value) => {
        const i = toSize(index);
        self.items.splice(i < 0 ? Math.max(0, i + self.items.length) : i, 0, v);
      },
      "Put an item before the given position.",
    ],
    pop: [
      "(self, index=-1, /)",
      (self: PyList, index: Value) => {
        const items = self.items;
        if (index === -1 && items.length > 0) return items.pop();
        let i = toSize(index);
        if (items.length === 0) raise(E.IndexError, "pop from empty list");
        if (i < 0) i += items.length;
        if (i < 0 || i >= items.length) raise(E.IndexError, "pop index out of range");
        return i === 0 ? items.shift() : items.splice(i, 1)[0];
      },
      "Take out and return the item at the position, the last one if none is given.",
    ],
    remove: [
      "(self, value, /)",
      (self: PyList, x: Value) => {
        const i = findItem(self, x, null, null);
        if (i < 0) raise(E.ValueError, "list.remove(x): x not in list");
        self.items.splice(i, 1);
      },
      "Take out the first item that equals value.",
    ],
    index: [
      "(self, value, start=0, stop=9223372036854775807, /)",
      (self: PyList, x: Value, start: Value, stop: Value) => {
        const i = findItem(self, x, start, stop);
        if (i < 0) raise(E.ValueError, `${repr(x)} is not in list`);
        return i;
      },
      "Where the first item stands that equals value.",
    ],
    count: ["(self, value, /)", countItem, "How many items equal value."],
    clear: ["(self, /)", (self: PyList) => void (self.items = []), "Take out all items."],
    copy: ["(self, /)", (self: PyList) => new PyList(self.items.slice()), "A new list with the same items."],
    reverse: ["(self, /)", (self: PyList) => void self.items.reverse(), "Turn the order round, in place."],
    sort: [
      "(self, /, *, key=None, reverse=False)",
      (self: PyList, key: Value, reverse: Value) => sortList(self, key, isTrue(reverse)),
      "Sort in place, equal items keeping their order; key computes what is compared.",
    ],
  },
});

export function newTuple(cls: PyType, items: readonly Value[]): PyTuple {
  const t = new PyTuple(items);
  if (cls !== tupleType) t[TYPE] = cls;
  return t;
}

const EMPTY = new PyTuple([]);

export const tupleType: PyType = nativeType({
  name: "tuple",
  doc: "A sequence that cannot be changed. tuple(iterable) has its items.",
  host: PyTuple,
  allocator: (cls) => newTuple(cls, []),
  generic: true,
  new: [
    "(cls, iterable=..., /)",
    (cls: PyType, source: Value | undefined) => {
      if (source === undefined) return cls === tupleType ? EMPTY : newTuple(cls, []);
      if (cls === tupleType && source instanceof PyTuple && source[TYPE] === cls) return source;
      return newTuple(cls, toArray(source));
    },
  ],
  methods: {
    __repr__: [
      "(self, /)",
      (self: PyTuple) =>
        self.items.length === 0
          ? "()"
          : guardedRepr(
              self,
              "(...)",
              () => `(${self.items.map(repr).join(", ")}${self.items.length === 1 ? "," : ""})`,
            ),
    ],
    __len__: ["(self, /)", (self: PyTuple) => self.items.length],
    __iter__: ["(self, /)", (self: PyTuple) => new TupleIterator(self.items)],
    __hash__: ["(self, /)", (self: PyTuple) => hashTuple(self.items, hash)],
    __getitem__: [
      "(self, key, /)",
      (self: PyTuple, k: Value) => {
        if (k instanceof PySlice) return new PyTuple(sliceItems(self.items, k));
        const i = resolveIndex(k, self.items.length, badTupleIndex);
        if (i < 0) raise(E.IndexError, "tuple index out of range");
        return self.items[i];
      },
    ],
    __contains__: ["(self, key, /)", containsItem],
    __add__: [
      "(self, value, /)",
      (self: PyTuple, other: Value) => {
        if (!(other instanceof PyTuple))
          raise(E.TypeError, `can only concatenate tuple (not "${typeOf(other).name}") to tuple`);
        return new PyTuple(self.items.concat(other.items));
      },
    ],
    __mul__: ["(self, value, /)", (self: PyTuple, n: Value) => new PyTuple(times(self, n))],
    __rmul__: ["(self, value, /)", (self: PyTuple, n: Value) => new PyTuple(times(self, n))],
    ...comparisons(isTuple),
    __getnewargs__: ["(self, /)", (self: PyTuple) => new PyTuple([new PyTuple(self.items)])],
    index: [
      "(self, value, start=0, stop=9223372036854775807, /)",
      (self: PyTuple, x: Value, start: Value, stop: Value) => {
        const i = findItem(self, x, start, stop);
        if (i < 0) raise(E.ValueError, "tuple.index(x): x not in tuple");
        return i;
      },
      "Where the first item stands that equals value.",
    ],
    count: ["(self, value, /)", countItem, "How many items equal value."],
  },
});

listType.make1 = (v) => new PyList(toArray(v));
tupleType.make1 = (v) => (v instanceof PyTuple && v[TYPE] === tupleType ? v : new PyTuple(toArray(v)));
