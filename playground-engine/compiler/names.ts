// Names made while compiling: anonymous ones get their number, long ones are cut.
//
// An anonymous name holds its owner's identity until a compiler meets it (sql/names.ts); each compiler numbers
// them in the order in which it meets them: `anon_1`, `param_2`. The same owner keeps its name throughout.
import { PrefixAnonMap, applyAnonMap } from "../sql/names.ts";
import { Compiled, type CompileOptions } from "./compiled.ts";
import type { CompilingDialect } from "./compiling-dialect.ts";
import type { ClauseElement } from "../sql/elements/clause.ts";

/** Kinds of names that are cut independently of each other. */
export type IdentifierClass = "colident" | "alias" | "bindparam" | "values";

export abstract class NameCompiler extends Compiled {
  anonMap: PrefixAnonMap = new PrefixAnonMap();
  readonly labelLength: number;
  protected truncatedNames: Record<IdentifierClass, Map<string, string>> = {
    colident: new Map(),
    alias: new Map(),
    bindparam: new Map(),
    values: new Map(),
  };
  protected truncatedCounters: Record<IdentifierClass, number> = {
    colident: 1,
    alias: 1,
    bindparam: 1,
    values: 1,
  };

  constructor(dialect: CompilingDialect, statement: ClauseElement | null, options?: CompileOptions) {
    super(dialect, statement, options);
    this.labelLength = dialect.labelLength || dialect.maxIdentifierLength;
  }

  /** The name to print for a name that may be anonymous or too long. */
  truncatedIdentifier(kind: IdentifierClass, name: string): string {
    const known = this.truncatedNames[kind].get(name);
    if (known !== undefined) return known;
    let result = applyAnonMap(name, this.anonMap);
    if (result.length > this.labelLength - 6) {
      result = `${result.slice(0, Math.max(this.labelLength - 6, 0))}_${(this.truncatedCounters[kind]++).toString(16)}`;
    }
    this.truncatedNames[kind].set(name, result);
    return result;
  }

  /** Decide a name before the compiler meets it (values of columns take the column's name). */
  presetIdentifier(kind: IdentifierClass, name: string, result: string): void {
    this.truncatedNames[kind].set(name, result);
  }
}
