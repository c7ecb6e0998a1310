// Another database's SQL over SQLite: for dialects whose driver is not here.
//
// While simulation is on, create_engine("postgresql://…") gives an engine that runs on SQLite in memory and shows, in log and trace, what
// would have gone to PostgreSQL. What SQLite cannot do fails with a NotSupportedError that says so. Rows that go in
// batches there and one by one here are shown as the batches.
import type { Compiled } from "../compiler/compiled.ts";
import { deliverInsertmanyvaluesBatches } from "../compiler/insert-many.ts";
import type { SQLCompiler } from "../compiler/sql-compiler.ts";
import type { ClauseElement } from "../sql/elements/clause.ts";
import type { BindProcessor } from "../sql/types/dialect-facts.ts";
import type { Value } from "../util/host.ts";
import type { ExecuteParams, ParamSet } from "../util/repr-params.ts";
import type { EngineDialect } from "./engine-dialect.ts";
import type { ContextSource, ExecutionContext } from "./execution-context.ts";
import { DriverError } from "./dbapi.ts";
import { toDriver } from "./driver-parameters.ts";

let on = false;

/** Let engines for other databases be made, to run on SQLite. */
export function simulateDialects(enabled: boolean): void {
  on = enabled;
}

export function simulating(): boolean {
  return on;
}

const SQLITES_OWN = /^\s*PRAGMA\b|\bsqlite_(?:temp_)?(?:master|schema)\b/i;

/** SQLite's words for what it does not know. */
const UNKNOWN =
  /no such (function|collation|module)|syntax error|unrecognized token|wrong number of arguments|not supported|unsupported/i;

/** An error of SQLite's that the other database would not have had, as what it is: a limit of the simulation. */
export function simulationError(e: unknown, name: string): unknown {
  if (!(e instanceof DriverError) || e.errorName !== "OperationalError" || !UNKNOWN.test(e.message)) return e;
  return new DriverError(
    "NotSupportedError",
    `The playground runs ${name} on SQLite, which cannot do this: ${e.message}. The statement below is what ${name} would get.`,
  );
}

/** MariaDB has RETURNING from a version on, which no server tells here: it is taken for a recent one. */
const RECENT: ReadonlySet<string> = new Set(["mariadb INSERT", "mariadb DELETE"]);

/** Refuses RETURNING that SQLite has and the other database has not. */
export function refuseReturning(dialect: EngineDialect, context: ExecutionContext): void {
  if (!context.isExplicitReturning) return;
  const [verb, has] = context.isinsert
    ? (["INSERT", dialect.insertReturning] as const)
    : context.isupdate
      ? (["UPDATE", dialect.updateReturning] as const)
      : (["DELETE", dialect.deleteReturning] as const);
  if (!has && !RECENT.has(`${dialect.name} ${verb}`))
    throw new DriverError(
      "NotSupportedError",
      `${dialect.name} has no ${verb} … RETURNING: it would refuse this statement, which the playground could run on SQLite.`,
    );
}

/** A statement as another database would have got it. */
export interface ShownStatement {
  readonly sql: string;
  readonly params: ExecuteParams;
  /** Where many rows go in: the statements one after another. */
  readonly batches?: readonly ShownBatch[];
}

/** One statement of those that insert many rows. */
export interface ShownBatch {
  readonly sql: string;
  readonly params: ParamSet;
  readonly rows: number;
  readonly number: number;
  readonly of: number;
  readonly downgraded: boolean;
}

/** What `dialect` would have made of the execution; undefined where it cannot say it. */
export function shownStatement(
  dialect: EngineDialect,
  context: ExecutionContext,
  source: ContextSource,
): ShownStatement | undefined {
  const none: ParamSet = dialect.positional ? [] : new Map<string, Value>();
  try {
    // a look at the schema goes to SQLite as SQLite has it
    if (source.kind === "text" && SQLITES_OWN.test(source.sql)) return undefined;
    if (source.kind === "text")
      return {
        sql: source.sql,
        params: source.parameters.length > 1 ? source.parameters : (source.parameters[0] ?? none),
      };
    if (source.kind === "ddl")
      return {
        sql: String(dialect.ddlCompiler((source.compiled as Compiled).statement as ClauseElement)),
        params: none,
      };
    if (source.kind !== "compiled" || !source.invoked) return undefined;
    const columnKeys = source.parameters[0] ? [...source.parameters[0].keys()].sort() : null;
    const compiled = dialect.statementCompiler(source.invoked, {
      columnKeys,
      forExecutemany: source.parameters.length > 1,
    }) as SQLCompiler;
    const given = source.parameters.length ? source.parameters : [null];
    const sets = given.map((set, i) => {
      const parameters = compiled.constructParams(set, null, false, null, false);
      // Defaults are computed once: for the statement that runs.
      for (const [name, value] of context.compiledParameters[i] ?? [])
        if (parameters.has(name)) parameters.set(name, value);
      return parameters;
    });
    let { string: sql } = compiled;
    let positions: readonly string[] | null = compiled.positional ? compiled.positiontup : null;
    let processors = compiled.bindProcessors as ReadonlyMap<string, BindProcessor>;
    if ((compiled.postCompileParams.size || compiled.literalExecuteParams.size) && sets[0]) {
      const expanded = compiled.processParametersForPostcompile(sets[0]);
      sql = expanded.statement;
      positions = expanded.positiontup;
      processors = new Map([...processors, ...expanded.processors]);
    }
    const driverSets = sets.map((set) => toDriver(set, processors, positions, compiled.escapedBindNames));
    if (context.executeStyle === "insertmanyvalues" && compiled.insertmanyvalues)
      return { sql, params: driverSets, batches: shownBatches(dialect, compiled, sql, driverSets, sets) };
    return { sql, params: source.parameters.length > 1 ? driverSets : (driverSets[0] as ParamSet) };
  } catch {
    return undefined;
  }
}

function shownBatches(
  dialect: EngineDialect,
  compiled: SQLCompiler,
  sql: string,
  driverSets: readonly ParamSet[],
  sets: readonly ReadonlyMap<string, Value>[],
): ShownBatch[] {
  const sorted = compiled.insertmanyvalues?.sortByParameterOrder ?? false;
  const batches = deliverInsertmanyvaluesBatches(
    compiled,
    sql,
    driverSets,
    sets,
    dialect.insertmanyvaluesPageSize,
    sorted,
    null,
  );
  return [...batches].map((b) => ({
    sql: b.replacedStatement,
    params: b.replacedParameters as ParamSet,
    rows: b.currentBatchSize,
    number: b.batchnum,
    of: b.totalBatches,
    downgraded: b.isDowngraded,
  }));
}
