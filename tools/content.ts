// `npm run content`: is everything in content/ as it should be? One line for each problem: file, line where there is one, what to do.
//
//   npm run content               front matter, sections, links, references, recordings; then every example is run
//   npm run content -- --quick    without running anything
//   npm run content -- --fix      records anew what changed (needs python3 with the real libraries: CONTRIBUTING.md)
import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseFrontmatter } from "@astrojs/markdown-remark";
import { z } from "astro/zod";
import { consolesOf } from "../site/expressive/consoles.ts";
import { fencesOf } from "../site/expressive/fences.ts";
import { exerciseOf, wrongPrograms } from "../site/kit/exercise-files.ts";
import * as shapes from "../site/kit/schema.ts";
import { idOf } from "../site/kit/site-index.ts";

export interface Problem {
  readonly file: string;
  readonly line?: number;
  readonly message: string;
  /** `--fix` mends it: the recording of this page. */
  readonly record?: string;
}

const PAGES = ["learn", "wiki", "pain-points", "cheat-sheets", "about"] as const;
const SECTIONS: Readonly<Record<string, readonly string[]>> = {
  wiki: ["Introduction", "How to use", "Resources", "Pain points"],
  "pain-points": ["Why", "The way out"],
};
/** Pages that are made from other content. */
const MADE = ["", "exercises", "pain-points", "resources", "glossary", "api", "paths", "playground", "embed"];

const page = shapes.pageFields.extend({
  title: z.string().min(1),
  description: z.string().min(20, "says in a sentence what the page is about, in at least 20 characters"),
});

const read = (file: string): string => readFileSync(file, "utf8");

function below(dir: string, pattern: RegExp): string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .sort()
    .flatMap((name) => {
      const path = join(dir, name);
      return statSync(path).isDirectory() ? below(path, pattern) : pattern.test(name) ? [path] : [];
    });
}

