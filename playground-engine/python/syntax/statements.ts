// Statements: Python's reference, "Simple statements" and "Compound statements".
import type {
  Alias, AsyncFor, AsyncWith, ClassDef, ExceptHandler, Expr, For, FunctionDef, AsyncFunctionDef, If, Keyword, Match,
  MatchCase, Stmt, Try, TryStar, With, WithItem,
} from "./ast.ts"; // prettier-ignore
import { augmentedOperator } from "./expressions.ts";
import { PatternParser } from "./patterns.ts";
import { isDeletable, isTarget, setContext } from "./targets.ts";
import * as T from "./tokens.ts";

/** What may follow the word `match` where it is an ordinary name. */
const MATCH_IS_A_NAME = new Uint8Array(128);
for (const kind of [
  T.NEWLINE, T.EQUAL, T.DOT, T.COMMA, T.COLON, T.SEMI, T.RPAR, T.RSQB, T.RBRACE, T.WALRUS, T.SLASH, T.DOUBLESLASH,
  T.PERCENT, T.AT, T.DOUBLESTAR, T.LEFTSHIFT, T.RIGHTSHIFT, T.AMPER, T.VBAR, T.CIRCUMFLEX, T.EQEQUAL, T.NOTEQUAL,
  T.LESS, T.LESSEQUAL, T.GREATER, T.GREATEREQUAL, T.IF, T.IN, T.IS, T.AND, T.OR, T.FOR, T.AS, T.ELSE, T.ENDMARKER,
]) MATCH_IS_A_NAME[kind] = 1; // prettier-ignore
for (let kind = T.PLUSEQUAL; kind <= T.CIRCUMFLEXEQUAL; kind++) MATCH_IS_A_NAME[kind] = 1;

export abstract class StatementParser extends PatternParser {
  // ---- the entries

  protected module(): Stmt[] {
    const body: Stmt[] = [];
    while (this.kind() !== T.ENDMARKER) this.statement(body);
    return body;
  }

  protected evalInput(): Expr {
    const body = this.expressions();
    while (this.accept(T.NEWLINE));
    if (this.kind() !== T.ENDMARKER) this.fail();
    return body;
  }

  /** One statement, as typed at a prompt. */
  protected interactive(): Stmt[] {
    const body: Stmt[] = [];
    if (this.accept(T.NEWLINE)) return [{ ...this.node("Pass", this.pos - 1) }];
    const compound = this.compoundStatement();
    if (compound !== undefined) {
      this.expect(T.NEWLINE);
      body.push(compound);
    } else {
      this.simpleStatements(body);
    }
    return body;
  }

  protected statement(into: Stmt[]): void {
    const compound = this.compoundStatement();
    if (compound !== undefined) into.push(compound);
    else this.simpleStatements(into);
  }

  /** Statements between semicolons, to the end of the line. */
  protected simpleStatements(into: Stmt[]): void {
    do {
      into.push(this.simpleStatement());
    } while (this.accept(T.SEMI) && this.kind() !== T.NEWLINE);
    this.expect(T.NEWLINE);
  }

  // ---- simple statements

  protected simpleStatement(): Stmt {
    const start = this.pos;
    switch (this.kind()) {
      case T.RETURN: {
        this.pos++;
        const value = this.begins() || this.kind() === T.STAR ? this.starExpressions() : null;
        return { ...this.node("Return", start), value };
      }
      case T.IMPORT:
        return this.importStatement();
      case T.FROM:
        return this.fromStatement();
      case T.RAISE: {
        this.pos++;
        const exc = this.begins() ? this.expression() : null;
        const cause = exc !== null && this.accept(T.FROM) ? this.expression() : null;
        return { ...this.node("Raise", start), exc, cause };
      }
      case T.PASS:
        this.pos++;
        return { ...this.node("Pass", start) };
      case T.DEL:
        return this.deleteStatement();
      case T.YIELD: {
        const value = this.yieldExpression();
        // `yield = 1` is no statement.
        return { ...this.node("Expr", start), value };
      }
      case T.ASSERT: {
        this.pos++;
        const test = this.expression();
        const msg = this.accept(T.COMMA) ? this.expression() : null;
        return { ...this.node("Assert", start), test, msg };
      }
      case T.BREAK:
        this.pos++;
        return { ...this.node("Break", start) };
      case T.CONTINUE:
        this.pos++;
        return { ...this.node("Continue", start) };
      case T.GLOBAL:
        this.pos++;
        return this.scopeStatement("Global", start);
      case T.NONLOCAL:
        this.pos++;
        return this.scopeStatement("Nonlocal", start);
      default:
        return this.expressionStatement();
    }
  }

