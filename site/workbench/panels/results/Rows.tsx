// Values of a database as a table.
import type { ReactElement } from "react";
import type { StatementResult } from "../../../../playground-engine/runtime/protocol.ts";

type Values = StatementResult["rows"];

/** Rows under the names of their columns. */
export function ValueTable({
  columns,
  rows,
}: {
  readonly columns: readonly string[];
  readonly rows: Values;
}): ReactElement {
  return (
    <table className="mw-rows">
      <thead>
        <tr>
          {columns.map((c, i) => (
            <th key={i} scope="col">
              {c}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, i) => (
          <tr key={i}>
            {row.map((v, j) => (
              <td key={j} className={`mw-v-${v.kind}`}>
                {v.kind === "null" ? "NULL" : v.text}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The rows of one statement. */
export function RowsTable({
  result,
}: {
  readonly result: Pick<StatementResult, "columns" | "rows" | "fetched">;
}): ReactElement {
  const shown = result.rows.length;
  return (
    <div className="mw-tablewrap" tabIndex={0} role="group" aria-label="Rows">
      <ValueTable columns={result.columns ?? []} rows={result.rows} />
      {shown < result.fetched && (
        <p className="mw-empty">
          The first {shown} of {result.fetched} rows.
        </p>
      )}
    </div>
  );
}
