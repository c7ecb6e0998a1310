// Decimal numbers as values, and the arithmetic of the General Decimal Arithmetic Specification on them.
//
// Pure but for the object itself: an operation works in a Context and notes in `status` what happened; context.ts turns
// that into flags and exceptions when the operation is over.
import { DICT, type Namespace, type PyType, TYPE } from "../../runtime/object.ts";
import { isqrt } from "../../builtins/int-math.ts";

/** What an operation may report, as bits. The first five count as InvalidOperation. */
export const S = {
  InvalidOperation: 1,
  ConversionSyntax: 2,
  DivisionImpossible: 4,
  DivisionUndefined: 8,
  InvalidContext: 16,
  FloatOperation: 32,
  DivisionByZero: 64,
  Overflow: 128,
  Underflow: 256,
  Subnormal: 512,
  Inexact: 1024,
  Rounded: 2048,
  Clamped: 4096,
} as const;
export const INVALID =
  S.InvalidOperation | S.ConversionSyntax | S.DivisionImpossible | S.DivisionUndefined | S.InvalidContext;

export type Rounding =
  | "ROUND_CEILING"
  | "ROUND_FLOOR"
  | "ROUND_UP"
  | "ROUND_DOWN"
  | "ROUND_HALF_UP"
  | "ROUND_HALF_DOWN"
  | "ROUND_HALF_EVEN"
  | "ROUND_05UP";

/** What the arithmetic needs of a context. */
export interface Arithmetic {
  prec: number;
  rounding: Rounding;
  Emin: number;
  Emax: number;
  clamp: number;
  /** Bits of S of the operation under way. */
  status: number;
}

/** Finite, infinite, quiet or signalling NaN. */
export type Kind = "finite" | "inf" | "qnan" | "snan";

export class PyDecimal {
  declare [TYPE]: PyType;
  declare [DICT]?: Namespace;
  readonly sign: 0 | 1;
  /** Of a NaN its payload. */
  readonly int: bigint;
  readonly exp: number;
  readonly kind: Kind;
  constructor(sign: 0 | 1, int: bigint, exp: number, kind: Kind = "finite") {
    this.sign = sign;
    this.int = int;
    this.exp = exp;
    this.kind = kind;
  }
  get isZero(): boolean {
    return this.kind === "finite" && this.int === 0n;
  }
  get isNan(): boolean {
    return this.kind === "qnan" || this.kind === "snan";
  }
  /** Exponent of the leading digit. */
  get adjusted(): number {
    return this.exp + digitsOf(this.int) - 1;
  }
}

export const digitsOf = (n: bigint): number =>
  n < 10n ? 1 : n < 1_000_000_000_000_000n ? String(Number(n)).length : n.toString().length;
const POWERS: bigint[] = [1n];
export function pow10(n: number): bigint {
  if (n > 2000) return 10n ** BigInt(n);
  for (let i = POWERS.length; i <= n; i++) POWERS.push(POWERS[i - 1]! * 10n);
  return POWERS[n]!;
}

export const finite = (sign: 0 | 1, int: bigint, exp: number): PyDecimal => new PyDecimal(sign, int, exp);
export const infinity = (sign: 0 | 1): PyDecimal => new PyDecimal(sign, 0n, 0, "inf");
export const NAN = new PyDecimal(0, 0n, 0, "qnan");
export const fromInt = (n: number | bigint): PyDecimal =>
  finite(n < 0 ? 1 : 0, n < 0 ? -BigInt(n) : BigInt(n), 0);

export function invalid(c: Arithmetic, bit: number = S.InvalidOperation): PyDecimal {
  c.status |= bit;
  return NAN;
}

