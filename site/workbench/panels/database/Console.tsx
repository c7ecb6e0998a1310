// SQL of the reader's own on a database of the run. Enter with Ctrl or Cmd runs; the arrow keys at the first and last line bring
// back what was run before.
import { type KeyboardEvent, type ReactElement, useId, useState } from "react";
import type { QueryAnswer } from "../../../../playground-engine/runtime/protocol.ts";
import type { PanelModel } from "../registry.ts";
import { RowsTable } from "../results/Rows.tsx";
import { duration } from "../sql/Statement.tsx";
import { SqlText } from "../sql/SqlText.tsx";

type Result = QueryAnswer["results"][number];

export function Console({
  model,
  path,
  tables,
  onWritten,
}: {
  readonly model: PanelModel;
  readonly path: string;
  readonly tables: readonly string[];
  readonly onWritten: () => void;
}): ReactElement {
  const [sql, setSql] = useState("");
  const [history, setHistory] = useState<readonly string[]>([]);
  const [at, setAt] = useState<number | null>(null);
  const [results, setResults] = useState<readonly Result[] | string | null>(null);
  const [busy, setBusy] = useState(false);
  const id = useId();
  const run = async (text = sql): Promise<void> => {
    if (text.trim() === "") return;
    setBusy(true);
    setHistory((h) => [...h.filter((x) => x !== text), text].slice(-50));
    setAt(null);
    const answer = await model.ask({ kind: "query", path, sql: text, rows: 200 });
    setBusy(false);
    if (!answer) setResults("The engine has nothing to say of this database: run the program again.");
    else if ("error" in answer) setResults(answer.error);
    else {
      setResults(answer.results);
      if (answer.results.some((r) => r.changes > 0 || !r.columns)) onWritten();
    }
  };
  const keys = (e: KeyboardEvent<HTMLTextAreaElement>): void => {
    const area = e.currentTarget;
    if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) {
      e.preventDefault();
      e.stopPropagation();
      void run();
      return;
    }
    const first = !area.value.slice(0, area.selectionStart).includes("\n");
    const last = !area.value.slice(area.selectionEnd).includes("\n");
    const next =
      e.key === "ArrowUp" && first
        ? (at ?? history.length) - 1
        : e.key === "ArrowDown" && last && at !== null
          ? at + 1
          : undefined;
    if (next === undefined || next < 0) return;
    e.preventDefault();
    setAt(next >= history.length ? null : next);
    setSql(history[next] ?? "");
  };
  return (
    <div className="mw-console">
      <label htmlFor={id} className="mw-fact">
        SQL, on the database as the run left it
      </label>
      <div className="mw-console-line">
        <textarea
          id={id}
          className="mw-field mw-console-input"
          rows={Math.min(10, Math.max(2, sql.split("\n").length))}
          spellCheck={false}
          autoCapitalize="off"
          value={sql}
          placeholder={tables.length ? `SELECT * FROM ${tables[0]}` : "SELECT sqlite_version()"}
          onChange={(e) => setSql(e.currentTarget.value)}
          onKeyDown={keys}
        />
        <button
          type="button"
          className="mw-button mw-primary"
          disabled={busy || sql.trim() === ""}
          onClick={() => void run()}
        >
          Run SQL
        </button>
      </div>
      {tables.length > 0 && (
        <p className="mw-console-tables">
          {tables.map((t) => (
            <button
              key={t}
              type="button"
              className="mw-linklike"
              onClick={() => {
                const text = `SELECT * FROM ${/^[a-z_]\w*$/i.test(t) ? t : `"${t}"`}`;
                setSql(text);
                void run(text);
              }}
            >
              {t}
            </button>
          ))}
        </p>
      )}
      <div role="status" className="sr-only">
        {typeof results === "string"
          ? results
          : results
              ?.map((r) => r.error ?? (r.columns ? `${r.fetched} rows` : `${r.changes} rows changed`))
              .join("; ")}
      </div>
      {typeof results === "string" && <p className="mw-error-title">{results}</p>}
      {Array.isArray(results) && (results as readonly Result[]).map((r, i) => <Outcome key={i} result={r} />)}
    </div>
  );
}

/** What one statement gave. */
function Outcome({ result: r }: { readonly result: Result }): ReactElement {
  return (
    <figure className="mw-result">
      <figcaption>
        <SqlText sql={r.sql.trim()} />
        <span className="mw-facts">
          {r.error
            ? "failed"
            : r.columns
              ? r.fetched === 1
                ? "1 row"
                : `${r.fetched} rows`
              : `${r.changes} row${r.changes === 1 ? "" : "s"} changed`}
          <span>{duration(r.milliseconds)}</span>
        </span>
      </figcaption>
      {r.error && <p className="mw-error-title">{r.error}</p>}
      {r.columns && r.rows.length > 0 && <RowsTable result={r} />}
    </figure>
  );
}
