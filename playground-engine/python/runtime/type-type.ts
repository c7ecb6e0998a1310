// `type`: its attributes and methods, and how a class is made.
//
// Behaviour: docs.python.org/3.11/reference/datamodel.html#customizing-class-creation. buildClass is what a class
// statement runs; newType is `type.__new__`.
import {
  bindToClass,
  callMethod,
  getAttr,
  getAttrOrUndefined,
  noAttribute,
  typeGetAttr,
  typeSetAttr,
} from "./attributes.ts";
import { bareType, mergeMro, objectType, typeType } from "./base-types.ts";
import { bindSpecial, call1, callN, callVec, construct, typeLabel } from "./call.ts";
import { makeClassMethod, makeStaticMethod } from "./descriptors.ts";
import { E, err, excInfo, type PyException, raise } from "./exceptions.ts";
import { currentNamespace } from "./frames.ts";
import { Cell, PyFunction } from "./function.ts";
import { toArray } from "./iteration.ts";
import { repr } from "./repr.ts";
import { late } from "./late.ts";
import { mangle } from "./mangle.ts";
import { fillType, PyGetSet } from "./native-type.ts";
import {
  asStr,
  type Kwargs,
  type Namespace,
  PyList,
  PyTuple,
  PyType,
  TYPE,
  typeOf,
  type Value,
} from "./object.ts";
import { dictGetSet, PyMember, weakrefGetSet } from "./slots.ts";

typeType.getAttro = (cls: PyType, name: string) => typeGetAttr(cls, name);
typeType.setAttro = (cls: PyType, name: string, value: Value | undefined) => typeSetAttr(cls, name, value);
typeType.allocator = (meta) => {
  const t = bareType("?", [objectType], "builtins", meta);
  t.heap = true;
  return t;
};

const CONFLICT =
  "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases";

/** The most derived metaclass of the bases and the one asked for. @throws TypeError metaclass conflict */
export function winner(meta: PyType, bases: readonly PyType[]): PyType {
  let best = meta;
  for (const b of bases) {
    const m = b[TYPE];
    if (best.isSubtypeOf(m)) continue;
    if (m.isSubtypeOf(best)) best = m;
    else raise(E.TypeError, CONFLICT);
  }
  return best;
}

/** The base whose instances have a layout of their own; two unrelated ones cannot be joined. */
function solid(t: PyType): PyType {
  for (const c of t.mro)
    if (
      c === objectType ||
      (!c.heap && c.allocator !== c.bases[0]?.allocator) ||
      (c.slotNames?.length ?? 0) > 0
    )
      return c;
  return objectType;
}

function bestBase(bases: readonly PyType[]): PyType {
  let best: PyType | undefined;
  let layout: PyType | undefined;
  for (const b of bases) {
    if (b.final) raise(E.TypeError, `type '${typeLabel(b)}' is not an acceptable base type`);
    const s = solid(b);
    if (layout === undefined || s.isSubtypeOf(layout)) {
      if (layout === undefined || s !== layout) best = b;
      layout = s;
    } else if (!layout.isSubtypeOf(s) && layout.allocator !== s.allocator)
      raise(E.TypeError, "multiple bases have instance lay-out conflict");
  }
  return best ?? objectType;
}

function setMro(t: PyType, bases: readonly PyType[]): void {
  const merged = mergeMro(t, bases);
  if (merged === undefined) {
    const heads = new Set<PyType>();
    const lists = [...bases.map((b) => [...b.mro]), [...bases]];
    for (;;) {
      const rest = lists.filter((l) => l.length > 0);
      const next = rest.find((l) => !rest.some((o) => o.indexOf(l[0]!, 1) > 0))?.[0];
      if (!next) {
        for (const l of rest) heads.add(l[0]!);
        break;
      }
      for (const l of rest) if (l[0] === next) l.shift();
    }
    raise(
      E.TypeError,
      `Cannot create a consistent method resolution\norder (MRO) for bases ${[...heads].map((c) => c.name).join(", ")}`,
    );
  }
  t.mro = merged;
  const custom = t[TYPE].lookup("mro");
  if (custom instanceof PyFunction) {
    t.mro = toArray(call1(custom, t)) as PyType[];
    for (const c of t.mro) {
      if (!(c instanceof PyType)) raise(E.TypeError, `mro() returned a non-class ('${typeOf(c).name}')`);
      if (c !== t && !bases.some((b) => solid(b).isSubtypeOf(solid(c))))
        raise(E.TypeError, `mro() returned base with unsuitable layout ('${c.name}')`);
    }
  }
}

