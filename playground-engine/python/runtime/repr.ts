// repr(), str(), ascii() of any value.
import { callSpecial } from "./call.ts";
import { E, isStackEnd, raise } from "./exceptions.ts";
import { lines } from "./frames.ts";
import { late } from "./late.ts";
import { limits } from "./limits.ts";
import { PyBoundMethod, PyFunction } from "./function.ts";
import { PyBuiltin, PyBuiltinMethod } from "./native-function.ts";
import {
  asStr,
  PyBytes,
  PyComplex,
  PyFloat,
  PyList,
  PyObject,
  PySingleton,
  PyTuple,
  PyType,
  typeOf,
  type Value,
} from "./object.ts";
import { address } from "./hash.ts";

let nested = 0;
/** The special method, nested calls counted with the frames: natives that show their items recurse without any. */
function guarded(v: Value, method: string, what: string): Value | undefined {
  if (nested + lines[0]! >= limits.recursion)
    raise(E.RecursionError, `maximum recursion depth exceeded while getting the ${what} of an object`);
  nested++;
  try {
    return callSpecial(v, method, []);
  } catch (e) {
    // JavaScript's own stack may end first.
    if (isStackEnd(e))
      raise(E.RecursionError, `maximum recursion depth exceeded while getting the ${what} of an object`);
    throw e;
  } finally {
    nested--;
  }
}

/** `repr(v)` as a JavaScript string. */
export function repr(v: Value): string {
  switch (typeof v) {
    case "string":
      return late.strRepr(v, false);
    case "number":
      return String(v);
    case "boolean":
      return v ? "True" : "False";
    default: {
      if (v === null) return "None";
      const r = guarded(v, "__repr__", "repr");
      if (r === undefined) return `<${typeOf(v).name} object at ${address(v)}>`;
      if (typeof r === "string") return r;
      const s = asStr(r);
      if (s === undefined) raise(E.TypeError, `__repr__ returned non-string (type ${typeOf(r).name})`);
      return s;
    }
  }
}

/** What `object.__str__` gives: whatever `__repr__` does, for str() to complain of. */
export function strOfObject(v: Value): Value {
  const r = guarded(v, "__repr__", "str");
  return r === undefined ? repr(v) : r;
}

/** `str(v)` as a JavaScript string. */
export function str(v: Value): string {
  switch (typeof v) {
    case "string":
      return v;
    case "number":
      return String(v);
    case "boolean":
      return v ? "True" : "False";
    default: {
      if (v === null) return "None";
      const r = guarded(v, "__str__", "str");
      if (r === undefined) return repr(v);
      if (typeof r === "string") return r;
      const s = asStr(r);
      if (s === undefined) raise(E.TypeError, `__str__ returned non-string (type ${typeOf(r).name})`);
      return s;
    }
  }
}

/** Classes whose values show in a JavaScript text as str() does: messages of the engine name what a program gave it. */
export function showAsText(...classes: readonly { readonly prototype: object }[]): void {
  for (const { prototype } of classes)
    Object.defineProperty(prototype, "toString", {
      value(this: Value) {
        return str(this);
      },
      writable: true,
      configurable: true,
    });
}
showAsText(PyObject, PyType, PyFloat, PyComplex, PyTuple, PyList, PyBytes, PySingleton);
showAsText(PyFunction, PyBoundMethod, PyBuiltin, PyBuiltinMethod);

/** `ascii(v)` as a JavaScript string. */
export function ascii(v: Value): string {
  if (typeof v === "string") return late.strRepr(v, true);
  let out = "";
  for (const c of repr(v)) {
    const n = c.codePointAt(0)!;
    out +=
      n < 128
        ? c
        : n < 256
          ? `\\x${n.toString(16)}`
          : n < 65536
            ? `\\u${n.toString(16).padStart(4, "0")}`
            : `\\U${n.toString(16).padStart(8, "0")}`;
  }
  return out;
}

const reprStack: Value[] = [];

/** Guards a container's repr against meeting itself: `ifAgain` (e.g. "[...]") is what an inner meeting gives. */
export function guardedRepr(v: Value, ifAgain: string, make: () => string): string {
  if (reprStack.includes(v)) return ifAgain;
  reprStack.push(v);
  try {
    return make();
  } finally {
    reprStack.pop();
  }
}
