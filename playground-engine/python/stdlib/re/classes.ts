// Membership of characters in sets, and case: as Python's re sees them.
import { isAlnumChar, isDecimalChar, isSpaceChar } from "../../builtins/unicode.ts";
import type { ClassName, SetItem } from "./nodes.ts";

const asciiWord = (c: number): boolean =>
  (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 95;

export function isWord(code: number, ascii: boolean): boolean {
  return code < 128 || ascii ? asciiWord(code) : isAlnumChar(String.fromCodePoint(code));
}

function isDigit(code: number, ascii: boolean): boolean {
  return code < 128 || ascii ? code >= 48 && code <= 57 : isDecimalChar(String.fromCodePoint(code));
}

function isSpace(code: number, ascii: boolean): boolean {
  if (ascii) return code === 32 || (code >= 9 && code <= 13);
  return isSpaceChar(String.fromCodePoint(code));
}

function inClass(code: number, name: ClassName, ascii: boolean): boolean {
  switch (name) {
    case "d":
      return isDigit(code, ascii);
    case "D":
      return !isDigit(code, ascii);
    case "w":
      return isWord(code, ascii);
    case "W":
      return !isWord(code, ascii);
    case "s":
      return isSpace(code, ascii);
    case "S":
      return !isSpace(code, ascii);
  }
}

/** The characters that one is the same as without regard to case, itself included. */
export function caseVariants(code: number, ascii: boolean): number[] {
  const c = String.fromCodePoint(code);
  const out = new Set([code]);
  for (const v of [c.toLowerCase(), c.toUpperCase(), c.toUpperCase().toLowerCase()]) {
    const n = v.codePointAt(0)!;
    if (String.fromCodePoint(n) === v && (!ascii || n < 128)) out.add(n);
  }
  // Characters that share a lower case with others: Kelvin sign, long s and their like.
  for (const [a, b] of EXTRA) if (!ascii && (out.has(a) || out.has(b))) out.add(a).add(b);
  return [...out];
}
const EXTRA: readonly (readonly [number, number])[] = [
  [0x69, 0x131],
  [0x73, 0x17f],
  [0xb5, 0x3bc],
  [0x345, 0x3b9],
  [0x390, 0x1fd3],
  [0x3b0, 0x1fe3],
  [0x3b2, 0x3d0],
  [0x3b5, 0x3f5],
  [0x3b8, 0x3d1],
  [0x3ba, 0x3f0],
  [0x3c0, 0x3d6],
  [0x3c1, 0x3f1],
  [0x3c2, 0x3c3],
  [0x3c6, 0x3d5],
  [0x1e61, 0x1e9b],
  [0xfb05, 0xfb06],
  [0x6b, 0x212a],
  [0xe5, 0x212b],
  [0x3c9, 0x2126],
];

function inSet(code: number, items: readonly SetItem[], ascii: boolean): boolean {
  for (const i of items) {
    if (
      i.kind === "char"
        ? i.code === code
        : i.kind === "range"
          ? code >= i.from && code <= i.to
          : inClass(code, i.name, ascii)
    )
      return true;
  }
  return false;
}

export function matchesSet(
  code: number,
  items: readonly SetItem[],
  negate: boolean,
  ignoreCase: boolean,
  ascii: boolean,
): boolean {
  const found = ignoreCase
    ? caseVariants(code, ascii).some((c) => inSet(c, items, ascii))
    : inSet(code, items, ascii);
  return found !== negate;
}
