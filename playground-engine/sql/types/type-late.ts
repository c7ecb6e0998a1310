// What types need of rooms and files that are built upon them: filled in when those load, read in function bodies only.
import type { Value } from "../../util/host.ts";
import type { ColumnElement } from "../elements/column.ts";
import type { Operator, OperateOptions } from "../operators.ts";
import type { ComparatorClass } from "./comparator.ts";
import type { TypeDialect } from "./dialect-facts.ts";
import type { TypeClass, TypeEngine } from "./engine.ts";

interface TypeLate {
  // the standard types themselves (types/resolve.ts)
  nullType: TypeEngine;
  booleanType: TypeEngine;
  integerType: TypeEngine;
  bigInteger: TypeEngine;
  string: TypeEngine;
  unicode: TypeEngine;
  numeric: TypeEngine;
  datetimeTimezone: TypeEngine;
  timeTimezone: TypeEngine;
  resolveValueToType(value: Value): TypeEngine;
  /** Whether a class is one of SQLAlchemy's generic or upper-case types. */
  isStandard(cls: TypeClass): boolean;
  /** Which types an operation between two types gives, by their affinities. */
  adaptation(type: TypeEngine, op: Operator, other: TypeClass): TypeClass | undefined;
  /** types/comparator.ts, which is built upon this room's engine.ts */
  comparator: ComparatorClass;
  // expressions (types/wire.ts)
  /** StrAsPlainColumnRole */
  plainColumn(value: Value): ColumnElement;
  /** BinaryElementRole */
  expectBinaryElement(
    value: Value,
    options: { expr: ColumnElement; operator: Operator; bindparamType: TypeEngine },
  ): Value;
  isNullElement(value: Value): boolean;
  /** A slice of the language, or of SQL. */
  asSlice(value: Value): { readonly start: Value; readonly stop: Value; readonly step: Value } | undefined;
  makeSlice(start: Value, stop: Value, step: Value, expr: ColumnElement): Value;
  collectionAggregate(which: "any" | "all", expr: ColumnElement): ColumnElement;
  /** The CHECK that a non-native Boolean or Enum puts on its table, made only where the rule holds. */
  typeCheckConstraint(
    table: unknown,
    column: unknown,
    type: TypeEngine,
    values: readonly Value[],
    name: string | null,
    rule: (dialect: TypeDialect) => boolean,
  ): void;
  /** The dialect of `str()`. */
  defaultDialect(): TypeDialect;
  operate(
    expr: ColumnElement,
    op: Operator,
    other: readonly Value[],
    options?: OperateOptions,
  ): ColumnElement;
  reverseOperate(expr: ColumnElement, op: Operator, other: Value, options?: OperateOptions): ColumnElement;
  // the language
  /** The class of types behind a class of the reader's program; undefined if it is none. Set by the bindings. */
  hostTypeClass(v: unknown): TypeClass | undefined;
  /** "module.ClassName" */
  qualifiedName(type: TypeEngine): string;
  /** UnicodeDecodeError for bytes that are not UTF-8. */
  decodeError(bytes: Uint8Array): unknown;
}

export const typeLate = { hostTypeClass: () => undefined } as unknown as TypeLate;
