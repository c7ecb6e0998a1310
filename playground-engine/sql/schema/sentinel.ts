// Which columns tell the rows of one INSERT apart when RETURNING brings them back in any order.
// Behaviour: SQLAlchemy sql/schema.py (Table._sentinel_column_characteristics), sql/base.py.
import { InvalidRequestError } from "../../errors/index.ts";
import { strOf } from "../repr.ts";
import type { Column } from "./column.ts";
import type { Table } from "./table.ts";

export type SentinelDefault =
  "none" | "unknown" | "clientside" | "sentinel_default" | "serverside" | "identity" | "sequence";

export interface SentinelColumnCharacterization {
  readonly columns: readonly Column[] | null;
  readonly isExplicit: boolean;
  readonly isAutoinc: boolean;
  readonly defaultCharacterization: SentinelDefault;
}

export function characterizeSentinel(table: Table): SentinelColumnCharacterization {
  const explicit = table._sentinelColumn;
  let autoinc = table._autoincrementColumn;
  const isExplicit = explicit !== null;
  let isAutoinc = explicit !== null && explicit === autoinc;
  let columns: readonly Column[] | null = explicit ? [explicit] : null;
  if (!explicit && autoinc) {
    columns = [autoinc];
    isAutoinc = true;
  }
  let standard: SentinelDefault = "unknown";
  const notNegative = (what: string): boolean => {
    if (isExplicit)
      throw new InvalidRequestError(
        `Can't use ${what} default with negative increment as an explicit sentinel column`,
      );
    if (isAutoinc) {
      autoinc = null;
      isAutoinc = false;
    }
    columns = null;
    return false;
  };
  const first = columns?.[0];
  if (first) {
    if (first.identity) {
      if (!first.identity._incrementIsNegative || notNegative("IDENTITY")) standard = "identity";
    } else if (!first.default && !first.serverDefault) {
      if (first.nullable)
        throw new InvalidRequestError(
          `Column ${strOf(first)} has been marked as a sentinel column with no default generation function; it at least needs to be marked nullable=False assuming user-populated sentinel values will be used.`,
        );
      standard = "none";
    } else if (first.default) {
      if (first.default.isSentinel) standard = "sentinel_default";
      else if (first.default.isSequence) {
        if ((first.default as { _incrementIsNegative?: boolean })._incrementIsNegative)
          notNegative("SEQUENCE");
        standard = "sequence";
      } else if (first.default.isCallable) standard = "clientside";
    } else {
      if (isExplicit)
        throw new InvalidRequestError(
          `Column ${strOf(first)} can't be a sentinel column because it uses an explicit server side default that's not the Identity() default.`,
        );
      standard = "serverside";
    }
  }
  if (!columns && table.primaryKey.length) {
    const keys = [...table.primaryKey];
    if (keys.every((c) => !c.serverDefault && !(c.default && !c.default.isCallable))) {
      columns = keys;
      standard = "clientside";
    }
  }
  return { columns, isExplicit, isAutoinc, defaultCharacterization: standard };
}
