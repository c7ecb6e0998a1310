// Every runnable example of every page does what its page says: it runs, or raises what `expect-error` names, the same way each time.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runProgram } from "../../playground-engine/runtime/node.ts";
import { type Fence, fencesOf } from "../../site/expressive/fences.ts";
import { emptyRun, eventsOfCell, withEvents } from "../../site/workbench/model/run-model.ts";

function pagesBelow(dir: string): string[] {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    return statSync(path).isDirectory() ? pagesBelow(path) : /\.mdx?$/.test(name) ? [path] : [];
  });
}

/** The examples of a page by session; one without a session stands alone. */
function sessionsOf(fences: readonly Fence[]): Fence[][] {
  const sessions = new Map<string, Fence[]>();
  for (const f of fences) {
    const name = f.session ?? `#${f.index}`;
    sessions.set(name, [...(sessions.get(name) ?? []), f]);
  }
  return [...sessions.values()];
}

for (const page of pagesBelow("content")) {
  const sessions = sessionsOf(fencesOf(readFileSync(page, "utf8")));
  if (sessions.length === 0) continue;
  describe(page, () => {
    for (const cells of sessions)
      test(`line ${cells.map((f) => f.line).join(", ")}`, async () => {
        const cellsOf = cells.map((f) => ({ name: f.title, source: f.source }));
        const { events } = await runProgram(
          { kind: "cells", session: "page", fresh: true, echo: false, cells: cellsOf },
          { simulate: true },
        );
        const raised = cells.map((_, i) => withEvents(emptyRun, eventsOfCell(events, i)).error?.type ?? null);
        expect(raised).toEqual(cells.map((f) => f.expectError));
      });
  });
}
