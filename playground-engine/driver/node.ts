// The driver in Node: for tests, tools and the site's build. Pages give loadDriver the address of the same file.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { loadDriver, type SqlJsDriver } from "./driver.ts";

export async function loadNodeDriver(): Promise<SqlJsDriver> {
  const path = createRequire(import.meta.url).resolve("sql.js/dist/sql-wasm.wasm");
  return loadDriver(new Uint8Array(await readFile(path)));
}
