// Classes of the standard library that CPython writes in Python: heap types, so that programs may subclass and change them.
import { objectType, typeType } from "../runtime/base-types.ts";
import { PyBoundMethod } from "../runtime/function.ts";
import { address } from "../runtime/hash.ts";
import { fillType, nativeType } from "../runtime/native-type.ts";
import { PyBuiltin } from "../runtime/native-function.ts";
import type { NativeMethod, NativeTypeSpec } from "../runtime/native.ts";
import {
  asStr,
  DICT,
  type Kwargs,
  type Namespace,
  type PyType,
  type TYPE,
  type Value,
} from "../runtime/object.ts";
import { newType } from "../runtime/type-type.ts";

export interface ClassSpec extends Omit<NativeTypeSpec, "host"> {
  readonly module: string;
  readonly kwargs?: Kwargs;
}

/** A class as a class statement makes it, its methods native. */
export function makeClass(spec: ClassSpec): PyType {
  const ns: Namespace = new Map<string, Value>([
    ["__module__", spec.module],
    ["__qualname__", spec.qualname ?? spec.name],
  ]);
  if (spec.doc !== undefined) ns.set("__doc__", spec.doc);
  const t = newType(
    spec.metaclass ?? typeType,
    spec.name,
    spec.bases ?? [objectType],
    ns,
    spec.kwargs ?? new Map(),
  );
  const { allocator, hasDict, ...rest } = spec;
  if (hasDict === false && !t.bases.some((b) => b.hasDict)) {
    t.hasDict = false;
    t.dict.delete("__dict__");
    t.dict.delete("__weakref__");
  }
  fillType(t, { ...rest, allocator: allocator ?? t.allocator! });
  return t;
}

/** A function that becomes a method where it stands in a class, as functions written in Python do. */
export function nativeMethod(name: string, method: NativeMethod, module: string, owner?: PyType): PyBuiltin {
  return new PyBuiltin(name, method, "method", owner, module, "python");
}

/** A function made by a native decorator: takes attributes of its own and becomes a method in a class. */
export class PyNativeFunction {
  declare [TYPE]: PyType;
  declare [DICT]?: Namespace;
  readonly fn: (args: readonly Value[], kwargs: Kwargs) => Value | undefined;
  constructor(fn: (args: readonly Value[], kwargs: Kwargs) => Value | undefined) {
    this.fn = fn;
  }
}
nativeType({
  name: "function",
  host: PyNativeFunction,
  hasDict: true,
  descriptor: { get: (f: PyNativeFunction, obj: Value) => (obj === null ? f : new PyBoundMethod(f, obj)) },
  methods: {
    __call__: [
      "(self, /, *args, **kwargs)",
      (f: PyNativeFunction, args: readonly Value[], kwargs: Kwargs) => f.fn(args, kwargs),
    ],
    __repr__: [
      "(self)",
      (f: PyNativeFunction) =>
        `<function ${asStr(f[DICT]?.get("__qualname__") ?? null) ?? "?"} at ${address(f)}>`,
    ],
  },
});
