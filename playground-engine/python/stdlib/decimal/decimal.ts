// The module decimal: the types Decimal and Context.
// Behaviour: docs.python.org/3.11/library/decimal.html; the arithmetic is in number.ts, operations.ts and transcendental.ts.
import { E, err, raise } from "../../runtime/exceptions.ts";
import { identityHash } from "../../runtime/hash.ts";
import { isInstanceCheck } from "../../builtins/class-checks.ts";
import { asFormatError } from "../../builtins/format-error.ts";
import { asIntegerRatio } from "../../builtins/float-text.ts";
import { gcdInt } from "../../builtins/int-math.ts";
import { getAttr } from "../../runtime/attributes.ts";
import { call1 } from "../../runtime/call.ts";
import { defineModule, modules, PyModule } from "../../runtime/modules.ts";
import { nativeType } from "../../runtime/native-type.ts";
import type { NativeMethod } from "../../runtime/native.ts";
import {
  asInt,
  asStr,
  normInt,
  NotImplemented,
  PyComplex,
  PyFloat,
  PyList,
  PyTuple,
  type PyType,
  TYPE,
  typeOf,
  type Value,
} from "../../runtime/object.ts";
import { register } from "../abc.ts";
import { namedTupleClass } from "../namedtuple.ts";
import {
  configure,
  contextGetters,
  contextOf,
  contextRepr,
  contextState,
  exceptions,
  getContext,
  PyContext,
  PyContextManager,
  resetContexts,
  ROUNDINGS,
  setContext,
  templates,
  toRounding,
  within,
} from "./context.ts";
import { numberAbc } from "../numbers.ts";
import {
  absolute,
  add,
  compareNumbers,
  divide,
  divideInteger,
  etiny,
  etop,
  finite,
  fix,
  fromInt,
  invalid,
  multiply,
  negate,
  normalize,
  pow10,
  PyDecimal,
  quantize,
  remainder,
  remainderNear,
  rescale,
  type Rounding,
  S,
  sqrt,
  subtract,
  toIntegral,
} from "./number.ts";
import * as ops from "./operations.ts";
import { decimalText, formatDecimal, parseDecimal } from "./text.ts";
import { exp, ln, log10, power, powerModulo } from "./transcendental.ts";

const decimalTuple = namedTupleClass("DecimalTuple", ["sign", "digits", "exponent"], "decimal");

// Making Decimals

function plainDecimal(d: PyDecimal): PyDecimal {
  return d[TYPE] === decimalType ? d : new PyDecimal(d.sign, d.int, d.exp, d.kind);
}

function fromFloat(x: number): PyDecimal {
  if (x !== x) return new PyDecimal(0, 0n, 0, "qnan");
  const sign = x < 0 || Object.is(x, -0) ? 1 : 0;
  if (!Number.isFinite(x)) return new PyDecimal(sign, 0n, 0, "inf");
  const [n, d] = asIntegerRatio(Math.abs(x));
  // n / 2^k = n × 5^k / 10^k
  let k = 0;
  for (let rest = d; rest > 1n; rest >>= 1n) k++;
  return finite(sign, n * 5n ** BigInt(k), -k);
}

/** `Decimal((sign, digits, exponent))` */
function fromParts(parts: readonly Value[]): PyDecimal {
  if (parts.length !== 3) raise(E.ValueError, "argument must be a sequence of length 3");
  const sign = asInt(parts[0]);
  if (sign !== 0 && sign !== 1) raise(E.ValueError, "sign must be an integer with the value 0 or 1");
  const special = asStr(parts[2]);
  const exponent = asInt(parts[2]);
  if (special !== undefined) {
    if (special === "F") return new PyDecimal(sign, 0n, 0, "inf");
    if (special !== "n" && special !== "N")
      raise(E.ValueError, "string argument in the third position must be 'F', 'n' or 'N'");
  } else if (exponent === undefined) raise(E.ValueError, "exponent must be an integer");
  const digits = parts[1] instanceof PyTuple || parts[1] instanceof PyList ? parts[1].items : undefined;
  let text = "";
  for (const d of digits ?? [null]) {
    const n = asInt(d);
    if (n === undefined || n < 0 || n > 9) raise(E.ValueError, "coefficient must be a tuple of digits");
    text += n;
  }
  const int = BigInt(text || "0");
  if (special !== undefined) return new PyDecimal(sign, int, 0, special === "n" ? "qnan" : "snan");
  return finite(sign, int, Number(exponent));
}

