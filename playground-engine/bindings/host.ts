// Python as the engine's host (util/host.ts): what a value of a Python program is, how it is called, compared and shown.
//
// JavaScript arrays and Maps that TypeScript code hands to the engine count as sequences and mappings too.
import { currentThread } from "../python/stdlib/current-thread.ts";
import { typeName } from "./annotations.ts";
import type { DateTimeParts, Host, Kind, Kwargs, Parameter } from "../util/host.ts";
import { PyMemoryView } from "../python/builtins/buffer.ts";
import { PyDict } from "../python/builtins/dict.ts";
import { PyFrozenSet, PySet } from "../python/builtins/set.ts";
import { directKey, HASHED } from "../python/builtins/keys.ts";
import { ColumnElement } from "../sql/elements/column.ts";
import { getAttrOrUndefined, noAttribute, setAttr } from "../python/runtime/attributes.ts";
import { call } from "../python/runtime/call.ts";
import {
  E,
  err,
  excInfo,
  isInstanceOf,
  toException,
  type ExceptionName,
} from "../python/runtime/exceptions.ts";
import { where } from "../python/runtime/frames.ts";
import { PyBoundMethod, PyFunction } from "../python/runtime/function.ts";
import { address, isHashable } from "../python/runtime/hash.ts";
import { getItem } from "../python/runtime/items.ts";
import { isIterable, iterate, NativeIterator } from "../python/runtime/iteration.ts";
import { late } from "../python/runtime/late.ts";
import { noModuleAttribute, PyModule } from "../python/runtime/modules.ts";
import { nativeFunction, PyBuiltin, PyBuiltinMethod } from "../python/runtime/native-function.ts";
import type { NativeMethod } from "../python/runtime/native.ts";
import {
  asInt,
  asStr,
  PyBytes,
  PyComplex,
  PyFloat,
  PyList,
  PyTuple,
  PyType,
  TYPE,
  type Typed,
  typeOf,
  type Value,
} from "../python/runtime/object.ts";
import { add, eqTruth, isTrue, ltTruth, same } from "../python/runtime/operators.ts";
import { repr, str } from "../python/runtime/repr.ts";
import { classKinds, kindByStdlib, pythonTypes } from "./host-types.ts";
import { pythonLogger, pythonNow, pythonWarn } from "./host-services.ts";
import { toEngine } from "./derive.ts";
import { immutableDict } from "./sqlalchemy/dictionaries.ts";
import { classTypes, symbolOf, toPython } from "./values.ts";

function kindOf(v: Value): Kind {
  if (v === null) return "none";
  switch (typeof v) {
    case "string":
      return "str";
    case "number":
    case "bigint":
      return "int";
    case "boolean":
      return "bool";
    case "object":
      break;
    default:
      return classTypes.has(v as object) ? "class" : "function";
  }
  if (v instanceof PyFloat) return "float";
  if (v instanceof PyTuple) return "tuple";
  if (v instanceof PyList || Array.isArray(v)) return "list";
  if (v instanceof PyDict) return "dict";
  if (v instanceof Map) return "mapping";
  if (v instanceof PyFrozenSet) return "frozenset";
  if (v instanceof PySet || v instanceof Set) return "set";
  if (v instanceof PyBytes || v instanceof PyMemoryView) return "bytes";
  if (v instanceof PyComplex) return "complex";
  if (v instanceof PyType) return "class";
  if (
    v instanceof PyFunction ||
    v instanceof PyBuiltin ||
    v instanceof PyBoundMethod ||
    v instanceof PyBuiltinMethod
  )
    return "function";
  if (v instanceof PyModule) return "module";
  if ((v as Partial<Typed>)[TYPE] === undefined) return "other";
  const std = kindByStdlib(v);
  if (std) return std;
  if (asStr(v) !== undefined) return "str";
  if (asInt(v) !== undefined) return "int";
  return "other";
}

function iterateValues(v: Value): Iterable<Value> | undefined {
  if (v instanceof PyList || v instanceof PyTuple)
    return v.items.some((x) => x instanceof PyType) ? v.items.map(toEngine) : v.items;
  if (Array.isArray(v) || v instanceof Set) return v;
  if (v instanceof Map) return v.keys();
  if (asStr(v) !== undefined || v instanceof PyBytes || v === null || typeof v !== "object") return undefined;
  // TypeScript code hands over iterators and generators of its own
  if ((v as Partial<Typed>)[TYPE] === undefined)
    return Symbol.iterator in v ? (v as Iterable<Value>) : undefined;
  return isIterable(v) ? iterate(v) : undefined;
}

