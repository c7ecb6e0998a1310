// Attribute access: instances, classes, everything.
//
// Data descriptors of the type come first, then the instance's dictionary, then other attributes of the type, then
// `__getattr__`. Descriptors are native (DescriptorSlots on their type) or have `__get__`/`__set__`/`__delete__`.
// Behaviour: docs.python.org/3.11/howto/descriptor.html, reference/datamodel.html#customizing-attribute-access.
import { absentNote } from "./absent.ts";
import { callVec, call2, call3, callN, call1, bindSpecial } from "./call.ts";
import { type Derived, derivedOf } from "./derived.ts";
import { E, err, isInstanceOf, PyException } from "./exceptions.ts";
import { PyBoundMethod, PyFunction } from "./function.ts";
import { PyBuiltin, PyBuiltinMethod } from "./native-function.ts";
import { dictOf, PyObject, PyType, typeOf, type Value } from "./object.ts";
import { NO_NAMES } from "./signature.ts";

/** `o.name` @throws AttributeError */
export function getAttr(o: Value, name: string): Value {
  const v = lookupAttr(o, name);
  if (v === undefined) throw noAttribute(o, name);
  return v;
}

/** `getattr(o, name, undefined)`: AttributeError only is swallowed. */
export function getAttrOrUndefined(o: Value, name: string): Value | undefined {
  try {
    return lookupAttr(o, name);
  } catch (e) {
    if (isInstanceOf(e, E.AttributeError)) return undefined;
    throw e;
  }
}

export function hasAttr(o: Value, name: string): boolean {
  return getAttrOrUndefined(o, name) !== undefined;
}

/** The AttributeError of a failed access, worded after the kind of object. */
export function noAttribute(o: Value, name: string): PyException {
  const text =
    o instanceof PyType
      ? `type object '${o.name}' has no attribute '${name}'`
      : `'${typeOf(o).name}' object has no attribute '${name}'`;
  return attributeError(text + absentNote(o, name), o, name);
}

/** An AttributeError that knows name and object, for the suggestion of an uncaught error's display. */
export function attributeError(message: string, o: Value, name: string): PyException {
  return err(E.AttributeError, message).setMember("name", name).setMember("obj", o);
}

/** As getAttr, but undefined where nothing was found; errors of the program's own hooks pass. */
export function lookupAttr(o: Value, name: string): Value | undefined {
  const t = typeOf(o);
  const d = derivedOf(t);
  if (d.plainGet) {
    const v = genericGet(o, t, name);
    return v === undefined && d.getattr !== undefined ? callHook(d.getattr, o, t, name) : v;
  }
  if (d.getattribute !== undefined) {
    if (d.getattr === undefined) return callHook(d.getattribute, o, t, name);
    try {
      return callHook(d.getattribute, o, t, name);
    } catch (e) {
      if (!isInstanceOf(e, E.AttributeError)) throw e;
      return callHook(d.getattr, o, t, name);
    }
  }
  const v = t.getAttro!(o as never, name);
  return v === undefined && d.getattr !== undefined ? callHook(d.getattr, o, t, name) : v;
}

function callHook(hook: Value, o: Value, t: PyType, name: string): Value {
  try {
    return hook instanceof PyFunction || hook instanceof PyBuiltin
      ? call2(hook, o, name)
      : callN(bindSpecial(hook, o, t), [name]);
  } catch (e) {
    // Whoever raised it, the error learns which attribute was asked for.
    if (e instanceof PyException && (e.member("name") ?? null) === null && isInstanceOf(e, E.AttributeError))
      e.setMember("name", name).setMember("obj", o);
    throw e;
  }
}

