// sqlite3: SQL and dot commands on a database of the workspace.
//
// Not interactive: what to do stands behind the file's name, or comes by `<` or a pipe. Behaviour: sqlite.org/cli.html.
import { DriverError } from "../../engine/dbapi.ts";
import { FileError, resolvePath } from "../../python/builtins/io/file-system.ts";
import { SqlSession, statementsOf } from "../questions/sql-session.ts";
import { type CommandSpec, type Io, type ShellFace, textOf, writeBytes } from "./command.ts";
import { type Mode, MODES, planTree, quoteName, render, type Show, sqlLiteral } from "./sqlite3-modes.ts";
import { host } from "../../util/host.ts";

const COLUMNS = 80;

class Stop extends Error {
  readonly status: number;
  constructor(status: number) {
    super("stop");
    this.status = status;
  }
}

class Session {
  private readonly io: Io;
  private readonly shell: ShellFace;
  private path: string;
  private session: SqlSession | undefined;
  private show: Show = {
    mode: "list",
    headers: false,
    separator: "|",
    rowSeparator: "\n",
    nullText: "",
    table: "table",
    widths: [],
  };
  private headersSet = false;
  private changesShown = false;
  private output: ((text: string) => void) | undefined;
  /** Names the line in a script that is read; none for arguments. */
  private line: number | undefined;

  constructor(io: Io, shell: ShellFace, path: string) {
    this.io = io;
    this.shell = shell;
    this.path = path;
  }

  close(): void {
    this.session?.close();
    this.session = undefined;
  }

  private out(text: string): void {
    (this.output ?? this.io.out)(text);
  }

  private get db(): SqlSession {
    this.session ??= new SqlSession(this.shell.host.driver, this.path);
    return this.session;
  }

  setMode(mode: Mode, table = "table"): void {
    const separators: Partial<Record<Mode, readonly [string, string]>> = {
      csv: [",", "\r\n"],
      tabs: ["\t", "\n"],
      ascii: ["\x1f", "\x1e"],
      quote: [",", "\n"],
      list: ["|", "\n"],
    };
    const [separator, rowSeparator] = separators[mode] ?? [this.show.separator, this.show.rowSeparator];
    this.show = {
      ...this.show,
      mode,
      table,
      separator,
      rowSeparator,
    };
  }

  setHeaders(headers: boolean): void {
    this.headersSet = true;
    this.show = { ...this.show, headers };
  }

  set(more: Partial<Pick<Show, "separator" | "rowSeparator" | "nullText" | "widths">>): void {
    this.show = { ...this.show, ...more };
  }

  /** One argument of the command line: a dot command or SQL. @throws Stop */
  argument(text: string): void {
    if (text.startsWith(".")) this.dot(text);
    else this.sql(text);
  }

  /** A script: dot commands on lines of their own, statements over several. Goes on after an error. */
  script(text: string): number {
    let status = 0;
    let pending = "";
    let began = 1;
    const guarded = (action: () => void): void => {
      try {
        action();
      } catch (e) {
        if (!(e instanceof Stop) || e.status === 0) throw e;
        status = 1;
      }
    };
    text.split("\n").forEach((line, i) => {
      if (pending.trim() === "" && line.startsWith(".")) {
        this.line = i + 1;
        guarded(() => this.dot(line));
        return;
      }
      if (pending.trim() === "") began = i + 1;
      pending += `${line}\n`;
      if (!/;\s*(?:--.*)?$/.test(line)) return;
      const statements = statementsOf(pending);
      if (!statements.at(-1)?.text.endsWith(";")) return;
      this.line = began;
      const now = pending;
      pending = "";
      guarded(() => this.sql(now));
    });
    if (pending.trim() !== "") {
      this.line = began;
      guarded(() => this.sql(pending));
    }
    this.line = undefined;
    return status;
  }

  private sql(text: string): void {
    for (const { text: sql, from } of statementsOf(text))
      try {
        const ran = this.db.run(sql);
        if (/^\s*explain\s+query\s+plan\b/i.test(sql)) this.out(planTree(ran.rows));
        else if (ran.columns) this.out(render(ran.columns, ran.rows, this.show));
        if (this.changesShown) this.out(`changes: ${ran.changes}   total_changes: ${ran.changes}\n`);
      } catch (e) {
        this.sqlError(e, sql, text.slice(from).trimEnd());
      }
  }

