// The question "schema": what a revision does to the schema, by running the migrations.
//
// The one question that runs the reader's code (env.py and the revision files): it is asked only when the reader wants to
// see it. It runs in the workspace itself, on databases made anew, and whoever asks puts the workspace back afterwards.
import { limits as pythonLimits } from "../../python/index.ts";
import { resolvePath } from "../../python/builtins/io/file-system.ts";
import type { Engine } from "../program.ts";
import type { Failure, Question, SchemaAnswer, ShownTable } from "../protocol.ts";
import { ROOT } from "../workspace.ts";
import { withDatabase } from "./database.ts";
import { configOf, revisionGraph, stampedDatabases } from "./revisions.ts";
import { shownTables } from "./tables.ts";

const MILLISECONDS = 10_000;

interface Ended {
  readonly ok: boolean;
  readonly message: string;
}

function alembic(engine: Engine, config: string, words: string): Ended {
  let text = "";
  let error: string | undefined;
  const quoted = `'${config.replaceAll("'", `'\\''`)}'`;
  const { exit } = engine.run(
    {
      kind: "command",
      line: `alembic -c ${quoted} ${words}`,
      terminal: { state: { cwd: ROOT, env: [], status: 0 }, history: [] },
    },
    {
      limits: { milliseconds: MILLISECONDS },
      event: (e) => {
        if (e.kind === "output") text = (text + e.text).slice(-4000);
        else if (e.kind === "error") error = `${e.error.qualified}: ${e.error.message}`;
        else if (e.kind === "limit") error = e.message;
      },
    },
  );
  pythonLimits.time = Infinity;
  return { ok: exit === 0, message: error ?? text.trim().split("\n").pop() ?? "" };
}

/** The database that the config's URL names, where it names a file. */
function configured(engine: Engine, config: string): string | undefined {
  const path = /^sqlite(?:\+\w+)?:\/\/\/([^?]+)/.exec(
    configOf(engine.workspace, config)?.get("sqlalchemy.url") ?? "",
  )?.[1];
  return path === undefined || path === ":memory:"
    ? undefined
    : resolvePath(ROOT, path).slice(ROOT.length + 1);
}

export function schemaAnswer(
  engine: Engine,
  { config, revision }: Extract<Question, { kind: "schema" }>,
): SchemaAnswer | Failure {
  const graph = revisionGraph(engine.workspace, config);
  if ("error" in graph) return graph;
  const wanted = graph.revisions.find((r) => r.id === revision);
  if (!wanted) return { error: `There is no revision ${revision}.` };
  const named = configured(engine, config);
  for (const path of new Set([
    ...stampedDatabases(engine).map((d) => d.path),
    ...(named === undefined ? [] : [named]),
  ]))
    engine.workspace.put(path, null);
  const look = (): { path: string; tables: readonly ShownTable[] } => {
    const path = stampedDatabases(engine)[0]?.path ?? named ?? "";
    const tables = withDatabase(engine, path, (db) => shownTables(db, "table", 0));
    return {
      path,
      tables:
        "error" in tables ? [] : tables.filter((t) => t.columns.map((c) => c.name).join() !== "version_num"),
    };
  };
  for (const id of [...wanted.depends, ...wanted.down]) {
    const ended = alembic(engine, config, `upgrade ${id}`);
    if (!ended.ok) return { error: `The migrations before ${revision} fail: ${ended.message}` };
  }
  const before = wanted.isBase && wanted.depends.length === 0 ? { path: "", tables: [] } : look();
  const ended = alembic(engine, config, `upgrade ${revision}`);
  const after = look();
  return {
    revision,
    path: after.path || before.path,
    before: before.tables,
    after: after.tables,
    failed: ended.ok ? null : ended.message,
  };
}
