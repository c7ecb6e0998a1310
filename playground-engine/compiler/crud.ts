// Which columns an INSERT or UPDATE names, and what each is given.
//
// A column's value comes, in this order, from values() or the parameters of execute(), from the column's default
// (a parameter to be computed just before execution: "prefetch", or an SQL expression), or from the server. What
// the server makes is asked for by RETURNING, by lastrowid, or left to a later SELECT ("postfetch").
// Behaviour: sqlalchemy/sql/crud.py.
import { CompileError } from "../errors/index.ts";
import { host, type Value } from "../util/host.ts";
import { ElementMap, ElementSet } from "../sql/element-set.ts";
import { expectAsKey, isLiteral } from "../sql/coercions.ts";
import type { ColumnCollection } from "../sql/column-collection.ts";
import type { DMLStatement, Insert } from "../sql/dml.ts";
import type { DMLState, InsertDMLState, UpdateDMLState } from "../sql/dml-state.ts";
import { BindParameter } from "../sql/elements/bind.ts";
import type { ClauseElement } from "../sql/elements/clause.ts";
import type { ColumnElement } from "../sql/elements/column.ts";
import { ColumnClause } from "../sql/elements/column-clause.ts";
import { DMLColumnRole } from "../sql/roles.ts";
import type { Column } from "../sql/schema/column.ts";
import type { ColumnDefault, Sequence } from "../sql/schema/defaults.ts";
import type { Table } from "../sql/schema/table.ts";
import type { FromClause } from "../sql/selectable/from-clause.ts";
import { Select } from "../sql/selectable/select.ts";
import { isAnonymous } from "../sql/names.ts";
import type { DmlCompiler } from "./dml.ts";
import type { CrudParam } from "./insert-many-values.ts";
import { NO_OPTIONS, type RenderOptions } from "./render-options.ts";

/** The value of a parameter that execution must supply. */
export const REQUIRED: unique symbol = Symbol("REQUIRED");

export interface CrudParams {
  readonly singleParams: CrudParam[];
  /** All rows of a multi-row VALUES, the first included; else empty. */
  readonly allMultiParams: CrudParam[][];
  /** `INSERT INTO t (first) VALUES (DEFAULT)` stands for DEFAULT VALUES. */
  readonly isDefaultMetavalueOnly: boolean;
  readonly useInsertmanyvalues: boolean;
  readonly useSentinelColumns: readonly Column[] | null;
}

const params = (singleParams: CrudParam[], more: Partial<CrudParams> = {}): CrudParams => ({
  singleParams,
  allMultiParams: [],
  isDefaultMetavalueOnly: false,
  useInsertmanyvalues: false,
  useSentinelColumns: null,
  ...more,
});

/** Columns and values of a statement. Fills in the compiler's prefetch, postfetch and implicitReturning. */
export function getCrudParams(
  compiler: DmlCompiler,
  statement: DMLStatement,
  state: DMLState,
  toplevel: boolean,
  options: RenderOptions,
): CrudParams {
  compiler.postfetch = [];
  compiler.insertPrefetch = [];
  compiler.updatePrefetch = [];
  compiler.implicitReturning = [];
  // parameters of an INSERT within a CTE are none of the enclosing INSERT's values
  if (options.accumulateBindNames) options = { ...options, accumulateBindNames: undefined };
  return new CrudBuilder(compiler, statement, state, toplevel, options).build();
}

/** What of the server's making comes back, and how. */
interface ReturningModifiers {
  readonly needPks: boolean;
  readonly implicitReturning: boolean;
  readonly implicitReturnDefaults: ElementSet<ColumnElement> | null;
  readonly postfetchLastrowid: boolean;
  readonly useInsertmanyvalues: boolean;
  readonly useSentinelColumns: readonly Column[] | null;
}

/** Key of a column within parameters: its own key, or `table key` for the further tables of an UPDATE. */
type ColumnKey = string;
const FURTHER = "\u0000";

class CrudBuilder {
  readonly compiler: DmlCompiler;
  readonly statement: DMLStatement;
  readonly state: DMLState;
  readonly toplevel: boolean;
  readonly options: RenderOptions;
  readonly values: CrudParam[] = [];
  readonly parameters = new Map<ColumnKey, Value>();
  /** Columns of further tables that have been dealt with. */
  readonly checked = new Set<ColumnKey>();
  readonly furtherTables: ElementSet<FromClause> | null;

