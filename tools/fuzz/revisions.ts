// Histories of migrations made at random, with commands on them, beside what the real Alembic does with the same files.
//
// python3 runs fuzz/revisions.py once for many histories. What it found for a fixed seed is kept beside the test, so that a
// machine without Alembic holds to it too.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { nodeEngine } from "../../playground-engine/runtime/node.ts";
import type { Fault, Try } from "./fault.ts";

export interface History {
  /** By path. */
  readonly files: Readonly<Record<string, string>>;
  /** Lines of `alembic`, one after the other. */
  readonly commands: readonly string[];
}

/** What each command printed and its exit status. */
export type Doings = readonly (readonly [exit: number, out: string])[];

const ENV = `
from alembic import context
from sqlalchemy import create_engine
if context.is_offline_mode():
    context.configure(dialect_name="sqlite")
    with context.begin_transaction():
        context.run_migrations()
else:
    with create_engine("sqlite:///app.db").connect() as connection:
        context.configure(connection=connection)
        with context.begin_transaction():
            context.run_migrations()
`;

const id = (n: number): string => `${(n * 7 + 10).toString(16)}${"bcdef"[n % 5]}${n}`;
const literal = (ids: readonly string[]): string =>
  ids.length === 0 ? "None" : ids.length === 1 ? `"${ids[0]}"` : `(${ids.map((i) => `"${i}"`).join(", ")})`;

interface Made {
  readonly down: readonly number[];
  readonly depends: readonly number[];
  readonly label: number;
  /** Names a revision that may come later, or be itself, or be nowhere. */
  readonly wrong: number;
}

function revision(
  { down, depends, label, labelled, wrong }: Made & { readonly labelled: boolean },
  n: number,
): string {
  const below = [...new Set(down.filter((d) => d < n))].map(id);
  if (wrong === 0) below.push(id((n * 3 + 1) % 11));
  const also = [...new Set(depends.filter((d) => d < n))].map(id).filter((d) => !below.includes(d));
  return `"""step ${n}"""
revision = "${id(n)}"
down_revision = ${literal(below)}
branch_labels = ${labelled ? `("l${label}",)` : "None"}
depends_on = ${literal(also)}

def upgrade():
    print("up ${id(n)}")

def downgrade():
    print("down ${id(n)}")
`;
}

const oneRevision: fc.Arbitrary<Made> = fc.record({
  down: fc.oneof({ weight: 3, arbitrary: fc.tuple(fc.nat(7)) }, { weight: 1, arbitrary: fc.array(fc.nat(7), { maxLength: 3 }) }),
  depends: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(fc.nat(7), { maxLength: 2 }) }),
  label: fc.nat(14),
  wrong: fc.nat(120),
}); // prettier-ignore

const target = fc.oneof(
  fc.nat(8).map(id),
  fc.constantFrom("head", "heads", "base", "+1", "-1", "+2", "-2", "l0@head", "l1@head", "l0@base", "l1", "l2@+1", "nothing", "1"),
  fc.tuple(fc.nat(8), fc.constantFrom("+1", "-1", "@head", "@base")).map(([n, end]) => id(n) + end),
  fc.tuple(fc.constantFrom("l0", "l1"), fc.nat(8)).map(([l, n]) => `${l}@${id(n)}`),
  fc.nat(8).map((n) => id(n).slice(0, 2)),
); // prettier-ignore
const range = fc
  .tuple(fc.oneof(target, fc.constant("")), fc.oneof(target, fc.constant("")))
  .map(([a, b]) => `${a}:${b}`);
const command = fc.oneof(
  { weight: 5, arbitrary: target.map((t) => `upgrade ${t}`) },
  { weight: 4, arbitrary: target.map((t) => `downgrade ${t}`) },
  { weight: 2, arbitrary: target.map((t) => `stamp ${t}`) },
  { weight: 1, arbitrary: fc.constantFrom("stamp --purge heads", "stamp --purge base", "upgrade heads", "heads --resolve-dependencies") },
  { weight: 3, arbitrary: fc.constantFrom("current", "heads", "branches", "history", "history --indicate-current", "current --check-heads") },
  { weight: 2, arbitrary: range.map((r) => `history -r${r}`) },
  { weight: 1, arbitrary: fc.nat(8).map((n) => `current ${id(n)}`.slice(0, 7)) },
  { weight: 2, arbitrary: range.map((r) => `upgrade ${r} --sql`) },
  { weight: 1, arbitrary: target.map((t) => `show ${t}`) },
); // prettier-ignore

