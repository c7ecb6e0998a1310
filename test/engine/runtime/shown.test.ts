// Statements as a page is told of them.
import { expect, test } from "vitest";
import { runProgram } from "../../../playground-engine/runtime/node.ts";
import type { ShownStatement } from "../../../playground-engine/runtime/protocol.ts";

async function statements(source: string): Promise<ShownStatement[]> {
  const { events } = await runProgram(
    { kind: "script", file: "main.py" },
    { files: [{ path: "main.py", content: source }], simulate: true },
  );
  expect(events.filter((e) => e.kind === "error")).toEqual([]);
  return events.flatMap((e) => (e.kind === "statement" ? [e.statement] : []));
}

test("parameters by position and by name, apart and written in", async () => {
  const program = (url: string): string => `
from sqlalchemy import create_engine, text
with create_engine("${url}").connect() as c:
    c.execute(text("select :a, '?', :b"), {"a": 1, "b": "it's"})
`;
  const [sqlite] = await statements(program("sqlite://"));
  expect([sqlite!.sql, sqlite!.params, sqlite!.inlined]).toEqual([
    "select ?, '?', ?",
    `(1, "it's")`,
    "select 1, '?', 'it''s'",
  ]);
  const [postgresql] = await statements(program("postgresql+psycopg2://u@h/db"));
  expect([postgresql!.sql, postgresql!.params, postgresql!.inlined]).toEqual([
    "select %(a)s, '?', %(b)s",
    `{'a': 1, 'b': "it's"}`,
    "select 1, '?', 'it''s'",
  ]);
});

test("rows that come one by one are told of once", async () => {
  const { events } = await runProgram(
    { kind: "script", file: "main.py" },
    {
      files: [
        {
          path: "main.py",
          content: `
from sqlalchemy import create_engine, text
with create_engine("sqlite://").connect() as c:
    for row in c.execute(text("with recursive n(x) as (select 1 union all select x + 1 from n where x < 1000) select x from n")):
        pass
`,
        },
      ],
    },
  );
  const results = events.flatMap((e) => (e.kind === "result" ? [e.result] : []));
  expect(results.map((r) => [r.fetched, r.rows.length])).toEqual([[1000, 200]]);
});

test("an object given to a constructor lives as long as the call, though nothing else refers to it", async () => {
  const seen = await statements(`
from sqlalchemy import create_engine, ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship
class Base(DeclarativeBase): pass
class Team(Base):
    __tablename__ = "team"
    id: Mapped[int] = mapped_column(primary_key=True)
    players: Mapped[list["Player"]] = relationship(back_populates="team", lazy="selectin")
class Player(Base):
    __tablename__ = "player"
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    team: Mapped[Team] = relationship(back_populates="players")
engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
with Session(engine) as s:
    s.add(Team(id=1))
    s.commit()
    s.add(Player(team=s.get(Team, 1)))
    s.commit()
`);
  expect(seen.at(-1)!.sql).toContain("INSERT INTO player");
});
