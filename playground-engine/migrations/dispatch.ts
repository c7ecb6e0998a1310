// Functions found by the class of what they are about: how operations are carried out, rendered, rewritten and compared.
//
// A class's function serves its subclasses until they have their own. Functions are TypeScript's or the program's.
// Behaviour: alembic.util.langhelpers (Dispatcher, PriorityDispatcher).
import { host, type Kwargs, type Value } from "../util/host.ts";

/** A class, or a name such as "table". */
export type Target = Value;

/** Calls a function of TypeScript or of the program. */
export function invoke(fn: Value, args: readonly Value[], kw?: Kwargs): Value {
  return typeof fn === "function"
    ? (fn as (...a: readonly Value[]) => Value)(...args)
    : host.call(fn, args, kw);
}

/** A class and the classes that it derives from, the nearest first. */
function* lineage(cls: unknown): Iterable<unknown> {
  for (let at = cls; typeof at === "function" && at !== Function.prototype; at = Object.getPrototypeOf(at))
    yield at;
}

function targetsOf(v: Value): Iterable<unknown> {
  if (typeof v === "string") return [v];
  if (typeof v === "function") return lineage(v);
  // a program's class may have bases that the engine's view of it does not show
  const mro = host.getAttribute(host.kindOf(v) === "class" ? v : host.typeOf(v), "__mro__");
  return host.iterate(mro ?? null) ?? lineage((v as object).constructor);
}

export class Dispatcher {
  private readonly registry = new Map<unknown, Map<string, Value>>();

  /** Use as a decorator: `dispatchFor(cls)(fn)`. */
  dispatchFor(
    target: Target,
    options: { readonly qualifier?: string; readonly replace?: boolean } = {},
  ): <F extends Value>(fn: F) => F {
    return (fn) => {
      const qualifier = options.qualifier ?? "default";
      const known = this.registry.get(target) ?? new Map<string, Value>();
      if (known.has(qualifier) && options.replace !== true)
        throw host.error(
          "ValueError",
          `Can not set dispatch function for object ${host.repr(target)}: key already exists. To replace existing function, use replace=True.`,
        );
      known.set(qualifier, fn);
      this.registry.set(target, known);
      return fn;
    };
  }

  /** @internal undefined where there is none */
  find(obj: Value, qualifier = "default"): Value | undefined {
    for (const target of targetsOf(obj)) {
      const known = this.registry.get(target);
      const found = known?.get(qualifier) ?? known?.get("default");
      if (found !== undefined) return found;
    }
    return undefined;
  }
  /** @throws ValueError where there is none */
  dispatch(obj: Value, qualifier = "default"): Value {
    const found = this.find(obj, qualifier);
    if (found === undefined)
      throw host.error("ValueError", `no dispatch function for object: ${host.str(obj)}`);
    return found;
  }

  branch(): Dispatcher {
    const made = new Dispatcher();
    for (const [target, known] of this.registry) made.registry.set(target, new Map(known));
    return made;
  }
  /** @internal Forget what a program registered: back to what another one has. */
  resetTo(other: Dispatcher): void {
    this.registry.clear();
    for (const [target, known] of other.registry) this.registry.set(target, new Map(known));
  }
}

/** What a comparator gives back to keep the later ones of its group from running. */
export const STOP = Symbol("STOP");

export const PRIORITY = { FIRST: 50, MEDIUM: 25, LAST: 10 } as const;

interface Entry {
  readonly target: Target;
  readonly qualifier: string;
  readonly priority: number;
  readonly subgroup: Value;
  readonly fn: Value;
}

/** Several functions for one target, run by priority; within a group until one says STOP. */
export class PriorityDispatcher {
  private readonly entries: Entry[] = [];
  /** @internal whether a value means STOP: the program's own member of PriorityDispatchResult does too */
  static isStop: (v: Value) => boolean = (v) => v === STOP;
  /** @internal a priority as a number: the program's own member of DispatchPriority too */
  static numberOf: (v: Value) => number = Number;

  dispatchFor(
    target: Target,
    options: { readonly priority?: Value; readonly qualifier?: string; readonly subgroup?: Value } = {},
  ): <F extends Value>(fn: F) => F {
    return (fn) => {
      const { priority = PRIORITY.MEDIUM, qualifier = "default", subgroup = null } = options;
      this.entries.push({ target, qualifier, priority: PriorityDispatcher.numberOf(priority), subgroup, fn });
      return fn;
    };
  }

  dispatch(target: Target, options: { readonly qualifier?: string } = {}): (...args: Value[]) => void {
    return (...args) => this.fire(target, options.qualifier, args);
  }
  /** @internal */
  fire(target: Target, wanted = "default", args: readonly Value[], kw?: Kwargs): void {
    const qualifiers = wanted === "default" ? [wanted] : [wanted, "default"];
    const run = Object.values(PRIORITY).flatMap((p) =>
      qualifiers.flatMap((q) =>
        this.entries.filter((e) => e.target === target && e.qualifier === q && e.priority === p),
      ),
    );
    const stopped = new Set<unknown>();
    for (const { fn, subgroup } of run) {
      const group = host.key(subgroup);
      if (stopped.has(group)) continue;
      if (PriorityDispatcher.isStop(invoke(fn, args, kw))) stopped.add(group);
      else stopped.delete(group);
    }
  }

  branch(): PriorityDispatcher {
    const made = new PriorityDispatcher();
    made.populateWith(this);
    return made;
  }
  populateWith(other: PriorityDispatcher): void {
    this.entries.push(...other.entries);
  }
  /** @internal */
  clear(): void {
    this.entries.length = 0;
  }
}
