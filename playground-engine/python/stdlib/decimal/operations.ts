// The operations of the specification beyond plain arithmetic: comparing, neighbours, digits as bits and places.
import {
  absolute,
  add,
  type Arithmetic,
  compareNumbers,
  digitsOf,
  etiny,
  finite,
  fix,
  fromInt,
  infinity,
  invalid,
  multiply,
  NAN,
  nanResult,
  negate,
  pow10,
  PyDecimal,
  type Rounding,
  S,
} from "./number.ts";

export function compare(a: PyDecimal, b: PyDecimal, c: Arithmetic): PyDecimal {
  return nanResult(c, a, b) ?? fromInt(compareNumbers(a, b));
}

export function compareSignal(a: PyDecimal, b: PyDecimal, c: Arithmetic): PyDecimal {
  if (a.isNan || b.isNan) {
    c.status |= S.InvalidOperation;
    return nanResult({ ...c, status: 0 }, a, b)!;
  }
  return fromInt(compareNumbers(a, b));
}

/** Total order over all representations: -1, 0, 1. */
export function totalOrder(a: PyDecimal, b: PyDecimal): number {
  const flip = a.sign ? -1 : 1;
  if (a.sign !== b.sign) return a.sign ? -1 : 1;
  const rank = (d: PyDecimal): number => (d.kind === "qnan" ? 2 : d.kind === "snan" ? 1 : 0);
  if (rank(a) !== rank(b)) return rank(a) < rank(b) ? -flip : flip;
  if (rank(a) > 0) return a.int === b.int ? 0 : a.int < b.int ? -flip : flip;
  const c = compareNumbers(a, b);
  if (c !== 0) return c;
  return a.exp === b.exp ? 0 : a.exp < b.exp ? -flip : flip;
}

/** max() and min(), `mag`: by size. */
function extreme(wanted: 1 | -1, mag: boolean) {
  return (a: PyDecimal, b: PyDecimal, c: Arithmetic): PyDecimal => {
    // A number beats a quiet NaN.
    if (a.kind === "qnan" && !b.isNan) return fix(b, c);
    if (b.kind === "qnan" && !a.isNan) return fix(a, c);
    const nan = nanResult(c, a, b);
    if (nan) return nan;
    const order = (mag ? compareNumbers(absolute(a), absolute(b)) : compareNumbers(a, b)) || totalOrder(a, b);
    return fix(order === wanted ? a : order === 0 ? a : b, c);
  };
}
export const max = extreme(1, false);
export const min = extreme(-1, false);
export const maxMag = extreme(1, true);
export const minMag = extreme(-1, true);

export const minus = (a: PyDecimal, c: Arithmetic): PyDecimal => signed(a, c, negate);
export const plus = (a: PyDecimal, c: Arithmetic): PyDecimal => signed(a, c, (d) => d);
export const abs = (a: PyDecimal, c: Arithmetic): PyDecimal =>
  nanResult(c, a) ?? (a.sign ? minus(a, c) : plus(a, c));

function signed(a: PyDecimal, c: Arithmetic, f: (d: PyDecimal) => PyDecimal): PyDecimal {
  const nan = nanResult(c, a);
  if (nan) return nan;
  return fix(a.isZero && c.rounding !== "ROUND_FLOOR" ? absolute(a) : f(a), c);
}

const biggest = (sign: 0 | 1, c: Arithmetic): PyDecimal =>
  finite(sign, pow10(c.prec) - 1n, c.Emax - c.prec + 1);

function neighbour(a: PyDecimal, c: Arithmetic, up: boolean): PyDecimal {
  const nan = nanResult(c, a);
  if (nan) return nan;
  if (a.kind === "inf") return (a.sign === 0) === up ? a : biggest(up ? 1 : 0, c);
  const quiet: Arithmetic = {
    prec: c.prec,
    Emin: c.Emin,
    Emax: c.Emax,
    clamp: c.clamp,
    status: 0,
    rounding: up ? "ROUND_CEILING" : "ROUND_FLOOR",
  };
  const r = fix(a, quiet);
  if (r.kind !== "finite" || compareNumbers(r, a) !== 0) return r;
  return add(a, finite(up ? 0 : 1, 1n, etiny(c) - 1), quiet);
}
export const nextPlus = (a: PyDecimal, c: Arithmetic): PyDecimal => neighbour(a, c, true);
export const nextMinus = (a: PyDecimal, c: Arithmetic): PyDecimal => neighbour(a, c, false);

export function nextToward(a: PyDecimal, b: PyDecimal, c: Arithmetic): PyDecimal {
  const nan = nanResult(c, a, b);
  if (nan) return nan;
  const order = compareNumbers(a, b);
  if (order === 0) return copySign(a, b);
  const r = neighbour(a, c, order < 0);
  if (r.kind === "inf") c.status |= S.Overflow | S.Inexact | S.Rounded;
  else if (r.isZero || r.adjusted < c.Emin)
    c.status |= S.Underflow | S.Subnormal | S.Inexact | S.Rounded | (r.isZero ? S.Clamped : 0);
  return r;
}

export const copySign = (a: PyDecimal, b: PyDecimal): PyDecimal => (a.sign === b.sign ? a : negate(a));

export function logb(a: PyDecimal, c: Arithmetic): PyDecimal {
  const nan = nanResult(c, a);
  if (nan) return nan;
  if (a.kind === "inf") return infinity(0);
  if (a.int === 0n) {
    c.status |= S.DivisionByZero;
    return infinity(1);
  }
  return fix(fromInt(a.adjusted), c);
}

