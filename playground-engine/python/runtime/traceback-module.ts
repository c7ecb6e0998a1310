// The traceback module: tracebacks as lines, for programs that log or show them.
//
// Behaviour: docs.python.org/3.11/library/traceback.html. The text itself is made by traceback-text.ts.
import { callMethod, getAttrOrUndefined } from "./attributes.ts";
import { E, excInfo, isException, isInstanceOf, raise } from "./exceptions.ts";
import { frameAt, handled, PyFrame, PyTraceback } from "./frames.ts";
import { objectType } from "./base-types.ts";
import { defineModule, modules } from "./modules.ts";
import { nativeType } from "./native-type.ts";
import { getIter, NativeIterator, toArray } from "./iteration.ts";
import {
  asInt,
  asStr,
  NotImplemented,
  PyList,
  PyTuple,
  type PyType,
  TYPE,
  typeOf,
  type Value,
} from "./object.ts";
import {
  extractTraceback,
  formatExceptionLines,
  formatOnly,
  formatStack,
  limitFrames,
  localTexts,
  summariseFrame,
  type FormatOptions,
  type FrameSummary,
} from "./traceback-text.ts";
import { PyFunction } from "./function.ts";
import { late } from "./late.ts";
import { repr, str } from "./repr.ts";
import { sourceLine } from "./source-lines.ts";
import { groupItems } from "./exception-types.ts";
import { isTrue } from "./truth.ts";

class PyFrameSummary {
  declare [TYPE]: PyType;
  readonly f: FrameSummary;
  constructor(f: FrameSummary) {
    this.f = f;
  }
  get line(): string | null {
    return (this.f.original ?? sourceLine(this.f.filename, this.f.lineno))?.trim() ?? "";
  }
  tuple(): Value[] {
    return [this.f.filename, this.f.lineno, this.f.name, this.line];
  }
}

const frameSummaryType = nativeType({
  name: "FrameSummary",
  module: "traceback",
  host: PyFrameSummary,
  new: [
    "(cls, filename, lineno, name, *, lookup_line=True, locals=None, line=None, end_lineno=None, colno=None, end_colno=None)",
    (
      _cls: Value,
      filename: Value,
      lineno: Value,
      name: Value,
      _lookup: Value,
      locals: Value,
      line: Value,
    ) => {
      const at = asStr(filename) ?? "";
      const n = Number(asInt(lineno) ?? 0);
      const table =
        locals === null
          ? undefined
          : new Map([...(late.namespaceOf(locals) ?? [])].map(([k, v]) => [k, repr(v)]));
      return new PyFrameSummary({
        filename: at,
        lineno: n,
        name: asStr(name) ?? "",
        original: asStr(line) ?? sourceLine(at, n),
        locals: table,
      });
    },
  ],
  methods: {
    __repr__: [
      "(self, /)",
      (s: PyFrameSummary) => `<FrameSummary file ${s.f.filename}, line ${s.f.lineno} in ${s.f.name}>`,
    ],
    __iter__: ["(self, /)", (s: PyFrameSummary) => getIter(new PyList(s.tuple()))],
    __len__: ["(self, /)", () => 4],
    __getitem__: [
      "(self, pos, /)",
      (s: PyFrameSummary, pos: Value) => callMethod(new PyTuple(s.tuple()), "__getitem__", pos),
    ],
    __eq__: [
      "(self, other, /)",
      (s: PyFrameSummary, o: Value) => {
        if (o instanceof PyFrameSummary) return s.tuple().every((v, i) => v === o.tuple()[i]);
        if (o instanceof PyTuple) return callMethod(new PyTuple(s.tuple()), "__eq__", o);
        return NotImplemented;
      },
    ],
  },
  getters: {
    filename: (s: PyFrameSummary) => s.f.filename,
    lineno: (s: PyFrameSummary) => s.f.lineno,
    name: (s: PyFrameSummary) => s.f.name,
    line: (s: PyFrameSummary) => s.line,
    end_lineno: (s: PyFrameSummary) => s.f.endLineno ?? null,
    colno: (s: PyFrameSummary) => s.f.column ?? null,
    end_colno: (s: PyFrameSummary) => s.f.endColumn ?? null,
    locals: (s: PyFrameSummary) => (s.f.locals === undefined ? null : late.dict(new Map(s.f.locals))),
  },
});

