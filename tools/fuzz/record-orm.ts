// node tools/fuzz/record-orm.ts: records what the programs of the first numbers print with the real SQLAlchemy, for
// test/engine/orm/random-programs.test.ts. Programs in which chance shows (the order of a set) are passed over.
import { writeFileSync } from "node:fs";
import { difference, printedByReal } from "./orm.ts";
import { ormProgram } from "./orm-program.ts";

const COUNT = 24;
const numbers = Array.from({ length: COUNT * 3 }, (_, i) => i + 1);
const sources = numbers.map((n) => ormProgram(n));
const printed = printedByReal(sources);
if (!printed) throw new Error("python3 does not find SQLAlchemy 2.0.52 (see CONTRIBUTING.md)");
const recorded = numbers
  .map((number, i) => ({ number, real: printed[i]![0]!, runs: printed[i]! }))
  .filter(({ runs }) => runs.every((run) => difference("", run, [runs[0]!]) === undefined))
  .slice(0, COUNT)
  .map(({ number, real }) => ({ number, real: real.replace(/0x[0-9a-f]+/g, "0x") }));
writeFileSync(
  new URL("../../test/engine/orm/recorded/random-programs.json", import.meta.url),
  `${JSON.stringify(recorded, null, 1)}\n`,
);
