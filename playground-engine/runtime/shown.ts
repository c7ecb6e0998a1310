// Trace events and values as a page shows them: text made here, so that nothing of the engine crosses to the page.
import type { StatementEvent, TraceEvent } from "../engine/trace.ts";
import { host, type Value } from "../util/host.ts";
import type { Event, ShownStatement, ShownValue, StatementResult } from "./protocol.ts";

const LONGEST = 2000;

function shorten(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}

/** A value by its repr. */
export function shownValue(v: Value): ShownValue {
  const kind = host.kindOf(v);
  const text = shorten(kind === "str" ? host.str(v) : host.repr(v));
  return {
    kind:
      kind === "none"
        ? "null"
        : kind === "bool" || kind === "int" || kind === "float" || kind === "str" || kind === "bytes"
          ? kind
          : "other",
    text,
  };
}

/** The sets of values of an executemany; undefined where the values of a batch's rows come flat, as one set. */
function setsOf(e: StatementEvent): Value[] | undefined {
  if (!e.many) return undefined;
  const sets = [...(host.iterate(e.params) ?? [])];
  return sets.every((s) => s instanceof Map || ["tuple", "list", "dict"].includes(host.kindOf(s)))
    ? sets
    : undefined;
}

function shownParams(e: StatementEvent): string {
  const one = (p: Value): string => {
    const pairs = host.entries(p);
    if (pairs) return `{${[...pairs].map(([k, v]) => `${host.repr(k)}: ${host.repr(v)}`).join(", ")}}`;
    const items = [...(host.iterate(p) ?? [])].map((v) => host.repr(v));
    return items.length === 1 ? `(${items[0]},)` : `(${items.join(", ")})`;
  };
  const sets = setsOf(e);
  return shorten(sets ? `[${sets.slice(0, 50).map(one).join(", ")}]` : one(e.params));
}

function literal(v: Value): string {
  switch (host.kindOf(v)) {
    case "none":
      return "NULL";
    case "bool":
      return host.isTrue(v) ? "1" : "0";
    case "int":
    case "float":
      return host.str(v);
    case "bytes":
      return `X'${[...host.types.readBytes(v)].map((b) => b.toString(16).padStart(2, "0")).join("")}'`;
    default:
      return `'${host.str(v).replaceAll("'", "''")}'`;
  }
}

/** The statement with its (first) parameters written in. */
export function inlined(e: StatementEvent): string {
  const sets = setsOf(e);
  const first = sets ? sets[0] : e.params;
  if (first === undefined) return e.sql;
  const named = host.entries(first);
  if (named) {
    const byName = new Map([...named].map(([k, v]) => [host.str(k), v]));
    return e.sql.replace(/('(?:[^']|'')*'|"(?:[^"]|"")*")|%\((\w+)\)s|(?<!:):(\w+)/g, (m, quoted, a, b) => {
      const name = (a ?? b) as string | undefined;
      return quoted || name === undefined || !byName.has(name) ? m : literal(byName.get(name));
    });
  }
  const values = [...(host.iterate(first) ?? [])];
  let i = 0;
  return e.sql.replace(/('(?:[^']|'')*'|"(?:[^"]|"")*")|\?|%s|\$\d+/g, (m, quoted) =>
    quoted ? m : i < values.length ? literal(values[i++]) : m,
  );
}

export function shownStatement(e: StatementEvent): ShownStatement {
  return {
    id: e.id,
    sql: e.sql,
    params: shownParams(e),
    inlined: inlined(e),
    many: setsOf(e)?.length ?? 1,
    dialect: e.dialect,
    simulated: e.simulated,
    cause: e.cause,
    subject: e.subject ?? null,
    file: e.file ?? null,
    line: e.line ?? null,
    connection: e.connection,
  };
}

export function shownResult(e: StatementEvent): StatementResult {
  return {
    id: e.id,
    columns: e.columns ?? null,
    rows: (e.rows ?? []).map((r) => r.map(shownValue)),
    fetched: e.fetched ?? e.rows?.length ?? 0,
    rowcount: e.rowcount ?? -1,
    milliseconds: e.milliseconds ?? 0,
    error: e.error ?? null,
  };
}

/** The event of a trace as it goes to the page. */
export function shownEvent(e: TraceEvent): Event {
  if (e.kind === "statement") return { kind: "statement", statement: shownStatement(e) };
  return {
    kind: "transaction",
    what: e.kind,
    connection: e.connection,
    name: e.name ?? null,
    file: e.file ?? null,
    line: e.line ?? null,
  };
}
