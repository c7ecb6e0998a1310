// What the ORM knows about one object: its identity, its session, which values changed and which are expired.
//
// Values live in the object's own dictionary; `committedState` has the old value of each attribute changed since, and of
// no other. Being transient, pending, persistent, deleted or detached follows from three facts: has it a key, is it
// attached to a session, was it deleted.
// Behaviour: SQLAlchemy orm/state.py (InstanceState).
import { withCause } from "../../engine/trace.ts";
import { InvalidRequestError, ObjectDereferencedError, warnDeprecated } from "../../errors/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { EMPTY_ARRAY } from "../../util/memo.ts";
import type { AttributeImpl } from "../attributes/impl.ts";
import { HISTORY_BLANK, type History } from "../attributes/history.ts";
import type { CollectionAttributeImpl } from "../attributes/collection.ts";
import { face, type AttrDict, type ClassRef, type Instance } from "../face.ts";
import {
  ATTR_WAS_SET,
  NO_VALUE,
  PASSIVE_NO_RESULT,
  SQL_OK,
  type LoaderCallableStatus,
  type PassiveFlag,
} from "../flags.ts";
import { late } from "../late.ts";
import { ReadOnlyProperties } from "../mapping/read-only-properties.ts";
import type { Session } from "../session/session.ts";
import { tellChanging, tellMade } from "../watch.ts";
import { stateClassStr } from "./access.ts";
import { AttributeState } from "./attribute-state.ts";
import type { MapperContract } from "./contracts.ts";
import type { IdentityKey } from "./identity-key.ts";
import type { IdentityMap } from "./identity.ts";
import type { ClassManager } from "./manager.ts";
import { PendingCollection } from "./pending.ts";
import { sessionById } from "./sessions.ts";

/** Loads an attribute of one object: gives the value, or a status saying why not or that it is done. */
export type StateLoader = (state: InstanceState, passive: PassiveFlag) => Value;

// What most objects have none of is shared until they have some: there are as many states as rows.
const NO_CALLABLES: Map<string, StateLoader> = new Map();
const NO_KEYS: ReadonlySet<string> = new Set();
const NO_CHANGES: ReadonlyMap<string, Value> = new Map();

export class InstanceState {
  readonly isInstance = true;
  readonly class_: ClassRef;
  manager: ClassManager;
  committedState = NO_CHANGES;
  expiredAttributes = NO_KEYS;

  key: IdentityKey | null = null;
  sessionId: number | null = null;
  identityToken: Value = null;
  /** The load that last populated the object. */
  runid: number | null = null;
  loadOptions: readonly unknown[] = EMPTY_ARRAY;
  insertOrder: number | null = null;
  modified = false;
  expired = false;
  callables = NO_CALLABLES;

  /** @internal The object while it has changes: the session must not lose it. */
  _strongObj: Instance | null = null;
  /** @internal */
  _deleted = false;
  /** @internal Loads relationships though it is not persistent: enable_relationship_loading. */
  _loadPending = false;
  /** @internal */
  _orphanedOutsideOfSession = false;
  /** @internal The identity map that holds this state. */
  _instanceDict: IdentityMap | null = null;
  /** @internal Values kept when they expire, for many-to-one history. */
  _lastKnownValues: Map<string, Value> | null = null;

  private readonly instance: Instance | null;
  private dead = false;
  private sharesExpired = true;
  private parents_: Map<object, InstanceState | false> | null = null;
  private pending_: Map<string, PendingCollection> | null = null;
  private emptyCollections_: Map<string, Value> | null = null;
  private loadPath_: unknown = undefined;
  private info_: Value = undefined;

  constructor(obj: Instance, manager: ClassManager) {
    this.class_ = face().classOf(obj);
    this.manager = manager;
    this.instance = obj;
    tellMade(this);
  }

  /** The object, or null when the program has let go of it. */
  obj(): Instance | null {
    return this.dead ? null : this.instance;
  }

  get object(): Instance | null {
    return this.obj();
  }

  /** The object's attribute dictionary. */
  get dict(): AttrDict {
    const obj = this.obj();
    return obj === null ? new Map() : face().dictOf(obj);
  }

  get mapper(): MapperContract {
    return this.manager.mapper;
  }

  /** User data. */
  get info(): Value {
    return (this.info_ ??= host.makeDict([]));
  }

  /** By attribute key, in the order of the mapping. */
  get attrs(): ReadOnlyProperties<AttributeState> {
    return new ReadOnlyProperties(
      [...this.manager.keys()].map((key) => [key, new AttributeState(this, key)]),
    );
  }

  // ---- life cycle

  get transient(): boolean {
    return this.key === null && !this._attached;
  }

