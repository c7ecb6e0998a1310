import { expect, test } from "vitest";
import { sqlTokens } from "../../site/workbench/model/sql-tokens.ts";

const SQL = `CREATE TABLE a (
  id INTEGER NOT NULL,
  PRIMARY KEY (id)
) -- one`;

test("tokens joined are the SQL again, and keywords side by side are one token", () => {
  const tokens = sqlTokens(SQL);
  expect(tokens.map((t) => t.text).join("")).toBe(SQL);
  expect(tokens.filter((t) => t.kind === "keyword").map((t) => t.text)).toEqual([
    "CREATE TABLE",
    "INTEGER NOT NULL",
    "PRIMARY KEY",
  ]);
});
