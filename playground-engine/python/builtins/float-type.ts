// float and complex.
// Behaviour: docs.python.org/3.11/library/stdtypes.html#numeric-types-int-float-complex; rounding and spelling in float-text.ts.
import { call1, callSpecial } from "../runtime/call.ts";
import { E, err, raise } from "../runtime/exceptions.ts";
import { identityHash } from "../runtime/hash.ts";
import { nativeType } from "../runtime/native-type.ts";
import type { NativeMethod } from "../runtime/native.ts";
import {
  asInt,
  asStr,
  bare,
  NotImplemented,
  normInt,
  PyComplex,
  PyFloat,
  PyTuple,
  type PyType,
  TYPE,
  typeOf,
  type Value,
} from "../runtime/object.ts";
import { repr, str } from "../runtime/repr.ts";
import { atan2, cos, exp, hypot, log, sin } from "./accurate.ts";
import { bytesOf } from "./buffer.ts";
import { floatOrUndefined, realOperand, toSize } from "./convert.ts";
import {
  asIntegerRatio,
  floatHex,
  floatRepr,
  parseFloatText,
  parseHexFloat,
  roundFloat,
  roundHalfEven,
} from "./float-text.ts";
import { asFormatError } from "./format-error.ts";
import { complexRepr, formatComplex, formatFloat } from "./format-spec.ts";
import { hashComplex, hashFloat } from "./hashing.ts";
import { divmodFloat, type Int, modFloat } from "./int-math.ts";
import { truncFloat } from "./int-type.ts";
import { numericText } from "./int-text.ts";

const F = (v: number): PyFloat => new PyFloat(v);

/** An instance of float or, where cls derives from it, of cls. */
function newFloat(cls: PyType, v: number): PyFloat {
  const f = new PyFloat(v);
  if (cls !== floatType) f[TYPE] = cls;
  return f;
}

/** `float(x)` as a number. @throws TypeError, ValueError */
function makeFloat(x: Value): number {
  const s = asStr(x);
  if (s !== undefined) return parseText(s, () => repr(x));
  const n = floatOrUndefined(x);
  if (n !== undefined) return n;
  const data = bytesOf(x);
  if (data !== undefined) return parseText(String.fromCharCode(...data), () => repr(x));
  raise(E.TypeError, `float() argument must be a string or a real number, not '${typeOf(x).name}'`);
}

function parseText(s: string, shown: () => string): number {
  const n = parseFloatText(numericText(s));
  if (n === undefined) raise(E.ValueError, `could not convert string to float: ${shown()}`);
  return n;
}

function binary(f: (a: number, b: number) => Value): NativeMethod {
  return [
    "(self, value, /)",
    (a: PyFloat, b: Value) => {
      const y = realOperand(b);
      return y === undefined ? NotImplemented : f(a.v, y);
    },
  ];
}
const reflected = (f: (a: number, b: number) => Value): NativeMethod => binary((a, b) => f(b, a));
const unary = (f: (a: number) => Value, doc?: string): NativeMethod => [
  "(self, /)",
  (a: PyFloat) => f(a.v),
  doc!,
];

/** Compare with a float or, exactly, with an int. */
function comparison(f: (a: number, b: number | bigint) => boolean): NativeMethod {
  return [
    "(self, value, /)",
    (a: PyFloat, b: Value) => {
      if (b instanceof PyFloat) return f(a.v, b.v);
      const n = asInt(b);
      return n === undefined ? NotImplemented : f(a.v, n);
    },
  ];
}

function divideFloat(a: number, b: number): PyFloat {
  if (b === 0) raise(E.ZeroDivisionError, "float division by zero");
  return F(a / b);
}

function floorDivideFloat(a: number, b: number): PyFloat {
  if (b === 0) raise(E.ZeroDivisionError, "float floor division by zero");
  return F(divmodFloat(a, b)[0]);
}

function moduloFloat(a: number, b: number): PyFloat {
  if (b === 0) raise(E.ZeroDivisionError, "float modulo");
  return F(modFloat(a, b));
}

