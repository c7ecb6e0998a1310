// Python as the ORM's face (orm/face.ts): where instances keep their attributes, how classes are read and instrumented.
import type { Annotation, AttrDict, ClassRef, Face, Instance, ManagerRef, StateRef } from "../orm/face.ts";
import type { Kwargs } from "../util/host.ts";

import { call } from "../python/runtime/call.ts";
import { id } from "../python/runtime/hash.ts";
import { late } from "../python/runtime/late.ts";
import { nativeFunction, PyBuiltin } from "../python/runtime/native-function.ts";
import type { NativeMethod } from "../python/runtime/native.ts";
import { dictOf, type Namespace, PyType, typeOf, type Value } from "../python/runtime/object.ts";
import { bindToClass } from "../python/runtime/attributes.ts";
import { newType } from "../python/runtime/type-type.ts";
import { objectType, typeType } from "../python/runtime/base-types.ts";
import { annotationsOf, resolveForward } from "./annotations.ts";
import { isAlive } from "./liveness.ts";
import { collectionFace } from "./collections.ts";

const STATE_KEY = "_sa_instance_state";
const MANAGER_KEY = "_sa_class_manager";

function stateOf(obj: Instance): StateRef | undefined {
  return dictOf(obj)?.get(STATE_KEY) as StateRef | undefined;
}

function setState(obj: Instance, state: StateRef | undefined): void {
  const d = dictOf(obj)!;
  if (state === undefined) d.delete(STATE_KEY);
  else d.set(STATE_KEY, state);
}

function asType(c: ClassRef): PyType {
  return c as PyType;
}

// -- __init__ --------------------------------------------------------------------------

interface Wrapped { readonly original: Value | undefined; readonly wrapper: PyBuiltin }
const wrapped = new WeakMap<PyType, Wrapped>();

function wrapInit(c: ClassRef, init: (next: () => void, obj: Instance, args: readonly Value[], kwargs: Kwargs) => void, constructor?: Value): void {
  const cls = asType(c);
  const own = cls.dict.get("__init__");
  // the nearest __init__ that is no wrapper of ours: a subclass calls its parent's original through its own wrapper
  const original = (): Value => {
    if (own !== undefined) return own;
    for (const base of cls.mro.slice(1)) {
      const found = base.dict.get("__init__");
      if (found === undefined || base === objectType) continue;
      const w = wrapped.get(base);
      if (!w || w.wrapper !== found) return found;
      if (w.original !== undefined) return w.original;
    }
    return constructor ?? objectType.dict.get("__init__")!;
  };
  const wrapper = nativeFunction("__init__", [
    "(self, *args, **kwargs)",
    ((self: Instance, args: Value[], kwargs: Kwargs): void => {
      init(() => void call(original(), [self, ...args], kwargs.size ? kwargs : undefined), self, args, kwargs);
    }) as NativeMethod[1],
  ]);
  const method = new PyBuiltin("__init__", [wrapper.text, wrapper.fn as NativeMethod[1]], "method", cls, null, "python");
  wrapped.set(cls, { original: own, wrapper: method });
  cls.setAttr("__init__", method);
}

function unwrapInit(c: ClassRef): void {
  const cls = asType(c);
  const w = wrapped.get(cls);
  if (!w || cls.dict.get("__init__") !== w.wrapper) return;
  if (w.original === undefined) cls.deleteAttr("__init__");
  else cls.setAttr("__init__", w.original);
  wrapped.delete(cls);
}

function hasOwnInit(c: ClassRef): boolean {
  for (const t of asType(c).mro) {
    if (t === objectType) return false;
    const found = t.dict.get("__init__");
    if (found === undefined) continue;
    const w = wrapped.get(t);
    if (w && w.wrapper === found) {
      if (w.original !== undefined) return true;
      continue;
    }
    return true;
  }
  return false;
}

/** Names that `vars(cls)` has for Python's own sake. */
const PLUMBING = new Set(["__dict__", "__weakref__"]);

function* ownMembers(c: ClassRef): Iterable<readonly [string, Value]> {
  for (const entry of asType(c).dict) if (!PLUMBING.has(entry[0])) yield entry;
}

function getClassAttribute(c: ClassRef, name: string): Value | undefined {
  const cls = asType(c);
  const raw = cls.lookup(name);
  return raw === undefined ? undefined : bindToClass(raw, cls);
}

export const pythonFace: Face = {
  stateOf,
  setState,
  dictOf: (obj) => dictOf(obj) as AttrDict,
  classOf: (obj) => typeOf(obj),
  isInstance: (v): v is Instance => typeof v === "object" && v !== null && dictOf(v)?.has(STATE_KEY) === true,
  allocate: (cls) => {
    const t = asType(cls);
    return (t.allocator ?? objectType.allocator!)(t);
  },
  alive: isAlive,
  idOf: (v) => id(v),
  dictValue: (obj) => late.dictOver(dictOf(obj)!),

  isClass: (v): v is ClassRef => v instanceof PyType,
  className: (c) => asType(c).name,
  qualname: (c) => asType(c).qualname,
  module: (c) => asType(c).module,
  bases: (c) => asType(c).bases.filter((b) => b !== objectType),
  mro: (c) => asType(c).mro.filter((t) => t !== objectType),
  subclasses: (c) => asType(c).subclasses,
  isSubclass: (c, base) => asType(c).isSubtypeOf(asType(base)),
  ownMembers,
  ownMember: (c, name) => asType(c).dict.get(name),
  getClassAttribute,
  annotations: (c): readonly (readonly [string, Annotation])[] => annotationsOf(asType(c)),
  resolveForward: (c, text) => resolveForward(asType(c), text),
  managerOf: (c) => asType(c).dict.get(MANAGER_KEY) as ManagerRef | undefined,
  setManager: (c, m) => {
    if (m === undefined) asType(c).deleteAttr(MANAGER_KEY);
    else asType(c).setAttr(MANAGER_KEY, m);
  },
  install: (c, key, value) => asType(c).setAttr(key, value),
  uninstall: (c, key) => void asType(c).deleteAttr(key),
  wrapInit,
  unwrapInit,
  hasOwnInit,
  makeClass: (name, bases, members) => newType(typeType, name, bases.length ? [...bases] : [objectType], new Map(members) as Namespace, new Map()),
  ...collectionFace,
};

