// The shell: reads a line, finds its commands, connects their streams, keeps what one line leaves for the next.
//
// Headless: the page only draws it. Behaviour and messages are bash's; what bash has and this has not says so.
import { errorText, FileError, resolvePath } from "../../python/builtins/io/file-system.ts";
import type { RunOutcome, Terminal, TerminalHost, TerminalLine } from "../program.ts";
import type { TerminalState } from "../protocol.ts";
import { ROOT, type Workspace } from "../workspace.ts";
import type { Io, ShellFace } from "./command.ts";
import { commands, offered } from "./commands.ts";
import { nearest } from "./nearest.ts";
import { expand, lex, literal, type Operator, ShellSyntaxError, type Token, type Word } from "./words.ts";

const HISTORY = 1000;
const COLUMNS = 80;

interface Simple {
  readonly words: Word[];
  readonly redirects: { readonly operator: Operator; readonly file?: Word }[];
}
interface Step {
  readonly when: ";" | "&&" | "||";
  readonly pipeline: Simple[];
}
type Sink = (text: string) => void;

const encoder = new TextEncoder();

function unexpected(token: Token | undefined): ShellSyntaxError {
  const text = token === undefined ? "newline" : token.kind === "operator" ? token.text : literal(token);
  return new ShellSyntaxError(`syntax error near unexpected token \`${text}'`);
}

/** A line as pipelines joined by `;`, `&&` and `||`. @throws ShellSyntaxError */
export function parseLine(line: string): Step[] {
  const tokens = lex(line);
  const open = tokens.find((t): t is Word => t.kind === "word" && t.open !== "");
  if (open) throw new ShellSyntaxError(`unexpected EOF while looking for matching \`${open.open}'`);
  const steps: Step[] = [];
  let when: Step["when"] = ";";
  let pipeline: Simple[] = [];
  let simple: Simple = { words: [], redirects: [] };
  const empty = (): boolean => simple.words.length === 0 && simple.redirects.length === 0;
  for (let i = 0; i < tokens.length; i++) {
    const t = tokens[i]!;
    if (t.kind === "word") {
      simple.words.push(t);
      continue;
    }
    switch (t.text) {
      case ">":
      case ">>":
      case "<": {
        if (t.target !== undefined) {
          simple.redirects.push({ operator: t });
          break;
        }
        const file = tokens[++i];
        if (file?.kind !== "word") throw unexpected(file);
        simple.redirects.push({ operator: t, file });
        break;
      }
      case "&":
        throw new ShellSyntaxError("this shell runs one program at a time: leave out the `&'");
      case "|":
        if (empty()) throw unexpected(t);
        pipeline.push(simple);
        simple = { words: [], redirects: [] };
        break;
      default:
        if (empty()) {
          if (pipeline.length > 0 || t.text !== ";") throw unexpected(t);
          break;
        }
        pipeline.push(simple);
        steps.push({ when, pipeline });
        when = t.text;
        pipeline = [];
        simple = { words: [], redirects: [] };
    }
  }
  if (!empty()) steps.push({ when, pipeline: [...pipeline, simple] });
  else if (pipeline.length > 0 || when !== ";") throw unexpected(undefined);
  return steps;
}

class Shell implements ShellFace, Terminal {
  readonly host: TerminalHost;
  cwd = ROOT;
  columns = COLUMNS;
  color = false;
  exported = new Map<string, string>();
  readonly variables = new Map<string, string>();
  history: string[] = [];
  outcome: RunOutcome | undefined;
  private status = 0;
  private interactive = false;
  private cleared = false;

  constructor(host: TerminalHost) {
    this.host = host;
  }

  get files(): Workspace {
    return this.host.workspace;
  }

  clearScreen(): void {
    this.cleared = true;
  }

  commandNames(): readonly string[] {
    return offered;
  }

  private take(state: TerminalState | undefined): void {
    if (!state) return;
    this.cwd = state.cwd;
    this.exported = new Map(state.env);
    this.status = state.status;
  }

