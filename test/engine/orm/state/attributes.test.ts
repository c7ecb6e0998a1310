// Attributes without a mapper: values, history, backrefs, expiry, events. After SQLAlchemy's test/orm/test_attributes.py.
import { expect, test } from "vitest";
import { listen } from "../../../../playground-engine/event/index.ts";
import {
  flagModified,
  getHistory,
  initCollection,
  setCommittedValue,
} from "../../../../playground-engine/orm/attributes/functions.ts";
import { NOTHING, type History } from "../../../../playground-engine/orm/attributes/history.ts";
import type {
  ComparatorContract,
  EntityContract,
  QueryableAttribute,
} from "../../../../playground-engine/orm/attributes/instrumented.ts";
import {
  registerAttribute,
  type RegisterOptions,
} from "../../../../playground-engine/orm/attributes/register.ts";
import { attributeKeyedDict } from "../../../../playground-engine/orm/collections/keyed.ts";
import {
  NO_VALUE,
  PASSIVE_NO_INITIALIZE,
  PASSIVE_NO_RESULT,
} from "../../../../playground-engine/orm/flags.ts";
import { instanceState } from "../../../../playground-engine/orm/state/access.ts";
import { registerClass } from "../../../../playground-engine/orm/state/manager.ts";
import { plainOutput } from "../../../../playground-engine/util/plain-host.ts";
import { defineClass, make, TestDict, TestList, type Entity } from "./test-face.ts";

function mapped(name: string, base?: new () => Entity): new () => Entity {
  const cls = defineClass(name, base);
  registerClass(cls);
  return cls;
}

function attribute(cls: new () => Entity, key: string, options: RegisterOptions = {}): QueryableAttribute {
  return registerAttribute(cls, key, {
    comparator: {} as ComparatorContract,
    parententity: {} as EntityContract,
    ...options,
  });
}

/** [added, unchanged, deleted] */
const parts = (h: History): unknown[] =>
  [h.added, h.unchanged, h.deleted].map((p) => (p === NOTHING ? "()" : [...p]));
const commit = (obj: Entity): void => instanceState(obj)._commitAll(instanceState(obj).dict);

function blog() {
  const User = mapped("User");
  const Post = mapped("Post");
  attribute(User, "name");
  attribute(User, "posts", { uselist: true, useobject: true, trackparent: true, backref: "user" });
  attribute(Post, "title");
  attribute(Post, "user", { useobject: true, trackparent: true, backref: "posts" });
  return { User, Post };
}

test("history of a scalar: added, changed, unchanged, deleted", () => {
  const { User } = blog();
  const u = make(User);
  expect(parts(getHistory(u, "name"))).toEqual(["()", "()", "()"]);
  u["name"] = "ed";
  expect(parts(getHistory(u, "name"))).toEqual([["ed"], "()", "()"]);
  commit(u);
  expect(parts(getHistory(u, "name"))).toEqual(["()", ["ed"], "()"]);
  u["name"] = "jack";
  expect(parts(getHistory(u, "name"))).toEqual([["jack"], "()", ["ed"]]);
  u["name"] = "ed";
  expect(parts(getHistory(u, "name"))).toEqual(["()", ["ed"], "()"]);
  expect(instanceState(u).committedState.get("name")).toBe("ed");
});

test("an attribute nobody set reads as None and stays unset", () => {
  const { User } = blog();
  const u = make(User);
  expect(u["name"]).toBe(null);
  expect(instanceState(u).dict.has("name")).toBe(false);
  expect(instanceState(u).attrs.get("name")?.loadedValue).toBe(NO_VALUE);
});

test("history of a collection keeps lists even where nothing is left", () => {
  const { User, Post } = blog();
  const u = make(User);
  const [p1, p2] = [make(Post), make(Post)];
  (u["posts"] as TestList).append(p1);
  commit(u);
  (u["posts"] as TestList).append(p2);
  (u["posts"] as TestList).remove(p1);
  expect(parts(getHistory(u, "posts"))).toEqual([[p2], [], [p1]]);
});

test("a backref sets the other side, and takes it away", () => {
  const { User, Post } = blog();
  const [u, v, p] = [make(User), make(User), make(Post)];
  (u["posts"] as TestList).append(p);
  expect(p["user"]).toBe(u);
  p["user"] = v;
  expect([...(u["posts"] as TestList)]).toEqual([]);
  expect([...(v["posts"] as TestList)]).toEqual([p]);
  (v["posts"] as TestList).pop();
  expect(p["user"]).toBe(null);
});

