// What is no mistake to the grammar and hardly meant: CPython's SyntaxWarnings.
// Behaviour: CPython 3.11 warns of these when it compiles.
import type { Assert, Call, Compare, ConstantValue, Expr, Node, Subscript } from "../ast.ts";
import { EllipsisConstant, FloatConstant, ImaginaryConstant } from "../ast.ts";
import { eachChild } from "../walk.ts";

export interface Suspicion {
  readonly message: string;
  readonly lineno: number;
  /** Where in the line it begins, counted from 1. */
  readonly offset: number;
}

/** What a tree holds of them, in the order of the text. */
export function suspicions(tree: Node): readonly Suspicion[] {
  const found: Suspicion[] = [];
  const visit = (node: Node): void => {
    const message = suspicionOf(node);
    if (message !== undefined) {
      const { lineno, col_offset } = node as Expr;
      found.push({ message, lineno, offset: col_offset + 1 });
    }
    eachChild(node, visit);
  };
  visit(tree);
  return found;
}

function suspicionOf(node: Node): string | undefined {
  switch (node._type) {
    case "Compare":
      return comparison(node);
    case "Assert":
      return assertion(node);
    case "Call":
      return call(node);
    case "Subscript":
      return node.ctx === "Load" ? subscript(node) : undefined;
    default:
      return undefined;
  }
}

function comparison(node: Compare): string | undefined {
  const sides = [node.left, ...node.comparators];
  for (const [i, op] of node.ops.entries()) {
    if (op !== "Is" && op !== "IsNot") continue;
    if (!isLiteral(sides[i]!) && !isLiteral(sides[i + 1]!)) continue;
    return op === "Is"
      ? '"is" with a literal. Did you mean "=="?'
      : '"is not" with a literal. Did you mean "!="?';
  }
  return undefined;
}

/** A constant that is not the only one of its value; signs before numbers and tuples of constants are constants too. */
function isLiteral(e: Expr): boolean {
  if (e._type === "UnaryOp") return e.op !== "Not" && isLiteral(e.operand);
  if (e._type === "Tuple") return e.elts.every((x) => x._type === "Constant" || isLiteral(x));
  return e._type === "Constant" && !isSingleton(e.value);
}
const isSingleton = (v: ConstantValue): boolean =>
  v === null || typeof v === "boolean" || v instanceof EllipsisConstant;

function assertion(node: Assert): string | undefined {
  return node.test._type === "Tuple" && node.test.elts.length > 0
    ? "assertion is always true, perhaps remove parentheses?"
    : undefined;
}

/** The type that an expression has for certain. */
function typeName(e: Expr): string | undefined {
  switch (e._type) {
    case "Tuple":
      return "tuple";
    case "List":
    case "ListComp":
      return "list";
    case "Dict":
    case "DictComp":
      return "dict";
    case "Set":
    case "SetComp":
      return "set";
    case "GeneratorExp":
      return "generator";
    case "Lambda":
      return "function";
    case "JoinedStr":
    case "FormattedValue":
      return "str";
    case "Constant":
      return constantType(e.value);
    default:
      return undefined;
  }
}

function constantType(v: ConstantValue): string {
  if (v === null) return "NoneType";
  if (typeof v === "boolean") return "bool";
  if (typeof v === "string") return "str";
  if (v instanceof Uint8Array) return "bytes";
  if (v instanceof FloatConstant) return "float";
  if (v instanceof ImaginaryConstant) return "complex";
  return v instanceof EllipsisConstant ? "ellipsis" : "int";
}

function call(node: Call): string | undefined {
  const type = node.func._type === "Lambda" ? undefined : typeName(node.func);
  return type && `'${type}' object is not callable; perhaps you missed a comma?`;
}

function subscript(node: Subscript): string | undefined {
  const type = typeName(node.value);
  if (type === undefined || type === "dict") return undefined;
  if (!["str", "bytes", "tuple", "list"].includes(type))
    return `'${type}' object is not subscriptable; perhaps you missed a comma?`;
  const index = typeName(node.slice);
  return index === undefined || index === "int" || index === "bool"
    ? undefined
    : `${type} indices must be integers or slices, not ${index}; perhaps you missed a comma?`;
}
