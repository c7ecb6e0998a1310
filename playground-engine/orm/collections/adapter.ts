// Stands between an object's collection attribute and the collection the program holds.
//
// The program's mutators call it (face.CollectionEvents), and it passes the events on to the attribute; the ORM changes the
// collection through it, with or without events. An adapter may be "empty": its collection was handed out for reading an
// attribute nobody set, and enters the object's dictionary at its first change.
// Behaviour: SQLAlchemy orm/collections.py (CollectionAdapter).
import { InvalidRequestError, warn } from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";
import type { CollectionAttributeImpl } from "../attributes/collection.ts";
import type { Initiator } from "../attributes/token.ts";
import { face, type CollectionEvents, type CollectionInitiator, type CollectionOps } from "../face.ts";
import { NO_KEY } from "../flags.ts";
import type { InstanceState } from "../state/state.ts";

export class CollectionAdapter implements CollectionEvents {
  readonly attr: CollectionAttributeImpl;
  readonly ownerState: InstanceState;
  /** No longer the object's collection: its value has been expired or replaced. */
  invalidated = false;
  empty = false;
  private collection: Value = undefined;
  private ops!: CollectionOps;

  constructor(attr: CollectionAttributeImpl, ownerState: InstanceState) {
    this.attr = attr;
    this.ownerState = ownerState;
  }

  /** The program's collection. */
  get data(): Value {
    return this.collection;
  }

  /** @internal Joins adapter and collection. */
  _bind(collection: Value): void {
    this.collection = collection;
    this.ops = face().collectionOps(collection);
    face().setAdapter(collection, this);
  }

  /** What the class's converter makes of an assigned value; undefined where it has none. */
  convert(given: Value): Iterable<Value> | undefined {
    return this.ops.convert?.(this.collection, given);
  }

  /** The members of a collection to be assigned: one of the same class tells them itself. */
  itemsOf(given: Value): Iterable<Value> {
    if (given !== null && host.typeOf(given) === host.typeOf(this.collection)) return this.ops.items(given);
    return this.ops.itemsOf?.(given) ?? host.iterate(given) ?? [];
  }

  /** @internal Tells a collection class that asks for it about its attribute. */
  _link(linked: boolean): void {
    this.ops.link?.(this.collection, linked ? this : undefined);
  }

  items(): Value[] {
    return this.ops.items(this.collection);
  }

  get size(): number {
    return this.items().length;
  }

  [Symbol.iterator](): Iterator<Value> {
    return this.items()[Symbol.iterator]();
  }

  appendWithEvent(item: Value, initiator: Initiator = null): void {
    this.ops.append(this.collection, item, initiator);
  }

  appendWithoutEvent(item: Value): void {
    if (this.empty) this.refuseEmpty();
    this.ops.append(this.collection, item, false);
  }

  appendMultipleWithoutEvent(items: Iterable<Value>): void {
    if (this.empty) this.refuseEmpty();
    for (const item of items) this.ops.append(this.collection, item, false);
  }

  removeWithEvent(item: Value, initiator: Initiator = null): void {
    this.ops.remove(this.collection, item, initiator);
  }

  removeWithoutEvent(item: Value): void {
    if (this.empty) this.refuseEmpty();
    this.ops.remove(this.collection, item, false);
  }

  clearWithEvent(initiator: Initiator = null): void {
    if (this.empty) this.refuseEmpty();
    for (const item of this.items()) this.ops.remove(this.collection, item, initiator);
  }

  clearWithoutEvent(): void {
    this.clearWithEvent(false);
  }

  // ---- the collection handed out for reading

  /** @internal */
  _setEmpty(): void {
    this.empty = true;
    this.ownerState._emptyCollections.set(this.attr.key, this.collection);
  }

  /** @internal The first change: the collection becomes the object's own. */
  _resetEmpty(): void {
    this.empty = false;
    const { _emptyCollections, dict } = this.ownerState;
    dict.set(this.attr.key, _emptyCollections.get(this.attr.key));
    _emptyCollections.delete(this.attr.key);
  }

  private refuseEmpty(): never {
    throw new InvalidRequestError(
      "This is a special 'empty' collection which cannot accommodate internal mutation operations",
    );
  }

  // ---- events of the collection

  fireAppend(item: Value, initiator: CollectionInitiator, key: Value = NO_KEY): Value {
    if (initiator === false) return item;
    this.beforeEvent();
    return this.attr.fireAppendEvent(
      this.ownerState,
      this.ownerState.dict,
      item,
      initiator as Initiator,
      key,
    );
  }

  fireAppendUnchanged(item: Value, initiator: CollectionInitiator): void {
    if (initiator === false) return;
    this.beforeEvent();
    this.attr.fireAppendWoMutationEvent(this.ownerState, item, initiator as Initiator, null);
  }

  fireRemove(item: Value, initiator: CollectionInitiator, key: Value = NO_KEY): void {
    if (initiator === false) return;
    this.beforeEvent();
    this.attr.fireRemoveEvent(this.ownerState, this.ownerState.dict, item, initiator as Initiator, key);
  }

  fireBeforePop(): void {
    if (this.invalidated) this.warnInvalidated();
    this.attr.firePreRemoveEvent(this.ownerState, this.ownerState.dict);
  }

  /** @internal The items stay though the collection object is another. */
  _fireAppendUnchangedBulk(items: readonly Value[], initiator: Initiator): void {
    if (!items.length || initiator === false) return;
    this.beforeEvent();
    for (const item of items) this.attr.fireAppendWoMutationEvent(this.ownerState, item, initiator, NO_KEY);
  }

  /** @internal */
  _fireRemoveBulk(items: readonly Value[], initiator: Initiator): void {
    if (!items.length || initiator === false) return;
    this.beforeEvent();
    for (const item of items)
      this.attr.fireRemoveEvent(this.ownerState, this.ownerState.dict, item, initiator, NO_KEY);
  }

  private beforeEvent(): void {
    if (this.invalidated) this.warnInvalidated();
    // a collection may outlive its object: the identity map finds out
    const { key, _instanceDict } = this.ownerState;
    if (key !== null) _instanceDict?.get(key);
    if (this.empty) this._resetEmpty();
  }

  private warnInvalidated(): void {
    warn("This collection has been invalidated.");
  }
}

/** The adapter of a collection of an object. */
export function collectionAdapter(collection: Value): CollectionAdapter {
  const adapter = face().adapterOf(collection);
  if (adapter) return adapter as CollectionAdapter;
  throw host.noAttribute(collection, "_sa_adapter");
}
