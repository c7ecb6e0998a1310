// collections.abc: the interfaces of containers, and the methods that come free with them.
// Behaviour: docs.python.org/3.11/library/collections.abc.html.
import { callMethod, getAttr, getAttrOrUndefined } from "../runtime/attributes.ts";
import { objectType } from "../runtime/base-types.ts";
import { call1, callN } from "../runtime/call.ts";
import { eqTruth } from "../runtime/comparison.ts";
import { E, err, isInstanceOf, raise } from "../runtime/exceptions.ts";
import { asyncGeneratorType, coroutineType, generatorType } from "../runtime/generator.ts";
import { hash } from "../runtime/hash.ts";
import { contains, delItem, getItem, setItem } from "../runtime/items.ts";
import { iter, NativeIterator, PyIterator, toArray } from "../runtime/iteration.ts";
import { late } from "../runtime/late.ts";
import { defineModule } from "../runtime/modules.ts";
import { nativeType } from "../runtime/native-type.ts";
import type { NativeMethod } from "../runtime/native.ts";
import {
  dictOf,
  Ellipsis,
  type Kwargs,
  NotImplemented,
  PyList,
  PyTuple,
  PyType,
  typeOf,
  type Value,
} from "../runtime/object.ts";
import { repr } from "../runtime/repr.ts";
import { length } from "../runtime/truth.ts";
import { byteArrayType } from "../builtins/bytearray-type.ts";
import { bytesType } from "../builtins/bytes-type.ts";
import { memoryViewType } from "../builtins/memoryview-type.ts";
import { isInstanceCheck } from "../builtins/class-checks.ts";
import { dictType, mappingProxyType, viewTypes } from "../builtins/dict-type.ts";
import { PyDict } from "../builtins/dict.ts";
import { argumentRepr, genericAliasType, PyGenericAlias, substitute } from "../builtins/generic-alias.ts";
import { hashFrozenSet } from "../builtins/hashing.ts";
import { listType, tupleType } from "../builtins/list-type.ts";
import { rangeType } from "../builtins/range-type.ts";
import { frozenSetType, setType } from "../builtins/set-type.ts";
import { strType } from "../builtins/str-type.ts";
import { makeAbc, register } from "./abc.ts";
import { runPython } from "./python-source.ts";

const module = "collections.abc";

/** issubclass by the methods a class has: True if all stand in its MRO, NotImplemented if one is missing or None. */
export function hasMethods(cls: Value, names: readonly string[]): Value {
  if (!(cls instanceof PyType))
    raise(E.AttributeError, `'${typeOf(cls).name}' object has no attribute '__mro__'`);
  for (const n of names) {
    const v = cls.lookup(n);
    if (v === undefined || v === null) return NotImplemented;
  }
  return true;
}

const classGetItem: NativeMethod = [
  "(cls, item, /)",
  (cls: PyType, item: Value) => late.genericAlias(cls, item),
];

/** An interface that a class satisfies by having the methods. */
function byMethods(
  name: string,
  abstract: readonly string[],
  bases: readonly PyType[] = [objectType],
  methods: Record<string, NativeMethod> = {},
  check: readonly string[] = abstract,
): PyType {
  const cls: PyType = makeAbc({
    name,
    module,
    bases,
    abstract,
    methods,
    hasDict: false,
    classMethods: {
      __subclasshook__: [
        "(cls, C)",
        (c: PyType, sub: PyType) => (c === cls ? hasMethods(sub, check) : NotImplemented),
      ],
      __class_getitem__: classGetItem,
    },
  });
  return cls;
}

/** An interface that classes join by inheritance or registration. */
function byRegistration(
  name: string,
  bases: readonly PyType[],
  abstract: readonly string[],
  methods: Record<string, NativeMethod> = {},
  classMethods: Record<string, NativeMethod> = {},
): PyType {
  return makeAbc({ name, module, bases, abstract, methods, classMethods, hasDict: false });
}

const self = (v: Value): Value => v;

