// SQLite keeps dates and times as text, JSON as JSON text: how values become text and come back.
//
// The text's form can be chosen (storage_format, a Python % template; regexp, to read it back).
// Behaviour: SQLAlchemy dialects/sqlite/base.py, json.py, pysqlite.py.
import { host, type DateTimeParts, type Kwargs, type Value } from "../../util/host.ts";
import { percentFormat } from "../../sql/schema/percent.ts";
import { Date, DateTime, Time } from "../../sql/types/datetime.ts";
import type {
  BindProcessor,
  LiteralProcessor,
  ResultProcessor,
  TypeDialect,
} from "../../sql/types/dialect-facts.ts";
import { TypeEngine, type TypeClass } from "../../sql/types/engine.ts";
import * as iso from "../../sql/types/iso.ts";
import {
  isInt,
  JSON as GenericJSON,
  JSONIndexType as GenericIndexType,
  JSONPathType as GenericPathType,
} from "../../sql/types/json.ts";
import { signature, type Signature } from "../../sql/types/signature.ts";
import * as t from "../../sql/types/index.ts";
import { inModule, optionsOf } from "../python-view.ts";

export interface StorageOptions {
  readonly timezone?: boolean;
  readonly storageFormat?: string | null;
  /** A pattern as Python's re takes it; its groups are the parts, in order or by name. */
  readonly regexp?: Value;
  readonly truncateMicroseconds?: boolean;
}

const NO_TIME = { hour: 0, minute: 0, second: 0, microsecond: 0 };
const ZEROES: DateTimeParts = { year: 0, month: 0, day: 0, ...NO_TIME };

/** What the three types have in common: a form of text and a pattern. */
class Storage {
  readonly format: string;
  readonly pattern: RegExp | null;

  constructor(standard: string, options: StorageOptions) {
    if (options.truncateMicroseconds) {
      if (options.storageFormat !== undefined)
        throw host.error(
          "AssertionError",
          "You can specify only one of truncate_microseconds or storage_format.",
        );
      if (options.regexp !== undefined)
        throw host.error("AssertionError", "You can specify only one of truncate_microseconds or regexp.");
      this.format = standard.replace(".%(microsecond)06d", "");
    } else this.format = options.storageFormat ?? standard;
    this.pattern = options.regexp == null ? null : patternOf(options.regexp);
  }

  text(parts: Partial<DateTimeParts>): string {
    return percentFormat(this.format, (name) => {
      const v = parts[name as keyof DateTimeParts];
      if (v === undefined) throw host.error("KeyError", name);
      return v;
    });
  }

  get isText(): boolean {
    return /[^0-9]/.test(this.text(ZEROES));
  }

  /** The parts that the pattern finds; names for unnamed groups are given in order. */
  parse(value: Value, typeName: string, names: readonly string[]): Map<string, number> {
    if (host.kindOf(value) !== "str")
      throw host.error(
        "ValueError",
        `Couldn't parse ${typeName} string '${host.repr(value)}' - value is not a string.`,
      );
    const pattern = this.pattern as RegExp;
    pattern.lastIndex = 0;
    const m = pattern.exec(value as string);
    if (!m || m.index !== 0)
      throw host.error("ValueError", `Couldn't parse ${typeName} string: '${value as string}'`);
    const found = m.groups
      ? Object.entries(m.groups)
      : m.slice(1).map((g, i) => [names[i] as string, g] as const);
    return new Map(found.map(([name, text]) => [name, Number(text ?? 0)]));
  }
}

/** A pattern given as text, or compiled by Python's re. */
function patternOf(given: Value): RegExp {
  if (given instanceof RegExp) return given;
  const text = typeof given === "string" ? given : host.str(host.getAttribute(given, "pattern") ?? given);
  return new RegExp(text.replaceAll("(?P<", "(?<"), "y");
}

const DATE_NAMES = ["year", "month", "day"];
const TIME_NAMES = ["hour", "minute", "second", "microsecond"];
const part = (m: ReadonlyMap<string, number>, name: string): number => m.get(name) ?? 0;
const dateParts = (m: ReadonlyMap<string, number>) =>
  iso.checkDate({ year: part(m, "year"), month: part(m, "month"), day: part(m, "day") });
