// head, tail, grep, wc, sort, uniq: what one asks of text.
// Behaviour and messages: GNU coreutils and grep.
import { errorText, FileError } from "../../python/builtins/io/file-system.ts";
import {
  attempt,
  colored,
  COLORS,
  type CommandSpec,
  type Io,
  optionsOf,
  type ShellFace,
  textOf,
} from "./command.ts";

const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** Each named file's text, or standard input's. */
function inputs(
  io: Io,
  shell: ShellFace,
  paths: readonly string[],
  use: (text: string, name: string) => void,
): boolean {
  let ok = true;
  if (paths.length === 0) {
    if (io.stdin === undefined) {
      io.err(`${io.name}: name a file: this terminal has no keyboard input for programs\n`);
      return false;
    }
    use(io.stdin, "(standard input)");
  }
  for (const path of paths) {
    if (path === "-") use(io.stdin ?? "", "(standard input)");
    else ok = attempt(io, path, () => use(textOf(shell.files, path), path)) && ok;
  }
  return ok;
}

/** head and tail: how many lines, and which. */
function ends(io: Io, shell: ShellFace, take: (all: string[], count: string) => string[]): number {
  // -5 is -n 5
  const args = io.args.map((a) => (/^-\d+$/.test(a) ? `-n${a.slice(1)}` : a));
  const o = optionsOf(
    { ...io, args },
    { flags: "qvf", values: "nc", long: { n: "lines", c: "bytes", q: "quiet" } },
  );
  if (!o) return 1;
  const count = o.value("n") ?? o.value("c") ?? "10";
  if (!/^[+-]?\d+$/.test(count)) {
    io.err(`${io.name}: invalid number of ${o.has("c") ? "bytes" : "lines"}: ‘${count}’\n`);
    return 1;
  }
  let first = true;
  const headers = (o.rest.length > 1 && !o.has("q")) || o.has("v");
  let ok = true;
  const show = (text: string, name: string): void => {
    if (headers) io.out(`${first ? "" : "\n"}==> ${name} <==\n`);
    first = false;
    io.out(take(o.has("c") ? [...text] : linesOf(text), count).join(""));
  };
  for (const path of o.rest.length > 0 ? o.rest : [undefined])
    if (path !== undefined && shell.files.stat(path) === undefined && path !== "-") {
      io.err(`${io.name}: cannot open '${path}' for reading: No such file or directory\n`);
      ok = false;
    } else if (path !== undefined && shell.files.stat(path)?.kind === "directory") {
      io.err(`${io.name}: error reading '${path}': Is a directory\n`);
      ok = false;
    } else ok = inputs(io, shell, path === undefined ? [] : [path], show) && ok;
  return ok ? 0 : 1;
}

const head = (io: Io, shell: ShellFace): number =>
  ends(io, shell, (all, n) =>
    n.startsWith("-") ? all.slice(0, Math.max(0, all.length + Number(n))) : all.slice(0, Number(n)),
  );

const tail = (io: Io, shell: ShellFace): number =>
  ends(io, shell, (all, n) => {
    if (n.startsWith("+")) return all.slice(Math.max(0, Number(n) - 1));
    const count = Math.abs(Number(n));
    return count === 0 ? [] : all.slice(-count);
  });

/** A basic regular expression as JavaScript's: there `\+ \? \| \( \) \{ \}` are the signs and the bare ones are text. */
function fromBasic(pattern: string): string {
  return pattern.replace(/\\([+?|(){}])|[+?|(){}]|\[[^\]]*\]|\\./g, (m, escaped?: string) =>
    escaped !== undefined ? escaped : m.length > 1 ? m : `\\${m}`,
  );
}

function pattern(text: string, extended: boolean, fixed: boolean): string {
  if (fixed) return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return (extended ? text : fromBasic(text)).replace(/\[\[:(\w+):\]\]/g, (m, name: string) => {
    const set = {
      alpha: "A-Za-z",
      digit: "0-9",
      alnum: "A-Za-z0-9",
      space: "\\s",
      upper: "A-Z",
      lower: "a-z",
    }[name];
    return set ? `[${set}]` : m;
  });
}