  private scopeStatement(type: "Global" | "Nonlocal", start: number): Stmt {
    const names = [this.name()];
    while (this.accept(T.COMMA)) names.push(this.name());
    return { ...this.node(type, start), names };
  }

  /** An expression, or an assignment of any kind. */
  protected expressionStatement(): Stmt {
    const start = this.pos;
    const first = this.starExpressions();
    const kind = this.kind();
    if (kind === T.EQUAL) return this.assignment(start, first);
    if (kind === T.COLON) return this.annotatedAssignment(start, first);
    const op = augmentedOperator(kind);
    if (op === undefined) return { ...this.node("Expr", start), value: first };
    if (!this.isSingleTarget(first)) this.fail();
    this.pos++;
    const value = this.assignedValue();
    setContext(first, "Store");
    return { ...this.node("AugAssign", start), target: first, op, value };
  }

  private isSingleTarget(node: Expr): boolean {
    return node._type === "Name" || node._type === "Attribute" || node._type === "Subscript";
  }

  private assignment(start: number, first: Expr): Stmt {
    const targets: Expr[] = [];
    let value = first;
    while (this.kind() === T.EQUAL) {
      if (!isTarget(value, true)) this.fail();
      setContext(value, "Store");
      targets.push(value);
      this.pos++;
      value = this.assignedValue();
    }
    return { ...this.node("Assign", start), targets, value };
  }

  private annotatedAssignment(start: number, target: Expr): Stmt {
    if (!this.isSingleTarget(target)) this.fail();
    const simple = target._type === "Name" && this.kinds[start] === T.NAME ? 1 : 0;
    this.pos++;
    const annotation = this.expression();
    const value = this.accept(T.EQUAL) ? this.assignedValue() : null;
    setContext(target, "Store");
    return { ...this.node("AnnAssign", start), target, annotation, value, simple };
  }

  protected deleteStatement(): Stmt {
    const start = this.pos++;
    const targets: Expr[] = [];
    do {
      if (targets.length > 0 && !this.begins()) break;
      const target = this.primary();
      if (!isDeletable(target)) this.fail();
      setContext(target, "Del");
      targets.push(target);
    } while (this.accept(T.COMMA));
    if (this.kind() !== T.SEMI && this.kind() !== T.NEWLINE) this.fail();
    return { ...this.node("Delete", start), targets };
  }

  // ---- imports

  private importStatement(): Stmt {
    const start = this.pos++;
    const names: Alias[] = [];
    do {
      const begin = this.pos;
      const name = this.dottedName();
      const asname = this.accept(T.AS) ? this.name() : null;
      names.push({ ...this.node("alias", begin), name, asname });
    } while (this.accept(T.COMMA));
    return { ...this.node("Import", start), names };
  }

  private dottedName(): string {
    let name = this.name();
    while (this.accept(T.DOT)) name += "." + this.name();
    return name;
  }

  private fromStatement(): Stmt {
    const start = this.pos++;
    let level = 0;
    for (;;) {
      if (this.accept(T.DOT)) level += 1;
      else if (this.accept(T.ELLIPSIS_TOKEN)) level += 3;
      else break;
    }
    const module = level > 0 && this.kind() === T.IMPORT ? null : this.dottedName();
    this.expect(T.IMPORT);
    const names = this.importedNames();
    return { ...this.node("ImportFrom", start), module, names, level };
  }

  protected importedNames(): Alias[] {
    const start = this.pos;
    if (this.accept(T.STAR)) return [{ ...this.node("alias", start), name: "*", asname: null }];
    const parenthesized = this.accept(T.LPAR);
    const names: Alias[] = [];
    do {
      if (parenthesized && names.length > 0 && this.kind() === T.RPAR) break;
      const begin = this.pos;
      const name = this.name();
      const asname = this.accept(T.AS) ? this.name() : null;
      names.push({ ...this.node("alias", begin), name, asname });
    } while (this.accept(T.COMMA));
    if (parenthesized) this.expect(T.RPAR);
    return names;
  }

  // ---- compound statements

