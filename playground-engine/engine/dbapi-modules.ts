// The DBAPI modules that create_engine() imports: sqlite3 is here, all others are missing.
//
// A missing one raises ModuleNotFoundError by the name Python would look for. Behaviour: import_dbapi() of SQLAlchemy's dialects; CPython's sqlite3.connect.
import { host, type Kwargs, type Value } from "../util/host.ts";
import { reprString } from "../util/text.ts";
import { installedDriver, type ConnectOptions, type DriverConnection } from "./dbapi.ts";
import type { DbapiModule } from "./engine-dialect.ts";
import { AsyncAdaptedConnection, noteConnect } from "./greenlet.ts";

const CONNECT_KEYWORDS: ReadonlySet<string> = new Set([
  "database",
  "timeout",
  "detect_types",
  "isolation_level",
  "check_same_thread",
  "factory",
  "cached_statements",
  "uri",
]);

/** What Python's import statement says is missing, by driver; those not listed have the driver's name. */
const MODULE_NAMES: ReadonlyMap<string, string> = new Map([
  ["mysqldb", "MySQLdb"],
  ["mysqlconnector", "mysql"],
  ["cymysql", "cymysql"],
  ["pysqlcipher", "pysqlcipher3"],
  ["psycopg_async", "psycopg"],
  ["oracledb_async", "oracledb"],
  ["pg8000", "pg8000"],
  ["psycopg2cffi", "psycopg2cffi"],
]);

function connect(args: readonly Value[], kwargs: Kwargs): DriverConnection {
  const all = new Map(kwargs);
  args.forEach((v, i) => all.set([...CONNECT_KEYWORDS][i] as string, v));
  for (const name of all.keys())
    if (!CONNECT_KEYWORDS.has(name))
      throw host.error("TypeError", `${reprString(name)} is an invalid keyword argument for Connection()`);
  const database = all.get("database");
  if (database === undefined)
    throw host.error("TypeError", "Connection() missing required argument 'database' (pos 1)");
  if (typeof database !== "string")
    throw host.error(
      "TypeError",
      `expected str, bytes or os.PathLike object, not ${host.typeName(database)}`,
    );
  const timeout = all.get("timeout");
  if (timeout !== undefined && !["int", "float", "bool"].includes(host.kindOf(timeout)))
    throw host.error("TypeError", `must be real number, not ${host.typeName(timeout)}`);
  const detectTypes = all.get("detect_types");
  if (detectTypes !== undefined && typeof detectTypes !== "number")
    throw host.error(
      "TypeError",
      `'${host.typeName(detectTypes)}' object cannot be interpreted as an integer`,
    );
  const options: ConnectOptions = {
    ...(all.has("isolation_level") ? { isolationLevel: all.get("isolation_level") as string | null } : {}),
    ...(detectTypes === undefined ? {} : { detectTypes }),
    uri: host.isTrue(all.get("uri") ?? false),
    checkSameThread: host.isTrue(all.get("check_same_thread") ?? true),
  };
  return installedDriver().connect(database, options);
}

const sqlite3: DbapiModule = {
  name: "sqlite3",
  paramstyle: "qmark",
  get sqliteVersionInfo() {
    return installedDriver().sqliteVersion.split(".").map(Number);
  },
  connect,
};

const aiosqlite: DbapiModule = {
  name: "aiosqlite",
  paramstyle: "qmark",
  get sqliteVersionInfo() {
    return sqlite3.sqliteVersionInfo as readonly number[];
  },
  connect(args, kwargs) {
    noteConnect();
    // aiosqlite keeps one thread for each connection, which alone uses it
    return new AsyncAdaptedConnection(connect(args, new Map([...kwargs, ["check_same_thread", false]])));
  },
};

/** sqlite3, as `engine.dialect.dbapi`. */
export const sqlite3Module: DbapiModule = sqlite3;

/** Import a dialect's driver. Throws the host's ModuleNotFoundError. */
export function importDbapi(driver: string): DbapiModule {
  if (driver === "pysqlite") return sqlite3;
  if (driver === "aiosqlite") return aiosqlite;
  throw host.error("ModuleNotFoundError", `No module named '${MODULE_NAMES.get(driver) ?? driver}'`);
}
