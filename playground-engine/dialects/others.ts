// The databases beside SQLite: how statements and schemas are written for them. A part of its own, so that a page that never
// names them need not load it.
import { MSDialectPymssql, MSDialectPyodbc } from "./mssql/dialect.ts";
import { MySQLDialectMysqldb, MySQLDialectPymysql } from "./mysql/dialect.ts";
import { OracleDialectCxOracle, OracleDialectOracledb } from "./oracle/dialect.ts";
import {
  PGDialectAsyncpg,
  PGDialectPg8000,
  PGDialectPsycopg,
  PGDialectPsycopg2,
} from "./postgresql/dialect.ts";
import { register } from "./registry.ts";

export * as drivers from "./drivers.ts";

export * as mssql from "./mssql/index.ts";
export * as mysql from "./mysql/index.ts";
export * as oracle from "./oracle/index.ts";
export * as postgresql from "./postgresql/index.ts";

register("postgresql", PGDialectPsycopg2, { standard: true });
register("postgresql", PGDialectPsycopg);
register("postgresql", PGDialectAsyncpg);
register("postgresql", PGDialectPg8000);
register("mysql", MySQLDialectMysqldb, { standard: true });
register("mysql", MySQLDialectPymysql);
register("mssql", MSDialectPyodbc, { standard: true });
register("mssql", MSDialectPymssql);
register("oracle", OracleDialectCxOracle, { standard: true });
register("oracle", OracleDialectOracledb);
