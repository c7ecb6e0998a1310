// Alembic for Python: a part that is loaded when a program or a command names it (runtime/parts.ts).
//
// Supplies the seams of migrations/ from the interpreter: files, modules, templates, ini files. `alembic.op` and
// `alembic.context` are proxies of what stands behind them while env.py runs.
import * as room from "../migrations/index.ts";
import { resolvePath, readFile, writeFile, files } from "../python/builtins/io/file-system.ts";
import {
  asInt,
  PyList,
  PyTuple,
  type Kwargs,
  type Namespace,
  type PyType,
  type Value,
} from "../python/runtime/object.ts";
import { codeHook } from "../python/builtins/code-hook.ts";
import { PyDict } from "../python/builtins/index.ts";
import { getAttr, getAttrOrUndefined } from "../python/runtime/attributes.ts";
import { call } from "../python/runtime/call.ts";
import { E, raise, toException } from "../python/runtime/exceptions.ts";
import {
  builtinsModule,
  defineModule,
  importModule,
  prepareModule,
  PyModule,
} from "../python/runtime/modules.ts";
import { nativeFunction, PyBuiltin } from "../python/runtime/native-function.ts";
import { fillType } from "../python/runtime/native-type.ts";
import type { NativeMethod } from "../python/runtime/native.ts";
import { runPython } from "../python/stdlib/python-source.ts";
import { sourceLines } from "../python/runtime/source-lines.ts";
import { sysModule } from "../python/runtime/sys-module.ts";
import { onReset } from "../util/reset.ts";
import { greenletSpawn } from "../engine/greenlet.ts";
import { isTrue } from "../python/runtime/operators.ts";
import { host } from "../util/host.ts";
import * as api from "./api/alembic.ts";
import { modules } from "./api/alembic-modules.ts";
import { alembicEditor, alembicLog } from "./alembic-log.ts";
import { attachRoom } from "./attach.ts";
import { type HostClass, knownClass } from "./class-table.ts";
import { attach, extend, typeFor } from "./define.ts";
import { know } from "./know.ts";
import { defineModules, give, moduleSpec, offer } from "./modules.ts";
import { toPython } from "./values.ts";

const decoder = new TextDecoder();
const encoder = new TextEncoder();

function kindOfPath(path: string): "file" | "directory" | undefined {
  return files.system.stat(path)?.kind as "file" | "directory" | undefined;
}

function compiled(source: string, name: string): Value {
  return codeHook.current!.compile(source, name, "exec", false);
}

/** sys.stdout when Alembic was imported: what Config writes to unless it is told otherwise. */
let standardOutput: Value | undefined;

function installSeams(): void {
  room.installSeams({
    readText: (path) => {
      const data = kindOfPath(path) === "file" ? readFile(path) : undefined;
      return data && decoder.decode(data);
    },
    writeText: (path, text) => writeFile(path, encoder.encode(text)),
    kindOfPath,
    list: (path) => files.system.list(path),
    makeDirectories: (path) => {
      let at = "";
      for (const part of path.split("/").slice(1)) {
        at += `/${part}`;
        if (kindOfPath(at) === undefined) files.system.mkdir(at);
      }
    },
    absolute: (path) => resolvePath(files.system.cwd, path),
    loadModule: (name, path) => {
      const data = readFile(path);
      if (data === undefined) raise(E.FileNotFoundError, `[Errno 2] No such file or directory: '${path}'`);
      const m = new PyModule(name);
      prepareModule(m, name, { file: path, isPackage: false, path: [], run: () => undefined });
      const source = decoder.decode(data);
      // tracebacks quote its lines
      sourceLines.set(path, source);
      const code = compiled(source, path);
      codeHook.current!.run(code, getAttr(m, "__dict__"), getAttr(m, "__dict__"));
      return m;
    },
    importModule,
    prependSysPath: (paths) => {
      const list = sysModule().dict.get("path");
      if (list instanceof PyList) list.items.unshift(...paths);
    },
    write: (text) => void call(getAttr(getAttr(importModule("sys"), "stdout"), "write"), [text]),
    standardOutput: () => (standardOutput ??= getAttr(importModule("sys"), "stdout")),
    evaluate: (body, names) => {
      const source = `def _template():\n${body
        .split("\n")
        .map((l) => `    ${l}`)
        .join("\n")}\n`;
      const globals = PyDict.from([
        ["__builtins__", builtinsModule],
        ...[...names].map(([k, v]) => [k, toPython(v)] as [Value, Value]),
      ]);
      codeHook.current!.run(compiled(source, "script_py_mako"), globals, globals);
      return call(call(getAttr(globals, "get"), ["_template"]), []);
    },
    readIni: (text, defaults) => {
      const parser = call(getAttr(importModule("configparser"), "ConfigParser"), [toPython(defaults)]);
      call(getAttr(parser, "read_string"), [text]);
      return parser;
    },
    readToml: (text) => call(getAttr(importModule("tomllib"), "loads"), [text]),
    openEditor: (path) => {
      alembicEditor.open?.(path);
      return alembicEditor.open !== undefined;
    },
    runAsync: (connection, fn, args, kw) => {
      const engine = getAttr(connection as Value, "engine");
      if (!isTrue(getAttr(getAttr(engine, "dialect"), "is_async")))
        raise(E.ValueError, "Cannot call run_async with a sync engine");
      const asyncio = importModule("sqlalchemy.ext.asyncio");
      const made = call(getAttr(asyncio, "AsyncConnection"), [
        call(getAttr(asyncio, "AsyncEngine"), [engine]),
        connection as Value,
      ]);
      return greenletSpawn(() => awaited(call(fn as Value, [made, ...(args as Value[])], kw as Kwargs)));
    },
    newRevisionId: () =>
      (getAttr(call(getAttr(importModule("uuid"), "uuid4"), []), "hex") as string).slice(-12),
  });
}

