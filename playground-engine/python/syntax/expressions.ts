// Expressions: Python's reference, "Expressions" and "Full Grammar specification", by recursive descent with
// precedence climbing for the binary operators.
//
// The tree carries CPython's positions: parentheses around an expression are not part of it, but are part of what
// it is an operand of. Names are read as Load; `setContext` makes targets of them once an `=` has been seen.
import type {
  Arg, Arguments, BinaryOperator, Call, CompareOperator, Comprehension, Constant, Expr, Keyword, Name, Starred,
} from "./ast.ts"; // prettier-ignore
import { ELLIPSIS } from "./ast.ts";
import { Cursor } from "./cursor.ts";
import { numberValue, tooManyDigits } from "./numbers.ts";
import { isTarget, setContext } from "./targets.ts";
import * as T from "./tokens.ts";

const BINARY: BinaryOperator[] = [
  "Add", "Sub", "Mult", "Div", "FloorDiv", "Mod", "MatMult", "Pow", "LShift", "RShift", "BitAnd", "BitOr", "BitXor",
]; // prettier-ignore
/** Binding strength of the binary operators by token kind; 0 is none. Power is not here: it binds to the right. */
const STRENGTH = new Uint8Array(128);
for (const kind of [T.VBAR]) STRENGTH[kind] = 1;
for (const kind of [T.CIRCUMFLEX]) STRENGTH[kind] = 2;
for (const kind of [T.AMPER]) STRENGTH[kind] = 3;
for (const kind of [T.LEFTSHIFT, T.RIGHTSHIFT]) STRENGTH[kind] = 4;
for (const kind of [T.PLUS, T.MINUS]) STRENGTH[kind] = 5;
for (const kind of [T.STAR, T.SLASH, T.DOUBLESLASH, T.PERCENT, T.AT]) STRENGTH[kind] = 6;

/** Tokens that can begin an expression (`*` and `yield` aside). */
const BEGINS = new Uint8Array(128);
for (const kind of [
  T.NAME, T.NUMBER, T.STRING, T.LPAR, T.LSQB, T.LBRACE, T.ELLIPSIS_TOKEN, T.TILDE, T.PLUS, T.MINUS, T.FALSE, T.NONE,
  T.TRUE, T.AWAIT, T.LAMBDA, T.NOT,
]) BEGINS[kind] = 1; // prettier-ignore

export function augmentedOperator(kind: number): BinaryOperator | undefined {
  return kind >= T.PLUSEQUAL && kind <= T.CIRCUMFLEXEQUAL ? BINARY[kind - T.PLUSEQUAL] : undefined;
}

export abstract class ExpressionParser extends Cursor {
  /** Adjacent string literals, from the position on. */
  protected abstract strings(): Expr;

  /** Could an expression start here? Only to tell an absent optional part from one that is wrong. */
  protected begins(): boolean {
    return BEGINS[this.kind()] === 1;
  }

  // ---- lists of expressions

  /** `star_expressions`: what may stand right of `=`, after return, in a for statement's iterable. */
  protected starExpressions(): Expr {
    const start = this.pos;
    const first = this.starExpression();
    if (this.kind() !== T.COMMA) return first;
    return this.restOfTuple(start, first, () => this.starExpression());
  }

  /** After a first element, at a comma. */
  protected restOfTuple(start: number, first: Expr, element: () => Expr): Expr {
    const elts = [first];
    while (this.accept(T.COMMA)) {
      if (!this.begins() && this.kind() !== T.STAR) break;
      elts.push(element());
    }
    return { ...this.node("Tuple", start), elts, ctx: "Load" };
  }

  protected starExpression(): Expr {
    return this.kind() === T.STAR ? this.starred() : this.expression();
  }

  /** `*` before an operand that binds tighter than comparison. */
  private starred(): Starred {
    const start = this.pos++;
    const value = this.bitwiseOr();
    return { ...this.node("Starred", start), value, ctx: "Load" };
  }

  protected starNamedExpression(): Expr {
    return this.kind() === T.STAR ? this.starred() : this.namedExpression();
  }

  protected starNamedExpressions(close: number): Expr[] {
    const elts: Expr[] = [];
    while (this.kind() !== close) {
      elts.push(this.starNamedExpression());
      if (!this.accept(T.COMMA)) break;
    }
    return elts;
  }

