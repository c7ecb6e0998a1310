// What INSERT, UPDATE and DELETE of mapped classes have in common: VALUES and SET may be named by attributes, RETURNING gives
// objects. Behaviour: SQLAlchemy orm/bulk_persistence.py (ORMDMLState).
import type { SQLCompiler } from "../../compiler/index.ts";
import type { CursorResult } from "../../engine/cursor-result.ts";
import type { Result } from "../../engine/result.ts";
import type { ExecutionOptions } from "../../sql/base.ts";
import { expect } from "../../sql/coercions.ts";
import type { DMLStatement, UpdateBase, ValuesBase } from "../../sql/dml.ts";
import { UpdateDMLState, type DMLColumn, type DMLValues } from "../../sql/dml-state.ts";
import { ElementMap } from "../../sql/element-set.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import * as roles from "../../sql/roles.ts";
import type { FromClause } from "../../sql/selectable/from-clause.ts";
import { typeLate } from "../../sql/types/type-late.ts";
import { host, type Value } from "../../util/host.ts";
import { entriesOf, itemsOf } from "../../util/items.ts";
import { face } from "../face.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { BindArguments } from "../session/execute-state.ts";
import type { Session } from "../session/session.ts";
import type { ORMStatement } from "./compile-state.ts";
import { entityAttribute, type InternalEntity } from "./entity.ts";
import { FromStatement, ORMFromStatementCompileState } from "./from-statement.ts";
import { loadOptionsOf } from "./load-options.ts";
import { objectsOf } from "./session-exec.ts";

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
  const { compileState } = result.context.compiled as never as {
    readonly compileState: Partial<OrmReturning> | null;
  };
  return objectsOf(
    result,
    compileState?.fromStatementCtx,
    compileState?.selectStatement as ORMStatement,
    session,
    statement,
    params,
    executionOptions,
    bindArguments,
  );
}

/** Options with populate_existing, where the statement asks for it. */
export function withPopulateExisting(options: ExecutionOptions): ExecutionOptions {
  const loadOptions = loadOptionsOf(options).plus({ _populateExisting: true });
  return new Map([...options, ["_sa_orm_load_options", loadOptions]]);
}

/** Parameters as one dictionary or several, as Maps. */
export function parameterSets(params: Value): Map<string, Value>[] {
  const one = host.entries(params);
  const sets = one ? [one] : itemsOf(params).map(entriesOf);
  return sets.map((s) => new Map(s) as Map<string, Value>);
}

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
