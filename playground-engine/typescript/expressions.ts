// SQL expressions as TypeScript's types see them: the engine's own objects, told apart by the type of their values.
//
// Nothing is wrapped: an Expression<string> *is* a column or another element of the sql room, whose methods are SQLAlchemy's.
import * as sql from "../sql/index.ts";

declare const VALUE: unique symbol;

export type Order = Expression<unknown>;
export type Condition = Expression<boolean>;
/** A value of the type or an expression of it. */
export type Operand<T> = T | Expression<T> | Expression<NonNullable<T>>;

export interface Expression<T> {
  readonly [VALUE]?: T;
  eq(other: Operand<T> | null): Condition;
  ne(other: Operand<T> | null): Condition;
  lt(other: Operand<T>): Condition;
  le(other: Operand<T>): Condition;
  gt(other: Operand<T>): Condition;
  ge(other: Operand<T>): Condition;
  between(from: Operand<T>, to: Operand<T>): Condition;
  in_(values: readonly T[] | SelectOf<readonly [T]>): Condition;
  notIn(values: readonly T[] | SelectOf<readonly [T]>): Condition;
  is_(other: T | null): Condition;
  isNot(other: T | null): Condition;
  like(pattern: string): Condition;
  ilike(pattern: string): Condition;
  startswith(start: string): Condition;
  endswith(end: string): Condition;
  add(other: Operand<T>): Expression<T>;
  sub(other: Operand<T>): Expression<T>;
  mul(other: Operand<T>): Expression<T>;
  truediv(other: Operand<T>): Expression<number>;
  concat(other: Operand<string>): Expression<string>;
  desc(): Order;
  asc(): Order;
  distinct(): Expression<T>;
  label(name: string): Expression<T>;
}

/** A column of a table or entity. */
export interface Column<T> extends Expression<T> {
  readonly key: string;
}

/** A SELECT of rows of this shape (statements.ts). */
export interface SelectOf<Row extends readonly unknown[]> {
  readonly element: sql.Select;
  readonly row?: Row;
}

const as = <T>(e: unknown): Expression<T> => e as Expression<T>;

export const and_ = (...conditions: Condition[]): Condition => as(sql.and_(conditions));
export const or_ = (...conditions: Condition[]): Condition => as(sql.or_(conditions));
export const not_ = (condition: Condition): Condition => as(sql.not_(condition));
export const literal = <T>(value: T): Expression<T> => as(sql.literal(value));
/** SQL text as it stands: never with a reader's input in it. */
export const literalColumn = <T = unknown>(text: string): Expression<T> => as(sql.literalColumn(text));

const call = <T>(name: string, args: readonly unknown[]): Expression<T> => as(sql.func(name, args));

/** SQL functions with the types of their values; any other by `func.call<T>(name, …)`. */
export const func = {
  count: (what?: Expression<unknown>): Expression<number> => call("count", what === undefined ? [] : [what]),
  max: <T>(what: Expression<T>): Expression<T | null> => call("max", [what]),
  min: <T>(what: Expression<T>): Expression<T | null> => call("min", [what]),
  sum: (what: Expression<number> | Expression<number | null>): Expression<number | null> =>
    call("sum", [what]),
  avg: (what: Expression<number> | Expression<number | null>): Expression<number | null> =>
    call("avg", [what]),
  lower: (what: Expression<string>): Expression<string> => call("lower", [what]),
  upper: (what: Expression<string>): Expression<string> => call("upper", [what]),
  call: <T>(name: string, ...args: readonly unknown[]): Expression<T> => call(name, args),
};
