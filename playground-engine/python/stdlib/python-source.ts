// Parts of the library written in Python: compiled when they are first needed.
import { codeHook } from "../builtins/code-hook.ts";
import { dictOver } from "../builtins/dict.ts";
import { E, err } from "../runtime/exceptions.ts";
import { GlobalNamespace } from "../runtime/globals.ts";
import { builtinsModule, defineModule, modules, PyModule } from "../runtime/modules.ts";
import type { Namespace, Value } from "../runtime/object.ts";

function run(source: string, filename: string, ns: Namespace): void {
  const hook = codeHook.current;
  if (!hook) throw err(E.SystemError, "no compiler is loaded");
  const code = hook.compile(source, filename, "exec", false);
  const globals = dictOver(ns);
  hook.run(code, globals, globals);
}

/** Run source as a part of a module; gives the names it defines. `given` are names it may use. */
export function runPython(
  name: string,
  source: string,
  given: Readonly<Record<string, Value>> = {},
  filename = `<frozen ${name}>`,
): Namespace {
  const ns = new GlobalNamespace();
  ns.set("__name__", name);
  ns.set("__builtins__", builtinsModule);
  for (const [k, v] of Object.entries(given)) ns.set(k, v);
  run(source, filename, ns);
  return ns;
}

/** Lazy members of a native module that one piece of Python source defines together. */
export function pythonMembers(
  module: string,
  source: string,
  names: readonly string[],
  given: () => Readonly<Record<string, Value>> = () => ({}),
): Record<string, () => Value> {
  let ns: Namespace | undefined;
  const get = (name: string) => (): Value => {
    ns ??= runPython(module, source, given());
    return ns.get(name)!;
  };
  return Object.fromEntries(names.map((n) => [n, get(n)]));
}

/** A module written in Python, but for what it is given. */
export function definePythonModule(
  name: string,
  source: string,
  given: () => Readonly<Record<string, Value>> = () => ({}),
): void {
  defineModule(name, () => {
    const m = new PyModule(name);
    // Importing it while it is being made must find it.
    modules.set(name, m);
    m.dict.set("__builtins__", builtinsModule);
    for (const [k, v] of Object.entries(given())) m.dict.set(k, v);
    try {
      run(source, `<frozen ${name}>`, m.dict);
    } catch (e) {
      modules.delete(name);
      throw e;
    }
    return m;
  });
}
