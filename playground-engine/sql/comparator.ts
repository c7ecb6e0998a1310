// The operators a program can use on columns, and that end in `operate()`.
//
// ColumnElement, the comparators of types and the ORM's attributes all have these methods. Python's `a == b` calls `eq`,
// `a & b` `and_`, `a[i]` `getitem`, `~a` `invert`; a comparator that overrides one of them is asked before the table is.
// Behaviour: SQLAlchemy sql/operators.py (Operators, ColumnOperators).
import { host, type Value } from "../util/host.ts";
import * as ops from "./operators.ts";
import type { Operable, OperateOptions, Operator } from "./operators.ts";
import { late } from "./late.ts";
import type { TypeArgument } from "./types/engine.ts";
import type { ColumnElement } from "./elements/column.ts";

const modifiers = (...entries: [string, Value][]): OperateOptions => ({ modifiers: new Map(entries) });

const NO_ESCAPE = modifiers(["escape", null]);
const escaping = (escape: Value): OperateOptions =>
  escape === null ? NO_ESCAPE : modifiers(["escape", escape]);

export class ColumnOperators implements Operable {
  operate(op: Operator, _other: readonly Value[], _options?: OperateOptions): ColumnElement {
    throw host.error("NotImplementedError", String(op));
  }

  reverseOperate(op: Operator, _other: Value, _options?: OperateOptions): ColumnElement {
    throw host.error("NotImplementedError", String(op));
  }

  /** `__clause_element__()` */
  clauseElement(): unknown {
    return this;
  }

  /** `column.op("->>")`: gives a function of the other operand. */
  op(
    opstring: string,
    precedence: Value = 0,
    isComparison: Value = false,
    returnType: TypeArgument = null,
    pythonImpl: Value = null,
  ): (other: Value) => Value {
    const type = returnType == null ? null : late.toInstance(returnType);
    const operator = new ops.CustomOp(
      opstring,
      precedence as number,
      host.isTrue(isComparison),
      type,
      false,
      false,
      pythonImpl,
    );
    const against = (other: Value): Value => operator.invoke(this, [other]);
    return Object.defineProperties(against, {
      name: { value: "Operators.op.<locals>.against" },
      signature: { value: "(other)" },
    });
  }

  boolOp(opstring: string, precedence: Value = 0, pythonImpl: Value = null): (other: Value) => Value {
    return this.op(opstring, precedence, true, null, pythonImpl);
  }

  and_(other: Value): ColumnElement {
    return this.operate(ops.and_, [other]);
  }
  or_(other: Value): ColumnElement {
    return this.operate(ops.or_, [other]);
  }
  invert(): ColumnElement {
    return this.operate(ops.inv, []);
  }
  rand_(other: Value): ColumnElement {
    return this.reverseOperate(ops.and_, other);
  }
  ror_(other: Value): ColumnElement {
    return this.reverseOperate(ops.or_, other);
  }

  eq(other: Value): ColumnElement {
    return this.operate(ops.eq, [other]);
  }
  ne(other: Value): ColumnElement {
    return this.operate(ops.ne, [other]);
  }
  lt(other: Value): ColumnElement {
    return this.operate(ops.lt, [other]);
  }
  le(other: Value): ColumnElement {
    return this.operate(ops.le, [other]);
  }
  gt(other: Value): ColumnElement {
    return this.operate(ops.gt, [other]);
  }
  ge(other: Value): ColumnElement {
    return this.operate(ops.ge, [other]);
  }
  isDistinctFrom(other: Value): ColumnElement {
    return this.operate(ops.isDistinctFrom, [other]);
  }
  isNotDistinctFrom(other: Value): ColumnElement {
    return this.operate(ops.isNotDistinctFrom, [other]);
  }
  isnotDistinctFrom(other: Value): ColumnElement {
    return this.isNotDistinctFrom(other);
  }
  is_(other: Value): ColumnElement {
    return this.operate(ops.is_, [other]);
  }
  isNot(other: Value): ColumnElement {
    return this.operate(ops.isNot, [other]);
  }
  isnot(other: Value): ColumnElement {
    return this.isNot(other);
  }

  neg(): ColumnElement {
    return this.operate(ops.neg, []);
  }
  add(other: Value): ColumnElement {
    return this.operate(ops.add, [other]);
  }
  sub(other: Value): ColumnElement {
    return this.operate(ops.sub, [other]);
  }
  mul(other: Value): ColumnElement {
    return this.operate(ops.mul, [other]);
  }
  mod(other: Value): ColumnElement {
    return this.operate(ops.mod, [other]);
  }
  truediv(other: Value): ColumnElement {
    return this.operate(ops.truediv, [other]);
  }
  floordiv(other: Value): ColumnElement {
    return this.operate(ops.floordiv, [other]);
  }
  radd(other: Value): ColumnElement {
    return this.reverseOperate(ops.add, other);
  }
  rsub(other: Value): ColumnElement {
    return this.reverseOperate(ops.sub, other);
  }
  rmul(other: Value): ColumnElement {
    return this.reverseOperate(ops.mul, other);
  }
  rmod(other: Value): ColumnElement {
    return this.reverseOperate(ops.mod, other);
  }
  rtruediv(other: Value): ColumnElement {
    return this.reverseOperate(ops.truediv, other);
  }
  rfloordiv(other: Value): ColumnElement {
    return this.reverseOperate(ops.floordiv, other);
  }
  lshift(other: Value): ColumnElement {
    return this.operate(ops.lshift, [other]);
  }
  rshift(other: Value): ColumnElement {
    return this.operate(ops.rshift, [other]);
  }
  /** `column[index]` */
  getitem(index: Value): ColumnElement {
    return this.operate(ops.getitem, [index]);
  }
  /** Python's `x in column` */
  pythonContains(other: Value): ColumnElement {
    return this.operate(ops.contains, [other]);
  }

