// The entities of a statement alone, for questions about one that is not compiled.
// Behaviour: SQLAlchemy orm/context.py (_create_entities_collection).
import type { ColumnElement } from "../../sql/elements/column.ts";
import type { SelectLabelStyle } from "../../sql/selectable/label-style.ts";
import { labelConvention, ORMCompileState } from "./compile-state.ts";
import { toCompileState } from "./entities.ts";
import { defaultCompileOptions } from "./load-options.ts";

export class EntitiesState extends ORMCompileState {
  readonly isSelectState = true;

  constructor(
    query: { readonly _rawColumns: readonly ColumnElement[]; readonly _labelStyle: SelectLabelStyle },
    legacy: boolean,
  ) {
    super();
    this.compileOptions = defaultCompileOptions;
    this._labelConvention = labelConvention(query._labelStyle, legacy);
    toCompileState(this, query._rawColumns, this._entities, true);
  }

  get _shouldNestSelectable(): boolean {
    return false;
  }
}
