// One prepared statement: binding values and reading rows, types kept.
//
// INTEGER and REAL stay apart, and every 64-bit integer is exact: sql.js exports only a 32-bit bind, so a larger integer is bound
// as a small one and its value then written where SQLite keeps it (memory-layout.ts). The statement is reset as soon as it is exhausted, as sqlite3 does: an open one locks its table.
import { LAYOUT } from "./memory-layout.ts";
import { DriverError, type ConnectOptions, type Params, type RawRow } from "../engine/dbapi.ts";
import { host, type DateTimeParts, type Value } from "../util/host.ts";
import { onReset } from "../util/reset.ts";
import { errorOf, programmingError } from "./errors.ts";
import {
  BLOB,
  BUSY,
  DONE,
  FLOAT,
  INTEGER,
  NULL,
  OK,
  ROW,
  TEXT,
  TRANSIENT,
  type SqliteModule,
} from "./module.ts";
import { isDml, onlyReads, parameterNames } from "./scan.ts";

const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);

/** Turns a column's bytes into a value: sqlite3.register_converter. */
export type Converter = (bytes: Uint8Array) => Value;

export class Statement {
  readonly sql: string;
  readonly pointer: number;
  readonly isDml: boolean;
  /** Nothing changes while its rows are read. */
  readonly onlyReads: boolean;
  inUse = false;
  private readonly m: SqliteModule;
  private readonly db: number;
  /** Number of parameters, known after the first binding. */
  private parameterCount = -1;
  private names: ReadonlyMap<number, string> | undefined;
  private bound = false;

  constructor(m: SqliteModule, db: number, sql: string, pointer: number) {
    this.m = m;
    this.db = db;
    this.sql = sql;
    this.pointer = pointer;
    this.isDml = isDml(sql);
    this.onlyReads = !this.isDml && onlyReads(sql);
  }

  /** ROW or DONE; throws the driver's error. */
  step(): number {
    let rc = this.m.raw._sqlite3_step(this.pointer);
    // A lock may be held by rows that nobody is going to read.
    if (rc === BUSY && this.m.onBusy(this)) {
      this.m.raw._sqlite3_reset(this.pointer);
      rc = this.m.raw._sqlite3_step(this.pointer);
    }
    if (rc === ROW || rc === DONE) return rc;
    throw lastError(this.m, this.db, rc);
  }

  reset(): void {
    if (!this.inUse) return;
    this.m.raw._sqlite3_reset(this.pointer);
    this.inUse = false;
  }

  finalize(): void {
    this.m.raw._sqlite3_finalize(this.pointer);
  }

  get columnCount(): number {
    return this.m.raw._sqlite3_column_count(this.pointer);
  }

  /** Whether a row is waiting to be read. */
  get hasRow(): boolean {
    return this.m.raw._sqlite3_data_count(this.pointer) > 0;
  }

  columnName(i: number): string {
    return this.m.cString(this.m.raw._sqlite3_column_name(this.pointer, i));
  }

  /** The type a result column was declared with, where it comes straight from a table. */
  declaredType(i: number): string | undefined {
    const at =
      this.m.pointerAt(this.pointer + LAYOUT.columnNames) + (this.columnCount + i) * LAYOUT.valueSize;
    return this.m.cString(this.m.pointerAt(at + LAYOUT.valueText)) || undefined;
  }

  // ------------------------------------------------------------------ binding

  bind(params: Params): void {
    if (this.bound) this.m.raw._sqlite3_clear_bindings(this.pointer);
    this.bound = false;
    if (Array.isArray(params)) this.bindPositional(params as readonly Value[]);
    else this.bindNamed(params as ReadonlyMap<string, Value>);
  }

  private bindPositional(params: readonly Value[]): void {
    const count = this.count(params.length);
    if (count !== params.length)
      throw programmingError(
        `Incorrect number of bindings supplied. The current statement uses ${count}, and there are ${params.length} supplied.`,
      );
    for (let i = 0; i < params.length; i++) this.bindValue(i + 1, params[i]);
  }

