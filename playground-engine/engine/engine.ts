// An engine: a dialect, a pool and the cache of compiled statements, at one address.
//
// An engine with other execution options shares all three with the one it was made from; its listeners are its own, followed by the other's.
// Behaviour: SQLAlchemy engine/base.py (Engine, OptionEngine).
import { listenInternal } from "../event/index.ts";
import type { ExecutionOptions } from "../sql/base.ts";
import type { DdlOptions, DdlVisitorClass } from "../sql/schema/ddl-runner.ts";
import type { Visitable } from "../sql/visitable.ts";
import type { Kwargs, Value } from "../util/host.ts";
import { LRUCache } from "../util/lru.ts";
import { characteristicsIn, setCharacteristics, tellOptions } from "./characteristics.ts";
import type { CompiledCache } from "./compile-cache.ts";
import { Connection } from "./connection.ts";
import type { SQLCompiler } from "../compiler/sql-compiler.ts";
import type { EngineDialect } from "./engine-dialect.ts";
import { connectionEvents, type ConnectionDispatch } from "./events.ts";
import { DEBUG, INFO, InstanceLogger, type EchoFlag } from "./log.ts";
import type { Pool } from "./pool.ts";
import type { ConnectionFairy } from "./pool-record.ts";
import type { RootTransaction } from "./transaction.ts";
import type { URL } from "./url.ts";

export interface EngineOptions {
  readonly loggingName?: string | null;
  readonly echo?: EchoFlag;
  readonly queryCacheSize?: number;
  readonly executionOptions?: Kwargs | null;
  readonly hideParameters?: Value;
  /** @internal the dialect whose SQL is shown while another runs */
  readonly shown?: EngineDialect | null;
}

const LOGGER_NAME = "sqlalchemy.engine.Engine";

export class Engine {
  static readonly dispatch = connectionEvents.classDispatch;
  /** Whether listeners may be given for all engines of the class. */
  static readonly propagateClassEvents: boolean = true;
  declare _hasEvents: boolean;
  declare readonly isEngine: true;

  readonly url: URL;
  /** The dialect that runs. */
  readonly dialect: EngineDialect;
  /** The dialect that the program asked for, where it is only simulated. */
  readonly shown: EngineDialect | null;
  readonly loggingName: string | null;
  /** As it was given; its truth counts. */
  readonly hideParameters: Value;
  dispatch: ConnectionDispatch;
  logger: InstanceLogger;
  /** @internal */
  _compiledCache: CompiledCache | null;
  /** @internal */
  _executionOptions: ExecutionOptions = new Map();
  private ownPool: Pool;
  private echoFlag: EchoFlag;

  constructor(pool: Pool, dialect: EngineDialect, url: URL, options: EngineOptions = {}) {
    this.ownPool = pool;
    this.url = url;
    this.dialect = dialect;
    this.loggingName = options.loggingName ?? null;
    this.hideParameters = options.hideParameters ?? false;
    this.shown = options.shown ?? null;
    this.dispatch = connectionEvents.forInstance(this);
    const size = options.queryCacheSize ?? 500;
    this._compiledCache =
      size === 0
        ? null
        : new LRUCache<string, SQLCompiler>(size, { sizeAlert: (cache) => this.cacheAlert(cache) });
    this.echoFlag = options.echo ?? null;
    this.logger = this.makeLogger();
    if (options.executionOptions) this.updateExecutionOptions(options.executionOptions);
  }

  protected makeLogger(): InstanceLogger {
    return new InstanceLogger(
      this.echoFlag,
      this.loggingName ? `${LOGGER_NAME}.${this.loggingName}` : LOGGER_NAME,
    );
  }

  private cacheAlert(cache: CompiledCache): void {
    if (this._shouldLogInfo())
      this.logger.info(
        `Compiled cache size pruning from ${cache.size} items to ${cache.capacity}.  Increase cache size to reduce the frequency of pruning.`,
      );
  }

  get pool(): Pool {
    return this.ownPool;
  }

  set pool(pool: Pool) {
    this.ownPool = pool;
  }

  get engine(): this {
    return this;
  }

  get name(): string {
    return (this.shown ?? this.dialect).name;
  }

  get driver(): string {
    return (this.shown ?? this.dialect).driver;
  }

  /** Lines of log: None as configured, True statements, "debug" rows as well. */
  get echo(): EchoFlag {
    return this.echoFlag;
  }

