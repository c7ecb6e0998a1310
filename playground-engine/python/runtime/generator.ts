// Generators, coroutines and asynchronous generators: a JavaScript generator, run in a frame of its own.
//
// The compiled body yields raw values; an asynchronous generator's own yields are wrapped in AsyncYield, so that what
// its awaits pass up to the event loop can be told apart. `return` ends the JavaScript generator with the value.
// Behaviour: docs.python.org/3.11/reference/expressions.html#yield-expressions, PEP 380, 492, 525.
import { callMethod, getAttrOrUndefined } from "./attributes.ts";
import { bareType } from "./base-types.ts";
import { call0, callN, callSpecial } from "./call.ts";
import {
  E,
  err,
  excInfo,
  isException,
  isInstanceOf,
  PyException,
  raise,
  stopIteration,
} from "./exceptions.ts";
import { held } from "./holding.ts";
import {
  Activation,
  acts,
  caught,
  lines,
  PyFrame,
  positionOf,
  state,
  thunks,
  settle,
  type Thunk,
} from "./frames.ts";
import { CO, PyCode, PyFunction } from "./function.ts";
import { fuel, limits, tick } from "./limits.ts";
import { getIter, PyIterator } from "./iteration.ts";
import { type DICT, type Namespace, type PyType, TYPE, typeOf, type Value } from "./object.ts";

export type Body = Generator<Value, Value, Value>;

/** A suspended frame. next() gives undefined at the end and leaves the returned value in `returned`. */
export abstract class Resumable extends PyIterator {
  declare [DICT]?: Namespace;
  readonly code: PyCode;
  name: string;
  qualname: string;
  protected readonly act: Activation;
  protected readonly body: Body;
  /** The frame's variables, set by bodies that offer them. */
  locals: Thunk | undefined = undefined;
  private pos = 0;
  private exc: Value = null;
  started = false;
  running = false;
  closed = false;
  returned: Value = null;
  /** How it is called in messages. */
  protected abstract readonly kind: string;

  /** `code` where it is another than the activation's: a program may have given its function one (types.coroutine does). */
  constructor(act: Activation, name: string, qualname: string, body: Body, code = act.code) {
    super();
    this.act = code === act.code ? act : new Activation(code, act.globals);
    this.code = code;
    this.name = name;
    this.qualname = qualname;
    this.body = body;
  }
  get frame(): PyFrame | null {
    return this.closed ? null : new PyFrame(this.act, this.pos, this.locals, null);
  }

  /** Run to the next yield. */
  protected resume(value: Value, thrown: boolean): Value | undefined {
    if (this.running) raise(E.ValueError, `${this.kind} already executing`);
    if (--fuel.left < 0) tick();
    const s = lines[0]! + 1;
    if (s > limits.recursion) throw err(E.RecursionError, "maximum recursion depth exceeded");
    lines[0] = s;
    lines[s] = this.pos;
    acts[s] = this.act;
    thunks[s] = this.locals;
    this.running = true;
    this.started = true;
    const callers = state.exc;
    const outer = state.outer;
    if (callers !== null) state.outer = { exc: callers, outer };
    state.exc = this.exc;
    const generator = state.generator;
    state.generator = s;
    let r: IteratorResult<Value, Value>;
    try {
      r = thrown ? this.body.throw(value) : this.body.next(value);
    } catch (e) {
      this.closed = true;
      try {
        throw this.failure(e, s);
      } finally {
        this.leave(s, callers, outer, generator);
      }
    }
    this.locals ??= thunks[s];
    this.pos = positionOf(s);
    this.exc = state.exc;
    this.leave(s, callers, outer, generator);
    if (r.done === true) {
      this.closed = true;
      this.returned = r.value ?? null;
      return undefined;
    }
    return r.value;
  }

  private leave(s: number, callers: Value, outer: (typeof state)["outer"], generator: number): void {
    this.running = false;
    lines[0] = s - 1;
    state.exc = callers;
    state.outer = outer;
    state.generator = generator;
  }

  /** The exception that leaves the body: a StopIteration becomes a RuntimeError. */
  private failure(e: unknown, s: number): unknown {
    const wrong = isInstanceOf(e, E.StopIteration)
      ? "StopIteration"
      : this.kind === "async generator" && isInstanceOf(e, E.StopAsyncIteration)
        ? "StopAsyncIteration"
        : undefined;
    if (wrong === undefined) return settle(e, s - 1);
    const x = caught(e, s);
    const made = err(E.RuntimeError, `${this.kind} raised ${wrong}`);
    made.cause = x;
    made.context = x;
    made.suppressContext = true;
    return settle(made, s - 1);
  }

