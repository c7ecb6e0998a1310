// The modules typing and typing_extensions.
// Behaviour: docs.python.org/3.11/library/typing.html.
import { callMethod, getAttr, getAttrOrUndefined, setAttr } from "../runtime/attributes.ts";
import { callVec } from "../runtime/call.ts";
import { E, raise } from "../runtime/exceptions.ts";
import { PyFunction } from "../runtime/function.ts";
import { getItem } from "../runtime/items.ts";
import { newType } from "../runtime/type-type.ts";
import { defineModule, importModule, modules, needsModules, PyModule } from "../runtime/modules.ts";
import { nativeFunction } from "../runtime/native-function.ts";
import type { NativeMethod } from "../runtime/native.ts";
import { asStr, type Kwargs, PyList, PyTuple, PyType, typeOf, type Value } from "../runtime/object.ts";
import { repr } from "../runtime/repr.ts";
import { isTrue } from "../runtime/truth.ts";
import { bytesType } from "../builtins/bytes-type.ts";
import { dictType } from "../builtins/dict-type.ts";
import { dictOver, PyDict } from "../builtins/dict.ts";
import { PyGenericAlias, PyUnion, unionType } from "../builtins/generic-alias.ts";
import { listType, tupleType } from "../builtins/list-type.ts";
import { frozenSetType, setType } from "../builtins/set-type.ts";
import { noneType } from "../builtins/singletons.ts";
import { strType } from "../builtins/str-type.ts";
import { typeType } from "../runtime/base-types.ts";
import * as abc from "./collections-abc.ts";
import {
  genericClass,
  namedTuple,
  protocolClass,
  runtimeCheckable,
  supports,
  typedDict,
  typedDictMeta,
} from "./typing-classes.ts";
import { annotatedClass, anyClass } from "./typing-any.ts";
import {
  aliasTypes,
  evaluate,
  forms,
  forwardRefType,
  genericAliasType,
  isParamExpression,
  late,
  PyAlias,
  PyForwardRef,
  PySpecialAlias,
  PyTypeVar,
  specials,
} from "./typing-forms.ts";
import { newTypeType } from "./typing-newtype.ts";
import { paramPartTypes, paramSpecType, typeVarTupleType, typeVarType } from "./typing-variables.ts";

late.operator = () => importModule("operator");

function special(name: string, origin: Value, nparams: number, inst = true): Value {
  const s = new PySpecialAlias(origin, nparams, name, inst);
  specials.set(name, s);
  return s;
}

needsModules(/\b(Deque|DefaultDict|OrderedDict|Counter|ChainMap)\b|from typing import \*/, "collections");
needsModules(/ContextManager|from typing import \*/, "contextlib");
needsModules(/\b(Pattern|Match)\b|from typing import \*/, "re");
/** One whose origin is in collections, which is made when it is asked for: few programs do. */
const ofCollections = (name: string, origin: string, nparams: number) => (): Value =>
  special(name, getAttr(importModule("collections"), origin), nparams);

function typeVar(
  name: string,
  options: { covariant?: boolean; contravariant?: boolean; constraints?: readonly Value[] } = {},
): PyTypeVar {
  const v = new PyTypeVar();
  v.name = name;
  v.module = "typing";
  v.covariant = options.covariant ?? false;
  v.contravariant = options.contravariant ?? false;
  v.constraints = options.constraints ?? [];
  return v;
}

const anyStr = typeVar("AnyStr", { constraints: [bytesType, strType] });
const T = typeVar("T");
const KT = typeVar("KT");
const VT = typeVar("VT");
const T_co = typeVar("T_co", { covariant: true });
const V_co = typeVar("V_co", { covariant: true });
const VT_co = typeVar("VT_co", { covariant: true });
const T_contra = typeVar("T_contra", { contravariant: true });
const CT_co = typeVar("CT_co", { covariant: true });

// reading hints

