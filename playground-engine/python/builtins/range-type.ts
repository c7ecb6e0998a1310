// range and its iterators.
// Behaviour: docs.python.org/3.11/library/stdtypes.html#ranges.
import { fuel, tick } from "../runtime/limits.ts";
import { eqTruth } from "../runtime/comparison.ts";
import { E, raise } from "../runtime/exceptions.ts";
import { hash } from "../runtime/hash.ts";
import { iteratorMethods, PyIterator } from "../runtime/iteration.ts";
import { nativeType } from "../runtime/native-type.ts";
import type { NativeMethod } from "../runtime/native.ts";
import {
  asInt,
  NotImplemented,
  PyFloat,
  PyTuple,
  type PyType,
  type TYPE,
  typeOf,
  type Value,
} from "../runtime/object.ts";
import { repr } from "../runtime/repr.ts";
import { indexOrUndefined, toIndex } from "./convert.ts";
import { hashTuple } from "./hashing.ts";
import { addInt, cmpInt, floorDivInt, type Int, modInt, mulInt, subInt } from "./int-math.ts";
import { rangeItem, rangeLength } from "./ranges.ts";
import { PySlice } from "./slice-type.ts";

export class PyRange {
  declare [TYPE]: PyType;
  readonly start: Int;
  readonly stop: Int;
  readonly step: Int;
  readonly length: Int;
  constructor(start: Int, stop: Int, step: Int) {
    this.start = start;
    this.stop = stop;
    this.step = step;
    this.length = rangeLength(start, stop, step);
  }
  /** Whether an int is in it. */
  has(v: Int): boolean {
    if (this.length === 0) return false;
    const inside = this.step > 0 ? v >= this.start && v < this.stop : v <= this.start && v > this.stop;
    return inside && modInt(subInt(v, this.start), this.step) === 0;
  }
}

/** Counts by numbers: every value of the range is safe. */
class RangeIterator extends PyIterator {
  private at: number;
  private readonly step: number;
  private count: number;
  constructor(start: number, step: number, count: number) {
    super();
    this.at = start;
    this.step = step;
    this.count = count;
  }
  next(): Value | undefined {
    if (this.count <= 0) return undefined;
    if (--fuel.left < 0) tick(); // a native loop over a long range must be stoppable too
    this.count--;
    const v = this.at;
    this.at = v + this.step;
    return v;
  }
  left(): Int {
    return this.count;
  }
}

class LongRangeIterator extends PyIterator {
  private at: Int;
  private readonly step: Int;
  private count: Int;
  constructor(start: Int, step: Int, count: Int) {
    super();
    this.at = start;
    this.step = step;
    this.count = count;
  }
  next(): Value | undefined {
    if (this.count <= 0) return undefined;
    if (--fuel.left < 0) tick();
    this.count = subInt(this.count, 1);
    const v = this.at;
    this.at = addInt(v, this.step);
    return v;
  }
  left(): Int {
    return this.count;
  }
}
for (const [name, host] of [
  ["range_iterator", RangeIterator],
  ["longrange_iterator", LongRangeIterator],
] as const) {
  nativeType({
    name,
    host,
    final: true,
    methods: { ...iteratorMethods, __length_hint__: ["(self, /)", (it: RangeIterator) => it.left()] },
  });
}

function iterateRange(start: Int, step: Int, count: Int): PyIterator {
  if (
    typeof start === "number" &&
    typeof step === "number" &&
    typeof count === "number" &&
    Number.isSafeInteger(start + step * count)
  ) {
    return new RangeIterator(start, step, count);
  }
  return new LongRangeIterator(start, step, count);
}

function make(a: Value, b: Value | undefined, c: Value | undefined): PyRange {
  if (b === undefined) return new PyRange(0, toIndex(a), 1);
  const step = c === undefined ? 1 : toIndex(c);
  const [start, stop] = [toIndex(a), toIndex(b)];
  if (step === 0) raise(E.ValueError, "range() arg 3 must not be zero");
  return new PyRange(start, stop, step);
}

function clip(v: Int, low: Int, high: Int): Int {
  return v < low ? low : v > high ? high : v;
}

function sliceRange(r: PyRange, s: PySlice): PyRange {
  const part = (v: Value): Int | null => {
    if (v === null) return null;
    const i = indexOrUndefined(v);
    if (i === undefined)
      raise(E.TypeError, "slice indices must be integers or None or have an __index__ method");
    return i;
  };
  const step = part(s.step) ?? 1;
  if (step === 0) raise(E.ValueError, "slice step cannot be zero");
  const down = step < 0;
  const low: Int = down ? -1 : 0;
  const high: Int = down ? subInt(r.length, 1) : r.length;
  const place = (v: Int | null, missing: Int): Int =>
    v === null ? missing : clip(v < 0 ? addInt(v, r.length) : v, low, high);
  const start = place(part(s.start), down ? high : low);
  const stop = place(part(s.stop), down ? low : high);
  return new PyRange(
    rangeItem(r.start, r.step, start),
    rangeItem(r.start, r.step, stop),
    mulInt(r.step, step),
  );
}

