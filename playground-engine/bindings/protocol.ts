// Python's special methods of engine objects, from what their classes have: `[Symbol.iterator]` makes a class iterable,
// `enter` and `exit` a context manager, `repr` gives its repr, and so on (the engine's conventions, CONTRIBUTING.md).
//
// Objects whose class no table knows (what a `begin()` gives, say) get a type made from these alone when they first reach a program.
import { E, err, stopIteration } from "../python/runtime/exceptions.ts";
import { NativeIterator } from "../python/runtime/iteration.ts";
import { nativeType } from "../python/runtime/native-type.ts";
import type { NativeMethod } from "../python/runtime/native.ts";
import { objectType } from "../python/runtime/base-types.ts";
import {
  type Kwargs,
  NotImplemented,
  type PyType,
  TYPE,
  type Typed,
  type Value,
} from "../python/runtime/object.ts";
import { nativeMembers } from "./native-prototype.ts";

type Any = Record<string | symbol, (...args: unknown[]) => unknown>;
type Convert = (v: unknown) => Value;

interface Rule {
  /** The TypeScript member that stands for it. */
  readonly member: string | symbol;
  readonly signature: string;
  readonly make: (toPython: Convert) => (self: Any, ...args: never[]) => unknown;
  /** A class that takes part in SQL operations has other ideas of this one. */
  readonly notInSql?: boolean;
}

const RULES: Readonly<Record<string, Rule>> = {
  __repr__: { member: "repr", signature: "(self)", make: () => (self) => self.repr!() },
  __str__: { member: "toString", signature: "(self)", make: () => (self) => self.toString!() },
  __iter__: {
    member: Symbol.iterator,
    signature: "(self)",
    make: (toPython) => (self) => {
      const it = self[Symbol.iterator]!() as Iterator<unknown>;
      if ((it as unknown) === self) return self;
      return new NativeIterator(() => {
        const r = it.next();
        return r.done ? undefined : toPython(r.value);
      }, self);
    },
  },
  __next__: {
    member: "next",
    signature: "(self)",
    make: (toPython) => (self) => {
      const v = self.next!();
      const isStep = typeof v === "object" && v !== null && "done" in v && !(TYPE in v);
      if (v === undefined || (isStep && (v as IteratorResult<unknown>).done)) throw stopIteration();
      return toPython(isStep ? (v as IteratorResult<unknown>).value : v);
    },
  },
  __getattr__: {
    member: "getattr",
    signature: "(self, name, /)",
    make: (toPython) => (self, name: string) => {
      const found = self.getattr!(name);
      if (found === undefined)
        throw (
          // what stands for another object says what that says
          self.noAttribute?.(name) ??
          err(
            E.AttributeError,
            `'${(self as unknown as Typed)[TYPE].name}' object has no attribute '${name}'`,
          )
        );
      return toPython(found);
    },
  },
  __getitem__: {
    member: "getItem",
    signature: "(self, key, /)",
    make: (toPython) => (self, key: Value) => toPython(self.getItem!(key)),
    notInSql: true,
  },
  __setitem__: {
    member: "setItem",
    signature: "(self, key, value, /)",
    make: () => (self, key: Value, value: Value) => self.setItem!(key, value),
    notInSql: true,
  },
  __delitem__: {
    member: "deleteItem",
    signature: "(self, key, /)",
    make: () => (self, key: Value) => self.deleteItem!(key),
    notInSql: true,
  },
  __contains__: {
    member: "contains",
    signature: "(self, key, /)",
    make: () => (self, key: Value) => self.contains!(key),
    notInSql: true,
  },
  __len__: {
    member: "length",
    signature: "(self)",
    make: () => (self) => self.length as unknown,
    notInSql: true,
  },
  __enter__: { member: "enter", signature: "(self)", make: (toPython) => (self) => toPython(self.enter!()) },
  __exit__: {
    member: "exit",
    signature: "(self, type, value, traceback, /)",
    make: () => (self, type: Value, value: Value, traceback: Value) =>
      (self.exit!.length >= 3 ? self.exit!(type, value, traceback) : self.exit!(value)) === true,
  },
  __call__: {
    member: "call",
    signature: "(self, *args, **kwargs)",
    make: (toPython) => (self, args: Value[], kwargs: Kwargs) => toPython(self.call!(args, kwargs)),
    notInSql: true,
  },
  __eq__: {
    member: "equals",
    signature: "(self, other, /)",
    make: () => (self, other: Value) =>
      typeof other === "object" && other !== null ? self.equals!(other) : NotImplemented,
    notInSql: true,
  },
  __bool__: { member: "bool", signature: "(self)", make: () => (self) => self.bool!() },
  __hash__: { member: "hash", signature: "(self)", make: () => (self) => self.hash as unknown },
  __clause_element__: {
    member: "clauseElement",
    signature: "(self)",
    make: (toPython) => (self) => toPython((nativeMembers(self) as Any)["clauseElement"]!.call(self)),
  },
};