/** Annotations without Annotated, Required and NotRequired. */
function strip(t: Value): Value {
  if (t instanceof PyAlias) {
    if (t.kind === "annotated") return strip(t.origin);
    if (t.origin === forms.get("Required") || t.origin === forms.get("NotRequired")) return strip(t.args[0]);
    if (t.kind === "literal") return t;
    const args = t.args.map(strip);
    return args.every((a, i) => a === t.args[i]) ? t : t.copyWith(args);
  }
  if (t instanceof PyGenericAlias) {
    const args = t.args.items.map(strip);
    return args.every((a, i) => a === t.args.items[i])
      ? t
      : new PyGenericAlias(t.origin, new PyTuple(args), t.starred);
  }
  if (t instanceof PyUnion) {
    const args = t.args.items.map(strip);
    return args.every((a, i) => a === t.args.items[i]) ? t : new PyUnion(new PyTuple(args));
  }
  return t;
}

function moduleDict(name: Value): Value | undefined {
  const m = modules.get(asStr(name) ?? "");
  return m instanceof PyModule ? dictOver(m.dict) : undefined;
}
late.moduleDict = moduleDict;

/** One annotation: None is NoneType, text is evaluated. */
function hint(v: Value, globals: Value, locals: Value, of: "class" | "module" | "function"): Value {
  if (v === null) return noneType;
  const text = asStr(v);
  return evaluate(
    text === undefined ? v : new PyForwardRef(text, null, of === "class", of === "function"),
    globals,
    locals,
  );
}

function getTypeHints(obj: Value, globalsGiven: Value, localsGiven: Value, extras: boolean): Value {
  const out = new PyDict();
  if (isTrue(getAttrOrUndefined(obj, "__no_type_check__") ?? null)) return out;
  if (obj instanceof PyType && !((obj as Value) instanceof PyGenericAlias)) {
    for (const base of [...obj.mro].reverse()) {
      const annotations = base.dict.get("__annotations__");
      if (!(annotations instanceof PyDict)) continue;
      let globals = globalsGiven;
      let locals = localsGiven;
      if (globals === null) globals = moduleDict(getAttr(base, "__module__")) ?? new PyDict();
      if (locals === null) locals = dictOver(base.dict);
      // As CPython: without locals of one's own, the class's names come after the module's.
      if (localsGiven === null && globalsGiven === null) [globals, locals] = [locals, globals];
      for (const [n, v] of annotations.entries()) out.set(n, hint(v, globals, locals, "class"));
    }
  } else {
    const annotations = getAttrOrUndefined(obj, "__annotations__");
    if (annotations === undefined || annotations === null) {
      if (typeof obj === "object" && obj !== null && getAttrOrUndefined(obj, "__call__") !== undefined)
        return out;
      raise(E.TypeError, `${repr(obj)} is not a module, class, method, or function.`);
    }
    let globals = globalsGiven;
    if (globals === null) {
      if (obj instanceof PyModule) globals = dictOver(obj.dict);
      else {
        let f: Value = obj;
        for (
          let w = getAttrOrUndefined(f, "__wrapped__");
          w !== undefined;
          w = getAttrOrUndefined(f, "__wrapped__")
        )
          f = w;
        globals = getAttrOrUndefined(f, "__globals__") ?? new PyDict();
      }
    }
    const locals = localsGiven ?? globals;
    const of = obj instanceof PyModule ? "module" : "function";
    for (const [n, v] of (annotations as PyDict).entries()) out.set(n, hint(v, globals, locals, of));
  }
  if (!extras) for (const [n, v] of out.entries()) out.set(n, strip(v));
  return out;
}

function getOrigin(t: Value): Value {
  if (t instanceof PyAlias) return t.kind === "annotated" ? annotatedClass : t.origin;
  if (t instanceof PySpecialAlias || t instanceof PyGenericAlias) return t.origin;
  if (t === genericClass) return genericClass;
  if (t instanceof PyUnion) return unionType;
  return paramPartTypes.some(
    (p) => p === (typeof t === "object" && t !== null ? getAttrOrUndefined(t, "__class__") : undefined),
  )
    ? getAttr(t, "__origin__")
    : null;
}

