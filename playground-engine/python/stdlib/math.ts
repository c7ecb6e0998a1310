// The modules math and cmath.
// Behaviour: docs.python.org/3.11/library/math.html, cmath.html.
import { callSpecial } from "../runtime/call.ts";
import { E, raise } from "../runtime/exceptions.ts";
import { iter, toArray } from "../runtime/iteration.ts";
import { defineModule } from "../runtime/modules.ts";
import type { NativeMethod } from "../runtime/native.ts";
import { asInt, normInt, PyComplex, PyFloat, PyTuple, TYPE, typeOf, type Value } from "../runtime/object.ts";
import { mul } from "../runtime/operators.ts";
import { indexOrUndefined, toDouble, toIndex } from "../builtins/convert.ts";
import { bitLength, ratioToFloat, asIntegerRatio } from "../builtins/float-text.ts";
import * as accurate from "../builtins/accurate.ts";
import { complexOf } from "../builtins/float-type.ts";
import { addInt, floorDivInt, gcdInt, type Int, isqrt, mulInt, subInt } from "../builtins/int-math.ts";
import { truncFloat } from "../builtins/int-type.ts";

const F = (v: number): PyFloat => new PyFloat(v);
const domain = (): never => raise(E.ValueError, "math domain error");
const range = (): never => raise(E.OverflowError, "math range error");

/** A function of one double; NaN out of a number is a domain error, infinity a range error. */
function real(f: (x: number) => number, canOverflow = true, doc?: string): NativeMethod {
  return [
    "(x, /)",
    (v: Value) => {
      const x = toDouble(v);
      const r = f(x);
      if (r !== r && x === x) domain();
      if (!Number.isFinite(r) && Number.isFinite(x)) {
        if (canOverflow) range();
        domain();
      }
      return F(r);
    },
    doc!,
  ];
}

function rounding(special: string, f: (x: number) => number, doc: string): NativeMethod {
  return [
    "(x, /)",
    (v: Value) => {
      if (!(v instanceof PyFloat) || v[TYPE].heap) {
        const r = callSpecial(v, special, []);
        if (r !== undefined) return r;
        if (special === "__trunc__")
          raise(E.TypeError, `type ${typeOf(v).name} doesn't define __trunc__ method`);
      }
      return truncFloat(f(toDouble(v)));
    },
    doc,
  ];
}

/** The logarithm of an int of any size or of a float. */
function logOf(v: Value, log: (x: number) => number): number {
  const n = asInt(v);
  if (n !== undefined) {
    if (n <= 0) domain();
    const x = Number(n);
    if (x !== Infinity) return log(x);
    const big = BigInt(n);
    const shift = bitLength(big) - 60;
    return log(Number(big >> BigInt(shift))) + shift * log(2);
  }
  const x = toDouble(v);
  if (x !== x) return x;
  if (x <= 0) domain();
  return log(x);
}

function factorial(v: Value): Value {
  if (v instanceof PyFloat) raise(E.TypeError, "'float' object cannot be interpreted as an integer");
  const n = toIndex(v);
  if (n < 0) raise(E.ValueError, "factorial() not defined for negative values");
  if (n > 9223372036854775807n)
    raise(E.OverflowError, "factorial() argument should not exceed 9223372036854775807");
  if (n > 1_000_000) raise(E.MemoryError, "");
  const product = (a: number, b: number): bigint => {
    if (b - a < 8) {
      let r = 1n;
      for (let i = a; i <= b; i++) r *= BigInt(i);
      return r;
    }
    const mid = (a + b) >> 1;
    return product(a, mid) * product(mid + 1, b);
  };
  return normInt(product(1, Number(n)));
}

/** Falling product n(n-1)…(n-k+1). */
function falling(n: Int, k: number): Int {
  let r: Int = 1;
  for (let i = 0; i < k; i++) r = mulInt(r, subInt(n, i));
  return r;
}

function comb(nv: Value, kv: Value): Int {
  const n = toIndex(nv);
  let k = toIndex(kv);
  if (n < 0) raise(E.ValueError, "n must be a non-negative integer");
  if (k < 0) raise(E.ValueError, "k must be a non-negative integer");
  if (k > n) return 0;
  if (subInt(n, k) < k) k = subInt(n, k);
  let r: Int = 1;
  for (let i = 1; i <= k; i++) r = floorDivInt(mulInt(r, addInt(subInt(n, k), i)), i);
  return r;
}