export const hashable = byMethods("Hashable", ["__hash__"]);
export const awaitable = byMethods("Awaitable", ["__await__"]);
export const coroutine = byMethods(
  "Coroutine",
  ["send", "throw"],
  [awaitable],
  {
    close: ["(self)", closeBy],
  },
  ["__await__", "send", "throw", "close"],
);
export const asyncIterable = byMethods("AsyncIterable", ["__aiter__"]);
export const asyncIterator = byMethods(
  "AsyncIterator",
  ["__anext__"],
  [asyncIterable],
  { __aiter__: ["(self)", self] },
  ["__anext__", "__aiter__"],
);
/** What waits, as only a program's coroutine can. */
const ACLOSE = `
async def aclose(self):
    try:
        await self.athrow(GeneratorExit)
    except (GeneratorExit, StopAsyncIteration):
        pass
    else:
        raise RuntimeError("asynchronous generator ignored GeneratorExit")
`;
let aclose: Value;
export const asyncGenerator = byMethods(
  "AsyncGenerator",
  ["asend", "athrow"],
  [asyncIterator],
  {
    __anext__: ["(self)", (g: Value) => callMethod(g, "asend", null)],
    aclose: [
      "(self)",
      (g: Value) => callN((aclose ??= runPython("collections.abc", ACLOSE).get("aclose")!), [g]),
    ],
  },
  ["__aiter__", "__anext__", "asend", "athrow", "aclose"],
);
export const iterable = byMethods("Iterable", ["__iter__"]);
export const iterator = byMethods("Iterator", ["__next__"], [iterable], { __iter__: ["(self)", self] }, [
  "__iter__",
  "__next__",
]);
export const reversible = byMethods("Reversible", ["__reversed__"], [iterable], {}, [
  "__reversed__",
  "__iter__",
]);
export const generator = byMethods(
  "Generator",
  ["send", "throw"],
  [iterator],
  { __next__: ["(self)", (g: Value) => callMethod(g, "send", null)], close: ["(self)", closeBy] },
  ["__iter__", "__next__", "send", "throw", "close"],
);
export const sized = byMethods("Sized", ["__len__"]);
export const container = byMethods("Container", ["__contains__"]);
export const collection = byMethods("Collection", [], [sized, iterable, container], {}, [
  "__len__",
  "__iter__",
  "__contains__",
]);
export const callableAbc = byMethods("Callable", ["__call__"]);

/** close() of a generator or coroutine class: throw GeneratorExit in. */
function closeBy(g: Value): void {
  try {
    callMethod(g, "throw", E.GeneratorExit);
  } catch (e) {
    if (isInstanceOf(e, E.GeneratorExit) || isInstanceOf(e, E.StopIteration)) return;
    throw e;
  }
  raise(E.RuntimeError, "generator ignored GeneratorExit");
}

// Set

const fromIterable = (like: Value, items: Iterable<Value>): Value =>
  callN(getAttr(typeOf(like), "_from_iterable"), [new PyList([...items])]);
const isSet = (v: Value): boolean => isInstanceCheck(v, setAbc);
const isIterableValue = (v: Value): boolean => isInstanceCheck(v, iterable);
const within = (a: Value, b: Value): boolean =>
  length(a) <= length(b) && toArray(a).every((v) => contains(b, v));
const order = (test: (a: Value, b: Value) => boolean): NativeMethod => [
  "(self, other)",
  (a: Value, b: Value) => (isSet(b) ? test(a, b) : NotImplemented),
];
const equalSets = (a: Value, b: Value): boolean => length(a) === length(b) && within(a, b);

const andSet: NativeMethod = [
  "(self, other)",
  (a: Value, b: Value) =>
    isIterableValue(b)
      ? fromIterable(
          a,
          toArray(b).filter((v) => contains(a, v)),
        )
      : NotImplemented,
];
const orSet: NativeMethod = [
  "(self, other)",
  (a: Value, b: Value) =>
    isIterableValue(b) ? fromIterable(a, [...toArray(a), ...toArray(b)]) : NotImplemented,
];
const asSet = (like: Value, v: Value): Value => (isSet(v) ? v : fromIterable(like, toArray(v)));
const xorSet: NativeMethod = [
  "(self, other)",
  (a: Value, b: Value) => {
    if (!isIterableValue(b)) return NotImplemented;
    const o = asSet(a, b);
    return fromIterable(a, [
      ...toArray(a).filter((v) => !contains(o, v)),
      ...toArray(o).filter((v) => !contains(a, v)),
    ]);
  },
];

