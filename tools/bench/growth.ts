// How costs grow: with rows, statements, mapped classes and revisions; and whether memory does with runs.
//
// Programs run in Node as they do in the page's worker (runtime/node.ts). Each size is run three times, the best counts, in
// milliseconds of processor time; growth is what ten times the size costs, divided by ten: 1 is linear.
import { nodeEngine, runProgram } from "../../playground-engine/runtime/node.ts";
import type { WorkspaceFile } from "../../playground-engine/runtime/protocol.ts";
import { revisionsAnswer } from "../../playground-engine/runtime/questions/index.ts";
import { type Figure, growing, type Part } from "./report.ts";

const HEAD = `
from sqlalchemy import ForeignKey, create_engine, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

class Base(DeclarativeBase):
    pass

class Item(Base):
    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]

engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
`;

const rows = (n: number): string => `${HEAD}
with Session(engine) as session:
    session.execute(insert(Item), [{"name": f"item {i}"} for i in range(${n})])
    session.commit()
    assert len(session.scalars(select(Item)).all()) == ${n}
`;

const statements = (n: number): string => `${HEAD}
with Session(engine) as session:
    session.add(Item(name="x"))
    session.commit()
    for i in range(${n}):
        session.execute(select(Item.name).where(Item.id == i)).all()
`;

const models = (n: number): string => `
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, configure_mappers, mapped_column, relationship

class Base(DeclarativeBase):
    pass

for i in range(${n}):
    body = {
        "__tablename__": f"t{i}",
        "__annotations__": {"id": Mapped[int], "name": Mapped[str], "before_id": Mapped[int]},
        "id": mapped_column(primary_key=True),
        "before_id": mapped_column(ForeignKey(f"t{max(0, i - 1)}.id")),
    }
    if i:
        body["before"] = relationship(f"M{i - 1}")
    type(f"M{i}", (Base,), body)
configure_mappers()
`;

/** A project with a line of n revisions. `mark` makes other files of them, which nothing has been kept of. */
export function revisions(n: number, mark = ""): WorkspaceFile[] {
  const id = (i: number): string => i.toString(16).padStart(12, "0");
  const env = `
from alembic import context
from sqlalchemy import create_engine
engine = create_engine("sqlite:///app.db")
with engine.connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
`;
  return [
    { path: "alembic.ini", content: "[alembic]\nscript_location = migrations\n" },
    { path: "migrations/env.py", content: env },
    { path: "migrations/script.py.mako", content: "" },
    ...Array.from({ length: n }, (_, i) => ({
      path: `migrations/versions/${id(i)}_r.py`,
      content: `"""r${i}${mark}\n\nRevision ID: ${id(i)}\nRevises: ${i ? id(i - 1) : ""}\nCreate Date: 2026-01-01 00:00:00\n\n"""\nrevision = "${id(i)}"\ndown_revision = ${i ? `"${id(i - 1)}"` : "None"}\nbranch_labels = None\ndepends_on = None\n\n\ndef upgrade():\n    pass\n\n\ndef downgrade():\n    pass\n`,
    })),
  ];
}

/** Clear what was left behind: it is not to be cleared in the time of what comes. Needs --expose-gc. */
function collect(): void {
  (globalThis as { gc?: () => void }).gc?.();
}

/** The clock of this thread's work. */
function fresh(): NodeJS.CpuUsage {
  collect();
  return process.threadCpuUsage();
}

async function timed(run: () => Promise<{ exit: number }>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 3; i++) {
    const started = fresh();
    const { exit } = await run();
    if (exit !== 0) throw new Error("a program of the benchmark failed");
    times.push(process.threadCpuUsage(started).user / 1000);
  }
  return Math.min(...times);
}

const program = (source: string): Promise<number> =>
  timed(() =>
    runProgram(
      { kind: "script", file: "main.py" },
      { files: [{ path: "main.py", content: source }], limits: { milliseconds: 300_000 } },
    ),
  );

/** As many revisions in all for each size: the processor's clock is too coarse for ten. */
const OPENED_IN_ALL = 6000;

/** Milliseconds until a workspace with so many revisions is in the engine and its graph is known. */
async function opened(n: number): Promise<number> {
  const engine = await nodeEngine();
  const times = OPENED_IN_ALL / n;
  const workspaces = Array.from({ length: times }, (_, i) => revisions(n, ` of ${n} in ${i}`));
  const started = fresh();
  for (const files of workspaces) {
    engine.forget();
    engine.workspace.replace(files);
    const graph = revisionsAnswer(engine, { kind: "revisions", config: "alembic.ini" });
    if ("error" in graph || graph.revisions.length !== n) throw new Error("a workspace did not open");
  }
  return process.threadCpuUsage(started).user / 1000 / times;
}

/** Bytes of the heap after a hundred runs, by those after ten. Needs --expose-gc for a true figure. */
async function memory(): Promise<Figure> {
  const source = rows(100);
  const used = (): number => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const go = async (n: number): Promise<void> => {
    for (let i = 0; i < n; i++)
      await runProgram(
        { kind: "script", file: "main.py" },
        { files: [{ path: "main.py", content: source }] },
      );
  };
  await go(10);
  const before = used();
  await go(100);
  return { what: "heap after 100 more runs, by the heap after 10", ours: used() / before, unit: "×" };
}

export async function benchGrowth(): Promise<Part> {
  await nodeEngine();
  const heap = await memory();
  const figures = [
    ...(await growing("rows inserted in bulk and loaded as objects", [1000, 10_000, 100_000], (n) =>
      program(rows(n)),
    )),
    ...(await growing("statements", [100, 1000, 10_000], (n) => program(statements(n)))),
    ...(await growing("mapped classes, each with a relationship", [10, 100, 500], (n) => program(models(n)))),
    ...(await growing("revisions upgraded in one go", [10, 100, 1000], (n) =>
      timed(() => runProgram({ kind: "command", line: "alembic upgrade head" }, { files: revisions(n) })),
    )),
    ...(await growing("revisions opened, with their graph", [10, 100, 1000], opened)),
    heap,
  ];
  const whole = figures.find((f) => f.what.startsWith("1,000 revisions opened"))!;
  return {
    name: "Growth",
    figures,
    goal: "costs grow with the work and no faster than 1.5 times it; 100 runs leave at most 20 % more memory; 1,000 revisions open in under 1 s",
    passed: heap.ours <= 1.2 && whole.ours < 1000 && figures.every((f) => (f.ratio ?? 0) <= 1.5),
  };
}
