// The modules types, copy, copyreg and weakref.
// Behaviour: docs.python.org/3.11/library/types.html, copy.html, weakref.html.
import { callMethod, delAttr, getAttr, getAttrOrUndefined, setAttr } from "../runtime/attributes.ts";
import { objectType, typeType } from "../runtime/base-types.ts";
import { call1, callN, callSpecial, callVec } from "../runtime/call.ts";
import { eqTruth } from "../runtime/comparison.ts";
import { memberType } from "../runtime/slots.ts";
import { E, raise } from "../runtime/exceptions.ts";
import { frameType, tracebackType } from "../runtime/frames.ts";
import {
  cellType,
  codeType,
  functionType,
  methodType,
  PyBoundMethod,
  PyFunction,
} from "../runtime/function.ts";
import { asyncGeneratorType, coroutineType, generatorType, iterableCoroutine } from "../runtime/generator.ts";
import { hash, id } from "../runtime/hash.ts";
import { setItem } from "../runtime/items.ts";
import { toArray } from "../runtime/iteration.ts";
import { late } from "../runtime/late.ts";
import { defineModule, importModule, moduleType, PyModule } from "../runtime/modules.ts";
import {
  builtinFunctionType,
  classMethodDescriptorType,
  methodDescriptorType,
  methodWrapperType,
  nativeFunction,
  PyBuiltin,
  PyBuiltinMethod,
  wrapperDescriptorType,
} from "../runtime/native-function.ts";
import { getSetType, nativeType } from "../runtime/native-type.ts";
import type { NativeMethod } from "../runtime/native.ts";
import {
  asStr,
  dictOf,
  type Kwargs,
  NotImplemented,
  PyBytes,
  PyList,
  PyObject,
  PyTuple,
  PyType,
  TYPE,
  typeOf,
  type Value,
} from "../runtime/object.ts";
import { guardedRepr, repr } from "../runtime/repr.ts";
import { isTrue } from "../runtime/truth.ts";
import { resolveBases, winner } from "../runtime/type-type.ts";
import { PyByteArray } from "../builtins/buffer.ts";
import { mappingProxyType, updateDict } from "../builtins/dict-type.ts";
import { PyDict } from "../builtins/dict.ts";
import { genericAliasType, unionType } from "../builtins/generic-alias.ts";
import { PyRange } from "../builtins/range-type.ts";
import { PyFrozenSet, PySet } from "../builtins/set.ts";
import { ellipsisType, noneType, notImplementedType } from "../builtins/singletons.ts";
import { PySlice } from "../builtins/slice-type.ts";
import { makeClass } from "./make-class.ts";

// types

class PySimpleNamespace extends PyObject {}

const simpleNamespaceType: PyType = nativeType({
  name: "SimpleNamespace",
  module: "types",
  dotted: true,
  doc: "An object with attributes of one's own.",
  host: PySimpleNamespace,
  hasDict: true,
  allocator: (cls) => new PySimpleNamespace(cls),
  new: ["(cls, /, *args, **kwargs)", (cls: PyType) => new PySimpleNamespace(cls)],
  init: [
    "(self, /, **kwargs)",
    (self: PySimpleNamespace, kwargs: Kwargs) => {
      for (const [k, v] of kwargs) dictOf(self)!.set(k, v);
    },
  ],
  methods: {
    __repr__: [
      "(self, /)",
      (self: PySimpleNamespace) => {
        const name = self[TYPE] === simpleNamespaceType ? "namespace" : self[TYPE].name;
        return guardedRepr(
          self,
          `${name}(...)`,
          () => `${name}(${[...dictOf(self)!].map(([k, v]) => `${k}=${repr(v)}`).join(", ")})`,
        );
      },
    ],
    __eq__: [
      "(self, value, /)",
      (a: Value, b: Value) =>
        a instanceof PySimpleNamespace && b instanceof PySimpleNamespace
          ? eqTruth(late.dictOver(dictOf(a)!), late.dictOver(dictOf(b)!))
          : NotImplemented,
    ],
    __reduce__: [
      "(self, /)",
      (self: PySimpleNamespace) => new PyTuple([self[TYPE], new PyTuple([]), late.dictOver(dictOf(self)!)]),
    ],
  },
});

