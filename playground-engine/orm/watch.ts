// Whoever looks on while sessions work: told before an object changes, and when a flush, commit or the like has ended.
//
// Nothing is told, and nearly nothing costs, while nobody looks. A watcher must not change, load or emit anything.
import type { InstanceState } from "./state/state.ts";

/** What a session was doing, as far as one may want to look when it is done. */
export type SessionWork = "flush" | "commit" | "rollback" | "close";

export interface Watcher {
  /** An object was made, by the program or by a load. */
  made(state: InstanceState): void;
  /** The line of the program that runs now is about to change objects or what a session holds. */
  changing(): void;
  begins(work: SessionWork): void;
  ended(work: SessionWork): void;
}

let watcher: Watcher | undefined;

/** Look on from now; undefined ends it. */
export function watchSessions(w: Watcher | undefined): void {
  watcher = w;
}

export function tellMade(state: InstanceState): void {
  watcher?.made(state);
}

export function tellChanging(): void {
  watcher?.changing();
}

/** Run a piece of a session's work, the watcher told of its beginning and its end, however it ends. */
export function watched<T>(work: SessionWork, fn: () => T): T {
  const w = watcher;
  if (!w) return fn();
  w.begins(work);
  try {
    return fn();
  } finally {
    w.ended(work);
  }
}
