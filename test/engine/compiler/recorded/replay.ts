// Does with the engine what record.py noted of the real library, step by step.
import * as sql from "../../../../playground-engine/sql/index.ts";
import { host } from "../../../../playground-engine/util/host.ts";
import type { CompilingDialect } from "../../../../playground-engine/compiler/compiling-dialect.ts";
import { FROM_LINTING } from "../../../../playground-engine/compiler/from-linter.ts";
import { deliverInsertmanyvaluesBatches } from "../../../../playground-engine/compiler/insert-many.ts";
import type { SQLCompiler } from "../../../../playground-engine/compiler/sql-compiler.ts";
import * as operators from "../../../../playground-engine/sql/operators.ts";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type Step = readonly [kind: string, ...rest: Json[]];

/** What came out; for a further dialect only what differs from the first one's. */
export interface Outcome {
  readonly text?: string;
  readonly params?: readonly (readonly [string, Json])[] | null;
  readonly positiontup?: readonly string[] | null;
  readonly columns?: readonly (readonly Json[])[];
  readonly dml?: Json;
  readonly expanded?: readonly Json[];
  /** Statements and parameters for five rows in batches of two. */
  readonly batches?: Json;
  readonly error?: string;
  readonly message?: string;
  /** Category and text. */
  readonly warnings?: Json;
  /** Fields of the first dialect's that are not there. */
  readonly without?: readonly string[];
}

/** Outcomes by dialect, each complete. */
export function outcomes(results: Readonly<Record<string, Outcome>>): [dialect: string, outcome: Outcome][] {
  const [first, ...others] = Object.entries(results);
  if (!first) return [];
  return [first, ...others.map(([name, o]): [string, Outcome] => [name, Object.fromEntries(Object.entries({ ...first[1], ...o }).filter(([k]) => k !== "without" && !o.without?.includes(k)))])];
}

export interface Case {
  readonly source: string;
  readonly nodes: readonly Step[];
  readonly target: number | null;
  /** Whether the statement has a cache key. */
  readonly cached: boolean | null;
  readonly options: readonly (readonly [string, Json])[];
  readonly results: Readonly<Record<string, Outcome>>;
}

type Dict = Record<string, unknown>;

/** snake_case → camelCase, the rule for all names of the engine. */
const camel = (name: string): string => name.replace(/(?<=[^_])_([a-zA-Z0-9])/g, (_, c: string) => c.toUpperCase());

export class Replay {
  readonly made: unknown[] = [];
  readonly modules: Readonly<Record<string, Dict>>;

  constructor(modules: Readonly<Record<string, Dict>>, setup?: Replay) {
    this.modules = modules;
    if (setup) this.made.push(...setup.made);
  }

  run(steps: readonly Step[]): this {
    for (const step of steps) this.made.push(this.step(step));
    return this;
  }

  private step([kind, ...rest]: Step): unknown {
    switch (kind) {
      case "name":
        return this.name(rest[0] as string);
      case "func":
        return (this.made[rest[0] as number] as sql.FunctionGenerator).attribute(rest[1] as string);
      case "attr":
        return this.attribute(this.made[rest[0] as number], rest[1] as string);
      case "item":
        return (this.made[rest[0] as number] as { getitem(key: string): unknown }).getitem(rest[1] as string);
      case "getitem": {
        const on = this.made[rest[0] as number];
        return on instanceof sql.ReadOnlyColumnCollection ? on.getitem(this.value(rest[1]!)) : (on as sql.ColumnElement).getitem(this.value(rest[1]!));
      }
      case "nth":
        return [...(this.made[rest[0] as number] as Iterable<unknown>)][rest[1] as number];
      case "call":
        return this.call(this.made[rest[0] as number], rest[1] as Dict as { in?: Json[]; args?: Json[]; kwargs?: [string, Json][] });
      case "op":
      case "rop": {
        const op = operators.operatorNamed(rest[0] as string)!;
        const on = this.made[rest[1] as number] as sql.ColumnElement;
        if (rest[2] === null && (op === operators.inv || op === operators.neg)) return op === operators.inv ? on.invert() : on.operate(op, []);
        const other = this.value(rest[2]!);
        return kind === "op" ? on.operate(op, [other]) : on.reverseOperate(op, other);
      }
      case "and":
        return sql.and_([this.made[rest[0] as number], this.value(rest[1]!)]);
      case "or":
        return sql.or_([this.made[rest[0] as number], this.value(rest[1]!)]);
      default:
        throw new Error(`unknown step ${kind}`);
    }
  }