function newClass(name: string, bases: Value, kwds: Value, body: Value): Value {
  const kwargs: Kwargs = new Map(kwds === null ? [] : (late.namespaceOf(kwds) ?? new Map<string, Value>()));
  const { bases: resolved, changed } = resolveBases(toArray(bases));
  const [meta, ns] = prepareClass(name, resolved, kwargs);
  if (body !== null) call1(body, ns);
  if (changed) setItem(ns, "__orig_bases__", new PyTuple(toArray(bases)));
  return callVec(meta, [name, new PyTuple(resolved), ns, ...kwargs.values()], [...kwargs.keys()]);
}

function prepareClass(name: string, bases: readonly Value[], kwargs: Kwargs): [Value, Value] {
  let meta: Value = kwargs.get("metaclass") ?? (bases.length > 0 ? typeOf(bases[0]) : typeType);
  kwargs.delete("metaclass");
  if (meta instanceof PyType)
    meta = winner(
      meta,
      bases.filter((b): b is PyType => b instanceof PyType),
    );
  const prepare = getAttrOrUndefined(meta, "__prepare__");
  const ns =
    prepare === undefined
      ? new PyDict()
      : callVec(prepare, [name, new PyTuple(bases), ...kwargs.values()], [...kwargs.keys()]);
  return [meta, ns];
}

defineModule("types", () => ({
  name: "types",
  doc: "Names for the types of the interpreter.",
  functions: {
    new_class: [
      "(name, bases=(), kwds=None, exec_body=None)",
      newClass,
      "Make a class as a class statement does.",
    ],
    resolve_bases: [
      "(bases)",
      (bases: Value) => new PyTuple(resolveBases(toArray(bases)).bases),
      "Bases with __mro_entries__ asked.",
    ],
    prepare_class: [
      "(name, bases=(), kwds=None)",
      (name: string, bases: Value, kwds: Value) => {
        const kwargs: Kwargs = new Map(
          kwds === null ? [] : (late.namespaceOf(kwds) ?? new Map<string, Value>()),
        );
        const [meta, ns] = prepareClass(name, toArray(bases), kwargs);
        return new PyTuple([meta, ns, late.dict(kwargs)]);
      },
      "Metaclass and namespace for a class.",
    ],
    get_original_bases: [
      "(cls, /)",
      (cls: PyType) => cls.dict.get("__orig_bases__") ?? new PyTuple(cls.bases),
    ],
    coroutine: ["(func)", (f: Value) => iterableCoroutine(f), "Make a generator function awaitable."],
  },
  members: {
    SimpleNamespace: simpleNamespaceType,
    FunctionType: functionType,
    LambdaType: functionType,
    CodeType: codeType,
    MappingProxyType: mappingProxyType,
    CellType: cellType,
    GeneratorType: generatorType,
    CoroutineType: coroutineType,
    AsyncGeneratorType: asyncGeneratorType,
    MethodType: methodType,
    BuiltinFunctionType: builtinFunctionType,
    BuiltinMethodType: builtinFunctionType,
    WrapperDescriptorType: wrapperDescriptorType,
    MethodWrapperType: methodWrapperType,
    MethodDescriptorType: methodDescriptorType,
    ClassMethodDescriptorType: classMethodDescriptorType,
    ModuleType: moduleType,
    TracebackType: tracebackType,
    FrameType: frameType,
    GetSetDescriptorType: getSetType,
    MemberDescriptorType: memberType,
    DynamicClassAttribute: () => getAttr(importModule("enum"), "property"),
    GenericAlias: genericAliasType,
    UnionType: unionType,
    EllipsisType: ellipsisType,
    NoneType: noneType,
    NotImplementedType: notImplementedType,
  },
}));

// copyreg

const dispatchTable = new PyDict();

