// property, classmethod, staticmethod.
import { attributeError, getAttrOrUndefined, setAttr } from "./attributes.ts";
import { call1, call2, callVec } from "./call.ts";
import { PyBoundMethod, PyFunction } from "./function.ts";
import { nativeType } from "./native-type.ts";
import { asStr, DICT, dictOf, type Namespace, type PyType, TYPE, typeOf, type Value } from "./object.ts";
import { dictGetSet } from "./slots.ts";
import { isTrue } from "./truth.ts";
import { repr } from "./repr.ts";
import { PyBuiltin } from "./native-function.ts";

export class PyProperty {
  declare [TYPE]: PyType;
  declare [DICT]?: Namespace;
  get: Value = null;
  set: Value = null;
  del: Value = null;
  doc: Value = null;
  docFromGetter = false;
  /** The name the property got in its class, for messages. */
  name: string | undefined = undefined;
}

function subclassed<T extends object>(make: () => T): (cls: PyType) => T {
  return (cls) => {
    const o = make();
    if (cls.heap) (o as { [TYPE]: PyType })[TYPE] = cls;
    return o;
  };
}

function copyProperty(p: PyProperty, get: Value, set: Value, del: Value): Value {
  const doc = p.docFromGetter && get !== null ? null : p.doc;
  const made = callVec(typeOf(p), [get, set, del, doc], []);
  if (made instanceof PyProperty) made.name = p.name;
  return made;
}

function missing(p: PyProperty, o: Value, what: string): never {
  const owner = typeOf(o).qualname;
  throw attributeError(
    p.name === undefined
      ? `property of '${owner}' object has no ${what}`
      : `property '${p.name}' of '${owner}' object has no ${what}`,
    o,
    p.name ?? "",
  );
}

export const propertyType = nativeType({
  name: "property",
  doc: "A managed attribute: reading, writing and deleting it call functions.",
  host: PyProperty,
  allocator: subclassed(() => new PyProperty()),
  new: ["(cls, /, *args, **kwargs)", (cls: PyType) => cls.allocator!(cls)],
  init: [
    "(self, fget=None, fset=None, fdel=None, doc=None)",
    (p: PyProperty, get: Value, set: Value, del: Value, doc: Value) => {
      p.get = get;
      p.set = set;
      p.del = del;
      p.doc = doc;
      if (doc === null && get !== null) {
        const d = getAttrOrUndefined(get, "__doc__");
        if (d !== undefined && d !== null) {
          p.doc = d;
          p.docFromGetter = true;
          if (p[TYPE].heap) setAttr(p, "__doc__", d);
        }
      }
    },
  ],
  descriptor: {
    get(p: PyProperty, o: Value, owner: PyType): Value {
      if (o === null && owner.name !== "NoneType") return p;
      if (p.get === null) missing(p, o, "getter");
      return call1(p.get, o);
    },
    set(p: PyProperty, o: Value, v: Value): void {
      if (p.set === null) missing(p, o, "setter");
      call2(p.set, o, v);
    },
    delete(p: PyProperty, o: Value): void {
      if (p.del === null) missing(p, o, "deleter");
      call1(p.del, o);
    },
  },
  methods: {
    getter: ["(self, fget, /)", (p: PyProperty, f: Value) => copyProperty(p, f, p.set, p.del)],
    setter: ["(self, fset, /)", (p: PyProperty, f: Value) => copyProperty(p, p.get, f, p.del)],
    deleter: ["(self, fdel, /)", (p: PyProperty, f: Value) => copyProperty(p, p.get, p.set, f)],
    __set_name__: [
      "(self, owner, name, /)",
      (p: PyProperty, _owner: Value, name: Value) => {
        p.name = asStr(name);
      },
    ],
  },
  getters: {
    fget: (p: PyProperty) => p.get,
    fset: (p: PyProperty) => p.set,
    fdel: (p: PyProperty) => p.del,
    __doc__: { get: (p: PyProperty) => p.doc, set: (p: PyProperty, v: Value) => void (p.doc = v) },
    __isabstractmethod__: (p: PyProperty) =>
      [p.get, p.set, p.del].some(
        (f) => f !== null && isTrue(getAttrOrUndefined(f, "__isabstractmethod__") ?? false),
      ),
  },
});

/** The callable that a classmethod or staticmethod wraps; also takes attributes of its own. */
class PyWrapperDescriptor {
  declare [TYPE]: PyType;
  declare [DICT]?: Namespace;
  func: Value = null;
}
export class PyClassMethod extends PyWrapperDescriptor {}
export class PyStaticMethod extends PyWrapperDescriptor {}

