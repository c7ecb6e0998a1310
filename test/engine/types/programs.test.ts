// Generic types in Python programs, held to what the real library printed.
import { describe, expect, test } from "vitest";
import { compareSections } from "../dialects/sections.ts";

describe.each(["types", "desk"])("%s", async (name) => {
  test.each(await compareSections(name, import.meta.url))("$title", ({ printed, expected }) => {
    expect(printed).toBe(expected);
  });
});
