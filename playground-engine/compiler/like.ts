// The patterns of contains(), startswith(), endswith() and their case-insensitive kin as LIKE.
import { typeLate } from "../sql/types/type-late.ts";
import type { BinaryExpression } from "../sql/elements/binary.ts";
import { ColumnElement } from "../sql/elements/column.ts";
import { ColumnClause } from "../sql/elements/column-clause.ts";

/** An operand that a comparison takes in lower case. Dialects with an ILIKE of their own print it as it is. */
export class IlikeCaseInsensitive extends ColumnElement {
  static override readonly visitName: string = "ilike_case_insensitive_operand";
  readonly element: ColumnElement;

  constructor(element: ColumnElement) {
    super();
    this.element = element;
    this._type = element.type;
  }

  override selfGroup(): this {
    return this;
  }
}

let percent: ColumnElement | undefined;
const percentLiteral = (): ColumnElement => (percent ??= new ColumnClause("'%'", typeLate.string, true));

function withOperands(binary: BinaryExpression, left: ColumnElement, right: ColumnElement): BinaryExpression {
  const made = binary._clone();
  made.left = left;
  made.right = right;
  return made;
}

/** Both operands in lower case. */
export const lowered = (b: BinaryExpression): BinaryExpression =>
  withOperands(b, new IlikeCaseInsensitive(b.left), new IlikeCaseInsensitive(b.right));

/** `'%' || right || '%'` */
export const within = (b: BinaryExpression): BinaryExpression =>
  withOperands(
    b,
    b.left,
    (percentLiteral().concat(b.right) as ColumnElement).concat(percentLiteral()) as ColumnElement,
  );

/** `right || '%'` */
export const atStart = (b: BinaryExpression): BinaryExpression =>
  withOperands(b, b.left, percentLiteral().rconcat(b.right) as ColumnElement);

/** `'%' || right` */
export const atEnd = (b: BinaryExpression): BinaryExpression =>
  withOperands(b, b.left, percentLiteral().concat(b.right) as ColumnElement);