  next(): Value | undefined {
    if (this.closed) return this.ended();
    return held(this.resume(null, false));
  }

  protected ended(): Value | undefined {
    this.returned = null;
    return undefined;
  }

  /** `send(v)`; undefined at the end. */
  sendRaw(v: Value): Value | undefined {
    if (this.closed) return this.ended();
    if (!this.started && v !== null)
      raise(E.TypeError, `can't send non-None value to a just-started ${this.kind}`);
    return this.resume(v, false);
  }

  /** `throw(e)`; undefined where the body ends by it. */
  throwRaw(e: Value): Value | undefined {
    if (this.closed) throw rethrowFresh(e);
    return this.resume(e, true);
  }

  send(v: Value): Value {
    return this.orStop(this.sendRaw(v));
  }

  throw(e: Value): Value {
    return this.orStop(this.throwRaw(e));
  }

  private orStop(v: Value | undefined): Value {
    if (v !== undefined) return v;
    throw stopIteration(this.returned);
  }

  close(): void {
    if (this.closed) return;
    if (!this.started) {
      this.closed = true;
      return;
    }
    try {
      if (this.resume(err(E.GeneratorExit), true) === undefined) return;
    } catch (e) {
      if (isInstanceOf(e, E.GeneratorExit) || isInstanceOf(e, E.StopIteration)) return;
      throw e;
    }
    raise(E.RuntimeError, `${this.kind} ignored GeneratorExit`);
  }
}

function rethrowFresh(e: Value): Value {
  excInfo(e).traced = false;
  return e;
}

export class PyGenerator extends Resumable {
  protected readonly kind: string = "generator";
}

export class PyCoroutine extends Resumable {
  protected readonly kind: string = "coroutine";
  override get iterable(): boolean {
    return false;
  }
  protected override ended(): Value | undefined {
    raise(E.RuntimeError, "cannot reuse already awaited coroutine");
  }
  override throwRaw(e: Value): Value | undefined {
    if (this.closed) raise(E.RuntimeError, "cannot reuse already awaited coroutine");
    return super.throwRaw(e);
  }
}

/** A value that an asynchronous generator yields, on its way past the awaits. */
export class AsyncYield {
  readonly value: Value;
  constructor(value: Value) {
    this.value = value;
  }
}

export class PyAsyncGenerator extends Resumable {
  protected readonly kind: string = "async generator";
  override get iterable(): boolean {
    return false;
  }
  /** An asend/athrow/aclose is under way. */
  busy = false;
}

/** What `asend()`, `__anext__()`, `athrow()` and `aclose()` give: an awaitable that drives the generator once. */
export class PyAsyncStep extends PyIterator {
  readonly generator: PyAsyncGenerator;
  readonly kind: "asend" | "athrow" | "aclose";
  private readonly input: Value;
  private phase: 0 | 1 | 2 = 0;
  constructor(generator: PyAsyncGenerator, kind: "asend" | "athrow" | "aclose", input: Value) {
    super();
    this.generator = generator;
    this.kind = kind;
    this.input = input;
  }
  next(): Value | undefined {
    return this.step(() => null);
  }
  /** The value of a finished step, for next(). */
  returned: Value = null;

  step(sent: () => Value): Value | undefined {
    const g = this.generator;
    if (this.phase === 2)
      raise(
        E.RuntimeError,
        `cannot reuse already awaited ${this.kind === "asend" ? "__anext__()/asend()" : "aclose()/athrow()"}`,
      );
    const first = this.phase === 0;
    if (first) {
      if (g.busy) {
        this.phase = 2;
        raise(
          E.RuntimeError,
          `${this.kind === "asend" ? (this.input === null ? "anext()" : "asend()") : `${this.kind}()`}: asynchronous generator is already running`,
        );
      }
      this.phase = 1;
      if (g.closed) {
        this.phase = 2;
        if (this.kind === "aclose") return this.finish(null);
        throw err(E.StopAsyncIteration);
      }
      if (this.kind !== "asend" && !g.started) {
        g.close();
        this.phase = 2;
        if (this.kind === "aclose") return this.finish(null);
        throw rethrowFresh(this.input);
      }
    }
    g.busy = true;
    try {
      const v = !first
        ? g.sendRaw(sent())
        : this.kind === "asend"
          ? g.sendRaw(this.input)
          : g.throwRaw(this.kind === "aclose" ? err(E.GeneratorExit) : this.input);
      return this.take(v);
    } catch (e) {
      return this.fail(e);
    }
  }

