// dict, its views and iterators, and mappingproxy.
// Behaviour: docs.python.org/3.11/library/stdtypes.html#mapping-types-dict.
import { getAttr, getAttrOrUndefined } from "../runtime/attributes.ts";
import { call0, callN, callSpecial } from "../runtime/call.ts";
import { eqTruth } from "../runtime/comparison.ts";
import { E, err, raise } from "../runtime/exceptions.ts";
import { PyFunction } from "../runtime/function.ts";
import { contains, getItem } from "../runtime/items.ts";
import {
  getIter,
  guardRange,
  isIterable,
  iter,
  iteratorMethods,
  PyIterator,
  toArray,
} from "../runtime/iteration.ts";
import { late } from "../runtime/late.ts";
import { nativeType } from "../runtime/native-type.ts";
import type { NativeMethod } from "../runtime/native.ts";
import {
  type Namespace,
  NotImplemented,
  PyList,
  PyTuple,
  type PyType,
  TYPE,
  type Typed,
  typeOf,
  type Value,
} from "../runtime/object.ts";
import { bitor } from "../runtime/operators.ts";
import { guardedRepr, repr, showAsText, str } from "../runtime/repr.ts";
import { length } from "../runtime/truth.ts";
import { PyDict, dictOver, shareNamespace } from "./dict.ts";
import { asSet, toggle, updateSet } from "./set-type.ts";
import { PySet } from "./set.ts";

/** What an iterator over a dict gives for each entry. */
type Pick = (d: PyDict, at: unknown, v: Value) => Value;
const pickKey: Pick = (d, at) => d.keyAt(at);
const pickValue: Pick = (_d, _at, v) => v;
const pickItem: Pick = (d, at, v) => new PyTuple([d.keyAt(at), v]);

abstract class DictIterator extends PyIterator {
  private dict: PyDict | undefined;
  private readonly size: number;
  private remaining: number;
  private entries: Iterator<[unknown, Value]> | undefined;
  private readonly pick: Pick;
  constructor(dict: PyDict, pick: Pick, entries?: Iterator<[unknown, Value]>) {
    super();
    this.dict = dict;
    this.size = this.remaining = dict.map.size;
    this.pick = pick;
    this.entries = entries ?? dict.map.entries();
  }
  next(): Value | undefined {
    const d = this.dict;
    if (d === undefined) return undefined;
    if (d.map.size !== this.size) {
      this.remaining = -1;
      raise(E.RuntimeError, "dictionary changed size during iteration");
    }
    const r = this.entries!.next();
    if (r.done) {
      this.dict = this.entries = undefined;
      return undefined;
    }
    if (--this.remaining < 0) {
      this.dict = undefined;
      raise(E.RuntimeError, "dictionary keys changed during iteration");
    }
    return this.pick(d, r.value[0], r.value[1]);
  }
  left(): number {
    return this.dict !== undefined && this.dict.map.size === this.size ? this.remaining : 0;
  }
}

class DictKeyIterator extends DictIterator {
  constructor(d: PyDict) {
    super(d, pickKey);
  }
}
class DictValueIterator extends DictIterator {
  constructor(d: PyDict) {
    super(d, pickValue);
  }
}
class DictItemIterator extends DictIterator {
  constructor(d: PyDict) {
    super(d, pickItem);
  }
}
const backwards = (d: PyDict): Iterator<[unknown, Value]> => [...d.map].reverse()[Symbol.iterator]();
class DictReverseKeyIterator extends DictIterator {
  constructor(d: PyDict) {
    super(d, pickKey, backwards(d));
  }
}
class DictReverseValueIterator extends DictIterator {
  constructor(d: PyDict) {
    super(d, pickValue, backwards(d));
  }
}
class DictReverseItemIterator extends DictIterator {
  constructor(d: PyDict) {
    super(d, pickItem, backwards(d));
  }
}
for (const [name, host] of [
  ["dict_keyiterator", DictKeyIterator],
  ["dict_valueiterator", DictValueIterator],
  ["dict_itemiterator", DictItemIterator],
  ["dict_reversekeyiterator", DictReverseKeyIterator],
  ["dict_reversevalueiterator", DictReverseValueIterator],
  ["dict_reverseitemiterator", DictReverseItemIterator],
] as const) {
  nativeType({
    name,
    host,
    final: true,
    methods: { ...iteratorMethods, __length_hint__: ["(self, /)", (it: DictIterator) => it.left()] },
  });
}

