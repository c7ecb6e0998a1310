// What Python's str methods know about characters, from JavaScript's Unicode properties plus the few rules they lack.
//
// Strings are JavaScript strings; a lone surrogate is a character of its own, as in Python.
const PRINTABLE = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Zs}]$/u;
const DECIMAL = /^\p{Nd}$/u;
const DIGIT =
  /^[\p{Nd}²³¹፩-፱᧚⁰⁴-⁹₀-₉①-⑨⑴-⑼⒈-⒐⓪⓵-⓽⓿❶-❾➀-➈➊-➒\u{10a40}-\u{10a43}\u{10e60}-\u{10e68}\u{11052}-\u{1105a}\u{1f100}-\u{1f10a}]$/u;
const NUMERIC =
  /^[\p{N}\u3405\u3483\u382a\u3b4d\u4e00\u4e03\u4e07\u4e09\u4e5d\u4e8c\u4e94\u4e96\u4ebf\u4ec0\u4edf\u4ee8\u4f0d\u4f70\u5104\u5146\u5169\u516b\u516d\u5341\u5343-\u5345\u534c\u53c1-\u53c4\u56db\u58f1\u58f9\u5e7a\u5efe\u5eff\u5f0c-\u5f0e\u5f10\u62fe\u634c\u67d2\u6f06\u7396\u767e\u8086\u842c\u8cae\u8cb3\u8d30\u9621\u9646\u964c\u9678\u96f6\uf96b\uf973\uf978\uf9b2\uf9d1\uf9d3\uf9fd\u{20001}\u{20064}\u{200e2}\u{20121}\u{2092a}\u{20983}\u{2098c}\u{2099c}\u{20aea}\u{20afd}\u{20b19}\u{22390}\u{22998}\u{23b1b}\u{2626d}\u{2f890}]$/u;
const ALPHA = /^\p{L}$/u;
const UPPER = /^\p{Uppercase}$/u;
const LOWER = /^\p{Lowercase}$/u;
const TITLE = /^\p{Lt}$/u;
const CASED = /^[\p{Uppercase}\p{Lowercase}\p{Lt}]$/u;
const IDENTIFIER = /^[\p{XIDS}_][\p{XIDC}]*$/u;

const SPACE = /^[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/;

const ASCII = /^[\0-\x7f]*$/;

export const isAscii = (s: string): boolean => ASCII.test(s);
export const isDecimalChar = (c: string): boolean => DECIMAL.test(c);
export const isDigitChar = (c: string): boolean => DIGIT.test(c);
export const isNumericChar = (c: string): boolean => NUMERIC.test(c);
export const isAlphaChar = (c: string): boolean => ALPHA.test(c);
export const isAlnumChar = (c: string): boolean => ALPHA.test(c) || NUMERIC.test(c);
export const isUpperChar = (c: string): boolean => UPPER.test(c);
export const isLowerChar = (c: string): boolean => LOWER.test(c);
export const isTitleChar = (c: string): boolean => TITLE.test(c);
export const isCasedChar = (c: string): boolean => CASED.test(c);
export const isSpaceChar = (c: string): boolean => SPACE.test(c);
export const isIdentifier = (s: string): boolean => IDENTIFIER.test(s);

/** By code unit: whether Python's split() and strip() take it for white space. */
export function isSpaceCode(c: number): boolean {
  if (c < 0x80) return c === 32 || (c >= 9 && c <= 13) || (c >= 28 && c <= 31);
  return (
    c === 0x85 ||
    c === 0xa0 ||
    c === 0x1680 ||
    (c >= 0x2000 && c <= 0x200a) ||
    c === 0x2028 ||
    c === 0x2029 ||
    c === 0x202f ||
    c === 0x205f ||
    c === 0x3000
  );
}

/** Whether repr() shows the character (one code point, as a string) as it is. */
export function isPrintableChar(c: string): boolean {
  const code = c.charCodeAt(0);
  if (code < 0x7f) return code >= 0x20;
  return PRINTABLE.test(c);
}

/** The value of a decimal digit of any script, or -1. Every run of them starts at a zero and has a multiple of ten. */
export function decimalValue(codePoint: number): number {
  if (codePoint < 0x80) return codePoint >= 48 && codePoint <= 57 ? codePoint - 48 : -1;
  if (!DECIMAL.test(String.fromCodePoint(codePoint))) return -1;
  let start = codePoint;
  while (DECIMAL.test(String.fromCodePoint(start - 1))) start--;
  return (codePoint - start) % 10;
}

function isCherokee(c: number): boolean {
  return (c >= 0x13a0 && c <= 0x13f5) || (c >= 0x13f8 && c <= 0x13fd) || (c >= 0xab70 && c <= 0xabbf);
}

/** str.casefold(): lower case of the upper case, but for dotless i, Cherokee and capital sharp s. */
export function casefold(s: string): string {
  if (isAscii(s)) return s.toLowerCase();
  let out = "";
  for (const c of s) {
    const code = c.codePointAt(0)!;
    if (code === 0x131) out += c;
    else if (code === 0x1e9e) out += "ss";
    else if (isCherokee(code)) out += c.toUpperCase();
    else if (c.toUpperCase() === "Σ") out += "σ";
    else for (const u of c.toUpperCase()) out += u.toLowerCase();
  }
  return out;
}

/** The title case of one character. */
export function titleChar(c: string): string {
  const code = c.codePointAt(0)!;
  if (code < 0xdf) return c.toUpperCase();
  if (code >= 0x1c4 && code <= 0x1cc) return String.fromCodePoint(0x1c5 + 3 * Math.floor((code - 0x1c4) / 3));
  if (code >= 0x1f1 && code <= 0x1f3) return "\u01f2";
  if (code >= 0x10d0 && code <= 0x10ff) return c;
  if (code >= 0x1f80 && code <= 0x1faf) return String.fromCodePoint(code | 8);
  const upper = c.toUpperCase();
  if (code >= 0x1fb2 && code <= 0x1ffc) {
    switch (code & 0xf) {
      case 0x2:
      case 0x4:
        return upper.endsWith("Ι") ? upper[0]! + "\u0345" : upper;
      case 0x3:
        return upper.endsWith("Ι") ? String.fromCodePoint(code + 9) : upper;
      case 0x7:
        return upper.endsWith("Ι") ? String.fromCodePoint(code + 5) + "\u0342" : upper;
      case 0xc:
        return c;
    }
    return upper;
  }
  const ligature =
    code === 0xdf ||
    code === 0x587 ||
    (code >= 0xfb00 && code <= 0xfb06) ||
    (code >= 0xfb13 && code <= 0xfb17);
  return ligature ? upper[0]! + upper.slice(1).toLowerCase() : upper;
}
