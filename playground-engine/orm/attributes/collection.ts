// Attributes that hold a collection of related objects. Behaviour: SQLAlchemy orm/attributes.py (CollectionAttributeImpl).
import { host, type Value } from "../../util/host.ts";
import { collectionAdapter, CollectionAdapter } from "../collections/adapter.ts";
import { bulkReplace } from "../collections/bulk.ts";
import { collectionMethods } from "../collections/roles.ts";
import type { AttributeDispatch } from "../events.ts";
import { face, type AttrDict, type ClassRef, type CollectionRole } from "../face.ts";
import {
  INCLUDE_PENDING_MUTATIONS,
  NO_KEY,
  NO_RAISE,
  NO_VALUE,
  PASSIVE_NO_INITIALIZE,
  PASSIVE_NO_RESULT,
  PASSIVE_OFF,
  PASSIVE_ONLY_PERSISTENT,
  type PassiveFlag,
} from "../flags.ts";
import { instanceState, instanceStateOrNull } from "../state/access.ts";
import type { InstanceState, StateLoader } from "../state/state.ts";
import { History, HISTORY_BLANK } from "./history.ts";
import { AttributeImpl, type ImplOptions, type Pending } from "./impl.ts";
import { AttributeEventToken, type Initiator } from "./token.ts";

export class CollectionAttributeImpl extends AttributeImpl {
  override readonly collection: boolean = true;
  readonly usesObjects = true;
  /** Makes the collections; undefined is a list. */
  readonly collectionFactory: Value | undefined;
  /** The collection's members at the time of a change, kept as the old value. */
  readonly copy: (collection: Value) => Value[];
  readonly _appendToken: AttributeEventToken;
  readonly _removeToken: AttributeEventToken;
  override readonly _bulkReplaceToken: AttributeEventToken;
  private readonly duckTypedAs: CollectionRole | undefined;

  constructor(
    class_: ClassRef,
    key: string,
    callable_: StateLoader | null,
    dispatch: AttributeDispatch,
    options: ImplOptions = {},
  ) {
    super(class_, key, callable_, dispatch, false, options);
    this.copy = options.copyFunction ?? ((collection) => collectionAdapter(collection).items());
    this.collectionFactory = options.typecallable;
    this._appendToken = new AttributeEventToken(this, "APPEND");
    this._removeToken = new AttributeEventToken(this, "REMOVE");
    this._bulkReplaceToken = new AttributeEventToken(this, "BULK_REPLACE");
    this.duckTypedAs =
      this.collectionFactory === undefined ? "list" : face().collectionRole(this.collectionFactory);
    // A plain dictionary does not know the keys of what is put into it: refused at once.
    const factory = this.collectionFactory;
    if (this.duckTypedAs === "dict" && face().isClass(factory) && face().module(factory) === "builtins")
      collectionMethods("InstrumentedDict", "dict", {}, () => true);
  }

  getHistory(state: InstanceState, dict: AttrDict, passive: PassiveFlag = PASSIVE_OFF): History {
    const current = this.get(state, dict, passive);
    if (current !== PASSIVE_NO_RESULT) return History.fromCollection(this, state, current, collectionAdapter);
    const pending =
      passive & INCLUDE_PENDING_MUTATIONS && state._hasPendingMutations
        ? state._pendingMutations.get(this.key)
        : undefined;
    return pending
      ? (HISTORY_BLANK as History)._merge(pending.addedItems, pending.deletedItems)
      : HISTORY_BLANK;
  }

  /** Present members first new, then old ones, then those removed. */
  override getAllPending(
    state: InstanceState,
    dict: AttrDict,
    _passive: PassiveFlag = PASSIVE_NO_INITIALIZE,
  ): Pending[] {
    if (!dict.has(this.key)) return [];
    const current = collectionAdapter(dict.get(this.key)).items();
    const original = state.committedState.has(this.key) ? state.committedState.get(this.key) : NO_VALUE;
    const pair = (o: Value): Pending => [instanceStateOrNull(o), o];
    if (original === NO_VALUE) return current.map((o) => [instanceState(o), o]);
    const before = [...(host.iterate(original) ?? [])];
    const were = new Set(before);
    const are = new Set(current);
    return [
      ...current.filter((o) => !were.has(o)),
      ...current.filter((o) => were.has(o)),
      ...before.filter((o) => !are.has(o)),
    ].map(pair);
  }

