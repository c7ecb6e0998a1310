// Python as the ORM's face (orm/face.ts): where instances keep their attributes, how classes are read and instrumented.
import type { Annotation, AttrDict, ClassRef, Face, Instance, ManagerRef, StateRef } from "../orm/face.ts";
import type { Kwargs } from "../util/host.ts";

import { codeHook } from "../python/builtins/code-hook.ts";
import { PyDict } from "../python/builtins/dict.ts";
import { call } from "../python/runtime/call.ts";
import { derivedOf } from "../python/runtime/derived.ts";
import { E, err } from "../python/runtime/exceptions.ts";
import { id } from "../python/runtime/hash.ts";
import { held, hold } from "../python/runtime/holding.ts";
import { isReachable, noteReference } from "../python/runtime/liveness.ts";
import { late } from "../python/runtime/late.ts";
import { nativeFunction, PyBuiltin } from "../python/runtime/native-function.ts";
import type { NativeMethod } from "../python/runtime/native.ts";
import {
  dictOf,
  type Namespace,
  PyTuple,
  PyType,
  TYPE,
  typeOf,
  type Value,
} from "../python/runtime/object.ts";
import { PyFunction } from "../python/runtime/function.ts";
import { bindToClass, getAttr, getAttrOrUndefined } from "../python/runtime/attributes.ts";
import { importModule, needsModules } from "../python/runtime/modules.ts";
import { newType } from "../python/runtime/type-type.ts";
import { objectType, typeType } from "../python/runtime/base-types.ts";
import { annotationsOf, describe, resolveForward, typeName } from "./annotations.ts";
import "./liveness.ts";
import { resolve } from "./modules.ts";
import { toPython } from "./values.ts";
import { collectionFace } from "./collections.ts";
import { passedOn } from "./init-arguments.ts";

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

/** The signature of declarative's own constructor. */
const BY_KEYWORDS = "(self, **kwargs)";
const plain = new WeakMap<PyFunction, PyFunction>();
const plainNative = new WeakMap<PyBuiltin, PyBuiltin>();
/** The function as the library's generated constructor stands before it: argument errors say `__init__()`, without the class. */
function underPlainName(f: Value): Value {
  if (f instanceof PyBuiltin && f.qualified !== undefined) {
    let made = plainNative.get(f);
    if (!made)
      plainNative.set(
        f,
        (made = new PyBuiltin(
          "__init__",
          [f.text, f.fn as NativeMethod[1]],
          f.kind,
          f.owner,
          f.module,
          f.style,
        )),
      );
    return made;
  }
  if (!(f instanceof PyFunction) || f.qualname === "__init__") return f;
  let made = plain.get(f);
  if (!made || made.fn !== f.fn || made.defaults !== f.defaults || made.kwDefaults !== f.kwDefaults) {
    made = new PyFunction(f.fn, f.code, f.globals, f.module, f.defaults, f.kwDefaults);
    made.qualname = "__init__";
    made.closure = f.closure;
    plain.set(f, made);
  }
  return made;
}

const bareInit = nativeFunction("__init__", ["(self)", (() => null) as NativeMethod[1]]);

/** `def __init__(self)`, where nothing else is there. */
function refuseArguments(args: readonly Value[], kwargs: Kwargs): void {
  const [first] = kwargs.keys();
  if (first !== undefined) throw err(E.TypeError, `__init__() got an unexpected keyword argument '${first}'`);
  if (args.length > 0)
    throw err(E.TypeError, `__init__() takes 1 positional argument but ${args.length + 1} were given`);
}

interface Wrapped {
  readonly original: Value | undefined;
  readonly wrapper: PyBuiltin;
}
const wrapped = new WeakMap<PyType, Wrapped>();

function wrapInit(
  c: ClassRef,
  init: (next: () => void, obj: Instance, args: readonly Value[], kwargs: Kwargs) => void,
  constructor?: Value,
): void {
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
  const method = new PyBuiltin(
    "__init__",
    [
      "(self, *args, **kwargs)",
      ((self: Instance, args: Value[], kwargs: Kwargs): void => {
        // what is being given to the object is nowhere else as yet: User(team=session.get(Team, 1))
        args.forEach(held);
        kwargs.forEach(held);
        const first = original();
        const bare = first === objectType.dict.get("__init__");
        // arguments that do not fit are refused before anybody is told of a new object
        if (bare) refuseArguments(args, kwargs);
        else if (args.length > 0 && first instanceof PyBuiltin && first.text === BY_KEYWORDS)
          call(underPlainName(first), [self, ...args], kwargs);
        const given =
          first instanceof PyFunction
            ? passedOn(underPlainName(first) as PyFunction, self, args, kwargs)
            : { args, kwargs };
        const next = (): void => {
          if (typeof first === "function") (first as (o: Instance, kw: Kwargs) => void)(self, given.kwargs);
          else if (!bare)
            call(
              first instanceof PyFunction ? first : underPlainName(first),
              [self, ...given.args],
              given.kwargs.size ? given.kwargs : undefined,
            );
        };
        init(next, self, given.args, given.kwargs);
      }) as NativeMethod[1],
    ],
    "function",
    undefined,
    "sqlalchemy.orm.instrumentation",
    "python",
  );
  method.standsFor = () => {
    const first = original();
    return first === objectType.dict.get("__init__") ? bareInit : first;
  };
  wrapped.set(cls, { original: own, wrapper: method });
  cls.setAttr("__init__", method);
}

