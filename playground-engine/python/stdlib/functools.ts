// The module functools.
// Behaviour: docs.python.org/3.11/library/functools.html.
import { getAttr, getAttrOrUndefined, setAttr } from "../runtime/attributes.ts";
import { call1, call2, callN, callWith } from "../runtime/call.ts";
import { E, raise } from "../runtime/exceptions.ts";
import { address } from "../runtime/hash.ts";
import { iter } from "../runtime/iteration.ts";
import { late } from "../runtime/late.ts";
import { defineModule, importModule } from "../runtime/modules.ts";
import { nativeFunction } from "../runtime/native-function.ts";
import { nativeType } from "../runtime/native-type.ts";
import type { NativeMethod } from "../runtime/native.ts";
import {
  asInt,
  asStr,
  DICT,
  dictOf,
  type Kwargs,
  type Namespace,
  NotImplemented,
  PyTuple,
  PyType,
  TYPE,
  typeOf,
  type Value,
} from "../runtime/object.ts";
import { guardedRepr, repr, str } from "../runtime/repr.ts";
import { isTrue } from "../runtime/truth.ts";
import { PyBoundMethod } from "../runtime/function.ts";
import { compare } from "../runtime/comparison.ts";
import { objectType } from "../runtime/base-types.ts";
import { PyDict } from "../builtins/dict.ts";
import { PyMappingProxy } from "../builtins/dict-type.ts";
import { PyGenericAlias, PyUnion } from "../builtins/generic-alias.ts";
import { newTuple } from "../builtins/list-type.ts";
import { callable } from "../builtins/functions.ts";
import { registrations } from "./abc.ts";
import { nearest } from "./dispatch-order.ts";
import { nativeMethod, PyNativeFunction } from "./make-class.ts";
import { namedTupleClass } from "./namedtuple.ts";

// partial

export class PyPartial {
  declare [TYPE]: PyType;
  declare [DICT]?: Namespace;
  func: Value;
  args: readonly Value[];
  keywords: Map<string, Value>;
  constructor(func: Value, args: readonly Value[], keywords: Map<string, Value>) {
    this.func = func;
    this.args = args;
    this.keywords = keywords;
  }
}

const partialType: PyType = nativeType({
  name: "partial",
  module: "functools",
  dotted: true,
  doc: "A callable with some arguments given already.",
  host: PyPartial,
  hasDict: true,
  generic: true,
  new: [
    "(cls, /, *args, **keywords)",
    (cls: PyType, args: readonly Value[], kwargs: Kwargs) => {
      if (args.length === 0) raise(E.TypeError, "type 'partial' takes at least one argument");
      const f = args[0];
      if (!callable(f)) raise(E.TypeError, "the first argument must be callable");
      const inner = f instanceof PyPartial && f[TYPE] === cls && f[DICT] === undefined ? f : undefined;
      const p = new PyPartial(
        inner ? inner.func : f,
        inner ? [...inner.args, ...args.slice(1)] : args.slice(1),
        inner ? new Map([...inner.keywords, ...kwargs]) : kwargs,
      );
      if (cls !== partialType) p[TYPE] = cls;
      return p;
    },
  ],
  methods: {
    __call__: [
      "(self, /, *args, **keywords)",
      (p: PyPartial, args: readonly Value[], kwargs: Kwargs) =>
        callWith(
          p.func,
          p.args.length === 0 ? args : [...p.args, ...args],
          p.keywords.size === 0 ? kwargs : new Map([...p.keywords, ...kwargs]),
        ),
    ],
    __repr__: [
      "(self, /)",
      (p: PyPartial) =>
        guardedRepr(p, "...", () => {
          const name = p[TYPE].heap ? p[TYPE].qualname : "functools.partial";
          return `${name}(${[repr(p.func), ...p.args.map(repr), ...[...p.keywords].map(([k, v]) => `${k}=${repr(v)}`)].join(", ")})`;
        }),
    ],
    __reduce__: [
      "(self, /)",
      (p: PyPartial) =>
        new PyTuple([
          p[TYPE],
          new PyTuple([p.func]),
          new PyTuple([
            p.func,
            new PyTuple(p.args),
            late.dict(p.keywords),
            p[DICT] ? late.dict(p[DICT]) : null,
          ]),
        ]),
    ],
    __setstate__: [
      "(self, state, /)",
      (p: PyPartial, state: PyTuple) => {
        const [func, args, keywords, own] = state instanceof PyTuple ? state.items : [];
        const valid =
          own !== undefined &&
          (state as PyTuple).items.length === 4 &&
          callable(func!) &&
          args instanceof PyTuple &&
          keywords instanceof PyDict;
        if (!valid) raise(E.TypeError, "invalid partial state");
        p.func = func;
        p.args = args.items;
        p.keywords = new Map(late.namespaceOf(keywords));
        const attributes = own === null ? undefined : late.namespaceOf(own);
        dictOf(p)!.clear();
        if (attributes) for (const [k, v] of attributes) dictOf(p)!.set(k, v);
      },
    ],
  },
  getters: {
    func: (p: PyPartial) => p.func,
    args: (p: PyPartial) => new PyTuple(p.args),
    keywords: (p: PyPartial) => late.dictOver(p.keywords),
  },
});

