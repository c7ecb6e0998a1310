// Alembic in Python programs, section by section, held to what the real Alembic printed (record.py).
import { describe, expect, test } from "vitest";
import { compareSections } from "../dialects/sections.ts";

const here = new URL("./programs/", import.meta.url).href;

describe.each(["operations", "batch", "objects", "autogenerate", "revisions", "commands", "emitted"])(
  "%s",
  async (name) => {
    test.each(await compareSections(name, here))("$title", ({ printed, expected }) => {
      expect(printed).toBe(expected);
    });
  },
);
