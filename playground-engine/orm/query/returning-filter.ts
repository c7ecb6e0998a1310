// Which columns of entities RETURNING can give back: those of the table a statement writes to.
// Behaviour: SQLAlchemy orm/context.py (_DMLReturningColFilter and its subclasses).
import { findColumns } from "../../sql/adapt.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import type { FromClause } from "../../sql/selectable/from-clause.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { ReturningFilter } from "./entities.ts";

export function returningFilter(
  target: Mapper,
  immediate: Mapper | null,
  isInsert: boolean,
): ReturningFilter {
  const mapper = immediate !== null && target.localTable !== immediate.localTable ? immediate : target;
  const from = (isInsert ? mapper.localTable : mapper.persistSelectable) as never as FromClause;
  const made = new Map<ColumnElement, ColumnElement | null>();
  const adapt = (col: ColumnElement): ColumnElement | null => {
    if (!mapper._columntoproperty.get(col as never)) return isInsert ? null : col;
    return from.c.correspondingColumn(col);
  };
  const present = (col: ColumnElement): ColumnElement | null => {
    let found = made.get(col);
    if (found === undefined) made.set(col, (found = adapt(col)));
    return found;
  };
  return {
    columns: { get: present },
    adaptCheckPresent: present,
    filter: (col) => ([...findColumns(col)].some((c) => present(c) !== null) ? col : null),
  };
}
