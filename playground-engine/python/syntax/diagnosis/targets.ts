// Diagnosis of assignment targets and of parameters.
import * as T from "../tokens.ts";
import { CallDiagnosis } from "./calls.ts";
import type { Found, Match } from "./reader.ts";
import type { Sketch } from "./sketch.ts";

export abstract class TargetDiagnosis extends CallDiagnosis {
  // ---- targets

  protected override starTargets(): Match {
    const start = this.pos;
    const first = this.starTarget();
    if (first === null || this.look() !== T.COMMA) return first;
    this.many(() => this.eat(T.COMMA) && this.starTarget());
    this.eat(T.COMMA);
    return this.sketch("Tuple", start);
  }

  protected starTarget(): Match {
    const start = this.pos;
    return this.once(
      "star_target",
      () =>
        this.all(
          () =>
            this.eat(T.STAR) && this.look() !== T.STAR && this.starTarget() && this.sketch("Starred", start),
        ) ?? this.starAtomOrMember(),
    );
  }

  private starAtomOrMember(): Match {
    return this.once("target_with_star_atom", () => this.member() ?? this.starAtom());
  }

  private starAtom(): Match {
    const start = this.pos;
    const targets = (): Found => this.separated(() => this.starTarget());
    return (
      this.name() ??
      this.all(() => {
        const target = this.eat(T.LPAR) && this.starAtomOrMember();
        return target && this.eat(T.RPAR) && target;
      }) ??
      this.all(
        () =>
          this.eat(T.LPAR) &&
          this.maybe(() => {
            const found = this.separated(() => this.starTarget());
            if (found === null) return null;
            // One needs a comma behind it.
            return this.eat(T.COMMA) || found.length > 1;
          }) &&
          this.eat(T.RPAR) &&
          this.sketch("Tuple", start),
      ) ??
      this.all(
        () =>
          this.eat(T.LSQB) &&
          this.maybe(() => targets() && this.maybe(() => this.eat(T.COMMA))) &&
          this.eat(T.RSQB) &&
          this.sketch("List", start),
      )
    );
  }

  /** An attribute or item: nothing that goes further may follow. */
  protected member(): Match {
    const start = this.pos;
    return this.all(() => {
      if (!this.owner()) return null;
      const found = this.memberSuffix(start);
      return found && !this.goesOn() && found;
    });
  }

  private memberSuffix(start: number): Match {
    return (
      this.all(() => this.eat(T.DOT) && this.eat(T.NAME) && this.sketch("Attribute", start)) ??
      this.all(() => this.look() === T.LSQB && this.suffix(start))
    );
  }

  private goesOn(): boolean {
    const kind = this.look();
    return kind === T.LPAR || kind === T.LSQB || kind === T.DOT;
  }

  /** What a target is an attribute or item of: as long as possible, but something must follow it. */
  private owner(): Match {
    return this.once("t_primary", () => {
      const start = this.pos;
      let value = this.all(() => {
        const atom = this.atom();
        return atom && this.goesOn() && atom;
      });
      if (value === null) return null;
      for (;;) {
        const grown = this.all(() => {
          const next = this.suffix(start);
          return next && this.goesOn() && next;
        });
        if (grown === null) return value;
        value = grown;
      }
    });
  }

  protected singleTarget(): Match {
    return (
      this.member() ??
      this.name() ??
      this.all(() => {
        const target = this.eat(T.LPAR) && this.singleTarget();
        return target && this.eat(T.RPAR) && target;
      })
    );
  }

  protected deleteTargets(): true | null {
    return this.all(() => this.separated(() => this.deleteTarget()) && this.maybe(() => this.eat(T.COMMA)));
  }

  private deleteTarget(): Found {
    return this.once("del_target", () => {
      const inside = (open: number, close: number): Found =>
        this.all(() => this.eat(open) && this.maybe(() => this.deleteTargets()) && this.eat(close));
      return (
        this.member() ??
        this.name() ??
        this.all(() => this.eat(T.LPAR) && this.deleteTarget() && this.eat(T.RPAR)) ??
        inside(T.LPAR, T.RPAR) ??
        inside(T.LSQB, T.RSQB)
      );
    });
  }