  get pending(): boolean {
    return this.key === null && this._attached;
  }

  get persistent(): boolean {
    return this.key !== null && this._attached && !this._deleted;
  }

  get deleted(): boolean {
    return this.key !== null && this._attached && this._deleted;
  }

  get wasDeleted(): boolean {
    return this._deleted;
  }

  get detached(): boolean {
    return this.key !== null && !this._attached;
  }

  /** @internal */
  get _attached(): boolean {
    return sessionById(this.sessionId) !== null;
  }

  get session(): Session | null {
    return sessionById(this.sessionId);
  }

  get identity(): readonly Value[] | null {
    return this.key?.pk ?? null;
  }

  get identityKey(): IdentityKey | null {
    return this.key;
  }

  get hasIdentity(): boolean {
    return this.key !== null;
  }

  // ---- lesser parts, made when first needed

  /** By parent token of an attribute: the parent, or false once removed from it. */
  get parents(): Map<object, InstanceState | false> {
    return (this.parents_ ??= new Map());
  }

  /** @internal One of them. */
  _parentBy(token: object): InstanceState | false | undefined {
    return this.parents_?.get(token);
  }

  /** @internal */
  get _pendingMutations(): Map<string, PendingCollection> {
    return (this.pending_ ??= new Map());
  }

  /** @internal Empty collections handed out for reading, not yet in the dictionary. */
  get _emptyCollections(): Map<string, Value> {
    return (this.emptyCollections_ ??= new Map());
  }

  get loadPath(): unknown {
    return this.loadPath_ ?? late.rootPath();
  }

  set loadPath(path: unknown) {
    this.loadPath_ = path;
  }

  /** @internal */
  _getPendingMutation(key: string): PendingCollection {
    let pending = this._pendingMutations.get(key);
    if (!pending) this._pendingMutations.set(key, (pending = new PendingCollection()));
    return pending;
  }

  /** @internal */
  _trackLastKnownValue(key: string): void {
    this._lastKnownValues ??= new Map();
    if (!this._lastKnownValues.has(key)) this._lastKnownValues.set(key, NO_VALUE);
  }

  getHistory(key: string, passive: PassiveFlag): History {
    const obj = this.obj();
    return obj === null ? HISTORY_BLANK : this.manager.getImpl(key).getHistory(this, this.dict, passive);
  }

  getImpl(key: string): AttributeImpl {
    return this.manager.getImpl(key);
  }

  /** @internal Runs the class's own constructor between the init events. */
  _initializeInstance(next: () => void, args: readonly Value[], kwargs: Kwargs): void {
    const dispatch = this.manager.dispatch;
    tellChanging();
    dispatch.init.emit(this, args, kwargs);
    try {
      next();
    } catch (e) {
      dispatch.initFailure.emit(this, args, kwargs);
      throw e;
    }
  }

  // ---- leaving a session

  /** @internal Takes states out of their session, telling its listeners. */
  static _detachStates(
    states: Iterable<InstanceState>,
    session: Session,
    options: { toTransient?: boolean } = {},
  ): void {
    const { persistentToDetached, deletedToDetached, pendingToTransient, persistentToTransient } =
      session.dispatch;
    for (const state of states) {
      const deleted = state._deleted;
      const pending = state.key === null;
      const persistent = !pending && !deleted;
      state.sessionId = null;
      if (options.toTransient) state.key = null;
      if (persistent) {
        if (options.toTransient) persistentToTransient.emit(session, state);
        else persistentToDetached.emit(session, state);
      } else if (deleted) deletedToDetached.emit(session, state);
      else if (pending) pendingToTransient.emit(session, state);
      state._strongObj = null;
    }
  }

  /** @internal */
  _detach(session?: Session): void {
    if (session) InstanceState._detachStates([this], session);
    else {
      this.sessionId = null;
      this._strongObj = null;
    }
  }

  /** @internal The program has let go of the object. */
  _cleanup(): void {
    this.dead = true;
    this._instanceDict = null;
    this.sessionId = null;
    this._strongObj = null;
  }

  // ---- values before their change, and keys whose values are to be loaded again

  /** @internal */
  _keepCommitted(key: string, value: Value): void {
    if (this.committedState === NO_CHANGES) this.committedState = new Map();
    (this.committedState as Map<string, Value>).set(key, value);
  }

  /** @internal */
  _forgetCommitted(key: string): void {
    if (this.committedState.size) (this.committedState as Map<string, Value>).delete(key);
  }

  /** @internal */
  _expireKey(key: string): void {
    if (!this.expiredAttributes.has(key)) this.ownExpired().add(key);
  }