  /** `expressions`: no stars. */
  protected expressions(): Expr {
    const start = this.pos;
    const first = this.expression();
    if (this.kind() !== T.COMMA) return first;
    const elts = [first];
    while (this.accept(T.COMMA) && this.begins()) elts.push(this.expression());
    return { ...this.node("Tuple", start), elts, ctx: "Load" };
  }

  protected yieldExpression(): Expr {
    const start = this.pos;
    this.expect(T.YIELD);
    if (this.accept(T.FROM)) {
      const value = this.expression();
      return { ...this.node("YieldFrom", start), value };
    }
    const value = this.begins() || this.kind() === T.STAR ? this.starExpressions() : null;
    return { ...this.node("Yield", start), value };
  }

  /** What may stand right of `=`. */
  protected assignedValue(): Expr {
    return this.kind() === T.YIELD ? this.yieldExpression() : this.starExpressions();
  }

  // ---- from the loosest binding to the tightest

  protected namedExpression(): Expr {
    if (this.kind() === T.NAME && this.ahead(1) === T.WALRUS) return this.assignmentExpression();
    const value = this.expression();
    if (this.kind() === T.WALRUS) this.fail();
    return value;
  }

  private assignmentExpression(): Expr {
    const start = this.pos;
    const target = this.nameNode();
    target.ctx = "Store";
    this.pos++;
    const value = this.expression();
    return { ...this.node("NamedExpr", start), target, value };
  }

  protected expression(): Expr {
    if (this.kind() === T.LAMBDA) return this.lambda();
    const start = this.pos;
    const body = this.disjunction();
    if (this.kind() !== T.IF) return body;
    this.pos++;
    const test = this.disjunction();
    this.expect(T.ELSE);
    const orelse = this.expression();
    return { ...this.node("IfExp", start), test, body, orelse };
  }

  protected disjunction(): Expr {
    const start = this.pos;
    const first = this.conjunction();
    if (this.kind() !== T.OR) return first;
    const values = [first];
    while (this.accept(T.OR)) values.push(this.conjunction());
    return { ...this.node("BoolOp", start), op: "Or", values };
  }

  private conjunction(): Expr {
    const start = this.pos;
    const first = this.inversion();
    if (this.kind() !== T.AND) return first;
    const values = [first];
    while (this.accept(T.AND)) values.push(this.inversion());
    return { ...this.node("BoolOp", start), op: "And", values };
  }

  private inversion(): Expr {
    if (this.kind() !== T.NOT) return this.comparison();
    const start = this.pos++;
    const operand = this.inversion();
    return { ...this.node("UnaryOp", start), op: "Not", operand };
  }

  private comparison(): Expr {
    const start = this.pos;
    const left = this.bitwiseOr();
    let operator = this.compareOperator();
    if (operator === undefined) return left;
    const ops: CompareOperator[] = [];
    const comparators: Expr[] = [];
    do {
      ops.push(operator);
      comparators.push(this.bitwiseOr());
      operator = this.compareOperator();
    } while (operator !== undefined);
    return { ...this.node("Compare", start), left, ops, comparators };
  }

  private compareOperator(): CompareOperator | undefined {
    switch (this.kind()) {
      case T.EQEQUAL: this.pos++; return "Eq";
      case T.NOTEQUAL: this.pos++; return "NotEq";
      case T.LESS: this.pos++; return "Lt";
      case T.LESSEQUAL: this.pos++; return "LtE";
      case T.GREATER: this.pos++; return "Gt";
      case T.GREATEREQUAL: this.pos++; return "GtE";
      case T.IN: this.pos++; return "In";
      case T.IS:
        this.pos++;
        return this.accept(T.NOT) ? "IsNot" : "Is";
      case T.NOT:
        this.pos++;
        this.expect(T.IN);
        return "NotIn";
      default:
        return undefined;
    }
  } // prettier-ignore

  protected bitwiseOr(): Expr {
    return this.binary(1);
  }

  /** Operators of at least this strength, grouping to the left. */
  private binary(least: number): Expr {
    const start = this.pos;
    let left = this.factor();
    for (;;) {
      const kind = this.kind();
      const strength = STRENGTH[kind] as number;
      if (strength < least || strength === 0) return left;
      this.pos++;
      const right = this.binary(strength + 1);
      left = { ...this.node("BinOp", start), left, op: BINARY[kind - T.PLUS] as BinaryOperator, right };
    }
  }

