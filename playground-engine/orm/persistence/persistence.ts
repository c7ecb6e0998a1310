// Saving and deleting the objects of one hierarchy: table by table, UPDATEs before INSERTs, parents' tables first (last for
// DELETE). Behaviour: SQLAlchemy orm/persistence.py (save_obj, delete_obj, post_update).
import { FlushError, InvalidRequestError, warn } from "../../errors/index.ts";
import { select, LABEL_STYLE_TABLENAME_PLUS_COL } from "../../sql/index.ts";
import { host, type Value } from "../../util/host.ts";
import type { Instance } from "../face.ts";
import { late } from "../late.ts";
import { instanceState, stateStr } from "../state/access.ts";
import type { MapperContract } from "../state/contracts.ts";
import type { Column } from "../state/sql-types.ts";
import type { InstanceState } from "../state/state.ts";
import {
  collectDeleteCommands,
  collectInsertCommands,
  collectPostUpdateCommands,
  collectUpdateCommands,
} from "./collect.ts";
import {
  emitDeleteStatements,
  emitInsertStatements,
  emitPostUpdateStatements,
  emitUpdateStatements,
} from "./emit.ts";
import type { StateRecord } from "./records.ts";
import type { UOWTransaction } from "./unit-of-work.ts";

/** A state record that certainly has a state. */
type Recorded = StateRecord & { readonly state: InstanceState };

/** INSERTs or UPDATEs the objects, which are of one hierarchy. */
export function saveObj(
  baseMapper: MapperContract,
  states: readonly InstanceState[],
  uow: UOWTransaction,
  single = false,
): void {
  // batch=False: each object is saved, with its events, before the next.
  if (!single && !baseMapper.batch) {
    for (const state of sortStates(baseMapper, states)) saveObj(baseMapper, [state], uow, true);
    return;
  }
  const toUpdate: Recorded[] = [];
  const toInsert: Recorded[] = [];
  for (const { record, isUpdate } of organizeStatesForSave(baseMapper, states, uow))
    (isUpdate ? toUpdate : toInsert).push(record);
  for (const [table, mapper] of baseMapper._sortedTables) {
    if (!mapper._pksByTable.has(table)) continue;
    const inserts = collectInsertCommands(table, toInsert);
    const updates = collectUpdateCommands(uow, table, toUpdate);
    emitUpdateStatements(baseMapper, uow, mapper, table, updates);
    emitInsertStatements(baseMapper, uow, mapper, table, inserts);
  }
  finalize(baseMapper, uow, toInsert, false);
  finalize(baseMapper, uow, toUpdate, true);
}

/** Sets foreign keys by a second UPDATE, after both sides have been saved (or before they are deleted). */
export function postUpdate(
  baseMapper: MapperContract,
  states: readonly InstanceState[],
  uow: UOWTransaction,
  cols: ReadonlySet<Column>,
): void {
  const records = [...connectionsForStates(baseMapper, uow, states)];
  for (const [table, mapper] of baseMapper._sortedTables) {
    if (!mapper._pksByTable.has(table)) continue;
    const version = mapper.versionIdCol;
    const own = records
      .filter((r) => r.mapper._pksByTable.has(table))
      .map((r) => ({
        ...r,
        updateVersionId:
          version === null ? null : mapper._getCommittedStateAttrByColumn(r.state, r.dict, version),
      }));
    emitPostUpdateStatements(baseMapper, uow, mapper, table, collectPostUpdateCommands(table, own, cols));
  }
}

export function deleteObj(
  baseMapper: MapperContract,
  states: readonly InstanceState[],
  uow: UOWTransaction,
): void {
  const records: Recorded[] = [];
  for (const r of connectionsForStates(baseMapper, uow, states)) {
    r.mapper.dispatch.beforeDelete.emit(r.mapper, r.connection, r.state);
    const version = r.mapper.versionIdCol;
    records.push(
      version === null
        ? r
        : { ...r, updateVersionId: r.mapper._getCommittedStateAttrByColumn(r.state, r.dict, version) },
    );
  }
  for (const [table, mapper] of [...baseMapper._sortedTables].reverse()) {
    // With passive_deletes the database deletes the joined row along with the base's.
    if (!mapper._pksByTable.has(table) || (mapper.inherits && mapper.passiveDeletes)) continue;
    emitDeleteStatements(baseMapper, mapper, table, collectDeleteCommands(table, records));
  }
  for (const { state, mapper, connection } of records)
    mapper.dispatch.afterDelete.emit(mapper, connection, state);
}