/** A FrameSummary, or an old-style tuple of four. */
function summaryOf(v: Value): FrameSummary {
  if (v instanceof PyFrameSummary) return v.f;
  const [filename, lineno, name, line] = toArray(v);
  return {
    filename: asStr(filename ?? null) ?? "",
    lineno: Number(asInt(lineno ?? null) ?? 0),
    name: asStr(name ?? null) ?? "",
    original: asStr(line ?? null),
  };
}

function summaryType(): PyType {
  return (madeSummary ??= nativeType({
    name: "StackSummary",
    module: "traceback",
    bases: [objectType.subclasses.find((t) => !t.heap && t.name === "list")!],
    hasDict: true,
    methods: {
      format: [
        "(self)",
        (s: PyList) => {
          // A subclass may format its frames another way, or leave some out.
          const custom =
            s[TYPE] !== summaryType() &&
            getAttrOrUndefined(s[TYPE], "format_frame_summary") instanceof PyFunction;
          if (!custom) return strings(formatStack(s.items.map(summaryOf)));
          return new PyList(
            s.items.map((f) => callMethod(s, "format_frame_summary", f)).filter((l) => l !== null),
          );
        },
      ],
      format_frame_summary: [
        "(self, frame_summary)",
        (_s: Value, f: Value) => formatStack([summaryOf(f)])[0] ?? "",
      ],
    },
    classMethods: {
      extract: [
        "(cls, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False)",
        (c: PyType, frames: Value, limit: Value, _lookup: Value, locals: Value) => {
          const all = toArray(frames).map((p): FrameSummary => {
            const [f, line] = toArray(p);
            if (!(f instanceof PyFrame)) return summaryOf(p);
            return {
              ...summariseFrame(f),
              lineno: Number(asInt(line ?? null) ?? f.lineno),
              ...(isTrue(locals) ? { locals: localTexts(f) } : {}),
            };
          });
          return stack(limitFrames(all, count(limit)), c);
        },
      ],
      from_list: ["(cls, a_list)", (c: PyType, l: Value) => stack(toArray(l).map(summaryOf), c)],
    },
  }));
}
let madeSummary: PyType | undefined;

function stack(frames: readonly FrameSummary[], cls = summaryType()): PyList {
  const l = new PyList(frames.map((f) => new PyFrameSummary(f)));
  l[TYPE] = cls;
  return l;
}

const strings = (s: readonly string[]): PyList => new PyList([...s]);

function count(limit: Value): number | undefined {
  const n = asInt(limit);
  return n === undefined ? undefined : Number(n);
}

function limited(frames: FrameSummary[], limit: Value, innermost = false): FrameSummary[] {
  return limitFrames(frames, count(limit), innermost);
}

/** The running program's frames, outermost first. */
function runningStack(f: Value): FrameSummary[] {
  const out: FrameSummary[] = [];
  let frame: Value = f instanceof PyFrame ? f : (frameAt(0) ?? null);
  for (; frame instanceof PyFrame; frame = frame.back) out.push(summariseFrame(frame));
  return out.reverse();
}

/** The arguments of format_exception and its like: an exception, or type, value and traceback. */
function exceptionArgument(exc: Value, value: Value | undefined, tb: Value | undefined): Value {
  if (value === undefined && tb === undefined) {
    if (exc === null) return null;
    if (!isException(exc)) raise(E.TypeError, `Exception expected for value, ${typeOf(exc).name} found`);
    return exc;
  }
  if (value === undefined || tb === undefined)
    raise(E.ValueError, "Both or neither of value and tb must be given");
  if (value !== null && tb !== null && tb !== undefined && excInfo(value).traceback !== tb)
    excInfo(value).traceback = tb;
  return value ?? null;
}

