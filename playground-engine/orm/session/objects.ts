// A session's objects: how they come in, and how they go.
// Behaviour: SQLAlchemy orm/session.py (Session.add, delete, expunge, _register_persistent …).
import { FlushError, InvalidRequestError, warn } from "../../errors/index.ts";
import type { Value } from "../../util/host.ts";
import { itemsOf } from "../../util/items.ts";
import { IdentitySet } from "../../util/identity.ts";
import type { Instance } from "../face.ts";
import { mappedState, stateStr } from "../state/access.ts";
import type { Cascaded } from "../state/contracts.ts";
import { sessionById } from "../state/sessions.ts";
import { InstanceState } from "../state/state.ts";
import { tellChanging } from "../watch.ts";
import { SessionCore } from "./core.ts";
import { isNoObject } from "../flags.ts";
import type { SessionTransaction } from "./transaction.ts";

export abstract class SessionObjects extends SessionCore {
  // ---- coming in

  /** Puts an object, and all it refers to, into the session. Throws UnmappedInstanceError. */
  add(instance: Value, options: { _warn?: boolean } = {}): void {
    if ((options._warn ?? true) && this._warnOnEvents) this._flushWarning("Session.add()");
    this._saveOrUpdateState(mappedState(instance));
  }

  addAll(instances: Value): void {
    if (this._warnOnEvents) this._flushWarning("Session.add_all()");
    for (const instance of itemsOf(instances)) this.add(instance, { _warn: false });
  }

  /** @internal */
  _saveOrUpdateState(state: InstanceState): void {
    state._orphanedOutsideOfSession = false;
    this._saveOrUpdateImpl(state);
    for (const [, , below] of state.manager.mapper.cascadeIterator("save-update", state, (s) =>
      this._containsState(s),
    ))
      this._saveOrUpdateImpl(below);
  }

  private _saveOrUpdateImpl(state: InstanceState): void {
    if (state.key === null) this._saveImpl(state);
    else this._updateImpl(state);
  }

  private _saveImpl(state: InstanceState): void {
    const obj = state.obj() as Instance;
    const attach = this._beforeAttach(state);
    if (!this._new.has(state)) {
      this._new.set(state, obj);
      state.insertOrder = this._new.size;
    }
    if (attach) this._afterAttach(state, obj);
  }

  /** @internal */
  _updateImpl(state: InstanceState, options: { revertDeletion?: boolean } = {}): void {
    const { revertDeletion = false } = options;
    if (state.key === null) throw new InvalidRequestError(`Instance '${stateStr(state)}' is not persisted`);
    if (state._deleted) {
      if (!revertDeletion)
        throw new InvalidRequestError(
          `Instance '${stateStr(state)}' has been deleted.  Use the make_transient() function to send this object back to the transient state.`,
        );
      if (!state._attached) return;
      state._deleted = false;
    }
    const obj = state.obj();
    if (obj === null) return;
    const attach = this._beforeAttach(state);
    this._deleted.delete(state);
    if (revertDeletion) this.identityMap.replace(state);
    else this.identityMap.add(state);
    if (attach) this._afterAttach(state, obj);
    else if (revertDeletion) this.dispatch.deletedToPersistent.emit(this, state);
  }

  /** Lets an object that is not persistent load its relationships by the keys it has. */
  enableRelationshipLoading(instance: Value): void {
    const state = mappedState(instance);
    const attach = this._beforeAttach(state);
    state._loadPending = true;
    if (attach) this._afterAttach(state, instance as Instance);
  }

  private _beforeAttach(state: InstanceState): boolean {
    tellChanging();
    this._autobeginT();
    if (state.sessionId === this.hashKey) return false;
    if (sessionById(state.sessionId))
      throw new InvalidRequestError(
        `Object '${stateStr(state)}' is already attached to session '${state.sessionId}' (this is '${this.hashKey}')`,
      );
    this.dispatch.beforeAttach.emit(this, state);
    return true;
  }

  private _afterAttach(state: InstanceState, obj: Instance): void {
    state.sessionId = this.hashKey;
    if (state.modified && state._strongObj === null) state._strongObj = obj;
    this.dispatch.afterAttach.emit(this, state);
    if (state.key) this.dispatch.detachedToPersistent.emit(this, state);
    else this.dispatch.transientToPending.emit(this, state);
  }

  // ---- deletion

  /** Marks an object, and what its delete cascade reaches, for deletion at the next flush. */
  delete(instance: Value): void {
    if (this._warnOnEvents) this._flushWarning("Session.delete()");
    this._deleteImpl(mappedState(instance), instance as Instance, true);
  }

  private _deleteImpl(state: InstanceState, obj: Instance, head: boolean): void {
    if (state.key === null) {
      if (!head) return;
      throw new InvalidRequestError(`Instance '${stateStr(state)}' is not persisted`);
    }
    const attach = this._beforeAttach(state);
    if (this._deleted.has(state)) return;
    tellChanging();
    this.identityMap.add(state);
    if (attach) this._afterAttach(state, obj);
    // Collected before the object counts as deleted: the collections are loaded now.
    const cascaded: Cascaded[] = head ? [...state.manager.mapper.cascadeIterator("delete", state)] : [];
    this._deleted.set(state, obj);
    for (const [o, , below] of cascaded) this._deleteImpl(below, o, false);
  }

