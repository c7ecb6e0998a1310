// node tools/size.ts: what a reader downloads, from dist, held to its budgets. Sizes are gzipped, in KB of 1000 bytes.
// What each of them is: weights.ts.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { weigh } from "./weights.ts";

const KB = 1000;
// The goals of the plan are 60 and 450. The worker is over its goal since the ORM and every SQL construct came in (2026-11):
// its budget holds what is reached (660 until the names of the API were nearly all there), to be lowered with every saving. `whole` grows with what the
// playground learns: nobody loads it at once.
const BUDGETS = { page: 60 * KB, worker: 690 * KB, whole: 1200 * KB } as const;
const GOALS = { page: 60 * KB, worker: 450 * KB, whole: undefined } as const;

const dist = resolve("dist");
if (!existsSync(dist)) {
  console.error("There is no dist: run `npm run build` first.");
  process.exit(2);
}
const measured = weigh(dist);
let over = false;
for (const what of Object.keys(BUDGETS) as (keyof typeof BUDGETS)[]) {
  const size = measured[what];
  const fits = size <= BUDGETS[what];
  over ||= !fits;
  const goal = GOALS[what];
  console.log(
    `${what.padEnd(7)} ${(size / KB).toFixed(1).padStart(7)} KB of ${BUDGETS[what] / KB}${goal !== undefined && size > goal ? `; the goal is ${goal / KB}` : ""}${fits ? "" : "  OVER"}${what === "page" ? `  (${measured.heaviest})` : ""}`,
  );
}
process.exit(over ? 1 : 0);
