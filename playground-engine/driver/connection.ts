// A connection with the rules of CPython 3.11's sqlite3 in legacy transaction mode: what SQLAlchemy expects below it.
//
// Statements are kept prepared by their text, 128 of them as sqlite3 does. Closing rolls back. No timeout: nothing else
// runs meanwhile, so a held lock is an error at once. Behaviour: Modules/_sqlite/connection.c.
import { LAYOUT } from "./memory-layout.ts";
import {
  DriverError,
  type AggregateFunction,
  type ConnectOptions,
  type DriverConnection,
  type DriverCursor,
  type Params,
  type Peek,
  type RawRow,
  type ScalarFunction,
} from "../engine/dbapi.ts";
import { host, type Value } from "../util/host.ts";
import { LRUCache } from "../util/lru.ts";
import { Cursor } from "./cursor.ts";
import type { DatabaseFiles } from "./database-files.ts";
import { errorOf, programmingError } from "./errors.ts";
import { defineAggregate, defineFunction } from "./functions.ts";
import { DONE, OK, ROW, type SqliteModule } from "./module.ts";
import { namedFile, stripLeading, unknownAlter } from "./scan.ts";
import { lastError, Statement } from "./statement.ts";

const LEVELS: ReadonlySet<string> = new Set(["", "DEFERRED", "IMMEDIATE", "EXCLUSIVE"]);
const STATEMENT_CACHE_SIZE = 128;
/** How many limits SQLite has, SQLITE_LIMIT_WORKER_THREADS being the last. */
const LIMITS = 12;

export class Connection implements DriverConnection {
  readonly database: string;
  readonly detectTypes: number | undefined;
  /** Told of each statement that runs, its parameters written into it. */
  trace: ((sql: string) => void) | undefined;
  /** Whether this connection may have inserted a row: before that sqlite3's lastrowid is None for an empty statement. */
  ranDml = false;
  /** Cursors whose statements have rows left to read. */
  readonly reading = new Set<Cursor>();
  private readonly m: SqliteModule;
  private readonly files: DatabaseFiles;
  /** The one thread that may use it, or null. */
  private readonly thread: number | null;
  private readonly onClose: (connection: Connection) => void;
  private db: number;
  private level: string | null;
  private readonly cache = new LRUCache<string, Statement>(STATEMENT_CACHE_SIZE);
  private readonly statements = new Set<Statement>();
  private readonly functions = new Map<string, () => void>();
  /** The limits that were lowered, as they were. */
  private readonly mostOf = new Map<number, number>();
  private isClosed = false;
  /** The handle is another connection's. */
  private borrowed = false;

  constructor(
    m: SqliteModule,
    files: DatabaseFiles,
    database: string,
    db: number,
    options: ConnectOptions,
    onClose: (connection: Connection) => void,
  ) {
    this.m = m;
    this.files = files;
    this.database = database;
    this.db = db;
    this.detectTypes = options.detectTypes;
    this.level = checkLevel(options.isolationLevel === undefined ? "" : options.isolationLevel);
    this.thread = options.checkSameThread ? host.thread() : null;
    this.onClose = onClose;
  }

  get isolationLevel(): string | null {
    return this.level;
  }

  set isolationLevel(level: string | null) {
    this.check();
    const checked = checkLevel(level);
    // Autocommit means that nothing stays open.
    if (checked === null && this.inTransaction) this.exec("COMMIT");
    this.level = checked;
  }

  get inTransaction(): boolean {
    this.checkOpen();
    return this.m.heap[this.db + LAYOUT.autoCommit] === 0;
  }

  get totalChanges(): number {
    this.checkOpen();
    const rows = this.peek("SELECT total_changes()", 1)?.rows;
    return Number(rows?.[0]?.[0]);
  }

  /** A second connection on the same handle, in autocommit: for looking into a database in memory. Closing it leaves the first. */
  beside(): Connection {
    const { m, files, database, db } = this;
    const other = new Connection(m, files, database, db, { isolationLevel: null }, () => undefined);
    other.borrowed = true;
    return other;
  }

  get closed(): boolean {
    return this.isClosed;
  }

  cursor(): DriverCursor {
    this.check();
    return new Cursor(this);
  }

  commit(): void {
    this.check();
    this.readAhead();
    if (this.inTransaction) this.exec("COMMIT");
  }

  rollback(): void {
    this.check();
    this.readAhead();
    if (this.inTransaction) this.exec("ROLLBACK");
  }

  /** @internal Have cursors read their rows to the end, so that none is in the way: all, or those meant. */
  readAhead(meant: (cursor: Cursor) => boolean = () => true): boolean {
    let any = false;
    for (const cursor of [...this.reading])
      if (meant(cursor)) {
        cursor.readAhead();
        any = true;
      }
    return any;
  }

  close(): void {
    this.checkThread();
    this.shut();
  }

