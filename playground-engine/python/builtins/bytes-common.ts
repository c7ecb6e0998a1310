// What bytes and bytearray do alike.
// Behaviour: docs.python.org/3.11/library/stdtypes.html#binary-sequence-types-bytes-bytearray-memoryview.
import * as b from "./bytes-methods.ts";
import * as m from "./str-methods.ts";
import { call1, callSpecial } from "../runtime/call.ts";
import { E, raise } from "../runtime/exceptions.ts";
import { isIterable, iteratorMethods, PyIterator, toArray } from "../runtime/iteration.ts";
import { guardSize } from "../runtime/limits.ts";
import { nativeType } from "../runtime/native-type.ts";
import type { NativeMethod } from "../runtime/native.ts";
import {
  asInt,
  asStr,
  NotImplemented,
  PyBytes,
  PyList,
  PyTuple,
  TYPE,
  typeOf,
  type PyType,
  type Value,
} from "../runtime/object.ts";
import { isTrue } from "../runtime/truth.ts";
import { bytesFromIterable, bytesOf, needBytes, PyByteArray } from "./buffer.ts";
import { indexOrUndefined, toBound, toSize } from "./convert.ts";
import { decode, encode } from "./format-error.ts";
import { percentBytes } from "./percent.ts";
import { PySlice, resolveIndex, resolveSlice } from "./slice-type.ts";

type Holder = PyBytes | PyByteArray;

/** bytes or bytearray, as self is one. */
function like(self: Holder, data: Uint8Array): Holder {
  return self instanceof PyByteArray ? new PyByteArray(data) : new PyBytes(data);
}

/** What bytes(source, encoding, errors) holds. */
export function contents(
  name: string,
  source: Value | undefined,
  encoding: Value | undefined,
  errors: Value | undefined,
): Uint8Array {
  if (source === undefined) {
    if (encoding !== undefined || errors !== undefined)
      raise(
        E.TypeError,
        encoding === undefined ? "errors without a string argument" : "encoding without a string argument",
      );
    return new Uint8Array(0);
  }
  const s = asStr(source);
  if (s !== undefined) {
    if (encoding === undefined)
      raise(
        E.TypeError,
        errors === undefined ? "string argument without an encoding" : "string argument without an encoding",
      );
    return encode(
      s,
      textArgument(name, "encoding", encoding),
      errors === undefined ? "strict" : textArgument(name, "errors", errors),
    );
  }
  if (encoding !== undefined) raise(E.TypeError, "encoding without a string argument");
  if (errors !== undefined) raise(E.TypeError, "errors without a string argument");
  const data = bytesOf(source);
  if (data !== undefined) return data.slice();
  const made = name === "bytes" ? callSpecial(source, "__bytes__", []) : undefined;
  if (made !== undefined) {
    if (!(made instanceof PyBytes))
      raise(E.TypeError, `__bytes__ returned non-bytes (type ${typeOf(made).name})`);
    return made.data;
  }
  const n = indexOrUndefined(source);
  if (n !== undefined) {
    if (n < 0) raise(E.ValueError, "negative count");
    if (typeof n === "bigint") raise(E.OverflowError, "cannot fit 'int' into an index-sized integer");
    guardSize(n);
    return new Uint8Array(n);
  }
  if (!isIterable(source)) raise(E.TypeError, `cannot convert '${typeOf(source).name}' object to ${name}`);
  return bytesFromIterable(source, name === "bytes" ? "bytes" : "byte");
}

function textArgument(name: string, argument: string, v: Value): string {
  const s = asStr(v);
  if (s === undefined)
    raise(E.TypeError, `${name}() argument '${argument}' must be str, not ${typeOf(v).name}`);
  return s;
}

/** What find, count and `in` look for: bytes, or one byte as an int. */
function needle(v: Value): Uint8Array {
  const data = bytesOf(v);
  if (data !== undefined) return data;
  const n = indexOrUndefined(v);
  if (n === undefined)
    raise(E.TypeError, `argument should be integer or bytes-like object, not '${typeOf(v).name}'`);
  if (n < 0 || n > 255) raise(E.ValueError, "byte must be in range(0, 256)");
  return Uint8Array.of(Number(n));
}

type Finder = (s: string, sub: string, start: number, end: number) => number;
function finder(f: Finder, doc: string, orRaise = false): NativeMethod {
  return [
    "(self, sub, start=None, end=None, /)",
    (self: Holder, sub: Value, start: Value, end: Value) => {
      const i = f(b.toLatin(self.data), b.toLatin(needle(sub)), toBound(start, 0), toBound(end, Infinity));
      if (i < 0 && orRaise) raise(E.ValueError, "subsection not found");
      return i;
    },
    doc,
  ];
}

