// The module re.
// Behaviour: docs.python.org/3.11/library/re.html.
import { getAttr, setAttr } from "../../runtime/attributes.ts";
import { call1, callN } from "../../runtime/call.ts";
import { E, err, raise, toException } from "../../runtime/exceptions.ts";
import { hash } from "../../runtime/hash.ts";
import { NativeIterator } from "../../runtime/iteration.ts";
import { defineModule, importModule } from "../../runtime/modules.ts";
import { nativeType } from "../../runtime/native-type.ts";
import type { NativeMethod } from "../../runtime/native.ts";
import {
  asInt,
  asStr,
  NotImplemented,
  PyBytes,
  PyList,
  PyTuple,
  type PyType,
  type TYPE,
  typeOf,
  type Value,
} from "../../runtime/object.ts";
import { repr, str } from "../../runtime/repr.ts";
import { bytesOf } from "../../builtins/buffer.ts";
import { fromLatin, toLatin } from "../../builtins/bytes-methods.ts";
import { indexOrUndefined, toIndex, toSize } from "../../builtins/convert.ts";
import { PyDict } from "../../builtins/dict.ts";
import { PyMappingProxy } from "../../builtins/dict-type.ts";
import { hashTuple } from "../../builtins/hashing.ts";
import { bytesRepr, strRepr } from "../../builtins/str-repr.ts";
import { callable } from "../../builtins/functions.ts";
import { andInt, type Int } from "../../builtins/int-math.ts";
import { intFlagClass } from "../enum.ts";
import { enumMeta, PyEnumDict } from "../enum-type.ts";
import { makeClass } from "../make-class.ts";
import { Engine, type Found, RegexFound, Subject } from "./engine.ts";
import { FLAGS, RegexError } from "./nodes.ts";
import { parseRegex } from "./parse.ts";
import { parseTemplate, type Template, UnknownGroup } from "./template.ts";

// errors

const errorClass: PyType = makeClass({
  name: "error",
  module: "re",
  doc: "A pattern or template that makes no sense.",
  bases: [E.Exception],
  init: [
    "(self, msg, pattern=None, pos=None)",
    (self: Value, msg: Value, pattern: Value, pos: Value) => {
      const set = (name: string, v: Value): void => setAttr(self, name, v);
      let text = str(msg);
      let line: Value = null;
      let column: Value = null;
      if (pattern !== null && pos !== null) {
        const all = Array.from(asStr(pattern) ?? toLatin(bytesOf(pattern)!));
        const lines = all
          .slice(0, Number(asInt(pos)))
          .join("")
          .split("\n");
        line = lines.length;
        column = Array.from(lines.at(-1)!).length + 1;
        text += ` at position ${str(pos)}`;
        if (all.includes("\n")) text += ` (line ${line}, column ${column})`;
      }
      set("msg", msg);
      set("pattern", pattern);
      set("pos", pos);
      set("lineno", line);
      set("colno", column);
      callN(E.Exception.lookup("__init__")!, [self, text]);
      setAttr(self, "args", new PyTuple([text]));
    },
  ],
});

/** Run something that parses; its failure becomes re.error. */
function asError<T>(pattern: string, given: Value, action: () => T): T {
  try {
    return action();
  } catch (e) {
    if (e instanceof UnknownGroup) throw err(E.IndexError, e.message);
    if (!(e instanceof RegexError)) throw e;
    if (e.message.startsWith("\0")) raise(E.OverflowError, e.message.slice(1));
    throw toException(callN(errorClass, [e.message, given, e.position ?? null]));
  }
}

// patterns

export class PyPattern {
  declare [TYPE]: PyType;
  readonly source: Value;
  readonly text: string;
  readonly isBytes: boolean;
  readonly flags: number;
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
  readonly engine: Engine;
  constructor(source: Value, flags: number) {
    const data = bytesOf(source);
    const s = asStr(source);
    if (s === undefined && data === undefined)
      raise(E.TypeError, "first argument must be string or compiled pattern");
    this.source = source;
    this.isBytes = s === undefined;
    this.text = s ?? toLatin(data!);
    try {
      const parsed = asError(this.text, source, () => parseRegex(this.text, flags, this.isBytes));
      this.flags = parsed.flags;
      this.groups = parsed.groups;
      this.names = parsed.names;
      this.engine = new Engine(parsed);
    } catch (e) {
      throw e instanceof RegexError ? err(E.ValueError, e.message) : e;
    }
  }
  /** The subject of a match. @throws TypeError */
  subject(v: Value): Subject {
    const s = asStr(v);
    if (s !== undefined) {
      if (this.isBytes) raise(E.TypeError, "cannot use a bytes pattern on a string-like object");
      return lastSubject?.text === s ? lastSubject : (lastSubject = new Subject(s));
    }
    const b = bytesOf(v);
    if (b === undefined) raise(E.TypeError, `expected string or bytes-like object, got '${typeOf(v).name}'`);
    if (!this.isBytes) raise(E.TypeError, "cannot use a string pattern on a bytes-like object");
    return new Subject(toLatin(b));
  }
  /** Text of the subject as a value of its kind. */
  wrap(text: string): Value {
    return this.isBytes ? new PyBytes(fromLatin(text)) : text;
  }
  groupName(i: number): string | null {
    for (const [n, g] of this.names) if (g === i) return n;
    return null;
  }
}
/** Programs match one text many times. */
let lastSubject: Subject | undefined;

