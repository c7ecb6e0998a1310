// All sessions by their number: how a state finds its session.
// Behaviour: SQLAlchemy orm/session.py (_sessions, _new_sessionid).
import { onReset } from "../../util/reset.ts";
import { face } from "../face.ts";
import type { Session } from "../session/session.ts";

const sessions = new Map<number, Session>();
let last = 0;

export function registerSession(session: Session): number {
  sessions.set(++last, session);
  return last;
}

/**
 * The session of this number, if it still lives. CPython frees a session without references at once unless it is in a
 * transaction (the two refer to each other), and its objects are then detached: the face may know.
 */
export function sessionById(id: number | null): Session | null {
  if (id === null) return null;
  const session = sessions.get(id);
  if (!session) return null;
  if (session._transaction === null && !session._flushing && face().sessionAlive?.(session) === false) {
    sessions.delete(id);
    return null;
  }
  return session;
}

export function allSessions(): Session[] {
  return [...sessions.values()];
}

// A new program begins: its sessions count from one.
onReset(() => {
  sessions.clear();
  last = 0;
});
