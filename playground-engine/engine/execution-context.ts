// One execution of a statement: its compiled form, its parameters in the driver's form, and what came of it.
//
// Made by Connection for compiled statements, DDL, text and defaults. Defaults of columns are computed here, just before the
// statement goes out; types' processors make the driver's values. A callable default is given this object.
// Behaviour: SQLAlchemy engine/default.py (DefaultExecutionContext).
import type { Compiled } from "../compiler/compiled.ts";
import type { InsertManyValues, InsertManyValuesBatch } from "../compiler/insert-many-values.ts";
import type { SQLCompiler } from "../compiler/sql-compiler.ts";
import type { BindProcessor, ResultProcessor } from "../sql/types/dialect-facts.ts";
import type { TypeEngine } from "../sql/types/engine.ts";
import { typeLate } from "../sql/types/type-late.ts";
import type { BindParameter } from "../sql/elements/bind.ts";
import type { ClauseElement } from "../sql/elements/clause.ts";
import type { ColumnElement } from "../sql/elements/column.ts";
import type { ExecutionOptions } from "../sql/base.ts";
import { InvalidRequestError } from "../errors/index.ts";
import { host, type Value } from "../util/host.ts";
import { paramsValue, type ParamSet } from "../util/repr-params.ts";
import type { CacheStats } from "./compile-cache.ts";
import { schemaTranslateMapOf } from "./compile-cache.ts";
import { computeDefaults, execDefault, type DefaultColumn, type DefaultLike } from "./column-defaults.ts";
import type { Connection } from "./connection.ts";
import { CursorResult } from "./cursor-result.ts";
import type { MetadataContext, ResultColumnStruct } from "./cursor-metadata.ts";
import type { DriverCursor } from "./dbapi.ts";
import type { EngineDialect } from "./engine-dialect.ts";
import type { Engine } from "./engine.ts";
import {
  BufferedRowCursorFetchStrategy,
  DEFAULT_FETCH,
  FullyBufferedCursorFetchStrategy,
  NO_CURSOR_DML,
  NO_CURSOR_DQL,
  type FetchStrategy,
} from "./fetch-strategy.ts";
import { general4 } from "./log.ts";
import { toDriver } from "./driver-parameters.ts";
import type { NamedParams } from "./parameters.ts";
import { resultTuple } from "./result-metadata.ts";
import type { Row } from "./row.ts";
import type { ConnectionFairy } from "./pool-record.ts";
import type { ShownStatement } from "./simulation.ts";
import type { StatementEvent } from "./trace.ts";

export type ExecuteStyle = "execute" | "executemany" | "insertmanyvalues";

/** What is executed, before it has a context. */
export type ContextSource =
  | { readonly kind: "ddl"; readonly compiled: Compiled }
  | {
      readonly kind: "compiled";
      readonly compiled: SQLCompiler;
      readonly parameters: readonly NamedParams[];
      readonly invoked: ClauseElement | null;
      readonly extracted: readonly BindParameter[] | null;
      readonly stats: CacheStats;
    }
  | { readonly kind: "text"; readonly sql: string; readonly parameters: readonly ParamSet[] }
  | { readonly kind: "default" };

/** A DML statement, as far as its execution cares. */
interface DmlFacts {
  readonly _returning: readonly unknown[];
  readonly _supplementalReturning: unknown;
  readonly _sortByParameterOrder?: boolean;
}

export class ExecutionContext implements MetadataContext {
  readonly rootConnection: Connection;
  /** @internal what is executed */
  readonly source: ContextSource;
  readonly dialect: EngineDialect;
  readonly executionOptions: ExecutionOptions;
  readonly compiled: SQLCompiler | null;
  readonly isddl: boolean;
  readonly isText: boolean;
  readonly isinsert: boolean;
  readonly isupdate: boolean;
  readonly isdelete: boolean;
  readonly isCrud: boolean;
  readonly isExplicitReturning: boolean;
  readonly isImplicitReturning: boolean;
  readonly isSupplementalReturning: boolean;
  readonly invokedStatement: (ClauseElement & { readonly _allSelectedColumns?: readonly unknown[] }) | null;
  readonly cacheStats: CacheStats;
  readonly resultColumnStruct: ResultColumnStruct | null;
  readonly translateColname = null;
  executeStyle: ExecuteStyle = "execute";
  /** The text that goes to the driver. */
  statement = "";
  /** Sets in the driver's form. */
  parameters: ParamSet[] = [];
  /** Sets by name, before the types' processors; what defaults see. */
  compiledParameters: Map<string, Value>[] = [];
  cursor!: DriverCursor;
  returnedDefaultRows: Row[] | null = null;
  /** @internal rows of an insertmanyvalues execution, in parameter order */
  insertmanyvaluesRows: (readonly Value[])[] | null = null;
  /** @internal */
  traceEvent: StatementEvent | undefined;
  /** @internal what another database would have got */
  shown: ShownStatement | undefined;
  /** @internal the trace has this statement's rows already */
  rowsTraced = false;
  /** The row whose defaults are computed now. */
  currentParameters: Map<string, Value> | null = null;
  currentColumn: DefaultColumn | null = null;
  private ownRowcount: number | null = null;
  private pkRows: Value[] | undefined;
  private readonly fairy: ConnectionFairy;

