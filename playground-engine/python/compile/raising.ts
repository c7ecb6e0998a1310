// raise, except, with: what compiled code does with exceptions.
import { bindSpecial, call0, callN, callVec } from "../runtime/call.ts";
import {
  E,
  err,
  excInfo,
  isException,
  isInstanceOf,
  type PyException,
  raise,
} from "../runtime/exceptions.ts";
import { deriveGroup, groupItems, splitGroup } from "../runtime/exception-types.ts";
import { handled, rethrow, setContext } from "../runtime/frames.ts";
import { awaitIter } from "../runtime/generator.ts";
import { isInstance, PyList, PyTuple, PyType, typeOf, type Value } from "../runtime/object.ts";

/** The exception that `raise x` throws. */
function instance(x: Value): Value {
  if (x instanceof PyType && x.isSubtypeOf(E.BaseException)) {
    const made = call0(x);
    if (!isException(made))
      raise(
        E.TypeError,
        `calling ${repr(x)} should have returned an instance of BaseException, not ${repr(typeOf(made))}`,
      );
    return made;
  }
  if (!isException(x)) raise(E.TypeError, "exceptions must derive from BaseException");
  return x;
}

function repr(t: PyType): string {
  return `<class '${t.module === "builtins" ? "" : `${t.module}.`}${t.qualname}'>`;
}

function prepare(e: Value): Value {
  const i = excInfo(e);
  i.linked = true;
  i.traced = false;
  const h = handled();
  if (h !== null && h !== e) setContext(e, i, h);
  return e;
}

export function raising(x: Value): Value {
  return prepare(instance(x));
}

export function raisingFrom(x: Value, cause: Value): Value {
  const e = instance(x);
  const i = excInfo(e);
  if (cause === null) i.cause = null;
  else if (cause instanceof PyType && cause.isSubtypeOf(E.BaseException)) i.cause = call0(cause);
  else if (isException(cause)) i.cause = cause;
  else raise(E.TypeError, "exception causes must derive from BaseException");
  i.suppressContext = true;
  return prepare(e);
}

/** A bare `raise`. */
export function reraise(): Value {
  const h = handled();
  if (h === null) raise(E.RuntimeError, "No active exception to reraise");
  return rethrow(h);
}

export function assertion(message: Value | undefined): Value {
  return prepare(err(E.AssertionError, ...(message === undefined ? [] : [message])));
}

/** Whether an except clause takes the exception. @throws TypeError for what is no exception class */
export function matches(e: Value, type: Value): boolean {
  if (type instanceof PyType && type.isSubtypeOf(E.BaseException)) return isInstance(e, type);
  if (type instanceof PyTuple) {
    for (const t of type.items)
      if (!(t instanceof PyType && t.isSubtypeOf(E.BaseException))) notAnException();
    return type.items.some((t) => isInstance(e, t as PyType));
  }
  return notAnException();
}

function notAnException(): never {
  raise(E.TypeError, "catching classes that do not inherit from BaseException is not allowed");
}

// ---- with

/** A context manager that was entered. */
interface Entered {
  value: Value;
  readonly manager: Value;
  readonly exit: Value;
}

export function withEnter(manager: Value): Entered {
  return enterBy(manager, "__enter__", "__exit__", "context manager");
}

/** The awaitable of `__aenter__` stands as the value until it is awaited. */
export function asyncWithEnter(manager: Value): Entered {
  const e = enterBy(manager, "__aenter__", "__aexit__", "asynchronous context manager");
  awaitIter(
    e.value,
    (t) => `'async with' received an object from __aenter__ that does not implement __await__: ${t}`,
  );
  return e;
}

function enterBy(manager: Value, enter: string, exit: string, what: string): Entered {
  const t = typeOf(manager);
  const en = t.lookup(enter);
  if (en === undefined) raise(E.TypeError, `'${t.name}' object does not support the ${what} protocol`);
  const ex = t.lookup(exit);
  if (ex === undefined)
    raise(E.TypeError, `'${t.name}' object does not support the ${what} protocol (missed ${exit} method)`);
  const leave = bindSpecial(ex, manager, t);
  return { manager, exit: leave, value: callN(bindSpecial(en, manager, t), []) };
}

