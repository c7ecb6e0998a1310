// Relationships in SQL: comparisons, EXISTS, of_type, and_, aliases, held to what the real library printed.
import { expect, test } from "vitest";
import { compareProgram } from "../ext/run-program.ts";

test("comparisons", async () => {
  const { printed, expected } = await compareProgram("comparisons", import.meta.url);
  expect(printed).toBe(expected);
});
