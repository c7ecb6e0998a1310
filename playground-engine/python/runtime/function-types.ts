// What programs see of functions and methods.
//
// Behaviour: docs.python.org/3.11/reference/datamodel.html#the-standard-type-hierarchy, library/inspect.html#types-and-members.
import { getAttr, getAttrOrUndefined } from "./attributes.ts";
import { callVec } from "./call.ts";
import { eqTruth } from "./comparison.ts";
import { E, raise } from "./exceptions.ts";
import { CO, functionType, methodType, PyBoundMethod, PyCode, PyFunction } from "./function.ts";
import { GlobalNamespace } from "./globals.ts";
import { address, hash } from "./hash.ts";
import { late } from "./late.ts";
import { builtinsModule, importModule, isNativeModule, PyModule } from "./modules.ts";
import { PyBuiltin, PyBuiltinMethod } from "./native-function.ts";
import { fillType } from "./native-type.ts";
import { asStr, NotImplemented, PyTuple, typeOf, type Kwargs, type Value } from "./object.ts";
import { repr } from "./repr.ts";
import { dictGetSet } from "./slots.ts";

// ---- functions

/** The namespace behind a function's globals, as a dict. */
export function globalsDict(g: Value): Value {
  return g instanceof GlobalNamespace ? late.dictOver(g) : g;
}

/** Functions of the reader's, and the library's, which are not the reader's to change: the next program has them too. */
type AnyFunction = PyFunction | PyBuiltin;

/** A setter of an attribute; of the library's functions it is refused. */
function ownOnly(name: string, put: (f: PyFunction, v: Value) => void): (f: AnyFunction, v: Value) => void {
  return (f, v) => {
    if (f instanceof PyBuiltin)
      raise(E.TypeError, `cannot set '${name}' attribute of the library's function '${f.name}'`);
    put(f, v);
  };
}

const ownString = (
  name: string,
  put: (f: PyFunction, s: string) => void,
): ((f: AnyFunction, v: Value) => void) =>
  ownOnly(name, (f, v) => {
    const s = asStr(v);
    if (s === undefined) raise(E.TypeError, `${name} must be set to a string object`);
    put(f, s);
  });

/** The function that tells of its parameters and what it is for: where one stands for another, the other. */
function told(f: AnyFunction): AnyFunction {
  const other = f instanceof PyBuiltin ? f.standsFor?.() : undefined;
  return other instanceof PyFunction || other instanceof PyBuiltin ? told(other) : f;
}

const librarysCode = new WeakMap<PyBuiltin, PyCode>();

/** A code object that tells the parameters of a function of the library; it cannot be run. */
function codeOf(f: PyBuiltin): PyCode {
  let code = librarysCode.get(f);
  if (code === undefined) {
    const { params } = f;
    const more = [params.varArgs, params.varKw].filter((n) => n !== null);
    code = new PyCode({
      name: f.name,
      qualname: f.qualname,
      filename: `<${moduleOf(f) ?? "library"}>`,
      firstlineno: 1,
      params,
      flags:
        CO.OPTIMIZED |
        CO.NEWLOCALS |
        (params.varArgs === null ? 0 : CO.VARARGS) |
        (params.varKw === null ? 0 : CO.VARKEYWORDS),
      varnames: [...params.names, ...params.kwOnly, ...more],
      freevars: [],
      cellvars: [],
      names: [],
      consts: [f.doc],
      doc: f.doc,
    });
    librarysCode.set(f, code);
  }
  return code;
}

const moduleOf = (f: PyBuiltin): string | null => f.module ?? f.owner?.module ?? null;

function librarysDefaults(f: PyBuiltin): Value {
  const { defaults, defaultCount, params } = f.signature;
  const n = params.names.length;
  return defaultCount === 0
    ? null
    : new PyTuple(defaults.slice(n - defaultCount, n).map((v) => (v === undefined ? null : v)));
}

/** Names of the module that a function of the library is of: a copy, for what is in it is every program's. */
function librarysGlobals(f: PyBuiltin): Value {
  const name = moduleOf(f);
  const module = name !== null && isNativeModule(name) ? importModule(name) : undefined;
  return late.dictOver(new Map(module instanceof PyModule ? module.dict : []));
}

function librarysKwDefaults(f: PyBuiltin): Value {
  const { defaults, kwDefaults, params } = f.signature;
  if (kwDefaults.size === 0) return null;
  const first = params.names.length + (params.varArgs === null ? 0 : 1);
  return late.dictOver(
    new Map(
      params.kwOnly.flatMap((k, i) => (kwDefaults.has(k) ? [[k, defaults[first + i] ?? null] as const] : [])),
    ),
  );
}

