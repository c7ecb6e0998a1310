// A mistake in a program's text, as CPython 3.11 reports it. A plain object, not a JavaScript Error: the runtime makes
// the Python exception of it. Parsers throw it.

export type SyntaxErrorKind = "SyntaxError" | "IndentationError" | "TabError";

export class PySyntaxError {
  readonly kind: SyntaxErrorKind;
  readonly message: string;
  readonly lineno: number | null;
  /** From 1, in code points. 0 and -1 occur where CPython knows no column. */
  readonly offset: number | null;
  readonly endLineno: number | null;
  readonly endOffset: number | null;
  /** The source line, often with its line end; null where CPython gives none. */
  readonly text: string | null;

  constructor(
    kind: SyntaxErrorKind,
    message: string,
    lineno: number | null,
    offset: number | null,
    endLineno: number | null,
    endOffset: number | null,
    text: string | null,
  ) {
    this.kind = kind;
    this.message = message;
    this.lineno = lineno;
    this.offset = offset;
    this.endLineno = endLineno;
    this.endOffset = endOffset;
    this.text = text;
  }
}

/** Code points in a part of the source: a surrogate pair is one character to Python. */
export function codePoints(source: string, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) {
    const unit = source.charCodeAt(i);
    if (unit >= 0xd800 && unit < 0xdc00 && i + 1 < to) {
      const next = source.charCodeAt(i + 1);
      if (next >= 0xdc00 && next < 0xe000) i++;
    }
    count++;
  }
  return count;
}

/** UTF-8 bytes of a part of the source. */
export function utf8Length(source: string, from: number, to: number): number {
  let length = 0;
  for (let i = from; i < to; i++) {
    const code = source.charCodeAt(i);
    length += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
  }
  return length;
}

/**
 * How many characters the first `bytes` UTF-8 bytes of a line hold: what CPython makes of a byte column (from 1).
 * The end of the line counts as one more; a column before the line (in f-strings) stays as it is.
 */
export function columnOf(line: string, bytes: number): number {
  if (bytes <= 0) return bytes;
  let seen = 0;
  let count = 0;
  for (const char of line) {
    if (seen >= bytes) return count;
    seen += utf8Length(char, 0, char.length);
    count++;
  }
  return bytes > seen ? count + 1 : count;
}
