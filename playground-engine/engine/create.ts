// create_engine(): from an address and keyword arguments to a dialect, a pool and an engine.
//
// Each argument belongs to the dialect, the pool or the engine by its name; what belongs to none is refused by name. Nothing
// connects yet: the first connection also shows the dialect its server. Behaviour: SQLAlchemy engine/create.py.
import { COLLECT_CARTESIAN_PRODUCTS, NO_LINTING } from "../compiler/from-linter.ts";
import type { PoolClassName } from "../dialects/dialect.ts";
import { SQLiteDialectPysqlite } from "../dialects/sqlite/dialect.ts";
import { ArgumentError, NoSuchModuleError, warnDeprecated } from "../errors/index.ts";
import { listenInternal } from "../event/index.ts";
import { host, type Kwargs, type Value } from "../util/host.ts";
import { entriesOf, itemsOf } from "../util/items.ts";
import { Connection } from "./connection.ts";
import { assertAndSetIsolationLevel } from "./dbapi-calls.ts";
import { importDbapi, sqlite3Module } from "./dbapi-modules.ts";
import type { DriverConnection } from "./dbapi.ts";
import {
  camelName,
  dialectClassFor,
  dialectClassName,
  dialectKeywords,
  type DialectClass,
} from "./dialect-lookup.ts";
import type { DbapiModule, EngineDialect } from "./engine-dialect.ts";
import { Engine, type EngineOptions } from "./engine.ts";
import { hooksOf } from "./events.ts";
import type { EchoFlag } from "./log.ts";
import { createMockEngine } from "./mock.ts";
import { internalCreator, type Creator, type Pool } from "./pool.ts";
import { ConnectionFairy, ConnectionRecord } from "./pool-record.ts";
import {
  AssertionPool,
  AsyncAdaptedQueuePool,
  NullPool,
  QueuePool,
  SingletonThreadPool,
  StaticPool,
  type PoolClass,
} from "./pools.ts";
import { simulating } from "./simulation.ts";
import { makeUrl, type URL } from "./url.ts";

const POOLS: ReadonlyMap<PoolClassName, PoolClass> = new Map<PoolClassName, PoolClass>([
  ["QueuePool", QueuePool as PoolClass],
  ["AsyncAdaptedQueuePool", AsyncAdaptedQueuePool as PoolClass],
  ["SingletonThreadPool", SingletonThreadPool as PoolClass],
  ["StaticPool", StaticPool as PoolClass],
  ["NullPool", NullPool as PoolClass],
  ["AssertionPool", AssertionPool as PoolClass],
]);

/** Keywords of a pool's constructor under the names create_engine() gives them. */
const POOL_KEYWORDS: ReadonlyMap<string, string> = new Map([
  ["logging_name", "pool_logging_name"],
  ["echo", "echo_pool"],
  ["timeout", "pool_timeout"],
  ["recycle", "pool_recycle"],
  ["events", "pool_events"],
  ["reset_on_return", "pool_reset_on_return"],
  ["pre_ping", "pool_pre_ping"],
  ["use_lifo", "pool_use_lifo"],
]);
const ENGINE_KEYWORDS = ["logging_name", "echo", "query_cache_size", "execution_options", "hide_parameters"];

/** Arguments that are taken one by one; what is left is nobody's. */
class Arguments {
  private readonly left: Map<string, Value>;
  private readonly coerce: boolean;

  constructor(kwargs: Kwargs) {
    this.left = new Map(kwargs);
    this.coerce = host.isTrue(this.left.get("_coerce_config") ?? false);
    this.left.delete("_coerce_config");
  }

  has(name: string): boolean {
    return this.left.has(name);
  }

  take(name: string, fallback: Value = null): Value {
    if (!this.left.has(name)) return fallback;
    const value = this.left.get(name) as Value;
    this.left.delete(name);
    return this.coerce ? fromConfig(name, value) : value;
  }

