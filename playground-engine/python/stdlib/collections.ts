// The module collections.
// Behaviour: docs.python.org/3.11/library/collections.html.
import { callMethod, getAttr, getAttrOrUndefined, setAttr } from "../runtime/attributes.ts";
import { call0, call1, callN, callSpecial, callVec } from "../runtime/call.ts";
import { eqTruth } from "../runtime/comparison.ts";
import { E, err, isInstanceOf, raise } from "../runtime/exceptions.ts";
import { contains, delItem, getItem, setItem } from "../runtime/items.ts";
import { iter, NativeIterator, toArray } from "../runtime/iteration.ts";
import { late } from "../runtime/late.ts";
import { defineModule, importModule } from "../runtime/modules.ts";
import { nativeType } from "../runtime/native-type.ts";
import type { NativeMethod } from "../runtime/native.ts";
import {
  asInt,
  asStr,
  dictOf,
  type Kwargs,
  NotImplemented,
  PyList,
  type PyObject,
  PyTuple,
  type PyType,
  TYPE,
  typeOf,
  type Value,
} from "../runtime/object.ts";
import { add, neg, sub } from "../runtime/operators.ts";
import { gt as greater, lt as less } from "../runtime/comparison.ts";
import { guardedRepr, repr } from "../runtime/repr.ts";
import { isTrue, length } from "../runtime/truth.ts";
import { dictType, updateDict } from "../builtins/dict-type.ts";
import { PyDict } from "../builtins/dict.ts";
import { callable, sortedArray } from "../builtins/functions.ts";
import { isInstanceCheck } from "../builtins/class-checks.ts";
import { nativeFunction } from "../runtime/native-function.ts";
import { mapping, mutableMapping } from "./collections-abc.ts";
import { dequeType } from "./deque.ts";
import { makeClass } from "./make-class.ts";
import { makeAbc } from "./abc.ts";
import { callerModule, namedtuple } from "./namedtuple.ts";
import { pythonMembers } from "./python-source.ts";
import { atMostOne } from "../builtins/arguments.ts";

/** A method of dict called on an instance of a subclass. */
const dictMethod = (name: string, self: Value, ...args: Value[]): Value =>
  callN(dictType.dict.get(name)!, [self, ...args]);

// defaultdict

export class PyDefaultDict extends PyDict {
  factory: Value = null;
}

function newDefaultDict(cls: PyType): PyDefaultDict {
  const d = new PyDefaultDict();
  if (cls !== defaultDictType) d[TYPE] = cls;
  return d;
}

function copyDefault(d: PyDefaultDict): PyDefaultDict {
  const out = newDefaultDict(d[TYPE]);
  out.factory = d.factory;
  out.merge(d);
  return out;
}

export const defaultDictType: PyType = nativeType({
  name: "defaultdict",
  module: "collections",
  dotted: true,
  doc: "A dict that makes missing values by calling a function.",
  bases: [dictType],
  host: PyDefaultDict,
  allocator: newDefaultDict,
  generic: true,
  new: ["(cls, /, *args, **kwargs)", newDefaultDict],
  init: [
    "(self, /, *args, **kwargs)",
    (d: PyDefaultDict, args: readonly Value[], kwargs: Kwargs) => {
      const f = args[0] ?? null;
      if (f !== null && !callable(f)) raise(E.TypeError, "first argument must be callable or None");
      d.factory = f;
      callVec(dictType.dict.get("__init__")!, [d, ...args.slice(1), ...kwargs.values()], [...kwargs.keys()]);
    },
  ],
  methods: {
    __missing__: [
      "(self, key, /)",
      (d: PyDefaultDict, k: Value) => {
        if (d.factory === null) throw err(E.KeyError, k);
        const v = call0(d.factory);
        d.set(k, v);
        return v;
      },
    ],
    __repr__: [
      "(self, /)",
      (d: PyDefaultDict) =>
        `${d[TYPE].qualname}(${guardedRepr(d.factory, "...", () => repr(d.factory))}, ${dictMethod("__repr__", d) as string})`,
    ],
    copy: ["(self, /)", copyDefault, "A defaultdict with the same entries and function."],
    __copy__: ["(self, /)", copyDefault],
    __or__: [
      "(self, value, /)",
      (a: PyDefaultDict, b: Value) => {
        if (!(b instanceof PyDict)) return NotImplemented;
        const out = copyDefault(a);
        updateDict(out, b);
        return out;
      },
    ],
    __ror__: [
      "(self, value, /)",
      (a: PyDefaultDict, b: Value) => {
        if (!(b instanceof PyDict)) return NotImplemented;
        const out = newDefaultDict(a[TYPE]);
        out.factory = a.factory;
        updateDict(out, b);
        updateDict(out, a);
        return out;
      },
    ],
    __reduce__: [
      "(self, /)",
      (d: PyDefaultDict) =>
        new PyTuple([
          d[TYPE],
          new PyTuple(d.factory === null ? [] : [d.factory]),
          null,
          null,
          iter(callN(dictType.dict.get("items")!, [d])),
        ]),
    ],
  },
  getters: {
    default_factory: {
      get: (d: PyDefaultDict) => d.factory,
      set: (d: PyDefaultDict, v: Value) => void (d.factory = v),
    },
  },
});

