// The module itertools.
// Behaviour: docs.python.org/3.11/library/itertools.html.
import { call1, call2, callN } from "../runtime/call.ts";
import { eqTruth } from "../runtime/comparison.ts";
import { E, raise } from "../runtime/exceptions.ts";
import { type Iter, iter, iteratorMethods, PyIterator, toArray } from "../runtime/iteration.ts";
import { fuel, tick } from "../runtime/limits.ts";
import { defineModule } from "../runtime/modules.ts";
import { nativeType } from "../runtime/native-type.ts";
import type { NativeMethod } from "../runtime/native.ts";
import { asInt, PyFloat, PyTuple, type PyType, TYPE, typeOf, type Value } from "../runtime/object.ts";
import { add } from "../runtime/operators.ts";
import { repr } from "../runtime/repr.ts";
import { isTrue } from "../runtime/truth.ts";
import { indexOrUndefined, toIndex } from "../builtins/convert.ts";

const doc: Readonly<Record<string, string>> = {
  accumulate: "Running totals.",
  chain: "The items of one iterable after the other.",
  combinations: "Choices of r items in order.",
  combinations_with_replacement: "Choices of r items in order, items repeating.",
  compress: "The items whose selector is true.",
  count: "Numbers from start by step, without end.",
  cycle: "The items again and again.",
  dropwhile: "The items from the first on for which the predicate is false.",
  filterfalse: "The items for which the predicate is false.",
  groupby: "Runs of items with the same key.",
  islice: "Some of the items, by position.",
  pairwise: "Each item with the one after it.",
  permutations: "Orders of r items.",
  product: "Tuples of one item of each iterable.",
  repeat: "One object again and again.",
  starmap: "What a function gives for tuples of arguments.",
  takewhile: "The items up to the first for which the predicate is false.",
  zip_longest: "Tuples side by side, as long as the longest.",
};

/** An iterator type whose iterator is a JavaScript pull function. */
class Pull extends PyIterator {
  pull: () => Value | undefined;
  /** What it was made from: alive as long as the iterator is. */
  of: readonly unknown[] = [];
  constructor(pull: () => Value | undefined) {
    super();
    this.pull = pull;
  }
  next(): Value | undefined {
    if (--fuel.left < 0) tick();
    return this.pull();
  }
}

function iterator(
  name: string,
  make: NativeMethod,
  more: { methods?: Record<string, NativeMethod>; classMethods?: Record<string, NativeMethod> } = {},
): PyType {
  class Host extends Pull {}
  const [signature, build] = make as readonly [string, (...args: unknown[]) => () => Value | undefined];
  const t: PyType = nativeType({
    name,
    module: "itertools",
    dotted: true,
    doc: doc[name]!,
    host: Host,
    new: [
      signature.replace("(", "(cls, "),
      (cls: PyType, ...args: unknown[]) => {
        const it = new Host(build(...args));
        it.of = args;
        if (cls !== t) it[TYPE] = cls;
        return it;
      },
    ],
    methods: { ...iteratorMethods, ...more.methods },
    ...(more.classMethods ? { classMethods: more.classMethods } : {}),
  });
  hosts.set(t, Host);
  return t;
}
const hosts = new Map<PyType, new (pull: () => Value | undefined) => Pull>();

function chained(sources: Iter): () => Value | undefined {
  let current: Iter | undefined;
  return () => {
    for (;;) {
      const v = current?.next();
      if (v !== undefined) return v;
      const s = sources.next();
      if (s === undefined) return undefined;
      current = iter(s);
    }
  };
}

function arrayIter(items: readonly Value[]): Iter {
  let i = 0;
  return { next: () => items[i++] };
}

function needNumber(v: Value): void {
  if (asInt(v) !== undefined || v instanceof PyFloat) return;
  const t = typeOf(v);
  const ways = ["__float__", "__index__", "__int__", "__complex__"];
  if (!ways.some((n) => t.lookup(n) !== undefined)) raise(E.TypeError, "a number is required");
}