  fireAppendEvent(
    state: InstanceState,
    dict: AttrDict,
    value: Value,
    initiator: Initiator,
    key: Value,
  ): Value {
    for (const fn of this.dispatch.append) value = fn(state, value, initiator || this._appendToken, key);
    state._modifiedEvent(dict, this, NO_VALUE, { collection: true });
    if (this.trackparent && value !== null) this.sethasparent(instanceState(value), state, true);
    return value;
  }

  fireAppendWoMutationEvent(state: InstanceState, value: Value, initiator: Initiator, key: Value): Value {
    for (const fn of this.dispatch.appendWoMutation)
      value = fn(state, value, initiator || this._appendToken, key);
    return value;
  }

  /** A member is about to go, not known yet which: the old members must be kept now. */
  firePreRemoveEvent(state: InstanceState, dict: AttrDict): void {
    state._modifiedEvent(dict, this, NO_VALUE, { collection: true });
  }

  fireRemoveEvent(
    state: InstanceState,
    dict: AttrDict,
    value: Value,
    initiator: Initiator,
    key: Value,
  ): void {
    if (this.trackparent && value !== null) this.sethasparent(instanceState(value), state, false);
    for (const fn of this.dispatch.remove) fn(state, value, initiator || this._removeToken, key);
    state._modifiedEvent(dict, this, NO_VALUE, { collection: true });
  }

  delete(state: InstanceState, dict: AttrDict): void {
    if (!dict.has(this.key)) return;
    state._modifiedEvent(dict, this, NO_VALUE, { collection: true });
    collectionAdapter(this.get(state, state.dict)).clearWithEvent();
    dict.delete(this.key);
  }

  /** An empty collection to look at; it becomes the object's own when something is put in. */
  protected override _defaultValue(state: InstanceState, _dict: AttrDict): Value {
    const present = state._emptyCollections.get(this.key);
    if (present !== undefined) return present;
    const adapter = this._initializeCollection(state);
    adapter._setEmpty();
    return adapter.data;
  }

  /** @internal A new collection of this object, with its adapter. */
  _initializeCollection(state: InstanceState): CollectionAdapter {
    const adapter = state.manager.initializeCollection(this, state);
    adapter._link(true);
    this.dispatch.initCollection.emit(state, adapter.data, adapter);
    return adapter;
  }

  /** @internal An empty collection of the object's own, in the place of a previous one, without events. */
  _startCollection(state: InstanceState, dict: AttrDict): CollectionAdapter {
    const old = dict.get(this.key);
    dict.delete(this.key);
    if (old != null) this._disposePreviousCollection(state, old, collectionAdapter(old), false);
    const adapter = collectionAdapter(this._defaultValue(state, dict));
    adapter._resetEmpty();
    return adapter;
  }

  override append(
    state: InstanceState,
    dict: AttrDict,
    value: Value,
    initiator: Initiator,
    passive: PassiveFlag = PASSIVE_OFF,
  ): void {
    const collection = this.get(state, dict, passive);
    if (collection !== PASSIVE_NO_RESULT) collectionAdapter(collection).appendWithEvent(value, initiator);
    else
      state._getPendingMutation(this.key).append(this.fireAppendEvent(state, dict, value, initiator, NO_KEY));
  }

  override remove(
    state: InstanceState,
    dict: AttrDict,
    value: Value,
    initiator: Initiator,
    passive: PassiveFlag = PASSIVE_OFF,
  ): void {
    const collection = this.get(state, state.dict, passive);
    if (collection !== PASSIVE_NO_RESULT) collectionAdapter(collection).removeWithEvent(value, initiator);
    else {
      this.fireRemoveEvent(state, dict, value, initiator, NO_KEY);
      state._getPendingMutation(this.key).remove(value);
    }
  }

  /** Removes the value if it is there. */
  override pop(
    state: InstanceState,
    dict: AttrDict,
    value: Value,
    initiator: Initiator,
    passive: PassiveFlag = PASSIVE_OFF,
  ): void {
    try {
      this.remove(state, dict, value, initiator, passive);
    } catch (e) {
      if (!["ValueError", "KeyError", "IndexError"].some((name) => host.isError(e, name))) throw e;
    }
  }