function lines(e: Value, limit: Value, chain: Value): string[] {
  if (e === null) return ["NoneType: None\n"];
  return formatExceptionLines(e, { chain: isTrue(chain), limit: count(limit) });
}

function out(file: Value, parts: readonly string[]): void {
  const target = file !== null ? file : getAttrOrUndefined(modules.get("sys") ?? null, "stderr");
  if (target !== undefined && target !== null) for (const p of parts) callMethod(target, "write", p);
}

/** An exception ready to be shown. */
class PyTracebackException {
  declare [TYPE]: PyType;
  readonly e: Value;
  readonly options: FormatOptions;
  readonly stack: PyList;
  constructor(e: Value, options: FormatOptions) {
    this.e = e;
    this.options = options;
    this.stack = stack(limitFrames(extractTraceback(excInfo(e).traceback, options.locals), options.limit));
  }
  lines(chain: boolean): string[] {
    return formatExceptionLines(this.e, { ...this.options, chain });
  }
}

const OPTIONS =
  "limit=None, lookup_lines=True, capture_locals=False, compact=False, max_group_width=15, max_group_depth=10, _seen=None";
function options(limit: Value, locals: Value, width: Value, depth: Value): FormatOptions {
  return {
    limit: count(limit),
    locals: isTrue(locals),
    groupWidth: count(width) ?? 15,
    groupDepth: count(depth) ?? 10,
  };
}
const part = (s: PyTracebackException, e: Value): Value =>
  e === null ? null : new PyTracebackException(e, s.options);
const member =
  (name: string) =>
  (s: PyTracebackException): Value =>
    getAttrOrUndefined(s.e, name) ?? null;

const tracebackExceptionType = nativeType({
  name: "TracebackException",
  module: "traceback",
  host: PyTracebackException,
  new: [
    `(cls, exc_type, exc_value, exc_traceback, *, ${OPTIONS})`,
    (
      _c: Value,
      _t: Value,
      v: Value,
      _tb: Value,
      limit: Value,
      _lookup: Value,
      locals: Value,
      _compact: Value,
      width: Value,
      depth: Value,
    ) => new PyTracebackException(v, options(limit, locals, width, depth)),
  ],
  classMethods: {
    from_exception: [
      `(cls, exc, *args, ${OPTIONS})`,
      (
        _c: Value,
        e: Value,
        _a: Value,
        limit: Value,
        _lookup: Value,
        locals: Value,
        _compact: Value,
        width: Value,
        depth: Value,
      ) => new PyTracebackException(e, options(limit, locals, width, depth)),
    ],
  },
  methods: {
    format: [
      "(self, *, chain=True, _ctx=None)",
      (s: PyTracebackException, chain: Value) => generator(s.lines(isTrue(chain))),
    ],
    format_exception_only: ["(self)", (s: PyTracebackException) => generator(formatOnly(s.e))],
    print: [
      "(self, *, file=None, chain=True)",
      (s: PyTracebackException, file: Value, chain: Value) => out(file, s.lines(isTrue(chain))),
    ],
    __str__: ["(self, /)", (s: PyTracebackException) => str(s.e)],
    __eq__: [
      "(self, other, /)",
      (a: PyTracebackException, b: Value) => {
        if (!(b instanceof PyTracebackException)) return NotImplemented;
        return (
          a.lines(true).join("") === b.lines(true).join("") &&
          typeOf(a.e) === typeOf(b.e) &&
          JSON.stringify(a.options) === JSON.stringify(b.options)
        );
      },
    ],
  },
  getters: {
    stack: (s: PyTracebackException) => s.stack,
    exc_type: (s: PyTracebackException) => typeOf(s.e),
    __cause__: (s: PyTracebackException) => part(s, excInfo(s.e).cause),
    __context__: (s: PyTracebackException) => part(s, excInfo(s.e).context),
    __suppress_context__: (s: PyTracebackException) => excInfo(s.e).suppressContext,
    __notes__: member("__notes__"),
    exceptions: (s: PyTracebackException) =>
      isInstanceOf(s.e, E.BaseExceptionGroup)
        ? new PyList(groupItems(s.e).map((x) => new PyTracebackException(x, s.options)))
        : null,
    filename: member("filename"),
    lineno: member("lineno"),
    text: member("text"),
    offset: member("offset"),
    msg: member("msg"),
    end_lineno: member("end_lineno"),
    end_offset: member("end_offset"),
  },
});

