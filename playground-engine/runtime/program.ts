// One engine in one realm: a workspace, an interpreter, and programs run one after the other.
//
// A program begins with nothing left of earlier ones but the workspace's files (util/reset.ts); a console keeps its names
// from cell to cell. What happens is told as protocol Events, in order.
import { alembicLog } from "../bindings/alembic-log.ts";
import { bindEverything, prepareProgram } from "../bindings/index.ts";
import type { SqlJsDriver } from "../driver/index.ts";
import type { TraceSink } from "../engine/trace.ts";
import { loadEagerly } from "../orm/index.ts";
import {
  createInterpreter,
  formatUncaught,
  installFileSystem,
  DEFAULT_LIMITS,
  limits as pythonLimits,
  type Outcome,
  runCell,
  runScript,
  stop,
} from "../python/index.ts";
import { describeError } from "./errors.ts";
import type { Event, Limits, Program, TerminalOptions } from "./protocol.ts";
import { Listening } from "./listening.ts";
import type { Looker } from "./looking/index.ts";
import { resetAll } from "../util/reset.ts";
import { ROOT, Workspace } from "./workspace.ts";

export interface RunHooks {
  readonly event: (e: Event) => void;
  /** A line of standard input with its end; undefined at its end. */
  readonly stdin?: () => string | undefined;
  /** Beside the shown events: the raw trace, for the conformance runner. */
  readonly trace?: TraceSink;
  /** Alembic's log lines at INFO: "logger: message". */
  readonly log?: (line: string) => void;
  readonly simulate?: boolean;
  readonly limits?: Limits;
  /** Relationships to load eagerly where the program leaves them lazy (protocol.ts, RunLooks). */
  readonly eager?: readonly string[];
  /** Makes whoever looks on: looking/index.ts. */
  readonly looker?: (emit: (e: Event) => void) => Looker;
}

export interface RunOutcome {
  readonly exit: number;
  /** The exception that ended the program, as thrown. */
  readonly exception: unknown;
}

type Command = (argv: readonly string[]) => void;
const commands = new Map<string, Command>();

/** A program of the terminal that runs in the interpreter: parts bring them (parts.ts). */
export function addCommand(name: string, run: Command): void {
  commands.set(name, run);
}

/** How a Python program begins. */
export interface Setting {
  readonly argv: readonly string[];
  /** The first entry of sys.path. */
  readonly path?: string;
  readonly cwd?: string;
  readonly environment?: ReadonlyMap<string, string>;
  /** Where its text goes, where not to the page. */
  readonly write?: (stream: "stdout" | "stderr", text: string) => void;
  readonly stdin?: () => string | undefined;
}

/** What the terminal (terminal/terminal.ts) is given of the engine. */
export interface TerminalHost {
  readonly workspace: Workspace;
  readonly driver: SqlJsDriver;
  readonly write: (stream: "stdout" | "stderr", text: string) => void;
  readonly event: (e: Event) => void;
  readonly stdin: () => string | undefined;
  /** Run a Python program from a fresh start; `name` stands for it where it has no file. */
  readonly program: (setting: Setting, run: () => Outcome, name: string) => RunOutcome;
  /** A program brought by a part: what runs it with its arguments. */
  readonly native: (name: string) => Command | undefined;
}

export interface TerminalLine {
  readonly line: string;
  readonly terminal?: TerminalOptions;
}
export interface Terminal {
  run(line: TerminalLine): RunOutcome;
}

let makeTerminal: ((host: TerminalHost) => Terminal) | undefined;

/** The terminal is a part, too: a page that has none does not load it. */
export function installTerminal(make: (host: TerminalHost) => Terminal): void {
  makeTerminal = make;
}

export class Engine {
  readonly workspace: Workspace;
  readonly driver: SqlJsDriver;
  private console: string | undefined;
  private terminal: Terminal | undefined;
  private hooks: RunHooks | undefined;
  private listening: Listening | undefined;
  private written = 0;
  private outputLimit = pythonLimits.output;
  private cut = false;

  constructor(driver: SqlJsDriver) {
    this.driver = driver;
    this.workspace = new Workspace(driver.files);
    bindEverything(driver);
  }

  /** Forget consoles and the terminal's state: the workspace is another one. */
  forget(): void {
    this.console = undefined;
    this.terminal = undefined;
  }

