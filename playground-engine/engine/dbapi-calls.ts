// What every dialect does with a driver in the same way: execute, commit, ping, isolation levels by name.
// Behaviour: SQLAlchemy engine/default.py (do_* methods of DefaultDialect).
import { ArgumentError, StatementError } from "../errors/index.ts";
import { host, type Value } from "../util/host.ts";
import { reprString } from "../util/text.ts";
import { driverErrorNames, type DriverConnection } from "./dbapi.ts";
import type { EngineDialect } from "./engine-dialect.ts";
import { hooksOf } from "./events.ts";
import { raiseWithoutConnection } from "./handle-error.ts";

/** The part of a connection that is asked to end a transaction; a pool's proxy has it, too. */
interface Ends {
  commit(): void;
  rollback(): void;
  close(): void;
}

/** Call a method of a connection: the driver's, or one of a class of the program's own, as a pool's creator may give. */
export function callDriver(target: unknown, name: string, args: readonly Value[] = []): unknown {
  const own = (target as Readonly<Record<string, unknown>>)[name];
  if (typeof own === "function") return own.apply(target, [...args]) as unknown;
  const method = host.getAttribute(target, name);
  if (method === undefined) throw host.noAttribute(target, name);
  return host.call(method, args);
}

/** Have a dialect end a transaction or close a connection: one of the program's own may do it in its own way. */
function doThrough(dialect: EngineDialect | null, name: keyof Ends, connection: Ends): void {
  const own =
    dialect === null || typeof dialect.isDisconnect === "function"
      ? undefined
      : host.getAttribute(dialect, `do_${name}`);
  if (own === undefined) callDriver(connection, name);
  else host.call(own, [connection]);
}

export function doCommit(dialect: EngineDialect | null, connection: Ends): void {
  doThrough(dialect, "commit", connection);
}

export function doClose(dialect: EngineDialect | null, connection: Ends): void {
  doThrough(dialect, "close", connection);
}

export function doRollback(dialect: EngineDialect | null, connection: Ends): void {
  if (dialect?.skipAutocommitRollback && dialect.detectAutocommitSetting(connection as DriverConnection))
    return;
  doThrough(dialect, "rollback", connection);
}

/** Whether the connection answers; false where it is gone. Other errors are thrown. */
export function doPing(dialect: EngineDialect, connection: DriverConnection): boolean {
  try {
    const cursor = callDriver(connection, "cursor");
    try {
      callDriver(cursor, "execute", ["SELECT 1"]);
    } finally {
      callDriver(cursor, "close");
    }
    return true;
  } catch (e) {
    if (!driverErrorNames(e)) throw e;
    let gone = dialect.isDisconnect(e, connection, null);
    if (hooksOf(dialect).dispatch.handleError.active)
      try {
        raiseWithoutConnection(e, dialect, { isDisconnect: gone, isPrePing: true });
      } catch (wrapped) {
        if (!(wrapped instanceof StatementError)) throw wrapped;
        gone = wrapped.connectionInvalidated;
      }
    if (gone) return false;
    throw e;
  }
}

/** Set an isolation level given in any spelling. Throws ArgumentError for one that the dialect does not have. */
export function assertAndSetIsolationLevel(
  dialect: EngineDialect,
  connection: DriverConnection,
  given: Value,
): void {
  if (typeof given !== "string") throw host.noAttribute(given, "replace");
  const level = given.replaceAll("_", " ").toUpperCase();
  const allowed = dialect.getIsolationLevelValues(connection);
  if (allowed.length && !allowed.includes(level))
    throw new ArgumentError(
      `Invalid value ${reprString(level)} for isolation_level. Valid isolation levels for ${reprString(dialect.name)} are ${allowed.join(", ")}`,
    );
  dialect.setIsolationLevel(connection, level);
}

/** Back to the level that the engine was made with. */
export function resetIsolationLevel(dialect: EngineDialect, connection: DriverConnection): void {
  assertAndSetIsolationLevel(
    dialect,
    connection,
    (dialect.onConnectIsolationLevel ?? dialect.defaultIsolationLevel) as string,
  );
}
