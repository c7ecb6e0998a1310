// Comparing two columns as Python's operators do.
import { ColumnClause } from "../sql/elements/column-clause.ts";
import type { ColumnElement } from "../sql/elements/column.ts";
import { mirror, type Operator } from "../sql/operators.ts";

/** `left op right`: a right operand of a class below the left one's is asked first, with the operator turned round. */
export function compareAsPython(left: ColumnClause, op: Operator, right: ColumnElement): ColumnElement {
  if (right instanceof ColumnClause && right.constructor !== ColumnClause)
    return mirror(op).invoke(right, [left]) as ColumnElement;
  return op.invoke(left, [right]) as ColumnElement;
}
