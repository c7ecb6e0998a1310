// What the runtime needs of rooms that are built on it: functions filled in by builtins/ and compile/ when they load.
//
// Read in function bodies only. builtins/dict.ts sets `dict`, `dictOver`, `entries`, `namespaceOf`; and so on.
import type { Namespace, Value } from "./object.ts";

export interface Late {
  /** A new dict that owns these entries (the Map may be kept). */
  dict(entries: Map<string, Value>): Value;
  /** A live dict over a namespace (`obj.__dict__`, `globals()`): writes go to the Map, reads come from it. The same object for the same Map. */
  dictOver(ns: Namespace): Value;
  /** A read-only live view of a namespace: `cls.__dict__`. */
  mappingProxy(ns: Namespace): Value;
  /** The Map behind a dict all of whose keys are str (live where the dict came from dictOver, else possibly a copy); undefined for anything but a dict. */
  namespaceOf(v: Value): Namespace | undefined;
  /** Keys and values of a dict or other mapping (`keys()` and `[]`); undefined where it is no mapping. */
  entries(v: Value): Iterable<readonly [Value, Value]> | undefined;
  /** `types.GenericAlias(origin, args)` */
  genericAlias(origin: Value, args: Value): Value;
  /** `a | b` of types */
  union(a: Value, b: Value): Value;
  /** `slice(a, b, c)` */
  slice(start: Value, stop: Value, step: Value): Value;
  /** `repr` of a primitive str, quotes and escapes; ASCII only where asked. */
  strRepr(s: string, ascii: boolean): string;
  /** Class name, then hash: `hash(v)` of int, str and the like. */
  hashNumber(v: number | bigint): number | bigint;
  hashString(v: string): number;
}

function missing(what: string): never {
  throw new Error(`builtins are not loaded: ${what}`);
}

export const late: Late = {
  dict: () => missing("dict"),
  dictOver: () => missing("dict"),
  mappingProxy: () => missing("mappingproxy"),
  namespaceOf: () => undefined,
  entries: () => undefined,
  genericAlias: () => missing("GenericAlias"),
  union: () => missing("UnionType"),
  slice: () => missing("slice"),
  strRepr: (s) => `'${s.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("\n", "\\n")}'`,
  hashNumber: (v) => v,
  hashString: (s) => {
    let h = 7;
    for (let i = 0; i < s.length; i++) h = (h * 31 + s.charCodeAt(i)) | 0;
    return h;
  },
};
