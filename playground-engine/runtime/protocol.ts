// The contract between a page and the engine's worker: plain data only, structured-cloneable, nothing of the engine.
//
// A page sends Requests and receives Reports. A worker serves one run at a time; stopping a run is terminating
// the worker (nothing inside can be interrupted while SQLite works), so clients keep a spare one warm.
// Values of the reader's program never cross: they arrive as text made by the engine (repr), with their kind.

/** What a file of a workspace holds: text files as text, databases and other binaries as bytes. */
export type Content = string | Uint8Array;

/**
 * A file of the virtual workspace. Paths are absolute under /workspace or relative to it, "/" parts them. A path that ends in
 * "/" is a folder that holds nothing (alembic/versions/ after `alembic init`); its content is the empty text.
 */
export interface WorkspaceFile {
  readonly path: string;
  readonly content: Content;
}

/** A file that came or changed (content) or went (null). */
export interface FileChange {
  readonly path: string;
  readonly content: Content | null;
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
  | { readonly kind: "command"; readonly line: string; readonly terminal?: TerminalOptions };

/** What a terminal remembers between two lines. The page keeps it, so that it outlives the worker. */
export interface TerminalState {
  /** Absolute: /workspace, or below it. */
  readonly cwd: string;
  /** Variables set by `export`, as pairs. */
  readonly env: readonly (readonly [string, string])[];
  /** Exit status of the last line: what `echo $?` prints. */
  readonly status: number;
}

export interface TerminalOptions {
  /** As the last "terminal" event told it; left out, the worker's own goes on. */
  readonly state?: TerminalState;
  /** Earlier lines, oldest first: what `history` lists. Left out, the lines this worker has run. */
  readonly history?: readonly string[];
  /** Characters in a line; 80 unless told. */
  readonly columns?: number;
  /** ANSI escapes for colours, where the real programs write them; off unless told. */
  readonly color?: boolean;
}

export interface Cell {
  /** Shown in tracebacks and line links, e.g. "cell 2" or the example's title. */
  readonly name: string;
  readonly source: string;
}

export type Request =
  /** Load the engine and SQLite; answered by ready or failed. */
  | { readonly type: "boot"; readonly wasm: WebAssembly.Module | undefined }
  /** Replace the workspace by these files (databases included) and forget all consoles. */
  | { readonly type: "workspace"; readonly files: readonly WorkspaceFile[] }
  /** Add or replace (content) or remove (null) single files. */
  | {
      readonly type: "write";
      readonly files: readonly { readonly path: string; readonly content: Content | null }[];
    }
  | ({
      readonly type: "run";
      readonly id: number;
      readonly program: Program;
      readonly limits?: Limits;
      /** create_engine with URLs of other databases simulates them on SQLite */ readonly simulate?: boolean;
    } & RunLooks)
  /** Ask for files (all, or the named ones): answered by files. */
  | { readonly type: "read"; readonly id: number; readonly paths?: readonly string[] }
  /** Look at things without running the reader's code; answered by answer. */
  | { readonly type: "ask"; readonly id: number; readonly question: Question };

/** What a run lets be seen of itself beside output and SQL, and how it differs from the program as written. */
export interface RunLooks {
  /** Tell of sessions' objects and of tables' rows as they change: session and tables events. */
  readonly moments?: boolean;
  /** Tell how SQLite goes about each statement: plan events. */
  readonly plans?: boolean;
  /** Relationships ("User.addresses") that load as with lazy="selectin", where the program leaves them lazy. */
  readonly eager?: readonly string[];
  /** Put the workspace's files back afterwards. */
  readonly scratch?: boolean;
}

/** Looking. None of these runs the reader's code, but `schema`, which runs the migrations on scratch databases, and `also`. */
export type Question =
  /** What is in a database of the workspace, with the first rows of each table. */
  | { readonly kind: "database"; readonly path: string; readonly rows: number }
  /** SQL on a database of the workspace: reads and writes. A write is answered with the changed file in `changed`. */
  | { readonly kind: "query"; readonly path: string; readonly sql: string; readonly rows?: number }
  /** The history below an alembic.ini, read from the revision files' text. */
  | { readonly kind: "revisions"; readonly config: string }
  /**
   * The schema before and after a revision: runs env.py and the migrations, on a scratch copy of the whole workspace. What a
   * console holds is forgotten.
   */
  | { readonly kind: "schema"; readonly config: string; readonly revision: string }
  /** Whether a text is Python: its syntax errors. */
  | { readonly kind: "check"; readonly path: string; readonly source: string }
  /** What could stand at the cursor of a terminal line. */
  | {
      readonly kind: "complete";
      readonly line: string;
      /** The line's end unless told. */
      readonly cursor?: number;
      readonly state?: TerminalState;
    }
  /**
   * A statement of the last run, told by its id and text, as PostgreSQL, MySQL, SQL Server and Oracle would have it; null where
   * the engine has it no more. Compiles it again: constructs and types of the reader's have a say.
   */
  | { readonly kind: "also"; readonly statement: number; readonly sql: string }
  /** What an editor asks about a text as it is typed. Runs nothing of the reader's. */
  | { readonly kind: "language"; readonly about: LanguageQuestion };

/** About the place in a text; offsets count UTF-16 units from its start. */
export type LanguageQuestion = {
  readonly path: string;
  readonly source: string;
  readonly offset: number;
} & (
  | { readonly what: "complete" | "hover" | "signature" | "definition" }
  /** The places of a name, to be replaced; with `name`, whether that could be its new one. */
  | { readonly what: "rename"; readonly name?: string }
);

export interface LanguageAnswers {
  readonly complete: {
    /** The part of the text that a candidate replaces. */
    readonly from: number;
    readonly to: number;
    readonly candidates: readonly LanguageCandidate[];
  };
  readonly hover: {
    readonly from: number;
    readonly to: number;
    /** A signature, or a name with its type. */
    readonly title: string;
    /** The module or class of the library that it belongs to. */
    readonly home: string | null;
    readonly doc: string | null;
  } | null;
  readonly signature: {
    readonly label: string;
    /** As they stand in the label, in order. */
    readonly parameters: readonly string[];
    /** The parameter at the cursor; −1 where it is none. */
    readonly active: number;
    readonly doc: string | null;
  } | null;
  readonly definition: TextPlace | null;
  readonly rename:
    | {
        readonly from: number;
        readonly to: number;
        /** Where the new name goes, after the words in `before`: an imported name is renamed by `as`. */
        readonly places: readonly {
          readonly from: number;
          readonly to: number;
          readonly before?: string;
        }[];
      }
    | Failure;
}

export interface LanguageCandidate {
  readonly text: string;
  readonly kind:
    | "module"
    | "class"
    | "function"
    | "method"
    | "attribute"
    | "variable"
    | "value"
    | "keyword"
    | "keyword argument";
  readonly detail: string | null;
}

/** Line and column from 1. */
export interface TextPlace {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** What each question is answered with; `error` in place of an answer that cannot be given. */
export interface Answers {
  readonly database: ShownDatabase | Failure;
  readonly query: QueryAnswer | Failure;
  readonly revisions: RevisionGraph | Failure;
  readonly schema: SchemaAnswer | Failure;
  readonly check: CheckAnswer;
  readonly complete: Completion;
  readonly also: readonly AlsoIn[] | null;
  readonly language: LanguageAnswers[LanguageQuestion["what"]];
}
export type Answer<Q extends Question> = Answers[Q["kind"]];

export interface Failure {
  readonly error: string;
}

export interface ShownDatabase {
  readonly path: string;
  /** Bytes of the file. */
  readonly size: number;
  readonly tables: readonly ShownTable[];
  readonly views: readonly ShownTable[];
  readonly triggers: readonly { readonly name: string; readonly table: string; readonly sql: string }[];
  /** Rows of alembic_version; empty where there is no such table. */
  readonly versions: readonly string[];
}

export interface ShownTable {
  readonly name: string;
  readonly sql: string;
  readonly columns: readonly ShownColumn[];
  readonly indexes: readonly ShownIndex[];
  readonly foreignKeys: readonly ShownForeignKey[];
  /** How many rows there are; `rows` holds the first of them. */
  readonly count: number;
  readonly rows: readonly (readonly ShownValue[])[];
  /** Why it cannot be read, where it cannot: a view of a table that is gone. */
  readonly error?: string;
}

export interface ShownColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  /** The default's SQL. */
  readonly default: string | null;
  /** Place in the primary key, from 1; 0 where it is no part of it. */
  readonly primaryKey: number;
  readonly generated: boolean;
}

export interface ShownIndex {
  readonly name: string;
  readonly unique: boolean;
  /** c: CREATE INDEX; u: a UNIQUE constraint; pk: the primary key. */
  readonly origin: "c" | "u" | "pk";
  /** null for an expression. */
  readonly columns: readonly (string | null)[];
  readonly sql: string | null;
}

export interface ShownForeignKey {
  readonly columns: readonly string[];
  readonly table: string;
  /** Empty where the reference is to the primary key without naming it. */
  readonly references: readonly string[];
  readonly onUpdate: string;
  readonly onDelete: string;
}

export interface QueryAnswer {
  /** One for each statement, in order; an error ends the list. */
  readonly results: readonly {
    readonly sql: string;
    /** null for a statement without rows. */
    readonly columns: readonly string[] | null;
    readonly rows: readonly (readonly ShownValue[])[];
    /** Rows that there were in all. */
    readonly fetched: number;
    /** Rows inserted, updated or deleted. */
    readonly changes: number;
    readonly milliseconds: number;
    readonly error: string | null;
  }[];
  /** The database's file after a statement that changed it. */
  readonly changed: readonly FileChange[];
}

export interface RevisionGraph {
  /** Newest first, as `alembic history` lists them. */
  readonly revisions: readonly ShownRevision[];
  /** An edge from a revision to what it follows; kind "depends" for depends_on. */
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly kind: "down" | "depends";
  }[];
  readonly heads: readonly string[];
  readonly bases: readonly string[];
  /** Where each database with a version table stands. */
  readonly databases: readonly {
    readonly path: string;
    readonly at: readonly string[];
    /** Revisions that it still lacks, oldest first. */
    readonly unapplied: readonly string[];
    /** Rows of its version table that no file knows. */
    readonly unknown: readonly string[];
  }[];
  /** Files that could not be read as revisions. */
  readonly problems: readonly { readonly file: string; readonly message: string }[];
}