  constructor(
    compiler: DmlCompiler,
    statement: DMLStatement,
    state: DMLState,
    toplevel: boolean,
    options: RenderOptions,
  ) {
    this.compiler = compiler;
    this.statement = statement;
    this.state = state;
    this.toplevel = toplevel;
    this.options = options;
    const further = state.isupdate ? (state as UpdateDMLState)._extraFroms : [];
    this.furtherTables = further.length ? new ElementSet<FromClause>(further) : null;
  }

  // -- names ----------------------------------------------------------------------------

  #isFurther(
    column: unknown,
  ): column is ColumnClause & { readonly table: FromClause & { readonly name: string } } {
    const table = this.furtherTables && (column as ColumnClause).table;
    return !!table && this.furtherTables!.has(table);
  }

  /** The key for what stands left in values(); null for an expression. */
  #columnAsKey(key: string | ColumnElement): ColumnKey | null {
    const text = expectAsKey(DMLColumnRole, key) as string | null;
    return text !== null && typeof key !== "string" && this.#isFurther(key)
      ? key.table.name + FURTHER + text
      : text;
  }

  #keyOf(column: ColumnClause): ColumnKey {
    return this.#isFurther(column) ? column.table.name + FURTHER + column.key : column.key;
  }

  #bindName(column: ColumnClause): string {
    return this.#isFurther(column) ? `${column.table.name}_${column.key}` : column.key;
  }

  #formatColumn(column: ColumnElement): string {
    return this.compiler.preparer.formatColumn(column as ColumnClause, {
      useTable: this.state.includeTableWithColumnExprs ?? false,
    });
  }

  #add(column: ColumnElement, value: string | null, bindNames: Iterable<string> = [], name?: string): void {
    this.values.push({ column, name: name ?? this.#formatColumn(column), value, bindNames });
  }

  // -- parameters -----------------------------------------------------------------------

  #bindparam(column: ColumnElement, value: Value | typeof REQUIRED, name: string | null): BindParameter {
    const required = value === REQUIRED;
    const bind = new BindParameter(name, required ? null : value, { type: column.type, required });
    bind._isCrud = true;
    return bind;
  }

  #processBind(
    column: ColumnElement,
    value: Value | typeof REQUIRED,
    how: { name?: string; anonymous?: boolean } = {},
    options = this.options,
  ): string {
    return this.compiler.process(
      this.#bindparam(column, value, how.anonymous ? null : (how.name ?? column.key)),
      options,
    );
  }

  /** A parameter of values(): takes the name the engine expects of the column's, and the column's type. */
  #processValueBind(
    column: ColumnElement,
    bind: BindParameter,
    name: string,
    options: RenderOptions,
  ): string {
    if (!options.visitingCte && bind.unique && isAnonymous(bind.key))
      this.compiler.presetIdentifier("bindparam", bind.key, name);
    return this.compiler.process(
      bind.type.isNullType ? bind._withBinaryElementType(column.type) : bind,
      options,
    );
  }

  /** An SQL expression as a value: its text and the names of its parameters. */
  #processExpression(column: ColumnElement, expression: ClauseElement, grouped = true): void {
    const names = new Set<string>();
    const text = this.compiler.process(grouped ? expression.selfGroup() : expression, {
      ...this.options,
      accumulateBindNames: names,
    });
    this.#add(column, text, names);
  }

  #insertPrefetch(column: ColumnElement): void {
    this.#add(column, this.#processBind(column, null), [column.key as string]);
    this.compiler.insertPrefetch.push(column);
  }

  // -- the whole ------------------------------------------------------------------------

  build(): CrudParams {
    const { compiler, statement, state } = this;
    compiler.getBindNameForCol = (column) => this.#bindName(column);
    if (statement._returning.length && statement._returnDefaults) {
      throw new CompileError(
        "Can't compile statement that includes returning() and return_defaults() simultaneously",
      );
    }
    if (state.isdelete) {
      this.#deleteReturnDefaults();
      return params([]);
    }
    if (compiler.columnKeys === null && state._noParameters) return this.#allColumns();

    const tuples = this.#statementTuples();
    this.#collectParameters(tuples);
    if (state.isupdate && (state as UpdateDMLState).isMultitable) this.#multitableValues(tuples ?? []);
    let many = { useInsertmanyvalues: false, useSentinelColumns: null as readonly Column[] | null };
    if (state.isinsert && (statement as Insert)._selectNames?.length) this.#scanInsertFromSelect();
    else many = this.#scanColumns();
    if (tuples) this.#checkConsumed(tuples);

    if (state.isinsert && (state as InsertDMLState)._hasMultiParameters) {
      return params(this.values, { allMultiParams: this.#multiRows() });
    }
    if (!this.values.length && compiler.forExecutemany && compiler.dialect.supportsDefaultMetavalue) {
      const first = [...statement.table.c][0] as ColumnElement;
      if (!(first instanceof ColumnClause))
        throw new CompileError(`Can't create DML statement against column expression ${host.repr(first)}`);
      const only = {
        column: first,
        name: compiler.preparer.formatColumn(first),
        value: compiler.dialect.defaultMetavalueToken,
        bindNames: [],
      };
      return params([only], { ...many, isDefaultMetavalueOnly: true });
    }
    return params(this.values, many);
  }

  /** Neither values nor parameters: a parameter for each column (str() of a bare INSERT). */
  #allColumns(): CrudParams {
    const columns = [...this.statement.table.c].filter((c) => !(c as Column)._omitFromStatements);
    return params(
      columns.map((column) => ({
        column,
        name: this.compiler.preparer.formatColumn(column),
        value: this.#processBind(column, REQUIRED, {}, NO_OPTIONS),
        bindNames: [column.key as string],
      })),
    );
  }

  #statementTuples(): [string | ColumnElement, Value][] | null {
    const state = this.state;
    if (state.isinsert && (state as InsertDMLState)._hasMultiParameters)
      return [...state._multiParameters![0]!];
    if (state._orderedValues?.length) return [...state._orderedValues] as [string | ColumnElement, Value][];
    return state._dictParameters?.size ? [...state._dictParameters] : null;
  }

  /** Parameters of execute() that the statement does not give itself, then the statement's own. */
  #collectParameters(tuples: [string | ColumnElement, Value][] | null): void {
    const given = new Set<string | null>(tuples?.map(([key]) => this.#columnAsKey(key)));
    for (const key of this.compiler.columnKeys ?? [])
      if (!given.has(key)) this.parameters.set(this.#columnAsKey(key)!, REQUIRED);
    for (const [key, value] of tuples ?? []) {
      const name = this.#columnAsKey(key);
      if (name !== null) {
        if (!this.parameters.has(name)) this.parameters.set(name, value);
      } else {
        this.#expressionTarget(key as ColumnElement, value);
      }
    }
  }

  /** `values({array[1]: 5})`: an expression is assigned to. */
  #expressionTarget(target: ColumnElement, value: Value): void {
    const { compiler, options } = this;
    const name = compiler.process(target, {
      ...NO_OPTIONS,
      includeTable: this.state.includeTableWithColumnExprs ?? false,
    });
    let text: string;
    if (isLiteral(value)) {
      text = compiler.process(new BindParameter(null, value, { type: target.type }), options);
    } else {
      let element = value as ClauseElement;
      if (element instanceof BindParameter && element.type.isNullType)
        element = element._withBinaryElementType(target.type);
      text = compiler.process(element.selfGroup(), options);
    }
    this.#add(target, text, [], name);
  }

  #checkConsumed(tuples: [string | ColumnElement, Value][]): void {
    const named = new Set(tuples.map(([key]) => this.#columnAsKey(key)));
    const left = [...this.parameters.keys()].filter((key) => named.has(key) && !this.checked.has(key));
    if (!left.length) return;
    if (this.state.isupdate) this.#checkTablesMentioned(tuples);
    const names = left.map((key) =>
      key.includes(FURTHER) ? host.str(host.makeTuple(key.split(FURTHER))) : key,
    );
    throw new CompileError(`Unconsumed column names: ${names.join(", ")}`);
  }

  #checkTablesMentioned(tuples: [string | ColumnElement, Value][]): void {
    const state = this.state as UpdateDMLState;
    const qualified = this.compiler.renderTableWithColumnInUpdateFrom;
    const mentioned = new ElementSet<FromClause>();
    for (const [key] of tuples) if (key instanceof ColumnClause && key.table) mentioned.add(key.table);
    mentioned.delete(state.dmlTable);
    if (!mentioned.size) return;
    const describe = (tables: Iterable<FromClause>): string =>
      [...tables].map((t) => `'${t.description}'`).join(", ");
    if (!state.isMultitable || !qualified) {
      const preamble = qualified
        ? "Statement is not a multi-table UPDATE statement"
        : "Backend does not support additional tables in the SET clause";
      throw new CompileError(
        `${preamble}; cannot include columns from table(s) ${describe(mentioned)} in SET clause`,
      );
    }
    const missing = mentioned.difference(state._extraFroms);
    if (missing.size)
      throw new CompileError(`Multi-table UPDATE statement does not include table(s) ${describe(missing)}`);
  }

  // -- column by column -------------------------------------------------------------------

  #scanColumns(): { useInsertmanyvalues: boolean; useSentinelColumns: readonly Column[] | null } {
    const { compiler, statement, state } = this;
    const modifiers = this.#returningModifiers();
    const supplemental = new ElementSet<ColumnElement>(statement._supplementalReturning ?? []);
    const returning = compiler.implicitReturning!;
    for (const column of this.#columnsInOrder()) {
      const key = this.#keyOf(column);
      if (this.parameters.has(key) && !this.checked.has(key)) this.#fromParameter(column, key, modifiers);
      else if (state.isinsert) this.#insertWithoutParameter(column, modifiers);
      else if (state.isupdate) this.#updateWithoutParameter(column, modifiers);
      // in the table's order, so that statements of the same columns are the same
      if (supplemental.has(column) && !returning.some((c) => c.hash === column.hash)) returning.push(column);
    }
    if (supplemental.size) {
      const rest = supplemental.difference(returning);
      returning.push(...rest);
    }
    return modifiers;
  }

  #columnsInOrder(): Iterable<Column> {
    const columns = this.statement.table.c as ColumnCollection<Column>;
    const ordering = this.state._parameterOrdering;
    if (!ordering?.length) return columns;
    const keys = ordering.map((key) => this.#columnAsKey(key));
    const first = keys
      .filter((key): key is string => key !== null && columns.has(key))
      .map((key) => columns.get(key)!);
    return [...first, ...[...columns].filter((c) => !keys.includes(c.key))];
  }

  #fromParameter(column: Column, key: ColumnKey, how: ReturningModifiers): void {
    const { compiler, state } = this;
    const value = this.parameters.get(key);
    this.parameters.delete(key);
    const names = new Set<string>();
    const options = { ...this.options, accumulateBindNames: names };
    const bindName =
      state.isinsert && (state as InsertDMLState)._hasMultiParameters
        ? `${this.#bindName(column)}_m0`
        : this.#bindName(column);
    let text: string;
    if (value === REQUIRED || isLiteral(value)) {
      if (this.#nullStillAutoincrements(column)) {
        if (how.postfetchLastrowid) compiler.postfetchLastrowid = true;
        else if (how.implicitReturning) compiler.implicitReturning!.push(column);
      }
      text = this.#processBind(column, value, { name: bindName, anonymous: !!options.visitingCte }, options);
    } else if (value instanceof BindParameter) {
      if (value.value === null && this.#nullStillAutoincrements(column)) this.#fetchPrimaryKey(column, how);
      text = this.#processValueBind(column, value, bindName, options);
    } else {
      text = compiler.process((value as ColumnElement).selfGroup(), options);
      if (!state.isupdate && column.primaryKey) this.#fetchPrimaryKey(column, how);
      else this.#fetchLater(column, how);
    }
    this.#add(column, text, names);
  }

  /** A NULL given for the autoincrement column still makes the database count. */
  #nullStillAutoincrements(column: Column): boolean {
    const { state, statement, compiler } = this;
    return (
      state.isinsert &&
      !(state as InsertDMLState)._hasMultiParameters &&
      compiler.dialect.insertNullPkStillAutoincrements &&
      column.primaryKey &&
      column === autoincrementColumn(statement.table)
    );
  }

  #fetchPrimaryKey(column: Column, how: ReturningModifiers): void {
    if (how.implicitReturning) this.compiler.implicitReturning!.push(column);
    else if (this.compiler.dialect.postfetchLastrowid) this.compiler.postfetchLastrowid = true;
  }

  /** By RETURNING where defaults are to come back, else by a SELECT when somebody asks. */
  #fetchLater(column: Column, how: ReturningModifiers): void {
    if (how.implicitReturnDefaults?.has(column)) this.compiler.implicitReturning!.push(column);
    else this.compiler.postfetch!.push(column);
  }

  /** The same for an INSERT: a SELECT by primary key cannot bring the primary key. */
  #fetchLaterUnlessKey(column: Column, how: ReturningModifiers): void {
    if (how.implicitReturnDefaults?.has(column)) this.compiler.implicitReturning!.push(column);
    else if (!column.primaryKey) this.compiler.postfetch!.push(column);
  }

  #usesSequence(column: Column): boolean {
    const { dialect } = this.compiler;
    const sequence = column.default as Sequence;
    return dialect.supportsSequences && (!sequence.optional || !dialect.sequencesOptional);
  }

  #insertWithoutParameter(column: Column, how: ReturningModifiers): void {
    const autoincrement = autoincrementColumn(this.statement.table);
    if (column.primaryKey && how.needPks) {
      if (how.implicitReturning) this.#primaryKeyReturning(column, autoincrement);
      else this.#primaryKeyNoReturning(column, autoincrement);
    } else if (column.default) {
      if (!column.default.isSentinel || how.useSentinelColumns) this.#insertDefault(column, how);
    } else if (column.serverDefault) {
      this.#fetchLaterUnlessKey(column, how);
    } else if (how.implicitReturnDefaults?.has(column)) {
      this.compiler.implicitReturning!.push(column);
    } else if (column.primaryKey && column !== autoincrement && !column.nullable) {
      warnNoAnticipatedValue(column);
    }
  }

  #primaryKeyReturning(column: Column, autoincrement: Column | null): void {
    const { compiler } = this;
    const generator = column.default;
    if (generator?.isSequence) {
      if (this.#usesSequence(column))
        this.#processExpression(column, generator as unknown as ClauseElement, false);
      compiler.implicitReturning!.push(column);
    } else if (generator?.isClauseElement) {
      this.#processExpression(column, clauseOf(generator));
      compiler.implicitReturning!.push(column);
    } else if (generator) {
      this.#insertPrefetch(column);
    } else if (column === autoincrement || column.serverDefault) {
      compiler.implicitReturning!.push(column);
    } else if (!column.nullable) {
      warnNoAnticipatedValue(column);
    }
  }

  #primaryKeyNoReturning(column: Column, autoincrement: Column | null): void {
    const { dialect } = this.compiler;
    const generator = column.default;
    const runsDefault = !!generator && (!generator.isSequence || this.#usesSequence(column));
    const runsAutoincrement =
      column === autoincrement &&
      !dialect.postfetchLastrowid &&
      (generator
        ? generator.isSequence && dialect.supportsSequences
        : dialect.preexecuteAutoincrementSequences);
    if (runsDefault || runsAutoincrement) this.#insertPrefetch(column);
    else if (!generator && !column.serverDefault && !column.nullable && column !== autoincrement)
      warnNoAnticipatedValue(column);
    else if (dialect.postfetchLastrowid) this.compiler.postfetchLastrowid = true;
  }

  #insertDefault(column: Column, how: ReturningModifiers): void {
    const generator = column.default!;
    if (generator.isSequence) {
      if (!this.#usesSequence(column)) return;
      this.#processExpression(column, generator as unknown as ClauseElement, false);
      this.#fetchLaterUnlessKey(column, how);
    } else if (generator.isClauseElement) {
      this.#processExpression(column, clauseOf(generator));
      this.#fetchLaterUnlessKey(column, how);
    } else {
      this.#insertPrefetch(column);
    }
  }

  #updateWithoutParameter(column: Column, how: ReturningModifiers): void {
    const { compiler, statement } = this;
    const generator = column.onupdate;
    if (generator && !generator.isSequence) {
      if (generator.isClauseElement) {
        this.#add(column, compiler.process(clauseOf(generator).selfGroup(), this.options));
        this.#fetchLater(column, how);
      } else {
        this.#add(column, this.#processBind(column, null), [column.key]);
        compiler.updatePrefetch.push(column);
      }
    } else if (column.serverOnupdate) {
      this.#fetchLater(column, how);
    } else if (
      how.implicitReturnDefaults?.has(column) &&
      (statement._returnDefaultsColumns?.length || !statement._returnDefaults)
    ) {
      compiler.implicitReturning!.push(column);
    }
  }

  // -- INSERT FROM SELECT -------------------------------------------------------------------

  #scanInsertFromSelect(): void {
    const { compiler } = this;
    const statement = this.statement as Insert;
    const columns = [...statement._selectNames!].map(
      (name) => (statement.table.c as ColumnCollection<Column>).getitem(this.#columnAsKey(name)!) as Column,
    );
    const entry = compiler.stack.at(-1)!;
    entry.insertFromSelect = statement._select!;
    if (statement.includeInsertFromSelectDefaults) {
      const named = new Set(columns);
      for (const column of statement.table.c as Iterable<Column>) {
        if (!named.has(column) && column.default && !column.default.isSentinel) columns.push(column);
      }
    }
    const further: { column: Column; name: string; expression: ColumnElement; bindNames: string[] }[] = [];
    for (const column of columns) {
      const key = this.#keyOf(column);
      const name = compiler.preparer.formatColumn(column);
      if (this.parameters.has(key) && !this.checked.has(key)) {
        this.parameters.delete(key);
        this.#add(column, null, [], name);
        continue;
      }
      const generator = column.default!;
      if (generator.isSequence) {
        if (this.#usesSequence(column))
          further.push({ column, name, expression: (generator as Sequence).nextValue(), bindNames: [] });
      } else if (generator.isClauseElement) {
        further.push({
          column,
          name,
          expression: clauseOf(generator).selfGroup() as ColumnElement,
          bindNames: [],
        });
      } else {
        further.push({
          column,
          name,
          expression: this.#bindparam(column, null, column.key),
          bindNames: [column.key],
        });
        compiler.insertPrefetch.push(column);
      }
    }
    if (!further.length) return;
    for (const f of further) this.#add(f.column, null, f.bindNames, f.name);
    if (!(statement._select instanceof Select)) {
      throw new CompileError(
        "Can't extend statement for INSERT..FROM SELECT to include additional default-holding column(s) " +
          `${further.map((f) => host.repr(f.name)).join(", ")}.  Convert the selectable to a subquery() first, or pass ` +
          "include_defaults=False to Insert.from_select() to skip these columns.",
      );
    }
    const select = statement._select._generate();
    select._rawColumns = [...select._rawColumns, ...further.map((f) => f.expression)];
    entry.insertFromSelect = select;
  }

  // -- several rows, several tables -----------------------------------------------------------

  /** All rows of a multi-row VALUES; each has the columns of the first. */
  #multiRows(): CrudParam[][] {
    const anonymous = !!this.options.visitingCte;
    const rows = [this.values];
    const multi = this.state._multiParameters!;
    for (let i = 1; i < multi.length; i++) {
      const row = new Map<ColumnKey | null, Value>();
      for (const [key, value] of multi[i]!) row.set(this.#columnAsKey(key), value);
      rows.push(
        this.values.map((first) => {
          const column = first.column as Column;
          const value = row.get(column.key);
          let text: string;
          if (value === undefined) text = this.#multiRowDefault(column, i - 1);
          else if (isLiteral(value))
            text = this.#processBind(column, value, { name: `${column.key}_m${i}`, anonymous });
          else text = this.compiler.process((value as ColumnElement).selfGroup(), this.options);
          return { ...first, value: text };
        }),
      );
    }
    return rows;
  }

  #multiRowDefault(column: Column, index: number): string {
    const generator = column.default;
    if (!generator) {
      throw new CompileError(
        `INSERT value for column ${column} is explicitly rendered as a boundparameter in the VALUES clause; ` +
          "a Python-side value or SQL expression is required",
      );
    }
    if (generator.isClauseElement)
      return this.compiler.process(clauseOf(generator).selfGroup(), this.options);
    if (generator.isSequence)
      return this.compiler.process(generator as unknown as ClauseElement, this.options);
    const copy = new MultiparamColumn(column, index);
    const text = this.#processBind(copy as unknown as ColumnElement, null);
    this.compiler.insertPrefetch.push(copy as unknown as ColumnElement);
    return text;
  }

  /** SET of columns of the further tables of an UPDATE. */
  #multitableValues(tuples: [string | ColumnElement, Value][]): void {
    const { compiler, options } = this;
    const state = this.state as UpdateDMLState;
    const includeTable = state.includeTableWithColumnExprs;
    const given = new ElementMap<ColumnElement, Value>();
    for (const [key, value] of tuples) if (typeof key !== "string") given.set(key, value);
    const affected: FromClause[] = [];
    const target = (column: ColumnElement): string =>
      compiler.process(column, { ...NO_OPTIONS, includeTable });
    for (const table of state._extraFroms) {
      for (const column of table.c as Iterable<Column>) {
        if (!given.has(column)) continue;
        if (!includeTable && !state.dmlTable.isDerivedFrom(table)) {
          throw new CompileError(
            `Backend does not support additional tables in the SET clause; cannot include columns from table(s) '${table.description}' in SET clause`,
          );
        }
        if (!affected.includes(table)) affected.push(table);
        this.checked.add(this.#keyOf(column));
        const value = given.get(column);
        const name = target(column);
        const bindName = this.#bindName(column);
        if (isLiteral(value)) {
          this.#add(column, this.#processBind(column, value, { name: bindName }), [column.key], name);
        } else if (value instanceof BindParameter) {
          this.#add(column, this.#processValueBind(column, value, bindName, options), [bindName], name);
        } else {
          compiler.postfetch!.push(column);
          this.#add(column, compiler.process((value as ColumnElement).selfGroup(), options), [], name);
        }
      }
    }
    for (const table of affected) {
      for (const column of table.c as Iterable<Column>) {
        if (given.has(column)) continue;
        const generator = column.onupdate;
        if (generator && !generator.isSequence) {
          if (generator.isClauseElement) {
            this.#add(column, compiler.process(clauseOf(generator).selfGroup(), options), [], target(column));
            compiler.postfetch!.push(column);
          } else {
            this.#add(
              column,
              this.#processBind(column, null, { name: this.#bindName(column) }),
              [column.key],
              target(column),
            );
            compiler.updatePrefetch.push(column);
          }
        } else if (column.serverOnupdate) {
          compiler.postfetch!.push(column);
        }
      }
    }
  }

  // -- RETURNING ------------------------------------------------------------------------------

  #deleteReturnDefaults(): void {
    const { compiler, statement } = this;
    const { implicitReturnDefaults } = this.#returningModifiers();
    if (!implicitReturnDefaults) return;
    const returning = compiler.implicitReturning!;
    if (statement._returnDefaultsColumns?.length) returning.push(...implicitReturnDefaults);
    const there = new ElementSet<ColumnElement>(returning);
    for (const column of statement._supplementalReturning ?? [])
      if (!there.has(column)) returning.push(column);
  }

  #returningModifiers(): ReturningModifiers {
    const { compiler, statement, state, toplevel } = this;
    const { dialect } = compiler;
    const multi = state.isinsert && (state as InsertDMLState)._hasMultiParameters;
    const explicit = statement._returning.length > 0;
    const needPks =
      toplevel &&
      state.isinsert &&
      !(statement as Insert)._inline &&
      (!compiler.forExecutemany || (dialect.insertExecutemanyReturning && !!statement._returnDefaults)) &&
      !explicit &&
      !multi;
    let postfetchLastrowid =
      needPks && dialect.postfetchLastrowid && autoincrementColumn(statement.table) !== null;
    const allowed = (): boolean =>
      implicitReturningOf(state._primaryTable) && state._supportsImplicitReturning;
    // lastrowid is faster than RETURNING where both would do
    const implicitReturning =
      needPks &&
      dialect.insertReturning &&
      allowed() &&
      (!postfetchLastrowid || dialect.favorReturningOverLastrowid || multi || statement._returnDefaults);
    if (implicitReturning) postfetchLastrowid = false;

    let returnDefaults = false;
    let useInsertmanyvalues = false;
    let useSentinelColumns: readonly Column[] | null = null;
    if (state.isinsert) {
      returnDefaults = implicitReturning && statement._returnDefaults;
      const returns = returnDefaults || explicit || !!statement._supplementalReturning?.length;
      useInsertmanyvalues =
        toplevel &&
        compiler.forExecutemany &&
        dialect.useInsertmanyvalues &&
        (returns || (dialect.useInsertmanyvaluesWoReturning && !(statement as Insert)._postValuesClause));
      if (useInsertmanyvalues && returns && (statement as Insert)._sortByParameterOrder) {
        useSentinelColumns = compiler.getSentinelColumnForTable(statement.table as Table);
      }
    } else {
      returnDefaults =
        statement._returnDefaults &&
        allowed() &&
        (state.isupdate ? dialect.updateReturning : dialect.deleteReturning);
    }
    const wanted = statement._returnDefaultsColumns;
    return {
      needPks,
      implicitReturning: implicitReturning || returnDefaults,
      implicitReturnDefaults: returnDefaults
        ? new ElementSet<ColumnElement>(wanted?.length ? wanted : statement.table.c)
        : null,
      postfetchLastrowid,
      useInsertmanyvalues,
      useSentinelColumns,
    };
  }
}