const GREP_USAGE = "Usage: grep [OPTION]... PATTERNS [FILE]...\n";

function grep(io: Io, shell: ShellFace): number {
  const o = optionsOf(
    io,
    {
      flags: "inrRvclEFHhowqsxG",
      values: "eABCm",
      long: {
        i: "ignore-case",
        n: "line-number",
        r: "recursive",
        v: "invert-match",
        c: "count",
        l: "files-with-matches",
        E: "extended-regexp",
        F: "fixed-strings",
        o: "only-matching",
        w: "word-regexp",
        q: "quiet",
        x: "line-regexp",
        e: "regexp",
        m: "max-count",
        A: "after-context",
        B: "before-context",
        C: "context",
      },
    },
    GREP_USAGE,
  );
  if (!o) return 2;
  const rest = [...o.rest];
  const wanted = o.value("e") ?? rest.shift();
  if (wanted === undefined) {
    io.err(`${GREP_USAGE}Try 'grep --help' for more information.\n`);
    return 2;
  }
  let source = pattern(wanted, o.has("E"), o.has("F"));
  if (o.has("w")) source = `(?<!\\w)(?:${source})(?!\\w)`;
  if (o.has("x")) source = `^(?:${source})$`;
  let regexp: RegExp;
  try {
    regexp = new RegExp(source, o.has("i") ? "gi" : "g");
  } catch {
    io.err("grep: Invalid regular expression\n");
    return 2;
  }
  const color = shell.color && io.tty;
  const recursive = o.has("r") || o.has("R");
  const names = o.has("H") || (!o.has("h") && (recursive || rest.length > 1));
  const around = (letter: string): number => Number(o.value(letter) ?? o.value("C") ?? 0) || 0;
  const [before, after] = [around("B"), around("A")];
  const most = Number(o.value("m") ?? Infinity);
  let any = false;
  let bad = false;
  const sep = (sign: string): string => colored(color, COLORS.separator, sign);
  const look = (text: string, name: string): void => {
    const lines = text.split("\n");
    if (lines.at(-1) === "") lines.pop();
    const hits = new Set<number>();
    lines.forEach((l, i) => {
      regexp.lastIndex = 0;
      if (regexp.test(l) !== o.has("v") && hits.size < most) hits.add(i);
    });
    if (hits.size > 0) any = true;
    if (o.has("q")) return;
    const title = names ? colored(color, COLORS.file, name) : "";
    if (o.has("c")) {
      io.out(`${title}${names ? sep(":") : ""}${hits.size}\n`);
      return;
    }
    if (o.has("l")) {
      if (hits.size > 0) io.out(`${colored(color, COLORS.file, name)}\n`);
      return;
    }
    if (/\0/.test(text)) {
      if (hits.size > 0) io.out(`grep: ${name}: binary file matches\n`);
      return;
    }
    let printed = -1;
    lines.forEach((l, i) => {
      const hit = hits.has(i);
      const near = (): boolean => {
        for (let k = i - after; k <= i + before; k++) if (hits.has(k)) return true;
        return false;
      };
      if (!hit && (before + after === 0 || !near())) return;
      if (printed >= 0 && i > printed + 1 && before + after > 0) io.out(`${sep("--")}\n`);
      printed = i;
      const sign = hit ? ":" : "-";
      const prefix =
        (names ? title + sep(sign) : "") +
        (o.has("n") ? colored(color, COLORS.line, String(i + 1)) + sep(sign) : "");
      if (o.has("o")) {
        if (!o.has("v"))
          for (const m of l.matchAll(regexp))
            if (m[0]) io.out(`${prefix}${colored(color, COLORS.match, m[0])}\n`);
        return;
      }
      const shown =
        hit && color && !o.has("v") ? l.replace(regexp, (m) => colored(true, COLORS.match, m)) : l;
      io.out(`${prefix}${shown}\n`);
    });
  };
  const visit = (path: string, asked: boolean): void => {
    const kind = shell.files.stat(path)?.kind;
    if (kind === "directory") {
      if (!recursive) {
        if (asked) io.err(`grep: ${path}: Is a directory\n`);
        return;
      }
      for (const n of shell.files.list(path)) visit(`${path.replace(/\/$/, "")}/${n}`, false);
    } else
      try {
        look(textOf(shell.files, path), path);
      } catch (e) {
        if (!(e instanceof FileError)) throw e;
        bad = true;
        if (!o.has("s")) io.err(`grep: ${path}: ${errorText(e.errno)}\n`);
      }
  };
  if (rest.length === 0 && !recursive) {
    if (io.stdin === undefined) {
      io.err("grep: name a file: this terminal has no keyboard input for programs\n");
      return 2;
    }
    look(io.stdin, "(standard input)");
  } else if (rest.length === 0) for (const n of shell.files.list(".").sort()) visit(n, false);
  else rest.forEach((p) => visit(p, true));
  return bad ? 2 : any ? 0 : 1;
}

