// node tools/fuzz.ts AREA [--minutes 5] [--seed N] [--kind soup|mutated|nested|calls]
//
// Tries inputs made at random until the time is over and prints each that shows a fault of ours or does not end. They are tried
// in a thread that is given up where one hangs. Exit status 1 where there was any fault.
//
//   python       programs (fuzz/python.ts), of one kind where --kind says so
//   terminal, completions                   lines of the terminal (fuzz/terminal.ts)
//   links, zips, records, databases         what comes from elsewhere, damaged or made with intent (fuzz/inputs.ts)
//   orm          models, sessions and queries beside the real SQLAlchemy, which python3 has to find (fuzz/orm.ts)
//   mutants      the conformance cases' programs with a mistake in each, beside the real SQLAlchemy (fuzz/mutants.ts)
//   revisions    histories of migrations beside the real Alembic, which python3 has to find (fuzz/revisions.ts)
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import type { Fault, Try } from "./fuzz/fault.ts";
import type { Kind } from "./fuzz/python.ts";

const KINDS: readonly Kind[] = ["mutated", "soup", "nested", "calls"];

/** Modules are loaded by the thread that tries them. */
const AREAS: Readonly<Record<string, (kind: Kind | undefined) => Promise<Try>>> = {
  python: async (kind) => {
    const { fuzz } = await import("./fuzz/python.ts");
    return (seed, runs, before) =>
      Promise.resolve(fuzz(kind ?? KINDS[seed % KINDS.length]!, seed, runs, before));
  },
  terminal: async () => (await import("./fuzz/terminal.ts")).terminalLines,
  completions: async () => (await import("./fuzz/terminal.ts")).completions,
  links: async () => (await import("./fuzz/inputs.ts")).links,
  zips: async () => (await import("./fuzz/inputs.ts")).zips,
  records: async () => (await import("./fuzz/inputs.ts")).records,
  databases: async () => (await import("./fuzz/inputs.ts")).databases,
  orm: async () => (await import("./fuzz/orm.ts")).ormPrograms,
  mutants: async () => (await import("./fuzz/mutants.ts")).mutated,
  revisions: async () => (await import("./fuzz/revisions.ts")).revisions,
};
const ROUND = 100;
const HANGS = 20_000;

type Message = { readonly at: string } | { readonly ran: number; readonly fault?: Fault };

function option(name: string): string | undefined {
  const i = process.argv.indexOf(`--${name}`);
  return i < 0 ? undefined : process.argv[i + 1];
}

interface Told {
  readonly area: string;
  readonly seed: number;
  readonly kind: Kind | undefined;
}

async function inside(): Promise<void> {
  const { area, seed, kind } = workerData as Told;
  const fuzz = await AREAS[area]!(kind);
  for (let n = seed; ; n++) {
    const fault = await fuzz(n, ROUND, (source) => parentPort!.postMessage({ at: source }));
    parentPort!.postMessage({ ran: n, fault });
  }
}

async function outside(): Promise<void> {
  const area = process.argv[2] ?? "";
  if (!Object.hasOwn(AREAS, area)) {
    console.error(
      `usage: node tools/fuzz.ts ${Object.keys(AREAS).join("|")} [--minutes 5] [--seed N] [--kind ${KINDS.join("|")}]`,
    );
    process.exit(2);
  }
  const until = Date.now() + Number(option("minutes") ?? 5) * 60_000;
  let seed = Number(option("seed") ?? Date.now() % 1_000_000);
  const shown = new Set<string>();
  let programs = 0;
  let bad = 0;
  const report = (source: string, problem: string): void => {
    bad++;
    // the same fault is met again and again
    const where = problem.split("\n").slice(0, 3).join("\n");
    if (shown.has(where)) return;
    shown.add(where);
    console.log(
      `---- seed ${seed}\n${source.slice(0, 1500)}\n---- ${problem.split("\n").slice(0, 8).join("\n     ")}\n`,
    );
  };
  while (Date.now() < until) {
    const worker = new Worker(new URL(import.meta.url), {
      workerData: { area, seed, kind: option("kind") as Kind | undefined } satisfies Told,
      resourceLimits: { maxOldGenerationSizeMb: 1500, stackSizeMb: 4 },
    });
    await new Promise<void>((ended) => {
      let source = "";
      let since = Date.now();
      const end = (): void => {
        clearInterval(watch);
        void worker.terminate().then(() => ended());
      };
      const watch = setInterval(() => {
        if (Date.now() > until) end();
        else if (source !== "" && Date.now() - since > HANGS) {
          report(source, `it hangs (${HANGS / 1000} s)`);
          seed++;
          end();
        }
      }, 500);
      worker.on("message", (m: Message) => {
        since = Date.now();
        if ("at" in m) {
          source = m.at;
          programs++;
          return;
        }
        seed = m.ran + 1;
        if (m.fault) report(m.fault.source, m.fault.problem);
      });
      worker.on("error", (e) => {
        report(source, `the thread ended: ${e instanceof Error ? e.message : String(e)}`);
        seed++;
        end();
      });
    });
  }
  console.log(`${programs} tried, ${bad} with a fault (${shown.size} different)`);
  process.exit(bad === 0 ? 0 : 1);
}

await (isMainThread ? outside() : inside());
