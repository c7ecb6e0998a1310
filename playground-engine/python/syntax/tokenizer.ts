// From a program's text to its tokens, by the rules of Python's reference, "Lexical analysis".
//
// The whole source is read at once. The first mistake ends the table with an ERROR token; whether it is the mistake
// to report is for the parser to say, which may have found another before it.
import { PySyntaxError, codePoints, columnOf, utf8Length } from "./errors.ts";
import { scanNumber } from "./numbers.ts";
import * as T from "./tokens.ts";

const MAX_NESTING = 200;
const MAX_INDENTATION = 100;
const TAB = 8;

// What an ASCII character may begin or continue.
const START = 1;
const PART = 2;
const DIGIT = 4;
const CLASS = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const char = String.fromCharCode(code);
  if (/[A-Za-z_]/.test(char)) CLASS[code] = START | PART;
  else if (/[0-9]/.test(char)) CLASS[code] = PART | DIGIT;
}

/** Operators by their characters; longer ones are looked for first. */
const OPERATORS = new Map<string, number>([
  ["(", T.LPAR], [")", T.RPAR], ["[", T.LSQB], ["]", T.RSQB], ["{", T.LBRACE], ["}", T.RBRACE], [":", T.COLON],
  [",", T.COMMA], [";", T.SEMI], [".", T.DOT], ["...", T.ELLIPSIS_TOKEN], ["->", T.ARROW], [":=", T.WALRUS],
  ["=", T.EQUAL], ["~", T.TILDE], ["==", T.EQEQUAL], ["!=", T.NOTEQUAL], ["<", T.LESS], ["<=", T.LESSEQUAL],
  [">", T.GREATER], [">=", T.GREATEREQUAL], ["<>", T.DIAMOND],
]); // prettier-ignore
["+", "-", "*", "/", "//", "%", "@", "**", "<<", ">>", "&", "|", "^"].forEach((operator, index) => {
  OPERATORS.set(operator, T.PLUS + index);
  OPERATORS.set(operator + "=", T.PLUSEQUAL + index);
});
// Kinds of the one-character operators, and whether a second character may join.
const SINGLE = new Uint8Array(128);
const JOINS = new Uint8Array(128);
for (const [text, kind] of OPERATORS) {
  if (text.length === 1) SINGLE[text.charCodeAt(0)] = kind;
  else JOINS[text.charCodeAt(0)] = 1;
}
JOINS[33] = 1; // "!" alone is no operator

const CLOSER: Record<string, string> = { "(": ")", "[": "]", "{": "}" };
const STRING_PREFIX = /^(?:[bB][rR]?|[rR][bBfF]?|[fF][rR]?|[uU])$/;

export interface TokenizeOptions {
  /** Add the missing line end of the last line (mode exec). */
  addNewline: boolean;
  /** The end of the source ends the line being read, and all blocks with it (mode single). */
  endsLine?: boolean;
  /** The line number of the first line. */
  firstLine?: number;
  /** Added to the byte columns of the first line. */
  firstColumn?: number;
}

/** Line ends as `\n`. */
function normalizeNewlines(source: string): string {
  return source.includes("\r") ? source.replace(/\r\n?/g, "\n") : source;
}

/** @returns the tokens up to and including ENDMARKER, or up to ERROR. Throws nothing. */
export function tokenize(text: string, options: TokenizeOptions): TokenTable {
  let source = normalizeNewlines(text);
  if (options.addNewline && !source.endsWith("\n")) source += "\n";
  return new Tokenizer(source, options).run();
}

type TokenTable = T.TokenTable;

class Tokenizer {
  private readonly source: string;
  private readonly table: T.TokenTable;
  private readonly firstLine: number;
  private readonly firstColumn: number;
  private readonly endsLine: boolean;
  private at = 0;
  private line: number;
  private lineStart = 0;
  /** UTF-8 bytes beyond one a code unit, on this line before `at`. */
  private extra = 0;
  private atLineBegin = true;
  /** Indentation with tabs to the next eighth column, and with tabs as one: both must agree. */
  private readonly indents: number[] = [0];
  private readonly altIndents: number[] = [0];
  private readonly brackets: { char: string; line: number; col: number }[] = [];

