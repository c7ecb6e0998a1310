// Objects that hold bytes: bytes is PyBytes (runtime/object.ts), here are bytearray and memoryview, and how any of
// them, or an iterable of ints, is read as a Uint8Array.
import { iter } from "../runtime/iteration.ts";
import { E, raise } from "../runtime/exceptions.ts";
import { DICT, type Namespace, PyBytes, type PyType, TYPE, typeOf, type Value } from "../runtime/object.ts";
import { indexOrUndefined } from "./convert.ts";
import { ELEMENT_SIZE, readElement } from "./elements.ts";

export class PyByteArray {
  declare [TYPE]: PyType;
  declare [DICT]?: Namespace;
  data: Uint8Array;
  constructor(data: Uint8Array) {
    this.data = data;
  }
}

/** Bytes seen as numbers of one kind: array.array. */
export class PyArray extends PyByteArray {
  readonly code: string;
  /** A buffer with room behind the data, where one was made. */
  private room: ArrayBufferLike | undefined = undefined;
  constructor(code: string, data: Uint8Array) {
    super(data);
    this.code = code;
  }
  /** Add bytes at the end; the room for more grows with what is there. */
  add(more: Uint8Array): void {
    const [n, length] = [this.data.length, this.data.length + more.length];
    if (this.room !== this.data.buffer || this.room.byteLength < length) {
      const grown = new Uint8Array(Math.max(64, length + (length >> 1)));
      grown.set(this.data);
      this.room = grown.buffer;
    }
    const data = new Uint8Array(this.room, 0, length);
    data.set(more, n);
    this.data = data;
  }
}

/** A one-dimensional view of the elements of another object. */
export class PyMemoryView {
  declare [TYPE]: PyType;
  readonly source: PyBytes | PyByteArray;
  /** Positions into the source's bytes. */
  readonly start: number;
  readonly step: number;
  /** Elements. */
  readonly length: number;
  /** The kind of element: elements.ts. */
  readonly format: string;
  readonly readOnly: boolean;
  released = false;
  constructor(
    source: PyBytes | PyByteArray,
    start = 0,
    step?: number,
    length?: number,
    format = source instanceof PyArray ? source.code : "B",
    readOnly = source instanceof PyBytes,
  ) {
    this.source = source;
    this.start = start;
    this.format = format;
    this.step = step ?? this.itemSize;
    this.length = length ?? source.data.length / this.itemSize;
    this.readOnly = readOnly;
  }
  get itemSize(): number {
    return ELEMENT_SIZE[this.format] ?? 1;
  }
  bytes(): Uint8Array {
    const size = this.itemSize;
    const out = new Uint8Array(this.length * size);
    for (let i = 0; i < this.length; i++) {
      const at = this.start + i * this.step;
      out.set(this.source.data.subarray(at, at + size), i * size);
    }
    return out;
  }
  /** The element at a place that there is. */
  item(i: number): Value {
    return readElement(viewOf(this.source.data), this.start + i * this.step, this.format);
  }
}

export function viewOf(data: Uint8Array): DataView {
  return new DataView(data.buffer, data.byteOffset, data.byteLength);
}

/** Types of other rooms that offer their bytes (array.array, io.BytesIO's buffer). */
const bufferReaders: ((v: object) => Uint8Array | undefined)[] = [];

/** The bytes of a bytes-like object, not copied where that can be helped; undefined for anything else. */
export function bytesOf(v: Value): Uint8Array | undefined {
  if (v instanceof PyBytes || v instanceof PyByteArray) return v.data;
  if (v instanceof PyMemoryView) return v.bytes();
  if (typeof v === "object" && v !== null) {
    for (const read of bufferReaders) {
      const b = read(v);
      if (b) return b;
    }
  }
  return undefined;
}

/** @throws TypeError "a bytes-like object is required, not 'str'" */
export function needBytes(v: Value): Uint8Array {
  const b = bytesOf(v);
  if (b === undefined) raise(E.TypeError, `a bytes-like object is required, not '${typeOf(v).name}'`);
  return b;
}

/** A byte value. @throws TypeError, ValueError */
export function toByte(v: Value, what = "bytes"): number {
  const n = indexOrUndefined(v);
  if (n === undefined) raise(E.TypeError, `'${typeOf(v).name}' object cannot be interpreted as an integer`);
  if (n < 0 || n > 255)
    raise(
      E.ValueError,
      what === "bytes" ? "bytes must be in range(0, 256)" : "byte must be in range(0, 256)",
    );
  return Number(n);
}

export function bytesFromIterable(v: Value, what = "bytes"): Uint8Array {
  const out: number[] = [];
  const it = iter(v);
  for (let x = it.next(); x !== undefined; x = it.next()) out.push(toByte(x, what));
  return Uint8Array.from(out);
}
