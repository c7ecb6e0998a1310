// What was kept or sent, looked at before it is used: a workspace's record, its files, what was typed last.
//
// Another version of this page, an extension or a broken disk may have written it. What is of the wrong kind is left out or put
// right; nothing of the reader's that can be shown is dropped.
import type { Content } from "../../../playground-engine/runtime/protocol.ts";
import type { Origin, WorkspaceRecord } from "./store.ts";

type Fields = Readonly<Record<string, unknown>>;

const KINDS: readonly Origin["kind"][] = ["starter", "ready", "shared", "example", "upload", "copy"];

export const isContent = (x: unknown): x is Content => typeof x === "string" || x instanceof Uint8Array;

const isFields = (x: unknown): x is Fields => typeof x === "object" && x !== null;

const texts = (x: unknown): string[] =>
  Array.isArray(x) ? x.filter((t): t is string => typeof t === "string") : [];

const time = (x: unknown, otherwise: number | null): number | null =>
  typeof x === "number" && Number.isFinite(x) ? x : otherwise;

/** The files among pairs of a path and a content. */
export function soundFiles(pairs: Iterable<readonly [unknown, unknown]>): Map<string, Content> {
  const out = new Map<string, Content>();
  for (const [path, content] of pairs)
    if (typeof path === "string" && path !== "" && isContent(content)) out.set(path, content);
  return out;
}

/** A kept record, put right; undefined where it says of no workspace. @param files what a reset goes back to where it does not say */
export function soundRecord(
  x: unknown,
  files: ReadonlyMap<string, Content> = new Map(),
): WorkspaceRecord | undefined {
  if (!isFields(x) || typeof x.id !== "string") return undefined;
  const origin = isFields(x.origin) ? x.origin : {};
  return {
    id: x.id,
    name: typeof x.name === "string" && x.name.trim() !== "" ? x.name : "Workspace",
    created: time(x.created, 0)!,
    changed: time(x.changed, 0)!,
    tabs: texts(x.tabs),
    active: typeof x.active === "string" ? x.active : null,
    history: texts(x.history),
    origin: {
      kind: KINDS.find((k) => k === origin.kind) ?? "copy",
      id: typeof origin.id === "string" ? origin.id : "",
      files: origin.files instanceof Map ? soundFiles(origin.files) : files,
    },
    before: x.before instanceof Map ? soundFiles(x.before) : null,
    deleted: time(x.deleted, null),
  };
}

/** What was typed in the last moment, as it was put down: paths with texts, null for a file that went. */
export function soundJournal(x: unknown): Map<string, string | null> {
  const out = new Map<string, string | null>();
  if (Array.isArray(x))
    for (const pair of x as readonly unknown[]) {
      if (!Array.isArray(pair)) continue;
      const [path, text] = pair as readonly unknown[];
      if (typeof path === "string" && path !== "" && (text === null || typeof text === "string"))
        out.set(path, text);
    }
  return out;
}