function affix(
  name: string,
  test: (s: string, t: string, start: number, end: number) => boolean,
  doc: string,
): NativeMethod {
  return [
    "(self, prefix, start=None, end=None, /)",
    (self: Holder, given: Value, start: Value, end: Value) => {
      const s = b.toLatin(self.data);
      const one = (v: Value): boolean =>
        test(s, b.toLatin(needBytes(v)), toBound(start, 0), toBound(end, Infinity));
      if (given instanceof PyTuple) return given.items.some(one);
      if (bytesOf(given) === undefined)
        raise(E.TypeError, `${name} first arg must be bytes or a tuple of bytes, not ${typeOf(given).name}`);
      return one(given);
    },
    doc,
  ];
}

const change = (f: (d: Uint8Array) => Uint8Array, doc: string): NativeMethod => [
  "(self, /)",
  (self: Holder) => like(self, f(self.data)),
  doc,
];
const test = (f: (d: Uint8Array) => boolean, doc: string): NativeMethod => [
  "(self, /)",
  (self: Holder) => f(self.data),
  doc,
];

/** bytes of which nothing was taken are the same object. */
function stripped(self: Holder, data: Uint8Array): Holder {
  return data.length === self.data.length && self instanceof PyBytes && !self[TYPE].heap
    ? self
    : like(self, data);
}

function stripper(side: -1 | 0 | 1, doc: string): NativeMethod {
  return [
    "(self, bytes=None, /)",
    (self: Holder, set: Value) =>
      stripped(self, b.strip(self.data, set === null ? undefined : needBytes(set), side)),
    doc,
  ];
}

function justifier(name: string, how: "<" | ">" | "^", doc: string): NativeMethod {
  return [
    "(self, width, fillbyte=..., /)",
    (self: Holder, width: Value, fill: Value | undefined) => {
      const f = fill === undefined ? Uint8Array.of(32) : bytesOf(fill);
      if (f?.length !== 1)
        raise(
          E.TypeError,
          `${name}() argument 2 must be a byte string of length 1, not ${typeOf(fill).name}`,
        );
      return like(self, b.fromLatin(m.justify(b.toLatin(self.data), toSize(width), b.toLatin(f), how)));
    },
    doc,
  ];
}

function splitter(fromRight: boolean, doc: string): NativeMethod {
  return [
    "(self, /, sep=None, maxsplit=-1)",
    (self: Holder, sep: Value, limit: Value) => {
      const by = sep === null ? undefined : needBytes(sep);
      if (by?.length === 0) raise(E.ValueError, "empty separator");
      return new PyList(b.split(self.data, by, toSize(limit), fromRight).map((d) => like(self, d)));
    },
    doc,
  ];
}

function partitioner(f: (s: string, sep: string) => string[], doc: string): NativeMethod {
  return [
    "(self, sep, /)",
    (self: Holder, sep: Value) => {
      const by = needBytes(sep);
      if (by.length === 0) raise(E.ValueError, "empty separator");
      return new PyTuple(f(b.toLatin(self.data), b.toLatin(by)).map((s) => like(self, b.fromLatin(s))));
    },
    doc,
  ];
}

function compare(f: (order: number) => boolean): NativeMethod {
  return [
    "(self, value, /)",
    (self: Holder, other: Value) => {
      // bytes knows its own kind alone; a bytearray any that gives its bytes.
      const d = self instanceof PyBytes && !(other instanceof PyBytes) ? undefined : bytesOf(other);
      return d === undefined ? NotImplemented : f(b.compare(self.data, d));
    },
  ];
}

export function times(self: Holder, n: Value): Holder {
  const count = indexOrUndefined(n);
  if (count === undefined)
    raise(E.TypeError, `can't multiply sequence by non-int of type '${typeOf(n).name}'`);
  guardSize(self.data.length * Number(count));
  return like(self, b.repeat(self.data, Number(count)));
}

function sliceData(d: Uint8Array, s: PySlice): Uint8Array {
  const [start, stop, step] = resolveSlice(s, d.length);
  if (step === 1) return d.slice(start, Math.max(start, stop));
  const out: number[] = [];
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) out.push(d[i]!);
  return Uint8Array.from(out);
}

function getByte(self: Holder, k: Value): Value {
  if (k instanceof PySlice) return like(self, sliceData(self.data, k));
  const array = self instanceof PyByteArray;
  const i = resolveIndex(k, self.data.length, (t) =>
    array
      ? `bytearray indices must be integers or slices, not ${t}`
      : `byte indices must be integers or slices, not ${t}`,
  );
  if (i < 0) raise(E.IndexError, array ? "bytearray index out of range" : "index out of range");
  return self.data[i];
}

