// What relationships are found to be, what they warn of and refuse: the scenarios of relationships.program.py, held to what
// the real library printed (relationships.expected.txt).
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { SQLAlchemyError } from "../../../../playground-engine/errors/index.ts";
import { foreign, remote } from "../../../../playground-engine/orm/props/join-condition-annotations.ts";
import { backref, RelationshipProperty } from "../../../../playground-engine/orm/props/relationship.ts";
import type { RelationshipOptions } from "../../../../playground-engine/orm/props/relationship-options.ts";
import type { Mapper } from "../../../../playground-engine/orm/mapping/mapper.ts";
import { mapperOfClass } from "../../../../playground-engine/orm/state/access.ts";
import * as sql from "../../../../playground-engine/sql/index.ts";
import { host, type Kwargs, type Value } from "../../../../playground-engine/util/host.ts";
import { compareText, reprString } from "../../../../playground-engine/util/text.ts";
import { defineClass, type Entity } from "../state/test-face.ts";
import { TestRegistry, warnings } from "./mapping.ts";

type Props = Record<string, RelationshipProperty>;
type Classes = Map<string, new () => Entity>;
type Tables = Record<
  "user" | "addr" | "order" | "node" | "tag" | "user_tag" | "loose" | "node_node" | "comp",
  sql.Table
>;

const col = (t: sql.Table, name: string): sql.ColumnElement => t.c.getitem(name) as sql.ColumnElement;
const integer = (name: string, options = {}): sql.Column =>
  new sql.Column(name, new sql.Integer(), [], options);
const text = (name: string): sql.Column => new sql.Column(name, new sql.String());
const key = (name: string, target: string): sql.Column => new sql.Column(name, new sql.ForeignKey(target));
const id = (): sql.Column => integer("id", { primaryKey: true });

function fresh(): Tables {
  const md = new sql.MetaData();
  const table = (name: string, ...items: sql.Column[]): sql.Table => new sql.Table(name, md, items);
  return {
    user: table("user", id(), text("name")),
    addr: table("addr", id(), key("user_id", "user.id"), text("kind")),
    order: table("order_", id(), key("buyer_id", "user.id"), key("seller_id", "user.id")),
    node: table("node", id(), key("parent_id", "node.id")),
    tag: table("tag", id()),
    user_tag: table("user_tag", key("user_id", "user.id"), key("tag_id", "tag.id")),
    loose: table("loose", id(), text("user_name")),
    node_node: table("node_node", key("left_id", "node.id"), key("right_id", "node.id")),
    comp: new sql.Table("comp", md, [
      integer("a", { primaryKey: true }),
      integer("b", { primaryKey: true }),
      integer("up_b"),
      new sql.ForeignKeyConstraint(["a", "up_b"], ["comp.a", "comp.b"]),
    ]),
  };
}

const quoted = (items: Iterable<unknown>): string =>
  `[${[...items].map((v) => reprString(String(v))).join(", ")}]`;
const columns = (items: Iterable<unknown>): string => quoted([...items].map(String).sort(compareText));
const pairs = (items: Iterable<readonly unknown[]>): string =>
  quoted([...items].map(([l, r]) => `${String(l)}>${String(r)}`));
const bool = (v: boolean | null): string => (v === null ? "None" : v ? "True" : "False");

function describe(p: RelationshipProperty): string[] {
  return [
    `${String(p)} ${p.direction.name} ${p.uselist ? "list" : "one"} ${columns(p.remoteSide)} ${columns(p.localColumns)} ${pairs(p.synchronizePairs)} ${pairs(p.secondarySynchronizePairs)} ${pairs(p.localRemotePairs)}`,
    `${String(p.primaryjoin)} | ${p.secondaryjoin === null ? "None" : String(p.secondaryjoin)}`,
    `${quoted([...p._reverseProperty].map((r) => r.key).sort(compareText))} ${p.cascade.repr()} ${bool(p.viewonly)} ${bool(p.syncBackref)}`,
  ];
}

type Build = (registry: TestRegistry, tables: Tables) => () => Iterable<RelationshipProperty>;
const lines: string[] = [];

