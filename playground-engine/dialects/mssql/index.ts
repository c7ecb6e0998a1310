// sqlalchemy.dialects.mssql
export { MSSQLCompiler, MSSQLStrictCompiler } from "./compiler.ts";
export { MSDDLCompiler, MSIdentifierPreparer, MSTypeCompiler } from "./ddl.ts";
export { MSDialect, MSDialectPymssql, MSDialectPyodbc } from "./dialect.ts";
export {
  BIT,
  DATETIME2,
  DATETIMEOFFSET,
  DOUBLE_PRECISION,
  IMAGE,
  JSON,
  MONEY,
  NTEXT,
  REAL,
  ROWVERSION,
  SMALLDATETIME,
  SMALLMONEY,
  SQL_VARIANT,
  TIME,
  TIMESTAMP,
  TINYINT,
  UNIQUEIDENTIFIER,
  VARBINARY,
  XML,
} from "./types.ts";
export {
  BIGINT,
  BINARY,
  CHAR,
  DATE,
  DATETIME,
  DECIMAL,
  FLOAT,
  INTEGER,
  NCHAR,
  NUMERIC,
  NVARCHAR,
  SMALLINT,
  TEXT,
  VARCHAR,
} from "../../sql/types/index.ts";
