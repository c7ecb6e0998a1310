// What a flush sends, scenario by scenario, against the real library's record: recorded/flush.py is the same program for it,
// recorded/flush.txt what it printed. Only INSERT, UPDATE, DELETE and transactions are compared: loading is the tests' own.
import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { createEngine, installDriver, setTraceSink } from "../../../../playground-engine/engine/index.ts";
import "../../../../playground-engine/dialects/index.ts";
import { loadNodeDriver } from "../../../../playground-engine/driver/node.ts";
import { listen, remove } from "../../../../playground-engine/event/index.ts";
import { MANYTOMANY, MANYTOONE, ONETOMANY } from "../../../../playground-engine/orm/flags.ts";
import { makeTransient } from "../../../../playground-engine/orm/session/lifecycle.ts";
import { lookAtObject, lookAtSessions } from "../../../../playground-engine/orm/session/look.ts";
import { Session } from "../../../../playground-engine/orm/session/session.ts";
import { instanceState } from "../../../../playground-engine/orm/state/access.ts";
import type { ColumnPairs } from "../../../../playground-engine/orm/state/contracts.ts";
import { delete_, select, text, update } from "../../../../playground-engine/sql/index.ts";
import {
  Column,
  ForeignKey,
  MetaData,
  Table,
  type ColumnOptions,
} from "../../../../playground-engine/sql/schema/index.ts";
import { Integer, String as Str } from "../../../../playground-engine/sql/types/index.ts";
import type { Value } from "../../../../playground-engine/util/host.ts";
import { plainOutput } from "../../../../playground-engine/util/plain-host.ts";
import { defineClass, make, type Entity, type TestList } from "./test-face.ts";
import { configure, mapClass, TestMapper } from "./test-mapper.ts";

const lines: string[] = [];
const print = (...parts: unknown[]): void => void lines.push(parts.join(" "));

/** What the real library printed under `== name`. */
function recorded(name: string): string[] {
  const all = readFileSync(new URL("recorded/flush.txt", import.meta.url), "utf8")
    .trimEnd()
    .split("\n");
  const from = all.indexOf(`== ${name}`);
  const to = all.findIndex((line, i) => i > from && line.startsWith("== "));
  return all.slice(from + 1, to < 0 ? undefined : to);
}

function scenario(name: string, run: () => void): void {
  test(name, () => {
    lines.length = 0;
    run();
    expect(lines).toEqual(recorded(name));
  });
}

const list = (v: unknown): string =>
  `[${(v as unknown[]).map((x) => (Array.isArray(x) ? list(x) : JSON.stringify(x))).join(", ")}]`;
const py = (v: unknown): string =>
  v === true
    ? "True"
    : v === false
      ? "False"
      : Array.isArray(v)
        ? `[${v.map((x) => `'${String(x)}'`).join(", ")}]`
        : String(v);

function attempt(fn: () => void, how: "name" | "short" | "full" = "full"): void {
  try {
    fn();
  } catch (e) {
    const { name, message } = e as Error;
    const shown = message
      .replace(/ at 0x[0-9a-f]+/g, " at 0x")
      .replace(/session '\d+'|this is '\d+'/g, "n")
      .replaceAll("\n", " ");
    print(...(how === "name" ? [name] : [name, how === "short" ? message.split(" at 0x")[0] : shown]));
  }
}

// ---- the schema and classes of the program

const metadata = new MetaData();
const column = (
  name: string,
  options: ColumnOptions & { type?: typeof Integer | typeof Str; references?: string } = {},
): Column => {
  const { type = Str, references, ...rest } = options;
  return new Column(name, type, references ? [new ForeignKey(references)] : [], rest);
};
const id = (): Column => column("id", { type: Integer, primaryKey: true });
const table = (name: string, ...columns: Column[]): Table => new Table(name, metadata, columns);
const of = (t: Table, name: string): Column => t.c.get(name) as Column;
const pairs = (l: [Table, string], r: [Table, string]): ColumnPairs => [[of(...l), of(...r)]];

