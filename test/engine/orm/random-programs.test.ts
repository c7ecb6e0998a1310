// Programs of models, sessions and queries made at random, each printing what the real SQLAlchemy was seen to print.
// `node tools/fuzz.ts orm` goes on with other numbers, tools/fuzz/record-orm.ts records anew.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ormProgram } from "../../../tools/fuzz/orm-program.ts";
import { difference, printedByOurs } from "../../../tools/fuzz/orm.ts";

const recorded = JSON.parse(
  readFileSync(new URL("recorded/random-programs.json", import.meta.url), "utf8"),
) as readonly { readonly number: number; readonly real: string }[];

test("the same number makes the same program", () => {
  expect(ormProgram(7)).toBe(ormProgram(7));
  expect(ormProgram(7)).not.toBe(ormProgram(8));
});

test("two dozen programs", { timeout: 120_000 }, async () => {
  expect(recorded).toHaveLength(24);
  for (const { number, real } of recorded) {
    const source = ormProgram(number);
    const found = difference(source, await printedByOurs(source), [real]);
    expect(found && `program ${number}\n${found.source}\n${found.problem}`).toBeUndefined();
  }
});
