// Tables, constraints and sequences in a Python program, held to what the real library printed.
import { expect, test } from "vitest";
import { compareSections } from "../dialects/sections.ts";

test.each(await compareSections("schema", import.meta.url))("$title", ({ printed, expected }) => {
  expect(printed).toBe(expected);
});
