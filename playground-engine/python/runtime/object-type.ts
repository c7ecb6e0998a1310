// The methods of `object`.
import {
  callMethod,
  genericGet,
  genericSet,
  getAttr,
  getAttrOrUndefined,
  noAttribute,
} from "./attributes.ts";
import { objectType } from "./base-types.ts";
import { callN, callSpecial, callVec, isConstructible, refuseAbstract, typeLabel } from "./call.ts";
import { isAbstract } from "./derived.ts";
import { E, raise } from "./exceptions.ts";
import { address, identityHash } from "./hash.ts";
import { toArray } from "./iteration.ts";
import { late } from "./late.ts";
import { importModule } from "./modules.ts";
import { fillType } from "./native-type.ts";
import {
  asStr,
  dictOf,
  NotImplemented,
  PyList,
  PyObject,
  PyTuple,
  PyType,
  TYPE,
  type Typed,
  typeOf,
  type Value,
} from "./object.ts";
import { str, strOfObject } from "./repr.ts";
import { isTrue } from "./truth.ts";
import { slotValues } from "./slots.ts";
import { watch } from "./weak.ts";

function objectNew(cls: Value, args: Value[], kwargs: Map<string, Value>): Value {
  if (!(cls instanceof PyType))
    raise(E.TypeError, `object.__new__(X): X is not a type object (${typeOf(cls).name})`);
  if (args.length > 0 || kwargs.size > 0) {
    if (cls.lookup("__new__") !== objectType.dict.get("__new__"))
      raise(E.TypeError, "object.__new__() takes exactly one argument (the type to instantiate)");
    if (cls.lookup("__init__") === objectType.dict.get("__init__"))
      raise(E.TypeError, `${cls.name}() takes no arguments`);
  }
  if (isAbstract(cls))
    refuseAbstract(
      cls,
      toArray(cls.dict.get("__abstractmethods__")!)
        .map((n) => str(n))
        .sort(),
    );
  if (cls.allocator !== objectType.allocator) {
    const native = cls.mro.find((c) => !c.heap && c.dict.has("__new__"));
    if (native !== undefined && native !== objectType)
      raise(E.TypeError, `object.__new__(${typeLabel(cls)}) is not safe, use ${typeLabel(native)}.__new__()`);
  }
  const o = cls.allocator!(cls);
  if (cls.heap) watchEnd(o, cls);
  return o;
}

/** An object whose class has a `__del__` is watched from its beginning. */
function watchEnd(o: object, cls: PyType): void {
  const del = cls.lookup("__del__");
  if (del === undefined || del === null) return;
  watch(o, { own: true, callee: del, died: () => void callSpecial(o, "__del__", []) });
}

function objectInit(self: Value, args: Value[], kwargs: Map<string, Value>): void {
  if (args.length === 0 && kwargs.size === 0) return;
  const t = typeOf(self);
  if (t.lookup("__init__") !== objectType.dict.get("__init__"))
    raise(E.TypeError, "object.__init__() takes exactly one argument (the instance to initialize)");
  if (t.lookup("__new__") === objectType.dict.get("__new__"))
    raise(E.TypeError, `${t.name}.__init__() takes exactly one argument (the instance to initialize)`);
}

function nameArg(name: Value): string {
  const s = asStr(name);
  if (s === undefined) raise(E.TypeError, `attribute name must be string, not '${typeOf(name).name}'`);
  return s;
}

/** `__dict__` of the instance, or a tuple with slot values: what copy and pickle carry over. */
function getState(self: Value): Value {
  const d = dictOf(self);
  const slots = slotValues(self);
  const state = d !== undefined && d.size > 0 ? late.dict(new Map(d)) : null;
  return slots !== undefined && slots.size > 0 && self instanceof PyObject
    ? new PyTuple([state, late.dict(new Map(slots))])
    : state;
}

function reduceEx(self: Value, protocol: Value): Value {
  const own = typeOf(self).lookup("__reduce__");
  if (own !== objectType.dict.get("__reduce__")) return callMethod(self, "__reduce__");
  if (!isConstructible(typeOf(self))) raise(E.TypeError, `cannot pickle '${typeOf(self).name}' object`);
  const copyreg = importModule("copyreg");
  const cls = getAttr(self, "__class__");
  if (Number(protocol) < 2) return callVec(getAttr(copyreg, "_reduce_ex"), [self, protocol], []);
  const ofType = (name: string): Value | undefined =>
    typeOf(self).lookup(name) === undefined ? undefined : getAttrOrUndefined(self, name);
  const newArgs = ofType("__getnewargs__");
  const newArgsEx = ofType("__getnewargs_ex__");
  let maker: Value = getAttr(copyreg, "__newobj__");
  let args: Value;
  if (newArgsEx !== undefined) {
    const [a, k] = toArray(callN(newArgsEx, []));
    maker = getAttr(copyreg, "__newobj_ex__");
    args = new PyTuple([cls, a, k]);
  } else args = new PyTuple([cls, ...(newArgs === undefined ? [] : toArray(callN(newArgs, [])))]);
  const state = callMethod(self, "__getstate__");
  const items = self instanceof PyList ? callMethod(self, "__iter__") : null;
  const isDict = typeOf(self).mro.some((c) => c.module === "builtins" && c.name === "dict");
  const entries = isDict ? getAttrOrUndefined(self, "items") : undefined;
  return new PyTuple([
    maker,
    args,
    state,
    items,
    entries === undefined ? null : callMethod(callN(entries, []), "__iter__"),
  ]);
}

