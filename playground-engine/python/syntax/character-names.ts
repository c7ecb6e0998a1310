// Characters by their Unicode names, for "\N{…}". The names of scripts' letters follow from their order; of the rest
// only those that programs write are here: the whole list would outweigh the engine.

const LISTED: Record<string, number> = {
  "NULL": 0, "SPACE": 0x20, "EXCLAMATION MARK": 0x21, "QUOTATION MARK": 0x22, "NUMBER SIGN": 0x23, "DOLLAR SIGN": 0x24,
  "PERCENT SIGN": 0x25, "AMPERSAND": 0x26, "APOSTROPHE": 0x27, "LEFT PARENTHESIS": 0x28, "RIGHT PARENTHESIS": 0x29,
  "ASTERISK": 0x2a, "PLUS SIGN": 0x2b, "COMMA": 0x2c, "HYPHEN-MINUS": 0x2d, "FULL STOP": 0x2e, "SOLIDUS": 0x2f,
  "COLON": 0x3a, "SEMICOLON": 0x3b, "LESS-THAN SIGN": 0x3c, "EQUALS SIGN": 0x3d, "GREATER-THAN SIGN": 0x3e,
  "QUESTION MARK": 0x3f, "COMMERCIAL AT": 0x40, "LEFT SQUARE BRACKET": 0x5b, "REVERSE SOLIDUS": 0x5c,
  "RIGHT SQUARE BRACKET": 0x5d, "CIRCUMFLEX ACCENT": 0x5e, "LOW LINE": 0x5f, "GRAVE ACCENT": 0x60,
  "LEFT CURLY BRACKET": 0x7b, "VERTICAL LINE": 0x7c, "RIGHT CURLY BRACKET": 0x7d, "TILDE": 0x7e,
  "NO-BREAK SPACE": 0xa0, "INVERTED EXCLAMATION MARK": 0xa1, "CENT SIGN": 0xa2, "POUND SIGN": 0xa3,
  "CURRENCY SIGN": 0xa4, "YEN SIGN": 0xa5, "SECTION SIGN": 0xa7, "COPYRIGHT SIGN": 0xa9,
  "LEFT-POINTING DOUBLE ANGLE QUOTATION MARK": 0xab, "NOT SIGN": 0xac, "SOFT HYPHEN": 0xad, "REGISTERED SIGN": 0xae,
  "DEGREE SIGN": 0xb0, "PLUS-MINUS SIGN": 0xb1, "SUPERSCRIPT TWO": 0xb2, "SUPERSCRIPT THREE": 0xb3, "MICRO SIGN": 0xb5,
  "PILCROW SIGN": 0xb6, "MIDDLE DOT": 0xb7, "SUPERSCRIPT ONE": 0xb9, "RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK": 0xbb,
  "VULGAR FRACTION ONE QUARTER": 0xbc, "VULGAR FRACTION ONE HALF": 0xbd, "VULGAR FRACTION THREE QUARTERS": 0xbe,
  "INVERTED QUESTION MARK": 0xbf, "LATIN CAPITAL LETTER AE": 0xc6, "LATIN CAPITAL LETTER ETH": 0xd0,
  "MULTIPLICATION SIGN": 0xd7, "LATIN CAPITAL LETTER O WITH STROKE": 0xd8, "LATIN CAPITAL LETTER THORN": 0xde,
  "LATIN SMALL LETTER SHARP S": 0xdf, "LATIN SMALL LETTER AE": 0xe6, "LATIN SMALL LETTER ETH": 0xf0,
  "DIVISION SIGN": 0xf7, "LATIN SMALL LETTER O WITH STROKE": 0xf8, "LATIN SMALL LETTER THORN": 0xfe,
  "LATIN CAPITAL LIGATURE OE": 0x152, "LATIN SMALL LIGATURE OE": 0x153, "LATIN SMALL LETTER DOTLESS I": 0x131,
  "LATIN CAPITAL LETTER L WITH STROKE": 0x141, "LATIN SMALL LETTER L WITH STROKE": 0x142,
  "GREEK SMALL LETTER FINAL SIGMA": 0x3c2, "EN QUAD": 0x2000, "EM SPACE": 0x2003, "EN SPACE": 0x2002,
  "THIN SPACE": 0x2009, "HAIR SPACE": 0x200a, "ZERO WIDTH SPACE": 0x200b, "ZERO WIDTH NON-JOINER": 0x200c,
  "ZERO WIDTH JOINER": 0x200d, "LEFT-TO-RIGHT MARK": 0x200e, "RIGHT-TO-LEFT MARK": 0x200f, "HYPHEN": 0x2010,
  "NON-BREAKING HYPHEN": 0x2011, "FIGURE DASH": 0x2012, "EN DASH": 0x2013, "EM DASH": 0x2014,
  "LEFT SINGLE QUOTATION MARK": 0x2018, "RIGHT SINGLE QUOTATION MARK": 0x2019, "LEFT DOUBLE QUOTATION MARK": 0x201c,
  "RIGHT DOUBLE QUOTATION MARK": 0x201d, "DOUBLE LOW-9 QUOTATION MARK": 0x201e, "DAGGER": 0x2020,
  "DOUBLE DAGGER": 0x2021, "BULLET": 0x2022, "HORIZONTAL ELLIPSIS": 0x2026, "LINE SEPARATOR": 0x2028,
  "PARAGRAPH SEPARATOR": 0x2029, "NARROW NO-BREAK SPACE": 0x202f, "PER MILLE SIGN": 0x2030, "PRIME": 0x2032,
  "EURO SIGN": 0x20ac, "DOUBLE-STRUCK CAPITAL R": 0x211d, "TRADE MARK SIGN": 0x2122, "OHM SIGN": 0x2126,
  "KELVIN SIGN": 0x212a, "ANGSTROM SIGN": 0x212b, "LEFTWARDS ARROW": 0x2190, "UPWARDS ARROW": 0x2191,
  "RIGHTWARDS ARROW": 0x2192, "DOWNWARDS ARROW": 0x2193, "LEFT RIGHT ARROW": 0x2194,
  "RIGHTWARDS DOUBLE ARROW": 0x21d2, "LEFT RIGHT DOUBLE ARROW": 0x21d4, "FOR ALL": 0x2200, "PARTIAL DIFFERENTIAL": 0x2202,
  "THERE EXISTS": 0x2203, "EMPTY SET": 0x2205, "ELEMENT OF": 0x2208, "N-ARY SUMMATION": 0x2211, "MINUS SIGN": 0x2212,
  "SQUARE ROOT": 0x221a, "INFINITY": 0x221e, "LOGICAL AND": 0x2227, "LOGICAL OR": 0x2228, "INTEGRAL": 0x222b,
  "ALMOST EQUAL TO": 0x2248, "NOT EQUAL TO": 0x2260, "IDENTICAL TO": 0x2261, "LESS-THAN OR EQUAL TO": 0x2264,
  "GREATER-THAN OR EQUAL TO": 0x2265, "BLACK SQUARE": 0x25a0, "WHITE SQUARE": 0x25a1, "BLACK CIRCLE": 0x25cf,
  "WHITE CIRCLE": 0x25cb, "FULL BLOCK": 0x2588, "LIGHT SHADE": 0x2591, "BLACK STAR": 0x2605, "WHITE STAR": 0x2606,
  "SNOWMAN": 0x2603, "BLACK SPADE SUIT": 0x2660, "BLACK CLUB SUIT": 0x2663, "BLACK HEART SUIT": 0x2665,
  "BLACK DIAMOND SUIT": 0x2666, "CHECK MARK": 0x2713, "HEAVY CHECK MARK": 0x2714, "BALLOT X": 0x2717,
  "HEAVY BLACK HEART": 0x2764, "WHITE HEAVY CHECK MARK": 0x2705, "CROSS MARK": 0x274c, "ZERO WIDTH NO-BREAK SPACE": 0xfeff,
  "BYTE ORDER MARK": 0xfeff, "REPLACEMENT CHARACTER": 0xfffd, "SNAKE": 0x1f40d, "GRINNING FACE": 0x1f600,
  "PILE OF POO": 0x1f4a9, "ROCKET": 0x1f680, "PARTY POPPER": 0x1f389, "SMILING FACE WITH SUNGLASSES": 0x1f60e,
  "COMBINING GRAVE ACCENT": 0x300, "COMBINING ACUTE ACCENT": 0x301, "COMBINING CIRCUMFLEX ACCENT": 0x302,
  "COMBINING TILDE": 0x303, "COMBINING MACRON": 0x304, "COMBINING DIAERESIS": 0x308, "COMBINING RING ABOVE": 0x30a,
  "COMBINING CARON": 0x30c, "COMBINING CEDILLA": 0x327,
}; // prettier-ignore

