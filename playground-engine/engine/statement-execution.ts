// How a statement is executed: every one goes the same way.
//
// Parameters put in form, before_execute, compiled or found in the cache, an execution context, before_cursor_execute, the driver,
// after_cursor_execute, a result, after_execute. The trace sees it ahead of the program's listeners. Behaviour: SQLAlchemy engine/base.py (Connection._execute_*).
import type { Compiled } from "../compiler/compiled.ts";
import { WARN_LINTING } from "../compiler/from-linter.ts";
import { deliverInsertmanyvaluesBatches } from "../compiler/insert-many.ts";
import type { SQLCompiler } from "../compiler/sql-compiler.ts";
import {
  InvalidRequestError,
  ObjectNotExecutableError,
  PendingRollbackError,
  ResourceClosedError,
} from "../errors/index.ts";
import type { Executable, ExecutionOptions } from "../sql/base.ts";
import type { ClauseElement } from "../sql/elements/clause.ts";
import { host, type Value } from "../util/host.ts";
import { entriesOf } from "../util/items.ts";
import {
  longStatement,
  NO_SETS,
  paramsValue,
  reprParams,
  type ExecuteParams,
  type ParamSet,
} from "../util/repr-params.ts";
import type { DefaultLike } from "./column-defaults.ts";
import { compileWithCache, schemaTranslateMapOf, type CompiledCache } from "./compile-cache.ts";
import { ConnectionBase, NO_OPTIONS } from "./connection-base.ts";
import type { CursorResult } from "./cursor-result.ts";
import type { DriverCursor } from "./dbapi.ts";
import { hooksOf } from "./events.ts";
import { ExecutionContext, type ContextSource } from "./execution-context.ts";
import { distillParams, distillRawParams, fromListener, namedOf, type NamedParams } from "./parameters.ts";
import type { ScalarResult } from "./result.ts";
import { refuseReturning, shownStatement, simulationError, type ShownBatch } from "./simulation.ts";
import { traceStatement, traceUpdate, tracing, type StatementEvent } from "./trace.ts";
import { checkTransactionContext } from "./transactional-context.ts";

export abstract class StatementExecution extends ConnectionBase {
  /** Begin unless a transaction is open or being opened. */
  protected abstract autobegin(): void;

  // ------------------------------------------------------------------ executing

  scalar(
    statement: Value,
    parameters: Value = null,
    options: { readonly executionOptions?: Value } = {},
  ): Value {
    const executable = statement as { _executeOnScalar?(c: object, p: unknown, o: unknown): Value };
    if (typeof executable?._executeOnScalar === "function")
      return executable._executeOnScalar(
        this.self,
        distillParams(parameters),
        optionsOf(options.executionOptions),
      );
    return this.execute(statement, parameters, options).scalar();
  }

  scalars(
    statement: Value,
    parameters: Value = null,
    options: { readonly executionOptions?: Value } = {},
  ): ScalarResult {
    return this.execute(statement, parameters, options).scalars();
  }

  /** Execute a statement object. Throws ObjectNotExecutableError, ArgumentError, StatementError. */
  execute(
    statement: Value,
    parameters: Value = null,
    options: { readonly executionOptions?: Value } = {},
  ): CursorResult {
    const distilled = distillParams(parameters);
    const executable = statement as
      | { _executeOnConnection?(c: object, p: unknown, o: unknown): unknown; clauseElement?(): Value }
      | null
      | undefined;
    // an attribute of a mapped class stands for its column here
    if (typeof executable?._executeOnConnection !== "function")
      throw new ObjectNotExecutableError(executable?.clauseElement?.() ?? statement);
    return executable._executeOnConnection(
      this.self,
      distilled,
      optionsOf(options.executionOptions),
    ) as CursorResult;
  }

  /** Execute the driver's own SQL with the driver's own parameters. */
  execDriverSql(statement: string, parameters: Value = null, executionOptions: Value = null): CursorResult {
    const distilled = distillRawParams(parameters);
    const options = merge(this._executionOptions, optionsOf(executionOptions));
    return this.executeContext(
      () => statement,
      options,
      { kind: "text", sql: statement, parameters: distilled },
      null,
    );
  }

