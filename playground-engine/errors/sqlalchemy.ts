// SQLAlchemy's exceptions that are not about one statement: exc.py's tree without StatementError and below.
//
// A class holds no more than its name and the attributes a program can read; messages are written where they are thrown.
import { host, type Value } from "../util/host.ts";
import { installCycleError, type Edge } from "../util/topological.ts";
import { SQLAlchemyError, type ErrorOptions } from "./base.ts";

export class ArgumentError extends SQLAlchemyError {
  static override readonly pyName: string = "ArgumentError";
}

export class DuplicateColumnError extends ArgumentError {
  static override readonly pyName = "DuplicateColumnError";
}

export class ObjectNotExecutableError extends ArgumentError {
  static override readonly pyName = "ObjectNotExecutableError";
  readonly target: Value;
  constructor(target: Value) {
    super(`Not an executable object: ${host.repr(target)}`);
    this.target = target;
  }
}

export class NoSuchModuleError extends ArgumentError {
  static override readonly pyName = "NoSuchModuleError";
}

export class NoForeignKeysError extends ArgumentError {
  static override readonly pyName = "NoForeignKeysError";
}

export class AmbiguousForeignKeysError extends ArgumentError {
  static override readonly pyName = "AmbiguousForeignKeysError";
}

export class ConstraintColumnNotFoundError extends ArgumentError {
  static override readonly pyName = "ConstraintColumnNotFoundError";
}

export class CircularDependencyError extends SQLAlchemyError {
  static override readonly pyName = "CircularDependencyError";
  readonly cycles: Set<unknown>;
  readonly edges: Set<Edge<unknown>>;
  constructor(
    message: string,
    cycles: Set<unknown>,
    edges: Set<Edge<unknown>>,
    options: ErrorOptions & { readonly msg?: string } = {},
  ) {
    super(options.msg ?? `${message} (${[...cycles].map((c) => host.repr(c)).join(", ")})`, options);
    this.cycles = cycles;
    this.edges = edges;
  }
}
installCycleError((message, cycles, edges) => new CircularDependencyError(message, cycles, edges));

export class CompileError extends SQLAlchemyError {
  static override readonly pyName: string = "CompileError";
}

export class UnsupportedCompilationError extends CompileError {
  static override readonly pyName = "UnsupportedCompilationError";
  static override readonly code: string | null = "l7de";
  readonly compiler: Value;
  readonly elementType: Value;
  /** `compiler` appears by its repr, `elementType` (a class) by its str. */
  constructor(compiler: Value, elementType: Value, message?: string | null) {
    super(
      `Compiler ${host.repr(compiler)} can't render element of type ${host.str(elementType)}${message ? `: ${message}` : ""}`,
    );
    this.compiler = compiler;
    this.elementType = elementType;
  }
}

export class IdentifierError extends SQLAlchemyError {
  static override readonly pyName = "IdentifierError";
}

export class DisconnectionError extends SQLAlchemyError {
  static override readonly pyName: string = "DisconnectionError";
  invalidatePool = false;
}

export class InvalidatePoolError extends DisconnectionError {
  static override readonly pyName = "InvalidatePoolError";
  override invalidatePool = true;
}

export class TimeoutError extends SQLAlchemyError {
  static override readonly pyName = "TimeoutError";
}

export class InvalidRequestError extends SQLAlchemyError {
  static override readonly pyName: string = "InvalidRequestError";
}

export class IllegalStateChangeError extends InvalidRequestError {
  static override readonly pyName = "IllegalStateChangeError";
}

export class NoInspectionAvailable extends InvalidRequestError {
  static override readonly pyName = "NoInspectionAvailable";
}

export class PendingRollbackError extends InvalidRequestError {
  static override readonly pyName = "PendingRollbackError";
}

export class ResourceClosedError extends InvalidRequestError {
  static override readonly pyName = "ResourceClosedError";
}

export class NoSuchColumnError extends InvalidRequestError {
  static override readonly pyName = "NoSuchColumnError";
  static override readonly pyBases = ["KeyError"];
}

export class NoResultFound extends InvalidRequestError {
  static override readonly pyName = "NoResultFound";
}

export class MultipleResultsFound extends InvalidRequestError {
  static override readonly pyName = "MultipleResultsFound";
}

export class NoReferenceError extends InvalidRequestError {
  static override readonly pyName: string = "NoReferenceError";
  tableName: string | undefined;
}

export class AwaitRequired extends InvalidRequestError {
  static override readonly pyName = "AwaitRequired";
  static override readonly code: string | null = "xd1r";
}

export class MissingGreenlet extends InvalidRequestError {
  static override readonly pyName = "MissingGreenlet";
  static override readonly code: string | null = "xd2s";
}

export class NoReferencedTableError extends NoReferenceError {
  static override readonly pyName = "NoReferencedTableError";
  constructor(message: string, tname: string) {
    super(message);
    this.tableName = tname;
  }
}

export class NoReferencedColumnError extends NoReferenceError {
  static override readonly pyName = "NoReferencedColumnError";
  readonly columnName: string;
  constructor(message: string, tname: string, cname: string) {
    super(message);
    this.tableName = tname;
    this.columnName = cname;
  }
}

export class NoSuchTableError extends InvalidRequestError {
  static override readonly pyName = "NoSuchTableError";
}

export class UnreflectableTableError extends InvalidRequestError {
  static override readonly pyName = "UnreflectableTableError";
}

export class UnboundExecutionError extends InvalidRequestError {
  static override readonly pyName = "UnboundExecutionError";
}
