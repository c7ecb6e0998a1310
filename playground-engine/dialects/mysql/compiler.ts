// SQL of MySQL and MariaDB, where it differs. Behaviour: SQLAlchemy dialects/mysql/base.py (MySQLCompiler).
import { asInt } from "../../sql/coercion-rules.ts";
import { CompileError } from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";
import { deClone } from "../../compiler/operator-expressions.ts";
import type { Hints, RenderOptions } from "../../compiler/render-options.ts";
import { SQLCompiler } from "../../compiler/sql-compiler.ts";
import { expect, expectAsKey, isLiteral } from "../../sql/coercions.ts";
import type { BinaryExpression, ExpressionClauseList } from "../../sql/elements/binary.ts";
import { BindParameter } from "../../sql/elements/bind.ts";
import type { Cast } from "../../sql/elements/cast.ts";
import { ColumnClause } from "../../sql/elements/column-clause.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import type { TypeClause } from "../../sql/elements/text.ts";
import type { Delete, Insert, Update } from "../../sql/dml.ts";
import { surfaceSelectablesOnly } from "../../sql/find-from.ts";
import type { FunctionElement } from "../../sql/functions.ts";
import type { Operator } from "../../sql/operators.ts";
import * as roles from "../../sql/roles.ts";
import type { Sequence } from "../../sql/schema/defaults.ts";
import type { ForUpdateArg } from "../../sql/selectable/for-update.ts";
import type { FromClause } from "../../sql/selectable/from-clause.ts";
import type { Join } from "../../sql/selectable/join.ts";
import type { GenerativeSelect } from "../../sql/selectable/select-base.ts";
import { replacementTraverse } from "../../sql/visitable.ts";
import * as t from "../../sql/types/index.ts";
import type { OnDuplicateClause } from "./dml.ts";
import type { match } from "./expression.ts";
import { charForCast, ENUM, isMySqlNumber, SET } from "./types.ts";

/** What this compiler asks of its dialect beside what all do. */
interface MySqlFlags {
  readonly isMariadb: boolean;
  readonly backslashEscapes: boolean;
  readonly requiresAliasForOnDuplicateKey: boolean;
  readonly supportFloatCast: boolean;
  readonly supportsForUpdateOf: boolean;
  readonly useMysqlForShare: boolean;
}

const MATCH_FLAGS = [
  ["mysql_boolean_mode", "IN BOOLEAN MODE"],
  ["mysql_natural_language", "IN NATURAL LANGUAGE MODE"],
  ["mysql_query_expansion", "WITH QUERY EXPANSION"],
] as const;
const VALID_MATCH = new Set(["000", "100", "010", "001", "011"]);
const ALL_ROWS = "18446744073709551615";

export class MySQLCompiler extends SQLCompiler {
  private get flags(): MySqlFlags {
    return this.dialect as unknown as MySqlFlags;
  }

  override get renderTableWithColumnInUpdateFrom(): boolean {
    return true;
  }

  protected override get extractMap(): ReadonlyMap<string, string> {
    return new Map([...super.extractMap, ["milliseconds", "millisecond"]]);
  }

  override defaultFrom(): string {
    const select = this.stack.at(-1)?.selectable as
      { readonly _whereCriteria?: readonly unknown[] } | undefined;
    return select?._whereCriteria?.length ? " FROM DUAL" : "";
  }

  // -- functions and values ---------------------------------------------------------------------------

  visitRandomFunc(fn: FunctionElement): string {
    return `rand${this.functionArgspec(fn)}`;
  }

  visitRollupFunc(fn: FunctionElement, options: RenderOptions): string {
    return `${fn.clauses.clauses.map((c) => this.process(c, options)).join(", ")} WITH ROLLUP`;
  }

  visitAggregateStringsFunc(fn: FunctionElement, options: RenderOptions): string {
    const [text, delimiter] = fn.clauses.clauses.map((c) => this.process(c, options));
    return `group_concat(${text} SEPARATOR ${delimiter})`;
  }

  visitSysdateFunc(): string {
    return "SYSDATE()";
  }

  override visitSequence(sequence: Sequence): string {
    return `nextval(${this.preparer.formatSequence(sequence)})`;
  }

  override renderLiteralValue(value: Value, type: t.TypeEngine): string {
    const text = super.renderLiteralValue(value, type);
    return this.flags.backslashEscapes ? text.replaceAll("\\", "\\\\") : text;
  }

  override visitTrue(): string {
    return "true";
  }

  override visitFalse(): string {
    return "false";
  }

  // -- CAST: only some types can be cast to ---------------------------------------------------------------

