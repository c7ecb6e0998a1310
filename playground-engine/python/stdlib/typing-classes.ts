// Generic, Protocol, NamedTuple and TypedDict: the parts of typing that make classes.
// Behaviour: docs.python.org/3.11/library/typing.html.
import { callMethod, getAttr, getAttrOrUndefined, hasAttr } from "../runtime/attributes.ts";
import { objectType, typeType } from "../runtime/base-types.ts";
import { bindSpecial, callN, callVec } from "../runtime/call.ts";
import { eqTruth } from "../runtime/comparison.ts";
import { E, raise } from "../runtime/exceptions.ts";
import { toArray } from "../runtime/iteration.ts";
import { late as runtimeLate } from "../runtime/late.ts";
import { importModule } from "../runtime/modules.ts";
import { nativeFunction } from "../runtime/native-function.ts";
import {
  asStr,
  type Kwargs,
  type Namespace,
  NotImplemented,
  PyTuple,
  PyType,
  TYPE,
  typeOf,
  type Value,
} from "../runtime/object.ts";
import { repr } from "../runtime/repr.ts";
import { isTrue } from "../runtime/truth.ts";
import { newType } from "../runtime/type-type.ts";
import { nativeType } from "../runtime/native-type.ts";
import { isSubclassCheck } from "../builtins/class-checks.ts";
import { dictType } from "../builtins/dict-type.ts";
import { PyDict } from "../builtins/dict.ts";
import { callable } from "../builtins/functions.ts";
import { checkArgumentCount, chooseArguments, collectParameters } from "../builtins/generic-alias.ts";
import { PyFrozenSet } from "../builtins/set.ts";
import { tupleType } from "../builtins/list-type.ts";
import { abcMeta, asking, updateAbstract, within } from "./abc.ts";
import { makeClass } from "./make-class.ts";
import { callerModule, checkNames, namedTupleClass } from "./namedtuple.ts";
import { once } from "./typing-cache.ts";
import {
  checkType,
  converted,
  form,
  isParamExpression,
  itemsOf,
  late,
  PyAlias,
  PyForwardRef,
  PyTypeVar,
  PyTypeVarTuple,
} from "./typing-forms.ts";

const module = "typing";

/** What comes after a class in the MRO of another, bound: super(owner, cls).name. */
function nextMethod(cls: PyType, owner: PyType, name: string): Value | undefined {
  for (const c of cls.mro.slice(cls.mro.indexOf(owner) + 1)) {
    const v = c.dict.get(name);
    if (v !== undefined) return bindSpecial(v, cls, cls);
  }
  return undefined;
}

/**
 * A class that is generic without deriving from Generic here, with its arguments; text among them is a forward reference.
 * @param count how many it takes; undefined for any number
 */
export function genericOf(cls: PyType, key: Value, count: number | undefined): PyAlias {
  const params = itemsOf(key).map((p) =>
    isParamExpression(p) ? p : checkType(p, "Parameters to generic types must be types."),
  );
  if (count !== undefined) checkArgumentCount(cls, params.length, count);
  return new PyAlias("generic", cls, params, null);
}

/** `Generic[T]`, `Protocol[T]`, and `Box[int]` of a class that derives from either. */
function classGetItem(cls: PyType, key: Value): Value {
  const plain = cls === genericClass || cls === protocolClass;
  const params = itemsOf(key).map((v) => converted(v));
  if (plain) {
    if (params.length === 0) raise(E.TypeError, `Parameter list to ${cls.qualname}[...] cannot be empty`);
    for (const p of params) {
      const ok =
        (p instanceof PyTypeVar && !(p instanceof PyTypeVarTuple)) ||
        (p instanceof PyAlias && p.kind === "unpack" && p.args[0] instanceof PyTypeVarTuple);
      if (!ok)
        raise(
          E.TypeError,
          `Parameters to ${cls.name}[...] must all be type variables or parameter specification variables.`,
        );
    }
    if (params.some((p, i) => params.slice(0, i).some((q) => eqTruth(p, q))))
      raise(E.TypeError, `Parameters to ${cls.name}[...] must all be unique`);
    return new PyAlias("generic", cls, params, null);
  }
  const own = getAttrOrUndefined(cls, "__parameters__");
  const expected = own instanceof PyTuple ? own.items : [];
  if (expected.length === 0) raise(E.TypeError, `${repr(cls)} is not a generic class`);
  const chosen = chooseArguments(cls, expected, params);
  const flat = expected.flatMap((p) =>
    p instanceof PyTypeVarTuple ? itemsOf(chosen.get(p)!) : [chosen.get(p)],
  );
  return new PyAlias("generic", cls, flat, null);
}

