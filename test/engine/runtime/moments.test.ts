// Looking at a run changes nothing of it, and shows what objects and tables went through.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { makeLooker } from "../../../playground-engine/runtime/looking/index.ts";
import { nodeEngine, runProgram } from "../../../playground-engine/runtime/node.ts";
import { databaseAnswer, queryAnswer } from "../../../playground-engine/runtime/questions/index.ts";
import type {
  Event,
  RunLooks,
  SessionMoment,
  TablesMoment,
} from "../../../playground-engine/runtime/protocol.ts";

const ALL: RunLooks = { moments: true, plans: true };

async function run(
  source: string,
  looks: RunLooks | null,
  eager: readonly string[] = [],
): Promise<readonly Event[]> {
  const { events } = await runProgram(
    { kind: "script", file: "main.py" },
    {
      files: [{ path: "main.py", content: source }],
      eager,
      limits: { milliseconds: 20_000 },
      ...(looks ? { looker: (emit: (e: Event) => void) => makeLooker(looks, emit) } : {}),
    },
  );
  return events;
}

const MODELS = `
from sqlalchemy import create_engine, ForeignKey, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship
class Base(DeclarativeBase): pass
class User(Base):
    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    addresses: Mapped[list["Address"]] = relationship(back_populates="user")
    def __repr__(self):
        print("__repr__ runs"); return f"User({self.addresses!r})"
    def __eq__(self, other):
        print("__eq__ runs"); return self is other
    __hash__ = object.__hash__
class Address(Base):
    __tablename__ = "address"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    user: Mapped[User] = relationship(back_populates="addresses")
engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
`;

const sessionsOf = (events: readonly Event[]): SessionMoment[] =>
  events.flatMap((e) => (e.kind === "session" ? [e.moment] : []));
const tablesOf = (events: readonly Event[]): TablesMoment[] =>
  events.flatMap((e) => (e.kind === "tables" ? [e.moment] : []));
const outputOf = (events: readonly Event[]): string =>
  events.flatMap((e) => (e.kind === "output" ? [e.text] : [])).join("");

/** What a program is seen to do, without what looking adds. */
function stream(events: readonly Event[]): unknown[] {
  const out: unknown[] = [];
  let text = "";
  for (const e of events) {
    if (e.kind === "output") text += e.text;
    else if (e.kind === "statement")
      out.push([e.statement.sql, e.statement.params, e.statement.cause, e.statement.line]);
    else if (e.kind === "transaction") out.push([e.what, e.line]);
    else if (e.kind === "result")
      out.push([e.result.id, e.result.fetched, e.result.rowcount, e.result.error]);
    else if (e.kind === "error") out.push(e.error.traceback);
    else if (e.kind === "limit") out.push(e.message);
  }
  // addresses of objects count up through the life of a process
  const plain = (x: unknown): unknown => JSON.parse(JSON.stringify(x).replace(/0x[0-9a-f]{6,}/g, "0x"));
  return [plain(text), ...out.map(plain)];
}

const CASES = new URL("../../conformance/cases/", import.meta.url);

test.each(["orm-session", "state"])(
  "%s: with somebody looking, the same statements, transactions, output and errors",
  async (area) => {
    const programs = readdirSync(new URL(`${area}/`, CASES)).filter((f) => f.endsWith(".py"));
    expect(programs.length).toBeGreaterThan(5);
    let looked = 0;
    for (const file of programs) {
      const source = readFileSync(new URL(`${area}/${file}`, CASES), "utf8");
      const plain = await run(source, null);
      const seen = await run(source, ALL);
      expect(stream(seen), file).toEqual(stream(plain));
      looked += sessionsOf(seen).length;
    }
    expect(looked).toBeGreaterThan(programs.length);
  },
);

test("an object's way: transient, pending, persistent, changed, flushed, expired, deleted, detached", async () => {
  const events = await run(
    `${MODELS}
session = Session(engine)
u = User(name="ed")
session.add(u)
session.flush()
u.name = "edward"
session.commit()
u.name
session.delete(u)
session.flush()
session.commit()
`,
    ALL,
  );
  const states = sessionsOf(events).flatMap((m) =>
    m.objects.map((o) => [m.why, o.state, o.marked, o.expired.length > 0, o.changes] as const),
  );
  expect(states).toEqual([
    ["line", "transient", false, false, [{ name: "name", old: "", new: "'ed'" }]],
    ["line", "pending", false, false, [{ name: "name", old: "", new: "'ed'" }]],
    ["flush", "persistent", false, false, []],
    ["line", "persistent", false, false, [{ name: "name", old: "'ed'", new: "'edward'" }]],
    ["flush", "persistent", false, false, []],
    ["commit", "persistent", false, true, []],
    ["statement", "persistent", false, false, []],
    ["line", "persistent", true, false, []],
    ["flush", "deleted", false, false, []],
    ["commit", "detached", false, false, []],
  ]);
});