  constructor(source: string, options: TokenizeOptions) {
    this.source = source;
    this.table = new T.TokenTable(source);
    this.firstLine = options.firstLine ?? 1;
    this.firstColumn = options.firstColumn ?? 0;
    this.endsLine = options.endsLine ?? false;
    this.line = this.firstLine;
    this.table.lineStarts.push(0);
    this.table.quoteStarts.push(0);
  }

  run(): T.TokenTable {
    while (this.next());
    const open = this.brackets.at(-1);
    if (open !== undefined) this.table.openBracket = open;
    return this.table;
  }

  /** Reads one token (with its indentation). @returns whether there is more. */
  private next(): boolean {
    const source = this.source;
    if (this.atLineBegin) {
      this.atLineBegin = false;
      if (!this.indentation()) return false;
    }
    let at = this.at;
    let code: number;
    let comment = -1;
    for (;;) {
      code = at < source.length ? source.charCodeAt(at) : -1;
      if (code === 32 || code === 9 || code === 12) at++;
      else if (code === 35) {
        comment = at;
        at = source.indexOf("\n", at);
        if (at < 0) at = source.length;
      } else break;
    }
    this.at = at;
    if (code === -1) return this.endOfSource();
    if (code < 128) {
      const kind = CLASS[code] as number;
      if ((kind & START) !== 0) return this.name(at);
      if ((kind & DIGIT) !== 0) return this.number(at);
      if (code === 10) return this.newline(at, comment);
      if (code === 34 || code === 39) return this.string(at, at);
      if (code === 46) {
        const after = at + 1 < source.length ? source.charCodeAt(at + 1) : 0;
        if (after >= 48 && after <= 57) return this.number(at);
      }
      if (code === 92) return this.continuation(true);
      return this.operator(at, code);
    }
    return this.name(at);
  }

  private col(at: number): number {
    const col = at - this.lineStart + this.extra;
    return this.line === this.firstLine ? col + this.firstColumn : col;
  }

  private token(kind: number, start: number, end: number, text = ""): void {
    const col = this.col(start);
    this.table.add(kind, start, end, this.line, col, this.line, col + (end - start), text);
    this.at = end;
  }

  private marker(kind: number): void {
    this.table.add(kind, this.at, this.at, this.line, -1, this.line, -1, "");
  }

  /** Enters the line after the line end at `at - 1`. `joined`: a token or a backslash holds the lines together. */
  private beginLine(at: number, joined: boolean): void {
    this.at = at;
    this.lineStart = at;
    this.extra = 0;
    if (at >= this.source.length) return; // past the last line: its number stays
    this.line++;
    const quotes = this.table.quoteStarts;
    this.table.lineStarts.push(at);
    quotes.push(joined ? (quotes.at(-1) as number) : at);
  }

  /** @param comment where the comment before the line end begins: it counts to the token */
  private newline(at: number, comment: number): boolean {
    if (this.brackets.length > 0) {
      this.beginLine(at + 1, false);
      // Inside brackets lines have no indentation.
      return true;
    }
    const col = this.col(comment < 0 ? at : comment);
    const endCol = comment < 0 ? col : col + utf8Length(this.source, comment, at);
    this.table.add(T.NEWLINE, at, at + 1, this.line, col, this.line, endCol, "");
    this.beginLine(at + 1, false);
    this.atLineBegin = true;
    return true;
  }

  private endOfSource(): boolean {
    if (this.brackets.length > 0) {
      const open = this.brackets.at(-1) as { char: string; line: number; col: number };
      this.table.openBracket = open;
      return this.fail(this.neverClosed(open), false);
    }
    this.at = this.source.length;
    if (this.endsLine && this.table.count > 0) {
      this.marker(T.NEWLINE);
      if (this.indents.length > 1) {
        for (; this.indents.length > 1; this.indents.pop()) this.marker(T.DEDENT);
        this.marker(T.NEWLINE);
      }
    }
    this.marker(T.ENDMARKER);
    return false;
  }

