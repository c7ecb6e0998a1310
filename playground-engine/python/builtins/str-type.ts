// str.
//
// A str is a bare JavaScript string; an instance of a subclass is a PyBoxed. Its methods work on the primitive and
// give bare strings. What they do is in str-methods.ts; here are arguments and their errors.
// Behaviour: docs.python.org/3.11/library/stdtypes.html#text-sequence-type-str.
import { E, isInstanceOf, raise } from "../runtime/exceptions.ts";
import { isIterable, PyIterator, iteratorMethods, toArray } from "../runtime/iteration.ts";
import { getItem } from "../runtime/items.ts";
import { late } from "../runtime/late.ts";
import { guardSize } from "../runtime/limits.ts";
import { nativeType } from "../runtime/native-type.ts";
import type { NativeMethod } from "../runtime/native.ts";
import {
  asInt,
  asStr,
  bare,
  NotImplemented,
  PyBoxed,
  PyBytes,
  PyList,
  PyTuple,
  type PyType,
  typeOf,
  type Value,
} from "../runtime/object.ts";
import { str } from "../runtime/repr.ts";
import { bytesOf } from "./buffer.ts";
import { indexOrUndefined, toBound, toSize } from "./convert.ts";
import { PyDict } from "./dict.ts";
import { asFormatError, decode, encode } from "./format-error.ts";
import { formatStr } from "./format-spec.ts";
import { formatTemplate, missingKey } from "./format-value.ts";
import { percent } from "./percent.ts";
import { hashStr } from "./hashing.ts";
import { PySlice, resolveIndex, resolveSlice, sliceItems } from "./slice-type.ts";
import { charAt, chars, compareStr, points, sliceStr, strLen } from "./str-index.ts";
import * as m from "./str-methods.ts";
import { asciiEscape, strRepr } from "./str-repr.ts";
import { casefold, isAscii, isIdentifier } from "./unicode.ts";

const S = (v: Value): string => asStr(v)!;

/** A str argument of a method. @throws TypeError "must be str, not int" */
function need(v: Value, message: (type: string) => string = (t) => `must be str, not ${t}`): string {
  const s = asStr(v);
  if (s === undefined) raise(E.TypeError, message(typeOf(v).name));
  return s;
}

const argument =
  (name: string, position: number | string) =>
  (t: string): string =>
    `${name}() argument ${position} must be str, not ${t}`;

/** An instance of str or, where cls derives from it, of cls. */
function newStr(cls: PyType, s: string): Value {
  return cls === strType ? s : new PyBoxed(cls, s);
}

function makeStr(
  cls: PyType,
  object: Value | undefined,
  encoding: Value | undefined,
  errors: Value | undefined,
): Value {
  if (object === undefined && encoding === undefined && errors === undefined) return newStr(cls, "");
  if (encoding === undefined && errors === undefined) return newStr(cls, str(object));
  const enc = encoding === undefined ? "utf-8" : need(encoding, argument("str", "'encoding'"));
  const how = errors === undefined ? "strict" : need(errors, argument("str", "'errors'"));
  if (object === undefined) return newStr(cls, "");
  const data = bytesOf(object);
  if (data === undefined) {
    if (asStr(object) !== undefined) raise(E.TypeError, "decoding str is not supported");
    raise(E.TypeError, `decoding to str: need a bytes-like object, ${typeOf(object).name} found`);
  }
  return newStr(cls, decode(data, enc, how));
}

/** `separator.join(iterable)` */
function joinStr(separator: string, iterable: Value): string {
  let items: readonly Value[];
  if ((iterable instanceof PyList || iterable instanceof PyTuple) && !typeOf(iterable).heap)
    items = iterable.items;
  else {
    if (!isIterable(iterable)) raise(E.TypeError, "can only join an iterable");
    items = toArray(iterable);
  }
  const texts = new Array<string>(items.length);
  for (let i = 0; i < items.length; i++) {
    const v = items[i];
    if (typeof v === "string") texts[i] = v;
    else {
      const s = asStr(v);
      if (s === undefined)
        raise(E.TypeError, `sequence item ${i}: expected str instance, ${typeOf(v).name} found`);
      texts[i] = s;
    }
  }
  return texts.join(separator);
}

