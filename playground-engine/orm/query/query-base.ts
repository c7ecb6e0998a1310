// Query: what it is made of and how it becomes a statement. Building, reading and changing are in the links of its chain
// after this one (query-builder.ts, query.ts). Behaviour: SQLAlchemy orm/query.py.
import { InvalidRequestError, warnDeprecated } from "../../errors/index.ts";
import { EMPTY_ANNOTATIONS } from "../../sql/annotation.ts";
import {
  NO_EXECUTION_OPTIONS,
  type CacheableOptions,
  type ContextOption,
  type ExecutableOption,
  type ExecutionOptions,
} from "../../sql/base.ts";
import { expectColumns } from "../../sql/coercions.ts";
import { BooleanClauseList } from "../../sql/elements/binary.ts";
import type { ClauseElement, PropagateAttrs } from "../../sql/elements/clause.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import { mixin } from "../../sql/mixin.ts";
import type { CTE, Subquery } from "../../sql/selectable/alias.ts";
import type { ForUpdateArg } from "../../sql/selectable/for-update.ts";
import type { FromClause } from "../../sql/selectable/from-clause.ts";
import { HasHints, HasPrefixes, HasSuffixes } from "../../sql/selectable/has-parts.ts";
import {
  LABEL_STYLE_LEGACY_ORM,
  LABEL_STYLE_TABLENAME_PLUS_COL,
  type SelectLabelStyle,
} from "../../sql/selectable/label-style.ts";
import type { ScalarSelect } from "../../sql/selectable/scalar.ts";
import { Select, type MemoizedSelectEntities } from "../../sql/selectable/select.ts";
import type { SetupJoin } from "../../sql/traverse-spec.ts";
import { iterate, type Traversible } from "../../sql/visitable.ts";
import { host, type Value } from "../../util/host.ts";
import { queryEvents, type QueryDispatch } from "../events.ts";
import type { Session } from "../session/session.ts";
import type { Bundle } from "./bundle.ts";
import { columnDescriptions } from "./column-descriptions.ts";
import type { ORMCompileState, ORMStatement } from "./compile-state.ts";
import { EntitiesState } from "./entities-state.ts";
import type { InternalEntity } from "./entity.ts";
import { FromStatement, ORMFromStatementCompileState } from "./from-statement.ts";
import { defaultCompileOptions, defaultLoadOptions, type ORMCompileOptions } from "./load-options.ts";
import { ORMSelectCompileState } from "./select-state.ts";

export interface QueryBase extends HasPrefixes, HasSuffixes, HasHints {
  _generate(): this;
}

/** Everything of a query that is a SELECT's. */
const SELECT_PARTS = [
  "_rawColumns",
  "_whereCriteria",
  "_havingCriteria",
  "_orderByClauses",
  "_groupByClauses",
  "_limitClause",
  "_offsetClause",
  "_distinct",
  "_distinctOn",
  "_forUpdateArg",
  "_correlate",
  "_autoCorrelate",
  "_fromObj",
  "_setupJoins",
  "_memoizedSelectEntities",
  "_withOptions",
  "_withContextOptions",
  "_executionOptions",
  "_prefixes",
  "_suffixes",
  "_hints",
  "_statementHints",
] as const;

export function legacy(what: string, advice: string): void {
  warnDeprecated(
    `The ${what} is considered legacy as of the 1.x series of SQLAlchemy and becomes a legacy construct in 2.0. ${advice} (deprecated since: 2.0)`,
    { category: "LegacyAPIWarning" },
  );
}

export class QueryBase {
  static readonly pyModule: string = "sqlalchemy.orm.query";
  static readonly dispatch = queryEvents.classDispatch;
  static _eventTarget(): object {
    return this;
  }
  static {
    mixin(this, HasPrefixes, HasSuffixes, HasHints);
  }
  readonly isClauseElement = false;
  readonly isSelect = true;
  readonly isDml = false;
  session: Session | null;
  _rawColumns: readonly ColumnElement[] = [];
  _whereCriteria: readonly ColumnElement[] = [];
  _havingCriteria: readonly ColumnElement[] = [];
  _orderByClauses: readonly ColumnElement[] = [];
  _groupByClauses: readonly ColumnElement[] = [];
  _limitClause: ColumnElement | null = null;
  _offsetClause: ColumnElement | null = null;
  _distinct = false;
  _distinctOn: readonly ColumnElement[] = [];
  _forUpdateArg: ForUpdateArg | null = null;
  _correlate: readonly FromClause[] = [];
  _autoCorrelate = true;
  _fromObj: readonly FromClause[] = [];
  _setupJoins: readonly SetupJoin[] = [];
  _memoizedSelectEntities: readonly MemoizedSelectEntities[] = [];
  _withOptions: readonly ExecutableOption[] = [];
  _withContextOptions: readonly ContextOption[] = [];
  _executionOptions: ExecutionOptions = NO_EXECUTION_OPTIONS;
  _labelStyle: SelectLabelStyle = LABEL_STYLE_LEGACY_ORM;
  _compileOptions: ORMCompileOptions = defaultCompileOptions;
  loadOptions = defaultLoadOptions.plus({ _legacyUniquing: true });
  _propagateAttrs: PropagateAttrs | null = null;
  _annotations = EMPTY_ANNOTATIONS;
  protected _params: ReadonlyMap<string, Value> = new Map();
  protected _enableAssertions = true;
  protected _statement: ClauseElement | null = null;
  /** What filter_by() is about after join(); reset_joinpoint() sets it to null. */
  protected lastJoined: unknown = undefined;
  private dispatch_: QueryDispatch | undefined;

