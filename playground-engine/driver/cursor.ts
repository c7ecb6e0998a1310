// A cursor with the rules of CPython 3.11's sqlite3: BEGIN before the first change, rowcount when a statement is done,
// lastrowid after execute() but not after executemany(). Behaviour: Modules/_sqlite/cursor.c.
//
// CPython frees a cursor that nobody refers to, and its statement lets go of its locks. Nobody tells us, so a statement is read to its
// end when it would be in the way: at once where it changes rows, else before something else changes them. The rows wait in the cursor.
import type { ColumnDescription, DriverConnection, DriverCursor, Params, RawRow } from "../engine/dbapi.ts";
import { host, type Value } from "../util/host.ts";
import type { Connection } from "./connection.ts";
import { programmingError } from "./errors.ts";
import { DONE } from "./module.ts";
import { withLiterals } from "./scan.ts";
import { convertersOf, PARSE_COLNAMES, type Converter, type Statement } from "./statement.ts";

const NO_PARAMETERS: readonly Value[] = [];

export class Cursor implements DriverCursor {
  readonly connection: DriverConnection;
  description: readonly ColumnDescription[] | null = null;
  rowcount = -1;
  lastrowid: number | bigint | null = null;
  arraysize = 1;
  private readonly own: Connection;
  private statement: Statement | undefined;
  /** Rows read ahead of the program, and the error that came instead of the next. */
  private ahead: RawRow[] = [];
  private aheadAt = 0;
  private aheadError: unknown;
  /** What rowcount becomes with the last of them. */
  private rowcountAtEnd: number | undefined;
  private columns = 0;
  private rowConverters: readonly (Converter | undefined)[] | undefined;
  private closed = false;

  constructor(connection: Connection) {
    this.connection = connection;
    this.own = connection;
  }

  execute(sql: string, params: Params = NO_PARAMETERS): void {
    this.check();
    this.run(statementText(sql, "execute"), [params], false);
  }

  executemany(sql: string, params: Iterable<Params>): void {
    this.check();
    this.run(statementText(sql, "executemany"), params, true);
  }

  private run(sql: string, sets: Iterable<Params>, many: boolean): void {
    this.letGo();
    this.forgetAhead();
    this.description = null;
    this.rowcount = -1;
    const { own } = this;
    const { text, files } = own.mapFiles(sql);
    const statement = own.statement(text);
    if (!statement) {
      this.lastrowid = many ? this.lastrowid : own.ranDml ? own.lastRowid : null;
      return;
    }
    if (many && !statement.isDml) throw programmingError("executemany() can only execute DML statements.");
    statement.inUse = true;
    this.statement = statement;
    if (statement.isDml) this.rowcount = 0;
    if (!statement.onlyReads) own.readAhead();
    try {
      if (statement.isDml && own.isolationLevel !== null && !own.inTransaction)
        own.exec(`BEGIN ${own.isolationLevel}`);
      let rc = DONE;
      for (const params of sets) {
        statement.inUse = true;
        statement.bind(files ? files(asParams(params)) : asParams(params));
        own.trace?.(withValues(statement.sql, asParams(params)));
        rc = statement.step();
        if (this.description === null) this.describe(statement);
        if (rc === DONE) {
          if (statement.isDml) this.rowcount += own.changes;
          statement.reset();
        }
      }
      if (!many) this.lastrowid = own.lastRowid;
      if (rc === DONE) this.letGo();
      else if (statement.onlyReads) own.reading.add(this);
      else this.readAhead();
    } catch (e) {
      this.letGo();
      this.rowcount = -1;
      throw e;
    }
  }

