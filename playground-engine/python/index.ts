// The room's interface: an interpreter of Python 3.11.
//
// There is one interpreter a realm (a worker runs one program); reset() makes it new. Programs come as scripts (run as
// `__main__`), as cells of a console, or as modules that other code imports.
import "./builtins/index.ts";
import "./runtime/object-type.ts";
import "./runtime/type-type.ts";
import "./runtime/exception-types.ts";
import "./runtime/code-types.ts";
import "./runtime/frame-types.ts";
import "./runtime/function-types.ts";
import "./runtime/native-function-types.ts";
import "./runtime/generator-types.ts";
import "./runtime/module-type.ts";
import "./runtime/sys-module.ts";
import "./runtime/copyreg-module.ts";
import "./runtime/importlib-module.ts";
import "./runtime/traceback-module.ts";
import "./stdlib/common.ts";
import { PyDict } from "./builtins/dict.ts";
import { codeHook } from "./builtins/code-hook.ts";
import { console, DEFAULT_ENVIRONMENT, standardStreams } from "./builtins/io/open.ts";
import { files, readFile } from "./builtins/io/file-system.ts";
import { decodeSource, PySyntaxError } from "./syntax/index.ts";
import { call } from "./runtime/call.ts";
import { getAttr, getAttrOrUndefined } from "./runtime/attributes.ts";
import { compileCells, compileSource, type Mode, type Run, suspicionsOf } from "./compile/compile.ts";
import { globalNamespaceOf, namespace, prompt } from "./compile/support.ts";
import { E, err, isInstanceOf, ProgramStop, syntaxError, toException } from "./runtime/exceptions.ts";
import { acts, lines, settle, state, where } from "./runtime/frames.ts";
import { CO, PyCode } from "./runtime/function.ts";
import { late } from "./runtime/late.ts";
import { DEFAULT_LIMITS, fuel, limits, startClock } from "./runtime/limits.ts";
import {
  builtinsModule,
  finders,
  importModule,
  modules,
  type ModuleSource,
  PyModule,
} from "./runtime/modules.ts";
import { asStr, type Kwargs, PyList, typeOf, type Value } from "./runtime/object.ts";
import { str } from "./runtime/repr.ts";
import { sysModule, freshSys } from "./runtime/sys-module.ts";
import { formatException } from "./runtime/traceback-text.ts";
import { endAll, forgetWatched } from "./runtime/weak.ts";
import { sourceLine, sourceLines } from "./runtime/source-lines.ts";

export { DEFAULT_LIMITS, limits, where };
export {
  MemoryFileSystem,
  installFileSystem,
  files,
  readFile,
  writeFile,
  type FileSystem,
} from "./builtins/io/file-system.ts";

export interface InterpreterOptions {
  readonly stdout?: (text: string) => void;
  readonly stderr?: (text: string) => void;
  /** One line with its end; undefined at the end of the input. */
  readonly stdin?: () => string | undefined;
  readonly argv?: readonly string[];
  /** os.environ; a plain shell's where left out. */
  readonly environment?: ReadonlyMap<string, string>;
  /** sys.path; the first entry is where a script's folder goes. */
  readonly path?: readonly string[];
  /** Frames tell their variables: for liveness and the variables panel. */
  readonly frameLocals?: boolean;
}

/** How a run ended: normally, with an exception (shown on stderr already), by sys.exit, or stopped from outside. */
export interface Outcome {
  /** Exit status as a shell would see it. */
  readonly exit: number;
  /** The exception that ended the program, SystemExit included. */
  readonly exception: Value | undefined;
  /** Why the program was stopped, if it was. */
  readonly stopped?: string;
}

let frameLocals = false;
/** builtins as they are before any program. */
let pristine: ReadonlyMap<string, Value> | undefined;