function perm(nv: Value, kv: Value): Value {
  if (kv === null) return factorial(nv);
  const n = toIndex(nv);
  const k = toIndex(kv);
  if (n < 0) raise(E.ValueError, "n must be a non-negative integer");
  if (k < 0) raise(E.ValueError, "k must be a non-negative integer");
  return k > n ? 0 : falling(n, Number(k));
}

/** Exact sum of floats, rounded once. */
function fsum(source: Value): Value {
  const partials: number[] = [];
  let special = 0;
  let infinite = false;
  const it = iter(source);
  for (let v = it.next(); v !== undefined; v = it.next()) {
    let x = toDouble(v);
    if (!Number.isFinite(x)) {
      if (infinite && x === x && special === special && special !== x && special !== 0)
        raise(E.ValueError, "-inf + inf in fsum");
      special += x;
      infinite ||= x === x;
      continue;
    }
    let i = 0;
    for (let y of partials) {
      if (Math.abs(x) < Math.abs(y)) [x, y] = [y, x];
      const hi = x + y;
      const lo = y - (hi - x);
      if (lo !== 0) partials[i++] = lo;
      x = hi;
    }
    partials.length = i;
    if (!Number.isFinite(x)) raise(E.OverflowError, "intermediate overflow in fsum");
    partials.push(x);
  }
  if (special !== 0 || infinite) return F(special);
  let n = partials.length;
  if (n === 0) return F(0);
  let hi = partials[--n]!;
  let lo = 0;
  while (n > 0) {
    const x = hi;
    const y = partials[--n]!;
    hi = x + y;
    lo = y - (hi - x);
    if (lo !== 0) break;
  }
  if (n > 0 && ((lo < 0 && partials[n - 1]! < 0) || (lo > 0 && partials[n - 1]! > 0))) {
    const y = lo * 2;
    const x = hi + y;
    if (y === x - hi) hi = x;
  }
  return F(hi);
}

/** Correctly rounded length of a vector: from the exact sum of squares. */
function hypot(values: readonly number[]): number {
  if (values.some((v) => v === Infinity || v === -Infinity)) return Infinity;
  if (values.some((v) => v !== v)) return NaN;
  const sizes = values.map(Math.abs);
  const max = Math.max(0, ...sizes);
  if (max === 0) return 0;
  // Over a common power of two every square is an exact integer; the root of their sum is rounded once.
  let num = 0n;
  const parts = sizes.filter((v) => v > 0).map(asIntegerRatio);
  let den = 1n;
  for (const [, d] of parts) if (d > den) den = d;
  for (const [n, d] of parts) {
    const scaled = n * (den / d);
    num += scaled * scaled;
  }
  let shift = 130 - bitLength(num);
  if (shift < 0) shift = 0;
  if (shift % 2) shift++;
  const root = BigInt(isqrt(num << BigInt(shift)));
  const exact = root * root === num << BigInt(shift);
  return ratioToFloat(exact ? root : root * 2n + 1n, ((exact ? 1n : 2n) * den) << BigInt(shift / 2));
}

function isclose(a: number, b: number, rel: number, abs: number): boolean {
  if (rel < 0 || abs < 0) raise(E.ValueError, "tolerances must be non-negative");
  if (a === b) return true;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  const diff = Math.abs(b - a);
  return diff <= Math.abs(rel * b) || diff <= Math.abs(rel * a) || diff <= abs;
}

function frexp(x: number): [number, number] {
  if (x === 0 || !Number.isFinite(x)) return [x, 0];
  let e = Math.max(-1023, Math.floor(Math.log2(Math.abs(x))) + 1);
  let m = x * 2 ** -e;
  while (Math.abs(m) < 0.5) {
    m *= 2;
    e--;
  }
  while (Math.abs(m) >= 1) {
    m /= 2;
    e++;
  }
  return [m, e];
}

