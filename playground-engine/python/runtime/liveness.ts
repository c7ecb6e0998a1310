// What a program can still reach: what would be alive in CPython, which frees an object as soon as nothing refers to it.
//
// Roots are the running frames (all that they hold, where code is compiled with frame locals), what native code holds
// (holding.ts), the program's modules, the exception being handled, and what the embedder adds. Suspended generators count
// through whoever holds them.
//
// A walk over everything takes long, so it is the last resort. It notes how it came to each object, as does an embedder that
// makes one object refer to another (noteReference); the next question follows that way back, which answers it as long as
// the way still stands. What a frame's variables refer to closely is looked at before the walk, too.
import { frameRoots } from "./frames.ts";
import { PyFunction } from "./function.ts";
import { Resumable } from "./generator.ts";
import { allHoldings, hold, holdings } from "./holding.ts";
import { modules, PyModule } from "./modules.ts";
import { DICT, PyObject, PyType, type Typed, type Value } from "./object.ts";

/** How an object was reached: from what, and by which key, index or field there. */
interface Way {
  readonly from: object | null;
  readonly by: unknown;
}

/** The object is a key of the Map, or one of a function's cells or a generator's variables: looked up again as a whole. */
const SOMEWHERE = Symbol("somewhere");
const ROOT: Way = { from: null, by: undefined };

type Push = (v: Value, by: unknown) => void;

/** What an embedder knows of its own objects. */
export interface LivenessRules {
  /** Push what o refers to, and say true; false to have it looked through as any other object. */
  references(o: object, push: Push): boolean;
  /** Objects that are held without the program referring to them. */
  roots(): Iterable<object>;
  /** The objects that questions are about. */
  tracked(): Iterable<object>;
  /** The attributes of such an object; undefined for any other. */
  attributes(o: object): object | undefined;
}

let rules: LivenessRules = {
  references: () => false,
  roots: () => [],
  tracked: () => [],
  attributes: () => undefined,
};

/** @param r the rules from now on */
export function setLivenessRules(r: LivenessRules): void {
  rules = r;
}

let ways = new Map<object, Way>();
/** Objects that were found dead; nothing brings them back. */
let dead = new WeakSet<object>();
/** Objects that only a reference cycle keeps: CPython frees them when its collector runs. */
let cyclic = new Set<object>();
/** What native code held when the last walk was made: while it is in place, the walk still holds. */
let walkedFor: Set<object> | undefined;

/** Objects that weak references and finalizers ask about (weak.ts). */
export const watchedObjects = new Set<object>();

/** A new program begins. */
export function forgetLiveness(): void {
  ways = new Map();
  dead = new WeakSet();
  cyclic = new Set();
  walkedFor = undefined;
}

/** Whether the program can reach a tracked object. From then on the native code that asked holds it. */
export function isReachable(o: object): boolean {
  if (dead.has(o)) return false;
  let found = isHeld(o);
  if (!found && !isCurrent()) found = wayStands(o) || isNear(o);
  if (!found) {
    if (!isCurrent()) walk();
    found = ways.has(o) || cyclic.has(o);
  }
  if (found) hold(o);
  return found;
}

/** Whether the last walk is of this very moment: no Python code went on since. */
function isCurrent(): boolean {
  if (walkedFor === undefined) return false;
  for (const h of allHoldings()) if (h === walkedFor) return true;
  return false;
}

function isHeld(o: object): boolean {
  for (const h of allHoldings()) if (h.has(o)) return true;
  return false;
}

function wayStands(o: object): boolean {
  let at = o;
  for (let steps = 0; steps < 200; steps++) {
    const way = ways.get(at);
    if (!way) return false;
    if (way.from === null) return isRoot(at);
    if (!refers(way.from, way.by, at)) return false;
    at = way.from;
  }
  return false;
}

function refers(from: object, by: unknown, to: object): boolean {
  if (by === SOMEWHERE) {
    let found = false;
    eachReference(from, (v) => void (found ||= v === to));
    return found;
  }
  if (from instanceof Map) return from.get(by) === to;
  if (Array.isArray(from)) return from[by as number] === to || from.includes(to);
  if (from instanceof Set) return from.has(to);
  return (from as Record<PropertyKey, unknown>)[by as PropertyKey] === to;
}

/** How many objects are looked at near the frames' variables before everything is. */
const NEAR = 300;

/** Whether variables of running frames refer to it closely. */
function isNear(o: object): boolean {
  const seen = new Set<object>();
  const todo: object[] = [];
  for (const v of frameRoots())
    if (typeof v === "object" && v !== null && !seen.has(v)) {
      seen.add(v);
      todo.push(v);
      ways.set(v, ROOT);
    }
  let at: object;
  const push: Push = (v, by) => {
    if (typeof v !== "object" || v === null || seen.has(v) || seen.size > NEAR) return;
    seen.add(v);
    todo.push(v);
    ways.set(v, { from: at, by });
  };
  for (let i = 0; i < todo.length && seen.size <= NEAR && !seen.has(o); i++) {
    at = todo[i]!;
    if (!(at instanceof PyModule || at instanceof PyFunction)) eachReference(at, push);
  }
  return seen.has(o);
}

