// Text to bytes and back: Python's usual encodings and error handlers.
//
// Pure but for one hook: handlers beyond the built-in ones are looked up by `customHandlers` (codecs.register_error).
// Failures are CodecError; the caller makes UnicodeEncodeError or UnicodeDecodeError of it.

export class CodecError {
  readonly kind: "encode" | "decode";
  readonly encoding: string;
  readonly start: number;
  readonly end: number;
  readonly reason: string;
  constructor(kind: "encode" | "decode", encoding: string, start: number, end: number, reason: string) {
    this.kind = kind;
    this.encoding = encoding;
    this.start = start;
    this.end = end;
    this.reason = reason;
  }
}

/** "unknown encoding: x" or "unknown error handler name 'x'": a LookupError. */
export class CodecLookupError {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

type Replacement = readonly [replacement: string | Uint8Array, next: number];
/** A handler registered by the program: gets the failure and the object, gives the replacement and where to go on. */
export type CustomHandler = (e: CodecError, object: string | Uint8Array) => Replacement;
export const customHandlers = new Map<string, CustomHandler>();

type Encoder = (s: string, errors: string) => Uint8Array;
type Decoder = (b: Uint8Array, errors: string) => string;
export interface Codec {
  /** The name that messages and `codecs.lookup` show. */
  readonly name: string;
  readonly encode: Encoder;
  readonly decode: Decoder;
}

/** A growing array of bytes. */
class Bytes {
  private data = new Uint8Array(64);
  length = 0;
  push(b: number): void {
    if (this.length === this.data.length) this.grow(1);
    this.data[this.length++] = b;
  }
  append(more: Uint8Array): void {
    if (this.length + more.length > this.data.length) this.grow(more.length);
    this.data.set(more, this.length);
    this.length += more.length;
  }
  private grow(by: number): void {
    const bigger = new Uint8Array(Math.max(this.data.length * 2, this.length + by));
    bigger.set(this.data);
    this.data = bigger;
  }
  done(): Uint8Array {
    return this.data.slice(0, this.length);
  }
}

const hex = (n: number, width: number): string => n.toString(16).padStart(width, "0");

/** What the handler `errors` puts for characters start…end of c (an array of characters). */
function encodeFailure(e: CodecError, s: string, c: readonly string[], errors: string): Replacement {
  switch (errors) {
    case "strict":
      throw e;
    case "ignore":
      return ["", e.end];
    case "replace":
      return ["?".repeat(e.end - e.start), e.end];
    case "backslashreplace":
    case "xmlcharrefreplace": {
      let out = "";
      for (let i = e.start; i < e.end; i++) {
        const code = c[i]!.codePointAt(0)!;
        if (errors === "xmlcharrefreplace") out += `&#${code};`;
        else
          out +=
            code < 0x100
              ? "\\x" + hex(code, 2)
              : code < 0x10000
                ? "\\u" + hex(code, 4)
                : "\\U" + hex(code, 8);
      }
      return [out, e.end];
    }
    case "surrogateescape": {
      const out = new Uint8Array(e.end - e.start);
      for (let i = e.start; i < e.end; i++) {
        const code = c[i]!.codePointAt(0)!;
        if (code < 0xdc80 || code > 0xdcff) throw e;
        out[i - e.start] = code - 0xdc00;
      }
      return [out, e.end];
    }
    default: {
      const custom = customHandlers.get(errors);
      if (custom) return custom(e, s);
      throw new CodecLookupError(`unknown error handler name '${errors}'`);
    }
  }
}

function decodeFailure(e: CodecError, b: Uint8Array, errors: string): Replacement {
  switch (errors) {
    case "strict":
      throw e;
    case "ignore":
      return ["", e.end];
    case "replace":
      return ["\ufffd", e.end];
    case "backslashreplace": {
      let out = "";
      for (let i = e.start; i < e.end; i++) out += "\\x" + hex(b[i]!, 2);
      return [out, e.end];
    }
    case "surrogateescape": {
      let out = "";
      let i = e.start;
      for (; i < e.end && b[i]! >= 0x80; i++) out += String.fromCharCode(0xdc00 + b[i]!);
      if (i === e.start) throw e;
      return [out, i];
    }
    default: {
      const custom = customHandlers.get(errors);
      if (custom) return custom(e, b);
      throw new CodecLookupError(`unknown error handler name '${errors}'`);
    }
  }
}

/** An encoder of characters one by one; `put` writes one or answers false; runs of failures are reported together. */
function encodeEach(
  name: string,
  reason: string,
  s: string,
  errors: string,
  put: (code: number, out: Bytes) => boolean,
  runs = true,
  passSurrogates?: (code: number, out: Bytes) => void,
): Uint8Array {
  const c = Array.from(s);
  const out = new Bytes();
  let i = 0;
  while (i < c.length) {
    const code = c[i]!.codePointAt(0)!;
    if (put(code, out)) {
      i++;
      continue;
    }
    if (errors === "surrogatepass" && passSurrogates) {
      passSurrogates(code, out);
      i++;
      continue;
    }
    let end = i + 1;
    if (runs) while (end < c.length && !put(c[end]!.codePointAt(0)!, new Bytes())) end++;
    const [replacement, next] = encodeFailure(
      new CodecError("encode", name, i, end, reason),
      s,
      c,
      errors === "surrogatepass" ? "strict" : errors,
    );
    if (typeof replacement === "string") {
      for (const r of replacement)
        if (!put(r.codePointAt(0)!, out)) throw new CodecError("encode", name, i, end, reason);
    } else out.append(replacement);
    i = next;
  }
  return out.done();
}

const utf8Encoder = new TextEncoder();
const utf8Decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function putUtf8(code: number, out: Bytes): boolean {
  if (code < 0x80) out.push(code);
  else if (code < 0x800) {
    out.push(0xc0 | (code >> 6));
    out.push(0x80 | (code & 63));
  } else if (code < 0x10000) {
    if (code >= 0xd800 && code <= 0xdfff) return false;
    rawUtf8(code, out);
  } else {
    out.push(0xf0 | (code >> 18));
    out.push(0x80 | ((code >> 12) & 63));
    out.push(0x80 | ((code >> 6) & 63));
    out.push(0x80 | (code & 63));
  }
  return true;
}

function rawUtf8(code: number, out: Bytes): void {
  out.push(0xe0 | (code >> 12));
  out.push(0x80 | ((code >> 6) & 63));
  out.push(0x80 | (code & 63));
}

function encodeUtf8(s: string, errors = "strict"): Uint8Array {
  if (s.isWellFormed()) return utf8Encoder.encode(s);
  return encodeEach("utf-8", "surrogates not allowed", s, errors, putUtf8, true, rawUtf8);
}

function decodeUtf8(b: Uint8Array, errors = "strict"): string {
  try {
    return utf8Decoder.decode(b);
  } catch {
    return slowUtf8(b, errors);
  }
}

function slowUtf8(b: Uint8Array, errors: string): string {
  let out = "";
  let i = 0;
  const continues = (k: number): boolean => k < b.length && (b[k]! & 0xc0) === 0x80;
  while (i < b.length) {
    const c = b[i]!;
    if (c < 0x80) {
      out += String.fromCharCode(c);
      i++;
      continue;
    }
    let reason = "";
    let end = i + 1;
    const need = c >= 0xc2 && c <= 0xdf ? 1 : c >= 0xe0 && c <= 0xef ? 2 : c >= 0xf0 && c <= 0xf4 ? 3 : 0;
    if (need === 0) reason = "invalid start byte";
    else {
      const second = b[i + 1];
      const low = c === 0xe0 ? 0xa0 : c === 0xf0 ? 0x90 : 0x80;
      const high = c === 0xed ? 0x9f : c === 0xf4 ? 0x8f : 0xbf;
      if (second === undefined) reason = "unexpected end of data";
      else if (second < low || second > high) reason = "invalid continuation byte";
      else {
        end = i + 2;
        for (let k = 2; k <= need && reason === ""; k++) {
          if (i + k >= b.length) reason = "unexpected end of data";
          else if (!continues(i + k)) reason = "invalid continuation byte";
          else end = i + k + 1;
        }
      }
    }
    if (reason === "") {
      let code = need === 1 ? c & 31 : need === 2 ? c & 15 : c & 7;
      for (let k = 1; k <= need; k++) code = (code << 6) | (b[i + k]! & 63);
      out += String.fromCodePoint(code);
      i = end;
      continue;
    }
    if (errors === "surrogatepass" && c === 0xed && continues(i + 1) && continues(i + 2)) {
      out += String.fromCharCode(((c & 15) << 12) | ((b[i + 1]! & 63) << 6) | (b[i + 2]! & 63));
      i += 3;
      continue;
    }
    const [replacement, next] = decodeFailure(
      new CodecError("decode", "utf-8", i, end, reason),
      b,
      errors === "surrogatepass" ? "strict" : errors,
    );
    out += replacement as string;
    i = next;
  }
  return out;
}

/** A one-byte encoding by the characters of its 256 bytes ("\ufffe" where there is none). */
function charmap(name: string, table: string): Codec {
  const codes = new Map<number, number>();
  for (let i = 0; i < 256; i++) if (table[i] !== "\ufffe") codes.set(table.charCodeAt(i), i);
  return {
    name,
    encode: (s, errors) =>
      encodeEach("charmap", "character maps to <undefined>", s, errors, (code, out) => {
        const b = codes.get(code);
        if (b === undefined) return false;
        out.push(b);
        return true;
      }),
    decode: (b, errors) =>
      decodeEach("charmap", "character maps to <undefined>", b, errors, (x) =>
        table[x] === "\ufffe" ? undefined : table[x],
      ),
  };
}

function decodeEach(
  name: string,
  reason: string,
  b: Uint8Array,
  errors: string,
  get: (byte: number) => string | undefined,
): string {
  let out = "";
  let i = 0;
  while (i < b.length) {
    const c = get(b[i]!);
    if (c !== undefined) {
      out += c;
      i++;
      continue;
    }
    const [replacement, next] = decodeFailure(new CodecError("decode", name, i, i + 1, reason), b, errors);
    out += replacement as string;
    i = next;
  }
  return out;
}

const limited = (name: string, limit: number, reason: string): Codec => ({
  name,
  encode: (s, errors) =>
    encodeEach(name === "iso8859-1" ? "latin-1" : name, reason, s, errors, (code, out) => {
      if (code >= limit) return false;
      out.push(code);
      return true;
    }),
  decode: (b, errors) =>
    decodeEach(name, reason, b, errors, (x) => (x < limit ? String.fromCharCode(x) : undefined)),
});

/** UTF-16 and UTF-32; `mark`: write and read a byte order mark. */
function wide(name: string, unit: 2 | 4, little: boolean, mark: boolean): Codec {
  const shown = name;
  const putUnit = (n: number, out: Bytes): void => {
    for (let k = 0; k < unit; k++) out.push((n >>> (8 * (little ? k : unit - 1 - k))) & 255);
  };
  const put = (code: number, out: Bytes): boolean => {
    if (code >= 0xd800 && code <= 0xdfff) return false;
    if (unit === 2 && code > 0xffff) {
      putUnit(0xd800 + ((code - 0x10000) >> 10), out);
      putUnit(0xdc00 + ((code - 0x10000) & 0x3ff), out);
    } else putUnit(code, out);
    return true;
  };
  return {
    name,
    encode: (s, errors) => {
      const body = encodeEach(shown, "surrogates not allowed", s, errors, put, true, putUnit);
      if (!mark) return body;
      const out = new Bytes();
      putUnit(0xfeff, out);
      out.append(body);
      return out.done();
    },
    decode: (b, errors) => {
      let order = little;
      let i = 0;
      const read = (k: number): number => {
        let n = 0;
        for (let j = 0; j < unit; j++) n = n * 256 + b[k + (order ? unit - 1 - j : j)]!;
        return n;
      };
      if (mark && b.length >= unit) {
        order = true;
        if (read(0) === 0xfeff) i = unit;
        else {
          order = false;
          if (read(0) === 0xfeff) i = unit;
          else order = true;
        }
      }
      let out = "";
      const fail = (end: number, reason: string): void => {
        const [replacement, next] = decodeFailure(
          new CodecError("decode", shown, i, Math.min(end, b.length), reason),
          b,
          errors,
        );
        out += replacement as string;
        i = next;
      };
      while (i < b.length) {
        if (i + unit > b.length) {
          fail(b.length, "truncated data");
          continue;
        }
        const n = read(i);
        if (unit === 4) {
          if (n > 0x10ffff) fail(i + 4, "code point not in range(0x110000)");
          else if (n >= 0xd800 && n <= 0xdfff && errors !== "surrogatepass")
            fail(i + 4, "code point in surrogate code point range(0xd800, 0xe000)");
          else {
            out += String.fromCodePoint(n);
            i += 4;
          }
        } else if (n >= 0xd800 && n <= 0xdbff) {
          if (i + 4 > b.length) fail(b.length, "unexpected end of data");
          else {
            const second = read(i + 2);
            if (second >= 0xdc00 && second <= 0xdfff) {
              out += String.fromCharCode(n, second);
              i += 4;
            } else fail(i + 2, "illegal UTF-16 surrogate");
          }
        } else if (n >= 0xdc00 && n <= 0xdfff) fail(i + 2, "illegal encoding");
        else {
          out += String.fromCharCode(n);
          i += 2;
        }
      }
      return out;
    },
  };
}

const SIMPLE: Readonly<Record<string, number>> = {
  "\\": 92,
  "'": 39,
  '"': 34,
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
};

/** unicode_escape: as in a string literal without the quotes. */
const unicodeEscape: Codec = {
  name: "unicode-escape",
  encode: (s) => {
    const out = new Bytes();
    for (const c of s) {
      const code = c.codePointAt(0)!;
      const named = c === "\n" ? "\\n" : c === "\r" ? "\\r" : c === "\t" ? "\\t" : c === "\\" ? "\\\\" : "";
      const text =
        named ||
        (code >= 32 && code < 127
          ? c
          : code < 0x100
            ? "\\x" + hex(code, 2)
            : code < 0x10000
              ? "\\u" + hex(code, 4)
              : "\\U" + hex(code, 8));
      out.append(utf8Encoder.encode(text));
    }
    return out.done();
  },
  decode: (b, errors) => {
    let out = "";
    let i = 0;
    while (i < b.length) {
      const c = b[i]!;
      if (c !== 92) {
        out += String.fromCharCode(c);
        i++;
        continue;
      }
      const next = b[i + 1];
      const letter = next === undefined ? "" : String.fromCharCode(next);
      const width = letter === "x" ? 2 : letter === "u" ? 4 : letter === "U" ? 8 : 0;
      if (next === undefined || width > 0) {
        let digits = "";
        while (
          digits.length < width &&
          /[0-9a-fA-F]/.test(String.fromCharCode(b[i + 2 + digits.length] ?? 0))
        )
          digits += String.fromCharCode(b[i + 2 + digits.length]!);
        if (next === undefined || digits.length < width) {
          const reason =
            next === undefined ? "\\ at end of string" : `truncated \\${letter}${"X".repeat(width)} escape`;
          const [replacement, at] = decodeFailure(
            new CodecError(
              "decode",
              "unicodeescape",
              i,
              i + (next === undefined ? 1 : 2 + digits.length),
              reason,
            ),
            b,
            errors,
          );
          out += replacement as string;
          i = at;
          continue;
        }
        out += String.fromCodePoint(parseInt(digits, 16));
        i += 2 + width;
      } else if (letter === "\n") i += 2;
      else if (SIMPLE[letter] !== undefined) {
        out += String.fromCharCode(SIMPLE[letter]);
        i += 2;
      } else if (letter >= "0" && letter <= "7") {
        let digits = "";
        while (digits.length < 3 && b[i + 1 + digits.length]! >= 48 && b[i + 1 + digits.length]! <= 55)
          digits += String.fromCharCode(b[i + 1 + digits.length]!);
        out += String.fromCharCode(parseInt(digits, 8));
        i += 1 + digits.length;
      } else {
        out += "\\" + letter;
        i += 2;
      }
    }
    return out;
  },
};

/** raw_unicode_escape: Latin-1 with \uXXXX and \UXXXXXXXX, and no other escapes. */
const rawUnicodeEscape: Codec = {
  name: "raw-unicode-escape",
  encode: (s) => {
    const out = new Bytes();
    for (const c of s) {
      const code = c.codePointAt(0)!;
      if (code < 0x100) out.append(Uint8Array.of(code));
      else out.append(utf8Encoder.encode(code < 0x10000 ? "\\u" + hex(code, 4) : "\\U" + hex(code, 8)));
    }
    return out.done();
  },
  decode: (b, errors) => {
    const text = String.fromCharCode(...b);
    let out = "";
    for (let i = 0; i < text.length;) {
      const [run] = /^(?:[^\\]+|\\(?![uU])(?:\\(?![uU]))?)/.exec(text.slice(i)) ?? [""];
      out += run;
      i += run.length;
      if (run) continue;
      const width = text[i + 1] === "u" ? 4 : 8;
      const [digits] = new RegExp(`^[0-9a-fA-F]{0,${width}}`).exec(text.slice(i + 2))!;
      if (digits.length === width && parseInt(digits, 16) <= 0x10ffff) {
        out += String.fromCodePoint(parseInt(digits, 16));
        i += 2 + width;
        continue;
      }
      const reason =
        digits.length === width
          ? "\\Uxxxxxxxx out of range"
          : `truncated \\${text[i + 1]}${"X".repeat(width)} escape`;
      const failure = new CodecError("decode", "rawunicodeescape", i, i + 2 + digits.length, reason);
      const [replacement, at] = decodeFailure(failure, b, errors);
      out += replacement as string;
      i = at;
    }
    return out;
  },
};

const latin = Array.from({ length: 256 }, (_, i) => String.fromCharCode(i)).join("");
const upperHalf = (name: string, high: string): Codec => charmap(name, latin.slice(0, 128) + high);

const makers = new Map<string, () => Codec>([
  ["utf-8", () => ({ name: "utf-8", encode: encodeUtf8, decode: decodeUtf8 })],
  [
    "utf-8-sig",
    () => ({
      name: "utf-8-sig",
      encode: (s, errors) => Uint8Array.from([0xef, 0xbb, 0xbf, ...encodeUtf8(s, errors)]),
      decode: (b, errors) =>
        decodeUtf8(b[0] === 0xef && b[1] === 0xbb && b[2] === 0xbf ? b.subarray(3) : b, errors),
    }),
  ],
  ["ascii", () => limited("ascii", 128, "ordinal not in range(128)")],
  ["latin-1", () => limited("iso8859-1", 256, "ordinal not in range(256)")],
  ["utf-16", () => wide("utf-16", 2, true, true)],
  ["utf-16-le", () => wide("utf-16-le", 2, true, false)],
  ["utf-16-be", () => wide("utf-16-be", 2, false, false)],
  ["utf-32", () => wide("utf-32", 4, true, true)],
  ["utf-32-le", () => wide("utf-32-le", 4, true, false)],
  ["utf-32-be", () => wide("utf-32-be", 4, false, false)],
  [
    "cp1252",
    () => upperHalf("cp1252", "€\ufffe‚ƒ„…†‡ˆ‰Š‹Œ\ufffeŽ\ufffe\ufffe‘’“”•–—˜™š›œ\ufffežŸ" + latin.slice(160)),
  ],
  [
    "cp437",
    () =>
      upperHalf(
        "cp437",
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\xa0",
      ),
  ],
  [
    "iso8859-15",
    () =>
      charmap(
        "iso8859-15",
        latin
          .replace("¤", "€")
          .replace("¦", "Š")
          .replace("¨", "š")
          .replace("´", "Ž")
          .replace("¸", "ž")
          .replace("¼", "Œ")
          .replace("½", "œ")
          .replace("¾", "Ÿ"),
      ),
  ],
  ["unicode-escape", () => unicodeEscape],
  ["raw-unicode-escape", () => rawUnicodeEscape],
]);

const aliases: Readonly<Record<string, string>> = {
  utf8: "utf-8",
  u8: "utf-8",
  utf: "utf-8",
  cp65001: "utf-8",
  "us-ascii": "ascii",
  "646": "ascii",
  "ansi-x3.4-1968": "ascii",
  latin1: "latin-1",
  latin: "latin-1",
  l1: "latin-1",
  "iso-8859-1": "latin-1",
  "iso8859-1": "latin-1",
  "8859": "latin-1",
  cp819: "latin-1",
  utf16: "utf-16",
  u16: "utf-16",
  "utf-16le": "utf-16-le",
  "utf-16be": "utf-16-be",
  utf32: "utf-32",
  u32: "utf-32",
  "utf-32le": "utf-32-le",
  "utf-32be": "utf-32-be",
  "windows-1252": "cp1252",
  "1252": "cp1252",
  "437": "cp437",
  "iso-8859-15": "iso8859-15",
  latin9: "iso8859-15",
  "latin-9": "iso8859-15",
};

/** Names of other encodings of one byte a character, as JavaScript calls them, and as Python does. */
const BYTE_ENCODINGS: readonly (readonly [spelling: RegExp, label: string, name: string])[] = [
  [/^(?:cp|windows-)?(125[0-8])$/, "windows-$1", "cp$1"],
  [/^(?:iso-?)?8859-(\d+)$/, "iso-8859-$1", "iso8859-$1"],
  [/^koi8-r$/, "koi8-r", "koi8-r"],
  [/^(?:cp|ibm)?866$/, "ibm866", "cp866"],
  [/^(?:mac-?roman|macintosh)$/, "macintosh", "mac-roman"],
];

/** A codec from JavaScript's own table of it. Bytes that it reads as control characters have no character in Python's. */
function byteCodec(plain: string): Codec | undefined {
  const found = BYTE_ENCODINGS.find(([spelling]) => spelling.test(plain));
  if (!found) return undefined;
  const [spelling, label, name] = found;
  let high: string;
  try {
    high = new TextDecoder(plain.replace(spelling, label)).decode(
      Uint8Array.from({ length: 128 }, (_, i) => 128 + i),
    );
  } catch {
    return undefined;
  }
  const undefined_ = label.startsWith("windows") ? /[\ufffd\x80-\x9f]/g : /\ufffd/g;
  return upperHalf(plain.replace(spelling, name), high.replace(undefined_, "\ufffe"));
}

const made = new Map<string, Codec>();

/** The codec of a name in any spelling; throws CodecLookupError. */
export function lookupCodec(encoding: string): Codec {
  let codec = made.get(encoding);
  if (codec) return codec;
  const plain = encoding.toLowerCase().replace(/[ _]/g, "-");
  const name = aliases[plain] ?? plain;
  codec = made.get(name) ?? makers.get(name)?.() ?? byteCodec(name);
  if (!codec) throw new CodecLookupError(`unknown encoding: ${encoding}`);
  made.set(name, codec);
  made.set(encoding, codec);
  return codec;
}

export function encodeText(s: string, encoding: string, errors: string): Uint8Array {
  return lookupCodec(encoding).encode(s, errors);
}

export function decodeBytes(b: Uint8Array, encoding: string, errors: string): string {
  return lookupCodec(encoding).decode(b, errors);
}
