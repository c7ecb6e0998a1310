// Many-to-one: the parent holds the foreign key, so what it refers to is saved before it and deleted after it.
// Behaviour: SQLAlchemy orm/dependency.py (ManyToOneDP).
import { warn } from "../../../errors/index.ts";
import { PASSIVE_NO_INITIALIZE } from "../../flags.ts";
import { stateClassStr } from "../../state/access.ts";
import type { RelationshipContract } from "../../state/contracts.ts";
import type { InstanceState } from "../../state/state.ts";
import { PostUpdateAll } from "../actions.ts";
import type { States } from "../contracts.ts";
import { clear, populate } from "../sync.ts";
import type { UOWTransaction } from "../unit-of-work.ts";
import { DependencyProcessor, type PropertyActions, type StateActions } from "./base.ts";
import { DetectKeySwitch } from "./key-switch.ts";

export class ManyToOneDP extends DependencyProcessor {
  constructor(prop: RelationshipContract) {
    super(prop);
    for (const mapper of this.mapper.selfAndDescendants)
      mapper._dependencyProcessors.push(new DetectKeySwitch(prop));
  }

  protected override perPropertyDependencies(uow: UOWTransaction, a: PropertyActions): void {
    if (this.postUpdate) {
      const postUpdates = PostUpdateAll.of(uow, this.parent.primaryBaseMapper, false);
      const preUpdates = PostUpdateAll.of(uow, this.parent.primaryBaseMapper, true);
      uow.addDependencies(
        [a.childSaves, a.afterSave],
        [a.parentSaves, a.afterSave],
        [a.afterSave, postUpdates],
        [a.afterSave, preUpdates],
        [a.beforeDelete, preUpdates],
        [preUpdates, a.childDeletes],
        [preUpdates, a.parentDeletes],
      );
    } else
      uow.addDependencies(
        [a.childSaves, a.afterSave],
        [a.afterSave, a.parentSaves],
        [a.parentSaves, a.childDeletes],
        [a.parentDeletes, a.childDeletes],
      );
  }

  protected override perStateDependencies(uow: UOWTransaction, a: StateActions): void {
    if (this.postUpdate) {
      if (a.isdelete) {
        const preUpdates = PostUpdateAll.of(uow, this.parent.primaryBaseMapper, true);
        uow.addDependencies(
          [a.beforeDelete, preUpdates],
          [preUpdates, a.deleteParent],
          [preUpdates, a.childAction],
        );
        return;
      }
      const postUpdates = PostUpdateAll.of(uow, this.parent.primaryBaseMapper, false);
      if (a.childisdelete) uow.addDependencies([a.afterSave, postUpdates], [postUpdates, a.childAction]);
      else
        uow.addDependencies(
          [a.saveParent, a.afterSave],
          [a.childAction, a.afterSave],
          [a.afterSave, postUpdates],
        );
    } else if (!a.isdelete) {
      if (!a.childisdelete) uow.addDependencies([a.childAction, a.afterSave]);
      uow.addDependencies([a.afterSave, a.saveParent]);
    } else if (a.childisdelete) uow.addDependencies([a.deleteParent, a.childAction]);
  }

  override presortDeletes(uow: UOWTransaction, states: States): void {
    const { cascade } = this.prop;
    if (!cascade.delete && !cascade.deleteOrphan) return;
    for (const state of states) {
      const history = uow.getAttributeHistory(state, this.key, this.passiveDeleteFlag);
      for (const child of cascade.deleteOrphan ? history.sum() : history.nonDeleted()) {
        if (child === null) continue;
        uow.registerObject(child, { isdelete: true, operation: "delete", prop: this.prop });
        this.cascadeDelete(uow, child);
      }
    }
  }

  override presortSaves(uow: UOWTransaction, states: States): void {
    for (const state of states) {
      uow.registerObject(state, { operation: "add", prop: this.prop });
      if (!this.prop.cascade.deleteOrphan) continue;
      for (const child of uow.getAttributeHistory(state, this.key, this.passiveDeleteFlag).deleted) {
        if (child === null || this.hasparent(child)) continue;
        uow.registerObject(child, { isdelete: true, operation: "delete", prop: this.prop });
        this.cascadeDelete(uow, child);
      }
    }
  }

  override processDeletes(uow: UOWTransaction, states: States): void {
    if (!this.postUpdate || this.prop.cascade.deleteOrphan || this.passiveDeletes === "all") return;
    // post_update means the rows are in each other's way: the key goes first, then the row.
    for (const state of states) {
      this.synchronize(state, null, true, uow);
      const history = uow.getAttributeHistory(state, this.key, this.passiveDeleteFlag);
      if (history.isTrue) this.registerPostUpdate(state, uow, history.sum(), true);
    }
  }

  override processSaves(uow: UOWTransaction, states: States): void {
    for (const state of states) {
      const history = uow.getAttributeHistory(state, this.key, PASSIVE_NO_INITIALIZE);
      if (!history.isTrue) continue;
      if (history.added.length)
        for (const child of history.added) this.synchronize(state, child, false, uow, "add");
      else if (history.deleted.length) this.synchronize(state, null, true, uow, "delete");
      if (this.postUpdate) this.registerPostUpdate(state, uow, history.sum());
    }
  }

  private synchronize(
    state: InstanceState,
    child: InstanceState | null,
    clearkeys: boolean,
    uow: UOWTransaction,
    operation?: string,
  ): void {
    if (!this.postUpdate && uow.isDeleted(state)) return;
    if (operation !== undefined && child !== null && !uow.session._containsState(child)) {
      warn(
        `Object of type ${stateClassStr(child)} not in session, ${operation} operation along '${String(this.prop)}' won't proceed`,
      );
      return;
    }
    const pairs = this.prop.synchronizePairs;
    if (clearkeys || child === null) clear(state, this.parent, pairs);
    else {
      this.verifyCanload(child);
      populate(child, this.mapper, state, this.parent, pairs, uow, false);
    }
  }
}