/** `__exit__`, told of the exception or of none. */
export function withExit(m: Entered, e: Value): Value {
  return callVec(m.exit, e === null ? [null, null, null] : [typeOf(e), e, excInfo(e).traceback], []);
}

/** The iterator that awaiting `__aexit__` runs. */
export function asyncWithExit(m: Entered, e: Value): Value {
  return awaitIter(
    withExit(m, e),
    (t) => `'async with' received an object from __aexit__ that does not implement __await__: ${t}`,
  );
}

// ---- except*

interface Split {
  readonly original: Value;
  readonly wrapped: boolean;
  rest: Value;
  readonly raised: Value[];
}

export function starBegin(e: Value): Split {
  return { original: e, wrapped: !isInstanceOf(e, E.BaseExceptionGroup), rest: e, raised: [] };
}

/** The part of what is left that a clause takes, as a group; null where there is none. */
export function starMatch(s: Split, type: Value): Value {
  const types = type instanceof PyTuple ? type.items : [type];
  for (const t of types) {
    if (!(t instanceof PyType && t.isSubtypeOf(E.BaseException)))
      raise(E.TypeError, "catching classes that do not inherit from BaseException is not allowed");
    if (t.isSubtypeOf(E.BaseExceptionGroup))
      raise(E.TypeError, "catching ExceptionGroup with except* is not allowed. Use except instead.");
  }
  if (s.rest === null) return null;
  const match = (e: Value): boolean => types.some((t) => isInstance(e, t as PyType));
  if (s.wrapped) {
    if (!match(s.rest)) return null;
    const e = s.rest;
    s.rest = null;
    return callN(
      E.ExceptionGroup.isSubtypeOf(typeOf(e))
        ? E.BaseExceptionGroup
        : isInstance(e, E.Exception)
          ? E.ExceptionGroup
          : E.BaseExceptionGroup,
      ["", new PyTuple([e])],
    );
  }
  const [yes, no] = splitGroup(s.rest, match);
  s.rest = no;
  return yes;
}

export function starRaised(s: Split, e: Value): void {
  s.raised.push(e);
}

/** Throw what is left, together with what the clauses raised. */
export function starEnd(s: Split): void {
  const fresh = s.raised.filter((e) => !isPartOf(e, s.original));
  const again = s.raised.filter((e) => isPartOf(e, s.original));
  let rest = s.rest;
  if (again.length > 0) {
    // Parts of the original raised again, and what no clause took, are one group with the original's traceback.
    const parts = rest === null ? again : [...again, rest];
    rest =
      parts.length === 1 && !s.wrapped
        ? parts[0]!
        : s.wrapped
          ? s.original
          : mergeParts(s.original as PyException, parts);
  }
  if (fresh.length === 0) {
    if (rest === null) return;
    excInfo(rest).linked = true;
    throw rethrow(rest);
  }
  const all = rest === null ? fresh : [...fresh, rest];
  const group =
    all.length === 1
      ? all[0]!
      : callN(all.every((e) => isInstance(e, E.Exception)) ? E.ExceptionGroup : E.BaseExceptionGroup, [
          "",
          new PyList(all),
        ]);
  const i = excInfo(group);
  i.linked = true;
  throw all.length === 1 ? rethrow(group) : group;
}

/** Whether a group raised by a clause is the very part it was given: same leaves as the original has. */
function isPartOf(e: Value, original: Value): boolean {
  if (e === original) return true;
  if (!isInstanceOf(e, E.BaseExceptionGroup)) return false;
  const leaves = new Set(leavesOf(original));
  return excInfo(e).traceback !== null && leavesOf(e).every((x) => leaves.has(x));
}
function leavesOf(e: Value): Value[] {
  return isInstanceOf(e, E.BaseExceptionGroup) ? groupItems(e).flatMap(leavesOf) : [e];
}
function mergeParts(original: PyException, parts: readonly Value[]): Value {
  const keep = new Set(parts.flatMap(leavesOf));
  const [yes] = splitGroup(original, (e) => keep.has(e));
  return yes ?? deriveGroup(original, parts);
}