function getArgs(t: Value): PyTuple {
  if (t instanceof PyAlias) {
    if (t.kind === "annotated") return new PyTuple([t.origin, ...t.metadata]);
    return unflatten(t.args, t.kind === "callable");
  }
  if (t instanceof PyGenericAlias) return unflatten(t.args.items, t instanceof abc.PyCallableAlias);
  return t instanceof PyUnion ? t.args : new PyTuple([]);
}

/** Callable's parameters as a list again. */
function unflatten(args: readonly Value[], isCallable: boolean): PyTuple {
  if (!isCallable || (args.length === 2 && isParamExpression(args[0]))) return new PyTuple(args);
  return new PyTuple([new PyList(args.slice(0, -1)), args.at(-1)]);
}

// overload

const overloads = new Map<string, Value[]>();
const overloadKey = (f: Value): string =>
  `${asStr(getAttrOrUndefined(f, "__module__") ?? null)}:${asStr(getAttrOrUndefined(f, "__qualname__") ?? null)}`;
const overloadDummy = nativeFunction(
  "_overload_dummy",
  [
    "(*args, **kwds)",
    () =>
      raise(
        E.NotImplementedError,
        "You should not call an overloaded function. A series of @overload-decorated functions outside a stub module should always be followed by an implementation that is not @overload-ed.",
      ),
  ],
  "typing",
);

const asFunction = (f: Value): PyFunction | undefined => {
  const inner = f instanceof PyFunction ? f : getAttrOrUndefined(f, "__func__");
  return inner instanceof PyFunction ? inner : undefined;
};

/** One that is defined anew on the same line takes the place of the one before. */
function overload(f: Value): Value {
  const key = overloadKey(asFunction(f) ?? f);
  const at = asFunction(f)?.code.spec.firstlineno;
  const list = overloads
    .get(key)
    ?.filter((o) => at === undefined || asFunction(o)?.code.spec.firstlineno !== at);
  overloads.set(key, [...(list ?? []), f]);
  return overloadDummy;
}

/** Set an attribute where the object allows it. */
function mark(v: Value, name: string): Value {
  try {
    setAttr(v, name, true);
  } catch {
    // Built-in types take none: the mark is lost, as it is in CPython.
  }
  return v;
}

/** Everything that is defined in the class, and what is defined in the classes within it. */
function noTypeCheck(v: Value): Value {
  if (v instanceof PyType)
    for (const name of v.dict.keys()) {
      const own = getAttrOrUndefined(v, name) ?? null;
      const qualname = `${v.qualname}.${asStr(getAttrOrUndefined(own, "__name__") ?? null)}`;
      if (asStr(getAttrOrUndefined(own, "__qualname__") ?? null) !== qualname) continue;
      if (getAttrOrUndefined(own, "__module__") !== getAttr(v, "__module__")) continue;
      if (own instanceof PyType) noTypeCheck(own);
      else if (asFunction(own)) mark(asFunction(own)!, "__no_type_check__");
    }
  return mark(v, "__no_type_check__");
}

const decorator = (f: (v: Value) => Value): NativeMethod => ["(arg, /)", f];

