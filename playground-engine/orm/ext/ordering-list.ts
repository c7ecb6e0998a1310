// ordering_list: a collection that keeps each member's position in an attribute of the member.
//
// The collection itself is a list class of the language (OrderingList, made by the bindings), whose mutators call these
// rules: append → `appended`; insert, pop, `del list[i]` and remove (where the collection still belongs to its object) →
// `reorder`; `list[i] = x` → `order` before the item goes in.
// Behaviour: SQLAlchemy ext/orderinglist.py.
import { host, type Value } from "../../util/host.ts";
import { itemsOf, getAttribute } from "./values.ts";

/** Gives a member's number from its index and the collection. */
export type OrderingFunction = Value;

export const countFrom0 = (index: Value, _collection: Value): Value => index;
export const countFrom1 = (index: Value, _collection: Value): Value => host.add(index, 1);
export const countFromNFactory = (start: Value): ((index: Value, collection: Value) => Value) => (index) => host.add(index, start);

export interface OrderingOptions {
  readonly orderingFunc?: OrderingFunction;
  readonly reorderOnAppend?: boolean;
}

/** The arguments of OrderingList for those of `ordering_list(attr, count_from, ordering_func, reorder_on_append)`. */
export function orderingOptions(countFrom: Value = null, orderingFunc: OrderingFunction = null, reorderOnAppend: Value = false): OrderingOptions {
  const own = orderingFunc ?? (countFrom === null ? null : host.equal(countFrom, 0) ? countFrom0 : host.equal(countFrom, 1) ? countFrom1 : countFromNFactory(countFrom));
  return { orderingFunc: own, reorderOnAppend: host.isTrue(reorderOnAppend) };
}

export class OrderingRules {
  readonly orderingAttr: string;
  readonly orderingFunc: OrderingFunction;
  readonly reorderOnAppend: boolean;

  constructor(orderingAttr: string, options: OrderingOptions = {}) {
    this.orderingAttr = orderingAttr;
    this.orderingFunc = options.orderingFunc ?? countFrom0;
    this.reorderOnAppend = options.reorderOnAppend ?? false;
  }

  /** Gives a member the number of its place; one that it has stays unless `reorder`. */
  order(collection: Value, index: number, entity: Value, reorder = true): void {
    const have = getAttribute(entity, this.orderingAttr);
    if (have !== null && !reorder) return;
    const want = host.call(this.orderingFunc, [index, collection]);
    if (!host.equal(have, want)) host.setAttribute(entity, this.orderingAttr, want);
  }

  reorder(collection: Value): void {
    itemsOf(collection).forEach((entity, index) => this.order(collection, index, entity));
  }

  /** After the entity went in at the end. */
  appended(collection: Value, entity: Value): void {
    this.order(collection, itemsOf(collection).length - 1, entity, this.reorderOnAppend);
  }
}
