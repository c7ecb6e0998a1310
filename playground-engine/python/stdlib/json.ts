// The module json.
// Behaviour: docs.python.org/3.11/library/json.html.
import { callMethod, getAttrOrUndefined, setAttr } from "../runtime/attributes.ts";
import { call1, callVec } from "../runtime/call.ts";
import { E, raise } from "../runtime/exceptions.ts";
import { PyFunction } from "../runtime/function.ts";
import { NativeIterator, toArray } from "../runtime/iteration.ts";
import { defineModule, nativeModule } from "../runtime/modules.ts";
import {
  asInt,
  asStr,
  bare,
  dictOf,
  type Kwargs,
  normInt,
  PyFloat,
  PyList,
  type PyObject,
  PyTuple,
  type PyType,
  typeOf,
  type Value,
} from "../runtime/object.ts";
import { str } from "../runtime/repr.ts";
import { isTrue } from "../runtime/truth.ts";
import { limits } from "../runtime/limits.ts";
import { bytesOf } from "../builtins/buffer.ts";
import { PyDict } from "../builtins/dict.ts";
import { floatRepr } from "../builtins/float-text.ts";
import { decode } from "../builtins/format-error.ts";
import { sortedArray } from "../builtins/functions.ts";
import { intText } from "../builtins/int-type.ts";
import { toPoints, toUnits } from "../builtins/str-index.ts";
import { tooManyDigits } from "../builtins/int-text.ts";
import { makeClass } from "./make-class.ts";

// encoding

interface EncodeOptions {
  readonly skipKeys: boolean;
  readonly ensureAscii: boolean;
  readonly checkCircular: boolean;
  readonly allowNan: boolean;
  readonly sortKeys: boolean;
  /** null: one line */
  readonly indent: string | null;
  readonly itemSeparator: string;
  readonly keySeparator: string;
  /** What stands for an object that JSON has no form for. */
  readonly fallback: (v: Value) => Value;
  /** Names of a text repeat: written once each. */
  readonly names: Map<string, string>;
}

