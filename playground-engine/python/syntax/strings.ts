// String literals: adjacent ones become one Constant, or one JoinedStr as soon as an f-string is among them.
//
// Python 3.11 reads f-strings after tokenizing: the expression between braces is text, parsed as a program of its own
// in parentheses (see fstrings.ts for what that allows and forbids).
import type { Expr } from "./ast.ts";
import { decodeBytes, decodeString } from "./escapes.ts";
import { FStringReader } from "./fstrings.ts";
import type { StringHost } from "./string-parts.ts";
import { StringParts, decoded, stretch } from "./string-parts.ts";

/** @param first, last the tokens of the adjacent literals */
export function concatenateStrings(host: StringHost, first: number, last: number): Expr {
  const { source, start, end } = host.tokens;
  const whole = stretch(host.tokens, first, last);
  const parts = new StringParts();
  const chunks: Uint8Array[] = [];
  let bytesMode = false;
  let formatted = false;

  for (let token = first; token <= last; token++) {
    const begin = start[token] as number;
    let open = begin;
    let bytes = false;
    let raw = false;
    let format = false;
    for (; source[open] !== '"' && source[open] !== "'"; open++) {
      const letter = (source[open] as string).toLowerCase();
      if (letter === "b") bytes = true;
      else if (letter === "r") raw = true;
      else if (letter === "f") format = true;
    }
    const finish = end[token] as number;
    const triple =
      finish - open >= 6 && source[open] === source[open + 1] && source[open] === source[open + 2];
    const width = triple ? 3 : 1;
    const body = source.slice(open + width, finish - width);
    if (bytes) {
      if (/[^\0-\x7f]/.test(body))
        host.raiseAtToken("bytes can only contain ASCII literal characters", token);
      chunks.push(decoded(host, () => decodeBytes(body, raw)));
    }
    const plain = bytes || format ? "" : raw ? body : decoded(host, () => decodeString(body));
    if (token > first && bytes !== bytesMode) host.raise("cannot mix bytes and nonbytes literals");
    bytesMode = bytes;
    if (format) {
      formatted = true;
      new FStringReader(host, token, whole, raw, open + width, finish - width).readInto(parts);
    } else {
      parts.text(plain);
    }
  }
  if (bytesMode) return { ...whole.node("Constant"), value: joinChunks(chunks), kind: null };
  return formatted ? parts.joined(whole) : parts.plain(whole);
}

function joinChunks(chunks: Uint8Array[]): Uint8Array {
  if (chunks.length === 1) return chunks[0] as Uint8Array;
  const joined = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.length;
  }
  return joined;
}
