// A program's own dialects and compilers: classes below the library's that print some things in another way.
//
// The dialect's class says which compilers it has (`statement_compiler`, `ddl_compiler`, `type_compiler`, `preparer`); a visit
// method of a program's compiler is called where the engine's own would be, options as keyword arguments, and reaches the
// engine's through super(). Such dialects are made known by name with `registry.register`.
// Behaviour: SQLAlchemy engine/default.py (DefaultDialect), sql/compiler.py, util/langhelpers.py (PluginLoader).
import { optionsFromKwargs, optionsToKwargs, type RenderOptions } from "../../compiler/index.ts";
import { type DialectClass, loadDialect, registerLater } from "../../dialects/registry.ts";
import { getAttr } from "../../python/runtime/attributes.ts";
import { call } from "../../python/runtime/call.ts";
import { PyFunction } from "../../python/runtime/function.ts";
import { importModule } from "../../python/runtime/modules.ts";
import { nativeFunction } from "../../python/runtime/native-function.ts";
import { nativeType, PyGetSet } from "../../python/runtime/native-type.ts";
import { method, type NativeMethod } from "../../python/runtime/native.ts";
import { type Kwargs, PyTuple, PyType, TYPE, type Value } from "../../python/runtime/object.ts";
import { host } from "../../util/host.ts";
import { extend } from "../define.ts";
import { hostFor, onDerive, toEngine } from "../derive.ts";
import { give } from "../modules.ts";
import { camel, toPython } from "../values.ts";

type Method = (...args: unknown[]) => unknown;
type Proto = Record<string, unknown>;
type Class = new (...args: unknown[]) => object;

const prototypeOf = (cls: PyType): Proto | undefined =>
  (hostFor(cls) as unknown as { readonly prototype: Proto } | undefined)?.prototype;

// -- compilers -------------------------------------------------------------------------------

/** Arguments that the real methods take by keyword and ours by position. */
const BY_KEYWORD: Readonly<Record<string, string>> = {
  get_column_specification: "first_pk",
  returning_clause: "populate_result_map",
  create_table_constraints: "_include_foreign_key_constraints",
};

/** Methods that are bound otherwise, or that are no visit methods. */
const NOT_PRINTING = new Set(["process", "compile", "constructor", "repr", "bindparam_string", "toString"]);

const pythonName = (js: string): string =>
  js.startsWith("visit")
    ? `visit_${js.slice(5).replace(/^[A-Z](?=[a-z])|(?<=[a-z])[A-Z]/g, (c, at: number) => (at ? "_" : "") + c.toLowerCase())}`
    : js.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);

const isOptions = (v: unknown): v is RenderOptions =>
  typeof v === "object" && v !== null && Object.getPrototypeOf(v) === Object.prototype;

/** The engine's method as one that a program's class reaches by super(). */
function printing(name: string, native: Method): NativeMethod {
  return method("(self, *args, **kw)", (self: Value, args: Value[], kw: Kwargs) => {
    const given = args.map(toEngine);
    const word = BY_KEYWORD[name];
    if (word !== undefined && given.length < native.length) given.push(toEngine(kw.get(word) ?? null));
    return toPython(native.apply(self, [...given, optionsFromKwargs(kw)]));
  });
}

/** Give the library's compilers above a program's class the methods that it may extend. Once a class. */
const opened = new Set<PyType>();
function openCompilers(cls: PyType): void {
  for (const type of cls.mro) {
    const proto = type.heap || opened.has(type) ? undefined : prototypeOf(type);
    if (!proto) continue;
    opened.add(type);
    const above = type.mro[1] && prototypeOf(type.mro[1]);
    const methods: Record<string, NativeMethod> = {};
    for (
      let at: object | null = proto;
      at && at !== above && at !== Object.prototype;
      at = Object.getPrototypeOf(at) as object | null
    )
      for (const js of Object.getOwnPropertyNames(at)) {
        const name = pythonName(js);
        const native: unknown = Object.getOwnPropertyDescriptor(at, js)?.value;
        if (typeof native !== "function" || NOT_PRINTING.has(name) || name in methods) continue;
        const known = type.lookup(name);
        if (js.startsWith("visit") || (known !== undefined && !(known instanceof PyGetSet)))
          methods[name] = printing(name, native as Method);
      }
    extend(`${type.module}.${type.name}`, { methods });
  }
}

