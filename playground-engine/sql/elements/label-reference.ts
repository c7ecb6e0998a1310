// What ORDER BY and GROUP BY hold where a label may be meant: the label itself, or a string that the compiler looks up.
// Behaviour: SQLAlchemy sql/elements.py (_label_reference, _textual_label_reference).
import type { TraverseSpec } from "../traverse-spec.ts";
import { ColumnElement } from "./column.ts";
import { TextClause } from "./text.ts";

export class LabelReference extends ColumnElement {
  static override readonly visitName: string = "label_reference";
  static override readonly traverse: TraverseSpec = [["element", "clause"]];
  static readonly pyName: string = "_label_reference";
  element: ColumnElement;

  constructor(element: ColumnElement) {
    super();
    this.element = element;
  }
}

export class TextualLabelReference extends ColumnElement {
  static override readonly visitName: string = "textual_label_reference";
  static override readonly traverse: TraverseSpec = [["element", "string"]];
  static readonly pyName: string = "_textual_label_reference";
  readonly element: string;
  private textClause: TextClause | undefined;

  constructor(element: string) {
    super();
    this.element = element;
  }

  get _textClause(): TextClause {
    return (this.textClause ??= new TextClause(this.element));
  }
}
