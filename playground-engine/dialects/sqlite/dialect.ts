// The SQLite dialects: pysqlite (sqlite3), and aiosqlite on top of it. Behaviour: SQLAlchemy dialects/sqlite/base.py, pysqlite.py, aiosqlite.py.
import { ArgumentError } from "../../errors/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import type { TypeCompiler } from "../../compiler/compiled.ts";
import type { IdentifierPreparer } from "../../compiler/identifiers.ts";
import { defaults } from "../../sql/mixin.ts";
import { Column } from "../../sql/schema/column.ts";
import { Constraint } from "../../sql/schema/constraint.ts";
import type { ConstructArguments } from "../../sql/schema/dialect-kwargs.ts";
import { Index } from "../../sql/schema/indexes.ts";
import { Table } from "../../sql/schema/table.ts";
import type { TypeClass } from "../../sql/types/engine.ts";
import { signature } from "../../sql/types/signature.ts";
import type {
  ConnectArguments,
  DialectDriverConnection,
  DialectInit,
  DialectUrl,
  PoolClassName,
} from "../dialect.ts";
import { inModule } from "../python-view.ts";
import { SQLiteCompiler } from "./compiler.ts";
import { SQLiteDDLCompiler, SQLiteIdentifierPreparer, SQLiteTypeCompiler } from "./ddl.ts";
import { SQLiteReflection } from "./reflection.ts";
import { regexp } from "./regexp.ts";
import { colspecs } from "./types.ts";

/** What this engine's SQLite can do at least. */
const SQLITE_VERSION = [3, 46, 0];
const ISOLATION = new Map([
  ["READ UNCOMMITTED", 1],
  ["SERIALIZABLE", 0],
]);

/** How a value of the URL's query becomes an argument of sqlite3.connect(). */
const CONNECT_ARGUMENTS: readonly (readonly [name: string, read: (text: string) => Value])[] = [
  ["uri", asBool],
  ["timeout", (text) => host.types.makeFloat(Number(text))],
  ["detect_types", Number],
  ["check_same_thread", asBool],
  ["cached_statements", Number],
];

function asBool(text: string): boolean {
  const t = text.trim().toLowerCase();
  if (["true", "yes", "on", "y", "t", "1"].includes(t)) return true;
  if (["false", "no", "off", "n", "f", "0"].includes(t)) return false;
  throw host.error("ValueError", `String is not true/false: ${host.repr(t)}`);
}

export class SQLiteDialect extends SQLiteReflection {
  static override readonly constructArguments: ConstructArguments = [
    [Table, { autoincrement: false, with_rowid: true, strict: false }],
    [Index, { where: null }],
    [Column, { on_conflict_primary_key: null, on_conflict_not_null: null, on_conflict_unique: null }],
    [Constraint, { on_conflict: null }],
  ];
  static override readonly signature = signature(
    "isolation_level=None, native_datetime=False, json_serializer=None, json_deserializer=None, _json_serializer=None, _json_deserializer=None, **kwargs",
  );
  /** The driver converts dates and timestamps itself. */
  readonly nativeDatetime: boolean;

  constructor(init?: DialectInit | Kwargs);
  constructor(...args: readonly unknown[]);
  constructor(...args: readonly unknown[]) {
    super(...args);
    this.nativeDatetime = this.init["nativeDatetime"] === true;
  }

  protected override get statementCompilerClass(): typeof SQLiteCompiler {
    return SQLiteCompiler;
  }
  protected override get ddlCompilerClass(): typeof SQLiteDDLCompiler {
    return SQLiteDDLCompiler;
  }
  protected override makePreparer(): IdentifierPreparer {
    return new SQLiteIdentifierPreparer(this);
  }
  protected override makeTypeCompiler(): TypeCompiler {
    return new SQLiteTypeCompiler(this);
  }
  override get colspecs(): ReadonlyMap<TypeClass, TypeClass> {
    return colspecs;
  }

  // -- connecting -------------------------------------------------------------------------------

  protected isFileDatabase(url: DialectUrl): boolean {
    return Boolean(url.database) && url.database !== ":memory:" && url.query.get("mode") !== "memory";
  }

  override getPoolClass(url: DialectUrl): PoolClassName {
    return this.isFileDatabase(url) ? "QueuePool" : "SingletonThreadPool";
  }

