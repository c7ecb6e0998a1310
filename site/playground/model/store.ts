// Where workspaces are kept: IndexedDB, or memory where the browser refuses it.
//
// A workspace is a record and its files, each under a key of its own, so that typing in one file does not write a database of
// fifty megabytes again. A deleted workspace stays for a while, so that deleting can be undone.
import type { Content } from "../../../playground-engine/runtime/protocol.ts";
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { soundFiles, soundJournal, soundRecord } from "./sound.ts";

/** Where a workspace came from: what "reset" goes back to, and how a link finds the workspace it made before. */
export interface Origin {
  readonly kind: "starter" | "ready" | "shared" | "example" | "upload" | "copy";
  /** Name of the ready workspace, checksum of the link. */
  readonly id: string;
  readonly files: ReadonlyMap<string, Content>;
}

export interface WorkspaceRecord {
  readonly id: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly changed: number;
  readonly tabs: readonly string[];
  readonly active: string | null;
  readonly history: readonly string[];
  readonly origin: Origin;
  /** The files before the last reset, to go back to. */
  readonly before: ReadonlyMap<string, Content> | null;
  readonly deleted: number | null;
}

export interface LoadedWorkspace {
  readonly record: WorkspaceRecord;
  readonly files: ReadonlyMap<string, Content>;
}

/** Files that changed (content) or went (null). */
export type Changes = ReadonlyMap<string, Content | null>;

export interface WorkspaceStore {
  /** Whether what is saved outlives the tab. */
  readonly lasting: boolean;
  /** All that are not deleted, the last changed first. */
  list(): Promise<WorkspaceRecord[]>;
  load(id: string): Promise<LoadedWorkspace | undefined>;
  /** Keep a record, and these of its files. Rejects with a QuotaExceededError where there is no room. */
  save(record: WorkspaceRecord, changes: Changes): Promise<void>;
  /** For good. */
  erase(id: string): Promise<void>;
}

const DAYS = 24 * 60 * 60 * 1000;
const KEEP_DELETED = 30 * DAYS;

interface Schema extends DBSchema {
  workspaces: { key: string; value: WorkspaceRecord };
  files: { key: [string, string]; value: Content };
}

/** The browser's storage; where it is refused, memory, with the reason. */
export async function openStore(): Promise<{
  readonly store: WorkspaceStore;
  readonly refused: string | null;
}> {
  try {
    const db = await openDB<Schema>("mapped-playground", 1, {
      upgrade(database) {
        database.createObjectStore("workspaces", { keyPath: "id" });
        database.createObjectStore("files");
      },
      // a newer page in another tab wants to change the shape: let it, and go on until this one is reloaded
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    });
    const store = new BrowserStore(db);
    await store.sweep();
    return { store, refused: null };
  } catch (e) {
    return { store: new MemoryStore(), refused: e instanceof Error ? e.message : String(e) };
  }
}

function rangeOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id, ""], [id, "\uffff"]);
}

function listed(records: readonly WorkspaceRecord[]): WorkspaceRecord[] {
  return records.filter((r) => r.deleted === null).sort((a, b) => b.changed - a.changed);
}

class BrowserStore implements WorkspaceStore {
  readonly lasting = true;
  private readonly db: IDBPDatabase<Schema>;

  constructor(db: IDBPDatabase<Schema>) {
    this.db = db;
  }

  /** Erase what was deleted long ago. */
  async sweep(): Promise<void> {
    for (const r of await this.all())
      if (r.deleted !== null && Date.now() - r.deleted > KEEP_DELETED) await this.erase(r.id);
  }

  private async all(): Promise<WorkspaceRecord[]> {
    return (await this.db.getAll("workspaces")).flatMap((r) => soundRecord(r) ?? []);
  }

  async list(): Promise<WorkspaceRecord[]> {
    return listed(await this.all());
  }

  async load(id: string): Promise<LoadedWorkspace | undefined> {
    const tx = this.db.transaction(["workspaces", "files"]);
    const kept = await tx.objectStore("workspaces").get(id);
    const store = tx.objectStore("files");
    const [keys, contents] = await Promise.all([store.getAllKeys(rangeOf(id)), store.getAll(rangeOf(id))]);
    const files = soundFiles(keys.map(([, path], i) => [path, contents[i]]));
    const record = soundRecord(kept, files);
    return record && { record, files };
  }

  async save(record: WorkspaceRecord, changes: Changes): Promise<void> {
    const tx = this.db.transaction(["workspaces", "files"], "readwrite", { durability: "relaxed" });
    // every request is sent before anything is awaited: a page that is being left may get no further turn
    const requests: Promise<unknown>[] = [tx.objectStore("workspaces").put(record)];
    for (const [path, content] of changes)
      requests.push(
        content === null
          ? tx.objectStore("files").delete([record.id, path])
          : tx.objectStore("files").put(content, [record.id, path]),
      );
    await Promise.all([...requests, tx.done]);
  }

  async erase(id: string): Promise<void> {
    const tx = this.db.transaction(["workspaces", "files"], "readwrite");
    await Promise.all([
      tx.objectStore("workspaces").delete(id),
      tx.objectStore("files").delete(rangeOf(id)),
      tx.done,
    ]);
  }
}

export class MemoryStore implements WorkspaceStore {
  readonly lasting = false;
  private readonly all = new Map<string, LoadedWorkspace>();

  list(): Promise<WorkspaceRecord[]> {
    return Promise.resolve(listed([...this.all.values()].map((w) => w.record)));
  }

  load(id: string): Promise<LoadedWorkspace | undefined> {
    return Promise.resolve(this.all.get(id));
  }

  save(record: WorkspaceRecord, changes: Changes): Promise<void> {
    const files = new Map(this.all.get(record.id)?.files);
    for (const [path, content] of changes) {
      if (content === null) files.delete(path);
      else files.set(path, content);
    }
    this.all.set(record.id, { record, files });
    return Promise.resolve();
  }

  erase(id: string): Promise<void> {
    this.all.delete(id);
    return Promise.resolve();
  }
}

// -- what was typed in the last moment ---------------------------------------------------------------------------------
// IndexedDB answers later; a page that is left may not live so long. The texts not yet saved are put into localStorage, which
// answers at once, and taken from there when the workspace is opened next.

const journalKey = (id: string): string => `mapped:unsaved:${id}`;

export function writeJournal(id: string, changes: Changes): void {
  const texts = [...changes].filter(([, c]) => c === null || typeof c === "string");
  try {
    if (texts.length === 0) localStorage.removeItem(journalKey(id));
    else localStorage.setItem(journalKey(id), JSON.stringify(texts));
  } catch {
    // refused or full: the save that is under way is all there is
  }
}

export function takeJournal(id: string): Map<string, string | null> {
  try {
    const kept = localStorage.getItem(journalKey(id));
    if (kept === null) return new Map();
    localStorage.removeItem(journalKey(id));
    return soundJournal(JSON.parse(kept));
  } catch {
    return new Map();
  }
}
