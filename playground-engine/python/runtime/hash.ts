// hash() and ==, the two things that dict and set ask of a key.
import { callSpecial, call1 } from "./call.ts";
import { derivedOf } from "./derived.ts";
import { E, raise } from "./exceptions.ts";
import { PyFunction } from "./function.ts";
import { late } from "./late.ts";
import { asInt, typeOf, type Value } from "./object.ts";

/** `hash(v)`: a number, or a bigint where it needs more than 53 bits. @throws TypeError unhashable */
export function hash(v: Value): number | bigint {
  switch (typeof v) {
    case "string":
      return late.hashString(v);
    case "number":
    case "bigint":
      return late.hashNumber(v);
    case "boolean":
      return v ? 1 : 0;
    default: {
      const t = typeOf(v);
      const h = derivedOf(t).hash;
      if (h === undefined || h === null) raise(E.TypeError, `unhashable type: '${t.name}'`);
      const r = h instanceof PyFunction ? call1(h, v) : callSpecial(v, "__hash__", [])!;
      const n = asInt(r);
      if (n === undefined) raise(E.TypeError, "__hash__ method should return an integer");
      return hashOfAnswer(n);
    }
  }
}

/** What `__hash__` answered, as hash() gives it: 64 bits stay as they are, larger ints hash as ints do. */
function hashOfAnswer(n: number | bigint): number | bigint {
  if (n === -1) return -2;
  return typeof n === "number" || BigInt.asIntN(64, n) === n ? n : late.hashNumber(n);
}

export function isHashable(v: Value): boolean {
  const h = derivedOf(typeOf(v)).hash;
  return h !== undefined && h !== null;
}

const ids = new WeakMap<object, number>();
const primitiveIds = new Map<unknown, number>();
let nextId = 0x7f00_0000_1000;

/** `id(v)`: stable for objects while they live, for primitives by value. */
export function id(v: Value): number {
  if (typeof v === "object" && v !== null) {
    let n = ids.get(v);
    if (n === undefined) ids.set(v, (n = nextId += 16));
    return n;
  }
  let n = primitiveIds.get(v);
  if (n === undefined) primitiveIds.set(v, (n = nextId += 16));
  return n;
}

/** `0x7f…` as default reprs show it. */
export function address(v: Value): string {
  return `0x${id(v).toString(16).padStart(12, "0")}`;
}

/** Hash by identity, what object.__hash__ gives. */
export function identityHash(v: Value): number {
  return id(v) / 16;
}