function ldexp(x: number, e: Int): number {
  if (x === 0 || !Number.isFinite(x)) return x;
  if (e > 2100) range();
  if (e < -2200) return x < 0 ? -0 : 0;
  let n = Number(e);
  let r = x;
  while (n > 1000) {
    r *= 2 ** 1000;
    n -= 1000;
  }
  if (n < -1000) {
    const [num, den] = asIntegerRatio(Math.abs(x));
    const v = ratioToFloat(num, den << BigInt(-n));
    return x < 0 ? -v : v;
  }
  r *= 2 ** n;
  if (!Number.isFinite(r)) range();
  return r;
}

const LANCZOS = [
  [
    23531376880.41075968857200767445163675473076, 42919803642.64909876895789904700198885093263,
    35711959237.35566804944018545154716670596718, 17921034426.03720969991975575445893111267403,
    6039542586.352028005064291644307297921069938, 1439720407.311721673663223072794912393972218,
    248874557.8620541565114603864132294232163077, 31426415.58540019438061423162831820536287787,
    2876370.628935372441225409051620849613599112, 186056.2653952234950402949897160456992822505,
    8071.672002365816210638002902272250613821848, 210.8242777515793458725097339207133627117643,
    2.506628274631000270164908177133837338626431,
  ],
  [0, 39916800, 120543840, 150917976, 105258076, 45995730, 13339535, 2637558, 357423, 32670, 1925, 66, 1],
] as const;
const G = 6.02468004077673;

function lanczos(x: number): number {
  let num = 0;
  let den = 0;
  if (x < 5) {
    for (let i = 12; i >= 0; i--) {
      num = num * x + LANCZOS[0][i]!;
      den = den * x + LANCZOS[1][i]!;
    }
  } else {
    for (let i = 0; i < 13; i++) {
      num = num / x + LANCZOS[0][i]!;
      den = den / x + LANCZOS[1][i]!;
    }
  }
  return num / den;
}

const sinpi = (x: number): number => {
  const y = Math.abs(x) % 2;
  const n = Math.round(2 * y);
  const r =
    n === 0
      ? accurate.sin(Math.PI * y)
      : n === 1
        ? accurate.cos(Math.PI * (y - 0.5))
        : n === 2
          ? accurate.sin(Math.PI * (1 - y))
          : n === 3
            ? -accurate.cos(Math.PI * (y - 1.5))
            : accurate.sin(Math.PI * (y - 2));
  return x < 0 ? -r : r;
};

function gamma(x: number): number {
  if (!Number.isFinite(x)) return x === -Infinity ? domain() : x;
  if (x === 0) domain();
  if (Number.isInteger(x)) {
    if (x < 0) domain();
    if (x <= 23) {
      let r = 1;
      for (let i = 2; i < x; i++) r *= i;
      return r;
    }
  }
  const size = Math.abs(x);
  if (size < 1e-20) {
    const r = 1 / x;
    if (!Number.isFinite(r)) range();
    return r;
  }
  if (size > 200) {
    if (x < 0) return 0 / sinpi(x);
    range();
  }
  const y = size + G - 0.5;
  const z = size > G - 0.5 ? ((y - size - (G - 0.5)) * G) / y : ((y - (G - 0.5) - size) * G) / y;
  let r: number;
  if (x < 0) {
    r = ((-Math.PI / sinpi(size) / size) * accurate.exp(y)) / lanczos(size);
    r -= z * r;
    if (size < 140) r /= y ** (size - 0.5);
    else {
      const p = y ** (size / 2 - 0.25);
      r = r / p / p;
    }
  } else {
    r = lanczos(size) / accurate.exp(y);
    r += z * r;
    if (size < 140) r *= y ** (size - 0.5);
    else {
      const p = y ** (size / 2 - 0.25);
      r = r * p * p;
    }
  }
  if (!Number.isFinite(r)) range();
  return r;
}

function lgamma(x: number): number {
  if (!Number.isFinite(x)) return x !== x ? x : Infinity;
  if (Number.isInteger(x) && x <= 2) {
    if (x <= 0) domain();
    return 0;
  }
  const size = Math.abs(x);
  if (size < 1e-20) return -accurate.log(size);
  let r = accurate.log(lanczos(size)) - G + (size - 0.5) * (accurate.log(size + G - 0.5) - 1);
  if (x < 0) r = accurate.log(Math.PI) - accurate.log(Math.abs(sinpi(size))) - accurate.log(size) - r;
  if (!Number.isFinite(r)) range();
  return r;
}

