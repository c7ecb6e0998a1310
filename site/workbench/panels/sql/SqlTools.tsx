// Which statements the SQL panel shows, and how: by text, by kind, by table; in whose SQL; with parameters inline.
import { type ReactElement, useMemo, useState } from "react";
import type { StatementEntry } from "../../model/run-model.ts";
import { kindOf, type StatementKind, tablesOf } from "../../model/statement-groups.ts";

const KINDS: readonly (readonly [StatementKind, string])[] = [
  ["select", "SELECT"],
  ["insert", "INSERT"],
  ["update", "UPDATE"],
  ["delete", "DELETE"],
  ["ddl", "schema"],
  ["other", "other"],
];

const DIALECTS: readonly (readonly [string, string])[] = [
  ["sqlite", "SQLite"],
  ["postgresql", "PostgreSQL"],
  ["mysql", "MySQL"],
  ["mssql", "SQL Server"],
  ["oracle", "Oracle"],
];

export interface SqlView {
  readonly text: string;
  readonly kind: StatementKind | "";
  readonly table: string;
  /** Whose SQL; "" is the run's own. */
  readonly dialect: string;
  readonly inlined: boolean;
}

/** What is shown, how to change that, and which statements it lets through: undefined where it lets all. */
export function useSqlView(): {
  readonly view: SqlView;
  readonly change: (to: Partial<SqlView>) => void;
  readonly keep: ((e: StatementEntry) => boolean) | undefined;
} {
  const [view, setView] = useState<SqlView>({ text: "", kind: "", table: "", dialect: "", inlined: false });
  const { text, kind, table } = view;
  const keep = useMemo(() => {
    if (text === "" && kind === "" && table === "") return undefined;
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    return ({ statement: s }: StatementEntry): boolean => {
      if (kind !== "" && kindOf(s.sql) !== kind) return false;
      if (table !== "" && !tablesOf(s.sql).includes(table)) return false;
      const hay = `${s.sql} ${s.params} ${s.cause} ${s.subject ?? ""} line ${s.line ?? ""}`.toLowerCase();
      return words.every((w) => hay.includes(w));
    };
  }, [text, kind, table]);
  return { view, change: (to) => setView((now) => ({ ...now, ...to })), keep };
}

/** The kinds of statements there are, and their tables. */
function factsOf(all: readonly StatementEntry[]): {
  readonly tables: readonly string[];
  readonly kinds: ReadonlySet<StatementKind>;
} {
  const tables = new Set<string>();
  const kinds = new Set<StatementKind>();
  const seen = new Set<string>();
  for (const { statement: s } of all) {
    if (seen.size > 500) break;
    if (seen.has(s.sql)) continue;
    seen.add(s.sql);
    kinds.add(kindOf(s.sql));
    for (const t of tablesOf(s.sql)) tables.add(t);
  }
  return { tables: [...tables].sort(), kinds };
}

interface SqlToolsProps {
  readonly all: readonly StatementEntry[];
  readonly view: SqlView;
  readonly change: (to: Partial<SqlView>) => void;
  /** Some statements are left out. */
  readonly filtered: boolean;
}

export function SqlTools({ all, view, change, filtered }: SqlToolsProps): ReactElement {
  const { text, kind, table, dialect, inlined } = view;
  const facts = useMemo(() => factsOf(all), [all]);
  // a few statements are seen at a glance
  const searched = all.length >= 8 || filtered;
  // a simulated database looks at its tables in SQLite's way first
  const asRun = (all.find((s) => s.statement.simulated) ?? all[0])?.statement.dialect ?? "sqlite";
  return (
    <div className="mw-sqltools" role="group" aria-label="Which statements, and how">
      {searched && (
        <input
          type="search"
          className="mw-field mw-sqlfilter"
          placeholder="Filter"
          aria-label="Filter statements by text"
          value={text}
          onChange={(e) => change({ text: e.currentTarget.value })}
        />
      )}
      {searched && facts.kinds.size > 1 && (
        <select
          className="mw-field"
          aria-label="Kind of statement"
          value={kind}
          onChange={(e) => change({ kind: e.currentTarget.value as StatementKind | "" })}
        >
          <option value="">Every kind</option>
          {KINDS.filter(([k]) => facts.kinds.has(k)).map(([k, name]) => (
            <option key={k} value={k}>
              {name}
            </option>
          ))}
        </select>
      )}
      {searched && facts.tables.length > 1 && (
        <select
          className="mw-field"
          aria-label="Table"
          value={table}
          onChange={(e) => change({ table: e.currentTarget.value })}
        >
          <option value="">Every table</option>
          {facts.tables.map((t) => (
            <option key={t}>{t}</option>
          ))}
        </select>
      )}
      <select
        className="mw-field"
        aria-label="Whose SQL"
        value={dialect}
        onChange={(e) => change({ dialect: e.currentTarget.value })}
      >
        <option value="">{DIALECTS.find(([d]) => d === asRun)?.[1] ?? asRun}, as it ran</option>
        {DIALECTS.filter(([d]) => d !== asRun).map(([d, name]) => (
          <option key={d} value={d}>
            in {name}
          </option>
        ))}
      </select>
      <label className="mw-check">
        <input
          type="checkbox"
          checked={inlined}
          disabled={dialect !== ""}
          onChange={(e) => change({ inlined: e.currentTarget.checked })}
        />
        Parameters inline
      </label>
    </div>
  );
}
