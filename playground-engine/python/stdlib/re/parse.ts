// Python's regular expression syntax, with the errors that re.compile() raises.
// Behaviour: docs.python.org/3.11/library/re.html#regular-expression-syntax.
import { FLAGS, type Node, type Parsed, RegexError, type SetItem, widthOf } from "./nodes.ts";
import { isIdentifier } from "../../builtins/unicode.ts";
import { strRepr } from "../../builtins/str-repr.ts";

const LETTER_FLAGS: Readonly<Record<string, number>> = {
  i: 2,
  L: 4,
  m: 8,
  s: 16,
  x: 64,
  a: 256,
  t: 1,
  u: 32,
};
const TYPE_FLAGS = FLAGS.ASCII | FLAGS.LOCALE | FLAGS.UNICODE;
const GLOBAL_ONLY = FLAGS.DEBUG | FLAGS.TEMPLATE;
const MAX_REPEAT = 4294967295;
const ESCAPES: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11, "\\": 92 };
const isDigit = (c: string): boolean => c.length === 1 && c >= "0" && c <= "9";
const isOctal = (c: string): boolean => c.length === 1 && c >= "0" && c <= "7";
const isHex = (c: string): boolean => /^[0-9a-fA-F]$/.test(c);
const isAsciiLetter = (c: string): boolean => /^[a-zA-Z]$/.test(c);

/** Restart with the verbose flag, which stood inside the pattern. */
class Verbose {}

class Parser {
  private readonly chars: readonly string[];
  private readonly isBytes: boolean;
  private i = 0;
  private flags: number;
  private groupCount = 0;
  private readonly names = new Map<string, number>();
  private readonly widths = new Map<number, readonly [number, number]>();
  private readonly open = new Set<number>();
  /** Groups there were when the innermost look-behind began. */
  private lookBehind: number | undefined;
  /** A look-behind is of no one width: said when everything else is in order. */
  private variableWidth = false;
  private readonly conditionals = new Map<number, number>();

  constructor(pattern: string, flags: number, isBytes: boolean) {
    this.chars = Array.from(pattern);
    this.flags = flags;
    this.isBytes = isBytes;
  }

  private peek(): string {
    return this.chars[this.i] ?? "";
  }
  private error(message: string, back = 0): never {
    throw new RegexError(message, this.i - back);
  }
  private errorAt(message: string, position: number): never {
    throw new RegexError(message, position);
  }
  private take(c: string): boolean {
    if (this.chars[this.i] !== c) return false;
    this.i++;
    return true;
  }
  /** The next character, an escape with its backslash as one. */
  private next(): string {
    const c = this.chars[this.i];
    if (c === undefined) return "";
    this.i++;
    if (c !== "\\") return c;
    const d = this.chars[this.i];
    if (d === undefined) this.errorAt("bad escape (end of pattern)", this.chars.length - 1);
    this.i++;
    return c + d;
  }

  parse(): Parsed {
    const root = this.alternatives(this.flags, 0);
    if (this.i < this.chars.length) this.errorAt("unbalanced parenthesis", this.i);
    for (const [g, at] of this.conditionals)
      if (g > this.groupCount) this.errorAt(`invalid group reference ${g}`, at);
    if (this.variableWidth) throw new RegexError("look-behind requires fixed-width pattern");
    return { root, flags: this.settleFlags(this.flags), groups: this.groupCount, names: this.names };
  }

  private settleFlags(flags: number): number {
    if (this.isBytes) {
      if (flags & FLAGS.UNICODE) throw new RegexError("cannot use UNICODE flag with a bytes pattern");
      return flags;
    }
    if (flags & FLAGS.LOCALE) throw new RegexError("cannot use LOCALE flag with a str pattern");
    if (!(flags & FLAGS.ASCII)) return flags | FLAGS.UNICODE;
    if (flags & FLAGS.UNICODE) throw new RegexError("ASCII and UNICODE flags are incompatible");
    return flags;
  }

  private alternatives(flags: number, depth: number): Node {
    const options: Node[] = [];
    const start = this.i;
    for (;;) {
      // global flags at the beginning of the first alternative hold for all
      const own = depth === 0 ? this.flags : flags;
      options.push(this.sequence(own, depth, options.length === 0 && start === 0));
      if (!this.take("|")) break;
    }
    return options.length === 1 ? options[0]! : { type: "alt", options };
  }

  private ascii(flags: number): boolean {
    return this.isBytes ? true : (flags & FLAGS.ASCII) !== 0;
  }

