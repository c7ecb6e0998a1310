// SQL of SQL Server, where it differs: TOP, OFFSET or ROW_NUMBER() for LIMIT, OUTPUT for RETURNING.
// Behaviour: SQLAlchemy dialects/mssql/base.py (MSSQLCompiler).
import { CompileError } from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";
import type { Hints, RenderOptions } from "../../compiler/render-options.ts";
import { SQLCompiler } from "../../compiler/sql-compiler.ts";
import { ClauseAdapter } from "../../sql/adapt.ts";
import { selectIterables } from "../../sql/base.ts";
import type { Delete, DMLStatement, Update } from "../../sql/dml.ts";
import { BinaryExpression, type ExpressionClauseList } from "../../sql/elements/binary.ts";
import { BindParameter } from "../../sql/elements/bind.ts";
import type { Extract } from "../../sql/elements/case.ts";
import type { TryCast } from "../../sql/elements/cast.ts";
import { ColumnClause } from "../../sql/elements/column-clause.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import { TextualLabelReference } from "../../sql/elements/label-reference.ts";
import type { FrameRange } from "../../sql/elements/over.ts";
import type { RollbackToSavepointClause, SavepointClause } from "../../sql/elements/savepoint.ts";
import { func } from "../../sql/function-registry.ts";
import type { FunctionElement } from "../../sql/functions.ts";
import { eq, gt, le, type Operator } from "../../sql/operators.ts";
import { unwrapLabelReference } from "../../sql/order-by.ts";
import type { Sequence } from "../../sql/schema/defaults.ts";
import { Alias } from "../../sql/selectable/alias.ts";
import type { FromClause } from "../../sql/selectable/from-clause.ts";
import type { GenerativeSelect } from "../../sql/selectable/select-base.ts";
import { Select } from "../../sql/selectable/select.ts";
import type { Traversible } from "../../sql/visitable.ts";
import * as t from "../../sql/types/index.ts";
import { compareAsPython } from "../compare.ts";

const FIELDS = [
  ["doy", "dayofyear"],
  ["dow", "weekday"],
  ["milliseconds", "millisecond"],
  ["microseconds", "microsecond"],
] as const;

export class MSSQLCompiler extends SQLCompiler {
  private get supportsOffsetFetch(): boolean {
    return (this.dialect as unknown as { readonly supportsOffsetFetch: boolean }).supportsOffsetFetch;
  }

  override get returningPrecedesValues(): boolean {
    return true;
  }

  protected override get extractMap(): ReadonlyMap<string, string> {
    return new Map([...super.extractMap, ...FIELDS]);
  }

  // -- functions, operators ---------------------------------------------------------------------------

  protected override formatFrameClause(frame: FrameRange, options: RenderOptions): string {
    return super.formatFrameClause(frame, { ...options, literalExecute: true });
  }

  visitNowFunc(): string {
    return "CURRENT_TIMESTAMP";
  }

  visitCurrentDateFunc(): string {
    return "GETDATE()";
  }

  visitLengthFunc(fn: FunctionElement, options: RenderOptions): string {
    return `LEN${this.functionArgspec(fn, options)}`;
  }

  visitCharLengthFunc(fn: FunctionElement, options: RenderOptions): string {
    return `LEN${this.functionArgspec(fn, options)}`;
  }

  visitAggregateStringsFunc(fn: FunctionElement, options: RenderOptions): string {
    const [text, delimiter] = fn.clauses.clauses as [ColumnElement, ColumnElement];
    return `string_agg(${this.process(text, options)}, ${this.process(delimiter, { ...options, literalExecute: true })})`;
  }

  visitConcatOpExpressionClauselist(
    list: ExpressionClauseList,
    _operator: Operator,
    options: RenderOptions,
  ): string {
    return list.clauses.map((c) => this.process(c, options)).join(" + ");
  }

  visitConcatOpBinary(binary: BinaryExpression, _operator: Operator, options: RenderOptions): string {
    return this.infix(binary, " + ", options);
  }

  override visitTrue(): string {
    return "1";
  }

  override visitFalse(): string {
    return "0";
  }

  visitMatchOpBinary(binary: BinaryExpression, _operator: Operator, options: RenderOptions): string {
    return `CONTAINS (${this.infix(binary, ", ", options)})`;
  }

  visitTryCast(cast: TryCast, options: RenderOptions): string {
    return `TRY_CAST (${this.process(cast.clause, options)} AS ${this.process(cast.typeclause, options)})`;
  }

  override visitExtract(extract: Extract, options: RenderOptions): string {
    return `DATEPART(${this.extractMap.get(extract.field) ?? extract.field}, ${this.process(extract.expr, options)})`;
  }