/** The coefficient without its last `drop` digits, rounded; and whether anything was lost. */
export function roundOff(
  sign: 0 | 1,
  int: bigint,
  drop: number,
  rounding: Rounding,
): { int: bigint; inexact: boolean } {
  if (drop <= 0) return { int: int * pow10(-drop), inexact: false };
  const unit = pow10(drop);
  const q = int / unit;
  const r = int % unit;
  if (r === 0n) return { int: q, inexact: false };
  let up: boolean;
  switch (rounding) {
    case "ROUND_UP":
      up = true;
      break;
    case "ROUND_DOWN":
      up = false;
      break;
    case "ROUND_CEILING":
      up = sign === 0;
      break;
    case "ROUND_FLOOR":
      up = sign === 1;
      break;
    case "ROUND_05UP":
      up = q % 5n === 0n;
      break;
    default: {
      const twice = r * 2n;
      if (twice !== unit) up = twice > unit;
      else up = rounding === "ROUND_HALF_UP" || (rounding === "ROUND_HALF_EVEN" && (q & 1n) === 1n);
    }
  }
  return { int: up ? q + 1n : q, inexact: true };
}

/** The number with this exponent, rounded where digits are lost. No flags. */
export function rescale(d: PyDecimal, exp: number, rounding: Rounding): PyDecimal {
  if (d.kind !== "finite") return d;
  if (d.int === 0n) return finite(d.sign, 0n, exp);
  const drop = exp - d.exp;
  // Beyond all digits only the direction counts.
  if (drop > digitsOf(d.int) + 1) return finite(d.sign, roundOff(d.sign, 1n, 2, rounding).int, exp);
  return finite(d.sign, roundOff(d.sign, d.int, drop, rounding).int, exp);
}

export const etiny = (c: Arithmetic): number => c.Emin - c.prec + 1;
export const etop = (c: Arithmetic): number => c.Emax - c.prec + 1;

function overflow(sign: 0 | 1, c: Arithmetic): PyDecimal {
  c.status |= S.Overflow | S.Inexact | S.Rounded;
  const r = c.rounding;
  const toMax =
    r === "ROUND_DOWN" ||
    r === "ROUND_05UP" ||
    (r === "ROUND_CEILING" && sign === 1) ||
    (r === "ROUND_FLOOR" && sign === 0);
  return toMax ? finite(sign, pow10(c.prec) - 1n, c.Emax - c.prec + 1) : infinity(sign);
}

/** Bring a result within the precision and exponents of the context. */
export function fix(d: PyDecimal, c: Arithmetic): PyDecimal {
  if (d.kind !== "finite") {
    if (d.isNan) {
      const room = c.prec - c.clamp;
      if (d.int !== 0n && digitsOf(d.int) > room)
        return new PyDecimal(d.sign, d.int % pow10(room), 0, d.kind);
    }
    return d;
  }
  const tiny = etiny(c);
  const top = etop(c);
  if (d.int === 0n) {
    const high = c.clamp ? top : c.Emax;
    const exp = Math.min(Math.max(d.exp, tiny), high);
    if (exp === d.exp) return d;
    c.status |= S.Clamped;
    return finite(d.sign, 0n, exp);
  }
  const digits = digitsOf(d.int);
  let least = digits + d.exp - c.prec;
  if (least > top) return overflow(d.sign, c);
  const subnormal = least < tiny;
  if (subnormal) least = tiny;
  if (d.exp < least) {
    const drop = least - d.exp;
    let { int, inexact } =
      drop > digits + 1 ? roundOff(d.sign, 1n, 2, c.rounding) : roundOff(d.sign, d.int, drop, c.rounding);
    let exp = least;
    if (digitsOf(int) > c.prec) {
      int /= 10n;
      exp++;
    }
    const out = exp > top ? overflow(d.sign, c) : finite(d.sign, int, exp);
    if (inexact && subnormal) c.status |= S.Underflow;
    if (subnormal) c.status |= S.Subnormal;
    if (inexact) c.status |= S.Inexact;
    c.status |= S.Rounded;
    if (out.isZero) c.status |= S.Clamped;
    return out;
  }
  if (subnormal) c.status |= S.Subnormal;
  if (c.clamp && d.exp > top) {
    c.status |= S.Clamped;
    return finite(d.sign, d.int * pow10(d.exp - top), top);
  }
  return d;
}

/** The NaN that comes of NaN operands, or undefined. */
export function nanResult(c: Arithmetic, a: PyDecimal, b?: PyDecimal): PyDecimal | undefined {
  for (const d of [a, b]) {
    if (d?.kind === "snan") {
      c.status |= S.InvalidOperation;
      return fix(new PyDecimal(d.sign, d.int, 0, "qnan"), c);
    }
  }
  for (const d of [a, b]) if (d?.kind === "qnan") return fix(d, c);
  return undefined;
}

