// Writing a session's changes to the database.
// Behaviour: SQLAlchemy orm/session.py (Session.flush, bulk_save_objects …).
import { withCause, type Cause } from "../../engine/trace.ts";
import { InvalidRequestError, StatementError, tagWarnings, warn } from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";
import { itemsOf } from "../../util/items.ts";
import type { AttrDict } from "../face.ts";
import { NO_CHANGE } from "../flags.ts";
import { bulkInsert, bulkUpdate } from "../persistence/bulk.ts";
import { UOWTransaction } from "../persistence/unit-of-work.ts";
import { classToMapper } from "../mapping/class-mapper.ts";
import { instanceState, mappedState } from "../state/access.ts";
import type { MapperContract } from "../state/contracts.ts";
import { InstanceState } from "../state/state.ts";
import { SessionLoading } from "./loading.ts";
import { watched } from "../watch.ts";
import type { SessionTransaction } from "./transaction.ts";

const AUTOFLUSH_TAG =
  "This warning originated from the Session 'autoflush' process, which was invoked automatically in response to a user-initiated operation. Consider using ``no_autoflush`` context manager if this warning happened while initializing objects.";

/** A program's dictionary of values, copied. @throws the host's TypeError for what is none */
const valuesOf = (v: Value): AttrDict =>
  new Map((host.entries(v) ?? itemsOf(v)) as Iterable<[string, Value]>) as AttrDict;

export abstract class SessionFlush extends SessionLoading {
  /** Writes all changes, or those of the given objects. */
  override flush(objects: Value = null): void {
    if (this._flushing) throw new InvalidRequestError("Session is already flushing");
    if (this._isClean()) return;
    this._flushing = true;
    try {
      watched("flush", () => withCause("flush", undefined, () => this._flush(objects, "flush")));
    } finally {
      this._flushing = false;
    }
  }

  /** @internal Flush before a query. */
  override _autoflush(): void {
    if (!this.autoflush || this._flushing) return;
    try {
      tagWarnings(AUTOFLUSH_TAG, () => {
        if (this._isClean()) return;
        this._flushing = true;
        try {
          watched("flush", () => withCause("autoflush", undefined, () => this._flush(null, "autoflush")));
        } finally {
          this._flushing = false;
        }
      });
    } catch (e) {
      if (e instanceof StatementError)
        e.addDetail(
          "raised as a result of Query-invoked autoflush; consider using a session.no_autoflush block if this flush is occurring prematurely",
        );
      throw e;
    }
  }

  /** @internal */
  _isClean(): boolean {
    return !this.identityMap.checkModified() && !this._deleted.size && !this._new.size;
  }

  private _flush(objects: Value, cause: Cause): void {
    let dirty = [...this.identityMap._modified];
    if (!dirty.length && !this._deleted.size && !this._new.size) return;
    const context = new UOWTransaction(this.self, cause);
    if (this.dispatch.beforeFlush.active) {
      this.dispatch.beforeFlush.emit(this, context, objects);
      dirty = [...this.identityMap._modified]; // the listener may have changed what is dirty
    }
    const deleted = [...this._deleted.keys()];
    const isDeleted = new Set(deleted);
    const only = objects !== null && host.isTrue(objects) ? new Set(itemsOf(objects).map(mappedState)) : null;
    const wanted = (s: InstanceState): boolean => only === null || only.has(s);
    const processed = new Set<InstanceState>();
    for (const state of new Set([...this._new.keys(), ...dirty])) {
      if (isDeleted.has(state) || !wanted(state)) continue;
      const orphan = state.manager.mapper._isOrphan(state);
      const persistentOrphan = orphan && state.hasIdentity;
      if (orphan && !persistentOrphan && state._orphanedOutsideOfSession) this._expungeStates([state]);
      else {
        context.registerObject(state, { isdelete: persistentOrphan });
        processed.add(state);
      }
    }
    for (const state of deleted)
      if (wanted(state) && !processed.has(state)) context.registerObject(state, { isdelete: true });
    if (!context.hasWork) return;

    this.inSubtransaction((transaction) => {
      context.transaction = transaction;
      this._warnOnEvents = true;
      try {
        context.execute();
      } finally {
        this._warnOnEvents = false;
      }
      this.dispatch.afterFlush.emit(this, context);
      context.finalizeFlushChanges();
      const leftOver = this.identityMap._modified;
      if (only === null && leftOver.size) {
        const count = leftOver.size;
        InstanceState._commitAllStates([...leftOver], this.identityMap);
        warn(
          `Attribute history events accumulated on ${count} previously clean instances within inner-flush event handlers have been reset, and will not result in database updates. Consider using set_committed_value() within inner-flush event handlers to avoid this warning.`,
        );
      }
      this.dispatch.afterFlushPostexec.emit(this, context);
    });
  }

