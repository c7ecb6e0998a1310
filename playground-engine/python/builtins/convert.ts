// Arguments made numbers: what C functions do with `n`, `i`, `d` parameters, with CPython's messages.
import { callSpecial } from "../runtime/call.ts";
import { E, raise } from "../runtime/exceptions.ts";
import { asInt, PyFloat, typeOf, type Value } from "../runtime/object.ts";
import type { Int } from "./int-math.ts";

/** `operator.index(v)`; undefined where v has no `__index__`. */
export function indexOrUndefined(v: Value): Int | undefined {
  const n = asInt(v);
  if (n !== undefined) return n;
  const r = callSpecial(v, "__index__", []);
  if (r === undefined) return undefined;
  const i = asInt(r);
  if (i === undefined) raise(E.TypeError, `__index__ returned non-int (type ${typeOf(r).name})`);
  return i;
}

/** `operator.index(v)` @throws TypeError */
export function toIndex(v: Value): Int {
  if (typeof v === "number") return v;
  const i = indexOrUndefined(v);
  if (i === undefined) raise(E.TypeError, `'${typeOf(v).name}' object cannot be interpreted as an integer`);
  return i;
}

/** An index as a JavaScript number. @throws OverflowError where it is beyond a C ssize_t */
export function toSize(v: Value): number {
  const i = toIndex(v);
  if (typeof i === "bigint") {
    if (i > 0x7fffffffffffffffn || i < -0x8000000000000000n)
      raise(E.OverflowError, "Python int too large to convert to C ssize_t");
    return Number(i);
  }
  return i;
}

/** A start or end of str.find and its kin: None or an index, clipped. */
export function toBound(v: Value | undefined, missing: number): number {
  if (v === undefined || v === null) return missing;
  const i = indexOrUndefined(v);
  if (i === undefined)
    raise(E.TypeError, "slice indices must be integers or None or have an __index__ method");
  return typeof i === "bigint" ? (i > 0n ? Number.MAX_SAFE_INTEGER : Number.MIN_SAFE_INTEGER) : i;
}

/** An int as a float. @throws OverflowError */
export function floatOfInt(n: Int): number {
  const x = Number(n);
  if (x === Infinity || x === -Infinity) raise(E.OverflowError, "int too large to convert to float");
  return x;
}

/** `float(v)` of a number, `__float__` and `__index__` included; undefined where it has none of them. */
export function floatOrUndefined(v: Value): number | undefined {
  if (typeof v === "number") return v;
  if (v instanceof PyFloat) return v.v;
  const n = asInt(v);
  if (n !== undefined) return floatOfInt(n);
  const r = callSpecial(v, "__float__", []);
  if (r !== undefined) {
    if (!(r instanceof PyFloat))
      raise(E.TypeError, `${typeOf(v).name}.__float__ returned non-float (type ${typeOf(r).name})`);
    return r.v;
  }
  const i = indexOrUndefined(v);
  return i === undefined ? undefined : floatOfInt(i);
}

/** What math functions take. @throws TypeError "must be real number, not str" */
export function toDouble(v: Value): number {
  const x = floatOrUndefined(v);
  if (x === undefined) raise(E.TypeError, `must be real number, not ${typeOf(v).name}`);
  return x;
}

/** The value of a float or int operand of a float operation; undefined for anything else. */
export function realOperand(v: Value): number | undefined {
  if (typeof v === "number") return v;
  if (v instanceof PyFloat) return v.v;
  const n = asInt(v);
  return n === undefined ? undefined : floatOfInt(n);
}
