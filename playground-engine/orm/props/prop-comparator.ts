// PropComparator: a mapped attribute in SQL. Behaviour: SQLAlchemy orm/interfaces.py.
import { ColumnOperators } from "../../sql/comparator.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import { and_, Operator } from "../../sql/operators.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import type { ComparatorContract, EntityContract } from "../attributes/instrumented.ts";
import type { MapperContract } from "../state/contracts.ts";
import type { MapperProperty } from "./property.ts";

/** Operators that only mapped attributes have. */
class PropertyOperator extends Operator {}
export const anyOp = new PropertyOperator("any_op", { method: "any" });
export const hasOp = new PropertyOperator("has_op", { method: "has" });
export const ofTypeOp = new PropertyOperator("of_type_op", { method: "ofType" });

/** A property in SQL. */
export class PropComparator<P extends MapperProperty = MapperProperty>
  extends ColumnOperators
  implements ComparatorContract
{
  static readonly visitName: string = "orm_prop_comparator";
  readonly prop: P;
  readonly _parententity: EntityContract | null;
  readonly _adaptToEntity: EntityContract | null;

  constructor(prop: P, parentmapper: EntityContract, adaptToEntity: EntityContract | null = null) {
    super();
    this.prop = prop;
    this._parententity = adaptToEntity ?? parentmapper;
    this._adaptToEntity = adaptToEntity;
  }

  get property(): P {
    return this.prop;
  }

  override clauseElement(): unknown {
    throw host.error("NotImplementedError", this.constructor.name);
  }

  _bulkUpdateTuples(value: Value): readonly (readonly [ColumnElement | string, Value])[] {
    return [[this.clauseElement() as ColumnElement, value]];
  }

  adaptToEntity(entity: EntityContract): ComparatorContract {
    return new (
      this.constructor as new (
        prop: P,
        parent: EntityContract,
        adapt: EntityContract | null,
      ) => PropComparator<P>
    )(this.prop, this._parententity!, entity);
  }

  get _parentmapper(): MapperContract {
    return this._parententity!.mapper;
  }

  /** Adapts expressions of the mapper to the alias; null where there is none. */
  get adapter(): ((element: ColumnElement, key?: string | null) => ColumnElement) | null {
    const to = this._adaptToEntity as unknown as {
      _adaptElement(element: ColumnElement, key?: string | null): ColumnElement;
    } | null;
    return to === null ? null : (element, key = null) => to._adaptElement(element, key);
  }

  get info(): Map<Value, Value> {
    return this.prop.info;
  }

  ofType(entity: Value): never {
    return this.operate(ofTypeOp, [entity]) as never;
  }

  override and_(criteria: readonly Value[] | Value): never {
    return this.operate(and_, Array.isArray(criteria) ? criteria : [criteria]) as never;
  }

  any(criterion: Value = null, kwargs: Kwargs = new Map()): ColumnElement {
    return this.operate(anyOp, [criterion, kwargs]);
  }

  has(criterion: Value = null, kwargs: Kwargs = new Map()): ColumnElement {
    return this.operate(hasOp, [criterion, kwargs]);
  }
}

/** A class of ours, or a program's class or function, that makes comparators. */
export type ComparatorFactory = Value;

/** `comparator_factory(prop, parententity)` */
export function makeComparator(
  factory: ComparatorFactory,
  prop: MapperProperty,
  entity: EntityContract,
): PropComparator {
  if (typeof factory === "function" && factory.prototype instanceof PropComparator)
    return new (factory as unknown as new (p: MapperProperty, e: EntityContract) => PropComparator)(
      prop,
      entity,
    );
  return host.call(factory, [prop, entity]) as PropComparator;
}
