// One database connection in a pool, and the proxy that is handed out for it.
//
// A record outlives its connection: invalidated, it opens another when it is next asked for. The proxy (SQLAlchemy's
// _ConnectionFairy) goes back when it is closed, rolled back first. There are no finalizers here: a proxy that is
// lost stays out. Behaviour: SQLAlchemy pool/base.py.
import { DisconnectionError, InvalidatePoolError, InvalidRequestError, warn } from "../errors/index.ts";
import { host, type Value } from "../util/host.ts";
import { onReset } from "../util/reset.ts";
import { callDriver, doCommit, doPing, doRollback } from "./dbapi-calls.ts";
import type { DriverConnection, DriverCursor } from "./dbapi.ts";
import type { Pool } from "./pool.ts";

let last = 0;

/** Seconds since 1970, never twice the same: the order of events counts. */
export function now(): number {
  return (last = Math.max(last + 1e-6, Date.now() / 1000));
}

/** Notes that the program keeps with a connection: a dict of the host. */
export type Info = Value;

let nextRecord = 1;
// Each program's connections count from one.
onReset(() => (nextRecord = 1));

export class ConnectionRecord {
  dbapiConnection: DriverConnection | null = null;
  /** The proxy that holds this now. */
  fairy: ConnectionFairy | null = null;
  fresh = false;
  starttime = 0;
  /** Run with the connection before it goes back: options of one checkout are undone. */
  readonly finalizeCallback: ((connection: DriverConnection) => void)[] = [];
  /** A number for the trace. */
  readonly number: number = nextRecord++;
  private readonly pool: Pool;
  private softInvalidateTime = 0;
  private ownInfo: Info | undefined;
  private ownRecordInfo: Info | undefined;

  constructor(pool: Pool, connect = true) {
    this.pool = pool;
    if (connect) this.connect();
  }

  get driverConnection(): DriverConnection | null {
    return this.dbapiConnection;
  }

  /** Lives as long as the connection. */
  get info(): Info {
    return (this.ownInfo ??= host.makeDict([]));
  }

  /** Lives as long as the record. */
  get recordInfo(): Info {
    return (this.ownRecordInfo ??= host.makeDict([]));
  }

  get inUse(): boolean {
    return this.fairy !== null;
  }

  get lastConnectTime(): number {
    return this.starttime;
  }

  static checkout(pool: Pool): ConnectionFairy {
    const record = pool._doGet();
    let connection: DriverConnection;
    try {
      connection = record.getConnection();
    } catch (e) {
      record.checkinFailed(e, false);
      throw e;
    }
    const echo = pool._shouldLogDebug();
    const fairy = new ConnectionFairy(pool, connection, record, echo);
    record.fairy = fairy;
    if (echo) pool.logger.debug(`Connection ${host.repr(connection)} checked out from pool`);
    return fairy;
  }

  /** @internal */
  checkinFailed(e: unknown, fairyWasCreated = true): void {
    this.invalidate(e);
    this.checkin(fairyWasCreated);
  }

  /** Back to the pool. */
  checkin(fairyWasCreated = true): void {
    if (this.fairy === null && fairyWasCreated) {
      warn(`Double checkin attempted on ${host.str(this)}`);
      return;
    }
    this.fairy = null;
    const connection = this.dbapiConnection;
    for (let fn = this.finalizeCallback.pop(); fn; fn = this.finalizeCallback.pop())
      if (connection) fn(connection);
    this.pool.dispatch.checkin.emit(connection, this);
    this.pool._doReturnConn(this);
  }

  close(): void {
    if (this.dbapiConnection) this.closeConnection();
  }

  /** Close the connection, or with soft=True only have it replaced the next time. */
  invalidate(e: unknown = null, soft = false): void {
    const connection = this.dbapiConnection;
    if (!connection) return;
    (soft ? this.pool.dispatch.softInvalidate : this.pool.dispatch.invalidate).emit(connection, this, e);
    const reason = e === null ? "" : ` (reason: ${host.typeName(e)}:${host.errorText(e)})`;
    this.pool.logger.info(`${soft ? "Soft " : ""}Invalidate connection ${host.repr(connection)}${reason}`);
    if (soft) this.softInvalidateTime = now();
    else {
      this.closeConnection(true);
      this.dbapiConnection = null;
    }
  }

  /** The connection, opened or replaced as need be. */
  getConnection(): DriverConnection {
    const { pool } = this;
    let reason: string | undefined;
    if (!this.dbapiConnection) this.reconnect();
    else if (pool._recycle > -1 && now() - this.starttime > pool._recycle)
      reason = "exceeded timeout; recycling";
    else if (pool._invalidateTime > this.starttime)
      reason = "invalidated due to pool invalidation; recycling";
    else if (this.softInvalidateTime > this.starttime)
      reason = "invalidated due to local soft invalidation; recycling";
    if (reason) {
      pool.logger.info(`Connection ${host.repr(this.dbapiConnection)} ${reason}`);
      this.closeConnection(true);
      this.reconnect();
    }
    return this.dbapiConnection as unknown as DriverConnection;
  }

