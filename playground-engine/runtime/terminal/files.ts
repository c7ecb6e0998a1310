// ls, cat, mkdir, rmdir, cp, mv, rm, touch: files and folders of the workspace, databases among them.
// Behaviour and messages: GNU coreutils (gnu.org/software/coreutils/manual).
import { ERRNO, errorText, FileError, resolvePath } from "../../python/builtins/io/file-system.ts";
import { ROOT } from "../workspace.ts";
import {
  attempt,
  bytesOf,
  colored,
  COLORS,
  type CommandSpec,
  type Io,
  optionsOf,
  type ShellFace,
  textOf,
  writeBytes,
} from "./command.ts";

const quote = (path: string): string =>
  /[^\w@%+=:,./-]/.test(path) ? `'${path.replaceAll("'", "'\\''")}'` : path;
const nameOf = (path: string): string => path.replace(/\/+$/, "").split("/").pop() ?? path;

// ---- ls

interface Entry {
  readonly name: string;
  readonly path: string;
}

function longDate(seconds: number): string {
  const d = new Date(seconds * 1000);
  const month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][
    d.getMonth()
  ]!;
  const two = (n: number): string => String(n).padStart(2, "0");
  const old = Math.abs(Date.now() / 1000 - seconds) > 15778476;
  return `${month} ${String(d.getDate()).padStart(2)} ${old ? ` ${d.getFullYear()}` : `${two(d.getHours())}:${two(d.getMinutes())}`}`;
}

function humanSize(n: number): string {
  let value = n;
  for (const unit of ["", "K", "M", "G"]) {
    if (value < 1024 || unit === "G")
      return unit && value < 10
        ? `${(Math.ceil(value * 10) / 10).toFixed(1)}${unit}`
        : `${Math.ceil(value)}${unit}`;
    value /= 1024;
  }
  return String(n);
}

/** Names in columns, top to bottom and left to right, as many columns as fit. */
export function inColumns(names: readonly string[], width: number, lengths: readonly number[]): string {
  if (names.length === 0) return "";
  for (let columns = Math.min(names.length, Math.floor(width / 3) || 1); columns >= 1; columns--) {
    const rows = Math.ceil(names.length / columns);
    if (Math.ceil(names.length / rows) !== columns && columns > 1) continue;
    const widths = Array.from({ length: columns }, (_, c) =>
      Math.max(...lengths.slice(c * rows, (c + 1) * rows)),
    );
    const total = widths.reduce((a, b) => a + b, 0) + 2 * (columns - 1);
    if (total > width - 1 && columns > 1) continue;
    let out = "";
    for (let r = 0; r < rows; r++) {
      let line = "";
      for (let c = 0; c < columns; c++) {
        const i = c * rows + r;
        if (i >= names.length) break;
        const more = (c + 1) * rows + r < names.length;
        line += names[i]! + (more ? " ".repeat(widths[c]! - lengths[i]! + 2) : "");
      }
      out += `${line}\n`;
    }
    return out;
  }
  return "";
}