defineModule("copyreg", () => ({
  name: "copyreg",
  functions: {
    pickle: [
      "(ob_type, pickle_function, constructor_ob=None)",
      (t: Value, f: Value) => dispatchTable.set(t, f),
      "Say how objects of a type are taken apart.",
    ],
    ["constructor"]: ["(object)", () => undefined] as NativeMethod,
    __newobj__: [
      "(cls, *args)",
      (cls: Value, args: readonly Value[]) => callN(getAttr(cls, "__new__"), [cls, ...args]),
    ],
    __newobj_ex__: [
      "(cls, args, kwargs)",
      (cls: Value, args: Value, kwargs: Value) => {
        const kw = late.namespaceOf(kwargs) ?? new Map<string, Value>();
        return callVec(getAttr(cls, "__new__"), [cls, ...toArray(args), ...kw.values()], [...kw.keys()]);
      },
    ],
    _reconstructor: [
      "(cls, base, state)",
      (cls: PyType, base: PyType, state: Value) =>
        callN(getAttr(base, "__new__"), base === objectType ? [cls] : [cls, state]),
    ],
    _reduce_ex: [
      "(self, proto)",
      (self: Value) =>
        new PyTuple([
          nativeFunction("_reconstructor", [
            "(cls)",
            (cls: PyType) => callN(getAttr(objectType, "__new__"), [cls]),
          ]),
          new PyTuple([typeOf(self)]),
          callMethod(self, "__getstate__"),
        ]),
    ],
  },
  members: { dispatch_table: dispatchTable },
}));

// copy

const copyError = makeClass({ name: "Error", module: "copy", bases: [E.Exception] });

/** Whether copies of it are itself: nothing in it can change. */
function isAtomic(v: Value): boolean {
  if (typeof v !== "object" || v === null) return true;
  return (
    v instanceof PyType ||
    v instanceof PyFunction ||
    v instanceof PyBuiltin ||
    v instanceof PyBuiltinMethod ||
    v instanceof PyModule ||
    v instanceof PyRange ||
    v instanceof PySlice
  );
}

/** Types whose instances are never copied. */
const ATOMIC = new Set(["float", "complex", "bytes", "ellipsis", "NotImplementedType", "property", "code"]);
const isPlainAtomic = (v: Value): boolean => isAtomic(v) || ATOMIC.has(typeOf(v).name);

function shallow(v: Value): Value {
  const t = typeOf(v);
  if (!t.heap) {
    if (isPlainAtomic(v)) return v;
    if (v instanceof PyList) return new PyList(v.items.slice());
    if (v instanceof PyTuple || v instanceof PyFrozenSet) return v;
    if (v instanceof PyDict && t === PyDict.prototype[TYPE]) return v.copy();
    if (v instanceof PySet) return new PySet(v.items());
    if (v instanceof PyByteArray) return new PyByteArray(v.data.slice());
  }
  if (v instanceof PyType) return v;
  const own = getAttrOrUndefined(t, "__copy__");
  if (own !== undefined) return callSpecial(v, "__copy__", []);
  return rebuild(v, reduced(v), undefined);
}

function reduced(v: Value): Value {
  const t = typeOf(v);
  const custom = dispatchTable.get(t);
  if (custom !== undefined) return call1(custom, v);
  return callMethod(v, "__reduce_ex__", 4);
}

/** An object made anew from what __reduce_ex__ gave; deep where a memo is given. */
function rebuild(v: Value, recipe: Value, memo: PyDict | undefined): Value {
  if (asStr(recipe) !== undefined) return v;
  const [maker, argsGiven, stateGiven, items, entries] = toArray(recipe) as [
    Value,
    Value,
    Value?,
    Value?,
    Value?,
  ];
  const deep = memo !== undefined;
  const args = toArray(argsGiven);
  const y = callN(maker, deep && args.length > 0 ? args.map((a) => deepcopy(a, memo)) : args);
  if (deep) memo.set(id(v), y);
  if (stateGiven !== undefined && stateGiven !== null) {
    let state = deep ? deepcopy(stateGiven, memo) : stateGiven;
    if (getAttrOrUndefined(y, "__setstate__") !== undefined) callMethod(y, "__setstate__", state);
    else {
      let slots: Value = null;
      if (state instanceof PyTuple && state.items.length === 2)
        [state, slots] = state.items as [Value, Value];
      if (state !== null) {
        const d = dictOf(y);
        for (const [k, x] of late.namespaceOf(state) ?? []) d?.set(k, x);
      }
      if (slots !== null) for (const [k, x] of late.namespaceOf(slots) ?? []) setAttr(y, k, x);
    }
  }
  if (items !== undefined && items !== null) {
    for (const x of toArray(items)) callMethod(y, "append", deep ? deepcopy(x, memo) : x);
  }
  if (entries !== undefined && entries !== null) {
    for (const pair of toArray(entries)) {
      const [k, x] = toArray(pair);
      setItem(y, deep ? deepcopy(k, memo) : k, deep ? deepcopy(x, memo) : x);
    }
  }
  return y;
}