/** Names that `dir(obj)` shows for an ordinary object. */
function objectDir(self: Value): Value {
  const names = new Set<string>();
  const d = getAttrOrUndefined(self, "__dict__");
  for (const k of d === undefined ? [] : (late.namespaceOf(d)?.keys() ?? [])) names.add(k);
  const cls = getAttrOrUndefined(self, "__class__");
  if (cls instanceof PyType) for (const c of cls.mro) for (const k of c.dict.keys()) names.add(k);
  return new PyList([...names]);
}

function setClass(self: Value, cls: Value): void {
  if (!(cls instanceof PyType))
    raise(E.TypeError, `__class__ must be set to a class, not '${typeOf(cls).name}' object`);
  const old = typeOf(self);
  if (!cls.heap || !old.heap) {
    if (!(
      self instanceof PyObject &&
      cls.mro.some((c) => c.name === "module") &&
      old.mro.some((c) => c.name === "module")
    )) {
      raise(E.TypeError, "__class__ assignment only supported for mutable types or ModuleType subclasses");
    }
  }
  if (cls.allocator !== old.allocator || cls.hasDict !== old.hasDict)
    raise(E.TypeError, `__class__ assignment: '${cls.name}' object layout differs from '${old.name}'`);
  (self as Typed)[TYPE] = cls;
}

fillType(objectType, {
  doc: "The base class of the class hierarchy.",
  new: ["(cls, /, *args, **kwargs)", objectNew],
  init: ["(self, /, *args, **kwargs)", objectInit],
  methods: {
    __repr__: [
      "(self, /)",
      (self: Value) => {
        const t = typeOf(self);
        const module = asStr(t.dict.get("__module__") ?? t.module) ?? t.module;
        return `<${module === "builtins" ? "" : `${module}.`}${t.qualname} object at ${address(self)}>`;
      },
    ],
    __str__: ["(self, /)", strOfObject],
    __hash__: ["(self, /)", (self: Value) => identityHash(self)],
    __eq__: ["(self, value, /)", (a: Value, b: Value) => (a === b ? true : NotImplemented)],
    __ne__: [
      "(self, value, /)",
      (a: Value, b: Value) => {
        const m = typeOf(a).lookup("__eq__");
        if (m === undefined || m === null) return a === b ? false : NotImplemented;
        const r = callSpecial(a, "__eq__", [b])!;
        return r === NotImplemented ? r : !isTrue(r);
      },
    ],
    __lt__: ["(self, value, /)", () => NotImplemented],
    __le__: ["(self, value, /)", () => NotImplemented],
    __gt__: ["(self, value, /)", () => NotImplemented],
    __ge__: ["(self, value, /)", () => NotImplemented],
    __getattribute__: [
      "(self, name, /)",
      (self: Value, name: Value) => {
        const n = nameArg(name);
        const t = typeOf(self);
        const v = t.getAttro ? t.getAttro(self as never, n) : genericGet(self, t, n);
        if (v === undefined) throw noAttribute(self, n);
        return v;
      },
    ],
    __setattr__: [
      "(self, name, value, /)",
      (self: Value, name: Value, value: Value) => {
        if (self instanceof PyType)
          raise(E.TypeError, `can't apply this __setattr__ to ${typeOf(self).name} object`);
        const t = typeOf(self);
        if (t.setAttro) t.setAttro(self as never, nameArg(name), value);
        else genericSet(self, t, nameArg(name), value);
      },
    ],
    __delattr__: [
      "(self, name, /)",
      (self: Value, name: Value) => {
        if (self instanceof PyType)
          raise(E.TypeError, `can't apply this __delattr__ to ${typeOf(self).name} object`);
        const t = typeOf(self);
        if (t.setAttro) t.setAttro(self as never, nameArg(name), undefined);
        else genericSet(self, t, nameArg(name), undefined);
      },
    ],
    __format__: [
      "(self, format_spec, /)",
      (self: Value, spec: Value) => {
        if (spec !== "")
          raise(E.TypeError, `unsupported format string passed to ${typeOf(self).name}.__format__`);
        return str(self);
      },
    ],
    __sizeof__: ["(self, /)", () => 48],
    __reduce__: [
      "(self, /)",
      (self: Value) => callN(getAttr(importModule("copyreg"), "_reduce_ex"), [self, 0]),
    ],
    __reduce_ex__: ["(self, protocol, /)", reduceEx],
    __getstate__: ["(self, /)", getState],
    __dir__: ["(self, /)", objectDir],
  },
  classMethods: {
    __init_subclass__: [
      "(cls, **kwargs)",
      (cls: PyType, kwargs: Map<string, Value>) => {
        if (kwargs.size > 0)
          raise(E.TypeError, `${cls.qualname}.__init_subclass__() takes no keyword arguments`);
      },
    ],
    __subclasshook__: ["(cls, *args)", () => NotImplemented],
  },
  getters: {
    __class__: { get: (self: Value) => typeOf(self), set: setClass },
  },
  members: {
    __doc__:
      "The base class of the class hierarchy.\n\nWhen called, it accepts no arguments and returns a new featureless\ninstance that has no instance attributes and cannot be given any.\n",
  },
});