/** What a coroutine gives that waits for nothing but our own awaitables. */
function awaited(coroutine: Value): Value {
  const send = getAttr(coroutine, "send");
  for (;;)
    try {
      call(send, [null]);
    } catch (e) {
      if (!host.isError(e, "StopIteration")) throw e;
      return getAttr(toException(e), "value");
    }
}

/** Directives that a program added to `op`, to be taken away when it ends. */
const registered: (readonly [PyType, string])[] = [];

/** Directives are functions that Alembic makes of their operations: no class stands before their names. */
function nameDirectives(): void {
  for (const cls of ["Operations", "BatchOperations"])
    for (const [name, member] of typeFor(`alembic.operations.base.${cls}`).dict)
      if (member instanceof PyBuiltin && name !== "_noop") member.qualified = name;
}

function bindOperations(): void {
  nameDirectives();
  extend("alembic.operations.base.AbstractOperations", {
    classMethods: {
      register_operation: METHODS(
        "(cls, name, sourcename=None)",
        (cls: PyType, name: string, sourcename: string | null) =>
          nativeFunction(
            "register",
            METHODS("(op_cls)", (opCls: Value) => {
              const directive = METHODS("(self, *args, **kw)", (self: Value, args: Value[], kw: Kwargs) =>
                call(getAttr(opCls, sourcename ?? name), [self, ...args], kw),
              );
              fillType(cls, { methods: { [name]: directive } });
              cls.changed();
              registered.push([cls, name]);
              return opCls;
            }),
          ),
      ),
    },
  });
  offer("alembic.operations.toimpl", room.toimpl);
  const known = room.implementations.branch();
  onReset(() => {
    room.implementations.resetTo(known);
    for (const [cls, name] of registered.splice(0)) {
      cls.dict.delete(name);
      cls.changed();
    }
  });
}

const ENUMS = `
import enum
class PriorityDispatchResult(enum.Enum):
    CONTINUE = enum.auto()
    STOP = enum.auto()
class DispatchPriority(enum.IntEnum):
    FIRST = 50
    MEDIUM = 25
    LAST = 10
`;

