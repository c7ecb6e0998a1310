// UPDATE and DELETE of mapped classes. Behaviour: SQLAlchemy orm/bulk_persistence.py (BulkORMUpdate, BulkORMDelete).
import type { SQLCompiler } from "../../compiler/index.ts";
import type { CursorResult } from "../../engine/cursor-result.ts";
import { nullResult, type Result } from "../../engine/result.ts";
import { ArgumentError, CompileError, InvalidRequestError } from "../../errors/index.ts";
import { pluginFor, type ExecutionOptions } from "../../sql/base.ts";
import type { Delete, Update } from "../../sql/dml.ts";
import { DeleteDMLState, UpdateDMLState } from "../../sql/dml-state.ts";
import type { FromClause } from "../../sql/selectable/from-clause.ts";
import type { Value } from "../../util/host.ts";
import type { Mapper } from "../mapping/mapper.ts";
import { bulkUpdate } from "../persistence/bulk.ts";
import type { BindArguments } from "../session/execute-state.ts";
import type { Session } from "../session/session.ts";
import type { Connection, Table } from "../state/sql-types.ts";
import type { ORMStatement } from "./compile-state.ts";
import { initGlobalAttributes } from "./compile-state.ts";
import {
  given,
  onlyOfTable,
  ormDml,
  parameterSets,
  returnOrmReturning,
  setupOrmReturning,
  strategyOf,
  withPopulateExisting,
  type Making,
  type OrmReturning,
} from "./dml.ts";
import {
  applySetValues,
  extraCriteria,
  matchedByCriteria,
  matchedByRows,
  preSessionExec,
  type DialectFlags,
  type ReturningOptions,
  type UpdateOrDelete,
} from "./dml-synchronize.ts";
import type { InternalEntity } from "./entity.ts";
import type { ORMFromStatementCompileState } from "./from-statement.ts";
import { GlobalAttributes } from "./global-attributes.ts";
import { defaultUpdateOptions, type ORMUpdateOptions } from "./load-options.ts";

type State = (UpdateDMLState | DeleteDMLState) & OrmReturning;

const optionsOf = (options: ExecutionOptions): ORMUpdateOptions =>
  (options.get("_sa_orm_update_options") as ORMUpdateOptions | undefined) ?? defaultUpdateOptions;

/** The statement for the mapper's table, with criteria that come from the mapping and from options. */
function forMapper<S extends UpdateOrDelete>(
  statement: S,
  compiler: SQLCompiler | null,
  toplevel: boolean,
): { readonly made: S; readonly mapper: Mapper } {
  const entity = statement.table._annotations.get("parententity") as InternalEntity;
  const { mapper } = entity;
  const holder = { globalAttributes: new GlobalAttributes() };
  initGlobalAttributes(holder, statement, compiler, toplevel, toplevel);
  let made = statement._clone() as S;
  if (entity === mapper) made.table = mapper.localTable as never as FromClause;
  const criteria = extraCriteria(holder.globalAttributes, mapper);
  if (criteria.length) made = made.where(criteria) as S;
  return { made, mapper };
}

/** RETURNING: the keys, to find the objects of the session, and what the program asked for. */
function withReturning<S extends UpdateOrDelete>(
  state: State,
  statement: S,
  given: S,
  mapper: Mapper,
  compiler: SQLCompiler | null,
  toplevel: boolean,
  can: (options: ReturningOptions) => boolean,
  onlyFetch: boolean,
): void {
  const annotations = (compiler?.statement?._annotations ?? new Map()) as ReadonlyMap<string, unknown>;
  const fetches = toplevel && annotations.get("synchronize_session") === "fetch";
  let returns = false;
  if (annotations.get("can_use_returning") !== false)
    returns =
      fetches &&
      can({ isMultitable: state.isMultitable, isDeleteUsing: annotations.get("is_delete_using") === true });
  let made = given;
  if (returns && (fetches || !onlyFetch))
    made = made.returnDefaults([...(made.table as never as Table).primaryKey]) as S;
  if (toplevel) made = setupOrmReturning(state, compiler, statement, made, mapper, returns);
  (state as Making<State>).statement = made;
}

function strategy(statement: UpdateOrDelete): "core" | "orm" | "bulk" {
  const found = strategyOf(statement, "unspecified");
  if (found === "core_only" || (found === "unspecified" && !statement.table._annotations.has("parententity")))
    return "core";
  return found === "bulk" ? "bulk" : "orm";
}

function cantReturnMulti(dialect: DialectFlags, verb: string, option: string): CompileError {
  return new CompileError(
    `Dialect "${dialect.name}" does not support RETURNING with ${verb}; for synchronize_session='fetch', please add the additional execution option '${option}=True' to the statement to indicate that a separate SELECT should be used for this backend.`,
  );
}

