// The page's side of the engine: one busy worker, one spare kept warm, typed by protocol.ts.
//
// Stopping a run terminates its worker at once (SQLite cannot be interrupted) and the spare takes its place. A worker
// that dies or fails to load is reported as a state, never thrown into the page.
import type { Content } from "../protocol.ts";
import type {
  Answer,
  Event,
  FileChange,
  Limits,
  Program,
  Question,
  Report,
  Request,
  RunLooks,
  WorkspaceFile,
} from "../protocol.ts";

export type EngineState =
  | { readonly state: "idle" }
  | { readonly state: "loading"; readonly stage: string; readonly done: number }
  | { readonly state: "ready"; readonly milliseconds: number }
  | { readonly state: "running" }
  | { readonly state: "failed"; readonly stage: string; readonly message: string };

export type { FileChange } from "../protocol.ts";

export interface RunResult {
  readonly exit: number;
  readonly milliseconds: number;
  readonly stopped: boolean;
  /** Why the run ended before its end, where it did: "stopped", or what the worker died of. */
  readonly reason: string | null;
  readonly changed: readonly FileChange[];
}

/** Runs of a page are looked at (moments, plans) unless they say otherwise. */
export interface RunOptions extends RunLooks {
  readonly limits?: Limits;
  readonly simulate?: boolean;
  /** Called with each batch of events, in order. */
  readonly onEvents: (events: readonly Event[]) => void;
  /** Called with files as the run that still goes on has left them: they are kept if it is stopped. */
  readonly onChanged?: (changed: readonly FileChange[]) => void;
}

interface Running {
  readonly id: number;
  readonly options: RunOptions;
  readonly finish: (r: RunResult) => void;
}

interface Engine {
  readonly worker: Worker;
  ready: boolean;
}

const STOPPED = { exit: 130, milliseconds: 0, stopped: true, changed: [] } as const;

export class EngineClient {
  private readonly spawn: () => Worker;
  private engine: Engine | undefined;
  private spare: Engine | undefined;
  private running: Running | undefined;
  private readonly asking = new Map<number, (answer: unknown) => void>();
  /** The workspace as it was last known here: what a worker that takes the place of another is given. */
  private files: ReadonlyMap<string, Content> | undefined;
  private nextId = 1;
  private readonly listeners = new Set<(s: EngineState) => void>();
  state: EngineState = { state: "idle" };

  /** @param spawn makes a worker that runs runtime/worker.ts and sends it `boot` */
  constructor(spawn: () => Worker) {
    this.spawn = spawn;
  }

