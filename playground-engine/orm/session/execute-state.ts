// One call of Session.execute() on its way to the database: what do_orm_execute listeners see and may change.
// Behaviour: SQLAlchemy orm/session.py (ORMExecuteState).
import { InvalidRequestError } from "../../errors/index.ts";
import type { Listener } from "../../event/index.ts";
import type { ExecutableOption, ExecutionOptions } from "../../sql/base.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { itemsOf } from "../../util/items.ts";
import { late } from "../late.ts";
import { ORMOption } from "../options/orm-option.ts";
import type { MapperContract } from "../state/contracts.ts";
import type { Connection } from "../state/sql-types.ts";
import type { Session } from "./session.ts";

/** A statement as sessions see one. */
export interface StatementContract {
  readonly visitName: string;
  readonly _effectivePluginTarget: string;
  readonly _executionOptions: ExecutionOptions;
  readonly _propagateAttrs: { readonly compileStatePlugin: string; readonly pluginSubject: unknown } | null;
  readonly _withOptions: readonly ExecutableOption[];
  readonly _compileOptions: unknown;
  readonly isSelect: boolean;
  readonly isDml: boolean;
  readonly isInsert: boolean;
  readonly isUpdate: boolean;
  readonly isDelete: boolean;
  readonly isFromStatement: boolean;
}

/** Rows, or what stands for them. */
export interface ResultContract {
  scalar(): Value;
  scalars(index?: Value): unknown;
  merge(others: readonly ResultContract[]): ResultContract;
}

/** Before a statement is sent: what it and its execution options become. `isPreEvent`: for listeners only, nothing is flushed yet. */
export type PreSessionExec<S = StatementContract> = (
  session: Session,
  statement: S,
  params: Value,
  executionOptions: ExecutionOptions,
  bindArguments: BindArguments,
  isPreEvent: boolean,
) => readonly [S, ExecutionOptions];

/** Sends a statement, and makes of its rows what the program asked for. */
export type ExecuteStatement<S = StatementContract, R = ResultContract> = (
  session: Session,
  statement: S,
  params: Value,
  executionOptions: ExecutionOptions,
  bindArguments: BindArguments,
  connection: Connection,
) => R;

/** The class-level side of the ORM's compile states: SELECT (orm/query) and ORM-enabled DML (orm/query). */
export interface OrmCompileStateClass {
  readonly ormPreSessionExec: PreSessionExec;
  readonly ormExecuteStatement: ExecuteStatement;
}

/** "mapper", "clause", "bind" and whatever a custom get_bind() takes. */
export type BindArguments = Map<string, Value>;

/** Options of `execute`, `scalar` and `scalars`. */
export interface ExecuteOptions {
  readonly executionOptions?: Value;
  readonly bindArguments?: Value;
  /** @internal */
  readonly _parentExecuteState?: ORMExecuteState | null;
  /** @internal A last listener of do_orm_execute: dogpile-like recipes. */
  readonly _addEvent?: Value;
}

/** A mapping of the program, or one of ours, as a Map of its own. */
export function mapOf(v: Value): Kwargs {
  if (v == null) return new Map();
  if (v instanceof Map) return new Map(v as Kwargs);
  return new Map((host.entries(v) ?? itemsOf(v)) as Iterable<[string, Value]>);
}

export function unionOptions(a: ExecutionOptions, b: ExecutionOptions): ExecutionOptions {
  return b.size === 0 ? a : a.size === 0 ? b : new Map([...a, ...b]);
}

export class ORMExecuteState {
  readonly session: Session;
  statement: StatementContract;
  parameters: Value;
  /** Those of the call and those of the statement. */
  executionOptions: ExecutionOptions;
  /** Those of the call. */
  localExecutionOptions: ExecutionOptions;
  readonly bindArguments: BindArguments;
  /** @internal */
  readonly _compileStateCls: OrmCompileStateClass | null;
  /** @internal */
  _startingEventIdx = 0;
  /** @internal */
  _updatedExecutionOptions: ExecutionOptions = new Map();
  private readonly eventsTodo: readonly Listener[];

  constructor(
    session: Session,
    statement: StatementContract,
    parameters: Value,
    executionOptions: ExecutionOptions,
    bindArguments: BindArguments,
    compileStateCls: OrmCompileStateClass | null,
    eventsTodo: readonly Listener[],
  ) {
    this.session = session;
    this.statement = statement;
    this.parameters = parameters;
    this.localExecutionOptions = executionOptions;
    this.executionOptions = unionOptions(statement._executionOptions, executionOptions);
    this.bindArguments = bindArguments;
    this._compileStateCls = compileStateCls;
    this.eventsTodo = eventsTodo;
  }

