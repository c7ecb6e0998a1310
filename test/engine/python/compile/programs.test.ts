// Programs beside what CPython printed for them: programs/NAME.py or a folder NAME with main.py, and NAME.out (record.py).
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "../run.ts";

const folder = join(import.meta.dirname, "programs");
const names = readdirSync(folder).filter((f) => !f.endsWith(".out"));

/** Files of a folder by their paths in it. */
function filesIn(dir: string, at = ""): Record<string, string> {
  return Object.assign(
    {},
    ...readdirSync(dir).map((f) =>
      statSync(join(dir, f)).isDirectory() ? filesIn(join(dir, f), `${at}${f}/`) : { [`${at}${f}`]: readFileSync(join(dir, f), "utf8") },
    ),
  ) as Record<string, string>;
}

test.each(names)("%s prints what CPython prints", (name) => {
  const path = join(folder, name);
  const { out, err, outcome } = name.endsWith(".py") ? run(readFileSync(path, "utf8"), name) : run(readFileSync(join(path, "main.py"), "utf8"), "main.py", { files: filesIn(path) });
  expect(out.replace(/0x[0-9a-f]+/g, "0x")).toBe(readFileSync(join(folder, name.replace(/(\.py)?$/, ".out")), "utf8"));
  expect(err).toBe("");
  expect(outcome.exit).toBe(0);
});
