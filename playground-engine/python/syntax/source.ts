// One source being parsed: its tokens, how the parser was entered, and the making of mistakes with CPython's places.
import type { Expr, Located } from "./ast.ts";
import { PySyntaxError, columnOf, utf8Length } from "./errors.ts";
import type { SyntaxErrorKind } from "./errors.ts";
import * as T from "./tokens.ts";
import type { TokenTable } from "./tokens.ts";

/** How a parser was entered; an f-string's expressions are parsed as text of their own. */
export interface ParseContext {
  mode: "exec" | "eval" | "single" | "fstring";
  /** Where an f-string's expression stands in the file. */
  firstLine: number;
  firstColumn: number;
  /** Parses an f-string's expression, given with its parentheses. */
  embed(text: string, firstLine: number, firstColumn: number): Expr;
}

/** Byte columns from 0; an end column may be unknown. */
export interface Place {
  line: number;
  col: number;
  endLine: number;
  endCol: number | undefined;
}

export class Source {
  readonly tokens: TokenTable;
  readonly context: ParseContext;

  constructor(tokens: TokenTable, context: ParseContext) {
    this.tokens = tokens;
    this.context = context;
  }

  placeOfTokens(first: number, last = first): Place {
    const { line, col, endLine, endCol } = this.tokens;
    return {
      line: line[first] as number,
      col: col[first] as number,
      endLine: endLine[last] as number,
      endCol: endCol[last] as number,
    };
  }

  placeOfNode(node: Located): Place {
    return { line: node.lineno, col: node.col_offset, endLine: node.end_lineno, endCol: node.end_col_offset };
  }

  /**
   * A mistake at a place.
   * @param reach the last token read so far: CPython quotes more of the source once its tokenizer is past the line
   */
  mistake(message: string, at: Place, reach: number, kind: SyntaxErrorKind = "SyntaxError"): PySyntaxError {
    const text = this.quoted(at.line, reach);
    const offset = at.col < 0 ? 0 : columnOf(text, at.col + 1 - this.shift);
    const known = at.endCol !== undefined && at.endCol >= 0;
    const endOffset = known ? columnOf(text, (at.endCol as number) + 1 - this.shift) : 0;
    return new PySyntaxError(kind, this.prefixed(message), at.line, offset, at.endLine, endOffset, text);
  }

  /** A mistake at the last token read: where CPython reports what it has no better place for. */
  mistakeAtReach(message: string, reach: number, kind: SyntaxErrorKind = "SyntaxError"): PySyntaxError {
    const at = this.placeOfTokens(reach);
    if (at.col >= 0) return this.mistake(message, at, reach, kind);
    // No column of its own: up to where the tokenizer stood.
    const text = this.quoted(at.line, reach);
    const offset = columnOf(text, this.cursorColumn(reach) - this.shift);
    return new PySyntaxError(kind, this.prefixed(message), at.line, offset, at.line, -1, text);
  }

  /** A mistake from a place to where the tokenizer stands. */
  mistakeFrom(message: string, at: Place, reach: number): PySyntaxError {
    const made = this.mistake(message, at, reach);
    const last = this.placeOfTokens(reach);
    // A line end counts as read.
    const cursor =
      last.col < 0 ? this.cursorColumn(reach) : (last.endCol as number) + (this.isLineEnd(reach) ? 1 : 0);
    const endOffset = columnOf(made.text as string, cursor - this.shift);
    return new PySyntaxError(
      made.kind,
      made.message,
      made.lineno,
      made.offset,
      last.endLine,
      endOffset,
      made.text,
    );
  }

  /** What byte columns are too large by, for columns in an f-string's expression. */
  private get shift(): number {
    return this.context.mode === "fstring" ? this.context.firstColumn : 0;
  }

  private isLineEnd(token: number): boolean {
    return this.tokens.kind[token] === T.NEWLINE;
  }

  /** The byte column after a token that has no text. */
  private cursorColumn(token: number): number {
    const { line, end, lineStarts, source } = this.tokens;
    const begin = lineStarts[(line[token] as number) - this.context.firstLine] as number;
    return utf8Length(source, begin, end[token] as number);
  }

  private prefixed(message: string): string {
    return this.context.mode === "fstring" ? `f-string: ${message}` : message;
  }

  /** The text CPython quotes for a line once the tokens up to `reach` have been read. */
  private quoted(line: number, reach: number): string {
    const { source, lineStarts, quoteStarts, endLine } = this.tokens;
    const index = line - this.context.firstLine;
    const begin = lineStarts[index] as number;
    const lineEnd = source.indexOf("\n", begin);
    if ((endLine[reach] as number) <= line) {
      return source.slice(quoteStarts[index], lineEnd < 0 ? undefined : lineEnd + 1);
    }
    return source.slice(begin, lineEnd < 0 ? undefined : lineEnd);
  }
}