  constructor(
    connection: Connection,
    fairy: ConnectionFairy,
    executionOptions: ExecutionOptions,
    source: ContextSource,
  ) {
    this.rootConnection = connection;
    this.source = source;
    this.dialect = connection.dialect;
    this.fairy = fairy;
    this.executionOptions = executionOptions;
    const compiled = source.kind === "compiled" ? source.compiled : null;
    this.compiled = source.kind === "ddl" ? (source.compiled as unknown as SQLCompiler) : compiled;
    this.isddl = source.kind === "ddl";
    this.isinsert = compiled?.isinsert ?? false;
    this.isupdate = compiled?.isupdate ?? false;
    this.isdelete = compiled?.isdelete ?? false;
    this.isCrud = this.isinsert || this.isupdate || this.isdelete;
    this.isText = source.kind === "text" || (compiled?.isplaintext ?? false);
    this.invokedStatement = source.kind === "compiled" ? source.invoked : null;
    this.cacheStats = source.kind === "compiled" ? source.stats : "no key";
    this.resultColumnStruct = compiled && {
      columns: compiled.resultColumns,
      ordered: compiled.orderedColumns,
      textualOrdered: compiled.textualOrderedColumns,
      adHocTextual: compiled.adHocTextual,
      looseNames: compiled.looseColumnNameMatching,
    };
    const dml = this.isCrud
      ? ((compiled as SQLCompiler).compileState?.statement as unknown as DmlFacts)
      : null;
    this.isExplicitReturning = (dml?._returning.length ?? 0) > 0;
    this.isImplicitReturning = this.isCrud && (compiled?.implicitReturning?.length ?? 0) > 0;
    this.isSupplementalReturning = this.isImplicitReturning && Boolean(dml?._supplementalReturning);
    if (dml && compiled?.forExecutemany && (this.isExplicitReturning || this.isImplicitReturning))
      this.checkExecutemanyReturning(compiled, dml);
    switch (source.kind) {
      case "ddl":
        this.initDdl(source.compiled);
        break;
      case "compiled":
        this.initCompiled(source.compiled, source.parameters, source.extracted);
        break;
      case "text":
        this.statement = source.sql;
        this.parameters = source.parameters.length ? [...source.parameters] : [this.noParameterSet()];
        if (source.parameters.length > 1) this.executeStyle = "executemany";
        this.cursor = fairy.cursor();
        break;
      case "default":
        this.cursor = fairy.cursor();
    }
  }

  private checkExecutemanyReturning(compiled: SQLCompiler, dml: DmlFacts): void {
    const { dialect } = this;
    const refuse = (what: string): never => {
      throw new InvalidRequestError(
        `Dialect ${dialect.name}+${dialect.driver} with current server capabilities does not support ${what} when executemany is used`,
      );
    };
    if (this.isinsert) {
      if (!dialect.insertExecutemanyReturning) refuse("INSERT..RETURNING");
      if (dml._sortByParameterOrder && !dialect.insertExecutemanyReturningSortByParameterOrder)
        refuse("INSERT..RETURNING with deterministic row ordering");
      if (dialect.useInsertmanyvalues && !compiled.insertmanyvalues)
        throw new InvalidRequestError(
          'Statement does not have "insertmanyvalues" enabled, can\'t use INSERT..RETURNING with executemany in this case.',
        );
    } else if (this.isupdate && !dialect.updateExecutemanyReturning) refuse("UPDATE..RETURNING");
    else if (this.isdelete && !dialect.deleteExecutemanyReturning) refuse("DELETE..RETURNING");
  }

  private noParameterSet(): ParamSet {
    return this.dialect.positional ? [] : new Map();
  }

  private initDdl(compiled: Compiled): void {
    this.statement = this.translateSchemas(compiled, compiled.toString());
    this.cursor = this.fairy.cursor();
    this.parameters = [this.noParameterSet()];
  }

