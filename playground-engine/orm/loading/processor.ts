// From a row to an object: found in the session by its key or made, then filled as the occasion demands.
//
// An object that is loaded already is not overwritten, unless it is refreshed or populate_existing was asked for: only gaps
// are filled. Classes of a hierarchy are told apart by the discriminator.
// Behaviour: SQLAlchemy orm/loading.py (_instance_processor and what it calls).
import type { Result } from "../../engine/result.ts";
import { InvalidRequestError, StaleDataError, warn } from "../../errors/index.ts";
import type { ColumnAdapter } from "../../sql/adapt.ts";
import { tokenOf } from "../../sql/cache-key.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import { strOf } from "../../sql/repr.ts";
import { host, type Value } from "../../util/host.ts";
import { face, type AttrDict, type Instance } from "../face.ts";
import { DEFER_FOR_STATE, RAISE_FOR_STATE, SET_DEFERRED_EXPIRED } from "../flags.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { AbstractEntityRegistry, PathRegistry } from "../path-registry.ts";
import type { MapperProperty } from "../props/property.ts";
import type { RowGetter } from "../query/bundle.ts";
import type { QueryContext } from "../query/context.ts";
import type { QueryEntity } from "../query/entities.ts";
import { instanceState, stateStr } from "../state/access.ts";
import { IdentityKey } from "../state/identity-key.ts";
import type { InstanceState } from "../state/state.ts";
import { deferredColumnLoader } from "./deferred.ts";
import { copyPopulators, noPopulators, type LoadedRow, type Populators } from "./populators.ts";
import { PostLoad } from "./post-load.ts";
import type { MemoizedSetups } from "./setup.ts";
import { registerSubclassLoads } from "./subclass-load.ts";

export interface ProcessorOptions {
  readonly onlyLoadProps?: ReadonlySet<string> | null;
  readonly refreshState?: InstanceState | null;
  readonly polymorphicDiscriminator?: ColumnElement | null;
  /** @internal The mapper of the query where this is the processor of a subclass. */
  readonly polymorphicFrom?: Mapper | null;
}

interface Getters {
  readonly populators: Populators;
  /** Properties whose processors are made for each execution. */
  readonly todo: readonly MapperProperty[];
  readonly primaryKey: ((row: LoadedRow) => readonly Value[]) | null;
}

type Getter = (row: LoadedRow) => Value;

/** Column readers of an entity, worked out once for a compiled statement. */
function gettersOf(
  entity: QueryEntity,
  mapper: Mapper,
  context: QueryContext,
  result: Result,
  path: AbstractEntityRegistry,
  adapter: ColumnAdapter | null,
  onlyLoadProps: ReadonlySet<string> | null,
  refresh: boolean,
): Getters {
  const key = `getters ${tokenOf(mapper)}`;
  const { attributes } = context.compileState;
  const known = path.get<Getters>(attributes, key);
  if (known) return known;
  let props: Iterable<MapperProperty> = mapper._propSet;
  if (onlyLoadProps) {
    const wanted = new Set([...onlyLoadProps].map((k) => mapper._props.get(k)));
    props = [...props].filter((p) => wanted.has(p));
  }
  const setups =
    path.get<MemoizedSetups>(context.attributes, "memoized_setups") ?? (new Map() as MemoizedSetups);
  const populators = noPopulators();
  const todo: MapperProperty[] = [];
  let primaryKey: Getters["primaryKey"] = null;
  if (!refresh) {
    const columns = mapper.primaryKey as unknown as readonly ColumnElement[];
    primaryKey = result._tupleGetter(adapter ? columns.map((c) => adapter.columns.get(c)) : columns) as never;
  }
  for (const prop of props) {
    const col = setups.get(prop);
    if (col === undefined) todo.push(prop);
    else if (col === DEFER_FOR_STATE)
      populators.new.push([prop.key, deferredColumnLoader(prop as never, false)]);
    else if (col === RAISE_FOR_STATE)
      populators.new.push([prop.key, deferredColumnLoader(prop as never, true)]);
    else if (col === SET_DEFERRED_EXPIRED) populators.expire.push([prop.key, false]);
    else {
      const adapted = adapter ? adapter.columns.get(col) : null;
      const getter =
        (adapted !== null ? result._getter(adapted, false) : undefined) ?? result._getter(col, false);
      if (getter) populators.quick.push([prop.key, getter as Getter]);
      else prop.createRowProcessor(context, entity, path, mapper, result, adapter, populators);
    }
  }
  const made: Getters = { populators, todo, primaryKey };
  path.set(attributes, key, made);
  return made;
}

