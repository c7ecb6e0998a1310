// SQLAlchemy from Python: our engine beside the real library under this machine's python3, work by work, in one run.
//
// One program, timed by its own clock, the best of the rounds; ours runs it as the page's worker does. Where python3 has no
// SQLAlchemy there is nothing to be beside: only our figures are shown. Goal: no work takes longer than with the real one.
import { spawnSync } from "node:child_process";
import { nodeEngine, runProgram } from "../../playground-engine/runtime/node.ts";
import { against, type Figure, type Part } from "./report.ts";

const PROGRAM = `
from time import perf_counter
from sqlalchemy import ForeignKey, create_engine, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, configure_mappers, mapped_column, relationship, selectinload

class Base(DeclarativeBase):
    pass

class Author(Base):
    __tablename__ = "author"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    books: Mapped[list["Book"]] = relationship(back_populates="author")

class Book(Base):
    __tablename__ = "book"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("author.id"), index=True)
    author: Mapped[Author] = relationship(back_populates="books")

configure_mappers()
N = 300

def fresh():
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    return engine

def insert_objects():
    with Session(fresh()) as session:
        for i in range(N):
            session.add(Author(name=f"author {i}", books=[Book(title=f"book {j} of {i}") for j in range(3)]))
        session.commit()

engine = fresh()
with engine.begin() as connection:
    connection.execute(insert(Author), [{"id": i, "name": f"author {i}"} for i in range(1, N + 1)])
    connection.execute(insert(Book), [{"title": f"book {j}", "author_id": i} for i in range(1, N + 1) for j in range(3)])

def load_collections():
    with Session(engine) as session:
        authors = session.scalars(select(Author).options(selectinload(Author.books))).all()
        assert sum(len(a.books) for a in authors) == 3 * N

def change_all():
    with Session(engine) as session:
        for author in session.scalars(select(Author)):
            author.name += "!"
        session.commit()

def read_by_key():
    with Session(engine) as session:
        for i in range(1, N + 1):
            assert session.get(Author, i).name

def lazy_loads():
    with Session(engine) as session:
        assert sum(len(a.books) for a in session.scalars(select(Author))) == 3 * N

def commit_often():
    with Session(engine) as session:
        author = session.get(Author, 1)
        for i in range(N):
            author.name = f"author {i}"
            session.commit()

def select_rows():
    with engine.connect() as connection:
        for i in range(N):
            statement = select(Author.name, Book.title).join(Author.books).where(Author.id == i, Book.title.like("b%")).limit(10)
            for row in connection.execute(statement):
                row.name, row.title

def insert_rows():
    with fresh().begin() as connection:
        connection.execute(insert(Author), [{"name": f"author {i}"} for i in range(10 * N)])

def map_classes():
    class Other(DeclarativeBase):
        pass
    for i in range(20):
        type(f"M{i}", (Other,), {
            "__tablename__": f"m{i}",
            "__annotations__": {"id": Mapped[int], "name": Mapped[str | None]},
            "id": mapped_column(primary_key=True),
        })
    configure_mappers()

for work in (insert_objects, load_collections, change_all, read_by_key, lazy_loads, commit_often, select_rows, insert_rows, map_classes):
    times = []
    for _ in range(20):
        started = perf_counter()
        work()
        times.append(perf_counter() - started)
    print(work.__name__, min(times) * 1000)
`;

function read(output: string): Map<string, number> {
  return new Map(
    output
      .trim()
      .split("\n")
      .map((line) => line.split(" ") as [string, string])
      .map(([work, ms]) => [work.replaceAll("_", " "), Number(ms)]),
  );
}

export async function benchSqlAlchemy(): Promise<Part> {
  await nodeEngine();
  const { exit, events } = await runProgram(
    { kind: "script", file: "main.py" },
    { files: [{ path: "main.py", content: PROGRAM }], limits: { milliseconds: 300_000 } },
  );
  if (exit !== 0) throw new Error("the program of the benchmark failed");
  const ours = read(events.map((e) => (e.kind === "output" ? e.text : "")).join(""));
  const real = spawnSync("python3", ["-c", PROGRAM], { encoding: "utf8" });
  const theirs = real.status === 0 ? read(real.stdout) : undefined;
  const figures: Figure[] = [...ours].map(([what, ms]) =>
    theirs ? against(what, ms, "SQLAlchemy on CPython", theirs.get(what)!) : { what, ours: ms },
  );
  return {
    name: "SQLAlchemy, from Python",
    figures,
    goal: theirs
      ? "no work takes longer than with the real library on CPython"
      : "none here: this machine's python3 has no SQLAlchemy to be beside",
    passed: figures.every((f) => f.ratio === undefined || f.ratio <= 1),
  };
}
