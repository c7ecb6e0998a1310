// The steps of a flush: save or delete all objects of a hierarchy, process one relationship, or the same for one object.
//
// An action is made once per key within a flush. Actions without order between them run in the order of their sort keys:
// kind of action, then "module.Class", then relationship.
// Behaviour: SQLAlchemy orm/unitofwork.py (Preprocess, PostSortRec and its subclasses).
import { face } from "../face.ts";
import type { MapperContract } from "../state/contracts.ts";
import { stateStr } from "../state/access.ts";
import type { InstanceState } from "../state/state.ts";
import type { DependencyProcessorContract } from "./contracts.ts";
import * as persistence from "./persistence.ts";
import type { UOWTransaction } from "./unit-of-work.ts";

type States = readonly InstanceState[];

// What the panel beside a program shows: the class or relationship a statement of the flush is for.
const saveObj = (mapper: MapperContract, states: States, uow: UOWTransaction): void =>
  uow.concerning(face().className(mapper.class_), () => persistence.saveObj(mapper, states, uow));
const deleteObj = (mapper: MapperContract, states: States, uow: UOWTransaction): void =>
  uow.concerning(face().className(mapper.class_), () => persistence.deleteObj(mapper, states, uow));
const process = (
  processor: DependencyProcessorContract,
  states: States,
  isdelete: boolean,
  uow: UOWTransaction,
): void =>
  uow.concerning(String(processor.prop), () =>
    isdelete ? processor.processDeletes(uow, states) : processor.processSaves(uow, states),
  );

type SortKey = readonly (string | boolean)[];

export function bySortKey(a: PostSortAction, b: PostSortAction): number {
  for (let i = 0; i < a.sortKey.length && i < b.sortKey.length; i++) {
    const x = a.sortKey[i] as string | boolean;
    const y = b.sortKey[i] as string | boolean;
    if (x !== y) return x < y ? -1 : 1;
  }
  return a.sortKey.length - b.sortKey.length;
}

/** The mappers whose objects a processor looks at: the parent's side, or the other. */
function* mappersOf(
  uow: UOWTransaction,
  processor: DependencyProcessorContract,
  fromparent: boolean,
): Generator<MapperContract> {
  if (!fromparent) yield* processor.mapper.selfAndDescendants;
  else for (const m of processor.parent.selfAndDescendants) if (uow.mapperForDep(m, processor)) yield m;
}

/** Shows a dependency processor the objects it has not seen yet. */
export class Preprocess {
  private readonly processor: DependencyProcessorContract;
  private readonly fromparent: boolean;
  private readonly processed = new Set<InstanceState>();
  private setupFlushActions = false;

  constructor(processor: DependencyProcessorContract, fromparent: boolean) {
    this.processor = processor;
    this.fromparent = fromparent;
  }

  /** True where there was something new to look at. */
  execute(uow: UOWTransaction): boolean {
    const deletes: InstanceState[] = [];
    const saves: InstanceState[] = [];
    for (const mapper of mappersOf(uow, this.processor, this.fromparent))
      for (const state of uow.statesOf(mapper)) {
        if (this.processed.has(state)) continue;
        const [isdelete, listonly] = uow.states.get(state) as readonly [boolean, boolean];
        if (!listonly) (isdelete ? deletes : saves).push(state);
      }
    if (deletes.length) this.processor.presortDeletes(uow, deletes);
    for (const s of deletes) this.processed.add(s);
    if (saves.length) this.processor.presortSaves(uow, saves);
    for (const s of saves) this.processed.add(s);
    if (!deletes.length && !saves.length) return false;
    if (
      !this.setupFlushActions &&
      (this.processor.propHasChanges(uow, deletes, true) || this.processor.propHasChanges(uow, saves, false))
    ) {
      this.processor.perPropertyFlushActions(uow);
      this.setupFlushActions = true;
    }
    return true;
  }
}

export abstract class PostSortAction {
  disabled = false;
  abstract readonly sortKey: SortKey;

  execute(_uow: UOWTransaction): void {
    throw new Error("an action of a cycle runs with its like");
  }

  /** Runs this action together with its like among `recs`, which it takes out. */
  executeAggregate(uow: UOWTransaction, _recs: Set<PostSortAction>): void {
    this.execute(uow);
  }

  /** As errors about cycles name it. */
  repr(): string {
    return this.toString();
  }

  /** What takes this action's place where it is part of a cycle. */
  perStateFlushActions(_uow: UOWTransaction): PostSortAction[] {
    return [];
  }

  /** @internal The action of this key, made once. */
  protected static once<A extends PostSortAction>(uow: UOWTransaction, key: string, make: () => A): A {
    let action = uow.postsortActions.get(key);
    if (!action) uow.postsortActions.set(key, (action = make()));
    return action as A;
  }
}