function tell(title: string, build: Build): void {
  lines.push(`== ${title}`);
  const registry = new TestRegistry();
  warnings.length = 0;
  try {
    const props = build(registry, fresh());
    registry.configure();
    for (const p of props()) lines.push(...describe(p));
  } catch (e) {
    if (e instanceof SQLAlchemyError) lines.push(`${e.pyName} ${e.str()}`);
    else if (host.isError(e, "TypeError")) lines.push(`TypeError ${host.errorText(e)}`);
    else throw e;
  }
  for (const w of warnings) lines.push(`warning: ${w}`);
}

const relationshipsOf = (classes: Classes) => (): RelationshipProperty[] =>
  [...classes.values()].flatMap((c) => [...(mapperOfClass(c) as unknown as Mapper).relationships]);

type Side = (t: Tables, classes: Classes) => Props;
function two(
  left: Side | null,
  right: Side | null = null,
  names: readonly [string, string] = ["User", "Address"],
  of: readonly [keyof Tables, keyof Tables] = ["user", "addr"],
): Build {
  return (registry, tables) => {
    const classes: Classes = new Map();
    classes.set("left", registry.map(names[0], tables[of[0]], left?.(tables, classes) ?? {}));
    classes.set("right", registry.map(names[1], tables[of[1]], right?.(tables, classes) ?? {}));
    return relationshipsOf(classes);
  };
}
const orders = [
  ["User", "Order"],
  ["user", "order"],
] as const;
const looses = [
  ["User", "Loose"],
  ["user", "loose"],
] as const;
const tags = [
  ["User", "Tag"],
  ["user", "tag"],
] as const;

function rel(
  classes: Classes,
  which: "left" | "right",
  options: RelationshipOptions & { readonly secondary?: Value } = {},
): RelationshipProperty {
  const { secondary = null, ...own } = options;
  return new RelationshipProperty(() => classes.get(which), secondary, own);
}
const toRight =
  (
    name: string,
    options: (t: Tables, c: Classes) => RelationshipOptions & { readonly secondary?: Value } = () => ({}),
  ): Side =>
  (t, c) => ({ [name]: rel(c, "right", options(t, c)) });
const toLeft =
  (
    name: string,
    options: (t: Tables, c: Classes) => RelationshipOptions & { readonly secondary?: Value } = () => ({}),
  ): Side =>
  (t, c) => ({ [name]: rel(c, "left", options(t, c)) });
const kwargs = (values: Record<string, Value>): Kwargs => new Map(Object.entries(values));
const lower = (c: sql.ColumnElement): sql.ColumnElement =>
  new sql.Function("lower", [c]) as unknown as sql.ColumnElement;

