// Small rules about text that several rooms share: Python's repr of a string, shortening, parentheses,
// quoted dotted names, md5. Pure functions; nothing here knows a value of the host.
// Behaviour: SQLAlchemy util/langhelpers.py and Python's str.__repr__.

const HEX = "0123456789abcdef";

/** `repr()` of a str: single quotes unless only those occur inside; control characters escaped. */
export function reprString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = quote;
  for (const ch of text) {
    const code = ch.codePointAt(0) as number;
    if (ch === quote || ch === "\\") out += "\\" + ch;
    else if (ch === "\n") out += "\\n";
    else if (ch === "\r") out += "\\r";
    else if (ch === "\t") out += "\\t";
    else if (code < 32 || code === 127) out += "\\x" + hex(code, 2);
    else if (code < 127 || isPrintable(ch)) out += ch;
    else if (code < 256) out += "\\x" + hex(code, 2);
    else if (code < 65536) out += "\\u" + hex(code, 4);
    else out += "\\U" + hex(code, 8);
  }
  return out + quote;
}

/** `repr()` of bytes. */
export function reprBytes(bytes: Uint8Array): string {
  const quote = bytes.includes(39) && !bytes.includes(34) ? '"' : "'";
  let out = "b" + quote;
  for (const b of bytes) {
    const ch = String.fromCharCode(b);
    if (ch === quote || ch === "\\") out += "\\" + ch;
    else if (b === 10) out += "\\n";
    else if (b === 13) out += "\\r";
    else if (b === 9) out += "\\t";
    else if (b < 32 || b >= 127) out += "\\x" + hex(b, 2);
    else out += ch;
  }
  return out + quote;
}

function isPrintable(ch: string): boolean {
  return !/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Zs}]/u.test(ch);
}

function hex(n: number, width: number): string {
  return n.toString(16).padStart(width, "0");
}

/** Cut a string to `length` characters and mark the cut with "...". */
export function ellipsesString(value: string, length = 25): string {
  return value.length > length ? value.slice(0, length) + "..." : value;
}

/** At most four of the names, the middle left out, each cut to eleven characters; undefined for none. */
export function reprTupleNames(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const all = names.length <= 4;
  const kept = all ? names : [...names.slice(0, 3), names.at(-1) as string];
  const short = kept.map((n) => (n.length > 11 ? n.slice(0, 11) + ".." : n));
  return all ? short.join(", ") : `${short.slice(0, 3).join(", ")}, ..., ${short[3] as string}`;
}

/** Position of the parenthesis that closes the one at `start`; text in quotes does not count. undefined where it never closes. */
export function findMatchingParen(text: string, start = 0): number | undefined {
  let depth = 0;
  let quote = "";
  for (let i = start; i < text.length; i++) {
    const ch = text[i] as string;
    if (quote) {
      if (ch !== quote) continue;
      if (text[i + 1] === quote) i++;
      else quote = "";
    } else if (ch === "'" || ch === '"') quote = ch;
    else if (ch === "(") depth++;
    else if (ch === ")" && --depth === 0) return i;
  }
  return undefined;
}

/** Take off one pair of parentheses where it encloses the whole text. */
export function stripOuterParens(text: string): string {
  const inner = text.trim();
  if (inner.length < 2 || inner[0] !== "(" || !inner.endsWith(")")) return text;
  return findMatchingParen(inner) === inner.length - 1 ? inner.slice(1, -1) : text;
}

/** Split a dotted name; a part in double quotes may hold dots, and `""` stands for one quote. */
export function quotedTokenParser(value: string): string[] {
  if (!value.includes('"')) return value.split(".");
  const parts = [""];
  let quoted = false;
  for (let i = 0; i < value.length; i++) {
    const ch = value[i] as string;
    if (ch === '"') {
      if (quoted && value[i + 1] === '"') {
        parts[parts.length - 1] += '"';
        i++;
      } else quoted = !quoted;
    } else if (ch === "." && !quoted) parts.push("");
    else parts[parts.length - 1] += ch;
  }
  return parts;
}

/** Order of two strings by code point, as Python compares them (JavaScript's `<` goes by UTF-16 unit). */
export function compareText(a: string, b: string): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    let x = a.charCodeAt(i);
    let y = b.charCodeAt(i);
    if (x === y) continue;
    // Surrogates sort above every other unit, as the code points they stand for do.
    if (x >= 0xd800 && x < 0xe000) x += 0x10000;
    if (y >= 0xd800 && y < 0xe000) y += 0x10000;
    return x - y;
  }
  return a.length - b.length;
}

const SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const SINES = Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32) | 0);

/** MD5 of the text's UTF-8 bytes as 32 hexadecimal digits (RFC 1321): SQLAlchemy shortens long names with its last four. */
export function md5Hex(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const padded = new Uint8Array(((bytes.length + 8) >> 6) * 64 + 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, bytes.length << 3, true);
  view.setUint32(padded.length - 4, Math.floor(bytes.length / 2 ** 29), true);
  let a0 = 0x67452301;
  let b0 = 0xefcdab89 | 0;
  let c0 = 0x98badcfe | 0;
  let d0 = 0x10325476;
  for (let at = 0; at < padded.length; at += 64) {
    let a = a0;
    let b = b0;
    let c = c0;
    let d = d0;
    for (let i = 0; i < 64; i++) {
      const round = i >> 4;
      const [mix, word] =
        round === 0
          ? [(b & c) | (~b & d), i]
          : round === 1
            ? [(d & b) | (~d & c), (5 * i + 1) & 15]
            : round === 2
              ? [b ^ c ^ d, (3 * i + 5) & 15]
              : [c ^ (b | ~d), (7 * i) & 15];
      const sum = (a + mix + (SINES[i] as number) + view.getInt32(at + word * 4, true)) | 0;
      const s = SHIFTS[round * 4 + (i & 3)] as number;
      a = d;
      d = c;
      c = b;
      b = (b + ((sum << s) | (sum >>> (32 - s)))) | 0;
    }
    a0 = (a0 + a) | 0;
    b0 = (b0 + b) | 0;
    c0 = (c0 + c) | 0;
    d0 = (d0 + d) | 0;
  }
  let out = "";
  for (const word of [a0, b0, c0, d0])
    for (let i = 0; i < 4; i++) {
      const byte = (word >>> (8 * i)) & 255;
      out += (HEX[byte >> 4] as string) + (HEX[byte & 15] as string);
    }
  return out;
}