/** A function that gives the object of a row: null where the row has none. */
export function instanceProcessor(
  entity: QueryEntity,
  mapper: Mapper,
  context: QueryContext,
  result: Result,
  path: AbstractEntityRegistry,
  adapter: ColumnAdapter | null,
  options: ProcessorOptions = {},
): RowGetter {
  const {
    onlyLoadProps = null,
    refreshState = null,
    polymorphicDiscriminator = null,
    polymorphicFrom = null,
  } = options;
  const identityClass = mapper._identityClass;
  const { session, runid, identityToken, versionCheck } = context;
  const getters = gettersOf(
    entity,
    mapper,
    context,
    result,
    path,
    adapter,
    onlyLoadProps,
    refreshState !== null,
  );
  const populators = copyPopulators(getters.populators);
  for (const prop of getters.todo)
    prop.createRowProcessor(context, entity, path, mapper, result, adapter, populators);

  const { propagatedLoaderOptions } = context;
  const { currentPath } = context.compileState;
  const loadPath: PathRegistry = currentPath.length ? currentPath.plus(path) : path;
  const { identityMap } = session;
  const populateExisting = context.populateExisting || mapper.alwaysRefresh;
  const { load: loadEvent, refresh: refreshEvent } = mapper.classManager.dispatch;
  const onLoad = loadEvent.active;
  const onRefresh = refreshEvent.active;
  const onPersistent = session.dispatch.loadedAsPersistent.active;
  let versionGetter: Getter | null = null;
  if (versionCheck && mapper.versionIdCol !== null) {
    const col = mapper.versionIdCol as unknown as ColumnElement;
    versionGetter = result._getter(adapter ? adapter.columns.get(col) : col) as Getter;
  }
  if (!refreshState && polymorphicFrom)
    registerSubclassLoads(context, path, loadPath, mapper, polymorphicFrom);
  const postLoad = PostLoad.forContext(context, loadPath, onlyLoadProps);
  const refreshKey = refreshState ? (refreshState.key ?? mapper._identityKeyFromState(refreshState)) : null;
  const primaryKeyGetter = getters.primaryKey;
  const isNoKey = mapper.allowPartialPks
    ? (pk: readonly Value[]): boolean => pk.every((v) => v === null)
    : (pk: readonly Value[]): boolean => pk.includes(null);
  const keyOf = (row: LoadedRow): IdentityKey =>
    new IdentityKey(
      identityClass,
      (primaryKeyGetter as NonNullable<typeof primaryKeyGetter>)(row),
      identityToken,
    );

  const read = (row: LoadedRow): Instance | null => {
    let state: InstanceState;
    let dict: AttrDict;
    let instance: Instance | null;
    let isnew: boolean;
    let currentload: boolean;
    let loaded = false;
    if (refreshKey) {
      state = refreshState as InstanceState;
      instance = state.obj() as Instance;
      dict = face().dictOf(instance);
      isnew = state.runid !== runid;
      currentload = true;
    } else {
      const key = keyOf(row);
      instance = identityMap.get(key);
      if (instance !== null) {
        state = instanceState(instance);
        dict = face().dictOf(instance);
        isnew = state.runid !== runid;
        currentload = !isnew;
        if (versionGetter && !currentload) validateVersionId(mapper, state, dict, row, versionGetter);
      } else {
        if (isNoKey(key.pk)) return null;
        isnew = currentload = loaded = true;
        instance = mapper.classManager.newInstance();
        dict = face().dictOf(instance);
        state = instanceState(instance);
        state.key = key;
        state.identityToken = identityToken;
        state.sessionId = session.hashKey;
        identityMap._addUnpresent(state, key);
      }
    }
    const existingToo = populateExisting || refreshState === state;
    if (currentload || existingToo) {
      if (isnew && (propagatedLoaderOptions.length || !existingToo)) {
        state.loadOptions = propagatedLoaderOptions;
        state.loadPath = loadPath;
      }
      populateFull(context, row, state, dict, isnew, loadPath, existingToo, populators);
      if (isnew) {
        const { dispatch } = state.manager;
        if (loaded) {
          const before = state.runid;
          if (onLoad) {
            dispatch.load.emit(state, context);
            if (state.runid !== before) warnForRunidChanged(state);
          }
          if (onPersistent) {
            session.dispatch.loadedAsPersistent.emit(session, state);
            if (state.runid !== before) warnForRunidChanged(state);
          }
        } else if (onRefresh) {
          dispatch.refresh.emit(state, context, onlyLoadProps ? [...onlyLoadProps] : null);
          if (state.runid !== runid) warnForRunidChanged(state);
        }
        if (existingToo || state.modified) {
          if (refreshState && onlyLoadProps?.size) state._commit(dict, [...onlyLoadProps]);
          else state._commitAll(dict, identityMap);
        }
      }
      postLoad?.addState(state, true);
    } else {
      const { unloaded } = state;
      isnew = !context.partials.has(state);
      if (!isnew || unloaded.size || populators.eager.length) {
        const toLoad = populatePartial(context, row, state, dict, isnew, unloaded, populators);
        if (isnew) {
          if (onRefresh) {
            const before = state.runid;
            state.manager.dispatch.refresh.emit(state, context, new Set(toLoad));
            if (state.runid !== before) warnForRunidChanged(state);
          }
          state._commit(dict, [...toLoad]);
        }
      }
      if (postLoad && context.invokeAllEagers) postLoad.addState(state, false);
    }
    return instance;
  };

  if (!mapper.polymorphicMap.size || polymorphicFrom || refreshState) return read;
  const keyIfAny = (row: LoadedRow): IdentityKey | null => {
    const key = keyOf(row);
    return isNoKey(key.pk) ? null : key;
  };
  return polymorphicSwitch(
    read,
    entity,
    mapper,
    context,
    result,
    path,
    polymorphicDiscriminator,
    adapter,
    keyIfAny,
  );
}