export function hexMethod(self: { data: Uint8Array }, sep: Value | undefined, every: Value): string {
  let s = "";
  if (sep !== undefined) {
    const t = asStr(sep) ?? (bytesOf(sep) && b.toLatin(bytesOf(sep)!));
    if (t === undefined) raise(E.TypeError, "sep must be str or bytes.");
    if (t.length !== 1) raise(E.ValueError, "sep must be length 1.");
    if (t > "\x7f") raise(E.ValueError, "sep must be ASCII.");
    s = t;
  }
  return b.toHex(self.data, s, toSize(every));
}

export class BytesIterator extends PyIterator {
  private readonly source: Holder;
  private i = 0;
  constructor(source: Holder) {
    super();
    this.source = source;
  }
  next(): Value | undefined {
    return this.source.data[this.i++];
  }
  left(): number {
    return Math.max(0, this.source.data.length - this.i);
  }
}
export class ByteArrayIterator extends BytesIterator {}
export class MemoryIterator extends BytesIterator {}
for (const [name, host] of [
  ["bytes_iterator", BytesIterator],
  ["bytearray_iterator", ByteArrayIterator],
  ["memory_iterator", MemoryIterator],
] as const) {
  nativeType({
    name,
    host,
    final: true,
    methods: { ...iteratorMethods, __length_hint__: ["(self, /)", (it: BytesIterator) => it.left()] },
  });
}

