// The unit of work of one flush: which objects are saved and deleted, and in what order.
//
// Objects are registered; dependency processors look at their relationships and register more, until nothing new turns
// up; the resulting actions are sorted by what must come before what and executed. Where mappers depend on each other in
// a cycle, their actions are replaced by one action an object.
// Behaviour: SQLAlchemy orm/unitofwork.py (UOWTransaction).
import { withCause, type Cause } from "../../engine/trace.ts";
import { ObjectDeletedError, warn } from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";
import { findCycles, sort, sortAsSubsets, type Edge } from "../../util/topological.ts";
import type { History } from "../attributes/history.ts";
import {
  LOAD_AGAINST_COMMITTED,
  NO_RAISE,
  PASSIVE_NO_INITIALIZE,
  PASSIVE_OFF,
  SQL_OK,
  type PassiveFlag,
} from "../flags.ts";
import type { Session } from "../session/session.ts";
import type { SessionTransaction } from "../session/transaction.ts";
import { stateClassStr } from "../state/access.ts";
import type { MapperContract, PropertyContract } from "../state/contracts.ts";
import type { Column } from "../state/sql-types.ts";
import type { InstanceState } from "../state/state.ts";
import { bySortKey, DeleteAll, Preprocess, SaveUpdateAll, type PostSortAction } from "./actions.ts";
import type { ActionEdge, DependencyProcessorContract } from "./contracts.ts";

/** The history of an attribute; of objects, the history of their states. */
export type StateHistory = History<InstanceState | null>;

interface Remembered {
  stateHistory: History;
  passive: PassiveFlag;
}

type Fate = readonly [isdelete: boolean, listonly: boolean];
const SAVE: Fate = [false, false];
const DELETE: Fate = [true, false];
const SEE: Fate = [false, true];
const SEE_DELETED: Fate = [true, true];
const fate = (isdelete: boolean, listonly: boolean): Fate =>
  listonly ? (isdelete ? SEE_DELETED : SEE) : isdelete ? DELETE : SAVE;

export interface RegisterOptions {
  readonly isdelete?: boolean;
  /** Only its place in collections matters: it is neither saved nor deleted. */
  readonly listonly?: boolean;
  readonly cancelDelete?: boolean;
  /** Named in the warning when the object is not in the session. */
  readonly operation?: string;
  readonly prop?: PropertyContract;
}

export class UOWTransaction {
  readonly session: Session;
  transaction!: SessionTransaction;
  /** State → whether it is deleted, and whether it is only looked at. */
  readonly states = new Map<InstanceState, Fate>();
  readonly mappers = new Map<MapperContract, Set<InstanceState>>();
  /** Base mapper of the parent → its processors. */
  readonly deps = new Map<MapperContract, Set<DependencyProcessorContract>>();
  readonly postsortActions = new Map<string, PostSortAction>();
  /** Base mapper → objects that get a second UPDATE, and its columns. */
  readonly postUpdateStates = new Map<MapperContract, { states: Set<InstanceState>; cols: Set<Column> }>();
  cycles: Set<PostSortAction> = new Set();

  private readonly presortActions: Preprocess[] = [];
  private readonly preprocessed = new Map<DependencyProcessorContract, Set<boolean>>();
  private readonly edges = new Map<PostSortAction | null, Set<PostSortAction | null>>();
  /** By attribute key, then by state. */
  private readonly histories = new Map<string, Map<InstanceState, Remembered>>();
  private readonly memos = new Map<object, Map<string, unknown>>();
  private readonly cascadedPks = new Map<InstanceState, Set<Column>>();
  private readonly depOfMapper = new Map<MapperContract, Map<DependencyProcessorContract, boolean>>();
  private readonly objectIds = new Map<object, number>();

  /** Why it runs: what the trace says of its statements. */
  private readonly cause: Cause;

  constructor(session: Session, cause: Cause = "flush") {
    this.session = session;
    this.cause = cause;
  }

  /** Runs `fn`, its statements said to concern a class or relationship. */
  concerning<T>(subject: string, fn: () => T): T {
    return withCause(this.cause, subject, fn);
  }

  get hasWork(): boolean {
    return this.states.size > 0;
  }

  /** A number of an object within this flush, for keys of actions. */
  idOf(o: object): number {
    let id = this.objectIds.get(o);
    if (id === undefined) this.objectIds.set(o, (id = this.objectIds.size));
    return id;
  }

