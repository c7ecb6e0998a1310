// A session's transaction, its binds and how it executes statements: the ground the rest of Session stands on.
//
// Session is one class in five files, each deriving from the one before: core → objects → loading → flush → session.
// Behaviour: SQLAlchemy orm/session.py (Session).
import type { Hashed } from "../../sql/element-set.ts";
import { checkTransactionContext, type TransactionalContext } from "../../engine/transactional-context.ts";
import {
  ArgumentError,
  InvalidRequestError,
  NoInspectionAvailable,
  UnboundExecutionError,
  UnmappedClassError,
} from "../../errors/index.ts";
import type { Listener } from "../../event/index.ts";
import { CompileState, type ExecutionOptions } from "../../sql/base.ts";
import { expect } from "../../sql/coercions.ts";
import { StatementRole } from "../../sql/roles.ts";
import { iterate, type Traversible } from "../../sql/visitable.ts";
import { host, type Value } from "../../util/host.ts";
import { entriesOf } from "../../util/items.ts";
import { sessionEvents, type SessionDispatch } from "../events.ts";
import { face, type ClassRef, type Instance } from "../face.ts";
import { inspect } from "../inspection.ts";
import { unmappedClass } from "../state/access.ts";
import type { MapperContract } from "../state/contracts.ts";
import { IdentityMap } from "../state/identity.ts";
import { registerSession } from "../state/sessions.ts";
import type { Connection, Engine } from "../state/sql-types.ts";
import type { InstanceState } from "../state/state.ts";
import {
  mapOf,
  ORMExecuteState,
  unionOptions,
  type BindArguments,
  type ExecuteOptions,
  type OrmCompileStateClass,
  type ResultContract,
  type StatementContract,
} from "./execute-state.ts";
import type { Session } from "./session.ts";
import { SessionTransaction, SessionTransactionOrigin } from "./transaction.ts";

export type Bind = Engine | Connection;
const JOIN_MODES = ["conditional_savepoint", "rollback_only", "control_fully", "create_savepoint"] as const;
export type JoinTransactionMode = (typeof JOIN_MODES)[number];

/** SQLAlchemy's keyword arguments of Session(). */
export interface SessionOptions {
  readonly autoflush?: boolean;
  readonly future?: boolean;
  readonly expireOnCommit?: boolean;
  readonly autobegin?: boolean;
  readonly twophase?: boolean;
  readonly binds?: Value;
  readonly enableBakedQueries?: boolean;
  readonly info?: Value;
  /** The class that query() makes, or a function of (entities, session). */
  readonly queryCls?: Value;
  readonly autocommit?: boolean;
  readonly joinTransactionMode?: JoinTransactionMode;
  readonly closeResetsOnly?: boolean;
}

/** What get_bind() is told beside the mapper. */
export interface GetBindOptions {
  readonly clause?: Value;
  readonly bind?: Bind | null;
  readonly _saSkipEvents?: Value;
  readonly _saSkipForImplicitReturning?: boolean;
}

export abstract class SessionCore {
  static readonly dispatch = sessionEvents.classDispatch;
  static readonly pyModule: string = "sqlalchemy.orm.session";
  /** @internal A class can be listened to as a whole. */
  static _eventTarget(): object {
    return this;
  }

  readonly dispatch: SessionDispatch = sessionEvents.forInstance(this);
  readonly hashKey: number;
  bind: Bind | null;
  identityMap: IdentityMap;
  autobegin: boolean;
  autoflush: boolean;
  expireOnCommit: boolean;
  enableBakedQueries: boolean;
  readonly twophase: boolean;
  readonly joinTransactionMode: JoinTransactionMode;
  /** Chooses a connection per object: horizontal sharding. */
  connectionCallable: ((mapper: MapperContract, instance?: Instance | null) => Connection) | null = null;

