// The workspace's files as the page knows them, and what has changed since.
import { contentOf } from "./content.ts";
import type { Content, FileChange } from "./protocol.ts";
import type { Workspace } from "./workspace.ts";

function same(a: Content | undefined, b: Content): boolean {
  if (typeof a === "string" || typeof b === "string" || a === undefined) return a === b;
  return a.length === b.length && sameBytes(a, b);
}

/** Four bytes at a time where they lie so: databases of fifty megabytes are compared after every run. */
function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  let i = 0;
  if (a.byteOffset % 4 === 0 && b.byteOffset % 4 === 0) {
    const count = a.length >> 2;
    const x = new Int32Array(a.buffer, a.byteOffset, count);
    const y = new Int32Array(b.buffer, b.byteOffset, count);
    for (let k = 0; k < count; k++) if (x[k] !== y[k]) return false;
    i = count << 2;
  }
  for (; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

export class Snapshot {
  private readonly workspace: Workspace;
  private readonly quiet: () => boolean;
  private known = new Map<string, Content>();

  /** @param quiet whether no connection to a database is open */
  constructor(workspace: Workspace, quiet: () => boolean) {
    this.workspace = workspace;
    this.quiet = quiet;
  }

  /** The page has given these files, and no others. */
  replaced(files: Iterable<{ readonly path: string; readonly content: Content }>): void {
    this.known = new Map([...files].map((f) => [this.key(f.path), f.content]));
    if (this.quiet()) this.workspace.untouched();
  }

  written(files: readonly FileChange[]): void {
    for (const { path, content } of files)
      if (content === null) this.known.delete(this.key(path));
      else this.known.set(this.key(path), content);
  }

  private key(path: string): string {
    return path.replace(/^\/workspace\//, "");
  }

  /** What is known: the files as they were when the page was last told. */
  files(): { path: string; content: Content }[] {
    return [...this.known].map(([path, content]) => ({ path, content }));
  }

  /** What has changed, which from now on is known. A database that somebody is writing to is left as it was. */
  changes(): FileChange[] {
    const now = new Map<string, Content>();
    for (const f of this.workspace.files()) {
      const before = this.known.get(f.path);
      // a large database is copied out only where somebody had it open
      if (f.database && before !== undefined && !this.workspace.isTouched(f.path)) {
        now.set(f.path, before);
        continue;
      }
      try {
        now.set(f.path, f.database ? f.bytes() : contentOf(f.bytes()));
      } catch (e) {
        if (!f.database) throw e;
        if (before !== undefined) now.set(f.path, before);
      }
    }
    const out: FileChange[] = [];
    for (const [path, content] of now) if (!same(this.known.get(path), content)) out.push({ path, content });
    for (const path of this.known.keys()) if (!now.has(path)) out.push({ path, content: null });
    this.known = now;
    if (this.quiet()) this.workspace.untouched();
    return out;
  }
}
