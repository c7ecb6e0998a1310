// A line of the terminal as a shell reads it: words with their quotes, operators, places in the line.
//
// Places are kept because completion needs them. Behaviour: POSIX shell, "Token Recognition" and "Quoting"
// (pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html), as bash reads it.

/** A stretch of a word that is quoted in one way; `raw` is what expansion looks at. */
export interface Piece {
  readonly text: string;
  readonly quote: "" | "'" | '"';
}

export interface Word {
  readonly kind: "word";
  readonly pieces: readonly Piece[];
  readonly from: number;
  readonly to: number;
  /** The quote that the line's end leaves open. */
  readonly open: "" | "'" | '"';
}

export type OperatorText = "&&" | "||" | ";" | "|" | "&" | ">" | ">>" | "<";

export interface Operator {
  readonly kind: "operator";
  readonly text: OperatorText;
  /** For redirections: 1 standard output, 2 standard error, 12 both. */
  readonly stream: 1 | 2 | 12;
  /** `2>&1`, `>&2`: the stream it goes to instead of a file. */
  readonly target?: 1 | 2;
  readonly from: number;
  readonly to: number;
}

export type Token = Word | Operator;

/** What a shell says about a line it cannot read. */
export class ShellSyntaxError extends Error {}

const REDIRECT = /([012]?)(>>|>&(?=[12](?![\w]))|>|<(?!<))([12])?|&(>>|>)/y;
const OPERATOR = /&&|\|\||[;|&\n]/y;
const DOUBLE_ESCAPES = '"\\$`\n';

/** @throws ShellSyntaxError for what this shell has not (substitutions, subshells, here documents) */
export function lex(line: string): Token[] {
  const tokens: Token[] = [];
  let i = 0;
  while (i < line.length) {
    const c = line[i]!;
    if (c === " " || c === "\t" || c === "\r") {
      i++;
      continue;
    }
    if (c === "#") {
      while (i < line.length && line[i] !== "\n") i++;
      continue;
    }
    const operator = readRedirect(line, i) ?? readOperator(line, i);
    if (operator) {
      tokens.push(operator);
      i = operator.to;
      continue;
    }
    if (c === "(" || c === ")" || c === "<")
      throw new ShellSyntaxError(
        c === "<"
          ? "here documents are not in this shell: write the text into a file in the editor"
          : `syntax error near unexpected token \`${c}'`,
      );
    const word = readWord(line, i);
    tokens.push(word);
    i = word.to;
  }
  return tokens;
}

function readRedirect(line: string, at: number): Operator | undefined {
  REDIRECT.lastIndex = at;
  const m = REDIRECT.exec(line);
  if (!m) return undefined;
  const [all, fd, sign, target, both] = m;
  const from = at;
  if (both !== undefined)
    return { kind: "operator", text: both as ">" | ">>", stream: 12, from, to: at + all.length };
  if (sign === ">&")
    return {
      kind: "operator",
      text: ">",
      stream: fd === "2" ? 2 : 1,
      target: target === "2" ? 2 : 1,
      from,
      to: at + all.length,
    };
  // the digit after a sign is the file's name: `> 2`
  const to = at + (fd ?? "").length + sign!.length;
  return { kind: "operator", text: sign as ">" | ">>" | "<", stream: fd === "2" ? 2 : 1, from, to };
}

function readOperator(line: string, at: number): Operator | undefined {
  OPERATOR.lastIndex = at;
  const m = OPERATOR.exec(line);
  if (!m) return undefined;
  const text = (m[0] === "\n" ? ";" : m[0]) as OperatorText;
  return { kind: "operator", text, stream: 1, from: at, to: at + m[0].length };
}

function readWord(line: string, from: number): Word {
  const pieces: Piece[] = [];
  let plain = "";
  const flush = (): void => {
    if (plain) pieces.push({ text: plain, quote: "" });
    plain = "";
  };
  let i = from;
  while (i < line.length) {
    const c = line[i]!;
    if (/[\s;|&<>()]/.test(c)) break;
    if (c === "`" || (c === "$" && line[i + 1] === "("))
      throw new ShellSyntaxError("command substitution is not in this shell");
    if (c === "\\") {
      if (line[i + 1] !== "\n" && i + 1 < line.length) {
        flush();
        pieces.push({ text: line[i + 1]!, quote: "'" });
      }
      i += 2;
      continue;
    }
    if (c === "'") {
      flush();
      const end = line.indexOf("'", i + 1);
      pieces.push({ text: line.slice(i + 1, end < 0 ? undefined : end), quote: "'" });
      if (end < 0) return { kind: "word", pieces, from, to: line.length, open: "'" };
      i = end + 1;
      continue;
    }
    if (c === '"') {
      flush();
      const end = readDouble(line, i + 1, pieces);
      if (end === undefined) return { kind: "word", pieces, from, to: line.length, open: '"' };
      i = end;
      continue;
    }
    plain += c;
    i++;
  }
  flush();
  return { kind: "word", pieces, from, to: Math.min(i, line.length), open: "" };
}

