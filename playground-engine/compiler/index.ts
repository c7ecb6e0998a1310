// The room: how a statement becomes text and parameters. Dialects derive from SQLCompiler; the engine reads Compiled.
export { compile, installDialects } from "./compile.ts";
export {
  Compiled,
  TypeCompiler,
  type CompileOptions,
  type CompilerState,
  type SchemaTranslateMap,
} from "./compiled.ts";
export { compiles, compilesAlways, deregister, type CompileFunction } from "./compiles.ts";
export type { CompilingDialect, ParamStyle } from "./compiling-dialect.ts";
export { MultiparamColumn, REQUIRED, type CrudParams } from "./crud.ts";
export { DDLCompiler } from "./ddl.ts";
export { CompileLabel } from "./expression.ts";
export {
  COLLECT_CARTESIAN_PRODUCTS,
  FROM_LINTING,
  FromLinter,
  NO_LINTING,
  WARN_LINTING,
} from "./from-linter.ts";
export { IdentifierPreparer } from "./identifiers.ts";
export { deliverInsertmanyvaluesBatches } from "./insert-many.ts";
export {
  SENTINEL,
  type CrudParam,
  type DriverParams,
  type InsertManyValues,
  type InsertManyValuesBatch,
} from "./insert-many-values.ts";
export { ExpandedState } from "./post-compile.ts";
export {
  NO_OPTIONS,
  OpaqueOption,
  optionsFromKwargs,
  optionsToKwargs,
  type Hints,
  type RenderOptions,
} from "./render-options.ts";
export type { AddToResultMap, ResultColumnsEntry } from "./result-map.ts";
export { SQLCompiler } from "./sql-compiler.ts";
export { StrSQLCompiler } from "./str-compiler.ts";
export { GenericTypeCompiler, StrSQLTypeCompiler } from "./types.ts";
