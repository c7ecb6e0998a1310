// Methods and members of the built-in exceptions.
//
// Behaviour: docs.python.org/3.11/library/exceptions.html.
import { getAttrOrUndefined, setAttr } from "./attributes.ts";
import { call1, callN } from "./call.ts";
import {
  E,
  ERRNO_TYPES,
  excDict,
  type ExceptionName,
  excInfo,
  isException,
  PyException,
  raise,
} from "./exceptions.ts";
import { PyTraceback } from "./frames.ts";
import { toArray } from "./iteration.ts";
import { late } from "./late.ts";
import { fillType } from "./native-type.ts";
import {
  asInt,
  asStr,
  dictOf,
  isInstance,
  PyBytes,
  PyList,
  PyTuple,
  PyType,
  type Kwargs,
  typeOf,
  type Value,
} from "./object.ts";
import { repr, str } from "./repr.ts";
import { dictGetSet, PyMember } from "./slots.ts";
import { isTrue } from "./truth.ts";
import { builtinsModule } from "./modules.ts";
import type { NativeMethod } from "./native.ts";

function argsText(args: PyTuple): string {
  return args.items.length === 0 ? "" : args.items.length === 1 ? str(args.items[0]) : repr(args);
}

function exceptionOrNone(v: Value, what: string): Value {
  if (v !== null && !isException(v))
    raise(E.TypeError, `exception ${what} must be None or derive from BaseException`);
  return v;
}

fillType(E.BaseException, {
  doc: "Common base class for all exceptions",
  new: [
    "(cls, /, *args, **kwargs)",
    (cls: PyType, args: Value[]) => {
      const e = cls.allocator!(cls);
      if (e instanceof PyException) e.args = new PyTuple(args);
      return e;
    },
  ],
  init: [
    "(self, /, *args, **kwargs)",
    (e: Value, args: Value[], kwargs: Kwargs) => {
      if (kwargs.size > 0) raise(E.TypeError, `${typeOf(e).name}() takes no keyword arguments`);
      excInfo(e).args = new PyTuple(args);
    },
  ],
  methods: {
    __str__: ["(self, /)", (e: Value) => argsText(excInfo(e).args)],
    __repr__: [
      "(self, /)",
      (e: Value) => {
        const { items } = excInfo(e).args;
        return `${typeOf(e).name}(${items.length === 1 ? repr(items[0]) : items.map((a) => repr(a)).join(", ")})`;
      },
    ],
    with_traceback: [
      "(self, tb, /)",
      (e: Value, tb: Value) => {
        if (tb !== null && !(tb instanceof PyTraceback))
          raise(E.TypeError, "__traceback__ must be a traceback or None");
        excInfo(e).traceback = tb;
        return e;
      },
    ],
    add_note: [
      "(self, note, /)",
      (e: Value, note: Value) => {
        if (asStr(note) === undefined) raise(E.TypeError, `note must be a str, not '${typeOf(note).name}'`);
        const d = excDict(e);
        let notes = d.get("__notes__");
        if (notes === undefined) d.set("__notes__", (notes = new PyList([])));
        if (!(notes instanceof PyList)) raise(E.TypeError, "Cannot add note: __notes__ is not a list");
        notes.items.push(note);
      },
    ],
    __reduce__: [
      "(self, /)",
      (e: Value) => {
        const d = dictOf(e);
        const parts: Value[] = [typeOf(e), excInfo(e).args];
        if (d !== undefined && d.size > 0) parts.push(late.dict(new Map(d)));
        return new PyTuple(parts);
      },
    ],
    __setstate__: [
      "(self, state, /)",
      (e: Value, state: Value) => {
        for (const [k, v] of late.entries(state) ?? []) setAttr(e, str(k), v);
      },
    ],
  },
  getters: {
    args: {
      get: (e: Value) => excInfo(e).args,
      set: (e: Value, v: Value) => void (excInfo(e).args = new PyTuple(toArray(v))),
    },
    __traceback__: {
      get: (e: Value) => excInfo(e).traceback,
      set: (e: Value, v: Value) => {
        if (v !== null && !(v instanceof PyTraceback))
          raise(E.TypeError, "__traceback__ must be a traceback or None");
        excInfo(e).traceback = v;
      },
    },
    __context__: {
      get: (e: Value) => excInfo(e).context,
      set: (e: Value, v: Value) => void (excInfo(e).context = exceptionOrNone(v, "context")),
    },
    __cause__: {
      get: (e: Value) => excInfo(e).cause,
      set: (e: Value, v: Value) => {
        excInfo(e).cause = exceptionOrNone(v, "cause");
        excInfo(e).suppressContext = true;
      },
    },
    __suppress_context__: {
      get: (e: Value) => excInfo(e).suppressContext,
      set: (e: Value, v: Value) => void (excInfo(e).suppressContext = isTrue(v)),
    },
  },
});
E.BaseException.dict.set("__dict__", dictGetSet(E.BaseException));