// partialmethod

class PyPartialMethod extends PyPartial {}

const partialMethodType: PyType = nativeType({
  name: "partialmethod",
  module: "functools",
  doc: "A method with some arguments given already.",
  host: PyPartialMethod,
  hasDict: true,
  generic: true,
  new: [
    "(cls, func, /, *args, **keywords)",
    (cls: PyType, f: Value, args: readonly Value[], kwargs: Kwargs) => {
      if (!callable(f) && getAttrOrUndefined(f, "__get__") === undefined)
        raise(E.TypeError, `${repr(f)} is not callable or a descriptor`);
      const p =
        f instanceof PyPartialMethod
          ? new PyPartialMethod(f.func, [...f.args, ...args], new Map([...f.keywords, ...kwargs]))
          : new PyPartialMethod(f, args, kwargs);
      if (cls !== partialMethodType) p[TYPE] = cls;
      return p;
    },
  ],
  descriptor: {
    get(p: PyPartialMethod, obj: Value, owner: PyType): Value {
      const get = getAttrOrUndefined(p.func, "__get__");
      const bound = get === undefined ? p.func : callN(get, [obj, owner]);
      if (bound !== p.func) {
        const made = new PyPartial(bound, p.args, p.keywords);
        const self = getAttrOrUndefined(bound, "__self__");
        if (self !== undefined) dictOf(made)!.set("__self__", self);
        return made;
      }
      const method = new PyNativeFunction((args, kwargs) => {
        if (args.length === 0)
          raise(E.TypeError, "_method() missing 1 required positional argument: 'cls_or_self'");
        const [self, ...rest] = args;
        return callWith(p.func, [self, ...p.args, ...rest], new Map([...p.keywords, ...kwargs]));
      });
      setAttr(method, "__isabstractmethod__", isAbstract(p.func));
      setAttr(method, "_partialmethod", p);
      return obj === null ? method : callN(getAttr(method, "__get__"), [obj, owner]);
    },
  },
  methods: {
    __repr__: [
      "(self)",
      (p: PyPartialMethod) => {
        const keywords = [...p.keywords].map(([k, v]) => `${k}=${repr(v)}`).join(", ");
        return `functools.${p[TYPE].qualname}(${str(p.func)}, ${p.args.map(repr).join(", ")}, ${keywords})`;
      },
    ],
  },
  getters: {
    func: (p: PyPartialMethod) => p.func,
    args: (p: PyPartialMethod) => new PyTuple(p.args),
    keywords: (p: PyPartialMethod) => late.dictOver(p.keywords),
    __isabstractmethod__: (p: PyPartialMethod) => isAbstract(p.func),
  },
});
const isAbstract = (f: Value): Value => getAttrOrUndefined(f, "__isabstractmethod__") ?? false;

// lru_cache

/** The key of a call: the argument itself where it is one str or int, else all of them with a mark before keywords. */
const KEYWORDS = new PyTuple(["keyword arguments"]);
function callKey(args: readonly Value[], kwargs: ReadonlyMap<string, Value>, typed: boolean): Value {
  if (kwargs.size === 0 && !typed) {
    if (args.length === 1 && (typeof args[0] === "number" || typeof args[0] === "string")) return args[0];
    return new PyTuple(args);
  }
  const parts: Value[] = [...args];
  if (kwargs.size > 0) {
    parts.push(KEYWORDS);
    for (const [k, v] of kwargs) parts.push(k, v);
  }
  if (typed) for (const v of [...args, ...kwargs.values()]) parts.push(typeOf(v));
  return new PyTuple(parts);
}

