// collections.deque: an array with room at the front.
// Behaviour: docs.python.org/3.11/library/collections.html#deque-objects.
import { register } from "./abc.ts";
import { mutableSequence } from "./collections-abc.ts";
import { callMethod } from "../runtime/attributes.ts";
import { eqTruth, ge, gt, le, lt } from "../runtime/comparison.ts";
import { E, raise } from "../runtime/exceptions.ts";
import { iter, iteratorMethods, PyIterator, toArray } from "../runtime/iteration.ts";
import { guardSize } from "../runtime/limits.ts";
import { nativeType } from "../runtime/native-type.ts";
import type { NativeMethod } from "../runtime/native.ts";
import {
  asInt,
  DICT,
  type Namespace,
  NotImplemented,
  PyTuple,
  type PyType,
  TYPE,
  typeOf,
  type Value,
} from "../runtime/object.ts";
import { guardedRepr, repr } from "../runtime/repr.ts";
import { indexOrUndefined, toBound, toIndex, toSize } from "../builtins/convert.ts";

class PyDeque {
  declare [TYPE]: PyType;
  declare [DICT]?: Namespace;
  private slots: Value[] = [];
  /** Where the first item stands in slots. */
  private head = 0;
  maxlen: number | null = null;
  /** Grows with every change: iterators look at it. */
  version = 0;

  get size(): number {
    return this.slots.length - this.head;
  }
  items(): Value[] {
    return this.slots.slice(this.head);
  }
  replace(items: Value[]): void {
    this.slots =
      this.maxlen !== null && items.length > this.maxlen ? items.slice(items.length - this.maxlen) : items;
    this.head = 0;
    this.version++;
  }
  at(i: number): Value {
    return this.slots[this.head + i];
  }
  put(i: number, v: Value): void {
    this.slots[this.head + i] = v;
  }
  append(v: Value): void {
    this.version++;
    this.slots.push(v);
    if (this.maxlen !== null && this.size > this.maxlen) this.dropFirst();
  }
  appendLeft(v: Value): void {
    this.version++;
    if (this.head === 0) {
      const room = Math.max(8, this.size);
      this.slots = [...new Array<Value>(room), ...this.slots];
      this.head = room;
    }
    this.slots[--this.head] = v;
    if (this.maxlen !== null && this.size > this.maxlen) this.slots.pop();
  }
  private dropFirst(): Value {
    const v = this.slots[this.head];
    this.slots[this.head++] = undefined;
    if (this.head > 64 && this.head * 2 > this.slots.length) {
      this.slots = this.slots.slice(this.head);
      this.head = 0;
    }
    return v;
  }
  pop(): Value {
    if (this.size === 0) raise(E.IndexError, "pop from an empty deque");
    this.version++;
    return this.slots.pop();
  }
  popLeft(): Value {
    if (this.size === 0) raise(E.IndexError, "pop from an empty deque");
    this.version++;
    return this.dropFirst();
  }
  remove(i: number): void {
    this.version++;
    this.slots.splice(this.head + i, 1);
  }
  insert(i: number, v: Value): void {
    this.version++;
    this.slots.splice(this.head + i, 0, v);
  }
}

class DequeIterator extends PyIterator {
  private readonly deque: PyDeque;
  private readonly version: number;
  private readonly backwards: boolean;
  private i = 0;
  constructor(d: PyDeque, backwards: boolean) {
    super();
    this.deque = d;
    this.version = d.version;
    this.backwards = backwards;
  }
  next(): Value | undefined {
    const n = this.deque.size;
    if (this.deque.version !== this.version) raise(E.RuntimeError, "deque mutated during iteration");
    if (this.i >= n) return undefined;
    return this.backwards ? this.deque.at(n - 1 - this.i++) : this.deque.at(this.i++);
  }
  left(): number {
    return Math.max(0, this.deque.size - this.i);
  }
}
class DequeReverseIterator extends DequeIterator {}
for (const [name, host] of [
  ["_deque_iterator", DequeIterator],
  ["_deque_reverse_iterator", DequeReverseIterator],
] as const) {
  nativeType({
    name,
    module: "_collections",
    host,
    methods: { ...iteratorMethods, __length_hint__: ["(self, /)", (it: DequeIterator) => it.left()] },
  });
}

