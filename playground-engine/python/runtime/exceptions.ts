// Built-in exceptions: the types, the object of an exception, and how native code raises one.
//
// A Python exception is thrown as itself, a plain object and no JavaScript Error (a throw costs 40 times less so).
// Errors of the engine are JavaScript objects that bindings gave a [TYPE]; excInfo reads the state of either.
// Methods of the types (`__init__`, `__str__`, `with_traceback` …) are in exception-types.ts.
// Behaviour: docs.python.org/3.11/library/exceptions.html.
import { bareType, objectType } from "./base-types.ts";
import {
  bare,
  DICT,
  dictOf,
  PyObject,
  PyTuple,
  type PyType,
  TYPE,
  type Typed,
  type Value,
} from "./object.ts";

/** What every exception carries, whichever JavaScript object it is. */
export interface ExcState {
  args: PyTuple;
  cause: Value;
  context: Value;
  suppressContext: boolean;
  /** A PyTraceback, or null. */
  traceback: Value;
  /** `__context__` was settled: the first Python frame that sees the exception does it. */
  linked: boolean;
  /** Thrown on from a handler: the frame that does so has its traceback entry already. */
  traced: boolean;
}

/** An exception whose class is built in or derives from one that is. */
export class PyException extends PyObject implements ExcState {
  args: PyTuple;
  cause: Value = null;
  context: Value = null;
  suppressContext = false;
  traceback: Value = null;
  linked = false;
  traced = false;
  constructor(cls: PyType, args: readonly Value[] = []) {
    super(cls, null);
    this.args = args.length === 0 ? NO_ARGS : new PyTuple(args);
  }
  /** Value of a member such as `errno`, `name`, `value`; undefined where unset. */
  member(name: string): Value | undefined {
    return this.slots?.get(name);
  }
  setMember(name: string, value: Value): this {
    (this.slots ??= new Map()).set(name, value);
    return this;
  }
}

const NO_ARGS = new PyTuple([]);

/** The whole tree: child → parent, in an order in which parents come first. Names are those of builtins. */
const TREE = {
  BaseException: "",
  SystemExit: "BaseException",
  KeyboardInterrupt: "BaseException",
  GeneratorExit: "BaseException",
  Exception: "BaseException",
  StopIteration: "Exception",
  StopAsyncIteration: "Exception",
  ArithmeticError: "Exception",
  FloatingPointError: "ArithmeticError",
  OverflowError: "ArithmeticError",
  ZeroDivisionError: "ArithmeticError",
  AssertionError: "Exception",
  AttributeError: "Exception",
  BufferError: "Exception",
  EOFError: "Exception",
  ImportError: "Exception",
  ModuleNotFoundError: "ImportError",
  LookupError: "Exception",
  IndexError: "LookupError",
  KeyError: "LookupError",
  MemoryError: "Exception",
  NameError: "Exception",
  UnboundLocalError: "NameError",
  OSError: "Exception",
  BlockingIOError: "OSError",
  ChildProcessError: "OSError",
  ConnectionError: "OSError",
  BrokenPipeError: "ConnectionError",
  ConnectionAbortedError: "ConnectionError",
  ConnectionRefusedError: "ConnectionError",
  ConnectionResetError: "ConnectionError",
  FileExistsError: "OSError",
  FileNotFoundError: "OSError",
  InterruptedError: "OSError",
  IsADirectoryError: "OSError",
  NotADirectoryError: "OSError",
  PermissionError: "OSError",
  ProcessLookupError: "OSError",
  TimeoutError: "OSError",
  ReferenceError: "Exception",
  RuntimeError: "Exception",
  NotImplementedError: "RuntimeError",
  RecursionError: "RuntimeError",
  SyntaxError: "Exception",
  IndentationError: "SyntaxError",
  TabError: "IndentationError",
  SystemError: "Exception",
  TypeError: "Exception",
  ValueError: "Exception",
  UnicodeError: "ValueError",
  UnicodeDecodeError: "UnicodeError",
  UnicodeEncodeError: "UnicodeError",
  UnicodeTranslateError: "UnicodeError",
  Warning: "Exception",
  BytesWarning: "Warning",
  DeprecationWarning: "Warning",
  EncodingWarning: "Warning",
  FutureWarning: "Warning",
  ImportWarning: "Warning",
  PendingDeprecationWarning: "Warning",
  ResourceWarning: "Warning",
  RuntimeWarning: "Warning",
  SyntaxWarning: "Warning",
  UnicodeWarning: "Warning",
  UserWarning: "Warning",
  BaseExceptionGroup: "BaseException",
  ExceptionGroup: "Exception",
} as const;
export type ExceptionName = keyof typeof TREE;