test("values are shown without running the reader's code", async () => {
  const events = await run(
    `${MODELS}
with Session(engine) as session:
    u = User(name="ed", addresses=[Address(email="a")])
    session.add(u)
    session.commit()
    u.addresses[0].email = "b"
    u.addresses.append(Address(email="c"))
`,
    ALL,
  );
  expect(outputOf(events)).toBe("");
  const last = sessionsOf(events)
    .flatMap((m) => m.objects)
    .findLast((o) => o.class === "User" && o.changes.length > 0);
  expect(last?.changes).toEqual([{ name: "addresses", old: "", new: "<Address new>" }]);
  expect(last?.values.find((v) => v.name === "addresses")?.value.text).toBe("[<Address 1>, <Address new>]");
});

test("tables through a run: what each statement added, changed and removed, and what a rollback puts back", async () => {
  const events = await run(
    `${MODELS}
with Session(engine) as session:
    session.add_all([User(id=1, name="a"), User(id=2, name="b")])
    session.commit()
    session.get(User, 2).name = "c"
    session.delete(session.get(User, 1))
    session.flush()
    session.rollback()
`,
    ALL,
  );
  const seen = tablesOf(events).map((m) =>
    m.tables.map((t) => [t.name, t.rows.map((r) => r.values.map((v) => v.text).join()), t.removed, t.total]),
  );
  expect(seen).toEqual([
    [["user", [], [], 0]],
    [["address", [], [], 0]],
    [["user", ["1,a", "2,b"], [], 2]],
    [["user", ["2,c"], [], 2]],
    [["user", [], ["1"], 1]],
    [["user", ["1,a", "2,b"], [], 2]],
  ]);
});

test("what a database held before the run is told of as such, with all its tables", async () => {
  const before = `
import sqlite3
c = sqlite3.connect("shop.db")
c.executescript("create table a (x integer); insert into a values (1); create table b (y integer)")
`;
  const program = `
from sqlalchemy import create_engine, text
with create_engine("sqlite:///shop.db").begin() as c: c.execute(text("insert into b values (2)"))
`;
  const { events } = await runProgram(
    {
      kind: "cells",
      session: "s",
      fresh: true,
      cells: [before, program].map((source) => ({ name: "c", source })),
    },
    { looker: (emit: (e: Event) => void) => makeLooker(ALL, emit) },
  );
  expect(
    tablesOf(events).map((m) => [m.database, m.first ?? false, m.tables.map((t) => [t.name, t.total])]),
  ).toEqual([
    [
      "shop.db",
      true,
      [
        ["a", 1],
        ["b", 0],
      ],
    ],
    ["shop.db", false, [["b", 1]]],
  ]);
});

test("a second program of one run begins without the objects of the first", async () => {
  const program = `${MODELS}\nu = User(name="x")\n`;
  const looks = (emit: (e: Event) => void) => makeLooker(ALL, emit);
  const engine = await nodeEngine();
  engine.workspace.replace([{ path: "main.py", content: program }]);
  const events: Event[] = [];
  const hooks = { event: (e: Event) => void events.push(e), looker: looks };
  engine.run({ kind: "script", file: "main.py" }, hooks);
  engine.run({ kind: "script", file: "main.py" }, hooks);
  expect(sessionsOf(events).map((m) => [m.objects.map((o) => o.id), m.gone])).toEqual([
    [[1], []],
    [[2], [1]],
  ]);
});

test("a console that goes on shows the objects that it had", async () => {
  const cell = async (source: string, fresh: boolean): Promise<readonly Event[]> =>
    (
      await runProgram(
        { kind: "cells", session: "goes on", fresh, cells: [{ name: "cell", source }] },
        { looker: (emit: (e: Event) => void) => makeLooker(ALL, emit) },
      )
    ).events;
  await cell(`${MODELS}\ns = Session(engine)\nu = User(name="x")\ns.add(u)\n`, true);
  const seen = sessionsOf(await cell("s.commit()", false)).map((m) => [m.why, m.objects.map((o) => o.state)]);
  expect(seen).toEqual([
    ["flush", ["persistent"]],
    ["commit", ["persistent"]],
  ]);
});

