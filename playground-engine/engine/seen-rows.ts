// Which rows a unique() result has given already: rows by the keys of their values, single values by their own.

export class SeenRows {
  private readonly seen = new Set<unknown>();
  private readonly branches = new Map<unknown, SeenRows>();

  /** Notes a key, or a row's keys in order; false where it was there. */
  add(key: unknown): boolean {
    if (!Array.isArray(key)) {
      if (this.seen.has(key)) return false;
      this.seen.add(key);
      return true;
    }
    const keys = key as readonly unknown[];
    if (!keys.length) return this.add("");
    let at = this as SeenRows;
    for (let i = 0; i < keys.length - 1; i++) {
      let next = at.branches.get(keys[i]);
      if (!next) at.branches.set(keys[i], (next = new SeenRows()));
      at = next;
    }
    const last = keys.at(-1);
    return at.add(Array.isArray(last) ? new KeyBox(last) : last);
  }
}

/** Keeps a list that is a value from being taken for a row. */
class KeyBox {
  readonly inner: unknown;
  constructor(inner: unknown) {
    this.inner = inner;
  }
}