const nodes = table(
  "nodes",
  id(),
  column("parent_id", { type: Integer, references: "nodes.id" }),
  column("name"),
);
const arts = table("arts", id(), column("title"));
const tags = table("tags", id(), column("name"));
const artTag = table(
  "art_tag",
  column("art_id", { type: Integer, references: "arts.id", primaryKey: true }),
  column("tag_id", { type: Integer, references: "tags.id", primaryKey: true }),
);
const teams = table("teams", id(), column("name"), column("captain_id", { type: Integer }));
const players = table(
  "players",
  id(),
  column("team_id", { type: Integer, references: "teams.id" }),
  column("name"),
);
const docs = table(
  "docs",
  id(),
  column("text"),
  column("kind", { serverDefault: "x" }),
  column("ver", { type: Integer }),
);
const items = table(
  "items",
  column("code", { primaryKey: true }),
  column("a", { type: Integer }),
  column("b", { type: Integer, default: 7 }),
);
const us = table("us", column("name", { primaryKey: true }), column("full"));
const ads = table("ads", id(), column("uname", { references: "us.name" }));

const [Node, Art, Tag, Team, Player, Doc, Item, U, Ad] = [
  "Node",
  "Art",
  "Tag",
  "Team",
  "Player",
  "Doc",
  "Item",
  "U",
  "Ad",
].map((n) => defineClass(n)) as [
  typeof Entity,
  typeof Entity,
  typeof Entity,
  typeof Entity,
  typeof Entity,
  typeof Entity,
  typeof Entity,
  typeof Entity,
  typeof Entity,
];
const tree = pairs([nodes, "id"], [nodes, "parent_id"]);
const node: TestMapper = mapClass(Node, nodes, {
  relationships: {
    children: {
      target: () => node,
      direction: ONETOMANY,
      pairs: tree,
      backPopulates: "parent",
      cascade: ["save-update", "merge", "expunge", "delete", "refresh-expire", "delete-orphan"],
    },
    parent: { target: () => node, direction: MANYTOONE, pairs: tree, backPopulates: "children" },
  },
});
const ofArt = pairs([arts, "id"], [artTag, "art_id"]);
const ofTag = pairs([tags, "id"], [artTag, "tag_id"]);
const art: TestMapper = mapClass(Art, arts, {
  relationships: {
    tags: {
      target: () => tag,
      direction: MANYTOMANY,
      pairs: ofArt,
      secondary: artTag,
      secondaryPairs: ofTag,
      backPopulates: "arts",
    },
  },
});
const tag: TestMapper = mapClass(Tag, tags, {
  relationships: {
    arts: {
      target: () => art,
      direction: MANYTOMANY,
      pairs: ofTag,
      secondary: artTag,
      secondaryPairs: ofArt,
      backPopulates: "tags",
    },
  },
});
mapClass(Team, teams, {
  relationships: {
    players: {
      target: () => player,
      direction: ONETOMANY,
      pairs: pairs([teams, "id"], [players, "team_id"]),
    },
    captain: {
      target: () => player,
      direction: MANYTOONE,
      pairs: pairs([players, "id"], [teams, "captain_id"]),
      postUpdate: true,
    },
  },
});
const player = mapClass(Player, players);
mapClass(Doc, docs, { versionId: of(docs, "ver") });
const item = mapClass(Item, items);
const byName = pairs([us, "name"], [ads, "uname"]);
const u_: TestMapper = mapClass(U, us, {
  relationships: {
    ads: { target: () => ad, direction: ONETOMANY, pairs: byName, backPopulates: "u", passiveUpdates: false },
  },
});
const ad: TestMapper = mapClass(Ad, ads, {
  relationships: {
    u: { target: () => u_, direction: MANYTOONE, pairs: byName, backPopulates: "ads", passiveUpdates: false },
  },
});

