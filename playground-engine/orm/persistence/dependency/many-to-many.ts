// Many-to-many: rows of the secondary table are written after both sides, and deleted before them.
// Behaviour: SQLAlchemy orm/dependency.py (ManyToManyDP).
import { StaleDataError, warn } from "../../../errors/index.ts";
import { and_, bindparam } from "../../../sql/index.ts";
import type { Value } from "../../../util/host.ts";
import { INCLUDE_PENDING_MUTATIONS, PASSIVE_NO_INITIALIZE, PASSIVE_OFF } from "../../flags.ts";
import { stateClassStr } from "../../state/access.ts";
import type { Table } from "../../state/sql-types.ts";
import type { InstanceState } from "../../state/state.ts";
import type { States } from "../contracts.ts";
import type { DmlResult, Params } from "../records.ts";
import { populateDict, sourceModified, update } from "../sync.ts";
import type { UOWTransaction } from "../unit-of-work.ts";
import { DependencyProcessor, type PropertyActions, type StateActions } from "./base.ts";

/** Pairs of objects whose row one side has dealt with already. */
type ProcessedPairs = Map<InstanceState, Set<InstanceState>>;

export class ManyToManyDP extends DependencyProcessor {
  protected override perPropertyDependencies(uow: UOWTransaction, a: PropertyActions): void {
    uow.addDependencies(
      [a.parentSaves, a.afterSave],
      [a.childSaves, a.afterSave],
      [a.afterSave, a.childDeletes],
      // A row of a deleted parent goes before the parent, and before anything is saved whose row may take its place.
      [a.beforeDelete, a.parentSaves],
      [a.beforeDelete, a.parentDeletes],
      [a.beforeDelete, a.childDeletes],
      [a.beforeDelete, a.childSaves],
    );
  }

  protected override perStateDependencies(uow: UOWTransaction, a: StateActions): void {
    if (a.isdelete) uow.addDependencies([a.beforeDelete, a.childAction], [a.beforeDelete, a.deleteParent]);
    else if (a.childisdelete) uow.addDependencies([a.saveParent, a.afterSave], [a.afterSave, a.childAction]);
    else uow.addDependencies([a.saveParent, a.afterSave], [a.childAction, a.afterSave]);
  }

  override presortDeletes(uow: UOWTransaction, states: States): void {
    // Loaded now, while the rows are there.
    if (!this.passiveDeletes)
      for (const state of states) uow.getAttributeHistory(state, this.key, this.passiveDeleteFlag);
  }

  override presortSaves(uow: UOWTransaction, states: States): void {
    if (!this.passiveUpdates)
      for (const state of states)
        if (this.pksChanged(uow, state)) uow.getAttributeHistory(state, this.key, PASSIVE_OFF);
    if (!this.prop.cascade.deleteOrphan) return;
    for (const state of states)
      for (const child of uow.getAttributeHistory(state, this.key, PASSIVE_NO_INITIALIZE).deleted) {
        if (child === null || this.hasparent(child)) continue;
        uow.registerObject(child, { isdelete: true, operation: "delete", prop: this.prop });
        this.cascadeDelete(uow, child);
      }
  }

  override processDeletes(uow: UOWTransaction, states: States): void {
    const deletes: Params[] = [];
    const processed = this.processedPairs(uow);
    const done: [InstanceState | null, InstanceState][] = [];
    for (const state of states) {
      const children = uow.getAttributeHistory(state, this.key, this.passiveDeleteFlag).nonAdded();
      for (const child of children) {
        if (child === null || processed?.get(state)?.has(child)) continue;
        const row = this.associationRow(state, child, uow, "delete");
        if (row) deletes.push(row);
      }
      for (const child of children) done.push([child, state]);
    }
    remember(processed, done);
    this.runCrud(uow, [], [], deletes);
  }

