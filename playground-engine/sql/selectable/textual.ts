// text().columns(): hand-written SQL with known columns. Behaviour: SQLAlchemy sql/selectable.py (TextualSelect).
import { itemsOf } from "../../util/items.ts";
import type { Kwargs, Value } from "../../util/host.ts";
import { Executable } from "../base.ts";
import { ColumnCollection, type ColumnSet, type ReadOnlyColumnCollection } from "../column-collection.ts";
import { expect } from "../coercions.ts";
import { late } from "../late.ts";
import { defaults, mixin } from "../mixin.ts";
import * as roles from "../roles.ts";
import type { TraverseSpec } from "../traverse-spec.ts";
import type { TypeEngine } from "../types/engine.ts";
import { typeLate } from "../types/type-late.ts";
import type { ColumnElement } from "../elements/column.ts";
import type { TextClause } from "../elements/text.ts";
import type { FromClause } from "./from-clause.ts";
import { HasCTE } from "./has-cte.ts";
import { LABEL_STYLE_NONE, type SelectLabelStyle } from "./label-style.ts";
import { CLONE_ANNOTATIONS, SelectBase } from "./select-base.ts";

export interface TextualSelect extends Executable {
  readonly isSelect: boolean;
  readonly isText: boolean;
  readonly isDml: boolean;
  readonly supportsExecution: boolean;
  _generate(): this;
  get visitName(): string;
}

export class TextualSelect extends SelectBase {
  static override readonly visitName: string = "textual_select";
  static override readonly traverse: TraverseSpec = [
    ["element", "clause"],
    ["columnArgs", "clauses"],
    ...CLONE_ANNOTATIONS,
    ...HasCTE.cteTraverse,
    ...Executable.traverse,
  ];
  static {
    roles.playsRoles(this, roles.StatementRole);
    mixin(this, Executable);
  }
  element: TextClause;
  columnArgs: readonly ColumnElement[];
  /** Columns are matched with the result by position, not by name. */
  readonly positional: boolean;

  constructor(text: TextClause, columns: readonly Value[], positional = false, ready = false) {
    super();
    this.element = text;
    this.columnArgs = ready
      ? (columns as readonly ColumnElement[])
      : itemsOf(columns).map((c) => expect(roles.LabeledColumnExprRole, c));
    this.positional = positional;
  }

  override get selectedColumns(): ColumnCollection {
    const memos = this._memos;
    return (memos["selectedColumns"] ??= new ColumnCollection(
      this.columnArgs.map((c) => [c.key, c] as const),
    ).asReadonly()) as ReadOnlyColumnCollection;
  }

  override get _allSelectedColumns(): readonly ColumnElement[] {
    return this.columnArgs;
  }

  override getLabelStyle(): SelectLabelStyle {
    return LABEL_STYLE_NONE;
  }

  override setLabelStyle(_style: SelectLabelStyle): this {
    return this;
  }

  override _ensureDisambiguatedNames(): this {
    return this;
  }

  bindparams(binds: readonly Value[], bindAsValues: Kwargs = new Map()): this {
    const made = this._generate();
    made.element = this.element.bindparams(binds, bindAsValues);
    return made;
  }

  override _generateFromclauseColumnProxies(
    fromclause: FromClause,
    columns: ColumnCollection,
    primaryKey: ColumnSet,
    foreignKeys: Set<unknown>,
    compoundColumns?: readonly ColumnElement[][],
  ): void {
    const args = compoundColumns ? this.columnArgs.slice(0, compoundColumns.length) : this.columnArgs;
    columns._populateSeparateKeys(
      args.map((c, i) =>
        c._makeProxy(fromclause, { compoundSelectCols: compoundColumns?.[i], primaryKey, foreignKeys }),
      ),
    );
  }

  override _scalarType(): TypeEngine {
    return this.columnArgs[0]?.type ?? typeLate.nullType;
  }
}
defaults(TextualSelect, { _isTextual: true, isText: true, isSelect: true, _labelStyle: LABEL_STYLE_NONE });
late.TextualSelect = TextualSelect;
