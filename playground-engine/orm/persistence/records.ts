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

/** Neighbours with equal keys, in groups. Items are drawn as they are needed: a group is complete when the next item differs. */
export function* groupBy<T>(items: Iterable<T>, keyOf: (item: T) => readonly unknown[]): Generator<T[]> {
  let group: T[] = [];
  let key: readonly unknown[] = [];
  for (const item of items) {
    const k = keyOf(item);
    if (group.length && !k.every((part, i) => part === key[i])) {
      yield group;
      group = [];
    }
    key = k;
    group.push(item);
  }
  if (group.length) yield group;
}

/** The set of a record's parameter names, as one comparable value. */
export function keySet(params: Params): string {
  return [...params.keys()].sort().join("\u0000");
}

export function crudKey(record: CrudRecord): readonly unknown[] {
  return [
    record.connection,
    keySet(record.params),
    record.valueParams.size > 0,
    record.hasAllDefaults,
    record.hasAllPks,
  ];
}
