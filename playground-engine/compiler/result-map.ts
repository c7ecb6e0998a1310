// What a compiled statement says about the columns that will come back.
//
// One entry a column, in the order the columns are printed. The engine matches the driver's rows to
// these by position wherever it can, and looks rows up by any member of `objects`
// (docs.sqlalchemy.org/en/20/core/connections.html#sqlalchemy.engine.Row).
import type { TypeEngine } from "../sql/types/engine.ts";

export interface ResultColumnsEntry {
  /** The name expected in the cursor's description; null for a text() of the reader's own. */
  readonly keyname: string | null;
  /** The column's name, or its label. */
  readonly name: string | null;
  /** Everything that finds this column in a row: columns, labels, strings. Never empty. */
  readonly objects: readonly unknown[];
  /** The type that turns the driver's value into the program's. */
  readonly type: TypeEngine;
}

/** Called by the visit methods while a columns clause is printed. */
export type AddToResultMap = (
  keyname: string | null,
  name: string | null,
  objects: readonly unknown[],
  type: TypeEngine,
) => void;
