// A database in memory with one small table, and a way to hold what happens against what the real library printed.
import { expect } from "vitest";
import { loadNodeDriver } from "../../../playground-engine/driver/node.ts";
import {
  createEngine,
  installDriver,
  setTraceSink,
  type Connection,
  type Engine,
  type TraceEvent,
} from "../../../playground-engine/engine/index.ts";
import { SQLAlchemyError } from "../../../playground-engine/errors/index.ts";
import { insert } from "../../../playground-engine/sql/index.ts";
import { Column, MetaData, Table } from "../../../playground-engine/sql/schema/index.ts";
import { Integer, String as SqlString } from "../../../playground-engine/sql/types/index.ts";
import { host, type Value } from "../../../playground-engine/util/host.ts";
import { plainOutput } from "../../../playground-engine/util/plain-host.ts";

const driver = await loadNodeDriver();
installDriver(driver);

export const kw = (options: Record<string, Value> = {}): Map<string, Value> =>
  new Map(Object.entries(options));
export const tuple = (...items: Value[]): Value => Object.freeze(items);

/** Python's repr of values and of the engine's own objects. */
export function repr(v: unknown): string {
  if (Array.isArray(v)) {
    const items = v.map(repr).join(", ");
    return Object.isFrozen(v) ? `(${items}${v.length === 1 ? "," : ""})` : `[${items}]`;
  }
  const own = (v as { repr?: () => string } | null)?.repr;
  return typeof own === "function" ? own.call(v) : host.repr(v);
}

/** What fn gives, or the class and text of what it throws. */
export function outcome(fn: () => unknown): string {
  try {
    const v = fn();
    return typeof v === "string" ? v : repr(v);
  } catch (e) {
    const name = e instanceof SQLAlchemyError ? e.pyName : (e as Error).name;
    return `${name}: ${(e instanceof SQLAlchemyError ? e.str() : (e as Error).message).replaceAll("\n", "|")}`;
  }
}

export interface World {
  readonly engine: Engine;
  readonly t: Table;
  readonly id: Column;
  readonly name: Column;
  readonly metadata: MetaData;
}

/** An engine with the table t(id, name), filled with a, b, c, d. */
export function world(options: Record<string, Value> = {}, rows = "abcd"): World {
  driver.reset({ files: true });
  const engine = createEngine("sqlite://", kw(options));
  const metadata = new MetaData();
  const t = new Table("t", metadata, [
    new Column("id", new Integer(), [], { primaryKey: true }),
    new Column("name", new SqlString(30)),
  ]);
  metadata.createAll(engine);
  if (rows)
    engine.begin().run((c: Connection) =>
      c.execute(
        insert(t),
        [...rows].map((n) => kw({ name: n })),
      ),
    );
  return { engine, t, metadata, id: t.c.get("id") as Column, name: t.c.get("name") as Column };
}

/** Log lines while fn runs, times left out. */
export function logOf(fn: () => void): string[] {
  const lines: string[] = [];
  plainOutput.log = (_name, _level, message) =>
    void lines.push(message.replace(/(generated in|cached since|no key) [\d.e-]+s( ago)?/g, "$1"));
  try {
    fn();
  } finally {
    plainOutput.log = () => undefined;
  }
  return lines;
}

/** Warnings while fn runs. */
export function warningsOf(fn: () => void): string[] {
  const out: string[] = [];
  plainOutput.warn = (category, message) => void out.push(`${category}: ${message}`);
  try {
    fn();
  } finally {
    plainOutput.warn = () => undefined;
  }
  return out;
}

/** The trace while fn runs. */
export function traceOf(fn: () => void): TraceEvent[] {
  const events: TraceEvent[] = [];
  setTraceSink({ event: (e) => void events.push(e) });
  try {
    fn();
  } finally {
    setTraceSink(undefined);
  }
  return events;
}

/** Each label's outcome in order; a mismatch shows all that differ at once. */
export function expectOutcomes(
  cases: readonly (readonly [label: string, fn: () => unknown, expected: string])[],
): void {
  const got = cases.map(([label, fn]) => `${label}: ${outcome(fn)}`);
  expect(got).toEqual(cases.map(([label, , expected]) => `${label}: ${expected}`));
}
