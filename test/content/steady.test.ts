import { expect, test } from "vitest";
import { steady } from "../../site/expressive/steady.ts";

test("addresses are numbered by appearance, wherever they stand", () => {
  const shown = {
    output: ["<A object at 0x7f0000004560>", "<B object at 0x7f0000001230>"],
    error: { message: 'no "0x7f0000004560"' },
  };
  expect(steady(shown)).toEqual({
    output: ["<A object at 0x7f0000001010>", "<B object at 0x7f0000001020>"],
    error: { message: 'no "0x7f0000001010"' },
  });
});

test("times are always the same", () => {
  expect(
    steady(["[generated in 0.02489s] ()", "[cached since 1.7e-05s ago] ()", "1 passed in 2.31s"]),
  ).toEqual(["[generated in 0.00012s] ()", "[cached since 0.0015s ago] ()", "1 passed in 0.05s"]);
});
