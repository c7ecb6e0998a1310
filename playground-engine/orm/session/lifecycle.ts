// An object's session, and making an object what it is not: transient or detached.
// Behaviour: SQLAlchemy orm/session.py (object_session, close_all_sessions, make_transient …).
import { InvalidRequestError } from "../../errors/index.ts";
import type { Value } from "../../util/host.ts";
import { instanceState, mappedState } from "../state/access.ts";
import { allSessions } from "../state/sessions.ts";
import type { Session } from "./session.ts";

/** The session an object is in, or None. Throws UnmappedInstanceError. */
export function objectSession(instance: Value): Session | null {
  return mappedState(instance).session;
}

export function closeAllSessions(): void {
  for (const session of allSessions()) session.close();
}

/** Makes an object as if new: out of its session, without identity; expired attributes become None. */
export function makeTransient(instance: Value): void {
  const state = instanceState(instance);
  state.session?._expungeStates([state]);
  state._forgetExpired();
  state._clearCallables();
  state.key = null;
  state._deleted = false;
}

/** Makes a new object as if it had been loaded and then left its session: what is not set is expired. */
export function makeTransientToDetached(instance: Value): void {
  const state = instanceState(instance);
  if (state.sessionId !== null || state.key !== null)
    throw new InvalidRequestError("Given object must be transient");
  state.key = state.mapper._identityKeyFromState(state);
  state._deleted = false;
  state._commitAll(state.dict);
  state._expireAttributes(state.dict, state.unloaded);
}
