// A string by code points. Python's lengths, indexes and slices count code points, JavaScript's count code units;
// they differ only where a string has surrogate pairs, which is remembered for the last string asked about.
const PAIR = /[\ud800-\udbff][\udc00-\udfff]/;

let lastText = "";
let lastPoints: string[] | null = null;

/** The characters where some take two code units, or null where code units are code points. */
export function points(s: string): string[] | null {
  if (s === lastText) return lastPoints;
  if (s.length < 2) return null;
  lastPoints = PAIR.test(s) ? Array.from(s) : null;
  lastText = s;
  return lastPoints;
}

/** All characters, one string each. */
export function chars(s: string): string[] {
  return points(s) ?? s.split("");
}

export function strLen(s: string): number {
  const p = points(s);
  return p === null ? s.length : p.length;
}

/** The character at a position already made non-negative, or undefined. */
export function charAt(s: string, i: number): string | undefined {
  const p = points(s);
  return p === null ? s[i] : p[i];
}

/** Characters from start up to stop (both within 0…length). */
export function sliceStr(s: string, start: number, stop: number): string {
  if (start >= stop) return "";
  const p = points(s);
  return p === null ? s.slice(start, stop) : p.slice(start, stop).join("");
}

/** The code unit at which a code point position stands. */
export function toUnits(s: string, position: number): number {
  const p = points(s);
  if (p === null) return position;
  let units = 0;
  for (let i = 0; i < position && i < p.length; i++) units += p[i]!.length;
  return units;
}

/** The code point position of a code unit. */
export function toPoints(s: string, unit: number): number {
  const p = points(s);
  if (p === null || unit < 0) return unit;
  let units = 0;
  let i = 0;
  while (units < unit && i < p.length) units += p[i++]!.length;
  return i;
}

/** Compare by code point order, as Python does (JavaScript's < compares code units). */
export function compareStr(a: string, b: string): number {
  if (a === b) return 0;
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) {
      const xs = x >= 0xd800 && x <= 0xdfff;
      const ys = y >= 0xd800 && y <= 0xdfff;
      if (xs !== ys) {
        const p = a.codePointAt(i)!;
        const q = b.codePointAt(i)!;
        return p < q ? -1 : 1;
      }
      return x < y ? -1 : 1;
    }
  }
  return a.length < b.length ? -1 : 1;
}
