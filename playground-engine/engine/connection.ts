// A connection to a database: executes statements, begins a transaction when it is first used, ends it when told.
//
// Every statement goes one way: parameters put in form, before_execute, compiled or found in the cache, an execution
// context, before_cursor_execute, the driver, after_cursor_execute, a result, after_execute. What fails on the way goes through
// _handleDbapiException. Behaviour: SQLAlchemy engine/base.py (Connection).
import type { Compiled } from "../compiler/compiled.ts";
import { WARN_LINTING } from "../compiler/from-linter.ts";
import { deliverInsertmanyvaluesBatches } from "../compiler/insert-many.ts";
import type { SQLCompiler } from "../compiler/sql-compiler.ts";
import { InvalidRequestError, ObjectNotExecutableError, PendingRollbackError, ResourceClosedError, wrapError, type StatementError } from "../errors/index.ts";
import type { Executable, ExecutionOptions } from "../sql/base.ts";
import type { ClauseElement } from "../sql/elements/clause.ts";
import { ReleaseSavepointClause, RollbackToSavepointClause, SavepointClause } from "../sql/elements/savepoint.ts";
import type { Visitable } from "../sql/visitable.ts";
import type { DdlOptions, DdlVisitorClass } from "../sql/schema/ddl-runner.ts";
import { host, type Kwargs, type Value } from "../util/host.ts";
import { longStatement, paramsValue, reprParams, type ExecuteParams, type ParamSet } from "../util/repr-params.ts";
import { setCharacteristics } from "./characteristics.ts";
import { compileWithCache, schemaTranslateMapOf, type CompiledCache, type SchemaTranslateMap } from "./compile-cache.ts";
import type { DefaultLike } from "./column-defaults.ts";
import type { CursorResult } from "./cursor-result.ts";
import { doCommit, doRollback } from "./dbapi-calls.ts";
import { driverErrorNames, type DriverConnection, type DriverCursor } from "./dbapi.ts";
import type { EngineDialect } from "./engine-dialect.ts";
import type { Engine } from "./engine.ts";
import { connectionEvents, hooksOf, type ConnectionDispatch } from "./events.ts";
import { ExecutionContext, type ContextSource } from "./execution-context.ts";
import { askErrorListeners, raiseWithoutConnection } from "./handle-error.ts";
import { distillParams, distillRawParams, fromListener, namedOf, type NamedParams } from "./parameters.ts";
import type { ConnectionFairy } from "./pool-record.ts";
import type { ScalarResult } from "./result.ts";
import { shownStatement } from "./simulation.ts";
import { NestedTransaction, RootTransaction, TwoPhaseTransaction } from "./transaction.ts";
import { checkTransactionContext, type TransactionalContext } from "./transactional-context.ts";
import { traceStatement, traceTransaction, traceUpdate, tracing, type StatementEvent } from "./trace.ts";

const NO_OPTIONS: ExecutionOptions = new Map();

export interface ConnectionOptions {
  /** @internal a connection of its own instead of one from the pool */
  readonly fairy?: ConnectionFairy;
  /** @internal false for the engine's own first look at a database: no events, no transaction */
  readonly ordinary?: boolean;
}

