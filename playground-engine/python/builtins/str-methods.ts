// str's methods over JavaScript strings. Positions are code points; no Python object comes in here.
import { chars, points, sliceStr, strLen, toPoints, toUnits } from "./str-index.ts";
import {
  isAlnumChar,
  isAlphaChar,
  isAscii,
  isCasedChar,
  isDecimalChar,
  isDigitChar,
  isLowerChar,
  isNumericChar,
  isPrintableChar,
  isSpaceChar,
  isSpaceCode,
  isTitleChar,
  isUpperChar,
  titleChar,
} from "./unicode.ts";

/** start and end arguments of find, count, startswith … made positions. */
export function bounds(length: number, start: number, end: number): [number, number] {
  let a = start < 0 ? Math.max(0, start + length) : start;
  const b = end < 0 ? Math.max(0, end + length) : Math.min(end, length);
  if (a > length) a = length + 1;
  return [a, b];
}

/** str.find: a code point position or -1. */
export function find(s: string, sub: string, start: number, end: number): number {
  const [a, b] = bounds(strLen(s), start, end);
  if (a > b) return -1;
  if (points(s) === null) {
    const i = s.indexOf(sub, a);
    return i < 0 || i + sub.length > b ? -1 : i;
  }
  const from = toUnits(s, a);
  const i = s.indexOf(sub, from);
  return i < 0 || i + sub.length > toUnits(s, b) ? -1 : toPoints(s, i);
}

export function rfind(s: string, sub: string, start: number, end: number): number {
  const [a, b] = bounds(strLen(s), start, end);
  if (a > b) return -1;
  const last = toUnits(s, b) - sub.length;
  if (last < 0) return -1;
  const i = s.lastIndexOf(sub, last);
  return i < 0 || i < toUnits(s, a) ? -1 : toPoints(s, i);
}

export function count(s: string, sub: string, start: number, end: number): number {
  const length = strLen(s);
  const [a, b] = bounds(length, start, end);
  if (a > b) return 0;
  if (sub === "") return b - a + 1;
  const text = a === 0 && b === length ? s : sliceStr(s, a, b);
  let n = 0;
  for (let i = text.indexOf(sub); i >= 0; i = text.indexOf(sub, i + sub.length)) n++;
  return n;
}

export function startsWith(s: string, prefix: string, start: number, end: number): boolean {
  if (start === 0 && end === Infinity) return s.startsWith(prefix);
  const [a, b] = bounds(strLen(s), start, end);
  return a <= b && sliceStr(s, a, b).startsWith(prefix);
}

export function endsWith(s: string, suffix: string, start: number, end: number): boolean {
  if (start === 0 && end === Infinity) return s.endsWith(suffix);
  const [a, b] = bounds(strLen(s), start, end);
  return a <= b && sliceStr(s, a, b).endsWith(suffix);
}

/** str.replace; limit < 0: all. */
export function replace(s: string, old: string, by: string, limit: number): string {
  if (limit < 0 && old !== "") return old === by ? s : s.replaceAll(old, () => by);
  if (limit === 0) return s;
  let left = limit < 0 ? Infinity : limit;
  if (old === "") {
    let out = "";
    for (const c of chars(s)) {
      if (left-- > 0) out += by;
      out += c;
    }
    return left > 0 ? out + by : out;
  }
  let out = "";
  let at = 0;
  while (left-- > 0) {
    const i = s.indexOf(old, at);
    if (i < 0) break;
    out += s.slice(at, i) + by;
    at = i + old.length;
  }
  return out + s.slice(at);
}

/** split() on white space; limit < 0: no limit. */
export function splitSpace(s: string, limit: number): string[] {
  const out: string[] = [];
  const n = s.length;
  let i = 0;
  for (;;) {
    while (i < n && isSpaceCode(s.charCodeAt(i))) i++;
    if (i === n) return out;
    if (limit >= 0 && out.length === limit) {
      out.push(s.slice(i));
      return out;
    }
    const start = i;
    while (i < n && !isSpaceCode(s.charCodeAt(i))) i++;
    out.push(s.slice(start, i));
  }
}

export function rsplitSpace(s: string, limit: number): string[] {
  if (limit < 0) return splitSpace(s, -1);
  const out: string[] = [];
  let i = s.length;
  for (;;) {
    while (i > 0 && isSpaceCode(s.charCodeAt(i - 1))) i--;
    if (i === 0) break;
    if (out.length === limit) {
      out.push(s.slice(0, i));
      break;
    }
    const end = i;
    while (i > 0 && !isSpaceCode(s.charCodeAt(i - 1))) i--;
    out.push(s.slice(i, end));
  }
  return out.reverse();
}

export function splitOn(s: string, separator: string, limit: number): string[] {
  if (limit < 0) return s.split(separator);
  const out: string[] = [];
  let at = 0;
  while (out.length < limit) {
    const i = s.indexOf(separator, at);
    if (i < 0) break;
    out.push(s.slice(at, i));
    at = i + separator.length;
  }
  out.push(s.slice(at));
  return out;
}

export function rsplitOn(s: string, separator: string, limit: number): string[] {
  const out: string[] = [];
  let end = s.length;
  while (limit < 0 || out.length < limit) {
    const from = end - separator.length;
    const i = from < 0 ? -1 : s.lastIndexOf(separator, from);
    if (i < 0) break;
    out.push(s.slice(i + separator.length, end));
    end = i;
  }
  out.push(s.slice(0, end));
  return out.reverse();
}

const LINE_END = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g;

export function splitLines(s: string, keepEnds: boolean): string[] {
  const out: string[] = [];
  let at = 0;
  LINE_END.lastIndex = 0;
  for (let m = LINE_END.exec(s); m; m = LINE_END.exec(s)) {
    out.push(s.slice(at, keepEnds ? m.index + m[0].length : m.index));
    at = m.index + m[0].length;
  }
  if (at < s.length) out.push(s.slice(at));
  return out;
}