function bindAutogenerate(): void {
  const { autogenerate } = room;
  offer("alembic.autogenerate.api", autogenerate);
  offer("alembic.autogenerate.render", autogenerate);
  for (const module of ["alembic.autogenerate", "alembic.autogenerate.render", "alembic.util.langhelpers"])
    give(`${module}.renderers`, autogenerate.renderers as unknown as Value);
  give("alembic.autogenerate.render.default_renderers", autogenerate.defaultRenderers as unknown as Value);
  for (const module of ["alembic.autogenerate", "alembic.autogenerate.compare", "alembic.util.langhelpers"])
    give(`${module}.comparators`, autogenerate.comparators as unknown as Value);
  give("alembic.autogenerate.render.MAX_PYTHON_ARGS", 255);
  extend("alembic.autogenerate.api.AutogenContext", {
    getters: {
      _has_batch: {
        get: ((self: { hasBatch: boolean }) => self.hasBatch) as (self: never) => Value,
        set: ((self: { hasBatch: boolean }, v: Value) => {
          self.hasBatch = isTrue(v);
        }) as (self: never, v: Value) => void,
      },
    },
  });
  // what renderers of programs borrow, though it has an underscore
  const { renderSchema } = autogenerate;
  const borrowed: Readonly<Record<string, NativeMethod>> = {
    _repr_type: METHODS("(type_, autogen_context, _skip_variants=False)", renderSchema.type),
    _render_column: METHODS("(column, autogen_context)", renderSchema.column),
    _render_server_default: METHODS("(default, autogen_context, repr_=True)", renderSchema.defaultOf),
    _render_potential_expr: METHODS(
      "(value, autogen_context, *, wrap_in_element=True, is_server_default=False, is_index=False)",
      (value: Value, context: never, wrap: boolean, isServerDefault: boolean, isIndex: boolean) =>
        renderSchema.expression(value, context, { wrap, isServerDefault, isIndex }),
    ),
    _sqlalchemy_autogenerate_prefix: METHODS("(autogen_context)", renderSchema.sqlalchemyPrefix),
    _alembic_autogenerate_prefix: METHODS("(autogen_context)", renderSchema.alembicPrefix),
    _user_autogenerate_prefix: METHODS("(autogen_context, target)", renderSchema.userPrefix),
  };
  for (const kind of ["constraint", "primary_key", "foreign_key", "unique_constraint", "check_constraint"])
    (borrowed as Record<string, NativeMethod>)[`_render_${kind}`] = METHODS(
      "(constraint, autogen_context, namespace_metadata)",
      renderSchema.constraint,
    );
  for (const [name, method] of Object.entries(borrowed))
    give(`alembic.autogenerate.render.${name}`, () =>
      nativeFunction(name, method, "alembic.autogenerate.render"),
    );
  let enums: Namespace | undefined;
  const member = (name: string): Value => (enums ??= runPython("alembic.util.langhelpers", ENUMS)).get(name)!;
  for (const name of ["PriorityDispatchResult", "DispatchPriority"])
    for (const module of ["alembic.util", "alembic.util.langhelpers"])
      give(`${module}.${name}`, () => member(name));
  const { isStop } = room.PriorityDispatcher;
  room.PriorityDispatcher.isStop = (v) =>
    isStop(v) || (enums !== undefined && v === getAttr(member("PriorityDispatchResult"), "STOP"));
  room.PriorityDispatcher.numberOf = (v) => Number(asInt(v as Value));
  const plugins = autogenerate.pluginNames();
  onReset(() => {
    autogenerate.renderers.resetTo(autogenerate.defaultRenderers);
    autogenerate.comparators.clear();
    autogenerate.keepPlugins(plugins);
  });
}

/** A name of `alembic.op` or `alembic.context`: the attribute of what stands behind it. */
function proxy(module: "op" | "context", name: string): Value {
  return nativeFunction(
    name,
    [
      "(*args, **kw)",
      ((args: Value[], kw: Kwargs) => {
        const behind = module === "op" ? room.current.operations : room.current.environment;
        if (behind === null) {
          if (room.current.seen[module === "op" ? "operations" : "environment"])
            raise(E.AttributeError, `'NoneType' object has no attribute '${name}'`);
          const which = module === "op" ? "Operations" : "EnvironmentContext";
          raise(
            E.NameError,
            `Can't invoke function '${name}', as the proxy object has not yet been established for the Alembic '${which}' class.  Try placing this code inside a callable.`,
          );
        }
        return call(getAttr(behind as Value, name), args, kw);
      }) as NativeMethod[1],
    ],
    `alembic.${module}`,
  );
}

function bindProxies(): void {
  for (const [qualified] of api.functions) {
    const m = /^alembic\.(op|context)\.(\w+)$/.exec(qualified);
    if (m) give(qualified, () => proxy(m[1] as "op" | "context", m[2]!));
  }
  // context.config, and operations that a program registered
  for (const module of ["op", "context"] as const)
    give(`alembic.${module}.__getattr__`, () =>
      nativeFunction(
        "__getattr__",
        METHODS("(name)", (name: string) => {
          const behind = (module === "op" ? room.current.operations : room.current.environment) as Value;
          const found =
            behind === null || name.startsWith("__") ? undefined : getAttrOrUndefined(behind, name);
          return found ?? raise(E.AttributeError, `module 'alembic.${module}' has no attribute '${name}'`);
        }),
      ),
    );
}