/** The exact value of whatever Decimal() takes. */
function toDecimal(v: Value, c: PyContext): PyDecimal {
  if (v instanceof PyDecimal) return plainDecimal(v);
  const s = asStr(v);
  if (s !== undefined) return parseDecimal(s) ?? within(c, () => invalid(c, S.ConversionSyntax));
  const n = asInt(v);
  if (n !== undefined) return fromInt(n);
  if (v instanceof PyTuple || v instanceof PyList) return fromParts(v.items);
  if (v instanceof PyFloat) {
    within(c, () => void (c.status |= S.FloatOperation));
    return fromFloat(v.v);
  }
  throw err(E.TypeError, `conversion from ${typeOf(v).name} to Decimal is not supported`);
}

function asClass(d: PyDecimal, cls: PyType): PyDecimal {
  if (cls === decimalType) return plainDecimal(d);
  const made = new PyDecimal(d.sign, d.int, d.exp, d.kind);
  made[TYPE] = cls;
  return made;
}

/** The other operand of an operator: a Decimal or an int. */
function operand(v: Value): PyDecimal | undefined {
  if (v instanceof PyDecimal) return v;
  const n = asInt(v);
  return n === undefined ? undefined : fromInt(n);
}

/** An argument of a method. */
function argument(v: Value): PyDecimal {
  return operand(v) ?? raise(E.TypeError, `conversion from ${typeOf(v).name} to Decimal is not supported`);
}

// Operations by name, of Decimals and of contexts

type Result = PyDecimal | boolean | string;
type Unary = (a: PyDecimal, c: PyContext) => Result;
type Binary = (a: PyDecimal, b: PyDecimal, c: PyContext) => Result;

const unaryOps: Readonly<Record<string, Unary>> = {
  exp,
  ln,
  log10,
  sqrt,
  normalize,
  logb: ops.logb,
  logical_invert: ops.logicalInvert,
  next_minus: ops.nextMinus,
  next_plus: ops.nextPlus,
  number_class: ops.numberClass,
  is_normal: ops.isNormal,
  is_subnormal: ops.isSubnormal,
  to_eng_string: (a, c) => decimalText(a, c.capitals === 1, true),
};
const binaryOps: Readonly<Record<string, Binary>> = {
  compare: ops.compare,
  compare_signal: ops.compareSignal,
  max: ops.max,
  max_mag: ops.maxMag,
  min: ops.min,
  min_mag: ops.minMag,
  next_toward: ops.nextToward,
  remainder_near: remainderNear,
  logical_and: ops.logicalAnd,
  logical_or: ops.logicalOr,
  logical_xor: ops.logicalXor,
  rotate: ops.rotate,
  scaleb: ops.scaleb,
  shift: ops.shift,
  compare_total: (a, b) => fromInt(ops.totalOrder(a, b)),
  compare_total_mag: (a, b) => fromInt(ops.totalOrder(absolute(a), absolute(b))),
  copy_sign: ops.copySign,
  same_quantum: ops.sameQuantum,
};
/** Without a context argument. */
const plainOps: Readonly<Record<string, (a: PyDecimal) => Result>> = {
  canonical: (a) => a,
  copy_abs: absolute,
  copy_negate: negate,
  is_canonical: () => true,
  is_finite: (a) => a.kind === "finite",
  is_infinite: (a) => a.kind === "inf",
  is_nan: (a) => a.isNan,
  is_qnan: (a) => a.kind === "qnan",
  is_snan: (a) => a.kind === "snan",
  is_signed: (a) => a.sign === 1,
  is_zero: (a) => a.isZero,
};
/** Of contexts only: what operators do for Decimals. */
const contextUnary: Readonly<Record<string, Unary>> = {
  abs: ops.abs,
  minus: ops.minus,
  plus: ops.plus,
  to_sci_string: (a, c) => decimalText(a, c.capitals === 1),
  to_integral_value: (a, c) => toIntegral(a, c, c.rounding, false),
  to_integral: (a, c) => toIntegral(a, c, c.rounding, false),
  to_integral_exact: (a, c) => toIntegral(a, c, c.rounding, true),
  copy_decimal: (a) => a,
};
const contextBinary: Readonly<Record<string, Binary>> = {
  add,
  subtract,
  multiply,
  divide,
  divide_int: divideInteger,
  remainder,
  quantize: (a, b, c) => quantize(a, b, c, c.rounding),
};