const functions: Record<string, NativeMethod> = {
  cast: ["(typ, val)", (_t: Value, v: Value) => v, "The value itself; a type checker believes the type."],
  get_type_hints: [
    "(obj, globalns=None, localns=None, include_extras=False)",
    (o: Value, g: Value, l: Value, e: Value) => getTypeHints(o, g, l, isTrue(e)),
    "Annotations with text evaluated.",
  ],
  get_origin: ["(tp)", getOrigin, "What stands before the brackets of a type."],
  get_args: ["(tp)", getArgs, "What stands in the brackets of a type."],
  overload: ["(func)", overload, "Decorator: one of several signatures of a function."],
  get_overloads: [
    "(func)",
    (f: Value) => new PyList([...(overloads.get(overloadKey(getAttrOrUndefined(f, "__func__") ?? f)) ?? [])]),
  ],
  clear_overloads: ["()", () => overloads.clear()],
  final: decorator((v) => mark(v, "__final__")),
  no_type_check: decorator(noTypeCheck),
  no_type_check_decorator: decorator((made) =>
    nativeFunction(
      "wrapped_decorator",
      [
        "(*args, **kwds)",
        (args: Value[], kwds: Kwargs) =>
          noTypeCheck(callVec(made, [...args, ...kwds.values()], [...kwds.keys()])),
      ],
      "typing",
    ),
  ),
  runtime_checkable: ["(cls)", runtimeCheckable, "Decorator: isinstance() may be used with this protocol."],
  is_typeddict: [
    "(tp)",
    (t: Value) => t instanceof PyType && getAttr(t, "__class__") === typedDictMeta,
    "Whether it is a TypedDict class.",
  ],
  assert_type: ["(val, typ, /)", (v: Value) => v],
  assert_never: [
    "(arg, /)",
    (v: Value) => {
      const shown = repr(v);
      raise(
        E.AssertionError,
        `Expected code to be unreachable, but got: ${shown.length > 100 ? shown.slice(0, 100) + "..." : shown}`,
      );
    },
  ],
  reveal_type: [
    "(obj, /)",
    (v: Value) => {
      callMethod(
        getAttr(importModule("sys"), "stderr"),
        "write",
        `Runtime type is ${repr(typeOf(v).name)}\n`,
      );
      return v;
    },
  ],
  dataclass_transform: [
    "(*, eq_default=True, order_default=False, kw_only_default=False, field_specifiers=(), **kwargs)",
    (eq: Value, order: Value, kw: Value, specifiers: Value, kwargs: Kwargs) =>
      nativeFunction(
        "decorator",
        [
          "(cls_or_fn)",
          (v: Value) => {
            setAttr(
              v,
              "__dataclass_transform__",
              PyDict.from([
                ["eq_default", eq],
                ["order_default", order],
                ["kw_only_default", kw],
                ["field_specifiers", specifiers],
                ["kwargs", dictOver(kwargs)],
              ]),
            );
            return v;
          },
        ],
        "typing",
      ),
  ],
};

/** typing.IO and its kin: generic in the kind of text. */
function ioClass(name: string, base: Value, text: Value): PyType {
  const ns = new Map<string, Value>([
    ["__module__", "typing"],
    ["__orig_bases__", new PyTuple([getItem(base, text)])],
  ]);
  return newType(typeType, name, [base === genericClass ? genericClass : (base as PyType)], ns, new Map());
}

/** Names of the module that `import *` leaves. */
const PRIVATE = new Set(["T", "KT", "VT", "T_co", "V_co", "VT_co", "T_contra", "CT_co"]);

