// INSERT, UPDATE, DELETE and what the engine needs to know to run them; savepoints.
//
// Behaviour: sqlalchemy/sql/compiler.py, visit_insert, visit_update, visit_delete.
import { CompileError } from "../errors/index.ts";
import { host } from "../util/host.ts";
import { ElementMap, ElementSet } from "../sql/element-set.ts";
import { selectIterables } from "../sql/base.ts";
import type { Delete, DMLStatement, Insert, Update } from "../sql/dml.ts";
import type { DeleteDMLState, DMLState, InsertDMLState, UpdateDMLState } from "../sql/dml-state.ts";
import type { BindParameter } from "../sql/elements/bind.ts";
import type { ClauseElement } from "../sql/elements/clause.ts";
import { ColumnElement } from "../sql/elements/column.ts";
import type { ColumnClause } from "../sql/elements/column-clause.ts";
import type {
  ReleaseSavepointClause,
  RollbackToSavepointClause,
  SavepointClause,
} from "../sql/elements/savepoint.ts";
import type { Column } from "../sql/schema/column.ts";
import type { Table } from "../sql/schema/table.ts";
import type { FromClause } from "../sql/selectable/from-clause.ts";
import { getCrudParams, type CrudParams } from "./crud.ts";
import { sentinelColumns } from "./insert-many.ts";
import { SENTINEL, type CrudParam, type InsertManyValues } from "./insert-many-values.ts";
import { NO_OPTIONS, type Hints, type RenderOptions } from "./render-options.ts";
import { SelectCompiler } from "./select.ts";

export abstract class DmlCompiler extends SelectCompiler {
  isinsert = false;
  isupdate = false;
  isdelete = false;
  /** No values are fetched after execution. */
  inline = false;
  dmlCompileState: DMLState | null = null;
  /** Columns whose values the server makes and a SELECT may fetch afterwards. */
  postfetch: ColumnElement[] | null = null;
  /** Columns whose defaults are computed just before execution. */
  insertPrefetch: ColumnElement[] = [];
  updatePrefetch: ColumnElement[] = [];
  /** Columns that RETURNING brings back without the program's asking. */
  implicitReturning: ColumnElement[] | null = null;
  /** The new primary key is the cursor's lastrowid. */
  postfetchLastrowid = false;
  /** Name of the parameter for a column. */
  getBindNameForCol: (column: ColumnClause) => string = (column) => column.key;

  /** `UPDATE t SET t.x = …` where further tables are in the statement. */
  get renderTableWithColumnInUpdateFrom(): boolean {
    return false;
  }

  /** `INSERT INTO t (…) OUTPUT … VALUES …` */
  get returningPrecedesValues(): boolean {
    return false;
  }

  override compile(): this {
    super.compile();
    if (this.isinsert || this.isupdate) {
      const statement = this.statement as Insert | Update;
      this.inline =
        statement._inline ||
        (this.forExecutemany &&
          (!this.isinsert || (this.dialect.insertExecutemanyReturning && !!statement._returnDefaults)));
    }
    return this;
  }

  get insertSingleValuesExpr(): string | null {
    return this.insertmanyvalues?.singleValuesExpr ?? null;
  }

  get prefetch(): ColumnElement[] {
    return [...this.insertPrefetch, ...this.updatePrefetch];
  }

  /** Columns that come back: implicit ones, else those of returning(). */
  get effectiveReturning(): readonly ColumnElement[] | null {
    if (this.implicitReturning?.length) return this.implicitReturning;
    const statement = this.statement as DMLStatement | null;
    return statement?.isDml ? statement._allSelectedColumns.filter((c) => c instanceof ColumnElement) : null;
  }

  get returning(): readonly ColumnElement[] | null {
    return this.effectiveReturning;
  }

  get currentExecutable(): ClauseElement {
    const selectable = this.stack.at(-1)?.selectable;
    if (!selectable) throw host.error("IndexError", "Compiler does not have a stack entry");
    return selectable;
  }