/** The values of a YAML file of content/. */
export function yaml(file: string): unknown {
  // a list is no front matter by itself: it is read as the value of a key
  const text = read(file);
  const list = /^- /m.test(text.replace(/^#.*$/gm, "").trimStart().slice(0, 2));
  const { frontmatter } = parseFrontmatter(`---\n${list ? `list:\n${text}` : text}\n---\n`);
  return list ? frontmatter.list : frontmatter;
}

/** What a shape finds wrong, in words. */
function misshapen(shape: z.ZodType, value: unknown): string[] {
  const r = shape.safeParse(value);
  return r.success ? [] : r.error.issues.map((i) => `${i.path.join(".") || "it"}: ${i.message}`);
}

/** Text without its fences, line for line. */
function prose(text: string): string[] {
  let fence: string | null = null;
  return text.split("\n").map((line) => {
    const m = /^[ \t]*(`{3,}|~{3,})/.exec(line);
    if (fence === null && m) {
      fence = m[1]!;
      return "";
    }
    if (fence !== null) {
      if (line.trim() === fence) fence = null;
      return "";
    }
    return line;
  });
}

/** The files of all pages that somebody writes. */
export const pageFiles = (): string[] => [
  ...PAGES.flatMap((f) => below(join("content", f), /\.mdx?$/)),
  "content/index.mdx",
];

export const recordingOf = (file: string): string =>
  file
    .replace(/^content\//, "content/recorded/")
    .replace(/\/\d+-([^/]*)$/, "/$1")
    .replace(/\.mdx?$/, ".json");

/** The recording of a page's terminals. */
export const terminalsOf = (file: string): string => recordingOf(file).replace(/\.json$/, ".terminals.json");

/** Everything that references are held against. */
function known() {
  const ids = (file: string): string[] => (yaml(file) as { id: string }[]).map((r) => r.id);
  const pages = PAGES.flatMap((f) => below(join("content", f), /\.mdx?$/)).map((f) => idOf(f, read(f)));
  const exercises = readdirSync("content/exercises");
  const resources = yaml("content/resources.yaml") as { url: string; topic: string }[];
  const paths = [...below("content/paths", /\.yaml$/), ...below("content/team", /\.yaml$/)]
    .map((f) => (yaml(f) as { id?: string }).id)
    .filter((id) => id !== undefined);
  return {
    terms: new Set(ids("content/glossary.yaml")),
    topics: new Set(resources.map((r) => r.topic)),
    exercises: new Set(exercises),
    pages: new Set(pages),
    addresses: new Set([
      ...MADE,
      ...pages,
      ...exercises.map((e) => `exercises/${e}`),
      ...paths.map((p) => `paths/${p}`),
    ]),
    links: new Set([
      ...resources.map((r) => r.url),
      ...read("content/links.txt")
        .split("\n")
        .filter((l) => l.startsWith("http")),
    ]),
  };
}

type Known = ReturnType<typeof known>;

/** Why an address on a page leads nowhere, or null. */
export function deadLink(target: string, id: string, k: Known): string | null {
  if (target.startsWith("#") || target.startsWith("mailto:")) return null;
  if (/^https?:/.test(target)) {
    const plain = target.replace(/#.*$/, "");
    if (/^https:\/\/sqlalche\.me\/e\//.test(plain)) return null;
    return k.links.has(target) || k.links.has(plain)
      ? null
      : `links to ${target}, which is neither in content/resources.yaml nor in content/links.txt: look at it, and add it there`;
  }
  const path = new URL(target, `http://site/${id === "index" ? "" : `${id}/`}`).pathname;
  return k.addresses.has(path.replace(/^\/|\/$/g, ""))
    ? null
    : `links to ${target}, and there is no page ${path}`;
}

function pageProblems(file: string, k: Known): Problem[] {
  const out: Problem[] = [];
  const text = read(file);
  const say = (message: string, line?: number): void =>
    void out.push({ file, message, ...(line === undefined ? {} : { line }) });
  const { frontmatter } = parseFrontmatter(text);
  const folder = file.split("/")[1]!;
  for (const m of misshapen(page, frontmatter)) say(`front matter, ${m}`);
  if (folder === "pain-points")
    for (const m of misshapen(shapes.painPoint, frontmatter)) say(`front matter, ${m}`);
  const lines = prose(text);
  for (const section of SECTIONS[folder] ?? [])
    if (!lines.includes(`## ${section}`)) say(`has no section "## ${section}"`);
  const id = file === "content/index.mdx" ? "index" : idOf(file, text);
  const fences = fencesOf(text);
  const titles = new Set(fences.map((f) => f.title));
  lines.forEach((line, i) => {
    const at = i + 1;
    for (const [, alt, target] of line.matchAll(/(!?\[[^\]]*\])\(([^)\s]+)\)/g)) {
      if (alt === "![]") say("an image without a text: say between the brackets what it shows", at);
      if (alt!.startsWith("!")) continue;
      const dead = deadLink(target!, id, k);
      if (dead) say(dead, at);
    }
    for (const [, tag, ref] of line.matchAll(/<(PainPoint|Exercise|Term)\s[^>]*?id="([^"]+)"/g)) {
      const there =
        tag === "Term"
          ? k.terms.has(ref!)
          : tag === "Exercise"
            ? k.exercises.has(ref!)
            : k.pages.has(`pain-points/${ref}`);
      if (!there) say(`<${tag} id="${ref}">: there is none of this name`, at);
    }
    for (const [, example] of line.matchAll(/<Predict\s[^>]*?example="([^"]+)"/g))
      if (!titles.has(example!))
        say(`<Predict example="${example}">: no runnable example has this title`, at);
    for (const [, src] of line.matchAll(/<Figure\s[^>]*?src="([^"]+)"/g))
      if (!existsSync(join("content", src!))) say(`<Figure src="${src}">: there is no content/${src}`, at);
  });
  if (folder === "learn" && fences.length === 0) say("a lesson without a runnable example");
  out.push(...recordingProblems(file, recordingOf(file), fences));
  try {
    out.push(...recordingProblems(file, terminalsOf(file), consolesOf(text)));
  } catch (e) {
    say((e as Error).message);
  }
  return out;
}

interface Recordable {
  readonly source: string;
  readonly title: string;
  readonly line: number;
}

function recordingProblems(file: string, recording: string, examples: readonly Recordable[]): Problem[] {
  if (examples.length === 0) return [];
  const fix = "`npm run content -- --fix` records it";
  if (!existsSync(recording))
    return [{ file, message: `its examples have no recording: ${fix}`, record: file }];
  const recorded = JSON.parse(read(recording)) as readonly { readonly source: string }[];
  const digest = (s: string): string => createHash("sha256").update(s).digest("hex").slice(0, 16);
  const changed = examples.filter((f, i) => recorded[i]?.source !== digest(f.source));
  if (changed.length === 0 && recorded.length === examples.length) return [];
  const first = changed[0];
  return [
    {
      file,
      ...(first ? { line: first.line } : {}),
      message: `${first ? `the example ${first.title}` : "the page"} is not the one that was recorded: ${fix}`,
      record: file,
    },
  ];
}

function exerciseProblems(id: string, k: Known): Problem[] {
  const file = `content/exercises/${id}/index.md`;
  if (!existsSync(file)) return [{ file, message: "is missing" }];
  const { frontmatter } = parseFrontmatter(read(file));
  const wrong = misshapen(shapes.exercise, frontmatter);
  if (wrong.length) return wrong.map((m) => ({ file, message: `front matter, ${m}` }));
  const data = shapes.exercise.parse(frontmatter);
  const out: Problem[] = [];
  try {
    exerciseOf(id, data);
  } catch (e) {
    out.push({ file, message: (e as Error).message });
  }
  if (!k.pages.has(`learn/${data.lesson}`))
    out.push({ file, message: `there is no lesson learn/${data.lesson}` });
  const programs = wrongPrograms(id);
  for (const w of data.wrong)
    if (!programs.has(w.name))
      out.push({ file, message: `the wrong answer ${w.name} has no wrong/${w.name}.py` });
  for (const name of programs.keys())
    if (!data.wrong.some((w) => w.name === name))
      out.push({ file, message: `wrong/${name}.py is not explained: add it under wrong` });
  return out;
}

function listProblems(k: Known): Problem[] {
  const out: Problem[] = [];
  const lists = [
    ["content/resources.yaml", shapes.resource],
    ["content/glossary.yaml", shapes.term],
  ] as const;
  for (const [file, shape] of lists) {
    const seen = new Set<unknown>();
    for (const entry of yaml(file) as { id?: unknown; see?: string }[]) {
      for (const m of misshapen(shape, entry)) out.push({ file, message: `${String(entry.id)}: ${m}` });
      if (seen.has(entry.id)) out.push({ file, message: `${String(entry.id)} is there twice` });
      seen.add(entry.id);
      if (file.includes("glossary") && entry.see && !k.terms.has(entry.see))
        out.push({ file, message: `${String(entry.id)}: there is no term ${entry.see} to see` });
    }
  }
  for (const file of [...below("content/paths", /\.yaml$/), ...below("content/team", /\.yaml$/)]) {
    const value = yaml(file) as Partial<shapes.PathData> & { notes?: { page: string }[] };
    const isPath = value.steps !== undefined;
    for (const m of misshapen(isPath ? shapes.path : shapes.team, value)) out.push({ file, message: m });
    for (const note of value.notes ?? [])
      if (!k.pages.has(note.page)) out.push({ file, message: `a note on ${note.page}, which is no page` });
    for (const item of value.steps?.flatMap((s) => s.items) ?? []) {
      if ("page" in item && !k.pages.has(item.page))
        out.push({ file, message: `there is no page ${item.page}` });
      if ("exercise" in item && !k.exercises.has(item.exercise))
        out.push({ file, message: `there is no exercise ${item.exercise}` });
    }
  }
  return out;
}

/** All that is wrong in content/. */
export function problems(): Problem[] {
  const k = known();
  return [
    ...pageFiles().flatMap((f) => pageProblems(f, k)),
    ...readdirSync("content/exercises").flatMap((id) => exerciseProblems(id, k)),
    ...listProblems(k),
  ];
}

function main(args: readonly string[]): number {
  let found = problems();
  const toRecord = [...new Set(found.flatMap((p) => p.record ?? []))];
  if (args.includes("--fix") && toRecord.length > 0) {
    console.log(
      `Recording ${toRecord.length} ${toRecord.length === 1 ? "page" : "pages"} from the real libraries…`,
    );
    const done = spawnSync("python3", ["test/content/record.py", ...toRecord], { stdio: "inherit" });
    if (done.status !== 0)
      console.error(
        "It failed. It needs python3 with SQLAlchemy 2.0.52 and Alembic 1.19.1 (CONTRIBUTING.md).",
      );
    found = problems();
  }
  for (const p of found) console.error(`${p.file}${p.line ? `:${p.line}` : ""}: ${p.message}`);
  if (found.length > 0) {
    console.error(`\n${found.length} ${found.length === 1 ? "problem" : "problems"}`);
    return 1;
  }
  console.log("Front matter, sections, links, references and recordings are in order.");
  if (args.includes("--quick")) return 0;
  return spawnSync("vitest", ["run", "test/content"], { stdio: "inherit", shell: true }).status ?? 1;
}

if (process.argv[1]?.endsWith("tools/content.ts")) process.exit(main(process.argv.slice(2)));