/** Find the type variables of a class that derives from Generic. */
function initGeneric(cls: PyType): void {
  const orig = cls.dict.get("__orig_bases__");
  let params: readonly Value[] = [];
  if (orig instanceof PyTuple) {
    if (orig.items.includes(genericClass)) raise(E.TypeError, "Cannot inherit from plain Generic");
    params = collectParameters(orig.items);
    let named: readonly Value[] | undefined;
    for (const b of orig.items) {
      if (!(b instanceof PyAlias) || (b.origin !== genericClass && b.origin !== protocolClass)) continue;
      if (b.origin === genericClass || b.args.length > 0) {
        if (named !== undefined && b.origin === genericClass)
          raise(E.TypeError, "Cannot inherit from Generic[...] multiple times.");
        named = b.parameters.items;
      }
    }
    if (named !== undefined) {
      const missing = params.filter((p) => !named.includes(p));
      if (missing.length > 0) {
        raise(
          E.TypeError,
          `Some type variables (${missing.map(repr).join(", ")}) are not listed in Generic[${named.map(repr).join(", ")}]`,
        );
      }
      params = named;
    }
  } else if (cls.bases.includes(genericClass) && cls.name !== "Protocol" && cls[TYPE] !== typedDictMeta)
    raise(E.TypeError, "Cannot inherit from plain Generic");
  cls.setAttr("__parameters__", new PyTuple(params));
}

export const genericClass: PyType = makeClass({
  name: "Generic",
  module,
  doc: "The base of classes with type variables.",
  hasDict: false,
  classMethods: {
    __class_getitem__: [
      "(cls, params)",
      (cls: PyType, params: Value) => once(cls, params, () => classGetItem(cls, params)),
    ],
    __init_subclass__: [
      "(cls, /, *args, **kwargs)",
      (cls: PyType, args: readonly Value[], kwargs: Kwargs) => {
        const next = nextMethod(cls, genericClass, "__init_subclass__");
        if (next !== undefined) callVec(next, [...args, ...kwargs.values()], [...kwargs.keys()]);
        if (late.protocol !== undefined) initGeneric(cls);
      },
    ],
  },
  members: { _is_protocol: false },
});
late.generic = genericClass;

// Protocol

const NOT_MEMBERS = new Set([
  "__parameters__",
  "__orig_bases__",
  "__orig_class__",
  "_is_protocol",
  "_is_runtime_protocol",
  "__final__",
  "_MutableMapping__marker",
  "__abstractmethods__",
  "__annotations__",
  "__dict__",
  "__doc__",
  "__init__",
  "__module__",
  "__new__",
  "__slots__",
  "__subclasshook__",
  "__weakref__",
  "__class_getitem__",
  "__match_args__",
  "_abc_impl",
]);

/** Names that a class must have to satisfy a protocol. */
function protocolMembers(cls: PyType): string[] {
  const out = new Set<string>();
  for (const c of cls.mro.slice(0, -1)) {
    if (c === protocolClass || c === genericClass) continue;
    const annotations = c.dict.get("__annotations__");
    for (const n of [
      ...c.dict.keys(),
      ...(annotations instanceof PyDict ? annotations.keys().map((k) => asStr(k)!) : []),
    ]) {
      if (!n.startsWith("_abc_") && !NOT_MEMBERS.has(n)) out.add(n);
    }
  }
  return [...out];
}

const isProtocol = (cls: PyType): boolean => cls.lookup("_is_protocol") === true;
const isRuntime = (cls: PyType): boolean => cls.lookup("_is_runtime_protocol") === true;
const onlyMethods = (cls: PyType): boolean =>
  protocolMembers(cls).every((n) => callable(getAttrOrUndefined(cls, n) ?? null));

