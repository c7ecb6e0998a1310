// How a session executes statements with entities: options before, objects after.
// Behaviour: SQLAlchemy orm/context.py (ORMCompileState.orm_pre_session_exec and its like).
import type { CursorResult } from "../../engine/cursor-result.ts";
import type { Result } from "../../engine/result.ts";
import type { ExecutionOptions } from "../../sql/base.ts";
import { CompoundSelectState } from "../../sql/selectable/compound.ts";
import { pluginFor } from "../../sql/base.ts";
import { host, type Value } from "../../util/host.ts";
import { instances } from "../loading/instances.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { BindArguments, ExecuteStatement, PreSessionExec } from "../session/execute-state.ts";
import type { Session } from "../session/session.ts";
import type { Connection } from "../state/sql-types.ts";
import { ormStateOf, type ORMCompileState, type ORMStatement } from "./compile-state.ts";
import { QueryContext } from "./context.ts";
import {
  compileOptionsOf,
  loadOptionsOf,
  mergeOptions,
  ORM_LOAD_EXEC_OPTIONS,
  ORMLoadOptions,
} from "./load-options.ts";

const NAMES = ["populate_existing", "autoflush", "yield_per", "identity_token", "sa_top_level_orm_context"];

/** Paths deeper than this are not worth keeping in the cache. */
const MAX_CACHED_DEPTH = 10;

interface HasMapper {
  readonly mapper: Mapper;
}

/** Whether there are parameters. */
export const given = (params: Value): boolean =>
  params !== null && params !== undefined && host.isTrue(params);

/** Sends a statement to the database. */
export const send = (
  connection: Connection,
  statement: ORMStatement,
  params: Value,
  executionOptions: ExecutionOptions,
): CursorResult =>
  connection.execute(statement, given(params) ? params : host.makeDict([]), {
    executionOptions,
  }) as unknown as CursorResult;

/** Says in the bind arguments what a statement is about. Gives the mapper, if it is about one's entity. */
export function bindTo(bindArguments: BindArguments, statement: ORMStatement): Mapper | null {
  bindArguments.set("clause", statement);
  const subject = statement._propagateAttrs?.pluginSubject as HasMapper | null | undefined;
  if (!subject) return null;
  bindArguments.set("mapper", subject.mapper);
  return subject.mapper;
}

/** Rows as objects, where `state` says how they become objects. */
export function objectsOf(
  result: CursorResult,
  state: ORMCompileState | null | undefined,
  query: ORMStatement,
  session: Session,
  statement: ORMStatement,
  params: Value,
  executionOptions: ExecutionOptions,
  bindArguments: BindArguments,
): Result {
  if (!state || state.compileOptions._isStar) return result;
  const loadOptions = loadOptionsOf(executionOptions);
  return instances(
    result,
    new QueryContext(state, query, statement, params, session, loadOptions, executionOptions, bindArguments),
  );
}

export const ormPreSessionExec: PreSessionExec<ORMStatement> = (
  session,
  statement,
  _params,
  given,
  bindArguments,
  isPreEvent,
) => {
  let [loadOptions, options] = ORMLoadOptions.fromExecutionOptions(
    "_sa_orm_load_options",
    NAMES,
    given,
    statement._executionOptions,
  );
  const top = options.get("sa_top_level_orm_context") as QueryContext | undefined;
  if (top) options = mergeOptions(top.query._executionOptions, top.executionOptions, options);
  options = mergeOptions(options, ORM_LOAD_EXEC_OPTIONS);
  if (loadOptions._yieldPer) options = new Map([...options, ["yield_per", loadOptions._yieldPer]]);
  if (
    compileOptionsOf(statement)._currentPath.length > MAX_CACHED_DEPTH &&
    options.get("compiled_cache") !== null
  )
    options = new Map<string, Value>([
      ...options,
      ["compiled_cache", null],
      ["_cache_disable_reason", "excess depth for ORM loader options"],
    ]);
  bindTo(bindArguments, statement);
  if (!isPreEvent && loadOptions._autoflush) session._autoflush();
  return [statement, options];
};

export const ormExecuteStatement: ExecuteStatement<ORMStatement, Result> = (
  session,
  statement,
  params,
  executionOptions,
  bindArguments,
  connection,
) => {
  const result = send(connection, statement, params, executionOptions);
  const { compileState } = result.context.compiled as unknown as { readonly compileState: never };
  const state = ormStateOf(compileState);
  return objectsOf(result, state, statement, session, statement, params, executionOptions, bindArguments);
};

/** A UNION of statements with entities: it flushes first, its rows are Core's. */
class ORMCompoundSelectState extends CompoundSelectState {
  static ormPreSessionExec: PreSessionExec<ORMStatement> = (
    session,
    statement,
    _params,
    given,
    _bindArguments,
    isPreEvent,
  ) => {
    const [loadOptions, options] = ORMLoadOptions.fromExecutionOptions(
      "_sa_orm_load_options",
      ["autoflush"],
      given,
      statement._executionOptions,
    );
    if (!isPreEvent && loadOptions._autoflush) session._autoflush();
    return [statement, options];
  };

  static ormExecuteStatement: ExecuteStatement<ORMStatement, Result> = (
    _session,
    statement,
    params,
    executionOptions,
    _bindArguments,
    connection,
  ) => send(connection, statement, params, executionOptions);
}
pluginFor("orm", "compound_select", ORMCompoundSelectState as never);
