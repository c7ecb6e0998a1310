// Python's operators on columns: `User.age > 5` calls ColumnOperators' `gt`, `5 < User.age` its reverse.
//
// The engine's classes know no dunder methods; these say which of theirs stands for each.
// Behaviour: SQLAlchemy sql/operators.py (Operators, ColumnOperators).
import type { NativeMethod } from "../../python/runtime/native.ts";
import { NotImplemented, type Value } from "../../python/runtime/object.ts";
import { identityHash } from "../../python/runtime/hash.ts";
import { extend } from "../define.ts";
import { dunderMethods, toEngine } from "../derive.ts";
import { toPython } from "../values.ts";

type Methods = Record<string, (...args: Value[]) => Value>;

const binary: Readonly<Record<string, string>> = {
  __eq__: "eq",
  __ne__: "ne",
  __lt__: "lt",
  __le__: "le",
  __gt__: "gt",
  __ge__: "ge",
  __add__: "add",
  __sub__: "sub",
  __mul__: "mul",
  __truediv__: "truediv",
  __floordiv__: "floordiv",
  __mod__: "mod",
  __lshift__: "lshift",
  __rshift__: "rshift",
  __getitem__: "getitem",
  __contains__: "pythonContains",
};
const boolean: Readonly<Record<string, string>> = { __and__: "and_", __or__: "or_" };
const unary: Readonly<Record<string, string>> = { __neg__: "neg", __invert__: "invert" };
const reflected: Readonly<Record<string, string>> = {
  __radd__: "radd",
  __rsub__: "rsub",
  __rmul__: "rmul",
  __rtruediv__: "rtruediv",
  __rfloordiv__: "rfloordiv",
  __rmod__: "rmod",
};

/** What has operators in the tables alone (a column_property() inside its class body) leaves them to the other operand. */
function call(name: string, ...params: string[]): NativeMethod {
  return [
    `(self${params.map((p) => ", " + p).join("")}, /)`,
    ((self: Methods, ...args: Value[]) =>
      typeof self[name] === "function"
        ? toPython(self[name](...(args.map(toEngine) as Value[])))
        : NotImplemented) as NativeMethod[1],
  ];
}

const MIRRORED: Readonly<Record<string, string>> = {
  eq: "eq",
  ne: "ne",
  lt: "gt",
  le: "ge",
  gt: "lt",
  ge: "le",
};

/** In Python an annotated element is of a class below its original's: compared with a plain one, it is asked first. */
function comparison(name: string): NativeMethod {
  const mirrored = MIRRORED[name] as string;
  const isBelow = (other: Value, self: object): boolean =>
    typeof other === "object" &&
    other !== null &&
    (other as { readonly _isAnnotated?: boolean })._isAnnotated === true &&
    !(self as { readonly _isAnnotated?: boolean })._isAnnotated &&
    (Object.getPrototypeOf(self) as object).isPrototypeOf(other);
  return [
    "(self, other, /)",
    ((self: Methods, given: Value, other: Value = toEngine(given) as Value) =>
      typeof self[name] !== "function"
        ? NotImplemented
        : toPython(
            isBelow(other, self)
              ? (other as Methods)[mirrored]!(self as unknown as Value)
              : self[name](other),
          )) as NativeMethod[1],
  ];
}

/** Methods that have names of before 1.4 too. */
const EARLIER_NAMES: Readonly<Record<string, string>> = {
  isnot: "is_not",
  isnot_distinct_from: "is_not_distinct_from",
  notilike: "not_ilike",
  notin_: "not_in",
  notlike: "not_like",
  nullsfirst: "nulls_first",
  nullslast: "nulls_last",
};

/** Give Operators and ColumnOperators their dunder methods. */
export function bindOperators(): void {
  const operators: Record<string, NativeMethod> = {};
  for (const [dunder, name] of Object.entries(boolean)) operators[dunder] = call(name, "other");
  operators.__invert__ = call("invert");
  extend("sqlalchemy.sql.operators.Operators", { methods: operators });

  const columns: Record<string, NativeMethod> = {};
  for (const [dunder, name] of Object.entries(binary))
    columns[dunder] = name in MIRRORED ? comparison(name) : call(name, "other");
  for (const [dunder, name] of Object.entries(unary)) columns[dunder] = call(name);
  for (const [dunder, name] of Object.entries(reflected)) columns[dunder] = call(name, "other");
  columns.__hash__ = [
    "(self)",
    ((self: { readonly hash?: number }) => self.hash ?? identityHash(self)) as NativeMethod[1],
  ];
  const type = extend("sqlalchemy.sql.operators.ColumnOperators", { methods: columns });
  for (const [before, name] of Object.entries(EARLIER_NAMES)) type.dict.set(before, type.dict.get(name)!);
  type.changed();
  for (const table of [boolean, binary, unary, reflected])
    for (const [dunder, name] of Object.entries(table)) dunderMethods.set(dunder, name);
}
