// One assertion for what a statement compiles to: text, parameters, and the same from the cache.
import { expect } from "vitest";
import type { ClauseElement } from "../../playground-engine/sql/elements/clause.ts";
import type { BindParameter } from "../../playground-engine/sql/elements/bind.ts";
import type { CompilingDialect } from "../../playground-engine/compiler/compiling-dialect.ts";
import type { SQLCompiler } from "../../playground-engine/compiler/sql-compiler.ts";
import { optionsToKwargs, type RenderOptions } from "../../playground-engine/compiler/render-options.ts";

export interface Golden {
  readonly dialect: CompilingDialect;
  /** By name, as in the text; left out: not looked at. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** Names in the order of their placeholders. */
  readonly positional?: readonly string[];
  readonly columnKeys?: readonly string[];
  readonly forExecutemany?: boolean;
  readonly compileKwargs?: RenderOptions;
  /** The statement is not kept in the cache: say so, or it must be. */
  readonly uncached?: boolean;
}

/** Holds a statement's text and parameters, and that a cache hit by an equal statement gives the same. */
export function expectSql(statement: ClauseElement, text: string, golden: Golden): SQLCompiler {
  const options = {
    columnKeys: golden.columnKeys ?? null,
    forExecutemany: golden.forExecutemany ?? false,
    compileKwargs: golden.compileKwargs ? optionsToKwargs(golden.compileKwargs) : null,
  };
  const compiled = golden.dialect.statementCompiler(statement, options) as SQLCompiler;
  expect(compiled.string).toBe(text);
  const params = Object.fromEntries(compiled.params);
  if (golden.params) expect(params).toEqual(golden.params);
  if (golden.positional) expect(compiled.positiontup).toEqual(golden.positional);

  const key = statement._generateCacheKey();
  expect(key === null ? "not cached" : "cached").toBe(golden.uncached ? "not cached" : "cached");
  if (key) {
    const first = golden.dialect.statementCompiler(statement, { ...options, cacheKey: key }) as SQLCompiler;
    const hit = statement._generateCacheKey()!;
    expect(hit.key).toBe(key.key);
    expect(first.string).toBe(text);
    const extracted = hit.bindparams as readonly BindParameter[];
    expect(Object.fromEntries(first.constructParams(null, extracted, true, null, false))).toEqual(params);
  }
  return compiled;
}