export function deepcopy(v: Value, memo: PyDict): Value {
  if (typeof v !== "object" || v === null) return v;
  const key = id(v);
  const known = memo.get(key);
  if (known !== undefined) return known;
  const t = typeOf(v);
  let y: Value;
  if (!t.heap && isPlainAtomic(v)) return v;
  if (v instanceof PyType) return v;
  if (!t.heap && v instanceof PyList) {
    const out = new PyList([]);
    memo.set(key, out);
    for (const x of v.items.slice()) out.items.push(deepcopy(x, memo));
    return out;
  }
  if (!t.heap && v instanceof PyTuple) {
    const items = v.items.map((x) => deepcopy(x, memo));
    const made = memo.get(key);
    if (made !== undefined) return made;
    y = items.every((x, i) => x === v.items[i]) ? v : new PyTuple(items);
  } else if (v instanceof PyDict && t === PyDict.prototype[TYPE]) {
    const out = new PyDict();
    memo.set(key, out);
    for (const [k, x] of v.entries()) out.set(deepcopy(k, memo), deepcopy(x, memo));
    return out;
  } else if (v instanceof PyBoundMethod) {
    y = new PyBoundMethod(v.func, deepcopy(v.self, memo));
  } else {
    const own = getAttrOrUndefined(v, "__deepcopy__");
    y =
      own !== undefined
        ? call1(own, memo)
        : !t.heap && v instanceof PySet
          ? copySet(v, memo)
          : v instanceof PyByteArray && !t.heap
            ? new PyByteArray(v.data.slice())
            : rebuild(v, reduced(v), memo);
  }
  if (y !== v) memo.set(key, y);
  return y;
}

function copySet(s: PySet, memo: PyDict): PySet {
  const items = s.items().map((x) => deepcopy(x, memo));
  return s instanceof PyFrozenSet ? new PyFrozenSet(items) : new PySet(items);
}

defineModule("copy", () => ({
  name: "copy",
  doc: "Shallow and deep copies.",
  functions: {
    copy: ["(x)", shallow, "A copy whose parts are the same objects."],
    deepcopy: [
      "(x, memo=None)",
      (v: Value, memo: Value) => deepcopy(v, memo instanceof PyDict ? memo : new PyDict()),
      "A copy whose parts are copies, too.",
    ],
  },
  members: { Error: copyError, error: copyError },
}));

// weakref: nothing is ever freed while a program can still name a weak reference to it, so references stay alive.

class PyWeakRef {
  declare [TYPE]: PyType;
  readonly target: WeakRef<object>;
  readonly callback: Value;
  private hashed: number | bigint | undefined = undefined;
  constructor(target: object, callback: Value) {
    this.target = new WeakRef(target);
    this.callback = callback;
  }
  get(): Value {
    return this.target.deref() ?? null;
  }
  hash(): number | bigint {
    if (this.hashed === undefined) {
      const o = this.get();
      if (o === null) raise(E.TypeError, "weak object has gone away");
      this.hashed = hash(o);
    }
    return this.hashed;
  }
}

function needReferable(v: Value): object {
  const t = typeOf(v);
  const plain =
    typeof v !== "object" ||
    v === null ||
    (!t.heap &&
      (v instanceof PyList ||
        v instanceof PyTuple ||
        v instanceof PyBytes ||
        (v instanceof PyDict && t === PyDict.prototype[TYPE])));
  if (plain || ["float", "complex", "NoneType", "bytes"].includes(t.name))
    raise(E.TypeError, `cannot create weak reference to '${t.name}' object`);
  return v as object;
}

