// A SELECT with entities: joins, criteria, eager loading, and the Core SELECT that comes of it.
//
// With LIMIT, DISTINCT or GROUP BY and eagerly joined collections, the statement is wrapped: rows are limited before the
// joins multiply them. Behaviour: SQLAlchemy orm/context.py (ORMSelectCompileState).
import type { SQLCompiler } from "../../compiler/index.ts";
import { ArgumentError, CompileError, InvalidRequestError } from "../../errors/index.ts";
import {
  ClauseAdapter,
  expandColumnListFromOrderBy,
  spliceJoins,
  surfaceSelectables,
  type ColumnAdapter,
} from "../../sql/adapt.ts";
import { deepAnnotate } from "../../sql/annotation.ts";
import { NO_EXECUTION_OPTIONS, pluginFor, selectIterables } from "../../sql/base.ts";
import { ElementMap } from "../../sql/element-set.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import { LabelReference } from "../../sql/elements/label-reference.ts";
import { AliasedReturnsRows } from "../../sql/selectable/alias.ts";
import type { FromClause } from "../../sql/selectable/from-clause.ts";
import {
  LABEL_STYLE_DISAMBIGUATE_ONLY,
  LABEL_STYLE_LEGACY_ORM,
  LABEL_STYLE_TABLENAME_PLUS_COL,
  type SelectLabelStyle,
} from "../../sql/selectable/label-style.ts";
import { Select, type MemoizedSelectEntities } from "../../sql/selectable/select.ts";
import { normalizeFroms, SelectState } from "../../sql/selectable/select-state.ts";
import { host, type Value } from "../../util/host.ts";
import { QueryableAttribute } from "../attributes/instrumented.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { ORMOption } from "../options/orm-option.ts";
import { ORMStatementAdapter } from "./adapter.ts";
import { columnDescriptions } from "./column-descriptions.ts";
import { labelConvention, ORMCompileState, type ORMStatement } from "./compile-state.ts";
import { toCompileState, type QueryEntity } from "./entities.ts";
import { EntitiesState } from "./entities-state.ts";
import type { InternalEntity } from "./entity.ts";
import { FromStatement } from "./from-statement.ts";
import { JoinBuilder } from "./joins.ts";
import { defaultCompileOptions, type ORMCompileOptions } from "./load-options.ts";
import type { ORMJoin } from "./orm-join.ts";
import { ormExecuteStatement, ormPreSessionExec } from "./session-exec.ts";

/** The Core side: what the compiler prints. */
class ORMSelectState extends SelectState {
  readonly orm: ORMSelectCompileState;

  constructor(orm: ORMSelectCompileState, compiler: SQLCompiler | null) {
    super(orm.statement as Select, compiler);
    this.orm = orm;
  }

  static override createForStatement(statement: never, compiler: unknown): ORMSelectState {
    const c = compiler as SQLCompiler | null;
    return new ORMSelectState(new ORMSelectCompileState(statement as Select, c, !c?.stack.length), c);
  }

  // -- answered for the class

  static override getColumnDescriptions(statement: Select): readonly unknown[] {
    return columnDescriptions(new EntitiesState(statement, false)._entities);
  }

  static override determineLastJoinedEntity(statement: Select): unknown {
    const target = statement._setupJoins.at(-1)?.[0];
    if (target === undefined) return null;
    return (target as unknown) instanceof QueryableAttribute
      ? (target as never as { readonly comparator: { readonly entity: unknown } }).comparator.entity
      : target;
  }

  static override allSelectedColumns(statement: Select): ColumnElement[] {
    return statement._rawColumns.flatMap((element) => {
      const ns = element.isSelectable
        ? (element._annotations.get("entity_namespace") as InternalEntity | undefined)
        : undefined;
      return selectIterables(
        ns && (ns.isMapper || ns.isAliasedClass)
          ? [...(ns._allColumnExpressions as Iterable<ColumnElement>)]
          : [element],
      );
    });
  }

  static override getColumnsClauseFroms(statement: Select): FromClause[] {
    return normalizeFroms(
      statement._rawColumns.flatMap((element) => {
        const entity = element._annotations.get("parententity") as InternalEntity | undefined;
        return entity ? [entity.clauseElement() as FromClause] : [...element._fromObjects];
      }),
    );
  }

  static override fromStatement(statement: Select, fromStatement: Value): FromStatement {
    return FromStatement.ofSelect(statement, fromStatement);
  }

  // -- executed by a session

