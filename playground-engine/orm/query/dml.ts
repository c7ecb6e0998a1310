// INSERT, UPDATE and DELETE of mapped classes: what they have in common, and INSERT.
//
// VALUES and SET may be named by attributes; RETURNING gives objects. Several parameter sets go to the unit of work's bulk
// functions, table by table. Behaviour: SQLAlchemy orm/bulk_persistence.py (ORMDMLState, BulkORMInsert).
import type { SQLCompiler } from "../../compiler/index.ts";
import type { CursorResult } from "../../engine/cursor-result.ts";
import type { Result } from "../../engine/result.ts";
import { ArgumentError, CompileError, InvalidRequestError } from "../../errors/index.ts";
import { pluginFor, type ExecutionOptions } from "../../sql/base.ts";
import { expect } from "../../sql/coercions.ts";
import type { DMLStatement, Insert, UpdateBase, ValuesBase } from "../../sql/dml.ts";
import { InsertDMLState, UpdateDMLState, type DMLColumn, type DMLValues } from "../../sql/dml-state.ts";
import { ElementMap } from "../../sql/element-set.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import * as roles from "../../sql/roles.ts";
import type { FromClause } from "../../sql/selectable/from-clause.ts";
import { typeLate } from "../../sql/types/type-late.ts";
import { host, type Value } from "../../util/host.ts";
import { face } from "../face.ts";
import { instances } from "../loading/instances.ts";
import type { Mapper } from "../mapping/mapper.ts";
import { bulkInsert } from "../persistence/bulk.ts";
import type { BindArguments } from "../session/execute-state.ts";
import type { Session } from "../session/session.ts";
import type { Connection } from "../state/sql-types.ts";
import type { ORMStatement } from "./compile-state.ts";
import { QueryContext } from "./context.ts";
import { entityAttribute, type InternalEntity } from "./entity.ts";
import { FromStatement, ORMFromStatementCompileState } from "./from-statement.ts";
import {
  defaultInsertOptions,
  defaultLoadOptions,
  mergeOptions,
  ORM_LOAD_EXEC_OPTIONS,
  ORMInsertOptions,
  type ORMLoadOptions,
} from "./load-options.ts";

/** A statement whose fields are set while a copy is made. */
export type Making<S> = { -readonly [K in keyof S]: S[K] };

interface Updatable {
  _bulkUpdateTuples?(value: Value): readonly (readonly [ColumnElement | string, Value])[];
}

/** The entity that a statement is for; null where its table is none's. */
function subjectOf(statement: UpdateBase): InternalEntity | null {
  const subject = (statement.table as FromClause)._propagateAttrs?.pluginSubject as unknown as
    InternalEntity | null | undefined;
  return subject?.mapper && (statement._propagateAttrs?.pluginSubject as unknown) === subject
    ? subject
    : null;
}

const asValue = (v: Value, cacheable: boolean): Value =>
  cacheable ? expect(roles.ExpressionElementRole, v, { type: typeLate.nullType, isCrud: true }) : v;

/** VALUES and SET by columns: attributes may stand for several. */
function crudPairs(
  mapper: Mapper,
  statement: ValuesBase,
  pairs: Iterable<readonly [Value, Value]>,
  cacheable: boolean,
): (readonly [DMLColumn, Value])[] {
  const out: (readonly [DMLColumn, Value])[] = [];
  const add = (attr: Updatable, v: Value): void =>
    void out.push(...UpdateDMLState._getCrudKvPairs(statement, attr._bulkUpdateTuples!(v), cacheable));
  for (const [key, v] of pairs) {
    const k = expect(roles.DMLColumnRole, key) as ColumnElement | string;
    if (typeof k === "string") {
      const attr = entityAttribute(mapper.entity, k) as Updatable | undefined;
      if (typeof attr?._bulkUpdateTuples === "function") add(attr, v);
      else out.push([k, asValue(v, cacheable)]);
      continue;
    }
    const owner = k._annotations.get("entity_namespace") as InternalEntity | undefined;
    const attr = owner
      ? (entityAttribute(owner.entity, k._annotations.get("proxy_key") as string) as Updatable | undefined)
      : undefined;
    if (typeof attr?._bulkUpdateTuples === "function") add(attr, v);
    else out.push([k, asValue(v, cacheable)]);
  }
  return out;
}

