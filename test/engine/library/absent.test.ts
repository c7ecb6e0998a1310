// Names of the real packages that are not here yet say so; what never was is not promised.
import { expect, test } from "vitest";
import { missing } from "../../../playground-engine/bindings/api/missing.ts";
import { runProgram } from "../../../playground-engine/runtime/node.ts";

async function messages(...lines: readonly string[]): Promise<string[]> {
  const content = lines
    .map((l) => `try:\n    ${l}\nexcept Exception as e:\n    print(f"{type(e).__name__}: {e}")\n`)
    .join("");
  const { events } = await runProgram(
    { kind: "script", file: "main.py" },
    { files: [{ path: "main.py", content: `import sqlalchemy\nfrom sqlalchemy import orm\n${content}` }] },
  );
  return events
    .flatMap((e) => (e.kind === "output" && e.stream === "stdout" ? [e.text] : []))
    .join("")
    .trim()
    .split("\n");
}

const NOT_YET = "(not in the playground yet)";

test("a module's name", async () => {
  const name = missing["sqlalchemy.orm.collections"]!.split(" ")[0]!;
  expect(
    await messages(
      `orm.collections.${name}`,
      `from sqlalchemy.orm.collections import ${name}`,
      "orm.collections.nonsense",
    ),
  ).toEqual([
    `AttributeError: module 'sqlalchemy.orm.collections' has no attribute '${name}' ${NOT_YET}`,
    `ImportError: cannot import name '${name}' from 'sqlalchemy.orm.collections' (unknown location) ${NOT_YET}`,
    "AttributeError: module 'sqlalchemy.orm.collections' has no attribute 'nonsense'",
  ]);
});

test("a class's method", async () => {
  expect(await messages("sqlalchemy.Integer().get_dbapi_type", "sqlalchemy.Integer().nonsense")).toEqual([
    `AttributeError: 'Integer' object has no attribute 'get_dbapi_type' ${NOT_YET}`,
    "AttributeError: 'Integer' object has no attribute 'nonsense'",
  ]);
});

test("few names of the two packages that every program imports from are missing", () => {
  for (const module of ["sqlalchemy", "sqlalchemy.orm"])
    expect((missing[module] ?? "").split(" ").filter(Boolean).length).toBeLessThan(5);
});
