// The module fractions.
// Behaviour: docs.python.org/3.11/library/fractions.html.
import { getAttr } from "../runtime/attributes.ts";
import { E, raise } from "../runtime/exceptions.ts";
import { defineModule } from "../runtime/modules.ts";
import type { NativeMethod } from "../runtime/native.ts";
import {
  asInt,
  asStr,
  DICT,
  type Namespace,
  normInt,
  NotImplemented,
  PyComplex,
  PyFloat,
  PyTuple,
  type PyType,
  TYPE,
  typeOf,
  type Value,
} from "../runtime/object.ts";
import * as operators from "../runtime/operators.ts";
import { repr } from "../runtime/repr.ts";
import { isInstanceCheck } from "../builtins/class-checks.ts";
import { asIntegerRatio, ratioToFloat } from "../builtins/float-text.ts";
import { exactRatio } from "../builtins/float-type.ts";
import { gcdInt } from "../builtins/int-math.ts";
import { makeAbc } from "./abc.ts";
import { integerRatio } from "./decimal/decimal.ts";
import { PyDecimal } from "./decimal/number.ts";
import { rationalAbc } from "./numbers.ts";

class PyFraction {
  declare [TYPE]: PyType;
  declare [DICT]?: Namespace;
  n: bigint;
  /** Positive, and without a divisor common with n. */
  d: bigint;
  constructor(n: bigint, d: bigint) {
    this.n = n;
    this.d = d;
  }
}

type Ratio = readonly [bigint, bigint];
const ratio = ([n, d]: Ratio): PyFraction => {
  if (d === 0n) raise(E.ZeroDivisionError, `Fraction(${n}, 0)`);
  let g = BigInt(gcdInt(n, d));
  if (d < 0n) g = -g;
  return new PyFraction(n / g, d / g);
};

const LITERAL =
  /^\s*([-+]?)(?=\d|\.\d)(\d*(?:_\d+)*)(?:(?:\/(\d+(?:_\d+)*))|(?:\.(\d*(?:_\d+)*))?(?:e([-+]?\d+(?:_\d+)*))?)\s*$/i;

function parse(text: string): Ratio {
  const m = LITERAL.exec(text);
  if (!m) raise(E.ValueError, `Invalid literal for Fraction: ${repr(text)}`);
  const [whole, den, decimals] = [m[2], m[3], m[4]].map((s) => (s ?? "").replaceAll("_", ""));
  const exp = Number((m[5] ?? "0").replaceAll("_", ""));
  let n = BigInt(whole! + decimals! || "0");
  let d = den ? BigInt(den) : 10n ** BigInt(decimals!.length);
  if (exp > 0) n *= 10n ** BigInt(exp);
  if (exp < 0) d *= 10n ** BigInt(-exp);
  return [m[1] === "-" ? -n : n, d];
}

/** Numerator and denominator of any rational number; undefined of anything else. */
function parts(v: Value): Ratio | undefined {
  if (v instanceof PyFraction) return [v.n, v.d];
  const i = asInt(v);
  if (i !== undefined) return [BigInt(i), 1n];
  if (
    typeof v !== "object" ||
    v === null ||
    v instanceof PyFloat ||
    v instanceof PyDecimal ||
    !isInstanceCheck(v, rationalAbc)
  )
    return undefined;
  return [BigInt(asInt(getAttr(v, "numerator"))!), BigInt(asInt(getAttr(v, "denominator"))!)];
}

const decimalRatio = (v: PyDecimal): Ratio =>
  integerRatio(v).items.map((i) => BigInt(asInt(i)!)) as unknown as Ratio;

function fromValue(v: Value): Ratio {
  const r = parts(v);
  if (r) return r;
  if (v instanceof PyFloat) return exactRatio(v.v);
  if (v instanceof PyDecimal) return decimalRatio(v);
  const s = asStr(v);
  if (s !== undefined) return parse(s);
  throw raise(E.TypeError, "argument should be a string or a Rational instance");
}

function make(cls: PyType, r: Ratio): PyFraction {
  const f = ratio(r);
  if (cls !== fractionType) f[TYPE] = cls;
  return f;
}