  constructor(entities: Value, session: Session | null = null) {
    this.session = session;
    const list =
      Array.isArray(entities) || ["list", "tuple"].includes(host.kindOf(entities))
        ? [...(host.iterate(entities) ?? [])]
        : [entities];
    this._setEntities(list);
  }

  get dispatch(): QueryDispatch {
    return (this.dispatch_ ??= queryEvents.forInstance(this) as QueryDispatch);
  }

  _generate(): this {
    return Object.assign(Object.create(Object.getPrototypeOf(this) as object) as this, this);
  }
  _clone(): this {
    return this._generate();
  }

  /** @internal */
  _setEntities(entities: readonly Value[]): void {
    this._rawColumns = expectColumns(entities, { applyPropagateAttrs: this, postInspect: true });
  }

  /** @internal */
  _changed(change: (made: this) => void): this {
    const made = this._generate();
    change(made);
    return made;
  }

  /** @internal */
  _withCompileOptions(values: Readonly<Record<string, unknown>>): this {
    return this._changed((made) => void (made._compileOptions = made._compileOptions.plus(values)));
  }
  protected withLoadOptions(values: Readonly<Record<string, unknown>>): this {
    return this._changed((made) => void (made.loadOptions = made.loadOptions.plus(values)));
  }

  // -- entities

  /** @internal */
  _entityFromPreEntZero(): InternalEntity | Bundle | null {
    const [ent] = this._rawColumns;
    if (!ent) return null;
    const of = (e: { readonly _annotations: ReadonlyMap<string, unknown> }): InternalEntity | null =>
      (e._annotations.get("parententity") as InternalEntity | undefined) ?? null;
    const bundle = ent._annotations.get("bundle") as Bundle | undefined;
    if (of(ent)) return of(ent);
    if (bundle) return bundle;
    for (const e of iterate(ent as never as Traversible)) if (of(e)) return of(e);
    return null;
  }

  protected onlyFullMapperZero(method: string): InternalEntity {
    const [ent] = this._rawColumns;
    const entity =
      this._rawColumns.length === 1 && ent?.isSelectable
        ? (ent._annotations.get("parententity") as InternalEntity | undefined)
        : undefined;
    if (!entity) throw new InvalidRequestError(`${method}() can only be used against a single mapped class.`);
    return entity;
  }

  get isSingleEntity(): boolean {
    return (
      !this.loadOptions._onlyReturnTuples &&
      this._rawColumns.length === 1 &&
      this._rawColumns[0]!._annotations.has("parententity")
    );
  }

  get columnDescriptions(): Value[] {
    return columnDescriptions(new EntitiesState(this, true)._entities);
  }

  // -- what may not be called after what

  protected noCriterionAssertion(method: string, orderBy = true, distinct = true): void {
    if (!this._enableAssertions) return;
    if (
      this._whereCriteria.length ||
      this._statement !== null ||
      this._fromObj.length ||
      this._setupJoins.length ||
      this._limitClause !== null ||
      this._offsetClause !== null ||
      this._groupByClauses.length ||
      (orderBy && this._orderByClauses.length) ||
      (distinct && this._distinct)
    )
      throw new InvalidRequestError(`Query.${method}() being called on a Query with existing criterion. `);
  }

  protected noClauseelementCondition(method: string): void {
    if (!this._enableAssertions) return;
    if (this._orderByClauses.length)
      throw new InvalidRequestError(`Query.${method}() being called on a Query with existing criterion. `);
    this.noCriterionAssertion(method);
  }

  protected noStatementCondition(method: string): void {
    if (this._enableAssertions && this._statement !== null)
      throw new InvalidRequestError(
        `Query.${method}() being called on a Query with an existing full statement - can't apply criterion.`,
      );
  }

  protected noLimitOffset(method: string): void {
    if (this._enableAssertions && (this._limitClause !== null || this._offsetClause !== null))
      throw new InvalidRequestError(
        `Query.${method}() being called on a Query which already has LIMIT or OFFSET applied.  Call ${method}() before limit() or offset() are applied.`,
      );
  }

  // -- as a statement

