// Rows of tables through a run: after each statement that may write, what is new, changed or gone in the tables it may have
// touched, as the connection that wrote sees them. Read beside the program (DriverConnection.peek), within bounds.
import { onlyReads } from "../../driver/index.ts";
import type { DriverConnection } from "../../engine/dbapi.ts";
import type { ShownRow, TableChange, TablesMoment } from "../protocol.ts";
import { shownValue } from "../shown.ts";

const MOST_MOMENTS = 300;
const ROWS = 100;
/** Cells read in a run, after which rows are no longer followed. */
const MOST_CELLS = 400_000;

interface Known {
  readonly columns: string;
  readonly rows: Map<string, string>;
  readonly total: number;
}

interface Database {
  readonly number: number;
  readonly tables: Map<string, Known>;
}

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
/** The table a statement names where it says what it changes. */
const TARGET =
  /^\s*(?:insert\s+(?:or\s+\w+\s+)?into|replace\s+into|update(?:\s+or\s+\w+)?|delete\s+from)\s+(?:"((?:[^"]|"")+)"|\[([^\]]+)\]|`([^`]+)`|([\w$]+))(?!\s*\.)/i;

export class TableLooker {
  private readonly emit: (m: TablesMoment) => void;
  /** By file; databases in memory by their connection. */
  private readonly databases = new Map<string | DriverConnection, Database>();
  /** Connections that rolled back since they were last read. */
  private readonly stale = new Set<DriverConnection>();
  private readonly connections = new Map<number, DriverConnection>();
  private count = 0;
  private cells = 0;
  after = 0;

  constructor(emit: (m: TablesMoment) => void) {
    this.emit = emit;
  }

  /** A statement is about to go to a database: what is there already is no change of the run's. */
  meet(dbapi: DriverConnection): void {
    if (this.full || this.databases.has(keyOf(dbapi))) return;
    this.read(dbapi, null, true);
  }

  /** A statement has been executed (or failed) on a connection. */
  executed(connection: number, dbapi: DriverConnection, sql: string): void {
    this.connections.set(connection, dbapi);
    if (this.full || onlyReads(sql) || /^\s*(?:savepoint|release)\b/i.test(sql)) return;
    this.stale.delete(dbapi);
    const m = TARGET.exec(sql);
    const target = m && (m[1]?.replaceAll('""', '"') ?? m[2] ?? m[3] ?? m[4])!;
    this.read(dbapi, target && !this.reachesFurther(dbapi, sql) ? target : null);
  }

  rolledBack(connection: number): void {
    const dbapi = this.connections.get(connection);
    if (dbapi) this.stale.add(dbapi);
  }

  /** Read what a rollback put back. */
  settle(): void {
    if (this.stale.size === 0) return;
    for (const dbapi of this.stale) if (!this.full && !dbapi.closed) this.read(dbapi, null);
    this.stale.clear();
  }

  private get full(): boolean {
    return this.count >= MOST_MOMENTS || this.cells >= MOST_CELLS;
  }

  /** Whether a change of one table may change another: triggers, or foreign keys that act. */
  private reachesFurther(dbapi: DriverConnection, sql: string): boolean {
    if (dbapi.peek("SELECT 1 FROM sqlite_master WHERE type = 'trigger'", 1)?.rows.length) return true;
    return (
      !/^\s*insert/i.test(sql) &&
      Boolean(dbapi.peek("PRAGMA foreign_keys", 1)?.rows[0]?.[0]) &&
      Boolean(
        dbapi.peek(
          "SELECT 1 FROM sqlite_master WHERE type = 'table' AND (sql LIKE '%ON DELETE%' OR sql LIKE '%ON UPDATE%')",
          1,
        )?.rows.length,
      )
    );
  }

  private database(dbapi: DriverConnection): Database {
    const key = keyOf(dbapi);
    let d = this.databases.get(key);
    if (!d) this.databases.set(key, (d = { number: this.databases.size + 1, tables: new Map() }));
    return d;
  }

  private read(dbapi: DriverConnection, only: string | null, first = false): void {
    const database = this.database(dbapi);
    const { tables } = database;
    const names =
      only !== null
        ? [only]
        : dbapi
            .peek(
              "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid",
              50,
            )
            ?.rows.map(([name]) => String(name));
    if (!names) return;
    const changes: TableChange[] = [];
    for (const name of names) {
      // names in a statement may be written in another case than the table's
      const known = tables.has(name)
        ? name
        : ([...tables.keys()].find((t) => t.toLowerCase() === name.toLowerCase()) ?? name);
      const change = this.readTable(dbapi, known, tables);
      if (change) changes.push(change);
    }
    const dropped = only === null ? [...tables.keys()].filter((t) => !names.includes(t)) : [];
    for (const t of dropped) tables.delete(t);
    if (changes.length === 0 && dropped.length === 0) return;
    this.count++;
    this.emit({
      after: this.after,
      database: inMemory(dbapi.database) ? ":memory:" : fileOf(dbapi.database),
      connection: database.number,
      tables: changes,
      dropped,
      ...(first ? { first } : {}),
    });
  }

  private readTable(
    dbapi: DriverConnection,
    name: string,
    tables: Map<string, Known>,
  ): TableChange | undefined {
    // tables without rowid are known by their values
    const byRowid = dbapi.peek(`SELECT rowid, * FROM ${quote(name)} ORDER BY rowid`, ROWS);
    const read = byRowid ?? dbapi.peek(`SELECT 0, * FROM ${quote(name)}`, ROWS);
    if (!read) return undefined;
    this.cells += read.columns.length * (read.rows.length + 1);
    const columns = read.columns.slice(1);
    const total =
      read.rows.length < ROWS
        ? read.rows.length
        : Number(dbapi.peek(`SELECT count(*) FROM ${quote(name)}`, 1)?.rows[0]?.[0] ?? read.rows.length);
    const before = tables.get(name);
    const columnsText = JSON.stringify(columns);
    const same = before?.columns === columnsText;
    const now = new Map<string, string>();
    const rows: ShownRow[] = [];
    for (const [rowid, ...cells] of read.rows) {
      const values = cells.map(shownValue);
      const text = JSON.stringify(values);
      let id = byRowid ? String(rowid) : text;
      // a column of its own may be called rowid
      while (now.has(id)) id += "'";
      now.set(id, text);
      if (!same || before.rows.get(id) !== text) rows.push({ id, values });
    }
    const removed = before ? [...before.rows.keys()].filter((id) => !now.has(id)) : [];
    tables.set(name, { columns: columnsText, rows: now, total });
    if (same && rows.length === 0 && removed.length === 0 && before.total === total) return undefined;
    return { name, columns, rows, removed, total };
  }
}

function keyOf(dbapi: DriverConnection): string | DriverConnection {
  return inMemory(dbapi.database) ? dbapi : fileOf(dbapi.database);
}

/** The path in a file: URI; any other path as it is. */
function fileOf(database: string): string {
  return database.startsWith("file:") ? database.slice("file:".length).replace(/[?#].*$/, "") : database;
}

export function inMemory(database: string): boolean {
  return database === "" || database === ":memory:" || /[?&]mode=memory\b|^file::memory:/.test(database);
}
