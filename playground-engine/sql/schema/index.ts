// Everything a schema is made of. Import from here: loading it makes the room complete, naming conventions included.
import "../naming.ts";

export {
  BLANK_SCHEMA,
  NONE_NAME,
  NULL_UNSPECIFIED,
  RETAIN_SCHEMA,
  tableKey,
  type SchemaArgument,
} from "./constants.ts";
export { Column, insertSentinel, type ColumnOptions } from "./column.ts";
export {
  ColumnCollectionConstraint,
  ColumnCollectionMixin,
  Constraint,
  type ConstraintNameArgument,
  type ConstraintOptions,
  type CreateRule,
} from "./constraint.ts";
export { copyExpression } from "./copy.ts";
export type { DdlOptions, DdlRunner, DdlVisitorClass } from "./ddl-runner.ts";
export {
  COUNTING_RULES,
  CallableColumnDefault,
  ColumnDefault,
  ColumnElementColumnDefault,
  DefaultGenerator,
  InsertSentinelColumnDefault,
  ScalarElementColumnDefault,
  Sequence,
  type DefaultDescription,
  type IdentityOptions,
  type SequenceOptions,
} from "./defaults.ts";
export { ddlEvents, dispatchOf, type DdlDispatch } from "./events.ts";
export { ForeignKeyConstraint, type ForeignKeyConstraintOptions } from "./foreign-key-constraint.ts";
export { ForeignKey, type ForeignKeyOptions } from "./foreign-key.ts";
export { Index, type IndexOptions } from "./indexes.ts";
export { HasConditionalDDL, SchemaItem } from "./item.ts";
export { CheckConstraint, PrimaryKeyConstraint, UniqueConstraint } from "./keys.ts";
export { isColumn, isTable, schemaLate } from "./late.ts";
export { MetaData, type MetaDataOptions, type NamingConvention } from "./metadata.ts";
export type {
  ReflectTableOptions,
  ReflectionInfo,
  ReflectionInfoRequest,
  SchemaInspector,
} from "./reflection.ts";
export type { SentinelColumnCharacterization, SentinelDefault } from "./sentinel.ts";
export { Computed, DefaultClause, FetchedValue, Identity, isFetchedValue } from "./server-defaults.ts";
export { Table, type TableOptions } from "./table.ts";