/** Class-level questions that INSERT, UPDATE and DELETE of entities answer alike. */
export const ormDml = {
  _getMultiCrudKvPairs(
    statement: ValuesBase,
    rows: Iterable<Iterable<readonly [Value, Value]>>,
  ): DMLValues[] {
    const subject = subjectOf(statement);
    if (!subject) return UpdateDMLState._getMultiCrudKvPairs(statement, rows);
    return [...rows].map((row) => new ElementMap(crudPairs(subject.mapper, statement, row, false)));
  },

  _getCrudKvPairs(
    statement: ValuesBase,
    pairs: Iterable<readonly [Value, Value]>,
    cacheable: boolean,
  ): (readonly [DMLColumn, Value])[] {
    const subject = subjectOf(statement);
    return subject
      ? crudPairs(subject.mapper, statement, pairs, cacheable)
      : UpdateDMLState._getCrudKvPairs(statement, pairs, cacheable);
  },

  getEntityDescription(statement: UpdateBase): Value {
    const entity = (statement.table as FromClause)._annotations.get("parententity") as InternalEntity;
    return host.makeDict([
      ["name", entity.isAliasedClass ? entity.name : face().className(entity.mapper.class_)],
      ["type", entity.mapper.class_],
      ["expr", entity.entity],
      ["entity", entity.entity],
      ["table", entity.mapper.localTable],
    ]);
  },

  getReturningColumnDescriptions(statement: UpdateBase): Value[] {
    return statement._allSelectedColumns.map((c) => {
      const entity = c._annotations.get("parententity") as InternalEntity | undefined;
      const key = c._annotations.get("proxy_key") as string | undefined;
      const expr = entity && key ? (entityAttribute(entity.entity, key) ?? c) : c;
      return host.makeDict([
        ["name", c.key],
        ["type", c.type],
        ["expr", expr],
        ["aliased", entity?.isAliasedClass ?? false],
        ["entity", entity ? entity.entity : null],
      ]);
    });
  },
};

/** What RETURNING of entities leaves on the compiled statement. */
export interface OrmReturning {
  fromStatementCtx: ORMFromStatementCompileState | null;
  selectStatement: ORMStatement | null;
}

/** Replaces RETURNING of entities by that of their columns. */
export function setupOrmReturning<S extends DMLStatement>(
  state: OrmReturning,
  compiler: SQLCompiler | null,
  ormLevel: S,
  given: S,
  mapper: Mapper,
  useSupplementalCols: boolean,
): S {
  if (!ormLevel._returning.length) return given;
  const fs = new FromStatement(ormLevel._returning, given, false)
    .executionOptions(new Map(ormLevel._executionOptions))
    .options(ormLevel._withOptions);
  const ctx = new ORMFromStatementCompileState(fs, compiler?.stack.length ? null : compiler);
  state.selectStatement = fs as never as ORMStatement;
  state.fromStatementCtx = ctx;
  ctx.setupDmlReturning(mapper);
  const made = given._generate() as S;
  (made as Making<S>)._returning = [] as never;
  const columns: Value[] = ctx.primaryColumns.filter((c) => c !== null);
  if (!columns.length) columns.push(...(mapper.primaryKey as readonly unknown[]));
  return (
    useSupplementalCols
      ? made.returnDefaults([...mapper.primaryKey], { supplementalCols: columns })
      : made.returning(columns)
  ) as S;
}

/** RETURNING's rows as objects. */
export function returnOrmReturning(
  session: Session,
  statement: ORMStatement,
  params: Value,
  executionOptions: ExecutionOptions,
  bindArguments: BindArguments,
  result: CursorResult,
): Result {
  const state = (result.context.compiled as never as { readonly compileState: Partial<OrmReturning> | null })
    .compileState;
  const ctx = state?.fromStatementCtx;
  if (!ctx || ctx.compileOptions._isStar) return result;
  const loadOptions =
    (executionOptions.get("_sa_orm_load_options") as ORMLoadOptions | undefined) ?? defaultLoadOptions;
  return instances(
    result,
    new QueryContext(
      ctx,
      state.selectStatement as ORMStatement,
      statement,
      params,
      session,
      loadOptions,
      executionOptions,
      bindArguments,
    ),
  );
}