  /** Be told of state changes; gives a function that ends it. */
  subscribe(listener: (s: EngineState) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private set(state: EngineState): void {
    this.state = state;
    for (const l of this.listeners) l(state);
  }

  /** Start loading, if that has not happened: on hover, focus or first run. */
  warm(): void {
    if (this.engine) return;
    this.set({ state: "loading", stage: "engine", done: 0 });
    this.engine = this.start();
    this.handOver();
  }

  /** Give the present worker the workspace. */
  private handOver(): void {
    if (this.files)
      this.send({
        type: "workspace",
        files: [...this.files].map(([path, content]) => ({ path, content })),
      });
  }

  private remember(changed: readonly FileChange[]): void {
    if (changed.length === 0) return;
    const files = new Map(this.files);
    for (const f of changed) {
      if (f.content === null) files.delete(f.path);
      else files.set(f.path, f.content);
    }
    this.files = files;
  }

  private start(): Engine {
    const worker = this.spawn();
    const engine: Engine = { worker, ready: false };
    worker.onmessage = (m: MessageEvent<Report>) => this.receive(engine, m.data);
    worker.onerror = (e) => {
      e.preventDefault();
      this.died(engine, e.message || "The engine's script could not be loaded.");
    };
    worker.onmessageerror = () => this.died(engine, "A message from the engine could not be read.");
    return engine;
  }

  private send(request: Request): void {
    this.warm();
    this.engine!.worker.postMessage(request);
  }

  private receive(engine: Engine, report: Report): void {
    switch (report.type) {
      case "ready":
        engine.ready = true;
        if (engine === this.engine)
          this.set(
            this.running ? { state: "running" } : { state: "ready", milliseconds: report.milliseconds },
          );
        return;
      case "progress":
        if (engine === this.engine && !engine.ready)
          this.set({ state: "loading", stage: report.stage, done: report.done });
        return;
      case "failed":
        this.died(engine, report.message, report.stage);
        return;
      case "events":
        if (this.running?.id === report.id) this.running.options.onEvents(report.events);
        return;
      case "changed":
        if (this.running?.id !== report.id) return;
        this.remember(report.changed);
        this.running.options.onChanged?.(report.changed);
        return;
      case "done": {
        const r = this.running;
        if (r?.id !== report.id) return;
        this.running = undefined;
        this.remember(report.changed);
        this.set({ state: "ready", milliseconds: report.milliseconds });
        r.finish({
          exit: report.exit,
          milliseconds: report.milliseconds,
          stopped: false,
          reason: null,
          changed: report.changed,
        });
        return;
      }
      case "files":
        this.asking.get(report.id)?.(report.files);
        this.asking.delete(report.id);
        return;
      case "answer":
        this.asking.get(report.id)?.(report.answer);
        this.asking.delete(report.id);
    }
  }

  private died(engine: Engine, message: string, stage = "engine"): void {
    engine.worker.terminate();
    if (engine === this.spare) {
      this.spare = undefined;
      return;
    }
    if (engine !== this.engine) return;
    this.engine = undefined;
    const r = this.running;
    this.running = undefined;
    this.set({ state: "failed", stage, message });
    this.leaveUnanswered();
    r?.finish({ ...STOPPED, stopped: false, reason: message });
  }

  /** A worker that is gone answers nothing any more. */
  private leaveUnanswered(): void {
    for (const answer of this.asking.values()) answer(undefined);
    this.asking.clear();
  }

  /** Replace the workspace of this and every later worker. */
  workspace(files: readonly WorkspaceFile[]): void {
    this.files = new Map(files.map((f) => [f.path, f.content]));
    if (this.engine) this.handOver();
  }

  /** Add or replace (content) or remove (null) files. */
  write(files: readonly FileChange[]): void {
    this.remember(files);
    if (this.engine) this.send({ type: "write", files });
  }

  /** Run a program; a run that is under way is stopped first. Never rejects. */
  run(program: Program, options: RunOptions): Promise<RunResult> {
    if (this.running) this.stop();
    if (this.state.state === "failed") this.engine = undefined;
    const { onEvents: _events, onChanged: _changed, ...asked } = options;
    const id = this.nextId++;
    return new Promise((finish) => {
      this.running = { id, options, finish };
      this.send({ type: "run", id, program, moments: true, plans: true, ...asked });
      if (this.engine?.ready) this.set({ state: "running" });
      this.spare ??= this.engine?.ready ? this.start() : undefined;
    });
  }

  /** End the run at once. Its worker is gone with all it held; a warm one stands in, with the workspace's files as last given. */
  stop(): void {
    const r = this.running;
    if (!r) return;
    this.running = undefined;
    this.engine?.worker.terminate();
    this.engine = this.spare ?? this.start();
    this.spare = undefined;
    this.leaveUnanswered();
    this.handOver();
    this.set(
      this.engine.ready
        ? { state: "ready", milliseconds: 0 }
        : { state: "loading", stage: "engine", done: 0 },
    );
    r.finish({ ...STOPPED, reason: "stopped" });
  }

  /** Files of the worker's workspace: all, or the named ones. */
  read(paths?: readonly string[]): Promise<readonly WorkspaceFile[] | undefined> {
    const id = this.nextId++;
    return new Promise((resolve) => {
      this.asking.set(id, (files) => resolve(files as readonly WorkspaceFile[] | undefined));
      this.send({ type: "read", id, ...(paths ? { paths } : {}) });
    });
  }

  /** Undefined where the worker died or was stopped before it could answer. */
  ask<Q extends Question>(question: Q): Promise<Answer<Q> | undefined> {
    const id = this.nextId++;
    return new Promise((resolve) => {
      this.asking.set(id, (answer) => {
        if (question.kind === "query" && answer !== null && typeof answer === "object" && "changed" in answer)
          this.remember(answer.changed as readonly FileChange[]);
        resolve(answer as Answer<Q> | undefined);
      });
      this.send({ type: "ask", id, question });
    });
  }

  /** Begin anew after a failure: a new worker with the workspace as it was last known. */
  restart(): void {
    if (this.state.state !== "failed") return;
    this.engine = undefined;
    this.warm();
  }
}
