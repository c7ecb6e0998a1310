// Loads a relationship when it is asked for: by the identity map where the key is known, else by a SELECT.
// Behaviour: SQLAlchemy orm/strategies.py (LazyLoader).
import { withCause } from "../../engine/trace.ts";
import { DetachedInstanceError, InvalidRequestError, warn } from "../../errors/index.ts";
import { adaptCriterionToNull } from "../../sql/adapt.ts";
import { deepAnnotate } from "../../sql/annotation.ts";
import { NO_EXECUTION_OPTIONS, type ContextOption, type ExecutableOption } from "../../sql/base.ts";
import { tokenOf } from "../../sql/cache-key.ts";
import type { ElementMap } from "../../sql/element-set.ts";
import type { BindParameter } from "../../sql/elements/bind.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import { LABEL_STYLE_TABLENAME_PLUS_COL } from "../../sql/selectable/label-style.ts";
import { Select } from "../../sql/selectable/select.ts";
import { clonedTraverse, traverse } from "../../sql/visitable.ts";
import { host, type Value } from "../../util/host.ts";
import {
  ATTR_EMPTY,
  ATTR_WAS_SET,
  DEFERRED_HISTORY_LOAD,
  INIT_OK,
  LOAD_AGAINST_COMMITTED,
  MANYTOONE,
  NO_AUTOFLUSH,
  NO_RAISE,
  NO_VALUE,
  NON_PERSISTENT_OK,
  PASSIVE_CLASS_MISMATCH,
  PASSIVE_NO_RESULT,
  RELATED_OBJECT_OK,
  SQL_OK,
  type PassiveFlag,
} from "../flags.ts";
import type { Populators } from "../loading/populators.ts";
import { keepVariants } from "../loading/entity-select.ts";
import { loadOnPkIdentity } from "../loading/refresh.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { AttributeStrategyLoad } from "../options/element.ts";
import { Load } from "../options/load.ts";
import type { AbstractEntityRegistry, PathRegistry } from "../path-registry.ts";
import type { LoadOption, StrategyKey } from "../props/strategized-property.ts";
import type { RelationshipProperty } from "../props/relationship.ts";
import type { ORMCompileState } from "../query/compile-state.ts";
import type { QueryContext } from "../query/context.ts";
import { LoaderCriteriaOption } from "../query/criteria.ts";
import {
  compileOptionsOf,
  defaultCompileOptions,
  defaultLoadOptions,
  mergeOptions,
} from "../query/load-options.ts";
import type { Session } from "../session/session.ts";
import { stateStr } from "../state/access.ts";
import { InstanceState } from "../state/state.ts";
import { registerAttribute } from "./register.ts";
import {
  AbstractRelationshipLoader,
  registerRelationshipStrategy,
  type RowProcessorArguments,
} from "./relationship-loader.ts";

/** What an option, or another strategy, asks of one load. */
export interface LazyLoadOptions {
  readonly option?: LoadOption | null;
  readonly extraCriteria?: ColumnElement | null;
  readonly extraOptions?: readonly ExecutableOption[];
  readonly alternatePath?: PathRegistry | null;
  readonly executionOptions?: ReadonlyMap<string, Value>;
}

interface Rows {
  unique(): { scalars(): { all(): Value[] } };
}

/** A parameter of the criterion: the parent's column whose value it takes, or the value it has. */
type Parameter = readonly [key: string, column: ColumnElement | null, value: Value];

const isNone = (v: Value): boolean => v === null || v === NO_VALUE || v === PASSIVE_NO_RESULT;

export class LazyLoader extends AbstractRelationshipLoader {
  /** The target is found by its primary key, which this side has. */
  readonly useGet: boolean;
  readonly _lazywhere: ColumnElement;
  readonly _bindToCol: ReadonlyMap<string, ColumnElement>;
  readonly _equatedColumns: ElementMap<ColumnElement, ColumnElement>;
  readonly _revLazywhere: ColumnElement;
  readonly _revBindToCol: ReadonlyMap<string, ColumnElement>;
  private readonly raiseAlways: boolean;
  private readonly raiseOnSql: boolean;
  private readonly orderBy: readonly ColumnElement[] | null;
  private simple: { readonly criterion: ColumnElement; readonly params: readonly Parameter[] } | undefined;
  private readonly reverse: ContextOption;
  /** Statements without options of their own, by the mapper of the object they are for; with autoflush, and without. */
  private readonly usual = [new Map<object, Select>(), new Map<object, Select>()] as const;