export const negate = (d: PyDecimal): PyDecimal => new PyDecimal(d.sign ? 0 : 1, d.int, d.exp, d.kind);
export const absolute = (d: PyDecimal): PyDecimal => (d.sign ? negate(d) : d);

export function add(a: PyDecimal, b: PyDecimal, c: Arithmetic): PyDecimal {
  const nan = nanResult(c, a, b);
  if (nan) return nan;
  if (a.kind === "inf") return b.kind === "inf" && a.sign !== b.sign ? invalid(c) : a;
  if (b.kind === "inf") return b;
  const exp = Math.min(a.exp, b.exp);
  const floorZero: 0 | 1 = c.rounding === "ROUND_FLOOR" && a.sign !== b.sign ? 1 : 0;
  if (a.int === 0n && b.int === 0n) return fix(finite(a.sign === b.sign ? a.sign : floorZero, 0n, exp), c);
  if (a.int === 0n)
    return fix(rescale(b, Math.max(exp, Math.min(b.exp, b.adjusted - c.prec)), c.rounding), c);
  if (b.int === 0n)
    return fix(rescale(a, Math.max(exp, Math.min(a.exp, a.adjusted - c.prec)), c.rounding), c);
  let [x, y] = [a, b];
  // A number far below the other's last digit only decides the rounding.
  const [big, small] = x.exp >= y.exp ? [x, y] : [y, x];
  const limit = big.exp + Math.min(-1, digitsOf(big.int) - c.prec - 2);
  if (small.adjusted < limit) {
    const stand = finite(small.sign, 1n, limit);
    [x, y] = big === x ? [big, stand] : [stand, big];
  }
  const e = Math.min(x.exp, y.exp);
  const signed = (d: PyDecimal): bigint => (d.sign ? -d.int : d.int) * pow10(d.exp - e);
  const sum = signed(x) + signed(y);
  if (sum === 0n) return fix(finite(floorZero, 0n, exp), c);
  return fix(finite(sum < 0n ? 1 : 0, sum < 0n ? -sum : sum, e), c);
}

export const subtract = (a: PyDecimal, b: PyDecimal, c: Arithmetic): PyDecimal =>
  nanResult(c, a, b) ?? add(a, negate(b), c);

export function multiply(a: PyDecimal, b: PyDecimal, c: Arithmetic): PyDecimal {
  const nan = nanResult(c, a, b);
  if (nan) return nan;
  const sign = (a.sign ^ b.sign) as 0 | 1;
  if (a.kind === "inf" || b.kind === "inf") return a.isZero || b.isZero ? invalid(c) : infinity(sign);
  return fix(finite(sign, a.int * b.int, a.exp + b.exp), c);
}

export function divide(a: PyDecimal, b: PyDecimal, c: Arithmetic): PyDecimal {
  const nan = nanResult(c, a, b);
  if (nan) return nan;
  const sign = (a.sign ^ b.sign) as 0 | 1;
  if (a.kind === "inf") return b.kind === "inf" ? invalid(c) : infinity(sign);
  if (b.kind === "inf") {
    c.status |= S.Clamped;
    return finite(sign, 0n, etiny(c));
  }
  if (b.int === 0n) {
    if (a.int === 0n) return invalid(c, S.DivisionUndefined);
    c.status |= S.DivisionByZero;
    return infinity(sign);
  }
  if (a.int === 0n) return fix(finite(sign, 0n, a.exp - b.exp), c);
  const shift = digitsOf(b.int) - digitsOf(a.int) + c.prec + 1;
  let exp = a.exp - b.exp - shift;
  const num = shift >= 0 ? a.int * pow10(shift) : a.int;
  const den = shift >= 0 ? b.int : b.int * pow10(-shift);
  let q = num / den;
  if (num % den !== 0n) {
    // A last digit that can mislead no rounding.
    if (q % 5n === 0n) q++;
  } else {
    const ideal = a.exp - b.exp;
    while (exp < ideal && q % 10n === 0n) {
      q /= 10n;
      exp++;
    }
  }
  return fix(finite(sign, q, exp), c);
}

