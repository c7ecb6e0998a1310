// The program `alembic`: its arguments, and how a command's failure ends it.
//
// The parser is argparse's own (a seam): usage, --help and mistakes read as the real program's.
import { host, type Value } from "../util/host.ts";
import { Config } from "./config.ts";
import { CommandError } from "./errors.ts";
import { fail } from "./messaging.ts";
import { seams } from "./seams.ts";

type Options = Readonly<Record<string, Value>>;
const flag = (help: string): Options => ({ action: "store_true", help });
const text = (help: string): Options => ({ type: "str", help });

const OPTIONS: Readonly<Record<string, readonly [readonly string[], Options]>> = {
  template: [
    ["-t", "--template"],
    { default: "generic", type: "str", help: "Setup template for use with 'init'" },
  ],
  message: [["-m", "--message"], text("Message string to use with 'revision'")],
  sql: [
    ["--sql"],
    flag("Don't emit SQL to database - dump to standard output/file instead. See docs on offline mode."),
  ],
  tag: [["--tag"], text("Arbitrary 'tag' name - can be used by custom env.py scripts.")],
  head: [["--head"], text("Specify head revision or <branchname>@head to base new revision on.")],
  splice: [["--splice"], flag("Allow a non-head revision as the 'head' to splice onto")],
  depends_on: [
    ["--depends-on"],
    {
      action: "append",
      help: "Specify one or more revision identifiers which this revision should depend on.",
    },
  ],
  rev_id: [["--rev-id"], text("Specify a hardcoded revision id instead of generating one")],
  version_path: [["--version-path"], text("Specify specific path from config for version file")],
  branch_label: [["--branch-label"], text("Specify a branch label to apply to the new revision")],
  verbose: [["-v", "--verbose"], flag("Use more verbose output")],
  resolve_dependencies: [["--resolve-dependencies"], flag("Treat dependency versions as down revisions")],
  autogenerate: [
    ["--autogenerate"],
    flag(
      "Populate revision script with candidate migration operations, based on comparison of database to model.",
    ),
  ],
  rev_range: [
    ["-r", "--rev-range"],
    { action: "store", help: "Specify a revision range; format is [start]:[end]" },
  ],
  indicate_current: [["-i", "--indicate-current"], flag("Indicate the current revision")],
  purge: [["--purge"], flag("Unconditionally erase the version table before stamping")],
  package: [["--package"], flag("Write empty __init__.py files to the environment and version locations")],
  check_heads: [
    ["-c", "--check-heads"],
    flag(
      "Check if all head revisions are applied to the database. Exit with an error code if this is not the case.",
    ),
  ],
};
const POSITIONAL: Readonly<Record<string, Options>> = {
  directory: { help: "location of scripts directory" },
  revision: { help: "revision identifier" },
  revisions: { nargs: "+", help: "one or more revisions, or 'heads' for all heads" },
};

interface Command {
  readonly help: string;
  readonly positional: readonly string[];
  readonly options: readonly string[];
}
const C = (help: string, positional: readonly string[], options: readonly string[]): Command => ({
  help,
  positional,
  options,
});

const COMMANDS: Readonly<Record<string, Command>> = {
  branches: C("Show current branch points.", [], ["verbose"]),
  check: C("Check if revision command with autogenerate has pending upgrade ops.", [], []),
  current: C("Display the current revision for a database.", [], ["check_heads", "verbose"]),
  downgrade: C("Revert to a previous version.", ["revision"], ["sql", "tag"]),
  edit: C("Edit revision script(s) using $EDITOR.", ["rev"], []),
  ensure_version: C("Create the alembic version table if it doesn't exist already .", [], ["sql"]),
  heads: C("Show current available heads in the script directory.", [], ["verbose", "resolve_dependencies"]),
  history: C(
    "List changeset scripts in chronological order.",
    [],
    ["rev_range", "verbose", "indicate_current"],
  ),
  init: C("Initialize a new scripts directory.", ["directory"], ["template", "package"]),
  list_templates: C("List available templates.", [], []),
  merge: C(
    "Merge two revisions together.  Creates a new migration file.",
    ["revisions"],
    ["message", "branch_label", "rev_id", "splice"],
  ),
  revision: C(
    "Create a new revision file.",
    [],
    [
      "message",
      "autogenerate",
      "sql",
      "head",
      "splice",
      "branch_label",
      "version_path",
      "rev_id",
      "depends_on",
    ],
  ),
  show: C("Show the revision(s) denoted by the given symbol.", ["rev"], []),
  stamp: C(
    "'stamp' the revision table with the given revision; don't run any migrations.",
    ["revisions"],
    ["sql", "tag", "purge"],
  ),
  upgrade: C("Upgrade to a later version.", ["revision"], ["sql", "tag"]),
};

