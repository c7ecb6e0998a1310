// What each operator makes of its operands, unless the type's comparator decides otherwise: the table behind `==`, `in_` …
// Behaviour: SQLAlchemy sql/default_comparator.py.
import { ArgumentError } from "../errors/index.ts";
import { host, type Value } from "../util/host.ts";
import { expect } from "./coercions.ts";
import * as ops from "./operators.ts";
import { CustomOp, type OperateOptions, type Operator } from "./operators.ts";
import * as roles from "./roles.ts";
import type { TypeEngine } from "./types/engine.ts";
import { typeLate } from "./types/type-late.ts";
import { late } from "./late.ts";
import { BinaryExpression, ExpressionClauseList, OperatorExpression } from "./elements/binary.ts";
import { CollationClause } from "./elements/collation.ts";
import type { ColumnElement } from "./elements/column.ts";
import { False_, Null, True_ } from "./elements/constants.ts";
import { CollectionAggregate, UnaryExpression } from "./elements/unary.ts";

type Options = OperateOptions;
type Behaviour = (
  expr: ColumnElement,
  op: Operator,
  other: readonly Value[],
  options: Options,
) => ColumnElement;
const DEFAULT: Options = {};

/** Whether a value is one of the constants that `==` turns into IS: [it is, it is a boolean]. */
function constantKind(obj: Value, options: Options): readonly [constant: boolean, boolean: boolean] {
  if (obj instanceof Null) return [true, false];
  if (obj instanceof True_ || obj instanceof False_) return [true, true];
  const types = options.pythonIsTypes ?? ["none", "bool"];
  if (obj === null) return [types.includes("none"), false];
  if (typeof obj === "boolean") return [types.includes("bool"), true];
  return [false, false];
}

function construct(
  expr: ColumnElement,
  obj: ColumnElement,
  op: Operator,
  negate: Operator | null,
  options: Options,
): ColumnElement {
  const type = options.resultType ?? typeLate.booleanType;
  const [left, right] = options.reverse ? [obj, expr] : [expr, obj];
  return OperatorExpression._constructForOp(left, right, op, { type, negate, modifiers: options.modifiers });
}

const compareBy =
  (negation: Operator): Behaviour =>
  (expr, op, [obj], options) =>
    booleanCompare(expr, op, obj, options.negateOp ?? negation, options);

function booleanCompare(
  expr: ColumnElement,
  op: Operator,
  obj: Value,
  negate: Operator,
  options: Options,
): ColumnElement {
  const [constant, boolean] = constantKind(obj, options);
  if (!constant) {
    const element = expect(roles.BinaryElementRole, obj, { operator: op, expr });
    return construct(expr, element, op, negate, options);
  }
  const element = (): ColumnElement => expect(roles.ConstExprRole, obj);
  const forward = { ...options, reverse: false };
  if (boolean && (op === ops.eq || op === ops.ne)) return construct(expr, element(), op, negate, forward);
  if (op === ops.isDistinctFrom || op === ops.isNotDistinctFrom)
    return construct(expr, element(), op, negate, forward);
  if (expr._isCollectionAggregate) return construct(expr, element(), op, negate, options);
  const plain = { ...forward, modifiers: undefined };
  if (op === ops.eq || op === ops.is_) return construct(expr, element(), ops.is_, ops.isNot, plain);
  if (op === ops.ne || op === ops.isNot) return construct(expr, element(), ops.isNot, ops.is_, plain);
  throw new ArgumentError(
    "Only '=', '!=', 'is_()', 'is_not()', 'is_distinct_from()', 'is_not_distinct_from()' operators can be used with None/True/False",
  );
}

function binary(
  expr: ColumnElement,
  given: Operator,
  [obj]: readonly Value[],
  options: Options,
): ColumnElement {
  const other = expect(roles.BinaryElementRole, obj, { expr, operator: given });
  const [left, right] = options.reverse ? [other, expr] : [expr, other];
  let op = given;
  let type: TypeEngine | undefined = options.resultType;
  if (type === undefined) [op, type] = left.comparator.adaptExpression(op, right.comparator);
  return OperatorExpression._constructForOp(left, right, op, { type, modifiers: options.modifiers });
}

const custom: Behaviour = (expr, op, other, options) => {
  const { returnType, isComparison } = op as CustomOp;
  return binary(expr, op, other, {
    ...options,
    resultType: options.resultType ?? returnType ?? (isComparison ? typeLate.booleanType : undefined),
  } as Options);
};

const conjunction: Behaviour = (expr, op, [other]) =>
  op === ops.and_ ? late.and_([expr, other]) : late.or_([expr, other]);

const unary =
  (make: (expr: Value) => ColumnElement): Behaviour =>
  (expr) =>
    make(expr);

const inList =
  (negation: Operator): Behaviour =>
  (expr, given, [seq], options) => {
    const list = expect(roles.InElementRole, seq, { expr, operator: given });
    const [op, negate] = (list._annotations.get("in_ops") as readonly [Operator, Operator] | undefined) ?? [
      given,
      options.negateOp ?? negation,
    ];
    return booleanCompare(expr, op, list, negate, options);
  };

const unsupported: Behaviour = (_expr, op) => {
  throw host.error("NotImplementedError", `Operator '${op.name}' is not supported on this expression`);
};

const getitem: Behaviour = (expr, op, [index], options) => {
  if (!expr.type.isIndexable) return unsupported(expr, op, [index], options);
  return binary(expr, op, [expect(roles.BinaryElementRole, index, { expr, operator: op })], options);
};

const sameType =
  (operator: Operator): Behaviour =>
  (expr) =>
    new UnaryExpression(expr, { operator, type: expr.type });

