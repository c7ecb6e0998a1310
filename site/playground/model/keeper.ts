// Saves a workspace as it changes: soon after typing, before every run, and when the page is left.
import type { Content } from "../../../playground-engine/runtime/protocol.ts";
import type { Saving } from "./state.ts";
import { type WorkspaceRecord, type WorkspaceStore, writeJournal } from "./store.ts";

/** Milliseconds from a change to its being saved. */
const SOON = 300;

export class Keeper {
  private readonly store: WorkspaceStore;
  private readonly tell: (saving: Saving) => void;
  private readonly refused: string | null;
  private record: WorkspaceRecord | undefined;
  private pending = new Map<string, Content | null>();
  private underWay = new Map<string, Content | null>();
  private dirty = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private flushing: Promise<void> | undefined;
  private journal = false;
  /** Off where another tab has the workspace. */
  enabled = true;

  constructor(store: WorkspaceStore, refused: string | null, tell: (saving: Saving) => void) {
    this.store = store;
    this.refused = refused;
    this.tell = tell;
  }

  /** Keep this workspace from now on. What the one before still had to save must have been flushed. */
  begin(record: WorkspaceRecord): void {
    clearTimeout(this.timer);
    this.record = record;
    this.pending = new Map();
    this.dirty = false;
    this.tellState();
  }

  /** A changed record, and files that changed (content) or went (null). */
  change(record: WorkspaceRecord, files: Iterable<readonly [string, Content | null]> = []): void {
    this.record = record;
    if (!this.enabled) return;
    for (const [path, content] of files) this.pending.set(path, content);
    this.dirty = true;
    if (this.store.lasting && this.refused === null) this.tell({ state: "pending" });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), SOON);
  }

  /** Save all there is to save. Never rejects: a failure is told as a state, and tried again with the next change. */
  async flush(): Promise<void> {
    while (this.flushing) await this.flushing;
    if (!this.dirty || !this.record || !this.enabled) return;
    clearTimeout(this.timer);
    this.flushing = this.write(this.record);
    await this.flushing;
  }

  private async write(record: WorkspaceRecord): Promise<void> {
    const changes = this.pending;
    this.underWay = changes;
    this.pending = new Map();
    this.dirty = false;
    try {
      await this.store.save(record, changes);
      this.underWay = new Map();
      if (this.journal && !this.dirty) {
        writeJournal(record.id, new Map());
        this.journal = false;
      }
      if (!this.dirty) this.tellState();
    } catch (e) {
      this.underWay = new Map();
      this.pending = new Map([...changes, ...this.pending]);
      this.dirty = true;
      this.tell({
        state: "failed",
        full: e instanceof DOMException && e.name === "QuotaExceededError",
        reason: e instanceof Error ? e.message : String(e),
      });
    } finally {
      this.flushing = undefined;
    }
  }

  /** The page may be gone in a moment: put down what is not safely saved yet, at once. */
  leave(): void {
    if (!this.record || !this.enabled || !this.store.lasting) return;
    const unsaved = new Map([...this.underWay, ...this.pending]);
    if (unsaved.size > 0) {
      writeJournal(this.record.id, unsaved);
      this.journal = true;
    }
    void this.flush();
  }

  private tellState(): void {
    this.tell(this.refused === null ? { state: "saved" } : { state: "memory", reason: this.refused });
  }
}
