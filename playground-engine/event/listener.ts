// How a function of the program is called as a listener: by position, by name (named=True), or with the arguments
// of an older version of the event. Behaviour: SQLAlchemy event/attr.py _adjust_fn_spec, event/legacy.py.
import { warnDeprecated } from "../errors/index.ts";
import { host, type Kwargs, type Value } from "../util/host.ts";
import type { Listener } from "./registry.ts";

/** An argument list the event had before a version, recognised by its length; a last "**kw" counts. */
export interface LegacySignature {
  readonly since: string;
  readonly args: readonly string[];
  /** Makes the old arguments from today's; without it they are picked by name. */
  readonly convert?: (args: readonly Value[]) => readonly Value[];
}

/** What an event hands to its listeners. */
export interface EventSpec {
  /** Names of the positional arguments, as Python shows them. */
  readonly args: readonly string[];
  /** The event ends with `**kw`: emit's last argument is a Kwargs Map. */
  readonly kw?: boolean;
  readonly legacy?: readonly LegacySignature[];
  /** Runs when somebody listens: deprecated events warn. */
  readonly onListen?: () => void;
}

interface EventName {
  readonly familyName: string;
  readonly name: string;
  readonly spec: EventSpec;
}

/** The program's function behind a listener that does nothing but call it. */
const programFunctions = new WeakMap<Listener, Value>();

export function programFunction(listener: Listener): Value {
  return programFunctions.get(listener);
}

/** The engine's own call of a program's function: arguments in order, a trailing Map of keywords where the event has them. */
export function programListener(event: EventName, fn: Value): Listener {
  const listener: Listener = event.spec.kw
    ? (...args) => {
        const [positional, kw] = splitKeywords(args);
        return host.call(fn, positional, kw);
      }
    : (...args) => host.call(fn, args);
  programFunctions.set(listener, fn);
  return listener;
}

/** The listener for `fn`, which wraps the program's `original`. */
export function adjustListener(event: EventName, fn: Listener, original: Value, named: boolean): Listener {
  const { spec } = event;
  if (named)
    return (...args) => {
      const [positional, kw] = spec.kw ? splitKeywords(args) : [args, undefined];
      const all: Kwargs = new Map(
        spec.args.slice(0, positional.length).map((name, i) => [name, positional[i]]),
      );
      for (const [k, v] of kw ?? []) all.set(k, v);
      return host.call(original, [], all);
    };
  if (!spec.legacy) return fn;
  const parameters = host.parameters(original);
  if (!parameters) return fn;
  const count = parameters.filter(
    (p) => p.kind === "positional" || p.kind === "positional-or-keyword",
  ).length;
  const hasKw = parameters.some((p) => p.kind === "var-keyword");
  const newest = [...spec.legacy].sort((a, b) => (a.since < b.since ? 1 : -1));
  for (const old of newest) {
    const oldKw = old.args.at(-1) === "**kw";
    const names = oldKw ? old.args.slice(0, -1) : old.args;
    if (names.length !== count || oldKw !== hasKw) continue;
    const signature = `def ${event.name}(${spec.args.join(", ")}${oldKw ? ", **kw" : ""})`;
    const message =
      `The argument signature for the "${event.familyName}.${event.name}" event listener has changed as of version ${old.since}, ` +
      `and conversion for the old argument signature will be removed in a future release.  The new signature is "${signature}"`;
    return (...args) => {
      warnDeprecated(message);
      const [positional, kw] = spec.kw ? splitKeywords(args) : [args, undefined];
      const oldArgs = old.convert
        ? old.convert(positional)
        : names.map((n) => positional[spec.args.indexOf(n)]);
      return host.call(original, oldArgs, oldKw ? kw : undefined);
    };
  }
  return fn;
}

function splitKeywords(args: readonly Value[]): [readonly Value[], Kwargs | undefined] {
  const last = args.at(-1);
  return last instanceof Map ? [args.slice(0, -1), last as Kwargs] : [args, undefined];
}
