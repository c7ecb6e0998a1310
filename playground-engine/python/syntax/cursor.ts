// What every part of the parser stands on: a position in the token table, the positions of nodes, and failing.
//
// The parser proper only finds out *that* a program is wrong, and how far it got. It throws FAILURE, which carries
// nothing; diagnosis/ then reads the program again to say *what* is wrong. So valid programs pay nothing for messages.
import type { Located, Node } from "./ast.ts";
import { PySyntaxError, byteToCodePoint } from "./errors.ts";
import type { SyntaxErrorKind } from "./errors.ts";
import * as T from "./tokens.ts";
import type { TokenTable } from "./tokens.ts";

/** Thrown where no rule of the grammar goes on. */
export const FAILURE = { failure: "syntax" };

/** How a parser was entered; an f-string's expressions are parsed as text of their own. */
export interface ParseContext {
  mode: "exec" | "eval" | "single" | "fstring";
  /** Where an f-string's expression stands in the file. */
  firstLine: number;
  firstColumn: number;
}

export class Cursor {
  protected readonly tokens: TokenTable;
  protected readonly kinds: Uint8Array;
  protected readonly context: ParseContext;
  protected pos = 0;
  /** The last token that was looked at when a rule failed. */
  furthest = 0;

  constructor(tokens: TokenTable, context: ParseContext) {
    this.tokens = tokens;
    this.kinds = tokens.kind;
    this.context = context;
  }

  protected kind(): number {
    return this.kinds[this.pos] as number;
  }

  protected ahead(by: number): number {
    return this.kinds[this.pos + by] ?? T.ENDMARKER;
  }

  protected fail(): never {
    if (this.pos > this.furthest) this.furthest = this.pos;
    throw FAILURE;
  }

  protected expect(kind: number): void {
    if (this.kinds[this.pos] !== kind) this.fail();
    this.pos++;
  }

  protected accept(kind: number): boolean {
    if (this.kinds[this.pos] !== kind) return false;
    this.pos++;
    return true;
  }

  protected name(): string {
    if (this.kinds[this.pos] !== T.NAME) this.fail();
    return this.tokens.text[this.pos++] as string;
  }

  /** Is the token a name with this text? For soft keywords. */
  protected isWord(word: string): boolean {
    return this.kinds[this.pos] === T.NAME && this.tokens.text[this.pos] === word;
  }

  /** Runs a rule that may turn out not to apply: at a failure the position is as before. */
  protected attempt<N>(rule: () => N): N | undefined {
    const pos = this.pos;
    try {
      return rule();
    } catch (error) {
      if (error !== FAILURE) throw error;
      this.pos = pos;
      return undefined;
    }
  }

  /** The head of a node that reaches from token `start` to the token before the position. */
  protected node<K extends Node["_type"]>(type: K, start: number): { _type: K } & Located {
    const { line, col, endLine, endCol } = this.tokens;
    const last = this.pos - 1;
    return {
      _type: type,
      lineno: line[start] as number,
      col_offset: col[start] as number,
      end_lineno: endLine[last] as number,
      end_col_offset: endCol[last] as number,
    };
  }

  // ---- mistakes that the parser knows at once

  /**
   * An error at byte columns of a line (from 0, or undefined where CPython knows none).
   * @param reach the last token read so far: CPython quotes more of the source once its tokenizer is past the line
   */
  protected errorAt(
    kind: SyntaxErrorKind,
    message: string,
    at: { line: number; col: number | undefined; endLine: number; endCol: number | undefined },
    reach: number,
  ): PySyntaxError {
    const { firstLine, firstColumn, mode } = this.context;
    const text = this.quoted(at.line, reach);
    const shift = mode === "fstring" ? firstColumn : 0;
    const offset = at.col === undefined ? 0 : byteToCodePoint(text, at.col - shift) + 1;
    const end = at.endCol === undefined ? undefined : at.endCol - shift;
    const endOffset = end === undefined ? 0 : byteToCodePoint(text, end) + 1;
    const prefix = mode === "fstring" && firstLine > 0 ? "f-string: " : "";
    return new PySyntaxError(kind, prefix + message, at.line, offset, at.endLine, endOffset, text);
  }

  /** An error that marks a node, or the stretch from one node to another. */
  protected errorAtNode(message: string, from: Located, to: Located = from): PySyntaxError {
    const at = { line: from.lineno, col: from.col_offset, endLine: to.end_lineno, endCol: to.end_col_offset };
    return this.errorAt("SyntaxError", message, at, Math.max(this.furthest, this.pos - 1));
  }

  /** An error at the last token read: where CPython reports what it has no better place for. */
  protected errorAtReach(kind: SyntaxErrorKind, message: string, reach: number): PySyntaxError {
    const { line, col, endLine, endCol, end, lineStarts } = this.tokens;
    const lineno = line[reach] as number;
    const byteCol = col[reach] as number;
    if (byteCol >= 0) {
      return this.errorAt(
        kind,
        message,
        { line: lineno, col: byteCol, endLine: endLine[reach] as number, endCol: endCol[reach] as number },
        reach,
      );
    }
    // No column of its own: up to where the tokenizer stood.
    const begin = lineStarts[lineno - this.context.firstLine] as number;
    const atEnd = this.kinds[reach] === T.ENDMARKER || (end[reach] as number) >= this.tokens.source.length;
    const cursor = atEnd ? 0 : (end[reach] as number) - begin;
    const made = this.errorAt(kind, message, { line: lineno, col: undefined, endLine: lineno, endCol: undefined }, reach);
    return new PySyntaxError(made.kind, made.message, lineno, cursor, lineno, -1, made.text);
  }

  /** The text CPython quotes for line `line` once the tokens up to `reach` have been read. */
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
