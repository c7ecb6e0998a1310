// Judges a run of an exercise by its facts: statements, transactions, output, exception, rows, values.
import type { Event } from "../../../playground-engine/runtime/protocol.ts";
import {
  emptyRun,
  eventsOfCell,
  outputText,
  type RunModel,
  statements,
  withEvents,
} from "../model/run-model.ts";
import type { Check } from "../../kit/schema.ts";
import { type Exercise, JUDGED, MARK } from "./exercise.ts";

export interface Verdict {
  readonly says: string;
  readonly passed: boolean;
  /** Why not, in the exercise's words; with what was found instead. */
  readonly message: string | null;
  readonly found: string | null;
}

export interface Judgement {
  readonly passed: boolean;
  readonly verdicts: readonly Verdict[];
  /** The known wrong answer that this is. */
  readonly wrong: { readonly name: string; readonly explanation: string } | null;
  /** What the program itself showed. */
  readonly run: RunModel;
}

type Fact = { readonly ok: unknown } | { readonly error: string };
type Count = number | { readonly min?: number | undefined; readonly max?: number | undefined };

function within(n: number, count: Count): boolean {
  return typeof count === "number"
    ? n === count
    : (count.min === undefined || n >= count.min) && (count.max === undefined || n <= count.max);
}

/** What the probe wrote, and whether it could. */
function factsIn(events: readonly Event[]): Fact[] | null {
  const text = outputText(withEvents(emptyRun, eventsOfCell(events, JUDGED + 1)));
  const line = text.split("\n").find((l) => l.startsWith(MARK));
  return line === undefined ? null : (JSON.parse(line.slice(MARK.length)) as Fact[]);
}

/** Null where the check holds, else what was found. */
function failure(check: Check, run: RunModel, fact: Fact | undefined, source: string): string | null {
  if ("statements" in check) {
    const { kind, cause, matches, count } = check.statements;
    const pattern = matches === undefined ? null : new RegExp(matches, "is");
    const n = statements(run).filter(
      ({ statement: s }) =>
        (kind === undefined || s.sql.trim().toUpperCase().startsWith(kind.toUpperCase())) &&
        (cause === undefined || s.cause === cause) &&
        (pattern === null || pattern.test(s.sql)),
    ).length;
    return within(n, count) ? null : `found ${n}`;
  }
  if ("transactions" in check) {
    const n = run.sql.filter((e) => e.kind === "transaction" && e.what === check.transactions.what).length;
    return within(n, check.transactions.count) ? null : `found ${n}`;
  }
  if ("output" in check) {
    const text = outputText({ ...run, output: run.output.filter((o) => o.stream === "stdout") });
    const { is, contains, matches } = check.output;
    const holds =
      (is === undefined || text.trimEnd() === is.trimEnd()) &&
      (contains === undefined || text.includes(contains)) &&
      (matches === undefined || new RegExp(matches, "ms").test(text));
    return holds ? null : text === "" ? "nothing was printed" : `printed ${shortened(text.trimEnd())}`;
  }
  if ("raises" in check) {
    const type = run.error?.type ?? null;
    if (type === check.raises) return null;
    return run.error ? `${type}: ${shortened(run.error.message.split("\n")[0]!)}` : "no exception";
  }
  if ("source" in check) {
    const { has, lacks } = check.source;
    const holds =
      (has === undefined || new RegExp(has, "m").test(source)) &&
      (lacks === undefined || !new RegExp(lacks, "m").test(source));
    return holds ? null : "";
  }
  if (fact === undefined) return "the program could not be looked at";
  // after an exception names are missing: that says nothing new
  if ("error" in fact) return run.error ? "" : shortened(fact.error.split("\n")[0]!);
  if ("rows" in check)
    return JSON.stringify(fact.ok) === JSON.stringify(check.rows.equal)
      ? null
      : `found ${shortened(JSON.stringify(fact.ok))}`;
  return fact.ok === check.value.is ? null : `found ${shortened(String(fact.ok))}`;
}

function shortened(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

/** Judge a run of an exercise by its events. */
export function judge(x: Exercise, source: string, events: readonly Event[]): Judgement {
  const judged = withEvents(emptyRun, eventsOfCell(events, JUDGED));
  const run: RunModel = { ...judged, status: judged.error ? "failed" : "done" };
  const facts = factsIn(events);
  const verdicts = x.checks.map((check, i): Verdict => {
    const found = failure(check, run, facts?.[i], source);
    return {
      says: check.says,
      passed: found === null,
      message: found === null ? null : check.message,
      found: found || null,
    };
  });
  const passed = verdicts.every((v) => v.passed);
  return { passed, verdicts, wrong: passed ? null : recognised(x, source, run, verdicts), run };
}

function recognised(
  x: Exercise,
  source: string,
  run: RunModel,
  verdicts: readonly Verdict[],
): Judgement["wrong"] {
  const failed = verdicts.flatMap((v, i) => (v.passed ? [] : [i + 1])).join();
  const error = run.error ? `${run.error.type}: ${run.error.message}` : "";
  const known = x.wrong.find(
    (w) =>
      (w.fails === undefined || w.fails.join() === failed) &&
      (w.error === undefined || (error !== "" && new RegExp(w.error, "s").test(error))) &&
      (w.source === undefined || new RegExp(w.source, "ms").test(source)),
  );
  return known ? { name: known.name, explanation: known.explanation } : null;
}
