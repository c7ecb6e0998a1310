// with_parent(): what is related to an object, as a criterion. Behaviour: SQLAlchemy orm/util.py (with_parent).
import { ArgumentError } from "../../errors/index.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import { strOf } from "../../sql/repr.ts";
import type { Value } from "../../util/host.ts";
import { QueryableAttribute } from "../attributes/instrumented.ts";
import { RelationshipProperty } from "../props/relationship.ts";

export function withParent(instance: Value, prop: Value, fromEntity: Value = null): ColumnElement {
  let relationship = prop;
  if (typeof prop === "string")
    throw new ArgumentError("with_parent() accepts class-bound mapped attributes, not strings");
  if (prop instanceof QueryableAttribute) {
    if (prop._ofType != null) fromEntity = prop._ofType;
    relationship = prop.property;
    if (!(relationship instanceof RelationshipProperty))
      throw new ArgumentError(`Expected relationship property for with_parent(), got ${strOf(relationship)}`);
  }
  return (relationship as RelationshipProperty)._withParent(instance, true, fromEntity);
}