type Constructor = (obj: Instance, kwargs: Kwargs) => void;

/** A constructor of the engine's (declarative's, by keywords) as an `__init__`. */
function constructorMethod(cls: PyType, fn: Constructor): PyBuiltin {
  return new PyBuiltin(
    "__init__",
    [BY_KEYWORDS, ((self: Instance, kwargs: Kwargs) => fn(self, kwargs)) as NativeMethod[1]],
    "method",
    cls,
    null,
    "python",
  );
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

/** Evaluate an expression of relationship(): what the mapping knows of a name, then sqlalchemy's names, then built-in ones. */
function evaluateText(text: string, names: (name: string) => Value | undefined): Value {
  const code = codeHook.current!.compile(text, "<string>", "eval", false);
  const globals = new PyDict();
  // the names of the expression are asked for first, so that plain dictionaries serve
  for (const name of new Set(text.match(/[A-Za-z_]\w*/g) ?? [])) {
    const known =
      names(name) ??
      (name === "foreign" || name === "remote"
        ? (resolve(`sqlalchemy.orm.relationships.${name}`) ?? resolve(`sqlalchemy.orm.${name}`))
        : undefined) ??
      sqlalchemyName(name);
    if (known !== undefined) globals.set(name, toPython(known));
  }
  return codeHook.current!.run(code, globals, globals);
}

function sqlalchemyName(name: string): Value | undefined {
  return getAttrOrUndefined(importModule("sqlalchemy"), name);
}

needsModules(/dataclass/i, "dataclasses");
export const pythonFace: Face = {
  stateOf,
  setState,
  dictOf: (obj) => dictOf(obj) as AttrDict,
  classOf: (obj) => typeOf(obj),
  isInstance: (v): v is Instance => typeof v === "object" && v !== null && dictOf(v)?.has(STATE_KEY) === true,
  allocate: (cls) => {
    const t = asType(cls);
    const { new_ } = derivedOf(t);
    const made =
      new_ === objectType.dict.get("__new__") || new_ === undefined
        ? (t.allocator ?? objectType.allocator!)(t)
        : (call(getAttr(t, "__new__"), [t]) as object);
    // rows that are being loaded are in no variable of the program's
    hold(made as object);
    return made;
  },
  alive: isReachable,
  refers: noteReference,
  idOf: (v) => id(v),
  dictValue: (obj) => late.dictOver(dictOf(obj)!),

  isClass: (v): v is ClassRef => v instanceof PyType,
  className: (c) => typeName(asType(c)),
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
  describe,
  resolveForward: (c, text) => resolveForward(asType(c), text),
  managerOf: (c) => asType(c).dict.get(MANAGER_KEY) as ManagerRef | undefined,
  setManager: (c, m) => {
    if (m === undefined) asType(c).deleteAttr(MANAGER_KEY);
    else asType(c).setAttr(MANAGER_KEY, m);
  },
  install: (c, key, value) =>
    asType(c).setAttr(
      key,
      key === "__init__" && typeof value === "function"
        ? constructorMethod(asType(c), value as Constructor)
        : toPython(value),
    ),
  uninstall: (c, key) => void asType(c).deleteAttr(key),
  wrapInit,
  unwrapInit,
  hasOwnInit,
  makeClass: (name, bases, members) => {
    const ns: Namespace = new Map();
    for (const [k, v] of members)
      ns.set(
        k,
        k === "__init__" && typeof v === "function"
          ? constructorMethod(objectType, v as Constructor)
          : toPython(v),
      );
    const given = bases.length ? [...bases] : [objectType];
    const metaclass = given.map((b) => (b as PyType)[TYPE]).find((m) => m !== typeType) ?? typeType;
    return metaclass === typeType
      ? newType(typeType, name, given, ns, new Map())
      : (call(metaclass, [name, new PyTuple(given), late.dict(ns)]) as PyType);
  },
  evaluate: (text, names) => evaluateText(text, names),
  isDataclassField: (v) =>
    typeof v === "object" &&
    v !== null &&
    typeOf(v).module === "dataclasses" &&
    typeName(typeOf(v)) === "Field",
  dataclassField: (kwargs) => call(getAttr(importModule("dataclasses"), "field"), [], kwargs),
  dataclassConstant: (value) => nativeFunction("<lambda>", ["()", (() => value) as NativeMethod[1]]),
  makeDataclass: (c, annotations, transform, kwargs) => {
    const cls = asType(c);
    const before = cls.dict.get("__annotations__");
    cls.setAttr("__annotations__", PyDict.from(annotations));
    try {
      call(transform ?? getAttr(importModule("dataclasses"), "dataclass"), [cls], kwargs);
    } finally {
      if (before === undefined) cls.deleteAttr("__annotations__");
      else cls.setAttr("__annotations__", before);
    }
  },
  ...collectionFace,
};