  /** @internal Pending objects, in the order they came. */
  _new = new Map<InstanceState, Instance>();
  /** @internal Objects marked for deletion. */
  _deleted = new Map<InstanceState, Instance>();
  /** @internal */
  _transaction: SessionTransaction | null = null;
  /** @internal */
  _nestedTransaction: SessionTransaction | null = null;
  /** @internal The transaction whose with block is running. */
  _transContextManager: TransactionalContext | null = null;
  /** @internal */
  _flushing = false;
  /** @internal The flush executes: changes made now come too late. */
  _warnOnEvents = false;
  protected closeState: "active" | "closed" | "close is reset";
  protected readonly queryCls: Value;
  private readonly binds = new Map<unknown, Bind>();
  /** By hash: a table inside a statement may be annotated. */
  private readonly bindsOfTables = new Map<number, Bind>();
  private info_: Value = undefined;

  constructor(bind: Bind | null = null, options: SessionOptions = {}) {
    if (options.autocommit) throw new ArgumentError("autocommit=True is no longer supported");
    if (options.future === false)
      throw new ArgumentError("The 'future' parameter passed to Session() may only be set to True.");
    const mode = options.joinTransactionMode ?? "conditional_savepoint";
    this.identityMap = this.newIdentityMap();
    this.bind = bind;
    this.autobegin = options.autobegin ?? true;
    this.twophase = options.twophase ?? false;
    this.autoflush = options.autoflush ?? true;
    this.expireOnCommit = options.expireOnCommit ?? true;
    this.enableBakedQueries = options.enableBakedQueries ?? true;
    this.closeState = (options.closeResetsOnly ?? true) ? "close is reset" : "active";
    if (!JOIN_MODES.includes(mode))
      throw new ArgumentError(`invalid selection for join_transaction_mode: "${String(mode)}"`);
    this.joinTransactionMode = mode;
    this.queryCls = options.queryCls ?? null;
    if (options.info != null) this.info_ = host.makeDict(entriesOf(options.info));
    if (options.binds != null)
      for (const [key, b] of host.entries(options.binds) ?? []) this.addBind(key, b as Bind);
    this.hashKey = registerSession(this.self);
  }

  protected get self(): Session {
    return this as unknown as Session;
  }

  protected newIdentityMap(): IdentityMap {
    return new IdentityMap((state) => this._deleted.has(state));
  }

  get info(): Value {
    return (this.info_ ??= host.makeDict([]));
  }

  /** @internal */
  get _isClosedForGood(): boolean {
    return this.closeState === "closed";
  }

  abstract flush(objects?: Value): void;
  /** @internal */
  abstract _autoflush(): void;

  // ---- transactions

  inTransaction(): boolean {
    return this._transaction !== null;
  }

  inNestedTransaction(): boolean {
    return this._nestedTransaction !== null;
  }

  /** The outermost transaction, or None. */
  getTransaction(): SessionTransaction | null {
    let trans = this._transaction;
    while (trans?._parent) trans = trans._parent;
    return trans;
  }

  getNestedTransaction(): SessionTransaction | null {
    return this._nestedTransaction;
  }

  get isActive(): boolean {
    return this._transaction === null || this._transaction.isActive;
  }

  /** @internal */
  _autobeginT(begin = false): SessionTransaction {
    if (this._transaction) return this._transaction;
    if (!begin && !this.autobegin)
      throw new InvalidRequestError(
        "Autobegin is disabled on this Session; please call session.begin() to start a new transaction",
      );
    return new SessionTransaction(
      this.self,
      begin ? SessionTransactionOrigin.BEGIN : SessionTransactionOrigin.AUTOBEGIN,
    );
  }

  begin(nested = false): SessionTransaction {
    let trans = this._transaction;
    if (!trans) {
      trans = this._autobeginT(true);
      if (!nested) return trans;
    }
    if (!nested) throw new InvalidRequestError("A transaction is already begun on this Session.");
    this._nestedTransaction = trans._begin({ nested: true });
    return this._nestedTransaction;
  }

  beginNested(): SessionTransaction {
    return this.begin(true);
  }

  rollback(): void {
    this._transaction?.rollback({ toRoot: true });
  }

