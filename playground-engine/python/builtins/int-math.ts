// Arithmetic on Python's int: number while safe, else bigint. Every result is normalised.
import { normInt } from "../runtime/object.ts";
import { bitLength as bigBitLength } from "./float-text.ts";

export type Int = number | bigint;

const safe = Number.isSafeInteger;

export function addInt(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const r = a + b;
    if (safe(r)) return r;
  }
  return normInt(BigInt(a) + BigInt(b));
}

export function subInt(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const r = a - b;
    if (safe(r)) return r;
  }
  return normInt(BigInt(a) - BigInt(b));
}

export function mulInt(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const r = a * b;
    if (safe(r)) return r === 0 ? 0 : r;
  }
  return normInt(BigInt(a) * BigInt(b));
}

/** a // b; b is not zero. */
export function floorDivInt(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    // Exact: the remainder is, and so the difference is a multiple of b.
    const m = modInt(a, b) as number;
    const d = a - m;
    if (safe(d)) {
      const r = d / b;
      return r === 0 ? 0 : r;
    }
  }
  const x = BigInt(a);
  const y = BigInt(b);
  const q = x / y;
  return normInt(x % y !== 0n && x < 0n !== y < 0n ? q - 1n : q);
}

/** a % b with the sign of b; b is not zero. */
export function modInt(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const r = a % b;
    if (r === 0) return 0;
    return r < 0 !== b < 0 ? r + b : r;
  }
  const y = BigInt(b);
  const r = BigInt(a) % y;
  return normInt(r !== 0n && r < 0n !== y < 0n ? r + y : r);
}

/** a ** b for b ≥ 0. */
export function powInt(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const r = a ** b;
    if (safe(r)) return r;
  }
  return normInt(BigInt(a) ** BigInt(b));
}

/** pow(a, b, m); m is not zero; undefined where a negative b has no inverse. */
export function powMod(a: Int, b: Int, m: Int): Int | undefined {
  const mod = BigInt(m);
  const size = mod < 0n ? -mod : mod;
  let base = ((BigInt(a) % size) + size) % size;
  let exp = BigInt(b);
  if (exp < 0n) {
    const inverse = inverseMod(base, size);
    if (inverse === undefined) return undefined;
    base = inverse;
    exp = -exp;
  }
  let r = 1n % size;
  while (exp > 0n) {
    if ((exp & 1n) === 1n) r = (r * base) % size;
    base = (base * base) % size;
    exp >>= 1n;
  }
  return normInt(mod < 0n && r !== 0n ? r + mod : r);
}

function inverseMod(a: bigint, m: bigint): bigint | undefined {
  let [r0, r1, s0, s1] = [a, m, 1n, 0n];
  while (r1 !== 0n) {
    const q = r0 / r1;
    [r0, r1] = [r1, r0 - q * r1];
    [s0, s1] = [s1, s0 - q * s1];
  }
  if (r0 !== 1n && m !== 1n) return undefined;
  return ((s0 % m) + m) % m;
}

/** a << n for n ≥ 0. */
export function shlInt(a: Int, n: Int): Int {
  if (typeof a === "number" && typeof n === "number" && n < 53) {
    const r = a * 2 ** n;
    if (safe(r)) return r;
  }
  return normInt(BigInt(a) << BigInt(n));
}

/** a >> n for n ≥ 0. */
export function shrInt(a: Int, n: Int): Int {
  if (typeof a === "number") {
    if (n > 53) return a < 0 ? -1 : 0;
    return Math.floor(a / 2 ** Number(n));
  }
  return normInt(a >> BigInt(n));
}

const small = (a: Int): a is number => typeof a === "number" && (a | 0) === a;

export function andInt(a: Int, b: Int): Int {
  return small(a) && small(b) ? a & b : normInt(BigInt(a) & BigInt(b));
}

export function orInt(a: Int, b: Int): Int {
  return small(a) && small(b) ? a | b : normInt(BigInt(a) | BigInt(b));
}

export function xorInt(a: Int, b: Int): Int {
  return small(a) && small(b) ? a ^ b : normInt(BigInt(a) ^ BigInt(b));
}

export function negInt(a: Int): Int {
  return typeof a === "number" ? (a === 0 ? 0 : -a) : normInt(-a);
}

export function invertInt(a: Int): Int {
  return subInt(negInt(a), 1);
}

export function absInt(a: Int): Int {
  return a < 0 ? negInt(a) : a;
}

/** Exact comparison of ints. */
export function cmpInt(a: Int, b: Int): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function bitLengthOf(a: Int): number {
  if (small(a)) return 32 - Math.clz32(Math.abs(a));
  const n = BigInt(a);
  return bigBitLength(n < 0n ? -n : n);
}

export function bitCountOf(a: Int): number {
  let n = BigInt(a);
  if (n < 0n) n = -n;
  let count = 0;
  for (const c of n.toString(16)) {
    const d = Number("0x" + c);
    count += (d & 1) + ((d >> 1) & 1) + ((d >> 2) & 1) + (d >> 3);
  }
  return count;
}

/** floor(sqrt(n)) for n ≥ 0. */
export function isqrt(n: Int): Int {
  if (typeof n === "number") {
    let r = Math.floor(Math.sqrt(n));
    while (r * r > n) r--;
    return r;
  }
  let x = 1n << BigInt((bigBitLength(n) + 1) >> 1);
  for (;;) {
    const y = (x + n / x) >> 1n;
    if (y >= x) return normInt(x);
    x = y;
  }
}

export function gcdInt(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    let x = Math.abs(a);
    let y = Math.abs(b);
    while (y !== 0) [x, y] = [y, x % y];
    return x;
  }
  let x = BigInt(a);
  let y = BigInt(b);
  while (y !== 0n) [x, y] = [y, x % y];
  return normInt(x < 0n ? -x : x);
}

/** Round an int to a negative number of places (`round(1250, -2)`), half to even. */
export function roundInt(a: Int, places: number): Int {
  if (places >= 0) return a;
  const unit = 10n ** BigInt(-places);
  const n = BigInt(a);
  let r = n % unit;
  if (r < 0n) r += unit;
  let q = (n - r) / unit;
  if (r * 2n > unit || (r * 2n === unit && (q & 1n) === 1n)) q++;
  return normInt(q * unit);
}

/** A float with an integral value as an int. */
export function intFromFloat(x: number): Int {
  return safe(x) ? (x === 0 ? 0 : x) : normInt(BigInt(x));
}

/** Floored division of floats: [quotient, remainder], b not zero. */
export function divmodFloat(a: number, b: number): [number, number] {
  let mod = a % b;
  let div = (a - mod) / b;
  if (mod !== 0) {
    if (b < 0 !== mod < 0) {
      mod += b;
      div -= 1;
    }
  } else mod = b < 0 ? -0 : 0;
  if (div === 0) return [a / b < 0 || Object.is(a / b, -0) ? -0 : 0, mod];
  let floor = Math.floor(div);
  if (div - floor > 0.5) floor += 1;
  return [floor, mod];
}

export function modFloat(a: number, b: number): number {
  const mod = a % b;
  if (mod === 0) return b < 0 ? -0 : 0;
  return b < 0 !== mod < 0 ? mod + b : mod;
}
