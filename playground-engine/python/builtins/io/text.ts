// Text files and io.StringIO: decoding, line ends, positions.
// Behaviour: docs.python.org/3.11/library/io.html#text-i-o.
import { callMethod, getAttrOrUndefined } from "../../runtime/attributes.ts";
import { E, raise } from "../../runtime/exceptions.ts";
import { iter, iteratorMethods, PyIterator } from "../../runtime/iteration.ts";
import { nativeType } from "../../runtime/native-type.ts";
import type { NativeMethod } from "../../runtime/native.ts";
import { asStr, PyBytes, PyList, type PyType, TYPE, typeOf, type Value } from "../../runtime/object.ts";
import { repr } from "../../runtime/repr.ts";
import { isTrue } from "../../runtime/truth.ts";
import { needBytes } from "../buffer.ts";
import { toSize } from "../convert.ts";
import { decode, encode } from "../format-error.ts";
import { strLen, toPoints, toUnits } from "../str-index.ts";
import { binaryFile, PyBinaryFile } from "./binary.ts";
import { textIOBaseType, unsupported } from "./bases.ts";

/** What all text streams do, over a text that is held decoded. Positions `at` are code units. */
export abstract class PyTextStream extends PyIterator {
  closed = false;
  protected text = "";
  protected at = 0;
  /** As given to open(): null translates line ends. */
  newline: string | null = null;

  check(): this {
    if (this.closed)
      raise(
        E.ValueError,
        this instanceof PyStringIO ? "I/O operation on closed file" : "I/O operation on closed file.",
      );
    return this;
  }
  /** Make sure that all there is to read stands in `text`. */
  protected abstract fill(): void;
  abstract write(s: string): void;
  abstract readable(): boolean;
  abstract writable(): boolean;

  read(count: number): string {
    this.check();
    this.fill();
    if (count < 0) {
      const out = this.text.slice(this.at);
      this.at = Math.max(this.at, this.text.length);
      return out;
    }
    const rest = this.text.slice(this.at, this.at + 2 * count);
    const out = rest.slice(0, toUnits(rest, count));
    this.at += out.length;
    return out;
  }

  readLine(limit = -1): string {
    this.check();
    if (this.at >= this.text.length) this.fill();
    let end: number;
    if (this.newline === null || this.newline === "\n") end = this.text.indexOf("\n", this.at) + 1;
    else if (this.newline === "") end = endOfAnyLine(this.text, this.at);
    else {
      const i = this.text.indexOf(this.newline, this.at);
      end = i < 0 ? 0 : i + this.newline.length;
    }
    if (end <= 0) end = this.text.length;
    let out = this.text.slice(this.at, end);
    if (limit >= 0 && strLen(out) > limit) out = out.slice(0, toUnits(out, limit));
    this.at += out.length;
    return out;
  }

  next(): Value | undefined {
    const l = this.readLine();
    return l === "" ? undefined : l;
  }
  abstract close(): void;
  abstract flush(): void;
  abstract tell(): number;
  abstract seek(offset: number, whence: number): number;
  abstract truncate(size: number | undefined): number;
}

/** Where the line that begins at `from` ends, with \n, \r or \r\n; 0 where there is no end. */
function endOfAnyLine(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] === "\n") return i + 1;
    if (text[i] === "\r") return text[i + 1] === "\n" ? i + 2 : i + 1;
  }
  return 0;
}

const translate = (text: string): string => (text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text);

/** An encoding as open() and text streams take it: "locale" is that of the machine that the program runs on. */
export function encodingNamed(name: string | undefined): string | undefined {
  return name === "locale" ? "UTF-8" : name;
}

