// Functions and methods written in TypeScript, as Python objects.
//
// A PyBuiltin binds arguments by its signature string, parsed on first use. What is written in C in CPython is a built-in function
// or method for programs, and its errors are worded so ("len() takes exactly one argument (0 given)"); what is written in Python
// there (SQLAlchemy, much of the standard library) is a function and a bound method here too: `style` tells.
import { bareType } from "./base-types.ts";
import { E, raise } from "./exceptions.ts";
import { functionType, methodType } from "./function.ts";
import type { NativeMethod } from "./native.ts";
import { DICT, type Namespace, PyType, TYPE, typeOf, type Value } from "./object.ts";
import {
  bindArguments,
  type Callee,
  type Params,
  parseSignature,
  type ParsedSignature,
} from "./signature.ts";

type AnyFn = (...args: unknown[]) => Value | undefined;

/** What a PyBuiltin is in its class: decides binding and repr. */
export type BuiltinKind = "function" | "method" | "slot" | "classmethod" | "staticmethod" | "new";

export const builtinFunctionType = bareType("builtin_function_or_method");
export const methodDescriptorType = bareType("method_descriptor");
export const wrapperDescriptorType = bareType("wrapper_descriptor");
export const methodWrapperType = bareType("method-wrapper");
export const classMethodDescriptorType = bareType("classmethod_descriptor");
for (const t of [
  builtinFunctionType,
  methodDescriptorType,
  wrapperDescriptorType,
  methodWrapperType,
  classMethodDescriptorType,
])
  t.final = true;

export class PyBuiltin implements Callee {
  declare [TYPE]: PyType;
  declare [DICT]?: Namespace;
  /** Fewest and most positional arguments that fill() serves; max is −1 until the signature is parsed and where it cannot. */
  min = 0;
  max = -1;
  private fewest = 0;
  private most = -1;
  readonly fn: AnyFn;
  readonly name: string;
  readonly text: string;
  readonly kind: BuiltinKind;
  readonly owner: PyType | undefined;
  readonly module: string | null;
  readonly doc: string | null;
  readonly style: "c" | "python";
  /** Whether access through an instance binds it. */
  readonly binds: boolean;
  /** The function in whose place it stands: whoever asks for parameters, defaults or documentation is told that one's. */
  standsFor: (() => Value) | undefined = undefined;
  /** Its qualified name, where that is not its class's and its own. */
  qualified: string | undefined = undefined;
  /** The type that the first argument of a method must have; undefined where anything goes. */
  selfType: PyType | undefined;
  private sig: ParsedSignature | undefined = undefined;
  private fill: readonly (Value | undefined)[] = [];

  constructor(
    name: string,
    method: NativeMethod,
    kind: BuiltinKind,
    owner: PyType | undefined,
    module: string | null,
    style: "c" | "python",
  ) {
    this[TYPE] =
      kind === "classmethod"
        ? classMethodDescriptorType
        : style === "python"
          ? functionType
          : kind === "method"
            ? methodDescriptorType
            : kind === "slot"
              ? wrapperDescriptorType
              : builtinFunctionType;
    this.binds = kind === "method" || kind === "slot" || (kind === "function" && style === "python");
    this.name = name;
    this.text = method[0];
    this.fn = method[1] as unknown as AnyFn;
    this.doc = method[2] ?? null;
    this.kind = kind;
    this.owner = owner;
    this.module = module;
    this.style = style;
    this.selfType =
      style === "c" &&
      owner !== undefined &&
      owner.bases.length > 0 &&
      owner.name !== "object" &&
      (kind === "method" || kind === "slot")
        ? owner
        : undefined;
  }

  /** Refuse a first argument of another type. @throws TypeError as CPython words it */
  checkSelf(args: readonly Value[]): void {
    const want = this.selfType!;
    if (args.length === 0) {
      raise(
        E.TypeError,
        this.kind === "slot"
          ? `descriptor '${this.name}' of '${want.name}' object needs an argument`
          : `unbound method ${this.qualname}() needs an argument`,
      );
    }
    const t = typeOf(args[0]);
    if (t === want || t.mro.includes(want)) return;
    raise(
      E.TypeError,
      this.kind === "slot"
        ? `descriptor '${this.name}' requires a '${want.name}' object but received a '${t.name}'`
        : `descriptor '${this.name}' for '${want.name}' objects doesn't apply to a '${t.name}' object`,
    );
  }

