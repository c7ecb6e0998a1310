// What a connection is before it executes anything: its engine, the database connection it holds, its options, and what becomes of errors.
//
// Connection = this + statement-execution.ts + transactions (connection.ts). Behaviour: SQLAlchemy engine/base.py (Connection).
import {
  InvalidRequestError,
  PendingRollbackError,
  ResourceClosedError,
  wrapError,
  type StatementError,
} from "../errors/index.ts";
import type { ExecutionOptions } from "../sql/base.ts";
import { host, type Kwargs, type Value } from "../util/host.ts";
import type { ExecuteParams } from "../util/repr-params.ts";
import { setCharacteristics, tellOptions } from "./characteristics.ts";
import { schemaTranslateMapOf, type SchemaTranslateMap } from "./compile-cache.ts";
import type { Connection } from "./connection.ts";
import { driverErrorNames, type DriverConnection, type DriverCursor } from "./dbapi.ts";
import type { EngineDialect } from "./engine-dialect.ts";
import type { Engine } from "./engine.ts";
import { connectionEvents, hooksOf, type ConnectionDispatch } from "./events.ts";
import type { ExecutionContext } from "./execution-context.ts";
import { askErrorListeners, raiseWithoutConnection } from "./handle-error.ts";
import type { ConnectionFairy } from "./pool-record.ts";
import type { NestedTransaction, RootTransaction } from "./transaction.ts";
import type { TransactionalContext } from "./transactional-context.ts";

export const NO_OPTIONS: ExecutionOptions = new Map();

export interface ConnectionOptions {
  /** @internal a connection of its own instead of one from the pool */
  readonly fairy?: ConnectionFairy;
  /** @internal false for the engine's own first look at a database: no events, no transaction */
  readonly ordinary?: boolean;
}

export abstract class ConnectionBase {
  static readonly dispatch = connectionEvents.classDispatch;
  declare _hasEvents: boolean;
  declare readonly isConnection: true;

  readonly engine: Engine;
  readonly dialect: EngineDialect;
  readonly dispatch: ConnectionDispatch;
  /** @internal */
  _transaction: RootTransaction | null = null;
  /** @internal */
  _nestedTransaction: NestedTransaction | null = null;
  /** @internal */
  _transContextManager: TransactionalContext | null = null;
  /** @internal */
  readonly _echo: boolean;
  /** @internal */
  _executionOptions: ExecutionOptions;
  /** @internal logging_token's */
  _messageFormatter: ((message: string) => string) | null = null;
  protected fairy: ConnectionFairy | null;
  protected canReconnect: boolean;
  protected readonly allowAutobegin: boolean;
  private reentrantError = false;
  private isDisconnect = false;

  constructor(engine: Engine, options: ConnectionOptions = {}) {
    const ordinary = options.ordinary ?? true;
    this.engine = engine;
    this.dialect = engine.dialect;
    this.fairy = options.fairy ?? null;
    if (!options.fairy)
      try {
        this.fairy = engine.rawConnection();
      } catch (e) {
        if (driverErrorNames(e)) raiseWithoutConnection(e, engine.dialect, { engine });
        throw e;
      }
    this.canReconnect = ordinary;
    this.allowAutobegin = ordinary;
    this._echo = engine._shouldLogInfo();
    const own = connectionEvents.forInstance(this);
    this.dispatch = ordinary ? connectionEvents.join(own, engine.dispatch) : own;
    if (ordinary && engine._hasEvents) this._hasEvents = true;
    this._executionOptions = ordinary ? engine._executionOptions : NO_OPTIONS;
    if (this.hasEvents) this.dispatch.engineConnect.emit(this.self);
  }

  protected get hasEvents(): boolean {
    return this._hasEvents || (this.allowAutobegin && this.engine._hasEvents);
  }

  /** This, as the listeners and helpers know it. */
  protected get self(): Connection {
    return this as unknown as Connection;
  }

  protected abstract inTransactionNow(): boolean;
  /** @internal */
  abstract _rollbackImpl(): void;

  // ------------------------------------------------------------------ logging

  /** @internal */
  _logInfo(message: string): void {
    this.engine.logger.info(this._messageFormatter ? this._messageFormatter(message) : message);
  }

  /** @internal */
  _logDebug(message: string): void {
    this.engine.logger.debug(this._messageFormatter ? this._messageFormatter(message) : message);
  }

  // ------------------------------------------------------------------ options

  get _schemaTranslateMap(): SchemaTranslateMap | null {
    return schemaTranslateMapOf(this._executionOptions.get("schema_translate_map"));
  }

  schemaForObject(obj: { readonly schema: string | null; readonly _useSchemaMap?: boolean }): string | null {
    const map = this._schemaTranslateMap;
    return map?.has(obj.schema) && obj._useSchemaMap !== false
      ? (map.get(obj.schema) as string | null)
      : obj.schema;
  }

  /** Options for everything this connection executes from now on. */
  executionOptions(opt: Kwargs): this {
    const options = this.hasEvents
      ? tellOptions(opt, (dict) => this.dispatch.setConnectionExecutionOptions.emit(this.self, dict))
      : opt;
    this._executionOptions = new Map([...this._executionOptions, ...options]);
    setCharacteristics(this.self, options);
    return this;
  }

  getExecutionOptions(): ExecutionOptions {
    return this._executionOptions;
  }

  getIsolationLevel(): string {
    const connection = this.dbapiConnection();
    return this.guarded(() => this.dialect.getIsolationLevel(connection));
  }

