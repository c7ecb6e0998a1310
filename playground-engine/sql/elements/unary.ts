// Operators of one operand: `-x`, `NOT x`, `x DESC`, `DISTINCT x`, `ANY (x)`; and columns as truth values.
// Behaviour: SQLAlchemy sql/elements.py (UnaryExpression, CollectionAggregate, AsBoolean).
import { ArgumentError } from "../../errors/index.ts";
import type { Value } from "../../util/host.ts";
import { expect } from "../coercions.ts";
import { late } from "../late.ts";
import { defaults, mixin } from "../mixin.ts";
import * as operators from "../operators.ts";
import type { Against, Operator, OperateOptions } from "../operators.ts";
import * as roles from "../roles.ts";
import type { TraverseSpec } from "../traverse-spec.ts";
import { toInstance, type TypeArgument, type TypeEngine } from "../types/engine.ts";
import { typeLate } from "../types/type-late.ts";
import { BindParameter } from "./bind.ts";
import type { ClauseElement } from "./clause.ts";
import { ColumnElement, isBooleanType, WrapsColumnExpression } from "./column.ts";
import { Grouping } from "./binary.ts";
import { False_, True_ } from "./constants.ts";
import { NamedColumn } from "./named-column.ts";
import type { FromClause } from "../selectable/from-clause.ts";

export interface UnaryOptions {
  /** Printed before the element. */
  readonly operator?: Operator | null;
  /** Printed after the element. */
  readonly modifier?: Operator | null;
  readonly type?: TypeArgument;
}

const ordering =
  (modifier: Operator) =>
  (column: Value): UnaryExpression =>
    new UnaryExpression(expect(roles.ByOfRole, column), { modifier });
const sameType =
  (operator: Operator) =>
  (expr: Value): UnaryExpression => {
    const column = expect(roles.ExpressionElementRole, expr);
    return new UnaryExpression(column, { operator, type: column.type });
  };

export class UnaryExpression extends ColumnElement {
  static override readonly visitName: string = "unary";
  static override readonly traverse: TraverseSpec = [
    ["element", "clause"],
    ["operator", "operator"],
    ["modifier", "operator"],
  ];
  static readonly _createNullsFirst = ordering(operators.nullsFirstOp);
  static readonly _createNullsLast = ordering(operators.nullsLastOp);
  static readonly _createDesc = ordering(operators.descOp);
  static readonly _createAsc = ordering(operators.ascOp);
  static readonly _createDistinct = sameType(operators.distinctOp);
  static readonly _createBitwiseNot = sameType(operators.bitwiseNotOp);

  element: ColumnElement;
  operator: Operator | null;
  modifier: Operator | null;

  constructor(element: ColumnElement, options: UnaryOptions = {}) {
    super();
    this.operator = options.operator ?? null;
    this.modifier = options.modifier ?? null;
    this._propagateAttrs = element._propagateAttrs;
    this.element = element.selfGroup(this.operator ?? this.modifier) as ColumnElement;
    this.type = toInstance(options.type ?? null);
  }

  /** Whether what is inside is no column with a name. */
  _wrapsUnnamedColumn(): boolean {
    const inner = this.element._ungroup();
    return !(inner instanceof NamedColumn) || inner._nonAnonLabel === null;
  }

  override get _orderByLabelElement(): ColumnElement | null {
    return operators.isOrderByModifier(this.modifier) ? this.element._orderByLabelElement : null;
  }

  override get _fromObjects(): readonly FromClause[] {
    return this.element._fromObjects;
  }

  override _negate(): ColumnElement {
    if (!isBooleanType(this.type)) return super._negate();
    return new UnaryExpression(this.selfGroup(operators.inv) as ColumnElement, {
      operator: operators.inv,
      type: typeLate.booleanType,
    });
  }

  override selfGroup(against: Against = null): ClauseElement {
    return this.operator && operators.isPrecedent(this.operator, against) ? new Grouping(this) : this;
  }
}
late.UnaryExpression = UnaryExpression;

/** ANY and ALL: the right-hand side of a comparison. */
export class CollectionAggregate extends UnaryExpression {
  static override readonly inheritCache: boolean = true;

  private static create(expr: Value, operator: Operator): CollectionAggregate {
    const column = expect(roles.ExpressionElementRole, expr).selfGroup() as ColumnElement;
    return new CollectionAggregate(column, { operator, type: typeLate.booleanType });
  }

  static _createAny(expr: Value): CollectionAggregate {
    return CollectionAggregate.create(expr, operators.anyOp);
  }

  static _createAll(expr: Value): CollectionAggregate {
    return CollectionAggregate.create(expr, operators.allOp);
  }

  override _bindParam(
    operator: Operator | null,
    obj: Value,
    type: TypeEngine | null = null,
    expanding = false,
  ): ColumnElement {
    const own = this.element.type;
    const comparedToType = own.isArray
      ? (own as TypeEngine & { readonly itemType: TypeEngine }).itemType
      : own;
    return new BindParameter(null, obj, {
      comparedToOperator: operator,
      type,
      comparedToType,
      unique: true,
      expanding,
    });
  }

  override operate(op: Operator, other: readonly Value[], options?: OperateOptions): ColumnElement {
    if (!op.isComparison) throw new ArgumentError("Only comparison operators may be used with ANY/ALL");
    return this.comparator.operate(operators.mirror(op), other, { ...options, reverse: true });
  }

  override reverseOperate(): ColumnElement {
    throw new ArgumentError("Only comparison operators may be used with ANY/ALL");
  }
}
defaults(CollectionAggregate, { _isCollectionAggregate: true });

/** A boolean column standing alone where a condition is wanted: printed as it is, or as `x = 1` without native booleans. */
export class AsBoolean extends UnaryExpression {
  static override readonly inheritCache: boolean = true;
  static {
    mixin(this, WrapsColumnExpression);
  }
  /** The operator of its negation. */
  readonly negate: Operator;
  private readonly implicitlyBoolean: boolean;

  constructor(element: ColumnElement, operator: Operator, negate: Operator) {
    super(element, {});
    this.element = element;
    this._propagateAttrs = null;
    this.type = typeLate.booleanType;
    this.operator = operator;
    this.negate = negate;
    this.modifier = null;
    this.implicitlyBoolean = element._isImplicitlyBoolean;
  }

  override get _isImplicitlyBoolean(): boolean {
    return this.implicitlyBoolean;
  }

  get wrappedColumnExpression(): ColumnElement {
    return this.element;
  }

  override selfGroup(_against: Against = null): ClauseElement {
    return this;
  }

  override _negate(): ColumnElement {
    if (this.element instanceof True_ || this.element instanceof False_) return this.element._negate();
    return new AsBoolean(this.element, this.negate, this.operator as Operator);
  }
}
late.AsBoolean = AsBoolean;
