// Names of constraints and indexes on their way into an operation: with what is known of them beside the letters.
import type { Constraint, Index, Table } from "../../../sql/schema/index.ts";
import { ConvName, QuotedName } from "../../../sql/index.ts";
import type { Value } from "../../../util/host.ts";

interface Named {
  readonly name: string | null;
  readonly nameQuote: boolean | null;
  readonly _isConv: boolean;
}

/** The name as an argument that makes another item of the same name; null where it has none of its own. */
export function nameOf(item: Constraint | Index): Value {
  const { name, nameQuote, _isConv } = item as unknown as Named;
  if (name === null) return null;
  if (_isConv) return new ConvName(name, nameQuote);
  return nameQuote === null ? name : new QuotedName(name, nameQuote);
}

/** The table of a constraint, of a column-level one too. */
export function tableOf(constraint: Constraint): Table {
  const parent = constraint.parent as unknown as { readonly table?: Table } & Table;
  return parent.constraints !== undefined && "metadata" in parent ? parent : parent.table!;
}
