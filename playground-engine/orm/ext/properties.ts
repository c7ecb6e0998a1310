// Values by name that a program reads as attributes: `Base.classes.user`.
// Behaviour: SQLAlchemy util/_collections.py (Properties).
import { host } from "../../util/host.ts";

export class Properties<T> implements Iterable<T> {
  static readonly pyModule: string = "sqlalchemy.util._collections";
  private readonly data = new Map<string, T>();

  get length(): number {
    return this.data.size;
  }
  [Symbol.iterator](): Iterator<T> {
    return this.data.values();
  }
  /** `props.key`; undefined where there is none. */
  namespaceAttribute(key: string): T | undefined {
    return this.data.get(key);
  }
  /** `props[key]` @throws the host's KeyError */
  getItem(key: string): T {
    const found = this.data.get(key);
    if (found === undefined) throw host.error("KeyError", key);
    return found;
  }
  setItem(key: string, value: T): void {
    this.data.set(key, value);
  }
  deleteItem(key: string): void {
    if (!this.data.delete(key)) throw host.error("KeyError", key);
  }
  contains(key: string): boolean {
    return this.data.has(key);
  }
  hasKey(key: string): boolean {
    return this.data.has(key);
  }
  get(key: string, otherwise: T | null = null): T | null {
    return this.data.get(key) ?? otherwise;
  }
  keys(): string[] {
    return [...this.data.keys()];
  }
  values(): T[] {
    return [...this.data.values()];
  }
  items(): unknown[] {
    return [...this.data].map((entry) => host.makeTuple(entry));
  }
  clear(): void {
    this.data.clear();
  }
}
