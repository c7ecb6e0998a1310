// Diagnosis of statements: the reference's grammar, and the mistakes CPython 3.11 knows in them.
import * as T from "../tokens.ts";
import { PatternDiagnosis } from "./patterns.ts";
import type { Found } from "./reader.ts";
import { describe } from "./sketch.ts";
import type { Sketch } from "./sketch.ts";

const COLON_MISTAKE = "expected ':'";

export class StatementDiagnosis extends PatternDiagnosis {
  // ---- the entries

  protected module(): boolean {
    this.many(() => this.statement());
    return this.look() === T.ENDMARKER;
  }

  protected evalInput(): boolean {
    if (!this.expressions()) return false;
    while (this.eat(T.NEWLINE));
    return this.look() === T.ENDMARKER;
  }

  protected interactive(): boolean {
    return Boolean(
      this.all(() => this.compound() && this.eat(T.NEWLINE)) ??
      this.simpleStatements() ??
      (this.look() === T.NEWLINE || this.look() === T.ENDMARKER),
    );
  }

  private statement(): Found {
    return this.compound() ?? this.simpleStatements();
  }

  private simpleStatements(): Found {
    return this.all(() => {
      if (!this.simple()) return null;
      this.many(() => this.eat(T.SEMI) && this.simple());
      this.eat(T.SEMI);
      return this.eat(T.NEWLINE);
    });
  }

  // ---- simple statements

  private simple(): Found {
    return this.once(
      "simple_stmt",
      () => this.assignment() ?? this.starExpressions() ?? this.keywordStatement(),
    );
  }

  private keywordStatement(): Found {
    const names = (): Found => this.separated(() => this.eat(T.NAME));
    switch (this.look()) {
      case T.RETURN:
        this.pos++;
        return this.maybe(() => this.starExpressions());
      case T.IMPORT:
        return this.all(() => this.eat(T.IMPORT) && this.separated(() => this.dottedName() && this.asName()));
      case T.FROM:
        return this.fromImport();
      case T.RAISE:
        this.pos++;
        return this.maybe(() => this.expression() && this.maybe(() => this.eat(T.FROM) && this.expression()));
      case T.PASS:
      case T.BREAK:
      case T.CONTINUE:
        this.pos++;
        return true;
      case T.DEL:
        return this.deletion();
      case T.YIELD:
        return this.yieldExpression();
      case T.ASSERT:
        this.pos++;
        return this.expression() && this.maybe(() => this.eat(T.COMMA) && this.expression());
      case T.GLOBAL:
      case T.NONLOCAL:
        this.pos++;
        return names();
      default:
        return null;
    }
  }

  private deletion(): Found {
    const found = this.all(
      () => this.eat(T.DEL) && this.deleteTargets() && (this.look() === T.SEMI || this.look() === T.NEWLINE),
    );
    if (found !== null) return found;
    return this.hunt(() => {
      const targets = this.eat(T.DEL) && this.starExpressions();
      if (targets) this.refuseTarget(targets, "delete");
    });
  }

  private assignedValue(): Found {
    return this.yieldExpression() ?? this.starExpressions();
  }

  private assignment(): Found {
    const annotation = (): Found =>
      this.eat(T.COLON) && this.expression() && this.maybe(() => this.eat(T.EQUAL) && this.assignedValue());
    const found =
      this.all(() => this.eat(T.NAME) && annotation()) ??
      this.all(
        () =>
          (this.all(() => this.eat(T.LPAR) && this.singleTarget() && this.eat(T.RPAR)) ?? this.member()) &&
          annotation(),
      ) ??
      this.all(
        () =>
          this.some(() => this.starTargets() && this.eat(T.EQUAL)) &&
          this.assignedValue() &&
          this.look() !== T.EQUAL,
      );
    if (found !== null) return found;
    let committed = false;
    const augmented = this.all(() => {
      if (!this.singleTarget() || !this.augmentedOperator()) return null;
      committed = true;
      return this.assignedValue();
    });
    if (committed) return augmented;
    return this.hunt(() => this.wrongAssignment());
  }