const toFloat = (a: PyFraction): number => {
  const x = a.n < 0n ? -ratioToFloat(-a.n, a.d) : ratioToFloat(a.n, a.d);
  if (!Number.isFinite(x)) raise(E.OverflowError, "integer division result too large for a float");
  return x;
};
const asFloat = (a: PyFraction): PyFloat => new PyFloat(toFloat(a));
const asComplex = (a: PyFraction): PyComplex => new PyComplex(toFloat(a), 0);

function floorDiv(a: bigint, b: bigint, complaint = "integer division or modulo by zero"): bigint {
  if (b === 0n) raise(E.ZeroDivisionError, complaint);
  const q = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? q - 1n : q;
}
const floorMod = (a: bigint, b: bigint): bigint => a - floorDiv(a, b) * b;

type Exact = (a: Ratio, b: Ratio) => Value;
type Inexact = (a: Value, b: Value) => Value;

/** An operator and its reflected form: exact among rationals, otherwise in floats or complex numbers. */
function both(name: string, exact: Exact, inexact: Inexact): Record<string, NativeMethod> {
  const apply = (a: PyFraction, v: Value, swap: boolean): Value => {
    const other = parts(v);
    const own: Ratio = [a.n, a.d];
    if (other) return swap ? exact(other, own) : exact(own, other);
    const converted = v instanceof PyFloat ? asFloat(a) : v instanceof PyComplex ? asComplex(a) : undefined;
    if (converted === undefined) return NotImplemented;
    return swap ? inexact(v, converted) : inexact(converted, v);
  };
  return {
    [`__${name}__`]: ["(a, b)", (a: PyFraction, b: Value) => apply(a, b, false)],
    [`__r${name}__`]: ["(b, a)", (b: PyFraction, a: Value) => apply(b, a, true)],
  };
}

/** A fraction to the power of an int. */
function intPower(a: Ratio, e: bigint): PyFraction {
  if (e >= 0n) return new PyFraction(a[0] ** e, a[1] ** e);
  return ratio([a[1] ** -e, a[0] ** -e]);
}

function power(a: PyFraction, b: Value): Value {
  const e = parts(b);
  if (e)
    return e[1] === 1n
      ? intPower([a.n, a.d], e[0])
      : operators.pow(asFloat(a), new PyFloat(ratioToFloatSigned(e)));
  return operators.pow(asFloat(a), b);
}
const ratioToFloatSigned = ([n, d]: Ratio): number => (n < 0n ? -ratioToFloat(-n, d) : ratioToFloat(n, d));

function reflectedPower(b: PyFraction, a: Value): Value {
  const base = parts(a);
  if (b.d === 1n && b.n >= 0n) return operators.pow(a, normInt(b.n));
  if (base) return power(ratio(base), b);
  return operators.pow(a, b.d === 1n ? normInt(b.n) : asFloat(b));
}

/** Nearest int, ties to the even one. */
function roundRatio(n: bigint, d: bigint): bigint {
  const q = floorDiv(n, d);
  const twice = 2n * (n - q * d);
  return twice > d || (twice === d && (q & 1n) === 1n) ? q + 1n : q;
}

/** The nearest fraction whose denominator is at most `max`: by the convergents of its continued fraction. */
function limitDenominator(a: PyFraction, max: bigint): PyFraction {
  if (a.d <= max) return new PyFraction(a.n, a.d);
  let [p0, q0, p1, q1] = [0n, 1n, 1n, 0n];
  let [n, d] = [a.n, a.d];
  for (;;) {
    const step = floorDiv(n, d);
    const q2 = q0 + step * q1;
    if (q2 > max) break;
    [p0, q0, p1, q1] = [p1, q1, p0 + step * p1, q2];
    [n, d] = [d, n - step * d];
  }
  const k = (max - q0) / q1;
  const [p, q] = [p0 + k * p1, q0 + k * q1];
  // |p1/q1 - a| <= |p/q - a|
  const size = (x: bigint): bigint => (x < 0n ? -x : x);
  return size(p1 * a.d - a.n * q1) * q <= size(p * a.d - a.n * q) * q1
    ? new PyFraction(p1, q1)
    : new PyFraction(p, q);
}

