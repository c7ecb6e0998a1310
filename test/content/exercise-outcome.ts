// What became of a program of an exercise, as far as the real libraries can tell too.
import type { Judgement } from "../../site/workbench/exercise/check.ts";
import type { Exercise } from "../../site/workbench/exercise/exercise.ts";

export const RECORDED_EXERCISES = "content/recorded/exercises.json";

export interface Outcome {
  /** Positions of the checks that failed, from 1; those on causes aside. */
  readonly failed: readonly number[];
  readonly error: string | null;
}

export function outcomeOf(x: Exercise, j: Judgement): Outcome {
  const byCause = (i: number): boolean => {
    const check = x.checks[i]!;
    return "statements" in check && check.statements.cause !== undefined;
  };
  return {
    failed: j.verdicts.flatMap((v, i) => (v.passed || byCause(i) ? [] : [i + 1])),
    error: j.run.error?.type ?? null,
  };
}