  /** Closes it, whichever thread asks: the program is over. */
  shut(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    for (const statement of this.statements) statement.finalize();
    this.statements.clear();
    if (!this.borrowed) this.m.raw._sqlite3_close_v2(this.db);
    for (const free of this.functions.values()) free();
    this.functions.clear();
    this.onClose(this);
  }

  createFunction(name: string, narg: number, fn: ScalarFunction | null, deterministic = false): void {
    this.check();
    this.define(name, narg, defineFunction(this.m, this.db, name, narg, fn, deterministic));
  }

  createAggregate(name: string, narg: number, make: (() => AggregateFunction) | null): void {
    this.check();
    this.define(name, narg, defineAggregate(this.m, this.db, name, narg, make));
  }

  private define(name: string, narg: number, free: () => void): void {
    const key = `${name.toLowerCase()}/${narg}`;
    this.functions.get(key)?.();
    this.functions.set(key, free);
    // SQLite keeps statements alive that use the old definition; those in the cache are made anew.
    this.dropCached();
  }

  /** sql.js exports no sqlite3_create_collation: see memory-layout.ts for what can be made up for; this cannot. */
  createCollation(_name: string, compare: ((a: string, b: string) => number) | null): void {
    this.check();
    if (compare)
      throw new DriverError(
        "NotSupportedError",
        "This build of SQLite cannot define collations; use NOCASE, BINARY or RTRIM",
      );
  }

  /**
   * What SQLITE_LIMIT_… number `category` is, and makes it `value` where that is given: never more than SQLite was built with,
   * a negative one changes nothing.
   */
  limit(category: number, value = -1): number {
    this.check();
    if (!(category >= 0 && category < LIMITS)) throw programmingError("'category' is out of bounds");
    const place = this.db + LAYOUT.limits + 4 * category;
    const now = this.m.int32At(place);
    if (value >= 0) {
      const most = this.mostOf.get(category) ?? now;
      this.mostOf.set(category, most);
      this.m.setInt32At(place, Math.min(value, most));
    }
    return now;
  }

  backup(target: DriverConnection): void {
    this.check();
    if (!(target instanceof Connection))
      throw host.error("TypeError", "backup() argument 'target' must be a connection");
    if ((target as DriverConnection) === this)
      throw host.error("ValueError", "target cannot be the same connection instance");
    target.check();
    target.dropCached();
    copyDatabase(this.m, this.db, target.db);
  }

  serialize(): Uint8Array {
    this.check();
    if (this.inTransaction) throw new DriverError("OperationalError", "database is locked", 5, "SQLITE_BUSY");
    return this.files.read(this.db);
  }

  peek(sql: string, limit: number): Peek | undefined {
    if (this.isClosed) return undefined;
    const { raw } = this.m;
    let statement: Statement | undefined;
    try {
      statement = this.prepare(sql);
      if (!statement) return undefined;
      const count = statement.columnCount;
      const columns = Array.from({ length: count }, (_, i) => statement!.columnName(i));
      const rows: RawRow[] = [];
      while (rows.length < limit) {
        // not statement.step(): a lock is no reason to disturb others
        const rc = raw._sqlite3_step(statement.pointer);
        if (rc === DONE) break;
        if (rc !== ROW) return undefined;
        rows.push(statement.row(count, undefined));
      }
      return { columns, rows };
    } catch {
      return undefined;
    } finally {
      statement?.finalize();
    }
  }

  // ------------------------------------------------------------------ for cursors

  /** Throws in another thread, and once the connection is closed. */
  check(): void {
    this.checkThread();
    this.checkOpen();
  }

  private checkThread(): void {
    if (this.thread !== null && this.thread !== host.thread())
      throw programmingError(
        "SQLite objects created in a thread can only be used in that same thread. " +
          `The object was created in thread id ${this.thread} and this is thread id ${host.thread()}.`,
      );
  }

  private checkOpen(): void {
    if (this.isClosed) throw programmingError("Cannot operate on a closed database.");
  }

  get changes(): number {
    return this.m.raw._sqlite3_changes(this.db);
  }

  get lastRowid(): number | bigint {
    this.ranDml = true;
    return this.m.int64At(this.db + LAYOUT.lastRowid);
  }

  /** Run a statement of the driver's own. */
  exec(sql: string): void {
    const statement = this.prepare(sql);
    if (!statement) return;
    this.trace?.(sql);
    try {
      while (statement.step() !== DONE);
    } finally {
      statement.finalize();
    }
  }

  /** Run statements one after another, rows thrown away. */
  script(sql: string): void {
    let rest = sql;
    while (stripLeading(rest)) {
      const p = this.m.raw.stringToNewUTF8(rest);
      const out = this.m.raw._malloc(8);
      try {
        const rc = this.m.raw._sqlite3_prepare_v2(this.db, p, -1, out, out + 4);
        if (rc !== OK) throw lastError(this.m, this.db, rc);
        const pointer = this.m.pointerAt(out);
        const tail = this.m.cString(this.m.pointerAt(out + 4));
        if (!pointer) break;
        const text = rest.slice(0, rest.length - tail.length);
        const mapped = this.mapFiles(text);
        if (mapped.text !== text) {
          this.m.raw._sqlite3_finalize(pointer);
          this.exec(mapped.text);
        } else {
          const statement = new Statement(this.m, this.db, text, pointer);
          this.trace?.(text);
          try {
            while (statement.step() !== DONE);
          } finally {
            statement.finalize();
          }
        }
        rest = tail;
      } finally {
        this.m.raw._free(p);
        this.m.raw._free(out);
      }
    }
  }