  /** Whether the row of an expired object turns out to be gone. */
  wasAlreadyDeleted(state: InstanceState): boolean {
    if (!state.expired) return false;
    try {
      state._loadExpired(state, PASSIVE_OFF);
    } catch (e) {
      if (!(e instanceof ObjectDeletedError)) throw e;
      this.session._removeNewlyDeleted([state]);
      return true;
    }
    return false;
  }

  isDeleted(state: InstanceState): boolean {
    return this.states.get(state)?.[0] ?? false;
  }

  /** A value kept for the time of the flush, made on first use. */
  memo<T>(owner: object, name: string, make: () => T): T {
    let of = this.memos.get(owner);
    if (!of) this.memos.set(owner, (of = new Map()));
    if (!of.has(name)) of.set(name, make());
    return of.get(name) as T;
  }

  /** A primary key column was set from the parent's: the database may have cascaded the change. */
  flagPkCascaded(state: InstanceState, column: Column): void {
    const columns = this.cascadedPks.get(state);
    if (columns) columns.add(column);
    else this.cascadedPks.set(state, new Set([column]));
  }

  isPkCascaded(state: InstanceState, column: Column): boolean {
    return this.cascadedPks.get(state)?.has(column) ?? false;
  }

  /** Takes a state out of saving and deleting: another has its place (row switch). */
  removeStateActions(state: InstanceState): void {
    this.states.set(state, fate(this.isDeleted(state), true));
  }

  /** The history of an attribute, looked up once a flush unless it must now be loaded. */
  getAttributeHistory(
    state: InstanceState,
    key: string,
    passive: PassiveFlag = PASSIVE_NO_INITIALIZE,
  ): StateHistory {
    let of = this.histories.get(key);
    if (!of) this.histories.set(key, (of = new Map()));
    const known = of.get(state);
    const reload = known !== undefined && !(known.passive & SQL_OK) && (passive & SQL_OK) !== 0;
    if (known && !reload) return known.stateHistory as StateHistory;
    const impl = state.manager.getImpl(key);
    const history = impl.getHistory(
      state,
      state.dict,
      (reload ? PASSIVE_OFF : passive) | LOAD_AGAINST_COMMITTED | NO_RAISE,
    );
    const stateHistory = (history.isTrue && impl.usesObjects ? history.asState() : history) as History;
    of.set(state, { stateHistory, passive });
    return stateHistory as StateHistory;
  }

  hasDep(processor: DependencyProcessorContract): boolean {
    return this.preprocessed.get(processor)?.has(true) ?? false;
  }

  registerPreprocessor(processor: DependencyProcessorContract, fromparent: boolean): void {
    let seen = this.preprocessed.get(processor);
    if (!seen) this.preprocessed.set(processor, (seen = new Set()));
    if (seen.has(fromparent)) return;
    seen.add(fromparent);
    this.presortActions.push(new Preprocess(processor, fromparent));
  }

  /** Takes an object into the flush. False where it is not in the session. */
  registerObject(state: InstanceState, options: RegisterOptions = {}): boolean {
    const { isdelete = false, listonly = false, cancelDelete = false, operation, prop } = options;
    if (!this.session._containsState(state)) {
      if (!state.deleted && operation !== undefined)
        warn(
          `Object of type ${stateClassStr(state)} not in session, ${operation} operation along '${String(prop)}' will not proceed`,
        );
      return false;
    }
    if (!this.states.has(state)) {
      const mapper = state.manager.mapper;
      if (!this.mappers.has(mapper)) this.perMapperFlushActions(mapper);
      this.statesOf(mapper).add(state);
      this.states.set(state, fate(isdelete, listonly));
    } else if (!listonly && (isdelete || cancelDelete)) this.states.set(state, fate(isdelete, false));
    return true;
  }

  /**
   * The objects of a mapper. To ask makes the mapper known: a defaultdict in SQLAlchemy, whose side effect decides which
   * relationships count as touched (prop_has_changes).
   */
  statesOf(mapper: MapperContract): Set<InstanceState> {
    let states = this.mappers.get(mapper);
    if (!states) this.mappers.set(mapper, (states = new Set()));
    return states;
  }

  registerPostUpdate(state: InstanceState, cols: Iterable<Column>): void {
    const of = this.postUpdateOf(state.manager.mapper.baseMapper);
    of.states.add(state);
    for (const c of cols) of.cols.add(c);
  }

  /** @internal */
  postUpdateOf(mapper: MapperContract): { states: Set<InstanceState>; cols: Set<Column> } {
    let of = this.postUpdateStates.get(mapper);
    if (!of) this.postUpdateStates.set(mapper, (of = { states: new Set(), cols: new Set() }));
    return of;
  }

