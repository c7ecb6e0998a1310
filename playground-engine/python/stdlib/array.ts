// The module array: numbers of one kind, packed.
// Behaviour: docs.python.org/3.11/library/array.html, with the sizes of 64-bit Linux.
import { callMethod } from "../runtime/attributes.ts";
import { eqTruth, ltTruth } from "../runtime/comparison.ts";
import { E, raise } from "../runtime/exceptions.ts";
import { id } from "../runtime/hash.ts";
import { getIter, iter } from "../runtime/iteration.ts";
import { guardSize } from "../runtime/limits.ts";
import { defineModule } from "../runtime/modules.ts";
import { nativeType } from "../runtime/native-type.ts";
import type { NativeMethod } from "../runtime/native.ts";
import {
  asInt,
  asStr,
  DICT,
  NotImplemented,
  PyBytes,
  PyList,
  PyTuple,
  type PyType,
  TYPE,
  typeOf,
  type Value,
} from "../runtime/object.ts";
import { repr } from "../runtime/repr.ts";
import { needBytes, PyArray, PyByteArray, viewOf } from "../builtins/buffer.ts";
import { indexOrUndefined } from "../builtins/convert.ts";
import { ELEMENT_SIZE, type ElementErrors, readElement, writeElement } from "../builtins/elements.ts";
import { PySlice, resolveIndex, resolveSlice } from "../builtins/slice-type.ts";
import { register } from "./abc.ts";
import { mutableSequence } from "./collections-abc.ts";

const CODES = "bBuhHiIlLqQfd";
const NAMES: Readonly<Record<string, string>> = {
  b: "signed char",
  B: "unsigned byte integer",
  h: "signed short integer",
  H: "unsigned short",
  i: "signed integer",
  I: "unsigned int",
};

const errorsOf = (code: string): ElementErrors => ({
  wrongType: (v) =>
    raise(
      E.TypeError,
      "fd".includes(code)
        ? `must be real number, not ${typeOf(v).name}`
        : `'${typeOf(v).name}' object cannot be interpreted as an integer`,
    ),
  outOfRange: (n, low) => {
    const name = NAMES[code];
    if (name === undefined)
      raise(
        E.OverflowError,
        n < 0 && low === 0n ? "can't convert negative value to unsigned int" : "int too big to convert",
      );
    raise(E.OverflowError, `${name} is ${n < low ? "less than minimum" : "greater than maximum"}`);
  },
});

const sizeOf = (a: PyArray): number => ELEMENT_SIZE[a.code]!;
const lengthOf = (a: PyArray): number => a.data.length / sizeOf(a);
const at = (a: PyArray, i: number): Value => readElement(viewOf(a.data), i * sizeOf(a), a.code);
const valuesOf = (a: PyArray): Value[] => Array.from({ length: lengthOf(a) }, (_, i) => at(a, i));

/** Bytes of these values as elements. */
function packed(code: string, values: readonly Value[]): Uint8Array {
  const size = ELEMENT_SIZE[code]!;
  const out = new Uint8Array(values.length * size);
  const view = viewOf(out);
  const errors = errorsOf(code);
  values.forEach((v, i) => writeElement(view, i * size, code, v, errors));
  return out;
}

function listed(source: Value): Value[] {
  const out: Value[] = [];
  const it = iter(source);
  for (let v = it.next(); v !== undefined; v = it.next()) {
    out.push(v);
    if ((out.length & 0xffff) === 0) guardSize(out.length);
  }
  return out;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((n, p) => n + p.length, 0);
  guardSize(length);
  const out = new Uint8Array(length);
  let to = 0;
  for (const p of parts) {
    out.set(p, to);
    to += p.length;
  }
  return out;
}

/** Put elements in the place of those from start up to stop. */
function splice(a: PyArray, start: number, stop: number, put: Uint8Array): void {
  const size = sizeOf(a);
  a.data = joined(a.data.subarray(0, start * size), put, a.data.subarray(Math.max(start, stop) * size));
}

const made = (code: string, data: Uint8Array): PyArray => new PyArray(code, data);

function sameKind(a: PyArray, b: Value, doing: string): Uint8Array {
  if (!(b instanceof PyArray))
    raise(E.TypeError, `can only ${doing} array (not "${typeOf(b).name}") to array`);
  if (a.code !== b.code) raise(E.TypeError, "bad argument type for built-in operation");
  return b.data;
}

