// What a result knows about its columns: their keys, and which position each key means.
//
// SimpleResultMetaData serves results that no cursor made (the ORM's, frozen ones); that of cursors is in
// cursor-metadata.ts. Reduced metadata reads full rows through `tuplefilter`. Behaviour: SQLAlchemy engine/result.py.
import { InvalidRequestError } from "../errors/index.ts";
import { host, type Value } from "../util/host.ts";
import { reprString } from "../util/text.ts";
import { Row, rowKey, type Processors, type RowParent } from "./row.ts";

export type UniqueFilter = (value: Value) => unknown;

/** The keys of a result as a view: `result.keys()`. */
export class RMKeyView implements Iterable<string> {
  private readonly parent: ResultMetaData;
  private readonly names: readonly string[];

  constructor(parent: ResultMetaData) {
    this.parent = parent;
    this.names = parent.keyNames.filter((k): k is string => k !== null);
  }

  get length(): number {
    return this.names.length;
  }

  toArray(): readonly string[] {
    return this.names;
  }

  has(key: unknown): boolean {
    return typeof key === "number" ? false : this.parent.hasKey(key);
  }

  equals(other: Value): boolean {
    const theirs = host.iterate(other);
    return theirs !== undefined && host.equal(host.makeList(theirs), host.makeList(this.names));
  }

  repr(): string {
    return `RMKeyView([${this.names.map(reprString).join(", ")}])`;
  }

  toString(): string {
    return this.repr();
  }

  [Symbol.iterator](): Iterator<string> {
    return this.names[Symbol.iterator]();
  }
}

export abstract class ResultMetaData implements RowParent {
  keyNames: readonly (string | null)[] = [];
  keyToIndex: ReadonlyMap<unknown, number> = new Map();
  /** One a column of the raw row. */
  processors: Processors | null = null;
  /** Positions in the raw row of the columns that are left. */
  tuplefilter: readonly number[] | null = null;
  uniqueFilters: readonly (UniqueFilter | null)[] | null = null;
  private view: RMKeyView | undefined;

  /** False for a statement that gives no rows. */
  get returnsRows(): boolean {
    return true;
  }

  get keys(): RMKeyView {
    return (this.view ??= new RMKeyView(this));
  }

  abstract hasKey(key: unknown): boolean;
  abstract forFreeze(): ResultMetaData;
  /** Position of a key; undefined where it is missing and raiseerr is false. */
  abstract indexForKey(key: unknown, raiseerr?: boolean): number | undefined;
  /** Metadata of these columns only. */
  abstract reduce(keys: readonly unknown[]): ResultMetaData;
  abstract keyNotFound(key: unknown, attributeError: boolean): never;

  /** Processors, or null where none has anything to do. */
  get effectiveProcessors(): Processors | null {
    return this.processors?.some((p) => p !== null) ? this.processors : null;
  }

  /** A function that reads this column of a row; undefined where it is missing and raiseerr is false. */
  getter(key: unknown, raiseerr = true): ((row: { readonly _data: readonly Value[] }) => Value) | undefined {
    const index = this.indexForKey(key, raiseerr);
    return index === undefined ? undefined : (row) => row._data[index];
  }

  /** A function that reads these columns of a row as a tuple. */
  rowAsTupleGetter(
    keys: readonly unknown[],
  ): (row: { readonly _data: readonly Value[] }) => readonly Value[] {
    const indexes = keys.map((k) => this.indexForKey(k) as number);
    return (row) => indexes.map((i) => row._data[i]);
  }

  /** An integer stands for the key at that position. Throws IndexError. */
  protected keyAt(key: unknown): unknown {
    if (typeof key !== "number") return key;
    const i = key < 0 ? key + this.keyNames.length : key;
    if (i < 0 || i >= this.keyNames.length) throw host.error("IndexError", "list index out of range");
    return this.keyNames[i];
  }
}

/** One key of simple metadata; index is null where the name is ambiguous. */
interface SimpleRecord {
  readonly index: number | null;
  readonly name: string | null;
  readonly extra: readonly unknown[];
}