export class ORMUpdateState extends UpdateDMLState implements OrmReturning {
  fromStatementCtx: ORMFromStatementCompileState | null = null;
  selectStatement: ORMStatement | null = null;
  static override _getMultiCrudKvPairs = ormDml._getMultiCrudKvPairs;
  static override _getCrudKvPairs = ormDml._getCrudKvPairs;
  static override getEntityDescription = ormDml.getEntityDescription;
  static override getReturningColumnDescriptions = ormDml.getReturningColumnDescriptions as never;

  static override createForStatement(statement: never, compiler: unknown, options: unknown): ORMUpdateState {
    const c = compiler as SQLCompiler | null;
    const update = statement as Update;
    const toplevel = !c?.stack.length;
    const kind = strategy(update);
    if (toplevel && kind === "bulk") return ORMUpdateState.forBulk(update, c);
    if (kind === "core") return new ORMUpdateState(update, c as never, options);
    const { made, mapper } = forMapper(update, c, toplevel);
    const state = new ORMUpdateState(made, c as never, options);
    withReturning(
      state,
      update,
      made,
      mapper,
      c,
      toplevel,
      (o) => ORMUpdateState.canUseReturning(c?.dialect as never, mapper, o),
      true,
    );
    return state;
  }

  private static forBulk(update: Update, compiler: SQLCompiler | null): ORMUpdateState {
    const table = update._annotations.get("_emit_update_table") as FromClause;
    const made = update._clone();
    made.table = table;
    const state = new ORMUpdateState(made, compiler as never);
    if (state._orderedValues)
      throw new InvalidRequestError(
        "bulk ORM UPDATE does not support ordered_values() for custom UPDATE statements with bulk parameter sets.  Use a non-bulk UPDATE statement or use values().",
      );
    state._dictParameters = onlyOfTable(state._dictParameters, table);
    return state;
  }

  static canUseReturning(dialect: DialectFlags, mapper: Mapper, options: ReturningOptions): boolean {
    if (!dialect.updateReturning || !mapper.localTable.implicitReturning) return false;
    if (options.isExecutemany) return dialect.updateExecutemanyReturning;
    if (options.isUpdateFrom) return dialect.updateReturningMultifrom;
    if (options.isMultitable && !dialect.updateReturningMultifrom)
      throw cantReturnMulti(dialect, "UPDATE..FROM", "is_update_from");
    return true;
  }

  static ormPreSessionExec(
    session: Session,
    statement: Update,
    params: Value,
    options: ExecutionOptions,
    bindArguments: BindArguments,
    isPreEvent: boolean,
  ): readonly [Update, ExecutionOptions] {
    return preSessionExec(ORMUpdateState, session, statement, params, options, bindArguments, isPreEvent);
  }

  static ormExecuteStatement(
    session: Session,
    statement: Update,
    params: Value,
    execution: ExecutionOptions,
    bindArguments: BindArguments,
    connection: Connection,
  ): Result {
    let executionOptions = execution;
    const options = optionsOf(executionOptions);
    if (options._populateExisting) executionOptions = withPopulateExisting(executionOptions);
    if (!["orm", "auto", "bulk", "core_only"].includes(options._dmlStrategy))
      throw new ArgumentError(
        "Valid strategies for ORM UPDATE strategy are 'orm', 'auto', 'bulk', 'core_only'",
      );
    if (options._dmlStrategy === "bulk") return ORMUpdateState.bulk(session, statement, params, options);
    const result = connection.execute(statement, given(params) ? params : null, {
      executionOptions,
    }) as never as CursorResult;
    if (options._dmlStrategy === "orm") {
      if (options._synchronizeSession === "evaluate")
        applySetValues(session, options, statement, result, matchedByCriteria(session, options));
      else if (options._synchronizeSession === "fetch") {
        const matched = matchedByRows(session, result, options);
        if (matched.length) applySetValues(session, options, statement, result, matched);
      }
    }
    return returnOrmReturning(
      session,
      statement as never as ORMStatement,
      params,
      executionOptions,
      bindArguments,
      result,
    );
  }

  /** By primary key, one set of values an object. */
  private static bulk(session: Session, statement: Update, params: Value, options: ORMUpdateOptions): Result {
    if (statement._whereCriteria.length && options._synchronizeSession === "evaluate")
      throw new InvalidRequestError(
        "bulk synchronize of persistent objects not supported when using bulk update with additional WHERE criteria right now.  add synchronize_session=None execution option to bypass synchronize of persistent objects.",
      );
    const mapper = options._subjectMapper as Mapper;
    const sets = parameterSets(params);
    bulkUpdate(mapper as never, sets, session._transaction!, {
      statement,
      enableCheckRowcount: !statement._whereCriteria.length,
    });
    if (options._synchronizeSession === "evaluate")
      ORMUpdateState.synchronizeBulk(session, mapper, sets, options);
    return nullResult();
  }