/** `f.__annotations__`, evaluated on first use. */
function annotationsOf(f: PyFunction): Value {
  if (f.annotations === undefined) f.annotations = late.dict(new Map());
  else if (typeof f.annotations === "function") f.annotations = (f.annotations as () => Value)();
  return f.annotations;
}

fillType(functionType, {
  new: [
    "(cls, code, globals, name=None, argdefs=None, closure=None)",
    (_cls: Value, code: Value, globals: Value, name: Value, defaults: Value, closure: Value) => {
      if (!(code instanceof PyCode))
        raise(E.TypeError, `function() argument 'code' must be code, not ${typeOf(code).name}`);
      const source = functionOf.get(code);
      if (source === undefined) raise(E.TypeError, "this code object cannot be made a function");
      if (late.namespaceOf(globals) === undefined)
        raise(E.TypeError, `function() argument 'globals' must be dict, not ${typeOf(globals).name}`);
      const n = asStr(name);
      if (n === undefined && name !== null) raise(E.TypeError, "arg 3 (name) must be None or string");
      if (defaults !== null && !(defaults instanceof PyTuple))
        raise(E.TypeError, "arg 4 (defaults) must be None or tuple");
      const cells = closure instanceof PyTuple ? closure.items.length : 0;
      const needed = code.spec.freevars.length;
      if (needed > 0 && !(closure instanceof PyTuple)) raise(E.TypeError, "arg 5 (closure) must be tuple");
      if (closure !== null && !(closure instanceof PyTuple))
        raise(E.TypeError, "arg 5 (closure) must be None or tuple");
      if (cells !== needed)
        raise(E.ValueError, `${code.name} requires closure of length ${needed}, not ${cells}`);
      const f = new PyFunction(source.fn, code, globals, source.module, defaults?.items ?? [], new Map());
      if (n !== undefined) f.name = n;
      f.closure = source.closure;
      return f;
    },
  ],
  descriptor: {
    get: (f: AnyFunction, o: Value) =>
      o === null ? f : f instanceof PyBuiltin ? new PyBuiltinMethod(f, o) : new PyBoundMethod(f, o),
  },
  methods: {
    __call__: [
      "(self, /, *args, **kwargs)",
      (f: AnyFunction, args: Value[], kwargs: Kwargs) =>
        callVec(f, [...args, ...kwargs.values()], [...kwargs.keys()]),
    ],
    __repr__: ["(self, /)", (f: AnyFunction) => `<function ${f.qualname} at ${address(f)}>`],
  },
  getters: {
    __name__: { get: (f: AnyFunction) => f.name, set: ownString("__name__", (f, s) => (f.name = s)) },
    __qualname__: {
      get: (f: AnyFunction) => f.qualname,
      set: ownString("__qualname__", (f, s) => (f.qualname = s)),
    },
    __module__: {
      get: (f: AnyFunction) => (f instanceof PyBuiltin ? moduleOf(f) : f.module),
      set: ownOnly("__module__", (f, v) => void (f.module = v)),
    },
    __doc__: {
      get: (f: AnyFunction) => told(f).doc,
      set: ownOnly("__doc__", (f, v) => void (f.doc = v)),
      delete: (f: AnyFunction) => ownOnly("__doc__", (own) => void (own.doc = null))(f, null),
    },
    __defaults__: {
      get: (asked: AnyFunction) => {
        const f = told(asked);
        if (f instanceof PyBuiltin) return librarysDefaults(f);
        return f.defaults.length === 0 ? null : new PyTuple(f.defaults);
      },
      set: ownOnly("__defaults__", (f, v) => {
        if (v !== null && !(v instanceof PyTuple))
          raise(E.TypeError, "__defaults__ must be set to a tuple object");
        f.defaults = v === null ? [] : (v as PyTuple).items;
        f.refit();
      }),
      delete: (f: AnyFunction) =>
        ownOnly("__defaults__", (own) => {
          own.defaults = [];
          own.refit();
        })(f, null),
    },
    __kwdefaults__: {
      get: (asked: AnyFunction) => {
        const f = told(asked);
        if (f instanceof PyBuiltin) return librarysKwDefaults(f);
        return f.kwDefaults === null || f.kwDefaults.size === 0
          ? null
          : late.dictOver(f.kwDefaults as Map<string, Value>);
      },
      set: ownOnly("__kwdefaults__", (f, v) => {
        const ns = v === null ? null : late.namespaceOf(v);
        if (ns === undefined) raise(E.TypeError, "__kwdefaults__ must be set to a dict object");
        f.kwDefaults = ns;
        f.refit();
      }),
      delete: (f: AnyFunction) =>
        ownOnly("__kwdefaults__", (own) => {
          own.kwDefaults = null;
          own.refit();
        })(f, null),
    },
    __annotations__: {
      get: (f: AnyFunction) => (f instanceof PyBuiltin ? late.dict(new Map()) : annotationsOf(f)),
      set: ownOnly("__annotations__", (f, v) => {
        if (v !== null && late.entries(v) === undefined)
          raise(E.TypeError, "__annotations__ must be set to a dict object");
        f.annotations = v === null ? undefined : v;
      }),
      delete: (f: AnyFunction) =>
        ownOnly("__annotations__", (own) => void (own.annotations = undefined))(f, null),
    },
    __closure__: (f: AnyFunction) =>
      f instanceof PyBuiltin || f.closure === undefined ? null : new PyTuple(f.closure()),
    __globals__: (f: AnyFunction) => (f instanceof PyBuiltin ? librarysGlobals(f) : globalsDict(f.globals)),
    __builtins__: () => late.dictOver(builtinsModule.dict),
    __code__: {
      get: (asked: AnyFunction) => {
        const f = told(asked);
        if (f instanceof PyBuiltin) return codeOf(f);
        functionOf.set(f.code, f);
        return f.code;
      },
      set: ownOnly("__code__", (f, v) => {
        if (!(v instanceof PyCode)) raise(E.TypeError, "__code__ must be set to a code object");
        const source = functionOf.get(v);
        if (source === undefined) raise(E.ValueError, "this code object cannot be given to a function");
        const [have, want] = [v.spec.freevars.length, f.code.spec.freevars.length];
        if (have !== want)
          raise(E.ValueError, `${f.name}() requires a code object with ${want} free vars, not ${have}`);
        f.code = v;
        f.fn = source.fn;
        f.refit();
      }),
    },
  },
});
functionType.dict.set("__dict__", dictGetSet(functionType));