  /** Measures the indentation of a logical line, skipping blank ones. @returns false at a mistake. */
  private indentation(): boolean {
    const source = this.source;
    for (;;) {
      let col = 0;
      let alt = 0;
      let continued = 0;
      let at = this.at;
      let code: number;
      for (;;) {
        code = at < source.length ? source.charCodeAt(at) : -1;
        if (code === 32) {
          col++;
          alt++;
        } else if (code === 9) {
          col = (Math.floor(col / TAB) + 1) * TAB;
          alt++;
        } else if (code === 12) {
          col = alt = 0;
        } else if (code === 92) {
          continued = continued > 0 ? continued : col;
          this.at = at;
          if (!this.continuation(false)) return false;
          at = this.at;
          continue;
        } else break;
        at++;
      }
      if (code === 35 || code === 10) {
        const end = code === 10 ? at : source.indexOf("\n", at);
        if (end < 0) {
          this.at = source.length;
          return true;
        }
        this.beginLine(end + 1, false);
        continue;
      }
      this.at = at;
      if (continued > 0) col = alt = continued;
      return this.indentTo(col, alt);
    }
  }

  private indentTo(col: number, alt: number): boolean {
    const { indents, altIndents } = this;
    const top = indents.at(-1) as number;
    if (col === top) return alt === altIndents.at(-1) || this.tabs();
    if (col > top) {
      if (indents.length >= MAX_INDENTATION) {
        return this.fail(this.located("IndentationError", "too many levels of indentation"), false);
      }
      if (alt <= (altIndents.at(-1) as number)) return this.tabs();
      indents.push(col);
      altIndents.push(alt);
      this.marker(T.INDENT);
      return true;
    }
    let dedents = 0;
    while (indents.length > 1 && col < (indents.at(-1) as number)) {
      indents.pop();
      altIndents.pop();
      dedents++;
    }
    if (col !== indents.at(-1)) {
      const end = this.lineEnd();
      const offset = end - this.lineStart + this.extraBytes(this.lineStart, end);
      const message = "unindent does not match any outer indentation level";
      return this.fail(
        new PySyntaxError("IndentationError", message, this.line, offset, this.line, -1, this.quote()),
        false,
      );
    }
    if (alt !== altIndents.at(-1)) return this.tabs();
    for (; dedents > 0; dedents--) this.marker(T.DEDENT);
    return true;
  }

  private tabs(): boolean {
    return this.fail(this.located("TabError", "inconsistent use of tabs and spaces in indentation"), false);
  }

  /** A backslash: the next line belongs to this one. @param within does it follow something on its line? */
  private continuation(within: boolean): boolean {
    const source = this.source;
    const at = this.at;
    if (source[at + 1] !== "\n") {
      // CPython counts from where its buffer begins, which is an earlier line after a continuation.
      const from = this.table.quoteStarts.at(-1) as number;
      const offset = codePoints(source, from, at) + (at + 1 < source.length ? 2 : 1);
      const message = "unexpected character after line continuation character";
      return this.fail(
        new PySyntaxError("SyntaxError", message, this.line, offset, this.line, 0, this.quote()),
        false,
      );
    }
    if (at + 2 >= source.length && this.brackets.length > 0) {
      this.at = source.length;
      return this.endOfSource();
    }
    if (at + 2 >= source.length) {
      const text = source.slice(this.table.quoteStarts.at(-1) as number);
      this.at = source.length;
      const message = "unexpected EOF while parsing";
      return this.fail(
        new PySyntaxError("SyntaxError", message, this.line, at + 2 - this.lineStart, this.line, -1, text),
        false,
      );
    }
    this.beginLine(at + 2, within);
    return true;
  }

