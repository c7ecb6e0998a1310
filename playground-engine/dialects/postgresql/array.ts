// Arrays: the type, and `array([…])` as an expression. Behaviour: SQLAlchemy dialects/postgresql/array.py.
import { host, type Value } from "../../util/host.ts";
import { BindParameter } from "../../sql/elements/bind.ts";
import { ExpressionClauseList, Grouping } from "../../sql/elements/binary.ts";
import type { ClauseElement } from "../../sql/elements/clause.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import { defaults } from "../../sql/mixin.ts";
import { allOp, anyOp, commaOp, eq, getitem, type Against, type Operator } from "../../sql/operators.ts";
import type { TraverseSpec } from "../../sql/traverse-spec.ts";
import {
  ARRAY as GenericARRAY,
  ArrayComparator as GenericComparator,
  Enum,
  toInstance,
  type BindProcessor,
  type ComparatorClass,
  type LiteralProcessor,
  type ResultProcessor,
  type TypeArgument,
  type TypeDialect,
  type TypeEngine,
} from "../../sql/types/index.ts";
import { inModule } from "../python-view.ts";
import { ask } from "./keyed-comparator.ts";
import { CONTAINED_BY, CONTAINS, OVERLAP } from "./operators.ts";

/** `other = ANY (array)` */
export function Any(other: Value, arrexpr: Value, operator: Operator = eq): ColumnElement {
  return operatorsOf(arrexpr).any(other, operator);
}

export function All(other: Value, arrexpr: Value, operator: Operator = eq): ColumnElement {
  return operatorsOf(arrexpr).all(other, operator);
}

/** What knows any() and all(): the expression itself, or the comparator of its type. */
function operatorsOf(arrexpr: Value): GenericComparator {
  const own = arrexpr as GenericComparator & { readonly comparator?: GenericComparator };
  return typeof own.any === "function" ? own : (own.comparator ?? own);
}

/** ARRAY.Comparator */
export class ARRAYComparator extends GenericComparator {
  static override readonly pyModule: string = "sqlalchemy.dialects.postgresql.array.ARRAY";
  static override readonly pyName: string = "Comparator";
  override contains(other: Value): ColumnElement {
    return ask(this, CONTAINS, other);
  }
  containedBy(other: Value): ColumnElement {
    return ask(this, CONTAINED_BY, other);
  }
  overlap(other: Value): ColumnElement {
    return ask(this, OVERLAP, other);
  }
}

export class ARRAY extends GenericARRAY {
  static override readonly visitName: string = "ARRAY";

  override get comparatorFactory(): ComparatorClass {
    return ARRAYComparator;
  }

  private get againstNativeEnum(): boolean {
    return this.itemType instanceof Enum && this.itemType.nativeEnum;
  }

  override literalProcessor(dialect: TypeDialect): LiteralProcessor | null {
    const item = this.itemType.dialectImpl(dialect).literalProcessor(dialect);
    return (
      item &&
      ((value) =>
        this.applyItem(value, item, this.dimensions, (items) => `ARRAY[${items.join(", ")}]`) as string)
    );
  }

  override bindProcessor(dialect: TypeDialect): BindProcessor | null {
    const item = this.itemType.dialectImpl(dialect).bindProcessor(dialect);
    return (value) =>
      value === null ? null : this.applyItem(value, item, this.dimensions, (items) => host.makeList(items));
  }

  override resultProcessor(dialect: TypeDialect, coltype: unknown): ResultProcessor | null {
    const item = this.itemType.dialectImpl(dialect).resultProcessor(dialect, coltype);
    const gather = (items: Value[]): Value => (this.asTuple ? host.makeTuple(items) : host.makeList(items));
    return (value) => {
      if (value === null) return null;
      const raw =
        this.againstNativeEnum && host.kindOf(value) === "str"
          ? host.makeList(splitEnumValues((value as string).slice(1, -1)))
          : value;
      return this.applyItem(raw, item, this.dimensions, gather);
    };
  }
}

/** `a,"b, c",NULL` as PostgreSQL writes an array of enumerated values. */
function splitEnumValues(text: string): (string | null)[] {
  const values: (string | null)[] = [];
  for (const [, quoted, plain] of text.matchAll(/"((?:\\.|[^"\\])*)"|([^\s,"]+)/g))
    values.push(
      quoted !== undefined ? quoted.replace(/\\(.)/g, "$1") : plain === "NULL" ? null : (plain as string),
    );
  return values;
}

/** `ARRAY[a, b]` */
export class array extends ExpressionClauseList {
  static readonly pyName: string = "array";
  static override readonly visitName: string = "array";
  static override readonly pyModule: string = "sqlalchemy.dialects.postgresql.array";
  static override readonly traverse: TraverseSpec = [
    ["clauses", "clauses"],
    ["type", "type"],
  ];

  constructor(clauses: Value, options: { readonly type?: TypeArgument; readonly type_?: TypeArgument } = {}) {
    super(commaOp, [...(host.iterate(clauses) ?? [])]);
    const type = options.type ?? options.type_;
    const item = type == null ? this.clauses[0]?.type : toInstance(type);
    this.type =
      item instanceof ARRAY
        ? new ARRAY(item.itemType, false, item.dimensions === null ? 2 : item.dimensions + 1)
        : new ARRAY(item ?? null);
  }

  override _bindParam(
    operator: Operator | null,
    obj: Value,
    type: TypeEngine | null = null,
    expanding = false,
    assumeScalar = false,
  ): ColumnElement {
    if (assumeScalar || operator === getitem)
      return new BindParameter(null, obj, {
        comparedToOperator: operator,
        type,
        comparedToType: this.type,
        unique: true,
      });
    const items = [...(host.iterate(obj) ?? [])].map((o) =>
      this._bindParam(operator, o, type, expanding, true),
    );
    return new array(items);
  }

  override selfGroup(against: Against = null): ClauseElement {
    return against === anyOp || against === allOp || against === getitem ? new Grouping(this) : this;
  }
}
defaults(array, { stringifyDialect: "postgresql" });
inModule("sqlalchemy.dialects.postgresql.array", [ARRAY]);
