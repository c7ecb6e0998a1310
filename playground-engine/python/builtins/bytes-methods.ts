// The methods of bytes and bytearray, on Uint8Array. What str does too is done on the bytes spelled as Latin-1.
import * as text from "./str-methods.ts";

export function toLatin(b: Uint8Array): string {
  let out = "";
  for (let i = 0; i < b.length; i += 8192) out += String.fromCharCode(...b.subarray(i, i + 8192));
  return out;
}

export function fromLatin(s: string): Uint8Array {
  const out = new Uint8Array(s.length);
  for (let i = 0; i < s.length; i++) out[i] = s.charCodeAt(i);
  return out;
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  let n = 0;
  for (const p of parts) n += p.length;
  const out = new Uint8Array(n);
  n = 0;
  for (const p of parts) {
    out.set(p, n);
    n += p.length;
  }
  return out;
}

export function repeat(b: Uint8Array, times: number): Uint8Array {
  if (times <= 0 || b.length === 0) return new Uint8Array(0);
  const out = new Uint8Array(b.length * times);
  for (let i = 0; i < times; i++) out.set(b, i * b.length);
  return out;
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

export function compare(a: Uint8Array, b: Uint8Array): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

const SPACE = "\t\n\v\f\r ";
const isSpace = (c: number): boolean => c === 32 || (c >= 9 && c <= 13);
const isUpper = (c: number): boolean => c >= 65 && c <= 90;
const isLower = (c: number): boolean => c >= 97 && c <= 122;
const isAlpha = (c: number): boolean => isUpper(c) || isLower(c);
const isDigit = (c: number): boolean => c >= 48 && c <= 57;

export function strip(b: Uint8Array, set: Uint8Array | undefined, side: -1 | 0 | 1): Uint8Array {
  return fromLatin(text.strip(toLatin(b), set ? toLatin(set) : SPACE, side));
}

/** split and rsplit; separator undefined: white space. */
export function split(
  b: Uint8Array,
  separator: Uint8Array | undefined,
  limit: number,
  fromRight: boolean,
): Uint8Array[] {
  if (separator) {
    const s = toLatin(b);
    const parts = fromRight
      ? text.rsplitOn(s, toLatin(separator), limit)
      : text.splitOn(s, toLatin(separator), limit);
    return parts.map(fromLatin);
  }
  const out: Uint8Array[] = [];
  if (!fromRight || limit < 0) {
    let i = 0;
    for (;;) {
      while (i < b.length && isSpace(b[i]!)) i++;
      if (i === b.length) return out;
      let end = i;
      if (limit >= 0 && out.length === limit) {
        out.push(b.slice(i));
        return out;
      }
      while (end < b.length && !isSpace(b[end]!)) end++;
      out.push(b.slice(i, end));
      i = end;
    }
  }
  let end = b.length;
  for (;;) {
    while (end > 0 && isSpace(b[end - 1]!)) end--;
    if (end === 0) return out.reverse();
    let start = end;
    if (out.length === limit) {
      out.push(b.slice(0, end));
      return out.reverse();
    }
    while (start > 0 && !isSpace(b[start - 1]!)) start--;
    out.push(b.slice(start, end));
    end = start;
  }
}

export function splitLines(b: Uint8Array, keepEnds: boolean): Uint8Array[] {
  const out: Uint8Array[] = [];
  let start = 0;
  for (let i = 0; i < b.length; i++) {
    if (b[i] !== 10 && b[i] !== 13) continue;
    const end = b[i] === 13 && b[i + 1] === 10 ? i + 2 : i + 1;
    out.push(b.slice(start, keepEnds ? end : i));
    start = end;
    i = end - 1;
  }
  if (start < b.length) out.push(b.slice(start));
  return out;
}

const map = (b: Uint8Array, f: (c: number) => number): Uint8Array => b.map(f);
export const upper = (b: Uint8Array): Uint8Array => map(b, (c) => (isLower(c) ? c - 32 : c));
export const lower = (b: Uint8Array): Uint8Array => map(b, (c) => (isUpper(c) ? c + 32 : c));
export const swapcase = (b: Uint8Array): Uint8Array =>
  map(b, (c) => (isUpper(c) ? c + 32 : isLower(c) ? c - 32 : c));

export function capitalize(b: Uint8Array): Uint8Array {
  const out = lower(b);
  if (out.length > 0 && isLower(out[0]!)) out[0]! -= 32;
  return out;
}

export function title(b: Uint8Array): Uint8Array {
  let inWord = false;
  return map(b, (c) => {
    const was = inWord;
    inWord = isAlpha(c);
    return was ? (isUpper(c) ? c + 32 : c) : isLower(c) ? c - 32 : c;
  });
}

const all = (b: Uint8Array, f: (c: number) => boolean): boolean => b.length > 0 && b.every(f);
export const isalpha = (b: Uint8Array): boolean => all(b, isAlpha);
export const isalnum = (b: Uint8Array): boolean => all(b, (c) => isAlpha(c) || isDigit(c));
export const isdigit = (b: Uint8Array): boolean => all(b, isDigit);
export const isspace = (b: Uint8Array): boolean => all(b, isSpace);
export const isascii = (b: Uint8Array): boolean => b.every((c) => c < 128);
export const isupper = (b: Uint8Array): boolean => b.some(isUpper) && !b.some(isLower);
export const islower = (b: Uint8Array): boolean => b.some(isLower) && !b.some(isUpper);

export function istitle(b: Uint8Array): boolean {
  let cased = false;
  let previous = false;
  for (const c of b) {
    if (isUpper(c)) {
      if (previous) return false;
      previous = cased = true;
    } else if (isLower(c)) {
      if (!previous) return false;
    } else previous = false;
  }
  return cased;
}

/** bytes.fromhex(): the bytes, or the position of the first wrong character. */
export function fromHex(s: string): Uint8Array | number {
  const foreign = s.search(/[^\0-\x7f]/);
  if (foreign >= 0) return foreign;
  const out: number[] = [];
  let i = 0;
  while (i < s.length) {
    if (isSpace(s.charCodeAt(i))) {
      i++;
      continue;
    }
    if (!/[0-9a-fA-F]/.test(s[i]!)) return i;
    if (!/[0-9a-fA-F]/.test(s[i + 1] ?? "")) return i + 1;
    out.push(parseInt(s.slice(i, i + 2), 16));
    i += 2;
  }
  return Uint8Array.from(out);
}

/** bytes.hex(sep, bytes_per_sep) */
export function toHex(b: Uint8Array, separator = "", every = 1): string {
  let parts: string[] = Array.from(b, (x) => x.toString(16).padStart(2, "0"));
  if (separator === "" || every === 0) return parts.join("");
  const size = Math.abs(every);
  const groups: string[] = [];
  if (every > 0) {
    const first = parts.length % size;
    if (first) groups.push(parts.slice(0, first).join(""));
    parts = parts.slice(first);
  }
  for (let i = 0; i < parts.length; i += size) groups.push(parts.slice(i, i + size).join(""));
  return groups.join(separator);
}

/** bytes.translate(table, delete) */
export function translate(b: Uint8Array, table: Uint8Array | undefined, remove: Uint8Array): Uint8Array {
  const kept = remove.length > 0 ? b.filter((c) => !remove.includes(c)) : b;
  return table ? kept.map((c) => table[c]!) : kept.slice();
}