  private bindNamed(params: ReadonlyMap<string, Value>): void {
    const count = this.count(params.size);
    const names = (this.names ??= this.findNames());
    for (let i = 1; i <= count; i++) {
      const name = names.get(i);
      if (name === undefined)
        throw programmingError(
          `Binding ${i} has no name, but you supplied a dictionary (which has only names).`,
        );
      const value = params.get(name);
      if (value === undefined)
        throw programmingError(`You did not supply a value for binding parameter :${name}.`);
      this.bindValue(i, value);
    }
  }

  /** How many parameters there are: the first index that cannot be bound tells. */
  private count(guess: number): number {
    if (this.parameterCount >= 0) return this.parameterCount;
    const fits = (i: number): boolean => this.m.raw._sqlite3_bind_int(this.pointer, i, 0) === OK;
    let n = guess;
    while (n > 0 && !fits(n)) n--;
    while (fits(n + 1)) n++;
    this.m.raw._sqlite3_clear_bindings(this.pointer);
    return (this.parameterCount = n);
  }

  private findNames(): Map<number, string> {
    const names = new Map<number, string>();
    for (const name of parameterNames(this.sql)) {
      const index = this.m.raw._sqlite3_bind_parameter_index(this.pointer, this.m.scratchText(name).p);
      if (index > 0) names.set(index, name.slice(1));
    }
    return names;
  }

  private bindValue(i: number, value: Value): void {
    switch (typeof value) {
      case "number":
        if (Number.isInteger(value)) this.bindInteger(i, value);
        else this.bindDouble(i, value);
        return;
      case "string":
        return this.bindText(i, value);
      case "boolean":
        return this.bindInteger(i, value ? 1 : 0);
      case "bigint":
        return this.bindInteger(i, value);
      case "object":
        if (value === null) return;
    }
    this.bindObject(i, value);
  }

  private bindInteger(i: number, value: number | bigint): void {
    const { raw } = this.m;
    this.bound = true;
    if (typeof value === "number" && value >= -2147483648 && value <= 2147483647) {
      raw._sqlite3_bind_int(this.pointer, i, value);
      return;
    }
    const big = BigInt(value);
    if (big > INT64_MAX || big < INT64_MIN)
      throw host.error("OverflowError", "Python int too large to convert to SQLite INTEGER");
    raw._sqlite3_bind_int(this.pointer, i, 0);
    const at = this.m.pointerAt(this.pointer + LAYOUT.variables) + (i - 1) * LAYOUT.valueSize;
    this.m.data.setBigInt64(at, big, true);
  }

  private bindDouble(i: number, value: number): void {
    this.bound = true;
    this.m.raw._sqlite3_bind_double(this.pointer, i, value);
  }

  private bindText(i: number, value: string): void {
    this.bound = true;
    const { p, n } = this.m.scratchText(checkText(value));
    this.m.raw._sqlite3_bind_text(this.pointer, i, p, n, TRANSIENT);
  }

  private bindObject(i: number, value: Value): void {
    const kind = host.kindOf(value);
    switch (kind) {
      case "float":
        return this.bindDouble(i, host.types.readFloat(value));
      case "bytes": {
        const bytes = host.types.readBytes(value);
        this.bound = true;
        // An empty blob still needs a pointer: without one SQLite binds NULL.
        this.m.raw._sqlite3_bind_blob(this.pointer, i, this.m.copyIn(bytes), bytes.length, TRANSIENT);
        return;
      }
      // sqlite3's own adapters.
      case "date":
        return this.bindText(i, isoDate(host.types.readDate(value)));
      case "datetime":
        return this.bindText(i, isoDateTime(host.types.readDateTime(value)));
    }
    // Subclasses of int and str, members of IntEnum among them: what they are equal to is what is bound.
    if (kind === "enum") {
      const plain = host.types.readEnumMember(value).value;
      if ((typeof plain === "number" || typeof plain === "string") && host.equal(value, plain))
        return this.bindValue(i, plain);
    } else if (kind === "int" || kind === "str" || kind === "bool") {
      const plain = host.key(value);
      if (
        typeof plain === "number" ||
        typeof plain === "string" ||
        typeof plain === "bigint" ||
        typeof plain === "boolean"
      )
        return this.bindValue(i, plain);
    }
    throw programmingError(
      `Error binding parameter ${i}: type '${qualifiedName(kind, value)}' is not supported`,
    );
  }

