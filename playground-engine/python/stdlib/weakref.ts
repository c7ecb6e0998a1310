// The module weakref: references that do not keep their object, and what is built on them.
// Behaviour: docs.python.org/3.11/library/weakref.html. Whether an object is gone says runtime/weak.ts.
import { delAttr, getAttr, setAttr } from "../runtime/attributes.ts";
import { call1, callN, callVec } from "../runtime/call.ts";
import { eqTruth } from "../runtime/comparison.ts";
import { E, raise } from "../runtime/exceptions.ts";
import { hash, id } from "../runtime/hash.ts";
import { isReachable } from "../runtime/liveness.ts";
import { defineModule } from "../runtime/modules.ts";
import { nativeType } from "../runtime/native-type.ts";
import type { NativeMethod } from "../runtime/native.ts";
import {
  type Kwargs,
  NotImplemented,
  PyBytes,
  PyList,
  PyObject,
  PyTuple,
  type PyType,
  TYPE,
  typeOf,
  type Value,
} from "../runtime/object.ts";
import { isTrue } from "../runtime/truth.ts";
import { isAlive, unwatch, watch, type Watcher, watchersOf } from "../runtime/weak.ts";
import { PyDict } from "../builtins/dict.ts";
import { definePythonModule } from "./python-source.ts";