  private describe(statement: Statement): void {
    const count = statement.columnCount;
    if (!count) return;
    this.columns = count;
    const cutNames = ((this.own.detectTypes ?? 0) & PARSE_COLNAMES) !== 0;
    const description: ColumnDescription[] = [];
    for (let i = 0; i < count; i++) {
      let name = statement.columnName(i);
      if (cutNames) name = name.replace(/ ?\[.*$/s, "");
      description.push([name, null, null, null, null, null, null]);
    }
    this.description = description;
    this.rowConverters = convertersOf(statement, this.own.detectTypes);
  }

  executescript(sql: string): void {
    this.check();
    if (sql.includes("\0")) throw host.error("ValueError", "embedded null character");
    this.letGo();
    this.forgetAhead();
    this.own.readAhead();
    if (this.own.inTransaction) this.own.exec("COMMIT");
    this.own.script(sql);
  }

  fetchone(): RawRow | undefined {
    this.check();
    return this.next();
  }

  fetchmany(size: number = this.arraysize): RawRow[] {
    this.check();
    const rows: RawRow[] = [];
    while (rows.length < size) {
      const row = this.next();
      if (!row) break;
      rows.push(row);
    }
    return rows;
  }

  fetchall(): RawRow[] {
    this.check();
    const rows: RawRow[] = [];
    for (let row = this.next(); row; row = this.next()) rows.push(row);
    return rows;
  }

  private next(): RawRow | undefined {
    if (this.aheadAt < this.ahead.length) {
      const row = this.ahead[this.aheadAt++];
      if (this.aheadAt === this.ahead.length && this.aheadError === undefined) {
        if (this.rowcountAtEnd !== undefined) this.rowcount = this.rowcountAtEnd;
        this.forgetAhead();
      }
      return row;
    }
    if (this.aheadError !== undefined) {
      const error = this.aheadError;
      this.forgetAhead();
      throw error;
    }
    return this.step();
  }

  /** @internal Read the rest of the rows now, and let go of the statement. */
  readAhead(): void {
    const { rowcount } = this;
    const rows: RawRow[] = [];
    try {
      for (let row = this.step(); row; row = this.step()) rows.push(row);
    } catch (e) {
      this.aheadError = e;
    }
    this.ahead = rows;
    this.aheadAt = 0;
    if (this.rowcount !== rowcount) {
      this.rowcountAtEnd = this.rowcount;
      this.rowcount = rowcount;
    }
  }

  /** @internal */
  runs(statement: object): boolean {
    return this.statement === statement;
  }

  private forgetAhead(): void {
    this.ahead = [];
    this.aheadAt = 0;
    this.aheadError = undefined;
    this.rowcountAtEnd = undefined;
  }

  private step(): RawRow | undefined {
    const { statement } = this;
    if (!statement) return undefined;
    if (!statement.hasRow) {
      this.letGo();
      return undefined;
    }
    const row = statement.row(this.columns, this.rowConverters);
    let rc: number;
    try {
      rc = statement.step();
    } catch (e) {
      this.letGo();
      throw e;
    }
    if (rc === DONE) {
      if (statement.isDml) this.rowcount = this.own.changes;
      this.letGo();
    }
    return row;
  }

  close(): void {
    this.own.check();
    this.letGo();
    this.forgetAhead();
    this.closed = true;
  }

  private check(): void {
    this.own.check();
    if (this.closed) throw programmingError("Cannot operate on a closed cursor.");
  }

  /** Reset the statement and give it back. */
  private letGo(): void {
    if (!this.statement) return;
    this.own.reading.delete(this);
    this.own.release(this.statement);
    this.statement = undefined;
  }
}

/** Sequences and mappings of the host as arrays and Maps. */
/** A statement as SQLite shows it expanded: its parameters written into it. */
function withValues(sql: string, params: Params): string {
  return withLiterals(sql, (index, name) =>
    literal(
      Array.isArray(params)
        ? (params as readonly Value[])[index - 1]
        : (params as ReadonlyMap<string, Value>).get(name),
    ),
  );
}

function literal(v: Value): string {
  if (v === null || v === undefined) return "NULL";
  switch (host.kindOf(v)) {
    case "bool":
      return host.isTrue(v) ? "1" : "0";
    case "float": {
      const text = String(Number(host.types.readFloat(v).toPrecision(15)));
      return text.includes(".") ? text : text.replace(/^-?\d+/, "$&.0");
    }
    case "bytes":
      return `x'${Array.from(host.types.readBytes(v), (b) => b.toString(16).padStart(2, "0")).join("")}'`;
    case "int":
      return host.str(v);
  }
  return `'${host.str(v).replaceAll("'", "''")}'`;
}

function asParams(params: Params): Params {
  if (Array.isArray(params) || params instanceof Map) return params;
  const entries = host.entries(params);
  if (entries) return new Map(entries as Iterable<[string, Value]>);
  const kind = host.kindOf(params);
  if (kind === "list" || kind === "tuple" || kind === "sequence") return [...(host.iterate(params) ?? [])];
  if (kind === "str") return [...(params as unknown as string)];
  throw programmingError("parameters are of unsupported type");
}

/** Throws TypeError for anything but a str: programs hand whole statements to the driver. */
function statementText(sql: Value, method: string): string {
  if (typeof sql === "string") return sql;
  if (host.kindOf(sql) === "str") return host.str(sql);
  throw host.error(
    "TypeError",
    `${method}() argument 1 must be str, not ${sql === null ? "None" : host.typeName(sql)}`,
  );
}
