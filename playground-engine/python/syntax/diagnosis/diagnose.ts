// What is wrong with a program that does not parse: the one error CPython 3.11 would report.
import { PySyntaxError } from "../errors.ts";
import type { ParseContext } from "../source.ts";
import * as T from "../tokens.ts";
import type { TokenTable } from "../tokens.ts";
import { StatementDiagnosis } from "./statements.ts";

/** @param tokens those of a source that the parser refused */
export function diagnose(tokens: TokenTable, context: ParseContext): PySyntaxError {
  // Nothing at all has not even a first line.
  if (tokens.source === "") return new PySyntaxError("SyntaxError", "invalid syntax", 0, 0, 0, 0, "");
  return new Diagnosis(tokens, context).find();
}

class Diagnosis extends StatementDiagnosis {
  find(): PySyntaxError {
    const early = this.read();
    if (early !== undefined) return this.atSourceEnd() ? early : this.orTokenizerMistake(early);
    const last = this.reach;
    this.restart();
    const known = this.read();
    if (known !== undefined) return this.atSourceEnd() ? known : this.orTokenizerMistake(known);
    const kind = this.tokens.kind[last];
    if (kind === T.INDENT) return this.mistakeAtReach("unexpected indent", this.reach, "IndentationError");
    if (kind === T.DEDENT) return this.mistakeAtReach("unexpected unindent", this.reach, "IndentationError");
    const generic = this.mistake("invalid syntax", this.placeOfTokens(last), this.reach);
    return this.orTokenizerMistake(generic);
  }

  /** Reads the whole program. @returns the mistake that stopped it, if it was one with a message */
  private read(): PySyntaxError | undefined {
    try {
      switch (this.context.mode) {
        case "exec":
          this.module();
          break;
        case "eval":
          this.evalInput();
          break;
        case "single":
          this.interactive();
          break;
        default:
          this.starExpressions();
      }
      return undefined;
    } catch (error) {
      if (error instanceof PySyntaxError) return error;
      // Nested deeper than the stack: there is no better message than the one for anything.
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }

  /** Has the tokenizer seen the end of the source? Not yet when it ended a string there. */
  private atSourceEnd(): boolean {
    const { end, kind, source } = this.tokens;
    return (end[this.reach] as number) >= source.length && kind[this.reach] !== T.STRING;
  }

  /** A mistake further on that the tokenizer cannot get over outranks one of the grammar. */
  private orTokenizerMistake(found: PySyntaxError): PySyntaxError {
    const { error, errorOutranks, openBracket, line, kind } = this.tokens;
    // Once the tokenizer has come to the end there is nothing further on.
    if (error === null || kind[this.reach] === T.ERROR) return found;
    if (errorOutranks) return error;
    if (openBracket !== null && (line[this.reach] as number) > openBracket.line) {
      return this.neverClosed(openBracket);
    }
    return found;
  }

  private neverClosed(open: { char: string; line: number; col: number }): PySyntaxError {
    const place = { line: open.line, col: open.col, endLine: open.line, endCol: undefined };
    return this.mistake(`'${open.char}' was never closed`, place, this.tokens.count - 1);
  }
}
