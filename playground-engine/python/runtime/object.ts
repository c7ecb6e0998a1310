// What a Python value is in JavaScript, and how its type is found.
//
//   None null · bool boolean · str string · int number while safe, else bigint (always normalised)
//   float PyFloat · everything else an object whose type is `v[TYPE]`, on its prototype or its own
//   `undefined` is never a Python value: it means unbound, absent, or the end of an iteration.
//
// Every object that a program can hold has a [TYPE]; engine classes get theirs from bindings/ without wrappers.
// A program never reaches a JavaScript property: attributes go through types and attribute dictionaries (Maps).
export const TYPE: unique symbol = Symbol("type");
/** The attribute dictionary of an object that is not a PyObject (engine objects, subclass instances of natives). */
export const DICT: unique symbol = Symbol("dict");

export type Value = unknown;
export type Kwargs = Map<string, Value>;
export type Namespace = Map<string, Value>;

/** An object whose type can be read. */
export interface Typed {
  [TYPE]: PyType;
  [DICT]?: Namespace | undefined;
}

/** How a type makes the JavaScript object of a new instance of itself or of a subclass (tp_alloc). */
export type Allocator = (cls: PyType) => object;

/** Fast paths a native descriptor type offers instead of `__get__`/`__set__`/`__delete__` methods found by name. */
export interface DescriptorSlots {
  /** obj is null for access through the class. */
  get?(descriptor: never, obj: Value, owner: PyType): Value;
  set?(descriptor: never, obj: Value, value: Value): void;
  delete?(descriptor: never, obj: Value): void;
}

const ABSENT = Symbol("absent");

/** A Python class. Itself a Python object: `PyType[TYPE]` is its metaclass. */
export class PyType {
  [TYPE]: PyType;
  name: string;
  qualname: string;
  module: string;
  bases: readonly PyType[];
  mro: readonly PyType[] = [];
  /** Direct subclasses, in creation order. */
  readonly subclasses: PyType[] = [];
  /** Inherited from the first base that has one. */
  allocator: Allocator | undefined;
  /** Inherited likewise; set on native descriptor types. */
  descriptor: DescriptorSlots | undefined;
  /** May a class statement name it as a base? */
  final = false;
  /** Instances have an attribute dictionary (false with `__slots__` and for most natives). */
  hasDict = true;
  doc: string | null = null;
  /** What `cls(v)` is for a native class, where that is quick to say; undefined where the general way must. */
  make1: ((v: Value) => Value | undefined) | undefined = undefined;
  /** Reads an attribute in place of the generic way; undefined where there is none. Inherited (type, super, module). */
  getAttro: ((self: never, name: string) => Value | undefined) | undefined;
  /** Writes (value given) or deletes (value undefined) an attribute in place of the generic way. Inherited. */
  setAttro: ((self: never, name: string, value: Value | undefined) => void) | undefined;
  /** Names of `__slots__` of this class itself, mangled; undefined where it has none. */
  slotNames: readonly string[] | undefined = undefined;
  /** Made by a class statement or by calling a metaclass, not by nativeType. */
  heap = false;
  /** Native, but of a library that is written in Python: a program may set its attributes. Told before each, so as to take it back when the program ends. */
  beforeSet: ((name: string) => void) | undefined = undefined;
  /** Grows whenever this type or a base changes: inline caches compare it. */
  version = 0;
  /** What attribute and call protocols derive from the namespaces along the MRO; forgotten by changed(). */
  derived: unknown = undefined;
  private cache: Map<string, Value> = new Map();
  private readonly names: Namespace;
  /** What still has to be put into the namespace, in order; undefined once somebody has looked into it. */
  private unfilled: (() => void)[] | undefined = undefined;

  constructor(
    meta: PyType | undefined,
    name: string,
    bases: readonly PyType[],
    dict: Namespace,
    module = "builtins",
  ) {
    this[TYPE] = meta ?? (undefined as unknown as PyType);
    this.name = name;
    this.qualname = name;
    this.module = module;
    this.bases = bases;
    this.names = dict;
    this.allocator = undefined;
    this.descriptor = undefined;
    this.getAttro = undefined;
    this.setAttro = undefined;
    for (const base of bases) {
      base.subclasses.push(this);
      this.allocator ??= base.allocator;
      this.descriptor ??= base.descriptor;
      this.getAttro ??= base.getAttro;
      this.setAttro ??= base.setAttro;
    }
  }

  /** The class namespace. Write through setAttr/deleteAttr only, so that caches notice. */
  get dict(): Namespace {
    if (this.unfilled !== undefined) this.fillNow(this.unfilled);
    return this.names;
  }

  /** Have what whenLookedInto is given wait: of a library's thousand classes a program looks into a hundred. */
  fillsLater(): void {
    this.unfilled = [];
  }

  /** Put more into the namespace: at once, or when somebody first looks into it where that has not happened. */
  whenLookedInto(fill: () => void): void {
    if (this.unfilled !== undefined) {
      this.unfilled.push(fill);
      return;
    }
    fill();
    this.changed();
  }

  private fillNow(fills: readonly (() => void)[]): void {
    this.unfilled = undefined;
    for (const fill of fills) fill();
    // what a fill looked up by the way saw the namespace half full
    if (this.cache.size > 0) this.cache = new Map();
  }