tell("backref", two(toRight("addresses", () => ({ backref: "user" }))));
tell(
  "back_populates",
  two(
    toRight("addresses", () => ({ backPopulates: "user", cascade: "all, delete-orphan" })),
    toLeft("user", () => ({ backPopulates: "addresses" })),
  ),
);
tell("not linked", two(toRight("addresses"), toLeft("user")));
tell(
  "overlaps",
  two(
    toRight("addresses"),
    toLeft("user", () => ({ overlaps: "addresses,x" })),
  ),
);
tell(
  "viewonly",
  two(
    toRight("addresses", () => ({ viewonly: true, cascade: "all" })),
    toLeft("user"),
  ),
);
tell(
  "viewonly and linked",
  two(
    toRight("addresses", () => ({ viewonly: true, backPopulates: "user" })),
    toLeft("user", () => ({ backPopulates: "addresses" })),
  ),
);
tell(
  "viewonly with writing",
  two(toRight("addresses", () => ({ viewonly: true, passiveDeletes: true, activeHistory: true }))),
);
tell(
  "sync_backref",
  two(
    toRight("addresses", () => ({ viewonly: true, backPopulates: "user" })),
    toLeft("user", () => ({ backPopulates: "addresses", syncBackref: true })),
  ),
);
tell("sync_backref and viewonly", two(toRight("addresses", () => ({ viewonly: true, syncBackref: true }))));
tell("both ways named", two(toRight("addresses", () => ({ backPopulates: "user", backref: "x" }))));
tell("no such property", two(toRight("addresses", () => ({ backPopulates: "owner" }))));
tell("no relationship there", two(toRight("addresses", () => ({ backPopulates: "kind" }))));
tell("backref there already", two(toRight("addresses", () => ({ backref: "kind" }))));
tell(
  "delete-orphan on many-to-one",
  two(
    null,
    toLeft("user", () => ({ cascade: "all, delete-orphan" })),
  ),
);
tell(
  "delete-orphan with single_parent",
  two(
    null,
    toLeft("user", () => ({ cascade: "all, delete-orphan", singleParent: true })),
  ),
);
tell("delete-orphan alone", two(toRight("addresses", () => ({ cascade: "delete-orphan" }))));
tell("unknown cascades", two(toRight("addresses", () => ({ cascade: "foo, save-update, bar" }))));
tell("no cascade", two(toRight("addresses", () => ({ cascade: false }))));
tell("passive_deletes all", two(toRight("addresses", () => ({ cascade: "all", passiveDeletes: "all" }))));
tell("ambiguous", two(toRight("orders"), null, ...orders));
tell(
  "foreign_keys",
  two(
    toRight("orders", (t) => ({ foreignKeys: col(t.order, "buyer_id"), backref: "buyer" })),
    null,
    ...orders,
  ),
);
tell(
  "foreign_keys as a list",
  two(
    null,
    toLeft("seller", (t) => ({ foreignKeys: [col(t.order, "seller_id")] })),
    ...orders,
  ),
);
tell("no foreign keys", two(toRight("loose"), null, ...looses));
tell(
  "primaryjoin without foreign keys",
  two(
    toRight("loose", (t) => ({ primaryjoin: col(t.user, "name").eq(col(t.loose, "user_name")) })),
    null,
    ...looses,
  ),
);
// Python asks the annotated column first: it is of a class below the other's.
tell(
  "primaryjoin with foreign()",
  two(
    toRight("loose", (t) => ({ primaryjoin: foreign(col(t.loose, "user_name")).eq(col(t.user, "name")) })),
    null,
    ...looses,
  ),
);
tell(
  "primaryjoin with foreign() on this side",
  two(
    toRight("loose", (t) => ({
      primaryjoin: foreign(col(t.user, "name")).eq(remote(col(t.loose, "user_name"))),
    })),
    null,
    ...looses,
  ),
);
tell(
  "another operator",
  two(
    toRight("loose", (t) => ({ primaryjoin: foreign(col(t.loose, "user_name")).lt(col(t.user, "name")) })),
    null,
    ...looses,
  ),
);
tell(
  "another operator, viewonly",
  two(
    toRight("loose", (t) => ({
      primaryjoin: foreign(col(t.loose, "user_name")).lt(col(t.user, "name")),
      viewonly: true,
    })),
    null,
    ...looses,
  ),
);
tell(
  "more criteria",
  two(
    toRight("work", (t) => ({
      primaryjoin: sql.and_([col(t.user, "id").eq(col(t.addr, "user_id")), col(t.addr, "kind").eq("work")]),
    })),
  ),
);
tell(
  "a function around a column",
  two(
    toRight("loose", (t) => ({
      primaryjoin: lower(col(t.user, "name")).eq(foreign(lower(col(t.loose, "user_name")))),
    })),
    null,
    ...looses,
  ),
);
tell(
  "a function, viewonly",
  two(
    toRight("loose", (t) => ({
      primaryjoin: lower(col(t.user, "name")).eq(lower(foreign(col(t.loose, "user_name")))),
      viewonly: true,
    })),
    null,
    ...looses,
  ),
);
tell(
  "many to many",
  two(
    toRight("tags", (t) => ({ secondary: t.user_tag, backref: "users" })),
    null,
    ...tags,
  ),
);
tell(
  "many to many not linked",
  two(
    toRight("tags", (t) => ({ secondary: t.user_tag })),
    toLeft("users", (t) => ({ secondary: t.user_tag })),
    ...tags,
  ),
);
tell("secondary that does not fit", two(toRight("addresses", (t) => ({ secondary: t.user_tag }))));
tell(
  "secondaryjoin alone",
  two(toRight("addresses", (t) => ({ secondaryjoin: col(t.user, "id").eq(col(t.addr, "user_id")) }))),
);
tell(
  "delete-orphan on many to many",
  two(
    toRight("tags", (t) => ({ secondary: t.user_tag, cascade: "all, delete-orphan" })),
    null,
    ...tags,
  ),
);
tell(
  "same direction",
  two(
    toRight("addresses", () => ({ backPopulates: "user" })),
    toLeft("user", (t) => ({
      primaryjoin: foreign(col(t.addr, "user_id")).eq(col(t.user, "id")),
      remoteSide: col(t.user, "id"),
      backPopulates: "addresses",
      uselist: true,
    })),
  ),
);

