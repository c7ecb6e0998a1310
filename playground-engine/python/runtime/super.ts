// super(): attribute lookup that starts after a class in the MRO of an object or class.
import { attributeError, genericGet } from "./attributes.ts";
import { callVec } from "./call.ts";
import { derivedOf } from "./derived.ts";
import { E, raise } from "./exceptions.ts";
import { acts, depth, thunks } from "./frames.ts";
import { PyBoundMethod, PyFunction } from "./function.ts";
import { late } from "./late.ts";
import { nativeType } from "./native-type.ts";
import { PyBuiltin, PyBuiltinMethod } from "./native-function.ts";
import { PyType, TYPE, typeOf, type Value } from "./object.ts";
import { bindSpecial } from "./call.ts";
import { getAttrOrUndefined } from "./attributes.ts";

export class PySuper {
  declare [TYPE]: PyType;
  cls: PyType | null = null;
  self: Value | undefined = undefined;
  /** The class whose MRO is searched. */
  start: PyType | null = null;
}

/** Zero-argument super, as compiled code calls it with the `__class__` cell and the first argument. */
export function zeroSuper(cls: Value | undefined, self: Value | undefined): PySuper {
  if (cls === undefined) raise(E.RuntimeError, "super(): empty __class__ cell");
  if (self === undefined) raise(E.RuntimeError, "super(): arg[0] deleted");
  return makeSuper(new PySuper(), cls, self);
}

function makeSuper(s: PySuper, cls: Value, self: Value | undefined): PySuper {
  if (!(cls instanceof PyType))
    raise(E.TypeError, `super() argument 1 must be a type, not ${typeOf(cls).name}`);
  s.cls = cls;
  s.self = self;
  if (self === undefined) return s;
  if (self instanceof PyType && self.isSubtypeOf(cls)) s.start = self;
  else if (typeOf(self).isSubtypeOf(cls)) s.start = typeOf(self);
  else {
    const c = getAttrOrUndefined(self, "__class__");
    if (!(c instanceof PyType) || !c.isSubtypeOf(cls))
      raise(E.TypeError, "super(type, obj): obj must be an instance or subtype of type");
    s.start = c;
  }
  return s;
}

/** What stands behind the name in the MRO, unbound; undefined where nothing does. */
function superLookup(s: PySuper, name: string): Value | undefined {
  const mro = s.start!.mro;
  for (let i = mro.indexOf(s.cls!) + 1; i < mro.length; i++) {
    const v = mro[i]!.dict.get(name);
    if (v !== undefined) return v;
  }
  return undefined;
}

function getSuper(s: PySuper, name: string): Value | undefined {
  if (s.start !== null && name !== "__class__") {
    const v = superLookup(s, name);
    if (v !== undefined) return bindFor(s, v);
  }
  const own = genericGet(s, s[TYPE], name);
  if (own !== undefined) return own;
  throw attributeError(`'super' object has no attribute '${name}'`, s, name);
}

function bindFor(s: PySuper, v: Value): Value {
  const self = s.self!;
  const ofClass = self === s.start; // bound to a class: members bind to it as class access does
  if (v instanceof PyFunction) return ofClass ? v : new PyBoundMethod(v, self);
  if (v instanceof PyBuiltin) {
    if (v.kind === "classmethod") return new PyBuiltinMethod(v, s.start!);
    return ofClass || !v.binds ? v : new PyBuiltinMethod(v, self);
  }
  if (typeof v !== "object" || v === null) return v;
  const t = typeOf(v);
  const d = derivedOf(t);
  if (d.get !== undefined) return callVec(bindSpecial(d.get, v, t), [ofClass ? null : self, s.start], []);
  return t.descriptor?.get ? t.descriptor.get(v as never, ofClass ? null : self, s.start!) : v;
}

/** `super().__init__(…)` and its like without the bound method: the function to call with self first; undefined where it is no plain function. */
export function superMethod(s: PySuper, name: string): PyFunction | PyBuiltin | undefined {
  if (s.start === null || s.self === s.start || s[TYPE] !== superType) return undefined;
  const v = superLookup(s, name);
  return v instanceof PyFunction || (v instanceof PyBuiltin && v.binds) ? v : undefined;
}

export const superType: PyType = nativeType({
  name: "super",
  host: PySuper,
  doc: "Attribute lookup in the classes after one in a method resolution order.",
  allocator: (cls) => {
    const s = new PySuper();
    if (cls.heap) s[TYPE] = cls;
    return s;
  },
  new: ["(cls, /, *args, **kwargs)", (cls: PyType) => cls.allocator!(cls)],
  init: [
    "(self, type=..., obj=..., /)",
    (s: PySuper, cls: Value | undefined, obj: Value | undefined) => {
      if (cls === undefined) {
        // Called by another name than `super`, so the compiler did not see it: the frame's variables tell.
        const locals = thunks[depth()]?.();
        const first = acts[depth()]?.code.params.names[0];
        if (first === undefined)
          raise(E.RuntimeError, depth() === 0 ? "super(): no current frame" : "super(): no arguments");
        const table = locals === undefined ? undefined : late.namespaceOf(locals);
        const self = table?.get(first);
        const own = table?.get("__class__");
        if (own === undefined) raise(E.RuntimeError, "super(): __class__ cell not found");
        makeSuper(s, own, self);
      } else makeSuper(s, cls, obj === null ? undefined : obj);
    },
  ],
  descriptor: {
    get(s: PySuper, o: Value): Value {
      if (o === null || s.self !== undefined) return s;
      return s[TYPE] === superType ? makeSuper(new PySuper(), s.cls, o) : callVec(s[TYPE], [s.cls, o], []);
    },
  },
  methods: {
    __repr__: [
      "(self, /)",
      (s: PySuper) =>
        s.start === null
          ? `<super: <class '${s.cls?.name ?? "?"}'>, NULL>`
          : `<super: <class '${s.cls!.name}'>, <${s.start.name} object>>`,
    ],
    __getattribute__: ["(self, name, /)", (s: PySuper, name: string) => getSuper(s, name)!],
  },
  getters: {
    __thisclass__: (s: PySuper) => s.cls,
    __self__: (s: PySuper) => s.self ?? null,
    __self_class__: (s: PySuper) => s.start,
  },
});
superType.getAttro = getSuper;
// `__getattribute__` stands in the table for programs to see; native access goes through getAttro.
superType.dict.delete("__getattribute__");
superType.changed();