const timeParts = (m: ReadonlyMap<string, number>) =>
  iso.checkTime({
    hour: part(m, "hour"),
    minute: part(m, "minute"),
    second: part(m, "second"),
    microsecond: part(m, "microsecond"),
  });

const MIXED_SIGNATURE: Signature = signature("*args, **kwargs");

interface Stored {
  readonly storage: Storage;
  readonly given: StorageOptions;
}
export function isStored(type: TypeEngine): type is TypeEngine & Stored {
  return (type as Partial<Stored>).storage instanceof Storage;
}

/** Arguments with which a copy keeps the form of the original. */
function keepStorage(type: Stored, cls: TypeClass, kwargs: Kwargs): Kwargs {
  if (!STORING.has(cls)) return kwargs;
  const kw = new Map(kwargs).set("storage_format", type.storage.format);
  return type.storage.pattern ? kw.set("regexp", type.storage.pattern) : kw;
}
const STORING = new Set<TypeClass>();

function quoted(bind: BindProcessor): LiteralProcessor {
  return (value) => `'${host.str(bind(value))}'`;
}

export class DATETIME extends DateTime {
  static override readonly visitName: string = "DATETIME";
  static override readonly signature = MIXED_SIGNATURE;
  readonly storage: Storage;
  readonly given: StorageOptions;

  constructor(_args: readonly Value[] = [], kwargs: StorageOptions | Kwargs = {}) {
    const options = optionsOf<StorageOptions>(kwargs);
    super(options.timezone ?? false);
    this.given = options;
    this.storage = new Storage(
      "%(year)04d-%(month)02d-%(day)02d %(hour)02d:%(minute)02d:%(second)02d.%(microsecond)06d",
      options,
    );
  }

  static override construct(args: readonly Value[], kwargs: Kwargs = new Map()): TypeEngine {
    return new this(args, kwargs);
  }
  override adapt(cls: TypeClass, kwargs: Kwargs = new Map()): TypeEngine {
    return super.adapt(cls, keepStorage(this, cls, kwargs));
  }
  get formatIsTextAffinity(): boolean {
    return this.storage.isText;
  }

  override bindProcessor(_dialect: TypeDialect): BindProcessor | null {
    return (value) => {
      if (value === null) return null;
      const kind = host.kindOf(value);
      if (kind === "datetime") return this.storage.text(host.types.readDateTime(value));
      if (kind === "date") return this.storage.text({ ...host.types.readDate(value), ...NO_TIME });
      throw host.error(
        "TypeError",
        "SQLite DateTime type only accepts Python datetime and date objects as input.",
      );
    };
  }

  override literalProcessor(dialect: TypeDialect): LiteralProcessor | null {
    return quoted(DATETIME.prototype.bindProcessor.call(this, dialect) as BindProcessor);
  }

  override resultProcessor(_dialect: TypeDialect, _coltype: unknown): ResultProcessor | null {
    if (!this.storage.pattern) return iso.strToDateTime;
    return (value) => {
      if (value === null) return null;
      const m = this.storage.parse(value, "datetime", [...DATE_NAMES, ...TIME_NAMES]);
      return host.types.makeDateTime({ ...dateParts(m), ...timeParts(m) });
    };
  }
}

export class DATE extends Date {
  static override readonly visitName: string = "DATE";
  static override readonly signature = MIXED_SIGNATURE;
  readonly storage: Storage;
  readonly given: StorageOptions;

  constructor(
    storageFormat: string | null = null,
    regexp: Value = null,
    kwargs: StorageOptions | Kwargs = {},
  ) {
    const options: StorageOptions = {
      ...(storageFormat === null ? {} : { storageFormat }),
      ...(regexp === null ? {} : { regexp }),
      ...optionsOf<StorageOptions>(kwargs),
    };
    super();
    this.given = options;
    this.storage = new Storage("%(year)04d-%(month)02d-%(day)02d", options);
  }