const PRIME = (1n << 61n) - 1n;
function hashOf(a: PyFraction): Value {
  let h = 314159n;
  if (a.d % PRIME !== 0n) {
    // 1 / d = d^(p - 2) modulo p
    let inverse = 1n;
    for (let base = a.d % PRIME, e = PRIME - 2n; e > 0n; e >>= 1n) {
      if (e & 1n) inverse = (inverse * base) % PRIME;
      base = (base * base) % PRIME;
    }
    h = (((a.n < 0n ? -a.n : a.n) % PRIME) * inverse) % PRIME;
  }
  const signed = a.n < 0n ? -h : h;
  return signed === -1n ? -2 : normInt(signed);
}

function equal(a: PyFraction, v: Value): Value {
  const b = parts(v);
  if (b) return a.n === b[0] && a.d === b[1];
  let x: number;
  if (v instanceof PyFloat) x = v.v;
  else if (v instanceof PyComplex) {
    if (v.im !== 0) return NotImplemented;
    x = v.re;
  } else return NotImplemented;
  if (!Number.isFinite(x)) return false;
  const [n, d] = asIntegerRatio(x);
  return a.n * d === n * a.d;
}
const ordering = (holds: (c: number) => boolean): NativeMethod => [
  "(a, b)",
  (a: PyFraction, v: Value) => {
    let b = parts(v);
    if (!b) {
      if (!(v instanceof PyFloat)) return NotImplemented;
      if (v.v !== v.v) return false;
      if (!Number.isFinite(v.v)) return holds(v.v > 0 ? -1 : 1);
      b = asIntegerRatio(v.v);
    }
    const [x, y] = [a.n * b[1], b[0] * a.d];
    return holds(x < y ? -1 : x > y ? 1 : 0);
  },
];

const own = (a: PyFraction): Value => (typeOf(a) === fractionType ? a : make(typeOf(a), [a.n, a.d]));

