// Patterns that can never be reached, bind a name twice, or compare with what is no literal.
import type { Expr, Located, Match, MatchClass, MatchMapping, MatchOr, Node, Pattern } from "../ast.ts";
import { ImaginaryConstant } from "../ast.ts";
import type { PySyntaxError } from "../errors.ts";
import { unparse } from "../unparse.ts";
import { mistakeAt } from "./scopes.ts";

export class PatternCheck {
  private readonly visit: (node: Node) => void;
  /** The pattern last looked at: CPython reports mistakes there, even once it is back in the pattern around. */
  private place: Located | undefined;
  /** The names bound so far. */
  private names: Set<string> = new Set();

  /** @param visit checks an expression or statement inside */
  constructor(visit: (node: Node) => void) {
    this.visit = visit;
  }

  /** Goes through a match statement's cases, in the compiler's order. @throws PySyntaxError */
  cases(node: Match): void {
    node.cases.forEach((each, index) => {
      this.names = new Set();
      this.pattern(each.pattern, each.guard !== null || index === node.cases.length - 1);
      if (each.guard !== null) this.visit(each.guard);
      each.body.forEach(this.visit);
    });
  }

  private mistake(message: string): PySyntaxError {
    return mistakeAt(message, this.place as Located);
  }

  private bind(name: string | null): void {
    if (name === null) return;
    if (name === "__debug__") throw this.mistake("cannot assign to __debug__");
    if (this.names.has(name)) throw this.mistake(`multiple assignments to name '${name}' in pattern`);
    this.names.add(name);
  }

  /** @param mayMatchAll may it match everything, because no other pattern follows? */
  private pattern(node: Pattern, mayMatchAll: boolean): void {
    this.place = node;
    switch (node._type) {
      case "MatchValue":
        if (!isLiteral(node.value) && node.value._type !== "Attribute") {
          throw this.mistake("patterns may only match literals and attribute lookups");
        }
        this.visit(node.value);
        return;
      case "MatchSingleton":
        return;
      case "MatchSequence":
        if (node.patterns.filter((each) => each._type === "MatchStar").length > 1) {
          throw this.mistake("multiple starred names in sequence pattern");
        }
        this.parts(askedFor(node.patterns));
        return;
      case "MatchStar":
        this.bind(node.name);
        return;
      case "MatchMapping":
        this.mapping(node);
        return;
      case "MatchClass":
        this.classPattern(node);
        return;
      case "MatchAs":
        if (node.pattern !== null) {
          this.pattern(node.pattern, mayMatchAll);
        } else if (!mayMatchAll) {
          const what = node.name === null ? "wildcard" : `name capture '${node.name}'`;
          throw this.mistake(`${what} makes remaining patterns unreachable`);
        }
        this.bind(node.name);
        return;
      case "MatchOr":
        this.alternatives(node, mayMatchAll);
    }
  }

  private parts(patterns: Pattern[]): void {
    for (const part of patterns) this.pattern(part, true);
  }

  private mapping(node: MatchMapping): void {
    const seen = new Set<string>();
    for (const key of node.keys) {
      const identity = keyIdentity(key);
      if (identity !== undefined && seen.has(identity)) {
        throw this.mistake(`mapping pattern checks duplicate key (${unparse(key)})`);
      }
      if (identity !== undefined) seen.add(identity);
      if (!isLiteral(key) && key._type !== "Attribute") {
        throw this.mistake("mapping pattern keys may only match literals and attribute lookups");
      }
      this.visit(key);
    }
    this.parts(node.patterns);
    this.bind(node.rest);
  }

  private classPattern(node: MatchClass): void {
    for (const [index, name] of node.kwd_attrs.entries()) {
      const again = node.kwd_attrs.indexOf(name, index + 1);
      if (again < 0) continue;
      this.place = node.kwd_patterns[again] as Pattern;
      throw this.mistake(`attribute name repeated in class pattern: ${name}`);
    }
    this.visit(node.cls);
    this.parts(node.patterns);
    this.parts(node.kwd_patterns);
  }

  private alternatives(node: MatchOr, mayMatchAll: boolean): void {
    const outer = this.names;
    let first: Set<string> | undefined;
    node.patterns.forEach((alternative, index) => {
      this.names = new Set();
      this.pattern(alternative, mayMatchAll && index === node.patterns.length - 1);
      first ??= this.names;
      const common = first;
      if (this.names.size !== common.size || [...this.names].some((name) => !common.has(name))) {
        throw this.mistake("alternative patterns bind different names");
      }
    });
    this.names = outer;
    for (const name of first ?? []) this.bind(name);
  }
}

/** A literal that may be matched: also a signed number and a complex one. */
function isLiteral(node: Expr): boolean {
  if (node._type === "Constant") return true;
  if (node._type === "UnaryOp") return node.operand._type === "Constant";
  return node._type === "BinOp";
}

/** A key's identity, if it is a literal. Equal numbers of different types are one key. */
function keyIdentity(node: Expr): string | undefined {
  if (node._type !== "Constant") return isLiteral(node) ? unparse(node) : undefined;
  const { value } = node;
  if (typeof value === "boolean") return String(Number(value));
  if (value !== null && typeof value === "object" && "value" in value) return String(value.value);
  if (value instanceof ImaginaryConstant) return `${value.imag}j`;
  return unparse(node);
}

/** Parts of a sequence that are looked at: wildcards are not beside `*_`, or where there is nothing else. */
function askedFor(patterns: Pattern[]): Pattern[] {
  const named = patterns.filter((p) =>
    p._type === "MatchStar"
      ? p.name !== null
      : p._type !== "MatchAs" || p.pattern !== null || p.name !== null,
  );
  const skip = named.length === 0 || patterns.some((p) => p._type === "MatchStar" && p.name === null);
  return skip ? named : patterns;
}
