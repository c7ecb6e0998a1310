// The modules bisect and heapq.
// Behaviour: docs.python.org/3.11/library/bisect.html, heapq.html; comparisons happen in CPython's order, for they can be seen.
import { call1 } from "../runtime/call.ts";
import { callMethod } from "../runtime/attributes.ts";
import { ltTruth } from "../runtime/comparison.ts";
import { E, err, raise } from "../runtime/exceptions.ts";
import { getItem } from "../runtime/items.ts";
import { defineModule } from "../runtime/modules.ts";
import type { NativeMethod } from "../runtime/native.ts";
import { asInt, PyList, typeOf, type Value } from "../runtime/object.ts";
import { length } from "../runtime/truth.ts";
import { definePythonModule } from "./python-source.ts";

function search(right: boolean, a: Value, x: Value, loGiven: Value, hiGiven: Value, key: Value): number {
  let lo = Number(asInt(loGiven) ?? 0);
  if (lo < 0) raise(E.ValueError, "lo must be non-negative");
  let hi = hiGiven === null ? length(a) : Number(asInt(hiGiven));
  while (lo < hi) {
    const mid = Math.floor((lo + hi) / 2);
    const item = a instanceof PyList && mid < a.items.length ? a.items[mid]! : getItem(a, mid);
    const v = key === null ? item : call1(key, item);
    if (right ? ltTruth(x, v) : !ltTruth(v, x)) hi = mid;
    else lo = mid + 1;
  }
  return lo;
}

const bisector = (right: boolean): NativeMethod => [
  "(a, x, lo=0, hi=None, *, key=None)",
  (a: Value, x: Value, lo: Value, hi: Value, key: Value) => search(right, a, x, lo, hi, key),
];
const inserter = (right: boolean): NativeMethod => [
  "(a, x, lo=0, hi=None, *, key=None)",
  (a: Value, x: Value, lo: Value, hi: Value, key: Value) => {
    const at = search(right, a, key === null ? x : call1(key, x), lo, hi, key);
    callMethod(a, "insert", at, x);
  },
];

defineModule("bisect", () => ({
  name: "bisect",
  functions: {
    bisect: bisector(true),
    bisect_right: bisector(true),
    bisect_left: bisector(false),
    insort: inserter(true),
    insort_right: inserter(true),
    insort_left: inserter(false),
  },
}));

// heapq: sift down to a leaf along the smaller children, then up again, as CPython does.

type Less = (a: Value, b: Value) => boolean;
const smaller: Less = (a, b) => ltTruth(a, b);
const larger: Less = (a, b) => ltTruth(b, a);

function up(h: Value[], start: number, from: number, less: Less): void {
  const item = h[from]!;
  let at = from;
  while (at > start) {
    const parent = (at - 1) >> 1;
    if (!less(item, h[parent]!)) break;
    h[at] = h[parent]!;
    at = parent;
  }
  h[at] = item;
}

function down(h: Value[], from: number, less: Less): void {
  const end = h.length;
  const item = h[from]!;
  let at = from;
  for (let child = 2 * at + 1; child < end; child = 2 * at + 1) {
    if (child + 1 < end && !less(h[child]!, h[child + 1]!)) child++;
    h[at] = h[child]!;
    at = child;
  }
  h[at] = item;
  up(h, from, at, less);
}

function heapOf(v: Value, what: string): Value[] {
  if (!(v instanceof PyList))
    raise(
      E.TypeError,
      `${what}() argument ${what === "heapify" ? "" : "1 "}must be list, not ${typeOf(v).name}`,
    );
  return v.items;
}

function popper(name: string, less: Less): NativeMethod {
  return [
    "(heap, /)",
    (v: Value) => {
      const h = heapOf(v, name);
      if (h.length === 0) throw err(E.IndexError, "index out of range");
      const last = h.pop()!;
      if (h.length === 0) return last;
      const top = h[0]!;
      h[0] = last;
      down(h, 0, less);
      return top;
    },
  ];
}

function replacer(name: string, less: Less): NativeMethod {
  return [
    "(heap, item, /)",
    (v: Value, item: Value) => {
      const h = heapOf(v, name);
      if (h.length === 0) throw err(E.IndexError, "index out of range");
      const top = h[0]!;
      h[0] = item;
      down(h, 0, less);
      return top;
    },
  ];
}

function heapifier(name: string, less: Less): NativeMethod {
  return [
    "(heap, /)",
    (v: Value) => {
      const h = heapOf(v, name);
      for (let i = (h.length >> 1) - 1; i >= 0; i--) down(h, i, less);
    },
  ];
}

defineModule("_heapq", () => ({
  name: "_heapq",
  functions: {
    heappush: [
      "(heap, item, /)",
      (v: Value, item: Value) => {
        const h = heapOf(v, "heappush");
        h.push(item);
        up(h, 0, h.length - 1, smaller);
      },
    ],
    heappop: popper("heappop", smaller),
    heapreplace: replacer("heapreplace", smaller),
    heappushpop: [
      "(heap, item, /)",
      (v: Value, item: Value) => {
        const h = heapOf(v, "heappushpop");
        if (h.length === 0 || !ltTruth(h[0]!, item)) return item;
        const top = h[0]!;
        h[0] = item;
        down(h, 0, smaller);
        return top;
      },
    ],
    heapify: heapifier("heapify", smaller),
    _heapify_max: heapifier("_heapify_max", larger),
    _heappop_max: popper("_heappop_max", larger),
    _heapreplace_max: replacer("_heapreplace_max", larger),
  },
}));

definePythonModule(
  "heapq",
  String.raw`
from _heapq import heappush, heappop, heapify, heapreplace, heappushpop, _heapify_max, _heapreplace_max, _heappop_max

__all__ = ["heappush", "heappop", "heapify", "heapreplace", "merge", "nlargest", "nsmallest", "heappushpop"]


class _Backwards:
    __slots__ = ("key",)

    def __init__(self, key):
        self.key = key

    def __lt__(self, other):
        return other.key < self.key

    def __eq__(self, other):
        return self.key == other.key


def merge(*iterables, key=None, reverse=False):
    heap = []
    for order, it in enumerate(map(iter, iterables)):
        for value in it:
            k = value if key is None else key(value)
            heap.append([_Backwards(k) if reverse else k, order, value, it])
            break
    heapify(heap)
    while heap:
        entry = heap[0]
        k, order, value, it = entry
        yield value
        for value in it:
            k = value if key is None else key(value)
            heapreplace(heap, [_Backwards(k) if reverse else k, order, value, it])
            break
        else:
            heappop(heap)


def nsmallest(n, iterable, key=None):
    return sorted(iterable, key=key)[:max(n, 0)]


def nlargest(n, iterable, key=None):
    return sorted(iterable, key=key, reverse=True)[:max(n, 0)]
`,
);
