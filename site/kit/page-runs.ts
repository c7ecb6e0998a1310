// What the runnable fences of the page that is being rendered showed, for components that speak of them.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { RunFence } from "../expressive/run-page.ts";
import { statements } from "../workbench/model/run-model.ts";

/** The runnable fences of a page of content/ with their recorded runs. */
export async function fencesOfPage(path: string): Promise<RunFence[]> {
  // by Node itself, not bundled: the engine loads SQLite by its place among the files
  const file = pathToFileURL(resolve("site/expressive/run-page.ts")).href;
  const { runPage } = (await import(/* @vite-ignore */ file)) as typeof import("../expressive/run-page.ts");
  return runPage(path, readFileSync(path, "utf8"));
}

/**
 * How many statements a run emitted: all, those whose first word is `counts` ("SELECT"), or those of a cause ("lazy load").
 */
export function countOf(fence: RunFence, counts: string): number {
  const all = statements(fence.run).map((s) => s.statement);
  if (counts === "all") return all.length;
  return all.filter(
    (s) => s.cause === counts || (s.sql.trim().split(/\s/)[0] ?? "").toUpperCase() === counts.toUpperCase(),
  ).length;
}