  constructor(parent: RelationshipProperty, key: StrategyKey) {
    super(parent, key);
    const lazy = this.strategyOpts.get("lazy");
    this.raiseAlways = lazy === "raise";
    this.raiseOnSql = lazy === "raise_on_sql";
    const forward = parent._joinCondition.createLazyClause();
    const backward = parent._joinCondition.createLazyClause(true);
    this._lazywhere = forward.lazywhere;
    this._bindToCol = forward.bindToCol;
    this._equatedColumns = forward.equatedColumns;
    this._revLazywhere = backward.lazywhere;
    this._revBindToCol = backward.bindToCol;
    const marked = new Map<string, unknown>([["_orm_adapt", true]]);
    this.orderBy = parent.orderBy
      ? parent.orderBy.map((e) => deepAnnotate(e as never, marked) as ColumnElement)
      : null;
    const { _equivalentColumns: equivalents } = this.mapper;
    this.useGet =
      !this.entity.isAliasedClass &&
      !this.uselist &&
      this.entity._getClause[0].compare(this._lazywhere, {
        useProxies: true,
        compareKeys: false,
        equivalents,
      } as never);
    if (this.useGet)
      for (const [col, local] of [...this._equatedColumns])
        for (const c of equivalents.get(col) ?? []) this._equatedColumns.set(c, local);
    this.reverse = [(state) => this.lazyloadReverse(state as never as ORMCompileState), tokenOf(parent)];
  }

  override initClassAttribute(mapper: Mapper): void {
    this.isClassLevel = true;
    const prop = this.parentProperty;
    let activeHistory = prop.activeHistory;
    let deferredHistory = false;
    if (!activeHistory && (prop.direction !== MANYTOONE || !this.useGet)) {
      if (prop._legacyInactiveHistoryStyle) activeHistory = true;
      else deferredHistory = true;
    }
    registerAttribute(prop, mapper, {
      callable_: (state, passive) => this._loadForState(state, passive),
      typecallable: this.collectionClass,
      activeHistory,
      _deferredHistory: deferredHistory,
    });
  }

  private get simpleClause(): NonNullable<LazyLoader["simple"]> {
    if (this.simple) return this.simple;
    let criterion = deepAnnotate(
      this._lazywhere as never,
      new Map<string, unknown>([["_orm_adapt", true]]),
    ) as ColumnElement;
    const params: Parameter[] = [];
    traverse(
      criterion as never,
      {},
      {
        bindparam: (b: BindParameter) => {
          b.unique = false;
        },
      },
    );
    const note = (b: BindParameter): void => {
      const column = this._bindToCol.get(b._identifyingKey);
      if (column) params.push([b.key, column, null]);
      else if (b.callable === null) params.push([b.key, null, b.value]);
    };
    criterion = clonedTraverse(criterion as never, {}, { bindparam: note } as never) as ColumnElement;
    return (this.simple = { criterion, params });
  }

  /** The criterion with the values of an object; null: the IS NULL form. */
  private lazyClause(state: InstanceState | null, passive: PassiveFlag): [ColumnElement, Map<string, Value>] {
    const { criterion, params } = this.simpleClause;
    if (!state) return [adaptCriterionToNull(criterion, new Set(params.map(([key]) => key))), new Map()];
    const mapper = this.parentProperty.parent;
    const { dict } = state;
    const flags = passive & ~INIT_OK;
    const values = new Map<string, Value>();
    for (const [key, column, value] of params) {
      if (!column) values.set(key, value);
      else if (flags & LOAD_AGAINST_COMMITTED)
        values.set(key, mapper._getCommittedStateAttrByColumn(state, dict, column as never, flags));
      else values.set(key, mapper._getStateAttrByColumn(state, dict, column as never, flags));
    }
    return [criterion, values];
  }

  private raises(lazy: string): never {
    throw new InvalidRequestError(`'${this.toString()}' is not available due to lazy='${lazy}'`);
  }