  private factor(): Expr {
    const kind = this.kind();
    if (kind !== T.MINUS && kind !== T.PLUS && kind !== T.TILDE) return this.power();
    const start = this.pos++;
    const operand = this.factor();
    const op = kind === T.MINUS ? "USub" : kind === T.PLUS ? "UAdd" : "Invert";
    return { ...this.node("UnaryOp", start), op, operand };
  }

  private power(): Expr {
    const start = this.pos;
    const left = this.awaited();
    if (!this.accept(T.DOUBLESTAR)) return left;
    const right = this.factor();
    return { ...this.node("BinOp", start), left, op: "Pow", right };
  }

  private awaited(): Expr {
    if (this.kind() !== T.AWAIT) return this.primary();
    const start = this.pos++;
    const value = this.primary();
    return { ...this.node("Await", start), value };
  }

  // ---- primaries

  protected primary(): Expr {
    const start = this.pos;
    let value = this.atom();
    for (;;) {
      switch (this.kind()) {
        case T.DOT: {
          this.pos++;
          const attr = this.name();
          value = { ...this.node("Attribute", start), value, attr, ctx: "Load" };
          break;
        }
        case T.LPAR:
          value = this.call(start, value);
          break;
        case T.LSQB: {
          this.pos++;
          const slice = this.slices();
          this.expect(T.RSQB);
          value = { ...this.node("Subscript", start), value, slice, ctx: "Load" };
          break;
        }
        default:
          return value;
      }
    }
  }

  protected slices(): Expr {
    const start = this.pos;
    const starred = this.kind() === T.STAR;
    const first = starred ? this.starredArgument() : this.slice();
    if (this.kind() !== T.COMMA && !starred) return first;
    const elts = [first];
    while (this.accept(T.COMMA) && this.kind() !== T.RSQB) {
      elts.push(this.kind() === T.STAR ? this.starredArgument() : this.slice());
    }
    return { ...this.node("Tuple", start), elts, ctx: "Load" };
  }

  private slice(): Expr {
    const start = this.pos;
    let lower: Expr | null = null;
    if (this.kind() !== T.COLON) {
      lower = this.namedExpression();
      // A walrus is an index, never a bound.
      if (this.kind() !== T.COLON || (lower._type === "NamedExpr" && this.kinds[start] === T.NAME))
        return lower;
    }
    this.expect(T.COLON);
    const bound = (): Expr | null => (this.begins() ? this.expression() : null);
    const upper = bound();
    const step = this.accept(T.COLON) ? bound() : null;
    return { ...this.node("Slice", start), lower, upper, step };
  }

  protected atom(): Expr {
    const start = this.pos;
    switch (this.kind()) {
      case T.NAME:
        return this.nameNode();
      case T.NUMBER:
        return this.number();
      case T.STRING:
        return this.strings();
      case T.LPAR:
        return this.parenthesized();
      case T.LSQB:
        return this.listDisplay();
      case T.LBRACE:
        return this.braced();
      case T.TRUE:
      case T.FALSE:
      case T.NONE:
      case T.ELLIPSIS_TOKEN:
        return this.keywordConstant(start);
      default:
        return this.fail();
    }
  }

  protected nameNode(): Name {
    const start = this.pos;
    const id = this.name();
    return { ...this.node("Name", start), id, ctx: "Load" };
  }

  protected number(): Constant {
    const { source, start, end } = this.tokens;
    const at = this.pos++;
    const literal = source.slice(start[at], end[at]);
    if (tooManyDigits(literal) !== undefined) this.fail();
    const value = numberValue(literal);
    return { ...this.node("Constant", at), value, kind: null };
  }

  protected keywordConstant(start: number): Constant {
    const kind = this.kinds[this.pos++];
    const value = kind === T.TRUE ? true : kind === T.FALSE ? false : kind === T.NONE ? null : ELLIPSIS;
    return { ...this.node("Constant", start), value, kind: null };
  }

  /** A tuple, a group, or a generator expression. */
  protected parenthesized(): Expr {
    const start = this.pos++;
    if (this.accept(T.RPAR)) return { ...this.node("Tuple", start), elts: [], ctx: "Load" };
    if (this.kind() === T.YIELD) {
      const value = this.yieldExpression();
      this.expect(T.RPAR);
      return value;
    }
    const first = this.starNamedExpression();
    if (this.accept(T.COMMA)) {
      const elts = [first, ...this.starNamedExpressions(T.RPAR)];
      this.expect(T.RPAR);
      return { ...this.node("Tuple", start), elts, ctx: "Load" };
    }
    if (first._type === "Starred") this.fail();
    if (this.atComprehension()) {
      const generators = this.comprehensions();
      this.expect(T.RPAR);
      return { ...this.node("GeneratorExp", start), elt: first, generators };
    }
    this.expect(T.RPAR);
    return first;
  }

