// select(). Behaviour: SQLAlchemy sql/selectable.py (Select).
import { ArgumentError, warnDeprecated } from "../../errors/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { CompileState, conditionsBy, Executable, fromObjects, type CacheableOptions } from "../base.ts";
import type { CacheKeyBuilder } from "../cache-key.ts";
import { ColumnCollection, type ColumnSet, type ReadOnlyColumnCollection } from "../column-collection.ts";
import { expect, expectColumns, expressionCollectionWasAList } from "../coercions.ts";
import { ElementMap, ElementSet } from "../element-set.ts";
import { late } from "../late.ts";
import { defaults, mixin } from "../mixin.ts";
import type { Against } from "../operators.ts";
import * as roles from "../roles.ts";
import {
  specCacheKey,
  specChildren,
  specCopyInternals,
  type SetupJoin,
  type TraverseSpec,
} from "../traverse-spec.ts";
import type { TypeEngine } from "../types/engine.ts";
import { typeLate } from "../types/type-late.ts";
import { Visitable, type CloneOptions, type Traversible, type TraverseOptions } from "../visitable.ts";
import { BooleanClauseList } from "../elements/binary.ts";
import type { ClauseElement } from "../elements/clause.ts";
import { isColumnElement, type ColumnElement } from "../elements/column.ts";
import { CompoundSelect } from "./compound.ts";
import type { FromClause } from "./from-clause.ts";
import { HasCTE } from "./has-cte.ts";
import { HasHints, HasPrefixes, HasSuffixes } from "./has-parts.ts";
import { columnsOf, Join } from "./join.ts";
import { LABEL_STYLE_DISAMBIGUATE_ONLY, LABEL_STYLE_NONE } from "./label-style.ts";
import { CLONE_ANNOTATIONS, GenerativeSelect, SelectStatementGrouping } from "./select-base.ts";
import { SelectState, type SelectStateClass } from "./select-state.ts";
import { columnNamingConvention } from "./columns-plus-names.ts";

/** Columns, joins and options as they were before with_only_columns(): joins start from them all the same. */
export class MemoizedSelectEntities extends Visitable implements Traversible {
  static override readonly visitName: string = "memoized_select_entities";
  static readonly traverse: TraverseSpec = [
    ["_rawColumns", "clauses"],
    ["_setupJoins", "setup-joins"],
    ["_withOptions", "options"],
  ];
  _rawColumns: readonly ColumnElement[];
  _setupJoins: readonly SetupJoin[];
  _withOptions: Select["_withOptions"];
  readonly _annotations: ReadonlyMap<string, unknown> = new Map();
  readonly _isImmutable = false;

  constructor(from: Select) {
    super();
    this._rawColumns = from._rawColumns;
    this._setupJoins = from._setupJoins;
    this._withOptions = from._withOptions;
  }

  _clone(): this {
    return Object.assign(Object.create(Object.getPrototypeOf(this) as object) as this, this);
  }
  _copyInternals(options: CloneOptions = {}): void {
    specCopyInternals(this, options);
  }
  getChildren(): Iterable<Traversible> {
    return specChildren(this);
  }
  _genCacheKey(b: CacheKeyBuilder): void {
    specCacheKey(this, b);
  }

  /** Move what a statement has into its memoized entities. */
  static _generateForStatement(statement: Select): void {
    if (!statement._setupJoins.length && !statement._withOptions.length) return;
    statement._memoizedSelectEntities = [
      ...statement._memoizedSelectEntities,
      new MemoizedSelectEntities(statement),
    ];
    statement._rawColumns = [];
    statement._setupJoins = [];
    statement._withOptions = [];
  }
}

export interface JoinOptions {
  readonly isouter?: boolean;
  readonly full?: boolean;
}

export interface Select extends HasPrefixes, HasSuffixes, HasHints, Executable {
  readonly isSelect: boolean;
  readonly isDml: boolean;
  readonly supportsExecution: boolean;
  _generate(): this;
  get visitName(): string;
}

