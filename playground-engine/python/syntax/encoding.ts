// From the bytes of a source file to its text: Python's reference, "Encoding declarations".
import { PySyntaxError } from "./errors.ts";

const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const BLANK = /^[ \t\f]*(?:#.*)?$/;

/** The encoding named in one of the first two lines. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 1024)).split(/\r\n?|\n/, 2);
  for (const line of head) {
    const found = COOKIE.exec(line);
    if (found !== null) return (found[1] as string).toLowerCase().replaceAll("_", "-");
    if (!BLANK.test(line)) return undefined;
  }
  return undefined;
}

/**
 * The text of a source file: without its byte order mark, by its declared encoding or UTF-8.
 * @throws PySyntaxError if the bytes are not in that encoding, or the encoding is unknown
 */
export function decodeSource(bytes: Uint8Array, _filename: string): string {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = marked ? bytes.subarray(3) : bytes;
  const name = declaredEncoding(body);
  if (name === undefined || /^utf-?8(-|$)/.test(name)) return decodeUtf8(body, name !== undefined || marked);
  if (marked) throw mistake(`encoding problem: ${name} with BOM`);
  if (/^(latin-?1|iso-8859-1|iso8859-1|l1|cp819)(-|$)/.test(name)) return latin1(body);
  if (name === "ascii" || name === "us-ascii") {
    const at = body.findIndex((byte) => byte > 127);
    if (at < 0) return latin1(body);
    const byte = (body[at] as number).toString(16).padStart(2, "0");
    throw mistake(
      `(unicode error) 'ascii' codec can't decode byte 0x${byte} in position ${at}: ordinal not in range(128)`,
    );
  }
  try {
    return new TextDecoder(name, { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    throw mistake(`unknown encoding: ${name}`);
  }
}

/** By code points: what the platform calls latin1 is Windows' variety. */
function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}

function decodeUtf8(bytes: Uint8Array, declared: boolean): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw notUtf8(bytes, declared);
  }
}

/** Names the first byte that is not UTF-8, and its line. */
function notUtf8(bytes: Uint8Array, declared: boolean): PySyntaxError {
  let line = 1;
  let begin = 0;
  for (let at = 0; at <= bytes.length; at++) {
    if (at < bytes.length && bytes[at] !== 10) continue;
    try {
      new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.subarray(begin, at));
    } catch {
      break;
    }
    line++;
    begin = at + 1;
  }
  let bad = begin;
  const valid = (end: number): boolean => {
    try {
      new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.subarray(begin, end), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  while (bad < bytes.length && valid(bad + 1)) bad++;
  const byte = (bytes[bad] as number).toString(16).padStart(2, "0");
  if (declared) return mistake(`(unicode error) 'utf-8' codec can't decode byte 0x${byte} in position ${bad}: invalid start byte`);
  return mistake(
    `Non-UTF-8 code starting with '\\x${byte}' on line ${line}, but no encoding declared; ` +
      "see https://peps.python.org/pep-0263/ for details",
  );
}

const mistake = (message: string): PySyntaxError =>
  new PySyntaxError("SyntaxError", message, null, null, null, null, null);
