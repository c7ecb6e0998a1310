// Making a Python type out of a table (native.ts: NativeTypeSpec).
import { bareType, objectType, typeType } from "./base-types.ts";
import { attributeError } from "./attributes.ts";
import { E, err } from "./exceptions.ts";
import { nativeFunction, PyBuiltin, styleOf, type BuiltinKind } from "./native-function.ts";
import type { NativeGetter, NativeMethod, NativeTypeSpec } from "./native.ts";
import { type PyType, TYPE, type Value } from "./object.ts";
import { late } from "./late.ts";

export const getSetType = bareType("getset_descriptor");
getSetType.final = true;

/** A native attribute with a getter and perhaps a setter and deleter. */
export class PyGetSet {
  declare [TYPE]: PyType;
  readonly name: string;
  readonly owner: PyType;
  readonly doc: string | null;
  readonly getter: (self: never) => Value;
  readonly setter: ((self: never, value: Value) => void) | undefined;
  readonly deleter: ((self: never) => void) | undefined;
  constructor(name: string, owner: PyType, g: NativeGetter) {
    this.name = name;
    this.owner = owner;
    if (typeof g === "function") {
      this.getter = g;
      this.setter = undefined;
      this.deleter = undefined;
      this.doc = null;
    } else {
      this.getter = g.get;
      this.setter = g.set;
      this.deleter = g.delete;
      this.doc = g.doc ?? null;
    }
  }

  /** Whether the class itself has no such attribute, though it describes that of its instances. */
  onlyOfInstances(_cls: PyType): boolean {
    return false;
  }
}
Object.defineProperty(PyGetSet.prototype, TYPE, { value: getSetType, writable: true, configurable: true });
getSetType.descriptor = {
  get: (d: PyGetSet, obj: Value, owner: PyType) =>
    obj === null && owner !== null && !isNoneType(owner) ? d : d.getter(obj as never),
  set(d: PyGetSet, obj: Value, value: Value): void {
    if (!d.setter)
      throw attributeError(`attribute '${d.name}' of '${d.owner.name}' objects is not writable`, obj, d.name);
    d.setter(obj as never, value);
  },
  delete(d: PyGetSet, obj: Value): void {
    if (!d.deleter) {
      if (!d.setter || styleOf(d.owner.module, d.owner.qualname) === "python")
        throw attributeError(
          `attribute '${d.name}' of '${d.owner.name}' objects is not writable`,
          obj,
          d.name,
        );
      throw err(E.TypeError, `cannot delete ${d.name} attribute`);
    }
    d.deleter(obj as never);
  },
};

function isNoneType(t: PyType): boolean {
  return t.name === "NoneType" && !t.heap;
}

/** Type of C-level slots: shown as `<slot wrapper …>`, bound as `<method-wrapper …>`. */
const NOT_SLOTS = new Set([
  "__reduce__",
  "__reduce_ex__",
  "__getstate__",
  "__setstate__",
  "__format__",
  "__sizeof__",
  "__dir__",
  "__init_subclass__",
  "__subclasshook__",
  "__class_getitem__",
  "__length_hint__",
  "__reversed__",
  "__getnewargs__",
  "__copy__",
  "__deepcopy__",
  "__round__",
  "__trunc__",
  "__floor__",
  "__ceil__",
  "__complex__",
  "__bytes__",
  "__instancecheck__",
  "__subclasscheck__",
  "__prepare__",
  "__enter__",
  "__exit__",
  "__aenter__",
  "__aexit__",
  "__missing__",
  "__set_name__",
  "__mro_entries__",
  "__fspath__",
  "__subclasses__",
  "__getnewargs_ex__",
]);

let dictDescriptor: ((t: PyType) => Value) | undefined;
/** slots.ts says how a type shows its instances' `__dict__`. */
export function useDictDescriptor(f: (t: PyType) => Value): void {
  dictDescriptor = f;
}

