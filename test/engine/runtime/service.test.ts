// What the worker answers a page: runs, files that survive, questions. Driven as the page does, without a worker around it.
import { beforeEach, describe, expect, test } from "vitest";
import { nodeEngine } from "../../../playground-engine/runtime/node.ts";
import type {
  Answer,
  Event,
  FileChange,
  Program,
  Question,
  Report,
  TerminalState,
  WorkspaceFile,
} from "../../../playground-engine/runtime/protocol.ts";
import { Service } from "../../../playground-engine/runtime/service.ts";

class Page {
  readonly reports: Report[] = [];
  private readonly service: Service;
  private id = 0;
  /** What the page keeps: a worker that takes another's place is given this. */
  readonly files = new Map<string, string | Uint8Array>();
  state: TerminalState | undefined;

  constructor(service: (tell: (r: Report) => void) => Service) {
    this.service = service((r) => this.reports.push(r));
  }

  async open(files: Readonly<Record<string, string>>): Promise<void> {
    this.files.clear();
    for (const [path, content] of Object.entries(files)) this.files.set(path, content);
    await this.handOver();
  }

  /** What happens when a worker is replaced. */
  async handOver(): Promise<void> {
    const files: WorkspaceFile[] = [...this.files].map(([path, content]) => ({ path, content }));
    await this.service.handle({ type: "workspace", files });
  }

  async write(path: string, content: string): Promise<void> {
    this.files.set(path, content);
    await this.service.handle({ type: "write", files: [{ path, content }] });
  }

  async run(
    program: Program | string,
    limits = {},
  ): Promise<{ out: string; exit: number; limit: string; changed: string[] }> {
    this.reports.length = 0;
    await this.service.handle({
      type: "run",
      id: ++this.id,
      limits,
      program:
        typeof program === "string"
          ? { kind: "command", line: program, terminal: this.state ? { state: this.state } : {} }
          : program,
    });
    const events = this.reports.flatMap((r): readonly Event[] => (r.type === "events" ? r.events : []));
    const text = (kind: "output" | "limit"): string =>
      events.map((e) => (e.kind !== kind ? "" : e.kind === "output" ? e.text : e.message)).join("");
    for (const e of events) if (e.kind === "terminal") this.state = e.state;
    const changes = this.reports.flatMap((r): readonly FileChange[] =>
      r.type === "done" || r.type === "changed" ? r.changed : [],
    );
    for (const c of changes)
      if (c.content === null) this.files.delete(c.path);
      else this.files.set(c.path, c.content);
    const done = this.reports.at(-1);
    if (done?.type !== "done") throw new Error("the run did not end");
    return {
      out: text("output"),
      exit: done.exit,
      limit: text("limit"),
      changed: changes.map((c) => (c.content === null ? `-${c.path}` : c.path)),
    };
  }

  async ask<Q extends Question>(question: Q): Promise<Answer<Q>> {
    await this.service.handle({ type: "ask", id: ++this.id, question });
    const answer = this.reports.at(-1);
    if (answer?.type !== "answer") throw new Error("no answer");
    return structuredClone(answer.answer) as Answer<Q>;
  }
}

const INI = "[alembic]\nscript_location = %(here)s/migrations\nsqlalchemy.url = sqlite:///app.db\n";
const ENV = `from alembic import context
from sqlalchemy import create_engine
engine = create_engine(context.config.get_main_option("sqlalchemy.url"))
with engine.connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
`;
const revision = (id: string, down: string, message: string, up: string, more = ""): string => `"""${message}

Revision ID: ${id}
Create Date: 2026-05-04 10:00:00

"""
from alembic import op
import sqlalchemy as sa
revision = "${id}"
down_revision = ${down}
branch_labels = None
depends_on = None
${more}
def upgrade():
    ${up}
def downgrade():
    pass
`;
const HISTORY = {
  "alembic.ini": INI,
  "migrations/env.py": ENV,
  "migrations/versions/1.py": revision(
    "aa11",
    "None",
    "users",
    'op.create_table("user", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(30), nullable=False, server_default="x"))',
  ),
  "migrations/versions/2.py": revision(
    "bb22",
    '"aa11"',
    "mail",
    'op.add_column("user", sa.Column("mail", sa.String))',
  ).replace("branch_labels = None", 'branch_labels = ("mailing",)'),
  "migrations/versions/3.py": revision(
    "cc33",
    '"aa11"',
    "teams",
    'op.create_table("team", sa.Column("id", sa.Integer, primary_key=True))',
  ),
};

