// The questions "database" and "query": looking into a database of the workspace, and SQL on it.
import { DriverError } from "../../engine/dbapi.ts";
import { host } from "../../util/host.ts";
import type { Engine } from "../program.ts";
import type { Failure, QueryAnswer, Question, ShownDatabase } from "../protocol.ts";
import { shownValue } from "../shown.ts";
import { SqlSession, statementsOf } from "./sql-session.ts";
import { shownTables, versionsIn } from "./tables.ts";

const QUERY_ROWS = 500;

/**
 * Do something with a database that is there; its failure, or that there is none, is the answer. ":memory:" is the one in memory
 * that the last run left open.
 */
export function withDatabase<T>(engine: Engine, path: string, use: (db: SqlSession) => T): T | Failure {
  const memory = path === ":memory:" ? engine.driver.besideMemory() : undefined;
  if (path === ":memory:" && !memory) return { error: "The last run left no database in memory open." };
  if (!memory && !engine.workspace.isDatabaseFile(path) && engine.workspace.stat(path)?.size !== 0)
    return {
      error: engine.workspace.stat(path)
        ? `${path} is not a SQLite database.`
        : `There is no database ${path} in this workspace.`,
    };
  let db: SqlSession | undefined;
  try {
    db = new SqlSession(engine.driver, path, memory);
    return use(db);
  } catch (e) {
    if (!(e instanceof DriverError)) throw e;
    return { error: e.message };
  } finally {
    db?.close();
  }
}

export function databaseAnswer(
  engine: Engine,
  { path, rows }: Extract<Question, { kind: "database" }>,
): ShownDatabase | Failure {
  return withDatabase(engine, path, (db) => ({
    path,
    size: engine.workspace.stat(path)?.size ?? 0,
    tables: shownTables(db, "table", rows),
    views: shownTables(db, "view", rows),
    triggers: db
      .rows("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid")
      .map(([name, table, sql]) => ({ name: host.str(name), table: host.str(table), sql: host.str(sql) })),
    versions: versionsIn(db) ?? [],
  }));
}

export function queryAnswer(
  engine: Engine,
  { path, sql, rows = QUERY_ROWS }: Extract<Question, { kind: "query" }>,
): Omit<QueryAnswer, "changed"> | Failure {
  return withDatabase(engine, path, (db) => {
    const results: QueryAnswer["results"][number][] = [];
    const statements = statementsOf(sql);
    // a database in memory may be within a transaction that its program left open
    const alreadyIn = db.inTransaction;
    for (const [i, { text }] of statements.entries()) {
      const started = performance.now();
      const base = { sql: text, columns: null, rows: [], fetched: 0, changes: 0 };
      try {
        const ran = db.run(text, rows);
        results.push({
          sql: text,
          columns: ran.columns ?? null,
          rows: ran.rows.map((r) => r.map(shownValue)),
          fetched: ran.fetched,
          changes: ran.changes,
          milliseconds: performance.now() - started,
          error: null,
        });
      } catch (e) {
        if (!(e instanceof DriverError)) throw e;
        results.push({ ...base, milliseconds: performance.now() - started, error: e.message });
        break;
      }
      if (i === statements.length - 1 && db.inTransaction && !alreadyIn)
        results.push({
          ...base,
          sql: "ROLLBACK",
          milliseconds: 0,
          error: "The transaction was still open at the end and was rolled back: end it with COMMIT.",
        });
    }
    return { results };
  });
}