  get signature(): ParsedSignature {
    if (this.sig) return this.sig;
    const sig = (this.sig = parseSignature(this.text));
    this.fill = sig.defaults;
    const p = sig.params;
    if (p.varArgs === null && p.varKw === null && p.kwOnly.every((k) => sig.kwDefaults.has(k))) {
      this.fewest = p.names.length - sig.defaultCount;
      this.most = p.names.length;
      // `__new__` is never called past its check of the class.
      if (this.kind !== "new") {
        this.min = this.fewest;
        this.max = this.most;
      }
    }
    return sig;
  }
  get params(): Params {
    return this.signature.params;
  }
  get defaultCount(): number {
    return this.signature.defaultCount;
  }
  get qualname(): string {
    if (this.qualified !== undefined) return this.qualified;
    return this.owner && this.kind !== "function" ? `${this.owner.qualname}.${this.name}` : this.name;
  }
  get displayName(): string {
    return this.qualname;
  }
  hasKwDefault(name: string): boolean {
    return this.signature.kwDefaults.has(name);
  }
  makeVarArgs(items: Value[]): Value[] {
    return items;
  }
  makeVarKw(entries: Map<string, Value>): Map<string, Value> {
    return entries;
  }

  /** `__new__` wants a subtype of its own type first. @throws TypeError */
  private checkClass(args: readonly Value[]): void {
    const own = this.owner!;
    if (args.length === 0) raise(E.TypeError, `${own.name}.__new__(): not enough arguments`);
    const cls = args[0];
    if (!(cls instanceof PyType))
      raise(E.TypeError, `${own.name}.__new__(X): X is not a type object (${typeOf(cls).name})`);
    if (cls !== own && !cls.mro.includes(own))
      raise(E.TypeError, `${own.name}.__new__(${cls.name}): ${cls.name} is not a subtype of ${own.name}`);
  }

  /** Call with positional arguments whose number lies within min and max. */
  direct(args: readonly unknown[]): Value {
    const d = this.fill;
    let r: Value | undefined;
    switch (d.length) {
      case 0:
        r = this.fn();
        break;
      case 1:
        r = this.fn(args.length > 0 ? args[0] : d[0]);
        break;
      case 2:
        r = this.fn(args.length > 0 ? args[0] : d[0], args.length > 1 ? args[1] : d[1]);
        break;
      default: {
        const all = args.slice();
        for (let i = args.length; i < d.length; i++) all.push(d[i]);
        r = this.fn(...all);
      }
    }
    return r === undefined ? null : r;
  }
  direct0(): Value {
    const d = this.fill;
    const r = d.length === 0 ? this.fn() : d.length === 1 ? this.fn(d[0]) : this.fn(...d);
    return r === undefined ? null : r;
  }
  direct1(a: Value): Value {
    const d = this.fill;
    const r =
      d.length === 1
        ? this.fn(a)
        : d.length === 2
          ? this.fn(a, d[1])
          : d.length === 3
            ? this.fn(a, d[1], d[2])
            : this.fn(a, ...d.slice(1));
    return r === undefined ? null : r;
  }
  direct2(a: Value, b: Value): Value {
    const d = this.fill;
    const r =
      d.length === 2
        ? this.fn(a, b)
        : d.length === 3
          ? this.fn(a, b, d[2])
          : d.length === 4
            ? this.fn(a, b, d[2], d[3])
            : this.fn(a, b, ...d.slice(2));
    return r === undefined ? null : r;
  }
  direct3(a: Value, b: Value, c: Value): Value {
    const d = this.fill;
    const r =
      d.length === 3
        ? this.fn(a, b, c)
        : d.length === 4
          ? this.fn(a, b, c, d[3])
          : this.fn(a, b, c, ...d.slice(3));
    return r === undefined ? null : r;
  }