/** Integer quotient and remainder of finite numbers, b not zero; undefined where the quotient has too many digits. */
function integerDivision(a: PyDecimal, b: PyDecimal, c: Arithmetic): [PyDecimal, PyDecimal] | undefined {
  const sign = (a.sign ^ b.sign) as 0 | 1;
  const ideal = b.kind === "inf" ? a.exp : Math.min(a.exp, b.exp);
  const gap = a.adjusted - b.adjusted;
  if (a.int === 0n || b.kind === "inf" || gap <= -2)
    return [finite(sign, 0n, 0), rescale(a, ideal, c.rounding)];
  if (gap > c.prec) return undefined;
  const x = a.exp >= b.exp ? a.int * pow10(a.exp - b.exp) : a.int;
  const y = a.exp >= b.exp ? b.int : b.int * pow10(b.exp - a.exp);
  const q = x / y;
  if (q >= pow10(c.prec)) return undefined;
  return [finite(sign, q, 0), finite(a.sign, x % y, ideal)];
}

export function divideInteger(a: PyDecimal, b: PyDecimal, c: Arithmetic): PyDecimal {
  const nan = nanResult(c, a, b);
  if (nan) return nan;
  const sign = (a.sign ^ b.sign) as 0 | 1;
  if (a.kind === "inf") return b.kind === "inf" ? invalid(c) : infinity(sign);
  if (b.isZero) {
    if (a.isZero) return invalid(c, S.DivisionUndefined);
    c.status |= S.DivisionByZero;
    return infinity(sign);
  }
  const r = integerDivision(a, b, c);
  return r ? fix(r[0], c) : invalid(c, S.DivisionImpossible);
}

export function remainder(a: PyDecimal, b: PyDecimal, c: Arithmetic): PyDecimal {
  const nan = nanResult(c, a, b);
  if (nan) return nan;
  if (a.kind === "inf") return invalid(c);
  if (b.isZero) return invalid(c, a.isZero ? S.DivisionUndefined : S.InvalidOperation);
  const r = integerDivision(a, b, c);
  return r ? fix(r[1], c) : invalid(c, S.DivisionImpossible);
}

export function remainderNear(a: PyDecimal, b: PyDecimal, c: Arithmetic): PyDecimal {
  const nan = nanResult(c, a, b);
  if (nan) return nan;
  if (a.kind === "inf") return invalid(c);
  if (b.isZero) return invalid(c, a.isZero ? S.DivisionUndefined : S.InvalidOperation);
  if (b.kind === "inf") return fix(a, c);
  const ideal = Math.min(a.exp, b.exp);
  if (a.int === 0n) return fix(finite(a.sign, 0n, ideal), c);
  const gap = a.adjusted - b.adjusted;
  if (gap >= c.prec + 1) return invalid(c, S.DivisionImpossible);
  if (gap <= -2) return fix(rescale(a, ideal, c.rounding), c);
  const x = a.int * pow10(Math.max(0, a.exp - b.exp));
  const y = b.int * pow10(Math.max(0, b.exp - a.exp));
  let q = x / y;
  let r = x % y;
  if (2n * r + (q & 1n) > y) {
    r -= y;
    q++;
  }
  if (q >= pow10(c.prec)) return invalid(c, S.DivisionImpossible);
  const sign = (r < 0n ? 1 - a.sign : a.sign) as 0 | 1;
  return fix(finite(sign, r < 0n ? -r : r, ideal), c);
}

/** -1, 0, 1 of numbers that are no NaN. */
export function compareNumbers(a: PyDecimal, b: PyDecimal): number {
  if (a.kind === "inf" || b.kind === "inf") {
    const rank = (d: PyDecimal): number => (d.kind === "inf" ? (d.sign ? -1 : 1) : 0);
    return Math.sign(rank(a) - rank(b));
  }
  if (a.int === 0n) return b.int === 0n ? 0 : b.sign ? 1 : -1;
  if (b.int === 0n) return a.sign ? -1 : 1;
  if (a.sign !== b.sign) return a.sign ? -1 : 1;
  const flip = a.sign ? -1 : 1;
  if (a.adjusted !== b.adjusted) return a.adjusted < b.adjusted ? -flip : flip;
  const x = a.int * pow10(Math.max(0, a.exp - b.exp));
  const y = b.int * pow10(Math.max(0, b.exp - a.exp));
  return x === y ? 0 : x < y ? -flip : flip;
}

