// Writes the search index once more after Starlight, through Node.
//
// Pagefind 1.5.2 says that its files are written while they still are, and Starlight ends it at that word: on a busy machine one
// build in five ended with an empty file, and a search that finds nothing (Pagefind/pagefind#1271; mended in 1.6, which is not to
// be had for every platform yet). The same index, handed over in memory, has no such moment.
import type { AstroIntegration } from "astro";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { close, createIndex } from "pagefind";

/** Stands after Starlight, whose index it replaces. */
export function searchIndex(): AstroIntegration {
  return {
    name: "mapped:search-index",
    hooks: {
      "astro:build:done": async ({ dir }) => {
        const site = fileURLToPath(dir);
        try {
          await writeIndex(site, join(site, "pagefind"));
        } finally {
          await close();
        }
      },
    },
  };
}

/** @param site the folder of built pages. @param folder where the index belongs; what was there goes. @throws Error with Pagefind's own words */
async function writeIndex(site: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const { index, errors } = await createIndex();
  if (index === undefined) throw new Error(`Pagefind has not started: ${errors.join("; ")}`);
  const added = await index.addDirectory({ path: site });
  const { files, errors: wrong } = await index.getFiles();
  const complaints = [...errors, ...added.errors, ...wrong];
  if (complaints.length > 0) throw new Error(`Pagefind could not index the pages: ${complaints.join("; ")}`);
  for (const { path, content } of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}