  /** These of the arguments under their camelCase names. */
  takeAll(names: readonly string[], nameHere: (name: string) => string = (n) => n): Record<string, Value> {
    const out: Record<string, Value> = {};
    for (const name of names) if (this.has(nameHere(name))) out[camelName(name)] = this.take(nameHere(name));
    return out;
  }

  get rest(): string[] {
    return [...this.left.keys()];
  }
}

/** Arguments that are taken and change nothing any more. */
const DEPRECATED: readonly (readonly [name: string, message: string])[] = [
  [
    "implicit_returning",
    "The create_engine.implicit_returning parameter is deprecated and will be removed in a future release. ",
  ],
  [
    "empty_in_strategy",
    'The create_engine.empty_in_strategy keyword is deprecated, and no longer has any effect.  All IN expressions are now rendered using the "expanding parameter" strategy which renders a set of boundexpressions, or an "empty set" SELECT, at statement executiontime.',
  ],
];

export function createEngine(url: Value, kwargs: Kwargs = new Map()): Engine {
  if (kwargs.has("strategy")) return byStrategy(url, kwargs);
  const args = new Arguments(kwargs);
  for (const [name, message] of DEPRECATED) if (args.has(name)) warnDeprecated(message);
  args.take("empty_in_strategy");
  let u = makeUrl(url);
  const plugins = [...namesOf(u.query.get("plugin") ?? null), ...namesOf(args.take("plugins"))];
  if (plugins.length)
    throw new NoSuchModuleError(`Can't load plugin: sqlalchemy.plugins:${plugins[0] as string}`);
  u = u.differenceUpdateQuery(["plugin", "plugins"]);
  args.take("_is_async");
  const dialectClass = dialectClassFor(u);
  const asked = makeDialect(dialectClass, args);
  const simulated = asked.dbapi === null;
  const dialect = simulated ? new SQLiteDialectPysqlite({ dbapi: sqlite3Module }) : asked;
  const pool = makePool(dialect, simulated ? makeUrl("sqlite://") : u, args);
  if (!host.isTrue(args.take("future", true)))
    throw new ArgumentError("The 'future' parameter passed to create_engine() may only be set to True.");
  const engineOptions = args.takeAll(ENGINE_KEYWORDS);
  const initialize = host.isTrue(args.take("_initialize", true));
  if (args.rest.length)
    throw host.error(
      "TypeError",
      `Invalid argument(s) ${args.rest.map((n) => `'${n}'`).join(",")} sent to create_engine(), using configuration ${dialectClassName(dialectClass)}/${(pool.constructor as typeof Pool).pyName}/Engine.  Please check that the keyword arguments are appropriate for this combination of components.`,
    );
  const engine = new Engine(pool, dialect, u, {
    ...(engineOptions as EngineOptions),
    echo: echoOf(engineOptions["echo"]),
    executionOptions: optionsGiven(engineOptions["executionOptions"] ?? null),
    shown: simulated ? asked : null,
  });
  if (initialize) prepareConnections(engine, pool, dialect);
  return engine;
}

function byStrategy(url: Value, kwargs: Kwargs): Engine {
  warnDeprecated(
    "The create_engine.strategy keyword is deprecated, and the only argument accepted is 'mock'; please use create_mock_engine() going forward.  For general customization of create_engine which may have been accomplished using strategies, see CreateEnginePlugin.",
  );
  const strategy = kwargs.get("strategy");
  if (strategy !== "mock") throw new ArgumentError(`unknown strategy: ${host.repr(strategy)}`);
  const executor = kwargs.get("executor");
  if (executor === undefined)
    throw host.error("TypeError", "create_mock_engine() missing 1 required positional argument: 'executor'");
  return createMockEngine(
    url,
    executor,
    new Map([...kwargs].filter(([k]) => k !== "strategy" && k !== "executor")),
  ) as unknown as Engine;
}