// OrderedDict

export const orderedDictClass: PyType = makeClass({
  name: "OrderedDict",
  module: "collections",
  doc: "A dict that compares with its like in order, too.",
  bases: [dictType],
  methods: {
    __repr__: [
      "(self, /)",
      (d: PyDict) => {
        if (d.size === 0) return `${d[TYPE].name}()`;
        return guardedRepr(
          d,
          "...",
          () =>
            `${d[TYPE].name}([${toArray(callN(typeOf(d).lookup("items")!, [d]))
              .map(repr)
              .join(", ")}])`,
        );
      },
    ],
    __eq__: [
      "(self, value, /)",
      (a: PyDict, b: Value) => {
        if (!(b instanceof PyDict)) return NotImplemented;
        if (dictMethod("__eq__", a, b) !== true) return false;
        if (!typeOf(b).isSubtypeOf(orderedDictClass)) return true;
        const [x, y] = [a.keys(), b.keys()];
        return x.every((k, i) => eqTruth(k, y[i]));
      },
    ],
    __ne__: [
      "(self, value, /)",
      (a: PyDict, b: Value) => {
        const same = callSpecial(a, "__eq__", [b]);
        return same === NotImplemented ? same : !isTrue(same!);
      },
    ],
    pop: [
      "(self, /, key, default=...)",
      (d: PyDict, k: Value, fallback: Value | undefined) =>
        callN(dictType.dict.get("pop")!, fallback === undefined ? [d, k] : [d, k, fallback]),
      "Take out the value of a key.",
    ],
    setdefault: [
      "(self, /, key, default=None)",
      (d: PyDict, k: Value, fallback: Value) => callN(dictType.dict.get("setdefault")!, [d, k, fallback]),
      "The value of a key, put there first where it is missing.",
    ],
    move_to_end: [
      "(self, /, key, last=True)",
      (d: PyDict, k: Value, last: Value) => {
        if (!d.moveTo(k, isTrue(last))) throw err(E.KeyError, k);
      },
      "Move a key to the end, or to the front.",
    ],
    popitem: [
      "(self, /, last=True)",
      (d: PyDict, last: Value) => {
        const e = d.popEnd(isTrue(last));
        if (e === undefined) raise(E.KeyError, "dictionary is empty");
        return new PyTuple(e);
      },
      "Take out the last entry, or the first.",
    ],
    copy: [
      "(self, /)",
      (d: PyDict) => {
        const out = call0(typeOf(d)) as PyDict;
        updateDict(out, d);
        return out;
      },
      "An OrderedDict with the same entries.",
    ],
    __or__: ["(self, value, /)", (a: PyDict, b: Value) => joined(a, a, b)],
    __ror__: ["(self, value, /)", (a: PyDict, b: Value) => joined(a, b, a)],
    __reduce__: [
      "(self, /)",
      (d: PyDict) =>
        new PyTuple([
          typeOf(d),
          new PyTuple([]),
          callMethod(d, "__getstate__"),
          null,
          iter(callN(typeOf(d).lookup("items")!, [d])),
        ]),
    ],
  },
  classMethods: {
    fromkeys: [
      "(cls, /, iterable, value=None)",
      (cls: PyType, keys: Value, v: Value) => {
        const out = call0(cls);
        for (const k of toArray(keys)) setItem(out, k, v);
        return out;
      },
      "An OrderedDict of these keys, all with one value.",
    ],
  },
});