const badIndex = (t: string): string => `string indices must be integers, not '${t}'`;

/** `s[k]` */
function getStrItem(s: string, k: Value): string {
  if (k instanceof PySlice) {
    const [start, stop, step] = resolveSlice(k, strLen(s));
    return step === 1 ? sliceStr(s, start, stop) : sliceItems(chars(s), k).join("");
  }
  const i = resolveIndex(k, strLen(s), badIndex);
  if (i < 0) raise(E.IndexError, "string index out of range");
  return charAt(s, i)!;
}

/** s * n @throws TypeError, MemoryError */
function repeat(self: Value, n: Value): Value {
  const times = indexOrUndefined(n);
  if (times === undefined)
    raise(E.TypeError, `can't multiply sequence by non-int of type '${typeOf(n).name}'`);
  const s = S(self);
  if (times <= 0 || s === "") return "";
  if (typeof times === "bigint") raise(E.OverflowError, "cannot fit 'int' into an index-sized integer");
  guardSize(s.length * times);
  return s.repeat(times);
}

function concat(self: Value, other: Value): Value {
  const t = asStr(other);
  if (t === undefined) raise(E.TypeError, `can only concatenate str (not "${typeOf(other).name}") to str`);
  return S(self) + t;
}

function comparison(test: (a: string, b: string) => boolean): NativeMethod {
  return [
    "(self, value, /)",
    (a: Value, b: Value) => {
      const t = asStr(b);
      const s = asStr(a);
      return t === undefined || s === undefined ? NotImplemented : test(s, t);
    },
  ];
}

const plain = (f: (s: string) => Value, doc: string): NativeMethod => [
  "(self, /)",
  (self: Value) => f(S(self)),
  doc,
];

