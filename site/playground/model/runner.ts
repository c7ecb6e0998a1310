// Runs programs and terminal lines of the open workspace, and folds what they tell into the desk's state.
import type { Content, Event, Program, RunLooks } from "../../../playground-engine/runtime/protocol.ts";
import type { FileChange, RunResult } from "../../../playground-engine/runtime/client/engine-client.ts";
import { emptyRun, type RunModel, summary, withEvents } from "../../workbench/model/run-model.ts";
import type { Desk } from "./desk.ts";
import type { DeskState, TerminalEntry, TerminalPiece } from "./state.ts";

/** Lines of the terminal's log that are kept: older ones go. */
const LOG_ENTRIES = 200;
const HISTORY = 200;

export class Runner {
  private readonly desk: Desk;
  private entries = 0;
  /** Files that the reader changed while the program runs: what it writes does not replace them. */
  private touched = new Set<string>();
  private files: ReadonlyMap<string, Content> = new Map();

  constructor(desk: Desk) {
    this.desk = desk;
  }

  edited(path: string): void {
    this.touched.add(path);
  }

  get running(): boolean {
    return this.desk.state.run.status === "running";
  }

  /** The file that Run runs: the one in front if it is Python, else the last one run, else main.py or what seems the program. */
  target(state: DeskState): string | null {
    const { active, files, program } = state;
    if (active?.endsWith(".py")) return active;
    if (program?.kind === "script" && files.has(program.file)) return program.file;
    const programs = [...files.keys()].filter(
      (f) => /^[^/]+\.py$/.test(f) && !/^(models?|test_.*|conftest)\.py$/.test(f),
    );
    return ["main.py", "app.py"].find((f) => files.has(f)) ?? programs[0] ?? null;
  }

  async runFile(): Promise<void> {
    const file = this.target(this.desk.state);
    if (file === null) {
      this.desk.notify("plain", "Open a Python file to run it.");
      return;
    }
    if (this.desk.state.panel === "files") this.desk.set({ panel: "output" });
    this.desk.set({ pane: "panels" });
    await this.run({ kind: "script", file });
  }

  stop(): void {
    this.desk.client.stop();
  }

  rerun(looks?: RunLooks): void {
    const { program } = this.desk.state;
    if (program) void this.run(program, looks);
  }

  /** Run the last program once more, aside. */
  async compare(looks: RunLooks): Promise<RunModel | undefined> {
    const { program } = this.desk.state;
    if (!program || this.running) return undefined;
    let model: RunModel = { ...emptyRun, status: "running" };
    // from the files that the program began with, so that both runs see the same
    const now = this.desk.state.files;
    const began = this.files;
    this.desk.tellEngine();
    this.desk.client.write(difference(now, began));
    const result = await this.desk.client.run(program, {
      ...looks,
      scratch: true,
      onEvents: (events) => (model = withEvents(model, events)),
    });
    this.desk.client.write(difference(began, now));
    return ended(model, result);
  }

  async run(program: Program, looks?: RunLooks, entry?: number): Promise<RunResult> {
    const { desk } = this;
    // kept before anything can go wrong; the engine works elsewhere, so nothing waits for it
    void desk.save();
    desk.tellEngine();
    this.touched.clear();
    this.files = desk.state.files;
    let model: RunModel = { ...emptyRun, status: "running" };
    desk.set({ run: model, program, lit: null });
    const take = (changed: readonly FileChange[]): void => this.take(changed);
    const result = await desk.client.run(program, {
      ...looks,
      onEvents: (events) => {
        model = withEvents(model, events);
        desk.set({ run: model });
        if (entry !== undefined) this.log(entry, events);
      },
      onChanged: take,
    });
    take(result.changed);
    model = ended(model, result);
    desk.set({ run: model, runs: desk.state.runs + 1, said: `Run ${model.status}: ${summary(model)}` });
    if (model.error && entry === undefined) desk.set({ panel: "output" });
    if (entry !== undefined) this.finish(entry, result);
    return result;
  }