  private augmentedOperator(): boolean {
    const kind = this.look();
    if (kind < T.PLUSEQUAL || kind > T.CIRCUMFLEXEQUAL) return false;
    this.pos++;
    return true;
  }

  private wrongAssignment(): null {
    const annotates = (): Found => this.eat(T.COLON) && this.expression();
    this.all(() => {
      const target = this.wrongAnnotated();
      if (target && annotates()) {
        this.raiseAt(`only single target (not ${describe(target)}) can be annotated`, target);
      }
      return null;
    });
    this.all(() => {
      const first = this.starNamedExpression();
      if (!first || !this.eat(T.COMMA)) return null;
      this.many(() => this.starNamedExpressions());
      if (annotates()) this.raiseAt("only single target (not tuple) can be annotated", first);
      return null;
    });
    this.all(() => {
      const target = this.expression();
      if (target && annotates()) this.raiseAt("illegal target for annotation", target);
      return null;
    });
    const earlier = (): Found => this.many(() => this.starTargets() && this.eat(T.EQUAL));
    const chained = this.all(() => {
      earlier();
      const target = this.starExpressions();
      if (!target || !this.eat(T.EQUAL)) return null;
      this.refuseTarget(target, "assign");
      return true;
    });
    // The target is fine, so the mistake is another: nothing else is looked for here.
    if (chained) return null;
    this.all(() => {
      earlier();
      const value = this.yieldExpression();
      if (value && this.eat(T.EQUAL)) this.raiseAt("assignment to yield expression not possible", value);
      return null;
    });
    return this.all(() => {
      const target = this.starExpressions();
      if (target && this.augmentedOperator() && this.assignedValue()) {
        this.raiseAt(`'${describe(target)}' is an illegal expression for augmented assignment`, target);
      }
      return null;
    });
  }

  private wrongAnnotated(): Sketch | null {
    return this.all(() => {
      const kind = this.look();
      const display = kind === T.LSQB || kind === T.LPAR ? this.display() : null;
      return (
        display ??
        this.all(() => {
          const inner = this.eat(T.LPAR) && this.wrongAnnotated();
          return inner && this.eat(T.RPAR) && inner;
        })
      );
    });
  }

  private asName(): true {
    return this.maybe(() => this.eat(T.AS) && this.eat(T.NAME));
  }

  private dottedName(): Found {
    return this.eat(T.NAME) && this.many(() => this.eat(T.DOT) && this.eat(T.NAME));
  }

  private fromImport(): Found {
    const dots = (): Found[] => this.many(() => this.eat(T.DOT) || this.eat(T.ELLIPSIS_TOKEN));
    return (
      this.all(
        () => this.eat(T.FROM) && dots() && this.dottedName() && this.eat(T.IMPORT) && this.importedNames(),
      ) ?? this.all(() => this.eat(T.FROM) && dots().length > 0 && this.eat(T.IMPORT) && this.importedNames())
    );
  }

  private importedNames(): Found {
    const names = (): Found => this.separated(() => this.eat(T.NAME) && this.asName());
    const found =
      this.all(
        () => this.eat(T.LPAR) && names() && this.maybe(() => this.eat(T.COMMA)) && this.eat(T.RPAR),
      ) ??
      this.all(() => names() && this.look() !== T.COMMA) ??
      this.all(() => this.eat(T.STAR));
    if (found !== null) return found;
    return this.hunt(() => {
      if (names() && this.eat(T.COMMA) && this.eat(T.NEWLINE)) {
        this.raise("trailing comma not allowed without surrounding parentheses");
      }
    });
  }

  // ---- compound statements

  private compound(): Found {
    switch (this.look()) {
      case T.DEF:
        return this.functionDefinition();
      case T.AT:
        return (
          this.all(() => this.decorators() && this.functionDefinition()) ??
          this.all(() => this.decorators() && this.classDefinition())
        );
      case T.ASYNC:
        return this.functionDefinition() ?? this.withStatement() ?? this.forStatement();
      case T.IF:
        return this.conditional(T.IF, "if");
      case T.CLASS:
        return this.classDefinition();
      case T.WITH:
        return this.withStatement();
      case T.FOR:
        return this.forStatement();
      case T.TRY:
        return this.tryStatement();
      case T.WHILE:
        return this.conditional(T.WHILE, "while");
      default:
        return this.matchStatement();
    }
  }