  get defaultIsolationLevel(): string | null {
    return this.dialect.defaultIsolationLevel;
  }

  protected get isAutocommit(): boolean {
    const level = this._executionOptions.get("isolation_level");
    if (level === "AUTOCOMMIT") return true;
    return (level === undefined || level === null) && this.dialect.onConnectIsolationLevel === "AUTOCOMMIT";
  }

  // ------------------------------------------------------------------ the connection below

  get closed(): boolean {
    return this.fairy === null && !this.canReconnect;
  }

  get invalidated(): boolean {
    return this.fairy === null && this.canReconnect;
  }

  /** The pool's proxy; opened anew after an invalidation. Throws ResourceClosedError, PendingRollbackError. */
  get connection(): ConnectionFairy {
    return this.fairy ?? this.revalidate();
  }

  protected dbapiConnection(): DriverConnection {
    return this.connection.dbapiConnection as DriverConnection;
  }

  protected get stillOpen(): boolean {
    return this.fairy?.isValid ?? false;
  }

  /** @internal */
  _invalidTransaction(): never {
    throw new PendingRollbackError(
      `Can't reconnect until invalid ${this._nestedTransaction ? "savepoint " : ""}transaction is rolled back.  Please rollback() fully before proceeding`,
      { code: "8s2b" },
    );
  }

  protected revalidate(): ConnectionFairy {
    if (!this.invalidated) throw new ResourceClosedError("This Connection is closed");
    if (this._transaction) this._invalidTransaction();
    return (this.fairy = this.guarded(() => this.engine.rawConnection()));
  }

  /** @internal a number for the trace */
  get number(): number {
    return this.fairy?.number ?? 0;
  }

  get info(): Value {
    return this.connection.info;
  }

  invalidate(exception: unknown = null): void {
    if (this.invalidated) return;
    if (this.closed) throw new ResourceClosedError("This Connection is closed");
    if (this.stillOpen) (this.fairy as ConnectionFairy).invalidate(exception);
    this.fairy = null;
  }

  detach(): void {
    if (this.closed) throw new ResourceClosedError("This Connection is closed");
    if (!this.fairy) throw new InvalidRequestError("Can't detach an invalidated Connection");
    this.fairy.detach();
  }

  // ------------------------------------------------------------------ errors

  /** Errors of the driver inside fn are wrapped. */
  protected guarded<T>(fn: () => T): T {
    try {
      return fn();
    } catch (e) {
      if (e instanceof PendingRollbackError || e instanceof ResourceClosedError) throw e;
      return this._handleDbapiException(e, null, null, null, null);
    }
  }

  /** @internal */
  _safeCloseCursor(cursor: DriverCursor): void {
    try {
      cursor.close();
    } catch (e) {
      if (!host.isError(e, "Exception") && !(e instanceof Error)) throw e;
      this.engine.pool.logger.error("Error closing cursor");
    }
  }

  /** @internal Raise what the program is to see of this error. */
  _handleDbapiException(
    e: unknown,
    statement: string | null,
    parameters: ExecuteParams | null,
    cursor: DriverCursor | null,
    context: ExecutionContext | null,
    subExecution = false,
  ): never {
    const names = driverErrorNames(e);
    const isExit = !names && !host.isError(e, "Exception") && !(e instanceof Error);
    if (!this.isDisconnect)
      this.isDisconnect =
        (names !== undefined &&
          !this.closed &&
          this.dialect.isDisconnect(
            e,
            this.invalidated ? null : (this.fairy?.dbapiConnection ?? null),
            cursor,
          )) ||
        (isExit && !this.closed);
    const ismulti = !subExecution && (context?.executemany ?? false);
    const wrap = (): unknown =>
      wrapError(statement, parameters, e, {
        dbapiNames: names,
        hideParameters: host.isTrue(this.engine.hideParameters),
        connectionInvalidated: this.isDisconnect,
        ismulti,
      });
    if (this.reentrantError) throw host.withCause(wrap(), e);
    this.reentrantError = true;
    let invalidatePool = !isExit;
    try {
      const shouldWrap = names !== undefined || (statement !== null && context === null && !isExit);
      const wrapped = shouldWrap ? wrap() : null;
      let instead: unknown;
      if (
        hooksOf(this.dialect).dispatch.handleError.active &&
        !host.isTrue(this._executionOptions.get("skip_user_error_events") ?? null)
      ) {
        const asked = askErrorListeners({
          exception: e,
          wrapped: wrapped as StatementError | null,
          engine: this.engine,
          dialect: this.dialect,
          connection: this.self,
          cursor,
          statement,
          parameters,
          many: ismulti,
          context,
          isDisconnect: this.isDisconnect,
          invalidatePool,
        });
        instead = asked.instead;
        this.isDisconnect = asked.context.isDisconnect;
        invalidatePool = asked.context.invalidatePoolOnDisconnect;
      }
      if (!this.isDisconnect) {
        if (cursor) this._safeCloseCursor(cursor);
        if (!this.inTransactionNow()) this._rollbackImpl();
      }
      if (instead !== undefined) throw host.withCause(instead, e);
      if (wrapped !== null && wrapped !== e) throw host.withCause(wrapped, e);
      throw e;
    } finally {
      this.reentrantError = false;
      if (this.isDisconnect) {
        this.isDisconnect = false;
        if (!this.invalidated) {
          if (invalidatePool && this.fairy) this.engine.pool._invalidate(this.fairy, e);
          this.invalidate(e);
        }
      }
    }
  }
}
Object.assign(ConnectionBase.prototype, { _hasEvents: false, isConnection: true });
