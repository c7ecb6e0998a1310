// The one stream that panels, the conformance runner, exercise checks and the build read.
//
// The engine emits an event for every statement and every transaction boundary, with its cause.
// Nobody who listens may cause a statement.
import { host, type Value } from "../util/host.ts";
import type { DriverConnection } from "./dbapi.ts";
import type { ExecutionContext } from "./execution-context.ts";

export type Cause =
  | "execute"
  | "flush"
  | "autoflush"
  | "lazy load"
  | "refresh"
  | "eager load"
  | "deferred load"
  | "reflection"
  | "ddl"
  | "migration"
  | "bulk"
  | "connect";

export interface StatementEvent {
  readonly kind: "statement";
  readonly id: number;
  readonly sql: string;
  /** A tuple of positional or a dict of named values; with `many` a list of those. A batch of several rows of an INSERT has `many` and flat values. */
  readonly params: Value;
  readonly many: boolean;
  /** What listeners made of text and parameters (retval=True), where they changed them. */
  sent?: { readonly sql: string; readonly params: Value };
  /** Dialect name, e.g. "sqlite"; `simulated` where another dialect's text stands for what ran on SQLite. */
  readonly dialect: string;
  readonly simulated: boolean;
  readonly cause: Cause;
  /** What the cause concerns: "User.addresses", "User", a table name, a revision. */
  readonly subject: string | undefined;
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly connection: number;
  readonly behind?: Behind;
  /** Filled in after execution. */
  columns?: readonly string[];
  /** The first rows, as fetched. */
  rows?: Value[][];
  /** How many rows were fetched in all; `rows` keeps the first. */
  fetched?: number;
  rowcount?: number;
  milliseconds?: number;
  error?: string;
}

/** What is behind a statement, for those who look further. Nothing of it may be executed or shown to a page. */
export interface Behind {
  /** The text that went to the driver. */
  readonly sql: string;
  readonly dbapi: DriverConnection;
  readonly context: ExecutionContext | null;
}

export interface TransactionEvent {
  readonly kind: "begin" | "commit" | "rollback" | "savepoint" | "rollback_savepoint" | "release_savepoint";
  readonly connection: number;
  readonly name?: string;
  readonly file: string | undefined;
  readonly line: number | undefined;
}

export type TraceEvent = StatementEvent | TransactionEvent;
export interface TraceSink {
  event(e: TraceEvent): void;
  /** A statement's result became known (rowcount, columns, time, error) or rows were fetched. */
  update?(e: StatementEvent): void;
}

let sink: TraceSink | undefined;

/** Whether anybody reads the stream: what an event needs need not be made otherwise. */
export function tracing(): boolean {
  return sink !== undefined;
}

let nextId = 1;
const causes: { cause: Cause; subject: string | undefined }[] = [];

/** Send events to this sink from now on; undefined stops it. */
export function setTraceSink(s: TraceSink | undefined): void {
  sink = s;
  nextId = 1;
  causes.length = 0;
}

/** Run fn with every statement it emits marked with this cause (the innermost wins). */
export function withCause<T>(cause: Cause, subject: string | undefined, fn: () => T): T {
  causes.push({ cause, subject });
  try {
    return fn();
  } finally {
    causes.pop();
  }
}

type StatementStart = Pick<
  StatementEvent,
  "sql" | "params" | "many" | "dialect" | "simulated" | "connection" | "behind"
>;

/** Emit a statement where before_cursor_execute fires, ahead of the program's listeners; fill the returned event in afterwards and call traceUpdate. */
export function traceStatement(start: StatementStart): StatementEvent | undefined {
  if (!sink) return undefined;
  const top = causes.at(-1);
  const at = host.where();
  const e: StatementEvent = {
    kind: "statement",
    id: nextId++,
    cause: top?.cause ?? "execute",
    subject: top?.subject,
    file: at?.file,
    line: at?.line,
    ...start,
  };
  sink.event(e);
  return e;
}

/** How many rows of each statement the trace keeps. */
export const TRACE_ROWS = 200;

export function traceUpdate(e: StatementEvent | undefined): void {
  if (e) sink?.update?.(e);
}

export function traceTransaction(kind: TransactionEvent["kind"], connection: number, name?: string): void {
  if (!sink) return;
  const at = host.where();
  sink.event({ kind, connection, ...(name === undefined ? {} : { name }), file: at?.file, line: at?.line });
}
