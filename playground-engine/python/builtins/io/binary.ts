// Binary files and io.BytesIO: bytes at a position.
// Behaviour: docs.python.org/3.11/library/io.html.
import { callMethod, getAttrOrUndefined } from "../../runtime/attributes.ts";
import { E, err, raise } from "../../runtime/exceptions.ts";
import { iteratorMethods, PyIterator, iter } from "../../runtime/iteration.ts";
import { nativeType } from "../../runtime/native-type.ts";
import type { NativeMethod } from "../../runtime/native.ts";
import { PyBytes, PyList, type PyType, TYPE, typeOf, type Value } from "../../runtime/object.ts";
import { strRepr } from "../str-repr.ts";
import { bytesOf, needBytes, PyByteArray, PyMemoryView } from "../buffer.ts";
import { toSize } from "../convert.ts";
import type { FileNode } from "./file-system.ts";
import { bufferedIOBaseType, rawIOBaseType, unsupported, unsupportedOperationType } from "./bases.ts";

/** Contents of BytesIO. */
class Memory implements FileNode {
  private data: Uint8Array;
  size: number;
  constructor(data: Uint8Array) {
    this.data = data.slice();
    this.size = data.length;
  }
  read(at: number, count: number): Uint8Array {
    return this.data.slice(at, Math.min(this.size, at + count));
  }
  write(at: number, more: Uint8Array): void {
    const end = at + more.length;
    if (end > this.data.length) {
      const bigger = new Uint8Array(Math.max(end, this.data.length * 2, 64));
      bigger.set(this.data.subarray(0, this.size));
      this.data = bigger;
    }
    if (at > this.size) this.data.fill(0, this.size, at);
    this.data.set(more, at);
    this.size = Math.max(this.size, end);
  }
  truncate(size: number): void {
    if (size < this.size) this.size = size;
  }
}

export class PyBinaryFile extends PyIterator {
  node: FileNode;
  position = 0;
  closed = false;
  readonly name: Value;
  readonly mode: string;
  readonly reads: boolean;
  readonly writes: boolean;
  readonly appends: boolean;
  constructor(node: FileNode, name: Value, mode: string) {
    super();
    this.node = node;
    this.name = name;
    this.mode = mode;
    this.reads = mode.includes("r") || mode.includes("+");
    this.writes = mode.includes("w") || mode.includes("a") || mode.includes("x") || mode.includes("+");
    this.appends = mode.includes("a");
    if (this.appends) this.position = node.size;
  }
  check(): this {
    if (this.closed)
      raise(
        E.ValueError,
        this instanceof PyBytesIO ? "I/O operation on closed file." : "read of closed file",
      );
    return this;
  }
  take(count: number): Uint8Array {
    this.check();
    if (!this.reads) throw err(unsupportedOperationType, "read");
    const out = this.node.read(
      this.position,
      count < 0 ? Math.max(0, this.node.size - this.position) : count,
    );
    this.position += out.length;
    return out;
  }
  put(data: Uint8Array): number {
    if (this.closed)
      raise(
        E.ValueError,
        this instanceof PyBytesIO ? "I/O operation on closed file." : "write to closed file",
      );
    if (!this.writes) throw err(unsupportedOperationType, "write");
    if (this.appends) this.position = this.node.size;
    this.node.write(this.position, data);
    this.position += data.length;
    return data.length;
  }
  line(limit = -1): Uint8Array {
    this.check();
    if (!this.reads) throw err(unsupportedOperationType, "read");
    const chunks: number[] = [];
    let at = this.position;
    for (;;) {
      const part = this.node.read(at, 512);
      if (part.length === 0) break;
      const end = part.indexOf(10);
      for (let i = 0; i < (end < 0 ? part.length : end + 1); i++) chunks.push(part[i]!);
      if (end >= 0 || (limit >= 0 && chunks.length >= limit)) break;
      at += part.length;
    }
    const out = Uint8Array.from(limit >= 0 ? chunks.slice(0, limit) : chunks);
    this.position += out.length;
    return out;
  }
  next(): Value | undefined {
    const l = this.line();
    return l.length === 0 ? undefined : new PyBytes(l);
  }
  seek(offset: number, whence: number): number {
    this.check();
    const base = whence === 0 ? 0 : whence === 1 ? this.position : this.node.size;
    if (whence < 0 || whence > 2) raise(E.ValueError, `invalid whence (${whence}, should be 0, 1 or 2)`);
    if (whence === 0 && offset < 0) raise(E.ValueError, `negative seek value ${offset}`);
    return (this.position = Math.max(0, base + offset));
  }
  close(): void {
    this.closed = true;
  }
}

