// What Alembic needs of the world around it, supplied by the bindings: files, modules of the program, templates, standard output.
import { host, type Kwargs, type Value } from "../util/host.ts";

export interface Seams {
  /** Text of a file; undefined where there is none. */
  readText(path: string): string | undefined;
  writeText(path: string, text: string): void;
  kindOfPath(path: string): "file" | "directory" | undefined;
  /** Names in a directory, as the file system gives them. */
  list(path: string): readonly string[];
  makeDirectories(path: string): void;
  /** An absolute path without `.` and `..`. */
  absolute(path: string): string;
  /** Run a Python file as a module of this name and give the module. @throws what the file raises */
  loadModule(name: string, path: string): Value;
  importModule(name: string): Value;
  prependSysPath(paths: readonly string[]): void;
  write(text: string): void;
  /** sys.stdout as it was when Alembic was imported. */
  standardOutput(): Value;
  /** A function of a template: names are its parameters, body its source; called with their values. */
  evaluate(expression: string, names: ReadonlyMap<string, Value>): Value;
  /** Sections of an ini file read with these defaults, as configparser does it. */
  readIni(text: string, defaults: ReadonlyMap<string, string>): Value;
  /** A TOML document as dicts and lists. */
  readToml(text: string): Value;
  /** Calls an async function with an AsyncConnection over a connection, and waits for what it gives. */
  runAsync(connection: Value, fn: Value, args: readonly Value[], kw: Kwargs): Value;
  /** Opens a file where the reader can edit it; false where there is no such place. */
  openEditor(path: string): boolean;
  /** 12 hexadecimal digits. */
  newRevisionId(): string;
}

export let seams: Seams;

export function installSeams(s: Seams): void {
  seams = s;
}

/** 12 hexadecimal digits. */
export function newRevisionId(): string {
  return seams.newRevisionId();
}
/** A file of Python as a module. */
export function loadPythonFile(directory: Value, filename: string): Value {
  return seams.loadModule(filename.replace(/\W/g, "_"), seams.absolute(`${host.str(directory)}/${filename}`));
}
