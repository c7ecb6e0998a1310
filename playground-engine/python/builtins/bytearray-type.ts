// bytearray: bytes that can be changed.
// Behaviour: docs.python.org/3.11/library/stdtypes.html#binary-sequence-types-bytes-bytearray-memoryview.
import * as b from "./bytes-methods.ts";
import { E, raise } from "../runtime/exceptions.ts";
import { isIterable } from "../runtime/iteration.ts";
import { late } from "../runtime/late.ts";
import { nativeType } from "../runtime/native-type.ts";
import {
  asInt,
  asStr,
  dictOf,
  PyBytes,
  PyTuple,
  TYPE,
  typeOf,
  type PyType,
  type Value,
} from "../runtime/object.ts";
import { bytesFromIterable, bytesOf, PyByteArray, toByte } from "./buffer.ts";
import { ByteArrayIterator, common, contents, fromhex, maketrans, times } from "./bytes-common.ts";
import { toSize } from "./convert.ts";
import { PySlice, resolveIndex, resolveSlice } from "./slice-type.ts";
import { bytesRepr } from "./str-repr.ts";

function newByteArray(cls: PyType): PyByteArray {
  const v = new PyByteArray(new Uint8Array(0));
  if (cls !== byteArrayType) v[TYPE] = cls;
  return v;
}

function splice(self: PyByteArray, start: number, gone: number, put: Uint8Array): void {
  self.data = b.concat([self.data.subarray(0, start), put, self.data.subarray(start + gone)]);
}

function setBytes(self: PyByteArray, k: Value, v: Value): void {
  if (!(k instanceof PySlice)) {
    const i = resolveIndex(
      k,
      self.data.length,
      (t) => `bytearray indices must be integers or slices, not ${t}`,
    );
    if (i < 0) raise(E.IndexError, "bytearray index out of range");
    self.data[i] = toByte(v, "byte");
    return;
  }
  const [start, stop, step] = resolveSlice(k, self.data.length);
  const put =
    bytesOf(v) ??
    (asInt(v) !== undefined || asStr(v) !== undefined || !isIterable(v)
      ? noSlice(v)
      : bytesFromIterable(v, "byte"));
  if (step === 1) {
    splice(self, start, Math.max(0, stop - start), put);
    return;
  }
  const places: number[] = [];
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) places.push(i);
  if (places.length !== put.length)
    raise(
      E.ValueError,
      `attempt to assign bytes of size ${put.length} to extended slice of size ${places.length}`,
    );
  places.forEach((p, i) => (self.data[p] = put[i]!));
}

function noSlice(v: Value): never {
  if (asStr(v) !== undefined) raise(E.TypeError, "'str' object cannot be interpreted as an integer");
  raise(E.TypeError, "can assign only bytes, buffers, or iterables of ints in range(0, 256)");
}

function deleteBytes(self: PyByteArray, k: Value): void {
  if (!(k instanceof PySlice)) {
    const i = resolveIndex(
      k,
      self.data.length,
      (t) => `bytearray indices must be integers or slices, not ${t}`,
    );
    if (i < 0) raise(E.IndexError, "bytearray index out of range");
    splice(self, i, 1, new Uint8Array(0));
    return;
  }
  const [start, stop, step] = resolveSlice(k, self.data.length);
  const gone = new Set<number>();
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) gone.add(i);
  self.data = self.data.filter((_, i) => !gone.has(i));
}

export const byteArrayType: PyType = nativeType({
  name: "bytearray",
  doc: "A sequence of ints from 0 to 255 that can be changed.",
  host: PyByteArray,
  allocator: newByteArray,
  new: ["(cls, /, *args, **kwargs)", newByteArray],
  init: [
    "(self, source=..., encoding=..., errors=...)",
    (self: PyByteArray, source: Value | undefined, encoding: Value | undefined, errors: Value | undefined) =>
      void (self.data = contents("bytearray", source, encoding, errors)),
  ],
  methods: {
    ...common,
    __repr__: ["(self, /)", (self: PyByteArray) => `${typeOf(self).name}(${bytesRepr(self.data)})`],
    __iter__: ["(self, /)", (self: PyByteArray) => new ByteArrayIterator(self)],
    __reduce_ex__: [
      "(self, proto=0, /)",
      (self: PyByteArray) => {
        const own = dictOf(self);
        const arguments_ = new PyTuple([new PyBytes(self.data.slice())]);
        return new PyTuple([typeOf(self), arguments_, own === undefined ? null : late.dict(own)]);
      },
    ],
    __setitem__: ["(self, key, value, /)", setBytes],
    __delitem__: ["(self, key, /)", deleteBytes],
    __iadd__: [
      "(self, value, /)",
      (self: PyByteArray, v: Value) => {
        const d = bytesOf(v);
        if (d === undefined) raise(E.TypeError, `can't concat ${typeOf(v).name} to bytearray`);
        splice(self, self.data.length, 0, d);
        return self;
      },
    ],
    __imul__: [
      "(self, value, /)",
      (self: PyByteArray, n: Value) => {
        self.data = times(self, n).data;
        return self;
      },
    ],
    append: [
      "(self, item, /)",
      (self: PyByteArray, v: Value) => splice(self, self.data.length, 0, Uint8Array.of(toByte(v, "byte"))),
      "Put a byte at the end.",
    ],
    extend: [
      "(self, iterable_of_ints, /)",
      (self: PyByteArray, v: Value) =>
        splice(self, self.data.length, 0, bytesOf(v) ?? bytesFromIterable(v, "byte")),
      "Put bytes at the end.",
    ],
    insert: [
      "(self, index, item, /)",
      (self: PyByteArray, index: Value, v: Value) => {
        const i = toSize(index);
        const n = self.data.length;
        splice(self, i < 0 ? Math.max(0, i + n) : Math.min(i, n), 0, Uint8Array.of(toByte(v, "byte")));
      },
      "Put a byte before the given position.",
    ],
    pop: [
      "(self, index=-1, /)",
      (self: PyByteArray, index: Value) => {
        let i = toSize(index);
        if (self.data.length === 0) raise(E.IndexError, "pop from empty bytearray");
        if (i < 0) i += self.data.length;
        const v = self.data[i];
        if (v === undefined) raise(E.IndexError, "pop index out of range");
        splice(self, i, 1, new Uint8Array(0));
        return v;
      },
      "Take out and return the byte at the position.",
    ],
    remove: [
      "(self, value, /)",
      (self: PyByteArray, v: Value) => {
        const i = self.data.indexOf(toByte(v, "byte"));
        if (i < 0) raise(E.ValueError, "value not found in bytearray");
        splice(self, i, 1, new Uint8Array(0));
      },
      "Take out the first byte of that value.",
    ],
    reverse: [
      "(self, /)",
      (self: PyByteArray) => void self.data.reverse(),
      "Turn the order round, in place.",
    ],
    clear: ["(self, /)", (self: PyByteArray) => void (self.data = new Uint8Array(0)), "Take out all bytes."],
    copy: [
      "(self, /)",
      (self: PyByteArray) => new PyByteArray(self.data.slice()),
      "A new bytearray with the same bytes.",
    ],
  },
  classMethods: { fromhex },
  staticMethods: { maketrans },
});
