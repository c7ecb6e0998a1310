// Numeric literals: how far one reaches, what is wrong with it, and its value.
// The grammar is that of Python's reference, "Numeric literals".
import { FloatConstant, ImaginaryConstant } from "./ast.ts";

/** What is wrong with a literal. `at` is where the tokenizer stands: the error marks the character before it. */
export interface NumberFault {
  message: string;
  at: number;
  /** Marks a range from the literal's start instead, ending here. */
  rangeEnd?: number;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isHex = (code: number): boolean => isDigit(code) || ((code | 32) >= 97 && (code | 32) <= 102);
const isNamePart = (code: number): boolean =>
  isDigit(code) || ((code | 32) >= 97 && (code | 32) <= 122) || code === 95 || code >= 128;

const UNDERSCORE = 95;
/** Keywords that may follow a literal at once: `1if x else 2`. */
const MAY_FOLLOW = /i[fns]|(?:and|else|for|or|not)(?![\w\u0080-\uffff])/y;

/** @returns where the literal that starts at `start` ends, or what is wrong with it. */
export function scanNumber(source: string, start: number): number | NumberFault {
  const code = (at: number): number => (at < source.length ? source.charCodeAt(at) : -1);

  /** After digits: nothing that could continue a name may follow. */
  const finish = (at: number, kind: string): number | NumberFault => {
    if (!isNamePart(code(at))) return at;
    MAY_FOLLOW.lastIndex = at;
    return MAY_FOLLOW.test(source) ? at : { message: `invalid ${kind} literal`, at };
  };
  const digits = (at: number): number | NumberFault => {
    for (;;) {
      while (isDigit(code(at))) at++;
      if (code(at) !== UNDERSCORE) return at;
      at++;
      if (!isDigit(code(at))) return { message: "invalid decimal literal", at };
    }
  };
  const exponent = (at: number): number | NumberFault => {
    let next = at + 1;
    if (code(next) === 43 || code(next) === 45) {
      next++;
      if (!isDigit(code(next))) return { message: "invalid decimal literal", at: next };
    } else if (!isDigit(code(next))) {
      return finish(at, "decimal");
    }
    const end = digits(next);
    return typeof end === "number" ? imaginary(end) : end;
  };
  const imaginary = (at: number): number | NumberFault =>
    (code(at) | 32) === 106 ? finish(at + 1, "imaginary") : finish(at, "decimal");
  const fraction = (at: number): number | NumberFault => {
    if (isDigit(code(at))) {
      const end = digits(at);
      if (typeof end !== "number") return end;
      at = end;
    }
    return (code(at) | 32) === 101 ? exponent(at) : imaginary(at);
  };
  const radix = (name: string, base: number): number | NumberFault => {
    const fits = (c: number): boolean => (base === 16 ? isHex(c) : isDigit(c) && c < 48 + base);
    const wrongDigit = (at: number): NumberFault => ({
      message: `invalid digit '${source[at]}' in ${name} literal`,
      at: at + 1,
    });
    let at = start + 2;
    do {
      if (code(at) === UNDERSCORE) at++;
      if (!fits(code(at)))
        return isDigit(code(at)) ? wrongDigit(at) : { message: `invalid ${name} literal`, at };
      while (fits(code(at))) at++;
    } while (code(at) === UNDERSCORE);
    return isDigit(code(at)) ? wrongDigit(at) : finish(at, name);
  };

  const first = code(start);
  if (first === 46) return fraction(start + 1);
  let at = start;
  let nonzero = true;
  let zerosEnd = start;
  if (first === 48) {
    const letter = code(start + 1) | 32;
    if (letter === 120) return radix("hexadecimal", 16);
    if (letter === 111) return radix("octal", 8);
    if (letter === 98) return radix("binary", 2);
    at++;
    for (;;) {
      if (code(at) === UNDERSCORE) {
        at++;
        if (!isDigit(code(at))) return { message: "invalid decimal literal", at };
      }
      if (code(at) !== 48) break;
      at++;
    }
    // One further than the zeros, as CPython marks it.
    zerosEnd = at + 1;
    nonzero = isDigit(code(at));
  }
  if (nonzero) {
    const end = digits(at);
    if (typeof end !== "number") return end;
    at = end;
  }
  if (code(at) === 46) return fraction(at + 1);
  const letter = code(at) | 32;
  if (letter === 101) return exponent(at);
  if (letter === 106) return finish(at + 1, "imaginary");
  if (first === 48 && nonzero) {
    return {
      message:
        "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers",
      at,
      rangeEnd: zerosEnd,
    };
  }
  return finish(at, "decimal");
}

const MAX_DIGITS = 4300;

/** The digits of a decimal integer that has more of them than CPython converts; undefined for all other literals. */
export function tooManyDigits(literal: string): number | undefined {
  if (literal.length <= MAX_DIGITS) return undefined;
  const digits = literal.replaceAll("_", "");
  return digits.length > MAX_DIGITS && /^[1-9]\d*$/.test(digits) ? digits.length : undefined;
}

/** The value of a literal that `scanNumber` accepted. */
export function numberValue(literal: string): number | bigint | FloatConstant | ImaginaryConstant {
  const text = literal.includes("_") ? literal.replaceAll("_", "") : literal;
  const second = text.length > 1 ? text.charCodeAt(1) | 32 : 0;
  if (text.charCodeAt(0) === 48 && (second === 120 || second === 111 || second === 98)) {
    return normalInt(text);
  }
  const last = text.charCodeAt(text.length - 1) | 32;
  if (last === 106) return new ImaginaryConstant(Number(text.slice(0, -1)));
  if (/[.eE]/.test(text)) return new FloatConstant(Number(text));
  return normalInt(text);
}

function normalInt(text: string): number | bigint {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text);
}
