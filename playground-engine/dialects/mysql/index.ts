// sqlalchemy.dialects.mysql. Classes with a name in lower case have one in upper case as well.
export { MySQLCompiler } from "./compiler.ts";
export {
  MariaDBIdentifierPreparer,
  MariaDBTypeCompiler,
  MySQLDDLCompiler,
  MySQLIdentifierPreparer,
  MySQLTypeCompiler,
} from "./ddl.ts";
export { MariaDBDialect, MySQLDialect, MySQLDialectMysqldb, MySQLDialectPymysql } from "./dialect.ts";
export { Insert, insert, OnDuplicateClause } from "./dml.ts";
export { match, match as MatchExpression } from "./expression.ts";
export {
  BIGINT,
  BIT,
  CHAR,
  DATETIME,
  DECIMAL,
  DOUBLE,
  ENUM,
  FLOAT,
  INET4,
  INET6,
  INTEGER,
  JSON,
  LONGBLOB,
  LONGTEXT,
  MEDIUMBLOB,
  MEDIUMINT,
  MEDIUMTEXT,
  NCHAR,
  NUMERIC,
  NVARCHAR,
  REAL,
  SET,
  SMALLINT,
  TEXT,
  TIME,
  TIMESTAMP,
  TINYBLOB,
  TINYINT,
  TINYTEXT,
  VARCHAR,
  YEAR,
} from "./types.ts";
export { BINARY, BLOB, BOOLEAN, DATE, UUID, VARBINARY } from "../../sql/types/index.ts";
