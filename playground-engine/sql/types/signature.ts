// What a constructor takes, as data: SQLAlchemy reads it with inspect to repr, copy, adapt and cache its objects.
//
// A class states its Python signature once, `static signature = signature("length=None, collation=None")`; the
// attribute that holds an argument has the argument's name in camelCase. Classes that the reader's program derives
// get theirs from the host, and may say where an argument's value is kept (`initArgument`).
// Behaviour: SQLAlchemy util/langhelpers.py (generic_repr, get_cls_kwargs, constructor_copy).
import { classNameOf, reprOf } from "../repr.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";

export interface InitArgument {
  /** Python's name: "decimal_return_scale" */
  readonly name: string;
  /** Attribute of the object: "decimalReturnScale" */
  readonly attribute: string;
  readonly kind: "required" | "optional" | "varargs" | "kwargs";
  readonly default: Value;
}
export type Signature = readonly InitArgument[];

/** Anything whose class has a signature. */
export interface Inspectable {
  initArgument?(argument: InitArgument): Value | undefined;
}

/** snake_case to camelCase; leading underscores go. */
export function camelCase(name: string): string {
  return name.replace(/^_+/, "").replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Read a Python parameter list of names with None, True, False, a number or a string as defaults. */
export function signature(text: string): Signature {
  if (!text) return [];
  return text.split(", ").map((part) => {
    const [given, literal] = part.split("=") as [string, string | undefined];
    const stars = /^\**/.exec(given)?.[0].length ?? 0;
    const name = given.slice(stars);
    const kind =
      stars === 1 ? "varargs" : stars === 2 ? "kwargs" : literal === undefined ? "required" : "optional";
    return {
      name,
      attribute: camelCase(name),
      kind,
      default: literal === undefined ? undefined : readLiteral(literal),
    };
  });
}

function readLiteral(text: string): Value {
  if (text === "None") return null;
  if (text === "True") return true;
  if (text === "False") return false;
  if (/^["']/.test(text)) return text.slice(1, -1);
  return Number(text);
}

interface WithSignature {
  readonly signature?: Signature;
}

export function signatureOf(cls: unknown): Signature {
  return (cls as WithSignature).signature ?? [];
}

/** All argument names that a class and, where it takes **kw, its bases accept. */
export function classArguments(cls: unknown): InitArgument[] {
  const found = new Map<string, InitArgument>();
  let at = cls as object | null;
  while (typeof at === "function") {
    if (Object.hasOwn(at, "signature")) {
      const own = signatureOf(at);
      for (const a of own)
        if (a.kind !== "varargs" && a.kind !== "kwargs" && !found.has(a.name)) found.set(a.name, a);
      if (!own.some((a) => a.kind === "kwargs")) break;
    }
    at = Object.getPrototypeOf(at) as object | null;
  }
  return [...found.values()];
}

/** The value that an object keeps for an argument; undefined where it has none. */
export function argumentValue(obj: object, argument: InitArgument): Value | undefined {
  const own = (obj as Inspectable).initArgument?.(argument);
  return own === undefined ? attributeOf(obj, argument) : own;
}

/** An attribute that is no method: an argument may be called "copy". */
export function attributeOf(obj: object, { attribute }: InitArgument): Value | undefined {
  const kept = (obj as Record<string, Value>)[attribute];
  return typeof kept === "function" && !Object.hasOwn(obj, attribute) ? undefined : kept;
}

function equalValues(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a === null || b === null || isEngineObject(a) || isEngineObject(b)) return false;
  return host.equal(a, b);
}

function isEngineObject(v: Value): boolean {
  return typeof v === "object" && v !== null && typeof (v as { repr?: unknown }).repr === "function";
}

export interface ReprOptions {
  /** Further keyword arguments to show where they differ from the default. */
  readonly additional?: readonly (readonly [name: string, standard: Value])[];
  /** Signatures to read instead of the object's own. */
  readonly signatures?: readonly Signature[];
  readonly omit?: readonly string[];
}

/** An argument for repr(): one that cannot be read yet is left out. */
function shownValue(obj: object, argument: InitArgument): Value | undefined {
  try {
    return argumentValue(obj, argument);
  } catch {
    return undefined;
  }
}

/** `Name(positional, keyword=value)`: required arguments always, others where they differ from their default. */
export function genericRepr(obj: object, options: ReprOptions = {}): string {
  const out: string[] = [];
  const keywords = new Map<string, InitArgument>();
  let varargs: InitArgument | undefined;
  for (const [i, sig] of (options.signatures ?? [signatureOf(obj.constructor)]).entries()) {
    for (const a of sig) {
      if (a.kind === "optional") keywords.set(a.name, a);
      else if (i === 0 && a.kind === "required") out.push(reprOf(shownValue(obj, a) ?? null));
      else if (i === 0 && a.kind === "varargs") varargs = a;
    }
  }
  if (varargs) {
    const many = shownValue(obj, varargs);
    if (many !== undefined) for (const v of host.iterate(many) ?? []) out.push(reprOf(v));
  }
  const show = (name: string, value: Value | undefined, standard: Value): void => {
    if (value !== undefined && !equalValues(value, standard)) out.push(`${name}=${reprOf(value)}`);
  };
  for (const a of keywords.values())
    if (!options.omit?.includes(a.name)) show(a.name, shownValue(obj, a), a.default);
  for (const [name, standard] of options.additional ?? [])
    show(
      name,
      shownValue(obj, { name, attribute: camelCase(name), kind: "optional", default: standard }),
      standard,
    );
  return `${classNameOf(obj)}(${out.join(", ")})`;
}

/** Keyword arguments that make a `cls` like `obj`, from the arguments both know; those in `given` stay. */
export function copyArguments(obj: object, cls: unknown, given: Kwargs = new Map()): Kwargs {
  const kw: Kwargs = new Map(given);
  for (const a of classArguments(cls)) {
    if (kw.has(a.name)) continue;
    const v = argumentValue(obj, a);
    if (v !== undefined) kw.set(a.name, v);
  }
  return kw;
}

/** Positional arguments for a constructor that takes its signature's arguments in order. */
export function positional(sig: Signature, kw: Kwargs): Value[] {
  return sig.filter((a) => a.kind === "required" || a.kind === "optional").map((a) => kw.get(a.name));
}