test("the object twice in a list: the other side goes with the last", () => {
  const { User, Post } = blog();
  const [u, p] = [make(User), make(Post)];
  const posts = u["posts"] as TestList;
  posts.append(p);
  posts.data.push(p);
  posts.remove(p);
  expect(p["user"]).toBe(u);
  posts.remove(p);
  expect(p["user"]).toBe(null);
});

test("assigning a collection: members that stay fire nothing, the old collection is left behind", () => {
  const { User, Post } = blog();
  const [u, p1, p2, p3] = [make(User), make(Post), make(Post), make(Post)];
  u["posts"] = [p1, p2];
  const old = u["posts"] as TestList;
  u["posts"] = [p2, p3];
  expect([p1["user"], p2["user"], p3["user"]]).toEqual([null, u, u]);
  expect([...old]).toEqual([p1, p2]);
  old.append(make(Post));
  expect([...(u["posts"] as TestList)]).toEqual([p2, p3]);
});

test("a value of another nature is refused", () => {
  const { User } = blog();
  const u = make(User);
  expect(() => (u["posts"] = new Map())).toThrow("Incompatible collection type: dict is not list-like");
  expect(() => (u["posts"] = null)).toThrow("Incompatible collection type: None is not list-like");
});

test("an object that is not mapped has no state", () => {
  const { User } = blog();
  const u = make(User);
  expect(() => (u["posts"] as TestList).append("x")).toThrow(
    "'str' object has no attribute '_sa_instance_state'",
  );
});

test("an empty collection enters the dictionary at its first change", () => {
  const { User, Post } = blog();
  const u = make(User);
  const posts = u["posts"];
  expect(instanceState(u).dict.has("posts")).toBe(false);
  expect(u["posts"]).toBe(posts);
  (posts as TestList).append(make(Post));
  expect(instanceState(u).dict.get("posts")).toBe(posts);
});

test("expire drops values; the loader gets what is not changed", () => {
  const { User } = blog();
  const manager = registerClass(User);
  const loads: string[][] = [];
  manager._updateState({
    expiredAttributeLoader: (state, toload) => {
      loads.push([...toload]);
      for (const key of toload) if (key === "name") state.dict.set(key, "loaded");
    },
  });
  const u = make(User, { name: "ed" });
  const state = instanceState(u);
  commit(u);
  state._expire(state.dict, new Set());
  expect([state.expired, state.dict.size]).toEqual([true, 0]);
  expect(u["name"]).toBe("loaded");
  expect(loads).toEqual([["name", "posts"]]);
  state._expireAttributes(state.dict, ["name"]);
  u["name"] = "set without loading";
  expect(loads.length).toBe(1);
  expect(parts(getHistory(u, "name", PASSIVE_NO_INITIALIZE))).toEqual([["set without loading"], "()", "()"]);
});

test("an expired collection warns when it is used on", () => {
  const { User, Post } = blog();
  const u = make(User);
  (u["posts"] as TestList).append(make(Post));
  const posts = u["posts"] as TestList;
  const state = instanceState(u);
  const warnings: string[] = [];
  const { warn } = plainOutput;
  plainOutput.warn = (_category, message) => void warnings.push(message);
  state._expire(state.dict, new Set());
  posts.append(make(Post));
  plainOutput.warn = warn;
  expect(warnings).toEqual(["This collection has been invalidated."]);
});

test("appending to an unloaded collection waits for the load", () => {
  const User = mapped("User");
  const Post = mapped("Post");
  const stored = make(Post);
  let loaded = 0;
  attribute(User, "posts", {
    uselist: true,
    useobject: true,
    backref: "user",
    callable_: (_state, passive) => (passive & 2 ? (loaded++, [stored]) : PASSIVE_NO_RESULT),
  });
  attribute(Post, "user", { useobject: true, backref: "posts" });
  const u = make(User);
  const p = make(Post, { user: u });
  expect(loaded).toBe(0);
  expect(instanceState(u)._pendingMutations.get("posts")?.addedItems.has(p)).toBe(true);
  expect([...(u["posts"] as TestList)]).toEqual([stored, p]);
  expect(loaded).toBe(1);
  expect(parts(getHistory(u, "posts"))).toEqual([[p], [stored], []]);
});