/** Members that read as None until set. */
function members(type: PyType, names: readonly string[]): void {
  for (const n of names) type.dict.set(n, new PyMember(n, type, null));
}

function setAll(e: PyException, values: Readonly<Record<string, Value | undefined>>): void {
  for (const [k, v] of Object.entries(values)) if (v !== undefined) e.setMember(k, v);
}

/** `__init__` with *args and keyword arguments that become members. */
function initWith(
  type: PyType,
  keywords: readonly string[],
  more?: (e: PyException, args: Value[]) => void,
): NativeMethod {
  return [
    "(self, /, *args, **kwargs)",
    (e: PyException, args: Value[], kwargs: Kwargs) => {
      e.args = new PyTuple(args);
      for (const k of kwargs.keys())
        if (!keywords.includes(k))
          raise(E.TypeError, `'${k}' is an invalid keyword argument for ${type.name}()`);
      for (const k of keywords) e.setMember(k, kwargs.get(k) ?? null);
      more?.(e, args);
    },
  ];
}

members(E.StopIteration, ["value"]);
fillType(E.StopIteration, {
  init: initWith(E.StopIteration, [], (e, args) => e.setMember("value", args[0] ?? null)),
});
members(E.SystemExit, ["code"]);
fillType(E.SystemExit, {
  init: initWith(E.SystemExit, [], (e, args) =>
    e.setMember("code", args.length === 0 ? null : args.length === 1 ? args[0] : new PyTuple(args)),
  ),
});
members(E.AttributeError, ["name", "obj"]);
fillType(E.AttributeError, { init: initWith(E.AttributeError, ["name", "obj"]) });
members(E.NameError, ["name"]);
fillType(E.NameError, { init: initWith(E.NameError, ["name"]) });
members(E.ImportError, ["msg", "name", "path"]);
fillType(E.ImportError, {
  init: initWith(E.ImportError, ["name", "path"], (e, args) =>
    e.setMember("msg", args.length === 1 ? args[0] : null),
  ),
  methods: {
    __reduce__: [
      "(self, /)",
      (e: PyException) => {
        const state = new Map(e.dict ?? []);
        for (const k of ["name", "path"]) if ((e.member(k) ?? null) !== null) state.set(k, e.member(k));
        return new PyTuple(state.size > 0 ? [typeOf(e), e.args, late.dict(state)] : [typeOf(e), e.args]);
      },
    ],
    __str__: ["(self, /)", (e: PyException) => asStr(e.member("msg") ?? null) ?? argsText(e.args)],
  },
});
fillType(E.KeyError, {
  methods: {
    __str__: [
      "(self, /)",
      (e: Value) => {
        const a = excInfo(e).args;
        return a.items.length === 1 ? repr(a.items[0]) : argsText(a);
      },
    ],
  },
});

// ---- OSError

