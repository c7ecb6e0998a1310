// enumerate, zip, map, filter, reversed, and the iterator that iter(callable, sentinel) makes.
// Behaviour: docs.python.org/3.11/library/functions.html.
import { call0, call1, call2, callN, callSpecial } from "../runtime/call.ts";
import { eqTruth } from "../runtime/comparison.ts";
import { E, isInstanceOf, raise } from "../runtime/exceptions.ts";
import { getItem } from "../runtime/items.ts";
import { type Iter, iter, iteratorMethods, PyIterator } from "../runtime/iteration.ts";
import { nativeType } from "../runtime/native-type.ts";
import { PyTuple, type PyType, TYPE, typeOf, type Value } from "../runtime/object.ts";
import { isTrue, length } from "../runtime/truth.ts";
import { toIndex } from "./convert.ts";
import { addInt, type Int } from "./int-math.ts";

/** An iterator as an instance of its type or of a subclass. */
function as<T extends PyIterator>(cls: PyType, it: T): T {
  if (cls !== it[TYPE]) it[TYPE] = cls;
  return it;
}

class Enumerate extends PyIterator {
  private readonly it: Iter;
  private n: Int;
  constructor(it: Iter, start: Int) {
    super();
    this.it = it;
    this.n = start;
  }
  next(): Value | undefined {
    const v = this.it.next();
    if (v === undefined) return undefined;
    const n = this.n;
    this.n = typeof n === "number" ? n + 1 : addInt(n, 1);
    return new PyTuple([n, v]);
  }
}

export const enumerateType = nativeType({
  name: "enumerate",
  doc: "Pairs of a count and the items of an iterable.",
  host: Enumerate,
  generic: true,
  allocator: (cls) => as(cls, new Enumerate(iter(new PyTuple([])), 0)),
  new: [
    "(cls, iterable, start=0)",
    (cls: PyType, source: Value, start: Value) => as(cls, new Enumerate(iter(source), toIndex(start))),
  ],
  methods: iteratorMethods,
});

class Zip extends PyIterator {
  private its: readonly Iter[];
  private readonly strict: boolean;
  constructor(its: readonly Iter[], strict: boolean) {
    super();
    this.its = its;
    this.strict = strict;
  }
  next(): Value | undefined {
    const its = this.its;
    const n = its.length;
    if (n === 0) return undefined;
    const out = new Array<Value>(n);
    for (let i = 0; i < n; i++) {
      const v = its[i]!.next();
      if (v === undefined) {
        if (this.strict) this.checkLengths(i);
        return undefined;
      }
      out[i] = v;
    }
    return new PyTuple(out);
  }
  /** Iterable number i ended: so must all the others. */
  private checkLengths(i: number): void {
    const others = (k: number): string => (k === 1 ? " 1" : `s 1-${k}`);
    if (i > 0) raise(E.ValueError, `zip() argument ${i + 1} is shorter than argument${others(i)}`);
    for (let k = 1; k < this.its.length; k++) {
      if (this.its[k]!.next() !== undefined)
        raise(E.ValueError, `zip() argument ${k + 1} is longer than argument${others(k)}`);
    }
  }
}

export const zipType = nativeType({
  name: "zip",
  doc: "Tuples of the items that stand side by side in several iterables.",
  host: Zip,
  allocator: (cls) => as(cls, new Zip([], false)),
  new: [
    "(cls, /, *iterables, strict=False)",
    (cls: PyType, sources: readonly Value[], strict: Value) =>
      as(
        cls,
        new Zip(
          sources.map((s) => iter(s)),
          isTrue(strict),
        ),
      ),
  ],
  methods: iteratorMethods,
});

