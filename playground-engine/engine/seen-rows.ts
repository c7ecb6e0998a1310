// Which rows a unique() result has given already: rows by the keys of their values, single values by their own.

export class SeenRows {
  // most branches end in one or two values: nothing is made before it is needed
  private seen: Set<unknown> | undefined;
  private branches: Map<unknown, SeenRows> | undefined;

  /** Notes a key, or a row's keys in order; false where it was there. */
  add(key: unknown): boolean {
    if (!Array.isArray(key)) return this.addOne(key);
    const keys = key as readonly unknown[];
    if (!keys.length) return this.addOne("");
    let at = this as SeenRows;
    for (let i = 0; i < keys.length - 1; i++) {
      const branches: Map<unknown, SeenRows> = (at.branches ??= new Map());
      let next = branches.get(keys[i]);
      if (!next) branches.set(keys[i], (next = new SeenRows()));
      at = next;
    }
    const last = keys.at(-1);
    return at.addOne(Array.isArray(last) ? new KeyBox(last) : last);
  }

  private addOne(key: unknown): boolean {
    if (this.seen?.has(key)) return false;
    (this.seen ??= new Set()).add(key);
    return true;
  }
}

/** Keeps a list that is a value from being taken for a row. */
class KeyBox {
  readonly inner: unknown;
  constructor(inner: unknown) {
    this.inner = inner;
  }
}
