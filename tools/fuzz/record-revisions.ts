// node tools/fuzz/record-revisions.ts: what the real Alembic does with sixty histories, for the test that has no Alembic at hand.
import fc from "fast-check";
import { writeFileSync } from "node:fs";
import { history, realDoings } from "./revisions.ts";

const histories = fc.sample(history, { seed: 20261120, numRuns: 60 });
const real = realDoings(histories);
if (!real) throw new Error("python3 does not find Alembic 1.19.1 (see CONTRIBUTING.md)");
const recorded = histories.map((h, i) => ({ ...h, real: real[i] }));
writeFileSync("test/engine/migrations/recorded/histories.json", `${JSON.stringify(recorded, null, 1)}\n`);