  /** Tell a database's error as the program does, and stop. */
  private sqlError(e: unknown, sql: string, rest: string): never {
    if (!(e instanceof DriverError)) throw e;
    if (!this.session) this.fail(`unable to open database "${this.path}": ${e.message}`, 1);
    const f = this.session.failure(e, sql);
    const where = f.preparing ? this.context(sql, rest, f.message) : "";
    if (this.line !== undefined)
      this.io.err(
        f.preparing
          ? `Parse error near line ${this.line}: ${f.message}\n${where}`
          : `Runtime error near line ${this.line}: ${f.message} (${f.code})\n`,
      );
    else
      this.io.err(
        f.preparing
          ? `Error: in prepare, ${f.message}\n${where}`
          : `Error: stepping, ${f.message} (${f.code})\n`,
      );
    throw new Stop(f.code || 1);
  }

  /** The statement's text about the place of a mistake, with an arrow. */
  private context(sql: string, rest: string, message: string): string {
    const at = this.session?.placeOf(sql, message);
    if (at === undefined) return "";
    let from = 0;
    let place = at;
    if (place > 50) {
      from = place - 50;
      place = 50;
    }
    const text = rest.slice(from, from + 78).replace(/\s/g, " ");
    return place < 25
      ? `  ${text}\n  ${" ".repeat(place)}^--- error here\n`
      : `  ${text}\n  ${" ".repeat(place - 14)}error here ---^\n`;
  }

  private fail(message: string, status = 1): never {
    this.io.err(`Error: ${message}\n`);
    throw new Stop(status);
  }

  // ---- dot commands

  private dot(text: string): void {
    const words = dotWords(text.slice(1));
    const [name = "", ...args] = words;
    const found = DOTS.find(([n, least]) => n === name || (name.length >= least && n.startsWith(name)));
    if (!found) this.fail(`unknown command or invalid arguments:  "${name}". Enter ".help" for help`);
    try {
      found[2].call(this, args);
    } catch (e) {
      if (e instanceof DriverError) this.fail(e.message);
      if (e instanceof FileError) this.fail(`cannot open "${args.at(-1) ?? ""}"`);
      throw e;
    }
  }

  private switchOf(value: string | undefined): boolean {
    return /^(?:on|yes|1|true)$/i.test(value ?? "");
  }

  tables(args: readonly string[]): void {
    const like = args[0] === undefined ? "" : ` AND name LIKE ${text(args[0])}`;
    const names = this.db.texts(
      `SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'${like} ORDER BY 1`,
    );
    this.listing(names);
  }

  /** Names in columns, as `.tables` lays them out. */
  private listing(names: readonly string[]): void {
    if (names.length === 0) return;
    const size = Math.max(...names.map((n) => [...n].length));
    const columns = Math.max(1, Math.floor(COLUMNS / (size + 2)));
    const rows = Math.ceil(names.length / columns);
    for (let i = 0; i < rows; i++) {
      let line = "";
      for (let j = i; j < names.length; j += rows) line += (j < rows ? "" : "  ") + names[j]!.padEnd(size);
      this.out(`${line}\n`);
    }
  }

  indexes(args: readonly string[]): void {
    const of = args[0] === undefined ? "" : ` AND tbl_name LIKE ${text(args[0])}`;
    this.listing(this.db.texts(`SELECT name FROM sqlite_master WHERE type = 'index'${of} ORDER BY 1`));
  }

  schema(args: readonly string[]): void {
    const indent = args.includes("--indent");
    const name = args.find((a) => !a.startsWith("-"));
    if (name !== undefined && /^sqlite_(?:schema|master)$/i.test(name)) {
      this.out(
        `CREATE TABLE ${name} (\n  type text,\n  name text,\n  tbl_name text,\n  rootpage integer,\n  sql text\n);\n`,
      );
      return;
    }
    const like = name === undefined ? "" : ` AND (tbl_name LIKE ${text(name)} OR name LIKE ${text(name)})`;
    for (const [sql, type, view] of this.db.rows(
      `SELECT sql, type, name FROM sqlite_master WHERE sql IS NOT NULL${like} ORDER BY rowid`,
    )) {
      const line = madeIfMissing(host.str(sql));
      const comment = host.str(type) === "view" ? this.viewComment(host.str(view)) : "";
      this.out(`${indent ? indented(line) : line}${comment};\n`);
    }
  }