/** issubclass() against a protocol: by the methods that stand in the MRO. */
function protocolHook(cls: PyType, other: Value): Value {
  if (cls.dict.get("_is_protocol") !== true) return NotImplemented;
  if (within.abc && (!isRuntime(cls) || !onlyMethods(cls))) return NotImplemented;
  if (!isRuntime(cls))
    raise(E.TypeError, "Instance and class checks can only be used with @runtime_checkable protocols");
  if (!onlyMethods(cls)) raise(E.TypeError, "Protocols with non-method members don't support issubclass()");
  if (!(other instanceof PyType)) raise(E.TypeError, "issubclass() arg 1 must be a class");
  for (const n of protocolMembers(cls)) {
    let found = false;
    for (const c of other.mro) {
      const v = c.dict.get(n);
      if (v !== undefined) {
        if (v === null) return NotImplemented;
        found = true;
        break;
      }
      const annotations = c.dict.get("__annotations__");
      if (annotations instanceof PyDict && annotations.has(n) && isProtocol(other)) {
        found = true;
        break;
      }
    }
    if (!found) return NotImplemented;
  }
  return true;
}

const baseInstanceCheck = abcMeta.dict.get("__instancecheck__")!;

const protocolMeta: PyType = makeClass({
  name: "_ProtocolMeta",
  module,
  bases: [abcMeta],
  methods: {
    __instancecheck__: [
      "(cls, instance)",
      (cls: PyType, v: Value) => {
        const protocol = isProtocol(cls);
        if (protocol && !isRuntime(cls))
          raise(E.TypeError, "Instance and class checks can only be used with @runtime_checkable protocols");
        if ((!protocol || onlyMethods(cls)) && isSubclassCheck(getAttr(v, "__class__"), cls)) return true;
        if (protocol) {
          const all = protocolMembers(cls).every(
            (n) => hasAttr(v, n) && (!callable(getAttrOrUndefined(cls, n) ?? null) || getAttr(v, n) !== null),
          );
          if (all) return true;
        }
        return asking(() => isTrue(callN(baseInstanceCheck, [cls, v])));
      },
    ],
  },
});
protocolMeta.dict.delete("__dict__");

const noInit: Value = nativeFunction(
  "_no_init_or_replace_init",
  [
    "(self, /, *args, **kwargs)",
    (self: Value, args: readonly Value[], kwargs: Kwargs) => {
      const cls = typeOf(self);
      if (cls.dict.get("_is_protocol") === true) raise(E.TypeError, "Protocols cannot be instantiated");
      // called by super().__init__() of a class with one of its own
      if (cls.lookup("__init__") !== noInit) return;
      for (const c of cls.mro) {
        const init = c.dict.get("__init__");
        if (init === undefined || init === noInit || isProtocol(c)) continue;
        callVec(init, [self, ...args, ...kwargs.values()], [...kwargs.keys()]);
        return;
      }
    },
  ],
  module,
);

const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  "collections.abc": [
    "Callable",
    "Awaitable",
    "Iterable",
    "Iterator",
    "AsyncIterable",
    "Hashable",
    "Sized",
    "Container",
    "Collection",
    "Reversible",
  ],
  contextlib: ["AbstractContextManager", "AbstractAsyncContextManager"],
};

export const protocolClass: PyType = newType(
  protocolMeta,
  "Protocol",
  [genericClass],
  new Map<string, Value>([
    ["__module__", module],
    ["_is_protocol", true],
    ["_is_runtime_protocol", false],
    ["__slots__", new PyTuple([])],
  ]),
  new Map(),
);
protocolClass.doc = "The base of structural types.";
late.protocol = protocolClass;
protocolClass.setAttr("__parameters__", new PyTuple([]));
{
  const table = makeClass({
    name: "_",
    module,
    classMethods: {
      __init_subclass__: [
        "(cls, /, *args, **kwargs)",
        (cls: PyType, args: readonly Value[], kwargs: Kwargs) => {
          const next = nextMethod(cls, protocolClass, "__init_subclass__");
          if (next !== undefined) callVec(next, [...args, ...kwargs.values()], [...kwargs.keys()]);
          if (cls.dict.get("_is_protocol") !== true)
            cls.setAttr("_is_protocol", cls.bases.includes(protocolClass));
          if (!cls.dict.has("__subclasshook__")) cls.setAttr("__subclasshook__", hook);
          if (cls.dict.get("_is_protocol") !== true) return;
          for (const b of cls.bases) {
            const ok =
              b === objectType || b === genericClass || ALLOWED[b.module]?.includes(b.name) || isProtocol(b);
            if (!ok) raise(E.TypeError, `Protocols can only inherit from other protocols, got ${repr(b)}`);
          }
          if (!cls.dict.has("__init__")) cls.setAttr("__init__", noInit);
        },
      ],
      __subclasshook__: [
        "(cls, other)",
        (cls: PyType, other: Value) => (cls === protocolClass ? NotImplemented : protocolHook(cls, other)),
      ],
    },
  });
  for (const n of ["__init_subclass__", "__subclasshook__"]) protocolClass.dict.set(n, table.dict.get(n)!);
  protocolClass.changed();
}
const hook = protocolClass.dict.get("__subclasshook__")!;
updateAbstract(protocolClass);

