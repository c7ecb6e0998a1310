// What a worker does with the page's requests (protocol.ts): runs, files, questions. Headless: worker.ts gives it a post.
//
// Nothing is lost when a run dies: files that a long run has written are told while it goes on.
import { fuel } from "../python/runtime/limits.ts";
import { loadDialects, loadLanguage, loadPartsFor, loadQuestions, loadTerminalFor } from "./parts.ts";
import { alsoIn, makeLooker } from "./looking/index.ts";
import type { Engine } from "./program.ts";
import type { Event, Program, Question, Report, Request, WorkspaceFile } from "./protocol.ts";
import { Snapshot } from "./snapshot.ts";
import { contentOf } from "./content.ts";

/** Events go out when so many have gathered, or so many milliseconds have passed since the last batch. */
const BATCH = 500;
const BATCH_MILLISECONDS = 50;
/** A run that goes on tells what it has written: first after so many milliseconds, then after so many times what telling takes. */
const KEEP_MILLISECONDS = 1000;
const KEEP_TIMES = 20;

const NOT_FETCHED = "A part of the engine could not be fetched. Check the connection and run again.";

type Tell = (r: Report) => void;
type RunRequest = Extract<Request, { type: "run" }>;

export class Service {
  private readonly engine: Engine;
  private readonly tell: Tell;
  private readonly snapshot: Snapshot;

  constructor(engine: Engine, tell: Tell) {
    this.engine = engine;
    this.tell = tell;
    this.snapshot = new Snapshot(engine.workspace, () => engine.driver.openConnections === 0);
  }

  /** Resolves when the request is done with. Never rejects. */
  async handle(request: Exclude<Request, { type: "boot" }>): Promise<void> {
    const { workspace } = this.engine;
    switch (request.type) {
      case "workspace":
        this.engine.forget();
        workspace.replace(request.files);
        this.snapshot.replaced(request.files);
        return;
      case "write":
        for (const f of request.files) workspace.put(f.path, f.content);
        this.snapshot.written(request.files);
        return;
      case "run":
        return this.run(request);
      case "read":
        this.tell({ type: "files", id: request.id, files: this.read(request.paths) });
        return;
      case "ask": {
        const { id } = request;
        try {
          this.tell({ type: "answer", id, answer: await this.answer(request.question) });
        } catch (e) {
          this.tell({ type: "answer", id, answer: { error: e instanceof Error ? e.message : String(e) } });
        }
      }
    }
  }

  private read(paths: readonly string[] | undefined): WorkspaceFile[] {
    const wanted = paths && new Set(paths);
    const files: WorkspaceFile[] = [];
    for (const f of this.engine.workspace.files())
      if (!wanted || wanted.has(f.path))
        files.push({ path: f.path, content: f.database ? f.bytes() : contentOf(f.bytes()) });
    const memory = wanted?.has(":memory:") ? this.engine.driver.besideMemory() : undefined;
    if (memory) {
      try {
        files.push({ path: ":memory:", content: memory.serialize() });
      } catch {
        // within a transaction: there are no bytes to be had
      } finally {
        memory.close();
      }
    }
    return files;
  }

  /** The Python text that a run may reach. */
  private textsOf(program: Program): string[] {
    const texts = program.kind === "cells" ? program.cells.map((c) => c.source) : [];
    for (const f of this.engine.workspace.files()) {
      const text = f.database || !/\.(py|ini|toml|cfg)$/.test(f.path) ? undefined : contentOf(f.bytes());
      if (typeof text === "string") texts.push(text);
    }
    return texts;
  }

  private async load(request: RunRequest): Promise<void> {
    const { program } = request;
    await loadPartsFor(this.textsOf(program));
    if (program.kind === "command") await loadTerminalFor(program.line);
  }