function wc(io: Io, shell: ShellFace): number {
  const o = optionsOf(io, { flags: "lwcm", long: { l: "lines", w: "words", c: "bytes", m: "chars" } });
  if (!o) return 1;
  const chosen = [..."lwmc"].filter((f) => o.has(f));
  const letters = chosen.length > 0 ? chosen : [..."lwc"];
  const rows: { readonly counts: number[]; readonly name: string }[] = [];
  const ok = inputs(io, shell, o.rest, (text, name) => {
    const by: Readonly<Record<string, number>> = {
      l: text.split("\n").length - 1,
      w: text.split(/\s+/).filter(Boolean).length,
      m: [...text].length,
      c: new TextEncoder().encode(text).length,
    };
    rows.push({ counts: letters.map((l) => by[l]!), name: o.rest.length > 0 ? name : "" });
  });
  if (rows.length > 1)
    rows.push({ counts: letters.map((_, i) => rows.reduce((n, r) => n + r.counts[i]!, 0)), name: "total" });
  const width =
    rows.length === 1 && letters.length === 1
      ? 1
      : o.rest.length === 0
        ? 7
        : Math.max(...rows.flatMap((r) => r.counts.map((c) => String(c).length)), 1);
  for (const r of rows)
    io.out(`${r.counts.map((c) => String(c).padStart(width)).join(" ")}${r.name ? ` ${r.name}` : ""}\n`);
  return ok ? 0 : 1;
}

function sort(io: Io, shell: ShellFace): number {
  const o = optionsOf(io, { flags: "rnuf", long: { r: "reverse", n: "numeric-sort", u: "unique" } });
  if (!o) return 2;
  let lines: string[] = [];
  const ok = inputs(io, shell, o.rest, (text) =>
    lines.push(...linesOf(text).map((l) => l.replace(/\n$/, ""))),
  );
  const number = (l: string): number => Number.parseFloat(l) || 0;
  lines.sort((a, b) => (o.has("n") ? number(a) - number(b) : 0) || (a < b ? -1 : a > b ? 1 : 0));
  if (o.has("u")) lines = [...new Set(lines)];
  if (o.has("r")) lines.reverse();
  for (const l of lines) io.out(`${l}\n`);
  return ok ? 0 : 2;
}

export const textCommands: readonly (readonly [string, CommandSpec])[] = [
  [
    "head",
    {
      run: head,
      usage: "head [-n N] FILE...",
      about: "Print the first lines.",
      options: ["-n N  how many (10)"],
    },
  ],
  [
    "tail",
    {
      run: tail,
      usage: "tail [-n N] FILE...",
      about: "Print the last lines.",
      options: ["-n N  how many (10)"],
    },
  ],
  [
    "grep",
    {
      run: grep,
      usage: "grep [OPTION]... PATTERN [FILE]...",
      about: "Print lines that match.",
      options: [
        "-i  upper and lower case alike",
        "-n  with line numbers",
        "-r  folders with all in them",
        "-v  lines that do not match",
        "-c  how many",
        "-l  only the files' names",
        "-E  extended regular expressions",
        "-F  plain text",
      ],
    },
  ],
  ["wc", { run: wc, usage: "wc [-lwc] FILE...", about: "Count lines, words, bytes.", options: [] }],
  ["sort", { run: sort, usage: "sort [-rnu] FILE...", about: "Sort lines.", options: [], quiet: true }],
];
