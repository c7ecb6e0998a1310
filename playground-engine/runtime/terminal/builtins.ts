// Commands of the shell itself: where one is, variables, history, help.
// Behaviour: bash's builtins (gnu.org/software/bash/manual, "Shell Builtin Commands").
import { resolvePath } from "../../python/builtins/io/file-system.ts";
import { ROOT } from "../workspace.ts";
import type { CommandSpec, Io, ShellFace } from "./command.ts";

function cd(io: Io, shell: ShellFace): number {
  if (io.args.length > 1) {
    io.err("bash: cd: too many arguments\n");
    return 1;
  }
  const asked = io.args[0] ?? ROOT;
  const back = asked === "-";
  const to = back ? shell.variables.get("OLDPWD") : resolvePath(shell.cwd, asked);
  if (to === undefined) {
    io.err("bash: cd: OLDPWD not set\n");
    return 1;
  }
  const kind = shell.files.stat(to)?.kind;
  if (kind !== "directory") {
    io.err(`bash: cd: ${asked}: ${kind === "file" ? "Not a directory" : "No such file or directory"}\n`);
    return 1;
  }
  shell.variables.set("OLDPWD", shell.cwd);
  shell.cwd = to;
  if (back) io.out(`${to}\n`);
  return 0;
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  a: "\x07",
  b: "\b",
  e: "\x1b",
  f: "\f",
  v: "\v",
  "\\": "\\",
};

function echo(io: Io): number {
  const args = [...io.args];
  let newline = true;
  let escapes = false;
  while (/^-[neE]+$/.test(args[0] ?? "")) {
    const letters = args.shift()!.slice(1);
    if (letters.includes("n")) newline = false;
    for (const l of letters) if (l !== "n") escapes = l === "e";
  }
  let text = args.join(" ");
  if (escapes) text = text.replace(/\\([nrtabefv\\])/g, (_, c: string) => ESCAPES[c]!);
  io.out(newline ? `${text}\n` : text);
  return 0;
}

const NAME = /^[A-Za-z_]\w*$/;

function exportVariables(io: Io, shell: ShellFace): number {
  const names = io.args.filter((a) => a !== "-p");
  if (names.length === 0) {
    for (const [k, v] of [...shell.exported].sort())
      io.out(`declare -x ${k}="${v.replace(/["\\$`]/g, "\\$&")}"\n`);
    return 0;
  }
  let status = 0;
  for (const arg of names) {
    const [, name = arg, value] = /^([^=]*)=([^]*)$/.exec(arg) ?? [];
    if (!NAME.test(name)) {
      io.err(`bash: export: \`${arg}': not a valid identifier\n`);
      status = 1;
      continue;
    }
    shell.exported.set(name, value ?? shell.variables.get(name) ?? shell.exported.get(name) ?? "");
    shell.variables.delete(name);
  }
  return status;
}

function unset(io: Io, shell: ShellFace): number {
  for (const name of io.args) {
    shell.exported.delete(name);
    shell.variables.delete(name);
  }
  return 0;
}

function env(io: Io, shell: ShellFace): number {
  const environment = new Map(io.environment);
  let i = 0;
  for (; i < io.args.length; i++) {
    const m = /^([^=]+)=([^]*)$/.exec(io.args[i]!);
    if (!m) break;
    environment.set(m[1]!, m[2]!);
  }
  if (i < io.args.length) {
    if (io.args[i]!.startsWith("-")) {
      io.err(`env: invalid option -- '${io.args[i]!.slice(1, 2)}'\n`);
      return 125;
    }
    if (!shell.commandNames().includes(io.args[i]!)) {
      io.err(`env: '${io.args[i]}': No such file or directory\n`);
      return 127;
    }
    return shell.call({ ...io, name: io.args[i]!, args: io.args.slice(i + 1), environment });
  }
  for (const [k, v] of environment) io.out(`${k}=${v}\n`);
  return 0;
}

function history(io: Io, shell: ShellFace): number {
  const count = io.args[0] === undefined ? Infinity : Number(io.args[0]);
  if (Number.isNaN(count)) {
    io.err(`bash: history: ${io.args[0]}: numeric argument required\n`);
    return 1;
  }
  shell.history.forEach((line, i) => {
    if (i >= shell.history.length - count) io.out(`${String(i + 1).padStart(5)}  ${line}\n`);
  });
  return 0;
}

function which(io: Io, shell: ShellFace): number {
  let status = 0;
  for (const name of io.args) {
    if (!shell.commandNames().includes(name)) status = 1;
    else io.out(`/usr/${/^(alembic|pytest|pip)/.test(name) ? "local/" : ""}bin/${name}\n`);
  }
  return io.args.length === 0 ? 1 : status;
}

export const builtins: readonly (readonly [string, CommandSpec])[] = [
  ["cd", { run: cd, usage: "cd [FOLDER]", about: "Go to a folder; without one, to the workspace." }],
  [
    "pwd",
    {
      run: (io, shell) => {
        io.out(`${shell.cwd}\n`);
        return 0;
      },
      usage: "pwd",
      about: "Print where you are.",
    },
  ],
  [
    "echo",
    { run: echo, usage: "echo [-ne] [TEXT]...", about: "Print a text; `echo TEXT > FILE` writes it." },
  ],
  [
    "export",
    { run: exportVariables, usage: "export NAME=VALUE", about: "Set a variable that programs see." },
  ],
  ["unset", { run: unset, usage: "unset NAME", about: "Forget a variable." }],
  [
    "env",
    { run: env, usage: "env [NAME=VALUE]... [COMMAND]", about: "List the variables that programs see." },
  ],
  ["history", { run: history, usage: "history [N]", about: "List earlier lines." }],
  ["which", { run: which, usage: "which COMMAND", about: "Say where a command is." }],
  [
    "clear",
    {
      run: (io, shell) => {
        shell.clearScreen();
        if (shell.color) io.out("\x1b[H\x1b[2J\x1b[3J");
        return 0;
      },
      usage: "clear",
      about: "Clear the screen.",
    },
  ],
  ["true", { run: () => 0, usage: "true", about: "Do nothing, successfully.", quiet: true }],
  [":", { run: () => 0, usage: ":", about: "Do nothing.", quiet: true }],
  ["false", { run: () => 1, usage: "false", about: "Do nothing, unsuccessfully.", quiet: true }],
  [
    "exit",
    {
      run: (io) => {
        io.err("This terminal stays open: it closes with its page.\n");
        return 0;
      },
      usage: "exit",
      about: "Leave (this terminal stays open).",
      quiet: true,
    },
  ],
];

/** Programs that people type by habit: where the playground has that. */
export const elsewhere: ReadonlyMap<string, string> = new Map([
  ...["vi", "vim", "nano", "emacs", "code", "edit"].map(
    (n) => [n, "Files are edited beside the terminal: open the file in the editor."] as const,
  ),
  ...["less", "more"].map((n) => [n, "Use cat, head or tail."] as const),
  ...["git", "docker", "npm", "node", "curl", "wget", "sudo", "apt", "apt-get", "make", "ssh"].map(
    (n) => [n, "This terminal runs in your browser and has no such program."] as const,
  ),
  ...["psql", "mysql", "mariadb", "sqlcmd", "sqlplus"].map(
    (n) => [n, "The databases of the playground are SQLite: try sqlite3 FILE .tables"] as const,
  ),
  ...["ipython", "bpython", "jupyter"].map((n) => [n, "Use the console of the page."] as const),
]);