  /** Call with anything: positional values, then keyword values named by kwnames. */
  apply(args: readonly Value[], kwnames: readonly string[]): Value {
    const sig = this.signature;
    if (this.selfType !== undefined) this.checkSelf(args);
    if (this.kind === "new" && this.style === "c") this.checkClass(args);
    if (kwnames.length === 0 && args.length >= this.fewest && args.length <= this.most)
      return this.direct(args);
    if (this.style === "c") checkLikeC(this, args, kwnames);
    const bound = bindArguments(this, args, kwnames);
    const p = sig.params;
    for (let i = 0; i < bound.length; i++) if (bound[i] === undefined) bound[i] = sig.defaults[i];
    if (p.varArgs !== null) bound[p.names.length] ??= [];
    if (p.varKw !== null) bound[p.count - 1] ??= new Map<string, Value>();
    const r = this.fn(...bound);
    return r === undefined ? null : r;
  }
}

/** Methods of text that parse their arguments the old way and word it so. */
const PARSED = new Set(["count", "find", "index", "rfind", "rindex", "startswith", "endswith"]);

/** The TypeErrors that functions in C raise before any binding; passes where binding may go on. */
function checkLikeC(f: PyBuiltin, args: readonly Value[], kwnames: readonly string[]): void {
  const p = f.params;
  const skip =
    f.kind === "method" || f.kind === "slot" || f.kind === "classmethod" || f.kind === "new" ? 1 : 0;
  const given = args.length - kwnames.length - skip;
  const max = p.names.length - skip;
  const required = max - f.defaultCount;
  const positionalOnly = p.posOnly === p.names.length && p.kwOnly.length === 0 && p.varKw === null;
  // arguments of a constructor are counted under its class's name
  const makes = f.kind === "new" || (f.name === "__init__" && f.owner?.heap === false);
  const shown = makes
    ? f.owner!.qualname
    : f.kind === "method" || f.kind === "slot"
      ? f.qualname
      : f.kind === "function" && f.module !== null && f.module !== "builtins"
        ? `${f.module === "operator" ? "_operator" : f.module}.${f.name}`
        : f.name;
  const short = makes ? f.owner!.qualname : f.name;
  if (f.kind === "slot" && !makes && positionalOnly && p.varArgs === null) {
    if (kwnames.length > 0) raise(E.TypeError, `wrapper ${f.name}() takes no keyword arguments`);
    if (given < required || given > max)
      raise(
        E.TypeError,
        `expected ${required === max ? max : given < required ? `at least ${required}` : `at most ${max}`} argument${(given < required ? required : max) === 1 ? "" : "s"}, got ${given}`,
      );
    return;
  }
  if (
    positionalOnly &&
    given !== max &&
    PARSED.has(f.name) &&
    ["str", "bytes", "bytearray"].includes(f.owner?.name ?? "") &&
    kwnames.length === 0 &&
    (given < required || given > max)
  ) {
    const bound = given < required ? required : max;
    raise(
      E.TypeError,
      `${f.name}() takes ${required === max ? "exactly" : given < required ? "at least" : "at most"} ${bound} argument${bound === 1 ? "" : "s"} (${given} given)`,
    );
  }
  if (positionalOnly) {
    if (kwnames.length > 0) raise(E.TypeError, `${shown}() takes no keyword arguments`);
    if (p.varArgs !== null && given >= required) return;
    if (given >= required && given <= max) return;
    if (max === 0) raise(E.TypeError, `${shown}() takes no arguments (${given} given)`);
    if (max === 1 && required === 1 && !makes)
      raise(E.TypeError, `${shown}() takes exactly one argument (${given} given)`);
    if (required === max && p.varArgs === null)
      raise(E.TypeError, `${short} expected ${max} argument${max === 1 ? "" : "s"}, got ${given}`);
    const bound = given < required ? required : max;
    raise(
      E.TypeError,
      `${short} expected ${given < required ? "at least" : "at most"} ${bound} argument${bound === 1 ? "" : "s"}, got ${given}`,
    );
  }
  if (p.varArgs === null && given > max) {
    if (max === 0) raise(E.TypeError, `${short}() takes no positional arguments`);
    if (p.kwOnly.length > 0 && p.posOnly === p.names.length)
      raise(
        E.TypeError,
        `${short} expected ${required === max ? "" : "at most "}${max} argument${max === 1 ? "" : "s"}, got ${given}`,
      );
    const all = p.kwOnly.length > 0 ? " positional" : "";
    const word = required === max ? "exactly" : "at most";
    raise(
      E.TypeError,
      `${short}() takes ${word} ${max}${all} argument${max === 1 ? "" : "s"} (${given + (p.kwOnly.length > 0 ? 0 : kwnames.length)} given)`,
    );
  }
  if (p.varKw === null) {
    for (const k of kwnames) {
      // the work of sorted is list.sort's, and so are its words
      if (p.names.indexOf(k, p.posOnly) < 0 && !p.kwOnly.includes(k))
        raise(
          E.TypeError,
          `'${k}' is an invalid keyword argument for ${short === "sorted" ? "sort" : short}()`,
        );
    }
  }
  for (let i = given; i < required; i++) {
    const name = p.names[i + skip]!;
    if (i + skip < p.posOnly) {
      raise(
        E.TypeError,
        `${short} expected ${required === max && p.varArgs === null ? "" : "at least "}${required} argument${required === 1 ? "" : "s"}, got ${given}`,
      );
    }
    if (!kwnames.includes(name))
      raise(E.TypeError, `${short}() missing required argument '${name}' (pos ${i + 1})`);
  }
  for (const k of kwnames) {
    const at = p.names.indexOf(k, p.posOnly) - skip;
    if (at >= 0 && at < given)
      raise(E.TypeError, `argument for ${short}() given by name ('${k}') and position (${at + 1})`);
  }
}