function makeDialect(dialectClass: DialectClass, args: Arguments): EngineDialect {
  const init = args.takeAll(dialectKeywords(dialectClass));
  const given = args.take("module");
  const dbapi =
    (given === null ? null : moduleOf(given)) ??
    (simulating() && dialectClass.prototype.name !== "sqlite" ? null : importDbapi(dialectClass.driver));
  let linting = (init["compilerLinting"] as number | undefined) ?? NO_LINTING;
  if (host.isTrue(args.take("enable_from_linting", true))) linting ^= COLLECT_CARTESIAN_PRODUCTS;
  const simulated = dbapi === null;
  if (simulated && dialectClass.driver.endsWith("odbc")) init["paramstyle"] ??= "qmark";
  const dialect = new dialectClass({ ...init, compilerLinting: linting, dbapi });
  // a server of today's, where the dialect asks for its version: SQL Server has OFFSET … FETCH since 2012
  if (simulated && "supportsOffsetFetch" in dialect)
    Object.defineProperty(dialect, "supportsOffsetFetch", { value: true });
  return dialect;
}

/** `module=…`: a driver's module of the program, which connects in its way. */
function moduleOf(given: Value): DbapiModule {
  if (host.getAttribute(given, "paramstyle") === undefined) throw host.noAttribute(given, "paramstyle");
  if (typeof (given as Partial<DbapiModule>).connect === "function") return given as DbapiModule;
  return {
    ...sqlite3Module,
    connect: (args, kwargs) =>
      host.call(host.getAttribute(given, "connect"), args, kwargs) as DriverConnection,
  };
}

function makePool(dialect: EngineDialect, url: URL, args: Arguments): Pool {
  const [connectArgs, connectKwargs] = dialect.createConnectArgs(url);
  const parameters = new Map([
    ...connectKwargs,
    ...(entriesOf(args.take("connect_args", new Map())) as Kwargs),
  ]);
  const given = args.take("pool") as Pool | null;
  if (given) {
    given._dialect = dialect;
    return given;
  }
  const connect: Creator = internalCreator((record) =>
    openConnection(dialect, record, connectArgs, parameters),
  );
  const creator = args.take("creator") ?? connect;
  const poolClass =
    (args.take("poolclass") as PoolClass | null) ?? (POOLS.get(dialect.getPoolClass(url)) as PoolClass);
  if (typeof poolClass !== "function") throw host.noAttribute(poolClass, "__dict__");
  const options = args.takeAll(
    poolClass.keywords.filter((k) => k !== "dialect"),
    (name) => POOL_KEYWORDS.get(name) ?? name,
  );
  if ("echo" in options) options["echo"] = echoOf(options["echo"]);
  const pool = new poolClass(creator, { ...options, dialect } as never);
  const isAsync = poolClass.pyName.includes("AsyncAdapted");
  if ((poolClass.pyName === "QueuePool" && dialect.isAsync) || (isAsync && !dialect.isAsync))
    throw new ArgumentError(
      `Pool class ${poolClass.pyName} cannot be used with ${dialect.isAsync ? "" : "non-"}asyncio engine`,
      { code: "pcls" },
    );
  return pool;
}

function openConnection(
  dialect: EngineDialect,
  record: ConnectionRecord,
  args: readonly Value[],
  kwargs: Kwargs,
): DriverConnection {
  const event = hooksOf(dialect).dispatch.doConnect;
  let [cargs, cparams] = [args, kwargs];
  if (event.active) {
    const list = host.makeList(args);
    const dict = host.makeDict(kwargs);
    for (const listener of event) {
      const connection = listener(dialect, record, list, dict);
      if (connection !== null && connection !== undefined) return connection as DriverConnection;
    }
    cargs = [...(host.iterate(list) ?? [])];
    cparams = new Map(host.entries(dict) as Iterable<[string, Value]>);
  }
  return (dialect.dbapi as DbapiModule).connect(cargs, cparams);
}