/** The second operand of scaleb, shift and rotate, within ±limit. */
function places(b: PyDecimal, limit: number): number | undefined {
  if (b.kind !== "finite" || b.exp !== 0 || b.int > BigInt(limit)) return undefined;
  return b.sign ? -Number(b.int) : Number(b.int);
}

export function scaleb(a: PyDecimal, b: PyDecimal, c: Arithmetic): PyDecimal {
  const nan = nanResult(c, a, b);
  if (nan) return nan;
  const n = places(b, 2 * (c.Emax + c.prec));
  if (n === undefined) return invalid(c);
  return a.kind === "inf" ? a : fix(finite(a.sign, a.int, a.exp + n), c);
}

function moveDigits(around: boolean) {
  return (a: PyDecimal, b: PyDecimal, c: Arithmetic): PyDecimal => {
    const nan = nanResult(c, a, b);
    if (nan) return nan;
    const n = places(b, c.prec);
    if (n === undefined) return invalid(c);
    if (a.kind === "inf") return a;
    const window = pow10(c.prec);
    const digits = a.int % window;
    let moved: bigint;
    if (around) {
      const left = n < 0 ? n + c.prec : n;
      const cut = pow10(c.prec - left);
      moved = (digits % cut) * pow10(left) + digits / cut;
    } else moved = n < 0 ? digits / pow10(-n) : (digits * pow10(n)) % window;
    return finite(a.sign, moved, a.exp);
  };
}
export const shift = moveDigits(false);
export const rotate = moveDigits(true);

/** The digits of an operand of a logical operation; undefined where it is none. */
function logicalDigits(a: PyDecimal, c: Arithmetic): string | undefined {
  if (a.kind !== "finite" || a.sign || a.exp !== 0) return undefined;
  const s = a.int.toString();
  return s.length > c.prec || !/^[01]+$/.test(s) ? undefined : s;
}
function logical(f: (x: boolean, y: boolean) => boolean) {
  return (a: PyDecimal, b: PyDecimal, c: Arithmetic): PyDecimal => {
    const x = logicalDigits(a, c);
    const y = logicalDigits(b, c);
    if (x === undefined || y === undefined) return invalid(c);
    const n = Math.max(x.length, y.length);
    const [p, q] = [x.padStart(n, "0"), y.padStart(n, "0")];
    return finite(0, BigInt(Array.from(p, (d, i) => (f(d === "1", q[i] === "1") ? "1" : "0")).join("")), 0);
  };
}
export const logicalAnd = logical((x, y) => x && y);
export const logicalOr = logical((x, y) => x || y);
export const logicalXor = logical((x, y) => x !== y);
export const logicalInvert = (a: PyDecimal, c: Arithmetic): PyDecimal =>
  logicalXor(a, finite(0, (pow10(c.prec) - 1n) / 9n, 0), c);

/** a × b + c, rounded once. */
export function fma(a: PyDecimal, b: PyDecimal, third: PyDecimal, c: Arithmetic): PyDecimal {
  const nan = nanResult(c, a, b);
  if (nan)
    return third.kind === "snan" && a.kind !== "snan" && b.kind !== "snan" ? nanResult(c, third)! : nan;
  const product =
    a.kind === "finite" && b.kind === "finite"
      ? finite((a.sign ^ b.sign) as 0 | 1, a.int * b.int, a.exp + b.exp)
      : multiply(a, b, c);
  return product.isNan ? product : add(product, third, c);
}

export const isNormal = (a: PyDecimal, c: Arithmetic): boolean =>
  a.kind === "finite" && a.int !== 0n && a.adjusted >= c.Emin;
export const isSubnormal = (a: PyDecimal, c: Arithmetic): boolean =>
  a.kind === "finite" && a.int !== 0n && a.adjusted < c.Emin;

export function numberClass(a: PyDecimal, c: Arithmetic): string {
  if (a.kind === "snan") return "sNaN";
  if (a.kind === "qnan") return "NaN";
  const sign = a.sign ? "-" : "+";
  if (a.kind === "inf") return sign + "Infinity";
  if (a.int === 0n) return sign + "Zero";
  return sign + (isSubnormal(a, c) ? "Subnormal" : "Normal");
}

export const sameQuantum = (a: PyDecimal, b: PyDecimal): boolean =>
  a.kind === "finite" && b.kind === "finite"
    ? a.exp === b.exp
    : (a.isNan && b.isNan) || (a.kind === "inf" && b.kind === "inf");

/** Round to the context what came from elsewhere, as create_decimal does. */
export function intoContext(a: PyDecimal, c: Arithmetic): PyDecimal {
  if (a.isNan && a.int !== 0n && digitsOf(a.int) > c.prec - c.clamp) return invalid(c, S.ConversionSyntax);
  return fix(a, c);
}

/** The whole number nearest in a direction, whatever the precision. */
export function wholeNumber(
  a: PyDecimal,
  rounding: Rounding,
  round: (d: PyDecimal, exp: number, rounding: Rounding) => PyDecimal,
): bigint {
  const d = a.exp < 0 ? round(a, 0, rounding) : a;
  const n = d.exp > 0 ? d.int * pow10(d.exp) : d.int;
  return d.sign ? -n : n;
}

export { NAN };