function erf(x: number): number {
  return x !== x ? x : (accurate.erf(x) ?? (Math.abs(x) < 1 ? (2 * x) / Math.sqrt(Math.PI) : Math.sign(x)));
}

function erfcTail(x: number): number {
  if (x >= 30) return 0;
  const x2 = x * x;
  let [a, da, p, p1, q, q1] = [0, 0.5, 1, 0, 0.5 + x2, 1];
  for (let i = 0; i < 50; i++) {
    a += da;
    da += 2;
    const b = da + x2;
    [p1, p] = [p, b * p - a * p1];
    [q1, q] = [q, b * q - a * q1];
  }
  return ((p / q) * x * accurate.exp(-x2)) / Math.sqrt(Math.PI);
}

const erfc = (x: number): number =>
  x !== x ? x : (accurate.erfc(x) ?? (Math.abs(x) < 1 ? 1 - erf(x) : x > 0 ? erfcTail(x) : 2 - erfcTail(-x)));

function pow(x: number, y: number): number {
  if (x === 1 || y === 0) return 1;
  if (x === -1 && (y === Infinity || y === -Infinity)) return 1;
  const r = x ** y;
  if (r !== r && x === x && y === y) domain();
  if (!Number.isFinite(r) && Number.isFinite(x) && Number.isFinite(y)) {
    if (x === 0) domain();
    range();
  }
  return r;
}

const view = new DataView(new ArrayBuffer(8));
function nextafter(x: number, y: number): number {
  if (x !== x || y !== y) return NaN;
  if (x === y) return y;
  if (x === 0) return y > 0 ? 5e-324 : -5e-324;
  view.setFloat64(0, x);
  const bits = view.getBigInt64(0);
  view.setBigInt64(0, y > x === x > 0 ? bits + 1n : bits - 1n);
  return view.getFloat64(0);
}

const ints = (values: readonly Value[]): Int[] => values.map(toIndex);

/** A sequence of coordinates as numbers. */
const coordinates = (v: Value): number[] => toArray(v).map(toDouble);

const two = (f: (a: number, b: number) => number, doc: string): NativeMethod => [
  "(x, y, /)",
  (x: Value, y: Value) => F(f(toDouble(x), toDouble(y))),
  doc,
];

