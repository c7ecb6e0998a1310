// The order in which tables are created: those referred to first, foreign keys of cycles afterwards.
// Behaviour: SQLAlchemy sql/ddl.py (sort_tables, sort_tables_and_constraints).
import { CircularDependencyError } from "../errors/index.ts";
import { host, type Value } from "../util/host.ts";
import { sort, type Edge } from "../util/topological.ts";
import { compareText } from "../util/text.ts";
import type { ForeignKeyConstraint } from "./schema/foreign-key-constraint.ts";
import type { Table } from "./schema/table.ts";

/** A table with the foreign keys its CREATE mentions; at the end null with those that are added later. */
export type SortedTable =
  | readonly [table: Table, fkcs: Set<ForeignKeyConstraint>]
  | readonly [table: null, fkcs: ForeignKeyConstraint[]];

/** true: add the foreign key later; false: never take it out of a cycle; null: as need be. */
export type ForeignKeyFilter = (constraint: ForeignKeyConstraint) => boolean | null;

/** Pairs of tables, each once. */
class Dependencies {
  private readonly children = new Map<Table, Set<Table>>();

  add(parent: Table, child: Table): void {
    const set = this.children.get(parent);
    if (set) set.add(child);
    else this.children.set(parent, new Set([child]));
  }

  has(parent: Table, child: Table): boolean {
    return this.children.get(parent)?.has(child) ?? false;
  }

  delete(parent: Table, child: Table): void {
    this.children.get(parent)?.delete(child);
  }

  *edges(): Generator<Edge<Table>> {
    for (const [parent, set] of this.children) for (const child of set) yield [parent, child];
  }
}

export interface SortOptions {
  readonly extraDependencies?: Iterable<readonly [parent: Table, child: Table]> | null;
  readonly warnForCycles?: boolean;
}

/** Throws CircularDependencyError where a cycle cannot be opened. */
export function sortTablesAndConstraints(
  given: Value,
  filter: ForeignKeyFilter | null = null,
  options: SortOptions = {},
): SortedTable[] {
  const tables = [...(host.iterate(given) ?? [])] as Table[];
  const fixed = new Dependencies();
  const mutable = new Dependencies();
  for (const [parent, child] of options.extraDependencies ?? []) fixed.add(parent, child);
  const remaining = new Set<ForeignKeyConstraint>();
  for (const table of tables) {
    for (const fkc of table.foreignKeyConstraints) {
      if (fkc.useAlter === true || filter?.(fkc) === true) {
        remaining.add(fkc);
        continue;
      }
      const referred = fkc.referredTable;
      if (referred !== table) mutable.add(referred, table);
    }
    for (const parent of table._extraDependencies) fixed.add(parent, table);
  }
  const sorted = (): Table[] => [...sort([...fixed.edges(), ...mutable.edges()], tables)];
  let order: Table[];
  try {
    order = sorted();
  } catch (e) {
    if (!(e instanceof CircularDependencyError)) throw e;
    if (options.warnForCycles)
      host.warn(
        "SAWarning",
        `Cannot correctly sort tables; there are unresolvable cycles between tables "${cycleNames(e)}", which is usually caused by mutually dependent foreign ` +
          "key constraints.  Foreign key constraints involving these tables will not be considered; this warning may raise an error in a future release.",
      );
    for (const [parent, table] of e.edges as Set<Edge<Table>>) {
      if (!mutable.has(parent, table) || !e.cycles.has(table)) continue;
      for (const fkc of table.foreignKeyConstraints) {
        if (filter?.(fkc) === false) continue;
        remaining.add(fkc);
        if (fkc.referredTable !== table) mutable.delete(fkc.referredTable, table);
      }
    }
    order = sorted();
  }
  const withKeys: SortedTable[] = order.map((t) => [
    t,
    new Set([...t.foreignKeyConstraints].filter((f) => !remaining.has(f))),
  ]);
  return [...withKeys, [null, [...remaining]]];
}

/** Names of the tables of a cycle, for messages. */
export function cycleNames(e: CircularDependencyError): string {
  return ([...e.cycles] as Table[])
    .map((t) => t.fullname)
    .sort(compareText)
    .join(", ");
}

/** Tables alone, those referred to first; cycles are warned of. */
export function sortTables(
  tables: Value,
  skip: Value = null,
  extraDependencies: SortOptions["extraDependencies"] = null,
): Table[] {
  const filter: ForeignKeyFilter | null =
    skip == null
      ? null
      : (fkc) => (fkc.elements.some((fk) => host.isTrue(host.call(skip, [fk]))) ? true : null);
  return sortTablesAndConstraints(tables, filter, { extraDependencies, warnForCycles: true })
    .map(([t]) => t)
    .filter((t) => t !== null);
}