  private decorators(): Found {
    return this.some(() => this.eat(T.AT) && this.namedExpression() && this.eat(T.NEWLINE));
  }

  private block(): Found {
    return this.once("block", () => {
      const found =
        this.all(
          () =>
            this.eat(T.NEWLINE) &&
            this.eat(T.INDENT) &&
            this.some(() => this.statement()) &&
            this.eat(T.DEDENT),
        ) ?? this.simpleStatements();
      if (found !== null) return found;
      return this.hunt(() => {
        if (this.eat(T.NEWLINE) && this.look() !== T.INDENT) {
          this.raise("expected an indented block", "IndentationError");
        }
      });
    });
  }

  /** After a colon: a line end needs an indented block behind it. */
  private wantBlock(what: string, token: number): void {
    this.all(() => {
      if (!this.eat(T.NEWLINE) || this.look() === T.INDENT) return null;
      const line = this.tokens.line[token] as number;
      this.raise(`expected an indented block after ${what} on line ${line}`, "IndentationError");
    });
  }

  /** A header that has come to its end without a colon. */
  private wantColon(): void {
    if (this.eat(T.NEWLINE)) this.raise(COLON_MISTAKE);
  }

  /** A token without which the statement cannot be read: missed on the first reading already. */
  private must(kind: number, text: string): true {
    if (!this.eat(kind)) this.raiseAtToken(`expected '${text}'`, this.pos);
    return true;
  }

  /** if, elif and while. */
  private conditional(keyword: number, word: string): Found {
    const start = this.pos;
    this.hunt(() => {
      if (!this.eat(keyword) || !this.namedExpression()) return;
      this.wantColon();
      if (this.eat(T.COLON)) this.wantBlock(`'${word}' statement`, start);
    });
    return this.all(
      () =>
        this.eat(keyword) &&
        this.namedExpression() &&
        this.eat(T.COLON) &&
        this.block() &&
        ((keyword === T.WHILE ? null : this.conditional(T.ELIF, "elif")) ??
          this.maybe(() => this.elseBlock())),
    );
  }

  private elseBlock(): Found {
    const start = this.pos;
    this.hunt(() => {
      if (this.eat(T.ELSE) && this.eat(T.COLON)) this.wantBlock("'else' statement", start);
    });
    return this.all(() => this.eat(T.ELSE) && this.must(T.COLON, ":") && this.block());
  }

  private forStatement(): Found {
    const head = (): Found =>
      this.maybe(() => this.eat(T.ASYNC)) &&
      this.eat(T.FOR) &&
      this.starTargets() &&
      this.eat(T.IN) &&
      this.starExpressions();
    this.hunt(() => {
      const start = this.look() === T.ASYNC ? this.pos + 1 : this.pos;
      if (!head()) return;
      this.wantColon();
      if (this.eat(T.COLON)) this.wantBlock("'for' statement", start);
    });
    let committed = false;
    const found = this.all(() => {
      this.eat(T.ASYNC);
      if (!this.eat(T.FOR) || !this.starTargets() || !this.eat(T.IN)) return null;
      committed = true;
      return (
        this.starExpressions() && this.eat(T.COLON) && this.block() && this.maybe(() => this.elseBlock())
      );
    });
    if (committed) return found;
    return this.hunt(() => this.wrongForTarget());
  }

