// SQL operators as values: what each is called, how strongly it binds, and which method of an operand it calls.
//
// `op.invoke(left, [right], options)` calls the method of ColumnOperators that a program would call (`eq`, `like` …), so a
// comparator that overrides the method is asked; its base ends in `left.operate(op, …)`. Printing is the compiler's.
// Behaviour: SQLAlchemy sql/operators.py.
import { InvalidRequestError } from "../errors/index.ts";
import { reprString } from "../util/text.ts";
import { host, type Kwargs, type Value } from "../util/host.ts";
import type { TypeEngine } from "./types/engine.ts";

/** What travels with an operation besides its operands. */
export interface OperateOptions {
  /** The other operand stands on the left. */
  readonly reverse?: boolean;
  readonly resultType?: TypeEngine;
  readonly negateOp?: Operator;
  /** Which constants turn `==` into IS (TypeEngine.coerceToIsTypes); both where left out. */
  readonly pythonIsTypes?: readonly ("none" | "bool")[];
  /** Keyword arguments that the printed operator knows: escape, autoescape, flags, symmetric … */
  readonly modifiers?: ReadonlyMap<string, Value>;
}

/** Whatever takes part in operations: columns, comparators, ORM attributes. */
export interface Operable {
  operate(op: Operator, other: readonly Value[], options?: OperateOptions): Value;
  reverseOperate(op: Operator, other: Value, options?: OperateOptions): Value;
}

type Methods = Record<string, (...args: Value[]) => Value>;

const LOWEST = -100;
const HIGHEST = 100;

interface OperatorFlags {
  readonly precedence?: number;
  readonly comparison?: boolean;
  readonly commutative?: boolean;
  /** `a op (b op c)` is `(a op b) op c`; commutative operators but = and != are too. */
  readonly associative?: boolean;
  /** The left operand of the same operator needs no parentheses; associative ones do not either. */
  readonly selfPrecedent?: boolean;
  /** Method of ColumnOperators, where it is not the operator's name; null where it has none. */
  readonly method?: string | null;
  /** Names of the keyword arguments the method takes, in the order of its parameters. */
  readonly keywords?: readonly string[];
}

export class Operator {
  /** Python's name of the operator function: "eq", "like_op". */
  readonly name: string;
  /** Undefined where SQLAlchemy gives it none: it binds weakest inside, strongest around. */
  readonly precedence: number | undefined;
  readonly isComparison: boolean;
  readonly isCommutative: boolean;
  readonly isAssociative: boolean;
  readonly isNaturalSelfPrecedent: boolean;
  /** Parentheses even where precedence asks for none. */
  readonly eagerGrouping: boolean = false;
  readonly method: string | null;
  private readonly keywords: readonly string[];
  /** The method as nobody has overridden it: all it does is to call operate(). comparator.ts, which has it, says so. @internal */
  plain: unknown = null;

  constructor(name: string, flags: OperatorFlags = {}) {
    this.name = name;
    this.precedence = flags.precedence;
    this.isComparison = flags.comparison ?? false;
    this.isCommutative = flags.commutative ?? false;
    this.isAssociative = flags.associative ?? false;
    this.isNaturalSelfPrecedent = flags.selfPrecedent ?? this.isAssociative;
    this.method = flags.method === undefined ? name : flags.method;
    this.keywords = flags.keywords ?? [];
  }

  invoke(left: Value, others: readonly Value[], options?: OperateOptions): Value {
    const target = left as Operable & Methods;
    // options beyond a method's own keywords come only from code that has left the methods behind
    if (options && (options.reverse || options.resultType || options.negateOp || options.pythonIsTypes))
      return target.operate(this, others, options);
    const method = this.method === null ? undefined : target[this.method];
    if (typeof method !== "function") return target.operate(this, others, options);
    const modifiers = options?.modifiers;
    if (method === this.plain && (modifiers?.size ?? 0) === this.keywords.length)
      return target.operate(this, others, options);
    if (!modifiers) return method.apply(target, others as Value[]);
    if (this.keywords.length === 0) return method.call(target, ...others, modifiers);
    return method.call(target, ...others, ...this.keywords.map((k) => modifiers.get(k) ?? null));
  }

  /** Whether Python's module operator has it. */
  get isPythons(): boolean {
    return OPERATOR_MODULE.has(this.name);
  }

  /** As Python shows the function that stands for it. */
  toString(): string {
    return this.isPythons ? `<built-in function ${this.name}>` : `<function ${this.name} at 0x7f0000000000>`;
  }
}

