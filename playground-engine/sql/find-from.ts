// Which FROM elements a join, a column or a clause has to do with. Behaviour: SQLAlchemy sql/util.py.
import { expandCloned } from "./base.ts";
import { ElementSet } from "./element-set.ts";
import { traverse, type Traversible } from "./visitable.ts";
import { late } from "./late.ts";
import { ClauseElement } from "./elements/clause.ts";
import type { ColumnElement } from "./elements/column.ts";
import { ColumnClause } from "./elements/column-clause.ts";
import { FromClause, FromGrouping } from "./selectable/from-clause.ts";
import { Alias } from "./selectable/alias.ts";
import { Join } from "./selectable/join.ts";
import { TableClause } from "./selectable/table-clause.ts";

/** All columns a clause mentions. */
export function findColumns(clause: ClauseElement): ElementSet<ColumnElement> {
  const found = new ElementSet<ColumnElement>();
  traverse(clause as Traversible, {}, { column: (c: ColumnElement) => found.add(c) });
  return found;
}

/** Positions of the elements from which `joinTo` derives. */
export function findJoinSource(clauses: readonly FromClause[], joinTo: FromClause): number[] {
  const selectables = joinTo._fromObjects;
  return clauses.flatMap((f, i) => selectables.filter((s) => f.isDerivedFrom(s)).map(() => i));
}

/** Positions of the elements that are or contain `joinFrom`; of several, those that contain it at the surface. */
export function findLeftClauseThatMatchesGiven(
  clauses: readonly FromClause[],
  joinFrom: FromClause,
): number[] {
  const selectables = joinFrom._fromObjects;
  const liberal = clauses.flatMap((f, i) => (selectables.some((s) => f.isDerivedFrom(s)) ? [i] : []));
  if (liberal.length < 2) return liberal;
  const conservative = liberal.filter((i) =>
    selectables.some((s) => selectablesOverlap(clauses[i] as FromClause, s)),
  );
  return conservative.length ? conservative : liberal;
}

/** Positions of the elements that `joinTo` can be joined to, by the ON clause or by foreign keys. */
export function findLeftClauseToJoinFrom(
  clauses: readonly FromClause[],
  joinTo: FromClause,
  onclause: ColumnElement | null,
): number[] {
  const selectables = new ElementSet<FromClause>(joinTo._fromObjects);
  const onColumns = clauses.length > 1 && onclause !== null ? findColumns(onclause) : null;
  const fits = (f: FromClause, s: FromClause): boolean => {
    if (onColumns) return new ElementSet<ColumnElement>([...f.c, ...s.c]).isSuperset(onColumns);
    return onclause !== null || Join._canJoin(f, s);
  };
  let found = clauses.flatMap((f, i) =>
    selectables
      .difference([f])
      .toArray()
      .some((s) => fits(f, s))
      ? [i]
      : [],
  );
  if (found.length > 1) {
    const hidden = expandCloned(clauses.flatMap((f) => [...f._hideFroms]));
    found = found.filter((i) => !hidden.has(clauses[i] as FromClause));
  }
  return !found.length && onclause !== null ? clauses.map((_, i) => i) : found;
}

/** Members of a tree of joins. */
export function* tablesFromLeftmost(clause: FromClause): Generator<FromClause> {
  if (clause instanceof Join) {
    yield* tablesFromLeftmost(clause.left);
    yield* tablesFromLeftmost(clause.right);
  } else if (clause instanceof FromGrouping) yield* tablesFromLeftmost(clause.element);
  else yield clause;
}

/** The element, and what is inside it as long as it is a join or in parentheses. */
export function* surfaceSelectables(clause: ClauseElement): Generator<ClauseElement> {
  const stack: ClauseElement[] = [clause];
  for (let e = stack.pop(); e; e = stack.pop()) {
    yield e;
    if (e instanceof Join) stack.push(e.left, e.right);
    else if (e instanceof FromGrouping) stack.push(e.element);
  }
}

/** Likewise, from columns to their tables, and only tables, aliases and what is neither join nor column. */
export function* surfaceSelectablesOnly(clause: ClauseElement): Generator<ClauseElement> {
  const stack: (ClauseElement | null)[] = [clause];
  while (stack.length) {
    const e = stack.pop() ?? null;
    if (e instanceof TableClause || e instanceof Alias) yield e;
    if (e instanceof Join) stack.push(e.left, e.right);
    else if (e instanceof FromGrouping) stack.push(e.element);
    else if (e instanceof ColumnClause) {
      if (e.table !== null) stack.push(e.table);
      else yield e;
    } else if (e !== null) yield e;
  }
}

export function selectablesOverlap(left: FromClause, right: FromClause): boolean {
  return new ElementSet<ClauseElement>(surfaceSelectables(left)).intersects([...surfaceSelectables(right)]);
}

export function clauseIsPresent(clause: ClauseElement, search: FromClause): boolean {
  for (const e of surfaceSelectables(search)) if (clause.hash === e.hash) return true;
  return false;
}

export interface FindTablesOptions {
  readonly checkColumns?: boolean;
  readonly includeAliases?: boolean;
  readonly includeJoins?: boolean;
  readonly includeSelects?: boolean;
  readonly includeCrud?: boolean;
}

/** Tables of a clause, and what else is asked for. */
export function findTables(clause: ClauseElement, options: FindTablesOptions = {}): FromClause[] {
  const tables: FromClause[] = [];
  const take = (e: FromClause): unknown => tables.push(e);
  const names = [
    "table",
    ...(options.includeSelects ? ["select", "compound_select"] : []),
    ...(options.includeJoins ? ["join"] : []),
    ...(options.includeAliases ? ["alias", "subquery", "tablesample", "lateral"] : []),
  ];
  const visitors: Record<string, (e: never) => unknown> = Object.fromEntries(names.map((n) => [n, take]));
  if (options.includeCrud)
    for (const n of ["insert", "update", "delete"])
      visitors[n] = (e: { table: FromClause }) => tables.push(e.table);
  if (options.checkColumns) visitors["column"] = (c: { table: FromClause }) => tables.push(c.table);
  traverse(clause as Traversible, {}, visitors);
  return tables;
}
late.findTables = (clause) => findTables(clause);