/** What a program's function gives back: the engine's own constant where it is one (BLANK_SCHEMA). */
const constantOr = (v: Value): Value => symbolOf(v) ?? v;

function entriesOf(v: Value): Iterable<[Value, Value]> | undefined {
  if (v instanceof PyDict) return v.entries().map(([k, x]) => [toEngine(k), toEngine(x)] as [Value, Value]);
  if (v instanceof Map) return v as Map<Value, Value>;
  if (typeof v !== "object" || v === null || v instanceof PyList || v instanceof PyTuple || Array.isArray(v))
    return undefined;
  return late.entries(v) as Iterable<[Value, Value]> | undefined;
}

// Values whose equality is not JavaScript's get the first equal one seen as their key.
const seen = new PyDict();

function key(v: Value): unknown {
  if (typeof v === "function") return v;
  const direct = directKey(v);
  if (direct !== HASHED) return direct;
  const known = seen.get(v);
  if (known !== undefined) return known;
  seen.set(v, v);
  return v;
}

/** What a program's function sees of its free and global variables, for as long as it is called for a statement. */
function trackVariables(
  fn: Value,
  replace: (name: string, value: Value, from: "free" | "global" | "call") => Value | undefined,
): (() => void) | undefined {
  if (!(fn instanceof PyFunction)) return undefined;
  const undo: (() => void)[] = [];
  const swap = (
    name: string,
    value: Value | undefined,
    from: "free" | "global",
    set: (v: Value) => void,
  ): void => {
    if (value === undefined || value === null) return;
    const given =
      value instanceof PyFunction
        ? nativeFunction(name, [
            "(*args, **kwargs)",
            ((args: readonly Value[], kwargs: Kwargs) => {
              const made = call(value, args, kwargs.size ? kwargs : undefined);
              return replace(name, made, "call") ?? made;
            }) as NativeMethod[1],
          ])
        : replace(name, value, from);
    if (given === undefined) return;
    set(given);
    undo.push(() => set(value));
  };
  const { freevars, names } = fn.code.spec;
  for (const [i, cell] of (fn.closure?.() ?? []).entries())
    swap(freevars[i]!, cell.get(), "free", (v) => cell.set(v));
  const globals = fn.globals;
  if (globals instanceof Map)
    for (const name of names)
      swap(name, globals.get(name) as Value | undefined, "global", (v) => void globals.set(name, v));
  return () => undo.forEach((f) => f());
}

function parameters(fn: Value): readonly Parameter[] | undefined {
  let skip = 0;
  let f = fn;
  if (f instanceof PyType) {
    const init = f.lookup("__init__");
    if (!(init instanceof PyFunction)) return undefined;
    f = init;
    skip = 1;
  } else if (!(f instanceof PyFunction) && !(f instanceof PyBuiltin) && !(f instanceof PyBoundMethod)) {
    const callMethod = typeof f === "object" && f !== null ? typeOf(f).lookup("__call__") : undefined;
    if (!(callMethod instanceof PyFunction)) return undefined;
    f = callMethod;
    skip = 1;
  }
  if (f instanceof PyBoundMethod) {
    f = f.func;
    skip = 1;
  }
  if (!(f instanceof PyFunction || f instanceof PyBuiltin)) return undefined;
  const p = f.params;
  const out: Parameter[] = p.names.map((name, i) => ({
    name,
    kind: i < p.posOnly ? "positional" : "positional-or-keyword",
    hasDefault: i >= p.names.length - f.defaultCount,
  }));
  out.splice(0, skip);
  if (p.varArgs !== null) out.push({ name: p.varArgs, kind: "var-positional", hasDefault: false });
  for (const name of p.kwOnly) out.push({ name, kind: "keyword", hasDefault: f.hasKwDefault(name) });
  if (p.varKw !== null) out.push({ name: p.varKw, kind: "var-keyword", hasDefault: false });
  return out;
}