  /** @internal */
  _executeFunction(
    func: ClauseElement & { select(): ClauseElement },
    distilled: readonly NamedParams[],
    options: ExecutionOptions,
  ): CursorResult {
    return this._executeClauseelement(func.select(), distilled, options);
  }

  /** @internal */
  _executeDefault(generator: DefaultLike, distilled: unknown, executionOptions: ExecutionOptions): Value {
    const options = merge(this._executionOptions, executionOptions);
    return this.withExecuteEvents(generator, distilled as readonly NamedParams[], options, (element) => {
      const context = this.guarded(
        () => new ExecutionContext(this.self, this.connection, options, { kind: "default" }),
      );
      return context._execDefault(null, element as DefaultLike, null);
    });
  }

  /** @internal */
  _executeDdl(
    ddl: ClauseElement & Executable,
    distilled: readonly NamedParams[],
    executionOptions: ExecutionOptions,
  ): CursorResult {
    const options = merge(ddl._executionOptions, this._executionOptions, executionOptions);
    return this.withExecuteEvents(ddl, distilled, options, (element) => {
      const compiled = (element as ClauseElement).compile(null, this.dialect, {
        schemaTranslateMap: schemaTranslateMapOf(options.get("schema_translate_map")),
      }) as unknown as Compiled;
      return this.executeContext(() => String(compiled), options, { kind: "ddl", compiled }, null);
    });
  }

