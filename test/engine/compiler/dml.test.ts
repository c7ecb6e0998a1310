// What an INSERT, UPDATE or DELETE names, fetches and leaves for later.
import { describe, expect, it } from "vitest";
import * as sql from "../../../playground-engine/sql/index.ts";
import type { SQLCompiler } from "../../../playground-engine/compiler/sql-compiler.ts";
import { deliverInsertmanyvaluesBatches } from "../../../playground-engine/compiler/insert-many.ts";
import { expectSql } from "../golden.ts";
import { addresses, c, lite, notes, users } from "./fixtures.ts";

const { insert, update, delete_ } = sql;
const keys = (columns: Iterable<sql.ColumnElement> | null): (string | null)[] =>
  [...(columns ?? [])].map((x) => x.key);

describe("INSERT", () => {
  it("takes the columns of the parameters, and defaults of the program's", () => {
    const compiled = expectSql(insert(notes), "INSERT INTO notes (text, made) VALUES (?, ?)", {
      dialect: lite,
      columnKeys: ["text"],
      positional: ["text", "made"],
    });
    expect(keys(compiled.insertPrefetch)).toEqual(["made"]);
    expect(keys(compiled.postfetch)).toEqual(["rev"]);
    expect(compiled.postfetchLastrowid).toBe(true);
    expect(keys(compiled.implicitReturning)).toEqual([]);
  });

  it("returns a server's values where they are asked for", () => {
    const compiled = expectSql(
      insert(notes).returnDefaults([]),
      "INSERT INTO notes (text, made) VALUES (?, ?) RETURNING id, rev",
      { dialect: lite, columnKeys: ["text"] },
    );
    expect(keys(compiled.implicitReturning)).toEqual(["id", "rev"]);
    expect(compiled.insertedPrimaryKeyFromReturningGetter([7, 1], new Map())).toEqual([7]);
  });

  it("makes the primary key of lastrowid, unless the program gave one", () => {
    const given = lite.statementCompiler(insert(users), { columnKeys: ["id", "name"] }) as SQLCompiler;
    expect(given.insertedPrimaryKeyFromLastrowidGetter(5, new Map([["id", 9]]))).toEqual([9]);
    expect(given.insertedPrimaryKeyFromLastrowidGetter(5, new Map([["id", null]]))).toEqual([5]);
    const counted = lite.statementCompiler(insert(users), { columnKeys: ["name"] }) as SQLCompiler;
    expect(counted.insertedPrimaryKeyFromLastrowidGetter(5, new Map())).toEqual([5]);
  });

  it("names what it does not know", () => {
    expect(() => lite.statementCompiler(insert(users).values([], new Map([["nope", 1]])))).toThrow(
      "Unconsumed column names: nope",
    );
  });

  it("goes row by row where rows must come back in order and nothing tells them apart", () => {
    const compiled = expectSql(
      insert(users).returning([c(users, "id")], { sortByParameterOrder: true }),
      "INSERT INTO users (name) VALUES (?) RETURNING id",
      {
        dialect: lite,
        columnKeys: ["name"],
        forExecutemany: true,
      },
    );
    const batches = [
      ...deliverInsertmanyvaluesBatches(
        compiled,
        compiled.string,
        [["a"], ["b"]],
        [new Map([["name", "a"]]), new Map([["name", "b"]])],
        100,
        true,
        null,
      ),
    ];
    expect(batches.map((b) => [b.replacedStatement, b.replacedParameters, b.isDowngraded])).toEqual([
      ["INSERT INTO users (name) VALUES (?) RETURNING id", ["a"], true],
      ["INSERT INTO users (name) VALUES (?) RETURNING id", ["b"], true],
    ]);
  });

  it("puts many rows into one statement where their order does not matter", () => {
    const compiled = lite.statementCompiler(insert(users).returning([c(users, "id")]), {
      columnKeys: ["name", "age"],
      forExecutemany: true,
    }) as SQLCompiler;
    const rows = [
      ["a", 1],
      ["b", 2],
      ["c", 3],
    ];
    const named = rows.map(
      ([name, age]) =>
        new Map<string, unknown>([
          ["name", name],
          ["age", age],
        ]),
    );
    const batches = [
      ...deliverInsertmanyvaluesBatches(compiled, compiled.string, rows, named, 2, false, null),
    ];
    expect(batches.map((b) => [b.replacedStatement, b.replacedParameters])).toEqual([
      ["INSERT INTO users (name, age) VALUES (?, ?), (?, ?) RETURNING id", ["a", 1, "b", 2]],
      ["INSERT INTO users (name, age) VALUES (?, ?) RETURNING id", ["c", 3]],
    ]);
  });
});

describe("UPDATE", () => {
  it("tells parameters of SET from those of WHERE", () => {
    expectSql(
      update(users).where([c(users, "id").eq(sql.bindparam("b_id"))]),
      "UPDATE users SET name=? WHERE users.id = ?",
      { dialect: lite, columnKeys: ["name", "b_id"], positional: ["name", "b_id"] },
    );
    expect(() =>
      lite.statementCompiler(update(users).where([c(users, "id").eq(sql.bindparam("id"))]), {
        columnKeys: ["id"],
      }),
    ).toThrow(
      "bindparam() name 'id' is reserved for automatic usage in the VALUES or SET clause of this insert/update statement.",
    );
  });

  it("reads from further tables where the database can", () => {
    expectSql(
      update(users)
        .values([], new Map([["name", c(addresses, "email")]]))
        .where([c(users, "id").eq(c(addresses, "user_id"))]),
      "UPDATE users SET name=addresses.email FROM addresses WHERE users.id = addresses.user_id",
      { dialect: lite },
    );
  });
});

it("DELETE from several tables is refused where the database cannot", () => {
  expect(() =>
    lite.statementCompiler(delete_(users).where([c(users, "id").eq(c(addresses, "user_id"))])),
  ).toThrow("This backend does not support multiple-table criteria within DELETE");
});