const refs = new WeakMap<object, PyWeakRef>();
const weakRefType: PyType = nativeType({
  name: "ReferenceType",
  module: "weakref",
  dotted: true,
  host: PyWeakRef,
  generic: true,
  new: [
    "(cls, object, callback=None, /)",
    (cls: PyType, o: Value, callback: Value) => {
      const target = needReferable(o);
      const known = refs.get(target);
      if (known && callback === null && cls === weakRefType) return known;
      const r = new PyWeakRef(target, callback);
      if (cls !== weakRefType) r[TYPE] = cls;
      else if (callback === null) refs.set(target, r);
      return r;
    },
  ],
  init: ["(self, /, *args, **kwargs)", () => undefined],
  methods: {
    __call__: ["(self, /)", (r: PyWeakRef) => r.get()],
    __hash__: ["(self, /)", (r: PyWeakRef) => r.hash()],
    __eq__: [
      "(self, value, /)",
      (a: PyWeakRef, b: Value) => {
        if (!(b instanceof PyWeakRef)) return NotImplemented;
        const [x, y] = [a.get(), b.get()];
        return x === null || y === null ? a === b : eqTruth(x, y);
      },
    ],
    __repr__: [
      "(self, /)",
      (r: PyWeakRef) => {
        const o = r.get();
        const where = (v: Value): string => `0x${id(v).toString(16)}`;
        return o === null
          ? `<weakref at ${where(r)}; dead>`
          : `<weakref at ${where(r)}; to '${typeOf(o).name}' at ${where(o)}>`;
      },
    ],
  },
  getters: { __callback__: (r: PyWeakRef) => r.callback },
});

/** A dict that would forget entries whose weak side goes away. */
const weakDict = (name: string, methods: Record<string, NativeMethod>): PyType =>
  makeClass({
    name,
    module: "weakref",
    bases: [PyDict.prototype[TYPE]],
    init: [
      "(self, other=(), /, **kw)",
      (d: PyDict, other: Value, kw: Kwargs) => {
        updateDict(d, other);
        for (const [k, v] of kw) d.set(k, v);
      },
    ],
    methods: {
      __repr__: ["(self)", (d: PyDict) => `<${typeOf(d).name} at 0x${id(d).toString(16)}>`],
      copy: ["(self)", (d: PyDict) => call1(typeOf(d), d)],
      ...methods,
    },
  });

class PyProxy {
  declare [TYPE]: PyType;
  readonly target: WeakRef<object>;
  constructor(target: object) {
    this.target = new WeakRef(target);
  }
  get(): object {
    const o = this.target.deref();
    if (!o) raise(E.ReferenceError, "weakly-referenced object no longer exists");
    return o;
  }
}
const FORWARDED = [
  "__len__",
  "__getitem__",
  "__setitem__",
  "__delitem__",
  "__contains__",
  "__iter__",
  "__next__",
  "__call__",
  "__str__",
  "__bool__",
  "__eq__",
  "__lt__",
  "__le__",
  "__gt__",
  "__ge__",
  "__add__",
  "__sub__",
  "__mul__",
  "__hash__",
  "__enter__",
  "__exit__",
];
const proxyType = nativeType({
  name: "ProxyType",
  module: "weakref",
  dotted: true,
  host: PyProxy,
  methods: {
    ...Object.fromEntries(
      FORWARDED.map((n) => [
        n,
        [
          "(self, /, *args)",
          (p: PyProxy, args: readonly Value[]) => callN(getAttr(p.get(), n), args),
        ] as NativeMethod,
      ]),
    ),
    __bool__: ["(self, /)", (p: PyProxy) => isTrue(p.get())],
    __repr__: [
      "(self, /)",
      (p: PyProxy) =>
        `<weakproxy at 0x${id(p).toString(16)} to ${typeOf(p.get()).name} at 0x${id(p.get()).toString(16)}>`,
    ],
  },
});
proxyType.getAttro = (p: PyProxy, name: string): Value | undefined =>
  name === "__class__" ? typeOf(p.get()) : getAttr(p.get(), name);
