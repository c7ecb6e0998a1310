// The commands: what `alembic upgrade head` does, and `command.upgrade(config, "head")` of a program.
//
// Behaviour: alembic.command. Each loads the scripts, and where it needs the database runs env.py with what to do there.
import { host, type Value } from "../util/host.ts";
import type { Config } from "./config.ts";
import { CommandError, DatabaseNotAtHead } from "./errors.ts";
import { msg, status } from "./messaging.ts";
import { EnvironmentContext } from "./runtime/environment.ts";
import type { MigrationContext } from "./runtime/migration-context.ts";
import type { Step } from "./runtime/steps.ts";
import { names } from "./script/revision.ts";
import type { Script } from "./script/script.ts";
import { ScriptDirectory } from "./script/script-directory.ts";
import { seams } from "./seams.ts";
import { templates } from "./templates.ts";
import { render } from "./mako.ts";

type Work = (heads: Value, context: MigrationContext) => Iterable<Step>;

function inEnvironment(
  config: Config,
  script: ScriptDirectory,
  fn: Work,
  more: Readonly<Record<string, Value>> = {},
): void {
  new EnvironmentContext(config, script, new Map<string, Value>([["fn", fn], ...Object.entries(more)])).run();
}

/** A work that only looks: no steps. */
function looking(look: (heads: Value, context: MigrationContext) => void): Work {
  return (heads, context) => {
    look(heads, context);
    return [];
  };
}

function range(revision: string, sql: boolean): { start: string | null; revision: string } {
  if (!revision.includes(":")) return { start: null, revision };
  if (!sql) throw new CommandError("Range revision not allowed");
  const [start, end] = revision.split(":");
  return { start: start!, revision: end! };
}

export function upgrade(config: Config, revision: string, sql = false, tag: Value = null): void {
  const script = ScriptDirectory.fromConfig(config);
  const to = range(revision, sql);
  inEnvironment(config, script, (heads) => script._upgradeRevs(to.revision, heads), {
    as_sql: sql,
    starting_rev: to.start,
    destination_rev: to.revision,
    tag,
  });
}

export function downgrade(config: Config, revision: string, sql = false, tag: Value = null): void {
  const script = ScriptDirectory.fromConfig(config);
  if (sql && !revision.includes(":"))
    throw new CommandError("downgrade with --sql requires <fromrev>:<torev>");
  const to = range(revision, sql);
  inEnvironment(config, script, (heads) => script._downgradeRevs(to.revision, heads), {
    as_sql: sql,
    starting_rev: to.start,
    destination_rev: to.revision,
    tag,
  });
}

export function stamp(config: Config, revision: Value, sql = false, tag: Value = null, purge = false): void {
  const script = ScriptDirectory.fromConfig(config);
  let start: string | null = null;
  const destinations = names(revision).map((r) => {
    if (!sql || !r.includes(":")) return r;
    const [from, to] = r.split(":");
    if (start !== null && start !== from)
      throw new CommandError("Stamp operation with --sql only supports a single starting revision at a time");
    start = from!;
    return to!;
  });
  const all = host.makeTuple(destinations);
  inEnvironment(config, script, (heads) => script._stampRevs(all, heads), {
    as_sql: sql,
    starting_rev: start,
    destination_rev: all,
    tag,
    purge,
  });
}

export function current(config: Config, checkHeads = false, verbose = false): void {
  const script = ScriptDirectory.fromConfig(config);
  inEnvironment(
    config,
    script,
    looking((heads, context) => {
      if (verbose) {
        const url = (
          context.connection as unknown as { engine: { url: { renderAsString(hide: boolean): string } } }
        ).engine.url;
        config.printStdout("Current revision(s) for %s:", [url.renderAsString(true)]);
      }
      if (checkHeads) {
        const at = new Set(context.currentHeads());
        const wanted = script.getHeads();
        if (at.size !== wanted.length || wanted.some((h) => !at.has(h)))
          throw new DatabaseNotAtHead("Database is not on all head revisions");
      }
      for (const r of script.allCurrent(heads)) config.printStdout(r.cmdFormat(verbose));
    }),
    { dont_mutate: true },
  );
}

export function show(config: Config, rev: Value): void {
  const script = ScriptDirectory.fromConfig(config);
  const print = (id: Value): void => {
    for (const r of script.find(id)) config.printStdout(r.logEntry);
  };
  if (rev === "current") inEnvironment(config, script, looking(print));
  else print(rev);
}

function environmentWanted(config: Config): boolean {
  return ["true", "yes", "on", "y", "t", "1"].includes(
    host
      .str(config.getAlembicOption("revision_environment") ?? "")
      .trim()
      .toLowerCase(),
  );
}

export function history(
  config: Config,
  revRange: string | null = null,
  verbose = false,
  indicateCurrent = false,
): void {
  const script = ScriptDirectory.fromConfig(config);
  if (revRange !== null && !revRange.includes(":"))
    throw new CommandError("History range requires [start]:[end], [start]:, or :[end]");
  const [base = "", head = ""] = revRange === null ? [] : revRange.trim().split(":");
  const print = (from: Value, to: Value, at: readonly string[]): void => {
    for (const r of script.walkRevisions(from, to)) {
      if (indicateCurrent) r.current = at.includes(r.revision);
      config.printStdout(r.cmdFormat(verbose, true, true, true));
    }
  };
  const either = (v: Value, or: string): Value => (names(v).length > 0 && v !== "" ? v : or);
  if (base !== "current" && head !== "current" && !indicateCurrent && !environmentWanted(config))
    print(base || "base", head || "heads", []);
  else
    inEnvironment(
      config,
      script,
      looking((at) =>
        print(
          base === "current" && head !== "current" ? either(at, "base") : base || "base",
          head === "current" ? either(at, "heads") : head || "heads",
          names(at),
        ),
      ),
    );
}

