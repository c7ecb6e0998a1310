// slice, and how subscripts of sequences become positions.
import { eqTruth, ltTruth } from "../runtime/comparison.ts";
import { E, raise } from "../runtime/exceptions.ts";
import { late } from "../runtime/late.ts";
import { nativeType } from "../runtime/native-type.ts";
import type { NativeMethod } from "../runtime/native.ts";
import { NotImplemented, PyTuple, type PyType, type TYPE, typeOf, type Value } from "../runtime/object.ts";
import { repr } from "../runtime/repr.ts";
import { indexOrUndefined, toIndex } from "./convert.ts";
import { addInt, type Int, subInt } from "./int-math.ts";
import { sliceIndices } from "./ranges.ts";

export class PySlice {
  declare [TYPE]: PyType;
  readonly start: Value;
  readonly stop: Value;
  readonly step: Value;
  constructor(start: Value, stop: Value, step: Value) {
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
}

function part(v: Value): Int | null {
  if (v === null || typeof v === "number") return v;
  const i = indexOrUndefined(v);
  if (i === undefined)
    raise(E.TypeError, "slice indices must be integers or None or have an __index__ method");
  return i;
}

/** [start, stop, step] of a slice of a sequence of this length. @throws TypeError, ValueError */
export function resolveSlice(s: PySlice, length: number): [number, number, number] {
  const step = part(s.step);
  if (step === 0) raise(E.ValueError, "slice step cannot be zero");
  return sliceIndices(part(s.start), part(s.stop), step, length);
}

/** The elements that a slice takes. */
export function sliceItems<T>(items: readonly T[], s: PySlice): T[] {
  const [start, stop, step] = resolveSlice(s, items.length);
  if (step === 1) return start < stop ? items.slice(start, stop) : [];
  const out: T[] = [];
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) out.push(items[i]!);
  return out;
}

/** A subscript that is no slice as a position in 0…length-1, or -1 where it is out of range; `bad` words the TypeError. */
export function resolveIndex(k: Value, length: number, bad: (typeName: string) => string): number {
  let i: Int;
  if (typeof k === "number") i = k;
  else {
    const n = indexOrUndefined(k);
    if (n === undefined) raise(E.TypeError, bad(typeOf(k).name));
    if (typeof n === "bigint") raise(E.IndexError, "cannot fit 'int' into an index-sized integer");
    i = n;
  }
  if (i < 0) i += length;
  return i < 0 || i >= length ? -1 : i;
}

const parts = (s: PySlice): readonly Value[] => [s.start, s.stop, s.step];

function order(test: (a: PySlice, b: PySlice) => boolean): NativeMethod {
  return ["(self, value, /)", (a: PySlice, b: Value) => (b instanceof PySlice ? test(a, b) : NotImplemented)];
}

const equal = (a: PySlice, b: PySlice): boolean => parts(a).every((v, i) => eqTruth(v, parts(b)[i]));
function less(a: PySlice, b: PySlice): boolean {
  const [x, y] = [parts(a), parts(b)];
  for (let i = 0; i < 3; i++) if (!eqTruth(x[i], y[i])) return ltTruth(x[i], y[i]);
  return false;
}

/** slice.indices, for lengths of any size. */
function indices(s: PySlice, lengthValue: Value): PyTuple {
  const length = toIndex(lengthValue);
  if (length < 0) raise(E.ValueError, "length should not be negative");
  const step = part(s.step) ?? 1;
  if (step === 0) raise(E.ValueError, "slice step cannot be zero");
  const down = step < 0;
  const low: Int = down ? -1 : 0;
  const high: Int = down ? subInt(length, 1) : length;
  const clip = (v: Int | null, missing: Int): Int => {
    if (v === null) return missing;
    const w = v < 0 ? addInt(v, length) : v;
    return w < low ? low : w > high ? high : w;
  };
  return new PyTuple([clip(part(s.start), down ? high : low), clip(part(s.stop), down ? low : high), step]);
}

export const sliceType: PyType = nativeType({
  name: "slice",
  doc: "What stands between the brackets of a[start:stop:step].",
  host: PySlice,
  final: true,
  new: [
    "(cls, start, stop=..., step=None, /)",
    (_cls: PyType, a: Value, b: Value | undefined, c: Value) =>
      b === undefined ? new PySlice(null, a, null) : new PySlice(a, b, c),
  ],
  methods: {
    __repr__: ["(self, /)", (s: PySlice) => `slice(${repr(s.start)}, ${repr(s.stop)}, ${repr(s.step)})`],
    __eq__: order(equal),
    __ne__: order((a, b) => !equal(a, b)),
    __lt__: order(less),
    __le__: order((a, b) => !less(b, a)),
    __gt__: order((a, b) => less(b, a)),
    __ge__: order((a, b) => !less(a, b)),
    indices: ["(self, len, /)", indices, "start, stop and step made definite for a sequence of that length."],
  },
  getters: { start: (s: PySlice) => s.start, stop: (s: PySlice) => s.stop, step: (s: PySlice) => s.step },
});
late.slice = (a, b, c) => new PySlice(a, b, c);
