// The pipeline behind every kind of result: raw rows are fetched, made into rows (or left as scalars), filtered by unique(), then
// turned into what that kind gives. Kinds say where raw rows come from and what becomes of a row. Behaviour: SQLAlchemy engine/result.py (ResultInternal).
import { MultipleResultsFound, NoResultFound } from "../errors/index.ts";
import { host, type Value } from "../util/host.ts";
import type { ResultMetaData, UniqueFilter } from "./result-metadata.ts";
import type { Result } from "./result.ts";
import { Row } from "./row.ts";
import { SeenRows } from "./seen-rows.ts";

/** What a source gives: the driver's values in order, or single objects where it supports scalars. */
export type RawRow = Value;
export type Attributes = ReadonlyMap<unknown, unknown>;

export const NO_ROW = Symbol("NO_ROW");

interface UniqueState {
  readonly seen: SeenRows;
  readonly strategy: Value;
}

export abstract class ResultInternal<T> implements Iterable<T> {
  _metadata!: ResultMetaData;
  /** @internal rows are made; a scalar result gives what is in them */
  _generateRows = true;
  /** @internal */
  _uniqueFilterState: UniqueState | null = null;
  private rowGetter: ((raw: RawRow) => Value) | null | undefined;
  private uniqueKey: ((v: Value) => unknown) | undefined;

  /** The result whose rows these are. */
  abstract get _realResult(): Result;
  abstract _fetchiterImpl(): Iterator<RawRow>;
  /** undefined at the end. */
  abstract _fetchoneImpl(hardClose?: boolean): RawRow | undefined;
  abstract _fetchmanyImpl(size: number | null): RawRow[];
  abstract _fetchallImpl(): RawRow[];
  abstract _softClose(hard?: boolean): void;
  /** From a row to what this result gives. */
  protected abstract present(row: Value): T;

  /** @internal derived functions are made anew: the metadata or a filter changed */
  _resetMemoizations(): void {
    this.rowGetter = undefined;
    this.uniqueKey = undefined;
  }

  /** @internal Makes a row of a raw one; null where raw ones are given as they are. */
  get _rowGetter(): ((raw: RawRow) => Value) | null {
    return this.rowGetter === undefined ? (this.rowGetter = this.makeRowGetter()) : this.rowGetter;
  }

  private makeRowGetter(): ((raw: RawRow) => Value) | null {
    const real = this._realResult;
    const metadata = this._metadata;
    const processors = metadata.effectiveProcessors;
    let make: (raw: RawRow) => Value;
    if (real._sourceSupportsScalars) {
      if (!this._generateRows) return null;
      make = (raw) => new Row(metadata, processors, [raw]);
    } else {
      const filter = metadata.tuplefilter;
      if (filter) {
        const filtered = processors && filter.map((i) => processors[i] ?? null);
        make = (raw) =>
          new Row(
            metadata,
            filtered,
            filter.map((i) => (raw as readonly Value[])[i]),
          );
      } else make = (raw) => new Row(metadata, processors, raw as readonly Value[]);
    }
    const log = real._rowLoggingFn;
    if (!log) return make;
    return (raw) => {
      const row = make(raw);
      log(row as Row);
      return row;
    };
  }

  /** @internal what of a value counts for unique() */
  get _uniqueKey(): (v: Value) => unknown {
    return (this.uniqueKey ??= this.makeUniqueKey());
  }

  private makeUniqueKey(): (v: Value) => unknown {
    const strategy = this._uniqueFilterState?.strategy ?? null;
    if (strategy !== null) return (v) => host.key(host.call(strategy, [v]));
    const { uniqueFilters, tuplefilter } = this._metadata;
    if (!uniqueFilters) return (v) => (v instanceof Row ? v._filterOnValues([]) : host.key(v));
    if (this._realResult._sourceSupportsScalars && !this._generateRows) {
      const only = uniqueFilters[0] ?? null;
      return only ?? ((v) => host.key(v));
    }
    const filters = (
      tuplefilter ? tuplefilter.map((i) => uniqueFilters[i]) : uniqueFilters
    ) as readonly UniqueFilter[];
    return (v) => (v as Row)._filterOnValues(filters);
  }

  private makeRow(raw: RawRow): Value {
    const make = this._rowGetter;
    return make ? make(raw) : raw;
  }

  /** @internal all rows as Row objects, filters left out */
  _rawAllRows(): Row[] {
    const make = this._rowGetter as (raw: RawRow) => Row;
    return this._fetchallImpl().map(make);
  }

