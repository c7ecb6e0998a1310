// Statements as trees: cache keys, comparison, copies, annotations, adaption to other FROM elements.
import { describe, expect, it } from "vitest";
import * as sql from "../../../playground-engine/sql/index.ts";
import { addresses, col, node, text, users } from "./fixtures.ts";

const { select, and_, ClauseAdapter, ColumnAdapter } = sql;
const [id, name, age] = ["id", "name", "age"].map((n) => col(users, n)) as [
  sql.ColumnElement,
  sql.ColumnElement,
  sql.ColumnElement,
];
const userId = col(addresses, "user_id");
const key = (e: sql.ClauseElement): string | undefined => e._generateCacheKey()?.key;

describe("the cache key", () => {
  it("is the same whatever the values", () => {
    const s = (n: number): sql.Select =>
      select([id])
        .where([age.gt(n), name.in_(["a"])])
        .limit(n);
    expect(key(s(1))).toBe(key(s(2)));
    expect(
      s(2)
        ._generateCacheKey()
        ?.bindparams.map((b) => b.value),
    ).toEqual([2, ["a"], 2]);
  });

  it("is another for anything that prints otherwise", () => {
    const variants = [
      select([id]),
      select([name]),
      select([id, name]),
      select([id]).distinct(),
      select([id.label("x")]),
      select([id]).where([age.gt(1)]),
      select([id]).where([age.lt(1)]),
      select([id]).join(addresses),
      select([id]).outerjoinFrom(users, addresses),
      select([id]).limit(1),
      select([id]).offset(1),
      select([id]).orderBy([id]),
      select([id]).orderBy([id.desc()]),
      select([id]).prefixWith(["X"]),
      select([id]).setLabelStyle(sql.LABEL_STYLE_NONE),
      select([id.op("a")(1)]),
      select([id.op("b")(1)]),
      select([users.alias("a")]),
      select([users.alias("b")]),
      select([users.alias()]),
    ];
    expect(new Set(variants.map(key)).size).toBe(variants.length);
  });

  it("knows a part that was met before, among few and among many", () => {
    for (const n of [2, 60]) {
      const s = (shift: number, last?: sql.ColumnElement): sql.Select => {
        const parts = Array.from({ length: n }, (_, i) => age.gt(i + shift));
        return select([id]).where([sql.or_([...parts, last ?? (parts[0] as sql.ColumnElement)])]);
      };
      expect(key(s(0))).toBe(key(s(5)));
      expect(s(0)._generateCacheKey()?.bindparams).toHaveLength(n);
      expect(key(s(0, age.gt(0)))).not.toBe(key(s(0)));
    }
  });

  it("writes a column of a table as a number, and another one once it is another column", () => {
    const t = new sql.Table("t", new sql.MetaData(), [new sql.Column("x", new sql.Integer())]);
    const same = new sql.Table("t", new sql.MetaData(), [new sql.Column("x", new sql.Integer())]);
    const s = (): string | undefined => key(select([t.c.get("x")]));
    const before = s();
    expect(s()).toBe(before);
    expect(key(select([same.c.get("x")]))).not.toBe(before);
    t.c.get("x")!.type = new sql.String();
    expect(s()).not.toBe(before);
    const [a, b] = [t.alias("a"), t.alias("a")];
    expect(key(select([col(a, "x")]).selectFrom([a]))).not.toBe(key(select([col(a, "x")]).selectFrom([b])));
  });

  it("knows anonymous aliases by their place", () => {
    const s = (): sql.Select => {
      const [a, b] = [users.alias(), users.alias()];
      return select([col(a, "id"), col(b, "id")]);
    };
    expect(key(s())).toBe(key(s()));
  });

  it("is missing for several rows of values, and for classes that do not say what they are", () => {
    expect(
      sql
        .insert(users)
        .values([[new Map([["name", "x"]])]])
        ._generateCacheKey(),
    ).toBeNull();
    class Odd extends sql.ColumnElement {}
    expect(select([new Odd()])._generateCacheKey()).toBeNull();
  });
});

