// Rows of every table at a step of the run: what it added, changed and removed is marked, in colour and in words.
import type { ReactElement } from "react";
import type { ShownValue } from "../../../../playground-engine/runtime/protocol.ts";
import type { Step, TableDifference, TableState } from "../../model/timeline.ts";
import { databaseName } from "./names.ts";

export function RowsAt({ step, database }: { readonly step: Step; readonly database: string }): ReactElement {
  const tables = [...step.tables].filter(([, t]) => databaseName(t.database) === database);
  if (tables.length === 0) return <p className="mw-empty">No tables at this step.</p>;
  return (
    <div className="mw-dbtables">
      {tables.map(([key, t]) => (
        <TableAt key={key} table={t} difference={step.differences.get(key)} />
      ))}
    </div>
  );
}

function summaryOf(d: TableDifference | undefined): string {
  if (!d) return "";
  return [
    d.added.size && `${d.added.size} added`,
    d.changed.size && `${d.changed.size} changed`,
    d.removed.length && `${d.removed.length} removed`,
  ]
    .filter(Boolean)
    .join(", ");
}

function Cell({
  value,
  was,
}: {
  readonly value: ShownValue;
  readonly was?: ShownValue | undefined;
}): ReactElement {
  const differs = was !== undefined && (was.text !== value.text || was.kind !== value.kind);
  return (
    <td className={`mw-v-${value.kind}${differs ? " mw-cell-changed" : ""}`}>
      {differs && (
        <>
          <del>{was.kind === "null" ? "NULL" : was.text}</del>{" "}
        </>
      )}
      {value.kind === "null" ? "NULL" : value.text}
    </td>
  );
}

function TableAt({
  table,
  difference,
}: {
  readonly table: TableState;
  readonly difference: TableDifference | undefined;
}): ReactElement {
  const rows = [...table.rows.values()];
  const changes = summaryOf(difference);
  const removed = difference?.removed ?? [];
  return (
    <section className={changes ? "mw-dbtable mw-dbtable-changed" : "mw-dbtable"} aria-label={table.name}>
      <p className="mw-dbtitle">
        {table.name} <span className="mw-fact">{table.total === 1 ? "1 row" : `${table.total} rows`}</span>
        {changes && <span className="mw-dbchanges">{changes}</span>}
      </p>
      {rows.length + removed.length > 0 && (
        <div className="mw-tablewrap" tabIndex={0} role="group" aria-label={`Rows of ${table.name}`}>
          <table className="mw-rows">
            <thead>
              <tr>
                <th scope="col" className="mw-markcolumn">
                  <span className="sr-only">Change</span>
                </th>
                {table.columns.map((c) => (
                  <th key={c} scope="col">
                    {c}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((r) => {
                const was = difference?.changed.get(r.id);
                const mark = difference?.added.has(r.id) ? "added" : was ? "changed" : undefined;
                return (
                  <tr key={r.id} className={mark && `mw-row${mark}`}>
                    <Mark mark={mark} />
                    {r.values.map((v, i) => (
                      <Cell key={i} value={v} was={was?.[i]} />
                    ))}
                  </tr>
                );
              })}
              {removed.map((r) => (
                <tr key={`-${r.id}`} className="mw-rowremoved">
                  <Mark mark="removed" />
                  {r.values.map((v, i) => (
                    <Cell key={i} value={v} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.length < table.total && (
        <p className="mw-fact">
          The first {rows.length} of {table.total} rows.
        </p>
      )}
    </section>
  );
}

const SIGNS = { added: "+", changed: "~", removed: "−" } as const;

function Mark({ mark }: { readonly mark: keyof typeof SIGNS | undefined }): ReactElement {
  return (
    <td className="mw-markcolumn">
      {mark && (
        <>
          <span aria-hidden="true">{SIGNS[mark]}</span>
          <span className="sr-only">{mark}</span>
        </>
      )}
    </td>
  );
}
