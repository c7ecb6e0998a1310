// Programs made at random, the same at each run: none hangs, none ends in a JavaScript error. `node tools/fuzz.ts python`
// goes on with other seeds for as long as it is told to.
import { expect, test } from "vitest";
import { fuzz, type Kind } from "../../../tools/fuzz/python.ts";

const RUNS: readonly (readonly [Kind, number])[] = [
  ["soup", 200],
  ["mutated", 150],
  ["nested", 60],
  ["calls", 40],
];

for (const [kind, runs] of RUNS)
  test(
    `${runs} programs of kind "${kind}" end with a result or a Python exception`,
    { timeout: 120_000 },
    () => {
      expect(fuzz(kind, 20261120, runs)).toBeUndefined();
    },
  );

// what fuzzing found
const FOUND: readonly (readonly [what: string, source: string, last: string])[] = [
  [
    "repr of a list nested beyond the stack",
    "x = []\nfor _ in range(20000): x = [x]\nrepr(x)",
    "RecursionError",
  ],
  [
    "a native function given what it does not expect",
    "import abc\nabc.update_abstractmethods(0).x",
    "AttributeError",
  ],
  [
    "an attribute of a class that has none",
    "import functools\nfunctools.total_ordering(3)",
    "AttributeError",
  ],
  [
    "pairs that are none",
    "import collections\ncollections.UserDict('abc')",
    "ValueError: not enough values to unpack (expected 2, got 1)",
  ],
  ["the hash of what is no number", "print(hash(complex(float('nan'), 1)))\n1/0", "ZeroDivisionError"],
  [
    "a method of enum's metaclass, of what is no class",
    "import enum\nenum.EnumType.__repr__(None)",
    "TypeError: issubclass() arg 1 must be a class",
  ],
  ["functions within functions without end", "x = " + "lambda: ".repeat(3000) + "1", "RecursionError"],
];

for (const [what, source, last] of FOUND)
  test(what, async () => {
    const { run } = await import("./run.ts");
    const { err, outcome } = run(source);
    expect(err.trim().split("\n").at(-1)).toContain(last);
    expect(outcome.exit).toBe(1);
  });
