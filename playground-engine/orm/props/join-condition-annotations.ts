// Marks on the columns of a join condition: foreign (holds a reference), remote (on the target's side), local.
//
// foreign() and remote() are how a program puts them itself. Behaviour: SQLAlchemy orm/relationships.py, orm/util.py.
import { deepAnnotate, deepDeannotate } from "../../sql/annotation.ts";
import { expect } from "../../sql/coercions.ts";
import { ElementSet } from "../../sql/element-set.ts";
import type { ClauseElement } from "../../sql/elements/clause.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import { ColumnClause } from "../../sql/elements/column-clause.ts";
import * as roles from "../../sql/roles.ts";
import { iterate, replacementTraverse, type CloneOptions, type Traversible } from "../../sql/visitable.ts";
import type { Value } from "../../util/host.ts";

export type Mark = "foreign" | "remote" | "local";

/** The column with a mark (and others as given). */
export function marked<E extends ClauseElement>(
  element: E,
  ...marks: readonly (readonly [string, unknown])[]
): E {
  return element._annotate(new Map(marks));
}

function markColumns(expr: Value, mark: Mark): ColumnElement {
  const clone = (e: ClauseElement): ClauseElement => {
    const made = e instanceof ColumnClause ? marked<ClauseElement>(e, [mark, true]) : e;
    made._copyInternals({ clone: clone as never } as CloneOptions);
    return made;
  };
  return clone(expect(roles.ColumnArgumentRole, expr)) as ColumnElement;
}

/** Marks the columns of an expression as being on the target's side. */
export function remote(expr: Value): ColumnElement {
  return markColumns(expr, "remote");
}

/** Marks the columns of an expression as holding references. */
export function foreign(expr: Value): ColumnElement {
  return markColumns(expr, "foreign");
}

/** A copy in which `change` may put something else for a column; null leaves it. */
export function replaceColumns<E extends ClauseElement>(
  clause: E,
  change: (element: ColumnElement) => ClauseElement | null,
): E {
  return replacementTraverse(
    clause as unknown as Traversible,
    {},
    (e) => change(e as unknown as ColumnElement) as unknown as Traversible | null,
  ) as unknown as E;
}

/** Every column of the clause that has all these marks. */
export function columnsWith(clause: ClauseElement, ...marks: readonly Mark[]): ElementSet<ColumnElement> {
  const found = new ElementSet<ColumnElement>();
  for (const e of iterate(clause as unknown as Traversible))
    if (marks.every((m) => e._annotations.has(m))) found.add(e as unknown as ColumnElement);
  return found;
}

export function hasMark(clause: ClauseElement, mark: Mark): boolean {
  for (const e of iterate(clause as unknown as Traversible)) if (e._annotations.has(mark)) return true;
  return false;
}

/** Columns by what they are without marks. */
export function unmarked(columns: Iterable<ColumnElement>): ElementSet<ColumnElement> {
  return new ElementSet([...columns].map((c) => c._deannotate()));
}

export function without<E extends ClauseElement>(clause: E, ...names: readonly string[]): E {
  return deepDeannotate(clause as never, names.length ? names : null) as E;
}

/** `_orm_annotate`: an entity's adapters change the columns, those of `exclude` left out. */
export function ormAnnotate<E extends ClauseElement>(
  clause: E,
  exclude: ElementSet<ColumnElement> | null = null,
): E {
  return deepAnnotate(
    clause as never,
    new Map([["_orm_adapt", true]]),
    exclude as ElementSet<never> | null,
  ) as E;
}

/** `_orm_deannotate` */
export function ormDeannotate<E extends ClauseElement>(clause: E): E {
  return without(clause, "_orm_adapt", "parententity");
}

export function setOf(columns: Iterable<ColumnElement>): ElementSet<ColumnElement> {
  return new ElementSet(columns);
}
