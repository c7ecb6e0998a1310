// select(): FROM elements, joins, names of columns, subqueries, CTEs, set operations.
import { describe, expect, it } from "vitest";
import * as sql from "../../../playground-engine/sql/index.ts";
import { addresses, col, compiled, node, orders, text, users } from "./fixtures.ts";

const { select, exists, func, union, true_ } = sql;
const [id, name, age] = ["id", "name", "age"].map((n) => col(users, n)) as [
  sql.ColumnElement,
  sql.ColumnElement,
  sql.ColumnElement,
];
const [aid, userId, email] = ["id", "user_id", "email"].map((n) => col(addresses, n)) as [
  sql.ColumnElement,
  sql.ColumnElement,
  sql.ColumnElement,
];

describe("joins", () => {
  it("find their condition in foreign keys", () => {
    expect(text(select([id]).join(addresses))).toBe(
      "SELECT users.id \nFROM users JOIN addresses ON users.id = addresses.user_id",
    );
    expect(text(select([email]).outerjoinFrom(users, addresses))).toBe(
      "SELECT addresses.email \nFROM users LEFT OUTER JOIN addresses ON users.id = addresses.user_id",
    );
    expect(text(users.join(addresses.alias("a")))).toBe("users JOIN addresses AS a ON users.id = a.user_id");
  });

  it("fail with the two tables' names", () => {
    expect(() => users.join(orders)).toThrow(
      "Can't determine join between 'users' and 'orders'; tables have more than one foreign key constraint relationship between them. Please specify the 'onclause' of this join explicitly.",
    );
    expect(() => addresses.join(orders)).toThrow(
      "Can't find any foreign key relationships between 'addresses' and 'orders'.",
    );
    expect(() => text(select([id, col(orders, "id")]).join(addresses, true_()))).toThrow(
      "Can't determine which FROM clause to join from",
    );
  });

  it("of a table with itself need an alias", () => {
    const parent = node.alias("p");
    expect(
      text(
        select([col(node, "name"), col(parent, "name")]).join(
          parent,
          col(node, "parent_id").eq(col(parent, "id")),
        ),
      ),
    ).toBe("SELECT node.name, p.name AS name_1 \nFROM node JOIN node AS p ON node.parent_id = p.id");
  });
});

describe("names of columns", () => {
  const keys = (s: sql.Select): unknown[] => s.subquery("s").c.keys();

  it("are made different by numbers", () => {
    expect(text(select([id, aid]))).toBe("SELECT users.id, addresses.id AS id_1 \nFROM users, addresses");
    expect(text(select([id, id, id]))).toBe(
      "SELECT users.id, users.id AS id__1, users.id AS id__2 \nFROM users",
    );
    expect(keys(select([id, aid]))).toEqual(["id", "id_1"]);
  });

  it("are table and column, or as they are, by label style", () => {
    expect(text(select([id, aid]).setLabelStyle(sql.LABEL_STYLE_TABLENAME_PLUS_COL))).toBe(
      "SELECT users.id AS users_id, addresses.id AS addresses_id \nFROM users, addresses",
    );
    expect(text(select([id, aid]).setLabelStyle(sql.LABEL_STYLE_NONE))).toBe(
      "SELECT users.id, addresses.id \nFROM users, addresses",
    );
  });

  it("are made up for expressions", () => {
    expect(text(select([id.add(1), func("lower", [name]), name.add("x")]))).toBe(
      "SELECT users.id + :id_1 AS anon_1, lower(users.name) AS lower_1, users.name || :name_1 AS anon_2 \nFROM users",
    );
    expect(keys(select([id.add(1), func("count", [])]))).toEqual(["_no_label", "count"]);
  });
});

describe("ORDER BY and GROUP BY", () => {
  it("print a label's name only where the label stands alone", () => {
    const label = name.label("n");
    expect(text(select([label]).orderBy([label.desc()]))).toBe(
      "SELECT users.name AS n \nFROM users ORDER BY n DESC",
    );
    expect(text(select([label]).orderBy([label.add("x")]))).toBe(
      "SELECT users.name AS n \nFROM users ORDER BY users.name || :param_1",
    );
    expect(text(select([label]).groupBy([label]))).toBe(
      "SELECT users.name AS n \nFROM users GROUP BY users.name",
    );
    expect(text(select([label]).groupBy(["n"]))).toBe("SELECT users.name AS n \nFROM users GROUP BY n");
  });

  it("are taken back by None", () => {
    expect(text(select([id]).orderBy([name]).orderBy([null]))).toBe("SELECT users.id \nFROM users");
  });
});

