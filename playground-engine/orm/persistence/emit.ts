// Sending INSERTs, UPDATEs and DELETEs: as many rows in one call as their likeness allows.
//
// Neighbouring rows with the same columns go together: in one executemany where nothing must come back, in one call with
// RETURNING where keys or defaults do and the dialect returns them in order, else one by one.
// Behaviour: SQLAlchemy orm/persistence.py (_emit_…_statements).
import { FlushError, InvalidRequestError, StaleDataError, warn } from "../../errors/index.ts";
import { nullDmlResult } from "../../engine/cursor-result.ts";
import { and_, bindparam, type Delete, type Insert, type Update } from "../../sql/index.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import type { Value } from "../../util/host.ts";
import type { MapperContract } from "../state/contracts.ts";
import type { Column, Connection, Table } from "../state/sql-types.ts";
import type { DeleteRecord, PostUpdateRecord } from "./collect.ts";
import { postfetch, postfetchBulkSave, postfetchPostUpdate } from "./postfetch.ts";
import { groupBy, sameKeys, sameShape, type CrudRecord, type DmlResult, type Params } from "./records.ts";
import type { UOWTransaction } from "./unit-of-work.ts";

type Options = ReadonlyMap<string, Value>;

const isVersioned = (mapper: MapperContract, table: Table): boolean =>
  mapper.versionIdCol !== null && mapper._colsByTable.get(table)?.has(mapper.versionIdCol) === true;

function execute(
  connection: Connection,
  statement: unknown,
  params: Params | readonly Params[],
  executionOptions: Options,
): DmlResult {
  return connection.execute(statement, params, { executionOptions }) as unknown as DmlResult;
}

function compiledCache(baseMapper: MapperContract): Options {
  return new Map([["compiled_cache", baseMapper._compiledCache]]);
}

/** Primary key, and version where there is one, equal parameters of the given names. */
function keyCriterion(mapper: MapperContract, table: Table, nameOf: (c: Column) => string): ColumnElement {
  const columns = [...(mapper._pksByTable.get(table) ?? [])];
  if (isVersioned(mapper, table)) columns.push(mapper.versionIdCol as Column);
  return and_(columns.map((col) => col.eq(bindparam(nameOf(col), undefined, col.type))));
}

/** `sqlite+pysqlite` */
const describe = (dialect: Connection["dialect"]): string => `${dialect.name}+${dialect.driver}`;

function first<T>(items: readonly T[]): T {
  return items[0] as T;
}

// ---- UPDATE

export interface EmitUpdateOptions {
  readonly bookkeeping?: boolean;
  /** An UPDATE statement of the program's, by primary key. */
  readonly statement?: Update | null;
  readonly enableCheckRowcount?: boolean;
}