  protected allRows(): T[] {
    const make = this._rowGetter;
    const raw = this._fetchallImpl();
    let rows: Value[] = make ? raw.map(make) : raw;
    if (this._uniqueFilterState) {
      const { seen } = this._uniqueFilterState;
      const key = this._uniqueKey;
      rows = rows.filter((row) => seen.add(key(row)));
    }
    return rows.map((row) => this.present(row));
  }

  protected oneRow(): T | typeof NO_ROW {
    const unique = this._uniqueFilterState;
    for (;;) {
      const raw = this._fetchoneImpl();
      if (raw === undefined) return NO_ROW;
      const row = this.makeRow(raw);
      if (unique && !unique.seen.add(this._uniqueKey(row))) continue;
      return this.present(row);
    }
  }

  protected manyRows(size: number | null): T[] {
    const make = this._rowGetter;
    const unique = this._uniqueFilterState;
    const real = this._realResult;
    if (!unique) {
      const raw = this._fetchmanyImpl(size ?? real._yieldPer);
      return raw.map((r) => this.present(make ? make(r) : r));
    }
    const out: T[] = [];
    const take = (raw: readonly RawRow[]): void => {
      for (const r of raw) {
        const row = make ? make(r) : r;
        if (unique.seen.add(this._uniqueKey(row))) out.push(this.present(row));
      }
    };
    let wanted = size ?? real._yieldPer;
    if (wanted === null) {
      const raw = this._fetchmanyImpl(null);
      wanted = raw.length;
      take(raw);
    }
    while (out.length < wanted) {
      const raw = this._fetchmanyImpl(wanted - out.length);
      if (!raw.length) break;
      take(raw);
    }
    return out;
  }

  /** @internal first(), one(), scalar() and their like. */
  _onlyOneRow(options: {
    readonly second: boolean;
    readonly none: boolean;
    readonly scalar: boolean;
  }): Value {
    const raw = this._fetchoneImpl(true);
    if (raw === undefined) {
      if (options.none) throw new NoResultFound("No row was found when one was required");
      return null;
    }
    let make: ((raw: RawRow) => Value) | null;
    if (options.scalar && this._realResult._sourceSupportsScalars) {
      this._generateRows = false;
      make = null;
    } else make = this._rowGetter;
    const row = this.orClose(() => (make ? make(raw) : raw));
    if (options.second) this.checkNoOther(row, make, options.none);
    else this._softClose(true);
    if (options.scalar) return make ? (row as Row)._data[0] : row;
    return this.present(row);
  }

  private checkNoOther(row: Value, make: ((raw: RawRow) => Value) | null, none: boolean): void {
    let next: RawRow | undefined;
    if (this._uniqueFilterState) {
      const first = new SeenRows();
      first.add(this.orClose(() => this._uniqueKey(row)));
      for (;;) {
        next = this._fetchoneImpl(true);
        if (next === undefined) break;
        const other = next;
        if (this.orClose(() => first.add(this._uniqueKey(make ? make(other) : other)))) break;
      }
    } else next = this._fetchoneImpl(true);
    if (next === undefined) return;
    this._softClose(true);
    throw new MultipleResultsFound(
      none
        ? "Multiple rows were found when exactly one was required"
        : "Multiple rows were found when one or none was required",
    );
  }

  private orClose<V>(fn: () => V): V {
    try {
      return fn();
    } catch (e) {
      this._softClose(true);
      throw e;
    }
  }

  protected columnSlices(keys: readonly unknown[]): this {
    this._resetMemoizations();
    if (!this._realResult._sourceSupportsScalars || keys.length !== 1)
      this._metadata = this._metadata.reduce(keys);
    return this;
  }

  protected setUnique(strategy: Value): this {
    this._resetMemoizations();
    this._uniqueFilterState = { seen: new SeenRows(), strategy };
    return this;
  }

  protected *partitionRows(size: number | null): Generator<T[]> {
    for (let rows = this.manyRows(size); rows.length; rows = this.manyRows(size)) yield rows;
  }

  *[Symbol.iterator](): Generator<T> {
    const unique = this._uniqueFilterState;
    const raw = this._fetchiterImpl();
    for (let step = raw.next(); !step.done; step = raw.next()) {
      const row = this.makeRow(step.value);
      if (unique && !unique.seen.add(this._uniqueKey(row))) continue;
      yield this.present(row);
    }
  }

  /** The next row; undefined at the end: Python's next(). */
  next(): T | undefined {
    const row = this.oneRow();
    return row === NO_ROW ? undefined : row;
  }
}
