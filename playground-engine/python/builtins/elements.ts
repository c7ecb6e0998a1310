// Numbers as they stand in memory: the elements of array.array and of memoryview, by the letters of struct's native formats.
import { E, raise } from "../runtime/exceptions.ts";
import { normInt, PyBytes, PyFloat, type Value } from "../runtime/object.ts";
import { isTrue } from "../runtime/truth.ts";
import { floatOrUndefined, indexOrUndefined } from "./convert.ts";

/** Bytes of an element, on CPython's 64-bit Linux. */
export const ELEMENT_SIZE: Readonly<Record<string, number>> = {
  b: 1, B: 1, c: 1, "?": 1, h: 2, H: 2, i: 4, I: 4, l: 8, L: 8, q: 8, Q: 8, n: 8, N: 8, f: 4, d: 8, u: 4,
}; // prettier-ignore

/** The element at a byte. */
export function readElement(view: DataView, at: number, code: string): Value {
  switch (code) {
    case "b":
      return view.getInt8(at);
    case "B":
      return view.getUint8(at);
    case "c":
      return new PyBytes(Uint8Array.of(view.getUint8(at)));
    case "?":
      return view.getUint8(at) !== 0;
    case "h":
      return view.getInt16(at, true);
    case "H":
      return view.getUint16(at, true);
    case "i":
      return view.getInt32(at, true);
    case "I":
      return view.getUint32(at, true);
    case "f":
      return new PyFloat(view.getFloat32(at, true));
    case "d":
      return new PyFloat(view.getFloat64(at, true));
    case "u":
      return String.fromCodePoint(view.getUint32(at, true));
    default:
      return normInt(code === code.toLowerCase() ? view.getBigInt64(at, true) : view.getBigUint64(at, true));
  }
}

/** Least and greatest int of an element. */
function elementRange(code: string): readonly [bigint, bigint] {
  const bits = BigInt(ELEMENT_SIZE[code]! * 8);
  return code === code.toLowerCase()
    ? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n]
    : [0n, (1n << bits) - 1n];
}

/** How the errors of a kind of holder are worded. */
export interface ElementErrors {
  wrongType(v: Value): never;
  outOfRange(v: number | bigint, low: bigint, high: bigint): never;
}

/** Write an element at a byte. */
export function writeElement(
  view: DataView,
  at: number,
  code: string,
  v: Value,
  errors: ElementErrors,
): void {
  if (code === "f" || code === "d") {
    const x = floatOrUndefined(v);
    if (x === undefined) return errors.wrongType(v);
    if (code === "f") view.setFloat32(at, x, true);
    else view.setFloat64(at, x, true);
    return;
  }
  if (code === "c") {
    if (!(v instanceof PyBytes)) return errors.wrongType(v);
    if (v.data.length !== 1) raise(E.ValueError, "memoryview: invalid value for format 'c'");
    view.setUint8(at, v.data[0]!);
    return;
  }
  if (code === "?") {
    view.setUint8(at, isTrue(v) ? 1 : 0);
    return;
  }
  if (code === "u") {
    if (typeof v !== "string") raise(E.TypeError, "array item must be unicode character");
    if (Array.from(v).length !== 1) raise(E.TypeError, "array item must be unicode character");
    view.setUint32(at, v.codePointAt(0)!, true);
    return;
  }
  const n = indexOrUndefined(v);
  if (n === undefined) return errors.wrongType(v);
  const big = BigInt(n);
  const [low, high] = elementRange(code);
  if (big < low || big > high) return errors.outOfRange(n, low, high);
  const size = ELEMENT_SIZE[code]!;
  if (size === 1) view.setUint8(at, Number(big) & 255);
  else if (size === 2) view.setUint16(at, Number(big) & 0xffff, true);
  else if (size === 4) view.setUint32(at, Number(BigInt.asUintN(32, big)), true);
  else view.setBigUint64(at, BigInt.asUintN(64, big), true);
}