const cache = new Map<string, PyPattern>();

/** re.compile(): a pattern as it is, or made of text. */
export function compile(pattern: Value, flagsGiven: Value): PyPattern {
  const n = asInt(flagsGiven);
  if (pattern instanceof PyPattern) {
    if (n !== 0) raise(E.ValueError, "cannot process flags argument with a compiled pattern");
    return pattern;
  }
  if (n === undefined)
    raise(E.TypeError, `unsupported operand type(s) for &: '${typeOf(flagsGiven).name}' and 'RegexFlag'`);
  const flags = Number(n);
  const s = typeof pattern === "string" ? pattern : undefined;
  if (s === undefined) return new PyPattern(pattern, flags);
  const key = `${flags}:${s}`;
  let p = cache.get(key);
  if (!p) {
    p = new PyPattern(pattern, flags);
    if (cache.size >= 512) cache.delete(cache.keys().next().value!);
    cache.set(key, p);
  }
  return p;
}

interface Bounds {
  readonly pos: number;
  readonly end: number;
}
function bounds(s: Subject, pos: Value, endpos: Value): Bounds {
  const clip = (v: Value): number => Math.max(0, Math.min(s.length, toSizeClipped(v)));
  return { pos: clip(pos), end: clip(endpos) };
}
const toSizeClipped = (v: Value): number => {
  const n = toIndex(v);
  return typeof n === "bigint" ? (n > 0n ? Number.MAX_SAFE_INTEGER : -1) : n;
};

// matches

export class PyMatch {
  declare [TYPE]: PyType;
  readonly pattern: PyPattern;
  readonly string: Value;
  readonly subject: Subject;
  readonly found: Found;
  readonly pos: number;
  readonly end: number;
  constructor(pattern: PyPattern, string: Value, subject: Subject, found: Found, pos: number, end: number) {
    this.pattern = pattern;
    this.string = string;
    this.subject = subject;
    this.found = found;
    this.pos = pos;
    this.end = end;
  }
  /** Text of a group, undefined where it took no part. */
  text(i: number): string | undefined {
    if (this.found instanceof RegexFound) return this.found.group(i);
    const s = this.found.spans();
    return s[2 * i]! < 0 ? undefined : this.subject.slice(s[2 * i]!, s[2 * i + 1]!);
  }
  group(i: number, missing: Value = null): Value {
    const t = this.text(i);
    return t === undefined ? missing : this.pattern.wrap(t);
  }
  /** A group given by number or name. @throws IndexError */
  index(v: Value): number {
    const name = asStr(v);
    const i = name === undefined ? indexOrUndefined(v) : this.pattern.names.get(name);
    if (i === undefined || i < 0 || i > this.pattern.groups) raise(E.IndexError, "no such group");
    return Number(i);
  }
  span(i: number): [number, number] {
    if (i === 0) return [this.found.start, this.found.end];
    const s = this.found.spans();
    return [s[2 * i]!, s[2 * i + 1]!];
  }
}

const groupArgument = (f: (m: PyMatch, i: number) => Value): NativeMethod => [
  "(self, group=0, /)",
  (m: PyMatch, g: Value) => f(m, m.index(g)),
];

function expandTemplate(m: PyMatch, t: Template): string {
  let out = "";
  for (const part of t) out += typeof part === "string" ? part : (m.text(part) ?? "");
  return out;
}