members(E.OSError, ["errno", "strerror", "filename", "filename2"]);
fillType(E.OSError, {
  new: [
    "(cls, /, *args, **kwargs)",
    (cls: PyType, args: Value[]) => {
      const code = asInt(args[0] ?? null);
      const better =
        cls === E.OSError && args.length >= 2 && typeof code === "number" ? ERRNO_TYPES.get(code) : undefined;
      const e = cls.allocator!(better ?? cls) as PyException;
      initOSError(e, args);
      return e;
    },
  ],
  init: [
    "(self, /, *args, **kwargs)",
    (e: PyException, args: Value[], kwargs: Kwargs) => {
      if (kwargs.size > 0) raise(E.TypeError, `${typeOf(e).name}() takes no keyword arguments`);
      if (typeOf(e).lookup("__new__") === E.OSError.dict.get("__new__") && e.member("errno") !== undefined)
        return;
      initOSError(e, args);
    },
  ],
  methods: {
    __str__: [
      "(self, /)",
      (e: PyException) => {
        const file = e.member("filename");
        const second = e.member("filename2");
        const errno = e.member("errno");
        const text = e.member("strerror");
        if (file !== undefined && file !== null)
          return `[Errno ${str(errno ?? null)}] ${str(text ?? null)}: ${repr(file)}${second === undefined || second === null ? "" : ` -> ${repr(second)}`}`;
        if (errno !== undefined && errno !== null && text !== undefined && text !== null)
          return `[Errno ${str(errno)}] ${str(text)}`;
        return argsText(e.args);
      },
    ],
  },
});

function initOSError(e: PyException, args: Value[]): void {
  e.args = new PyTuple(args);
  if (args.length < 2 || args.length > 5) return;
  setAll(e, { errno: args[0], strerror: args[1], filename: args[2], filename2: args[4] });
  if (args.length > 2) e.args = new PyTuple(args.slice(0, 2));
}
for (const alias of ["EnvironmentError", "IOError"]) builtinsModule.dict.set(alias, E.OSError);

// ---- SyntaxError

members(E.SyntaxError, [
  "msg",
  "filename",
  "lineno",
  "offset",
  "text",
  "end_lineno",
  "end_offset",
  "print_file_and_line",
]);
fillType(E.SyntaxError, {
  init: [
    "(self, /, *args, **kwargs)",
    (e: PyException, args: Value[], kwargs: Kwargs) => {
      if (kwargs.size > 0) raise(E.TypeError, `${typeOf(e).name}() takes no keyword arguments`);
      e.args = new PyTuple(args);
      if (args.length > 0) e.setMember("msg", args[0]);
      if (args.length === 2) {
        const info = toArray(args[1]);
        if (info.length !== 4 && info.length !== 6) raise(E.TypeError, `function missing required argument`);
        ["filename", "lineno", "offset", "text", "end_lineno", "end_offset"].forEach((n, i) =>
          e.setMember(n, info[i] ?? null),
        );
      }
    },
  ],
  methods: {
    __str__: [
      "(self, /)",
      (e: PyException) => {
        const msg = str(e.member("msg") ?? null);
        const file = asStr(e.member("filename") ?? null);
        const line = asInt(e.member("lineno") ?? null);
        const base = file?.slice(file.lastIndexOf("/") + 1);
        if (base !== undefined && line !== undefined) return `${msg} (${base}, line ${line})`;
        if (base !== undefined) return `${msg} (${base})`;
        return line === undefined ? msg : `${msg} (line ${line})`;
      },
    ],
  },
});

// ---- Unicode errors

const hex = (n: number, width: number): string => n.toString(16).padStart(width, "0");

function unicodeInit(type: PyType, names: readonly string[]): void {
  members(type, names);
  fillType(type, {
    init: [
      "(self, /, *args, **kwargs)",
      (e: PyException, args: Value[]) => {
        e.args = new PyTuple(args);
        if (args.length !== names.length)
          raise(E.TypeError, `function takes exactly ${names.length} arguments (${args.length} given)`);
        names.forEach((n, i) => e.setMember(n, args[i]));
      },
    ],
  });
}
const TRANSLATED = ["object", "start", "end", "reason"];
const CODED = ["encoding", ...TRANSLATED];
unicodeInit(E.UnicodeDecodeError, CODED);
unicodeInit(E.UnicodeEncodeError, CODED);
unicodeInit(E.UnicodeTranslateError, TRANSLATED);

