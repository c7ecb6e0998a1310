// The sys module: what the interpreter knows of itself.
//
// Behaviour: docs.python.org/3.11/library/sys.html. The parts that a page has no sense of (audit hooks, thread switches) are left out.
import { asInt, PyFloat, PyList, PyTuple, type PyType, TYPE, typeOf, type Value } from "./object.ts";
import { callMethod, getAttr, getAttrOrUndefined } from "./attributes.ts";
import { call } from "./call.ts";
import { objectType } from "./base-types.ts";
import { E, err, excInfo, isException, raise, toException } from "./exceptions.ts";
import { depth, frameAt, handled } from "./frames.ts";
import { late } from "./late.ts";
import { limits, MAX_RECURSION } from "./limits.ts";
import {
  builtinsModule,
  builtinSpec,
  importModule,
  modules,
  nativeModuleNames,
  PyModule,
} from "./modules.ts";
import { nativeFunction } from "./native-function.ts";
import { nativeType } from "./native-type.ts";
import type { NativeMethod } from "./native.ts";
import { indexOf } from "./truth.ts";
import { repr, str } from "./repr.ts";
import { formatException } from "./traceback-text.ts";
import { unraisable } from "./weak.ts";
import { PyFrozenSet } from "../builtins/set.ts";
import { sizeOf } from "../builtins/sizes.ts";

/** A named tuple as C modules make them (`sys.version_info`). */
function structSequence(name: string, fields: readonly string[], values: readonly Value[]): Value {
  const tuple = objectType.subclasses.find((t) => !t.heap && t.name === "tuple")!;
  const type: PyType = nativeType({
    name,
    module: "sys",
    bases: [tuple],
    final: true,
    getters: Object.fromEntries(fields.map((f, i) => [f, (self: PyTuple): Value => self.items[i]])),
    methods: {
      __repr__: [
        "(self, /)",
        (self: PyTuple) => `sys.${name}(${fields.map((f, i) => `${f}=${repr(self.items[i])}`).join(", ")})`,
      ],
    },
  });
  return tuple.allocator ? withType(new PyTuple(values), type) : new PyTuple(values);
}
function withType(t: PyTuple, type: PyType): PyTuple {
  t[TYPE] = type;
  return t;
}

function write(stream: string, text: string): void {
  const out = getAttrOrUndefined(sysModule(), stream);
  if (out !== undefined && out !== null) callMethod(out, "write", text);
}