function* organizeStatesForSave(
  baseMapper: MapperContract,
  states: readonly InstanceState[],
  uow: UOWTransaction,
): Generator<{ record: Recorded; isUpdate: boolean }> {
  const { identityMap } = uow.session;
  for (const record of connectionsForStates(baseMapper, uow, states)) {
    const { state, dict, mapper, connection } = record;
    const hasIdentity = state.key !== null;
    const key = state.key ?? mapper._identityKeyFromState(state);
    const before = hasIdentity ? mapper.dispatch.beforeUpdate : mapper.dispatch.beforeInsert;
    before.emit(mapper, connection, state);
    mapper._validatePolymorphicIdentity?.(mapper, state, dict);

    // A new object with the key of one that is being deleted takes over its row: an UPDATE in place of DELETE and INSERT.
    let rowSwitch: InstanceState | null = null;
    const present = hasIdentity ? null : identityMap.get(key);
    if (present !== null) {
      const existing = instanceState(present);
      if (!uow.wasAlreadyDeleted(existing)) {
        if (!uow.isDeleted(existing))
          warn(
            `New instance ${stateStr(state)} with identity key ${key.toString()} conflicts with persistent instance ${stateStr(existing)}`,
          );
        else {
          uow.removeStateActions(existing);
          rowSwitch = existing;
        }
      }
    }
    const isUpdate = hasIdentity || rowSwitch !== null;
    let updateVersionId: Value = null;
    if (isUpdate && mapper.versionIdCol !== null) {
      const of = rowSwitch ?? state;
      updateVersionId = mapper._getCommittedStateAttrByColumn(of, of.dict, mapper.versionIdCol);
    }
    yield { record: updateVersionId === null ? record : { ...record, updateVersionId }, isUpdate };
  }
}

/** What remains after the statements: column properties to reload, defaults to fetch now, events. */
function finalize(
  baseMapper: MapperContract,
  uow: UOWTransaction,
  records: readonly Recorded[],
  hasIdentity: boolean,
): void {
  for (const { state, dict, mapper, connection } of records) {
    if (mapper._readonlyProps.size) {
      const stale = [...mapper._readonlyProps].filter((p) =>
        p.expireOnFlush ? !p.deferred || state.dict.has(p.key) : !p.deferred && !state.dict.has(p.key),
      );
      const readonly = state.unmodifiedIntersection(stale.map((p) => p.key));
      if (readonly.size) state._expireAttributes(state.dict, readonly);
    }
    const version =
      mapper.versionIdCol !== null && mapper.versionIdGenerator === false ? mapper._versionIdProp : null;
    const loadNow: string[] = [];
    if (baseMapper.eagerDefaults === true)
      for (const k of state._unloadedNonObject)
        if (mapper._serverDefaultPlusOnupdatePropkeys.has(k)) loadNow.push(k);
    if (version && state.unloaded.has(version.key)) loadNow.push(version.key);
    if (loadNow.length) {
      state.key = baseMapper._identityKeyFromState(state);
      const statement = select([mapper as unknown as Value]).setLabelStyle(LABEL_STYLE_TABLENAME_PLUS_COL);
      late.loadOnIdent(uow.session, statement, state.key, { refreshState: state, onlyLoadProps: loadNow });
    }
    (hasIdentity ? mapper.dispatch.afterUpdate : mapper.dispatch.afterInsert).emit(mapper, connection, state);
    if (version && dict.get(version.key) == null)
      throw new FlushError("Instance does not contain a non-NULL version value");
  }
}

/** The objects in the order of saving, each with its mapper and connection. */
function* connectionsForStates(
  baseMapper: MapperContract,
  uow: UOWTransaction,
  states: readonly InstanceState[],
): Generator<Recorded> {
  const callable = uow.session.connectionCallable;
  const shared = callable ? null : uow.transaction.connection(baseMapper as unknown as Value);
  for (const state of sortStates(baseMapper, states)) {
    const connection =
      shared ?? (callable as NonNullable<typeof callable>)(baseMapper, state.obj() as Instance);
    yield { state, dict: state.dict, mapper: state.manager.mapper, connection, updateVersionId: null };
  }
}

/** New objects in the order they were added, then persistent ones by primary key. */
function sortStates(mapper: MapperContract, states: readonly InstanceState[]): InstanceState[] {
  const unique = [...new Set(states)];
  const pending = unique
    .filter((s) => s.key === null)
    .sort((a, b) => (a.insertOrder ?? 0) - (b.insertOrder ?? 0));
  const persistent = unique.filter((s) => s.key !== null);
  if (persistent.length < 2) return [...pending, ...persistent];
  const keyed = persistent.map((s) => [s, mapper._persistentSortkeyFn(s)] as const);
  try {
    keyed.sort(([, a], [, b]) => compareKeys(a, b));
  } catch (e) {
    if (!host.isError(e, "TypeError")) throw e;
    throw host.withCause(
      new InvalidRequestError(
        `Could not sort objects by primary key; primary key values must be sortable in Python (was: ${host.errorText(e)})`,
      ),
      e,
    );
  }
  return [...pending, ...keyed.map(([s]) => s)];
}

function compareKeys(a: readonly Value[], b: readonly Value[]): number {
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i], b[i]];
    if (x === y || host.equal(x, y)) continue;
    return host.compare(x, y);
  }
  return 0;
}
