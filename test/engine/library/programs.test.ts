// What the library does beside mapping and statements, in Python programs, held to what the real one printed.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { compareSections } from "../dialects/sections.ts";

const names = readdirSync(fileURLToPath(new URL(".", import.meta.url)))
  .filter((f) => f.endsWith(".program.py"))
  .map((f) => f.replace(".program.py", ""));

describe.each(names)("%s", async (name) => {
  test.each(await compareSections(name, import.meta.url))("$title", ({ printed, expected }) => {
    expect(printed).toBe(expected);
  });
});