  private perMapperFlushActions(mapper: MapperContract): void {
    const saves = SaveUpdateAll.of(this, mapper.baseMapper);
    const deletes = DeleteAll.of(this, mapper.baseMapper);
    this.addDependencies([saves, deletes]);
    for (const dep of mapper._dependencyProcessors) dep.perPropertyPreprocessors(this);
    for (const prop of mapper.relationships)
      if (!prop.viewonly) prop._dependencyProcessor.perPropertyPreprocessors(this);
  }

  addDependencies(...edges: ActionEdge[]): void {
    for (const [first, second] of edges) {
      const after = this.edges.get(first);
      if (after) after.add(second);
      else this.edges.set(first, new Set([second]));
    }
  }

  /** Whether the relationship as the processor knows it is the one a subclass's mapper has. */
  mapperForDep(mapper: MapperContract, dep: DependencyProcessorContract): boolean {
    let of = this.depOfMapper.get(mapper);
    if (!of) this.depOfMapper.set(mapper, (of = new Map()));
    let is = of.get(dep);
    if (is === undefined) of.set(dep, (is = mapper._props.get(dep.key) === dep.prop));
    return is;
  }

  filterStatesForDep(dep: DependencyProcessorContract, states: Iterable<InstanceState>): InstanceState[] {
    return [...states].filter((s) => this.mapperForDep(s.manager.mapper, dep));
  }

  statesForMapperHierarchy(mapper: MapperContract, isdelete: boolean, listonly: boolean): InstanceState[] {
    const found: InstanceState[] = [];
    for (const m of mapper.baseMapper.selfAndDescendants)
      for (const state of this.statesOf(m)) {
        const [del, list] = this.states.get(state) as readonly [boolean, boolean];
        if (del === isdelete && list === listonly) found.push(state);
      }
    return found;
  }

  private generateActions(): PostSortAction[] {
    for (let worked = true; worked;) {
      worked = false;
      for (const action of [...this.presortActions]) if (action.execute(this)) worked = true;
    }
    const cycles = (this.cycles = findCycles(this.edgeList(), this.postsortActions.values()));
    if (cycles.size) {
      const convert = new Map([...cycles].map((rec) => [rec, new Set(rec.perStateFlushActions(this))]));
      for (const [first, second] of [...this.edgePairs()]) {
        const drop =
          first === null ||
          second === null ||
          first.disabled ||
          second.disabled ||
          (cycles.has(first) && cycles.has(second));
        if (drop) this.removeEdge(first, second);
        else if (cycles.has(first)) {
          this.removeEdge(first, second);
          for (const dep of convert.get(first) ?? []) this.addDependencies([dep, second]);
        } else if (cycles.has(second)) {
          this.removeEdge(first, second);
          for (const dep of convert.get(second) ?? []) this.addDependencies([first, dep]);
        }
      }
    }
    return [...this.postsortActions.values()].filter((a) => !a.disabled && !cycles.has(a));
  }

  execute(): void {
    const actions = this.generateActions().sort(bySortKey);
    if (!this.cycles.size) {
      for (const rec of sort(this.edgeList(), actions)) rec.execute(this);
      return;
    }
    for (const subset of sortAsSubsets(this.edgeList(), actions)) {
      const open = new Set(subset);
      for (const action of subset) if (open.delete(action)) action.executeAggregate(this, open);
    }
  }

  /** After the flush: what was deleted leaves the session, all else is persistent and clean. */
  finalizeFlushChanges(): void {
    if (!this.states.size) return;
    const deleted: InstanceState[] = [];
    const other: InstanceState[] = [];
    for (const [state, [isdelete]] of this.states) (isdelete ? deleted : other).push(state);
    if (deleted.length) this.session._removeNewlyDeleted(deleted);
    if (other.length) this.session._registerPersistent(other);
  }

  private *edgePairs(): Generator<ActionEdge> {
    for (const [first, after] of this.edges) for (const second of after) yield [first, second];
  }

  private edgeList(): Edge<PostSortAction>[] {
    return [...this.edgePairs()] as unknown as Edge<PostSortAction>[];
  }

  private removeEdge(first: PostSortAction | null, second: PostSortAction | null): void {
    this.edges.get(first)?.delete(second);
  }

  /** @internal For the sink of listeners: a flush context is an object of the program, too. */
  toString(): string {
    return host.repr(this as Value);
  }
}
