// What patterns of match statements ask of values.
//
// Behaviour: docs.python.org/3.11/reference/compound_stmts.html#patterns.
import { callMethod, getAttrOrUndefined } from "../runtime/attributes.ts";
import { callN } from "../runtime/call.ts";
import { getItem } from "../runtime/items.ts";
import { E, raise } from "../runtime/exceptions.ts";
import { late } from "../runtime/late.ts";
import { asStr, isInstance, PyList, PyTuple, PyType, typeOf, type Value } from "../runtime/object.ts";
import { toArray } from "../runtime/iteration.ts";
import { isTrue, length } from "../runtime/operators.ts";
import { modules } from "../runtime/modules.ts";
import { PyDict } from "../builtins/dict.ts";
import { repr } from "../runtime/repr.ts";

/** Built-in types that a class pattern with one positional part takes whole. */
const SELF_MATCHING = new Set([
  "bool",
  "bytearray",
  "bytes",
  "dict",
  "float",
  "frozenset",
  "int",
  "list",
  "set",
  "str",
  "tuple",
]);

/** Native classes that count as sequences or mappings by their flag in CPython. */
const SEQUENCES = new Set(["list", "tuple", "range", "memoryview", "array.array", "mappingproxy"]);

const derived = (v: Value, name: "Sequence" | "Mapping"): boolean =>
  typeOf(v).mro.some((c) => c.name === name && c.module === "collections.abc");

function registered(v: Value, name: "Sequence" | "Mapping"): boolean {
  const abc = modules.get("collections.abc") ?? modules.get("_collections_abc");
  const cls = abc === undefined ? undefined : getAttrOrUndefined(abc, name);
  if (!(cls instanceof PyType)) return false;
  const check = getAttrOrUndefined(cls, "__instancecheck__");
  return check !== undefined && isTrue(callN(check, [v]));
}

function isSequence(v: Value): boolean {
  if (v instanceof PyList || v instanceof PyTuple) return true;
  if (typeof v !== "object" || v === null) return false;
  const t = typeOf(v);
  if (t.mro.some((c) => !c.heap && (c.name === "str" || c.name === "bytes" || c.name === "bytearray")))
    return false;
  if (t.mro.some((c) => !c.heap && c.name !== "mappingproxy" && SEQUENCES.has(c.name))) return true;
  return derived(v, "Sequence") || registered(v, "Sequence");
}

function isMapping(v: Value): boolean {
  if (v instanceof PyDict) return true;
  if (typeof v !== "object" || v === null) return false;
  return (
    typeOf(v).mro.some((c) => !c.heap && (c.name === "mappingproxy" || c.name === "dict")) ||
    derived(v, "Mapping") ||
    registered(v, "Mapping")
  );
}

/** Whether it is a sequence of the right length, which is not asked for where any is; undefined where it is none. */
export function matchLength(v: Value, n: number, open: boolean): true | undefined {
  if (!isSequence(v)) return undefined;
  if (open && n === 0) return true;
  const size = length(v);
  return (open ? size < n : size !== n) ? undefined : true;
}

/** An item by its place, counted from the end where it is negative. */
export const matchItem = (v: Value, place: number): Value =>
  getItem(v, place < 0 ? length(v) + place : place);

/** The elements of a sequence of the right length; undefined where it is none. */
export function matchSequence(v: Value, n: number, open: boolean): readonly Value[] | undefined {
  return matchLength(v, n, open) === undefined ? undefined : toArray(v);
}

/** Values of the keys, in order; undefined where v is no mapping or lacks one. */
export function matchMapping(v: Value, keys: readonly Value[]): Value[] | undefined {
  if (!isMapping(v)) return undefined;
  if (length(v) < keys.length) return undefined;
  const out: Value[] = [];
  const missing = {};
  const seen = new PyDict();
  for (const k of keys) {
    if (seen.has(k)) raise(E.ValueError, `mapping pattern checks duplicate key (${repr(k)})`);
    seen.set(k, true);
    let x: Value | undefined;
    if (v instanceof PyDict && !typeOf(v).heap) x = v.get(k);
    else {
      const sentinel = new PyTuple([missing]);
      const got = callMethod(v, "get", k, sentinel);
      x = got === sentinel ? undefined : got;
    }
    if (x === undefined) return undefined;
    out.push(x);
  }
  return out;
}

export function mappingRest(v: Value, keys: readonly Value[]): Value {
  const d = new PyDict();
  for (const [k, x] of late.entries(v) ?? []) d.set(k, x);
  for (const k of keys) d.delete(k);
  return d;
}

/** Values of a class pattern's parts, positional ones first; undefined where v does not fit. */
export function matchClass(
  v: Value,
  cls: Value,
  positional: number,
  names: readonly string[],
): Value[] | undefined {
  if (!(cls instanceof PyType)) raise(E.TypeError, "called match pattern must be a class");
  if (!instanceOf(v, cls)) return undefined;
  const out: Value[] = [];
  const seen = new Set<string>();
  if (positional > 0) {
    const own = getAttrOrUndefined(cls, "__match_args__");
    if (own === undefined) {
      const self = cls.mro.some((c) => !c.heap && SELF_MATCHING.has(c.name));
      const allowed = self ? 1 : 0;
      if (positional > allowed)
        raise(
          E.TypeError,
          `${cls.name}() accepts ${allowed} positional sub-pattern${allowed === 1 ? "" : "s"} (${positional} given)`,
        );
      out.push(v);
    } else {
      if (!(own instanceof PyTuple))
        raise(E.TypeError, `${cls.name}.__match_args__ must be a tuple (got ${typeOf(own).name})`);
      const allowed = own.items.length;
      if (positional > allowed)
        raise(
          E.TypeError,
          `${cls.name}() accepts ${allowed} positional sub-pattern${allowed === 1 ? "" : "s"} (${positional} given)`,
        );
      for (const item of own.items.slice(0, positional)) {
        const n = asStr(item);
        if (n === undefined)
          raise(E.TypeError, `__match_args__ elements must be strings (got ${typeOf(item).name})`);
        if (seen.has(n)) raise(E.TypeError, `${cls.name}() got multiple sub-patterns for attribute '${n}'`);
        seen.add(n);
        const x = getAttrOrUndefined(v, n);
        if (x === undefined) return undefined;
        out.push(x);
      }
    }
  }
  for (const n of names) {
    if (seen.has(n)) raise(E.TypeError, `${cls.name}() got multiple sub-patterns for attribute '${n}'`);
    seen.add(n);
    const x = getAttrOrUndefined(v, n);
    if (x === undefined) return undefined;
    out.push(x);
  }
  return out;
}

function instanceOf(v: Value, cls: PyType): boolean {
  if (isInstance(v, cls)) return true;
  const meta = typeOf(cls);
  const check = meta.lookup("__instancecheck__");
  return meta.name !== "type" && check !== undefined && isTrue(callMethod(cls, "__instancecheck__", v));
}