function ls(io: Io, shell: ShellFace): number {
  const o = optionsOf(io, {
    flags: "aAl1RhdrtSFp",
    long: {
      a: "all",
      A: "almost-all",
      R: "recursive",
      h: "human-readable",
      d: "directory",
      r: "reverse",
      F: "classify",
    },
  });
  if (!o) return 2;
  const { files } = shell;
  const color = shell.color && io.tty;
  const isFolder = (path: string): boolean => files.stat(path)?.kind === "directory";
  const sorted = (entries: Entry[]): Entry[] => {
    const stat = (e: Entry): { mtime: number; size: number } => files.stat(e.path) ?? { mtime: 0, size: 0 };
    entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    if (o.has("t")) entries.sort((a, b) => stat(b).mtime - stat(a).mtime);
    if (o.has("S")) entries.sort((a, b) => stat(b).size - stat(a).size);
    return o.has("r") ? entries.reverse() : entries;
  };
  const shown = (e: Entry): string => {
    const folder = isFolder(e.path);
    const mark = folder && (o.has("F") || o.has("p")) ? "/" : "";
    const name = io.tty ? quote(e.name) : e.name;
    return (folder ? colored(color, COLORS.folder, name) : name) + mark;
  };
  const width = (e: Entry): number =>
    (io.tty ? quote(e.name) : e.name).length + (isFolder(e.path) && (o.has("F") || o.has("p")) ? 1 : 0);
  const print = (entries: Entry[], total: boolean): void => {
    const list = sorted(entries);
    if (o.has("l")) {
      const rows = list.map((e) => {
        const s = files.stat(e.path)!;
        const folder = s.kind === "directory";
        const bits = [6, 3, 0].map((shift) => {
          const b = s.mode >> shift;
          return (b & 4 ? "r" : "-") + (b & 2 ? "w" : "-") + (b & 1 ? "x" : "-");
        });
        return {
          mode: (folder ? "d" : "-") + bits.join(""),
          links: folder ? "2" : "1",
          size: o.has("h") ? humanSize(s.size) : String(s.size),
          blocks: folder ? 4 : Math.ceil(s.size / 4096) * 4,
          date: longDate(s.mtime),
          name: shown(e),
        };
      });
      if (total) {
        const blocks = rows.reduce((n, r) => n + r.blocks, 0);
        io.out(`total ${o.has("h") ? humanSize(blocks * 1024) : blocks}\n`);
      }
      const wide = Math.max(...rows.map((r) => r.size.length), 0);
      for (const r of rows)
        io.out(`${r.mode} ${r.links} learner learner ${r.size.padStart(wide)} ${r.date} ${r.name}\n`);
    } else if (o.has("1") || !io.tty) for (const e of list) io.out(`${shown(e)}\n`);
    else io.out(inColumns(list.map(shown), shell.columns, list.map(width)));
  };
  const entriesOf = (dir: string): Entry[] => {
    const names = files.list(dir).filter((n) => o.has("a") || o.has("A") || !n.startsWith("."));
    const dots = o.has("a") ? [".", ".."] : [];
    return [...dots, ...names].map((name) => ({ name, path: `${dir.replace(/\/$/, "")}/${name}` }));
  };
  let status = 0;
  const given = o.rest.length > 0 ? o.rest : ["."];
  const plain: Entry[] = [];
  const folders: string[] = [];
  for (const path of given) {
    const s = files.stat(path || "/dev/null/none");
    if (!s) {
      io.err(`ls: cannot access '${path}': No such file or directory\n`);
      status = 2;
    } else if (s.kind === "directory" && !o.has("d")) folders.push(path);
    else plain.push({ name: path, path });
  }
  if (plain.length > 0) print(plain, false);
  const several = given.length > 1 || o.has("R");
  let first = plain.length === 0;
  const walk = (dir: string): void => {
    if (!first) io.out("\n");
    first = false;
    if (several) io.out(`${io.tty ? quote(dir) : dir}:\n`);
    print(entriesOf(dir), true);
    if (!o.has("R")) return;
    for (const e of sorted(entriesOf(dir)))
      if (e.name !== "." && e.name !== ".." && isFolder(e.path)) walk(e.path);
  };
  folders.sort().forEach(walk);
  return status;
}

// ---- cat, touch, mkdir, rmdir

