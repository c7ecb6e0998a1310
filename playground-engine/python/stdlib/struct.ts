// The modules struct, binascii and base64.
// Behaviour: docs.python.org/3.11/library/struct.html, binascii.html, base64.html.
import { E, err, raise, type PyException } from "../runtime/exceptions.ts";
import { NativeIterator, type PyIterator } from "../runtime/iteration.ts";
import { bareType } from "../runtime/base-types.ts";
import { defineModule } from "../runtime/modules.ts";
import { nativeType } from "../runtime/native-type.ts";
import {
  asInt,
  asStr,
  normInt,
  PyBytes,
  PyFloat,
  PyTuple,
  type PyType,
  TYPE,
  typeOf,
  type Value,
} from "../runtime/object.ts";
import { isTrue } from "../runtime/truth.ts";
import { bytesOf, needBytes, PyByteArray } from "../builtins/buffer.ts";
import { floatOrUndefined, indexOrUndefined } from "../builtins/convert.ts";

const structError = bareType("error", [E.Exception], "struct");
structError.hasDict = true;
const bad = (message: string): PyException => err(structError, message);

interface Field {
  readonly code: string;
  readonly size: number;
  readonly align: number;
  readonly count: number;
}

const SIZES: Readonly<Record<string, number>> = {
  x: 1,
  c: 1,
  b: 1,
  B: 1,
  "?": 1,
  h: 2,
  H: 2,
  i: 4,
  I: 4,
  l: 4,
  L: 4,
  q: 8,
  Q: 8,
  e: 2,
  f: 4,
  d: 8,
  s: 1,
  p: 1,
};
const NATIVE: Readonly<Record<string, number>> = { ...SIZES, l: 8, L: 8, n: 8, N: 8, P: 8 };

interface Layout {
  readonly fields: readonly Field[];
  readonly little: boolean;
  readonly native: boolean;
}

function layout(format: string): Layout {
  const first = format[0] ?? "";
  const native = !"<>=!".includes(first) || first === "";
  const little = first !== ">" && first !== "!";
  const sizes = native ? NATIVE : SIZES;
  const fields: Field[] = [];
  const body = "@<>=!".includes(first) && first !== "" ? format.slice(1) : format;
  const item = /\s*(\d*)(.)/gy;
  let at = 0;
  const trimmed = body.trimEnd();
  while (at < trimmed.length) {
    item.lastIndex = at;
    const m = item.exec(trimmed);
    if (m === null) throw bad("repeat count given without format specifier");
    at = item.lastIndex;
    const size = sizes[m[2]!];
    if (size === undefined) throw bad("bad char in struct format");
    fields.push({ code: m[2]!, size, align: native ? size : 1, count: m[1] === "" ? 1 : Number(m[1]) });
  }
  return { fields, little, native };
}

const aligned = (at: number, f: Field): number => Math.ceil(at / f.align) * f.align;

function sizeOf(l: Layout): number {
  let at = 0;
  for (const f of l.fields) at = aligned(at, f) + f.size * f.count;
  return at;
}

const countOf = (l: Layout): number =>
  l.fields.reduce((n, f) => n + (f.code === "x" ? 0 : f.code === "s" || f.code === "p" ? 1 : f.count), 0);

function packInt(v: Value, f: Field): bigint {
  const n = indexOrUndefined(v);
  if (n === undefined) throw bad("required argument is not an integer");
  const signed = f.code === f.code.toLowerCase();
  const bits = BigInt(f.size * 8);
  const low = signed ? -(1n << (bits - 1n)) : 0n;
  const high = signed ? (1n << (bits - 1n)) - 1n : (1n << bits) - 1n;
  const big = BigInt(n);
  if (big < low || big > high) {
    if (f.size === 8 || (big < 0n && !signed && f.size === 4)) throw bad("argument out of range");
    const names: Readonly<Record<string, string>> = { b: "byte", B: "ubyte", h: "short", H: "ushort" };
    throw bad(`${names[f.code] ?? `'${f.code}'`} format requires ${low} <= number <= ${high}`);
  }
  return BigInt.asUintN(Number(bits), big);
}

function halfBits(x: number): number {
  if (Number.isNaN(x)) return 0x7e00;
  const sign = x < 0 || Object.is(x, -0) ? 0x8000 : 0;
  const a = Math.abs(x);
  if (a === Infinity) return sign | 0x7c00;
  if (a === 0) return sign;
  const e = Math.max(-14, Math.floor(Math.log2(a)));
  let m = a / 2 ** e;
  let exponent = e;
  if (m >= 2) {
    m /= 2;
    exponent++;
  }
  const scaled = m * 1024;
  let f = Math.floor(scaled);
  const rest = scaled - f;
  if (rest > 0.5 || (rest === 0.5 && (f & 1) === 1)) f++;
  const bits = f < 1024 ? f : ((exponent + 15) << 10) + (f - 1024);
  if (bits >= 0x7c00) raise(E.OverflowError, "float too large to pack with e format");
  return sign | bits;
}

