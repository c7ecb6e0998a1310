// One-to-many: the children hold the foreign key, so parents are saved before them and deleted after them.
// Behaviour: SQLAlchemy orm/dependency.py (OneToManyDP).
import { INCLUDE_PENDING_MUTATIONS, PASSIVE_NO_INITIALIZE, PASSIVE_OFF } from "../../flags.ts";
import type { InstanceState } from "../../state/state.ts";
import { PostUpdateAll } from "../actions.ts";
import type { States } from "../contracts.ts";
import { clear, populate, sourceModified } from "../sync.ts";
import type { UOWTransaction } from "../unit-of-work.ts";
import { DependencyProcessor, type PropertyActions, type StateActions } from "./base.ts";

export class OneToManyDP extends DependencyProcessor {
  protected override perPropertyDependencies(uow: UOWTransaction, a: PropertyActions): void {
    if (this.postUpdate) {
      const postUpdates = PostUpdateAll.of(uow, this.mapper.primaryBaseMapper, false);
      const preUpdates = PostUpdateAll.of(uow, this.mapper.primaryBaseMapper, true);
      uow.addDependencies(
        [a.childSaves, a.afterSave],
        [a.parentSaves, a.afterSave],
        [a.afterSave, postUpdates],
        [a.beforeDelete, preUpdates],
        [preUpdates, a.parentDeletes],
        [preUpdates, a.childDeletes],
      );
    } else
      uow.addDependencies(
        [a.parentSaves, a.afterSave],
        [a.afterSave, a.childSaves],
        [a.afterSave, a.childDeletes],
        [a.childSaves, a.parentDeletes],
        [a.childDeletes, a.parentDeletes],
        [a.beforeDelete, a.childSaves],
        [a.beforeDelete, a.childDeletes],
      );
  }

  protected override perStateDependencies(uow: UOWTransaction, a: StateActions): void {
    if (this.postUpdate) {
      const postUpdates = PostUpdateAll.of(uow, this.mapper.primaryBaseMapper, false);
      const preUpdates = PostUpdateAll.of(uow, this.mapper.primaryBaseMapper, true);
      if (a.isdelete) uow.addDependencies([a.beforeDelete, preUpdates], [preUpdates, a.deleteParent]);
      else {
        if (!a.childisdelete) uow.addDependencies([a.saveParent, a.afterSave]);
        uow.addDependencies([a.childAction, a.afterSave], [a.afterSave, postUpdates]);
      }
    } else if (!a.isdelete)
      uow.addDependencies(
        [a.saveParent, a.afterSave],
        [a.afterSave, a.childAction],
        [a.saveParent, a.childAction],
      );
    else uow.addDependencies([a.beforeDelete, a.childAction], [a.childAction, a.deleteParent]);
  }

  override presortDeletes(uow: UOWTransaction, states: States): void {
    const { cascade } = this.prop;
    // Children that stay lose their foreign key; that is an UPDATE of each.
    const shouldNullFks = !cascade.delete && this.passiveDeletes !== "all";
    for (const state of states) {
      const history = uow.getAttributeHistory(state, this.key, this.passiveDeleteFlag);
      for (const child of history.deleted)
        if (child !== null && !this.hasparent(child))
          uow.registerObject(child, { isdelete: cascade.deleteOrphan });
      if (shouldNullFks)
        for (const child of history.unchanged)
          if (child !== null) uow.registerObject(child, { operation: "delete", prop: this.prop });
    }
  }

  override presortSaves(uow: UOWTransaction, states: States): void {
    const { cascade } = this.prop;
    const childrenAdded = this.childrenAdded(uow);
    const shouldNullFks = !cascade.deleteOrphan && this.passiveDeletes !== "all";
    for (const state of states) {
      const pksChanged = this.pksChanged(uow, state);
      const passive = !pksChanged || this.passiveUpdates ? PASSIVE_NO_INITIALIZE : PASSIVE_OFF;
      const history = uow.getAttributeHistory(state, this.key, passive | INCLUDE_PENDING_MUTATIONS);
      for (const child of history.added)
        if (child !== null)
          uow.registerObject(child, { cancelDelete: true, operation: "add", prop: this.prop });
      for (const child of history.added) childrenAdded.add(child);
      for (const child of history.deleted) {
        if (child === null) continue;
        if (!cascade.deleteOrphan) {
          if (shouldNullFks) uow.registerObject(child, { operation: "delete", prop: this.prop });
        } else if (!this.hasparent(child)) {
          uow.registerObject(child, { isdelete: true, operation: "delete", prop: this.prop });
          this.cascadeDelete(uow, child);
        }
      }
      if (pksChanged)
        for (const child of history.unchanged)
          if (child !== null)
            uow.registerObject(child, {
              listonly: this.passiveUpdates,
              operation: "pk change",
              prop: this.prop,
            });
    }
  }

  override processDeletes(uow: UOWTransaction, states: States): void {
    // With passive_deletes="all" the database is left to it.
    if (!this.postUpdate && this.passiveDeletes === "all") return;
    const childrenAdded = this.childrenAdded(uow);
    const orphan = (state: InstanceState, child: InstanceState): void => {
      this.synchronize(state, child, true, uow, false);
      if (this.postUpdate) this.registerPostUpdate(child, uow, [state]);
    };
    for (const state of states) {
      const history = uow.getAttributeHistory(state, this.key, this.passiveDeleteFlag);
      for (const child of history.deleted) if (child !== null && !this.hasparent(child)) orphan(state, child);
      if (this.postUpdate || !this.prop.cascade.delete)
        for (const child of new Set(history.unchanged))
          if (child !== null && !childrenAdded.has(child)) orphan(state, child);
    }
  }

  override processSaves(uow: UOWTransaction, states: States): void {
    const shouldNullFks = !this.prop.cascade.deleteOrphan && this.passiveDeletes !== "all";
    for (const state of states) {
      const history = uow.getAttributeHistory(state, this.key, PASSIVE_NO_INITIALIZE);
      if (!history.isTrue) continue;
      for (const child of history.added) {
        this.synchronize(state, child, false, uow, false);
        if (child !== null && this.postUpdate) this.registerPostUpdate(child, uow, [state]);
      }
      for (const child of history.deleted)
        if (child !== null && shouldNullFks && !this.hasparent(child))
          this.synchronize(state, child, true, uow, false);
      if (this.pksChanged(uow, state))
        for (const child of history.unchanged) this.synchronize(state, child, false, uow, true);
    }
  }

  private childrenAdded(uow: UOWTransaction): Set<InstanceState | null> {
    return uow.memo(this, "children_added", () => new Set<InstanceState | null>());
  }

  private synchronize(
    state: InstanceState,
    child: InstanceState | null,
    clearkeys: boolean,
    uow: UOWTransaction,
    pksChanged: boolean,
  ): void {
    this.verifyCanload(child);
    if (child === null || (!this.postUpdate && uow.isDeleted(child))) return;
    const pairs = this.prop.synchronizePairs;
    if (clearkeys) clear(child, this.mapper, pairs);
    else populate(state, this.parent, child, this.mapper, pairs, uow, this.passiveUpdates && pksChanged);
  }

  private pksChanged(uow: UOWTransaction, state: InstanceState): boolean {
    return sourceModified(uow, state, this.parent, this.prop.synchronizePairs);
  }
}
