// What changed in one attribute since it was last in step with the database: added, unchanged, deleted.
//
// SQLAlchemy shows an empty part as `()` where nothing was looked for and as a list otherwise: NOTHING is that tuple,
// told apart by identity; every other part is a list.
// Behaviour: SQLAlchemy orm/attributes.py (History).
import { host, type Value } from "../../util/host.ts";
import type { CollectionAdapter } from "../collections/adapter.ts";
import { isNoObject, NO_VALUE, PASSIVE_NO_RESULT } from "../flags.ts";
import type { InstanceState } from "../state/state.ts";
import { instanceStateOrNull } from "../state/access.ts";

/** The empty tuple of a History. */
export const NOTHING: readonly never[] = Object.freeze([]);

/** No committed value is on record: the attribute is unchanged. */
const NO_HISTORY: unique symbol = Symbol("NO_HISTORY");

export class History<T = Value> {
  readonly added: readonly T[];
  readonly unchanged: readonly T[];
  readonly deleted: readonly T[];

  constructor(added: readonly T[], unchanged: readonly T[], deleted: readonly T[]) {
    this.added = added;
    this.unchanged = unchanged;
    this.deleted = deleted;
  }

  /** `bool(history)`: anything but HISTORY_BLANK. */
  get isTrue(): boolean {
    return this.added !== NOTHING || this.unchanged !== NOTHING || this.deleted !== NOTHING;
  }

  empty(): boolean {
    return !this.added.length && !this.deleted.length && !this.unchanged.length;
  }

  sum(): T[] {
    return [...this.added, ...this.unchanged, ...this.deleted];
  }

  nonDeleted(): T[] {
    return [...this.added, ...this.unchanged];
  }

  nonAdded(): T[] {
    return [...this.unchanged, ...this.deleted];
  }

  hasChanges(): boolean {
    return this.added.length > 0 || this.deleted.length > 0;
  }

  /** @internal */
  _merge(added: Iterable<T>, deleted: Iterable<T>): History<T> {
    return new History([...this.added, ...added], this.unchanged, [...this.deleted, ...deleted]);
  }

  /** The same history of the objects' states. */
  asState(): History<InstanceState | null> {
    return new History(
      this.added.map(instanceStateOrNull),
      this.unchanged.map(instanceStateOrNull),
      this.deleted.map(instanceStateOrNull),
    );
  }

  static fromScalarAttribute(attribute: ComparedAttribute, state: InstanceState, current: Value): History {
    const original = committed(state, attribute.key);
    if (original === NO_HISTORY || (current !== NO_VALUE && attribute.isEqual(current, original)))
      return unchanged(current);
    return changed(current, original, original === NO_VALUE || original === PASSIVE_NO_RESULT);
  }

  /** `original` is given where it had to be loaded after the fact. */
  static fromObjectAttribute(
    attribute: ComparedAttribute,
    state: InstanceState,
    current: Value,
    original: Value = committed(state, attribute.key),
  ): History {
    if (original === NO_HISTORY || (current === original && current !== NO_VALUE)) return unchanged(current);
    return changed(current, original, isNoObject(original));
  }

  static fromCollection(
    attribute: ComparedAttribute,
    state: InstanceState,
    current: Value,
    adapterOf: (collection: Value) => CollectionAdapter,
  ): History {
    const original = committed(state, attribute.key);
    if (current === NO_VALUE) return HISTORY_BLANK;
    const items = adapterOf(current).items();
    if (original === NO_VALUE) return new History(items, NOTHING, NOTHING);
    if (original === NO_HISTORY) return new History(NOTHING, items, NOTHING);
    const before = [...(host.iterate(original) ?? [])];
    const were = new Set(before);
    const are = new Set(items);
    return new History(
      items.filter((o) => !were.has(o)),
      items.filter((o) => were.has(o)),
      before.filter((o) => !are.has(o)),
    );
  }
}

/** What History asks of an attribute. */
interface ComparedAttribute {
  readonly key: string;
  isEqual(a: Value, b: Value): boolean;
}

export const HISTORY_BLANK = new History<never>(NOTHING, NOTHING, NOTHING) as History<never>;

function committed(state: InstanceState, key: string): Value {
  return state.committedState.has(key) ? state.committedState.get(key) : NO_HISTORY;
}

function unchanged(current: Value): History {
  return current === NO_VALUE ? HISTORY_BLANK : new History(NOTHING, [current], NOTHING);
}

function changed(current: Value, original: Value, originalUnknown: boolean): History {
  const deleted = originalUnknown ? NOTHING : [original];
  if (originalUnknown && (current === NO_VALUE || current === PASSIVE_NO_RESULT)) current = null;
  return current === NO_VALUE
    ? new History<Value>(NOTHING, NOTHING, deleted)
    : new History([current], NOTHING, deleted);
}
