// The question "complete": what could stand at the cursor of a line of the terminal.
//
// Nothing is run: commands and options are the terminal's own, files the workspace's, revisions are read from their files'
// text, tables from the databases.
import { resolvePath } from "../../python/builtins/io/file-system.ts";
import type { Engine } from "../program.ts";
import type { Completion, Question } from "../protocol.ts";
import { commands, offered } from "../terminal/commands.ts";
import { lex, literal, quoted, ShellSyntaxError, type Token, type Word } from "../terminal/words.ts";
import { ROOT, type Workspace } from "../workspace.ts";
import { withDatabase } from "./database.ts";
import { revisionGraph } from "./revisions.ts";

type Candidate = Completion["candidates"][number];
type Kind = Candidate["kind"];

const DOT_COMMANDS = [
  ".tables",
  ".schema",
  ".dump",
  ".headers on",
  ".mode box",
  ".indexes",
  ".databases",
  ".read",
  ".help",
];
const MODULES = ["alembic", "doctest", "pip", "pytest", "unittest"];
const PIP = ["list", "show", "freeze", "install"];
const TEMPLATES = ["generic", "async", "multidb", "pyproject", "pyproject_async"];
/** Alembic's options that are followed by a revision. */
const REVISION_OPTIONS = new Set(["--head", "--depends-on", "-r", "--rev-range"]);

interface Place {
  readonly engine: Engine;
  readonly files: Workspace;
  readonly cwd: string;
  /** Words of the command before the cursor's. */
  readonly words: readonly string[];
  /** What stands of the word at the cursor. */
  readonly typed: string;
  /** The cursor is in an open quote. */
  readonly open: boolean;
}

function candidate(text: string, kind: Kind, detail: string | null = null, done = true): Candidate {
  return { text, label: text, kind, detail, done };
}

const isOption = (text: string): boolean => text.startsWith("-");

// ---- files

