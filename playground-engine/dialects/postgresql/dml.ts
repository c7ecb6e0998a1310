// sqlalchemy.dialects.postgresql.insert: INSERT … ON CONFLICT. Behaviour: SQLAlchemy dialects/postgresql/dml.py.
import { host, type Value } from "../../util/host.ts";
import { expect } from "../../sql/coercions.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import { defaults } from "../../sql/mixin.ts";
import type { NameArgument } from "../../sql/names.ts";
import * as roles from "../../sql/roles.ts";
import { ColumnCollectionConstraint, Constraint, nameArgument } from "../../sql/schema/constraint.ts";
import { Index } from "../../sql/schema/indexes.ts";
import {
  InsertOnConflict,
  OnConflictClause as ConflictClause,
  setPairs,
  targetElements,
  whereClause,
} from "../on-conflict.ts";
import { ExcludeConstraint } from "./ext.ts";

class OnConflictClause extends ConflictClause {
  static override readonly pyModule: string = "sqlalchemy.dialects.postgresql.dml";
  readonly constraintTarget: NameArgument | null;

  constructor(constraint: Value = null, indexElements: Value = null, indexWhere: Value = null) {
    super();
    if (constraint != null && indexElements != null)
      throw host.error("ValueError", "'constraint' and 'index_elements' are mutually exclusive");
    const named = constraint instanceof Constraint && constraint.name ? nameArgument(constraint) : constraint;
    this.constraintTarget =
      typeof named === "string" || (named != null && named !== constraint) ? (named as NameArgument) : null;
    const meant =
      this.constraintTarget === null && constraint != null
        ? targetOf(constraint)
        : { elements: indexElements, where: indexWhere };
    this.inferredTargetElements = meant.elements == null ? null : targetElements(meant.elements);
    if (meant.elements == null || meant.where == null) this.inferredTargetWhereclause = null;
    else if (constraint instanceof ExcludeConstraint)
      this.inferredTargetWhereclause = expect<ColumnElement>(
        roles.StatementOptionRole as typeof roles.WhereHavingRole,
        meant.where,
      );
    else this.inferredTargetWhereclause = whereClause(meant.where);
  }
}
defaults(OnConflictClause, { stringifyDialect: "postgresql" });

/** What a constraint or an index without a name is inferred from. */
function targetOf(constraint: Value): { readonly elements: Value; readonly where: Value } {
  if (constraint instanceof Index)
    return {
      elements: constraint.expressions,
      where: constraint.dialectOptions.fetch("postgresql").get("where"),
    };
  if (constraint instanceof ExcludeConstraint) return { elements: [...constraint], where: constraint.where };
  const other = constraint as ColumnCollectionConstraint;
  return { elements: [...other], where: other.dialectOptions.fetch("postgresql").get("where") };
}

export class OnConflictDoNothing extends OnConflictClause {
  static override readonly visitName: string = "on_conflict_do_nothing";
}

export class OnConflictDoUpdate extends OnConflictClause {
  static override readonly visitName: string = "on_conflict_do_update";
  readonly updateValuesToSet: readonly (readonly [string | ColumnElement, Value])[];
  readonly updateWhereclause: ColumnElement | null;

  constructor(
    constraint: Value = null,
    indexElements: Value = null,
    indexWhere: Value = null,
    set: Value = null,
    where: Value = null,
  ) {
    super(constraint, indexElements, indexWhere);
    if (this.inferredTargetElements === null && this.constraintTarget === null)
      throw host.error(
        "ValueError",
        "Either constraint or index_elements, but not both, must be specified unless DO NOTHING",
      );
    this.updateValuesToSet = setPairs(set);
    this.updateWhereclause = whereClause(where);
  }
}

export class Insert extends InsertOnConflict {
  static override readonly inheritCache: boolean = false;
  static override readonly pyModule: string = "sqlalchemy.dialects.postgresql.dml";

  onConflictDoUpdate(
    constraint: Value = null,
    indexElements: Value = null,
    indexWhere: Value = null,
    set: Value = null,
    where: Value = null,
  ): this {
    return this.withClause(new OnConflictDoUpdate(constraint, indexElements, indexWhere, set, where));
  }

  onConflictDoNothing(constraint: Value = null, indexElements: Value = null, indexWhere: Value = null): this {
    return this.withClause(new OnConflictDoNothing(constraint, indexElements, indexWhere));
  }
}
defaults(Insert, { stringifyDialect: "postgresql" });

export function insert(table: Value): Insert {
  return new Insert(table);
}
