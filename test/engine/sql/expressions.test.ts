// What operators make of columns: precedence, negation, NULL, IN, and the types of results.
import { describe, expect, it } from "vitest";
import * as sql from "../../../playground-engine/sql/index.ts";
import { host } from "../../../playground-engine/util/host.ts";
import { addresses, col, compiled, text, users } from "./fixtures.ts";

const { and_, or_, not_, case_, cast, literal, literalColumn, tuple_, typeCoerce, any_, all_, extract } = sql;
const [id, name, age, active] = ["id", "name", "age", "active"].map((n) => col(users, n)) as [
  sql.ColumnElement,
  sql.ColumnElement,
  sql.ColumnElement,
  sql.ColumnElement,
];

describe("comparison", () => {
  it("turns plain values into parameters named after the column", () => {
    expect(compiled(id.eq(5))).toEqual(["users.id = :id_1", { id_1: 5 }]);
    expect(compiled(id.add(1).eq(5))).toEqual(["users.id + :id_1 = :param_1", { id_1: 1, param_1: 5 }]);
  });

  it("asks IS for None, and compares booleans", () => {
    expect(text(id.eq(null))).toBe("users.id IS NULL");
    expect(text(id.ne(null))).toBe("users.id IS NOT NULL");
    expect(text(active.eq(true))).toBe("users.active = true");
    expect(text(id.isDistinctFrom(null))).toBe("users.id IS DISTINCT FROM NULL");
    expect(() => id.lt(null)).toThrow(
      "Only '=', '!=', 'is_()', 'is_not()', 'is_distinct_from()', 'is_not_distinct_from()' operators can be used with None/True/False",
    );
  });

  it("knows its negation", () => {
    expect(text(id.lt(1).invert())).toBe("users.id >= :id_1");
    expect(text(name.like("a").invert())).toBe("users.name NOT LIKE :name_1");
    expect(text(id.in_([1]).invert())).toBe("(users.id NOT IN (__[POSTCOMPILE_id_1]))");
    expect(text(id.between(1, 2).invert())).toBe("users.id NOT BETWEEN :id_1 AND :id_2");
    expect(text(active.invert())).toBe("NOT users.active");
    expect(active.invert().invert()).toHaveProperty("operator", sql.operators.isTrue);
  });

  it("has a truth value only for equality: whether both sides are the same object", () => {
    expect(id.eq(id).bool()).toBe(true);
    expect(id.eq(age).bool()).toBe(false);
    expect(id.ne(age).bool()).toBe(true);
    expect(() => id.gt(1).bool()).toThrow("Boolean value of this clause is not defined");
  });
});

describe("arithmetic", () => {
  it("flattens what is associative and groups what is not", () => {
    expect(text(id.add(age).add(3))).toBe("users.id + users.age + :param_1");
    expect(text(id.sub(age.sub(3)))).toBe("users.id - (users.age - :age_1)");
    expect(text(id.mul(age.add(3)))).toBe("users.id * (users.age + :age_1)");
    expect(text(id.add(3).neg())).toBe("-(users.id + :id_1)");
  });

  it("concatenates strings", () => {
    expect(text(name.add("x"))).toBe("users.name || :name_1");
    expect(text(name.radd("x"))).toBe(":name_1 || users.name");
    expect(name.add("x").type).toBeInstanceOf(sql.String);
  });

  it("takes operators of one's own", () => {
    expect(text(id.op("&")(5) as sql.ColumnElement)).toBe("users.id & :id_1");
    expect(text((id.op("->")(5) as sql.ColumnElement).add(3))).toBe("(users.id -> :id_1) + :param_1");
    expect(text((id.op("->", 10)(5) as sql.ColumnElement).add(3))).toBe("users.id -> :id_1 + :param_1");
    expect((id.boolOp("~")(1) as sql.ColumnElement).type).toBeInstanceOf(sql.Boolean);
  });
});

describe("text operators", () => {
  it("escape wildcards of the value on request", () => {
    expect(compiled(name.startswith("a%b", null, true))).toEqual([
      "users.name LIKE :name_1 || '%' ESCAPE '/'",
      { name_1: "a/%b" },
    ]);
    expect(
      compiled(
        name.contains(
          "a/b",
          new Map<string, unknown>([
            ["autoescape", true],
            ["escape", "^"],
          ]),
        ),
      ),
    ).toEqual(["users.name LIKE '%' || :name_1 || '%' ESCAPE '^'", { name_1: "a/b" }]);
    expect(() => name.endswith(5, null, true)).toThrow("String value expected when autoescape=True");
  });
});

