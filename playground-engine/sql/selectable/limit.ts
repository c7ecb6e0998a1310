// LIMIT, OFFSET and FETCH: a number is a parameter, so that statements that differ in it share their text.
// Behaviour: SQLAlchemy sql/selectable.py (_OffsetLimitParam), sql/util.py (_make_slice).
import { CompileError } from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";
import { expect } from "../coercions.ts";
import * as roles from "../roles.ts";
import { BindParameter } from "../elements/bind.ts";
import { ClauseElement } from "../elements/clause.ts";
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
  start: Value,
  stop: Value,
): [limit: ColumnElement | null, offset: ColumnElement | null] {
  const newLimit =
    stop === null ? limit : offsetOrLimitClause(start === null ? stop : computed(stop, "-", start));
  if (start === null) return [newLimit, offset];
  const before: Value = (offset instanceof OffsetLimitParam ? offset._limitOffsetValue : offset) ?? 0;
  const sum = start === 0 ? before : computed(before, "+", start);
  return [newLimit, sum === 0 ? null : offsetOrLimitClause(sum)];
}

/** A sum or difference of numbers, in SQL where one is an expression. Throws TypeError for anything else. */
function computed(left: Value, sign: "+" | "-", right: Value): Value {
  if (typeof left === "number" && typeof right === "number")
    return sign === "+" ? left + right : left - right;
  if (left instanceof ClauseElement) return (left as ColumnElement)[sign === "+" ? "add" : "sub"](right);
  if (right instanceof ClauseElement) return (right as ColumnElement)[sign === "+" ? "radd" : "rsub"](left);
  throw host.error(
    "TypeError",
    `unsupported operand type(s) for ${sign}: '${host.typeName(left)}' and '${host.typeName(right)}'`,
  );
}