/** The last function made of a code object, for the rare programs that put code into another function. */
export const functionOf = new WeakMap<PyCode, PyFunction>();

// ---- bound methods

/** What a method is taken from its object by, where it is copied or pickled. */
export const builtinGetattr = (): Value => builtinsModule.dict.get("getattr") ?? null;

type AnyMethod = PyBoundMethod | PyBuiltinMethod;

fillType(methodType, {
  new: [
    "(cls, function, instance, /)",
    (_cls: Value, f: Value, o: Value) => {
      if (typeOf(f).lookup("__call__") === undefined) raise(E.TypeError, "first argument must be callable");
      if (o === null) raise(E.TypeError, "self must not be None");
      return new PyBoundMethod(f, o);
    },
  ],
  methods: {
    __call__: [
      "(self, /, *args, **kwargs)",
      (m: AnyMethod, args: Value[], kwargs: Kwargs) =>
        callVec(m, [...args, ...kwargs.values()], [...kwargs.keys()]),
    ],
    __repr__: [
      "(self, /)",
      (m: AnyMethod) =>
        `<bound method ${asStr(getAttrOrUndefined(m.func, "__qualname__") ?? null) ?? asStr(getAttrOrUndefined(m.func, "__name__") ?? null) ?? "?"} of ${repr(m.self)}>`,
    ],
    __eq__: [
      "(self, value, /)",
      (a: AnyMethod, b: Value) =>
        b instanceof PyBoundMethod || b instanceof PyBuiltinMethod
          ? a.self === b.self && eqTruth(a.func, b.func)
          : NotImplemented,
    ],
    __hash__: ["(self, /)", (m: AnyMethod) => Number(hash(m.func)) * 31 + Number(identity(m.self))],
    __reduce__: [
      "(self, /)",
      (m: AnyMethod) => new PyTuple([builtinGetattr(), new PyTuple([m.self, getAttr(m.func, "__name__")])]),
    ],
  },
  getters: {
    __func__: (m: AnyMethod) => m.func,
    __self__: (m: AnyMethod) => m.self,
    __doc__: (m: AnyMethod) => getAttrOrUndefined(m.func, "__doc__") ?? null,
  },
});
export function identity(o: Value): number {
  return parseInt(address(o), 16) / 16;
}
// Any other attribute of a bound method is the function's, and so is the complaint that there is none.
methodType.dict.set(
  "__getattr__",
  new PyBuiltin(
    "__getattr__",
    ["(self, name, /)", (m: AnyMethod, name: string) => getAttr(m.func, name)],
    "slot",
    methodType,
    null,
    "c",
  ),
);
methodType.changed();

for (const t of [functionType, methodType]) t.doc ??= null;
