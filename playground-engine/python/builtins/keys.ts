// How dict and set find a key: the one idea that both rest on.
//
// A JavaScript Map is the table, in insertion order. A key that JavaScript compares as Python does is its own entry
// there: str, int (True is 1, 1.0 is 1), float, None, and objects that compare by identity. Any other key, "hashed",
// is entered as the object itself and found through `buckets` by hash and ==. So the common dicts are a bare Map,
// and the attribute dictionary of an object can be one without being copied.
import {
  type DICT,
  type Namespace,
  PyBoxed,
  PyBytes,
  PyFloat,
  PyTuple,
  type PyType,
  TYPE,
  type Typed,
  type Value,
  bare,
} from "../runtime/object.ts";
import { objectType } from "../runtime/base-types.ts";
import { hash } from "../runtime/hash.ts";
import { eqTruth } from "../runtime/comparison.ts";
import { PyBuiltin } from "../runtime/native-function.ts";
import { intFromFloat } from "./int-math.ts";
import { fold, foldTuple } from "./hashing.ts";

/** The key is found by hash and ==. */
export const HASHED: unique symbol = Symbol("hashed");
/** The key is not there. */
export const ABSENT: unique symbol = Symbol("absent");

/** What stands for a key in the Map, or HASHED. */
export function directKey(v: Value): unknown {
  switch (typeof v) {
    case "string":
    case "number":
    case "bigint":
      return v;
    case "boolean":
      return v ? 1 : 0;
    default:
      return v === null ? null : objectKey(v as Typed);
  }
}

function objectKey(v: Typed): unknown {
  if (v instanceof PyTuple) return HASHED;
  const t = v[TYPE];
  if (v instanceof PyFloat) {
    if (t !== bare.float && !plainNumber(t, bare.float)) return HASHED;
    return v.v !== v.v ? v : Number.isInteger(v.v) ? intFromFloat(v.v) : v.v;
  }
  const eq = t.lookup("__eq__");
  if (eq === objectType.dict.get("__eq__")) {
    // Compared by identity. A __hash__ of the program's own is called for its effects; None makes it unhashable.
    const h = t.lookup("__hash__");
    return h instanceof PyBuiltin ? v : HASHED;
  }
  if (v instanceof PyBoxed && plainNumber(t, typeof v.value === "string" ? bare.str : bare.int))
    return v.value;
  return HASHED;
}

/** Whether a subclass compares and hashes as its base does. */
function plainNumber(t: PyType, base: PyType): boolean {
  return t.lookup("__eq__") === base.lookup("__eq__") && t.lookup("__hash__") === base.lookup("__hash__");
}

/** A 32-bit hash, the same for equal keys. @throws TypeError for unhashable ones */
function bucketOf(v: Value): number {
  if (v instanceof PyTuple && plainTuple(v[TYPE])) return foldTuple(v.items, hash);
  return fold(hash(v));
}

let tupleType: PyType | undefined;
function plainTuple(t: PyType): boolean {
  tupleType ??= PyTuple.prototype[TYPE];
  return t === tupleType || t.lookup("__hash__") === tupleType.lookup("__hash__");
}

/** Keys that are equal, the identical one first. */
function sameKey(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (
    a instanceof PyTuple &&
    b instanceof PyTuple &&
    a[TYPE] === b[TYPE] &&
    a[TYPE] === (tupleType ??= PyTuple.prototype[TYPE])
  ) {
    const x = a.items;
    const y = b.items;
    if (x.length !== y.length) return false;
    for (let i = 0; i < x.length; i++) {
      const p = x[i];
      const q = y[i];
      if (p === q) continue;
      if ((typeof p === "string" || typeof p === "number") && typeof p === typeof q) return false;
      if (!sameKey(p, q)) return false;
    }
    return true;
  }
  return eqTruth(a, b);
}

/** A table of keys: what dict and set derive from. */
export abstract class KeyTable {
  declare [TYPE]: PyType;
  declare [DICT]?: Namespace;
  /** For dict the values, for set the keys as the program gave them. */
  map: Map<unknown, Value>;
  /** Hashed keys by bucket; null while there is none. */
  protected buckets: Map<number, Value[]> | null = null;

  constructor(map: Map<unknown, Value>) {
    this.map = map;
  }

  /** What stands for this key in the map, if it is there, else ABSENT. @throws TypeError for unhashable keys */
  protected locate(key: Value): unknown {
    const direct = directKey(key);
    if (direct !== HASHED) {
      if (this.map.has(direct)) return direct;
      return this.buckets === null ? ABSENT : this.inBucket(key, bucketOf(key));
    }
    const h = bucketOf(key);
    const found = this.buckets === null ? ABSENT : this.inBucket(key, h);
    return found === ABSENT ? this.amongDirect(key, h) : found;
  }

  private inBucket(key: Value, h: number): unknown {
    const bucket = this.buckets!.get(h);
    if (bucket !== undefined) for (const k of bucket) if (sameKey(k, key)) return k;
    return ABSENT;
  }

  /** A hashed key may equal a direct one: Decimal(1) and 1, an object that stands for a str. */
  private amongDirect(key: Value, h: number): unknown {
    if (this.map.size === 0 || key instanceof PyTuple || key instanceof PyBytes) return ABSENT;
    const t = (key as Typed)[TYPE];
    if (t.lookup("__eq__") === objectType.dict.get("__eq__")) return ABSENT;
    for (const k of this.map.keys()) {
      if (typeof k !== "object" && fold(hash(toValue(k))) === h && eqTruth(toValue(k), key)) return k;
    }
    return ABSENT;
  }

  /** What stands for this key, entered now where it is new. */
  protected claim(key: Value): unknown {
    const direct = directKey(key);
    if (direct !== HASHED) {
      if (this.buckets === null || this.map.has(direct)) return direct;
      const found = this.inBucket(key, bucketOf(key));
      return found === ABSENT ? direct : found;
    }
    const h = bucketOf(key);
    if (this.buckets !== null) {
      const found = this.inBucket(key, h);
      if (found !== ABSENT) return found;
    }
    const among = this.amongDirect(key, h);
    if (among !== ABSENT) return among;
    this.buckets ??= new Map();
    const bucket = this.buckets.get(h);
    if (bucket) bucket.push(key);
    else this.buckets.set(h, [key]);
    return key;
  }

  /** Take out of the buckets what stood in the map. */
  protected forget(entry: unknown): void {
    if (this.buckets === null || typeof entry !== "object" || entry === null || directKey(entry) !== HASHED)
      return;
    const h = bucketOf(entry);
    const bucket = this.buckets.get(h);
    const i = bucket ? bucket.indexOf(entry) : -1;
    if (i < 0) return;
    if (bucket!.length === 1) this.buckets.delete(h);
    else bucket!.splice(i, 1);
    if (this.buckets.size === 0) this.buckets = null;
  }

  protected copyBuckets(): Map<number, Value[]> | null {
    if (this.buckets === null) return null;
    const out = new Map<number, Value[]>();
    for (const [h, bucket] of this.buckets) out.set(h, bucket.slice());
    return out;
  }

  get size(): number {
    return this.map.size;
  }
}

/** A direct entry as a Python value: JavaScript numbers with a fraction are floats. */
function toValue(k: unknown): Value {
  return typeof k === "number" && !Number.isInteger(k) ? new PyFloat(k) : k;
}