  /** Columns by which rows that come back are told apart; null where there are none. */
  getSentinelColumnForTable(table: Table): readonly Column[] | null {
    return sentinelColumns(table, this.dialect);
  }

  protected override noteUpsertParameter(bindparam: BindParameter): void {
    if (bindparam.value === null && !bindparam.callable && this.insertmanyvalues)
      this.insertmanyvalues.hasUpsertBoundParameters = true;
  }

  // -- clauses that dialects write differently ------------------------------------------------

  returningClause(
    statement: DMLStatement,
    columns: readonly ColumnElement[],
    populateResultMap: boolean,
    options: RenderOptions = NO_OPTIONS,
  ): string {
    const texts = statement._generateColumnsPlusNames(true, selectIterables(columns)).map((c) =>
      this.labelReturningColumn(statement, c.column, populateResultMap, options, {
        name: c.requiredLabelName,
        proxyName: c.proxyName,
        fallbackLabelName: c.fallbackLabelName,
        columnIsRepeated: c.repeated,
        includeTable: options.includeTable ?? true,
      }),
    );
    return `RETURNING ${texts.join(", ")}`;
  }

  updateLimitClause(_update: Update): string | null {
    return null;
  }

  deleteLimitClause(_delete: Delete): string | null {
    return null;
  }

  updateTablesClause(
    _update: Update,
    fromTable: FromClause,
    _extraFroms: readonly FromClause[],
    options: RenderOptions,
  ): string {
    return this.process(fromTable, { ...options, asfrom: true, iscrud: true });
  }

  updateFromClause(
    _update: Update,
    _fromTable: FromClause,
    _extraFroms: readonly FromClause[],
    _hints: Hints | undefined,
    _options: RenderOptions,
  ): string | null {
    throw host.error(
      "NotImplementedError",
      "This backend does not support multiple-table criteria within UPDATE",
    );
  }

  deleteTableClause(
    _delete: Delete,
    fromTable: FromClause,
    _extraFroms: readonly FromClause[],
    options: RenderOptions,
  ): string {
    return this.process(fromTable, { ...options, asfrom: true, iscrud: true });
  }

  deleteExtraFromClause(
    _delete: Delete,
    _fromTable: FromClause,
    _extraFroms: readonly FromClause[],
    _hints: Hints | undefined,
    _options: RenderOptions,
  ): string | null {
    throw host.error(
      "NotImplementedError",
      "This backend does not support multiple-table criteria within DELETE",
    );
  }

  // -- the statements ---------------------------------------------------------------------------