  override createConnectArgs(url: DialectUrl): ConnectArguments {
    if (url.username || url.password || url.host || url.port)
      throw new ArgumentError(
        `Invalid SQLite URL: ${url.toString()}\nValid SQLite URL forms are:\n sqlite:///:memory: (or, sqlite://)\n sqlite:///relative/path/to/file.db\n sqlite:////absolute/path/to/file.db`,
      );
    const kw: Kwargs = new Map();
    for (const [name, read] of CONNECT_ARGUMENTS) {
      const text = url.query.get(name);
      if (text !== undefined) kw.set(name, read(text as string));
    }
    let file = url.database || ":memory:";
    if (kw.get("uri") === true) {
      file = url.database as string;
      const rest = [...url.query]
        .filter(([name]) => !CONNECT_ARGUMENTS.some(([n]) => n === name))
        .sort(([a], [b]) => (a < b ? -1 : 1));
      if (rest.length) file += `?${rest.map(([name, value]) => `${name}=${value as string}`).join("&")}`;
    }
    if (!kw.has("check_same_thread")) kw.set("check_same_thread", !this.isFileDatabase(url));
    return [[file], kw];
  }

  /** Registers regexp() and floor(). */
  override onConnect(): (connection: DialectDriverConnection) => void {
    return (connection) => {
      connection.createFunction(
        "regexp",
        2,
        (pattern, text) => regexp(pattern as Value, text as Value),
        true,
      );
      connection.createFunction("floor", 1, (value) => floor(value as Value), true);
    };
  }

  override isDisconnect(e: unknown): boolean {
    const error = e as { readonly errorName?: string; readonly message?: string };
    return (
      error.errorName === "ProgrammingError" &&
      (error.message ?? "").includes("Cannot operate on a closed database.")
    );
  }

  protected override getServerVersionInfo(): readonly number[] {
    return this.dbapi?.sqliteVersionInfo ?? SQLITE_VERSION;
  }

  protected override getDefaultSchemaName(): string {
    return "main";
  }

  // -- isolation ----------------------------------------------------------------------------------

  override getIsolationLevelValues(): readonly string[] {
    return [...ISOLATION.keys(), "AUTOCOMMIT"];
  }

  override setIsolationLevel(connection: DialectDriverConnection, level: string): void {
    if (level === "AUTOCOMMIT") {
      connection.isolationLevel = null;
      return;
    }
    connection.isolationLevel = "";
    const cursor = connection.cursor();
    cursor.execute(`PRAGMA read_uncommitted = ${ISOLATION.get(level) as number}`);
    cursor.close();
  }

  override getIsolationLevel(connection: DialectDriverConnection): string {
    const cursor = connection.cursor();
    cursor.execute("PRAGMA read_uncommitted");
    const value = Number(cursor.fetchone()?.[0] ?? 0);
    cursor.close();
    if (value === 0) return "SERIALIZABLE";
    if (value === 1) return "READ UNCOMMITTED";
    throw host.error("AssertionError", `Unknown isolation level ${value}`);
  }

  override detectAutocommitSetting(connection: DialectDriverConnection): boolean {
    return connection.isolationLevel === null;
  }
}
defaults(SQLiteDialect, {
  name: "sqlite",
  supportsAlter: false,
  supportsDefaultValues: true,
  supportsEmptyInsert: false,
  supportsMultivaluesInsert: true,
  useInsertmanyvalues: true,
  tupleInValues: true,
  insertNullPkStillAutoincrements: true,
  insertReturning: true,
  updateReturning: true,
  updateReturningMultifrom: true,
  deleteReturning: true,
  supportsDefaultMetavalue: true,
  defaultMetavalueToken: "NULL",
  defaultParamstyle: "qmark",
  returnsNativeBytes: true,
});

/** math.floor of what SQLite passes. */
function floor(value: Value): Value {
  const kind = host.kindOf(value);
  if (kind === "int" || kind === "bool") return kind === "bool" ? Number(value) : value;
  if (kind !== "float") throw host.error("TypeError", `must be real number, not ${host.typeName(value)}`);
  const n = Math.floor(host.types.readFloat(value));
  return Number.isSafeInteger(n) ? n : BigInt(n);
}

export class SQLiteDialectPysqlite extends SQLiteDialect {
  static readonly pyName: string = "SQLiteDialect_pysqlite";
  static override readonly driver: string = "pysqlite";
}

export class SQLiteDialectAiosqlite extends SQLiteDialect {
  static readonly pyName: string = "SQLiteDialect_aiosqlite";
  static override readonly driver: string = "aiosqlite";

  override getPoolClass(url: DialectUrl): PoolClassName {
    return this.isFileDatabase(url) ? "AsyncAdaptedQueuePool" : "StaticPool";
  }
}
defaults(SQLiteDialectAiosqlite, { isAsync: true, supportsServerSideCursors: true });
inModule("sqlalchemy.dialects.sqlite.base", [
  SQLiteDialect,
  SQLiteCompiler,
  SQLiteDDLCompiler,
  SQLiteTypeCompiler,
  SQLiteIdentifierPreparer,
]);
inModule("sqlalchemy.dialects.sqlite.pysqlite", [SQLiteDialectPysqlite]);
inModule("sqlalchemy.dialects.sqlite.aiosqlite", [SQLiteDialectAiosqlite]);
