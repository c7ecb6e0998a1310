// COLLATE. Behaviour: SQLAlchemy sql/elements.py (CollationClause).
import type { Value } from "../../util/host.ts";
import { expect } from "../coercions.ts";
import * as operators from "../operators.ts";
import * as roles from "../roles.ts";
import type { TraverseSpec } from "../traverse-spec.ts";
import { typeLate } from "../types/type-late.ts";
import { BinaryExpression } from "./binary.ts";
import { ColumnElement } from "./column.ts";

export class CollationClause extends ColumnElement {
  static override readonly visitName: string = "collation";
  static override readonly traverse: TraverseSpec = [["collation", "string"]];
  readonly collation: string;

  constructor(collation: string) {
    super();
    this.collation = collation;
  }

  /** `expression COLLATE collation` */
  static _createCollationExpression(expression: Value, collation: string): BinaryExpression {
    const expr = expect(roles.ExpressionElementRole, expression);
    const isText = expr.type.typeAffinity === typeLate.string.typeAffinity;
    return new BinaryExpression(expr, new CollationClause(collation), operators.collate, {
      type: isText ? expr.type.withCollation(collation) : expr.type,
    });
  }
}