/** encoding, object, start, end, reason: from members, or from args where native code made the exception. */
function unicodeParts(e: PyException, names: readonly string[]): Value[] {
  return names.map((n, i) => e.member(n) ?? e.args.items[i] ?? null);
}
fillType(E.UnicodeDecodeError, {
  methods: {
    __str__: [
      "(self, /)",
      (e: PyException) => {
        const [encoding, object, start, end, reason] = unicodeParts(e, CODED);
        if (encoding === null) return "";
        const [s, f] = [Number(start), Number(end)];
        return object instanceof PyBytes && s < object.data.length && f === s + 1
          ? `'${str(encoding!)}' codec can't decode byte 0x${hex(object.data[s]!, 2)} in position ${s}: ${str(reason!)}`
          : `'${str(encoding!)}' codec can't decode bytes in position ${s}-${f - 1}: ${str(reason!)}`;
      },
    ],
  },
});
function characterText(object: Value, s: number): string {
  const c = [...(asStr(object) ?? "")][s]?.codePointAt(0) ?? 0;
  return c <= 0xff ? `\\x${hex(c, 2)}` : c <= 0xffff ? `\\u${hex(c, 4)}` : `\\U${hex(c, 8)}`;
}
fillType(E.UnicodeEncodeError, {
  methods: {
    __str__: [
      "(self, /)",
      (e: PyException) => {
        const [encoding, object, start, end, reason] = unicodeParts(e, CODED);
        if (encoding === null) return "";
        const [s, f] = [Number(start), Number(end)];
        return f === s + 1
          ? `'${str(encoding!)}' codec can't encode character '${characterText(object!, s)}' in position ${s}: ${str(reason!)}`
          : `'${str(encoding!)}' codec can't encode characters in position ${s}-${f - 1}: ${str(reason!)}`;
      },
    ],
  },
});
fillType(E.UnicodeTranslateError, {
  methods: {
    __str__: [
      "(self, /)",
      (e: PyException) => {
        const [object, start, end, reason] = unicodeParts(e, TRANSLATED);
        if (object === null) return "";
        const [s, f] = [Number(start), Number(end)];
        return f === s + 1
          ? `can't translate character '${characterText(object!, s)}' in position ${s}: ${str(reason!)}`
          : `can't translate characters in position ${s}-${f - 1}: ${str(reason!)}`;
      },
    ],
  },
});

// ---- exception groups

/** The exceptions of a group. */
export function groupItems(e: Value): readonly Value[] {
  const v = (e as PyException).member("exceptions");
  return v instanceof PyTuple ? v.items : [];
}

/** A group like `original` with other contents: same class by derive(), traceback, cause, context and notes. */
export function deriveGroup(original: PyException, items: readonly Value[]): PyException {
  const made = callN(getAttrOrUndefined(original, "derive")!, [new PyList([...items])]) as PyException;
  if (!isInstance(made, E.BaseExceptionGroup))
    raise(E.TypeError, "derive must return an instance of BaseExceptionGroup");
  made.traceback = original.traceback;
  made.cause = original.cause;
  made.context = original.context;
  made.suppressContext = original.suppressContext;
  const notes = original.dict?.get("__notes__");
  if (notes instanceof PyList || notes instanceof PyTuple)
    excDict(made).set("__notes__", new PyList([...notes.items]));
  return made;
}

type Matcher = (e: Value) => boolean;
function matcher(condition: Value): Matcher {
  if (condition instanceof PyType && condition.isSubtypeOf(E.BaseException))
    return (e) => isInstance(e, condition);
  if (
    condition instanceof PyTuple &&
    condition.items.every((c) => c instanceof PyType && c.isSubtypeOf(E.BaseException))
  ) {
    return (e) => condition.items.some((c) => isInstance(e, c as PyType));
  }
  if (typeOf(condition).lookup("__call__") !== undefined && !(condition instanceof PyType))
    return (e) => isTrue(call1(condition, e));
  raise(E.TypeError, "expected a function, exception type or tuple of exception types");
}

