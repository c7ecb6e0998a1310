// Getting objects from the database and bringing them up to date: get, refresh, expire, merge.
// Behaviour: SQLAlchemy orm/session.py.
import { withCause } from "../../engine/trace.ts";
import {
  ArgumentError,
  InvalidRequestError,
  NoResultFound,
  StaleDataError,
  warn,
} from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";
import { itemsOf } from "../../util/items.ts";
import { select, ForUpdateArg } from "../../sql/index.ts";
import { face, type AttrDict, type Instance } from "../face.ts";
import { inspect } from "../inspection.ts";
import {
  isNoObject,
  NO_VALUE,
  PASSIVE_CLASS_MISMATCH,
  PASSIVE_NO_INITIALIZE,
  PASSIVE_NO_RESULT,
  PASSIVE_OFF,
  type PassiveFlag,
} from "../flags.ts";
import { late } from "../late.ts";
import { entitySelect } from "../loading/entity-select.ts";
import { instanceState, instanceStr, mappedState, stateStr } from "../state/access.ts";
import type { MapperContract } from "../state/contracts.ts";
import type { IdentityKey } from "../state/identity-key.ts";
import type { InstanceState } from "../state/state.ts";
import { mapOf } from "./execute-state.ts";
import { NoAutoflush } from "./no-autoflush.ts";
import { SessionObjects } from "./objects.ts";
import type { Session } from "./session.ts";

/** What a look-up by key is told; all but the first two is for sessions that choose among databases. */
export interface IdentityLookup {
  readonly identityToken?: Value;
  readonly passive?: PassiveFlag;
  readonly lazyLoadedFrom?: unknown;
  readonly executionOptions?: Value;
  readonly bindArguments?: Value;
}

export interface GetOptions {
  /** Loader options. */
  readonly options?: Value;
  readonly populateExisting?: boolean;
  readonly withForUpdate?: Value;
  readonly identityToken?: Value;
  readonly executionOptions?: Value;
  readonly bindArguments?: Value;
}

type LoadByKey = typeof late.loadOnPkIdentity;

interface Merging {
  readonly load: boolean;
  readonly options: Value;
  readonly recursive: Map<InstanceState, Instance>;
  /** By hash of the identity key. */
  readonly resolveConflictMap: Map<string, Instance>;
}

/** `ForUpdateArg._from_argument` */
function forUpdate(arg: Value): ForUpdateArg | null {
  return ForUpdateArg._fromArgument(arg === undefined ? null : arg);
}

export abstract class SessionLoading extends SessionObjects {
  // ---- get

  /** The object with this primary key: from the session if it is there, else by SELECT; None where there is no row. */
  get(entity: Value, ident: Value, options: GetOptions = {}): Instance | null {
    return this._getImpl(entity, ident, late.loadOnPkIdentity, options);
  }

  /** Likewise; throws NoResultFound where there is no row. */
  getOne(entity: Value, ident: Value, options: GetOptions = {}): Instance {
    const instance = this.get(entity, ident, options);
    if (instance === null) throw new NoResultFound("No row was found when one was required");
    return instance;
  }

  /** @internal */
  _getImpl(entity: Value, ident: Value, load: LoadByKey, options: GetOptions): Instance | null {
    const mapper = inspect(entity) as MapperContract | null;
    if (!mapper?.isMapper)
      throw new ArgumentError(`Expected mapped class or mapper, got: ${host.repr(entity)}`);
    const key = primaryKeyValues(mapper, ident);
    const withForUpdate = forUpdate(options.withForUpdate);
    if (!options.populateExisting && !mapper.alwaysRefresh && withForUpdate === null) {
      const instance = this._identityLookup(mapper, key, options);
      if (instance === PASSIVE_CLASS_MISMATCH) return null;
      if (instance !== null)
        return face().isSubclass(face().classOf(instance as Instance), mapper.class_)
          ? (instance as Instance)
          : null;
    }
    let statement = entitySelect(mapper);
    if (withForUpdate !== null) {
      statement = statement._clone();
      statement._forUpdateArg = withForUpdate;
    }
    if (options.options != null) statement = statement.options(itemsOf(options.options));
    return load(this.self, statement, key, {
      loadOptions: late.loadOptions({ populateExisting: options.populateExisting ?? false }),
      identityToken: options.identityToken ?? null,
      executionOptions: mapOf(options.executionOptions),
      bindArguments: mapOf(options.bindArguments),
    });
  }