  private name(name: string): unknown {
    const [first, second] = name.split(".") as [string, string | undefined];
    if (name === "quoted_name") return sql.QuotedName;
    if (name === "func") return new sql.FunctionGenerator();
    const found = second === undefined ? lookUp(sql as unknown as Dict, first) : lookUp(this.modules[first] ?? {}, second);
    if (found === undefined) throw new Error(`the engine exports no ${name}`);
    return found;
  }

  private attribute(on: unknown, name: string): unknown {
    const key = camel(name);
    const value = (on as Dict)[key] ?? (on instanceof sql.ColumnElement ? (on.comparator as unknown as Dict)[key] : undefined);
    if (value === undefined) throw new Error(`no attribute ${key} on ${(on as object)?.constructor?.name}`);
    return typeof value === "function" && !/^class\b/.test(String(value)) ? new Bound(key in (on as object) ? on : (on as sql.ColumnElement).comparator, value as (...a: unknown[]) => unknown) : value;
  }

  private call(fn: unknown, given: { in?: Json[]; args?: Json[]; kwargs?: [string, Json][] }): unknown {
    if (given.in) {
      const args = given.in.map((v) => this.value(v));
      if (fn instanceof Bound) return fn.fn.apply(fn.on, args);
      if (/^class\b/.test(String(fn))) return new (fn as new (...a: unknown[]) => unknown)(...args);
      return (fn as (...a: unknown[]) => unknown)(...args);
    }
    const args = given.args!.map((v) => this.value(v));
    const kwargs = new Map(given.kwargs!.map(([k, v]) => [k, this.value(v)]));
    if (fn === sql.Sequence) return new sql.Sequence(args[0] as string, Object.fromEntries([...kwargs].map(([k, v]) => [camel(k), v])));
    if (fn === sql.Table) return new sql.Table(args[0] as string, args[1] as sql.MetaData, args.slice(2), Object.fromEntries([...kwargs].map(([k, v]) => [camel(k), v])));
    if (typeof (fn as { construct?: unknown }).construct === "function") return (fn as { construct(a: unknown[], k: unknown): unknown }).construct(args, kwargs);
    return (fn as sql.FunctionGenerator).invoke(args, kwargs);
  }

  value(v: Json): unknown {
    if (v === null || typeof v !== "object") return v;
    if (Array.isArray(v)) throw new Error("bare list");
    const o = v as { readonly [key: string]: Json };
    if ("node" in o) return this.made[o["node"] as number];
    if ("float" in o) return o["float"];
    if ("list" in o) return (o["list"] as Json[]).map((x) => this.value(x));
    if ("tuple" in o) return host.makeTuple((o["tuple"] as Json[]).map((x) => this.value(x)));
    if ("dict" in o) return new Map((o["dict"] as [Json, Json][]).map(([k, x]) => [this.value(k), this.value(x)]));
    if ("options" in o) return Object.fromEntries((o["options"] as [string, Json][]).map(([k, x]) => [camel(k), this.value(x)]));
    if ("missing" in o) return undefined;
    if ("name" in o) return this.name(o["name"] as string);
    if ("slice" in o) {
      const [start, stop] = o["slice"] as [Json, Json];
      return { start: this.value(start), stop: this.value(stop), step: null };
    }
    throw new Error(`no value for ${JSON.stringify(v)}`);
  }
}

class Bound {
  readonly on: unknown;
  readonly fn: (...args: unknown[]) => unknown;
  constructor(on: unknown, fn: (...args: unknown[]) => unknown) {
    this.on = on;
    this.fn = fn;
  }
}

function lookUp(names: Dict, name: string): unknown {
  return names[name] ?? names[camel(name)] ?? names[`${camel(name)}_`];
}

/** A value as recordings write it. */
function plain(v: unknown): Json {
  if (v === undefined || v === null) return null;
  if (typeof v === "bigint") return Number(v);
  if (v instanceof Map) return [...v].map(([k, x]) => [plain(k), plain(x)]);
  if (Array.isArray(v)) return v.map(plain);
  return typeof v === "object" ? host.repr(v) : (v as Json);
}

