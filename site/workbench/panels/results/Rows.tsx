// Rows of one statement as a table.
import type { ReactElement } from "react";
import type { StatementResult } from "../../../../playground-engine/runtime/protocol.ts";

export function RowsTable({
  result,
}: {
  readonly result: Pick<StatementResult, "columns" | "rows" | "fetched">;
}): ReactElement {
  const shown = result.rows.length;
  return (
    <div className="mw-tablewrap" tabIndex={0} role="group" aria-label="Rows">
      <table className="mw-rows">
        <thead>
          <tr>
            {(result.columns ?? []).map((c, i) => (
              <th key={i} scope="col">
                {c}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {result.rows.map((row, i) => (
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
      {shown < result.fetched && (
        <p className="mw-empty">
          The first {shown} of {result.fetched} rows.
        </p>
      )}
    </div>
  );
}
