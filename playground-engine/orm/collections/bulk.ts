// Replacing a whole collection: what is new, what stays, what goes, each by identity.
// Behaviour: SQLAlchemy orm/collections.py (bulk_replace).
import type { Value } from "../../util/host.ts";
import type { Initiator } from "../attributes/token.ts";
import type { CollectionAdapter } from "./adapter.ts";

/** Fills `next` with the values; events tell of those that `existing` did not have, and of those it had and next has not. */
export function bulkReplace(
  values: readonly Value[],
  existing: CollectionAdapter | null,
  next: CollectionAdapter,
  initiator: Initiator,
): void {
  const had = new Set(existing?.items());
  const wanted = new Set(values);
  for (const member of values) next.appendWithEvent(member, had.has(member) ? false : initiator);
  if (!existing) return;
  const kept = [...had].filter((m) => wanted.has(m));
  existing._fireAppendUnchangedBulk(kept, initiator);
  existing._fireRemoveBulk(
    [...had].filter((m) => !wanted.has(m)),
    initiator,
  );
}