type Finder = (s: string, sub: string, start: number, end: number) => number;
function finder(f: Finder, doc: string, orRaise = false): NativeMethod {
  return [
    "(self, sub, start=None, end=None, /)",
    (self: Value, sub: Value, start: Value, end: Value) => {
      const t = need(sub);
      const i = f(S(self), t, toBound(start, 0), toBound(end, Infinity));
      if (i < 0 && orRaise) raise(E.ValueError, "substring not found");
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
    `(self, ${name === "startswith" ? "prefix" : "suffix"}, start=None, end=None, /)`,
    (self: Value, given: Value, start: Value, end: Value) => {
      const [a, b] = [toBound(start, 0), toBound(end, Infinity)];
      if (given instanceof PyTuple) {
        return given.items.some((x) =>
          test(
            S(self),
            need(x, (t) => `tuple for ${name} must only contain str, not ${t}`),
            a,
            b,
          ),
        );
      }
      return test(
        S(self),
        need(given, (t) => `${name} first arg must be str or a tuple of str, not ${t}`),
        a,
        b,
      );
    },
    doc,
  ];
}

function splitter(
  onSpace: (s: string, limit: number) => string[],
  on: (s: string, sep: string, limit: number) => string[],
  doc: string,
): NativeMethod {
  return [
    "(self, /, sep=None, maxsplit=-1)",
    (self: Value, sep: Value, maxsplit: Value) => {
      const limit = toSize(maxsplit);
      if (sep === null) return new PyList(onSpace(S(self), limit));
      const t = need(sep, (name) => `must be str or None, not ${name}`);
      if (t === "") raise(E.ValueError, "empty separator");
      return new PyList(on(S(self), t, limit));
    },
    doc,
  ];
}

function stripper(name: string, side: -1 | 0 | 1, doc: string): NativeMethod {
  return [
    "(self, chars=None, /)",
    (self: Value, set: Value) =>
      m.strip(S(self), set === null ? undefined : need(set, () => `${name} arg must be None or str`), side),
    doc,
  ];
}

function justifier(how: "<" | ">" | "^", doc: string): NativeMethod {
  return [
    "(self, width, fillchar=' ', /)",
    (self: Value, width: Value, fill: Value) => {
      const w = toSize(width);
      const f = need(fill, (t) => `The fill character must be a unicode character, not ${t}`);
      if (strLen(f) !== 1) raise(E.TypeError, "The fill character must be exactly one character long");
      guardSize(w);
      return m.justify(S(self), w, f, how);
    },
    doc,
  ];
}

function partitioner(f: (s: string, sep: string) => string[], doc: string): NativeMethod {
  return [
    "(self, sep, /)",
    (self: Value, sep: Value) => {
      const t = need(sep);
      if (t === "") raise(E.ValueError, "empty separator");
      return new PyTuple(f(S(self), t));
    },
    doc,
  ];
}

function translate(self: Value, table: Value): string {
  const get =
    table instanceof PyDict && !typeOf(table).heap
      ? (c: number): Value | undefined => table.get(c)
      : (c: number): Value | undefined => lookUp(table, c);
  let out = "";
  for (const c of S(self)) {
    const r = get(c.codePointAt(0)!);
    if (r === undefined) out += c;
    else if (r === null) continue;
    else {
      const s = asStr(r);
      if (s !== undefined) out += s;
      else {
        const n = asInt(r);
        if (n === undefined) raise(E.TypeError, "character mapping must return integer, None or str");
        if (n < 0 || n > 0x10ffff) raise(E.ValueError, "character mapping must be in range(0x110000)");
        out += String.fromCodePoint(Number(n));
      }
    }
  }
  return out;
}

function lookUp(table: Value, code: number): Value | undefined {
  try {
    return getItem(table, code);
  } catch (e) {
    if (isInstanceOf(e, E.LookupError)) return undefined;
    throw e;
  }
}

function maketrans(x: Value, y: Value | undefined, z: Value | undefined): PyDict {
  const table = new PyDict();
  if (y === undefined) {
    if (!(x instanceof PyDict))
      raise(E.TypeError, "if you give only one argument to maketrans it must be a dict");
    for (const [k, v] of x.entries()) {
      const s = asStr(k);
      if (s !== undefined) {
        if (strLen(s) !== 1) raise(E.ValueError, "string keys in translate table must be of length 1");
        table.set(s.codePointAt(0)!, v);
      } else if (asInt(k) !== undefined) table.set(k, v);
      else raise(E.TypeError, "keys in translate table must be strings or integers");
    }
    return table;
  }
  const from = chars(
    need(x, () => "first maketrans argument must be a string if there is a second argument"),
  );
  const to = chars(need(y, argument("maketrans", 2)));
  if (from.length !== to.length)
    raise(E.ValueError, "the first two maketrans arguments must have equal length");
  from.forEach((c, i) => table.set(c.codePointAt(0)!, to[i]!.codePointAt(0)!));
  if (z !== undefined) for (const c of need(z, argument("maketrans", 3))) table.set(c.codePointAt(0)!, null);
  return table;
}

class StrIterator extends PyIterator {
  private readonly items: readonly string[] | null;
  private readonly text: string;
  i = 0;
  constructor(s: string) {
    super();
    this.text = s;
    this.items = points(s);
  }
  next(): Value | undefined {
    return this.items === null ? this.text[this.i++] : this.items[this.i++];
  }
  left(): number {
    return Math.max(0, (this.items ?? this.text).length - this.i);
  }
}
/** CPython's name for the iterator of a str that is all ASCII. */
class AsciiIterator extends StrIterator {}
for (const [name, host] of [
  ["str_iterator", StrIterator],
  ["str_ascii_iterator", AsciiIterator],
] as const) {
  nativeType({
    name,
    host,
    final: true,
    methods: { ...iteratorMethods, __length_hint__: ["(self, /)", (it: StrIterator) => it.left()] },
  });
}

export const strType: PyType = nativeType({
  name: "str",
  doc: "Text. str(object) is how an object shows itself; str(bytes, encoding) decodes bytes.",
  allocator: (cls) => new PyBoxed(cls, ""),
  new: ["(cls, object=..., encoding=..., errors=...)", makeStr],
  methods: {
    __repr__: ["(self, /)", (self: Value) => strRepr(S(self))],
    __str__: ["(self, /)", (self: Value) => S(self)],
    __hash__: ["(self, /)", (self: Value) => hashStr(S(self))],
    __len__: ["(self, /)", (self: Value) => strLen(S(self))],
    __iter__: [
      "(self, /)",
      (self: Value) => (isAscii(S(self)) ? new AsciiIterator(S(self)) : new StrIterator(S(self))),
    ],
    __getitem__: ["(self, key, /)", (self: Value, k: Value) => getStrItem(S(self), k)],
    __contains__: [
      "(self, key, /)",
      (self: Value, x: Value) =>
        S(self).includes(need(x, (t) => `'in <string>' requires string as left operand, not ${t}`)),
    ],
    __add__: ["(self, value, /)", concat],
    __mul__: ["(self, value, /)", repeat],
    __rmul__: ["(self, value, /)", repeat],
    __mod__: ["(self, value, /)", (self: Value, v: Value) => percent(S(self), v)],
    __rmod__: [
      "(self, value, /)",
      (self: Value, v: Value) => (asStr(v) === undefined ? NotImplemented : percent(S(v), self)),
    ],
    __eq__: comparison((a, b) => a === b),
    __ne__: comparison((a, b) => a !== b),
    __lt__: comparison((a, b) => compareStr(a, b) < 0),
    __le__: comparison((a, b) => compareStr(a, b) <= 0),
    __gt__: comparison((a, b) => compareStr(a, b) > 0),
    __ge__: comparison((a, b) => compareStr(a, b) >= 0),
    __format__: [
      "(self, format_spec, /)",
      (self: Value, spec: Value) => {
        const f = need(spec, (t) => `__format__() argument must be str, not ${t}`);
        return f === "" ? str(self) : asFormatError(() => formatStr(S(self), f, typeOf(self).name));
      },
    ],
    __sizeof__: ["(self, /)", (self: Value) => 49 + S(self).length],
    __getnewargs__: ["(self, /)", (self: Value) => new PyTuple([S(self)])],
    capitalize: plain(m.capitalize, "First character in upper case, the rest in lower case."),
    casefold: plain(casefold, "Lower case for comparing without regard to case."),
    lower: plain((s) => s.toLowerCase(), "All in lower case."),
    upper: plain((s) => s.toUpperCase(), "All in upper case."),
    title: plain(m.title, "Each word with an initial capital."),
    swapcase: plain(m.swapcase, "Upper case for lower and the other way round."),
    isalnum: plain(m.isAlnum, "Whether all characters are letters or digits, and there is one."),
    isalpha: plain(m.isAlpha, "Whether all characters are letters, and there is one."),
    isascii: plain(isAscii, "Whether all characters are ASCII."),
    isdecimal: plain(m.isDecimal, "Whether all characters are decimal digits, and there is one."),
    isdigit: plain(m.isDigit, "Whether all characters are digits, and there is one."),
    isidentifier: plain(isIdentifier, "Whether it could be a name in a program."),
    islower: plain(m.isLower, "Whether no letter is upper case, and one is lower."),
    isnumeric: plain(m.isNumeric, "Whether all characters are numeric, and there is one."),
    isprintable: plain(m.isPrintable, "Whether repr() would show all characters as they are."),
    isspace: plain(m.isSpace, "Whether all characters are white space, and there is one."),
    istitle: plain(m.isTitle, "Whether every word begins with a capital and goes on in lower case."),
    isupper: plain(m.isUpper, "Whether no letter is lower case, and one is upper."),
    find: finder(m.find, "Where sub first occurs, or -1."),
    rfind: finder(m.rfind, "Where sub last occurs, or -1."),
    index: finder(m.find, "Where sub first occurs; ValueError if nowhere.", true),
    rindex: finder(m.rfind, "Where sub last occurs; ValueError if nowhere.", true),
    count: finder(m.count, "How often sub occurs without overlap."),
    startswith: affix("startswith", m.startsWith, "Whether it begins with a prefix, or with one of several."),
    endswith: affix("endswith", m.endsWith, "Whether it ends with a suffix, or with one of several."),
    split: splitter(m.splitSpace, m.splitOn, "The words between separators, or between runs of white space."),
    rsplit: splitter(m.rsplitSpace, m.rsplitOn, "As split(), counting from the right."),
    splitlines: [
      "(self, /, keepends=False)",
      (self: Value, keep: Value) => new PyList(m.splitLines(S(self), keep !== false && toSize(keep) !== 0)),
      "The lines, with their ends if asked.",
    ],
    join: [
      "(self, iterable, /)",
      (self: Value, iterable: Value) => joinStr(S(self), iterable),
      "The strings of an iterable with this one between them.",
    ],
    strip: stripper("strip", 0, "Without white space, or the given characters, at both ends."),
    lstrip: stripper("lstrip", -1, "Without white space, or the given characters, at the beginning."),
    rstrip: stripper("rstrip", 1, "Without white space, or the given characters, at the end."),
    replace: [
      "(self, old, new, count=-1, /)",
      (self: Value, old: Value, by: Value, count: Value) =>
        m.replace(
          S(self),
          need(old, argument("replace", 1)),
          need(by, argument("replace", 2)),
          toSize(count),
        ),
      "With occurrences of old replaced by new, the first count of them if given.",
    ],
    removeprefix: [
      "(self, prefix, /)",
      (self: Value, prefix: Value) => {
        const t = need(prefix, (n) => `removeprefix() argument must be str, not ${n}`);
        return S(self).startsWith(t) ? S(self).slice(t.length) : S(self);
      },
      "Without the prefix, if it is there.",
    ],
    removesuffix: [
      "(self, suffix, /)",
      (self: Value, suffix: Value) => {
        const t = need(suffix, (n) => `removesuffix() argument must be str, not ${n}`);
        return t !== "" && S(self).endsWith(t) ? S(self).slice(0, -t.length) : S(self);
      },
      "Without the suffix, if it is there.",
    ],
    center: justifier("^", "Centred in a field of that width."),
    ljust: justifier("<", "At the left of a field of that width."),
    rjust: justifier(">", "At the right of a field of that width."),
    zfill: [
      "(self, width, /)",
      (self: Value, width: Value) => {
        const w = toSize(width);
        guardSize(w);
        return m.zfill(S(self), w);
      },
      "With zeros at the left, after a sign.",
    ],
    expandtabs: [
      "(self, /, tabsize=8)",
      (self: Value, size: Value) => m.expandTabs(S(self), toSize(size)),
      "With spaces for tabs.",
    ],
    partition: partitioner(m.partition, "What is before, the separator, and what is after."),
    rpartition: partitioner(m.rpartition, "As partition(), at the last separator."),
    translate: [
      "(self, table, /)",
      translate,
      "With characters replaced by what the table has for their code points.",
    ],
    encode: [
      "(self, /, encoding='utf-8', errors='strict')",
      (self: Value, encoding: Value, errors: Value) =>
        new PyBytes(
          encode(
            S(self),
            need(encoding, argument("encode", "'encoding'")),
            need(errors, argument("encode", "'errors'")),
          ),
        ),
      "The text as bytes.",
    ],
    format: [
      "(self, /, *args, **kwargs)",
      (self: Value, args: readonly Value[], kwargs: Map<string, Value>) =>
        formatTemplate(S(self), {
          args,
          byName: (name) => {
            const v = kwargs.get(name);
            if (v === undefined) throw missingKey(name);
            return v;
          },
        }),
      "With replacement fields in braces filled in.",
    ],
    format_map: [
      "(self, mapping, /)",
      (self: Value, mapping: Value) =>
        formatTemplate(S(self), { args: undefined, byName: (name) => getItem(mapping, name) }),
      "As format(**mapping), with the mapping itself asked.",
    ],
  },
  staticMethods: {
    maketrans: ["(x, y=..., z=..., /)", maketrans, "A table for translate()."],
  },
});
bare.str = strType;
strType.make1 = (v) => (typeof v === "string" ? v : newStr(strType, str(v)));
late.strRepr = (s, ascii) => (ascii ? asciiEscape(strRepr(s)) : strRepr(s));
late.hashString = hashStr;
