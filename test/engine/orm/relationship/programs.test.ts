// Relationships in Python programs, held to what the real library printed: in SQL (comparisons, EXISTS, of_type, and_, aliases),
// as annotations and arguments say them, and on objects (flushes, cascades, merge).
import { expect, test } from "vitest";
import { compareProgram } from "../ext/run-program.ts";

test.each(["comparisons", "annotations", "objects"])("%s", async (name) => {
  const { printed, expected } = await compareProgram(name, import.meta.url);
  expect(printed).toBe(expected);
});
