// Slices made definite, and the arithmetic of range().
import { addInt, type Int, mulInt, subInt, floorDivInt } from "./int-math.ts";

/** slice(start, stop, step).indices(length) for ints; null where not given. Small numbers in, small numbers out. */
export function sliceIndices(
  start: Int | null,
  stop: Int | null,
  step: Int | null,
  length: number,
): [number, number, number] {
  const by =
    step === null
      ? 1
      : typeof step === "bigint"
        ? step < 0n
          ? -Number.MAX_SAFE_INTEGER
          : Number.MAX_SAFE_INTEGER
        : step;
  const low = by < 0 ? -1 : 0;
  const high = by < 0 ? length - 1 : length;
  const clip = (v: Int | null, missing: number): number => {
    if (v === null) return missing;
    if (v < 0) {
      const w = typeof v === "bigint" ? low : v + length;
      return w < low ? low : w;
    }
    return v > high ? high : Number(v);
  };
  return by < 0 ? [clip(start, high), clip(stop, low), by] : [clip(start, low), clip(stop, high), by];
}

/** How many items start, start + step … before stop has. */
export function rangeLength(start: Int, stop: Int, step: Int): Int {
  if (step > 0 ? start >= stop : start <= stop) return 0;
  const gap = step > 0 ? subInt(subInt(stop, start), 1) : subInt(subInt(start, stop), 1);
  const size = step > 0 ? step : subInt(0, step);
  return addInt(floorDivInt(gap, size), 1);
}

export function rangeItem(start: Int, step: Int, index: Int): Int {
  return addInt(start, mulInt(step, index));
}
