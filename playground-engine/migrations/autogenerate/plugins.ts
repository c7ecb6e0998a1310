// Plugins: named collections of comparators. Alembic's own are plugins too; a context says by pattern which it wants.
//
// Behaviour: alembic.runtime.plugins.
import { host, type Value } from "../../util/host.ts";
import { invoke, PriorityDispatcher } from "../dispatch.ts";
import { CommandError } from "../errors.ts";

const LOG = "alembic.runtime.plugins";
const all = new Map<string, Plugin>();

export class Plugin {
  readonly name: string;
  readonly autogenerateComparators = new PriorityDispatcher();
  constructor(name: string) {
    this.name = name;
    host.logger(LOG).log(20, "setup plugin %s", [name]);
    if (all.has(name)) throw host.error("ValueError", `A plugin named ${name} is already registered`);
    all.set(name, this);
  }
  /** @internal one of Alembic's own, which is there before a program is */
  static own(name: string, fill: (plugin: Plugin) => void): void {
    const plugin = Object.create(Plugin.prototype, {
      name: { value: name, enumerable: true },
      autogenerateComparators: { value: new PriorityDispatcher(), enumerable: true },
    }) as Plugin;
    all.set(name, plugin);
    fill(plugin);
  }
  remove(): void {
    all.delete(this.name);
  }
  addAutogenerateComparator(
    fn: Value,
    compareTarget: string,
    compareElement: Value = null,
    options: { readonly qualifier?: string; readonly priority?: Value } = {},
  ): void {
    this.autogenerateComparators.dispatchFor(compareTarget, { ...options, subgroup: compareElement })(fn);
  }

  static populateAutogeneratePriorityDispatch(comparators: PriorityDispatcher, includePlugins: Value): void {
    const include = new Map<string, RegExp>();
    const exclude: RegExp[] = [];
    for (const name of [...host.iterate(includePlugins)!] as string[])
      if (name.startsWith("~")) exclude.push(pattern(name.slice(1)));
      else include.set(name, pattern(name));
    const matched = new Set<string>();
    for (const plugin of all.values()) {
      if (exclude.some((e) => e.test(plugin.name))) continue;
      const by = [...include].filter(([, e]) => e.test(plugin.name));
      if (by.length === 0) continue;
      for (const [name] of by) matched.add(name);
      host.logger(LOG).log(20, "setting up autogenerate plugin %s", [plugin.name]);
      comparators.populateWith(plugin.autogenerateComparators);
    }
    const missed = [...include.keys()].filter((n) => !matched.has(n));
    if (missed.length > 0) throw new CommandError(`Did not locate plugins: ${missed.join(", ")}`);
  }
  static setupPluginFromModule(module: Value, name: string): void {
    invoke(host.getAttribute(module, "setup")!, [new Plugin(name)]);
  }
}

/** @internal */
export function pluginNames(): readonly string[] {
  return [...all.keys()];
}
/** @internal Forget what a program added. */
export function keepPlugins(names: readonly string[]): void {
  for (const name of [...all.keys()]) if (!names.includes(name)) all.delete(name);
}

function pattern(name: string): RegExp {
  const parts = name.split(".").map((token) => {
    if (token === "*") return ".+?";
    if (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(token)) return token;
    throw host.error("ValueError", `Invalid plugin expression ${host.repr(name)}`);
  });
  return new RegExp(`^${parts.join("\\.")}$`, "u");
}