/** Takes the members of `recs` that are like this action, and gives their states after its own. */
function aggregate<A extends PostSortAction & { readonly state: InstanceState }>(
  self: A,
  recs: Set<PostSortAction>,
  like: (other: A) => boolean,
): InstanceState[] {
  const states = [self.state];
  for (const r of [...recs])
    if (r.constructor === self.constructor && like(r as A)) {
      recs.delete(r);
      states.push((r as A).state);
    }
  return states;
}

/** One relationship, all its parents. */
export class ProcessAll extends PostSortAction {
  readonly sortKey: SortKey;
  readonly isdelete: boolean;
  private readonly processor: DependencyProcessorContract;
  private readonly fromparent: boolean;

  static of(
    uow: UOWTransaction,
    processor: DependencyProcessorContract,
    isdelete: boolean,
    fromparent: boolean,
  ): ProcessAll {
    return PostSortAction.once(
      uow,
      `ProcessAll ${uow.idOf(processor)} ${isdelete} ${fromparent}`,
      () => new ProcessAll(uow, processor, isdelete, fromparent),
    );
  }

  private constructor(
    uow: UOWTransaction,
    processor: DependencyProcessorContract,
    isdelete: boolean,
    fromparent: boolean,
  ) {
    super();
    this.processor = processor;
    this.isdelete = isdelete;
    this.fromparent = fromparent;
    this.sortKey = ["ProcessAll", processor.sortKey, isdelete];
    const base = processor.parent.baseMapper;
    const deps = uow.deps.get(base);
    if (deps) deps.add(processor);
    else uow.deps.set(base, new Set([processor]));
  }

  override execute(uow: UOWTransaction): void {
    const states: InstanceState[] = [];
    for (const mapper of mappersOf(uow, this.processor, this.fromparent))
      for (const state of uow.statesOf(mapper)) {
        const [isdelete, listonly] = uow.states.get(state) as readonly [boolean, boolean];
        if (isdelete === this.isdelete && !listonly) states.push(state);
      }
    process(this.processor, states, this.isdelete, uow);
  }

  override toString(): string {
    return `ProcessAll(${String(this.processor)}, isdelete=${this.isdelete ? "True" : "False"})`;
  }
}

/** The second UPDATE of relationships with post_update. */
export class PostUpdateAll extends PostSortAction {
  readonly sortKey: SortKey;
  private readonly mapper: MapperContract;
  private readonly isdelete: boolean;

  static of(uow: UOWTransaction, mapper: MapperContract, isdelete: boolean): PostUpdateAll {
    return PostSortAction.once(
      uow,
      `PostUpdateAll ${uow.idOf(mapper)} ${isdelete}`,
      () => new PostUpdateAll(mapper, isdelete),
    );
  }

  private constructor(mapper: MapperContract, isdelete: boolean) {
    super();
    this.mapper = mapper;
    this.isdelete = isdelete;
    this.sortKey = ["PostUpdateAll", mapper._sortKey, isdelete];
  }

  override execute(uow: UOWTransaction): void {
    const { states, cols } = uow.postUpdateOf(this.mapper);
    persistence.postUpdate(
      this.mapper,
      [...states].filter((s) => uow.isDeleted(s) === this.isdelete),
      uow,
      cols,
    );
  }
}

/** All INSERTs and UPDATEs of a hierarchy. */
export class SaveUpdateAll extends PostSortAction {
  readonly sortKey: SortKey;
  private readonly mapper: MapperContract;

  static of(uow: UOWTransaction, mapper: MapperContract): SaveUpdateAll {
    return PostSortAction.once(uow, `SaveUpdateAll ${uow.idOf(mapper)}`, () => new SaveUpdateAll(mapper));
  }

  private constructor(mapper: MapperContract) {
    super();
    this.mapper = mapper;
    this.sortKey = ["SaveUpdateAll", mapper._sortKey];
  }

  override execute(uow: UOWTransaction): void {
    saveObj(this.mapper, uow.statesForMapperHierarchy(this.mapper, false, false), uow);
  }

  override perStateFlushActions(uow: UOWTransaction): PostSortAction[] {
    const states = uow.statesForMapperHierarchy(this.mapper, false, false);
    const deleteAll = DeleteAll.of(uow, this.mapper.baseMapper);
    const actions = states.map((state) => SaveUpdateState.of(uow, state));
    for (const action of actions) uow.addDependencies([action, deleteAll]);
    for (const dep of uow.deps.get(this.mapper) ?? [])
      dep.perStateFlushActions(uow, uow.filterStatesForDep(dep, states), false);
    return actions;
  }

  override toString(): string {
    return `SaveUpdateAll(${this.mapper.toString()})`;
  }
}

