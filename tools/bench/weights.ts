// What a reader downloads, gzipped, beside pyodide's files: those that a bare start fetches, before any package.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { gz, weigh } from "../weights.ts";
import { type Figure, type Part, sizeAgainst } from "./report.ts";

const PYODIDE = "node_modules/pyodide";
const FETCHED = [
  "pyodide.mjs",
  "pyodide.asm.mjs",
  "pyodide.asm.wasm",
  "python_stdlib.zip",
  "pyodide-lock.json",
];

/** The site must be built. */
export function benchWeights(): Part {
  const ours = weigh("dist");
  const assets = readdirSync("dist/_astro");
  const styles = assets.filter((f) => f.endsWith(".css")).reduce((n, f) => n + gz(join("dist/_astro", f)), 0);
  const start = ours.worker + ours.wasm;
  const other = FETCHED.reduce((n, f) => n + gz(join(PYODIDE, f)), 0);
  const alone = (what: string, bytes: number): Figure => ({ what, ours: bytes / 1000, unit: "KB" });
  return {
    name: "Page weights",
    figures: [
      alone(`scripts of the heaviest page before any click (${ours.heaviest})`, ours.page),
      alone("all styles together", styles),
      sizeAgainst("what a first Run fetches: engine and SQLite", start, "pyodide alone", other),
      sizeAgainst("that with every part there is", ours.whole + ours.wasm, "pyodide alone", other),
    ],
    goal: "a page's scripts at most 60 KB; what a first Run fetches at most a quarter of pyodide",
    passed: ours.page <= 60_000 && start <= other / 4,
  };
}
