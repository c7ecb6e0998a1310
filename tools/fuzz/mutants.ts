// Programs of the conformance cases with a mistake put into each, beside what they then do with the real libraries: a wrong
// program fails as the real one fails.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  firstDifference,
  parseRecording,
  type RecordedStep,
  stepFaults,
} from "../../test/conformance/compare.ts";
import { runScript, toJson } from "../conformance.ts";
import type { Fault, Try } from "./fault.ts";

/** Cases that are one script each, of the areas on SQLAlchemy. */
const AREAS = ["core-query", "core-schema", "orm-mapping", "orm-session", "pain-points"] as const;

interface Mutant {
  /** The mistake. */
  readonly what: string;
  readonly source: string;
  readonly step: RecordedStep;
}

function programs(): string[] {
  return AREAS.flatMap((area) => {
    const folder = fileURLToPath(new URL(`../../test/conformance/cases/${area}`, import.meta.url));
    return readdirSync(folder)
      .filter((f) => f.endsWith(".py") && !f.endsWith(".cells.py"))
      .sort()
      .map((f) => readFileSync(`${folder}/${f}`, "utf8"));
  });
}

/** Mutants and what they do with the real library; undefined where python3 does not find it. */
function mutants(seed: number, count: number): Mutant[] | undefined {
  const done = spawnSync("python3", [fileURLToPath(new URL("mutants.py", import.meta.url))], {
    input: JSON.stringify({ seed, count, programs: programs() }),
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, PYTHONHASHSEED: "0", TZ: "UTC" },
  });
  if (/another SQLAlchemy|No module named/.test(done.stderr)) return undefined;
  if (done.status !== 0) throw new Error(`mutants.py ended: ${done.error?.message ?? done.stderr}`);
  return parseRecording<Mutant[]>(done.stdout);
}

const message = (step: RecordedStep | undefined): string =>
  (step?.error?.message ?? "").replace(/0x[0-9a-f]+/g, "0x");

function difference({ what, source, step }: Mutant, ours: RecordedStep): Fault | undefined {
  const problem =
    stepFaults(step, ours).length > 0
      ? firstDifference(step, ours)
      : message(step) !== message(ours)
        ? `the message: recorded ${JSON.stringify(message(step))}, got ${JSON.stringify(message(ours))}`
        : undefined;
  return problem === undefined
    ? undefined
    : { source: `# ${what}\n${source}`, problem: `${what}\n${problem}` };
}

/** How many are made at a time. */
const CHUNK = 20;

export const mutated: Try = async (seed, numRuns, before) => {
  for (let from = 0; from < numRuns; from += CHUNK) {
    before?.("what SQLAlchemy does with some programs");
    const some = mutants(seed * 1000 + from, Math.min(CHUNK, numRuns - from));
    if (!some) throw new Error("python3 does not find SQLAlchemy 2.0.52 (see CONTRIBUTING.md)");
    for (const one of some) {
      before?.(one.source);
      const ours = { ...(await runScript("program.py", one.source)), files: {} };
      const fault = difference(one, parseRecording<RecordedStep>(toJson(ours)));
      if (fault) return fault;
    }
  }
  return undefined;
};
