// The contract between a page and the engine's worker: plain data only, structured-cloneable, nothing of the engine.
//
// A page sends Requests and receives Reports. A worker serves one run at a time; stopping a run is terminating
// the worker (nothing inside can be interrupted while SQLite works), so clients keep a spare one warm.
// Values of the reader's program never cross: they arrive as text made by the engine (repr), with their kind.

/** A file of the virtual workspace. Paths are absolute under /workspace or relative to it, "/" parts them. */
export interface WorkspaceFile {
  readonly path: string;
  /** Text files as text, databases and other binaries as bytes. */
  readonly content: string | Uint8Array;
}

export interface Limits {
  /** Milliseconds of running after which the program is ended with a message. */
  readonly milliseconds?: number;
  /** Characters of output after which further output is dropped with a message. */
  readonly output?: number;
  readonly recursion?: number;
}

/** What to run. */
export type Program =
  /** A script as `python FILE ARGS…`. */
  | { readonly kind: "script"; readonly file: string; readonly args?: readonly string[] }
  /** Cells of one console, run in order in one namespace that a later run of the same session continues. */
  | {
      readonly kind: "cells";
      readonly session: string;
      readonly cells: readonly Cell[];
      /** Begin the console anew: no names, no databases in memory. */ readonly fresh?: boolean;
      /** Show the value of expression statements, as Python's prompt does; true where left out. */ readonly echo?: boolean;
    }
  /** One line of the terminal: python, alembic, sqlite3, pytest, ls … */
  | { readonly kind: "command"; readonly line: string };

export interface Cell {
  /** Shown in tracebacks and line links, e.g. "cell 2" or the example's title. */
  readonly name: string;
  readonly source: string;
}

export type Request =
  /** Load the engine and SQLite; answered by ready or failed. */
  | { readonly type: "boot"; readonly wasm?: string | Uint8Array }
  /** Replace the workspace by these files (databases included) and forget all consoles. */
  | { readonly type: "workspace"; readonly files: readonly WorkspaceFile[] }
  /** Add or replace (content) or remove (null) single files. */
  | {
      readonly type: "write";
      readonly files: readonly { readonly path: string; readonly content: string | Uint8Array | null }[];
    }
  | {
      readonly type: "run";
      readonly id: number;
      readonly program: Program;
      readonly limits?: Limits;
      /** create_engine with URLs of other databases simulates them on SQLite */ readonly simulate?: boolean;
    }
  /** Ask for files (all, or the named ones): answered by files. */
  | { readonly type: "read"; readonly id: number; readonly paths?: readonly string[] }
  /** Look at things without running the reader's code; answered by answer. */
  | { readonly type: "ask"; readonly id: number; readonly question: Question };

export type Question =
  | { readonly kind: "database"; readonly path: string; readonly rows: number }
  | { readonly kind: "query"; readonly path: string; readonly sql: string }
  | { readonly kind: "revisions"; readonly config: string }
  | { readonly kind: "check"; readonly path: string; readonly source: string }
  | { readonly kind: "complete"; readonly line: string };

/** A value as the page shows it. */
export interface ShownValue {
  readonly kind: "null" | "bool" | "int" | "float" | "str" | "bytes" | "other";
  /** Python's repr, shortened where very long. */
  readonly text: string;
}

export interface ShownStatement {
  readonly id: number;
  readonly sql: string;
  /** Parameters as Python shows them: `('ed', 1)`, or a list of such with executemany. */
  readonly params: string;
  /** The statement with its parameters written in as literals, for reading and for EXPLAIN. */
  readonly inlined: string;
  readonly many: number;
  readonly dialect: string;
  readonly simulated: boolean;
  readonly cause: string;
  readonly subject: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly connection: number;
}

export interface StatementResult {
  readonly id: number;
  readonly columns: readonly string[] | null;
  readonly rows: readonly (readonly ShownValue[])[];
  /** Rows fetched in all; `rows` may hold fewer. */
  readonly fetched: number;
  readonly rowcount: number;
  readonly milliseconds: number;
  readonly error: string | null;
}

export interface Frame {
  readonly file: string;
  readonly line: number;
  readonly function: string;
}

export interface ShownError {
  /** "IntegrityError"; with its module in `qualified`: "sqlalchemy.exc.IntegrityError". */
  readonly type: string;
  readonly qualified: string;
  readonly message: string;
  /** What Python would print to standard error. */
  readonly traceback: string;
  /** Frames of the reader's program, outermost first. */
  readonly frames: readonly Frame[];
  /** For syntax errors: where, 1-based. */
  readonly at?: {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly endLine: number;
    readonly endColumn: number;
  };
}

export type Event =
  | { readonly kind: "output"; readonly stream: "stdout" | "stderr"; readonly text: string }
  | { readonly kind: "statement"; readonly statement: ShownStatement }
  | { readonly kind: "result"; readonly result: StatementResult }
  | {
      readonly kind: "transaction";
      readonly what:
        "begin" | "commit" | "rollback" | "savepoint" | "rollback_savepoint" | "release_savepoint";
      readonly connection: number;
      readonly name: string | null;
      readonly file: string | null;
      readonly line: number | null;
    }
  | { readonly kind: "cell"; readonly index: number; readonly what: "start" | "end" }
  | { readonly kind: "session"; readonly moment: SessionMoment }
  | { readonly kind: "error"; readonly error: ShownError }
  | { readonly kind: "limit"; readonly message: string };

/** The objects of a session at one moment of the run. */
export interface SessionMoment {
  readonly session: number;
  /** Number of the statement or line event that this moment follows. */
  readonly after: number;
  readonly line: number | null;
  readonly label: string;
  readonly objects: readonly ShownObject[];
}

export interface ShownObject {
  readonly id: number;
  readonly class: string;
  readonly key: string | null;
  readonly state: "transient" | "pending" | "persistent" | "deleted" | "detached";
  readonly expired: readonly string[];
  readonly values: readonly { readonly name: string; readonly value: ShownValue }[];
  readonly changes: readonly { readonly name: string; readonly old: string; readonly new: string }[];
}

export type Report =
  | { readonly type: "progress"; readonly stage: "engine" | "sqlite" | "modules"; readonly done: number }
  | {
      readonly type: "ready";
      readonly milliseconds: number;
      readonly versions: Readonly<Record<string, string>>;
    }
  | { readonly type: "failed"; readonly stage: string; readonly message: string }
  /** Events of a run, in order, in batches. */
  | { readonly type: "events"; readonly id: number; readonly events: readonly Event[] }
  | {
      readonly type: "done";
      readonly id: number;
      readonly exit: number;
      readonly milliseconds: number;
      /** files that the run made or changed; null where removed */ readonly changed: readonly {
        readonly path: string;
        readonly content: string | Uint8Array | null;
      }[];
    }
  | { readonly type: "files"; readonly id: number; readonly files: readonly WorkspaceFile[] }
  | { readonly type: "answer"; readonly id: number; readonly answer: unknown };