export function heads(config: Config, verbose = false, resolveDependencies = false): void {
  const script = ScriptDirectory.fromConfig(config);
  const found = resolveDependencies ? script.find("heads") : script.getHeads().flatMap((h) => script.find(h));
  for (const r of found) config.printStdout(r.cmdFormat(verbose, true, false, false, false));
}

export function branches(config: Config, verbose = false): void {
  const script = ScriptDirectory.fromConfig(config);
  for (const r of script.walkRevisions()) {
    if (!r.isBranchPoint) continue;
    const below = [...r.next].map(
      (id) =>
        `${" ".repeat(r.revision.length)} -> ${script.getRevision(id)!.cmdFormat(false, true, verbose)}`,
    );
    config.printStdout(`${r.cmdFormat(verbose, true)}\n${below.join("\n")}\n`);
  }
}

export function revision(
  config: Config,
  message: string | null = null,
  autogenerate = false,
  sql = false,
  head: Value = "head",
  splice = false,
  branchLabel: Value = null,
  versionPath: string | null = null,
  revId: string | null = null,
  dependsOn: Value = null,
  _processRevisionDirectives: Value = null,
): Script | null {
  const script = ScriptDirectory.fromConfig(config);
  if (autogenerate)
    throw host.error("NotImplementedError", "revision --autogenerate is not in the playground yet");
  const templateArgs = new Map<string, Value>([["config", config]]);
  if (environmentWanted(config))
    inEnvironment(config, script, () => [], { as_sql: sql, template_args: templateArgs });
  else if (sql)
    throw new CommandError(
      "Using --sql with the revision command when revision_environment is not configured does not make any sense",
    );
  return script.generateRevision(
    revId ?? seams.newRevisionId(),
    message,
    head ?? "head",
    splice,
    branchLabel,
    versionPath,
    null,
    dependsOn,
    new Map<string, Value>([...templateArgs, ["upgrades", ""], ["downgrades", ""], ["imports", ""]]),
  );
}

export function merge(
  config: Config,
  revisions: Value,
  message: string | null = null,
  branchLabel: Value = null,
  revId: string | null = null,
  splice = false,
): Script | null {
  const script = ScriptDirectory.fromConfig(config);
  const templateArgs = new Map<string, Value>([["config", config]]);
  if (environmentWanted(config))
    inEnvironment(config, script, () => [], { as_sql: false, template_args: templateArgs });
  return script.generateRevision(
    revId ?? seams.newRevisionId(),
    message,
    revisions,
    splice,
    branchLabel,
    null,
    null,
    null,
    new Map<string, Value>([...templateArgs, ["upgrades", ""], ["downgrades", ""], ["imports", ""]]),
  );
}

export function ensureVersion(config: Config, sql = false): void {
  inEnvironment(
    config,
    ScriptDirectory.fromConfig(config),
    looking((_, context) => context._ensureVersionTable()),
    { as_sql: sql },
  );
}

export function listTemplates(config: Config): void {
  config.printStdout("Available templates:\n");
  for (const [name, files] of templates)
    config.printStdout("%s - %s", [name, (files.get("README") ?? "").split("\n")[0]!.trimEnd()]);
  config.printStdout("\nTemplates are used via the 'init' command, e.g.:");
  config.printStdout("\n  alembic init --template generic ./scripts");
}

export function init(config: Config, directory: Value, template = "generic", pkg = false): void {
  const given = host.str(directory);
  const full = seams.absolute(given);
  if (seams.kindOfPath(full) === "directory" && seams.list(full).length > 0)
    throw new CommandError(`Directory ${given} already exists and is not empty`);
  const files = templates.get(template);
  if (!files) throw new CommandError(`No such template ${config.getTemplateDirectory()}/${template}`);
  const options = config.messagingOpts;
  for (const dir of seams.kindOfPath(full) === undefined ? [full, `${full}/versions`] : [`${full}/versions`])
    status(`Creating directory ${dir}`, options, () => seams.makeDirectories(dir));
  const ini = seams.absolute(config.configFileName ?? "alembic.ini");
  const location = given.startsWith("/")
    ? given
    : `%(here)s/${given.replace(/^\.\//, "").replace(/\/$/, "")}`;
  for (const [name, text] of files) {
    if (name !== "alembic.ini.mako")
      status(`Generating ${full}/${name}`, options, () => seams.writeText(`${full}/${name}`, text));
    else if (seams.kindOfPath(ini) === "file") msg(`File ${ini} already exists, skipping`, options);
    else
      status(`Generating ${ini}`, options, () =>
        seams.writeText(ini, render(text, new Map([["script_location", location]]))),
      );
  }
  if (pkg)
    for (const path of [`${full}/__init__.py`, `${full}/versions/__init__.py`])
      status(`Adding ${path}`, options, () => seams.writeText(path, ""));
  msg(`Please edit configuration/connection/logging settings in ${ini} before proceeding.`, options);
}
