// What the compiler asks of a dialect: flags and three helpers. dialects/ supplies it.
import type { IdentifierPreparer } from "./identifiers.ts";
import type { Compiled, CompileOptions, TypeCompiler } from "./compiled.ts";
import type { TypeDialect } from "../sql/types/dialect-facts.ts";
import type { ClauseElement } from "../sql/elements/clause.ts";

export type ParamStyle = "qmark" | "numeric" | "numeric_dollar" | "named" | "format" | "pyformat";

export interface CompilingDialect extends TypeDialect {
  readonly paramstyle: ParamStyle;
  readonly positional: boolean;
  readonly identifierPreparer: IdentifierPreparer;
  readonly typeCompilerInstance: TypeCompiler;
  /** A compiled statement; null gives a compiler for the use of its methods. */
  statementCompiler(statement: ClauseElement | null, options?: CompileOptions): Compiled;
  ddlCompiler(statement: ClauseElement | null, options?: CompileOptions): Compiled;

  readonly labelLength: number | null;
  readonly maxIdentifierLength: number;
  readonly supportsSimpleOrderByLabel: boolean;
  readonly divIsFloordiv: boolean;
  readonly tupleInValues: boolean;
  /** `_bind_typing_render_casts`: parameters print as `CAST`, or `::type`, where their type asks for it. */
  readonly bindTypingRenderCasts: boolean;

  readonly supportsDefaultValues: boolean;
  readonly supportsDefaultMetavalue: boolean;
  readonly defaultMetavalueToken: string;
  readonly supportsEmptyInsert: boolean;
  readonly supportsMultivaluesInsert: boolean;
  readonly useInsertmanyvalues: boolean;
  readonly useInsertmanyvaluesWoReturning: boolean;
  /** Bits of INSERTMANYVALUES_SENTINEL. */
  readonly insertmanyvaluesImplicitSentinel: number;
  readonly insertmanyvaluesMaxParameters: number | null;
  readonly insertExecutemanyReturning: boolean;
  readonly insertReturning: boolean;
  readonly updateReturning: boolean;
  readonly deleteReturning: boolean;
  readonly favorReturningOverLastrowid: boolean;
  readonly postfetchLastrowid: boolean;
  readonly insertNullPkStillAutoincrements: boolean;
  readonly supportsSequences: boolean;
  readonly sequencesOptional: boolean;
  readonly preexecuteAutoincrementSequences: boolean;
  readonly cteFollowsInsert: boolean;
}