/** A text file over a binary one, ours or a program's. */
export class PyTextFile extends PyTextStream {
  buffer: Value;
  encoding: string;
  errors: string;
  mode: string;
  lineBuffering = false;
  writeThrough = false;
  /** Byte position in the buffer at which `text` begins. */
  private origin = 0;
  constructor(buffer: Value, encoding: string, errors: string, newline: string | null, mode: string) {
    super();
    this.buffer = buffer;
    this.encoding = encoding;
    this.errors = errors;
    this.newline = newline;
    this.mode = mode;
  }
  private get binary(): PyBinaryFile | undefined {
    return this.buffer instanceof PyBinaryFile && !this.buffer[TYPE].heap ? this.buffer : undefined;
  }
  readable(): boolean {
    return this.binary?.reads ?? isTrue(callMethod(this.buffer, "readable"));
  }
  writable(): boolean {
    return this.binary?.writes ?? isTrue(callMethod(this.buffer, "writable"));
  }
  protected fill(): void {
    if (!this.readable()) throw unsupported("read");
    const b = this.binary;
    if (this.at >= this.text.length && b) {
      this.origin = b.position;
      this.text = "";
      this.at = 0;
    }
    const data = b ? b.take(-1) : needBytes(callMethod(this.buffer, "read"));
    if (data.length === 0) return;
    const more = decode(data, this.encoding, this.errors);
    this.text += this.newline === null ? translate(more) : more;
  }
  write(s: string): void {
    if (!this.writable()) throw unsupported("write");
    const b = this.binary;
    if (b && this.text.length > 0) {
      if (!b.appends) b.position = this.tell();
      this.text = "";
      this.at = 0;
    }
    const out =
      this.newline === null || this.newline === "" || this.newline === "\n"
        ? s
        : s.replaceAll("\n", this.newline);
    let data = encode(out, this.encoding, this.errors);
    // Only the first text written carries a byte order mark.
    if (b && b.node.size > 0 && b.position > 0 && data[0] !== undefined)
      data = withoutMark(data, this.encoding);
    if (b) b.put(data);
    else callMethod(this.buffer, "write", new PyBytes(data));
  }
  flush(): void {
    if (!this.binary && !this.closed) callMethod(this.buffer, "flush");
  }
  close(): void {
    if (this.closed) return;
    this.closed = true;
    if (this.binary) this.binary.close();
    else callMethod(this.buffer, "close");
  }
  tell(): number {
    this.check();
    const b = this.binary;
    if (!b) return Number(callMethod(this.buffer, "tell"));
    if (this.text.length === 0) return b.position;
    return this.origin + encode(this.text.slice(0, this.at), this.encoding, "surrogateescape").length;
  }
  seek(offset: number, whence: number): number {
    this.check();
    if (whence === 1 && offset !== 0) throw unsupported("can't do nonzero cur-relative seeks");
    if (whence === 2 && offset !== 0) throw unsupported("can't do nonzero end-relative seeks");
    if (whence === 0 && offset < 0) raise(E.ValueError, `negative seek position ${offset}`);
    const b = this.binary;
    if (whence === 1) return this.tell();
    this.text = "";
    this.at = 0;
    if (!b) return Number(callMethod(this.buffer, "seek", offset, whence));
    return b.seek(offset, whence);
  }
  truncate(size: number | undefined): number {
    this.check();
    const b = this.binary;
    if (!b) return Number(callMethod(this.buffer, "truncate", size ?? null));
    if (!b.writes) throw unsupported("truncate");
    const n = size ?? this.tell();
    b.node.truncate(n);
    return n;
  }
}

function withoutMark(data: Uint8Array, encoding: string): Uint8Array {
  const name = encoding.toLowerCase().replace(/[ _]/g, "-");
  if (name === "utf-8-sig") return data.subarray(3);
  if (name === "utf-16" || name === "utf16") return data.subarray(2);
  if (name === "utf-32" || name === "utf32") return data.subarray(4);
  return data;
}