  private sequence(flags: number, depth: number, first: boolean): Node {
    const items: Node[] = [];
    const push = (n: Node): void => void items.push(n);
    for (;;) {
      const at = this.i;
      const c = this.peek();
      if (c === "" || c === "|" || c === ")") break;
      const ignoreCase = (flags & FLAGS.IGNORECASE) !== 0;
      if (flags & FLAGS.VERBOSE) {
        if (/^[ \t\n\r\v\f]$/.test(c)) {
          this.i++;
          continue;
        }
        if (c === "#") {
          while (this.i < this.chars.length && this.chars[this.i] !== "\n") this.i++;
          this.i++;
          continue;
        }
      }
      const token = this.next();
      if (token[0] === "\\") push(this.escape(token, flags));
      else if (token === "[") push(this.set(flags));
      else if (token === "*" || token === "+" || token === "?" || token === "{") {
        const r = this.repeat(token, at);
        if (r === undefined) {
          push({ type: "char", code: 123, ignoreCase });
          continue;
        }
        const item = items.pop();
        if (item === undefined || item.type === "at" || item.type === "empty")
          this.errorAt("nothing to repeat", at);
        if (item.type === "repeat") this.errorAt("multiple repeat", at);
        const [min, max] = r;
        const mode = this.take("?") ? "lazy" : this.take("+") ? "possessive" : "greedy";
        push({ type: "repeat", min, max, mode, body: item });
      } else if (token === ".") push({ type: "any", dotAll: (flags & FLAGS.DOTALL) !== 0 });
      else if (token === "^")
        push({ type: "at", where: flags & FLAGS.MULTILINE ? "line-start" : "start", ascii: false });
      else if (token === "$")
        push({ type: "at", where: flags & FLAGS.MULTILINE ? "line-end" : "end", ascii: false });
      else if (token === "(") {
        const n = this.group(flags, depth, at, first && items.length === 0);
        if (typeof n === "number") flags = n;
        else if (n !== undefined) push(n);
      } else push({ type: "char", code: token.codePointAt(0)!, ignoreCase });
    }
    // A group that the repeat operator follows must stay one item: empty ones are dropped only here.
    return items.length === 1 ? items[0]! : items.length === 0 ? { type: "empty" } : { type: "seq", items };
  }

  /** The bounds of a repetition; undefined where a brace is only a brace. */
  private repeat(token: string, at: number): [number, number] | undefined {
    if (token === "?") return [0, 1];
    if (token === "*") return [0, Infinity];
    if (token === "+") return [1, Infinity];
    if (this.peek() === "}") return undefined;
    const save = this.i;
    const number = (): string => {
      let s = "";
      while (isDigit(this.peek())) s += this.chars[this.i++]!;
      return s;
    };
    const lo = number();
    const hi = this.take(",") ? number() : lo;
    const comma = this.chars.slice(save, this.i).includes(",");
    if (!this.take("}") || (lo === "" && !comma)) {
      this.i = save;
      return undefined;
    }
    const min = lo === "" ? 0 : Number(lo);
    const max = hi === "" ? Infinity : Number(hi);
    if (min >= MAX_REPEAT || (max !== Infinity && max >= MAX_REPEAT))
      throw new RegexError("\0the repetition number is too large");
    if (max < min) this.errorAt("min repeat greater than max repeat", at + 1);
    return [min, max];
  }