const DIGITS = ["ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE"];
const GREEK = [
  "ALPHA", "BETA", "GAMMA", "DELTA", "EPSILON", "ZETA", "ETA", "THETA", "IOTA", "KAPPA", "LAMDA", "MU", "NU", "XI",
  "OMICRON", "PI", "RHO", "", "SIGMA", "TAU", "UPSILON", "PHI", "CHI", "PSI", "OMEGA",
]; // prettier-ignore
const CYRILLIC = [
  "A", "BE", "VE", "GHE", "DE", "IE", "ZHE", "ZE", "I", "SHORT I", "KA", "EL", "EM", "EN", "O", "PE", "ER", "ES", "TE",
  "U", "EF", "HA", "TSE", "CHE", "SHA", "SHCHA", "HARD SIGN", "YERU", "SOFT SIGN", "E", "YU", "YA",
]; // prettier-ignore
/** How a Latin letter's mark is spelled, and the combining character that makes it. */
const MARKS: Record<string, string> = {
  "GRAVE": "\u0300", "ACUTE": "\u0301", "CIRCUMFLEX": "\u0302", "TILDE": "\u0303", "MACRON": "\u0304", "BREVE": "\u0306",
  "DOT ABOVE": "\u0307", "DIAERESIS": "\u0308", "RING ABOVE": "\u030a", "DOUBLE ACUTE": "\u030b", "CARON": "\u030c",
  "CEDILLA": "\u0327", "OGONEK": "\u0328", "HORN": "\u031b", "DOT BELOW": "\u0323", "HOOK ABOVE": "\u0309",
  "LINE BELOW": "\u0331", "COMMA BELOW": "\u0326", "RING BELOW": "\u0325",
}; // prettier-ignore