let page: Page;
beforeEach(async () => {
  const engine = await nodeEngine();
  page = new Page((tell) => new Service(engine, tell));
});

describe("nothing is lost", () => {
  test("a database that one command makes is there for the next, in another worker, too", async () => {
    await page.open({});
    expect((await page.run('sqlite3 app.db "CREATE TABLE t (a); INSERT INTO t VALUES (1)"')).changed).toEqual(
      ["app.db"],
    );
    await page.handOver();
    expect((await page.run('sqlite3 app.db "INSERT INTO t VALUES (2); SELECT sum(a) FROM t"')).out).toBe(
      "3\n",
    );
    await page.handOver();
    await page.write(
      "p.py",
      'from sqlalchemy import create_engine, text\nprint(create_engine("sqlite:///app.db").connect().scalar(text("select count(*) from t")))\n',
    );
    expect(await page.run("python p.py")).toMatchObject({ out: "2\n", exit: 0, changed: [] });
  });

  test("an empty folder is a file of the page that ends in a slash", async () => {
    await page.open({});
    expect((await page.run("mkdir -p migrations/versions")).changed).toEqual(["migrations/versions/"]);
    await page.handOver();
    expect((await page.run("ls -R")).out).toBe(
      ".:\nmigrations\n\n./migrations:\nversions\n\n./migrations/versions:\n",
    );
    expect((await page.run("touch migrations/versions/a.py")).changed).toEqual([
      "migrations/versions/a.py",
      "-migrations/versions/",
    ]);
  });

  test("a folder moves with the databases in it", async () => {
    await page.open({});
    await page.run('mkdir -p data/x && sqlite3 data/x/app.db "CREATE TABLE t (a)"');
    expect((await page.run("mv data kept")).changed).toEqual(["kept/x/app.db", "-data/x/app.db"]);
    expect((await page.run("sqlite3 kept/x/app.db .tables")).out).toBe("t\n");
  });

  test("what a long run has committed is told before it ends", async () => {
    await page.open({
      "long.py": `import sqlite3, time
c = sqlite3.connect("app.db")
c.execute("create table t (a)")
c.execute("insert into t values (1)")
c.commit()
open("note.txt", "w").write("kept")
end = time.time() + 1.6
while time.time() < end:
    pass
`,
    });
    await page.run("python long.py");
    const early = page.reports.filter((r) => r.type === "changed");
    expect(early.flatMap((r) => r.changed.map((c) => c.path)).sort()).toEqual(["app.db", "note.txt"]);
    const done = page.reports.at(-1);
    expect(done?.type === "done" && done.changed).toEqual([]);
  });

  test("a program that ends in the middle of a transaction leaves what it had committed", async () => {
    await page.open({
      "p.py": `import sqlite3
c = sqlite3.connect("app.db")
c.execute("create table t (a)")
c.commit()
c.execute("insert into t values (1)")
raise SystemExit(2)
`,
    });
    expect(await page.run("python p.py")).toMatchObject({ exit: 2, changed: ["app.db"] });
    expect((await page.run('sqlite3 app.db "SELECT count(*) FROM t"')).out).toBe("0\n");
  });

  test("a text file that is opened as a database stays what it is", async () => {
    await page.open({ "notes.txt": "not a database" });
    const ran = await page.run('sqlite3 notes.txt "SELECT 1"');
    expect(ran).toMatchObject({ changed: [], exit: 1 });
    expect(ran.out).toContain("file is not a database");
    expect((await page.run("cat notes.txt")).out).toBe("not a database");
  });

  test("a small database is never taken for text", async () => {
    await page.open({});
    await page.run('sqlite3 a.db "CREATE TABLE t (a)"; cp a.db b.db');
    expect(page.files.get("b.db")).toBeInstanceOf(Uint8Array);
    expect((await page.run("sqlite3 b.db .schema")).out).toBe("CREATE TABLE t (a);\n");
  });
});