/** Quotient and remainder in one. */
function divmod(a: PyDecimal, b: PyDecimal, c: PyContext): PyTuple {
  const q = divideInteger(a, b, c);
  const first = c.status;
  c.status = 0;
  const r = remainder(a, b, c);
  c.status |= first;
  // Where one part is impossible, both are.
  return new PyTuple(r.isNan && !q.isNan && q.kind !== "inf" ? [r, r] : [q, r]);
}

// Decimal

const fold = (a: PyDecimal): string => decimalText(a, getContext().capitals === 1);

const operator = (f: (a: PyDecimal, b: PyDecimal, c: PyContext) => Value, swap = false): NativeMethod => [
  "(self, value, /)",
  (self: PyDecimal, other: Value) => {
    const b = operand(other);
    if (b === undefined) return NotImplemented;
    return within(getContext(), (c) => (swap ? f(b, self, c) : f(self, b, c)));
  },
];
const both = (
  name: string,
  f: (a: PyDecimal, b: PyDecimal, c: PyContext) => Value,
): Record<string, NativeMethod> => ({
  [`__${name}__`]: operator(f),
  [`__r${name}__`]: operator(f, true),
});

function powerOf(a: PyDecimal, b: PyDecimal, m: Value): Value {
  const modulo = m === null || m === undefined ? undefined : operand(m);
  if (m !== null && m !== undefined && modulo === undefined) return NotImplemented;
  return within(getContext(), (c) => (modulo ? powerModulo(a, b, modulo, c) : power(a, b, c)));
}

/** The numbers to compare, fractions multiplied out. */
function comparands(a: PyDecimal, v: Value, equality: boolean): [PyDecimal, PyDecimal] | undefined {
  const b = operand(v);
  if (b !== undefined) return [a, b];
  let x: number | undefined;
  if (v instanceof PyFloat) x = v.v;
  else if (equality && v instanceof PyComplex) {
    if (v.im !== 0) return undefined;
    x = v.re;
  }
  if (x !== undefined) {
    const c = getContext();
    if (equality) c.flags |= S.FloatOperation;
    else within(c, () => void (c.status |= S.FloatOperation));
    return [a, fromFloat(x)];
  }
  const fractions = modules.get("fractions");
  const fraction = fractions instanceof PyModule ? fractions.dict.get("Fraction") : undefined;
  if (fraction === undefined || !isInstanceCheck(v, fraction)) return undefined;
  const num = fromInt(asInt(getAttr(v, "numerator"))!);
  const den = asInt(getAttr(v, "denominator"))!;
  return [a.kind === "finite" ? finite(a.sign, a.int * BigInt(den), a.exp) : a, num];
}

const equal = (a: PyDecimal, v: Value): boolean | undefined => {
  const pair = comparands(a, v, true);
  if (!pair) return undefined;
  if (pair[0].isNan || pair[1].isNan) {
    if (pair[0].kind === "snan" || pair[1].kind === "snan") within(getContext(), invalid);
    return false;
  }
  return compareNumbers(pair[0], pair[1]) === 0;
};
const ordering = (holds: (c: number) => boolean): NativeMethod => [
  "(self, value, /)",
  (a: PyDecimal, v: Value) => {
    const pair = comparands(a, v, false);
    if (!pair) return NotImplemented;
    if (pair[0].isNan || pair[1].isNan) {
      within(getContext(), invalid);
      return false;
    }
    return holds(compareNumbers(pair[0], pair[1]));
  },
];

const PRIME = (1n << 61n) - 1n;
function powMod(base: bigint, e: bigint): bigint {
  let r = 1n;
  for (let b = base % PRIME, n = e; n > 0n; n >>= 1n) {
    if (n & 1n) r = (r * b) % PRIME;
    b = (b * b) % PRIME;
  }
  return r;
}
function hashOf(a: PyDecimal): Value {
  if (a.kind === "snan") raise(E.TypeError, "Cannot hash a signaling NaN value");
  if (a.kind === "qnan") return identityHash(a);
  if (a.kind === "inf") return a.sign ? -314159 : 314159;
  const scale = a.exp >= 0 ? powMod(10n, BigInt(a.exp)) : powMod(powMod(10n, PRIME - 2n), BigInt(-a.exp));
  const h = ((a.int % PRIME) * scale) % PRIME;
  const signed = a.sign ? -h : h;
  return signed === -1n ? -2 : normInt(signed);
}