/** The embedder made an object's attributes refer to a value: the way to it, and to the members of a collection. */
export function noteReference(from: object, by: unknown, value: unknown): void {
  if (ways.size === 0 || typeof value !== "object" || value === null) return;
  const todo: object[] = [];
  const note = (o: object, way: Way): void => {
    ways.set(o, way);
    const attributes = rules.attributes(o);
    if (attributes) ways.set(attributes, { from: o, by: "dict" });
    else todo.push(o);
  };
  note(value, { from, by });
  for (let o = todo.pop(); o !== undefined; o = todo.pop()) {
    const at = o;
    eachReference(at, (v, key) => {
      if (typeof v === "object" && v !== null && ways.get(v)?.from !== at) note(v, { from: at, by: key });
    });
  }
}

function isRoot(o: object): boolean {
  if (o instanceof PyModule) return modules.get(o.name) === o;
  for (const r of roots()) if (r === o) return true;
  return false;
}

function* roots(): Iterable<Value> {
  yield* frameRoots();
  for (const h of allHoldings()) yield* h;
  // the library's own modules, made of tables, hold nothing of a program's
  for (const m of modules.values()) if (m instanceof PyModule && m.dict.has("__builtins__")) yield m;
  yield* rules.roots();
}

function walk(): void {
  ways = reach(roots());
  walkedFor = holdings();
  const lost = [...rules.tracked(), ...watchedObjects].filter((o) => !ways.has(o));
  cyclic = inCycles(lost);
  for (const o of lost) if (!cyclic.has(o)) dead.add(o);
}

/** What reference cycles alone kept is freed, as by gc.collect(). */
export function collectCycles(): void {
  walk();
  for (const o of cyclic) dead.add(o);
  cyclic = new Set();
}

/** Every object to be reached from these, with the way to it. */
function reach(from: Iterable<Value>): Map<object, Way> {
  const found = new Map<object, Way>();
  const todo: object[] = [];
  for (const v of from)
    if (typeof v === "object" && v !== null && !found.has(v)) {
      found.set(v, ROOT);
      todo.push(v);
    }
  let at: object | undefined;
  const push: Push = (v, by) => {
    if (typeof v !== "object" || v === null || found.has(v)) return;
    found.set(v, { from: at!, by });
    todo.push(v);
  };
  while ((at = todo.pop()) !== undefined) eachReference(at, push);
  return found;
}

/** Of objects nobody reaches: those in a cycle of references, and what those refer to. */
function inCycles(lost: readonly object[]): Set<object> {
  if (lost.length === 0) return new Set();
  const edges = new Map<object, object[]>();
  const collect = (o: object): object[] => {
    let to = edges.get(o);
    if (!to) {
      edges.set(o, (to = []));
      const out = to;
      eachReference(o, (v) => {
        if (typeof v === "object" && v !== null && !ways.has(v)) out.push(v);
      });
    }
    return to;
  };
  const kept = new Set<object>();
  for (const start of lost) {
    if (kept.has(start) || !returnsTo(start, collect)) continue;
    const todo = [start];
    for (let o = todo.pop(); o !== undefined; o = todo.pop())
      if (!kept.has(o)) {
        kept.add(o);
        todo.push(...collect(o));
      }
  }
  return kept;
}

function returnsTo(start: object, next: (o: object) => readonly object[]): boolean {
  const seen = new Set<object>();
  const todo = [...next(start)];
  for (let o = todo.pop(); o !== undefined; o = todo.pop()) {
    if (o === start) return true;
    if (seen.has(o)) continue;
    seen.add(o);
    todo.push(...next(o));
  }
  return false;
}

/**
 * Visit every object the program can reach, each once, without asking the embedder's rules.
 */
export function walkReachable(visit: (o: object) => void): void {
  for (const o of reach(roots()).keys()) visit(o);
}

function eachReference(o: object, push: Push): void {
  if (o.constructor === PyObject) {
    push((o as PyObject).dict as unknown as Value, "dict");
    push((o as PyObject).slots as unknown as Value, "slots");
    return;
  }
  if (o.constructor === Map) {
    eachOfMap(o as Map<Value, Value>, push);
    return;
  }
  if (rules.references(o, push)) return;
  if (o instanceof Map) {
    eachOfMap(o as Map<Value, Value>, push);
    return;
  }
  if (Array.isArray(o)) {
    for (let i = 0; i < o.length; i++) push(o[i] as Value, i);
    return;
  }
  if (o instanceof Set) {
    for (const v of o as Set<Value>) push(v, undefined);
    return;
  }
  if (ArrayBuffer.isView(o) || o instanceof WeakMap || o instanceof WeakRef) return;
  if (o instanceof PyType) {
    if (o.heap) push(o.dict as unknown as Value, "dict");
    return;
  }
  if (o instanceof PyFunction) {
    push(o.defaults as unknown as Value, "defaults");
    push(o.kwDefaults as unknown as Value, "kwDefaults");
    push(o.globals, "globals");
    for (const c of o.closure?.() ?? []) push(c.get(), SOMEWHERE);
    push(o[DICT] as unknown as Value, DICT);
    return;
  }
  if (o instanceof Resumable && !o.closed) push(o.locals?.(true) as Value, SOMEWHERE);
  // Whatever else a native object consists of: lists, dicts, iterators, bound methods.
  push((o as Typed)[DICT] as unknown as Value, DICT);
  if (o instanceof PyObject) push(o.dict as unknown as Value, "dict");
  for (const [k, v] of Object.entries(o)) push(v as Value, k);
}

function eachOfMap(o: ReadonlyMap<Value, Value>, push: Push): void {
  for (const [k, v] of o) {
    if (typeof k === "object" && k !== null) push(k, SOMEWHERE);
    if (typeof v === "object" && v !== null) push(v, k);
  }
}
