// Programs' classes below the engine's: the TypeScript class that is made for each, so that what the program overrides is what the engine
// calls.
import { getAttr, getAttrOrUndefined } from "../python/runtime/attributes.ts";
import { bareType } from "../python/runtime/base-types.ts";
import { call } from "../python/runtime/call.ts";
import { PyBoundMethod, PyFunction } from "../python/runtime/function.ts";
import { PyBuiltin } from "../python/runtime/native-function.ts";
import { PyGetSet } from "../python/runtime/native-type.ts";
import {
  PyObject,
  PyType,
  TYPE,
  typeOf,
  type Kwargs,
  type Typed,
  type Value,
} from "../python/runtime/object.ts";
import { parseSignature, type ParsedSignature } from "../python/runtime/signature.ts";
import type { InitArgument } from "../sql/types/signature.ts";
import {
  apiMember,
  apiOf,
  depth,
  hosts,
  nativeHost,
  oneList,
  type AnyObject,
  type HostClass,
} from "./class-table.ts";
import { holderOf, NATIVE } from "./native-prototype.ts";
import { camel, classTypes, operatorOf, symbolOf, toPython } from "./values.ts";

/** The TypeScript classes that were made for programs' classes. */
const derived = new Map<PyType, HostClass>();

/** TypeScript methods that stand for Python's operator methods, for subclasses that override those: `__add__` → "add". */
export const dunderMethods = new Map<string, string>();

/** A class of the real packages, or a program's subclass of one, as the engine knows it; any other value as it is. */
export function toEngine(v: unknown): unknown {
  if (v instanceof PyType) return hostFor(v) ?? v;
  if (v instanceof PyBuiltin) return operatorOf(v) ?? v;
  return v instanceof PyObject ? (symbolOf(v) ?? v) : v;
}

/** The TypeScript class that instances of a Python type are made of: the engine's, or one made for a Python subclass. */
export function hostFor(cls: PyType): HostClass | undefined {
  const own = hosts.get(cls) ?? derived.get(cls);
  if (own) return own;
  const base = nativeHost(cls);
  if (!base || apiOf.has(cls)) return base;
  const made = derive(cls, base);
  derived.set(cls, made);
  classTypes.set(made, cls);
  return made;
}

type Derivation = (cls: PyType, made: HostClass) => void;
const derivations: Derivation[] = [];

/** Say more of the TypeScript class made for each Python subclass. */
export function onDerive(more: Derivation): void {
  derivations.push(more);
}

/** The engine's view of a Python subclass: a TypeScript subclass whose overridden methods call the Python ones. */
function derive(cls: PyType, base: HostClass): HostClass {
  const parents = cls.bases.map(hostFor).filter((h) => h !== undefined);
  const parent =
    parents.reduce<HostClass | undefined>(
      (best, h) => (best && depth(best) >= depth(h) ? best : h),
      undefined,
    ) ?? base;
  const made = class extends (parent as unknown as new (...args: unknown[]) => object) {};
  Object.defineProperty(made, "name", { value: cls.name, configurable: true });
  Object.defineProperty(made, "pyModule", { value: cls.module, configurable: true });
  const proto = made.prototype as AnyObject;
  for (const other of parents)
    if (other !== parent) layInto(made, other, parents.indexOf(other) < parents.indexOf(parent));
  proto[TYPE] = cls;
  proto[NATIVE] = (base as unknown as { prototype: object }).prototype;
  const init = cls.lookup("__init__");
  if (init instanceof PyFunction && "construct" in base) ownConstructor(cls, made, init);
  for (const t of cls.mro) {
    if (apiOf.has(t) || t.module === "builtins") continue;
    for (const [name, value] of t.dict)
      if (!Object.hasOwn(proto, dunderMethods.get(name) ?? camel(name)))
        override(cls, base, made, name, value);
  }
  for (const more of derivations) more(cls, made);
  return made;
}