function newDeque(cls: PyType): PyDeque {
  const d = new PyDeque();
  if (cls !== dequeType) d[TYPE] = cls;
  return d;
}

/** A deque of the same class and maxlen. */
function like(d: PyDeque, items: Value[]): PyDeque {
  const out = newDeque(typeOf(d));
  out.maxlen = d.maxlen;
  out.replace(items);
  return out;
}

function position(d: PyDeque, k: Value, message: string): number {
  const n = indexOrUndefined(k);
  if (n === undefined) raise(E.TypeError, `sequence index must be integer, not '${typeOf(k).name}'`);
  const i = n < 0 ? Number(n) + d.size : Number(n);
  if (i < 0 || i >= d.size) raise(E.IndexError, message);
  return i;
}

function rotate(d: PyDeque, by: Value): void {
  const n = d.size;
  if (n < 2) return;
  const k = ((toSize(by) % n) + n) % n;
  const items = d.items();
  d.replace([...items.slice(n - k), ...items.slice(0, n - k)]);
}

const compare = (test: (a: Value, b: Value) => Value): NativeMethod => [
  "(self, value, /)",
  (a: PyDeque, b: Value) =>
    b instanceof PyDeque ? test(new PyTuple(a.items()), new PyTuple(b.items())) : NotImplemented,
];

function times(d: PyDeque, n: Value): Value[] {
  const k = indexOrUndefined(n);
  if (k === undefined) raise(E.TypeError, `can't multiply sequence by non-int of type '${typeOf(n).name}'`);
  guardSize(d.size * Math.max(0, Number(k)));
  const out: Value[] = [];
  const items = d.items();
  for (let i = 0; i < k; i++) out.push(...items);
  return out;
}

function extend(d: PyDeque, source: Value): void {
  if (source === d) for (const v of d.items()) d.append(v);
  else {
    const it = iter(source);
    for (let v = it.next(); v !== undefined; v = it.next()) d.append(v);
  }
}

