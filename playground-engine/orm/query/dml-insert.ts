// INSERT of mapped classes. Several parameter sets go to the unit of work's bulk functions, table by table.
// Behaviour: SQLAlchemy orm/bulk_persistence.py (BulkORMInsert).
import type { SQLCompiler } from "../../compiler/index.ts";
import type { CursorResult } from "../../engine/cursor-result.ts";
import type { Result } from "../../engine/result.ts";
import { ArgumentError, CompileError, InvalidRequestError } from "../../errors/index.ts";
import { pluginFor } from "../../sql/base.ts";
import type { Insert } from "../../sql/dml.ts";
import { InsertDMLState } from "../../sql/dml-state.ts";
import type { FromClause } from "../../sql/selectable/from-clause.ts";
import type { Mapper } from "../mapping/mapper.ts";
import { bulkInsert } from "../persistence/bulk.ts";
import type { ExecuteStatement, PreSessionExec } from "../session/execute-state.ts";
import type { ORMStatement } from "./compile-state.ts";
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
import type { InternalEntity } from "./entity.ts";
import type { ORMFromStatementCompileState } from "./from-statement.ts";
import {
  defaultInsertOptions,
  mergeOptions,
  ORM_LOAD_EXEC_OPTIONS,
  ORMInsertOptions,
} from "./load-options.ts";
import { bindTo, given, send } from "./session-exec.ts";

class ORMInsertState extends InsertDMLState implements OrmReturning {
  fromStatementCtx: ORMFromStatementCompileState | null = null;
  selectStatement: ORMStatement | null = null;

  static override _getMultiCrudKvPairs = ormDml._getMultiCrudKvPairs;
  static override _getCrudKvPairs = ormDml._getCrudKvPairs;
  static override getEntityDescription = ormDml.getEntityDescription;
  static override getReturningColumnDescriptions = ormDml.getReturningColumnDescriptions as never;

  static override createForStatement(statement: never, compiler: unknown, options: unknown): ORMInsertState {
    const c = compiler as SQLCompiler | null;
    const insert = statement as Insert;
    const state = new ORMInsertState(insert, c as never, options as never);
    if (c?.stack.length) return state;
    const strategy = strategyOf(insert, "raw");
    if (strategy === "bulk") state.forBulk(insert, c);
    else if (strategy === "orm") {
      const subject = insert._propagateAttrs?.pluginSubject as unknown as InternalEntity;
      state.become(setupOrmReturning(state, c, insert, insert, subject.mapper, false));
    }
    return state;
  }

  private become(statement: Insert): void {
    (this as Making<this>).statement = statement;
  }

  private forBulk(insert: Insert, compiler: SQLCompiler | null): void {
    const table = insert._annotations.get("_emit_insert_table") as FromClause;
    const mapper = insert._annotations.get("_emit_insert_mapper") as Mapper;
    const made = insert._clone();
    made.table = table;
    this._dictParameters = onlyOfTable(this._dictParameters, table);
    this.become(setupOrmReturning(this, compiler, insert, made, mapper, true));
    if (this.fromStatementCtx?.compileOptions._isStar)
      throw new CompileError(
        "Can't use RETURNING * with bulk ORM INSERT.  Please use a different INSERT form, such as INSERT..VALUES or INSERT with a Core Connection",
      );
  }

  static ormPreSessionExec: PreSessionExec<Insert> = (
    session,
    statement,
    params,
    execution,
    bindArguments,
    isPreEvent,
  ) => {
    let [insertOptions, options] = ORMInsertOptions.fromExecutionOptions(
      "_sa_orm_insert_options",
      ["dml_strategy", "autoflush", "populate_existing", "render_nulls"],
      execution,
      statement._executionOptions,
    );
    const mapper = bindTo(bindArguments, statement as never);
    if (mapper) insertOptions = insertOptions.plus({ _subjectMapper: mapper });
    if (!given(params)) {
      if (insertOptions._dmlStrategy === "auto") insertOptions = insertOptions.plus({ _dmlStrategy: "orm" });
      else if (insertOptions._dmlStrategy === "bulk")
        throw new InvalidRequestError(
          'Can\'t use "bulk" ORM insert strategy without passing separate parameters',
        );
    } else if (insertOptions._dmlStrategy === "auto")
      insertOptions = insertOptions.plus({ _dmlStrategy: "bulk" });
    if (insertOptions._dmlStrategy !== "raw") options = mergeOptions(options, ORM_LOAD_EXEC_OPTIONS);
    if (!isPreEvent && insertOptions._autoflush) session._autoflush();
    const annotated = statement._annotate(new Map([["dml_strategy", insertOptions._dmlStrategy]]));
    return [annotated, new Map([...options, ["_sa_orm_insert_options", insertOptions]])];
  };

  static ormExecuteStatement: ExecuteStatement<Insert, Result> = (
    session,
    statement,
    params,
    execution,
    bindArguments,
    connection,
  ) => {
    let executionOptions = execution;
    const options =
      (executionOptions.get("_sa_orm_insert_options") as ORMInsertOptions | undefined) ??
      defaultInsertOptions;
    const strategy = options._dmlStrategy;
    if (!["raw", "bulk", "orm", "auto"].includes(strategy))
      throw new ArgumentError("Valid strategies for ORM insert strategy are 'raw', 'orm', 'bulk', 'auto");
    const run = (): CursorResult => send(connection, statement as never, params, executionOptions);
    if (strategy === "raw") return run();
    let result: CursorResult;
    if (strategy === "bulk") {
      const mapper = options._subjectMapper as Mapper;
      if (statement._postValuesClause !== null && mapper._multiplePersistenceTables)
        throw new InvalidRequestError(
          `bulk INSERT with a 'post values' clause (typically upsert) not supported for multi-table mapper ${mapper.toString()}`,
        );
      result = bulkInsert(mapper as never, parameterSets(params), session._transaction!, {
        returnDefaults: options._returnDefaults,
        renderNulls: options._renderNulls,
        statement,
        executionOptions,
      }) as never as CursorResult;
    } else result = run();
    if (!statement._returning.length) return result;
    if (options._populateExisting) executionOptions = withPopulateExisting(executionOptions);
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
pluginFor("orm", "insert", ORMInsertState as never);
