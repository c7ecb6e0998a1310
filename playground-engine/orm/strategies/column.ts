// Columns: loaded with their object, left for later, or given by an option of the query.
// Behaviour: SQLAlchemy orm/strategies.py (ColumnLoader, DeferredColumnLoader, ExpressionColumnLoader …).
import type { Result } from "../../engine/result.ts";
import { withCause } from "../../engine/trace.ts";
import { DetachedInstanceError, InvalidRequestError } from "../../errors/index.ts";
import type { ColumnAdapter } from "../../sql/adapt.ts";
import { null_ } from "../../sql/constructors.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import type { Value } from "../../util/host.ts";
import {
  ATTR_EMPTY,
  ATTR_WAS_SET,
  DEFER_FOR_STATE,
  PASSIVE_NO_RESULT,
  PASSIVE_OFF,
  RAISE_FOR_STATE,
  SET_DEFERRED_EXPIRED,
  SQL_OK,
  type PassiveFlag,
} from "../flags.ts";
import { deferredColumnLoader } from "../loading/deferred.ts";
import { COLUMN, DEFERRED, DEFERRED_RAISE, type Populators } from "../loading/populators.ts";
import { loadScalarAttributes } from "../loading/refresh.ts";
import type { SetupOptions } from "../loading/setup.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { AbstractEntityRegistry } from "../path-registry.ts";
import { ColumnProperty } from "../props/column.ts";
import {
  LoaderStrategy,
  registerStrategy,
  strategyKey,
  type LoadOption,
  type StrategyKey,
} from "../props/strategized-property.ts";
import type { ORMCompileState } from "../query/compile-state.ts";
import type { QueryContext } from "../query/context.ts";
import type { QueryEntity } from "../query/entities.ts";
import { compileOptionsOf } from "../query/load-options.ts";
import { stateStr } from "../state/access.ts";
import type { InstanceState } from "../state/state.ts";
import { registerAttribute } from "./register.ts";

abstract class ColumnStrategy extends LoaderStrategy<ColumnProperty> {
  protected readonly columns: readonly ColumnElement[];

  constructor(parent: ColumnProperty, key: StrategyKey) {
    super(parent, key);
    this.columns = parent.columns;
  }

  protected get compare(): (a: Value, b: Value) => boolean {
    const type = (this.columns[0] as ColumnElement).type;
    return (a, b) => type.compareValues(a, b);
  }
}

/** A column without attribute: a discriminator that is not mapped. */
class UninstrumentedColumnLoader extends ColumnStrategy {
  override setupQuery(
    state: ORMCompileState,
    _entity: QueryEntity,
    _path: AbstractEntityRegistry,
    _option: LoadOption | null,
    adapter: ColumnAdapter | null,
    options: SetupOptions,
  ): void {
    for (const c of this.columns)
      state._appendDedupeColCollection(adapter ? adapter.columns.get(c) : c, options.columnCollection);
  }
}

/** The first of these columns that the result has. */
function readColumn(
  columns: readonly ColumnElement[],
  key: string,
  result: Result,
  adapter: ColumnAdapter | null,
  populators: Populators,
): void {
  for (const c of columns) {
    const col = adapter ? adapter.columns.get(c) : c;
    const getter = col === null ? undefined : result._getter(col, false);
    if (!getter) continue;
    populators.quick.push([key, getter]);
    return;
  }
  populators.expire.push([key, true]);
}

class ColumnLoader extends ColumnStrategy {
  override setupQuery(
    state: ORMCompileState,
    _entity: QueryEntity,
    _path: AbstractEntityRegistry,
    _option: LoadOption | null,
    adapter: ColumnAdapter | null,
    options: SetupOptions,
  ): void {
    this.add(this.columns, state, adapter, options, options.checkForAdapt);
  }

  protected add(
    columns: readonly ColumnElement[],
    state: ORMCompileState,
    adapter: ColumnAdapter | null,
    options: SetupOptions,
    checkForAdapt: boolean,
  ): void {
    for (const c of columns) {
      const col = !adapter ? c : checkForAdapt ? adapter.adaptCheckPresent(c) : adapter.columns.get(c);
      if (checkForAdapt && col === null) return;
      state._appendDedupeColCollection(col, options.columnCollection);
    }
    const first = columns[0] as ColumnElement;
    const fetch = adapter ? adapter.columns.get(first) : first;
    if (fetch !== null) options.memoizedPopulators.set(this.parentProperty, fetch);
  }

  override initClassAttribute(mapper: Mapper): void {
    this.isClassLevel = true;
    const prop = this.parentProperty;
    const first = this.columns[0] as ColumnElement;
    registerAttribute(prop, mapper, {
      compareFunction: this.compare,
      activeHistory:
        prop.activeHistory ||
        first.primaryKey ||
        (mapper.versionIdCol !== null && mapper._columntoproperty.get(mapper.versionIdCol as never) === prop),
    });
  }

  override createRowProcessor(
    _context: QueryContext,
    _entity: QueryEntity,
    _path: AbstractEntityRegistry,
    _option: LoadOption | null,
    _mapper: Mapper,
    result: Result,
    adapter: ColumnAdapter | null,
    populators: Populators,
  ): void {
    readColumn(this.columns, this.key, result, adapter, populators);
  }
}

/** query_expression(): what with_expression() gives, else the default where there is one. */
class ExpressionColumnLoader extends ColumnLoader {
  /** @internal */
  readonly _haveDefaultExpression: boolean;