/** A program's method where the engine calls its own. */
function overriding(name: string, fn: PyFunction): Method {
  const { names, varKw, varArgs, kwOnly } = fn.params;
  const takes = (word: string): boolean => varKw !== null || names.includes(word) || kwOnly.includes(word);
  return function (this: unknown, ...args: unknown[]): unknown {
    const positional: Value[] = [this as Value];
    const keywords: Kwargs = new Map();
    for (const arg of args) {
      if (isOptions(arg))
        for (const [word, value] of optionsToKwargs(arg)) {
          if (takes(word)) keywords.set(word, value);
        }
      else if (positional.length < names.length || varArgs !== null) positional.push(toPython(arg));
      else if (BY_KEYWORD[name] !== undefined && takes(BY_KEYWORD[name]))
        keywords.set(BY_KEYWORD[name], toPython(arg));
    }
    return toEngine(call(fn, positional, keywords));
  };
}

function deriveCompiler(cls: PyType, proto: Proto): void {
  openCompilers(cls);
  for (const type of [...cls.mro].reverse())
    if (type.heap)
      for (const [name, value] of type.dict)
        if (value instanceof PyFunction && !name.startsWith("__"))
          Object.defineProperty(proto, camelMethod(name), {
            value: overriding(name, value),
            configurable: true,
            writable: true,
          });
}

/** `visit_DOUBLE_PRECISION` is visitDOUBLE_PRECISION, `visit_big_integer` visitBigInteger. */
function camelMethod(name: string): string {
  return /^visit_[A-Z]/.test(name) ? `visit${name.slice(6)}` : camel(name);
}

// -- dialects --------------------------------------------------------------------------------

const classOf = (v: Value | undefined): Class | undefined =>
  v instanceof PyType ? (hostFor(v) as unknown as Class | undefined) : undefined;

/** An instance for a dialect, made in Python's way where the program's class has an `__init__`. */
const madeFor = (cls: Class, dialect: object): object => {
  const type = (cls.prototype as { readonly [TYPE]: PyType })[TYPE];
  return type.lookup("__init__") instanceof PyFunction ? (call(type, [dialect]) as object) : new cls(dialect);
};

function deriveDialect(cls: PyType, proto: Proto): void {
  const own = (...names: string[]): Class | undefined => {
    for (const type of cls.mro)
      if (type.heap) for (const name of names) if (type.dict.has(name)) return classOf(type.dict.get(name));
    return undefined;
  };
  const define = (name: string, descriptor: PropertyDescriptor): void =>
    void Object.defineProperty(proto, name, { configurable: true, ...descriptor });
  // what the class says by these names are classes; ours are methods that make a compiler of them
  for (const js of ["statementCompiler", "ddlCompiler", "typeCompiler", "preparer"]) delete proto[js];
  const statement = own("statement_compiler");
  if (statement) define("statementCompilerClass", { get: () => statement });
  const ddl = own("ddl_compiler");
  if (ddl) define("ddlCompilerClass", { get: () => ddl });
  const types = own("type_compiler_cls", "type_compiler");
  if (types)
    define("makeTypeCompiler", {
      value(this: object) {
        return madeFor(types, this);
      },
    });
  const preparer = own("preparer");
  if (preparer)
    define("makePreparer", {
      value(this: object) {
        return madeFor(preparer, this);
      },
    });
  const colspecs = cls.mro.find((t) => t.heap && t.dict.has("colspecs"))?.dict.get("colspecs");
  const entries = colspecs === undefined ? undefined : host.entries(colspecs);
  if (entries) {
    const map = new Map([...entries].map(([k, v]) => [toEngine(k), toEngine(v)] as const));
    define("colspecs", { get: () => map });
  }
}