class Count extends PyIterator {
  n: Value;
  readonly step: Value;
  constructor(start: Value, step: Value) {
    super();
    needNumber(start);
    needNumber(step);
    this.n = start;
    this.step = step;
  }
  next(): Value {
    if (--fuel.left < 0) tick();
    const v = this.n;
    this.n = add(v, this.step);
    return v;
  }
  show(): string {
    return this.step === 1 ? `count(${repr(this.n)})` : `count(${repr(this.n)}, ${repr(this.step)})`;
  }
}
const countType: PyType = nativeType({
  name: "count",
  module: "itertools",
  dotted: true,
  doc: doc["count"]!,
  host: Count,
  new: [
    "(cls, start=0, step=1)",
    (cls: PyType, start: Value, step: Value) => {
      const c = new Count(start, step);
      if (cls !== countType) c[TYPE] = cls;
      return c;
    },
  ],
  methods: {
    ...iteratorMethods,
    __repr__: ["(self, /)", (c: Count) => c.show()],
    __reduce__: [
      "(self, /)",
      (c: Count) => new PyTuple([typeOf(c), new PyTuple(c.step === 1 ? [c.n] : [c.n, c.step])]),
    ],
  },
});

class Repeat extends PyIterator {
  readonly object: Value;
  /** null: for ever */
  left: number | null;
  constructor(object: Value, times: number | null) {
    super();
    this.object = object;
    this.left = times;
  }
  next(): Value | undefined {
    if (--fuel.left < 0) tick();
    if (this.left === null) return this.object;
    if (this.left <= 0) return undefined;
    this.left--;
    return this.object;
  }
  show(): string {
    return this.left === null ? `repeat(${repr(this.object)})` : `repeat(${repr(this.object)}, ${this.left})`;
  }
}
const repeatType: PyType = nativeType({
  name: "repeat",
  module: "itertools",
  dotted: true,
  doc: doc["repeat"]!,
  host: Repeat,
  new: [
    "(cls, object, times=...)",
    (cls: PyType, object: Value, times: Value | undefined) => {
      const r = new Repeat(object, times === undefined ? null : Math.max(0, Number(toIndex(times))));
      if (cls !== repeatType) r[TYPE] = cls;
      return r;
    },
  ],
  methods: {
    ...iteratorMethods,
    __repr__: ["(self, /)", (r: Repeat) => r.show()],
    __reduce__: [
      "(self, /)",
      (r: Repeat) => new PyTuple([typeOf(r), new PyTuple(r.left === null ? [r.object] : [r.object, r.left])]),
    ],
    __length_hint__: [
      "(self, /)",
      (r: Repeat) => {
        if (r.left === null) raise(E.TypeError, "len() of unsized object");
        return r.left;
      },
    ],
  },
});

/** All ways to choose positions, each an array that the caller must not keep. */
function* combinations(n: number, r: number): Generator<number[]> {
  if (r > n) return;
  const at = Array.from({ length: r }, (_, i) => i);
  for (;;) {
    yield at;
    let i = r - 1;
    while (i >= 0 && at[i] === i + n - r) i--;
    if (i < 0) return;
    at[i]!++;
    for (let j = i + 1; j < r; j++) at[j] = at[j - 1]! + 1;
  }
}

function* combinationsWithReplacement(n: number, r: number): Generator<number[]> {
  if (n === 0 && r > 0) return;
  const at = new Array<number>(r).fill(0);
  for (;;) {
    yield at;
    let i = r - 1;
    while (i >= 0 && at[i] === n - 1) i--;
    if (i < 0) return;
    at.fill(at[i]! + 1, i);
  }
}

function* permutations(n: number, r: number): Generator<number[]> {
  if (r > n) return;
  const order = Array.from({ length: n }, (_, i) => i);
  const cycles = Array.from({ length: r }, (_, i) => n - i);
  yield order.slice(0, r);
  for (;;) {
    let i = r - 1;
    for (; i >= 0; i--) {
      cycles[i]!--;
      if (cycles[i] === 0) {
        order.push(order.splice(i, 1)[0]!);
        cycles[i] = n - i;
      } else {
        const j = order.length - cycles[i]!;
        [order[i], order[j]] = [order[j]!, order[i]!];
        yield order.slice(0, r);
        break;
      }
    }
    if (i < 0) return;
  }
}

