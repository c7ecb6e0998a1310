// What comes from outside, made at random, the same at each run. `node tools/fuzz.ts AREA` goes on with other seeds.
import { expect, test } from "vitest";
import { nodeEngine } from "../../../playground-engine/runtime/node.ts";
import type { Try } from "../../../tools/fuzz/fault.ts";
import { databases, links, records, zips } from "../../../tools/fuzz/inputs.ts";
import { completions, terminalLines } from "../../../tools/fuzz/terminal.ts";

const SEED = 20261120;
const AREAS: readonly (readonly [what: string, fuzz: Try, runs: number])[] = [
  ["lines of the terminal never end in a JavaScript error", terminalLines, 600],
  ["completing lines at any place never fails", completions, 1000],
  ["share links are read, or refused with a sentence", links, 600],
  ["zips are opened, or refused with a sentence", zips, 600],
  ["kept workspaces are put right, and sound ones left alone", records, 1000],
  ["damaged SQLite files end in errors of the database", databases, 60],
];

for (const [what, fuzz, runs] of AREAS)
  test(what, { timeout: 120_000 }, async () => {
    const fault = await fuzz(SEED, runs);
    expect(fault && `${fault.source}\n${fault.problem}`).toBeUndefined();
  });

test("a file that SQLite cannot read stays the file it was", async () => {
  const engine = await nodeEngine();
  const content = new Uint8Array(3000).fill(7);
  content.set(new TextEncoder().encode("SQLite format 3\0"));
  engine.forget();
  engine.workspace.replace([{ path: "app.db", content }]);
  let said = "";
  engine.run(
    { kind: "command", line: "sqlite3 app.db .tables" },
    { event: (e) => void (e.kind === "output" && (said += e.text)) },
  );
  expect(said).toContain("file is not a database");
  expect([...engine.workspace.files()].map((f) => [f.path, f.bytes()])).toEqual([["app.db", content]]);
});
