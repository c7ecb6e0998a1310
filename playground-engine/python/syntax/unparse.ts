// An expression's text again, as CPython writes annotations under `from __future__ import annotations`: one space around
// operators, parentheses only where precedence needs them, strings as their repr.
import type {
  Arguments,
  BinaryOperator,
  CompareOperator,
  Comprehension,
  ConstantValue,
  Expr,
  JoinedStr,
} from "./ast.ts";
import { EllipsisConstant, FloatConstant, ImaginaryConstant } from "./ast.ts";
import { floatRepr } from "./float-repr.ts";

// Precedence, loosest first.
const TUPLE = 0;
const TEST = 1;
const OR = 2;
const AND = 3;
const NOT = 4;
const COMPARE = 5;
const EXPR = 6;
const FACTOR = 12;
const POWER = 13;
const AWAIT = 14;
const ATOM = 15;

const BINARY: Record<BinaryOperator, [text: string, precedence: number]> = {
  BitOr: ["|", EXPR],
  BitXor: ["^", 7],
  BitAnd: ["&", 8],
  LShift: ["<<", 9],
  RShift: [">>", 9],
  Add: ["+", 10],
  Sub: ["-", 10],
  Mult: ["*", 11],
  MatMult: ["@", 11],
  Div: ["/", 11],
  Mod: ["%", 11],
  FloorDiv: ["//", 11],
  Pow: ["**", POWER],
};
const COMPARISON: Record<CompareOperator, string> = {
  Eq: "==", NotEq: "!=", Lt: "<", LtE: "<=", Gt: ">", GtE: ">=", Is: "is", IsNot: "is not", In: "in", NotIn: "not in",
}; // prettier-ignore

export function unparse(node: Expr): string {
  return text(node, TEST);
}

/** @param level the precedence around: what binds looser gets parentheses */
function text(node: Expr, level: number): string {
  const wrap = (precedence: number, inner: string): string => (level > precedence ? `(${inner})` : inner);
  const list = (nodes: readonly Expr[]): string => nodes.map((each) => text(each, TEST)).join(", ");
  switch (node._type) {
    case "Name":
      return node.id;
    case "Constant":
      return (node.kind ?? "") + constantText(node.value);
    case "Attribute": {
      const { value } = node;
      const isInt = value._type === "Constant" && ["number", "bigint"].includes(typeof value.value);
      return `${text(value, ATOM)}${isInt ? " ." : "."}${node.attr}`;
    }
    case "Subscript":
      return `${text(node.value, ATOM)}[${text(node.slice, TUPLE)}]`;
    case "Call":
      return text(node.func, ATOM) + argumentsText(node.args, node.keywords);
    case "Tuple":
      if (node.elts.length === 0) return "()";
      return wrap(TUPLE, list(node.elts) + (node.elts.length === 1 ? "," : ""));
    case "List":
      return `[${list(node.elts)}]`;
    case "Set":
      return `{${list(node.elts)}}`;
    case "Dict": {
      const pair = (key: Expr | null, value: Expr): string =>
        key === null ? `**${text(value, EXPR)}` : `${text(key, TEST)}: ${text(value, TEST)}`;
      return `{${node.keys.map((key, index) => pair(key, node.values[index] as Expr)).join(", ")}}`;
    }
    case "BoolOp": {
      const precedence = node.op === "And" ? AND : OR;
      const values = node.values.map((value) => text(value, precedence + 1));
      return wrap(precedence, values.join(node.op === "And" ? " and " : " or "));
    }
    case "BinOp": {
      const [operator, precedence] = BINARY[node.op];
      const right = node.op === "Pow";
      const sides = [
        text(node.left, precedence + (right ? 1 : 0)),
        text(node.right, precedence + (right ? 0 : 1)),
      ];
      return wrap(precedence, sides.join(` ${operator} `));
    }
    case "UnaryOp": {
      const precedence = node.op === "Not" ? NOT : FACTOR;
      const operator = { Invert: "~", Not: "not ", UAdd: "+", USub: "-" }[node.op];
      return wrap(precedence, operator + text(node.operand, precedence));
    }
    case "Compare": {
      const rest = node.ops.map(
        (operator, index) => ` ${COMPARISON[operator]} ${text(node.comparators[index] as Expr, COMPARE + 1)}`,
      );
      return wrap(COMPARE, text(node.left, COMPARE + 1) + rest.join(""));
    }
    case "IfExp": {
      const choice = `${text(node.body, TEST + 1)} if ${text(node.test, TEST + 1)} else ${text(node.orelse, TEST)}`;
      return wrap(TEST, choice);
    }
    case "Lambda": {
      const { args } = node;
      const space = args.args.length + args.posonlyargs.length > 0 ? " " : "";
      return wrap(TEST, `lambda${space}${parametersText(args)}: ${text(node.body, TEST)}`);
    }
    case "NamedExpr":
      return wrap(TUPLE, `${text(node.target, ATOM)} := ${text(node.value, ATOM)}`);
    case "ListComp":
      return `[${text(node.elt, TEST)}${clauses(node.generators)}]`;
    case "SetComp":
      return `{${text(node.elt, TEST)}${clauses(node.generators)}}`;
    case "GeneratorExp":
      return `(${text(node.elt, TEST)}${clauses(node.generators)})`;
    case "DictComp":
      return `{${text(node.key, TEST)}: ${text(node.value, TEST)}${clauses(node.generators)}}`;
    case "Starred":
      return `*${text(node.value, EXPR)}`;
    case "Slice": {
      const bound = (value: Expr | null): string => (value === null ? "" : text(value, TEST));
      return `${bound(node.lower)}:${bound(node.upper)}${node.step === null ? "" : `:${bound(node.step)}`}`;
    }
    case "Yield":
      return node.value === null ? "(yield)" : `(yield ${text(node.value, TEST)})`;
    case "YieldFrom":
      return `(yield from ${text(node.value, TEST)})`;
    case "Await":
      return wrap(AWAIT, `await ${text(node.value, ATOM)}`);
    case "JoinedStr":
      return `f${stringRepr(formatBody(node))}`;
    case "FormattedValue":
      return `f${stringRepr(formatPart(node))}`;
  }
}