export const setAbc: PyType = byRegistration(
  "Set",
  [collection],
  [],
  {
    __le__: order(within),
    __lt__: order((a, b) => length(a) < length(b) && within(a, b)),
    __ge__: order((a, b) => within(b, a)),
    __gt__: order((a, b) => length(a) > length(b) && within(b, a)),
    __eq__: order(equalSets),
    __and__: andSet,
    __rand__: andSet,
    __or__: orSet,
    __ror__: orSet,
    __xor__: xorSet,
    __rxor__: xorSet,
    __sub__: [
      "(self, other)",
      (a: Value, b: Value) => {
        if (!isIterableValue(b)) return NotImplemented;
        const o = asSet(a, b);
        return fromIterable(
          a,
          toArray(a).filter((v) => !contains(o, v)),
        );
      },
    ],
    __rsub__: [
      "(self, other)",
      (a: Value, b: Value) => {
        if (!isIterableValue(b)) return NotImplemented;
        return fromIterable(
          a,
          toArray(asSet(a, b)).filter((v) => !contains(a, v)),
        );
      },
    ],
    isdisjoint: [
      "(self, other)",
      (a: Value, b: Value) => !toArray(b).some((v) => contains(a, v)),
      "Whether nothing is in both.",
    ],
    _hash: ["(self)", (a: Value) => hashFrozenSet(toArray(a).map(hash))],
  },
  { _from_iterable: ["(cls, it)", (cls: PyType, it: Value) => call1(cls, it)] },
);

const eachOf = (f: (s: Value, v: Value) => void): NativeMethod => [
  "(self, it)",
  (s: Value, it: Value) => {
    for (const v of toArray(it)) f(s, v);
    return s;
  },
];
export const mutableSet: PyType = byRegistration("MutableSet", [setAbc], ["add", "discard"], {
  remove: [
    "(self, value)",
    (s: Value, v: Value) => {
      if (!contains(s, v)) throw err(E.KeyError, v);
      callMethod(s, "discard", v);
    },
  ],
  pop: [
    "(self)",
    (s: Value) => {
      const v = iter(s).next();
      if (v === undefined) throw err(E.KeyError);
      callMethod(s, "discard", v);
      return v;
    },
  ],
  clear: [
    "(self)",
    (s: Value) => {
      for (const v of toArray(s)) callMethod(s, "discard", v);
    },
  ],
  __ior__: eachOf((s, v) => void callMethod(s, "add", v)),
  __iand__: [
    "(self, it)",
    (s: Value, it: Value) => {
      for (const v of toArray(s)) if (!contains(it, v)) callMethod(s, "discard", v);
      return s;
    },
  ],
  __ixor__: eachOf((s, v) => void callMethod(s, contains(s, v) ? "discard" : "add", v)),
  __isub__: eachOf((s, v) => void callMethod(s, "discard", v)),
});

// Mapping

function itemOrUndefined(m: Value, k: Value): Value | undefined {
  try {
    return getItem(m, k);
  } catch (e) {
    if (isInstanceOf(e, E.KeyError)) return undefined;
    throw e;
  }
}

/** `dict(m.items())` of any mapping. */
function asDict(m: Value): PyDict {
  if (m instanceof PyDict) return m;
  return PyDict.from(toArray(callMethod(m, "items")).map((p) => toArray(p) as [Value, Value]));
}

export const mapping: PyType = byRegistration("Mapping", [collection], ["__getitem__"], {
  get: [
    "(self, key, default=None)",
    (m: Value, k: Value, d: Value) => {
      const v = itemOrUndefined(m, k);
      return v === undefined ? d : v;
    },
    "The value of the key, or the default.",
  ],
  __contains__: ["(self, key)", (m: Value, k: Value) => itemOrUndefined(m, k) !== undefined],
  keys: ["(self)", (m: Value) => call1(keysView, m), "A view of the keys."],
  items: ["(self)", (m: Value) => call1(itemsView, m), "A view of the (key, value) pairs."],
  values: ["(self)", (m: Value) => call1(valuesView, m), "A view of the values."],
  __eq__: [
    "(self, other)",
    (a: Value, b: Value) => (isInstanceCheck(b, mapping) ? eqTruth(asDict(a), asDict(b)) : NotImplemented),
  ],
});
mapping.setAttr("__reversed__", null);