const pars = table("pars", id(), column("name"));
const kids = table(
  "kids",
  id(),
  column("par_id", { type: Integer, references: "pars.id" }),
  column("n", { type: Integer }),
  column("at", { serverDefault: "now" }),
);
const zeds = table("zeds", id(), column("n", { type: Integer }));
const abcs = table("abcs", id(), column("n", { type: Integer }));
const [Par, Kid, Zed, Abc] = ["Par", "Kid", "Zed", "Abc"].map((n) => defineClass(n)) as [
  typeof Entity,
  typeof Entity,
  typeof Entity,
  typeof Entity,
];
const parKids = pairs([pars, "id"], [kids, "par_id"]);
const allAndOrphans = ["save-update", "merge", "expunge", "delete", "refresh-expire", "delete-orphan"];
const par: TestMapper = mapClass(Par, pars, {
  relationships: {
    kids: {
      target: () => kid,
      direction: ONETOMANY,
      pairs: parKids,
      backPopulates: "par",
      cascade: allAndOrphans,
    },
  },
});
const kid: TestMapper = mapClass(Kid, kids, {
  eagerDefaults: true,
  relationships: {
    par: { target: () => par, direction: MANYTOONE, pairs: parKids, backPopulates: "kids", cascade: [] },
  },
});
const zed = mapClass(Zed, zeds);
const abc = mapClass(Abc, abcs, { batch: false });

let s: Session;
const members = (v: Value): Entity[] => (v as TestList).data as Entity[];
const newNode = (name: string, children: Entity[] = []): Entity =>
  make(Node, children.length ? { name, children } : { name });
const engine = async () => {
  installDriver(await loadNodeDriver());
  return createEngine("sqlite://");
};

beforeAll(async () => {
  plainOutput.warn = (_category, message) => print("WARN", message.replace(/ at 0x[0-9a-f]+/g, " at 0x"));
  const e = await engine();
  configure();
  metadata.createAll(e);
  setTraceSink({
    event(ev) {
      if (ev.kind === "statement") {
        // Rows of a secondary table come in no order where several parents are in one flush.
        const params = ev.params as number[][];
        const ordered =
          ev.many && ev.sql.includes("art_tag")
            ? params.toSorted((a, b) => a[0]! - b[0]! || a[1]! - b[1]!)
            : params;
        if (/^(INSERT|UPDATE|DELETE)/.test(ev.sql))
          print(ev.sql.replaceAll("\n", " "), list(ordered), ev.many);
      } else if (ev.kind === "savepoint") print(`SAVEPOINT ${ev.name} [] false`);
      else if (ev.kind === "rollback_savepoint") print(`ROLLBACK TO SAVEPOINT ${ev.name} [] false`);
      else print(ev.kind);
    },
  });
  s = new Session(e);
});

scenario("tree", () => {
  const root = newNode("root", [newNode("a", [newNode("a1"), newNode("a2")]), newNode("b")]);
  s.add(root);
  s.commit();
  const children = (): Entity[] => members(root["children"]);
  (children()[0] as Entity)["parent"] = children()[1];
  s.flush();
  (children()[0] as Entity)["name"] = "B";
  s.delete(children()[0]);
  s.commit();
  (root["children"] as TestList).append(newNode("z"));
  s.flush();
  (root["children"] as TestList).pop();
  s.commit();
  s.delete(root);
  s.commit();
});

scenario("m2m", () => {
  const [t1, t2, t3] = ["t1", "t2", "t3"].map((name) => make(Tag, { name })) as [Entity, Entity, Entity];
  const [x, y] = [make(Art, { title: "x", tags: [t1, t2] }), make(Art, { title: "y", tags: [t2] })];
  s.addAll([x, y]);
  s.commit();
  (x["tags"] as TestList).remove(t1);
  (x["tags"] as TestList).append(t3);
  (t1["arts"] as TestList).append(y);
  s.commit();
  s.delete(t2);
  s.commit();
  s.delete(x);
  s.commit();
});

scenario("post_update", () => {
  const [p1, p2] = [make(Player, { name: "p1" }), make(Player, { name: "p2" })];
  const t = make(Team, { name: "T", players: [p1, p2], captain: p2 });
  s.add(t);
  s.commit();
  t["captain"] = p1;
  s.commit();
  t["captain"] = null;
  t["name"] = "TT";
  s.commit();
  t["captain"] = p1;
  s.commit();
  s.delete(t);
  s.commit();
});