defineModule("math", () => ({
  name: "math",
  doc: "Mathematical functions.",
  functions: {
    acos: real(accurate.acos, false, "Arc cosine, in radians."),
    acosh: real(Math.acosh, false, "Inverse hyperbolic cosine."),
    asin: real(accurate.asin, false, "Arc sine, in radians."),
    asinh: real(accurate.asinh, false, "Inverse hyperbolic sine."),
    atan: real(accurate.atan, false, "Arc tangent, in radians."),
    atan2: two(accurate.atan2, "Angle of the point (x, y), in radians."),
    atanh: real(Math.atanh, false, "Inverse hyperbolic tangent."),
    cbrt: real(accurate.cbrt, false, "Cube root."),
    ceil: rounding("__ceil__", Math.ceil, "The least int not below x."),
    comb: ["(n, k, /)", comb, "Ways to choose k of n without order."],
    copysign: two(
      (x, y) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x)),
      "The size of x with the sign of y.",
    ),
    cos: real(accurate.cos, false, "Cosine of an angle in radians."),
    cosh: real(accurate.cosh, true, "Hyperbolic cosine."),
    degrees: ["(x, /)", (x: Value) => F(((x) => x * (180 / Math.PI))(toDouble(x))), "Radians as degrees."],
    dist: [
      "(p, q, /)",
      (p: Value, q: Value) => {
        const [a, b] = [coordinates(p), coordinates(q)];
        if (a.length !== b.length) raise(E.ValueError, "both points must have the same number of dimensions");
        return F(hypot(a.map((x, i) => x - b[i]!)));
      },
      "Distance of two points.",
    ],
    erf: real(erf, false, "Error function."),
    erfc: real(erfc, false, "1 - erf(x)."),
    exp: real(accurate.exp, true, "e to the power of x."),
    exp2: real((x) => 2 ** x, true, "2 to the power of x."),
    expm1: real(Math.expm1, true, "exp(x) - 1, exact for small x."),
    fabs: real(Math.abs, false, "Absolute value, as a float."),
    factorial: ["(x, /)", factorial, "Product of the ints from 1 to n."],
    floor: rounding("__floor__", Math.floor, "The greatest int not above x."),
    fmod: two((x, y) => {
      if (y === 0 || (Math.abs(x) === Infinity && y === y)) if (x === x) domain();
      return x % y;
    }, "Remainder with the sign of x."),
    frexp: [
      "(x, /)",
      (v: Value) => {
        const [m, e] = frexp(toDouble(v));
        return new PyTuple([F(m), e]);
      },
      "Mantissa and exponent.",
    ],
    fsum: ["(seq, /)", fsum, "Sum of floats, rounded once."],
    gamma: real(gamma, true, "Gamma function."),
    gcd: ["(*integers)", (v: readonly Value[]) => ints(v).reduce(gcdInt, 0), "Greatest common divisor."],
    hypot: ["(*coordinates)", (v: readonly Value[]) => F(hypot(v.map(toDouble))), "Length of a vector."],
    isclose: [
      "(a, b, *, rel_tol=1e-09, abs_tol=0.0)",
      (a: Value, b: Value, rel: Value, abs: Value) =>
        isclose(toDouble(a), toDouble(b), toDouble(rel), toDouble(abs)),
      "Whether two numbers are nearly equal.",
    ],
    isfinite: [
      "(x, /)",
      (v: Value) => Number.isFinite(toDouble(v)),
      "Whether x is neither infinite nor NaN.",
    ],
    isinf: ["(x, /)", (v: Value) => Math.abs(toDouble(v)) === Infinity, "Whether x is infinite."],
    isnan: ["(x, /)", (v: Value) => Number.isNaN(toDouble(v)), "Whether x is NaN."],
    isqrt: [
      "(n, /)",
      (v: Value) => {
        const n = toIndex(v);
        if (n < 0) raise(E.ValueError, "isqrt() argument must be nonnegative");
        return isqrt(n);
      },
      "Integer part of the square root.",
    ],
    lcm: [
      "(*integers)",
      (v: readonly Value[]) =>
        ints(v).reduce(
          (a: Int, b: Int) =>
            a === 0 || b === 0 ? 0 : floorDivInt(mulInt(a < 0 ? -a : a, b < 0 ? -b : b), gcdInt(a, b)),
          1,
        ),
      "Least common multiple.",
    ],
    ldexp: [
      "(x, i, /)",
      (x: Value, i: Value) => {
        const n = indexOrUndefined(i);
        if (n === undefined) raise(E.TypeError, "Expected an int as second argument to ldexp.");
        return F(ldexp(toDouble(x), n));
      },
      "x * 2 ** i",
    ],
    lgamma: real(lgamma, true, "Logarithm of the absolute value of gamma(x)."),
    log: [
      "(x, base=..., /)",
      (x: Value, b: Value | undefined) => {
        const n = logOf(x, accurate.log);
        if (b === undefined) return F(n);
        const d = logOf(b, accurate.log);
        if (d === 0) raise(E.ZeroDivisionError, "float division by zero");
        return F(n / d);
      },
      "Logarithm, natural or to a base.",
    ],
    log10: ["(x, /)", (x: Value) => F(logOf(x, Math.log10)), "Logarithm to base 10."],
    log1p: real((x) => (x <= -1 ? domain() : Math.log1p(x)), true, "log(1 + x), exact for small x."),
    log2: ["(x, /)", (x: Value) => F(logOf(x, Math.log2)), "Logarithm to base 2."],
    modf: [
      "(x, /)",
      (v: Value) => {
        const x = toDouble(v);
        if (!Number.isFinite(x)) return new PyTuple([F(x !== x ? x : x < 0 ? -0 : 0), F(x)]);
        const whole = Math.trunc(x);
        const rest = x - whole;
        return new PyTuple([F(rest === 0 && (x < 0 || Object.is(x, -0)) ? -0 : rest), F(whole)]);
      },
      "Fraction and whole part.",
    ],
    nextafter: two(nextafter, "The next float after x towards y."),
    perm: ["(n, k=None, /)", perm, "Ways to choose k of n in order."],
    pow: two(pow, "x to the power of y, as floats."),
    prod: [
      "(iterable, /, *, start=1)",
      (source: Value, start: Value) => {
        let r = start;
        const it = iter(source);
        for (let v = it.next(); v !== undefined; v = it.next()) r = mul(r, v);
        return r;
      },
      "Product of all items.",
    ],
    radians: ["(x, /)", (x: Value) => F(((x) => x * (Math.PI / 180))(toDouble(x))), "Degrees as radians."],
    remainder: two((x, y) => {
      if (x !== x || y !== y) return NaN;
      if (Math.abs(x) === Infinity || y === 0) domain();
      if (Math.abs(y) === Infinity) return x;
      const size = Math.abs(y);
      const m = Math.abs(x) % size;
      const c = size - m;
      let r: number;
      if (m < c) r = m;
      else if (m > c) r = -c;
      else r = m - 2 * ((0.5 * (Math.abs(x) - m)) % size);
      return x < 0 || Object.is(x, -0) ? -r : r;
    }, "x minus the nearest multiple of y."),
    sin: real(accurate.sin, false, "Sine of an angle in radians."),
    sinh: real(Math.sinh, true, "Hyperbolic sine."),
    sqrt: real(Math.sqrt, false, "Square root."),
    tan: real(accurate.tan, false, "Tangent of an angle in radians."),
    tanh: real(Math.tanh, false, "Hyperbolic tangent."),
    trunc: rounding("__trunc__", Math.trunc, "x cut to an int towards zero."),
    ulp: [
      "(x, /)",
      (v: Value) => {
        const x = Math.abs(toDouble(v));
        if (!Number.isFinite(x)) return F(x);
        const next = nextafter(x, Infinity);
        return F(next === Infinity ? x - nextafter(x, -Infinity) : next - x);
      },
      "The value of the least significant bit of x.",
    ],
  },
  members: { pi: F(Math.PI), e: F(Math.E), tau: F(2 * Math.PI), inf: F(Infinity), nan: F(NaN) },
}));