class PyBytesIO extends PyBinaryFile {
  constructor(data: Uint8Array) {
    super(new Memory(data), null, "rb+");
  }
}

const limitOf = (v: Value): number => (v === null ? -1 : toSize(v));

function readInto(f: PyBinaryFile, target: Value): number {
  const data = needBytes(target);
  const got = f.take(data.length);
  if (target instanceof PyByteArray) target.data.set(got);
  else if (target instanceof PyMemoryView)
    got.forEach((c, i) => (target.source.data[target.start + i * target.step] = c));
  else
    raise(
      E.TypeError,
      `readinto() argument must be read-write bytes-like object, not ${typeOf(target).name}`,
    );
  return got.length;
}

const methods: Record<string, NativeMethod> = {
  ...iteratorMethods,
  read: ["(self, size=-1, /)", (f: PyBinaryFile, n: Value) => new PyBytes(f.take(limitOf(n)))],
  read1: ["(self, size=-1, /)", (f: PyBinaryFile, n: Value) => new PyBytes(f.take(limitOf(n)))],
  peek: ["(self, size=0, /)", (f: PyBinaryFile) => new PyBytes(f.check().node.read(f.position, 8192))],
  readall: ["(self, /)", (f: PyBinaryFile) => new PyBytes(f.take(-1))],
  readinto: ["(self, buffer, /)", readInto],
  readline: ["(self, size=-1, /)", (f: PyBinaryFile, n: Value) => new PyBytes(f.line(limitOf(n)))],
  readlines: [
    "(self, hint=-1, /)",
    (f: PyBinaryFile, hint: Value) => {
      const out: Value[] = [];
      const most = limitOf(hint);
      let total = 0;
      for (let l = f.line(); l.length > 0; l = f.line()) {
        out.push(new PyBytes(l));
        total += l.length;
        if (most > 0 && total >= most) break;
      }
      return new PyList(out);
    },
  ],
  write: [
    "(self, buffer, /)",
    (f: PyBinaryFile, data: Value) => {
      const d = bytesOf(data);
      if (d === undefined) raise(E.TypeError, `a bytes-like object is required, not '${typeOf(data).name}'`);
      return f.put(d);
    },
  ],
  writelines: [
    "(self, lines, /)",
    (f: PyBinaryFile, lines: Value) => {
      const it = iter(lines);
      for (let l = it.next(); l !== undefined; l = it.next()) f.put(needBytes(l));
    },
  ],
  seek: [
    "(self, target, whence=0, /)",
    (f: PyBinaryFile, offset: Value, whence: Value) => f.seek(toSize(offset), toSize(whence)),
  ],
  tell: ["(self, /)", (f: PyBinaryFile) => f.check().position],
  truncate: [
    "(self, pos=None, /)",
    (f: PyBinaryFile, pos: Value) => {
      if (!f.check().writes) throw unsupported("truncate");
      const size = pos === null ? f.position : toSize(pos);
      f.node.truncate(size);
      return size;
    },
  ],
  flush: ["(self, /)", (f: PyBinaryFile) => void f.check()],
  close: ["(self, /)", (f: PyBinaryFile) => f.close()],
  detach: [
    "(self, /)",
    () => {
      throw unsupported("detach");
    },
  ],
  fileno: [
    "(self, /)",
    (f: PyBinaryFile) => {
      if (f instanceof PyBytesIO) throw unsupported("fileno");
      return 3;
    },
  ],
  isatty: ["(self, /)", (f: PyBinaryFile) => (f.check(), false)],
  readable: ["(self, /)", (f: PyBinaryFile) => f.check().reads],
  writable: ["(self, /)", (f: PyBinaryFile) => f.check().writes],
  seekable: ["(self, /)", (f: PyBinaryFile) => (f.check(), true)],
  __enter__: [
    "(self, /)",
    (f: PyBinaryFile) => {
      if (f.closed) raise(E.ValueError, "I/O operation on closed file.");
      return f;
    },
  ],
  __exit__: ["(self, *args)", (f: PyBinaryFile) => f.close()],
};

