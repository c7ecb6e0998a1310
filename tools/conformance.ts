// Runs a conformance case on our engine and says what happened in the recordings' own shape.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { TraceEvent } from "../playground-engine/engine/trace.ts";
import { jsErrors } from "../playground-engine/python/runtime/exceptions.ts";
import { host } from "../playground-engine/util/host.ts";
import { nodeEngine } from "../playground-engine/runtime/node.ts";
import { qualifiedType } from "../playground-engine/runtime/errors.ts";
import type { Engine } from "../playground-engine/runtime/program.ts";
import type { Program } from "../playground-engine/runtime/protocol.ts";
import { contentOf } from "../playground-engine/runtime/content.ts";

export interface CaseEvent {
  readonly event: string;
  readonly sql?: string;
  readonly params?: unknown;
  readonly many?: boolean;
}

export interface Step {
  readonly command: string;
  readonly exit: number;
  readonly stdout: string;
  readonly error: { readonly type: string; readonly message: string } | null;
  readonly events: readonly CaseEvent[];
  readonly files: Readonly<Record<string, string>>;
  readonly log: readonly string[];
}

/** A float, told apart from an int in JSON: 1.0 is not 1. */
class Float {
  readonly v: number;
  constructor(v: number) {
    this.v = v;
  }
}

const TEXT = /\.(py|ini|mako|sql|txt|toml)$/;
/** Milliseconds after which a step is ended: no recorded one needs a second. */
const STEP_LIMIT = 20_000;

function plain(v: unknown): unknown {
  switch (host.kindOf(v)) {
    case "none":
      return null;
    case "bool":
    case "int":
      return typeof v === "object" ? Number(host.str(v)) : v;
    case "str":
      return host.str(v);
    case "float":
      return new Float(host.types.readFloat(v));
    default:
      break;
  }
  const entries = host.entries(v);
  if (entries) return Object.fromEntries([...entries].map(([k, x]) => [host.str(k), plain(x)]));
  const items = host.kindOf(v) === "list" || host.kindOf(v) === "tuple" ? host.iterate(v) : undefined;
  return items ? [...items].map(plain) : { repr: host.repr(v) };
}

/** JSON with floats as Python writes them. */
export function toJson(v: unknown): string {
  if (v instanceof Float)
    return Number.isInteger(v.v) && Math.abs(v.v) < 1e16
      ? `${v.v}.0`
      : Number.isFinite(v.v)
        ? String(v.v)
        : Number.isNaN(v.v)
          ? "NaN"
          : v.v > 0
            ? "Infinity"
            : "-Infinity";
  if (typeof v === "bigint") return v.toString();
  if (Array.isArray(v)) return `[${v.map(toJson).join(",")}]`;
  if (typeof v === "object" && v !== null)
    return `{${Object.entries(v)
      .map(([k, x]) => `${JSON.stringify(k)}:${toJson(x)}`)
      .join(",")}}`;
  return JSON.stringify(v) ?? "null";
}

function caseEvent(e: TraceEvent): CaseEvent {
  if (e.kind !== "statement") return { event: e.kind };
  return { event: "execute", sql: e.sql, params: plain(e.params), many: e.many };
}

/** Text files of the workspace by path. */
function texts(engine: Engine): Map<string, string> {
  const out = new Map<string, string>();
  for (const f of engine.workspace.files()) {
    const text = f.database || !TEXT.test(f.path) ? undefined : contentOf(f.bytes());
    if (typeof text === "string") out.set(f.path, text);
  }
  return out;
}

interface Ran {
  readonly stdout: string;
  readonly events: CaseEvent[];
  readonly log: string[];
  readonly error: Step["error"];
  readonly exit: number;
}