// -- filling ----------------------------------------------------------------------------------------

function populateFull(
  context: QueryContext,
  row: LoadedRow,
  state: InstanceState,
  dict: AttrDict,
  isnew: boolean,
  loadPath: PathRegistry,
  populateExisting: boolean,
  populators: Populators,
): void {
  if (isnew) {
    state.runid = context.runid;
    for (const [key, get] of populators.quick) dict.set(key, get(row));
    for (const [key, expire] of populators.expire) {
      if (populateExisting) dict.delete(key);
      if (expire) state._expireKey(key);
    }
    for (const [, populate] of populators.new) populate(state, dict, row);
    return;
  }
  if (!loadPath.equals(state.loadPath as PathRegistry | null)) {
    // The same object at another place of the tree: it may have more columns here.
    state.loadPath = loadPath;
    for (const [key, get] of populators.quick) if (!dict.has(key)) dict.set(key, get(row));
  }
  for (const [, populate] of populators.existing) populate(state, dict, row);
}

function populatePartial(
  context: QueryContext,
  row: LoadedRow,
  state: InstanceState,
  dict: AttrDict,
  isnew: boolean,
  unloaded: ReadonlySet<string>,
  populators: Populators,
): ReadonlySet<string> {
  let toLoad: ReadonlySet<string>;
  if (!isnew) {
    for (const [key, get] of populators.quick) if (unloaded.has(key)) dict.set(key, get(row));
    toLoad = context.partials.get(state) as ReadonlySet<string>;
    for (const [key, populate] of populators.existing) if (toLoad.has(key)) populate(state, dict, row);
  } else {
    toLoad = unloaded;
    context.partials.set(state, toLoad);
    for (const [key, get] of populators.quick) if (toLoad.has(key)) dict.set(key, get(row));
    for (const [key, expire] of populators.expire) {
      if (!toLoad.has(key)) continue;
      dict.delete(key);
      if (expire) state._expireKey(key);
    }
    for (const [key, populate] of populators.new) if (toLoad.has(key)) populate(state, dict, row);
  }
  for (const [key, populate] of populators.eager) if (!unloaded.has(key)) populate(state, dict, row);
  return toLoad;
}