function joined(like: PyDict, a: Value, b: Value): Value {
  if (!(a instanceof PyDict) || !(b instanceof PyDict)) return NotImplemented;
  const out = call0(typeOf(like)) as PyDict;
  updateDict(out, a);
  updateDict(out, b);
  return out;
}

// Counter

const count = (c: PyDict, k: Value): Value => c.get(k) ?? 0;

/** Count the items of an iterable, or add the counts of a mapping. */
function tally(c: PyDict, source: Value, plus: (a: Value, b: Value) => Value = add): void {
  if (source instanceof PyDict || isInstanceCheck(source, mapping)) {
    if (source instanceof PyDict && c.size === 0 && plus === add) {
      updateDict(c, source);
      return;
    }
    for (const [k, v] of late.entries(source) ?? []) c.set(k, plus(count(c, k), v));
    return;
  }
  const it = iter(source);
  for (let k = it.next(); k !== undefined; k = it.next()) {
    const n = c.get(k);
    c.set(k, n === undefined ? plus(0, 1) : typeof n === "number" && plus === add ? n + 1 : plus(n, 1));
  }
}

function tallyArguments(
  c: PyDict,
  name: string,
  args: readonly Value[],
  kwargs: Kwargs,
  plus?: (a: Value, b: Value) => Value,
): void {
  const source = atMostOne(name, args);
  if (source !== undefined && source !== null) tally(c, source, plus);
  if (kwargs.size > 0) tally(c, late.dict(kwargs), plus);
}

/** A Counter of the positive among these counts. */
function positive(entries: Iterable<readonly [Value, Value]>): PyDict {
  const out = call0(counterClass) as PyDict;
  for (const [k, n] of entries) if (isTrue(greater(n, 0))) out.set(k, n);
  return out;
}

/** Entries of a op b: keys of a first, then those of b alone. */
function merged(a: PyDict, b: PyDict, f: (x: Value, y: Value) => Value): [Value, Value][] {
  const out: [Value, Value][] = a.entries().map(([k, n]) => [k, f(n, count(b, k))]);
  for (const [k, n] of b.entries()) if (!a.has(k)) out.push([k, f(0, n)]);
  return out;
}

const isCounter = (v: Value): v is PyDict => v instanceof PyDict && typeOf(v).isSubtypeOf(counterClass);
const most = (a: Value, b: Value): Value => (isTrue(less(a, b)) ? b : a);
const least = (a: Value, b: Value): Value => (isTrue(less(a, b)) ? a : b);

const combine = (f: (a: Value, b: Value) => Value): NativeMethod => [
  "(self, other)",
  (a: PyDict, b: Value) => (isCounter(b) ? positive(merged(a, b, f)) : NotImplemented),
];
const combineHere = (f: (a: Value, b: Value) => Value): NativeMethod => [
  "(self, other)",
  (a: PyDict, b: Value) => {
    if (!(b instanceof PyDict)) return getAttr(b, "items");
    const kept = merged(a, b, f).filter(([, n]) => isTrue(greater(n, 0)));
    const keys = kept.map(([k]) => k);
    for (const k of a.keys()) if (!keys.some((x) => eqTruth(x, k))) a.delete(k);
    for (const [k, n] of kept) a.set(k, n);
    return a;
  },
];
const everyCount = (test: (a: Value, b: Value) => boolean): NativeMethod => [
  "(self, other)",
  (a: PyDict, b: Value) => {
    if (!isCounter(b)) return NotImplemented;
    return [...a.keys(), ...b.keys()].every((k) => test(count(a, k), count(b, k)));
  },
];
const atMost = (a: Value, b: Value): boolean => !isTrue(greater(a, b));

function mostCommon(c: PyDict, n: Value): PyTuple[] {
  const pairs = c.entries().map((e) => new PyTuple(e));
  const sorted = sortedArray(
    new PyList(pairs),
    nativeFunction("count", ["(pair)", (p: PyTuple) => p.items[1]!]),
    true,
  ) as PyTuple[];
  if (n === null) return sorted;
  const k = asInt(n);
  if (k === undefined) raise(E.TypeError, `'${typeOf(n).name}' object cannot be interpreted as an integer`);
  return sorted.slice(0, Math.max(0, Number(k)));
}

