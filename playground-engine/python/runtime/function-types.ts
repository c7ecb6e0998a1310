// What programs see of functions, methods, code, cells, frames and tracebacks.
//
// Behaviour: docs.python.org/3.11/reference/datamodel.html#the-standard-type-hierarchy, library/inspect.html#types-and-members.
import { getAttr, getAttrOrUndefined } from "./attributes.ts";
import { callVec } from "./call.ts";
import { E, raise } from "./exceptions.ts";
import { Activation, frameType, PyFrame, PyTraceback, tracebackType } from "./frames.ts";
import {
  Cell,
  cellType,
  CO,
  codeType,
  functionType,
  methodType,
  PyBoundMethod,
  PyCode,
  PyFunction,
} from "./function.ts";
import { address, hash } from "./hash.ts";
import { GlobalNamespace } from "./globals.ts";
import { builtinsModule, importModule, isNativeModule, PyModule } from "./modules.ts";
import { late } from "./late.ts";
import {
  builtinFunctionType,
  classMethodDescriptorType,
  methodDescriptorType,
  methodWrapperType,
  PyBuiltin,
  PyBuiltinMethod,
  wrapperDescriptorType,
} from "./native-function.ts";
import { fillType, getSetType, PyGetSet } from "./native-type.ts";
import type { NativeGetter, NativeMethod } from "./native.ts";
import {
  asInt,
  asStr,
  type Kwargs,
  NotImplemented,
  PyBytes,
  PyTuple,
  PyType,
  typeOf,
  type Value,
} from "./object.ts";
import { repr } from "./repr.ts";
import { dictGetSet, memberType, PyMember } from "./slots.ts";
import { eq, eqTruth, ge, gt, le, lt, ne } from "./comparison.ts";

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
export function annotationsOf(f: PyFunction): Value {
  if (f.annotations === undefined) f.annotations = late.dict(new Map());
  else if (typeof f.annotations === "function") f.annotations = (f.annotations as () => Value)();
  return f.annotations;
}

