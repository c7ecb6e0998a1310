// Token kinds, and the table of tokens that the tokenizer fills and the parsers read.
//
// The table is a struct of arrays: one entry a token, no object each, so that parsers may look at any token again.
// Kinds of operators and keywords are numbers of their own; soft keywords (match, case, _) are plain names.
import type { PySyntaxError } from "./errors.ts";

export const ENDMARKER = 0;
export const NAME = 1;
export const NUMBER = 2;
export const STRING = 3;
export const NEWLINE = 4;
export const INDENT = 5;
export const DEDENT = 6;
/** Where the tokenizer gave up: `TokenTable.error` says why. */
export const ERROR = 7;
/** A character that is no operator of Python: `$`, `?`, `!`. */
export const STRAY = 8;

export const LPAR = 9;
export const RPAR = 10;
export const LSQB = 11;
export const RSQB = 12;
export const LBRACE = 13;
export const RBRACE = 14;
export const COLON = 15;
export const COMMA = 16;
export const SEMI = 17;
export const DOT = 18;
export const ELLIPSIS_TOKEN = 19;
export const ARROW = 20;
export const WALRUS = 21;
export const EQUAL = 22;
export const TILDE = 23;

// Binary operators, then their augmented assignments in the same order.
export const PLUS = 24;
export const MINUS = 25;
export const STAR = 26;
export const SLASH = 27;
export const DOUBLESLASH = 28;
export const PERCENT = 29;
export const AT = 30;
export const DOUBLESTAR = 31;
export const LEFTSHIFT = 32;
export const RIGHTSHIFT = 33;
export const AMPER = 34;
export const VBAR = 35;
export const CIRCUMFLEX = 36;
export const PLUSEQUAL = 37;
export const CIRCUMFLEXEQUAL = 49;

export const EQEQUAL = 50;
export const NOTEQUAL = 51;
export const LESS = 52;
export const LESSEQUAL = 53;
export const GREATER = 54;
export const GREATEREQUAL = 55;
/** `<>`: read as one token, never accepted. */
export const DIAMOND = 56;

const FIRST_KEYWORD = 60;
const KEYWORDS = [
  "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
  "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
  "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
]; // prettier-ignore
export const FALSE = 60;
export const NONE = 61;
export const TRUE = 62;
export const AND = 63;
export const AS = 64;
export const ASSERT = 65;
export const ASYNC = 66;
export const AWAIT = 67;
export const BREAK = 68;
export const CLASS = 69;
export const CONTINUE = 70;
export const DEF = 71;
export const DEL = 72;
export const ELIF = 73;
export const ELSE = 74;
export const EXCEPT = 75;
export const FINALLY = 76;
export const FOR = 77;
export const FROM = 78;
export const GLOBAL = 79;
export const IF = 80;
export const IMPORT = 81;
export const IN = 82;
export const IS = 83;
export const LAMBDA = 84;
export const NONLOCAL = 85;
export const NOT = 86;
export const OR = 87;
export const PASS = 88;
export const RAISE = 89;
export const RETURN = 90;
export const TRY = 91;
export const WHILE = 92;
export const WITH = 93;
export const YIELD = 94;

/** Reserved words and their kinds. */
export const KEYWORD_KINDS: ReadonlyMap<string, number> = new Map(
  KEYWORDS.map((word, index) => [word, FIRST_KEYWORD + index]),
);

/**
 * The tokens of one source. `start` and `end` index the UTF-16 source; `col` and `endCol` are UTF-8 byte columns.
 * INDENT, DEDENT, ENDMARKER and ERROR have no text: their columns are -1 and `end` is where the tokenizer stood.
 */
export class TokenTable {
  /** With `\n` line ends, and in mode exec a line end at the end. */
  readonly source: string;
  count = 0;
  kind: Uint8Array;
  start: Int32Array;
  end: Int32Array;
  line: Int32Array;
  col: Int32Array;
  endLine: Int32Array;
  endCol: Int32Array;
  /** The name as compared (NFKC) for names and keywords, else "". */
  readonly text: string[] = [];
  /** Where each line begins; line n at index n - 1. */
  readonly lineStarts: number[] = [];
  /** Where the text that a message about line n quotes begins: before the line itself if a token runs into it. */
  readonly quoteStarts: number[] = [];
  error: PySyntaxError | null = null;
  /** Does `error` outrank an error that a parser found before it? */
  errorOutranks = false;
  /** The innermost bracket that is open at the end: its line and byte column. */
  openBracket: { char: string; line: number; col: number } | null = null;

  constructor(source: string) {
    this.source = source;
    const capacity = (source.length >> 1) + 16;
    this.kind = new Uint8Array(capacity);
    this.start = new Int32Array(capacity);
    this.end = new Int32Array(capacity);
    this.line = new Int32Array(capacity);
    this.col = new Int32Array(capacity);
    this.endLine = new Int32Array(capacity);
    this.endCol = new Int32Array(capacity);
  }

  add(
    kind: number,
    start: number,
    end: number,
    line: number,
    col: number,
    endLine: number,
    endCol: number,
    text: string,
  ): void {
    const at = this.count;
    if (at === this.kind.length) this.grow();
    this.kind[at] = kind;
    this.start[at] = start;
    this.end[at] = end;
    this.line[at] = line;
    this.col[at] = col;
    this.endLine[at] = endLine;
    this.endCol[at] = endCol;
    this.text.push(text);
    this.count = at + 1;
  }

  private grow(): void {
    const wider = (old: Int32Array): Int32Array => {
      const made = new Int32Array(old.length * 2);
      made.set(old);
      return made;
    };
    const kinds = new Uint8Array(this.kind.length * 2);
    kinds.set(this.kind);
    this.kind = kinds;
    this.start = wider(this.start);
    this.end = wider(this.end);
    this.line = wider(this.line);
    this.col = wider(this.col);
    this.endLine = wider(this.endLine);
    this.endCol = wider(this.endCol);
  }
}
