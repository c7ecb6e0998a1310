// Binary and unary operators, their in-place forms and truth.
//
// Fast ways for numbers and strings first; then the special methods of the two types in Python's order: the right
// operand's reflected method goes first where its type is a subclass that overrides it.
// Behaviour: docs.python.org/3.11/reference/datamodel.html#emulating-numeric-types.
import * as int from "../builtins/int-math.ts";
import { ratioToFloat } from "../builtins/float-text.ts";
import { callN, callSpecial, call2, bindSpecial } from "./call.ts";
import { E, err, raise } from "./exceptions.ts";
import { PyFunction } from "./function.ts";
import { limits } from "./limits.ts";
import { PyBuiltin } from "./native-function.ts";
import { bare, NotImplemented, PyFloat, PyTuple, type PyType, TYPE, typeOf, type Value } from "./object.ts";

import { isTrue } from "./truth.ts";
export { compare, eq, eqTruth, ge, gt, le, lt, ltTruth, ne, same } from "./comparison.ts";

type Int = number | bigint;
const MAX = Number.MAX_SAFE_INTEGER;

// ---- the general way

/** `type(o).name` called with the other operand; NotImplemented where there is no such method. */
function tryOp(o: Value, t: PyType, name: string, other: Value): Value {
  const m = t.lookup(name);
  if (m === undefined || m === null) return NotImplemented;
  if (m instanceof PyFunction || m instanceof PyBuiltin) return call2(m, o, other);
  return callN(bindSpecial(m, o, t), [other]);
}

/** list, str and their like join and repeat through sequence slots, which come after any number slot of the other operand. */
function isSequenceMethod(m: Value | undefined): boolean {
  return (
    m instanceof PyBuiltin &&
    m.owner !== undefined &&
    m.owner.dict.has("__getitem__") &&
    m.owner.dict.has("__len__") &&
    !m.owner.dict.has("__radd__")
  );
}

function tryBoth(a: Value, b: Value, name: string, reflected: string): Value {
  const ta = typeOf(a);
  const tb = typeOf(b);
  if (ta !== tb) {
    const r = tb.lookup(reflected);
    if (r !== undefined) {
      const over = tb.isSubtypeOf(ta) && r !== ta.lookup(reflected);
      if (
        over ||
        ((name === "__add__" || name === "__mul__") &&
          isSequenceMethod(ta.lookup(name)) &&
          !isSequenceMethod(r))
      ) {
        const v = tryOp(b, tb, reflected, a);
        if (v !== NotImplemented) return v;
        return tryOp(a, ta, name, b);
      }
    }
  }
  const v = tryOp(a, ta, name, b);
  if (v !== NotImplemented || ta === tb) return v;
  return tryOp(b, tb, reflected, a);
}

/** Any binary operator through the special methods. @throws TypeError "unsupported operand type(s)" */
export function binary(a: Value, b: Value, name: string, reflected: string, symbol: string): Value {
  const v = tryBoth(a, b, name, reflected);
  if (v === NotImplemented) unsupported(a, b, symbol);
  return v;
}

function inplace(a: Value, b: Value, iname: string, name: string, reflected: string, symbol: string): Value {
  const t = typeOf(a);
  const m = t.lookup(iname);
  if (m !== undefined && m !== null) {
    const v = tryOp(a, t, iname, b);
    if (v !== NotImplemented) return v;
  }
  const v = tryBoth(a, b, name, reflected);
  if (v === NotImplemented) unsupported(a, b, `${symbol}=`);
  return v;
}

function unsupported(a: Value, b: Value, symbol: string): never {
  const shown = symbol === "**" ? "** or pow()" : symbol;
  const hint =
    symbol === ">>" && a instanceof PyBuiltin && a.name === "print"
      ? `. Did you mean "print(<message>, file=<output_stream>)"?`
      : "";
  raise(
    E.TypeError,
    `unsupported operand type(s) for ${shown}: '${typeOf(a).name}' and '${typeOf(b).name}'${hint}`,
  );
}