export function runtimeCheckable(cls: Value): Value {
  if (!(cls instanceof PyType) || !cls.isSubtypeOf(genericClass) || !isProtocol(cls)) {
    raise(E.TypeError, `@runtime_checkable can be only applied to protocol classes, got ${repr(cls)}`);
  }
  cls.setAttr("_is_runtime_protocol", true);
  return cls;
}

/** A protocol of this module with one method. */
export function supports(name: string, method: string, generic: Value | undefined): PyType {
  const bases = [protocolClass];
  const abstract = makeClass({ name: "_", module, methods: { [method]: ["(self)", () => null] } }).dict.get(
    method,
  )!;
  const ns: Namespace = new Map<string, Value>([
    ["__module__", module],
    [method, abstract],
    ["__slots__", new PyTuple([])],
  ]);
  if (generic !== undefined)
    ns.set("__orig_bases__", new PyTuple([new PyAlias("generic", protocolClass, [generic], null)]));
  const t = newType(protocolMeta, name, bases, ns, new Map());
  t.setAttr("__abstractmethods__", new PyFrozenSet([method]));
  runtimeCheckable(t);
  return t;
}

// NamedTuple

const RESERVED = new Set([
  "__new__",
  "__init__",
  "__slots__",
  "__getnewargs__",
  "_fields",
  "_field_defaults",
  "_field_types",
  "_make",
  "_replace",
  "_asdict",
  "_source",
]);
const SPECIAL = new Set([
  "__module__",
  "__name__",
  "__annotations__",
  "__qualname__",
  "__orig_bases__",
  "__doc__",
  "__classcell__",
]);

function makeNamedTuple(
  name: string,
  fields: readonly (readonly [string, Value])[],
  defaults: readonly Value[],
  owner: Value,
): PyType {
  const types = fields.map(([n, t]) => [n, checkType(t, `field ${n} annotation must be a type`)] as const);
  const names = fields.map(([n]) => n);
  checkNames(name, names, false);
  const cls = namedTupleClass(name, names, asStr(owner) ?? callerModule(), defaults);
  cls.setAttr("__annotations__", PyDict.from(types));
  return cls;
}

const namedTupleMeta: PyType = makeClass({
  name: "NamedTupleMeta",
  module,
  bases: [typeType],
  new: [
    "(cls, typename, bases, ns)",
    (_meta: PyType, name: string, bases: PyTuple, body: Value) => {
      const ns = runtimeLate.namespaceOf(body)!;
      for (const b of bases.items) {
        if (b !== namedTupleBase && b !== genericClass)
          raise(E.TypeError, "can only inherit from a NamedTuple type and Generic");
      }
      if (bases.items.filter((b) => b === namedTupleBase).length > 1)
        raise(E.TypeError, "duplicate base class tuple");
      const annotations = ns.get("__annotations__");
      const fields =
        annotations instanceof PyDict ? annotations.entries().map(([n, t]) => [asStr(n)!, t] as const) : [];
      const withDefault: string[] = [];
      for (const [n] of fields) {
        if (ns.has(n)) withDefault.push(n);
        else if (withDefault.length > 0) {
          raise(
            E.TypeError,
            `Non-default namedtuple field ${n} cannot follow default field${withDefault.length > 1 ? "s" : ""} ${withDefault.join(", ")}`,
          );
        }
      }
      const made = makeNamedTuple(
        name,
        fields,
        withDefault.map((n) => ns.get(n)),
        ns.get("__module__") ?? null,
      );
      if (bases.items.includes(genericClass)) {
        const real = bases.items.map((b) => (b === namedTupleBase ? tupleType : genericClass));
        const again = rebase(made, real, ns);
        again.setAttr("__class_getitem__", genericClass.dict.get("__class_getitem__")!);
        return finishNamedTuple(again, ns);
      }
      return finishNamedTuple(made, ns);
    },
  ],
  init: ["(cls, /, *args, **kwargs)", () => undefined],
});
namedTupleMeta.dict.delete("__dict__");

