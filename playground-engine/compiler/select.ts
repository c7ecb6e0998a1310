// SELECT: its clauses in order, correlation, compounds, text() with columns.
//
// Clauses that dialects write differently are small methods: limitClause, forUpdateClause, getSelectPrecolumns …
// Behaviour: sqlalchemy/sql/compiler.py, visit_select and what it calls, visit_compound_select, visit_textual_select.
import { CompileError } from "../errors/index.ts";
import { host } from "../util/host.ts";
import { ElementMap, ElementSet } from "../sql/element-set.ts";
import type { CompileState } from "../sql/base.ts";
import type { BindParameter } from "../sql/elements/bind.ts";
import { ClauseElement } from "../sql/elements/clause.ts";
import type { ColumnElement } from "../sql/elements/column.ts";
import type { CompoundSelect } from "../sql/selectable/compound.ts";
import type { FromClause } from "../sql/selectable/from-clause.ts";
import type { GenerativeSelect, SelectStatementGrouping } from "../sql/selectable/select-base.ts";
import type { Select } from "../sql/selectable/select.ts";
import type { SelectState } from "../sql/selectable/select-state.ts";
import type { TextualSelect } from "../sql/selectable/textual.ts";
import { ColumnsCompiler } from "./columns-clause.ts";
import { COLLECT_CARTESIAN_PRODUCTS, FromLinter, WARN_LINTING } from "./from-linter.ts";
import { NO_OPTIONS, type Hints, type RenderOptions } from "./render-options.ts";
import { noEnclosing, type StackEntry } from "./stack.ts";

export abstract class SelectCompiler extends ColumnsCompiler {
  /** State of the outermost statement. */
  compileState: CompileState | null = null;
  /** FROM elements of the outermost statement and how they are joined, where linting is on. */
  fromLinter: FromLinter | undefined;

  /** A SELECT in another shape, for databases without LIMIT: the same object where nothing changes. */
  protected translateSelectStructure(select: Select, _options: RenderOptions): Select {
    return select;
  }

  protected newLinter(toplevel: boolean): FromLinter | undefined {
    if (!(this.linting & COLLECT_CARTESIAN_PRODUCTS)) return undefined;
    const linter = new FromLinter();
    if (toplevel) this.fromLinter = linter;
    return linter;
  }

  protected lint(linter: FromLinter | undefined, statementType: string): void {
    if (linter && this.linting & WARN_LINTING) linter.warn(statementType);
  }

  visitSelectStatementGrouping(grouping: SelectStatementGrouping, options: RenderOptions): string {
    return `(${this.process(grouping.element, options)})`;
  }

