// Runs a Python program beside a test on our engine: what it printed, told apart from where objects lie in memory.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runCase } from "../../../../tools/conformance.ts";

export interface Comparison {
  readonly printed: string;
  readonly expected: string;
}

/** `name.program.py` beside `base`, and what the real library printed for it (`name.expected.txt`). */
export async function compareProgram(name: string, base: string): Promise<Comparison> {
  const [step] = await runCase(fileURLToPath(new URL(`${name}.program.py`, base)));
  const printed = step!.error ? `${step!.stdout}\n${step!.error.type}: ${step!.error.message}` : step!.stdout;
  return {
    printed: printed.replace(/ at 0x[0-9a-f]+/g, " at 0x"),
    expected: readFileSync(new URL(`${name}.expected.txt`, base), "utf8"),
  };
}
