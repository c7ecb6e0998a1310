// Diagnosis of operators and primaries: the rules of the reference's grammar, and beside them the mistakes CPython 3.11
// knows.
import type { Expr } from "../ast.ts";
import { ImaginaryConstant } from "../ast.ts";
import { numberValue, tooManyDigits } from "../numbers.ts";
import { concatenateStrings } from "../strings.ts";
import * as T from "../tokens.ts";
import { Reader } from "./reader.ts";
import type { Found, Match } from "./reader.ts";
import { describe } from "./sketch.ts";
import type { Sketch } from "./sketch.ts";

/** How tightly operators bind; all group to the left. */
const STRENGTH: ReadonlyMap<number, number> = new Map([
  [T.VBAR, 1], [T.CIRCUMFLEX, 2], [T.AMPER, 3], [T.LEFTSHIFT, 4], [T.RIGHTSHIFT, 4], [T.PLUS, 5], [T.MINUS, 5],
  [T.STAR, 6], [T.SLASH, 6], [T.DOUBLESLASH, 6], [T.PERCENT, 6], [T.AT, 6],
]); // prettier-ignore
const COMPARISONS: readonly number[] = [
  T.EQEQUAL, T.NOTEQUAL, T.LESSEQUAL, T.LESS, T.GREATEREQUAL, T.GREATER,
]; // prettier-ignore
export const EQUALS_MISTAKE = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";

export abstract class ExpressionDiagnosis extends Reader {
  protected abstract lambdaParameters(): Found;
  protected abstract tuple(): Match;
  protected abstract list(): Match;
  protected abstract generator(): Match;
  /** What begins with a bracket. */
  protected abstract bracketed(): Match;
  protected abstract callArguments(): Found;

  // ---- lists

  protected starExpressions(): Match {
    return this.tupleOf(() => this.starExpression());
  }

  protected expressions(): Match {
    return this.tupleOf(() => this.expression());
  }

  /** One, or a tuple without parentheses. */
  private tupleOf(element: () => Match): Match {
    const start = this.pos;
    const first = element();
    if (first === null) return null;
    const rest = this.many(() => this.eat(T.COMMA) && element());
    const comma = this.eat(T.COMMA);
    if (rest.length === 0 && !comma) return first;
    return this.sketch("Tuple", start, { parts: [first, ...rest] });
  }

  private starred(operand: () => Match): Match {
    const start = this.pos;
    return this.all(() => {
      const value = this.eat(T.STAR) && operand();
      return value && this.sketch("Starred", start, { parts: [value] });
    });
  }

  private starExpression(): Match {
    return this.once("star_expression", () => this.starred(() => this.bitwiseOr()) ?? this.expression());
  }

  protected starNamedExpression(): Match {
    return this.starred(() => this.bitwiseOr()) ?? this.namedExpression();
  }

  protected starNamedExpressions(): Sketch[] | null {
    const found = this.separated(() => this.starNamedExpression());
    if (found !== null) this.eat(T.COMMA);
    return found;
  }

  protected starredExpression(): Match {
    return this.starred(() => this.expression());
  }

  protected yieldExpression(): Match {
    const start = this.pos;
    return (
      this.all(
        () => this.eat(T.YIELD) && this.eat(T.FROM) && this.expression() && this.sketch("YieldFrom", start),
      ) ??
      this.all(
        () => this.eat(T.YIELD) && this.maybe(() => this.starExpressions()) && this.sketch("Yield", start),
      )
    );
  }

  // ---- named and conditional expressions

  /** undefined: it is one, and wrong, so that nothing else will do. */
  protected assignmentExpression(): Match | undefined {
    const start = this.pos;
    if (!this.eat(T.NAME)) return null;
    if (!this.eat(T.WALRUS)) {
      this.pos = start;
      return null;
    }
    if (this.expression()) return this.sketch("NamedExpr", start);
    this.pos = start;
    return undefined;
  }

  protected namedExpression(): Match {
    const named = this.assignmentExpression();
    if (named !== null) return named ?? null;
    this.hunt(() => this.once("invalid_named_expression", () => this.wrongNamedExpression()));
    return this.all(() => {
      const value = this.expression();
      return value && this.look() !== T.WALRUS && value;
    });
  }

  private wrongNamedExpression(): null {
    this.all(() => {
      const target = this.expression();
      if (target && this.eat(T.WALRUS) && this.expression()) {
        this.raiseAt(`cannot use assignment expressions with ${describe(target)}`, target);
      }
      return null;
    });
    const notAssigned = (): boolean => this.look() !== T.EQUAL && this.look() !== T.WALRUS;
    this.all(() => {
      const name = this.name();
      const value = name && this.eat(T.EQUAL) && this.bitwiseOr();
      if (value && notAssigned()) this.raiseAt(EQUALS_MISTAKE, name, value);
      return null;
    });
    const literal = this.ahead(
      () => this.list() ?? this.tuple() ?? this.generator() ?? (this.isConstantWord() ? true : null),
    );
    if (literal) return null;
    return this.all(() => {
      const target = this.bitwiseOr();
      if (target && this.eat(T.EQUAL) && this.bitwiseOr() && notAssigned()) {
        this.raiseAt(
          `cannot assign to ${describe(target)} here. Maybe you meant '==' instead of '='?`,
          target,
        );
      }
      return null;
    });
  }