export class PyLruCache {
  declare [TYPE]: PyType;
  declare [DICT]?: Namespace;
  readonly func: Value;
  /** null: no limit */
  readonly maxsize: number | null;
  readonly typed: boolean;
  readonly cache = new PyDict();
  hits = 0;
  misses = 0;
  constructor(func: Value, maxsize: number | null, typed: boolean) {
    this.func = func;
    this.maxsize = maxsize;
    this.typed = typed;
  }
  call(args: readonly Value[], kwargs: ReadonlyMap<string, Value>): Value {
    if (this.maxsize === 0) {
      this.misses++;
      return callWith(this.func, args, kwargs);
    }
    const key = callKey(args, kwargs, this.typed);
    const known = this.cache.get(key);
    if (known !== undefined) {
      this.hits++;
      if (this.maxsize !== null) {
        this.cache.delete(key);
        this.cache.set(key, known);
      }
      return known;
    }
    this.misses++;
    const v = callWith(this.func, args, kwargs);
    if (this.maxsize !== null && this.cache.size >= this.maxsize && !this.cache.has(key))
      this.cache.popEnd(false);
    this.cache.set(key, v);
    return v;
  }
}

const cacheInfoClass = namedTupleClass("CacheInfo", ["hits", "misses", "maxsize", "currsize"], "functools");

nativeType({
  name: "_lru_cache_wrapper",
  module: "functools",
  dotted: true,
  host: PyLruCache,
  hasDict: true,
  descriptor: {
    get: (c: PyLruCache, obj: Value) => (obj === null ? c : new PyBoundMethod(c, obj)),
  },
  methods: {
    __call__: [
      "(self, /, *args, **kwargs)",
      (c: PyLruCache, args: readonly Value[], kwargs: Kwargs) => c.call(args, kwargs),
    ],
    cache_info: [
      "(self, /)",
      (c: PyLruCache) => newTuple(cacheInfoClass, [c.hits, c.misses, c.maxsize, c.cache.size]),
      "How the cache did.",
    ],
    cache_clear: [
      "(self, /)",
      (c: PyLruCache) => {
        c.cache.clear();
        c.hits = c.misses = 0;
      },
      "Forget all that was cached.",
    ],
    cache_parameters: [
      "(self)",
      (c: PyLruCache) =>
        PyDict.from([
          ["maxsize", c.maxsize],
          ["typed", c.typed],
        ]),
    ],
    __copy__: ["(self)", (c: PyLruCache) => c],
    __deepcopy__: ["(self, memo)", (c: PyLruCache) => c],
    __repr__: ["(self, /)", (c: PyLruCache) => `<functools._lru_cache_wrapper object at ${address(c)}>`],
  },
});

const ASSIGNED = ["__module__", "__name__", "__qualname__", "__doc__", "__annotations__"];

export function updateWrapper(
  wrapper: Value,
  wrapped: Value,
  assigned: readonly string[] = ASSIGNED,
  updated: readonly string[] = ["__dict__"],
): Value {
  for (const name of assigned) {
    const v = getAttrOrUndefined(wrapped, name);
    if (v !== undefined) setAttr(wrapper, name, v);
  }
  for (const name of updated) {
    const from =
      name === "__dict__" ? dictOf(wrapped) : late.namespaceOf(getAttrOrUndefined(wrapped, name) ?? null);
    const to =
      (name === "__dict__" ? dictOf(wrapper) : undefined) ?? late.namespaceOf(getAttr(wrapper, name));
    if (from && to) for (const [k, v] of from) to.set(k, v);
  }
  setAttr(wrapper, "__wrapped__", wrapped);
  return wrapper;
}

const nameList = (v: Value): string[] => {
  const out: string[] = [];
  const it = iter(v);
  for (let x = it.next(); x !== undefined; x = it.next()) out.push(asStr(x) ?? repr(x));
  return out;
};

function lruCache(maxsize: Value, typed: Value): Value {
  let size: number | null;
  if (maxsize === null) size = null;
  else {
    const n = asInt(maxsize);
    if (n !== undefined) size = Math.max(0, Number(n));
    else {
      if (!callable(maxsize))
        raise(E.TypeError, "Expected first argument to be an integer, a callable, or None");
      return updateWrapper(new PyLruCache(maxsize, 128, isTrue(typed)), maxsize);
    }
  }
  return nativeFunction(
    "decorating_function",
    ["(user_function)", (f: Value) => updateWrapper(new PyLruCache(f, size, isTrue(typed)), f)],
    "functools",
  );
}

// cached_property

class PyCachedProperty {
  declare [TYPE]: PyType;
  declare [DICT]?: Namespace;
  func: Value = null;
  attrname: string | undefined = undefined;
}

