// A workspace as a zip that runs under real Python, and such a zip as a workspace. Pure functions: bytes in, bytes out.
//
// What is read was made by others: paths that would leave the workspace are refused, and so is what would not fit.
import { strToU8, unzipSync, zipSync, type Zippable } from "fflate";
import { contentOf, isSqlite } from "./content.ts";
import type { Content, WorkspaceFile } from "./protocol.ts";

export const ZIP_LIMITS = {
  files: 2000,
  /** Bytes of one file, and of all, unpacked. */
  file: 64 * 1024 * 1024,
  all: 128 * 1024 * 1024,
  path: 200,
} as const;

const VERSIONS = { SQLAlchemy: "2.0.52", alembic: "1.19.1" } as const;
/** Packages that a program may import, by the word that tells of it. */
const PACKAGES: readonly (readonly [RegExp, string])[] = [
  [/\balembic\b/, `alembic==${VERSIONS.alembic}`],
  [/\bpytest\b/, "pytest"],
  [/aiosqlite/, "aiosqlite"],
  [/sqlalchemy\.ext\.asyncio/, "greenlet"],
  [/\btyping_extensions\b/, "typing_extensions"],
];

function textsOf(files: readonly WorkspaceFile[]): string {
  return files
    .filter((f) => typeof f.content === "string" && /\.(py|ini|toml|cfg)$/.test(f.path))
    .map((f) => f.content as string)
    .join("\n");
}

