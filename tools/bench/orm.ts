// npm run bench -- orm [NAME…]: ours through its typed face beside other ORMs and query builders and raw sql.js, in one run.
//
// Same work, same sql.js, databases in memory. Rounds are interleaved: in each round every candidate gets a fresh database and does
// all its works in turn. Shown are means in milliseconds of this thread's processor time, which what else the machine does hardly
// changes (its clock ticks too seldom for medians), and the ratio to ours.
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
import { against, type Figure, type Part } from "./report.ts";

const ROUNDS = 9;
const WARM_UPS = 4;

const FIGURES: Readonly<Record<Work, number>> = {
  insert: 4000,
  load: 3000,
  change: 1000,
  get: 1000,
  compile: 1000,
  bulk: 3000,
};

const mean = (times: readonly number[]): number => times.reduce((a, b) => a + b, 0) / times.length;

/** @param only candidates with these words in their names, beside ours */
export async function benchOrms(only: readonly string[] = []): Promise<Part> {
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
        const started = process.threadCpuUsage();
        const figure = await fn();
        const { user, system } = process.threadCpuUsage(started);
        if (figure !== FIGURES[work])
          throw new Error(`${candidate.name} did other work (${work}: ${figure})`);
        const key = `${candidate.name}/${work}`;
        if (round >= WARM_UPS) times.set(key, [...(times.get(key) ?? []), (user + system) / 1000]);
      }
      await run.close();
    }
  const figures: Figure[] = [];
  let passed = true;
  for (const [work, what] of Object.entries(WORKS) as [Work, string][]) {
    const own = mean(times.get(`${ours.name}/${work}`)!);
    for (const { name } of candidates.slice(1)) {
      const t = times.get(`${name}/${work}`);
      if (!t) continue;
      const figure = against(what, own, name, mean(t));
      figures.push(figure);
      if (name === "MikroORM" || name === "TypeORM") passed &&= figure.ratio! < 1;
      if (name === "raw sql.js" && work === "bulk") passed &&= figure.ratio! <= 3;
    }
  }
  return {
    name: "The ORM, from TypeScript",
    figures,
    goal: "ahead of MikroORM and TypeORM in every row; bulk insert within 3 times raw sql.js",
    passed,
  };
}