const cachedPropertyType: PyType = nativeType({
  name: "cached_property",
  module: "functools",
  doc: "A property computed once for each instance.",
  host: PyCachedProperty,
  hasDict: true,
  generic: true,
  new: [
    "(cls, /, *args, **kwargs)",
    (cls: PyType) => {
      const p = new PyCachedProperty();
      if (cls !== cachedPropertyType) p[TYPE] = cls;
      return p;
    },
  ],
  init: [
    "(self, func)",
    (p: PyCachedProperty, f: Value) => {
      p.func = f;
      dictOf(p)?.set("__doc__", getAttrOrUndefined(f, "__doc__") ?? null);
    },
  ],
  descriptor: {
    get(p: PyCachedProperty, obj: Value): Value {
      if (obj === null) return p;
      if (p.attrname === undefined)
        raise(E.TypeError, "Cannot use cached_property instance without calling __set_name__ on it.");
      const d = obj instanceof PyType ? obj.dict : dictOf(obj);
      if (d === undefined) {
        raise(
          E.TypeError,
          `No '__dict__' attribute on ${repr(typeOf(obj).name)} instance to cache ${repr(p.attrname)} property.`,
        );
      }
      let v = d.get(p.attrname);
      if (v === undefined && obj instanceof PyType)
        raise(
          E.TypeError,
          `The '__dict__' attribute on ${repr(typeOf(obj).name)} instance does not support item assignment for caching ${repr(p.attrname)} property.`,
        );
      if (v === undefined) d.set(p.attrname, (v = call1(p.func, obj)));
      return v;
    },
  },
  methods: {
    __set_name__: [
      "(self, owner, name)",
      (p: PyCachedProperty, _owner: Value, name: string) => {
        if (p.attrname === undefined) p.attrname = name;
        else if (p.attrname !== name) {
          raise(
            E.TypeError,
            `Cannot assign the same cached_property to two different names (${repr(p.attrname)} and ${repr(name)}).`,
          );
        }
      },
    ],
  },
  getters: { func: (p: PyCachedProperty) => p.func, attrname: (p: PyCachedProperty) => p.attrname ?? null },
});

// total_ordering

type Op = "<" | "<=" | ">" | ">=";
const OPS = { __lt__: "<", __le__: "<=", __gt__: ">", __ge__: ">=" } as const;

/** `a op b` by the one method that the class has; NotImplemented passes. */
function derivedOrder(root: keyof typeof OPS, wanted: keyof typeof OPS): NativeMethod {
  return [
    "(self, other)",
    (a: Value, b: Value) => {
      const r = callN(getAttr(typeOf(a), root), [a, b]);
      if (r === NotImplemented) return r;
      const yes = isTrue(r);
      const equal = (): boolean => isTrue(compare(a, b, "=="));
      const strict = root === "__lt__" || root === "__gt__";
      const same = root[2] === wanted[2];
      if (strict) {
        // a < b known: a <= b, a > b, a >= b
        if (same) return yes || equal();
        return wanted === "__ge__" || wanted === "__le__" ? !yes : !yes && !equal();
      }
      if (same) return yes && !equal();
      return wanted === "__ge__" || wanted === "__le__" ? !yes || equal() : !yes;
    },
  ];
}

function totalOrdering(cls: Value): PyType {
  if (!(cls instanceof PyType))
    raise(E.AttributeError, `'${typeOf(cls).name}' object has no attribute '__mro__'`);
  const names = Object.keys(OPS) as (keyof typeof OPS)[];
  const has = names.filter((n) => cls.lookup(n) !== objectType.dict.get(n));
  if (has.length === 0) raise(E.ValueError, "must define at least one ordering operation: < > <= >=");
  const root = (["__lt__", "__le__", "__gt__", "__ge__"] as const).find((n) => has.includes(n))!;
  for (const n of names)
    if (!has.includes(n)) cls.setAttr(n, nativeMethod(n, derivedOrder(root, n), "functools", cls));
  return cls;
}

// cmp_to_key

