// Types, tables and statements of each dialect in Python programs, held to what the real library printed.
import { describe, expect, test } from "vitest";
import { compareSections } from "./sections.ts";

describe.each([
  "sqlite",
  "sqlite-reflection",
  "postgresql-ddl",
  "postgresql-sql",
  "mysql",
  "mssql",
  "oracle",
  "drivers",
  "mariadb",
])("%s", async (name) => {
  test.each(await compareSections(name, import.meta.url))("$title", ({ printed, expected }) => {
    expect(printed).toBe(expected);
  });
});