export class Select extends GenerativeSelect {
  static override readonly visitName: string = "select";
  static override readonly traverse: TraverseSpec = [
    ["_rawColumns", "clauses"],
    ["_memoizedSelectEntities", "memoized-entities"],
    ["_fromObj", "clauses"],
    ["_whereCriteria", "clauses"],
    ["_havingCriteria", "clauses"],
    ["_orderByClauses", "clauses"],
    ["_groupByClauses", "clauses"],
    ["_setupJoins", "setup-joins"],
    ["_correlate", "clauses"],
    ["_correlateExcept", "clauses"],
    ["_limitClause", "clause"],
    ["_offsetClause", "clause"],
    ["_fetchClause", "clause"],
    ["_fetchOptionFlags", "plain"],
    ["_forUpdateArg", "clause"],
    ["_distinct", "boolean"],
    ["_distinctOn", "clauses"],
    ["_labelStyle", "plain"],
    ...HasCTE.cteTraverse,
    ...HasPrefixes.prefixTraverse,
    ...HasSuffixes.suffixTraverse,
    ...HasHints.hintTraverse,
    ...CLONE_ANNOTATIONS,
    ...Executable.traverse,
    ["_dialectOptions", "dialect-options"],
  ];
  static override readonly cacheTraverse: TraverseSpec = [
    ...Select.traverse,
    ["_compileOptions", "cache-key"],
  ];
  static {
    roles.playsRoles(this, roles.StatementRole);
    mixin(this, HasPrefixes, HasSuffixes, HasHints, Executable);
  }

  _rawColumns: readonly ColumnElement[];
  declare _setupJoins: readonly SetupJoin[];
  declare _memoizedSelectEntities: readonly MemoizedSelectEntities[];
  declare _distinct: boolean;
  declare _distinctOn: readonly ColumnElement[];
  declare _correlate: readonly FromClause[];
  declare _correlateExcept: readonly FromClause[] | null;
  declare _whereCriteria: readonly ColumnElement[];
  declare _havingCriteria: readonly ColumnElement[];
  declare _fromObj: readonly FromClause[];
  declare _autoCorrelate: boolean;
  declare _compileOptions: CacheableOptions;

  constructor(entities: readonly Value[] = []) {
    super();
    this._rawColumns = expectColumns(entities, { applyPropagateAttrs: this });
  }

  /** A SELECT of parts that are ready. @internal */
  static _createRawSelect(parts: Partial<Select>): Select {
    return Object.assign(new Select(), parts);
  }

  private get plugin(): SelectStateClass {
    return CompileState.getPluginClass(this) as SelectStateClass;
  }

  /** @internal the compile state by the plugin of the statement's entities */
  _compileStateFactory(compiler: unknown, options?: unknown): SelectState {
    return CompileState.createForStatement(this, compiler, options) as SelectState;
  }

  override _scalarType(): TypeEngine {
    for (const first of this._rawColumns) for (const c of first._selectIterable) return c.type;
    return typeLate.nullType;
  }

  // -- WHERE and the like ------------------------------------------------------------------------

  where(whereclause: readonly Value[]): this {
    const made = this._generate();
    made._whereCriteria = criteria(made, made._whereCriteria, whereclause);
    return made;
  }

  filter(whereclause: readonly Value[]): this {
    return this.where(whereclause);
  }

  _filterByZero(): Value {
    if (this._setupJoins.length) {
      const last = this.plugin.determineLastJoinedEntity(this);
      if (last !== null && last !== undefined) return last;
    }
    return this._fromObj[0] ?? this._rawColumns[0];
  }

  filterBy(kwargs: Kwargs): this {
    const entity = this._filterByZero();
    return this.filter(conditionsBy(entity, kwargs));
  }

