// What running a page's examples showed, kept by what it depends on (the examples and the text of what runs them), so that dev and repeated
// builds are fast.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const CACHE = "node_modules/.cache/mapped-fences";

let version: string | undefined;

/** Changes whenever a file does of the engine, or of what runs it here. */
function versionOfCode(): string {
  if (version) return version;
  const hash = createHash("sha256");
  const walk = (dir: string): void => {
    for (const name of readdirSync(dir).sort()) {
      const path = join(dir, name);
      const s = statSync(path);
      if (s.isDirectory()) walk(path);
      else hash.update(`${path} ${s.size} ${s.mtimeMs}\n`);
    }
  };
  walk("playground-engine");
  walk("site/expressive");
  return (version = hash.digest("hex"));
}

/** What `make` gave for these plain data before, or gives now. */
export async function kept<T>(what: unknown, make: () => Promise<T>): Promise<T> {
  const key = createHash("sha256").update(versionOfCode()).update(JSON.stringify(what)).digest("hex");
  const file = join(CACHE, `${key}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as T;
  const made = await make();
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(file, JSON.stringify(made));
  return made;
}