/** A function's own attributes as the wrapper shows them. */
function copyAttributes(w: PyWrapperDescriptor): void {
  const d = dictOf(w);
  if (!d) return;
  for (const name of ["__module__", "__name__", "__qualname__", "__doc__", "__annotations__"]) {
    const v = getAttrOrUndefined(w.func, name);
    if (v !== undefined) d.set(name, v);
  }
  for (const [k, v] of dictOf(w.func) ?? []) if (!d.has(k)) d.set(k, v);
}

const wrapperParts = {
  hasDict: true,
  getters: {
    __func__: (w: PyWrapperDescriptor) => w.func,
    __wrapped__: (w: PyWrapperDescriptor) => w.func,
    __doc__: (w: PyWrapperDescriptor) => getAttrOrUndefined(w.func, "__doc__") ?? null,
    __isabstractmethod__: (w: PyWrapperDescriptor) =>
      isTrue(getAttrOrUndefined(w.func, "__isabstractmethod__") ?? false),
  },
} as const;

function initWrapper(w: PyWrapperDescriptor, f: Value): void {
  w.func = f;
  if (!(f instanceof PyFunction) || w[TYPE].heap) copyAttributes(w);
}

export const classMethodType = nativeType({
  ...wrapperParts,
  name: "classmethod",
  host: PyClassMethod,
  allocator: subclassed(() => new PyClassMethod()),
  new: ["(cls, /, *args, **kwargs)", (cls: PyType) => cls.allocator!(cls)],
  init: ["(self, function, /)", initWrapper],
  descriptor: {
    get(w: PyClassMethod, o: Value, owner: PyType | null): Value {
      const cls = owner ?? typeOf(o);
      const f = w.func;
      if (f instanceof PyFunction) return new PyBoundMethod(f, cls);
      // Since 3.9 a classmethod may wrap another descriptor, such as a property: that one is bound to the class.
      const t = typeOf(f);
      if (f instanceof PyBuiltin || (t.descriptor?.get === undefined && t.lookup("__get__") === undefined))
        return new PyBoundMethod(f, cls);
      if (t.descriptor?.get) return t.descriptor.get(f as never, cls, cls as PyType);
      return callVec(getAttrOrUndefined(f, "__get__")!, [cls, cls], []);
    },
  },
  methods: { __repr__: ["(self, /)", (w: PyClassMethod) => `<classmethod(${repr(w.func)})>`] },
});

export const staticMethodType = nativeType({
  ...wrapperParts,
  name: "staticmethod",
  host: PyStaticMethod,
  allocator: subclassed(() => new PyStaticMethod()),
  new: ["(cls, /, *args, **kwargs)", (cls: PyType) => cls.allocator!(cls)],
  init: ["(self, function, /)", initWrapper],
  descriptor: { get: (w: PyStaticMethod) => w.func },
  methods: {
    __call__: [
      "(self, /, *args, **kwargs)",
      (w: PyStaticMethod, args: Value[], kwargs: Map<string, Value>) =>
        callVec(w.func, [...args, ...kwargs.values()], [...kwargs.keys()]),
    ],
    __repr__: ["(self, /)", (w: PyStaticMethod) => `<staticmethod(${repr(w.func)})>`],
  },
});

// A wrapper around a Python function shows that function's attributes without copying them.
for (const t of [classMethodType, staticMethodType]) {
  t.dict.set("__dict__", dictGetSet(t));
  t.dict.set(
    "__getattr__",
    new PyBuiltin(
      "__getattr__",
      [
        "(self, name, /)",
        (w: PyWrapperDescriptor, name: string) => {
          if (
            w.func instanceof PyFunction &&
            ["__module__", "__name__", "__qualname__", "__doc__", "__annotations__"].includes(name)
          )
            return getAttrOrUndefined(w.func, name)!;
          const own = w.func instanceof PyFunction ? dictOf(w.func)?.get(name) : undefined;
          if (own !== undefined) return own;
          throw attributeError(`'${typeOf(w).name}' object has no attribute '${name}'`, w, name);
        },
      ],
      "slot",
      t,
      null,
      "c",
    ),
  );
  t.changed();
}

export function makeClassMethod(f: Value): PyClassMethod {
  const w = new PyClassMethod();
  w.func = f;
  return w;
}

export function makeStaticMethod(f: Value): PyStaticMethod {
  const w = new PyStaticMethod();
  w.func = f;
  return w;
}
