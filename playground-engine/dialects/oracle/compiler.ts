// SQL of Oracle Database, where it differs: FETCH FIRST or ROWNUM for LIMIT, RETURNING … INTO, quoted parameters.
// Behaviour: SQLAlchemy dialects/oracle/base.py (OracleCompiler), cx_oracle.py (OracleCompiler_cx_oracle).
import { CompileError, InvalidRequestError } from "../../errors/index.ts";
import { host } from "../../util/host.ts";
import { deClone } from "../../compiler/operator-expressions.ts";
import type { FetchOptions } from "../../compiler/select.ts";
import type { Hints, RenderOptions } from "../../compiler/render-options.ts";
import { SQLCompiler } from "../../compiler/sql-compiler.ts";
import { ClauseAdapter } from "../../sql/adapt.ts";
import { selectIterables } from "../../sql/base.ts";
import { late } from "../../sql/late.ts";
import type { DMLStatement } from "../../sql/dml.ts";
import type { BinaryExpression } from "../../sql/elements/binary.ts";
import { BindParameter } from "../../sql/elements/bind.ts";
import { ClauseElement } from "../../sql/elements/clause.ts";
import { ColumnClause } from "../../sql/elements/column-clause.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import { TextClause } from "../../sql/elements/text.ts";
import type { UnaryExpression } from "../../sql/elements/unary.ts";
import type { FunctionElement } from "../../sql/functions.ts";
import { gt, le, type Operator } from "../../sql/operators.ts";
import { isColumn } from "../../sql/schema/late.ts";
import type { Column } from "../../sql/schema/column.ts";
import type { Sequence } from "../../sql/schema/defaults.ts";
import { Computed } from "../../sql/schema/server-defaults.ts";
import type { ForUpdateArg } from "../../sql/selectable/for-update.ts";
import { FromGrouping, type FromClause } from "../../sql/selectable/from-clause.ts";
import { Join } from "../../sql/selectable/join.ts";
import type { GenerativeSelect } from "../../sql/selectable/select-base.ts";
import { Select } from "../../sql/selectable/select.ts";
import { clonedTraverse, type Traversible } from "../../sql/visitable.ts";
import { STRINGTYPE, type TypeEngine } from "../../sql/types/index.ts";
import { compareAsPython } from "../compare.ts";
import type { OracleIdentifierPreparer } from "./ddl.ts";

interface OracleFlags {
  readonly useAnsi: boolean;
  readonly optimizeLimits: boolean;
  readonly supportsOffsetFetch: boolean;
  readonly supportsUpdateReturningComputedCols: boolean;
}

const NO_ARGUMENTS = new Set(["UID", "CURRENT_DATE", "SYSDATE", "USER", "CURRENT_TIME", "CURRENT_TIMESTAMP"]);
/** Characters that a parameter's name may not have, and what stands for them. */
const BIND_CHARACTERS = new Map([
  ["%", "P"],
  ["(", "A"],
  [")", "Z"],
  [":", "C"],
  [".", "C"],
  ["[", "C"],
  ["]", "C"],
  [" ", "C"],
  ["\\", "C"],
  ["/", "C"],
  ["?", "C"],
]);
const NEVER = { pattern: /[^\s\S]/g, replacements: new Map<string, string>() };
type BindHow = Parameters<SQLCompiler["bindparamString"]>[2];

/** `column(+)` */
class OuterJoinColumn extends ClauseElement {
  static override readonly visitName: string = "outer_join_column";
  readonly column: ColumnClause;
  constructor(column: ColumnClause) {
    super();
    this.column = column;
  }
}

/** SELECTs that have been put in Oracle's shape. */
const SHAPED = new WeakSet<Select>();

export class OracleCompiler extends SQLCompiler {
  private get oracle(): OracleFlags {
    return this.dialect as unknown as OracleFlags;
  }

  // -- functions, operators ---------------------------------------------------------------------------

  override visitModBinary(binary: BinaryExpression, _operator: Operator, options: RenderOptions): string {
    return `mod(${this.infix(binary, ", ", options)})`;
  }

  visitNowFunc(): string {
    return "CURRENT_TIMESTAMP";
  }

  visitCharLengthFunc(fn: FunctionElement, options: RenderOptions): string {
    return `LENGTH${this.functionArgspec(fn, options)}`;
  }

  visitAggregateStringsFunc(fn: FunctionElement, options: RenderOptions): string {
    return `LISTAGG${this.functionArgspec(fn, options)}`;
  }