const NEEDS_ESCAPE = /["\\\x00-\x1f]/;

const NEEDS_ESCAPE_ASCII = /["\\\x00-\x1f]|[^\x20-\x7e]/;
const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\f": "\\f",
  "\b": "\\b",
};

function encodeString(s: string, ascii: boolean): string {
  if (!(ascii ? NEEDS_ESCAPE_ASCII : NEEDS_ESCAPE).test(s)) return `"${s}"`;
  let out = '"';
  for (let i = 0; i < s.length; i++) {
    const c = s[i]!;
    const short = SHORT[c];
    const code = s.charCodeAt(i);
    if (short !== undefined) out += short;
    else if (code < 32 || (ascii && code > 126)) out += "\\u" + code.toString(16).padStart(4, "0");
    else out += c;
  }
  return out + '"';
}

function floatText(x: number, o: EncodeOptions): string {
  if (Number.isFinite(x)) return floatRepr(x);
  if (!o.allowNan) raise(E.ValueError, "Out of range float values are not JSON compliant");
  return x !== x ? "NaN" : x > 0 ? "Infinity" : "-Infinity";
}

function keyText(k: Value, o: EncodeOptions): string | undefined {
  const s = asStr(k);
  if (s !== undefined) return s;
  if (k instanceof PyFloat) return floatText(k.v, o);
  if (k === true) return "true";
  if (k === false) return "false";
  if (k === null) return "null";
  const n = asInt(k);
  if (n !== undefined) return intText(n);
  if (o.skipKeys) return undefined;
  raise(E.TypeError, `keys must be str, int, float, bool or None, not ${typeOf(k).name}`);
}

/** Write a value's pieces; `level` is the depth of indentation. */
function write(v: Value, o: EncodeOptions, out: string[], level: number, inside: object[]): void {
  switch (typeof v) {
    case "string":
      out.push(encodeString(v, o.ensureAscii));
      return;
    case "number":
      out.push(String(v));
      return;
    case "boolean":
      out.push(v ? "true" : "false");
      return;
    case "bigint":
      out.push(intText(v));
      return;
  }
  if (v === null) {
    out.push("null");
    return;
  }
  const s = asStr(v);
  if (s !== undefined) {
    out.push(encodeString(s, o.ensureAscii));
    return;
  }
  const n = asInt(v);
  if (n !== undefined) {
    out.push(intText(n));
    return;
  }
  if (v instanceof PyFloat) {
    out.push(floatText(v.v, o));
    return;
  }
  if (level > 990) raise(E.RecursionError, "maximum recursion depth exceeded while encoding a JSON object");
  const object = v as object;
  if (o.checkCircular) {
    if (inside.includes(object)) raise(E.ValueError, "Circular reference detected");
    inside.push(object);
  }
  if (v instanceof PyList || v instanceof PyTuple) writeList(v.items, o, out, level, inside);
  else if (v instanceof PyDict) writeDict(v, o, out, level, inside);
  else write(o.fallback(v), o, out, level, inside);
  if (o.checkCircular) inside.pop();
}

function writeList(
  items: readonly Value[],
  o: EncodeOptions,
  out: string[],
  level: number,
  inside: object[],
): void {
  if (items.length === 0) {
    out.push("[]");
    return;
  }
  const line = o.indent === null ? "" : "\n" + o.indent.repeat(level + 1);
  out.push("[" + line);
  const separator = o.itemSeparator + line;
  for (let i = 0; i < items.length; i++) {
    if (i > 0) out.push(separator);
    write(items[i], o, out, level + 1, inside);
  }
  if (o.indent !== null) out.push("\n" + o.indent.repeat(level));
  out.push("]");
}

function writeDict(d: PyDict, o: EncodeOptions, out: string[], level: number, inside: object[]): void {
  if (d.size === 0) {
    out.push("{}");
    return;
  }
  const line = o.indent === null ? "" : "\n" + o.indent.repeat(level + 1);
  out.push("{" + line);
  let keys = d.keys();
  const values = d.values();
  const inOrder = !o.sortKeys;
  if (o.sortKeys) keys = sortedKeys(keys, d);
  const separator = o.itemSeparator + line;
  let first = true;
  for (let i = 0; i < keys.length; i++) {
    const k = keys[i];
    let name = typeof k === "string" ? o.names.get(k) : undefined;
    if (name === undefined) {
      const key = keyText(k, o);
      if (key === undefined) continue;
      name = encodeString(key, o.ensureAscii) + o.keySeparator;
      if (typeof k === "string") o.names.set(k, name);
    }
    out.push(first ? name : separator + name);
    first = false;
    write(inOrder ? values[i] : d.get(k), o, out, level + 1, inside);
  }
  if (o.indent !== null) out.push("\n" + o.indent.repeat(level));
  out.push("}");
}

/** Keys in the order that sorting the items gives. */
function sortedKeys(keys: Value[], d: PyDict): Value[] {
  if (keys.every((k) => typeof k === "string")) return sortedArray(new PyList(keys), null, false);
  const items = new PyList(d.entries().map((e) => new PyTuple(e)));
  return (sortedArray(items, null, false) as PyTuple[]).map((p) => p.items[0]);
}

function indentOf(v: Value): string | null {
  if (v === null) return null;
  const s = asStr(v);
  if (s !== undefined) return s;
  return " ".repeat(Math.max(0, Number(asInt(v) ?? 0)));
}

function notSerializable(v: Value): never {
  raise(E.TypeError, `Object of type ${typeOf(v).qualname} is not JSON serializable`);
}

/** The separators: given ones, or those that suit the indentation. */
function separators(given: Value, indent: Value): [string, string] {
  if (given !== null) {
    const items = toArray(given);
    if (items.length !== 2)
      raise(
        E.ValueError,
        items.length < 2
          ? `not enough values to unpack (expected 2, got ${items.length})`
          : "too many values to unpack (expected 2)",
      );
    const text = (v: Value, at: number): string =>
      asStr(v) ?? raise(E.TypeError, `make_encoder() argument ${at} must be str, not ${typeOf(v).name}`);
    const key = text(items[1], 5);
    return [text(items[0], 6), key];
  }
  return [indent === null ? ", " : ",", ": "];
}

/** What an encoder object says about how to write. */
function optionsOf(self: PyObject): EncodeOptions {
  const get = (n: string): Value => getAttrOrUndefined(self, n) ?? null;
  const own = typeOf(self).lookup("default") instanceof PyFunction || dictOf(self)?.has("default");
  return {
    skipKeys: isTrue(get("skipkeys")),
    ensureAscii: isTrue(get("ensure_ascii")),
    checkCircular: isTrue(get("check_circular")),
    allowNan: isTrue(get("allow_nan")),
    sortKeys: isTrue(get("sort_keys")),
    indent: indentOf(get("indent")),
    itemSeparator: str(get("item_separator")),
    keySeparator: str(get("key_separator")),
    fallback: own ? (v) => callMethod(self, "default", v) : notSerializable,
    names: new Map(),
  };
}

export function encodeWith(v: Value, o: EncodeOptions): string {
  const out: string[] = [];
  write(v, o, out, 0, []);
  return out.join("");
}

const encoderClass: PyType = makeClass({
  name: "JSONEncoder",
  module: "json.encoder",
  doc: "Writes values as JSON.",
  members: { item_separator: ", ", key_separator: ": " },
  init: [
    "(self, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, sort_keys=False, indent=None, separators=None, default=None)",
    (
      self: PyObject,
      skip: Value,
      ascii: Value,
      circular: Value,
      nan: Value,
      sort: Value,
      indent: Value,
      sep: Value,
      def: Value,
    ) => {
      const set = (n: string, v: Value): void => setAttr(self, n, v);
      set("skipkeys", skip);
      set("ensure_ascii", ascii);
      set("check_circular", circular);
      set("allow_nan", nan);
      set("sort_keys", sort);
      set("indent", indent);
      if (sep !== null) {
        const [item, key] = separators(sep, indent);
        set("item_separator", item);
        set("key_separator", key);
      } else if (indent !== null) set("item_separator", ",");
      if (def !== null) set("default", def);
    },
  ],
  methods: {
    default: [
      "(self, o)",
      (_self: Value, v: Value) => notSerializable(v),
      "What stands for an object that JSON has no form for.",
    ],
    encode: [
      "(self, o)",
      (self: PyObject, v: Value) => encodeWith(v, optionsOf(self)),
      "The JSON text of a value.",
    ],
    iterencode: [
      "(self, o, _one_shot=False)",
      (self: PyObject, v: Value) => {
        const out: string[] = [];
        write(v, optionsOf(self), out, 0, []);
        let i = 0;
        return new NativeIterator(() => out[i++]);
      },
      "The JSON text of a value, piece by piece.",
    ],
  },
});

const DUMP =
  "skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, cls=None, indent=None, separators=None, default=None, sort_keys=False, **kw";

function dumps(
  v: Value,
  skip: Value,
  ascii: Value,
  circular: Value,
  nan: Value,
  cls: Value,
  indent: Value,
  sep: Value,
  def: Value,
  sort: Value,
  kw: Kwargs,
): string {
  if (cls !== null || kw.size > 0) {
    const options = new Map<string, Value>([
      ["skipkeys", skip],
      ["ensure_ascii", ascii],
      ["check_circular", circular],
      ["allow_nan", nan],
      ["indent", indent],
      ["separators", sep],
      ["default", def],
      ["sort_keys", sort],
      ...kw,
    ]);
    return str(
      callMethod(callVec(cls ?? encoderClass, [...options.values()], [...options.keys()]), "encode", v),
    );
  }
  const [itemSeparator, keySeparator] = separators(sep, indent);
  return encodeWith(v, {
    skipKeys: isTrue(skip),
    ensureAscii: isTrue(ascii),
    checkCircular: isTrue(circular),
    allowNan: isTrue(nan),
    sortKeys: isTrue(sort),
    indent: indentOf(indent),
    itemSeparator,
    keySeparator,
    fallback: def === null ? notSerializable : (x) => call1(def, x),
    names: new Map(),
  });
}

// decoding

const decodeErrorClass: PyType = makeClass({
  name: "JSONDecodeError",
  module: "json.decoder",
  doc: "Text that is no JSON.",
  bases: [E.ValueError],
  init: [
    "(self, msg, doc, pos)",
    (self: PyObject & { args: PyTuple }, msg: Value, doc: Value, pos: Value) => {
      const { line, column } = place(str(doc), Number(pos));
      self.args = new PyTuple([`${str(msg)}: line ${line} column ${column} (char ${str(pos)})`]);
      const set = (n: string, v: Value): void => setAttr(self, n, v);
      set("msg", msg);
      set("doc", doc);
      set("pos", pos);
      set("lineno", line);
      set("colno", column);
    },
  ],
  methods: {
    __reduce__: [
      "(self)",
      (self: Value) =>
        new PyTuple([
          typeOf(self),
          new PyTuple([
            getAttrOrUndefined(self, "msg"),
            getAttrOrUndefined(self, "doc"),
            getAttrOrUndefined(self, "pos"),
          ]),
        ]),
    ],
  },
});

function place(doc: string, pos: number): { line: number; column: number } {
  const before = doc.slice(0, toUnits(doc, pos));
  const last = before.lastIndexOf("\n");
  return { line: before.split("\n").length, column: Array.from(before.slice(last + 1)).length + 1 };
}

interface DecodeOptions {
  readonly objectHook: Value;
  readonly pairsHook: Value;
  readonly parseFloat: Value;
  readonly parseInt: Value;
  readonly parseConstant: Value;
  readonly strict: boolean;
}

/** No value stands at this position (a code point). */
class NoValue {
  readonly position: number;
  constructor(position: number) {
    this.position = position;
  }
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;
const CHUNK = /[^"\\]*/y;

class Decoder {
  private readonly s: string;
  private readonly o: DecodeOptions;
  at: number;
  private readonly names = new Map<string, string>();
  private depth = 0;
  constructor(s: string, o: DecodeOptions, at: number) {
    this.s = s;
    this.o = o;
    this.at = at;
  }

  private fail(message: string, unit: number): never {
    throw decodeError(message, this.s, toPoints(this.s, unit));
  }

  space(): void {
    const s = this.s;
    for (;;) {
      const c = s.charCodeAt(this.at);
      if (c !== 32 && c !== 10 && c !== 13 && c !== 9) return;
      this.at++;
    }
  }

  value(): Value {
    const s = this.s;
    const at = this.at;
    switch (s[at]) {
      case '"':
        return this.string();
      case "{":
      case "[": {
        if (++this.depth > 990)
          raise(
            E.RecursionError,
            "maximum recursion depth exceeded while decoding a JSON array from a unicode string",
          );
        const v = s[at] === "{" ? this.object() : this.array();
        this.depth--;
        return v;
      }
      case "n":
        if (s.startsWith("null", at)) return this.word(4, null);
        break;
      case "t":
        if (s.startsWith("true", at)) return this.word(4, true);
        break;
      case "f":
        if (s.startsWith("false", at)) return this.word(5, false);
        break;
      case "N":
        if (s.startsWith("NaN", at)) return this.constant("NaN");
        break;
      case "I":
        if (s.startsWith("Infinity", at)) return this.constant("Infinity");
        break;
      case "-":
        if (s.startsWith("-Infinity", at)) return this.constant("-Infinity");
    }
    return this.number();
  }

  private word(length: number, v: Value): Value {
    this.at += length;
    return v;
  }

  private constant(name: string): Value {
    this.at += name.length;
    if (this.o.parseConstant !== null) return call1(this.o.parseConstant, name);
    return new PyFloat(name === "NaN" ? NaN : name === "Infinity" ? Infinity : -Infinity);
  }

  private number(): Value {
    const start = this.at;
    // a short int, which most numbers are
    let i = start;
    let c = this.s.charCodeAt(i);
    const negative = c === 45;
    if (negative) c = this.s.charCodeAt(++i);
    if (c > 48 && c < 58) {
      let n = 0;
      const first = i;
      for (; c > 47 && c < 58 && i - first < 15; c = this.s.charCodeAt(++i)) n = n * 10 + c - 48;
      if (!(c > 47 && c < 58) && c !== 46 && c !== 101 && c !== 69 && this.o.parseInt === null) {
        this.at = i;
        return negative ? -n : n;
      }
    }
    NUMBER.lastIndex = start;
    const m = NUMBER.exec(this.s);
    if (!m) throw new NoValue(toPoints(this.s, this.at));
    this.at += m[0].length;
    if (m[1] !== undefined || m[2] !== undefined) {
      if (this.o.parseFloat !== null && this.o.parseFloat !== bare.float)
        return call1(this.o.parseFloat, m[0]);
      return new PyFloat(Number(m[0]));
    }
    if (this.o.parseInt !== null && this.o.parseInt !== bare.int) return call1(this.o.parseInt, m[0]);
    if (m[0].length < 16) {
      const n = Number(m[0]);
      return n === 0 ? 0 : n;
    }
    const digits = m[0].replace("-", "").length;
    if (tooManyDigits(digits)) {
      raise(
        E.ValueError,
        `Exceeds the limit (${limits.intDigits} digits) for integer string conversion: value has ${digits} digits; use sys.set_int_max_str_digits() to increase the limit`,
      );
    }
    return normInt(BigInt(m[0]));
  }

  string(): string {
    const s = this.s;
    const begin = this.at;
    let i = begin + 1;
    // most strings have nothing to look at
    for (; ; i++) {
      const c = s.charCodeAt(i);
      if (c === 34) {
        this.at = i + 1;
        return s.slice(begin + 1, i);
      }
      if (c === 92 || c < 32 || c !== c) break;
    }
    let out = "";
    i = begin + 1;
    for (;;) {
      CHUNK.lastIndex = i;
      const chunk = CHUNK.exec(s)![0];
      if (this.o.strict) {
        const control = chunk.search(/[\x00-\x1f]/);
        if (control >= 0) this.fail("Invalid control character at", i + control);
      }
      out += chunk;
      i += chunk.length;
      const c = s[i];
      if (c === undefined) this.fail("Unterminated string starting at", begin);
      if (c === '"') {
        this.at = i + 1;
        return out;
      }
      const e = s[i + 1];
      if (e === undefined) this.fail("Unterminated string starting at", begin);
      if (e === "u") {
        const digits = s.slice(i + 2, i + 6);
        if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.fail("Invalid \\uXXXX escape", i + 2 - 1);
        out += String.fromCharCode(parseInt(digits, 16));
        i += 6;
      } else {
        const plain = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" }[e];
        if (plain === undefined) this.fail("Invalid \\escape", i);
        out += plain;
        i += 2;
      }
    }
  }

  private array(): Value {
    const items: Value[] = [];
    this.at++;
    this.space();
    if (this.s[this.at] === "]") {
      this.at++;
      return new PyList(items);
    }
    for (;;) {
      items.push(this.expected());
      this.space();
      const c = this.s[this.at];
      if (c === "]") {
        this.at++;
        return new PyList(items);
      }
      if (c !== ",") this.fail("Expecting ',' delimiter", this.at);
      this.at++;
      this.space();
    }
  }

  /** A value that must come. */
  private expected(): Value {
    try {
      return this.value();
    } catch (e) {
      if (e instanceof NoValue) throw decodeError("Expecting value", this.s, e.position);
      throw e;
    }
  }

  private object(): Value {
    const pairs: [string, Value][] | undefined = this.o.pairsHook === null ? undefined : [];
    const d = new PyDict();
    this.at++;
    this.space();
    if (this.s[this.at] === "}") this.at++;
    else {
      if (this.s[this.at] !== '"') this.fail("Expecting property name enclosed in double quotes", this.at);
      for (;;) {
        const raw = this.string();
        let key = this.names.get(raw);
        if (key === undefined) this.names.set(raw, (key = raw));
        this.space();
        if (this.s[this.at] !== ":") this.fail("Expecting ':' delimiter", this.at);
        this.at++;
        this.space();
        const v = this.expected();
        if (pairs) pairs.push([key, v]);
        else d.set(key, v);
        this.space();
        const c = this.s[this.at];
        if (c === "}") {
          this.at++;
          break;
        }
        if (c !== ",") this.fail("Expecting ',' delimiter", this.at);
        this.at++;
        this.space();
        if (this.s[this.at] !== '"') this.fail("Expecting property name enclosed in double quotes", this.at);
      }
    }
    if (pairs) return call1(this.o.pairsHook, new PyList(pairs.map((p) => new PyTuple(p))));
    return this.o.objectHook === null ? d : call1(this.o.objectHook, d);
  }
}

function decodeError(message: string, doc: string, pos: number): unknown {
  return callVec(decodeErrorClass, [message, doc, pos], []);
}

/** A value from `at` on; [value, end] in code points. */
function rawDecode(s: string, o: DecodeOptions, at: number): [Value, number] {
  const d = new Decoder(s, o, toUnits(s, at));
  try {
    const v = d.value();
    return [v, toPoints(s, d.at)];
  } catch (e) {
    if (e instanceof NoValue) throw decodeError("Expecting value", s, e.position);
    throw e;
  }
}

function decodeWhole(s: string, o: DecodeOptions): Value {
  const d = new Decoder(s, o, 0);
  d.space();
  let v: Value;
  try {
    v = d.value();
  } catch (e) {
    if (e instanceof NoValue) throw decodeError("Expecting value", s, e.position);
    throw e;
  }
  d.space();
  if (d.at !== s.length) throw decodeError("Extra data", s, toPoints(s, d.at));
  return v;
}

const optionsOfDecoder = (self: PyObject): DecodeOptions => {
  const get = (n: string): Value => dictOf(self)?.get(n) ?? null;
  return {
    objectHook: get("object_hook"),
    pairsHook: get("object_pairs_hook"),
    parseFloat: get("parse_float"),
    parseInt: get("parse_int"),
    parseConstant: get("parse_constant"),
    strict: get("strict") !== false,
  };
};

const decoderClass: PyType = makeClass({
  name: "JSONDecoder",
  module: "json.decoder",
  doc: "Reads JSON.",
  init: [
    "(self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True, object_pairs_hook=None)",
    (self: PyObject, hook: Value, float: Value, int: Value, constant: Value, strict: Value, pairs: Value) => {
      const set = (n: string, v: Value): void => setAttr(self, n, v);
      set("object_hook", hook);
      set("parse_float", float);
      set("parse_int", int);
      set("parse_constant", constant);
      set("strict", isTrue(strict));
      set("object_pairs_hook", pairs);
    },
  ],
  methods: {
    decode: [
      "(self, s, _w=None)",
      (self: PyObject, s: Value) => decodeWhole(str(s), optionsOfDecoder(self)),
      "The value of a JSON text.",
    ],
    raw_decode: [
      "(self, s, idx=0)",
      (self: PyObject, s: Value, at: Value) => {
        const [v, end] = rawDecode(str(s), optionsOfDecoder(self), Number(at));
        return new PyTuple([v, end]);
      },
      "The value at the beginning of a text, and where it ends.",
    ],
  },
});

/** The encoding of JSON bytes, by their zeros. */
function detectEncoding(b: Uint8Array): string {
  const starts = (...x: number[]): boolean => x.every((c, i) => b[i] === c);
  if (starts(0xff, 0xfe, 0, 0) || starts(0, 0, 0xfe, 0xff)) return "utf-32";
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff)) return "utf-16";
  if (starts(0xef, 0xbb, 0xbf)) return "utf-8-sig";
  if (b.length >= 4) {
    if (b[0] === 0) return b[1] === 0 ? "utf-32-be" : "utf-16-be";
    if (b[1] === 0) return b[2] === 0 && b[3] === 0 ? "utf-32-le" : "utf-16-le";
  } else if (b.length === 2) {
    if (b[0] === 0) return "utf-16-be";
    if (b[1] === 0) return "utf-16-le";
  }
  return "utf-8";
}

function loads(
  given: Value,
  cls: Value,
  hook: Value,
  float: Value,
  int: Value,
  constant: Value,
  pairs: Value,
  kw: Kwargs,
): Value {
  let s = asStr(given);
  if (s !== undefined) {
    if (s.startsWith("\ufeff")) throw decodeError("Unexpected UTF-8 BOM (decode using utf-8-sig)", s, 0);
  } else {
    const b = bytesOf(given);
    if (b === undefined)
      raise(E.TypeError, `the JSON object must be str, bytes or bytearray, not ${typeOf(given).qualname}`);
    s = decode(b, detectEncoding(b), "surrogatepass");
  }
  if (cls === null && kw.size === 0) {
    return decodeWhole(s, {
      objectHook: hook,
      pairsHook: pairs,
      parseFloat: float,
      parseInt: int,
      parseConstant: constant,
      strict: true,
    });
  }
  const options = new Map(kw);
  for (const [n, v] of [
    ["object_hook", hook],
    ["object_pairs_hook", pairs],
    ["parse_float", float],
    ["parse_int", int],
    ["parse_constant", constant],
  ] as const) {
    if (v !== null) options.set(n, v);
  }
  return callMethod(callVec(cls ?? decoderClass, [...options.values()], [...options.keys()]), "decode", s);
}

const LOAD =
  "cls=None, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, object_pairs_hook=None, **kw";

defineModule("json", () => ({
  name: "json",
  doc: "JSON.",
  functions: {
    dumps: [`(obj, *, ${DUMP})`, dumps, "The JSON text of a value."],
    dump: [
      `(obj, fp, *, ${DUMP})`,
      (
        v: Value,
        fp: Value,
        ...rest: [Value, Value, Value, Value, Value, Value, Value, Value, Value, Kwargs]
      ) => void callMethod(fp, "write", dumps(v, ...rest)),
      "Write the JSON text of a value to a file.",
    ],
    loads: [`(s, *, ${LOAD})`, loads, "The value of a JSON text."],
    load: [
      `(fp, *, ${LOAD})`,
      (fp: Value, ...rest: [Value, Value, Value, Value, Value, Value, Kwargs]) =>
        loads(callMethod(fp, "read"), ...rest),
      "The value of the JSON text in a file.",
    ],
    detect_encoding: ["(b)", (b: Value) => detectEncoding(bytesOf(b)!)],
  },
  members: {
    JSONEncoder: encoderClass,
    JSONDecoder: decoderClass,
    JSONDecodeError: decodeErrorClass,
    decoder: () =>
      nativeModule({
        name: "json.decoder",
        members: { JSONDecodeError: decodeErrorClass, JSONDecoder: decoderClass },
      }),
    encoder: () => nativeModule({ name: "json.encoder", members: { JSONEncoder: encoderClass } }),
  },
}));
defineModule("json.decoder", () => ({
  name: "json.decoder",
  members: { JSONDecodeError: decodeErrorClass, JSONDecoder: decoderClass },
}));
defineModule("json.encoder", () => ({
  name: "json.encoder",
  functions: {
    encode_basestring: ["(s)", (s: Value) => encodeString(str(s), false)],
    encode_basestring_ascii: ["(s)", (s: Value) => encodeString(str(s), true)],
  },
  members: { JSONEncoder: encoderClass },
}));