/** Whether a subclass changed how items are read: then TypeScript code must ask it. */
function overrides(d: PyDict, method: string): boolean {
  const t = d[TYPE];
  return t.heap && t.lookup(method) instanceof PyFunction;
}

/** Put all that update() takes into a dict: a mapping, or an iterable of pairs. */
export function updateDict(self: PyDict, source: Value): void {
  if (source instanceof PyDict && !overrides(source, "__iter__") && !overrides(source, "keys")) {
    if (source !== self) self.merge(source);
    return;
  }
  const keys = getAttrOrUndefined(source, "keys");
  if (keys !== undefined) {
    const it = iter(call0(keys));
    for (let k = it.next(); k !== undefined; k = it.next()) self.set(k, getItem(source, k));
    return;
  }
  const it = iter(source);
  let n = 0;
  for (let e = it.next(); e !== undefined; e = it.next(), n++) {
    if (!isIterable(e))
      raise(E.TypeError, `cannot convert dictionary update sequence element #${n} to a sequence`);
    const pair = toArray(e);
    if (pair.length !== 2)
      raise(
        E.ValueError,
        `dictionary update sequence element #${n} has length ${pair.length}; 2 is required`,
      );
    self.set(pair[0], pair[1]);
  }
}

function updateFrom(
  self: PyDict,
  name: string,
  args: readonly Value[],
  kwargs: ReadonlyMap<string, Value>,
): void {
  if (args.length > 1) raise(E.TypeError, `${name} expected at most 1 argument, got ${args.length}`);
  if (args.length === 1) updateDict(self, args[0]);
  for (const [k, v] of kwargs) self.set(k, v);
}

function getDictItem(self: PyDict, key: Value): Value {
  const v = self.get(key);
  if (v !== undefined) return v;
  if (self[TYPE].heap || self[TYPE] !== dictType) {
    const made = callSpecial(self, "__missing__", [key]);
    if (made !== undefined) return made;
  }
  throw err(E.KeyError, key);
}

function equalDicts(a: PyDict, b: PyDict): boolean {
  if (a.size !== b.size) return false;
  for (const [k, v] of a.entries()) {
    const w = b.get(k);
    if (w === undefined || !eqTruth(v, w)) return false;
  }
  return true;
}

function newDict(cls: PyType): PyDict {
  const d = new PyDict();
  if (cls !== dictType) d[TYPE] = cls;
  return d;
}

const reprDict = (self: PyDict): string =>
  self.size === 0
    ? "{}"
    : guardedRepr(
        self,
        "{...}",
        () =>
          `{${self
            .entries()
            .map(([k, v]) => `${repr(k)}: ${repr(v)}`)
            .join(", ")}}`,
      );