/** Functions of Python's own operator module. */
const OPERATOR_MODULE: ReadonlySet<string> = new Set(
  "and_ or_ inv add mul sub mod neg getitem lshift rshift truediv floordiv contains eq ne lt le gt ge".split(
    " ",
  ),
);

/** An operator of the program's own: `column.op("%%", precedence=5)`. */
export class CustomOp extends Operator {
  readonly opstring: string;
  readonly returnType: TypeEngine | null;
  readonly pythonImpl: Value;
  declare readonly eagerGrouping: boolean;

  constructor(
    opstring: string,
    precedence = 0,
    isComparison = false,
    returnType: TypeEngine | null = null,
    naturalSelfPrecedent = false,
    eagerGrouping = false,
    pythonImpl: Value = null,
  ) {
    super("custom_op", {
      precedence,
      comparison: isComparison,
      selfPrecedent: naturalSelfPrecedent,
      method: null,
    });
    this.opstring = opstring;
    this.returnType = returnType;
    this.pythonImpl = pythonImpl;
    this.eagerGrouping = eagerGrouping;
  }

  override invoke(left: Value, others: readonly Value[], options?: OperateOptions): Value {
    if (typeof (left as Operable | null)?.operate === "function")
      return (left as Operable).operate(this, others, options);
    if (this.pythonImpl !== null)
      return host.call(this.pythonImpl, [left, ...others], options?.modifiers as Kwargs | undefined);
    throw new InvalidRequestError(
      `Custom operator ${reprString(this.opstring)} can't be used with plain Python objects unless it includes the 'python_impl' parameter.`,
    );
  }

  /** Two custom operators of the same text and rules are one. */
  get identity(): string {
    const type = this.returnType?.staticCacheKey;
    return JSON.stringify([
      this.opstring,
      this.precedence,
      this.isComparison,
      this.isNaturalSelfPrecedent,
      this.eagerGrouping,
      String(type ?? ""),
    ]);
  }
}

export type OperatorType = Operator;

export function sameOperator(a: Operator | null, b: Operator | null): boolean {
  return a === b || (a instanceof CustomOp && b instanceof CustomOp && a.identity === b.identity);
}

const op = (name: string, flags?: OperatorFlags): Operator => new Operator(name, flags);

// arithmetic and bits
export const add = op("add", { precedence: 7, commutative: true, associative: true });
export const sub = op("sub", { precedence: 7 });
export const mul = op("mul", { precedence: 8, commutative: true, associative: true });
export const truediv = op("truediv", { precedence: 8 });
export const floordiv = op("floordiv", { precedence: 8 });
export const mod = op("mod", { precedence: 8 });
export const neg = op("neg", { precedence: 8 });
export const lshift = op("lshift");
export const rshift = op("rshift");
export const bitwiseXorOp = op("bitwise_xor_op", { precedence: 7, method: "bitwiseXor" });
export const bitwiseOrOp = op("bitwise_or_op", { precedence: 7, method: "bitwiseOr" });
export const bitwiseAndOp = op("bitwise_and_op", { precedence: 7, method: "bitwiseAnd" });
export const bitwiseNotOp = op("bitwise_not_op", { precedence: 8, method: "bitwiseNot" });
export const bitwiseLshiftOp = op("bitwise_lshift_op", { precedence: 7, method: "bitwiseLshift" });
export const bitwiseRshiftOp = op("bitwise_rshift_op", { precedence: 7, method: "bitwiseRshift" });
export const concatOp = op("concat_op", { precedence: 5, associative: true, method: "concat" });

// logic
export const and_ = op("and_", { precedence: 3, associative: true });
export const or_ = op("or_", { precedence: 2, associative: true });
export const inv = op("inv", { precedence: 5, method: "invert" });
export const isTrue = op("is_true", { precedence: 5 });
export const isFalse = op("is_false", { precedence: 5 });

// comparison
const comparison = (name: string, flags: OperatorFlags = {}): Operator =>
  op(name, { comparison: true, ...flags });