  visitMatchOpBinary(binary: BinaryExpression): string {
    return `CONTAINS (${this.process(binary.left)}, ${this.process(binary.right)})`;
  }

  override visitTrue(): string {
    return "1";
  }

  override visitFalse(): string {
    return "0";
  }

  override functionArgspec(fn: FunctionElement, options?: RenderOptions): string {
    return fn.clauses.clauses.length || !NO_ARGUMENTS.has(fn.name.toUpperCase())
      ? super.functionArgspec(fn, options)
      : "";
  }

  override visitFunction(fn: FunctionElement, options: RenderOptions): string {
    const text = super.visitFunction(fn, options);
    return options.asfrom && fn.name.toLowerCase() !== "table" ? `TABLE (${text})` : text;
  }

  override visitTableValuedColumn(column: ColumnClause, options: RenderOptions): string {
    return `${super.visitTableValuedColumn(column, options)}.COLUMN_VALUE`;
  }

  visitIsDistinctFromBinary(binary: BinaryExpression): string {
    return `DECODE(${this.process(binary.left)}, ${this.process(binary.right)}, 0, 1) = 1`;
  }

  visitIsNotDistinctFromBinary(binary: BinaryExpression): string {
    return `DECODE(${this.process(binary.left)}, ${this.process(binary.right)}, 0, 1) = 0`;
  }

  private withFlags(name: string, binary: BinaryExpression, options: RenderOptions): string {
    const flags = binary.modifiers.get("flags") ?? null;
    return `${name}(${this.infix(binary, ", ", options)}${flags === null ? "" : `, ${this.renderLiteralValue(flags, STRINGTYPE)}`})`;
  }

  override visitRegexpMatchOpBinary(
    binary: BinaryExpression,
    _operator: Operator,
    options: RenderOptions,
  ): string {
    return this.withFlags("REGEXP_LIKE", binary, options);
  }

  override visitNotRegexpMatchOpBinary(
    binary: BinaryExpression,
    _operator: Operator,
    options: RenderOptions,
  ): string {
    return `NOT ${this.withFlags("REGEXP_LIKE", binary, options)}`;
  }

  override visitRegexpReplaceOpBinary(
    binary: BinaryExpression,
    _operator: Operator,
    options: RenderOptions,
  ): string {
    return this.withFlags("REGEXP_REPLACE", binary, options);
  }

  visitBitwiseXorOpBinary(binary: BinaryExpression, _operator: Operator, options: RenderOptions): string {
    return `BITXOR(${this.infix(binary, ", ", options)})`;
  }

  visitBitwiseOrOpBinary(binary: BinaryExpression, _operator: Operator, options: RenderOptions): string {
    return `BITOR(${this.infix(binary, ", ", options)})`;
  }

  visitBitwiseAndOpBinary(binary: BinaryExpression, _operator: Operator, options: RenderOptions): string {
    return `BITAND(${this.infix(binary, ", ", options)})`;
  }

  visitBitwiseRshiftOpBinary(): string {
    throw new CompileError("Cannot compile bitwise_rshift in oracle");
  }

  visitBitwiseLshiftOpBinary(): string {
    throw new CompileError("Cannot compile bitwise_lshift in oracle");
  }

  visitBitwiseNotOpUnaryOperator(_unary: UnaryExpression): string {
    throw new CompileError("Cannot compile bitwise_not in oracle");
  }

  override visitSequence(sequence: Sequence): string {
    return `${this.preparer.formatSequence(sequence)}.nextval`;
  }

  override visitEmptySetExpr(_types: readonly TypeEngine[]): string {
    return "SELECT 1 FROM DUAL WHERE 1!=1";
  }

  // -- parameters ---------------------------------------------------------------------------------------

  protected override get bindnameEscapes(): typeof NEVER {
    return NEVER;
  }

  /** Names that Oracle would not take are quoted; those of lists of values are changed. */
  override bindparamString(name: string, options: RenderOptions, how: BindHow = {}): string {
    const escaped = this.escapedName(name, how.postCompile ?? false);
    if (escaped !== name) this.escapedBindNames.set(name, escaped);
    return super.bindparamString(escaped, options, how);
  }