  commit(): void {
    (this._transaction ?? this._autobeginT()).commit({ toRoot: true });
  }

  prepare(): void {
    (this._transaction ?? this._autobeginT()).prepare();
  }

  /** The connection of the session's transaction. */
  connection(bindArguments: Value = null, executionOptions: Value = null): Connection {
    const args = mapOf(bindArguments);
    const bind = (args.get("bind") as Bind | undefined) ?? this._bindOf(args);
    return this._connectionForBind(bind, executionOptions === null ? null : mapOf(executionOptions));
  }

  /** @internal */
  _connectionForBind(bind: Bind, executionOptions: ExecutionOptions | null = null): Connection {
    checkTransactionContext(this);
    return (this._transaction ?? this._autobeginT())._connectionForBind(bind, executionOptions);
  }

  // ---- executing

  /** @internal `scalarResult`: the caller wants the first column of the first row. */
  _executeInternal(
    given: Value,
    params: Value = null,
    options: ExecuteOptions & { readonly _scalarResult?: boolean } = {},
  ): unknown {
    let statement = expect(StatementRole, given) as unknown as StatementContract;
    const bindArguments: BindArguments = mapOf(options.bindArguments);
    const orm = statement._propagateAttrs?.compileStatePlugin === "orm";
    const compileState = orm
      ? (CompileState.getPluginClassForPlugin(statement as never, "orm") as OrmCompileStateClass)
      : null;
    if (!compileState && !bindArguments.has("clause")) bindArguments.set("clause", statement);
    let executionOptions: ExecutionOptions = mapOf(options.executionOptions);

    const events: Listener[] = options._parentExecuteState
      ? [...options._parentExecuteState._remainingEvents()]
      : this.dispatch.doOrmExecute.active
        ? [...this.dispatch.doOrmExecute]
        : [];
    if (!options._parentExecuteState && options._addEvent != null)
      events.push((state) => host.call(options._addEvent, [state]));
    if (events.length) {
      const original = executionOptions;
      if (compileState)
        [statement, executionOptions] = compileState.ormPreSessionExec(
          this.self,
          statement,
          params,
          executionOptions,
          bindArguments,
          true,
        );
      const state = new ORMExecuteState(
        this.self,
        statement,
        params,
        executionOptions,
        bindArguments,
        compileState,
        events,
      );
      for (const [i, fn] of events.entries()) {
        state._startingEventIdx = i;
        const result = fn(state);
        if (result != null && result !== false)
          return options._scalarResult ? (result as ResultContract).scalar() : result;
      }
      statement = state.statement;
      executionOptions = unionOptions(original, state._updatedExecutionOptions);
    }
    if (compileState)
      [statement, executionOptions] = compileState.ormPreSessionExec(
        this.self,
        statement,
        params,
        executionOptions,
        bindArguments,
        false,
      );

    const connection = this._connectionForBind(this._bindOf(bindArguments));
    if (!compileState && options._scalarResult)
      return connection.scalar(statement, params ?? host.makeDict([]), { executionOptions });
    const result = compileState
      ? compileState.ormExecuteStatement(
          this.self,
          statement,
          params,
          executionOptions,
          bindArguments,
          connection,
        )
      : (connection.execute(statement, params ?? host.makeDict([]), { executionOptions }) as ResultContract);
    return options._scalarResult ? result.scalar() : result;
  }

  execute(statement: Value, params: Value = null, options: ExecuteOptions = {}): unknown {
    return this._executeInternal(statement, params, options);
  }

  scalar(statement: Value, params: Value = null, options: ExecuteOptions = {}): Value {
    return this._executeInternal(statement, params, { ...options, _scalarResult: true });
  }

  scalars(statement: Value, params: Value = null, options: ExecuteOptions = {}): unknown {
    return (this._executeInternal(statement, params, options) as ResultContract).scalars();
  }

  // ---- binds

