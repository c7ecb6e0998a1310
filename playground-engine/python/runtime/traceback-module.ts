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
import { asInt, asStr, NotImplemented, PyList, PyTuple, type PyType, TYPE, typeOf, type Value } from "./object.ts";
import { extractTraceback, formatExceptionLines, formatOnly, formatStack, summariseFrame, type FrameSummary } from "./traceback-text.ts";
import { groupItems } from "./exception-types.ts";
import { isTrue } from "./truth.ts";

class PyFrameSummary {
  declare [TYPE]: PyType;
  readonly f: FrameSummary;
  constructor(f: FrameSummary) {
    this.f = f;
  }
  get line(): string | null {
    return this.f.original?.trim() ?? (this.f.lineno === 0 ? null : "");
  }
  tuple(): Value[] {
    return [this.f.filename, this.f.lineno, this.f.name, this.line];
  }
}

const frameSummaryType = nativeType({
  name: "FrameSummary",
  module: "traceback",
  host: PyFrameSummary,
  new: ["(cls, filename, lineno, name, *, lookup_line=True, locals=None, line=None, end_lineno=None, colno=None, end_colno=None)",
    (_cls: Value, filename: Value, lineno: Value, name: Value, _lookup: Value, _locals: Value, line: Value) =>
      new PyFrameSummary({ filename: asStr(filename) ?? "", lineno: Number(asInt(lineno) ?? 0), name: asStr(name) ?? "", original: asStr(line) })],
  methods: {
    __repr__: ["(self, /)", (s: PyFrameSummary) => `<FrameSummary file ${s.f.filename}, line ${s.f.lineno} in ${s.f.name}>`],
    __iter__: ["(self, /)", (s: PyFrameSummary) => getIter(new PyList(s.tuple()))],
    __len__: ["(self, /)", () => 4],
    __getitem__: ["(self, pos, /)", (s: PyFrameSummary, pos: Value) => callMethod(new PyTuple(s.tuple()), "__getitem__", pos)],
    __eq__: ["(self, other, /)", (s: PyFrameSummary, o: Value) => {
      if (o instanceof PyFrameSummary) return s.tuple().every((v, i) => v === o.tuple()[i]);
      if (o instanceof PyTuple) return callMethod(new PyTuple(s.tuple()), "__eq__", o);
      return NotImplemented;
    }],
  },
  getters: {
    filename: (s: PyFrameSummary) => s.f.filename,
    lineno: (s: PyFrameSummary) => s.f.lineno,
    name: (s: PyFrameSummary) => s.f.name,
    line: (s: PyFrameSummary) => s.line,
    end_lineno: (s: PyFrameSummary) => s.f.endLineno ?? null,
    colno: (s: PyFrameSummary) => s.f.column ?? null,
    end_colno: (s: PyFrameSummary) => s.f.endColumn ?? null,
    locals: () => null,
  },
});

/** A FrameSummary, or an old-style tuple of four. */
function summaryOf(v: Value): FrameSummary {
  if (v instanceof PyFrameSummary) return v.f;
  const [filename, lineno, name, line] = toArray(v);
  return { filename: asStr(filename ?? null) ?? "", lineno: Number(asInt(lineno ?? null) ?? 0), name: asStr(name ?? null) ?? "", original: asStr(line ?? null) };
}

function summaryType(): PyType {
  return (madeSummary ??= nativeType({
    name: "StackSummary",
    module: "traceback",
    bases: [objectType.subclasses.find((t) => !t.heap && t.name === "list")!],
    hasDict: true,
    methods: {
      format: ["(self)", (s: PyList) => strings(formatStack(s.items.map(summaryOf)))],
      format_frame_summary: ["(self, frame_summary)", (_s: Value, f: Value) => formatStack([summaryOf(f)])[0] ?? ""],
    },
    classMethods: {
      extract: ["(cls, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False)", (_c: Value, frames: Value) =>
        stack(toArray(frames).map((p) => {
          const [f, line] = toArray(p);
          return f instanceof PyFrame ? { ...summariseFrame(f), lineno: Number(asInt(line ?? null) ?? f.lineno) } : summaryOf(p);
        }))],
      from_list: ["(cls, a_list)", (_c: Value, l: Value) => stack(toArray(l).map(summaryOf))],
    },
  }));
}
let madeSummary: PyType | undefined;

function stack(frames: readonly FrameSummary[]): PyList {
  const l = new PyList(frames.map((f) => new PyFrameSummary(f)));
  l[TYPE] = summaryType();
  return l;
}

const strings = (s: readonly string[]): PyList => new PyList([...s]);

function limited(frames: FrameSummary[], limit: Value, fromEnd = false): FrameSummary[] {
  const n = asInt(limit);
  if (n === undefined) return frames;
  const k = Number(n);
  if (fromEnd) return k >= 0 ? (k === 0 ? [] : frames.slice(-k)) : frames.slice(0, -k);
  return k >= 0 ? frames.slice(0, k) : frames.slice(k);
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
  if (value === undefined || tb === undefined) raise(E.ValueError, "Both or neither of value and tb must be given");
  if (value !== null && tb !== null && tb !== undefined && excInfo(value).traceback !== tb) excInfo(value).traceback = tb;
  return value ?? null;
}

function lines(e: Value, limit: Value, chain: Value): string[] {
  if (e === null) return ["NoneType: None\n"];
  return formatExceptionLines(e, { chain: isTrue(chain), limit: asInt(limit) === undefined ? undefined : Number(asInt(limit)) });
}