  private escapedName(name: string, postCompile: boolean): string {
    if (!postCompile && (this.preparer as OracleIdentifierPreparer).bindparamRequiresQuotes(name))
      return `"${name}"`;
    const clean = [...name].map((c) => BIND_CHARACTERS.get(c) ?? c).join("");
    return /^[\d_]/.test(clean) ? `D${clean}` : clean;
  }

  // -- FROM ----------------------------------------------------------------------------------------------

  override defaultFrom(): string {
    return " FROM DUAL";
  }

  override getRenderAsAliasSuffix(aliasName: string): string {
    return ` ${aliasName}`;
  }

  override getCtePreamble(): string {
    return "WITH";
  }

  override getSelectHintText(byFroms: Hints): string {
    return [...byFroms].map(([, text]) => `/*+ ${text} */`).join(" ");
  }

  protected override compoundKeyword(keyword: string): string {
    return keyword === "EXCEPT" ? "MINUS" : keyword;
  }

  override visitJoin(join: Join, options: RenderOptions): string {
    if (this.oracle.useAnsi) return super.visitJoin(join, options);
    options.fromLinter?.connect(deClone(join.left._fromObjects), deClone(join.right._fromObjects));
    const right = join.right instanceof FromGrouping ? join.right.element : join.right;
    return `${this.process(join.left, { ...options, asfrom: true })}, ${this.process(right, { ...options, asfrom: true })}`;
  }

  visitOuterJoinColumn(element: OuterJoinColumn, options: RenderOptions): string {
    return `${this.process(element.column, options)}(+)`;
  }

  /** Conditions of joins for WHERE, for servers before JOIN; null where there are none. */
  private joinConditions(froms: readonly FromClause[]): ColumnElement | null {
    const clauses: ColumnElement[] = [];
    const visit = (join: Join): void => {
      const onclause = join.onclause as ColumnElement;
      const binary = (b: { left: unknown; right: unknown }): void => {
        const isRight = (e: unknown): e is ColumnClause =>
          e instanceof ColumnClause && join.right.isDerivedFrom(e.table as FromClause);
        if (isRight(b.left)) b.left = new OuterJoinColumn(b.left);
        else if (isRight(b.right)) b.right = new OuterJoinColumn(b.right);
      };
      clauses.push(
        join.isouter
          ? (clonedTraverse(onclause as unknown as Traversible, {}, { binary }) as unknown as ColumnElement)
          : onclause,
      );
      for (const side of [join.left, join.right]) {
        if (side instanceof Join) visit(side);
        else if (side instanceof FromGrouping) visit(side.element as Join);
      }
    };
    for (const f of froms) if (f instanceof Join) visit(f);
    return clauses.length ? late.and_(clauses) : null;
  }

  // -- limiting rows ---------------------------------------------------------------------------------------

  override limitClause(): string {
    return "";
  }

  override rowLimitClause(select: GenerativeSelect, options: RenderOptions): string {
    const how = { useLiteralExecuteForSimpleInt: true };
    if (select._fetchClause) return this.fetchClause(select, options, how);
    return this.oracle.supportsOffsetFetch
      ? this.fetchClause(select, options, { ...how, fetchClause: select._limitClause ?? undefined })
      : "";
  }

  override fetchClause(select: GenerativeSelect, options: RenderOptions, how: FetchOptions = {}): string {
    const text = super.fetchClause(select, options, how);
    return host.isTrue(select.dialectOptions.fetch("oracle").get("fetch_approximate") ?? false)
      ? text.replaceAll("FETCH FIRST", "FETCH APPROX FIRST")
      : text;
  }

  protected override translateSelectStructure(given: Select, options: RenderOptions): Select {
    if (SHAPED.has(given)) return given;
    let select = given;
    if (!this.oracle.useAnsi) {
      const where = this.joinConditions(this.displayFromsForSelect(select, options.asfrom ?? false));
      if (where) {
        select = select.where([where]);
        SHAPED.add(select);
      }
    }
    return select._hasRowLimitingClause && !this.oracle.supportsOffsetFetch && !select._fetchClause
      ? this.limitedByRownum(select, options)
      : select;
  }

