// What a program names is what is loaded for it: the files of the standard library, with all that they import.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { stdlibTable } from "../../../tools/stdlib-table.ts";
import { nodeEngine } from "../../../playground-engine/runtime/node.ts";
import { nativeModuleNames } from "../../../playground-engine/python/runtime/modules.ts";
import { stdlibFiles } from "../../../playground-engine/python/stdlib/table.ts";

const table = fileURLToPath(new URL("../../../playground-engine/python/stdlib/table.ts", import.meta.url));

test("the table of the standard library's files is what the files say (node tools/stdlib-table.ts)", () => {
  const plain = (text: string): string => text.replace(/\s+|,(?=\s*[\])])/g, "");
  expect(plain(readFileSync(table, "utf8"))).toBe(plain(stdlibTable()));
});

test("every module it lists exists, and each has one file", async () => {
  await nodeEngine();
  const listed = stdlibFiles.flatMap(([, modules]) => modules.split(" "));
  expect(new Set(listed).size).toBe(listed.length);
  const known = new Set(nativeModuleNames());
  expect(listed.filter((m) => !known.has(m))).toEqual([]);
});
