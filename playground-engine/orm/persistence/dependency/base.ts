// Dependency processors: one per relationship, they know what its changes mean for a flush.
//
// Before sorting they look at changed collections and references and register further objects (presort); they say which
// actions must wait for which (per_property and per_state dependencies); in their turn they copy keys from one side to the
// other (process). Behaviour: SQLAlchemy orm/dependency.py (DependencyProcessor).
import { ArgumentError, FlushError } from "../../../errors/index.ts";
import { host } from "../../../util/host.ts";
import {
  INCLUDE_PENDING_MUTATIONS,
  MANYTOONE,
  PASSIVE_NO_FETCH_RELATED,
  PASSIVE_NO_INITIALIZE,
  PASSIVE_OFF,
  type PassiveFlag,
  type RelationshipDirection,
} from "../../flags.ts";
import type { MapperContract, RelationshipContract } from "../../state/contracts.ts";
import type { InstanceState } from "../../state/state.ts";
import {
  DeleteAll,
  DeleteState,
  ProcessAll,
  ProcessState,
  SaveUpdateAll,
  SaveUpdateState,
  type PostSortAction,
} from "../actions.ts";
import type { DependencyProcessorContract, States } from "../contracts.ts";
import type { UOWTransaction } from "../unit-of-work.ts";

/** The actions of both sides, for a whole relationship. */
export interface PropertyActions {
  readonly parentSaves: PostSortAction;
  readonly childSaves: PostSortAction;
  readonly parentDeletes: PostSortAction;
  readonly childDeletes: PostSortAction;
  readonly afterSave: ProcessAll;
  readonly beforeDelete: ProcessAll;
}

/** The actions for one parent and one of its children. */
export interface StateActions {
  readonly saveParent: PostSortAction | null;
  readonly deleteParent: PostSortAction | null;
  readonly childAction: PostSortAction | null;
  readonly afterSave: PostSortAction | null;
  readonly beforeDelete: PostSortAction | null;
  readonly isdelete: boolean;
  /** Null where the child is not in the flush. */
  readonly childisdelete: boolean | null;
}

export abstract class DependencyProcessor implements DependencyProcessorContract {
  readonly prop: RelationshipContract;
  readonly key: string;
  readonly parent: MapperContract;
  readonly mapper: MapperContract;
  readonly direction: RelationshipDirection;
  readonly postUpdate: boolean;
  readonly passiveDeletes: boolean | "all";
  readonly passiveUpdates: boolean;
  readonly sortKey: string;
  protected readonly passiveDeleteFlag: PassiveFlag;
  protected readonly passiveUpdateFlag: PassiveFlag;

  constructor(prop: RelationshipContract) {
    this.prop = prop;
    this.key = prop.key;
    this.parent = prop.parent;
    this.mapper = prop.mapper;
    this.direction = prop.direction;
    this.postUpdate = prop.postUpdate;
    this.passiveDeletes = prop.passiveDeletes;
    this.passiveUpdates = prop.passiveUpdates;
    this.passiveDeleteFlag = this.passiveDeletes ? PASSIVE_NO_INITIALIZE : PASSIVE_OFF;
    this.passiveUpdateFlag = this.passiveUpdates ? PASSIVE_NO_INITIALIZE : PASSIVE_OFF;
    this.sortKey = `${this.parent._sortKey}_${prop.key}`;
    if (!prop.synchronizePairs.length)
      throw new ArgumentError(
        `Can't build a DependencyProcessor for relationship ${String(prop)}. No target attributes to populate between parent and child are present`,
      );
  }

  protected hasparent(state: InstanceState): boolean {
    return this.parent.classManager.getImpl(this.key).hasparent(state);
  }

  perPropertyPreprocessors(uow: UOWTransaction): void {
    uow.registerPreprocessor(this, true);
  }

  perPropertyFlushActions(uow: UOWTransaction): void {
    const afterSave = ProcessAll.of(uow, this, false, true);
    const beforeDelete = ProcessAll.of(uow, this, true, true);
    this.perPropertyDependencies(uow, {
      parentSaves: SaveUpdateAll.of(uow, this.parent.primaryBaseMapper),
      childSaves: SaveUpdateAll.of(uow, this.mapper.primaryBaseMapper),
      parentDeletes: DeleteAll.of(uow, this.parent.primaryBaseMapper),
      childDeletes: DeleteAll.of(uow, this.mapper.primaryBaseMapper),
      afterSave,
      beforeDelete,
    });
  }

  protected perPropertyDependencies(_uow: UOWTransaction, _actions: PropertyActions): void {}
  protected perStateDependencies(_uow: UOWTransaction, _actions: StateActions): void {}

