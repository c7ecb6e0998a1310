// The statements of a run in order: bracketed by transaction, gathered by cause, repetitions folded, each with the line that
// emitted it. The same list serves the page without a script and the live panel, which gives it handlers.
import type { ReactElement } from "react";
import type { ShownStatement } from "../../../../playground-engine/runtime/protocol.ts";
import { lineText, type RunModel } from "../../model/run-model.ts";
import {
  adviceFor,
  type GroupRow,
  type Placed,
  type TransactionGroup,
  transactionGroups,
} from "../../model/statement-groups.ts";
import { BOUNDARY } from "../../model/timeline.ts";
import { AdviceCard, type Compare, Repetitions } from "./Repetition.tsx";
import { SqlText } from "./SqlText.tsx";
import { causeText, Line, Statement, type StatementView } from "./Statement.tsx";

/** A row of the list, with the bracket it stands in. */
export interface FlatRow {
  readonly row: GroupRow;
  readonly bracket: "commit" | "rollback" | "open" | "none";
  readonly opens: boolean;
  readonly closes: boolean;
}

export function flatRows(groups: readonly TransactionGroup[]): FlatRow[] {
  return groups.flatMap((g) =>
    g.rows.map((row, i) => ({
      row,
      bracket: g.connection === null ? "none" : (g.end ?? "open"),
      opens: g.opens && i === 0,
      closes: g.closes && i === g.rows.length - 1,
    })),
  );
}

/** Statements of a row. */
export function placedOf(row: GroupRow): readonly Placed[] {
  return row.kind === "statement" ? [row.first] : "statements" in row ? row.statements : [];
}

export interface RowProps extends StatementView {
  readonly flat: FlatRow;
  /** Whether a statement is to be lit, because its source line is. */
  readonly lit?: (s: ShownStatement) => boolean;
  /** Entries up to the moment that the reader looks at; null for all. */
  readonly until?: number | null;
  readonly compare?: Compare;
  readonly onChoose?: (p: Placed) => void;
  readonly active?: boolean;
}

/** What stands in a row; the list item around it is the list's. */
export function RowContent({
  flat: { row },
  compare,
  onChoose,
  lit: _lit,
  until: _until,
  ...view
}: RowProps): ReactElement {
  const placeText = (file: string | null, line: number | null): string | undefined =>
    line === null ? undefined : view.place?.(file, line);
  if (row.kind === "boundary") {
    const { entry } = row;
    return (
      <>
        <span>
          {BOUNDARY[entry.what]}
          {entry.name ? ` ${entry.name}` : ""}
        </span>
        <Line line={entry.line} text={placeText(entry.file, entry.line)} />
      </>
    );
  }
  if (row.kind === "cause")
    return (
      <>
        <span className={`mw-cause mw-cause-${row.cause.replaceAll(" ", "-")}`}>{row.cause}</span>
        <span>{row.count} statements</span>
        <Line line={row.line} text={placeText(row.file, row.line)} />
      </>
    );
  if (row.kind === "looking") {
    const [{ entry }] = row.statements as [Placed];
    return (
      <details className="mw-looking">
        <summary tabIndex={view.active === false ? -1 : 0}>
          looks at the schema <span className="mw-fact">{row.statements.length} statements</span>{" "}
          <Line line={entry.statement.line} text={placeText(entry.statement.file, entry.statement.line)} />
        </summary>
        <ol>
          {row.statements.map((p) => (
            <li key={p.at}>
              <pre className="mw-text">
                <SqlText sql={p.entry.statement.sql.trim()} />
              </pre>
            </li>
          ))}
        </ol>
      </details>
    );
  }
  const [first] = placedOf(row) as [Placed];
  const s = first.entry.statement;
  if (row.kind === "statement") return <Statement {...view} entry={first.entry} lineSaid={row.inCause} />;
  const said = s.line === null ? "the program" : (placeText(s.file, s.line) ?? `line ${s.line}`);
  const advice = adviceFor(
    row.statements,
    said.startsWith("line ") || s.line === null ? said[0]!.toUpperCase() + said.slice(1) : said,
  );
  const head = (
    <p className="mw-repeated-head">
      <strong>{row.statements.length}×</strong>
      <span className={`mw-cause mw-cause-${s.cause.replaceAll(" ", "-")}`}>{causeText(s)}</span>
      {advice?.kind === "n+1" && <span className="mw-badge">N+1</span>}
    </p>
  );
  return (
    <>
      <Statement {...view} entry={first.entry} head={head} />
      {advice && <AdviceCard advice={advice} compare={compare} />}
      <Repetitions statements={row.statements} onGoto={onChoose} active={view.active ?? true} />
    </>
  );
}

/** Class names of a row's list item. */
export function rowClass({ flat, lit, until }: RowProps): string {
  const { row } = flat;
  const placed = placedOf(row);
  const names = [
    "mw-row",
    `mw-row-${flat.bracket}`,
    row.kind === "boundary"
      ? `mw-boundary mw-boundary-${row.entry.what}`
      : row.kind === "cause"
        ? "mw-causehead"
        : "mw-statement",
  ];
  if (flat.opens) names.push("mw-row-opens");
  if (flat.closes) names.push("mw-row-closes");
  if ("inCause" in row && row.inCause) names.push("mw-incause");
  if (placed.length && lit?.(placed[0]!.entry.statement)) names.push("mw-lit");
  if (until != null) {
    const at = row.kind === "boundary" ? row.at : (placed[0]?.at ?? -1);
    if (at >= until) names.push("mw-later");
    if (at === until - 1 || placed.some((p) => p.at === until - 1)) names.push("mw-chosen");
  }
  return names.join(" ");
}

/** The list in full: for pages without a script and for runs of ordinary size. */
export function SqlRows({
  rows,
  view,
  item,
  active,
}: {
  /** The row whose buttons are stops of the Tab key; all where left out. */
  readonly active?: number;
  readonly rows: readonly FlatRow[];
  readonly view: Omit<RowProps, "flat">;
  /** Attributes of a statement's list item: focus and pointer of the live panel. */
  readonly item?: (flat: FlatRow, index: number) => Record<string, unknown>;
}): ReactElement {
  return (
    <ol className="mw-statements">
      {rows.map((flat, i) => (
        <li key={i} className={rowClass({ flat, ...view })} {...item?.(flat, i)}>
          <RowContent flat={flat} {...view} {...(active === undefined ? {} : { active: i === active })} />
        </li>
      ))}
    </ol>
  );
}

/** The panel without controls. */
export function Sql({ run }: { readonly run: RunModel }): ReactElement {
  if (run.sql.length === 0)
    return <p className="mw-empty">{run.status === "running" ? "Running…" : "No SQL was emitted."}</p>;
  return (
    <SqlRows
      rows={flatRows(transactionGroups(run))}
      view={{ inlined: false, place: (file, line) => lineText(run, file, line) }}
    />
  );
}