  private withStatement(): Found {
    const start = this.look() === T.ASYNC ? this.pos + 1 : this.pos;
    const intro = (): boolean => this.maybe(() => this.eat(T.ASYNC)) && this.eat(T.WITH);
    const target = (): true => this.maybe(() => this.eat(T.AS) && this.starTarget());
    // Loosely read, to see where the header ends.
    const loose = (): Found => intro() && this.separated(() => this.expression() && target());
    const looseParenthesized = (): Found =>
      intro() &&
      this.eat(T.LPAR) &&
      this.separated(() => this.expressions() && target()) &&
      this.maybe(() => this.eat(T.COMMA)) &&
      this.eat(T.RPAR);
    for (const head of [loose, looseParenthesized]) {
      this.hunt(() => {
        if (head() && this.eat(T.COLON)) this.wantBlock("'with' statement", start);
      });
    }
    const items = (): Found => this.separated(() => this.withItem());
    const found =
      this.all(
        () =>
          intro() &&
          this.eat(T.LPAR) &&
          items() &&
          this.maybe(() => this.eat(T.COMMA)) &&
          this.eat(T.RPAR) &&
          this.eat(T.COLON) &&
          this.block(),
      ) ?? this.all(() => intro() && items() && this.eat(T.COLON) && this.block());
    if (found !== null) return found;
    for (const head of [loose, looseParenthesized]) this.hunt(() => head() && this.wantColon());
    return null;
  }

  private withItem(): Found {
    const ends = (): boolean => [T.COMMA, T.RPAR, T.COLON].includes(this.look());
    const named = this.all(() => this.expression() && this.eat(T.AS) && this.starTarget() && ends());
    if (named !== null) return named;
    this.hunt(() => {
      const target = this.expression() && this.eat(T.AS) && this.expression();
      if (target && ends()) this.refuseTarget(target, "assign");
    });
    return this.expression();
  }

  // ---- try

  private tryStatement(): Found {
    const start = this.pos;
    this.hunt(() => this.wrongTry(start));
    const body = (): Found => this.eat(T.TRY) && this.must(T.COLON, ":") && this.block();
    const handled = (group: boolean): Found =>
      this.all(
        () =>
          body() &&
          this.some(() => this.handler(group)) &&
          this.maybe(() => this.elseBlock()) &&
          this.maybe(() => this.finallyBlock()),
      );
    return this.all(() => body() && this.finallyBlock()) ?? handled(false) ?? handled(true);
  }

  private wrongTry(start: number): null {
    const open = (): boolean => this.eat(T.TRY) && this.eat(T.COLON);
    const asName = (): true => this.asName();
    this.all(() => {
      if (open()) this.wantBlock("'try' statement", start);
      return null;
    });
    this.all(() => {
      if (open() && this.block() && this.look() !== T.EXCEPT && this.look() !== T.FINALLY) {
        this.raise("expected 'except' or 'finally' block");
      }
      return null;
    });
    const message = "cannot have both 'except' and 'except*' on the same 'try'";
    this.all(() => {
      if (!open() || !this.many(() => this.block()) || !this.some(() => this.handler(false))) return null;
      const first = this.pos;
      if (this.eat(T.EXCEPT) && this.eat(T.STAR) && this.expression() && asName() && this.eat(T.COLON)) {
        this.raiseAt(message, { first, last: first + 1 });
      }
      return null;
    });
    return this.all(() => {
      if (!open() || !this.many(() => this.block()) || !this.some(() => this.handler(true))) return null;
      const first = this.pos;
      if (this.eat(T.EXCEPT) && this.maybe(() => this.expression() && asName()) && this.eat(T.COLON)) {
        this.raiseAtToken(message, first);
      }
      return null;
    });
  }

  private handler(group: boolean): Found {
    const start = this.pos;
    const word = group ? "'except*' statement" : "'except' statement";
    const intro = (): boolean => this.eat(T.EXCEPT) && (!group || this.eat(T.STAR));
    this.hunt(() => {
      if (intro() && this.expression() && this.asName() && this.eat(T.COLON)) this.wantBlock(word, start);
    });
    if (!group) {
      this.hunt(() => {
        if (this.eat(T.EXCEPT) && this.eat(T.COLON)) this.wantBlock(word, start);
      });
    }
    const found =
      this.all(() => intro() && this.expression() && this.asName() && this.eat(T.COLON) && this.block()) ??
      (group ? null : this.all(() => this.eat(T.EXCEPT) && this.eat(T.COLON) && this.block()));
    if (found !== null) return found;
    return this.hunt(() => this.wrongHandler());
  }

