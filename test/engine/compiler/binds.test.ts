// What becomes of values: names, placeholders, literals, and what a cache hit binds.
import { describe, expect, it } from "vitest";
import * as sql from "../../../playground-engine/sql/index.ts";
import { sqlite } from "../../../playground-engine/dialects/index.ts";
import type { SQLCompiler } from "../../../playground-engine/compiler/sql-compiler.ts";
import { expectSql } from "../golden.ts";
import { addresses, c, lite, named, users } from "./fixtures.ts";

const { select, bindparam, and_ } = sql;
const [id, name, age] = [c(users, "id"), c(users, "name"), c(users, "age")] as const;

describe("names of parameters", () => {
  it("are the column's with a number, in the order in which they are printed", () => {
    expectSql(
      select([id]).where([and_([age.gt(5), age.lt(9), name.eq("x")])]),
      "SELECT users.id \nFROM users \nWHERE users.age > :age_1 AND users.age < :age_2 AND users.name = :name_1",
      {
        dialect: named,
        params: { age_1: 5, age_2: 9, name_1: "x" },
      },
    );
  });

  it("are in the driver's order where placeholders have none", () => {
    expectSql(
      select([id]).where([age.gt(5), name.eq("x")]),
      "SELECT users.id \nFROM users \nWHERE users.age > ? AND users.name = ?",
      {
        dialect: lite,
        positional: ["age_1", "name_1"],
      },
    );
  });

  it("may hold characters that the driver does not take", () => {
    const compiled = expectSql(id.eq(bindparam("a b:c", 5)), "users.id = :a_bCc", {
      dialect: named,
      params: { a_bCc: 5 },
    });
    expect([...compiled.escapedBindNames]).toEqual([["a b:c", "a_bCc"]]);
    expect(Object.fromEntries(compiled.constructParams(null, null, false))).toEqual({ "a b:c": 5 });
  });

  it("must not be used for two things", () => {
    const twice = and_([id.eq(bindparam("x", 1, null, true)), age.eq(bindparam("x_1", 2))]);
    expect(() => named.statementCompiler(twice)).toThrow(
      "Bind parameter 'x_1' conflicts with unique bind parameter of the same name",
    );
    const expanding = and_([id.in_(bindparam("x")), age.eq(bindparam("x"))]);
    expect(() => named.statementCompiler(expanding)).toThrow(
      "Can't reuse bound parameter name 'x' in both 'expanding'",
    );
  });

  it("are cut where the dialect's names are short", () => {
    const short = new sqlite.SQLiteDialect({ labelLength: 12, paramstyle: "named" });
    expectSql(
      select([sql.func("a_rather_long_name", [id])]),
      "SELECT a_rather_long_name(users.id) AS a_rath_1 \nFROM users",
      { dialect: short },
    );
  });
});

describe("values", () => {
  it("that are required must be given", () => {
    const compiled = named.statementCompiler(id.eq(bindparam("x"))) as SQLCompiler;
    expect(() => compiled.constructParams()).toThrow(
      "A value is required for bind parameter 'x' (Background on this error at: https://sqlalche.me/e/20/cd3x)",
    );
    expect(() => compiled.constructParams(new Map([["y", 1]]), null, true, 2)).toThrow(
      "A value is required for bind parameter 'x', in parameter group 2",
    );
    expect(compiled.constructParams(new Map([["x", null]])).get("x")).toBeNull();
    expect(compiled.params.get("x")).toBeNull();
  });

  it("of a cache hit are matched by position", () => {
    const make = (a: number, b: string): sql.Select => select([id]).where([age.gt(a), name.eq(b)]);
    const first = make(1, "x");
    const key = first._generateCacheKey()!;
    const compiled = lite.statementCompiler(first, { cacheKey: key }) as SQLCompiler;
    const hit = make(30, "y")._generateCacheKey()!;
    expect(hit.key).toBe(key.key);
    expect([...compiled.constructParams(null, hit.bindparams as sql.BindParameter[]).values()]).toEqual([
      30,
      "y",
    ]);
  });

  it("of an expression that was kept are replaced by those of its equal", () => {
    const kept = age.gt(1);
    const now = age.gt(30);
    const expression = sql.applyParamsToElement(now._generateCacheKey()!, kept._generateCacheKey()!, kept);
    expectSql(select([id]).where([expression]), "SELECT users.id \nFROM users \nWHERE users.age > ?", {
      dialect: lite,
      params: { age_1: 30 },
    });
  });

  it("become literals where asked", () => {
    expectSql(
      select([id])
        .where([name.eq("it's"), age.in_([1, 2])])
        .limit(3),
      "SELECT users.id \nFROM users \nWHERE users.name = 'it''s' AND users.age IN (1, 2)\n LIMIT 3 OFFSET 0",
      {
        dialect: lite,
        compileKwargs: { literalBinds: true },
        params: {},
      },
    );
  });
});

describe("lists of IN", () => {
  it("expand when they are known", () => {
    const compiled = expectSql(
      select([id]).where([age.in_([7, 8]), name.eq("x")]),
      "SELECT users.id \nFROM users \nWHERE users.age IN (__[POSTCOMPILE_age_1]) AND users.name = ?",
      { dialect: lite },
    );
    const state = compiled.constructExpandedState();
    expect(state.statement).toBe(
      "SELECT users.id \nFROM users \nWHERE users.age IN (?, ?) AND users.name = ?",
    );
    expect(state.positionalParameters).toEqual([7, 8, "x"]);
    const more = compiled.constructExpandedState(new Map<string, unknown>([["age_1", [1, 2, 3]]]));
    expect(more.positionalParameters).toEqual([1, 2, 3, "x"]);
    expect(more.parameterExpansion.get("age_1")).toEqual(["age_1_1", "age_1_2", "age_1_3"]);
  });

  it("print an empty set without values", () => {
    const compiled = lite.statementCompiler(age.notIn([])) as SQLCompiler;
    expect(compiled.constructExpandedState().statement).toBe(
      "(users.age NOT IN (SELECT 1 FROM (SELECT 1) WHERE 1!=1))",
    );
  });

  it("of tuples keep their rows together", () => {
    const compiled = lite.statementCompiler(
      sql.tuple_([id, name]).in_([
        [1, "a"],
        [2, "b"],
      ]),
    ) as SQLCompiler;
    const state = compiled.constructExpandedState();
    expect(state.statement).toBe("(users.id, users.name) IN (VALUES (?, ?), (?, ?))");
    expect(state.positionalParameters).toEqual([1, "a", 2, "b"]);
  });

  it("are numbered after all that is not in a list", () => {
    const numeric = new sqlite.SQLiteDialect({ paramstyle: "numeric" });
    const compiled = numeric.statementCompiler(and_([age.in_([7, 8]), name.eq("x")])) as SQLCompiler;
    expect(compiled.string).toBe("users.age IN (__[POSTCOMPILE_age_1]) AND users.name = :1");
    const state = compiled.constructExpandedState();
    expect(state.statement).toBe("users.age IN (:2, :3) AND users.name = :1");
    expect(state.positionalParameters).toEqual(["x", 7, 8]);
  });
});

it("a required join's table is quoted as every name is", () => {
  const odd = new sql.TableClause("Odd Table", [sql.column("select")]);
  expectSql(
    select([addresses.c.getitem("id"), odd]),
    'SELECT addresses.id, "Odd Table"."select" \nFROM addresses, "Odd Table"',
    { dialect: named },
  );
});