function run(engine: Engine, program: Program, cell?: (ran: Ran) => void): Ran {
  let stdout = "";
  let events: CaseEvent[] = [];
  let log: string[] = [];
  let error: Step["error"] = null;
  const outcome = engine.run(program, {
    simulate: false,
    limits: { milliseconds: STEP_LIMIT, output: 10_000_000 },
    trace: { event: (e) => events.push(caseEvent(e)) },
    log: (line) => log.push(line),
    event: (e) => {
      if (e.kind === "output" && e.stream === "stdout") stdout += e.text;
      else if (e.kind === "error") error = { type: e.error.qualified, message: e.error.message };
      else if (e.kind === "limit") error = { type: "limit", message: e.message };
      else if (e.kind === "cell" && e.what === "end") {
        cell?.({ stdout, events, log, error, exit: error ? 1 : 0 });
        stdout = "";
        events = [];
        log = [];
        error = null;
      }
    },
  });
  if (outcome.exception !== undefined && outcome.exit !== 0 && error === null) {
    const type = qualifiedType(outcome.exception);
    const message = host.errorText(outcome.exception);
    // sys.exit with a text is an error of a kind; with a number it is a status alone
    if (type !== "SystemExit" || !/^-?\d+$/.test(message)) error = { type, message };
  }
  explain(outcome.exception);
  return { stdout, events, log, error, exit: outcome.exit };
}

/** MAPPED_DEBUG=1 shows the JavaScript error behind a SystemError: a fault of ours. */
function explain(exception: unknown): void {
  if (!process.env.MAPPED_DEBUG || typeof exception !== "object" || exception === null) return;
  const behind = jsErrors.get(exception);
  if (behind) console.error(behind);
}

function filesBelow(dir: string, prefix = ""): { path: string; content: Uint8Array }[] {
  return readdirSync(join(dir, prefix), { withFileTypes: true }).flatMap((e) => {
    const path = prefix ? `${prefix}/${e.name}` : e.name;
    if (e.isDirectory()) return e.name === "__pycache__" ? [] : filesBelow(dir, path);
    return e.name === "expected.json" && !prefix
      ? []
      : [{ path, content: new Uint8Array(readFileSync(join(dir, path))) }];
  });
}

/** Run a script in a fresh workspace. */
export async function runScript(name: string, source: string): Promise<Step> {
  const engine = await nodeEngine();
  engine.workspace.replace([{ path: name, content: source }]);
  const before = texts(engine);
  const ran = run(engine, { kind: "script", file: name });
  return { command: `python ${name}`, ...ran, files: changed(before, texts(engine)) };
}

/** Run one case in a fresh workspace. */
export async function runCase(path: string): Promise<Step[]> {
  const engine = await nodeEngine();
  if (statSync(path).isDirectory()) return runFolder(engine, path);
  const name = basename(path);
  const source = readFileSync(path, "utf8");
  if (name.endsWith(".cells.py")) {
    engine.workspace.replace([{ path: name, content: source }]);
    const cells = source.split("# %%\n").filter((c) => c.trim() !== "");
    const steps: Step[] = [];
    run(
      engine,
      { kind: "cells", session: path, fresh: true, cells: cells.map((c) => ({ name: "<cell>", source: c })) },
      (ran) => steps.push({ command: cells[steps.length]!.trim().split("\n")[0]!, ...ran, files: {} }),
    );
    return steps;
  }
  return [await runScript(name, source)];
}

function changed(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Record<string, string> {
  return Object.fromEntries([...after].filter(([path, text]) => before.get(path) !== text));
}

function runFolder(engine: Engine, path: string): Step[] {
  engine.forget();
  engine.workspace.replace(filesBelow(path));
  const commands = readFileSync(join(path, "commands.txt"), "utf8")
    .split("\n")
    .map((l) => l.trim())
    .filter((l) => l && !l.startsWith("#"));
  return commands.map((command) => {
    const before = texts(engine);
    const ran = run(engine, { kind: "command", line: command });
    // a shell shows 255 where alembic leaves with -1, which is what the recordings hold
    const exit = ran.exit === 255 && command.startsWith("alembic") ? -1 : ran.exit;
    return { command, ...ran, exit, files: changed(before, texts(engine)) };
  });
}
