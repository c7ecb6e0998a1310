// What a reader downloads from a built site, in bytes as a host sends them (gzipped).
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";

export interface Weights {
  /** Scripts of the heaviest page before any interaction (search, which loads when it is opened, aside). */
  readonly page: number;
  /** Which page that is: its path within dist. */
  readonly heaviest: string;
  /** The engine's worker as a page's first Run loads it, without sql.js's wasm. */
  readonly worker: number;
  /** That with every part that loads on import (migrations, other dialects, the rest of the standard library). */
  readonly whole: number;
  /** SQLite itself. */
  readonly wasm: number;
}

const sizes = new Map<string, number>();
/** Bytes of a file, gzipped. */
export const gz = (file: string): number => {
  let size = sizes.get(file);
  if (size === undefined) sizes.set(file, (size = gzipSync(readFileSync(file), { level: 9 }).length));
  return size;
};

/** A script and what it imports statically. */
function closure(file: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(file) || !existsSync(file)) return seen;
  seen.add(file);
  const text = readFileSync(file, "utf8");
  for (const [, target] of text.matchAll(
    /(?:^|[;}\s])(?:import|export)(?:[^"'();]*?from)?\s*["'](\.{1,2}\/[^"']+\.js)["']/g,
  ))
    closure(join(dirname(file), target!), seen);
  return seen;
}

/** Files that a worker's script may load later, by `import("…")`. */
function later(files: ReadonlySet<string>): Set<string> {
  const out = new Set<string>();
  for (const file of files)
    for (const [, target] of readFileSync(file, "utf8").matchAll(/["'`](\.{1,2}\/[\w./-]+\.js)["'`]/g))
      for (const f of closure(join(dirname(file), target!))) if (!files.has(f)) out.add(f);
  return out;
}

const total = (files: Iterable<string>): number => [...files].reduce((sum, f) => sum + gz(f), 0);

function pages(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((e) =>
    e.isDirectory()
      ? e.name === "pagefind"
        ? []
        : pages(join(dir, e.name))
      : e.name.endsWith(".html")
        ? [join(dir, e.name)]
        : [],
  );
}

function pageSize(dist: string, html: string): number {
  const text = readFileSync(html, "utf8");
  const files = new Set<string>();
  const base = (process.env.MAPPED_BASE ?? "/").replace(/\/?$/, "/");
  for (const [, src] of text.matchAll(/<script[^>]+src="([^"]+)"/g))
    closure(join(dist, src!.replace(base, "")), files);
  let inline = 0;
  for (const [, body] of text.matchAll(
    /<script(?![^>]*\bsrc=)(?![^>]*application\/)[^>]*>([^]*?)<\/script>/g,
  ))
    inline += gzipSync(body!).length;
  return total(files) + inline;
}

/** @throws Error where the build is not whole */
export function weigh(dist: string): Weights {
  const worst = pages(dist)
    .map((p) => ({ p, size: pageSize(dist, p) }))
    .sort((a, b) => b.size - a.size)[0];
  const assets = join(dist, "_astro");
  const files = readdirSync(assets);
  const worker = files.find((f) => /^worker-.*\.js$/.test(f));
  const wasm = files.find((f) => /^sql-wasm.*\.wasm$/.test(f));
  if (!worst || !worker || !wasm)
    throw new Error(`${dist} has no pages, no worker or no SQLite: the build is not whole.`);
  const first = closure(join(assets, worker));
  return {
    page: worst.size,
    heaviest: worst.p.slice(dist.length),
    worker: total(first),
    whole: total(first) + total(later(first)),
    wasm: gz(join(assets, wasm)),
  };
}