  /** The prepared statement for this text; undefined where it holds no statement at all. */
  statement(sql: string): Statement | undefined {
    const cached = this.cache.get(sql);
    if (cached && !cached.inUse) return cached;
    const statement = this.prepare(sql);
    if (!statement) return undefined;
    this.statements.add(statement);
    // A second use while the first one still has rows is a statement of its own, outside of the cache.
    if (!cached) {
      this.cache.set(sql, statement);
      this.trim();
    }
    return statement;
  }

  /** A cursor is done with it. */
  release(statement: Statement): void {
    if (this.isClosed) return;
    statement.reset();
    if (!this.isCached(statement)) this.drop(statement);
  }

  private isCached(statement: Statement): boolean {
    return this.cache.get(statement.sql) === statement;
  }

  private trim(): void {
    if (this.statements.size <= STATEMENT_CACHE_SIZE * 2) return;
    const kept = new Set(this.cache.values());
    for (const statement of this.statements)
      if (!kept.has(statement) && !statement.inUse) this.drop(statement);
  }

  private drop(statement: Statement): void {
    this.statements.delete(statement);
    statement.finalize();
  }

  private dropCached(): void {
    this.cache.clear();
    for (const statement of this.statements) if (!statement.inUse) this.drop(statement);
  }

  private prepare(sql: string): Statement | undefined {
    if (sql.includes("\0")) throw programmingError("the query contains a null character");
    const later = unknownAlter(sql);
    if (later !== undefined) throw errorOf(1, `near "${later}": syntax error`);
    const { raw } = this.m;
    const p = raw.stringToNewUTF8(sql);
    const out = raw._malloc(8);
    try {
      const rc = raw._sqlite3_prepare_v2(this.db, p, -1, out, out + 4);
      if (rc !== OK) throw lastError(this.m, this.db, rc);
      const pointer = this.m.pointerAt(out);
      const tail = this.m.pointerAt(out + 4);
      if (tail && this.m.heap[tail] !== 0 && stripLeading(this.m.cString(tail))) {
        raw._sqlite3_finalize(pointer);
        throw programmingError("You can only execute one statement at a time.");
      }
      return pointer ? new Statement(this.m, this.db, sql, pointer) : undefined;
    } finally {
      raw._free(p);
      raw._free(out);
    }
  }

  /** Files that a statement names are the workspace's: put in the names under which the module keeps them. */
  mapFiles(sql: string): { readonly text: string; readonly files?: (params: Params) => Params } {
    const first = sql.charCodeAt(0) | 32;
    // a, v, or something that may hide them: a blank or a comment.
    if (first !== 97 && first !== 118 && first > 47) return { text: sql };
    const named = namedFile(sql);
    if (!named) return { text: sql };
    if (named.literal) {
      const inner = this.files.innerPath(named.literal.path).replaceAll("'", "''");
      return { text: `${sql.slice(0, named.literal.start)}'${inner}'${sql.slice(named.literal.end)}` };
    }
    const inner = (v: Value): Value => (typeof v === "string" ? this.files.innerPath(v) : v);
    const files = (params: Params): Params => {
      if (!Array.isArray(params)) {
        const name = (named.parameter as string).slice(1);
        return new Map(
          [...(params as ReadonlyMap<string, Value>)].map(
            ([k, v]) => [k, k === name ? inner(v) : v] as const,
          ),
        );
      }
      return (params as readonly Value[]).map((v, i) => (i === 0 ? inner(v) : v));
    };
    return { text: sql, files };
  }
}

/** Copy one open database over another. */
function copyDatabase(m: SqliteModule, from: number, to: number): void {
  const { raw } = m;
  const main = raw.stringToNewUTF8("main");
  const backup = raw._sqlite3_backup_init(to, main, from, main);
  raw._free(main);
  if (!backup) throw lastError(m, to, 1);
  const stepped = raw._sqlite3_backup_step(backup, -1);
  const rc = raw._sqlite3_backup_finish(backup);
  if (rc !== OK || stepped !== DONE) throw lastError(m, to, rc || stepped);
}

function checkLevel(level: Value): string | null {
  if (level === null) return null;
  if (typeof level !== "string") throw host.error("TypeError", "isolation_level must be str or None");
  if (!LEVELS.has(level.toUpperCase()))
    throw host.error(
      "ValueError",
      "isolation_level string must be '', 'DEFERRED', 'IMMEDIATE', or 'EXCLUSIVE'",
    );
  return level.toUpperCase();
}