function cat(io: Io, shell: ShellFace): number {
  const o = optionsOf(io, { flags: "nsA", long: { n: "number" } });
  if (!o) return 1;
  let ok = true;
  let line = 0;
  const show = (text: string): void => {
    if (!o.has("n")) {
      io.out(text);
      return;
    }
    io.out(text.replace(/[^\n]*\n|[^\n]+$/g, (l) => `${String(++line).padStart(6)}\t${l}`));
  };
  if (o.rest.length === 0) {
    if (io.stdin === undefined) {
      io.err("cat: name a file: this terminal has no keyboard input for programs\n");
      return 1;
    }
    show(io.stdin);
  }
  for (const path of o.rest) {
    if (path === "-") show(io.stdin ?? "");
    else if (shell.files.stat(path)?.kind === "file" && shell.files.isDatabaseFile(path)) {
      io.err(`cat: ${path}: is a SQLite database: try sqlite3 ${path} .dump\n`);
      ok = false;
    } else ok = attempt(io, path, () => show(textOf(shell.files, path))) && ok;
  }
  return ok ? 0 : 1;
}

function touch(io: Io, shell: ShellFace): number {
  const o = optionsOf(io, { flags: "acm", values: "td" });
  if (!o) return 1;
  if (o.rest.length === 0) {
    io.err("touch: missing file operand\nTry 'touch --help' for more information.\n");
    return 1;
  }
  let status = 0;
  for (const path of o.rest)
    try {
      if (shell.files.stat(path)) shell.files.setTimes(path, Date.now() / 1000);
      else if (!o.has("c")) shell.files.open(path, true);
    } catch (e) {
      if (!(e instanceof FileError)) throw e;
      io.err(`touch: cannot touch '${path}': ${errorText(e.errno)}\n`);
      status = 1;
    }
  return status;
}

function mkdir(io: Io, shell: ShellFace): number {
  const o = optionsOf(io, { flags: "pv", values: "m", long: { p: "parents", v: "verbose", m: "mode" } });
  if (!o) return 1;
  if (o.rest.length === 0) {
    io.err("mkdir: missing operand\nTry 'mkdir --help' for more information.\n");
    return 1;
  }
  let status = 0;
  const make = (path: string): void => {
    shell.files.mkdir(path);
    if (o.has("v")) io.out(`mkdir: created directory '${path}'\n`);
  };
  for (const path of o.rest)
    try {
      if (path === "") throw new FileError(ERRNO.ENOENT);
      if (!o.has("p")) {
        make(path);
        continue;
      }
      let at = path.startsWith("/") ? "/" : "";
      for (const part of path.split("/").filter(Boolean)) {
        at += part;
        const kind = shell.files.stat(at)?.kind;
        if (kind === "file") throw new FileError(at === path ? ERRNO.EEXIST : ERRNO.ENOTDIR);
        if (kind === undefined) make(at);
        at += "/";
      }
    } catch (e) {
      if (!(e instanceof FileError)) throw e;
      io.err(`mkdir: cannot create directory ‘${path}’: ${errorText(e.errno)}\n`);
      status = 1;
    }
  return status;
}

/** Folders that the shell cannot do without. */
function isKept(path: string, shell: ShellFace): boolean {
  const full = resolvePath(shell.cwd, path);
  return full === "/" || full === ROOT || full === "/tmp";
}

function rmdir(io: Io, shell: ShellFace): number {
  const o = optionsOf(io, { flags: "v" });
  if (!o) return 1;
  if (o.rest.length === 0) {
    io.err("rmdir: missing operand\nTry 'rmdir --help' for more information.\n");
    return 1;
  }
  let status = 0;
  for (const path of o.rest)
    try {
      if (isKept(path, shell)) throw new FileError(ERRNO.EPERM);
      shell.files.rmdir(path);
    } catch (e) {
      if (!(e instanceof FileError)) throw e;
      io.err(`rmdir: failed to remove '${path}': ${errorText(e.errno)}\n`);
      status = 1;
    }
  return status;
}

// ---- rm, cp, mv

function removeTree(shell: ShellFace, path: string): void {
  for (const name of shell.files.list(path)) {
    const at = `${path}/${name}`;
    if (shell.files.stat(at)?.kind === "directory") removeTree(shell, at);
    else shell.files.unlink(at);
  }
  shell.files.rmdir(path);
}