/** What the engine makes of a recorded case in one dialect; without a dialect: the warnings of building it. */
export function observe(recorded: Case, replay: Replay, dialect: CompilingDialect | undefined): Outcome {
  const { warn } = host;
  const seen: Json[] = [];
  const note = (category: string, text: string): void => {
    seen.push([category, text.includes("cartesian product") ? "cartesian product" : text.split(" at 0x")[0]!]);
  };
  host.warn = note;
  try {
    replay.run(recorded.nodes);
    if (recorded.target === null) return {};
    if (dialect === undefined) return { warnings: seen };
    seen.length = 0;
    const options = new Map(recorded.options.map(([k, v]) => [k, replay.value(v)]));
    const compiled = (replay.made[recorded.target] as sql.ClauseElement).compile(null, dialect, {
      columnKeys: (options.get("column_keys") as string[] | undefined) ?? null,
      forExecutemany: options.get("for_executemany") === true,
      linting: FROM_LINTING,
      schemaTranslateMap: (options.get("schema_translate_map") as Map<string | null, string | null> | undefined) ?? null,
      renderSchemaTranslate: options.get("render_schema_translate") === true,
      compileKwargs: (options.get("compile_kwargs") as Map<string, unknown> | undefined) ?? null,
    });
    const outcome = describe(compiled as SQLCompiler);
    return seen.length ? { ...outcome, warnings: seen } : outcome;
  } catch (e) {
    const name = (e as { pyName?: string }).pyName ?? (e as Error).name;
    const message = name === "UnsupportedCompilationError" ? "Compiler" : host.errorText(e).split(" at 0x")[0]!;
    return seen.length && recorded.target !== null ? { error: name, message, warnings: seen } : { error: name, message };
  } finally {
    host.warn = warn;
  }
}

function describe(c: SQLCompiler): Outcome {
  if (!c.isSql) return { text: c.string, params: null };
  const dml = {
    prefetch: c.prefetch.map((x) => x.key ?? null),
    postfetch: (c.postfetch ?? []).map((x) => x.key ?? null),
    returning: (c.implicitReturning ?? []).map(String),
    lastrowid: c.postfetchLastrowid,
    inline: c.inline,
    imv: c.insertSingleValuesExpr,
  };
  const marks = c.postCompileParams.size + c.literalExecuteParams.size > 0;
  const expandable = marks && ![...c.bindNames.keys()].some((b) => b.required);
  const expanded = expandable ? c.constructExpandedState() : null;
  return {
    text: c.string,
    params: [...c.params].map(([k, v]) => [k, plain(v)] as const),
    positiontup: c.positiontup,
    columns: c.resultColumns.map((r) => [r.keyname, anonymous(r.name), r.objects.map(target), String(r.type)]),
    ...(c.isinsert || c.isupdate || c.isdelete ? { dml } : {}),
    ...(c.insertmanyvalues ? { batches: batches(c) } : {}),
    ...(expanded ? { expanded: [expanded.statement, plain(expanded.parameters), plain(expanded.positiontup)] } : {}),
  };
}

const anonymous = (name: string | null): string | null => name?.replace(/%\(\S+ (.*?)\)s/g, "<$1>") ?? null;

const target = (o: unknown): Json => (o === null || o === undefined ? null : typeof o === "string" ? anonymous(o) : ["element", (o as sql.Visitable).visitName]);

function batches(c: SQLCompiler): Json {
  const names = [...c.bindNames.values()];
  const compiled = [0, 1, 2, 3, 4].map((i) => c.constructParams(new Map(names.map((n) => [n, `${n}${i}`])), null, !c.positional));
  const rows = compiled.map((p) => (c.positional ? c.positiontup!.map((k) => p.get(k)) : p));
  return [...deliverInsertmanyvaluesBatches(c, c.string, rows, compiled, 2, c.insertmanyvalues!.sortByParameterOrder, null)].map((b) => [
    b.replacedStatement, b.replacedParameters instanceof Map ? plain(new Map([...b.replacedParameters].sort())) : plain(b.replacedParameters), b.batch.length, plain(b.sentinelValues), b.currentBatchSize, b.batchnum, b.totalBatches, b.rowsSorted, b.isDowngraded,
  ]);
}
