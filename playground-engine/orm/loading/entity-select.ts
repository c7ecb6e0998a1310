// Statements that loading makes again and again, made once: SELECTs of an entity as they are before a key's values come in.
//
// A statement is immutable and keeps its cache key, so that the second load of a kind neither builds nor compares it.
import { select } from "../../sql/constructors.ts";
import { LABEL_STYLE_TABLENAME_PLUS_COL } from "../../sql/selectable/label-style.ts";
import type { Select } from "../../sql/selectable/select.ts";
import type { MapperContract } from "../state/contracts.ts";

const selects = new WeakMap<object, Select>();
const variants = new WeakMap<object, Map<string, unknown>>();

/** `select(mapper)` with the labels of loading, the same object each time. */
export function entitySelect(mapper: MapperContract): Select {
  let s = selects.get(mapper);
  if (!s) {
    s = select([mapper]).setLabelStyle(LABEL_STYLE_TABLENAME_PLUS_COL);
    selects.set(mapper, s);
    variants.set(s, new Map());
  }
  return s;
}

/** What `make` builds of a statement, kept under a key where the statement is one of entitySelect()'s. */
export function variantOf<T>(statement: object, key: string, make: () => T): T {
  const known = variants.get(statement);
  if (!known) return make();
  let made = known.get(key) as T | undefined;
  if (made === undefined) known.set(key, (made = make()));
  return made;
}

/** Keep what variantOf() makes of this statement. */
export function keepVariants(statement: Select): Select {
  variants.set(statement, new Map());
  return statement;
}
