// What the tests of pages have in common: running a page's examples, and holding what they showed against a recording.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { expect } from "vitest";
import type { Event } from "../../playground-engine/runtime/protocol.ts";
import type { Fence } from "../../site/expressive/fences.ts";
import { runCells } from "../../site/expressive/run-cells.ts";
import { emptyRun, outputText, withEvents } from "../../site/workbench/model/run-model.ts";

/** What CPython 3.11 with SQLAlchemy 2.0.52 and Alembic 1.19.1 did with an example (record.py). */
export interface Recorded {
  readonly title: string;
  readonly source: string;
  readonly stdout: string;
  readonly error: { readonly type: string; readonly message: string } | null;
  /** a statement with its parameters' repr, or what a transaction did */
  readonly events: readonly (readonly [string, string] | string)[];
}
type Shown = Omit<Recorded, "title" | "source">;

export const digest = (source: string): string =>
  createHash("sha256").update(source).digest("hex").slice(0, 16);

export const recordingIn = <T = Recorded>(file: string): readonly T[] =>
  existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as readonly T[]) : [];

/** Without what differs from run to run: addresses, threads, and the order in which the real library names the members of a set. */
const told = (text: string): string =>
  text
    .replace(/\b0x[0-9a-f]{6,}\b/g, "0x…")
    .replace(/thread id \d+/g, "thread id N")
    .replace(/(generated in|cached since) [\d.e-]+s/g, "$1 no time")
    .replace(/(Circular dependency detected\.).*/, "$1");

/** Without the time of day either, for examples that show what it is. */
export const timeless = (text: string): string =>
  told(text).replace(/\d{4}-\d\d-\d\d [\d:,]+/g, "at some time");

/** What an example showed. */
function shown(events: readonly Event[]): Shown {
  const model = withEvents(emptyRun, events);
  return {
    stdout: outputText({ ...model, output: model.output.filter((p) => p.stream === "stdout") }),
    error: model.error && { type: model.error.type, message: model.error.message },
    events: model.sql.map((e) =>
      e.kind === "statement" ? ([e.statement.sql, e.statement.params] as const) : e.what,
    ),
  };
}

const toldOf = ({ stdout, error, events }: Shown, tell: (text: string) => string): Shown => ({
  stdout: tell(stdout),
  error: error && { type: error.type, message: tell(error.message) },
  events: events.map((e) => (typeof e === "string" ? e : ([e[0], tell(e[1])] as const))),
});

/** Runs a console's cells and expects of each what its recording says, and the exception that its page says. */
export async function expectRecorded(
  cells: readonly Fence[],
  recorded: readonly Recorded[],
  tell = told,
): Promise<void> {
  (await runCells(cells)).forEach((events, i) => {
    const cell = cells[i]!;
    const where = `line ${cell.line}, ${cell.title}`;
    const ours = shown(events);
    expect(toldOf(ours, tell), where).toEqual(toldOf(recorded[cell.index]!, tell));
    expect(ours.error?.type ?? null, where).toBe(cell.expectError);
  });
}
