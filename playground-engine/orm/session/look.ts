// A session as it is, for a panel: what it holds and what has changed. Looking never loads and never emits anything.
import type { Value } from "../../util/host.ts";
import { collectionAdapter } from "../collections/adapter.ts";
import { face } from "../face.ts";
import { isNoObject, NO_CHANGE } from "../flags.ts";
import type { IdentityKey } from "../state/identity-key.ts";
import type { InstanceState } from "../state/state.ts";
import type { Session } from "./session.ts";

export type ObjectState = "transient" | "pending" | "persistent" | "deleted" | "detached";

export interface ChangeLook {
  readonly attribute: string;
  /** Values, or objects of a collection, that were there and are not. */
  readonly old: readonly Value[];
  readonly new: readonly Value[];
}

export interface ObjectLook {
  readonly object: object;
  readonly className: string;
  readonly key: IdentityKey | null;
  readonly state: ObjectState;
  /** It will be deleted at the next flush. */
  readonly markedDeleted: boolean;
  readonly modified: boolean;
  /** All of it was expired: the next access loads. */
  readonly expired: boolean;
  readonly changes: readonly ChangeLook[];
  readonly expiredAttributes: readonly string[];
  readonly unloaded: readonly string[];
  /** Values that are loaded: of collections, their members. */
  readonly loaded: ReadonlyMap<string, Value>;
}

export interface SessionLook {
  readonly id: number;
  readonly inTransaction: boolean;
  /** Depth of savepoints. */
  readonly savepoints: number;
  /** It waits for rollback(). */
  readonly inactive: boolean;
  readonly autoflush: boolean;
  readonly objects: readonly ObjectLook[];
}

export function lookAtSession(session: Session): SessionLook {
  const states = new Set<InstanceState>([
    ...session._new.keys(),
    ...session.identityMap._peek(),
    ...session._deleted.keys(),
  ]);
  let savepoints = 0;
  for (let t = session._transaction; t; t = t._parent) if (t.nested) savepoints++;
  return {
    id: session.hashKey,
    inTransaction: session.inTransaction(),
    savepoints,
    inactive: !session.isActive,
    autoflush: session.autoflush,
    objects: [...states].map((s) => lookAtObject(s, session._deleted.has(s))).filter((o) => o !== null),
  };
}

/** Null where the object is gone. */
export function lookAtObject(state: InstanceState, markedDeleted = false): ObjectLook | null {
  const object = state.obj();
  if (object === null) return null;
  const { dict } = state;
  const loaded = new Map<string, Value>();
  const changes: ChangeLook[] = [];
  const unloaded: string[] = [];
  for (const [key, attr] of state.manager) {
    const { impl } = attr;
    if (dict.has(key))
      loaded.set(key, impl?.collection ? collectionAdapter(dict.get(key)).items() : dict.get(key));
    else if (!state.committedState.has(key)) unloaded.push(key);
    if (
      !impl ||
      !(
        state.committedState.has(key) ||
        (state._hasPendingMutations && state._pendingMutations.has(key)) ||
        (state.key === null && dict.has(key))
      )
    )
      continue;
    const change = changeOf(state, key, impl.collection, loaded.get(key));
    if (change) changes.push(change);
  }
  return {
    object,
    className: face().className(state.class_),
    key: state.key,
    state: stateName(state),
    markedDeleted,
    modified: state.modified,
    expired: state.expired,
    changes,
    unloaded,
    loaded,
    expiredAttributes: [...state.expiredAttributes].filter((k) => !dict.has(k)),
  };
}

function stateName(state: InstanceState): ObjectState {
  if (state.key === null) return state._attached ? "pending" : "transient";
  if (!state._attached) return "detached";
  return state._deleted ? "deleted" : "persistent";
}

function changeOf(state: InstanceState, key: string, collection: boolean, value: Value): ChangeLook | null {
  if (!state.dict.has(key) && collection) {
    const pending = state._pendingMutations.get(key);
    return pending ? { attribute: key, old: [...pending.deletedItems], new: [...pending.addedItems] } : null;
  }
  // Everything is there or in committed_state: NO_CHANGE can load nothing.
  const history = state.dict.has(key)
    ? state.manager.getImpl(key).getHistory(state, state.dict, NO_CHANGE)
    : null;
  if (history?.hasChanges()) return { attribute: key, old: history.deleted, new: history.added };
  if (state.key === null && value !== undefined && !state.committedState.has(key))
    return { attribute: key, old: [], new: collection ? (value as Value[]) : [value] };
  const before = state.committedState.get(key);
  return !state.dict.has(key) && before !== undefined && !isNoObject(before)
    ? { attribute: key, old: [before], new: [] }
    : null;
}