function place(a: PyArray, k: Value, what: string): number {
  const i = resolveIndex(k, lengthOf(a), () => "array indices must be integers");
  if (i < 0) raise(E.IndexError, what);
  return i;
}

/** What array(code, source) holds. */
function contents(code: string, source: Value | undefined): Uint8Array {
  if (source === undefined) return new Uint8Array(0);
  const text = asStr(source);
  if (text !== undefined) {
    if (code !== "u") raise(E.TypeError, `cannot use a str to initialize an array with typecode '${code}'`);
    return packed(code, Array.from(text));
  }
  if (source instanceof PyArray) {
    if (code !== source.code && (code === "u" || source.code === "u"))
      raise(E.TypeError, `cannot use a unicode array to initialize an array with typecode '${code}'`);
    return code === source.code ? source.data.slice() : packed(code, valuesOf(source));
  }
  if (source instanceof PyBytes || source instanceof PyByteArray) return wholeElements(code, source.data);
  return packed(code, listed(source));
}

function wholeElements(code: string, data: Uint8Array): Uint8Array {
  if (data.length % ELEMENT_SIZE[code]! !== 0)
    raise(E.ValueError, "bytes length not a multiple of item size");
  return data.slice();
}

function extend(a: PyArray, source: Value): void {
  if (source instanceof PyArray) {
    if (source.code !== a.code) raise(E.TypeError, "can only extend with array of same kind");
    a.add(source.data);
  } else a.add(packed(a.code, listed(source)));
}

function getItem(a: PyArray, k: Value): Value {
  if (!(k instanceof PySlice)) return at(a, place(a, k, "array index out of range"));
  const [start, stop, step] = resolveSlice(k, lengthOf(a));
  const size = sizeOf(a);
  if (step === 1) return made(a.code, a.data.slice(start * size, Math.max(start, stop) * size));
  const picked: Uint8Array[] = [];
  for (let i = start; step > 0 ? i < stop : i > stop; i += step)
    picked.push(a.data.subarray(i * size, (i + 1) * size));
  return made(a.code, joined(...picked));
}

function setItem(a: PyArray, k: Value, v: Value): void {
  const size = sizeOf(a);
  if (!(k instanceof PySlice)) {
    const i = place(a, k, "array assignment index out of range");
    writeElement(viewOf(a.data), i * size, a.code, v, errorsOf(a.code));
    return;
  }
  if (!(v instanceof PyArray))
    raise(E.TypeError, `can only assign array (not "${typeOf(v).name}") to array slice`);
  const put = v === a ? v.data.slice() : sameKind(a, v, "assign");
  const [start, stop, step] = resolveSlice(k, lengthOf(a));
  if (step === 1) {
    splice(a, start, stop, put);
    return;
  }
  const count = Math.max(0, Math.ceil((stop - start) / step));
  if (put.length / size !== count)
    raise(
      E.ValueError,
      `attempt to assign array of size ${put.length / size} to extended slice of size ${count}`,
    );
  for (let i = 0; i < count; i++)
    a.data.set(put.subarray(i * size, (i + 1) * size), (start + i * step) * size);
}

function deleteItem(a: PyArray, k: Value): void {
  if (!(k instanceof PySlice)) {
    const i = place(a, k, "array assignment index out of range");
    splice(a, i, i + 1, new Uint8Array(0));
    return;
  }
  const [start, stop, step] = resolveSlice(k, lengthOf(a));
  const gone = new Set<number>();
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) gone.add(i);
  const size = sizeOf(a);
  const kept: Uint8Array[] = [];
  for (let i = 0; i < lengthOf(a); i++)
    if (!gone.has(i)) kept.push(a.data.subarray(i * size, (i + 1) * size));
  a.data = joined(...kept);
}

function find(a: PyArray, v: Value, from = 0, to = Infinity): number {
  for (let i = Math.max(0, from); i < Math.min(to, lengthOf(a)); i++) if (eqTruth(at(a, i), v)) return i;
  return -1;
}

function times(a: PyArray, n: Value): Uint8Array | undefined {
  const k = indexOrUndefined(n);
  if (k === undefined) return undefined;
  const count = Math.max(0, Number(k));
  guardSize(a.data.length * count);
  return joined(...Array.from({ length: count }, () => a.data));
}
const repeated: NativeMethod = [
  "(self, value, /)",
  (a: PyArray, n: Value) => {
    const data = times(a, n);
    return data === undefined ? NotImplemented : made(a.code, data);
  },
];