  protected listDisplay(): Expr {
    const start = this.pos++;
    const elts = this.starNamedExpressions(T.RSQB);
    if (this.atComprehension() && this.canBeElement(elts)) {
      const generators = this.comprehensions();
      this.expect(T.RSQB);
      return { ...this.node("ListComp", start), elt: elts[0] as Expr, generators };
    }
    this.expect(T.RSQB);
    return { ...this.node("List", start), elts, ctx: "Load" };
  }

  /** One plain element, without a comma behind it. */
  private canBeElement(elts: Expr[]): boolean {
    return elts.length === 1 && elts[0]?._type !== "Starred" && this.kinds[this.pos - 1] !== T.COMMA;
  }

  /** A dict, a set, or a comprehension of either. */
  protected braced(): Expr {
    const start = this.pos++;
    if (this.kind() === T.RBRACE || this.kind() === T.DOUBLESTAR) return this.dictDisplay(start, [], []);
    const first = this.starNamedExpression();
    if (this.kind() === T.COLON) {
      if (first._type === "Starred" || (first._type === "NamedExpr" && this.kinds[start + 1] === T.NAME)) {
        this.fail();
      }
      this.pos++;
      const value = this.expression();
      if (!this.atComprehension()) return this.dictDisplay(start, [first], [value]);
      const generators = this.comprehensions();
      this.expect(T.RBRACE);
      return { ...this.node("DictComp", start), key: first, value, generators };
    }
    const elts = [first];
    if (this.accept(T.COMMA)) elts.push(...this.starNamedExpressions(T.RBRACE));
    if (this.atComprehension() && this.canBeElement(elts)) {
      const generators = this.comprehensions();
      this.expect(T.RBRACE);
      return { ...this.node("SetComp", start), elt: first, generators };
    }
    this.expect(T.RBRACE);
    return { ...this.node("Set", start), elts };
  }

  /** The rest of a dict, after its first pair if there was one. */
  private dictDisplay(start: number, keys: (Expr | null)[], values: Expr[]): Expr {
    while ((keys.length === 0 || this.accept(T.COMMA)) && this.kind() !== T.RBRACE) {
      if (this.accept(T.DOUBLESTAR)) {
        keys.push(null);
        values.push(this.bitwiseOr());
      } else {
        keys.push(this.expression());
        this.expect(T.COLON);
        values.push(this.expression());
      }
    }
    this.expect(T.RBRACE);
    return { ...this.node("Dict", start), keys, values };
  }

  // ---- comprehensions

  protected atComprehension(): boolean {
    return this.kind() === T.FOR || (this.kind() === T.ASYNC && this.ahead(1) === T.FOR);
  }

  protected comprehensions(): Comprehension[] {
    const generators: Comprehension[] = [];
    while (this.kind() === T.FOR || this.kind() === T.ASYNC) {
      const is_async = this.accept(T.ASYNC) ? 1 : 0;
      this.expect(T.FOR);
      const target = this.starTargets();
      this.expect(T.IN);
      const iter = this.disjunction();
      const ifs: Expr[] = [];
      while (this.accept(T.IF)) ifs.push(this.disjunction());
      generators.push({ _type: "comprehension", target, iter, ifs, is_async });
    }
    return generators;
  }

  /**
   * The target of a for: one, or a tuple. Read as an operand each, which may not reach into the `in`.
   * @throws FAILURE if it cannot be assigned to
   */
  protected starTargets(): Expr {
    const start = this.pos;
    const first = this.starTarget();
    if (this.kind() !== T.COMMA) return first;
    const elts = [first];
    while (this.accept(T.COMMA) && (this.begins() || this.kind() === T.STAR)) elts.push(this.starTarget());
    return { ...this.node("Tuple", start), elts, ctx: "Store" };
  }

  /** One target, possibly starred. */
  protected starTarget(): Expr {
    const start = this.pos;
    if (this.accept(T.STAR)) {
      if (this.kind() === T.STAR) this.fail();
      const value = this.starTarget();
      return { ...this.node("Starred", start), value, ctx: "Store" };
    }
    const target = this.primary();
    if (!isTarget(target)) this.fail();
    setContext(target, "Store");
    return target;
  }

