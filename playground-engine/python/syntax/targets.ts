// Which expressions can be assigned to, and turning one that was read as a value into a target.
import type { Expr, ExprContext } from "./ast.ts";

/** Can this be on the left of `=` (within a tuple or list also starred)? */
export function isTarget(node: Expr, starred = false): boolean {
  switch (node._type) {
    case "Name":
    case "Attribute":
    case "Subscript":
      return true;
    case "Tuple":
    case "List":
      return node.elts.every((element) => isTarget(element, true));
    case "Starred":
      return starred && node.value._type !== "Starred" && isTarget(node.value, true);
    default:
      return false;
  }
}

/** Can this stand after `del`? */
export function isDeletable(node: Expr): boolean {
  if (node._type === "Tuple" || node._type === "List") return node.elts.every(isDeletable);
  return node._type === "Name" || node._type === "Attribute" || node._type === "Subscript";
}

/** Marks a target as such, elements included. What it is an attribute or item of stays a value. */
export function setContext(node: Expr, ctx: ExprContext): void {
  switch (node._type) {
    case "Name":
    case "Attribute":
    case "Subscript":
      node.ctx = ctx;
      break;
    case "Starred":
      node.ctx = ctx;
      setContext(node.value, ctx);
      break;
    case "Tuple":
    case "List":
      node.ctx = ctx;
      for (const element of node.elts) setContext(element, ctx);
      break;
    default:
  }
}