export interface SimpleOptions {
  /** For each column further keys that find it: the selected objects. */
  readonly extra?: readonly (readonly unknown[] | null)[] | null;
  readonly processors?: Processors | null;
  readonly tuplefilter?: readonly number[] | null;
  readonly uniqueFilters?: readonly (UniqueFilter | null)[] | null;
  readonly ambiguousKeys?: ReadonlySet<string> | null;
}

export class SimpleResultMetaData extends ResultMetaData {
  private readonly records = new Map<unknown, SimpleRecord>();
  private readonly ambiguousKeys: ReadonlySet<string> | null;

  constructor(keys: readonly (string | null)[], options: SimpleOptions = {}) {
    super();
    this.keyNames = [...keys];
    this.processors = options.processors ?? null;
    this.tuplefilter = options.tuplefilter ?? null;
    this.uniqueFilters = options.uniqueFilters ?? null;
    this.ambiguousKeys = options.ambiguousKeys ?? null;
    const extras = options.extra ? [...(host.iterate(options.extra) ?? [])] : [];
    this.keyNames.forEach((name, index) => {
      const extra = [...(host.iterate(extras[index] ?? []) ?? [])];
      const record: SimpleRecord = { index, name, extra };
      this.records.set(name, record);
      for (const key of extra) this.records.set(rowKey(key), record);
    });
    for (const name of this.ambiguousKeys ?? []) {
      const record = this.records.get(name);
      if (record) this.records.set(name, { ...record, index: null });
    }
    const keyToIndex = new Map<unknown, number>();
    for (const [key, record] of this.records) if (record.index !== null) keyToIndex.set(key, record.index);
    this.keyToIndex = keyToIndex;
  }

  override hasKey(key: unknown): boolean {
    return this.records.has(rowKey(key));
  }

  override forFreeze(): ResultMetaData {
    const filters = this.uniqueFilters;
    return new SimpleResultMetaData(this.keyNames, {
      extra: this.keyNames.map((k) => this.records.get(k)?.extra ?? []),
      uniqueFilters: filters && this.tuplefilter ? this.tuplefilter.map((i) => filters[i] ?? null) : filters,
      ambiguousKeys: this.ambiguousKeys,
    });
  }

  override indexForKey(key: unknown, _raiseerr = true): number {
    const record = this.record(key);
    if (record.index === null) throw ambiguous(record.name);
    return record.index;
  }

  override reduce(keys: readonly unknown[]): ResultMetaData {
    const records = keys.map((key) => this.record(key));
    return new SimpleResultMetaData(
      records.map((r) => r.name),
      {
        extra: records.map((r) => r.extra),
        tuplefilter: records.map((r) =>
          this.tuplefilter ? (this.tuplefilter[r.index as number] as number) : (r.index as number),
        ),
        processors: this.processors,
        uniqueFilters: this.uniqueFilters,
      },
    );
  }

  override keyNotFound(key: unknown, attributeError: boolean): never {
    const record = this.records.get(rowKey(key));
    if (record) throw ambiguous(record.name);
    throw attributeError ? host.error("AttributeError", host.str(key)) : keyError(key);
  }

  private record(key: unknown): SimpleRecord {
    const record = this.records.get(rowKey(this.keyAt(key)));
    if (!record) throw keyError(key);
    return record;
  }
}

function ambiguous(name: string | null): InvalidRequestError {
  return new InvalidRequestError(`Ambiguous column name '${name}' in result set column descriptions`);
}

function keyError(key: unknown): unknown {
  return host.error("KeyError", typeof key === "string" ? key : host.repr(key));
}

/** A function that makes rows with these names: for results that are put together by hand. */
export function resultTuple(
  fields: readonly string[],
  extra: SimpleOptions["extra"] = null,
): (data: readonly Value[]) => Row {
  const parent = new SimpleResultMetaData(fields, { extra });
  return (data) => new Row(parent, null, [...(host.iterate(data) ?? [])]);
}
