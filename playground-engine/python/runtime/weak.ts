// Objects whose end somebody waits for: weak references, weakref.finalize, `__del__`.
//
// CPython ends an object when its last reference goes. Here nobody counts; whoever is waited for is asked about where a program
// sees the difference: when a weak reference is used, when a name is deleted or set to None, after each statement of a
// module, in gc.collect() and at the program's end. What can still be reached then (liveness.ts) lives on.
import { ProgramStop } from "./exceptions.ts";
import { lines, thunks } from "./frames.ts";
import { PyGenerator } from "./generator.ts";
import { isReachable, watchedObjects } from "./liveness.ts";
import type { Value } from "./object.ts";

/** Waits for the end of one object. */
export interface Watcher {
  /** Whether it is the object's own `__del__`, which comes first, and at the program's end too. */
  readonly own: boolean;
  /** The object is gone. Called once; what it throws is shown and goes no further. */
  died(): void;
  /** What it calls, for that message. */
  readonly callee: Value;
}

const watchers = new Map<object, Watcher[]>();
/** How many objects are waited for: compiled code asks this before anything else. */
export const watching = { count: 0 };
/** Shows an exception that has nowhere to go: sys.unraisablehook. */
export const unraisable = { show: (_e: unknown, _callee: Value): void => undefined };

/** A new program begins. */
export function forgetWatched(): void {
  watchers.clear();
  watchedObjects.clear();
  watching.count = 0;
  patience = PATIENCE;
  pause = 0;
  gap = 1;
  drops = 0;
  together = 0;
}

export function watch(target: object, w: Watcher): void {
  patience = Math.min(PATIENCE, patience + 2);
  const known = watchers.get(target);
  if (known) known.push(w);
  else {
    watchers.set(target, [w]);
    watchedObjects.add(target);
    watching.count = watchers.size;
  }
}

export function unwatch(target: object, w: Watcher): void {
  const known = watchers.get(target);
  if (!known) return;
  const i = known.indexOf(w);
  if (i >= 0) known.splice(i, 1);
  if (known.length === 0) forget(target);
}

function forget(target: object): void {
  watchers.delete(target);
  watchedObjects.delete(target);
  watching.count = watchers.size;
}

export function watchersOf(target: object): readonly Watcher[] {
  return watchers.get(target) ?? [];
}

/** Whether every running frame says what it holds: else nobody can tell what is gone. */
function framesTell(): boolean {
  for (let s = lines[0]!; s > 0; s--) if (thunks[s] === undefined) return false;
  return true;
}

/** Whether a watched object lives. Where it does not, its watchers have been told. */
export function isAlive(target: object): boolean {
  if (!watchers.has(target) || !framesTell() || isReachable(target)) return true;
  bury(target);
  return false;
}

/** End all watched objects that are gone, in the order in which they were first watched; how many they were. */
export function sweep(): number {
  if (!framesTell()) return 0;
  const gone = [...watchers.keys()].filter((o) => !isReachable(o));
  gone.forEach(bury);
  return gone.length;
}

/** How often it is looked in vain after statements, before it is looked less often. */
const PATIENCE = 64;
let patience = PATIENCE;
/** Statements to pass until it is looked again, and how many the next time. */
let pause = 0;
let gap = 1;

/** A statement of a module is over: sweep, but less and less often in a loop in which nothing goes. */
export function swept(): void {
  if (pause > 0) {
    pause--;
    return;
  }
  if (sweep() > 0) gap = 1;
  else if (patience > 0) patience--;
  else pause = gap = Math.min(gap * 2, 4096);
}

/** How many objects are looked at one by one as names let go of them, before many are looked at together. */
const SINGLY = 300;
let drops = 0;
let together = 0;

/** A name let go of this value. */
export function dropped(v: Value): void {
  if (typeof v !== "object" || v === null || !watchers.has(v)) return;
  if (++drops <= SINGLY) isAlive(v);
  else if (++together >= drops / 16) {
    together = 0;
    sweep();
  }
}

function bury(target: object): void {
  const all = watchers.get(target);
  if (!all) return;
  forget(target);
  for (const w of [...all.filter((x) => x.own), ...all.filter((x) => !x.own).reverse()]) tell(w);
}

function tell(w: Watcher): void {
  try {
    w.died();
  } catch (e) {
    if (e instanceof ProgramStop) throw e;
    unraisable.show(e, w.callee);
  }
}

/** Nobody holds this generator any more: what it has left to do is done. */
export function letGo(v: unknown): void {
  if (!(v instanceof PyGenerator) || v.closed || v.running) return;
  tell({ own: true, callee: v, died: () => v.close() });
}

/** The program is over: generators end and `__del__` of what is left, first of what these refer to, in their order. */
export function endAll(first: Iterable<Value>): void {
  for (const v of [...first, ...watchers.keys()]) {
    if (typeof v !== "object" || v === null) continue;
    letGo(v);
    const own = watchers.get(v)?.filter((w) => w.own) ?? [];
    forget(v);
    own.forEach(tell);
  }
}
