// int and bool.
//
// An int is a bare number or bigint; an instance of a subclass is a PyBoxed. Arithmetic on bare ints is done by the
// operators without coming here: these are the methods that programs can see, and the way of the subclasses.
// Behaviour: docs.python.org/3.11/library/stdtypes.html#numeric-types-int-float-complex.
import { call1, callSpecial } from "../runtime/call.ts";
import { E, raise } from "../runtime/exceptions.ts";
import { late } from "../runtime/late.ts";
import { limits } from "../runtime/limits.ts";
import { nativeType } from "../runtime/native-type.ts";
import type { NativeMethod } from "../runtime/native.ts";
import {
  asInt,
  asStr,
  bare,
  NotImplemented,
  normInt,
  PyBoxed,
  PyBytes,
  PyFloat,
  PyTuple,
  type PyType,
  typeOf,
  type Value,
} from "../runtime/object.ts";
import { isTrue } from "../runtime/operators.ts";
import { str } from "../runtime/repr.ts";
import { bytesFromIterable, bytesOf } from "./buffer.ts";
import { floatOfInt, indexOrUndefined, toIndex, toSize } from "./convert.ts";
import { asFormatError } from "./format-error.ts";
import { ratioToFloat } from "./float-text.ts";
import { formatInt } from "./format-spec.ts";
import { hashInt } from "./hashing.ts";
import {
  absInt,
  addInt,
  andInt,
  bitCountOf,
  bitLengthOf,
  floorDivInt,
  type Int,
  invertInt,
  modInt,
  mulInt,
  negInt,
  orInt,
  powInt,
  powMod,
  roundInt,
  shlInt,
  shrInt,
  subInt,
  xorInt,
} from "./int-math.ts";
import { tooManyDigits, numericText, parseInt_ } from "./int-text.ts";
import { bytesRepr, strRepr } from "./str-repr.ts";

/** Decimal text, refused beyond the limit of digits. @throws ValueError */
export function intText(n: Int): string {
  if (typeof n === "number") return String(n);
  if (bitLengthOf(n) > 2000) {
    const s = String(n);
    if (tooManyDigits(s.length - (n < 0n ? 1 : 0))) {
      raise(
        E.ValueError,
        `Exceeds the limit (${limits.intDigits} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit`,
      );
    }
    return s;
  }
  return String(n);
}

/** A float cut towards zero. @throws OverflowError, ValueError */
export function truncFloat(x: number): Int {
  if (x !== x) raise(E.ValueError, "cannot convert float NaN to integer");
  if (x === Infinity || x === -Infinity) raise(E.OverflowError, "cannot convert float infinity to integer");
  const t = Math.trunc(x);
  return Number.isSafeInteger(t) ? (t === 0 ? 0 : t) : normInt(BigInt(t));
}

function parseOrRaise(text: string, base: number, shown: string): Int {
  const n = parseInt_(text, base);
  if (n === undefined) raise(E.ValueError, `invalid literal for int() with base ${base}: ${shown}`);
  if (typeof n === "bigint" && (base & (base - 1)) !== 0) {
    const digits = numericText(text).replace(/[^0-9a-zA-Z]/g, "").length;
    if (tooManyDigits(digits)) {
      raise(
        E.ValueError,
        `Exceeds the limit (${limits.intDigits} digits) for integer string conversion: value has ${digits} digits; use sys.set_int_max_str_digits() to increase the limit`,
      );
    }
  }
  return n;
}

