// A small copy of the project in a folder of its own, with so many of its pages, to build: for what would take too long with all
// of them (a second build, one under a path prefix) and for how a build grows with its pages.
//
// It lies within the project, so that installed packages are found from there; caches are not: a build of a sample begins from
// nothing.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs"; // prettier-ignore
import { dirname, join, resolve } from "node:path";

/** Ignored by git. */
const SAMPLES = ".samples";

const COPIED = [
  "astro.config.mjs",
  "ec.config.mjs",
  "package.json",
  "tsconfig.json",
  "public",
  "site",
  "playground-engine",
  "content/workspaces",
  "content/glossary.yaml",
  "content/resources.yaml",
  "content/index.mdx",
];

/** Folders of content that pages are taken from in turn, so that a small sample has one of each kind. */
const KINDS = ["learn", "wiki", "pain-points", "cheat-sheets", "exercises"] as const;

/** Files of one page. */
function pagesOf(kind: string): string[] {
  return readdirSync(join("content", kind), { withFileTypes: true })
    .filter((e) => (kind === "exercises" ? e.isDirectory() : /\.mdx$/.test(e.name)))
    .map((e) => e.name)
    .sort();
}

/** The first pages of each kind in turn; wiki pages under further names once all have been taken. */
function choose(count: number): { from: string; to: string }[] {
  const queues = KINDS.map((kind) => pagesOf(kind).map((name) => `content/${kind}/${name}`));
  const out: { from: string; to: string }[] = [];
  for (let i = 0; out.length < count && queues.some((q) => i < q.length); i++)
    for (const queue of queues)
      if (i < queue.length && out.length < count) out.push({ from: queue[i]!, to: queue[i]! });
  const wiki = pagesOf("wiki");
  for (let i = 0; out.length < count; i++) {
    const name = wiki[i % wiki.length]!;
    out.push({ from: `content/wiki/${name}`, to: `content/wiki/copy-${i}-${name}` });
  }
  return out;
}

/** A copy with `pages` pages beside the home page and the pages made of lists. @returns its folder, to be removed by the caller */
export function makeSample(pages: number): string {
  mkdirSync(SAMPLES, { recursive: true });
  const root = mkdtempSync(join(SAMPLES, "sample-"));
  const copy = (from: string, to = from): void => {
    if (!existsSync(from)) return;
    mkdirSync(dirname(join(root, to)), { recursive: true });
    cpSync(from, join(root, to), { recursive: true });
  };
  COPIED.forEach((path) => copy(path));
  copy("content/learn/figures");
  for (const kind of [...KINDS, "paths", "team"]) mkdirSync(join(root, "content", kind), { recursive: true });
  for (const { from, to } of choose(pages)) {
    copy(from, to);
    // an address of its own
    const slug = /^slug:.*\n/m;
    if (from !== to) writeFileSync(join(root, to), readFileSync(join(root, to), "utf8").replace(slug, ""));
  }
  return root;
}

/** Build a sample. @returns milliseconds. @throws Error with what the build said, where it failed */
export function buildSample(root: string, env: NodeJS.ProcessEnv = {}): number {
  const started = performance.now();
  const done = spawnSync(resolve("node_modules/.bin/astro"), ["build", "--force"], {
    cwd: root,
    encoding: "utf8",
    // not all of the caller's: a test runner's variables (NODE_ENV, BASE_URL) would change what is built
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ASTRO_TELEMETRY_DISABLED: "1", ...env },
  });
  if (done.status !== 0) throw new Error(`the sample did not build:\n${done.stdout}${done.stderr}`);
  return performance.now() - started;
}
