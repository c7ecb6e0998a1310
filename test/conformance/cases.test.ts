// Every case does what its recording says, unless exceptions.json lists it; and nothing is listed that passes.
import { beforeAll, describe, expect, test } from "vitest";
import { casePaths, type CaseResult, exceptions, runCases } from "./run.ts";

const results = new Map<string, CaseResult>();
const listed = exceptions();

beforeAll(async () => {
  for (const r of await runCases()) results.set(r.name, r);
}, 600_000);

const names = casePaths().map((p) => p.replace(/(\.cells)?\.py$/, ""));

describe("what the real libraries do", () => {
  for (const name of names.filter((n) => !(n in listed)))
    test(name, () => {
      expect(results.get(name)?.difference ?? "did not run").toBe("");
    });
});

describe("known not to pass (exceptions.json)", () => {
  test("every exception is a case", () => {
    expect(Object.keys(listed).filter((name) => !names.includes(name))).toEqual([]);
  });
  test("no exception passes: take it off the list", () => {
    expect(Object.keys(listed).filter((name) => results.get(name)?.passed)).toEqual([]);
  });
});