export const mutableMapping: PyType = byRegistration(
  "MutableMapping",
  [mapping],
  ["__setitem__", "__delitem__"],
  {
    pop: [
      "(self, key, default=...)",
      (m: Value, k: Value, d: Value | undefined) => {
        let v: Value;
        try {
          v = getItem(m, k);
        } catch (e) {
          if (isInstanceOf(e, E.KeyError) && d !== undefined) return d;
          throw e;
        }
        delItem(m, k);
        return v;
      },
    ],
    popitem: [
      "(self)",
      (m: Value) => {
        const k = iter(m).next();
        if (k === undefined) throw err(E.KeyError);
        const v = getItem(m, k);
        delItem(m, k);
        return new PyTuple([k, v]);
      },
    ],
    clear: [
      "(self)",
      (m: Value) => {
        try {
          for (;;) callMethod(m, "popitem");
        } catch (e) {
          if (!isInstanceOf(e, E.KeyError)) throw e;
        }
      },
    ],
    update: [
      "(self, other=(), /, **kwds)",
      (m: Value, other: Value, kwargs: Kwargs) => {
        if (isInstanceCheck(other, mapping)) for (const k of toArray(other)) setItem(m, k, getItem(other, k));
        else if (getAttrOrUndefined(other, "keys") !== undefined)
          for (const k of toArray(callMethod(other, "keys"))) setItem(m, k, getItem(other, k));
        else {
          for (const p of toArray(other)) {
            const pair = toArray(p);
            if (pair.length < 2)
              raise(E.ValueError, `not enough values to unpack (expected 2, got ${pair.length})`);
            if (pair.length > 2) raise(E.ValueError, "too many values to unpack (expected 2)");
            setItem(m, pair[0], pair[1]);
          }
        }
        for (const [k, v] of kwargs) setItem(m, k, v);
      },
    ],
    setdefault: [
      "(self, key, default=None)",
      (m: Value, k: Value, d: Value) => {
        const v = itemOrUndefined(m, k);
        if (v !== undefined) return v;
        setItem(m, k, d);
        return d;
      },
    ],
  },
);

const viewed = (v: Value): Value => dictOf(v)!.get("_mapping")!;
export const mappingView: PyType = makeAbc({
  name: "MappingView",
  module,
  bases: [sized],
  init: ["(self, mapping)", (v: Value, m: Value) => void dictOf(v)!.set("_mapping", m)],
  methods: {
    __len__: ["(self)", (v: Value) => length(viewed(v))],
    __repr__: ["(self)", (v: Value) => `${typeOf(v).name}(${repr(viewed(v))})`],
  },
  classMethods: { __class_getitem__: classGetItem },
});

function pullFrom(source: Value, f: (k: Value) => Value): NativeIterator {
  const it = iter(source);
  return new NativeIterator(() => {
    const k = it.next();
    return k === undefined ? undefined : f(k);
  });
}
const toPlainSet: Record<string, NativeMethod> = {
  _from_iterable: ["(cls, it)", (_cls: PyType, it: Value) => call1(setType, it)],
};
export const keysView: PyType = byRegistration(
  "KeysView",
  [mappingView, setAbc],
  [],
  {
    __contains__: ["(self, key)", (v: Value, k: Value) => contains(viewed(v), k)],
    __iter__: ["(self)", (v: Value) => pullFrom(viewed(v), (k) => k)],
  },
  toPlainSet,
);
export const itemsView: PyType = byRegistration(
  "ItemsView",
  [mappingView, setAbc],
  [],
  {
    __contains__: [
      "(self, item)",
      (v: Value, item: Value) => {
        const [k, x] = toArray(item);
        const found = itemOrUndefined(viewed(v), k);
        return found !== undefined && eqTruth(found, x);
      },
    ],
    __iter__: ["(self)", (v: Value) => pullFrom(viewed(v), (k) => new PyTuple([k, getItem(viewed(v), k)]))],
  },
  toPlainSet,
);
export const valuesView: PyType = byRegistration("ValuesView", [mappingView, collection], [], {
  __contains__: [
    "(self, value)",
    (v: Value, x: Value) => toArray(viewed(v)).some((k) => eqTruth(getItem(viewed(v), k), x)),
  ],
  __iter__: ["(self)", (v: Value) => pullFrom(viewed(v), (k) => getItem(viewed(v), k))],
});

// Sequence

