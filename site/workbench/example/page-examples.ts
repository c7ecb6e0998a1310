// The examples of one page: who belongs to which session, and one engine for all of them.
//
// Running an example of a session runs the earlier ones first, in a console begun anew: what it shows never depends on what
// was pressed before. Texts that the reader changed are kept in sessionStorage before every run.
import type { RunResult } from "../../../playground-engine/runtime/client/engine-client.ts";
import type { Event, RunLooks } from "../../../playground-engine/runtime/protocol.ts";
import { emptyRun, eventsOfCell, type RunModel, withEvents } from "../model/run-model.ts";
import type { ExampleData } from "./example-data.ts";
import { client } from "./page-engine.ts";

export interface ExampleRef {
  readonly data: ExampleData;
  /** Text as it is now. */
  source(): string;
  show(run: RunModel): void;
}

const registered: ExampleRef[] = [];
let runs = 0;

export function register(example: ExampleRef): void {
  registered.push(example);
}

function cellsUpTo(example: ExampleRef): ExampleRef[] {
  if (example.data.session === null) return [example];
  const all = registered.filter((e) => e.data.session === example.data.session);
  return all.slice(0, all.indexOf(example) + 1);
}

/** The texts of the cells before an example in its session. */
export function textsBefore(data: ExampleData): string[] {
  const own = registered.find((e) => e.data === data);
  return own
    ? cellsUpTo(own)
        .slice(0, -1)
        .map((e) => e.source())
    : [];
}

/** Run an example, its session's earlier ones first; each shows its own part of what happened. */
export async function runExample(example: ExampleRef): Promise<RunResult> {
  const cells = cellsUpTo(example);
  return (await runCells(cells, {}, (i, m) => cells[i]!.show(m))).result;
}

/** Run an example once more with these options, aside: nothing is shown. Undefined where it did not come to its end. */
export async function compareExample(example: ExampleRef, looks: RunLooks): Promise<RunModel | undefined> {
  const { result, models } = await runCells(cellsUpTo(example), looks, () => undefined);
  return result.reason === null ? models.at(-1) : undefined;
}

async function runCells(
  cells: readonly ExampleRef[],
  looks: RunLooks,
  show: (cell: number, run: RunModel) => void,
): Promise<{ readonly result: RunResult; readonly models: readonly RunModel[] }> {
  const models: RunModel[] = cells.map((c) => ({ ...emptyRun, name: c.data.name, status: "running" }));
  let current = 0;
  models.forEach((m, i) => show(i, m));
  const onEvents = (events: readonly Event[]): void => {
    // events between cell marks belong to the running cell, also across batches
    const marked: Event[] = [{ kind: "cell", index: current, what: "start" }, ...events];
    for (const e of events) if (e.kind === "cell" && e.what === "start") current = e.index;
    cells.forEach((_, i) => {
      const own = eventsOfCell(marked, i);
      if (own.length === 0) return;
      models[i] = withEvents(models[i]!, own);
      show(i, models[i]!);
    });
  };
  // an example's files are its own: what an earlier run wrote is gone
  client().workspace([]);
  const result = await client().run(
    {
      kind: "cells",
      session: `page-${++runs}`,
      fresh: true,
      echo: false,
      cells: cells.map((c) => ({ name: c.data.name, source: c.source() })),
    },
    { onEvents, ...looks },
  );
  models.forEach((m, i) => {
    const notices =
      result.reason && result.reason !== "stopped"
        ? [...m.notices, `The engine ended: ${result.reason}`]
        : m.notices;
    const status = result.stopped ? "stopped" : m.error || result.reason ? "failed" : "done";
    models[i] = {
      ...m,
      notices: result.stopped ? [...notices, "Stopped."] : notices,
      status,
      milliseconds: i === cells.length - 1 ? result.milliseconds : null,
      // objects and tables of a cell are those of the cell before it, and what it changed
      ...(i > 0 ? { base: models[i - 1]! } : {}),
    };
    show(i, models[i]);
  });
  return { result, models };
}