export function emitUpdateStatements(
  baseMapper: MapperContract,
  uow: UOWTransaction | null,
  mapper: MapperContract,
  table: Table,
  updates: Iterable<CrudRecord>,
  options: EmitUpdateOptions = {},
): void {
  const { bookkeeping = true, statement: given = null, enableCheckRowcount = true } = options;
  const versioned = isVersioned(mapper, table);
  const executionOptions = compiledCache(baseMapper);
  const byKey = (): ColumnElement => keyCriterion(mapper, table, (c) => c._label as string);
  const cached = given
    ? given.where([byKey()])
    : baseMapper._memo("update", table, () => table.update().where([byKey()]));

  for (const records of groupBy(updates, sameShape)) {
    const { connection, valueParams, hasAllDefaults, hasAllPks } = first(records);
    const { dialect } = connection;
    let statement: Update = cached;
    if (given)
      statement = statement._annotate(
        new Map<string, unknown>([
          ["_emit_update_table", table],
          ["_emit_update_mapper", mapper],
        ]),
      );
    let returning = false;
    const returnDefaults = (columns: Iterable<Column>): void => {
      statement = statement.returnDefaults([...columns]);
      returning = true;
    };
    if (!hasAllPks) returnDefaults(mapper._pksByTable.get(table) ?? []);
    if (
      bookkeeping &&
      !hasAllDefaults &&
      mapper.baseMapper.eagerDefaults === true &&
      table.implicitReturning &&
      dialect.updateReturning
    )
      returnDefaults(mapper._serverOnupdateDefaultCols.get(table) ?? []);
    if (mapper._versionIdHasServerSideValue) returnDefaults([mapper.versionIdCol as Column]);

    const singlerow = dialect.supportsSaneRowcount;
    const multirow = singlerow && dialect.supportsSaneMultiRowcount;
    const executemany = valueParams.size === 0 && !returning && !versioned;
    const fetch = (
      record: CrudRecord,
      result: DmlResult,
      params: ReadonlyMap<string, Value> | undefined,
      defaults: Iterable<Value> | null,
    ): void => {
      if (!bookkeeping || !record.state) return;
      postfetch(record.mapper, uow as UOWTransaction, record.state, record.dict, {
        table,
        result,
        params,
        valueParams: record.valueParams,
        isupdate: true,
        returnedDefaults: defaults,
      });
    };

    let rows = 0;
    let check: boolean;
    if (executemany) {
      check = enableCheckRowcount && (multirow || (singlerow && records.length === 1));
      const result = execute(
        connection,
        statement,
        records.map((r) => r.params),
        executionOptions,
      );
      rows += result.rowcount;
      for (const record of records)
        fetch(
          record,
          result,
          result.context.compiledParameters[0],
          result.context.executemany ? null : result.returnedDefaults,
        );
    } else {
      check = enableCheckRowcount && singlerow;
      for (const record of records) {
        const result = execute(
          connection,
          record.valueParams.size ? statement.values([record.valueParams as never]) : statement,
          record.params,
          executionOptions,
        );
        fetch(record, result, result.context.compiledParameters[0], result.returnedDefaults);
        rows += result.rowcount;
      }
    }
    if (check) {
      if (rows !== records.length)
        throw new StaleDataError(
          `UPDATE statement on table '${table.description}' expected to update ${records.length} row(s); ${rows} were matched.`,
        );
    } else if (versioned)
      warn(`Dialect ${describe(dialect)} does not support updated rowcount - versioning cannot be verified.`);
  }
}

// ---- INSERT

export interface EmitInsertOptions {
  readonly bookkeeping?: boolean;
  /** An INSERT statement of the program's, to be executed for the rows. */
  readonly statement?: Insert | null;
  readonly executionOptions?: Options | null;
}

/** Gives the result of a statement of the program's; null where none was executed. */
export function emitInsertStatements(
  baseMapper: MapperContract,
  uow: UOWTransaction | null,
  mapper: MapperContract,
  table: Table,
  inserts: Iterable<CrudRecord>,
  options: EmitInsertOptions = {},
): DmlResult | null {
  const { bookkeeping = true, statement: given = null } = options;
  const returningAnyway = given !== null && given._returning.length > 0;
  const ordered = given ? (returningAnyway && given._sortByParameterOrder) || bookkeeping : bookkeeping;
  const cached: Insert = given ?? baseMapper._memo("insert", table, () => table.insert());
  const executionOptions = new Map([
    ...(given ? [] : compiledCache(baseMapper)),
    ...(options.executionOptions ?? []),
  ]);
  let combined: DmlResult | null = null;

  for (const records of groupBy(inserts, sameShape)) {
    const { connection, valueParams, hasAllPks, hasAllDefaults } = first(records);
    const { dialect } = connection;
    const hasvalue = valueParams.size > 0;
    const annotated = given
      ? cached._annotate(
          new Map<string, unknown>([
            ["_emit_insert_table", table],
            ["_emit_insert_mapper", mapper],
          ]),
        )
      : cached;
    const wantsDefaults = !hasAllDefaults && baseMapper._preferEagerDefaults(dialect, table);

    const nothingComesBack =
      !bookkeeping || !wantsDefaults || !table.implicitReturning || !dialect.insertReturning;
    if (nothingComesBack && !returningAnyway && hasAllPks && !hasvalue) {
      const result = execute(
        connection,
        annotated,
        records.map((r) => r.params),
        executionOptions,
      );
      if (bookkeeping)
        for (const [i, record] of records.entries())
          settle(
            uow,
            table,
            record,
            result,
            result.context.compiledParameters[i],
            result.context.executemany ? null : result.returnedDefaults,
          );
      continue;
    }

    const together = canReturnTogether(table, dialect, records.length, {
      hasvalue,
      ordered,
      returningAnyway,
    });
    let statement: Insert = annotated;
    const sort = { sortByParameterOrder: bookkeeping };
    if (!given && wantsDefaults)
      statement = statement.returnDefaults([...(mapper._serverDefaultCols.get(table) ?? [])], sort);
    if (mapper.versionIdCol !== null) statement = statement.returnDefaults([mapper.versionIdCol], sort);
    else if (together) statement = statement.returnDefaults([...table.primaryKey], sort);

    if (together) {
      const result = execute(
        connection,
        statement,
        records.map((r) => r.params),
        executionOptions,
      );
      if (given) combined = combined ? combined.spliceVertically(result) : result;
      if (bookkeeping) settleMany(uow, mapper, table, records, result);
    } else
      for (const record of records)
        insertOne(uow, mapper, table, record, statement, executionOptions, bookkeeping);
  }
  return given ? (combined ?? (nullDmlResult() as never as DmlResult)) : null;
}