test("a listener of the program may change the value and sees objects, not states", () => {
  const { User } = blog();
  const seen: unknown[] = [];
  listen(
    attributeOf(User, "name"),
    "set",
    (target: Entity, value: string, old: unknown) => {
      seen.push(target, old);
      return value.toUpperCase();
    },
    { retval: true },
  );
  const u = make(User, { name: "ed" });
  expect(u["name"]).toBe("ED");
  expect(seen).toEqual([u, NO_VALUE]);
});

test("an append listener without retval changes nothing; bulk_replace may change the list", () => {
  const { User, Post } = blog();
  const [p1, p2] = [make(Post), make(Post)];
  listen(attributeOf(User, "posts"), "append", () => "ignored");
  listen(
    attributeOf(User, "posts"),
    "bulk_replace",
    (_target: Entity, values: unknown[]) => void values.reverse(),
  );
  const u = make(User);
  u["posts"] = [p1, p2];
  expect([...(u["posts"] as TestList)]).toEqual([p2, p1]);
});

test("listeners that propagate reach subclasses made later", () => {
  const Base = mapped("Base");
  const name = attribute(Base, "name");
  const heard: string[] = [];
  listen(name, "set", (_t: Entity, value: string) => void heard.push(value), { propagate: true });
  const Sub = mapped("Sub", Base);
  attribute(Sub, "name");
  make(Sub, { name: "sub" });
  make(Base, { name: "base" });
  expect(heard).toEqual(["sub", "base"]);
});

test("flag_modified needs a value; then the attribute counts as changed", () => {
  const { User } = blog();
  const u = make(User, { name: "ed" });
  commit(u);
  flagModified(u, "name");
  expect(instanceState(u).modified).toBe(true);
  expect(parts(getHistory(u, "name"))).toEqual([["ed"], "()", "()"]);
  expect(() => flagModified(u, "posts")).toThrow(
    "Can't flag attribute 'posts' modified; it's not present in the object state",
  );
});

test("set_committed_value and init_collection leave no history", () => {
  const { User, Post } = blog();
  const [u, p] = [make(User), make(Post)];
  setCommittedValue(u, "name", "ed");
  setCommittedValue(u, "posts", [p]);
  expect(parts(getHistory(u, "posts"))).toEqual(["()", [p], "()"]);
  expect(instanceState(u).modified).toBe(false);
  expect(p["user"]).toBe(null);
  expect([...initCollection(u, "posts")]).toEqual([]);
});

test("a keyed dictionary files objects by their attribute", () => {
  const User = mapped("User");
  const Note = mapped("Note");
  const [a, b] = [mappedNote(Note, "a"), mappedNote(Note, "b")];
  attribute(User, "notes", { uselist: true, useobject: true, typecallable: attributeKeyedDict("keyword") });
  const u = make(User);
  u["notes"] = new Map([
    ["a", a],
    ["b", b],
  ]);
  expect((u["notes"] as TestDict).raw.keys()).toEqual(["a", "b"]);
  (u["notes"] as TestDict).setitem("a", b);
  expect(parts(getHistory(u, "notes"))).toEqual([[b, b], [], []]);
});

test("a conflict of backrefs is named", () => {
  const User = mapped("User");
  const Post = mapped("Post");
  attribute(User, "posts", { uselist: true, useobject: true, backref: "user" });
  attribute(User, "others", { uselist: true, useobject: true, backref: "user" });
  attribute(Post, "user", { useobject: true, backref: "posts" });
  const u = make(User);
  expect(() => (u["others"] as TestList).append(make(Post))).toThrow(
    /^Bidirectional attribute conflict detected: Passing object <Post at 0x[0-9a-f]+> to attribute "User.others" triggers a modify event on attribute "User.posts" via the backref "Post.user".$/,
  );
});

function mappedNote(cls: new () => Entity, keyword: string): Entity {
  if (!registerClass(cls).has("keyword")) attribute(cls, "keyword");
  return make(cls, { keyword });
}

function attributeOf(cls: new () => Entity, key: string): QueryableAttribute {
  return registerClass(cls).get(key) as QueryableAttribute;
}
