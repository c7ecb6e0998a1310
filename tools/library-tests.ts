// node tools/library-tests.ts CHECKOUT [WORDS…] [--json FILE] [--failures]
//
// Runs SQLAlchemy's own tests on the playground's engine: those of CHECKOUT, a copy of the project at the version we answer to,
// whose names contain one of WORDS (test.orm.test_cascade), or all. The same tests run with the real library where python3 has it
// on PYTHONPATH; what it passes is what ours is counted against. With --failures, each test that only the real library passes.
//
// A test that looks into the library's private parts fails here and says nothing; one that asks what a program can see is a case
// to mend.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { classes as core } from "./api/core.ts";
import { classes as dialects } from "./api/dialects.ts";
import { classes as engine } from "./api/engine.ts";
import { classes as ext } from "./api/ext.ts";
import { classes as orm } from "./api/orm.ts";
import { compare, type Outcome, outcomes } from "./library-tests/compare.ts";
import { layOut } from "./library-tests/layout.ts";
import { PRIVATE_NAMES } from "./library-tests/private-names.ts";

const HERE = join(import.meta.dirname, "library-tests");
const MINUTES = 15;

const args = process.argv.slice(2);
const flag = (name: string): boolean => {
  const at = args.indexOf(name);
  if (at >= 0) args.splice(at, 1);
  return at >= 0;
};
const valueOf = (name: string): string | undefined => {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args.splice(at, 2)[1];
};
const json = valueOf("--json");
const failures = flag("--failures");
const [checkout, ...words] = args;
if (checkout === undefined) {
  console.error("usage: node tools/library-tests.ts CHECKOUT [WORDS…] [--json FILE] [--failures]");
  process.exit(2);
}

/** Run a program to its end, or for a quarter of an hour. @returns what it wrote */
function ran(
  program: string,
  argv: readonly string[],
  environment: Readonly<Record<string, string>>,
  input = "",
): string {
  return spawnSync(program, argv, {
    encoding: "utf8",
    env: { ...process.env, ...environment },
    input,
    maxBuffer: 2 ** 28,
    stdio: ["pipe", "pipe", "ignore"],
    timeout: MINUTES * 60_000,
  }).stdout;
}

const folder = mkdtempSync(join(tmpdir(), "library-tests-"));
try {
  const modules = layOut(checkout, folder).filter(
    (m) => words.length === 0 || words.some((w) => m.includes(w)),
  );
  const python = {
    PYTHONPATH: [HERE, folder, process.env.PYTHONPATH ?? ""].join(":"),
    PYTHONWARNINGS: "ignore",
  };
  const hasReal = ran("python3", ["-c", "import sqlalchemy; print(sqlalchemy.__version__)"], python).trim();
  console.log(
    hasReal ? `held to SQLAlchemy ${hasReal}` : "python3 finds no sqlalchemy: every test counts that ran",
  );
  if (hasReal) {
    const names = [core, dialects, engine, ext, orm].flatMap((area) => area.map(([name]) => name));
    const found = ran("python3", [join(HERE, "private_names.py")], python, JSON.stringify(names));
    writeFileSync(join(folder, PRIVATE_NAMES), found);
  }
  const rows: { module: string; passed: number; of: number }[] = [];
  for (const module of modules) {
    const ours = outcomes(ran(process.execPath, [join(HERE, "ours.ts"), folder, module], {}));
    const real: ReadonlyMap<string, Outcome> = hasReal
      ? outcomes(ran("python3", [join(HERE, "runner.py"), module], python))
      : new Map([...ours].map(([name]) => [name, { passed: true, words: "" }]));
    const { passed, missed } = compare(real, ours);
    const of = passed + missed.length;
    if (of === 0) continue;
    rows.push({ module, passed, of });
    console.log(`${String(passed).padStart(6)} of ${String(of).padStart(5)}  ${module}`);
    if (failures) for (const { name, words: why } of missed) console.log(`        ${name}: ${why}`);
  }
  const sum = (of: (row: (typeof rows)[number]) => number): number => rows.reduce((n, row) => n + of(row), 0);
  console.log(`${sum((r) => r.passed)} of ${sum((r) => r.of)} tests pass`);
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(rows, undefined, 1)}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
