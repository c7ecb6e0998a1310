// Sets and maps of SQL elements by what SQLAlchemy calls their hash.
//
// An annotated element has the hash of the element it annotates, so both are one member; a clone has its own.
// Insertion order is kept, so that nothing that comes out of such a set depends on chance.

/** Anything with a stable number for identity. */
export interface Hashed {
  readonly hash: number;
}

export class ElementSet<T extends Hashed> implements Iterable<T> {
  private readonly members = new Map<number, T>();

  constructor(items?: Iterable<T>) {
    if (items) for (const item of items) this.add(item);
  }

  get size(): number {
    return this.members.size;
  }

  has(item: Hashed): boolean {
    return this.members.has(item.hash);
  }

  /** The first of equal members stays. */
  add(item: T): this {
    if (!this.members.has(item.hash)) this.members.set(item.hash, item);
    return this;
  }

  delete(item: Hashed): boolean {
    return this.members.delete(item.hash);
  }

  update(items: Iterable<T>): this {
    for (const item of items) this.add(item);
    return this;
  }

  intersects(other: Iterable<Hashed> | ElementSet<Hashed>): boolean {
    if (other instanceof ElementSet && other.size > this.size) return other.intersects(this);
    for (const item of other) if (this.members.has(item.hash)) return true;
    return false;
  }

  intersection(other: Iterable<Hashed>): ElementSet<T> {
    const keep = asSet(other);
    return new ElementSet([...this].filter((item) => keep.has(item)));
  }

  difference(other: Iterable<Hashed>): ElementSet<T> {
    const drop = asSet(other);
    return new ElementSet([...this].filter((item) => !drop.has(item)));
  }

  union(other: Iterable<T>): ElementSet<T> {
    return new ElementSet(this).update(other);
  }

  isSuperset(other: Iterable<Hashed>): boolean {
    for (const item of other) if (!this.members.has(item.hash)) return false;
    return true;
  }

  equals(other: ElementSet<Hashed>): boolean {
    return this.size === other.size && this.isSuperset(other);
  }

  toArray(): T[] {
    return [...this.members.values()];
  }

  [Symbol.iterator](): IterableIterator<T> {
    return this.members.values();
  }
}

function asSet(items: Iterable<Hashed>): { has(item: Hashed): boolean } {
  return items instanceof ElementSet ? items : new ElementSet(items);
}

/** Keys are elements or strings. */
export class ElementMap<K extends Hashed | string, V> implements Iterable<[K, V]> {
  private readonly members = new Map<number | string, [K, V]>();

  constructor(entries?: Iterable<readonly [K, V]>) {
    if (entries) for (const [k, v] of entries) this.set(k, v);
  }

  get size(): number {
    return this.members.size;
  }

  get(key: Hashed | string): V | undefined {
    return this.members.get(keyOf(key))?.[1];
  }

  has(key: Hashed | string): boolean {
    return this.members.has(keyOf(key));
  }

  /** An equal key that is there already stays, with the new value. */
  set(key: K, value: V): this {
    const at = this.members.get(keyOf(key));
    if (at) at[1] = value;
    else this.members.set(keyOf(key), [key, value]);
    return this;
  }

  delete(key: Hashed | string): boolean {
    return this.members.delete(keyOf(key));
  }

  *keys(): IterableIterator<K> {
    for (const [k] of this.members.values()) yield k;
  }

  *values(): IterableIterator<V> {
    for (const [, v] of this.members.values()) yield v;
  }

  entries(): IterableIterator<[K, V]> {
    return this.members.values();
  }

  [Symbol.iterator](): IterableIterator<[K, V]> {
    return this.members.values();
  }
}

function keyOf(key: Hashed | string): number | string {
  return typeof key === "string" ? key : key.hash;
}
