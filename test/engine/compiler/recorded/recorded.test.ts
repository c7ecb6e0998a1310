// Holds the compiler to recordings of the real library: text, parameters, result columns, and what is fetched back.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { CompilingDialect } from "../../../../playground-engine/compiler/compiling-dialect.ts";
import { DefaultDialect, sqlite, stringifyDialect } from "../../../../playground-engine/dialects/index.ts";
import { Replay, observe, outcomes, type Case, type Step } from "./replay.ts";

const recorded = JSON.parse(readFileSync(new URL("./recorded.json", import.meta.url), "utf8")) as { readonly setup: readonly Step[]; readonly cases: readonly Case[] };
const modules = { sqlite: sqlite as unknown as Record<string, unknown> };
const dialects: Readonly<Record<string, CompilingDialect>> = {
  build: stringifyDialect(),
  str: stringifyDialect(),
  default: new DefaultDialect(),
  format: new DefaultDialect({ paramstyle: "format" }),
  sqlite: new sqlite.SQLiteDialect(),
  numeric: new sqlite.SQLiteDialect({ paramstyle: "numeric" }),
  named: new sqlite.SQLiteDialect({ paramstyle: "named" }),
};
const setup = new Replay(modules).run(recorded.setup);

for (const [name, dialect] of Object.entries(dialects)) {
  describe(`as recorded: ${name}`, () => {
    for (const c of recorded.cases) {
      const wanted = outcomes(c.results).find(([d]) => d === name)?.[1];
      if (wanted) it(c.source, () => expect(observe(c, new Replay(modules, setup), dialect)).toEqual(wanted));
    }
  });
}