  /** The attribute as it stands in the first class of the MRO that has it: unbound, no metaclass, no `__getattr__`. */
  lookup(name: string): Value | undefined {
    const hit = this.cache.get(name);
    if (hit !== undefined) return hit === ABSENT ? undefined : hit;
    let found: Value | undefined;
    for (const cls of this.mro) {
      found = cls.dict.get(name);
      if (found !== undefined) break;
    }
    this.cache.set(name, found === undefined ? ABSENT : found);
    return found;
  }

  setAttr(name: string, value: Value): void {
    this.dict.set(name, value);
    this.changed();
  }

  deleteAttr(name: string): boolean {
    const had = this.dict.delete(name);
    if (had) this.changed();
    return had;
  }

  /** Forget cached lookups here and below. Call after any direct change of `dict`, `bases` or `mro`. */
  changed(): void {
    this.version++;
    this.derived = undefined;
    if (this.cache.size > 0) this.cache = new Map();
    for (const sub of this.subclasses) sub.changed();
  }

  isSubtypeOf(other: PyType): boolean {
    return this === other || this.mro.includes(other);
  }
}

/** An instance of a class written in Python (or of a native one without a layout of its own). */
export class PyObject {
  [TYPE]: PyType;
  /** Attribute dictionary; null where `__slots__` leaves none, or where none was needed yet: dictOf makes it. */
  dict: Namespace | null;
  /** Values of `__slots__`, by name. */
  slots: Namespace | undefined = undefined;
  constructor(cls: PyType, dict: Namespace | null = cls.hasDict ? new Map() : null) {
    this[TYPE] = cls;
    this.dict = dict;
  }
}

/** An instance of a Python subclass of int or str (bool cannot be subclassed): `class Colour(str, Enum)`, IntEnum members. */
export class PyBoxed extends PyObject {
  readonly value: number | bigint | string;
  constructor(cls: PyType, value: number | bigint | string) {
    super(cls);
    this.value = value;
  }
}

export class PyFloat {
  declare [TYPE]: PyType;
  declare [DICT]?: Namespace;
  readonly v: number;
  constructor(v: number) {
    this.v = v;
  }
}

export class PyComplex {
  declare [TYPE]: PyType;
  declare [DICT]?: Namespace;
  readonly re: number;
  readonly im: number;
  constructor(re: number, im: number) {
    this.re = re;
    this.im = im;
  }
}

export class PyTuple {
  declare [TYPE]: PyType;
  declare [DICT]?: Namespace;
  readonly items: readonly Value[];
  constructor(items: readonly Value[]) {
    this.items = items;
  }
}

export class PyList {
  declare [TYPE]: PyType;
  declare [DICT]?: Namespace;
  items: Value[];
  constructor(items: Value[]) {
    this.items = items;
  }
}

export class PyBytes {
  declare [TYPE]: PyType;
  declare [DICT]?: Namespace;
  readonly data: Uint8Array;
  constructor(data: Uint8Array) {
    this.data = data;
  }
}

/** NotImplemented and Ellipsis. */
export class PySingleton {
  declare [TYPE]: PyType;
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}
export const NotImplemented = new PySingleton("NotImplemented");
export const Ellipsis = new PySingleton("Ellipsis");

/** Types of the values that JavaScript holds bare; filled in by the modules that define them: `bare.int = nativeType(…)`. float too, for the operators' exactness checks. */
export const bare = {} as { none: PyType; bool: PyType; int: PyType; str: PyType; float: PyType };

/** `type(v)` */
export function typeOf(v: Value): PyType {
  switch (typeof v) {
    case "number":
    case "bigint":
      return bare.int;
    case "string":
      return bare.str;
    case "boolean":
      return bare.bool;
    case "object":
      return v === null ? bare.none : (v as Typed)[TYPE];
    default:
      throw new Error(`not a Python value: ${typeof v}`); // a fault of ours, never of the program
  }
}

/** `isinstance(v, cls)` without `__instancecheck__` */
export function isInstance(v: Value, cls: PyType): boolean {
  const t = typeOf(v);
  return t === cls || t.mro.includes(cls);
}

/** The primitive string of a str or of an instance of a subclass of it; undefined for anything else. */
export function asStr(v: Value): string | undefined {
  if (typeof v === "string") return v;
  return v instanceof PyBoxed && typeof v.value === "string" ? v.value : undefined;
}

/** The primitive of an int, bool or subclass of int; undefined for anything else. */
export function asInt(v: Value): number | bigint | undefined {
  switch (typeof v) {
    case "number":
    case "bigint":
      return v;
    case "boolean":
      return v ? 1 : 0;
    default:
      return v instanceof PyBoxed && typeof v.value !== "string" ? v.value : undefined;
  }
}

/** A bigint as the value an int has: number while safe. */
export function normInt(v: bigint): number | bigint {
  return v >= -9007199254740991n && v <= 9007199254740991n ? Number(v) : v;
}

/** The attribute dictionary of any object, made where the type allows one; undefined where there is none. */
export function dictOf(v: Value): Namespace | undefined {
  if (v instanceof PyObject) return v.dict ?? (v[TYPE].hasDict ? (v.dict = new Map()) : undefined);
  if (typeof v !== "object" || v === null) return undefined;
  const o = v as Typed;
  if (o[DICT] === undefined && o[TYPE]?.hasDict) o[DICT] = new Map();
  return o[DICT];
}