  /** After "(": a node; new flags for the rest; undefined for a comment. */
  private group(flags: number, depth: number, start: number, first: boolean): Node | number | undefined {
    let name: string | undefined;
    let capture = true;
    let inner = flags;
    let atomic = false;
    if (this.take("?")) {
      const at = this.i - 1;
      const c = this.next();
      if (c === "") this.error("unexpected end of pattern");
      if (c === "P") {
        if (this.take("<")) name = this.groupName(">");
        else if (this.take("=")) return this.namedReference(flags);
        else {
          const d = this.next();
          if (d === "") this.error("unexpected end of pattern");
          this.error(`unknown extension ?P${d}`, d.length + 2);
        }
      } else if (c === ":") capture = false;
      else if (c === "#") {
        for (;;) {
          const d = this.next();
          if (d === "") this.errorAt("missing ), unterminated comment", start);
          if (d === ")") return undefined;
        }
      } else if (c === "=" || c === "!" || c === "<") return this.look(c, flags, depth, start);
      else if (c === "(") return this.conditional(flags, depth, start);
      else if (c === ">") {
        capture = false;
        atomic = true;
      } else if (LETTER_FLAGS[c] !== undefined || c === "-") {
        const r = this.inlineFlags(c, flags);
        if (r === undefined) {
          if (!first) this.errorAt("global flags not at the start of the expression", start);
          if (this.flags & FLAGS.VERBOSE && !(flags & FLAGS.VERBOSE)) throw new Verbose();
          return this.flags | (flags & ~TYPE_FLAGS);
        }
        inner = r;
        capture = false;
      } else {
        void at;
        this.error(`unknown extension ?${c}`, c.length + 1);
      }
    }
    let index = 0;
    if (capture) {
      index = ++this.groupCount;
      if (name !== undefined) {
        const known = this.names.get(name);
        if (known !== undefined)
          this.error(
            `redefinition of group name ${strRepr(name)} as group ${index}; was group ${known}`,
            Array.from(name).length + 1,
          );
        this.names.set(name, index);
      }
      this.open.add(index);
    }
    const body = this.alternatives(inner, depth + 1);
    if (!this.take(")")) this.errorAt("missing ), unterminated subpattern", start);
    if (!capture) return atomic ? { type: "atomic", body } : wrap(body);
    this.open.delete(index);
    this.widths.set(index, widthOf(body, this.widths));
    return { type: "group", index, body };
  }

  /** Text up to a terminator. */
  private until(end: string, what: string): string {
    let s = "";
    for (;;) {
      const c = this.peek();
      this.i++;
      if (c === "") {
        this.i--;
        if (s === "") this.error(`missing ${what}`);
        this.error(`missing ${end}, unterminated name`, Array.from(s).length);
      }
      if (c === end) {
        if (s === "") this.error(`missing ${what}`, 1);
        return s;
      }
      s += c;
    }
  }

  private groupName(end: string): string {
    const name = this.until(end, "group name");
    if (!isIdentifier(name))
      this.error(`bad character in group name ${this.shown(name)}`, Array.from(name).length + 1);
    return name;
  }
  private shown(name: string): string {
    return (this.isBytes ? "b" : "") + strRepr(name);
  }

  private namedReference(flags: number): Node {
    const name = this.groupName(")");
    const g = this.names.get(name);
    const back = Array.from(name).length + 1;
    if (g === undefined) this.error(`unknown group name ${strRepr(name)}`, back);
    if (this.open.has(g)) this.error("cannot refer to an open group", back);
    this.checkLookBehind(g);
    return { type: "backref", group: g, ignoreCase: (flags & FLAGS.IGNORECASE) !== 0 };
  }

  private checkLookBehind(g: number): void {
    if (this.lookBehind !== undefined && g > this.lookBehind)
      this.error("cannot refer to group defined in the same lookbehind subpattern");
  }

  private look(c: string, flags: number, depth: number, start: number): Node {
    let behind = false;
    let kind = c;
    const saved = this.lookBehind;
    if (c === "<") {
      const d = this.next();
      if (d === "") this.error("unexpected end of pattern");
      if (d !== "=" && d !== "!") this.error(`unknown extension ?<${d}`, d.length + 2);
      behind = true;
      kind = d;
      this.lookBehind ??= this.groupCount;
    }
    const body = this.alternatives(flags, depth + 1);
    if (behind && saved === undefined) this.lookBehind = undefined;
    if (!this.take(")")) this.errorAt("missing ), unterminated subpattern", start);
    let width = 0;
    if (behind) {
      const [lo, hi] = widthOf(body, this.widths);
      if (lo !== hi) this.variableWidth = true;
      width = lo;
    }
    return { type: "look", behind, negate: kind === "!", body, width };
  }

  private conditional(flags: number, depth: number, start: number): Node {
    const name = this.until(")", "group name");
    let g: number;
    const back = Array.from(name).length + 1;
    if (isIdentifier(name)) {
      const known = this.names.get(name);
      if (known === undefined) this.error(`unknown group name ${this.shown(name)}`, back);
      g = known;
    } else {
      if (!/^[0-9]+$/.test(name)) this.error(`bad character in group name ${this.shown(name)}`, back);
      g = Number(name);
      if (g === 0) this.error("bad group number", back);
      if (!this.conditionals.has(g)) this.conditionals.set(g, this.i - back);
    }
    if (this.lookBehind !== undefined && (g > this.groupCount || this.open.has(g)))
      this.error("cannot refer to an open group");
    this.checkLookBehind(g);
    const yes = this.sequence(flags, depth, false);
    let no: Node = { type: "empty" };
    if (this.take("|")) {
      no = this.sequence(flags, depth, false);
      if (this.peek() === "|") this.error("conditional backref with more than two branches");
    }
    if (!this.take(")")) this.errorAt("missing ), unterminated subpattern", start);
    return { type: "conditional", group: g, yes, no };
  }

