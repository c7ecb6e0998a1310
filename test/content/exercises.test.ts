// Every exercise: its solution passes every check, its start does not, and each known wrong answer fails with its own explanation;
// and under the real libraries it is the same (content/recorded/exercises.json, made by record-exercises.ts).
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseFrontmatter } from "@astrojs/markdown-remark";
import { describe, expect, test } from "vitest";
import { runProgram } from "../../playground-engine/runtime/node.ts";
import { EXERCISES, exerciseOf, wrongPrograms } from "../../site/kit/exercise-files.ts";
import { exercise as shape } from "../../site/kit/schema.ts";
import { judge, type Judgement } from "../../site/workbench/exercise/check.ts";
import { cellsOf, type Exercise } from "../../site/workbench/exercise/exercise.ts";
import { type Outcome, outcomeOf, RECORDED_EXERCISES } from "./exercise-outcome.ts";

const ids = readdirSync(EXERCISES).filter((id) => existsSync(join(EXERCISES, id, "index.md")));

async function judged(x: Exercise, source: string): Promise<Judgement> {
  const { cells, files } = cellsOf(x, source);
  const { events } = await runProgram(
    { kind: "cells", session: "exercise", fresh: true, echo: false, cells },
    { simulate: false, files },
  );
  return judge(x, source, events);
}

/** What went wrong, for the message of a test that fails. */
const told = (j: Judgement): string =>
  [
    ...j.verdicts.filter((v) => !v.passed).map((v) => `${v.says}: ${v.found}`),
    j.run.error?.traceback ?? "",
  ].join("\n");

const recorded = JSON.parse(readFileSync(RECORDED_EXERCISES, "utf8")) as Readonly<
  Record<string, Readonly<Record<string, Outcome>>>
>;

test("there are at least thirty", () => {
  expect(ids.length).toBeGreaterThanOrEqual(30);
});

describe.each(ids)("%s", (id) => {
  const { frontmatter } = parseFrontmatter(readFileSync(join(EXERCISES, id, "index.md"), "utf8"));
  const data = shape.parse(frontmatter);
  const x = exerciseOf(id, data);
  const wrong = wrongPrograms(id);

  test("the solution passes", async () => {
    const j = await judged(x, x.solution);
    expect(told(j)).toBe("");
    expect(j.passed).toBe(true);
    expect(outcomeOf(x, j), "run test/content/record-exercises.ts").toEqual(recorded[id]?.solution);
  });

  test("the start does not", async () => {
    expect((await judged(x, x.start)).passed).toBe(false);
  });

  test("each wrong answer has its program and its explanation", () => {
    expect([...wrong.keys()].sort()).toEqual(data.wrong.map((w) => w.name).sort());
  });

  test.each([...wrong])("wrong/%s fails with its explanation", async (name, source) => {
    const j = await judged(x, source);
    expect(j.passed).toBe(false);
    expect(j.wrong?.name, told(j)).toBe(name);
    expect(outcomeOf(x, j), "run test/content/record-exercises.ts").toEqual(recorded[id]?.[name]);
  });
});