const functions: Readonly<Record<string, NativeMethod>> = {
  exit: [
    "(status=None, /)",
    (status: Value): never => {
      const args = status === null ? [] : [status];
      throw err(E.SystemExit, ...args).setMember("code", status);
    },
  ],
  exc_info: [
    "()",
    () => {
      const e = handled();
      return e === null ? new PyTuple([null, null, null]) : new PyTuple([typeOf(e), e, excInfo(e).traceback]);
    },
  ],
  exception: ["()", () => handled()],
  getrecursionlimit: ["()", () => limits.recursion],
  setrecursionlimit: [
    "(limit, /)",
    (n: Value) => {
      const v = asInt(n) ?? indexOf(n);
      if (v === undefined)
        raise(E.TypeError, `'${typeOf(n).name}' object cannot be interpreted as an integer`);
      if (v < 1) raise(E.ValueError, "recursion limit must be greater or equal than 1");
      if (v <= depth())
        raise(
          E.RecursionError,
          `cannot set the recursion limit to ${v} at the recursion depth ${depth()}: the limit is too low`,
        );
      limits.recursion = Math.min(Number(v), MAX_RECURSION);
    },
  ],
  _getframe: [
    "(depth=0, /)",
    (n: Value) => {
      const f = frameAt(Math.max(0, Number(asInt(n) ?? 0)));
      if (f === undefined) raise(E.ValueError, "call stack is not deep enough");
      return f;
    },
  ],
  displayhook: [
    "(object, /)",
    (v: Value) => {
      if (v === null) return;
      builtinsModule.dict.set("_", null);
      write("stdout", `${repr(v)}\n`);
      builtinsModule.dict.set("_", v);
    },
  ],
  excepthook: [
    "(exctype, value, traceback, /)",
    (_t: Value, v: Value, tb: Value) => {
      if (!isException(v)) return;
      if (tb !== null) excInfo(v).traceback = tb;
      write("stderr", formatException(v, { suggestions: true }));
    },
  ],
  intern: [
    "(string, /)",
    (s: Value) => {
      if (typeof s !== "string") raise(E.TypeError, `intern() argument must be str, not ${typeOf(s).name}`);
      return s;
    },
  ],
  getsizeof: [
    "(object, default=..., /)",
    (v: Value, d: Value | undefined) => {
      const own = typeOf(v).mro.find((c) => c.dict.has("__sizeof__"));
      if (own !== undefined && !own.heap) return sizeOf(v);
      const size = asInt(callMethod(v, "__sizeof__"));
      if (size !== undefined)
        return size >= 0
          ? Number(size) + (typeOf(v).hasDict ? 32 : 16)
          : raise(E.ValueError, "__sizeof__() should return >= 0");
      return d ?? raise(E.TypeError, "'str' object cannot be interpreted as an integer");
    },
  ],
  getrefcount: ["(object, /)", () => 2],
  getdefaultencoding: ["()", () => "utf-8"],
  getfilesystemencoding: ["()", () => "utf-8"],
  getfilesystemencodeerrors: ["()", () => "surrogateescape"],
  is_finalizing: ["()", () => false],
  gettrace: ["()", () => null],
  settrace: ["(function, /)", () => null],
  getprofile: ["()", () => null],
  setprofile: ["(function, /)", () => null],
  getswitchinterval: ["()", () => new PyFloat(0.005)],
  call_tracing: [
    "(func, args, /)",
    (f: Value, args: Value) => callMethod(f, "__call__", ...(args as PyTuple).items),
  ],
  audit: ["(event, *args)", () => null],
  addaudithook: ["(hook)", () => null],
  get_asyncgen_hooks: ["()", () => new PyTuple([null, null])],
  set_asyncgen_hooks: ["(*args, **kwargs)", () => null],
  get_int_max_str_digits: ["()", () => limits.intDigits],
  set_int_max_str_digits: [
    "(maxdigits)",
    (n: Value) => {
      const v = asInt(n) ?? indexOf(n);
      if (v === undefined)
        raise(E.TypeError, `'${typeOf(n).name}' object cannot be interpreted as an integer`);
      if (v !== 0 && v < 640) raise(E.ValueError, "maxdigits must be 0 or larger than 640");
      limits.intDigits = Number(v);
    },
  ],
  getallocatedblocks: ["()", () => 100_000],
  unraisablehook: [
    "(unraisable, /)",
    (u: Value) => {
      const get = (name: string): Value => getAttrOrUndefined(u, name) ?? null;
      write("stderr", `${str(get("err_msg") ?? "Exception ignored in")}: ${repr(get("object"))}\n`);
      const e = get("exc_value");
      if (isException(e)) write("stderr", formatException(e, {}));
    },
  ],
};

unraisable.show = (e, callee) => {
  const x = toException(e);
  const hook = getAttrOrUndefined(sysModule(), "unraisablehook");
  if (hook === undefined) return;
  const info = new PyModule("UnraisableHookArgs");
  for (const [name, v] of Object.entries({
    exc_type: typeOf(x),
    exc_value: x,
    exc_traceback: excInfo(x).traceback,
    err_msg: null,
    object: callee,
  }))
    info.dict.set(name, v);
  call(hook, [info]);
};

let current: PyModule | undefined;

/** The sys module of the running interpreter. */
export function sysModule(): PyModule {
  const m = modules.get("sys");
  return m instanceof PyModule ? m : (current ?? raise(E.RuntimeError, "lost sys"));
}

