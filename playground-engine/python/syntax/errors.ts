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

/** The code point offset in `line` of a UTF-8 byte offset; offsets past the end count one each. */
export function byteToCodePoint(line: string, bytes: number): number {
  let seen = 0;
  let count = 0;
  for (const char of line) {
    if (seen >= bytes) return count;
    const code = char.codePointAt(0) ?? 0;
    seen += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    count++;
  }
  return count + Math.max(0, bytes - seen);
}
