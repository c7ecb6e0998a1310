// Objects as their sessions have them, for a panel: state, values, what has changed and what is expired.
//
// Looking loads nothing, emits nothing, runs none of the program's code and asks nothing that has effects of its own (whether
// an object is still alive, for one): values are given as they are in the object's dictionary, collections unread.
import type { Value } from "../../util/host.ts";
import { face } from "../face.ts";
import { isNoObject } from "../flags.ts";
import type { IdentityKey } from "../state/identity-key.ts";
import type { PendingCollection } from "../state/pending.ts";
import { allSessions } from "../state/sessions.ts";
import type { InstanceState } from "../state/state.ts";

export type ObjectState = "transient" | "pending" | "persistent" | "deleted" | "detached";

export interface ObjectLook {
  readonly className: string;
  readonly key: IdentityKey | null;
  /** Number of its session. */
  readonly session: number | null;
  readonly state: ObjectState;
  /** It will be deleted at the next flush. */
  readonly markedDeleted: boolean;
  /** Attributes whose next access loads them again. */
  readonly expired: readonly string[];
  /** Attributes that were never loaded. */
  readonly unloaded: readonly string[];
  readonly loaded: ReadonlyMap<string, Value>;
  /** Values before changes that are not flushed; undefined where there was none. */
  readonly before: ReadonlyMap<string, Value>;
  /** What was appended to and removed from collections that are not loaded. */
  readonly pending: ReadonlyMap<string, PendingCollection>;
}

export interface SessionLook {
  readonly id: number;
  readonly inTransaction: boolean;
  /** Depth of savepoints. */
  readonly savepoints: number;
  /** It waits for rollback(). */
  readonly inactive: boolean;
}

/** Every session of the program. */
export function lookAtSessions(): SessionLook[] {
  return allSessions().map((session) => {
    let savepoints = 0;
    for (let t = session._transaction; t; t = t._parent) if (t.nested) savepoints++;
    return {
      id: session.hashKey,
      inTransaction: session.inTransaction(),
      savepoints,
      inactive: !session.isActive,
    };
  });
}

/** What all sessions hold. */
export function* heldStates(): Iterable<InstanceState> {
  for (const session of allSessions()) {
    yield* session.identityMap._peek();
    yield* session._new.keys();
  }
}

/** Null where the object is gone. */
export function lookAtObject(state: InstanceState): ObjectLook | null {
  if (state.obj() === null) return null;
  const { dict, committedState } = state;
  const session = allSessions().find((s) => s.hashKey === state.sessionId);
  const loaded = new Map<string, Value>();
  const before = new Map<string, Value>();
  const pending = new Map<string, PendingCollection>();
  const expired: string[] = [];
  const unloaded: string[] = [];
  // columns first, then relationships, each in the order of the mapping
  const attributes = [...state.manager].map(
    ([key, attr]) => [key, attr.impl?.acceptsScalarLoader ? 0 : 1] as const,
  );
  for (const [key] of attributes.sort((a, b) => a[1] - b[1])) {
    const has = dict.has(key);
    if (has) loaded.set(key, dict.get(key));
    if (committedState.has(key)) {
      const old = committedState.get(key);
      before.set(key, isNoObject(old) ? undefined : old);
    } else if (!has) (state.expiredAttributes.has(key) ? expired : unloaded).push(key);
    const mutations = state._hasPendingMutations && state._pendingMutations.get(key);
    if (mutations) pending.set(key, mutations);
  }
  return {
    className: face().className(state.class_),
    key: state.key,
    session: session?.hashKey ?? null,
    state: stateName(state, session !== undefined),
    markedDeleted: session?._deleted.has(state) ?? false,
    expired,
    unloaded,
    loaded,
    before,
    pending,
  };
}

function stateName(state: InstanceState, attached: boolean): ObjectState {
  if (state.key === null) return attached ? "pending" : "transient";
  if (!attached) return "detached";
  return state._deleted ? "deleted" : "persistent";
}
