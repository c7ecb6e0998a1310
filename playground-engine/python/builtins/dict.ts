// The dict of Python programs, for TypeScript code too: get, set, delete, entries.
//
// Its Map may be shared with an object's attribute dictionary (`obj.__dict__`, `globals()`): see keys.ts.
import type { Namespace, Value } from "../runtime/object.ts";
import { ABSENT, directKey, HASHED, KeyTable } from "./keys.ts";

export class PyDict extends KeyTable {
  /** Keys as the program gave them, where they are not what stands in the map (True, 1.0, a str subclass). */
  private originals: Map<unknown, Value> | null = null;
  /** The keys in order, kept while popitem() works from the end. */
  private tail: unknown[] | null = null;

  constructor(map: Map<unknown, Value> = new Map()) {
    super(map);
  }

  /** A dict with these entries, later ones winning. */
  static from(entries: Iterable<readonly [Value, Value]>): PyDict {
    const d = new PyDict();
    for (const [k, v] of entries) d.set(k, v);
    return d;
  }

  get(key: Value): Value | undefined {
    if (typeof key === "string" || typeof key === "number") {
      const v = this.map.get(key);
      if (v !== undefined || this.buckets === null) return v;
    }
    const at = this.locate(key);
    return at === ABSENT ? undefined : this.map.get(at);
  }

  has(key: Value): boolean {
    if ((typeof key === "string" || typeof key === "number") && (this.buckets === null || this.map.has(key)))
      return this.map.has(key);
    return this.locate(key) !== ABSENT;
  }

  set(key: Value, value: Value): void {
    if ((typeof key === "string" || typeof key === "number") && this.buckets === null) {
      this.map.set(key, value);
      if (this.tail !== null) this.tail = null;
      return;
    }
    const at = this.claim(key);
    if (at !== key && !this.map.has(at)) (this.originals ??= new Map()).set(at, key);
    this.map.set(at, value);
    this.tail = null;
  }

  /** The value that was there, or undefined. */
  pop(key: Value): Value | undefined {
    const at = this.locate(key);
    if (at === ABSENT) return undefined;
    const v = this.map.get(at);
    this.remove(at);
    this.tail = null;
    return v;
  }

  delete(key: Value): boolean {
    return this.pop(key) !== undefined;
  }

  private remove(at: unknown): void {
    this.map.delete(at);
    this.originals?.delete(at);
    this.forget(at);
  }

  /** The last entry, or the first, taken out; undefined where empty. */
  popEnd(last: boolean): [Value, Value] | undefined {
    if (this.map.size === 0) return undefined;
    let at: unknown;
    if (last) {
      if (this.tail === null || this.tail.length !== this.map.size) this.tail = [...this.map.keys()];
      at = this.tail.pop();
    } else {
      at = this.map.keys().next().value;
      this.tail = null;
    }
    const entry: [Value, Value] = [this.keyAt(at), this.map.get(at)];
    this.remove(at);
    return entry;
  }

  /** Move a key to the end or to the front; false where it is absent. */
  moveTo(key: Value, last: boolean): boolean {
    const at = this.locate(key);
    if (at === ABSENT) return false;
    const v = this.map.get(at)!;
    this.tail = null;
    this.map.delete(at);
    if (last) this.map.set(at, v);
    else {
      const rest = [...this.map];
      this.map.clear();
      this.map.set(at, v);
      for (const [k, value] of rest) this.map.set(k, value);
    }
    return true;
  }

  clear(): void {
    this.map.clear();
    this.originals = null;
    this.buckets = null;
    this.tail = null;
  }

  /** The program's key for what stands in the map. */
  keyAt(at: unknown): Value {
    return this.originals === null ? at : (this.originals.get(at) ?? at);
  }

  /** All keys, as an array of their own. */
  keys(): Value[] {
    const out = [...this.map.keys()];
    if (this.originals !== null)
      for (let i = 0; i < out.length; i++) out[i] = this.originals.get(out[i]) ?? out[i];
    return out;
  }

  values(): Value[] {
    return [...this.map.values()];
  }

  entries(): [Value, Value][] {
    const out = [...this.map];
    if (this.originals !== null) for (const e of out) e[0] = this.originals.get(e[0]) ?? e[0];
    return out;
  }

  [Symbol.iterator](): Iterator<[Value, Value]> {
    return this.entries()[Symbol.iterator]();
  }

  /** A shallow copy: a plain dict whatever this one is. */
  copy(): PyDict {
    const d = new PyDict(new Map(this.map));
    d.originals = this.originals && new Map(this.originals);
    d.buckets = this.copyBuckets();
    return d;
  }

  /** `self.update(other)` for another dict. */
  merge(other: PyDict): void {
    if (
      this.buckets === null &&
      other.buckets === null &&
      other.originals === null &&
      this.originals === null
    ) {
      for (const [k, v] of other.map) this.map.set(k, v);
      this.tail = null;
    } else for (const [k, v] of other.entries()) this.set(k, v);
  }

  /** The map, where every key in it is a str: what keyword arguments and namespaces are made of. */
  asNamespace(): Namespace | undefined {
    if (this.originals !== null || this.buckets !== null) return undefined;
    for (const k of this.map.keys()) if (typeof k !== "string") return undefined;
    return this.map as Namespace;
  }
}

const views = new WeakMap<Namespace, PyDict>();

/** The live dict over a namespace; the same object for the same Map. */
export function dictOver(ns: Namespace): PyDict {
  let d = views.get(ns);
  if (!d) views.set(ns, (d = new PyDict(ns as Map<unknown, Value>)));
  return d;
}

/** A dict's Map as a namespace, whose view is this dict from now on: `obj.__dict__ = d` gives d back. */
export function shareNamespace(d: PyDict): Namespace | undefined {
  const ns = d.asNamespace();
  if (ns !== undefined && !views.has(ns)) views.set(ns, d);
  return ns;
}

export { directKey, HASHED };