  set echo(flag: EchoFlag) {
    this.echoFlag = flag;
    this.logger = this.makeLogger();
  }

  /** @internal */
  _shouldLogInfo(): boolean {
    return this.logger.isEnabledFor(INFO);
  }

  /** @internal */
  _shouldLogDebug(): boolean {
    return this.logger.isEnabledFor(DEBUG);
  }

  clearCompiledCache(): void {
    this._compiledCache?.clear();
  }

  /** Options for all connections from now on. */
  updateExecutionOptions(opt: Kwargs): void {
    const options = tellOptions(opt, (dict) => this.dispatch.setEngineExecutionOptions.emit(this, dict));
    this._executionOptions = new Map([...this._executionOptions, ...options]);
    const characteristics = characteristicsIn(options);
    if (characteristics.size)
      listenInternal(this, "engine_connect", (connection) => {
        setCharacteristics(connection as Connection, characteristics);
        return null;
      });
  }

  /** An engine like this one with further options. */
  executionOptions(opt: Kwargs): OptionEngine {
    return new OptionEngine(this, opt);
  }

  getExecutionOptions(): ExecutionOptions {
    return this._executionOptions;
  }

  repr(): string {
    return `Engine(${this.url.repr()})`;
  }

  toString(): string {
    return this.repr();
  }

  /** Close what is in the pool, and start a fresh one. */
  dispose(close = true): void {
    if (close) this.pool.dispose();
    this.pool = this.pool.recreate();
    this.dispatch.engineDisposed.emit(this);
  }

  connect(): Connection {
    return new Connection(this);
  }

  /** A connection in a transaction, as a `with` block. */
  begin(): EngineBegin {
    return new EngineBegin(this);
  }

  /** The pool's proxy of a database connection. */
  rawConnection(): ConnectionFairy {
    return this.pool.connect();
  }

  /** @internal */
  _runDdlVisitor(visitor: DdlVisitorClass, element: Visitable, options: DdlOptions): void {
    this.begin().run((connection) => connection._runDdlVisitor(visitor, element, options));
  }
}
Object.assign(Engine.prototype, { _hasEvents: false, isEngine: true });

/** `with engine.begin() as connection`: commit at the end, roll back on an exception, close in any case. */
export class EngineBegin {
  private readonly engine: Engine;
  private connection: Connection | undefined;
  private transaction: RootTransaction | undefined;

  constructor(engine: Engine) {
    this.engine = engine;
  }

  enter(): Connection {
    const connection = (this.connection = this.engine.connect());
    try {
      this.transaction = connection.begin().enter();
    } catch (e) {
      connection.close();
      throw e;
    }
    return connection;
  }

  exit(exception: unknown = null): void {
    try {
      this.transaction?.exit(exception);
    } finally {
      this.connection?.close();
    }
  }

  run<T>(fn: (connection: Connection) => T): T {
    const connection = this.enter();
    let result: T;
    try {
      result = fn(connection);
    } catch (e) {
      this.exit(e);
      throw e;
    }
    this.exit();
    return result;
  }
}

/** An engine that shares another's pool, with options of its own. */
export class OptionEngine extends Engine {
  static override readonly propagateClassEvents = false;
  private readonly proxied: Engine;
  private eventsHere = false;

  constructor(proxied: Engine, executionOptions: Kwargs) {
    super(proxied.pool, proxied.dialect, proxied.url, {
      loggingName: proxied.loggingName,
      echo: proxied.echo,
      hideParameters: proxied.hideParameters,
      shown: proxied.shown,
    });
    this.proxied = proxied;
    // Its own flag: an event on the other engine is one on this.
    Object.defineProperty(this, "_hasEvents", {
      get: () => this.eventsHere || proxied._hasEvents,
      set: (v: boolean) => (this.eventsHere = v),
    });
    this._compiledCache = proxied._compiledCache;
    this.dispatch = connectionEvents.join(connectionEvents.forInstance(this), proxied.dispatch);
    this._executionOptions = proxied._executionOptions;
    this.updateExecutionOptions(executionOptions);
  }

  override get pool(): Pool {
    // The base class's constructor asks before there is another engine to ask.
    return this.proxied ? this.proxied.pool : super.pool;
  }

  override set pool(pool: Pool) {
    this.proxied.pool = pool;
  }
}
