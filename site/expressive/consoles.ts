// Finds what a page types into a terminal, and what it writes between two commands.
//
//     ```console run session="blog" start="fresh" title="A project"      commands, each after "$ "; content/workspaces/fresh to begin with
//     ```python session="blog" file="models.py"                          a whole file
//     ```diff session="blog" file="alembic.ini"                          lines of a file that are replaced: context, -, +
//
// Commands of one session go on where the last ones left its files. Every command must succeed, but the last one of a fence that says
// expect-error="Multiple head revisions": it fails, and says so.
import { allFences } from "./fences.ts";

export interface ConsoleFence {
  /** Position among the page's terminals. */
  readonly index: number;
  readonly session: string;
  /** The ready workspace that the session begins with; null for an empty one, and where it goes on. */
  readonly start: string | null;
  readonly title: string;
  readonly commands: readonly string[];
  /** What the last command says as it fails, where the page means it to. */
  readonly expectError: string | null;
  /** The fence's text. */
  readonly source: string;
  /** 1-based line of the opening fence in the page's file. */
  readonly line: number;
  /** What the page wrote into files since the session's last commands. */
  readonly edits: readonly Edit[];
}

/** A file written by the page: wholly, or by a patch. */
export interface Edit {
  readonly path: string;
  readonly text: string;
  readonly patch: boolean;
  readonly line: number;
}

/** The terminals of a page, in order. @throws Error for one that says no session or holds no command */
export function consolesOf(markdown: string): ConsoleFence[] {
  const out: ConsoleFence[] = [];
  const edits = new Map<string, Edit[]>();
  for (const { language, meta, source, line } of allFences(markdown)) {
    const session = meta.get("session");
    const path = meta.get("file");
    if (path !== undefined) {
      if (session === undefined) throw new Error(`line ${line}: file="${path}" says no session`);
      const of = edits.get(session) ?? [];
      of.push({ path, text: source, patch: language === "diff", line });
      edits.set(session, of);
    }
    if (language !== "console" || !meta.has("run")) continue;
    if (session === undefined) throw new Error(`line ${line}: a terminal that says no session`);
    const commands = source.split("\n").map((l) => {
      if (!l.startsWith("$ ")) throw new Error(`line ${line}: ${l} is no command: one begins with "$ "`);
      return l.slice(2);
    });
    const index = out.length;
    out.push({
      index,
      session,
      start: meta.get("start") ?? null,
      title: meta.get("title") ?? `terminal ${index + 1}`,
      commands,
      expectError: meta.get("expect-error") ?? null,
      source,
      line,
      edits: edits.get(session) ?? [],
    });
    edits.delete(session);
  }
  return out;
}

/** A file's text after a patch. @throws Error where its old lines are not there once */
export function patched(text: string, patch: string): string {
  const side = (not: string): string[] =>
    patch
      .split("\n")
      .filter((l) => l[0] !== not)
      .map((l) => l.slice(1));
  const [before, after] = [side("+"), side("-")];
  const lines = text.split("\n");
  const places = lines.flatMap((_, i) => (before.every((l, n) => lines[i + n] === l) ? [i] : []));
  if (places.length !== 1)
    throw new Error(`these lines are there ${places.length} times:\n${before.join("\n")}`);
  return lines.toSpliced(places[0]!, before.length, ...after).join("\n");
}