const matchType: PyType = nativeType({
  name: "Match",
  module: "re",
  dotted: true,
  doc: "What a pattern found.",
  host: PyMatch,
  final: true,
  generic: true,
  methods: {
    __repr__: [
      "(self, /)",
      (m: PyMatch) => `<re.Match object; span=(${m.found.start}, ${m.found.end}), match=${repr(m.group(0))}>`,
    ],
    __getitem__: ["(self, key, /)", (m: PyMatch, k: Value) => m.group(m.index(k))],
    __bool__: ["(self, /)", () => true],
    __copy__: ["(self, /)", (m: PyMatch) => m],
    __deepcopy__: ["(self, memo, /)", (m: PyMatch) => m],
    group: [
      "(self, /, *args)",
      (m: PyMatch, args: readonly Value[]) => {
        if (args.length === 0) return m.group(0);
        if (args.length === 1) return m.group(m.index(args[0]));
        return new PyTuple(args.map((a) => m.group(m.index(a))));
      },
      "The text of one group, or of several as a tuple.",
    ],
    groups: [
      "(self, /, default=None)",
      (m: PyMatch, d: Value) =>
        new PyTuple(Array.from({ length: m.pattern.groups }, (_, i) => m.group(i + 1, d))),
      "The texts of all groups.",
    ],
    groupdict: [
      "(self, /, default=None)",
      (m: PyMatch, d: Value) =>
        PyDict.from([...m.pattern.names].map(([n, i]) => [n, m.group(i, d)] as const)),
      "The texts of the named groups.",
    ],
    start: groupArgument((m, i) => m.span(i)[0]),
    end: groupArgument((m, i) => m.span(i)[1]),
    span: groupArgument((m, i) => new PyTuple(m.span(i))),
    expand: [
      "(self, /, template)",
      (m: PyMatch, t: Value) => {
        const text = templateText(m.pattern, t);
        return m.pattern.wrap(
          expandTemplate(
            m,
            asError(text, t, () => parseTemplate(text, m.pattern.groups, m.pattern.names)),
          ),
        );
      },
      "A template with this match's groups put in.",
    ],
  },
  getters: {
    string: (m: PyMatch) => m.string,
    re: (m: PyMatch) => m.pattern,
    pos: (m: PyMatch) => m.pos,
    endpos: (m: PyMatch) => m.end,
    lastindex: (m: PyMatch) => m.found.lastIndex(),
    lastgroup: (m: PyMatch) => {
      const i = m.found.lastIndex();
      return i === null ? null : m.pattern.groupName(i);
    },
    regs: (m: PyMatch) =>
      new PyTuple(Array.from({ length: m.pattern.groups + 1 }, (_, i) => new PyTuple(m.span(i)))),
  },
});

// finding

function find(
  mode: "match" | "full" | "search",
  p: PyPattern,
  string: Value,
  pos: Value,
  endpos: Value,
): Value {
  const s = p.subject(string);
  const b = bounds(s, pos, endpos);
  const f = p.engine.find(mode, s, b.pos, b.end);
  return f ? new PyMatch(p, string, s, f, b.pos, b.end) : null;
}

/** All matches one after the other. After an empty one the next must not be empty at the same place. */
function* matches(
  p: PyPattern,
  string: Value,
  pos: Value = 0,
  endpos: Value = Number.MAX_SAFE_INTEGER,
): Generator<PyMatch> {
  const s = p.subject(string);
  const b = bounds(s, pos, endpos);
  let at = b.pos;
  let advance = false;
  while (at <= b.end) {
    const f = p.engine.find("search", s, at, b.end, advance);
    if (!f) return;
    yield new PyMatch(p, string, s, f, b.pos, b.end);
    at = f.end;
    advance = f.end === f.start;
  }
}

function findall(p: PyPattern, string: Value, pos: Value, endpos: Value): PyList {
  const out: Value[] = [];
  const empty = p.wrap("");
  for (const m of matches(p, string, pos, endpos)) {
    if (p.groups === 0) out.push(m.group(0));
    else if (p.groups === 1) out.push(m.group(1, empty));
    else out.push(new PyTuple(Array.from({ length: p.groups }, (_, i) => m.group(i + 1, empty))));
  }
  return new PyList(out);
}

function split(p: PyPattern, string: Value, maxsplit: Value): PyList {
  const s = p.subject(string);
  const limit = toSize(maxsplit);
  const out: Value[] = [];
  let last = 0;
  let n = 0;
  for (const m of matches(p, string)) {
    if (limit > 0 && n >= limit) break;
    out.push(p.wrap(s.slice(last, m.found.start)));
    for (let i = 1; i <= p.groups; i++) out.push(m.group(i));
    last = m.found.end;
    n++;
  }
  out.push(p.wrap(s.slice(last, s.length)));
  return new PyList(out);
}