export const counterClass: PyType = makeClass({
  name: "Counter",
  module: "collections",
  doc: "A dict of how often things occur.",
  bases: [dictType],
  init: [
    "(self, /, *args, **kwds)",
    (c: PyDict, args: readonly Value[], kwargs: Kwargs) => tallyArguments(c, "Counter", args, kwargs),
  ],
  methods: {
    __missing__: ["(self, key)", () => 0],
    __delitem__: ["(self, elem)", (c: PyDict, k: Value) => void c.delete(k)],
    __repr__: [
      "(self)",
      (c: PyDict) => {
        if (c.size === 0) return `${typeOf(c).name}()`;
        return guardedRepr(c, "...", () => {
          let entries: [Value, Value][];
          try {
            entries = mostCommon(c, null).map((p) => [p.items[0], p.items[1]]);
          } catch (e) {
            if (!isInstanceOf(e, E.TypeError)) throw e;
            entries = c.entries();
          }
          return `${typeOf(c).name}({${entries.map(([k, n]) => `${repr(k)}: ${repr(n)}`).join(", ")}})`;
        });
      },
    ],
    most_common: [
      "(self, n=None)",
      (c: PyDict, n: Value) => new PyList(mostCommon(c, n)),
      "The n most frequent things with their counts.",
    ],
    elements: [
      "(self)",
      (c: PyDict) => {
        const entries = c.entries();
        let i = 0;
        let left = 0;
        return new NativeIterator(() => {
          while (left <= 0) {
            const e = entries[i];
            if (e === undefined) return undefined;
            i++;
            left = Number(asInt(e[1]) ?? 0);
          }
          left--;
          return entries[i - 1]![0];
        });
      },
      "Each thing as often as it was counted.",
    ],
    total: ["(self)", (c: PyDict) => c.values().reduce((a, b) => add(a, b), 0), "The sum of the counts."],
    update: [
      "(self, /, *args, **kwds)",
      (c: PyDict, args: readonly Value[], kwargs: Kwargs) =>
        tallyArguments(c, "Counter.update", args, kwargs),
      "Count more things.",
    ],
    subtract: [
      "(self, /, *args, **kwds)",
      (c: PyDict, args: readonly Value[], kwargs: Kwargs) =>
        tallyArguments(c, "Counter.subtract", args, kwargs, sub),
      "Count things off.",
    ],
    copy: ["(self)", (c: PyDict) => call1(typeOf(c), c), "A Counter with the same counts."],
    __copy__: ["(self)", (c: PyDict) => call1(typeOf(c), c)],
    __reduce__: ["(self)", (c: PyDict) => new PyTuple([typeOf(c), new PyTuple([c.copy()])])],
    __add__: combine(add),
    __sub__: combine(sub),
    __or__: combine(most),
    __and__: combine(least),
    __iadd__: combineHere(add),
    __isub__: combineHere(sub),
    __ior__: combineHere(most),
    __iand__: combineHere(least),
    __pos__: ["(self)", (c: PyDict) => positive(c.entries())],
    __neg__: ["(self)", (c: PyDict) => positive(c.entries().map(([k, n]) => [k, neg(n)] as const))],
    __eq__: everyCount(eqTruth),
    __ne__: [
      "(self, other)",
      (a: PyDict, b: Value) =>
        isCounter(b)
          ? ![...a.keys(), ...b.keys()].every((k) => eqTruth(count(a, k), count(b, k)))
          : NotImplemented,
    ],
    __le__: everyCount(atMost),
    __ge__: everyCount((a, b) => atMost(b, a)),
    __lt__: [
      "(self, other)",
      (a: PyDict, b: Value) => {
        if (!isCounter(b)) return NotImplemented;
        const keys = [...a.keys(), ...b.keys()];
        return (
          keys.every((k) => atMost(count(a, k), count(b, k))) &&
          !keys.every((k) => eqTruth(count(a, k), count(b, k)))
        );
      },
    ],
    __gt__: [
      "(self, other)",
      (a: PyDict, b: Value) => {
        if (!isCounter(b)) return NotImplemented;
        const keys = [...a.keys(), ...b.keys()];
        return (
          keys.every((k) => atMost(count(b, k), count(a, k))) &&
          !keys.every((k) => eqTruth(count(a, k), count(b, k)))
        );
      },
    ],
  },
  classMethods: {
    fromkeys: [
      "(cls, iterable, v=None)",
      () => {
        raise(E.NotImplementedError, "Counter.fromkeys() is undefined.  Use Counter(iterable) instead.");
      },
    ],
  },
});

