// A cache of bounded size that forgets what was used longest ago.
//
// It overflows by half its capacity before it is cut back, as SQLAlchemy's does: the log's "[generated in …]" and
// "[cached since …]" follow from it. Each entry remembers when it was last used, so that a use costs one look-up.
// Behaviour: SQLAlchemy util/_collections.py LRUCache.

interface Entry<V> {
  readonly value: V;
  used: number;
}

export class LRUCache<K, V> {
  readonly capacity: number;
  readonly threshold: number;
  private readonly data = new Map<K, Entry<V>>();
  private uses = 0;
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
    const entry = this.data.get(key);
    if (entry === undefined) return undefined;
    entry.used = this.uses++;
    return entry.value;
  }

  set(key: K, value: V): void {
    this.data.set(key, { value, used: this.uses++ });
    if (this.data.size <= this.sizeThreshold) return;
    this.sizeAlert?.(this);
    const oldest = [...this.data].sort(([, a], [, b]) => a.used - b.used);
    for (const [old] of oldest.slice(0, this.data.size - this.capacity)) this.data.delete(old);
  }

  has(key: K): boolean {
    return this.data.has(key);
  }

  clear(): void {
    this.data.clear();
  }

  *values(): Generator<V> {
    for (const { value } of this.data.values()) yield value;
  }
}
