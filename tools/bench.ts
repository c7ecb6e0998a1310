// npm run bench -- [PART…]: speed, every figure measured beside what it is compared with, in one run.
//
//   page        a first and a second Run in Chromium, beside a bare start of pyodide (needs a built site)
//   python      our interpreter beside the python3 of this machine
//   orm         the ORM beside TypeORM, MikroORM, Drizzle, Kysely and raw sql.js
//   sqlalchemy  the engine from Python beside the real library on the python3 of this machine, where it has that
//   growth      how costs grow with rows, statements, mapped classes, revisions and runs
//   weights     what a reader downloads, of the built site
//   build       how the time to build grows with the pages: some minutes
//
//   --rounds N   of the page; 5 where left out
//   --json FILE  writes the report there too (content/about/speed.json is the one that the site shows)
//
// After "python" and "orm" further words choose programs and candidates: npm run bench -- python sorting.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { benchBuild } from "./bench/build.ts";
import { benchGrowth } from "./bench/growth.ts";
import { benchOrms } from "./bench/orm.ts";
import { benchPage } from "./bench/page.ts";
import { benchPython } from "./bench/python.ts";
import { type Part, print, type Report, report } from "./bench/report.ts";
import { benchSqlAlchemy } from "./bench/sqlalchemy.ts";
import { benchWeights } from "./bench/weights.ts";

/** Each part, given the words beside the parts' names. */
const PARTS: Readonly<Record<string, (words: readonly string[]) => Part | Promise<Part>>> = {
  page: () => benchPage(rounds),
  python: benchPython,
  orm: benchOrms,
  sqlalchemy: benchSqlAlchemy,
  growth: benchGrowth,
  weights: benchWeights,
  build: benchBuild,
};

const args = process.argv.slice(2);
function option(name: string): string | undefined {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args.splice(at, 2)[1];
}
const json = option("--json");
const rounds = Number(option("--rounds") ?? 5);
if (!(rounds >= 1)) {
  console.error("--rounds takes a number from 1 up.");
  process.exit(2);
}
const named = Object.keys(PARTS).filter((p) => args.includes(p));
const words = args.filter((a) => !Object.hasOwn(PARTS, a));

/** One part, here. */
async function measured(name: string): Promise<Part> {
  const started = performance.now();
  console.log(`\n… ${name}`);
  const part = await PARTS[name]!(words);
  print(part);
  console.log(`  (measured in ${((performance.now() - started) / 1000).toFixed(0)} s)`);
  return part;
}

/** One part in a process of its own, so that none meets what another has warmed up or left behind (sql.js starts once in each). */
function measuredApart(name: string): Part {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    const file = join(folder, "report.json");
    const script = fileURLToPath(import.meta.url);
    const more = [...words, "--rounds", String(rounds), "--json", file];
    spawnSync(process.execPath, [...process.execArgv, script, name, ...more], { stdio: "inherit" });
    return (JSON.parse(readFileSync(file, "utf8")) as Report).parts[0]!;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const chosen = named.length ? named : Object.keys(PARTS);
const parts = chosen.length === 1 ? [await measured(chosen[0]!)] : chosen.map(measuredApart);
if (json) writeFileSync(json, `${JSON.stringify(report(parts), null, 2)}\n`);
process.exit(parts.every((p) => p.passed) ? 0 : 1);
