// A value as text for the panels that look on: what repr() would mostly say, without running any code of the reader's.
//
// Containers are read as they lie in memory, mapped objects shown by class and identity, instances of other classes of the
// reader's by their class alone: their own __repr__ might load something, print, or raise.
import { face } from "../../orm/face.ts";
import type { InstanceState } from "../../orm/state/state.ts";
import { isNoObject } from "../../orm/flags.ts";
import { PyDict } from "../../python/builtins/dict.ts";
import { PyFrozenSet, PySet } from "../../python/builtins/set.ts";
import {
  asStr,
  dictOf,
  PyBytes,
  PyFloat,
  PyList,
  PyTuple,
  PyType,
  TYPE,
  typeOf,
  type Typed,
  type Value,
} from "../../python/runtime/object.ts";
import { repr } from "../../python/runtime/repr.ts";
import type { ShownValue } from "../protocol.ts";

const LONGEST = 300;
const MEMBERS = 20;
const DEPTH = 3;

/** Members of a list, tuple, set or dict (its values) as they are; undefined for anything else. */
export function plainMembers(v: Value): Value[] | undefined {
  if (Array.isArray(v)) return v as Value[];
  if (v instanceof PyList || v instanceof PyTuple) return [...v.items];
  if (v instanceof PyDict) return v.entries().map(([, value]) => value);
  if (v instanceof PySet) return v.items();
  if (v instanceof Map) return [...(v as Map<Value, Value>).values()];
  if (v instanceof Set) return [...(v as Set<Value>)];
  return undefined;
}

function listed(items: readonly Value[], depth: number): string {
  const shown = items.slice(0, MEMBERS).map((v) => text(v, depth + 1));
  if (items.length > MEMBERS) shown.push(`… ${items.length - MEMBERS} more`);
  return shown.join(", ");
}

/** A mapped object: `<User 1>`, `<User new>`. */
export function objectName(state: InstanceState): string {
  const { key } = state;
  const name = face().className(state.class_);
  return key === null ? `<${name} new>` : `<${name} ${identityText(key.pk)}>`;
}

/** "1", or "(1, 'de')" for a key of several columns. */
export function identityText(pk: readonly Value[]): string {
  const parts = pk.map((v) => (isNoObject(v) ? "?" : text(v, DEPTH)));
  return parts.length === 1 ? parts[0]! : `(${parts.join(", ")})`;
}

function text(v: Value, depth: number): string {
  if (v === undefined) return "";
  if (v === null || typeof v !== "object") {
    if (typeof v === "string" && v.length > LONGEST) return `${repr(v.slice(0, LONGEST))}…`;
    return typeof v === "function" ? "<function>" : repr(v);
  }
  const state = isObject(v) ? (face().stateOf(v) as InstanceState | undefined) : undefined;
  if (state) return objectName(state);
  if (Array.isArray(v) || v instanceof PyList)
    return depth >= DEPTH ? "[…]" : `[${listed(plainMembers(v)!, depth)}]`;
  if (v instanceof PyTuple) {
    if (depth >= DEPTH) return "(…)";
    return v.items.length === 1 ? `(${listed(v.items, depth)},)` : `(${listed(v.items, depth)})`;
  }
  if (v instanceof PySet || v instanceof Set) {
    const items = plainMembers(v)!;
    const inner = depth >= DEPTH ? "…" : listed(items, depth);
    if (v instanceof PyFrozenSet) return `frozenset({${inner}})`;
    return items.length === 0 ? "set()" : `{${inner}}`;
  }
  if (v instanceof PyDict || v instanceof Map) {
    if (depth >= DEPTH) return "{…}";
    const entries = v instanceof PyDict ? v.entries() : [...(v as Map<Value, Value>)];
    const shown = entries.slice(0, MEMBERS).map(([k, x]) => `${text(k, depth + 1)}: ${text(x, depth + 1)}`);
    if (entries.length > MEMBERS) shown.push(`… ${entries.length - MEMBERS} more`);
    return `{${shown.join(", ")}}`;
  }
  if (v instanceof PyType) return `<class '${v.name}'>`;
  if ((v as Partial<Typed>)[TYPE] === undefined) return "<object>";
  const type = typeOf(v);
  if (!type.heap && !holdsForeign(v)) return repr(v);
  if (type[TYPE].name === "EnumType" || type[TYPE].name === "EnumMeta") {
    const name = dictOf(v)?.get("_name_");
    if (typeof name === "string") return `${type.name}.${name}`;
  }
  const plain = asStr(v);
  return plain === undefined ? `<${type.name} object>` : repr(plain);
}

/** A datetime's time zone is an object of a class that may be the reader's. */
function holdsForeign(v: object): boolean {
  return Object.values(v).some(
    (x) => typeof x === "object" && x !== null && (x as Partial<Typed>)[TYPE] !== undefined && typeOf(x).heap,
  );
}

function isObject(v: object): boolean {
  return (v as Partial<Typed>)[TYPE] !== undefined && face().isInstance(v);
}

export function plainText(v: Value): string {
  try {
    const out = text(v, 0);
    return out.length <= LONGEST * 2 ? out : `${out.slice(0, LONGEST * 2 - 1)}…`;
  } catch {
    return "<cannot be shown>";
  }
}

export function plainValue(v: Value): ShownValue {
  if (v === null) return { kind: "null", text: "None" };
  switch (typeof v) {
    case "boolean":
      return { kind: "bool", text: plainText(v) };
    case "number":
    case "bigint":
      return { kind: "int", text: plainText(v) };
    case "string":
      return { kind: "str", text: plainText(v) };
    default:
      return {
        kind: v instanceof PyFloat ? "float" : v instanceof PyBytes ? "bytes" : "other",
        text: plainText(v),
      };
  }
}