/** Other names for the same members. */
const ALSO: Readonly<Record<string, string>> = {
  getitem: "getItem",
  size: "length",
  has: "contains",
  namespaceAttribute: "getattr",
};

/** Special methods for a type whose instances are of this class: those its own prototype brings, or that no base has. */
export function protocolOf(prototype: object, type: PyType, toPython: Convert): Record<string, NativeMethod> {
  const out: Record<string, NativeMethod> = {};
  const inSql = "operate" in prototype;
  for (const [dunder, rule] of Object.entries(RULES)) {
    if (rule.notInSql && inSql) continue;
    const member = memberIn(prototype, rule.member);
    if (member === undefined) continue;
    const inherited = type.lookup(dunder);
    const own = Object.hasOwn(prototype, member);
    if (!own && inherited != null && inherited !== objectType.dict.get(dunder)) continue;
    const fn = rule.make(toPython);
    out[dunder] = [
      rule.signature,
      (member === rule.member
        ? fn
        : (self: Any, ...args: never[]) =>
            fn(aliased(self, member, rule.member), ...args)) as NativeMethod[1],
    ];
  }
  if (out.__eq__ && !out.__hash__)
    out.__hash__ = [
      "(self)",
      ((self: Any) => ("hashKey" in self ? hashOf(self.hashKey!()) : 0)) as unknown as NativeMethod[1],
    ];
  return out;
}

function memberIn(prototype: object, wanted: string | symbol): string | symbol | undefined {
  if (wanted === "toString")
    return (prototype as Any).toString !== Object.prototype.toString &&
      (prototype as Any).toString !== Error.prototype.toString
      ? wanted
      : undefined;
  if (wanted in prototype) return wanted;
  for (const [other, name] of Object.entries(ALSO)) if (name === wanted && other in prototype) return other;
  return undefined;
}

function aliased(self: Any, member: string | symbol, wanted: string | symbol): Any {
  if (member === "size") return { length: self[member] } as unknown as Any;
  return Object.create(self, { [wanted]: { value: (...args: unknown[]) => self[member]!(...args) } }) as Any;
}

function hashOf(v: unknown): number {
  return typeof v === "number" ? v : String(v).length;
}

/** The type of an object whose class has none yet. */
export function adoptType(v: object, toPython: Convert): PyType {
  const proto = Object.getPrototypeOf(v) as (object & Partial<Typed>) | null;
  if (proto === null || proto === Object.prototype) {
    // an object of one kind, made where it is given out: a context manager, a descriptor
    const own = nativeType({
      name: "object",
      module: "sqlalchemy",
      hasDict: true,
      methods: protocolOf(v, objectType, toPython),
    });
    Object.defineProperty(v, TYPE, { value: own, configurable: true });
    return own;
  }
  const made = nativeType({
    name: proto.constructor.name,
    module: "sqlalchemy",
    hasDict: true,
    methods: protocolOf(proto, objectType, toPython),
  });
  Object.defineProperty(proto, TYPE, { value: made, writable: true, configurable: true });
  return made;
}
