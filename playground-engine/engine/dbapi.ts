// What the engine asks of a database driver: Python's DB-API 2.0 as sqlite3 speaks it, small.
//
// driver/ (sql.js) is the one implementation. Values given and returned are the host's: null, bool,
// int (number | bigint), str, and the host's float and bytes (util/host.ts makes and reads them).
// Transactions follow sqlite3's legacy mode: BEGIN goes out just before the first INSERT, UPDATE,
// DELETE or REPLACE unless isolationLevel is null (docs.python.org/3.11/library/sqlite3.html#transaction-control).
import type { Value } from "../util/host.ts";

/** One column of a result: name and six more that sqlite3 leaves None. */
export type ColumnDescription = readonly [name: string, ...rest: null[]];

export type Params = readonly Value[] | ReadonlyMap<string, Value>;

/** A plain row: one value a column, storage class kept (REAL is the host's float). */
export type RawRow = readonly Value[];

export interface DriverCursor {
  readonly connection: DriverConnection;
  readonly description: readonly ColumnDescription[] | null;
  readonly rowcount: number;
  readonly lastrowid: number | bigint | null;
  arraysize: number;
  execute(sql: string, params?: Params): void;
  executemany(sql: string, params: Iterable<Params>): void;
  executescript(sql: string): void;
  fetchone(): RawRow | undefined;
  fetchmany(size?: number): RawRow[];
  fetchall(): RawRow[];
  close(): void;
}

export type ScalarFunction = (...args: Value[]) => Value;
export interface AggregateFunction {
  step(...args: Value[]): void;
  finalize(): Value;
}

export interface DriverConnection {
  readonly database: string;
  /** "" | "DEFERRED" | "IMMEDIATE" | "EXCLUSIVE"; null is autocommit. */
  isolationLevel: string | null;
  readonly inTransaction: boolean;
  readonly totalChanges: number;
  readonly closed: boolean;
  cursor(): DriverCursor;
  commit(): void;
  rollback(): void;
  close(): void;
  /** narg −1 takes any number. */
  createFunction(name: string, narg: number, fn: ScalarFunction | null, deterministic?: boolean): void;
  createAggregate(name: string, narg: number, make: (() => AggregateFunction) | null): void;
  createCollation(name: string, compare: ((a: string, b: string) => number) | null): void;
  /** Copies this database into another connection's. */
  backup(target: DriverConnection): void;
  /** The database as one .sqlite file. Throws inside a write transaction. */
  serialize(): Uint8Array;
  /**
   * Looks at the database beside the program: no transaction begins, no converter runs, no statement of the program's is
   * disturbed. Undefined where that cannot be told now: an error, a lock.
   */
  peek(sql: string, limit: number): Peek | undefined;
}

export interface Peek {
  readonly columns: readonly string[];
  /** The first rows. */
  readonly rows: readonly RawRow[];
}

export interface Driver {
  readonly sqliteVersion: string;
  /** database: a path in the workspace, ":memory:", "" or a file: URI; missing files are made. */
  connect(database: string, options?: ConnectOptions): DriverConnection;
}

export interface ConnectOptions {
  readonly isolationLevel?: string | null;
  /** sqlite3.PARSE_DECLTYPES | PARSE_COLNAMES */
  readonly detectTypes?: number;
  readonly uri?: boolean;
  /** Whether only the thread that connected may use the connection. */
  readonly checkSameThread?: boolean;
  /** seconds to wait for a lock; nothing else runs meanwhile, so a held lock fails at once */
  readonly timeout?: number;
}

/** sqlite3's exception classes, by name; the engine wraps them in its own DBAPIError tree, Python sees them as sqlite3.IntegrityError … */
export type DriverErrorName =
  | "Warning"
  | "Error"
  | "InterfaceError"
  | "DatabaseError"
  | "DataError"
  | "OperationalError"
  | "IntegrityError"
  | "InternalError"
  | "ProgrammingError"
  | "NotSupportedError";

/** An error of the database or of the driver's use. */
export class DriverError extends Error {
  readonly errorName: DriverErrorName;
  /** SQLite's extended result code and its name ("SQLITE_CONSTRAINT_UNIQUE"), where it came from SQLite. */
  readonly code: number | undefined;
  readonly codeName: string | undefined;
  constructor(errorName: DriverErrorName, message: string, code?: number, codeName?: string) {
    super(message);
    this.errorName = errorName;
    this.code = code;
    this.codeName = codeName;
  }
}

// Who is above whom among sqlite3's classes, nearest first.
const DATABASE: readonly DriverErrorName[] = ["DatabaseError", "Error"];

/** The class of a driver's error and its bases by name, nearest first; undefined for anything that is no driver's Error. */
export function driverErrorNames(e: unknown): readonly DriverErrorName[] | undefined {
  if (!(e instanceof DriverError) || e.errorName === "Warning") return undefined;
  if (e.errorName === "Error") return ["Error"];
  if (e.errorName === "InterfaceError") return ["InterfaceError", "Error"];
  return e.errorName === "DatabaseError" ? DATABASE : [e.errorName, ...DATABASE];
}

let installed: Driver | undefined;

/** The driver that every sqlite engine uses. Install it once, before an engine connects. */
export function installDriver(driver: Driver): void {
  installed = driver;
}

export function installedDriver(): Driver {
  if (!installed) throw new Error("no database driver is installed: call installDriver first");
  return installed;
}
