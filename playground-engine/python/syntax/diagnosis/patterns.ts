// Diagnosis of the patterns of match statements.
import * as T from "../tokens.ts";
import type { Found, Match } from "./reader.ts";
import type { Sketch } from "./sketch.ts";
import { TargetDiagnosis } from "./targets.ts";

export abstract class PatternDiagnosis extends TargetDiagnosis {
  protected patterns(): Found {
    return this.openSequence() ?? this.pattern();
  }

  private pattern(): Match {
    const start = this.pos;
    const bound = this.all(
      () => this.orPattern() && this.eat(T.AS) && this.captureTarget() && this.sketch("MatchAs", start),
    );
    if (bound !== null) return bound;
    this.hunt(() => {
      if (!this.orPattern() || !this.eat(T.AS)) return;
      if (this.isWord("_")) {
        this.pos++;
        this.raiseAtToken("cannot use '_' as a target", this.pos - 1);
      }
      const target = this.look() !== T.NAME && this.expression();
      if (target) this.raiseAt("invalid pattern target", target);
    });
    return this.orPattern();
  }

  private orPattern(): Match {
    const start = this.pos;
    const first = this.closedPattern();
    if (first === null) return null;
    const rest = this.many(() => this.eat(T.VBAR) && this.closedPattern());
    return rest.length > 0 ? this.sketch("MatchOr", start) : first;
  }

  private closedPattern(): Match {
    return this.once("closed_pattern", () => {
      const start = this.pos;
      const made = (type: string): Sketch => this.sketch(type, start);
      return (
        (this.literal() && made("MatchValue")) ??
        (this.captureTarget() && made("MatchAs")) ??
        (this.eatWord("_") ? made("MatchAs") : null) ??
        this.all(() => this.attribute() && this.endsName() && made("MatchValue")) ??
        this.all(() => {
          const inner = this.eat(T.LPAR) && this.pattern();
          return inner && this.eat(T.RPAR) && inner;
        }) ??
        this.sequence() ??
        this.mapping() ??
        this.classPattern()
      );
    });
  }

  private literal(): true | null {
    const sign = (): boolean => this.look() === T.PLUS || this.look() === T.MINUS;
    return (
      this.all(() => this.maybe(() => this.eat(T.MINUS)) && this.eat(T.NUMBER) && !sign()) ??
      this.all(() => this.complex()) ??
      (this.strings() ? true : null) ??
      this.all(() => this.eat(T.NONE) || this.eat(T.TRUE) || this.eat(T.FALSE))
    );
  }

  private complex(): true | null {
    this.eat(T.MINUS);
    if (!this.eat(T.NUMBER)) return null;
    const real = this.pos - 1;
    if (this.isImaginary(real)) this.raiseAtToken("real number required in complex literal", real);
    if (!this.eat(T.PLUS) && !this.eat(T.MINUS)) return null;
    if (!this.eat(T.NUMBER)) return null;
    const imaginary = this.pos - 1;
    if (!this.isImaginary(imaginary)) {
      this.raiseAtToken("imaginary number required in complex literal", imaginary);
    }
    return true;
  }

  private endsName(): boolean {
    const kind = this.look();
    return kind !== T.DOT && kind !== T.LPAR && kind !== T.EQUAL;
  }

  private captureTarget(): true | null {
    return this.all(() => !this.isWord("_") && this.eat(T.NAME) && this.endsName());
  }

  /** A dotted name. */
  private attribute(): true | null {
    return this.all(() => this.eat(T.NAME) && this.some(() => this.eat(T.DOT) && this.eat(T.NAME)) && true);
  }

  private nameOrAttribute(): true | null {
    return this.attribute() ?? this.all(() => this.eat(T.NAME));
  }

  private sequence(): Match {
    const start = this.pos;
    return (
      this.all(
        () =>
          this.eat(T.LSQB) &&
          this.maybe(() => this.sequenceItems()) &&
          this.eat(T.RSQB) &&
          this.sketch("MatchSequence", start),
      ) ??
      this.all(
        () =>
          this.eat(T.LPAR) &&
          this.maybe(() => this.openSequence()) &&
          this.eat(T.RPAR) &&
          this.sketch("MatchSequence", start),
      )
    );
  }

  private openSequence(): true | null {
    return this.all(() => this.starPattern() && this.eat(T.COMMA) && this.maybe(() => this.sequenceItems()));
  }

  private sequenceItems(): true | null {
    return this.all(() => this.separated(() => this.starPattern()) && this.maybe(() => this.eat(T.COMMA)));
  }

  private starPattern(): Found {
    return this.all(() => this.eat(T.STAR) && (this.captureTarget() ?? this.eatWord("_"))) ?? this.pattern();
  }

  private mapping(): Match {
    const start = this.pos;
    const rest = (): Found =>
      this.all(() => this.eat(T.DOUBLESTAR) && this.captureTarget() && this.maybe(() => this.eat(T.COMMA)));
    const items = (): Found =>
      this.separated(() => (this.literal() ?? this.attribute()) && this.eat(T.COLON) && this.pattern());
    const body = (inner: () => Found): Match =>
      this.all(
        () => this.eat(T.LBRACE) && inner() && this.eat(T.RBRACE) && this.sketch("MatchMapping", start),
      );
    return (
      body(() => true) ??
      body(rest) ??
      body(() => items() && this.eat(T.COMMA) && rest()) ??
      body(() => items() && this.maybe(() => this.eat(T.COMMA)))
    );
  }

  private classPattern(): Match {
    const start = this.pos;
    const comma = (): true => this.maybe(() => this.eat(T.COMMA));
    const body = (inner: () => Found): Match =>
      this.all(
        () =>
          this.nameOrAttribute() &&
          this.eat(T.LPAR) &&
          inner() &&
          this.eat(T.RPAR) &&
          this.sketch("MatchClass", start),
      );
    const found =
      body(() => true) ??
      body(() => this.positionals() && comma()) ??
      body(() => this.keywordPatterns() && comma()) ??
      body(() => this.positionals() && this.eat(T.COMMA) && this.keywordPatterns() && comma());
    if (found !== null) return found;
    return this.hunt(() => {
      if (!this.nameOrAttribute() || !this.eat(T.LPAR)) return;
      this.all(() => this.positionals() && this.eat(T.COMMA));
      const late = this.keywordPatterns() && this.eat(T.COMMA) && this.positionals();
      if (late) {
        this.raiseAt("positional patterns follow keyword patterns", late[0] as Sketch, late.at(-1) as Sketch);
      }
    });
  }

  private positionals(): Sketch[] | null {
    return this.separated(() => this.pattern());
  }

  private keywordPatterns(): Found {
    return this.separated(() => this.eat(T.NAME) && this.eat(T.EQUAL) && this.pattern());
  }
}