function* product(pools: readonly (readonly Value[])[]): Generator<Value> {
  if (pools.some((p) => p.length === 0)) return;
  const at = new Array<number>(pools.length).fill(0);
  for (;;) {
    yield new PyTuple(at.map((k, i) => pools[i]![k]));
    let i = pools.length - 1;
    while (i >= 0 && at[i] === pools[i]!.length - 1) at[i--] = 0;
    if (i < 0) return;
    at[i]!++;
  }
}

function choose(items: readonly Value[], positions: Generator<number[]>): () => Value | undefined {
  return () => {
    const r = positions.next();
    return r.done ? undefined : new PyTuple(r.value.map((i) => items[i]));
  };
}

function lengthArgument(r: Value): number {
  const n = toIndex(r);
  if (n < 0) raise(E.ValueError, "r must be non-negative");
  return Number(n);
}

function islice(source: Value, args: readonly Value[]): () => Value | undefined {
  if (args.length === 0 || args.length > 3)
    raise(
      E.TypeError,
      `islice expected at ${args.length === 0 ? "least 2" : "most 4"} arguments, got ${args.length + 1}`,
    );
  const [start, stop, step] = args.length === 1 ? [null, args[0], null] : [args[0], args[1], args[2] ?? null];
  const number = (v: Value, message: string): number | undefined => {
    if (v === null) return undefined;
    const n = indexOrUndefined(v);
    if (n === undefined || n < 0 || n > Number.MAX_SAFE_INTEGER) raise(E.ValueError, message);
    return Number(n);
  };
  const bad =
    args.length === 1
      ? "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize."
      : "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
  const end =
    number(
      stop,
      args.length === 1
        ? bad
        : "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.",
    ) ?? Infinity;
  let next = number(start, bad) ?? 0;
  const by = number(step, "Step for islice() must be a positive integer or None.") ?? 1;
  if (by < 1) raise(E.ValueError, "Step for islice() must be a positive integer or None.");
  const it = iter(source);
  let at = 0;
  let done = false;
  return () => {
    if (done) return undefined;
    if (next >= end) {
      // What lies before the end is consumed, as CPython does.
      while (at < end && at < next && Number.isFinite(end)) {
        if (it.next() === undefined) break;
        at++;
      }
      done = true;
      return undefined;
    }
    while (at < next) {
      if (it.next() === undefined) {
        done = true;
        return undefined;
      }
      at++;
    }
    const v = it.next();
    if (v === undefined) {
      done = true;
      return undefined;
    }
    at++;
    next += by;
    return v;
  };
}

// groupby: the groups read on in the one iterator that they share

class GroupBy extends PyIterator {
  private readonly it: Iter;
  private readonly key: Value;
  /** The item read last, not given out yet, and its key; undefined where the next must be read first. */
  private item: Value | undefined;
  private itemKey: Value | undefined;
  private ended = false;
  private groupKey: Value | undefined;
  private group: Group | undefined;
  constructor(source: Value, key: Value) {
    super();
    this.it = iter(source);
    this.key = key;
  }
  /** Have an item at hand; false at the end. */
  private fill(): boolean {
    if (this.item !== undefined) return true;
    if (this.ended) return false;
    this.item = this.it.next();
    if (this.item === undefined) {
      this.ended = true;
      return false;
    }
    this.itemKey = this.key === null ? this.item : call1(this.key, this.item);
    return true;
  }
  next(): Value | undefined {
    this.group = undefined;
    while (this.fill()) {
      if (this.groupKey === undefined || !eqTruth(this.groupKey, this.itemKey)) {
        this.groupKey = this.itemKey;
        this.group = new Group(this, this.groupKey);
        return new PyTuple([this.groupKey, this.group]);
      }
      this.item = undefined;
    }
    return undefined;
  }
  /** The next item of the group that was given out last. */
  take(g: Group, key: Value): Value | undefined {
    if (this.group !== g || !this.fill() || !eqTruth(key, this.itemKey)) return undefined;
    const v = this.item;
    this.item = undefined;
    return v;
  }
}