/** int of a primitive int or bool; subclasses are not primitive. */
function prim(v: Value): Int | undefined {
  return typeof v === "number" || typeof v === "bigint"
    ? v
    : typeof v === "boolean"
      ? v
        ? 1
        : 0
      : undefined;
}

/** A float operand's value: exact floats, and ints and bools beside one. */
function real(v: Value): number | undefined {
  if (v instanceof PyFloat) return v[TYPE] === bare.float ? v.v : undefined;
  const i = prim(v);
  return i === undefined ? undefined : typeof i === "number" ? i : toFloat(i);
}

function toFloat(i: bigint): number {
  const f = Number(i);
  if (!Number.isFinite(f)) raise(E.OverflowError, "int too large to convert to float");
  return f;
}

/** Both operands as doubles where at least one is an exact float and the other a number. */
let left = 0;
let right = 0;
function floats(a: Value, b: Value): boolean {
  if (!(a instanceof PyFloat) && !(b instanceof PyFloat)) return false;
  const x = real(a);
  if (x === undefined) return false;
  const y = real(b);
  if (y === undefined) return false;
  left = x;
  right = y;
  return true;
}

const num = (x: number): PyFloat => new PyFloat(x);

// ---- arithmetic

export function add(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") {
    const r = a + b;
    return r <= MAX && r >= -MAX ? r : int.addInt(a, b);
  }
  if (typeof a === "string" && typeof b === "string") return a + b;
  return addSlow(a, b);
}

function addSlow(a: Value, b: Value): Value {
  if (floats(a, b)) return num(left + right);
  const x = prim(a);
  const y = prim(b);
  if (x !== undefined && y !== undefined) return int.addInt(x, y);
  return binary(a, b, "__add__", "__radd__", "+");
}

export function sub(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") {
    const r = a - b;
    return r <= MAX && r >= -MAX ? r : int.subInt(a, b);
  }
  return subSlow(a, b);
}

function subSlow(a: Value, b: Value): Value {
  if (floats(a, b)) return num(left - right);
  const x = prim(a);
  const y = prim(b);
  if (x !== undefined && y !== undefined) return int.subInt(x, y);
  return binary(a, b, "__sub__", "__rsub__", "-");
}

export function mul(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") {
    const r = a * b;
    return r <= MAX && r >= -MAX ? (r === 0 ? 0 : r) : int.mulInt(a, b);
  }
  return mulSlow(a, b);
}

function mulSlow(a: Value, b: Value): Value {
  if (floats(a, b)) return num(left * right);
  const x = prim(a);
  const y = prim(b);
  if (x !== undefined && y !== undefined) return int.mulInt(x, y);
  return binary(a, b, "__mul__", "__rmul__", "*");
}

export function truediv(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") {
    if (b === 0) raise(E.ZeroDivisionError, "division by zero");
    return num(a / b === 0 ? 0 : a / b);
  }
  if (floats(a, b)) {
    if (right === 0) raise(E.ZeroDivisionError, "float division by zero");
    return num(left / right);
  }
  const x = prim(a);
  const y = prim(b);
  if (x !== undefined && y !== undefined) {
    if (y === 0) raise(E.ZeroDivisionError, "division by zero");
    if (typeof x === "number" && typeof y === "number") return num(x / y);
    const r = ratioToFloat(magnitude(x), magnitude(y));
    if (!Number.isFinite(r)) raise(E.OverflowError, "integer division result too large for a float");
    return num(x < 0 === y < 0 ? r : -r);
  }
  return binary(a, b, "__truediv__", "__rtruediv__", "/");
}

function magnitude(i: Int): bigint {
  const b = BigInt(i);
  return b < 0n ? -b : b;
}

