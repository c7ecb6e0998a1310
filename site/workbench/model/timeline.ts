// A run as steps that one can walk through: each statement, transaction boundary and line that changed objects, with the
// objects and tables as they were after it.
//
// Made of a model's looks (run-model.ts) by folding: steps share what did not change between them.
import type {
  SessionMoment,
  ShownObject,
  ShownRow,
  ShownSession,
  ShownValue,
  TablesMoment,
} from "../../../playground-engine/runtime/protocol.ts";
import type { RunModel, SqlEntry } from "./run-model.ts";

export interface TableState {
  readonly name: string;
  /** Path of the database's file; ":memory:". */
  readonly database: string;
  readonly columns: readonly string[];
  readonly rows: ReadonlyMap<string, ShownRow>;
  readonly total: number;
}

/** How a table's rows differ from the step before. */
export interface TableDifference {
  readonly added: ReadonlySet<string>;
  /** Rows that changed, with their values before. */
  readonly changed: ReadonlyMap<string, readonly ShownValue[]>;
  readonly removed: readonly ShownRow[];
}

export interface Step {
  readonly index: number;
  readonly label: string;
  readonly file: string | null;
  readonly line: number | null;
  /** Place among the run's SQL entries; null for a step of the program alone. */
  readonly entry: number | null;
  /** How many of the run's SQL entries there are up to here. */
  readonly entries: number;
  readonly objects: ReadonlyMap<number, ShownObject>;
  /** Objects that are new or differ from the step before. */
  readonly touched: ReadonlySet<number>;
  readonly sessions: readonly ShownSession[];
  /** By database and name. */
  readonly tables: ReadonlyMap<string, TableState>;
  readonly differences: ReadonlyMap<string, TableDifference>;
}

export interface Timeline {
  readonly steps: readonly Step[];
  /** Every object met, in order. */
  readonly objects: readonly { readonly id: number; readonly class: string; readonly first: number }[];
  /** Names of databases whose tables are known. */
  readonly databases: readonly string[];
  /** What the looking left out, in words. */
  readonly cut: readonly string[];
}

const NOTHING: ReadonlySet<never> = new Set();
const NO_DIFFERENCE: ReadonlyMap<string, TableDifference> = new Map();
const known = new WeakMap<RunModel, Timeline>();

export const BOUNDARY: Readonly<Record<string, string>> = {
  begin: "BEGIN",
  commit: "COMMIT",
  rollback: "ROLLBACK",
  savepoint: "SAVEPOINT",
  rollback_savepoint: "ROLLBACK TO SAVEPOINT",
  release_savepoint: "RELEASE SAVEPOINT",
};