interface Togetherness {
  readonly hasvalue: boolean;
  readonly ordered: boolean;
  readonly returningAnyway: boolean;
}

/** Whether several rows can go in one statement and their keys come back. */
function canReturnTogether(
  table: Table,
  dialect: Connection["dialect"],
  count: number,
  { hasvalue, ordered, returningAnyway }: Togetherness,
): boolean {
  if (!returningAnyway && (!table.implicitReturning || hasvalue || count < 2)) return false;
  if (ordered ? dialect.insertExecutemanyReturningSortByParameterOrder : dialect.insertExecutemanyReturning)
    return true;
  if (!returningAnyway) return false;
  const what = ordered ? " with RETURNING and sort by parameter order" : " with RETURNING";
  throw new InvalidRequestError(
    `Can't use explicit RETURNING for bulk INSERT operation with ${describe(dialect)} backend; executemany${what} is not enabled for this dialect.`,
  );
}

function settle(
  uow: UOWTransaction | null,
  table: Table,
  record: CrudRecord,
  result: DmlResult,
  params: ReadonlyMap<string, Value> | undefined,
  returnedDefaults: Iterable<Value> | null,
): void {
  const { state, dict, mapper, valueParams } = record;
  if (state)
    postfetch(mapper, uow as UOWTransaction, state, dict, {
      table,
      result,
      params,
      valueParams,
      isupdate: false,
      returnedDefaults,
    });
  else postfetchBulkSave(mapper, dict, table);
}

function settleMany(
  uow: UOWTransaction | null,
  mapper: MapperContract,
  table: Table,
  records: readonly CrudRecord[],
  result: DmlResult,
): void {
  const keys = result.insertedPrimaryKeyRows;
  const defaults = result.returnedDefaultsRows;
  for (let i = 0; i < records.length; i++) {
    const record = records[i]!;
    const primaryKey = keys[i];
    if (primaryKey == null)
      throw new FlushError(
        `Multi-row INSERT statement for ${record.mapper.toString()} did not produce the correct number of INSERTed rows for RETURNING.  Ensure there are no triggers or special driver issues preventing INSERT from functioning properly.`,
      );
    setPrimaryKey(mapper, table, record, primaryKey);
    settle(uow, table, record, result, result.context.compiledParameters[i], defaults?.[i] ?? null);
  }
}

function insertOne(
  uow: UOWTransaction | null,
  mapper: MapperContract,
  table: Table,
  record: CrudRecord,
  statement: Insert,
  executionOptions: Options,
  bookkeeping: boolean,
): void {
  const result = execute(
    record.connection,
    record.valueParams.size ? statement.values([record.valueParams as never]) : statement,
    record.params,
    executionOptions,
  );
  const primaryKey = result.insertedPrimaryKey;
  if (primaryKey === null)
    throw new FlushError(
      `Single-row INSERT statement for ${record.mapper.toString()} did not produce a new primary key result being invoked.  Ensure there are no triggers or special driver issues preventing INSERT from functioning properly.`,
    );
  setPrimaryKey(mapper, table, record, primaryKey, record.valueParams);
  if (bookkeeping)
    settle(
      uow,
      table,
      record,
      result,
      result.context.compiledParameters[0],
      result.context.executemany ? null : result.returnedDefaults,
    );
}