describe("limits", () => {
  test("a program without end is ended, and the line with it", async () => {
    await page.open({ "loop.py": "while True:\n    pass\n" });
    const ran = await page.run("python loop.py; echo after", { milliseconds: 200 });
    expect(ran).toMatchObject({
      exit: 130,
      limit: "The program ran longer than its time limit and was ended.",
    });
    expect(ran.out).not.toContain("after");
    expect((await page.run("echo $?")).out).toBe("130\n");
  });

  test("output beyond the limit is dropped with a message", async () => {
    await page.open({ "a.txt": "x".repeat(5000) });
    const ran = await page.run("cat a.txt", { output: 100 });
    expect(ran.out).toHaveLength(100);
    expect(ran.limit).toBe("Output ends here: the program printed more than 100 characters.");
  });
});

describe("the terminal's state", () => {
  test("folder, variables and status are the page's, so another worker goes on from there", async () => {
    await page.open({ "a/b.txt": "" });
    await page.run("cd a && export X=1 && false");
    expect(page.state).toEqual({ cwd: "/workspace/a", env: [["X", "1"]], status: 1 });
    await page.handOver();
    expect((await page.run("pwd; echo $X $?")).out).toBe("/workspace/a\n1 0\n");
  });

  test("another workspace begins where it should", async () => {
    await page.open({ "a/b.txt": "" });
    await page.run("cd a");
    page.state = undefined;
    await page.open({});
    expect((await page.run("pwd")).out).toBe("/workspace\n");
  });

  test("clear asks the page for an empty screen", async () => {
    await page.open({});
    await page.run("clear");
    const events = page.reports.flatMap((r) => (r.type === "events" ? r.events : []));
    expect(events).toContainEqual(expect.objectContaining({ kind: "terminal", clear: true }));
  });
});

describe("a reader at the terminal", () => {
  const interactive = { columns: 80, color: true };

  test.each([
    ["alembik", "bash: alembik: command not found\nDid you mean 'alembic'?"],
    ["alembic upgrad head", "Did you mean 'alembic upgrade'?"],
    ["alembic current", "'alembic init migrations' makes one"],
    ["vim a.py", "open the file in the editor"],
    ["python", "use the console beside it"],
    ["sqlite3 app.db", "write what to do behind the file's name"],
    ["pip install requests", "the playground has no package index"],
    ["psql", "The databases of the playground are SQLite"],
    ["./a.py", "Run it with: python a.py"],
  ])("%j gets the real program's error and a hint", async (line, hint) => {
    await page.open({ "a.py": "" });
    const ran = await page.run({ kind: "command", line, terminal: interactive });
    expect(ran.out).toContain(hint);
    expect(ran.exit).not.toBe(0);
  });

  test("colours where the real programs have them", async () => {
    await page.open({ "a/b.txt": "one\n", "test_a.py": "def test_a(): pass\n" });
    const out = async (line: string): Promise<string> =>
      (await page.run({ kind: "command", line, terminal: interactive })).out;
    expect(await out("ls")).toBe("\x1b[01;34ma\x1b[0m  test_a.py\n");
    expect(await out("grep n a/b.txt")).toBe("o\x1b[01;31mn\x1b[0me\n");
    expect(await out("pytest")).toContain("\x1b[32m.\x1b[0m");
    expect(await out("ls | cat")).toBe("a\ntest_a.py\n");
  });
});

