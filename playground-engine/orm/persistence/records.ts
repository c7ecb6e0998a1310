// What the persistence functions pass among themselves, and consecutive grouping of it.
import type { ColumnElement } from "../../sql/elements/column.ts";
import type { Value } from "../../util/host.ts";
import type { AttrDict } from "../face.ts";
import type { MapperContract } from "../state/contracts.ts";
import type { Column, Connection } from "../state/sql-types.ts";
import type { InstanceState } from "../state/state.ts";

/** Values by column key, and by the columns' labels for WHERE. */
export type Params = Map<string, Value>;

/** An object to save or delete, with what is needed to do it. */
export interface StateRecord {
  /** Null in bulk operations, which have only dictionaries. */
  readonly state: InstanceState | null;
  readonly dict: AttrDict;
  readonly mapper: MapperContract;
  readonly connection: Connection;
  /** The version it must still have. */
  readonly updateVersionId: Value;
}

export interface CrudRecord {
  readonly state: InstanceState | null;
  readonly dict: AttrDict;
  readonly mapper: MapperContract;
  readonly connection: Connection;
  readonly params: Params;
  /** SQL expressions to write. */
  readonly valueParams: ReadonlyMap<Column, ColumnElement>;
  readonly hasAllPks: boolean;
  readonly hasAllDefaults: boolean;
}

/** The result of an INSERT, UPDATE or DELETE. */
export interface DmlResult {
  readonly rowcount: number;
  readonly insertedPrimaryKey: Iterable<Value> | null;
  readonly insertedPrimaryKeyRows: readonly (Iterable<Value> | null)[];
  readonly returnedDefaults: Iterable<Value> | null;
  readonly returnedDefaultsRows: readonly Iterable<Value>[] | null;
  readonly context: {
    readonly executemany: boolean;
    readonly isinsert: boolean;
    readonly compiledParameters: readonly ReadonlyMap<string, Value>[];
    readonly compiled: {
      readonly prefetch: readonly Column[];
      readonly postfetch: readonly Column[] | null;
      readonly effectiveReturning: readonly Column[] | null;
    };
  };
  supportsSaneMultiRowcount(): boolean;
  spliceVertically(other: DmlResult): DmlResult;
  spliceHorizontally(other: DmlResult): DmlResult;
}

/** Neighbours that are alike, in groups. Items are drawn as they are needed: a group is complete when the next item differs. */
export function* groupBy<T>(items: Iterable<T>, alike: (a: T, b: T) => boolean): Generator<T[]> {
  let group: T[] = [];
  for (const item of items) {
    if (group.length && !alike(group[0] as T, item)) {
      yield group;
      group = [];
    }
    group.push(item);
  }
  if (group.length) yield group;
}

/** Whether both have the same parameter names. */
export function sameKeys(a: Params, b: Params): boolean {
  if (a.size !== b.size) return false;
  for (const key of a.keys()) if (!b.has(key)) return false;
  return true;
}

/** Whether two rows can go in one executemany. */
export function sameShape(a: CrudRecord, b: CrudRecord): boolean {
  return (
    a.connection === b.connection &&
    a.hasAllDefaults === b.hasAllDefaults &&
    a.hasAllPks === b.hasAllPks &&
    a.valueParams.size > 0 === b.valueParams.size > 0 &&
    sameKeys(a.params, b.params)
  );
}