/** Files and folders that begin as typed; `wanted` says which files. */
function filesOf({ files, cwd, typed }: Place, wanted: (path: string) => boolean = () => true): Candidate[] {
  const slash = typed.lastIndexOf("/");
  const folder = typed.slice(0, slash + 1);
  const start = typed.slice(slash + 1);
  const at = resolvePath(cwd, folder.replace(/^~\//, `${ROOT}/`) || ".");
  if (files.stat(at)?.kind !== "directory") return [];
  return files
    .list(at)
    .filter(
      (n) => n.startsWith(start) && (start.startsWith(".") || !n.startsWith(".")) && n !== "__pycache__",
    )
    .sort()
    .flatMap((name): Candidate[] => {
      const full = `${at}/${name}`;
      const text = folder + name;
      if (files.stat(full)?.kind === "directory")
        return [{ text: `${quoted(text)}/`, label: `${name}/`, kind: "folder", detail: null, done: false }];
      return wanted(full)
        ? [{ text: quoted(text), label: name, kind: "file", detail: null, done: true }]
        : [];
    });
}

const folders = (p: Place): Candidate[] => filesOf(p, () => false);

// ---- alembic

function configPath({ words, cwd }: Place): string {
  const i = words.findIndex((w) => w === "-c" || w === "--config");
  return resolvePath(cwd, i >= 0 ? (words[i + 1] ?? "alembic.ini") : "alembic.ini");
}

function revisions(place: Place): Candidate[] {
  const graph = revisionGraph(place.files, configPath(place));
  const known = "error" in graph ? [] : graph.revisions;
  const labels = new Set(known.flatMap((r) => r.labels));
  // a range is completed at its end
  const colon = place.typed.lastIndexOf(":");
  const before = place.typed.slice(0, colon + 1);
  const all = [
    ...known.map((r) => candidate(r.id, "revision", r.message || null)),
    ...[...labels].sort().map((l) => candidate(`${l}@head`, "revision", "head of the branch")),
    candidate("head", "revision", "the newest revision"),
    candidate("heads", "revision", "every head"),
    candidate("base", "revision", "before the first revision"),
    candidate("+1", "revision", "one revision up"),
    candidate("-1", "revision", "one revision down"),
  ];
  return all.map((c) => ({ ...c, text: before + c.text }));
}

async function alembic(place: Place): Promise<Candidate[]> {
  const { commandWords } = await import("../../migrations/cli.ts");
  const all = commandWords();
  const general: readonly (readonly [string, string])[] = [
    ["-c", "another config file"],
    ["-n", "another section of the config file"],
    ["-x", "an argument for env.py"],
    ["--help", ""],
    ["--raiseerr", ""],
    ["--version", ""],
  ];
  const valued = new Set(["-c", "--config", "-n", "--name", "-x"]);
  let command: (typeof all)[number] | undefined;
  const words = place.words.slice(1);
  for (let i = 0; i < words.length && !command; i++)
    if (valued.has(words[i]!)) i++;
    else if (!isOption(words[i]!)) command = all.find((c) => c.name === words[i]);
  const last = words.at(-1) ?? "";
  if (last === "-c" || last === "--config") return filesOf(place, (f) => /\.(ini|toml)$/.test(f));
  if (last === "-n" || last === "--name" || last === "-x") return [];
  if (!command) {
    return isOption(place.typed)
      ? general.map(([o, help]) => candidate(o, "option", help || null))
      : all.map((c) => candidate(c.name, "subcommand", c.help));
  }
  const option = command.options.find((o) => o.flags.includes(last));
  if (option?.takesValue) {
    if (option.flags.some((f) => REVISION_OPTIONS.has(f))) return revisions(place);
    if (option.flags.includes("--template")) return TEMPLATES.map((t) => candidate(t, "subcommand"));
    return option.flags.includes("--version-path") ? folders(place) : [];
  }
  if (isOption(place.typed) && place.typed !== "-1")
    return [
      ...command.options.flatMap((o) => o.flags.map((f) => candidate(f, "option", o.help || null))),
      candidate("--help", "option"),
    ];
  if (command.positional.some((p) => /^rev/.test(p))) return revisions(place);
  return command.positional.includes("directory") ? folders(place) : [];
}

// ---- the others

function python(place: Place): Candidate[] {
  const last = place.words.at(-1);
  if (last === "-m")
    return [
      ...MODULES.map((m) => candidate(m, "module")),
      ...filesOf(place, (f) => f.endsWith(".py"))
        .filter((c) => c.kind === "file" && !c.label.startsWith("__"))
        .map((c) => candidate(c.label.replace(/\.py$/, ""), "module")),
    ];
  if (last === "-c") return [];
  if (isOption(place.typed)) return ["-c", "-m", "-V", "--help"].map((o) => candidate(o, "option"));
  const programs = filesOf(place, (f) => f.endsWith(".py"));
  return place.words.length > 1 ? filesOf(place) : programs;
}

function sqlite3(place: Place): Candidate[] {
  const given = place.words.slice(1).filter((w) => !isOption(w));
  if (isOption(place.typed))
    return ["-box", "-column", "-csv", "-header", "-json", "-line", "-markdown", "-table"].map((o) =>
      candidate(o, "option"),
    );
  if (given.length === 0)
    return filesOf(place, (f) => place.files.isDatabaseFile(f) || /\.(db|sqlite3?)$/.test(f));
  if (!place.open && /^\.?\w*$/.test(place.typed) && !place.typed.includes(" "))
    return DOT_COMMANDS.map((d) => ({ ...candidate(d, "subcommand"), text: quoted(d) }));
  // in a statement: names of tables for the last word
  const head = place.typed.replace(/\w*$/, "");
  const tables = withDatabase(place.engine, resolvePath(place.cwd, given[0]!), (db) =>
    db.texts(
      "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY 1",
    ),
  );
  if (!Array.isArray(tables)) return [];
  return tables.map((t) => ({
    text: `${place.open ? '"' : ""}${head}${t}`,
    label: t,
    kind: "table",
    detail: null,
    done: !place.open,
  }));
}

function ofCommand(place: Place): Candidate[] | Promise<Candidate[]> {
  const name = place.words[0]!;
  switch (name) {
    case "alembic":
      return alembic(place);
    case "python":
    case "python3":
      if (place.words[1] === "-m" && place.words[2] === "alembic")
        return alembic({ ...place, words: place.words.slice(2) });
      return python(place);
    case "pytest":
      return isOption(place.typed)
        ? ["-k", "-q", "-s", "-v", "-x"].map((o) => candidate(o, "option"))
        : filesOf(place, (f) => /(?:^|\/)test_[^/]*\.py$|_test\.py$/.test(f));
    case "sqlite3":
      return sqlite3(place);
    case "cd":
    case "mkdir":
    case "rmdir":
      return folders(place);
    case "help":
    case "which":
      return offered.map((c) => candidate(c, "command"));
    case "pip":
    case "pip3":
      return place.words.length === 1 ? PIP.map((c) => candidate(c, "subcommand")) : [];
    default: {
      const options = isOption(place.typed) ? (commands.get(name)?.options ?? []) : [];
      return options.length > 0
        ? options.map((o) => {
            const [flag = "", ...about] = o.split(/\s+/);
            return candidate(flag, "option", about.join(" "));
          })
        : filesOf(place);
    }
  }
}

/** The words of the command that the cursor is in, the last of them where it stands. */
function placeOf(line: string): { words: Word[]; typed: Word | undefined; redirect: boolean } | undefined {
  let tokens: Token[];
  try {
    tokens = lex(line);
  } catch (e) {
    if (e instanceof ShellSyntaxError) return undefined;
    throw e;
  }
  let words: Word[] = [];
  let redirect = false;
  for (const t of tokens)
    if (t.kind === "word") {
      if (!redirect || t.to === line.length) words.push(t);
      if (t.to < line.length) redirect = false;
    } else if (/^[<>]/.test(t.text)) redirect = t.target === undefined;
    else {
      words = [];
      redirect = false;
    }
  const last = words.at(-1);
  const typed =
    last && (last.to === line.length || last.open !== "") && !/\s$/.test(last.open ? "" : line)
      ? last
      : undefined;
  if (typed) words.pop();
  return { words: words.filter((w, i) => i > 0 || !/^\w+=/.test(literal(w))), typed, redirect };
}

function commonStart(texts: readonly string[]): string {
  let common = texts[0] ?? "";
  for (const t of texts) while (!t.startsWith(common)) common = common.slice(0, -1);
  return common;
}

export async function completeAnswer(
  engine: Engine,
  { line, cursor = line.length, state }: Extract<Question, { kind: "complete" }>,
): Promise<Completion> {
  const before = line.slice(0, cursor);
  const none: Completion = { from: cursor, to: cursor, candidates: [], common: "" };
  const at = placeOf(before);
  if (!at) return none;
  const cwd = state?.cwd ?? ROOT;
  const kept = engine.workspace.cwd;
  engine.workspace.cwd = cwd;
  try {
    const typed = at.typed ? literal(at.typed) : "";
    const place: Place = {
      engine,
      files: engine.workspace,
      cwd,
      words: at.words.map(literal),
      typed,
      open: (at.typed?.open ?? "") !== "",
    };
    const from = at.typed?.from ?? cursor;
    const all =
      at.redirect || (place.words.length === 0 && typed.includes("/"))
        ? filesOf(place)
        : place.words.length === 0
          ? offered.map((c) => candidate(c, "command", commands.get(c)?.about || null))
          : await ofCommand(place);
    const start = typed.toLowerCase();
    const candidates = all.filter((c) =>
      c.kind === "file" || c.kind === "folder"
        ? true
        : c.kind === "table"
          ? c.label.toLowerCase().startsWith(/\w*$/.exec(start)![0])
          : c.text.toLowerCase().startsWith(start) || c.text.startsWith(quoted(typed)),
    );
    return { from, to: cursor, candidates, common: commonStart(candidates.map((c) => c.text)) };
  } finally {
    engine.workspace.cwd = kept;
  }
}
