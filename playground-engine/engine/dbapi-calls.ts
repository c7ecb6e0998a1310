// What every dialect does with a driver in the same way: execute, commit, ping, isolation levels by name.
// Behaviour: SQLAlchemy engine/default.py (do_* methods of DefaultDialect).
import { ArgumentError, StatementError } from "../errors/index.ts";
import { host, type Value } from "../util/host.ts";
import { reprString } from "../util/text.ts";
import { driverErrorNames, type DriverConnection, type DriverCursor } from "./dbapi.ts";
import type { EngineDialect } from "./engine-dialect.ts";
import { hooksOf } from "./events.ts";
import { raiseWithoutConnection } from "./handle-error.ts";

/** The part of a connection that is asked to end a transaction; a pool's proxy has it, too. */
interface Ends {
  commit(): void;
  rollback(): void;
}

export function doCommit(connection: Ends): void {
  connection.commit();
}

export function doRollback(dialect: EngineDialect | null, connection: Ends): void {
  if (dialect?.skipAutocommitRollback && dialect.detectAutocommitSetting(connection as DriverConnection))
    return;
  connection.rollback();
}

/** Whether the connection answers; false where it is gone. Other errors are thrown. */
export function doPing(dialect: EngineDialect, connection: DriverConnection): boolean {
  try {
    const cursor: DriverCursor = connection.cursor();
    try {
      cursor.execute("SELECT 1");
    } finally {
      cursor.close();
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
