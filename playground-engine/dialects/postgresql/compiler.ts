// SQL of PostgreSQL, where it differs. Behaviour: SQLAlchemy dialects/postgresql/base.py (PGCompiler).
import { CompileError } from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";
import type { Hints, RenderOptions } from "../../compiler/render-options.ts";
import { SQLCompiler } from "../../compiler/sql-compiler.ts";
import type { BinaryExpression, Slice } from "../../sql/elements/binary.ts";
import { Grouping } from "../../sql/elements/binary.ts";
import { Cast } from "../../sql/elements/cast.ts";
import type { ClauseList } from "../../sql/elements/clause-list.ts";
import type { Delete, Update } from "../../sql/dml.ts";
import { surfaceSelectablesOnly } from "../../sql/find-from.ts";
import { FunctionElement } from "../../sql/functions.ts";
import type { Operator } from "../../sql/operators.ts";
import type { Sequence } from "../../sql/schema/defaults.ts";
import type { ForUpdateArg } from "../../sql/selectable/for-update.ts";
import type { FromClause } from "../../sql/selectable/from-clause.ts";
import type { GenerativeSelect } from "../../sql/selectable/select-base.ts";
import type { Select } from "../../sql/selectable/select.ts";
import { INTEGER, JSON as GenericJSON, String, STRINGTYPE, type TypeEngine } from "../../sql/types/index.ts";
import type { IlikeCaseInsensitive } from "../../compiler/like.ts";
import { assignments, inferredTarget } from "../on-conflict.ts";
import type { array } from "./array.ts";
import type { PGIdentifierPreparer } from "./ddl.ts";
import type { OnConflictDoNothing, OnConflictDoUpdate } from "./dml.ts";
import { RegconfigFunction, type AggregateOrderBy } from "./ext.ts";
import { JSONB } from "./json.ts";

/** What this compiler asks of its dialect beside what all do. */
interface PGFlags {
  readonly backslashEscapes: boolean;
  readonly supportsJsonbSubscripting: boolean;
}

const CAST_APPLIED: ReadonlyMap<string, boolean> = new Map([["_cast_applied", true]]);

export class PGCompiler extends SQLCompiler {
  private get flags(): PGFlags {
    return this.dialect as unknown as PGFlags;
  }

  // -- text search --------------------------------------------------------------------------------

  visitToTsvectorFunc(fn: FunctionElement): string {
    return this.textSearch(fn);
  }
  visitToTsqueryFunc(fn: FunctionElement): string {
    return this.textSearch(fn);
  }
  visitPlaintoTsqueryFunc(fn: FunctionElement): string {
    return this.textSearch(fn);
  }
  visitPhrasetoTsqueryFunc(fn: FunctionElement): string {
    return this.textSearch(fn);
  }
  visitWebsearchToTsqueryFunc(fn: FunctionElement): string {
    return this.textSearch(fn);
  }
  visitTsHeadlineFunc(fn: FunctionElement): string {
    return this.textSearch(fn);
  }

  private textSearch(fn: FunctionElement): string {
    if (!(fn._deannotate() instanceof RegconfigFunction))
      throw new CompileError(
        `Can't compile "${fn.name}()" full text search function construct that does not originate from the "sqlalchemy.dialects.postgresql" package.  ` +
          `Please ensure "import sqlalchemy.dialects.postgresql" is called before constructing "sqlalchemy.func.${fn.name}()" to ensure registration ` +
          "of the correct argument and return types.",
      );
    return fn.name + this.functionArgspec(fn);
  }

  visitMatchOpBinary(binary: BinaryExpression, _operator: Operator, options: RenderOptions): string {
    const left = this.process(binary.left, options);
    if (binary.modifiers.has("postgresql_regconfig")) {
      const regconfig = this.renderLiteralValue(binary.modifiers.get("postgresql_regconfig"), STRINGTYPE);
      if (regconfig)
        return `${left} @@ plainto_tsquery(${regconfig}, ${this.process(binary.right, options)})`;
    }
    return `${left} @@ plainto_tsquery(${this.process(binary.right, options)})`;
  }

  // -- values ---------------------------------------------------------------------------------------

  override renderBindCast(_type: TypeEngine, dbapiType: TypeEngine, text: string): string {
    // a length would cut the value off
    const type = dbapiType.typeAffinity === String && (dbapiType as String).length ? STRINGTYPE : dbapiType;
    return `${text}::${this.dialect.typeCompilerInstance.process(type, { identifierPreparer: this.preparer })}`;
  }

  override renderLiteralValue(value: Value, type: TypeEngine): string {
    const text = super.renderLiteralValue(value, type);
    return this.flags.backslashEscapes ? text.replaceAll("\\", "\\\\") : text;
  }

  visitArray(element: array, options: RenderOptions): string {
    if (
      !element.clauses.length &&
      !(element.type as TypeEngine & { itemType: TypeEngine }).itemType.isNullType
    )
      return `ARRAY[]::${element.type.compile(this.dialect)}`;
    return `ARRAY[${this.visitClauselist(element as unknown as ClauseList, options)}]`;
  }

