// The result of a statement that went to the database: Core's Result with a cursor behind it.
//
// A statement without rows is closed as soon as it has run; its rowcount and new primary key stay readable. Debug logging prints
// each row as it is made, the trace keeps the first rows as they are fetched. Behaviour: SQLAlchemy engine/cursor.py (CursorResult).
import { InvalidRequestError } from "../errors/index.ts";
import { reprRow } from "../util/repr-params.ts";
import { host, type Value } from "../util/host.ts";
import {
  CursorResultMetaData,
  NO_RESULT_METADATA,
  NoResultMetaData,
  type CursorDescription,
} from "./cursor-metadata.ts";
import type { DriverCursor } from "./dbapi.ts";
import type { EngineDialect } from "./engine-dialect.ts";
import type { ExecutionContext } from "./execution-context.ts";
import {
  FullyBufferedCursorFetchStrategy,
  type FetchingResult,
  type FetchStrategy,
} from "./fetch-strategy.ts";
import { IteratorResult, Result, type MergedResult, type RawRow } from "./result.ts";
import type { ResultMetaData } from "./result-metadata.ts";
import type { Row } from "./row.ts";
import { TRACE_ROWS, traceUpdate } from "./trace.ts";
import type { Connection } from "./connection.ts";

export class CursorResult extends Result implements FetchingResult {
  readonly context: ExecutionContext;
  readonly dialect: EngineDialect;
  readonly connection: Connection;
  cursor: DriverCursor | null;
  cursorStrategy: FetchStrategy;
  private softClosed = false;
  private hardClosed = false;
  private readonly debug: boolean;
  private countRows: number | undefined;

  constructor(context: ExecutionContext, strategy: FetchStrategy, description: CursorDescription | null) {
    super();
    this.context = context;
    this.dialect = context.dialect;
    this.connection = context.rootConnection;
    this.cursor = context.cursor;
    this.cursorStrategy = strategy;
    this.debug = this.connection._echo && context.engine._shouldLogDebug();
    if (!description) {
      this._metadata = NO_RESULT_METADATA;
      return;
    }
    this._metadata = this.makeMetadata(description);
    if (this.debug) {
      this.connection._logDebug(`Col ${host.repr(host.makeTuple(description.map(([name]) => name)))}`);
      this._rowLoggingFn = (row: Row) => this.connection._logDebug(`Row ${reprRow(row._data)}`);
    }
  }

  private makeMetadata(description: CursorDescription): ResultMetaData {
    const { context } = this;
    const { compiled } = context;
    if (!compiled) return CursorResultMetaData.forCursor(context, description);
    let metadata = compiled.cachedMetadata as CursorResultMetaData | null;
    if (!metadata) {
      metadata = CursorResultMetaData.forCursor(context, description);
      if (metadata.safeForCache) compiled.cachedMetadata = metadata;
    }
    // A cached statement was compiled from another object with the same text: the new one's columns are to find the values as well.
    const invoked = context.invokedStatement;
    if (
      context.cacheHit &&
      invoked &&
      compiled.resultColumns.length &&
      compiled.statement !== invoked &&
      !context.executionOptions.get("_result_disable_adapt_to_context")
    )
      return metadata.adaptTo(invoked._allSelectedColumns ?? []);
    return metadata;
  }

  // ------------------------------------------------------------------ closing

  override get _softClosed(): boolean {
    return this.softClosed;
  }

  override get closed(): boolean {
    return this.hardClosed;
  }

  override _softClose(hard = false): void {
    if (hard ? this.hardClosed : this.softClosed) return;
    if (hard) this.hardClosed = true;
    this.cursorStrategy.close(this);
    if (this.softClosed) return;
    const cursor = this.cursor;
    this.cursor = null;
    this.softClosed = true;
    if (cursor) this.connection._safeCloseCursor(cursor);
  }

  /** @internal */
  handleFetchError(e: unknown): never {
    return this.connection._handleDbapiException(e, null, null, this.cursor, this.context);
  }

  /** @internal */
  weDontReturnRows(): never {
    return NO_RESULT_METADATA.weDontReturnRows();
  }

  // ------------------------------------------------------------------ fetching

  override _fetchoneImpl(hardClose = false): RawRow | undefined {
    const row = this.cursorStrategy.fetchone(this, hardClose);
    if (row !== undefined) this.traceRows([row]);
    return row;
  }

  override _fetchmanyImpl(size: number | null): RawRow[] {
    const rows = this.cursorStrategy.fetchmany(this, size);
    this.traceRows(rows);
    return rows;
  }

  override _fetchallImpl(): RawRow[] {
    const rows = this.cursorStrategy.fetchall(this);
    this.traceRows(rows);
    return rows;
  }

  override *_fetchiterImpl(): Generator<RawRow> {
    for (let row = this._fetchoneImpl(); row !== undefined; row = this._fetchoneImpl()) yield row;
  }

  override _rawRowIterator(): Iterable<RawRow> {
    return this._fetchiterImpl();
  }

  private traceRows(rows: readonly RawRow[]): void {
    const event = this.context.traceEvent;
    if (!event || this.context.rowsTraced) return;
    event.fetched = (event.fetched ?? 0) + rows.length;
    const kept = (event.rows ??= []);
    if (kept.length >= TRACE_ROWS || !rows.length) return;
    for (const row of rows.slice(0, TRACE_ROWS - kept.length)) kept.push([...(row as readonly Value[])]);
    traceUpdate(event);
  }