  /** How CAST names a type; null for types it does not know. */
  private castType(type: t.TypeEngine): string | null {
    const text = (of: t.TypeEngine): string => this.dialect.typeCompilerInstance.process(of);
    if (type instanceof t.TypeDecorator) return this.castType(type.implInstance);
    if (type instanceof t.Integer)
      return isMySqlNumber(type) && type.unsigned ? "UNSIGNED INTEGER" : "SIGNED INTEGER";
    if (type instanceof t.TIMESTAMP) return "DATETIME";
    if (
      type instanceof t.DECIMAL ||
      type instanceof t.DateTime ||
      type instanceof t.Date ||
      type instanceof t.Time
    )
      return text(type);
    if (type instanceof t.String && !(type instanceof ENUM) && !(type instanceof SET))
      return text(charForCast(type));
    if (type instanceof t.BinaryType) return "BINARY";
    if (type instanceof t.JSON) return "JSON";
    if (type instanceof t.NUMERIC) return text(type).replaceAll("NUMERIC", "DECIMAL");
    return type instanceof t.Float && this.flags.supportFloatCast ? text(type) : null;
  }

  override visitTypeclause(clause: TypeClause): string {
    return this.castType(clause.type.dialectImpl(this.dialect)) ?? "";
  }

  override visitCast(cast: Cast, options: RenderOptions): string {
    const type = this.castType(cast.typeclause.type.dialectImpl(this.dialect));
    if (type !== null) return `CAST(${this.process(cast.clause, options)} AS ${type})`;
    host.warn(
      "SAWarning",
      `Datatype ${this.dialect.typeCompilerInstance.process(cast.typeclause.type)} does not support CAST on MySQL/MariaDb; the CAST will be skipped.`,
    );
    return this.process(cast.clause.selfGroup(), options);
  }

  // -- operators ----------------------------------------------------------------------------------------

  /** JSON's null is no NULL to MySQL: it must be told. Operands are printed once for every place in which they stand. */
  private jsonExtract(binary: BinaryExpression, options: RenderOptions): string {
    const operands = (): string =>
      `(${this.process(binary.left, options)}, ${this.process(binary.right, options)})`;
    const { type } = binary;
    if (type.typeAffinity === t.JSON) return `JSON_EXTRACT${operands()}`;
    const start = `CASE JSON_EXTRACT${operands()} WHEN 'null' THEN NULL `;
    if (type.typeAffinity === t.Integer)
      return `${start}ELSE CAST(JSON_EXTRACT${operands()} AS SIGNED INTEGER) END`;
    if (type.typeAffinity === t.Numeric) {
      const { precision, scale } = type as t.Numeric;
      if (precision != null && scale != null)
        return `${start}ELSE CAST(JSON_EXTRACT${operands()} AS DECIMAL(${precision}, ${scale})) END`;
      return `${start}ELSE JSON_EXTRACT${operands()}+0.0000000000000000000000 END`;
    }
    if (type.typeAffinity === t.Boolean) return `${start}WHEN true THEN true ELSE false END`;
    if (type.typeAffinity === t.String) return `${start}ELSE JSON_UNQUOTE(JSON_EXTRACT${operands()}) END`;
    return `${start}ELSE JSON_EXTRACT${operands()} END`;
  }

  visitJsonGetitemOpBinary(binary: BinaryExpression, _operator: Operator, options: RenderOptions): string {
    return this.jsonExtract(binary, options);
  }

  visitJsonPathGetitemOpBinary(
    binary: BinaryExpression,
    _operator: Operator,
    options: RenderOptions,
  ): string {
    return this.jsonExtract(binary, options);
  }

  visitConcatOpExpressionClauselist(
    list: ExpressionClauseList,
    _operator: Operator,
    options: RenderOptions,
  ): string {
    return `concat(${list.clauses.map((c) => this.process(c, options)).join(", ")})`;
  }

  visitConcatOpBinary(binary: BinaryExpression, _operator: Operator, options: RenderOptions): string {
    return `concat(${this.infix(binary, ", ", options)})`;
  }

  visitMysqlMatch(element: match, options: RenderOptions): string {
    return this.visitMatchOpBinary(element, element.operator, options);
  }