export interface ShownRevision {
  readonly id: string;
  readonly down: readonly string[];
  readonly depends: readonly string[];
  /** Branch labels written in this file. */
  readonly labels: readonly string[];
  /** All branch labels that lead here. */
  readonly branches: readonly string[];
  readonly message: string;
  readonly file: string;
  readonly date: string | null;
  readonly isHead: boolean;
  readonly isBase: boolean;
  readonly isMerge: boolean;
  readonly isBranchPoint: boolean;
}

export interface SchemaAnswer {
  readonly revision: string;
  /** The database that the migrations wrote. */
  readonly path: string;
  readonly before: readonly ShownTable[];
  readonly after: readonly ShownTable[];
  /** The exception's text, where a migration failed: `after` is what it left. */
  readonly failed: string | null;
}

export interface CheckAnswer {
  readonly problems: readonly {
    readonly message: string;
    /** 1-based; columns count UTF-16 units as editors do. */
    readonly line: number;
    readonly column: number;
    readonly endLine: number;
    readonly endColumn: number;
  }[];
}

export interface Completion {
  /** The part of the line that a candidate replaces. */
  readonly from: number;
  readonly to: number;
  readonly candidates: readonly {
    /** What is put there: quoted where the shell needs it. */
    readonly text: string;
    /** What a list shows. */
    readonly label: string;
    readonly kind:
      "command" | "subcommand" | "option" | "file" | "folder" | "revision" | "table" | "module" | "variable";
    /** A revision's message, an option's help. */
    readonly detail: string | null;
    /** Whether a space may follow: not after a folder. */
    readonly done: boolean;
  }[];
  /** What all candidates begin with, to be put in by the first Tab. */
  readonly common: string;
}

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
  /** null in what a page recorded: how fast the machine was that built it says nothing. */
  readonly milliseconds: number | null;
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
  | { readonly kind: "tables"; readonly moment: TablesMoment }
  | { readonly kind: "plan"; readonly id: number; readonly steps: readonly PlanStep[] }
  | { readonly kind: "error"; readonly error: ShownError }
  /** After a line of the terminal: what it now remembers, and whether the screen is to be cleared. */
  | { readonly kind: "terminal"; readonly state: TerminalState; readonly clear: boolean }
  | { readonly kind: "limit"; readonly message: string };

