// The room: how statements, schemas and types are written for each database, and how SQLite is read.
export { DefaultDialect, StrCompileDialect, stringifyDialect } from "./default.ts";
export {
  OBJECT_KIND,
  OBJECT_SCOPE,
  type ConnectArguments,
  type Dialect,
  type DialectDbapi,
  type DialectInit,
  type DialectUrl,
  type MultiReflect,
  type MultiReflected,
  type PoolClassName,
  type Reflected,
  type ReflectionConnection,
  type ReflectionResult,
} from "./dialect.ts";
export { dialectNamed, loadDialect, register, type DialectClass } from "./registry.ts";
export * as sqlite from "./sqlite/index.ts";