describe("questions", () => {
  test("what is in a database, as SQLite has it", async () => {
    await page.open({});
    await page.run(
      `sqlite3 app.db "CREATE TABLE team (id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL DEFAULT 'x', size INT GENERATED ALWAYS AS (length(name)))" "CREATE TABLE p (a INT, b INT, t INT REFERENCES team (id) ON DELETE CASCADE, PRIMARY KEY (a, b))" "CREATE INDEX ix ON p (lower(b), a) WHERE a > 1" "INSERT INTO team (name) VALUES ('A'), ('B'), ('C')" "CREATE VIEW v AS SELECT * FROM gone"`,
    );
    const db = await page.ask({ kind: "database", path: "app.db", rows: 2 });
    if ("error" in db) throw new Error(db.error);
    expect(db.tables.map((t) => [t.name, t.count, t.rows.length])).toEqual([
      ["team", 3, 2],
      ["p", 0, 0],
    ]);
    expect(db.tables[0]!.columns).toEqual([
      { name: "id", type: "INTEGER", nullable: true, default: null, primaryKey: 1, generated: false },
      { name: "name", type: "TEXT", nullable: false, default: "'x'", primaryKey: 0, generated: false },
      { name: "size", type: "INT", nullable: true, default: null, primaryKey: 0, generated: true },
    ]);
    expect(db.tables[1]!.foreignKeys).toEqual([
      { columns: ["t"], table: "team", references: ["id"], onUpdate: "NO ACTION", onDelete: "CASCADE" },
    ]);
    expect(db.tables[1]!.indexes.map((i) => [i.name, i.origin, i.columns])).toEqual([
      ["sqlite_autoindex_p_1", "pk", ["a", "b"]],
      ["ix", "c", [null, "a"]],
    ]);
    expect(db.views[0]).toMatchObject({ name: "v", error: expect.stringContaining("gone") as string });
    expect(await page.ask({ kind: "database", path: "nope.db", rows: 1 })).toEqual({
      error: "There is no database nope.db in this workspace.",
    });
    expect(page.files.has("nope.db")).toBe(false);
  });

  test("SQL: rows, changes with the changed file, an error that ends it", async () => {
    await page.open({});
    await page.run('sqlite3 app.db "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)"');
    const q = await page.ask({
      kind: "query",
      path: "app.db",
      sql: "INSERT INTO t (b) VALUES ('x'), ('y'); SELECT * FROM t; SELECT nope FROM t; SELECT 1",
      rows: 1,
    });
    if ("error" in q) throw new Error(q.error);
    expect(q.changed.map((c) => c.path)).toEqual(["app.db"]);
    expect(
      q.results.map(({ columns, rows, fetched, changes, error }) => ({
        columns,
        rows,
        fetched,
        changes,
        error,
      })),
    ).toEqual([
      { columns: null, rows: [], fetched: 0, changes: 2, error: null },
      {
        columns: ["a", "b"],
        rows: [
          [
            { kind: "int", text: "1" },
            { kind: "str", text: "x" },
          ],
        ],
        fetched: 2,
        changes: 0,
        error: null,
      },
      { columns: null, rows: [], fetched: 0, changes: 0, error: "no such column: nope" },
    ]);
    const open = await page.ask({ kind: "query", path: "app.db", sql: "BEGIN; DELETE FROM t" });
    expect("results" in open && open.results.at(-1)?.error).toContain("was rolled back");
    expect((await page.run('sqlite3 app.db "SELECT count(*) FROM t"')).out).toBe("2\n");
  });

  test("the history from the files' text, with where each database stands; nothing of it runs", async () => {
    const told = 'raise RuntimeError("ran")';
    await page.open(HISTORY);
    await page.run("alembic upgrade aa11");
    await page.write(
      "migrations/versions/2.py",
      HISTORY["migrations/versions/2.py"].replace("def upgrade", `${told}\ndef upgrade`),
    );
    await page.write("migrations/versions/4.py", "revision = make()\n");
    const g = await page.ask({ kind: "revisions", config: "alembic.ini" });
    if ("error" in g) throw new Error(g.error);
    expect(g.revisions.map((r) => [r.id, r.down, r.message, r.branches, r.isHead, r.isBranchPoint])).toEqual([
      ["cc33", ["aa11"], "teams", [], true, false],
      ["bb22", ["aa11"], "mail", ["mailing"], true, false],
      ["aa11", [], "users", [], false, true],
    ]);
    expect(g.edges).toHaveLength(2);
    expect([g.heads, g.bases]).toEqual([["cc33", "bb22"], ["aa11"]]);
    expect(g.databases).toEqual([{ path: "app.db", at: ["aa11"], unapplied: ["bb22", "cc33"], unknown: [] }]);
    expect(g.problems).toEqual([
      { file: "migrations/versions/4.py", message: expect.stringContaining("no literal") as string },
    ]);
  });

  test("the schema before and after a revision, on scratch databases", async () => {
    await page.open(HISTORY);
    await page.run("alembic upgrade aa11");
    await page.run("sqlite3 app.db \"INSERT INTO user (name) VALUES ('kept')\"");
    const s = await page.ask({ kind: "schema", config: "alembic.ini", revision: "bb22" });
    if ("error" in s) throw new Error(s.error);
    const columns = (tables: typeof s.before): string[] =>
      tables.flatMap((t) => t.columns.map((c) => `${t.name}.${c.name}`));
    expect(columns(s.before)).toEqual(["user.id", "user.name"]);
    expect(columns(s.after)).toEqual(["user.id", "user.name", "user.mail"]);
    expect(s.failed).toBeNull();
    // the reader's own database is as it was
    expect(
      (await page.run('sqlite3 app.db "SELECT name FROM user; SELECT version_num FROM alembic_version"')).out,
    ).toBe("kept\naa11\n");
  });

  test("a migration that fails says why, and what it left", async () => {
    await page.open({
      ...HISTORY,
      "migrations/versions/2.py": revision("bb22", '"aa11"', "mail", 'op.drop_table("nope")'),
    });
    const s = await page.ask({ kind: "schema", config: "alembic.ini", revision: "bb22" });
    expect(s).toMatchObject({ failed: expect.stringContaining("no such table: nope") as string });
  });

  test("syntax errors with their place, in the editor's units", async () => {
    expect(await page.ask({ kind: "check", path: "a.py", source: "x = 1\n" })).toEqual({ problems: [] });
    expect(await page.ask({ kind: "check", path: "a.py", source: "s = '😀' +\n" })).toMatchObject({
      problems: [{ message: "invalid syntax", line: 1, column: 11 }],
    });
    expect(
      await page.ask({ kind: "check", path: "a.py", source: "def f():\n    return\nreturn 1\n" }),
    ).toMatchObject({
      problems: [{ message: "'return' outside function", line: 3 }],
    });
  });

  test.each([
    ["al", ["alembic"]],
    ["alembic upg", ["upgrade"]],
    ["alembic upgrade ", ["cc33", "bb22", "aa11", "mailing@head", "head", "heads", "base", "+1", "-1"]],
    ["alembic upgrade b", ["bb22", "base"]],
    [
      "alembic revision --head ",
      ["cc33", "bb22", "aa11", "mailing@head", "head", "heads", "base", "+1", "-1"],
    ],
    ["alembic revision --au", ["--autogenerate"]],
    [
      "alembic history -r aa11:",
      [
        "aa11:cc33",
        "aa11:bb22",
        "aa11:aa11",
        "aa11:mailing@head",
        "aa11:head",
        "aa11:heads",
        "aa11:base",
        "aa11:+1",
        "aa11:-1",
      ],
    ],
    ["cat mig", ["migrations/"]],
    [
      "cat migrations/versions/",
      ["migrations/versions/1.py", "migrations/versions/2.py", "migrations/versions/3.py"],
    ],
    ["ls && cat 'my", ["'my notes.txt'"]],
    ["sqlite3 ", ["app.db", "migrations/"]],
    ["sqlite3 app.db .sch", [".schema"]],
    ['sqlite3 app.db "select * from al', ['"select * from alembic_version']],
    ["python -m pyt", ["pytest"]],
    ["echo `", []],
  ])("completing %j", async (line, expected) => {
    await page.open({ ...HISTORY, "my notes.txt": "" });
    await page.run("alembic upgrade aa11");
    const c = await page.ask({ kind: "complete", line });
    expect(c.candidates.map((x) => x.text)).toEqual(expected);
    expect(c.candidates.every((x) => x.text.startsWith(c.common))).toBe(true);
  });
});

