// One statement: its text, its parameters, where and why it was emitted, what came of it.
import type { ReactElement, ReactNode } from "react";
import type { PlanStep, ShownStatement } from "../../../../playground-engine/runtime/protocol.ts";
import type { StatementEntry } from "../../model/run-model.ts";
import { RowsTable } from "../results/Rows.tsx";
import { Plan } from "./Plan.tsx";
import { SqlText } from "./SqlText.tsx";

export interface StatementView {
  /** How a place is told: "line 12", or with its file. */
  readonly place?: (file: string | null, line: number) => string;
  /** Parameters written into the statement instead of apart. */
  readonly inlined: boolean;
  /** The statement in another database's SQL: its text, or why there is none. Left out where it is shown as it ran. */
  readonly also?: (s: ShownStatement) => { readonly sql: string | null; readonly note: string | null };
  readonly plan?: (sql: string) => readonly PlanStep[] | undefined;
  readonly onGoto?: (s: ShownStatement) => void;
  readonly onCopy?: (text: string) => void;
}

export function Line({
  line,
  text,
  onGoto,
  tabIndex,
}: {
  readonly tabIndex?: number;
  readonly line: number | null;
  /** What stands there in place of "line 12". */
  readonly text?: string | undefined;
  readonly onGoto?: (() => void) | undefined;
}): ReactElement | null {
  if (line === null) return null;
  if (!onGoto) return <span className="mw-line">{text ?? `line ${line}`}</span>;
  return (
    <button type="button" className="mw-line mw-linebutton" onClick={onGoto} tabIndex={tabIndex}>
      {text ?? `line ${line}`}
    </button>
  );
}

/** "lazy load · User.addresses" */
export function causeText(s: ShownStatement): string {
  return s.subject ? `${s.cause} · ${s.subject}` : s.cause;
}

export interface StatementProps extends StatementView {
  readonly entry: StatementEntry;
  /** In place of line and cause, where a heading above says them. */
  readonly head?: ReactNode;
  /** Whether its buttons are stops of the Tab key: in a long list only those of the current statement are. */
  readonly active?: boolean;
  /** The heading above says the line. */
  readonly lineSaid?: boolean;
}

export function Statement({
  entry,
  inlined,
  also,
  plan,
  onGoto,
  onCopy,
  head,
  lineSaid,
  place,
  active = true,
}: StatementProps): ReactElement {
  const tabIndex = active ? 0 : -1;
  const { statement: s, result: r } = entry;
  const other = also?.(s);
  const sql = (other ? (other.sql ?? s.sql) : inlined ? s.inlined : s.sql).trim();
  const params =
    !other && !inlined && s.params !== "()" && s.params !== "{}" && s.params !== "" ? s.params : null;
  const steps = plan?.(s.sql);
  return (
    <>
      {head}
      <div className="mw-st-body">
        <pre className={other?.sql === null ? "mw-text mw-st-faded" : "mw-text"}>
          <SqlText sql={sql} />
        </pre>
        {onCopy && (
          <button
            type="button"
            className="mw-copy"
            tabIndex={tabIndex}
            aria-label="Copy this statement"
            title="Copy"
            onClick={() => onCopy(sql)}
          >
            <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
              <path
                d="M5.5 4.5v-3h8v9h-3m-8-6h8v10h-8z"
                fill="none"
                stroke="currentColor"
                strokeWidth="1.3"
                strokeLinejoin="round"
              />
            </svg>
          </button>
        )}
      </div>
      {other?.note && <p className="mw-st-note">{other.note}</p>}
      {params !== null && (
        <pre className="mw-text mw-params">
          <span className="sr-only">parameters </span>
          {params}
        </pre>
      )}
      <div className="mw-facts">
        {!lineSaid && (
          <Line
            line={s.line}
            text={s.line === null ? undefined : place?.(s.file, s.line)}
            onGoto={onGoto && (() => onGoto(s))}
            tabIndex={tabIndex}
          />
        )}
        {!head && (
          <span className={`mw-cause mw-cause-${s.cause.replaceAll(" ", "-")}`}>
            {lineSaid ? (s.subject ?? s.cause) : causeText(s)}
          </span>
        )}
        {s.many > 1 && <span>{s.many} sets of parameters</span>}
        {r && !(r.columns && r.rows.length > 0) && <span>{outcome(entry)}</span>}
        {r && r.milliseconds !== null && <span>{duration(r.milliseconds)}</span>}
        {s.simulated && <span className="mw-simulated">simulated {s.dialect}: ran on SQLite</span>}
        {r?.columns && r.rows.length > 0 && (
          <details className="mw-rowsfold">
            <summary tabIndex={tabIndex}>{r.fetched === 1 ? "1 row" : `${r.fetched} rows`}</summary>
            <RowsTable result={r} />
          </details>
        )}
        {steps && (
          <details className="mw-rowsfold">
            <summary tabIndex={tabIndex}>plan</summary>
            <Plan steps={steps} />
          </details>
        )}
      </div>
      {r?.error && <p className="mw-error-title">{r.error}</p>}
    </>
  );
}

export function duration(milliseconds: number): string {
  if (milliseconds < 1) return "<1 ms";
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

function outcome(entry: StatementEntry): string {
  const r = entry.result!;
  if (r.error) return "failed";
  if (r.columns) return r.fetched === 1 ? "1 row" : `${r.fetched} rows`;
  return r.rowcount > 0 ? `${r.rowcount} row${r.rowcount === 1 ? "" : "s"} changed` : "done";
}
