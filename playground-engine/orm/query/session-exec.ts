// How a session executes statements with entities: options before, objects after.
// Behaviour: SQLAlchemy orm/context.py (ORMCompileState.orm_pre_session_exec and its like).
import type { CursorResult } from "../../engine/cursor-result.ts";
import type { Result } from "../../engine/result.ts";
import type { ExecutionOptions } from "../../sql/base.ts";
import { CompoundSelectState } from "../../sql/selectable/compound.ts";
import { pluginFor } from "../../sql/base.ts";
import { host, type Value } from "../../util/host.ts";
import { instances } from "../loading/instances.ts";
import type { BindArguments } from "../session/execute-state.ts";
import type { Session } from "../session/session.ts";
import type { Connection } from "../state/sql-types.ts";
import { ormStateOf, type ORMStatement } from "./compile-state.ts";
import { QueryContext } from "./context.ts";
import {
  compileOptionsOf,
  defaultLoadOptions,
  mergeOptions,
  ORM_LOAD_EXEC_OPTIONS,
  ORMLoadOptions,
} from "./load-options.ts";

const NAMES = ["populate_existing", "autoflush", "yield_per", "identity_token", "sa_top_level_orm_context"];

/** Paths deeper than this are not worth keeping in the cache. */
const MAX_CACHED_DEPTH = 10;

interface HasMapper {
  readonly mapper: unknown;
}

export function ormPreSessionExec(
  session: Session,
  statement: ORMStatement,
  _params: Value,
  given: ExecutionOptions,
  bindArguments: BindArguments,
  isPreEvent: boolean,
): readonly [ORMStatement, ExecutionOptions] {
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
  bindArguments.set("clause", statement);
  const subject = statement._propagateAttrs?.pluginSubject as HasMapper | null | undefined;
  if (subject) bindArguments.set("mapper", subject.mapper);
  if (!isPreEvent && loadOptions._autoflush) session._autoflush();
  return [statement, options];
}

export type SetupResult = (
  session: Session,
  statement: ORMStatement,
  params: Value,
  executionOptions: ExecutionOptions,
  bindArguments: BindArguments,
  result: CursorResult,
) => Result;

export function ormExecuteStatement(
  setup: SetupResult,
  session: Session,
  statement: ORMStatement,
  params: Value,
  executionOptions: ExecutionOptions,
  bindArguments: BindArguments,
  connection: Connection,
): Result {
  const given = params === null || params === undefined || !host.isTrue(params) ? null : params;
  const result = connection.execute(statement, given, { executionOptions }) as unknown as CursorResult;
  return setup(session, statement, params, executionOptions, bindArguments, result);
}

/** Rows as objects. */
export const setupCursorResult: SetupResult = (
  session,
  statement,
  params,
  executionOptions,
  bindArguments,
  result,
) => {
  const compiled = result.context.compiled as unknown as { readonly compileState: never };
  const state = ormStateOf(compiled.compileState);
  if (!state || state.compileOptions._isStar) return result;
  const loadOptions =
    (executionOptions.get("_sa_orm_load_options") as ORMLoadOptions | undefined) ?? defaultLoadOptions;
  return instances(
    result,
    new QueryContext(
      state,
      statement,
      statement,
      params,
      session,
      loadOptions,
      executionOptions,
      bindArguments,
    ),
  );
};

/** A UNION of statements with entities: it flushes first, its rows are Core's. */
class ORMCompoundSelectState extends CompoundSelectState {
  static ormPreSessionExec(
    session: Session,
    statement: ORMStatement,
    _params: Value,
    given: ExecutionOptions,
    _bindArguments: BindArguments,
    isPreEvent: boolean,
  ): readonly [ORMStatement, ExecutionOptions] {
    const [loadOptions, options] = ORMLoadOptions.fromExecutionOptions(
      "_sa_orm_load_options",
      ["autoflush"],
      given,
      statement._executionOptions,
    );
    if (!isPreEvent && loadOptions._autoflush) session._autoflush();
    return [statement, options];
  }

  static ormExecuteStatement(
    session: Session,
    statement: ORMStatement,
    params: Value,
    executionOptions: ExecutionOptions,
    bindArguments: BindArguments,
    connection: Connection,
  ): Result {
    return ormExecuteStatement(
      (_s, _st, _p, _e, _b, result) => result,
      session,
      statement,
      params,
      executionOptions,
      bindArguments,
      connection,
    );
  }
}
pluginFor("orm", "compound_select", ORMCompoundSelectState as never);
