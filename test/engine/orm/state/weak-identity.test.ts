// The weak identity map, held to what the real library printed under CPython.
import { expect, test } from "vitest";
import { compareProgram } from "../ext/run-program.ts";

test("objects leave the identity map when the program lets go of them", async () => {
  const { printed, expected } = await compareProgram("weak-identity", import.meta.url);
  expect(printed).toBe(expected);
});
