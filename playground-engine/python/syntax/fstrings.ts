// Inside an f-string, as Python 3.11 reads it: literal text, then `{expression = !conversion :spec}`.
//
// The end of an expression is found by counting brackets and skipping quoted text, before it is parsed. That is why
// it can hold neither a backslash, nor a comment, nor the quotes of the string around it; a spec may hold expressions,
// but only one level deep.
import type { Expr, FormattedValue, JoinedStr } from "./ast.ts";
import { utf8Length } from "./errors.ts";
import { decodeString } from "./escapes.ts";
import type { StringHost, Stretch } from "./string-parts.ts";
import { StringParts, decoded, stretch } from "./string-parts.ts";

const MAX_NESTING = 200;
const CLOSERS: Record<string, string> = { ")": "(", "]": "[", "}": "{" };
const CONVERSIONS = "sra";

export class FStringReader {
  private readonly host: StringHost;
  private readonly token: number;
  private readonly whole: Stretch;
  private readonly raw: boolean;
  private readonly source: string;
  private at: number;
  private readonly end: number;

  /**
   * @param whole all the adjacent literals
   * @param from, to this literal's text between its quotes, as positions in the source
   */
  constructor(host: StringHost, token: number, whole: Stretch, raw: boolean, from: number, to: number) {
    this.host = host;
    this.token = token;
    this.whole = whole;
    this.raw = raw;
    this.source = host.tokens.source;
    this.at = from;
    this.end = to;
  }

  readInto(parts: StringParts): void {
    this.read(parts, 0);
  }

  private read(parts: StringParts, level: number): void {
    for (;;) {
      const again = this.literal(parts, level);
      if (again) continue;
      if (this.at >= this.end || this.source[this.at] === "}") break;
      parts.expression(this.replacement(parts, level), this.whole);
    }
    if (level > 0 && (this.at >= this.end || this.source[this.at] !== "}")) {
      this.host.raise("f-string: expecting '}'");
    }
  }

  /** Text up to the next single brace. @returns whether it ended with a doubled brace, so that more text may follow. */
  private literal(parts: StringParts, level: number): boolean {
    const { source, end } = this;
    const start = this.at;
    let at = start;
    let again = false;
    let until = -1;
    while (at < end) {
      let char = source[at++] as string;
      if (!this.raw && char === "\\" && at < end) {
        char = source[at++] as string;
        if (char === "N") {
          // The braces of a named character are none of ours.
          if (at < end && source[at++] === "{") while (at < end && source[at++] !== "}");
          continue;
        }
      }
      if (char !== "{" && char !== "}") continue;
      if (level === 0) {
        if (at < end && source[at] === char) {
          until = at;
          at++;
          again = true;
          break;
        }
        if (char === "}") this.host.raise("f-string: single '}' is not allowed");
      }
      at--;
      break;
    }
    const text = source.slice(start, until >= 0 ? until : at);
    this.at = at;
    if (text !== "") parts.text(this.raw ? text : decoded(this.host, () => decodeString(text)));
    return again;
  }

  /** `{…}`, from its opening brace. */
  private replacement(parts: StringParts, level: number): Expr {
    const { host, source } = this;
    if (level >= 2) host.raise("f-string: expressions nested too deeply");
    const start = ++this.at;
    this.skipExpression();
    if (this.at >= this.end) host.raise("f-string: expecting '}'");
    const value = this.embedded(start, this.at);
    let debug = false;
    if (source[this.at] === "=") {
      this.at++;
      while (/[ \t\n\f\v]/.test(source[this.at] ?? "")) this.at++;
      if (this.at >= this.end) host.raise("f-string: expecting '}'");
      parts.text(source.slice(start, this.at));
      debug = true;
    }
    let conversion = -1;
    if (source[this.at] === "!") {
      this.at++;
      if (this.at >= this.end) host.raise("f-string: expecting '}'");
      const letter = source[this.at++] as string;
      if (!CONVERSIONS.includes(letter)) {
        host.raise("f-string: invalid conversion character: expected 's', 'r', or 'a'");
      }
      conversion = letter.charCodeAt(0);
    }
    let format_spec: JoinedStr | null = null;
    if (this.at < this.end && source[this.at] === ":") {
      this.at++;
      if (this.at >= this.end) host.raise("f-string: expecting '}'");
      const spec = new StringParts();
      this.read(spec, level + 1);
      // CPython lets a spec cover its own literal only.
      format_spec = spec.joined(stretch(host.tokens, this.token, this.token));
    }
    if (this.at >= this.end || source[this.at] !== "}") host.raise("f-string: expecting '}'");
    this.at++;
    if (debug && format_spec === null && conversion < 0) conversion = "r".charCodeAt(0);
    const made: FormattedValue = { ...this.whole.node("FormattedValue"), value, conversion, format_spec };
    return made;
  }

  /** Moves to what ends the expression: `!`, `:`, `=` or `}` outside brackets and quotes. */
  private skipExpression(): void {
    const { host, source, end } = this;
    const open: string[] = [];
    let quote = "";
    for (; this.at < end; this.at++) {
      const char = source[this.at] as string;
      if (char === "\\") host.raise("f-string expression part cannot include a backslash");
      if (quote !== "") {
        if (source.startsWith(quote, this.at) && this.at + quote.length <= end) {
          this.at += quote.length - 1;
          quote = "";
        }
        continue;
      }
      if (char === "'" || char === '"') {
        const triple = char.repeat(3);
        quote = source.startsWith(triple, this.at) && this.at + 3 <= end ? triple : char;
        this.at += quote.length - 1;
      } else if (char === "(" || char === "[" || char === "{") {
        if (open.length >= MAX_NESTING) host.raise("f-string: too many nested parenthesis");
        open.push(char);
      } else if (char === "#") {
        host.raise("f-string expression part cannot include '#'");
      } else if (open.length === 0 && "!:}=<>".includes(char)) {
        if (this.at + 1 < end && source[this.at + 1] === "=" && "!=<>".includes(char)) this.at++;
        else if (char !== "<" && char !== ">") break;
      } else if (CLOSERS[char] !== undefined) {
        const opening = open.pop();
        if (opening === undefined) host.raise(`f-string: unmatched '${char}'`);
        if (opening !== CLOSERS[char]) {
          host.raise(
            `f-string: closing parenthesis '${char}' does not match opening parenthesis '${opening as string}'`,
          );
        }
      }
    }
    if (quote !== "") host.raise("f-string: unterminated string");
    if (open.length > 0) host.raise(`f-string: unmatched '${open.at(-1) as string}'`);
  }

  private embedded(from: number, to: number): Expr {
    const { host, source, token } = this;
    const text = source.slice(from, to);
    if (/^[ \t\n\f]*$/.test(text)) {
      const after = source[to] as string;
      if ("!:=".includes(after)) host.raise(`f-string: expression required before '${after}'`);
      host.raise("f-string: empty expression not allowed");
    }
    const { start, line, col } = host.tokens;
    const begin = start[token] as number;
    const brace = from - 1;
    let lines = 0;
    for (let i = begin; i < brace; i++) if (source[i] === "\n") lines++;
    let columns = 0;
    // Text that goes on after a line end keeps its own columns.
    if (!/^[ \t\f]*\n/.test(text)) {
      const lineBegin = Math.max(begin, source.lastIndexOf("\n", brace) + 1);
      columns = utf8Length(source, lineBegin, brace);
    }
    const column = lines > 0 ? columns : (col[token] as number) + columns;
    return host.context.embed(`(${text})`, (line[token] as number) + lines, column);
  }
}