  static ormPreSessionExec = ormPreSessionExec;
  static ormExecuteStatement = ormExecuteStatement;
}
pluginFor("orm", "select", ORMSelectState as never);

interface Parts {
  readonly rawColumns: readonly ColumnElement[];
  readonly froms: readonly FromClause[];
}

export class ORMSelectCompileState extends ORMCompileState {
  readonly isSelectState = true;
  forStatement = false;
  labelStyle!: SelectLabelStyle;
  orderBy: readonly ColumnElement[] = [];
  groupBy: readonly ColumnElement[] = [];
  distinct = false;
  distinctOn: readonly ColumnElement[] = [];
  correlate: readonly (FromClause | null)[] | null = null;
  correlateExcept: readonly FromClause[] | null = null;
  _joinEntities: InternalEntity[] = [];
  private whereCriteria: readonly ColumnElement[] = [];
  private havingCriteria: readonly ColumnElement[] = [];
  private joinedEdges: (readonly [unknown, unknown, string])[] = [];
  private readonly memoizedEntities = new Map<MemoizedSelectEntities, QueryEntity[]>();

  constructor(statement: Select, compiler: SQLCompiler | null, toplevel: boolean) {
    super();
    const options = defaultCompileOptions.safeMerge(statement._compileOptions);
    (statement as unknown as { _compileOptions: ORMCompileOptions })._compileOptions = options;
    let select = statement;
    if (statement._executionOptions.size) {
      select = statement._clone();
      (select as { _executionOptions: ReadonlyMap<string, Value> })._executionOptions = NO_EXECUTION_OPTIONS;
    }
    this.selectStatement = select as never as ORMStatement;
    this.forStatement = options._forStatement;
    this.useLegacyQueryStyle = options._useLegacyQueryStyle;
    this.compileOptions = toplevel
      ? options
      : options.plus({ _enableEagerloads: false, _renderForSubquery: true });
    const style = select._labelStyle;
    if (this.useLegacyQueryStyle && style === LABEL_STYLE_LEGACY_ORM)
      this.labelStyle = this.forStatement ? LABEL_STYLE_DISAMBIGUATE_ONLY : LABEL_STYLE_TABLENAME_PLUS_COL;
    else this.labelStyle = style;
    this._labelConvention = labelConvention(statement._labelStyle, this.useLegacyQueryStyle);
    for (const memoized of select._memoizedSelectEntities)
      this.memoizedEntities.set(memoized, toCompileState(this, memoized._rawColumns, [], false));
    toCompileState(this, select._rawColumns, this._entities, true);
    this.currentPath = options._currentPath;
    this.initGlobalAttributes(select as never, compiler, toplevel, false);
    if (toplevel) {
      for (const memoized of select._memoizedSelectEntities)
        for (const opt of memoized._withOptions as readonly ORMOption[])
          if (opt._isCompileState)
            (
              opt as never as { processCompileStateReplacedEntities(s: unknown, e: unknown): void }
            ).processCompileStateReplacedEntities(
              this,
              (this.memoizedEntities.get(memoized) ?? []).filter((e) => e.isMapperEntity),
            );
      this.processOptions();
    }
    this.processContextOptions(select as never);
    this.fromClauses = normalizeFroms(
      select._fromObj.map((f) => (f as unknown as { readonly selectable: FromClause }).selectable),
    );
    this.setupForGenerate();
  }

  private get query(): Select {
    return this.selectStatement as never as Select;
  }