describe("and_, or_, not_", () => {
  it("flatten, and drop what changes nothing", () => {
    expect(text(and_([id.eq(1), and_([age.gt(2), age.lt(3)])]))).toBe(
      "users.id = :id_1 AND users.age > :age_1 AND users.age < :age_2",
    );
    expect(text(and_([id.eq(1), or_([age.gt(2), age.lt(3)])]))).toBe(
      "users.id = :id_1 AND (users.age > :age_1 OR users.age < :age_2)",
    );
    expect(text(and_([true, id.eq(1)]))).toBe("users.id = :id_1");
    expect(text(and_([false, id.eq(1)]))).toBe("false");
    expect(text(not_(and_([id.eq(1), active])))).toBe("NOT (users.id = :id_1 AND users.active)");
  });

  it("are & and | of expressions, too", () => {
    expect(text(id.eq(1).and_(age.eq(2)).or_(age.eq(3)))).toBe(
      "users.id = :id_1 AND users.age = :age_1 OR users.age = :age_2",
    );
  });
});

describe("IN", () => {
  it("is one parameter for a list of values, and a list where expressions are among them", () => {
    expect(compiled(id.in_([1, 2]))).toEqual(["users.id IN (__[POSTCOMPILE_id_1])", { id_1: [1, 2] }]);
    expect(text(id.in_([age, 5]))).toBe("users.id IN (users.age, :id_1)");
    expect(text(id.in_(sql.select([col(addresses, "user_id")])))).toBe(
      "users.id IN (SELECT addresses.user_id \nFROM addresses)",
    );
    expect(text(tuple_([id, name]).in_([[1, "a"]]))).toBe(
      "(users.id, users.name) IN (__[POSTCOMPILE_param_1])",
    );
  });

  it("says what it takes", () => {
    expect(() => id.in_(5)).toThrow(
      "IN expression list, SELECT construct, or bound parameter object expected, got 5.",
    );
  });
});

describe("constructs", () => {
  it("CASE takes pairs or a mapping", () => {
    expect(text(case_([host.makeTuple([id.eq(1), "a"])], { else_: "b" }))).toBe(
      "CASE WHEN (users.id = :id_1) THEN :param_1 ELSE :param_2 END",
    );
    expect(() => case_([[id.eq(1), "a"]])).toThrow(
      'The "whens" argument to case(), when referring to a sequence of items, is now passed as a series of positional elements',
    );
    expect(text(case_([new Map([[1, "one"]])], { value: id }))).toBe(
      "CASE users.id WHEN :param_1 THEN :param_2 END",
    );
    expect(case_([new Map([[1, "one"]])], { value: id }).type).toBeInstanceOf(sql.String);
  });

  it("CAST prints, type_coerce does not", () => {
    expect(text(cast(id, new sql.String(20)))).toBe("CAST(users.id AS VARCHAR(20))");
    expect(text(typeCoerce(id, sql.String).add("x"))).toBe("users.id || :param_1");
    expect(text(extract("year", literalColumn("d")))).toBe("EXTRACT(year FROM d)");
  });

  it("ANY and ALL stand on the right", () => {
    expect(text(any_(id).eq(5))).toBe(":param_1 = ANY (users.id)");
    expect(text(all_(id).gt(5))).toBe(":param_1 < ALL (users.id)");
    expect(() => any_(id).add(5)).toThrow("Only comparison operators may be used with ANY/ALL");
  });

  it("literals take their type from the value", () => {
    expect(literal("x").type).toBeInstanceOf(sql.String);
    expect(literal(5).add(3).type).toBeInstanceOf(sql.Integer);
  });

  it("text() has parameters of its own", () => {
    const t = sql.text("a = :x AND b = :y AND c = '1'::int");
    expect(compiled(t.bindparams([], new Map([["x", 1]])))).toEqual([
      "a = :x AND b = :y AND c = '1'::int",
      { x: 1, y: null },
    ]);
    expect(() => t.bindparams([], new Map([["z", 1]]))).toThrow(
      "This text() construct doesn't define a bound parameter named 'z'",
    );
  });
});