class PyStringIO extends PyTextStream {
  constructor(initial = "", newline: string | null = "\n") {
    super();
    this.newline = newline;
    if (initial !== "") {
      this.text =
        newline === null
          ? translate(initial)
          : newline === "" || newline === "\n"
            ? initial
            : initial.replaceAll("\n", newline);
    }
  }
  protected fill(): void {}
  readable(): boolean {
    return true;
  }
  writable(): boolean {
    return true;
  }
  write(s: string): void {
    let t = s;
    if (this.newline === null) t = translate(s);
    else if (this.newline === "\r" || this.newline === "\r\n") t = s.replaceAll("\n", this.newline);
    if (this.at === this.text.length) this.text += t;
    else {
      if (this.at > this.text.length) this.text = this.text.padEnd(this.at, "\0");
      this.text = this.text.slice(0, this.at) + t + this.text.slice(this.at + t.length);
    }
    this.at += t.length;
  }
  value(): string {
    this.check();
    return this.text;
  }
  flush(): void {
    this.check();
  }
  close(): void {
    this.closed = true;
    this.text = "";
  }
  tell(): number {
    this.check();
    return this.at <= this.text.length ? toPoints(this.text, this.at) : this.at;
  }
  seek(offset: number, whence: number): number {
    this.check();
    if (whence < 0 || whence > 2) raise(E.ValueError, `Invalid whence (${whence}, should be 0, 1 or 2)`);
    if (whence === 0 && offset < 0) raise(E.ValueError, `Negative seek position ${offset}`);
    if (whence !== 0 && offset !== 0) raise(E.OSError, "Can't do nonzero cur-relative seeks");
    if (whence === 2) this.at = this.text.length;
    else if (whence === 0) this.at = offset <= this.text.length ? toUnits(this.text, offset) : offset;
    return this.tell();
  }
  truncate(size: number | undefined): number {
    this.check();
    const n = size ?? this.tell();
    if (n < 0) raise(E.ValueError, `Negative size value ${n}`);
    this.text = this.text.slice(0, toUnits(this.text, n));
    return n;
  }
}

/** Standard output or error: text goes to a function at once. */
export class PyConsole extends PyTextStream {
  readonly name: string;
  readonly encoding = "utf-8";
  private readonly sink: ((text: string) => void) | undefined;
  private readonly source: (() => string | undefined) | undefined;
  constructor(name: string, sink: ((text: string) => void) | undefined, source?: () => string | undefined) {
    super();
    this.name = name;
    this.sink = sink;
    this.source = source;
  }
  readable(): boolean {
    return this.source !== undefined;
  }
  writable(): boolean {
    return this.sink !== undefined;
  }
  protected fill(): void {
    if (!this.source) throw unsupported("read");
    // read() takes everything up to the end of the input.
    for (let l = this.source(); l !== undefined; l = this.source()) this.text += l;
  }
  override readLine(limit = -1): string {
    this.check();
    if (!this.source) throw unsupported("read");
    if (this.at >= this.text.length) {
      const l = this.source();
      if (l === undefined) return "";
      this.text = l;
      this.at = 0;
    }
    const found = this.text.indexOf("\n", this.at) + 1;
    let out = this.text.slice(this.at, found > 0 ? found : undefined);
    if (limit >= 0) out = out.slice(0, limit);
    this.at += out.length;
    return out;
  }
  write(s: string): void {
    if (!this.sink) throw unsupported("write");
    this.sink(s);
  }
  flush(): void {}
  close(): void {
    this.closed = true;
  }
  tell(): number {
    throw unsupported("underlying stream is not seekable");
  }
  seek(): number {
    throw unsupported("underlying stream is not seekable");
  }
  truncate(): number {
    throw unsupported("truncate");
  }
}

const limitOf = (v: Value): number => (v === null ? -1 : toSize(v));

function writeText(f: PyTextStream, v: Value): number {
  const s = asStr(v);
  if (s === undefined) {
    raise(
      E.TypeError,
      f instanceof PyStringIO
        ? `string argument expected, got '${typeOf(v).name}'`
        : `write() argument must be str, not ${typeOf(v).name}`,
    );
  }
  f.check().write(s);
  return strLen(s);
}