  /** A parameter on the left of = goes to the right. */
  override visitBinary(binary: BinaryExpression, options: RenderOptions): string {
    if (
      binary.left instanceof BindParameter &&
      binary.operator === eq &&
      !(binary.right instanceof BindParameter)
    )
      return this.process(new BinaryExpression(binary.right, binary.left, binary.operator), options);
    return super.visitBinary(binary, options);
  }

  visitIsDistinctFromBinary(binary: BinaryExpression): string {
    return `NOT EXISTS (SELECT ${this.process(binary.left)} INTERSECT SELECT ${this.process(binary.right)})`;
  }

  visitIsNotDistinctFromBinary(binary: BinaryExpression): string {
    return `EXISTS (SELECT ${this.process(binary.left)} INTERSECT SELECT ${this.process(binary.right)})`;
  }

  private jsonExtract(binary: BinaryExpression, options: RenderOptions): string {
    const operands = (): string =>
      `(${this.process(binary.left, options)}, ${this.process(binary.right, options)})`;
    const { type } = binary;
    if (type.typeAffinity === t.JSON) return `JSON_QUERY${operands()}`;
    const start = `CASE JSON_VALUE${operands()} WHEN NULL THEN NULL `;
    if (type.typeAffinity === t.Integer) return `${start}ELSE CAST(JSON_VALUE${operands()} AS INTEGER) END`;
    if (type.typeAffinity === t.Numeric) {
      const { precision, scale } = type as t.Numeric;
      const target =
        type instanceof t.Float ? "FLOAT" : `NUMERIC(${precision ?? "None"}, ${scale ?? "None"})`;
      return `${start}ELSE CAST(JSON_VALUE${operands()} AS ${target}) END`;
    }
    if (type.typeAffinity === t.Boolean)
      return `${start}WHEN 'true' THEN 1 WHEN 'false' THEN 0 ELSE NULL END`;
    return `${start}ELSE ${type.typeAffinity === t.String ? "JSON_VALUE" : "JSON_QUERY"}${operands()} END`;
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

  override visitSequence(sequence: Sequence): string {
    return `NEXT VALUE FOR ${this.preparer.formatSequence(sequence)}`;
  }

  override visitEmptySetExpr(): string {
    return "SELECT 1 WHERE 1!=1";
  }

  // -- limiting rows: TOP where a number is all, OFFSET … FETCH where the server has it, else ROW_NUMBER() ---

  private limitOrFetch(select: GenerativeSelect): ColumnElement {
    return (select._fetchClause ?? select._limitClause) as ColumnElement;
  }

  private usesTop(select: GenerativeSelect): boolean {
    if (select._offsetClause) return false;
    if (select._simpleIntClause(select._limitClause)) return true;
    const fetch = select._fetchClauseOptions;
    return select._simpleIntClause(select._fetchClause) && Boolean(fetch?.percent || fetch?.withTies);
  }

  private checkOrderBy(select: GenerativeSelect): void {
    if (!select._orderByClauses.length)
      throw new CompileError("MSSQL requires an order_by when using an OFFSET or a non-simple LIMIT clause");
    const fetch = select._fetchClauseOptions;
    if (fetch?.percent || fetch?.withTies)
      throw new CompileError(
        "MSSQL needs TOP to use PERCENT and/or WITH TIES. Only simple fetch without offset can be used.",
      );
  }

  override getSelectPrecolumns(select: Select, options: RenderOptions): string {
    const text = super.getSelectPrecolumns(select, options);
    if (!select._hasRowLimitingClause || !this.usesTop(select)) return text;
    const fetch = select._fetchClause ? select._fetchClauseOptions : null;
    const top = this.process(this.limitOrFetch(select), { ...options, literalExecute: true });
    return `${text}TOP ${top} ${fetch?.percent ? "PERCENT " : ""}${fetch?.withTies ? "WITH TIES " : ""}`;
  }

  override limitClause(): string {
    return "";
  }

  override rowLimitClause(select: GenerativeSelect, options: RenderOptions): string {
    if (!this.supportsOffsetFetch || this.usesTop(select)) return "";
    this.checkOrderBy(select);
    return this.fetchClause(select, options, { fetchClause: this.limitOrFetch(select), requireOffset: true });
  }

  protected override translateSelectStructure(select: Select, _options: RenderOptions): Select {
    if (
      !select._hasRowLimitingClause ||
      this.supportsOffsetFetch ||
      this.usesTop(select) ||
      NUMBERED.has(select)
    )
      return select;
    this.checkOrderBy(select);
    if (select._orderByClauses.some((e) => e instanceof TextualLabelReference))
      throw host.error("AssertionError", "can't unwrap a textual label reference");
    const order = select._orderByClauses.map((e) => unwrapLabelReference(e));
    const limit = this.limitOrFetch(select) as ColumnElement | null;
    const offset = select._offsetClause;
    const marked = select._generate();
    NUMBERED.add(marked);
    const rowNumber = (func("ROW_NUMBER") as FunctionElement).over({ orderBy: order }).label("mssql_rn");
    const numbered = marked.addColumns([rowNumber]).orderBy([null]);
    NUMBERED.add(numbered);
    const inner = numbered.alias();
    const rn = new ColumnClause("mssql_rn");
    const outer = new Select([...inner.c].filter((c) => c.key !== "mssql_rn"));
    if (!offset) return outer.where([compareAsPython(rn, le, limit as ColumnElement)]);
    const after = outer.where([compareAsPython(rn, gt, offset)]);
    return limit ? after.where([compareAsPython(rn, le, limit.add(offset))]) : after;
  }

  /** Subqueries take no ORDER BY unless they are limited. */
  override orderByClause(select: GenerativeSelect, options: RenderOptions): string {
    if (this.isSubquery() && !this.usesTop(select) && (select._offset === null || !this.supportsOffsetFetch))
      return "";
    return super.orderByClause(select, options);
  }

  // -- other clauses ----------------------------------------------------------------------------------------

  override getFromHintText(_table: FromClause, text: string): string {
    return text;
  }

  override getCrudHintText(_table: FromClause, text: string): string {
    return text;
  }

  override getCtePreamble(): string {
    return "WITH";
  }

  override forUpdateClause(): string {
    return "";
  }

  override visitSavepoint(savepoint: SavepointClause): string {
    return `SAVE TRANSACTION ${this.preparer.formatSavepoint(savepoint)}`;
  }

  override visitRollbackToSavepoint(savepoint: RollbackToSavepointClause): string {
    return `ROLLBACK TRANSACTION ${this.preparer.formatSavepoint(savepoint)}`;
  }

  /** OUTPUT inserted.x: the columns are those of the rows as they are, or were, there. */
  override returningClause(
    statement: DMLStatement,
    columns: readonly ColumnElement[],
    populateResultMap: boolean,
    options: RenderOptions = {},
  ): string {
    const target = Alias._construct(statement.table, {
      name: (statement as { isDelete?: boolean }).isDelete ? "deleted" : "inserted",
    }) as FromClause;
    const adapter = new ClauseAdapter(target);
    const texts = statement._generateColumnsPlusNames(true, selectIterables(columns)).map((c) =>
      this.labelReturningColumn(
        statement,
        adapter.traverse(c.column as Traversible) as unknown as ColumnElement,
        populateResultMap,
        { ...options, resultMapTargets: [c.column] },
        {
          name: c.requiredLabelName,
          proxyName: c.proxyName,
          fallbackLabelName: c.fallbackLabelName,
          columnIsRepeated: c.repeated,
        },
      ),
    );
    return `OUTPUT ${texts.join(", ")}`;
  }

  private fromList(
    froms: readonly FromClause[],
    fromhints: Hints | undefined,
    options: RenderOptions,
  ): string {
    return `FROM ${froms.map((f) => this.process(f, { ...options, asfrom: true, fromhints })).join(", ")}`;
  }

  override updateFromClause(
    _update: Update,
    table: FromClause,
    extraFroms: readonly FromClause[],
    hints: Hints | undefined,
    options: RenderOptions,
  ): string {
    return this.fromList([table, ...extraFroms], hints, options);
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
    hints: Hints | undefined,
    options: RenderOptions,
  ): string {
    return this.fromList([table, ...extraFroms], hints, options);
  }
}

/** SELECTs that have their ROW_NUMBER() already. */
const NUMBERED = new WeakSet<Select>();

/** No parameters where SQL Server takes none. */
export class MSSQLStrictCompiler extends MSSQLCompiler {
  override get ansiBindRules(): boolean {
    return true;
  }

  visitInOpBinary(binary: BinaryExpression, _operator: Operator, options: RenderOptions): string {
    return this.infix(binary, " IN ", { ...options, literalExecute: true });
  }

  override visitNotInOpBinary(binary: BinaryExpression, _operator: Operator, options: RenderOptions): string {
    return this.infix(binary, " NOT IN ", { ...options, literalExecute: true });
  }

  override renderLiteralValue(value: Value, type: t.TypeEngine): string {
    const kind = host.kindOf(value);
    return kind === "date" || kind === "datetime"
      ? `'${host.str(value)}'`
      : super.renderLiteralValue(value, type);
  }
}