  private translateSchemas(compiled: Compiled, text: string): string {
    if (!compiled.schemaTranslateMap) return text;
    const map =
      schemaTranslateMapOf(this.executionOptions.get("schema_translate_map")) ??
      new Map<string | null, string | null>();
    return compiled.preparer.renderSchemaTranslates(text, map);
  }

  private initCompiled(
    compiled: SQLCompiler,
    parameters: readonly NamedParams[],
    extracted: readonly BindParameter[] | null,
  ): void {
    if (!parameters.length) this.compiledParameters = [compiled.constructParams(null, extracted, false)];
    else {
      this.compiledParameters = parameters.map((set, group) =>
        compiled.constructParams(set, extracted, false, group),
      );
      if (parameters.length > 1)
        this.executeStyle = this.isinsert && compiled.insertmanyvalues ? "insertmanyvalues" : "executemany";
    }
    this.cursor = this.fairy.cursor();
    if (compiled.insertPrefetch.length || compiled.updatePrefetch.length) computeDefaults(this, compiled);
    this.statement = compiled.string;
    let processors = compiled.bindProcessors as ReadonlyMap<string, BindProcessor>;
    let positions: readonly string[] | null = compiled.positional ? compiled.positiontup : null;
    if (compiled.literalExecuteParams.size || compiled.postCompileParams.size) {
      if (this.executemany)
        throw new InvalidRequestError(
          "'literal_execute' or 'expanding' parameters can't be used with executemany()",
        );
      const expanded = compiled.processParametersForPostcompile(
        this.compiledParameters[0] as Map<string, Value>,
      );
      this.statement = expanded.statement;
      processors = new Map([...processors, ...expanded.processors]);
      positions = expanded.positiontup;
    }
    this.statement = this.translateSchemas(compiled, this.statement);
    this.parameters = this.compiledParameters.map((set) =>
      toDriver(set, processors, positions, compiled.escapedBindNames),
    );
  }

  // ------------------------------------------------------------------ facts

  /** `context.parameters` as the program sees it: a list of tuples or dicts. */
  get parametersValue(): Value {
    return paramsValue(this.parameters, true);
  }

  /** `context.compiled_parameters`: a list of dicts. */
  get compiledParametersValue(): Value {
    return paramsValue(this.compiledParameters, true);
  }

  get engine(): Engine {
    return this.rootConnection.engine;
  }

  get connection(): Connection {
    return this.rootConnection;
  }

  get executemany(): boolean {
    return this.executeStyle !== "execute";
  }

  get cacheHit(): boolean {
    return this.cacheStats === "hit";
  }

  get noParameters(): boolean {
    return host.isTrue(this.executionOptions.get("no_parameters") ?? null);
  }

  get postfetchCols(): readonly ColumnElement[] | null {
    return this.compiled?.postfetch ?? null;
  }

  get prefetchCols(): readonly ColumnElement[] {
    if (this.isinsert) return this.compiled?.insertPrefetch ?? [];
    return this.isupdate ? (this.compiled?.updatePrefetch ?? []) : [];
  }

  get nullType(): TypeEngine {
    return typeLate.nullType;
  }

  /** How the statement came by its text, for the log. */
  cacheStatsText(): string {
    const { compiled } = this;
    if (!compiled) return "raw sql";
    const seconds = (performance.now() - compiled.genTime) / 1000;
    if (this.isddl || this.cacheStats === "no key") return `no key ${seconds.toFixed(5)}s`;
    if (this.cacheStats === "hit") return `cached since ${general4(seconds)}s ago`;
    if (this.cacheStats === "miss") return `generated in ${seconds.toFixed(5)}s`;
    if (this.cacheStats === "no dialect support")
      return `dialect ${this.dialect.name}+${this.dialect.driver} does not support caching ${seconds.toFixed(5)}s`;
    const reason = this.executionOptions.get("_cache_disable_reason");
    return reason === undefined
      ? `caching disabled ${seconds.toFixed(5)}s`
      : `caching disabled (${host.str(reason)}) ${seconds.toFixed(5)}s `;
  }

  resultProcessor(type: TypeEngine): ResultProcessor | null {
    return type.cachedResultProcessor(this.dialect, null);
  }

  get rowcount(): number {
    return this.ownRowcount ?? this.cursor.rowcount;
  }

  get hasRowcount(): boolean {
    return this.ownRowcount !== null;
  }

  setRowcount(n: number): void {
    this.ownRowcount = n;
  }