/** A reference that its object's end is told to. */
class PyWeakRef implements Watcher {
  declare [TYPE]: PyType;
  readonly own = false;
  callee: Value;
  /** Out of sight of the walk over all that a program reaches. */
  #target: object | null;
  private hashed: number | bigint | undefined = undefined;
  constructor(target: object, callback: Value) {
    this.#target = target;
    this.callee = callback;
  }
  get(): Value {
    return this.#target !== null && isAlive(this.#target) ? this.#target : null;
  }
  died(): void {
    this.#target = null;
    const callback = this.callee;
    this.callee = null;
    // a reference that is gone itself calls nobody
    if (callback !== null && isReachable(this)) call1(callback, this);
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

/** Types of which CPython's instances can be referred to weakly only where a class of the program derives from them. */
const UNREFERABLE = new Set([
  "object",
  "float",
  "complex",
  "NoneType",
  "range",
  "slice",
  "ellipsis",
  "NotImplementedType",
]);

function needReferable(v: Value): object {
  const t = typeOf(v);
  const plain =
    typeof v !== "object" ||
    v === null ||
    v instanceof PyTuple ||
    v instanceof PyBytes ||
    (!t.heap && (v instanceof PyList || v instanceof PyDict || UNREFERABLE.has(t.name))) ||
    (t.heap && v instanceof PyObject && t.lookup("__weakref__") === undefined && v.constructor === PyObject);
  if (plain) raise(E.TypeError, `cannot create weak reference to '${t.name}' object`);
  return v as object;
}

/** References that the program can still use, of an object. */
const refsOf = (o: Value): PyWeakRef[] =>
  typeof o === "object" && o !== null
    ? (watchersOf(o).filter((w) => w instanceof PyWeakRef) as PyWeakRef[])
    : [];

const weakRefType: PyType = nativeType({
  name: "ReferenceType",
  module: "weakref",
  dotted: true,
  host: PyWeakRef,
  generic: true,
  new: [
    "(cls, object, callback=None, /, *args, **kwargs)",
    (cls: PyType, o: Value, callback: Value) => {
      const target = needReferable(o);
      const known = refsOf(target).find((r) => r.callee === null && r[TYPE] === weakRefType);
      if (known && callback === null && cls === weakRefType) return known;
      const r = new PyWeakRef(target, callback);
      if (cls !== weakRefType) r[TYPE] = cls;
      watch(target, r);
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
    __copy__: ["(self, /)", (r: Value) => r],
    __deepcopy__: ["(self, memo, /)", (r: Value) => r],
  },
  getters: { __callback__: (r: PyWeakRef) => r.callee },
});

class PyProxy extends PyWeakRef {
  need(): object {
    const o = this.get();
    if (o === null) raise(E.ReferenceError, "weakly-referenced object no longer exists");
    return o as object;
  }
}

const NAMED_OPERATORS = "add sub mul matmul truediv floordiv mod divmod pow lshift rshift and or xor".split(
  " ",
);
const FORWARDED = [
  ..."len getitem setitem delitem contains iter next reversed str bytes int float complex index neg pos abs invert".split(" "),
  ..."eq ne lt le gt ge enter exit".split(" "),
  ...NAMED_OPERATORS.flatMap((n) => [n, `r${n}`]),
  ...NAMED_OPERATORS.filter((n) => n !== "divmod").map((n) => `i${n}`),
].map((n) => `__${n}__`); // prettier-ignore

const real = (v: Value): Value => (v instanceof PyProxy ? v.need() : v);

/** What a proxy passes on to its object: only what the object's class has. */
const forwarded = (name: string): NativeMethod => [
  "(self, /, *args)",
  (p: PyProxy, args: readonly Value[]) => {
    const o = p.need();
    const m = typeOf(o).lookup(name);
    if (m === undefined && /^__(?:r|i)?(?:[a-z]+)__$/.test(name) && !name.includes("item")) {
      if (args.length > 0 && name !== "__contains__") return NotImplemented;
      if (name === "__str__") return callN(getAttr(o, name), []);
    }
    return callN(getAttr(o, name), args.map(real));
  },
];

function proxyTypeOf(name: string, more: Readonly<Record<string, NativeMethod>>): PyType {
  const t = nativeType({
    name,
    module: "weakref",
    dotted: true,
    methods: {
      ...Object.fromEntries(FORWARDED.map((n) => [n, forwarded(n)])),
      __bool__: ["(self, /)", (p: PyProxy) => isTrue(p.need())],
      __repr__: [
        "(self, /)",
        (p: PyProxy) => {
          const o = p.need();
          return `<weakproxy at 0x${id(p).toString(16)} to ${typeOf(o).name} at 0x${id(o).toString(16)}>`;
        },
      ],
      ...more,
    },
    members: { __hash__: null },
  });
  t.getAttro = (p: PyProxy, attribute: string): Value | undefined =>
    attribute === "__class__" ? typeOf(p.need()) : getAttr(p.need(), attribute);
  t.setAttro = (p: PyProxy, attribute: string, v: Value | undefined): void => {
    if (v === undefined) delAttr(p.need(), attribute);
    else setAttr(p.need(), attribute, v);
  };
  return t;
}

const proxyType = proxyTypeOf("ProxyType", {});
const callableProxyType = proxyTypeOf("CallableProxyType", {
  __call__: [
    "(self, /, *args, **kwargs)",
    (p: PyProxy, args: readonly Value[], kwargs: Kwargs) =>
      callVec(p.need(), [...args, ...kwargs.values()], [...kwargs.keys()]),
  ],
});
Object.defineProperty(PyProxy.prototype, TYPE, { value: proxyType, writable: true, configurable: true });

defineModule("_weakref", () => ({
  name: "_weakref",
  functions: {
    proxy: [
      "(object, callback=None, /)",
      (o: Value, callback: Value) => {
        const target = needReferable(o);
        const wanted = typeOf(target).lookup("__call__") === undefined ? proxyType : callableProxyType;
        const known = refsOf(target).find((r) => r instanceof PyProxy && r.callee === null);
        if (known && callback === null) return known;
        const p = new PyProxy(target, callback);
        if (wanted !== proxyType) p[TYPE] = wanted;
        watch(target, p);
        return p;
      },
      "An object that stands for another without keeping it.",
    ],
    getweakrefcount: ["(object, /)", (o: Value) => refsOf(o).length],
    getweakrefs: ["(object, /)", (o: Value) => new PyList(refsOf(o))],
    _forget: [
      "(ref, /)",
      (r: PyWeakRef) => {
        const o = r.get();
        if (o !== null) unwatch(o as object, r);
      },
    ],
  },
  members: {
    ref: weakRefType,
    ReferenceType: weakRefType,
    ProxyType: proxyType,
    CallableProxyType: callableProxyType,
  },
}));

definePythonModule(
  "weakref",
  String.raw`
from _collections_abc import MutableMapping, MutableSet, Set
from _weakref import (CallableProxyType, ProxyType, ReferenceType, _forget, getweakrefcount, getweakrefs, proxy, ref)
import atexit as _atexit

__all__ = ["ref", "proxy", "getweakrefcount", "getweakrefs", "WeakKeyDictionary", "ReferenceType", "ProxyType",
           "CallableProxyType", "ProxyTypes", "WeakValueDictionary", "WeakSet", "WeakMethod", "finalize"]
ProxyTypes = (ProxyType, CallableProxyType)


class WeakMethod(ref):
    """A reference to a bound method, which would be gone at once: to its object and to its function."""

    def __new__(cls, meth, callback=None):
        if not hasattr(meth, "__self__") or not hasattr(meth, "__func__"):
            raise TypeError("argument should be a bound method, not {}".format(type(meth)))

        def gone(_):
            told, made._told = made._told, True
            if callback is not None and not told:
                callback(made)
        made = super().__new__(cls, meth.__self__, gone)
        made._told = False
        made._function = ref(meth.__func__, gone)
        made._bind = type(meth)
        return made

    def __call__(self):
        parts = self._function(), super().__call__()
        return None if None in parts else self._bind(*parts)

    def __eq__(self, other):
        if not isinstance(other, WeakMethod):
            return NotImplemented
        mine, its = self(), other()
        return self is other if mine is None or its is None else mine == its

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return ref.__hash__(self)


class WeakValueDictionary(MutableMapping):
    """A dict whose entries go with their values."""

    def __init__(self, other=(), /, **kw):
        self.data = {}
        self.update(other, **kw)

    def _live(self):
        out = []
        for key, r in list(self.data.items()):
            value = r()
            if value is None:
                self.data.pop(key, None)
            else:
                out.append((key, value))
        return out

    def __getitem__(self, key):
        value = self.data[key]()
        if value is None:
            self.data.pop(key, None)
            raise KeyError(key)
        return value

    def __setitem__(self, key, value):
        def gone(r):
            if self.data.get(key) is r:
                del self.data[key]
        self.data[key] = ref(value, gone)

    def __delitem__(self, key):
        self[key] if key in self.data else None
        del self.data[key]

    def __len__(self):
        return len(self._live())

    def __contains__(self, key):
        return key in self.data and self.data[key]() is not None

    def __iter__(self):
        return iter([key for key, _ in self._live()])

    keys = __iter__

    def values(self):
        return iter([value for _, value in self._live()])

    def items(self):
        return iter(self._live())

    def get(self, key, default=None):
        return self[key] if key in self else default

    def setdefault(self, key, default=None):
        if key in self:
            return self[key]
        self[key] = default
        return default

    def pop(self, key, *args):
        if key in self:
            value = self[key]
            del self.data[key]
            return value
        if args:
            return args[0]
        raise KeyError(key)

    def popitem(self):
        for key, value in reversed(self._live()):
            del self.data[key]
            return key, value
        raise KeyError("dictionary is empty")

    def update(self, other=None, /, **kw):
        if other is not None:
            for key, value in dict(other).items():
                self[key] = value
        for key, value in kw.items():
            self[key] = value

    def valuerefs(self):
        return list(self.data.values())

    def itervaluerefs(self):
        yield from self.valuerefs()

    def copy(self):
        return type(self)(self._live())

    __copy__ = copy

    def __deepcopy__(self, memo):
        from copy import deepcopy
        new = type(self)()
        for key, value in self._live():
            new[deepcopy(key, memo)] = value
        return new

    def __repr__(self):
        return "<%s at %#x>" % (type(self).__name__, id(self))

    def __or__(self, other):
        if not hasattr(other, "items"):
            return NotImplemented
        new = self.copy()
        new.update(other)
        return new

    def __ror__(self, other):
        if not hasattr(other, "items"):
            return NotImplemented
        new = type(self)(other)
        new.update(self)
        return new

    def __ior__(self, other):
        self.update(other)
        return self


class WeakKeyDictionary(MutableMapping):
    """A dict whose entries go with their keys."""

    def __init__(self, dict=None):
        self.data = {}
        if dict is not None:
            self.update(dict)

    def _live(self):
        out = []
        for r, value in list(self.data.items()):
            key = r()
            if key is None:
                self.data.pop(r, None)
            else:
                out.append((key, value))
        return out

    def _gone(self, r):
        self.data.pop(r, None)

    def __getitem__(self, key):
        try:
            return self.data[ref(key)]
        except KeyError:
            raise KeyError(key) from None

    def __setitem__(self, key, value):
        self.data[ref(key, self._gone)] = value

    def __delitem__(self, key):
        del self.data[ref(key)]

    def __len__(self):
        return len(self._live())

    def __contains__(self, key):
        try:
            return ref(key) in self.data
        except TypeError:
            return False

    def __iter__(self):
        return iter([key for key, _ in self._live()])

    keys = __iter__

    def values(self):
        return iter([value for _, value in self._live()])

    def items(self):
        return iter(self._live())

    def get(self, key, default=None):
        return self.data.get(ref(key), default)

    def setdefault(self, key, default=None):
        return self.data.setdefault(ref(key, self._gone), default)

    def pop(self, key, *args):
        return self.data.pop(ref(key), *args)

    def popitem(self):
        for key, value in reversed(self._live()):
            del self[key]
            return key, value
        raise KeyError("dictionary is empty")

    def update(self, other=None, /, **kw):
        if other is not None:
            for key, value in (other.items() if hasattr(other, "items") else other):
                self[key] = value
        if kw:
            self.update(kw)

    def keyrefs(self):
        return list(self.data)

    def copy(self):
        new = type(self)()
        new.update(self)
        return new

    __copy__ = copy

    def __deepcopy__(self, memo):
        from copy import deepcopy
        new = type(self)()
        for key, value in self._live():
            new[key] = deepcopy(value, memo)
        return new

    def __repr__(self):
        return "<%s at %#x>" % (type(self).__name__, id(self))

    __or__, __ror__, __ior__ = WeakValueDictionary.__or__, WeakValueDictionary.__ror__, WeakValueDictionary.__ior__


class WeakSet(MutableSet):
    """A set whose members go when nobody else keeps them."""

    def __init__(self, data=None):
        self.data = set()
        if data is not None:
            self.update(data)

    def _live(self):
        out = []
        for r in list(self.data):
            item = r()
            if item is None:
                self.data.discard(r)
            else:
                out.append(item)
        return out

    def __iter__(self):
        return iter(self._live())

    def __len__(self):
        return len(self._live())

    def __contains__(self, item):
        try:
            return ref(item) in self.data
        except TypeError:
            return False

    def add(self, item):
        self.data.add(ref(item, self.data.discard))

    def clear(self):
        self.data.clear()

    def copy(self):
        return type(self)(self)

    def pop(self):
        for item in self._live():
            self.data.discard(ref(item))
            return item
        raise KeyError("pop from empty WeakSet")

    def remove(self, item):
        self.data.remove(ref(item))

    def discard(self, item):
        self.data.discard(ref(item))

    def update(self, other):
        for item in other:
            self.add(item)

    def __ior__(self, other):
        self.update(other)
        return self

    def difference(self, other):
        gone = set(other)
        return type(self)(item for item in self if item not in gone)

    __sub__ = difference

    def difference_update(self, other):
        for item in list(other):
            self.discard(item)

    def __isub__(self, other):
        self.difference_update(other)
        return self

    def intersection(self, other):
        return type(self)(item for item in other if item in self)

    __and__ = intersection

    def intersection_update(self, other):
        self.data = self.intersection(other).data

    def __iand__(self, other):
        self.intersection_update(other)
        return self

    def issubset(self, other):
        return set(self) <= set(other)

    __le__ = issubset

    def __lt__(self, other):
        return set(self) < set(other)

    def issuperset(self, other):
        return set(self) >= set(other)

    __ge__ = issuperset

    def __gt__(self, other):
        return set(self) > set(other)

    def __eq__(self, other):
        return set(self) == set(other) if isinstance(other, type(self)) else NotImplemented

    def symmetric_difference(self, other):
        return type(self)(set(self) ^ set(other))

    __xor__ = symmetric_difference

    def symmetric_difference_update(self, other):
        self.data = self.symmetric_difference(other).data

    def __ixor__(self, other):
        self.symmetric_difference_update(other)
        return self

    def union(self, other):
        return type(self)(e for s in (self, other) for e in s)

    __or__ = union

    def isdisjoint(self, other):
        return set(self).isdisjoint(set(other))

    def __repr__(self):
        return repr({ref(item) for item in self})


_waiting = {}


def _at_exit():
    while any(parts["atexit"] for parts in _waiting.values()):
        last = [f for f, parts in _waiting.items() if parts["atexit"]][-1]
        last()


class finalize:
    """A call that is made when an object goes, or at the program's end, or by hand; once."""
    __slots__ = ()

    def __init__(self, obj, func, /, *args, **kwargs):
        if not _waiting:
            _atexit.unregister(_at_exit)
            _atexit.register(_at_exit)
        _waiting[self] = {"ref": ref(obj, self), "call": (func, args, kwargs), "atexit": True}

    def _parts(self):
        """Object and call, while neither is done with."""
        parts = _waiting.get(self)
        obj = parts and parts["ref"]()
        return None if obj is None else (obj, *parts["call"])

    def __call__(self, _=None):
        parts = _waiting.pop(self, None)
        if parts is not None:
            func, args, kwargs = parts["call"]
            return func(*args, **kwargs)

    def peek(self):
        return self._parts()

    def detach(self):
        found = self._parts()
        if found is not None:
            _forget(_waiting.pop(self)["ref"])
        return found

    @property
    def alive(self):
        return self._parts() is not None

    @property
    def atexit(self):
        return self in _waiting and _waiting[self]["atexit"]

    @atexit.setter
    def atexit(self, value):
        if self in _waiting:
            _waiting[self]["atexit"] = bool(value)

    def __repr__(self):
        found = self._parts()
        of = "dead" if found is None else "for %r at %#x" % (type(found[0]).__name__, id(found[0]))
        return "<%s object at %#x; %s>" % (type(self).__name__, id(self), of)
`,
);
