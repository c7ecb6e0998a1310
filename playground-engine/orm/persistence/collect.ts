// From objects to the parameters of their INSERTs, UPDATEs and DELETEs, one table at a time.
//
// All are generators: an object's parameters are read when the statements before its own have run.
// Behaviour: SQLAlchemy orm/persistence.py (_collect_…_commands).
import { FlushError, InvalidRequestError } from "../../errors/index.ts";
import { hasClauseElement, standsFor } from "../../sql/coercions.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import { host, type Value } from "../../util/host.ts";
import { PASSIVE_NO_INITIALIZE, PASSIVE_OFF } from "../flags.ts";
import type { MapperContract, SetOf } from "../state/contracts.ts";
import type { Column, Connection, Table } from "../state/sql-types.ts";
import type { InstanceState } from "../state/state.ts";
import type { CrudRecord, Params, StateRecord } from "./records.ts";
import { populate } from "./sync.ts";
import type { UOWTransaction } from "./unit-of-work.ts";

/** The SQL expression that a value is or, by `__clause_element__()`, stands for; undefined where it is a plain one. */
function sqlExpression(v: Value): ColumnElement | undefined {
  return hasClauseElement(v) ? (standsFor(v) as ColumnElement) : undefined;
}

/** `table → value`, which every mapper has for its own tables. */
function of<T>(map: ReadonlyMap<Table, T>, table: Table): T {
  return map.get(table) as T;
}

function isSubset(keys: Iterable<string>, params: Params): boolean {
  for (const k of keys) if (!params.has(k)) return false;
  return true;
}

/** `version_id_generator(version)` */
function nextVersion(mapper: MapperContract, version: Value): Value {
  return host.call(mapper.versionIdGenerator, [version]);
}

const versionIn = (
  mapper: MapperContract,
  table: Table,
): mapper is MapperContract & { versionIdCol: Column } =>
  mapper.versionIdCol !== null && of(mapper._colsByTable, table).has(mapper.versionIdCol);

/** What INSERTs of a mapper's objects need to know of the table. */
interface InsertedColumns {
  readonly mapper: MapperContract;
  readonly byPropKey: ReadonlyMap<string, Column>;
  readonly evaluatingNone: { has(c: Column): boolean };
  readonly asNone: SetOf<string>;
  readonly pkKeys: SetOf<string>;
  readonly serverDefaultKeys: SetOf<string>;
}

const insertedColumns = (mapper: MapperContract, table: Table): InsertedColumns => ({
  mapper,
  byPropKey: of(mapper._propkeyToCol, table),
  evaluatingNone: of(mapper._insertColsEvaluatingNone, table),
  asNone: of(mapper._insertColsAsNone, table),
  pkKeys: of(mapper._pkKeysByTable, table),
  serverDefaultKeys: of(mapper._serverDefaultColKeys, table),
});

const NO_EXPRESSIONS: ReadonlyMap<Column, ColumnElement> = new Map();

export interface CollectInsertOptions {
  readonly bulk?: boolean;
  readonly returnDefaults?: boolean;
  readonly renderNulls?: boolean;
  /** Further names to take along: parameters inside the statement. */
  readonly includeBulkKeys?: readonly string[];
}

export function* collectInsertCommands(
  table: Table,
  states: Iterable<StateRecord>,
  options: CollectInsertOptions = {},
): Generator<CrudRecord> {
  const { bulk = false, returnDefaults = false, renderNulls = false, includeBulkKeys = [] } = options;
  let known: InsertedColumns | undefined;
  for (const { state, dict, mapper, connection } of states) {
    if (!mapper._pksByTable.has(table)) continue;
    if (known?.mapper !== mapper) known = insertedColumns(mapper, table);
    const params: Params = new Map();
    let valueParams = NO_EXPRESSIONS;
    for (const [propkey, col] of known.byPropKey) {
      const value = dict.get(propkey);
      if (value === undefined) continue;
      if (value === null && !renderNulls && !known.evaluatingNone.has(col)) continue;
      const expression = bulk ? undefined : sqlExpression(value);
      if (expression) valueParams = new Map([...valueParams, [col, expression]]);
      else params.set(col.key, value);
    }
    if (!bulk) {
      const expressed = valueParams.size ? new Set([...valueParams.keys()].map((c) => c.key)) : null;
      for (const key of known.asNone) if (!params.has(key) && !expressed?.has(key)) params.set(key, null);
    }
    let hasAllPks = true;
    let hasAllDefaults = true;
    if (!bulk || returnDefaults) {
      hasAllPks = isSubset(known.pkKeys, params);
      if (mapper.baseMapper._preferEagerDefaults(connection.dialect, table))
        hasAllDefaults = isSubset(known.serverDefaultKeys, params);
    }
    if (mapper.versionIdGenerator !== false && versionIn(mapper, table))
      params.set(mapper.versionIdCol.key, nextVersion(mapper, null));
    if (bulk) {
      if (
        mapper._setPolymorphicIdentity &&
        mapper._polymorphicAttrKey !== null &&
        !params.has(mapper._polymorphicAttrKey)
      )
        params.set(mapper._polymorphicAttrKey, mapper.polymorphicIdentity);
      for (const k of includeBulkKeys) params.set(k, dict.get(k) ?? null);
    }
    yield { state, dict, mapper, connection, params, valueParams, hasAllPks, hasAllDefaults };
  }
}