  run({ line, terminal }: TerminalLine): RunOutcome {
    this.take(terminal?.state);
    if (terminal?.history) this.history = [...terminal.history];
    this.history = [...this.history, line].slice(-HISTORY);
    this.columns = Math.max(20, terminal?.columns ?? COLUMNS);
    this.color = terminal?.color ?? false;
    this.interactive = terminal?.columns !== undefined || this.color;
    this.outcome = undefined;
    this.cleared = false;
    this.files.cwd = this.cwd;
    try {
      this.steps(parseLine(line));
    } catch (e) {
      if (!(e instanceof ShellSyntaxError)) throw e;
      this.host.write("stderr", `bash: ${e.message}\n`);
      this.status = 2;
    } finally {
      this.files.cwd = ROOT;
    }
    this.host.event({ kind: "terminal", state: this.state(), clear: this.cleared });
    const last = this.outcome as RunOutcome | undefined;
    return { exit: this.status, exception: last?.exit === this.status ? last.exception : undefined };
  }

  private state(): TerminalState {
    return { cwd: this.cwd, env: [...this.exported], status: this.status };
  }

  private steps(steps: readonly Step[]): void {
    for (const { when, pipeline } of steps) {
      if (when === "&&" && this.status !== 0) continue;
      if (when === "||" && this.status === 0) continue;
      this.outcome = undefined;
      this.status = this.pipeline(pipeline);
      // stopped, or out of time: the line ends here
      if (this.status === 130) return;
    }
  }

  private pipeline(pipeline: readonly Simple[]): number {
    let stdin: string | undefined;
    let status = 0;
    pipeline.forEach((simple, i) => {
      const last = i === pipeline.length - 1;
      let piped = "";
      status = this.simple(
        simple,
        stdin,
        last ? (t) => this.host.write("stdout", t) : (t) => void (piped += t),
        last,
      );
      stdin = piped;
    });
    return status;
  }

  /** Run one command with its redirections. */
  private simple(simple: Simple, piped: string | undefined, stdout: Sink, last: boolean): number {
    const toError: Sink = (t) => this.host.write("stderr", t);
    let out = stdout;
    let err = toError;
    let tty = last && this.interactive;
    let stdin = piped;
    for (const { operator, file } of simple.redirects) {
      if (operator.target !== undefined) {
        if (operator.stream === 1) out = operator.target === 2 ? err : out;
        else err = operator.target === 1 ? out : err;
        if (operator.stream === 1) tty = false;
        continue;
      }
      const names = expand(file!, this.expansion());
      if (names.length !== 1) {
        toError(`bash: ${literal(file!)}: ambiguous redirect\n`);
        return 1;
      }
      const path = names[0]!;
      try {
        if (operator.text === "<") {
          stdin = this.read(path);
          continue;
        }
        const sink = this.sink(path, operator.text === ">>");
        if (operator.stream !== 2) {
          out = sink;
          tty = false;
        }
        if (operator.stream !== 1) err = sink;
      } catch (e) {
        if (!(e instanceof FileError)) throw e;
        toError(`bash: ${path}: ${errorText(e.errno)}\n`);
        return 1;
      }
    }
    const own = new Map<string, string>();
    let first = 0;
    for (; first < simple.words.length; first++) {
      const assigned = this.assignment(simple.words[first]!);
      if (!assigned) break;
      own.set(...assigned);
    }
    const words = simple.words.slice(first).flatMap((w) => expand(w, this.expansion()));
    if (words.length === 0) {
      for (const [k, v] of own) (this.exported.has(k) ? this.exported : this.variables).set(k, v);
      return 0;
    }
    const environment = new Map([...this.environment(), ...own]);
    return this.call({ name: words[0]!, args: words.slice(1), stdin, out, err, tty, environment });
  }

  call(io: Io): number {
    const spec = commands.get(io.name);
    if (!spec) return this.unknown(io);
    if (io.args[0] === "--help" && spec.options) {
      io.out(`Usage: ${spec.usage}\n${spec.about}\n${spec.options.map((o) => `\n  ${o}`).join("")}\n`);
      return 0;
    }
    const status = spec.run(io, this);
    this.files.cwd = this.cwd;
    return status;
  }

