// What a run of a program showed, as data: the one thing that panels draw, live and at build time alike.
//
// Made by folding the engine's events (runtime/protocol.ts) in order; nothing here knows a page or an engine.
import type {
  Event,
  PlanStep,
  SessionMoment,
  ShownError,
  ShownStatement,
  StatementResult,
  TablesMoment,
} from "../../../playground-engine/runtime/protocol.ts";

export interface StatementEntry {
  readonly kind: "statement";
  readonly statement: ShownStatement;
  result: StatementResult | null;
}

export interface TransactionEntry {
  readonly kind: "transaction";
  readonly what: "begin" | "commit" | "rollback" | "savepoint" | "rollback_savepoint" | "release_savepoint";
  readonly connection: number;
  readonly name: string | null;
  readonly file: string | null;
  readonly line: number | null;
}

export type SqlEntry = StatementEntry | TransactionEntry;

export interface OutputPiece {
  readonly stream: "stdout" | "stderr";
  readonly text: string;
}

export type RunStatus = "none" | "running" | "done" | "failed" | "stopped";

/** What was seen of sessions and tables, after so many entries of `sql`. */
export type Look =
  | { readonly kind: "session"; readonly at: number; readonly moment: SessionMoment }
  | { readonly kind: "tables"; readonly at: number; readonly moment: TablesMoment };

export interface RunModel {
  /** The file or cell that ran, where it is known: lines of other files are told with their file. */
  readonly name?: string;
  readonly status: RunStatus;
  readonly output: readonly OutputPiece[];
  readonly sql: readonly SqlEntry[];
  readonly error: ShownError | null;
  /** Messages of limits reached, and of an engine that died. */
  readonly notices: readonly string[];
  /** Engine time of the run. */
  readonly milliseconds: number | null;
  /** Sessions and tables through the run (timeline.ts); left out where nobody looked. */
  readonly looks?: readonly Look[];
  /** SQLite's plans, each once for statements of the same text. */
  readonly plans?: readonly { readonly sql: string; readonly steps: readonly PlanStep[] }[];
  /** The run of the cell before this one in the same console: what was there already. */
  readonly base?: RunModel;
}

export const emptyRun: RunModel = {
  status: "none",
  output: [],
  sql: [],
  error: null,
  notices: [],
  milliseconds: null,
};

/** Parts of a session's events that belong to one of its cells; events before any cell belong to the first. */
export function eventsOfCell(events: readonly Event[], cell: number): Event[] {
  const out: Event[] = [];
  let at = 0;
  for (const e of events) {
    if (e.kind === "cell") {
      if (e.what === "start") at = e.index;
    } else if (at === cell) out.push(e);
  }
  return out;
}

/** The model after some more events. Earlier models stay as they were. */
export function withEvents(model: RunModel, events: readonly Event[]): RunModel {
  const output = [...model.output];
  const sql = [...model.sql];
  const notices = [...model.notices];
  const looks = [...(model.looks ?? [])];
  const plans = [...(model.plans ?? [])];
  let error = model.error;
  const placeOf = (id: number): number =>
    sql.findLastIndex((x) => x.kind === "statement" && x.statement.id === id);
  for (const e of events) {
    switch (e.kind) {
      case "output": {
        const last = output.at(-1);
        if (last && last.stream === e.stream)
          output[output.length - 1] = { stream: e.stream, text: last.text + e.text };
        else output.push({ stream: e.stream, text: e.text });
        break;
      }
      case "statement":
        sql.push({ kind: "statement", statement: e.statement, result: null });
        break;
      case "result": {
        const at = placeOf(e.result.id);
        if (at >= 0) sql[at] = { ...(sql[at] as StatementEntry), result: e.result };
        break;
      }
      case "transaction":
        sql.push({
          kind: "transaction",
          what: e.what,
          connection: e.connection,
          name: e.name,
          file: e.file,
          line: e.line,
        });
        break;
      case "error":
        error = e.error;
        break;
      case "limit":
        notices.push(e.message);
        break;
      case "session":
      case "tables":
        looks.push({ kind: e.kind, at: sql.length, moment: e.moment } as Look);
        break;
      case "plan": {
        const at = placeOf(e.id);
        if (at >= 0) plans.push({ sql: (sql[at] as StatementEntry).statement.sql, steps: e.steps });
        break;
      }
      case "cell":
      case "terminal":
        break;
    }
  }
  return {
    ...model,
    output,
    sql,
    error,
    notices,
    ...(looks.length ? { looks } : {}),
    ...(plans.length ? { plans } : {}),
  };
}

export function statements(model: RunModel): StatementEntry[] {
  return model.sql.filter((e) => e.kind === "statement");
}

const baseName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** "line 12", or "models.py line 12" where the run is another file's. */
export function lineText(run: RunModel, file: string | null, line: number): string {
  const own = run.name ?? onlyFile(run);
  return file === null || own === null || baseName(file) === baseName(own)
    ? `line ${line}`
    : `${baseName(file)} line ${line}`;
}

const onlyFiles = new WeakMap<RunModel, string | null>();

/** The file of all statements, "" where there are several; null without any. */
function onlyFile(run: RunModel): string | null {
  let found = onlyFiles.get(run);
  if (found === undefined) {
    const files = new Set(run.sql.map((e) => (e.kind === "statement" ? e.statement.file : e.file)));
    files.delete(null);
    found = files.size === 0 ? null : files.size === 1 ? ([...files][0] as string) : "";
    onlyFiles.set(run, found);
  }
  return found;
}

/** "3 statements, 1 transaction, 12 ms", as the live region says it. */
export function summary(model: RunModel): string {
  const n = statements(model).length;
  const parts = [n === 0 ? "no SQL" : n === 1 ? "1 statement" : `${n} statements`];
  const transactions = model.sql.filter((e) => e.kind === "transaction" && e.what === "begin").length;
  if (transactions) parts.push(transactions === 1 ? "1 transaction" : `${transactions} transactions`);
  if (model.error) parts.push(model.error.type);
  if (model.milliseconds !== null) parts.push(`${Math.max(1, Math.round(model.milliseconds))} ms`);
  return parts.join(", ");
}

/** Output as one text. */
export function outputText(model: RunModel): string {
  return model.output.map((p) => p.text).join("");
}

/** What makes a run differ from the page's recorded one, for the reader; empty where nothing does. */
export function differences(recorded: RunModel, now: RunModel): string[] {
  const out: string[] = [];
  const a = statements(recorded).map((s) => s.statement.sql.trim() + s.statement.params);
  const b = statements(now).map((s) => s.statement.sql.trim() + s.statement.params);
  if (b.length !== a.length) {
    const d = b.length - a.length;
    out.push(
      `${Math.abs(d)} ${d > 0 ? "more" : "fewer"} statement${Math.abs(d) === 1 ? "" : "s"} than on the page`,
    );
  } else if (a.some((s, i) => s !== b[i])) out.push("other statements than on the page");
  // addresses of objects in memory differ from run to run
  const text = (run: RunModel): string => outputText(run).replace(/\b0x[0-9a-f]{6,}\b/g, "0x…");
  if (text(recorded) !== text(now)) out.push("other output than on the page");
  return out;
}