  get isHardOrSoftInvalidated(): boolean {
    return (
      !this.dbapiConnection ||
      this.pool._invalidateTime > this.starttime ||
      this.softInvalidateTime > this.starttime
    );
  }

  private reconnect(): void {
    this.ownInfo = undefined;
    this.connect();
  }

  private closeConnection(terminate = false): void {
    this.finalizeCallback.length = 0;
    this.pool.dispatch.close.emit(this.dbapiConnection, this);
    this.pool._closeConnection(this.dbapiConnection as DriverConnection, terminate);
    this.dbapiConnection = null;
  }

  private connect(): void {
    const { pool } = this;
    this.dbapiConnection = null;
    try {
      this.starttime = now();
      this.dbapiConnection = pool._invokeCreator(this);
      if (pool._shouldLogDebug())
        pool.logger.debug(`Created new connection ${host.repr(this.dbapiConnection)}`);
      this.fresh = true;
    } catch (e) {
      if (pool._shouldLogDebug()) pool.logger.debug(`Error on connect(): ${host.errorText(e)}`);
      throw e;
    }
    const first = pool.dispatch.firstConnect;
    if (first.active)
      first.forModify(pool.dispatch as never).emitOnceUnlessException(this.dbapiConnection, this);
    pool.dispatch.connect.emit(this.dbapiConnection, this);
  }
}

/** What a reset listener is told. */
export class PoolResetState {
  readonly transactionWasReset: boolean;
  readonly terminateOnly: boolean;
  readonly asyncioSafe: boolean;

  constructor(transactionWasReset: boolean, terminateOnly: boolean, asyncioSafe: boolean) {
    this.transactionWasReset = transactionWasReset;
    this.terminateOnly = terminateOnly;
    this.asyncioSafe = asyncioSafe;
  }

  equals(other: unknown): boolean {
    return (
      other instanceof PoolResetState &&
      other.transactionWasReset === this.transactionWasReset &&
      other.terminateOnly === this.terminateOnly &&
      other.asyncioSafe === this.asyncioSafe
    );
  }

  repr(): string {
    const { transactionWasReset, terminateOnly, asyncioSafe } = this;
    return `PoolResetState(transaction_was_reset=${host.repr(transactionWasReset)}, terminate_only=${host.repr(terminateOnly)}, asyncio_safe=${host.repr(asyncioSafe)})`;
  }
}

/** A connection that is checked out: SQLAlchemy's PoolProxiedConnection. */
export class ConnectionFairy {
  dbapiConnection: DriverConnection | null;
  connectionRecord: ConnectionRecord | null;
  /** @internal */
  readonly _pool: Pool;
  private readonly echo: boolean;
  private counter = 0;
  private ownInfo: Info | undefined;

  constructor(pool: Pool, connection: DriverConnection, record: ConnectionRecord | null, echo: boolean) {
    this._pool = pool;
    this.dbapiConnection = connection;
    this.connectionRecord = record;
    this.echo = echo;
  }

  /** Check a connection out, look whether it lives, and tell listeners. */
  static checkout(
    pool: Pool,
    existing: ConnectionFairy | null = null,
    created: (fairy: ConnectionFairy) => void = () => undefined,
  ): ConnectionFairy {
    let fairy = existing;
    if (!fairy) {
      fairy = ConnectionRecord.checkout(pool);
      created(fairy);
    }
    fairy.counter++;
    if ((!pool.dispatch.checkout.active && !pool._prePing) || fairy.counter !== 1) return fairy;
    for (let attempts = 2; attempts > 0; attempts--) {
      try {
        fairy.pingAndTell();
        return fairy;
      } catch (e) {
        if (e instanceof DisconnectionError) fairy.reconnectAfter(e);
        else {
          fairy.connectionRecord?.checkinFailed(e);
          throw e;
        }
      }
    }
    pool.logger.info("Reconnection attempts exhausted on checkout");
    fairy.invalidate();
    throw new InvalidRequestError("This connection is closed");
  }

  checkoutExisting(): ConnectionFairy {
    return ConnectionFairy.checkout(this._pool, this);
  }

  private pingAndTell(): void {
    const pool = this._pool;
    const record = this.connectionRecord as ConnectionRecord;
    const connection = this.dbapiConnection as DriverConnection;
    const fresh = record.fresh;
    record.fresh = false;
    if (pool._prePing) {
      if (fresh) {
        if (this.echo) pool.logger.debug(`Connection ${host.str(connection)} is fresh, skipping pre-ping`);
      } else {
        if (this.echo) pool.logger.debug(`Pool pre-ping on connection ${host.str(connection)}`);
        if (!doPing(pool._requireDialect(), connection)) {
          if (this.echo)
            pool.logger.debug(
              `Pool pre-ping on connection ${host.str(connection)} failed, will invalidate pool`,
            );
          throw new InvalidatePoolError();
        }
      }
    }
    pool.dispatch.checkout.emit(connection, record, this);
  }

