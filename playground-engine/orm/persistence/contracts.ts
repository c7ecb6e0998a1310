// What a dependency processor and the unit of work know of each other, so that their files need not import one another.
import type { MapperContract } from "../state/contracts.ts";
import type { InstanceState } from "../state/state.ts";
import type { PostSortAction } from "./actions.ts";
import type { UOWTransaction } from "./unit-of-work.ts";

export type States = readonly InstanceState[];

export interface DependencyProcessorContract {
  readonly key: string;
  readonly sortKey: string;
  readonly parent: MapperContract;
  readonly mapper: MapperContract;
  readonly prop: { readonly key: string };
  /** First thing of a flush that touches the mapper: asks for presort_saves/presort_deletes. */
  perPropertyPreprocessors(uow: UOWTransaction): void;
  /** Adds the actions of the whole relationship, and what must come before what. */
  perPropertyFlushActions(uow: UOWTransaction): void;
  /** Likewise for single objects, where mappers depend on each other in a cycle. */
  perStateFlushActions(uow: UOWTransaction, states: States, isdelete: boolean): void;
  presortDeletes(uow: UOWTransaction, states: States): void;
  presortSaves(uow: UOWTransaction, states: States): void;
  processDeletes(uow: UOWTransaction, states: States): void;
  processSaves(uow: UOWTransaction, states: States): void;
  propHasChanges(uow: UOWTransaction, states: States, isdelete: boolean): boolean;
}

/** An edge of the order of work: the first before the second. null where there is nothing to wait for. */
export type ActionEdge = readonly [PostSortAction | null, PostSortAction | null];