class PyKey {
  declare [TYPE]: PyType;
  readonly cmp: Value;
  readonly obj: Value;
  constructor(cmp: Value, obj: Value) {
    this.cmp = cmp;
    this.obj = obj;
  }
}
const keyOrder = (op: Op | "=="): NativeMethod => [
  "(self, other, /)",
  (a: PyKey, b: Value) => {
    if (!(b instanceof PyKey)) raise(E.TypeError, "other argument must be K instance");
    return compare(call2(a.cmp, a.obj, b.obj), 0, op);
  },
];
nativeType({
  name: "KeyWrapper",
  module: "functools",
  host: PyKey,
  methods: {
    __lt__: keyOrder("<"),
    __le__: keyOrder("<="),
    __gt__: keyOrder(">"),
    __ge__: keyOrder(">="),
    __eq__: keyOrder("=="),
  },
  getters: { obj: (k: PyKey) => k.obj },
});

// reduce

function reduce(f: Value, source: Value, initial: Value | undefined): Value {
  const it = iter(source);
  let total = initial === undefined ? it.next() : initial;
  if (total === undefined) raise(E.TypeError, "reduce() of empty iterable with no initial value");
  for (let v = it.next(); v !== undefined; v = it.next()) total = call2(f, total, v);
  return total;
}

// singledispatch

interface Dispatcher {
  dispatch(cls: PyType): Value;
  register(cls: Value, f: Value | undefined): Value;
  readonly registry: PyDict;
}

/** The members of `A | B`, typing.Union and typing.Optional; undefined for anything else. */
function unionOf(v: Value): readonly Value[] | undefined {
  if (v instanceof PyUnion) return v.args.items;
  const origin = v instanceof PyType ? undefined : getAttrOrUndefined(v, "__origin__");
  if (origin === undefined || getAttrOrUndefined(origin, "_name") !== "Union") return undefined;
  return (getAttr(v, "__args__") as PyTuple).items;
}

function makeDispatcher(func: Value): Dispatcher {
  const registry = PyDict.from([[objectType, func]]);
  const cache = new Map<PyType, Value>();
  let current = registrations();
  const isClass = (v: Value): boolean =>
    (v instanceof PyType && !(v instanceof PyGenericAlias)) ||
    (unionOf(v)?.every((a) => a instanceof PyType) ?? false);
  const unionArgs = (v: Value): readonly Value[] => unionOf(v) ?? [v];
  const register = (cls: Value, f: Value | undefined): Value => {
    if (isClass(cls)) {
      if (f === undefined)
        return nativeFunction("register", ["(f)", (g: Value) => register(cls, g)], "functools");
    } else {
      if (f !== undefined)
        raise(
          E.TypeError,
          `Invalid first argument to \`register()\`. ${repr(cls)} is not a class or union type.`,
        );
      const ann = getAttrOrUndefined(cls, "__annotations__");
      if (ann === undefined || !isTrue(ann)) {
        raise(
          E.TypeError,
          `Invalid first argument to \`register()\`: ${repr(cls)}. Use either \`@register(some_class)\` or plain \`@register\` on an annotated function.`,
        );
      }
      const target = cls;
      const hints = callN(getAttr(importModule("typing"), "get_type_hints"), [target]) as PyDict;
      const [name, type] = hints.entries()[0]!;
      if (!isClass(type)) {
        const why = unionOf(type) ? "not all arguments are classes" : "is not a class";
        raise(E.TypeError, `Invalid annotation for ${repr(name)}. ${repr(type)} ${why}.`);
      }
      for (const c of unionArgs(type)) registry.set(c, target);
      cache.clear();
      return target;
    }
    for (const c of unionArgs(cls)) registry.set(c, f);
    cache.clear();
    return f;
  };
  return {
    registry,
    register,
    dispatch(cls) {
      if (registrations() !== current) cache.clear();
      current = registrations();
      let f = cache.get(cls);
      if (f === undefined) {
        const of = registry.has(cls) ? cls : nearest(cls, registry.keys() as PyType[]);
        cache.set(cls, (f = registry.get(of)!));
      }
      return f;
    },
  };
}

/** The attributes of a generic function, put on what stands for it. */
function dispatchAttributes(target: Value, func: Value, d: Dispatcher): void {
  updateWrapper(target, func);
  const own = dictOf(target)!;
  own.set("register", nativeFunction("register", ["(cls, func=...)", d.register], "functools"));
  own.set("dispatch", nativeFunction("dispatch", ["(cls)", d.dispatch], "functools"));
  own.set("registry", new PyMappingProxy(d.registry));
  own.set("_clear_cache", nativeFunction("_clear_cache", ["()", () => undefined], "functools"));
}

