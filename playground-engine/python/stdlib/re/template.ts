// Replacement templates of sub() and expand(): `\1`, `\g<name>`, escapes.
import { RegexError } from "./nodes.ts";
import { isIdentifier } from "../../builtins/unicode.ts";
import { strRepr } from "../../builtins/str-repr.ts";

/** Literal texts and group numbers in turn. */
export type Template = readonly (string | number)[];

const ESCAPES: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
};

/** The failed lookup of a name: an IndexError. */
export class UnknownGroup {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

export function parseTemplate(text: string, groups: number, names: ReadonlyMap<string, number>): Template {
  if (!text.includes("\\")) return [text];
  const c = Array.from(text);
  const out: (string | number)[] = [];
  let literal = "";
  let i = 0;
  const add = (g: number): void => {
    if (literal !== "") out.push(literal);
    literal = "";
    out.push(g);
  };
  const fail = (message: string, position: number): never => {
    throw new RegexError(message, position);
  };
  const group = (g: number, position: number): void => {
    if (g > groups) fail(`invalid group reference ${g}`, position);
    add(g);
  };
  while (i < c.length) {
    const ch = c[i]!;
    if (ch !== "\\") {
      literal += ch;
      i++;
      continue;
    }
    const d = c[i + 1];
    if (d === undefined) fail("bad escape (end of pattern)", i);
    const at = i;
    i += 2;
    if (d === "g") {
      if (c[i] !== "<") fail("missing <", i);
      const end = c.indexOf(">", i + 1);
      const start = i + 1;
      if (end < 0) fail(start >= c.length ? "missing group name" : "missing >, unterminated name", start);
      const name = c.slice(start, end).join("");
      if (name === "") fail("missing group name", start);
      i = end + 1;
      if (isIdentifier(name)) {
        const g = names.get(name);
        if (g === undefined) throw new UnknownGroup(`unknown group name ${strRepr(name)}`);
        add(g);
      } else {
        if (!/^[0-9]+$/.test(name)) fail(`bad character in group name ${strRepr(name)}`, start);
        group(Number(name), start);
      }
    } else if (d === "0") {
      let digits = "0";
      while (digits.length < 3 && /^[0-7]$/.test(c[i] ?? "")) digits += c[i++]!;
      literal += String.fromCharCode(parseInt(digits, 8) & 0xff);
    } else if (/^[0-9]$/.test(d!)) {
      let digits = d!;
      if (/^[0-9]$/.test(c[i] ?? "")) {
        digits += c[i++]!;
        if (/^[0-7]{2}$/.test(digits) && /^[0-7]$/.test(c[i] ?? "")) {
          digits += c[i++]!;
          const code = parseInt(digits, 8);
          if (code > 0o377) fail(`octal escape value \\${digits} outside of range 0-0o377`, at);
          literal += String.fromCharCode(code);
          continue;
        }
      }
      group(Number(digits), at + 1);
    } else {
      const e = ESCAPES[d!];
      if (e !== undefined) literal += e;
      else if (/^[a-zA-Z]$/.test(d!)) fail(`bad escape \\${d}`, at);
      else literal += "\\" + d;
    }
  }
  if (literal !== "" || out.length === 0) out.push(literal);
  return out;
}
