// What a command of the terminal is: arguments and streams in, an exit status out.
import type { RunOutcome, TerminalHost } from "../program.ts";
import type { Workspace } from "../workspace.ts";
import { errorText, FileError } from "../../python/builtins/io/file-system.ts";
import { type Options, type OptionSpec, readOptions } from "./options.ts";

export interface Io {
  /** The name it was called by. */
  readonly name: string;
  readonly args: readonly string[];
  /** Text piped or redirected into it; undefined for the keyboard, which this terminal has not. */
  readonly stdin: string | undefined;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether standard output is the terminal: colours and columns. */
  readonly tty: boolean;
  /** Variables of the environment, those set before the command included. */
  readonly environment: ReadonlyMap<string, string>;
}

/** What commands see of the shell. */
export interface ShellFace {
  readonly host: TerminalHost;
  readonly files: Workspace;
  /** Absolute. */
  cwd: string;
  readonly columns: number;
  readonly color: boolean;
  /** Exported variables. */
  readonly exported: Map<string, string>;
  /** Variables of the shell alone. */
  readonly variables: Map<string, string>;
  readonly history: readonly string[];
  /** Outcome of the last Python program of the line. */
  outcome: RunOutcome | undefined;
  clearScreen(): void;
  commandNames(): readonly string[];
  /** Run a command by its words. */
  call(io: Io): number;
}

export type Run = (io: Io, shell: ShellFace) => number;

export interface CommandSpec {
  readonly run: Run;
  /** One line for `help`. */
  readonly about: string;
  readonly usage: string;
  /** Lines of `--help` about options. */
  readonly options?: readonly string[];
  /** Not listed in `help`. */
  readonly quiet?: boolean;
}

export type Commands = ReadonlyMap<string, CommandSpec>;

/** Options by a spec; a mistake is told as the GNU programs do and gives undefined. */
export function optionsOf(io: Io, spec: OptionSpec, usage = ""): Options | undefined {
  const options = readOptions(io.args, spec);
  if (typeof options !== "string") return options;
  io.err(`${io.name}: ${options}\n${usage}Try '${io.name} --help' for more information.\n`);
  return undefined;
}

/** Do something with a file; a failure is told as `name: what: No such file or directory`. False where it failed. */
export function attempt(io: Io, what: string, action: () => void): boolean {
  try {
    action();
    return true;
  } catch (e) {
    if (!(e instanceof FileError)) throw e;
    io.err(`${io.name}: ${what}: ${errorText(e.errno)}\n`);
    return false;
  }
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** A file's bytes. @throws FileError */
export function bytesOf(files: Workspace, path: string): Uint8Array {
  const node = files.open(path, false);
  return node.read(0, node.size);
}

/** A file's text, whatever its bytes. @throws FileError */
export function textOf(files: Workspace, path: string): string {
  return decoder.decode(bytesOf(files, path));
}

/** Replace or make a file. @throws FileError */
export function writeBytes(files: Workspace, path: string, bytes: Uint8Array): void {
  const node = files.open(path, true);
  node.truncate(0);
  node.write(0, bytes);
}

export function appendText(files: Workspace, path: string, text: string): void {
  const node = files.open(path, true);
  node.write(node.size, encoder.encode(text));
}

export const COLORS = {
  folder: "01;34",
  match: "01;31",
  file: "35",
  separator: "36",
  line: "32",
} as const;

/** A text in a colour, where colours are on. */
export function colored(on: boolean, code: string, text: string): string {
  return on && text !== "" ? `\x1b[${code}m${text}\x1b[0m` : text;
}
