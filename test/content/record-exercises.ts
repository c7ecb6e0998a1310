// node test/content/record-exercises.ts: holds the programs of all exercises against the real libraries.
//
// Each solution and each known wrong answer runs under python3 (SQLAlchemy 2.0.52, Alembic 1.19.1) and is judged by the same
// checker as in the page; content/recorded/exercises.json keeps which checks failed, and the exception. Checks on the cause of a
// statement are left out: only our engine knows causes.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseFrontmatter } from "@astrojs/markdown-remark";
import type { Event } from "../../playground-engine/runtime/protocol.ts";
import { EXERCISES, exerciseOf, wrongPrograms } from "../../site/kit/exercise-files.ts";
import { exercise as shape } from "../../site/kit/schema.ts";
import { judge } from "../../site/workbench/exercise/check.ts";
import { cellsOf } from "../../site/workbench/exercise/exercise.ts";
import { outcomeOf, type Outcome, RECORDED_EXERCISES } from "./exercise-outcome.ts";

const programs = readdirSync(EXERCISES)
  .filter((id) => existsSync(join(EXERCISES, id, "index.md")))
  .flatMap((id) => {
    const { frontmatter } = parseFrontmatter(readFileSync(join(EXERCISES, id, "index.md"), "utf8"));
    const x = exerciseOf(id, shape.parse(frontmatter));
    return [["solution", x.solution] as const, ...wrongPrograms(id)].map(([name, source]) => ({
      x,
      name,
      source,
    }));
  });

const done = spawnSync("python3", ["test/content/record_exercises.py"], {
  input: JSON.stringify(programs.map(({ x, source }) => cellsOf(x, source))),
  encoding: "utf8",
  maxBuffer: 1 << 30,
  env: { ...process.env, PYTHONHASHSEED: "0", PYTHONDONTWRITEBYTECODE: "1", TZ: "UTC" },
});
if (done.status !== 0) {
  console.error(done.stderr || "python3 could not be run.");
  process.exit(1);
}
const runs = JSON.parse(done.stdout) as readonly (readonly Event[])[];
const recorded: Record<string, Record<string, Outcome>> = {};
programs.forEach(({ x, name, source }, i) => {
  (recorded[x.id] ??= {})[name] = outcomeOf(x, judge(x, source, runs[i]!));
});
writeFileSync(RECORDED_EXERCISES, `${JSON.stringify(recorded, null, 1)}\n`);
console.log(`${programs.length} programs of ${Object.keys(recorded).length} exercises`);
