// print, input, open, help and the names by which one leaves the interpreter.
// Behaviour: docs.python.org/3.11/library/functions.html.
import { callMethod, getAttrOrUndefined } from "../runtime/attributes.ts";
import { E, err, raise } from "../runtime/exceptions.ts";
import { modules, PyModule } from "../runtime/modules.ts";
import type { NativeMethod } from "../runtime/native.ts";
import { nativeType } from "../runtime/native-type.ts";
import { asStr, PyType, TYPE, typeOf, type Value } from "../runtime/object.ts";
import { str } from "../runtime/repr.ts";
import { isTrue } from "../runtime/truth.ts";
import { PyTextStream } from "./io/text.ts";
import { console, openFile } from "./io/open.ts";

/** `sys.stdout` and the like, as the program has set it; undefined where it is gone or no sys is loaded. */
function stream(name: "stdin" | "stdout" | "stderr"): Value | undefined {
  const sys = modules.get("sys");
  return sys instanceof PyModule ? getAttrOrUndefined(sys, name) : undefined;
}

function text(name: string, v: Value, missing: string): string {
  if (v === null) return missing;
  const s = asStr(v);
  if (s === undefined) raise(E.TypeError, `${name} must be None or a string, not ${typeOf(v).name}`);
  return s;
}

/** The line that a print has begun while it asks an object for its text: written first where that prints something, or fails. */
interface Begun {
  readonly write: (s: string) => unknown;
  text: string;
}
let begun: Begun | undefined;

function writeBegun(): void {
  if (begun === undefined || begun.text === "") return;
  const { text: before } = begun;
  begun.text = "";
  begun.write(before);
}

function printLine(args: readonly Value[], sep: string, end: string, write: (s: string) => unknown): void {
  const outer = begun;
  writeBegun();
  const own: Begun = (begun = { write, text: "" });
  try {
    for (let i = 0; i < args.length; i++) {
      if (i > 0) own.text += sep;
      const shown = str(args[i]);
      own.text += shown;
    }
    write(own.text + end);
  } catch (e) {
    writeBegun();
    throw e;
  } finally {
    begun = outer;
  }
}

function print(
  args: readonly Value[],
  sepGiven: Value,
  endGiven: Value,
  fileGiven: Value,
  flush: Value,
): void {
  let file = fileGiven;
  const sep = text("sep", sepGiven, " ");
  const end = text("end", endGiven, "\n");
  if (file === null) {
    const out = stream("stdout");
    if (out === undefined && modules.has("sys")) raise(E.RuntimeError, "lost sys.stdout");
    if (out === null) return;
    if (out === undefined) {
      printLine(args, sep, end, (s) => console.stdout(s));
      return;
    }
    file = out;
  }
  if (file instanceof PyTextStream && !typeOf(file).heap) {
    const to = file;
    printLine(args, sep, end, (s) => to.check().write(s));
    if (isTrue(flush)) file.flush();
    return;
  }
  args.forEach((a, i) => {
    if (i > 0) callMethod(file, "write", sep);
    callMethod(file, "write", str(a));
  });
  callMethod(file, "write", end);
  if (isTrue(flush)) callMethod(file, "flush");
}

function input(prompt: Value | undefined): string {
  const out = stream("stdout");
  if (prompt !== undefined) {
    if (out === undefined || out === null) console.stdout(str(prompt));
    else callMethod(out, "write", str(prompt));
  }
  const source = stream("stdin");
  const line =
    source === undefined || source === null ? (console.stdin() ?? "") : str(callMethod(source, "readline"));
  if (line === "") raise(E.EOFError, "EOF when reading a line");
  return line.endsWith("\n") ? line.slice(0, -1) : line;
}

function help(object: Value | undefined): void {
  const show = (s: string): void => print([s], null, null, null, false);
  if (object === undefined) {
    show("help(object) shows what an object is. The documentation is at docs.python.org.");
    return;
  }
  const name = asStr(getAttrOrUndefined(object, "__name__") ?? null) ?? typeOf(object).name;
  const doc = asStr(getAttrOrUndefined(object, "__doc__") ?? null);
  show(
    `Help on ${object instanceof PyType ? "class" : typeOf(object).name} ${name}:\n\n${doc ?? "(no documentation)"}`,
  );
}

function leave(code: Value): never {
  throw err(E.SystemExit, ...(code === null ? [] : [code])).setMember("code", code);
}

export const inOutFunctions: Readonly<Record<string, NativeMethod>> = {
  print: [
    "(*args, sep=' ', end='\\n', file=None, flush=False)",
    print,
    "Write the arguments to a text stream, sys.stdout if none is given.",
  ],
  input: ["(prompt=..., /)", input, "Read a line of the standard input, without its end."],
  open: [
    "(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)",
    openFile,
    "Open a file of the workspace.",
  ],
};

// What CPython's module site adds: objects that say at a prompt how to use them.

class Hinting {
  declare [TYPE]: PyType;
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}
class Helper extends Hinting {}
class Quitter extends Hinting {}
nativeType({
  name: "_Helper",
  module: "_sitebuiltins",
  host: Helper,
  methods: {
    __call__: ["(self, object=..., /)", (_: Helper, object: Value | undefined) => help(object)],
    __repr__: ["(self)", () => "Type help() for interactive help, or help(object) for help about object."],
  },
});
nativeType({
  name: "Quitter",
  module: "_sitebuiltins",
  host: Quitter,
  methods: {
    __call__: ["(self, code=None)", (_: Quitter, code: Value) => leave(code)],
    __repr__: ["(self)", (q: Quitter) => `Use ${q.name}() or Ctrl-D (i.e. EOF) to exit`],
  },
});
export const siteObjects: Readonly<Record<string, Value>> = {
  help: new Helper("help"),
  exit: new Quitter("exit"),
  quit: new Quitter("quit"),
};