/**
 * The objects of the program's sessions at one moment: those that are new or differ from the moment before. Taken without
 * running the reader's code and without emitting SQL. Objects outside of any session are told of from when they are made.
 */
export interface SessionMoment {
  /** Id of the last statement before this moment; 0 where there was none. */
  readonly after: number;
  /** What led to it: a line of the program, the statement or transaction boundary told of last, or the program's end. */
  readonly why: "line" | "statement" | "flush" | "commit" | "rollback" | "close" | "end";
  readonly file: string | null;
  readonly line: number | null;
  /** All sessions there are. */
  readonly sessions: readonly ShownSession[];
  readonly objects: readonly ShownObject[];
  /** Ids of objects that the program let go of. */
  readonly gone: readonly number[];
  /**
   * What is left out: all later moments ("moments"), later objects ("objects"), or those of later turns of a loop ("turns"),
   * whose changes show at the next moment that is told of.
   */
  readonly cut?: "moments" | "objects" | "turns";
}

export interface ShownSession {
  readonly id: number;
  readonly inTransaction: boolean;
  readonly savepoints: number;
  /** A flush failed: it waits for rollback(). */
  readonly inactive: boolean;
}

export interface ShownObject {
  readonly id: number;
  readonly class: string;
  /** Identity, as in "1" or "(1, 2)". */
  readonly key: string | null;
  /** The session it is in. */
  readonly session: number | null;
  readonly state: "transient" | "pending" | "persistent" | "deleted" | "detached";
  /** session.delete() was called: the next flush deletes it. */
  readonly marked: boolean;
  readonly expired: readonly string[];
  /** Attributes never loaded: the first access emits SQL where it can. */
  readonly unloaded: readonly string[];
  readonly values: readonly { readonly name: string; readonly value: ShownValue }[];
  /** Changes that are not flushed; of collections, the members that left and came. */
  readonly changes: readonly { readonly name: string; readonly old: string; readonly new: string }[];
}

