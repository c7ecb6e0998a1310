// VALUES as a FROM element and as an expression. Behaviour: SQLAlchemy sql/selectable.py (Values, ScalarValues).
import { host, type Value } from "../../util/host.ts";
import { itemsOf } from "../../util/items.ts";
import type { ColumnCollection, ColumnSet } from "../column-collection.ts";
import { expect } from "../coercions.ts";
import { defaults, mixin } from "../mixin.ts";
import { anonymousLabel, plainName, quoteOf, type NameArgument } from "../names.ts";
import type { Against } from "../operators.ts";
import * as roles from "../roles.ts";
import type { TraverseSpec } from "../traverse-spec.ts";
import type { TypeEngine } from "../types/engine.ts";
import type { ClauseElement } from "../elements/clause.ts";
import { ColumnElement } from "../elements/column.ts";
import type { NamedColumn } from "../elements/named-column.ts";
import { NamedFromClause, type FromClause } from "./from-clause.ts";
import { HasCTE } from "./has-cte.ts";

/** Batches of rows, as data() got them. */
export type ValuesData = readonly (readonly (readonly Value[])[])[];

export interface Values extends HasCTE {
  _generate(): this;
}

export class Values extends NamedFromClause {
  static override readonly visitName: string = "values";
  static override readonly traverse: TraverseSpec = [
    ["_columnArgs", "clauses"],
    ["_data", "dml-multi-values"],
    ["name", "anon-name"],
    ["literalBinds", "boolean"],
    ...HasCTE.cteTraverse,
  ];
  static {
    roles.playsRoles(this, roles.InElementRole, roles.HasCTERole);
    mixin(this, HasCTE);
  }

  _columnArgs: readonly NamedColumn[];
  _data: ValuesData = [];
  _unnamed: boolean;
  declare name: string;
  readonly literalBinds: boolean;
  declare namedWithColumn: boolean;

  constructor(
    columns: readonly Value[],
    options: { readonly name?: NameArgument | null; readonly literalBinds?: boolean } = {},
  ) {
    super();
    this._columnArgs = columns.map((c) => expect(roles.LabeledColumnExprRole, c) as unknown as NamedColumn);
    const given = options.name ?? null;
    this._unnamed = given === null;
    this.name = given === null ? anonymousLabel(this.hash, "anon") : plainName(given);
    if (quoteOf(given) !== null) this.quote = quoteOf(given);
    this.literalBinds = options.literalBinds ?? false;
    this.namedWithColumn = !this._unnamed;
  }

  get _columnTypes(): TypeEngine[] {
    return this._columnArgs.map((c) => c.type);
  }

  override get _allSelectedColumns(): readonly ColumnElement[] {
    return this._columnArgs;
  }

  override alias(name: NameArgument | null = null, _flat = false): this {
    const made = this._generate();
    made.name = name === null ? anonymousLabel(made.hash, "anon") : plainName(name);
    made.namedWithColumn = true;
    made._unnamed = false;
    return made;
  }

  override lateral(name: NameArgument | null = null): this {
    const made = this._generate();
    made._isLateral = true;
    if (name !== null) made.name = plainName(name);
    made._unnamed = false;
    return made;
  }

  /** Rows, each a sequence with a value a column. */
  data(values: Value): this {
    const made = this._generate();
    const rows = itemsOf(values).map((row) => {
      const items = typeof row === "string" ? row : host.iterate(row);
      if (items) return [...items];
      throw host.error(
        "TypeError",
        `sqlalchemy.sql.elements.Tuple() argument after * must be an iterable, not ${host.typeName(row)}`,
      );
    });
    made._data = [...made._data, rows];
    return made;
  }

  scalarValues(): ScalarValues {
    return new ScalarValues(this._columnArgs, this._data, this.literalBinds);
  }

  protected override _populateColumnCollection(
    columns: ColumnCollection,
    primaryKey: ColumnSet,
    foreignKeys: Set<unknown>,
  ): void {
    for (const given of this._columnArgs) {
      let c = given;
      if (c.table !== null && c.table !== this)
        c = c._makeProxy(this, { primaryKey, foreignKeys })[1] as NamedColumn;
      else c._resetMemoizations();
      columns.add(c);
      c.table = this;
    }
  }

  override get _fromObjects(): readonly FromClause[] {
    return [this];
  }
}
defaults(Values, { nameCteColumns: true });

export class ScalarValues extends ColumnElement {
  static override readonly visitName: string = "scalar_values";
  static override readonly traverse: TraverseSpec = [
    ["_columnArgs", "clauses"],
    ["_data", "dml-multi-values"],
    ["literalBinds", "boolean"],
  ];
  static {
    roles.playsRoles(this, roles.InElementRole);
  }
  _columnArgs: readonly NamedColumn[];
  _data: ValuesData;
  readonly literalBinds: boolean;

  constructor(columns: readonly NamedColumn[], data: ValuesData, literalBinds: boolean) {
    super();
    this._columnArgs = columns;
    this._data = data;
    this.literalBinds = literalBinds;
  }

  get _columnTypes(): TypeEngine[] {
    return this._columnArgs.map((c) => c.type);
  }

  override selfGroup(_against: Against = null): ClauseElement {
    return this;
  }
}
