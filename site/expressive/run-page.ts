// Runs a page's fences when the site is built, and keeps what they showed.
//
// A fence that raises without `expect-error`, or does not raise what it says, fails the build with its place and traceback.
import type { Event } from "../../playground-engine/runtime/protocol.ts";
import { emptyRun, type RunModel, withEvents } from "../workbench/model/run-model.ts";
import { type Fence, fencesOf, sessionsOf } from "./fences.ts";
import { kept } from "./kept.ts";
import { runCells } from "./run-cells.ts";
import { steady } from "./steady.ts";

export interface RunFence extends Fence {
  readonly run: RunModel;
}

/** All runnable fences of a page with what they showed. @throws Error when a fence does not do what it says */
export async function runPage(file: string, markdown: string): Promise<RunFence[]> {
  const fences = fencesOf(markdown);
  if (fences.length === 0) return [];
  return kept(fences, async () => {
    const out = await run(fences);
    for (const f of out) complain(file, f);
    return out;
  });
}

async function run(fences: readonly Fence[]): Promise<RunFence[]> {
  const out: RunFence[] = [];
  for (const cells of sessionsOf(fences))
    (await runCells(cells)).forEach((events, i) => {
      const fence = cells[i]!;
      out.push({ ...fence, run: modelOf(events, fence.title) });
    });
  return steady(out.sort((a, b) => a.index - b.index));
}

/** How long it took is nothing to keep. */
function modelOf(events: readonly Event[], name: string): RunModel {
  const untimed = events.map((e) =>
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
