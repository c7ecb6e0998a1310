// What an editor is told about a program as it is typed. `¦` marks the cursor.
import { beforeAll, describe, expect, test } from "vitest";
import { answerLanguage, ownModules } from "../../../playground-engine/runtime/language/index.ts";
import { nodeEngine } from "../../../playground-engine/runtime/node.ts";
import type { LanguageAnswers, LanguageQuestion } from "../../../playground-engine/runtime/protocol.ts";

const MODELS = `from sqlalchemy import ForeignKey, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class User(Base):
    """A person."""

    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    addresses: Mapped[list["Address"]] = relationship(back_populates="user")

    def greet(self, loudly: bool = False) -> str:
        return self.name


class Address(Base):
    __tablename__ = "address"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    user: Mapped[User | None] = relationship(back_populates="addresses")


engine = create_engine("sqlite://")
`;

beforeAll(() => nodeEngine());

function ask<W extends LanguageQuestion["what"]>(what: W, marked: string, name?: string): LanguageAnswers[W] {
  const offset = marked.indexOf("¦");
  const source = marked.slice(0, offset) + marked.slice(offset + 1);
  const about = { what, path: "main.py", source, offset, ...(name === undefined ? {} : { name }) };
  const modules = ownModules(new Map([["models.py", MODELS]]), about.path);
  return answerLanguage(about as LanguageQuestion & { what: W }, modules) as LanguageAnswers[W];
}

const offered = (marked: string): string[] => ask("complete", marked).candidates.map((c) => c.text);

describe("completion", () => {
  test.each([
    ["a class of the library", "with Session(engine) as session:\n    session.¦", "scalars", "add_all"],
    ["a module", "import sqlalchemy\nsqlalchemy.¦", "select", "create_engine"],
    ["an attribute of a mapped class", "select(User).where(User.¦)", "name", "addresses"],
    ["what a column can do", "select(User).where(User.name.¦)", "in_", "startswith"],
    [
      "the object of a loop",
      "with Session(engine) as s:\n    for user in s.scalars(select(User)):\n        user.¦",
      "greet",
      "addresses",
    ],
    ["an object of a relationship", "u = Session(engine).get(User, 1)\nu.addresses[0].¦", "email", "user"],
    ["along a chain", "select(User).join(User.addresses).¦", "where", "order_by"],
    [
      "what all() gives",
      "us = Session(engine).scalars(select(User)).all()\n[u.¦ for u in us]",
      "name",
      "greet",
    ],
    [
      "over several lines",
      "statement = (\n    select(User)\n    .where(User.id == 1)\n    .¦\n)",
      "limit",
      "options",
    ],
    [
      "oneself",
      "class K:\n    def __init__(self):\n        self.size = 1\n    def m(self):\n        self.¦",
      "size",
      "m",
    ],
  ])("%s", (_, marked, ...wanted) => {
    expect(offered(MODELS + marked)).toEqual(expect.arrayContaining(wanted));
  });

  test("imports: modules, and what they have", () => {
    expect(offered("from sqlalchemy.orm import Ses¦")).toEqual(
      expect.arrayContaining(["Session", "sessionmaker"]),
    );
    expect(offered("import sql¦")).toEqual(expect.arrayContaining(["sqlalchemy", "sqlite3"]));
    expect(offered("from sqlalchemy.¦")).toEqual(expect.arrayContaining(["orm", "dialects"]));
    expect(offered("from models import ¦")).toEqual(expect.arrayContaining(["User", "Base"]));
  });

  test("names: variables, keywords of the call, builtins", () => {
    expect(offered(`${MODELS}create_engine("sqlite://", ¦)`)).toEqual(
      expect.arrayContaining(["engine", "print"]),
    );
    expect(offered(`${MODELS}relationship(back¦)`)).toContain("back_populates=");
    expect(offered(`${MODELS}User(¦)`)).toEqual(expect.arrayContaining(["name=", "addresses="]));
    expect(offered("def f(first, second):\n    return ¦")).toEqual(
      expect.arrayContaining(["first", "second"]),
    );
  });

  test("another file's classes", () => {
    expect(offered("from models import User\nUser.¦")).toContain("addresses");
  });

  test("nothing in strings and comments", () => {
    expect(offered('x = "session.¦"')).toEqual([]);
    expect(offered("# session.¦")).toEqual([]);
  });
});

