// A SELECT as an expression: scalar subqueries and EXISTS. Behaviour: SQLAlchemy sql/selectable.py (ScalarSelect, Exists).
import { InvalidRequestError } from "../../errors/index.ts";
import type { Value } from "../../util/host.ts";
import { late } from "../late.ts";
import { defaults } from "../mixin.ts";
import * as operators from "../operators.ts";
import type { Against } from "../operators.ts";
import * as roles from "../roles.ts";
import type { TraverseSpec } from "../traverse-spec.ts";
import { typeLate } from "../types/type-late.ts";
import type { ClauseElement } from "../elements/clause.ts";
import { ColumnElement } from "../elements/column.ts";
import { ColumnClause } from "../elements/column-clause.ts";
import { UnaryExpression } from "../elements/unary.ts";
import type { FromClause } from "./from-clause.ts";
import { Select } from "./select.ts";
import { SelectBase } from "./select-base.ts";

export class ScalarSelect extends ColumnElement {
  static override readonly visitName: string = "grouping";
  static override readonly pyModule: string = "sqlalchemy.sql.selectable";
  static override readonly traverse: TraverseSpec = [
    ["element", "clause"],
    ["type", "type"],
  ];
  static override readonly inheritCache: boolean = true;
  static {
    roles.playsRoles(this, roles.InElementRole);
  }
  element: SelectBase;

  constructor(element: SelectBase) {
    super();
    this.element = element;
    this.type = element._scalarType();
    this._propagateAttrs = element._propagateAttrs;
  }

  override get _fromObjects(): readonly FromClause[] {
    return [];
  }

  get columns(): never {
    throw new InvalidRequestError(
      "Scalar Select expression has no columns; use this object directly within a column-level expression.",
    );
  }
  get c(): never {
    return this.columns;
  }

  private changed(change: (select: Select) => SelectBase): this {
    const made = this._generate();
    made.element = change(this.element as Select);
    return made;
  }

  where(criterion: Value): this {
    return this.changed((s) => s.where([criterion]));
  }

  correlate(fromclauses: readonly Value[]): this {
    return this.changed((s) => s.correlate(fromclauses));
  }

  correlateExcept(fromclauses: readonly Value[]): this {
    return this.changed((s) => s.correlateExcept(fromclauses));
  }

  override selfGroup(_against: Against = null): ClauseElement {
    return this;
  }

  override _ungroup(): ClauseElement {
    return this;
  }
}
defaults(ScalarSelect, { _isFromContainer: true });
late.ScalarSelect = ScalarSelect;

/** `EXISTS (SELECT …)` */
export class Exists extends UnaryExpression {
  static override readonly inheritCache: boolean = true;
  static override readonly pyModule: string = "sqlalchemy.sql.selectable";

  /** Of nothing, a SELECT, a scalar subquery or something to select. */
  constructor(argument: Value = null) {
    super(scalarOf(argument), { operator: operators.exists, type: typeLate.booleanType });
  }

  override get _fromObjects(): readonly FromClause[] {
    return [];
  }

  private changed(change: (select: Select) => SelectBase): this {
    const inner = (this.element as unknown as ScalarSelect).element;
    if (!(inner instanceof Select))
      throw new InvalidRequestError("Can only apply this operation to a plain SELECT construct");
    const made = this._clone();
    made.element = change(inner).scalarSubquery();
    return made;
  }

  select(): Select {
    return new late.Select([this]);
  }

  correlate(fromclauses: readonly Value[]): this {
    return this.changed((s) => s.correlate(fromclauses));
  }

  correlateExcept(fromclauses: readonly Value[]): this {
    return this.changed((s) => s.correlateExcept(fromclauses));
  }

  selectFrom(froms: readonly Value[]): this {
    return this.changed((s) => s.selectFrom(froms));
  }

  where(clause: readonly Value[]): this {
    return this.changed((s) => s.where(clause));
  }
}
late.Exists = Exists;

function scalarOf(argument: Value): ScalarSelect {
  if (argument === null || argument === undefined)
    return new Select([new ColumnClause("*", null, true)]).scalarSubquery();
  if (argument instanceof ScalarSelect) return argument;
  if (!(argument instanceof SelectBase)) return new Select([argument]).scalarSubquery();
  const made = argument.scalarSubquery();
  made._propagateAttrs = argument._propagateAttrs;
  return made;
}
