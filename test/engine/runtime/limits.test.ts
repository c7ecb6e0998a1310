// The limits of a program: set in one place (python/runtime/limits.ts), per run where the embedder says so, and never left
// over from the program before.
import { expect, test } from "vitest";
import { runProgram } from "../../../playground-engine/runtime/node.ts";
import type { Event, Limits } from "../../../playground-engine/runtime/protocol.ts";

async function run(source: string, limits: Limits = {}): Promise<{ out: string; events: readonly Event[] }> {
  const { events } = await runProgram(
    { kind: "script", file: "program.py" },
    { files: [{ path: "program.py", content: source }], limits: { milliseconds: 10_000, ...limits } },
  );
  return { out: events.map((e) => (e.kind === "output" ? e.text : "")).join(""), events };
}

test("a recursion limit that one program sets is not the next one's", async () => {
  const depth = "import sys\nprint(sys.getrecursionlimit())\nsys.setrecursionlimit(200)\n";
  expect((await run(depth)).out).toBe("1000\n");
  expect((await run(depth)).out).toBe("1000\n");
  expect((await run(depth, { recursion: 300 })).out).toBe("300\n");
});

test("a call too deep is a RecursionError, a sequence too long a MemoryError, at once", async () => {
  const { out } = await run(
    [
      "def f(n): return f(n + 1)",
      "for g in (lambda: f(0), lambda: 'x' * 10**12, lambda: [0] * 10**12, lambda: list(range(10**12)), lambda: 1 << 10**12):",
      "    try: g()",
      "    except (RecursionError, MemoryError) as e: print(type(e).__name__)",
    ].join("\n"),
  );
  expect(out.trim().split("\n")).toEqual(["RecursionError", ...Array<string>(4).fill("MemoryError")]);
});

test("output beyond its limit is dropped with a message", async () => {
  const { out, events } = await run("for i in range(1000): print('a line of text')", { output: 100 });
  expect(out).toHaveLength(100);
  expect(events.some((e) => e.kind === "limit" && /more than 100 characters/.test(e.message))).toBe(true);
});

test("what a program did to the builtins is undone", async () => {
  expect((await run("import builtins\nbuiltins.len = lambda x: 7\nprint(len([]))")).out).toBe("7\n");
  expect((await run("print(len([]))")).out).toBe("0\n");
});
