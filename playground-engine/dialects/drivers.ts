// The remaining drivers of the dialects beside SQLite's: each writes statements as its relative does, under its own name and
// style of parameters. No driver connects from here.
//
// Behaviour: the driver modules of SQLAlchemy dialects/postgresql, mysql, mssql, oracle; dialects/mysql/mariadb.py (loader).
import { defaults } from "../sql/mixin.ts";
import { signature } from "../sql/types/signature.ts";
import type { DefaultDialect } from "./default.ts";
import { MSDialectPymssql, MSDialectPyodbc } from "./mssql/dialect.ts";
import { MariaDBDialect, MySQLDialect, MySQLDialectMysqldb, MySQLDialectPymysql } from "./mysql/dialect.ts";
import { OracleDialectCxOracle, OracleDialectOracledb } from "./oracle/dialect.ts";
import {
  PGDialectAsyncpg,
  PGDialectPg8000,
  PGDialectPsycopg,
  PGDialectPsycopg2,
} from "./postgresql/dialect.ts";
import { inModule } from "./python-view.ts";
import { register, type DialectClass } from "./registry.ts";

interface Driver {
  readonly like: DialectClass;
  /** Name of SQLAlchemy's class, and the module that it is in. */
  readonly pyName: string;
  readonly module: string;
  readonly driver: string;
  /** The name after the plus sign, where it is not the driver's. */
  readonly as?: string;
  /** The database's name alone means it. */
  readonly standard?: boolean;
  readonly more?: Partial<DefaultDialect>;
}

const IS_ASYNC: Partial<DefaultDialect> = { isAsync: true };
const QMARK: Partial<DefaultDialect> = { defaultParamstyle: "qmark" };
const NAMED: Partial<DefaultDialect> = { defaultParamstyle: "named" };

const MARIADB = "sqlalchemy.dialects.mysql.mariadb";

/** MariaDB by a driver of MySQL's. */
function mariadb(driver: string, module = MARIADB, more?: Partial<DefaultDialect>): Driver {
  return { like: MariaDBDialect, pyName: `MariaDBDialect_${driver}`, module, driver, ...(more && { more }) };
}

function mysql(driver: string, like: DialectClass, more?: Partial<DefaultDialect>): Driver[] {
  const module = `sqlalchemy.dialects.mysql.${driver}`;
  return [
    { like, pyName: `MySQLDialect_${driver}`, module, driver, ...(more && { more }) },
    mariadb(driver, driver === "mysqlconnector" ? module : MARIADB, more),
  ];
}

const drivers: readonly Driver[] = [
  {
    like: PGDialectPsycopg2,
    pyName: "PGDialect_psycopg2cffi",
    module: "sqlalchemy.dialects.postgresql.psycopg2cffi",
    driver: "psycopg2cffi",
  },
  {
    like: PGDialectPsycopg,
    pyName: "PGDialectAsync_psycopg",
    module: "sqlalchemy.dialects.postgresql.psycopg",
    driver: "psycopg",
    as: "psycopg_async",
    more: IS_ASYNC,
  },
  { ...mariadb("mysqldb"), pyName: "MariaDBDialect_base", standard: true },
  mariadb("mysqldb"),
  mariadb("pymysql"),
  ...mysql("aiomysql", MySQLDialectPymysql, IS_ASYNC),
  ...mysql("asyncmy", MySQLDialectPymysql, IS_ASYNC),
  ...mysql("cymysql", MySQLDialect),
  ...mysql("mysqlconnector", MySQLDialect),
  ...mysql("mariadbconnector", MySQLDialect, QMARK),
  ...mysql("pyodbc", MySQLDialect, NAMED),
  {
    like: MSDialectPyodbc,
    pyName: "MSDialectAsync_aioodbc",
    module: "sqlalchemy.dialects.mssql.aioodbc",
    driver: "aioodbc",
    more: IS_ASYNC,
  },
  {
    like: OracleDialectOracledb,
    pyName: "OracleDialectAsync_oracledb",
    module: "sqlalchemy.dialects.oracle.oracledb",
    driver: "oracledb",
    as: "oracledb_async",
    more: IS_ASYNC,
  },
];

function made({ like, pyName, module, driver, as = driver, standard, more }: Driver): DialectClass {
  const cls = class extends (like as unknown as new () => DefaultDialect) {} as unknown as DialectClass;
  for (const [key, value] of Object.entries({
    name: pyName,
    pyName,
    driver,
    signature: signature("**kwargs"),
  }))
    Object.defineProperty(cls, key, { value, configurable: true });
  if (more) defaults(cls as unknown as Parameters<typeof defaults>[0], more);
  inModule(module, [cls]);
  register(cls.prototype.name, cls, { as, standard });
  return cls;
}

/** The classes by SQLAlchemy's names. */
export const driverClasses: Readonly<Record<string, DialectClass>> = Object.fromEntries(
  drivers.map((d) => [d.pyName, made(d)]),
);

/** What each driver's module calls `dialect`, `dialect_async` or `mariadb_dialect`. */
export const dialectsOfModules: readonly (readonly [qualified: string, DialectClass])[] = [
  ["postgresql.psycopg2.dialect", PGDialectPsycopg2],
  ["postgresql.psycopg.dialect", PGDialectPsycopg],
  ["postgresql.asyncpg.dialect", PGDialectAsyncpg],
  ["postgresql.pg8000.dialect", PGDialectPg8000],
  ["mysql.mysqldb.dialect", MySQLDialectMysqldb],
  ["mysql.pymysql.dialect", MySQLDialectPymysql],
  ["mssql.pyodbc.dialect", MSDialectPyodbc],
  ["mssql.pymssql.dialect", MSDialectPymssql],
  ["oracle.cx_oracle.dialect", OracleDialectCxOracle],
  ["oracle.oracledb.dialect", OracleDialectOracledb],
  ...drivers
    .filter((d) => !d.pyName.startsWith("MariaDB") || d.driver === "mysqlconnector")
    .map((d): [string, DialectClass] => {
      const name = d.pyName.startsWith("MariaDB") ? "mariadb_dialect" : d.as ? "dialect_async" : "dialect";
      return [`${d.module.replace("sqlalchemy.dialects.", "")}.${name}`, driverClasses[d.pyName]!];
    }),
];