/** A type whose `__init__` a program wrote: what repr(), copies and cache keys know of its arguments, and how another is made. */
function ownConstructor(cls: PyType, made: HostClass, init: PyFunction): void {
  const p = init.params;
  const names = p.names.slice(1);
  const plain = names.length - init.defaults.length;
  const of = (name: string, kind: InitArgument["kind"], standard: Value = undefined): InitArgument => ({
    name,
    attribute: camel(name),
    kind,
    default: standard,
  });
  const signature = names.map((name, i) =>
    i < plain
      ? of(name, "required")
      : of(name, "optional", init.defaults[init.defaults.length - names.length + i]),
  );
  if (p.varArgs !== null) signature.push(of(p.varArgs, "varargs"));
  if (p.varKw !== null) signature.push(of(p.varKw, "kwargs"));
  Object.defineProperty(made, "signature", { value: signature, configurable: true });
  const proto = (made as unknown as { prototype: AnyObject }).prototype;
  const inherited = proto.initArgument as
    ((this: object, argument: InitArgument) => Value | undefined) | undefined;
  Object.defineProperty(proto, "initArgument", {
    value(this: Value, argument: InitArgument) {
      return getAttrOrUndefined(this, argument.name) ?? inherited?.call(this as object, argument);
    },
    configurable: true,
  });
  Object.defineProperty(made, "construct", {
    value: (args: readonly Value[], kwargs?: Kwargs) =>
      call(
        cls,
        args.map(toPython),
        kwargs ? new Map([...kwargs].map(([k, v]) => [k, toPython(v)])) : undefined,
      ),
    configurable: true,
  });
}

/** Further bases of a Python class: their members, those of a base that stands before the real one over its. */
function layInto(made: HostClass, other: HostClass, over: boolean): void {
  const target = (made as unknown as { prototype: AnyObject }).prototype;
  for (
    let at = (other as unknown as { prototype: object }).prototype;
    at && at !== Object.prototype;
    at = Object.getPrototypeOf(at) as object
  ) {
    if (Object.prototype.isPrototypeOf.call(at, target)) break;
    for (const key of Reflect.ownKeys(at)) {
      if (key === "constructor" || key === TYPE || key === NATIVE || Object.hasOwn(target, key)) continue;
      if (key === "_roles")
        Object.defineProperty(target, key, {
          value: new Set([
            ...(at as { _roles: Iterable<unknown> })._roles,
            ...((target[key] as Iterable<unknown> | undefined) ?? []),
          ]),
          configurable: true,
        });
      else if (over || !(key in target))
        Object.defineProperty(target, key, Object.getOwnPropertyDescriptor(at, key) as PropertyDescriptor);
    }
  }
}

const leaveAlone = new Set([
  "__init__",
  "__new__",
  "__module__",
  "__qualname__",
  "__doc__",
  "__dict__",
  "__weakref__",
  "__annotations__",
  "_constructor",
]);

function override(cls: PyType, base: HostClass, made: HostClass, name: string, value: Value): void {
  if (leaveAlone.has(name)) return;
  const js = dunderMethods.get(name) ?? camel(name);
  const nativeProto = (base as unknown as { prototype: AnyObject }).prototype;
  const proto = (made as unknown as { prototype: AnyObject }).prototype;
  if (value instanceof PyFunction) {
    if (name === "__repr__") Object.defineProperty(proto, "reprByProgram", { value: true });
    if (FUNCTIONS_OR_NONE.has(name)) {
      Object.defineProperty(proto, js, {
        get(this: unknown) {
          return (...args: unknown[]) => toEngine(call(getAttr(this, name), args.map(toPython)));
        },
        configurable: true,
      });
      return;
    }
    if (
      !(js in nativeProto) ||
      typeof Object.getOwnPropertyDescriptor(holderOf(nativeProto, js), js)?.value !== "function"
    )
      return;
    const sig = signatureOf(cls, name);
    const byKeyword = CALLED_BY_KEYWORD.has(name);
    proto[js] = function (this: unknown, ...args: unknown[]): unknown {
      const { positional, keywords } = gather(sig, args, byKeyword && args.length > 1);
      return fromOverride(call(getAttr(this, name), positional, keywords));
    };
  } else if (js in nativeProto || apiMember(cls, name) || (js === "name" && "acceptVisitor" in nativeProto)) {
    // the engine tells apart what the class says and what an instance has
    // what a program computes for each instance: a property, a memoized attribute
    const computed = typeOf(value).lookup("__get__") !== undefined && !(value instanceof PyGetSet);
    const twin =
      js in base && Object.getOwnPropertyDescriptor(holderOf(nativeProto, js), js)?.get !== undefined;
    if (!twin)
      Object.defineProperty(proto, js, {
        get(this: Value) {
          return computed && this !== proto
            ? computedBy(this as object, name, () => Reflect.get(nativeProto, js, this) as unknown)
            : classValue(cls, name);
        },
        set(this: object, v: unknown) {
          Object.defineProperty(this, js, { value: v, writable: true, configurable: true, enumerable: true });
        },
        configurable: true,
      });
    Object.defineProperty(made, js, { get: () => classValue(cls, name), configurable: true });
    const owner = cls.mro.find((t) => t.dict.has(name)) as PyType;
    if (
      "acceptVisitor" in nativeProto &&
      !(value instanceof PyGetSet) &&
      typeOf(value).lookup("__get__") === undefined &&
      typeOf(value).descriptor === undefined
    ) {
      owner.dict.set(name, new InstanceFirst(name, owner, js, value, twin));
      owner.changed();
    }
  }
}