/** a ** b, complex where a is negative and b no whole number. */
function powerFloat(a: number, b: number): Value {
  if (a === 0 && b < 0) raise(E.ZeroDivisionError, "0.0 cannot be raised to a negative power");
  if (a < 0 && Number.isFinite(a) && Number.isFinite(b) && !Number.isInteger(b))
    return complexPower(a, 0, b, 0);
  if (a === 1 || b === 0) return F(1);
  if (a === -1 && (b === Infinity || b === -Infinity)) return F(1);
  const r = a ** b;
  if (!Number.isFinite(r) && Number.isFinite(a) && Number.isFinite(b)) {
    throw err(E.OverflowError, 34, "Numerical result out of range");
  }
  return F(r);
}

function roundMethod(a: PyFloat, digits: Value | undefined): Value {
  if (digits === undefined || digits === null) {
    if (!Number.isFinite(a.v)) truncFloat(a.v);
    return truncFloat(roundHalfEven(a.v));
  }
  const places = toSize(digits);
  const r = roundFloat(a.v, places);
  if (!Number.isFinite(r) && Number.isFinite(a.v))
    raise(E.OverflowError, "rounded value too large to represent");
  return F(r);
}

const divmod = (a: number, b: number): PyTuple => {
  if (b === 0) raise(E.ZeroDivisionError, "float divmod()");
  const [q, r] = divmodFloat(a, b);
  return new PyTuple([F(q), F(r)]);
};

/** Numerator and denominator of exactly this float. @throws ValueError, OverflowError of what has none */
export function exactRatio(x: number): [bigint, bigint] {
  if (x !== x) raise(E.ValueError, "cannot convert NaN to integer ratio");
  if (!Number.isFinite(x)) raise(E.OverflowError, "cannot convert Infinity to integer ratio");
  return asIntegerRatio(x);
}

export const floatType: PyType = nativeType({
  name: "float",
  doc: "A double-precision floating point number. float(x) makes one of a number or text.",
  host: PyFloat,
  allocator: (cls) => newFloat(cls, 0),
  new: [
    "(cls, x=0, /)",
    (cls: PyType, x: Value) =>
      x instanceof PyFloat && cls === floatType && x[TYPE] === cls ? x : newFloat(cls, makeFloat(x)),
  ],
  methods: {
    __repr__: unary(floatRepr),
    __hash__: ["(self, /)", (a: PyFloat) => (a.v !== a.v ? identityHash(a) : hashFloat(a.v))],
    __bool__: unary((a) => a !== 0),
    __int__: unary(truncFloat),
    __float__: unary(F),
    __trunc__: unary(truncFloat, "The value cut to an int towards zero."),
    __floor__: unary((a) => truncFloat(Math.floor(a)), "The greatest int not above the value."),
    __ceil__: unary((a) => truncFloat(Math.ceil(a)), "The least int not below the value."),
    __neg__: unary((a) => F(-a)),
    __pos__: unary(F),
    __abs__: unary((a) => F(Math.abs(a))),
    __add__: binary((a, b) => F(a + b)),
    __radd__: reflected((a, b) => F(a + b)),
    __sub__: binary((a, b) => F(a - b)),
    __rsub__: reflected((a, b) => F(a - b)),
    __mul__: binary((a, b) => F(a * b)),
    __rmul__: reflected((a, b) => F(a * b)),
    __truediv__: binary(divideFloat),
    __rtruediv__: reflected(divideFloat),
    __floordiv__: binary(floorDivideFloat),
    __rfloordiv__: reflected(floorDivideFloat),
    __mod__: binary(moduloFloat),
    __rmod__: reflected(moduloFloat),
    __divmod__: binary(divmod),
    __rdivmod__: reflected(divmod),
    __pow__: ["(self, value, mod=None, /)", (a: PyFloat, b: Value, m: Value) => power3(a, b, m, false)],
    __rpow__: ["(self, value, mod=None, /)", (a: PyFloat, b: Value, m: Value) => power3(a, b, m, true)],
    __eq__: comparison((a, b) => a == b), // eslint-disable-line eqeqeq -- number against bigint, by value
    __ne__: comparison((a, b) => a != b), // eslint-disable-line eqeqeq
    __lt__: comparison((a, b) => a < b),
    __le__: comparison((a, b) => a <= b),
    __gt__: comparison((a, b) => a > b),
    __ge__: comparison((a, b) => a >= b),
    __round__: [
      "(self, ndigits=..., /)",
      roundMethod,
      "The nearest number of so many decimals, or int; ties go to the even side.",
    ],
    __format__: [
      "(self, format_spec, /)",
      (a: PyFloat, spec: Value) => {
        const s = asStr(spec);
        if (s === undefined)
          raise(E.TypeError, `__format__() argument must be str, not ${typeOf(spec).name}`);
        return s === "" ? str(a) : asFormatError(() => formatFloat(a.v, s, typeOf(a).name));
      },
    ],
    __getnewargs__: unary((a) => new PyTuple([F(a)])),
    conjugate: unary(F, "The value itself, as for any real number."),
    is_integer: unary((a) => Number.isInteger(a), "Whether the value is a whole number."),
    as_integer_ratio: unary((a) => {
      const [n, d] = exactRatio(a);
      return new PyTuple([normInt(n), normInt(d)]);
    }, "A pair of ints whose ratio is exactly the value."),
    hex: unary(floatHex, "The value in hexadecimal, exactly."),
  },
  classMethods: {
    fromhex: [
      "(cls, string, /)",
      (cls: PyType, text: Value) => {
        const s = asStr(text);
        if (s === undefined) raise(E.TypeError, `fromhex() argument must be str, not ${typeOf(text).name}`);
        const v = parseHexFloat(s.trim());
        if (v === undefined) raise(E.ValueError, "invalid hexadecimal floating-point string");
        if (v === null) raise(E.OverflowError, "hexadecimal value too large to represent as a float");
        return cls === floatType ? F(v) : call1(cls, F(v));
      },
      "The float that a hexadecimal text stands for.",
    ],
  },
  getters: { real: (a: PyFloat) => F(a.v), imag: () => F(0) },
});
bare.float = floatType;
floatType.make1 = (v) => (typeof v === "number" ? new PyFloat(v) : undefined);