/** Strip white space (set undefined) or any of the characters of set; side: -1 left, 1 right, 0 both. */
export function strip(s: string, set: string | undefined, side: -1 | 0 | 1): string {
  let start = 0;
  let end = s.length;
  if (set === undefined) {
    if (side <= 0) while (start < end && isSpaceCode(s.charCodeAt(start))) start++;
    if (side >= 0) while (end > start && isSpaceCode(s.charCodeAt(end - 1))) end--;
    return start === 0 && end === s.length ? s : s.slice(start, end);
  }
  if (points(s) === null && points(set) === null) {
    if (side <= 0) while (start < end && set.includes(s[start]!)) start++;
    if (side >= 0) while (end > start && set.includes(s[end - 1]!)) end--;
    return s.slice(start, end);
  }
  const c = chars(s);
  const members = new Set(chars(set));
  end = c.length;
  if (side <= 0) while (start < end && members.has(c[start]!)) start++;
  if (side >= 0) while (end > start && members.has(c[end - 1]!)) end--;
  return c.slice(start, end).join("");
}

export function justify(s: string, width: number, fill: string, how: "<" | ">" | "^"): string {
  const missing = width - strLen(s);
  if (missing <= 0) return s;
  if (how === "<") return s + fill.repeat(missing);
  if (how === ">") return fill.repeat(missing) + s;
  // CPython puts the odd one left where width and gap are both odd.
  const left = (missing >> 1) + (missing & width & 1);
  return fill.repeat(left) + s + fill.repeat(missing - left);
}

export function zfill(s: string, width: number): string {
  const missing = width - strLen(s);
  if (missing <= 0) return s;
  const signed = s[0] === "+" || s[0] === "-";
  return signed ? s[0] + "0".repeat(missing) + s.slice(1) : "0".repeat(missing) + s;
}

export function expandTabs(s: string, size: number): string {
  if (!s.includes("\t")) return s;
  let out = "";
  let column = 0;
  for (const c of s) {
    if (c === "\t") {
      if (size > 0) {
        const n = size - (column % size);
        out += " ".repeat(n);
        column += n;
      }
    } else {
      out += c;
      column = c === "\n" || c === "\r" ? 0 : column + 1;
    }
  }
  return out;
}

export function capitalize(s: string): string {
  if (s === "") return s;
  if (isAscii(s)) return s[0]!.toUpperCase() + s.slice(1).toLowerCase();
  const c = chars(s);
  return titleChar(c[0]!) + lowerAfter(s).slice(c[0]!.toLowerCase().length);
}

const lowerAfter = (s: string): string => s.toLowerCase();

export function title(s: string): string {
  let out = "";
  let inWord = false;
  const c = chars(s);
  for (let i = 0; i < c.length; i++) {
    const one = c[i]!;
    const cased = isCasedChar(one);
    if (!inWord) out += titleChar(one);
    else if (one === "Σ") out += i + 1 < c.length && isCasedChar(c[i + 1]!) ? "σ" : "ς";
    else out += one.toLowerCase();
    inWord = cased;
  }
  return out;
}

export function swapcase(s: string): string {
  let out = "";
  const c = chars(s);
  for (let i = 0; i < c.length; i++) {
    const one = c[i]!;
    if (isUpperChar(one)) {
      if (one === "Σ")
        out += i > 0 && isCasedChar(c[i - 1]!) && !(i + 1 < c.length && isCasedChar(c[i + 1]!)) ? "ς" : "σ";
      else out += one.toLowerCase();
    } else out += isLowerChar(one) ? one.toUpperCase() : one;
  }
  return out;
}

function every(s: string, test: (c: string) => boolean): boolean {
  if (s === "") return false;
  for (const c of s) if (!test(c)) return false;
  return true;
}

export const isAlpha = (s: string): boolean => every(s, isAlphaChar);
export const isAlnum = (s: string): boolean => every(s, isAlnumChar);
export const isDecimal = (s: string): boolean => every(s, isDecimalChar);
export const isDigit = (s: string): boolean => every(s, isDigitChar);
export const isNumeric = (s: string): boolean => every(s, isNumericChar);
export const isSpace = (s: string): boolean => every(s, isSpaceChar);
export const isPrintable = (s: string): boolean => s === "" || every(s, isPrintableChar);

export function isUpper(s: string): boolean {
  let cased = false;
  for (const c of s) {
    if (isLowerChar(c) || isTitleChar(c)) return false;
    cased ||= isUpperChar(c);
  }
  return cased;
}

export function isLower(s: string): boolean {
  let cased = false;
  for (const c of s) {
    if (isUpperChar(c) || isTitleChar(c)) return false;
    cased ||= isLowerChar(c);
  }
  return cased;
}

export function isTitle(s: string): boolean {
  let cased = false;
  let previous = false;
  for (const c of s) {
    if (isUpperChar(c) || isTitleChar(c)) {
      if (previous) return false;
      previous = cased = true;
    } else if (isLowerChar(c)) {
      if (!previous) return false;
      cased = true;
    } else previous = false;
  }
  return cased;
}

/** [before, separator, after]; empty rest where it does not occur. */
export function partition(s: string, separator: string): [string, string, string] {
  const i = s.indexOf(separator);
  return i < 0 ? [s, "", ""] : [s.slice(0, i), separator, s.slice(i + separator.length)];
}

export function rpartition(s: string, separator: string): [string, string, string] {
  const i = s.lastIndexOf(separator);
  return i < 0 ? ["", "", s] : [s.slice(0, i), separator, s.slice(i + separator.length)];
}