/** All DELETEs of a hierarchy. */
export class DeleteAll extends PostSortAction {
  readonly sortKey: SortKey;
  private readonly mapper: MapperContract;

  static of(uow: UOWTransaction, mapper: MapperContract): DeleteAll {
    return PostSortAction.once(uow, `DeleteAll ${uow.idOf(mapper)}`, () => new DeleteAll(mapper));
  }

  private constructor(mapper: MapperContract) {
    super();
    this.mapper = mapper;
    this.sortKey = ["DeleteAll", mapper._sortKey];
  }

  override execute(uow: UOWTransaction): void {
    deleteObj(this.mapper, uow.statesForMapperHierarchy(this.mapper, true, false), uow);
  }

  override perStateFlushActions(uow: UOWTransaction): PostSortAction[] {
    const states = uow.statesForMapperHierarchy(this.mapper, true, false);
    const saveAll = SaveUpdateAll.of(uow, this.mapper.baseMapper);
    const actions = states.map((state) => DeleteState.of(uow, state));
    for (const action of actions) uow.addDependencies([saveAll, action]);
    for (const dep of uow.deps.get(this.mapper) ?? [])
      dep.perStateFlushActions(uow, uow.filterStatesForDep(dep, states), true);
    return actions;
  }

  override toString(): string {
    return `DeleteAll(${this.mapper.toString()})`;
  }
}

/** One relationship of one parent. */
export class ProcessState extends PostSortAction {
  readonly sortKey: SortKey;
  readonly state: InstanceState;
  private readonly processor: DependencyProcessorContract;
  private readonly isdelete: boolean;

  static of(
    uow: UOWTransaction,
    processor: DependencyProcessorContract,
    isdelete: boolean,
    state: InstanceState,
  ): ProcessState {
    return PostSortAction.once(
      uow,
      `ProcessState ${uow.idOf(processor)} ${isdelete} ${uow.idOf(state)}`,
      () => new ProcessState(processor, isdelete, state),
    );
  }

  private constructor(processor: DependencyProcessorContract, isdelete: boolean, state: InstanceState) {
    super();
    this.processor = processor;
    this.isdelete = isdelete;
    this.state = state;
    this.sortKey = ["ProcessState", processor.sortKey];
  }

  override executeAggregate(uow: UOWTransaction, recs: Set<PostSortAction>): void {
    const states = aggregate<ProcessState>(
      this,
      recs,
      (r) => r.processor === this.processor && r.isdelete === this.isdelete,
    );
    process(this.processor, states, this.isdelete, uow);
  }

  override toString(): string {
    return `ProcessState(${String(this.processor)}, ${stateStr(this.state)}, delete=${this.isdelete ? "True" : "False"})`;
  }
}

/** The INSERT or UPDATE of one object. */
export class SaveUpdateState extends PostSortAction {
  readonly sortKey: SortKey;
  readonly state: InstanceState;
  private readonly mapper: MapperContract;

  static of(uow: UOWTransaction, state: InstanceState): SaveUpdateState {
    return PostSortAction.once(uow, `SaveUpdateState ${uow.idOf(state)}`, () => new SaveUpdateState(state));
  }

  private constructor(state: InstanceState) {
    super();
    this.state = state;
    this.mapper = state.mapper.baseMapper;
    // The kind in the key is the library's own: saves sort among the processing of relationships.
    this.sortKey = ["ProcessState", this.mapper._sortKey];
  }

  override executeAggregate(uow: UOWTransaction, recs: Set<PostSortAction>): void {
    saveObj(
      this.mapper,
      aggregate<SaveUpdateState>(this, recs, (r) => r.mapper === this.mapper),
      uow,
    );
  }

  override toString(): string {
    return `SaveUpdateState(${stateStr(this.state)})`;
  }
}

/** The DELETE of one object. */
export class DeleteState extends PostSortAction {
  readonly sortKey: SortKey;
  readonly state: InstanceState;
  private readonly mapper: MapperContract;

  static of(uow: UOWTransaction, state: InstanceState): DeleteState {
    return PostSortAction.once(uow, `DeleteState ${uow.idOf(state)}`, () => new DeleteState(state));
  }

  private constructor(state: InstanceState) {
    super();
    this.state = state;
    this.mapper = state.mapper.baseMapper;
    this.sortKey = ["DeleteState", this.mapper._sortKey];
  }

  override executeAggregate(uow: UOWTransaction, recs: Set<PostSortAction>): void {
    const states = aggregate<DeleteState>(this, recs, (r) => r.mapper === this.mapper);
    deleteObj(
      this.mapper,
      states.filter((s) => uow.isDeleted(s)),
      uow,
    );
  }

  override toString(): string {
    return `DeleteState(${stateStr(this.state)})`;
  }
}
