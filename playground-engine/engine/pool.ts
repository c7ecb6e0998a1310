// A pool of database connections: what all kinds of pools share.
//
// Waiting for a connection makes no sense where nothing else runs: a pool that is used up raises at once what the real one
// raises after its timeout. Behaviour: SQLAlchemy pool/base.py.
import { ArgumentError } from "../errors/index.ts";
import { listen } from "../event/index.ts";
import { host, type Value } from "../util/host.ts";
import { doClose } from "./dbapi-calls.ts";
import type { DriverConnection } from "./dbapi.ts";
import type { EngineDialect } from "./engine-dialect.ts";
import { poolEvents, poolTarget, type PoolDispatch } from "./events.ts";
import { DEBUG, INFO, InstanceLogger, type EchoFlag } from "./log.ts";
import { ConnectionFairy, now, type ConnectionRecord } from "./pool-record.ts";

/** Opens a connection. A function of the program takes no argument, or the record. */
export type Creator = (record: ConnectionRecord) => DriverConnection;
export type ResetStyle = "rollback" | "commit" | null;

export interface PoolOptions {
  readonly recycle?: number;
  readonly echo?: EchoFlag;
  readonly loggingName?: string | null;
  readonly resetOnReturn?: Value;
  readonly events?: Value;
  readonly dialect?: EngineDialect | null;
  readonly prePing?: boolean;
  /** @internal listeners of the pool that this one replaces */
  readonly _dispatch?: PoolDispatch;
}

/** The call by which the engine reaches a creator: one of its own, or a callable of the program. */
function asCreator(creator: Creator | Value): Creator {
  const fn: Value = creator;
  if (internalCreators.has(fn as object)) return fn as Creator;
  const parameters = host.parameters(fn) ?? [];
  const required = parameters.filter(
    (p) => (p.kind === "positional" || p.kind === "positional-or-keyword") && !p.hasDefault,
  );
  const takesRecord =
    required.length === 1 || (parameters.length === 1 && parameters[0]?.name === "connection_record");
  return (record) => host.call(fn, takesRecord ? [record] : []) as DriverConnection;
}

const internalCreators = new WeakSet<object>();

/** Marks a function as the engine's own creator. */
export function internalCreator(fn: Creator): Creator {
  internalCreators.add(fn);
  return fn;
}

export abstract class Pool {
  static readonly dispatch = poolEvents.classDispatch;
  /** "QueuePool": in messages and as the logger's name. */
  static readonly pyName: string = "Pool";
  static readonly pyModule: string = "sqlalchemy.pool.base";
  /** Names of the keyword arguments beside creator. */
  static readonly keywords: readonly string[] = [
    "recycle",
    "echo",
    "logging_name",
    "reset_on_return",
    "events",
    "dialect",
    "pre_ping",
  ];

  readonly isPool = true;
  readonly dispatch: PoolDispatch = poolEvents.forInstance(this);
  readonly creator: Creator | Value;
  readonly logger: InstanceLogger;
  readonly echo: EchoFlag;
  /** @internal */
  _dialect: EngineDialect | null;
  /** @internal */
  _invokeCreator: Creator;
  /** @internal connections opened before this moment are not used again */
  _invalidateTime = 0;
  /** @internal */
  readonly _recycle: number;
  /** @internal */
  readonly _prePing: boolean;
  /** @internal */
  readonly _resetOnReturn: ResetStyle;
  readonly loggingName: string | null;

  constructor(creator: Creator | Value, options: PoolOptions = {}) {
    this.loggingName = options.loggingName ?? null;
    this.echo = options.echo ?? null;
    const cls = this.constructor as typeof Pool;
    const name = `${cls.pyModule}.${cls.pyName}`;
    this.logger = new InstanceLogger(this.echo, this.loggingName ? `${name}.${this.loggingName}` : name);
    this.creator = creator;
    this._invokeCreator = asCreator(creator);
    this._recycle = options.recycle ?? -1;
    this._prePing = options.prePing ?? false;
    this._resetOnReturn = resetStyle(options.resetOnReturn === undefined ? true : options.resetOnReturn);
    if (options._dispatch) poolEvents.update(this.dispatch, options._dispatch, { onlyPropagate: false });
    this._dialect = options.dialect ?? null;
    for (const pair of options.events === undefined || options.events === null
      ? []
      : (host.iterate(options.events) ?? [])) {
      const [fn, target] = [...(host.iterate(pair) ?? [])] as [Value, string];
      listen(this, target, fn);
    }
  }

  /** @internal */
  abstract _doGet(): ConnectionRecord;
  /** @internal */
  abstract _doReturnConn(record: ConnectionRecord): void;
  /** A new pool like this one, with its listeners. */
  abstract recreate(): Pool;
  /** Close all connections that are in the pool. */
  abstract dispose(): void;
  abstract status(): string;

  /** A connection, checked out. */
  connect(): ConnectionFairy {
    return ConnectionFairy.checkout(this);
  }

  protected recreateOptions(): PoolOptions {
    return {
      recycle: this._recycle,
      echo: this.echo,
      loggingName: this.loggingName,
      resetOnReturn: this._resetOnReturn ?? "none",
      prePing: this._prePing,
      _dispatch: this.dispatch,
      dialect: this._dialect,
    };
  }

  /** @internal */
  _shouldLogDebug(): boolean {
    return this.logger.isEnabledFor(DEBUG);
  }

  /** @internal */
  _shouldLogInfo(): boolean {
    return this.logger.isEnabledFor(INFO);
  }

  /** @internal */
  _requireDialect(): EngineDialect {
    if (!this._dialect)
      throw host.error(
        "NotImplementedError",
        "The ping feature requires that a dialect is passed to the connection pool.",
      );
    return this._dialect;
  }

  /** @internal */
  _closeConnection(connection: DriverConnection, terminate = false): void {
    if (this._shouldLogDebug())
      this.logger.debug(`${terminate ? "Hard-closing" : "Closing"} connection ${host.repr(connection)}`);
    try {
      doClose(this._dialect, connection);
    } catch (e) {
      this.logger.error(
        `Exception ${terminate ? "terminating" : "closing"} connection ${host.repr(connection)}`,
      );
      if (!host.isError(e, "Exception") && !(e instanceof Error)) throw e;
    }
  }

  /** @internal No connection that is open now is to be used again. */
  _invalidate(connection: ConnectionFairy, e: unknown = null, checkin = true): void {
    const record = connection.connectionRecord;
    if (!record || this._invalidateTime < record.starttime) this._invalidateTime = now();
    if (checkin && connection.isValid) connection.invalidate(e);
  }
}
poolTarget.Pool = Pool;

function resetStyle(v: Value): ResetStyle {
  if (v === true || v === "rollback") return "rollback";
  if (v === "commit") return "commit";
  if (v === null || v === false || v === "none") return null;
  throw new ArgumentError(`Invalid value for 'reset_on_return': ${host.repr(v)}`);
}
