// sqlalchemy.dialects.sqlite.insert: INSERT … ON CONFLICT. Behaviour: SQLAlchemy dialects/sqlite/dml.py.
import type { Value } from "../../util/host.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import { defaults } from "../../sql/mixin.ts";
import {
  InsertOnConflict,
  OnConflictClause as ConflictClause,
  setPairs,
  targetElements,
  whereClause,
} from "../on-conflict.ts";

class OnConflictClause extends ConflictClause {
  static override readonly pyModule: string = "sqlalchemy.dialects.sqlite.dml";

  constructor(indexElements: Value = null, indexWhere: Value = null) {
    super();
    this.inferredTargetElements = indexElements == null ? null : targetElements(indexElements);
    this.inferredTargetWhereclause = indexElements == null ? null : whereClause(indexWhere);
  }
}
defaults(OnConflictClause, { stringifyDialect: "sqlite" });

export class OnConflictDoNothing extends OnConflictClause {
  static override readonly visitName: string = "on_conflict_do_nothing";
}

export class OnConflictDoUpdate extends OnConflictClause {
  static override readonly visitName: string = "on_conflict_do_update";
  readonly updateValuesToSet: readonly (readonly [string | ColumnElement, Value])[];
  readonly updateWhereclause: ColumnElement | null;

  constructor(indexElements: Value = null, indexWhere: Value = null, set: Value = null, where: Value = null) {
    super(indexElements, indexWhere);
    this.updateValuesToSet = setPairs(set);
    this.updateWhereclause = whereClause(where);
  }
}

export class Insert extends InsertOnConflict {
  static override readonly inheritCache: boolean = false;
  static override readonly pyModule: string = "sqlalchemy.dialects.sqlite.dml";

  onConflictDoUpdate(
    indexElements: Value = null,
    indexWhere: Value = null,
    set: Value = null,
    where: Value = null,
  ): this {
    return this.withClause(new OnConflictDoUpdate(indexElements, indexWhere, set, where));
  }

  onConflictDoNothing(indexElements: Value = null, indexWhere: Value = null): this {
    return this.withClause(new OnConflictDoNothing(indexElements, indexWhere));
  }
}
defaults(Insert, { stringifyDialect: "sqlite" });

export function insert(table: Value): Insert {
  return new Insert(table);
}
