// How a call from Python reaches the engine: a Python method `order_by` calls the TypeScript method `orderBy` by one rule. Positional
// parameters stay, *args is one array, keyword-only parameters are one options object (camelCase keys), **kwargs is one Map.
import { ArgumentError } from "../errors/index.ts";
import { call } from "../python/runtime/call.ts";
import { E, raise } from "../python/runtime/exceptions.ts";
import { PyFunction } from "../python/runtime/function.ts";
import { nativeFunction } from "../python/runtime/native-function.ts";
import type { NativeGetter, NativeMethod } from "../python/runtime/native.ts";
import { TYPE, type Kwargs, type PyType, type Typed, type Value } from "../python/runtime/object.ts";
import { parseSignature, type ParsedSignature } from "../python/runtime/signature.ts";
import { optionCounts } from "./api/options.ts";
import { valueOfClass } from "./class-attribute.ts";
import { hosts, nameOfConstructor, nativeHost, types, type AnyObject } from "./class-table.ts";
import { hostFor, toEngine } from "./derive.ts";
import { nativeMembers } from "./native-prototype.ts";
import { camel, toPython } from "./values.ts";

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
  const [extra] = p.varKw?.endsWith("__kw") ? ((bound[at] as Kwargs | undefined)?.keys() ?? []) : [];
  // returning() alone says which one it is
  if (extra !== undefined && p.varKw === "_UpdateBase__kw")
    raise(E.TypeError, `UpdateBase.returning() got an unexpected keyword argument '${extra}'`);
  if (extra !== undefined)
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
export function methodByRule(qualified: string, name: string, signature: string): NativeMethod {
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

export function getterByRule(qualified: string, name: string): NativeGetter {
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

export function classMethodByRule(
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
      const cls = hasCls ? (bound[0] as PyType) : types.get(qualified)!;
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

export function constructorByRule(
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

/** On instances whose class overrides `__init__`: the engine's constructor has not run yet. */
const BLANK: unique symbol = Symbol("blank");

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
export function blank(cls: PyType): object {
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