/** Key columns the object did not have, or had as an expression. */
function setPrimaryKey(
  mapper: MapperContract,
  table: Table,
  { dict, mapper: own }: CrudRecord,
  primaryKey: Iterable<Value>,
  expressions?: ReadonlyMap<Column, unknown>,
): void {
  const values = primaryKey[Symbol.iterator]();
  for (const col of mapper._pksByTable.get(table) ?? []) {
    const { key } = own.getPropertyByColumn(col);
    const { value, done } = values.next();
    if (!done && (expressions?.has(col) || dict.get(key) == null)) dict.set(key, value);
  }
}

// ---- the second UPDATE of post_update

export function emitPostUpdateStatements(
  baseMapper: MapperContract,
  uow: UOWTransaction,
  mapper: MapperContract,
  table: Table,
  updates: Iterable<PostUpdateRecord>,
): void {
  const executionOptions = compiledCache(baseMapper);
  const versioned = isVersioned(mapper, table);
  let statement: Update = baseMapper._memo("post_update", table, () =>
    table.update().where([keyCriterion(mapper, table, (c) => c._label as string)]),
  );
  if (mapper._versionIdHasServerSideValue)
    statement = statement.returnDefaults([mapper.versionIdCol as Column]);
  for (const records of groupBy(
    updates,
    (a, b) => a.connection === b.connection && sameKeys(a.params, b.params),
  )) {
    const { connection } = first(records);
    const singlerow = connection.dialect.supportsSaneRowcount;
    const multirow = singlerow && connection.dialect.supportsSaneMultiRowcount;
    let rows = 0;
    let check: boolean;
    if (versioned && !multirow) {
      check = singlerow;
      for (const { state, dict, mapper: own, params } of records) {
        const result = execute(connection, statement, params, executionOptions);
        postfetchPostUpdate(own, uow, table, state, dict, result, result.context.compiledParameters[0]);
        rows += result.rowcount;
      }
    } else {
      check = multirow || (singlerow && records.length === 1);
      const result = execute(
        connection,
        statement,
        records.map((r) => r.params),
        executionOptions,
      );
      rows += result.rowcount;
      for (const [i, { state, dict, mapper: own }] of records.entries())
        postfetchPostUpdate(own, uow, table, state, dict, result, result.context.compiledParameters[i]);
    }
    if (check) {
      if (rows !== records.length)
        throw new StaleDataError(
          `UPDATE statement on table '${table.description}' expected to update ${records.length} row(s); ${rows} were matched.`,
        );
    } else if (versioned)
      warn(
        `Dialect ${describe(connection.dialect)} does not support updated rowcount - versioning cannot be verified.`,
      );
  }
}

// ---- DELETE

export function emitDeleteStatements(
  baseMapper: MapperContract,
  mapper: MapperContract,
  table: Table,
  deletes: Iterable<DeleteRecord>,
): void {
  const versioned = isVersioned(mapper, table);
  const statement: Delete = baseMapper._memo("delete", table, () =>
    table.delete().where([keyCriterion(mapper, table, (c) => c.key)]),
  );
  const executionOptions = compiledCache(baseMapper);
  for (const records of groupBy(deletes, (a, b) => a.connection === b.connection)) {
    const { connection } = first(records);
    const { dialect } = connection;
    const expected = records.length;
    let matched = -1;
    let onlyWarn = false;
    if (versioned && !dialect.supportsSaneMultiRowcount) {
      if (dialect.supportsSaneRowcount) {
        matched = 0;
        // No executemany: it could not tell how many rows were there.
        for (const { params } of records)
          matched += execute(connection, statement, params, executionOptions).rowcount;
      } else {
        warn(
          `Dialect ${describe(dialect)} does not support deleted rowcount - versioning cannot be verified.`,
        );
        execute(
          connection,
          statement,
          records.map((r) => r.params),
          executionOptions,
        );
      }
    } else {
      matched = execute(
        connection,
        statement,
        records.map((r) => r.params),
        executionOptions,
      ).rowcount;
      onlyWarn = !versioned;
    }
    if (
      !baseMapper.confirmDeletedRows ||
      matched < 0 ||
      expected === matched ||
      !(dialect.supportsSaneMultiRowcount || expected === 1)
    )
      continue;
    const message = `DELETE statement on table '${table.description}' expected to delete ${expected} row(s); ${matched} were matched.  Please set confirm_deleted_rows=False within the mapper configuration to prevent this warning.`;
    if (!onlyWarn) throw new StaleDataError(message);
    warn(message);
  }
}
