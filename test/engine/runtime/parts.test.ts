// What a program names is what is loaded for it: the files of the standard library, with all that they import.
import { execFileSync } from "node:child_process";
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

/** Runs a program in a process of its own, with only the parts that its text asks for: as a page's worker does. */
function runAlone(source: string): string {
  const at = (path: string): string => new URL(`../../../playground-engine/${path}`, import.meta.url).href;
  const script = `
    import { loadNodeDriver } from "${at("driver/node.ts")}";
    import { Engine } from "${at("runtime/program.ts")}";
    import { loadPartsFor } from "${at("runtime/parts.ts")}";
    const source = ${JSON.stringify(source)};
    const engine = new Engine(await loadNodeDriver());
    await loadPartsFor([source]);
    const event = (e) => e.kind === "output" && process.stdout.write(e.text);
    engine.run({ kind: "cells", session: "a", fresh: true, cells: [{ name: "a.py", source }] }, { event });
  `;
  return execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
}

test("a program with an asynchronous engine has all that its parts import", () => {
  const out = runAlone(`
import asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

async def main():
    async with create_async_engine("sqlite+aiosqlite://").connect() as conn:
        print(await conn.scalar(text("select 6 * 7")))

asyncio.run(main())
`);
  expect(out).toBe("42\n");
}, 30_000);

test("what the engine logs in a program that never imports logging goes to standard error", () => {
  const out = runAlone(`
import threading
from sqlalchemy import NullPool, create_engine

engine = create_engine("sqlite:///app.db", poolclass=NullPool, connect_args={"check_same_thread": True})
connection = engine.connect()
thread = threading.Thread(target=connection.close)
thread.start()
thread.join()
`);
  expect(out).toMatch(
    /^Exception during reset or similar\nException terminating connection <sqlite3.Connection/,
  );
}, 30_000);

test("each module of the library can be imported by a program that names no other", async () => {
  await nodeEngine();
  const names = nativeModuleNames().filter(
    (n) => n.startsWith("sqlalchemy") && !/asyncio|\.dialects\.(?!sqlite)/.test(n),
  );
  expect(names.length).toBeGreaterThan(50);
  const out = runAlone(`
from sqlalchemy import create_engine
for name in ${JSON.stringify(names.join(" "))}.split():
    try:
        _ = __import__(name)
    except ImportError as e:
        print(name, e)
`);
  expect(out).toBe("");
}, 30_000);
