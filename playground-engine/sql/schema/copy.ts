// An expression about one table, turned to another of the same columns: for copies of constraints and indexes.
import { replacementTraverse } from "../visitable.ts";
import type { ClauseElement } from "../elements/clause.ts";
import { isColumn } from "./late.ts";
import type { Table } from "./table.ts";

/** A copy in which columns of `source` are those of `target`; unchanged where either is missing. */
export function copyExpression<T extends ClauseElement>(
  expression: T,
  source: Table | null | undefined,
  target: Table | null | undefined,
): T {
  if (!source || !target) return expression;
  return replacementTraverse(expression, {}, (element) =>
    isColumn(element) && element.table === source && source.c.has(element.key as string)
      ? target.c.get(element.key as string)
      : null,
  );
}
