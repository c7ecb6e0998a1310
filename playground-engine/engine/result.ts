// Results: rows that are fetched as they are asked for.
//
// ScalarResult and MappingResult are views of a result's rows: fetching from one is fetching from all. Nothing is fetched twice; a
// result that ended closes itself softly and then gives nothing, a hard-closed one raises. Behaviour: SQLAlchemy engine/result.py.
import { ResourceClosedError } from "../errors/index.ts";
import { host, type Value } from "../util/host.ts";
import { NO_ROW, ResultInternal, type Attributes, type RawRow } from "./result-internal.ts";
import { SimpleResultMetaData, type ResultMetaData, type RMKeyView } from "./result-metadata.ts";
import { Row, type RowMapping } from "./row.ts";

export { NO_ROW, ResultInternal, type Attributes, type RawRow };

export abstract class Result extends ResultInternal<Row> {
  /** @internal */
  _rowLoggingFn: ((row: Row) => void) | null = null;
  /** @internal the source gives single objects */
  _sourceSupportsScalars = false;
  /** @internal */
  _yieldPer: number | null = null;
  /** @internal what the ORM hands along */
  _attributes: Attributes = new Map();

  constructor(metadata?: ResultMetaData) {
    super();
    if (metadata) this._metadata = metadata;
  }

  override get _realResult(): Result {
    return this;
  }

  protected override present(row: Value): Row {
    return row as Row;
  }

  abstract get _softClosed(): boolean;
  abstract get closed(): boolean;
  /** @internal rows as the source gives them */
  abstract _rawRowIterator(): Iterable<RawRow>;

  enter(): this {
    return this;
  }

  exit(): void {
    this.close();
  }

  close(): void {
    this._softClose(true);
  }

  /** Fetch this many rows at a time. */
  yieldPer(num: number): this {
    this._resetMemoizations();
    this._yieldPer = num;
    return this;
  }

  /** Leave out rows that were there: by the strategy's value for a row, else by equality. */
  unique(strategy: Value = null): this {
    return this.setUnique(strategy);
  }

  columns(colExpressions: readonly unknown[]): this {
    return this.columnSlices(colExpressions);
  }

  scalars(index: unknown = 0): ScalarResult {
    return new ScalarResult(this, index);
  }

  mappings(): MappingResult {
    return new MappingResult(this);
  }

  keys(): RMKeyView {
    return this._metadata.keys;
  }

  tuples(): this {
    return this;
  }

  get t(): this {
    return this;
  }

  /** @internal */
  _getter(key: unknown, raiseerr = true): ((row: { readonly _data: readonly Value[] }) => Value) | undefined {
    if (this._sourceSupportsScalars)
      throw host.error("NotImplementedError", "can't use this function in 'only scalars' mode");
    return this._metadata.getter(key, raiseerr);
  }

  /** @internal */
  _tupleGetter(keys: readonly unknown[]): (row: { readonly _data: readonly Value[] }) => readonly Value[] {
    if (this._sourceSupportsScalars)
      throw host.error("NotImplementedError", "can't use this function in 'only scalars' mode");
    return this._metadata.rowAsTupleGetter(keys);
  }

  partitions(size: number | null = null): Generator<Row[]> {
    return this.partitionRows(size);
  }

  all(): Row[] {
    return this.allRows();
  }

  fetchall(): Row[] {
    return this.allRows();
  }

  fetchone(): Row | null {
    const row = this.oneRow();
    return row === NO_ROW ? null : row;
  }

  fetchmany(size: number | null = null): Row[] {
    return this.manyRows(size);
  }

  first(): Row | null {
    return this._onlyOneRow({ second: false, none: false, scalar: false }) as Row | null;
  }

  oneOrNone(): Row | null {
    return this._onlyOneRow({ second: true, none: false, scalar: false }) as Row | null;
  }

  one(): Row {
    return this._onlyOneRow({ second: true, none: true, scalar: false }) as Row;
  }

  scalar(): Value {
    return this._onlyOneRow({ second: false, none: false, scalar: true });
  }