/** `int(x)`, `int(x, base)`: the primitive. */
function makeInt(x: Value | undefined, base: Value | undefined): Int {
  if (base !== undefined) {
    if (x === undefined) raise(E.TypeError, "int() missing string argument");
    const b = toIndex(base);
    if (b !== 0 && (b < 2 || b > 36)) raise(E.ValueError, "int() base must be >= 2 and <= 36, or 0");
    const s = asStr(x);
    if (s !== undefined) return parseOrRaise(s, Number(b), strRepr(s));
    const data = bytesOf(x);
    if (data === undefined) raise(E.TypeError, "int() can't convert non-string with explicit base");
    return parseOrRaise(String.fromCharCode(...data), Number(b), bytesRepr(data));
  }
  if (x === undefined) return 0;
  if (typeof x === "number" || typeof x === "bigint") return x;
  if (typeof x === "string") return parseOrRaise(x, 10, strRepr(x));
  if (typeof x === "boolean") return x ? 1 : 0;
  if (x instanceof PyFloat && typeOf(x) === bare.float) return truncFloat(x.v);
  const made = callSpecial(x, "__int__", []);
  if (made !== undefined) {
    const n = asInt(made);
    if (n === undefined) raise(E.TypeError, `__int__ returned non-int (type ${typeOf(made).name})`);
    return n;
  }
  const i = indexOrUndefined(x);
  if (i !== undefined) return i;
  const cut = callSpecial(x, "__trunc__", []);
  if (cut !== undefined) {
    const n = indexOrUndefined(cut);
    if (n === undefined) raise(E.TypeError, `__trunc__ returned non-Integral (type ${typeOf(cut).name})`);
    return n;
  }
  const s = asStr(x);
  if (s !== undefined) return parseOrRaise(s, 10, strRepr(s));
  const data = bytesOf(x);
  if (data !== undefined) return parseOrRaise(String.fromCharCode(...data), 10, bytesRepr(data));
  raise(
    E.TypeError,
    `int() argument must be a string, a bytes-like object or a real number, not '${typeOf(x).name}'`,
  );
}

const own = (v: Value): Int => asInt(v)!;

/** A binary method: NotImplemented where the other is no int. */
function binary(f: (a: Int, b: Int) => Value): NativeMethod {
  return [
    "(self, value, /)",
    (a: Value, b: Value) => {
      const y = asInt(b);
      const x = asInt(a);
      return y === undefined || x === undefined ? NotImplemented : f(x, y);
    },
  ];
}

function reflected(f: (a: Int, b: Int) => Value): NativeMethod {
  return binary((a, b) => f(b, a));
}

const unary = (f: (a: Int) => Value): NativeMethod => ["(self, /)", (a: Value) => f(own(a))];

/** a << b with its errors and its guard. */
function shiftLeft(a: Int, b: Int): Int {
  if (b < 0) raise(E.ValueError, "negative shift count");
  if (a === 0) return 0;
  if (b > limits.intBits) raise(E.MemoryError, "");
  return shlInt(a, b);
}

function shiftRight(a: Int, b: Int): Int {
  if (b < 0) raise(E.ValueError, "negative shift count");
  return shrInt(a, b);
}

function floorDivide(a: Int, b: Int): Int {
  if (b === 0) raise(E.ZeroDivisionError, "integer division or modulo by zero");
  return floorDivInt(a, b);
}

function modulo(a: Int, b: Int): Int {
  if (b === 0) raise(E.ZeroDivisionError, "integer modulo by zero");
  return modInt(a, b);
}

/** a / b correctly rounded. */
function trueDivide(a: Int, b: Int): PyFloat {
  if (b === 0) raise(E.ZeroDivisionError, "division by zero");
  return new PyFloat(
    typeof a === "number" && typeof b === "number" ? a / b : bigDivide(BigInt(a), BigInt(b)),
  );
}

function bigDivide(a: bigint, b: bigint): number {
  const r = ratioToFloat(a, b);
  if (!Number.isFinite(r)) raise(E.OverflowError, "integer division result too large for a float");
  return r;
}

/** a ** b: a float where b is negative. */
function power(a: Int, b: Int): Value {
  if (b < 0) {
    if (a === 0) raise(E.ZeroDivisionError, "0.0 cannot be raised to a negative power");
    return new PyFloat(Number(a) ** Number(b));
  }
  if (typeof a === "number" && a >= -1 && a <= 1)
    return a === -1 ? (modInt(b, 2) === 0 ? 1 : -1) : a === 0 ? (b === 0 ? 1 : 0) : 1;
  if (bitLengthOf(a) * Number(b) > limits.intBits) raise(E.MemoryError, "");
  return powInt(a, b);
}

function powerModulo(a: Value, b: Value, m: Value): Value {
  const [x, y, z] = [asInt(a), asInt(b), asInt(m)];
  if (x === undefined || y === undefined || z === undefined) return NotImplemented;
  if (z === 0) raise(E.ValueError, "pow() 3rd argument cannot be 0");
  const r = powMod(x, y, z);
  if (r === undefined) raise(E.ValueError, "base is not invertible for the given modulus");
  return r;
}

function byteOrder(order: string): boolean {
  if (order !== "little" && order !== "big")
    raise(E.ValueError, "byteorder must be either 'little' or 'big'");
  return order === "little";
}