// ChainMap

const maps = (c: Value): Value[] => (dictOf(c)!.get("maps") as PyList).items;

function chainItem(c: Value, k: Value): Value | undefined {
  for (const m of maps(c)) {
    if (m instanceof PyDict && !m[TYPE].heap) {
      const v = m.get(k);
      if (v !== undefined) return v;
    } else {
      try {
        return getItem(m, k);
      } catch (e) {
        if (!isInstanceOf(e, E.KeyError)) throw e;
      }
    }
  }
  return undefined;
}

/** All keys, those of the last map first. */
function chainKeys(c: Value): PyDict {
  const keys = new PyDict();
  for (const m of [...maps(c)].reverse()) for (const k of toArray(m)) keys.set(k, null);
  return keys;
}

/** The inner error's KeyError worded for the first map. */
function inFirst<T>(k: Value, action: () => T): T {
  try {
    return action();
  } catch (e) {
    if (isInstanceOf(e, E.KeyError)) raise(E.KeyError, `Key not found in the first mapping: ${repr(k)}`);
    throw e;
  }
}

const method = (m: Value, name: string, ...args: Value[]): Value => callN(getAttrOrUndefined(m, name)!, args);

export const chainMapClass: PyType = makeAbc({
  name: "ChainMap",
  module: "collections",
  doc: "Several mappings looked up one after the other.",
  bases: [mutableMapping],
  init: [
    "(self, *maps)",
    (c: PyObject, given: readonly Value[]) =>
      setAttr(c, "maps", new PyList(given.length === 0 ? [new PyDict()] : [...given])),
  ],
  methods: {
    __missing__: [
      "(self, key)",
      (_c: Value, k: Value) => {
        throw err(E.KeyError, k);
      },
    ],
    __getitem__: [
      "(self, key)",
      (c: Value, k: Value) => {
        const v = chainItem(c, k);
        return v === undefined ? method(c, "__missing__", k) : v;
      },
    ],
    get: [
      "(self, key, default=None)",
      (c: Value, k: Value, d: Value) => (contains(c, k) ? getItem(c, k) : d),
    ],
    __len__: ["(self)", (c: Value) => chainKeys(c).size],
    __iter__: ["(self)", (c: Value) => iter(chainKeys(c))],
    __contains__: ["(self, key)", (c: Value, k: Value) => maps(c).some((m) => contains(m, k))],
    __bool__: ["(self)", (c: Value) => maps(c).some((m) => length(m) > 0)],
    __repr__: [
      "(self)",
      (c: Value) => guardedRepr(c, "...", () => `${typeOf(c).name}(${maps(c).map(repr).join(", ")})`),
    ],
    copy: ["(self)", (c: Value) => callN(typeOf(c), [method(maps(c)[0], "copy"), ...maps(c).slice(1)])],
    __copy__: ["(self)", (c: Value) => callN(typeOf(c), [method(maps(c)[0], "copy"), ...maps(c).slice(1)])],
    new_child: [
      "(self, m=None, **kwargs)",
      (c: Value, m: Value, kwargs: Kwargs) => {
        const first = m === null ? late.dict(kwargs) : m;
        if (m !== null) for (const [k, v] of kwargs) setItem(first, k, v);
        return callN(typeOf(c), [first, ...maps(c)]);
      },
      "A ChainMap with a new mapping in front.",
    ],
    __setitem__: ["(self, key, value)", (c: Value, k: Value, v: Value) => setItem(maps(c)[0], k, v)],
    __delitem__: ["(self, key)", (c: Value, k: Value) => inFirst(k, () => delItem(maps(c)[0], k))],
    popitem: [
      "(self)",
      (c: Value) => {
        try {
          return method(maps(c)[0], "popitem");
        } catch (e) {
          if (isInstanceOf(e, E.KeyError)) raise(E.KeyError, "No keys found in the first mapping.");
          throw e;
        }
      },
    ],
    pop: [
      "(self, key, *args)",
      (c: Value, k: Value, args: readonly Value[]) => inFirst(k, () => method(maps(c)[0], "pop", k, ...args)),
    ],
    clear: ["(self)", (c: Value) => void method(maps(c)[0], "clear")],
    __ior__: [
      "(self, other)",
      (c: Value, o: Value) => {
        method(maps(c)[0], "update", o);
        return c;
      },
    ],
    __or__: [
      "(self, other)",
      (c: Value, o: Value) => {
        if (!isInstanceCheck(o, mapping)) return NotImplemented;
        const m = method(c, "copy");
        method(maps(m)[0], "update", o);
        return m;
      },
    ],
    __ror__: [
      "(self, other)",
      (c: Value, o: Value) => {
        if (!isInstanceCheck(o, mapping)) return NotImplemented;
        const m = new PyDict();
        updateDict(m, o);
        for (const child of [...maps(c)].reverse()) updateDict(m, child);
        return call1(typeOf(c), m);
      },
    ],
  },
  classMethods: {
    fromkeys: [
      "(cls, iterable, *args)",
      (cls: PyType, it: Value, args: readonly Value[]) =>
        call1(cls, callN(getAttrOrUndefined(dictType, "fromkeys")!, [it, ...args])),
    ],
  },
  getters: { parents: (c: Value) => callN(typeOf(c), maps(c).slice(1)) },
});