  private reconnectAfter(e: DisconnectionError): void {
    const pool = this._pool;
    const record = this.connectionRecord as ConnectionRecord;
    if (e.invalidatePool) {
      pool.logger.info(
        `Disconnection detected on checkout, invalidating all pooled connections prior to current timestamp (reason: ${host.repr(e)})`,
      );
      record.invalidate(e);
      pool._invalidate(this, e, false);
    } else {
      pool.logger.info(
        `Disconnection detected on checkout, invalidating individual connection ${host.str(this.dbapiConnection)} (reason: ${host.repr(e)})`,
      );
      record.invalidate(e);
    }
    try {
      this.dbapiConnection = record.getConnection();
    } catch (inner) {
      record.checkinFailed(inner);
      throw inner;
    }
  }

  // ------------------------------------------------------------------ going back

  close(): void {
    if (--this.counter === 0) this.checkin();
  }

  /** @internal after the connection's own transaction was ended */
  _closeSpecial(transactionReset: boolean): void {
    if (--this.counter === 0) this.checkin(transactionReset);
  }

  private checkin(transactionWasReset = false): void {
    const pool = this._pool;
    const connection = this.dbapiConnection;
    const record = this.connectionRecord;
    const detached = record === null;
    if (connection) {
      if (record && this.echo)
        pool.logger.debug(`Connection ${host.repr(connection)} being returned to pool`);
      try {
        this.reset(transactionWasReset, detached);
        if (detached) {
          pool.dispatch.closeDetached.emit(connection);
          pool._closeConnection(connection);
        }
      } catch (e) {
        pool.logger.error("Exception during reset or similar");
        record?.invalidate(e);
        if (!host.isError(e, "Exception") && !(e instanceof Error)) throw e;
      }
    }
    if (record?.fairy) record.checkin();
    this.dbapiConnection = null;
    this.connectionRecord = null;
  }

  private reset(transactionWasReset: boolean, terminateOnly: boolean): void {
    const pool = this._pool;
    const connection = this.dbapiConnection as DriverConnection;
    if (pool.dispatch.reset.active) {
      const state = new PoolResetState(transactionWasReset, terminateOnly, true);
      pool.dispatch.reset.emit(connection, this.connectionRecord, state);
    }
    if (pool._resetOnReturn === "rollback") {
      if (transactionWasReset) {
        if (this.echo)
          pool.logger.debug(`Connection ${host.str(connection)} reset, transaction already reset`);
      } else {
        if (this.echo) pool.logger.debug(`Connection ${host.str(connection)} rollback-on-return`);
        doRollback(pool._dialect, connection);
      }
    } else if (pool._resetOnReturn === "commit") {
      if (this.echo) pool.logger.debug(`Connection ${host.str(connection)} commit-on-return`);
      doCommit(pool._dialect, connection);
    }
  }

  // ------------------------------------------------------------------ for programs

  enter(): this {
    return this;
  }

  exit(): void {
    this.close();
  }

  get isValid(): boolean {
    return this.dbapiConnection !== null;
  }

  get isDetached(): boolean {
    return this.connectionRecord === null;
  }

  get driverConnection(): DriverConnection | null {
    return this.connectionRecord?.driverConnection ?? null;
  }

  get info(): Info {
    return this.connectionRecord ? this.connectionRecord.info : (this.ownInfo ??= host.makeDict([]));
  }

  get recordInfo(): Info {
    return this.connectionRecord?.recordInfo ?? null;
  }

  /** @internal for the trace */
  get number(): number {
    return this.connectionRecord?.number ?? 0;
  }

  /** Throws AssertionError once it is closed or invalidated. */
  private get open(): DriverConnection {
    if (!this.dbapiConnection) throw host.error("AssertionError", "");
    return this.dbapiConnection;
  }

  cursor(): DriverCursor {
    return callDriver(this.open, "cursor") as DriverCursor;
  }

  commit(): void {
    callDriver(this.open, "commit");
  }

  rollback(): void {
    callDriver(this.open, "rollback");
  }

  invalidate(e: unknown = null, soft = false): void {
    if (!this.dbapiConnection) {
      warn("Can't invalidate an already-closed connection.");
      return;
    }
    this.connectionRecord?.invalidate(e, soft);
    if (!soft) {
      this.dbapiConnection = null;
      this.checkin();
    }
  }

  /** Take the connection out of the pool for good. */
  detach(): void {
    const record = this.connectionRecord;
    if (!record) return;
    record.fairy = null;
    record.dbapiConnection = null;
    this._pool._doReturnConn(record);
    this.ownInfo = host.makeDict(host.entries(record.info) ?? []);
    this.connectionRecord = null;
    this._pool.dispatch.detach.emit(this.dbapiConnection, record);
  }
}