function toBytes(self: Value, length: Value, order: Value, signed: boolean): PyBytes {
  const n = BigInt(own(self));
  const size = toSize(length);
  const text = asStr(order);
  if (text === undefined)
    raise(E.TypeError, `to_bytes() argument 'byteorder' must be str, not ${typeOf(order).name}`);
  const little = byteOrder(text);
  if (size < 0) raise(E.ValueError, "length argument must be non-negative");
  if (n < 0n && !signed) raise(E.OverflowError, "can't convert negative int to unsigned");
  const bits = BigInt(size * 8);
  const fits = signed
    ? n >= -(1n << (bits - 1n > 0n ? bits - 1n : 0n)) && n < 1n << (bits - 1n > 0n ? bits - 1n : 0n)
    : n < 1n << bits;
  if (!fits && !(n === 0n)) raise(E.OverflowError, "int too big to convert");
  let rest = BigInt.asUintN(size * 8, n);
  const out = new Uint8Array(size);
  for (let i = size - 1; i >= 0; i--) {
    out[i] = Number(rest & 255n);
    rest >>= 8n;
  }
  return new PyBytes(little ? out.reverse() : out);
}

function fromBytes(cls: PyType, source: Value, order: Value, signed: boolean): Value {
  const data = bytesOf(source) ?? bytesFromIterable(source);
  const text = asStr(order);
  if (text === undefined)
    raise(E.TypeError, `from_bytes() argument 'byteorder' must be str, not ${typeOf(order).name}`);
  const bytes = byteOrder(text) ? data.slice().reverse() : data;
  let n = 0n;
  for (const b of bytes) n = (n << 8n) | BigInt(b);
  if (signed) n = BigInt.asIntN(bytes.length * 8, n);
  const v = normInt(n);
  return cls === intType ? v : call1(cls, v);
}

const comparison = (f: (a: Int, b: Int) => boolean): NativeMethod => binary(f);

