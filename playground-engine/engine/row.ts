// A row: values in order, found by position, by name, or by what was selected.
//
// Types' processors have run when a row is made, not when it is read. A Row compares and hashes as the tuple of its values; a RowMapping is the
// same data as a mapping. Names come from the result's metadata. Behaviour: SQLAlchemy engine/row.py, engine/_py_row.py.
import { warnDeprecated } from "../errors/index.ts";
import type { ResultProcessor } from "../sql/types/dialect-facts.ts";
import { reprRow } from "../util/repr-params.ts";
import { host, type Value } from "../util/host.ts";

export type Processors = readonly (ResultProcessor | null)[];

/** What a row asks of the metadata of its result. */
export interface RowParent {
  readonly keys: { toArray(): readonly string[] };
  readonly keyToIndex: ReadonlyMap<unknown, number>;
  hasKey(key: unknown): boolean;
  /** Throws for a key that is missing (KeyError, or AttributeError for an attribute) or ambiguous. */
  keyNotFound(key: unknown, attributeError: boolean): never;
}

/** What a key counts as in a Map: an element by its hash, so that an annotated column finds the plain one. */
export function rowKey(key: unknown): unknown {
  if (
    typeof key === "object" &&
    key !== null &&
    (key as { isClauseElement?: unknown }).isClauseElement === true
  )
    return `\0${(key as { hash: number }).hash}`;
  return key;
}

abstract class BaseRow {
  readonly _parent: RowParent;
  readonly _data: readonly Value[];

  constructor(parent: RowParent, processors: Processors | null, data: readonly Value[]) {
    this._parent = parent;
    if (processors) {
      const made: Value[] = new Array<Value>(processors.length);
      for (let i = 0; i < processors.length; i++) {
        const processor = processors[i];
        made[i] = processor ? processor(data[i]) : data[i];
      }
      this._data = made;
    } else this._data = data;
  }

  get length(): number {
    return this._data.length;
  }

  /** The value under a key. Throws as the metadata says. */
  getByKey(key: unknown): Value {
    const i = this._parent.keyToIndex.get(rowKey(key));
    if (i === undefined) return this._parent.keyNotFound(key, false);
    return this._data[i];
  }

  /** `row.name`. Throws AttributeError. */
  getAttr(name: string): Value {
    const i = this._parent.keyToIndex.get(name);
    if (i === undefined) return this._parent.keyNotFound(name, true);
    return this._data[i];
  }

  /** Whether `row.name` is a value of the row. */
  hasAttr(name: string): boolean {
    return this._parent.hasKey(name);
  }

  /** A host's key for use in sets: that of the tuple. */
  hashKey(): unknown {
    return host.key(host.makeTuple(this._data));
  }
}

export class Row extends BaseRow implements Iterable<Value> {
  /** `row[i]` for an integer; negative from the end. Throws IndexError. */
  get(index: number): Value {
    const i = index < 0 ? index + this._data.length : index;
    if (i < 0 || i >= this._data.length) throw host.error("IndexError", "tuple index out of range");
    return this._data[i];
  }

  get _mapping(): RowMapping {
    return new RowMapping(this._parent, null, this._data);
  }

  get _fields(): Value {
    return host.makeTuple(this._parent.keys.toArray());
  }

  _asdict(): Value {
    return host.makeDict(this._mapping.entries());
  }

  _tuple(): this {
    return this;
  }

  get _t(): this {
    return this;
  }

  tuple(): this {
    warnDeprecated(
      "The Row.tuple() method is deprecated in favor of Row._tuple(); all Row methods and library-level attributes are intended to be underscored to avoid name conflicts.  Please use Row._tuple(). (deprecated since: 2.0.19)",
    );
    return this;
  }

  get t(): this {
    warnDeprecated(
      "The Row.t attribute is deprecated in favor of Row._t; all Row methods and library-level attributes are intended to be underscored to avoid name conflicts.  Please use Row._t. (deprecated since: 2.0.19)",
    );
    return this;
  }

  /** The data as a tuple of the host: for comparison with anything else. */
  toTuple(): Value {
    return host.makeTuple(this._data);
  }

  equals(other: Value): boolean {
    return host.equal(this.toTuple(), other instanceof Row ? other.toTuple() : other);
  }

  compareTo(other: Value): number {
    return host.compare(this.toTuple(), other instanceof Row ? other.toTuple() : other);
  }

  contains(value: Value): boolean {
    return this._data.some((v) => host.same(v, value) || host.equal(v, value));
  }

  count(value: Value): number {
    return this._data.filter((v) => host.same(v, value) || host.equal(v, value)).length;
  }

  /** Position of a value. Throws ValueError. */
  index(value: Value, start = 0, stop: number | null = null): number {
    const n = this._data.length;
    const from = start < 0 ? Math.max(n + start, 0) : start;
    const to = stop === null ? n : stop < 0 ? stop + n : Math.min(stop, n);
    for (let i = from; i < to; i++)
      if (host.same(this._data[i], value) || host.equal(this._data[i], value)) return i;
    throw host.error("ValueError", "");
  }

  /** @internal values as they count for unique() */
  _filterOnValues(filters: readonly ((v: Value) => unknown)[]): unknown[] {
    return this._data.map((v, i) => (filters[i] ? (filters[i] as (v: Value) => unknown)(v) : host.key(v)));
  }

  repr(): string {
    return reprRow(this._data);
  }

  override toString(): string {
    return this.repr();
  }

  [Symbol.iterator](): Iterator<Value> {
    return this._data[Symbol.iterator]();
  }
}

export class RowMapping extends BaseRow implements Iterable<string> {
  get(key: unknown, fallback: Value = null): Value {
    const i = this._parent.keyToIndex.get(rowKey(key));
    if (i !== undefined) return this._data[i];
    // An ambiguous name is an error, a missing one is not.
    if (this._parent.hasKey(key)) return this._parent.keyNotFound(key, false);
    return fallback;
  }

  has(key: unknown): boolean {
    return this._parent.hasKey(key);
  }

  keys(): RowParent["keys"] {
    return this._parent.keys;
  }

  values(): readonly Value[] {
    return this._data;
  }

  *entries(): Generator<[string, Value]> {
    for (const key of this._parent.keys.toArray()) yield [key, this.getByKey(key)];
  }

  equals(other: Value): boolean {
    const theirs = other instanceof RowMapping ? host.makeDict(other.entries()) : other;
    return host.equal(host.makeDict(this.entries()), theirs);
  }

  repr(): string {
    return host.repr(host.makeDict(this.entries()));
  }

  override toString(): string {
    return this.repr();
  }

  [Symbol.iterator](): Iterator<string> {
    return this._parent.keys.toArray()[Symbol.iterator]();
  }
}
