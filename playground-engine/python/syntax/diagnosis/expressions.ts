// Diagnosis of expressions: the rules of the reference's grammar, and beside them the mistakes CPython 3.11 knows.
import type { Expr } from "../ast.ts";
import { ImaginaryConstant } from "../ast.ts";
import { numberValue } from "../numbers.ts";
import { concatenateStrings } from "../strings.ts";
import * as T from "../tokens.ts";
import { Reader } from "./reader.ts";
import type { Found, Match } from "./reader.ts";
import { describe, invalidTarget } from "./sketch.ts";
import type { Sketch } from "./sketch.ts";

/** Operators by level, loosest first; all group to the left. */
const LEVELS: readonly (readonly number[])[] = [
  [T.VBAR],
  [T.CIRCUMFLEX],
  [T.AMPER],
  [T.LEFTSHIFT, T.RIGHTSHIFT],
  [T.PLUS, T.MINUS],
  [T.STAR, T.SLASH, T.DOUBLESLASH, T.PERCENT, T.AT],
];
const COMPARISONS: readonly number[] = [
  T.EQEQUAL, T.NOTEQUAL, T.LESSEQUAL, T.LESS, T.GREATEREQUAL, T.GREATER,
]; // prettier-ignore
const EQUALS_MISTAKE = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
const GENERATOR_MISTAKE = "Generator expression must be parenthesized";
const TARGET_MISTAKE = "did you forget parentheses around the comprehension target?";

/** The clauses of a comprehension: what the last of them ends with. */
export interface Clauses {
  lastItem: Sketch;
}
/** The arguments of a call. */
export interface ArgumentsSketch {
  first: number;
  last: number;
  positional: Sketch[];
  /** Is there a `**`? */
  unpacks: boolean;
}
interface KeywordSketch {
  first: number;
  last: number;
  starred?: Sketch;
  unpacks?: boolean;
}

