// python, pytest and alembic: programs that run in the interpreter.
// Behaviour: docs.python.org/3.11/using/cmdline.html.
import { runModuleAsMain, runNative, runScript, runSource, type Outcome } from "../../python/index.ts";
import { resolvePath } from "../../python/builtins/io/file-system.ts";
import type { Setting } from "../program.ts";
import type { CommandSpec, Io, ShellFace } from "./command.ts";
import { nearest } from "./nearest.ts";
import { pip } from "./pip.ts";

const VERSION = "Python 3.11.7";
const HELP = (name: string): string => `usage: ${name} [option] ... [-c cmd | -m mod | file | -] [arg] ...
Options that the playground has:
-c cmd : program passed in as string (terminates option list)
-h     : print this help message and exit (also -? or --help)
-m mod : run library module as a script (terminates option list)
-V     : print the Python version number and exit (also --version)
file   : program read from script file
-      : program read from stdin
arg ...: arguments passed to program in sys.argv[1:]
`;

/** Lines of a text one after the other, as a program's standard input. */
function lines(text: string): () => string | undefined {
  const all = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  let i = 0;
  return () => all[i++];
}

/** Run a program of the interpreter; its exit status. */
function program(
  io: Io,
  shell: ShellFace,
  name: string,
  setting: Pick<Setting, "argv" | "path">,
  run: () => Outcome,
): number {
  shell.outcome = shell.host.program(
    {
      ...setting,
      cwd: shell.cwd,
      environment: io.environment,
      write: (stream, text) => (stream === "stdout" ? io.out(text) : io.err(text)),
      ...(io.stdin === undefined ? {} : { stdin: lines(io.stdin) }),
    },
    run,
    name,
  );
  return shell.outcome.exit;
}

/** Where installed programs are: what sys.path begins with in them. */
const BIN = "/usr/local/bin";

export function alembic(io: Io, shell: ShellFace, asModule = false): number {
  const run = shell.host.native("alembic");
  if (!run) {
    io.err("alembic: this part of the playground could not be loaded: check the connection and try again\n");
    return 69;
  }
  // `python -m` puts the folder one is in on sys.path, the program alembic does not
  const setting = asModule
    ? { argv: ["/usr/local/lib/python3.11/site-packages/alembic/__main__.py", ...io.args], path: shell.cwd }
    : { argv: [`${BIN}/alembic`, ...io.args], path: BIN };
  let said = "";
  const hearing =
    (write: (text: string) => void) =>
    (text: string): void => {
      said = (said + text).slice(-2000);
      write(text);
    };
  const heard: Io = { ...io, out: hearing(io.out), err: hearing(io.err) };
  const status = program(heard, shell, "alembic", setting, () => runNative(() => run(io.args)));
  const hint = io.tty && status !== 0 ? hintFor(said) : undefined;
  if (hint !== undefined) io.err(`${hint}\n`);
  return status;
}

/** What helps with a mistake that the real program only names. */
function hintFor(said: string): string | undefined {
  const choice = /invalid choice: '([^']*)' \(choose from (.*)\)/.exec(said);
  if (choice) {
    const near = nearest(
      choice[1]!,
      [...choice[2]!.matchAll(/'([^']*)'/g)].map((m) => m[1]!),
    );
    return near === undefined ? undefined : `Did you mean 'alembic ${near}'?`;
  }
  if (/No 'script_location' key found in configuration/.test(said))
    return "There is no alembic.ini here with a [alembic] section: 'alembic init migrations' makes one, or go to its folder with cd.";
  if (/Can't locate revision identified by/.test(said))
    return "'alembic history' lists the revisions there are.";
  if (/Target database is not up to date/.test(said)) return "'alembic upgrade head' brings it up to date.";
  if (/Multiple head revisions are present/.test(said))
    return "'alembic heads' lists them, 'alembic merge heads' joins them.";
  return undefined;
}

function pytest(io: Io, shell: ShellFace): number {
  const args = shell.color && io.tty ? ["--color=yes", ...io.args] : io.args;
  return program(io, shell, "pytest", { argv: [`${BIN}/pytest`, ...args], path: BIN }, () =>
    runModuleAsMain("pytest", args),
  );
}