  // ---- going

  /** Takes an object out; its changes are forgotten. */
  expunge(instance: Value): void {
    const state = mappedState(instance);
    if (state.sessionId !== this.hashKey)
      throw new InvalidRequestError(`Instance ${stateStr(state)} is not present in this Session`);
    const cascaded = [...state.manager.mapper.cascadeIterator("expunge", state)].map(([, , below]) => below);
    this._expungeStates([state, ...cascaded]);
  }

  /** @internal */
  _expungeStates(states: Iterable<InstanceState>, options: { toTransient?: boolean } = {}): void {
    const all = [...states];
    tellChanging();
    for (const state of all) {
      if (this._new.delete(state)) continue;
      if (this.identityMap.containsState(state)) {
        this.identityMap.safeDiscard(state);
        this._deleted.delete(state);
      } else this._transaction?._deleted.delete(state);
    }
    InstanceState._detachStates(all, this.self, options);
  }

  expungeAll(): void {
    const told = this.dispatch.persistentToDetached.active || this.dispatch.deletedToDetached.active;
    const all = [...this.identityMap._forAll(told), ...this._new.keys()];
    this.identityMap._kill();
    this.identityMap = this.newIdentityMap();
    this._new.clear();
    this._deleted.clear();
    InstanceState._detachStates(all, this.self);
  }

  // ---- after a flush

  /** @internal The rows are written: the objects have an identity and no changes. */
  _registerPersistent(states: readonly InstanceState[]): void {
    for (const state of states) {
      const { mapper } = state.manager;
      const obj = state.obj();
      if (obj === null) continue;
      const key = mapper._identityKeyFromState(state);
      let unset = 0;
      for (const v of key.pk) if (isNoObject(v)) unset++;
      if ((unset > 0 && !mapper.allowPartialPks) || unset === key.pk.length)
        throw new FlushError(
          `Instance ${stateStr(state)} has a NULL identity key.  If this is an auto-generated value, check that the database table allows generation of new primary key values, and that the mapped Column object is configured to expect these generated values.  Ensure also that this flush() is not occurring at an inappropriate time, such as within a load() event.`,
        );
      if (state.key === null) state.key = key;
      else if (!state.key.equals(key)) {
        this.identityMap.safeDiscard(state);
        const switches = (this._transaction as SessionTransaction)._keySwitches;
        switches.set(state, [switches.has(state) ? (switches.get(state)?.[0] ?? null) : state.key, key]);
        state.key = key;
      }
      const old = this.identityMap.replace(state);
      if (old && old.obj() !== null && mapper._identityKeyFromState(old).equals(key))
        warn(
          `Identity map already had an identity for ${key.toString()}, replacing it with newly flushed object.   Are there load operations occurring inside of an event handler within the flush?`,
        );
      state._orphanedOutsideOfSession = false;
    }
    InstanceState._commitAllStates(states, this.identityMap);
    this._registerAltered(states);
    const fresh = states.filter((s) => this._new.has(s));
    for (const state of fresh) this.dispatch.pendingToPersistent.emit(this, state);
    for (const state of fresh) this._new.delete(state);
  }

  /** @internal */
  _registerAltered(states: Iterable<InstanceState>): void {
    if (!this._transaction) return;
    for (const state of states)
      (this._new.has(state) ? this._transaction._new : this._transaction._dirty).add(state);
  }

  /** @internal The rows are gone. */
  _removeNewlyDeleted(states: Iterable<InstanceState>): void {
    for (const state of states) {
      this._transaction?._deleted.add(state);
      this.identityMap.safeDiscard(state);
      this._deleted.delete(state);
      state._deleted = true;
      this.dispatch.persistentToDeleted.emit(this, state);
    }
  }

  // ---- what is there

  /** `instance in session` */
  contains(instance: Value): boolean {
    return this._containsState(mappedState(instance));
  }

  /** @internal */
  _containsState(state: InstanceState): boolean {
    return this._new.has(state) || this.identityMap.containsState(state);
  }

  [Symbol.iterator](): IterableIterator<Instance> {
    return [...this._new.values(), ...this.identityMap.values()].values();
  }

  /** Pending objects. */
  get new(): IdentitySet<Instance> {
    return new IdentitySet(this._new.values());
  }

  /** Persistent objects with changes, as far as setting an attribute tells: the values may be the same. */
  get dirty(): IdentitySet<Instance> {
    return new IdentitySet(
      [...this.identityMap._modified].filter((s) => !this._deleted.has(s)).map((s) => s.obj() as Instance),
    );
  }

  /** Objects marked for deletion. */
  get deleted(): IdentitySet<Instance> {
    return new IdentitySet(this._deleted.values());
  }

  /** @internal */
  _flushWarning(method: string): void {
    warn(
      `Usage of the '${method}' operation is not currently supported within the execution stage of the flush process. Results may not be consistent.  Consider using alternative event listeners or connection-level operations instead.`,
    );
  }
}
