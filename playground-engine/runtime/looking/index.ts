// Looking at a run from outside: sessions' objects, tables' rows, SQLite's plans, where a run asks for it (protocol.ts, RunLooks).
//
// Looking causes no statement and runs none of the reader's code; test/engine/runtime/moments.test.ts holds it to that.
import type { StatementEvent, TransactionEvent } from "../../engine/trace.ts";
import type { Event, PlanStep, RunLooks } from "../protocol.ts";
import { forgetStatements, keepStatement } from "./also.ts";
import { ObjectLooker } from "./objects.ts";
import { TableLooker } from "./tables.ts";

export { alsoIn } from "./also.ts";

const MOST_PLANS = 300;
const PLANNED = /^\s*(?:select|insert|update|delete|replace|with)\b/i;

export interface Looker {
  /** A statement goes out. */
  statement(e: StatementEvent): void;
  executed(e: StatementEvent): void;
  transaction(e: TransactionEvent): void;
  /** A cell, or the program, has ended. */
  end(): void;
  stop(): void;
}

/** Who looked last, and for whom: a line of the terminal may run one program after the other. */
let latest: { readonly emit: (e: Event) => void; readonly objects: ObjectLooker } | undefined;

export function makeLooker(looks: RunLooks, emit: (e: Event) => void): Looker {
  forgetStatements();
  const tables = new TableLooker((moment) => emit({ kind: "tables", moment }));
  const objects = new ObjectLooker(
    (moment) => {
      tables.settle();
      emit({ kind: "session", moment });
    },
    latest?.emit === emit ? latest.objects : undefined,
  );
  latest = { emit, objects };
  const planned = new Set<string>();
  if (looks.moments) objects.start();
  const plan = (e: StatementEvent): void => {
    const b = e.behind;
    if (!b || e.error !== undefined || planned.size >= MOST_PLANS || planned.has(e.sql)) return;
    if (!PLANNED.test(b.sql)) return;
    planned.add(e.sql);
    const found = b.dbapi.peek(`EXPLAIN QUERY PLAN ${b.sql}`, 200);
    const steps = (found?.rows ?? []).map(([id, parent, , detail]): PlanStep => ({
      id: Number(id),
      parent: Number(parent),
      detail: String(detail),
    }));
    if (steps.length > 0) emit({ kind: "plan", id: e.id, steps });
  };
  return {
    statement(e) {
      if (!looks.moments) return;
      tables.settle();
      if (e.behind) tables.meet(e.behind.dbapi);
      objects.statement(e.id);
      tables.after = e.id;
    },
    executed(e) {
      keepStatement(e);
      if (looks.plans) plan(e);
      if (!looks.moments) return;
      if (e.behind) tables.executed(e.connection, e.behind.dbapi, e.behind.sql);
      objects.executed(e.file ?? null, e.line ?? null);
    },
    transaction(e) {
      if (!looks.moments) return;
      tables.settle();
      if (e.kind === "rollback" || e.kind === "rollback_savepoint") tables.rolledBack(e.connection);
    },
    end() {
      if (!looks.moments) return;
      tables.settle();
      objects.end();
    },
    stop() {
      if (looks.moments) objects.stop();
    },
  };
}
