// The dialect as the engine uses it: the class that dialects/ derive from, and the driver modules they are connected by.
//
// What is the same for every driver (execute, commit, ping) is not asked of a dialect but done by dbapi-calls.ts.
import type { DefaultDialect } from "../dialects/default.ts";
import type { DialectDbapi } from "../dialects/dialect.ts";
import type { Kwargs, Value } from "../util/host.ts";
import type { DriverConnection } from "./dbapi.ts";

export type EngineDialect = DefaultDialect;

/** A DBAPI module that can connect. */
export interface DbapiModule extends DialectDbapi {
  connect(args: readonly Value[], kwargs: Kwargs): DriverConnection;
}