/** -1, 0 or 1 by the first elements that differ, then by length. */
const ordering = (test: (less: boolean, equal: boolean) => boolean): NativeMethod => [
  "(self, value, /)",
  (a: PyArray, b: Value) => {
    if (!(b instanceof PyArray)) return NotImplemented;
    const [x, y] = [valuesOf(a), valuesOf(b)];
    for (let i = 0; i < Math.min(x.length, y.length); i++)
      if (!eqTruth(x[i], y[i])) return test(ltTruth(x[i], y[i]), false);
    return test(x.length < y.length, x.length === y.length);
  },
];

const arrayType: PyType = nativeType({
  name: "array",
  module: "array",
  dotted: true,
  doc: "Numbers of one kind, packed.",
  host: PyArray,
  hasDict: false,
  generic: true,
  new: [
    "(cls, *args, **kwargs)",
    (cls: PyType, args: readonly Value[]) => {
      if (args.length === 0) raise(E.TypeError, "array() takes at least 1 argument (0 given)");
      if (args.length > 2) raise(E.TypeError, `array() takes at most 2 arguments (${args.length} given)`);
      const code = asStr(args[0]);
      if (code === undefined || code.length !== 1)
        raise(E.TypeError, `array() argument 1 must be a unicode character, not ${typeOf(args[0]).name}`);
      if (!CODES.includes(code))
        raise(E.ValueError, "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)");
      const a = made(code, contents(code, args[1]));
      if (cls !== arrayType) a[TYPE] = cls;
      return a;
    },
  ],
  methods: {
    __len__: ["(self, /)", lengthOf],
    __getitem__: ["(self, key, /)", getItem],
    __setitem__: ["(self, key, value, /)", setItem],
    __delitem__: ["(self, key, /)", deleteItem],
    __iter__: ["(self, /)", (a: PyArray) => getIter(new PyList(valuesOf(a)))],
    __contains__: ["(self, key, /)", (a: PyArray, v: Value) => find(a, v) >= 0],
    __repr__: [
      "(self, /)",
      (a: PyArray) => {
        const name = typeOf(a).name.split(".").at(-1)!;
        if (a.data.length === 0) return `${name}('${a.code}')`;
        return `${name}('${a.code}', ${a.code === "u" ? repr(text(a)) : repr(new PyList(valuesOf(a)))})`;
      },
    ],
    __eq__: ordering((_less, equal) => equal),
    __ne__: ordering((_less, equal) => !equal),
    __lt__: ordering((less, equal) => less && !equal),
    __le__: ordering((less, equal) => less || equal),
    __gt__: ordering((less, equal) => !less && !equal),
    __ge__: ordering((less, equal) => !less || equal),
    __add__: [
      "(self, value, /)",
      (a: PyArray, b: Value) => made(a.code, joined(a.data, sameKind(a, b, "append"))),
    ],
    __iadd__: [
      "(self, value, /)",
      (a: PyArray, b: Value) => {
        if (!(b instanceof PyArray))
          raise(E.TypeError, `can only extend with array (not "${typeOf(b).name}")`);
        extend(a, b);
        return a;
      },
    ],
    __mul__: repeated,
    __rmul__: repeated,
    __imul__: [
      "(self, value, /)",
      (a: PyArray, n: Value) => {
        const data = times(a, n);
        if (data === undefined) return NotImplemented;
        a.data = data;
        return a;
      },
    ],
    __copy__: ["(self, /)", (a: PyArray) => made(a.code, a.data.slice())],
    __deepcopy__: ["(self, unused, /)", (a: PyArray) => made(a.code, a.data.slice())],
    __reduce_ex__: [
      "(self, value, /)",
      (a: PyArray) =>
        new PyTuple([
          typeOf(a),
          new PyTuple([a.code, a.code === "u" ? text(a) : new PyList(valuesOf(a))]),
          a[DICT] === undefined ? null : callMethod(a, "__getattribute__", "__dict__"),
        ]),
    ],
    append: [
      "(self, v, /)",
      (a: PyArray, v: Value) => a.add(packed(a.code, [v])),
      "Add an element at the end.",
    ],
    extend: ["(self, bb, /)", extend, "Add elements at the end."],
    fromlist: [
      "(self, list, /)",
      (a: PyArray, v: Value) => {
        if (!(v instanceof PyList)) raise(E.TypeError, "arg must be list");
        a.add(packed(a.code, v.items));
      },
      "Add the elements of a list.",
    ],
    frombytes: [
      "(self, buffer, /)",
      (a: PyArray, v: Value) => a.add(wholeElements(a.code, needBytes(v))),
      "Add elements from their bytes.",
    ],
    fromunicode: [
      "(self, ustr, /)",
      (a: PyArray, v: Value) => {
        if (a.code !== "u") raise(E.ValueError, "fromunicode() may only be called on unicode type arrays");
        a.add(packed("u", Array.from(asStr(v) ?? "")));
      },
    ],
    fromfile: [
      "(self, f, n, /)",
      (a: PyArray, f: Value, n: Value) => {
        const wanted = Number(asInt(n) ?? 0) * sizeOf(a);
        const data = needBytes(callMethod(f, "read", wanted));
        a.add(wholeElements(a.code, data));
        if (data.length < wanted) raise(E.EOFError, "read() didn't return enough bytes");
      },
    ],
    tofile: [
      "(self, f, /)",
      (a: PyArray, f: Value) => void callMethod(f, "write", new PyBytes(a.data.slice())),
    ],
    tobytes: ["(self, /)", (a: PyArray) => new PyBytes(a.data.slice()), "The bytes of the elements."],
    tolist: ["(self, /)", (a: PyArray) => new PyList(valuesOf(a)), "The elements as a list."],
    tounicode: [
      "(self, /)",
      (a: PyArray) => {
        if (a.code !== "u") raise(E.ValueError, "tounicode() may only be called on unicode type arrays");
        return text(a);
      },
    ],
    insert: [
      "(self, i, v, /)",
      (a: PyArray, i: Value, v: Value) => {
        const n = lengthOf(a);
        const k = Number(
          indexOrUndefined(i) ??
            raise(E.TypeError, `'${typeOf(i).name}' object cannot be interpreted as an integer`),
        );
        const to = Math.min(n, Math.max(0, k < 0 ? k + n : k));
        splice(a, to, to, packed(a.code, [v]));
      },
      "Put an element before a place.",
    ],
    pop: [
      "(self, i=-1, /)",
      (a: PyArray, i: Value) => {
        if (a.data.length === 0) raise(E.IndexError, "pop from empty array");
        const k = place(a, i, "pop index out of range");
        const v = at(a, k);
        splice(a, k, k + 1, new Uint8Array(0));
        return v;
      },
      "Take an element out.",
    ],
    remove: [
      "(self, v, /)",
      (a: PyArray, v: Value) => {
        const i = find(a, v);
        if (i < 0) raise(E.ValueError, "array.remove(x): x not in array");
        splice(a, i, i + 1, new Uint8Array(0));
      },
      "Take out the first such element.",
    ],
    index: [
      "(self, v, start=0, stop=9223372036854775807, /)",
      (a: PyArray, v: Value, start: Value, stop: Value) => {
        const n = lengthOf(a);
        const bound = (x: Value): number => {
          const k = Number(asInt(x) ?? 0);
          return k < 0 ? k + n : k;
        };
        const i = find(a, v, bound(start), bound(stop));
        if (i < 0) raise(E.ValueError, "array.index(x): x not in array");
        return i;
      },
      "Where such an element stands first.",
    ],
    count: ["(self, v, /)", (a: PyArray, v: Value) => valuesOf(a).filter((x) => eqTruth(x, v)).length],
    reverse: [
      "(self, /)",
      (a: PyArray) => void (a.data = packed(a.code, valuesOf(a).reverse())),
      "Turn the order round.",
    ],
    byteswap: [
      "(self, /)",
      (a: PyArray) => {
        const size = sizeOf(a);
        for (let i = 0; i < a.data.length; i += size) a.data.subarray(i, i + size).reverse();
      },
      "Turn the bytes of each element round.",
    ],
    buffer_info: ["(self, /)", (a: PyArray) => new PyTuple([id(a), lengthOf(a)])],
  },
  getters: {
    typecode: (a: PyArray) => a.code,
    itemsize: sizeOf,
  },
});

const text = (a: PyArray): string => valuesOf(a).join("");

register(mutableSequence, arrayType);

defineModule("array", () => ({
  name: "array",
  doc: "Numbers of one kind, packed.",
  members: { array: arrayType, ArrayType: arrayType, typecodes: CODES },
}));