  private unknown(io: Io): number {
    const { name } = io;
    if (name.includes("/")) {
      const kind = this.files.stat(name)?.kind;
      if (kind === "file" && name.endsWith(".py")) {
        io.err(`bash: ${name}: Permission denied\n`);
        io.err(`Run it with: python ${name.replace(/^\.\//, "")}\n`);
        return 126;
      }
      io.err(
        kind === "directory"
          ? `bash: ${name}: Is a directory\n`
          : kind === "file"
            ? `bash: ${name}: Permission denied\n`
            : `bash: ${name}: No such file or directory\n`,
      );
      return kind ? 126 : 127;
    }
    io.err(`bash: ${name}: command not found\n`);
    if (name.endsWith(".py") && this.files.stat(name)?.kind === "file")
      io.err(`Run it with: python ${name}\n`);
    else {
      const near = nearest(name, this.commandNames());
      io.err(
        near
          ? `Did you mean '${near}'? 'help' lists the commands of this terminal.\n`
          : "'help' lists the commands of this terminal.\n",
      );
    }
    return 127;
  }

  private assignment(word: Word): [string, string] | undefined {
    const head = word.pieces[0];
    const m = head?.quote === "" ? /^([A-Za-z_]\w*)=/.exec(head.text) : null;
    if (!m) return undefined;
    const rest = {
      ...word,
      pieces: [{ ...head!, text: head!.text.slice(m[0].length) }, ...word.pieces.slice(1)],
    };
    // an assigned value is neither parted at blanks nor looked up among files
    const value = rest.pieces.map((p) => (p.quote === "" ? { ...p, quote: '"' as const } : p));
    return [m[1]!, expand({ ...rest, pieces: value }, this.expansion()).join(" ")];
  }

  /** Variables that programs see. */
  private environment(): Map<string, string> {
    return new Map([
      ["HOME", ROOT],
      ["USER", "learner"],
      ["PATH", "/usr/local/bin:/usr/bin:/bin"],
      ["LANG", "C.UTF-8"],
      ["PWD", this.cwd],
      ...(this.columns === COLUMNS ? [] : ([["COLUMNS", String(this.columns)]] as const)),
      ...this.exported,
    ]);
  }

  private expansion(): Parameters<typeof expand>[1] {
    return {
      home: ROOT,
      variable: (name) =>
        name === "?"
          ? String(this.status)
          : name === "$"
            ? "1"
            : (this.variables.get(name) ?? this.environment().get(name) ?? ""),
      paths: (pattern) => this.matching(pattern),
    };
  }

  /** Paths that the parts of a pattern match, sorted as ls sorts. */
  private matching(wanted: string): string[] {
    let found = [wanted.startsWith("/") ? "/" : ""];
    for (const part of wanted.split("/").filter(Boolean)) {
      let pattern: RegExp;
      try {
        pattern = new RegExp(`^(?:${part})$`, "s");
      } catch {
        return [];
      }
      const fixed = /^(?:\\.|[^\\.*+?()[\]{}|^$])*$/s.test(part) ? part.replace(/\\(.)/gs, "$1") : undefined;
      const hidden = part.startsWith("\\.");
      found = found.flatMap((dir) => {
        if (fixed !== undefined) return this.files.stat(dir + fixed) ? [dir + fixed] : [];
        const at = resolvePath(this.cwd, dir || ".");
        if (this.files.stat(at)?.kind !== "directory") return [];
        return this.files
          .list(at)
          .filter((n) => pattern.test(n) && (hidden || !n.startsWith(".")))
          .map((n) => dir + n);
      });
      found = found.map((f) => `${f}/`);
    }
    // "*/" is folders alone
    if (wanted.endsWith("/")) return found.filter((f) => this.files.stat(f)?.kind === "directory").sort();
    return found.map((f) => f.replace(/\/$/, "")).sort();
  }

  private read(path: string): string {
    if (path === "/dev/null") return "";
    const node = this.files.open(path, false);
    return new TextDecoder().decode(node.read(0, node.size));
  }

  /** Where redirected text goes. @throws FileError */
  private sink(path: string, append: boolean): Sink {
    if (path === "/dev/null") return () => undefined;
    const full = resolvePath(this.cwd, path);
    const node = this.files.open(full, true);
    if (!append) node.truncate(0);
    return (text) => node.write(node.size, encoder.encode(text));
  }
}

export function makeTerminal(host: TerminalHost): Terminal {
  return new Shell(host);
}
