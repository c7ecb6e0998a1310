// A mapper's properties of one kind, by key: what `mapper.attrs`, `relationships` and the like give.
//
// Iterates over the properties, as SQLAlchemy's ReadOnlyProperties does; attribute and item access are the bindings' affair.
import { host } from "../../util/host.ts";

export class ReadOnlyProperties<T> implements Iterable<T> {
  static readonly pyModule: string = "sqlalchemy.util._collections";
  private readonly map: ReadonlyMap<string, T>;

  constructor(entries: Iterable<readonly [string, T]>) {
    this.map = new Map(entries);
  }

  get(key: string, otherwise: T | null = null): T | null {
    return this.map.get(key) ?? otherwise;
  }

  /** `props[key]` @throws the host's KeyError */
  getItem(key: string): T {
    const found = this.map.get(key);
    if (found === undefined) throw host.error("KeyError", key);
    return found;
  }

  /** `props.key`; undefined where there is none. */
  namespaceAttribute(key: string): T | undefined {
    return this.map.get(key);
  }

  has(key: string): boolean {
    return this.map.has(key);
  }
  contains(key: string): boolean {
    return this.map.has(key);
  }
  keys(): string[] {
    return [...this.map.keys()];
  }
  values(): T[] {
    return [...this.map.values()];
  }
  items(): [string, T][] {
    return [...this.map.entries()];
  }
  entries(): Iterable<[string, T]> {
    return this.map.entries();
  }
  get size(): number {
    return this.map.size;
  }
  get length(): number {
    return this.map.size;
  }
  [Symbol.iterator](): Iterator<T> {
    return this.map.values();
  }
}