  throwIn(e: Value): Value | undefined {
    const g = this.generator;
    if (this.phase === 2)
      raise(
        E.RuntimeError,
        `cannot reuse already awaited ${this.kind === "asend" ? "__anext__()/asend()" : "aclose()/athrow()"}`,
      );
    this.phase = 1;
    try {
      return this.take(g.throwRaw(e));
    } catch (x) {
      return this.fail(x);
    }
  }

  private take(v: Value | undefined): Value | undefined {
    if (v === undefined) {
      this.end();
      if (this.kind === "aclose") return this.finish(null);
      throw err(E.StopAsyncIteration);
    }
    if (!(v instanceof AsyncYield)) return v;
    this.end();
    if (this.kind === "aclose") raise(E.RuntimeError, "async generator ignored GeneratorExit");
    return this.finish(v.value);
  }

  private fail(e: unknown): undefined {
    this.end();
    if (this.kind === "aclose" && (isInstanceOf(e, E.GeneratorExit) || isInstanceOf(e, E.StopAsyncIteration)))
      return this.finish(null);
    throw e;
  }

  private end(): void {
    this.phase = 2;
    this.generator.busy = false;
  }

  private finish(v: Value): undefined {
    this.returned = v;
    return undefined;
  }
}

// ---- what compiled code uses

/** `types.coroutine(f)`: a generator function whose generators may be awaited; anything else that is callable as it is. */
export function iterableCoroutine(f: Value): Value {
  if (f instanceof PyFunction && (f.code.flags & CO.GENERATOR) !== 0) {
    const code = new PyCode({ ...f.code.spec, flags: f.code.flags | CO.ITERABLE_COROUTINE });
    code.positions = f.code.positions;
    f.code = code;
  } else if (typeOf(f).lookup("__call__") === undefined)
    raise(E.TypeError, "types.coroutine() expects a callable");
  return f;
}

/** What `yield from v` delegates to. */
export function yieldFromIter(v: Value): Value {
  if (v instanceof PyCoroutine && (acts[lines[0]!]!.code.flags & CO.ITERABLE_COROUTINE) === 0)
    raise(E.TypeError, "cannot 'yield from' a coroutine object in a non-coroutine generator");
  return v instanceof PyCoroutine ? v : getIter(v);
}

/** The generator that compiled code delegates to (`yield*`): it passes values, sent values and exceptions between an outer generator and an iterator, and gives what the inner one returns. */
export function* delegate(it: Value): Body {
  if (it instanceof Resumable) {
    let x = it.next();
    while (x !== undefined) {
      let sent: Value;
      try {
        sent = yield x;
      } catch (e) {
        const t = e as Value;
        if (isInstanceOf(t, E.GeneratorExit)) {
          it.close();
          throw t;
        }
        x = it.throwRaw(rethrowFresh(t));
        continue;
      }
      x = sent === null ? it.next() : it.sendRaw(sent);
    }
    return it.returned;
  }
  let step: () => Value | undefined = () => pull(it, null);
  for (;;) {
    const s = lines[0]!;
    let x: Value | undefined;
    try {
      x = step();
    } catch (e) {
      lines[0] = s;
      if (isInstanceOf(e, E.StopIteration)) return stopValue(e as Value);
      throw e;
    }
    if (x === undefined)
      return it instanceof PyAsyncStep || it instanceof CoroutineWrapper ? it.returned : null;
    try {
      const sent: Value = yield x;
      step = () => pull(it, sent);
    } catch (e) {
      if (!isException(e)) throw e;
      if (isInstanceOf(e, E.GeneratorExit)) {
        const close = getAttrOrUndefined(it, "close");
        if (close !== undefined) call0(close);
        throw e;
      }
      const forward = getAttrOrUndefined(it, "throw");
      if (forward === undefined) throw e;
      step = () => callN(forward, [e]);
    }
  }
}

