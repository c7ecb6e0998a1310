// func: names, types, windows, functions in FROM.
import { describe, expect, it } from "vitest";
import * as sql from "../../../playground-engine/sql/index.ts";
import { col, text, users } from "./fixtures.ts";

const { func, select, tuple_ } = sql;
const [id, name, age] = ["id", "name", "age"].map((n) => col(users, n)) as [
  sql.ColumnElement,
  sql.ColumnElement,
  sql.ColumnElement,
];
const f = (n: string, args: readonly unknown[] = []): sql.FunctionElement =>
  func(n, args) as sql.FunctionElement;

describe("func", () => {
  it("prints any name, with packages", () => {
    expect(text(f("foo", [1, id]))).toBe("foo(:foo_1, users.id)");
    expect(text(func(["pkg", "sub", "foo"], [1]))).toBe("pkg.sub.foo(:foo_1)");
    expect(text(new sql.FunctionGenerator().attribute("a").attribute("not_").invoke([id]))).toBe(
      "a.not(users.id)",
    );
  });

  it("knows the types of some", () => {
    expect(f("count").type).toBeInstanceOf(sql.Integer);
    expect(f("max", [name]).type).toBe(name.type);
    expect(f("coalesce", [null, age]).type).toBe(age.type);
    expect(f("now").type).toBeInstanceOf(sql.DateTime);
    expect(f("array_agg", [id]).type).toBeInstanceOf(sql.ARRAY);
    expect(func("foo", [], new Map([["type_", sql.String]])).type).toBeInstanceOf(sql.String);
  });

  it("checks arguments where the real one does", () => {
    expect(() => f("aggregate_strings", [name])).toThrow(
      "aggregate_strings.__init__() missing 1 required positional argument: 'separator'",
    );
    expect(() => func("foo", [], new Map([["bar", 1]]))).toThrow(
      "Function.__init__() got an unexpected keyword argument 'bar'",
    );
  });

  it("takes functions of one's own", () => {
    class AsUtc extends sql.GenericFunction {
      static override readonly inheritCache: boolean = true;
      static override readonly functionName: string = "as_utc";
    }
    sql.registerFunction("as_utc", (args) => new AsUtc(args));
    expect(f("AS_UTC", [id])).toBeInstanceOf(AsUtc);
    expect(text(f("as_utc", [id]))).toBe("as_utc(users.id)");
  });
});

describe("around aggregates", () => {
  it("OVER has partitions, orders and frames", () => {
    expect(text(f("sum", [id]).over({ partitionBy: name, orderBy: [id, age.desc()], rows: [null, 0] }))).toBe(
      "sum(users.id) OVER (PARTITION BY users.name ORDER BY users.id, users.age DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)",
    );
    expect(text(f("sum", [id]).over({ range_: [-5, 10] }))).toBe(
      "sum(users.id) OVER (RANGE BETWEEN :param_1 PRECEDING AND :param_2 FOLLOWING)",
    );
    expect(() => f("sum", [id]).over({ rows: [1, 2], range_: [1, 2] })).toThrow(
      "only one of 'rows', 'range_', or 'groups' may be provided",
    );
  });

  it("FILTER and WITHIN GROUP follow the function", () => {
    expect(text(f("count", [id]).filter([age.gt(5), name.eq("x")]))).toBe(
      "count(users.id) FILTER (WHERE users.age > :age_1 AND users.name = :name_1)",
    );
    const median = f("percentile_cont", [sql.literal(1)]).withinGroup([age.desc()]);
    expect(text(median)).toBe("percentile_cont(:param_1) WITHIN GROUP (ORDER BY users.age DESC)");
    expect(median.type).toBe(age.type);
    expect(text(f("grouping_sets", [tuple_([id]), tuple_([name, id])]))).toBe(
      "GROUPING SETS((users.id), (users.name, users.id))",
    );
  });
});

describe("functions in FROM", () => {
  it("have columns by name", () => {
    const each = f("json_each", ["[1]"]).tableValued(["key", "value"], new Map([["name", "je"]]));
    expect(text(select([each.c.get("value")]).where([(each.c.get("key") as sql.ColumnElement).eq(1)]))).toBe(
      "SELECT je.value \nFROM json_each(:json_each_1) AS je \nWHERE je.key = :key_1",
    );
    expect(text(select([f("unnest", [id]).columnValued("x")]))).toBe("SELECT x \nFROM unnest(users.id) AS x");
    expect(text(select([f("generate_series", [1, 5]).tableValued(["v"]).renderDerived("g")]))).toBe(
      "SELECT g.v \nFROM generate_series(:generate_series_1, :generate_series_2) AS g(v)",
    );
  });
});