function slotList(v: Value): string[] {
  const one = asStr(v);
  const names = one !== undefined ? [one] : toArray(v);
  return names.map((n) => {
    const s = asStr(n);
    if (s === undefined) raise(E.TypeError, `__slots__ items must be strings, not '${typeOf(n).name}'`);
    if (!/^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(s)) raise(E.TypeError, "__slots__ must be identifiers");
    return s;
  });
}

/** `type.__new__(meta, name, bases, namespace, **kwargs)` */
export function newType(
  metaAsked: PyType,
  name: string,
  basesGiven: readonly Value[],
  ns: Namespace,
  kwargs: Kwargs,
): PyType {
  const bases: PyType[] = [];
  for (const b of basesGiven) {
    if (!(b instanceof PyType)) {
      if (getAttrOrUndefined(b, "__mro_entries__") !== undefined)
        raise(E.TypeError, "type() doesn't support MRO entry resolution; use types.new_class()");
      if (!typeOf(b).isSubtypeOf(typeType)) raise(E.TypeError, CONFLICT);
      raise(E.TypeError, "bases must be types");
    }
    if (bases.includes(b)) raise(E.TypeError, `duplicate base class ${b.name}`);
    bases.push(b);
  }
  if (bases.length === 0) bases.push(objectType);
  const meta = winner(metaAsked, bases);
  const base = bestBase(bases);
  const t = new PyType(meta, name, [], ns);
  t.heap = true;
  t.bases = bases;
  t.allocator = base.allocator;
  for (const b of [base, ...bases]) {
    t.descriptor ??= b.descriptor;
    t.getAttro ??= b.getAttro;
    t.setAttro ??= b.setAttro;
  }
  const slots = ns.get("__slots__");
  const baseDict = bases.some((b) => b.hasDict);
  let ownDict = slots === undefined;
  const slotted = slots === undefined ? [] : slotList(slots);
  const weak = slotted.includes("__weakref__");
  if (slots !== undefined) t.slotNames = declareSlots(t, base, slotted, baseDict);
  if (t.slotNames?.includes("__dict__")) ownDict = true;
  t.hasDict = (baseDict || ownDict) && !base.isSubtypeOf(typeType);
  settleNames(t, ns);
  wrapSpecials(ns);
  if (ns.has("__eq__") && !ns.has("__hash__")) ns.set("__hash__", null);
  const cell = ns.get("__classcell__");
  if (cell !== undefined) {
    if (!(cell instanceof Cell))
      raise(
        E.TypeError,
        `type.__new__(): __classcell__ must be a nonlocal cell, not <class '${typeOf(cell).qualname}'>`,
      );
    ns.delete("__classcell__");
    cell.set(t);
  }
  setMro(t, bases);
  for (const b of bases) b.subclasses.push(t);
  const hasOwnDict = ownDict && !baseDict && t.hasDict;
  if (hasOwnDict) ns.set("__dict__", dictGetSet(t));
  const baseWeak = bases.some((b) => b.lookup("__weakref__") !== undefined);
  if (weak && baseWeak)
    raise(E.TypeError, "__weakref__ slot disallowed: either we already got one, or __itemsize__ != 0");
  if (weak || (hasOwnDict && slots === undefined && !baseWeak)) ns.set("__weakref__", weakrefGetSet(t));
  const doc = ns.get("__doc__");
  if (doc === undefined) ns.set("__doc__", null);
  t.doc = asStr(doc ?? null) ?? null;
  nameMembers(t);
  const parent = superMember(t, "__init_subclass__");
  if (parent !== undefined) callVec(parent, [...kwargs.values()], [...kwargs.keys()]);
  return t;
}

