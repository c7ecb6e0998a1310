// The stack of running Python frames, readable at any moment.
//
// `lines[0]` is the depth; `lines[d]` is the position (index into the code's position table) of frame d, written by the
// compiled code before everything that can raise; `acts[d]` says what runs there. A compiled function
// enters on call and leaves on return. An exception leaves the frames standing until somebody catches it: a handler in
// compiled code (caught) or native code that called (settle, in call.ts), which reads the traceback off them.
import { E, err, isException, PyException, excInfo, toException, type ExcState } from "./exceptions.ts";
import { type PyCode } from "./function.ts";
import { fuel, limits, MAX_RECURSION, tick } from "./limits.ts";
import { late } from "./late.ts";
import { bareType } from "./base-types.ts";
import { type Namespace, type PyType, TYPE, type Value } from "./object.ts";

export const lines = new Int32Array(MAX_RECURSION + 16);

/**
 * Set in `lines[s]` while the native code that frame s called holds objects (holding.ts). Compiled code writes a frame's position
 * before each call, so the mark is gone as soon as the frame goes on.
 */
export const MARK = 1 << 30;

/** The position of frame s. */
export const positionOf = (s: number): number => lines[s]! & ~MARK;
/** What runs in each frame. */
export const acts: Activation[] = [];
/** Gives the local variables of a frame by name, where the code offers it. */
export const thunks: (Thunk | undefined)[] = [];
/** A frame's variables; asked with true, an array of all that it holds, temporaries too. */
export type Thunk = (held?: true) => Locals;
/** The dict of bound local variables; a class body or module gives its namespace. */
export type Locals = Value;

/** A code object with the globals it runs in: what a frame needs to know of its function. Made once a function definition. */
export class Activation {
  readonly code: PyCode;
  /** A GlobalNamespace. */
  readonly globals: Value;
  constructor(code: PyCode, globals: Value) {
    this.code = code;
    this.globals = globals;
  }
}

interface Handling {
  readonly exc: Value;
  readonly outer: Handling | undefined;
}

export const state = {
  /** The exception that the running function or generator, or one it was called from, handles; null where none does. */
  exc: null as Value,
  /** What the callers of the running generators handle: a generator begins with nothing of its own. */
  outer: undefined as Handling | undefined,
  /** Depth of the frame of the innermost running generator. */
  generator: 0,
};

/** The exception being handled, or null: what `raise` re-raises and `__context__` refers to. */
export function handled(): Value {
  if (state.exc !== null) return state.exc;
  for (let h = state.outer; h; h = h.outer) if (h.exc !== null) return h.exc;
  return null;
}

export const frameType = bareType("frame");
export const tracebackType = bareType("traceback");
frameType.final = true;
tracebackType.final = true;

/** One level of a traceback: which code, where; `next` is the level called from here. */
export class PyTraceback {
  declare [TYPE]: PyType;
  next: Value;
  readonly code: PyCode;
  readonly pos: number;
  private readonly act: Activation;
  private readonly locals: Thunk | undefined;
  constructor(next: Value, act: Activation, pos: number, locals: Thunk | undefined) {
    this.next = next;
    this.code = act.code;
    this.pos = pos;
    this.act = act;
    this.locals = locals;
  }
  private made: PyFrame | undefined = undefined;
  get frame(): PyFrame {
    return (this.made ??= new PyFrame(this.act, this.pos, this.locals, null));
  }
  get lineno(): number {
    return this.code.line(this.pos);
  }
}
Object.defineProperty(PyTraceback.prototype, TYPE, {
  value: tracebackType,
  writable: true,
  configurable: true,
});

/** A frame as a program sees it (`sys._getframe()`, `tb.tb_frame`): a picture of the moment it was asked for. */
export class PyFrame {
  declare [TYPE]: PyType;
  readonly code: PyCode;
  readonly globals: Value;
  readonly back: PyFrame | null;
  readonly pos: number;
  readonly locals: Thunk | undefined;
  constructor(act: Activation, pos: number, locals: Thunk | undefined, back: PyFrame | null) {
    this.code = act.code;
    this.globals = act.globals;
    this.pos = pos;
    this.locals = locals;
    this.back = back;
  }
  get lineno(): number {
    return this.code.line(this.pos);
  }
}
Object.defineProperty(PyFrame.prototype, TYPE, { value: frameType, writable: true, configurable: true });

