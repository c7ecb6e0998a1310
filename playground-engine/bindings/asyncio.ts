// sqlalchemy.ext.asyncio for Python: a part that is loaded when a program names it (runtime/parts.ts).
import { takeUse } from "../engine/greenlet.ts";
import { NoInspectionAvailable } from "../errors/index.ts";
import { refuseListeners } from "../event/index.ts";
import { Session } from "../orm/session/session.ts";
import { registerInspector } from "../orm/inspection.ts";
import { E, err } from "../python/runtime/exceptions.ts";
import { importModule } from "../python/runtime/modules.ts";
import { getAttr } from "../python/runtime/attributes.ts";
import { nativeFunction } from "../python/runtime/native-function.ts";
import type { NativeMethod } from "../python/runtime/native.ts";
import { type Namespace, PyObject, PyType, typeOf, type Value } from "../python/runtime/object.ts";
import { runPython } from "../python/stdlib/python-source.ts";
import "../python/stdlib/weakref.ts";
import { spawn } from "./greenlets.ts";
import { give, resolve } from "./modules.ts";
import { ASYNCIO } from "./sqlalchemy/asyncio-source.ts";

/** Where each name lives, and which modules offer it. */
const HOMES: Readonly<Record<string, readonly string[]>> = {
  engine: [
    "AsyncConnectable",
    "AsyncConnection",
    "AsyncTransaction",
    "AsyncEngine",
    "create_async_engine",
    "async_engine_from_config",
    "create_async_pool_from_url",
  ],
  result: ["AsyncResult", "AsyncScalarResult", "AsyncMappingResult", "AsyncTupleResult"],
  session: [
    "AsyncAttrs",
    "AsyncSession",
    "async_sessionmaker",
    "AsyncSessionTransaction",
    "async_object_session",
    "async_session",
    "close_all_sessions",
  ],
  scoping: ["async_scoped_session"],
  exc: ["AsyncMethodRequired", "AsyncContextNotStarted", "AsyncContextAlreadyStarted"],
};

/** What was reached since the last call, by a method of `of`: undone by the function given back; None where nothing was. */
const afterIo = nativeFunction("after_io", [
  "(of, name, /)",
  ((of: Value, name: Value) => {
    const { used, connected } = takeUse();
    if (!used) return null;
    const release = of instanceof Session ? of._stillRunning(String(name), connected) : undefined;
    return nativeFunction("release", ["()", (() => release?.()) as NativeMethod[1]]);
  }) as NativeMethod[1],
]);

/** What the Python source takes from the packages as the program has them. */
function given(): Record<string, Value> {
  const out: Record<string, Value> = {
    greenlet_spawn: spawn,
    after_io: afterIo,
    types: importModule("types"),
    contextlib: importModule("contextlib"),
    weakref: importModule("weakref"),
  };
  for (const name of ["ArgumentError", "InvalidRequestError"]) out[name] = resolve(`sqlalchemy.exc.${name}`)!;
  const package_ = importModule("sqlalchemy");
  for (const name of ["create_engine", "create_pool_from_url"]) out[name] = getAttr(package_, name);
  const orm = importModule("sqlalchemy.orm");
  for (const name of ["Session", "object_session"]) out[name] = getAttr(orm, name);
  out._close_all_sessions = getAttr(orm, "close_all_sessions");
  return out;
}

const INSTEAD: Readonly<Record<string, string>> = {
  AsyncEngine: "AsyncEngine.sync_engine or AsyncConnection.sync_connection attributes",
  AsyncConnection: "AsyncEngine.sync_engine or AsyncConnection.sync_connection attributes",
  AsyncSession: "AsyncSession.sync_session",
};

/** Which of the package's classes this is, or is an instance of. */
function asyncClass(v: Value): string | undefined {
  const type = v instanceof PyType ? v : v instanceof PyObject ? typeOf(v) : undefined;
  return type?.mro.find((c) => c.module.startsWith("sqlalchemy.ext.asyncio."))?.name;
}

/** After bindEverything, once a realm. */
export function bindAsyncio(): void {
  let ns: Namespace | undefined;
  const read = (name: string): Value =>
    (ns ??= runPython("sqlalchemy.ext.asyncio", ASYNCIO, given())).get(name)!;
  for (const [home, names] of Object.entries(HOMES))
    for (const name of names) {
      give(`sqlalchemy.ext.asyncio.${home}.${name}`, () => read(name));
      give(`sqlalchemy.ext.asyncio.${name}`, () => read(name));
    }
  refuseListeners((target) => {
    const instead = INSTEAD[asyncClass(target) ?? ""];
    // the class AsyncSession has no events at all
    if (instead !== undefined && (target instanceof PyObject || !instead.startsWith("AsyncSession")))
      throw err(
        E.NotImplementedError,
        `asynchronous events are not implemented at this time.  Apply synchronous listeners to the ${instead}.`,
      );
  });
  registerInspector((v) => {
    const name = v instanceof PyObject ? asyncClass(v) : undefined;
    if (name === "AsyncEngine" || name === "AsyncConnection")
      throw new NoInspectionAvailable(
        name === "AsyncEngine"
          ? "Inspection on an AsyncEngine is currently not supported. Please obtain a connection then use ``conn.run_sync`` to pass a callable where it's possible to call ``inspect`` on the passed connection."
          : "Inspection on an AsyncConnection is currently not supported. Please use ``run_sync`` to pass a callable where it's possible to call ``inspect`` on the passed connection.",
        { code: "xd3s" },
      );
    return undefined;
  });
}
