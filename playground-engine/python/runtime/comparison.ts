// ==, !=, <, <=, >, >= and identity.
//
// Behaviour: docs.python.org/3.11/reference/datamodel.html#object.__lt__; a subclass on the right is asked first.
import { callN, call2, bindSpecial } from "./call.ts";
import { E, raise } from "./exceptions.ts";
import { PyFunction } from "./function.ts";
import { PyBuiltin } from "./native-function.ts";
import { isTrue } from "./truth.ts";
import { bare, NotImplemented, PyFloat, type PyType, TYPE, typeOf, type Value } from "./object.ts";

/** `a is b`: floats and the like by identity, primitives by value. */
export function same(a: Value, b: Value): boolean {
  return a === b;
}

function exactFloat(v: Value): v is PyFloat {
  return v instanceof PyFloat && v[TYPE] === bare.float;
}

/** A value that JavaScript compares with another such value as Python does; NaN never equals anything. */
function numeric(v: Value): number | bigint | undefined {
  switch (typeof v) {
    case "number":
    case "bigint":
      return v;
    case "boolean":
      return v ? 1 : 0;
    default:
      return exactFloat(v) ? v.v : undefined;
  }
}

function ask(o: Value, t: PyType, name: string, other: Value): Value {
  const m = t.lookup(name);
  if (m === undefined || m === null) return NotImplemented;
  if (m instanceof PyFunction || m instanceof PyBuiltin) return call2(m, o, other);
  return callN(bindSpecial(m, o, t), [other]);
}

function rich(a: Value, b: Value, name: string, reflected: string): Value {
  const ta = typeOf(a);
  const tb = typeOf(b);
  let asked = false;
  if (ta !== tb && tb.isSubtypeOf(ta) && tb.lookup(reflected) !== undefined) {
    asked = true;
    const v = ask(b, tb, reflected, a);
    if (v !== NotImplemented) return v;
  }
  const v = ask(a, ta, name, b);
  if (v !== NotImplemented || asked) return v;
  return ask(b, tb, reflected, a);
}

export function eq(a: Value, b: Value): Value {
  if (typeof a === "string" && typeof b === "string") return a === b;
  const x = numeric(a);
  if (x !== undefined) {
    const y = numeric(b);
    // eslint-disable-next-line eqeqeq
    if (y !== undefined) return x == y;
  }
  const v = rich(a, b, "__eq__", "__eq__");
  return v === NotImplemented ? a === b : v;
}

export function ne(a: Value, b: Value): Value {
  if (typeof a === "string" && typeof b === "string") return a !== b;
  const x = numeric(a);
  if (x !== undefined) {
    const y = numeric(b);
    // eslint-disable-next-line eqeqeq
    if (y !== undefined) return x != y;
  }
  const v = rich(a, b, "__ne__", "__ne__");
  return v === NotImplemented ? a !== b : v;
}

function ordered(a: Value, b: Value, name: string, reflected: string, symbol: string): Value {
  const v = rich(a, b, name, reflected);
  if (v === NotImplemented)
    raise(
      E.TypeError,
      `'${symbol}' not supported between instances of '${typeOf(a).name}' and '${typeOf(b).name}'`,
    );
  return v;
}

/** Code point order: JavaScript's order of UTF-16 units differs where surrogates meet the characters above them. */
function lessStr(a: string, b: string): boolean {
  if (a === b) return false;
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) {
      const sx = x >= 0xd800 && x < 0xe000;
      const sy = y >= 0xd800 && y < 0xe000;
      return sx === sy ? x < y : sy;
    }
  }
  return a.length < b.length;
}

export function lt(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") return a < b;
  if (typeof a === "string" && typeof b === "string") return lessStr(a, b);
  const x = numeric(a);
  const y = x === undefined ? undefined : numeric(b);
  return y !== undefined ? x! < y : ordered(a, b, "__lt__", "__gt__", "<");
}

export function le(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") return a <= b;
  if (typeof a === "string" && typeof b === "string") return !lessStr(b, a);
  const x = numeric(a);
  const y = x === undefined ? undefined : numeric(b);
  return y !== undefined ? x! <= y : ordered(a, b, "__le__", "__ge__", "<=");
}

export function gt(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") return a > b;
  if (typeof a === "string" && typeof b === "string") return lessStr(b, a);
  const x = numeric(a);
  const y = x === undefined ? undefined : numeric(b);
  return y !== undefined ? x! > y : ordered(a, b, "__gt__", "__lt__", ">");
}

export function ge(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") return a >= b;
  if (typeof a === "string" && typeof b === "string") return !lessStr(a, b);
  const x = numeric(a);
  const y = x === undefined ? undefined : numeric(b);
  return y !== undefined ? x! >= y : ordered(a, b, "__ge__", "__le__", ">=");
}

/** Any of the six by its sign. */
export function compare(a: Value, b: Value, op: "==" | "!=" | "<" | "<=" | ">" | ">="): Value {
  switch (op) {
    case "==":
      return eq(a, b);
    case "!=":
      return ne(a, b);
    case "<":
      return lt(a, b);
    case "<=":
      return le(a, b);
    case ">":
      return gt(a, b);
    default:
      return ge(a, b);
  }
}

/** `bool(a == b)`, identity first as containers have it. */
export function eqTruth(a: Value, b: Value): boolean {
  if (a === b) return true;
  const r = eq(a, b);
  return typeof r === "boolean" ? r : isTrue(r);
}

/** `bool(a < b)`, for sorting. */
export function ltTruth(a: Value, b: Value): boolean {
  const r = lt(a, b);
  return typeof r === "boolean" ? r : isTrue(r);
}