function halfValue(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const e = (bits >> 10) & 31;
  const f = bits & 1023;
  if (e === 31) return f === 0 ? sign * Infinity : NaN;
  return sign * (e === 0 ? f * 2 ** -24 : (1 + f / 1024) * 2 ** (e - 15));
}

function pack(l: Layout, values: readonly Value[]): Uint8Array {
  const want = countOf(l);
  if (values.length !== want) throw bad(`pack expected ${want} items for packing (got ${values.length})`);
  const out = new Uint8Array(sizeOf(l));
  const view = new DataView(out.buffer);
  let at = 0;
  let next = 0;
  for (const f of l.fields) {
    at = aligned(at, f);
    if (f.code === "s" || f.code === "p") {
      const b = bytesOf(values[next++] ?? null);
      if (b === undefined) throw bad(`argument for '${f.code}' must be a bytes object`);
      const room = f.code === "p" ? f.count - 1 : f.count;
      const part = b.subarray(0, Math.max(0, room));
      if (f.code === "p" && f.count > 0) out[at] = Math.min(255, part.length);
      out.set(part, at + (f.code === "p" ? 1 : 0));
      at += f.count;
      continue;
    }
    for (let k = 0; k < f.count; k++, at += f.size) {
      if (f.code === "x") continue;
      const v = values[next++] ?? null;
      if (f.code === "c") {
        const b = bytesOf(v);
        if (b === undefined || b.length !== 1) throw bad("char format requires a bytes object of length 1");
        out[at] = b[0]!;
      } else if (f.code === "?") out[at] = isTrue(v) ? 1 : 0;
      else if ("efd".includes(f.code)) {
        const x = floatOrUndefined(v);
        if (x === undefined) throw bad("required argument is not a float");
        if (f.code === "d") view.setFloat64(at, x, l.little);
        else if (f.code === "f") {
          if (Number.isFinite(x) && !Number.isFinite(Math.fround(x)))
            raise(E.OverflowError, "float too large to pack with f format");
          view.setFloat32(at, x, l.little);
        } else view.setUint16(at, halfBits(x), l.little);
      } else {
        const n = packInt(v, f);
        if (f.size === 1) out[at] = Number(n);
        else if (f.size === 2) view.setUint16(at, Number(n), l.little);
        else if (f.size === 4) view.setUint32(at, Number(n), l.little);
        else view.setBigUint64(at, n, l.little);
      }
    }
  }
  return out;
}

function unpack(l: Layout, data: Uint8Array, start: number): PyTuple {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const out: Value[] = [];
  let at = 0;
  for (const f of l.fields) {
    at = aligned(at, f);
    const p = start + at;
    if (f.code === "s") out.push(new PyBytes(data.slice(p, p + f.count)));
    else if (f.code === "p")
      out.push(new PyBytes(data.slice(p + 1, p + 1 + Math.min(data[p] ?? 0, f.count - 1))));
    else
      for (let k = 0; k < f.count; k++) {
        const q = p + k * f.size;
        const signed = f.code === f.code.toLowerCase();
        if (f.code === "x") continue;
        if (f.code === "c") out.push(new PyBytes(data.slice(q, q + 1)));
        else if (f.code === "?") out.push(data[q] !== 0);
        else if (f.code === "d") out.push(new PyFloat(view.getFloat64(q, l.little)));
        else if (f.code === "f") out.push(new PyFloat(view.getFloat32(q, l.little)));
        else if (f.code === "e") out.push(new PyFloat(halfValue(view.getUint16(q, l.little))));
        else if (f.size === 1) out.push(signed ? view.getInt8(q) : view.getUint8(q));
        else if (f.size === 2) out.push(signed ? view.getInt16(q, l.little) : view.getUint16(q, l.little));
        else if (f.size === 4) out.push(signed ? view.getInt32(q, l.little) : view.getUint32(q, l.little));
        else out.push(normInt(signed ? view.getBigInt64(q, l.little) : view.getBigUint64(q, l.little)));
      }
    at += f.size * f.count;
  }
  return new PyTuple(out);
}

function formatOf(v: Value): string {
  const s = asStr(v) ?? (bytesOf(v) && new TextDecoder().decode(bytesOf(v)));
  if (s === undefined)
    raise(E.TypeError, `Struct() argument 1 must be a str or bytes object, not ${typeOf(v).name}`);
  return s;
}