  // ---- parameters, of def (closed by a parenthesis) and lambda (closed by a colon)

  protected override lambdaParameters(): Found {
    this.hunt(() => this.wrongParameters(T.COLON));
    return this.anyParameters(T.COLON);
  }

  protected defParameters(): Found {
    this.hunt(() => this.wrongParameters(T.RPAR));
    return this.anyParameters(T.RPAR);
  }

  private anyParameters(close: number): Found {
    const starEtc = (): true => this.maybe(() => this.starParameters(close));
    return (
      this.all(
        () =>
          this.slashPlain(close) &&
          this.many(() => this.plain(close)) &&
          this.many(() => this.defaulted(close)) &&
          starEtc(),
      ) ??
      this.all(() => this.slashDefaulted(close) && this.many(() => this.defaulted(close)) && starEtc()) ??
      this.all(
        () => this.some(() => this.plain(close)) && this.many(() => this.defaulted(close)) && starEtc(),
      ) ??
      this.all(() => this.some(() => this.defaulted(close)) && starEtc()) ??
      this.starParameters(close)
    );
  }

  /** After a parameter: a comma, or the closing token, which stays. */
  private parameterEnd(close: number): boolean {
    if (!this.eat(T.COMMA)) return this.look() === close;
    // CPython looks for a type comment there, in def.
    if (close === T.RPAR) this.look();
    return true;
  }

  private parameter(close: number, starred = false): Match {
    return this.all(() => {
      const start = this.pos;
      if (!this.eat(T.NAME)) return null;
      if (close === T.RPAR) {
        const annotation = this.all(
          () => this.eat(T.COLON) && (starred ? this.starExpressionOnly() : this.expression()),
        );
        if (starred && annotation === null) return null;
      }
      return this.sketch("arg", start);
    });
  }

  /** `*args: *Ts` */
  private starExpressionOnly(): Match {
    const start = this.pos;
    return (
      this.all(() => this.eat(T.STAR) && this.bitwiseOr() && this.sketch("Starred", start)) ??
      this.expression()
    );
  }

  private plain(close: number, starred = false): Match {
    return this.all(() => {
      const found = this.parameter(close, starred);
      return found && this.parameterEnd(close) && found;
    });
  }

  private defaulted(close: number): Match {
    return this.all(() => {
      const found = this.parameter(close);
      return found && this.defaultValue() && this.parameterEnd(close) && found;
    });
  }

  private maybeDefaulted(close: number): Match {
    return this.all(() => {
      const found = this.parameter(close);
      return found && this.maybe(() => this.defaultValue()) && this.parameterEnd(close) && found;
    });
  }

  private defaultValue(): Found {
    const found = this.all(() => this.eat(T.EQUAL) && this.expression());
    if (found !== null) return found;
    return this.hunt(() => {
      if (!this.eat(T.EQUAL)) return;
      const after = this.look();
      if (after === T.RPAR || after === T.COMMA) {
        this.raiseAtToken("expected default value expression", this.pos - 1);
      }
    });
  }

  private slashEnd(close: number): boolean {
    return this.eat(T.SLASH) && this.parameterEnd(close);
  }

  private slashPlain(close: number): true | null {
    return this.all(() => this.some(() => this.plain(close)) && this.slashEnd(close));
  }

  private slashDefaulted(close: number): true | null {
    return this.all(
      () =>
        this.many(() => this.plain(close)) && this.some(() => this.defaulted(close)) && this.slashEnd(close),
    );
  }

  /** From `*` or `**` on. */
  private starParameters(close: number): Found {
    this.hunt(() => this.wrongStarParameters(close));
    const rest = (): true =>
      this.many(() => this.maybeDefaulted(close)) && this.maybe(() => this.keywordParameter(close));
    return (
      this.all(() => this.eat(T.STAR) && this.plain(close) && rest()) ??
      (close === T.RPAR ? this.all(() => this.eat(T.STAR) && this.plain(close, true) && rest()) : null) ??
      this.all(
        () =>
          this.eat(T.STAR) &&
          this.eat(T.COMMA) &&
          this.some(() => this.maybeDefaulted(close)) &&
          this.maybe(() => this.keywordParameter(close)),
      ) ??
      this.keywordParameter(close)
    );
  }