/** A fresh interpreter: sys, the streams, no modules but builtins. */
export function createInterpreter(options: InterpreterOptions = {}): void {
  lines[0] = 0;
  state.exc = null;
  state.outer = undefined;
  forgetWatched();
  modules.clear();
  modules.set("builtins", builtinsModule);
  // What an earlier program did to the builtins is undone.
  if (pristine === undefined) pristine = new Map(builtinsModule.dict);
  else {
    for (const name of [...builtinsModule.dict.keys()])
      if (!pristine.has(name)) builtinsModule.dict.delete(name);
    for (const [name, v] of pristine)
      if (builtinsModule.dict.get(name) !== v) builtinsModule.dict.set(name, v);
  }
  frameLocals = options.frameLocals ?? false;
  console.stdout = options.stdout ?? (() => undefined);
  console.stderr = options.stderr ?? (() => undefined);
  console.stdin = options.stdin ?? (() => undefined);
  console.environment = new Map(options.environment ?? DEFAULT_ENVIRONMENT);
  modules.set("sys", freshSys(standardStreams(), options.argv ?? [""], options.path ?? [""]));
  mainModule();
}

/** A new `__main__`. */
function mainModule(file?: string): PyModule {
  const m = new PyModule("__main__");
  m.dict.set("__builtins__", builtinsModule);
  if (file !== undefined) m.dict.set("__file__", file);
  modules.set("__main__", m);
  return m;
}

/** Code of files and of the library, by name: what a program imports, the next one in this worker imports again. */
const compiledFiles = new Map<string, { readonly source: string; readonly code: PyCode }>();
const COMPILED_FILES = 400;

function compileToCode(source: string, filename: string, mode: Mode, future = false): PyCode {
  // "<string>" and "<stdin>" are other texts each time
  const key = /^<(?!frozen)/.test(filename) ? undefined : `${mode} ${future} ${frameLocals} ${filename}`;
  const known = key === undefined ? undefined : compiledFiles.get(key);
  if (known?.source === source) return warned(known.code, filename);
  const code = warned(
    compiled(filename, () =>
      compileSource(source, filename, mode, { locals: frameLocals, futureAnnotations: future }),
    ),
    filename,
  );
  if (key !== undefined) {
    compiledFiles.delete(key);
    compiledFiles.set(key, { source, code });
    if (compiledFiles.size > COMPILED_FILES) compiledFiles.delete(compiledFiles.keys().next().value!);
  }
  return code;
}

/** The code, what is suspicious in it having been warned of; where warnings are errors, these are of the syntax. */
function warned(code: PyCode, filename: string): PyCode {
  for (const { message, lineno, offset } of suspicionsOf.get(code) ?? [])
    try {
      call(getAttr(importModule("warnings"), "warn_explicit"), [message, E.SyntaxWarning, filename, lineno]);
    } catch (e) {
      if (!isInstanceOf(e, E.SyntaxWarning)) throw e;
      const text = sourceLine(filename, lineno);
      throw syntaxError({ kind: "SyntaxError", message, lineno, offset, text: text ?? null }, filename);
    }
  return code;
}

/** What a compilation gives; mistakes of the text become Python exceptions. */
function compiled(filename: string, compile: () => PyCode): PyCode {
  try {
    return compile();
  } catch (e) {
    if (e instanceof PySyntaxError) {
      // What the compiler finds is quoted from the file, so only where there is one.
      const text =
        e.text ??
        (e.lineno === null || filename.startsWith("<") ? undefined : sourceLine(filename, e.lineno));
      throw syntaxError(
        { ...e, text: text === undefined ? null : text === e.text ? text : `${text}\n` },
        filename,
      );
    }
    throw e;
  }
}

// ---- running

/** Run something of the program; an exception that nobody catches is shown by sys.excepthook. */
function guarded(action: () => void): Outcome {
  noFrames();
  try {
    action();
    return { exit: 0, exception: undefined };
  } catch (e) {
    return report(e);
  } finally {
    noFrames();
  }
}

function noFrames(): void {
  lines[0] = 0;
  state.exc = null;
  state.outer = undefined;
}

/** As guarded, and then the program is at its end: what it registered with atexit runs. */
function guardedToEnd(action: () => void): Outcome {
  const outcome = guarded(action);
  const atexit = modules.get("atexit");
  if (outcome.stopped !== undefined) return outcome;
  const after = guarded(() => {
    if (atexit !== undefined) call(getAttrOrUndefined(atexit, "_run_exitfuncs") ?? null, []);
    const main = modules.get("__main__");
    endAll(main instanceof PyModule ? main.dict.values() : []);
  });
  return after.stopped === undefined ? outcome : after;
}

