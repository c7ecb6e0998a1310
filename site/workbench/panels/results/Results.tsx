// The rows that each query returned, as tables: the first hundred queries, more when asked.
import { type ReactElement, useState } from "react";
import { statements, type RunModel } from "../../model/run-model.ts";
import { SqlText } from "../sql/SqlText.tsx";
import { RowsTable } from "./Rows.tsx";

const AT_ONCE = 100;

export function Results({ run }: { readonly run: RunModel }): ReactElement {
  const [shown, setShown] = useState(AT_ONCE);
  const queries = statements(run).filter((s) => s.result?.columns);
  if (queries.length === 0)
    return (
      <p className="mw-empty">{run.status === "running" ? "Running…" : "No statement returned rows."}</p>
    );
  return (
    <div className="mw-results">
      {queries.slice(0, shown).map((q) => (
        <figure key={q.statement.id} className="mw-result">
          <figcaption>
            <SqlText sql={oneLine(q.statement.sql)} />
            <span className="mw-facts">
              {q.result!.fetched === 1 ? "1 row" : `${q.result!.fetched} rows`}
              {q.statement.line === null ? "" : ` · line ${q.statement.line}`}
            </span>
          </figcaption>
          {q.result!.fetched > 0 ? <RowsTable result={q.result!} /> : <p className="mw-empty">No rows.</p>}
        </figure>
      ))}
      {queries.length > shown && (
        <button type="button" className="mw-button" onClick={() => setShown(shown + AT_ONCE)}>
          Show more of {queries.length} queries
        </button>
      )}
    </div>
  );
}

function oneLine(sql: string): string {
  return sql.trim().replace(/\s+/g, " ");
}
