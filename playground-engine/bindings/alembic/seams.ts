// What migrations/ asks of the interpreter: files, modules, templates, ini files, standard output (migrations/seams.ts).
import * as room from "../../migrations/index.ts";
import { greenletSpawn } from "../../engine/greenlet.ts";
import { codeHook } from "../../python/builtins/code-hook.ts";
import { PyDict } from "../../python/builtins/index.ts";
import { files, readFile, resolvePath, writeFile } from "../../python/builtins/io/file-system.ts";
import { getAttr } from "../../python/runtime/attributes.ts";
import { call } from "../../python/runtime/call.ts";
import { E, raise, toException } from "../../python/runtime/exceptions.ts";
import { builtinsModule, importModule, prepareModule, PyModule } from "../../python/runtime/modules.ts";
import { PyList, type Kwargs, type Value } from "../../python/runtime/object.ts";
import { isTrue } from "../../python/runtime/operators.ts";
import { sourceLines } from "../../python/runtime/source-lines.ts";
import { sysModule } from "../../python/runtime/sys-module.ts";
import { host } from "../../util/host.ts";
import { alembicEditor } from "../alembic-log.ts";
import { toPython } from "../values.ts";

const decoder = new TextDecoder();
const encoder = new TextEncoder();

function kindOfPath(path: string): "file" | "directory" | undefined {
  return files.system.stat(path)?.kind as "file" | "directory" | undefined;
}

export function compiled(source: string, name: string): Value {
  return codeHook.current!.compile(source, name, "exec", false);
}

/** sys.stdout when Alembic was imported: what Config writes to unless it is told otherwise. */
let standardOutput: Value | undefined;
export function keepStandardOutput(): void {
  standardOutput = getAttr(importModule("sys"), "stdout");
}
export function forgetStandardOutput(): void {
  standardOutput = undefined;
}

export function installSeams(): void {
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
