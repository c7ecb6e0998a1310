// Programs that would take the engine with them: each ends soon, with Python's own exception or with the limit of its run, and the
// next program works.
import { describe, expect, test } from "vitest";
import { runProgram } from "../../../playground-engine/runtime/node.ts";

async function run(
  source: string,
  milliseconds = 1500,
): Promise<{ out: string; ended: string; took: number }> {
  const started = process.cpuUsage();
  const { events, exit } = await runProgram(
    { kind: "script", file: "program.py" },
    { files: [{ path: "program.py", content: source }], limits: { milliseconds } },
  );
  let out = "";
  let ended = `exit ${exit}`;
  for (const e of events) {
    if (e.kind === "output" && e.stream === "stdout") out += e.text;
    if (e.kind === "error") ended = `${e.error.type}: ${e.error.message}`;
    if (e.kind === "limit") ended = e.message;
  }
  return { out, ended, took: process.cpuUsage(started).user / 1000 };
}

/** Of processor time, beyond a program's own limit: the machine is shared. */
const SLACK = 6000;

// A regular expression that JavaScript's own engine runs, and a statement of SQLite's, end with the worker: test/site/faults.test.ts.
describe("without end, stopped by the limit of the run", () => {
  test.each([
    ["a regular expression with many ways", `import re\nre.sub(r"(.*)*,z", "", "a," * 40)`],
    ["a loop", "while True: pass"],
    ["a loop that catches everything", "while True:\n    try:\n        while True: pass\n    except BaseException: pass"],
    ["a generator", "def f():\n    while True: yield 1\nsum(f())"],
    ["an iterator of the library", "import itertools\nfor x in itertools.count(): pass"],
    ["the library's own loop over it", "import itertools\nsum(itertools.repeat(1))"],
  ])("%s", async (_what, source) => {
    const { ended, took } = await run(source);
    expect(ended).toMatch(/^(TimeoutError|KeyboardInterrupt|.*time|OperationalError: interrupted)/i);
    expect(took).toBeLessThan(500 + SLACK);
    expect((await run("print('next')")).out).toBe("next\n");
  }); // prettier-ignore
});

describe("too large, refused at once", () => {
  test.each([
    ["a power of a power", "10 ** 10 ** 10", "MemoryError"],
    ["a shift", "1 << 10 ** 10", "MemoryError"],
    ["a factorial", "import math\nmath.factorial(10 ** 9)", "MemoryError|OverflowError|time"],
    ["doubling without end", "x = [0]\nwhile True: x += x", "MemoryError"],
    ["text that doubles", "x = 'x'\nwhile True: x += x", "MemoryError"],
    ["bytes", "bytes(10 ** 12)", "MemoryError|OverflowError"],
    ["an integer as text", "str(10 ** 5000)", "ValueError: Exceeds the limit"],
    ["text as an integer", "int('9' * 5000)", "ValueError: Exceeds the limit"],
    ["a width", "'{:>{w}}'.format(1, w=10 ** 12)", "MemoryError|ValueError"],
    [
      "a product of lists",
      "list(__import__('itertools').product(range(1000), repeat=9))",
      "MemoryError|time",
    ],
  ])("%s", async (_what, source, ended) => {
    const r = await run(source, 5000);
    expect(r.ended).toMatch(new RegExp(ended));
    expect(r.took).toBeLessThan(5000 + SLACK);
  });
});

describe("too deep, a RecursionError", () => {
  test.each([
    ["a function", "def f(n): return f(n + 1)\nf(0)"],
    ["two of them", "f = lambda: g()\ng = lambda: f()\nf()"],
    ["a property", "class A:\n    @property\n    def x(self): return self.x\nA().x"],
    ["__getattr__", "class A:\n    def __getattr__(self, n): return getattr(self, n + 'x')\nA().x"],
    ["__eq__ of a list in itself", "a = []; a.append(a); b = []; b.append(b)\na == b"],
    ["repr of what nests", "x = []\nfor _ in range(10 ** 5): x = [x]\nrepr(x)"],
    ["a key function", "def f(x): return sorted([x, x], key=f)\nf(1)"],
    ["json", "import json\nx = []\nfor _ in range(10 ** 5): x = [x]\njson.dumps(x)"],
    ["a copy", "import copy\nx = []\nfor _ in range(10 ** 5): x = [x]\ncopy.deepcopy(x)"],
    ["eval", "eval('eval(' * 500 + '1' + ')' * 500)"],
    ["conditions of SQLAlchemy", `from sqlalchemy import column, not_
x = column("a") == 1
for _ in range(20000): x = (x & (column("b") == 2)) | (column("c") == 3)
str(x)`],
  ])("%s", async (_what, source) => {
    const { ended } = await run(source, 20_000);
    expect(ended).toMatch(/^(RecursionError|SyntaxError: too many nested|MemoryError)/);
    expect((await run("print('next')")).out).toBe("next\n");
  }); // prettier-ignore
});