  visitSelect(given: Select, options: RenderOptions): string {
    const { asfrom = false, lateral = false, compoundIndex, insertInto = false } = options;
    const inner: RenderOptions = {
      ...options,
      asfrom: undefined,
      insertInto: undefined,
      fromhints: undefined,
      compoundIndex: undefined,
      lateral: undefined,
      fromLinter: undefined,
      withinColumnsClause: false,
    };
    let state = given._compileStateFactory(this, inner) as SelectState;
    inner.ambiguousTableNameMap = state._ambiguousTableNameMap?.size
      ? state._ambiguousTableNameMap
      : undefined;
    let select = state.statement as Select;
    const toplevel = this.stack.length === 0;
    if (toplevel) this.compileState ??= state;

    let original: SelectState | undefined;
    const translated = this.translateSelectStructure(select, { ...inner, asfrom });
    if (translated !== select) {
      original = state;
      state = translated._compileStateFactory(this, inner) as SelectState;
      select = state.statement as Select;
    }

    const entry = this.stack.at(-1) ?? noEnclosing();
    const needColumnExpressions =
      toplevel || !!entry.needResultMapForCompound || !!entry.needResultMapForNested;
    // of a compound the first SELECT names the result's columns
    const populateResultMap = needColumnExpressions && !compoundIndex;
    if (!populateResultMap) inner.addToResultMap = undefined;

    const froms = this.#pushSelect(select, state, entry, asfrom, lateral, compoundIndex);
    let text = "SELECT ";
    const byFrom = select._hints.size ? this.#selectHints(select) : undefined;
    const hintText = byFrom && this.getSelectHintText(byFrom);
    if (hintText) text += `${hintText} `;
    this.dispatchIndependentCtes(select, inner);
    if (select._prefixes.length) text += this.generatePrefixes(select._prefixes, inner);
    text += this.getSelectPrecolumns(select, inner);

    const columnOptions: RenderOptions = {
      ...inner,
      withinLabelClause: false,
      withinColumnsClause: true,
      includeTable: true,
      addToResultMap: populateResultMap ? this.addToResultMap : undefined,
    };
    const columns: string[] = [];
    for (const c of state.columnsPlusNames) {
      columns.push(
        this.labelSelectColumn(select, c.column, populateResultMap, asfrom, columnOptions, {
          name: c.requiredLabelName,
          proxyName: c.proxyName,
          fallbackLabelName: c.fallbackLabelName,
          columnIsRepeated: c.repeated,
          needColumnExpressions,
        }),
      );
    }
    if (populateResultMap && original) this.#retarget(state, original);

    text = this.composeSelectBody(text, select, state, columns, froms, byFrom, toplevel, inner);

    const statementHints = select._statementHints
      .filter(([dialect]) => dialect === "*" || dialect === this.dialect.name)
      .map(([, hint]) => hint);
    if (statementHints.length) text += ` ${this.getStatementHintText(statementHints)}`;
    // the CTEs of a compound stand in front of the whole
    const embedded = compoundIndex !== undefined || insertInto;
    if (this.hasCtes && (!embedded || toplevel)) text = this.renderCteClause(toplevel) + text;
    if (select._suffixes.length) text += ` ${this.generatePrefixes(select._suffixes, inner)}`;
    this.stack.pop();
    return text;
  }

