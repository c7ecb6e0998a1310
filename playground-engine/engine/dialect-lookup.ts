// Which dialect a URL names, and which arguments of create_engine() are that dialect's.
import { NoSuchModuleError } from "../errors/index.ts";
import type { DialectInit } from "../dialects/dialect.ts";
import { SQLiteDialect, SQLiteDialectAiosqlite } from "../dialects/sqlite/dialect.ts";
import type { EngineDialect } from "./engine-dialect.ts";
import type { URL } from "./url.ts";

export interface DialectClass {
  new (init?: DialectInit): EngineDialect;
  readonly driver: string;
  readonly name: string;
}

const BASE_KEYWORDS = [
  "paramstyle", "isolation_level", "dbapi", "implicit_returning", "supports_native_boolean", "max_identifier_length", "label_length",
  "insertmanyvalues_page_size", "use_insertmanyvalues", "compiler_linting", "server_side_cursors", "skip_autocommit_rollback",
];

/** Keywords of the constructors, by dialect name. */
const KEYWORDS: ReadonlyMap<string, readonly string[]> = new Map([
  ["sqlite", ["native_datetime", "json_serializer", "json_deserializer"]],
]);

export function dialectKeywords(cls: DialectClass): readonly string[] {
  return [...BASE_KEYWORDS, ...(KEYWORDS.get((cls.prototype as EngineDialect).name) ?? [])];
}

/** Throws NoSuchModuleError for a name that no dialect has. */
export function dialectClassFor(url: URL, _isAsync = false): DialectClass {
  const name = url.drivername.replace("+", ".");
  if (name === "sqlite" || name === "sqlite.pysqlite") return SQLiteDialect;
  if (name === "sqlite.aiosqlite") return SQLiteDialectAiosqlite;
  throw new NoSuchModuleError(`Can't load plugin: sqlalchemy.dialects:${name}`);
}