  protected isConstantWord(): boolean {
    const kind = this.look();
    return kind === T.TRUE || kind === T.NONE || kind === T.FALSE;
  }

  protected expression(): Match {
    return this.once("expression", () => {
      this.hunt(() => this.wrongExpression());
      this.hunt(() => this.legacyStatement());
      return this.plainExpression();
    });
  }

  private plainExpression(): Match {
    const start = this.pos;
    return (
      this.all(
        () =>
          this.disjunction() &&
          this.eat(T.IF) &&
          this.disjunction() &&
          this.eat(T.ELSE) &&
          this.expression() &&
          this.sketch("IfExp", start),
      ) ??
      this.disjunction() ??
      this.lambda()
    );
  }

  private wrongExpression(): null {
    const start = this.pos;
    // A name before a string may be a mistyped prefix; a soft keyword may begin a statement. CPython takes the beginning
    // of one (`c`, `mat`) for one.
    const text = this.look() === T.NAME ? (this.tokens.text[this.pos] as string) : undefined;
    const soft = text !== undefined && ["_", "case", "match"].some((word) => word.startsWith(text));
    const excepted = soft || this.ahead(() => this.eat(T.NAME) && this.eat(T.STRING));
    if (!excepted) {
      const first = this.disjunction();
      const second = first && this.withoutHunting(() => this.plainExpression());
      if (first && second) {
        if (!isLegacy(first) && this.bracketLevel(this.pos - 1) > 0) {
          this.raiseAt("invalid syntax. Perhaps you forgot a comma?", first, second);
        }
        return null;
      }
      this.pos = start;
    }
    const value = this.disjunction();
    const test = value && this.eat(T.IF) && this.disjunction();
    if (value && test && this.look() !== T.ELSE && this.look() !== T.COLON) {
      this.raiseAt("expected 'else' after 'if' expression", value, test);
    }
    return null;
  }

  /** `print "x"`, as Python 2 had it. */
  private legacyStatement(): null {
    const name = this.name();
    if (!name || this.look() === T.LPAR) return null;
    const value = this.starExpressions();
    if (value && isLegacy(name)) {
      this.raiseAt(
        `Missing parentheses in call to '${name.word}'. Did you mean ${name.word}(...)?`,
        name,
        value,
      );
    }
    return null;
  }

  private lambda(): Match {
    const start = this.pos;
    return this.all(
      () =>
        this.eat(T.LAMBDA) &&
        this.maybe(() => this.lambdaParameters()) &&
        this.eat(T.COLON) &&
        this.expression() &&
        this.sketch("Lambda", start),
    );
  }

  // ---- operators

  protected disjunction(): Match {
    return this.once("disjunction", () => this.chain(T.OR, () => this.conjunction()));
  }

  private conjunction(): Match {
    return this.once("conjunction", () => this.chain(T.AND, () => this.inversion()));
  }

  private chain(operator: number, operand: () => Match): Match {
    const start = this.pos;
    const first = operand();
    if (first === null) return null;
    const rest = this.many(() => this.eat(operator) && operand());
    return rest.length > 0 ? this.sketch("BoolOp", start) : first;
  }

  private inversion(): Match {
    const start = this.pos;
    return this.once(
      "inversion",
      () =>
        this.all(() => this.eat(T.NOT) && this.inversion() && this.sketch("UnaryOp", start)) ??
        this.comparison(),
    );
  }

  private comparison(): Match {
    const start = this.pos;
    const left = this.bitwiseOr();
    if (left === null) return null;
    const operators = this.many(() => {
      const operator = this.compareOperator();
      return operator && this.bitwiseOr() && operator;
    });
    if (operators.length === 0) return left;
    return this.sketch("Compare", start, { parts: [left], word: operators[0] as string });
  }

  private compareOperator(): string | null {
    const kind = this.look();
    if (COMPARISONS.includes(kind)) {
      this.pos++;
      return "other";
    }
    if (kind === T.NOT) return this.all(() => this.eat(T.NOT) && this.eat(T.IN) && "other");
    if (kind === T.IN) {
      this.pos++;
      return "in";
    }
    if (kind !== T.IS) return null;
    this.pos++;
    // `is not x`, or else `is (not …)`, which no operand can be.
    this.eat(T.NOT);
    return "other";
  }

  protected bitwiseOr(): Match {
    return this.once("bitwise_or", () => this.binary(1));
  }