  private static synchronizeBulk(
    session: Session,
    mapper: Mapper,
    sets: readonly ReadonlyMap<string, Value>[],
    options: ORMUpdateOptions,
  ): void {
    const keys = mapper._identityKeyProps.map((p) => p.key);
    for (const params of sets) {
      const state = session.identityMap.fastGetState(
        mapper.identityKeyFromPrimaryKey(
          keys.map((k) => params.get(k)),
          { identityToken: options._identityToken },
        ),
      );
      if (!state) continue;
      const names = [...params.keys()].filter((k) => !keys.includes(k));
      const { dict } = state;
      const evaluated = [...state.unmodifiedIntersection(names)];
      for (const k of evaluated) if (dict.has(k)) dict.set(k, params.get(k));
      state.manager.dispatch.refresh.emit(state, null, evaluated);
      state._commit(dict, evaluated);
      const expire = names.filter((k) => dict.has(k) && !evaluated.includes(k));
      if (expire.length) state._expireAttributes(dict, expire);
    }
  }
}
pluginFor("orm", "update", ORMUpdateState as never);

export class ORMDeleteState extends DeleteDMLState implements OrmReturning {
  fromStatementCtx: ORMFromStatementCompileState | null = null;
  selectStatement: ORMStatement | null = null;
  static override getEntityDescription = ormDml.getEntityDescription;
  static override getReturningColumnDescriptions = ormDml.getReturningColumnDescriptions as never;

  static override createForStatement(statement: never, compiler: unknown, options: unknown): ORMDeleteState {
    const c = compiler as SQLCompiler | null;
    const del = statement as Delete;
    if (strategy(del) === "core") return new ORMDeleteState(del, c as never, options);
    const toplevel = !c?.stack.length;
    const { made, mapper } = forMapper(del, c, toplevel);
    const state = new ORMDeleteState(made, c as never, options);
    withReturning(
      state,
      del,
      made,
      mapper,
      c,
      toplevel,
      (o) => ORMDeleteState.canUseReturning(c?.dialect as never, mapper, o),
      false,
    );
    return state;
  }

  static canUseReturning(dialect: DialectFlags, mapper: Mapper, options: ReturningOptions): boolean {
    if (!dialect.deleteReturning || !mapper.localTable.implicitReturning) return false;
    if (options.isDeleteUsing) return dialect.deleteReturningMultifrom;
    if (options.isMultitable && !dialect.deleteReturningMultifrom)
      throw cantReturnMulti(dialect, "DELETE..USING", "is_delete_using");
    return true;
  }

  static ormPreSessionExec(
    session: Session,
    statement: Delete,
    params: Value,
    options: ExecutionOptions,
    bindArguments: BindArguments,
    isPreEvent: boolean,
  ): readonly [Delete, ExecutionOptions] {
    return preSessionExec(ORMDeleteState, session, statement, params, options, bindArguments, isPreEvent);
  }

  static ormExecuteStatement(
    session: Session,
    statement: Delete,
    params: Value,
    executionOptions: ExecutionOptions,
    bindArguments: BindArguments,
    connection: Connection,
  ): Result {
    const options = optionsOf(executionOptions);
    if (options._dmlStrategy === "bulk")
      throw new InvalidRequestError(
        "Bulk ORM DELETE not supported right now. Statement may be invoked at the Core level using session.connection().execute(stmt, parameters)",
      );
    if (!["orm", "auto", "core_only"].includes(options._dmlStrategy))
      throw new ArgumentError("Valid strategies for ORM DELETE strategy are 'orm', 'auto', 'core_only'");
    const result = connection.execute(statement, given(params) ? params : null, {
      executionOptions,
    }) as never as CursorResult;
    if (options._dmlStrategy === "orm") {
      if (options._synchronizeSession === "evaluate") {
        const matched = matchedByCriteria(session, options);
        for (const { state, dict, partlyExpired } of matched)
          if (partlyExpired) state._expire(dict, session.identityMap._modified);
        const gone = matched.filter((m) => !m.partlyExpired).map((m) => m.state);
        if (gone.length) session._removeNewlyDeleted(gone);
      } else if (options._synchronizeSession === "fetch")
        for (const { state } of matchedByRows(session, result, options)) session._removeNewlyDeleted([state]);
    }
    return returnOrmReturning(
      session,
      statement as never as ORMStatement,
      params,
      executionOptions,
      bindArguments,
      result,
    );
  }
}
pluginFor("orm", "delete", ORMDeleteState as never);
