// What the engine needs to know to send one INSERT for many rows ("insertmanyvalues").
// Behaviour: sqlalchemy/sql/compiler.py, _InsertManyValues and _InsertManyValuesBatch.
import type { Value } from "../util/host.ts";
import type { ColumnElement } from "../sql/elements/column.ts";

/** One column of VALUES or SET: what it is called in the text, and what is assigned. */
export interface CrudParam {
  readonly column: ColumnElement;
  readonly name: string;
  /** null where the value comes from a SELECT. */
  readonly value: string | null;
  /** Names of the parameters in `value`. */
  readonly bindNames: Iterable<string>;
}

export interface InsertManyValues {
  /** `INSERT INTO t DEFAULT VALUES`: there is nothing to repeat. */
  readonly isDefaultExpr: boolean;
  /** The text between the parentheses of VALUES. */
  singleValuesExpr: string;
  insertCrudParams: readonly CrudParam[];
  /** Parameters of a single row's statement, repeated ones repeatedly. */
  readonly numPositionalParamsCounted: number;
  readonly sortByParameterOrder: boolean;
  readonly includesUpsertBehaviors: boolean;
  readonly sentinelColumns: readonly ColumnElement[] | null;
  readonly numSentinelColumns: number;
  /** Names of the parameters that tell rows apart, where the program gives the sentinel's values. */
  readonly sentinelParamKeys: readonly string[] | null;
  /** The sentinel's values are made by the server. */
  readonly implicitSentinel: boolean;
  /** The SET of an upsert takes a value of each row: rows cannot share a statement. */
  hasUpsertBoundParameters: boolean;
  /** Rows are numbered inside VALUES. */
  readonly embedValuesCounter: boolean;
}

/** How a dialect's server-made keys can tell rows apart: bits. */
export const SENTINEL = {
  NOT_SUPPORTED: 1,
  AUTOINCREMENT: 2,
  IDENTITY: 4,
  SEQUENCE: 8,
  ANY_AUTOINCREMENT: 14,
  SUPPORTED_OR_NOT: 15,
  USE_INSERT_FROM_SELECT: 16,
  RENDER_SELECT_COL_CASTS: 64,
} as const;

/** Parameters of one row in the driver's form. */
export type DriverParams = readonly Value[] | ReadonlyMap<string, Value>;

export interface InsertManyValuesBatch {
  readonly replacedStatement: string;
  readonly replacedParameters: DriverParams;
  /** The rows of this batch. */
  readonly batch: readonly DriverParams[];
  /** One tuple a row; empty without sentinel parameters. */
  readonly sentinelValues: readonly (readonly Value[])[];
  readonly currentBatchSize: number;
  readonly batchnum: number;
  readonly totalBatches: number;
  readonly rowsSorted: boolean;
  /** Row by row, though rows could have gone together. */
  readonly isDowngraded: boolean;
}