function out(file: Value, parts: readonly string[]): void {
  const target = file !== null ? file : getAttrOrUndefined(modules.get("sys") ?? null, "stderr");
  if (target !== undefined && target !== null) for (const p of parts) callMethod(target, "write", p);
}

class PyTracebackException {
  declare [TYPE]: PyType;
  readonly e: Value;
  readonly limit: Value;
  constructor(e: Value, limit: Value) {
    this.e = e;
    this.limit = limit;
  }
}
const part = (s: PyTracebackException, e: Value): Value => (e === null ? null : new PyTracebackException(e, s.limit));
const tracebackExceptionType = nativeType({
  name: "TracebackException",
  module: "traceback",
  host: PyTracebackException,
  new: ["(cls, exc_type, exc_value, exc_traceback, *, limit=None, lookup_lines=True, capture_locals=False, compact=False, max_group_width=15, max_group_depth=10, _seen=None)",
    (_c: Value, _t: Value, v: Value, _tb: Value, limit: Value) => new PyTracebackException(v, limit)],
  classMethods: {
    from_exception: ["(cls, exc, *args, limit=None, **kwargs)", (_c: Value, e: Value, _a: Value, limit: Value) => new PyTracebackException(e, limit)],
  },
  methods: {
    format: ["(self, *, chain=True, _ctx=None)", (s: PyTracebackException, chain: Value) => generator(lines(s.e, s.limit, chain))],
    format_exception_only: ["(self)", (s: PyTracebackException) => generator(formatOnly(s.e))],
    print: ["(self, *, file=None, chain=True)", (s: PyTracebackException, file: Value, chain: Value) => out(file, lines(s.e, s.limit, chain))],
    __str__: ["(self, /)", (s: PyTracebackException) => callMethod(s.e, "__str__")],
  },
  getters: {
    stack: (s: PyTracebackException) => stack(limited(extractTraceback(excInfo(s.e).traceback), s.limit)),
    exc_type: (s: PyTracebackException) => typeOf(s.e),
    __cause__: (s: PyTracebackException) => part(s, excInfo(s.e).cause),
    __context__: (s: PyTracebackException) => part(s, excInfo(s.e).context),
    __suppress_context__: (s: PyTracebackException) => excInfo(s.e).suppressContext,
    __notes__: (s: PyTracebackException) => getAttrOrUndefined(s.e, "__notes__") ?? null,
    exceptions: (s: PyTracebackException) => (isInstanceOf(s.e, E.BaseExceptionGroup) ? new PyList(groupItems(s.e).map((x) => new PyTracebackException(x, s.limit))) : null),
    filename: (s: PyTracebackException) => getAttrOrUndefined(s.e, "filename") ?? null,
    lineno: (s: PyTracebackException) => getAttrOrUndefined(s.e, "lineno") ?? null,
    text: (s: PyTracebackException) => getAttrOrUndefined(s.e, "text") ?? null,
    offset: (s: PyTracebackException) => getAttrOrUndefined(s.e, "offset") ?? null,
    msg: (s: PyTracebackException) => getAttrOrUndefined(s.e, "msg") ?? null,
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
    format_exc: ["(limit=None, chain=True)", (limit: Value, chain: Value) => lines(handled(), limit, chain).join("")],
    print_exc: ["(limit=None, file=None, chain=True)", (limit: Value, file: Value, chain: Value) => out(file, lines(handled(), limit, chain))],
    format_exception: ["(exc, /, value=..., tb=..., limit=None, chain=True)", (e: Value, v: Value | undefined, tb: Value | undefined, limit: Value, chain: Value) => strings(lines(exceptionArgument(e, v, tb), limit, chain))],
    print_exception: ["(exc, /, value=..., tb=..., limit=None, file=None, chain=True)", (e: Value, v: Value | undefined, tb: Value | undefined, limit: Value, file: Value, chain: Value) => out(file, lines(exceptionArgument(e, v, tb), limit, chain))],
    format_exception_only: ["(exc, /, value=...)", (e: Value, v: Value | undefined) => {
      const x = v === undefined ? e : v;
      return strings(x === null ? ["NoneType: None\n"] : formatOnly(x));
    }],
    format_tb: ["(tb, limit=None)", (tb: Value, limit: Value) => strings(formatStack(limited(extractTraceback(tb), limit)))],
    print_tb: ["(tb, limit=None, file=None)", (tb: Value, limit: Value, file: Value) => out(file, formatStack(limited(extractTraceback(tb), limit)))],
    extract_tb: ["(tb, limit=None)", (tb: Value, limit: Value) => stack(limited(extractTraceback(tb), limit))],
    extract_stack: ["(f=None, limit=None)", (f: Value, limit: Value) => stack(limited(runningStack(f), limit, true))],
    format_stack: ["(f=None, limit=None)", (f: Value, limit: Value) => strings(formatStack(limited(runningStack(f), limit, true)))],
    print_stack: ["(f=None, limit=None, file=None)", (f: Value, limit: Value, file: Value) => out(file, formatStack(limited(runningStack(f), limit, true)))],
    format_list: ["(extracted_list)", (l: Value) => strings(formatStack(toArray(l).map(summaryOf)))],
    print_list: ["(extracted_list, file=None)", (l: Value, file: Value) => out(file, formatStack(toArray(l).map(summaryOf)))],
    walk_tb: ["(tb)", walkTb],
    walk_stack: ["(f)", walkStack],
    clear_frames: ["(tb)", () => null],
    print_last: ["(limit=None, file=None, chain=True)", () => null],
  },
  members: {
    FrameSummary: frameSummaryType,
    TracebackException: tracebackExceptionType,
    StackSummary: () => summaryType(),
  },
}));
