// From a statement to its compiled form, by way of the engine's cache.
//
// Two statements with the same key are the same text: the compiled form of the first serves the second, whose own parameters are
// put in by position. The key says also for which dialect, which columns are given and whether for many rows.
// Behaviour: SQLAlchemy sql/elements.py (_compile_w_cache).
import type { SQLCompiler } from "../compiler/sql-compiler.ts";
import type { BindParameter } from "../sql/elements/bind.ts";
import type { ClauseElement } from "../sql/elements/clause.ts";
import { host, type Value } from "../util/host.ts";
import type { LRUCache } from "../util/lru.ts";
import type { EngineDialect } from "./engine-dialect.ts";

export type CompiledCache = LRUCache<string, SQLCompiler>;
export type CacheStats = "hit" | "miss" | "disabled" | "no key" | "no dialect support";
export type SchemaTranslateMap = ReadonlyMap<string | null, string | null>;

export interface CompileRequest {
  readonly dialect: EngineDialect;
  readonly cache: CompiledCache | null;
  readonly columnKeys: readonly string[];
  readonly forExecutemany: boolean;
  readonly schemaTranslateMap: SchemaTranslateMap | null;
  readonly linting: number;
}

export interface CompiledStatement {
  readonly compiled: SQLCompiler;
  /** Parameters of this very statement, in the order of those that were compiled. */
  readonly extracted: readonly BindParameter[] | null;
  readonly stats: CacheStats;
}

const dialectNumbers = new WeakMap<object, number>();
let nextDialect = 1;

function dialectNumber(dialect: object): number {
  let n = dialectNumbers.get(dialect);
  if (n === undefined) dialectNumbers.set(dialect, (n = nextDialect++));
  return n;
}

export function compileWithCache(statement: ClauseElement, request: CompileRequest): CompiledStatement {
  const { dialect, cache, columnKeys, forExecutemany, schemaTranslateMap, linting } = request;
  const caching = cache !== null && dialect.supportsStatementCache;
  const cacheKey = caching ? statement._generateCacheKey() : null;
  const compile = (): SQLCompiler =>
    dialect.statementCompiler(statement, {
      columnKeys,
      forExecutemany,
      schemaTranslateMap,
      cacheKey,
      linting,
    }) as SQLCompiler;
  if (!cacheKey || !cache)
    return {
      compiled: compile(),
      extracted: null,
      stats: !dialect.supportsStatementCache ? "no dialect support" : cache ? "no key" : "disabled",
    };
  const key = cacheKey.under(
    `${dialectNumber(dialect)}|${forExecutemany ? 1 : 0}${schemaTranslateMap?.size ? 1 : 0}|${linting}|${columnKeys.length}|${columnKeys.join("\0")}|`,
  );
  const known = cache.get(key);
  if (known) return { compiled: known, extracted: cacheKey.bindparams, stats: "hit" };
  const compiled = compile();
  cache.set(key, compiled);
  return { compiled, extracted: cacheKey.bindparams, stats: "miss" };
}

/** schema_translate_map of execution options as a Map of strings and nulls. */
export function schemaTranslateMapOf(v: Value): SchemaTranslateMap | null {
  if (v === null || v === undefined) return null;
  const entries = host.entries(v);
  return entries ? new Map(entries as Iterable<[string | null, string | null]>) : null;
}
