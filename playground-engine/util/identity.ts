// Sets that keep insertion order, and a list that takes each object once.
//
// SQLAlchemy's IdentitySet and OrderedSet differ in what counts as equal (identity or __eq__); our members are the
// engine's own objects, for which both are identity, so one ordered JavaScript Set carries them all.
// Behaviour: SQLAlchemy util/_py_collections.py, util/_collections.py.

/** A set of objects by identity, in insertion order. */
export class IdentitySet<T> implements Iterable<T> {
  protected readonly members: Set<T>;

  constructor(items?: Iterable<T>) {
    this.members = new Set(items);
  }

  get size(): number {
    return this.members.size;
  }

  has(item: T): boolean {
    return this.members.has(item);
  }

  add(item: T): this {
    this.members.add(item);
    return this;
  }

  /** Takes the item out; false where it was not there. */
  discard(item: T): boolean {
    return this.members.delete(item);
  }

  clear(): void {
    this.members.clear();
  }

  update(...iterables: Iterable<T>[]): void {
    for (const items of iterables) for (const item of items) this.members.add(item);
  }

  differenceUpdate(items: Iterable<T>): void {
    for (const item of items) this.members.delete(item);
  }

  intersectionUpdate(items: Iterable<T>): void {
    const keep = asSet(items);
    for (const item of [...this.members]) if (!keep.has(item)) this.members.delete(item);
  }

  /** Removes and returns the newest member; undefined when empty. */
  pop(): T | undefined {
    let last: T | undefined;
    for (const item of this.members) last = item;
    if (last !== undefined) this.members.delete(last);
    return last;
  }

  union(...iterables: Iterable<T>[]): IdentitySet<T> {
    const out = this.copy();
    out.update(...iterables);
    return out;
  }

  difference(items: Iterable<T>): IdentitySet<T> {
    const drop = asSet(items);
    return new IdentitySet([...this.members].filter((m) => !drop.has(m)));
  }

  intersection(items: Iterable<T>): IdentitySet<T> {
    const keep = asSet(items);
    return new IdentitySet([...this.members].filter((m) => keep.has(m)));
  }

  symmetricDifference(items: Iterable<T>): IdentitySet<T> {
    const other = asSet(items);
    const out = this.difference(other);
    for (const item of other) if (!this.members.has(item)) out.add(item);
    return out;
  }

  isSubset(items: Iterable<T>): boolean {
    const other = asSet(items);
    for (const m of this.members) if (!other.has(m)) return false;
    return true;
  }

  isSuperset(items: Iterable<T>): boolean {
    for (const item of items) if (!this.members.has(item)) return false;
    return true;
  }

  isDisjoint(items: Iterable<T>): boolean {
    for (const item of items) if (this.members.has(item)) return false;
    return true;
  }

  copy(): IdentitySet<T> {
    return new IdentitySet(this.members);
  }

  toArray(): T[] {
    return [...this.members];
  }

  [Symbol.iterator](): IterableIterator<T> {
    return this.members.values();
  }
}

/** The same set under the name SQLAlchemy uses where order is what matters. */
export class OrderedSet<T> extends IdentitySet<T> {
  override copy(): OrderedSet<T> {
    return new OrderedSet(this.members);
  }

  /** Puts the item at a position, unless it is a member already. */
  insert(position: number, item: T): void {
    if (this.members.has(item)) return;
    const all = [...this.members];
    all.splice(position, 0, item);
    this.members.clear();
    for (const m of all) this.members.add(m);
  }

  at(index: number): T | undefined {
    return this.toArray().at(index);
  }
}

function asSet<T>(items: Iterable<T>): { has(item: T): boolean } & Iterable<T> {
  return items instanceof Set || items instanceof IdentitySet ? items : new Set(items);
}

/** Appends to a list, a set or a callback, each object once. */
export class UniqueAppender<T> {
  private readonly seen = new Set<T>();
  private readonly put: (item: T) => void;

  constructor(put: T[] | { add(item: T): unknown } | ((item: T) => void)) {
    this.put =
      typeof put === "function"
        ? put
        : Array.isArray(put)
          ? (item) => void put.push(item)
          : (item) => void put.add(item);
  }

  append(item: T): void {
    if (this.seen.has(item)) return;
    this.seen.add(item);
    this.put(item);
  }
}

/** The items without repetitions, first occurrences kept; `key` says what counts as the same. */
export function uniqueList<T>(items: Iterable<T>, key?: (item: T) => unknown): T[] {
  if (!key) return [...new Set(items)];
  const seen = new Set<unknown>();
  const out: T[] = [];
  for (const item of items) {
    const k = key(item);
    if (seen.has(k)) continue;
    seen.add(k);
    out.push(item);
  }
  return out;
}