describe("row limits", () => {
  it("are parameters", () => {
    expect(compiled(select([id]).limit(5).offset(10))[1]).toEqual({ param_1: 5, param_2: 10 });
    expect(compiled(select([id]).offset(5).slice(5, 10))[1]).toEqual({ param_1: 5, param_2: 10 });
    expect(() => select([id]).limit("x")).toThrow("invalid literal for int() with base 10: 'x'");
  });
});

describe("subqueries", () => {
  it("correlate to what encloses them, unless told otherwise", () => {
    const inner = select([func("count", [aid])]).where([userId.eq(id)]);
    expect(text(select([name, inner.scalarSubquery().label("n")]))).toBe(
      "SELECT users.name, (SELECT count(addresses.id) AS count_1 \nFROM addresses \nWHERE addresses.user_id = users.id) AS n \nFROM users",
    );
    expect(
      text(
        select([name]).where([
          exists(null)
            .where([userId.eq(id)])
            .invert(),
        ]),
      ),
    ).toBe(
      "SELECT users.name \nFROM users \nWHERE NOT (EXISTS (SELECT * \nFROM addresses \nWHERE addresses.user_id = users.id))",
    );
    const alone = select([userId])
      .where([userId.eq(id)])
      .correlate([null])
      .scalarSubquery();
    expect(text(select([name]).where([id.eq(alone)]))).toContain(
      "FROM addresses, users \nWHERE addresses.user_id = users.id)",
    );
  });

  it("become CTEs, recursive ones by UNION with themselves", () => {
    const base = select([col(node, "id")])
      .where([col(node, "parent_id").is_(null)])
      .cte("tree", true);
    const tree = base.unionAll([
      select([col(node, "id")]).join(base, col(base, "id").eq(col(node, "parent_id"))),
    ]);
    expect(text(select([tree]))).toBe(
      "WITH RECURSIVE tree(id) AS \n(SELECT node.id AS id \nFROM node \nWHERE node.parent_id IS NULL UNION ALL SELECT node.id AS id \nFROM node JOIN tree ON tree.id = node.parent_id)\n SELECT tree.id \nFROM tree",
    );
  });

  it("refuse to be what they are not", () => {
    expect(() => union([select([id]).subquery(), select([aid])])).toThrow(
      "Use the plain select() object without calling .subquery() or .alias().",
    );
    expect(() => select([id]).where([users])).toThrow("SQL expression for WHERE/HAVING role expected, got");
  });
});

describe("set operations", () => {
  it("group members that have an order or limit of their own", () => {
    expect(
      text(
        select([id])
          .union([select([aid]).limit(5)])
          .orderBy(["id"]),
      ),
    ).toBe(
      "SELECT users.id \nFROM users UNION (SELECT addresses.id \nFROM addresses\n LIMIT :param_1) ORDER BY id",
    );
  });

  it("have the columns of the first, standing for those of all", () => {
    const sub = select([id, name])
      .union([select([aid, email])])
      .subquery("u");
    expect(sub.c.keys()).toEqual(["id", "name"]);
    expect(sub.correspondingColumn(email)).toBe(sub.c.get("name"));
  });
});

describe("changing a SELECT", () => {
  it("leaves the original as it was", () => {
    const base = select([id]);
    base.where([age.gt(3)]).limit(1);
    expect(text(base)).toBe("SELECT users.id \nFROM users");
  });

  it("keeps joins when columns are exchanged", () => {
    expect(
      text(
        select([id])
          .join(addresses)
          .withOnlyColumns([func("count", [])]),
      ),
    ).toBe("SELECT count(*) AS count_1 \nFROM users JOIN addresses ON users.id = addresses.user_id");
  });

  it("filters by names of the last joined entity", () => {
    expect(
      text(
        select([id])
          .join(addresses)
          .filterBy(new Map([["email", "x"]])),
      ),
    ).toContain("WHERE addresses.email = :email_1");
    expect(() => select([id]).filterBy(new Map([["nope", 1]]))).toThrow(
      'Entity namespace for "users.id" has no property "nope"',
    );
  });
});