/** Options with populate_existing, where the statement asks for it. */
export function withPopulateExisting(options: ExecutionOptions): ExecutionOptions {
  const loadOptions =
    (options.get("_sa_orm_load_options") as ORMLoadOptions | undefined) ?? defaultLoadOptions;
  return new Map([...options, ["_sa_orm_load_options", loadOptions.plus({ _populateExisting: true })]]);
}

/** Parameters as one dictionary or several, as Maps. */
export function parameterSets(params: Value): Map<string, Value>[] {
  const one = host.entries(params);
  const sets = one ? [one] : [...(host.iterate(params) ?? [])].map((p) => host.entries(p) ?? []);
  return sets.map((s) => new Map(s) as Map<string, Value>);
}

export const isList = (params: Value): boolean => Array.isArray(params) || host.kindOf(params) === "list";
export const given = (params: Value): boolean =>
  params !== null && params !== undefined && host.isTrue(params);

/** Values for one table of several. */
export function onlyOfTable(values: DMLValues | null, table: FromClause): DMLValues | null {
  if (!values) return null;
  return new ElementMap(
    [...values].filter(
      ([col]) =>
        typeof col === "string" ||
        (col as unknown as { readonly table: FromClause }).table?.hash === table.hash,
    ),
  );
}

/** The strategy that was decided before execution: "orm", "bulk", "raw" … */
export function strategyOf(statement: DMLStatement, otherwise: string): string {
  return (statement._annotations.get("dml_strategy") as string | undefined) ?? otherwise;
}

export class ORMInsertState extends InsertDMLState implements OrmReturning {
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
    this._primaryTable = table;
    this._dictParameters = onlyOfTable(this._dictParameters, table);
    this.become(setupOrmReturning(this, compiler, insert, made, mapper, true));
    if (this.fromStatementCtx?.compileOptions._isStar)
      throw new CompileError(
        "Can't use RETURNING * with bulk ORM INSERT.  Please use a different INSERT form, such as INSERT..VALUES or INSERT with a Core Connection",
      );
  }

  static ormPreSessionExec(
    session: Session,
    statement: Insert,
    params: Value,
    execution: ExecutionOptions,
    bindArguments: BindArguments,
    isPreEvent: boolean,
  ): readonly [Insert, ExecutionOptions] {
    let [insertOptions, options] = ORMInsertOptions.fromExecutionOptions(
      "_sa_orm_insert_options",
      ["dml_strategy", "autoflush", "populate_existing", "render_nulls"],
      execution,
      statement._executionOptions,
    );
    bindArguments.set("clause", statement);
    const subject = statement._propagateAttrs?.pluginSubject as unknown as InternalEntity | null | undefined;
    if (subject) {
      bindArguments.set("mapper", subject.mapper);
      insertOptions = insertOptions.plus({ _subjectMapper: subject.mapper });
    }
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
  }

  static ormExecuteStatement(
    session: Session,
    statement: Insert,
    params: Value,
    execution: ExecutionOptions,
    bindArguments: BindArguments,
    connection: Connection,
  ): Result {
    let executionOptions = execution;
    const options =
      (executionOptions.get("_sa_orm_insert_options") as ORMInsertOptions | undefined) ??
      defaultInsertOptions;
    const strategy = options._dmlStrategy;
    if (!["raw", "bulk", "orm", "auto"].includes(strategy))
      throw new ArgumentError("Valid strategies for ORM insert strategy are 'raw', 'orm', 'bulk', 'auto");
    const run = (): CursorResult =>
      connection.execute(statement, given(params) ? params : null, {
        executionOptions,
      }) as never as CursorResult;
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
  }
}
pluginFor("orm", "insert", ORMInsertState as never);