scenario("version", () => {
  const [d, d2, d3] = [
    make(Doc, { text: "a" }),
    make(Doc, { text: "b" }),
    make(Doc, { text: "c", kind: "k" }),
  ];
  s.add(d);
  s.commit();
  s.addAll([d2, d3]);
  s.commit();
  d["text"] = "aa";
  d2["text"] = "bb";
  s.commit();
  expect(d["text"]).toBe("aa");
  s.connection().execute(
    update(docs)
      .where([of(docs, "id").eq(1)])
      .values([new Map([["ver", 99]])]),
  );
  d["text"] = "z";
  attempt(() => s.flush());
  attempt(() => s.flush());
  attempt(() => s.execute(select([text("1")])));
  s.rollback();
  s.delete(d);
  s.commit();
});

const its = new Map<Value, Entity>();
scenario("grouping", () => {
  s = new Session(s.bind);
  const rows = [
    { code: "k1", a: 1 },
    { code: "k2", a: 2 },
    { code: "k3", a: null, b: 3 },
    { code: "k4", a: text("1+1") },
    { code: "k5", a: 5, b: null },
    { code: "k6", a: 6 },
  ];
  s.addAll(rows.map((values) => make(Item, values)));
  s.commit();
  for (const i of item.loadAll(s, text("1=1")) as Entity[]) its.set(i["code"], i);
  const set = (code: string, key: string, value: Value): void =>
    void ((its.get(code) as Entity)[key] = value);
  set("k1", "a", 11);
  set("k2", "a", 12);
  set("k3", "b", 4);
  set("k4", "a", 14);
  set("k5", "a", of(items, "a").add(1));
  set("k6", "a", 6);
  s.flush();
  print(py([...s.dirty].map((i) => (i as Entity)["code"])));
  print(its.get("k5")?.["a"]);
  s.commit();
});

scenario("row switch", () => {
  const k = its.get("k1") as Entity;
  expect(k["a"]).toBe(11);
  s.delete(k);
  s.add(make(Item, { code: "k1", a: 100 }));
  s.commit();
  s.add(make(Item, { code: "k2", a: 1 }));
  attempt(() => s.flush(), "name");
  s.rollback();
});

scenario("keys", () => {
  const u = make(U, { name: "ed", full: "Ed", ads: [make(Ad), make(Ad)] });
  s.add(u);
  s.commit();
  u["name"] = "jack";
  s.commit();
  print(py([...(u["ads"] as TestList)].map((a) => (a as Entity)["uname"])));
  s.delete(u);
  s.commit();
});

scenario("savepoint", () => {
  const [u, v] = [make(U, { name: "sp" }), make(U, { name: "new" })];
  s.add(u);
  s.commit();
  u["full"] = "one";
  const n = s.beginNested();
  u["full"] = "two";
  s.add(v);
  s.flush();
  n.rollback();
  print(u["full"], py(instanceState(v).transient), py(s.contains(v)));
  s.commit();
  const m = s.beginNested();
  s.delete(u);
  s.flush();
  print(py(instanceState(u).deleted));
  m.rollback();
  print(py(instanceState(u).persistent));
  s.commit();
});

scenario("states", () => {
  let u = make(U, { name: "st" });
  const state = (): void =>
    print(
      py(
        (["transient", "pending", "persistent", "deleted", "detached"] as const).filter(
          (n) => instanceState(u)[n],
        ),
      ),
    );
  const then = (...steps: (() => void)[]): void => steps.forEach((step) => (step(), state()));
  for (const name of [
    "transient_to_pending",
    "pending_to_transient",
    "persistent_to_transient",
    "pending_to_persistent",
    "detached_to_persistent",
    "persistent_to_deleted",
    "deleted_to_persistent",
    "deleted_to_detached",
    "persistent_to_detached",
    "before_attach",
    "after_attach",
  ])
    listen(s, name, () => print(name));
  const [add, expunge, remove, commit] = [
    () => s.add(u),
    () => s.expunge(u),
    () => s.delete(u),
    () => s.commit(),
  ];
  then(
    () => undefined,
    add,
    expunge,
    () => (add(), s.flush()),
    remove,
    () => s.flush(),
    () => s.rollback(),
    () => (add(), commit()),
    expunge,
  );
  attempt(add, "short");
  u = make(U, { name: "st2" });
  then(
    () => (add(), commit()),
    expunge,
    add,
    () => (remove(), commit()),
    () => makeTransient(u),
    () => (add(), commit()),
    expunge,
  );
  const q = (): Entity => make(U, { name: "q" });
  for (const fn of [() => s.delete(q()), () => s.refresh(q()), () => s.expunge(q())]) attempt(fn, "short");
});

