// Programs of models, sessions and queries (orm-program.ts), beside what they print with the real SQLAlchemy.
//
// python3 runs fuzz/orm.py once for many programs. What it printed for a few fixed numbers is kept beside the test, so that a
// machine without SQLAlchemy holds to it too.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { runProgram } from "../../playground-engine/runtime/node.ts";
import type { Fault, Try } from "./fault.ts";
import { ormProgram } from "./orm-program.ts";

/** What a program prints on ours. */
export async function printedByOurs(source: string): Promise<string> {
  const { events } = await runProgram(
    { kind: "script", file: "program.py" },
    { files: [{ path: "program.py", content: source }], limits: { milliseconds: 20_000 } },
  );
  return events
    .map((e) => {
      if (e.kind === "output") return e.stream === "stdout" ? e.text : "";
      if (e.kind === "error") return `ended by ${e.error.type} ${e.error.message}\n`;
      return e.kind === "limit" ? `ended by a limit: ${e.message}\n` : "";
    })
    .join("");
}

/** What the real library prints for each, in several runs; undefined where python3 does not find it. */
export function printedByReal(sources: readonly string[]): string[][] | undefined {
  const runs = ["1", "2", "3"].map((number) => {
    const done = spawnSync("python3", [fileURLToPath(new URL("orm.py", import.meta.url)), number], {
      input: JSON.stringify(sources),
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    return done.status === 0 ? (JSON.parse(done.stdout) as string[]) : undefined;
  });
  return runs[0] && sources.map((_, i) => runs.map((run) => run![i]!));
}

/** A step's lines: its text, then what it printed. */
function stepsOf(printed: string): string[][] {
  const steps: string[][] = [[]];
  for (const line of printed.replace(/0x[0-9a-f]+/g, "0x").split("\n")) {
    if (!line.startsWith("  ") && line !== "") steps.push([]);
    steps.at(-1)!.push(line);
  }
  return steps;
}

/**
 * The library itself keeps some things in sets: the order of a step's statements, of columns loaded together, of rows of a link.
 * Which statements came before one that failed, and which of two fails, is left to chance then, too.
 */
function unordered(lines: readonly string[]): string {
  const failed = lines.find((l) => l.startsWith("  !"));
  if (failed !== undefined) return failed.split(" ").slice(0, 4).join(" ");
  return lines
    .map((l) => (l.match(/[\w.?'"!=<>]+/g) ?? []).sort().join(" "))
    .sort()
    .join("\n");
}

/** The first step that printed something else than it should; not looked for behind one that itself differs from run to run. */
export function difference(source: string, ours: string, real: readonly string[]): Fault | undefined {
  const got = stepsOf(ours);
  const [want, ...others] = real.map(stepsOf);
  for (const [i, lines] of want!.entries()) {
    const wanted = unordered(lines);
    // an assertion without words is a fault of the library's own: what is left behind is not looked at
    if (/^  ! AssertionError\s*$/m.test(lines.join("\n"))) return undefined;
    if (others.some((o) => unordered(o[i] ?? []) !== wanted)) return undefined;
    if (unordered(got[i] ?? []) !== wanted)
      return {
        source,
        problem: `printed\n${(got[i] ?? ["nothing"]).join("\n")}\nand should have printed\n${lines.join("\n")}`,
      };
  }
  return undefined;
}

/** How many are given to Python at a time. */
const CHUNK = 12;
const STEPS = 30;

/** One fault as few steps as show it: a program with fewer steps begins as the longer one does. */
async function shortest(number: number, fault: Fault): Promise<Fault> {
  const lengths = Array.from({ length: STEPS }, (_, i) => i);
  const sources = lengths.map((n) => ormProgram(number, n));
  const real = printedByReal(sources)!;
  for (const n of lengths) {
    const found = difference(sources[n]!, await printedByOurs(sources[n]!), real[n]!);
    if (found) return found;
  }
  return fault;
}

export const ormPrograms: Try = async (seed, numRuns, before) => {
  for (let from = 0; from < numRuns; from += CHUNK) {
    const numbers = Array.from({ length: Math.min(CHUNK, numRuns - from) }, (_, i) => seed * 1000 + from + i);
    const sources = numbers.map((n) => ormProgram(n, STEPS));
    before?.(`what SQLAlchemy does with ${sources.length} programs`);
    const real = printedByReal(sources);
    if (!real) throw new Error("python3 does not find SQLAlchemy 2.0.52 (see CONTRIBUTING.md)");
    for (const [i, source] of sources.entries()) {
      before?.(source);
      const fault = difference(source, await printedByOurs(source), real[i]!);
      if (fault) return shortest(numbers[i]!, fault);
    }
  }
  return undefined;
};
