// pip: says what the playground has. Nothing can be installed: packages would have to be fetched and run, and only these are here.
import type { Io, ShellFace } from "./command.ts";

interface Package {
  readonly name: string;
  readonly version: string;
  readonly about: string;
  readonly requires: string;
}

const PACKAGES: readonly Package[] = [
  {
    name: "alembic",
    version: "1.19.1",
    about: "A database migration tool for SQLAlchemy.",
    requires: "Mako, SQLAlchemy, typing-extensions",
  },
  {
    name: "pytest",
    version: "9.0.3",
    about: "Runs test_*.py: asserts, fixtures, parametrize, raises, monkeypatch.",
    requires: "",
  },
  {
    name: "SQLAlchemy",
    version: "2.0.52",
    about: "Database Abstraction Library",
    requires: "greenlet, typing-extensions",
  },
  {
    name: "typing_extensions",
    version: "4.12.2",
    about: "Backported and experimental type hints",
    requires: "",
  },
];

const canonical = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, "-");
const find = (name: string): Package | undefined =>
  PACKAGES.find((p) => canonical(p.name) === canonical(name));

function install(io: Io, args: readonly string[], shell: ShellFace): number {
  const names: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === "-r" || arg === "--requirement") {
      const file = args[++i];
      if (file === undefined || shell.files.stat(file)?.kind !== "file") {
        io.err(
          `ERROR: Could not open requirements file: [Errno 2] No such file or directory: '${file ?? ""}'\n`,
        );
        return 1;
      }
      const text = shell.files.read(`${shell.cwd}/${file}`);
      if (typeof text === "string")
        names.push(
          ...text
            .split("\n")
            .map((l) => l.replace(/#.*/, "").trim())
            .filter((l) => l && !l.startsWith("-")),
        );
    } else if (!arg.startsWith("-")) names.push(arg);
  }
  if (names.length === 0) {
    io.err('ERROR: You must give at least one requirement to install (see "pip help install")\n');
    return 1;
  }
  let status = 0;
  for (const asked of names) {
    const name = asked.split(/[\s[<>=!~;@]/)[0]!;
    const here = find(name);
    if (here)
      io.out(
        `Requirement already satisfied: ${asked} (${here.name} ${here.version} is part of the playground)\n`,
      );
    else {
      status = 1;
      io.err(`ERROR: ${name} cannot be installed: the playground has no package index.\n`);
    }
  }
  if (status)
    io.err(
      `It has the standard library and ${PACKAGES.map((p) => `${p.name} ${p.version}`).join(", ")}.\n` +
        "Download the workspace to go on with other packages on your own computer.\n",
    );
  return status;
}

export function pip(io: Io, shell: ShellFace): number {
  const [command, ...args] = io.args;
  switch (command) {
    case undefined:
    case "help":
    case "-h":
    case "--help":
      io.out(
        "Usage: pip list | pip freeze | pip show NAME...\n\nNothing can be installed here: pip says what there is.\n",
      );
      return 0;
    case "-V":
    case "--version":
      io.out("pip 24.0 from /usr/local/lib/python3.11/site-packages/pip (python 3.11)\n");
      return 0;
    case "list": {
      const width = Math.max(...PACKAGES.map((p) => p.name.length));
      const wide = Math.max(...PACKAGES.map((p) => p.version.length), 7);
      io.out(`${"Package".padEnd(width)} Version\n${"-".repeat(width)} ${"-".repeat(wide)}\n`);
      for (const p of PACKAGES) io.out(`${p.name.padEnd(width)} ${p.version}\n`);
      return 0;
    }
    case "freeze":
      for (const p of PACKAGES) io.out(`${p.name}==${p.version}\n`);
      return 0;
    case "show": {
      let status = args.length === 0 ? 1 : 0;
      if (status) io.err("WARNING: ERROR: Please provide a package name or names.\n");
      args.forEach((name, i) => {
        const p = find(name);
        if (!p) {
          io.err(`WARNING: Package(s) not found: ${name}\n`);
          status = 1;
          return;
        }
        if (i > 0) io.out("---\n");
        io.out(`Name: ${p.name}\nVersion: ${p.version}\nSummary: ${p.about}\nRequires: ${p.requires}\n`);
      });
      return status;
    }
    case "install":
      return install(io, args, shell);
    case "uninstall":
      io.err("ERROR: what the playground has cannot be removed.\n");
      return 1;
    default:
      io.err(`ERROR: unknown command "${command}"\n`);
      return 1;
  }
}