  /** @returns undefined if no compound statement begins here. */
  protected compoundStatement(): Stmt | undefined {
    switch (this.kind()) {
      case T.IF:
        return this.ifStatement();
      case T.DEF:
      case T.CLASS:
      case T.AT:
        return this.decorated();
      case T.FOR:
        return this.forStatement(this.pos);
      case T.WITH:
        return this.withStatement(this.pos);
      case T.TRY:
        return this.tryStatement();
      case T.WHILE:
        return this.whileStatement();
      case T.ASYNC:
        return this.asyncStatement();
      case T.NAME:
        if (this.tokens.text[this.pos] !== "match" || MATCH_IS_A_NAME[this.ahead(1)] === 1) return undefined;
        return this.matchStatement();
      default:
        return undefined;
    }
  }

  private asyncStatement(): Stmt {
    switch (this.ahead(1)) {
      case T.DEF:
        return this.decorated();
      case T.FOR:
        return this.forStatement(this.pos++);
      case T.WITH:
        return this.withStatement(this.pos++);
      default:
        this.pos++;
        return this.fail();
    }
  }

  /** An indented block, or simple statements on the same line. */
  protected block(): Stmt[] {
    const body: Stmt[] = [];
    if (this.kind() !== T.NEWLINE) {
      this.simpleStatements(body);
      return body;
    }
    this.pos++;
    this.expect(T.INDENT);
    do {
      this.statement(body);
    } while (this.kind() !== T.DEDENT && this.kind() !== T.ENDMARKER);
    this.expect(T.DEDENT);
    return body;
  }

  protected elseBlock(): Stmt[] {
    if (!this.accept(T.ELSE)) return [];
    this.expect(T.COLON);
    return this.block();
  }

  /** From `if` or `elif`. */
  protected ifStatement(): If {
    const start = this.pos++;
    const test = this.namedExpression();
    this.expect(T.COLON);
    const body = this.block();
    const orelse = this.kind() === T.ELIF ? [this.ifStatement()] : this.elseBlock();
    return { ...this.compound("If", start), test, body, orelse };
  }

  protected whileStatement(): Stmt {
    const start = this.pos++;
    const test = this.namedExpression();
    this.expect(T.COLON);
    const body = this.block();
    const orelse = this.elseBlock();
    return { ...this.compound("While", start), test, body, orelse };
  }

  /** The head of a node that ends with a block: DEDENTs are no part of it. */
  private compound<K extends Stmt["_type"] | "ExceptHandler">(type: K, start: number) {
    const pos = this.pos;
    while (this.kinds[this.pos - 1] === T.DEDENT || this.kinds[this.pos - 1] === T.NEWLINE) this.pos--;
    const head = this.node(type, start);
    this.pos = pos;
    return head;
  }

  /** At `for`, which `async` may precede at `start`. */
  protected forStatement(start: number): For | AsyncFor {
    this.expect(T.FOR);
    const target = this.starTargets();
    this.expect(T.IN);
    const iter = this.starExpressions();
    this.expect(T.COLON);
    const body = this.block();
    const orelse = this.elseBlock();
    return {
      ...this.compound(this.kinds[start] === T.ASYNC ? "AsyncFor" : "For", start),
      target,
      iter,
      body,
      orelse,
    };
  }

  protected withStatement(start: number): With | AsyncWith {
    this.expect(T.WITH);
    // `with (a, b):` are two items; `with (a, b) as c:` and `with (a).b:` are one.
    const items =
      (this.kind() === T.LPAR ? this.attempt(() => this.parenthesizedItems()) : undefined) ??
      this.withItems();
    this.expect(T.COLON);
    const body = this.block();
    return { ...this.compound(this.kinds[start] === T.ASYNC ? "AsyncWith" : "With", start), items, body };
  }

  private parenthesizedItems(): WithItem[] {
    this.expect(T.LPAR);
    const items: WithItem[] = [];
    do {
      if (items.length > 0 && this.kind() === T.RPAR) break;
      items.push(this.withItem());
    } while (this.accept(T.COMMA));
    this.expect(T.RPAR);
    if (this.kind() !== T.COLON) this.fail();
    return items;
  }

  private withItems(): WithItem[] {
    const items: WithItem[] = [];
    do items.push(this.withItem());
    while (this.accept(T.COMMA));
    return items;
  }