function module(io: Io, shell: ShellFace, name: string, args: readonly string[]): number {
  const inner: Io = { ...io, args };
  if (name === "alembic") return alembic(inner, shell, true);
  if (name === "pip") return pip({ ...inner, name: "pip" }, shell);
  if (name === "venv") {
    io.err("venv: the playground has one environment, and everything it has is in it.\n");
    return 1;
  }
  const given = name === "pytest" && shell.color && io.tty ? ["--color=yes", ...args] : args;
  return program(io, shell, name, { argv: ["-m", ...given], path: shell.cwd }, () =>
    runModuleAsMain(name, given),
  );
}

function python(io: Io, shell: ShellFace): number {
  const { name } = io;
  let i = 0;
  for (; i < io.args.length; i++) {
    const arg = io.args[i]!;
    if (!arg.startsWith("-") || arg === "-") break;
    if (arg === "-V" || arg === "--version" || arg === "-VV") {
      io.out(`${VERSION}\n`);
      return 0;
    }
    if (arg === "-h" || arg === "--help" || arg === "-?") {
      io.out(HELP(name));
      return 0;
    }
    const special = /^-[bBdEiIOPqsSuvx]*([cm])(.*)$/s.exec(arg);
    if (special) {
      const value = special[2] !== "" ? special[2] : io.args[++i];
      if (value === undefined) {
        io.err(`Argument expected for the -${special[1]} option\n${usage(name)}`);
        return 2;
      }
      const args = io.args.slice(i + 1);
      if (special[1] === "m") return module(io, shell, value, args);
      return program(io, shell, "-c", { argv: ["-c", ...args], path: "" }, () => runSource(`${value}\n`));
    }
    if (arg === "-W" || arg === "-X") {
      i++;
      continue;
    }
    if (!/^-[bBdEiIOPqsSuvxWX]/.test(arg)) {
      io.err(
        `${arg.startsWith("--") ? `unknown option ${arg}` : `Unknown option: -${arg[1]}`}\n${usage(name)}`,
      );
      return 2;
    }
  }
  const file = io.args[i];
  const args = io.args.slice(i + 1);
  if (file === undefined || file === "-") {
    if (io.stdin === undefined) {
      io.err(
        "This terminal has no interactive Python: use the console beside it, or python FILE, or python -c CODE.\n",
      );
      return 1;
    }
    const source = io.stdin;
    return program(io, shell, "<stdin>", { argv: [file ?? "", ...args], path: "" }, () =>
      runSource(source, "<stdin>"),
    );
  }
  return script(io, shell, file, args);
}

function usage(name: string): string {
  return `usage: ${name} [option] ... [-c cmd | -m mod | file | -] [arg] ...\nTry \`python -h' for more information.\n`;
}

function script(io: Io, shell: ShellFace, file: string, args: readonly string[]): number {
  let full = resolvePath(shell.cwd, file);
  const kind = file === "" ? undefined : shell.files.stat(full)?.kind;
  if (kind === undefined) {
    io.err(`${io.name}: can't open file '${full}': [Errno 2] No such file or directory\n`);
    return 2;
  }
  if (kind === "directory") {
    if (shell.files.stat(`${full}/__main__.py`)?.kind !== "file") {
      io.err(`${io.name}: can't find '__main__' module in '${full}'\n`);
      return 1;
    }
    full += "/__main__.py";
  }
  return program(io, shell, file, { argv: [file, ...args] }, () => runScript(full, args, file));
}

const pythonSpec: CommandSpec = {
  run: python,
  usage: "python [-c CODE | -m MODULE | FILE] [ARG]...",
  about: "Run a Python program.",
};

export const pythonCommands: readonly (readonly [string, CommandSpec])[] = [
  ["python", pythonSpec],
  ["python3", { ...pythonSpec, quiet: true }],
  [
    "alembic",
    {
      run: (io, shell) => alembic(io, shell),
      usage: "alembic COMMAND [OPTION]...",
      about: "Database migrations; alembic --help lists its commands.",
    },
  ],
  [
    "pytest",
    {
      run: pytest,
      usage: "pytest [-v] [-q] [-x] [-k EXPRESSION] [FILE]...",
      about: "Run the tests in test_*.py.",
    },
  ],
  [
    "pip",
    {
      run: pip,
      usage: "pip list | pip show NAME",
      about: "List what can be imported beside the standard library.",
    },
  ],
  ["pip3", { run: pip, usage: "pip list", about: "", quiet: true }],
];
