// UPDATE and DELETE of mapped classes. Behaviour: SQLAlchemy orm/bulk_persistence.py (BulkORMUpdate, BulkORMDelete).
import type { SQLCompiler } from "../../compiler/index.ts";
import { nullResult, type Result } from "../../engine/result.ts";
import { ArgumentError, CompileError, InvalidRequestError } from "../../errors/index.ts";
import { pluginFor, type ExecutionOptions } from "../../sql/base.ts";
import type { Delete, Update } from "../../sql/dml.ts";
import { DeleteDMLState, UpdateDMLState } from "../../sql/dml-state.ts";
import type { FromClause } from "../../sql/selectable/from-clause.ts";
import type { Value } from "../../util/host.ts";
import type { Mapper } from "../mapping/mapper.ts";
import { bulkUpdate } from "../persistence/bulk.ts";
import type { ExecuteStatement } from "../session/execute-state.ts";
import type { Session } from "../session/session.ts";
import type { Table } from "../state/sql-types.ts";
import type { ORMStatement } from "./compile-state.ts";
import { initGlobalAttributes } from "./compile-state.ts";
import {
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
  applyParameters,
  applySetValues,
  extraCriteria,
  matchedByCriteria,
  matchedByRows,
  preSessionExec,
  type DialectFlags,
  type ReturningOptions,
  type Synchronizer,
  type UpdateOrDelete,
} from "./dml-synchronize.ts";
import type { InternalEntity } from "./entity.ts";
import type { ORMFromStatementCompileState } from "./from-statement.ts";
import { GlobalAttributes } from "./global-attributes.ts";
import { defaultUpdateOptions, type ORMUpdateOptions } from "./load-options.ts";
import { send } from "./session-exec.ts";

type State = (UpdateDMLState | DeleteDMLState) & OrmReturning;

const optionsOf = (options: ExecutionOptions): ORMUpdateOptions =>
  (options.get("_sa_orm_update_options") as ORMUpdateOptions | undefined) ?? defaultUpdateOptions;

function strategy(statement: UpdateOrDelete): "core" | "orm" | "bulk" {
  const found = strategyOf(statement, "unspecified");
  if (found === "core_only" || (found === "unspecified" && !statement.table._annotations.has("parententity")))
    return "core";
  return found === "bulk" ? "bulk" : "orm";
}

/** What UPDATE and DELETE of entities have of their own, on the class. */
interface StateClass<S, T extends State> extends Synchronizer {
  new (statement: S, compiler: never, options?: unknown): T;
}

/**
 * The state of a statement for the mapper's table, with criteria that come from the mapping and from options. RETURNING: the keys, to find
 * the objects of the session, and what the program asked for.
 */
function stateOf<S extends UpdateOrDelete, T extends State>(
  made: StateClass<S, T>,
  given: S,
  compiler: SQLCompiler | null,
  options: unknown,
): T {
  if (strategy(given) === "core") return new made(given, compiler as never, options);
  const toplevel = !compiler?.stack.length;
  const entity = given.table._annotations.get("parententity") as InternalEntity;
  const { mapper } = entity;
  const holder = { globalAttributes: new GlobalAttributes() };
  initGlobalAttributes(holder, given, compiler, toplevel, toplevel);
  let statement = given._clone() as S;
  if (entity === mapper) statement.table = mapper.localTable as never as FromClause;
  const criteria = extraCriteria(holder.globalAttributes, mapper);
  if (criteria.length) statement = statement.where(criteria) as S;
  const state = new made(statement, compiler as never, options);

  const annotations = (compiler?.statement?._annotations ?? new Map()) as ReadonlyMap<string, unknown>;
  const returnsKeys =
    toplevel &&
    annotations.get("synchronize_session") === "fetch" &&
    annotations.get("can_use_returning") !== false &&
    made.canUseReturning(compiler?.dialect as never, mapper, {
      isMultitable: state.isMultitable,
      isDeleteUsing: annotations.get("is_delete_using") === true,
    });
  if (returnsKeys)
    statement = statement.returnDefaults([...(statement.table as never as Table).primaryKey]) as S;
  if (toplevel) statement = setupOrmReturning(state, compiler, given, statement, mapper, returnsKeys);
  (state as Making<State>).statement = statement;
  return state;
}