test("a trigger's and a cascade's work is seen in their tables", async () => {
  const events = await run(
    `
from sqlalchemy import create_engine, text
e = create_engine("sqlite://")
with e.begin() as c:
    c.execute(text("pragma foreign_keys = on"))
    c.execute(text("create table a (id integer primary key)"))
    c.execute(text("create table b (id integer primary key, a_id integer references a on delete cascade)"))
    c.execute(text("create table log (what text)"))
    c.execute(text("create trigger t after insert on a begin insert into log values ('new'); end"))
    c.execute(text("insert into a values (1)"))
    c.execute(text("insert into b values (1, 1)"))
    c.execute(text("delete from a"))
`,
    ALL,
  );
  expect(
    tablesOf(events)
      .at(-3)
      ?.tables.map((t) => t.name),
  ).toEqual(["a", "log"]);
  expect(
    tablesOf(events)
      .at(-1)
      ?.tables.map((t) => [t.name, t.removed]),
  ).toEqual([
    ["a", ["1"]],
    ["b", ["1"]],
  ]);
});

test("a loop does not use up what can be shown: its first turns are told of, and what comes after it", async () => {
  const events = await run(
    `${MODELS}
session = Session(engine)
users = []
for i in range(1000):
    u = User(name=str(i))
    users.append(u)
    session.add(u)
session.commit()
users[0].name = "changed"
`,
    ALL,
  );
  const moments = sessionsOf(events);
  expect(moments.length).toBeLessThan(100);
  expect(moments.at(-1)?.cut).toBe("objects");
  expect(moments.at(-1)?.objects.map((o) => o.changes.at(-1)?.new)).toEqual(["'changed'"]);
  expect(new Set(moments.flatMap((m) => m.objects.map((o) => o.id))).size).toBe(200);
});

test("looking ends after 300 moments, and says so", async () => {
  const lines = Array.from({ length: 400 }, (_, i) => `u.name = "${i}"`).join("\n");
  const moments = sessionsOf(await run(`${MODELS}\nu = User()\n${lines}`, ALL));
  expect(moments).toHaveLength(300);
  expect(moments.at(-1)?.cut).toBe("moments");
});

test("plans are told once for each text", async () => {
  const events = await run(
    `${MODELS}
with Session(engine) as session:
    for i in range(3):
        session.get(User, i)
`,
    ALL,
  );
  const plans = events.flatMap((e) => (e.kind === "plan" ? [e.steps.map((s) => s.detail)] : []));
  expect(plans).toEqual([["SEARCH user USING INTEGER PRIMARY KEY (rowid=?)"]]);
});

test("a relationship may be loaded eagerly for one run: the N+1 problem mended", async () => {
  const source = `${MODELS}
with Session(engine) as session:
    session.add_all([User(name=n, addresses=[Address(email=n)]) for n in "abcde"])
    session.commit()
    for u in session.scalars(select(User)):
        len(u.addresses)
`;
  const selects = async (eager: readonly string[]): Promise<string[]> =>
    (await run(source, null, eager)).flatMap((e) =>
      e.kind === "statement" && /^select/i.test(e.statement.sql) ? [e.statement.cause] : [],
    );
  expect(await selects([])).toEqual(["execute", ...Array<string>(5).fill("lazy load")]);
  expect(await selects(["User.addresses"])).toEqual(["execute", "eager load"]);
  expect(await selects([])).toHaveLength(6);
});

test("the database in memory that a run leaves can be looked into and queried", async () => {
  await run(
    `${MODELS}\nwith engine.begin() as c: c.execute(text("insert into user (name) values ('ed')"))`,
    null,
  );
  const engine = await nodeEngine();
  const answer = databaseAnswer(engine, { kind: "database", path: ":memory:", rows: 10 });
  expect("tables" in answer && answer.tables.map((t) => [t.name, t.count])).toEqual([
    ["user", 1],
    ["address", 0],
  ]);
  const query = queryAnswer(engine, { kind: "query", path: ":memory:", sql: "select name from user" });
  expect("results" in query && query.results[0]?.rows[0]?.[0]?.text).toBe("ed");
});