function templateText(p: PyPattern, t: Value): string {
  const s = asStr(t);
  const b = s === undefined ? bytesOf(t) : undefined;
  if (s === undefined && b === undefined)
    raise(E.TypeError, `decoding to str: need a bytes-like object, ${typeOf(t).name} found`);
  if (p.isBytes && s !== undefined)
    raise(E.TypeError, "sequence item 1: expected a bytes-like object, str found");
  if (!p.isBytes && b !== undefined)
    raise(E.TypeError, "sequence item 1: expected str instance, bytes found");
  return s ?? toLatin(b!);
}

const templates = new Map<string, Template>();

function subn(p: PyPattern, by: Value, string: Value, count: Value): [Value, number] {
  const s = p.subject(string);
  const limit = toSize(count);
  let replace: (m: PyMatch) => string;
  /** Texts put together so far: what an error counts. */
  let pieces = 0;
  if (callable(by)) {
    replace = (m) => {
      const r = call1(by, m);
      if (r === null) return "";
      const t = asStr(r);
      if (t !== undefined && !p.isBytes) return t;
      const b = bytesOf(r);
      if (b !== undefined && p.isBytes) return toLatin(b);
      raise(
        E.TypeError,
        p.isBytes
          ? `sequence item ${pieces}: expected a bytes-like object, ${typeOf(r).name} found`
          : `sequence item ${pieces}: expected str instance, ${typeOf(r).name} found`,
      );
    };
  } else {
    const text = templateText(p, by);
    const key = `${p.text}\0${text}`;
    let t = templates.get(key);
    if (!t) {
      t = asError(text, by, () => parseTemplate(text, p.groups, p.names));
      if (templates.size > 200) templates.clear();
      templates.set(key, t);
    }
    const parsed = t;
    replace =
      parsed.length === 1 && typeof parsed[0] === "string"
        ? () => parsed[0] as string
        : (m) => expandTemplate(m, parsed);
  }
  let out = "";
  let last = 0;
  let n = 0;
  for (const m of matches(p, string)) {
    if (limit > 0 && n >= limit) break;
    if (m.found.start > last) pieces++;
    out += s.slice(last, m.found.start) + replace(m);
    pieces++;
    last = m.found.end;
    n++;
  }
  return [n === 0 ? (p.isBytes ? p.wrap(s.text) : string) : p.wrap(out + s.slice(last, s.length)), n];
}

/** How flags show in a pattern's repr. */
function flagsText(flags: number): string {
  const names: readonly (readonly [string, number])[] = [
    ["re.TEMPLATE", 1],
    ["re.IGNORECASE", 2],
    ["re.LOCALE", 4],
    ["re.MULTILINE", 8],
    ["re.DOTALL", 16],
    ["re.UNICODE", 32],
    ["re.VERBOSE", 64],
    ["re.DEBUG", 128],
    ["re.ASCII", 256],
  ];
  return names
    .filter(([, f]) => flags & f)
    .map(([n]) => n)
    .join("|");
}

function patternRepr(p: PyPattern): string {
  const flags = p.isBytes ? p.flags : p.flags & ~FLAGS.UNICODE;
  let shown = p.isBytes ? bytesRepr(fromLatin(p.text)) : strRepr(p.text);
  if (shown.length > 200) shown = shown.slice(0, 200);
  const f = flagsText(flags);
  return `re.compile(${shown}${f ? `, ${f}` : ""})`;
}

function scannerOf(p: PyPattern, string: Value, pos: Value, endpos: Value): Value {
  const s = p.subject(string);
  const b = bounds(s, pos, endpos);
  return new PyScanner(p, string, s, b.pos, b.end);
}
class PyScanner {
  declare [TYPE]: PyType;
  readonly pattern: PyPattern;
  readonly string: Value;
  readonly s: Subject;
  at: number;
  readonly pos: number;
  readonly end: number;
  advance = false;
  constructor(pattern: PyPattern, string: Value, s: Subject, pos: number, end: number) {
    this.pattern = pattern;
    this.string = string;
    this.s = s;
    this.pos = this.at = pos;
    this.end = end;
  }
  step(mode: "match" | "search"): Value {
    const f =
      this.at <= this.end
        ? this.pattern.engine.find(mode, this.s, this.at, this.end, this.advance)
        : undefined;
    if (!f) return null;
    this.at = f.end;
    this.advance = f.end === f.start;
    return new PyMatch(this.pattern, this.string, this.s, f, this.pos, this.end);
  }
}
nativeType({
  name: "SRE_Scanner",
  module: "_sre",
  dotted: true,
  host: PyScanner,
  methods: {
    match: ["(self, /)", (s: PyScanner) => s.step("match")],
    search: ["(self, /)", (s: PyScanner) => s.step("search")],
  },
  getters: { pattern: (s: PyScanner) => s.pattern },
});

