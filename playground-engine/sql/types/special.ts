// Types without values of their own: the null type, tuples of columns, rows of table-valued functions.
// Behaviour: SQLAlchemy sql/sqltypes.py (NullType, TupleType, TableValueType).
import { host, type Value } from "../../util/host.ts";
import { NullComparator, type ComparatorClass } from "./comparator.ts";
import type { ResultProcessor, TypeDialect } from "./dialect-facts.ts";
import { NO_VALUE_IN_LIST, toInstance, TypeEngine, type TypeArgument } from "./engine.ts";
import { signature } from "./signature.ts";
import { typeLate } from "./type-late.ts";
import type { ColumnElement } from "../elements/column.ts";
import type { Operator } from "../operators.ts";

/** The type of what has no known type. */
export class NullType extends TypeEngine {
  static override readonly visitName: string = "null";

  override get isNullType(): boolean {
    return true;
  }
  override get comparatorFactory(): ComparatorClass {
    return NullComparator;
  }
}

/** `(a, b)`: one type an element. */
export class TupleType extends TypeEngine {
  static override readonly visitName: string = "tuple";
  static override readonly signature = signature("*types");
  readonly types: readonly TypeEngine[];
  private readonly fullyTyped: boolean;

  constructor(types: readonly TypeArgument[] = []) {
    super();
    this.types = types.map(toInstance);
    this.fullyTyped = !this.types.includes(typeLate.nullType);
  }

  static override construct(args: readonly Value[]): TypeEngine {
    return new this(args as readonly TypeArgument[]);
  }

  override get isTupleType(): boolean {
    return true;
  }

  override coerceComparedValue(op: Operator | null, value: Value): TypeEngine {
    if (value === NO_VALUE_IN_LIST) return super.coerceComparedValue(op, value);
    const values = [...(host.iterate(value) ?? [])];
    return new TupleType(
      this.types.slice(0, values.length).map((t, i) => t.coerceComparedValue(op, values[i])),
    );
  }

  /** Null types replaced by those of the values. @internal */
  resolveValuesToTypes(value: Value): TupleType {
    if (this.fullyTyped) return this;
    const values = [...(host.iterate(value) ?? [])];
    return new TupleType(
      this.types
        .slice(0, values.length)
        .map((t, i) => (t === typeLate.nullType ? typeLate.resolveValueToType(values[i]) : t)),
    );
  }

  protected override generateCacheKey(): string | null {
    return `tuple(${this.types.map((t) => t.staticCacheKey).join(";")})`;
  }

  override resultProcessor(_dialect: TypeDialect, _coltype: unknown): ResultProcessor | null {
    throw host.error(
      "NotImplementedError",
      "The tuple type does not support being fetched as a column in a result row.",
    );
  }
}

/** The rows of a table-valued function; its elements are the columns. */
export class TableValueType extends TypeEngine {
  static override readonly signature = signature("*elements");
  static override readonly visitName: string = "table_value";
  /** @internal */
  readonly _elements: readonly ColumnElement[];

  constructor(elements: readonly Value[] = []) {
    super();
    this._elements = elements.map((e) => typeLate.plainColumn(e));
  }

  static override construct(args: readonly Value[]): TypeEngine {
    return new this(args);
  }

  override get isTableValue(): boolean {
    return true;
  }
}
