// int(text, base) and ints as text.
import { limits } from "../runtime/limits.ts";
import { normInt } from "../runtime/object.ts";
import type { Int } from "./int-math.ts";
import { decimalValue, isSpaceCode } from "./unicode.ts";

/** Unicode white space stripped and digits of other scripts made ASCII, as int() and float() read text. */
export function numericText(s: string): string {
  let start = 0;
  let end = s.length;
  while (start < end && isSpaceCode(s.charCodeAt(start))) start++;
  while (end > start && isSpaceCode(s.charCodeAt(end - 1))) end--;
  const t = start === 0 && end === s.length ? s : s.slice(start, end);

  if (/^[\0-\x7f]*$/.test(t)) return t;
  let out = "";
  for (const c of t) {
    const d = c > "\x7f" ? decimalValue(c.codePointAt(0)!) : -1;
    out += d >= 0 ? String(d) : c;
  }
  return out;
}

const PREFIX: Readonly<Record<string, number>> = { b: 2, o: 8, x: 16 };

/** int(text, base) with base 0 or 2…36; undefined where the text is no int. */
export function parseInt_(text: string, base: number): Int | undefined {
  const s = numericText(text);
  let i = 0;
  const negative = s[0] === "-";
  if (negative || s[0] === "+") i = 1;
  let radix = base;
  let prefixed = false;
  const prefix = s[i] === "0" ? PREFIX[(s[i + 1] ?? "").toLowerCase()] : undefined;
  if (prefix !== undefined && (base === 0 || base === prefix)) {
    radix = prefix;
    i += 2;
    prefixed = true;
  } else if (base === 0) radix = 10;
  let digits = s.slice(i);
  if (digits.includes("_")) {
    if (prefixed && digits[0] === "_") digits = digits.slice(1);
    if (digits[0] === "_" || digits.endsWith("_") || digits.includes("__")) return undefined;
    digits = digits.replaceAll("_", "");
  }
  if (digits === "") return undefined;
  // int("010", 0) is an error as it is in source.
  if (base === 0 && !prefixed && digits.length > 1 && digits[0] === "0" && !/^0+$/.test(digits))
    return undefined;
  if (radix === 10) {
    if (!/^[0-9]+$/.test(digits)) return undefined;
    if (digits.length < 16) {
      const n = Number(digits);
      return negative && n !== 0 ? -n : n;
    }
    const n = BigInt(digits);
    return normInt(negative ? -n : n);
  }
  let value = 0n;
  let small = 0;
  const big = BigInt(radix);
  const fits = digits.length * Math.log2(radix) < 53;
  for (const c of digits) {
    const code = c.charCodeAt(0);
    const d =
      code >= 48 && code <= 57
        ? code - 48
        : code >= 97 && code <= 122
          ? code - 87
          : code >= 65 && code <= 90
            ? code - 55
            : 99;
    if (d >= radix || c.length > 1) return undefined;
    if (fits) small = small * radix + d;
    else value = value * big + BigInt(d);
  }
  if (fits) return negative && small !== 0 ? -small : small;
  return normInt(negative ? -value : value);
}

/** bin(), oct(), hex() */
export function withPrefix(a: Int, base: 2 | 8 | 16): string {
  const prefix = base === 2 ? "0b" : base === 8 ? "0o" : "0x";
  const s = a.toString(base);
  return s[0] === "-" ? "-" + prefix + s.slice(1) : prefix + s;
}

/** Whether an int of so many decimal digits is refused as text, written or read: sys.set_int_max_str_digits. */
export const tooManyDigits = (digits: number): boolean => limits.intDigits > 0 && digits > limits.intDigits;
