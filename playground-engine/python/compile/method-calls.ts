// Calls of methods, `o.m(…)`, without making the bound method.
import { type AttrCache, cachedMethod } from "./attr-cache.ts";
import { getAttr } from "../runtime/attributes.ts";
import {
  raw0 as call0,
  raw1 as call1,
  raw2 as call2,
  raw3 as call3,
  rawN as callN,
  rawVec as callVec,
} from "../runtime/call.ts";
import { derivedOf } from "../runtime/derived.ts";
import { lines } from "../runtime/frames.ts";
import { PyFunction } from "../runtime/function.ts";
import { PyBuiltin } from "../runtime/native-function.ts";
import { DICT, PyObject, PyType, type Typed, typeOf, type Value } from "../runtime/object.ts";
import { PySuper, superMethod } from "../runtime/super.ts";

/** The plain function behind `o.name` that takes o first; undefined where there is none or the instance hides it. */
function unboundMethod(o: Value, name: string): PyFunction | PyBuiltin | undefined {
  if (o instanceof PyType) return undefined;
  if (o instanceof PySuper) return superMethod(o, name);
  const t = typeOf(o);
  if (!derivedOf(t).plainGet) return undefined;
  const c = t.lookup(name);
  if (c instanceof PyFunction || (c instanceof PyBuiltin && c.binds)) {
    if (o instanceof PyObject) return o.dict === null || !o.dict.has(name) ? c : undefined;
    if (typeof o === "object" && (o as Typed)[DICT]?.has(name)) return undefined;
    return c;
  }
  return undefined;
}

/** `o.name` at the position of the lookup, which follows that of the call. */
function lookUp(o: Value, name: string): Value {
  const s = lines[0]!;
  lines[s]!++;
  const v = getAttr(o, name);
  lines[s]!--;
  return v;
}

/** What o stands for as the first argument. */
function receiver(o: Value): Value {
  return o instanceof PySuper ? o.self! : o;
}

export function method0(o: Value, name: string, at: AttrCache): Value {
  const m = cachedMethod(o, name, at);
  if (m !== undefined && m.min <= 1 && 1 <= m.max) return m.fn(o);
  const f = unboundMethod(o, name);
  if (f instanceof PyBuiltin && f.min <= 1 && 1 <= f.max) return f.direct1(receiver(o));
  return f !== undefined ? call1(f, receiver(o)) : call0(lookUp(o, name));
}
export function method1(o: Value, name: string, a: Value, at: AttrCache): Value {
  const m = cachedMethod(o, name, at);
  if (m !== undefined && m.min <= 2 && 2 <= m.max) return m.fn(o, a);
  const f = unboundMethod(o, name);
  if (f instanceof PyBuiltin && f.min <= 2 && 2 <= f.max) return f.direct2(receiver(o), a);
  return f !== undefined ? call2(f, receiver(o), a) : call1(lookUp(o, name), a);
}
export function method2(o: Value, name: string, a: Value, b: Value, at: AttrCache): Value {
  const m = cachedMethod(o, name, at);
  if (m !== undefined && m.min <= 3 && 3 <= m.max) return m.fn(o, a, b);
  const f = unboundMethod(o, name);
  if (f instanceof PyBuiltin && f.min <= 3 && 3 <= f.max) return f.direct3(receiver(o), a, b);
  return f !== undefined ? call3(f, receiver(o), a, b) : call2(lookUp(o, name), a, b);
}
export function method3(o: Value, name: string, a: Value, b: Value, c: Value): Value {
  const f = unboundMethod(o, name);
  return f !== undefined ? callN(f, [receiver(o), a, b, c]) : call3(lookUp(o, name), a, b, c);
}
export function methodN(o: Value, name: string, args: Value[]): Value {
  const f = unboundMethod(o, name);
  return f !== undefined ? callN(f, [receiver(o), ...args]) : callN(lookUp(o, name), args);
}
export function methodVec(o: Value, name: string, args: Value[], names: readonly string[]): Value {
  const f = unboundMethod(o, name);
  return f !== undefined ? callVec(f, [receiver(o), ...args], names) : callVec(lookUp(o, name), args, names);
}

/** Whether the last findMethod gave a function that takes the object first. */
export const found = { unbound: false };

/** Look a method up before its arguments are evaluated. */
export function findMethod(o: Value, name: string): Value {
  const f = unboundMethod(o, name);
  found.unbound = f !== undefined;
  return f ?? getAttr(o, name);
}
export function callFound1(f: Value, unbound: boolean, o: Value, a: Value): Value {
  return unbound ? call2(f, receiver(o), a) : call1(f, a);
}
export function callFound2(f: Value, unbound: boolean, o: Value, a: Value, b: Value): Value {
  return unbound ? call3(f, receiver(o), a, b) : call2(f, a, b);
}
export function callFoundN(f: Value, unbound: boolean, o: Value, args: Value[]): Value {
  return unbound ? callN(f, [receiver(o), ...args]) : callN(f, args);
}
export function callFoundVec(
  f: Value,
  unbound: boolean,
  o: Value,
  args: Value[],
  names: readonly string[],
): Value {
  return unbound ? callVec(f, [receiver(o), ...args], names) : callVec(f, args, names);
}
