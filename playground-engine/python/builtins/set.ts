// The set and frozenset of Python programs, for TypeScript code too.
//
// A set of numbers is iterated in the order that CPython's table would have (programs print such sets, and the hash of an
// int is itself); any other in insertion order, which is as good as CPython's, salted anew in every process.
import type { Value } from "../runtime/object.ts";
import { ABSENT, KeyTable } from "./keys.ts";
import { hashFloat, hashInt } from "./hashing.ts";

/** Slots of a table that holds more than so many. */
function slotsFor(least: number): number {
  let size = 8;
  while (size <= least) size *= 2;
  return size;
}

const EMPTIED = Symbol("emptied");

/**
 * Visit the slots where CPython looks for a number, ten neighbours first, then perturbed jumps, until one is wanted.
 */
function probe(table: readonly unknown[], k: unknown, wanted: (slot: number) => boolean): number {
  const mask = table.length - 1;
  const h = typeof k === "number" && !Number.isInteger(k) ? hashFloat(k) : hashInt(k as number | bigint);
  let i =
    typeof h === "number" && (h | 0) === h ? h & mask : Number(BigInt.asUintN(64, BigInt(h)) & BigInt(mask));
  let perturb = -1n;
  for (;;) {
    const stop = i + 9 <= mask ? i + 9 : i;
    for (let j = i; j <= stop; j++) if (wanted(j)) return j;
    if (perturb < 0n) perturb = BigInt.asUintN(64, BigInt(h));
    perturb >>= 5n;
    i = Number((BigInt(i) * 5n + 1n + perturb) & BigInt(mask));
  }
}

/** Put in a number: into the last emptied slot on its way, or the first unused one. Whether the slot had been emptied. */
function place(table: unknown[], k: unknown): boolean {
  let free = -1;
  const unused = probe(table, k, (j) => {
    if (table[j] === EMPTIED) free = j;
    return table[j] === undefined;
  });
  table[free >= 0 ? free : unused] = k;
  return free >= 0;
}

function empty(table: unknown[], k: unknown): void {
  table[probe(table, k, (j) => table[j] === k)] = EMPTIED;
}

export class PySet extends KeyTable {
  /** Slots of CPython's table less one, and how many were filled since it last grew: they decide the order of numbers. */
  private mask = 7;
  private fill = 0;
  /** Whether any member is no number. */
  private mixed = false;
  /** CPython's table itself, kept once members have been taken out; until then the order of the Map tells it. */
  private table: unknown[] | null = null;
  /** The order, as long as it holds; pop() takes from its front. */
  private order: unknown[] | null = null;
  private popped = 0;

  constructor(items: Iterable<Value> = []) {
    super(new Map());
    for (const v of items) this.add(v);
  }

  has(v: Value): boolean {
    if ((typeof v === "string" || typeof v === "number") && this.buckets === null) return this.map.has(v);
    return this.locate(v) !== ABSENT;
  }

  /** Whether it was new. */
  add(v: Value): boolean {
    const at = this.claim(v);
    if (this.map.has(at)) return false;
    this.map.set(at, v);
    if (typeof at !== "number" && typeof at !== "bigint") this.mixed = true;
    this.order = null;
    if (this.table !== null && !this.mixed && place(this.table, at)) return true;
    if (++this.fill * 5 >= this.mask * 3)
      this.resize(this.map.size > 50000 ? this.map.size * 2 : this.map.size * 4);
    return true;
  }

  /** Another table for more than `least` members: they move over in the order of the old one. */
  private resize(least: number): void {
    if (!this.mixed && this.map.size > 1) {
      const moved = this.tableOrder().map((k) => [k, this.map.get(k)] as const);
      this.map.clear();
      for (const [k, v] of moved) this.map.set(k, v);
    }
    this.mask = slotsFor(least) - 1;
    this.fill = this.map.size;
    this.table = null;
    this.order = null;
  }

  /** Whether it was there. */
  delete(v: Value): boolean {
    const at = this.locate(v);
    if (at === ABSENT) return false;
    this.order = null;
    this.remove(at);
    return true;
  }

  private remove(at: unknown): void {
    if (!this.mixed) {
      this.table ??= this.filled();
      empty(this.table, at);
    }
    this.map.delete(at);
    this.forget(at);
  }

  clear(): void {
    this.map.clear();
    this.buckets = null;
    this.mask = 7;
    this.fill = 0;
    this.mixed = false;
    this.table = null;
    this.order = null;
  }

  /** All members in order, as an array of their own. */
  items(): Value[] {
    if (this.mixed || this.map.size < 2) return [...this.map.values()];
    return this.keysInOrder().map((k) => this.map.get(k));
  }

  private keysInOrder(): unknown[] {
    if (this.order === null) {
      this.order = this.tableOrder();
      this.popped = 0;
    }
    return this.popped > 0 ? this.order.slice(this.popped) : this.order;
  }

  private filled(): unknown[] {
    const table = new Array<unknown>(this.mask + 1).fill(undefined);
    for (const k of this.map.keys()) place(table, k);
    return table;
  }
  private tableOrder(): unknown[] {
    return (this.table ?? this.filled()).filter((k) => k !== undefined && k !== EMPTIED);
  }

  [Symbol.iterator](): Iterator<Value> {
    return this.items()[Symbol.iterator]();
  }

  /** Make room for so many more members at once. */
  reserve(more: number): void {
    if ((this.fill + more) * 5 >= this.mask * 3) this.resize((this.map.size + more) * 2);
  }

  /** Fill from another set, as copying and union do: the table is made large enough beforehand. */
  absorb(other: PySet): void {
    if (other.map.size === 0) return;
    this.reserve(other.map.size);
    const alike = this.fill === 0 && this.mask === other.mask && other.fill === other.map.size;
    if (this.fill === 0 && other.mixed) this.copyFrom(other);
    else for (const v of alike ? [...other.map.values()] : other.items()) this.add(v);
  }

  /** Members of a set differ from each other: into an empty one they go without being compared. */
  private copyFrom(other: PySet): void {
    for (const [at, v] of other.map) this.map.set(at, v);
    this.buckets = other.copyBuckets();
    this.fill = other.map.size;
    this.mixed = true;
    this.order = null;
  }

  /** Take out many; a table of many emptied slots is made anew. */
  deleteAll(items: Iterable<Value>): void {
    for (const v of items) this.delete(v);
    if (this.fill - this.map.size > Math.floor(this.mask / 4))
      this.resize(this.map.size > 50000 ? this.map.size * 2 : this.map.size * 4);
  }

  /** A member of an arbitrary place, taken out; undefined where empty. */
  popAny(): Value | undefined {
    if (this.map.size === 0) return undefined;
    if (this.mixed) {
      const [at, v] = this.map.entries().next().value!;
      this.map.delete(at);
      this.forget(at);
      return v;
    }
    if (this.order === null) this.keysInOrder();
    const at = this.order![this.popped++];
    const v = this.map.get(at);
    this.remove(at);
    return v;
  }
}

export class PyFrozenSet extends PySet {
  /** hash(), once known */
  hashed: number | bigint | undefined = undefined;
}