  private keywordParameter(close: number): Found {
    this.hunt(() => this.wrongKeywordParameter(close));
    return this.all(() => this.eat(T.DOUBLESTAR) && this.plain(close));
  }

  private wrongParameters(close: number): null {
    const plains = (): Found[] => this.many(() => this.plain(close));
    const maybes = (): Found[] => this.many(() => this.maybeDefaulted(close));
    const slash = (): Found => this.slashPlain(close) ?? this.slashDefaulted(close);
    this.all(() => {
      plains();
      const late =
        (this.slashDefaulted(close) ?? this.some(() => this.defaulted(close))) && this.plain(close);
      if (late) this.raiseAt("non-default argument follows default argument", late);
      return null;
    });
    this.all(() => {
      plains();
      const first = this.pos;
      if (!this.eat(T.LPAR)) return null;
      const inner =
        close === T.RPAR ? this.some(() => this.plain(close)) : this.separated(() => this.parameter(close));
      if (!inner) return null;
      this.eat(T.COMMA);
      const what = close === T.RPAR ? "Function parameters" : "Lambda expression parameters";
      if (this.eat(T.RPAR)) this.raiseAt(`${what} cannot be parenthesized`, { first, last: this.pos - 1 });
      return null;
    });
    const first = this.pos;
    if (this.eat(T.SLASH) && this.eat(T.COMMA)) {
      this.raiseAtToken("at least one argument must precede /", first);
    }
    this.pos = first;
    this.all(() => {
      if (slash() && maybes() && this.eat(T.SLASH)) this.raiseAtToken("/ may appear only once", this.pos - 1);
      return null;
    });
    this.all(() => {
      this.all(slash);
      maybes();
      if (this.eat(T.STAR) && (this.eat(T.COMMA) || this.plain(close)) && maybes() && this.eat(T.SLASH)) {
        this.raiseAtToken("/ must be ahead of *", this.pos - 1);
      }
      return null;
    });
    return this.all(() => {
      if (this.some(() => this.maybeDefaulted(close)) && this.eat(T.SLASH) && this.eat(T.STAR)) {
        this.raiseAtToken("expected comma between / and *", this.pos - 1);
      }
      return null;
    });
  }

  private wrongStarParameters(close: number): null {
    const star = this.pos;
    if (!this.eat(T.STAR)) return null;
    const bare = this.ahead(
      () => this.eat(close) || (this.eat(T.COMMA) && (this.look() === close || this.look() === T.DOUBLESTAR)),
    );
    if (bare) {
      const message = "named arguments must follow bare *";
      if (close === T.RPAR) this.raiseAtToken(message, star);
      this.raise(message);
    }
    this.all(() => {
      if (this.parameter(close) && this.eat(T.EQUAL)) {
        this.raiseAtToken("var-positional argument cannot have default value", this.pos - 1);
      }
      return null;
    });
    const one = (): Found => this.plain(close) ?? this.eat(T.COMMA);
    if (one() && this.many(() => this.maybeDefaulted(close))) {
      const second = this.pos;
      if (this.eat(T.STAR) && one()) this.raiseAtToken("* argument may appear only once", second);
    }
    return null;
  }

  private wrongKeywordParameter(close: number): null {
    if (!this.eat(T.DOUBLESTAR) || !this.parameter(close)) return null;
    const after = this.pos;
    if (this.eat(T.EQUAL)) this.raiseAtToken("var-keyword argument cannot have default value", after);
    if (!this.eat(T.COMMA)) return null;
    const message = "arguments cannot follow var-keyword argument";
    const late: Sketch | null = this.parameter(close);
    if (late) this.raiseAt(message, late);
    const kind = this.look();
    if (kind === T.STAR || kind === T.DOUBLESTAR || kind === T.SLASH) this.raiseAtToken(message, this.pos);
    return null;
  }
}