/** A function of a module. `style` says whose error messages it has; "c" for built-in functions. */
export function nativeFunction(
  name: string,
  method: NativeMethod,
  module: string | null = "builtins",
  style: "c" | "python" = styleOf(module, name),
): PyBuiltin {
  return new PyBuiltin(name, method, "function", undefined, module, style);
}

/** Modules whose functions and types are written in C in CPython: programs see that, and their errors sound differently. */
const C_MODULES = new Set(
  (
    "builtins math cmath itertools _functools _operator time sys _collections _random _struct array " +
    "zlib binascii unicodedata operator struct _json _csv _datetime _decimal decimal gc posix errno " +
    "marshal _thread atexit _io io sqlite3 _sqlite3 _bisect _heapq _hashlib datetime contextvars " +
    "bisect heapq"
  ).split(" "),
);
/** Functions and types in C of modules that are written in Python otherwise. */
const C_NAMES = new Set(
  (
    "abc.get_cache_token asyncio.get_event_loop asyncio.get_running_loop collections.OrderedDict collections.defaultdict " +
    "collections.deque csv.field_size_limit csv.get_dialect csv.list_dialects csv.reader csv.register_dialect " +
    "csv.unregister_dialect csv.writer functools.cmp_to_key functools.reduce hmac.compare_digest locale.strcoll " +
    "locale.strxfrm re.Match re.Pattern secrets.compare_digest threading.Lock threading.get_ident threading.get_native_id " +
    "warnings.warn warnings.warn_explicit weakref.getweakrefcount weakref.getweakrefs weakref.proxy zoneinfo.ZoneInfo"
  ).split(" "),
);

export function styleOf(module: string | null, name: string): "c" | "python" {
  return module === null || C_MODULES.has(module) || C_NAMES.has(`${module}.${name}`) ? "c" : "python";
}

/** A PyBuiltin bound to its first argument: `[].append`, `dict.fromkeys`. */
export class PyBuiltinMethod {
  declare [TYPE]: PyType;
  readonly func: PyBuiltin;
  readonly self: Value;
  constructor(func: PyBuiltin, self: Value) {
    this.func = func;
    this.self = self;
    if (func.style === "python") this[TYPE] = methodType;
    else if (func.kind === "slot") this[TYPE] = methodWrapperType;
  }
}
Object.defineProperty(PyBuiltinMethod.prototype, TYPE, {
  value: builtinFunctionType,
  writable: true,
  configurable: true,
});
