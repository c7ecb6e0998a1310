// How Python sees classes and arguments of this room: modules of classes, keyword arguments as options.
import type { Kwargs, Value } from "../util/host.ts";
import { camelCase, type Signature } from "../sql/types/signature.ts";

/** Say which module of SQLAlchemy these classes are of. */
export function inModule(module: string, classes: readonly unknown[]): void {
  for (const cls of classes)
    Object.defineProperty(cls as object, "pyModule", { value: module, configurable: true });
}

/** Options as they are, or made of **kwargs: `server_side_cursors` is `serverSideCursors`. */
export function optionsOf<T extends object>(given: T | Kwargs | undefined): T {
  if (given === undefined) return {} as T;
  if (!(given instanceof Map)) return given;
  return Object.fromEntries(
    [...(given as Kwargs)].map(([name, value]): [string, Value] => [camelCase(name), value]),
  ) as T;
}

/** Options of a constructor that may have been called as the real one: positional arguments by its signature, then **kwargs. None counts as not given. */
export function optionsOfCall<T extends object>(args: readonly unknown[], signature: Signature): T {
  const out: Record<string, unknown> = {};
  for (const [i, arg] of args.entries()) {
    if (arg instanceof Map || isPlain(arg)) Object.assign(out, optionsOf<object>(arg as Kwargs));
    else if (arg !== null && arg !== undefined && signature[i]) out[signature[i].attribute] = arg;
  }
  return out as T;
}

function isPlain(v: unknown): v is object {
  return typeof v === "object" && v !== null && Object.getPrototypeOf(v) === Object.prototype;
}