  /** @internal The value, or a status saying why there is none. */
  _loadForState(state: InstanceState, passive: PassiveFlag, options: LazyLoadOptions = {}): Value {
    const { option = null } = options;
    const pending = state.key === null;
    if (pending && ((!this.parentProperty.loadOnPending && !state._loadPending) || state.sessionId === null))
      return ATTR_EMPTY;
    const useGet = this.useGet && !option?._extraCriteria.length;
    if ((!(passive & SQL_OK) && !useGet) || (!(passive & NON_PERSISTENT_OK) && pending))
      return PASSIVE_NO_RESULT;
    if (this.raiseAlways && !(passive & NO_RAISE) && (!useGet || passive & RELATED_OBJECT_OK))
      this.raises("raise");
    const { session } = state;
    if (!session) {
      if (passive & NO_RAISE) return PASSIVE_NO_RESULT;
      throw new DetachedInstanceError(
        `Parent instance ${stateStr(state)} is not bound to a Session; lazy load operation of attribute '${this.key}' cannot proceed`,
      );
    }
    let identity: readonly Value[] | null = null;
    if (useGet) {
      identity = this.identityOf(state, passive);
      if (identity.includes(PASSIVE_NO_RESULT)) return PASSIVE_NO_RESULT;
      if (identity.includes(NO_VALUE)) return NO_VALUE;
      if (this.mapper.allowPartialPks ? identity.every((v) => v === null) : identity.includes(null))
        return null;
      if (state.dict.has(this.key) && !(passive & DEFERRED_HISTORY_LOAD)) return ATTR_WAS_SET;
      const found = withCause("lazy load", this.toString(), () =>
        session._identityLookup(this.mapper as never, identity as readonly Value[], {
          passive,
          lazyLoadedFrom: state,
        }),
      );
      if (found !== null) return found === PASSIVE_CLASS_MISMATCH ? null : found;
      if (!(passive & SQL_OK) || !(passive & RELATED_OBJECT_OK)) return PASSIVE_NO_RESULT;
    }
    return withCause(options.alternatePath ? "eager load" : "lazy load", this.toString(), () =>
      this.emit(session, state, identity, passive, options),
    );
  }

  private identityOf(state: InstanceState, passive: PassiveFlag): readonly Value[] {
    const mapper = state.manager.mapper as unknown as Mapper;
    const { dict } = state;
    const committed = (passive & LOAD_AGAINST_COMMITTED) !== 0;
    return this.mapper.primaryKey.map((pk) => {
      const column = this._equatedColumns.get(pk as never) as never;
      return committed
        ? mapper._getCommittedStateAttrByColumn(state, dict, column, passive)
        : mapper._getStateAttrByColumn(state, dict, column, passive);
    });
  }

  private emit(
    session: Session,
    state: InstanceState,
    identity: readonly Value[] | null,
    passive: PassiveFlag,
    options: LazyLoadOptions,
  ): Value {
    const { option = null, executionOptions = NO_EXECUTION_OPTIONS } = options;
    const prop = this.parentProperty;
    const pending = state.key === null;
    const useGet = this.useGet && !option?._extraCriteria.length;
    const loadOptions = defaultLoadOptions.plus({ _invokeAllEagers: false, _lazyLoadedFrom: state });
    if (useGet) {
      if (this.raiseOnSql && !(passive & NO_RAISE)) this.raises("raise_on_sql");
      return loadOnPkIdentity(session, this.statement(state, passive, options), identity, {
        loadOptions,
        executionOptions: new Map(executionOptions),
      });
    }
    const [, params] = this.lazyClause(state, passive);
    if (state.dict.has(this.key) && !(passive & DEFERRED_HISTORY_LOAD)) return ATTR_WAS_SET;
    const values = [...params.values()];
    if (pending ? values.some(isNone) : values.includes(NO_VALUE)) return null;
    if (this.raiseOnSql && !(passive & NO_RAISE)) this.raises("raise_on_sql");
    const stmt = this.statement(state, passive, options);
    const execution = mergeOptions(executionOptions, new Map([["_sa_orm_load_options", loadOptions]]));
    const rows = (session.execute(stmt, host.makeDict(params), { executionOptions: execution }) as Rows)
      .unique()
      .scalars()
      .all();
    if (this.uselist) return rows;
    if (!rows.length) return null;
    if (rows.length > 1)
      warn(`Multiple rows returned with uselist=False for lazily-loaded attribute '${prop.toString()}' `);
    return rows[0];
  }

  /** What is sent for the attribute of this object: the same statement each time, unless options of its own go with the object. */
  private statement(state: InstanceState, passive: PassiveFlag, options: LazyLoadOptions): Select {
    const { option = null, extraOptions = [], alternatePath = null } = options;
    const narrowed = option !== null && option._extraCriteria.length > 0;
    if (state.loadOptions.length || narrowed || extraOptions.length || alternatePath)
      return this.makeStatement(state, passive, options);
    const { usual } = this;
    const autoflush = !(state.key === null || passive & NO_AUTOFLUSH);
    const known = usual[autoflush ? 0 : 1]!;
    let stmt = known.get(state.manager.mapper!);
    if (!stmt) {
      stmt = keepVariants(this.makeStatement(state, passive, options));
      known.set(state.manager.mapper!, stmt);
    }
    return stmt;
  }