describe("signatures", () => {
  test.each([
    ["relationship(¦", "relationship(", "argument"],
    ["relationship(Address, ¦", "relationship(", "secondary"],
    ["User().greet(¦", "greet(", "loudly: bool = False"],
    ["select(User, ¦", "select(", "*entities"],
    ["mapped_column(primary_key=¦", "mapped_column(", "primary_key"],
  ])("%s", (marked, label, parameter) => {
    const s = ask("signature", `${MODELS}${marked}`);
    expect(s?.label.startsWith(label)).toBe(true);
    expect(s?.parameters[s.active]).toContain(parameter);
  });

  test("none outside a call", () => {
    expect(ask("signature", "x = (1, ¦")).toBeNull();
    expect(ask("signature", "def f(¦")).toBeNull();
  });
});

test("hover says what a name is and where it is at home", () => {
  expect(ask("hover", `${MODELS}sel¦ect(User)`)).toMatchObject({
    title: "select(*entities, **__kw)",
  });
  expect(ask("hover", `${MODELS}Us¦er`)).toMatchObject({ doc: "A person." });
  expect(ask("hover", `${MODELS}eng¦ine`)).toMatchObject({ title: "engine: Engine" });
  expect(ask("hover", "1 + 1¦")).toBeNull();
});

test("definitions, in this file and in others", () => {
  expect(ask("definition", `${MODELS}Us¦er`)).toMatchObject({ path: "main.py", line: 9 });
  expect(ask("definition", "from models import User\nUs¦er")).toEqual({
    path: "models.py",
    line: 9,
    column: 7,
  });
  expect(ask("definition", "from models import User\nUser.addres¦ses")).toMatchObject({
    path: "models.py",
    line: 16,
  });
  expect(ask("definition", "print¦")).toBeNull();
});

describe("renaming", () => {
  const renamed = (marked: string, name: string): string | undefined => {
    const answer = ask("rename", marked, name);
    if ("error" in answer) return answer.error;
    let text = marked.replace("¦", "");
    for (const p of [...answer.places].sort((a, b) => b.from - a.from))
      text = text.slice(0, p.from) + (p.before ?? "") + name + text.slice(p.to);
    return text;
  };
  test("a variable of a function leaves that of the module alone", () => {
    expect(renamed("n = 1\ndef f(n):\n    return n¦ + 1\nprint(n, f(n))", "m")).toBe(
      "n = 1\ndef f(m):\n    return m + 1\nprint(n, f(n))",
    );
  });
  test("a class with its uses, in strings of f too", () => {
    expect(renamed("class A¦:\n    pass\n\na = A()\nprint(f'{A}')", "B")).toBe(
      "class B:\n    pass\n\na = B()\nprint(f'{B}')",
    );
  });
  test("an import and a global", () => {
    expect(renamed("from os import path\ndef f():\n    global path\n    path = pa¦th\n", "p")).toBe(
      "from os import path as p\ndef f():\n    global p\n    p = p\n",
    );
  });
  test("a parameter with the calls that give it by keyword", () => {
    expect(renamed("def f(n¦):\n    return n\nf(n=1)\ng(n=2)\nx.f(n=3)", "m")).toBe(
      "def f(m):\n    return m\nf(m=1)\ng(n=2)\nx.f(n=3)",
    );
    const cls = "class A:\n    def __init__(self, n):\n        self.n = n\n    def put(self, n): pass\n";
    expect(renamed(cls.replace("self, n)", "self, n¦)") + "A(n=1).put(n=2)", "m")).toBe(
      "class A:\n    def __init__(self, m):\n        self.n = m\n    def put(self, n): pass\nA(m=1).put(n=2)",
    );
    expect(renamed(cls.replace("put(self, n)", "put(self, n¦)") + "A(n=1).put(n=2)", "m")).toBe(
      cls.replace("put(self, n)", "put(self, m)") + "A(n=1).put(m=2)",
    );
  });
  test("what is no name, or not this file's, is refused", () => {
    expect(renamed("x¦ = 1", "for")).toBe("'for' is no name in Python.");
    expect(renamed("import os.path\no¦s.path", "p")).toContain("imported with it");
    expect(renamed("print¦(1)", "p")).toBe("'print' is not defined in this file.");
  });
});

test("a file of 500 lines is answered within 50 ms", () => {
  const long =
    MODELS +
    Array.from({ length: 480 }, (_, i) => `value_${i} = select(User).where(User.id == ${i})\n`).join("");
  offered(`${long}value_1.¦`);
  for (let i = 2; i < 8; i++) offered(`${long}value_${i}.¦`);
  // processor time: the machine may have other things to do
  const started = process.cpuUsage();
  for (let i = 0; i < 5; i++) expect(offered(`${long}value_${i}.¦`)).toContain("limit");
  expect(process.cpuUsage(started).user / 5000).toBeLessThan(50);
});