  /**
   * Assigns a whole collection. The value is any collection of the same nature (or what the class's converter takes):
   * its members move into a new collection of ours, the previous one is left behind.
   * Throws the host's TypeError for a value of another nature.
   */
  set(
    state: InstanceState,
    dict: AttrDict,
    value: Value,
    _initiator: Initiator = null,
    passive: PassiveFlag = PASSIVE_OFF,
    _checkOld?: Value,
    _pop = false,
    adapt = true,
  ): void {
    const next = this._initializeCollection(state);
    let items: Iterable<Value>;
    let keys: Value[] | null = null;
    const converted = adapt ? next.convert(value) : undefined;
    if (!adapt) items = Array.isArray(value) ? (value as readonly Value[]) : next.itemsOf(value);
    else if (converted) items = converted;
    else {
      const given = face().duckTypeCollection(value);
      if (given !== this.duckTypedAs) throw this.incompatible(value);
      if (given === "dict") {
        const entries = host.entries(value);
        if (entries) {
          const pairs = [...entries];
          keys = pairs.map(([k]) => k);
          items = pairs.map(([, v]) => v);
        } else items = next.itemsOf(value);
      } else items = next.itemsOf(value);
    }
    const values = [...items];
    this.dispatch.bulkReplace.emit(state, values, this._bulkReplaceToken, keys);

    let old = this.get(state, dict, PASSIVE_ONLY_PERSISTENT ^ (passive & NO_RAISE));
    if (old === PASSIVE_NO_RESULT) old = this._defaultValue(state, dict);
    else if (old === value) return; // assigned to itself: `obj.items = obj.items`, `obj.items += […]`
    state._modifiedEvent(dict, this, old, { collection: true });
    const oldAdapter = collectionAdapter(old);
    dict.set(this.key, next.data);
    bulkReplace(values, oldAdapter, next, this._bulkReplaceToken);
    this._disposePreviousCollection(state, old, oldAdapter, true);
  }

  private incompatible(value: Value): unknown {
    // A collection class of no nature has no name for what it wants.
    if (this.duckTypedAs === undefined) return host.noAttribute(null, "__name__");
    const given = value === null ? "None" : host.typeName(value);
    return host.error("TypeError", `Incompatible collection type: ${given} is not ${this.duckTypedAs}-like`);
  }

  /** @internal */
  _disposePreviousCollection(
    state: InstanceState,
    collection: Value,
    adapter: CollectionAdapter,
    fireEvent: boolean,
  ): void {
    face().setAdapter(collection, undefined);
    state._emptyCollections.delete(this.key);
    if (!fireEvent) return;
    adapter._link(false);
    this.dispatch.disposeCollection.emit(state, collection, adapter);
  }

  /** @internal */
  _invalidateCollection(collection: Value): void {
    collectionAdapter(collection).invalidated = true;
  }

  /** The members as loaded; what was appended or removed meanwhile is applied to them. */
  override setCommittedValue(state: InstanceState, dict: AttrDict, value: Value): Value {
    const adapter = this._initializeCollection(state);
    const items = value === null ? undefined : host.iterate(value);
    if (items) adapter.appendMultipleWithoutEvent(items);
    const userData = adapter.data;
    state.dict.set(this.key, userData);
    face().refers?.(state.dict, this.key, userData);
    state._commit(dict, [this.key]);
    const pending = state._hasPendingMutations ? state._pendingMutations.get(this.key) : undefined;
    if (pending) {
      state._modifiedEvent(dict, this, userData, { collection: true });
      state._pendingMutations.delete(this.key);
      for (const item of pending.addedItems) adapter.appendWithoutEvent(item);
      for (const item of pending.deletedItems) adapter.removeWithoutEvent(item);
    }
    return userData;
  }

  /** The adapter of the present collection; a status where it is not there and may not be loaded. */
  getCollection(
    state: InstanceState,
    dict: AttrDict,
    userData: Value = null,
    passive: PassiveFlag = PASSIVE_OFF,
  ): CollectionAdapter | null {
    const data = userData ?? this.get(state, dict, passive);
    return data === PASSIVE_NO_RESULT ? null : collectionAdapter(data);
  }
}