function declareSlots(t: PyType, base: PyType, names: string[], baseDict: boolean): string[] {
  const variable =
    base.isSubtypeOf(bareOf("int")) || base.isSubtypeOf(bareOf("tuple")) || base.isSubtypeOf(bareOf("bytes"));
  if (names.length > 0 && variable)
    raise(E.TypeError, `nonempty __slots__ not supported for subtype of '${base.name}'`);
  const own: string[] = [];
  for (const n of names) {
    if (n === "__dict__") {
      if (baseDict) raise(E.TypeError, "__dict__ slot disallowed: we already got one");
      own.push(n);
      t.dict.set("__dict__", dictGetSet(t));
      continue;
    }
    if (n === "__weakref__") continue;
    const mangled = mangle(t.name, n);
    if (t.dict.has(mangled) && n !== "__qualname__" && n !== "__classcell__")
      raise(E.ValueError, `'${mangled}' in __slots__ conflicts with class variable`);
    own.push(mangled);
  }
  for (const n of own.filter((x) => x !== "__dict__").sort()) t.dict.set(n, new PyMember(n, t));
  return own;
}

/** A builtin type by name; itself a class that nothing derives from while builtins are not loaded. */
const nothing = bareType("nothing");
function bareOf(name: string): PyType {
  const t = objectType.subclasses.find((c) => !c.heap && c.module === "builtins" && c.name === name);
  return t ?? nothing;
}

function settleNames(t: PyType, ns: Namespace): void {
  const q = ns.get("__qualname__");
  if (q !== undefined) {
    const s = asStr(q);
    if (s === undefined) raise(E.TypeError, `type __qualname__ must be a str, not ${typeOf(q).name}`);
    t.qualname = s;
    ns.delete("__qualname__");
  }
  if (!ns.has("__module__")) {
    const own = currentNamespace()?.get("__name__");
    if (own !== undefined) ns.set("__module__", own);
  }
  t.module = asStr(ns.get("__module__") ?? null) ?? "builtins";
}

function wrapSpecials(ns: Namespace): void {
  const make = ns.get("__new__");
  if (make instanceof PyFunction) ns.set("__new__", makeStaticMethod(make));
  for (const n of ["__init_subclass__", "__class_getitem__"]) {
    const f = ns.get(n);
    if (f instanceof PyFunction) ns.set(n, makeClassMethod(f));
  }
}

/** `__set_name__` of every member that has one. */
function nameMembers(t: PyType): void {
  for (const [n, v] of [...t.dict]) {
    if (typeof v !== "object" || v === null || v instanceof PyFunction) continue;
    const vt = typeOf(v);
    const hook = vt.lookup("__set_name__");
    if (hook === undefined || hook === null) continue;
    try {
      callVec(bindSpecial(hook, v, vt), [t, n], []);
    } catch (e) {
      const made = err(
        E.RuntimeError,
        `Error calling __set_name__ on '${vt.name}' instance '${n}' in '${t.name}'`,
      );
      excInfo(made).cause = excInfo(made).context = e as PyException;
      made.suppressContext = true;
      throw made;
    }
  }
}

/** Deleting an attribute of classes that cannot go. */
function undeletable(name: string): (c: PyType) => void {
  return (c) => raise(E.TypeError, `cannot delete '${name}' attribute of immutable type '${c.name}'`);
}

/** `super(cls, cls).name` */
function superMember(cls: PyType, name: string): Value | undefined {
  for (const c of cls.mro.slice(1)) {
    const v = c.dict.get(name);
    if (v !== undefined) return bindSpecial(v, cls, cls);
  }
  return undefined;
}

/** What `type(name, bases, dict, **kwargs)` and metaclasses' `super().__new__` come to. */
function typeNew(meta: Value, args: Value[], kwargs: Kwargs): Value {
  if (!(meta instanceof PyType))
    raise(E.TypeError, `type.__new__(X): X is not a type object (${typeOf(meta).name})`);
  if (args.length === 1 && kwargs.size === 0 && meta === typeType) return typeOf(args[0]);
  if (args.length !== 3)
    raise(
      E.TypeError,
      meta === typeType
        ? "type() takes 1 or 3 arguments"
        : `type.__new__() takes exactly 3 arguments (${args.length} given)`,
    );
  const name = asStr(args[0]);
  if (name === undefined)
    raise(E.TypeError, `type.__new__() argument 1 must be str, not ${typeOf(args[0]).name}`);
  if (!(args[1] instanceof PyTuple))
    raise(E.TypeError, `type.__new__() argument 2 must be tuple, not ${typeOf(args[1]).name}`);
  const ns = late.namespaceOf(args[2]);
  if (ns === undefined)
    raise(E.TypeError, `type.__new__() argument 3 must be dict, not ${typeOf(args[2]).name}`);
  // A more derived metaclass among the bases takes over, `__new__` and all.
  const best = winner(
    meta,
    args[1].items.filter((b): b is PyType => b instanceof PyType),
  );
  if (best !== meta && best.lookup("__new__") !== typeType.dict.get("__new__")) {
    return callVec(getAttr(best, "__new__"), [best, ...args, ...kwargs.values()], [...kwargs.keys()]);
  }
  return newType(best, name, args[1].items, new Map(ns), kwargs);
}

