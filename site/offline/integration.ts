// Writes the service worker beside the built site, with the list of files that it fetches before they are needed.
import type { AstroIntegration } from "astro";
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Scripts larger than this (the large editor) are kept when they are first used, not before. */
const LARGE = 250_000;

export function offline(): AstroIntegration {
  return {
    name: "mapped-offline",
    hooks: {
      "astro:build:done": async ({ dir }) => {
        const dist = fileURLToPath(dir);
        const files = filesToKeep(join(dist, "_astro")).map((name) => `_astro/${name}`);
        const source = fileURLToPath(new URL("./service-worker.ts", import.meta.url));
        const version = createHash("sha256")
          .update(readFileSync(source))
          .update(files.join("\n"))
          .digest("hex")
          .slice(0, 16);
        await build({
          entryPoints: [source],
          outfile: join(dist, "sw.js"),
          bundle: true,
          minify: true,
          format: "iife",
          target: "es2022",
          define: { PRECACHE: JSON.stringify({ version, files }) },
          logLevel: "error",
        });
      },
    },
  };
}

/** What few readers ever ask for: the formatter. */
const SELDOM = /^ruff/;

/** The engine with all its parts, SQLite, and the smaller scripts and styles of pages. */
function filesToKeep(assets: string): string[] {
  const all = readdirSync(assets).sort();
  const engine = withImports(
    assets,
    all.filter((f) => /^worker-.*\.js$/.test(f)),
    new Set(all),
  );
  return all.filter(
    (f) =>
      engine.has(f) ||
      /sql-wasm.*\.wasm$/.test(f) ||
      (/\.(js|css)$/.test(f) && !SELDOM.test(f) && statSync(join(assets, f)).size < LARGE),
  );
}

function withImports(assets: string, entries: readonly string[], all: ReadonlySet<string>): Set<string> {
  const seen = new Set<string>();
  const queue = [...entries];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    for (const [, target] of readFileSync(join(assets, name), "utf8").matchAll(
      /["'`]\.\/([\w.-]+\.js)["'`]/g,
    ))
      if (all.has(target!)) queue.push(target!);
  }
  return seen;
}