class Reader extends PyBinaryFile {}
class Writer extends PyBinaryFile {}
class Random extends PyBinaryFile {}
class Raw extends PyBinaryFile {}
const shown = (name: string): NativeMethod => [
  "(self, /)",
  (f: PyBinaryFile) => `<_io.${name} name=${typeof f.name === "string" ? strRepr(f.name) : String(f.name)}>`,
];
const getters = {
  closed: (f: PyBinaryFile): Value => f.closed,
  name: (f: PyBinaryFile): Value => f.name,
  mode: (f: PyBinaryFile): Value => (f.mode.includes("b") ? f.mode : f.mode + "b"),
  raw: (f: PyBinaryFile): Value => raws.get(f) ?? f,
};

/** What buffered files that a program made are over. */
const raws = new WeakMap<PyBinaryFile, Value>();

/** The contents of a raw file of any class: all that it reads, and where writing goes. */
function nodeOver(raw: Value): FileNode {
  if (raw instanceof PyBinaryFile) return raw.node;
  let input: Memory | undefined;
  const whole = (): Memory =>
    (input ??= new Memory(bytesOf(callMethod(raw, "readall")) ?? new Uint8Array(0)));
  return {
    get size(): number {
      return whole().size;
    },
    read: (at, count) => whole().read(at, count),
    write: (_at, data) => void callMethod(raw, "write", new PyBytes(data)),
    truncate: (size) => void callMethod(raw, "truncate", size),
  };
}

/** `BufferedReader(raw)` and its like. */
const over = (host: typeof PyBinaryFile, mode: string, own: () => PyType): NativeMethod => [
  "(cls, raw, buffer_size=8192)",
  (cls: PyType, raw: Value) => {
    const f = new host(nodeOver(raw), getAttrOrUndefined(raw, "name") ?? null, mode);
    if (raw instanceof PyBinaryFile) f.position = raw.position;
    raws.set(f, raw);
    if (cls !== own()) f[TYPE] = cls;
    return f;
  },
];

const make = (name: string, host: typeof PyBinaryFile, base: PyType, mode?: string): PyType => {
  const made: PyType = nativeType({
    name,
    ...(mode === undefined ? {} : { new: over(host, mode, () => made) }),
    module: "_io",
    dotted: true,
    bases: [base],
    host,
    hasDict: true,
    methods: { ...methods, __repr__: shown(name) },
    getters,
  });
  return made;
};
export const readerType = make("BufferedReader", Reader, bufferedIOBaseType, "rb");
export const writerType = make("BufferedWriter", Writer, bufferedIOBaseType, "wb");
export const randomType = make("BufferedRandom", Random, bufferedIOBaseType, "rb+");
export const fileIOType = make("FileIO", Raw, rawIOBaseType);

/** An open binary file of the class that its mode asks for. */
export function binaryFile(node: FileNode, name: Value, mode: string, buffered: boolean): PyBinaryFile {
  const Class = !buffered ? Raw : mode.includes("+") ? Random : mode.includes("r") ? Reader : Writer;
  return new Class(node, name, mode);
}

export const bytesIOType: PyType = nativeType({
  name: "BytesIO",
  module: "_io",
  dotted: true,
  doc: "A binary file in memory.",
  bases: [bufferedIOBaseType],
  host: PyBytesIO,
  hasDict: true,
  allocator: newBytesIO,
  new: ["(cls, /, *args, **kwargs)", (cls: PyType) => newBytesIO(cls)],
  init: [
    "(self, initial_bytes=b'')",
    (f: PyBytesIO, data: Value | undefined) => {
      f.node = new Memory(data === undefined || data === null ? new Uint8Array(0) : needBytes(data));
      f.position = 0;
    },
  ],
  methods: {
    ...methods,
    getvalue: [
      "(self, /)",
      (f: PyBytesIO) => new PyBytes(f.check().node.read(0, f.node.size)),
      "All its contents.",
    ],
    getbuffer: [
      "(self, /)",
      (f: PyBytesIO) => new PyMemoryView(new PyByteArray(f.check().node.read(0, f.node.size))),
      "A view of its contents.",
    ],
  },
  getters: { closed: (f: PyBytesIO) => f.closed },
});

function newBytesIO(cls: PyType): PyBytesIO {
  const f = new PyBytesIO(new Uint8Array(0));
  if (cls !== bytesIOType) f[TYPE] = cls;
  return f;
}
