// Extensions in Python programs, held to what the real library printed.
import { expect, test } from "vitest";
import { compareProgram } from "./run-program.ts";

test.each(["hybrid", "association-proxy", "mutable-and-ordering-list", "automap-and-concrete"])(
  "%s",
  async (name) => {
    const { printed, expected } = await compareProgram(name, import.meta.url);
    expect(printed).toBe(expected);
  },
);