export function floordiv(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number" && b !== 0) return int.floorDivInt(a, b);
  if (floats(a, b)) {
    if (right === 0) raise(E.ZeroDivisionError, "float floor division by zero");
    return num(int.divmodFloat(left, right)[0]);
  }
  const x = prim(a);
  const y = prim(b);
  if (x !== undefined && y !== undefined) {
    if (y === 0) raise(E.ZeroDivisionError, "integer division or modulo by zero");
    return int.floorDivInt(x, y);
  }
  return binary(a, b, "__floordiv__", "__rfloordiv__", "//");
}

export function mod(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number" && b !== 0) {
    if (a >= 0 && b > 0) return a % b;
    return int.modInt(a, b);
  }
  if (floats(a, b)) {
    if (right === 0) raise(E.ZeroDivisionError, "float modulo");
    return num(int.modFloat(left, right));
  }
  const x = prim(a);
  const y = prim(b);
  if (x !== undefined && y !== undefined) {
    if (y === 0) raise(E.ZeroDivisionError, "integer modulo by zero");
    return int.modInt(x, y);
  }
  return binary(a, b, "__mod__", "__rmod__", "%");
}

export function divmod(a: Value, b: Value): Value {
  const x = prim(a);
  const y = prim(b);
  if (x !== undefined && y !== undefined) {
    if (y === 0) raise(E.ZeroDivisionError, "integer division or modulo by zero");
    return new PyTuple([int.floorDivInt(x, y), int.modInt(x, y)]);
  }
  if (floats(a, b)) {
    if (right === 0) raise(E.ZeroDivisionError, "float divmod()");
    return new PyTuple(int.divmodFloat(left, right).map(num));
  }
  return binary(a, b, "__divmod__", "__rdivmod__", "divmod()");
}

export function pow(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number" && b >= 0) {
    const r = a ** b;
    if (r <= MAX && r >= -MAX) return r;
    guardBits(a, b);
    return int.powInt(a, b);
  }
  const x = prim(a);
  const y = prim(b);
  if (x !== undefined && y !== undefined && y >= 0) {
    guardBits(x, y);
    return int.powInt(x, y);
  }
  return binary(a, b, "__pow__", "__rpow__", "**");
}

/** A power or shift beyond the memory limit is refused before it is tried. @throws MemoryError */
function guardBits(a: Int, b: Int): void {
  if (a === 0 || a === 1 || a === -1) return;
  if (Number(b) * int.bitLengthOf(a) > limits.intBits) throw err(E.MemoryError);
}

export function matmul(a: Value, b: Value): Value {
  return binary(a, b, "__matmul__", "__rmatmul__", "@");
}

export function lshift(a: Value, b: Value): Value {
  const x = prim(a);
  const y = prim(b);
  if (x !== undefined && y !== undefined) {
    if (y < 0) raise(E.ValueError, "negative shift count");
    if (x === 0) return 0;
    if (Number(y) + int.bitLengthOf(x) > limits.intBits) throw err(E.MemoryError);
    return int.shlInt(x, y);
  }
  return binary(a, b, "__lshift__", "__rlshift__", "<<");
}

export function rshift(a: Value, b: Value): Value {
  const x = prim(a);
  const y = prim(b);
  if (x !== undefined && y !== undefined) {
    if (y < 0) raise(E.ValueError, "negative shift count");
    return int.shrInt(x, y);
  }
  return binary(a, b, "__rshift__", "__rrshift__", ">>");
}

export function bitand(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number" && (a | 0) === a && (b | 0) === b) return a & b;
  if (typeof a === "boolean" && typeof b === "boolean") return a && b;
  const x = prim(a);
  const y = prim(b);
  if (x !== undefined && y !== undefined) return int.andInt(x, y);
  return binary(a, b, "__and__", "__rand__", "&");
}

export function bitor(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number" && (a | 0) === a && (b | 0) === b) return a | b;
  if (typeof a === "boolean" && typeof b === "boolean") return a || b;
  const x = prim(a);
  const y = prim(b);
  if (x !== undefined && y !== undefined) return int.orInt(x, y);
  return binary(a, b, "__or__", "__ror__", "|");
}