const END = "9223372036854775807";
const finder = (mode: "match" | "full" | "search", doc: string): NativeMethod => [
  `(self, /, string, pos=0, endpos=${END})`,
  (p: PyPattern, s: Value, pos: Value, end: Value) => find(mode, p, s, pos, end),
  doc,
];

function iterateMatches(g: Generator<Value>): NativeIterator {
  return new NativeIterator(() => {
    const r = g.next();
    return r.done ? undefined : r.value;
  });
}

const patternType: PyType = nativeType({
  name: "Pattern",
  module: "re",
  dotted: true,
  doc: "A compiled regular expression.",
  host: PyPattern,
  final: true,
  generic: true,
  methods: {
    __repr__: ["(self, /)", patternRepr],
    __hash__: ["(self, /)", (p: PyPattern) => hashTuple([p.source, p.flags], hash)],
    __eq__: [
      "(self, value, /)",
      (a: PyPattern, b: Value) =>
        b instanceof PyPattern
          ? a.text === b.text && a.flags === b.flags && a.isBytes === b.isBytes
          : NotImplemented,
    ],
    __copy__: ["(self, /)", (p: PyPattern) => p],
    __deepcopy__: ["(self, memo, /)", (p: PyPattern) => p],
    __reduce__: [
      "(self, /)",
      (p: PyPattern) =>
        new PyTuple([getAttr(importModule("re"), "compile"), new PyTuple([p.source, p.flags])]),
    ],
    match: finder("match", "A match at the beginning, or None."),
    fullmatch: finder("full", "A match of the whole text, or None."),
    search: finder("search", "The first match, or None."),
    findall: [
      `(self, /, string, pos=0, endpos=${END})`,
      findall,
      "All matches as texts, or tuples of groups.",
    ],
    finditer: [
      `(self, /, string, pos=0, endpos=${END})`,
      (p: PyPattern, s: Value, pos: Value, end: Value) => {
        p.subject(s);
        return iterateMatches(matches(p, s, pos, end));
      },
      "An iterator over all matches.",
    ],
    split: ["(self, /, string, maxsplit=0)", split, "The text between matches."],
    sub: [
      "(self, /, repl, string, count=0)",
      (p: PyPattern, r: Value, s: Value, n: Value) => subn(p, r, s, n)[0],
      "The text with matches replaced.",
    ],
    subn: [
      "(self, /, repl, string, count=0)",
      (p: PyPattern, r: Value, s: Value, n: Value) => new PyTuple(subn(p, r, s, n)),
      "As sub(), with the number of replacements.",
    ],
    scanner: [`(self, /, string, pos=0, endpos=${END})`, scannerOf],
  },
  getters: {
    pattern: (p: PyPattern) => p.source,
    flags: (p: PyPattern) => p.flags,
    groups: (p: PyPattern) => p.groups,
    groupindex: (p: PyPattern) => new PyMappingProxy(PyDict.from(p.names)),
  },
});

// flags

