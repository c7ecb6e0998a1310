// What a program can still reach: the walk that tells whether an object would be alive in CPython, which frees one as
// soon as nothing refers to it.
//
// Roots are the running frames (all that they hold, where code is compiled with frame locals), the modules, and the
// exception being handled. Suspended generators count through whoever holds them.
import { frameRoots } from "./frames.ts";
import { PyFunction } from "./function.ts";
import { Resumable } from "./generator.ts";
import { modules } from "./modules.ts";
import { DICT, PyObject, PyType, type Typed, type Value } from "./object.ts";

/**
 * Visit every object the program can reach, each once. `visit` gives whether to go on to what the object refers to;
 * say false for objects whose references are weak or belong to the engine.
 */
export function walkReachable(visit: (o: object) => boolean): void {
  const seen = new Set<object>();
  const todo: object[] = [];
  const push = (v: Value): void => {
    if (typeof v !== "object" || v === null || seen.has(v)) return;
    seen.add(v);
    todo.push(v);
  };
  for (const v of frameRoots()) push(v);
  for (const m of modules.values()) push(m);
  for (let o = todo.pop(); o !== undefined; o = todo.pop()) if (visit(o)) eachReference(o, push);
}

function eachReference(o: object, push: (v: Value) => void): void {
  if (o instanceof Map) {
    for (const [k, v] of o as Map<Value, Value>) {
      push(k);
      push(v);
    }
    return;
  }
  if (Array.isArray(o) || o instanceof Set) {
    for (const v of o as Iterable<Value>) push(v);
    return;
  }
  if (ArrayBuffer.isView(o) || o instanceof WeakMap || o instanceof WeakRef) return;
  if (o instanceof PyType) {
    if (o.heap) push(o.dict);
    return;
  }
  if (o instanceof PyFunction) {
    push(o.defaults);
    push(o.kwDefaults);
    push(o.globals);
    for (const c of o.closure?.() ?? []) push(c.get());
    push(o[DICT]);
    return;
  }
  if (o instanceof Resumable && !o.closed) push(o.locals?.(true));
  // Whatever else a native object consists of: lists, dicts, iterators, bound methods.
  push((o as Typed)[DICT]);
  if (o instanceof PyObject) push(o.dict);
  for (const v of Object.values(o)) push(v as Value);
}