const PLUGINS = [
  "schemas",
  "tables",
  "types",
  "constraints",
  "defaults",
  "comments",
  "checkconstraint_byname",
];

function ask(of: Value, method: string, args: readonly Value[], options: Options = {}): Value {
  return host.call(
    host.getAttribute(of, method),
    args,
    new Map(Object.entries(options).map(([k, v]) => [k, k === "type" ? str() : v])),
  );
}
function str(): Value {
  return host.getAttribute(seams.importModule("builtins"), "str");
}

function topParser(prog: string | null): Value {
  const top = host.call(
    host.getAttribute(seams.importModule("argparse"), "ArgumentParser"),
    [],
    new Map([["prog", prog]]),
  );
  ask(top, "add_argument", ["--version"], { action: "version", version: "%(prog)s 1.19.1" });
  ask(top, "add_argument", ["-c", "--config"], {
    action: "append",
    help: 'Alternate config file; defaults to value of ALEMBIC_CONFIG environment variable, or "alembic.ini". May also refer to pyproject.toml file.  May be specified twice to reference both files separately',
  });
  ask(top, "add_argument", ["-n", "--name"], {
    type: "str",
    default: "alembic",
    help: "Name of section in .ini file to use for Alembic config (only applies to configparser config, not toml)",
  });
  ask(top, "add_argument", ["-x"], {
    action: "append",
    help: "Additional arguments consumed by custom env.py scripts, e.g. -x setting1=somesetting -x setting2=somesetting",
  });
  ask(top, "add_argument", ["--raiseerr"], flag("Raise a full stack trace on error"));
  ask(top, "add_argument", ["-q", "--quiet"], flag("Do not log to std output."));
  return top;
}

export interface CommandWords {
  readonly name: string;
  readonly help: string;
  readonly positional: readonly string[];
  readonly options: readonly {
    readonly flags: readonly string[];
    readonly help: string;
    readonly takesValue: boolean;
  }[];
}

/** The commands with their options, for completion. */
export function commandWords(): CommandWords[] {
  return Object.entries(COMMANDS).map(([name, c]) => ({
    name,
    help: c.help,
    positional: c.positional,
    options: c.options.map((o) => {
      const [flags, options] = OPTIONS[o]!;
      return { flags, help: String(options.help ?? ""), takesValue: options.action !== "store_true" };
    }),
  }));
}

/** What importing Alembic writes to the log. */
export function logPlugins(): void {
  for (const p of PLUGINS)
    host.logger("alembic.runtime.plugins").log(20, `setup plugin alembic.autogenerate.${p}`);
}

/** Which settings are read: those named by -c, else the environment's, else the usual ones. */
function settingsFiles(given: readonly string[]): { readonly ini: string; readonly toml: string } {
  const isToml = (path: string): boolean => path.slice(path.lastIndexOf("/") + 1) === "pyproject.toml";
  const environ = host.getAttribute(seams.importModule("os"), "environ");
  const said = host.call(host.getAttribute(environ, "get"), ["ALEMBIC_CONFIG"]) as string | null;
  const [tomls, inis] = [given.filter(isToml), given.filter((p) => !isToml(p))];
  if (tomls.length > 1) throw new CommandError("pyproject.toml indicated more than once");
  if (inis.length > 1) throw new CommandError("only one ini file may be indicated");
  return {
    toml: tomls[0] ?? (said && isToml(said) ? said : "pyproject.toml"),
    ini: inis[0] ?? (said && !isToml(said) ? said : "alembic.ini"),
  };
}