  having(having: readonly Value[]): this {
    const made = this._generate();
    made._havingCriteria = criteria(made, made._havingCriteria, having);
    return made;
  }

  get whereclause(): ColumnElement | null {
    return BooleanClauseList._constructForWhereclause(this._whereCriteria);
  }

  distinct(expr: readonly Value[] = []): this {
    const made = this._generate();
    made._distinct = true;
    if (expr.length)
      made._distinctOn = [
        ...made._distinctOn,
        ...expr.map((e) => expect(roles.ByOfRole, e, { applyPropagateAttrs: made })),
      ];
    return made;
  }

  // -- columns -------------------------------------------------------------------------------------

  get columnDescriptions(): readonly unknown[] {
    return this.plugin.getColumnDescriptions(this);
  }

  fromStatement(statement: Value): unknown {
    return this.plugin.fromStatement(this, statement);
  }

  get innerColumns(): Iterable<ColumnElement> {
    return this._allSelectedColumns;
  }

  addColumns(entities: readonly Value[]): this {
    const made = this._generate();
    made._rawColumns = [...made._rawColumns, ...expectColumns(entities, { applyPropagateAttrs: made })];
    return made;
  }

  /** Deprecated: add_columns() */
  column(column: Value): this {
    warnDeprecated(
      "The Select.column() method is deprecated and will be removed in a future release.  Please use Select.add_columns() (deprecated since: 1.4)",
    );
    return this.addColumns([column]);
  }

  /** @internal */
  _setEntities(entities: readonly Value[]): void {
    this._rawColumns = expectColumns(entities, { applyPropagateAttrs: this });
  }

  /** Without columns that say the same as another. */
  reduceColumns(onlySynonyms = true): this {
    return this.withOnlyColumns(
      late.reduceColumns(this._allSelectedColumns, [...this._whereCriteria, ...this._fromObj], {
        onlySynonyms,
      }),
    );
  }

  withOnlyColumns(
    entities: readonly Value[],
    options: { readonly maintainColumnFroms?: boolean } = {},
  ): this {
    let made = this._generate();
    if (options.maintainColumnFroms) made = made.selectFrom(this.columnsClauseFroms);
    MemoizedSelectEntities._generateForStatement(made);
    const given = expressionCollectionWasAList("entities", "Select.with_only_columns", entities);
    made._rawColumns = expectColumns([...(Array.isArray(given) ? given : (host.iterate(given) ?? []))]);
    return made;
  }

  override get selectedColumns(): ColumnCollection {
    const memos = this._memos;
    if (memos["selectedColumns"] === undefined) {
      const keyOf = columnNamingConvention(this._labelStyle);
      memos["selectedColumns"] = new ColumnCollection(
        this._allSelectedColumns.filter(isColumnElement).map((c) => [keyOf(c), c] as const),
      ).asReadonly();
    }
    return memos["selectedColumns"] as ReadOnlyColumnCollection;
  }

  override get _allSelectedColumns(): readonly ColumnElement[] {
    const memos = this._memos;
    return (memos["allSelectedColumns"] ??= this.plugin.allSelectedColumns(this)) as readonly ColumnElement[];
  }

  override _ensureDisambiguatedNames(): this {
    return this._labelStyle === LABEL_STYLE_NONE ? this.setLabelStyle(LABEL_STYLE_DISAMBIGUATE_ONLY) : this;
  }

  override _generateFromclauseColumnProxies(
    fromclause: FromClause,
    columns: ColumnCollection,
    primaryKey: ColumnSet,
    foreignKeys: Set<unknown>,
    compoundColumns?: readonly ColumnElement[][],
  ): void {
    columns._populateSeparateKeys(proxiesOf(this, fromclause, primaryKey, foreignKeys, compoundColumns));
  }

  // -- FROM ------------------------------------------------------------------------------------------