function entryLabel(e: SqlEntry): string {
  if (e.kind === "transaction") return e.name ? `${BOUNDARY[e.what]} ${e.name}` : BOUNDARY[e.what]!;
  const text = e.statement.sql.trim().replace(/\s+/g, " ");
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** The steps of a run; the same model gives the same timeline. */
export function timeline(run: RunModel): Timeline {
  let t = known.get(run);
  if (!t) known.set(run, (t = fold(run)));
  return t;
}

/** Looks that come after a statement or boundary show what it did; others are steps of their own. */
const FOLLOWS: ReadonlySet<SessionMoment["why"]> = new Set([
  "statement",
  "flush",
  "commit",
  "rollback",
  "end",
]);

const OWN_LABEL: Partial<Record<SessionMoment["why"], string>> = {
  close: "the session closes",
  end: "the end",
  flush: "flush",
  commit: "commit",
  rollback: "rollback",
};

function fold(run: RunModel): Timeline {
  const before = run.base ? timeline(run.base) : undefined;
  const start = before?.steps.at(-1);
  const steps: Step[] = [];
  const objectsMet = new Map((before?.objects ?? []).map((o) => [o.id, { ...o, first: -1 }]));
  const databases = new Set(before?.databases);
  const cut = new Set<string>(before?.cut);
  let last: Pick<Step, "objects" | "sessions" | "tables"> = start ?? {
    objects: new Map(),
    sessions: [],
    tables: new Map(),
  };
  /** Whether the latest step has been given a session's look already. */
  let looked = true;
  const push = (s: Pick<Step, "label" | "file" | "line" | "entry" | "entries">): void => {
    steps.push({
      index: steps.length,
      ...s,
      objects: last.objects,
      sessions: last.sessions,
      tables: last.tables,
      touched: NOTHING,
      differences: NO_DIFFERENCE,
    });
    looked = false;
  };
  const change = (c: Partial<Step>): void => {
    const at = steps.length - 1;
    steps[at] = { ...steps[at]!, ...c };
    last = steps[at]!;
  };
  let at = 0;
  const entriesUpTo = (n: number): void => {
    for (; at < n && at < run.sql.length; at++) {
      const e = run.sql[at]!;
      const where = e.kind === "statement" ? e.statement : e;
      push({ label: entryLabel(e), file: where.file, line: where.line, entry: at, entries: at + 1 });
    }
  };
  for (const look of run.looks ?? []) {
    entriesUpTo(look.at);
    const { moment: m } = look;
    if (look.kind === "tables") {
      if ((m as TablesMoment).first) {
        // there before the step that is about to come: it shows in all earlier ones, too
        const { tables } = withTables({ tables: last.tables, differences: NO_DIFFERENCE }, m as TablesMoment);
        last = { ...last, tables };
        steps.forEach((s, i) => {
          steps[i] = { ...s, tables: new Map([...tables, ...s.tables]) };
        });
        databases.add((m as TablesMoment).database);
        continue;
      }
      if (steps.length === 0) push({ label: "the start", file: null, line: null, entry: null, entries: 0 });
      change(withTables(steps.at(-1)!, m as TablesMoment));
      databases.add((m as TablesMoment).database);
      continue;
    }
    const moment = m as SessionMoment;
    if (!FOLLOWS.has(moment.why) || looked || steps.length === 0)
      push({
        label: OWN_LABEL[moment.why] ?? (moment.line === null ? "the program" : `line ${moment.line}`),
        file: moment.file,
        line: moment.line,
        entry: null,
        entries: at,
      });
    looked = true;
    const objects = new Map(last.objects);
    const touched = new Set(steps.at(-1)!.touched);
    for (const o of moment.objects) {
      objects.set(o.id, o);
      touched.add(o.id);
      if (!objectsMet.has(o.id)) objectsMet.set(o.id, { id: o.id, class: o.class, first: steps.length - 1 });
    }
    for (const id of moment.gone) objects.delete(id);
    change({ objects, touched, sessions: moment.sessions });
    if (moment.cut === "moments") cut.add("The run went on; only its first 300 moments are shown.");
    if (moment.cut === "objects") cut.add("Only the first 200 objects are shown.");
    if (moment.cut === "turns")
      cut.add("Of loops, the first turns are shown; what later turns changed shows at the next step.");
  }
  entriesUpTo(run.sql.length);
  return {
    steps,
    objects: [...objectsMet.values()].sort((a, b) => a.id - b.id),
    databases: [...databases],
    cut: [...cut],
  };
}

const keyOf = (m: TablesMoment, table: string): string => `${m.database}#${m.connection}/${table}`;

function withTables(
  step: Pick<Step, "tables" | "differences">,
  m: TablesMoment,
): Pick<Step, "tables" | "differences"> {
  const tables = new Map(step.tables);
  const differences = new Map(step.differences);
  for (const c of m.tables) {
    const key = keyOf(m, c.name);
    const old = tables.get(key);
    const sameColumns = old !== undefined && old.columns.join("\0") === c.columns.join("\0");
    const rows = new Map(sameColumns ? old.rows : []);
    const added = new Set<string>();
    const changed = new Map<string, readonly ShownValue[]>();
    for (const row of c.rows) {
      const was = old?.rows.get(row.id);
      if (!was) added.add(row.id);
      else if (sameColumns) changed.set(row.id, was.values);
      rows.set(row.id, row);
    }
    const removed: ShownRow[] = [];
    for (const id of c.removed) {
      const was = old?.rows.get(id);
      if (was) removed.push(was);
      rows.delete(id);
    }
    const sorted = new Map([...rows].sort(([a], [b]) => Number(a) - Number(b) || (a < b ? -1 : 1)));
    tables.set(key, { name: c.name, database: m.database, columns: c.columns, rows: sorted, total: c.total });
    differences.set(key, { added, changed, removed });
  }
  for (const name of m.dropped) tables.delete(keyOf(m, name));
  return { tables, differences };
}

/** The step at which an entry of the run's SQL happened. */
export function stepOfEntry(t: Timeline, entry: number): number {
  return t.steps.findIndex((s) => s.entry === entry);
}