/** int(d) in a direction. */
function toInt(a: PyDecimal, rounding: Rounding): Value {
  if (a.isNan) raise(E.ValueError, "cannot convert NaN to integer");
  if (a.kind === "inf") raise(E.OverflowError, "cannot convert Infinity to integer");
  return normInt(ops.wholeNumber(a, rounding, rescale));
}
const rounder = (rounding: Rounding): NativeMethod => ["(self, /)", (a: PyDecimal) => toInt(a, rounding)];

function toFloat(a: PyDecimal): number {
  if (a.kind === "snan") raise(E.ValueError, "cannot convert signaling NaN to float");
  if (a.kind === "qnan") return NaN;
  if (a.kind === "inf") return a.sign ? -Infinity : Infinity;
  return Number(`${a.sign ? "-" : ""}${a.int}e${a.exp}`);
}

export function integerRatio(a: PyDecimal): PyTuple {
  if (a.isNan) raise(E.ValueError, "cannot convert NaN to integer ratio");
  if (a.kind === "inf") raise(E.OverflowError, "cannot convert Infinity to integer ratio");
  let n = a.exp > 0 ? a.int * pow10(a.exp) : a.int;
  let d = a.exp < 0 ? pow10(-a.exp) : 1n;
  const g = BigInt(gcdInt(n, d));
  if (g > 1n) [n, d] = [n / g, d / g];
  return new PyTuple([normInt(a.sign ? -n : n), normInt(d)]);
}

function parts(a: PyDecimal): Value {
  const digits = a.kind === "inf" ? [0] : a.isNan && a.int === 0n ? [] : Array.from(a.int.toString(), Number);
  const exponent = a.kind === "finite" ? a.exp : a.kind === "inf" ? "F" : a.kind === "qnan" ? "n" : "N";
  return call1(getAttr(decimalTuple, "_make"), new PyTuple([a.sign, new PyTuple(digits), exponent]));
}

const integral = (exact: boolean): NativeMethod => [
  "(self, /, rounding=None, context=None)",
  (a: PyDecimal, rounding: Value, context: Value) =>
    within(contextOf(context), (c) =>
      toIntegral(a, c, rounding === null ? c.rounding : toRounding(rounding), exact),
    ),
];

const mapped = <T>(
  table: Readonly<Record<string, T>>,
  f: (op: T) => NativeMethod,
): Record<string, NativeMethod> =>
  Object.fromEntries(Object.entries(table).map(([name, op]) => [name, f(op)]));