/** `object.__getattribute__` without `__getattr__`; undefined where absent. An AttributeError of a property counts as absent only for `__getattr__`. */
export function genericGet(o: Value, t: PyType, name: string): Value | undefined {
  const c = t.lookup(name);
  if (c === undefined) {
    const dict = o instanceof PyObject ? o.dict : dictOf(o);
    return dict === null || dict === undefined ? undefined : dict.get(name);
  }
  if (c instanceof PyFunction) {
    const own = ownValue(o, name);
    return own !== undefined ? own : new PyBoundMethod(c, o);
  }
  if (c instanceof PyBuiltin) {
    const own = ownValue(o, name);
    if (own !== undefined) return own;
    return c.binds ? new PyBuiltinMethod(c, o) : c.kind === "classmethod" ? new PyBuiltinMethod(c, t) : c;
  }
  if (typeof c !== "object" || c === null) {
    const own = ownValue(o, name);
    return own !== undefined ? own : c;
  }
  const ct = typeOf(c);
  const cd = derivedOf(ct);
  const readable = cd.get !== undefined || ct.descriptor?.get !== undefined;
  if (cd.descriptor === 2 && readable) return descriptorGet(c, ct, cd, o, t, derivedOf(t));
  const own = ownValue(o, name);
  if (own !== undefined) return own;
  return readable ? descriptorGet(c, ct, cd, o, t, derivedOf(t)) : c;
}

/** Reads through a descriptor; with a `__getattr__` in the class, its AttributeError means absent. */
function descriptorGet(
  c: Value,
  ct: PyType,
  cd: Derived,
  o: Value,
  t: PyType,
  d: Derived,
): Value | undefined {
  if (d.getattr === undefined)
    return cd.get !== undefined ? callGet(cd.get, c, o, t) : ct.descriptor!.get!(c as never, o, t);
  try {
    return cd.get !== undefined ? callGet(cd.get, c, o, t) : ct.descriptor!.get!(c as never, o, t);
  } catch (e) {
    if (isInstanceOf(e, E.AttributeError)) return undefined;
    throw e;
  }
}

function callGet(get: Value, c: Value, o: Value, t: PyType): Value {
  return get instanceof PyFunction
    ? call3(get, c, o, t)
    : callVec(bindSpecial(get, c, typeOf(c)), [o, t], NO_NAMES);
}

function ownValue(o: Value, name: string): Value | undefined {
  if (o instanceof PyObject) return o.dict === null ? undefined : o.dict.get(name);
  return typeof o === "object" ? dictOf(o)?.get(name) : undefined;
}

/** A class attribute as access through the class gives it: descriptors get None for the object. */
export function bindToClass(c: Value, cls: PyType): Value {
  if (c instanceof PyFunction || typeof c !== "object" || c === null) return c;
  if (c instanceof PyBuiltin) return c.kind === "classmethod" ? new PyBuiltinMethod(c, cls) : c;
  const ct = typeOf(c);
  const cd = derivedOf(ct);
  if (cd.descriptor === 0) return c;
  if (cd.get !== undefined) return callGet(cd.get, c, null, cls);
  return ct.descriptor?.get ? ct.descriptor.get(c as never, null, cls) : c;
}

/** `o.name = value` */
export function setAttr(o: Value, name: string, value: Value): void {
  const t = typeOf(o);
  const d = derivedOf(t);
  if (d.plainSet) genericSet(o, t, name, value);
  else if (d.setattr !== undefined) callVec(bindSpecial(d.setattr, o, t), [name, value], NO_NAMES);
  else t.setAttro!(o as never, name, value);
}

/** `del o.name` */
export function delAttr(o: Value, name: string): void {
  const t = typeOf(o);
  const d = derivedOf(t);
  if (d.delattr !== undefined) callVec(bindSpecial(d.delattr, o, t), [name], NO_NAMES);
  else if (t.setAttro) t.setAttro(o as never, name, undefined);
  else genericSet(o, t, name, undefined);
}

/** `object.__setattr__`, and with undefined `object.__delattr__`. */
export function genericSet(o: Value, t: PyType, name: string, value: Value | undefined): void {
  const c = t.lookup(name);
  if (c !== undefined && typeof c === "object" && c !== null && !(c instanceof PyFunction)) {
    const ct = typeOf(c);
    const cd = derivedOf(ct);
    if (cd.descriptor === 2) {
      descriptorSet(c, ct, cd, o, name, value);
      return;
    }
  }
  const dict = dictOf(o);
  if (dict === undefined) {
    if (c !== undefined) throw attributeError(`'${t.name}' object attribute '${name}' is read-only`, o, name);
    throw attributeError(`'${t.name}' object has no attribute '${name}'`, o, name);
  }
  if (value !== undefined) dict.set(name, value);
  else if (!dict.delete(name)) throw attributeError(`'${t.name}' object has no attribute '${name}'`, o, name);
}

