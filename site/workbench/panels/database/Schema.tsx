// Tables in words: columns, keys, indexes, and the SQL that made them. The twin of the diagram.
import type { ReactElement } from "react";
import type { Failure, ShownDatabase, ShownTable } from "../../../../playground-engine/runtime/protocol.ts";
import type { Difference } from "../diagram/TablesDiagram.tsx";
import { ValueTable } from "../results/Rows.tsx";
import { SqlText } from "../sql/SqlText.tsx";

export function Schema({
  answer,
  rows = false,
}: {
  readonly answer: ShownDatabase | Failure | undefined;
  /** Show rows in place of columns. */
  readonly rows?: boolean;
}): ReactElement {
  if (!answer) return <p className="mw-empty">Looking…</p>;
  if ("error" in answer) return <p className="mw-empty">{answer.error}</p>;
  const all = [...answer.tables, ...answer.views];
  if (all.length === 0) return <p className="mw-empty">No tables.</p>;
  return (
    <div className="mw-dbtables">
      {all.map((t) => (rows ? <TableRows key={t.name} table={t} /> : <TableText key={t.name} table={t} />))}
    </div>
  );
}

function TableRows({ table }: { readonly table: ShownTable }): ReactElement {
  return (
    <section className="mw-dbtable" aria-label={table.name}>
      <p className="mw-dbtitle">
        {table.name} <span className="mw-fact">{table.count === 1 ? "1 row" : `${table.count} rows`}</span>
      </p>
      {table.error && <p className="mw-error-title">{table.error}</p>}
      {table.rows.length > 0 && (
        <div className="mw-tablewrap" tabIndex={0} role="group" aria-label={`Rows of ${table.name}`}>
          <ValueTable columns={table.columns.map((c) => c.name)} rows={table.rows} />
        </div>
      )}
      {table.rows.length < table.count && (
        <p className="mw-fact">
          The first {table.rows.length} of {table.count} rows.
        </p>
      )}
    </section>
  );
}

/** One table: with differences, which of its parts are new, changed or gone. */
export function TableText({
  table,
  difference,
  columns,
}: {
  readonly table: ShownTable;
  readonly difference?: Difference | undefined;
  readonly columns?: ReadonlyMap<string, Difference> | undefined;
}): ReactElement {
  const defaults = table.columns.some((c) => c.generated || c.default !== null);
  const indexes = table.indexes.filter((i) => i.origin !== "pk");
  return (
    <section className={`mw-dbtable${difference ? ` mw-diff-${difference}` : ""}`} aria-label={table.name}>
      <p className="mw-dbtitle">
        {table.name}
        {difference && <span className={`mw-diffmark mw-diffmark-${difference}`}>{difference}</span>}
      </p>
      {table.error && <p className="mw-error-title">{table.error}</p>}
      <div className="mw-tablewrap" tabIndex={0} role="group" aria-label={`Columns of ${table.name}`}>
        <table className="mw-rows mw-columns">
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Type</th>
              <th scope="col">Null</th>
              {defaults && <th scope="col">Default</th>}
              <th scope="col">Key</th>
              {columns && columns.size > 0 && <th scope="col">Difference</th>}
            </tr>
          </thead>
          <tbody>
            {table.columns.map((c) => {
              const fk = table.foreignKeys.find((f) => f.columns.includes(c.name));
              const d = columns?.get(c.name);
              return (
                <tr key={c.name} className={d && `mw-diff-${d}`}>
                  <th scope="row">{c.name}</th>
                  <td>{c.type}</td>
                  <td>{c.nullable ? "yes" : "no"}</td>
                  {defaults && <td>{c.generated ? "generated" : (c.default ?? "")}</td>}
                  <td>
                    {[
                      c.primaryKey > 0 ? "primary" : "",
                      fk
                        ? `→ ${fk.table}${fk.references.length ? `.${fk.references[fk.columns.indexOf(c.name)] ?? ""}` : ""}`
                        : "",
                    ]
                      .filter(Boolean)
                      .join(", ")}
                  </td>
                  {columns && columns.size > 0 && <td>{d ?? ""}</td>}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {indexes.length > 0 && (
        <ul className="mw-indexes">
          {indexes.map((i) => (
            <li key={i.name}>
              {i.origin === "u" ? "unique" : i.unique ? "unique index" : "index"}
              {i.origin === "u" ? "" : ` ${i.name}`} on{" "}
              {i.columns.map((c) => c ?? "an expression").join(", ")}
            </li>
          ))}
        </ul>
      )}
      {table.foreignKeys.some((f) => /CASCADE|SET|RESTRICT/i.test(f.onDelete + f.onUpdate)) && (
        <ul className="mw-indexes">
          {table.foreignKeys
            .filter((f) => /CASCADE|SET|RESTRICT/i.test(f.onDelete + f.onUpdate))
            .map((f, i) => (
              <li key={i}>
                {f.columns.join(", ")} → {f.table}
                {/NO ACTION/i.test(f.onDelete) ? "" : `, ON DELETE ${f.onDelete}`}
                {/NO ACTION/i.test(f.onUpdate) ? "" : `, ON UPDATE ${f.onUpdate}`}
              </li>
            ))}
        </ul>
      )}
      <details className="mw-rowsfold">
        <summary>SQL</summary>
        <pre className="mw-text">
          <SqlText sql={table.sql} />
        </pre>
      </details>
    </section>
  );
}