  private addBind(key: Value, bind: Bind): void {
    const subject = inspect(key, { raiseerr: false }) as Partial<MapperContract> | undefined;
    if (subject === undefined) {
      if (!face().isClass(key)) throw new ArgumentError(`Not an acceptable bind target: ${host.str(key)}`);
      this.binds.set(key, bind);
    } else if (subject.isMapper) {
      const mapper = subject as MapperContract;
      this.binds.set(mapper.class_, bind);
      for (const table of mapper._allTables) this.bindsOfTables.set((table as unknown as Hashed).hash, bind);
    } else if (isTable(subject)) {
      this.binds.set(subject, bind);
      this.bindsOfTables.set((subject as unknown as Hashed).hash, bind);
    } else throw new ArgumentError(`Not an acceptable bind target: ${host.str(key)}`);
  }

  bindMapper(mapper: Value, bind: Bind): void {
    this.addBind(mapper, bind);
  }

  bindTable(table: Value, bind: Bind): void {
    this.addBind(table, bind);
  }

  /** @internal get_bind() with the arguments in a mapping. */
  _bindOf(args: BindArguments): Bind {
    const rest = new Map(args);
    const take = (name: string): Value => {
      const v = rest.get(name);
      rest.delete(name);
      return v;
    };
    // Only what was given: an overriding get_bind() sees its keyword arguments.
    const mapper = rest.has("mapper") ? take("mapper") : undefined;
    const options: { clause?: Value; bind?: Bind | null; _saSkipEvents?: Value } = {};
    if (rest.has("clause")) options.clause = take("clause");
    if (rest.has("bind")) options.bind = take("bind") as Bind | null;
    if (rest.has("_sa_skip_events")) options._saSkipEvents = take("_sa_skip_events");
    return this.getBind(mapper, options, rest);
  }

  /** The engine or connection for a mapper or a statement. Programs override it. Throws UnboundExecutionError. */
  getBind(
    mapper: Value = null,
    options: GetBindOptions = {},
    _kwargs: ReadonlyMap<string, Value> = new Map(),
  ): Bind {
    let { clause = null } = options;
    if (options.bind) return options.bind;
    if (!this.binds.size && this.bind) return this.bind;
    if (mapper === null && clause === null) {
      if (this.bind) return this.bind;
      throw new UnboundExecutionError(
        "This session is not bound to a single Engine or Connection, and no context was provided to locate a binding.",
      );
    }
    const inspected = mapper === null ? null : this.inspectedMapper(mapper);
    if (this.binds.size) {
      if (inspected) {
        const bind = this.bindOfClass(inspected.class_);
        if (bind) return bind;
        clause ??= inspected.persistSelectable;
      }
      if (clause !== null) {
        const subject = (clause as StatementContract)._propagateAttrs?.pluginSubject as
          { mapper?: MapperContract } | null | undefined;
        const bind = subject?.mapper ? this.bindOfClass(subject.mapper.class_) : undefined;
        if (bind) return bind;
        for (const element of iterate(clause as Traversible)) {
          const found = this.bindsOfTables.get((element as unknown as Hashed).hash);
          if (found) return found;
        }
      }
    }
    if (this.bind) return this.bind;
    const context = [
      ...(inspected ? [`mapper ${inspected.toString()}`] : []),
      ...(clause !== null ? ["SQL expression"] : []),
    ];
    throw new UnboundExecutionError(
      `Could not locate a bind configured on ${context.join(", ")} or this Session.`,
    );
  }

  private inspectedMapper(given: Value): MapperContract {
    try {
      return inspect(given) as MapperContract;
    } catch (e) {
      if (e instanceof NoInspectionAvailable && face().isClass(given))
        throw host.withCause(unmappedClass(given) as UnmappedClassError, e);
      throw e;
    }
  }

  private bindOfClass(cls: ClassRef): Bind | undefined {
    for (const base of face().mro(cls)) {
      const bind = this.binds.get(base);
      if (bind) return bind;
    }
    return undefined;
  }
}

function isTable(v: unknown): boolean {
  return (v as { visitName?: string } | null)?.visitName === "table";
}
