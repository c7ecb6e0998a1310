// Where element.compile() ends up: at the compiler of a dialect, or of str() where none is given.
import { late, type CompileOptions } from "../sql/late.ts";
import type { ClauseElement } from "../sql/elements/clause.ts";
import type { Compiled } from "./compiled.ts";
import type { CompilingDialect } from "./compiling-dialect.ts";

/** The dialects room tells how str() compiles and which dialect a name means. Once, at load. */
export function installDialects(dialects: {
  stringify(): CompilingDialect;
  named(name: string): CompilingDialect;
}): void {
  late.compile = (element, dialect, options) =>
    compile(element, (dialect as CompilingDialect | null) ?? dialects.stringify(), options);
  late.dialectNamed = dialects.named;
}

/** A statement, or a part of one, as text of a dialect. */
export function compile(
  element: ClauseElement,
  dialect: CompilingDialect,
  options: CompileOptions = {},
): Compiled {
  return dialect.statementCompiler(element, options);
}
