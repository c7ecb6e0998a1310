// Databases of a run and of a workspace by the names that a reader knows.
import { isSqlite } from "../../../../playground-engine/runtime/content.ts";
import type { PanelModel } from "../registry.ts";
import { timeline } from "../../model/timeline.ts";

/** As the workspace names it: without its root. */
export function databaseName(path: string): string {
  return path === ":memory:" ? path : path.replace(/^\/workspace\//, "").replace(/^\.\//, "");
}

/** Those that the run wrote to first, then the workspace's others. */
export function databasesOf(model: PanelModel): string[] {
  const out = new Set(timeline(model.run).databases.map(databaseName));
  for (const [path, content] of model.files) if (isSqlite(content)) out.add(databaseName(path));
  return [...out];
}

export function titleOf(database: string): string {
  return database === ":memory:" ? "in memory" : database;
}
