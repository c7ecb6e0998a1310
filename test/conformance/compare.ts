// Holds what the engine did with a case against its recording: the rules of ../shared/conformance/compare.py.
//
// Two runs of the same program agree where they say the same, statement by statement. Left out of the comparison: addresses,
// times, trailing space, statements that only look at the schema (the real library's differ between drivers), the layout and
// comments of revision files.
import { dump } from "./python-source.ts";

export interface RecordedEvent {
  readonly event: string;
  readonly sql?: string;
  readonly params?: unknown;
}

export interface RecordedStep {
  readonly command?: string;
  readonly stdout: string;
  readonly error: { readonly type: string; readonly message: string } | null;
  readonly events: readonly RecordedEvent[];
  readonly files: Readonly<Record<string, string>>;
  readonly log: readonly string[];
  readonly exit: number;
}

export type Fault = "missing" | "stdout" | "error" | "sql" | "files" | "log" | "exit";

const INTROSPECTION = /^\s*(PRAGMA|SELECT [^]*sqlite_(temp_)?master)/i;

function normal(text: string | null | undefined): string {
  const s = (text ?? "")
    .replace(/ at 0x[0-9a-fA-F.]+/g, " at 0x")
    .replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} INFO/gm, "TIME INFO")
    .replace(/\[(generated in|cached since) [\d.e-]+s( ago)?/g, "[TIME")
    .replace(/Create Date: .*/g, "Create Date:");
  // `alembic init` names its files in the order of the file system
  const lines: string[] = [];
  let run: string[] = [];
  for (const line of s
    .trim()
    .split("\n")
    .map((l) => l.trimEnd())) {
    if (line.startsWith("Generating ")) run.push(line);
    else {
      lines.push(...run.sort(), line);
      run = [];
    }
  }
  return [...lines, ...run.sort()].join("\n");
}

/** Numbers to nine places, keys in order: what two JSON writers can agree on. */
function canonical(v: unknown): string {
  if (Array.isArray(v)) return `[${v.map(canonical).join(", ")}]`;
  if (typeof v === "object" && v !== null)
    return `{${Object.entries(v)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, x]) => `${JSON.stringify(k)}: ${canonical(x)}`)
      .join(", ")}}`;
  return JSON.stringify(v) ?? "null";
}

/** JSON whose floats stay apart from ints: 1.0 is not 1. */
export function parseRecording<T>(text: string): T {
  const reviver = (_key: string, v: unknown, context: { readonly source?: string }): unknown =>
    typeof v === "number" && /[.eE]/.test(context.source ?? "") ? { float: String(Number(v.toFixed(9))) } : v;
  return JSON.parse(text, reviver as never) as T;
}

/** The events of a step as lines; transactions that held introspection alone are left out. */
function eventLines(events: readonly RecordedEvent[]): string[] {
  const out: string[] = [];
  for (const e of events) {
    if (e.event !== "execute") {
      if ((e.event === "commit" || e.event === "rollback") && out.at(-1) === "begin") out.pop();
      else out.push(e.event);
      continue;
    }
    const sql = e.sql ?? "";
    if (INTROSPECTION.test(sql)) continue;
    const lines = sql
      .trim()
      .split("\n")
      .map((l) => l.trimEnd());
    out.push(`${lines.join("\n")}\n  ${normal(canonical(e.params ?? []))}`);
  }
  return out;
}

function files(of: Readonly<Record<string, string>>): string {
  return Object.entries(of)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, text]) => `${path}\n${path.includes("versions") && path.endsWith(".py") ? dump(text) : ""}`)
    .join("\n");
}

const kind = (error: RecordedStep["error"]): string | undefined =>
  error?.type.slice(error.type.lastIndexOf(".") + 1);

/** In what a step differs from its recording. */
export function stepFaults(want: RecordedStep, got: RecordedStep | undefined): Fault[] {
  if (!got) return ["missing"];
  const faults: Fault[] = [];
  if (normal(want.stdout) !== normal(got.stdout)) faults.push("stdout");
  if (kind(want.error) !== kind(got.error)) faults.push("error");
  if (eventLines(want.events).join("\n") !== eventLines(got.events).join("\n")) faults.push("sql");
  if (files(want.files) !== files(got.files)) faults.push("files");
  if (want.log.map(normal).join("\n") !== got.log.map(normal).join("\n")) faults.push("log");
  if ((want.exit !== 0) !== (got.exit !== 0)) faults.push("exit");
  return faults;
}

/** The first line in which two texts differ, for a message that a person reads. */
export function firstDifference(want: RecordedStep, got: RecordedStep | undefined): string {
  if (!got) return "no such step";
  if (kind(want.error) !== kind(got.error))
    return `error ${got.error ? `${got.error.type}: ${got.error.message}` : "none"}, recorded ${want.error?.type ?? "none"}`;
  for (const [what, a, b] of [
    ["stdout", normal(want.stdout).split("\n"), normal(got.stdout).split("\n")],
    ["sql", eventLines(want.events), eventLines(got.events)],
    ["log", want.log.map(normal), got.log.map(normal)],
    ["files", files(want.files).split("\n"), files(got.files).split("\n")],
  ] as const) {
    const at = a.findIndex((line, i) => line !== b[i]);
    if (at >= 0 || a.length !== b.length) {
      const i = at >= 0 ? at : a.length;
      return `${what} ${i + 1}: recorded ${JSON.stringify(a[i] ?? null)}, got ${JSON.stringify(b[i] ?? null)}`.slice(
        0,
        600,
      );
    }
  }
  return "the exit status";
}
