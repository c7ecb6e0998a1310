// What a mapped class's own constructor is called with. SQLAlchemy puts a function with the same signature before it, which
// passes on what has a default and what is keyword-only by name, the rest by place: init events see that, defaults
// included. Behaviour: SQLAlchemy orm/instrumentation.py (_generate_init), util/langhelpers.py (format_argspec_init).
import type { PyFunction } from "../python/runtime/function.ts";
import type { Kwargs, Value } from "../python/runtime/object.ts";
import { bindArguments } from "../python/runtime/signature.ts";

export interface Passed {
  readonly args: readonly Value[];
  readonly kwargs: Kwargs;
}

/** @throws TypeError for arguments that do not fit */
export function passedOn(init: PyFunction, self: Value, args: readonly Value[], kwargs: Kwargs): Passed {
  const bound = bindArguments(init, [self, ...args, ...kwargs.values()], [...kwargs.keys()]) as Value[];
  const { names, kwOnly, varArgs, posOnly } = init.params;
  const required = names.length - init.defaults.length;
  const byName: Kwargs = new Map();
  for (let i = Math.max(1, required); i < names.length; i++)
    byName.set(names[i]!, bound[i] === undefined ? init.defaults[i - required]! : bound[i]!);
  const kwAt = names.length + (varArgs === null ? 0 : 1);
  for (const [i, name] of kwOnly.entries())
    byName.set(name, bound[kwAt + i] === undefined ? init.kwDefaults!.get(name)! : bound[kwAt + i]!);
  const known = new Set([...names.slice(posOnly), ...kwOnly]);
  for (const [name, v] of kwargs) if (!known.has(name)) byName.set(name, v);
  return {
    args: [...bound.slice(1, Math.max(1, required)), ...args.slice(Math.max(0, names.length - 1))],
    kwargs: byName,
  };
}