describe("compare()", () => {
  it("looks at parts, not at identity or order", () => {
    expect(id.eq(5).compare(id.eq(5))).toBe(true);
    expect(id.eq(5).compare(id.eq(6))).toBe(false);
    expect(id.eq(age).compare(age.eq(id))).toBe(true);
    expect(and_([id.eq(1), age.eq(2)]).compare(and_([age.eq(2), id.eq(1)]))).toBe(true);
    expect(select([id]).compare(select([name]))).toBe(false);
  });

  it("may take columns that stem from each other for the same", () => {
    const sub = select([id]).subquery();
    expect(id.compare(col(sub, "id"), { useProxies: true })).toBe(true);
    expect(id.compare(userId, { useProxies: true })).toBe(false);
  });
});

describe("annotations", () => {
  const marked = (e: sql.ColumnElement): sql.ColumnElement => e._annotate(new Map([["mark", 1]]));

  it("make another object that counts as the same", () => {
    const a = marked(id);
    expect(a).not.toBe(id);
    expect(a).toBeInstanceOf(sql.Column);
    expect(a.hash).toBe(id.hash);
    expect(new sql.ElementSet([id]).has(a)).toBe(true);
    expect(a._deannotate()).toBe(id);
    expect(text(select([a, id]))).toBe("SELECT users.id, users.id AS id__1 \nFROM users");
    expect(key(select([a]))).not.toBe(key(select([id])));
  });

  it("go through whole trees and come off again", () => {
    const deep = sql.deepAnnotate(id.eq(age) as sql.BinaryExpression, new Map([["mark", 1]]));
    expect(deep.left._annotations.get("mark")).toBe(1);
    expect(sql.deepDeannotate(deep).left).toBe(id);
  });
});

describe("copies", () => {
  it("share tables and columns, and give unique parameters a name of their own", () => {
    const s = select([id]).where([age.gt(5)]);
    const copy = sql.clonedTraverse(s as sql.ClauseElement, {}, {}) as sql.Select;
    expect(text(copy)).toBe(text(s));
    expect(text(and_([s._whereCriteria[0], copy._whereCriteria[0]]))).toBe(
      "users.age > :age_1 AND users.age > :age_2",
    );
  });

  it("may put something else in the place of an element", () => {
    const other = users.alias("u");
    const moved = sql.replacementTraverse(
      select([id]).where([id.eq(userId)]) as sql.ClauseElement,
      {},
      (e) => (e === (users as unknown) ? other : null),
    );
    expect(text(moved)).toBe("SELECT u.id \nFROM users AS u, addresses \nWHERE u.id = addresses.user_id");
  });

  it("take new values for parameters", () => {
    const s = select([id])
      .where([id.eq(sql.bindparam("x"))])
      .params(null, new Map([["x", 7]]));
    expect(s._generateCacheKey()?.bindparams[0]?.value).toBe(7);
  });
});

describe("adaption", () => {
  it("moves a clause to an alias or subquery", () => {
    const a = users.alias("a");
    expect(
      text(new ClauseAdapter(a).traverse(and_([id.eq(userId), name.in_(["x"])]) as sql.ClauseElement)),
    ).toBe("a.id = addresses.user_id AND a.name IN (__[POSTCOMPILE_name_1])");
    const sub = select([id.label("foo"), name]).subquery("s");
    expect(text(new ClauseAdapter(sub).traverse(id.eq(age) as sql.ClauseElement))).toBe("s.foo = users.age");
  });

  it("remembers what it made of a column", () => {
    const adapter = new ColumnAdapter(users.alias("a"));
    expect(adapter.columns.get(id)).toBe(adapter.columns.get(id));
    expect(adapter.adaptCheckPresent(userId)).toBeNull();
  });

  it("finds the column that stands for another", () => {
    const sub = select([id, col(users.alias("o"), "id")]).subquery();
    expect(sub.correspondingColumn(id)).toBe(sub.c.get("id"));
    expect(users.join(addresses).correspondingColumn(col(addresses, "id"))?.key).toBe("id");
    expect(sub.correspondingColumn(name)).toBeNull();
  });

  it("reads pairs of columns out of a condition", () => {
    const pairs = sql.criterionAsPairs(id.eq(userId));
    expect(pairs.map(([a, b]) => [String(a), String(b)])).toEqual([["users.id", "addresses.user_id"]]);
    expect(text(sql.joinCondition(node, node.alias("p")))).toBe(
      "node.id = p.parent_id AND p.id = node.parent_id",
    );
  });
});
