// Runs the examples of one console of a page outside the browser: what the build shows is what the pages' tests hold to the recordings.
import type { Event } from "../../playground-engine/runtime/protocol.ts";
import { eventsOfCell } from "../workbench/model/run-model.ts";
import type { Fence } from "./fences.ts";

/** The events of each example. The console is new, and other databases are played by SQLite. */
export async function runCells(cells: readonly Fence[]): Promise<Event[][]> {
  const { runProgram } = await import("../../playground-engine/runtime/node.ts");
  const { events } = await runProgram(
    {
      kind: "cells",
      session: "page",
      fresh: true,
      echo: false,
      cells: cells.map((c) => ({ name: c.title, source: c.source })),
    },
    { simulate: true },
  );
  return cells.map((_, i) => eventsOfCell(events, i));
}