scenario("merge", () => {
  s = new Session(s.bind);
  const m = s.merge(make(U, { name: "mg", full: "F", ads: [make(Ad, { id: 500 })] })) as Entity;
  s.commit();
  const same = s.merge(make(U, { name: "mg", full: "G" })) === m;
  print(py(same), (m["ads"] as TestList).data.length);
  s.commit();
  s.merge(make(U, { name: "mg", ads: [] }));
  s.commit();
});

scenario("bulk", () => {
  s.bulkInsertMappings(item, [
    { code: "b1", a: 1 },
    { code: "b2", a: 2 },
    { code: "b3", b: 2 },
  ]);
  s.bulkUpdateMappings(item, [
    { code: "b1", a: 10 },
    { code: "b2", a: 20 },
  ]);
  s.bulkSaveObjects([make(Item, { code: "b4", a: 4 }), make(Item, { code: "b5", a: 5 })]);
  const made = [make(Doc, { text: "q" }), make(Doc, { text: "r" })];
  s.bulkSaveObjects(made, true);
  print(list(made.map((d) => d["id"])));
  s.commit();
  attempt(() => s.bulkUpdateMappings(item, [{ a: 10 }]));
});

scenario("orphans", () => {
  s = new Session(s.bind);
  const kidOf = (n: number): Entity => make(Kid, { n });
  const p = make(Par, { name: "p", kids: [kidOf(1), kidOf(2)] });
  const q = make(Par, { name: "q" });
  const detached = (k: Entity): void => print(py(instanceState(k).detached));
  s.addAll([p, q]);
  s.commit();
  const [k1, k2] = members(p["kids"]) as [Entity, Entity];
  (q["kids"] as TestList).append(k1);
  s.commit();
  (p["kids"] as TestList).remove(k2);
  s.commit();
  detached(k2);
  const k3 = kidOf(3);
  (p["kids"] as TestList).append(k3);
  print(py(s.contains(k3)));
  (p["kids"] as TestList).remove(k3);
  print(py(s.contains(k3)));
  s.commit();
  const k4 = kidOf(4);
  s.add(k4);
  s.commit();
  k4["par"] = p;
  s.commit();
  k4["par"] = null;
  s.commit();
  detached(k4);
  const k5 = kidOf(5);
  k5["par"] = p;
  print(py(s.contains(k5)));
  s.commit();
  print(k5["id"] ?? "None");
  q["kids"] = [kidOf(6), kidOf(7)];
  s.commit();
  (q["kids"] as TestList).append(null);
  attempt(() => s.flush());
  s.rollback();
  s.delete(p);
  s.delete(q);
  s.commit();
});

scenario("order", () => {
  s.addAll([
    make(Zed, { n: 1 }),
    make(Abc, { n: 1 }),
    make(Kid, { n: 1 }),
    make(Zed, { n: 2 }),
    make(Abc, { n: 2 }),
    make(Par, { name: "z" }),
  ]);
  s.commit();
  const [z1, z2] = zed.loadAll(s, text("1=1")) as [Entity, Entity];
  const [a1, a2] = abc.loadAll(s, text("1=1")) as [Entity, Entity];
  for (const o of [z2, a2]) o["n"] = 20;
  for (const o of [z1, a1]) o["n"] = 10;
  s.add(make(Zed, { n: 3 }));
  s.commit();
  for (const o of [z2, a2, z1, a1]) s.delete(o);
  s.commit();
});

