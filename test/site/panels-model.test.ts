// What panels draw, made of a real run's events: groups of statements, repetitions, steps, and what happened in words.
import { expect, test } from "vitest";
import { makeLooker } from "../../playground-engine/runtime/looking/index.ts";
import { runProgram } from "../../playground-engine/runtime/node.ts";
import type { Event } from "../../playground-engine/runtime/protocol.ts";
import { emptyRun, lineText, type RunModel, withEvents } from "../../site/workbench/model/run-model.ts";
import {
  adviceFor,
  type GroupRow,
  kindOf,
  tablesOf,
  transactionGroups,
} from "../../site/workbench/model/statement-groups.ts";
import { timeline } from "../../site/workbench/model/timeline.ts";
import { happenings } from "../../site/workbench/model/transitions.ts";

const MODELS = `from sqlalchemy import create_engine, ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship
class Base(DeclarativeBase): pass
class User(Base):
    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    addresses: Mapped[list["Address"]] = relationship()
class Address(Base):
    __tablename__ = "address"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
`;

async function run(...cells: string[]): Promise<RunModel[]> {
  const { events } = await runProgram(
    {
      kind: "cells",
      session: "models",
      fresh: true,
      echo: false,
      cells: cells.map((source, i) => ({ name: `cell${i}.py`, source })),
    },
    { looker: (emit: (e: Event) => void) => makeLooker({ moments: true, plans: true }, emit) },
  );
  const out: RunModel[] = [];
  let own: Event[] = [];
  for (const e of events) {
    if (e.kind === "cell" && e.what === "end") {
      const base = out.at(-1);
      out.push({
        ...withEvents(emptyRun, own),
        name: `cell${out.length}.py`,
        status: "done",
        ...(base ? { base } : {}),
      });
      own = [];
    } else own.push(e);
  }
  return out;
}

const shape = (rows: readonly GroupRow[]): string[] =>
  rows.map((r) =>
    r.kind === "boundary"
      ? r.entry.what
      : r.kind === "cause"
        ? `${r.cause} (${r.count})`
        : r.kind === "statement"
          ? kindOf(r.first.entry.statement.sql)
          : `${r.kind} ${r.statements.length}`,
  );

test("statements are bracketed by transaction, gathered by cause, and repetitions folded", async () => {
  const [, model] = await run(
    MODELS,
    `with Session(engine) as s:
    s.add_all([User(name=n, addresses=[Address()]) for n in "abc"])
    s.commit()
    for u in s.scalars(select(User)):
        u.addresses
`,
  );
  const groups = transactionGroups(model!);
  expect(groups.map((g) => [g.end, shape(g.rows)])).toEqual([
    ["commit", ["begin", "flush (6)", "insert", "insert", "insert", "insert", "insert", "insert", "commit"]],
    ["rollback", ["begin", "select", "repeated 3", "rollback"]],
  ]);
  const repeated = groups[1]!.rows.find((r) => r.kind === "repeated")!;
  const advice = adviceFor((repeated as Extract<GroupRow, { kind: "repeated" }>).statements, "Line 5");
  expect(advice).toMatchObject({ kind: "n+1", option: "selectinload(User.addresses)" });
});

test("transactions that interleave keep the order of time; a savepoint is said once", async () => {
  const [model] = await run(`from sqlalchemy import create_engine, text
engine = create_engine("sqlite://")
a = engine.connect()
a.execute(text("select 1"))
b = engine.connect()
b.execute(text("select 2"))
b.commit()
with a.begin_nested():
    a.execute(text("select 3"))
a.rollback()
`);
  expect(transactionGroups(model!).map((g) => [g.opens, g.end, g.closes, shape(g.rows)])).toEqual([
    [true, "rollback", false, ["begin", "select"]],
    [true, "commit", true, ["begin", "select", "commit"]],
    [false, "rollback", true, ["savepoint", "select", "release_savepoint", "rollback"]],
  ]);
});

test("looking at the schema is one row", async () => {
  const [model] = await run(MODELS);
  expect(shape(transactionGroups(model!)[0]!.rows)).toEqual(["begin", "looking 4", "ddl", "ddl", "commit"]);
});

test("steps: what a line, a statement and a boundary led to, with objects and tables as they were then", async () => {
  const [, model] = await run(
    MODELS,
    `s = Session(engine)
u = User(name="ed")
s.add(u)
s.commit()
u.name = "edward"
s.rollback()
`,
  );
  const t = timeline(model!);
  const said = t.steps.map((s) => [
    s.label.replace(/ \(.*/, ""),
    happenings(t, s)
      .map((h) => `${h.title} ${h.what.join("; ")}`)
      .join(" | "),
  ]);
  expect(said).toEqual([
    ["line 2", "User is made: transient; name = 'ed'"],
    ["line 3", "User transient → pending"],
    ["BEGIN", ""],
    ["INSERT INTO user", "User 1 pending → persistent"],
    ["COMMIT", "User 1 expires"],
    // an expired value is not loaded to be replaced
    ["line 5", "User 1 name = 'edward'"],
    ["rollback", "User 1 expires; loses its changes"],
  ]);
  const rows = t.steps.map((s) => [...s.tables.values()].find((x) => x.name === "user")?.rows.size);
  expect(rows.slice(0, 4)).toEqual([0, 0, 0, 1]);
  expect([...t.steps[3]!.differences.values()][0]?.added.size).toBe(1);
});

test("a cell begins with the objects that the one before it left", async () => {
  const [, , second] = await run(
    MODELS,
    `s = Session(engine)\nu = User(name="a")\ns.add(u)\n`,
    `s.flush()\n`,
  );
  const t = timeline(second!);
  expect(t.objects).toEqual([{ id: 1, class: "User", first: -1 }]);
  expect(t.steps.at(-1)?.objects.get(1)?.state).toBe("persistent");
});

test("a line of another file is told with its file", async () => {
  const [, model] = await run(`${MODELS}def load(s): return s.get(User, 1)\n`, `load(Session(engine))\n`);
  const { file, line } = (
    model!.sql.find((e) => e.kind === "statement") as { statement: { file: string; line: number } }
  ).statement;
  expect(lineText(model!, file, line)).toBe("cell0.py line 15");
  expect(lineText(model!, "cell1.py", 1)).toBe("line 1");
});

test.each([
  ["SELECT a.x FROM a JOIN b ON a.id = b.a_id", ["a", "b"], "select"],
  ['INSERT INTO "order" (x) VALUES (?)', ["order"], "insert"],
  ["\nCREATE TABLE t (\n\tid INTEGER\n)\n", ["t"], "ddl"],
  ["WITH c AS (SELECT 1 FROM d) SELECT * FROM c", ["d", "c"], "select"],
  ["UPDATE main.t SET x=1", ["main.t"], "update"],
] as const)("tables and kind of %s", (sql, tables, kind) => {
  expect(tablesOf(sql)).toEqual(tables);
  expect(kindOf(sql)).toBe(kind);
});