type SelfOptions = (t: Tables) => RelationshipOptions & { readonly secondary?: Value };
const one =
  (name: string, of: keyof Tables, properties: Record<string, SelfOptions>): Build =>
  (registry, t) => {
    const classes: Classes = new Map();
    const props = Object.fromEntries(
      Object.entries(properties).map(([key, options]) => [key, rel(classes, "left", options(t))]),
    );
    classes.set("left", registry.map(name, t[of], props));
    return relationshipsOf(classes);
  };
const tree = (options: SelfOptions): Build => one("Node", "node", { children: options });
tell(
  "a tree",
  tree((t) => ({ backref: backref("parent", kwargs({ remote_side: col(t.node, "id") })) })),
);
tell(
  "a tree from below",
  tree((t) => ({ remoteSide: [col(t.node, "id")] })),
);
tell(
  "a tree, the same direction twice",
  tree((t) => ({ backref: "parent", remoteSide: [col(t.node, "id"), col(t.node, "parent_id")] })),
);
tell(
  "a tree without remote_side of the backref",
  one("Node", "node", {
    children: () => ({ backPopulates: "parent" }),
    parent: () => ({ backPopulates: "children" }),
  }),
);
tell(
  "a graph",
  tree((t) => ({
    secondary: t.node_node,
    primaryjoin: col(t.node, "id").eq(col(t.node_node, "left_id")),
    secondaryjoin: col(t.node, "id").eq(col(t.node_node, "right_id")),
    backref: "back",
  })),
);
tell(
  "a graph without joins",
  tree((t) => ({ secondary: t.node_node })),
);
tell(
  "overlapping foreign key",
  one("Comp", "comp", { up: (t) => ({ remoteSide: [col(t.comp, "a"), col(t.comp, "b")], backref: "down" }) }),
);
tell("overlapping foreign key without remote_side", one("Comp", "comp", { up: () => ({}) }));
tell(
  "no class",
  two(() => ({ addresses: new RelationshipProperty(5) })),
);
tell(
  "not mapped",
  two(() => ({ addresses: new RelationshipProperty(defineClass("Nope")) })),
);
tell(
  "a mapped class for secondary",
  two(toRight("addresses", (_, c) => ({ secondary: () => c.get("left") }))),
);
tell(
  "backref with arguments",
  two(
    toRight("addresses", () => ({
      backref: backref("user", kwargs({ innerjoin: true, cascade: "all", uselist: false })),
    })),
  ),
);
tell("wrong remote_side", two(toRight("addresses", (t) => ({ remoteSide: col(t.user, "name") }))));

const scenarios = (all: string): Map<string, string> =>
  new Map(
    all
      .split(/^== /m)
      .slice(1)
      .map((part) => [part.slice(0, part.indexOf("\n")), part.trim()]),
  );
// The tests' host names classes in its own way.
const named = (line: string): string =>
  line
    .replaceAll("<class 'Number'>", "<class 'int'>")
    .replaceAll("<class 'User'>", "<class '__main__.User'>");
const ours = scenarios(named(lines.join("\n")));
const theirs = scenarios(readFileSync(new URL("relationships.expected.txt", import.meta.url), "utf8"));

test("the same scenarios", () => {
  expect([...ours.keys()]).toEqual([...theirs.keys()]);
});
for (const [title, expected] of theirs)
  test(title, () => {
    expect(ours.get(title)).toBe(expected);
  });
