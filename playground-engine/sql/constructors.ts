// The functions that make elements: select(), and_(), literal(), text() … under Python's names in camelCase; where the
// name is a word of JavaScript it ends in an underscore (null_, true_, false_, case_).
// Behaviour: SQLAlchemy sql/_elements_constructors.py, sql/_selectable_constructors.py.
import type { Kwargs, Value } from "../util/host.ts";
import { expect } from "./coercions.ts";
import type { NameArgument } from "./names.ts";
import * as roles from "./roles.ts";
import type { TypeArgument, TypeEngine } from "./types/engine.ts";
import { toInstance } from "./types/engine.ts";
import { BooleanClauseList } from "./elements/binary.ts";
import { BindParameter } from "./elements/bind.ts";
import { Case, Extract } from "./elements/case.ts";
import { Cast, TryCast, TypeCoerce } from "./elements/cast.ts";
import { Tuple } from "./elements/clause-list.ts";
import { CollationClause } from "./elements/collation.ts";
import type { ColumnElement } from "./elements/column.ts";
import { ColumnClause } from "./elements/column-clause.ts";
import { False_, Null, True_ } from "./elements/constants.ts";
import { Label } from "./elements/label.ts";
import type { NamedColumn } from "./elements/named-column.ts";
import { FunctionFilter, Over, WithinGroup } from "./elements/over.ts";
import { TextClause } from "./elements/text.ts";
import { CollectionAggregate, UnaryExpression } from "./elements/unary.ts";
import { Alias, CTE, Lateral, TableSample } from "./selectable/alias.ts";
import { CompoundSelect } from "./selectable/compound.ts";
import type { FromClause } from "./selectable/from-clause.ts";
import { Join } from "./selectable/join.ts";
import { Exists } from "./selectable/scalar.ts";
import { Select } from "./selectable/select.ts";
import { TableClause } from "./selectable/table-clause.ts";
import { Values } from "./selectable/values.ts";

// -- expressions -----------------------------------------------------------------------------------

export const and_ = (clauses: readonly Value[]): ColumnElement => BooleanClauseList.and_(clauses);
export const or_ = (clauses: readonly Value[]): ColumnElement => BooleanClauseList.or_(clauses);
export const not_ = (clause: Value): ColumnElement => expect(roles.ExpressionElementRole, clause).invert();
export const any_ = (expr: Value): CollectionAggregate => CollectionAggregate._createAny(expr);
export const all_ = (expr: Value): CollectionAggregate => CollectionAggregate._createAll(expr);
export const asc = (column: Value): UnaryExpression => UnaryExpression._createAsc(column);
export const desc = (column: Value): UnaryExpression => UnaryExpression._createDesc(column);
export const nullsFirst = (column: Value): UnaryExpression => UnaryExpression._createNullsFirst(column);
export const nullsLast = (column: Value): UnaryExpression => UnaryExpression._createNullsLast(column);
/** Older names. */
export const nullsfirst = nullsFirst;
export const nullslast = nullsLast;
export const distinct = (expr: Value): UnaryExpression => UnaryExpression._createDistinct(expr);
export const bitwiseNot = (expr: Value): UnaryExpression => UnaryExpression._createBitwiseNot(expr);
export const collate = (expression: Value, collation: string): ColumnElement =>
  CollationClause._createCollationExpression(expression, collation);
export const between = (
  expr: Value,
  lowerBound: Value,
  upperBound: Value,
  symmetric: Value = false,
): ColumnElement => expect(roles.ExpressionElementRole, expr).between(lowerBound, upperBound, symmetric);

/** `bindparam("x")` without a value is required at execution; `undefined` is "no value". */
export const bindparam = (
  key: NameArgument | null,
  value?: Value,
  type: TypeArgument = null,
  unique = false,
  required?: boolean,
  quote: boolean | null = null,
  callable: Value = null,
  expanding = false,
  isoutparam = false,
  literalExecute = false,
): BindParameter =>
  new BindParameter(key, value, {
    type,
    unique,
    required,
    quote,
    callable,
    expanding,
    isoutparam,
    literalExecute,
  });
export const outparam = (key: NameArgument, type: TypeArgument = null): BindParameter =>
  new BindParameter(key, null, { type, isoutparam: true });

