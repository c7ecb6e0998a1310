// func.name(…): which function a name stands for, the library's or a program's. Behaviour: SQLAlchemy sql/functions.py.
import { warn } from "../errors/index.ts";
import { host, type Kwargs, type Value } from "../util/host.ts";
import { onReset } from "../util/reset.ts";
import { ColumnElement } from "./elements/column.ts";
import { Function, type FunctionOptions } from "./functions.ts";
import { late } from "./late.ts";
import type { TypeArgument } from "./types/engine.ts";

/** Makes what `func.name(*args, **kwargs)` gives. */
export type FunctionFactory = (args: readonly Value[], kwargs: Kwargs) => ColumnElement;

const registry = new Map<string, Map<string, FunctionFactory>>();

/** Let `func.identifier()` (or `func.package.identifier()`) make a function of one's own. */
export function registerFunction(identifier: string, make: FunctionFactory, packageName = "_default"): void {
  let known = registry.get(packageName);
  if (!known) registry.set(packageName, (known = new Map()));
  const key = identifier.toLowerCase();
  if (known.has(key))
    warn(`The GenericFunction '${key}' is already registered and is going to be overridden.`);
  known.set(key, make);
}

const ofProgram: {
  readonly key: string;
  readonly packageName: string;
  readonly before: FunctionFactory | undefined;
}[] = [];

/** The same for a class of the reader's program: forgotten when the next program begins. */
export function registerProgramFunction(
  identifier: string,
  make: FunctionFactory,
  packageName = "_default",
): void {
  const key = identifier.toLowerCase();
  ofProgram.push({ key, packageName, before: registry.get(packageName)?.get(key) });
  registerFunction(identifier, make, packageName);
}
onReset(() => {
  for (let r = ofProgram.pop(); r; r = ofProgram.pop()) {
    if (r.before) registry.get(r.packageName)?.set(r.key, r.before);
    else registry.get(r.packageName)?.delete(r.key);
  }
});

export function optionsFrom(kwargs: Kwargs): FunctionOptions {
  for (const key of kwargs.keys())
    if (key !== "type_" && key !== "packagenames")
      throw host.error("TypeError", `Function.__init__() got an unexpected keyword argument '${key}'`);
  const packagenames = kwargs.get("packagenames");
  return {
    type: (kwargs.get("type_") ?? null) as TypeArgument,
    ...(packagenames === undefined || packagenames === null
      ? {}
      : { packagenames: [...(host.iterate(packagenames) ?? [])] as string[] }),
  };
}

/** `func.a.b(*args, **kwargs)`: names with a package before the function's own. */
export function func(
  names: string | readonly string[],
  args: readonly Value[] = [],
  kwargs: Kwargs = new Map(),
): ColumnElement {
  const parts = typeof names === "string" ? [names] : names;
  const name = parts.at(-1) as string;
  if (parts.length <= 2) {
    const make = registry
      .get(parts.length === 2 ? (parts[0] as string) : "_default")
      ?.get(name.toLowerCase());
    if (make) return make(args, kwargs);
  }
  return new Function(name, args, { ...optionsFrom(kwargs), packagenames: parts.slice(0, -1) });
}
late.systemFunction = (args) => func("system", args);

/** The `func` object of programs: attributes add names, a call makes the function. */
export class FunctionGenerator {
  readonly names: readonly string[];
  readonly opts: Kwargs;

  constructor(names: readonly string[] = [], opts: Kwargs = new Map()) {
    this.names = names;
    this.opts = opts;
  }

  /** `func.name`; one trailing underscore is for names that Python keeps for itself. */
  attribute(name: string): FunctionGenerator {
    return new FunctionGenerator([...this.names, name.endsWith("_") ? name.slice(0, -1) : name], this.opts);
  }

  invoke(args: readonly Value[], kwargs: Kwargs = new Map()): ColumnElement {
    return func(this.names, args, new Map([...this.opts, ...kwargs]));
  }
}
