// sqlalchemy.dialects.sqlite
export { SQLiteCompiler } from "./compiler.ts";
export { SQLiteDDLCompiler, SQLiteIdentifierPreparer, SQLiteTypeCompiler } from "./ddl.ts";
export { SQLiteDialect, SQLiteDialectAiosqlite, SQLiteDialectPysqlite } from "./dialect.ts";
export { Insert, insert, OnConflictDoNothing, OnConflictDoUpdate } from "./dml.ts";
export { installRegexpSearch } from "./regexp.ts";
export { DATE, DATETIME, JSON, TIME, type StorageOptions } from "./types.ts";
export {
  BIGINT,
  BLOB,
  BOOLEAN,
  CHAR,
  DECIMAL,
  DOUBLE,
  FLOAT,
  INTEGER,
  NUMERIC,
  REAL,
  SMALLINT,
  TEXT,
  TIMESTAMP,
  VARCHAR,
} from "../../sql/types/index.ts";