  /** Files as the program left them, but for those that the reader changed meanwhile. */
  private take(changed: readonly FileChange[]): void {
    const { files } = this.desk.state;
    const changes = new Map(
      changed
        .filter((c) => !this.touched.has(c.path) && files.get(c.path) !== c.content)
        .map((c) => [c.path, c.content]),
    );
    if (changes.size > 0) this.desk.change(changes, true);
    const kept = changed.filter((c) => this.touched.has(c.path) && files.get(c.path) !== c.content);
    if (kept.length > 0) {
      this.desk.change(new Map(kept.map((c) => [c.path, files.get(c.path) ?? null])));
      this.desk.notify(
        "plain",
        `The program changed ${kept.map((c) => c.path).join(", ")} while you did: your text was kept.`,
      );
    }
  }

  // -- the terminal ----------------------------------------------------------------------------------------------------

  async command(line: string): Promise<void> {
    const { desk } = this;
    if (this.running) return;
    const id = ++this.entries;
    const { cwd } = desk.state.terminalState;
    const blank = line.trim() === "";
    const entry: TerminalEntry = { id, cwd, line, pieces: [], exit: blank ? 0 : null };
    desk.set({ terminal: [...desk.state.terminal, entry].slice(-LOG_ENTRIES) });
    if (blank) return;
    const earlier = desk.state.record?.history ?? [];
    const history = [...earlier.filter((h) => h !== line), line].slice(-HISTORY);
    desk.keepHistory(history);
    await this.run(
      {
        kind: "command",
        line,
        terminal: { state: desk.state.terminalState, history, color: true, columns: 100 },
      },
      undefined,
      id,
    );
  }

  clear(): void {
    this.desk.set({ terminal: this.desk.state.terminal.filter((e) => e.exit === null) });
  }

  /** The line was given up with Ctrl+C. */
  abandon(line: string): void {
    const { terminal, terminalState } = this.desk.state;
    const entry = { id: ++this.entries, cwd: terminalState.cwd, line: `${line}^C`, pieces: [], exit: 0 };
    this.desk.set({ terminal: [...terminal, entry] });
  }

  private log(id: number, events: readonly Event[]): void {
    const { desk } = this;
    const pieces: TerminalPiece[] = [];
    for (const e of events) {
      if (e.kind === "output") pieces.push({ stream: e.stream, text: e.text });
      else if (e.kind === "limit") pieces.push({ stream: "notice", text: `${e.message}\n` });
      else if (e.kind === "terminal") {
        desk.set({ terminalState: e.state });
        if (e.clear) desk.set({ terminal: desk.state.terminal.filter((x) => x.id >= id) });
      }
    }
    if (pieces.length > 0) this.update(id, (e) => ({ ...e, pieces: joined(e.pieces, pieces) }));
  }

  private finish(id: number, result: RunResult): void {
    const pieces: TerminalPiece[] = result.stopped
      ? [{ stream: "stderr", text: "^C\n" }]
      : result.reason !== null
        ? [{ stream: "notice", text: `The engine ended: ${result.reason}\n` }]
        : [];
    this.update(id, (e) => ({ ...e, exit: result.exit, pieces: joined(e.pieces, pieces) }));
    if (result.stopped || result.reason !== null)
      this.desk.set({ terminalState: { ...this.desk.state.terminalState, status: result.exit } });
  }

  private update(id: number, by: (e: TerminalEntry) => TerminalEntry): void {
    this.desk.set({ terminal: this.desk.state.terminal.map((e) => (e.id === id ? by(e) : e)) });
  }
}

function joined(before: readonly TerminalPiece[], more: readonly TerminalPiece[]): TerminalPiece[] {
  const out = [...before];
  for (const p of more) {
    const last = out.at(-1);
    if (last?.stream === p.stream) out[out.length - 1] = { stream: p.stream, text: last.text + p.text };
    else out.push(p);
  }
  return out;
}

function ended(model: RunModel, result: RunResult): RunModel {
  const notices = result.stopped
    ? [...model.notices, "Stopped."]
    : result.reason !== null
      ? [...model.notices, `The engine ended: ${result.reason}`]
      : model.notices;
  return {
    ...model,
    notices,
    status: result.stopped ? "stopped" : model.error || result.reason !== null ? "failed" : "done",
    milliseconds: result.milliseconds,
  };
}

function difference(from: ReadonlyMap<string, Content>, to: ReadonlyMap<string, Content>): FileChange[] {
  const out: FileChange[] = [];
  for (const [path, content] of to) if (from.get(path) !== content) out.push({ path, content });
  for (const path of from.keys()) if (!to.has(path)) out.push({ path, content: null });
  return out;
}
