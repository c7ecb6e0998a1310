// LIMIT, OFFSET and FETCH: a number is a parameter, so that statements that differ in it share their text.
// Behaviour: SQLAlchemy sql/selectable.py (_OffsetLimitParam), sql/util.py (_make_slice).
import { CompileError } from "../../errors/index.ts";
import type { Value } from "../../util/host.ts";
import { expect } from "../coercions.ts";
import * as roles from "../roles.ts";
import { BindParameter } from "../elements/bind.ts";
import type { ColumnElement } from "../elements/column.ts";

export class OffsetLimitParam extends BindParameter {
  static override readonly inheritCache: boolean = true;
  static readonly pyName: string = "_OffsetLimitParam";

  get _limitOffsetValue(): Value {
    return this.effectiveValue;
  }
}

export function offsetOrLimitClause(element: Value): ColumnElement | null {
  return expect(roles.LimitOffsetRole, element);
}

/** The number of a clause. Throws CompileError where it is an expression. */
export function clauseAsInt(clause: ColumnElement | null, what: string): number | null {
  if (clause === null) return null;
  if (!(clause instanceof OffsetLimitParam))
    throw new CompileError(`This SELECT structure does not use a simple integer value for ${what}`);
  return clause._limitOffsetValue as number | null;
}

/** LIMIT and OFFSET for rows start to stop of what there is already. */
export function makeSlice(
  limit: ColumnElement | null,
  offset: ColumnElement | null,
  start: number | null,
  stop: number | null,
): [limit: ColumnElement | null, offset: ColumnElement | null] {
  const newLimit = stop === null ? limit : offsetOrLimitClause(start === null ? stop : stop - start);
  if (start === null) return [newLimit, offset];
  const before: unknown = offset instanceof OffsetLimitParam ? offset._limitOffsetValue : offset;
  if (before !== null && typeof before !== "number") {
    const moved = start === 0 ? (before as ColumnElement) : (before as ColumnElement).add(start);
    return [newLimit, offsetOrLimitClause(moved)];
  }
  const sum = (before ?? 0) + start;
  return [newLimit, sum === 0 ? null : offsetOrLimitClause(sum)];
}
