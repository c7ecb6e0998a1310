// Reads an exercise from its folder: content/exercises/ID. Used when the site is built, and by the tests.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import type { WorkspaceFile } from "../../playground-engine/runtime/protocol.ts";
import type { Exercise } from "../workbench/exercise/exercise.ts";
import type { ExerciseData } from "./schema.ts";

export const EXERCISES = "content/exercises";

const text = (path: string): string | null => (existsSync(path) ? readFileSync(path, "utf8") : null);

function below(dir: string): string[] {
  return readdirSync(dir)
    .sort()
    .flatMap((name) => {
      const path = join(dir, name);
      return statSync(path).isDirectory() ? below(path) : [path];
    });
}

/** The exercise in a folder, its front matter already read. @throws Error naming what is missing */
export function exerciseOf(id: string, data: ExerciseData): Exercise {
  const dir = join(EXERCISES, id);
  const needed = (name: string): string => {
    const found = text(join(dir, name));
    if (found === null) throw new Error(`${dir}: there is no ${name}`);
    return found;
  };
  const files: WorkspaceFile[] = existsSync(join(dir, "files"))
    ? below(join(dir, "files")).map((path) => ({
        path: relative(join(dir, "files"), path),
        content: readFileSync(path, "utf8"),
      }))
    : [];
  return {
    id,
    title: data.title,
    file: data.file,
    setup: text(join(dir, "setup.py")),
    drive: text(join(dir, "drive.py")),
    probe: text(join(dir, "probe.py")),
    files,
    start: needed("start.py"),
    solution: needed("solution.py"),
    checks: data.checks,
    hints: data.hints,
    wrong: data.wrong,
  };
}

/** The programs of an exercise's known wrong answers, by name. */
export function wrongPrograms(id: string): ReadonlyMap<string, string> {
  const dir = join(EXERCISES, id, "wrong");
  if (!existsSync(dir)) return new Map();
  return new Map(
    readdirSync(dir).map((name) => [name.replace(/\.py$/, ""), readFileSync(join(dir, name), "utf8")]),
  );
}