function report(e: unknown): Outcome {
  if (e instanceof ProgramStop) return { exit: 130, exception: undefined, stopped: e.reason };
  let x: Value;
  try {
    x = settle(e, 0);
  } catch (stop) {
    return {
      exit: 130,
      exception: undefined,
      stopped: stop instanceof ProgramStop ? stop.reason : String(stop),
    };
  }
  if (isInstanceOf(x, E.SystemExit)) {
    const code = getAttrOrUndefined(x, "code") ?? null;
    if (code === null) return { exit: 0, exception: x };
    if (typeof code === "number") return { exit: code & 0xff, exception: x };
    if (typeof code === "boolean") return { exit: code ? 1 : 0, exception: x };
    console.stderr(`${str(code)}\n`);
    return { exit: 1, exception: x };
  }
  try {
    const hook = getAttrOrUndefined(sysModule(), "excepthook");
    if (hook !== undefined) call(hook, [typeOf(x), x, getAttrOrUndefined(x, "__traceback__") ?? null]);
  } catch (inner) {
    if (!(inner instanceof ProgramStop))
      console.stderr(
        `Error in sys.excepthook:\n${formatUncaught(inner)}\nOriginal exception was:\n${formatUncaught(x)}`,
      );
  }
  return { exit: 1, exception: x };
}

/** What Python prints for an uncaught exception, suggestions included. */
export function formatUncaught(e: unknown): string {
  try {
    return formatException(toException(e), { suggestions: true });
  } catch (inner) {
    return inner instanceof ProgramStop ? `${inner.reason}\n` : `${String(inner)}\n`;
  }
}

/** Run a script of the file system as `__main__`, as `python FILE ARG…` does; `typed` is FILE as the reader wrote it, sys.argv[0]. */
export function runScript(path: string, argv: readonly string[] = [], typed: string = path): Outcome {
  const data = readFile(path);
  if (data === undefined) {
    console.stderr(`python3: can't open file '${path}': [Errno 2] No such file or directory\n`);
    return { exit: 2, exception: undefined };
  }
  const sys = sysModule();
  sys.dict.set("argv", new PyList([typed, ...argv]));
  const slash = path.lastIndexOf("/");
  const dir = slash < 0 ? "" : path.slice(0, slash);
  const sysPath = sys.dict.get("path");
  if (sysPath instanceof PyList) sysPath.items[0] = dir;
  return guardedToEnd(() => runIn(mainModule(path), sourceOf(data, path), path));
}

/** `python -m NAME ARG…` */
export function runModuleAsMain(name: string, argv: readonly string[] = []): Outcome {
  let missing: string | undefined;
  const outcome = guardedToEnd(() => {
    let found: ModuleSource | undefined;
    try {
      found = findModule(name);
    } catch (e) {
      const x = e instanceof ProgramStop ? undefined : toException(e);
      if (x === undefined || !isInstanceOf(x, E.ImportError)) throw e;
      missing = `Error while finding module specification for '${name}' (${typeOf(x).name}: ${str(x)})`;
      return;
    }
    const target = found?.isPackage ? findModule(`${name}.__main__`) : found;
    if (target === undefined) {
      missing = found
        ? `No module named ${name}.__main__; '${name}' is a package and cannot be directly executed`
        : `No module named ${name}`;
      return;
    }
    const m = mainModule(target.file ?? undefined);
    const pkg = found!.isPackage ? name : name.slice(0, Math.max(0, name.lastIndexOf(".")));
    if (pkg !== "") importModule(pkg);
    m.dict.set("__package__", pkg);
    sysModule().dict.set("argv", new PyList([target.file ?? name, ...argv]));
    startClock();
    target.run(m);
  });
  if (missing === undefined) return outcome;
  console.stderr(`${str(sysModule().dict.get("executable") ?? "python3")}: ${missing}\n`);
  return { exit: 1, exception: undefined };
}

function findModule(name: string): ModuleSource | undefined {
  const dot = name.lastIndexOf(".");
  const parent = dot < 0 ? undefined : getAttrOrUndefined(importModule(name.slice(0, dot)), "__path__");
  const path = parent instanceof PyList ? parent.items.map((p) => asStr(p) ?? "") : undefined;
  for (const find of finders) {
    const found = find(name, path);
    if (found) return found;
  }
  return undefined;
}