test("a full cycle takes under 300 ms of the engine's time", async () => {
  const files = {
    "models.py": `from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
class Base(DeclarativeBase): pass
class User(Base):
    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
`,
  };
  const cycle = async (): Promise<number> => {
    await page.open(files);
    let spent = 0;
    const step = async (line: string): Promise<void> => {
      const before = process.cpuUsage();
      const ran = await page.run(line);
      const used = process.cpuUsage(before);
      spent += (used.user + used.system) / 1000;
      expect(ran.exit, ran.out).toBe(0);
    };
    await step("alembic init migrations");
    await page.write(
      "alembic.ini",
      String(page.files.get("alembic.ini")).replace(
        /^sqlalchemy\.url.*$/m,
        "sqlalchemy.url = sqlite:///app.db",
      ),
    );
    await page.write(
      "migrations/env.py",
      String(page.files.get("migrations/env.py")).replace(
        "target_metadata = None",
        "from models import Base\ntarget_metadata = Base.metadata",
      ),
    );
    for (const line of [
      "alembic revision --autogenerate -m first --rev-id 0001",
      "alembic upgrade head",
      "alembic downgrade base",
      "alembic upgrade head",
    ])
      await step(line);
    return spent;
  };
  // the first time a worker does this it compiles what Alembic needs; processor time, since the machine does other things
  await cycle();
  const times = [await cycle(), await cycle(), await cycle()];
  expect(Math.min(...times)).toBeLessThan(300);
}, 60_000);
