// The dialect as other rooms see it: flags that the compiler and the engine read, and methods that need a connection.
//
// Names are SQLAlchemy's in camelCase. The rooms below state what they need themselves (CompilingDialect, DdlDialect); here is the
// rest, and what a dialect asks of a connection. Behaviour: SQLAlchemy engine/interfaces.py (Dialect).
import type { CompilingDialect, ParamStyle } from "../compiler/compiling-dialect.ts";
import type { DdlDialect } from "../sql/ddl-visitors.ts";
import type { TypeClass } from "../sql/types/engine.ts";
import type { Kwargs, Value } from "../util/host.ts";

/** A cursor of the driver, as far as a dialect uses one. */
export interface DialectCursor {
  execute(sql: string): void;
  fetchone(): readonly Value[] | undefined;
  close(): void;
}

/** A connection of the driver. */
export interface DialectDriverConnection {
  isolationLevel: string | null;
  cursor(): DialectCursor;
  createFunction(name: string, narg: number, fn: (...args: Value[]) => Value, deterministic?: boolean): void;
}

/** What reflection gets back from a statement. Rows are read by iteration. */
export interface ReflectionResult extends Iterable<Iterable<Value>> {
  readonly _softClosed: boolean;
  fetchall(): Iterable<Iterable<Value>>;
  scalar(): Value;
  scalars(): { all(): readonly Value[] };
}

/** A connection of the engine, as far as reflection uses one. */
export interface ReflectionConnection {
  execDriverSql(sql: string, parameters?: Value): unknown;
}

/** A DBAPI module by name, with what dialects look at. */
export interface DialectDbapi {
  readonly name: string;
  readonly paramstyle: string;
  /** sqlite3.sqlite_version_info */
  readonly sqliteVersionInfo?: readonly number[];
}

/** The parts of a URL that a driver is connected by. */
export interface DialectUrl {
  readonly username: string | null;
  readonly password: Value;
  readonly host: string | null;
  readonly port: number | null;
  readonly database: string | null;
  readonly query: ReadonlyMap<string, string | readonly string[]>;
  toString(): string;
}

export type ConnectArguments = readonly [args: readonly Value[], kwargs: Kwargs];
/** Class of connection pool, by SQLAlchemy's name. */
export type PoolClassName =
  "QueuePool" | "AsyncAdaptedQueuePool" | "SingletonThreadPool" | "StaticPool" | "NullPool" | "AssertionPool";

/** What create_engine() hands on to the dialect's constructor. */
export interface DialectInit {
  readonly paramstyle?: ParamStyle | null;
  readonly isolationLevel?: string | null;
  readonly dbapi?: DialectDbapi | null;
  readonly supportsNativeBoolean?: boolean | null;
  readonly maxIdentifierLength?: number | null;
  readonly labelLength?: number | null;
  readonly insertmanyvaluesPageSize?: number;
  readonly useInsertmanyvalues?: boolean | null;
  readonly compilerLinting?: number;
  readonly serverSideCursors?: boolean;
  readonly skipAutocommitRollback?: boolean;
  readonly jsonSerializer?: Value;
  readonly jsonDeserializer?: Value;
  /** Arguments of single dialects, by their camelCase names. */
  readonly [name: string]: unknown;
}

/** Facts about one thing of the database, keyed as SQLAlchemy's reflected dictionaries are: "name", "column_names" … */
export type Reflected = Map<string, Value>;

export interface MultiReflect {
  /** Bits of OBJECT_KIND and OBJECT_SCOPE. */
  readonly kind: number;
  readonly scope: number;
  readonly schema: string | null;
  readonly filterNames: readonly string[] | null;
}
/** By [schema, table]. */
export type MultiReflected<T> = readonly (readonly [
  key: readonly [schema: string | null, table: string],
  data: T,
])[];

export interface Dialect extends CompilingDialect, DdlDialect {
  readonly name: string;
  readonly dialectDescription: string;
  readonly supportsStatementCache: boolean;
  readonly isAsync: boolean;
  readonly colspecs: ReadonlyMap<TypeClass, TypeClass>;
  readonly supportsNativeBoolean: boolean;
  readonly supportsSequences: boolean;
  readonly sequencesOptional: boolean;
  validateIdentifier(name: string): void;
}

/** Kinds of objects that reflection looks for (ObjectKind). */
export const OBJECT_KIND = { TABLE: 1, VIEW: 2, MATERIALIZED_VIEW: 4, ANY_VIEW: 6, ANY: 7 } as const;
/** Where it looks for them (ObjectScope). */
export const OBJECT_SCOPE = { DEFAULT: 1, TEMPORARY: 2, ANY: 3 } as const;