function rm(io: Io, shell: ShellFace): number {
  const o = optionsOf(io, { flags: "rRfvdi", long: { r: "recursive", f: "force", v: "verbose", d: "dir" } });
  if (!o) return 1;
  if (o.rest.length === 0) {
    if (o.has("f")) return 0;
    io.err("rm: missing operand\nTry 'rm --help' for more information.\n");
    return 1;
  }
  let status = 0;
  for (const path of o.rest) {
    const kind = path === "" ? undefined : shell.files.stat(path)?.kind;
    const fail = (text: string): void => {
      io.err(`rm: cannot remove '${path}': ${text}\n`);
      status = 1;
    };
    if (/(^|\/)\.\.?\/*$/.test(path)) {
      io.err(`rm: refusing to remove '.' or '..' directory: skipping '${path}'\n`);
      status = 1;
    } else if (kind === undefined) {
      if (!o.has("f")) fail("No such file or directory");
    } else if (kind === "directory" && !o.has("r") && !o.has("R") && !o.has("d")) fail("Is a directory");
    else if (kind === "directory" && isKept(path, shell)) fail("Operation not permitted");
    else
      try {
        if (kind === "file") shell.files.unlink(path);
        else if (o.has("r") || o.has("R")) removeTree(shell, path.replace(/\/+$/, ""));
        else shell.files.rmdir(path);
        if (o.has("v")) io.out(`removed ${kind === "directory" ? "directory " : ""}'${path}'\n`);
      } catch (e) {
        if (!(e instanceof FileError)) throw e;
        fail(errorText(e.errno));
      }
  }
  return status;
}

/** Sources and where each goes; undefined where the arguments are wrong, which is told. */
function targets(
  io: Io,
  shell: ShellFace,
  rest: readonly string[],
): (readonly [string, string])[] | undefined {
  const name = io.name;
  if (rest.length === 0) {
    io.err(`${name}: missing file operand\nTry '${name} --help' for more information.\n`);
    return undefined;
  }
  if (rest.length === 1) {
    io.err(
      `${name}: missing destination file operand after '${rest[0]}'\nTry '${name} --help' for more information.\n`,
    );
    return undefined;
  }
  const to = rest.at(-1)!;
  const sources = rest.slice(0, -1);
  const folder = shell.files.stat(to)?.kind === "directory";
  if (!folder && sources.length > 1) {
    io.err(
      `${name}: target '${to}': ${shell.files.stat(to) ? "Not a directory" : "No such file or directory"}\n`,
    );
    return undefined;
  }
  return sources.map((s) => [s, folder ? `${to.replace(/\/+$/, "")}/${nameOf(s)}` : to] as const);
}

function copyTree(shell: ShellFace, from: string, to: string): void {
  if (shell.files.stat(from)?.kind === "file") {
    writeBytes(shell.files, to, bytesOf(shell.files, from));
    return;
  }
  if (!shell.files.stat(to)) shell.files.mkdir(to);
  for (const name of shell.files.list(from)) copyTree(shell, `${from}/${name}`, `${to}/${name}`);
}

function cp(io: Io, shell: ShellFace): number {
  const o = optionsOf(io, {
    flags: "rRafvpn",
    long: { r: "recursive", a: "archive", f: "force", v: "verbose", n: "no-clobber" },
  });
  if (!o) return 1;
  const pairs = targets(io, shell, o.rest);
  if (!pairs) return 1;
  let status = 0;
  const deep = o.has("r") || o.has("R") || o.has("a");
  for (const [from, to] of pairs) {
    const kind = from === "" ? undefined : shell.files.stat(from)?.kind;
    const full = resolvePath(shell.cwd, from);
    const fullTo = resolvePath(shell.cwd, to);
    let problem: string | undefined;
    if (kind === undefined) problem = `cannot stat '${from}': No such file or directory`;
    else if (kind === "directory" && !deep) problem = `-r not specified; omitting directory '${from}'`;
    else if (full === fullTo) problem = `'${from}' and '${to}' are the same file`;
    else if (fullTo.startsWith(`${full}/`))
      problem = `cannot copy a directory, '${from}', into itself, '${to}'`;
    else if (kind === "directory" && shell.files.stat(to)?.kind === "file")
      problem = `cannot overwrite non-directory '${to}' with directory '${from}'`;
    else if (o.has("n") && shell.files.stat(to)?.kind === "file") continue;
    else
      try {
        copyTree(shell, from.replace(/\/+$/, ""), to);
        if (o.has("v")) io.out(`'${from}' -> '${to}'\n`);
      } catch (e) {
        if (!(e instanceof FileError)) throw e;
        problem = `cannot create ${kind === "directory" ? "directory" : "regular file"} '${to}': ${errorText(e.errno)}`;
      }
    if (problem === undefined) continue;
    io.err(`cp: ${problem}\n`);
    status = 1;
  }
  return status;
}

function mv(io: Io, shell: ShellFace): number {
  const o = optionsOf(io, { flags: "fvni", long: { f: "force", v: "verbose", n: "no-clobber" } });
  if (!o) return 1;
  const pairs = targets(io, shell, o.rest);
  if (!pairs) return 1;
  let status = 0;
  for (const [from, to] of pairs) {
    const kind = from === "" ? undefined : shell.files.stat(from)?.kind;
    const full = resolvePath(shell.cwd, from);
    const fullTo = resolvePath(shell.cwd, to);
    let problem: string | undefined;
    if (kind === undefined) problem = `cannot stat '${from}': No such file or directory`;
    else if (isKept(from, shell) || shell.cwd === full || shell.cwd.startsWith(`${full}/`))
      problem = `cannot move '${from}' to '${to}': Device or resource busy`;
    else if (full === fullTo) problem = `'${from}' and '${to}' are the same file`;
    else if (fullTo.startsWith(`${full}/`))
      problem = `cannot move '${from}' to a subdirectory of itself, '${to}'`;
    else if (o.has("n") && shell.files.stat(to)?.kind === "file") continue;
    else
      try {
        shell.files.rename(full, fullTo);
        if (o.has("v")) io.out(`renamed '${from}' -> '${to}'\n`);
      } catch (e) {
        if (!(e instanceof FileError)) throw e;
        problem = `cannot move '${from}' to '${to}': ${errorText(e.errno)}`;
      }
    if (problem === undefined) continue;
    io.err(`mv: ${problem}\n`);
    status = 1;
  }
  return status;
}

export const fileCommands: readonly (readonly [string, CommandSpec])[] = [
  [
    "ls",
    {
      run: ls,
      usage: "ls [OPTION]... [FILE]...",
      about: "List files.",
      options: [
        "-a  also hidden ones",
        "-l  with size and date",
        "-1  one a line",
        "-R  folders within",
        "-t  newest first",
      ],
    },
  ],
  ["cat", { run: cat, usage: "cat [-n] FILE...", about: "Print files.", options: ["-n  number the lines"] }],
  [
    "mkdir",
    { run: mkdir, usage: "mkdir [-p] FOLDER...", about: "Make folders.", options: ["-p  those above, too"] },
  ],
  [
    "rmdir",
    { run: rmdir, usage: "rmdir FOLDER...", about: "Remove empty folders.", options: [], quiet: true },
  ],
  [
    "cp",
    { run: cp, usage: "cp [-r] FROM... TO", about: "Copy files.", options: ["-r  folders with all in them"] },
  ],
  ["mv", { run: mv, usage: "mv FROM... TO", about: "Move or rename files.", options: [] }],
  [
    "rm",
    {
      run: rm,
      usage: "rm [-rf] FILE...",
      about: "Remove files.",
      options: ["-r  folders with all in them", "-f  say nothing of those that are not there"],
    },
  ],
  ["touch", { run: touch, usage: "touch FILE...", about: "Make empty files.", options: [] }],
];