/** The column whose key the database counts up; null for a table() that knows of none. Throws AttributeError for an alias, into which no rows go. */
function autoincrementColumn(table: FromClause): Column | null {
  refuseNoTable(table, "_autoincrement_column");
  return (table as FromClause & Partial<Pick<Table, "_autoincrementColumn">>)._autoincrementColumn ?? null;
}

/** `Table(implicit_returning=False)` forbids RETURNING that nobody asked for. */
function implicitReturningOf(table: FromClause): boolean {
  if (table.visitName !== "alias") refuseNoTable(table, "implicit_returning");
  return (table as FromClause & { readonly implicitReturning?: boolean }).implicitReturning ?? true;
}

/** An alias, or what a class stands for that loads its subclasses along, is no table that could be asked. @throws AttributeError */
function refuseNoTable(table: FromClause, attribute: string): void {
  const { visitName } = table;
  if (visitName !== "alias" && visitName !== "join") return;
  const name = `${table._annotations.size > 0 ? "Annotated" : ""}${visitName === "alias" ? "Alias" : "Join"}`;
  throw host.error("AttributeError", `'${name}' object has no attribute '${attribute}'`);
}

/** The SQL expression of a default. */
const clauseOf = (generator: ColumnDefault | Sequence): ColumnElement =>
  (generator as ColumnDefault).arg as ColumnElement;

