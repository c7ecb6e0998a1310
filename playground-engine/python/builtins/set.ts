// The set and frozenset of Python programs, for TypeScript code too.
//
// A set of ints is iterated in the order that CPython's table would have (programs print such sets, and the hash of an
// int is itself); any other in insertion order, which is as good as CPython's, salted anew in every process.
import type { Value } from "../runtime/object.ts";
import { ABSENT, KeyTable } from "./keys.ts";
import { hashFloat, hashInt } from "./hashing.ts";

export class PySet extends KeyTable {
  /** Slots of CPython's table less one, and how many were ever filled: they decide the order of ints. */
  private mask = 7;
  private fill = 0;
  /** Whether any member is no int. */
  private mixed = false;

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
    if (++this.fill * 5 >= this.mask * 3) this.grow(this.map.size);
    return true;
  }

  private grow(used: number): void {
    const least = used > 50000 ? used * 2 : used * 4;
    let size = 8;
    while (size <= least) size *= 2;
    this.mask = size - 1;
    this.fill = this.map.size;
  }

  /** Whether it was there. */
  delete(v: Value): boolean {
    const at = this.locate(v);
    if (at === ABSENT) return false;
    this.map.delete(at);
    this.forget(at);
    return true;
  }

  clear(): void {
    this.map.clear();
    this.buckets = null;
    this.mask = 7;
    this.fill = 0;
    this.mixed = false;
  }

  /** All members in order, as an array of their own. */
  items(): Value[] {
    if (this.mixed || this.map.size < 2) return [...this.map.values()];
    return this.tableOrder();
  }

  /** As CPython's set_add_entry would place ints: ten neighbours first, then perturbed jumps. */
  private tableOrder(): Value[] {
    const mask = this.mask;
    const table = new Map<number, Value>();
    const slots: number[] = [];
    const bigMask = BigInt(mask);
    for (const [k, v] of this.map) {
      const h = typeof k === "number" && !Number.isInteger(k) ? hashFloat(k) : hashInt(k as number | bigint);
      let i = typeof h === "number" && h >= 0 && h <= 0x7fffffff ? h & mask : Number(BigInt.asUintN(64, BigInt(h)) & bigMask);
      let perturb = -1n;
      for (;;) {
        let free = -1;
        const last = i + 9 <= mask ? i + 9 : i;
        for (let j = i; j <= last; j++) {
          if (!table.has(j)) {
            free = j;
            break;
          }
        }
        if (free >= 0) {
          table.set(free, v);
          slots.push(free);
          break;
        }
        if (perturb < 0n) perturb = BigInt.asUintN(64, BigInt(h));
        perturb >>= 5n;
        i = Number((BigInt(i) * 5n + 1n + perturb) & bigMask);
      }
    }
    slots.sort((a, b) => a - b);
    return slots.map((i) => table.get(i)!);
  }

  [Symbol.iterator](): Iterator<Value> {
    return this.items()[Symbol.iterator]();
  }

  /** Fill from another set, as copying and union do: the table is made large enough beforehand. */
  absorb(other: PySet): void {
    if ((this.fill + other.map.size) * 5 >= this.mask * 3) {
      const used = (this.map.size + other.map.size) * 2;
      let size = 8;
      while (size <= used) size *= 2;
      if (size - 1 > this.mask) this.mask = size - 1;
    }
    for (const v of other.items()) this.add(v);
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
    const v = this.items()[0]!;
    this.delete(v);
    return v;
  }
}

export class PyFrozenSet extends PySet {
  /** hash(), once known */
  hashed: number | bigint | undefined = undefined;
}
