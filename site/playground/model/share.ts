// A whole workspace in the fragment of an address.
//
// The first letter says the format, and a format once given out is read for ever:
//   r   one file, main.py, percent-encoded: links that a person or a build step can write
//   a   base64url of deflate-raw of JSON, after six characters of checksum
// Nothing of a link is run, and nothing of it replaces what the reader has: it becomes a workspace of its own.
import type { Content } from "../../../playground-engine/runtime/protocol.ts";
import { badPath } from "./paths.ts";

export interface Shared {
  readonly name: string;
  readonly files: ReadonlyMap<string, Content>;
  /** The file that is shown first. */
  readonly open: string | null;
  /** The panel that is shown first. */
  readonly panel: string | null;
}

/** A link that does not hold what it should; the message is for the reader. */
export class DamagedLink extends Error {}

/** Longer links are cut or refused by much of what passes links on. */
export const LINK_LIMIT = 30_000;
const UNPACKED_LIMIT = 20_000_000;

interface Packed {
  readonly n: string;
  readonly f: readonly (readonly [string, string] | readonly [string, string, 1])[];
  readonly o?: string;
  readonly p?: string;
}

export async function toFragment(shared: Shared): Promise<string> {
  const packed: Packed = {
    n: shared.name,
    f: [...shared.files]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, c]) => (typeof c === "string" ? [path, c] : [path, toBase64(c), 1])),
    ...(shared.open === null ? {} : { o: shared.open }),
    ...(shared.panel === null ? {} : { p: shared.panel }),
  };
  const text = JSON.stringify(packed);
  const bytes = await through(new TextEncoder().encode(text), new CompressionStream("deflate-raw"));
  return `a${checksum(text)}${toBase64(bytes)}`;
}

/** The fragment of one file that stands for itself. */
export function toPlainFragment(source: string): string {
  return `r${encodeURIComponent(source)}`;
}

/**
 * What a fragment holds; null where it is not a share link at all.
 * @throws DamagedLink with a message for the reader
 */
export async function fromFragment(fragment: string): Promise<Shared | null> {
  const letter = fragment[0];
  const rest = fragment.slice(1);
  if (letter === "r" && rest !== "") {
    let source: string;
    try {
      source = decodeURIComponent(rest);
    } catch {
      throw new DamagedLink("The link is damaged: a part of the program in it cannot be read.");
    }
    return { name: "Shared program", files: new Map([["main.py", source]]), open: "main.py", panel: null };
  }
  if (letter === "a" && rest.length > 6) return unpack(rest.slice(0, 6), rest.slice(6));
  if (/^[b-z][\w-]{20,}$/.test(fragment))
    throw new DamagedLink(
      "The link is of a newer version of this page, or damaged. Reload the page and open it again.",
    );
  return null;
}

async function unpack(sum: string, data: string): Promise<Shared> {
  const damaged = new DamagedLink(
    "The link is damaged: a part of it is missing or was changed on its way. Ask for it again, or for the zip.",
  );
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(
      await through(fromBase64(data), new DecompressionStream("deflate-raw"), UNPACKED_LIMIT),
    );
  } catch {
    throw damaged;
  }
  if (checksum(text) !== sum) throw damaged;
  const packed = packedOf(text);
  if (!packed) throw damaged;
  const files = new Map<string, Content>();
  for (const [path, content, binary] of packed.f) {
    const bad = badPath(path, files.keys());
    if (bad) throw new DamagedLink(`The link holds a file that cannot be taken: ${bad}`);
    try {
      files.set(path, binary ? fromBase64(content) : content);
    } catch {
      throw damaged;
    }
  }
  return {
    name: packed.n.slice(0, 80) || "Shared workspace",
    files,
    open: packed.o !== undefined && files.has(packed.o) ? packed.o : null,
    panel: packed.p ?? null,
  };
}

/** What a link's text says, if it says it as `toFragment` does: whoever can compute a checksum can write anything. */
function packedOf(text: string): Packed | undefined {
  let x: Partial<Record<keyof Packed, unknown>> | null;
  try {
    x = JSON.parse(text) as typeof x;
  } catch {
    return undefined;
  }
  const isFile = (f: unknown): boolean =>
    Array.isArray(f) &&
    typeof f[0] === "string" &&
    typeof f[1] === "string" &&
    (f[2] === undefined || f[2] === 1);
  const isTextOrNone = (t: unknown): boolean => t === undefined || typeof t === "string";
  const sound =
    typeof x === "object" && x !== null && typeof x.n === "string" && Array.isArray(x.f) && x.f.every(isFile) &&
    isTextOrNone(x.o) && isTextOrNone(x.p); // prettier-ignore
  return sound ? (x as Packed) : undefined;
}

type Transform = { readonly readable: ReadableStream; readonly writable: WritableStream };

async function through(bytes: Uint8Array, by: Transform, limit = Infinity): Promise<Uint8Array> {
  const writer = by.writable.getWriter();
  // a failure shows on the reading side
  writer.write(bytes).catch(() => undefined);
  writer.close().catch(() => undefined);
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = (by.readable as ReadableStream<Uint8Array>).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > limit) throw new RangeError("too much");
    parts.push(value);
  }
  const out = new Uint8Array(length);
  let at = 0;
  for (const p of parts) {
    out.set(p, at);
    at += p.length;
  }
  return out;
}

/** Six characters that differ where the text does (FNV-1a, 32 bits). */
export function checksum(text: string): string {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return h.toString(36).padStart(7, "0").slice(-6);
}

function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let i = 0; i < bytes.length; i += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64(text: string): Uint8Array {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (c) => c.charCodeAt(0));
}