/** Replace bases that are no classes by what their `__mro_entries__` gives. */
export function resolveBases(bases: readonly Value[]): { bases: Value[]; changed: boolean } {
  const out: Value[] = [];
  let changed = false;
  for (const b of bases) {
    const hook = b instanceof PyType ? undefined : getAttrOrUndefined(b, "__mro_entries__");
    if (hook === undefined) {
      out.push(b);
      continue;
    }
    changed = true;
    const more = callN(hook, [new PyTuple(bases)]);
    if (!(more instanceof PyTuple)) raise(E.TypeError, "__mro_entries__ must return a tuple");
    out.push(...more.items);
  }
  return { bases: out, changed };
}

/** A class body: fills the namespace (with `__classcell__` too), gives the `__class__` cell if the class needs one. */
export type ClassBody = (ns: Value) => Cell | undefined;

/** The class statement: bases, metaclass, `__prepare__`, body, creation. `makeDict` makes the ordinary namespace. */
export function buildClass(
  name: string,
  basesGiven: readonly Value[],
  kwargs: Kwargs,
  body: ClassBody,
): Value {
  const { bases, changed } = resolveBases(basesGiven);
  let meta: Value | undefined = kwargs.get("metaclass");
  kwargs.delete("metaclass");
  meta ??= bases.length > 0 ? typeOf(bases[0]) : typeType;
  if (meta instanceof PyType)
    meta = winner(
      meta,
      bases.map((b) => (b instanceof PyType ? b : ({ [TYPE]: typeOf(b) } as unknown as PyType))),
    );
  const kwnames = [...kwargs.keys()];
  const kwvalues = [...kwargs.values()];
  const basesTuple = new PyTuple(bases);
  const prepare =
    meta instanceof PyType && meta.lookup("__prepare__") === typeType.dict.get("__prepare__")
      ? undefined
      : getAttrOrUndefined(meta, "__prepare__");
  const ns =
    prepare === undefined ? late.dict(new Map()) : callVec(prepare, [name, basesTuple, ...kwvalues], kwnames);
  if (prepare !== undefined && typeOf(ns).lookup("__getitem__") === undefined) {
    raise(
      E.TypeError,
      `${meta instanceof PyType ? meta.name : "<metaclass>"}.__prepare__() must return a mapping, not ${typeOf(ns).name}`,
    );
  }
  const cell = body(ns);
  if (changed) {
    const plain = late.namespaceOf(ns);
    if (plain) plain.set("__orig_bases__", new PyTuple(basesGiven));
    else callMethod(ns, "__setitem__", "__orig_bases__", new PyTuple(basesGiven));
  }
  const cls = callVec(meta, [name, basesTuple, ns, ...kwvalues], kwnames);
  if (cell !== undefined && cls instanceof PyType) {
    const got = cell.get();
    if (got === undefined)
      raise(
        E.RuntimeError,
        `__class__ not set defining '${name}' as ${repr(cls)}. Was __classcell__ propagated to type.__new__?`,
      );
    if (got !== cls) raise(E.TypeError, `__class__ set to ${repr(got)} defining '${name}' as ${repr(cls)}`);
  }
  return cls;
}

// ---- attributes of classes

function immutable(cls: PyType, name: string): void {
  if (!cls.heap) raise(E.TypeError, `cannot set '${name}' attribute of immutable type '${cls.name}'`);
}

