// How a cursor's rows are fetched: straight from the driver, in growing buffers, or from rows that are here already.
//
// A strategy ends its result softly when rows run out; what fails in the driver goes to the connection's error handling.
// Behaviour: SQLAlchemy engine/cursor.py (ResultFetchStrategy and subclasses).
import { ResourceClosedError } from "../errors/index.ts";
import type { Value } from "../util/host.ts";
import type { DriverCursor } from "./dbapi.ts";
import type { CursorDescription } from "./cursor-metadata.ts";
import type { RawRow } from "./result.ts";

/** The result that a strategy fetches for. */
export interface FetchingResult {
  readonly cursor: DriverCursor | null;
  cursorStrategy: FetchStrategy;
  readonly closed: boolean;
  _softClose(hard?: boolean): void;
  handleFetchError(e: unknown): never;
  weDontReturnRows(): never;
}

export interface FetchStrategy {
  /** Stands for the cursor's own where the rows came another way. */
  readonly alternateCursorDescription: CursorDescription | null;
  fetchone(result: FetchingResult, hardClose: boolean): RawRow | undefined;
  fetchmany(result: FetchingResult, size: number | null): RawRow[];
  fetchall(result: FetchingResult): RawRow[];
  yieldPer(result: FetchingResult, num: number): void;
  /** The result ends, softly or for good. */
  close(result: FetchingResult): void;
}

/** For results without a cursor. */
class NoCursor implements FetchStrategy {
  readonly alternateCursorDescription = null;
  private readonly onFetch: (result: FetchingResult) => void;

  constructor(onFetch: (result: FetchingResult) => void) {
    this.onFetch = onFetch;
  }

  fetchone(result: FetchingResult): undefined {
    this.onFetch(result);
    return undefined;
  }

  fetchmany(result: FetchingResult): RawRow[] {
    this.onFetch(result);
    return [];
  }

  fetchall(result: FetchingResult): RawRow[] {
    this.onFetch(result);
    return [];
  }

  yieldPer(): void {}
  close(): void {}
}

/** A query whose rows are all fetched: it gives no more, and raises once it is closed for good. */
export const NO_CURSOR_DQL: FetchStrategy = new NoCursor((result) => {
  if (result.closed) throw new ResourceClosedError("This result object is closed.");
});

/** A statement that never gave rows. */
export const NO_CURSOR_DML: FetchStrategy = new NoCursor((result) => result.weDontReturnRows());

abstract class WithCursor implements FetchStrategy {
  alternateCursorDescription: CursorDescription | null = null;
  abstract fetchone(result: FetchingResult, hardClose: boolean): RawRow | undefined;
  abstract fetchmany(result: FetchingResult, size: number | null): RawRow[];
  abstract fetchall(result: FetchingResult): RawRow[];
  abstract yieldPer(result: FetchingResult, num: number): void;

  close(result: FetchingResult): void {
    result.cursorStrategy = NO_CURSOR_DQL;
  }

  protected guarded<T>(result: FetchingResult, fn: (cursor: DriverCursor) => T): T {
    try {
      return fn(result.cursor as DriverCursor);
    } catch (e) {
      return result.handleFetchError(e);
    }
  }
}

class CursorFetchStrategy extends WithCursor {
  override fetchone(result: FetchingResult, hardClose: boolean): RawRow | undefined {
    return this.guarded(result, (cursor) => {
      const row = cursor.fetchone();
      if (row === undefined) result._softClose(hardClose);
      return row as Value;
    });
  }

  override fetchmany(result: FetchingResult, size: number | null): RawRow[] {
    return this.guarded(result, (cursor) => {
      const rows = size === null ? cursor.fetchmany() : cursor.fetchmany(size);
      if (!rows.length) result._softClose();
      return rows as RawRow[];
    });
  }

  override fetchall(result: FetchingResult): RawRow[] {
    return this.guarded(result, (cursor) => {
      const rows = cursor.fetchall();
      result._softClose();
      return rows as RawRow[];
    });
  }

  override yieldPer(result: FetchingResult, num: number): void {
    result.cursorStrategy = new BufferedRowCursorFetchStrategy(null, {
      maxRowBuffer: num,
      growthFactor: 0,
      initialBuffer: [],
    });
  }
}