/** The named tuple made anew with Generic among its bases. */
function rebase(made: PyType, bases: readonly PyType[], ns: Namespace): PyType {
  const dict: Namespace = new Map(made.dict);
  const orig = ns.get("__orig_bases__");
  if (orig !== undefined) dict.set("__orig_bases__", orig);
  dict.delete("__dict__");
  dict.delete("__weakref__");
  return newType(typeType, made.name, bases, dict, new Map());
}

function finishNamedTuple(cls: PyType, ns: Namespace): PyType {
  const fields = new Set((cls.lookup("_fields") as PyTuple).items as string[]);
  for (const [n, v] of ns) {
    if (RESERVED.has(n)) raise(E.AttributeError, `Cannot overwrite NamedTuple attribute ${n}`);
    if (SPECIAL.has(n) || fields.has(n)) continue;
    cls.setAttr(n, v);
    const setName = typeof v === "object" && v !== null ? typeOf(v).lookup("__set_name__") : undefined;
    if (setName !== undefined && setName !== null) callN(setName, [v, cls, n]);
  }
  const doc = ns.get("__doc__");
  if (doc !== undefined && doc !== null) cls.setAttr("__doc__", doc);
  cls.setAttr("__orig_bases__", ns.get("__orig_bases__") ?? new PyTuple([namedTuple]));
  const q = ns.get("__qualname__");
  if (asStr(q ?? null) !== undefined) cls.qualname = asStr(q)!;
  // The cell of a zero-argument super() in the body must come to hold the class.
  const cell = ns.get("__classcell__") as { set?(v: Value): void } | undefined;
  cell?.set?.(cls);
  return cls;
}

const namedTupleBase: PyType = newType(
  typeType,
  "_NamedTuple",
  [objectType],
  new Map<string, Value>([["__module__", module]]),
  new Map(),
);
namedTupleBase[TYPE] = namedTupleMeta;

class PyNamedTupleFunction {
  declare [TYPE]: PyType;
}
nativeType({
  name: "function",
  host: PyNamedTupleFunction,
  methods: {
    __repr__: ["(self)", () => "<function NamedTuple at 0x7f0000000001>"],
    __mro_entries__: ["(self, bases)", () => new PyTuple([namedTupleBase])],
    __call__: [
      "(self, typename, fields=None, /, **kwargs)",
      (_f: Value, name: string, fields: Value, kwargs: Kwargs) => {
        if (fields !== null && kwargs.size > 0)
          raise(E.TypeError, "Either list of fields or keywords can be provided to NamedTuple, not both");
        const list =
          fields === null
            ? [...kwargs]
            : toArray(fields)
                .map((p) => toArray(p))
                .map(([n, t]) => [asStr(n)!, t] as const);
        const cls = makeNamedTuple(name, list, [], null);
        cls.setAttr("__orig_bases__", new PyTuple([namedTuple]));
        return cls;
      },
    ],
  },
  getters: { __name__: () => "NamedTuple", __qualname__: () => "NamedTuple", __module__: () => module },
});
export const namedTuple: Value = new PyNamedTupleFunction();

// TypedDict

/** The annotation inside Required, NotRequired and Annotated. */
function requirement(t: Value): "Required" | "NotRequired" | undefined {
  let inner = t;
  if (inner instanceof PyAlias && inner.kind === "annotated") inner = inner.origin;
  if (!(inner instanceof PyAlias)) return undefined;
  return inner.origin === form("Required")
    ? "Required"
    : inner.origin === form("NotRequired")
      ? "NotRequired"
      : undefined;
}

