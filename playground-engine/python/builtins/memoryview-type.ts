// memoryview: the memory of another object, in place.
// Behaviour: docs.python.org/3.11/library/stdtypes.html#binary-sequence-types-bytes-bytearray-memoryview.
import * as b from "./bytes-methods.ts";
import { eqTruth } from "../runtime/comparison.ts";
import { E, raise } from "../runtime/exceptions.ts";
import { id } from "../runtime/hash.ts";
import { getIter } from "../runtime/iteration.ts";
import { nativeType } from "../runtime/native-type.ts";
import {
  asStr,
  NotImplemented,
  PyBytes,
  PyList,
  PyTuple,
  typeOf,
  type PyType,
  type Value,
} from "../runtime/object.ts";
import { needBytes, PyArray, PyByteArray, PyMemoryView, viewOf } from "./buffer.ts";
import { hexMethod, MemoryIterator } from "./bytes-common.ts";
import { ELEMENT_SIZE, writeElement } from "./elements.ts";
import { hashStr } from "./hashing.ts";
import { PySlice, resolveIndex, resolveSlice } from "./slice-type.ts";

function open(v: PyMemoryView): PyMemoryView {
  if (v.released) raise(E.ValueError, "operation forbidden on released memoryview object");
  return v;
}

function viewItem(v: PyMemoryView, k: Value): Value {
  open(v);
  if (k instanceof PySlice) {
    const [start, stop, step] = resolveSlice(k, v.length);
    const count =
      step > 0
        ? Math.max(0, Math.ceil((stop - start) / step))
        : Math.max(0, Math.ceil((start - stop) / -step));
    return new PyMemoryView(v.source, v.start + start * v.step, v.step * step, count, v.format, v.readOnly);
  }
  return v.item(viewPlace(v, k));
}

function viewPlace(v: PyMemoryView, k: Value): number {
  const i = resolveIndex(k, v.length, () => "memoryview: invalid slice key");
  if (i < 0) raise(E.IndexError, "index out of bounds on dimension 1");
  return i;
}

function setViewItem(v: PyMemoryView, k: Value, value: Value): void {
  open(v);
  if (v.readOnly) raise(E.TypeError, "cannot modify read-only memory");
  if (k instanceof PySlice) {
    const part = viewItem(v, k) as PyMemoryView;
    const from = value instanceof PyMemoryView ? value : undefined;
    const put = needBytes(value);
    const format = from?.format ?? (value instanceof PyArray ? value.code : "B");
    if (put.length !== part.length * part.itemSize || format !== part.format)
      raise(E.ValueError, "memoryview assignment: lvalue and rvalue have different structures");
    const size = part.itemSize;
    for (let i = 0; i < part.length; i++)
      v.source.data.set(put.subarray(i * size, (i + 1) * size), part.start + i * part.step);
    return;
  }
  const f = v.format;
  writeElement(viewOf(v.source.data), v.start + viewPlace(v, k) * v.step, f, value, {
    wrongType: () => raise(E.TypeError, `memoryview: invalid type for format '${f}'`),
    outOfRange: () => raise(E.ValueError, `memoryview: invalid value for format '${f}'`),
  });
}

/** The same bytes as elements of another kind. */
function castView(v: PyMemoryView, format: Value): PyMemoryView {
  open(v);
  const code = asStr(format);
  if (code === undefined)
    raise(E.TypeError, `memoryview.cast() argument 'format' must be str, not ${typeOf(format).name}`);
  const letter = code.replace(/^@/, "");
  const size = ELEMENT_SIZE[letter];
  if (size === undefined || letter.length !== 1 || letter === "u")
    raise(
      E.ValueError,
      "memoryview: destination format must be a native single character format prefixed with an optional '@'",
    );
  if (v.step !== v.itemSize) raise(E.TypeError, "memoryview: casts are restricted to C-contiguous views");
  if (!"bBc".includes(v.format) && !"bBc".includes(letter))
    raise(E.TypeError, "memoryview: cannot cast between two non-byte formats");
  const bytes = v.length * v.itemSize;
  if (bytes % size !== 0) raise(E.TypeError, "memoryview: length is not a multiple of itemsize");
  return new PyMemoryView(v.source, v.start, size, bytes / size, letter, v.readOnly);
}

