// Alembic for Python: a part that is loaded when a program or a command names it (runtime/parts.ts).
import * as room from "../migrations/index.ts";
import * as api from "./api/alembic.ts";
import { codeHook } from "../python/builtins/code-hook.ts";
import { PyDict } from "../python/builtins/index.ts";
import { getAttr } from "../python/runtime/attributes.ts";
import { call } from "../python/runtime/call.ts";
import { builtinsModule, defineModule, importModule } from "../python/runtime/modules.ts";
import { PyTuple, type Value } from "../python/runtime/object.ts";
import { onReset } from "../util/reset.ts";
import { alembicLog } from "./alembic-log.ts";
import { bindAutogenerate } from "./alembic/autogenerate.ts";
import { bindFunctions } from "./alembic/functions.ts";
import { bindImpls } from "./alembic/impls.ts";
import { bindOperations } from "./alembic/operations.ts";
import { bindProxies } from "./alembic/proxies.ts";
import { bindContexts, bindScripts } from "./alembic/scripts.ts";
import { compiled, forgetStandardOutput, installSeams, keepStandardOutput } from "./alembic/seams.ts";
import { bindUtil } from "./alembic/util.ts";
import { modules } from "./api/alembic-modules.ts";
import { attachRoom } from "./attach.ts";
import { knownClass, type HostClass } from "./class-table.ts";
import { attach, extend } from "./define.ts";
import { know } from "./know.ts";
import { defineModules, give, moduleSpec } from "./modules.ts";
import { toPython } from "./values.ts";

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
  bindContexts();
  bindScripts();
  bindImpls();
  bindProxies();
  bindUtil();
  bindFunctions();
  onReset(room.writeHooks.resetHooks);
  give("alembic.__version__", "1.19.1");
  defineModules(modules);
  defineModule("alembic", () => {
    imported();
    return moduleSpec("alembic", modules.alembic!);
  });
  // the real one imports the commands
  defineModule("alembic.config", () => {
    importModule("alembic.command");
    return moduleSpec("alembic.config", modules["alembic.config"]!);
  });
  onReset(() => {
    forgetStandardOutput();
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
  keepStandardOutput();
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