/** The items by position until IndexError. */
function* elements(s: Value): Generator<Value> {
  for (let i = 0; ; i++) {
    let v: Value;
    try {
      v = getItem(s, i);
    } catch (e) {
      if (isInstanceOf(e, E.IndexError)) return;
      throw e;
    }
    yield v;
  }
}
const pull = (g: Generator<Value>): PyIterator =>
  new NativeIterator(() => {
    const r = g.next();
    return r.done ? undefined : r.value;
  });

export const sequence: PyType = byRegistration("Sequence", [reversible, collection], ["__getitem__"], {
  __iter__: ["(self)", (s: Value) => pull(elements(s))],
  __contains__: [
    "(self, value)",
    (s: Value, x: Value) => {
      const it = iter(s);
      for (let v = it.next(); v !== undefined; v = it.next()) if (eqTruth(v, x)) return true;
      return false;
    },
  ],
  __reversed__: [
    "(self)",
    (s: Value) => {
      let i = length(s);
      return new NativeIterator(() => (i > 0 ? getItem(s, --i) : undefined));
    },
  ],
  index: [
    "(self, value, start=0, stop=None)",
    (s: Value, x: Value, start: Value, stop: Value) => {
      let i = Number(start);
      if (i < 0) i = Math.max(length(s) + i, 0);
      let end = stop === null ? Infinity : Number(stop);
      if (end < 0) end += length(s);
      for (; i < end; i++) {
        let v: Value;
        try {
          v = getItem(s, i);
        } catch (e) {
          if (isInstanceOf(e, E.IndexError)) break;
          throw e;
        }
        if (eqTruth(v, x)) return i;
      }
      throw err(E.ValueError);
    },
  ],
  count: ["(self, value)", (s: Value, x: Value) => toArray(s).filter((v) => eqTruth(v, x)).length],
});

export const mutableSequence: PyType = byRegistration(
  "MutableSequence",
  [sequence],
  ["__setitem__", "__delitem__", "insert"],
  {
    append: ["(self, value)", (s: Value, v: Value) => void callMethod(s, "insert", length(s), v)],
    clear: [
      "(self)",
      (s: Value) => {
        try {
          for (;;) callMethod(s, "pop");
        } catch (e) {
          if (!isInstanceOf(e, E.IndexError)) throw e;
        }
      },
    ],
    reverse: [
      "(self)",
      (s: Value) => {
        const n = length(s);
        for (let i = 0; i < n >> 1; i++) {
          const [a, b] = [getItem(s, i), getItem(s, n - i - 1)];
          setItem(s, i, b);
          setItem(s, n - i - 1, a);
        }
      },
    ],
    extend: [
      "(self, values)",
      (s: Value, values: Value) => {
        for (const v of toArray(values)) callMethod(s, "append", v);
      },
    ],
    pop: [
      "(self, index=-1)",
      (s: Value, i: Value) => {
        const v = getItem(s, i);
        delItem(s, i);
        return v;
      },
    ],
    remove: ["(self, value)", (s: Value, v: Value) => delItem(s, callMethod(s, "index", v))],
    __iadd__: [
      "(self, values)",
      (s: Value, values: Value) => {
        callMethod(s, "extend", values);
        return s;
      },
    ],
  },
);
export const byteString: PyType = byRegistration("ByteString", [sequence], []);

for (const [abc, types] of [
  [sequence, [tupleType, strType, rangeType, memoryViewType]],
  [mutableSequence, [listType, byteArrayType]],
  [byteString, [bytesType, byteArrayType]],
  [setAbc, [frozenSetType]],
  [mutableSet, [setType]],
  [mapping, [mappingProxyType]],
  [mutableMapping, [dictType]],
  [keysView, [viewTypes.keys]],
  [itemsView, [viewTypes.items]],
  [valuesView, [viewTypes.values]],
  [generator, [generatorType]],
  [coroutine, [coroutineType]],
  [asyncGenerator, [asyncGeneratorType]],
] as const) {
  for (const t of types) register(abc, t);
}

// Callable[[int], str]

export class PyCallableAlias extends PyGenericAlias {
  constructor(origin: Value, args: PyTuple) {
    super(origin, args);
  }
}