  override yieldPer(num: number): this {
    super.yieldPer(num);
    this.cursorStrategy.yieldPer(this, num);
    return this;
  }

  override merge(others: readonly Result[]): MergedResult {
    const merged = super.merge(others);
    if (this.context.hasRowcount)
      merged.rowcount = [this as CursorResult, ...(others as CursorResult[])].reduce(
        (sum, r) => sum + r.rowcount,
        0,
      );
    return merged;
  }

  // ------------------------------------------------------------------ what an INSERT or UPDATE left behind

  get returnsRows(): boolean {
    return this._metadata.returnsRows;
  }

  get isInsert(): boolean {
    return this.context.isinsert;
  }

  get rowcount(): number {
    if (this.countRows !== undefined) return this.countRows;
    try {
      return (this.countRows = this.context.rowcount);
    } catch (e) {
      return this.handleFetchError(e);
    }
  }

  get lastrowid(): Value {
    return this.context.getLastrowid();
  }

  get insertedPrimaryKeyRows(): Value[] {
    this.needCompiled();
    if (!this.context.isinsert)
      throw new InvalidRequestError("Statement is not an insert() expression construct.");
    if (this.context.isExplicitReturning)
      throw new InvalidRequestError("Can't call inserted_primary_key when returning() is used.");
    return this.context.insertedPrimaryKeyRows;
  }

  get insertedPrimaryKey(): Value {
    if (this.context.executemany)
      throw new InvalidRequestError(
        "This statement was an executemany call; if primary key returning is supported, please use .inserted_primary_key_rows.",
      );
    return this.insertedPrimaryKeyRows[0] ?? null;
  }

  lastUpdatedParams(): Value {
    this.needCompiled();
    if (!this.context.isupdate)
      throw new InvalidRequestError("Statement is not an update() expression construct.");
    return this.context.currentParameterSets();
  }

  lastInsertedParams(): Value {
    this.needCompiled();
    if (!this.context.isinsert)
      throw new InvalidRequestError("Statement is not an insert() expression construct.");
    return this.context.currentParameterSets();
  }

  get returnedDefaultsRows(): Row[] | null {
    return this.context.returnedDefaultRows;
  }

  get returnedDefaults(): Row | null {
    if (this.context.executemany)
      throw new InvalidRequestError(
        "This statement was an executemany call; if return defaults is supported, please use .returned_defaults_rows.",
      );
    return this.context.returnedDefaultRows?.[0] ?? null;
  }

  lastrowHasDefaults(): boolean {
    return this.context.lastrowHasDefaults();
  }

  postfetchCols(): readonly unknown[] | null {
    this.needInsertOrUpdate();
    return this.context.postfetchCols;
  }

  prefetchCols(): readonly unknown[] | null {
    this.needInsertOrUpdate();
    return this.context.prefetchCols;
  }

  supportsSaneRowcount(): boolean {
    return this.dialect.supportsSaneRowcount;
  }

  supportsSaneMultiRowcount(): boolean {
    return this.dialect.supportsSaneMultiRowcount;
  }

  private needCompiled(): void {
    if (!this.context.compiled)
      throw new InvalidRequestError("Statement is not a compiled expression construct.");
  }

  private needInsertOrUpdate(): void {
    this.needCompiled();
    if (!this.context.isinsert && !this.context.isupdate)
      throw new InvalidRequestError("Statement is not an insert() or update() expression construct.");
  }

  // ------------------------------------------------------------------ results put together

  private copy(metadata: ResultMetaData, rows: Iterable<RawRow>): CursorResult {
    const clone = Object.assign(Object.create(CursorResult.prototype) as CursorResult, this);
    clone._metadata = metadata;
    clone.cursorStrategy = new FullyBufferedCursorFetchStrategy(rows);
    clone._resetMemoizations();
    return clone;
  }

  /** A result with the other's columns beside these. */
  spliceHorizontally(other: CursorResult): CursorResult {
    const [mine, theirs] = [[...this._rawRowIterator()], [...other._rawRowIterator()]] as Value[][][];
    const rows = (mine as Value[][])
      .slice(0, theirs?.length)
      .map((row, i) => [...row, ...((theirs as Value[][])[i] as Value[])]);
    return this.copy(
      (this._metadata as CursorResultMetaData).spliceHorizontally(other._metadata as CursorResultMetaData),
      rows,
    );
  }

  /** A result with the other's rows after these. */
  spliceVertically(other: CursorResult): CursorResult {
    return this.copy(this._metadata, [...this._rawRowIterator(), ...other._rawRowIterator()]);
  }

  /** @internal Give these rows (already made) as if they had just been fetched. */
  _rewind(rows: readonly Row[]): this {
    if (this.debug) this.connection._logDebug(`CursorResult rewound ${rows.length} row(s)`);
    this._metadata = (this._metadata as CursorResultMetaData).removeProcessors();
    this.cursorStrategy = new FullyBufferedCursorFetchStrategy(rows.map((r) => r._data));
    this._resetMemoizations();
    return this;
  }
}

/** The result of a DML statement that was given up before it ran. */
export function nullDmlResult(): IteratorResult {
  const result = new IteratorResult(new NoResultMetaData(), []);
  result._softClose();
  return result;
}
