// Collections that are never loaded as a whole: what was added and removed is kept until the flush.
// Behaviour: SQLAlchemy orm/writeonly.py (WriteOnlyHistory, WriteOnlyAttributeImpl).
import { InvalidRequestError } from "../../errors/index.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import { host, type Value } from "../../util/host.ts";
import { itemsOf } from "../../util/items.ts";
import { OrderedSet } from "../../util/identity.ts";
import { History } from "../attributes/history.ts";
import { AttributeImpl, type ImplOptions, type Pending } from "../attributes/impl.ts";
import { AttributeEventToken, type Initiator } from "../attributes/token.ts";
import type { AttributeDispatch } from "../events.ts";
import type { AttrDict, ClassRef } from "../face.ts";
import {
  INIT_OK,
  NO_VALUE,
  PASSIVE_NO_FETCH,
  PASSIVE_NO_INITIALIZE,
  PASSIVE_OFF,
  SQL_OK,
  type PassiveFlag,
} from "../flags.ts";
import type { Mapper } from "../mapping/mapper.ts";
import { instanceState } from "../state/access.ts";
import type { InstanceState } from "../state/state.ts";

/** What was put into a collection and taken out. */
export class WriteOnlyHistory {
  addedItems: OrderedSet<Value> = new OrderedSet();
  deletedItems: OrderedSet<Value> = new OrderedSet();
  /** Members in the database, where they are known. */
  unchangedItems: OrderedSet<Value> = new OrderedSet();
  reconcile = false;

  get addedPlusUnchanged(): Value[] {
    return [...this.addedItems.union(this.unchangedItems)];
  }
  get allItems(): Value[] {
    return [...this.addedItems.union(this.unchangedItems, this.deletedItems)];
  }

  asHistory(): History {
    const { addedItems: added, deletedItems: deleted, unchangedItems: unchanged } = this;
    if (!this.reconcile) return new History([...added], [...unchanged], [...deleted]);
    const gone = deleted.intersection(unchanged);
    return new History([...added.difference(unchanged)], [...unchanged.difference(gone)], [...gone]);
  }

  addAdded(value: Value): void {
    this.addedItems.add(value);
  }
  addRemoved(value: Value): void {
    if (!this.addedItems.discard(value)) this.deletedItems.add(value);
  }
}

export interface CollectionImplOptions extends ImplOptions {
  readonly targetMapper: Mapper;
  readonly orderBy: readonly ColumnElement[];
  /** Of a dynamic relationship: the class of its queries. */
  readonly queryClass?: Value;
}

/** Members for those who ask an impl for its collection. */
class Members implements Iterable<Value> {
  private readonly data: readonly Value[];
  constructor(data: readonly Value[]) {
    this.data = data;
  }
  items(): readonly Value[] {
    return this.data;
  }
  [Symbol.iterator](): Iterator<Value> {
    return this.data[Symbol.iterator]();
  }
  get length(): number {
    return this.data.length;
  }
}

export abstract class UnloadedCollectionImpl extends AttributeImpl {
  override readonly dynamic: boolean = true;
  override readonly supportsPopulation: boolean = false;
  readonly usesObjects = true;
  readonly targetMapper: Mapper;
  readonly orderBy: readonly ColumnElement[];
  readonly _appendToken: AttributeEventToken;
  readonly _removeToken: AttributeEventToken;

  constructor(class_: ClassRef, key: string, dispatch: AttributeDispatch, options: ImplOptions) {
    super(class_, key, null, dispatch, false, options);
    const { targetMapper, orderBy } = options as CollectionImplOptions;
    this.targetMapper = targetMapper;
    this.orderBy = orderBy;
    this._appendToken = new AttributeEventToken(this, "APPEND");
    this._removeToken = new AttributeEventToken(this, "REMOVE");
  }

  /** What programs have in the place of a list. */
  protected abstract present(state: InstanceState): Value;
  /** Whether members can be read, to compare them with others. */
  protected abstract readonly iterates: boolean;
  /** The history with the members of the database. */
  protected abstract loaded(
    state: InstanceState,
    passive: PassiveFlag,
    history: WriteOnlyHistory,
  ): WriteOnlyHistory;

  override get(state: InstanceState, _dict: AttrDict, passive: PassiveFlag = PASSIVE_OFF): Value {
    return passive & SQL_OK
      ? this.present(state)
      : [...this._getCollectionHistory(state, PASSIVE_NO_INITIALIZE).addedItems];
  }