export const literal = (value: Value, type: TypeArgument = null, literalExecute = false): ColumnElement =>
  expect(roles.LiteralValueRole, value, {
    type: type === null || type === undefined ? null : toInstance(type),
    literalExecute,
  });
export const literalColumn = (text: string, type: TypeArgument = null): ColumnClause =>
  new ColumnClause(text, type, true);
export const column = (
  text: NameArgument,
  type: TypeArgument = null,
  isLiteral = false,
  selectable: FromClause | null = null,
): ColumnClause => new ColumnClause(text, type, isLiteral, selectable);
export const text = (sql: string): TextClause => new TextClause(sql);
export const label = (name: NameArgument | null, element: Value, type: TypeArgument = null): Label =>
  new Label(name, element, type);
export const null_ = (): Null => Null.instance;
export const true_ = (): True_ => True_.instance;
export const false_ = (): False_ => False_.instance;
export const case_ = (
  whens: readonly Value[],
  options: { readonly value?: Value; readonly else_?: Value } = {},
): Case => new Case(whens, options);
export const cast = (expression: Value, type: TypeArgument): Cast => new Cast(expression, type);
export const tryCast = (expression: Value, type: TypeArgument): TryCast => new TryCast(expression, type);
export const typeCoerce = (expression: Value, type: TypeArgument): TypeCoerce =>
  new TypeCoerce(expression, type);
export const extract = (field: string, expr: Value): Extract => new Extract(field, expr);
export const tuple_ = (
  clauses: readonly Value[],
  options: { readonly types?: readonly TypeEngine[] | null } = {},
): Tuple => new Tuple(clauses, options);
export const over = (
  element: ColumnElement,
  partitionBy: Value = null,
  orderBy: Value = null,
  range_: Value = null,
  rows: Value = null,
  groups: Value = null,
): Over => new Over(element, { partitionBy, orderBy, range_, rows, groups });
export const withinGroup = (element: ColumnElement, orderBy: readonly Value[]): WithinGroup =>
  new WithinGroup(element, orderBy);
export const funcfilter = (func: ColumnElement, criterion: readonly Value[]): FunctionFilter =>
  new FunctionFilter(func, criterion);

// -- selectables -----------------------------------------------------------------------------------

export const select = (entities: readonly Value[]): Select => new Select(entities);
export const table = (
  name: NameArgument,
  columns: readonly NamedColumn[] = [],
  kw: Kwargs = new Map(),
): TableClause => TableClause.create(name, columns, kw);
export const values = (
  columns: readonly Value[],
  options: { readonly name?: NameArgument | null; readonly literalBinds?: boolean } = {},
): Values => new Values(columns, options);
export const exists = (argument: Value = null): Exists => new Exists(argument);
export const alias = (selectable: Value, name: NameArgument | null = null, flat = false): FromClause =>
  Alias._factory(selectable, name, flat);
export const cte = (selectable: Value, name: NameArgument | null = null, recursive = false): CTE =>
  CTE._factory(selectable, name, recursive);
export const lateral = (selectable: Value, name: NameArgument | null = null): FromClause =>
  Lateral._factory(selectable, name);
export const tablesample = (
  selectable: Value,
  sampling: Value,
  name: NameArgument | null = null,
  seed: Value = null,
): TableSample => TableSample._factory(selectable, sampling, name, seed);
export const join = (
  left: Value,
  right: Value,
  onclause: Value = null,
  isouter = false,
  full = false,
): Join => new Join(left, right, onclause, isouter, full);
export const outerjoin = (left: Value, right: Value, onclause: Value = null, full = false): Join =>
  new Join(left, right, onclause, true, full);
export const union = (selects: readonly Value[]): CompoundSelect => CompoundSelect._createUnion(selects);
export const unionAll = (selects: readonly Value[]): CompoundSelect =>
  CompoundSelect._createUnionAll(selects);
export const except_ = (selects: readonly Value[]): CompoundSelect => CompoundSelect._createExcept(selects);
export const exceptAll = (selects: readonly Value[]): CompoundSelect =>
  CompoundSelect._createExceptAll(selects);
export const intersect = (selects: readonly Value[]): CompoundSelect =>
  CompoundSelect._createIntersect(selects);
export const intersectAll = (selects: readonly Value[]): CompoundSelect =>
  CompoundSelect._createIntersectAll(selects);
