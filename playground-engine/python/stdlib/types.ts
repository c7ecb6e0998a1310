// The modules types, copy and copyreg.
// Behaviour: docs.python.org/3.11/library/types.html, copy.html.
import { callMethod, getAttr, getAttrOrUndefined, setAttr } from "../runtime/attributes.ts";
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
import { id } from "../runtime/hash.ts";
import { setItem } from "../runtime/items.ts";
import { toArray } from "../runtime/iteration.ts";
import { late } from "../runtime/late.ts";
import { defineModule, importModule, moduleType, needsModules, PyModule } from "../runtime/modules.ts";
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
  PyList,
  PyObject,
  PyTuple,
  PyType,
  TYPE,
  typeOf,
  type Value,
} from "../runtime/object.ts";
import { guardedRepr, repr } from "../runtime/repr.ts";
import { resolveBases, winner } from "../runtime/type-type.ts";
import { PyByteArray } from "../builtins/buffer.ts";
import { mappingProxyType } from "../builtins/dict-type.ts";
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
    "(self, /, *args, **kwargs)",
    (self: PySimpleNamespace, args: readonly Value[], kwargs: Kwargs) => {
      if (args.length > 0) raise(E.TypeError, "no positional arguments expected");
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

needsModules(/DynamicClassAttribute/, "enum");
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
    if (v instanceof PyByteArray && t === PyByteArray.prototype[TYPE]) return new PyByteArray(v.data.slice());
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

function deepcopy(v: Value, memo: PyDict): Value {
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