  getCollection(
    state: InstanceState,
    _dict: AttrDict,
    _userData: Value = null,
    passive: PassiveFlag = PASSIVE_OFF,
  ): Members {
    const history = this._getCollectionHistory(state, passive);
    return new Members(passive & SQL_OK ? history.addedPlusUnchanged : [...history.addedItems]);
  }

  /** @internal */
  _getCollectionHistory(state: InstanceState, passive: PassiveFlag): WriteOnlyHistory {
    const kept =
      (state.committedState.get(this.key) as WriteOnlyHistory | undefined) ?? new WriteOnlyHistory();
    return state.hasIdentity && passive & INIT_OK ? this.loaded(state, passive, kept) : kept;
  }

  private changing(state: InstanceState, dict: AttrDict): WriteOnlyHistory {
    if (!state.committedState.has(this.key)) state._keepCommitted(this.key, new WriteOnlyHistory());
    state._modifiedEvent(dict, this, NO_VALUE);
    dict.set(this.key, true);
    return state.committedState.get(this.key) as WriteOnlyHistory;
  }

  private fireAppend(
    state: InstanceState,
    dict: AttrDict,
    given: Value,
    initiator: Initiator,
    history: WriteOnlyHistory = this.changing(state, dict),
  ): void {
    let value = given;
    history.addAdded(value);
    for (const fn of this.dispatch.append) value = fn(state, value, initiator || this._appendToken, null);
    if (this.trackparent && value !== null) this.sethasparent(instanceState(value), state, true);
  }

  private fireRemove(
    state: InstanceState,
    dict: AttrDict,
    value: Value,
    initiator: Initiator,
    history: WriteOnlyHistory = this.changing(state, dict),
  ): void {
    history.addRemoved(value);
    if (this.trackparent && value !== null) this.sethasparent(instanceState(value), state, false);
    for (const fn of this.dispatch.remove) fn(state, value, initiator || this._removeToken, null);
  }

  set(
    state: InstanceState,
    dict: AttrDict,
    value: Value,
    initiator: Initiator = null,
    passive: PassiveFlag = PASSIVE_OFF,
    _checkOld: Value = null,
    pop = false,
  ): void {
    if (initiator && initiator.parentToken === this.parentToken) return;
    if (pop && value === null) return;
    const wanted = itemsOf(value);
    let old: Value[] = [];
    if (state.hasIdentity) {
      if (!this.iterates)
        throw new InvalidRequestError(
          `Collection "${this.toString()}" does not support implicit iteration; collection replacement operations can't be used`,
        );
      old = [
        ...(host.iterate(this.get(state, dict, passive)) ??
          (this.get(state, dict, passive) as Iterable<Value>)),
      ];
    }
    const history = this.changing(state, dict);
    const before = new Set([...old, ...history.addedItems]);
    const after = new Set(wanted);
    for (const item of wanted) if (!before.has(item)) this.fireAppend(state, dict, item, null, history);
    for (const item of before) if (!after.has(item)) this.fireRemove(state, dict, item, null, history);
  }

  delete(): never {
    throw host.error("NotImplementedError", "");
  }

  override setCommittedValue(): never {
    throw host.error("NotImplementedError", "Dynamic attributes don't support collection population.");
  }

  getHistory(state: InstanceState, _dict: AttrDict, passive: PassiveFlag = PASSIVE_NO_FETCH): History {
    return this._getCollectionHistory(state, passive).asHistory();
  }

  override getAllPending(
    state: InstanceState,
    _dict: AttrDict,
    passive: PassiveFlag = PASSIVE_NO_INITIALIZE,
  ): Pending[] {
    return this._getCollectionHistory(state, passive).allItems.map((x) => [instanceState(x), x]);
  }

  override append(state: InstanceState, dict: AttrDict, value: Value, initiator: Initiator): void {
    this.fireAppend(state, dict, value, initiator);
  }
  override remove(state: InstanceState, dict: AttrDict, value: Value, initiator: Initiator): void {
    this.fireRemove(state, dict, value, initiator);
  }
  override pop(state: InstanceState, dict: AttrDict, value: Value, initiator: Initiator): void {
    this.fireRemove(state, dict, value, initiator);
  }
}
