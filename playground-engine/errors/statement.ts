// Errors of a statement's execution: what went wrong, with the SQL and its parameters in the text.
//
// DBAPIError and its subclasses wrap what the driver threw (class found by name along the original's classes), StatementError
// wraps any other exception of the program while a statement was on its way. Behaviour: SQLAlchemy exc.py from StatementError on.
import { host, type Value } from "../util/host.ts";
import { paramsValue, reprParams, type ExecuteParams } from "../util/repr-params.ts";
import { SQLAlchemyError, type ErrorOptions } from "./base.ts";

export interface StatementErrorOptions extends ErrorOptions {
  readonly hideParameters?: boolean;
  /** Whether params are many sets; null where nobody knows. */
  readonly ismulti?: boolean | null;
  readonly connectionInvalidated?: boolean;
}

export class StatementError extends SQLAlchemyError {
  static override readonly pyName: string = "StatementError";
  statement: string | null;
  /** As the engine holds them; the program sees `params`. */
  rawParams: ExecuteParams | null;
  orig: Value;
  ismulti: boolean | null;
  hideParameters: boolean;
  connectionInvalidated: boolean;
  detail: string[] = [];

  constructor(
    message: Value,
    statement: string | null,
    params: ExecuteParams | null,
    orig: Value,
    options: StatementErrorOptions = {},
  ) {
    super(message, options);
    this.statement = statement;
    this.rawParams = asParams(params);
    this.orig = orig;
    this.ismulti = options.ismulti ?? null;
    this.hideParameters = options.hideParameters ?? false;
    this.connectionInvalidated = options.connectionInvalidated ?? false;
  }

  /** The parameters as the program's values: a tuple, a dict, or a list of those. */
  get params(): Value {
    return this.rawParams === null ? null : paramsValue(this.rawParams, this.ismulti === true);
  }

  addDetail(message: string): void {
    this.detail.push(message);
  }

  override str(): string {
    const lines = this.detail.map((d) => `(${d})`);
    lines.push(this.messageText());
    if (this.statement) {
      lines.push(`[SQL: ${this.statement}]`);
      if (this.rawParams !== null && sizeOf(this.rawParams) > 0)
        lines.push(
          this.hideParameters
            ? "[SQL parameters hidden due to hide_parameters=True]"
            : `[parameters: ${reprParams(this.rawParams, { ismulti: this.ismulti })}]`,
        );
    }
    const code = this.codeText();
    if (code) lines.push(code);
    return lines.join("\n");
  }
}

/** Parameters as a program gives them to the constructor, as the engine holds them. */
function asParams(params: Value): ExecuteParams | null {
  if (params === null || params === undefined) return null;
  if (Array.isArray(params) || params instanceof Map) return params as ExecuteParams;
  const entries = host.entries(params);
  if (entries) return new Map([...entries].map(([k, v]) => [host.str(k), v]));
  return [...(host.iterate(params) ?? [])].map((p) =>
    host.kindOf(params) === "list" ? asParams(p) : p,
  ) as ExecuteParams;
}

function sizeOf(params: ExecuteParams): number {
  return Array.isArray(params) ? params.length : (params as ReadonlyMap<string, Value>).size;
}

export class DBAPIError extends StatementError {
  static override readonly pyName: string = "DBAPIError";
  static override readonly code: string = "dbapi";

  constructor(
    statement: string | null,
    params: ExecuteParams | null,
    orig: Value,
    options: StatementErrorOptions = {},
  ) {
    super(`(${describe(orig)}) ${textOf(orig)}`, statement, params, orig, options);
  }
}

export class InterfaceError extends DBAPIError {
  static override readonly pyName = "InterfaceError";
  static override readonly code = "rvf5";
}

export class DatabaseError extends DBAPIError {
  static override readonly pyName: string = "DatabaseError";
  static override readonly code: string = "4xp6";
}

export class DataError extends DatabaseError {
  static override readonly pyName = "DataError";
  static override readonly code = "9h9h";
}

export class OperationalError extends DatabaseError {
  static override readonly pyName = "OperationalError";
  static override readonly code = "e3q8";
}

export class IntegrityError extends DatabaseError {
  static override readonly pyName = "IntegrityError";
  static override readonly code = "gkpj";
}