export const dequeType: PyType = nativeType({
  name: "deque",
  module: "collections",
  dotted: true,
  doc: "A list that grows and shrinks at both ends.",
  host: PyDeque,
  allocator: newDeque,
  generic: true,
  new: ["(cls, /, *args, **kwargs)", newDeque],
  init: [
    "(self, iterable=..., maxlen=None)",
    (d: PyDeque, source: Value | undefined, maxlen: Value) => {
      if (maxlen === null) d.maxlen = null;
      else {
        if (asInt(maxlen) === undefined) raise(E.TypeError, "an integer is required");
        const n = toIndex(maxlen);
        if (n < 0) raise(E.ValueError, "maxlen must be non-negative");
        d.maxlen = Number(n);
      }
      d.replace(source === undefined ? [] : toArray(source));
    },
  ],
  methods: {
    __repr__: [
      "(self, /)",
      (d: PyDeque) =>
        guardedRepr(
          d,
          "[...]",
          () =>
            `${typeOf(d).qualname}([${d.items().map(repr).join(", ")}]${d.maxlen === null ? "" : `, maxlen=${d.maxlen}`})`,
        ),
    ],
    __len__: ["(self, /)", (d: PyDeque) => d.size],
    __iter__: ["(self, /)", (d: PyDeque) => new DequeIterator(d, false)],
    __reversed__: [
      "(self, /)",
      (d: PyDeque) => new DequeReverseIterator(d, true),
      "The items from the last to the first.",
    ],
    __getitem__: [
      "(self, key, /)",
      (d: PyDeque, k: Value) => d.at(position(d, k, "deque index out of range")),
    ],
    __setitem__: [
      "(self, key, value, /)",
      (d: PyDeque, k: Value, v: Value) => d.put(position(d, k, "deque index out of range"), v),
    ],
    __delitem__: [
      "(self, key, /)",
      (d: PyDeque, k: Value) => d.remove(position(d, k, "deque index out of range")),
    ],
    __contains__: ["(self, key, /)", (d: PyDeque, x: Value) => d.items().some((v) => eqTruth(v, x))],
    __add__: [
      "(self, value, /)",
      (d: PyDeque, o: Value) => {
        if (!(o instanceof PyDeque))
          raise(E.TypeError, `can only concatenate deque (not "${typeOf(o).name}") to deque`);
        return like(d, [...d.items(), ...o.items()]);
      },
    ],
    __iadd__: [
      "(self, value, /)",
      (d: PyDeque, o: Value) => {
        extend(d, o);
        return d;
      },
    ],
    __mul__: ["(self, value, /)", (d: PyDeque, n: Value) => like(d, times(d, n))],
    __rmul__: ["(self, value, /)", (d: PyDeque, n: Value) => like(d, times(d, n))],
    __imul__: [
      "(self, value, /)",
      (d: PyDeque, n: Value) => {
        d.replace(times(d, n));
        return d;
      },
    ],
    __eq__: compare((a, b) => eqTruth(a, b)),
    __ne__: compare((a, b) => !eqTruth(a, b)),
    __lt__: compare(lt),
    __le__: compare(le),
    __gt__: compare(gt),
    __ge__: compare(ge),
    append: ["(self, x, /)", (d: PyDeque, v: Value) => d.append(v), "Put an item at the right end."],
    appendleft: ["(self, x, /)", (d: PyDeque, v: Value) => d.appendLeft(v), "Put an item at the left end."],
    extend: ["(self, iterable, /)", extend, "Put all items of an iterable at the right end."],
    extendleft: [
      "(self, iterable, /)",
      (d: PyDeque, source: Value) => {
        for (const v of toArray(source)) d.appendLeft(v);
      },
      "Put all items at the left end, one after the other.",
    ],
    pop: ["(self, /)", (d: PyDeque) => d.pop(), "Take out the item at the right end."],
    popleft: ["(self, /)", (d: PyDeque) => d.popLeft(), "Take out the item at the left end."],
    rotate: ["(self, n=1, /)", rotate, "Move all items n places to the right."],
    reverse: ["(self, /)", (d: PyDeque) => d.replace(d.items().reverse()), "Turn the order round, in place."],
    clear: ["(self, /)", (d: PyDeque) => d.replace([]), "Take out all items."],
    copy: ["(self, /)", (d: PyDeque) => like(d, d.items()), "A deque with the same items."],
    __copy__: ["(self, /)", (d: PyDeque) => like(d, d.items())],
    count: [
      "(self, value, /)",
      (d: PyDeque, x: Value) => d.items().filter((v) => eqTruth(v, x)).length,
      "How many items equal value.",
    ],
    index: [
      "(self, value, start=0, stop=None, /)",
      (d: PyDeque, x: Value, start: Value, stop: Value) => {
        const n = d.size;
        let i = toBound(start, 0);
        let end = toBound(stop, n);
        if (i < 0) i = Math.max(0, i + n);
        if (end < 0) end += n;
        for (; i < Math.min(end, n); i++) if (eqTruth(d.at(i), x)) return i;
        raise(E.ValueError, `${repr(x)} is not in deque`);
      },
      "Where the first item stands that equals value.",
    ],
    insert: [
      "(self, index, value, /)",
      (d: PyDeque, index: Value, v: Value) => {
        if (d.maxlen !== null && d.size >= d.maxlen) raise(E.IndexError, "deque already at its maximum size");
        const i = toSize(index);
        d.insert(i < 0 ? Math.max(0, i + d.size) : Math.min(i, d.size), v);
      },
      "Put an item before the given position.",
    ],
    remove: [
      "(self, value, /)",
      (d: PyDeque, x: Value) => {
        const i = d.items().findIndex((v) => eqTruth(v, x));
        if (i < 0) raise(E.ValueError, `${repr(x)} is not in deque`);
        d.remove(i);
      },
      "Take out the first item that equals value.",
    ],
    __reduce__: [
      "(self, /)",
      (d: PyDeque) =>
        new PyTuple([
          typeOf(d),
          new PyTuple(d.maxlen === null ? [] : [new PyTuple([]), d.maxlen]),
          callMethod(d, "__getstate__"),
          new DequeIterator(d, false),
        ]),
    ],
  },
  getters: { maxlen: (d: PyDeque) => d.maxlen },
});

register(mutableSequence, dequeType);
