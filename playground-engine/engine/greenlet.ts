// Where asynchronous engines may reach their database: inside greenlet_spawn(), which awaits for them.
//
// Nothing here waits for anything; the rule is kept, so that a lazy load outside of an await fails as it does with a real asynchronous driver.
// Behaviour: SQLAlchemy util/_concurrency_py3k.py, connectors/asyncio.py.
import { MissingGreenlet } from "../errors/index.ts";
import { onReset } from "../util/reset.ts";
import type {
  ColumnDescription,
  DriverConnection,
  DriverCursor,
  Params,
  Peek,
  RawRow,
  ScalarFunction,
  AggregateFunction,
} from "./dbapi.ts";

let depth = 0;
/** Whether a driver was asked for anything, and for a connection, since takeUse() looked. */
let use = { used: false, connected: false };
onReset(() => {
  depth = 0;
  use = { used: false, connected: false };
});

/** What a real asynchronous driver would have been waited for since the last call. */
export function takeUse(): { readonly used: boolean; readonly connected: boolean } {
  const last = use;
  use = { used: false, connected: false };
  return last;
}

/** A driver makes a new connection. */
export function noteConnect(): void {
  awaitOnly();
  use.connected = true;
}

/** Run what `await connection.execute(…)` stands for. */
export function greenletSpawn<T>(fn: () => T): T {
  depth++;
  try {
    return fn();
  } finally {
    depth--;
  }
}

/** Whether a function runs that greenletSpawn called. */
export function greenletSpawning(): boolean {
  return depth > 0;
}

/** Throws MissingGreenlet outside of greenletSpawn. */
export function awaitOnly(): void {
  if (depth === 0)
    throw new MissingGreenlet(
      "greenlet_spawn has not been called; can't call await_only() here. Was IO attempted in an unexpected place?",
    );
  use.used = true;
}

/** A driver's connection that may be used inside greenletSpawn only. */
export class AsyncAdaptedConnection implements DriverConnection {
  /** The connection of the driver below. */
  readonly driverConnection: DriverConnection;

  constructor(connection: DriverConnection) {
    this.driverConnection = connection;
  }

  get database(): string {
    return this.driverConnection.database;
  }
  get isolationLevel(): string | null {
    return this.driverConnection.isolationLevel;
  }
  set isolationLevel(level: string | null) {
    this.driverConnection.isolationLevel = level;
  }
  get inTransaction(): boolean {
    return this.driverConnection.inTransaction;
  }
  get totalChanges(): number {
    return this.driverConnection.totalChanges;
  }
  get closed(): boolean {
    return this.driverConnection.closed;
  }
  cursor(): DriverCursor {
    return new AsyncAdaptedCursor(this, this.driverConnection.cursor());
  }
  commit(): void {
    awaitOnly();
    this.driverConnection.commit();
  }
  rollback(): void {
    awaitOnly();
    this.driverConnection.rollback();
  }
  close(): void {
    awaitOnly();
    this.driverConnection.close();
  }
  createFunction(name: string, narg: number, fn: ScalarFunction | null, deterministic?: boolean): void {
    awaitOnly();
    this.driverConnection.createFunction(name, narg, fn, deterministic);
  }
  createAggregate(name: string, narg: number, make: (() => AggregateFunction) | null): void {
    awaitOnly();
    this.driverConnection.createAggregate(name, narg, make);
  }
  createCollation(name: string, compare: ((a: string, b: string) => number) | null): void {
    awaitOnly();
    this.driverConnection.createCollation(name, compare);
  }
  backup(target: DriverConnection): void {
    awaitOnly();
    this.driverConnection.backup(target instanceof AsyncAdaptedConnection ? target.driverConnection : target);
  }
  serialize(): Uint8Array {
    return this.driverConnection.serialize();
  }
  peek(sql: string, limit: number): Peek | undefined {
    return this.driverConnection.peek(sql, limit);
  }
}

/** Fetches all rows when it executes, as SQLAlchemy's adapted cursors do: reading them needs no await. */
class AsyncAdaptedCursor implements DriverCursor {
  readonly connection: DriverConnection;
  arraysize = 1;
  private readonly inner: DriverCursor;
  private rows: RawRow[] = [];

  constructor(connection: DriverConnection, inner: DriverCursor) {
    this.connection = connection;
    this.inner = inner;
  }

  get description(): readonly ColumnDescription[] | null {
    return this.inner.description;
  }
  get rowcount(): number {
    return this.inner.rowcount;
  }
  get lastrowid(): number | bigint | null {
    return this.inner.lastrowid;
  }
  execute(sql: string, params?: Params): void {
    awaitOnly();
    this.inner.execute(sql, params);
    this.rows = this.inner.description ? this.inner.fetchall() : [];
  }
  executemany(sql: string, params: Iterable<Params>): void {
    awaitOnly();
    this.inner.executemany(sql, params);
    this.rows = [];
  }
  executescript(sql: string): void {
    awaitOnly();
    this.inner.executescript(sql);
  }
  fetchone(): RawRow | undefined {
    return this.rows.shift();
  }
  fetchmany(size: number = this.arraysize): RawRow[] {
    return this.rows.splice(0, size);
  }
  fetchall(): RawRow[] {
    return this.rows.splice(0);
  }
  close(): void {
    this.rows = [];
    this.inner.close();
  }
}