  static override construct(
    [storageFormat, regexp]: readonly Value[],
    kwargs: Kwargs = new Map(),
  ): TypeEngine {
    return new this((storageFormat ?? null) as string | null, regexp ?? null, kwargs);
  }
  override adapt(cls: TypeClass, kwargs: Kwargs = new Map()): TypeEngine {
    return super.adapt(cls, keepStorage(this, cls, kwargs));
  }
  get formatIsTextAffinity(): boolean {
    return this.storage.isText;
  }

  override bindProcessor(_dialect: TypeDialect): BindProcessor | null {
    return (value) => {
      if (value === null) return null;
      const kind = host.kindOf(value);
      if (kind === "date") return this.storage.text(host.types.readDate(value));
      if (kind === "datetime") return this.storage.text(host.types.readDateTime(value));
      throw host.error("TypeError", "SQLite Date type only accepts Python date objects as input.");
    };
  }

  override literalProcessor(dialect: TypeDialect): LiteralProcessor | null {
    return quoted(DATE.prototype.bindProcessor.call(this, dialect) as BindProcessor);
  }

  override resultProcessor(_dialect: TypeDialect, _coltype: unknown): ResultProcessor | null {
    if (!this.storage.pattern) return iso.strToDate;
    return (value) =>
      value === null ? null : host.types.makeDate(dateParts(this.storage.parse(value, "date", DATE_NAMES)));
  }
}

export class TIME extends Time {
  static override readonly visitName: string = "TIME";
  static override readonly signature = MIXED_SIGNATURE;
  readonly storage: Storage;
  readonly given: StorageOptions;

  constructor(_args: readonly Value[] = [], kwargs: StorageOptions | Kwargs = {}) {
    const options = optionsOf<StorageOptions>(kwargs);
    super(options.timezone ?? false);
    this.given = options;
    this.storage = new Storage("%(hour)02d:%(minute)02d:%(second)02d.%(microsecond)06d", options);
  }

  static override construct(args: readonly Value[], kwargs: Kwargs = new Map()): TypeEngine {
    return new this(args, kwargs);
  }
  override adapt(cls: TypeClass, kwargs: Kwargs = new Map()): TypeEngine {
    return super.adapt(cls, keepStorage(this, cls, kwargs));
  }
  get formatIsTextAffinity(): boolean {
    return this.storage.isText;
  }

  override bindProcessor(_dialect: TypeDialect): BindProcessor | null {
    return (value) => {
      if (value === null) return null;
      if (host.kindOf(value) === "time") return this.storage.text(host.types.readTime(value));
      throw host.error("TypeError", "SQLite Time type only accepts Python time objects as input.");
    };
  }

  override literalProcessor(dialect: TypeDialect): LiteralProcessor | null {
    return quoted(this.bindProcessor(dialect) as BindProcessor);
  }

  override resultProcessor(_dialect: TypeDialect, _coltype: unknown): ResultProcessor | null {
    if (!this.storage.pattern) return iso.strToTime;
    return (value) =>
      value === null ? null : host.types.makeTime(timeParts(this.storage.parse(value, "time", TIME_NAMES)));
  }
}

/** With native_datetime the driver converts dates and timestamps itself. */
const isNative = (dialect: TypeDialect): boolean =>
  (dialect as { readonly nativeDatetime?: boolean }).nativeDatetime === true;

class PysqliteTimeStamp extends DATETIME {
  static readonly pyName: string = "_SQLite_pysqliteTimeStamp";
  override bindProcessor(dialect: TypeDialect): BindProcessor | null {
    return isNative(dialect) ? null : super.bindProcessor(dialect);
  }
  override resultProcessor(dialect: TypeDialect, coltype: unknown): ResultProcessor | null {
    return isNative(dialect) ? null : super.resultProcessor(dialect, coltype);
  }
}

class PysqliteDate extends DATE {
  static readonly pyName: string = "_SQLite_pysqliteDate";
  override bindProcessor(dialect: TypeDialect): BindProcessor | null {
    return isNative(dialect) ? null : super.bindProcessor(dialect);
  }
  override resultProcessor(dialect: TypeDialect, coltype: unknown): ResultProcessor | null {
    return isNative(dialect) ? null : super.resultProcessor(dialect, coltype);
  }
}
for (const cls of [DATETIME, DATE, TIME, PysqliteTimeStamp, PysqliteDate]) STORING.add(cls);