function power3(a: PyFloat, b: Value, m: Value, swap: boolean): Value {
  const y = realOperand(b);
  if (y === undefined) return NotImplemented;
  if (m !== null) raise(E.TypeError, "pow() 3rd argument not allowed unless all arguments are integers");
  return swap ? powerFloat(y, a.v) : powerFloat(a.v, y);
}

// complex

const C = (re: number, im: number): PyComplex => new PyComplex(re, im);

function complexPower(ar: number, ai: number, br: number, bi: number): PyComplex {
  const r = complexPowerOf(ar, ai, br, bi);
  if ([r.re, r.im].some((x) => x === Infinity || x === -Infinity))
    raise(E.OverflowError, "complex exponentiation");
  return r;
}

function complexPowerOf(ar: number, ai: number, br: number, bi: number): PyComplex {
  if (br === 0 && bi === 0) return C(1, 0);
  if (ar === 0 && ai === 0) {
    if (bi !== 0 || br < 0) raise(E.ZeroDivisionError, "0.0 to a negative or complex power");
    return C(0, 0);
  }
  if (bi === 0 && Number.isInteger(br) && Math.abs(br) <= 100) {
    let n = Math.abs(br);
    let [pr, pi, rr, ri] = [ar, ai, 1, 0];
    while (n > 0) {
      if (n & 1) [rr, ri] = [rr * pr - ri * pi, rr * pi + ri * pr];
      [pr, pi] = [pr * pr - pi * pi, 2 * pr * pi];
      n >>= 1;
    }
    return br < 0 ? complexDivide(1, 0, rr, ri) : C(rr, ri);
  }
  const size = hypot(ar, ai);
  const angle = atan2(ai, ar);
  let length = size ** br;
  let phase = angle * br;
  if (bi !== 0) {
    length /= exp(angle * bi);
    phase += bi * log(size);
  }
  return C(length * cos(phase), length * sin(phase));
}