const fractionType: PyType = makeAbc({
  name: "Fraction",
  module: "fractions",
  doc: "A rational number: Fraction(8, 6), Fraction('1/3'), Fraction('0.25') or Fraction(1.5).",
  bases: [rationalAbc],
  hasDict: false,
  allocator: (cls) => make(cls, [0n, 1n]),
  new: [
    "(cls, numerator=0, denominator=None, *, _normalize=True)",
    (cls: PyType, n: Value, d: Value) => {
      if (d === null) return make(cls, fromValue(n));
      const [a, b] = [parts(n), parts(d)];
      if (!a || !b) raise(E.TypeError, "both arguments should be Rational instances");
      return make(cls, [a[0] * b[1], b[0] * a[1]]);
    },
  ],
  classMethods: {
    from_float: [
      "(cls, f)",
      (cls: PyType, v: Value) => {
        const i = asInt(v);
        if (i !== undefined) return make(cls, [BigInt(i), 1n]);
        if (!(v instanceof PyFloat))
          raise(
            E.TypeError,
            `${cls.name}.from_float() only takes floats, not ${repr(v)} (${typeOf(v).name})`,
          );
        return make(cls, exactRatio(v.v));
      },
      "The exact value of a float.",
    ],
    from_decimal: [
      "(cls, dec)",
      (cls: PyType, v: Value) => {
        const i = asInt(v);
        if (i !== undefined) return make(cls, [BigInt(i), 1n]);
        if (!(v instanceof PyDecimal))
          raise(
            E.TypeError,
            `${cls.name}.from_decimal() only takes Decimals, not ${repr(v)} (${typeOf(v).qualname})`,
          );
        return make(cls, decimalRatio(v));
      },
      "The exact value of a Decimal.",
    ],
  },
  getters: { numerator: (a: PyFraction) => normInt(a.n), denominator: (a: PyFraction) => normInt(a.d) },
  methods: {
    as_integer_ratio: [
      "(self)",
      (a: PyFraction) => new PyTuple([normInt(a.n), normInt(a.d)]),
      "Numerator and denominator.",
    ],
    limit_denominator: [
      "(self, max_denominator=1000000)",
      (a: PyFraction, max: Value) => {
        const m = BigInt(asInt(max) ?? raise(E.TypeError, "max_denominator should be an int"));
        if (m < 1n) raise(E.ValueError, "max_denominator should be at least 1");
        return limitDenominator(a, m);
      },
      "The nearest fraction with a denominator of at most so much.",
    ],
    ...both("add", (a, b) => ratio([a[0] * b[1] + b[0] * a[1], a[1] * b[1]]), operators.add),
    ...both("sub", (a, b) => ratio([a[0] * b[1] - b[0] * a[1], a[1] * b[1]]), operators.sub),
    ...both("mul", (a, b) => ratio([a[0] * b[0], a[1] * b[1]]), operators.mul),
    ...both("truediv", (a, b) => ratio([a[0] * b[1], a[1] * b[0]]), operators.truediv),
    ...both("floordiv", (a, b) => normInt(floorDiv(a[0] * b[1], a[1] * b[0])), operators.floordiv),
    ...both(
      "mod",
      (a, b) =>
        ratio([
          a[0] * b[1] - floorDiv(a[0] * b[1], b[0] * a[1], "integer modulo by zero") * b[0] * a[1],
          a[1] * b[1],
        ]),
      operators.mod,
    ),
    ...both(
      "divmod",
      (a, b) =>
        new PyTuple([
          normInt(floorDiv(a[0] * b[1], a[1] * b[0])),
          ratio([floorMod(a[0] * b[1], b[0] * a[1]), a[1] * b[1]]),
        ]),
      operators.divmod,
    ),
    __pow__: ["(a, b)", power],
    __rpow__: ["(b, a)", reflectedPower],
    __pos__: ["(a)", (a: PyFraction) => new PyFraction(a.n, a.d)],
    __neg__: ["(a)", (a: PyFraction) => new PyFraction(-a.n, a.d)],
    __abs__: ["(a)", (a: PyFraction) => new PyFraction(a.n < 0n ? -a.n : a.n, a.d)],
    __int__: ["(a)", (a: PyFraction) => normInt(a.n / a.d)],
    __trunc__: ["(a)", (a: PyFraction) => normInt(a.n / a.d)],
    __floor__: ["(a)", (a: PyFraction) => normInt(floorDiv(a.n, a.d))],
    __ceil__: ["(a)", (a: PyFraction) => normInt(-floorDiv(-a.n, a.d))],
    __float__: ["(self)", asFloat],
    __round__: [
      "(self, ndigits=None)",
      (a: PyFraction, digits: Value) => {
        if (digits === null) return normInt(roundRatio(a.n, a.d));
        const places = asInt(digits);
        if (places === undefined) raise(E.TypeError, `bad operand type for abs(): '${typeOf(digits).name}'`);
        const scale = 10n ** BigInt(places < 0 ? -places : places);
        return places > 0
          ? ratio([roundRatio(a.n * scale, a.d), scale])
          : ratio([roundRatio(a.n, a.d * scale) * scale, 1n]);
      },
    ],
    __bool__: ["(a)", (a: PyFraction) => a.n !== 0n],
    __hash__: ["(self)", hashOf],
    __eq__: ["(a, b)", equal],
    __lt__: ordering((c) => c < 0),
    __le__: ordering((c) => c <= 0),
    __gt__: ordering((c) => c > 0),
    __ge__: ordering((c) => c >= 0),
    __repr__: ["(self)", (a: PyFraction) => `${typeOf(a).name}(${a.n}, ${a.d})`],
    __str__: ["(self)", (a: PyFraction) => (a.d === 1n ? `${a.n}` : `${a.n}/${a.d}`)],
    __reduce__: [
      "(self)",
      (a: PyFraction) => new PyTuple([typeOf(a), new PyTuple([normInt(a.n), normInt(a.d)])]),
    ],
    __copy__: ["(self)", own],
    __deepcopy__: ["(self, memo)", own],
  },
});
Object.defineProperty(PyFraction.prototype, TYPE, {
  value: fractionType,
  writable: true,
  configurable: true,
});

defineModule("fractions", () => ({
  name: "fractions",
  doc: "Rational numbers.",
  members: { Fraction: fractionType },
}));