// cmath

const C = (re: number, im: number): PyComplex => new PyComplex(re, im);

function complexArg(v: Value): PyComplex {
  const c = complexOf(v);
  if (c === undefined) raise(E.TypeError, `must be real number, not ${typeOf(v).name}`);
  return c;
}
const complexFunction = (f: (z: PyComplex) => Value, doc: string): NativeMethod => [
  "(z, /)",
  (v: Value) => f(complexArg(v)),
  doc,
];

function csqrt({ re, im }: PyComplex): PyComplex {
  if (re === 0 && im === 0) return C(0, im);
  // In eighths, so that nothing overflows.
  const s = 2 * Math.sqrt(Math.abs(re) / 8 + accurate.hypot(re / 8, im / 8));
  const d = Math.abs(im) / (2 * s);
  return re >= 0 ? C(s, im < 0 || Object.is(im, -0) ? -d : d) : C(d, im < 0 || Object.is(im, -0) ? -s : s);
}
const cmul = (a: PyComplex, b: PyComplex): PyComplex =>
  C(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re);
const clog = ({ re, im }: PyComplex): PyComplex =>
  re === 0 && im === 0 ? domain() : C(accurate.log(accurate.hypot(re, im)), accurate.atan2(im, re));
function cexp({ re, im }: PyComplex): PyComplex {
  const size = accurate.exp(re);
  if (size === Infinity && Number.isFinite(re)) range();
  return im === 0 ? C(size, im) : C(size * accurate.cos(im), size * accurate.sin(im));
}
const csinh = ({ re, im }: PyComplex): PyComplex =>
  C(Math.sinh(re) * accurate.cos(im), accurate.cosh(re) * accurate.sin(im));
const ccosh = ({ re, im }: PyComplex): PyComplex =>
  C(accurate.cosh(re) * accurate.cos(im), Math.sinh(re) * accurate.sin(im));
const cdiv = (a: PyComplex, b: PyComplex): PyComplex => {
  const d = b.re * b.re + b.im * b.im;
  return C((a.re * b.re + a.im * b.im) / d, (a.im * b.re - a.re * b.im) / d);
};
const times_i = (z: PyComplex): PyComplex => C(-z.im, z.re);
const over_i = (z: PyComplex): PyComplex => C(z.im, -z.re);
const casinh = (z: PyComplex): PyComplex => {
  const s = csqrt(C(1 + z.re * z.re - z.im * z.im, 2 * z.re * z.im));
  return clog(C(z.re + s.re, z.im + s.im));
};
const catanh = (z: PyComplex): PyComplex => {
  const r = clog(cdiv(C(1 + z.re, z.im), C(1 - z.re, -z.im)));
  return C(r.re / 2, r.im / 2);
};
const cacosh = (z: PyComplex): PyComplex => {
  const s = cmul(csqrt(C(z.re + 1, z.im)), csqrt(C(z.re - 1, z.im)));
  return clog(C(z.re + s.re, z.im + s.im));
};