  protected withItem(): WithItem {
    const context_expr = this.expression();
    if (!this.accept(T.AS)) return { _type: "withitem", context_expr, optional_vars: null };
    const optional_vars = this.starTarget();
    const kind = this.kind();
    if (kind !== T.COMMA && kind !== T.RPAR && kind !== T.COLON) this.fail();
    return { _type: "withitem", context_expr, optional_vars };
  }

  protected tryStatement(): Try | TryStar {
    const start = this.pos++;
    this.expect(T.COLON);
    const body = this.block();
    const handlers: ExceptHandler[] = [];
    const groups = this.kind() === T.EXCEPT && this.ahead(1) === T.STAR;
    while (this.kind() === T.EXCEPT) handlers.push(this.exceptHandler(groups));
    const orelse = handlers.length > 0 ? this.elseBlock() : [];
    let finalbody: Stmt[] = [];
    if (handlers.length === 0) this.expect(T.FINALLY);
    if (handlers.length === 0 || this.accept(T.FINALLY)) {
      this.expect(T.COLON);
      finalbody = this.block();
    }
    return { ...this.compound(groups ? "TryStar" : "Try", start), body, handlers, orelse, finalbody };
  }

  protected exceptHandler(group: boolean): ExceptHandler {
    const start = this.pos++;
    if (group) this.expect(T.STAR);
    let type: Expr | null = null;
    let name: string | null = null;
    if (group || this.kind() !== T.COLON) {
      type = this.expression();
      if (this.accept(T.AS)) name = this.name();
    }
    this.expect(T.COLON);
    const body = this.block();
    return { ...this.compound("ExceptHandler", start), type, name, body };
  }

  // ---- functions and classes

  private decorated(): Stmt {
    const decorator_list: Expr[] = [];
    while (this.accept(T.AT)) {
      decorator_list.push(this.namedExpression());
      this.expect(T.NEWLINE);
    }
    const start = this.pos;
    if (this.kind() === T.CLASS) return this.classDefinition(decorator_list);
    if (this.kind() === T.ASYNC) this.pos++;
    if (this.kind() !== T.DEF) this.fail();
    return this.functionDefinition(start, decorator_list);
  }

  protected functionDefinition(start: number, decorator_list: Expr[]): FunctionDef | AsyncFunctionDef {
    this.expect(T.DEF);
    const name = this.name();
    this.expect(T.LPAR);
    const args = this.parameters(T.RPAR, true);
    this.expect(T.RPAR);
    const returns = this.accept(T.ARROW) ? this.expression() : null;
    this.expect(T.COLON);
    const body = this.block();
    const type = this.kinds[start] === T.ASYNC ? "AsyncFunctionDef" : "FunctionDef";
    return { ...this.compound(type, start), name, args, body, decorator_list, returns };
  }

  protected classDefinition(decorator_list: Expr[]): ClassDef {
    const start = this.pos++;
    const name = this.name();
    let bases: Expr[] = [];
    let keywords: Keyword[] = [];
    if (this.kind() === T.LPAR) ({ args: bases, keywords } = this.callArguments(false));
    this.expect(T.COLON);
    const body = this.block();
    return { ...this.compound("ClassDef", start), name, bases, keywords, body, decorator_list };
  }

  // ---- match

  /** @returns undefined if the word turns out to be an ordinary name. */
  protected matchStatement(): Match | undefined {
    const start = this.pos;
    const subject = this.attempt(() => {
      this.pos++;
      const value = this.subject();
      this.expect(T.COLON);
      this.expect(T.NEWLINE);
      this.expect(T.INDENT);
      if (!this.isWord("case")) this.fail();
      return value;
    });
    if (subject === undefined) return undefined;
    const cases: MatchCase[] = [];
    while (this.isWord("case")) cases.push(this.matchCase());
    this.expect(T.DEDENT);
    return { ...this.compound("Match", start), subject, cases };
  }

  protected subject(): Expr {
    const start = this.pos;
    const first = this.starNamedExpression();
    if (this.kind() === T.COMMA) return this.restOfTuple(start, first, () => this.starNamedExpression());
    if (first._type === "Starred") this.fail();
    return first;
  }

  protected matchCase(): MatchCase {
    this.pos++;
    const pattern = this.patterns();
    const guard = this.accept(T.IF) ? this.namedExpression() : null;
    this.expect(T.COLON);
    const body = this.block();
    return { _type: "match_case", pattern, guard, body };
  }
}