export const eq = comparison("eq", { precedence: 5, commutative: true });
export const ne = comparison("ne", { precedence: 5, commutative: true });
export const lt = comparison("lt", { precedence: 5 });
export const le = comparison("le", { precedence: 5 });
export const gt = comparison("gt", { precedence: 5 });
export const ge = comparison("ge", { precedence: 5 });
export const is_ = comparison("is_", { precedence: 5 });
export const isNot = comparison("is_not", { precedence: 5, method: "isNot" });
export const isDistinctFrom = comparison("is_distinct_from", { precedence: 5, method: "isDistinctFrom" });
export const isNotDistinctFrom = comparison("is_not_distinct_from", {
  precedence: 5,
  method: "isNotDistinctFrom",
});
export const inOp = comparison("in_op", { precedence: 5, method: "in_" });
export const notInOp = comparison("not_in_op", { precedence: 5, method: "notIn" });
export const betweenOp = comparison("between_op", {
  precedence: 5,
  method: "between",
  keywords: ["symmetric"],
});
export const notBetweenOp = comparison("not_between_op", { precedence: 5, method: null });
export const likeOp = comparison("like_op", { precedence: 5, method: "like", keywords: ["escape"] });
export const notLikeOp = comparison("not_like_op", {
  precedence: 5,
  method: "notLike",
  keywords: ["escape"],
});
export const ilikeOp = comparison("ilike_op", { precedence: 5, method: "ilike", keywords: ["escape"] });
export const notIlikeOp = comparison("not_ilike_op", {
  precedence: 5,
  method: "notIlike",
  keywords: ["escape"],
});
export const matchOp = comparison("match_op", { precedence: 5, method: "match" });
export const regexpMatchOp = comparison("regexp_match_op", {
  precedence: 5,
  method: "regexpMatch",
  keywords: ["flags"],
});
export const notRegexpMatchOp = comparison("not_regexp_match_op", { precedence: 5, method: null });
export const regexpReplaceOp = op("regexp_replace_op", {
  precedence: 5,
  method: "regexpReplace",
  keywords: ["replacement", "flags"],
});
export const functionAsComparisonOp = comparison("function_as_comparison_op", { precedence: 15 });

/** startswith() and the like: with autoescape the wildcards of a given string are escaped before the method of the operand is called. */
class AffixOperator extends Operator {
  override invoke(left: Value, others: readonly Value[], options?: OperateOptions): Value {
    const modifiers = options?.modifiers;
    for (const key of modifiers?.keys() ?? [])
      if (key !== "autoescape" && key !== "escape")
        throw host.error("TypeError", `${this.name}() got an unexpected keyword argument '${key}'`);
    const autoescape = modifiers?.get("autoescape") ?? false;
    let escape = modifiers?.get("escape") ?? null;
    let other = others[0];
    if (host.isTrue(autoescape)) {
      if (autoescape !== true)
        host.warn("SAWarning", "The autoescape parameter is now a simple boolean True/False");
      if (escape === null) escape = "/";
      if (typeof other !== "string")
        throw host.error("TypeError", "String value expected when autoescape=True");
      const mark = String(escape);
      if (mark !== "%" && mark !== "_") other = other.replaceAll(mark, mark + mark);
      other = (other as string).replaceAll("%", `${mark}%`).replaceAll("_", `${mark}_`);
    }
    return super.invoke(left, [other], {
      ...options,
      modifiers: new Map<string, Value>([["escape", escape]]),
    });
  }
}
const affix = (name: string, method: string, keywords: readonly string[] = ["escape"]): Operator =>
  new AffixOperator(name, { comparison: true, method, keywords });

/** `not_contains_op(a, b)`: what the operator without "not" makes, negated. */
class NegatedOperator extends Operator {
  private readonly positive: Operator;
  constructor(name: string, positive: Operator, flags: OperatorFlags) {
    super(name, flags);
    this.positive = positive;
  }
  override invoke(left: Value, others: readonly Value[], options?: OperateOptions): Value {
    return (this.positive.invoke(left, others, options) as { invert(): Value }).invert();
  }
}
const negated = (name: string, positive: Operator, precedence?: number): Operator =>
  new NegatedOperator(name, positive, {
    comparison: true,
    method: null,
    ...(precedence === undefined ? {} : { precedence }),
  });
export const notMatchOp = negated("not_match_op", matchOp, 5);
export const startswithOp = affix("startswith_op", "startswith");
export const notStartswithOp = negated("not_startswith_op", startswithOp);
export const istartswithOp = affix("istartswith_op", "istartswith");
export const notIstartswithOp = negated("not_istartswith_op", istartswithOp);
export const endswithOp = affix("endswith_op", "endswith");
export const notEndswithOp = negated("not_endswith_op", endswithOp);
export const iendswithOp = affix("iendswith_op", "iendswith");
export const notIendswithOp = negated("not_iendswith_op", iendswithOp);
export const containsOp = affix("contains_op", "contains", []);
export const notContainsOp = negated("not_contains_op", containsOp);
export const icontainsOp = affix("icontains_op", "icontains", []);
export const notIcontainsOp = negated("not_icontains_op", icontainsOp);