/** What is done with each new connection, and with the first. */
function prepareConnections(engine: Engine, pool: Pool, dialect: EngineDialect): void {
  const onConnect = dialect.onConnect();
  if (onConnect)
    listenInternal(pool, "connect", (connection) => {
      onConnect(connection as DriverConnection);
      return null;
    });
  if (dialect.onConnectIsolationLevel !== null)
    listenInternal(pool, "connect", (connection) => {
      assertAndSetIsolationLevel(
        dialect,
        connection as DriverConnection,
        dialect.onConnectIsolationLevel as string,
      );
      return null;
    });
  listenInternal(
    pool,
    "connect",
    (dbapiConnection, record) => {
      const fairy = new ConnectionFairy(
        pool,
        dbapiConnection as DriverConnection,
        record as ConnectionRecord,
        false,
      );
      const connection = new Connection(engine, { fairy, ordinary: false });
      try {
        dialect.initialize(connection);
      } finally {
        if (!connection.invalidated && !connection.closed) (dbapiConnection as DriverConnection).rollback();
      }
      return null;
    },
    { onceUnlessException: true },
  );
}

/** An engine from the settings of a file that begin with a prefix; texts become numbers and booleans. */
export function engineFromConfig(
  configuration: Value,
  prefix = "sqlalchemy.",
  kwargs: Kwargs = new Map(),
): Engine {
  const options = new Map<string, Value>();
  for (const [key, value] of host.entries(configuration) ?? [])
    if (typeof key === "string" && key.startsWith(prefix)) options.set(key.slice(prefix.length), value);
  options.set("_coerce_config", true);
  for (const [key, value] of kwargs) options.set(key, value);
  const url = options.get("url");
  if (url === undefined) throw host.error("KeyError", "url");
  options.delete("url");
  return createEngine(url, options);
}

/** The pool that an engine for this address would have; arguments under the pool's own names. */
export function createPoolFromUrl(url: Value, kwargs: Kwargs = new Map()): Pool {
  const named = new Map([...kwargs].map(([key, value]) => [POOL_KEYWORDS.get(key) ?? key, value] as const));
  return createEngine(url, new Map<string, Value>([...named, ["_initialize", false]])).pool;
}

// ------------------------------------------------------------------ values

const CONFIG_INTEGERS: ReadonlySet<string> = new Set([
  "pool_timeout",
  "pool_recycle",
  "pool_size",
  "max_overflow",
]);

function fromConfig(name: string, value: Value): Value {
  if (CONFIG_INTEGERS.has(name)) {
    if (typeof value !== "string") return value;
    if (!/^\s*[+-]?\d+\s*$/.test(value))
      throw host.error("ValueError", `invalid literal for int() with base 10: ${host.repr(value)}`);
    return Number(value);
  }
  if (name === "echo" || name === "echo_pool") return value === "debug" ? value : asBool(value);
  return name === "future" ? asBool(value) : value;
}

function asBool(value: Value): Value {
  if (typeof value !== "string") return host.isTrue(value);
  const text = value.trim().toLowerCase();
  if (["true", "yes", "on", "y", "t", "1"].includes(text)) return true;
  if (["false", "no", "off", "n", "f", "0"].includes(text)) return false;
  throw host.error("ValueError", `String is not true/false: ${host.repr(text)}`);
}

function echoOf(v: Value): EchoFlag {
  if (v === null || v === undefined) return null;
  if (v === "debug") return v;
  if (v === true || v === 1) return true;
  if (v === false || v === 0) return false;
  throw host.isHashable(v)
    ? host.error("KeyError", v as string)
    : host.error("TypeError", `unhashable type: '${host.typeName(v)}'`);
}

function optionsGiven(v: Value): Kwargs | null {
  if (v === null || !host.isTrue(v)) return null;
  const entries = host.entries(v);
  if (!entries)
    throw host.error(
      "TypeError",
      `sqlalchemy.engine.base.Engine.update_execution_options() argument after ** must be a mapping, not ${host.typeName(v)}`,
    );
  return new Map(entries as Iterable<[string, Value]>);
}

function namesOf(v: Value): string[] {
  if (v === null || v === undefined) return [];
  return typeof v === "string" ? [v] : (itemsOf(v) as string[]);
}