  /** Operators of at least this strength. One whose right side is missing is left alone. */
  private binary(least: number): Match {
    const start = this.pos;
    let left = this.factor();
    while (left !== null) {
      const end = this.pos;
      const strength = STRENGTH.get(this.look()) ?? 0;
      if (strength < least) return left;
      this.pos++;
      if (this.binary(strength + 1) === null) {
        this.pos = end;
        return left;
      }
      left = this.sketch("BinOp", start);
    }
    return null;
  }

  private factor(): Match {
    const start = this.pos;
    return this.once("factor", () => {
      const kind = this.look();
      if (kind === T.PLUS || kind === T.MINUS || kind === T.TILDE) {
        this.pos++;
        return this.factor() === null ? null : this.sketch("UnaryOp", start);
      }
      const base = this.awaited();
      if (base === null) return null;
      return this.all(() => this.eat(T.DOUBLESTAR) && this.factor() && this.sketch("BinOp", start)) ?? base;
    });
  }

  private awaited(): Match {
    const start = this.pos;
    return this.once(
      "await_primary",
      () =>
        this.all(() => this.eat(T.AWAIT) && this.primary() && this.sketch("Await", start)) ?? this.primary(),
    );
  }

  // ---- primaries

  protected primary(): Match {
    return this.once("primary", () => {
      const start = this.pos;
      let value = this.atom();
      if (value === null) return null;
      for (;;) {
        const grown = this.suffix(start);
        if (grown === null) return value;
        value = grown;
      }
    });
  }

  /** `.name`, `(…)` or `[…]` after what began at `start`. */
  protected suffix(start: number): Match {
    return (
      this.all(() => this.eat(T.DOT) && this.eat(T.NAME) && this.sketch("Attribute", start)) ??
      this.all(() => this.generator() && this.sketch("Call", start)) ??
      this.all(
        () =>
          this.eat(T.LPAR) &&
          this.maybe(() => this.callArguments()) &&
          this.eat(T.RPAR) &&
          this.sketch("Call", start),
      ) ??
      this.all(() => this.eat(T.LSQB) && this.slices() && this.eat(T.RSQB) && this.sketch("Subscript", start))
    );
  }

  private slices(): Found {
    return (
      this.all(() => this.slice() && this.look() !== T.COMMA) ??
      this.all(
        () =>
          this.separated(() => this.slice() ?? this.starredExpression()) &&
          this.maybe(() => this.eat(T.COMMA)),
      )
    );
  }

  private slice(): true | null {
    const bound = (): true => this.maybe(() => this.expression());
    return (
      this.all(
        () => bound() && this.eat(T.COLON) && bound() && this.maybe(() => this.eat(T.COLON) && bound()),
      ) ?? (this.namedExpression() ? true : null)
    );
  }

  protected name(): Match {
    const start = this.pos;
    if (!this.eat(T.NAME)) return null;
    return this.sketch("Name", start, { word: this.tokens.text[start] as string });
  }

  protected atom(): Match {
    const start = this.pos;
    switch (this.look()) {
      case T.NAME:
        return this.name();
      case T.TRUE:
      case T.FALSE:
      case T.NONE:
        this.pos++;
        return this.sketch("Constant", start, { word: this.tokens.text[start] as string });
      case T.STRING:
        return this.strings();
      case T.NUMBER:
        this.pos++;
        this.refuseHugeNumber(start);
        return this.sketch("Constant", start);
      case T.LPAR:
      case T.LSQB:
      case T.LBRACE:
        return this.bracketed();
      case T.ELLIPSIS_TOKEN:
        this.pos++;
        return this.sketch("Constant", start, { word: "ellipsis" });
      default:
        return null;
    }
  }

  protected strings(): Match {
    const start = this.pos;
    return this.once("strings", () => {
      if (!this.eat(T.STRING)) return null;
      while (this.eat(T.STRING));
      const made: Expr = concatenateStrings(this, start, this.pos - 1);
      return this.sketch(made._type, start);
    });
  }

  private refuseHugeNumber(token: number): void {
    const { source, start, end } = this.tokens;
    const digits = tooManyDigits(source.slice(start[token], end[token]));
    if (digits === undefined) return;
    const message =
      `Exceeds the limit (4300 digits) for integer string conversion: value has ${digits} digits; use ` +
      "sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals " +
      "to avoid decimal conversion limits.";
    this.raiseAtPlace(message, { ...this.placeOfTokens(token), col: -1, endCol: undefined });
  }

  protected isImaginary(number: number): boolean {
    const { source, start, end } = this.tokens;
    return numberValue(source.slice(start[number], end[number])) instanceof ImaginaryConstant;
  }
}

function isLegacy(sketch: Sketch): boolean {
  return sketch.type === "Name" && (sketch.word === "print" || sketch.word === "exec");
}
