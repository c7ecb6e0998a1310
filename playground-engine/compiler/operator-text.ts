// How operators without a visit method of their own are written.
import * as op from "../sql/operators.ts";
import type { Operator } from "../sql/operators.ts";

export const OPERATORS: ReadonlyMap<Operator, string> = new Map<Operator, string>([
  // binary
  [op.and_, " AND "],
  [op.or_, " OR "],
  [op.add, " + "],
  [op.mul, " * "],
  [op.sub, " - "],
  [op.mod, " % "],
  [op.neg, "-"],
  [op.lt, " < "],
  [op.le, " <= "],
  [op.ne, " != "],
  [op.gt, " > "],
  [op.ge, " >= "],
  [op.eq, " = "],
  [op.isDistinctFrom, " IS DISTINCT FROM "],
  [op.isNotDistinctFrom, " IS NOT DISTINCT FROM "],
  [op.concatOp, " || "],
  [op.matchOp, " MATCH "],
  [op.notMatchOp, " NOT MATCH "],
  [op.inOp, " IN "],
  [op.notInOp, " NOT IN "],
  [op.commaOp, ", "],
  [op.from_, " FROM "],
  [op.as_, " AS "],
  [op.is_, " IS "],
  [op.isNot, " IS NOT "],
  [op.collate, " COLLATE "],
  // unary
  [op.exists, "EXISTS "],
  [op.distinctOp, "DISTINCT "],
  [op.inv, "NOT "],
  [op.anyOp, "ANY "],
  [op.allOp, "ALL "],
  // modifiers
  [op.descOp, " DESC"],
  [op.ascOp, " ASC"],
  [op.nullsFirstOp, " NULLS FIRST"],
  [op.nullsLastOp, " NULLS LAST"],
  // bitwise
  [op.bitwiseXorOp, " ^ "],
  [op.bitwiseOrOp, " | "],
  [op.bitwiseAndOp, " & "],
  [op.bitwiseNotOp, "~"],
  [op.bitwiseLshiftOp, " << "],
  [op.bitwiseRshiftOp, " >> "],
]);