  /** @internal The object of this key in the session, refreshed if it is expired: a status or None where there is none. */
  _identityLookup(mapper: MapperContract, primaryKey: readonly Value[], options: IdentityLookup = {}): Value {
    const key = mapper.identityKeyFromPrimaryKey(primaryKey, {
      identityToken: options.identityToken ?? null,
    });
    return late.getFromIdentity(this.self, mapper, key, options.passive ?? PASSIVE_OFF);
  }

  // ---- autoflush

  /** A with block in which queries do not flush first. */
  get noAutoflush(): NoAutoflush<Session> {
    return new NoAutoflush(this.self);
  }

  // ---- refresh, expire

  /** Loads an object's columns (or the named attributes) anew. */
  refresh(instance: Value, attributeNames: Value = null, withForUpdate: Value = null): void {
    const state = mappedState(instance);
    const names = attributeNames === null ? null : stringsOf(attributeNames);
    this._expireState(state, names);
    this._autoflush();
    if (host.kindOf(withForUpdate) === "dict" && !host.isTrue(withForUpdate))
      throw new ArgumentError(
        "with_for_update should be the boolean value True, or a dictionary with options.  A blank dictionary is ambiguous.",
      );
    const mapper = state.mapper;
    const loaded = withCause("refresh", face().className(state.class_), () =>
      late.loadOnIdent(this.self, select([mapper as unknown as Value]), state.key, {
        refreshState: state,
        withForUpdate: forUpdate(withForUpdate),
        onlyLoadProps: names,
        requirePkCols: true,
        noAutoflush: true,
        isUserRefresh: true,
      }),
    );
    if (loaded === null)
      throw new InvalidRequestError(`Could not refresh instance '${instanceStr(instance)}'`);
  }

  expireAll(): void {
    this.identityMap._expireAll();
  }

  expire(instance: Value, attributeNames: Value = null): void {
    this._expireState(mappedState(instance), attributeNames === null ? null : stringsOf(attributeNames));
  }

  private _expireState(state: InstanceState, names: readonly string[] | null): void {
    if (!this.identityMap.containsState(state))
      throw new InvalidRequestError(`Instance '${stateStr(state)}' is not persistent within this Session`);
    if (names?.length) {
      state._expireAttributes(state.dict, names);
      return;
    }
    const cascaded = [...state.manager.mapper.cascadeIterator("refresh-expire", state)].map(
      ([, , below]) => below,
    );
    for (const s of [state, ...cascaded]) {
      if (s.key !== null) s._expire(s.dict, this.identityMap._modified);
      else if (this._new.delete(s)) s._detach(this.self);
    }
  }

  // ---- merge

  /** Copies an object's state onto the one of this session with the same identity, loaded or made as need be. */
  merge(instance: Value, options: { load?: boolean; options?: Value } = {}): Instance {
    if (this._warnOnEvents) this._flushWarning("Session.merge()");
    const load = options.load ?? true;
    if (load) this._autoflush();
    const state = mappedState(instance);
    const { autoflush } = this;
    this.autoflush = false;
    try {
      return this._merge(state, face().dictOf(instance as Instance), {
        load,
        options: options.options ?? null,
        recursive: new Map(),
        resolveConflictMap: new Map(),
      });
    } finally {
      this.autoflush = autoflush;
    }
  }