/** Tables of one database whose rows differ from the moment before, as the connection that wrote sees them. */
export interface TablesMoment {
  /** Id of the last statement before this moment. */
  readonly after: number;
  /** Path of its file, or ":memory:". */
  readonly database: string;
  readonly connection: number;
  readonly tables: readonly TableChange[];
  readonly dropped: readonly string[];
  /** What was there when the run came to this database: no change of its own. */
  readonly first?: boolean;
}

export interface TableChange {
  readonly name: string;
  readonly columns: readonly string[];
  /** Rows that are new or differ. */
  readonly rows: readonly ShownRow[];
  /** Ids of rows that went. */
  readonly removed: readonly string[];
  /** Rows in all; only the first are told of. */
  readonly total: number;
}

export interface ShownRow {
  /** What a row is known by from moment to moment. */
  readonly id: string;
  readonly values: readonly ShownValue[];
}

/** A line of EXPLAIN QUERY PLAN; `parent` 0 is the top. */
export interface PlanStep {
  readonly id: number;
  readonly parent: number;
  readonly detail: string;
}

/** A statement in another database's SQL: the answer to "also". */
export interface AlsoIn {
  readonly dialect: string;
  /** Null where that database cannot say it. */
  readonly sql: string | null;
  /** Why not, or what is to be known of it. */
  readonly error: string | null;
}

export type Report =
  | { readonly type: "progress"; readonly stage: "engine" | "sqlite" | "modules"; readonly done: number }
  | {
      readonly type: "ready";
      readonly milliseconds: number;
      readonly versions: Readonly<Record<string, string>>;
    }
  | { readonly type: "failed"; readonly stage: string; readonly message: string }
  /** Files as a run that still goes on has left them so far: what is kept if it is stopped. */
  | {
      readonly type: "changed";
      readonly id: number;
      readonly changed: readonly FileChange[];
    }
  /** Events of a run, in order, in batches. */
  | { readonly type: "events"; readonly id: number; readonly events: readonly Event[] }
  | {
      readonly type: "done";
      readonly id: number;
      readonly exit: number;
      readonly milliseconds: number;
      /** Files that the run made, changed or removed since the page was last told. */
      readonly changed: readonly FileChange[];
    }
  | { readonly type: "files"; readonly id: number; readonly files: readonly WorkspaceFile[] }
  | { readonly type: "answer"; readonly id: number; readonly answer: unknown };