  /** @internal The statement, after before_compile listeners. */
  _statement20(forStatement = false, useLegacyQueryStyle = true): ORMStatement {
    let query: QueryBase = this;
    if (this.dispatch.beforeCompile.active)
      for (const fn of this.dispatch.beforeCompile) {
        const given = fn(query);
        if (given instanceof QueryBase && given !== query) query = given;
      }
    const options = query._compileOptions.plus({
      _forStatement: forStatement,
      _useLegacyQueryStyle: useLegacyQueryStyle,
    });
    let stmt: { _compileOptions: unknown; _propagateAttrs: PropagateAttrs | null };
    if (query._statement !== null) {
      const from = new FromStatement(query._rawColumns, query._statement);
      from._withOptions = query._withOptions;
      from._withContextOptions = query._withContextOptions;
      from._executionOptions = query._executionOptions;
      stmt = from as never;
    } else {
      const parts = query as unknown as Record<string, unknown>;
      stmt = Select._createRawSelect(
        Object.fromEntries(
          SELECT_PARTS.filter((p) => parts[p] !== undefined).map((p) => [p, parts[p]]),
        ) as Partial<Select>,
      ) as never;
      (stmt as unknown as { _labelStyle: SelectLabelStyle })._labelStyle = query._labelStyle;
    }
    stmt._compileOptions = options as CacheableOptions;
    stmt._propagateAttrs = query._propagateAttrs?.compileStatePlugin
      ? query._propagateAttrs
      : { compileStatePlugin: "orm", pluginSubject: null };
    return stmt as never as ORMStatement;
  }

  /** @internal */
  _compileState(forStatement = false): ORMCompileState {
    const stmt = this._statement20(forStatement);
    return stmt instanceof FromStatement
      ? new ORMFromStatementCompileState(stmt, null)
      : new ORMSelectCompileState(stmt as never as Select, null, true);
  }

  /** The SELECT, to be used in other statements. */
  get statement(): ClauseElement {
    const stmt = this._compileOptions._setBaseAlias
      ? (this._compileState(true).statement as ClauseElement)
      : this._statement20(true);
    return this._params.size ? stmt.params(null, new Map(this._params)) : stmt;
  }

  private get selectOnly(): Select {
    if (this._statement !== null)
      throw new InvalidRequestError("Can't call this method on a Query that uses from_statement()");
    return this.statement as never as Select;
  }

  protected get innerSelect(): Select {
    return this.enableEagerloads(false).selectOnly;
  }

  enableEagerloads(value: boolean): this {
    return this._withCompileOptions({ _enableEagerloads: value });
  }

  subquery(name: string | null = null, withLabels = false, reduceColumns = false): Subquery {
    let q: QueryBase = this.enableEagerloads(false);
    if (withLabels) q = q.setLabelStyle(LABEL_STYLE_TABLENAME_PLUS_COL);
    const stmt = q.selectOnly;
    return (reduceColumns ? stmt.reduceColumns() : stmt).subquery(name);
  }

  cte(name: string | null = null, recursive = false, nesting = false): CTE {
    return this.innerSelect.cte(name, recursive, nesting);
  }

  label(name: string | null): ColumnElement {
    return this.innerSelect.label(name) as unknown as ColumnElement;
  }

  scalarSubquery(): ScalarSelect {
    return this.innerSelect.scalarSubquery();
  }

  asScalar(): ScalarSelect {
    warnDeprecated(
      "The Query.as_scalar() method is deprecated and will be removed in a future release.  Please refer to Query.scalar_subquery(). (deprecated since: 1.4)",
    );
    return this.scalarSubquery();
  }

  get selectable(): ClauseElement {
    return this.clauseElement();
  }

  clauseElement(): ClauseElement {
    return this._withCompileOptions({ _enableEagerloads: false, _renderForSubquery: true }).setLabelStyle(
      LABEL_STYLE_TABLENAME_PLUS_COL,
    ).statement;
  }

  get whereclause(): ColumnElement | null {
    return BooleanClauseList._constructForWhereclause(this._whereCriteria);
  }

  get getLabelStyle(): SelectLabelStyle {
    return this._labelStyle;
  }

  setLabelStyle(style: SelectLabelStyle): this {
    return this._labelStyle === style ? this : this._changed((made) => void (made._labelStyle = style));
  }

  withLabels(): this {
    legacy(
      "Query.with_labels() and Query.apply_labels() method",
      "Use set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL) instead.",
    );
    return this.setLabelStyle(LABEL_STYLE_TABLENAME_PLUS_COL);
  }
  applyLabels(): this {
    return this.withLabels();
  }

  getExecutionOptions(): ExecutionOptions {
    return this._executionOptions;
  }

  toString(): string {
    const stmt = this._statement20();
    let bind: unknown = null;
    try {
      bind = this.session?.getBind(null, { clause: stmt }) ?? null;
    } catch {
      bind = null; // no engine: the text of no database in particular
    }
    return String(stmt.compile(bind as never));
  }
}