  getLastrowid(): Value {
    return this.cursor.lastrowid;
  }

  lastrowHasDefaults(): boolean {
    return (this.isinsert || this.isupdate) && (this.compiled?.postfetch?.length ?? 0) > 0;
  }

  supportsSaneRowcount(): boolean {
    return this.dialect.supportsSaneRowcount;
  }

  supportsSaneMultiRowcount(): boolean {
    return this.dialect.supportsSaneMultiRowcount;
  }

  /** Parameters by name as they were executed, for last_inserted_params(). */
  currentParameterSets(): Value {
    return this.executemany
      ? host.makeList(this.compiledParameters.map((p) => paramsValue(p, false)))
      : paramsValue(this.compiledParameters[0] as ParamSet, false);
  }

  // ------------------------------------------------------------------ defaults

  /** @internal */
  _execDefault(column: DefaultColumn | null, generator: DefaultLike, type: TypeEngine | null): Value {
    return execDefault(this, column, generator, type);
  }

  getInsertDefault(column: DefaultColumn): Value {
    return column.default === null ? null : execDefault(this, column, column.default, column.type);
  }

  getUpdateDefault(column: DefaultColumn): Value {
    return column.onupdate === null ? null : execDefault(this, column, column.onupdate, column.type);
  }

  /** Parameters of the row whose default is being computed. Throws outside of a default function. */
  getCurrentParameters(isolateMultiinsertGroups = true): Value {
    const { currentParameters: parameters, currentColumn: column } = this;
    if (!parameters || !column)
      throw new InvalidRequestError(
        "get_current_parameters() can only be invoked in the context of a Python side column default function",
      );
    const state = this.compiled?.compileState as {
      readonly _hasMultiParameters?: boolean;
      readonly _dictParameters?: ReadonlyMap<string, unknown> | null;
    } | null;
    if (!isolateMultiinsertGroups || !this.isinsert || !state?._hasMultiParameters)
      return host.makeDict(parameters);
    const group = column.isMultiparamColumn ? (column.index as number) + 1 : 0;
    const own = column.isMultiparamColumn ? (column.original?.key ?? column.key) : column.key;
    const out = new Map<string, Value>([[own, parameters.get(column.key) ?? null]]);
    for (const key of state._dictParameters?.keys() ?? []) {
      const name = `${typeof key === "string" ? key : (key as { key: string }).key}`;
      out.set(name, parameters.get(`${name}_m${group}`) ?? null);
    }
    return host.makeDict(out);
  }

  /** Run SQL for one value on this context's cursor: an SQL default, a sequence. */
  executeScalar(sql: string, type: TypeEngine | null, parameters: ParamSet = this.noParameterSet()): Value {
    const map = schemaTranslateMapOf(this.executionOptions.get("schema_translate_map"));
    const text = map ? this.dialect.identifierPreparer.renderSchemaTranslates(sql, map) : sql;
    this.rootConnection._cursorExecute(this.cursor, text, parameters, this);
    const value = this.cursor.fetchone()?.[0] ?? null;
    const processor = type?.cachedResultProcessor(this.dialect, null);
    return processor ? processor(value) : value;
  }

  // ------------------------------------------------------------------ results

  /** The result, once the statement has run. */
  setupResult(): CursorResult {
    const options = this.executionOptions;
    if (this.ownRowcount === null && host.isTrue(options.get("preserve_rowcount") ?? null))
      this.ownRowcount = this.cursor.rowcount;
    if (this.isCrud || this.isText) return this.setupDmlOrTextResult();
    const yieldPer = options.get("yield_per") as number | undefined | null;
    let strategy: FetchStrategy = DEFAULT_FETCH;
    if (host.isTrue(options.get("stream_results") ?? null))
      strategy = new BufferedRowCursorFetchStrategy(this.cursor, {
        maxRowBuffer: options.get("max_row_buffer") as number | undefined,
      });
    const description = this.cursor.description;
    if (!description) strategy = NO_CURSOR_DQL;
    const result = new CursorResult(this, strategy, description);
    return yieldPer ? result.yieldPer(yieldPer) : result;
  }

