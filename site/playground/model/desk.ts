// The playground without its looks: the open workspace, its files and tabs, what is kept and what is undone.
//
// Everything a view shows is in `state`; everything it can do is a method. Running is in runner.ts, saving in keeper.ts.
import type { Content } from "../../../playground-engine/runtime/protocol.ts";
import { EngineClient, type FileChange } from "../../../playground-engine/runtime/client/engine-client.ts";
import { CannotFormat } from "../../workbench/editor/format.ts";
import { emptyRun } from "../../workbench/model/run-model.ts";
import type { WorkspaceEditor } from "../../workbench/editor/workspace-editor.ts";
import type { Place } from "../../workbench/panels/registry.ts";
import { Keeper } from "./keeper.ts";
import { Ownership } from "./ownership.ts";
import { badPath, freeName } from "./paths.ts";
import { Runner } from "./runner.ts";
import { type DeskState, HOME, initialState, LAST_OPENED, type Notice } from "./state.ts";
import {
  type LoadedWorkspace,
  openStore,
  type Origin,
  takeJournal,
  type WorkspaceRecord,
  type WorkspaceStore,
} from "./store.ts";

export interface NewWorkspace {
  readonly name: string;
  readonly files: ReadonlyMap<string, Content>;
  readonly origin: Omit<Origin, "files">;
  readonly open?: string | null;
  readonly panel?: string | null;
}

export class Desk {
  state: DeskState = initialState;
  readonly client: EngineClient;
  readonly runner: Runner;
  /** The editor, where there is one. */
  editor: Pick<WorkspaceEditor, "focus" | "format"> | undefined;
  private readonly listeners = new Set<() => void>();
  private readonly ownership: Ownership;
  private store!: WorkspaceStore;
  private keeper!: Keeper;
  private notices = 0;
  /** Changes that the engine has not been told of. */
  private untold = new Map<string, Content | null>();

