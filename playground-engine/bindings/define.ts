// The engine's classes as Python types, without wrappers.
//
// api/*.ts holds what the real packages' classes look like: bases, members, signatures. `typeFor` makes the Python type
// of a class from its line there; `attach` says which TypeScript class its instances are. A Python method `order_by` calls
// the TypeScript method `orderBy` by one rule: positional parameters stay, *args is one array, keyword-only parameters are
// one options object (camelCase keys), **kwargs is one Map. What a line cannot say is added by hand with `extend`.
import { getAttr, getAttrOrUndefined } from "../python/runtime/attributes.ts";
import type { InitArgument } from "../sql/types/signature.ts";
import { call } from "../python/runtime/call.ts";
import { E, raise } from "../python/runtime/exceptions.ts";
import { PyBoundMethod, PyFunction } from "../python/runtime/function.ts";
import { dictGetSet } from "../python/runtime/slots.ts";
import { bareType } from "../python/runtime/base-types.ts";
import { fillType, nativeType, PyGetSet } from "../python/runtime/native-type.ts";
import { nativeFunction, PyBuiltin } from "../python/runtime/native-function.ts";
import type { NativeGetter, NativeMethod } from "../python/runtime/native.ts";
import {
  bare,
  type Kwargs,
  PyObject,
  PyType,
  TYPE,
  type Typed,
  typeOf,
  type Value,
} from "../python/runtime/object.ts";
import { ArgumentError } from "../errors/index.ts";
import { parseSignature, type ParsedSignature } from "../python/runtime/signature.ts";
import { optionCounts } from "./api/options.ts";
import { abstractBases } from "./abstract-bases.ts";
import { NATIVE, nativeMembers } from "./native-prototype.ts";
import { constructorSignatures } from "./signatures.ts";
import { protocolOf } from "./protocol.ts";
import { camel, classTypes, operatorOf, symbolOf, toPython } from "./values.ts";

export type HostClass = abstract new (...args: never[]) => object;
type AnyObject = Record<string | symbol, unknown>;
type ApiClass = readonly [name: string, init: string, bases: string, members: readonly string[]];

/** On instances whose class overrides `__init__`: the engine's constructor has not run yet. */
const BLANK: unique symbol = Symbol("blank");

const api = new Map<string, ApiClass>();
const types = new Map<string, PyType>();
const hosts = new Map<PyType, HostClass>();
const apiOf = new Map<PyType, ApiClass>();
const derived = new Map<PyType, HostClass>();

/** `order_by(first=…, *rest)` is one list of arguments to us. */
export function oneList(signature: string): string {
  return signature.replace(/\b(?:_\w+__first|initial_clause)=\.\.\., \*/, "*");
}

/** Add an area's class table (api/*.ts). */
export function addApi(classes: readonly ApiClass[]): void {
  for (const c of classes) {
    api.set(c[0], c);
    const outer = c[0].slice(0, c[0].lastIndexOf("."));
    if (/\.[A-Z]\w*$/.test(outer)) nested.set(outer, [...(nested.get(outer) ?? []), c[0]]);
  }
}

/** Classes defined inside classes, by the outer one: TypeEngine.Comparator. */
const nested = new Map<string, string[]>();

/** TypeScript methods that stand for Python's operator methods, for subclasses that override those: `__add__` → "add". */
export const dunderMethods = new Map<string, string>();

/** Whether the real packages have a class of this qualified name. */
export function knownClass(qualified: string): boolean {
  return api.has(qualified);
}

/** Arguments in signature order → arguments of the TypeScript function, by the rule. */
function spread(
  sig: ParsedSignature,
  bound: readonly unknown[],
  skip: number,
  positional = Infinity,
): unknown[] {
  const p = sig.params;
  const stay = Math.min(p.names.length, skip + positional);
  const out: unknown[] = [];
  for (let i = skip; i < stay; i++) out.push(toEngine(bound[i]));
  let at = p.names.length;
  if (p.varArgs !== null) out.push(((bound[at++] as unknown[] | undefined) ?? []).map(toEngine));
  if (p.kwOnly.length > 0 || stay < p.names.length) {
    const options: Record<string, unknown> = {};
    for (let i = stay; i < p.names.length; i++) option(options, p.names[i]!, bound[i]);
    for (const name of p.kwOnly) option(options, name, bound[at++]);
    out.push(options);
  }
  if (p.varKw?.endsWith("__kw") && (bound[at] as Kwargs | undefined)?.size)
    throw new ArgumentError(
      "Additional keyword arguments are not accepted by this function/method.  The presence of **kw is for pep-484 typing purposes",
    );
  if (p.varKw !== null)
    out.push(
      new Map([...((bound[at] as Kwargs | undefined) ?? [])].map(([k, v]) => [k, toEngine(v)] as const)),
    );
  return out;
}