  visitMatchOpBinary(binary: BinaryExpression, _operator: Operator, options: RenderOptions): string {
    const flags = MATCH_FLAGS.map(([name], i) => host.isTrue(binary.modifiers.get(name) ?? i === 0));
    if (!VALID_MATCH.has(flags.map(Number).join(""))) {
      const names = ["in_boolean_mode", "in_natural_language_mode", "with_query_expansion"];
      throw new CompileError(
        `Invalid MySQL match flags: ${names.map((n, i) => `${n}=${flags[i] ? "True" : "False"}`).join(", ")}`,
      );
    }
    const columns = this.process(binary.left, options);
    const against = [
      this.process(binary.right, options),
      ...MATCH_FLAGS.flatMap(([, text], i) => (flags[i] ? [text] : [])),
    ];
    return `MATCH (${columns}) AGAINST (${against.join(" ")})`;
  }

  visitIsDistinctFromBinary(binary: BinaryExpression): string {
    return `NOT (${this.process(binary.left)} <=> ${this.process(binary.right)})`;
  }

  visitIsNotDistinctFromBinary(binary: BinaryExpression): string {
    return `${this.process(binary.left)} <=> ${this.process(binary.right)}`;
  }

  private flagged(flags: Value, pattern: ColumnElement): string {
    return `CONCAT('(?', ${this.renderLiteralValue(flags, t.STRINGTYPE)}, ')', ${this.process(pattern)})`;
  }

  private regexp(text: string, binary: BinaryExpression, options: RenderOptions): string {
    const flags = binary.modifiers.get("flags") ?? null;
    if (flags === null) return this.generateGenericBinary(binary, text, options);
    if (this.flags.isMariadb)
      return this.process(binary.left, options) + text + this.flagged(flags, binary.right);
    const like = `REGEXP_LIKE(${this.infix(binary, ", ", options)}, ${this.renderLiteralValue(flags, t.STRINGTYPE)})`;
    return text === " NOT REGEXP " ? `NOT ${like}` : like;
  }

  override visitRegexpMatchOpBinary(
    binary: BinaryExpression,
    _operator: Operator,
    options: RenderOptions,
  ): string {
    return this.regexp(" REGEXP ", binary, options);
  }

  override visitNotRegexpMatchOpBinary(
    binary: BinaryExpression,
    _operator: Operator,
    options: RenderOptions,
  ): string {
    return this.regexp(" NOT REGEXP ", binary, options);
  }

  override visitRegexpReplaceOpBinary(
    binary: BinaryExpression,
    _operator: Operator,
    options: RenderOptions,
  ): string {
    const flags = binary.modifiers.get("flags") ?? null;
    if (flags === null) return `REGEXP_REPLACE(${this.infix(binary, ", ", options)})`;
    if (!this.flags.isMariadb)
      return `REGEXP_REPLACE(${this.infix(binary, ", ", options)}, ${this.renderLiteralValue(flags, t.STRINGTYPE)})`;
    const [pattern, replacement] = (binary.right as unknown as { clauses: [ColumnElement, ColumnElement] })
      .clauses;
    return `REGEXP_REPLACE(${this.process(binary.left, options)}, ${this.flagged(flags, pattern)}, ${this.process(replacement, options)})`;
  }

  override visitEmptySetExpr(types: readonly t.TypeEngine[]): string {
    const outer = types.map((_, i) => `_in_${i}`).join(", ");
    return `SELECT ${outer} FROM (SELECT ${types.map((_, i) => `1 AS _in_${i}`).join(", ")}) as _empty_set WHERE 1!=1`;
  }

  // -- clauses of SELECT ------------------------------------------------------------------------------------

  override getFromHintText(_table: FromClause, text: string): string {
    return text;
  }

  override visitJoin(join: Join, options: RenderOptions): string {
    options.fromLinter?.connect(deClone(join.left._fromObjects), deClone(join.right._fromObjects));
    const word = join.full ? " FULL OUTER JOIN " : join.isouter ? " LEFT OUTER JOIN " : " INNER JOIN ";
    const side = { ...options, asfrom: true };
    return `${this.process(join.left, side)}${word}${this.process(join.right, side)} ON ${this.process(join.onclause!, { ...options, asfrom: undefined })}`;
  }

  override forUpdateClause(select: GenerativeSelect, options: RenderOptions): string {
    const arg = select._forUpdateArg as ForUpdateArg;
    let text = arg.read
      ? this.flags.useMysqlForShare
        ? " FOR SHARE"
        : " LOCK IN SHARE MODE"
      : " FOR UPDATE";
    if (arg.of?.length && this.flags.supportsForUpdateOf) {
      const tables = new Set(arg.of.flatMap((c) => [...surfaceSelectablesOnly(c)]));
      text += ` OF ${[...tables].map((table) => this.process(table, { ...options, ashint: true, useSchema: false })).join(", ")}`;
    }
    if (arg.nowait) text += " NOWAIT";
    if (arg.skipLocked) text += " SKIP LOCKED";
    return text;
  }