function complexDivide(ar: number, ai: number, br: number, bi: number): PyComplex {
  if (br === 0 && bi === 0) raise(E.ZeroDivisionError, "complex division by zero");
  if (Math.abs(br) >= Math.abs(bi)) {
    const ratio = bi / br;
    const den = br + bi * ratio;
    return C((ar + ai * ratio) / den, (ai - ar * ratio) / den);
  }
  const ratio = br / bi;
  const den = br * ratio + bi;
  return C((ar * ratio + ai) / den, (ai * ratio - ar) / den);
}

/** A complex operand: complex, float or int. */
function operand(v: Value): { re: number; im: number } | undefined {
  if (v instanceof PyComplex) return v;
  const x = realOperand(v);
  return x === undefined ? undefined : { re: x, im: 0 };
}

function binaryC(f: (a: number, b: number, c: number, d: number) => Value, swap = false): NativeMethod {
  return [
    "(self, value, /)",
    (a: PyComplex, b: Value) => {
      const o = operand(b);
      if (o === undefined) return NotImplemented;
      return swap ? f(o.re, o.im, a.re, a.im) : f(a.re, a.im, o.re, o.im);
    },
  ];
}

function newComplex(cls: PyType, re: number, im: number): PyComplex {
  const c = C(re, im);
  if (cls !== complexType) c[TYPE] = cls;
  return c;
}

function parseComplex(text: string): PyComplex {
  let s = numericText(text);
  const bad = (): never => raise(E.ValueError, "complex() arg is a malformed string");
  if (s.startsWith("(") && s.endsWith(")")) s = s.slice(1, -1).trim();
  if (s === "" || /\s/.test(s)) bad();
  const real = parseFloatText(s);
  if (real !== undefined) return C(real, 0);
  if (!/[jJ]$/.test(s)) bad();
  const body = s.slice(0, -1);
  // The last sign that does not belong to an exponent parts the two.
  let cut = -1;
  for (let i = body.length - 1; i > 0; i--) {
    if ((body[i] === "+" || body[i] === "-") && !/[eE]/.test(body[i - 1]!)) {
      cut = i;
      break;
    }
  }
  const unit = (t: string): number | undefined =>
    t === "" || t === "+" ? 1 : t === "-" ? -1 : parseFloatText(t);
  const re = cut < 0 ? 0 : parseFloatText(body.slice(0, cut));
  const im = unit(cut < 0 ? body : body.slice(cut));
  if (re === undefined || im === undefined) return bad();
  return C(re, im);
}

/** The complex number that `__complex__`, `__float__` or `__index__` makes of a value. */
export function complexOf(v: Value): PyComplex | undefined {
  if (v instanceof PyComplex) return v;
  const made = callSpecial(v, "__complex__", []);
  if (made !== undefined) {
    if (!(made instanceof PyComplex))
      raise(E.TypeError, `${typeOf(v).name}.__complex__ returned non-complex (type ${typeOf(made).name})`);
    return made;
  }
  const x = floatOrUndefined(v);
  return x === undefined ? undefined : C(x, 0);
}

function makeComplex(cls: PyType, real: Value | undefined, imag: Value | undefined): PyComplex {
  if (real === undefined && imag === undefined) return newComplex(cls, 0, 0);
  const s = asStr(real);
  if (s !== undefined) {
    if (imag !== undefined) raise(E.TypeError, "complex() can't take second arg if first is a string");
    const c = parseComplex(s);
    return newComplex(cls, c.re, c.im);
  }
  if (asStr(imag) !== undefined) raise(E.TypeError, "complex() second arg can't be a string");
  const a = real === undefined ? C(0, 0) : complexOf(real);
  if (a === undefined)
    raise(E.TypeError, `complex() first argument must be a string or a number, not '${typeOf(real).name}'`);
  if (imag === undefined) return newComplex(cls, a.re, a.im);
  const b = imag instanceof PyComplex ? imag : floatOrUndefined(imag);
  if (b === undefined)
    raise(E.TypeError, `complex() second argument must be a number, not '${typeOf(imag).name}'`);
  return typeof b === "number"
    ? newComplex(cls, a.re, real instanceof PyComplex ? a.im + b : b)
    : newComplex(cls, a.re - b.im, a.im + b.re);
}

