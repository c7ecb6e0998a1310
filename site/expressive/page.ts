// What the plugins share: a page's text is run once, whichever of its blocks is rendered first; code can be scrolled by keyboard.
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { parseMeta } from "./fences.ts";

/** The site's path, with a slash at its end. */
export const base = (process.env.MAPPED_BASE ?? "/").replace(/\/?$/, "/");

/** What `run` makes of a page's file, again only when its text has changed. */
export function oncePerPage<T>(
  run: (file: string, text: string) => Promise<T>,
): (path: string) => Promise<T> {
  const pages = new Map<string, { text: string; made: Promise<T> }>();
  return (path) => {
    const text = readFileSync(path, "utf8");
    const known = pages.get(path);
    if (known?.text === text) return known.made;
    const made = run(relative(process.cwd(), path), text);
    pages.set(path, { text, made });
    return made;
  };
}

/**
 * The fence of a page that a code block was: the one with its text and its session, since two sessions may begin with the same models.
 * @throws Error where there is none
 */
export function sameFence<F extends { readonly source: string; readonly session: string | null }>(
  fences: readonly F[],
  block: { readonly code: string; readonly meta: string },
  path: string,
): F {
  const session = parseMeta(block.meta).get("session") ?? null;
  const found = fences.find((f) => f.source.trimEnd() === block.code.trimEnd() && f.session === session);
  if (!found) throw new Error(`${path}: a fence was not found again in its page:\n${block.code}`);
  return found;
}