  /** @internal */
  _unexpire(key: string): void {
    if (this.expiredAttributes.has(key)) this.ownExpired().delete(key);
  }

  /** @internal */
  _forgetExpired(): void {
    this.shareExpired(NO_KEYS);
  }

  private shareExpired(keys: ReadonlySet<string>): void {
    this.expiredAttributes = keys;
    this.sharesExpired = true;
  }

  private ownExpired(): Set<string> {
    if (this.sharesExpired) this.expiredAttributes = new Set(this.expiredAttributes);
    this.sharesExpired = false;
    return this.expiredAttributes as Set<string>;
  }

  // ---- expiry

  /** @internal Drops the value of one attribute. */
  _reset(dict: AttrDict, key: string): void {
    const impl = this.manager.getImpl(key);
    const old = dict.get(key);
    dict.delete(key);
    if (old != null && impl.collection) (impl as CollectionAttributeImpl)._invalidateCollection(old);
    this._unexpire(key);
    this.callables.delete(key);
  }

  /** @internal */
  _setCallable(key: string, fn: StateLoader): void {
    if (this.callables === NO_CALLABLES) this.callables = new Map();
    this.callables.set(key, fn);
  }

  /** @internal */
  _copyCallables(from: InstanceState): void {
    if (from.callables !== NO_CALLABLES) this.callables = new Map(from.callables);
  }

  /** @internal */
  _clearCallables(): void {
    this.callables = NO_CALLABLES;
  }

  /** @internal For loaders: sets a callable of this attribute on a state, a collection present being invalidated. */
  static _instanceLevelCallableProcessor(
    manager: ClassManager,
    fn: StateLoader,
    key: string,
  ): (state: InstanceState, dict: AttrDict, row: unknown) => void {
    const impl = manager.getImpl(key);
    if (!impl.collection) return (state) => state._setCallable(key, fn);
    return (state, dict) => {
      const old = dict.get(key);
      if (old != null) {
        dict.delete(key);
        (impl as CollectionAttributeImpl)._invalidateCollection(old);
      }
      state._setCallable(key, fn);
    };
  }

  /** @internal Everything is expired already. */
  get _isBlank(): boolean {
    return (
      this.expired &&
      this.expiredAttributes === this.manager._loaderKeys &&
      this.dict.size === 0 &&
      this.parents_ === null &&
      this.pending_ === null
    );
  }

  /** @internal Forgets all mapped values and changes: the next access loads. */
  _expire(dict: AttrDict, modifiedSet: Set<InstanceState>): void {
    tellChanging();
    this.expired = true;
    if (this.modified) {
      modifiedSet.delete(this);
      this.committedState = NO_CHANGES;
      this.modified = false;
    }
    this._strongObj = null;
    this.pending_ = null;
    this.parents_ = null;
    const loadable = this.manager._loaderKeys;
    if (this.expiredAttributes.size) for (const key of loadable) this._expireKey(key);
    else this.shareExpired(loadable);
    if (this.callables.size) for (const key of this.expiredAttributes) this.callables.delete(key);
    for (const key of this.manager._collectionKeys) {
      const collection = dict.get(key);
      if (collection === undefined) continue;
      dict.delete(key);
      (this.manager.getImpl(key) as CollectionAttributeImpl)._invalidateCollection(collection);
    }
    if (this._lastKnownValues)
      for (const k of this._lastKnownValues.keys())
        if (dict.has(k)) this._lastKnownValues.set(k, dict.get(k));
    for (const key of this.manager.keys()) dict.delete(key);
    this.manager.dispatch.expire.emit(this, null);
  }

  /** @internal */
  _expireAttributes(
    dict: AttrDict,
    attributeNames: Iterable<string>,
    options: { noLoader?: boolean } = {},
  ): void {
    const names = [...attributeNames];
    tellChanging();
    for (const key of names) {
      const impl = this.manager.getImpl(key);
      if (impl.acceptsScalarLoader) {
        if (options.noLoader && (impl.callable_ || this.callables.has(key))) continue;
        this._expireKey(key);
        this.callables.delete(key);
      }
      const had = dict.has(key);
      const old = dict.get(key);
      dict.delete(key);
      if (had && impl.collection) (impl as CollectionAttributeImpl)._invalidateCollection(old);
      if (had && this._lastKnownValues?.has(key)) this._lastKnownValues.set(key, old);
      this._forgetCommitted(key);
      this.pending_?.delete(key);
    }
    this.manager.dispatch.expire.emit(this, names);
  }

