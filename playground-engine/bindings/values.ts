// Values on their way from the engine to a Python program.
//
// The engine's values are the program's values (util/host.ts): nothing is wrapped. What TypeScript code makes for
// itself has to become Python's: arrays lists, Maps dicts, Sets sets, undefined None.
import { PyDict, PyFrozenSet, PySet } from "../python/builtins/index.ts";
import { importModule, moduleMember, PyModule } from "../python/runtime/modules.ts";
import { nativeFunction, type PyBuiltin } from "../python/runtime/native-function.ts";
import type { NativeMethod } from "../python/runtime/native.ts";
import { ElementMap, ElementSet } from "../sql/element-set.ts";
import * as operators from "../sql/operators.ts";
import { type Listener, programFunction } from "../event/index.ts";
import { History } from "../orm/attributes/history.ts";
import { CascadeOptions } from "../orm/props/cascades.ts";
import { IdentityKey } from "../orm/state/identity-key.ts";
import { adoptType } from "./protocol.ts";
import { nativeType } from "../python/runtime/native-type.ts";
import { PyList, PyObject, PyTuple, TYPE, type Typed, type Value } from "../python/runtime/object.ts";

const { Operator } = operators;
type Operator = operators.Operator;

/** Tuples and sets that their own bindings make. */
export const ownForms: { history: (h: History) => Value; cascades: (c: CascadeOptions) => Value } = {
  history: (h) => h,
  cascades: (c) => c,
};

/** What a Python program is given for a value that engine code returns or hands to a callback. */
export function toPython(v: unknown): Value {
  if (v === undefined) return null;
  if (typeof v === "function")
    return (
      classTypes.get(v) ??
      programFunction(v as Listener) ??
      hostFunction(v as (...args: unknown[]) => unknown)
    );
  if (typeof v === "symbol") return symbolValue(v);
  if (typeof v !== "object" || v === null) return v;
  if (Array.isArray(v)) return new PyList(v.map(toPython));
  if (v instanceof Map && (v as Partial<Typed>)[TYPE] === undefined)
    return PyDict.from([...v].map(([k, x]) => [toPython(k), toPython(x)]));
  if (v instanceof IdentityKey) return v.asTuple();
  if (v instanceof History) return ownForms.history(v);
  if (v instanceof CascadeOptions) return ownForms.cascades(v);
  if (v instanceof Set) return new PySet([...v].map(toPython));
  if (v instanceof Operator) return operatorFunction(v);
  if (v instanceof ElementMap) return PyDict.from([...v].map(([k, x]) => [toPython(k), toPython(x)]));
  if ((v as Partial<Typed>)[TYPE] === undefined) {
    if (v instanceof ElementSet) return new PyFrozenSet([...v].map(toPython));
    if (isRecord(v)) return PyDict.from(Object.entries(v).map(([k, x]) => [snake(k), toPython(x)]));
    adoptType(v, toPython);
  }
  return v;
}

/** An object that holds data alone: what a program sees as a dict. */
function isRecord(v: object): boolean {
  const proto = Object.getPrototypeOf(v) as object | null;
  return (
    (proto === Object.prototype || proto === null) &&
    Object.values(v).every((x) => typeof x !== "function" || /^class\b/.test(String(x)))
  );
}

/** `primaryKey` → `primary_key` */
function snake(name: string): string {
  return name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
}

// Constants of the engine (BLANK_SCHEMA, NO_VALUE …) are JavaScript symbols: a program sees an object for each.
const fromSymbol = new Map<symbol, Value>();
const toSymbol = new WeakMap<object, symbol>();
/** Those that are members of an enumeration: its name, and the member's number. */
const MEMBERS: Readonly<Record<string, readonly [string, number]>> = {
  RETAIN_SCHEMA: ["SchemaConst", 1],
  BLANK_SCHEMA: ["SchemaConst", 2],
  NULL_UNSPECIFIED: ["SchemaConst", 3],
  NONE_NAME: ["_NoneName", 0],
};
const constantType = nativeType({
  name: "symbol",
  module: "sqlalchemy.util.langhelpers",
  methods: {
    __repr__: [
      "(self)",
      ((self: PyObject) => {
        const name = toSymbol.get(self)?.description ?? "";
        const member = MEMBERS[name];
        return member ? `<${member[0]}.${name}: ${member[1]}>` : `symbol('${name}')`;
      }) as NativeMethod[1],
    ],
    __str__: [
      "(self)",
      ((self: PyObject) => {
        const name = toSymbol.get(self)?.description ?? "";
        const member = MEMBERS[name];
        return member ? `${member[0]}.${name}` : `symbol('${name}')`;
      }) as NativeMethod[1],
    ],
  },
});

function symbolValue(s: symbol): Value {
  let v = fromSymbol.get(s);
  if (v === undefined) {
    v = new PyObject(constantType);
    fromSymbol.set(s, v);
    toSymbol.set(v as object, s);
  }
  return v;
}

/** The engine's constant behind a program's value; undefined for any other. */
export function symbolOf(v: unknown): symbol | undefined {
  return v instanceof PyObject ? toSymbol.get(v) : undefined;
}

/** Python's own function for an operator (`operator.eq`), where its module operator has it; the operator itself otherwise. */
export function operatorFunction(op: Operator): Value {
  if (!op.isPythons) return op;
  const module = importModule("operator");
  return module instanceof PyModule ? (moduleMember(module, op.name) ?? op) : op;
}

/** The engine's operator that a function of Python's module operator stands for; undefined for any other value. */
export function operatorOf(v: PyBuiltin): Operator | undefined {
  if (v.module !== "operator" && v.module !== "_operator") return undefined;
  const found = (operators as Readonly<Record<string, unknown>>)[camel(v.name)];
  return found instanceof Operator && found.isPythons ? found : undefined;
}

// TypeScript code that is typed for iterables is given the program's own lists, tuples and sets.
for (const cls of [PyList, PyTuple]) {
  Object.defineProperty(cls.prototype, Symbol.iterator, {
    value: function* (this: { items: readonly Value[] }) {
      yield* this.items;
    },
    configurable: true,
    writable: true,
  });
}

/** Python types of the engine's classes, by the TypeScript class (define.ts fills it). */
export const classTypes = new WeakMap<object, Value>();

const functions = new WeakMap<object, Value>();
/** A function that engine code hands out: `column.op("||")`, a decorator. The same object each time. */
function hostFunction(fn: (...args: unknown[]) => unknown): Value {
  let f = functions.get(fn);
  if (f === undefined) {
    const { signature } = fn as { readonly signature?: string };
    const made = nativeFunction(
      fn.name.slice(fn.name.lastIndexOf(".") + 1) || "function",
      (signature === undefined
        ? ["(*args)", (args: unknown[]) => toPython(fn(...args))]
        : [signature, (...args: unknown[]) => toPython(fn(...args))]) as unknown as NativeMethod,
      "sqlalchemy",
    );
    made.qualified = fn.name || undefined;
    functions.set(fn, (f = made));
  }
  return f;
}

/** `order_by` → `orderBy`; `in_`, `__init__` and names without inner underscores stay. */
export function camel(name: string): string {
  return name.replace(/(?<=[a-zA-Z0-9])_+([a-z0-9])/g, (_, c: string) => c.toUpperCase());
}