export function bitxor(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number" && (a | 0) === a && (b | 0) === b) return a ^ b;
  if (typeof a === "boolean" && typeof b === "boolean") return a !== b;
  const x = prim(a);
  const y = prim(b);
  if (x !== undefined && y !== undefined) return int.xorInt(x, y);
  return binary(a, b, "__xor__", "__rxor__", "^");
}

// ---- in place

const isPlain = (a: Value): boolean => typeof a !== "object" || a === null;

export function iadd(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") {
    const r = a + b;
    return r <= MAX && r >= -MAX ? r : int.addInt(a, b);
  }
  if (typeof a === "string" && typeof b === "string") return a + b;
  if (floats(a, b)) return num(left + right);
  if (isPlain(a) && prim(a) !== undefined && prim(b) !== undefined) return addSlow(a, b);
  return inplace(a, b, "__iadd__", "__add__", "__radd__", "+");
}
export function isub(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") return sub(a, b);
  if (floats(a, b)) return num(left - right);
  return inplace(a, b, "__isub__", "__sub__", "__rsub__", "-");
}
export function imul(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") return mul(a, b);
  if (floats(a, b)) return num(left * right);
  return inplace(a, b, "__imul__", "__mul__", "__rmul__", "*");
}
/** In-place forms of the other operators: primitives as the plain operator, the rest by `__iop__`. */
function inplaceOf(
  plain: (a: Value, b: Value) => Value,
  iname: string,
  name: string,
  reflected: string,
  symbol: string,
): (a: Value, b: Value) => Value {
  return (a, b) =>
    (prim(a) !== undefined && prim(b) !== undefined) || (a instanceof PyFloat && floats(a, b))
      ? plain(a, b)
      : inplace(a, b, iname, name, reflected, symbol);
}
export const itruediv = inplaceOf(truediv, "__itruediv__", "__truediv__", "__rtruediv__", "/");
export const ifloordiv = inplaceOf(floordiv, "__ifloordiv__", "__floordiv__", "__rfloordiv__", "//");
export const imod = inplaceOf(mod, "__imod__", "__mod__", "__rmod__", "%");
export const ipow = inplaceOf(pow, "__ipow__", "__pow__", "__rpow__", "**");
export const imatmul = inplaceOf(matmul, "__imatmul__", "__matmul__", "__rmatmul__", "@");
export const ilshift = inplaceOf(lshift, "__ilshift__", "__lshift__", "__rlshift__", "<<");
export const irshift = inplaceOf(rshift, "__irshift__", "__rshift__", "__rrshift__", ">>");
export const iand = inplaceOf(bitand, "__iand__", "__and__", "__rand__", "&");
export const ior = inplaceOf(bitor, "__ior__", "__or__", "__ror__", "|");
export const ixor = inplaceOf(bitxor, "__ixor__", "__xor__", "__rxor__", "^");

// ---- unary

export function neg(a: Value): Value {
  if (typeof a === "number") return a === 0 ? 0 : -a;
  if (a instanceof PyFloat && a[TYPE] === bare.float) return num(-a.v);
  const i = prim(a);
  return i === undefined ? unary(a, "__neg__", "-") : int.negInt(i);
}

export function pos(a: Value): Value {
  const i = prim(a);
  return i === undefined ? unary(a, "__pos__", "+") : i;
}

export function invert(a: Value): Value {
  const i = prim(a);
  return i === undefined ? unary(a, "__invert__", "~") : int.invertInt(i);
}

function unary(a: Value, name: string, symbol: string): Value {
  const r = callSpecial(a, name, []);
  if (r === undefined) raise(E.TypeError, `bad operand type for unary ${symbol}: '${typeOf(a).name}'`);
  return r;
}

export function not(a: Value): boolean {
  return !isTrue(a);
}

export { indexOf, isTrue, length } from "./truth.ts";
export { getItem, setItem, delItem, contains } from "./items.ts";