  override processSaves(uow: UOWTransaction, states: States): void {
    const deletes: Params[] = [];
    const inserts: Params[] = [];
    const updates: Params[] = [];
    const processed = this.processedPairs(uow);
    const done: [InstanceState | null, InstanceState][] = [];
    for (const state of states) {
      const cascadePks = !this.passiveUpdates && this.pksChanged(uow, state);
      const passive = (cascadePks ? PASSIVE_OFF : PASSIVE_NO_INITIALIZE) | INCLUDE_PENDING_MUTATIONS;
      const history = uow.getAttributeHistory(state, this.key, passive);
      const collect = (
        children: readonly (InstanceState | null)[],
        rows: Params[],
        operation: string,
      ): void => {
        for (const child of children) {
          if (child !== null && processed?.get(state)?.has(child)) continue;
          const row = this.associationRow(state, child, uow, operation);
          if (row) rows.push(row);
        }
      };
      collect(history.added, inserts, "add");
      collect(history.deleted, deletes, "delete");
      for (const child of [...history.added, ...history.deleted]) done.push([child, state]);
      if (!cascadePks) continue;
      for (const child of history.unchanged) {
        if (child === null) continue;
        const row: Params = new Map();
        update(state, this.parent, row, "old_", this.prop.synchronizePairs);
        update(child, this.mapper, row, "old_", this.prop.secondarySynchronizePairs);
        updates.push(row);
      }
    }
    remember(processed, done);
    this.runCrud(uow, inserts, updates, deletes);
  }

  private runCrud(
    uow: UOWTransaction,
    inserts: readonly Params[],
    updates: readonly Params[],
    deletes: readonly Params[],
  ): void {
    const connection = uow.transaction.connection(this.mapper as unknown as Value);
    const secondary = this.prop.secondary as Table;
    const run = (statement: unknown, rows: readonly Params[]): DmlResult =>
      connection.execute(statement, rows) as unknown as DmlResult;
    const criterion = (row: Params, prefix: string) =>
      and_(
        [...secondary.c]
          .filter((c) => row.has(c.key))
          .map((c) => c.eq(bindparam(prefix + c.key, undefined, c.type))),
      );
    const check = (kind: string, verb: string, rows: readonly Params[], result: DmlResult): void => {
      if (result.supportsSaneMultiRowcount() && result.rowcount !== rows.length)
        throw new StaleDataError(
          `${kind} statement on table '${secondary.description}' expected to ${verb} ${rows.length} row(s); Only ${result.rowcount} were matched.`,
        );
    };
    const [firstDelete] = deletes;
    if (firstDelete)
      check(
        "DELETE",
        "delete",
        deletes,
        run(secondary.delete().where([criterion(firstDelete, "")]), deletes),
      );
    const [firstUpdate] = updates;
    if (firstUpdate)
      check(
        "UPDATE",
        "update",
        updates,
        run(secondary.update().where([criterion(firstUpdate, "old_")]), updates),
      );
    if (inserts.length) run(secondary.insert(), inserts);
  }

  /** The row that ties the two; null where there is none to write. */
  private associationRow(
    state: InstanceState,
    child: InstanceState | null,
    uow: UOWTransaction,
    operation: string,
  ): Params | null {
    this.verifyCanload(child);
    if (child === null) return null;
    if (!uow.session._containsState(child)) {
      if (!child.deleted)
        warn(
          `Object of type ${stateClassStr(child)} not in session, ${operation} operation along '${String(this.prop)}' won't proceed`,
        );
      return null;
    }
    const row: Params = new Map();
    populateDict(state, this.parent, row, this.prop.synchronizePairs);
    populateDict(child, this.mapper, row, this.prop.secondarySynchronizePairs);
    return row;
  }

  /** Shared with the processor of the other direction, which must not write the same rows again. */
  private processedPairs(uow: UOWTransaction): ProcessedPairs | null {
    const reverse = [...this.prop._reverseProperty];
    if (!reverse.length) return null;
    const names = [this.key, ...reverse.map((p) => p.key)].sort();
    return uow.memo(uow, `reverse_key ${names.join("\u0000")}`, (): ProcessedPairs => new Map());
  }

  private pksChanged(uow: UOWTransaction, state: InstanceState): boolean {
    return sourceModified(uow, state, this.parent, this.prop.synchronizePairs);
  }
}

function remember(
  processed: ProcessedPairs | null,
  done: readonly (readonly [InstanceState | null, InstanceState])[],
): void {
  if (!processed) return;
  for (const [child, state] of done) {
    if (child === null) continue;
    const of = processed.get(child);
    if (of) of.add(state);
    else processed.set(child, new Set([state]));
  }
}