/** Every built-in exception type by name: `E.TypeError`. */
export const E = {} as Record<ExceptionName, PyType>;
const allocate = (cls: PyType): object => new PyException(cls);
for (const [name, parent] of Object.entries(TREE) as [ExceptionName, ExceptionName | ""][]) {
  const bases =
    parent === ""
      ? [objectType]
      : name === "ExceptionGroup"
        ? [E.BaseExceptionGroup, E.Exception]
        : [E[parent]];
  const t = bareType(name, bases);
  t.hasDict = true;
  t.allocator = allocate;
  E[name] = t;
}
Object.defineProperty(PyException.prototype, TYPE, {
  value: E.BaseException,
  writable: true,
  configurable: true,
});

/** An exception with these args, not yet thrown: `throw err(E.KeyError, key)`. */
export function err(type: PyType, ...args: Value[]): PyException {
  return new PyException(type, args);
}

/** Throw an exception with a message. */
export function raise(type: PyType, message: string): never {
  throw new PyException(type, [message]);
}

export function typeError(message: string): PyException {
  return new PyException(E.TypeError, [message]);
}

/** `StopIteration(value)`, for natives that must end an iteration by exception. */
export function stopIteration(value: Value = null): PyException {
  const e = new PyException(E.StopIteration, value === null ? [] : [value]);
  return e.setMember("value", value);
}

/** An OSError of the subclass that belongs to errno, as the C library's calls raise it. */
export function osError(errno: number, strerror: string, filename?: Value, filename2?: Value): PyException {
  const e = new PyException(ERRNO_TYPES.get(errno) ?? E.OSError, [errno, strerror]);
  e.setMember("errno", errno).setMember("strerror", strerror);
  if (filename !== undefined) e.setMember("filename", filename);
  if (filename2 !== undefined) e.setMember("filename2", filename2);
  return e;
}

/** errno → the OSError subclass that `OSError(errno, …)` makes. */
export const ERRNO_TYPES: ReadonlyMap<number, PyType> = new Map([
  [1, E.PermissionError],
  [2, E.FileNotFoundError],
  [3, E.ProcessLookupError],
  [4, E.InterruptedError],
  [10, E.ChildProcessError],
  [11, E.BlockingIOError],
  [13, E.PermissionError],
  [17, E.FileExistsError],
  [20, E.NotADirectoryError],
  [21, E.IsADirectoryError],
  [32, E.BrokenPipeError],
  [103, E.ConnectionAbortedError],
  [104, E.ConnectionResetError],
  [108, E.BrokenPipeError],
  [110, E.TimeoutError],
  [111, E.ConnectionRefusedError],
  [114, E.BlockingIOError],
  [115, E.BlockingIOError],
]);

const STATE: unique symbol = Symbol("exception state");
interface Foreign extends Typed {
  [STATE]?: ExcState;
  /** What `args` of it is, where that is not empty. */
  readonly pyArgs?: PyTuple;
}

