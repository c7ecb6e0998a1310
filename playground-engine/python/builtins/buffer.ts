// Objects that hold bytes: bytes is PyBytes (runtime/object.ts), here are bytearray and memoryview, and how any of
// them, or an iterable of ints, is read as a Uint8Array.
import { iter } from "../runtime/iteration.ts";
import { E, raise } from "../runtime/exceptions.ts";
import { DICT, type Namespace, PyBytes, type PyType, TYPE, typeOf, type Value } from "../runtime/object.ts";
import { indexOrUndefined } from "./convert.ts";

export class PyByteArray {
  declare [TYPE]: PyType;
  declare [DICT]?: Namespace;
  data: Uint8Array;
  constructor(data: Uint8Array) {
    this.data = data;
  }
}

/** A one-dimensional view of unsigned bytes. */
export class PyMemoryView {
  declare [TYPE]: PyType;
  readonly source: PyBytes | PyByteArray;
  /** Positions into the source. */
  readonly start: number;
  readonly step: number;
  readonly length: number;
  released = false;
  constructor(source: PyBytes | PyByteArray, start = 0, step = 1, length = source.data.length) {
    this.source = source;
    this.start = start;
    this.step = step;
    this.length = length;
  }
  bytes(): Uint8Array {
    const out = new Uint8Array(this.length);
    for (let i = 0; i < this.length; i++) out[i] = this.source.data[this.start + i * this.step]!;
    return out;
  }
}

/** Types of other rooms that offer their bytes (array.array, io.BytesIO's buffer). */
export const bufferReaders: ((v: object) => Uint8Array | undefined)[] = [];

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
