// node tools/fuzz.ts python [--minutes 5] [--seed N] [--kind soup|mutated|nested|calls]
//
// Runs programs made at random (fuzz/python.ts) until the time is over and prints each that ends in a fault of ours or does
// not end. They run in a thread that is given up where one program hangs. Exit status 1 where there was any.
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import type { Kind } from "./fuzz/python.ts";

const KINDS: readonly Kind[] = ["mutated", "soup", "nested", "calls"];
const ROUND = 100;
const HANGS = 20_000;

type Message =
  { readonly at: string } | { readonly ran: number; readonly fault?: { source: string; problem: string } };

function option(name: string): string | undefined {
  const i = process.argv.indexOf(`--${name}`);
  return i < 0 ? undefined : process.argv[i + 1];
}

async function inside(): Promise<void> {
  const { fuzz } = await import("./fuzz/python.ts");
  const { seed, kind } = workerData as { seed: number; kind: Kind | undefined };
  for (let n = seed; ; n++) {
    const fault = fuzz(kind ?? KINDS[n % KINDS.length]!, n, ROUND, (source) =>
      parentPort!.postMessage({ at: source }),
    );
    parentPort!.postMessage({ ran: n, fault });
  }
}

async function outside(): Promise<void> {
  if (process.argv[2] !== "python") {
    console.error(
      "usage: node tools/fuzz.ts python [--minutes 5] [--seed N] [--kind soup|mutated|nested|calls]",
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
      workerData: { seed, kind: option("kind") },
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
  console.log(`${programs} programs, ${bad} with a fault (${shown.size} different)`);
  process.exit(bad === 0 ? 0 : 1);
}

await (isMainThread ? outside() : inside());