  override limitClause(select: GenerativeSelect, options: RenderOptions): string {
    const { _limitClause: limit, _offsetClause: offset } = select;
    if (offset)
      return ` \n LIMIT ${this.process(offset, options)}, ${limit ? this.process(limit, options) : ALL_ROWS}`;
    return limit ? ` \n LIMIT ${this.process(limit, options)}` : "";
  }

  // -- INSERT, UPDATE, DELETE ---------------------------------------------------------------------------------

  private limitOption(statement: Update | Delete): string | null {
    const limit = statement.dialectKwargs.get(`${this.dialect.name}_limit`) ?? null;
    return limit === null ? null : `LIMIT ${asInt(limit)}`;
  }

  override updateLimitClause(update: Update): string | null {
    return this.limitOption(update);
  }

  override deleteLimitClause(statement: Delete): string | null {
    return this.limitOption(statement);
  }

  override updateTablesClause(
    _update: Update,
    table: FromClause,
    extraFroms: readonly FromClause[],
    options: RenderOptions,
  ): string {
    return [table, ...extraFroms].map((f) => this.process(f, { ...options, asfrom: true })).join(", ");
  }

  override updateFromClause(): null {
    return null;
  }

  override deleteTableClause(
    _delete: Delete,
    table: FromClause,
    extraFroms: readonly FromClause[],
    options: RenderOptions,
  ): string {
    return this.process(table, { ...options, asfrom: true, iscrud: true, ashint: extraFroms.length > 0 });
  }

  override deleteExtraFromClause(
    _delete: Delete,
    table: FromClause,
    extraFroms: readonly FromClause[],
    fromhints: Hints | undefined,
    options: RenderOptions,
  ): string {
    return `USING ${[table, ...extraFroms].map((f) => this.process(f, { ...options, asfrom: true, fromhints })).join(", ")}`;
  }

  visitOnDuplicateKeyUpdate(clause: OnDuplicateClause): string {
    const statement = this.currentExecutable as unknown as Insert;
    const { table } = statement;
    const byKey = new Map(
      [...clause.update].map(([key, value]) => [expectAsKey(roles.DMLColumnRole, key), value]),
    );
    const alias =
      !statement._select && this.flags.requiresAliasForOnDuplicateKey
        ? (table as { name?: string }).name?.toLowerCase() === "new"
          ? "new_1"
          : "new"
        : null;
    const columns = this.columnsInOrder(table, clause);
    const texts = columns
      .filter((c) => byKey.has(c.key as string))
      .map(
        (c) =>
          `${this.preparer.quote(c.name as string, c.quote)} = ${this.duplicateValue(byKey.get(c.key as string), c, clause, alias)}`,
      );
    const known = new Set(columns.map((c) => c.key));
    const unknown = [...byKey.keys()].filter((key) => !known.has(key));
    if (unknown.length)
      host.warn(
        "SAWarning",
        `Additional column names not matching any column keys in table '${(table as { name?: string }).name}': ${unknown.map((k) => `'${k}'`).join(", ")}`,
      );
    return `${alias ? `AS ${alias} ` : ""}ON DUPLICATE KEY UPDATE ${texts.join(", ")}`;
  }

  /** The table's columns, those that were given in an order of their own first. */
  private columnsInOrder(table: FromClause, clause: OnDuplicateClause): ColumnElement[] {
    const all = [...(table.c as Iterable<ColumnElement>)];
    if (!clause.parameterOrdering) return all;
    const keys = clause.parameterOrdering.map((key) => expect(roles.DMLColumnRole, key) as unknown);
    const named = keys.flatMap((key) => all.filter((c) => c.key === key));
    return [...named, ...all.filter((c) => !keys.includes(c.key))];
  }

  private duplicateValue(
    given: Value,
    column: ColumnElement,
    clause: OnDuplicateClause,
    alias: string | null,
  ): string {
    if (isLiteral(given))
      return this.process(new BindParameter(null, given, { type: column.type }).selfGroup(), {
        useSchema: false,
      });
    const value = replacementTraverse(given as ColumnElement, {}, (element) => {
      if (element instanceof BindParameter && element.type.isNullType)
        return element._withBinaryElementType(column.type);
      if (!(element instanceof ColumnClause) || (element.table as unknown) !== clause.insertedAlias)
        return null;
      const name = this.preparer.quote(element.name, element.quote);
      return new ColumnClause(alias ? `${alias}.${name}` : `VALUES(${name})`, null, true);
    });
    return this.process(value.selfGroup(), { useSchema: false });
  }
}