  /** Inline flags: those for "(?flags:…)", or undefined where they were global. */
  private inlineFlags(firstChar: string, flags: number): number | undefined {
    let add = 0;
    let del = 0;
    let c = firstChar;
    if (c !== "-") {
      for (;;) {
        const f = LETTER_FLAGS[c]!;
        if (this.isBytes) {
          if (c === "u") this.error("bad inline flags: cannot use 'u' flag with a bytes pattern");
        } else if (c === "L") this.error("bad inline flags: cannot use 'L' flag with a str pattern");
        add |= f;
        if (f & TYPE_FLAGS && (add & TYPE_FLAGS) !== f)
          this.error("bad inline flags: flags 'a', 'u' and 'L' are incompatible");
        c = this.next();
        if (c === "") this.error("missing -, : or )");
        if (c === ")" || c === "-" || c === ":") break;
        if (LETTER_FLAGS[c] === undefined)
          this.error(isAsciiLetter(c) ? "unknown flag" : "missing -, : or )", c.length);
      }
    }
    if (c === ")") {
      this.flags |= add;
      return undefined;
    }
    if (add & GLOBAL_ONLY) this.error("bad inline flags: cannot turn on global flag", 1);
    if (c === "-") {
      c = this.next();
      if (c === "") this.error("missing flag");
      if (LETTER_FLAGS[c] === undefined)
        this.error(isAsciiLetter(c) ? "unknown flag" : "missing flag", c.length);
      for (;;) {
        const f = LETTER_FLAGS[c]!;
        if (f & TYPE_FLAGS) this.error("bad inline flags: cannot turn off flags 'a', 'u' and 'L'");
        del |= f;
        c = this.next();
        if (c === "") this.error("missing :");
        if (c === ":") break;
        if (LETTER_FLAGS[c] === undefined)
          this.error(isAsciiLetter(c) ? "unknown flag" : "missing :", c.length);
      }
    }
    if (del & GLOBAL_ONLY) this.error("bad inline flags: cannot turn off global flag", 1);
    if (add & del) this.error("bad inline flags: flag turned on and off", 1);
    let base = flags;
    if (add & TYPE_FLAGS) base &= ~TYPE_FLAGS;
    return (base | add) & ~del;
  }

  /** `count` hexadecimal digits, all of them. */
  private hex(escape: string, count: number): number {
    let digits = "";
    while (digits.length < count && isHex(this.peek())) digits += this.chars[this.i++]!;
    if (digits.length !== count)
      this.error(`incomplete escape ${escape}${digits}`, escape.length + digits.length);
    return parseInt(digits, 16);
  }

  private namedCharacter(escape: string): number {
    if (!this.take("{")) this.error("missing {");
    const name = this.until("}", "character name");
    this.error(`undefined character name ${strRepr(name)}`, Array.from(name).length + escape.length + 2);
  }

  private big(escape: string): number {
    const code = this.hex(escape, 8);
    if (code > 0x10ffff) this.error(`bad escape ${escape}${code.toString(16).padStart(8, "0")}`, 10);
    return code;
  }

