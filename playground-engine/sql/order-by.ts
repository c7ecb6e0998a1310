// What ORDER BY orders by, out of its modifiers and labels. Behaviour: SQLAlchemy sql/util.py.
import { ElementSet } from "./element-set.ts";
import * as operators from "./operators.ts";
import { replacementTraverse, type Traversible } from "./visitable.ts";
import { Grouping } from "./elements/binary.ts";
import type { ClauseElement } from "./elements/clause.ts";
import { ColumnElement } from "./elements/column.ts";
import { Label } from "./elements/label.ts";
import { LabelReference, TextualLabelReference } from "./elements/label-reference.ts";
import { UnaryExpression } from "./elements/unary.ts";
import { late } from "./late.ts";

/** The columns of an ORDER BY, without ASC, DESC, NULLS and labels. */
export function unwrapOrderBy(clause: ClauseElement): ColumnElement[] {
  const found = new ElementSet<ColumnElement>();
  const queue: Traversible[] = [clause as unknown as Traversible];
  for (let i = 0; i < queue.length; i++) {
    let t = queue[i] as unknown as ClauseElement;
    if (
      t instanceof ColumnElement &&
      !(t instanceof UnaryExpression && operators.isOrderingModifier(t.modifier))
    ) {
      if (t instanceof Label && !(t.element instanceof late.ScalarSelect)) {
        t = t.element;
        queue.push(t instanceof Grouping ? t.element : t);
      } else if (t instanceof LabelReference) queue.push(t.element);
      else if (!(t instanceof TextualLabelReference)) found.add(t as ColumnElement);
    } else queue.push(...t.getChildren());
  }
  return found.toArray();
}

/** A copy in which the labels themselves stand for references to them. */
export function unwrapLabelReference<E extends ClauseElement>(element: E): E {
  return replacementTraverse(element as Traversible, {}, (e) =>
    e instanceof LabelReference ? e.element : null,
  ) as unknown as E;
}

/** The columns ORDER BY needs and the columns clause does not have: for SELECT DISTINCT. */
export function expandColumnListFromOrderBy(
  collist: Iterable<ColumnElement>,
  orderBy: Iterable<ColumnElement>,
): ColumnElement[] {
  const present = new ElementSet<ColumnElement>();
  for (const c of collist)
    present.add(c._orderByLabelElement !== null ? (c as unknown as { element: ColumnElement }).element : c);
  return [...orderBy].flatMap((o) => unwrapOrderBy(o)).filter((c) => !present.has(c));
}