  /** Runs in a transaction of its own inside the session's: when it fails, the session's waits for rollback(). */
  private inSubtransaction(fn: (transaction: SessionTransaction) => void): void {
    const transaction = this._autobeginT()._begin();
    try {
      fn(transaction);
      transaction.commit();
    } catch (e) {
      transaction.rollback({ captured: e });
      throw e;
    }
  }

  /** Whether an object has changes that differ from what is loaded. Emits nothing. */
  isModified(instance: Value, includeCollections = true): boolean {
    const state = mappedState(instance);
    if (!state.modified) return false;
    const { dict } = state;
    for (const { impl } of state.manager.attributes) {
      if (!includeCollections && (impl.collection || impl.dynamic)) continue;
      const history = impl.getHistory(state, dict, NO_CHANGE);
      if (history.added.length || history.deleted.length) return true;
    }
    return false;
  }

  // ---- bulk operations

  /** INSERTs and UPDATEs without unit of work: no relationships, no cascades, no state kept. */
  bulkSaveObjects(
    objects: Value,
    returnDefaults = false,
    updateChangedOnly = true,
    preserveOrder = true,
  ): void {
    let states = itemsOf(objects).map(instanceState);
    if (!host.isTrue(preserveOrder)) {
      const order = new Map<MapperContract, number>();
      for (const s of states) if (!order.has(s.mapper)) order.set(s.mapper, order.size);
      const rank = (s: InstanceState): number =>
        (order.get(s.mapper) as number) * 2 + (s.key === null ? 0 : 1);
      states = states
        .map((s, i) => [s, i] as const)
        .sort(([a, i], [b, j]) => rank(a) - rank(b) || i - j)
        .map(([s]) => s);
    }
    for (let i = 0; i < states.length;) {
      const first = states[i] as InstanceState;
      const isupdate = first.key !== null;
      let end = i;
      while (
        end < states.length &&
        states[end]?.mapper === first.mapper &&
        (states[end]?.key !== null) === isupdate
      )
        end++;
      const group = states.slice(i, end);
      i = end;
      this.bulkSave((transaction) => {
        if (isupdate) {
          const keep = first.mapper._primaryKeyPropkeys;
          const version = first.mapper._versionIdProp?.key;
          const changed = (s: InstanceState): AttrDict =>
            new Map([...s.dict].filter(([k]) => s.committedState.has(k) || keep.has(k) || k === version));
          bulkUpdate(
            first.mapper,
            group.map((s) => (host.isTrue(updateChangedOnly) ? changed(s) : s.dict)),
            transaction,
          );
        } else
          bulkInsert(
            first.mapper,
            group.map((s) => s.dict),
            transaction,
            { states: group, returnDefaults: host.isTrue(returnDefaults), renderNulls: false },
          );
      });
    }
  }

  bulkInsertMappings(mapper: Value, mappings: Value, returnDefaults = false, renderNulls = false): void {
    const m = classToMapper(mapper) as unknown as MapperContract;
    this.bulkSave((transaction) => {
      const given = itemsOf(mappings);
      const dicts = given.map((v) => valuesOf(v));
      const wantsDefaults = host.isTrue(returnDefaults);
      bulkInsert(m, dicts, transaction, {
        returnDefaults: wantsDefaults,
        renderNulls: host.isTrue(renderNulls),
      });
      // What the database made is put into the program's own dictionaries.
      if (wantsDefaults)
        for (const [i, target] of given.entries())
          for (const [k, v] of dicts[i] as AttrDict) setItem(target, k, v);
    });
  }

  bulkUpdateMappings(mapper: Value, mappings: Value): void {
    const m = classToMapper(mapper) as unknown as MapperContract;
    this.bulkSave((transaction) =>
      bulkUpdate(
        m,
        itemsOf(mappings).map((v) => valuesOf(v)),
        transaction,
      ),
    );
  }

  private bulkSave(fn: (transaction: SessionTransaction) => void): void {
    this._flushing = true;
    try {
      withCause("bulk", undefined, () => this.inSubtransaction(fn));
    } finally {
      this._flushing = false;
    }
  }
}

/** `target[key] = value` on a mapping of the program. */
function setItem(target: Value, key: string, value: Value): void {
  if (target instanceof Map) target.set(key, value);
  else host.call(host.getAttribute(target, "__setitem__"), [key, value]);
}