export const intType: PyType = nativeType({
  name: "int",
  doc: "An integer of any size. int(x) makes one of a number or text; int(text, base) reads text in another base.",
  allocator: (cls) => new PyBoxed(cls, 0),
  new: [
    "(cls, x=..., /, base=...)",
    (cls: PyType, x: Value | undefined, base: Value | undefined) => {
      const n = makeInt(x, base);
      return cls === intType ? n : new PyBoxed(cls, n);
    },
  ],
  methods: {
    __repr__: unary(intText),
    __hash__: unary(hashInt),
    __bool__: unary((a) => a !== 0),
    __int__: unary((a) => a),
    __index__: unary((a) => a),
    __float__: unary((a) => new PyFloat(floatOfInt(a))),
    __trunc__: ["(self, /)", (a: Value) => own(a), "The value itself."],
    __floor__: ["(self, /)", (a: Value) => own(a), "The value itself."],
    __ceil__: ["(self, /)", (a: Value) => own(a), "The value itself."],
    __neg__: unary(negInt),
    __pos__: unary((a) => a),
    __abs__: unary(absInt),
    __invert__: unary(invertInt),
    __add__: binary(addInt),
    __radd__: reflected(addInt),
    __sub__: binary(subInt),
    __rsub__: reflected(subInt),
    __mul__: binary(mulInt),
    __rmul__: reflected(mulInt),
    __truediv__: binary(trueDivide),
    __rtruediv__: reflected(trueDivide),
    __floordiv__: binary(floorDivide),
    __rfloordiv__: reflected(floorDivide),
    __mod__: binary(modulo),
    __rmod__: reflected(modulo),
    __divmod__: binary((a, b) => new PyTuple([floorDivide(a, b), modulo(a, b)])),
    __rdivmod__: reflected((a, b) => new PyTuple([floorDivide(a, b), modulo(a, b)])),
    __pow__: [
      "(self, value, mod=None, /)",
      (a: Value, b: Value, m: Value) => {
        if (m !== null) return powerModulo(a, b, m);
        const [x, y] = [asInt(a), asInt(b)];
        return x === undefined || y === undefined ? NotImplemented : power(x, y);
      },
    ],
    __rpow__: [
      "(self, value, mod=None, /)",
      (a: Value, b: Value, m: Value) => {
        if (m !== null) return powerModulo(b, a, m);
        const [x, y] = [asInt(b), asInt(a)];
        return x === undefined || y === undefined ? NotImplemented : power(x, y);
      },
    ],
    __lshift__: binary(shiftLeft),
    __rlshift__: reflected(shiftLeft),
    __rshift__: binary(shiftRight),
    __rrshift__: reflected(shiftRight),
    __and__: binary(andInt),
    __rand__: reflected(andInt),
    __or__: binary(orInt),
    __ror__: reflected(orInt),
    __xor__: binary(xorInt),
    __rxor__: reflected(xorInt),
    // Unequal types compare by value, and JavaScript compares number with bigint exactly.
    __eq__: comparison((a, b) => a === b),
    __ne__: comparison((a, b) => a !== b),
    __lt__: comparison((a, b) => a < b),
    __le__: comparison((a, b) => a <= b),
    __gt__: comparison((a, b) => a > b),
    __ge__: comparison((a, b) => a >= b),
    __round__: [
      "(self, ndigits=..., /)",
      (a: Value, digits: Value | undefined) =>
        digits === undefined || digits === null ? own(a) : roundInt(own(a), toSize(digits)),
      "The value rounded to a multiple of a power of ten.",
    ],
    __format__: [
      "(self, format_spec, /)",
      (a: Value, spec: Value) => {
        const s = asStr(spec);
        if (s === undefined)
          raise(E.TypeError, `__format__() argument must be str, not ${typeOf(spec).name}`);
        if (s === "") return str(a);
        return asFormatError(() => formatInt(own(a), s, typeOf(a).name));
      },
    ],
    __getnewargs__: ["(self, /)", (a: Value) => new PyTuple([own(a)])],
    __sizeof__: ["(self, /)", (a: Value) => 24 + 4 * Math.max(1, Math.ceil(bitLengthOf(own(a)) / 30))],
    bit_length: [
      "(self, /)",
      (a: Value) => bitLengthOf(own(a)),
      "How many bits the value takes, sign left out.",
    ],
    bit_count: [
      "(self, /)",
      (a: Value) => bitCountOf(own(a)),
      "How many ones the binary digits of the absolute value have.",
    ],
    conjugate: ["(self, /)", (a: Value) => own(a), "The value itself, as for any real number."],
    as_integer_ratio: [
      "(self, /)",
      (a: Value) => new PyTuple([own(a), 1]),
      "A pair of ints whose ratio is the value.",
    ],
    to_bytes: [
      "(self, /, length=1, byteorder='big', *, signed=False)",
      toBytes,
      "The value as that many bytes.",
    ],
  },
  classMethods: {
    from_bytes: [
      "(cls, /, bytes, byteorder='big', *, signed=False)",
      fromBytes,
      "The int that bytes stand for.",
    ],
  },
  getters: {
    real: { get: own, doc: "the real part of a complex number" },
    imag: { get: () => 0, doc: "the imaginary part of a complex number" },
    numerator: { get: own, doc: "the numerator of a rational number in lowest terms" },
    denominator: { get: () => 1, doc: "the denominator of a rational number in lowest terms" },
  },
});
bare.int = intType;
intType.make1 = (v) => (typeof v === "number" ? v : makeInt(v, undefined));
late.hashNumber = hashInt;

/** A bool method that keeps bools as bools. */
function logical(f: (a: boolean, b: boolean) => boolean, g: (a: Int, b: Int) => Int): NativeMethod {
  return [
    "(self, value, /)",
    (a: Value, b: Value) => {
      if (typeof a === "boolean" && typeof b === "boolean") return f(a, b);
      const y = asInt(b);
      return y === undefined ? NotImplemented : g(own(a), y);
    },
  ];
}

const andBool = logical((a, b) => a && b, andInt);
const orBool = logical((a, b) => a || b, orInt);
const xorBool = logical((a, b) => a !== b, xorInt);

export const boolType: PyType = nativeType({
  name: "bool",
  doc: "True or False; a kind of int. bool(x) is the truth value of x.",
  bases: [intType],
  final: true,
  new: ["(cls, x=False, /)", (_cls: PyType, x: Value) => isTrue(x)],
  methods: {
    __repr__: ["(self, /)", (a: boolean) => (a ? "True" : "False")],
    __and__: andBool,
    __rand__: andBool,
    __or__: orBool,
    __ror__: orBool,
    __xor__: xorBool,
    __rxor__: xorBool,
  },
});
bare.bool = boolType;