/** Run source text as `__main__`. */
export function runSource(source: string, filename = "<string>"): Outcome {
  return guardedToEnd(() =>
    runIn(mainModule(filename.startsWith("<") ? undefined : filename), source, filename),
  );
}

function runIn(m: PyModule, source: string, filename: string): void {
  if (!filename.startsWith("<")) sourceLines.set(filename, source);
  startClock();
  const code = compileToCode(source, filename, "exec");
  (code.run as Run)(m.dict);
}

function sourceOf(data: Uint8Array, path: string): string {
  try {
    return decodeSource(data, path);
  } catch (e) {
    if (e instanceof PySyntaxError) throw syntaxError(e, path);
    throw e;
  }
}

/**
 * Run one cell of a console in `__main__`: the value of each expression statement is shown, an exception ends the cell only.
 * `filename` is what tracebacks show. Without `echo` no value is shown, as in a file.
 */
export function runCell(source: string, filename = `<stdin>`, echo = true): Outcome {
  const m = modules.get("__main__");
  const main = m instanceof PyModule ? m : mainModule();
  if (!echo) return guarded(() => runIn(main, source, filename));
  return guarded(() => {
    startClock();
    const code = compiled(filename, () => compileCells(source, filename, { locals: frameLocals }));
    (warned(code, filename).run as Run)(main.dict);
  });
}

/** Run something of the host's as a program: an exception that nobody catches is shown as a program's is. */
export function runNative(action: () => void): Outcome {
  return guarded(() => {
    startClock();
    action();
  });
}

/** Call something of the program from outside. @throws whatever it raises, as a Python exception */
export function callFunction(f: Value, args: readonly Value[] = [], kwargs?: Kwargs): Value {
  return call(f, args, kwargs);
}

/** Ask the running program to end at its next call or turn of a loop. */
export function stop(reason = "stopped"): void {
  fuel.stop = reason;
  fuel.left = 0;
}

// ---- hooks of other rooms

prompt.display = (v: Value): void => {
  const hook = getAttrOrUndefined(sysModule(), "displayhook");
  if (hook === undefined) throw err(E.RuntimeError, "lost sys.displayhook");
  call(hook, [v]);
};

codeHook.current = {
  compile(source, filename, mode, inheritFlags) {
    const outer = acts[lines[0]!]?.code.flags ?? 0;
    return compileToCode(
      source,
      filename,
      mode,
      inheritFlags && lines[0]! > 0 && (outer & CO.FUTURE_ANNOTATIONS) !== 0,
    );
  },
  run(code, globals, locals) {
    if (!(globals instanceof PyDict))
      throw err(E.TypeError, `globals must be a dict, not ${typeOf(globals).name}`);
    const ns = globalNamespaceOf(globals);
    if (!ns.has("__builtins__")) ns.set("__builtins__", late.dictOver(builtinsModule.dict));
    const run = (code as PyCode).run as Run | undefined;
    if (run === undefined)
      throw err(E.TypeError, "code object passed to exec() may not contain free variables");
    return locals === globals ? run(ns) : run(ns, { table: namespace(locals), value: locals });
  },
  isCode: (v) => v instanceof PyCode,
};

/** Modules and packages in the files of the workspace; folders without __init__.py are a package together (a namespace package). */
finders.push((name, path): ModuleSource | undefined => {
  const last = name.slice(name.lastIndexOf(".") + 1);
  const sysPath = sysModule().dict.get("path");
  const places = path ?? (sysPath instanceof PyList ? sysPath.items.map((p) => asStr(p) ?? "") : []);
  const folders: string[] = [];
  for (const place of places) {
    const base = place === "" ? last : `${place.replace(/\/$/, "")}/${last}`;
    for (const [file, isPackage] of [
      [`${base}/__init__.py`, true],
      [`${base}.py`, false],
    ] as const) {
      const data = readFile(file);
      if (data === undefined) continue;
      return {
        file,
        isPackage,
        path: isPackage ? [base] : [],
        run(m) {
          const source = sourceOf(data, file);
          sourceLines.set(file, source);
          (compileToCode(source, file, "exec").run as Run)(m.dict);
        },
      };
    }
    if (files.system.stat(base)?.kind === "directory") folders.push(base);
  }
  if (folders.length === 0) return undefined;
  return { file: null, isPackage: true, path: folders, run: () => undefined };
});
