// What types and schema objects ask a dialect. The dialects room implements it (dialects/dialect.ts extends this);
// here so that sql/ imports nothing outward.
import type { Value } from "../../util/host.ts";
import type { TypeEngine } from "./engine.ts";

export type BindProcessor = (value: Value) => Value;
export type ResultProcessor = (value: Value) => Value;
export type LiteralProcessor = (value: Value) => string;

/** What a dialect remembers about one type object. */
export interface TypeMemo {
  readonly impl: TypeEngine;
  literal?: LiteralProcessor | null;
  bind?: BindProcessor | null;
  readonly result: Map<unknown, ResultProcessor | null>;
  custom?: Map<string, unknown>;
}

export interface TypeDialect {
  readonly name: string;
  readonly driver: string;
  readonly paramstyle: string;
  readonly supportsNativeDecimal: boolean;
  readonly supportsNativeBoolean: boolean;
  readonly supportsNativeEnum: boolean;
  readonly supportsNativeUuid: boolean;
  readonly nonNativeBooleanCheckConstraint: boolean;
  readonly returnsNativeBytes: boolean;
  /** Whether a DBAPI is attached: without one, binary values need no conversion. */
  readonly hasDbapi: boolean;
  /** json_serializer and json_deserializer of create_engine: callables of the host. */
  readonly jsonSerializer: Value;
  readonly jsonDeserializer: Value;
  readonly typeMemos: WeakMap<TypeEngine, TypeMemo>;
  typeDescriptor(type: TypeEngine): TypeEngine;
  /** Text of a type in DDL. */
  processType(type: TypeEngine): string;
  /** Whether `%` is doubled in text (format and pyformat paramstyles). */
  readonly doublePercents: boolean;
  /** How the dialect writes the constants true and false. */
  renderBoolean(value: boolean): string;
}