export interface CollectUpdateOptions {
  readonly bulk?: boolean;
  /** Expressions of an UPDATE statement the rows are parameters of. */
  readonly statementValues?: ReadonlyMap<Column, ColumnElement> | null;
  readonly includeBulkKeys?: readonly string[];
}

export function* collectUpdateCommands(
  uow: UOWTransaction | null,
  table: Table,
  states: Iterable<StateRecord>,
  options: CollectUpdateOptions = {},
): Generator<CrudRecord> {
  const { bulk = false, statementValues = null, includeBulkKeys = [] } = options;
  for (const record of states) {
    const { state, dict, mapper, connection, updateVersionId } = record;
    if (!mapper._pksByTable.has(table)) continue;
    const pks = of(mapper._pksByTable, table);
    const propkeyToCol = of(mapper._propkeyToCol, table);
    const valueParams = new Map<Column, ColumnElement>(statementValues ?? []);
    const params: Params = new Map();
    let hasAllDefaults = true;

    if (bulk) {
      const pkKeys = of(mapper._pkAttrKeysByTable, table);
      for (const [propkey, col] of propkeyToCol)
        if (dict.has(propkey) && !pkKeys.has(propkey)) params.set(col.key, dict.get(propkey));
    } else {
      const s = state as InstanceState;
      for (const [propkey, col] of propkeyToCol) {
        if (!s.committedState.has(propkey)) continue;
        if (!dict.has(propkey)) throw host.error("KeyError", propkey);
        const value = dict.get(propkey);
        const expression = sqlExpression(value);
        if (expression) valueParams.set(col, expression);
        else if (!s.manager.getImpl(propkey).isEqual(value, s.committedState.get(propkey)))
          params.set(col.key, value);
      }
      if (mapper.baseMapper.eagerDefaults === true)
        hasAllDefaults = isSubset(of(mapper._serverOnupdateDefaultColKeys, table), params);
    }

    if (updateVersionId != null && versionIn(mapper, table)) {
      // Nothing of this table changed: something in another table of the object did, or there is nothing to do.
      if (!bulk && !params.size && !valueParams.size && !hasAddedColumn(mapper, record)) continue;
      const col = mapper.versionIdCol;
      const noParams = !params.size && !valueParams.size;
      params.set(col._label as string, updateVersionId);
      if (mapper.versionIdGenerator !== false) {
        if (bulk || !params.has(col.key)) params.set(col.key, nextVersion(mapper, updateVersionId));
      } else if (noParams) params.set(col.key, updateVersionId);
    } else if (!params.size && !valueParams.size) continue;

    let hasAllPks = true;
    let expectPkCascaded = false;
    const pkParams: Params = new Map();
    if (bulk) {
      const pkKeys = of(mapper._pkAttrKeysByTable, table);
      for (const [propkey, col] of propkeyToCol)
        if (pkKeys.has(propkey)) pkParams.set(col._label as string, dict.get(propkey) ?? null);
      const missing = [...pks].filter((c) => pkParams.get(c._label as string) == null);
      if (missing.length)
        throw new InvalidRequestError(
          `No primary key value supplied for column(s) ${missing.map(String).join(", ")}; per-row ORM Bulk UPDATE by Primary Key requires that records contain primary key values`,
          { code: "bupq" },
        );
    } else {
      const s = state as InstanceState;
      for (const col of pks) {
        const label = col._label as string;
        const history = s.manager
          .getImpl(mapper.getPropertyByColumn(col).key)
          .getHistory(s, dict, PASSIVE_OFF);
        if (!history.added.length) pkParams.set(label, history.unchanged[0] ?? null);
        else if (!history.deleted.length || (uow?.isPkCascaded(s, col) ?? false)) {
          // The database has cascaded the parent's new key to this row already, or the row has had it all along.
          expectPkCascaded = true;
          pkParams.set(label, history.added[0]);
          params.delete(col.key);
        } else {
          pkParams.set(label, history.deleted[0]);
          if (valueParams.has(col)) hasAllPks = false;
        }
        if (pkParams.get(label) == null)
          throw new FlushError(
            `Can't update table ${String(table)} using NULL for primary key value on column ${String(col)}`,
          );
      }
    }
    for (const k of includeBulkKeys) params.set(k, dict.get(k) ?? null);
    if (params.size || valueParams.size) {
      for (const [k, v] of pkParams) params.set(k, v);
      yield { state, dict, mapper, connection, params, valueParams, hasAllDefaults, hasAllPks };
    } else if (expectPkCascaded) {
      // Nothing but the key changed, and the database did that: keys of tables joined to this one follow.
      const s = state as InstanceState;
      for (const [m, pairs] of mapper._tableToEquated.get(table) ?? [])
        populate(s, m, s, m, pairs, uow as UOWTransaction, mapper.passiveUpdates);
    }
  }
}

