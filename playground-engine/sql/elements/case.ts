// CASE and EXTRACT. Behaviour: SQLAlchemy sql/elements.py (Case, Extract).
import { host, type Value } from "../../util/host.ts";
import { pairOf } from "../../util/items.ts";
import { expect, expressionCollectionWasAList } from "../coercions.ts";
import * as roles from "../roles.ts";
import type { TraverseSpec } from "../traverse-spec.ts";
import { typeLate } from "../types/type-late.ts";
import { ColumnElement } from "./column.ts";
import type { FromClause } from "../selectable/from-clause.ts";

export class Case extends ColumnElement {
  static override readonly visitName: string = "case";
  static override readonly traverse: TraverseSpec = [
    ["value", "clause"],
    ["whens", "clause-tuples"],
    ["else_", "clause"],
  ];
  whens: readonly (readonly [ColumnElement, ColumnElement])[];
  value: ColumnElement | null;
  else_: ColumnElement | null;

  /** `case((condition, result), …, value=, else_=)` or `case({key: result}, value=)` */
  constructor(whens: readonly Value[], options: { readonly value?: Value; readonly else_?: Value } = {}) {
    super();
    const given = expressionCollectionWasAList("whens", "case", whens);
    const entries = host.entries(given);
    const pairs = entries ? [...entries] : [...(host.iterate(given) ?? [])].map(pairOf);
    const expr = (v: Value): ColumnElement => expect(roles.ExpressionElementRole, v);
    this.whens = pairs.map(([c, r]) => [
      expect(roles.ExpressionElementRole, c, { applyPropagateAttrs: this }).selfGroup() as ColumnElement,
      expr(r),
    ]);
    const { value = null, else_: otherwise = null } = options;
    this.value = value === null ? null : expr(value);
    this.else_ = otherwise === null ? null : expr(otherwise);
    const typed = this.whens.findLast(([, then]) => !then.type.isNullType);
    this.type = typed ? typed[1].type : (this.else_?.type ?? typeLate.nullType);
  }

  override get _fromObjects(): readonly FromClause[] {
    return [...this.getChildren()].flatMap((c) => [...(c as unknown as ColumnElement)._fromObjects]);
  }
}

export class Extract extends ColumnElement {
  static override readonly visitName: string = "extract";
  static override readonly traverse: TraverseSpec = [
    ["expr", "clause"],
    ["field", "string"],
  ];
  readonly field: string;
  expr: ColumnElement;

  constructor(field: string, expr: Value) {
    super();
    this.type = typeLate.integerType;
    this.field = field;
    this.expr = expect(roles.ExpressionElementRole, expr);
  }

  override get _fromObjects(): readonly FromClause[] {
    return this.expr._fromObjects;
  }
}