defineModule("cmath", () => ({
  name: "cmath",
  doc: "Mathematical functions of complex numbers.",
  functions: {
    sqrt: complexFunction(csqrt, "Square root."),
    exp: complexFunction(cexp, "e to the power of z."),
    log: [
      "(z, base=..., /)",
      (z: Value, b: Value | undefined) =>
        b === undefined ? clog(complexArg(z)) : cdiv(clog(complexArg(z)), clog(complexArg(b))),
      "Logarithm.",
    ],
    log10: complexFunction((z) => {
      const r = clog(z);
      return C(r.re / Math.LN10, r.im / Math.LN10);
    }, "Logarithm to base 10."),
    phase: complexFunction((z) => F(accurate.atan2(z.im, z.re)), "The angle."),
    polar: complexFunction(
      (z) => new PyTuple([F(accurate.hypot(z.re, z.im)), F(accurate.atan2(z.im, z.re))]),
      "Length and angle.",
    ),
    rect: [
      "(r, phi, /)",
      (r: Value, p: Value) =>
        C(toDouble(r) * accurate.cos(toDouble(p)), toDouble(r) * accurate.sin(toDouble(p))),
      "The number of a length and an angle.",
    ],
    sin: complexFunction((z) => over_i(csinh(times_i(z))), "Sine."),
    cos: complexFunction((z) => ccosh(times_i(z)), "Cosine."),
    tan: complexFunction((z) => over_i(cdiv(csinh(times_i(z)), ccosh(times_i(z)))), "Tangent."),
    sinh: complexFunction(csinh, "Hyperbolic sine."),
    cosh: complexFunction(ccosh, "Hyperbolic cosine."),
    tanh: complexFunction((z) => cdiv(csinh(z), ccosh(z)), "Hyperbolic tangent."),
    asin: complexFunction((z) => over_i(casinh(times_i(z))), "Arc sine."),
    acos: complexFunction((z) => {
      const s = over_i(casinh(times_i(z)));
      return C(Math.PI / 2 - s.re, -s.im);
    }, "Arc cosine."),
    atan: complexFunction((z) => over_i(catanh(times_i(z))), "Arc tangent."),
    asinh: complexFunction(casinh, "Inverse hyperbolic sine."),
    acosh: complexFunction(cacosh, "Inverse hyperbolic cosine."),
    atanh: complexFunction(catanh, "Inverse hyperbolic tangent."),
    isfinite: complexFunction(
      (z) => Number.isFinite(z.re) && Number.isFinite(z.im),
      "Whether both parts are finite.",
    ),
    isinf: complexFunction(
      (z) => Math.abs(z.re) === Infinity || Math.abs(z.im) === Infinity,
      "Whether a part is infinite.",
    ),
    isnan: complexFunction((z) => z.re !== z.re || z.im !== z.im, "Whether a part is NaN."),
    isclose: [
      "(a, b, *, rel_tol=1e-09, abs_tol=0.0)",
      (a: Value, b: Value, rel: Value, abs: Value) => {
        const [x, y] = [complexArg(a), complexArg(b)];
        if (x.re === y.re && x.im === y.im) return true;
        const diff = accurate.hypot(x.re - y.re, x.im - y.im);
        const [r, t] = [toDouble(rel), toDouble(abs)];
        return diff <= r * accurate.hypot(y.re, y.im) || diff <= r * accurate.hypot(x.re, x.im) || diff <= t;
      },
      "Whether two numbers are nearly equal.",
    ],
  },
  members: {
    pi: F(Math.PI),
    e: F(Math.E),
    tau: F(2 * Math.PI),
    inf: F(Infinity),
    nan: F(NaN),
    infj: C(0, Infinity),
    nanj: C(0, NaN),
  },
}));
