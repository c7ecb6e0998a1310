// The ORM's own exceptions. Behaviour: SQLAlchemy orm/exc.py; texts that need a mapper are written by the ORM.
import { SQLAlchemyError } from "./base.ts";
import { ArgumentError, InvalidRequestError } from "./sqlalchemy.ts";

export class StaleDataError extends SQLAlchemyError {
  static override readonly pyName = "StaleDataError";
  static override readonly pyModule = "sqlalchemy.orm.exc";
}
export const ConcurrentModificationError = StaleDataError;

export class FlushError extends SQLAlchemyError {
  static override readonly pyName = "FlushError";
  static override readonly pyModule = "sqlalchemy.orm.exc";
}

export class MappedAnnotationError extends ArgumentError {
  static override readonly pyName = "MappedAnnotationError";
  static override readonly pyModule = "sqlalchemy.orm.exc";
}

export class UnmappedError extends InvalidRequestError {
  static override readonly pyName: string = "UnmappedError";
  static override readonly pyModule = "sqlalchemy.orm.exc";
}

export class ObjectDereferencedError extends SQLAlchemyError {
  static override readonly pyName = "ObjectDereferencedError";
  static override readonly pyModule = "sqlalchemy.orm.exc";
}

export class DetachedInstanceError extends SQLAlchemyError {
  static override readonly pyName = "DetachedInstanceError";
  static override readonly pyModule = "sqlalchemy.orm.exc";
  static override readonly code: string | null = "bhk3";
}

export class UnmappedInstanceError extends UnmappedError {
  static override readonly pyName = "UnmappedInstanceError";
}

export class UnmappedClassError extends UnmappedError {
  static override readonly pyName = "UnmappedClassError";
}

export class ObjectDeletedError extends InvalidRequestError {
  static override readonly pyName = "ObjectDeletedError";
  static override readonly pyModule = "sqlalchemy.orm.exc";
}

export class UnmappedColumnError extends InvalidRequestError {
  static override readonly pyName = "UnmappedColumnError";
  static override readonly pyModule = "sqlalchemy.orm.exc";
}

export class LoaderStrategyException extends InvalidRequestError {
  static override readonly pyName = "LoaderStrategyException";
  static override readonly pyModule = "sqlalchemy.orm.exc";
}
