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

/** The two encodings CPython knows by several names. */
function canonical(name: string): string {
  if (/^utf-8(-|$)/.test(name)) return "utf-8";
  return /^(latin-1|iso-8859-1|iso-latin-1)(-|$)/.test(name) ? "iso-8859-1" : name;
}

/**
 * The text of a source file: without its byte order mark, by its declared encoding or UTF-8.
 * @throws PySyntaxError if the bytes are not in that encoding, or the encoding is unknown
 */
export function decodeSource(bytes: Uint8Array, filename: string): string {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = marked ? bytes.subarray(3) : bytes;
  const declared = declaredEncoding(body);
  const name = declared === undefined ? "utf-8" : canonical(declared);
  if (marked && name !== "utf-8") throw mistake(`encoding problem: ${name} with BOM`);
  if (name === "utf-8" || name === "utf8") return decodeUtf8(body, filename);
  if (name === "iso-8859-1" || name === "latin1") return latin1(body);
  if (name === "ascii" || name === "us-ascii") {
    const at = body.findIndex((byte) => byte > 127);
    if (at < 0) return latin1(body);
    const byte = (body[at] as number).toString(16).padStart(2, "0");
    throw mistake(`'ascii' codec can't decode byte 0x${byte} in position ${at}: ordinal not in range(128)`);
  }
  try {
    return new TextDecoder(name, { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    throw mistake(`unknown encoding: ${declared as string}`);
  }
}

/** By code points: what the platform calls latin1 is Windows' variety. */
function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}

function isUtf8(bytes: Uint8Array, partial = false): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: partial });
    return true;
  } catch {
    return false;
  }
}

function decodeUtf8(bytes: Uint8Array, filename: string): string {
  if (isUtf8(bytes)) return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  // Name the first byte that is wrong, and its line.
  let line = 1;
  let begin = 0;
  for (
    let end = bytes.indexOf(10);
    end >= 0 && isUtf8(bytes.subarray(begin, end));
    end = bytes.indexOf(10, begin)
  ) {
    line++;
    begin = end + 1;
  }
  let bad = begin;
  while (bad < bytes.length - 1 && isUtf8(bytes.subarray(begin, bad + 1), true)) bad++;
  const byte = (bytes[bad] as number).toString(16).padStart(2, "0");
  throw mistake(
    `Non-UTF-8 code starting with '\\x${byte}' in file ${filename} on line ${line}, but no encoding declared; ` +
      "see https://peps.python.org/pep-0263/ for details",
  );
}

const mistake = (message: string): PySyntaxError =>
  new PySyntaxError("SyntaxError", message, 0, -1, null, null, null);