  private name(start: number): boolean {
    const source = this.source;
    let at = start;
    let code = source.charCodeAt(at);
    let wide = 0;
    while (code >= 128 ? ++wide : ((CLASS[code] as number) & PART) !== 0) code = source.charCodeAt(++at);
    if (at - start <= 2 && (code === 34 || code === 39) && STRING_PREFIX.test(source.slice(start, at))) {
      return this.string(start, at);
    }
    let text = source.slice(start, at);
    if (wide > 0) {
      if (!this.verifyName(text, start)) return false;
      text = text.normalize("NFKC");
      const col = this.col(start);
      const extra = this.extraBytes(start, at);
      this.table.add(T.NAME, start, at, this.line, col, this.line, col + (at - start) + extra, text);
      this.extra += extra;
      this.at = at;
      return true;
    }
    const length = at - start;
    const kind = length > 1 && length < 9 ? (T.KEYWORD_KINDS.get(text) ?? T.NAME) : T.NAME;
    this.token(kind, start, at, text);
    return true;
  }

  private verifyName(text: string, start: number): boolean {
    let at = start;
    for (const char of text) {
      const valid = at === start ? /[\p{XID_Start}_]/u.test(char) : /\p{XID_Continue}/u.test(char);
      at += char.length;
      if (valid) continue;
      return this.strayCharacter(char, at);
    }
    return true;
  }

  private strayCharacter(char: string, end: number): boolean {
    const hex = (char.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, "0");
    const printable = char === " " || !/[\p{C}\p{Z}]/u.test(char);
    return this.mistake(
      printable ? `invalid character '${char}' (U+${hex})` : `invalid non-printable character U+${hex}`,
      end,
    );
  }

  private number(start: number): boolean {
    const source = this.source;
    let at = start;
    while (((CLASS[source.charCodeAt(at)] ?? 0) & DIGIT) !== 0) at++;
    const code = at < source.length ? source.charCodeAt(at) : 0;
    // Plain digits need no second look.
    if (
      code === 46 ||
      code >= 128 ||
      ((CLASS[code] as number) & PART) !== 0 ||
      source[start] === "0" ||
      at === start
    ) {
      const end = scanNumber(source, start);
      if (typeof end !== "number") {
        if (end.rangeEnd === undefined) return this.mistake(end.message, end.at);
        // In bytes, unlike other columns of messages.
        const before = this.extra - this.lineStart;
        return this.mistakeRange(end.message, start + 1 + before, end.rangeEnd + before);
      }
      at = end;
    }
    this.token(T.NUMBER, start, at);
    return true;
  }

  /** A string literal whose prefix begins at `start` and whose quote is at `open`. */
  private string(start: number, open: number): boolean {
    const source = this.source;
    const quote = source.charCodeAt(open);
    const triple = source.charCodeAt(open + 1) === quote && source.charCodeAt(open + 2) === quote;
    const firstLine = this.line;
    const firstCol = this.col(start);
    const firstStart = this.lineStart;
    let at = open + (triple ? 3 : 1);
    for (;;) {
      const code = at < source.length ? source.charCodeAt(at) : -1;
      if (code === -1 || (code === 10 && !triple)) {
        const detected = this.line;
        this.line = firstLine;
        this.lineStart = firstStart;
        const what = triple ? "unterminated triple-quoted string" : "unterminated string";
        return this.mistake(`${what} literal (detected at line ${detected})`, start + 1);
      }
      if (code === quote) {
        if (!triple) break;
        if (source.charCodeAt(at + 1) === quote && source.charCodeAt(at + 2) === quote) break;
        at++;
      } else if (code === 92) {
        at++;
        if (at < source.length && source.charCodeAt(at) === 10) {
          this.beginLine(at + 1, true);
          at++;
        } else if (at < source.length && source.charCodeAt(at) < 128) at++;
      } else if (code === 10) {
        this.beginLine(at + 1, true);
        at++;
      } else {
        if (code >= 128) this.extra += code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 1 : 2;
        at++;
      }
    }
    at += triple ? 3 : 1;
    this.at = at;
    this.table.add(T.STRING, start, at, firstLine, firstCol, this.line, this.col(at), "");
    return true;
  }

