// Iterating over anything.
//
// Native iterators extend PyIterator: next() gives the value, undefined at the end, and costs no exception. Others
// (`__next__` in Python, `__getitem__` sequences) are wrapped. A PyIterator is itself a Python object: its subclass's
// prototype gets a [TYPE] from nativeType, and `__iter__`/`__next__` methods from iteratorMethods.
import { call1, callSpecial } from "./call.ts";
import { bareType, objectType } from "./base-types.ts";
import { E, err, isInstanceOf, raise, stopIteration } from "./exceptions.ts";
import { PyFunction } from "./function.ts";
import { limits } from "./limits.ts";
import type { NativeMethod } from "./native.ts";
import { PyList, PyTuple, type PyType, TYPE, typeOf, type Value } from "./object.ts";

export abstract class PyIterator {
  declare [TYPE]: PyType;
  /** Whether `iter()` of it is itself: not so for coroutines and asynchronous generators. */
  get iterable(): boolean {
    return true;
  }
  /** The next value; undefined at the end, and then always. */
  abstract next(): Value | undefined;
}

/** What iter() gives to native code and to compiled loops: not necessarily a Python object. */
export interface Iter {
  next(): Value | undefined;
}

/** `__iter__` and `__next__` for the methods table of a native iterator's type. */
export const iteratorMethods: Readonly<Record<"__iter__" | "__next__", NativeMethod>> = {
  __iter__: ["(self, /)", (self: Value) => self],
  __next__: [
    "(self, /)",
    (self: PyIterator) => {
      const v = self.next();
      if (v === undefined) throw stopIteration();
      return v;
    },
  ],
};

/** An iterator whose `__next__` is written in Python or lives elsewhere. */
class ForeignIter implements Iter {
  readonly target: Value;
  private readonly method: Value;
  constructor(target: Value, method: Value) {
    this.target = target;
    this.method = method;
  }
  next(): Value | undefined {
    try {
      return this.method instanceof PyFunction
        ? call1(this.method, this.target)
        : callSpecial(this.target, "__next__", []);
    } catch (e) {
      if (isInstanceOf(e, E.StopIteration)) return undefined;
      throw e;
    }
  }
}

/** Iterates by `__getitem__(0)`, `(1)`, … until IndexError: the old protocol; `iter(obj)` of such an object is of type "iterator". */
class SequenceIterator extends PyIterator {
  private target: Value | undefined;
  private i = 0;
  constructor(target: Value) {
    super();
    this.target = target;
  }
  next(): Value | undefined {
    if (this.target === undefined) return undefined;
    try {
      return callSpecial(this.target, "__getitem__", [this.i++]);
    } catch (e) {
      if (isInstanceOf(e, E.IndexError) || isInstanceOf(e, E.StopIteration)) {
        this.target = undefined;
        return undefined;
      }
      throw e;
    }
  }
}

/** A Python iterator object from a JavaScript function; ends with undefined. */
export class NativeIterator extends PyIterator {
  private pull: () => Value | undefined;
  /** What it goes over: alive as long as the iterator is. */
  readonly source: unknown;
  constructor(pull: () => Value | undefined, source?: unknown) {
    super();
    this.pull = pull;
    this.source = source;
  }
  next(): Value | undefined {
    return this.pull();
  }
  /** As a generator's: nothing comes any more. */
  close(): void {
    this.pull = () => undefined;
  }
}
export const sequenceIteratorType = bareType("iterator");
export const nativeIteratorType = bareType("generator_like_iterator", [objectType]);
Object.defineProperty(SequenceIterator.prototype, TYPE, {
  value: sequenceIteratorType,
  writable: true,
  configurable: true,
});
Object.defineProperty(NativeIterator.prototype, TYPE, {
  value: nativeIteratorType,
  writable: true,
  configurable: true,
});

/** Whether a PyIterator's type lets native code skip `__next__`: no Python subclass overrides it. */
function isNative(v: Value): v is PyIterator {
  return v instanceof PyIterator && !(v[TYPE].heap && v[TYPE].lookup("__next__") instanceof PyFunction);
}

/** `iter(v)` as a Python object. @throws TypeError "'int' object is not iterable" */
export function getIter(v: Value): Value {
  if (v instanceof PyIterator && !v[TYPE].heap && v.iterable) return v;
  const t = typeOf(v);
  const m = t.lookup("__iter__");
  if (m === undefined || m === null) {
    if (m === undefined && t.lookup("__getitem__") !== undefined) return new SequenceIterator(v);
    raise(E.TypeError, `'${t.name}' object is not iterable`);
  }
  const it = m instanceof PyFunction ? call1(m, v) : callSpecial(v, "__iter__", [])!;
  if (it instanceof PyIterator || typeOf(it).lookup("__next__") !== undefined) return it;
  raise(E.TypeError, `iter() returned non-iterator of type '${typeOf(it).name}'`);
}

/** `iter(v)` for native loops: `for (let x = it.next(); x !== undefined; x = it.next())`. */
export function iter(v: Value): Iter {
  const it = getIter(v);
  return isNative(it) ? it : new ForeignIter(it, typeOf(it).lookup("__next__"));
}

/** The loop view of a value that is an iterator already; undefined where it is none. */
export function asIter(it: Value): Iter | undefined {
  if (isNative(it)) return it;
  const next = typeOf(it).lookup("__next__");
  return next === undefined ? undefined : new ForeignIter(it, next);
}

export function isIterable(v: Value): boolean {
  if (v instanceof PyIterator) return true;
  const t = typeOf(v);
  const m = t.lookup("__iter__");
  return m !== undefined ? m !== null : t.lookup("__getitem__") !== undefined;
}

/** For use in TypeScript's own for…of. Lists are read as they stand, growth during the loop included. */
export function* iterate(v: Value): Iterable<Value> {
  const it = iter(v);
  for (let x = it.next(); x !== undefined; x = it.next()) yield x;
}

/** Refuse a range of more elements than may be kept before the first of them is. @throws MemoryError */
export function guardRange(v: Value): void {
  if (typeof v !== "object" || v === null || typeOf(v).name !== "range") return;
  const { length } = v as { readonly length?: number | bigint };
  if (length !== undefined && length > limits.size) throw err(E.MemoryError);
}

/** All elements as a new JavaScript array. */
export function toArray(v: Value): Value[] {
  if ((v instanceof PyList || v instanceof PyTuple) && plainIter(v)) return v.items.slice();
  guardRange(v);
  const out: Value[] = [];
  const it = iter(v);
  for (let x = it.next(); x !== undefined; x = it.next()) {
    out.push(x);
    if (out.length > limits.size) throw err(E.MemoryError);
  }
  return out;
}

/** Whether a list or tuple iterates as its items stand: no Python `__iter__` in a subclass. */
function plainIter(v: PyList | PyTuple): boolean {
  return !v[TYPE].heap || !(v[TYPE].lookup("__iter__") instanceof PyFunction);
}