function members(): Record<string, Value> {
  const out: Record<string, Value> = {
    Any: anyClass,
    Annotated: annotatedClass,
    Generic: genericClass,
    Protocol: protocolClass,
    NamedTuple: namedTuple,
    TypedDict: typedDict,
    NewType: newTypeType,
    TypeVar: typeVarType,
    ParamSpec: paramSpecType,
    ParamSpecArgs: paramPartTypes[0],
    ParamSpecKwargs: paramPartTypes[1],
    TypeVarTuple: typeVarTupleType,
    ForwardRef: forwardRefType,
    TYPE_CHECKING: false,
    Text: strType,
    AnyStr: anyStr,
    T,
    KT,
    VT,
    T_co,
    V_co,
    VT_co,
    T_contra,
    CT_co,
    _GenericAlias: genericAliasType,
    _UnionGenericAlias: aliasTypes.union,
    _LiteralGenericAlias: aliasTypes.literal,
    _AnnotatedAlias: aliasTypes.annotated,
    List: special("List", listType, 1, false),
    Dict: special("Dict", dictType, 2, false),
    Set: special("Set", setType, 1, false),
    FrozenSet: special("FrozenSet", frozenSetType, 1, false),
    Tuple: special("Tuple", tupleType, -1, false),
    Type: special("Type", typeType, 1, false),
    Deque: ofCollections("Deque", "deque", 1),
    DefaultDict: ofCollections("DefaultDict", "defaultdict", 2),
    OrderedDict: ofCollections("OrderedDict", "OrderedDict", 2),
    Counter: ofCollections("Counter", "Counter", 1),
    ChainMap: ofCollections("ChainMap", "ChainMap", 2),
    Callable: special("Callable", abc.callableAbc, 2),
    Hashable: special("Hashable", abc.hashable, 0),
    Sized: special("Sized", abc.sized, 0),
    Awaitable: special("Awaitable", abc.awaitable, 1),
    Coroutine: special("Coroutine", abc.coroutine, 3),
    AsyncIterable: special("AsyncIterable", abc.asyncIterable, 1),
    AsyncIterator: special("AsyncIterator", abc.asyncIterator, 1),
    AsyncGenerator: special("AsyncGenerator", abc.asyncGenerator, 2),
    Iterable: special("Iterable", abc.iterable, 1),
    Iterator: special("Iterator", abc.iterator, 1),
    Reversible: special("Reversible", abc.reversible, 1),
    Container: special("Container", abc.container, 1),
    Collection: special("Collection", abc.collection, 1),
    AbstractSet: special("AbstractSet", abc.setAbc, 1),
    MutableSet: special("MutableSet", abc.mutableSet, 1),
    Mapping: special("Mapping", abc.mapping, 2),
    MutableMapping: special("MutableMapping", abc.mutableMapping, 2),
    Sequence: special("Sequence", abc.sequence, 1),
    MutableSequence: special("MutableSequence", abc.mutableSequence, 1),
    ByteString: special("ByteString", abc.byteString, 0),
    MappingView: special("MappingView", abc.mappingView, 1),
    KeysView: special("KeysView", abc.keysView, 1),
    ItemsView: special("ItemsView", abc.itemsView, 2),
    ValuesView: special("ValuesView", abc.valuesView, 1),
    Generator: special("Generator", abc.generator, 3),
    ContextManager: () =>
      special("ContextManager", getAttr(importModule("contextlib"), "AbstractContextManager"), 1),
    AsyncContextManager: () =>
      special("AsyncContextManager", getAttr(importModule("contextlib"), "AbstractAsyncContextManager"), 1),
    Pattern: () => special("Pattern", getAttr(importModule("re"), "Pattern"), 1),
    Match: () => special("Match", getAttr(importModule("re"), "Match"), 1),
    IO: () => getAttr(io(), "IO"),
    TextIO: () => getAttr(io(), "TextIO"),
    BinaryIO: () => getAttr(io(), "BinaryIO"),
    SupportsInt: supports("SupportsInt", "__int__", undefined),
    SupportsFloat: supports("SupportsFloat", "__float__", undefined),
    SupportsComplex: supports("SupportsComplex", "__complex__", undefined),
    SupportsBytes: supports("SupportsBytes", "__bytes__", undefined),
    SupportsIndex: supports("SupportsIndex", "__index__", undefined),
    SupportsAbs: supports("SupportsAbs", "__abs__", T_co),
    SupportsRound: supports("SupportsRound", "__round__", T_co),
  };
  for (const [n, f] of forms) out[n] = f;
  const shown = [...Object.keys(out), ...Object.keys(functions)];
  out["__all__"] = new PyList(shown.filter((n) => !n.startsWith("_") && !PRIVATE.has(n)));
  return out;
}

let ioModule: PyModule | undefined;
function io(): PyModule {
  if (!ioModule) {
    ioModule = new PyModule("typing.io");
    const base = ioClass("IO", genericClass, anyStr);
    ioModule.dict.set("IO", base);
    ioModule.dict.set("TextIO", ioClass("TextIO", base, strType));
    ioModule.dict.set("BinaryIO", ioClass("BinaryIO", base, bytesType));
  }
  return ioModule;
}

defineModule("typing", () => ({ name: "typing", doc: "Type hints.", functions, members: members() }));