const methods: Record<string, NativeMethod> = {
  ...iteratorMethods,
  __next__: ["(self, /)", (f: PyTextStream) => iteratorMethods.__next__[1](f as never) as Value],
  read: ["(self, size=-1, /)", (f: PyTextStream, n: Value) => f.read(limitOf(n))],
  readline: ["(self, size=-1, /)", (f: PyTextStream, n: Value) => f.readLine(limitOf(n))],
  readlines: [
    "(self, hint=-1, /)",
    (f: PyTextStream, hint: Value) => {
      const most = limitOf(hint);
      const out: Value[] = [];
      let total = 0;
      for (let l = f.readLine(); l !== ""; l = f.readLine()) {
        out.push(l);
        total += l.length;
        if (most > 0 && total >= most) break;
      }
      return new PyList(out);
    },
  ],
  write: ["(self, text, /)", writeText],
  writelines: [
    "(self, lines, /)",
    (f: PyTextStream, lines: Value) => {
      f.check();
      const it = iter(lines);
      for (let l = it.next(); l !== undefined; l = it.next()) writeText(f, l);
    },
  ],
  seek: [
    "(self, cookie, whence=0, /)",
    (f: PyTextStream, offset: Value, whence: Value) => f.seek(toSize(offset), toSize(whence)),
  ],
  tell: ["(self, /)", (f: PyTextStream) => f.tell()],
  truncate: [
    "(self, pos=None, /)",
    (f: PyTextStream, pos: Value) => f.truncate(pos === null ? undefined : toSize(pos)),
  ],
  flush: ["(self, /)", (f: PyTextStream) => f.check().flush()],
  close: ["(self, /)", (f: PyTextStream) => f.close()],
  readable: ["(self, /)", (f: PyTextStream) => f.check().readable()],
  writable: ["(self, /)", (f: PyTextStream) => f.check().writable()],
  seekable: ["(self, /)", (f: PyTextStream) => !(f.check() instanceof PyConsole)],
  isatty: ["(self, /)", (f: PyTextStream) => (f.check(), false)],
  fileno: [
    "(self, /)",
    (f: PyTextStream) => {
      if (f instanceof PyConsole) return f.name === "<stdin>" ? 0 : f.name === "<stdout>" ? 1 : 2;
      if (f instanceof PyStringIO) throw unsupported("fileno");
      return 3;
    },
  ],
  __enter__: ["(self, /)", (f: PyTextStream) => f.check()],
  __exit__: ["(self, *args)", (f: PyTextStream) => f.close()],
};

function textArgument(v: Value, name: string): string | undefined {
  if (v === null) return undefined;
  const s = asStr(v);
  if (s === undefined)
    raise(E.TypeError, `TextIOWrapper() argument '${name}' must be str or None, not ${typeOf(v).name}`);
  return s;
}

/** A newline argument. @throws ValueError */
export function newlineArgument(v: Value): string | null {
  if (v === null) return null;
  const s = asStr(v);
  if (s === undefined)
    raise(E.TypeError, `open() argument 'newline' must be str or None, not ${typeOf(v).name}`);
  if (s !== "" && s !== "\n" && s !== "\r" && s !== "\r\n")
    raise(E.ValueError, `illegal newline value: ${repr(s)}`);
  return s;
}

export const textIOWrapperType: PyType = nativeType({
  name: "TextIOWrapper",
  module: "_io",
  dotted: true,
  doc: "A text file over a binary one.",
  bases: [textIOBaseType],
  host: PyTextFile,
  hasDict: true,
  new: [
    "(cls, /, *args, **kwargs)",
    (cls: PyType) => {
      const f = new PyTextFile(null, "UTF-8", "strict", null, "");
      if (cls !== textIOWrapperType) f[TYPE] = cls;
      return f;
    },
  ],
  init: [
    "(self, buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)",
    (f: PyTextFile, buffer: Value, encoding: Value, errors: Value, newline: Value) => {
      f.buffer = buffer;
      f.encoding = encodingNamed(textArgument(encoding, "encoding")) ?? "UTF-8";
      f.errors = textArgument(errors, "errors") ?? "strict";
      f.newline = newlineArgument(newline);
    },
  ],
  methods: {
    ...methods,
    __repr__: [
      "(self, /)",
      (f: PyTextFile) => {
        const name = getAttrOrUndefined(f.buffer, "name");
        return `<_io.TextIOWrapper${name === undefined || name === null ? "" : ` name=${repr(name)}`}${f.mode === "" ? "" : ` mode='${f.mode}'`} encoding='${f.encoding}'>`;
      },
    ],
    reconfigure: [
      "(self, *, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None)",
      (f: PyTextFile, encoding: Value, errors: Value, newline: Value) => {
        f.encoding = encodingNamed(asStr(encoding)) ?? f.encoding;
        f.errors = asStr(errors) ?? f.errors;
        if (newline !== null) f.newline = newlineArgument(newline);
      },
    ],
    detach: ["(self, /)", (f: PyTextFile) => f.buffer],
  },
  getters: {
    buffer: (f: PyTextFile) => f.buffer,
    closed: (f: PyTextFile) => f.closed,
    encoding: (f: PyTextFile) => f.encoding,
    errors: (f: PyTextFile) => f.errors,
    newlines: () => null,
    line_buffering: (f: PyTextFile) => f.lineBuffering,
    write_through: (f: PyTextFile) => f.writeThrough,
    name: (f: PyTextFile) => getAttrOrUndefined(f.buffer, "name") ?? null,
    mode: (f: PyTextFile) => f.mode,
  },
});

