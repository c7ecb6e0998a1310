// insert(), update(), delete(): values in their forms, and what may not go together.
import { describe, expect, it } from "vitest";
import * as sql from "../../../playground-engine/sql/index.ts";
import { addresses, col, compiled, text, users } from "./fixtures.ts";

const { insert, update, delete_, select } = sql;
const [id, name, age] = ["id", "name", "age"].map((n) => col(users, n)) as [
  sql.ColumnElement,
  sql.ColumnElement,
  sql.ColumnElement,
];
const kw = (values: Record<string, unknown>): Map<string, unknown> => new Map(Object.entries(values));

describe("values()", () => {
  it("takes keywords, a mapping by name or column, a sequence, or several rows", () => {
    expect(compiled(insert(users).values([], kw({ name: "x", age: 3 })))).toEqual([
      "INSERT INTO users (name, age) VALUES (:name, :age)",
      { name: "x", age: 3 },
    ]);
    expect(
      compiled(
        insert(users).values([
          new Map<unknown, unknown>([
            [name, "x"],
            ["age", id.add(5)],
          ]),
        ]),
      ),
    ).toEqual(["INSERT INTO users (name, age) VALUES (:name, (users.id + :id_1))", { name: "x", id_1: 5 }]);
    expect(compiled(insert(users).values([[1, "x"]]))[1]).toEqual({ id: 1, name: "x" });
    expect(compiled(insert(users).values([[new Map([["name", "x"]]), new Map([["name", "y"]])]]))).toEqual([
      "INSERT INTO users (name) VALUES (:name_m0), (:name_m1)",
      { name_m0: "x", name_m1: "y" },
    ]);
  });

  it("does not mix forms", () => {
    expect(() => insert(users).values([new Map([["name", "x"]])], kw({ age: 1 }))).toThrow(
      "Can't pass positional and kwargs to values() simultaneously",
    );
    expect(() =>
      text(
        insert(users)
          .values([[new Map([["name", "x"]])]])
          .values([], kw({ name: "y" })),
      ),
    ).toThrow("Can't mix single and multiple VALUES formats in one INSERT statement");
    expect(() => text(insert(users).values([], kw({ nope: 1 })))).toThrow("Unconsumed column names: nope");
    expect(() => text(update(users).values([[new Map([["name", "x"]])]]))).toThrow(
      "UPDATE construct does not support multiple parameter sets.",
    );
  });
});

describe("INSERT", () => {
  it("takes rows from a SELECT", () => {
    const s = select([col(addresses, "email")]);
    expect(text(insert(users).fromSelect(["name"], s))).toBe(
      "INSERT INTO users (name) SELECT addresses.email \nFROM addresses",
    );
    expect(() =>
      insert(users)
        .fromSelect(["name"], s)
        .values([], kw({ age: 1 })),
    ).toThrow("This construct already inserts from a SELECT");
  });

  it("gives rows back", () => {
    const s = insert(users)
      .values([], kw({ name: "x" }))
      .returning([id, name.label("n")]);
    expect(text(s)).toBe("INSERT INTO users (name) VALUES (:name) RETURNING users.id, users.name AS n");
    expect(s.exportedColumns.keys()).toEqual(["id", "n"]);
    expect(() => update(users).returning([id], { sortByParameterOrder: true })).toThrow(
      "only applies to INSERT statements",
    );
  });
});

describe("UPDATE and DELETE", () => {
  it("keep the order of ordered_values()", () => {
    expect(
      text(
        update(users).orderedValues([
          ["age", 5],
          ["name", "x"],
        ]),
      ),
    ).toBe("UPDATE users SET age=:age, name=:name");
    expect(() =>
      update(users)
        .values([], kw({ age: 1 }))
        .orderedValues([["age", 5]]),
    ).toThrow("This statement already has values present");
  });

  it("reach other tables by criteria and values", () => {
    const other = col(addresses, "user_id").eq(id);
    expect(
      text(
        update(users)
          .where([other])
          .values([], kw({ name: col(addresses, "email") })),
      ),
    ).toBe("UPDATE users SET name=addresses.email FROM addresses WHERE addresses.user_id = users.id");
    expect(text(delete_(users).where([other]))).toBe(
      "DELETE FROM users , addresses WHERE addresses.user_id = users.id",
    );
  });

  it("filter by name", () => {
    expect(text(delete_(users).filterBy(kw({ age: 5 })))).toBe("DELETE FROM users WHERE users.age = :age_1");
    expect(
      text(
        update(users)
          .where([age.gt(1)])
          .values([], kw({ age: age.add(1) })),
      ),
    ).toBe("UPDATE users SET age=(users.age + :age_1) WHERE users.age > :age_2");
  });
});