function setBases(cls: PyType, v: Value): void {
  immutable(cls, "__bases__");
  if (!(v instanceof PyTuple))
    raise(E.TypeError, `can only assign tuple to ${cls.name}.__bases__, not ${typeOf(v).name}`);
  if (v.items.length === 0)
    raise(E.TypeError, `can only assign non-empty tuple to ${cls.name}.__bases__, not ()`);
  const bases = v.items.map((b) => {
    if (!(b instanceof PyType))
      raise(E.TypeError, `${cls.name}.__bases__ must be tuple of classes, not '${typeOf(b).name}'`);
    if (b.isSubtypeOf(cls)) raise(E.TypeError, "a __bases__ item causes an inheritance cycle");
    return b;
  });
  if (bestBase(bases).allocator !== cls.allocator)
    raise(
      E.TypeError,
      `__bases__ assignment: '${bases[0]!.name}' object layout differs from '${cls.bases[0]!.name}'`,
    );
  for (const b of cls.bases) {
    const at = b.subclasses.indexOf(cls);
    if (at >= 0) b.subclasses.splice(at, 1);
  }
  cls.bases = bases;
  for (const b of bases) b.subclasses.push(cls);
  remro(cls);
  cls.changed();
}

function remro(cls: PyType): void {
  setMro(cls, cls.bases);
  for (const s of cls.subclasses) remro(s);
}

export function typeRepr(cls: PyType): string {
  const m = asStr(cls.dict.get("__module__") ?? cls.module) ?? cls.module;
  return m === "builtins" ? `<class '${cls.qualname}'>` : `<class '${m}.${cls.qualname}'>`;
}

/** `cls.__annotations__` of the class itself, made empty where a class written in Python has none. */
function annotationsOf(cls: PyType): Value {
  const own = cls.dict.get("__annotations__");
  if (own !== undefined) return own;
  if (!cls.heap) throw noAttribute(cls, "__annotations__");
  const d = late.dict(new Map());
  cls.dict.set("__annotations__", d);
  return d;
}

/** issubclass by the MRO, also for objects that only pretend to be classes by `__bases__`. */
export function plainSubclass(sub: Value, cls: Value): boolean {
  if (sub instanceof PyType && cls instanceof PyType) return sub.isSubtypeOf(cls);
  if (sub === cls) return true;
  const bases = getAttrOrUndefined(sub, "__bases__");
  return bases instanceof PyTuple && bases.items.some((b) => plainSubclass(b, cls));
}

/** isinstance by type, then by `__class__`. */
export function plainInstance(o: Value, cls: PyType): boolean {
  const t = typeOf(o);
  if (t.isSubtypeOf(cls)) return true;
  const c = getAttrOrUndefined(o, "__class__");
  return c instanceof PyType && c !== t && c.isSubtypeOf(cls);
}