function generator(parts: readonly string[]): NativeIterator {
  let i = 0;
  return new NativeIterator(() => parts[i++]);
}

function walkTb(tb: Value): Value {
  let t = tb;
  return new NativeIterator(() => {
    if (!(t instanceof PyTraceback)) return undefined;
    const pair = new PyTuple([t.frame, t.lineno]);
    t = t.next;
    return pair;
  });
}

function walkStack(f: Value): Value {
  let frame: Value = f instanceof PyFrame ? f : (frameAt(0) ?? null);
  return new NativeIterator(() => {
    if (!(frame instanceof PyFrame)) return undefined;
    const pair = new PyTuple([frame, frame.lineno]);
    frame = frame.back;
    return pair;
  });
}

defineModule("traceback", () => ({
  name: "traceback",
  functions: {
    format_exc: [
      "(limit=None, chain=True)",
      (limit: Value, chain: Value) => lines(handled(), limit, chain).join(""),
    ],
    print_exc: [
      "(limit=None, file=None, chain=True)",
      (limit: Value, file: Value, chain: Value) => out(file, lines(handled(), limit, chain)),
    ],
    format_exception: [
      "(exc, /, value=..., tb=..., limit=None, chain=True)",
      (e: Value, v: Value | undefined, tb: Value | undefined, limit: Value, chain: Value) =>
        strings(lines(exceptionArgument(e, v, tb), limit, chain)),
    ],
    print_exception: [
      "(exc, /, value=..., tb=..., limit=None, file=None, chain=True)",
      (e: Value, v: Value | undefined, tb: Value | undefined, limit: Value, file: Value, chain: Value) =>
        out(file, lines(exceptionArgument(e, v, tb), limit, chain)),
    ],
    format_exception_only: [
      "(exc, /, value=...)",
      (e: Value, v: Value | undefined) => {
        const x = v === undefined ? e : v;
        return strings(x === null ? ["NoneType: None\n"] : formatOnly(x));
      },
    ],
    format_tb: [
      "(tb, limit=None)",
      (tb: Value, limit: Value) => strings(formatStack(limited(extractTraceback(tb), limit))),
    ],
    print_tb: [
      "(tb, limit=None, file=None)",
      (tb: Value, limit: Value, file: Value) => out(file, formatStack(limited(extractTraceback(tb), limit))),
    ],
    extract_tb: [
      "(tb, limit=None)",
      (tb: Value, limit: Value) => stack(limited(extractTraceback(tb), limit)),
    ],
    extract_stack: [
      "(f=None, limit=None)",
      (f: Value, limit: Value) => stack(limited(runningStack(f), limit, true)),
    ],
    format_stack: [
      "(f=None, limit=None)",
      (f: Value, limit: Value) => strings(formatStack(limited(runningStack(f), limit, true))),
    ],
    print_stack: [
      "(f=None, limit=None, file=None)",
      (f: Value, limit: Value, file: Value) => out(file, formatStack(limited(runningStack(f), limit, true))),
    ],
    format_list: ["(extracted_list)", (l: Value) => strings(formatStack(toArray(l).map(summaryOf)))],
    print_list: [
      "(extracted_list, file=None)",
      (l: Value, file: Value) => out(file, formatStack(toArray(l).map(summaryOf))),
    ],
    walk_tb: ["(tb)", walkTb],
    walk_stack: ["(f)", walkStack],
    clear_frames: ["(tb)", () => null],
    print_last: ["(limit=None, file=None, chain=True)", () => null],
  },
  members: {
    _RECURSIVE_CUTOFF: 3,
    FrameSummary: frameSummaryType,
    TracebackException: tracebackExceptionType,
    StackSummary: () => summaryType(),
  },
}));