/** The flat arguments of `Callable[params, result]`. @throws TypeError */
export function callableArgs(item: Value): PyTuple {
  if (!(item instanceof PyTuple) || item.items.length !== 2)
    raise(E.TypeError, "Callable must be used as Callable[[arg, ...], result].");
  const [params, result] = item.items;
  if (params instanceof PyTuple || params instanceof PyList) return new PyTuple([...params.items, result]);
  if (isParameters(params)) return new PyTuple([params, result]);
  raise(E.TypeError, `Expected a list of types, an ellipsis, ParamSpec, or Concatenate. Got ${repr(params)}`);
}

/** What may stand for the parameters of a Callable. */
const isParameters = (v: Value): boolean => v === Ellipsis || v instanceof PyList || isParamSpec(v);

function isParamSpec(v: Value): boolean {
  const names = ["ParamSpec", "_ConcatenateGenericAlias"];
  return (
    typeof v === "object" &&
    v !== null &&
    typeOf(v).mro.some((t) => t.module === "typing" && names.includes(t.name))
  );
}

function callableRepr(a: PyGenericAlias): string {
  const args = a.args.items;
  if (args.length === 2 && isParameters(args[0]))
    return `collections.abc.Callable[${args.map((x) => argumentRepr(x)).join(", ")}]`;
  return `collections.abc.Callable[[${args
    .slice(0, -1)
    .map((x) => argumentRepr(x))
    .join(", ")}], ${argumentRepr(args.at(-1))}]`;
}

const callableAliasType: PyType = nativeType({
  name: "_CallableGenericAlias",
  module,
  bases: [genericAliasType],
  host: PyCallableAlias,
  new: [
    "(cls, origin, args)",
    (_cls: PyType, origin: Value, args: Value) => new PyCallableAlias(origin, callableArgs(args)),
  ],
  methods: {
    __repr__: ["(self)", callableRepr],
    __getitem__: [
      "(self, item)",
      (a: PyCallableAlias, k: Value) => {
        const items = k instanceof PyTuple ? k.items : [k];
        const variables = a.parameters.items;
        const unbracketed =
          variables.length === 1 && isParameters(variables[0]) && items.length > 0 && !isParameters(items[0]);
        const made = substitute(
          a,
          a.args.items,
          variables,
          new PyTuple(unbracketed ? [new PyTuple(items)] : items),
        );
        const bracketed = made[0] instanceof PyTuple || made[0] instanceof PyList;
        const parts = bracketed ? made : [new PyTuple(made.slice(0, -1)), made.at(-1)];
        return new PyCallableAlias(a.origin, callableArgs(new PyTuple(parts)));
      },
    ],
    __reduce__: [
      "(self)",
      (a: PyCallableAlias) => {
        const args = a.args.items;
        const asGiven = args.length === 2 && isParameters(args[0]);
        const parts = asGiven ? args : [new PyList(args.slice(0, -1)), args.at(-1)];
        return new PyTuple([callableAliasType, new PyTuple([callableAbc, new PyTuple(parts)])]);
      },
    ],
  },
});
callableAliasType.getAttro = genericAliasType.getAttro;
callableAbc.setAttr(
  "__class_getitem__",
  makeAbc({
    name: "_",
    module,
    classMethods: {
      __class_getitem__: [
        "(cls, item, /)",
        (cls: PyType, item: Value) => new PyCallableAlias(cls, callableArgs(item)),
      ],
    },
  }).dict.get("__class_getitem__")!,
);

const all: Readonly<Record<string, PyType>> = {
  _CallableGenericAlias: callableAliasType,
  Awaitable: awaitable,
  Coroutine: coroutine,
  AsyncIterable: asyncIterable,
  AsyncIterator: asyncIterator,
  AsyncGenerator: asyncGenerator,
  Hashable: hashable,
  Iterable: iterable,
  Iterator: iterator,
  Generator: generator,
  Reversible: reversible,
  Sized: sized,
  Container: container,
  Callable: callableAbc,
  Collection: collection,
  Set: setAbc,
  MutableSet: mutableSet,
  Mapping: mapping,
  MutableMapping: mutableMapping,
  MappingView: mappingView,
  KeysView: keysView,
  ItemsView: itemsView,
  ValuesView: valuesView,
  Sequence: sequence,
  MutableSequence: mutableSequence,
  ByteString: byteString,
};

for (const name of ["collections.abc", "_collections_abc"]) {
  defineModule(name, () => ({
    name,
    doc: "Abstract base classes of containers.",
    members: { ...all, __all__: new PyList(Object.keys(all).filter((n) => !n.startsWith("_"))) },
  }));
}