fillType(typeType, {
  new: ["(cls, /, *args, **kwargs)", typeNew],
  init: [
    "(self, /, *args, **kwargs)",
    (_cls: Value, args: Value[], kwargs: Kwargs) => {
      if (args.length === 1 && kwargs.size > 0)
        raise(E.TypeError, "type.__init__() takes no keyword arguments");
      if (args.length !== 1 && args.length !== 3)
        raise(E.TypeError, "type.__init__() takes 1 or 3 arguments");
    },
  ],
  methods: {
    __call__: [
      "(self, /, *args, **kwargs)",
      (cls: PyType, args: Value[], kwargs: Kwargs) =>
        construct(cls, [...args, ...kwargs.values()], [...kwargs.keys()]),
    ],
    __repr__: ["(self, /)", typeRepr],
    __getattribute__: [
      "(self, name, /)",
      (cls: PyType, name: Value) => {
        if (typeof name !== "string")
          raise(E.TypeError, `attribute name must be string, not '${typeOf(name).name}'`);
        const v = typeGetAttr(cls, name);
        if (v === undefined) throw noAttribute(cls, name);
        return v;
      },
    ],
    __setattr__: [
      "(self, name, value, /)",
      (cls: PyType, name: string, v: Value) => typeSetAttr(cls, name, v),
    ],
    __delattr__: ["(self, name, /)", (cls: PyType, name: string) => typeSetAttr(cls, name, undefined)],
    __instancecheck__: ["(self, instance, /)", (cls: PyType, o: Value) => plainInstance(o, cls)],
    __subclasscheck__: [
      "(self, subclass, /)",
      (cls: PyType, sub: Value) => {
        if (!(sub instanceof PyType) && getAttrOrUndefined(sub, "__bases__") === undefined)
          raise(E.TypeError, "issubclass() arg 1 must be a class");
        return plainSubclass(sub, cls);
      },
    ],
    __subclasses__: ["(self, /)", (cls: PyType) => new PyList([...cls.subclasses])],
    mro: ["(self, /)", (cls: PyType) => new PyList(mergeMro(cls, cls.bases) ?? [])],
    __or__: ["(self, value, /)", (a: Value, b: Value) => late.union(a, b)],
    __ror__: ["(self, value, /)", (a: Value, b: Value) => late.union(b, a)],
    __dir__: [
      "(self, /)",
      (cls: PyType) => {
        const names = new Set<string>();
        for (const c of cls.mro)
          for (const [k, v] of c.dict) if (!(v instanceof PyGetSet && v.onlyOfInstances(cls))) names.add(k);
        return new PyList([...names]);
      },
    ],
    __sizeof__: ["(self, /)", () => 1064],
  },
  classMethods: { __prepare__: ["(cls, /, *args, **kwargs)", () => late.dict(new Map())] },
  getters: {
    __name__: {
      get: (c: PyType) => (c.heap ? c.name : c.name.slice(c.name.lastIndexOf(".") + 1)),
      set: (c: PyType, v: Value) => {
        immutable(c, "__name__");
        const s = asStr(v);
        if (s === undefined)
          raise(E.TypeError, `can only assign string to ${c.name}.__name__, not '${typeOf(v).name}'`);
        c.name = s;
      },
    },
    __qualname__: {
      delete: undeletable("__qualname__"),
      get: (c: PyType) => c.qualname,
      set: (c: PyType, v: Value) => {
        immutable(c, "__qualname__");
        const s = asStr(v);
        if (s === undefined)
          raise(E.TypeError, `can only assign string to ${c.name}.__qualname__, not '${typeOf(v).name}'`);
        c.qualname = s;
      },
    },
    __module__: {
      delete: undeletable("__module__"),
      get: (c: PyType) => (c.heap ? (c.dict.get("__module__") ?? "builtins") : c.module),
      set: (c: PyType, v: Value) => {
        immutable(c, "__module__");
        c.setAttr("__module__", v);
        c.module = asStr(v) ?? c.module;
      },
    },
    __bases__: { delete: undeletable("__bases__"), get: (c: PyType) => new PyTuple(c.bases), set: setBases },
    __base__: (c: PyType) =>
      c === objectType ? null : bestBase(c.bases.map((b) => (b.final ? objectType : b))),
    __mro__: (c: PyType) => new PyTuple(c.mro),
    __dict__: (c: PyType) => late.mappingProxy(c.dict),
    __doc__: {
      delete: undeletable("__doc__"),
      get: (c: PyType) => {
        const own = c.dict.get("__doc__");
        if (!c.heap) return c.doc ?? null;
        return own === undefined ? null : bindToClass(own, c);
      },
      set: (c: PyType, v: Value) => {
        immutable(c, "__doc__");
        c.setAttr("__doc__", v);
      },
    },
    __abstractmethods__: {
      get: (c: PyType) => {
        const v = c === typeType ? undefined : c.dict.get("__abstractmethods__");
        if (v === undefined) throw noAttribute(c, "__abstractmethods__");
        return v;
      },
      set: (c: PyType, v: Value) => c.setAttr("__abstractmethods__", v),
      delete: (c: PyType) => void c.deleteAttr("__abstractmethods__"),
    },
    __annotations__: {
      get: annotationsOf,
      set: (c: PyType, v: Value) => {
        immutable(c, "__annotations__");
        c.setAttr("__annotations__", v);
      },
      delete: (c: PyType) => {
        immutable(c, "__annotations__");
        if (!c.deleteAttr("__annotations__")) throw noAttribute(c, "__annotations__");
      },
    },
    __text_signature__: () => null,
    __basicsize__: () => 16,
    __itemsize__: () => 0,
    __flags__: (c: PyType) => (c.heap ? 0x200 : 0) | (c.final ? 0 : 0x400),
    __dictoffset__: (c: PyType) => (c.hasDict ? 16 : 0),
    __weakrefoffset__: () => 24,
  },
});
typeType.doc = "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type";