  /** @internal */
  _remainingEvents(): readonly Listener[] {
    return this.eventsTodo.slice(this._startingEventIdx + 1);
  }

  /** Runs the statement (or another) now, as often as wanted; listeners that come later still see it. */
  invokeStatement(
    statement: Value = null,
    params: Value = null,
    executionOptions: Value = null,
    bindArguments: Value = null,
  ): ResultContract {
    const bind = new Map([...this.bindArguments, ...mapOf(bindArguments)]);
    bind.set("_sa_skip_events", true);
    return this.session._executeInternal(statement ?? this.statement, this.mergedParameters(params), {
      executionOptions: unionOptions(this.localExecutionOptions, mapOf(executionOptions)),
      bindArguments: bind,
      _parentExecuteState: this,
    }) as ResultContract;
  }

  private mergedParameters(params: Value): Value {
    if (params === null || !host.isTrue(params)) return this.parameters;
    if (!this.isExecutemany) return host.makeDict([...mapOf(this.parameters), ...mapOf(params)]);
    const existing = [...(host.iterate(this.parameters) ?? [])];
    const given = [...(host.iterate(params) ?? [])];
    if (existing.length !== given.length)
      throw new InvalidRequestError(
        `Can't apply executemany parameters to statement; number of parameter sets passed to Session.execute() (${existing.length}) does not match number of parameter sets given to ORMExecuteState.invoke_statement() (${given.length})`,
      );
    return host.makeList(existing.map((p, i) => host.makeDict([...mapOf(p), ...mapOf(given[i])])));
  }

  /** The mapper the statement is about, where there is one. */
  get bindMapper(): MapperContract | null {
    return (this.bindArguments.get("mapper") as MapperContract | undefined) ?? null;
  }

  get allMappers(): MapperContract[] {
    if (!this.isOrmStatement) return [];
    if (this.isSelect || this.isFromStatement) return late.mappersOfStatement(this.statement);
    return this.statement.isDml && this.bindMapper ? [this.bindMapper] : [];
  }

  get isOrmStatement(): boolean {
    return this._compileStateCls !== null;
  }

  get isExecutemany(): boolean {
    return Array.isArray(this.parameters) || host.kindOf(this.parameters) === "list";
  }

  get isSelect(): boolean {
    return this.statement.isSelect;
  }

  get isFromStatement(): boolean {
    return this.statement.isFromStatement;
  }

  get isInsert(): boolean {
    return this.statement.isDml && this.statement.isInsert;
  }

  get isUpdate(): boolean {
    return this.statement.isDml && this.statement.isUpdate;
  }

  get isDelete(): boolean {
    return this.statement.isDml && this.statement.isDelete;
  }

  updateExecutionOptions(opts: Kwargs): void {
    this.localExecutionOptions = unionOptions(this.localExecutionOptions, opts);
    this._updatedExecutionOptions = unionOptions(this._updatedExecutionOptions, opts);
  }

  private get compileOptions(): {
    readonly _currentPath: { readonly isRoot: boolean };
    readonly _forRefreshState: boolean;
  } | null {
    return this.isSelect ? (late.ormCompileOptions(this.statement) as never) : null;
  }

  /** The instance whose lazy load this is: its state, or None. */
  get lazyLoadedFrom(): Value {
    return (this.loadOptions as { readonly _lazyLoadedFrom?: Value })._lazyLoadedFrom ?? null;
  }

  get loaderStrategyPath(): Value {
    return this.compileOptions?._currentPath ?? null;
  }

  /** It loads expired or deferred columns of an object that is there. */
  get isColumnLoad(): boolean {
    return this.compileOptions?._forRefreshState ?? false;
  }

  get isRelationshipLoad(): boolean {
    const options = this.compileOptions;
    return options !== null && !options._currentPath.isRoot;
  }

  get loadOptions(): unknown {
    if (!this.isSelect)
      throw new InvalidRequestError(
        "This ORM execution is not against a SELECT statement so there are no load options.",
      );
    return this.executionOptions.get("_sa_orm_load_options") ?? late.loadOptions({});
  }

  get updateDeleteOptions(): unknown {
    if (!this.isUpdate && !this.isDelete)
      throw new InvalidRequestError(
        "This ORM execution is not against an UPDATE or DELETE statement so there are no update options.",
      );
    return this.executionOptions.get("_sa_orm_update_options") ?? late.updateOptions();
  }

  get userDefinedOptions(): Value[] {
    return this.statement._withOptions.filter((o) => o instanceof ORMOption && o._isUserDefined);
  }
}
