// npm run bench -- orm [NAME…]: ours through its typed face beside other ORMs and query builders and raw sql.js, in one run.
//
// Same work, same sql.js, databases in memory. Rounds are interleaved, so that a noisy machine treats all alike: in each round
// every candidate gets a fresh database and does all its works in turn. Shown are medians in milliseconds and the ratio to ours.
// Goal: ahead of MikroORM and TypeORM in every row; bulk insert within 3 times raw sql.js.
import initSqlJs from "sql.js";
import { loadNodeDriver } from "../../playground-engine/driver/node.ts";
import { installDriver } from "../../playground-engine/typescript/index.ts";
import { drizzle } from "./orm/drizzle.ts";
import { kysely } from "./orm/kysely.ts";
import { mikroOrm } from "./orm/mikro-orm.ts";
import { ours } from "./orm/ours.ts";
import { raw } from "./orm/raw.ts";
import { typeorm } from "./orm/typeorm.ts";
import { type Candidate, type Work, WORKS } from "./orm/work.ts";

const ROUNDS = 7;
const WARM_UPS = 2;

const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1]!;

export interface OrmBench {
  /** Medians in milliseconds by candidate and work. */
  readonly milliseconds: Readonly<Record<string, Partial<Record<Work, number>>>>;
  readonly passed: boolean;
}

/** @param only candidates with these words in their names, beside ours */
export async function benchOrms(only: readonly string[] = []): Promise<OrmBench> {
  // sql.js starts once a process: our driver starts it, the others get the same
  installDriver(await loadNodeDriver());
  const SQL = await initSqlJs();
  const candidates: readonly Candidate[] = [
    ours,
    ...[mikroOrm(SQL), typeorm(SQL), drizzle(SQL), kysely(SQL), raw(SQL)].filter(
      (c) => only.length === 0 || only.some((o) => c.name.toLowerCase().includes(o.toLowerCase())),
    ),
  ];
  const times = new Map<string, number[]>();
  for (let round = 0; round < WARM_UPS + ROUNDS; round++)
    for (const candidate of candidates) {
      const run = await candidate.open();
      for (const work of Object.keys(WORKS) as Work[]) {
        const fn = run.works[work];
        if (!fn) continue;
        const started = performance.now();
        const figure = await fn();
        const took = performance.now() - started;
        if (figure !== { insert: 4000, load: 3000, change: 1000, get: 1000, compile: 1000, bulk: 3000 }[work])
          throw new Error(`${candidate.name} did other work (${work}: ${figure})`);
        const key = `${candidate.name}/${work}`;
        if (round >= WARM_UPS) times.set(key, [...(times.get(key) ?? []), took]);
      }
      await run.close();
    }
  const milliseconds: Record<string, Partial<Record<Work, number>>> = {};
  for (const { name } of candidates) milliseconds[name] = {};
  for (const [key, t] of times) {
    const [name, work] = key.split("/") as [string, Work];
    milliseconds[name]![work] = median(t);
  }
  return { milliseconds, passed: report(candidates, milliseconds) };
}

function report(
  candidates: readonly Candidate[],
  milliseconds: Readonly<Record<string, Partial<Record<Work, number>>>>,
): boolean {
  let passed = true;
  console.log(`${"".padEnd(60)}${candidates.map((c) => c.name.padStart(18)).join("")}`);
  for (const [work, what] of Object.entries(WORKS) as [Work, string][]) {
    const own = milliseconds[ours.name]![work]!;
    const cells = candidates.map(({ name }) => {
      const t = milliseconds[name]![work];
      if (t === undefined) return "—".padStart(18);
      const ratio = t / own;
      if ((name === "MikroORM" || name === "TypeORM") && ratio < 1) passed = false;
      if (name === "raw sql.js" && work === "bulk" && ratio < 1 / 3) passed = false;
      return `${t.toFixed(1)} ms ×${ratio.toFixed(2)}`.padStart(18);
    });
    console.log(`${what.padEnd(60)}${cells.join("")}`);
  }
  console.log(
    passed
      ? "Ahead of MikroORM and TypeORM in every row; bulk within 3 times raw sql.js."
      : "Not ahead in every row, or bulk beyond 3 times raw sql.js.",
  );
  return passed;
}