/** `type_` is the option `type` too, `_table` the option `table`: what Python's names must avoid or hide, ours need not. */
function option(options: Record<string, unknown>, name: string, value: unknown): void {
  if (value === undefined) return;
  const js = camel(plainName(name));
  const bare = js.replace(/^_+|_+$/g, "");
  options[js] = toEngine(value);
  if (bare !== js && !(bare in options)) options[bare] = options[js];
}

/** A class of the real packages, or a program's subclass of one, as the engine knows it; any other value as it is. */
export function toEngine(v: unknown): unknown {
  if (v instanceof PyType) return hostFor(v) ?? v;
  if (v instanceof PyBuiltin) return operatorOf(v) ?? v;
  return v instanceof PyObject ? (symbolOf(v) ?? v) : v;
}

/** `_Column__name_pos` → `name_pos` */
function plainName(name: string): string {
  return name.replace(/^_[A-Z]\w*?__/, "");
}

/** The native implementation a Python call of an engine method reaches: never the override of a Python subclass. */
function implementation(self: unknown, name: string): ((...args: unknown[]) => unknown) | undefined {
  const found = (nativeMembers(self as object) as AnyObject)[name];
  return typeof found === "function" ? (found as (...args: unknown[]) => unknown) : undefined;
}

function missing(cls: string, name: string): never {
  return raise(E.AttributeError, `'${cls}' object has no attribute '${name}' (not in the playground yet)`);
}

/** A native method that calls the TypeScript method of that name by the rule. */
function methodByRule(qualified: string, name: string, signature: string): NativeMethod {
  const js = camel(name);
  const short = qualified.slice(qualified.lastIndexOf(".") + 1);
  let sig: ParsedSignature | undefined;
  return [
    signature,
    ((self: unknown, ...rest: unknown[]): Value => {
      sig ??= parseSignature(signature);
      const fn = implementation(self, js);
      if (!fn) missing(short, name);
      return toPython(fn.apply(self, spread(sig, [self, ...rest], 1, optionCounts[`${qualified}.${name}`])));
    }) as NativeMethod[1],
  ];
}