export const dictType: PyType = nativeType({
  name: "dict",
  doc: "A mapping of hashable keys to values, in order of insertion.",
  host: PyDict,
  allocator: newDict,
  generic: true,
  new: ["(cls, /, *args, **kwargs)", newDict],
  init: [
    "(self, /, *args, **kwargs)",
    (self: PyDict, args: readonly Value[], kwargs: Map<string, Value>) =>
      updateFrom(self, "dict", args, kwargs),
  ],
  methods: {
    __repr__: ["(self, /)", reprDict],
    __len__: ["(self, /)", (self: PyDict) => self.size],
    __iter__: ["(self, /)", (self: PyDict) => new DictKeyIterator(self)],
    __reversed__: [
      "(self, /)",
      (self: PyDict) => new DictReverseKeyIterator(self),
      "The keys from the last to the first.",
    ],
    __getitem__: ["(self, key, /)", getDictItem],
    __setitem__: ["(self, key, value, /)", (self: PyDict, k: Value, v: Value) => self.set(k, v)],
    __delitem__: [
      "(self, key, /)",
      (self: PyDict, k: Value) => {
        if (!self.delete(k)) throw err(E.KeyError, k);
      },
    ],
    __contains__: ["(self, key, /)", (self: PyDict, k: Value) => self.has(k), "Whether the key is there."],
    __eq__: [
      "(self, value, /)",
      (a: PyDict, b: Value) => (b instanceof PyDict ? equalDicts(a, b) : NotImplemented),
    ],
    __ne__: [
      "(self, value, /)",
      (a: PyDict, b: Value) => (b instanceof PyDict ? !equalDicts(a, b) : NotImplemented),
    ],
    __or__: [
      "(self, value, /)",
      (a: PyDict, b: Value) => {
        if (!(b instanceof PyDict) || !(a instanceof PyDict)) return NotImplemented;
        const out = a.copy();
        updateDict(out, b);
        return out;
      },
    ],
    __ror__: [
      "(self, value, /)",
      (a: PyDict, b: Value) => {
        if (!(b instanceof PyDict)) return NotImplemented;
        const out = b.copy();
        updateDict(out, a);
        return out;
      },
    ],
    __ior__: [
      "(self, value, /)",
      (a: PyDict, b: Value) => {
        updateDict(a, b);
        return a;
      },
    ],
    __sizeof__: ["(self, /)", (self: PyDict) => 64 + 104 * Math.ceil(self.size / 5)],
    get: [
      "(self, key, default=None, /)",
      (self: PyDict, k: Value, d: Value) => {
        const v = self.get(k);
        return v === undefined ? d : v;
      },
      "The value of the key, or the default.",
    ],
    setdefault: [
      "(self, key, default=None, /)",
      (self: PyDict, k: Value, d: Value) => {
        const v = self.get(k);
        if (v !== undefined) return v;
        self.set(k, d);
        return d;
      },
      "The value of the key, put in with the default if it was missing.",
    ],
    pop: [
      "(self, key, default=..., /)",
      (self: PyDict, k: Value, d: Value | undefined) => {
        const v = self.pop(k);
        if (v !== undefined) return v;
        if (d === undefined) throw err(E.KeyError, k);
        return d;
      },
      "Take the key out and return its value, or the default.",
    ],
    popitem: [
      "(self, /)",
      (self: PyDict) => {
        const e = self.popEnd(true);
        if (e === undefined) raise(E.KeyError, "popitem(): dictionary is empty");
        return new PyTuple(e);
      },
      "Take out the entry that was put in last.",
    ],
    update: [
      "(self, /, *args, **kwargs)",
      (self: PyDict, args: readonly Value[], kwargs: Map<string, Value>) =>
        updateFrom(self, "update", args, kwargs),
      "Put in the entries of a mapping or of an iterable of pairs, and keywords.",
    ],
    keys: ["(self, /)", (self: PyDict) => new PyDictView(self, "keys"), "A view of the keys."],
    values: ["(self, /)", (self: PyDict) => new PyDictView(self, "values"), "A view of the values."],
    items: [
      "(self, /)",
      (self: PyDict) => new PyDictView(self, "items"),
      "A view of the (key, value) pairs.",
    ],
    clear: ["(self, /)", (self: PyDict) => self.clear(), "Take out all entries."],
    copy: ["(self, /)", (self: PyDict) => self.copy(), "A new dict with the same entries."],
  },
  classMethods: {
    fromkeys: [
      "(cls, iterable, value=None, /)",
      (cls: PyType, keys: Value, value: Value) => {
        const made = cls === dictType ? new PyDict() : call0(cls);
        guardRange(keys);
        const it = iter(keys);
        if (made instanceof PyDict && !overrides(made, "__setitem__"))
          for (let k = it.next(); k !== undefined; k = it.next()) made.set(k, value);
        else
          for (let k = it.next(); k !== undefined; k = it.next())
            callSpecial(made, "__setitem__", [k, value]);
        return made;
      },
      "A dict of these keys, each with the value.",
    ],
  },
});

// views

const viewTypes = {} as Record<"keys" | "values" | "items", PyType>;

class PyDictView {
  declare [TYPE]: PyType;
  readonly dict: PyDict;
  readonly kind: "keys" | "values" | "items";
  constructor(dict: PyDict, kind: "keys" | "values" | "items") {
    this.dict = dict;
    this.kind = kind;
    this[TYPE] = viewTypes[kind];
  }
  iterator(): PyIterator {
    return this.kind === "keys"
      ? new DictKeyIterator(this.dict)
      : this.kind === "values"
        ? new DictValueIterator(this.dict)
        : new DictItemIterator(this.dict);
  }
  list(): Value[] {
    return this.kind === "keys"
      ? this.dict.keys()
      : this.kind === "values"
        ? this.dict.values()
        : this.dict.entries().map((e) => new PyTuple(e));
  }
  has(x: Value): boolean {
    if (this.kind === "keys") return this.dict.has(x);
    if (!(x instanceof PyTuple) || x.items.length !== 2) return false;
    const v = this.dict.get(x.items[0]);
    return v !== undefined && eqTruth(v, x.items[1]);
  }
}