  scalarOne(): Value {
    return this._onlyOneRow({ second: true, none: true, scalar: true });
  }

  scalarOneOrNone(): Value {
    return this._onlyOneRow({ second: true, none: false, scalar: true });
  }

  freeze(): FrozenResult {
    return new FrozenResult(this);
  }

  merge(others: readonly Result[]): MergedResult {
    return new MergedResult(this._metadata, [this, ...others]);
  }
}

/** Another view of a result's rows. */
export abstract class FilterResult<T> extends ResultInternal<T> {
  private real: Result;

  constructor(real: Result) {
    super();
    this.real = real;
    this._uniqueFilterState = real._uniqueFilterState;
  }

  override get _realResult(): Result {
    return this.real;
  }

  enter(): this {
    return this;
  }

  exit(): void {
    this.real.close();
  }

  yieldPer(num: number): this {
    this._resetMemoizations();
    this.real = this.real.yieldPer(num);
    return this;
  }

  unique(strategy: Value = null): this {
    return this.setUnique(strategy);
  }

  close(): void {
    this.real.close();
  }

  get _softClosed(): boolean {
    return this.real._softClosed;
  }

  get closed(): boolean {
    return this.real.closed;
  }

  get _attributes(): Attributes {
    return this.real._attributes;
  }

  override _softClose(hard = false): void {
    this.real._softClose(hard);
  }

  override _fetchiterImpl(): Iterator<RawRow> {
    return this.real._fetchiterImpl();
  }

  override _fetchoneImpl(hardClose = false): RawRow | undefined {
    return this.real._fetchoneImpl(hardClose);
  }

  override _fetchallImpl(): RawRow[] {
    return this.real._fetchallImpl();
  }

  override _fetchmanyImpl(size: number | null): RawRow[] {
    return this.real._fetchmanyImpl(size);
  }

  partitions(size: number | null = null): Generator<T[]> {
    return this.partitionRows(size);
  }

  all(): T[] {
    return this.allRows();
  }

  fetchall(): T[] {
    return this.allRows();
  }

  fetchmany(size: number | null = null): T[] {
    return this.manyRows(size);
  }

  first(): T | null {
    return this._onlyOneRow({ second: false, none: false, scalar: false }) as T | null;
  }

  oneOrNone(): T | null {
    return this._onlyOneRow({ second: true, none: false, scalar: false }) as T | null;
  }

  one(): T {
    return this._onlyOneRow({ second: true, none: true, scalar: false }) as T;
  }
}

/** The first, or one named, column's values alone. */
export class ScalarResult extends FilterResult<Value> {
  private readonly whole: boolean;

  constructor(real: Result, index: unknown = 0) {
    super(real);
    this._generateRows = false;
    this.whole = real._sourceSupportsScalars;
    this._metadata = this.whole ? real._metadata : real._metadata.reduce([index]);
  }

  protected override present(row: Value): Value {
    return this.whole ? row : (row as Row)._data[0];
  }
}

/** Rows as mappings. */
export class MappingResult extends FilterResult<RowMapping> {
  constructor(real: Result) {
    super(real);
    this._metadata = real._sourceSupportsScalars ? real._metadata.reduce([0]) : real._metadata;
  }

  protected override present(row: Value): RowMapping {
    return (row as Row)._mapping;
  }

  keys(): RMKeyView {
    return this._metadata.keys;
  }

  columns(colExpressions: readonly unknown[]): this {
    return this.columnSlices(colExpressions);
  }

  fetchone(): RowMapping | null {
    const row = this.oneRow();
    return row === NO_ROW ? null : row;
  }
}

const NO_ROWS: readonly RawRow[] = [];

/** Rows from anything that can be iterated. */
/** Rows of the engine's own, or sequences of sequences that a program gives. */
function rowsOf(given: Iterable<RawRow>, scalars: boolean): Iterable<RawRow> {
  const items = host.iterate(given as Value) as Iterable<RawRow> | undefined;
  if (items === undefined || items === given) return given;
  if (scalars) return items;
  return (function* (): Generator<RawRow> {
    for (const row of items) yield [...(host.iterate(row as Value) ?? [])] as RawRow;
  })();
}