function hasAddedColumn(mapper: MapperContract, { state, dict }: StateRecord): boolean {
  const s = state as InstanceState;
  for (const prop of mapper._columntoproperty.values())
    if (s.manager.getImpl(prop.key).getHistory(s, dict, PASSIVE_NO_INITIALIZE).added.length) return true;
  return false;
}

export interface PostUpdateRecord {
  readonly state: InstanceState;
  readonly dict: StateRecord["dict"];
  readonly mapper: MapperContract;
  readonly connection: Connection;
  readonly params: Params;
}

export function* collectPostUpdateCommands(
  table: Table,
  states: Iterable<StateRecord>,
  postUpdateCols: ReadonlySet<Column>,
): Generator<PostUpdateRecord> {
  for (const { state, dict, mapper, connection, updateVersionId } of states) {
    const s = state as InstanceState;
    const pks = of(mapper._pksByTable, table);
    const params: Params = new Map();
    let hasdata = false;
    for (const col of of(mapper._colsByTable, table)) {
      if (pks.has(col))
        params.set(col._label as string, mapper._getStateAttrByColumn(s, dict, col, PASSIVE_OFF));
      else if (postUpdateCols.has(col) || col.onupdate !== null) {
        const history = s.manager
          .getImpl(mapper.getPropertyByColumn(col).key)
          .getHistory(s, dict, PASSIVE_NO_INITIALIZE);
        if (!history.added.length) continue;
        params.set(col.key, history.added[0]);
        hasdata = true;
      }
    }
    if (!hasdata) continue;
    if (updateVersionId != null && versionIn(mapper, table)) {
      const col = mapper.versionIdCol;
      params.set(col._label as string, updateVersionId);
      if (s.key !== null && !params.has(col.key) && mapper.versionIdGenerator !== false)
        params.set(col.key, nextVersion(mapper, updateVersionId));
    }
    yield { state: s, dict, mapper, connection, params };
  }
}

export interface DeleteRecord {
  readonly params: Params;
  readonly connection: Connection;
}

export function* collectDeleteCommands(table: Table, states: Iterable<StateRecord>): Generator<DeleteRecord> {
  for (const { state, dict, mapper, connection, updateVersionId } of states) {
    if (!mapper._pksByTable.has(table)) continue;
    const params: Params = new Map();
    for (const col of of(mapper._pksByTable, table)) {
      const value = mapper._getCommittedStateAttrByColumn(state as InstanceState, dict, col);
      params.set(col.key, value);
      if (value === null)
        throw new FlushError(
          `Can't delete from table ${String(table)} using NULL for primary key value on column ${String(col)}`,
        );
    }
    if (updateVersionId != null && versionIn(mapper, table))
      params.set(mapper.versionIdCol.key, updateVersionId);
    yield { params, connection };
  }
}