// UserDict, UserList, UserString: rarely used and all forwarding, so in Python.

const USER = `
from _collections_abc import MutableMapping, MutableSequence, Sequence

class UserDict(MutableMapping):
    def __init__(self, dict=None, /, **kwargs):
        self.data = {}
        if dict is not None:
            self.update(dict)
        if kwargs:
            self.update(kwargs)
    def __len__(self):
        return len(self.data)
    def __getitem__(self, key):
        if key in self.data:
            return self.data[key]
        missing = getattr(type(self), "__missing__", None)
        if missing is None:
            raise KeyError(key)
        return missing(self, key)
    def __setitem__(self, key, item):
        self.data[key] = item
    def __delitem__(self, key):
        del self.data[key]
    def __iter__(self):
        return iter(self.data)
    def __contains__(self, key):
        return key in self.data
    def get(self, key, default=None):
        return self[key] if key in self else default
    def __repr__(self):
        return repr(self.data)
    def __or__(self, other):
        if isinstance(other, UserDict):
            other = other.data
        return self.__class__(self.data | other) if isinstance(other, dict) else NotImplemented
    def __ror__(self, other):
        if isinstance(other, UserDict):
            other = other.data
        return self.__class__(other | self.data) if isinstance(other, dict) else NotImplemented
    def __ior__(self, other):
        self.data |= other.data if isinstance(other, UserDict) else other
        return self
    def __copy__(self):
        twin = self.__class__.__new__(self.__class__)
        twin.__dict__.update(self.__dict__)
        twin.__dict__["data"] = self.data.copy()
        return twin
    def copy(self):
        if type(self) is UserDict:
            return UserDict(self.data.copy())
        return self.__copy__()
    @classmethod
    def fromkeys(cls, iterable, value=None):
        made = cls()
        for key in iterable:
            made[key] = value
        return made

def _data(other):
    return other.data if isinstance(other, UserList) else other

class UserList(MutableSequence):
    def __init__(self, initlist=None):
        self.data = [] if initlist is None else list(_data(initlist))
    def __repr__(self): return repr(self.data)
    def __lt__(self, other): return self.data < _data(other)
    def __le__(self, other): return self.data <= _data(other)
    def __eq__(self, other): return self.data == _data(other)
    def __gt__(self, other): return self.data > _data(other)
    def __ge__(self, other): return self.data >= _data(other)
    def __contains__(self, item): return item in self.data
    def __len__(self): return len(self.data)
    def __getitem__(self, i):
        return self.__class__(self.data[i]) if isinstance(i, slice) else self.data[i]
    def __setitem__(self, i, item): self.data[i] = item
    def __delitem__(self, i): del self.data[i]
    def __add__(self, other): return self.__class__(self.data + list(_data(other)))
    def __radd__(self, other): return self.__class__(list(_data(other)) + self.data)
    def __iadd__(self, other):
        self.data += _data(other)
        return self
    def __mul__(self, n): return self.__class__(self.data * n)
    __rmul__ = __mul__
    def __imul__(self, n):
        self.data *= n
        return self
    def __copy__(self):
        twin = self.__class__.__new__(self.__class__)
        twin.__dict__.update(self.__dict__)
        twin.__dict__["data"] = self.data[:]
        return twin
    def append(self, item): self.data.append(item)
    def insert(self, i, item): self.data.insert(i, item)
    def pop(self, i=-1): return self.data.pop(i)
    def remove(self, item): self.data.remove(item)
    def clear(self): self.data.clear()
    def copy(self): return self.__class__(self)
    def count(self, item): return self.data.count(item)
    def index(self, item, *args): return self.data.index(item, *args)
    def reverse(self): self.data.reverse()
    def sort(self, /, *args, **kwds): self.data.sort(*args, **kwds)
    def extend(self, other): self.data.extend(_data(other))

def _text(other):
    return other.data if isinstance(other, UserString) else other

class UserString(Sequence):
    def __init__(self, seq):
        self.data = seq.data[:] if isinstance(seq, UserString) else str(seq)
    def __str__(self): return str(self.data)
    def __repr__(self): return repr(self.data)
    def __int__(self): return int(self.data)
    def __float__(self): return float(self.data)
    def __complex__(self): return complex(self.data)
    def __hash__(self): return hash(self.data)
    def __getnewargs__(self): return (self.data[:],)
    def __eq__(self, other): return self.data == _text(other)
    def __lt__(self, other): return self.data < _text(other)
    def __le__(self, other): return self.data <= _text(other)
    def __gt__(self, other): return self.data > _text(other)
    def __ge__(self, other): return self.data >= _text(other)
    def __contains__(self, char): return _text(char) in self.data
    def __len__(self): return len(self.data)
    def __getitem__(self, i): return self.__class__(self.data[i])
    def __add__(self, other): return self.__class__(self.data + str(_text(other)))
    def __radd__(self, other): return self.__class__(str(other) + self.data)
    def __mul__(self, n): return self.__class__(self.data * n)
    __rmul__ = __mul__
    def __mod__(self, args): return self.__class__(self.data % args)
    def __rmod__(self, template): return self.__class__(str(template) % self)
    def join(self, seq): return self.data.join(seq)
    def encode(self, encoding="utf-8", errors="strict"): return self.data.encode(encoding, errors)

def _forward(name, wrap):
    def method(self, *args, **kwargs):
        result = getattr(self.data, name)(*[_text(a) for a in args], **kwargs)
        return self.__class__(result) if wrap else result
    method.__name__ = name
    method.__qualname__ = "UserString." + name
    setattr(UserString, name, method)

for _name in ("capitalize casefold center expandtabs ljust lower lstrip removeprefix removesuffix replace rjust rstrip strip "
              "swapcase title translate upper zfill").split():
    _forward(_name, True)
for _name in ("count endswith find format format_map index isalpha isalnum isascii isdecimal isdigit isidentifier islower isnumeric "
              "isprintable isspace istitle isupper partition rfind rindex rpartition rsplit split splitlines startswith").split():
    _forward(_name, False)
`;

defineModule("collections", () => ({
  name: "collections",
  doc: "Container types beside the built-in ones.",
  functions: {
    namedtuple: [
      "(typename, field_names, *, rename=False, defaults=None, module=None)",
      (name: Value, fields: Value, rename: Value, defaults: Value, module: Value) =>
        namedtuple(name, fields, isTrue(rename), defaults, asStr(module) ?? callerModule()),
      "A tuple class whose fields have names.",
    ],
  },
  members: {
    abc: () => importModule("collections.abc"),
    deque: dequeType,
    defaultdict: defaultDictType,
    OrderedDict: orderedDictClass,
    Counter: counterClass,
    ChainMap: chainMapClass,
    ...pythonMembers("collections", USER, ["UserDict", "UserList", "UserString"]),
  },
}));