  private setupForGenerate(): void {
    const { query } = this;
    if (this.compileOptions._setBaseAlias) this.setSelectFromAlias();
    for (const memoized of query._memoizedSelectEntities)
      this.join(memoized._setupJoins, this.memoizedEntities.get(memoized) ?? []);
    this.join(query._setupJoins, this._entities);

    const adapt = this._getCurrentAdapter();
    const adapted = (list: readonly ColumnElement[]): readonly ColumnElement[] =>
      this._adaptColList(list, adapt);
    this.whereCriteria = adapted(query._whereCriteria);
    this.orderBy = adapted(query._orderByClauses ?? []);
    this.havingCriteria = adapted(query._havingCriteria);
    this.groupBy = adapted(query._groupByClauses ?? []);
    if (this.eagerOrderBy.length) {
      const adapter = (this.fromClauses[0] as ORMJoin)._targetAdapter as ClauseAdapter;
      this.eagerOrderBy = adapter.copyAndProcess(this.eagerOrderBy as never) as never;
    }
    this.distinctOn = adapted(query._distinctOn);
    this.distinct = query._distinct;
    const surface = (froms: readonly FromClause[]): FromClause[] =>
      froms.flatMap((f) => [...surfaceSelectables(f)] as FromClause[]);
    if (query._correlate.length) this.correlate = surface(query._correlate);
    else if (query._correlateExcept !== null) this.correlateExcept = surface(query._correlateExcept);
    else if (!query._autoCorrelate) this.correlate = [null];

    if (this.compileOptions._isStar && this._entities.length !== 1)
      throw new CompileError(
        "Can't generate ORM query that includes multiple expressions at the same time as '*'; query for '*' alone if present",
      );
    for (const entity of this._entities) entity.setupCompileState(this);
    for (const make of this.createEagerJoins) make();
    if (this.compileOptions._enableSingleCrit) this.adjustForExtraCriteria();
    if (!this.primaryColumns.length) {
      if (this.compileOptions._onlyLoadProps?.size)
        throw host.error("AssertionError", "no columns were included in _only_load_props");
      throw new InvalidRequestError("Query contains no columns with which to SELECT from.");
    }
    if (!this.fromClauses.length) this.fromClauses = [...this._fallbackFromClauses];
    let statement =
      this.multiRowEagerLoaders && this.eagerAddingJoins && this._shouldNestSelectable
        ? this.compoundEagerStatement()
        : this.simpleStatement();
    if (this.forStatement) {
      const mapper = this._entities[0]?.mapper ?? null;
      if (mapper !== null)
        statement = statement._annotate(new Map<string, unknown>([["deepentity", mapper]]));
    }
    this.statement = statement;
  }

  // -- FROM

  private setSelectFromAlias(): void {
    const adapter = this.selectFromAlias(this.query._fromObj[0] as FromClause);
    if (!adapter) return;
    this.compileOptions = this.compileOptions.plus({ _enableSingleCrit: false });
    this._fromObjAlias = adapter;
  }

  private selectFromAlias(from: FromClause): ColumnAdapter | null {
    const entity = from._annotations.get("parententity") as InternalEntity | undefined;
    if (entity) {
      if (!entity.isAliasedClass)
        throw new ArgumentError(
          "A selectable (FromClause) instance is expected when the base alias is being set.",
        );
      return entity._adapter;
    }
    return from instanceof AliasedReturnsRows
      ? new ORMStatementAdapter(from, { equivalents: this._allEquivs() })
      : null;
  }

  _allEquivs(): ElementMap<ColumnElement, Iterable<ColumnElement>> {
    const out = new ElementMap<ColumnElement, Iterable<ColumnElement>>();
    for (const ent of [...[...this.memoizedEntities.values()].flat(), ...this._entities])
      if (ent.isMapperEntity)
        for (const [c, equivalents] of (ent.mapper as Mapper)._equivalentColumns) out.set(c, equivalents);
    return out;
  }

  _entityZero(): InternalEntity | null {
    for (const f of this.fromClauses) {
      const entity = f._annotations.get("parententity") as InternalEntity | undefined;
      if (entity) return entity;
    }
    for (const e of this._entities) if (e.entityZero) return e.entityZero;
    return null;
  }

  private join(joins: Select["_setupJoins"], entities: readonly QueryEntity[]): void {
    if (!joins.length) return;
    const builder = new JoinBuilder(this, entities);
    for (const j of joins) builder.add(j);
  }

  _alreadyJoined(left: unknown, right: unknown, key: string): boolean {
    return this.joinedEdges.some(([l, r, k]) => l === left && r === right && k === key);
  }

  _noteJoined(left: unknown, right: unknown, key: string): void {
    this.joinedEdges.push([left, right, key]);
  }

  // -- criteria of entities

  _getExtraCriteria(entity: InternalEntity): ColumnElement[] {
    const found = this.globalAttributes.criteriaFor(entity.mapper) ?? [];
    return found
      .filter((ae) => (ae.includeAliases || ae.entity === entity) && ae._shouldInclude(this as never))
      .map((ae) => ae._resolveWhereCriteria(entity));
  }