export const decimalType: PyType = nativeType({
  name: "Decimal",
  module: "decimal",
  dotted: true,
  doc: "An exact decimal number, of an int, text, float, another Decimal or a tuple (sign, digits, exponent).",
  host: PyDecimal,
  allocator: (cls) => asClass(fromInt(0), cls),
  new: [
    "(cls, value='0', context=None)",
    (cls: PyType, v: Value, context: Value) => asClass(toDecimal(v, contextOf(context)), cls),
  ],
  methods: {
    ...mapped(unaryOps, (op) => [
      "(self, /, context=None)",
      (a: PyDecimal, context: Value) => within(contextOf(context), (c) => op(a, c)),
    ]),
    ...mapped(binaryOps, (op) => [
      "(self, /, other, context=None)",
      (a: PyDecimal, other: Value, context: Value) =>
        within(contextOf(context), (c) => op(a, argument(other), c)),
    ]),
    ...mapped(plainOps, (op) => ["(self, /)", (a: PyDecimal) => op(a)]),
    adjusted: [
      "(self, /)",
      (a: PyDecimal) => (a.kind === "finite" ? a.adjusted : 0),
      "Exponent of the first digit.",
    ],
    as_integer_ratio: ["(self, /)", integerRatio, "A pair of ints whose ratio is exactly the value."],
    as_tuple: ["(self, /)", parts, "Sign, digits and exponent."],
    conjugate: ["(self, /)", (a: PyDecimal) => a],
    radix: ["(self, /)", () => fromInt(10)],
    fma: [
      "(self, /, other, third, context=None)",
      (a: PyDecimal, b: Value, d: Value, context: Value) =>
        within(contextOf(context), (c) => ops.fma(a, argument(b), argument(d), c)),
      "self × other + third, rounded once.",
    ],
    quantize: [
      "(self, /, exp, rounding=None, context=None)",
      (a: PyDecimal, b: Value, rounding: Value, context: Value) =>
        within(contextOf(context), (c) => {
          const to = argument(b);
          return quantize(a, to, c, rounding === null ? c.rounding : toRounding(rounding));
        }),
      "The value with the exponent of another, rounded.",
    ],
    to_integral: integral(false),
    to_integral_value: integral(false),
    to_integral_exact: integral(true),
    ...both("add", add),
    ...both("sub", subtract),
    ...both("mul", multiply),
    ...both("truediv", divide),
    ...both("floordiv", divideInteger),
    ...both("mod", remainder),
    ...both("divmod", divmod),
    __pow__: [
      "(self, value, mod=None, /)",
      (a: PyDecimal, v: Value, m: Value) => {
        const b = operand(v);
        return b ? powerOf(a, b, m) : NotImplemented;
      },
    ],
    __rpow__: [
      "(self, value, mod=None, /)",
      (a: PyDecimal, v: Value, m: Value) => {
        const b = operand(v);
        return b ? powerOf(b, a, m) : NotImplemented;
      },
    ],
    __neg__: ["(self, /)", (a: PyDecimal) => within(getContext(), (c) => ops.minus(a, c))],
    __pos__: ["(self, /)", (a: PyDecimal) => within(getContext(), (c) => ops.plus(a, c))],
    __abs__: ["(self, /)", (a: PyDecimal) => within(getContext(), (c) => ops.abs(a, c))],
    __bool__: ["(self, /)", (a: PyDecimal) => !a.isZero],
    __eq__: ["(self, value, /)", (a: PyDecimal, v: Value) => equal(a, v) ?? NotImplemented],
    __ne__: [
      "(self, value, /)",
      (a: PyDecimal, v: Value) => {
        const r = equal(a, v);
        return r === undefined ? NotImplemented : !r;
      },
    ],
    __lt__: ordering((c) => c < 0),
    __le__: ordering((c) => c <= 0),
    __gt__: ordering((c) => c > 0),
    __ge__: ordering((c) => c >= 0),
    __hash__: ["(self, /)", hashOf],
    __int__: rounder("ROUND_DOWN"),
    __trunc__: rounder("ROUND_DOWN"),
    __floor__: rounder("ROUND_FLOOR"),
    __ceil__: rounder("ROUND_CEILING"),
    __float__: ["(self, /)", (a: PyDecimal) => new PyFloat(toFloat(a))],
    __complex__: ["(self, /)", (a: PyDecimal) => new PyComplex(toFloat(a), 0)],
    __round__: [
      "(self, ndigits=None, /)",
      (a: PyDecimal, digits: Value) => {
        if (digits === null) return toInt(a, "ROUND_HALF_EVEN");
        const n = asInt(digits);
        if (n === undefined) raise(E.TypeError, "optional arg must be an integer");
        return within(getContext(), (c) => quantize(a, finite(0, 1n, -Number(n)), c, c.rounding));
      },
    ],
    __str__: ["(self, /)", fold],
    __repr__: ["(self, /)", (a: PyDecimal) => `Decimal('${fold(a)}')`],
    __format__: [
      "(self, format_spec, /)",
      (a: PyDecimal, spec: Value) => {
        const s = asStr(spec);
        if (s === undefined) raise(E.TypeError, "format arg must be str");
        const c = getContext();
        return s === "" ? fold(a) : asFormatError(() => formatDecimal(a, s, c.rounding, c.capitals === 1));
      },
    ],
    __reduce__: ["(self, /)", (a: PyDecimal) => new PyTuple([typeOf(a), new PyTuple([fold(a)])])],
    __copy__: ["(self, /)", (a: PyDecimal) => a],
    __deepcopy__: ["(self, memo, /)", (a: PyDecimal) => a],
  },
  classMethods: {
    from_float: [
      "(cls, f, /)",
      (cls: PyType, v: Value) => {
        const n = asInt(v);
        if (n === undefined && !(v instanceof PyFloat)) raise(E.TypeError, "argument must be int or float");
        const d = n === undefined ? fromFloat((v as PyFloat).v) : fromInt(n);
        return cls === decimalType ? d : call1(cls, d);
      },
      "The exact value of a float.",
    ],
  },
  getters: { real: (a: PyDecimal) => a, imag: () => fromInt(0) },
});

register(numberAbc, decimalType);

// Context

