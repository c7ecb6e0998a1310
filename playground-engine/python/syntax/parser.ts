// The door of this room: text in, CPython's tree or a PySyntaxError out.
import type { Expr, Expression, Interactive, Mod, Module } from "./ast.ts";
import { FAILURE } from "./cursor.ts";
import { StatementParser } from "./statements.ts";
import type { StringHost } from "./string-parts.ts";
import { concatenateStrings } from "./strings.ts";
import { tokenize } from "./tokenizer.ts";
import * as T from "./tokens.ts";

export type ParseMode = "exec" | "eval" | "single";

/**
 * Parses a program, an expression, or one interactive statement.
 * @param source the text; line ends may be `\n`, `\r\n` or `\r`
 * @param _filename for messages of the runtime; parsing does not depend on it
 * @throws PySyntaxError with CPython 3.11's message and place
 */
export function parse(source: string, filename: string, mode: "exec"): Module;
export function parse(source: string, filename: string, mode: "eval"): Expression;
export function parse(source: string, filename: string, mode: "single"): Interactive;
export function parse(source: string, filename: string, mode: ParseMode): Mod;
export function parse(source: string, _filename: string, mode: ParseMode): Mod {
  const tokens = tokenize(source, { addNewline: mode === "exec" });
  const parser = new Parser(tokens, { mode, firstLine: 1, firstColumn: 0 });
  return parser.run();
}

class Parser extends StatementParser implements StringHost {
  declare readonly tokens: T.TokenTable;

  run(): Mod {
    try {
      switch (this.context.mode) {
        case "exec":
          return { _type: "Module", body: this.module() };
        case "single":
          return { _type: "Interactive", body: this.interactive() };
        default:
          return { _type: "Expression", body: this.evalInput() };
      }
    } catch (error) {
      if (error !== FAILURE) throw error;
      throw this.tokens.error ?? this.errorAtReach("SyntaxError", "invalid syntax", this.furthest);
    }
  }

  protected override strings(): Expr {
    const first = this.pos;
    do this.pos++;
    while (this.kind() === T.STRING);
    return concatenateStrings(this, first, this.pos - 1);
  }

  raise(message: string): never {
    throw this.errorAtReach("SyntaxError", message, Math.max(this.furthest, this.pos));
  }

  raiseAt(message: string, token: number): never {
    const { line, col, endLine, endCol } = this.tokens;
    const at = {
      line: line[token] as number,
      col: col[token] as number,
      endLine: endLine[token] as number,
      endCol: endCol[token] as number,
    };
    throw this.errorAt("SyntaxError", message, at, Math.max(this.furthest, this.pos));
  }

  parseEmbedded(text: string, firstLine: number, firstColumn: number): Expr {
    const tokens = tokenize(text, { addNewline: true, firstLine, firstColumn });
    const inner = new Parser(tokens, { mode: "fstring", firstLine, firstColumn });
    return inner.starExpressions();
  }
}