function unpackAll(l: Layout, v: Value): PyTuple {
  const data = needBytes(v);
  const size = sizeOf(l);
  if (data.length !== size) throw bad(`unpack requires a buffer of ${size} bytes`);
  return unpack(l, data, 0);
}

function unpackFrom(l: Layout, v: Value, offset: Value): PyTuple {
  const data = needBytes(v);
  const size = sizeOf(l);
  let at = Number(asInt(offset) ?? 0);
  if (at < 0) {
    if (at + size > 0) throw bad(`not enough data to unpack ${size} bytes`);
    if (at + data.length < 0) throw bad(`offset ${at} out of range for ${data.length}-byte buffer`);
    at += data.length;
  }
  if (data.length - at < size)
    throw bad(
      `unpack_from requires a buffer of at least ${at + size} bytes for unpacking ${size} bytes at offset ${at} (actual buffer size is ${data.length})`,
    );
  return unpack(l, data, at);
}

function packInto(l: Layout, buffer: Value, offset: Value, values: readonly Value[]): void {
  if (!(buffer instanceof PyByteArray))
    raise(E.TypeError, `argument must be read-write bytes-like object, not ${typeOf(buffer).name}`);
  const made = pack(l, values);
  let at = Number(asInt(offset) ?? 0);
  if (at < 0) at += buffer.data.length;
  if (at < 0 || buffer.data.length - at < made.length)
    throw bad(
      `pack_into requires a buffer of at least ${at + made.length} bytes for packing ${made.length} bytes at offset ${at} (actual buffer size is ${buffer.data.length})`,
    );
  buffer.data.set(made, at);
}

function iterUnpack(l: Layout, v: Value): PyIterator {
  const data = needBytes(v);
  const size = sizeOf(l);
  if (size === 0) throw bad("cannot iteratively unpack with a struct of length 0");
  if (data.length % size !== 0)
    throw bad(`iterative unpacking requires a buffer of a multiple of ${size} bytes`);
  let at = 0;
  return new NativeIterator(() => {
    if (at >= data.length) return undefined;
    at += size;
    return unpack(l, data, at - size);
  });
}

class PyStruct {
  declare [TYPE]: PyType;
  readonly format: string;
  readonly layout: Layout;
  constructor(format: string) {
    this.format = format;
    this.layout = layout(format);
  }
}
const structType = nativeType({
  name: "Struct",
  module: "_struct",
  dotted: true,
  host: PyStruct,
  new: ["(cls, format)", (_cls: PyType, f: Value) => new PyStruct(formatOf(f))],
  getters: { format: (s: PyStruct) => s.format, size: (s: PyStruct) => sizeOf(s.layout) },
  methods: {
    pack: ["(self, *values)", (s: PyStruct, v: readonly Value[]) => new PyBytes(pack(s.layout, v))],
    pack_into: [
      "(self, buffer, offset, *values)",
      (s: PyStruct, b: Value, at: Value, v: readonly Value[]) => packInto(s.layout, b, at, v),
    ],
    unpack: ["(self, buffer, /)", (s: PyStruct, b: Value) => unpackAll(s.layout, b)],
    unpack_from: [
      "(self, buffer, offset=0)",
      (s: PyStruct, b: Value, at: Value) => unpackFrom(s.layout, b, at),
    ],
    iter_unpack: ["(self, buffer, /)", (s: PyStruct, b: Value) => iterUnpack(s.layout, b)],
    __repr__: ["(self, /)", (s: PyStruct) => `_struct.Struct('${s.format}')`],
  },
});

defineModule("struct", () => ({
  name: "struct",
  doc: "Values as bytes, laid out as in C.",
  functions: {
    calcsize: ["(format, /)", (f: Value) => sizeOf(layout(formatOf(f)))],
    pack: [
      "(format, /, *values)",
      (f: Value, v: readonly Value[]) => new PyBytes(pack(layout(formatOf(f)), v)),
    ],
    pack_into: [
      "(format, buffer, offset, /, *values)",
      (f: Value, b: Value, at: Value, v: readonly Value[]) => packInto(layout(formatOf(f)), b, at, v),
    ],
    unpack: ["(format, buffer, /)", (f: Value, b: Value) => unpackAll(layout(formatOf(f)), b)],
    unpack_from: [
      "(format, /, buffer, offset=0)",
      (f: Value, b: Value, at: Value) => unpackFrom(layout(formatOf(f)), b, at),
    ],
    iter_unpack: ["(format, buffer, /)", (f: Value, b: Value) => iterUnpack(layout(formatOf(f)), b)],
  },
  members: { Struct: structType, error: structError },
}));
