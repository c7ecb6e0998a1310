// The engine's worker: loads SQLite, answers the page's requests (protocol.ts), streams events in batches.
import { loadDriver } from "../driver/index.ts";
import wasmUrl from "sql.js/dist/sql-wasm.wasm?url";
import { loadDialects, loadLooking, loadPartsFor, loadTerminalFor } from "./parts.ts";
import { Engine } from "./program.ts";
import type { Event, Program, Report, Request, WorkspaceFile } from "./protocol.ts";
import { asText } from "./workspace.ts";

const scope = self as unknown as {
  postMessage(m: Report): void;
  onmessage: ((m: MessageEvent<Request>) => void) | null;
};
const tell = (r: Report): void => scope.postMessage(r);

/** Events go out when so many have gathered, or so many milliseconds have passed since the last batch. */
const BATCH = 500;
const BATCH_MILLISECONDS = 50;

let engine: Engine | undefined;
let looking: Awaited<ReturnType<typeof loadLooking>> | undefined;

async function boot(wasm: string | Uint8Array | undefined): Promise<void> {
  const started = performance.now();
  try {
    tell({ type: "progress", stage: "sqlite", done: 0.5 });
    const driver = await loadDriver(wasm ?? wasmUrl);
    engine = new Engine(driver);
    tell({
      type: "ready",
      milliseconds: performance.now() - started,
      versions: { sqlite: driver.sqliteVersion, sqlalchemy: "2.0.52", alembic: "1.19.1", python: "3.11" },
    });
  } catch (e) {
    tell({ type: "failed", stage: "sqlite", message: e instanceof Error ? e.message : String(e) });
  }
}

/** The Python text that a run may reach. */
function textsOf(e: Engine, program: Program): string[] {
  const texts = program.kind === "cells" ? program.cells.map((c) => c.source) : [];
  for (const f of e.workspace.files()) {
    const text = f.database || !/\.(py|ini|toml|cfg)$/.test(f.path) ? undefined : asText(f.bytes());
    if (typeof text === "string") texts.push(text);
  }
  return texts;
}

async function run(request: Extract<Request, { type: "run" }>): Promise<void> {
  const { id } = request;
  const e = engine!;
  try {
    await loadPartsFor(textsOf(e, request.program));
    if (request.program.kind === "command") await loadTerminalFor(request.program.line);
    if (request.moments || request.plans) looking = await loadLooking();
  } catch {
    tell({
      type: "events",
      id,
      events: [
        {
          kind: "limit",
          message: "A part of the engine could not be fetched. Check the connection and run again.",
        },
      ],
    });
    tell({ type: "done", id, exit: 70, milliseconds: 0, changed: [] });
    return;
  }
  let batch: Event[] = [];
  let sent = performance.now();
  const flush = (): void => {
    if (batch.length) tell({ type: "events", id, events: batch });
    batch = [];
    sent = performance.now();
  };
  const before = snapshot(e);
  const started = performance.now();
  let exit: number;
  try {
    exit = e.run(request.program, {
      simulate: request.simulate ?? true,
      ...(request.eager ? { eager: request.eager } : {}),
      ...(looking && (request.moments || request.plans)
        ? { looker: (emit: (e: Event) => void) => looking!.makeLooker(request, emit) }
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
  }
  const milliseconds = performance.now() - started;
  flush();
  if (request.scratch) e.workspace.replace([...before].map(([path, content]) => ({ path, content })));
  tell({ type: "done", id, exit, milliseconds, changed: changes(before, snapshot(e)) });
}

async function answerAlso(id: number, statement: number, sql: string): Promise<void> {
  await loadDialects();
  tell({ type: "answer", id, answer: looking?.alsoIn(statement, sql) ?? null });
}

type Snapshot = ReadonlyMap<string, string | Uint8Array>;

function snapshot(e: Engine): Snapshot {
  const out = new Map<string, string | Uint8Array>();
  for (const f of e.workspace.files()) out.set(f.path, f.database ? f.bytes() : asText(f.bytes()));
  return out;
}

function changes(before: Snapshot, after: Snapshot): { path: string; content: string | Uint8Array | null }[] {
  const out: { path: string; content: string | Uint8Array | null }[] = [];
  for (const [path, content] of after) if (!same(before.get(path), content)) out.push({ path, content });
  for (const path of before.keys()) if (!after.has(path)) out.push({ path, content: null });
  return out;
}

function same(a: string | Uint8Array | undefined, b: string | Uint8Array): boolean {
  if (typeof a === "string" || typeof b === "string" || a === undefined) return a === b;
  return a.length === b.length && a.every((x, i) => x === b[i]);
}

scope.onmessage = (m) => {
  const request = m.data;
  if (request.type === "boot") {
    void boot(request.wasm);
    return;
  }
  if (!engine) return;
  switch (request.type) {
    case "workspace":
      engine.workspace.replace(request.files);
      return;
    case "write":
      for (const f of request.files) engine.workspace.put(f.path, f.content);
      return;
    case "run":
      void run(request);
      return;
    case "read": {
      const wanted = request.paths ? new Set(request.paths) : undefined;
      const files: WorkspaceFile[] = [];
      for (const f of engine.workspace.files())
        if (!wanted || wanted.has(f.path))
          files.push({ path: f.path, content: f.database ? f.bytes() : asText(f.bytes()) });
      tell({ type: "files", id: request.id, files });
      return;
    }
    case "ask":
      if (request.question.kind === "also") {
        void answerAlso(request.id, request.question.statement, request.question.sql);
        return;
      }
      tell({ type: "answer", id: request.id, answer: null });
  }
};
