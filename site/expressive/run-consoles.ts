// Runs a page's terminals when the site is built, and keeps what they wrote.
//
// A command that fails where the page does not say so, or does not fail where it does, fails the build with its place and text.
// What differs from run to run (new revisions' ids, the time of their making) is put as if it did not: two builds are the same files.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Content } from "../../playground-engine/runtime/protocol.ts";
import type { RanLine } from "../../playground-engine/runtime/node.ts";
import type { WorkspaceFile } from "../../playground-engine/runtime/protocol.ts";
import { type ConsoleFence, consolesOf, type Edit, patched } from "./consoles.ts";
import { kept } from "./kept.ts";
import { steady } from "./steady.ts";

export interface RunConsole extends ConsoleFence {
  /** What each command wrote. */
  readonly outputs: readonly string[];
  /** The workspace that the first command meets, databases as base64. */
  readonly files: readonly (readonly [path: string, content: string, encoding: "text" | "base64"])[];
}

const WORKSPACES = "content/workspaces";
/** When every revision of a page was made. */
const MADE = "2026-01-05 09:30:00.000000";
const CREATED = /(Create Date: )(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+)/g;

/** All terminals of a page with what they wrote. @throws Error when a command does not do what the page says */
export async function runConsoles(file: string, markdown: string): Promise<RunConsole[]> {
  const fences = consolesOf(markdown);
  if (fences.length === 0) return [];
  const starts = fences.map((f) => (f.start === null ? [] : startOf(f.start)));
  return kept([file, fences, starts], async () => {
    const out: RunConsole[] = [];
    for (const session of Map.groupBy(fences, (f) => f.session).values())
      out.push(...(await runSession(file, session)));
    return out.sort((a, b) => a.index - b.index);
  });
}

async function runSession(file: string, fences: readonly ConsoleFence[]): Promise<RunConsole[]> {
  const { runLines } = await import("../../playground-engine/runtime/node.ts");
  const out: RunConsole[] = [];
  let made = 0;
  let files: readonly WorkspaceFile[] = [];
  for (const fence of fences) {
    if (fence.start !== null) files = startOf(fence.start);
    files = fence.edits.reduce((all, e) => edited(file, all, e), files);
    const before = files;
    const done = await runLines(fence.commands, files);
    const texts = done.ran.map((r) => r.text).join("");
    const ids = done.files
      .flatMap(({ path }) => /(?:^|\/)([0-9a-f]{12})_[^/]*\.py$/.exec(path)?.[1] ?? [])
      .filter((id) => !before.some((f) => f.path.includes(id)))
      .sort((a, b) => texts.indexOf(a) - texts.indexOf(b))
      .map((id) => [id, steadyId(file, fence.session, made++)] as const);
    const old = before.flatMap((f) => (typeof f.content === "string" ? f.content : [])).join("\n");
    const named = (text: string): string =>
      ids
        .reduce((t, [id, its]) => t.replaceAll(id, its), text)
        .replace(CREATED, (all, says: string, time: string) => (old.includes(time) ? all : says + MADE));
    files = done.files.map((f) => ({ path: named(f.path), content: renamed(f.content, named) }));
    complain(file, fence, done.ran);
    out.push({
      ...fence,
      outputs: steady(done.ran.map((r) => named(r.text))),
      files: before.map(({ path, content }) =>
        typeof content === "string"
          ? [path, content, "text"]
          : [path, Buffer.from(content).toString("base64"), "base64"],
      ),
    });
  }
  return out;
}

const steadyId = (page: string, session: string, n: number): string =>
  createHash("sha256").update(`${page} ${session} ${n}`).digest("hex").slice(0, 12);

/** A database's text is where its bytes are: ids are replaced by others as long. */
function renamed(content: Content, named: (text: string) => string): Content {
  return typeof content === "string"
    ? named(content)
    : new Uint8Array(Buffer.from(named(Buffer.from(content).toString("latin1")), "latin1"));
}

/** The files of a ready workspace. */
export function startOf(name: string): WorkspaceFile[] {
  const root = join(WORKSPACES, name);
  if (!existsSync(root)) throw new Error(`start="${name}": there is no ${root}`);
  const below = (dir: string): WorkspaceFile[] =>
    readdirSync(join(root, dir))
      .sort()
      .flatMap((n) => {
        const path = join(dir, n);
        return statSync(join(root, path)).isDirectory()
          ? n === "__pycache__"
            ? []
            : below(path)
          : [{ path, content: readFileSync(join(root, path), "utf8") }];
      });
  return below("");
}

function edited(page: string, files: readonly WorkspaceFile[], edit: Edit): WorkspaceFile[] {
  const old = files.find((f) => f.path === edit.path)?.content;
  const others = files.filter((f) => f.path !== edit.path);
  try {
    if (!edit.patch) return [...others, { path: edit.path, content: `${edit.text}\n` }];
    if (typeof old !== "string") throw new Error(`there is no text ${edit.path} to change`);
    return [...others, { path: edit.path, content: patched(old, edit.text) }];
  } catch (e) {
    throw new Error(`${page}:${edit.line}: ${(e as Error).message}`, { cause: e });
  }
}

function complain(page: string, fence: ConsoleFence, ran: readonly RanLine[]): void {
  ran.forEach(({ text, exit }, i) => {
    const fails = fence.expectError !== null && i === ran.length - 1;
    const where = `${page}:${fence.line}: $ ${fence.commands[i]!}`;
    if (!fails && exit !== 0) throw new Error(`${where}\nfails with ${exit}:\n${text}`);
    if (fails && (exit === 0 || !text.includes(fence.expectError!)))
      throw new Error(`${where}\ndoes not fail with "${fence.expectError!}":\n${text}`);
  });
}