export const history: fc.Arbitrary<History> = fc
  .record({
    made: fc.array(oneRevision, { minLength: 1, maxLength: 8 }),
    commands: fc.array(command, { minLength: 3, maxLength: 8 }),
  })
  .map(({ made, commands }) => ({
    files: {
      "alembic.ini": "[alembic]\nscript_location = m\npath_separator = os\n",
      "m/env.py": ENV,
      "m/script.py.mako": "",
      // which of two that have the same label is told of depends on the order in which files are found
      ...Object.fromEntries(
        made
          .map((m, n) => ({
            ...m,
            labelled: m.label < 3 && made.findIndex((o) => o.label === m.label) === n,
          }))
          .map((m, n) => [`m/versions/${id(n)}.py`, revision(m, n)]),
      ),
    },
    commands,
  }));

/** What ours does. */
export async function doings({ files, commands }: History): Promise<Doings> {
  const engine = await nodeEngine();
  engine.forget();
  engine.workspace.replace(Object.entries(files).map(([path, content]) => ({ path, content })));
  return commands.map((line) => {
    let out = "";
    const { exit } = engine.run(
      { kind: "command", line: `alembic ${line}` },
      { event: (e) => void (e.kind === "output" && (out += e.text)), limits: { milliseconds: 20_000 } },
    );
    return [exit, plain(out, line)] as const;
  });
}

/** Without what depends on the folder or on the order of a set, and says nothing of the history. */
function plain(text: string, line: string): string {
  const told = text
    .replace(/^Path: .*$/gm, "")
    .replace(/^.*: UserWarning: (.*)\n(?: .*\n)?/gm, "UserWarning: $1\n")
    // ours shows no lines of Alembic's own files
    .replace(/^Traceback .*\n/gm, "")
    .replace(/^ *File "[^"]*", line .*\n(?:    .*\n)*/gm, "")
    .replace(/\((l\d(?:, l\d)+)\)/g, (_, labels: string) => `(${labels.split(", ").sort().join(", ")})`)
    .trim();
  return /^(current|branches)/.test(line) ? told.split("\n").sort().join("\n") : told;
}

/**
 * What the real Alembic does with each, CHANCE for what depends on the order of a set; undefined where python3 does not find it.
 * @param going called now and then: it takes its time
 */
export function realDoings(
  histories: readonly History[],
  going: () => void = () => undefined,
): Doings[] | undefined {
  const script = fileURLToPath(new URL("revisions.py", import.meta.url));
  const run = (hashSeed: string): Doings[] | undefined => {
    going();
    const done = spawnSync("python3", [script], {
      input: JSON.stringify(histories),
      encoding: "utf8",
      maxBuffer: 1 << 28,
      env: { ...process.env, PYTHONHASHSEED: hashSeed },
    });
    if (done.status !== 0) return undefined;
    return (JSON.parse(done.stdout) as [number, string][][]).map((d, n) =>
      d.map(([exit, out], i) => [exit & 255, plain(out, histories[n]!.commands[i]!)] as const),
    );
  };
  // the order of sets differs between them
  const [first, ...others] = ["1", "2", "3", "4", "5", "6", "7"].map(run);
  return first?.map((d, n) =>
    d.map(([exit, out], i) => [exit, others.every((o) => o![n]![i]![1] === out) ? out : CHANCE] as const),
  );
}

const CHANCE = "(differs from run to run)";

/** The first command that does something else than it should. */
export function difference(history: History, ours: Doings, real: Doings): Fault | undefined {
  const at = ours.findIndex(([exit, out], i) => exit !== real[i]![0] || ![out, CHANCE].includes(real[i]![1]));
  if (at < 0) return undefined;
  const versions = Object.entries(history.files).filter(([path]) => path.includes("versions"));
  const heads = versions.map(([, text]) => text.split("\n").slice(1, 5).join("  ")).join("\n");
  const told = ([exit, out]: Doings[number]): string => `${out}\n(exit status ${exit})`;
  return {
    source: `${heads}\n${history.commands.slice(0, at + 1).join("\n")}`,
    problem: `alembic ${history.commands[at]} printed\n${told(ours[at]!)}\nand should have printed\n${told(real[at]!)}`,
  };
}

/** How many are given to Python at a time. */
const CHUNK = 10;

/** Not shrunk: every step of it would start Python. */
export const revisions: Try = async (seed, numRuns, before) => {
  const histories = fc.sample(history, { seed, numRuns });
  for (let from = 0; from < numRuns; from += CHUNK) {
    const some = histories.slice(from, from + CHUNK);
    const real = realDoings(some, () => before?.(`what Alembic does with ${some.length} histories`));
    if (!real) throw new Error("python3 does not find Alembic 1.19.1 (see CONTRIBUTING.md)");
    for (const [i, one] of some.entries()) {
      before?.(JSON.stringify(one));
      const fault = difference(one, await doings(one), real[i]!);
      if (fault) return fault;
    }
  }
  return undefined;
};