  private withJoin(target: Value, onclause: Value, from: Value, options: JoinOptions): this {
    const made = this._generate();
    const left = from === null ? null : expect(roles.FromClauseRole, from, { applyPropagateAttrs: made });
    const right = expect(roles.JoinTargetRole, target, { applyPropagateAttrs: made });
    const on = onclause === null || onclause === undefined ? null : expect(roles.OnClauseRole, onclause);
    const flags = { isouter: options.isouter ?? false, full: options.full ?? false };
    made._setupJoins = [...made._setupJoins, [right, on, left, flags]];
    return made;
  }

  join(target: Value, onclause: Value = null, options: JoinOptions = {}): this {
    return this.withJoin(target, onclause, null, options);
  }

  joinFrom(from: Value, target: Value, onclause: Value = null, options: JoinOptions = {}): this {
    return this.withJoin(target, onclause, from, options);
  }

  outerjoin(target: Value, onclause: Value = null, options: { readonly full?: boolean } = {}): this {
    return this.withJoin(target, onclause, null, { ...options, isouter: true });
  }

  outerjoinFrom(
    from: Value,
    target: Value,
    onclause: Value = null,
    options: { readonly full?: boolean } = {},
  ): this {
    return this.withJoin(target, onclause, from, { ...options, isouter: true });
  }

  selectFrom(froms: readonly Value[]): this {
    const made = this._generate();
    made._fromObj = [
      ...made._fromObj,
      ...froms.map((f) => expect(roles.FromClauseRole, f, { applyPropagateAttrs: made })),
    ];
    return made;
  }

  /** FROM elements as they will be printed. */
  getFinalFroms(): readonly FromClause[] {
    return this._compileStateFactory(null)._getDisplayFroms();
  }

  /** Deprecated: get_final_froms() */
  get froms(): readonly FromClause[] {
    warnDeprecated(
      "The Select.froms attribute is moved to the Select.get_final_froms() method. (deprecated since: 1.4.23)",
    );
    return this.getFinalFroms();
  }

  get columnsClauseFroms(): readonly FromClause[] {
    return this.plugin.getColumnsClauseFroms(this);
  }

  /** FROM elements of the columns, of WHERE and of select_from(), each once. */
  *_iterateFromElements(): Generator<FromClause> {
    const seen = new ElementSet<FromClause>();
    const groups = [
      ...this._rawColumns.map((c) => c._fromObjects),
      ...this._whereCriteria.map((c) => c._fromObjects),
      this._fromObj,
    ];
    for (const group of groups)
      for (const f of group) {
        if (seen.has(f)) continue;
        seen.add(f);
        yield f;
      }
  }

  override isDerivedFrom(fromclause: FromClause | null): boolean {
    if (fromclause !== null && fromclause._clonedSet.has(this)) return true;
    for (const f of this._iterateFromElements()) if (f.isDerivedFrom(fromclause)) return true;
    return false;
  }

  correlate(fromclauses: readonly Value[]): this {
    const made = this._generate();
    made._autoCorrelate = false;
    made._correlate = correlated(fromclauses, made._correlate, "correlate");
    return made;
  }

  correlateExcept(fromclauses: readonly Value[]): this {
    const made = this._generate();
    made._autoCorrelate = false;
    made._correlateExcept = correlated(fromclauses, made._correlateExcept ?? [], "correlate_except");
    return made;
  }

  // -- copies ----------------------------------------------------------------------------------------

  override _copyInternals(options: CloneOptions = {}): void {
    const { clone = (e: Traversible, o?: CloneOptions) => e._clone(o), omitAttrs: _, ...kw } = options;
    const copy = (f: FromClause): FromClause => clone(f as never, kw) as unknown as FromClause;
    const targets = this._setupJoins.map(([target]) => target as unknown as FromClause);
    const all = new ElementSet<FromClause>(
      fromObjects(...this._rawColumns, ...this._whereCriteria, ...targets),
    );
    const copies = new ElementMap<FromClause, FromClause>();
    for (const f of all) copies.set(f, copy(f));
    const existing = this._fromObj.map(copy);
    // a table that was replaced by a join has to be in FROM as that join
    const known = new ElementSet<FromClause>([...all, ...existing]);
    this._fromObj = [...existing, ...[...copies.values()].filter((f) => f instanceof Join && !known.has(f))];
    super._copyInternals({ ...options, replace: columnsOf(copies), omitAttrs: ["_fromObj"] });
    this._resetMemoizations();
  }