export class InternalError extends DatabaseError {
  static override readonly pyName = "InternalError";
  static override readonly code = "2j85";
}

export class ProgrammingError extends DatabaseError {
  static override readonly pyName = "ProgrammingError";
  static override readonly code = "f405";
}

export class NotSupportedError extends DatabaseError {
  static override readonly pyName = "NotSupportedError";
  static override readonly code = "tw8g";
}

type DBAPIErrorClass = new (
  statement: string | null,
  params: ExecuteParams | null,
  orig: Value,
  options?: StatementErrorOptions,
) => DBAPIError;

const BY_NAME: ReadonlyMap<string, DBAPIErrorClass> = new Map<string, DBAPIErrorClass>([
  ["Error", DBAPIError],
  ["DBAPIError", DBAPIError],
  ["InterfaceError", InterfaceError],
  ["DatabaseError", DatabaseError],
  ["DataError", DataError],
  ["OperationalError", OperationalError],
  ["IntegrityError", IntegrityError],
  ["InternalError", InternalError],
  ["ProgrammingError", ProgrammingError],
  ["NotSupportedError", NotSupportedError],
]);

export interface WrapOptions extends StatementErrorOptions {
  /** The driver's error class of `orig` and its bases by name, nearest first; undefined where the driver did not throw it. */
  readonly dbapiNames?: readonly string[] | undefined;
  /** Dialects whose drivers name their classes differently. */
  readonly translation?: ReadonlyMap<string, string> | undefined;
}

/**
 * The error to raise for `orig`, thrown while `statement` was executed: `orig` itself where it must not be wrapped
 * (KeyboardInterrupt and the like, DontWrapMixin), otherwise a StatementError or the DBAPIError of its class.
 */
export function wrapError(
  statement: string | null,
  params: ExecuteParams | null,
  orig: Value,
  options: WrapOptions = {},
): unknown {
  const sqlalchemy = orig instanceof SQLAlchemyError;
  const names = options.dbapiNames;
  if (!sqlalchemy && !names && (!host.isError(orig, "Exception") || host.isError(orig, "DontWrapMixin")))
    return orig;
  if (sqlalchemy && statement) {
    const text = orig.args.length ? host.str(orig.args[0]) : "";
    return new StatementError(`(${describe(orig)}) ${text}`, statement, params, orig, {
      ...options,
      code: orig.code,
    });
  }
  if (!names && statement)
    return new StatementError(`(${describe(orig)}) ${textOf(orig)}`, statement, params, orig, {
      ...options,
      code: null,
    });
  let cls: DBAPIErrorClass = DBAPIError;
  for (const name of names ?? []) {
    // SQLAlchemy finds no class "Error" of its own: a bare Error of the driver becomes a DBAPIError.
    const found = BY_NAME.get(options.translation?.get(name) ?? name);
    if (found) {
      cls = found;
      break;
    }
  }
  return new cls(statement, params, orig, {
    hideParameters: options.hideParameters,
    connectionInvalidated: options.connectionInvalidated,
    ismulti: options.ismulti,
  });
}

/** What the driver's errors say about themselves (engine/dbapi.ts DriverError): errors may not import that room. */
interface NamedError {
  readonly errorName: string;
}

/** `type(e).__module__ + "." + type(e).__name__` */
function describe(e: Value): string {
  if (e instanceof SQLAlchemyError) return `${e.pyModule}.${e.pyName}`;
  if (e instanceof Error && typeof (e as Partial<NamedError>).errorName === "string")
    return `${moduleOf(e)}.${(e as unknown as NamedError).errorName}`;
  return `${host.typeModule(e)}.${host.typeName(e)}`;
}

function moduleOf(e: object): string {
  return (e as { dbapiModule?: string }).dbapiModule ?? "sqlite3";
}

function textOf(e: Value): string {
  if (e instanceof SQLAlchemyError) return e.str();
  try {
    return e instanceof Error
      ? e.message
      : host.isError(e, "BaseException")
        ? host.errorText(e)
        : host.str(e);
  } catch (inner) {
    return `Error in str() of DB-API-generated exception: ${host.errorText(inner)}`;
  }
}