  // ---- calls

  private call(start: number, func: Expr): Call {
    const { args, keywords } = this.callArguments(true);
    return { ...this.node("Call", start), func, args, keywords };
  }

  /**
   * From `(` to `)`. A lone generator expression takes the parentheses of the call as its own
   * (not those of a class statement).
   */
  protected callArguments(mayGenerate: boolean): { args: Expr[]; keywords: Keyword[] } {
    const open = this.pos++;
    const args: Expr[] = [];
    const keywords: Keyword[] = [];
    let unpackedKeywords = false;
    while (this.kind() !== T.RPAR) {
      const start = this.pos;
      const kind = this.kind();
      if (kind === T.STAR) {
        if (unpackedKeywords) this.fail();
        args.push(this.starredArgument());
      } else if (kind === T.DOUBLESTAR) {
        this.pos++;
        const value = this.expression();
        keywords.push({ ...this.node("keyword", start), arg: null, value });
        unpackedKeywords = true;
      } else if (kind === T.NAME && this.ahead(1) === T.EQUAL) {
        const arg = this.name();
        this.pos++;
        const value = this.expression();
        keywords.push({ ...this.node("keyword", start), arg, value });
      } else {
        const value = this.namedExpression();
        if (this.atComprehension()) {
          if (args.length + keywords.length > 0 || !mayGenerate) this.fail();
          const generators = this.comprehensions();
          this.expect(T.RPAR);
          const elt = value;
          return { args: [{ ...this.node("GeneratorExp", open), elt, generators }], keywords };
        }
        if (keywords.length > 0) this.fail();
        args.push(value);
      }
      if (!this.accept(T.COMMA)) break;
    }
    this.expect(T.RPAR);
    return { args, keywords };
  }

  /** `*` in a call or a subscript: before a whole expression. */
  protected starredArgument(): Starred {
    const start = this.pos++;
    const value = this.expression();
    return { ...this.node("Starred", start), value, ctx: "Load" };
  }

  // ---- lambda and parameters

  private lambda(): Expr {
    const start = this.pos++;
    const args = this.parameters(T.COLON, false);
    this.expect(T.COLON);
    const body = this.expression();
    return { ...this.node("Lambda", start), args, body };
  }

  /** Parameters up to (not including) the token that closes them. */
  protected parameters(close: number, annotated: boolean): Arguments {
    const made: Arguments = {
      _type: "arguments",
      posonlyargs: [],
      args: [],
      vararg: null,
      kwonlyargs: [],
      kw_defaults: [],
      kwarg: null,
      defaults: [],
    };
    let afterStar = false;
    while (this.kind() !== close) {
      if (this.kind() === T.SLASH) {
        if (afterStar || made.posonlyargs.length > 0 || made.args.length === 0) this.fail();
        this.pos++;
        made.posonlyargs = made.args;
        made.args = [];
      } else if (this.kind() === T.STAR) {
        if (afterStar) this.fail();
        this.pos++;
        afterStar = true;
        if (this.kind() === T.COMMA) {
          // A bare star needs a parameter behind it.
          if (this.ahead(1) !== T.NAME) {
            this.pos++;
            this.fail();
          }
        } else {
          made.vararg = this.parameter(annotated, true);
        }
      } else if (this.accept(T.DOUBLESTAR)) {
        made.kwarg = this.parameter(annotated, false);
        if (this.accept(T.COMMA) && this.kind() !== close) this.fail();
        break;
      } else {
        const arg = this.parameter(annotated, false);
        const value = this.accept(T.EQUAL) ? this.expression() : null;
        if (afterStar) {
          made.kwonlyargs.push(arg);
          made.kw_defaults.push(value);
        } else {
          if (value !== null) made.defaults.push(value);
          else if (made.defaults.length > 0) this.fail();
          made.args.push(arg);
        }
      }
      if (!this.accept(T.COMMA)) break;
    }
    if (this.kind() !== close) this.fail();
    return made;
  }

  protected parameter(annotated: boolean, mayStar: boolean): Arg {
    const start = this.pos;
    const arg = this.name();
    let annotation: Expr | null = null;
    if (annotated && this.accept(T.COLON)) {
      annotation = mayStar ? this.starExpression() : this.expression();
    }
    return { ...this.node("arg", start), arg, annotation };
  }
}
