// Appends to and removals from a collection that is not loaded: kept until it is, or until the flush has read them.
// Behaviour: SQLAlchemy orm/state.py (PendingCollection).
import type { Value } from "../../util/host.ts";

export class PendingCollection {
  readonly addedItems = new Set<Value>();
  readonly deletedItems = new Set<Value>();

  append(value: Value): void {
    if (!this.deletedItems.delete(value)) this.addedItems.add(value);
  }

  remove(value: Value): void {
    if (!this.addedItems.delete(value)) this.deletedItems.add(value);
  }
}
