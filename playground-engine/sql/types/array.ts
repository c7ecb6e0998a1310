// ARRAY: a list of values of one type, where the database has such. Behaviour: SQLAlchemy sql/sqltypes.py (ARRAY).
import { host, type Kind, type Value } from "../../util/host.ts";
import type { ColumnElement } from "../elements/column.ts";
import * as operators from "../operators.ts";
import { eq, getitem, mirror, Operator } from "../operators.ts";
import { IndexableComparator, type ComparatorClass, type GetItem } from "./comparator.ts";
import type { LiteralProcessor, TypeDialect } from "./dialect-facts.ts";
import { toInstance, TypeEngine, type TypeArgument } from "./engine.ts";
import { signature } from "./signature.ts";
import { typeLate } from "./type-late.ts";

/** `a[1:5]` as the language hands it over. */
export interface SliceIndex {
  readonly start: Value;
  readonly stop: Value;
  readonly step: Value;
}

export class ArrayComparator extends IndexableComparator {
  static override readonly pyModule: string = "sqlalchemy.sql.sqltypes.ARRAY";
  static override readonly pyName: string = "Comparator";
  override setupGetitem(index: Value): GetItem {
    const type = this.type as ARRAY;
    const slice = typeLate.asSlice(index);
    if (slice) {
      const { start, stop, step } = type.zeroIndexes
        ? { ...slice, start: host.add(slice.start, 1), stop: host.add(slice.stop, 1) }
        : slice;
      return [getitem, typeLate.makeSlice(start, stop, step, this.expr), type];
    }
    const at = type.zeroIndexes ? host.add(index, 1) : index;
    if (type.dimensions === null || type.dimensions === 1) return [getitem, at, type.itemType];
    return [
      getitem,
      at,
      type.adapt(type.typeClass, new Map<string, Value>([["dimensions", type.dimensions - 1]])),
    ];
  }

  override contains(_other: Value): ColumnElement {
    throw host.error(
      "NotImplementedError",
      "ARRAY.contains() not implemented for the base ARRAY type; please use the dialect-specific ARRAY type",
    );
  }

  any(other: Value, operator: Operator | Value = null): ColumnElement {
    return this.aggregate("any", other, asOperator(operator));
  }

  all(other: Value, operator: Operator | Value = null): ColumnElement {
    return this.aggregate("all", other, asOperator(operator));
  }

  private aggregate(which: "any" | "all", other: Value, operator: Operator): ColumnElement {
    const value = typeLate.expectBinaryElement(other, {
      expr: this.expr,
      operator,
      bindparamType: (this.type as ARRAY).itemType,
    });
    return typeLate.collectionAggregate(which, this.expr).operate(mirror(operator), [value]);
  }
}

/** An operator, or the function of Python's module operator that has its name. */
function asOperator(given: Operator | Value): Operator {
  if (given === null || given === undefined) return eq;
  if (given instanceof Operator) return given;
  const named = (operators as unknown as Record<string, unknown>)[host.nameOf(given)];
  return named instanceof Operator ? named : eq;
}

export class ARRAY extends TypeEngine {
  static override readonly visitName: string = "ARRAY";
  static override readonly signature = signature(
    "item_type, as_tuple=False, dimensions=None, zero_indexes=False",
  );
  itemType: TypeEngine;
  readonly asTuple: boolean;
  readonly dimensions: number | null;
  readonly zeroIndexes: boolean;

  constructor(
    itemType: TypeArgument,
    asTuple = false,
    dimensions: number | null = null,
    zeroIndexes = false,
  ) {
    super();
    if (itemType instanceof ARRAY)
      throw host.error(
        "ValueError",
        "Do not nest ARRAY types; ARRAY(basetype) handles multi-dimensional arrays of basetype",
      );
    this.itemType = toInstance(itemType);
    this.asTuple = asTuple;
    this.dimensions = dimensions;
    this.zeroIndexes = zeroIndexes;
  }

  override get isArray(): boolean {
    return true;
  }
  override get isIndexable(): boolean {
    return true;
  }
  override get isSchemaEventTarget(): boolean {
    return true;
  }
  override get hashable(): boolean {
    return this.asTuple;
  }
  override get comparatorFactory(): ComparatorClass {
    return ArrayComparator;
  }
  override get pythonType(): Kind | Value {
    return "list";
  }

  override _setParent(parent: unknown, { outer = false }: { outer?: boolean } = {}): void {
    if (!outer && this.itemType.isSchemaEventTarget) this.itemType._setParent(parent);
  }

  override _setParentWithDispatch(parent: unknown): void {
    super._setParentWithDispatch(parent, { outer: true });
    if (this.itemType.isSchemaEventTarget) this.itemType._setParentWithDispatch(parent);
  }

  override literalProcessor(dialect: TypeDialect): LiteralProcessor | null {
    const item = this.itemType.dialectImpl(dialect).literalProcessor(dialect);
    if (!item) return null;
    return (value) =>
      this.applyItem(value, item, this.dimensions, (items) => `[${items.join(", ")}]`) as string;
  }

  /** Convert every innermost element and gather each list. @internal */
  applyItem(
    value: Value,
    item: ((v: Value) => Value) | null,
    dimensions: number | null,
    gather: (items: Value[]) => Value,
  ): Value {
    const items = [...(host.iterate(value) ?? [])];
    const flat = dimensions === 1 || (dimensions === null && (items.length === 0 || !isNested(items[0])));
    if (flat) return gather(item ? items.map(item) : items);
    const inner = dimensions === null ? null : dimensions - 1;
    return gather(items.map((x) => (x === null ? null : this.applyItem(x, item, inner, gather))));
  }
}

function isNested(v: Value): boolean {
  const kind = host.kindOf(v);
  return kind === "list" || kind === "tuple";
}