/** A set, frozenset, dict view or anything registered as one: has a length and membership. */
function isSetLike(v: Value): boolean {
  return v instanceof PySet || (v instanceof PyDictView && v.kind !== "values");
}

/** A set of what an operand has, as CPython makes it. */
function viewSet(v: Value): PySet {
  const out = new PySet();
  updateSet(out, v instanceof PyDictView && v.kind === "keys" && !v.dict[TYPE].heap ? v.dict : v);
  return out;
}
const operation = (f: (a: Value, b: Value) => PySet): NativeMethod => ["(self, value, /)", f];

function both(a: Value, b: Value): PySet {
  let [self, other] = a instanceof PyDictView ? [a, b] : [b as PyDictView, a];
  const out = new PySet();
  if (other instanceof PySet && self.dict.size <= other.size) {
    for (const v of self.list()) if (other.has(v)) out.add(v);
    return out;
  }
  if (other instanceof PyDictView && other.kind !== "values" && other.dict.size > self.dict.size)
    [self, other] = [other, self];
  for (const v of toArray(other)) if (self.has(v)) out.add(v);
  return out;
}
function without(a: Value, b: Value): PySet {
  const out = viewSet(a);
  out.deleteAll(asSet(b).items());
  return out;
}
function either(a: Value, b: Value): PySet {
  const out = viewSet(a);
  updateSet(out, b);
  return out;
}
const one = (a: Value, b: Value): PySet => toggle(viewSet(a), asSet(b));

const setOf = (v: Value): { size: number; has(x: Value): boolean; items(): Value[] } =>
  v instanceof PyDictView ? { size: v.dict.size, has: (x) => v.has(x), items: () => v.list() } : (v as PySet);

function compareViews(
  test: (a: ReturnType<typeof setOf>, b: ReturnType<typeof setOf>) => boolean,
): NativeMethod {
  return [
    "(self, value, /)",
    (a: PyDictView, b: Value) => (isSetLike(b) ? test(setOf(a), setOf(b)) : NotImplemented),
  ];
}
const within = (a: ReturnType<typeof setOf>, b: ReturnType<typeof setOf>): boolean =>
  a.size <= b.size && a.items().every((v) => b.has(v));

const viewMethods = {
  __len__: ["(self, /)", (v: PyDictView) => v.dict.size] as NativeMethod,
  __iter__: ["(self, /)", (v: PyDictView) => v.iterator()] as NativeMethod,
  __repr__: [
    "(self, /)",
    (v: PyDictView) => guardedRepr(v.dict, "...", () => `dict_${v.kind}([${v.list().map(repr).join(", ")}])`),
  ] as NativeMethod,
  __reversed__: [
    "(self, /)",
    (v: PyDictView) =>
      v.kind === "keys"
        ? new DictReverseKeyIterator(v.dict)
        : v.kind === "values"
          ? new DictReverseValueIterator(v.dict)
          : new DictReverseItemIterator(v.dict),
  ] as NativeMethod,
};
const setMethods = {
  ...viewMethods,
  __contains__: ["(self, key, /)", (v: PyDictView, x: Value) => v.has(x)] as NativeMethod,
  __and__: operation(both),
  __rand__: operation((a, b) => both(b, a)),
  __or__: operation(either),
  __ror__: operation((a, b) => either(b, a)),
  __xor__: operation(one),
  __rxor__: operation((a, b) => one(b, a)),
  __sub__: operation(without),
  __rsub__: operation((a, b) => without(b, a)),
  __eq__: compareViews((a, b) => a.size === b.size && within(a, b)),
  __ne__: compareViews((a, b) => !(a.size === b.size && within(a, b))),
  __le__: compareViews(within),
  __lt__: compareViews((a, b) => a.size < b.size && within(a, b)),
  __ge__: compareViews((a, b) => within(b, a)),
  __gt__: compareViews((a, b) => b.size < a.size && within(b, a)),
  isdisjoint: [
    "(self, other, /)",
    (v: PyDictView, other: Value) => !toArray(other).some((x) => v.has(x)),
    "Whether nothing is in both.",
  ] as NativeMethod,
};
const viewGetters = { mapping: (v: PyDictView): Value => new PyMappingProxy(v.dict) };
viewTypes.keys = nativeType({ name: "dict_keys", final: true, methods: setMethods, getters: viewGetters });
viewTypes.items = nativeType({ name: "dict_items", final: true, methods: setMethods, getters: viewGetters });
viewTypes.values = nativeType({
  name: "dict_values",
  final: true,
  methods: viewMethods,
  getters: viewGetters,
});
export { viewTypes };