  private makeStatement(state: InstanceState, passive: PassiveFlag, options: LazyLoadOptions): Select {
    const { option = null, extraCriteria = null, extraOptions = [], alternatePath = null } = options;
    const prop = this.parentProperty;
    const element = this.entity.clauseElement();
    let stmt = Select._createRawSelect({
      _rawColumns: [element as never],
      _propagateAttrs: element._propagateAttrs,
      _labelStyle: LABEL_STYLE_TABLENAME_PLUS_COL,
      _compileOptions: defaultCompileOptions,
    });
    if (prop.secondary !== null) stmt = stmt.selectFrom([this.mapper, prop.secondary]);
    const change = stmt as {
      -readonly [
        K in
          | "_executionOptions"
          | "_withOptions"
          | "_compileOptions"
          | "_orderByClauses"
          | "_withContextOptions"
          | "_whereCriteria"
      ]: Select[K];
    };
    if (state.key === null || passive & NO_AUTOFLUSH)
      change._executionOptions = new Map([["autoflush", false]]);
    let useGet = this.useGet;
    const below = (path: PathRegistry): PathRegistry => (path as AbstractEntityRegistry).at(prop as never);
    let effectivePath: PathRegistry;
    const narrowed = option !== null && option._extraCriteria.length > 0;
    if (state.loadOptions.length || narrowed) {
      effectivePath = below(alternatePath ?? (state.loadPath as PathRegistry));
      let opts = state.loadOptions as readonly ExecutableOption[];
      if (narrowed) {
        useGet = false;
        opts = [...opts, new LoaderCriteriaOption(this.entity, extraCriteria)];
      }
      change._withOptions = opts;
    } else effectivePath = below(alternatePath ?? (state.mapper as unknown as Mapper)._pathRegistry);
    if (extraOptions.length) change._withOptions = [...stmt._withOptions, ...extraOptions];
    change._compileOptions = compileOptionsOf(stmt).plus({ _currentPath: effectivePath });
    if (useGet) return stmt;
    if (this.orderBy) change._orderByClauses = this.orderBy;
    change._withContextOptions = [...stmt._withContextOptions, this.reverse];
    change._whereCriteria = [this.lazyClause(state, passive)[0]];
    return stmt;
  }

  /** The way back needs no SQL: the parent is there. It is not to be loaded eagerly again. */
  private lazyloadReverse(state: ORMCompileState): void {
    for (const rev of this.parentProperty._reverseProperty) {
      if (rev.direction !== MANYTOONE || !rev._useGet || rev.strategy instanceof LazyLoader) continue;
      const path = state.compileOptions._currentPath.at(rev.parent as never) as AbstractEntityRegistry;
      Load._constructForExistingPath(path).lazyload(rev).processCompileState(state);
    }
  }

  override createRowProcessor(...args: RowProcessorArguments): void {
    const [context, , , option, mapper, , , populators] = args;
    const { key } = this;
    if (context.loadOptions._isUserRefresh && compileOptionsOf(context.query)._onlyLoadProps?.has(key)) {
      this.immediately(...args);
      return;
    }
    if (!this.isClassLevel || option?._extraCriteria.length)
      populators.new.push([key, this.instanceCallable(context, option, mapper)]);
    else if (context.populateExisting || mapper.alwaysRefresh)
      populators.new.push([key, (state, dict) => state._reset(dict, key)]);
  }

  /** A loader of this kind for single objects: the option's, not the mapping's. */
  private instanceCallable(
    context: QueryContext,
    option: LoadOption | null,
    mapper: Mapper,
  ): Populators["new"][number][1] {
    const { key, strategyKey } = this;
    const extraCriteria = option?._extraCriteria.length
      ? (option as AttributeStrategyLoad)._generateExtraCriteria(context)
      : null;
    return InstanceState._instanceLevelCallableProcessor(
      mapper.classManager,
      (state, passive) => {
        const prop = state.manager.mapper._props.get(key) as unknown as RelationshipProperty;
        return (prop._getStrategy(strategyKey) as unknown as LazyLoader)._loadForState(state, passive, {
          option,
          extraCriteria,
        });
      },
      key,
    ) as Populators["new"][number][1];
  }
}

registerRelationshipStrategy(
  LazyLoader,
  ...[true, "select", "raise", "raise_on_sql", "baked_select"].map((lazy) => ({ lazy })),
);