  constructor(spawn: () => Worker) {
    this.client = new EngineClient(spawn);
    this.client.subscribe((engine) => this.set({ engine }));
    this.runner = new Runner(this);
    this.ownership = new Ownership({
      onLose: async () => {
        await this.keeper.flush();
        this.keeper.enabled = false;
        this.set({ mine: false });
      },
      onGain: () => void this.gained(),
    });
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  set(patch: Partial<DeskState>): void {
    this.state = { ...this.state, ...patch };
    for (const l of this.listeners) l();
  }

  /** Open the storage. Called once, before anything else. */
  async begin(storage = openStore()): Promise<void> {
    const { store, refused } = await storage;
    this.store = store;
    this.keeper = new Keeper(store, refused, (saving) => this.set({ saving }));
    addEventListener("pagehide", () => this.keeper.leave());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.keeper.leave();
    });
  }

  // -- workspaces ------------------------------------------------------------------------------------------------------

  list(): Promise<WorkspaceRecord[]> {
    return this.store.list();
  }

  /** Open a kept workspace. @returns whether there is one of this id */
  async open(id: string): Promise<boolean> {
    const loaded = await this.store.load(id);
    if (!loaded || loaded.record.deleted !== null) return false;
    await this.leaveCurrent();
    const mine = await this.ownership.claim(id);
    this.show(mine ? await this.recovered(loaded) : loaded, mine);
    return true;
  }

  /** Make a workspace and open it. */
  async create({ name, files, origin, open, panel }: NewWorkspace): Promise<void> {
    const now = Date.now();
    const names = new Set((await this.store.list()).map((r) => r.name));
    const first = open ?? firstFile(files);
    const record: WorkspaceRecord = {
      id: newId(),
      name: names.has(name) ? numbered(name, names) : name,
      created: now,
      changed: now,
      tabs: first === null ? [] : [first],
      active: first,
      history: [],
      origin: { ...origin, files },
      before: null,
      deleted: null,
    };
    await this.leaveCurrent();
    await this.ownership.claim(record.id);
    this.show({ record, files }, true);
    if (panel) this.set({ panel });
    this.keeper.change(record, files);
    await this.keeper.flush();
  }

  /** The workspace that came from there, if the reader has it still. */
  async cameFrom(kind: Origin["kind"], id: string): Promise<WorkspaceRecord | undefined> {
    return (await this.store.list()).find((r) => r.origin.kind === kind && r.origin.id === id);
  }

  private async leaveCurrent(): Promise<void> {
    this.client.stop();
    if (this.state.record) await this.keeper.flush();
  }

  private show({ record, files }: LoadedWorkspace, mine: boolean): void {
    this.keeper.enabled = mine;
    this.keeper.begin(record);
    this.untold.clear();
    this.client.workspace([...files].map(([path, content]) => ({ path, content })));
    const tabs = record.tabs.filter((t) => files.has(t));
    if (this.store.lasting) remember(record.id);
    this.set({
      open: true,
      record,
      files,
      mine,
      tabs,
      active: record.active !== null && tabs.includes(record.active) ? record.active : (tabs[0] ?? null),
      run: emptyRun,
      program: null,
      terminal: [],
      terminalState: { cwd: HOME, env: [], status: 0 },
      place: null,
      lit: null,
      wanted: null,
      notice: null,
      revision: this.state.revision + 1,
    });
  }

  /** With what was typed in the last moment before the page was left. */
  private async recovered(loaded: LoadedWorkspace): Promise<LoadedWorkspace> {
    const journal = takeJournal(loaded.record.id);
    if (journal.size === 0) return loaded;
    const files = new Map(loaded.files);
    for (const [path, text] of journal) {
      if (text === null) files.delete(path);
      else files.set(path, text);
    }
    await this.store.save(loaded.record, journal).catch(() => undefined);
    return { record: loaded.record, files };
  }

  private async gained(): Promise<void> {
    const id = this.state.record?.id;
    if (id === undefined) return;
    const loaded = await this.store.load(id);
    if (!loaded || loaded.record.deleted !== null) return;
    this.show(await this.recovered(loaded), true);
    this.notify("plain", "This workspace is yours here now, with everything the other tab saved.");
  }

  /** Take the workspace from the tab that has it. */
  async takeOver(): Promise<void> {
    await this.ownership.takeOver();
    await this.gained();
  }

  async copyCurrent(): Promise<void> {
    const { record, files } = this.state;
    if (record)
      await this.create({
        name: `${record.name} copy`,
        files,
        origin: { kind: "copy", id: record.id },
        open: this.state.active,
      });
  }

  async duplicate(id: string): Promise<void> {
    await this.keeper.flush();
    const loaded = await this.store.load(id);
    if (loaded)
      await this.create({
        name: `${loaded.record.name} copy`,
        files: loaded.files,
        origin: { kind: "copy", id },
        open: loaded.record.active,
      });
  }

  async renameWorkspace(id: string, name: string): Promise<void> {
    if (name.trim() === "") return;
    if (id === this.state.record?.id) {
      this.keep({ name: name.trim() });
      await this.keeper.flush();
      return;
    }
    const loaded = await this.store.load(id);
    if (loaded) await this.store.save({ ...loaded.record, name: name.trim() }, new Map());
  }

  /** @param next what to open instead, where the open one is deleted and no other is kept */
  async deleteWorkspace(id: string, next: () => Promise<void>): Promise<void> {
    await this.keeper.flush();
    const loaded = await this.store.load(id);
    if (!loaded) return;
    await this.store.save({ ...loaded.record, deleted: Date.now() }, new Map());
    if (id === this.state.record?.id) {
      const others = await this.store.list();
      if (!(others[0] && (await this.open(others[0].id)))) await next();
    }
    this.notify("plain", `Deleted “${loaded.record.name}”.`, {
      label: "Undo",
      run: () => void this.store.save(loaded.record, new Map()).then(() => this.open(id)),
    });
  }

  /** Back to how the workspace began. What there was is kept, to go back to. */
  reset(): void {
    const { record, files } = this.state;
    if (!record) return;
    this.replaceFiles(record.origin.files);
    this.keep({ before: files });
    this.set({ run: emptyRun, program: null, terminal: [] });
    this.notify("plain", "The workspace is as it began.", { label: "Undo", run: () => this.undoReset() });
  }

  undoReset(): void {
    const before = this.state.record?.before;
    if (!before) return;
    this.replaceFiles(before);
    this.keep({ before: null });
    this.notify("plain", "Everything is as it was before the reset.");
  }

  private replaceFiles(files: ReadonlyMap<string, Content>): void {
    const changes = new Map<string, Content | null>([...this.state.files.keys()].map((p) => [p, null]));
    for (const [path, content] of files) changes.set(path, content);
    this.client.stop();
    this.change(changes);
    if (this.state.tabs.length === 0) {
      const first = firstFile(files);
      if (first !== null) this.openFile(first);
    }
  }

  // -- files -----------------------------------------------------------------------------------------------------------

  /** The reader typed. */
  edit(path: string, text: string): void {
    if (this.state.files.get(path) === text) return;
    this.runner.edited(path);
    this.change(new Map([[path, text]]));
  }

  /** The one way in which files change. */
  change(changes: ReadonlyMap<string, Content | null>, told = false): void {
    const files = new Map(this.state.files);
    for (const [path, content] of changes) {
      if (content === null) files.delete(path);
      else files.set(path, content);
      if (!told) this.untold.set(path, content);
    }
    const tabs = this.state.tabs.filter((t) => files.has(t));
    const active =
      this.state.active !== null && files.has(this.state.active) ? this.state.active : (tabs.at(-1) ?? null);
    this.set({ files, tabs, active, revision: this.state.revision + 1 });
    this.keep({}, changes);
  }

  /** Tell the engine of what changed: before it runs or is asked. */
  tellEngine(): void {
    if (this.untold.size === 0) return;
    const changes: FileChange[] = [...this.untold].map(([path, content]) => ({ path, content }));
    this.untold.clear();
    this.client.write(changes);
  }

  /** Lay out the file in front. */
  async format(): Promise<void> {
    try {
      await this.editor?.format();
    } catch (e) {
      if (!(e instanceof CannotFormat)) throw e;
      this.notify("bad", e.message);
    }
  }

  save(): Promise<void> {
    return this.keeper.flush();
  }

  private keep(patch: Partial<WorkspaceRecord>, changes?: ReadonlyMap<string, Content | null>): void {
    const { record, tabs, active } = this.state;
    if (!record) return;
    const next = { ...record, tabs, active, changed: Date.now(), ...patch };
    this.set({ record: next });
    this.keeper.change(next, changes);
  }

  keepHistory(history: readonly string[]): void {
    this.keep({ history });
  }

  /** @returns why not, for the reader; null when done */
  newFile(path: string, content: Content = ""): string | null {
    const bad = badPath(path, this.state.files.keys());
    if (bad) return bad;
    this.change(new Map([[path, content]]));
    this.openFile(path);
    return null;
  }

  /** Rename a file, or a folder with all below it. @returns why not; null when done */
  rename(from: string, to: string): string | null {
    if (from === to) return null;
    const moved = this.below(from);
    const rest = [...this.state.files.keys()].filter((p) => !moved.has(p));
    const changes = new Map<string, Content | null>();
    const names = new Map<string, string>();
    for (const [path, content] of moved) {
      const next = to + path.slice(from.length);
      const bad = badPath(next, rest);
      if (bad) return bad;
      names.set(path, next);
      changes.set(path, null);
      changes.set(next, content);
    }
    const tabs = this.state.tabs.map((t) => names.get(t) ?? t);
    const active = this.state.active === null ? null : (names.get(this.state.active) ?? this.state.active);
    this.change(changes);
    this.set({ tabs, active });
    this.keep({});
    return null;
  }

  /** Delete a file, or a folder with all below it; it can be undone. */
  remove(path: string): void {
    const gone = this.below(path);
    const { tabs, active } = this.state;
    this.change(new Map([...gone.keys()].map((p) => [p, null])));
    this.notify("plain", gone.size === 1 ? `Deleted ${path}.` : `Deleted ${path} with ${gone.size} files.`, {
      label: "Undo",
      run: () => {
        this.change(gone);
        this.set({ tabs: tabs.filter((t) => this.state.files.has(t)), active });
        this.keep({});
      },
    });
  }

  duplicateFile(path: string): void {
    const content = this.state.files.get(path);
    if (content !== undefined)
      this.newFile(
        freeName(path, (n) => this.state.files.has(n)),
        content,
      );
  }

  /** Take in files from outside; what they replace can be brought back. */
  upload(files: ReadonlyMap<string, Content>): void {
    const replaced = new Map<string, Content | null>();
    for (const path of files.keys()) replaced.set(path, this.state.files.get(path) ?? null);
    this.change(files);
    const texts = [...files.keys()].filter((p) => typeof files.get(p) === "string");
    if (texts[0] !== undefined) this.openFile(texts[0]);
    this.notify("plain", files.size === 1 ? `Added ${[...files.keys()][0]}.` : `Added ${files.size} files.`, {
      label: "Undo",
      run: () => this.change(replaced),
    });
  }

  private below(path: string): Map<string, Content> {
    return new Map([...this.state.files].filter(([p]) => p === path || p.startsWith(`${path}/`)));
  }

  openFile(path: string): void {
    if (!this.state.files.has(path)) return;
    const { tabs } = this.state;
    this.set({ tabs: tabs.includes(path) ? tabs : [...tabs, path], active: path, pane: "code" });
    this.keep({});
  }

  closeTab(path: string): void {
    const at = this.state.tabs.indexOf(path);
    const tabs = this.state.tabs.filter((t) => t !== path);
    const active =
      this.state.active === path ? (tabs[Math.min(at, tabs.length - 1)] ?? null) : this.state.active;
    this.set({ tabs, active });
    this.keep({});
  }

  goto(place: Place): void {
    const path = this.pathOf(place.file);
    if (path === undefined) return;
    this.openFile(path);
    this.set({ wanted: { file: path, line: place.line } });
  }

  /** A file as programs and tracebacks name it, as the workspace does. */
  pathOf(file: string): string | undefined {
    const path = file.replace(/^\/workspace\//, "").replace(/^\.\//, "");
    return this.state.files.has(path) ? path : undefined;
  }

  // -- messages --------------------------------------------------------------------------------------------------------

  notify(tone: Notice["tone"], text: string, ...actions: Notice["actions"]): void {
    const wrapped = actions.map((a) => ({
      label: a.label,
      run: () => {
        this.set({ notice: null });
        a.run();
      },
    }));
    this.set({ notice: { id: ++this.notices, tone, text, actions: wrapped } });
  }

  dismiss(): void {
    this.set({ notice: null });
  }
}

