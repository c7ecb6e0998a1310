// Small leaves held against what the real library prints.
import { describe, expect, it } from "vitest";
import {
  CircularDependencyError,
  IntegrityError,
  InvalidRequestError,
  MissingGreenlet,
  StatementError,
  wrapError,
} from "../../../playground-engine/errors/index.ts";
import { DriverError } from "../../../playground-engine/engine/dbapi.ts";
import { host } from "../../../playground-engine/util/host.ts";
import { LRUCache } from "../../../playground-engine/util/lru.ts";
import { reprParams } from "../../../playground-engine/util/repr-params.ts";
import {
  findMatchingParen,
  md5Hex,
  quotedTokenParser,
  reprString,
  reprTupleNames,
  stripOuterParens,
} from "../../../playground-engine/util/text.ts";
import { findCycles, sort, sortAsSubsets } from "../../../playground-engine/util/topological.ts";

describe("topological order", () => {
  it("gives levels in the order of the items", () => {
    expect([
      ...sortAsSubsets(
        [
          [1, 3],
          [2, 3],
          [3, 4],
        ],
        [4, 3, 2, 1, 5],
      ),
    ]).toEqual([[2, 1, 5], [3], [4]]);
  });
  it("names the members of a cycle", () => {
    expect(
      findCycles([
        ["a", "b"],
        ["b", "a"],
        ["b", "c"],
      ]),
    ).toEqual(new Set(["a", "b"]));
    try {
      [
        ...sort(
          [
            ["a", "b"],
            ["b", "a"],
            ["b", "c"],
          ],
          ["a", "b", "c"],
        ),
      ];
      expect.unreachable();
    } catch (e) {
      expect(e).toBeInstanceOf(CircularDependencyError);
      expect(String(e)).toBe("Circular dependency detected. ('a', 'b')");
      expect((e as CircularDependencyError).edges.size).toBe(3);
    }
  });
});

describe("text", () => {
  it("computes md5 over UTF-8", () => {
    expect(md5Hex("")).toBe("d41d8cd98f00b204e9800998ecf8427e");
    expect(md5Hex("héllo".repeat(20))).toBe("a3f0287fa37fd536c2bc5d9d7e45593c");
  });
  it("writes strings as Python does", () => {
    expect(["it's", 'a"b', `'"`, "\n\x01é\u200b"].map(reprString)).toEqual([
      `"it's"`,
      `'a"b'`,
      `'\\'"'`,
      "'\\n\\x01é\\u200b'",
    ]);
  });
  it("understands parentheses and quoted names", () => {
    expect(findMatchingParen("(a = '(' AND b = ')')")).toBe(20);
    expect(stripOuterParens("(a) AND (b)")).toBe("(a) AND (b)");
    expect(stripOuterParens(" (a)")).toBe("a");
    expect(quotedTokenParser('"Schema"."Name""Foo"')).toEqual(["Schema", 'Name"Foo']);
    expect(reprTupleNames(["a", "b", "c", "d", "abcdefghijklm"])).toBe("a, b, c, ..., abcdefghijk..");
  });
});

describe("parameters in messages", () => {
  it("shows the first eight and the last two of many sets", () => {
    const sets = Array.from({ length: 20 }, (_, i) => [i]);
    expect(reprParams(sets, { ismulti: true })).toBe(
      "[(0,), (1,), (2,), (3,), (4,), (5,), (6,), (7,)  ... displaying 10 of 20 total bound parameter sets ...  (18,), (19,)]",
    );
  });
  it("cuts long sets and long values in the middle", () => {
    expect(
      reprParams(
        Array.from({ length: 105 }, (_, i) => i),
        { ismulti: false },
      ),
    ).toMatch(/^\(0, 1, .* 49 \.\.\. 5 parameters truncated \.\.\. 55, .*, 104\)$/);
    expect(reprParams(new Map([["a", "x".repeat(310)]]), { ismulti: false })).toBe(
      `{'a': '${"x".repeat(149)} ... (12 characters truncated) ... ${"x".repeat(149)}'}`,
    );
  });
});

describe("errors", () => {
  it("wraps a driver's error by its class", () => {
    const e = wrapError("SELECT 1", [1, "x"], new DriverError("IntegrityError", "boo"), {
      dbapiNames: ["IntegrityError", "DatabaseError", "Error"],
      ismulti: false,
    });
    expect(e).toBeInstanceOf(IntegrityError);
    expect(String(e)).toBe(
      "(sqlite3.IntegrityError) boo\n[SQL: SELECT 1]\n[parameters: (1, 'x')]\n(Background on this error at: https://sqlalche.me/e/20/gkpj)",
    );
    expect((e as IntegrityError).args).toEqual(["(sqlite3.IntegrityError) boo"]);
  });
  it("wraps anything else in a StatementError", () => {
    const e = wrapError("SELECT 1", [[1, "x"]], host.error("ValueError", "boo"), { ismulti: true });
    expect(e).toBeInstanceOf(StatementError);
    expect(String(e)).toBe("(builtins.ValueError) boo\n[SQL: SELECT 1]\n[parameters: [(1, 'x')]]");
  });
  it("keeps the code of its own errors", () => {
    const e = wrapError("SELECT 1", [], new MissingGreenlet("boo"), {});
    expect(String(e)).toBe(
      "(sqlalchemy.exc.MissingGreenlet) boo\n[SQL: SELECT 1]\n(Background on this error at: https://sqlalche.me/e/20/xd2s)",
    );
  });
  it("prints no arguments as an empty tuple", () => {
    expect(String(new InvalidRequestError())).toBe("()");
  });
});

describe("LRUCache", () => {
  it("keeps what was used last", () => {
    const cache = new LRUCache<number, number>(4);
    for (let i = 0; i < 6; i++) cache.set(i, i);
    cache.get(0);
    cache.set(6, 6);
    expect([0, 1, 2, 3, 4, 5, 6].filter((k) => cache.has(k))).toEqual([0, 4, 5, 6]);
  });
});
