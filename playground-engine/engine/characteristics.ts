// Execution options of a connection that change the connection itself: isolation_level, logging_token.
//
// What one checkout sets is undone before the database connection goes back to the pool. Behaviour: SQLAlchemy engine/characteristics.py.
import { InvalidRequestError } from "../errors/index.ts";
import { host, type Kwargs, type Value } from "../util/host.ts";
import type { Connection } from "./connection.ts";
import { assertAndSetIsolationLevel, resetIsolationLevel } from "./dbapi-calls.ts";
import type { DriverConnection } from "./dbapi.ts";
import type { EngineDialect } from "./engine-dialect.ts";

interface Characteristic {
  /** Must not change inside a transaction. */
  readonly transactional: boolean;
  set(connection: Connection, dbapi: DriverConnection, value: Value): void;
  reset(dialect: EngineDialect, dbapi: DriverConnection): void;
}

const CHARACTERISTICS: ReadonlyMap<string, Characteristic> = new Map<string, Characteristic>([
  [
    "isolation_level",
    {
      transactional: true,
      set: (connection, dbapi, value) => {
        assertAndSetIsolationLevel(connection.dialect, dbapi, value);
      },
      reset: resetIsolationLevel,
    },
  ],
  [
    "logging_token",
    {
      transactional: false,
      set: (connection, _dbapi, value) => {
        connection._messageFormatter = host.isTrue(value)
          ? (message) => `[${host.str(value)}] ${message}`
          : null;
      },
      reset: () => undefined,
    },
  ],
]);

/** Options as listeners leave them, who are given a dict that they may change. */
export function tellOptions(options: Kwargs, tell: (dict: Value) => void): Kwargs {
  const dict = host.makeDict(options);
  tell(dict);
  return new Map((host.entries(dict) ?? []) as Iterable<[string, Value]>);
}

/** The options among these that are characteristics. */
export function characteristicsIn(options: Kwargs): Map<string, Value> {
  return new Map([...options].filter(([name]) => CHARACTERISTICS.has(name)));
}

/** Apply the characteristics among these options. Throws InvalidRequestError for transactional ones inside a transaction. */
export function setCharacteristics(connection: Connection, options: Kwargs): void {
  const given = [...characteristicsIn(options)].map(
    ([name, value]) => [name, CHARACTERISTICS.get(name) as Characteristic, value] as const,
  );
  if (!given.length) return;
  if (connection.inTransaction()) {
    const transactional = given.filter(([, c]) => c.transactional).map(([name]) => name);
    if (transactional.length)
      throw new InvalidRequestError(
        `This connection has already initialized a SQLAlchemy Transaction() object via begin() or autobegin; ${transactional.join(", ")} may not be altered unless rollback() or commit() is called first.`,
      );
  }
  const fairy = connection.connection;
  const dbapi = fairy.dbapiConnection as DriverConnection;
  for (const [, characteristic, value] of given) characteristic.set(connection, dbapi, value);
  fairy.connectionRecord?.finalizeCallback.push((c) => {
    for (const [, characteristic] of given) characteristic.reset(connection.dialect, c);
  });
}