const match: Behaviour = (expr, op, [other], options) => {
  const pattern = expect(roles.BinaryElementRole, other, { expr, operator: ops.matchOp });
  const negate = op === ops.matchOp ? ops.notMatchOp : ops.matchOp;
  return booleanCompare(expr, ops.matchOp, pattern, negate, { ...options, resultType: late.matchType });
};

/** Two or more operands of one side. */
function operands(expr: ColumnElement, operator: Operator, values: readonly Value[]): ColumnElement {
  const list = values.map((v) => expect(roles.BinaryElementRole, v, { expr, operator }));
  return ExpressionClauseList._constructForList(operator, typeLate.nullType, list, false);
}

const between: Behaviour = (expr, op, limits, options) =>
  new BinaryExpression(expr, operands(expr, ops.and_, limits), op, {
    negate: op === ops.betweenOp ? ops.notBetweenOp : ops.betweenOp,
    modifiers: options.modifiers,
  });

const flagsOf = (options: Options): ReadonlyMap<string, Value> =>
  new Map([["flags", options.modifiers?.get("flags") ?? null]]);

const regexpMatch: Behaviour = (expr, op, [pattern], options) =>
  new BinaryExpression(expr, expect(roles.BinaryElementRole, pattern, { expr, operator: ops.commaOp }), op, {
    negate: ops.notRegexpMatchOp,
    modifiers: flagsOf(options),
  });

const regexpReplace: Behaviour = (expr, op, [pattern], options) =>
  new BinaryExpression(
    expr,
    operands(expr, ops.commaOp, [pattern, options.modifiers?.get("replacement")]),
    op,
    { modifiers: flagsOf(options) },
  );

const TABLE: ReadonlyMap<Operator, Behaviour> = new Map<Operator, Behaviour>([
  [ops.and_, conjunction],
  [ops.or_, conjunction],
  [ops.inv, (expr) => expr.negationClause ?? expr._negate()],
  ...[
    ops.add,
    ops.mul,
    ops.sub,
    ops.mod,
    ops.truediv,
    ops.floordiv,
    ops.concatOp,
    ops.bitwiseXorOp,
    ops.bitwiseOrOp,
    ops.bitwiseAndOp,
    ops.bitwiseLshiftOp,
    ops.bitwiseRshiftOp,
    ops.jsonGetitemOp,
    ops.jsonPathGetitemOp,
  ].map((op) => [op, binary] as const),
  [ops.bitwiseNotOp, sameType(ops.bitwiseNotOp)],
  [ops.neg, sameType(ops.neg)],
  [ops.distinctOp, sameType(ops.distinctOp)],
  [ops.lt, compareBy(ops.ge)],
  [ops.le, compareBy(ops.gt)],
  [ops.gt, compareBy(ops.le)],
  [ops.ge, compareBy(ops.lt)],
  [ops.eq, compareBy(ops.ne)],
  [ops.ne, compareBy(ops.eq)],
  [ops.is_, compareBy(ops.is_)],
  [ops.isNot, compareBy(ops.isNot)],
  [ops.isDistinctFrom, compareBy(ops.isNotDistinctFrom)],
  [ops.isNotDistinctFrom, compareBy(ops.isDistinctFrom)],
  [ops.likeOp, compareBy(ops.notLikeOp)],
  [ops.notLikeOp, compareBy(ops.likeOp)],
  [ops.ilikeOp, compareBy(ops.notIlikeOp)],
  [ops.notIlikeOp, compareBy(ops.ilikeOp)],
  [ops.containsOp, compareBy(ops.notContainsOp)],
  [ops.icontainsOp, compareBy(ops.notIcontainsOp)],
  [ops.startswithOp, compareBy(ops.notStartswithOp)],
  [ops.istartswithOp, compareBy(ops.notIstartswithOp)],
  [ops.endswithOp, compareBy(ops.notEndswithOp)],
  [ops.iendswithOp, compareBy(ops.notIendswithOp)],
  [ops.inOp, inList(ops.notInOp)],
  [ops.notInOp, inList(ops.inOp)],
  [ops.anyOp, unary(CollectionAggregate._createAny)],
  [ops.allOp, unary(CollectionAggregate._createAll)],
  [ops.descOp, unary(UnaryExpression._createDesc)],
  [ops.ascOp, unary(UnaryExpression._createAsc)],
  [ops.nullsFirstOp, unary(UnaryExpression._createNullsFirst)],
  [ops.nullsLastOp, unary(UnaryExpression._createNullsLast)],
  [
    ops.collate,
    (expr, _op, [collation]) => CollationClause._createCollationExpression(expr, collation as string),
  ],
  [ops.matchOp, match],
  [ops.notMatchOp, match],
  [ops.betweenOp, between],
  [ops.notBetweenOp, between],
  [ops.getitem, getitem],
  [ops.lshift, unsupported],
  [ops.rshift, unsupported],
  [ops.contains, unsupported],
  [ops.regexpMatchOp, regexpMatch],
  [ops.notRegexpMatchOp, regexpMatch],
  [ops.regexpReplaceOp, regexpReplace],
]);

/** Apply an operator to an expression by the table. */
export function defaultOperate(
  expr: ColumnElement,
  op: Operator,
  other: readonly Value[],
  options: Options = DEFAULT,
): ColumnElement {
  const behaviour = op instanceof CustomOp ? custom : TABLE.get(op);
  if (!behaviour) throw host.error("KeyError", host.repr(op.name));
  return behaviour(expr, op, other, options);
}

typeLate.operate = defaultOperate;
typeLate.reverseOperate = (expr, op, other, options) =>
  defaultOperate(expr, op, [other], { ...options, reverse: true });