const equalsComplex = (a: PyComplex, b: Value): boolean | undefined => {
  if (b instanceof PyComplex) return a.re === b.re && a.im === b.im;
  const n: Int | undefined = asInt(b);
  // eslint-disable-next-line eqeqeq -- number against bigint, by value
  if (n !== undefined) return a.im === 0 && a.re == n;
  return b instanceof PyFloat ? a.im === 0 && a.re === b.v : undefined;
};

export const complexType: PyType = nativeType({
  name: "complex",
  doc: "A complex number: complex(real, imag), or of text such as '1+2j'.",
  host: PyComplex,
  allocator: (cls) => newComplex(cls, 0, 0),
  new: ["(cls, real=..., imag=...)", makeComplex],
  methods: {
    __repr__: ["(self, /)", (a: PyComplex) => complexRepr(a.re, a.im)],
    __hash__: ["(self, /)", (a: PyComplex) => hashComplex(a.re, a.im)],
    __bool__: ["(self, /)", (a: PyComplex) => a.re !== 0 || a.im !== 0],
    __complex__: ["(self, /)", (a: PyComplex) => C(a.re, a.im)],
    __neg__: ["(self, /)", (a: PyComplex) => C(-a.re, -a.im)],
    __pos__: ["(self, /)", (a: PyComplex) => C(a.re, a.im)],
    __abs__: ["(self, /)", (a: PyComplex) => F(hypot(a.re, a.im))],
    __add__: binaryC((a, b, c, d) => C(a + c, b + d)),
    __radd__: binaryC((a, b, c, d) => C(a + c, b + d), true),
    __sub__: binaryC((a, b, c, d) => C(a - c, b - d)),
    __rsub__: binaryC((a, b, c, d) => C(a - c, b - d), true),
    __mul__: binaryC((a, b, c, d) => C(a * c - b * d, a * d + b * c)),
    __rmul__: binaryC((a, b, c, d) => C(a * c - b * d, a * d + b * c), true),
    __truediv__: binaryC(complexDivide),
    __rtruediv__: binaryC(complexDivide, true),
    __pow__: ["(self, value, mod=None, /)", (a: PyComplex, b: Value, m: Value) => power3C(a, b, m, false)],
    __rpow__: ["(self, value, mod=None, /)", (a: PyComplex, b: Value, m: Value) => power3C(a, b, m, true)],
    __eq__: ["(self, value, /)", (a: PyComplex, b: Value) => equalsComplex(a, b) ?? NotImplemented],
    __ne__: [
      "(self, value, /)",
      (a: PyComplex, b: Value) => {
        const r = equalsComplex(a, b);
        return r === undefined ? NotImplemented : !r;
      },
    ],
    __format__: [
      "(self, format_spec, /)",
      (a: PyComplex, spec: Value) => {
        const s = asStr(spec);
        if (s === undefined)
          raise(E.TypeError, `__format__() argument must be str, not ${typeOf(spec).name}`);
        return s === "" ? str(a) : asFormatError(() => formatComplex(a.re, a.im, s, typeOf(a).name));
      },
    ],
    __getnewargs__: ["(self, /)", (a: PyComplex) => new PyTuple([F(a.re), F(a.im)])],
    conjugate: ["(self, /)", (a: PyComplex) => C(a.re, -a.im), "The number mirrored at the real axis."],
  },
  getters: { real: (a: PyComplex) => F(a.re), imag: (a: PyComplex) => F(a.im) },
});

function power3C(a: PyComplex, b: Value, m: Value, swap: boolean): Value {
  const o = operand(b);
  if (o === undefined) return NotImplemented;
  if (m !== null) raise(E.ValueError, "complex modulo");
  return swap ? complexPower(o.re, o.im, a.re, a.im) : complexPower(a.re, a.im, o.re, o.im);
}
