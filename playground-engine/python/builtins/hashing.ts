// Hash values of the built-in types. Numbers and tuples give CPython's own values (docs: "Hashing of numeric types");
// str and bytes, which CPython salts anew in every process, give stable ones.
import { normInt, type Value } from "../runtime/object.ts";
import type { Int } from "./int-math.ts";

const MODULUS = (1n << 61n) - 1n;

export function hashInt(n: Int): Int {
  if (typeof n === "number") return n === -1 ? -2 : n;
  const r = n % MODULUS;
  return r === -1n ? -2 : normInt(r);
}

/** Of a float that is not NaN (which hashes by identity). */
export function hashFloat(x: number): Int {
  if (Number.isInteger(x)) return hashInt(Number.isSafeInteger(x) ? (x === 0 ? 0 : x) : BigInt(x));
  if (x !== x) return 0;
  if (x === Infinity) return 314159;
  if (x === -Infinity) return -314159;
  // m × 2^-e with m an integer: divide by 2^e modulo 2^61 - 1, where 2^61 is 1.
  let m = Math.abs(x);
  let e = 0;
  while (!Number.isInteger(m)) {
    m *= 2;
    e++;
  }
  const shift = BigInt((61 - (e % 61)) % 61);
  const r = (BigInt(m) << shift) % MODULUS;
  const signed = x < 0 ? -r : r;
  return signed === -1n ? -2 : normInt(signed);
}

const MASK64 = (1n << 64n) - 1n;

function signed64(n: bigint): Int {
  const r = BigInt.asIntN(64, n);
  return r === -1n ? -2 : normInt(r);
}

export function hashComplex(re: number, im: number): Int {
  const r = (BigInt(hashFloat(re)) + 1000003n * BigInt(hashFloat(im))) & MASK64;
  return signed64(r);
}

/** A 32-bit number from any hash, for buckets: its two halves mixed. */
export function fold(h: Int): number {
  if (typeof h === "number") {
    if ((h | 0) === h) return h < 0 ? ~h : h;
    const top = Math.floor(h / 4294967296);
    return ((h - top * 4294967296) | 0) ^ (top | 0);
  }
  return Number(BigInt.asIntN(32, h)) ^ Number(BigInt.asIntN(32, h >> 32n));
}

export function hashStr(s: string): number {
  if (s === "") return 0;
  let a = 0x811c9dc5;
  let b = s.length;
  for (let i = 0; i < s.length; i++) {
    const c = s.charCodeAt(i);
    a = Math.imul(a ^ c, 0x01000193);
    b = (Math.imul(b, 31) + c) | 0;
  }
  const h = (a >>> 0) * 0x100000 + ((b ^ (b >>> 15)) & 0xfffff);
  return h === -1 ? -2 : h;
}

// xxHash with 64-bit lanes, as CPython's tuples use it, on pairs of 32-bit halves.
const P1 = [0x9e3779b1, 0x85ebca87] as const;
const P2 = [0xc2b2ae3d, 0x27d4eb4f] as const;
const P5 = [0x27d4eb2f, 0x165667c5] as const;
let high = 0;
let low = 0;

/** (high, low) ×= (h, l), modulo 2^64 */
function multiply(h: number, l: number): void {
  const a = low >>> 16;
  const b = low & 0xffff;
  const c = l >>> 16;
  const d = l & 0xffff;
  const bd = b * d;
  const mid = a * d + (bd >>> 16);
  const mid2 = b * c + (mid & 0xffff);
  const carry = a * c + Math.floor(mid / 65536) + (mid2 >>> 16);
  high = (Math.imul(high, l) + Math.imul(low, h) + (carry | 0)) | 0;
  low = ((mid2 & 0xffff) << 16) | (bd & 0xffff);
}

/** Begin the hash of a tuple. */
function begin(): void {
  high = P5[0] | 0;
  low = P5[1] | 0;
}

/** Take the hash of the next item in, given as two halves. */
function mix(itemHigh: number, itemLow: number): void {
  const saveHigh = high;
  const saveLow = low;
  high = itemHigh;
  low = itemLow;
  multiply(P2[0], P2[1]);
  const sum = (saveLow >>> 0) + (low >>> 0);
  high = (saveHigh + high + (sum > 0xffffffff ? 1 : 0)) | 0;
  low = sum | 0;
  // rotate left by 31
  const h = (high << 31) | (low >>> 1);
  low = (low << 31) | (high >>> 1);
  high = h;
  multiply(P1[0], P1[1]);
}

function mixInt(h: Int): void {
  if (typeof h === "number") {
    if ((h | 0) === h) mix(h < 0 ? -1 : 0, h);
    else {
      const top = Math.floor(h / 4294967296);
      mix(top | 0, (h - top * 4294967296) | 0);
    }
  } else mix(Number(BigInt.asIntN(32, h >> 32n)), Number(BigInt.asIntN(32, h)));
}

function finish(length: number): void {
  const sum = (low >>> 0) + ((length ^ 0x165667c5 ^ 3527539) >>> 0);
  high = (high + 0x27d4eb2f + (sum > 0xffffffff ? 1 : 0)) | 0;
  low = sum | 0;
  if (high === -1 && low === -1) {
    high = 0;
    low = 1546275796;
  }
}

/** Run over the items of a tuple; the result is in (high, low). */
function tupleParts(items: readonly Value[], hash: (v: Value) => Int): void {
  begin();
  for (const v of items) {
    if (typeof v === "number") {
      if (v === -1) mix(-1, -2);
      else mixInt(v);
    } else if (typeof v === "string") mixInt(hashStr(v));
    else {
      // It may be a tuple itself, or a program's object whose __hash__ hashes one.
      const h = high;
      const l = low;
      const one = hash(v);
      high = h;
      low = l;
      mixInt(one);
    }
  }
  finish(items.length);
}

/** The hash of a tuple; `hash` hashes what is neither int nor str. */
export function hashTuple(items: readonly Value[], hash: (v: Value) => Int): Int {
  tupleParts(items, hash);
  const top = high;
  if (top >= -0x200000 && top < 0x200000) {
    const n = top * 4294967296 + (low >>> 0);
    if (Number.isSafeInteger(n)) return n;
  }
  return (BigInt(top) << 32n) | BigInt(low >>> 0);
}

/** `fold(hashTuple(items))`, without making a bigint. */
export function foldTuple(items: readonly Value[], hash: (v: Value) => Int): number {
  tupleParts(items, hash);
  return high ^ low;
}

/** The hash of a frozenset from its members' hashes: independent of their order. */
export function hashFrozenSet(hashes: readonly Int[]): Int {
  let h = 0n;
  for (const one of hashes) {
    const x = BigInt.asUintN(64, BigInt(one));
    h ^= ((x ^ 89869747n ^ (x << 16n)) * 3644798167n) & MASK64;
  }
  h ^= (BigInt(hashes.length) + 1n) * 1927868237n;
  h &= MASK64;
  h ^= (h >> 11n) ^ (h >> 25n);
  h = (h * 69069n + 907133923n) & MASK64;
  if (h === MASK64) h = 590923713n;
  return normInt(BigInt.asIntN(64, h));
}