function requirements(files: readonly WorkspaceFile[]): string {
  const texts = textsOf(files);
  const tests = files.some((f) => /(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.py$/.test(f.path));
  const more = PACKAGES.filter(([word, name]) => word.test(texts) || (name === "pytest" && tests)).map(
    ([, n]) => n,
  );
  return [`SQLAlchemy==${VERSIONS.SQLAlchemy}`, ...more].join("\n") + "\n";
}

function readme(name: string, files: readonly WorkspaceFile[]): string {
  const has = (path: string): boolean => files.some((f) => f.path === path);
  const programs = files
    .map((f) => f.path)
    .filter((p) => /^[^/]+\.py$/.test(p) && !/^(?:test_|conftest)/.test(p));
  const run = has("main.py") ? "main.py" : programs.find((p) => !/^models?\.py$/.test(p));
  const commands = [
    "python -m venv .venv",
    "source .venv/bin/activate        # Windows: .venv\\Scripts\\activate",
    "pip install -r requirements.txt",
    ...(has("alembic.ini") ? ["alembic upgrade head"] : []),
    ...(run ? [`python ${run}`] : []),
    ...(files.some((f) => /(?:^|\/)test_[^/]*\.py$/.test(f.path)) ? ["pytest"] : []),
  ];
  return `# ${name}

A workspace of the playground. To run it with Python 3.11 or later:

${commands.map((c) => `    ${c}`).join("\n")}
${
  files.some((f) => isSqlite(f.content))
    ? `\nDatabases (SQLite files, as the playground left them): ${files
        .filter((f) => isSqlite(f.content))
        .map((f) => f.path)
        .join(", ")}.\n`
    : ""
}`;
}

/** A name for a file or folder of any system. */
export function slug(name: string): string {
  return (
    name
      .normalize("NFKD")
      .replace(/[^\w.-]+/g, "-")
      .replace(/^[-.]+|[-.]+$/g, "")
      .toLowerCase()
      .slice(0, 60) || "workspace"
  );
}

/** The years that a zip can tell, with a day to spare at either end for time zones: a clock may be set to anything. */
const YEARS = [Date.UTC(1980, 0, 2), Date.UTC(2099, 11, 30)] as const;

/** The zip of a workspace: its files in one folder, with requirements.txt and README.md where it has none. */
export function packWorkspace(
  files: readonly WorkspaceFile[],
  name: string,
  when: Date = new Date(),
): Uint8Array {
  const folder = slug(name);
  const tree: Zippable = {};
  const mtime = Math.min(Math.max(when.getTime(), YEARS[0]), YEARS[1]);
  const put = (path: string, content: Content): void => {
    const bytes = typeof content === "string" ? strToU8(content) : content;
    // what is small gains nothing
    tree[`${folder}/${path}`] = [bytes, { mtime, level: bytes.length < 64 ? 0 : 6 }];
  };
  for (const f of files) put(f.path.replace(/^\/workspace\//, ""), f.content);
  const has = (path: string): boolean => files.some((f) => f.path.toLowerCase() === path);
  if (!has("requirements.txt")) put("requirements.txt", requirements(files));
  if (!has("readme.md")) put("README.md", readme(name, files));
  return zipSync(tree);
}

export interface Unpacked {
  /** The folder that held everything, where there was one. */
  readonly name: string | null;
  readonly files: readonly WorkspaceFile[];
  /** What was left out, as sentences for the reader. */
  readonly notes: readonly string[];
}

/** Folders and files that no workspace needs. */
const LEFT_OUT =
  /(?:^|\/)(?:__MACOSX|__pycache__|\.git|\.hg|\.venv|venv|env|node_modules|\.pytest_cache|\.mypy_cache|\.idea|\.vscode)\/|(?:^|\/)(?:\.DS_Store|Thumbs\.db)$|\.py[co]$/;

/** Why a path of a zip is refused; undefined where it is good. */
function refusal(path: string): string | undefined {
  if (path.startsWith("/") || /^[A-Za-z]:/.test(path)) return "is an absolute path";
  if (path.split("/").includes("..")) return "leads out of the workspace";
  if (/[\0-\x1f]/.test(path)) return "has characters that no file name may have";
  if (path.length > ZIP_LIMITS.path) return `is longer than ${ZIP_LIMITS.path} characters`;
  return undefined;
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`;

class Refused extends Error {}

/** The files of a zip, its single top folder taken away; or why it is refused. */
export function unpackWorkspace(bytes: Uint8Array): Unpacked | { readonly error: string } {
  const notes: string[] = [];
  let count = 0;
  let total = 0;
  let left = 0;
  let entries: Record<string, Uint8Array>;
  try {
    entries = unzipSync(bytes, {
      filter(file) {
        const path = clean(file.name);
        if (LEFT_OUT.test(path)) {
          left++;
          return false;
        }
        const why = refusal(path);
        if (why) throw new Refused(`The zip was not opened: ${JSON.stringify(file.name)} ${why}.`);
        if (++count > ZIP_LIMITS.files)
          throw new Refused(`The zip was not opened: it holds more than ${ZIP_LIMITS.files} files.`);
        total += file.originalSize;
        if (file.originalSize > ZIP_LIMITS.file)
          throw new Refused(`The zip was not opened: ${path} is larger than ${megabytes(ZIP_LIMITS.file)}.`);
        if (total > ZIP_LIMITS.all)
          throw new Refused(`The zip was not opened: it unpacks to more than ${megabytes(ZIP_LIMITS.all)}.`);
        return true;
      },
    });
  } catch (e) {
    if (e instanceof Refused) return { error: e.message };
    return { error: "This is no zip, or a damaged one." };
  }
  const all = new Map(Object.entries(entries).map(([name, content]) => [clean(name), content]));
  const both = fileAndFolder(all.keys());
  if (both !== undefined)
    return { error: `The zip was not opened: ${JSON.stringify(both)} is a file and a folder in it.` };
  const tops = new Set([...all.keys()].map((p) => (p.includes("/") ? p.slice(0, p.indexOf("/")) : "")));
  const [top] = tops;
  const name = tops.size === 1 && top ? top : null;
  const files: WorkspaceFile[] = [];
  for (const [path, content] of all) {
    const inner = name === null ? path : path.slice(name.length + 1);
    if (inner === "") continue;
    if (inner.endsWith("/")) {
      // a folder is kept where nothing lies in it
      if (![...all.keys()].some((p) => p !== path && p.startsWith(path)))
        files.push({ path: inner, content: "" });
    } else files.push({ path: inner, content: contentOf(content) });
  }
  if (files.length === 0) return { error: "The zip holds no files." };
  if (left > 0)
    notes.push(
      `${left} file${left === 1 ? "" : "s"} that no workspace needs (caches, environments) were left out.`,
    );
  return { name, files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), notes };
}

/** A path as the workspace writes it: some systems part folders by a backslash, some write "./" first. */
function clean(name: string): string {
  const slashed = name.replaceAll("\\", "/");
  const parts = slashed.split("/").filter((p) => p !== "" && p !== ".");
  const path = `${slashed.startsWith("/") ? "/" : ""}${parts.join("/")}`;
  return slashed.endsWith("/") && parts.length > 0 ? `${path}/` : path;
}

/** A path that the zip says is a file and a folder, which no file system has; undefined where there is none. */
function fileAndFolder(paths: Iterable<string>): string | undefined {
  const all = [...paths];
  const files = new Set(all.filter((p) => !p.endsWith("/")));
  for (const path of all)
    for (let at = path.indexOf("/"); at >= 0; at = path.indexOf("/", at + 1))
      if (files.has(path.slice(0, at))) return path.slice(0, at);
  return undefined;
}
