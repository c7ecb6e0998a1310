// Diagnosis of what stands in brackets: tuples, lists, sets, dicts, and comprehensions of them.
import * as T from "../tokens.ts";
import { ExpressionDiagnosis } from "./expressions.ts";
import type { Found, Match } from "./reader.ts";
import { describe, invalidTarget } from "./sketch.ts";
import type { Sketch } from "./sketch.ts";

const TARGET_MISTAKE = "did you forget parentheses around the comprehension target?";

/** The clauses of a comprehension: what the last of them ends with. */
export interface Clauses {
  lastItem: Sketch;
}

export abstract class DisplayDiagnosis extends ExpressionDiagnosis {
  protected abstract starTargets(): Match;

  protected override tuple(): Match {
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

  protected override bracketed(): Match {
    switch (this.look()) {
      case T.LPAR:
        return this.tuple() ?? this.group() ?? this.generator();
      case T.LSQB:
        return this.list() ?? this.comprehension(T.LSQB, T.RSQB, "ListComp");
      default:
        return (
          this.dict() ??
          this.set() ??
          this.dictComprehension() ??
          this.comprehension(T.LBRACE, T.RBRACE, "SetComp")
        );
    }
  }

  /** A list or tuple. */
  protected display(): Match {
    return this.list() ?? this.tuple();
  }

  protected override list(): Match {
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
      () =>
        this.eat(T.LBRACE) && this.starNamedExpressions() && this.eat(T.RBRACE) && this.sketch("Set", start),
    );
  }

  private dict(): Match {
    const start = this.pos;
    const pair = (): Found => this.all(() => this.eat(T.DOUBLESTAR) && this.bitwiseOr()) ?? this.keyValue();
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

  protected override generator(): Match {
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
  protected plainArgument(): Match {
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
      () =>
        this.eat(open) &&
        this.namedExpression() &&
        this.clauses() &&
        this.eat(close) &&
        this.sketch(type, start),
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
}
