// The door of this room: text in, CPython's tree or a PySyntaxError out.
import type { Expr, Expression, Interactive, Mod, Module, Stmt } from "./ast.ts";
import { FAILURE } from "./cursor.ts";
import { diagnose } from "./diagnosis/diagnose.ts";
import { PySyntaxError } from "./errors.ts";
import type { ParseContext } from "./source.ts";
import { StatementParser } from "./statements.ts";
import { concatenateStrings } from "./strings.ts";
import { tokenize } from "./tokenizer.ts";
import * as T from "./tokens.ts";
import type { TokenTable } from "./tokens.ts";

export type ParseMode = "exec" | "eval" | "single";

/**
 * Parses a program, an expression, or one interactive statement.
 * @param source the text; line ends may be `\n`, `\r\n` or `\r`
 * @param _filename for messages of the runtime; parsing does not depend on it
 * @throws PySyntaxError with CPython 3.11's message and place; RangeError (JavaScript's own) where a program is nested
 *   deeper than the stack, which CPython answers with a RecursionError
 */
export function parse(source: string, filename: string, mode: "exec"): Module;
export function parse(source: string, filename: string, mode: "eval"): Expression;
export function parse(source: string, filename: string, mode: "single"): Interactive;
export function parse(source: string, filename: string, mode: ParseMode): Mod;
export function parse(source: string, _filename: string, mode: ParseMode): Mod {
  if (source.includes("\0")) {
    const message = "source code string cannot contain null bytes";
    throw new PySyntaxError("SyntaxError", message, null, null, null, null, null);
  }
  const tokens = tokenize(source, { addNewline: mode === "exec", endsLine: mode === "single" });
  const context: ParseContext = { mode, firstLine: 1, firstColumn: 0, embed };
  return attempt(tokens, context, (parser) => parser.run());
}

function embed(text: string, firstLine: number, firstColumn: number): Expr {
  const tokens = tokenize(text, { addNewline: true, firstLine, firstColumn });
  return attempt(tokens, { mode: "fstring", firstLine, firstColumn, embed }, (parser) => parser.embedded());
}

function attempt<N>(tokens: TokenTable, context: ParseContext, rule: (parser: Parser) => N): N {
  try {
    return rule(new Parser(tokens, context));
  } catch (error) {
    if (error instanceof SingleStatementMistake) throw error.mistake;
    if (error !== FAILURE && !(error instanceof PySyntaxError)) throw error;
    throw diagnose(tokens, context);
  }
}

/** A mistake that is no failure to parse. */
class SingleStatementMistake {
  readonly mistake: PySyntaxError;
  constructor(mistake: PySyntaxError) {
    this.mistake = mistake;
  }
}

class Parser extends StatementParser {
  run(): Mod {
    switch (this.context.mode) {
      case "exec":
        return { _type: "Module", body: this.module() };
      case "single":
        return { _type: "Interactive", body: this.onlyStatement() };
      default:
        return { _type: "Expression", body: this.evalInput() };
    }
  }

  /** Nothing but blank lines and comments may follow an interactive statement. */
  private onlyStatement(): Stmt[] {
    const body = this.interactive();
    const last = this.pos - 1;
    const rest = this.tokens.source.slice(this.tokens.end[last]);
    if (/^(?:[ \t\n\f]|#[^\n]*)*$/.test(rest)) return body;
    const message = "multiple statements found while compiling a single statement";
    throw new SingleStatementMistake(this.mistakeAtReach(message, last));
  }

  embedded(): Expr {
    return this.starExpressions();
  }

  protected override strings(): Expr {
    const first = this.pos;
    do this.pos++;
    while (this.kind() === T.STRING);
    return concatenateStrings(this, first, this.pos - 1);
  }

  raise(): never {
    throw FAILURE;
  }

  raiseAtToken(): never {
    throw FAILURE;
  }
}
