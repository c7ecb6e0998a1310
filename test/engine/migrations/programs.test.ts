// Alembic in Python programs, section by section, held to what the real Alembic printed (record.py).
import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compareSections } from "../dialects/sections.ts";

const here = new URL("./programs/", import.meta.url).href;

const names = readdirSync(new URL(here))
  .filter((f) => f.endsWith(".program.py"))
  .map((f) => f.replace(".program.py", ""));

describe.each(names)("%s", async (name) => {
  test.each(await compareSections(name, here))("$title", ({ printed, expected }) => {
    expect(printed).toBe(expected);
  });
});