function descriptorSet(
  c: Value,
  ct: PyType,
  cd: Derived,
  o: Value,
  name: string,
  value: Value | undefined,
): void {
  if (value !== undefined) {
    if (cd.set !== undefined) callVec(bindSpecial(cd.set, c, ct), [o, value], NO_NAMES);
    else if (ct.descriptor?.set) ct.descriptor.set(c as never, o, value);
    else throw attributeError("__set__", o, name);
  } else if (cd.del !== undefined) callVec(bindSpecial(cd.del, c, ct), [o], NO_NAMES);
  else if (ct.descriptor?.delete) ct.descriptor.delete(c as never, o);
  else throw attributeError("__delete__", o, name);
}

/** `type.__getattribute__`: metaclass data descriptors, the class's own MRO, the metaclass. Undefined where absent. */
export function typeGetAttr(cls: PyType, name: string): Value | undefined {
  const meta = typeOf(cls);
  const m = meta.lookup(name);
  let md: Derived | undefined;
  let mt: PyType | undefined;
  if (
    m !== undefined &&
    typeof m === "object" &&
    m !== null &&
    !(m instanceof PyFunction) &&
    !(m instanceof PyBuiltin)
  ) {
    mt = typeOf(m);
    md = derivedOf(mt);
    if (md.descriptor === 2) {
      if (md.get !== undefined) return callGet(md.get, m, cls, meta);
      if (mt.descriptor?.get) return mt.descriptor.get(m as never, cls, meta);
    }
  }
  const c = cls.lookup(name);
  if (c !== undefined) return bindToClass(c, cls);
  if (m === undefined) return undefined;
  if (m instanceof PyFunction) return new PyBoundMethod(m, cls);
  if (m instanceof PyBuiltin)
    return m.binds
      ? new PyBuiltinMethod(m, cls)
      : m.kind === "classmethod"
        ? new PyBuiltinMethod(m, meta)
        : m;
  if (md === undefined || md.descriptor === 0) return m;
  return md.get !== undefined
    ? callGet(md.get, m, cls, meta)
    : mt!.descriptor?.get
      ? mt!.descriptor.get(m as never, cls, meta)
      : m;
}

/** `type.__setattr__`, and with undefined `type.__delattr__`. */
export function typeSetAttr(cls: PyType, name: string, value: Value | undefined): void {
  const meta = typeOf(cls);
  const m = meta.lookup(name);
  if (
    m !== undefined &&
    typeof m === "object" &&
    m !== null &&
    !(m instanceof PyFunction) &&
    !(m instanceof PyBuiltin)
  ) {
    const mt = typeOf(m);
    const md = derivedOf(mt);
    if (md.descriptor === 2) {
      descriptorSet(m, mt, md, cls, name, value);
      return;
    }
  }
  if (cls.beforeSet !== undefined) cls.beforeSet(name);
  else if (!cls.heap)
    throw err(E.TypeError, `cannot set '${name}' attribute of immutable type '${cls.name}'`);
  if (value !== undefined) cls.setAttr(name, value);
  else if (!cls.deleteAttr(name))
    throw attributeError(`type object '${cls.name}' has no attribute '${name}'`, cls, name);
}

/** Call `o.name(…)` without making a bound method where the type has a plain function. */
export function callMethod(o: Value, name: string, ...args: Value[]): Value {
  const f = methodOf(o, name);
  if (f !== undefined)
    return args.length === 0
      ? call1(f, o)
      : args.length === 1
        ? call2(f, o, args[0])
        : callN(f, [o, ...args]);
  return callN(getAttr(o, name), args);
}

/** The function that `o.name` would bind to o, if it is one and nothing of the instance hides it; else undefined. */
function methodOf(o: Value, name: string): PyFunction | PyBuiltin | undefined {
  const t = typeOf(o);
  if (!derivedOf(t).plainGet) return undefined;
  const c = t.lookup(name);
  if (c instanceof PyFunction || (c instanceof PyBuiltin && c.binds))
    return ownValue(o, name) === undefined ? c : undefined;
  return undefined;
}
