// Holds the compiler to recordings of the real library: text, parameters, result columns, and what is fetched back.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { CompilingDialect } from "../../../../playground-engine/compiler/compiling-dialect.ts";
import * as room from "../../../../playground-engine/dialects/index.ts";
import { Replay, observe, outcomes, type Case, type Step } from "./replay.ts";

const recorded = JSON.parse(readFileSync(new URL("./recorded.json", import.meta.url), "utf8")) as { readonly setup: readonly Step[]; readonly cases: readonly Case[] };
const { DefaultDialect, sqlite, stringifyDialect } = room;

const dialects = new Map<string, CompilingDialect | undefined>([
  ["building", undefined],
  ["build", stringifyDialect()],
  ["str", stringifyDialect()],
  ["default", new DefaultDialect()],
  ["format", new DefaultDialect({ paramstyle: "format" })],
  ["numeric", new sqlite.SQLiteDialect({ paramstyle: "numeric" })],
  ["named", new sqlite.SQLiteDialect({ paramstyle: "named" })],
]);
const modules: Record<string, Record<string, unknown>> = {};
const CLASSES = { sqlite: "SQLiteDialect", postgresql: "PGDialect", mysql: "MySQLDialect", mssql: "MSDialect", oracle: "OracleDialect" };
for (const [name, cls] of Object.entries(CLASSES)) {
  const module = (room as unknown as Record<string, Record<string, unknown> | undefined>)[name];
  if (!module) continue;
  modules[name] = module;
  dialects.set(name, new (module[cls] as new () => CompilingDialect)());
}
const setup = new Replay(modules).run(recorded.setup);

for (const [name, dialect] of dialects) {
  describe(`as recorded: ${name}`, () => {
    for (const c of recorded.cases) {
      const wanted = outcomes(c.results).find(([d]) => d === name)?.[1];
      if (wanted) it(`${c.source} ${c.options.map(([k]) => k).join()}`, () => expect(observe(c, new Replay(modules, setup), dialect)).toEqual(wanted));
    }
  });
}