/** Parts of a group that match and that do not; null where empty. The group itself may match whole. */
export function splitGroup(g: Value, match: Matcher): [Value, Value] {
  if (match(g)) return [g, null];
  if (!isInstance(g, E.BaseExceptionGroup)) return [null, g];
  const yes: Value[] = [];
  const no: Value[] = [];
  for (const e of groupItems(g)) {
    if (isInstance(e, E.BaseExceptionGroup)) {
      const [a, b] = splitGroup(e, match);
      if (a !== null) yes.push(a);
      if (b !== null) no.push(b);
    } else (match(e) ? yes : no).push(e);
  }
  const group = g as PyException;
  return [yes.length === 0 ? null : deriveGroup(group, yes), no.length === 0 ? null : deriveGroup(group, no)];
}

for (const n of ["message", "exceptions"])
  E.BaseExceptionGroup.dict.set(n, new PyMember(n, E.BaseExceptionGroup, undefined, true));
fillType(E.BaseExceptionGroup, {
  generic: true,
  new: [
    "(cls, *args)",
    (cls: PyType, args: Value[]) => {
      if (args.length !== 2)
        raise(E.TypeError, `BaseExceptionGroup.__new__() takes exactly 2 arguments (${args.length} given)`);
      const [message, list] = args;
      if (asStr(message) === undefined)
        raise(
          E.TypeError,
          `BaseExceptionGroup.__new__() argument 1 must be str, not ${typeOf(message).name}`,
        );
      if (
        typeOf(list).lookup("__getitem__") === undefined ||
        typeOf(list).lookup("__len__") === undefined ||
        list instanceof PyType
      )
        raise(E.TypeError, "second argument (exceptions) must be a sequence");
      const items = toArray(list);
      if (items.length === 0)
        raise(E.ValueError, "second argument (exceptions) must be a non-empty sequence");
      items.forEach((e, i) => {
        if (!isException(e))
          raise(E.ValueError, `Item ${i} of second argument (exceptions) is not an exception`);
      });
      let made = cls;
      const nested = items.some((e) => !isInstance(e, E.Exception));
      if (cls === E.BaseExceptionGroup && !nested) made = E.ExceptionGroup;
      else if (nested && cls === E.ExceptionGroup)
        raise(E.TypeError, "Cannot nest BaseExceptions in an ExceptionGroup");
      else if (nested && cls.isSubtypeOf(E.Exception))
        raise(E.TypeError, `Cannot nest BaseExceptions in '${cls.name}'`);
      const e = made.allocator!(made) as PyException;
      e.args = new PyTuple(args);
      return e.setMember("message", message).setMember("exceptions", new PyTuple(items));
    },
  ],
  init: ["(self, /, *args, **kwargs)", () => null],
  methods: {
    __str__: [
      "(self, /)",
      (e: PyException) => {
        const n = groupItems(e).length;
        return `${str(e.member("message") ?? null)} (${n} sub-exception${n === 1 ? "" : "s"})`;
      },
    ],
    derive: ["(self, excs, /)", (e: PyException, list: Value) => call1OfGroup(e, list)],
    split: [
      "(self, condition, /)",
      (e: PyException, condition: Value) => new PyTuple(splitGroup(e, matcher(condition))),
    ],
    subgroup: [
      "(self, condition, /)",
      (e: PyException, condition: Value) => splitGroup(e, matcher(condition))[0],
    ],
  },
});
function call1OfGroup(e: PyException, list: Value): Value {
  return callN(E.BaseExceptionGroup, [e.member("message") ?? null, list]);
}

for (const name of Object.keys(E) as ExceptionName[]) {
  builtinsModule.dict.set(name, E[name]);
  E[name].changed();
}
