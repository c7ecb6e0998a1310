// What a file of a workspace holds, as the page and the engine pass it on: text where it is text, else bytes.
import type { Content } from "./protocol.ts";

const SQLITE_MAGIC = "SQLite format 3\0";

/** Whether it is a SQLite database, by the first bytes of it (https://sqlite.org/fileformat.html#magic_header_string). */
export function isSqlite(content: Content): boolean {
  if (typeof content === "string") return false;
  for (let i = 0; i < SQLITE_MAGIC.length; i++) if (content[i] !== SQLITE_MAGIC.charCodeAt(i)) return false;
  return true;
}

/** Bytes as text if they are UTF-8 without NUL, which no text file has, and small binaries do; a byte order mark is kept. */
export function contentOf(bytes: Uint8Array): Content {
  if (bytes.includes(0)) return bytes;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return bytes;
  }
}