/** The int that a value is equal to, if it is a plain int, bool or whole float. */
function plainInt(v: Value): Int | undefined {
  const n = asInt(v);
  if (n !== undefined) return typeOf(v).heap ? undefined : n;
  return v instanceof PyFloat && Number.isSafeInteger(v.v) ? (v.v === 0 ? 0 : v.v) : undefined;
}

function find(r: PyRange, x: Value): Int | undefined {
  const n = plainInt(x);
  if (n !== undefined) return r.has(n) ? floorDivInt(subInt(n, r.start), r.step) : undefined;
  if (typeof r.length !== "number") return undefined;
  for (let i = 0; i < r.length; i++) if (eqTruth(rangeItem(r.start, r.step, i), x)) return i;
  return undefined;
}

function equal(a: PyRange, b: PyRange): boolean {
  if (a.length !== b.length) return false;
  if (a.length === 0) return true;
  return a.start === b.start && (a.length === 1 || a.step === b.step);
}

const compare = (f: (a: PyRange, b: PyRange) => Value): NativeMethod => [
  "(self, value, /)",
  (a: PyRange, b: Value) => (b instanceof PyRange ? f(a, b) : NotImplemented),
];

export const rangeType: PyType = nativeType({
  name: "range",
  doc: "The ints from start up to stop, by step.",
  host: PyRange,
  final: true,
  new: [
    "(cls, start, stop=..., step=..., /)",
    (_cls: PyType, a: Value, b: Value | undefined, c: Value | undefined) => make(a, b, c),
  ],
  methods: {
    __repr__: [
      "(self, /)",
      (r: PyRange) => `range(${r.start}, ${r.stop}${r.step === 1 ? "" : `, ${r.step}`})`,
    ],
    __len__: [
      "(self, /)",
      (r: PyRange) => {
        if (typeof r.length === "bigint" && r.length > 0x7fffffffffffffffn)
          raise(E.OverflowError, "Python int too large to convert to C ssize_t");
        return r.length;
      },
    ],
    __bool__: ["(self, /)", (r: PyRange) => r.length !== 0],
    __iter__: ["(self, /)", (r: PyRange) => iterateRange(r.start, r.step, r.length)],
    __reversed__: [
      "(self, /)",
      (r: PyRange) =>
        iterateRange(rangeItem(r.start, r.step, subInt(r.length, 1)), subInt(0, r.step), r.length),
      "The ints from the last to the first.",
    ],
    __getitem__: [
      "(self, key, /)",
      (r: PyRange, k: Value) => {
        if (k instanceof PySlice) return sliceRange(r, k);
        const n = indexOrUndefined(k);
        if (n === undefined)
          raise(E.TypeError, `range indices must be integers or slices, not ${typeOf(k).name}`);
        const i = n < 0 ? addInt(n, r.length) : n;
        if (i < 0 || cmpInt(i, r.length) >= 0) raise(E.IndexError, "range object index out of range");
        return rangeItem(r.start, r.step, i);
      },
    ],
    __contains__: ["(self, key, /)", (r: PyRange, v: Value) => find(r, v) !== undefined],
    __hash__: [
      "(self, /)",
      (r: PyRange) =>
        hashTuple(
          [r.length, r.length === 0 ? null : r.start, cmpInt(r.length, 1) <= 0 ? null : r.step],
          hash,
        ),
    ],
    __eq__: compare(equal),
    __ne__: compare((a, b) => !equal(a, b)),
    index: [
      "(self, value, /)",
      (r: PyRange, v: Value) => {
        const i = find(r, v);
        if (i === undefined)
          raise(
            E.ValueError,
            plainInt(v) === undefined || v instanceof PyFloat
              ? "sequence.index(x): x not in sequence"
              : `${repr(v)} is not in range`,
          );
        return i;
      },
      "Where the value stands.",
    ],
    count: [
      "(self, value, /)",
      (r: PyRange, v: Value) => (find(r, v) === undefined ? 0 : 1),
      "How often the value occurs: once or never.",
    ],
    __reduce__: [
      "(self, /)",
      (r: PyRange) => new PyTuple([rangeType, new PyTuple([r.start, r.stop, r.step])]),
    ],
  },
  getters: { start: (r: PyRange) => r.start, stop: (r: PyRange) => r.stop, step: (r: PyRange) => r.step },
});
