// Diagnosis of the arguments of calls and class statements.
import * as T from "../tokens.ts";
import { DisplayDiagnosis } from "./displays.ts";
import { EQUALS_MISTAKE } from "./expressions.ts";
import type { Found } from "./reader.ts";
import type { Sketch } from "./sketch.ts";

const GENERATOR_MISTAKE = "Generator expression must be parenthesized";

/** The arguments of a call. */
interface ArgumentsSketch {
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

export abstract class CallDiagnosis extends DisplayDiagnosis {
  protected override callArguments(): ArgumentsSketch | null {
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