class Group extends PyIterator {
  private readonly owner: GroupBy;
  private readonly key: Value;
  constructor(owner: GroupBy, key: Value) {
    super();
    this.owner = owner;
    this.key = key;
  }
  next(): Value | undefined {
    return this.owner.take(this, this.key);
  }
}
nativeType({ name: "_grouper", module: "itertools", dotted: true, host: Group, methods: iteratorMethods });
const groupByType: PyType = nativeType({
  name: "groupby",
  module: "itertools",
  dotted: true,
  doc: doc["groupby"]!,
  host: GroupBy,
  new: [
    "(cls, iterable, key=None)",
    (cls: PyType, source: Value, key: Value) => {
      const g = new GroupBy(source, key);
      if (cls !== groupByType) g[TYPE] = cls;
      return g;
    },
  ],
  methods: iteratorMethods,
});

// tee: iterators over one chain of items, each item read once

interface Link {
  value: Value | undefined;
  next: Link | undefined;
}
class Tee extends PyIterator {
  private readonly it: Iter;
  private link: Link;
  constructor(it: Iter, link: Link) {
    super();
    this.it = it;
    this.link = link;
  }
  next(): Value | undefined {
    const l = this.link;
    if (l.next === undefined) {
      const v = this.it.next();
      if (v === undefined) return undefined;
      l.value = v;
      l.next = { value: undefined, next: undefined };
    }
    this.link = l.next;
    return l.value;
  }
  copy(): Tee {
    return new Tee(this.it, this.link);
  }
}
nativeType({
  name: "_tee",
  module: "itertools",
  dotted: true,
  host: Tee,
  methods: { ...iteratorMethods, __copy__: ["(self, /)", (t: Tee) => t.copy()] },
});

function tee(source: Value, n: Value): PyTuple {
  const times = toIndex(n);
  if (times < 0) raise(E.ValueError, "n must be >= 0");
  if (times === 0) return new PyTuple([]);
  const first = source instanceof Tee ? source : new Tee(iter(source), { value: undefined, next: undefined });
  const out: Value[] = [first];
  for (let i = 1; i < times; i++) out.push(first.copy());
  return new PyTuple(out);
}

const chainType: PyType = iterator(
  "chain",
  ["(*iterables)", (sources: readonly Value[]) => chained(arrayIter(sources))],
  {
    classMethods: {
      from_iterable: [
        "(cls, iterable, /)",
        (cls: PyType, source: Value) => {
          const it = new (hosts.get(chainType)!)(chained(iter(source)));
          if (cls !== chainType) it[TYPE] = cls;
          return it;
        },
        "The items of the iterables that an iterable gives.",
      ],
    },
  },
);