/** Begin a frame; gives its depth. @throws RecursionError, ProgramStop */
export function enter(act: Activation): number {
  if (--fuel.left < 0) tick();
  const s = lines[0]! + 1;
  if (s > limits.recursion) throw tooDeep();
  lines[0] = s;
  lines[s] = 0;
  acts[s] = act;
  thunks[s] = undefined;
  return s;
}

function tooDeep(): PyException {
  return err(E.RecursionError, "maximum recursion depth exceeded");
}

/**
 * An exception came out of the frames above depth d: as a Python exception, with those frames in its traceback.
 * Compiled functions catch nothing on its way, so they still stand as they were when it was thrown.
 */
export function settle(e: unknown, d: number): Value {
  const x = e instanceof PyException ? e : toException(e);
  const i: ExcState = x instanceof PyException ? x : excInfo(x);
  if (!i.linked) link(x, i);
  let k = lines[0]!;
  if (i.traced) {
    i.traced = false;
    k--;
  }
  for (; k > d; k--)
    if (!acts[k]!.code.unseen) i.traceback = new PyTraceback(i.traceback, acts[k]!, positionOf(k), thunks[k]);
  lines[0] = d;
  return x;
}

/** An exception arrived at a handler of frame s. */
export function caught(e: unknown, s: number): Value {
  const x = settle(e, s - 1);
  lines[0] = s;
  return x;
}

/** Settle `__context__` of an exception that native code threw. */
function link(x: Value, i: ExcState): void {
  i.linked = true;
  const h = handled();
  if (h !== null && h !== x && i.context === null) setContext(x, i, h);
}

/** `x.__context__ = handled`, breaking a cycle as CPython does. */
export function setContext(x: Value, i: ExcState, handled: Value): void {
  if (x === handled) return;
  for (let o: Value = handled, n = 0; o !== null && n < 1000; n++) {
    const oi = excInfo(o);
    if (oi.context === x) {
      oi.context = null;
      break;
    }
    o = oi.context;
  }
  i.context = handled;
}

/** An exception leaves a handler: settle its context while the handled exception is still known. */
export function link2(e: unknown): unknown {
  const x = e instanceof PyException ? e : toException(e);
  const i = excInfo(x);
  if (!i.linked) link(x, i);
  return x;
}

/** Throw on, from the frame that caught it: no second traceback entry. */
export function rethrow(x: Value): Value {
  excInfo(x).traced = true;
  return x;
}

/** Depth of the innermost Python frame; 0 where none runs. */
export function depth(): number {
  return lines[0]!;
}

/** The innermost frame's file, line and function. */
export function where(): { file: string; line: number; function: string } | undefined {
  const s = lines[0]!;
  const code = s > 0 ? acts[s]?.code : undefined;
  return code && { file: code.filename, line: code.line(positionOf(s)), function: code.name };
}

/** The frame so many levels out (0 the innermost), with those that called it; undefined beyond the stack. */
export function frameAt(level: number): PyFrame | undefined {
  const s = lines[0]! - level;
  return s < 1 ? undefined : makeFrame(s);
}

function makeFrame(s: number): PyFrame {
  let back: PyFrame | null = null;
  for (let d = 1; d <= s; d++) back = new PyFrame(acts[d]!, positionOf(d), thunks[d], back);
  return back!;
}

/** Globals of the innermost frame. */
export function currentNamespace(): Namespace | undefined {
  const s = lines[0]!;
  return s > 0 ? (acts[s]?.globals as Namespace | undefined) : undefined;
}

/** Globals of the innermost frame as a dict. */
export function currentGlobals(): Value | undefined {
  const ns = currentNamespace();
  return ns && late.dictOver(ns);
}

/** Locals of the innermost frame, where its code offers them. */
export function currentLocals(): Locals | undefined {
  return thunks[lines[0]!]?.();
}

/** Everything that running frames hold, in variables and while they evaluate: where liveness starts. */
export function* frameRoots(): Iterable<Value> {
  for (let s = lines[0]!; s > 0; s--) {
    const held = thunks[s]?.(true);
    if (Array.isArray(held))
      for (const v of held as unknown[])
        if (Array.isArray(v)) yield* v as Value[];
        else if (v !== undefined) yield v;
  }
  const h = handled();
  if (isException(h)) yield h;
}