  private adjustForExtraCriteria(): void {
    for (const f of this.fromClauses) {
      const entity = f._annotations.get("parententity") as InternalEntity | undefined;
      if (!entity || this.extraCriteriaEntities.has(entity)) continue;
      if (entity.mapper._singleTableCriterion !== null || this.globalAttributes.criteriaFor(entity.mapper))
        this.extraCriteriaEntities.set(entity, entity.isAliasedClass ? entity._adapter : null);
    }
    for (const [entity, adapter] of this.extraCriteriaEntities) {
      if (this._joinEntities.includes(entity)) continue;
      const single = entity.mapper._singleTableCriterion;
      const criteria = this.compileOptions._forRefreshState ? [] : this._getExtraCriteria(entity);
      if (single !== null) criteria.push(single);
      const adapt = this._getCurrentAdapter();
      for (let crit of criteria) {
        if (adapter) crit = adapter.traverse(crit as never) as never as ColumnElement;
        if (adapt)
          crit = adapt(
            deepAnnotate(crit as never, new Map<string, unknown>([["_orm_adapt", true]])) as ColumnElement,
            false,
          );
        this.whereCriteria = [...this.whereCriteria, crit];
      }
    }
  }

  // -- the statement

  get _shouldNestSelectable(): boolean {
    const { query } = this;
    return (
      query._limitClause !== null ||
      query._offsetClause !== null ||
      this.distinct ||
      this.distinctOn.length > 0 ||
      this.groupBy.length > 0
    );
  }

  private selectStatementOf({ rawColumns, froms }: Parts): Select {
    const { query } = this;
    let made = Select._createRawSelect({
      _rawColumns: rawColumns,
      _fromObj: froms,
      _labelStyle: this.labelStyle,
    });
    const set = made as { -readonly [K in keyof Select]: Select[K] };
    if (this.whereCriteria.length) set._whereCriteria = this.whereCriteria;
    if (this.havingCriteria.length) set._havingCriteria = this.havingCriteria;
    if (this.orderBy.length) set._orderByClauses = this.orderBy;
    if (this.groupBy.length) set._groupByClauses = this.groupBy;
    set._limitClause = query._limitClause;
    set._offsetClause = query._offsetClause;
    set._fetchClause = query._fetchClause;
    set._fetchClauseOptions = query._fetchClauseOptions;
    const ctes = query as unknown as Record<string, unknown>;
    for (const key of [
      "_independentCtes",
      "_independentCtesOpts",
      "_prefixes",
      "_suffixes",
      "_hints",
      "_statementHints",
    ])
      if (key in ctes) (set as unknown as Record<string, unknown>)[key] = ctes[key];
    set._forUpdateArg = query._forUpdateArg;
    if (this.distinctOn.length) made = made.distinct(this.distinctOn);
    else if (this.distinct) made = made.distinct();
    if (this.correlate) made = made.correlate(this.correlate);
    if (this.correlateExcept !== null) made = made.correlateExcept(this.correlateExcept);
    return made;
  }

  private simpleStatement(): Select {
    const made = this.selectStatementOf({
      rawColumns: [...this.primaryColumns, ...this.secondaryColumns] as ColumnElement[],
      froms: [...this.fromClauses, ...this.eagerJoins.values()],
    });
    return this.eagerOrderBy.length ? made.orderBy(this.eagerOrderBy) : made;
  }

  private compoundEagerStatement(): Select {
    const primary = this.primaryColumns as ColumnElement[];
    const orderBy = this.orderBy.length
      ? this.orderBy.map((e) => (e instanceof LabelReference ? (e.element as ColumnElement) : e))
      : null;
    const extra = orderBy ? expandColumnListFromOrderBy(primary, orderBy) : [];
    const inner = this.selectStatementOf({
      rawColumns: [...primary, ...extra.filter((c) => !this.dedupeColumns.has(c))],
      froms: this.fromClauses,
    }).alias();
    const adapter = new ORMStatementAdapter(inner, { equivalents: this._allEquivs() });
    this.compoundEagerAdapter = adapter;
    let statement = new Select([inner, ...this.secondaryColumns]);
    (statement as { _labelStyle: SelectLabelStyle })._labelStyle = this.labelStyle;
    const { _forUpdateArg: forUpdate } = this.query;
    if (forUpdate !== null && forUpdate.of === null) statement._forUpdateArg = forUpdate;
    let from: FromClause = inner;
    for (const join of this.eagerJoins.values()) from = spliceJoins(from, join, (join as ORMJoin).stopOn);
    statement = statement.selectFrom([from]);
    if (orderBy?.length) statement = statement.orderBy(adapter.copyAndProcess(orderBy as never));
    return this.eagerOrderBy.length ? statement.orderBy(this.eagerOrderBy) : statement;
  }
}