// -- JSON ---------------------------------------------------------------------------------------

/** sqlalchemy.dialects.sqlite.JSON */
export class JSON extends GenericJSON {}

const NUMBERS: ReadonlySet<string> = new Set(["int", "float", "bool", "decimal", "fraction", "complex"]);

/** JSON_EXTRACT gives numbers as numbers. */
class SQLiteJson extends GenericJSON {
  static readonly pyName: string = "_SQliteJson";

  override resultProcessor(dialect: TypeDialect, coltype: unknown): ResultProcessor | null {
    const standard = super.resultProcessor(dialect, coltype) as ResultProcessor;
    return (value) => {
      try {
        return standard(value);
      } catch (e) {
        if (host.isError(e, "TypeError") && NUMBERS.has(host.kindOf(value))) return value;
        throw e;
      }
    };
  }
}

const indexText = (value: Value): string =>
  isInt(value) ? `$[${host.str(value)}]` : `$."${host.str(value)}"`;
const pathText = (value: Value): string =>
  `$${[...(host.iterate(value) ?? [])].map((e) => (isInt(e) ? `[${host.str(e)}]` : `."${host.str(e)}"`)).join("")}`;

class JSONIndexType extends GenericIndexType {
  override bindProcessor(dialect: TypeDialect): BindProcessor | null {
    const text = this.stringBindProcessor(dialect);
    return (value) => (text ? text(indexText(value)) : indexText(value));
  }
  override literalProcessor(dialect: TypeDialect): LiteralProcessor | null {
    const text = this.stringLiteralProcessor(dialect) as LiteralProcessor;
    return (value) => text(indexText(value));
  }
}

class JSONPathType extends GenericPathType {
  override bindProcessor(dialect: TypeDialect): BindProcessor | null {
    const text = this.stringBindProcessor(dialect);
    return (value) => (text ? text(pathText(value)) : pathText(value));
  }
  override literalProcessor(dialect: TypeDialect): LiteralProcessor | null {
    const text = this.stringLiteralProcessor(dialect) as LiteralProcessor;
    return (value) => text(pathText(value));
  }
}

export const colspecs: ReadonlyMap<TypeClass, TypeClass> = new Map<TypeClass, TypeClass>([
  [Date, PysqliteDate],
  [DateTime, DATETIME],
  [GenericJSON, SQLiteJson],
  [GenericIndexType, JSONIndexType],
  [GenericPathType, JSONPathType],
  [Time, TIME],
  [t.TIMESTAMP, PysqliteTimeStamp],
]);

/** Types by the names that reflection finds. */
export const ischemaNames: ReadonlyMap<string, TypeClass> = new Map<string, TypeClass>([
  ["BIGINT", t.BIGINT],
  ["BLOB", t.BLOB],
  ["BOOL", t.BOOLEAN],
  ["BOOLEAN", t.BOOLEAN],
  ["CHAR", t.CHAR],
  ["DATE", t.DATE],
  ["DATE_CHAR", t.DATE],
  ["DATETIME", t.DATETIME],
  ["DATETIME_CHAR", t.DATETIME],
  ["DOUBLE", t.DOUBLE],
  ["DECIMAL", t.DECIMAL],
  ["FLOAT", t.FLOAT],
  ["INT", t.INTEGER],
  ["INTEGER", t.INTEGER],
  ["JSON", JSON],
  ["NUMERIC", t.NUMERIC],
  ["REAL", t.REAL],
  ["SMALLINT", t.SMALLINT],
  ["TEXT", t.TEXT],
  ["TIME", t.TIME],
  ["TIME_CHAR", t.TIME],
  ["TIMESTAMP", t.TIMESTAMP],
  ["VARCHAR", t.VARCHAR],
  ["NVARCHAR", t.NVARCHAR],
  ["NCHAR", t.NCHAR],
]);

inModule("sqlalchemy.dialects.sqlite.base", [DATETIME, DATE, TIME]);
inModule("sqlalchemy.dialects.sqlite.json", [JSON, JSONIndexType, JSONPathType]);