// parts of clauses
export const from_ = op("from_", { precedence: 15 });
export const as_ = op("as_", { precedence: -1 });
export const exists = op("exists", { precedence: 0 });
export const commaOp = op("comma_op", { precedence: -1 });
export const filterOp = op("filter_op", { precedence: 6 });
export const distinctOp = op("distinct_op", { precedence: 5, method: "distinct" });
export const anyOp = op("any_op", { precedence: 15, method: "any_" });
export const allOp = op("all_op", { precedence: 15, method: "all_" });
export const descOp = op("desc_op", { precedence: 3, method: "desc" });
export const ascOp = op("asc_op", { precedence: 3, method: "asc" });
export const nullsFirstOp = op("nulls_first_op", { method: "nullsFirst" });
export const nullsLastOp = op("nulls_last_op", { method: "nullsLast" });
export const collate = op("collate", { precedence: 4 });
export const getitem = op("getitem", { precedence: 15, selfPrecedent: true });
export const jsonGetitemOp = op("json_getitem_op", { precedence: 15, selfPrecedent: true, method: null });
export const jsonPathGetitemOp = op("json_path_getitem_op", {
  precedence: 15,
  selfPrecedent: true,
  method: null,
});
/** Python's `in`: not an SQL operator. */
export const contains = op("contains", { method: null });
/** @internal where an operand must become a boolean */
export const asBool = op("_asbool", { precedence: -10 });

const BOOLEANS: ReadonlySet<Operator> = new Set([inv, isTrue, isFalse, and_, or_]);
const ORDERING: ReadonlySet<unknown> = new Set([ascOp, descOp, nullsFirstOp, nullsLastOp]);
const MIRROR: ReadonlyMap<Operator, Operator> = new Map([
  [gt, lt],
  [ge, le],
  [lt, gt],
  [le, ge],
]);

export function isComparison(o: Operator | null): boolean {
  return o?.isComparison ?? false;
}

/** An operator that gives true or false. */
export function isBoolean(o: Operator | null): boolean {
  return o !== null && (o.isComparison || BOOLEANS.has(o));
}

export function isOrderingModifier(o: Operator | null): boolean {
  return ORDERING.has(o);
}

export const isOrderByModifier = isOrderingModifier;

export function isAssociative(o: Operator | null): boolean {
  return o?.isAssociative ?? false;
}

export function isCommutative(o: Operator | null): boolean {
  return o?.isCommutative ?? false;
}

/** The operator that says the same with its operands exchanged. */
export function mirror(o: Operator): Operator {
  return MIRROR.get(o) ?? o;
}

/** Anything an element can stand inside: an operator, or another element (a compound SELECT asks its members). */
export type Against = Operator | object | null;

/** Whether an expression of `operator` needs parentheses inside one of `against`. */
export function isPrecedent(operator: Operator, against: Against | undefined): boolean {
  if (operator === against && operator.isNaturalSelfPrecedent) return false;
  if (against === null || against === undefined) return true;
  const outer = against instanceof Operator ? against.precedence : undefined;
  return (operator.precedence ?? LOWEST) <= (outer ?? HIGHEST);
}

const BY_NAME = new Map<string, Operator>();

/** The operator of a Python function name ("eq", "like_op"), for `operators.eq` in programs. */
export function operatorNamed(name: string): Operator | undefined {
  return BY_NAME.get(name);
}

for (const o of [
  add,
  sub,
  mul,
  truediv,
  floordiv,
  mod,
  neg,
  lshift,
  rshift,
  bitwiseXorOp,
  bitwiseOrOp,
  bitwiseAndOp,
  bitwiseNotOp,
  bitwiseLshiftOp,
  bitwiseRshiftOp,
  concatOp,
  and_,
  or_,
  inv,
  isTrue,
  isFalse,
  eq,
  ne,
  lt,
  le,
  gt,
  ge,
  is_,
  isNot,
  isDistinctFrom,
  isNotDistinctFrom,
  inOp,
  notInOp,
  betweenOp,
  notBetweenOp,
  likeOp,
  notLikeOp,
  ilikeOp,
  notIlikeOp,
  matchOp,
  notMatchOp,
  regexpMatchOp,
  notRegexpMatchOp,
  regexpReplaceOp,
  functionAsComparisonOp,
  startswithOp,
  notStartswithOp,
  istartswithOp,
  notIstartswithOp,
  endswithOp,
  notEndswithOp,
  iendswithOp,
  notIendswithOp,
  containsOp,
  notContainsOp,
  icontainsOp,
  notIcontainsOp,
  from_,
  as_,
  exists,
  commaOp,
  filterOp,
  distinctOp,
  anyOp,
  allOp,
  descOp,
  ascOp,
  nullsFirstOp,
  nullsLastOp,
  collate,
  getitem,
  jsonGetitemOp,
  jsonPathGetitemOp,
  contains,
  asBool,
])
  BY_NAME.set(o.name, o);