/** Names of what a command takes after its Config: what it needs, and what it may be given. */
function argumentsOf(fn: Value): Pick<Command, "positional" | "options"> {
  const [, ...parameters] = (host.parameters(fn) ?? []).filter((p) => p.kind.startsWith("positional"));
  const names = (withDefault: boolean): string[] =>
    parameters.filter((p) => p.hasDefault === withDefault).map((p) => p.name);
  return { positional: names(false), options: names(true) };
}

/** The program: its parser, its commands, and those that a program adds. */
export class CommandLine {
  readonly parser: Value;
  readonly subparsers: Value;
  constructor(prog: string | null = null) {
    this.parser = topParser(prog);
    this.subparsers = ask(this.parser, "add_subparsers", []);
    const commands = seams.importModule("alembic.command");
    for (const [name, c] of Object.entries(COMMANDS)) this.add(host.getAttribute(commands, name)!, c);
  }
  /** What a parsed line has as `cmd`: the function, and the names of its arguments. */
  private add(fn: Value, { help, positional, options }: Command): void {
    const sub = ask(this.subparsers, "add_parser", [host.nameOf(fn)], { help });
    // a function takes more than its line may say
    const cmd = host.makeTuple([fn, host.makeList(positional), host.makeList(argumentsOf(fn).options)]);
    ask(sub, "set_defaults", [], { cmd });
    for (const o of options)
      if (Object.hasOwn(OPTIONS, o)) ask(sub, "add_argument", OPTIONS[o]![0], OPTIONS[o]![1]);
    for (const p of positional) ask(sub, "add_argument", [p], POSITIONAL[p] ?? {});
  }
  /** A function of a Config, further arguments and options by the names that Alembic's own have. */
  registerCommand(fn: Value): void {
    const doc = host.getAttribute(fn, "__doc__");
    const lines = (typeof doc === "string" ? doc : "").split("\n").map((l) => l.trim());
    const end = lines.indexOf("");
    const help = (end < 0 ? lines : lines.slice(0, end)).join(" ");
    this.add(fn, { help, ...argumentsOf(fn) });
  }
  runCmd(config: Config, options: Value): void {
    const [fn, positional, keywords] = host.iterate(host.getAttribute(options, "cmd")!)!;
    const names = (list: Value): string[] => [...host.iterate(list)!] as string[];
    const given = (name: string): Value => host.getAttribute(options, name) ?? null;
    try {
      host.call(
        fn,
        [config, ...names(positional).map(given)],
        new Map(names(keywords).map((name) => [name, given(name)])),
      );
    } catch (e) {
      if (!(e instanceof CommandError) || host.isTrue(host.getAttribute(options, "raiseerr") ?? false))
        throw e;
      fail(e, config.messagingOpts);
      host.call(host.getAttribute(seams.importModule("sys"), "exit"), [-1]);
    }
  }
  main(argv: Value = null): void {
    const options = ask(this.parser, "parse_args", [
      argv === null || argv === undefined ? null : host.makeList(host.iterate(argv)!),
    ]);
    if (host.getAttribute(options, "cmd") === undefined) {
      ask(this.parser, "error", ["too few arguments"]);
      return;
    }
    const given = host.getAttribute(options, "config") ?? null;
    const files = given === null ? [] : [...host.iterate(given)!].map((f) => host.str(f));
    const { ini, toml } = settingsFiles(files);
    this.runCmd(
      new Config(ini, toml, host.str(host.getAttribute(options, "name")), null, null, options),
      options,
    );
  }
}

/** Run a command line without its first word. The end of the program is a SystemExit, as argparse raises it. */
export function main(argv: readonly string[] | null, prog: string | null = "alembic"): void {
  new CommandLine(prog).main(argv);
}