function makeTypedDict(
  meta: PyType,
  name: string,
  bases: readonly Value[],
  ns: Namespace,
  total: boolean,
): PyType {
  for (const b of bases) {
    if (b !== typedDictBase && b !== genericClass && !(b instanceof PyType && b[TYPE] === typedDictMeta))
      raise(E.TypeError, "cannot inherit from both a TypedDict type and a non-TypedDict base class");
  }
  const real: PyType[] =
    bases.includes(genericClass) || bases.some((b) => b instanceof PyType && b.isSubtypeOf(genericClass))
      ? [genericClass, dictType]
      : [dictType];
  const owner = ns.get("__module__") ?? null;
  const own = ns.get("__annotations__");
  const annotations = new PyDict();
  // of a key that several bases have, the last one says whether it is required
  const must = new PyDict();
  for (const b of bases) {
    if (!(b instanceof PyType)) continue;
    const inherited = b.dict.get("__annotations__");
    if (inherited instanceof PyDict) annotations.merge(inherited);
    for (const k of toArray(b.dict.get("__required_keys__") ?? new PyTuple([]))) must.set(k, true);
    for (const k of toArray(b.dict.get("__optional_keys__") ?? new PyTuple([]))) must.set(k, false);
  }
  for (const [k, t] of own instanceof PyDict ? own.entries() : []) {
    const text = asStr(t);
    const type =
      text === undefined
        ? checkType(t, "TypedDict('Name', {f0: t0, f1: t1, ...}); each t must be a type")
        : new PyForwardRef(text, owner);
    annotations.set(k, type);
    const how = requirement(type);
    must.set(k, how === "Required" || (how === undefined && total));
  }
  const keys = (required: boolean): Value =>
    new PyFrozenSet(
      must
        .entries()
        .filter(([, yes]) => yes === required)
        .map(([k]) => k),
    );
  const body: Namespace = new Map(ns);
  body.set("__annotations__", annotations);
  body.set("__required_keys__", keys(true));
  body.set("__optional_keys__", keys(false));
  body.set("__total__", total);
  return newType(meta, name, real, body, new Map());
}

export const typedDictMeta: PyType = makeClass({
  name: "_TypedDictMeta",
  module,
  bases: [typeType],
  new: [
    "(cls, name, bases, ns, total=True)",
    (meta: PyType, name: string, bases: Value, body: Value, total: Value) =>
      makeTypedDict(meta, name, toArray(bases), new Map(runtimeLate.namespaceOf(body)!), isTrue(total)),
  ],
  init: ["(cls, /, *args, **kwargs)", () => undefined],
  methods: {
    __call__: [
      "(cls, /, *args, **kwargs)",
      (_cls: PyType, args: readonly Value[], kwargs: Kwargs) =>
        callVec(dictType, [...args, ...kwargs.values()], [...kwargs.keys()]),
    ],
    __instancecheck__: [
      "(cls, other)",
      () => raise(E.TypeError, "TypedDict does not support instance and class checks"),
    ],
    __subclasscheck__: [
      "(cls, other)",
      () => raise(E.TypeError, "TypedDict does not support instance and class checks"),
    ],
  },
});
typedDictMeta.dict.delete("__dict__");
const typedDictBase: PyType = newType(
  typeType,
  "TypedDict",
  [objectType],
  new Map<string, Value>([["__module__", module]]),
  new Map(),
);
typedDictBase[TYPE] = typedDictMeta;

class PyTypedDictFunction {
  declare [TYPE]: PyType;
}
nativeType({
  name: "function",
  host: PyTypedDictFunction,
  methods: {
    __repr__: ["(self)", () => "<function TypedDict at 0x7f0000000002>"],
    __mro_entries__: ["(self, bases)", () => new PyTuple([typedDictBase])],
    __call__: [
      "(self, typename, fields=None, /, *, total=True, **kwargs)",
      (_f: Value, name: string, fields: Value, total: Value, kwargs: Kwargs) => {
        if (fields !== null && kwargs.size > 0)
          raise(E.TypeError, "TypedDict takes either a dict or keyword arguments, but not both");
        if (kwargs.size > 0)
          callMethod(
            importModule("warnings"),
            "warn",
            "The kwargs-based syntax for TypedDict definitions is deprecated in Python 3.11, will be removed in Python 3.13, and may not be understood by third-party type checkers.",
            E.DeprecationWarning,
          );
        const annotations = fields === null ? PyDict.from([...kwargs]) : callN(dictType, [fields]);
        const ns: Namespace = new Map<string, Value>([["__annotations__", annotations]]);
        const owner = callerModule();
        if (owner !== undefined) ns.set("__module__", owner);
        const cls = makeTypedDict(typedDictMeta, name, [], ns, isTrue(total));
        cls.setAttr("__orig_bases__", new PyTuple([typedDict]));
        return cls;
      },
    ],
  },
  getters: { __name__: () => "TypedDict", __qualname__: () => "TypedDict", __module__: () => module },
});
export const typedDict: Value = new PyTypedDictFunction();