proxyType.setAttro = (p: PyProxy, name: string, v: Value | undefined): void => {
  if (v === undefined) delAttr(p.get(), name);
  else setAttr(p.get(), name, v);
};

const finalizeClass = makeClass({
  name: "finalize",
  module: "weakref",
  doc: "A call to be made when an object goes away, or by hand.",
  init: [
    "(self, obj, func, /, *args, **kwargs)",
    (self: PyObject, o: Value, f: Value, args: readonly Value[], kwargs: Kwargs) => {
      setAttr(self, "_parts", new PyTuple([o, f, new PyTuple(args), late.dict(kwargs)]));
      setAttr(self, "atexit", true);
    },
  ],
  methods: {
    __call__: [
      "(self, _=None)",
      (self: PyObject) => {
        const parts = dictOf(self)!.get("_parts");
        if (!(parts instanceof PyTuple)) return null;
        dictOf(self)!.set("_parts", null);
        const kw = late.namespaceOf(parts.items[3]) ?? new Map<string, Value>();
        return callVec(parts.items[1], [...toArray(parts.items[2]), ...kw.values()], [...kw.keys()]);
      },
    ],
    detach: [
      "(self)",
      (self: PyObject) => {
        const parts = dictOf(self)!.get("_parts") ?? null;
        dictOf(self)!.set("_parts", null);
        return parts;
      },
    ],
    peek: ["(self)", (self: PyObject) => dictOf(self)!.get("_parts") ?? null],
  },
  getters: { alive: (self: PyObject) => dictOf(self)!.get("_parts") instanceof PyTuple },
});

const weakMethodClass = makeClass({
  name: "WeakMethod",
  module: "weakref",
  new: [
    "(cls, meth, callback=None)",
    (cls: PyType, m: Value) => {
      const o = new PyObject(cls);
      dictOf(o)!.set("_method", m);
      return o;
    },
  ],
  init: ["(self, *args)", () => undefined],
  methods: {
    __call__: ["(self)", (self: PyObject) => dictOf(self)!.get("_method")!],
    __eq__: [
      "(self, other)",
      (a: Value, b: Value) =>
        typeOf(a) === typeOf(b)
          ? eqTruth(dictOf(a)!.get("_method"), dictOf(b)!.get("_method"))
          : NotImplemented,
    ],
    __hash__: ["(self)", (self: PyObject) => hash(dictOf(self)!.get("_method")!)],
  },
});

defineModule("weakref", () => ({
  name: "weakref",
  doc: "Weak references.",
  functions: {
    proxy: [
      "(object, callback=None, /)",
      (o: Value) => new PyProxy(needReferable(o)),
      "An object that stands for another without keeping it.",
    ],
    getweakrefcount: [
      "(object, /)",
      (o: Value) => (typeof o === "object" && o !== null && refs.has(o) ? 1 : 0),
    ],
    getweakrefs: [
      "(object, /)",
      (o: Value) => new PyList(typeof o === "object" && o !== null && refs.has(o) ? [refs.get(o)!] : []),
    ],
  },
  members: {
    ref: weakRefType,
    ReferenceType: weakRefType,
    ProxyType: proxyType,
    CallableProxyType: proxyType,
    ProxyTypes: new PyTuple([proxyType]),
    finalize: finalizeClass,
    WeakMethod: weakMethodClass,
    WeakKeyDictionary: () =>
      weakDict("WeakKeyDictionary", {
        keyrefs: ["(self)", (d: PyDict) => new PyList(d.keys().map((k) => call1(weakRefType, k)))],
      }),
    WeakValueDictionary: () =>
      weakDict("WeakValueDictionary", {
        valuerefs: ["(self)", (d: PyDict) => new PyList(d.values().map((k) => call1(weakRefType, k)))],
      }),
    WeakSet: () =>
      makeClass({
        name: "WeakSet",
        module: "weakref",
        bases: [PySet.prototype[TYPE]],
        methods: { __repr__: ["(self)", (s: PySet) => `{${s.items().map(repr).join(", ")}}`] },
      }),
  },
}));