  /** The columns of a view, as a comment behind its text. */
  private viewComment(name: string): string {
    try {
      const columns = this.db.texts(`SELECT name FROM pragma_table_info(${text(name)})`);
      return `\n/* ${quoteName(name)}(${columns.map(quoteName).join(",")}) */`;
    } catch {
      return "";
    }
  }

  dump(args: readonly string[]): void {
    const like =
      args.length === 0 ? "" : ` AND (${args.map((a) => `tbl_name LIKE ${text(a)}`).join(" OR ")})`;
    this.out("PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n");
    const of = (where: string): readonly (readonly unknown[])[] =>
      this.db.rows(
        `SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND ${where}${like} ORDER BY rowid`,
      );
    const insert = (name: string): void => {
      const columns = this.db.texts(`SELECT name FROM pragma_table_info(${text(name)})`);
      const ran = this.db.run(
        `SELECT ${columns.map((c) => `"${c.replaceAll('"', '""')}"`).join(", ")} FROM "${name.replaceAll('"', '""')}"`,
      );
      for (const r of ran.rows)
        this.out(`INSERT INTO ${quoteName(name)} VALUES(${r.map((v) => sqlLiteral(v, true)).join(",")});\n`);
    };
    for (const [name, sql] of of("type = 'table' AND name <> 'sqlite_sequence'")) {
      this.out(`${madeIfMissing(host.str(sql))};\n`);
      insert(host.str(name));
    }
    if (
      args.length === 0 &&
      this.db.texts("SELECT name FROM sqlite_master WHERE name = 'sqlite_sequence'").length > 0
    ) {
      this.out("DELETE FROM sqlite_sequence;\n");
      insert("sqlite_sequence");
    }
    for (const [, sql] of of("type IN ('index', 'trigger', 'view')")) this.out(`${host.str(sql)};\n`);
    this.out("COMMIT;\n");
  }

  mode(args: readonly string[]): void {
    if (args.length === 0) {
      this.out(`current output mode: ${this.show.mode}\n`);
      return;
    }
    const mode =
      MODES.find((m) => m.startsWith(args[0]!)) ?? (/^lines?$/.test(args[0]!) ? "line" : undefined);
    if (mode === undefined) this.fail(`mode should be one of: ${MODES.join(" ")}`);
    this.setMode(mode, args[1] ?? "table");
    // as a command it turns headers on, as an option of the command line it does not
    if (mode === "column" && !this.headersSet) this.show = { ...this.show, headers: true };
  }

  headers(args: readonly string[]): void {
    if (args.length !== 1) this.usage(".headers on|off");
    this.setHeaders(this.switchOf(args[0]));
  }

  private usage(text: string): never {
    this.io.err(`Usage: ${text}\n`);
    throw new Stop(1);
  }

  separator(args: readonly string[]): void {
    if (args.length < 1) this.usage(".separator COL ?ROW?");
    this.set({ separator: args[0]!, ...(args[1] === undefined ? {} : { rowSeparator: args[1] }) });
  }

  nullvalue(args: readonly string[]): void {
    if (args.length !== 1) this.usage(".nullvalue STRING");
    this.set({ nullText: args[0]! });
  }

  width(args: readonly string[]): void {
    this.set({ widths: args.map((a) => Number(a) || 0) });
  }

  databases(): void {
    for (const [, name, file] of this.db.rows("PRAGMA database_list"))
      if (host.str(name) === "main") this.out(`main: ${this.full() || '""'} r/w\n`);
      else this.out(`${host.str(name)}: ${host.str(file).replaceAll("\u2215", "/") || '""'} r/w\n`);
  }

  private full(): string {
    return this.path === ":memory:" || this.path === "" ? "" : resolvePath(this.shell.cwd, this.path);
  }

  read(args: readonly string[]): void {
    if (args.length !== 1) this.usage(".read FILE");
    const line = this.line;
    const status = this.script(textOf(this.shell.files, args[0]!));
    this.line = line;
    if (status) throw new Stop(status);
  }

  open(args: readonly string[]): void {
    this.close();
    this.path = args.find((a) => !a.startsWith("-")) ?? ":memory:";
  }

  save(args: readonly string[]): void {
    const file = args.at(-1);
    if (file === undefined) this.usage(".backup ?DB? FILE");
    const bytes = this.db.bytes();
    writeBytes(this.shell.files, file, bytes);
  }

  outputTo(args: readonly string[]): void {
    const file = args[0];
    if (file === undefined || file === "stdout") {
      this.output = undefined;
      return;
    }
    writeBytes(this.shell.files, file, new Uint8Array());
    const node = this.shell.files.open(file, true);
    this.output = (t) => node.write(node.size, new TextEncoder().encode(t));
  }

  print(args: readonly string[]): void {
    this.out(`${args.join(" ")}\n`);
  }

  changes(args: readonly string[]): void {
    this.changesShown = this.switchOf(args[0]);
  }

  settings(): void {
    const s = this.show;
    for (const [k, v] of [
      ["headers", s.headers ? "on" : "off"],
      ["mode", s.mode],
      ["nullvalue", JSON.stringify(s.nullText)],
      ["colseparator", JSON.stringify(s.separator)],
      ["rowseparator", JSON.stringify(s.rowSeparator)],
      ["width", s.widths.join(" ")],
      ["filename", this.path],
    ] as const)
      this.out(`${k.padStart(12)}: ${v}\n`);
  }

  help(): void {
    for (const [name, , , about] of DOTS)
      if (about) this.out(`.${about.padEnd(26)}\n`.replace(/^\.\n/, `.${name}\n`));
  }

  quit(): never {
    throw new Stop(0);
  }
}

type Dot = (this: Session, args: readonly string[]) => void;
const ignored: Dot = () => undefined;

/** Name, letters that are enough, what it does, its line in .help. */
const DOTS: readonly (readonly [string, number, Dot, string])[] = [
  ["backup", 2, Session.prototype.save, "backup FILE            Write the database into a file"],
  ["bail", 3, ignored, ""],
  ["changes", 3, Session.prototype.changes, "changes on|off         Show the number of rows changed"],
  ["databases", 2, Session.prototype.databases, "databases              List the attached databases"],
  ["dump", 2, Session.prototype.dump, "dump ?TABLE?           The database as SQL"],
  ["echo", 2, ignored, ""],
  ["eqp", 2, ignored, ""],
  ["exit", 2, Session.prototype.quit, "exit                   Stop here"],
  ["headers", 1, Session.prototype.headers, "headers on|off         Turn headers on or off"],
  ["help", 2, Session.prototype.help, "help                   This list"],
  ["indexes", 2, Session.prototype.indexes, "indexes ?TABLE?        Names of indexes"],
  ["indices", 2, Session.prototype.indexes, ""],
  ["mode", 1, Session.prototype.mode, `mode MODE              ${MODES.join(" ")}`],
  ["nullvalue", 2, Session.prototype.nullvalue, "nullvalue STRING       What stands for NULL"],
  ["open", 2, Session.prototype.open, "open FILE              Go on with another database"],
  ["output", 2, Session.prototype.outputTo, "output ?FILE?          Write what follows into a file"],
  ["once", 3, Session.prototype.outputTo, ""],
  ["print", 1, Session.prototype.print, "print STRING...        Print a text"],
  ["quit", 1, Session.prototype.quit, "quit                   Stop here"],
  ["read", 1, Session.prototype.read, "read FILE              Run the SQL in a file"],
  ["save", 2, Session.prototype.save, "save FILE              Write the database into a file"],
  ["schema", 2, Session.prototype.schema, "schema ?TABLE?         The CREATE statements"],
  ["separator", 2, Session.prototype.separator, "separator COL ?ROW?    What parts columns and rows"],
  ["show", 2, Session.prototype.settings, "show                   Settings as they are"],
  ["tables", 2, Session.prototype.tables, "tables ?TABLE?         Names of tables and views"],
  ["timer", 2, ignored, ""],
  ["width", 1, Session.prototype.width, "width NUM...           Widths of columns"],
];

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** Words of a dot command: quotes as in C for double ones. */
function dotWords(line: string): string[] {
  return [...line.matchAll(/'([^']*)'?|"((?:[^"\\]|\\.)*)"?|(\S+)/g)].map(
    ([, single, double, plain]) =>
      single ??
      double?.replace(/\\(.)/g, (_, c: string) => ({ n: "\n", t: "\t", r: "\r" })[c] ?? c) ??
      (plain ?? "").replace(/^\\t$/, "\t").replace(/^\\n$/, "\n"),
  );
}

/** Where a table's name is quoted, the program writes IF NOT EXISTS. */
function madeIfMissing(sql: string): string {
  return /^CREATE TABLE ['"]/.test(sql) ? `CREATE TABLE IF NOT EXISTS ${sql.slice(13)}` : sql;
}

const LONG = 79;

/** A statement without blanks before its parentheses; a long CREATE TABLE with each column on a line. */
function indented(sql: string): string {
  const tokens = [...sql.replace(/\s+/g, " ").matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[\s\S]/g)].map(
    (m) => m[0],
  );
  const close = tokens.filter(
    (t, i) => t !== " " || (tokens[i + 1] !== "(" && tokens[i + 1] !== ")" && tokens[i - 1] !== "("),
  );
  const line = close.join("");
  if (line.length < LONG || !/^create\s+table/i.test(line)) return line;
  let depth = 0;
  let out = "";
  for (const token of close) {
    if (token === "(" && depth++ === 0) out += "(\n  ";
    else if (token === ")" && --depth === 0) out += "\n)";
    else if (token === "," && depth === 1) out += ",\n  ";
    else if (token !== " " || !out.endsWith("\n  ")) out += token;
  }
  return out;
}

const HELP = `Usage: sqlite3 [OPTIONS] FILENAME [SQL or .COMMAND]...
FILENAME is a database of the workspace. A new one is made if there is no such file.
OPTIONS include:
   -box                 set output mode to 'box'
   -cmd COMMAND         run "COMMAND" first
   -column              set output mode to 'column'
   -csv                 set output mode to 'csv'
   -[no]header          turn headers on or off
   -help                show this message
   -html                set output mode to HTML
   -json                set output mode to 'json'
   -line                set output mode to 'line'
   -list                set output mode to 'list'
   -markdown            set output mode to 'markdown'
   -nullvalue TEXT      set text string for NULL values. Default ''
   -quote               set output mode to 'quote'
   -separator SEP       set output column separator. Default: '|'
   -table               set output mode to 'table'
   -tabs                set output mode to 'tabs'
   -version             show SQLite version
`;

function run(io: Io, shell: ShellFace): number {
  const settings: ((s: Session) => void)[] = [];
  const rest: string[] = [];
  for (let i = 0; i < io.args.length; i++) {
    const arg = io.args[i]!;
    if (!arg.startsWith("-") || rest.length > 1) {
      rest.push(arg);
      continue;
    }
    const name = arg.replace(/^--?/, "");
    const value = (): string => io.args[++i] ?? "";
    if (name === "help") {
      io.err(HELP);
      return 0;
    }
    if (name === "version") {
      io.out(`${shell.host.driver.sqliteVersion}\n`);
      return 0;
    }
    if (name === "header") settings.push((s) => s.setHeaders(true));
    else if (name === "noheader") settings.push((s) => s.setHeaders(false));
    else if ((MODES as readonly string[]).includes(name) && name !== "insert")
      settings.push((s) => s.setMode(name as Mode));
    else if (name === "separator") {
      const v = value();
      settings.push((s) => s.set({ separator: v }));
    } else if (name === "nullvalue") {
      const v = value();
      settings.push((s) => s.set({ nullText: v }));
    } else if (name === "cmd") {
      const v = value();
      settings.push((s) => s.argument(v));
    } else if (!["batch", "bail", "interactive", "readonly", "safe", "echo", "stats"].includes(name)) {
      io.err(`sqlite3: Error: unknown option: ${arg}\nUse -help for a list of options.\n`);
      return 1;
    }
  }
  const [path = ":memory:", ...commands] = rest;
  if (commands.length === 0 && io.stdin === undefined) {
    io.err(
      "This terminal has no interactive sqlite3: write what to do behind the file's name,\n" +
        `for example: sqlite3 ${rest[0] ?? "FILE"} .tables   or: sqlite3 ${rest[0] ?? "FILE"} "SELECT 1"\n`,
    );
    return 1;
  }
  const session = new Session(io, shell, path);
  try {
    for (const apply of settings) apply(session);
    for (const c of commands) session.argument(c);
    if (commands.length === 0) return session.script(io.stdin!);
    return 0;
  } catch (e) {
    if (e instanceof Stop) return e.status;
    if (e instanceof DriverError) {
      io.err(`Error: unable to open database "${path}": ${e.message}\n`);
      return 1;
    }
    throw e;
  } finally {
    session.close();
  }
}

export const sqlite3Command: CommandSpec = {
  run,
  usage: 'sqlite3 FILE [.tables | .schema | .dump | "SQL"]...',
  about: "Look into a database, or change it, by SQL.",
};