/** A defaulted column in a further row of VALUES: its parameter has a name of its own. */
export class MultiparamColumn {
  readonly isMultiparamColumn = true;
  readonly original: Column;
  readonly index: number;
  readonly key: string;
  constructor(original: Column, index: number) {
    this.original = original;
    this.index = index;
    this.key = `${original.key}_m${index + 1}`;
  }
  get default(): Column["default"] {
    return this.original.default;
  }
  get type(): Column["type"] {
    return this.original.type;
  }
  get hash(): number {
    return this.original.hash;
  }
}

function warnNoAnticipatedValue(column: Column): void {
  const table = column.table as Table;
  let text =
    `Column '${table.fullname}.${column.name}' is marked as a member of the primary key for table '${table.fullname}', ` +
    "but has no Python-side or server-side default generator indicated, nor does it indicate 'autoincrement=True' or 'nullable=True', " +
    "and no explicit value is passed.  Primary key columns typically may not store NULL.";
  if ([...table.primaryKey].length > 1) {
    text +=
      " Note that as of SQLAlchemy 1.1, 'autoincrement=True' must be indicated explicitly for composite (e.g. multicolumn) primary " +
      "keys if AUTO_INCREMENT/SERIAL/IDENTITY behavior is expected for one of the columns in the primary key. CREATE TABLE statements " +
      "are impacted by this change as well on most backends.";
  }
  host.warn("SAWarning", text);
}
