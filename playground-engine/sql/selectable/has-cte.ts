// What a statement that may have a WITH clause can do. Laid into SELECT, INSERT, UPDATE, DELETE, VALUES.
// Behaviour: SQLAlchemy sql/selectable.py (HasCTE, SelectsRows).
import type { Value } from "../../util/host.ts";
import { expect } from "../coercions.ts";
import { late } from "../late.ts";
import { defaults } from "../mixin.ts";
import type { NameArgument } from "../names.ts";
import * as roles from "../roles.ts";
import type { TraverseSpec } from "../traverse-spec.ts";
import type { ColumnElement } from "../elements/column.ts";
import { columnsPlusNames, type ColumnPlusNames } from "./columns-plus-names.ts";
import { LABEL_STYLE_NONE, type SelectLabelStyle } from "./label-style.ts";
import type { CTE } from "./alias.ts";
import type { ReturnsRows } from "./returns-rows.ts";

export interface CteOptions {
  readonly nesting: boolean;
}
const NESTED: CteOptions = { nesting: true };
const ON_TOP: CteOptions = { nesting: false };

export abstract class HasCTE {
  static readonly cteTraverse: TraverseSpec = [
    ["_independentCtes", "clauses"],
    ["_independentCtesNesting", "plain"],
  ];
  declare _independentCtes: readonly CTE[];
  declare _independentCtesOpts: readonly CteOptions[];
  declare _labelStyle: SelectLabelStyle;
  /** Whether a CTE of this names its columns in the WITH clause. */
  declare readonly nameCteColumns: boolean;
  abstract _generate(): this;
  abstract get _allSelectedColumns(): readonly ColumnElement[];

  /** @internal for cache keys */
  get _independentCtesNesting(): readonly boolean[] {
    return this._independentCtesOpts.map((o) => o.nesting);
  }

  /** CTEs that are printed although nothing refers to them. */
  addCte(ctes: readonly Value[], options: { readonly nestHere?: boolean } = {}): this {
    const made = this._generate();
    for (const cte of ctes) {
      made._independentCtes = [...made._independentCtes, expect(roles.IsCTERole, cte)];
      made._independentCtesOpts = [...made._independentCtesOpts, options.nestHere ? NESTED : ON_TOP];
    }
    return made;
  }

  cte(name: NameArgument | null = null, recursive = false, nesting = false): CTE {
    return late.CTE._construct(this as unknown as ReturnsRows, { name, recursive, nesting });
  }

  _generateColumnsPlusNames(
    anonForDupeKey: boolean,
    cols: Iterable<ColumnElement> = this._allSelectedColumns,
  ): ColumnPlusNames[] {
    return columnsPlusNames(cols, this._labelStyle, anonForDupeKey);
  }
}
defaults(HasCTE, {
  _independentCtes: [],
  _independentCtesOpts: [],
  _labelStyle: LABEL_STYLE_NONE,
  nameCteColumns: false,
});