scenario("events", () => {
  s = new Session(s.bind);
  for (const cls of [Abc, Zed])
    for (const name of [
      "before_insert",
      "after_insert",
      "before_update",
      "after_update",
      "before_delete",
      "after_delete",
    ])
      listen(cls, name, (_m: Value, _c: Value, t: Entity) => print(name, t.constructor.name, t["n"]));
  const beforeFlush = (session: Session): void => {
    print("before_flush", session.new.size, session.dirty.size, session.deleted.size);
    for (const o of session.new as Iterable<Entity>)
      if (o instanceof Zed && (o["n"] as number) < 100)
        session.add(make(Abc, { n: (o["n"] as number) + 100 }));
  };
  listen(s, "before_flush", beforeFlush);
  listen(s, "after_flush", (session: Session) => print("after_flush", session.new.size, session.dirty.size));
  listen(s, "after_flush_postexec", (session: Session) =>
    print("after_flush_postexec", session.new.size, session.dirty.size),
  );
  const [z1, z2] = [make(Zed, { n: 1 }), make(Zed, { n: 2 })];
  s.addAll([z1, z2]);
  s.flush();
  z1["n"] = 5;
  s.delete(z2);
  s.flush();
  s.commit();
  remove(s, "before_flush", beforeFlush);
  listen(Zed, "before_update", (_m: Value, _c: Value, t: Entity) => void (t["n"] = 77));
  z1["n"] = 6;
  s.flush();
  print(z1["n"]);
  listen(Zed, "after_insert", () => s.add(make(Par, { name: "late" })));
  s.add(make(Zed, { n: 9 }));
  s.flush();
  print(s.new.size);
  s.commit();
});

scenario("partial", () => {
  s = new Session(s.bind);
  const [a, b] = [make(Par, { name: "a" }), make(Par, { name: "b" })];
  s.addAll([a, b]);
  s.flush([b]);
  print(py(instanceState(a).pending), py(instanceState(b).persistent));
  s.commit();
  a["name"] = "aa";
  b["name"] = "bb";
  s.flush([a]);
  print(s.dirty.size);
  s.commit();
});

scenario("errors", () => {
  s = new Session(s.bind);
  const a = make(Par, { name: "a" });
  const deleteRow = (): void =>
    void s.connection().execute(delete_(pars).where([of(pars, "id").eq(a["id"])]));
  s.add(a);
  s.commit();
  expect(a["name"]).toBe("a");
  deleteRow();
  a["name"] = "gone";
  attempt(() => s.flush());
  s.rollback();
  expect(a["name"]).toBe("a");
  deleteRow();
  s.delete(a);
  s.flush();
  s.rollback();
  a["id"] = null;
  attempt(() => s.flush());
  s.rollback();
  attempt(() => new Session(s.bind).add(a));
  s.add(make(Kid, { id: 900, n: 1 }));
  s.flush();
  s.add(make(Kid, { id: 900, n: 2 }));
  attempt(() => s.flush(), "name");
  attempt(() => s.connection());
  attempt(() => s.commit());
  s.rollback();
  print(py(s.isActive));
  s.close();
});

test("looking at a session emits nothing and shows what changed", () => {
  s = new Session(s.bind);
  const u = make(U, { name: "look", full: "x", ads: [make(Ad)] });
  s.add(u);
  s.commit();
  u["full"] = "y";
  expect(u["full"]).toBe("y");
  const young = make(U, { name: "new" });
  s.add(young);
  lines.length = 0;
  const statements: string[] = [];
  setTraceSink({ event: (ev) => void statements.push(ev.kind) });
  const looks = [u, young].map((o) => lookAtObject(instanceState(o))!);
  const sessions = lookAtSessions();
  setTraceSink(undefined);
  expect(statements).toEqual([]);
  expect(sessions).toContainEqual({ id: s.hashKey, inTransaction: true, savepoints: 0, inactive: false });
  expect(
    looks.map((o) => [o.className, o.state, [...o.before], [...o.loaded.keys()], o.expired, o.unloaded]),
  ).toEqual([
    ["U", "persistent", [["full", undefined]], ["full"], ["name", "ads"], []],
    ["U", "pending", [["name", undefined]], ["name"], [], ["full", "ads"]],
  ]);
});
