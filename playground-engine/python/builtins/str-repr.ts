// repr() of str and bytes, and ascii().
import { isPrintableChar } from "./unicode.ts";

const PLAIN = /^[\x20-\x26\x28-\x5b\x5d-\x7e]*$/;

const hex = (n: number, width: number): string => n.toString(16).padStart(width, "0");

function escapeCode(code: number): string {
  if (code < 0x100) return "\\x" + hex(code, 2);
  if (code < 0x10000) return "\\u" + hex(code, 4);
  return "\\U" + hex(code, 8);
}

/** repr() of a str: single quotes unless only the double ones spare an escape. */
export function strRepr(s: string): string {
  if (PLAIN.test(s)) return "'" + s + "'";
  const quote = s.includes("'") && !s.includes('"') ? '"' : "'";
  let out = quote;
  for (const c of s) {
    switch (c) {
      case "\\":
        out += "\\\\";
        break;
      case "\n":
        out += "\\n";
        break;
      case "\r":
        out += "\\r";
        break;
      case "\t":
        out += "\\t";
        break;
      default:
        if (c === quote) out += "\\" + c;
        else out += isPrintableChar(c) ? c : escapeCode(c.codePointAt(0)!);
    }
  }
  return out + quote;
}

/** ascii() of a text that is already a repr: every character beyond ASCII escaped. */
export function asciiEscape(s: string): string {
  if (/^[\0-\x7f]*$/.test(s)) return s;
  let out = "";
  for (const c of s) {
    const code = c.codePointAt(0)!;
    out += code < 0x80 ? c : escapeCode(code);
  }
  return out;
}

/** The inside of repr(bytes), in the quotes that fit. */
export function bytesRepr(data: Uint8Array): string {
  const quote = data.includes(39) && !data.includes(34) ? '"' : "'";
  let out = "b" + quote;
  for (const b of data) {
    if (b === 92) out += "\\\\";
    else if (b === 9) out += "\\t";
    else if (b === 10) out += "\\n";
    else if (b === 13) out += "\\r";
    else if (b < 32 || b >= 127) out += "\\x" + hex(b, 2);
    else {
      const c = String.fromCharCode(b);
      out += c === quote ? "\\" + c : c;
    }
  }
  return out + quote;
}