/** The type of a table. Its host class's prototype learns its [TYPE]. */
export function nativeType(spec: NativeTypeSpec): PyType {
  const t = bareType(
    spec.name,
    spec.bases ?? [objectType],
    spec.module ?? "builtins",
    spec.metaclass ?? typeType,
  );
  t.qualname = spec.qualname ?? spec.name;
  if (spec.dotted) t.name = `${t.module}.${spec.name}`;
  t.fillsLater();
  fillType(t, spec);
  return t;
}

/** Give a type that exists already (object, type, an exception) what a table says; its namespace when somebody looks into it. */
export function fillType(t: PyType, spec: Omit<NativeTypeSpec, "name"> & { readonly name?: string }): void {
  if (spec.doc !== undefined) t.doc = spec.doc;
  if (spec.host)
    Object.defineProperty(spec.host.prototype, TYPE, { value: t, writable: true, configurable: true });
  if (spec.allocator) t.allocator = spec.allocator;
  if (spec.descriptor) t.descriptor = spec.descriptor;
  if (spec.final) t.final = true;
  if (spec.hasDict !== undefined) t.hasDict = spec.hasDict || t.bases.some((b) => b.hasDict);
  const describe = spec.hasDict === true && !t.bases.some((b) => b.hasDict) ? dictDescriptor : undefined;
  t.whenLookedInto(() => fillNamespace(t, spec, describe));
}

function fillNamespace(
  t: PyType,
  spec: Omit<NativeTypeSpec, "name">,
  describe: ((t: PyType) => Value) | undefined,
): void {
  const style = styleOf(t.module, t.qualname);
  const add = (name: string, m: NativeMethod, kind: BuiltinKind): void => {
    const f = new PyBuiltin(name, m, kind, t, null, style);
    // What reads the fields of a JavaScript class must be given one.
    if (spec.host && (kind === "method" || kind === "slot")) f.selfType = t;
    t.dict.set(name, f);
  };
  if (spec.descriptor) addDescriptorMethods(t, spec);
  if (spec.new) add("__new__", spec.new, "new");
  if (spec.init) add("__init__", spec.init, "slot");
  for (const [name, m] of Object.entries(spec.methods ?? {})) {
    if ((m as unknown) === undefined) continue;
    add(
      name,
      m,
      style === "c" && name.startsWith("__") && name.endsWith("__") && !NOT_SLOTS.has(name)
        ? "slot"
        : "method",
    );
  }
  for (const [name, m] of Object.entries(spec.classMethods ?? {})) add(name, m, "classmethod");
  for (const [name, m] of Object.entries(spec.staticMethods ?? {})) add(name, m, "staticmethod");
  for (const [name, g] of Object.entries(spec.getters ?? {})) t.dict.set(name, new PyGetSet(name, t, g));
  for (const [name, v] of Object.entries(spec.members ?? {})) t.dict.set(name, v);
  if (spec.generic)
    add(
      "__class_getitem__",
      ["(cls, item, /)", (cls: PyType, item: Value) => late.genericAlias(cls, item)],
      "classmethod",
    );
  if (t.dict.has("__eq__") && !t.dict.has("__hash__")) t.dict.set("__hash__", null);
  if (!t.dict.has("__doc__")) t.dict.set("__doc__", t.doc);
  // a class statement leaves it there, where instances see it too
  if (style === "python" && !t.dict.has("__module__")) t.dict.set("__module__", t.module);
  if (describe && !t.dict.has("__dict__")) t.dict.set("__dict__", describe(t));
}

function addDescriptorMethods(t: PyType, spec: Pick<NativeTypeSpec, "descriptor">): void {
  const d = spec.descriptor!;
  const add = (name: string, m: NativeMethod): void => {
    t.dict.set(name, new PyBuiltin(name, m, "slot", t, null, "c"));
  };
  if (d.get)
    add("__get__", [
      "(self, instance, owner=None, /)",
      (self: Value, o: Value, owner: Value) => d.get!(self as never, o, owner as PyType),
    ]);
  if (d.set || d.delete) {
    add("__set__", [
      "(self, instance, value, /)",
      (self: Value, o: Value, v: Value) => d.set?.(self as never, o, v),
    ]);
    add("__delete__", ["(self, instance, /)", (self: Value, o: Value) => d.delete?.(self as never, o)]);
  }
}

export { nativeFunction };