defineModule("itertools", () => ({
  name: "itertools",
  doc: "Iterators for efficient loops.",
  functions: { tee: ["(iterable, n=2, /)", tee, "Several independent iterators over one iterable."] },
  members: {
    chain: chainType,
    count: countType,
    repeat: repeatType,
    groupby: groupByType,
    accumulate: iterator("accumulate", [
      "(iterable, func=None, *, initial=None)",
      (source: Value, f: Value, initial: Value) => {
        const it = iter(source);
        let total: Value | undefined;
        let first = initial;
        return () => {
          if (first !== null) {
            total = first;
            first = null;
            return total;
          }
          const v = it.next();
          if (v === undefined) return undefined;
          total = total === undefined ? v : f === null ? add(total, v) : call2(f, total, v);
          return total;
        };
      },
    ]),
    combinations: iterator("combinations", [
      "(iterable, r)",
      (source: Value, r: Value) => {
        const items = toArray(source);
        return choose(items, combinations(items.length, lengthArgument(r)));
      },
    ]),
    combinations_with_replacement: iterator("combinations_with_replacement", [
      "(iterable, r)",
      (source: Value, r: Value) => {
        const items = toArray(source);
        return choose(items, combinationsWithReplacement(items.length, lengthArgument(r)));
      },
    ]),
    permutations: iterator("permutations", [
      "(iterable, r=None)",
      (source: Value, r: Value) => {
        const items = toArray(source);
        if (r !== null && asInt(r) === undefined) raise(E.TypeError, "Expected int as r");
        return choose(items, permutations(items.length, r === null ? items.length : lengthArgument(r)));
      },
    ]),
    product: iterator("product", [
      "(*iterables, repeat=1)",
      (sources: readonly Value[], repeat: Value) => {
        const n = toIndex(repeat);
        if (n < 0) raise(E.ValueError, "repeat argument cannot be negative");
        const pools = sources.map(toArray);
        const all: Value[][] = [];
        for (let i = 0; i < n; i++) all.push(...pools);
        const g = product(all);
        return () => {
          const r = g.next();
          return r.done ? undefined : r.value;
        };
      },
    ]),
    compress: iterator("compress", [
      "(data, selectors)",
      (data: Value, selectors: Value) => {
        const [d, s] = [iter(data), iter(selectors)];
        return () => {
          for (;;) {
            const v = d.next();
            if (v === undefined) return undefined;
            const keep = s.next();
            if (keep === undefined) return undefined;
            if (isTrue(keep)) return v;
          }
        };
      },
    ]),
    cycle: iterator("cycle", [
      "(iterable, /)",
      (source: Value) => {
        const it = iter(source);
        const saved: Value[] = [];
        let i = -1;
        return () => {
          if (i < 0) {
            const v = it.next();
            if (v !== undefined) {
              saved.push(v);
              return v;
            }
            i = 0;
          }
          if (saved.length === 0) return undefined;
          const v = saved[i]!;
          i = (i + 1) % saved.length;
          return v;
        };
      },
    ]),
    dropwhile: iterator("dropwhile", [
      "(predicate, iterable, /)",
      (f: Value, source: Value) => {
        const it = iter(source);
        let dropping = true;
        return () => {
          for (;;) {
            const v = it.next();
            if (v === undefined) return undefined;
            if (!dropping) return v;
            if (!isTrue(call1(f, v))) {
              dropping = false;
              return v;
            }
          }
        };
      },
    ]),
    takewhile: iterator("takewhile", [
      "(predicate, iterable, /)",
      (f: Value, source: Value) => {
        const it = iter(source);
        let done = false;
        return () => {
          if (done) return undefined;
          const v = it.next();
          if (v === undefined) return undefined;
          if (isTrue(call1(f, v))) return v;
          done = true;
          return undefined;
        };
      },
    ]),
    filterfalse: iterator("filterfalse", [
      "(function, iterable, /)",
      (f: Value, source: Value) => {
        const it = iter(source);
        return () => {
          for (;;) {
            const v = it.next();
            if (v === undefined) return undefined;
            if (!isTrue(f === null ? v : call1(f, v))) return v;
          }
        };
      },
    ]),
    starmap: iterator("starmap", [
      "(function, iterable, /)",
      (f: Value, source: Value) => {
        const it = iter(source);
        return () => {
          const args = it.next();
          return args === undefined ? undefined : callN(f, toArray(args));
        };
      },
    ]),
    islice: iterator("islice", ["(iterable, /, *args)", islice]),
    pairwise: iterator("pairwise", [
      "(iterable, /)",
      (source: Value) => {
        const it = iter(source);
        let before: Value | undefined;
        return () => {
          before ??= it.next();
          if (before === undefined) return undefined;
          const v = it.next();
          if (v === undefined) return undefined;
          const pair = new PyTuple([before, v]);
          before = v;
          return pair;
        };
      },
    ]),
    zip_longest: iterator("zip_longest", [
      "(*iterables, fillvalue=None)",
      (sources: readonly Value[], fill: Value) => {
        const its: (Iter | undefined)[] = sources.map((s) => iter(s));
        let live = its.length;
        return () => {
          if (live === 0) return undefined;
          const out: Value[] = [];
          for (let i = 0; i < its.length; i++) {
            const v = its[i]?.next();
            if (v === undefined) {
              if (its[i]) {
                its[i] = undefined;
                live--;
                if (live === 0) return undefined;
              }
              out.push(fill);
            } else out.push(v);
          }
          return new PyTuple(out);
        };
      },
    ]),
  },
}));
