// Which attribute and operation began a chain of attribute events.
//
// The token travels through backrefs and cascades as their `initiator`: an attribute that meets its own token stops, so
// that `a.bs.append(b)` sets `b.a` once and comes to rest.
// Behaviour: SQLAlchemy orm/attributes.py (AttributeEventToken).
import type { InstanceState } from "../state/state.ts";
import type { AttributeImpl } from "./impl.ts";

export type AttributeOp = "REMOVE" | "APPEND" | "REPLACE" | "BULK_REPLACE" | "MODIFIED";

export class AttributeEventToken {
  readonly impl: AttributeImpl;
  readonly op: AttributeOp;
  readonly parentToken: object;

  constructor(impl: AttributeImpl, op: AttributeOp) {
    this.impl = impl;
    this.op = op;
    this.parentToken = impl.parentToken;
  }

  get key(): string {
    return this.impl.key;
  }

  /** What the same attribute sends for the same reason is the same. */
  equals(other: unknown): boolean {
    return other instanceof AttributeEventToken && other.impl === this.impl && other.op === this.op;
  }

  hasparent(state: InstanceState): boolean {
    return this.impl.hasparent(state);
  }
}

/** Who changes a collection: an event in progress, the program itself (null), or a loader that fires no events (false). */
export type Initiator = AttributeEventToken | null | false;
