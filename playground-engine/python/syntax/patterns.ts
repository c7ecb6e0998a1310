// The patterns of match statements: Python's reference, "The match statement".
import type { Expr, Pattern } from "./ast.ts";
import { ImaginaryConstant } from "./ast.ts";
import { ExpressionParser } from "./expressions.ts";
import * as T from "./tokens.ts";

const isImaginary = (node: Expr): boolean =>
  node._type === "Constant" && node.value instanceof ImaginaryConstant;

export abstract class PatternParser extends ExpressionParser {
  /** After `case`: commas without brackets make a sequence. */
  protected patterns(): Pattern {
    const start = this.pos;
    const first = this.maybeStarPattern();
    if (this.kind() !== T.COMMA) {
      if (first._type === "MatchStar") this.fail();
      return first;
    }
    this.pos++;
    const rest = this.patternList((kind) => kind === T.COLON || kind === T.IF);
    return { ...this.node("MatchSequence", start), patterns: [first, ...rest] };
  }

  private patternList(closes: (kind: number) => boolean): Pattern[] {
    const made: Pattern[] = [];
    while (!closes(this.kind())) {
      made.push(this.maybeStarPattern());
      if (!this.accept(T.COMMA)) break;
    }
    return made;
  }

  private maybeStarPattern(): Pattern {
    if (this.kind() !== T.STAR) return this.pattern();
    const start = this.pos++;
    if (this.isWord("_")) {
      this.pos++;
      return { ...this.node("MatchStar", start), name: null };
    }
    const name = this.captureName();
    return { ...this.node("MatchStar", start), name };
  }

  /** A name that is bound: not `_`, and not the beginning of a dotted name, call or keyword. */
  private captureName(): string {
    if (this.isWord("_")) this.fail();
    const name = this.name();
    const kind = this.kind();
    if (kind === T.DOT || kind === T.LPAR || kind === T.EQUAL) this.fail();
    return name;
  }

  protected pattern(): Pattern {
    const start = this.pos;
    const pattern = this.orPattern();
    if (!this.accept(T.AS)) return pattern;
    const name = this.captureName();
    return { ...this.node("MatchAs", start), pattern, name };
  }

  protected orPattern(): Pattern {
    const start = this.pos;
    const first = this.closedPattern();
    if (this.kind() !== T.VBAR) return first;
    const patterns = [first];
    while (this.accept(T.VBAR)) patterns.push(this.closedPattern());
    return { ...this.node("MatchOr", start), patterns };
  }

  protected closedPattern(): Pattern {
    const start = this.pos;
    switch (this.kind()) {
      case T.NUMBER:
      case T.MINUS:
      case T.STRING: {
        const value = this.literal();
        return { ...this.node("MatchValue", start), value };
      }
      case T.NONE:
      case T.TRUE:
      case T.FALSE: {
        const kind = this.kind();
        this.pos++;
        return { ...this.node("MatchSingleton", start), value: kind === T.NONE ? null : kind === T.TRUE };
      }
      case T.NAME:
        return this.namePattern();
      case T.LPAR: {
        this.pos++;
        const patterns = this.patternList((kind) => kind === T.RPAR);
        const trailingComma = this.kinds[this.pos - 1] === T.COMMA;
        if (patterns.length === 1 && !trailingComma && patterns[0]?._type !== "MatchStar") {
          this.expect(T.RPAR);
          return patterns[0] as Pattern;
        }
        if (patterns.length === 1 && !trailingComma) this.fail();
        this.expect(T.RPAR);
        return { ...this.node("MatchSequence", start), patterns };
      }
      case T.LSQB: {
        this.pos++;
        const patterns = this.patternList((kind) => kind === T.RSQB);
        this.expect(T.RSQB);
        return { ...this.node("MatchSequence", start), patterns };
      }
      case T.LBRACE:
        return this.mappingPattern();
      default:
        return this.fail();
    }
  }

  /** Numbers (signed, complex), strings: what may be compared with, or be a mapping's key. */
  private literal(): Expr {
    if (this.kind() === T.STRING) return this.strings();
    const start = this.pos;
    const real = this.signedNumber();
    const kind = this.kind();
    if (kind !== T.PLUS && kind !== T.MINUS) return real;
    const number = real._type === "UnaryOp" ? real.operand : real;
    if (isImaginary(number)) this.fail();
    this.pos++;
    if (this.kind() !== T.NUMBER) this.fail();
    const right = this.number();
    if (!isImaginary(right)) this.fail();
    return { ...this.node("BinOp", start), left: real, op: kind === T.PLUS ? "Add" : "Sub", right };
  }

  private signedNumber(): Expr {
    const start = this.pos;
    const negative = this.accept(T.MINUS);
    if (this.kind() !== T.NUMBER) this.fail();
    const operand = this.number();
    return negative ? { ...this.node("UnaryOp", start), op: "USub", operand } : operand;
  }

  private namePattern(): Pattern {
    const start = this.pos;
    const next = this.ahead(1);
    if (this.isWord("_")) {
      this.pos++;
      return { ...this.node("MatchAs", start), pattern: null, name: null };
    }
    if (next !== T.DOT && next !== T.LPAR && next !== T.EQUAL) {
      const name = this.name();
      return { ...this.node("MatchAs", start), pattern: null, name };
    }
    const value = this.dotted();
    if (this.kind() === T.LPAR) return this.classPattern(start, value);
    if (this.kind() === T.EQUAL || value._type === "Name") this.fail();
    return { ...this.node("MatchValue", start), value };
  }

  protected dotted(): Expr {
    const start = this.pos;
    let value: Expr = this.nameNode();
    while (this.accept(T.DOT)) {
      const attr = this.name();
      value = { ...this.node("Attribute", start), value, attr, ctx: "Load" };
    }
    return value;
  }

  private mappingPattern(): Pattern {
    const start = this.pos++;
    const keys: Expr[] = [];
    const patterns: Pattern[] = [];
    let rest: string | null = null;
    while (this.kind() !== T.RBRACE) {
      if (this.accept(T.DOUBLESTAR)) {
        rest = this.captureName();
        this.accept(T.COMMA);
        break;
      }
      keys.push(this.mappingKey());
      this.expect(T.COLON);
      patterns.push(this.pattern());
      if (!this.accept(T.COMMA)) break;
    }
    this.expect(T.RBRACE);
    return { ...this.node("MatchMapping", start), keys, patterns, rest };
  }

  private mappingKey(): Expr {
    const kind = this.kind();
    if (kind === T.NAME) {
      const key = this.dotted();
      if (key._type === "Name") this.fail();
      return key;
    }
    if (kind === T.NONE || kind === T.TRUE || kind === T.FALSE) return this.keywordConstant(this.pos);
    if (kind !== T.NUMBER && kind !== T.MINUS && kind !== T.STRING) this.fail();
    return this.literal();
  }

  private classPattern(start: number, cls: Expr): Pattern {
    this.expect(T.LPAR);
    const patterns: Pattern[] = [];
    const kwd_attrs: string[] = [];
    const kwd_patterns: Pattern[] = [];
    while (this.kind() !== T.RPAR) {
      if (this.kind() === T.NAME && this.ahead(1) === T.EQUAL) {
        kwd_attrs.push(this.name());
        this.pos++;
        kwd_patterns.push(this.pattern());
      } else {
        if (kwd_attrs.length > 0) this.fail();
        patterns.push(this.pattern());
      }
      if (!this.accept(T.COMMA)) break;
    }
    this.expect(T.RPAR);
    return { ...this.node("MatchClass", start), cls, patterns, kwd_attrs, kwd_patterns };
  }
}
