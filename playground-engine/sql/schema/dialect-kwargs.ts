// Keyword arguments meant for one dialect: `Index(…, postgresql_where=…)`.
//
// Dialects say which arguments which class takes, with defaults; the first argument for a dialect looks the dialect up. An
// unknown argument is an ArgumentError, an unknown dialect a warning. Laid into tables, constraints, indexes and statements.
// Behaviour: SQLAlchemy sql/base.py (DialectKWArgs).
import { ArgumentError, NoSuchModuleError, warnDeprecated } from "../../errors/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { reprString } from "../../util/text.ts";
import { classRepr } from "../repr.ts";

type AnyClass = abstract new (...args: never[]) => object;
/** Classes of constructs with the arguments they take and their defaults; "*" takes any. */
export type ConstructArguments = readonly (readonly [cls: AnyClass, args: Readonly<Record<string, Value>>])[];

let load: (dialect: string) => ConstructArguments | null = (name) => {
  throw new NoSuchModuleError(`Can't load plugin: sqlalchemy.dialects:${name}`);
};
/** Dialect → class → argument → default; null where the dialect checks nothing. */
const registry = new Map<string, Map<unknown, Map<string, Value>> | null>();

/** The dialects room tells how a dialect's arguments are found; it throws NoSuchModuleError for names it does not know. */
export function installConstructArguments(find: (dialect: string) => ConstructArguments | null): void {
  load = find;
  registry.clear();
}

function argumentsOf(dialect: string): Map<unknown, Map<string, Value>> | null {
  let found = registry.get(dialect);
  if (found === undefined) {
    const given = load(dialect);
    found = given && new Map(given.map(([cls, args]) => [cls, new Map(Object.entries(args))]));
    registry.set(dialect, found);
  }
  return found;
}

/** The arguments of one dialect on one object: those given, then defaults. */
export class DialectArguments {
  readonly nonDefaults = new Map<string, Value>();
  readonly defaults = new Map<string, Value>();

  /** null where nothing is known of the argument. */
  get(name: string): Value {
    return this.nonDefaults.has(name) ? this.nonDefaults.get(name) : (this.defaults.get(name) ?? null);
  }
  has(name: string): boolean {
    return this.nonDefaults.has(name) || this.defaults.has(name);
  }
  set(name: string, value: Value): void {
    this.nonDefaults.set(name, value);
  }
}

function argumentsFor(owner: object, dialect: string): DialectArguments {
  const made = new DialectArguments();
  const known = argumentsOf(dialect);
  if (!known) made.defaults.set("*", null);
  else {
    const chain: unknown[] = [];
    for (let at: unknown = owner.constructor; typeof at === "function"; at = Object.getPrototypeOf(at))
      chain.unshift(at);
    for (const cls of chain) for (const [name, value] of known.get(cls) ?? []) made.defaults.set(name, value);
  }
  return made;
}

/** `obj.dialect_options`: arguments by dialect, made when asked for. */
export class DialectOptions extends Map<string, DialectArguments> {
  readonly owner: object;

  constructor(owner: object) {
    super();
    this.owner = owner;
  }

  /** Throws NoSuchModuleError for a dialect that does not exist. */
  fetch(dialect: string): DialectArguments {
    let found = this.get(dialect);
    if (!found) this.set(dialect, (found = argumentsFor(this.owner, dialect)));
    return found;
  }

  /** "dialect_argument" → value, of those given. */
  given(): Kwargs {
    const out: Kwargs = new Map();
    for (const [dialect, args] of this)
      for (const [name, value] of args.nonDefaults) out.set(`${dialect}_${name}`, value);
    return out;
  }

  copyFor(owner: object): DialectOptions {
    const made = new DialectOptions(owner);
    for (const [dialect, args] of this) {
      const copy = new DialectArguments();
      for (const [k, v] of args.defaults) copy.defaults.set(k, v);
      for (const [k, v] of args.nonDefaults) copy.nonDefaults.set(k, v);
      made.set(dialect, copy);
    }
    return made;
  }
}

export abstract class DialectKWArgs {
  declare _dialectOptions: DialectOptions | undefined;

  get dialectOptions(): DialectOptions {
    return (this._dialectOptions ??= new DialectOptions(this));
  }

  /** @internal For generative copies, before they change an option. */
  _ownDialectOptions(): void {
    this._dialectOptions = this._dialectOptions?.copyFor(this);
  }

  get dialectKwargs(): Kwargs {
    return this._dialectOptions?.given() ?? new Map();
  }
  get kwargs(): Kwargs {
    return this.dialectKwargs;
  }

  /** An argument as the compiling dialect sees it; `else_` where that dialect has no such argument on this very class. */
  getDialectOption(
    dialect: { readonly name: string },
    name: string,
    {
      else_ = null,
      deprecatedFallback,
    }: { readonly else_?: Value; readonly deprecatedFallback?: string | null } = {},
  ): Value {
    const known = argumentsOf(dialect.name);
    if (!known?.get(this.constructor)?.has(name)) return else_;
    const own = this.dialectOptions.fetch(dialect.name);
    if (deprecatedFallback == null || deprecatedFallback === dialect.name || own.nonDefaults.has(name))
      return own.get(name);
    const fallback = this.dialectOptions.get(deprecatedFallback);
    if (!fallback?.nonDefaults.has(name)) return own.get(name);
    warnDeprecated(
      `Using '${deprecatedFallback}_${name}' with the '${dialect.name}' dialect is deprecated; please additionally specify '${dialect.name}_${name}'.`,
    );
    return fallback.get(name);
  }

  /** Let a dialect take one more argument on a class: `Index.argument_for("mydialect", "length", None)`. */
  static argumentFor(cls: AnyClass, dialect: string, name: string, standard: Value): void {
    const known = argumentsOf(dialect);
    if (!known)
      throw new ArgumentError(
        `Dialect '${dialect}' does have keyword-argument validation and defaults enabled configured`,
      );
    const own = known.get(cls);
    if (own) own.set(name, standard);
    else known.set(cls, new Map([[name, standard]]));
  }

  /** @internal Take `dialect_argument=value` keywords. Throws the host's TypeError, or ArgumentError. */
  _validateDialectKwargs(kwargs: Kwargs | null | undefined): void {
    for (const [key, value] of kwargs ?? []) {
      const [, dialect, name] = (/^(.+?)_(.+)$/.exec(key) ?? []) as unknown as [string, string?, string?];
      if (dialect === undefined || name === undefined)
        throw host.error(
          "TypeError",
          `Additional arguments should be named <dialectname>_<argument>, got '${key}'`,
        );
      let args: DialectArguments;
      try {
        args = this.dialectOptions.fetch(dialect);
      } catch (e) {
        if (!(e instanceof NoSuchModuleError)) throw e;
        host.warn(
          "SAWarning",
          `Can't validate argument ${reprString(key)}; can't locate any SQLAlchemy dialect named ${reprString(dialect)}`,
        );
        args = new DialectArguments();
        args.defaults.set("*", null);
        this.dialectOptions.set(dialect, args);
      }
      if (!args.has("*") && !args.has(name))
        throw new ArgumentError(
          `Argument ${reprString(key)} is not accepted by dialect ${reprString(dialect)} on behalf of ${classRepr(this)}`,
        );
      args.set(name, value);
    }
  }
}