export class IteratorResult extends Result {
  iterator: Iterator<RawRow>;
  readonly raw: Result | null;
  private hardClosed = false;
  private softClosed = false;

  constructor(
    metadata: ResultMetaData,
    iterable: Iterable<RawRow>,
    options: { readonly raw?: Result | null; readonly sourceSupportsScalars?: boolean } = {},
  ) {
    super(metadata);
    const rows = rowsOf(iterable, options.sourceSupportsScalars ?? false);
    this.iterator = Array.isArray(rows) ? new Chained([], rows as RawRow[]) : rows[Symbol.iterator]();
    this.raw = options.raw ?? null;
    this._sourceSupportsScalars = options.sourceSupportsScalars ?? false;
  }

  override get closed(): boolean {
    return this.hardClosed;
  }

  override get _softClosed(): boolean {
    return this.softClosed;
  }

  override _softClose(hard = false): void {
    if (hard) this.hardClosed = true;
    this.raw?._softClose(hard);
    this.iterator = NO_ROWS[Symbol.iterator]();
    this._resetMemoizations();
    this.softClosed = true;
  }

  override _rawRowIterator(): Iterable<RawRow> {
    return iterableOf(this.iterator);
  }

  override _fetchiterImpl(): Iterator<RawRow> {
    this.check();
    return this.iterator;
  }

  override _fetchoneImpl(hardClose = false): RawRow | undefined {
    this.check();
    const step = this.iterator.next();
    if (step.done) {
      this._softClose(hardClose);
      return undefined;
    }
    return step.value;
  }

  override _fetchallImpl(): RawRow[] {
    this.check();
    try {
      return [...iterableOf(this.iterator)];
    } finally {
      this._softClose();
    }
  }

  override _fetchmanyImpl(size: number | null): RawRow[] {
    this.check();
    const rows: RawRow[] = [];
    while (size === null || rows.length < size) {
      const step = this.iterator.next();
      if (step.done) break;
      rows.push(step.value);
    }
    return rows;
  }

  private check(): void {
    if (this.hardClosed) throw new ResourceClosedError("This result object is closed.");
  }
}

/** Rows in pieces of a size, where one is asked for. */
type Chunks = (size: number | null) => Iterable<readonly RawRow[]>;

/** A program's function that gives them. */
function chunksOf(fn: Value, scalars = false): Chunks {
  return function* (size) {
    for (const chunk of (host.iterate(host.call(fn, [size])) ?? []) as Iterable<Iterable<RawRow>>)
      yield [...rowsOf(chunk, scalars)];
  };
}

/** Rows that come in pieces; how large a piece is may be told by yield_per. */
export class ChunkedIteratorResult extends IteratorResult {
  private chunks: Chunks;
  private readonly dynamicYieldPer: boolean;
  /** Rows that were fetched ahead: they live as long as the result is open. */
  private buffered: readonly (readonly RawRow[])[] | null;

  constructor(
    metadata: ResultMetaData,
    given: Chunks | Value,
    options: {
      readonly raw?: Result | null;
      readonly sourceSupportsScalars?: boolean;
      readonly dynamicYieldPer?: boolean;
      readonly buffered?: readonly (readonly RawRow[])[] | null;
    } = {},
  ) {
    const chunks =
      typeof given === "function" ? (given as Chunks) : chunksOf(given, options.sourceSupportsScalars);
    super(metadata, new Chained(chunks(null)), options);
    this.chunks = chunks;
    this.dynamicYieldPer = options.dynamicYieldPer ?? false;
    this.buffered = options.buffered ?? null;
  }

  override yieldPer(num: number): this {
    super.yieldPer(num);
    this.iterator = new Chained(this.chunks(num));
    return this;
  }

  override _softClose(hard = false): void {
    super._softClose(hard);
    this.chunks = () => [];
    this.buffered = null;
  }