  // ------------------------------------------------------------------ reading

  /** The waiting row. */
  row(columns: number, converters: readonly (Converter | undefined)[] | undefined): RawRow {
    const { raw } = this.m;
    const stmt = this.pointer;
    const row: Value[] = new Array<Value>(columns);
    for (let i = 0; i < columns; i++) {
      const type = raw._sqlite3_column_type(stmt, i);
      if (converters?.[i] && type !== NULL) {
        row[i] = (converters[i] as Converter)(this.columnBytes(i));
        continue;
      }
      switch (type) {
        case INTEGER: {
          const v = raw._sqlite3_column_double(stmt, i);
          row[i] =
            v > -9007199254740992 && v < 9007199254740992
              ? v
              : exact(this.m.cString(raw._sqlite3_column_text(stmt, i)));
          break;
        }
        case TEXT: {
          const p = raw._sqlite3_column_text(stmt, i);
          row[i] = this.m.text(p, raw._sqlite3_column_bytes(stmt, i));
          if ((row[i] as string).includes("\ufffd")) this.checkUtf8(i);
          break;
        }
        case FLOAT:
          row[i] = host.types.makeFloat(raw._sqlite3_column_double(stmt, i));
          break;
        case BLOB:
          row[i] = host.types.makeBytes(this.columnBytes(i));
          break;
        default:
          row[i] = null;
      }
    }
    return row;
  }

  private columnBytes(i: number): Uint8Array {
    const p = this.m.raw._sqlite3_column_blob(this.pointer, i);
    return this.m.heap.slice(p, p + this.m.raw._sqlite3_column_bytes(this.pointer, i));
  }

  private checkUtf8(i: number): void {
    const p = this.m.raw._sqlite3_column_text(this.pointer, i);
    const n = this.m.raw._sqlite3_column_bytes(this.pointer, i);
    if (this.m.strictText(p, n) === undefined)
      throw new DriverError(
        "OperationalError",
        `Could not decode to UTF-8 column '${this.columnName(i)}' with text '${this.m.text(p, n)}'`,
      );
  }
}

/** An integer beyond 2^53 as SQLite prints it. */
function exact(text: string): number | bigint {
  const v = BigInt(text);
  return v >= -9007199254740992n && v <= 9007199254740992n ? Number(v) : v;
}

function checkText(value: string): string {
  if (value.isWellFormed()) return value;
  const at = [...value].findIndex((ch) => !ch.isWellFormed());
  const code = ([...value][at] as string).charCodeAt(0).toString(16);
  throw host.error(
    "UnicodeEncodeError",
    `'utf-8' codec can't encode character '\\u${code}' in position ${at}: surrogates not allowed`,
  );
}

// Types written in C carry their module in the name that sqlite3 prints.
const C_TYPES: ReadonlySet<string> = new Set(["date", "datetime", "time", "timedelta", "decimal"]);

function qualifiedName(kind: string, value: Value): string {
  const name = host.typeName(value);
  return C_TYPES.has(kind) ? `${host.typeModule(value)}.${name}` : name;
}

function isoDate(p: { readonly year: number; readonly month: number; readonly day: number }): string {
  return `${pad(p.year, 4)}-${pad(p.month)}-${pad(p.day)}`;
}