/** An exception arrived where compiled code delegates to another generator: that one gets it; its next value. */
export function throwInto(it: Resumable, e: unknown): Value | undefined {
  if (isInstanceOf(e, E.GeneratorExit)) {
    it.close();
    throw e;
  }
  return it.throwRaw(rethrowFresh(e));
}

function pull(it: Value, sent: Value): Value | undefined {
  if (it instanceof PyAsyncStep) return it.step(() => sent);
  if (sent === null)
    return it instanceof PyIterator && !it[TYPE].heap ? it.next() : callSpecial(it, "__next__", []);
  return callMethod(it, "send", sent);
}

/** `value` of a StopIteration. */
function stopValue(e: Value): Value {
  return e instanceof PyException ? (e.member("value") ?? e.args.items[0] ?? null) : null;
}

/** The iterator that awaiting v runs. @throws TypeError */
export function awaitIter(v: Value, complaint?: (type: string) => string): Value {
  if (v instanceof PyCoroutine) {
    if (v.running) raise(E.RuntimeError, "coroutine is being awaited already");
    return v;
  }
  if (v instanceof PyAsyncStep) return v;
  if (v instanceof PyGenerator && (v.code.flags & CO.ITERABLE_COROUTINE) !== 0) return v;
  const it = callSpecial(v, "__await__", []);
  if (it === undefined)
    raise(
      E.TypeError,
      complaint ? complaint(typeOf(v).name) : `object ${typeOf(v).name} can't be used in 'await' expression`,
    );
  if (it instanceof PyCoroutine) raise(E.TypeError, "__await__() returned a coroutine");
  if (!(it instanceof PyIterator) && typeOf(it).lookup("__next__") === undefined)
    raise(E.TypeError, `__await__() returned non-iterator of type '${typeOf(it).name}'`);
  return it;
}

/** `aiter(v)` @throws TypeError */
export function asyncIter(v: Value): Value {
  const it = callSpecial(v, "__aiter__", []);
  if (it === undefined)
    raise(E.TypeError, `'async for' requires an object with __aiter__ method, got ${typeOf(v).name}`);
  if (typeOf(it).lookup("__anext__") === undefined)
    raise(
      E.TypeError,
      `'async for' received an object from __aiter__ that does not implement __anext__: ${typeOf(it).name}`,
    );
  return it;
}

/** One turn of `async for`: undefined at the end. */
export function* asyncNext(it: Value): Generator<Value, Value | undefined, Value> {
  const step = callSpecial(it, "__anext__", []);
  if (step === undefined)
    raise(E.TypeError, `'async for' requires an iterator with __anext__ method, got ${typeOf(it).name}`);
  const s = lines[0]!;
  const exc = state.exc;
  let awaited: Value;
  try {
    awaited = awaitIter(step);
  } catch (e) {
    const made = err(
      E.TypeError,
      `'async for' received an invalid object from __anext__: ${typeOf(step).name}`,
    );
    if (isException(e)) made.cause = made.context = e;
    made.suppressContext = true;
    throw made;
  }
  try {
    return yield* delegate(awaited);
  } catch (e) {
    lines[0] = s;
    state.exc = exc;
    if (isInstanceOf(e, E.StopAsyncIteration)) return undefined;
    throw e;
  }
}

export const generatorType = bareType("generator");
export const coroutineType = bareType("coroutine");
export const asyncGeneratorType = bareType("async_generator");
export const asyncStepType = bareType("async_generator_asend");

export const coroutineWrapperType = bareType("coroutine_wrapper");

/** `coro.__await__()` */
export class CoroutineWrapper extends PyIterator {
  readonly coroutine: PyCoroutine;
  constructor(c: PyCoroutine) {
    super();
    this.coroutine = c;
  }
  get returned(): Value {
    return this.coroutine.returned;
  }
  next(): Value | undefined {
    return this.coroutine.next();
  }
}

const prototypes: [object, PyType][] = [
  [PyGenerator.prototype, generatorType],
  [PyCoroutine.prototype, coroutineType],
  [PyAsyncGenerator.prototype, asyncGeneratorType],
  [PyAsyncStep.prototype, asyncStepType],
  [CoroutineWrapper.prototype, coroutineWrapperType],
];
for (const [p, t] of prototypes) {
  t.final = true;
  Object.defineProperty(p, TYPE, { value: t, writable: true, configurable: true });
}