/** Elements equal one by one, of whatever kinds. */
function sameElements(v: PyMemoryView, o: Value): boolean | undefined {
  const other =
    o instanceof PyMemoryView
      ? o
      : o instanceof PyBytes || o instanceof PyByteArray
        ? new PyMemoryView(o)
        : undefined;
  if (other === undefined) return undefined;
  if (v.length !== other.length) return false;
  if (v.format === "B" && other.format === "B") return b.equal(v.bytes(), other.bytes());
  for (let i = 0; i < v.length; i++) if (!eqTruth(v.item(i), other.item(i))) return false;
  return true;
}

const elementsOf = (v: PyMemoryView): Value[] => Array.from({ length: v.length }, (_, i) => v.item(i));

export const memoryViewType: PyType = nativeType({
  name: "memoryview",
  doc: "A view of the bytes of another object.",
  host: PyMemoryView,
  final: true,
  new: [
    "(cls, object)",
    (_cls: PyType, source: Value) => {
      if (source instanceof PyMemoryView)
        return new PyMemoryView(
          source.source,
          source.start,
          source.step,
          source.length,
          source.format,
          source.readOnly,
        );
      if (source instanceof PyBytes || source instanceof PyByteArray) return new PyMemoryView(source);
      raise(E.TypeError, `memoryview: a bytes-like object is required, not '${typeOf(source).name}'`);
    },
  ],
  methods: {
    __repr__: [
      "(self, /)",
      (v: PyMemoryView) => `<${v.released ? "released memory" : "memory"} at 0x${id(v).toString(16)}>`,
    ],
    __len__: ["(self, /)", (v: PyMemoryView) => open(v).length],
    __getitem__: ["(self, key, /)", viewItem],
    __setitem__: ["(self, key, value, /)", setViewItem],
    __iter__: [
      "(self, /)",
      (v: PyMemoryView) =>
        open(v).format === "B"
          ? new MemoryIterator(new PyBytes(v.bytes()))
          : getIter(new PyList(elementsOf(v))),
    ],
    __eq__: ["(self, value, /)", (v: PyMemoryView, o: Value) => sameElements(v, o) ?? NotImplemented],
    __hash__: ["(self, /)", (v: PyMemoryView) => hashStr(b.toLatin(v.bytes()))],
    __enter__: ["(self, /)", (v: PyMemoryView) => open(v)],
    __exit__: ["(self, /, *args)", (v: PyMemoryView) => void (v.released = true)],
    tobytes: [
      "(self, /, order='C')",
      (v: PyMemoryView) => new PyBytes(open(v).bytes()),
      "The bytes as a bytes object.",
    ],
    tolist: ["(self, /)", (v: PyMemoryView) => new PyList(elementsOf(open(v))), "The elements as a list."],
    hex: [
      "(self, sep=..., bytes_per_sep=1)",
      (v: PyMemoryView, sep: Value | undefined, every: Value) => hexMethod({ data: v.bytes() }, sep, every),
      "Two hexadecimal digits a byte.",
    ],
    cast: [
      "(self, format, shape=...)",
      (v: PyMemoryView, format: Value, shape: Value | undefined) => {
        if (shape !== undefined) raise(E.NotImplementedError, "memoryview: views of one dimension only");
        return castView(v, format);
      },
      "The same bytes as elements of another kind.",
    ],
    release: ["(self, /)", (v: PyMemoryView) => void (v.released = true), "Give the object free."],
    toreadonly: [
      "(self, /)",
      (v: PyMemoryView) => new PyMemoryView(v.source, v.start, v.step, v.length, v.format, true),
      "A view that cannot be written to.",
    ],
  },
  getters: {
    nbytes: (v: PyMemoryView) => v.length * v.itemSize,
    itemsize: (v: PyMemoryView) => v.itemSize,
    format: (v: PyMemoryView) => v.format,
    ndim: () => 1,
    readonly: (v: PyMemoryView) => v.readOnly,
    obj: (v: PyMemoryView) => v.source,
    shape: (v: PyMemoryView) => new PyTuple([v.length]),
    strides: (v: PyMemoryView) => new PyTuple([v.step]),
    contiguous: (v: PyMemoryView) => v.step === v.itemSize,
    c_contiguous: (v: PyMemoryView) => v.step === v.itemSize,
    f_contiguous: (v: PyMemoryView) => v.step === v.itemSize,
    suboffsets: () => new PyTuple([]),
  },
});
