// npm run bench -- [PART…]: speed, every figure measured beside what it is compared with, in one run.
//
//   page     a first and a second Run in Chromium, beside a bare start of pyodide (needs a built site)
//   python   our interpreter beside the python3 of this machine
//   orm      the ORM beside TypeORM, MikroORM, Drizzle, Kysely and raw sql.js
//   growth   how costs grow with rows, statements, mapped classes, revisions and runs
//
//   --rounds N   of the page; 5 where left out
//   --json FILE  writes the report there too (content/about/speed.json is the one that the site shows)
//
// After "python" and "orm" further words choose programs and candidates: npm run bench -- python sorting.
import { writeFileSync } from "node:fs";
import { benchGrowth } from "./bench/growth.ts";
import { benchOrms } from "./bench/orm.ts";
import { benchPage } from "./bench/page.ts";
import { benchPython } from "./bench/python.ts";
import { type Part, print, report } from "./bench/report.ts";

const PARTS = ["page", "python", "orm", "growth"] as const;

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
const named = PARTS.filter((p) => args.includes(p));
const words = args.filter((a) => !(PARTS as readonly string[]).includes(a));
const parts: Part[] = [];
for (const part of named.length ? named : PARTS) {
  const found =
    part === "page"
      ? await benchPage(rounds)
      : part === "python"
        ? await benchPython(words)
        : part === "orm"
          ? await benchOrms(words)
          : await benchGrowth();
  print(found);
  parts.push(found);
}
if (json) writeFileSync(json, `${JSON.stringify(report(parts), null, 2)}\n`);
process.exit(parts.every((p) => p.passed) ? 0 : 1);
