// The kinds of pools. Files get a QueuePool, a database in memory a SingletonThreadPool: its one connection is the database.
// Behaviour: SQLAlchemy pool/impl.py.
import { TimeoutError } from "../errors/index.ts";
import { host, type Value } from "../util/host.ts";
import { Pool, type Creator, type PoolOptions } from "./pool.ts";
import { ConnectionFairy, ConnectionRecord } from "./pool-record.ts";

export interface QueuePoolOptions extends PoolOptions {
  readonly poolSize?: number;
  readonly maxOverflow?: number;
  readonly timeout?: number;
  readonly useLifo?: boolean;
}

/** A number of the program's: an int or a float. */
function seconds(v: Value): number {
  return typeof v === "number" ? v : host.types.readFloat(v);
}

/** Keeps up to poolSize connections open and lends up to maxOverflow more. */
export class QueuePool extends Pool {
  static override readonly pyName: string = "QueuePool";
  static override readonly pyModule: string = "sqlalchemy.pool.impl";
  static override readonly keywords: readonly string[] = [
    ...Pool.keywords,
    "pool_size",
    "max_overflow",
    "timeout",
    "use_lifo",
  ];
  private readonly queue: ConnectionRecord[] = [];
  private readonly poolSize: number;
  private readonly maxOverflow: number;
  private readonly useLifo: boolean;
  private readonly waitSeconds: number;
  private over: number;

  constructor(creator: Creator | Value, options: QueuePoolOptions = {}) {
    super(creator, options);
    this.poolSize = options.poolSize ?? 5;
    this.over = -this.poolSize;
    this.maxOverflow = this.poolSize === 0 ? -1 : (options.maxOverflow ?? 10);
    this.waitSeconds = seconds(options.timeout ?? 30);
    this.useLifo = options.useLifo ?? false;
  }

  override _doReturnConn(record: ConnectionRecord): void {
    if (this.poolSize > 0 && this.queue.length >= this.poolSize) {
      try {
        record.close();
      } finally {
        this.over--;
      }
    } else this.queue.push(record);
  }

  override _doGet(): ConnectionRecord {
    const waiting = this.useLifo ? this.queue.pop() : this.queue.shift();
    if (waiting) return waiting;
    if (this.maxOverflow > -1 && this.over >= this.maxOverflow)
      throw new TimeoutError(
        `QueuePool limit of size ${this.size()} overflow ${this.overflow()} reached, connection timed out, timeout ${this.waitSeconds.toFixed(2)}`,
        { code: "3o7r" },
      );
    this.over++;
    try {
      return new ConnectionRecord(this);
    } catch (e) {
      this.over--;
      throw e;
    }
  }

  override recreate(): QueuePool {
    this.logger.info("Pool recreating");
    return new (this.constructor as typeof QueuePool)(this.creator, {
      ...this.recreateOptions(),
      poolSize: this.poolSize,
      maxOverflow: this.maxOverflow,
      useLifo: this.useLifo,
      timeout: this.waitSeconds,
    });
  }

  override dispose(): void {
    for (let record = this.queue.shift(); record; record = this.queue.shift()) record.close();
    this.over = -this.size();
    this.logger.info(`Pool disposed. ${this.status()}`);
  }

  override status(): string {
    return `Pool size: ${this.size()}  Connections in pool: ${this.checkedin()} Current Overflow: ${this.overflow()} Current Checked out connections: ${this.checkedout()}`;
  }

  size(): number {
    return this.poolSize;
  }

  timeout(): number {
    return this.waitSeconds;
  }

  checkedin(): number {
    return this.queue.length;
  }

  overflow(): number {
    return this.poolSize ? this.over : 0;
  }

  checkedout(): number {
    return this.poolSize - this.queue.length + this.over;
  }
}

export class AsyncAdaptedQueuePool extends QueuePool {
  static override readonly pyName = "AsyncAdaptedQueuePool";
}

/** Opens a connection each time and closes it afterwards. */
export class NullPool extends Pool {
  static override readonly pyName = "NullPool";
  static override readonly pyModule = "sqlalchemy.pool.impl";

  override status(): string {
    return "NullPool";
  }

  override _doReturnConn(record: ConnectionRecord): void {
    record.close();
  }