export const pythonHost: Host = {
  kindOf,
  typeName: (v) => typeName(typeOf(toPython(v))),
  typeModule: (v) => typeOf(toPython(v)).module,
  typeOf: (v) => typeOf(toPython(v)),
  isInstance: (v, cls) => cls instanceof PyType && typeOf(toPython(v)).isSubtypeOf(cls),
  kindOfClass: (cls) => (cls instanceof PyType ? classKinds(cls) : "other"),
  repr: (v) => repr(toPython(v)),
  str: (v) => str(toPython(v)),
  isTrue: (v) =>
    Array.isArray(v)
      ? v.length > 0
      : v instanceof Map || v instanceof Set
        ? v.size > 0
        : v === undefined
          ? false
          : isTrue(v),
  same: (a, b) => a === b || (typeof a !== "function" && typeof b !== "function" && same(a, b)),
  equal: (a, b) => eqTruth(toPython(a), toPython(b)),
  compare: (a, b) => (ltTruth(a, b) ? -1 : ltTruth(b, a) ? 1 : 0),
  key,
  isHashable: (v) =>
    typeof v === "function"
      ? true
      : Array.isArray(v) || v instanceof Map || v instanceof Set
        ? false
        : isHashable(v),
  add,
  isCallable: (v) =>
    typeof v === "function" ||
    (typeof v === "object" &&
      v !== null &&
      !Array.isArray(v) &&
      !(v instanceof Map) &&
      typeOf(v)?.lookup("__call__") !== undefined),
  call: (given, args, kwargs?: Kwargs) => {
    const fn = typeof given === "function" ? (classTypes.get(given) ?? given) : given;
    if (typeof fn === "function")
      return (fn as (...a: unknown[]) => unknown)(...args, ...(kwargs?.size ? [kwargs] : []));
    if (kwargs?.size) {
      const converted: Kwargs = new Map();
      for (const [k, v] of kwargs) converted.set(k, toPython(v));
      return constantOr(call(fn, args.map(toPython), converted));
    }
    return constantOr(call(fn, args.map(toPython)));
  },
  parameters,
  trackVariables,
  nameOf: (v) => {
    if (v instanceof PyType || v instanceof PyFunction || v instanceof PyBuiltin) return v.name;
    const named = typeof v === "object" && v !== null ? getAttrOrUndefined(v, "__name__") : undefined;
    return named === undefined ? repr(v) : str(named);
  },
  address,
  getAttribute: (v, name) => getAttrOrUndefined(v, name),
  setAttribute: setAttr,
  hasAttribute: (v, name) => getAttrOrUndefined(v, name) !== undefined,
  noAttribute: (v, name) =>
    v instanceof PyModule
      ? noModuleAttribute(v, name)
      : v instanceof ColumnElement
        ? err(E.AttributeError, v.missingAttribute(name))
        : noAttribute(toPython(v), name),
  getItem: (v, k) => (v instanceof Map ? v.get(k) : Array.isArray(v) ? v[k as number] : getItem(v, k)),
  iterate: iterateValues,
  entries: entriesOf,
  makeList: (items) => new PyList([...items].map(toPython)),
  makeTuple: (items) => new PyTuple([...items].map(toPython)),
  makeSet: (items) => new PySet([...items].map(toPython)),
  makeFrozenSet: (items) => new PyFrozenSet([...items].map(toPython)),
  makeDict: (entries) => PyDict.from([...entries].map(([k, v]) => [toPython(k), toPython(v)] as const)),
  makeImmutableDict: immutableDict,
  makeIterator: (next) => new NativeIterator(next),
  types: pythonTypes,
  error: (name, message) => {
    const type = (E as Record<string, PyType | undefined>)[name] ?? E.RuntimeError;
    // messages of KeyErrors are the key, some written as its repr
    const quoted = name === "KeyError" && typeof message === "string" ? /^'(.*)'$/s.exec(message) : null;
    return err(type, quoted ? quoted[1]! : message);
  },
  isError: (e, name) => {
    const type = (E as Partial<Record<string, PyType>>)[name as ExceptionName];
    if (type) return isInstanceOf(e, type);
    return (
      typeof e === "object" && e !== null && typeOf(toException(e)).mro.some((t) => typeName(t) === name)
    );
  },
  errorText: (e) => str(toException(e)),
  withCause: (e, cause) => {
    const info = excInfo(toException(e));
    info.cause = toException(cause);
    info.suppressContext = true;
    return e;
  },
  warn: pythonWarn,
  logger: pythonLogger,
  now: (utc: boolean): DateTimeParts => pythonNow(utc),
  thread: () => currentThread.ident,
  where,
};
