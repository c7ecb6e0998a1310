// Tests of programs beside what CPython printed for them: NAME.py or a folder NAME with main.py, and NAME.out (record.py).
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "./run.ts";

/** Beside every program: `show(globals(), text)` prints the value of every line or its error. */
const show = readFileSync(join(import.meta.dirname, "show.py"), "utf8");

/** Files of a folder by their paths in it. */
function filesIn(dir: string, at = ""): Record<string, string> {
  return Object.assign(
    {},
    ...readdirSync(dir).map((f) =>
      statSync(join(dir, f)).isDirectory()
        ? filesIn(join(dir, f), `${at}${f}/`)
        : { [`${at}${f}`]: readFileSync(join(dir, f), "utf8") },
    ),
  ) as Record<string, string>;
}

export function testPrograms(folder: string): void {
  const names = readdirSync(folder).filter((f) => !f.endsWith(".out"));
  test.each(names)("%s prints what CPython prints", (name) => {
    const path = join(folder, name);
    const single = name.endsWith(".py");
    const main = single ? name : "main.py";
    const { out, err, outcome } = run(readFileSync(single ? path : join(path, main), "utf8"), main, {
      files: { "show.py": show, ...(single ? {} : filesIn(path)) },
    });
    expect(out.replace(/0x[0-9a-f]+/g, "0x")).toBe(
      readFileSync(join(folder, name.replace(/(\.py)?$/, ".out")), "utf8"),
    );
    // programs that ask for mistakes write what CPython warns of while it compiles: recorded with -W ignore
    expect(err.replace(/^.*: SyntaxWarning: .*\n(?: {2}.*\n)?/gm, "")).toBe("");
    expect(outcome.exit).toBe(0);
  });
}