  private operator(start: number, code: number): boolean {
    const source = this.source;
    let kind = SINGLE[code] as number;
    let length = 1;
    if (JOINS[code] === 1) {
      const two = OPERATORS.get(source.slice(start, start + 2));
      if (two !== undefined) {
        kind = two;
        length = 2;
      }
      if (two !== undefined || code === 46) {
        const three = OPERATORS.get(source.slice(start, start + 3));
        if (three !== undefined) {
          kind = three;
          length = 3;
        }
      }
    }
    if (kind >= T.LPAR && kind <= T.RBRACE && length === 1 && !this.bracket(kind, start)) return false;
    if (kind === 0) {
      if (code < 32 || code === 127) return this.strayCharacter(source[start] as string, start + 1);
      kind = T.STRAY;
    }
    this.token(kind, start, start + length);
    return true;
  }

  private bracket(kind: number, at: number): boolean {
    const char = this.source[at] as string;
    if (kind === T.LPAR || kind === T.LSQB || kind === T.LBRACE) {
      if (this.brackets.length >= MAX_NESTING) return this.mistake("too many nested parentheses", at + 1);
      this.brackets.push({ char, line: this.line, col: this.col(at) });
      return true;
    }
    const open = this.brackets.pop();
    if (open === undefined) return this.mistake(`unmatched '${char}'`, at + 1);
    if (CLOSER[open.char] === char) return true;
    const where = open.line === this.line ? "" : ` on line ${open.line}`;
    return this.mistake(
      `closing parenthesis '${char}' does not match opening parenthesis '${open.char}'${where}`,
      at + 1,
    );
  }

  // ---- mistakes

  private fail(error: PySyntaxError, outranks: boolean): false {
    this.table.error = error;
    this.table.errorOutranks = outranks;
    this.marker(T.ERROR);
    return false;
  }

  /** A mistake whose mark is the character before `at`. */
  private mistake(message: string, at: number): false {
    const offset = codePoints(this.source, this.lineStart, at);
    return this.mistakeRange(message, offset, offset);
  }

  private mistakeRange(message: string, offset: number, endOffset: number): false {
    const text = this.source.slice(this.lineStart, this.lineEnd(false));
    return this.fail(
      new PySyntaxError("SyntaxError", message, this.line, offset, this.line, endOffset, text),
      true,
    );
  }

  /** A mistake that concerns the whole line: CPython puts its mark at column 1. */
  private located(kind: "IndentationError" | "TabError", message: string): PySyntaxError {
    return new PySyntaxError(kind, message, this.line, 1, this.line, 0, this.quote());
  }

  private neverClosed(open: { char: string; line: number; col: number }): PySyntaxError {
    const { source, table } = this;
    const index = open.line - this.firstLine;
    const begin = table.lineStarts[index] as number;
    const isLast = open.line >= this.line;
    const end = source.indexOf("\n", begin);
    const text = isLast
      ? source.slice(table.quoteStarts[index])
      : source.slice(begin, end < 0 ? undefined : end);
    const message = `'${open.char}' was never closed`;
    const offset = columnOf(text, open.col + 1 - this.firstColumn);
    return new PySyntaxError("SyntaxError", message, open.line, offset, open.line, 0, text);
  }

  private lineEnd(withNewline = true): number {
    const end = this.source.indexOf("\n", this.lineStart);
    return end < 0 ? this.source.length : withNewline ? end + 1 : end;
  }

  /** The text CPython quotes for a mistake on the line being read. */
  private quote(): string {
    return this.source.slice(this.table.quoteStarts.at(-1) as number, this.lineEnd());
  }

  private extraBytes(from: number, to: number): number {
    let extra = 0;
    for (let i = from; i < to; i++) {
      const code = this.source.charCodeAt(i);
      if (code >= 128) extra += code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 1 : 2;
    }
    return extra;
  }
}