  override _doGet(): ConnectionRecord {
    return new ConnectionRecord(this);
  }

  override recreate(): NullPool {
    this.logger.info("Pool recreating");
    return new NullPool(this.creator, this.recreateOptions());
  }

  override dispose(): void {}
}

let nextId = 1;

/** One connection a thread. A thread's second checkout is the same one once more. */
export class SingletonThreadPool extends Pool {
  static override readonly pyName = "SingletonThreadPool";
  static override readonly pyModule = "sqlalchemy.pool.impl";
  static override readonly keywords: readonly string[] = [...Pool.keywords, "pool_size"];
  readonly size: number;
  private readonly id = nextId++;
  private readonly records = new Map<number, ConnectionRecord>();
  private readonly fairies = new Map<number, ConnectionFairy>();

  constructor(creator: Creator | Value, options: PoolOptions & { readonly poolSize?: number } = {}) {
    super(creator, options);
    this.size = options.poolSize ?? 5;
  }

  override recreate(): SingletonThreadPool {
    this.logger.info("Pool recreating");
    return new SingletonThreadPool(this.creator, { ...this.recreateOptions(), poolSize: this.size });
  }

  override dispose(): void {
    for (const record of this.records.values())
      try {
        record.close();
      } catch (e) {
        if (!host.isError(e, "Exception") && !(e instanceof Error)) throw e;
      }
    this.records.clear();
  }

  override status(): string {
    return `SingletonThreadPool id:${this.id} size: ${this.records.size}`;
  }

  override _doReturnConn(): void {
    this.fairies.delete(host.thread());
  }

  override _doGet(): ConnectionRecord {
    const known = this.records.get(host.thread());
    if (known) return known;
    const record = new ConnectionRecord(this);
    for (const [thread, other] of this.records) {
      if (this.records.size < this.size) break;
      this.records.delete(thread);
      other.close();
    }
    this.records.set(host.thread(), record);
    return record;
  }

  override connect(): ConnectionFairy {
    const known = this.fairies.get(host.thread());
    if (known) return known.checkoutExisting();
    return ConnectionFairy.checkout(this, null, (fairy) => this.fairies.set(host.thread(), fairy));
  }
}

/** One connection for all. */
export class StaticPool extends Pool {
  static override readonly pyName = "StaticPool";
  static override readonly pyModule = "sqlalchemy.pool.impl";
  private record: ConnectionRecord | null = null;

  get connection(): ConnectionRecord {
    return (this.record ??= new ConnectionRecord(this));
  }

  override status(): string {
    return "StaticPool";
  }

  override dispose(): void {
    if (!this.record?.dbapiConnection) return;
    this.record.close();
    this.record = null;
  }

  override recreate(): StaticPool {
    this.logger.info("Pool recreating");
    return new StaticPool(this.creator, this.recreateOptions());
  }

  override _doReturnConn(): void {}

  override _doGet(): ConnectionRecord {
    if (this.connection.isHardOrSoftInvalidated) this.record = null;
    return this.connection;
  }
}

/** One connection, and an error where it is asked for twice. */
export class AssertionPool extends Pool {
  static override readonly pyName = "AssertionPool";
  static override readonly pyModule = "sqlalchemy.pool.impl";
  static override readonly keywords: readonly string[] = [...Pool.keywords, "store_traceback"];
  private record: ConnectionRecord | null = null;
  private checkedOut = false;

  override status(): string {
    return "AssertionPool";
  }

  override _doReturnConn(): void {
    if (!this.checkedOut) throw host.error("AssertionError", "connection is not checked out");
    this.checkedOut = false;
  }

  override dispose(): void {
    this.checkedOut = false;
    this.record?.close();
  }

  override recreate(): AssertionPool {
    this.logger.info("Pool recreating");
    return new AssertionPool(this.creator, this.recreateOptions());
  }

  override _doGet(): ConnectionRecord {
    // The real message goes on with the stack of the first checkout, which a program cannot rely on.
    if (this.checkedOut) throw host.error("AssertionError", "connection is already checked out");
    this.record ??= new ConnectionRecord(this);
    this.checkedOut = true;
    return this.record;
  }
}

export type PoolClass = {
  new (creator: Creator | Value, options?: never): Pool;
  readonly pyName: string;
  readonly keywords: readonly string[];
};