  private wrongHandler(): null {
    const intro = (): boolean => this.eat(T.EXCEPT) && this.maybe(() => this.eat(T.STAR));
    this.all(() => {
      const first = intro() && this.expression();
      if (first && this.eat(T.COMMA) && this.expressions() && this.asName() && this.eat(T.COLON)) {
        this.raiseFrom("multiple exception types must be parenthesized", first.first);
      }
      return null;
    });
    this.all(() => {
      if (intro() && this.expression() && this.asName()) this.wantColon();
      return null;
    });
    this.all(() => {
      if (this.eat(T.EXCEPT)) this.wantColon();
      return null;
    });
    return this.all(() => {
      if (this.eat(T.EXCEPT) && this.eat(T.STAR) && (this.eat(T.NEWLINE) || this.eat(T.COLON))) {
        this.raise("expected one or more exception types");
      }
      return null;
    });
  }

  private finallyBlock(): Found {
    const start = this.pos;
    this.hunt(() => {
      if (this.eat(T.FINALLY) && this.eat(T.COLON)) this.wantBlock("'finally' statement", start);
    });
    return this.all(() => this.eat(T.FINALLY) && this.must(T.COLON, ":") && this.block());
  }

  // ---- functions and classes

  private functionDefinition(): Found {
    const returns = (): true => this.maybe(() => this.eat(T.ARROW) && this.expression());
    this.hunt(() => {
      this.eat(T.ASYNC);
      const start = this.pos;
      if (
        this.eat(T.DEF) &&
        this.eat(T.NAME) &&
        this.eat(T.LPAR) &&
        this.maybe(() => this.defParameters()) &&
        this.eat(T.RPAR) &&
        returns() &&
        this.eat(T.COLON)
      ) {
        this.wantBlock("function definition", start);
      }
    });
    return this.all(
      () =>
        this.maybe(() => this.eat(T.ASYNC)) &&
        this.eat(T.DEF) &&
        this.eat(T.NAME) &&
        this.must(T.LPAR, "(") &&
        this.maybe(() => this.defParameters()) &&
        this.eat(T.RPAR) &&
        returns() &&
        this.must(T.COLON, ":") &&
        this.block(),
    );
  }

  private classDefinition(): Found {
    const start = this.pos;
    const head = (): Found =>
      this.eat(T.CLASS) &&
      this.eat(T.NAME) &&
      this.maybe(() => this.eat(T.LPAR) && this.maybe(() => this.callArguments()) && this.eat(T.RPAR));
    this.hunt(() => {
      if (!head()) return;
      this.wantColon();
      if (this.eat(T.COLON)) this.wantBlock("class definition", start);
    });
    return this.all(() => head() && this.eat(T.COLON) && this.block());
  }

  // ---- match

  private matchStatement(): Found {
    const start = this.pos;
    const found = this.all(
      () =>
        this.eatWord("match") &&
        this.subject() &&
        this.eat(T.COLON) &&
        this.eat(T.NEWLINE) &&
        this.eat(T.INDENT) &&
        this.some(() => this.matchCase()) &&
        this.eat(T.DEDENT),
    );
    if (found !== null) return found;
    return this.hunt(() => {
      if (!this.eatWord("match") || !this.subject()) return;
      this.wantColon();
      if (this.eat(T.COLON)) this.wantBlock("'match' statement", start);
    });
  }

  private subject(): Found {
    return (
      this.all(
        () =>
          this.starNamedExpression() && this.eat(T.COMMA) && this.maybe(() => this.starNamedExpressions()),
      ) ?? this.namedExpression()
    );
  }

  private matchCase(): Found {
    const start = this.pos;
    const head = (): Found =>
      this.eatWord("case") && this.patterns() && this.maybe(() => this.eat(T.IF) && this.namedExpression());
    this.hunt(() => {
      if (!head()) return;
      this.wantColon();
      if (this.eat(T.COLON)) this.wantBlock("'case' statement", start);
    });
    return this.all(() => head() && this.eat(T.COLON) && this.block());
  }
}