/** An attribute of a dialect that programs read and set. */
export function attribute(js: string): {
  get: (self: never) => Value;
  set: (self: never, value: Value) => void;
} {
  return {
    get: (self: Proto) => toPython(self[js]),
    set: (self: Proto, value: Value) =>
      void Object.defineProperty(self, js, { value: toEngine(value), configurable: true, writable: true }),
  };
}

export const SERVER_VERSION = {
  get: ((self: { readonly serverVersionInfo: readonly number[] | null }) =>
    self.serverVersionInfo && new PyTuple([...self.serverVersionInfo])) as (self: never) => Value,
  set: (self: Proto, value: Value): void => {
    self["serverVersionInfo"] = value === null ? null : [...(host.iterate(value) ?? [])];
  },
};

/** Which compiler a dialect has, read from it and set on it; what it would give the driver. */
function bindCompilerClasses(): void {
  const create_connect_args = method(
    "(self, url)",
    (self: { createConnectArgs(url: Value): readonly unknown[] }, url: Value) =>
      new PyTuple(self.createConnectArgs(url).map(toPython)),
  );
  // a module, to programs
  const dbapi = ((self: { readonly dbapi: { readonly name?: string } | null }) =>
    self.dbapi && (self.dbapi.name === "sqlite3" ? importModule("sqlite3") : toPython(self.dbapi))) as (
    self: never,
  ) => Value;
  for (const name of ["engine.default.DefaultDialect", "dialects.sqlite.pysqlite.SQLiteDialect_pysqlite"])
    extend(`sqlalchemy.${name}`, { methods: { create_connect_args }, getters: { dbapi } });
  extend("sqlalchemy.engine.default.DefaultDialect", {
    getters: {
      server_version_info: SERVER_VERSION,
      type_compiler: attribute("typeCompilerInstance"),
      statement_compiler: attribute("statementCompilerClass"),
      ddl_compiler: attribute("ddlCompilerClass"),
    },
  });
}

// -- names -----------------------------------------------------------------------------------

class PluginLoader {
  declare [TYPE]: PyType;
}

function bindRegistry(): void {
  const load = (name: string): Value => toPython(loadDialect(name));
  nativeType({
    name: "PluginLoader",
    module: "sqlalchemy.util.langhelpers",
    host: PluginLoader,
    methods: {
      register: method(
        "(self, name, modulepath, objname)",
        (_self: PluginLoader, name: string, path: string, attribute: string) => {
          registerLater(
            name,
            () => hostFor(getAttr(importModule(path), attribute) as PyType) as unknown as DialectClass,
          );
        },
      ),
      load: method("(self, name)", (_self: PluginLoader, name: string) =>
        nativeFunction(
          "load",
          method("()", () => load(name)),
        ),
      ),
    },
  });
  give("sqlalchemy.dialects.__all__", new PyTuple(["mssql", "mysql", "oracle", "postgresql", "sqlite"]));
  give("sqlalchemy.dialects.registry", new PluginLoader() as never);
}

export function bindDialectClasses(): void {
  onDerive((cls, made) => {
    const { prototype: proto } = made as unknown as { readonly prototype: Proto };
    if (typeof proto["visitUnsupportedCompilation"] === "function") deriveCompiler(cls, proto);
    else if ("statementCompilerClass" in proto) deriveDialect(cls, proto);
    const words = "reservedWords" in proto ? cls.lookup("reserved_words") : undefined;
    if (words !== undefined && !(words instanceof PyGetSet))
      Object.defineProperty(proto, "reservedWords", {
        value: new Set(host.iterate(words) ?? []),
        configurable: true,
      });
  });
  bindCompilerClasses();
  bindRegistry();
}