const flagBody = new PyEnumDict();
flagBody.clsName = "RegexFlag";
flagBody.set("__module__", "re");
flagBody.set("__qualname__", "RegexFlag");
for (const [name, value] of Object.entries({
  NOFLAG: 0,
  ASCII: 256,
  A: 256,
  IGNORECASE: 2,
  I: 2,
  LOCALE: 4,
  L: 4,
  UNICODE: 32,
  U: 32,
  MULTILINE: 8,
  M: 8,
  DOTALL: 16,
  S: 16,
  VERBOSE: 64,
  X: 64,
  TEMPLATE: 1,
  T: 1,
  DEBUG: 128,
})) {
  flagBody.assign(name, value);
}
const flagClass = (
  enumMeta.dict.get("__new__") as unknown as { apply(a: readonly Value[], k: readonly string[]): Value }
).apply([enumMeta, "RegexFlag", new PyTuple([intFlagClass]), flagBody], []) as PyType;
/** `re.IGNORECASE|re.MULTILINE` */
flagClass.setAttr(
  "__repr__",
  makeClass({
    name: "_",
    module: "re",
    methods: {
      __repr__: [
        "(self)",
        (self: Value) => {
          let n: Int = asInt(self) ?? 0;
          const negative = n < 0;
          if (negative) n = -1 - Number(n);
          const known = [256, 2, 4, 32, 8, 16, 64, 1, 128];
          const names = [
            "ASCII",
            "IGNORECASE",
            "LOCALE",
            "UNICODE",
            "MULTILINE",
            "DOTALL",
            "VERBOSE",
            "TEMPLATE",
            "DEBUG",
          ];
          const parts: string[] = names
            .filter((_, i) => andInt(n, known[i]!) !== 0)
            .map((name) => `re.${name}`);
          const rest = known.reduce((r: Int, f) => andInt(r, -1 - f), n);
          if (rest !== 0) parts.push(`0x${Number(rest).toString(16)}`);
          const text = parts.length === 0 ? "re.NOFLAG" : parts.join("|");
          return negative ? (parts.length > 1 ? `~(${text})` : `~${text}`) : text;
        },
      ],
    },
  }).dict.get("__repr__")!,
);
flagClass.setAttr(
  "__str__",
  (() => {
    const t = makeClass({
      name: "_",
      module: "re",
      methods: { __str__: ["(self)", (self: Value) => repr(self)] },
    });
    return t.dict.get("__str__")!;
  })(),
);

/** A function of the module that compiles its pattern. */
const withPattern = (
  signature: string,
  f: (p: PyPattern, ...rest: Value[]) => Value,
  doc: string,
): NativeMethod => [
  signature,
  (pattern: Value, ...rest: Value[]) => f(compile(pattern, rest.at(-1)), ...rest.slice(0, -1)),
  doc,
];

const SPECIAL = new Set(Array.from("()[]{}?*+-|^$\\.&~# \t\n\r\v\f"));

function escape(v: Value): Value {
  const quote = (s: string): string => Array.from(s, (c) => (SPECIAL.has(c) ? "\\" + c : c)).join("");
  const s = asStr(v);
  if (s !== undefined) return quote(s);
  const b = bytesOf(v);
  if (b === undefined)
    raise(E.TypeError, `decoding to str: need a bytes-like object, ${typeOf(v).name} found`);
  return new PyBytes(fromLatin(quote(toLatin(b))));
}

defineModule("re", () => {
  const members: Record<string, Value> = {
    error: errorClass,
    Pattern: patternType,
    Match: matchType,
    RegexFlag: flagClass,
  };
  for (const [n, m] of (flagClass.lookup("_member_map_") as PyDict).entries()) members[n as string] = m;
  return {
    name: "re",
    doc: "Regular expressions.",
    functions: {
      compile: ["(pattern, flags=0)", compile, "A pattern made ready for use."],
      match: withPattern(
        "(pattern, string, flags=0)",
        (p, s) => find("match", p, s, 0, Number.MAX_SAFE_INTEGER),
        "A match at the beginning, or None.",
      ),
      fullmatch: withPattern(
        "(pattern, string, flags=0)",
        (p, s) => find("full", p, s, 0, Number.MAX_SAFE_INTEGER),
        "A match of the whole text, or None.",
      ),
      search: withPattern(
        "(pattern, string, flags=0)",
        (p, s) => find("search", p, s, 0, Number.MAX_SAFE_INTEGER),
        "The first match, or None.",
      ),
      findall: withPattern(
        "(pattern, string, flags=0)",
        (p, s) => findall(p, s, 0, Number.MAX_SAFE_INTEGER),
        "All matches.",
      ),
      finditer: withPattern(
        "(pattern, string, flags=0)",
        (p, s) => {
          p.subject(s);
          return iterateMatches(matches(p, s));
        },
        "An iterator over all matches.",
      ),
      split: withPattern(
        "(pattern, string, maxsplit=0, flags=0)",
        (p, s, n) => split(p, s, n),
        "The text between matches.",
      ),
      sub: withPattern(
        "(pattern, repl, string, count=0, flags=0)",
        (p, r, s, n) => subn(p, r, s, n)[0],
        "The text with matches replaced.",
      ),
      subn: withPattern(
        "(pattern, repl, string, count=0, flags=0)",
        (p, r, s, n) => new PyTuple(subn(p, r, s, n)),
        "As sub(), with the number of replacements.",
      ),
      escape: ["(pattern)", escape, "Text with special characters escaped."],
      purge: ["()", () => cache.clear(), "Forget compiled patterns."],
      template: ["(pattern, flags=0)", compile],
    },
    members,
  };
});