function bindErrors(): void {
  for (const [name, cls] of Object.entries(room)) {
    if (
      typeof cls !== "function" ||
      !((cls as { prototype: unknown }).prototype instanceof room.AlembicError)
    )
      continue;
    const qualified = `${(cls as unknown as { pyModule: string }).pyModule}.${name}`;
    if (!knownClass(qualified)) continue;
    attach(cls as unknown as HostClass, qualified);
    extend(qualified, {
      methods: { __str__: ["(self)", ((self: room.AlembicError) => self.message) as never] },
      getters: {
        args: ((self: room.AlembicError) => new PyTuple(self.args.map(toPython))) as (self: never) => Value,
      },
    });
  }
}

const METHODS = (signature: string, fn: (...args: never[]) => unknown): NativeMethod => [
  signature,
  fn as NativeMethod[1],
];

/** The elements of what one may iterate, else the thing itself. */
function listOf(v: Value): Iterable<unknown> {
  return host.iterate(v) ?? [v];
}

/** After bindEverything, once a realm. */
export function bindAlembic(): void {
  know(api);
  installSeams();
  bindErrors();
  attachRoom(
    room,
    [
      "alembic.operations.base",
      "alembic.operations.ops",
      "alembic.runtime.migration",
      "alembic.runtime.environment",
      "alembic.script.base",
      "alembic.script.revision",
      "alembic.config",
      "alembic.ddl",
    ],
    { BatchCollector: "alembic.operations.batch.BatchOperationsImpl" },
  );
  attachRoom(room.autogenerate, ["alembic.autogenerate.api"]);
  bindOperations();
  bindAutogenerate();
  extend("alembic.runtime.environment.EnvironmentContext", {
    methods: {
      configure: METHODS(
        "(self, connection=None, url=None, dialect_name=None, dialect_opts=None, **options)",
        (
          self: room.EnvironmentContext,
          connection: Value,
          url: Value,
          name: string | null,
          dialectOpts: Value,
          options: Kwargs,
        ) => self.configure(connection, url, name, dialectOpts, options),
      ),
    },
  });
  extend("alembic.ddl.impl.DefaultImpl", {
    methods: {
      _exec: METHODS(
        "(self, construct, execution_options=None, multiparams=None, params=None)",
        (self: room.DefaultImpl, construct: Value, options: Value, many: Value, params: Value) => {
          if (many !== null && params !== null && isTrue(params))
            raise(E.TypeError, "Can't send params and multiparams at the same time");
          const given = many ?? (params !== null && isTrue(params) ? params : undefined);
          return toPython(self.run(construct, options, given));
        },
      ),
    },
  });
  // names with an underscore that recipes use: what command.upgrade() asks the scripts for
  type Steps = (self: room.ScriptDirectory, to: Value, from: Value) => Value;
  const steps =
    (fn: Steps): Steps =>
    (self, to, from) =>
      toPython(fn(self, to, from));
  extend("alembic.script.base.ScriptDirectory", {
    methods: {
      _upgrade_revs: METHODS(
        "(self, destination, current_rev)",
        steps((self, to, from) => self._upgradeRevs(to, from) as unknown as Value),
      ),
      _downgrade_revs: METHODS(
        "(self, destination, current_rev)",
        steps((self, to, from) => self._downgradeRevs(to, from) as unknown as Value),
      ),
      _stamp_revs: METHODS(
        "(self, revision, heads)",
        steps((self, to, from) => self._stampRevs(to, from) as unknown as Value),
      ),
    },
  });
  const pathOf = (name: "configFileName" | "tomlFileName") => ({
    get: ((self: room.Config) =>
      self[name] === null ? null : call(getAttr(importModule("pathlib"), "Path"), [self[name]])) as (
      self: never,
    ) => Value,
  });
  extend("alembic.config.Config", {
    getters: {
      _config_file_path: pathOf("configFileName"),
      _toml_file_path: pathOf("tomlFileName"),
    },
  });
  const tuple = <T>(names: (self: T) => readonly string[]) => ({
    get: ((self: T) => host.makeTuple(names(self))) as (self: never) => Value,
  });
  extend("alembic.script.revision.RevisionMap", {
    getters: {
      _revision_map: {
        get: ((self: room.RevisionMap) => toPython(new Map(self.byName))) as (self: never) => Value,
      },
      _real_heads: tuple<room.RevisionMap>((m) => m.realHeadNames),
    },
  });
  extend("alembic.script.revision.Revision", {
    getters: {
      _versioned_down_revisions: tuple<room.Revision>((r) => r.downs),
      _all_down_revisions: tuple<room.Revision>((r) => r.allDowns),
      _resolved_dependencies: tuple<room.Revision>((r) => r.resolvedDependencies),
    },
  });
  extend("alembic.runtime.migration.MigrationContext", {
    methods: {
      _has_version_table: METHODS("(self)", (self: room.MigrationContext) => self.hasVersionTable()),
      _ensure_version_table: METHODS("(self, purge=False)", (self: room.MigrationContext, purge: Value) =>
        self._ensureVersionTable(isTrue(purge)),
      ),
    },
    getters: {
      _version: { get: ((self: room.MigrationContext) => toPython(self.version)) as (self: never) => Value },
    },
  });
  extend("alembic.script.base.Script", {
    classMethods: {
      _from_path: METHODS("(cls, scriptdir, path)", (_cls: Value, _dir: Value, path: Value) =>
        room.Script.fromPath(host.str(path)),
      ),
    },
  });
  bindProxies();
  offer("alembic.command", room.command);
  give("alembic.config.main", () =>
    nativeFunction(
      "main",
      METHODS("(argv=None, prog=None, **kwargs)", (argv: Value, prog: Value) =>
        room.main(
          argv instanceof PyList || argv instanceof PyTuple ? (argv.items as string[]) : null,
          prog as string | null,
        ),
      ),
    ),
  );
  offer("alembic.util.langhelpers", {
    revId: () => room.newRevisionId(),
    toTuple: (v: Value, standard: Value) => (v === null ? standard : host.makeTuple(listOf(v))),
  });
  give("alembic.util.to_list", () =>
    nativeFunction(
      "to_list",
      METHODS("(x, default=None)", (v: Value, standard: Value) =>
        v === null ? standard : host.kindOf(v) === "list" ? v : host.makeList(listOf(v)),
      ),
    ),
  );
  // there is no compiled code beside a file
  offer("alembic.util.pyfiles", { pycFileFromPath: () => null, loadPythonFile: room.loadPythonFile });
  offer("alembic.util.messaging", {
    formatAsComma: room.messaging.formatAsComma,
    msg: (text: string, newline: boolean, _flush: boolean, quiet: boolean) =>
      room.messaging.msg(text, { quiet }, newline),
  });
  offer("alembic.script.write_hooks", room.writeHooks);
  onReset(room.writeHooks.resetHooks);
  give("alembic.__version__", "1.19.1");
  defineModules(modules);
  defineModule("alembic", () => {
    imported();
    return moduleSpec("alembic", modules.alembic!);
  });
  onReset(() => {
    standardOutput = undefined;
    room.current.reset();
  });
}

const RECORDER = `
import logging
class Recorder(logging.Handler):
    def emit(self, record):
        sink(record.name + ": " + record.getMessage())
logging.getLogger("alembic").addHandler(Recorder())
logging.getLogger("alembic").setLevel(logging.INFO)
`;

/** Importing Alembic writes to the log which plugins it has. */
function imported(): void {
  standardOutput = getAttr(importModule("sys"), "stdout");
  // what is logged before a program sets logging up goes nowhere, as the library has it
  const logging = importModule("logging");
  const logger = call(getAttr(logging, "getLogger"), ["alembic"]);
  call(getAttr(logger, "addHandler"), [call(getAttr(logging, "NullHandler"), [])]);
  const { sink } = alembicLog;
  if (sink) {
    const globals = PyDict.from([
      ["__builtins__", builtinsModule],
      ["__name__", "alembic"],
      ["sink", toPython(sink)],
    ]);
    codeHook.current!.run(compiled(RECORDER, "<log>"), globals, globals);
  }
  room.logPlugins();
}

/** Run a command line of the terminal: the words after `alembic`. */
export function runAlembic(argv: readonly string[]): void {
  importModule("alembic");
  room.main(argv);
}