  /** The SELECT inside one or two others that count its rows. */
  private limitedByRownum(original: Select, options: RenderOptions): Select {
    const inline = (clause: ColumnElement | null): ColumnElement | null =>
      clause && original._simpleIntClause(clause) ? (clause as BindParameter).renderLiteralExecute() : clause;
    const limit = inline(original._limitClause);
    const offset = inline(original._offsetClause);
    const shaped = (select: Select): Select => {
      SHAPED.add(select);
      return select;
    };
    let select = shaped(original._generate());
    let forUpdate = select._forUpdateArg;
    if (forUpdate?.of?.length) {
      forUpdate = forUpdate._clone() as ForUpdateArg;
      for (const e of forUpdate.of ?? [])
        if (!select.selectedColumns.containsColumn(e)) select = shaped(select.addColumns([e]));
    }
    const inside = (of: FromClause): void => {
      if (!forUpdate?.of?.length) return;
      const adapter = new ClauseAdapter(of);
      forUpdate.of = forUpdate.of.map(
        (e) => adapter.traverse(e as unknown as Traversible) as unknown as ColumnElement,
      );
    };
    const own = (of: FromClause): ColumnElement[] =>
      [...of.c].filter((c) => original.selectedColumns.correspondingColumn(c) !== null);

    const numbered = select.alias();
    let limited = new Select(own(numbered));
    if (limit && this.oracle.optimizeLimits && original._simpleIntClause(limit))
      limited = limited.prefixWith([new TextClause(`/*+ FIRST_ROWS(${this.process(limit, options)}) */`)]);
    inside(numbered);
    const rownum = new ColumnClause("ROWNUM", null, true);
    if (limit) limited = limited.where([compareAsPython(rownum, le, offset ? limit.add(offset) : limit)]);
    shaped(limited);
    if (!offset) {
      limited._forUpdateArg = forUpdate;
      return limited;
    }
    limited = shaped(limited.addColumns([new ColumnClause("ROWNUM", null, true).label("ora_rn")]));
    for (const e of forUpdate?.of ?? [])
      if (limited.selectedColumns.correspondingColumn(e) === null) limited = shaped(limited.addColumns([e]));
    const counted = limited.alias();
    inside(counted);
    const result = shaped(
      new Select(own(counted)).where([compareAsPython(new ColumnClause("ora_rn", null, true), gt, offset)]),
    );
    result._forUpdateArg = forUpdate;
    return result;
  }

  override forUpdateClause(select: GenerativeSelect, options: RenderOptions): string {
    if (this.isSubquery()) return "";
    const arg = select._forUpdateArg as ForUpdateArg;
    const of = arg.of?.length ? ` OF ${arg.of.map((e) => this.process(e, options)).join(", ")}` : "";
    return ` FOR UPDATE${of}${arg.nowait ? " NOWAIT" : ""}${arg.skipLocked ? " SKIP LOCKED" : ""}`;
  }

  // -- RETURNING -------------------------------------------------------------------------------------------

  /** RETURNING a, b INTO :ret_0, :ret_1: the values come back in parameters. */
  override returningClause(
    _statement: DMLStatement,
    returned: readonly ColumnElement[],
    populateResultMap: boolean,
  ): string {
    const columns: string[] = [];
    const binds: string[] = [];
    for (const [i, column] of selectIterables(returned).entries()) {
      if (
        this.isupdate &&
        isColumn(column) &&
        (column as Column).serverDefault instanceof Computed &&
        !this.oracle.supportsUpdateReturningComputedCols
      )
        host.warn(
          "SAWarning",
          "Computed columns don't work with Oracle Database UPDATE statements that use RETURNING; the value of the column *before* the UPDATE takes place is " +
            "returned.   It is advised to not use RETURNING with an Oracle Database computed column.  Consider setting implicit_returning to False on the " +
            "Table object in order to avoid implicit RETURNING clauses from being generated for this Table.",
        );
      const expression = column.type.hasColumnExpression
        ? (column.type.columnExpression(column) ?? column)
        : column;
      const out = new BindParameter(`ret_${i}`, null, { type: column.type, unique: false, isoutparam: true });
      this.binds.set(out.key, out);
      binds.push(this.bindparamString(this.truncateBindparam(out), {}));
      if (this.hasOutParameters)
        throw new InvalidRequestError(
          "Using explicit outparam() objects with UpdateBase.returning() in the same Core DML statement is not supported in the Oracle Database dialects.",
        );
      columns.push(this.process(expression, { withinColumnsClause: false }));
      if (!populateResultMap) continue;
      const name = expression.name ?? expression._anonNameLabel;
      this.addToResultMap(name, name, [column, column.name ?? null, column.key ?? null], column.type);
    }
    return `RETURNING ${columns.join(", ")} INTO ${binds.join(", ")}`;
  }
}
