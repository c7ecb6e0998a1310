// Sorting as Python does it: stable, by `<` alone, and comparing in the order in which CPython's list sort begins.
import { ltTruth } from "../runtime/comparison.ts";
import { points } from "./str-index.ts";
import { PyFloat, PyTuple, TYPE, type Value } from "../runtime/object.ts";

type Less = (a: Value, b: Value) => boolean;

/** Reorder items by keys (the same array where there is no key function), ascending. */
function mergeSort(keys: Value[], values: Value[] | null, less: Less): void {
  const n = keys.length;
  if (n < 2) return;
  let run = n;
  let odd = 0;
  while (run >= 64) {
    odd |= run & 1;
    run >>= 1;
  }
  const min = run + odd;
  const stack: [start: number, length: number][] = [];
  for (let lo = 0; lo < n;) {
    let length = countRun(keys, values, lo, n, less);
    if (length < min) {
      const forced = Math.min(min, n - lo);
      insertionSort(keys, values, lo, lo + forced, lo + length, less);
      length = forced;
    }
    stack.push([lo, length]);
    collapse(stack, keys, values, less);
    lo += length;
  }
  while (stack.length > 1) {
    const i =
      stack.length > 2 && stack[stack.length - 3]![1] < stack[stack.length - 1]![1]
        ? stack.length - 3
        : stack.length - 2;
    mergeAt(stack, i, keys, values, less);
  }
}

function reverseRange(a: Value[], lo: number, hi: number): void {
  for (let i = lo, j = hi - 1; i < j; i++, j--) [a[i], a[j]] = [a[j], a[i]];
}

/** Length of the run that begins at lo; a descending one is reversed. */
function countRun(keys: Value[], values: Value[] | null, lo: number, hi: number, less: Less): number {
  if (lo + 1 === hi) return 1;
  let i = lo + 2;
  if (less(keys[lo + 1], keys[lo])) {
    while (i < hi && less(keys[i], keys[i - 1])) i++;
    reverseRange(keys, lo, i);
    if (values) reverseRange(values, lo, i);
  } else while (i < hi && !less(keys[i], keys[i - 1])) i++;
  return i - lo;
}

/** Binary insertion of start…hi into the sorted lo…start. */
function insertionSort(
  keys: Value[],
  values: Value[] | null,
  lo: number,
  hi: number,
  start: number,
  less: Less,
): void {
  for (let i = start; i < hi; i++) {
    const pivot = keys[i];
    let left = lo;
    let right = i;
    while (left < right) {
      const mid = (left + right) >>> 1;
      if (less(pivot, keys[mid])) right = mid;
      else left = mid + 1;
    }
    keys.copyWithin(left + 1, left, i);
    keys[left] = pivot;
    if (values) {
      const v = values[i];
      values.copyWithin(left + 1, left, i);
      values[left] = v;
    }
  }
}

function collapse(stack: [number, number][], keys: Value[], values: Value[] | null, less: Less): void {
  while (stack.length > 1) {
    let i = stack.length - 2;
    const len = (k: number): number => stack[k]![1];
    if ((i > 0 && len(i - 1) <= len(i) + len(i + 1)) || (i > 1 && len(i - 2) <= len(i - 1) + len(i))) {
      if (len(i - 1) < len(i + 1)) i--;
      mergeAt(stack, i, keys, values, less);
    } else if (len(i) <= len(i + 1)) mergeAt(stack, i, keys, values, less);
    else return;
  }
}

function mergeAt(
  stack: [number, number][],
  i: number,
  keys: Value[],
  values: Value[] | null,
  less: Less,
): void {
  const [lo, n1] = stack[i]!;
  const [mid, n2] = stack[i + 1]!;
  stack.splice(i, 2, [lo, n1 + n2]);
  const left = keys.slice(lo, mid);
  const leftValues = values && values.slice(lo, mid);
  let a = 0;
  let b = mid;
  let out = lo;
  const end = mid + n2;
  while (a < n1 && b < end) {
    if (less(keys[b], left[a])) {
      keys[out] = keys[b];
      if (values) values[out] = values[b];
      b++;
    } else {
      keys[out] = left[a];
      if (values) values[out] = leftValues![a];
      a++;
    }
    out++;
  }
  while (a < n1) {
    keys[out] = left[a];
    if (values) values[out] = leftValues![a];
    a++;
    out++;
  }
}

type Kind = "number" | "string" | "float" | "tuple" | "other";

function kindOf(keys: readonly Value[]): Kind {
  const first = keys[0];
  const t = typeof first;
  if (t === "number" || t === "string") {
    for (const k of keys) if (typeof k !== t) return "other";
    return t === "string" && points((keys as string[]).join("")) !== null ? "other" : t;
  }
  if (first instanceof PyFloat) {
    for (const k of keys) if (!(k instanceof PyFloat) || k.v !== k.v) return "other";
    return "float";
  }
  if (first instanceof PyTuple && first[TYPE] === PyTuple.prototype[TYPE]) {
    // the items at each place are of one kind, so no comparison can fail or be the program's
    const length = first.items.length;
    for (const k of keys)
      if (!(k instanceof PyTuple) || k.items.length !== length || k[TYPE] !== first[TYPE]) return "other";
    for (let i = 0; i < length; i++) {
      const t = typeof first.items[i];
      if (t !== "number" && t !== "string") return "other";
      for (const k of keys) if (typeof (k as PyTuple).items[i] !== t) return "other";
      if (t === "string" && points(keys.map((k) => (k as PyTuple).items[i] as string).join("")) !== null)
        return "other";
    }
    return "tuple";
  }
  return "other";
}

function compareTuples(a: PyTuple, b: PyTuple): number {
  const x = a.items as readonly string[];
  const y = b.items as readonly string[];
  for (let i = 0; i < x.length; i++) {
    const p = x[i]!;
    const q = y[i]!;
    if (p !== q) return p < q ? -1 : 1;
  }
  return 0;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Sort items in place by their keys; `keys` null where items are their own keys.
 * Reverse keeps equal items in their order, as Python has it.
 */
export function sortItems(items: Value[], keys: Value[] | null, reverse: boolean): void {
  if (reverse) {
    items.reverse();
    keys?.reverse();
  }
  const by = keys ?? items;
  const kind = kindOf(by);
  if (kind !== "other") {
    const compare =
      kind === "number"
        ? (a: Value, b: Value) => (a as number) - (b as number)
        : kind === "string"
          ? (a: Value, b: Value) => compareText(a as string, b as string)
          : kind === "tuple"
            ? (a: Value, b: Value) => compareTuples(a as PyTuple, b as PyTuple)
            : (a: Value, b: Value) => (a as PyFloat).v - (b as PyFloat).v;
    if (keys === null && kind === "number") {
      const sorted = Float64Array.from(items as number[]).sort();
      for (let i = 0; i < sorted.length; i++) items[i] = sorted[i];
    } else if (keys === null) items.sort(compare);
    else {
      const order = Array.from(keys.keys()).sort((i, j) => compare(keys[i], keys[j]));
      const sorted = order.map((i) => items[i]);
      for (let i = 0; i < sorted.length; i++) items[i] = sorted[i];
    }
  } else mergeSort(by, keys === null ? null : items, ltTruth);
  if (reverse) items.reverse();
}