function getterByRule(qualified: string, name: string): NativeGetter {
  const js = camel(name);
  const short = qualified.slice(qualified.lastIndexOf(".") + 1);
  return {
    get: ((self: unknown): Value => {
      const v = (self as AnyObject)[js];
      if (v === undefined) {
        if (js in (self as object)) return null;
        return valueOfClass((self as Typed)[TYPE], js) ?? missing(short, name);
      }
      return toPython(v);
    }) as (self: never) => Value,
    set: ((self: object, value: Value): void => {
      // what the engine works out may still be said by a program
      if (!Reflect.set(self, js, value))
        Object.defineProperty(self, js, { value, writable: true, configurable: true, enumerable: true });
    }) as (self: never, value: Value) => void,
  };
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
function classValue(cls: PyType, name: string): unknown {
  const v = cls.lookup(name);
  return toEngine(v instanceof InstanceFirst ? v.value : v);
}

/** An attribute that the class has as well as its instances: `JSON.NULL`, `Integer.__visit_name__`. */
export class ClassAttribute extends PyGetSet {
  readonly js: string;
  constructor(name: string, owner: PyType, js: string, getter: NativeGetter) {
    super(name, owner, getter);
    this.js = js;
  }
}
const classAttributeType = bareType("getset_descriptor");
classAttributeType.final = true;
classAttributeType.descriptor = {
  ...(PyGetSet.prototype as unknown as Typed)[TYPE].descriptor,
  get: (d: ClassAttribute, obj: Value, owner: PyType) =>
    obj === null ? (valueOfClass(owner, d.js) ?? ofClass(d, owner)) : d.getter(obj as never),
};
Object.defineProperty(ClassAttribute.prototype, TYPE, {
  value: classAttributeType,
  writable: true,
  configurable: true,
});

/** A property, seen from its class; attributes that only instances get are absent there. */
function ofClass(d: ClassAttribute, owner: PyType): Value {
  const proto = (hostFor(owner) as unknown as { prototype: object } | undefined)?.prototype;
  if (proto && !(d.js in proto))
    raise(E.AttributeError, `type object '${owner.name}' has no attribute '${d.name}'`);
  return d;
}

const OF_FUNCTIONS = new Set(["name", "length", "prototype", "caller", "arguments"]);

/** What the engine's class says for all its instances: a static member, or a default in its prototype. */
function valueOfClass(cls: PyType, js: string): Value | undefined {
  const host = hostFor(cls) as unknown as AnyObject | undefined;
  if (!host) return undefined;
  if (js in host && !OF_FUNCTIONS.has(js)) return toPython(host[js]);
  const proto = (host as { prototype: object }).prototype;
  const value: unknown = Object.getOwnPropertyDescriptor(holderOf(proto, js), js)?.value;
  return value === undefined || typeof value === "function" ? undefined : toPython(value);
}

/** The Python type of a class of the real packages, made on first use. */
export function typeFor(qualified: string): PyType {
  const known = types.get(qualified);
  if (known) return known;
  const entry = api.get(qualified);
  if (!entry) throw new Error(`no API line for ${qualified}`);
  const [, init, bases, members] = entry;
  const dot = qualified.lastIndexOf(".");
  const baseTypes =
    bases === "" && abstractBases[qualified] === undefined
      ? undefined
      : linear(
          bases
            .split(",")
            .filter((b) => b !== qualified)
            .filter((b) => b !== "")
            .map((b) => (b === "builtins.str" && qualified === QUOTED_NAME ? bare.str : baseType(b)))
            .filter((b) => b !== undefined),
        );
  const by = constructorSignatures[qualified] ?? init;
  baseTypes?.push(...(abstractBases[qualified] ?? []));
  // a marker class that stands before the base with the constructor does not hide it
  const signature =
    by !== ""
      ? by
      : baseTypes && baseTypes.length > 1
        ? baseTypes
            .flatMap((b) => b.mro)
            .map(signatureOfType)
            .find((s) => s !== "")
        : undefined;
  const made: PyType = nativeType({
    name: qualified.slice(dot + 1),
    module: qualified.slice(0, dot).replace(/\.[A-Z]\w*$/, ""),
    ...(baseTypes?.length ? { bases: baseTypes } : {}),
    hasDict: true,
    allocator: blank,
    ...(signature === undefined && baseTypes?.length ? {} : constructorByRule(signature, () => made)),
  });
  made.whenLookedInto(() => {
    membersByRule(made, qualified, members);
    if (!baseTypes?.some((b) => b.hasDict)) made.dict.set("__dict__", dictGetSet(made));
    for (const inner of nested.get(qualified) ?? [])
      made.dict.set(inner.slice(qualified.length + 1), typeFor(inner));
  });
  types.set(qualified, made);
  apiOf.set(made, entry);
  return made;
}

/** What a class's line says of its members. */
function membersByRule(cls: PyType, qualified: string, members: readonly string[]): void {
  const methods: Record<string, NativeMethod> = {};
  const classMethods: Record<string, NativeMethod> = {};
  const staticMethods: Record<string, NativeMethod> = {};
  for (const m of members) {
    const open = m.indexOf("(");
    if (m.startsWith(".")) {
      const name = m.slice(1);
      cls.dict.set(name, new ClassAttribute(name, cls, camel(name), getterByRule(qualified, name)));
    } else if (m.startsWith("@classmethod "))
      classMethods[m.slice(13, open)] = classMethodByRule(qualified, m.slice(13, open), m.slice(open), true);
    else if (m.startsWith("@staticmethod "))
      staticMethods[m.slice(14, open)] = classMethodByRule(
        qualified,
        m.slice(14, open),
        m.slice(open),
        false,
      );
    else methods[m.slice(0, open)] = methodByRule(qualified, m.slice(0, open), oneList(m.slice(open)));
  }
  fillType(cls, { methods, classMethods, staticMethods });
}

/** The one class of the tables whose instances are strings (bindings/sqlalchemy/names.ts). */
export const QUOTED_NAME = "sqlalchemy.sql.elements.quoted_name";

function signatureOfType(t: PyType): string {
  const entry = apiOf.get(t);
  return entry ? (constructorSignatures[entry[0]] ?? entry[1]) : "";
}

/** A base by its qualified name: a class of the tables or a built-in exception. Built-in containers are left out: the engine's objects are no lists or dicts. */
function baseType(name: string): PyType | undefined {
  if (name.startsWith("builtins.")) return (E as Record<string, PyType | undefined>)[name.slice(9)];
  return api.has(name) ? typeFor(name) : undefined;
}

/** Drop bases that a later base derives from, so that an MRO exists. */
function linear(bases: PyType[]): PyType[] {
  return bases.filter(
    (b, i) =>
      !bases.some((other, j) => j !== i && other !== b && other.isSubtypeOf(b)) || bases.indexOf(b) !== i,
  );
}

function classMethodByRule(
  qualified: string,
  name: string,
  signature: string,
  hasCls: boolean,
): NativeMethod {
  const js = camel(name);
  return [
    signature,
    ((...bound: unknown[]): Value => {
      const sig = parseSignature(signature);
      const cls = hasCls ? (bound[0] as PyType) : typeFor(qualified);
      const host = hostFor(cls) as unknown as AnyObject | undefined;
      const fn = host?.[js];
      if (typeof fn !== "function")
        raise(
          E.AttributeError,
          `type object '${cls.name}' has no attribute '${name}' (not in the playground yet)`,
        );
      return toPython(
        (fn as (...a: unknown[]) => unknown).apply(
          host,
          spread(sig, bound, hasCls ? 1 : 0, optionCounts[`${qualified}.${name}`]),
        ),
      );
    }) as NativeMethod[1],
  ];
}

// -- making instances ------------------------------------------------------------------

function constructorByRule(
  given: string | undefined,
  self: () => PyType,
): { new: NativeMethod; init: NativeMethod } {
  const signature = given ?? "()";
  const inner = signature.slice(1, -1).trim();
  const withCls = `(cls${inner === "" ? "" : ", " + inner})`;
  const withSelf = `(self${inner === "" ? "" : ", " + inner})`;
  return {
    new: [
      "(cls, *args, **kwargs)",
      ((cls: PyType, args: Value[], kwargs: Kwargs): Value => {
        if (overridesInit(cls)) return blank(cls);
        if (given === undefined && (args.length > 0 || kwargs.size > 0))
          raise(E.TypeError, `${cls.name}() takes no arguments`);
        return construct(
          cls,
          call(binderOf(withCls, self().name), [cls, ...args], kwargs) as unknown as unknown[],
        );
      }) as NativeMethod[1],
    ],
    init: [
      "(self, *args, **kwargs)",
      ((instance: AnyObject, args: Value[], kwargs: Kwargs): void => {
        if (!instance[BLANK]) return;
        const bound = call(
          binderOf(withSelf, self().name),
          [instance, ...args],
          kwargs,
        ) as unknown as unknown[];
        const built = construct(instance[TYPE] as PyType, bound) as AnyObject;
        for (const key of Reflect.ownKeys(built)) {
          if (key === TYPE) continue;
          Object.defineProperty(instance, key, Object.getOwnPropertyDescriptor(built, key)!);
        }
        instance[BLANK] = undefined;
      }) as NativeMethod[1],
    ],
  };
  function construct(cls: PyType, bound: readonly unknown[]): object {
    const host = hostFor(cls);
    if (!host) return raise(E.NotImplementedError, `${self().name} is not in the playground yet`);
    return Reflect.construct(
      hosts.get(self()) ?? nativeHost(cls) ?? host,
      spread(
        parseSignature(withCls),
        bound,
        1,
        optionCounts[nameOfConstructor(hosts.has(self()) ? self() : cls)],
      ),
      host as unknown as new () => object,
    ) as object;
  }
}

/** The qualified name of the class whose constructor runs for a type: the engine's own class behind it. */
function nameOfConstructor(cls: PyType): string {
  for (const t of cls.mro) if (hosts.has(t)) return apiOf.get(t)?.[0] ?? "";
  return "";
}

const binders = new Map<string, Value>();
/** A function that only binds its arguments and gives them back in signature order, for CPython's TypeErrors. */
function binderOf(signature: string, cls: string): Value {
  const key = cls + signature;
  let b = binders.get(key);
  if (!b)
    binders.set(
      key,
      (b = nativeFunction(
        `${cls}.__init__`,
        [signature, ((...bound: unknown[]) => bound) as unknown as NativeMethod[1]],
        "sqlalchemy",
      )),
    );
  return b;
}

function overridesInit(cls: PyType): boolean {
  return cls.lookup("__init__") instanceof PyFunction;
}

/** An instance of a Python subclass whose constructor has not run. */
function blank(cls: PyType): object {
  const host = hostFor(cls);
  if (!host) return raise(E.NotImplementedError, `${cls.name} is not in the playground yet`);
  let made: AnyObject;
  try {
    made = Reflect.construct(nativeHost(cls) ?? host, [], host as unknown as new () => object) as AnyObject;
  } catch {
    made = Object.create((host as unknown as { prototype: object }).prototype) as AnyObject;
  }
  made[BLANK] = true;
  return made;
}

/** The engine's class behind a type. Of several bases' the one that is itself furthest derived: the others are laid into it. */
function nativeHost(cls: PyType): HostClass | undefined {
  const own = hosts.get(cls);
  if (own) return own;
  let best: HostClass | undefined;
  for (const b of cls.bases) {
    const h = nativeHost(b);
    if (h && (!best || depth(h) > depth(best))) best = h;
  }
  return best;
}

function depth(cls: HostClass): number {
  let n = 0;
  for (
    let at: object | null = (cls as unknown as { prototype: object }).prototype;
    at;
    at = Object.getPrototypeOf(at) as object | null
  )
    n++;
  return n;
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
    const twin =
      js in base && Object.getOwnPropertyDescriptor(holderOf(nativeProto, js), js)?.get !== undefined;
    if (!twin)
      Object.defineProperty(proto, js, {
        get: () => classValue(cls, name),
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

function holderOf(proto: object, key: string): object {
  for (let at: object | null = proto; at; at = Object.getPrototypeOf(at) as object | null)
    if (Object.hasOwn(at, key)) return at;
  return proto;
}

function apiMember(cls: PyType, name: string): string | undefined {
  for (const t of cls.mro) {
    const found = apiOf.get(t)?.[3].find((m) => m === "." + name || m.startsWith(name + "("));
    if (found) return found;
  }
  return undefined;
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

// -- saying more by hand ---------------------------------------------------------------

export interface Extension {
  readonly methods?: Readonly<Record<string, NativeMethod>>;
  readonly getters?: Readonly<Record<string, NativeGetter>>;
  readonly members?: Readonly<Record<string, Value>>;
  readonly classMethods?: Readonly<Record<string, NativeMethod>>;
  readonly staticMethods?: Readonly<Record<string, NativeMethod>>;
}

/** Add members to a type, or replace what its line in the tables says. */
export function extend(qualified: string, more: Extension): PyType {
  const t = typeFor(qualified);
  fillType(t, more);
  return t;
}

/** Instances of this TypeScript class are instances of the real package's class of that name. */
export function attach(host: HostClass, qualified: string, more?: Extension): PyType {
  const t = typeFor(qualified);
  const { prototype } = host as unknown as { prototype: AnyObject };
  classTypes.set(host, t);
  prototype[TYPE] = t;
  hosts.set(t, host);
  t.whenLookedInto(() => fillType(t, { methods: protocolOf(prototype, t, toPython) }));
  if (more) extend(qualified, more);
  return t;
}

/** A module-level function that calls a TypeScript function by the rule. */
export function functionByRule(
  name: string,
  signature: string,
  fn: (...args: never[]) => unknown,
  module: string,
): Value {
  const sig = parseSignature(signature);
  const positional = optionCounts[`${module}.${name}`];
  return nativeFunction(
    name,
    [
      signature,
      ((...bound: unknown[]) =>
        toPython(
          (fn as (...a: unknown[]) => unknown)(...spread(sig, bound, 0, positional)),
        )) as NativeMethod[1],
    ],
    module,
  );
}

/** Every attached class with its line of the tables. */
export function* attachedClasses(): Iterable<{
  readonly name: string;
  readonly init: string;
  readonly own: readonly string[];
  readonly members: readonly string[];
  readonly host: HostClass;
}> {
  for (const [t, host] of hosts) {
    const entry = apiOf.get(t);
    if (entry)
      yield {
        name: entry[0],
        own: entry[3],
        init: constructorSignatures[entry[0]] ?? entry[1],
        get members() {
          return [...new Set(t.mro.flatMap((b) => apiOf.get(b)?.[3] ?? []))];
        },
        host,
      };
  }
}

/** The TypeScript classes that serve a class of the real packages: its own and those attached below it. */
export function attachedHosts(): (qualified: string) => readonly HostClass[] {
  const by = new Map<string, HostClass[]>();
  for (const [t, host] of hosts)
    for (const b of t.mro) {
      const name = apiOf.get(b)?.[0];
      if (name !== undefined) by.set(name, [...(by.get(name) ?? []), host]);
    }
  return (qualified) => by.get(qualified) ?? [];
}

/** For the coverage table: attached classes with the members of their API lines that the TypeScript class lacks. */
export function* coverage(): Iterable<{ name: string; have: readonly string[]; lack: readonly string[] }> {
  for (const [t, host] of hosts) {
    const entry = apiOf.get(t);
    if (!entry) continue;
    const have: string[] = [];
    const lack: string[] = [];
    for (const m of entry[3]) {
      const name = m.startsWith(".") ? m.slice(1) : m.replace(/^@\w+ /, "").replace(/\(.*/s, "");
      const proto = (host as unknown as { prototype: object }).prototype;
      (m.startsWith(".") || camel(name) in proto || camel(name) in (host as unknown as object)
        ? have
        : lack
      ).push(name);
    }
    yield { name: entry[0], have, lack };
  }
}