const inContext = (
  f: (c: PyContext, ...values: PyDecimal[]) => Value,
  names: readonly string[],
): NativeMethod => [
  `(self, ${names.map((n) => `${n}, `).join("")}/)`,
  (c: PyContext, ...values: Value[]) => within(c, () => f(c, ...values.map(argument))),
];

const contextType = nativeType({
  name: "Context",
  module: "decimal",
  dotted: true,
  doc: "Precision, rounding, limits and traps of decimal arithmetic.",
  host: PyContext,
  allocator: (cls) => {
    const c = templates.DefaultContext.copy();
    if (cls !== contextType) c[TYPE] = cls;
    return c;
  },
  new: [
    "(cls, /, *args, **kwargs)",
    (cls: PyType) => {
      const c = templates.DefaultContext.copy();
      if (cls !== contextType) c[TYPE] = cls;
      c.flags = 0;
      return c;
    },
  ],
  init: [
    "(self, prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None)",
    (c: PyContext, ...values: Value[]) => void configure(c, values),
  ],
  getters: contextGetters,
  methods: {
    ...mapped({ ...unaryOps, ...contextUnary }, (op) => inContext((c, a) => op(a!, c), ["x"])),
    ...mapped({ ...binaryOps, ...contextBinary }, (op) => inContext((c, a, b) => op(a!, b!, c), ["x", "y"])),
    ...mapped(plainOps, (op) => inContext((_c, a) => op(a!), ["x"])),
    divmod: inContext((c, a, b) => divmod(a!, b!, c), ["x", "y"]),
    fma: inContext((c, a, b, d) => ops.fma(a!, b!, d!, c), ["x", "y", "z"]),
    power: [
      "(self, /, a, b, modulo=None)",
      (c: PyContext, a: Value, b: Value, m: Value) =>
        within(c, () =>
          m === null
            ? power(argument(a), argument(b), c)
            : powerModulo(argument(a), argument(b), argument(m), c),
        ),
    ],
    radix: ["(self, /)", () => fromInt(10)],
    Etiny: ["(self, /)", (c: PyContext) => etiny(c)],
    Etop: ["(self, /)", (c: PyContext) => etop(c)],
    create_decimal: [
      "(self, num='0', /)",
      (c: PyContext, v: Value) => {
        const d = toDecimal(v, c);
        return within(c, () => ops.intoContext(d, c));
      },
      "A Decimal rounded to this context.",
    ],
    create_decimal_from_float: [
      "(self, f, /)",
      (c: PyContext, v: Value) => {
        const n = asInt(v);
        if (n === undefined && !(v instanceof PyFloat)) raise(E.TypeError, "argument must be int or float");
        return within(c, () => fix(n === undefined ? fromFloat((v as PyFloat).v) : fromInt(n), c));
      },
    ],
    clear_flags: ["(self, /)", (c: PyContext) => void (c.flags = 0)],
    clear_traps: ["(self, /)", (c: PyContext) => void (c.traps = 0)],
    copy: ["(self, /)", (c: PyContext) => c.copy()],
    __copy__: ["(self, /)", (c: PyContext) => c.copy()],
    __reduce__: ["(self, /)", (c: PyContext) => new PyTuple([typeOf(c), contextState(c)])],
    __repr__: ["(self, /)", contextRepr],
  },
});

defineModule("decimal", () => {
  resetContexts();
  return {
    name: "decimal",
    doc: "Exact decimal arithmetic.",
    functions: {
      getcontext: ["()", getContext, "The current context."],
      setcontext: ["(context, /)", setContext, "Make a context the current one."],
      localcontext: [
        "(ctx=None, *, prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None)",
        (ctx: Value, ...values: Value[]) => new PyContextManager(configure(contextOf(ctx).copy(), values)),
        "A context manager that works in a copy of a context.",
      ],
    },
    members: {
      Decimal: decimalType,
      Context: contextType,
      DecimalTuple: decimalTuple,
      ...Object.fromEntries(exceptions.map((t) => [t.name, t])),
      ...Object.fromEntries(ROUNDINGS.map((r) => [r, r])),
      ...templates,
      MAX_PREC: 999999999999999999n,
      MAX_EMAX: 999999999999999999n,
      MIN_EMIN: -999999999999999999n,
      MIN_ETINY: -1999999999999999997n,
      HAVE_THREADS: true,
      HAVE_CONTEXTVAR: true,
      __version__: "1.70",
      __libmpdec_version__: "2.5.1",
    },
  };
});