export function quantize(a: PyDecimal, b: PyDecimal, c: Arithmetic, rounding: Rounding): PyDecimal {
  const nan = nanResult(c, a, b);
  if (nan) return nan;
  if (a.kind === "inf" || b.kind === "inf") return a.kind === b.kind ? a : invalid(c);
  if (b.exp < etiny(c) || b.exp > c.Emax) return invalid(c);
  if (a.int === 0n) return fix(finite(a.sign, 0n, b.exp), c);
  if (a.adjusted > c.Emax || a.adjusted - b.exp + 1 > c.prec) return invalid(c);
  const drop = b.exp - a.exp;
  const r =
    drop > digitsOf(a.int) + 1 ? roundOff(a.sign, 1n, 2, rounding) : roundOff(a.sign, a.int, drop, rounding);
  const out = finite(a.sign, r.int, b.exp);
  if (out.adjusted > c.Emax || digitsOf(out.int) > c.prec) return invalid(c);
  if (out.int !== 0n && out.adjusted < c.Emin) c.status |= S.Subnormal;
  if (b.exp > a.exp) {
    if (r.inexact) c.status |= S.Inexact;
    c.status |= S.Rounded;
  }
  return fix(out, c);
}

export function toIntegral(a: PyDecimal, c: Arithmetic, rounding: Rounding, exact: boolean): PyDecimal {
  const nan = nanResult(c, a);
  if (nan) return nan;
  if (a.kind === "inf" || a.exp >= 0) return a;
  if (a.int === 0n) return finite(a.sign, 0n, 0);
  const drop = -a.exp;
  const r =
    drop > digitsOf(a.int) + 1 ? roundOff(a.sign, 1n, 2, rounding) : roundOff(a.sign, a.int, drop, rounding);
  if (exact) c.status |= S.Rounded | (r.inexact ? S.Inexact : 0);
  return finite(a.sign, r.int, 0);
}

/** Trailing zeros off. */
export function normalize(a: PyDecimal, c: Arithmetic): PyDecimal {
  const nan = nanResult(c, a);
  if (nan) return nan;
  const d = fix(a, c);
  if (d.kind !== "finite") return d;
  if (d.int === 0n) return finite(d.sign, 0n, 0);
  const top = c.clamp ? etop(c) : c.Emax;
  let { int, exp } = d;
  while (int % 10n === 0n && exp < top) {
    int /= 10n;
    exp++;
  }
  return finite(d.sign, int, exp);
}

export function sqrt(a: PyDecimal, c: Arithmetic): PyDecimal {
  const nan = nanResult(c, a);
  if (nan) return nan;
  if (a.kind === "inf" && a.sign === 0) return a;
  if (a.isZero) return fix(finite(a.sign, 0n, Math.floor(a.exp / 2)), c);
  if (a.sign) return invalid(c);
  const prec = c.prec + 1;
  let e = a.exp >> 1;
  let n = a.int;
  let l: number;
  if (a.exp & 1) {
    n *= 10n;
    l = (digitsOf(a.int) >> 1) + 1;
  } else l = (digitsOf(a.int) + 1) >> 1;
  const shift = prec - l;
  let exact = true;
  if (shift >= 0) n *= pow10(shift * 2);
  else {
    const unit = pow10(-shift * 2);
    exact = n % unit === 0n;
    n /= unit;
  }
  e -= shift;
  let root = BigInt(isqrt(n));
  exact &&= root * root === n;
  if (exact) {
    if (shift >= 0) root /= pow10(shift);
    else root *= pow10(-shift);
    e += shift;
  } else if (root % 5n === 0n) root++;
  const saved = c.rounding;
  c.rounding = "ROUND_HALF_EVEN";
  const out = fix(finite(0, root, e), c);
  c.rounding = saved;
  return out;
}