  visitSlice(slice: Slice, options: RenderOptions): string {
    return `${this.process(slice.start, options)}:${this.process(slice.stop, options)}`;
  }

  override visitEmptySetExpr(types: readonly TypeEngine[]): string {
    const integer = new INTEGER();
    const nulls = (types.length ? types : [integer]).map(
      (t) => `CAST(NULL AS ${this.dialect.typeCompilerInstance.process(t.isNullType ? integer : t)})`,
    );
    return `SELECT ${nulls.join(", ")} WHERE 1!=1`;
  }

  // -- operators --------------------------------------------------------------------------------------

  visitBitwiseXorOpBinary(binary: BinaryExpression, _operator: Operator, options: RenderOptions): string {
    return this.generateGenericBinary(binary, " # ", options);
  }

  visitJsonGetitemOpBinary(binary: BinaryExpression, _operator: Operator, options: RenderOptions): string {
    const cast = this.jsonCast(binary, options);
    if (cast !== null) return cast;
    const isCast = this.isCastApplied(options);
    const inner = { ...options, dialectFlags: undefined, eagerGrouping: true };
    if (!isCast && binary.left.type instanceof JSONB && this.flags.supportsJsonbSubscripting) {
      const left =
        binary.left instanceof FunctionElement || binary.left instanceof Cast
          ? new Grouping(binary.left)
          : binary.left;
      return `${this.process(left, inner)}[${this.process(binary.right, inner)}]`;
    }
    return this.generateGenericBinary(binary, isCast ? " ->> " : " -> ", inner);
  }

  visitJsonPathGetitemOpBinary(
    binary: BinaryExpression,
    _operator: Operator,
    options: RenderOptions,
  ): string {
    const cast = this.jsonCast(binary, options);
    if (cast !== null) return cast;
    return this.generateGenericBinary(binary, this.isCastApplied(options) ? " #>> " : " #> ", {
      ...options,
      dialectFlags: undefined,
      eagerGrouping: true,
    });
  }

  private isCastApplied(options: RenderOptions): boolean {
    return options.dialectFlags?.get("_cast_applied") === true;
  }

  /** A value taken out of JSON as another type: as text, cast to it. */
  private jsonCast(binary: BinaryExpression, options: RenderOptions): string | null {
    if (this.isCastApplied(options) || binary.type.typeAffinity === GenericJSON) return null;
    return this.process(new Cast(binary, binary.type), { ...options, dialectFlags: CAST_APPLIED });
  }

  visitGetitemBinary(binary: BinaryExpression, _operator: Operator, options: RenderOptions): string {
    return `${this.process(binary.left, options)}[${this.process(binary.right, options)}]`;
  }

  visitAggregateOrderBy(element: AggregateOrderBy, options: RenderOptions): string {
    return `${this.process(element.target, options)} ORDER BY ${this.process(element.orderBy, options)}`;
  }

  override visitIlikeCaseInsensitiveOperand(operand: IlikeCaseInsensitive, options: RenderOptions): string {
    return this.process(operand.element, options);
  }

  override visitIlikeOpBinary(binary: BinaryExpression, _operator: Operator, options: RenderOptions): string {
    return this.infix(binary, " ILIKE ", options) + this.escapeClause(binary);
  }

  override visitNotIlikeOpBinary(
    binary: BinaryExpression,
    _operator: Operator,
    options: RenderOptions,
  ): string {
    return this.infix(binary, " NOT ILIKE ", options) + this.escapeClause(binary);
  }

  private regexp(operator: string, binary: BinaryExpression, options: RenderOptions): string {
    const flags = binary.modifiers.get("flags") ?? null;
    if (flags === null) return this.generateGenericBinary(binary, ` ${operator} `, options);
    if (flags === "i") return this.generateGenericBinary(binary, ` ${operator}* `, options);
    return `${this.process(binary.left, options)} ${operator} CONCAT('(?', ${this.renderLiteralValue(flags, STRINGTYPE)}, ')', ${this.process(binary.right, options)})`;
  }

  override visitRegexpMatchOpBinary(
    binary: BinaryExpression,
    _operator: Operator,
    options: RenderOptions,
  ): string {
    return this.regexp("~", binary, options);
  }

  override visitNotRegexpMatchOpBinary(
    binary: BinaryExpression,
    _operator: Operator,
    options: RenderOptions,
  ): string {
    return this.regexp("!~", binary, options);
  }

  override visitRegexpReplaceOpBinary(
    binary: BinaryExpression,
    _operator: Operator,
    options: RenderOptions,
  ): string {
    const flags = binary.modifiers.get("flags") ?? null;
    const tail = flags === null ? "" : `, ${this.renderLiteralValue(flags, STRINGTYPE)}`;
    return `REGEXP_REPLACE(${this.process(binary.left, options)}, ${this.process(binary.right, options)}${tail})`;
  }

  // -- functions --------------------------------------------------------------------------------------