export class Connection {
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
  private fairy: ConnectionFairy | null;
  private savepointSequence = 0;
  private inBegin = false;
  private canReconnect: boolean;
  private readonly allowAutobegin: boolean;
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
    if (this.hasEvents) this.dispatch.engineConnect.emit(this);
  }

  private get hasEvents(): boolean {
    return this._hasEvents || (this.allowAutobegin && this.engine._hasEvents);
  }

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
    return map?.has(obj.schema) && obj._useSchemaMap !== false ? (map.get(obj.schema) as string | null) : obj.schema;
  }

  /** Options for everything this connection executes from now on. */
  executionOptions(opt: Kwargs): this {
    if (this.hasEvents) this.dispatch.setConnectionExecutionOptions.emit(this, host.makeDict(opt));
    this._executionOptions = new Map([...this._executionOptions, ...opt]);
    setCharacteristics(this, opt);
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

  private get isAutocommit(): boolean {
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

  private dbapiConnection(): DriverConnection {
    return this.connection.dbapiConnection as DriverConnection;
  }

  private get stillOpen(): boolean {
    return this.fairy?.isValid ?? false;
  }

  /** @internal */
  _invalidTransaction(): never {
    throw new PendingRollbackError(
      `Can't reconnect until invalid ${this._nestedTransaction ? "savepoint " : ""}transaction is rolled back.  Please rollback() fully before proceeding`,
      { code: "8s2b" },
    );
  }

  private revalidate(): ConnectionFairy {
    if (!this.invalidated) throw new ResourceClosedError("This Connection is closed");
    if (this._transaction) this._invalidTransaction();
    return (this.fairy = this.guarded(() => this.engine.rawConnection()));
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

  enter(): this {
    return this;
  }

  exit(): void {
    this.close();
  }

  close(): void {
    const transaction = this._transaction;
    if (transaction) transaction.close();
    const fairy = this.fairy;
    if (fairy) {
      if (transaction) fairy._closeSpecial(true);
      else fairy.close();
      this.fairy = null;
    }
    this.canReconnect = false;
  }

  // ------------------------------------------------------------------ transactions

  private autobegin(): void {
    if (this.allowAutobegin && !this.inBegin) this.begin();
  }

  begin(): RootTransaction {
    if (this._transaction)
      throw new InvalidRequestError(
        "This connection has already initialized a SQLAlchemy Transaction() object via begin() or autobegin; can't call begin() here unless rollback() or commit() is called first.",
      );
    return new RootTransaction(this);
  }

  beginNested(): NestedTransaction {
    if (!this._transaction) this.autobegin();
    return new NestedTransaction(this);
  }

  beginTwophase(xid: Value = null): TwoPhaseTransaction {
    if (this._transaction) throw new InvalidRequestError("Cannot start a two phase transaction when a transaction is already in progress.");
    return new TwoPhaseTransaction(this, xid ?? `_sa_${Array.from({ length: 32 }, () => Math.floor(Math.random() * 16).toString(16)).join("")}`);
  }

  commit(): void {
    this._transaction?.commit();
  }

  rollback(): void {
    this._transaction?.rollback();
  }

  recoverTwophase(): Value {
    throw host.error("NotImplementedError", "");
  }

  rollbackPrepared(_xid: Value, _recover = false): void {
    throw host.error("NotImplementedError", "");
  }

  commitPrepared(_xid: Value, _recover = false): void {
    throw host.error("NotImplementedError", "");
  }

  inTransaction(): boolean {
    return this._transaction?.isActive ?? false;
  }

  inNestedTransaction(): boolean {
    return this._nestedTransaction?.isActive ?? false;
  }

  getTransaction(): RootTransaction | null {
    return this._transaction;
  }

  getNestedTransaction(): NestedTransaction | null {
    return this._nestedTransaction;
  }

  /** @internal */
  _getRequiredTransaction(): RootTransaction {
    if (!this._transaction) throw new InvalidRequestError("connection is not in a transaction");
    return this._transaction;
  }

  /** @internal */
  _getRequiredNestedTransaction(): NestedTransaction {
    if (!this._nestedTransaction) throw new InvalidRequestError("connection is not in a nested transaction");
    return this._nestedTransaction;
  }

  /** @internal */
  _beginImpl(): void {
    if (this._echo) this._logInfo(this.isAutocommit ? "BEGIN (implicit; DBAPI should not BEGIN due to autocommit mode)" : "BEGIN (implicit)");
    this.inBegin = true;
    try {
      if (this.hasEvents) this.dispatch.begin.emit(this);
      traceTransaction("begin", this.number);
      // The driver begins by itself; here it is only made sure that there is a connection.
      void this.connection;
    } finally {
      this.inBegin = false;
    }
  }

  /** @internal */
  _rollbackImpl(): void {
    if (this.hasEvents) this.dispatch.rollback.emit(this);
    traceTransaction("rollback", this.number);
    if (!this.stillOpen) return;
    if (this._echo) {
      if (!this.isAutocommit) this._logInfo("ROLLBACK");
      else if (this.dialect.skipAutocommitRollback) this._logInfo("ROLLBACK will be skipped by skip_autocommit_rollback");
      else this._logInfo("ROLLBACK using DBAPI connection.rollback(); set skip_autocommit_rollback to prevent fully");
    }
    this.guarded(() => doRollback(this.dialect, this.dbapiConnection()));
  }

  /** @internal */
  _commitImpl(): void {
    if (this.hasEvents) this.dispatch.commit.emit(this);
    traceTransaction("commit", this.number);
    if (this._echo) this._logInfo(this.isAutocommit ? "COMMIT using DBAPI connection.commit(), has no effect due to autocommit mode" : "COMMIT");
    this.guarded(() => doCommit(this.dbapiConnection()));
  }

  /** @internal */
  _savepointImpl(): string {
    if (this.hasEvents) this.dispatch.savepoint.emit(this, null);
    const name = `sa_savepoint_${++this.savepointSequence}`;
    traceTransaction("savepoint", this.number, name);
    this.execute(new SavepointClause(name));
    return name;
  }

  /** @internal */
  _rollbackToSavepointImpl(name: string): void {
    if (this.hasEvents) this.dispatch.rollbackSavepoint.emit(this, name, null);
    traceTransaction("rollback_savepoint", this.number, name);
    if (!this.stillOpen) return;
    this.execute(new RollbackToSavepointClause(name));
  }

  /** @internal */
  _releaseSavepointImpl(name: string): void {
    if (this.hasEvents) this.dispatch.releaseSavepoint.emit(this, name, null);
    traceTransaction("release_savepoint", this.number, name);
    this.execute(new ReleaseSavepointClause(name));
  }

  /** @internal No dialect that runs here has two-phase transactions: events are told, then it is not implemented. */
  _twophase(what: "begin" | "prepare" | "rollback" | "commit", xid: Value, isPrepared = false): void {
    if (what === "begin" && this._echo) this._logInfo("BEGIN TWOPHASE (implicit)");
    if (this.hasEvents) {
      const { dispatch } = this;
      const event = { begin: dispatch.beginTwophase, prepare: dispatch.prepareTwophase, rollback: dispatch.rollbackTwophase, commit: dispatch.commitTwophase }[what];
      if (what === "rollback" || what === "commit") event.emit(this, xid, isPrepared);
      else event.emit(this, xid);
    }
    throw host.error("NotImplementedError", "");
  }

  /** @internal a number for the trace */
  get number(): number {
    return this.fairy?.number ?? 0;
  }

  // ------------------------------------------------------------------ executing

  scalar(statement: Value, parameters: Value = null, options: { readonly executionOptions?: Value } = {}): Value {
    const executable = statement as { _executeOnScalar?(c: Connection, p: unknown, o: unknown): Value };
    if (typeof executable?._executeOnScalar === "function") return executable._executeOnScalar(this, distillParams(parameters), optionsOf(options.executionOptions));
    return this.execute(statement, parameters, options).scalar();
  }

  scalars(statement: Value, parameters: Value = null, options: { readonly executionOptions?: Value } = {}): ScalarResult {
    return this.execute(statement, parameters, options).scalars();
  }

  /** Execute a statement object. Throws ObjectNotExecutableError, ArgumentError, StatementError. */
  execute(statement: Value, parameters: Value = null, options: { readonly executionOptions?: Value } = {}): CursorResult {
    const distilled = distillParams(parameters);
    const executable = statement as { _executeOnConnection?(c: Connection, p: unknown, o: unknown): unknown } | null | undefined;
    if (typeof executable?._executeOnConnection !== "function") throw new ObjectNotExecutableError(statement);
    return executable._executeOnConnection(this, distilled, optionsOf(options.executionOptions)) as CursorResult;
  }

  /** Execute the driver's own SQL with the driver's own parameters. */
  execDriverSql(statement: string, parameters: Value = null, executionOptions: Value = null): CursorResult {
    const distilled = distillRawParams(parameters);
    const options = merge(this._executionOptions, optionsOf(executionOptions));
    return this.executeContext(() => statement, options, { kind: "text", sql: statement, parameters: distilled }, null);
  }

  /** @internal */
  _executeFunction(func: ClauseElement & { select(): ClauseElement }, distilled: readonly NamedParams[], options: ExecutionOptions): CursorResult {
    return this._executeClauseelement(func.select(), distilled, options);
  }

  /** @internal */
  _executeDefault(generator: DefaultLike, distilled: unknown, executionOptions: ExecutionOptions): Value {
    const options = merge(this._executionOptions, executionOptions);
    return this.withExecuteEvents(generator, distilled as readonly NamedParams[], options, (element) => {
      const context = this.guarded(() => new ExecutionContext(this, this.connection, options, { kind: "default" }));
      return context._execDefault(null, element as DefaultLike, null);
    });
  }

  /** @internal */
  _executeDdl(ddl: ClauseElement & Executable, distilled: readonly NamedParams[], executionOptions: ExecutionOptions): CursorResult {
    const options = merge(ddl._executionOptions, this._executionOptions, executionOptions);
    return this.withExecuteEvents(ddl, distilled, options, (element) => {
      const compiled = (element as ClauseElement).compile(null, this.dialect, { schemaTranslateMap: schemaTranslateMapOf(options.get("schema_translate_map")) }) as unknown as Compiled;
      return this.executeContext(() => String(compiled), options, { kind: "ddl", compiled }, null);
    });
  }

  /** @internal */
  _executeClauseelement(element: ClauseElement, distilled: readonly NamedParams[], executionOptions: ExecutionOptions): CursorResult {
    const options = merge((element as ClauseElement & Executable)._executionOptions, this._executionOptions, executionOptions);
    return this.withExecuteEvents(element, distilled, options, (replaced, parameters) => {
      const invoked = replaced as ClauseElement;
      const cacheOption = options.get("compiled_cache");
      const { compiled, extracted, stats } = compileWithCache(invoked, {
        dialect: this.dialect,
        cache: cacheOption === undefined ? this.engine._compiledCache : (cacheOption as CompiledCache | null),
        columnKeys: parameters.length ? [...(parameters[0] as NamedParams).keys()].sort() : [],
        forExecutemany: parameters.length > 1,
        schemaTranslateMap: schemaTranslateMapOf(options.get("schema_translate_map")),
        linting: this.dialect.compilerLinting | WARN_LINTING,
      });
      return this.executeContext(() => compiled.toString(), options, { kind: "compiled", compiled, parameters, invoked, extracted, stats }, parameters as ExecuteParams);
    });
  }

  /** @internal execute(compiled) */
  _executeCompiled(compiled: SQLCompiler, distilled: readonly NamedParams[], executionOptions: ExecutionOptions = NO_OPTIONS): CursorResult {
    const options = merge(compiled.executionOptions, this._executionOptions, executionOptions);
    return this.withExecuteEvents(compiled, distilled, options, (replaced, parameters) =>
      this.executeContext(
        () => String(replaced), options, { kind: "compiled", compiled: replaced as SQLCompiler, parameters, invoked: null, extracted: null, stats: "disabled" }, parameters as ExecuteParams,
      ),
    );
  }

  /** before_execute and after_execute around fn. */
  private withExecuteEvents<R>(element: unknown, distilled: readonly NamedParams[], options: ExecutionOptions, fn: (element: unknown, parameters: readonly NamedParams[]) => R): R {
    if (!this.hasEvents) return fn(element, distilled);
    const { beforeExecute, afterExecute } = this.dispatch;
    if (!beforeExecute.active && !afterExecute.active) return fn(element, distilled);
    const optionDict = host.makeDict(options);
    let current: Value = element;
    let many: Value = distilled.length ? host.makeList(distilled.length === 1 ? [] : distilled.map((p) => paramsValue(p, false))) : host.makeTuple([]);
    let single: Value = distilled.length === 1 ? paramsValue(distilled[0] as ParamSet, false) : host.makeDict([]);
    let changed = false;
    for (const listener of beforeExecute) {
      const given = listener(this, current, many, single, optionDict);
      if (given === undefined) continue;
      [current, many, single] = unpack(given, 3) as [Value, Value, Value];
      changed = true;
    }
    let parameters = distilled;
    if (changed) {
      const sets = [...(host.iterate(many) ?? [])];
      const one = namedOf(single) ?? new Map<string, Value>();
      if (sets.length && one.size) throw new InvalidRequestError("Event handler can't return non-empty multiparams and params at the same time");
      parameters = sets.length ? sets.map((p) => namedOf(p) as NamedParams) : one.size ? [one] : [];
    }
    const result = fn(current, parameters);
    afterExecute.emit(this, current, many, single, optionDict, result);
    return result;
  }

  private executeContext(text: () => string, given: ExecutionOptions, source: ContextSource, parameters: ExecuteParams | null): CursorResult {
    const yieldPer = given.get("yield_per");
    const options = yieldPer ? merge(given, new Map<string, Value>([["stream_results", true], ["max_row_buffer", yieldPer]])) : given;
    let context: ExecutionContext;
    try {
      context = new ExecutionContext(this, this.connection, options, source);
    } catch (e) {
      if (e instanceof PendingRollbackError || e instanceof ResourceClosedError) throw e;
      return this._handleDbapiException(e, text(), parameters, null, null);
    }
    if ((this._transaction && !this._transaction.isActive) || (this._nestedTransaction && !this._nestedTransaction.isActive)) this._invalidTransaction();
    if (this._transContextManager) checkTransactionContext(this);
    if (!this._transaction) this.autobegin();
    if (this.engine.shown && (this._echo || tracing())) context.shown = shownStatement(this.engine.shown, context, source);
    return context.executeStyle === "insertmanyvalues" ? this.executeInsertmany(context) : this.executeSingle(context);
  }

  private executeSingle(context: ExecutionContext): CursorResult {
    const { cursor, executemany } = context;
    let statement = context.statement;
    let parameters: ExecuteParams = executemany ? context.parameters : (context.parameters[0] as ParamSet);
    const event = (context.traceEvent = this.trace(context, statement, parameters, executemany));
    [statement, parameters] = this.beforeCursorExecute(cursor, statement, parameters, context, executemany, event);
    if (this._echo) {
      this._logInfo(context.shown?.sql ?? statement);
      this.logParameters(context.cacheStatsText(), context.shown?.params ?? parameters, executemany);
    }
    const started = event ? performance.now() : 0;
    try {
      this.runOnCursor(cursor, statement, parameters, context, executemany);
      if (this.hasEvents) this.afterCursorExecute(cursor, statement, parameters, context, executemany);
      if (event) finishTrace(event, cursor, started);
      return context.setupResult();
    } catch (e) {
      return this.failed(e, statement, parameters, cursor, context, event);
    }
  }

  private executeInsertmany(context: ExecutionContext): CursorResult {
    const { cursor, parameters: allParameters } = context;
    const compiled = context.compiled as SQLCompiler;
    const options = context.executionOptions;
    const returning = (compiled.effectiveReturning?.length ?? 0) > 0;
    let stats = this._echo ? `${context.cacheStatsText()} (insertmanyvalues)` : "";
    const preserveRowcount = host.isTrue(options.get("preserve_rowcount") ?? null);
    let rowcount = 0;
    if (returning) context.insertmanyvaluesRows = [];
    const batches = deliverInsertmanyvaluesBatches(
      compiled,
      context.statement,
      allParameters,
      context.compiledParameters,
      (options.get("insertmanyvalues_page_size") as number | undefined) ?? this.dialect.insertmanyvaluesPageSize,
      returning && (compiled.insertmanyvalues?.sortByParameterOrder ?? false),
      compiled.schemaTranslateMap ? schemaTranslateMapOf(options.get("schema_translate_map")) : null,
    );
    for (const batch of batches) {
      let [statement, parameters] = [batch.replacedStatement, batch.replacedParameters as ExecuteParams];
      const event = (context.traceEvent = this.trace(context, statement, parameters, false, true));
      [statement, parameters] = this.beforeCursorExecute(cursor, statement, parameters, context, true, event, false);
      if (this._echo) {
        this._logInfo(longStatement(context.shown?.sql ?? statement));
        const part = ` ${batch.batchnum}/${batch.totalBatches} (${batch.rowsSorted ? "ordered" : "unordered"}${batch.isDowngraded ? "; batch not supported" : ""})`;
        stats = batch.batchnum === 1 ? stats + part : `insertmanyvalues${part}`;
        this.logParameters(stats, parameters, false);
      }
      const started = event ? performance.now() : 0;
      try {
        this.runOnCursor(cursor, statement, parameters, context, false);
      } catch (e) {
        return this.failed(e, longStatement(statement), parameters, cursor, context, event, true);
      }
      if (event) finishTrace(event, cursor, started);
      if (this.hasEvents) this.afterCursorExecute(cursor, context.statement, allParameters, context, true);
      if (returning) {
        const before = context.insertmanyvaluesRows?.length ?? 0;
        try {
          context.collectBatch(batch);
        } catch (e) {
          return this.failed(e, longStatement(batch.replacedStatement), batch.replacedParameters as ExecuteParams, null, context, event, true);
        }
        if (event) {
          event.rows = (context.insertmanyvaluesRows ?? []).slice(before).map((row) => [...row]);
          event.rowcount = cursor.rowcount;
          traceUpdate(event);
        }
      }
      rowcount += batch.currentBatchSize;
    }
    context.rowsTraced = true;
    try {
      if (preserveRowcount) context.setRowcount(rowcount);
      return context.setupResult();
    } catch (e) {
      return this._handleDbapiException(e, context.statement, allParameters, cursor, context);
    }
  }

  /** @internal Run SQL on a context's cursor: defaults that are expressions. */
  _cursorExecute(cursor: DriverCursor, sql: string, params: ParamSet, context: ExecutionContext): void {
    const event = this.trace(null, sql, params, false);
    const [statement, parameters] = this.beforeCursorExecute(cursor, sql, params, context, false, event);
    if (this._echo) {
      this._logInfo(statement);
      this._logInfo(`[raw sql] ${host.repr(paramsValue(parameters, false))}`);
    }
    const started = event ? performance.now() : 0;
    try {
      this.runOnCursor(cursor, statement, parameters, context, false);
    } catch (e) {
      this.failed(e, statement, parameters, cursor, context, event);
    }
    if (event) finishTrace(event, cursor, started);
    if (this.hasEvents) this.afterCursorExecute(cursor, statement, parameters, context, false);
  }

  private runOnCursor(cursor: DriverCursor, statement: string, parameters: ExecuteParams, context: ExecutionContext, many: boolean): void {
    const hooks = hooksOf(this.dialect).dispatch;
    const noParams = !many && context.noParameters && sizeOf(parameters as ParamSet) === 0;
    const hook = many ? hooks.doExecutemany : noParams ? hooks.doExecuteNoParams : hooks.doExecute;
    if (hook.active) {
      const value = noParams ? [] : [paramsValue(parameters, many)];
      for (const listener of hook) if (host.isTrue(listener(cursor, statement, ...value, context) ?? null)) return;
    }
    if (many) cursor.executemany(statement, parameters as readonly ParamSet[]);
    else cursor.execute(statement, parameters as ParamSet);
  }

  private beforeCursorExecute(
    cursor: DriverCursor,
    statement: string,
    parameters: ExecuteParams,
    context: ExecutionContext,
    executemany: boolean,
    trace: StatementEvent | undefined,
    many: boolean = executemany,
  ): [string, ExecuteParams] {
    if (!this.hasEvents) return [statement, parameters];
    const event = this.dispatch.beforeCursorExecute;
    if (!event.active) return [statement, parameters];
    let text = statement;
    let value = paramsValue(parameters, many);
    let changed = false;
    for (const listener of event) {
      const given = listener(this, cursor, text, value, context, executemany);
      if (given === undefined) continue;
      [text, value] = unpack(given, 2) as [string, Value];
      changed = true;
    }
    if (!changed) return [statement, parameters];
    if (trace) trace.sent = { sql: text, params: value };
    return [text, fromListener(value, many)];
  }

  private afterCursorExecute(cursor: DriverCursor, statement: string, parameters: ExecuteParams, context: ExecutionContext, executemany: boolean): void {
    const event = this.dispatch.afterCursorExecute;
    if (event.active) event.emit(this, cursor, statement, paramsValue(parameters, executemany), context, executemany);
  }

  private logParameters(stats: string, parameters: ExecuteParams, many: boolean): void {
    this._logInfo(this.engine.hideParameters ? `[${stats}] [SQL parameters hidden due to hide_parameters=True]` : `[${stats}] ${reprParams(parameters, { batches: 10, ismulti: many })}`);
  }

  private trace(context: ExecutionContext | null, statement: string, parameters: ExecuteParams, many: boolean, executemany = many): StatementEvent | undefined {
    if (!tracing()) return undefined;
    const shown = context?.shown;
    return traceStatement({
      sql: shown?.sql ?? statement,
      params: shown && many === executemany ? paramsValue(shown.params, many) : paramsValue(parameters, many),
      many: executemany,
      dialect: shown ? this.engine.name : this.dialect.name,
      simulated: shown !== undefined,
      connection: this.number,
    });
  }

  private failed(
    e: unknown, statement: string, parameters: ExecuteParams, cursor: DriverCursor | null, context: ExecutionContext, event: StatementEvent | undefined, subExecution = false,
  ): never {
    if (event) {
      event.error = host.errorText(e);
      traceUpdate(event);
    }
    return this._handleDbapiException(e, statement, parameters, cursor, context, subExecution);
  }

  // ------------------------------------------------------------------ errors

  /** Errors of the driver inside fn are wrapped. */
  private guarded<T>(fn: () => T): T {
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
    e: unknown, statement: string | null, parameters: ExecuteParams | null, cursor: DriverCursor | null, context: ExecutionContext | null, subExecution = false,
  ): never {
    const names = driverErrorNames(e);
    const isExit = !names && !host.isError(e, "Exception") && !(e instanceof Error);
    if (!this.isDisconnect)
      this.isDisconnect = (names !== undefined && !this.closed && this.dialect.isDisconnect(e, this.invalidated ? null : (this.fairy?.dbapiConnection ?? null), cursor)) || (isExit && !this.closed);
    const ismulti = !subExecution && (context?.executemany ?? false);
    const wrap = (): unknown =>
      wrapError(statement, parameters, e, { dbapiNames: names, hideParameters: this.engine.hideParameters, connectionInvalidated: this.isDisconnect, ismulti });
    if (this.reentrantError) throw host.withCause(wrap(), e);
    this.reentrantError = true;
    let invalidatePool = !isExit;
    try {
      const shouldWrap = names !== undefined || (statement !== null && context === null && !isExit);
      const wrapped = shouldWrap ? wrap() : null;
      let instead: unknown;
      if (hooksOf(this.dialect).dispatch.handleError.active && !host.isTrue(this._executionOptions.get("skip_user_error_events") ?? null)) {
        const asked = askErrorListeners({
          exception: e, wrapped: wrapped as StatementError | null, engine: this.engine, dialect: this.dialect, connection: this, cursor, statement, parameters,
          many: ismulti, context, isDisconnect: this.isDisconnect, invalidatePool,
        });
        instead = asked.instead;
        this.isDisconnect = asked.context.isDisconnect;
        invalidatePool = asked.context.invalidatePoolOnDisconnect;
      }
      if (!this.isDisconnect) {
        if (cursor) this._safeCloseCursor(cursor);
        if (!this.inTransaction()) this._rollbackImpl();
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

  // ------------------------------------------------------------------ DDL

  /** @internal */
  _runDdlVisitor(visitor: DdlVisitorClass, element: Visitable, options: DdlOptions): void {
    new visitor(this.dialect as never, this as never, options).traverseSingle(element);
  }
}
Object.assign(Connection.prototype, { _hasEvents: false, isConnection: true });

function finishTrace(event: StatementEvent, cursor: DriverCursor, started: number): void {
  event.milliseconds = performance.now() - started;
  event.rowcount = cursor.rowcount;
  if (cursor.description) event.columns = cursor.description.map(([name]) => name);
  traceUpdate(event);
}

function sizeOf(params: ParamSet): number {
  return Array.isArray(params) ? params.length : (params as NamedParams).size;
}

function optionsOf(v: Value): ExecutionOptions {
  if (v === null || v === undefined) return NO_OPTIONS;
  return namedOf(v) ?? NO_OPTIONS;
}

/** Later options win. */
function merge(...all: readonly ExecutionOptions[]): ExecutionOptions {
  const some = all.filter((o) => o.size);
  if (some.length < 2) return some[0] ?? NO_OPTIONS;
  return new Map(some.flatMap((o) => [...o]));
}

/** `a, b = value` */
function unpack(v: Value, n: number): Value[] {
  const items = host.iterate(v);
  if (!items) throw host.error("TypeError", `cannot unpack non-iterable ${host.typeName(v)} object`);
  const out = [...items];
  if (out.length < n) throw host.error("ValueError", `not enough values to unpack (expected ${n}, got ${out.length})`);
  if (out.length > n) throw host.error("ValueError", `too many values to unpack (expected ${n})`);
  return out;
}