  bitwiseXor(other: Value): ColumnElement {
    return this.operate(ops.bitwiseXorOp, [other]);
  }
  bitwiseOr(other: Value): ColumnElement {
    return this.operate(ops.bitwiseOrOp, [other]);
  }
  bitwiseAnd(other: Value): ColumnElement {
    return this.operate(ops.bitwiseAndOp, [other]);
  }
  bitwiseNot(): ColumnElement {
    return this.operate(ops.bitwiseNotOp, []);
  }
  bitwiseLshift(other: Value): ColumnElement {
    return this.operate(ops.bitwiseLshiftOp, [other]);
  }
  bitwiseRshift(other: Value): ColumnElement {
    return this.operate(ops.bitwiseRshiftOp, [other]);
  }

  concat(other: Value): ColumnElement {
    return this.operate(ops.concatOp, [other]);
  }
  rconcat(other: Value): ColumnElement {
    return this.reverseOperate(ops.concatOp, other);
  }

  in_(other: Value): ColumnElement {
    return this.operate(ops.inOp, [other]);
  }
  notIn(other: Value): ColumnElement {
    return this.operate(ops.notInOp, [other]);
  }
  notin_(other: Value): ColumnElement {
    return this.notIn(other);
  }

  like(other: Value, escape: Value = null): ColumnElement {
    return this.operate(ops.likeOp, [other], escaping(escape));
  }
  ilike(other: Value, escape: Value = null): ColumnElement {
    return this.operate(ops.ilikeOp, [other], escaping(escape));
  }
  notLike(other: Value, escape: Value = null): ColumnElement {
    return this.operate(ops.notLikeOp, [other], escaping(escape));
  }
  notlike(other: Value, escape: Value = null): ColumnElement {
    return this.notLike(other, escape);
  }
  notIlike(other: Value, escape: Value = null): ColumnElement {
    return this.operate(ops.notIlikeOp, [other], escaping(escape));
  }
  notilike(other: Value, escape: Value = null): ColumnElement {
    return this.notIlike(other, escape);
  }

  startswith(other: Value, escape: Value = null, autoescape: Value = false): ColumnElement {
    return this.operate(ops.startswithOp, [other], modifiers(["escape", escape], ["autoescape", autoescape]));
  }
  istartswith(other: Value, escape: Value = null, autoescape: Value = false): ColumnElement {
    return this.operate(
      ops.istartswithOp,
      [other],
      modifiers(["escape", escape], ["autoescape", autoescape]),
    );
  }
  endswith(other: Value, escape: Value = null, autoescape: Value = false): ColumnElement {
    return this.operate(ops.endswithOp, [other], modifiers(["escape", escape], ["autoescape", autoescape]));
  }
  iendswith(other: Value, escape: Value = null, autoescape: Value = false): ColumnElement {
    return this.operate(ops.iendswithOp, [other], modifiers(["escape", escape], ["autoescape", autoescape]));
  }
  /** `contains(other, autoescape=True, escape="/")` */
  contains(other: Value, kw?: ReadonlyMap<string, Value>): ColumnElement {
    return this.operate(ops.containsOp, [other], kw?.size ? { modifiers: kw } : undefined);
  }
  icontains(other: Value, kw?: ReadonlyMap<string, Value>): ColumnElement {
    return this.operate(ops.icontainsOp, [other], kw?.size ? { modifiers: kw } : undefined);
  }

  match(other: Value, kwargs?: ReadonlyMap<string, Value>): ColumnElement {
    return this.operate(ops.matchOp, [other], kwargs?.size ? { modifiers: kwargs } : undefined);
  }
  regexpMatch(pattern: Value, flags: Value = null): ColumnElement {
    return this.operate(ops.regexpMatchOp, [pattern], modifiers(["flags", flags]));
  }
  regexpReplace(pattern: Value, replacement: Value, flags: Value = null): ColumnElement {
    return this.operate(
      ops.regexpReplaceOp,
      [pattern],
      modifiers(["replacement", replacement], ["flags", flags]),
    );
  }

  between(cleft: Value, cright: Value, symmetric: Value = false): ColumnElement {
    return this.operate(ops.betweenOp, [cleft, cright], modifiers(["symmetric", symmetric]));
  }

  desc(): ColumnElement {
    return this.operate(ops.descOp, []);
  }
  asc(): ColumnElement {
    return this.operate(ops.ascOp, []);
  }
  nullsFirst(): ColumnElement {
    return this.operate(ops.nullsFirstOp, []);
  }
  nullsfirst(): ColumnElement {
    return this.nullsFirst();
  }
  nullsLast(): ColumnElement {
    return this.operate(ops.nullsLastOp, []);
  }
  nullslast(): ColumnElement {
    return this.nullsLast();
  }
  collate(collation: string): ColumnElement {
    return this.operate(ops.collate, [collation]);
  }
  distinct(): ColumnElement {
    return this.operate(ops.distinctOp, []);
  }
  any_(): ColumnElement {
    return this.operate(ops.anyOp, []);
  }
  all_(): ColumnElement {
    return this.operate(ops.allOp, []);
  }
}

// AffixOperator is left out: it changes what it hands to the method
for (const op of Object.values(ops))
  if (op instanceof ops.Operator && op.constructor === ops.Operator && op.method !== null)
    op.plain = (ColumnOperators.prototype as unknown as Record<string, unknown>)[op.method];
