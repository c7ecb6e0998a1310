// What happens to an error on its way from the driver to the program: wrapped, shown to handle_error listeners, raised.
// Behaviour: SQLAlchemy engine/base.py (_handle_dbapi_exception, _handle_dbapi_exception_noconnection, ExceptionContextImpl).
import { wrapError, type StatementError } from "../errors/index.ts";
import { host, type Value } from "../util/host.ts";
import { paramsValue, type ExecuteParams } from "../util/repr-params.ts";
import type { Connection } from "./connection.ts";
import { driverErrorNames, type DriverCursor } from "./dbapi.ts";
import type { EngineDialect } from "./engine-dialect.ts";
import type { Engine } from "./engine.ts";
import { hooksOf } from "./events.ts";
import type { ExecutionContext } from "./execution-context.ts";

/** What a handle_error listener is given: facts, and two flags that it may change. */
export class ExceptionContext {
  readonly connection: Connection | null;
  readonly engine: Engine | null;
  readonly dialect: EngineDialect;
  readonly cursor: DriverCursor | null;
  readonly statement: string | null;
  readonly parameters: Value;
  readonly originalException: unknown;
  readonly sqlalchemyException: StatementError | null;
  /** What an earlier listener put in its place; absent until one does. */
  chainedException: unknown;
  readonly executionContext: ExecutionContext | null;
  isDisconnect: boolean;
  invalidatePoolOnDisconnect: boolean;
  readonly isPrePing: boolean;

  constructor(facts: ExceptionFacts) {
    this.connection = facts.connection ?? null;
    this.engine = facts.engine;
    this.dialect = facts.dialect;
    this.cursor = facts.cursor ?? null;
    this.statement = facts.statement ?? null;
    this.parameters = facts.parameters ? paramsValue(facts.parameters, facts.many ?? false) : null;
    this.originalException = facts.exception;
    this.sqlalchemyException = facts.wrapped;
    this.executionContext = facts.context ?? null;
    this.isDisconnect = facts.isDisconnect;
    this.invalidatePoolOnDisconnect = facts.invalidatePool;
    this.isPrePing = facts.isPrePing ?? false;
  }
}

export interface ExceptionFacts {
  readonly exception: unknown;
  readonly wrapped: StatementError | null;
  readonly engine: Engine | null;
  readonly dialect: EngineDialect;
  readonly connection?: Connection | null;
  readonly cursor?: DriverCursor | null;
  readonly statement?: string | null;
  readonly parameters?: ExecuteParams | null;
  readonly many?: boolean;
  readonly context?: ExecutionContext | null;
  readonly isDisconnect: boolean;
  readonly invalidatePool: boolean;
  readonly isPrePing?: boolean;
}

/** Ask the listeners. Gives what they made of it, and what is to be raised instead (undefined: nothing else). */
export function askErrorListeners(facts: ExceptionFacts): {
  readonly context: ExceptionContext;
  readonly instead: unknown;
} {
  const context = new ExceptionContext(facts);
  let instead: unknown;
  for (const fn of hooksOf(facts.dialect).dispatch.handleError) {
    try {
      const other = fn(context);
      if (other !== null && other !== undefined) context.chainedException = instead = other;
    } catch (raised) {
      if (!host.isError(raised, "Exception") && !(raised instanceof Error)) throw raised;
      instead = raised;
      break;
    }
  }
  if (facts.wrapped && context.isDisconnect !== facts.isDisconnect)
    facts.wrapped.connectionInvalidated = context.isDisconnect;
  return { context, instead };
}

/** Raise an error that happened outside of any connection: while one was opened or pinged. */
export function raiseWithoutConnection(
  e: unknown,
  dialect: EngineDialect,
  options: {
    readonly engine?: Engine | null;
    readonly isDisconnect?: boolean;
    readonly isPrePing?: boolean;
  } = {},
): never {
  const names = driverErrorNames(e);
  const isDisconnect = options.isDisconnect ?? (names !== undefined && dialect.isDisconnect(e, null, null));
  const wrapped = names
    ? (wrapError(null, null, e, {
        dbapiNames: names,
        hideParameters: host.isTrue(options.engine?.hideParameters ?? false),
        connectionInvalidated: isDisconnect,
        ismulti: null,
      }) as StatementError)
    : null;
  if (hooksOf(dialect).dispatch.handleError.active) {
    const { instead } = askErrorListeners({
      exception: e,
      wrapped,
      engine: options.engine ?? null,
      dialect,
      isDisconnect,
      invalidatePool: !options.isPrePing,
      isPrePing: options.isPrePing ?? false,
    });
    if (instead !== undefined) throw host.withCause(instead, e);
  }
  throw wrapped ? host.withCause(wrapped, e) : e;
}