  perStateFlushActions(uow: UOWTransaction, states: States, isdelete: boolean): void {
    const childBase = this.mapper.primaryBaseMapper;
    const childSaves = SaveUpdateAll.of(uow, childBase);
    const childDeletes = DeleteAll.of(uow, childBase);
    // Each object has its own processing now.
    ProcessAll.of(uow, this, isdelete, true).disabled = true;

    const childInCycles = uow.cycles.has(childSaves);
    const parentAll = isdelete
      ? DeleteAll.of(uow, this.parent.baseMapper)
      : SaveUpdateAll.of(uow, this.parent.baseMapper);
    const parentInCycles = uow.cycles.has(parentAll);
    const wholeChild: [PostSortAction | null, boolean | null][] = [
      [childSaves, false],
      [childDeletes, true],
    ];

    for (const state of states) {
      const related = state.manager
        .getImpl(this.key)
        .getAllPending(state, state.dict, isdelete ? this.passiveDeleteFlag : PASSIVE_NO_INITIALIZE);
      if (!related.length) continue;
      const process = ProcessState.of(uow, this, isdelete, state);
      const parent = !parentInCycles
        ? parentAll
        : isdelete
          ? DeleteState.of(uow, state)
          : SaveUpdateState.of(uow, state);
      const children = childInCycles ? related.map(([child]) => this.childAction(uow, child)) : wholeChild;
      for (const [childAction, childisdelete] of children)
        this.perStateDependencies(uow, {
          saveParent: isdelete ? null : parent,
          deleteParent: isdelete ? parent : null,
          childAction,
          afterSave: isdelete ? null : process,
          beforeDelete: isdelete ? process : null,
          isdelete,
          childisdelete,
        });
    }
  }

  private childAction(
    uow: UOWTransaction,
    child: InstanceState | null,
  ): [PostSortAction | null, boolean | null] {
    const registered = child === null ? undefined : uow.states.get(child);
    if (!registered) return [null, null];
    return registered[0]
      ? [DeleteState.of(uow, child as InstanceState), true]
      : [SaveUpdateState.of(uow, child as InstanceState), false];
  }

  presortDeletes(_uow: UOWTransaction, _states: States): void {}
  presortSaves(_uow: UOWTransaction, _states: States): void {}
  processDeletes(_uow: UOWTransaction, _states: States): void {}
  processSaves(_uow: UOWTransaction, _states: States): void {}

  /** Whether the relationship matters for these objects at all. */
  propHasChanges(uow: UOWTransaction, states: States, isdelete: boolean): boolean {
    let passive: PassiveFlag;
    if (!isdelete || this.passiveDeletes) passive = PASSIVE_NO_INITIALIZE | INCLUDE_PENDING_MUTATIONS;
    else if (this.direction === MANYTOONE) passive = PASSIVE_NO_FETCH_RELATED;
    else passive = PASSIVE_OFF | INCLUDE_PENDING_MUTATIONS;
    for (const s of states) {
      const history = uow.getAttributeHistory(s, this.key, passive);
      if (history.isTrue && !history.empty()) return true;
    }
    return states.length > 0 && !this.prop._isSelfReferential && uow.mappers.has(this.mapper);
  }

  /** Throws FlushError where an object cannot be a member of this relationship. */
  protected verifyCanload(state: InstanceState | null): void {
    if (state === null) {
      if (this.prop.uselist)
        throw new FlushError(`Can't flush None value found in collection ${String(this.prop)}`);
      return;
    }
    if (this.mapper._canload(state, { allowSubtypes: !this.prop.enableTypechecks })) return;
    const [x, y, z] = [host.str(state.class_), String(this.prop), host.str(this.mapper.class_)];
    let message = `Attempting to flush an item of type ${x} as a member of collection "${y}". Expected an object of type ${z} or a polymorphic subclass of this type.`;
    if (this.mapper._canload(state, { allowSubtypes: true }))
      message += ` If ${x} is a subclass of ${z}, configure mapper "${this.mapper.toString()}" to load this subtype polymorphically, or set enable_typechecks=False to allow any subtype to be accepted for flush. `;
    throw new FlushError(message);
  }

  /** Registers the object for a second UPDATE of its foreign keys, if it has anything related. */
  protected registerPostUpdate(
    state: InstanceState,
    uow: UOWTransaction,
    related: readonly (InstanceState | null)[],
    isM2oDelete = false,
  ): void {
    if (related.some((x) => !isM2oDelete || x !== null))
      uow.registerPostUpdate(
        state,
        this.prop.synchronizePairs.map(([, r]) => r),
      );
  }

  /** Registers all that a deleted object takes with it. */
  protected cascadeDelete(uow: UOWTransaction, child: InstanceState): void {
    for (const [, , below] of this.mapper.cascadeIterator("delete", child))
      uow.registerObject(below, { isdelete: true });
  }

  toString(): string {
    return `${this.constructor.name}(${String(this.prop)})`;
  }
}
