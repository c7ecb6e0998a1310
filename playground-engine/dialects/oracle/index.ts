// sqlalchemy.dialects.oracle
export { OracleCompiler } from "./compiler.ts";
export { OracleDDLCompiler, OracleIdentifierPreparer, OracleTypeCompiler } from "./ddl.ts";
export { OracleDialect, OracleDialectCxOracle, OracleDialectOracledb } from "./dialect.ts";
export {
  BFILE,
  BINARY_DOUBLE,
  BINARY_FLOAT,
  DATE,
  FLOAT,
  INTERVAL,
  LONG,
  NCLOB,
  NUMBER,
  RAW,
  ROWID,
  TIMESTAMP,
  VARCHAR2,
} from "./types.ts";
export {
  BLOB,
  CHAR,
  CLOB,
  DOUBLE_PRECISION,
  NCHAR,
  NVARCHAR,
  NVARCHAR as NVARCHAR2,
  REAL,
  VARCHAR,
} from "../../sql/types/index.ts";