/** Pieces of a double-quoted stretch; gives the place after its end, undefined where it has none. */
function readDouble(line: string, start: number, pieces: Piece[]): number | undefined {
  let text = "";
  const count = pieces.length;
  const flush = (always = false): void => {
    if (text || always) pieces.push({ text, quote: '"' });
    text = "";
  };
  for (let i = start; i < line.length; i++) {
    const c = line[i]!;
    if (c === '"') {
      flush(pieces.length === count);
      return i + 1;
    }
    if (c === "`" || (c === "$" && line[i + 1] === "("))
      throw new ShellSyntaxError("command substitution is not in this shell");
    if (c === "\\" && DOUBLE_ESCAPES.includes(line[i + 1] ?? " ")) {
      // what is escaped is taken as it is, so it is no variable's sign
      flush();
      if (line[i + 1] !== "\n") pieces.push({ text: line[i + 1]!, quote: "'" });
      i++;
    } else text += c;
  }
  flush(pieces.length === count);
  return undefined;
}

const VARIABLE = /\$(?:\{(\w+)\}|(\w+)|([?$!#@*0-9]))/g;

/** The text with its variables put in. */
function withVariables(text: string, variable: (name: string) => string): string {
  return text.replace(VARIABLE, (_, braced?: string, plain?: string, special?: string) =>
    variable(braced ?? plain ?? special!),
  );
}

/** A word after expansion: fields whose characters know whether a glob may see them. */
interface Field {
  text: string;
  /** A regular expression for paths, where the field has unquoted `*`, `?` or `[…]`. */
  pattern: string;
  glob: boolean;
}

export interface Expansion {
  readonly variable: (name: string) => string;
  /** Paths that match, sorted; between its slashes the pattern is regular expressions. */
  readonly paths: (pattern: string) => readonly string[];
  readonly home: string;
}

const BRACES = /(?<!\$)\{([^{}]*,[^{}]*)\}/;

/** `a{b,c}` as the words `ab` and `ac`: before anything else is looked at, and not in quotes. */
function alternatives(word: Word): Word[] {
  const at = word.pieces.findIndex((p) => p.quote === "" && BRACES.test(p.text));
  if (at < 0) return [word];
  const { text } = word.pieces[at]!;
  const m = BRACES.exec(text)!;
  return m[1]!.split(",").flatMap((choice) => {
    const made = text.slice(0, m.index) + choice + text.slice(m.index + m[0].length);
    const pieces = [...word.pieces];
    pieces[at] = { text: made, quote: "" };
    return alternatives({ ...word, pieces });
  });
}

/** What a word stands for: usually one argument, more by braces, a glob or a variable with blanks, none by an empty variable. */
export function expand(word: Word, by: Expansion): string[] {
  return alternatives(word).flatMap((w) => expandOne(w, by));
}

function expandOne(word: Word, by: Expansion): string[] {
  const fields: Field[] = [];
  let field: Field | undefined;
  const current = (): Field => (field ??= { text: "", pattern: "", glob: false });
  const add = (text: string, special: boolean): void => {
    const f = current();
    f.text += text;
    if (!special) {
      f.pattern += quoteRegExp(text);
      return;
    }
    f.pattern += text.replace(/\*+|\?|\[[!^]?\]?[^\]/]*\]|[\s\S]/g, (m) => {
      if (m.length === 1 && m !== "*" && m !== "?") return quoteRegExp(m);
      f.glob = true;
      if (m[0] === "*") return ".*";
      if (m === "?") return ".";
      return `[${m
        .slice(1, -1)
        .replace(/^[!^]/, "^")
        .replace(/[\\[\]]/g, "\\$&")}]`;
    });
  };
  word.pieces.forEach((piece, i) => {
    if (piece.quote === "'") {
      add(piece.text, false);
      return;
    }
    if (piece.quote === '"') {
      add(withVariables(piece.text, by.variable), false);
      return;
    }
    const text = i === 0 ? piece.text.replace(/^~(?=\/|$)/, by.home) : piece.text;
    let at = 0;
    const plain = (to?: number): void => {
      if (at < (to ?? text.length)) add(text.slice(at, to), true);
    };
    for (const m of text.matchAll(VARIABLE)) {
      plain(m.index);
      at = m.index + m[0].length;
      // blanks in a variable part words
      withVariables(m[0], by.variable)
        .split(/[ \t\n]+/)
        .forEach((part, k) => {
          if (k > 0 && field) {
            fields.push(field);
            field = undefined;
          }
          if (part !== "") add(part, true);
        });
    }
    plain();
  });
  if (field) fields.push(field);
  return fields.flatMap((f) => {
    if (!f.glob) return [f.text];
    const found = by.paths(f.pattern);
    return found.length > 0 ? found : [f.text];
  });
}

function quoteRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

/** The word's text with quotes gone and nothing expanded. */
export function literal(word: Word): string {
  return word.pieces.map((p) => p.text).join("");
}

const SAFE = /^[\w@%+=:,./-]+$/;

/** A text as one word of a line. */
export function quoted(text: string): string {
  if (SAFE.test(text)) return text;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
