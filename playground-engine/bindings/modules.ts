// `import sqlalchemy`, `import alembic`: the modules of the real packages, with the names that the engine has.
//
// api/modules.ts lists each public module's names and where each is defined. A class becomes its type (define.ts), a
// function the engine's function of that name (registered by `offer`), anything else what `give` says. A name of the
// real package that is not here yet is refused by name.
import { getAttr } from "../python/runtime/attributes.ts";
import { defineModule, importModule, PyModule } from "../python/runtime/modules.ts";
import type { NativeModuleSpec } from "../python/runtime/native.ts";
import { PyType, typeOf, type Value } from "../python/runtime/object.ts";
import { missing } from "./api/missing.ts";
import { functionByRule } from "./by-rule.ts";
import { knownClass, oneList } from "./class-table.ts";
import { typeFor } from "./define.ts";
import { functionSignatures } from "./signatures.ts";
import { camel, toPython } from "./values.ts";

const signatures = new Map<string, string>();
const offered = new Map<string, Readonly<Record<string, unknown>>>();
const given = new Map<string, Value | (() => Value)>();
const made = new Map<string, Value>();
const known = new Map<string, string>();

/** Add an area's function signatures (api/*.ts). */
export function addFunctions(functions: readonly (readonly [string, string])[]): void {
  for (const [name, signature] of functions)
    signatures.set(name, functionSignatures[name] ?? oneList(signature));
}

/** The engine's functions for modules whose qualified names start with this: `order_by` is served by the export `orderBy`. */
export function offer(prefix: string, exports: object): void {
  offered.set(prefix, { ...offered.get(prefix), ...(exports as Readonly<Record<string, unknown>>) });
}

/** A value, or a function that makes it on first use, for a qualified name: what no rule makes. Replaces what a rule would make. */
export function give(qualified: string, value: Value | (() => Value)): void {
  given.set(qualified, value);
}

const perProgram = new Set<string>();
/** Likewise, made anew for each program: what leads to modules that a program has for itself. */
export function giveEach(qualified: string, value: () => Value): void {
  perProgram.add(qualified);
  given.set(qualified, value);
}

/** The Python value of a qualified name of the real packages; undefined where the engine has none. */
export function resolve(qualified: string): Value | undefined {
  const done = made.get(qualified);
  if (done !== undefined) return done;
  const value = make(qualified);
  if (value !== undefined && !perProgram.has(qualified)) made.set(qualified, value);
  return value;
}

function make(qualified: string): Value | undefined {
  const by = given.get(qualified);
  if (by !== undefined) return typeof by === "function" ? (by as () => Value)() : by;
  if (knownClass(qualified)) return typeFor(qualified);
  const dot = qualified.lastIndexOf(".");
  const module = qualified.slice(0, dot);
  const name = qualified.slice(dot + 1);
  const found = exported(module, camel(name)) ?? exported(module, name);
  const signature = signatures.get(qualified);
  if (signature === undefined && (typeof found === "symbol" || (typeof found === "object" && found !== null)))
    return toPython(found);
  if (signature !== undefined && typeof found === "function")
    return functionByRule(name, signature, found as (...args: never[]) => unknown, module);
  return undefined;
}

function exported(module: string, js: string): unknown {
  for (let at = module; at !== ""; at = at.slice(0, Math.max(at.lastIndexOf("."), 0))) {
    const of = offered.get(at);
    // words that JavaScript keeps for itself end in an underscore: case_, null_, delete_
    const found = of?.[js] ?? of?.[`${js}_`];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Functions of the tables that the engine has. */
export function* offeredFunctions(): Iterable<{
  readonly name: string;
  readonly signature: string;
  readonly fn: unknown;
}> {
  for (const [name, signature] of signatures) {
    const dot = name.lastIndexOf(".");
    const fn = exported(name.slice(0, dot), camel(name.slice(dot + 1)));
    if (typeof fn === "function") yield { name, signature, fn };
  }
}

/** Register all modules of the table. Members are made on first access. */
export function defineModules(table: Readonly<Record<string, string>>): void {
  for (const [module, names] of Object.entries(table)) {
    known.set(module, names);
    defineModule(module, () => moduleSpec(module, names));
  }
  // packages that hold nothing but modules
  for (const module of known.keys()) {
    const parent = module.slice(0, Math.max(module.lastIndexOf("."), 0));
    if (parent !== "" && !known.has(parent)) defineModule(parent, () => moduleSpec(parent, ""));
  }
}

/**
 * A member that each program has its own of, made when it is asked for: it may need a module that only a program which names it has
 * loaded. All modules that offer it have the one of its home.
 */
function whenAsked(module: string, qualified: string): Value {
  const dot = qualified.lastIndexOf(".");
  const home = qualified.slice(0, dot);
  const make =
    home === module || !known.has(home)
      ? () => resolve(qualified)!
      : () => getAttr(importModule(home), qualified.slice(dot + 1));
  return make as unknown as Value;
}

/** The module of these names. */
export function moduleSpec(module: string, names: string): NativeModuleSpec {
  const members: Record<string, Value> = {};
  for (const part of names.split(" ").filter(Boolean)) {
    const eq = part.indexOf("=");
    const name = eq < 0 ? part : part.slice(0, eq);
    const home = eq < 0 ? `${module}.${part}` : part.slice(eq + 1);
    if (home.endsWith(":")) continue;
    const qualified = given.has(`${module}.${name}`) ? `${module}.${name}` : home;
    const value = perProgram.has(qualified) ? whenAsked(module, qualified) : resolve(qualified);
    if (value !== undefined) members[name] = value;
  }
  for (const [qualified, value] of given) {
    if (qualified.startsWith(`${module}.`) && !qualified.slice(module.length + 1).includes("."))
      members[qualified.slice(module.length + 1)] ??=
        typeof value === "function" && !perProgram.has(qualified) ? resolve(qualified)! : value;
  }
  for (const name of submodules(module))
    members[name] ??= (() => importModule(`${module}.${name}`)) as unknown as Value;
  return { name: module, members };
}

/** Packages whose modules are there only once a program imports them. */
const NOT_BY_THEMSELVES = new Set([
  "sqlalchemy.orm",
  "sqlalchemy.ext",
  "sqlalchemy.future",
  "sqlalchemy.events",
  "alembic.command",
  "alembic.config",
  "alembic.environment",
  "alembic.migration",
]);

/** Modules that a package of the real library imports itself: `sqlalchemy.schema` after `import sqlalchemy`, `alembic.op` after `import alembic`. */
function submodules(module: string): string[] {
  if (/^sqlalchemy\.(dialects|ext)$/.test(module)) return [];
  const names = new Set<string>();
  for (const m of known.keys())
    if (m.startsWith(`${module}.`) && !NOT_BY_THEMSELVES.has(m))
      names.add(m.slice(module.length + 1).split(".")[0]!);
  return [...names].filter((n) => !n.startsWith("_") && !NOT_BY_THEMSELVES.has(`${module}.${n}`));
}

const missingNames = new Map<string, ReadonlySet<string>>();

function lacks(owner: string, name: string): boolean {
  let names = missingNames.get(owner);
  if (!names) missingNames.set(owner, (names = new Set((missing[owner] ?? "").split(" "))));
  return names.has(name);
}

/** Whether the real module or class has this name, where it is not here yet. */
export function isAbsent(owner: Value, name: string): boolean {
  if (owner instanceof PyModule) return lacks(owner.name, name);
  const type = owner instanceof PyType ? owner : typeOf(owner);
  return type.mro.some((t) => t.module.startsWith("sqlalchemy") && lacks(`${t.module}.${t.name}`, name));
}