  private setupDmlOrTextResult(): CursorResult {
    const compiled = this.compiled as SQLCompiler;
    let strategy: FetchStrategy = DEFAULT_FETCH;
    let description = this.cursor.description;
    if (this.isinsert) {
      if (this.insertmanyvaluesRows) {
        strategy = new FullyBufferedCursorFetchStrategy(this.insertmanyvaluesRows);
        const hidden = this.sentinelCount;
        if (hidden && description) description = description.slice(0, -hidden);
      }
      if (compiled.postfetchLastrowid)
        this.pkRows = [
          this.pkRow(
            compiled.insertedPrimaryKeyFromLastrowidGetter(
              this.getLastrowid(),
              this.compiledParameters[0] as Map<string, Value>,
            ),
          ),
        ];
    }
    if (!description) strategy = NO_CURSOR_DML;
    const result = new CursorResult(this, strategy, description);
    if (this.isinsert) {
      if (this.isImplicitReturning) {
        const rows = result.all();
        this.returnedDefaultRows = rows;
        this.pkRows = rows.map((row, i) =>
          this.pkRow(
            compiled.insertedPrimaryKeyFromReturningGetter(
              row._data,
              this.compiledParameters[i] as Map<string, Value>,
            ),
          ),
        );
        if (this.isSupplementalReturning) result._rewind(rows);
        else result._softClose();
      } else if (!this.isExplicitReturning) result._softClose();
    } else if (this.isImplicitReturning) {
      const rows = result.all();
      if (rows.length) this.returnedDefaultRows = rows;
      this.ownRowcount = rows.length;
      if (this.isSupplementalReturning) result._rewind(rows);
      else result._softClose();
    } else if (!result.returnsRows) {
      this.ownRowcount ??= this.cursor.rowcount;
      result._softClose();
    } else if (this.isupdate || this.isdelete) this.ownRowcount ??= this.cursor.rowcount;
    return result;
  }

  private get sentinelCount(): number {
    const many: InsertManyValues | null =
      this.executeStyle === "insertmanyvalues" ? (this.compiled?.insertmanyvalues ?? null) : null;
    return many?.sentinelColumns ? many.numSentinelColumns : 0;
  }

  private pkRow(values: readonly Value[]): Value {
    const compiled = this.compiled as SQLCompiler & { pkRowMaker?: (values: readonly Value[]) => Row };
    return (compiled.pkRowMaker ??= resultTuple(compiled.insertedPrimaryKeyNames))(values);
  }

  get insertedPrimaryKeyRows(): Value[] {
    return (this.pkRows ??= this.compiledParameters.map((set) =>
      this.pkRow((this.compiled as SQLCompiler).insertedPrimaryKeyFromLastrowidGetter(null, set)),
    ));
  }

  /** Rows of one batch of an insertmanyvalues execution, put in the order of its parameters. */
  collectBatch(batch: InsertManyValuesBatch): void {
    const many = (this.compiled as SQLCompiler).insertmanyvalues as InsertManyValues;
    const rows = this.cursor.fetchall();
    const out = (this.insertmanyvaluesRows ??= []);
    const hidden = many.sentinelColumns ? many.numSentinelColumns : 0;
    const visible = (row: readonly Value[]): readonly Value[] => (hidden ? row.slice(0, -hidden) : row);
    if (!hidden || batch.isDowngraded) {
      for (const row of rows) out.push(visible(row));
      return;
    }
    if (many.implicitSentinel) {
      for (const row of [...rows].sort((a, b) => host.compare(a.at(-1), b.at(-1)))) out.push(visible(row));
      return;
    }
    const processors = (many.sentinelColumns ?? []).map((c) =>
      c.type.cachedResultProcessor(this.dialect, null),
    );
    const bySentinel = new Map<unknown, readonly Value[]>();
    for (const row of rows)
      bySentinel.set(sentinelKey(row.slice(-hidden).map((v, i) => processors[i]?.(v) ?? v)), row);
    if (bySentinel.size !== batch.batch.length)
      throw new InvalidRequestError(
        `Sentinel-keyed result set did not produce correct number of rows ${batch.batch.length}; produced ${bySentinel.size}.  Please ensure the sentinel column is fully unique and populated in all cases.`,
      );
    for (const values of batch.sentinelValues) {
      const row = bySentinel.get(sentinelKey(values));
      if (!row)
        throw new InvalidRequestError(
          `Can't match sentinel values in result set to parameter sets; key ${host.repr(values.length === 1 ? values[0] : host.makeTuple(values))} was not found. ` +
            "There may be a mismatch between the datatype passed to the DBAPI driver vs. that which it returns in a result row.  Ensure the given Python value matches the " +
            "expected result type *exactly*, taking care to not rely upon implicit conversions which may occur such as when using strings in place of UUID or integer values, etc. ",
        );
      out.push(visible(row));
    }
  }
}

function sentinelKey(values: readonly Value[]): unknown {
  return values.length === 1 ? host.key(values[0]) : host.key(host.makeTuple(values));
}