  private async run(request: RunRequest): Promise<void> {
    const { id } = request;
    try {
      await this.load(request);
    } catch {
      this.tell({ type: "events", id, events: [{ kind: "limit", message: NOT_FETCHED }] });
      this.tell({ type: "done", id, exit: 70, milliseconds: 0, changed: [] });
      return;
    }
    let batch: Event[] = [];
    let sent = performance.now();
    const flush = (): void => {
      if (batch.length) this.tell({ type: "events", id, events: batch });
      batch = [];
      sent = performance.now();
    };
    const started = performance.now();
    let exit: number;
    if (!request.scratch) this.keepWhileRunning(id, flush);
    try {
      exit = this.engine.run(request.program, {
        simulate: request.simulate ?? true,
        ...(request.eager ? { eager: request.eager } : {}),
        ...(request.moments || request.plans
          ? { looker: (emit: (e: Event) => void) => makeLooker(request, emit) }
          : {}),
        ...(request.limits ? { limits: request.limits } : {}),
        event: (event) => {
          batch.push(event);
          if (batch.length >= BATCH || performance.now() - sent > BATCH_MILLISECONDS) flush();
        },
      }).exit;
    } catch (error) {
      // a fault of the engine itself: the program's fault is an event, never a throw
      batch.push({
        kind: "limit",
        message: `The engine failed: ${error instanceof Error ? error.message : String(error)}. This is a fault of this site, not of the program.`,
      });
      exit = 70;
    } finally {
      fuel.onTick = undefined;
    }
    const milliseconds = performance.now() - started;
    flush();
    if (request.scratch) this.putBack();
    this.tell({ type: "done", id, exit, milliseconds, changed: this.snapshot.changes() });
  }

  /** Have a run that goes on tell now and then what it has written, with the events so far. */
  private keepWhileRunning(id: number, flush: () => void): void {
    let next = performance.now() + KEEP_MILLISECONDS;
    fuel.onTick = () => {
      const now = performance.now();
      if (now < next) return;
      flush();
      const changed = this.snapshot.changes();
      if (changed.length > 0) this.tell({ type: "changed", id, changed });
      const after = performance.now();
      next = after + Math.max(KEEP_MILLISECONDS, KEEP_TIMES * (after - now));
    };
  }

  /** The workspace as the page knows it. */
  private putBack(): void {
    this.engine.driver.reset();
    this.engine.workspace.replace(this.snapshot.files());
  }

  /** The Python files of the workspace by path, but the one that is asked about: the editor has a newer text of it. */
  private otherTexts(path: string): Map<string, string> {
    const texts = new Map<string, string>();
    for (const f of this.engine.workspace.files()) {
      if (f.database || !f.path.endsWith(".py") || f.path === path) continue;
      const text = contentOf(f.bytes());
      if (typeof text === "string") texts.set(f.path, text);
    }
    return texts;
  }

  private async answer(question: Question): Promise<unknown> {
    if (question.kind === "also") {
      await loadDialects();
      return alsoIn(question.statement, question.sql) ?? null;
    }
    if (question.kind === "language") {
      const { about } = question;
      // a part that cannot be fetched leaves its names unknown, and no more
      await loadPartsFor([about.source, ...this.textsOf({ kind: "command", line: "" })]).catch(
        () => undefined,
      );
      const language = await loadLanguage();
      return language.answerLanguage(about, language.ownModules(this.otherTexts(about.path), about.path));
    }
    const questions = await loadQuestions();
    const { engine } = this;
    switch (question.kind) {
      case "database":
        return questions.databaseAnswer(engine, question);
      case "query": {
        const answer = questions.queryAnswer(engine, question);
        return "error" in answer ? answer : { ...answer, changed: this.snapshot.changes() };
      }
      case "revisions":
        await loadPartsFor(["alembic"]);
        return questions.revisionsAnswer(engine, question);
      case "schema":
        await loadPartsFor(["alembic", ...this.textsOf({ kind: "command", line: "" })]);
        await loadTerminalFor("alembic");
        try {
          return questions.schemaAnswer(engine, question);
        } finally {
          this.putBack();
        }
      case "check":
        return questions.checkAnswer(question);
      case "complete":
        await loadTerminalFor(question.line);
        if (/\balembic\b/.test(question.line)) await loadPartsFor(["alembic"]);
        return questions.completeAnswer(engine, question);
    }
  }
}
