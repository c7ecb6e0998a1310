// Puts the Content-Security-Policy into every built page, and the headers that a host may send into `_headers`.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";
import { withPolicy, workerPolicy } from "./policy.ts";

/** Before whatever takes the pages' hashes. */
export function contentSecurity(): AstroIntegration {
  return {
    name: "mapped:content-security",
    hooks: {
      "astro:build:done": async ({ dir }) => {
        const root = fileURLToPath(dir);
        const files = await readdir(root, { recursive: true });
        for (const file of files.filter((f) => f.endsWith(".html") && !f.startsWith("pagefind"))) {
          const path = join(root, file);
          await writeFile(path, withPolicy(await readFile(path, "utf8")));
        }
        await writeFile(
          join(root, "_headers"),
          `/*\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: same-origin\n/_astro/worker-*\n  Content-Security-Policy: ${workerPolicy}\n`,
        );
      },
    },
  };
}
