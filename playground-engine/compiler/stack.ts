// Where in a statement the compiler is: one entry a SELECT, compound, INSERT, UPDATE or DELETE being printed.
import { ElementSet } from "../sql/element-set.ts";
import type { CompileState } from "../sql/base.ts";
import type { ClauseElement } from "../sql/elements/clause.ts";
import type { FromClause } from "../sql/selectable/from-clause.ts";
import type { SelectBase } from "../sql/selectable/select-base.ts";

export interface StackEntry {
  /** FROM elements of this and of the enclosing SELECTs: what an inner SELECT may correlate to. */
  readonly correlateFroms: ElementSet<FromClause>;
  /** Of this SELECT alone. */
  readonly asfromFroms: ElementSet<FromClause>;
  readonly selectable: ClauseElement | null;
  compileState?: CompileState | undefined;
  needResultMapForNested?: boolean;
  needResultMapForCompound?: boolean;
  /** The first SELECT of a compound: the others must have as many columns. */
  select0?: SelectBase | undefined;
  insertFromSelect?: SelectBase | undefined;
}

/** What a statement at top level finds around itself. */
export const noEnclosing = (): StackEntry => ({
  correlateFroms: new ElementSet(),
  asfromFroms: new ElementSet(),
  selectable: null,
});