  override getChildren(options: TraverseOptions = {}): Iterable<Traversible> {
    return [
      ...super.getChildren({ ...options, omitAttrs: ["_fromObj", "_correlate", "_correlateExcept"] }),
      ...this._iterateFromElements(),
    ];
  }

  // -- set operations ----------------------------------------------------------------------------------

  override selfGroup(against: Against = null): ClauseElement {
    if (against instanceof CompoundSelect && !this._hasRowLimitingClause && !this._orderByClauses.length)
      return this;
    return new SelectStatementGrouping(this);
  }

  union(other: readonly Value[]): CompoundSelect {
    return CompoundSelect._createUnion([this, ...other]);
  }
  unionAll(other: readonly Value[]): CompoundSelect {
    return CompoundSelect._createUnionAll([this, ...other]);
  }
  except_(other: readonly Value[]): CompoundSelect {
    return CompoundSelect._createExcept([this, ...other]);
  }
  exceptAll(other: readonly Value[]): CompoundSelect {
    return CompoundSelect._createExceptAll([this, ...other]);
  }
  intersect(other: readonly Value[]): CompoundSelect {
    return CompoundSelect._createIntersect([this, ...other]);
  }
  intersectAll(other: readonly Value[]): CompoundSelect {
    return CompoundSelect._createIntersectAll([this, ...other]);
  }
}
defaults(Select, {
  _isSelectStatement: true,
  isSelect: true,
  _setupJoins: [],
  _memoizedSelectEntities: [],
  _distinct: false,
  _distinctOn: [],
  _correlate: [],
  _correlateExcept: null,
  _whereCriteria: [],
  _havingCriteria: [],
  _fromObj: [],
  _autoCorrelate: true,
  _compileOptions: SelectState.defaultSelectCompileOptions,
});
late.Select = Select;

function criteria(
  statement: ClauseElement,
  old: readonly ColumnElement[],
  given: readonly Value[],
): readonly ColumnElement[] {
  return [...old, ...given.map((c) => expect(roles.WhereHavingRole, c, { applyPropagateAttrs: statement }))];
}

function correlated(
  given: readonly Value[],
  old: readonly FromClause[],
  method: string,
): readonly FromClause[] {
  const [first] = given;
  if (first === undefined || first === null || first === false) {
    if (given.length > 1)
      throw new ArgumentError(`additional FROM objects not accepted when passing None/False to ${method}()`);
    return [];
  }
  return [...old, ...given.map((f) => expect(roles.FromClauseRole, f))];
}

/** The columns of a statement as columns of a FROM element. @internal */
export function proxiesOf(
  statement: HasCTE,
  fromclause: FromClause,
  primaryKey: ColumnSet,
  foreignKeys: Set<unknown>,
  compoundColumns?: readonly ColumnElement[][],
): [string, ColumnElement][] {
  const out: [string, ColumnElement][] = [];
  statement._generateColumnsPlusNames(false).forEach(({ requiredLabelName, proxyName, column }, i) => {
    if (!isColumnElement(column) || (compoundColumns && i >= compoundColumns.length)) return;
    out.push(
      column._makeProxy(fromclause, {
        key: proxyName,
        name: requiredLabelName,
        nameIsTruncatable: true,
        compoundSelectCols: compoundColumns?.[i],
        primaryKey,
        foreignKeys,
      }),
    );
  });
  return out;
}
