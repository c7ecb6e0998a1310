// What fills the attributes of an object from a row, by the occasion.
import type { StrategyOptions } from "../props/strategized-property.ts";
import type { AttrDict } from "../face.ts";
import type { RowGetter } from "../query/bundle.ts";
import type { InstanceState } from "../state/state.ts";

/** A row of the driver's values after their types' processors. */
export type LoadedRow = Parameters<RowGetter>[0];
export type Populator = (state: InstanceState, dict: AttrDict, row: LoadedRow) => void;
type Keyed<T> = (readonly [key: string, value: T])[];

export interface Populators {
  /** Columns that are read as they are. */
  quick: Keyed<RowGetter>;
  /** For an object met the first time in this load. */
  new: Keyed<Populator>;
  /** Attributes that are dropped; true: expired, so that an access loads them. */
  expire: Keyed<boolean>;
  /** For an object met again in this load. */
  existing: Keyed<Populator>;
  /** For an object that was loaded before: what is below it is loaded all the same. */
  eager: Keyed<Populator>;
}

export const noPopulators = (): Populators => ({ quick: [], new: [], expire: [], existing: [], eager: [] });

export const copyPopulators = (p: Populators): Populators => ({
  quick: [...p.quick],
  new: [...p.new],
  expire: [...p.expire],
  existing: [...p.existing],
  eager: [...p.eager],
});

/** Keys of the strategies that others call on. */
export const COLUMN: StrategyOptions = { deferred: false, instrument: true };
export const DEFERRED: StrategyOptions = { deferred: true, instrument: true };
export const DEFERRED_RAISE: StrategyOptions = { deferred: true, instrument: true, raiseload: true };