fillType(functionType, {
  new: [
    "(cls, code, globals, name=None, argdefs=None, closure=None)",
    (_cls: Value, code: Value, globals: Value, name: Value, defaults: Value) => {
      if (!(code instanceof PyCode))
        raise(E.TypeError, `function() argument 'code' must be code, not ${typeOf(code).name}`);
      const source = functionOf.get(code);
      if (source === undefined) raise(E.TypeError, "this code object cannot be made a function");
      const f = new PyFunction(
        source.fn,
        code,
        globals,
        source.module,
        defaults instanceof PyTuple ? defaults.items : source.defaults,
        source.kwDefaults,
      );
      const n = asStr(name);
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

type AnyMethod = PyBoundMethod | PyBuiltinMethod;

fillType(methodType, {
  new: [
    "(cls, function, instance, /)",
    (_cls: Value, f: Value, o: Value) => {
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
      (m: AnyMethod) =>
        new PyTuple([
          getAttr(typeOf(m.self), "__getattribute__"),
          new PyTuple([m.self, getAttr(m.func, "__name__")]),
        ]),
    ],
  },
  getters: {
    __func__: (m: AnyMethod) => m.func,
    __self__: (m: AnyMethod) => m.self,
    __doc__: (m: AnyMethod) => getAttrOrUndefined(m.func, "__doc__") ?? null,
  },
});
function identity(o: Value): number {
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

// ---- functions written in TypeScript

const builtinName: Readonly<Record<string, NativeGetter>> = {
  __name__: (f: PyBuiltin) => f.name,
  __qualname__: (f: PyBuiltin) => f.qualname,
  __doc__: (f: PyBuiltin) => f.doc,
  __text_signature__: (f: PyBuiltin) => textSignature(f),
};
/** The signature string as CPython's `__text_signature__` has it. */
export function textSignature(f: PyBuiltin): string {
  return f.kind === "function" ? f.text : f.text.replace(/^\((self|cls)\b/, "($self");
}
const described = {
  ...builtinName,
  __objclass__: (f: PyBuiltin) => f.owner ?? null,
};

function bindBuiltin(f: PyBuiltin, o: Value, owner: PyType | null): Value {
  if (f.kind === "classmethod") return new PyBuiltinMethod(f, owner ?? typeOf(o));
  if (o === null && owner?.name !== "NoneType") return f;
  if (f.owner && !typeOf(o).isSubtypeOf(f.owner))
    raise(
      E.TypeError,
      `descriptor '${f.name}' for '${f.owner.name}' objects doesn't apply to a '${typeOf(o).name}' object`,
    );
  return new PyBuiltinMethod(f, o);
}

for (const [t, word] of [
  [methodDescriptorType, "method"],
  [wrapperDescriptorType, "slot wrapper"],
  [classMethodDescriptorType, "method"],
] as const) {
  fillType(t, {
    descriptor: { get: bindBuiltin },
    methods: {
      __call__: ["(self, /, *args, **kwargs)", callBuiltin],
      __repr__: ["(self, /)", (f: PyBuiltin) => `<${word} '${f.name}' of '${f.owner!.name}' objects>`],
    },
    getters: described,
  });
}
function callBuiltin(f: PyBuiltin, args: Value[], kwargs: Kwargs): Value {
  return callVec(f, [...args, ...kwargs.values()], [...kwargs.keys()]);
}

/** A built-in method as `[].append` is one; a plain built-in function has None for `__self__`'s place: its module. */
fillType(builtinFunctionType, {
  methods: {
    __call__: ["(self, /, *args, **kwargs)", callBuiltin as never],
    __repr__: [
      "(self, /)",
      (f: PyBuiltin | PyBuiltinMethod) => {
        if (f instanceof PyBuiltinMethod)
          return `<built-in method ${f.func.name} of ${f.self instanceof PyType ? `type object` : `${typeOf(f.self).name} object`} at ${address(f.self)}>`;
        if (f.owner && f.kind !== "function")
          return `<built-in method ${f.name} of type object at ${address(f.owner)}>`;
        return `<built-in function ${f.name}>`;
      },
    ],
    __eq__: [
      "(self, value, /)",
      (a: Value, b: Value) =>
        a === b
          ? true
          : a instanceof PyBuiltinMethod && b instanceof PyBuiltinMethod
            ? a.func === b.func && a.self === b.self
            : NotImplemented,
    ],
    __hash__: [
      "(self, /)",
      (f: Value) => (f instanceof PyBuiltinMethod ? identity(f.func) * 31 + identity(f.self) : identity(f)),
    ],
    __reduce__: [
      "(self, /)",
      (f: PyBuiltin | PyBuiltinMethod) =>
        f instanceof PyBuiltinMethod
          ? new PyTuple([builtinGetattr(), new PyTuple([f.self, f.func.name])])
          : f.name,
    ],
  },
  getters: {
    __name__: (f: PyBuiltin | PyBuiltinMethod) => plain(f).name,
    __qualname__: (f: PyBuiltin | PyBuiltinMethod) =>
      f instanceof PyBuiltinMethod
        ? `${(f.self instanceof PyType ? f.self : typeOf(f.self)).qualname}.${f.func.name}`
        : f.qualname,
    __doc__: (f: PyBuiltin | PyBuiltinMethod) => plain(f).doc,
    __module__: (f: PyBuiltin | PyBuiltinMethod) => (f instanceof PyBuiltinMethod ? null : f.module),
    __self__: (f: PyBuiltin | PyBuiltinMethod) => (f instanceof PyBuiltinMethod ? f.self : (f.owner ?? null)),
    __text_signature__: (f: PyBuiltin | PyBuiltinMethod) => textSignature(plain(f)),
  },
});
function plain(f: PyBuiltin | PyBuiltinMethod): PyBuiltin {
  return f instanceof PyBuiltinMethod ? f.func : f;
}
let getattrFunction: () => Value = () => null;
export function useGetattr(f: () => Value): void {
  getattrFunction = f;
}
function builtinGetattr(): Value {
  return getattrFunction();
}
fillType(methodWrapperType, {
  methods: {
    __call__: ["(self, /, *args, **kwargs)", callBuiltin as never],
    __repr__: [
      "(self, /)",
      (f: PyBuiltinMethod) =>
        `<method-wrapper '${f.func.name}' of ${typeOf(f.self).name} object at ${address(f.self)}>`,
    ],
    __eq__: [
      "(self, value, /)",
      (a: PyBuiltinMethod, b: Value) =>
        b instanceof PyBuiltinMethod ? a.func === b.func && a.self === b.self : NotImplemented,
    ],
    __hash__: ["(self, /)", (f: PyBuiltinMethod) => identity(f.func) * 31 + identity(f.self)],
  },
  getters: {
    __name__: (f: PyBuiltinMethod) => f.func.name,
    __qualname__: (f: PyBuiltinMethod) => f.func.qualname,
    __doc__: (f: PyBuiltinMethod) => f.func.doc,
    __self__: (f: PyBuiltinMethod) => f.self,
    __objclass__: (f: PyBuiltinMethod) => f.func.owner ?? null,
    __text_signature__: (f: PyBuiltinMethod) => textSignature(f.func),
  },
});

for (const [t, word] of [
  [getSetType, "attribute"],
  [memberType, "member"],
] as const) {
  fillType(t, {
    methods: {
      __repr__: [
        "(self, /)",
        (d: PyGetSet | PyMember) => `<${word} '${d.name}' of '${d.owner.name}' objects>`,
      ],
    },
    getters: {
      __name__: (d: PyGetSet | PyMember) => d.name,
      __qualname__: (d: PyGetSet | PyMember) => `${d.owner.qualname}.${d.name}`,
      __objclass__: (d: PyGetSet | PyMember) => d.owner,
      __doc__: (d: PyGetSet | PyMember) => (d instanceof PyGetSet ? d.doc : null),
    },
    ...(t.descriptor ? { descriptor: t.descriptor } : {}),
  });
}

// ---- code, cells

const names = (list: readonly string[]): PyTuple => new PyTuple(list);

fillType(codeType, {
  methods: {
    __repr__: [
      "(self, /)",
      (c: PyCode) =>
        `<code object ${c.name} at ${address(c)}, file "${c.filename}", line ${c.spec.firstlineno}>`,
    ],
    co_positions: [
      "(self, /)",
      (c: PyCode) => {
        const out: Value[] = [];
        for (let i = 4; i + 3 < c.positions.length; i += 4)
          out.push(new PyTuple([c.positions[i], c.positions[i + 2], c.positions[i + 1], c.positions[i + 3]]));
        return new PyTuple(out);
      },
    ],
    replace: [
      "(self, /, **kwargs)",
      (c: PyCode, kwargs: Kwargs) => {
        const made = new PyCode({
          ...c.spec,
          flags: Number(asInt(kwargs.get("co_flags") ?? c.flags) ?? c.flags),
          firstlineno: Number(asInt(kwargs.get("co_firstlineno") ?? c.spec.firstlineno) ?? 0),
          name: asStr(kwargs.get("co_name") ?? null) ?? c.name,
          filename: asStr(kwargs.get("co_filename") ?? null) ?? c.filename,
          qualname: asStr(kwargs.get("co_qualname") ?? null) ?? c.qualname,
        });
        made.positions = c.positions;
        made.run = c.run;
        const f = functionOf.get(c);
        if (f) functionOf.set(made, f);
        return made;
      },
    ],
  },
  getters: {
    co_name: (c: PyCode) => c.name,
    co_qualname: (c: PyCode) => c.qualname,
    co_filename: (c: PyCode) => c.filename,
    co_firstlineno: (c: PyCode) => c.spec.firstlineno,
    co_argcount: (c: PyCode) => c.params.names.length,
    co_posonlyargcount: (c: PyCode) => c.params.posOnly,
    co_kwonlyargcount: (c: PyCode) => c.params.kwOnly.length,
    co_nlocals: (c: PyCode) => c.spec.varnames.length,
    co_varnames: (c: PyCode) => names(c.spec.varnames),
    co_names: (c: PyCode) => names(c.spec.names),
    co_freevars: (c: PyCode) => names(c.spec.freevars),
    co_cellvars: (c: PyCode) => names(c.spec.cellvars),
    co_consts: (c: PyCode) => new PyTuple([...c.spec.consts, ...c.inner]),
    co_flags: (c: PyCode) => c.flags,
    co_stacksize: () => 0,
    co_code: () => new PyBytes(new Uint8Array(0)),
    co_lnotab: () => new PyBytes(new Uint8Array(0)),
  },
});

/** Cells compare by what they hold, empty ones first. */
function cellCompare(f: (a: Value | undefined, b: Value | undefined) => Value): NativeMethod {
  return [
    "(self, value, /)",
    (a: Cell, b: Value) => (b instanceof Cell ? f(a.get(), b.get()) : NotImplemented),
  ];
}

fillType(cellType, {
  new: [
    "(cls, contents=..., /)",
    (_cls: Value, contents: Value | undefined) => {
      let v = contents;
      return new Cell(
        () => v,
        (x) => (v = x),
      );
    },
  ],
  methods: {
    __eq__: cellCompare((a, b) => (a === undefined || b === undefined ? a === b : eq(a, b))),
    __ne__: cellCompare((a, b) => (a === undefined || b === undefined ? a !== b : ne(a, b))),
    __lt__: cellCompare((a, b) =>
      a === undefined || b === undefined ? a === undefined && b !== undefined : lt(a, b),
    ),
    __le__: cellCompare((a, b) => (a === undefined || b === undefined ? a === undefined : le(a, b))),
    __gt__: cellCompare((a, b) =>
      a === undefined || b === undefined ? b === undefined && a !== undefined : gt(a, b),
    ),
    __ge__: cellCompare((a, b) => (a === undefined || b === undefined ? b === undefined : ge(a, b))),
    __repr__: [
      "(self, /)",
      (c: Cell) => {
        const v = c.get();
        return v === undefined
          ? `<cell at ${address(c)}: empty>`
          : `<cell at ${address(c)}: ${typeOf(v).name} object at ${address(v)}>`;
      },
    ],
  },
  getters: {
    cell_contents: {
      get: (c: Cell) => {
        const v = c.get();
        if (v === undefined) raise(E.ValueError, "Cell is empty");
        return v;
      },
      set: (c: Cell, v: Value) => c.set(v),
      delete: (c: Cell) => c.set(undefined),
    },
  },
});

// ---- frames and tracebacks

fillType(frameType, {
  methods: {
    __repr__: [
      "(self, /)",
      (f: PyFrame) =>
        `<frame at ${address(f)}, file '${f.code.filename}', line ${f.lineno}, code ${f.code.name}>`,
    ],
    clear: ["(self, /)", () => null],
  },
  getters: {
    f_back: (f: PyFrame) => f.back,
    f_code: (f: PyFrame) => f.code,
    f_lineno: (f: PyFrame) => f.lineno,
    f_globals: (f: PyFrame) => globalsDict(f.globals),
    f_builtins: () => late.dictOver(builtinsModule.dict),
    f_lasti: (f: PyFrame) => f.pos,
    f_trace: { get: () => null, set: () => undefined },
    f_trace_lines: { get: () => true, set: () => undefined },
    f_trace_opcodes: { get: () => false, set: () => undefined },
    f_locals: (f: PyFrame) => {
      const l = f.locals?.();
      if (l === undefined)
        return (f.code.flags & CO.NEWLOCALS) === 0 ? globalsDict(f.globals) : late.dict(new Map());
      return l;
    },
  },
});

fillType(tracebackType, {
  new: [
    "(cls, tb_next, tb_frame, tb_lasti, tb_lineno)",
    (_cls: Value, next: Value, frame: Value, lasti: Value) => {
      if (!(frame instanceof PyFrame))
        raise(E.TypeError, `traceback() argument 'tb_frame' must be frame, not ${typeOf(frame).name}`);
      return new PyTraceback(next, new Activation(frame.code, frame.globals), Number(lasti), frame.locals);
    },
  ],
  getters: {
    tb_next: {
      get: (t: PyTraceback) => t.next,
      set: (t: PyTraceback, v: Value) => {
        if (v !== null && !(v instanceof PyTraceback))
          raise(E.TypeError, `expected traceback object, got '${typeOf(v).name}'`);
        for (let x: Value = v; x instanceof PyTraceback; x = x.next)
          if (x === t) raise(E.ValueError, "traceback loop detected");
        t.next = v;
      },
    },
    tb_frame: (t: PyTraceback) => t.frame,
    tb_lineno: (t: PyTraceback) => t.lineno,
    tb_lasti: (t: PyTraceback) => t.pos,
  },
});

for (const t of [functionType, methodType, codeType, cellType, frameType, tracebackType]) t.doc ??= null;