const ENTRY = ["main.py", "app.py", "models.py", "README.md"];

function firstFile(files: ReadonlyMap<string, Content>): string | null {
  const texts = [...files].filter(([p, c]) => typeof c === "string" && !p.endsWith("/")).map(([p]) => p);
  return ENTRY.find((e) => texts.includes(e)) ?? texts.find((p) => p.endsWith(".py")) ?? texts[0] ?? null;
}

/** crypto.randomUUID is for secure addresses only; a copy of the site on a local network has none. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join("");
}

function numbered(name: string, taken: ReadonlySet<string>): string {
  for (let n = 2; ; n++) if (!taken.has(`${name} ${n}`)) return `${name} ${n}`;
}

/** The workspace of this tab, so that a reload and the next visit find it. */
function remember(id: string): void {
  for (const storage of storages()) {
    try {
      storage().setItem(LAST_OPENED, id);
    } catch {
      // refused: the list of workspaces still has it
    }
  }
}

/** Ids of workspaces that this tab, then this browser, had open last. */
export function lastOpened(): string[] {
  return storages().flatMap((storage) => {
    try {
      return storage().getItem(LAST_OPENED) ?? [];
    } catch {
      return [];
    }
  });
}

function storages(): (() => Storage)[] {
  return [() => sessionStorage, () => localStorage];
}