  /** Run a program to its end. Never throws. */
  run(program: Program, hooks: RunHooks): RunOutcome {
    this.hooks = hooks;
    this.written = 0;
    this.cut = false;
    this.outputLimit = hooks.limits?.output ?? pythonLimits.output;
    pythonLimits.time = hooks.limits?.milliseconds ?? Infinity;
    // what one program set is not the next one's; a console keeps it
    if (hooks.limits?.recursion !== undefined || program.kind !== "cells")
      pythonLimits.recursion = hooks.limits?.recursion ?? DEFAULT_LIMITS.recursion;
    try {
      if (program.kind === "script") return this.script(program.file, program.args ?? []);
      if (program.kind === "cells") return this.cells(program);
      return this.command(program);
    } finally {
      this.listening?.stop();
      this.listening = undefined;
      this.hooks = undefined;
    }
  }

  private fresh(setting: Setting): void {
    this.driver.reset();
    alembicLog.sink = this.hooks?.log;
    resetAll();
    installFileSystem(this.workspace);
    this.workspace.cwd = setting.cwd ?? ROOT;
    const write = setting.write ?? ((stream, text) => this.write(stream, text));
    createInterpreter({
      argv: setting.argv,
      path: [setting.path ?? ROOT],
      ...(setting.environment ? { environment: setting.environment } : {}),
      frameLocals: true,
      stdout: (text) => write("stdout", text),
      stderr: (text) => write("stderr", text),
      stdin: setting.stdin ?? (() => this.hooks?.stdin?.()),
    });
    prepareProgram({ simulate: this.hooks?.simulate ?? true });
    loadEagerly(this.hooks?.eager ?? []);
  }

  private listen(): void {
    this.listening?.stop();
    this.listening = new Listening(this.hooks!);
  }

  private write(stream: "stdout" | "stderr", text: string): void {
    const hooks = this.hooks;
    if (!hooks || this.cut) return;
    this.written += text.length;
    if (this.written > this.outputLimit) {
      this.cut = true;
      hooks.event({
        kind: "output",
        stream,
        text: text.slice(0, Math.max(0, text.length - (this.written - this.outputLimit))),
      });
      hooks.event({
        kind: "limit",
        message: `Output ends here: the program printed more than ${this.outputLimit.toLocaleString("en")} characters.`,
      });
      return;
    }
    hooks.event({ kind: "output", stream, text });
  }

  private script(file: string, args: readonly string[]): RunOutcome {
    this.console = undefined;
    this.fresh({ argv: [file, ...args] });
    this.listen();
    return this.ended(runScript(`${ROOT}/${file.replace(/^\/workspace\//, "")}`, args, file), file);
  }

  private cells(program: Extract<Program, { kind: "cells" }>): RunOutcome {
    if (program.fresh || this.console !== program.session) this.fresh({ argv: [""] });
    this.console = program.session;
    this.listen();
    let last: RunOutcome = { exit: 0, exception: undefined };
    for (const [index, cell] of program.cells.entries()) {
      this.hooks!.event({ kind: "cell", index, what: "start" });
      last = this.ended(runCell(cell.source, cell.name, program.echo), cell.name);
      this.hooks!.event({ kind: "cell", index, what: "end" });
      if (last.exit === 130) break;
    }
    return last;
  }

  private command(line: TerminalLine): RunOutcome {
    if (!makeTerminal) throw new Error("the terminal's part is not loaded");
    this.terminal ??= makeTerminal({
      workspace: this.workspace,
      driver: this.driver,
      write: (stream, text) => this.write(stream, text),
      event: (e) => this.hooks?.event(e),
      stdin: () => this.hooks?.stdin?.(),
      native: (name) => commands.get(name),
      program: (setting, run, name) => {
        this.console = undefined;
        this.fresh(setting);
        this.listen();
        try {
          return this.ended(run(), name);
        } finally {
          // what it left open would lock its databases for the next command
          this.driver.reset();
        }
      },
    });
    return this.terminal.run(line);
  }

  private ended(outcome: Outcome, file: string): RunOutcome {
    this.listening?.end();
    if (outcome.stopped !== undefined) {
      this.hooks!.event({
        kind: "limit",
        message:
          outcome.stopped === "time limit"
            ? "The program ran longer than its time limit and was ended."
            : `The program was ended: ${outcome.stopped}.`,
      });
    } else if (outcome.exception !== undefined && outcome.exit !== 0) {
      const error = describeError(outcome.exception, formatUncaught(outcome.exception), file);
      if (error) this.hooks!.event({ kind: "error", error });
    }
    return { exit: outcome.exit, exception: outcome.exception };
  }
}

export { stop };