// mappingproxy

/** A read-only view of a mapping. */
export class PyMappingProxy {
  declare [TYPE]: PyType;
  readonly mapping: Value;
  constructor(mapping: Value) {
    this.mapping = mapping;
  }
}

const forward = (name: string): NativeMethod => [
  "(self, /, *args)",
  (p: PyMappingProxy, args: readonly Value[]) => callN(getAttr(p.mapping, name), args),
];

export const mappingProxyType = nativeType({
  name: "mappingproxy",
  doc: "A read-only view of a mapping.",
  host: PyMappingProxy,
  final: true,
  generic: true,
  new: [
    "(cls, mapping)",
    (_cls: PyType, m: Value) => {
      const sequence = m instanceof PyList || m instanceof PyTuple;
      if (sequence || (!(m instanceof PyDict) && typeOf(m).lookup("__getitem__") === undefined))
        raise(E.TypeError, `mappingproxy() argument must be a mapping, not ${typeOf(m).name}`);
      return new PyMappingProxy(m);
    },
  ],
  methods: {
    __repr__: ["(self, /)", (p: PyMappingProxy) => `mappingproxy(${repr(p.mapping)})`],
    __str__: ["(self, /)", (p: PyMappingProxy) => str(p.mapping)],
    __len__: ["(self, /)", (p: PyMappingProxy) => length(p.mapping)],
    __iter__: ["(self, /)", (p: PyMappingProxy) => getIter(p.mapping)],
    __reversed__: ["(self, /)", (p: PyMappingProxy) => callSpecial(p.mapping, "__reversed__", [])],
    __getitem__: ["(self, key, /)", (p: PyMappingProxy, k: Value) => getItem(p.mapping, k)],
    __contains__: ["(self, key, /)", (p: PyMappingProxy, k: Value) => contains(p.mapping, k)],
    __eq__: [
      "(self, value, /)",
      (p: PyMappingProxy, o: Value) => eqTruth(p.mapping, o instanceof PyMappingProxy ? o.mapping : o),
    ],
    __or__: [
      "(self, value, /)",
      (p: PyMappingProxy, o: Value) => bitor(p.mapping, o instanceof PyMappingProxy ? o.mapping : o),
    ],
    __ror__: [
      "(self, value, /)",
      (p: PyMappingProxy, o: Value) => bitor(o instanceof PyMappingProxy ? o.mapping : o, p.mapping),
    ],
    get: forward("get"),
    keys: forward("keys"),
    values: forward("values"),
    items: forward("items"),
    copy: forward("copy"),
  },
});

const proxies = new WeakMap<Namespace, PyMappingProxy>();

late.dict = (entries) => new PyDict(entries as Map<unknown, Value>);
late.dictOver = dictOver;
late.mappingProxy = (ns) => {
  let p = proxies.get(ns);
  if (!p) proxies.set(ns, (p = new PyMappingProxy(dictOver(ns))));
  return p;
};
late.namespaceOf = (v) => (v instanceof PyDict ? shareNamespace(v) : undefined);
late.entries = (v) => {
  if (v instanceof PyDict && !overrides(v, "__getitem__") && !overrides(v, "keys")) return v.entries();
  if (typeof v !== "object" || v === null || (v as Typed)[TYPE].lookup("__getitem__") === undefined)
    return undefined;
  const keys = getAttrOrUndefined(v, "keys");
  return keys === undefined ? undefined : toArray(call0(keys)).map((k) => [k, getItem(v, k)] as const);
};

showAsText(PyDict);