function newStringIO(cls: PyType): PyStringIO {
  const f = new PyStringIO();
  if (cls !== stringIOType) f[TYPE] = cls;
  return f;
}

export const stringIOType: PyType = nativeType({
  name: "StringIO",
  module: "_io",
  dotted: true,
  doc: "A text file in memory.",
  bases: [textIOBaseType],
  host: PyStringIO,
  hasDict: true,
  allocator: newStringIO,
  new: ["(cls, /, *args, **kwargs)", (cls: PyType) => newStringIO(cls)],
  init: [
    "(self, initial_value='', newline='\\n')",
    (f: PyStringIO, initial: Value, newline: Value) => {
      const s = initial === null ? "" : asStr(initial);
      if (s === undefined)
        raise(E.TypeError, `initial_value must be str or None, not ${typeOf(initial).name}`);
      const made = new PyStringIO(s, newlineArgument(newline));
      const type = f[TYPE];
      Object.assign(f, made);
      if (type !== stringIOType) f[TYPE] = type;
    },
  ],
  methods: { ...methods, getvalue: ["(self, /)", (f: PyStringIO) => f.value(), "All its contents."] },
  getters: {
    closed: (f: PyStringIO) => f.closed,
    line_buffering: () => false,
    encoding: () => null,
    errors: () => null,
    newlines: () => null,
  },
});

/** The type of sys.stdout and its kin: to programs it is a TextIOWrapper. */
nativeType({
  name: "TextIOWrapper",
  module: "_io",
  dotted: true,
  bases: [textIOWrapperType],
  host: PyConsole,
  hasDict: true,
  methods: {
    ...methods,
    __repr__: [
      "(self, /)",
      (f: PyConsole) =>
        `<_io.TextIOWrapper name='${f.name}' mode='${f.readable() ? "r" : "w"}' encoding='utf-8'>`,
    ],
    reconfigure: ["(self, **kwargs)", () => undefined],
  },
  getters: {
    closed: (f: PyConsole) => f.closed,
    name: (f: PyConsole) => f.name,
    mode: (f: PyConsole) => (f.readable() ? "r" : "w"),
    encoding: (f: PyConsole) => f.encoding,
    errors: (f: PyConsole) => (f.name === "<stderr>" ? "backslashreplace" : "strict"),
    line_buffering: () => false,
    newlines: () => null,
    buffer: (f: PyConsole) => consoleBuffer(f),
  },
});

const buffers = new WeakMap<PyConsole, PyBinaryFile>();

/** `sys.stdout.buffer`: bytes written there go out as text; `sys.stdin.buffer`: all that comes in, as bytes. */
function consoleBuffer(f: PyConsole): PyBinaryFile {
  let b = buffers.get(f);
  if (!b) {
    let input: Uint8Array | undefined;
    const whole = (): Uint8Array => (input ??= encode(asStr(callMethod(f, "read")) ?? "", "utf-8", "strict"));
    const node = {
      get size(): number {
        return f.readable() ? whole().length : 0;
      },
      read: (at: number, n: number) => (f.readable() ? whole().slice(at, at + n) : new Uint8Array(0)),
      write: (_at: number, data: Uint8Array) => f.write(decode(data, "utf-8", "replace")),
      truncate: () => undefined,
    };
    buffers.set(f, (b = binaryFile(node, f.name, f.readable() ? "rb" : "wb", true)));
  }
  return b;
}