  private escape(token: string, flags: number): Node {
    const c = token.slice(1);
    const ignoreCase = (flags & FLAGS.IGNORECASE) !== 0;
    const ascii = this.ascii(flags);
    const char = (code: number): Node => ({ type: "char", code, ignoreCase });
    switch (c) {
      case "A":
        return { type: "at", where: "start", ascii };
      case "Z":
        return { type: "at", where: "text-end", ascii };
      case "b":
        return { type: "at", where: "boundary", ascii };
      case "B":
        return { type: "at", where: "not-boundary", ascii };
      case "d":
      case "D":
      case "w":
      case "W":
      case "s":
      case "S":
        return { type: "set", items: [{ kind: "class", name: c }], negate: false, ignoreCase: false, ascii };
      case "x":
        return char(this.hex(token, 2));
      case "u":
        if (!this.isBytes) return char(this.hex(token, 4));
        break;
      case "U":
        if (!this.isBytes) return char(this.big(token));
        break;
      case "N":
        if (!this.isBytes) return char(this.namedCharacter(token));
        break;
    }
    if (ESCAPES[c] !== undefined) return char(ESCAPES[c]);
    if (c === "0") {
      let digits = "0";
      while (digits.length < 3 && isOctal(this.peek())) digits += this.chars[this.i++]!;
      return char(parseInt(digits, 8) & 0xff);
    }
    if (isDigit(c)) {
      let digits = c;
      if (isDigit(this.peek())) {
        digits += this.chars[this.i++]!;
        if (isOctal(c) && isOctal(digits[1]!) && isOctal(this.peek())) {
          digits += this.chars[this.i++]!;
          const code = parseInt(digits, 8);
          if (code > 0o377)
            this.error(`octal escape value \\${digits} outside of range 0-0o377`, digits.length + 1);
          return char(code);
        }
      }
      const g = Number(digits);
      if (g > this.groupCount) this.error(`invalid group reference ${g}`, digits.length);
      if (this.open.has(g)) this.error("cannot refer to an open group", digits.length + 1);
      this.checkLookBehind(g);
      return { type: "backref", group: g, ignoreCase };
    }
    if (isAsciiLetter(c)) this.error(`bad escape ${token}`, token.length);
    return char(c.codePointAt(0)!);
  }

  private set(flags: number): Node {
    const start = this.i - 1;
    const negate = this.take("^");
    const items: SetItem[] = [];
    const firstAt = this.i;
    for (;;) {
      const at = this.i;
      const token = this.next();
      if (token === "") this.errorAt("unterminated character set", start);
      if (token === "]" && at !== firstAt) break;
      const one =
        token[0] === "\\" ? this.setEscape(token) : ({ kind: "char", code: token.codePointAt(0)! } as const);
      if (this.take("-")) {
        const that = this.next();
        if (that === "") this.errorAt("unterminated character set", start);
        if (that === "]") {
          items.push(one, { kind: "char", code: 45 });
          break;
        }
        const two =
          that[0] === "\\" ? this.setEscape(that) : ({ kind: "char", code: that.codePointAt(0)! } as const);
        const shown = this.chars.slice(at, this.i).join("");
        if (one.kind !== "char" || two.kind !== "char") this.errorAt(`bad character range ${shown}`, at);
        if (two.code < one.code) this.errorAt(`bad character range ${shown}`, at);
        items.push({ kind: "range", from: one.code, to: two.code });
      } else items.push(one);
    }
    return {
      type: "set",
      items,
      negate,
      ignoreCase: (flags & FLAGS.IGNORECASE) !== 0,
      ascii: this.ascii(flags),
    };
  }

  private setEscape(token: string): SetItem {
    const c = token.slice(1);
    if (c === "b") return { kind: "char", code: 8 };
    if ("dDwWsS".includes(c)) return { kind: "class", name: c as "d" };
    if (c === "x") return { kind: "char", code: this.hex(token, 2) };
    if (c === "u" && !this.isBytes) return { kind: "char", code: this.hex(token, 4) };
    if (c === "U" && !this.isBytes) return { kind: "char", code: this.big(token) };
    if (c === "N" && !this.isBytes) return { kind: "char", code: this.namedCharacter(token) };
    if (ESCAPES[c] !== undefined) return { kind: "char", code: ESCAPES[c] };
    if (isOctal(c)) {
      let digits = c;
      while (digits.length < 3 && isOctal(this.peek())) digits += this.chars[this.i++]!;
      const code = parseInt(digits, 8);
      if (code > 0o377)
        this.error(`octal escape value \\${digits} outside of range 0-0o377`, digits.length + 1);
      return { kind: "char", code };
    }
    if (isDigit(c) || isAsciiLetter(c)) this.error(`bad escape ${token}`, token.length);
    return { kind: "char", code: c.codePointAt(0)! };
  }
}

/** A non-capturing group is one item to a repetition, even where it is an assertion or empty. */
function wrap(body: Node): Node {
  return body.type === "seq" || body.type === "alt" ? body : { type: "seq", items: [body] };
}

/** @throws RegexError */
export function parseRegex(pattern: string, flags: number, isBytes: boolean): Parsed {
  try {
    return new Parser(pattern, flags, isBytes).parse();
  } catch (e) {
    if (e instanceof Verbose) return new Parser(pattern, flags | FLAGS.VERBOSE, isBytes).parse();
    throw e;
  }
}