  override _fetchmanyImpl(size: number | null): RawRow[] {
    if (this.dynamicYieldPer) this.iterator = new Chained(this.chunks(size));
    return super._fetchmanyImpl(size);
  }
}

/** The rows of several results, one after another. */
export class MergedResult extends IteratorResult {
  rowcount: number | undefined;
  private readonly results: readonly Result[];
  private mergedClosed = false;

  constructor(metadata: ResultMetaData, results: readonly Result[]) {
    super(
      metadata,
      (function* () {
        for (const r of results) yield* r._rawRowIterator();
      })(),
    );
    this.results = results;
    const first = results[0] as Result;
    this._uniqueFilterState = first._uniqueFilterState;
    this._yieldPer = first._yieldPer;
    this._sourceSupportsScalars = first._sourceSupportsScalars;
    this._attributes = new Map(results.flatMap((r) => [...r._attributes]));
  }

  override get closed(): boolean {
    return this.mergedClosed;
  }

  override _softClose(hard = false): void {
    for (const r of this.results) r._softClose(hard);
    if (hard) this.mergedClosed = true;
  }
}

/** A result's rows kept, to be given out again as often as wanted. */
export class FrozenResult {
  readonly metadata: ResultMetaData;
  readonly data: readonly RawRow[];
  private readonly scalars: boolean;
  private readonly attributes: Attributes;

  constructor(from: Result | { readonly like: FrozenResult; readonly data: readonly RawRow[] }) {
    if (from instanceof Result) {
      this.metadata = from._metadata.forFreeze();
      this.scalars = from._sourceSupportsScalars;
      this.attributes = from._attributes;
      this.data = this.scalars ? [...from._rawRowIterator()] : from.fetchall();
    } else {
      this.metadata = from.like.metadata;
      this.scalars = from.like.scalars;
      this.attributes = from.like.attributes;
      this.data = from.data;
    }
  }

  /** Rows as lists, to be changed. */
  rewriteRows(): Value[][] {
    return this.data.map((row) => (this.scalars ? [row] : [...(row as Row)]));
  }

  withNewRows(rows: readonly Value[]): FrozenResult {
    return new FrozenResult({
      like: this,
      data: this.scalars
        ? [...(host.iterate(rows) ?? [])].map((r) =>
            r instanceof Row ? r._data[0] : [...(host.iterate(r) ?? [])][0],
          )
        : [...(host.iterate(rows) ?? [])],
    });
  }

  /** `frozen()`: a fresh result. */
  call(): IteratorResult {
    // Frozen rows are rows already: as data for new ones their values count.
    const rows = this.scalars
      ? this.data
      : this.data.map((row) => (row instanceof Row ? row._data : [...(host.iterate(row) ?? [])]));
    const result = new IteratorResult(this.metadata, rows, { sourceSupportsScalars: this.scalars });
    result._attributes = this.attributes;
    return result;
  }
}

/** A result without rows. */
export function nullResult(): IteratorResult {
  return new IteratorResult(new SimpleResultMetaData([]), NO_ROWS);
}

function iterableOf(iterator: Iterator<RawRow>): Iterable<RawRow> {
  return { [Symbol.iterator]: () => iterator };
}

/** The rows of chunks, one after another; a chunk's rows are kept, where they can be seen, until the next one is asked for. */
class Chained implements IterableIterator<RawRow> {
  private readonly chunks: Iterator<readonly RawRow[]>;
  private rows: readonly RawRow[];
  private at = 0;
  private done = false;

  constructor(chunks: Iterable<readonly RawRow[]>, first = NO_ROWS) {
    this.chunks = chunks[Symbol.iterator]();
    this.rows = first;
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(): ReturnType<Iterator<RawRow>["next"]> {
    while (!this.done && this.at >= this.rows.length) {
      const step = this.chunks.next();
      this.done = step.done === true;
      this.rows = step.done === true ? NO_ROWS : step.value;
      this.at = 0;
    }
    return this.done ? { done: true, value: undefined } : { done: false, value: this.rows[this.at++]! };
  }
}