export const common: Record<string, NativeMethod> = {
  __len__: ["(self, /)", (self: Holder) => self.data.length],
  __getitem__: ["(self, key, /)", getByte],
  __contains__: [
    "(self, key, /)",
    (self: Holder, v: Value) => {
      const n = asInt(v);
      if (n !== undefined) {
        if (n < 0 || n > 255) raise(E.ValueError, "byte must be in range(0, 256)");
        return self.data.includes(Number(n));
      }
      return m.find(b.toLatin(self.data), b.toLatin(needBytes(v)), 0, Infinity) >= 0;
    },
  ],
  __add__: [
    "(self, value, /)",
    (self: Holder, other: Value) => {
      const d = bytesOf(other);
      if (d === undefined) raise(E.TypeError, `can't concat ${typeOf(other).name} to ${typeOf(self).name}`);
      return like(self, b.concat([self.data, d]));
    },
  ],
  __mul__: ["(self, value, /)", times],
  __rmul__: ["(self, value, /)", times],
  __mod__: [
    "(self, value, /)",
    (self: Holder, v: Value) => like(self, b.fromLatin(percentBytes(b.toLatin(self.data), v))),
  ],
  __rmod__: ["(self, value, /)", () => NotImplemented],
  __eq__: compare((o) => o === 0),
  __ne__: compare((o) => o !== 0),
  __lt__: compare((o) => o < 0),
  __le__: compare((o) => o <= 0),
  __gt__: compare((o) => o > 0),
  __ge__: compare((o) => o >= 0),
  find: finder(m.find, "Where sub first occurs, or -1."),
  rfind: finder(m.rfind, "Where sub last occurs, or -1."),
  index: finder(m.find, "Where sub first occurs; ValueError if nowhere.", true),
  rindex: finder(m.rfind, "Where sub last occurs; ValueError if nowhere.", true),
  count: finder(m.count, "How often sub occurs without overlap."),
  startswith: affix("startswith", m.startsWith, "Whether it begins with a prefix, or with one of several."),
  endswith: affix("endswith", m.endsWith, "Whether it ends with a suffix, or with one of several."),
  split: splitter(false, "The parts between separators, or between runs of white space."),
  rsplit: splitter(true, "As split(), counting from the right."),
  splitlines: [
    "(self, /, keepends=False)",
    (self: Holder, keep: Value) =>
      new PyList(b.splitLines(self.data, isTrue(keep)).map((d) => like(self, d))),
    "The lines, with their ends if asked.",
  ],
  join: [
    "(self, iterable_of_bytes, /)",
    (self: Holder, source: Value) => {
      if (!isIterable(source)) raise(E.TypeError, "can only join an iterable");
      const parts: Uint8Array[] = [];
      toArray(source).forEach((v, i) => {
        const d = bytesOf(v);
        if (d === undefined)
          raise(E.TypeError, `sequence item ${i}: expected a bytes-like object, ${typeOf(v).name} found`);
        if (i > 0) parts.push(self.data);
        parts.push(d);
      });
      return like(self, b.concat(parts));
    },
    "The items of an iterable with this one between them.",
  ],
  replace: [
    "(self, old, new, count=-1, /)",
    (self: Holder, old: Value, by: Value, count: Value) =>
      like(
        self,
        b.fromLatin(
          m.replace(b.toLatin(self.data), b.toLatin(needBytes(old)), b.toLatin(needBytes(by)), toSize(count)),
        ),
      ),
    "With occurrences of old replaced by new.",
  ],
  removeprefix: [
    "(self, prefix, /)",
    (self: Holder, p: Value) =>
      like(
        self,
        m.startsWith(b.toLatin(self.data), b.toLatin(needBytes(p)), 0, Infinity)
          ? self.data.slice(needBytes(p).length)
          : self.data.slice(),
      ),
    "Without the prefix, if it is there.",
  ],
  removesuffix: [
    "(self, suffix, /)",
    (self: Holder, p: Value) => {
      const t = needBytes(p);
      return like(
        self,
        t.length > 0 && m.endsWith(b.toLatin(self.data), b.toLatin(t), 0, Infinity)
          ? self.data.slice(0, -t.length)
          : self.data.slice(),
      );
    },
    "Without the suffix, if it is there.",
  ],
  strip: stripper(0, "Without white space, or the given bytes, at both ends."),
  lstrip: stripper(-1, "Without white space, or the given bytes, at the beginning."),
  rstrip: stripper(1, "Without white space, or the given bytes, at the end."),
  partition: partitioner(m.partition, "What is before, the separator, and what is after."),
  rpartition: partitioner(m.rpartition, "As partition(), at the last separator."),
  center: justifier("center", "^", "Centred in a field of that width."),
  ljust: justifier("ljust", "<", "At the left of a field of that width."),
  rjust: justifier("rjust", ">", "At the right of a field of that width."),
  zfill: [
    "(self, width, /)",
    (self: Holder, w: Value) => like(self, b.fromLatin(m.zfill(b.toLatin(self.data), toSize(w)))),
    "With zeros at the left, after a sign.",
  ],
  expandtabs: [
    "(self, /, tabsize=8)",
    (self: Holder, n: Value) => like(self, b.fromLatin(m.expandTabs(b.toLatin(self.data), toSize(n)))),
    "With spaces for tabs.",
  ],
  translate: [
    "(self, table, /, delete=b'')",
    (self: Holder, table: Value, remove: Value | undefined) => {
      const t = table === null ? undefined : needBytes(table);
      if (t !== undefined && t.length !== 256)
        raise(E.ValueError, "translation table must be 256 characters long");
      return like(
        self,
        b.translate(self.data, t, remove === undefined ? new Uint8Array(0) : needBytes(remove)),
      );
    },
    "With bytes replaced by what the table has for them.",
  ],
  capitalize: change(b.capitalize, "First letter in upper case, the rest in lower case."),
  lower: change(b.lower, "ASCII letters in lower case."),
  upper: change(b.upper, "ASCII letters in upper case."),
  title: change(b.title, "Each word with an initial capital."),
  swapcase: change(b.swapcase, "Upper case for lower and the other way round."),
  isalnum: test(b.isalnum, "Whether all bytes are ASCII letters or digits, and there is one."),
  isalpha: test(b.isalpha, "Whether all bytes are ASCII letters, and there is one."),
  isascii: test(b.isascii, "Whether all bytes are ASCII."),
  isdigit: test(b.isdigit, "Whether all bytes are ASCII digits, and there is one."),
  islower: test(b.islower, "Whether no letter is upper case, and one is lower."),
  isspace: test(b.isspace, "Whether all bytes are white space, and there is one."),
  istitle: test(b.istitle, "Whether every word begins with a capital."),
  isupper: test(b.isupper, "Whether no letter is lower case, and one is upper."),
  decode: [
    "(self, /, encoding='utf-8', errors='strict')",
    (self: Holder, encoding: Value, errors: Value) =>
      decode(
        self.data,
        textArgument("decode", "encoding", encoding),
        textArgument("decode", "errors", errors),
      ),
    "The bytes as text.",
  ],
  hex: ["(self, sep=..., bytes_per_sep=1)", hexMethod, "Two hexadecimal digits a byte."],
};

export const fromhex: NativeMethod = [
  "(cls, string, /)",
  (cls: PyType, text: Value) => {
    const s = asStr(text);
    if (s === undefined) raise(E.TypeError, `fromhex() argument must be str, not ${typeOf(text).name}`);
    const r = b.fromHex(s);
    if (typeof r === "number")
      raise(E.ValueError, `non-hexadecimal number found in fromhex() arg at position ${r}`);
    return call1(cls, new PyBytes(r));
  },
  "The bytes that hexadecimal digits stand for.",
];

export const maketrans: NativeMethod = [
  "(frm, to, /)",
  (from: Value, to: Value) => {
    const [f, t] = [needBytes(from), needBytes(to)];
    if (f.length !== t.length) raise(E.ValueError, "maketrans arguments must have same length");
    const table = Uint8Array.from({ length: 256 }, (_, i) => i);
    f.forEach((c, i) => (table[c] = t[i]!));
    return new PyBytes(table);
  },
  "A table for translate().",
];
