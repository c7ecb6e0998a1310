// The statements of a run in order, bracketed by transaction, each with the line that caused it and why.
import { Fragment, type ReactElement } from "react";
import type { RunModel, SqlEntry, StatementEntry, TransactionEntry } from "../../model/run-model.ts";
import { RowsTable } from "../results/Rows.tsx";
import { SqlText } from "./SqlText.tsx";

export interface SqlProps {
  readonly run: RunModel;
  /** Parameters written into the statement instead of apart. */
  readonly inlined: boolean;
  readonly onInlined?: (inlined: boolean) => void;
  /** The source line under the pointer or cursor, to light its statements. */
  readonly line?: number | null;
  /** A statement under the pointer or focus: its line, or null when left. */
  readonly onLine?: (line: number | null) => void;
}

interface Group {
  readonly connection: number | null;
  readonly entries: SqlEntry[];
  end: TransactionEntry | null;
}

/** Entries in brackets: from a BEGIN to its COMMIT or ROLLBACK; statements outside a transaction by themselves. */
function groups(entries: readonly SqlEntry[]): Group[] {
  const out: Group[] = [];
  const open = new Map<number, Group>();
  for (const e of entries) {
    const connection = e.kind === "statement" ? e.statement.connection : e.connection;
    let g = open.get(connection);
    if (e.kind === "transaction" && e.what === "begin") {
      g = { connection, entries: [e], end: null };
      open.set(connection, g);
      out.push(g);
      continue;
    }
    if (!g) {
      out.push({ connection: null, entries: [e], end: null });
      continue;
    }
    g.entries.push(e);
    if (e.kind === "transaction" && (e.what === "commit" || e.what === "rollback")) {
      g.end = e;
      open.delete(connection);
    }
  }
  return out;
}

export function Sql({ run, inlined, onInlined, line, onLine }: SqlProps): ReactElement {
  if (run.sql.length === 0)
    return <p className="mw-empty">{run.status === "running" ? "Running…" : "No SQL was emitted."}</p>;
  return (
    <div className="mw-sqlpanel">
      {onInlined && (
        <label className="mw-check">
          <input type="checkbox" checked={inlined} onChange={(e) => onInlined(e.currentTarget.checked)} />{" "}
          Parameters written into the statement
        </label>
      )}
      {groups(run.sql).map((g, i) => (
        <section
          key={i}
          className={`mw-tx ${g.connection === null ? "mw-tx-none" : g.end ? `mw-tx-${g.end.what}` : "mw-tx-open"}`}
        >
          <ol className="mw-statements">
            {g.entries.map((e, j) => (
              <Fragment key={j}>
                {e.kind === "transaction" ? (
                  <Boundary entry={e} />
                ) : (
                  <Statement
                    entry={e}
                    inlined={inlined}
                    lit={line != null && e.statement.line === line}
                    onLine={onLine}
                  />
                )}
              </Fragment>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

const BOUNDARY: Record<TransactionEntry["what"], string> = {
  begin: "BEGIN",
  commit: "COMMIT",
  rollback: "ROLLBACK",
  savepoint: "SAVEPOINT",
  rollback_savepoint: "ROLLBACK TO SAVEPOINT",
  release_savepoint: "RELEASE SAVEPOINT",
};

function Boundary({ entry }: { readonly entry: TransactionEntry }): ReactElement {
  return (
    <li className={`mw-boundary mw-boundary-${entry.what}`}>
      <span>
        {BOUNDARY[entry.what]}
        {entry.name ? ` ${entry.name}` : ""}
      </span>
      {entry.line !== null && <span className="mw-line">line {entry.line}</span>}
    </li>
  );
}

interface StatementProps {
  readonly entry: StatementEntry;
  readonly inlined: boolean;
  readonly lit: boolean;
  readonly onLine: ((line: number | null) => void) | undefined;
}

function Statement({ entry, inlined, lit, onLine }: StatementProps): ReactElement {
  const { statement: s, result: r } = entry;
  const tell = (on: boolean): void => onLine?.(on ? s.line : null);
  return (
    <li
      className={lit ? "mw-statement mw-lit" : "mw-statement"}
      data-line={s.line ?? undefined}
      tabIndex={0}
      onMouseEnter={() => tell(true)}
      onMouseLeave={() => tell(false)}
      onFocus={() => tell(true)}
      onBlur={() => tell(false)}
    >
      <pre className="mw-text">
        <SqlText sql={(inlined ? s.inlined : s.sql).trim()} />
      </pre>
      {!inlined && s.params !== "()" && s.params !== "" && (
        <pre className="mw-text mw-params">{s.params}</pre>
      )}
      <p className="mw-facts">
        {s.line !== null && <span className="mw-line">line {s.line}</span>}
        <span>{s.subject ? `${s.cause} · ${s.subject}` : s.cause}</span>
        {s.many > 1 && <span>{s.many} sets of parameters</span>}
        {r && <span>{outcome(entry)}</span>}
        {r && <span>{r.milliseconds < 1 ? "<1" : Math.round(r.milliseconds)} ms</span>}
        {s.simulated && <span className="mw-simulated">simulated {s.dialect}: ran on SQLite</span>}
      </p>
      {r?.error && <p className="mw-error-title">{r.error}</p>}
      {r?.columns && r.rows.length > 0 && (
        <details className="mw-rowsfold">
          <summary>{r.fetched === 1 ? "1 row" : `${r.fetched} rows`}</summary>
          <RowsTable result={r} />
        </details>
      )}
    </li>
  );
}

function outcome(entry: StatementEntry): string {
  const r = entry.result!;
  if (r.error) return "failed";
  if (r.columns) return r.fetched === 1 ? "1 row" : `${r.fetched} rows`;
  return r.rowcount > 0 ? `${r.rowcount} row${r.rowcount === 1 ? "" : "s"} changed` : "done";
}