/** Rows straight from the cursor. */
export const DEFAULT_FETCH: FetchStrategy = new CursorFetchStrategy();

/** Rows through a buffer that grows to maxRowBuffer: stream_results and yield_per. */
export class BufferedRowCursorFetchStrategy extends WithCursor {
  private buffer: RawRow[];
  private at = 0;
  private maxRowBuffer: number;
  private size: number;
  private growthFactor: number;

  constructor(
    cursor: DriverCursor | null,
    options: {
      readonly maxRowBuffer?: number | undefined;
      readonly growthFactor?: number;
      readonly initialBuffer?: RawRow[];
    } = {},
  ) {
    super();
    this.maxRowBuffer = options.maxRowBuffer ?? 1000;
    this.growthFactor = options.growthFactor ?? 5;
    this.buffer = options.initialBuffer ?? ((cursor?.fetchmany(1) ?? []) as RawRow[]);
    this.size = this.growthFactor ? Math.min(this.maxRowBuffer, this.growthFactor) : this.maxRowBuffer;
  }

  private get left(): number {
    return this.buffer.length - this.at;
  }

  private fill(result: FetchingResult): void {
    const rows = this.guarded(result, (cursor) =>
      this.size < 1 ? cursor.fetchall() : cursor.fetchmany(this.size),
    );
    if (!rows.length) return;
    this.buffer = rows as RawRow[];
    this.at = 0;
    if (this.growthFactor && this.size < this.maxRowBuffer)
      this.size = Math.min(this.maxRowBuffer, this.size * this.growthFactor);
  }

  private take(n: number): RawRow[] {
    const rows = this.buffer.slice(this.at, this.at + n);
    this.at += rows.length;
    return rows;
  }

  override fetchone(result: FetchingResult, hardClose: boolean): RawRow | undefined {
    if (!this.left) {
      this.fill(result);
      if (!this.left) {
        result._softClose(hardClose);
        return undefined;
      }
    }
    return this.buffer[this.at++];
  }

  override fetchmany(result: FetchingResult, size: number | null): RawRow[] {
    if (size === null) return this.fetchall(result);
    let ended = false;
    if (size > this.left) {
      const more = this.guarded(result, (cursor) => cursor.fetchmany(size - this.left));
      if (!more.length) ended = true;
      else {
        this.buffer = [...this.take(this.left), ...(more as RawRow[])];
        this.at = 0;
      }
    }
    const rows = this.take(size);
    if (ended) result._softClose();
    return rows;
  }

  override fetchall(result: FetchingResult): RawRow[] {
    return this.guarded(result, (cursor) => {
      const rows = [...this.take(this.left), ...(cursor.fetchall() as RawRow[])];
      result._softClose();
      return rows;
    });
  }

  override yieldPer(_result: FetchingResult, num: number): void {
    this.growthFactor = 0;
    this.maxRowBuffer = this.size = num;
  }

  override close(result: FetchingResult): void {
    this.buffer = [];
    this.at = 0;
    super.close(result);
  }
}

/** Rows that are all here. */
export class FullyBufferedCursorFetchStrategy extends WithCursor {
  private rows: RawRow[];
  private at = 0;

  constructor(rows: Iterable<RawRow>, alternateDescription: CursorDescription | null = null) {
    super();
    this.rows = [...rows];
    this.alternateCursorDescription = alternateDescription;
  }

  override fetchone(result: FetchingResult, hardClose: boolean): RawRow | undefined {
    if (this.at < this.rows.length) return this.rows[this.at++];
    result._softClose(hardClose);
    return undefined;
  }

  override fetchmany(result: FetchingResult, size: number | null): RawRow[] {
    if (size === null) return this.fetchall(result);
    const rows = this.rows.slice(this.at, this.at + size);
    this.at += rows.length;
    if (!rows.length) result._softClose();
    return rows;
  }

  override fetchall(result: FetchingResult): RawRow[] {
    const rows = this.rows.slice(this.at);
    this.rows = [];
    this.at = 0;
    result._softClose();
    return rows;
  }

  override yieldPer(): void {}

  override close(result: FetchingResult): void {
    this.rows = [];
    this.at = 0;
    super.close(result);
  }
}
