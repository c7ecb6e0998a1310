// What an expression of a type does when an operator meets it (TypeEngine.Comparator), and which type comes of it.
//
// The base answers through the operator table of sql/comparator.ts; families of types change only the resulting type.
// Behaviour: SQLAlchemy sql/type_api.py and sqltypes.py (HasExpressionLookup, Concatenable, Indexable, NullType).
import type { Value } from "../../util/host.ts";
import type { ColumnElement } from "../elements/column.ts";
import { add, concatOp, type Operator, type OperateOptions } from "../operators.ts";
import { ColumnOperators } from "../comparator.ts";
import type { TypeEngine } from "./engine.ts";
import { typeLate } from "./type-late.ts";

export type ComparatorClass = new (expr: ColumnElement) => TypeComparator;
export type Adapted = readonly [op: Operator, type: TypeEngine];

export class TypeComparator extends ColumnOperators {
  /** Where Python finds it: classes inside classes. */
  static readonly pyModule: string = "sqlalchemy.sql.type_api.TypeEngine";
  static readonly pyName: string = "Comparator";
  /** Whether `+` with another such means `||`. */
  static readonly concatenable: boolean = false;
  static readonly isNull: boolean = false;
  readonly expr: ColumnElement;
  readonly type: TypeEngine;

  constructor(expr: ColumnElement) {
    super();
    this.expr = expr;
    this.type = expr.type;
  }

  override clauseElement(): ColumnElement {
    return this.expr;
  }

  override operate(op: Operator, other: readonly Value[], options?: OperateOptions): ColumnElement {
    return typeLate.operate(this.expr, op, other, options);
  }

  override reverseOperate(op: Operator, other: Value, options?: OperateOptions): ColumnElement {
    return typeLate.reverseOperate(this.expr, op, other, options);
  }

  /** The operator to print and the type of the result. @internal */
  adaptExpression(op: Operator, _other: TypeComparator): Adapted {
    return [op, this.type];
  }
}

function isConcatenable(c: TypeComparator): boolean {
  const cls = c.constructor as typeof TypeComparator;
  return cls.concatenable || cls.isNull;
}

/** By the table of affinities: integer + date is a date. */
export class LookupComparator extends TypeComparator {
  static override readonly pyModule: string = "sqlalchemy.sql.sqltypes.HasExpressionLookup";
  static override readonly pyName: string = "Comparator";
  override adaptExpression(op: Operator, other: TypeComparator): Adapted {
    return lookUp(this, op, other);
  }
}

export function lookUp(self: TypeComparator, op: Operator, other: TypeComparator): Adapted {
  const otherAffinity = other.type.typeAffinity;
  const found = typeLate.adaptation(self.type, op, otherAffinity);
  if (found === undefined) return [op, self.type];
  if (found === otherAffinity) return [op, other.type];
  if (found === self.type.typeAffinity) return [op, self.type];
  return [op, found.construct([])];
}

export class ConcatenableComparator extends TypeComparator {
  static override readonly pyModule: string = "sqlalchemy.sql.sqltypes.Concatenable";
  static override readonly pyName: string = "Comparator";
  static override readonly concatenable: boolean = true;

  override adaptExpression(op: Operator, other: TypeComparator): Adapted {
    if (op === add && isConcatenable(other)) return [concatOp, this.expr.type];
    return super.adaptExpression(op, other);
  }
}

export type GetItem = readonly [op: Operator, right: Value, type: TypeEngine];

/** Offers `column[index]`; what an index means is the subclass's affair. */
export abstract class IndexableComparator extends ConcatenableComparator {
  static override readonly pyModule: string = "sqlalchemy.sql.sqltypes.Indexable";
  static override readonly pyName: string = "Comparator";
  abstract setupGetitem(index: Value): GetItem;

  override getitem(index: Value): ColumnElement {
    const [op, right, resultType] = this.setupGetitem(index);
    return this.operate(op, [right], { resultType });
  }
}

export class NullComparator extends TypeComparator {
  static override readonly pyModule: string = "sqlalchemy.sql.sqltypes.NullType";
  static override readonly pyName: string = "Comparator";
  static override readonly isNull: boolean = true;

  override adaptExpression(op: Operator, other: TypeComparator): Adapted {
    if ((other.constructor as typeof TypeComparator).isNull || !op.isCommutative) return [op, this.expr.type];
    return other.adaptExpression(op, this);
  }
}

typeLate.comparator = TypeComparator;
