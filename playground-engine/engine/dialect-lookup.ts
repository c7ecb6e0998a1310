// Which dialect a URL names, and which arguments of create_engine() are that dialect's.
// Behaviour: SQLAlchemy engine/url.py (get_dialect), the constructors of its dialects.
import type { DialectInit } from "../dialects/dialect.ts";
import { loadDialect, type DialectClass } from "../dialects/registry.ts";
import type { Kwargs, Value } from "../util/host.ts";
import type { EngineDialect } from "./engine-dialect.ts";
import type { URL } from "./url.ts";

export type { DialectClass };

const BASE_KEYWORDS = [
  "paramstyle",
  "isolation_level",
  "implicit_returning",
  "supports_native_boolean",
  "max_identifier_length",
  "label_length",
  "insertmanyvalues_page_size",
  "use_insertmanyvalues",
  "compiler_linting",
  "server_side_cursors",
  "skip_autocommit_rollback",
  "json_serializer",
  "json_deserializer",
];

/** Further keywords by dialect. */
const KEYWORDS: ReadonlyMap<string, readonly string[]> = new Map([
  ["sqlite", ["native_datetime"]],
  [
    "postgresql",
    [
      "client_encoding",
      "executemany_batch_page_size",
      "executemany_mode",
      "native_inet_types",
      "use_native_hstore",
    ],
  ],
  ["mysql", ["is_mariadb"]],
  ["mariadb", ["is_mariadb"]],
  [
    "mssql",
    [
      "deprecate_large_types",
      "fast_executemany",
      "ignore_no_transaction_on_rollback",
      "legacy_schema_aliasing",
      "query_timeout",
      "schema_name",
      "supports_comments",
      "use_scope_identity",
    ],
  ],
  [
    "oracle",
    [
      "arraysize",
      "auto_convert_lobs",
      "coerce_to_decimal",
      "enable_offset_fetch",
      "encoding_errors",
      "exclude_tablespaces",
      "optimize_limits",
      "threaded",
      "use_ansi",
      "use_nchar_for_unicode",
    ],
  ],
]);

/** Class names that messages print, where ours has another. */
const PYTHON_NAMES: ReadonlyMap<string, string> = new Map([
  ["sqlite+pysqlite", "SQLiteDialect_pysqlite"],
  ["sqlite+aiosqlite", "SQLiteDialect_aiosqlite"],
]);

/** Throws NoSuchModuleError for a name that no dialect has. */
export function dialectClassFor(url: URL): DialectClass {
  return loadDialect(url.drivername);
}

/** Names of the keyword arguments that this dialect's constructor takes. */
export function dialectKeywords(cls: DialectClass): readonly string[] {
  return [...BASE_KEYWORDS, ...(KEYWORDS.get(cls.prototype.name) ?? [])];
}

export function dialectClassName(cls: DialectClass): string {
  return PYTHON_NAMES.get(`${cls.prototype.name}+${cls.driver}`) ?? cls.name;
}

/** A dialect for a URL without a driver: to compile with, or to mock. */
export function offlineDialect(url: URL, kwargs: Kwargs): EngineDialect {
  const cls = dialectClassFor(url);
  const init: Record<string, Value> = {};
  for (const name of dialectKeywords(cls)) if (kwargs.has(name)) init[camelName(name)] = kwargs.get(name);
  return new cls(init as DialectInit);
}

/** pool_size → poolSize */
export function camelName(name: string): string {
  return name.replace(/(?!^)_([a-z])/g, (_, c: string) => c.toUpperCase());
}