function isoDateTime(p: DateTimeParts): string {
  let text = `${isoDate(p)} ${pad(p.hour)}:${pad(p.minute)}:${pad(p.second)}`;
  if (p.microsecond) text += "." + pad(p.microsecond, 6);
  if (p.offset !== undefined) {
    const minutes = Math.trunc(Math.abs(p.offset) / 60);
    text += `${p.offset < 0 ? "-" : "+"}${pad(Math.trunc(minutes / 60))}:${pad(minutes % 60)}`;
  }
  return text;
}

function pad(n: number, width = 2): string {
  return String(n).padStart(width, "0");
}

/** The error that a call on this connection left behind. */
export function lastError(m: SqliteModule, db: number, rc: number): unknown {
  const message = m.cString(m.raw._sqlite3_errmsg(db));
  const code = m.int32At(db + LAYOUT.errorCode);
  if ((rc & 255) === 7) return host.error("MemoryError", "");
  return errorOf((code & 255) === (rc & 255) ? code : rc, message);
}

/** sqlite3.register_converter's table, by upper-case type name; "date" and "timestamp" are there from the start. */
export const converters = new Map<string, Converter>();

const STANDARD: readonly (readonly [string, Converter])[] = [
  ["DATE", (bytes) => host.types.makeDate(dateOf(ascii(bytes)))],
  [
    "TIMESTAMP",
    (bytes) => {
      const [date, time] = unpacked(ascii(bytes).split(" "), 2) as [string, string];
      const day = dateOf(date);
      const [clock = "", fraction, ...more] = time.split(".");
      const [hour, minute, second] = unpacked(clock.split(":").map(whole), 3) as [number, number, number];
      return host.types.makeDateTime({
        ...day,
        hour,
        minute,
        second,
        microsecond:
          fraction === undefined || more.length > 0 ? 0 : whole(fraction.slice(0, 6).padEnd(6, "0")),
      });
    },
  ],
];

function resetConverters(): void {
  converters.clear();
  for (const [name, fn] of STANDARD) converters.set(name, fn);
}
resetConverters();
onReset(resetConverters);

function ascii(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function dateOf(text: string): { year: number; month: number; day: number } {
  const [year, month, day] = unpacked(text.split("-").map(whole), 3) as [number, number, number];
  return { year, month, day };
}

/** A part of a date or time. @throws ValueError as `int(part)` does */
function whole(part: string): number {
  if (/^\s*[-+]?\d+\s*$/.test(part)) return Number(part);
  throw host.error("ValueError", `invalid literal for int() with base 10: b'${part}'`);
}

/** As many parts as are assigned to names. @throws ValueError */
function unpacked<T>(parts: readonly T[], count: number): readonly T[] {
  if (parts.length === count) return parts;
  throw host.error(
    "ValueError",
    parts.length < count
      ? `not enough values to unpack (expected ${count}, got ${parts.length})`
      : `too many values to unpack (expected ${count})`,
  );
}

export const PARSE_DECLTYPES = 1;
export const PARSE_COLNAMES = 2;

/** For each column the converter that detect_types asks for. */
export function convertersOf(
  stmt: Statement,
  detectTypes: ConnectOptions["detectTypes"],
): (Converter | undefined)[] | undefined {
  if (!detectTypes) return undefined;
  const out: (Converter | undefined)[] = [];
  for (let i = 0; i < stmt.columnCount; i++) {
    let name: string | undefined;
    if (detectTypes & PARSE_COLNAMES) name = /\[([^\]]*)\]/.exec(stmt.columnName(i))?.[1];
    if (name === undefined && detectTypes & PARSE_DECLTYPES) name = stmt.declaredType(i)?.split(/[ (]/)[0];
    out.push(name === undefined ? undefined : converters.get(name.toUpperCase()));
  }
  return out.some(Boolean) ? out : undefined;
}
