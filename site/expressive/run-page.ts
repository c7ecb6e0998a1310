// Runs a page's fences when the site is built, and keeps what they showed.
//
// A fence that raises without `expect-error`, or does not raise what it says, fails the build with its place and traceback.
// Results are kept by what they depend on (the fences and the engine's own text), so that dev and repeated builds are fast.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Event } from "../../playground-engine/runtime/protocol.ts";
import { emptyRun, eventsOfCell, type RunModel, withEvents } from "../workbench/model/run-model.ts";
import { type Fence, fencesOf } from "./fences.ts";

const CACHE = "node_modules/.cache/mapped-fences";

export interface RunFence extends Fence {
  readonly run: RunModel;
}

let engineVersion: string | undefined;

/** Changes whenever a file of the engine does. */
function versionOfEngine(): string {
  if (engineVersion) return engineVersion;
  const hash = createHash("sha256");
  const walk = (dir: string): void => {
    for (const name of readdirSync(dir).sort()) {
      const path = join(dir, name);
      const s = statSync(path);
      if (s.isDirectory()) walk(path);
      else hash.update(`${path} ${s.size} ${s.mtimeMs}\n`);
    }
  };
  walk("playground-engine");
  return (engineVersion = hash.digest("hex"));
}

/** All runnable fences of a page with what they showed. @throws Error when a fence does not do what it says */
export async function runPage(file: string, markdown: string): Promise<RunFence[]> {
  const fences = fencesOf(markdown);
  if (fences.length === 0) return [];
  const key = createHash("sha256").update(versionOfEngine()).update(JSON.stringify(fences)).digest("hex");
  const kept = join(CACHE, `${key}.json`);
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, "utf8")) as RunFence[];
  const { runProgram } = await import("../../playground-engine/runtime/node.ts");
  const out: RunFence[] = [];
  const sessions = new Map<string, Fence[]>();
  for (const f of fences) {
    const name = f.session ?? `#${f.index}`;
    sessions.set(name, [...(sessions.get(name) ?? []), f]);
  }
  for (const [session, cells] of sessions) {
    const { events } = await runProgram(
      {
        kind: "cells",
        session,
        fresh: true,
        echo: false,
        cells: cells.map((c) => ({ name: c.title, source: c.source })),
      },
      { simulate: true },
    );
    cells.forEach((fence, i) => out.push({ ...fence, run: modelOf(events, i, fence.title) }));
  }
  out.sort((a, b) => a.index - b.index);
  for (const f of out) complain(file, f);
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(kept, JSON.stringify(out));
  return out;
}

/** Without times: two builds of the same site are the same files. */
function modelOf(events: readonly Event[], cell: number, name: string): RunModel {
  const untimed = eventsOfCell(events, cell).map((e) =>
    e.kind === "result" ? { ...e, result: { ...e.result, milliseconds: null } } : e,
  );
  const model = withEvents({ ...emptyRun, name }, untimed);
  return { ...model, status: model.error ? "failed" : "done" };
}

function complain(file: string, f: RunFence): void {
  const error = f.run.error;
  if (f.expectError === null && error)
    throw new Error(
      `${file}:${f.line}: the example raises ${error.type}: ${error.message}\n${error.traceback}`,
    );
  if (f.expectError !== null && !error)
    throw new Error(`${file}:${f.line}: the example says expect-error="${f.expectError}" and raises nothing`);
  if (f.expectError !== null && error && error.type !== f.expectError) {
    throw new Error(
      `${file}:${f.line}: the example says expect-error="${f.expectError}" and raises ${error.type}: ${error.message}\n${error.traceback}`,
    );
  }
}
