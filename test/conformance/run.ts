// Runs all cases in two child processes and says in what each differs from its recording.
//
//   node test/conformance/run.ts                   the score by area, and what exceptions.json lists without need
//   node test/conformance/run.ts --write           write exceptions.json anew: every case that does not pass
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { firstDifference, parseRecording, type RecordedStep, stepFaults } from "./compare.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "cases");
const exceptionsFile = join(here, "exceptions.json");
const caseTool = fileURLToPath(new URL("../../tools/case.ts", import.meta.url));
/** Milliseconds for the whole run; a case that hangs is ended by tools/conformance.ts long before. */
const WHOLE_RUN = 10 * 60_000;

export interface CaseResult {
  /** "orm-session/add-same-object-errors" */
  readonly name: string;
  readonly passed: boolean;
  /** What differs first; "" where nothing does. */
  readonly difference: string;
}

/** Paths of cases, relative to the folder of cases. */
export function casePaths(): string[] {
  return readdirSync(root)
    .sort()
    .flatMap((area) =>
      readdirSync(join(root, area))
        .sort()
        .filter((f) => f.endsWith(".py") || statSync(join(root, area, f)).isDirectory())
        .map((f) => `${area}/${f}`),
    );
}

/** Cases that are known not to pass, each with what differs first. */
export function exceptions(): Record<string, string> {
  return existsSync(exceptionsFile)
    ? (JSON.parse(readFileSync(exceptionsFile, "utf8")) as Record<string, string>)
    : {};
}

function recordingOf(path: string): { readonly steps: readonly RecordedStep[] } {
  const full = join(root, path);
  return parseRecording(
    readFileSync(
      statSync(full).isDirectory() ? join(full, "expected.json") : full.replace(/\.py$/, ".expected.json"),
      "utf8",
    ),
  );
}

/** What a child process says of its cases, line by line; cases after one that kills it are tried in another. */
async function runShare(paths: readonly string[], out: Map<string, readonly RecordedStep[]>): Promise<void> {
  let left = [...paths];
  while (left.length) {
    const child = spawn(
      process.execPath,
      ["--max-old-space-size=4096", caseTool, ...left.map((p) => join(root, p))],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    const timer = setTimeout(() => child.kill("SIGKILL"), WHOLE_RUN);
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => (text += part));
    await new Promise((resolve) => child.on("close", resolve));
    clearTimeout(timer);
    let done = 0;
    for (const line of text.split("\n")) {
      if (!line.startsWith("{") || !line.endsWith("}")) continue;
      const ran = parseRecording<{ readonly case: string; readonly steps: readonly RecordedStep[] }>(line);
      out.set(relative(root, ran.case), ran.steps);
      done++;
    }
    // the case after the last that spoke ended its process: it has not passed, the rest go on without it
    if (done === 0 && left.length === paths.length)
      throw new Error("The engine does not start: see the error above.");
    left = left.slice(done + 1);
  }
}

/** Run every case, or those whose path starts with one of the prefixes. */
export async function runCases(prefixes: readonly string[] = [""]): Promise<CaseResult[]> {
  const paths = casePaths().filter((p) => prefixes.some((prefix) => p.startsWith(prefix)));
  const ran = new Map<string, readonly RecordedStep[]>();
  await Promise.all(
    [0, 1].map((half) =>
      runShare(
        paths.filter((_, i) => i % 2 === half),
        ran,
      ),
    ),
  );
  return paths.map((path) => {
    const steps = ran.get(path);
    const wanted = recordingOf(path).steps;
    const at = wanted.findIndex((want, i) => stepFaults(want, steps?.[i]).length > 0);
    return {
      name: path.replace(/(\.cells)?\.py$/, ""),
      passed: at < 0,
      difference: at < 0 ? "" : firstDifference(wanted[at]!, steps?.[at]),
    };
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const results = await runCases();
  const listed = exceptions();
  const areas = new Map<string, [passed: number, all: number]>();
  for (const r of results) {
    const area = r.name.split("/")[0]!;
    const [passed, all] = areas.get(area) ?? [0, 0];
    areas.set(area, [passed + (r.passed ? 1 : 0), all + 1]);
  }
  for (const [area, [passed, all]] of areas) console.log(`${area}: ${passed} of ${all}`);
  console.log(`all: ${results.filter((r) => r.passed).length} of ${results.length}`);
  if (process.argv.includes("--write")) {
    const failing = results
      .filter((r) => !r.passed)
      .map((r) => [r.name, listed[r.name]?.startsWith("! ") ? listed[r.name] : r.difference] as const);
    writeFileSync(exceptionsFile, `${JSON.stringify(Object.fromEntries(failing), null, 2)}\n`);
    console.log(`exceptions.json lists ${failing.length}`);
  } else {
    for (const r of results) {
      if (r.passed && r.name in listed) console.log(`passes now, take it off the list: ${r.name}`);
      if (!r.passed && !(r.name in listed)) console.log(`FAILS: ${r.name}: ${r.difference}`);
    }
  }
}
