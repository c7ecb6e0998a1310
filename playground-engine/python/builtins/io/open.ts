// open(), and the three streams that a program begins with.
import { callSpecial } from "../../runtime/call.ts";
import { E, osError, raise } from "../../runtime/exceptions.ts";
import { asInt, asStr, typeOf, type Value } from "../../runtime/object.ts";
import { bytesOf } from "../buffer.ts";
import { toSize } from "../convert.ts";
import { decode } from "../format-error.ts";
import { binaryFile } from "./binary.ts";
import { type FileNode, errorText, FileError, openPath, statPath } from "./file-system.ts";
import { encodingNamed, newlineArgument, PyConsole, PyTextFile } from "./text.ts";

/** os.fspath(): the text of a path argument. @throws TypeError */
export function pathText(v: Value): string {
  const s = asStr(v);
  if (s !== undefined) return s;
  const b = bytesOf(v);
  if (b !== undefined) return decode(b, "utf-8", "surrogateescape");
  const made = callSpecial(v, "__fspath__", []);
  if (made === undefined)
    raise(E.TypeError, `expected str, bytes or os.PathLike object, not ${typeOf(v).name}`);
  const t = asStr(made) ?? (bytesOf(made) && decode(bytesOf(made)!, "utf-8", "surrogateescape"));
  if (t === undefined)
    raise(
      E.TypeError,
      `expected ${typeOf(v).name}.__fspath__() to return str or bytes, not ${typeOf(made).name}`,
    );
  return t;
}

/** Do something with files; a failure becomes the OSError that names the path. */
export function withFiles<T>(path: Value, action: () => T, path2?: Value): T {
  try {
    return action();
  } catch (e) {
    if (e instanceof FileError) throw osError(e.errno, errorText(e.errno), path, path2);
    throw e;
  }
}

function openNode(name: Value, path: string, mode: string): FileNode {
  return withFiles(name, () => {
    if (path === "") throw new FileError(2);
    const there = statPath(path);
    if (there?.kind === "directory") throw new FileError(21);
    if (mode.includes("x") && there) throw new FileError(17);
    const node = openPath(path, !mode.includes("r"));
    if (mode.includes("w")) node.truncate(0);
    return node;
  });
}

export function openFile(
  file: Value,
  modeGiven: Value,
  buffering: Value,
  encoding: Value,
  errors: Value,
  newline: Value,
): Value {
  const mode = asStr(modeGiven);
  if (mode === undefined)
    raise(E.TypeError, `open() argument 'mode' must be str, not ${typeOf(modeGiven).name}`);
  const path = asInt(file) === undefined ? pathText(file) : undefined;
  const letters = new Set(mode);
  if (letters.size < mode.length || [...letters].some((c) => !"rwaxbt+".includes(c)))
    raise(E.ValueError, `invalid mode: '${mode}'`);
  const text = letters.has("t");
  const binary = letters.has("b");
  if (text && binary) raise(E.ValueError, "can't have text and binary mode at once");
  const ways = ["r", "w", "a", "x"].filter((c) => letters.has(c)).length;
  if (ways !== 1)
    raise(
      E.ValueError,
      ways === 0
        ? "Must have exactly one of create/read/write/append mode and at most one plus"
        : "must have exactly one of create/read/write/append mode",
    );
  const buffer = toSize(buffering);
  const nullOr = (v: Value, name: string): string | undefined => {
    if (v === null) return undefined;
    const s = asStr(v);
    if (s === undefined)
      raise(E.TypeError, `open() argument '${name}' must be str or None, not ${typeOf(v).name}`);
    return s;
  };
  const enc = encodingNamed(nullOr(encoding, "encoding"));
  const err = nullOr(errors, "errors");
  if (binary) {
    if (enc !== undefined) raise(E.ValueError, "binary mode doesn't take an encoding argument");
    if (err !== undefined) raise(E.ValueError, "binary mode doesn't take an errors argument");
    if (newline !== null) raise(E.ValueError, "binary mode doesn't take a newline argument");
  } else if (buffer === 0) raise(E.ValueError, "can't have unbuffered text I/O");
  const nl = newlineArgument(newline);
  if (path === undefined) throw osError(9, "Bad file descriptor");
  if (path.includes("\0")) raise(E.ValueError, "embedded null byte");
  if (enc !== undefined) decode(new Uint8Array(0), enc);
  const node = openNode(file, path, mode);
  const name = asStr(file) ?? (bytesOf(file) ? file : path);
  const plain = mode.replace("t", "");
  const raw = binaryFile(node, name, binary ? (mode.includes("+") ? "rb+" : plain) : plain, buffer !== 0);
  if (binary) {
    if (mode.includes("+") && mode.includes("w")) raw.position = 0;
    return raw;
  }
  return new PyTextFile(raw, enc ?? "UTF-8", err ?? "strict", nl, mode);
}

/** Where a program's text goes and comes from; set by whoever runs it. */
export const console = {
  stdout: (_text: string): void => undefined,
  stderr: (_text: string): void => undefined,
  /** A line with its end, or undefined at the end of the input. */
  stdin: (): string | undefined => undefined,
  /** Variables of the environment the program starts in: os.environ. */
  environment: new Map<string, string>(),
};

/** A shell's variables, where nobody says others. */
export const DEFAULT_ENVIRONMENT: ReadonlyMap<string, string> = new Map([
  ["HOME", "/home/learner"],
  ["USER", "learner"],
  ["PATH", "/usr/local/bin:/usr/bin:/bin"],
  ["LANG", "C.UTF-8"],
]);

/** New sys.stdin, sys.stdout and sys.stderr. */
export function standardStreams(): { stdin: PyConsole; stdout: PyConsole; stderr: PyConsole } {
  return {
    stdin: new PyConsole("<stdin>", undefined, () => console.stdin()),
    stdout: new PyConsole("<stdout>", (t) => console.stdout(t)),
    stderr: new PyConsole("<stderr>", (t) => console.stderr(t)),
  };
}