  /** @internal For relationships that merge their members. */
  _merge(state: InstanceState, stateDict: AttrDict, merging: Merging): Instance {
    const { load, recursive, resolveConflictMap } = merging;
    const { mapper } = state.manager;
    const done = recursive.get(state);
    if (done) return done;

    const key = state.key ?? this.keyToMerge(state, load);
    const persistent = state.key !== null || isCompleteKey(mapper, key);
    let merged: Instance | null = this.identityMap.get(key);
    let made = false;
    if (merged === null) {
      if (persistent && resolveConflictMap.has(key.hash))
        merged = resolveConflictMap.get(key.hash) as Instance;
      else if (!load) {
        if (state.modified)
          throw new InvalidRequestError(
            "merge() with load=False option does not support objects marked as 'dirty'.  flush() all changes on mapped instances before merging with load=False.",
          );
        merged = mapper.classManager.newInstance();
        const mergedState = instanceState(merged);
        mergedState.key = key;
        this._updateImpl(mergedState);
        made = true;
      } else if (persistent)
        merged = this.get(mapper.class_, host.makeTuple(key.pk), {
          identityToken: key.token,
          options: merging.options,
        });
    }
    if (merged === null) {
      merged = mapper.classManager.newInstance();
      made = true;
      this._saveOrUpdateState(instanceState(merged));
    }
    const mergedState = instanceState(merged);
    const mergedDict = face().dictOf(merged);
    recursive.set(state, merged);
    resolveConflictMap.set(key.hash, merged);

    if (state !== mergedState) {
      this.checkMergedVersion(mapper, state, stateDict, mergedState, mergedDict);
      mergedState.loadPath = state.loadPath;
      mergedState.loadOptions = state.loadOptions;
      // Deferred attributes stay deferred: their loaders come along.
      mergedState._copyCallables(state);
      for (const prop of mapper.iterateProperties)
        prop.merge(this.self, state, stateDict, mergedState, mergedDict, load, recursive, resolveConflictMap);
    }
    if (!load) {
      mergedState._commitAll(mergedDict, this.identityMap);
      mergedState.manager.dispatch._saEventMergeWoLoad.emit(mergedState, null);
    }
    if (made) mergedState.manager.dispatch.load.emit(mergedState, null);
    return merged;
  }

  private keyToMerge(state: InstanceState, load: boolean): IdentityKey {
    if (this._new.has(state))
      warn(
        `Instance ${stateStr(state)} is already pending in this Session yet is being merged again; this is probably not what you want to do`,
      );
    if (!load)
      throw new InvalidRequestError(
        "merge() with load=False option does not support objects transient (i.e. unpersisted) objects.  flush() all changes on mapped instances before merging with load=False.",
      );
    return state.manager.mapper._identityKeyFromState(state);
  }

  private checkMergedVersion(
    mapper: MapperContract,
    state: InstanceState,
    stateDict: AttrDict,
    mergedState: InstanceState,
    mergedDict: AttrDict,
  ): void {
    if (mapper.versionIdCol === null) return;
    const existing = mapper._getStateAttrByColumn(
      state,
      stateDict,
      mapper.versionIdCol,
      PASSIVE_NO_INITIALIZE,
    );
    const merged = mapper._getStateAttrByColumn(
      mergedState,
      mergedDict,
      mapper.versionIdCol,
      PASSIVE_NO_INITIALIZE,
    );
    if (existing === PASSIVE_NO_RESULT || merged === PASSIVE_NO_RESULT || host.equal(existing, merged))
      return;
    throw new StaleDataError(
      `Version id '${host.str(existing)}' on merged state ${stateStr(mergedState)} does not match existing version '${host.str(merged)}'. Leave the version attribute unset when merging to update the most recent version.`,
    );
  }
}

function isCompleteKey(mapper: MapperContract, key: IdentityKey): boolean {
  if (key.pk.includes(NO_VALUE)) return false;
  const unset = key.pk.filter(isNoObject).length;
  return unset === 0 || (mapper.allowPartialPks && unset < key.pk.length);
}

/** The values of a primary key given as one value, a tuple, a composite or a dictionary by attribute name. */
function primaryKeyValues(mapper: MapperContract, ident: Value): readonly Value[] {
  const composite = late.compositeValues(ident);
  const kind = composite ? "list" : host.kindOf(ident);
  const count = (n: number): void => {
    if (n !== mapper.primaryKey.length)
      throw new InvalidRequestError(
        `Incorrect number of values in identifier to formulate primary key for session.get(); primary key columns are ${mapper.primaryKey.map((c) => `'${String(c)}'`).join(",")}`,
      );
  };
  if (kind === "dict") {
    const given = new Map<Value, Value>(host.entries(ident) ?? []);
    count(given.size);
    for (const [synonym, key] of mapper._pkSynonyms)
      if (given.has(synonym)) given.set(key, given.get(synonym));
    return mapper._identityKeyProps.map((prop) => {
      if (given.has(prop.key)) return given.get(prop.key);
      throw new InvalidRequestError(
        `Incorrect names of values in identifier to formulate primary key for session.get(); primary key attribute names are ${mapper._identityKeyProps.map((p) => `'${p.key}'`).join(",")} (synonym names are also accepted)`,
      );
    });
  }
  const iterable = composite ?? (kind === "str" || kind === "bytes" ? undefined : host.iterate(ident));
  const values = ident === null ? [null] : iterable ? [...iterable] : [ident];
  count(values.length);
  return values;
}

const stringsOf = (v: Value): string[] => itemsOf(v) as string[];
