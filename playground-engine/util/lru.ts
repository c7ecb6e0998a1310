// A cache of bounded size that forgets what was used longest ago.
//
// It overflows by half its capacity before it is cut back, as SQLAlchemy's does: the log's "[generated in …]" and
// "[cached since …]" follow from it. A JavaScript Map keeps insertion order, so a use moves its entry to the end.
// Behaviour: SQLAlchemy util/_collections.py LRUCache.

export class LRUCache<K, V> {
  readonly capacity: number;
  readonly threshold: number;
  private readonly data = new Map<K, V>();
  private readonly sizeAlert: ((cache: LRUCache<K, V>) => void) | undefined;

  constructor(
    capacity = 100,
    options: { threshold?: number; sizeAlert?: (cache: LRUCache<K, V>) => void } = {},
  ) {
    this.capacity = capacity;
    this.threshold = options.threshold ?? 0.5;
    this.sizeAlert = options.sizeAlert;
  }

  get size(): number {
    return this.data.size;
  }

  get sizeThreshold(): number {
    return this.capacity + this.capacity * this.threshold;
  }

  get(key: K): V | undefined {
    const v = this.data.get(key);
    if (v === undefined) return undefined;
    this.data.delete(key);
    this.data.set(key, v);
    return v;
  }

  set(key: K, value: V): void {
    this.data.delete(key);
    this.data.set(key, value);
    if (this.data.size <= this.sizeThreshold) return;
    this.sizeAlert?.(this);
    for (const old of this.data.keys()) {
      if (this.data.size <= this.capacity) break;
      this.data.delete(old);
    }
  }

  has(key: K): boolean {
    return this.data.has(key);
  }

  delete(key: K): boolean {
    return this.data.delete(key);
  }

  clear(): void {
    this.data.clear();
  }

  keys(): IterableIterator<K> {
    return this.data.keys();
  }

  values(): IterableIterator<V> {
    return this.data.values();
  }
}