  /** @internal */
  _executeClauseelement(
    element: ClauseElement,
    distilled: readonly NamedParams[],
    executionOptions: ExecutionOptions,
  ): CursorResult {
    const options = merge(
      (element as ClauseElement & Executable)._executionOptions,
      this._executionOptions,
      executionOptions,
    );
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
      return this.executeContext(
        () => compiled.toString(),
        options,
        { kind: "compiled", compiled, parameters, invoked, extracted, stats },
        parameters as ExecuteParams,
      );
    });
  }

  /** @internal execute(compiled) */
  _executeCompiled(
    compiled: SQLCompiler,
    distilled: readonly NamedParams[],
    executionOptions: ExecutionOptions = NO_OPTIONS,
  ): CursorResult {
    const options = merge(compiled.executionOptions, this._executionOptions, executionOptions);
    return this.withExecuteEvents(compiled, distilled, options, (replaced, parameters) =>
      this.executeContext(
        () => String(replaced),
        options,
        {
          kind: "compiled",
          compiled: replaced as SQLCompiler,
          parameters,
          invoked: null,
          extracted: null,
          stats: "disabled",
        },
        parameters as ExecuteParams,
      ),
    );
  }

  /** before_execute and after_execute around fn. */
  private withExecuteEvents<R>(
    element: unknown,
    distilled: readonly NamedParams[],
    options: ExecutionOptions,
    fn: (element: unknown, parameters: readonly NamedParams[]) => R,
  ): R {
    if (!this.hasEvents) return fn(element, distilled);
    const { beforeExecute, afterExecute } = this.dispatch;
    if (!beforeExecute.active && !afterExecute.active) return fn(element, distilled);
    const optionDict = host.makeImmutableDict(options);
    let current: Value = element;
    let many: Value = distilled.length
      ? host.makeList(distilled.length === 1 ? [] : distilled.map((p) => paramsValue(p, false)))
      : host.makeTuple([]);
    let single: Value =
      distilled.length === 1 ? paramsValue(distilled[0] as ParamSet, false) : host.makeDict([]);
    let changed = false;
    for (const listener of beforeExecute) {
      const given = listener(this.self, current, many, single, optionDict);
      if (given === undefined) continue;
      [current, many, single] = unpack(given, 3) as [Value, Value, Value];
      changed = true;
    }
    let parameters = distilled;
    if (changed) {
      const sets = [...(host.iterate(many) ?? [])];
      const one = namedOf(single) ?? new Map<string, Value>();
      if (sets.length && one.size)
        throw new InvalidRequestError(
          "Event handler can't return non-empty multiparams and params at the same time",
        );
      parameters = sets.length ? sets.map((p) => namedOf(p) as NamedParams) : one.size ? [one] : [];
    }
    const result = fn(current, parameters);
    afterExecute.emit(this.self, current, many, single, optionDict, result);
    return result;
  }

  private executeContext(
    text: () => string,
    given: ExecutionOptions,
    source: ContextSource,
    parameters: ExecuteParams | null,
  ): CursorResult {
    const yieldPer = given.get("yield_per");
    const options = yieldPer
      ? merge(
          given,
          new Map<string, Value>([
            ["stream_results", true],
            ["max_row_buffer", yieldPer],
          ]),
        )
      : given;
    let context: ExecutionContext;
    try {
      context = new ExecutionContext(this.self, this.connection, options, source);
    } catch (e) {
      if (e instanceof PendingRollbackError || e instanceof ResourceClosedError) throw e;
      return this._handleDbapiException(e, text(), isEmpty(parameters) ? NO_SETS : parameters, null, null);
    }
    if (
      (this._transaction && !this._transaction.isActive) ||
      (this._nestedTransaction && !this._nestedTransaction.isActive)
    )
      this._invalidTransaction();
    if (this._transContextManager) checkTransactionContext(this);
    if (!this._transaction) this.autobegin();
    if (this.engine.shown && (this._echo || tracing()))
      context.shown = shownStatement(this.engine.shown, context, source);
    return context.executeStyle === "insertmanyvalues"
      ? this.executeInsertmany(context)
      : this.executeSingle(context);
  }

  private executeSingle(context: ExecutionContext): CursorResult {
    const { cursor, executemany } = context;
    let statement = context.statement;
    let parameters: ExecuteParams = executemany ? context.parameters : (context.parameters[0] as ParamSet);
    const event = (context.traceEvent = this.trace(context, statement, parameters, executemany));
    [statement, parameters] = this.beforeCursorExecute(
      cursor,
      statement,
      parameters,
      context,
      executemany,
      event,
    );
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
      (options.get("insertmanyvalues_page_size") as number | undefined) ??
        this.dialect.insertmanyvaluesPageSize,
      returning && (compiled.insertmanyvalues?.sortByParameterOrder ?? false),
      compiled.schemaTranslateMap ? schemaTranslateMapOf(options.get("schema_translate_map")) : null,
    );
    // another dialect's statement may stand for several of SQLite's: it is shown with the first of them
    const simulated = context.shown?.batches?.values();
    let covered = 0;
    let rowsBefore = 0;
    for (const batch of batches) {
      let [statement, parameters] = [batch.replacedStatement, batch.replacedParameters as ExecuteParams];
      const isShown = covered <= 0;
      if (isShown) {
        const shown = simulated?.next().value;
        if (shown) context.shown = shown;
        covered = shown?.rows ?? 0;
        rowsBefore = context.insertmanyvaluesRows?.length ?? 0;
        context.traceEvent = this.trace(context, statement, shown?.params ?? parameters, false, true);
      }
      covered -= batch.currentBatchSize;
      const event = context.traceEvent;
      [statement, parameters] = this.beforeCursorExecute(
        cursor,
        statement,
        parameters,
        context,
        true,
        event,
        false,
      );
      if (this._echo && isShown) {
        this._logInfo(longStatement(context.shown?.sql ?? statement));
        const { number, of, downgraded } = (simulated && (context.shown as ShownBatch)) ?? {
          number: batch.batchnum,
          of: batch.totalBatches,
          downgraded: batch.isDowngraded,
        };
        const part = ` ${number}/${of} (${batch.rowsSorted ? "ordered" : "unordered"}${downgraded ? "; batch not supported" : ""})`;
        stats = number === 1 ? stats + part : `insertmanyvalues${part}`;
        this.logParameters(stats, simulated ? (context.shown as ShownBatch).params : parameters, false);
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
        try {
          context.collectBatch(batch);
        } catch (e) {
          return this.failed(
            e,
            longStatement(batch.replacedStatement),
            batch.replacedParameters as ExecuteParams,
            null,
            context,
            event,
            true,
          );
        }
        if (event) {
          event.rows = (context.insertmanyvaluesRows ?? []).slice(rowsBefore).map((row) => [...row]);
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

  private runOnCursor(
    cursor: DriverCursor,
    statement: string,
    parameters: ExecuteParams,
    context: ExecutionContext,
    many: boolean,
  ): void {
    const hooks = hooksOf(this.dialect).dispatch;
    const noParams = !many && context.noParameters && sizeOf(parameters as ParamSet) === 0;
    const hook = many ? hooks.doExecutemany : noParams ? hooks.doExecuteNoParams : hooks.doExecute;
    if (hook.active) {
      const value = noParams ? [] : [paramsValue(parameters, many)];
      for (const listener of hook)
        if (host.isTrue(listener(cursor, statement, ...value, context) ?? null)) return;
    }
    try {
      if (this.engine.shown) refuseReturning(this.engine.shown, context);
      if (many) cursor.executemany(statement, parameters as readonly ParamSet[]);
      else cursor.execute(statement, parameters as ParamSet);
    } catch (e) {
      throw this.engine.shown ? simulationError(e, this.engine.shown.name) : e;
    }
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
      const given = listener(this.self, cursor, text, value, context, executemany);
      if (given === undefined) continue;
      [text, value] = unpack(given, 2) as [string, Value];
      changed = true;
    }
    if (!changed) return [statement, parameters];
    if (trace) trace.sent = { sql: text, params: value };
    return [text, fromListener(value, many)];
  }

  private afterCursorExecute(
    cursor: DriverCursor,
    statement: string,
    parameters: ExecuteParams,
    context: ExecutionContext,
    executemany: boolean,
  ): void {
    const event = this.dispatch.afterCursorExecute;
    if (event.active)
      event.emit(this.self, cursor, statement, paramsValue(parameters, executemany), context, executemany);
  }

  private logParameters(stats: string, parameters: ExecuteParams, many: boolean): void {
    this._logInfo(
      host.isTrue(this.engine.hideParameters)
        ? `[${stats}] [SQL parameters hidden due to hide_parameters=True]`
        : `[${stats}] ${reprParams(parameters, { batches: 10, ismulti: many })}`,
    );
  }

  private trace(
    context: ExecutionContext | null,
    statement: string,
    parameters: ExecuteParams,
    many: boolean,
    executemany = many,
  ): StatementEvent | undefined {
    if (!tracing()) return undefined;
    const shown = context?.shown;
    return traceStatement({
      sql: shown?.sql ?? String(statement),
      params: shown && many === executemany ? paramsValue(shown.params, many) : paramsValue(parameters, many),
      many: executemany,
      dialect: shown ? this.engine.name : this.dialect.name,
      simulated: shown !== undefined,
      connection: this.number,
      behind: { sql: statement, dbapi: this.dbapiConnection(), context },
    });
  }

  private failed(
    e: unknown,
    statement: string,
    parameters: ExecuteParams,
    cursor: DriverCursor | null,
    context: ExecutionContext,
    event: StatementEvent | undefined,
    subExecution = false,
  ): never {
    if (event) {
      event.error = host.errorText(e);
      traceUpdate(event);
    }
    return this._handleDbapiException(e, statement, parameters, cursor, context, subExecution);
  }
}

function finishTrace(event: StatementEvent, cursor: DriverCursor, started: number): void {
  event.milliseconds = performance.now() - started;
  event.rowcount = cursor.rowcount;
  if (cursor.description) event.columns = cursor.description.map(([name]) => name);
  traceUpdate(event);
}

function sizeOf(params: ParamSet): number {
  return Array.isArray(params) ? params.length : (params as NamedParams).size;
}

/** No parameters, as they were handed on: `execute(statement, {})` is without. */
function isEmpty(params: ExecuteParams | null): boolean {
  if (!Array.isArray(params)) return false;
  return params.length === 0 || (params.length === 1 && params[0] instanceof Map && params[0].size === 0);
}

function optionsOf(v: Value): ExecutionOptions {
  if (v === null || v === undefined) return NO_OPTIONS;
  return namedOf(v) ?? (new Map(entriesOf(v)) as ExecutionOptions);
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
  if (out.length < n)
    throw host.error("ValueError", `not enough values to unpack (expected ${n}, got ${out.length})`);
  if (out.length > n) throw host.error("ValueError", `too many values to unpack (expected ${n})`);
  return out;
}
