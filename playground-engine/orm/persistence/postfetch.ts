// After a statement: what the database and the defaults made of a row, put back into its object.
// Behaviour: SQLAlchemy orm/persistence.py (_postfetch, _postfetch_post_update).
import type { Value } from "../../util/host.ts";
import type { AttrDict } from "../face.ts";
import type { MapperContract } from "../state/contracts.ts";
import type { Column, Table } from "../state/sql-types.ts";
import type { InstanceState } from "../state/state.ts";
import type { DmlResult } from "./records.ts";
import { bulkPopulateInheritKeys, populate } from "./sync.ts";
import type { UOWTransaction } from "./unit-of-work.ts";

type Parameters = ReadonlyMap<string, Value> | undefined;

export interface PostfetchOptions {
  readonly table: Table;
  readonly result: DmlResult;
  readonly params: Parameters;
  readonly valueParams: ReadonlyMap<Column, unknown>;
  readonly isupdate: boolean;
  readonly returnedDefaults: Iterable<Value> | null;
}

export function postfetch(
  mapper: MapperContract,
  uow: UOWTransaction,
  state: InstanceState,
  dict: AttrDict,
  options: PostfetchOptions,
): void {
  const { table, result, params, valueParams, isupdate, returnedDefaults } = options;
  const { compiled } = result.context;
  const { effectiveReturning } = compiled;
  const loaded: string[] = [];

  if (effectiveReturning?.length && returnedDefaults !== null) {
    let i = 0;
    for (const value of returnedDefaults) {
      const col = effectiveReturning[i++];
      // Keys of an INSERT have been set from inserted_primary_key.
      if (!col || (col.primaryKey && result.context.isinsert)) continue;
      const prop = mapper._columntoproperty.get(col);
      if (!prop) continue;
      dict.set(prop.key, value);
      loaded.push(prop.key);
    }
  }
  setPrefetched(mapper, table, state, dict, compiled.prefetch, params, loaded);
  refreshed(mapper, uow, state, loaded);

  let toExpire = compiled.postfetch ?? [];
  if (isupdate && valueParams.size)
    toExpire = [
      ...toExpire,
      ...[...valueParams.keys()].filter((c) => c.primaryKey && !(effectiveReturning?.includes(c) ?? false)),
    ];
  expireColumns(mapper, state, toExpire);
  for (const [m, pairs] of mapper._tableToEquated.get(table) ?? [])
    populate(state, m, state, m, pairs, uow, mapper.passiveUpdates);
}

/** Likewise after the second UPDATE of post_update. */
export function postfetchPostUpdate(
  mapper: MapperContract,
  uow: UOWTransaction,
  table: Table,
  state: InstanceState,
  dict: AttrDict,
  result: DmlResult,
  params: Parameters,
): void {
  const versioned =
    mapper.versionIdCol !== null && mapper._colsByTable.get(table)?.has(mapper.versionIdCol) === true;
  const deleted = uow.isDeleted(state);
  if (deleted && !versioned) return;
  const loaded: string[] = [];
  setPrefetched(mapper, table, null, dict, deleted ? [] : result.context.compiled.prefetch, params, loaded);
  refreshed(mapper, uow, state, loaded);
  if (!deleted) expireColumns(mapper, state, result.context.compiled.postfetch ?? []);
}

/** In bulk operations only keys of joined tables are passed on. */
export function postfetchBulkSave(mapper: MapperContract, dict: AttrDict, table: Table): void {
  for (const [m, pairs] of mapper._tableToEquated.get(table) ?? []) bulkPopulateInheritKeys(dict, m, pairs);
}

/** Defaults computed just before execution, the new version among them. */
function setPrefetched(
  mapper: MapperContract,
  table: Table,
  state: InstanceState | null,
  dict: AttrDict,
  prefetch: readonly Column[],
  params: Parameters,
  loaded: string[],
): void {
  const version = mapper.versionIdCol;
  const columns =
    version !== null && mapper._colsByTable.get(table)?.has(version) ? [...prefetch, version] : prefetch;
  for (const c of columns) {
    const prop = mapper._columntoproperty.get(c);
    if (!prop || !params?.has(c.key)) continue;
    dict.set(prop.key, params.get(c.key));
    state?._forgetCommitted(prop.key);
    loaded.push(prop.key);
  }
}

function refreshed(
  mapper: MapperContract,
  uow: UOWTransaction,
  state: InstanceState,
  loaded: string[],
): void {
  if (loaded.length) mapper.classManager.dispatch.refreshFlush.emit(state, uow, loaded);
}

/** Values only the database knows are loaded when next asked for. */
function expireColumns(mapper: MapperContract, state: InstanceState, columns: readonly Column[]): void {
  if (!columns.length) return;
  const keys = columns.map((c) => mapper._columntoproperty.get(c)?.key).filter((k) => k !== undefined);
  state._expireAttributes(state.dict, keys);
}
