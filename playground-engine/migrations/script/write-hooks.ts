// What happens to a new revision file after it is written: functions that env.py registers, and runners of programs.
//
// There are no programs to run here: the runners find none, and say so as the real ones do. Behaviour: alembic.script.write_hooks.
import { host, type Value } from "../../util/host.ts";
import { invoke } from "../dispatch.ts";
import { CommandError } from "../errors.ts";
import { type MessagingOptions, status } from "../messaging.ts";

type Hook = ReadonlyMap<string, string>;
const registry = new Map<string, Value>();

/** A decorator: `type` of a hook in the settings → a function of the file's path and the hook's options. */
export function register(name: string): <F extends Value>(fn: F) => F {
  return (fn) => {
    registry.set(name, fn);
    return fn;
  };
}

export function runHooks(path: string, hooks: readonly Hook[], options: MessagingOptions): void {
  for (const hook of hooks) {
    const name = hook.get("_hook_name")!;
    const type = hook.get("type");
    if (type === undefined)
      throw new CommandError(
        `Key '${name}.type' (or 'type' in toml) is required for post write hook ${host.repr(name)}`,
      );
    status(
      `Running post write hook ${host.repr(name)}`,
      { quiet: options.quiet },
      () => {
        const fn = registry.get(type);
        if (fn === undefined) throw new CommandError(`No formatter with name '${type}' registered`);
        invoke(fn, [path, host.makeDict(hook)]);
      },
      true,
    );
  }
}

function required(options: Value, name: string): string {
  const all = new Map(host.entries(options));
  const found = all.get(name);
  if (found !== undefined) return host.str(found);
  const hook = all.get("_hook_name");
  throw new CommandError(`Key ${host.str(hook)}.${name} is required for post write hook ${host.repr(hook)}`);
}
export function consoleScripts(_path: Value, options: Value): void {
  throw new CommandError(`Could not find entrypoint console_scripts.${required(options, "entrypoint")}`);
}
export function exec_(_path: Value, options: Value): void {
  throw host.error(
    "FileNotFoundError",
    `[Errno 2] No such file or directory: ${host.repr(required(options, "executable"))}`,
  );
}
export function module_(_path: Value, options: Value): void {
  throw new CommandError(`Could not find module ${required(options, "module")}`);
}
const OWN: readonly (readonly [string, Value])[] = [
  ["console_scripts", consoleScripts],
  ["exec", exec_],
  ["module", module_],
];
/** @internal Forget what a program registered. */
export function resetHooks(): void {
  registry.clear();
  for (const [name, fn] of OWN) registry.set(name, fn);
}
resetHooks();
