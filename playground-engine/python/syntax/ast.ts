// The tree that a Python program parses to: CPython 3.11's node names and fields (its `ast` module documents them),
// discriminated by `_type`. Operators and contexts are strings, since they carry nothing but their name.
//
// Always: lines count from 1, columns are UTF-8 byte offsets from 0, the end is exclusive; nodes of one type have
// the same properties in the same order; a list that CPython leaves empty is an empty array, an absent node is null.

/** A float literal's value: kept apart from int, which is a number or (beyond 2^53) a bigint. */
export class FloatConstant {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** An imaginary literal such as `2j`: the real part is always zero. */
export class ImaginaryConstant {
  readonly imag: number;
  constructor(imag: number) {
    this.imag = imag;
  }
}

export class EllipsisConstant {
  readonly ellipsis = true;
}
export const ELLIPSIS = new EllipsisConstant();

/** bytes are a Uint8Array, str is a string, None is null. */
export type ConstantValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | FloatConstant
  | ImaginaryConstant
  | EllipsisConstant;

export interface Located {
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
}

export type ExprContext = "Load" | "Store" | "Del";
export type BoolOperator = "And" | "Or";
export type UnaryOperator = "Invert" | "Not" | "UAdd" | "USub";
export type BinaryOperator =
  | "Add" | "Sub" | "Mult" | "MatMult" | "Div" | "Mod" | "Pow"
  | "LShift" | "RShift" | "BitOr" | "BitXor" | "BitAnd" | "FloorDiv"; // prettier-ignore
export type CompareOperator = "Eq" | "NotEq" | "Lt" | "LtE" | "Gt" | "GtE" | "Is" | "IsNot" | "In" | "NotIn";

// ---- modules

export interface Module {
  _type: "Module";
  body: Stmt[];
}
export interface Expression {
  _type: "Expression";
  body: Expr;
}
export interface Interactive {
  _type: "Interactive";
  body: Stmt[];
}
export type Mod = Module | Expression | Interactive;

// ---- statements

interface FunctionFields extends Located {
  name: string;
  args: Arguments;
  body: Stmt[];
  decorator_list: Expr[];
  returns: Expr | null;
}
export interface FunctionDef extends FunctionFields {
  _type: "FunctionDef";
}
export interface AsyncFunctionDef extends FunctionFields {
  _type: "AsyncFunctionDef";
}
export interface ClassDef extends Located {
  _type: "ClassDef";
  name: string;
  bases: Expr[];
  keywords: Keyword[];
  body: Stmt[];
  decorator_list: Expr[];
}
export interface Return extends Located {
  _type: "Return";
  value: Expr | null;
}
export interface Delete extends Located {
  _type: "Delete";
  targets: Expr[];
}
export interface Assign extends Located {
  _type: "Assign";
  targets: Expr[];
  value: Expr;
}
export interface AugAssign extends Located {
  _type: "AugAssign";
  target: Expr;
  op: BinaryOperator;
  value: Expr;
}
/** `simple` is 1 when the target is a name without parentheses. */
export interface AnnAssign extends Located {
  _type: "AnnAssign";
  target: Expr;
  annotation: Expr;
  value: Expr | null;
  simple: 0 | 1;
}
interface ForFields extends Located {
  target: Expr;
  iter: Expr;
  body: Stmt[];
  orelse: Stmt[];
}
export interface For extends ForFields {
  _type: "For";
}
export interface AsyncFor extends ForFields {
  _type: "AsyncFor";
}
export interface While extends Located {
  _type: "While";
  test: Expr;
  body: Stmt[];
  orelse: Stmt[];
}
export interface If extends Located {
  _type: "If";
  test: Expr;
  body: Stmt[];
  orelse: Stmt[];
}
interface WithFields extends Located {
  items: WithItem[];
  body: Stmt[];
}
export interface With extends WithFields {
  _type: "With";
}
export interface AsyncWith extends WithFields {
  _type: "AsyncWith";
}
export interface Match extends Located {
  _type: "Match";
  subject: Expr;
  cases: MatchCase[];
}
export interface Raise extends Located {
  _type: "Raise";
  exc: Expr | null;
  cause: Expr | null;
}
interface TryFields extends Located {
  body: Stmt[];
  handlers: ExceptHandler[];
  orelse: Stmt[];
  finalbody: Stmt[];
}
export interface Try extends TryFields {
  _type: "Try";
}
export interface TryStar extends TryFields {
  _type: "TryStar";
}
export interface Assert extends Located {
  _type: "Assert";
  test: Expr;
  msg: Expr | null;
}
export interface Import extends Located {
  _type: "Import";
  names: Alias[];
}
export interface ImportFrom extends Located {
  _type: "ImportFrom";
  module: string | null;
  names: Alias[];
  level: number;
}
export interface Global extends Located {
  _type: "Global";
  names: string[];
}
export interface Nonlocal extends Located {
  _type: "Nonlocal";
  names: string[];
}
export interface ExprStatement extends Located {
  _type: "Expr";
  value: Expr;
}
export interface Pass extends Located {
  _type: "Pass";
}
export interface Break extends Located {
  _type: "Break";
}
export interface Continue extends Located {
  _type: "Continue";
}

export type Stmt =
  | FunctionDef | AsyncFunctionDef | ClassDef | Return | Delete | Assign | AugAssign | AnnAssign | For | AsyncFor
  | While | If | With | AsyncWith | Match | Raise | Try | TryStar | Assert | Import | ImportFrom | Global | Nonlocal
  | ExprStatement | Pass | Break | Continue; // prettier-ignore

// ---- expressions

export interface BoolOp extends Located {
  _type: "BoolOp";
  op: BoolOperator;
  values: Expr[];
}
export interface NamedExpr extends Located {
  _type: "NamedExpr";
  target: Name;
  value: Expr;
}
export interface BinOp extends Located {
  _type: "BinOp";
  left: Expr;
  op: BinaryOperator;
  right: Expr;
}
export interface UnaryOp extends Located {
  _type: "UnaryOp";
  op: UnaryOperator;
  operand: Expr;
}
export interface Lambda extends Located {
  _type: "Lambda";
  args: Arguments;
  body: Expr;
}
export interface IfExp extends Located {
  _type: "IfExp";
  test: Expr;
  body: Expr;
  orelse: Expr;
}
/** A null key stands for `**value`. */
export interface Dict extends Located {
  _type: "Dict";
  keys: (Expr | null)[];
  values: Expr[];
}
export interface SetDisplay extends Located {
  _type: "Set";
  elts: Expr[];
}
export interface ListComp extends Located {
  _type: "ListComp";
  elt: Expr;
  generators: Comprehension[];
}
export interface SetComp extends Located {
  _type: "SetComp";
  elt: Expr;
  generators: Comprehension[];
}
export interface DictComp extends Located {
  _type: "DictComp";
  key: Expr;
  value: Expr;
  generators: Comprehension[];
}
export interface GeneratorExp extends Located {
  _type: "GeneratorExp";
  elt: Expr;
  generators: Comprehension[];
}
export interface Await extends Located {
  _type: "Await";
  value: Expr;
}
export interface Yield extends Located {
  _type: "Yield";
  value: Expr | null;
}
export interface YieldFrom extends Located {
  _type: "YieldFrom";
  value: Expr;
}
export interface Compare extends Located {
  _type: "Compare";
  left: Expr;
  ops: CompareOperator[];
  comparators: Expr[];
}
export interface Call extends Located {
  _type: "Call";
  func: Expr;
  args: Expr[];
  keywords: Keyword[];
}
/** `conversion` is the code of `s`, `r` or `a`, or -1. */
export interface FormattedValue extends Located {
  _type: "FormattedValue";
  value: Expr;
  conversion: number;
  format_spec: JoinedStr | null;
}
export interface JoinedStr extends Located {
  _type: "JoinedStr";
  values: Expr[];
}
/** `kind` is "u" for a string written with that prefix. */
export interface Constant extends Located {
  _type: "Constant";
  value: ConstantValue;
  kind: string | null;
}
export interface Attribute extends Located {
  _type: "Attribute";
  value: Expr;
  attr: string;
  ctx: ExprContext;
}
export interface Subscript extends Located {
  _type: "Subscript";
  value: Expr;
  slice: Expr;
  ctx: ExprContext;
}
export interface Starred extends Located {
  _type: "Starred";
  value: Expr;
  ctx: ExprContext;
}
export interface Name extends Located {
  _type: "Name";
  id: string;
  ctx: ExprContext;
}
export interface List extends Located {
  _type: "List";
  elts: Expr[];
  ctx: ExprContext;
}
export interface Tuple extends Located {
  _type: "Tuple";
  elts: Expr[];
  ctx: ExprContext;
}
/** Only inside Subscript. */
export interface Slice extends Located {
  _type: "Slice";
  lower: Expr | null;
  upper: Expr | null;
  step: Expr | null;
}

export type Expr =
  | BoolOp | NamedExpr | BinOp | UnaryOp | Lambda | IfExp | Dict | SetDisplay | ListComp | SetComp | DictComp
  | GeneratorExp | Await | Yield | YieldFrom | Compare | Call | FormattedValue | JoinedStr | Constant | Attribute
  | Subscript | Starred | Name | List | Tuple | Slice; // prettier-ignore

// ---- patterns

export interface MatchValue extends Located {
  _type: "MatchValue";
  value: Expr;
}
export interface MatchSingleton extends Located {
  _type: "MatchSingleton";
  value: null | boolean;
}
export interface MatchSequence extends Located {
  _type: "MatchSequence";
  patterns: Pattern[];
}
export interface MatchMapping extends Located {
  _type: "MatchMapping";
  keys: Expr[];
  patterns: Pattern[];
  rest: string | null;
}
export interface MatchClass extends Located {
  _type: "MatchClass";
  cls: Expr;
  patterns: Pattern[];
  kwd_attrs: string[];
  kwd_patterns: Pattern[];
}
export interface MatchStar extends Located {
  _type: "MatchStar";
  name: string | null;
}
/** Without pattern it captures or, without name either, is the wildcard. */
export interface MatchAs extends Located {
  _type: "MatchAs";
  pattern: Pattern | null;
  name: string | null;
}
export interface MatchOr extends Located {
  _type: "MatchOr";
  patterns: Pattern[];
}

export type Pattern =
  MatchValue | MatchSingleton | MatchSequence | MatchMapping | MatchClass | MatchStar | MatchAs | MatchOr;

// ---- parts

export interface Comprehension {
  _type: "comprehension";
  target: Expr;
  iter: Expr;
  ifs: Expr[];
  is_async: 0 | 1;
}
export interface ExceptHandler extends Located {
  _type: "ExceptHandler";
  type: Expr | null;
  name: string | null;
  body: Stmt[];
}
/** `kw_defaults` has a null for each required keyword-only parameter; `defaults` belong to the last positional ones. */
export interface Arguments {
  _type: "arguments";
  posonlyargs: Arg[];
  args: Arg[];
  vararg: Arg | null;
  kwonlyargs: Arg[];
  kw_defaults: (Expr | null)[];
  kwarg: Arg | null;
  defaults: Expr[];
}
export interface Arg extends Located {
  _type: "arg";
  arg: string;
  annotation: Expr | null;
}
/** A null `arg` stands for `**value`. */
export interface Keyword extends Located {
  _type: "keyword";
  arg: string | null;
  value: Expr;
}
export interface Alias extends Located {
  _type: "alias";
  name: string;
  asname: string | null;
}
export interface WithItem {
  _type: "withitem";
  context_expr: Expr;
  optional_vars: Expr | null;
}
export interface MatchCase {
  _type: "match_case";
  pattern: Pattern;
  guard: Expr | null;
  body: Stmt[];
}

export type Node =
  | Mod | Stmt | Expr | Pattern | Comprehension | ExceptHandler | Arguments | Arg | Keyword | Alias | WithItem
  | MatchCase; // prettier-ignore
