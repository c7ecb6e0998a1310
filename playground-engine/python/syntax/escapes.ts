// What a string literal's text stands for: backslash escapes, by Python's reference, "String and Bytes literals".
import { characterByName } from "./character-names.ts";

/** Why an escape is wrong, worded as the codec words it; the parser prefixes "(unicode error) " or "(value error) ". */
export class EscapeFault {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

const SIMPLE: Record<string, string> = {
  "\n": "", "\\": "\\", "'": "'", '"': '"', a: "\x07", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v",
}; // prettier-ignore

/** Positions in the codec's messages count bytes of UTF-8 in which other characters are `\UXXXXXXXX` already. */
function codecOffset(text: string, index: number): number {
  let offset = 0;
  for (const char of text.slice(0, index)) offset += char.charCodeAt(0) < 128 ? 1 : 10;
  return offset;
}

/** @throws EscapeFault */
export function decodeString(text: string): string {
  let next = text.indexOf("\\");
  if (next < 0) return text;
  let made = "";
  let done = 0;
  while (next >= 0) {
    made += text.slice(done, next);
    const code = text[next + 1] ?? "";
    const simple = SIMPLE[code];
    if (simple !== undefined) {
      made += simple;
      done = next + 2;
    } else if (code >= "0" && code <= "7" && code !== "") {
      const digits = (/^[0-7]{1,3}/.exec(text.slice(next + 1, next + 4)) as RegExpExecArray)[0];
      made += String.fromCharCode(Number.parseInt(digits, 8));
      done = next + 1 + digits.length;
    } else if (code === "x" || code === "u" || code === "U") {
      const length = code === "x" ? 2 : code === "u" ? 4 : 8;
      made += hexCharacter(text, next, length);
      done = next + 2 + length;
    } else if (code === "N") {
      const name = /^\{([^}]+)\}/.exec(text.slice(next + 2));
      if (name === null) {
        const rest = text.slice(next + 2);
        const unclosed = rest.startsWith("{") && !rest.includes("}");
        const end = unclosed ? text.length : next + 2 + (rest.startsWith("{}") ? 1 : 0);
        throw fault(text, next, end, "malformed \\N character escape");
      }
      const char = characterByName(name[1] as string);
      done = next + 2 + name[0].length;
      if (char === undefined) throw fault(text, next, done, "unknown Unicode character name");
      made += char;
    } else {
      made += "\\" + code;
      done = next + 1 + code.length;
    }
    next = text.indexOf("\\", done);
  }
  return made + text.slice(done);
}

function hexCharacter(text: string, at: number, length: number): string {
  const digits = (/^[0-9a-fA-F]*/.exec(text.slice(at + 2, at + 2 + length)) as RegExpExecArray)[0];
  if (digits.length < length) {
    const shape = `\\${text[at + 1]}${"X".repeat(length)}`;
    throw fault(text, at, at + 2 + digits.length, `truncated ${shape} escape`);
  }
  const value = Number.parseInt(digits, 16);
  if (value > 0x10ffff) throw fault(text, at, at + 2 + length, "illegal Unicode character");
  return String.fromCodePoint(value);
}

function fault(text: string, from: number, to: number, reason: string): EscapeFault {
  const first = codecOffset(text, from);
  const last = codecOffset(text, to) - 1;
  const where = last > first ? `bytes in position ${first}-${last}` : `byte 0x5c in position ${first}`;
  return new EscapeFault(`(unicode error) 'unicodeescape' codec can't decode ${where}: ${reason}`);
}

/** @throws EscapeFault. The text is ASCII. */
export function decodeBytes(text: string, raw: boolean): Uint8Array {
  const made: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string;
    if (raw || char !== "\\") {
      made.push(text.charCodeAt(i));
      continue;
    }
    const code = text[++i] ?? "";
    const simple = SIMPLE[code];
    if (simple !== undefined) {
      if (simple !== "") made.push(simple.charCodeAt(0));
    } else if (code >= "0" && code <= "7" && code !== "") {
      const digits = (/^[0-7]{1,3}/.exec(text.slice(i, i + 3)) as RegExpExecArray)[0];
      made.push(Number.parseInt(digits, 8) & 255);
      i += digits.length - 1;
    } else if (code === "x") {
      const digits = text.slice(i + 1, i + 3);
      if (!/^[0-9a-fA-F]{2}$/.test(digits)) {
        throw new EscapeFault(`(value error) invalid \\x escape at position ${i - 1}`);
      }
      made.push(Number.parseInt(digits, 16));
      i += 2;
    } else {
      made.push(92, code.charCodeAt(0));
    }
  }
  return Uint8Array.from(made);
}