function cantReturnMulti(dialect: DialectFlags, verb: string, option: string): CompileError {
  return new CompileError(
    `Dialect "${dialect.name}" does not support RETURNING with ${verb}; for synchronize_session='fetch', please add the additional execution option '${option}=True' to the statement to indicate that a separate SELECT should be used for this backend.`,
  );
}

class ORMUpdateState extends UpdateDMLState implements OrmReturning {
  fromStatementCtx: ORMFromStatementCompileState | null = null;
  selectStatement: ORMStatement | null = null;
  static override _getMultiCrudKvPairs = ormDml._getMultiCrudKvPairs;
  static override _getCrudKvPairs = ormDml._getCrudKvPairs;
  static override getEntityDescription = ormDml.getEntityDescription;
  static override getReturningColumnDescriptions = ormDml.getReturningColumnDescriptions as never;

  static override createForStatement(statement: never, compiler: unknown, options: unknown): ORMUpdateState {
    const c = compiler as SQLCompiler | null;
    const update = statement as Update;
    return !c?.stack.length && strategy(update) === "bulk"
      ? ORMUpdateState.forBulk(update, c)
      : stateOf<Update, ORMUpdateState>(ORMUpdateState, update, c, options);
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

  static ormPreSessionExec = preSessionExec<Update>(ORMUpdateState);

  static ormExecuteStatement: ExecuteStatement<Update, Result> = (
    session,
    statement,
    params,
    execution,
    bindArguments,
    connection,
  ) => {
    let executionOptions = execution;
    const options = optionsOf(executionOptions);
    if (options._populateExisting) executionOptions = withPopulateExisting(executionOptions);
    if (!["orm", "auto", "bulk", "core_only"].includes(options._dmlStrategy))
      throw new ArgumentError(
        "Valid strategies for ORM UPDATE strategy are 'orm', 'auto', 'bulk', 'core_only'",
      );
    if (options._dmlStrategy === "bulk") return ORMUpdateState.bulk(session, statement, params, options);
    const result = send(connection, statement as never, params, executionOptions);
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
  };

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
    if (options._synchronizeSession === "evaluate") applyParameters(session, options, sets);
    return nullResult();
  }
}
pluginFor("orm", "update", ORMUpdateState as never);

class ORMDeleteState extends DeleteDMLState implements OrmReturning {
  fromStatementCtx: ORMFromStatementCompileState | null = null;
  selectStatement: ORMStatement | null = null;
  static override getEntityDescription = ormDml.getEntityDescription;
  static override getReturningColumnDescriptions = ormDml.getReturningColumnDescriptions as never;

  static override createForStatement(statement: never, compiler: unknown, options: unknown): ORMDeleteState {
    return stateOf<Delete, ORMDeleteState>(
      ORMDeleteState,
      statement,
      compiler as SQLCompiler | null,
      options,
    );
  }

  static canUseReturning(dialect: DialectFlags, mapper: Mapper, options: ReturningOptions): boolean {
    if (!dialect.deleteReturning || !mapper.localTable.implicitReturning) return false;
    if (options.isDeleteUsing) return dialect.deleteReturningMultifrom;
    if (options.isMultitable && !dialect.deleteReturningMultifrom)
      throw cantReturnMulti(dialect, "DELETE..USING", "is_delete_using");
    return true;
  }

  static ormPreSessionExec = preSessionExec<Delete>(ORMDeleteState);

  static ormExecuteStatement: ExecuteStatement<Delete, Result> = (
    session,
    statement,
    params,
    executionOptions,
    bindArguments,
    connection,
  ) => {
    const options = optionsOf(executionOptions);
    if (options._dmlStrategy === "bulk")
      throw new InvalidRequestError(
        "Bulk ORM DELETE not supported right now. Statement may be invoked at the Core level using session.connection().execute(stmt, parameters)",
      );
    if (!["orm", "auto", "core_only"].includes(options._dmlStrategy))
      throw new ArgumentError("Valid strategies for ORM DELETE strategy are 'orm', 'auto', 'core_only'");
    const result = send(connection, statement as never, params, executionOptions);
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
  };
}
pluginFor("orm", "delete", ORMDeleteState as never);