function singledispatch(func: Value): Value {
  const d = makeDispatcher(func);
  const name = asStr(getAttrOrUndefined(func, "__name__") ?? null) ?? "singledispatch function";
  const wrapper = new PyNativeFunction((args, kwargs) => {
    if (args.length === 0) raise(E.TypeError, `${name} requires at least 1 positional argument`);
    return callWith(d.dispatch(typeOf(args[0])), args, kwargs);
  });
  dispatchAttributes(wrapper, func, d);
  return wrapper;
}

/** singledispatchmethod: dispatches on the first argument after self. */
class PyDispatchMethod {
  declare [TYPE]: PyType;
  declare [DICT]?: Namespace;
  readonly func: Value;
  readonly dispatcher: Dispatcher;
  constructor(func: Value) {
    this.func = func;
    this.dispatcher = makeDispatcher(func);
  }
}
const dispatchMethodType = nativeType({
  name: "singledispatchmethod",
  module: "functools",
  doc: "A method chosen by the type of its first argument after self.",
  host: PyDispatchMethod,
  hasDict: true,
  new: [
    "(cls, func)",
    (_cls: PyType, f: Value) => {
      if (!callable(f) && getAttrOrUndefined(f, "__get__") === undefined)
        raise(E.TypeError, `${repr(f)} is not callable or a descriptor`);
      return new PyDispatchMethod(f);
    },
  ],
  descriptor: {
    get(d: PyDispatchMethod, obj: Value, owner: PyType): Value {
      const name = asStr(getAttrOrUndefined(d.func, "__name__") ?? null) ?? "singledispatchmethod method";
      const bound = new PyNativeFunction((args, kwargs) => {
        if (args.length === 0) raise(E.TypeError, `${name} requires at least 1 positional argument`);
        const f = d.dispatcher.dispatch(typeOf(args[0]));
        const get = getAttrOrUndefined(f, "__get__");
        return callWith(get === undefined ? f : callN(get, [obj, owner]), args, kwargs);
      });
      dispatchAttributes(bound, d.func, d.dispatcher);
      return bound;
    },
  },
  methods: {
    register: [
      "(self, cls, method=...)",
      (d: PyDispatchMethod, cls: Value, f: Value | undefined) => d.dispatcher.register(cls, f),
    ],
  },
  getters: {
    func: (d: PyDispatchMethod) => d.func,
    __isabstractmethod__: (d: PyDispatchMethod) => isAbstract(d.func),
  },
});

defineModule("functools", () => ({
  name: "functools",
  doc: "Tools for functions.",
  functions: {
    reduce: ["(function, iterable, initial=..., /)", reduce, "Fold the items of an iterable into one value."],
    cmp_to_key: [
      "(mycmp)",
      (f: Value) => nativeFunction("K", ["(obj)", (o: Value) => new PyKey(f, o)], "functools"),
      "A key function made of a comparing one.",
    ],
    total_ordering: ["(cls)", totalOrdering, "Decorator: the other ordering methods derived from one."],
    lru_cache: [
      "(maxsize=128, typed=False)",
      lruCache,
      "Decorator: remember the results of the latest calls.",
    ],
    cache: [
      "(user_function, /)",
      (f: Value) => updateWrapper(new PyLruCache(f, null, false), f),
      "Decorator: remember the results of all calls.",
    ],
    update_wrapper: [
      "(wrapper, wrapped, assigned=..., updated=...)",
      (w: Value, f: Value, a: Value | undefined, u: Value | undefined) =>
        updateWrapper(
          w,
          f,
          a === undefined ? ASSIGNED : nameList(a),
          u === undefined ? ["__dict__"] : nameList(u),
        ),
      "Make a wrapper look like the function it wraps.",
    ],
    wraps: [
      "(wrapped, assigned=..., updated=...)",
      (f: Value, a: Value | undefined, u: Value | undefined) =>
        nativeFunction(
          "wraps",
          [
            "(wrapper)",
            (w: Value) =>
              updateWrapper(
                w,
                f,
                a === undefined ? ASSIGNED : nameList(a),
                u === undefined ? ["__dict__"] : nameList(u),
              ),
          ],
          "functools",
        ),
      "Decorator: make a wrapper look like the function it wraps.",
    ],
    singledispatch: [
      "(func)",
      singledispatch,
      "Decorator: a function chosen by the type of its first argument.",
    ],
  },
  members: {
    partial: partialType,
    partialmethod: partialMethodType,
    cached_property: cachedPropertyType,
    singledispatchmethod: dispatchMethodType,
    WRAPPER_ASSIGNMENTS: new PyTuple(ASSIGNED),
    WRAPPER_UPDATES: new PyTuple(["__dict__"]),
  },
}));
