// A relationship's collection: an array that tells the unit of work of each change.
//
// It reads as any array does. It is changed by push, append, remove, pop, splice and clear; TypeScript's types leave out
// the ways that would go unnoticed (an assignment to an index, to `length`, sorting in place).
import type { CollectionEvents, CollectionInitiator, CollectionOps } from "../orm/face.ts";
import type { Value } from "../util/host.ts";

/** How programs see it. */
export interface Collection<T> extends ReadonlyArray<T> {
  push(...items: T[]): number;
  append(item: T): void;
  /** @throws RangeError where the item is not there */
  remove(item: T): void;
  pop(): T | undefined;
  splice(start: number, deleteCount?: number, ...items: T[]): T[];
  clear(): void;
}

export class MappedList extends Array<Value> {
  #adapter: CollectionEvents | undefined;

  static adapterOf(c: MappedList): CollectionEvents | undefined {
    return c.#adapter;
  }
  static setAdapter(c: MappedList, adapter: CollectionEvents | undefined): void {
    c.#adapter = adapter;
  }
  /** What filter, map and slice give is a plain array. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  override push(...items: Value[]): number {
    for (const item of items) listOps.append(this, item, null);
    return this.length;
  }
  append(item: Value): void {
    listOps.append(this, item, null);
  }
  remove(item: Value): void {
    if (!this.includes(item)) throw new RangeError("remove(item): the item is not in the collection");
    listOps.remove(this, item, null);
  }
  override pop(): Value | undefined {
    return this.length === 0 ? undefined : this.splice(this.length - 1, 1)[0];
  }
  override splice(start: number, deleteCount = this.length, ...items: Value[]): Value[] {
    const adapter = this.#adapter;
    const from = start < 0 ? Math.max(0, this.length + start) : Math.min(start, this.length);
    const gone = this.slice(from, from + Math.max(0, deleteCount));
    for (const item of gone) adapter?.fireRemove(item, null);
    const kept = items.map((item) => (adapter ? adapter.fireAppend(item, null) : item));
    super.splice(from, gone.length, ...kept);
    return gone;
  }
  clear(): void {
    this.splice(0);
  }

  /** @internal */
  _put(item: Value): void {
    super.push(item);
  }
  /** @internal */
  _take(item: Value): void {
    const at = this.indexOf(item);
    if (at >= 0) super.splice(at, 1);
  }
}

export const adapterOf = (c: Value): CollectionEvents | undefined =>
  c instanceof MappedList ? MappedList.adapterOf(c) : undefined;

export function setAdapter(c: Value, adapter: CollectionEvents | undefined): void {
  MappedList.setAdapter(c as MappedList, adapter);
}

export const listOps: CollectionOps = {
  append: (c, item, initiator: CollectionInitiator) => {
    const list = c as MappedList;
    const adapter = initiator === false ? undefined : MappedList.adapterOf(list);
    list._put(adapter ? adapter.fireAppend(item, initiator) : item);
  },
  remove: (c, item, initiator) => {
    const list = c as MappedList;
    if (initiator !== false) MappedList.adapterOf(list)?.fireRemove(item, initiator);
    list._take(item);
  },
  items: (c) => {
    // what Array.from and slice give for a class of arrays takes ten times as long
    const list = c as MappedList;
    const out: Value[] = [];
    for (let i = 0; i < list.length; i++) out.push(list[i]);
    return out;
  },
};