  /** The result map of a SELECT in another shape leads to the columns of the original. */
  #retarget(state: SelectState, original: SelectState): void {
    const was = original.columnsPlusNames;
    const translate = new ElementMap<ColumnElement, ColumnElement>(
      state.columnsPlusNames.flatMap((c, i) => (was[i] ? [[c.column, was[i].column] as const] : [])),
    );
    this.resultColumns = this.resultColumns.map((entry) => ({
      ...entry,
      objects: entry.objects.map((o) => (o instanceof ClauseElement ? (translate.get(o) ?? o) : o)),
    }));
  }

  #selectHints(select: Select): Hints {
    const hints: Hints = new ElementMap();
    for (const { from, dialect, text } of select._hints) {
      if (dialect !== "*" && dialect !== this.dialect.name) continue;
      hints.set(from, formatHint(text, this.process(from, { ashint: true })));
    }
    return hints;
  }

  #displayFroms(
    state: SelectState,
    entry: StackEntry,
    asfrom: boolean,
    lateral: boolean,
  ): readonly FromClause[] {
    return asfrom && !lateral
      ? state._getDisplayFroms(entry.correlateFroms.difference(entry.asfromFroms), new ElementSet())
      : state._getDisplayFroms(entry.correlateFroms, entry.asfromFroms);
  }

  /** The FROM list a SELECT will have here, for dialects that must know before it is printed. */
  protected displayFromsForSelect(select: Select, asfrom: boolean, lateral = false): readonly FromClause[] {
    return this.#displayFroms(
      select._compileStateFactory(this, NO_OPTIONS) as SelectState,
      this.stack.at(-1) ?? noEnclosing(),
      asfrom,
      lateral,
    );
  }

  #pushSelect(
    select: Select,
    state: SelectState,
    entry: StackEntry,
    asfrom: boolean,
    lateral: boolean,
    compoundIndex: number | undefined,
  ): readonly FromClause[] {
    if (compoundIndex === 0) {
      entry.select0 = select;
    } else if (compoundIndex) {
      const expected = entry.select0!._allSelectedColumns.length;
      if (state.columnsPlusNames.length !== expected) {
        throw new CompileError(
          "All selectables passed to CompoundSelect must have identical numbers of columns; " +
            `select #1 has ${expected} columns, select #${compoundIndex + 1} has ${select._allSelectedColumns.length}`,
        );
      }
    }
    const froms = this.#displayFroms(state, entry, asfrom, lateral);
    const own = new ElementSet<FromClause>();
    for (const f of froms) own.update(f._fromObjects);
    this.stack.push({
      asfromFroms: own,
      correlateFroms: entry.correlateFroms.size ? own.union(entry.correlateFroms) : own,
      selectable: select,
      compileState: state,
    });
    return froms;
  }

  protected composeSelectBody(
    text: string,
    select: Select,
    _state: SelectState,
    columns: readonly string[],
    froms: readonly FromClause[],
    byFrom: Hints | undefined,
    toplevel: boolean,
    options: RenderOptions,
  ): string {
    const linter = this.newLinter(toplevel);
    text = columns.length ? text + columns.join(", ") : text.trimEnd();
    if (froms.length) {
      const from = { ...options, asfrom: true, fromhints: byFrom, fromLinter: linter };
      text += " \nFROM ";
      froms.forEach((f, i) => (text += i ? `, ${this.process(f, from)}` : this.process(f, from)));
    } else {
      text += this.defaultFrom();
    }
    if (select._whereCriteria.length) {
      const where = this.generateDelimitedAndList(
        select._whereCriteria,
        linter ? { ...options, fromLinter: linter } : options,
      );
      if (where) text += ` \nWHERE ${where}`;
    }
    this.lint(linter, "SELECT");
    if (select._groupByClauses.length) text += this.groupByClause(select, options);
    if (select._havingCriteria.length) {
      const having = this.generateDelimitedAndList(select._havingCriteria, options);
      if (having) text += ` \nHAVING ${having}`;
    }
    if (select._orderByClauses.length) text += this.orderByClause(select, options);
    if (select._hasRowLimitingClause) text += this.rowLimitClause(select, options);
    if (select._forUpdateArg) text += this.forUpdateClause(select, options);
    return text;
  }

  // -- clauses ----------------------------------------------------------------------------

  getSelectPrecolumns(select: Select, _options: RenderOptions): string {
    if (select._distinctOn.length) {
      host.warn(
        "SADeprecationWarning",
        "DISTINCT ON is currently supported only by the PostgreSQL dialect.  Use of DISTINCT ON for other backends is currently " +
          "silently ignored, however this usage is deprecated, and will raise CompileError in a future release for all backends that " +
          "do not support this syntax.",
      );
    }
    return select._distinct ? "DISTINCT " : "";
  }

  groupByClause(select: GenerativeSelect, options: RenderOptions): string {
    const text = this.generateDelimitedList(select._groupByClauses, ", ", options);
    return text && ` GROUP BY ${text}`;
  }

  orderByClause(select: GenerativeSelect, options: RenderOptions): string {
    const text = this.generateDelimitedList(select._orderByClauses, ", ", options);
    return text && ` ORDER BY ${text}`;
  }

  forUpdateClause(_select: GenerativeSelect, _options: RenderOptions): string {
    return " FOR UPDATE";
  }

  rowLimitClause(select: GenerativeSelect, options: RenderOptions): string {
    return select._fetchClause ? this.fetchClause(select, options) : this.limitClause(select, options);
  }

  limitClause(select: GenerativeSelect, options: RenderOptions): string {
    let text = "";
    if (select._limitClause) text += `\n LIMIT ${this.process(select._limitClause, options)}`;
    if (select._offsetClause) {
      if (!select._limitClause) text += "\n LIMIT -1";
      text += ` OFFSET ${this.process(select._offsetClause, options)}`;
    }
    return text;
  }

  /** OFFSET … FETCH FIRST. `how.fetchClause` where the fetch is not the statement's own. */
  fetchClause(select: GenerativeSelect, options: RenderOptions, how: FetchOptions = {}): string {
    const fetch = how.fetchClause ?? select._fetchClause;
    const { percent = false, withTies = false } = (how.fetchClause ? null : select._fetchClauseOptions) ?? {};
    const number = (clause: ColumnElement): string =>
      this.process(
        how.useLiteralExecuteForSimpleInt && select._simpleIntClause(clause)
          ? (clause as BindParameter).renderLiteralExecute()
          : clause,
        options,
      );
    let text = "";
    if (select._offsetClause) text += `\n OFFSET ${number(select._offsetClause)} ROWS`;
    else if (how.requireOffset) text += "\n OFFSET 0 ROWS";
    if (fetch)
      text += `\n FETCH FIRST ${number(fetch)}${percent ? " PERCENT" : ""} ROWS ${withTies ? "WITH TIES" : "ONLY"}`;
    return text;
  }

  // -- compounds and text --------------------------------------------------------------------

  visitCompoundSelect(given: CompoundSelect, options: RenderOptions): string {
    const { compoundIndex } = options;
    const inner = { ...options, compoundIndex: undefined };
    const toplevel = this.stack.length === 0;
    const state = given._compileStateFactory(this, inner) as CompileState;
    if (toplevel) this.compileState ??= state;
    const compound = state.statement as CompoundSelect;
    const entry = this.stack.at(-1) ?? noEnclosing();
    const needResultMap = toplevel || (!compoundIndex && !!entry.needResultMapForCompound);
    if (compoundIndex === 0) entry.select0 = given;
    this.stack.push({
      correlateFroms: entry.correlateFroms,
      asfromFroms: entry.asfromFroms,
      selectable: given,
      compileState: state,
      needResultMapForCompound: needResultMap,
    });
    this.dispatchIndependentCtes(compound, { ...inner, asfrom: undefined });
    const keyword = this.compoundKeyword(given.keyword);
    let text = given.selects
      .map((select, i) => this.process(select, { ...inner, compoundIndex: i }))
      .join(` ${keyword} `);
    const tail = { ...inner, asfrom: undefined, includeTable: false };
    text += this.groupByClause(given, { ...tail, asfrom: options.asfrom });
    text += this.orderByClause(given, tail);
    if (given._hasRowLimitingClause) text += this.rowLimitClause(given, tail);
    if (this.hasCtes) text = this.renderCteClause(toplevel, true) + text;
    this.stack.pop();
    return text;
  }

  /** "UNION ALL" … ; dialects have other words. */
  protected compoundKeyword(keyword: string): string {
    return keyword;
  }

  visitTextualSelect(textual: TextualSelect, options: RenderOptions): string {
    const toplevel = this.stack.length === 0;
    const entry = this.stack.at(-1) ?? noEnclosing();
    const inner = { ...options, asfrom: undefined, compoundIndex: undefined };
    this.stack.push({ correlateFroms: new ElementSet(), asfromFroms: new ElementSet(), selectable: textual });
    this.dispatchIndependentCtes(textual, inner);
    if (
      toplevel ||
      (options.compoundIndex === 0 && entry.needResultMapForCompound) ||
      entry.needResultMapForNested
    ) {
      this.orderedColumns = this.textualOrderedColumns = textual.positional;
      this.looseColumnNameMatching = !textual.positional && textual.columnArgs.length > 0;
      for (const column of textual.columnArgs)
        this.process(column, { withinColumnsClause: true, addToResultMap: this.addToResultMap });
    }
    let text = this.process(textual.element, inner);
    if (this.hasCtes) text = this.renderCteClause(toplevel) + text;
    this.stack.pop();
    return text;
  }
}

export interface FetchOptions {
  readonly fetchClause?: ColumnElement | undefined;
  readonly requireOffset?: boolean;
  readonly useLiteralExecuteForSimpleInt?: boolean;
}

/** `%(name)s` in a hint is the table's name as printed. */
export const formatHint = (hint: string, name: string): string =>
  hint.replace(/%\(name\)s|%%/g, (m) => (m === "%%" ? "%" : name));
