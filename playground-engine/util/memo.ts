// Values computed once per object.
//
// Two forms: `Memo` for a group of derived values that are forgotten together (SQLAlchemy's HasMemoized, which generative
// copies reset), and `memoized` for a property that settles at its first reading.

export const EMPTY_ARRAY: readonly never[] = Object.freeze([]);
export const EMPTY_MAP: ReadonlyMap<never, never> = new Map<never, never>();

/** Derived values of one object, forgotten together. */
export class Memo {
  private readonly values = new Map<string, unknown>();

  /** The value under this name, made on first use. */
  get<V>(name: string, make: () => V): V {
    let v = this.values.get(name) as V | undefined;
    if (v === undefined && !this.values.has(name)) {
      v = make();
      this.values.set(name, v);
    }
    return v as V;
  }

  set(name: string, value: unknown): void {
    this.values.set(name, value);
  }

  has(name: string): boolean {
    return this.values.has(name);
  }

  reset(name?: string): void {
    if (name === undefined) this.values.clear();
    else this.values.delete(name);
  }
}

/** A function that gives 0, 1, 2 … : creation order of schema items, statement counters. */
export function counter(start = 0): () => number {
  let n = start;
  return () => n++;
}