let made: Record<string, Value> | undefined;
function constants(): Record<string, Value> {
  if (made) return made;
  const version = "3.11.7 (main, Dec  8 2023, 00:00:00) [Mapped playground]";
  made = {
    version,
    version_info: structSequence(
      "version_info",
      ["major", "minor", "micro", "releaselevel", "serial"],
      [3, 11, 7, "final", 0],
    ),
    hexversion: 0x030b07f0,
    api_version: 1013,
    copyright: "Copyright (c) 2001-2023 Python Software Foundation.\nAll Rights Reserved.",
    platform: "linux",
    byteorder: "little",
    maxsize: 9223372036854775807n,
    maxunicode: 0x10ffff,
    executable: "/usr/bin/python3",
    prefix: "/usr",
    exec_prefix: "/usr",
    base_prefix: "/usr",
    base_exec_prefix: "/usr",
    platlibdir: "lib",
    float_repr_style: "short",
    abiflags: "",
    float_info: structSequence(
      "float_info",
      [
        "max",
        "max_exp",
        "max_10_exp",
        "min",
        "min_exp",
        "min_10_exp",
        "dig",
        "mant_dig",
        "epsilon",
        "radix",
        "rounds",
      ],
      [
        new PyFloat(Number.MAX_VALUE),
        1024,
        308,
        new PyFloat(2.2250738585072014e-308),
        -1021,
        -307,
        15,
        53,
        new PyFloat(Number.EPSILON),
        2,
        1,
      ],
    ),
    dont_write_bytecode: true,
    pycache_prefix: null,
    ps1: ">>> ",
    ps2: "... ",
    flags: structSequence(
      "flags",
      [
        "debug",
        "inspect",
        "interactive",
        "optimize",
        "dont_write_bytecode",
        "no_user_site",
        "no_site",
        "ignore_environment",
        "verbose",
        "bytes_warning",
        "quiet",
        "hash_randomization",
        "isolated",
        "dev_mode",
        "utf8_mode",
        "warn_default_encoding",
        "safe_path",
        "int_max_str_digits",
      ],
      [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, false, 0, 0, false, 4300],
    ),
    int_info: structSequence(
      "int_info",
      ["bits_per_digit", "sizeof_digit", "default_max_str_digits", "str_digits_check_threshold"],
      [30, 4, 4300, 640],
    ),
    hash_info: structSequence(
      "hash_info",
      ["width", "modulus", "inf", "nan", "imag", "algorithm", "hash_bits", "seed_bits", "cutoff"],
      [64, 2305843009213693951n, 314159, 0, 1000003, "siphash13", 64, 128, 0],
    ),
    thread_info: structSequence("thread_info", ["name", "lock", "version"], ["pthread", "semaphore", null]),
  };
  return made;
}

/** A new sys for a new interpreter. */
export function freshSys(
  streams: { stdin: Value; stdout: Value; stderr: Value },
  argv: readonly string[],
  path: readonly string[],
): PyModule {
  limits.intDigits = 4300;
  const m = new PyModule("sys");
  const put = (name: string, v: Value): void => void m.dict.set(name, v);
  for (const [name, f] of Object.entries(functions)) put(name, nativeFunction(name, f, "sys"));
  for (const [name, v] of Object.entries(constants())) put(name, v);
  for (const name of ["displayhook", "excepthook", "unraisablehook"]) put(`__${name}__`, m.dict.get(name));
  for (const [name, s] of Object.entries(streams)) {
    put(name, s);
    put(`__${name}__`, s);
  }
  put("modules", late.dictOver(modules));
  put("argv", new PyList([...argv]));
  put("orig_argv", new PyList(["python3", ...argv]));
  put("path", new PyList([...path]));
  put("meta_path", new PyList([]));
  put("path_hooks", new PyList([]));
  put("path_importer_cache", late.dict(new Map()));
  put("warnoptions", new PyList([]));
  put(
    "builtin_module_names",
    new PyTuple(
      nativeModuleNames()
        .filter((n) => !n.includes("."))
        .sort(),
    ),
  );
  m.lazy = new Map([
    ["implementation", implementation],
    ["stdlib_module_names", () => stdlibNames()],
  ]);
  put("__spec__", builtinSpec("sys"));
  builtinsModule.dict.set("__spec__", builtinSpec("builtins"));
  current = m;
  return m;
}

function implementation(): Value {
  const names = new Map<string, Value>([
    ["name", "cpython"],
    ["cache_tag", "cpython-311"],
    ["version", constants().version_info!],
    ["hexversion", 0x030b07f0],
    ["_multiarch", "x86_64-linux-gnu"],
  ]);
  return call(getAttr(importModule("types"), "SimpleNamespace"), [], names);
}

/** The modules that can be imported without a file of the program's. */
function stdlibNames(): Value {
  const set = new PyFrozenSet();
  for (const name of nativeModuleNames()) set.add(name.split(".")[0]!);
  return set;
}