class MapIterator extends PyIterator {
  private readonly f: Value;
  private readonly its: readonly Iter[];
  constructor(f: Value, its: readonly Iter[]) {
    super();
    this.f = f;
    this.its = its;
  }
  next(): Value | undefined {
    const a = this.its[0]!.next();
    if (a === undefined) return undefined;
    if (this.its.length === 1) return call1(this.f, a);
    const args = [a];
    for (let i = 1; i < this.its.length; i++) {
      const v = this.its[i]!.next();
      if (v === undefined) return undefined;
      args.push(v);
    }
    return args.length === 2 ? call2(this.f, a, args[1]) : callN(this.f, args);
  }
}

export const mapType = nativeType({
  name: "map",
  doc: "What a function gives for the items of one or more iterables.",
  host: MapIterator,
  new: [
    "(cls, /, *args)",
    (cls: PyType, args: readonly Value[]) => {
      if (args.length < 2) raise(E.TypeError, "map() must have at least two arguments.");
      return as(
        cls,
        new MapIterator(
          args[0],
          args.slice(1).map((s) => iter(s)),
        ),
      );
    },
  ],
  methods: iteratorMethods,
});

class Filter extends PyIterator {
  private readonly f: Value;
  private readonly it: Iter;
  constructor(f: Value, it: Iter) {
    super();
    this.f = f;
    this.it = it;
  }
  next(): Value | undefined {
    for (let v = this.it.next(); v !== undefined; v = this.it.next())
      if (isTrue(this.f === null ? v : call1(this.f, v))) return v;
    return undefined;
  }
}

export const filterType = nativeType({
  name: "filter",
  doc: "The items of an iterable for which a function is true, or that are true themselves.",
  host: Filter,
  new: [
    "(cls, function, iterable, /)",
    (cls: PyType, f: Value, source: Value) => as(cls, new Filter(f, iter(source))),
  ],
  methods: iteratorMethods,
});

/** Backwards over a sequence, by its length and `__getitem__`. */
class Reversed extends PyIterator {
  private source: Value | undefined;
  private i: number;
  constructor(source: Value, count: number) {
    super();
    this.source = source;
    this.i = count;
  }
  next(): Value | undefined {
    if (this.source === undefined || this.i <= 0) return undefined;
    try {
      return getItem(this.source, --this.i);
    } catch (e) {
      if (!isInstanceOf(e, E.IndexError) && !isInstanceOf(e, E.StopIteration)) throw e;
      this.source = undefined;
      return undefined;
    }
  }
  left(): number {
    return this.i;
  }
}

export const reversedType = nativeType({
  name: "reversed",
  doc: "The items of a sequence from the last to the first.",
  host: Reversed,
  new: [
    "(cls, sequence, /)",
    (cls: PyType, source: Value) => {
      const t = typeOf(source);
      const own = t.lookup("__reversed__");
      if (own !== undefined && own !== null) return callSpecial(source, "__reversed__", []);
      if (own === null || t.lookup("__getitem__") === undefined || t.lookup("keys") !== undefined)
        raise(E.TypeError, `'${t.name}' object is not reversible`);
      if (t.lookup("__len__") === undefined) raise(E.TypeError, `object of type '${t.name}' has no len()`);
      return as(cls, new Reversed(source, length(source)));
    },
  ],
  methods: { ...iteratorMethods, __length_hint__: ["(self, /)", (it: Reversed) => it.left()] },
});

/** `iter(callable, sentinel)` */
export class CallableIterator extends PyIterator {
  private f: Value | undefined;
  private readonly sentinel: Value;
  constructor(f: Value, sentinel: Value) {
    super();
    this.f = f;
    this.sentinel = sentinel;
  }
  next(): Value | undefined {
    if (this.f === undefined) return undefined;
    let v: Value;
    try {
      v = call0(this.f);
    } catch (e) {
      if (!isInstanceOf(e, E.StopIteration)) throw e;
      this.f = undefined;
      return undefined;
    }
    if (!eqTruth(this.sentinel, v)) return v;
    this.f = undefined;
    return undefined;
  }
}
nativeType({ name: "callable_iterator", host: CallableIterator, final: true, methods: iteratorMethods });
