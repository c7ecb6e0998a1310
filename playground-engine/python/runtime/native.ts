// Declaring native types, functions and modules by table, with Python signature strings.
//
// One way for builtins, the standard library and (through bindings/define.ts) the engine. A native function takes
// its parameters by position, in the order of its signature: positional, then `*args` as one JavaScript array,
// then keyword-only ones, then `**kwargs` as one Map. An omitted parameter gets its default; a default that is not a
// literal (None, True, False, a number, a string, ()) or is written `...` arrives as undefined. Methods get self first.
import type { Allocator, DescriptorSlots, PyType, Value } from "./object.ts";

/** `[signature, function, doc?]`, e.g. `["(self, object, /)", (self: PyList, x: Value) => …]` */
export type NativeMethod = readonly [
  signature: string,
  fn: (...args: never[]) => Value | undefined | void,
  doc?: string,
];

/** A method of a function that says of what types its parameters and its value are: Python's values, all of them. */
export const method = (signature: string, fn: (...args: never[]) => unknown): NativeMethod => [
  signature,
  fn as NativeMethod[1],
];

/** A read-only getter, or one with a setter and deleter. */
export type NativeGetter =
  | ((self: never) => Value)
  | {
      readonly get: (self: never) => Value;
      readonly set?: (self: never, value: Value) => void;
      readonly delete?: (self: never) => void;
      readonly doc?: string;
    };

export interface NativeTypeSpec {
  readonly name: string;
  /** `__module__`; "builtins" where left out. */
  readonly module?: string;
  readonly qualname?: string;
  /** Messages name the type with its module, as they do types written in C: "'datetime.date' object has no attribute …". */
  readonly dotted?: boolean;
  readonly doc?: string;
  /** `object` where left out. */
  readonly bases?: readonly PyType[];
  readonly metaclass?: PyType;
  /** The JavaScript class whose instances are instances of this type: its prototype gets [TYPE]. */
  readonly host?: abstract new (...args: never[]) => object;
  /** Makes an empty instance of a class that derives from this type; sets `[TYPE]` itself where cls is not this type. */
  readonly allocator?: Allocator;
  /** `__new__`, the class first: `["(cls, iterable=(), /)", (cls, iterable) => …]` */
  readonly new?: NativeMethod;
  readonly init?: NativeMethod;
  readonly methods?: Readonly<Record<string, NativeMethod>>;
  readonly classMethods?: Readonly<Record<string, NativeMethod>>;
  readonly staticMethods?: Readonly<Record<string, NativeMethod>>;
  readonly getters?: Readonly<Record<string, NativeGetter>>;
  /** Plain class attributes. */
  readonly members?: Readonly<Record<string, Value>>;
  readonly descriptor?: DescriptorSlots;
  /** "type 'bool' is not an acceptable base type" */
  readonly final?: boolean;
  /** Instances take attributes of their own. False where left out. */
  readonly hasDict?: boolean;
  /** `cls[...]` gives a types.GenericAlias. */
  readonly generic?: boolean;
}

/** A module of the standard library or of bindings; `load` runs on first import. */
export interface NativeModuleSpec {
  readonly name: string;
  readonly doc?: string;
  readonly functions?: Readonly<Record<string, NativeMethod>>;
  /** Types, constants, anything; a function is called on first access (for values that cost). */
  readonly members?: Readonly<Record<string, Value>>;
}

// Implemented beside this file by whoever owns the room:
//   nativeType(spec: NativeTypeSpec): PyType                          native-type.ts
//   nativeFunction(name, method: NativeMethod, module?): PyBuiltin    native-function.ts
//   defineModule(name, load: () => NativeModuleSpec): void            modules.ts (registered lazily, loaded on import)