  visitAggregateStringsFunc(fn: FunctionElement): string {
    return `string_agg${this.functionArgspec(fn)}`;
  }

  override visitSequence(sequence: Sequence): string {
    return `nextval(${(this.preparer as PGIdentifierPreparer).formatSequenceLiteral(sequence)})`;
  }

  visitSubstringFunc(fn: FunctionElement, options: RenderOptions): string {
    const [text, start, length] = fn.clauses.clauses.map((c) => this.process(c, options));
    return `SUBSTRING(${text} FROM ${start}${length === undefined ? "" : ` FOR ${length}`})`;
  }

  // -- clauses of SELECT --------------------------------------------------------------------------------

  override limitClause(select: GenerativeSelect, options: RenderOptions): string {
    const limit = select._limitClause ? ` \n LIMIT ${this.process(select._limitClause, options)}` : "";
    if (!select._offsetClause) return limit;
    return `${limit || "\n LIMIT ALL"} OFFSET ${this.process(select._offsetClause, options)}`;
  }

  /** In parentheses: PostgreSQL wants them around all that is no literal. */
  override fetchClause(select: GenerativeSelect, options: RenderOptions): string {
    let text = select._offsetClause ? `\n OFFSET (${this.process(select._offsetClause, options)}) ROWS` : "";
    if (select._fetchClause) {
      const { percent = false, withTies = false } = select._fetchClauseOptions ?? {};
      text += `\n FETCH FIRST (${this.process(select._fetchClause, options)})${percent ? " PERCENT" : ""} ROWS ${withTies ? "WITH TIES" : "ONLY"}`;
    }
    return text;
  }

  override formatFromHintText(text: string, _table: FromClause, hint: string): string {
    if (hint.toUpperCase() !== "ONLY") throw new CompileError(`Unrecognized hint: ${host.repr(hint)}`);
    return `ONLY ${text}`;
  }

  override getSelectPrecolumns(select: Select, options: RenderOptions): string {
    if (select._distinctOn.length)
      return `DISTINCT ON (${select._distinctOn.map((c) => this.process(c, options)).join(", ")}) `;
    return select._distinct ? "DISTINCT " : "";
  }

  override forUpdateClause(select: GenerativeSelect, options: RenderOptions): string {
    const arg = select._forUpdateArg as ForUpdateArg;
    let text = arg.read
      ? arg.keyShare
        ? " FOR KEY SHARE"
        : " FOR SHARE"
      : arg.keyShare
        ? " FOR NO KEY UPDATE"
        : " FOR UPDATE";
    if (arg.of?.length) {
      const tables = new Set(arg.of.flatMap((c) => [...surfaceSelectablesOnly(c)]));
      text += ` OF ${[...tables].map((t) => this.process(t, { ...options, ashint: true, useSchema: false })).join(", ")}`;
    }
    if (arg.nowait) text += " NOWAIT";
    if (arg.skipLocked) text += " SKIP LOCKED";
    return text;
  }

  // -- INSERT, UPDATE, DELETE -----------------------------------------------------------------------------

  private fromList(
    froms: readonly FromClause[],
    fromhints: Hints | undefined,
    options: RenderOptions,
  ): string {
    return froms.map((f) => this.process(f, { ...options, asfrom: true, fromhints })).join(", ");
  }

  override updateFromClause(
    _update: Update,
    _table: FromClause,
    extraFroms: readonly FromClause[],
    hints: Hints | undefined,
    options: RenderOptions,
  ): string {
    return `FROM ${this.fromList(extraFroms, hints, options)}`;
  }

  override deleteExtraFromClause(
    _delete: Delete,
    _table: FromClause,
    extraFroms: readonly FromClause[],
    hints: Hints | undefined,
    options: RenderOptions,
  ): string {
    return `USING ${this.fromList(extraFroms, hints, options)}`;
  }

  private conflictTarget(clause: OnConflictDoNothing | OnConflictDoUpdate, options: RenderOptions): string {
    // that of SQLite's insert()
    if (clause.constraintTarget === undefined) throw host.noAttribute(clause, "constraint_target");
    if (clause.constraintTarget !== null)
      return `ON CONSTRAINT ${this.preparer.truncateAndRenderConstraintName(clause.constraintTarget)}`;
    return inferredTarget(this, clause, options, {});
  }

  visitOnConflictDoNothing(clause: OnConflictDoNothing, options: RenderOptions): string {
    const target = this.conflictTarget(clause, options);
    return target ? `ON CONFLICT ${target} DO NOTHING` : "ON CONFLICT DO NOTHING";
  }

  visitOnConflictDoUpdate(clause: OnConflictDoUpdate, options: RenderOptions): string {
    const target = this.conflictTarget(clause, options);
    let action = assignments(this, clause.updateValuesToSet, options);
    if (clause.updateWhereclause)
      action += ` WHERE ${this.process(clause.updateWhereclause, { ...options, includeTable: true, useSchema: false })}`;
    return `ON CONFLICT ${target} DO UPDATE SET ${action}`;
  }
}
