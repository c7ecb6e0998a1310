// Statements of the last run in other databases' SQL: kept as they were executed, compiled when asked.
import { dialectNamed, knowsDialect } from "../../dialects/registry.ts";
import type { EngineDialect } from "../../engine/engine-dialect.ts";
import { shownStatement } from "../../engine/simulation.ts";
import type { StatementEvent } from "../../engine/trace.ts";
import type { AlsoIn } from "../protocol.ts";

const KEPT = 2000;
/** The order in which a page shows them. */
const DIALECTS = ["sqlite", "postgresql", "mysql", "mssql", "oracle"] as const;

const kept = new Map<number, StatementEvent>();

export function forgetStatements(): void {
  kept.clear();
}

export function keepStatement(e: StatementEvent): void {
  if (kept.size < KEPT && e.behind?.context) kept.set(e.id, e);
}

/** Needs the part "dialects" (parts.ts). Null where the engine has the statement no more. */
export function alsoIn(statement: number, sql: string): AlsoIn[] | null {
  const e = kept.get(statement);
  const context = e?.sql === sql ? e.behind?.context : undefined;
  if (!context) return null;
  return DIALECTS.filter((name) => name !== e!.dialect).map((name) => {
    const dialect = knowsDialect(name) ? (dialectNamed(name) as unknown as EngineDialect) : undefined;
    const shown = dialect && shownStatement(dialect, context, context.source);
    if (/^\s*pragma\b/i.test(sql))
      return { dialect: name, sql: null, error: "This is SQLite's own way of telling about its tables." };
    if (shown && context.isText)
      return { dialect: name, sql: shown.sql.trim(), error: "Plain SQL: it would be sent as it is written." };
    return shown
      ? { dialect: name, sql: shown.sql.trim(), error: null }
      : { dialect: name, sql: null, error: "This database has no way to say it." };
  });
}