/** An attribute that a program's class sets for its instances and that each may have of its own: the `impl` of a TypeDecorator. */
class InstanceFirst extends PyGetSet {
  readonly value: Value;
  constructor(name: string, owner: PyType, js: string, value: Value, twin: boolean) {
    super(name, owner, {
      get: ((self: AnyObject) => (twin || Object.hasOwn(self, js) ? toPython(self[js]) : value)) as (
        self: never,
      ) => Value,
      set: ((self: AnyObject, v: Value) => void (self[js] = toEngine(v))) as (self: never, v: Value) => void,
    });
    this.value = value;
  }
}
const instanceFirstType = bareType("getset_descriptor");
instanceFirstType.final = true;
instanceFirstType.descriptor = {
  ...(PyGetSet.prototype as unknown as Typed)[TYPE].descriptor,
  get: (d: InstanceFirst, obj: Value) => (obj === null ? d.value : d.getter(obj as never)),
};
Object.defineProperty(InstanceFirst.prototype, TYPE, {
  value: instanceFirstType,
  writable: true,
  configurable: true,
});

/** What a program's class has under a name. */
const computing = new Map<string, WeakSet<object>>();
/** What a program's property says; `inherited` while that property runs: it asks by super(). */
function computedBy(self: object, name: string, inherited: () => unknown): unknown {
  let running = computing.get(name);
  if (!running) computing.set(name, (running = new WeakSet()));
  if (running.has(self)) return inherited();
  running.add(self);
  try {
    return toEngine(getAttr(self as Value, name));
  } finally {
    running.delete(self);
  }
}

function classValue(cls: PyType, name: string): unknown {
  const v = cls.lookup(name);
  return toEngine(v instanceof InstanceFirst ? v.value : v);
}

function signatureOf(cls: PyType, name: string): ParsedSignature | undefined {
  const hook = HOOKS[name];
  if (hook) return parseSignature(hook);
  const m = apiMember(cls, name);
  return m === undefined || m.startsWith(".") ? undefined : parseSignature(oneList(m.slice(m.indexOf("("))));
}

/** What an overridden hook gives, as the engine takes it: classes and functions are TypeScript's to it. */
function fromOverride(v: Value): unknown {
  if (v instanceof PyFunction || v instanceof PyBuiltin || v instanceof PyBoundMethod)
    return (...args: unknown[]) => call(v, args.map(toPython));
  return toEngine(v);
}

/** Attributes that are None where a program's class does not define a method of that name. */
const FUNCTIONS_OR_NONE = new Set(["sort_key_function"]);

/** Methods that the library calls with keywords where it gives more than one argument: an override may take them so only. */
const CALLED_BY_KEYWORD = new Set(["get_bind"]);

/** Hooks that programs define and that no line of the tables has. */
const HOOKS: Readonly<Record<string, string>> = { get_col_spec: "(self, **kw)" };

/** The rule backwards: TypeScript arguments of an overridden method → positional and keyword arguments for Python. */
function gather(
  sig: ParsedSignature | undefined,
  args: readonly unknown[],
  byKeyword = false,
): { positional: Value[]; keywords: Kwargs | undefined } {
  if (!sig) return { positional: args.map(toPython), keywords: undefined };
  const p = sig.params;
  const rest = [...args];
  const positional = rest.splice(0, p.names.length - 1).map(toPython);
  while (positional.length > 0 && args[positional.length - 1] === undefined) positional.pop();
  if (p.varArgs !== null) positional.push(...((rest.shift() as unknown[] | undefined) ?? []).map(toPython));
  const keywords: Kwargs = new Map();
  if (byKeyword)
    positional.splice(0).forEach((v, i) => {
      if (args[i] !== undefined) keywords.set(p.names[i + 1]!, v);
    });
  if (p.kwOnly.length > 0) {
    const options = (rest.shift() ?? {}) as Record<string, unknown>;
    for (const name of p.kwOnly)
      if (options[camel(name)] !== undefined) keywords.set(name, toPython(options[camel(name)]));
  }
  if (p.varKw !== null) {
    const given = rest.shift();
    if (given instanceof Map) for (const [k, v] of given as Kwargs) keywords.set(k, toPython(v));
  }
  return { positional, keywords: keywords.size ? keywords : undefined };
}