function argumentsText(args: Expr[], keywords: { arg: string | null; value: Expr }[]): string {
  const [first] = args;
  if (args.length === 1 && keywords.length === 0 && first?._type === "GeneratorExp")
    return text(first, TUPLE);
  const parts = [
    ...args.map((arg) => text(arg, TEST)),
    ...keywords.map(({ arg, value }) => (arg === null ? "**" : `${arg}=`) + text(value, TEST)),
  ];
  return `(${parts.join(", ")})`;
}

function clauses(generators: Comprehension[]): string {
  const one = ({ target, iter, ifs, is_async }: Comprehension): string =>
    `${is_async === 1 ? " async" : ""} for ${text(target, TUPLE)} in ${text(iter, TEST + 1)}` +
    ifs.map((test) => ` if ${text(test, TEST + 1)}`).join("");
  return generators.map(one).join("");
}

function parametersText(args: Arguments): string {
  const parts: string[] = [];
  const positional = [...args.posonlyargs, ...args.args];
  const required = positional.length - args.defaults.length;
  const withDefault = (name: string, value: Expr | null | undefined): string =>
    value == null ? name : `${name}=${text(value, TEST)}`;
  positional.forEach((arg, index) => {
    parts.push(withDefault(arg.arg, args.defaults[index - required]));
    if (index === args.posonlyargs.length - 1) parts.push("/");
  });
  if (args.vararg !== null) parts.push(`*${args.vararg.arg}`);
  else if (args.kwonlyargs.length > 0) parts.push("*");
  args.kwonlyargs.forEach((arg, index) => parts.push(withDefault(arg.arg, args.kw_defaults[index])));
  if (args.kwarg !== null) parts.push(`**${args.kwarg.arg}`);
  return parts.join(", ");
}

function formatBody(node: JoinedStr): string {
  return node.values.map(formatPart).join("");
}

function formatPart(node: Expr): string {
  if (node._type === "Constant") return String(node.value).replace(/[{}]/g, "$&$&");
  if (node._type === "JoinedStr") return formatBody(node);
  if (node._type !== "FormattedValue") return text(node, TEST);
  const inner = text(node.value, TEST + 1);
  const conversion = node.conversion < 0 ? "" : `!${String.fromCharCode(node.conversion)}`;
  const spec = node.format_spec === null ? "" : `:${formatBody(node.format_spec)}`;
  return `${inner.startsWith("{") ? "{ " : "{"}${inner}${conversion}${spec}}`;
}

function constantText(value: ConstantValue): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return stringRepr(value);
  if (value instanceof FloatConstant) return finite(floatRepr(value.value));
  if (value instanceof ImaginaryConstant) return `${finite(floatRepr(value.imag)).replace(/\.0$/, "")}j`;
  if (value instanceof EllipsisConstant) return "...";
  if (value instanceof Uint8Array) return bytesRepr(value);
  return String(value);
}

/** Infinity has no literal but one that is too large. */
function finite(repr: string): string {
  return repr === "inf" ? "1e309" : repr;
}

function quoteFor(value: string): string {
  return value.includes("'") && !value.includes('"') ? '"' : "'";
}

const ESCAPES: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\" };

/** A str as Python's repr writes it. */
function stringRepr(value: string): string {
  const quote = quoteFor(value);
  let made = quote;
  for (const char of value) {
    const code = char.codePointAt(0) as number;
    if (char === quote) made += `\\${char}`;
    else if (ESCAPES[char] !== undefined) made += ESCAPES[char];
    else if (code === 32 || (code > 32 && code < 127)) made += char;
    else if (code > 127 && !/[\p{C}\p{Z}]/u.test(char)) made += char;
    else made += escaped(code);
  }
  return made + quote;
}

function escaped(code: number): string {
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}

function bytesRepr(value: Uint8Array): string {
  const plain = String.fromCharCode(...value);
  const quote = quoteFor(plain);
  let made = `b${quote}`;
  for (const code of value) {
    const char = String.fromCharCode(code);
    if (char === quote) made += `\\${char}`;
    else if (ESCAPES[char] !== undefined) made += ESCAPES[char];
    else made += code >= 32 && code < 127 ? char : escaped(code);
  }
  return made + quote;
}
