// All types, under their own names. Import types from here: loading it makes the room complete.
import { ARRAY } from "./array.ts";
import { BINARY, BLOB, LargeBinary, VARBINARY } from "./binary.ts";
import { BOOLEAN, Boolean, MatchType } from "./boolean.ts";
import { DATE, DATETIME, Date, DateTime, TIME, TIMESTAMP, Time } from "./datetime.ts";
import { Enum } from "./enum.ts";
import { Interval } from "./interval.ts";
import { JSON } from "./json.ts";
import {
  BIGINT,
  BigInteger,
  DECIMAL,
  DOUBLE,
  DOUBLE_PRECISION,
  Double,
  FLOAT,
  Float,
  INTEGER,
  Integer,
  NUMERIC,
  Numeric,
  REAL,
  SMALLINT,
  SmallInteger,
} from "./numeric.ts";
import { PickleType } from "./pickle.ts";
import { addStandardTypes } from "./resolve.ts";
import { NullType, TableValueType, TupleType } from "./special.ts";
import { CHAR, CLOB, NCHAR, NVARCHAR, String, TEXT, Text, Unicode, UnicodeText, VARCHAR } from "./string.ts";
import { UUID, Uuid } from "./uuid.ts";
import "./adaptations.ts";

addStandardTypes([
  ARRAY,
  BINARY,
  BLOB,
  LargeBinary,
  VARBINARY,
  BOOLEAN,
  Boolean,
  MatchType,
  DATE,
  DATETIME,
  Date,
  DateTime,
  TIME,
  TIMESTAMP,
  Time,
  Enum,
  Interval,
  JSON,
  BIGINT,
  BigInteger,
  DECIMAL,
  DOUBLE,
  DOUBLE_PRECISION,
  Double,
  FLOAT,
  Float,
  INTEGER,
  Integer,
  NUMERIC,
  Numeric,
  REAL,
  SMALLINT,
  SmallInteger,
  PickleType,
  NullType,
  TableValueType,
  TupleType,
  CHAR,
  CLOB,
  NCHAR,
  NVARCHAR,
  String,
  TEXT,
  Text,
  Unicode,
  UnicodeText,
  VARCHAR,
  UUID,
  Uuid,
]);

export { ARRAY, ArrayComparator, type SliceIndex } from "./array.ts";
export { BINARY, BLOB, BinaryType, LargeBinary, VARBINARY } from "./binary.ts";
export { BOOLEAN, Boolean, MatchType } from "./boolean.ts";
export {
  ConcatenableComparator,
  IndexableComparator,
  LookupComparator,
  NullComparator,
  TypeComparator,
  type Adapted,
  type ComparatorClass,
  type GetItem,
} from "./comparator.ts";
export { DATE, DATETIME, Date, DateTime, TIME, TIMESTAMP, Time } from "./datetime.ts";
export { TypeDecorator } from "./decorator.ts";
export type {
  BindProcessor,
  LiteralProcessor,
  ResultProcessor,
  TypeDialect,
  TypeMemo,
} from "./dialect-facts.ts";
export {
  NO_VALUE_IN_LIST,
  TypeEngine,
  UserDefinedType,
  adaptType,
  ancestry,
  isSubclass,
  isTypeArgument,
  isTypeClass,
  toInstance,
  typeClassOf,
  type TypeArgument,
  type TypeClass,
} from "./engine.ts";
export { Enum, type EnumOptions } from "./enum.ts";
export { Interval, IntervalComparator } from "./interval.ts";
export {
  JSON,
  JSONComparator,
  JSONElementType,
  JSONIndexType,
  JSONIntIndexType,
  JSONPathType,
  JSONStrIndexType,
  JSON_NULL,
} from "./json.ts";
export {
  BIGINT,
  BigInteger,
  DECIMAL,
  DOUBLE,
  DOUBLE_PRECISION,
  Double,
  FLOAT,
  Float,
  INT,
  INTEGER,
  Integer,
  NUMERIC,
  Numeric,
  REAL,
  SMALLINT,
  SmallInteger,
} from "./numeric.ts";
export { PickleType } from "./pickle.ts";
export {
  BOOLEANTYPE,
  INTEGERTYPE,
  MATCHTYPE,
  NULLTYPE,
  NUMERICTYPE,
  STRINGTYPE,
  TABLEVALUE,
  resolveValueToType,
  typeOfKind,
} from "./resolve.ts";
export { isSchemaType, type DdlBind, type SchemaTypeLike } from "./schema-type.ts";
export { camelCase, genericRepr, signature, type InitArgument, type Signature } from "./signature.ts";
export { NullType, TableValueType, TupleType } from "./special.ts";
export {
  CHAR,
  CLOB,
  NCHAR,
  NVARCHAR,
  String,
  TEXT,
  Text,
  Unicode,
  UnicodeText,
  VARCHAR,
  quoteLiteral,
} from "./string.ts";
export { typeLate } from "./type-late.ts";
export { UUID, Uuid } from "./uuid.ts";