  constructor(parent: ColumnProperty, key: StrategyKey) {
    super(parent, key);
    const none = null_().label(null);
    this._haveDefaultExpression = this.columns.some((c) => !c.compare(none));
  }

  override setupQuery(
    state: ORMCompileState,
    _entity: QueryEntity,
    _path: AbstractEntityRegistry,
    option: LoadOption | null,
    adapter: ColumnAdapter | null,
    options: SetupOptions,
  ): void {
    const columns = option?._extraCriteria.length
      ? option._extraCriteria
      : this._haveDefaultExpression
        ? this.columns
        : null;
    if (columns) this.add(columns, state, adapter, options, false);
  }

  override createRowProcessor(
    _context: QueryContext,
    _entity: QueryEntity,
    _path: AbstractEntityRegistry,
    option: LoadOption | null,
    _mapper: Mapper,
    result: Result,
    adapter: ColumnAdapter | null,
    populators: Populators,
  ): void {
    if (option?._extraCriteria.length)
      readColumn(option._extraCriteria, this.key, result, adapter, populators);
  }

  override initClassAttribute(mapper: Mapper): void {
    this.isClassLevel = true;
    registerAttribute(this.parentProperty, mapper, {
      compareFunction: this.compare,
      acceptsScalarLoader: false,
    });
  }
}

class DeferredColumnLoader extends ColumnStrategy {
  private readonly group: string | null;
  private readonly raiseload: boolean;

  constructor(parent: ColumnProperty, key: StrategyKey) {
    super(parent, key);
    this.group = parent.group;
    this.raiseload = this.strategyOpts.get("raiseload") === "true";
  }

  private get plain(): LoaderStrategy {
    return this.parentProperty._getStrategy(strategyKey(COLUMN));
  }

  override createRowProcessor(
    context: QueryContext,
    entity: QueryEntity,
    path: AbstractEntityRegistry,
    option: LoadOption | null,
    mapper: Mapper,
    result: Result,
    adapter: ColumnAdapter | null,
    populators: Populators,
  ): void {
    if (context.refreshState && compileOptionsOf(context.query)._onlyLoadProps?.has(this.key))
      this.plain.createRowProcessor(context, entity, path, option, mapper, result, adapter, populators);
    else if (this.isClassLevel) populators.expire.push([this.key, false]);
    else populators.new.push([this.key, deferredColumnLoader(this.parentProperty, this.raiseload)]);
  }

  override initClassAttribute(mapper: Mapper): void {
    this.isClassLevel = true;
    registerAttribute(this.parentProperty, mapper, {
      compareFunction: this.compare,
      callable_: (state, passive) => this._loadForState(state, passive),
      loadOnUnexpire: false,
    });
  }

  override setupQuery(
    state: ORMCompileState,
    entity: QueryEntity,
    path: AbstractEntityRegistry,
    option: LoadOption | null,
    adapter: ColumnAdapter | null,
    options: SetupOptions,
  ): void {
    const prop = this.parentProperty;
    const undeferred =
      (state.compileOptions._renderForSubquery && prop._rendersInSubqueries) ||
      (option !== null && this.parent._shouldUndeferInWildcard.intersects(this.columns)) ||
      (option !== null &&
        this.group !== null &&
        option.localOpts.get(`undefer_group_${this.group}`) === true) ||
      options.onlyLoadProps?.has(this.key);
    if (undeferred) this.plain.setupQuery(state, entity, path, option, adapter, options);
    else if (this.isClassLevel) options.memoizedPopulators.set(prop, SET_DEFERRED_EXPIRED);
    else options.memoizedPopulators.set(prop, this.raiseload ? RAISE_FOR_STATE : DEFER_FOR_STATE);
  }

  /** @internal */
  _loadForState(state: InstanceState, passive: PassiveFlag): Value {
    if (state.key === null) return ATTR_EMPTY;
    if (!(passive & SQL_OK)) return PASSIVE_NO_RESULT;
    const mapper = state.manager.mapper as unknown as Mapper;
    const inGroup = (p: unknown): boolean =>
      p instanceof ColumnProperty && p.strategy instanceof DeferredColumnLoader && p.group === this.group;
    const toload =
      this.group === null ? [this.key] : [...mapper.iterateProperties].filter(inGroup).map((p) => p.key);
    const { unmodified, session } = state;
    const keys = toload.filter((k) => unmodified.has(k));
    if (!session)
      throw new DetachedInstanceError(
        `Parent instance ${stateStr(state)} is not bound to a Session; deferred load operation of attribute '${this.key}' cannot proceed`,
      );
    if (this.raiseload)
      throw new InvalidRequestError(`'${this.toString()}' is not available due to raiseload=True`);
    withCause("deferred load", this.toString(), () => loadScalarAttributes(mapper, state, keys, PASSIVE_OFF));
    return ATTR_WAS_SET;
  }
}

registerStrategy(ColumnProperty, { deferred: false, instrument: false }, UninstrumentedColumnLoader as never);
registerStrategy(ColumnProperty, COLUMN, ColumnLoader as never);
registerStrategy(ColumnProperty, { query_expression: true }, ExpressionColumnLoader as never);
for (const options of [DEFERRED, DEFERRED_RAISE, { do_nothing: true }])
  registerStrategy(ColumnProperty, options, DeferredColumnLoader as never);