/** The character of that name (case does not count), or undefined if it is not known here. */
export function characterByName(name: string): string | undefined {
  const wanted = name.toUpperCase();
  const listed = Object.hasOwn(LISTED, wanted) ? LISTED[wanted] : undefined;
  if (listed !== undefined) return String.fromCodePoint(listed);
  const digit = wanted.startsWith("DIGIT ") ? DIGITS.indexOf(wanted.slice(6)) : -1;
  if (digit >= 0) return String(digit);
  const ideograph = /^CJK UNIFIED IDEOGRAPH-([0-9A-F]{4,5})$/.exec(wanted);
  if (ideograph !== null) return String.fromCodePoint(Number.parseInt(ideograph[1] as string, 16));
  const letter = /^(LATIN|GREEK|CYRILLIC) (CAPITAL|SMALL) LETTER (.+)$/.exec(wanted);
  if (letter === null) return undefined;
  const capital = letter[2] === "CAPITAL";
  const rest = letter[3] as string;
  if (letter[1] === "LATIN") return latin(rest, capital);
  const order = letter[1] === "GREEK" ? GREEK : CYRILLIC;
  const index = order.indexOf(rest);
  if (index < 0) return undefined;
  if (letter[1] === "GREEK") return String.fromCodePoint((capital ? 0x391 : 0x3b1) + index);
  return String.fromCodePoint((capital ? 0x410 : 0x430) + index);
}

function latin(rest: string, capital: boolean): string | undefined {
  const parts = /^([A-Z])(?: WITH (.+))?$/.exec(rest);
  if (parts === null) return undefined;
  const base = capital ? (parts[1] as string) : (parts[1] as string).toLowerCase();
  if (parts[2] === undefined) return base;
  // Two marks are spelled "CIRCUMFLEX AND ACUTE".
  const marks = parts[2].split(" AND ").map((mark) => (Object.hasOwn(MARKS, mark) ? MARKS[mark] : undefined));
  if (marks.includes(undefined)) return undefined;
  const composed = (base + marks.join("")).normalize("NFC");
  return composed.length === 1 ? composed : undefined;
}