  /** Whether a statement is the outermost one; if so it is what this compiler is about. */
  #enter(state: DMLState, options: RenderOptions): boolean {
    const toplevel = !options.visitingCte && this.stack.length === 0;
    if (toplevel) {
      this.isinsert = state.isinsert;
      this.isupdate = state.isupdate;
      this.isdelete = state.isdelete;
      this.dmlCompileState ??= state;
      this.compileState ??= state;
    }
    return toplevel;
  }

  #hints(statement: DMLStatement): Hints | undefined {
    if (!statement._hints.size) return undefined;
    const hints: Hints = new ElementMap();
    for (const { from, dialect, text } of statement._hints)
      if (dialect === "*" || dialect === this.dialect.name) hints.set(from, text);
    return hints;
  }

  #withHint(tableText: string, statement: DMLStatement, hints: Hints | undefined): string {
    const hint = hints?.get(statement.table);
    return hint === undefined ? tableText : this.formatFromHintText(tableText, statement.table, hint, true);
  }

  visitInsert(given: Insert, options: RenderOptions): string {
    const state = given._compileStateFactory(this, options) as InsertDMLState;
    const insert = state.statement as Insert;
    const toplevel = this.#enter(state, options);
    this.stack.push({ correlateFroms: new ElementSet(), asfromFroms: new ElementSet(), selectable: insert });
    const { dialect } = this;
    // positional styles must know how many parameters VALUES has: count them as they are printed
    const visited: string[] | undefined = this.positional && !options.visitingCte ? [] : undefined;
    options = { ...options, visitedBindparam: undefined };
    const crud = getCrudParams(this, insert, state, toplevel, { ...options, visitedBindparam: visited });
    const counted = visited?.length ?? 0;
    if (visited && this.numericBinds) (this.valuesBindparam ??= []).push(...visited);
    const single = crud.singleParams;
    this.#checkInsert(insert, state, single);

    let text = "INSERT ";
    if (insert._prefixes.length) text += this.generatePrefixes(insert._prefixes, options);
    text += "INTO ";
    const tableText = this.preparer.formatTable(insert.table as Table);
    this.dispatchIndependentCtes(insert, options);
    text += this.#withHint(tableText, insert, this.#hints(insert));
    if (single.length || !dialect.supportsDefaultValues) text += ` (${single.map((p) => p.name).join(", ")})`;

    const sentinel = this.#sentinel(insert, crud);
    const returned = [...(this.implicitReturning?.length ? this.implicitReturning : insert._returning)];
    const returning = returned.length
      ? this.returningClause(insert, [...returned, ...(sentinel.columns ?? [])], toplevel)
      : null;
    if (returning && this.returningPrecedesValues) text += ` ${returning}`;

    const imv = (
      singleValuesExpr: string,
      insertCrudParams: readonly CrudParam[],
      more: Partial<InsertManyValues>,
    ): InsertManyValues => ({
      isDefaultExpr: false,
      singleValuesExpr,
      insertCrudParams,
      numPositionalParamsCounted: counted,
      sortByParameterOrder: insert._sortByParameterOrder,
      includesUpsertBehaviors: insert._postValuesClause !== null,
      sentinelColumns: sentinel.columns,
      numSentinelColumns: sentinel.columns?.length ?? 0,
      sentinelParamKeys: sentinel.paramKeys,
      implicitSentinel: sentinel.implicit,
      hasUpsertBoundParameters: false,
      embedValuesCounter: false,
      ...more,
    });
    const list = (row: readonly CrudParam[]): string => row.map((p) => p.value).join(", ");

    if (insert._select) {
      const select = this.process(this.stack.at(-1)!.insertFromSelect!, { ...options, insertInto: true });
      text += ` ${this.hasCtes && dialect.cteFollowsInsert ? this.renderCteClause(toplevel, true) : ""}${select}`;
    } else if (!single.length && dialect.supportsDefaultValues) {
      text += " DEFAULT VALUES";
      if (crud.useInsertmanyvalues)
        this.insertmanyvalues = imv(dialect.defaultMetavalueToken, single, {
          isDefaultExpr: true,
          sentinelParamKeys: null,
        });
    } else if (state._hasMultiParameters) {
      text += ` VALUES ${crud.allMultiParams.map((row) => `(${list(row)})`).join(", ")}`;
    } else if (!crud.useInsertmanyvalues) {
      text += ` VALUES (${list(single)})`;
    } else if (
      sentinel.implicit &&
      dialect.insertmanyvaluesImplicitSentinel & SENTINEL.USE_INSERT_FROM_SELECT &&
      !crud.isDefaultMetavalueOnly
    ) {
      const own = single.filter((p) => !sentinel.columns!.includes(p.column as Column));
      text += this.#insertFromOrderedSelect(single, own);
      this.insertmanyvalues = imv(list(own), own, { embedValuesCounter: true });
    } else {
      text += ` VALUES (${list(single)})`;
      this.insertmanyvalues = imv(list(single), single, {});
    }

    if (insert._postValuesClause) {
      const clause = this.process(insert._postValuesClause, options);
      if (clause) text += ` ${clause}`;
    }
    if (returning && !this.returningPrecedesValues) text += ` ${returning}`;
    if (this.hasCtes && !dialect.cteFollowsInsert) text = this.renderCteClause(toplevel, true) + text;
    this.stack.pop();
    return text;
  }

  #checkInsert(insert: Insert, state: InsertDMLState, single: readonly CrudParam[]): void {
    const { dialect } = this;
    const version = `The '${dialect.name}' dialect with current database version settings does not support`;
    if (
      !single.length &&
      !dialect.supportsDefaultValues &&
      !dialect.supportsDefaultMetavalue &&
      !dialect.supportsEmptyInsert
    ) {
      throw new CompileError(`${version} empty inserts.`);
    }
    if (!state._hasMultiParameters) return;
    if (!dialect.supportsMultivaluesInsert) throw new CompileError(`${version} in-place multirow inserts.`);
    if ((this.implicitReturning?.length || insert._returning.length) && insert._sortByParameterOrder) {
      throw new CompileError(
        "RETURNING cannot be deterministically sorted when using an INSERT which includes multi-row values().",
      );
    }
  }

  /** What tells the rows that come back apart: values of the program's, or the server's own counting. */
  #sentinel(
    insert: Insert,
    crud: CrudParams,
  ): { columns: readonly Column[] | null; paramKeys: string[] | null; implicit: boolean } {
    const returns = this.implicitReturning?.length || insert._returning.length;
    const columns = returns ? crud.useSentinelColumns : null;
    if (!columns) return { columns: null, paramKeys: null, implicit: false };
    const paramKeys: string[] = [];
    for (const column of columns) {
      const param = crud.singleParams.find((p) => p.column === column);
      const name = this.getBindNameForCol(column);
      if (!param || ![...param.bindNames].includes(name)) {
        return {
          columns,
          paramKeys: null,
          implicit: !!(this.dialect.insertmanyvaluesImplicitSentinel & SENTINEL.ANY_AUTOINCREMENT),
        };
      }
      paramKeys.push(name);
    }
    return { columns, paramKeys, implicit: false };
  }

  /** Rows as a subquery with a counter: the server numbers them in that order. */
  #insertFromOrderedSelect(all: readonly CrudParam[], own: readonly CrudParam[]): string {
    const casts = this.dialect.insertmanyvaluesImplicitSentinel & SENTINEL.RENDER_SELECT_COL_CASTS;
    const names: string[] = [];
    const selected = all.map((p, i) => {
      if (!own.includes(p)) return p.value;
      names.push(`p${i}`);
      const { type } = p.column;
      return casts ? this.renderBindCast(type, type.unwrappedDialectImpl(this.dialect), `p${i}`) : `p${i}`;
    });
    return (
      ` SELECT ${selected.join(", ")} FROM (VALUES (${own.map((p) => p.value).join(", ")})) ` +
      `AS imp_sen(${names.join(", ")}, sen_counter) ORDER BY sen_counter`
    );
  }

  visitUpdate(given: Update, options: RenderOptions): string {
    const state = given._compileStateFactory(this, options) as UpdateDMLState;
    const update = state.statement as Update;
    const toplevel = this.#enter(state, options);
    const linter = this.newLinter(toplevel);
    const linted = linter ? { ...options, fromLinter: linter } : options;
    const extra = state._extraFroms;
    let correlate = new ElementSet<FromClause>([update.table]);
    let rendered: FromClause[] = [];
    if (extra.length) {
      const main = new ElementSet<FromClause>(update.table._fromObjects);
      rendered = extra.filter((f) => !main.has(f));
      correlate = main.union(extra);
    }
    this.stack.push({ correlateFroms: correlate, asfromFroms: correlate, selectable: update });
    let text = "UPDATE ";
    if (update._prefixes.length) text += this.generatePrefixes(update._prefixes, options);
    const tableText = this.updateTablesClause(update, update.table, rendered, linted);
    const crud = getCrudParams(this, update, state, toplevel, options);
    const hints = this.#hints(update);
    this.dispatchIndependentCtes(update, options);
    text += `${this.#withHint(tableText, update, hints)} SET ${crud.singleParams.map((p) => `${p.name}=${p.value}`).join(", ")}`;
    const returning = (): string => this.#returningText(update, toplevel);
    if (this.returningPrecedesValues) text += returning();
    if (extra.length) {
      const from = this.updateFromClause(update, update.table, rendered, hints, linted);
      if (from) text += ` ${from}`;
    }
    text += this.#whereText(update, linted);
    const limit = this.updateLimitClause(update);
    if (limit) text += ` ${limit}`;
    if (!this.returningPrecedesValues) text += returning();
    if (this.hasCtes) text = this.renderCteClause(toplevel) + text;
    this.lint(linter, "UPDATE");
    this.stack.pop();
    return text;
  }

  visitDelete(given: Delete, options: RenderOptions): string {
    const state = given._compileStateFactory(this, options) as DeleteDMLState;
    const statement = state.statement as Delete;
    const toplevel = this.#enter(state, options);
    const linter = this.newLinter(toplevel);
    const linted = linter ? { ...options, fromLinter: linter } : options;
    const extra = state._extraFroms;
    const correlate = new ElementSet<FromClause>([statement.table]).update(extra);
    this.stack.push({ correlateFroms: correlate, asfromFroms: correlate, selectable: statement });
    let text = "DELETE ";
    if (statement._prefixes.length) text += this.generatePrefixes(statement._prefixes, options);
    text += "FROM ";
    const tableText = this.deleteTableClause(
      statement,
      statement.table,
      extra,
      linter ? { ...NO_OPTIONS, fromLinter: linter } : NO_OPTIONS,
    );
    getCrudParams(this, statement, state, toplevel, options);
    const hints = this.#hints(statement);
    this.dispatchIndependentCtes(statement, options);
    text += this.#withHint(tableText, statement, hints);
    const returning = (): string => this.#returningText(statement, toplevel);
    if (this.returningPrecedesValues) text += returning();
    if (extra.length) {
      const from = this.deleteExtraFromClause(statement, statement.table, extra, hints, linted);
      if (from) text += ` ${from}`;
    }
    text += this.#whereText(statement, linted);
    const limit = this.deleteLimitClause(statement);
    if (limit) text += ` ${limit}`;
    if (!this.returningPrecedesValues) text += returning();
    if (this.hasCtes) text = this.renderCteClause(toplevel) + text;
    this.lint(linter, "DELETE");
    this.stack.pop();
    return text;
  }

  #returningText(statement: Update | Delete, toplevel: boolean): string {
    const columns = this.implicitReturning?.length ? this.implicitReturning : statement._returning;
    return columns.length ? ` ${this.returningClause(statement, columns, toplevel)}` : "";
  }

  #whereText(statement: Update | Delete, options: RenderOptions): string {
    if (!statement._whereCriteria.length) return "";
    const where = this.generateDelimitedAndList(statement._whereCriteria, options);
    return where && ` WHERE ${where}`;
  }

  // -- transactions -------------------------------------------------------------------------------

  visitSavepoint(savepoint: SavepointClause, _options: RenderOptions): string {
    return `SAVEPOINT ${this.preparer.formatSavepoint(savepoint)}`;
  }

  visitRollbackToSavepoint(savepoint: RollbackToSavepointClause, _options: RenderOptions): string {
    return `ROLLBACK TO SAVEPOINT ${this.preparer.formatSavepoint(savepoint)}`;
  }

  visitReleaseSavepoint(savepoint: ReleaseSavepointClause, _options: RenderOptions): string {
    return `RELEASE SAVEPOINT ${this.preparer.formatSavepoint(savepoint)}`;
  }
}