/** State of anything that was thrown and has a Python type. */
export function excInfo(e: Value): ExcState {
  if (e instanceof PyException) return e;
  const f = e as Foreign;
  return (f[STATE] ??= {
    args: f.pyArgs ?? NO_ARGS,
    cause: null,
    context: null,
    suppressContext: false,
    traceback: null,
    linked: false,
    traced: false,
  });
}

/** Whether a value is an instance of BaseException, the engine's errors included. */
export function isException(v: Value): boolean {
  return (
    v instanceof PyException ||
    (typeof v === "object" && v !== null && (v as Typed)[TYPE]?.mro.includes(E.BaseException) === true)
  );
}

/** Whether something caught in TypeScript is a Python exception of this type. */
export function isInstanceOf(e: unknown, type: PyType): boolean {
  if (e instanceof PyException) return e[TYPE] === type || e[TYPE].mro.includes(type);
  return typeof e === "object" && e !== null && (e as Typed)[TYPE]?.mro.includes(type) === true;
}

/** Thrown to end a program from outside (stop button, time limit). No Python handler sees it. */
export class ProgramStop {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/** Whatever was thrown, as a Python exception. ProgramStop is thrown on. */
export function toException(e: unknown): Value {
  if (e instanceof PyException) return e;
  if (e instanceof ProgramStop) throw e;
  if (typeof e === "object" && e !== null && (e as Typed)[TYPE] !== undefined && isException(e)) return e;
  if (isStackEnd(e)) return err(E.RecursionError, "maximum recursion depth exceeded");
  if (e instanceof RangeError) return err(E.MemoryError);
  if (typeof e === "object" && e !== null && bare.str && "kind" in e && "lineno" in e && "message" in e)
    return syntaxError(e as SyntaxErrorLike);
  // A native function was given what it does not expect: CPython's words for that. Anything else is a fault of ours.
  const made =
    e instanceof TypeError
      ? err(E.TypeError, "bad argument type for built-in operation")
      : err(E.SystemError, `internal error: ${e instanceof Error ? e.message : String(e)}`);
  jsErrors.set(made, e);
  onFault.current?.(e);
  return made;
}

/** Whether JavaScript's own stack has ended; any kind of error may say so. (No regular expression: they need stack too.) */
export function isStackEnd(e: unknown): boolean {
  return e instanceof Error && (e.message.includes("call stack") || e.message.includes("too much recursion"));
}

/** The JavaScript errors behind such exceptions, for our own debugging. */
export const jsErrors = new WeakMap<object, unknown>();
/** Told of every one of them, also where the program catches it: fuzzing listens. */
export const onFault: { current: ((e: unknown) => void) | undefined } = { current: undefined };

interface SyntaxErrorLike {
  kind: string;
  message: string;
  filename?: string;
  lineno: number | null;
  offset: number | null;
  endLineno?: number | null;
  endOffset?: number | null;
  text?: string | null;
}

/** The Python exception for an error of the parser (syntax/errors.ts: PySyntaxError, a plain object). */
export function syntaxError(e: SyntaxErrorLike, filename = e.filename ?? "<unknown>"): PyException {
  const type =
    e.kind === "IndentationError" ? E.IndentationError : e.kind === "TabError" ? E.TabError : E.SyntaxError;
  const text = e.text ?? null;
  const detail = [filename, e.lineno, e.offset, text, e.endLineno ?? null, e.endOffset ?? null];
  const made = new PyException(type, [e.message, new PyTuple(detail)]);
  const names = ["filename", "lineno", "offset", "text", "end_lineno", "end_offset"];
  names.forEach((n, i) => made.setMember(n, detail[i] ?? null));
  return made.setMember("msg", e.message);
}

/** Text appended by `add_note`. */
export function notesOf(e: Value): Value | undefined {
  return e instanceof PyObject ? e.dict?.get("__notes__") : (e as Typed)[DICT]?.get("__notes__");
}

/** Attribute dictionary of an exception, made where there is none. */
export function excDict(e: Value): Map<string, Value> {
  return dictOf(e) ?? new Map<string, Value>();
}