  /** @internal Loads every expired attribute that has no pending change, in one SELECT. */
  _loadExpired(_state: InstanceState, passive: PassiveFlag): LoaderCallableStatus {
    if (!(passive & SQL_OK)) return PASSIVE_NO_RESULT;
    const toload = [...this.expiredAttributes].filter(
      (key) => !this.committedState.has(key) && this.manager.get(key)?.impl?.loadOnUnexpire,
    );
    withCause("refresh", face().className(this.class_), () =>
      this.manager.expiredAttributeLoader(this, toload, passive),
    );
    // Cleared even if the loader left some: those are deferred again, or gone.
    this._forgetExpired();
    return ATTR_WAS_SET;
  }

  // ---- what is there and what changed

  /** Keys without pending change. */
  get unmodified(): Set<string> {
    return new Set([...this.manager.keys()].filter((k) => !this.committedState.has(k)));
  }

  unmodifiedIntersection(keys: Iterable<string>): Set<string> {
    return new Set([...keys].filter((k) => this.manager.has(k) && !this.committedState.has(k)));
  }

  /** Keys without a value, whose loading would emit SQL for a persistent object. */
  get unloaded(): Set<string> {
    const dict = this.dict;
    return new Set([...this.manager.keys()].filter((k) => !this.committedState.has(k) && !dict.has(k)));
  }

  get unloadedExpirable(): Set<string> {
    warnDeprecated(
      "The InstanceState.unloaded_expirable attribute is deprecated.  Please use InstanceState.unloaded. (deprecated since: 2.0)",
    );
    return this.unloaded;
  }

  /** @internal Unloaded column attributes. */
  get _unloadedNonObject(): Set<string> {
    return new Set([...this.unloaded].filter((k) => this.manager.getImpl(k).acceptsScalarLoader));
  }

  /**
   * @internal An attribute is about to change: keep its previous value, and tell the session. `attr` null flags the
   * object alone as dirty.
   */
  _modifiedEvent(
    dict: AttrDict,
    attr: AttributeImpl | null,
    previous: Value,
    options: { collection?: boolean; isUserland?: boolean } = {},
  ): void {
    tellChanging();
    if (attr) {
      if (!attr.sendModifiedEvents) return;
      const { collection = false, isUserland = false } = options;
      if (isUserland && !dict.has(attr.key))
        throw new InvalidRequestError(
          `Can't flag attribute '${attr.key}' modified; it's not present in the object state`,
        );
      if (isUserland || !this.committedState.has(attr.key)) {
        if (collection) {
          if (previous === NO_VALUE && dict.has(attr.key)) previous = dict.get(attr.key);
          if (previous !== null && previous !== NO_VALUE)
            previous = (attr as CollectionAttributeImpl).copy(previous);
        }
        this._keepCommitted(attr.key, previous);
      }
      if (this._lastKnownValues?.has(attr.key)) this._lastKnownValues.set(attr.key, NO_VALUE);
    }
    if ((this.sessionId === null || this._strongObj !== null) && this.modified) return;
    this.modified = true;
    const map = this._instanceDict;
    const hadModified = map ? map._modified.size > 0 : false;
    map?._modified.add(this);
    const obj = this.obj();
    if (this.sessionId !== null) {
      this._strongObj = obj;
      // The first change in a session begins its transaction.
      if (!hadModified) {
        const session = this.session;
        if (session && session._transaction === null) session._autobeginT();
      }
    }
    if (obj === null && attr)
      throw new ObjectDereferencedError(
        `Can't emit change event for attribute '${String(this.manager.get(attr.key))}' - parent object of type ${stateClassStr(this)} has been garbage collected.`,
      );
  }

  /** @internal These attributes are now as in the database. */
  _commit(dict: AttrDict, keys: readonly string[]): void {
    for (const key of keys) {
      this._forgetCommitted(key);
      if (!dict.has(key)) continue;
      this._unexpire(key);
      this.callables.delete(key);
    }
    this.expired = false;
  }

  /** @internal All attributes are now as in the database. */
  _commitAll(dict: AttrDict, instanceDict: IdentityMap | null = null): void {
    this.committedState = NO_CHANGES;
    this.pending_ = null;
    if (this.expiredAttributes.size) for (const key of dict.keys()) this._unexpire(key);
    if (this.modified) instanceDict?._modified.delete(this);
    this.modified = this.expired = false;
    this._strongObj = null;
  }

  /** @internal */
  static _commitAllStates(states: Iterable<InstanceState>, instanceDict: IdentityMap | null = null): void {
    for (const state of states) state._commitAll(state.dict, instanceDict);
  }

  /** @internal */
  get _hasPendingMutations(): boolean {
    return this.pending_ !== null && this.pending_.size > 0;
  }

  toString(): string {
    return host.repr(this);
  }
}
