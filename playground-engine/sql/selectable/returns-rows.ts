// What gives rows: FROM elements, SELECTs, INSERT … RETURNING. Behaviour: SQLAlchemy sql/selectable.py (ReturnsRows, Selectable).
import { host } from "../../util/host.ts";
import { late } from "../late.ts";
import { defaults } from "../mixin.ts";
import type { NameArgument } from "../names.ts";
import * as roles from "../roles.ts";
import { ClauseElement } from "../elements/clause.ts";
import type { ColumnElement } from "../elements/column.ts";
import type { ColumnCollection, ColumnSet } from "../column-collection.ts";
import type { FromClause } from "./from-clause.ts";
import type { Lateral } from "./alias.ts";

const notImplemented = (): never => {
  throw host.error("NotImplementedError", "");
};

export class ReturnsRows extends ClauseElement {
  static override readonly visitName: string = "returns_rows";
  static override readonly pyModule: string = "sqlalchemy.sql.selectable";
  static {
    roles.playsRoles(this, roles.ReturnsRowsRole);
  }
  declare _isLateral: boolean;

  get selectable(): ReturnsRows {
    return this;
  }

  /** Columns of the columns clause, texts included. */
  get _allSelectedColumns(): readonly ColumnElement[] {
    return notImplemented();
  }

  /** Whether rows of this stem from the FROM element. */
  isDerivedFrom(_fromclause: FromClause | null): boolean {
    return notImplemented();
  }

  /** Fill the columns of a FROM element that is made of this. */
  _generateFromclauseColumnProxies(
    _fromclause: FromClause,
    _columns: ColumnCollection,
    _primaryKey: ColumnSet,
    _foreignKeys: Set<unknown>,
    _compoundColumns?: readonly ColumnElement[][],
  ): void {
    notImplemented();
  }

  /** A column was added to a table this is made of. */
  _refreshForNewColumn(_column: ColumnElement): void {}

  get exportedColumns(): ColumnCollection {
    return notImplemented();
  }
}
defaults(ReturnsRows, { _isReturnsRows: true, _isLateral: false });

export class Selectable extends ReturnsRows {
  static override readonly visitName: string = "selectable";

  lateral(name: NameArgument | null = null): Lateral | this {
    return late.Lateral._construct(this, { name }) as Lateral;
  }

  correspondingColumn(column: ColumnElement, requireEmbedded = false): ColumnElement | null {
    return this.exportedColumns.correspondingColumn(column, requireEmbedded);
  }
}
defaults(Selectable, { isSelectable: true });