function warnForRunidChanged(state: InstanceState): void {
  warn(
    `Loading context for ${stateStr(state)} has changed within a load/refresh handler, suggesting a row refresh operation took place. If this event handler is expected to be emitting row refresh operations within an existing load or refresh operation, set restore_load_context=True when establishing the listener to ensure the context remains unchanged when the event handler completes.`,
  );
}

function validateVersionId(
  mapper: Mapper,
  state: InstanceState,
  dict: AttrDict,
  row: LoadedRow,
  getter: Getter,
): void {
  const mine = mapper._getStateAttrByColumn(state, dict, mapper.versionIdCol as never);
  const theirs = getter(row);
  if (host.equal(mine, theirs)) return;
  throw new StaleDataError(
    `Instance '${stateStr(state)}' has version id '${host.str(mine)}' which does not match database-loaded version id '${host.str(theirs)}'.`,
  );
}

// -- classes of a hierarchy ---------------------------------------------------------------------------

function polymorphicSwitch(
  read: RowGetter,
  entity: QueryEntity,
  mapper: Mapper,
  context: QueryContext,
  result: Result,
  path: AbstractEntityRegistry,
  discriminator: ColumnElement | null,
  adapter: ColumnAdapter | null,
  keyIfAny: (row: LoadedRow) => IdentityKey | null,
): RowGetter {
  let on = discriminator ?? mapper.polymorphicOn;
  if (on === null) return read;
  if (adapter) on = adapter.columns.get(on) as ColumnElement;
  const column = on;
  /** null: the mapper itself; false: no class below it. */
  const readers = new Map<unknown, RowGetter | null | false>();
  const readerOf = (value: Value): RowGetter | null | false => {
    const key = host.key(value);
    let found = readers.get(key);
    if (found !== undefined) return found;
    const sub = mapper.polymorphicMap.get(key);
    if (!sub)
      throw host.error("AssertionError", `No such polymorphic_identity ${host.repr(value)} is defined`);
    if (sub === mapper) found = null;
    else
      found = sub.isa(mapper)
        ? instanceProcessor(entity, sub, context, result, path, adapter, { polymorphicFrom: mapper })
        : false;
    readers.set(key, found);
    return found;
  };
  const getter = result._getter(column) as Getter;
  const cant = (key: IdentityKey, why: string): InvalidRequestError =>
    new InvalidRequestError(
      `Row with identity key ${key.toString()} can't be loaded into an object; the polymorphic discriminator column '${strOf(column)}' ${why}`,
    );
  return (row) => {
    const value = getter(row);
    if (value === null) {
      const key = keyIfAny(row);
      if (key) throw cant(key, "is NULL");
      return null;
    }
    const reader = readerOf(value);
    if (reader) return reader(row);
    if (reader === null) return read(row);
    const key = keyIfAny(row);
    if (key)
      throw cant(
        key,
        `refers to ${strOf(mapper.polymorphicMap.get(host.key(value)))}, which is not a sub-mapper of the requested ${mapper.toString()}`,
      );
    return null;
  };
}
