// How the schema after a migration differs from the one before.
import type { ShownTable } from "../../../../playground-engine/runtime/protocol.ts";
import type { DiagramTable, Difference } from "../diagram/TablesDiagram.tsx";

const columnText = (c: ShownTable["columns"][number]): string =>
  JSON.stringify([c.type.toUpperCase(), c.nullable, c.default, c.primaryKey, c.generated]);

const restText = (t: ShownTable): string =>
  JSON.stringify([
    t.indexes.map((i) => [i.unique, i.origin, i.columns, i.origin === "c" ? i.name : ""]).sort(),
    t.foreignKeys.map((f) => [f.columns, f.table, f.references, f.onDelete, f.onUpdate]).sort(),
  ]);

/** Tables of both, dropped ones last; Alembic's own table left out. */
export function schemaDifferences(
  before: readonly ShownTable[],
  after: readonly ShownTable[],
): DiagramTable[] {
  const old = new Map(before.map((t) => [t.name, t]));
  const now = new Set(after.map((t) => t.name));
  const out: DiagramTable[] = [];
  for (const table of after) {
    if (table.name === "alembic_version") continue;
    const was = old.get(table.name);
    if (!was) {
      out.push({ table, difference: "added" });
      continue;
    }
    const columns = new Map<string, Difference>();
    const oldColumns = new Map(was.columns.map((c) => [c.name, c]));
    for (const c of table.columns) {
      const o = oldColumns.get(c.name);
      if (!o) columns.set(c.name, "added");
      else if (columnText(o) !== columnText(c)) columns.set(c.name, "changed");
    }
    const dropped = was.columns.filter((c) => !table.columns.some((x) => x.name === c.name));
    for (const c of dropped) columns.set(c.name, "dropped");
    const changed = columns.size > 0 || restText(was) !== restText(table);
    out.push({
      table: dropped.length ? { ...table, columns: [...table.columns, ...dropped] } : table,
      difference: changed ? "changed" : undefined,
      columns,
    });
  }
  for (const table of before)
    if (!now.has(table.name) && table.name !== "alembic_version") out.push({ table, difference: "dropped" });
  return out;
}

/** What differs, in one sentence a table. */
export function differenceTexts(tables: readonly DiagramTable[], before: readonly ShownTable[]): string[] {
  return tables
    .filter((t) => t.difference)
    .map(({ table, difference, columns }) => {
      if (difference !== "changed") return `table ${table.name} ${difference}`;
      const parts = (["added", "changed", "dropped"] as const).flatMap((d) => {
        const names = [...(columns ?? [])].filter(([, x]) => x === d).map(([n]) => n);
        return names.length ? [`${names.join(", ")} ${d}`] : [];
      });
      const was = before.find((t) => t.name === table.name);
      if (was && restText(was) !== restText(table)) parts.push("indexes or constraints changed");
      return `table ${table.name}: ${parts.join("; ")}`;
    });
}
