// sqlalchemy.dialects.postgresql. Classes with a name in lower case have one in upper case as well.
export { PGCompiler } from "./compiler.ts";
export { PGDDLCompiler, PGIdentifierPreparer, PGTypeCompiler } from "./ddl.ts";
export { All, Any, ARRAY, ARRAYComparator, array, array as ArrayExpression } from "./array.ts";
export {
  PGDialect,
  PGDialectAsyncpg,
  PGDialectPg8000,
  PGDialectPsycopg,
  PGDialectPsycopg2,
} from "./dialect.ts";
export { Insert, insert, OnConflictDoNothing, OnConflictDoUpdate } from "./dml.ts";
export {
  AggregateOrderBy,
  aggregateOrderBy,
  arrayAgg,
  ExcludeConstraint,
  PhrasetoTsquery,
  PlaintoTsquery,
  ToTsquery,
  ToTsvector,
  TsHeadline,
  WebsearchToTsquery,
  type ExcludeOptions,
} from "./ext.ts";
export { HSTORE, HSTOREComparator, hstore, hstore as HstoreFunction } from "./hstore.ts";
export { JSON, JSONB, JSONBComparator, JSONComparator, JSONPATH } from "./json.ts";
export {
  CreateDomainType,
  CreateEnumType,
  DOMAIN,
  DropDomainType,
  DropEnumType,
  ENUM,
  NamedType,
  type DomainOptions,
  type PostgresqlEnumOptions,
} from "./named-types.ts";
export { Range, type Bounds, type RangeOptions } from "./range.ts";
export {
  AbstractMultiRange,
  AbstractRange,
  AbstractSingleRange,
  DATEMULTIRANGE,
  DATERANGE,
  INT4MULTIRANGE,
  INT4RANGE,
  INT8MULTIRANGE,
  INT8RANGE,
  MultiRange,
  RangeComparator,
  NUMMULTIRANGE,
  NUMRANGE,
  TSMULTIRANGE,
  TSRANGE,
  TSTZMULTIRANGE,
  TSTZRANGE,
} from "./ranges.ts";
export {
  BIT,
  BYTEA,
  CIDR,
  CITEXT,
  INET,
  INTERVAL,
  MACADDR,
  MACADDR8,
  MONEY,
  OID,
  REGCLASS,
  REGCONFIG,
  TIME,
  TIMESTAMP,
  TSQUERY,
  TSVECTOR,
} from "./types.ts";
export {
  BIGINT,
  BOOLEAN,
  CHAR,
  DATE,
  DOUBLE_PRECISION,
  FLOAT,
  INTEGER,
  NUMERIC,
  REAL,
  SMALLINT,
  TEXT,
  UUID,
  VARCHAR,
} from "../../sql/types/index.ts";
