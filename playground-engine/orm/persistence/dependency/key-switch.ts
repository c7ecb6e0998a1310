// Watches the objects that a many-to-one refers to for changed primary keys, and lets their referrers follow.
// Behaviour: SQLAlchemy orm/dependency.py (DetectKeySwitch).
import { host, type Value } from "../../../util/host.ts";
import { face } from "../../face.ts";
import { isNoObject } from "../../flags.ts";
import { collectionAdapter } from "../../collections/adapter.ts";
import { instanceState } from "../../state/access.ts";
import type { InstanceState } from "../../state/state.ts";
import { ProcessAll, SaveUpdateAll } from "../actions.ts";
import type { States } from "../contracts.ts";
import { populate, sourceModified } from "../sync.ts";
import type { UOWTransaction } from "../unit-of-work.ts";
import { DependencyProcessor } from "./base.ts";

export class DetectKeySwitch extends DependencyProcessor {
  override perPropertyPreprocessors(uow: UOWTransaction): void {
    const reverse = [...this.prop._reverseProperty];
    // The other side's processor cascades the change where there is one.
    if (reverse.length && (this.passiveUpdates || reverse.some((prop) => !prop.passiveUpdates))) return;
    uow.registerPreprocessor(this, false);
  }

  override perPropertyFlushActions(uow: UOWTransaction): void {
    const parentSaves = SaveUpdateAll.of(uow, this.parent.baseMapper);
    uow.addDependencies([parentSaves, ProcessAll.of(uow, this, false, false)]);
  }

  override perStateFlushActions(): void {}

  override presortSaves(uow: UOWTransaction, states: States): void {
    // Without passive_updates the referrers need an UPDATE of their own.
    if (!this.passiveUpdates) this.processKeySwitches(uow, states);
  }

  override propHasChanges(uow: UOWTransaction, states: States, isdelete: boolean): boolean {
    return !isdelete && this.passiveUpdates && this.keySwitchers(uow, states).size > 0;
  }

  override processDeletes(): void {
    throw host.error("AssertionError", "");
  }

  override processSaves(uow: UOWTransaction, states: States): void {
    // With passive_updates the database has cascaded: the objects in memory follow.
    this.processKeySwitches(uow, states);
  }

  private keySwitchers(uow: UOWTransaction, states: States): Set<InstanceState> {
    const known = uow.memo(this, "pk_switchers", () => ({
      switched: new Set<InstanceState>(),
      seen: new Set<InstanceState>(),
    }));
    for (const s of states) {
      if (known.seen.has(s)) continue;
      known.seen.add(s);
      if (s.key !== null && sourceModified(uow, s, this.mapper, this.prop.synchronizePairs))
        known.switched.add(s);
    }
    return known.switched;
  }

  private processKeySwitches(uow: UOWTransaction, states: States): void {
    const switchers = this.keySwitchers(uow, states);
    if (!switchers.size) return;
    for (const state of uow.session.identityMap.allStates()) {
      if (!face().isSubclass(state.class_, this.parent.class_)) continue;
      const related = this.relatedObject(
        state.getImpl(this.key).get(state, state.dict, this.passiveUpdateFlag),
      );
      const relatedState = related === null ? null : instanceState(related);
      if (relatedState === null || !switchers.has(relatedState)) continue;
      uow.registerObject(state, { listonly: this.passiveUpdates });
      populate(
        relatedState,
        this.mapper,
        state,
        this.parent,
        this.prop.synchronizePairs,
        uow,
        this.passiveUpdates,
      );
    }
  }

  private relatedObject(value: Value): Value {
    if (isNoObject(value)) return null;
    return this.prop.uselist ? (collectionAdapter(value).items()[0] ?? null) : value;
  }
}