export abstract class ExpressionDiagnosis extends Reader {
  protected abstract lambdaParameters(): Found;
  protected abstract starTargets(): Match;

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
      this.all(() => this.eat(T.YIELD) && this.eat(T.FROM) && this.expression() && this.sketch("YieldFrom", start)) ??
      this.all(() => this.eat(T.YIELD) && this.maybe(() => this.starExpressions()) && this.sketch("Yield", start))
    );
  }

  // ---- named and conditional expressions

  /** undefined: it is one, and wrong, so that nothing else will do. */
  private assignmentExpression(): Match | undefined {
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
        this.raiseAt(`cannot assign to ${describe(target)} here. Maybe you meant '==' instead of '='?`, target);
      }
      return null;
    });
  }

  private isConstantWord(): boolean {
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
      this.raiseAt(`Missing parentheses in call to '${name.word}'. Did you mean ${name.word}(...)?`, name, value);
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
        this.all(() => this.eat(T.NOT) && this.inversion() && this.sketch("UnaryOp", start)) ?? this.comparison(),
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
    return this.binary(0);
  }

  private binary(level: number): Match {
    const operators = LEVELS[level];
    if (operators === undefined) return this.factor();
    return this.once(`binary${level}`, () => {
      const start = this.pos;
      let left = this.binary(level + 1);
      if (left === null) return null;
      for (;;) {
        const grown = this.all(
          () => this.eatOne(operators) && this.binary(level + 1) && this.sketch("BinOp", start),
        );
        if (grown === null) return left;
        left = grown;
      }
    });
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
      () => this.all(() => this.eat(T.AWAIT) && this.primary() && this.sketch("Await", start)) ?? this.primary(),
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
      this.all(() => this.separated(() => this.slice() ?? this.starredExpression()) && this.maybe(() => this.eat(T.COMMA)))
    );
  }

  private slice(): true | null {
    const bound = (): true => this.maybe(() => this.expression());
    return (
      this.all(() => bound() && this.eat(T.COLON) && bound() && this.maybe(() => this.eat(T.COLON) && bound())) ??
      (this.namedExpression() ? true : null)
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
        return this.sketch("Constant", start);
      case T.LPAR:
        return this.tuple() ?? this.group() ?? this.generator();
      case T.LSQB:
        return this.list() ?? this.comprehension(T.LSQB, T.RSQB, "ListComp");
      case T.LBRACE:
        return (
          this.dict() ??
          this.set() ??
          this.dictComprehension() ??
          this.comprehension(T.LBRACE, T.RBRACE, "SetComp")
        );
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

  protected isImaginary(number: number): boolean {
    const { source, start, end } = this.tokens;
    return numberValue(source.slice(start[number], end[number])) instanceof ImaginaryConstant;
  }

  // ---- displays

  private tuple(): Match {
    const start = this.pos;
    return this.all(() => {
      if (!this.eat(T.LPAR)) return null;
      const parts: Sketch[] = [];
      this.all(() => {
        const first = this.starNamedExpression();
        if (!first || !this.eat(T.COMMA)) return null;
        parts.push(first, ...(this.starNamedExpressions() ?? []));
        return true;
      });
      return this.eat(T.RPAR) && this.sketch("Tuple", start, { parts });
    });
  }

  private group(): Match {
    const found = this.all(() => {
      const value = this.eat(T.LPAR) && (this.yieldExpression() ?? this.namedExpression());
      return value && this.eat(T.RPAR) && value;
    });
    if (found !== null) return found;
    this.hunt(() => {
      const value = this.eat(T.LPAR) && this.starredExpression();
      if (value && this.eat(T.RPAR)) this.raiseAt("cannot use starred expression here", value);
    });
    return this.hunt(() => {
      const stars = this.pos + 1;
      if (this.eat(T.LPAR) && this.eat(T.DOUBLESTAR) && this.expression() && this.eat(T.RPAR)) {
        this.raiseAtToken("cannot use double starred expression here", stars);
      }
    });
  }

  /** A list or tuple. */
  protected display(): Match {
    return this.list() ?? this.tuple();
  }

  private list(): Match {
    const start = this.pos;
    return this.all(() => {
      if (!this.eat(T.LSQB)) return null;
      const parts = this.starNamedExpressions() ?? [];
      return this.eat(T.RSQB) && this.sketch("List", start, { parts });
    });
  }

  private set(): Match {
    const start = this.pos;
    return this.all(
      () => this.eat(T.LBRACE) && this.starNamedExpressions() && this.eat(T.RBRACE) && this.sketch("Set", start),
    );
  }

  private dict(): Match {
    const start = this.pos;
    const pair = (): Found =>
      this.all(() => this.eat(T.DOUBLESTAR) && this.bitwiseOr()) ?? this.keyValue();
    const found = this.all(
      () =>
        this.eat(T.LBRACE) &&
        this.maybe(() => this.separated(pair) && this.maybe(() => this.eat(T.COMMA))) &&
        this.eat(T.RBRACE) &&
        this.sketch("Dict", start),
    );
    if (found !== null) return found;
    // These mistakes are found on the first reading already, before any in the expressions between.
    this.all(() => this.eat(T.LBRACE) && this.wrongPairs(pair));
    return null;
  }

  private keyValue(): true | null {
    return this.all(() => this.expression() && this.eat(T.COLON) && this.expression() && true);
  }

  private wrongPairs(pair: () => Found): null {
    this.all(() => {
      if (!this.separated(pair) || !this.eat(T.COMMA)) return null;
      this.all(() => {
        const key = this.expression();
        if (!key || this.look() === T.COLON) return null;
        const place = this.placeOfTokens(key.first, key.last);
        const message = "':' expected after dictionary key";
        this.raiseAtPlace(message, { ...place, col: (place.endCol as number) - 1, endCol: undefined });
      });
      return this.wrongValue();
    });
    return this.wrongValue();
  }

  private wrongValue(): null {
    this.all(() => {
      if (!this.expression() || !this.eat(T.COLON)) return null;
      const star = this.pos;
      if (this.eat(T.STAR) && this.bitwiseOr()) {
        this.raiseFrom("cannot use a starred expression in a dictionary value", star);
      }
      return null;
    });
    return this.all(() => {
      if (!this.expression() || !this.eat(T.COLON)) return null;
      const after = this.look();
      if (after === T.RBRACE || after === T.COMMA) {
        this.raiseAtToken("expression expected after dictionary key and ':'", this.pos - 1);
      }
      return null;
    });
  }

  // ---- comprehensions

  private generator(): Match {
    const start = this.pos;
    const found = this.all(
      () =>
        this.eat(T.LPAR) &&
        this.plainArgument() &&
        this.clauses() &&
        this.eat(T.RPAR) &&
        this.sketch("GeneratorExp", start),
    );
    if (found !== null) return found;
    return this.hunt(() => this.wrongComprehension());
  }

  /** A walrus expression, or an expression that none follows. */
  private plainArgument(): Match {
    const named = this.assignmentExpression();
    if (named !== null) return named ?? null;
    return this.all(() => {
      const value = this.expression();
      return value && this.look() !== T.WALRUS && value;
    });
  }

  private comprehension(open: number, close: number, type: string): Match {
    const start = this.pos;
    const found = this.all(
      () => this.eat(open) && this.namedExpression() && this.clauses() && this.eat(close) && this.sketch(type, start),
    );
    if (found !== null) return found;
    return this.hunt(() => this.wrongComprehension());
  }

  private dictComprehension(): Match {
    const start = this.pos;
    const found = this.all(
      () =>
        this.eat(T.LBRACE) &&
        this.keyValue() &&
        this.clauses() &&
        this.eat(T.RBRACE) &&
        this.sketch("DictComp", start),
    );
    if (found !== null) return found;
    return this.hunt(() => {
      const stars = this.pos + 1;
      if (
        this.eat(T.LBRACE) &&
        this.eat(T.DOUBLESTAR) &&
        this.bitwiseOr() &&
        this.clauses() &&
        this.eat(T.RBRACE)
      ) {
        this.raiseAtToken("dict unpacking cannot be used in dict comprehension", stars);
      }
    });
  }

  private wrongComprehension(): null {
    const open = this.look();
    if (open !== T.LPAR && open !== T.LSQB && open !== T.LBRACE) return null;
    this.all(() => {
      this.pos++;
      const value = this.starredExpression();
      if (value && this.clauses()) this.raiseAt("iterable unpacking cannot be used in comprehension", value);
      return null;
    });
    if (open === T.LPAR) return null;
    this.all(() => {
      this.pos++;
      const first = this.starNamedExpression();
      const rest = first && this.eat(T.COMMA) && this.starNamedExpressions();
      if (first && rest && this.clauses()) this.raiseAt(TARGET_MISTAKE, first, rest.at(-1) as Sketch);
      return null;
    });
    return this.all(() => {
      this.pos++;
      const first = this.starNamedExpression();
      const comma = this.pos;
      if (first && this.eat(T.COMMA) && this.clauses()) {
        this.raiseAt(TARGET_MISTAKE, first, { first: comma, last: comma });
      }
      return null;
    });
  }

  protected clauses(): Clauses | null {
    let last: Clauses | null = null;
    for (let next = this.clause(); next !== null; next = this.clause()) last = next;
    return last;
  }

  private clause(): Clauses | null {
    const start = this.pos;
    this.eat(T.ASYNC);
    if (this.eat(T.FOR) && this.starTargets() && this.eat(T.IN)) {
      const iterable = this.disjunction();
      if (iterable === null) {
        this.pos = start;
        return null;
      }
      const tests = this.many(() => this.eat(T.IF) && this.disjunction());
      return { lastItem: tests.at(-1) ?? iterable };
    }
    this.pos = start;
    return this.hunt(() => this.wrongForTarget());
  }

  /** `for` before something that cannot be assigned to. */
  protected wrongForTarget(): null {
    this.eat(T.ASYNC);
    const target = this.eat(T.FOR) && this.starExpressions();
    if (target) this.refuseTarget(target, "for");
    return null;
  }

  protected refuseTarget(target: Sketch, use: "assign" | "for" | "delete"): null {
    const wrong = invalidTarget(target, use);
    if (wrong === undefined) return null;
    this.raiseAt(`cannot ${use === "delete" ? "delete" : "assign to"} ${describe(wrong)}`, wrong);
  }

  // ---- calls

  protected callArguments(): ArgumentsSketch | null {
    return this.once("arguments", () => {
      const found = this.all(() => {
        const args = this.args();
        return args && this.maybe(() => this.eat(T.COMMA)) && this.look() === T.RPAR && args;
      });
      if (found !== null) return found;
      return this.hunt(() => this.wrongArguments());
    });
  }

  private args(): ArgumentsSketch | null {
    const first = this.pos;
    const positional = this.positional();
    const keywords =
      positional === null ? this.keywords() : (this.all(() => this.eat(T.COMMA) && this.keywords()) ?? []);
    if (keywords === null) return null;
    const starred = keywords.flatMap((keyword) => keyword.starred ?? []);
    const unpacks = keywords.some((keyword) => keyword.unpacks);
    return { first, last: this.pos - 1, positional: [...(positional ?? []), ...starred], unpacks };
  }

  private positional(): Sketch[] | null {
    return this.separated(
      () =>
        this.starredExpression() ??
        this.all(() => {
          const value = this.plainArgument();
          return value && this.look() !== T.EQUAL && value;
        }),
    );
  }

  private keywords(): KeywordSketch[] | null {
    const starred = (): KeywordSketch[] | null => this.separated(() => this.keyword(false));
    const unpacking = (): KeywordSketch[] | null => this.separated(() => this.keyword(true));
    return (
      this.all(() => {
        const first = starred();
        const second = first && this.eat(T.COMMA) && unpacking();
        return first && second && [...first, ...second];
      }) ??
      starred() ??
      unpacking()
    );
  }

  private keyword(unpacking: boolean): KeywordSketch | null {
    this.hunt(() => this.wrongKeyword());
    const first = this.pos;
    const named = this.all(() => this.eat(T.NAME) && this.eat(T.EQUAL) && this.expression());
    if (named !== null) return { first, last: this.pos - 1 };
    if (unpacking) {
      return this.all(
        () => this.eat(T.DOUBLESTAR) && this.expression() && { first, last: this.pos - 1, unpacks: true },
      );
    }
    const starred = this.starredExpression();
    return starred && { first, last: this.pos - 1, starred };
  }

  private wrongKeyword(): null {
    const first = this.pos;
    const mark = { first, last: first + 1 };
    if (this.isConstantWord()) {
      this.pos++;
      if (this.eat(T.EQUAL)) this.raiseAt(`cannot assign to ${this.tokens.text[first] as string}`, mark);
      this.pos = first;
    }
    this.all(() => {
      if (this.eat(T.NAME) && this.eat(T.EQUAL) && this.expression() && this.clauses()) {
        this.raiseAt(EQUALS_MISTAKE, mark);
      }
      return null;
    });
    if (this.ahead(() => this.eat(T.NAME) && this.eat(T.EQUAL))) return null;
    return this.all(() => {
      const value = this.expression();
      const equal = this.pos;
      if (value && this.eat(T.EQUAL)) {
        const message = 'expression cannot contain assignment, perhaps you meant "=="?';
        this.raiseAt(message, value, { first: equal, last: equal });
      }
      return null;
    });
  }

  private wrongArguments(): null {
    this.all(() => {
      const both = (): Found => this.positional() && this.eat(T.COMMA) && this.keywords();
      if ((this.all(both) ?? this.keywords()) && this.eat(T.COMMA) && this.eat(T.STAR)) {
        this.raiseAtToken("iterable argument unpacking follows keyword argument unpacking", this.pos - 1);
      }
      return null;
    });
    this.all(() => {
      const value = this.expression();
      const clauses = value && this.clauses();
      if (!value || !clauses || !this.eat(T.COMMA)) return null;
      this.maybe(() => this.args() ?? this.all(() => this.expression() && this.clauses()));
      this.raiseAt(GENERATOR_MISTAKE, value, clauses.lastItem);
    });
    this.all(() => {
      const first = this.pos;
      if (this.eat(T.NAME) && this.eat(T.EQUAL) && this.expression() && this.clauses()) {
        this.raiseAt(EQUALS_MISTAKE, { first, last: first + 1 });
      }
      return null;
    });
    const lone = this.all(() => {
      const args = this.args();
      const clauses = args && this.clauses();
      if (!args || !clauses) return null;
      // A lone generator is no mistake, and nothing else is looked for.
      if (args.positional.length <= 1) return true;
      this.raiseAt(GENERATOR_MISTAKE, args.positional.at(-1) as Sketch, clauses.lastItem);
    });
    if (lone) return null;
    this.all(() => {
      const value = this.args() && this.eat(T.COMMA) && this.expression();
      const clauses = value && this.clauses();
      if (value && clauses) this.raiseAt(GENERATOR_MISTAKE, value, clauses.lastItem);
      return null;
    });
    return this.all(() => {
      const args = this.args();
      if (args && this.eat(T.COMMA) && this.args()) {
        this.raise(`positional argument follows keyword argument${args.unpacks ? " unpacking" : ""}`);
      }
      return null;
    });
  }
}

function isLegacy(sketch: Sketch): boolean {
  return sketch.type === "Name" && (sketch.word === "print" || sketch.word === "exec");
}
