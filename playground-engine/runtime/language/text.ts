// Python text that is being typed: what stands before the cursor, though it does not parse yet.
//
// Offsets count UTF-16 units from the start of the text, as editors do.

export interface CallContext {
  /** The expression that is called: "session.scalars". */
  readonly callee: string;
  /** Offset where it begins. */
  readonly start: number;
  /** Positional arguments before the one at the cursor. */
  readonly index: number;
  /** The keyword whose value the cursor is in. */
  readonly keyword: string | null;
}

const OPEN = "([{";
const CLOSE = ")]}";

/** A mark for each character: " " code, "s" within a string, "c" within a comment. */
export function marks(text: string): string {
  let out = "";
  for (let i = 0; i < text.length;) {
    const c = text[i]!;
    if (c === "#") {
      const end = text.indexOf("\n", i);
      const to = end < 0 ? text.length : end;
      out += "c".repeat(to - i);
      i = to;
    } else if (c === '"' || c === "'") {
      const triple = text.startsWith(c.repeat(3), i);
      const quote = triple ? c.repeat(3) : c;
      let j = i + quote.length;
      while (j < text.length && !text.startsWith(quote, j)) {
        if (!triple && text[j] === "\n") break;
        j += text[j] === "\\" ? 2 : 1;
      }
      const to = Math.min(text.length, text.startsWith(quote, j) ? j + quote.length : j);
      out += "s".repeat(to - i);
      i = to;
    } else {
      out += " ";
      i++;
    }
  }
  return out;
}

/** Where the identifier that ends at the cursor begins. */
export function wordStart(text: string, offset: number): number {
  let i = offset;
  while (i > 0 && /[\w\u0080-\uffff]/.test(text[i - 1]!)) i--;
  return i;
}

export function wordEnd(text: string, offset: number): number {
  let i = offset;
  while (i < text.length && /[\w\u0080-\uffff]/.test(text[i]!)) i++;
  return i;
}

/** The start of the primary expression (names, attributes, calls, subscripts) that ends at `end`. */
export function expressionStart(text: string, end: number, mark = marks(text)): number {
  let i = end;
  for (;;) {
    // what the expression ends with: a bracket pair, a string or a name
    let j = i;
    while (j > 0 && (text[j - 1] === " " || text[j - 1] === "\n") && mark[j - 1] === " " && j !== end) j--;
    if (j > 0 && mark[j - 1] === "s") {
      while (j > 0 && mark[j - 1] === "s") j--;
      return wordStart(text, j);
    }
    if (j > 0 && CLOSE.includes(text[j - 1]!)) {
      let depth = 0;
      do {
        j--;
        if (mark[j] !== " ") continue;
        if (CLOSE.includes(text[j]!)) depth++;
        else if (OPEN.includes(text[j]!)) depth--;
      } while (j > 0 && depth > 0);
      const word = wordStart(text, j);
      if (word === j && !(j > 0 && CLOSE.includes(text[j - 1]!))) return j;
      if (word === j) {
        i = j;
        continue;
      }
      j = word;
    } else {
      const word = wordStart(text, j);
      if (word === j) return i;
      j = word;
    }
    i = j;
    // what stands before a dot goes on, also at the start of a line within brackets
    let k = j;
    while (k > 0 && /\s/.test(text[k - 1]!) && mark[k - 1] === " ") k--;
    if (k > 0 && text[k - 1] === "." && mark[k - 1] === " ") {
      i = k - 1;
      while (i > 0 && /\s/.test(text[i - 1]!) && mark[i - 1] === " ") i--;
      continue;
    }
    return j;
  }
}

/** The call whose parentheses the cursor is in, the innermost. */
export function callAt(text: string, offset: number): CallContext | undefined {
  const mark = marks(text.slice(0, offset));
  if (mark[offset - 1] === "c") return undefined;
  let depth = 0;
  let index = 0;
  let keyword: string | null = null;
  let atKeyword = true;
  for (let i = offset - 1; i >= 0; i--) {
    if (mark[i] !== " ") continue;
    const c = text[i]!;
    if (CLOSE.includes(c)) depth++;
    else if (OPEN.includes(c)) {
      if (depth > 0) {
        depth--;
        continue;
      }
      if (c !== "(") return undefined;
      const start = expressionStart(text, i, mark);
      const callee = text.slice(start, i);
      if (callee.trim() === "" || /\b(def|class)\s+$/.test(text.slice(Math.max(0, start - 8), start)))
        return undefined;
      return { callee, start, index, keyword };
    } else if (depth === 0) {
      if (c === ",") {
        index++;
        atKeyword = false;
      } else if (c === "=" && atKeyword && !/[=!<>]/.test(text[i - 1] ?? "") && text[i + 1] !== "=") {
        keyword = text.slice(wordStart(text, i), i) || null;
        atKeyword = false;
      } else if (c === ":" && text[i + 1] !== "=") {
        // a lambda's or slice's; a block's beginning ends the search at the line before
        if (/^\s*(if|for|while|with|def|class|else|try|except|elif)\b/.test(lineOf(text, i)))
          return undefined;
      }
    }
  }
  return undefined;
}

function lineOf(text: string, offset: number): string {
  const from = text.lastIndexOf("\n", offset - 1) + 1;
  const to = text.indexOf("\n", offset);
  return text.slice(from, to < 0 ? text.length : to);
}

/** The text with the line at the cursor, and what it leaves open, made a statement that parses. */
export function withoutLineAt(text: string, offset: number): string {
  const from = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", offset);
  const to = end < 0 ? text.length : end;
  const indent = /^[ \t]*/.exec(text.slice(from, to))![0];
  return text.slice(0, from) + indent + "pass" + text.slice(to);
}

/** Line (from 1) and column (from 1) of an offset. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return { line, column: offset - before.lastIndexOf("\n") };
}

/** Offsets of positions that the parser gives: lines from 1, columns in bytes of UTF-8. */
export class Lines {
  private readonly starts: number[] = [0];
  private readonly text: string;
  constructor(text: string) {
    this.text = text;
    for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) this.starts.push(i + 1);
  }
  offset(line: number, bytes: number): number {
    const start = this.starts[line - 1] ?? this.text.length;
    let left = bytes;
    let i = start;
    while (left > 0 && i < this.text.length) {
      const c = this.text.codePointAt(i)!;
      left -= c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      i += c < 0x10000 ? 1 : 2;
    }
    return i;
  }
}
