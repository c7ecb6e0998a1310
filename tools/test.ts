// `npm test`: every check there is, cheap ones first, and one closing line `N passed, N failed`.
//
//   npm test                      everything
//   npm test -- --only unit,arrows   some steps, by name
//   npm test -- --fast            without the steps that build the site or open a browser
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { needChromium } from "./chromium.ts";

interface Step {
  readonly name: string;
  readonly what: string;
  readonly command: readonly string[];
  /** Reads the counts of the runner from its report; one passed or failed check where left out. */
  readonly report?: string;
  readonly slow?: boolean;
  readonly browser?: boolean;
}

const cache = "node_modules/.cache/test";
const vitest = (name: string, ...paths: string[]): Pick<Step, "command" | "report"> => ({
  command: [
    "vitest",
    "run",
    ...paths,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${cache}/${name}.json`,
  ],
  report: `${cache}/${name}.json`,
});

const steps: readonly Step[] = [
  {
    name: "format",
    what: "formatting (npm run format mends it)",
    command: ["prettier", "--check", "--log-level", "warn", "."],
  },
  { name: "lint", what: "lint", command: ["eslint", "."] },
  {
    name: "arrows",
    what: "who may import whom",
    command: ["depcruise", "--config", ".dependency-cruiser.cjs", "playground-engine", "site", "tools"],
  },
  // A fresh clone lacks .astro/, the types of content and of asset imports, which `types` reads.
  { name: "sync", what: "types that Astro generates", command: ["astro", "sync"] },
  { name: "types", what: "types", command: ["tsc", "--noEmit"] },
  {
    name: "pages",
    what: "types of pages",
    command: ["astro", "check", "--minimumSeverity", "error"],
    slow: true,
  },
  { name: "unit", what: "engine and tools", ...vitest("unit", "test/engine", "test/tools") },
  { name: "conformance", what: "what the real libraries do", ...vitest("conformance", "test/conformance") },
  { name: "content", what: "every example of every page", ...vitest("content", "test/content") },
  { name: "build", what: "the site builds", command: ["astro", "build", "--force"], slow: true },
  { name: "size", what: "size budget", command: ["node", "tools/size.ts"], slow: true },
  {
    name: "site",
    what: "the site in a real browser",
    ...vitest("site", "test/site"),
    slow: true,
    browser: true,
  },
];

const args = process.argv.slice(2);
const only = args.includes("--only")
  ? new Set((args[args.indexOf("--only") + 1] ?? "").split(","))
  : undefined;
const fast = args.includes("--fast");
const chosen = steps.filter((s) => (only ? only.has(s.name) : !(fast && s.slow)));
if (only && chosen.length !== only.size) {
  console.error(`Unknown step: known are ${steps.map((s) => s.name).join(", ")}`);
  process.exit(2);
}

rmSync(cache, { recursive: true, force: true });
mkdirSync(cache, { recursive: true });
let passed = 0;
let failed = 0;
let skipped = 0;
const broken: string[] = [];
const env: NodeJS.ProcessEnv = {
  ...process.env,
  ASTRO_TELEMETRY_DISABLED: "1",
  FORCE_COLOR: process.env.FORCE_COLOR ?? "0",
};

for (const step of chosen) {
  const started = performance.now();
  console.log(`\n── ${step.name}: ${step.what}`);
  if (step.browser) env.CHROMIUM = needChromium();
  const [command, ...rest] = step.command as [string, ...string[]];
  const done = spawnSync(command, rest, { stdio: "inherit", env });
  const ok = done.status === 0;
  if (step.report && existsSync(step.report)) {
    const report = JSON.parse(readFileSync(step.report, "utf8")) as {
      numPassedTests: number;
      numFailedTests: number;
      numPendingTests: number;
      numTodoTests: number;
    };
    passed += report.numPassedTests;
    failed += report.numFailedTests;
    skipped += report.numPendingTests + report.numTodoTests;
    if (!ok && report.numFailedTests === 0) failed++;
  } else if (ok) passed++;
  else failed++;
  if (!ok) broken.push(step.name);
  console.log(
    `── ${step.name}: ${ok ? "passed" : "FAILED"} in ${((performance.now() - started) / 1000).toFixed(1)} s`,
  );
}

if (broken.length) console.log(`\nFailed steps: ${broken.join(", ")}`);
console.log(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`);
process.exit(failed || broken.length ? 1 : 0);
