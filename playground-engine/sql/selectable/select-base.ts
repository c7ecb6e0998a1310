// What all SELECTs have in common: they become subqueries, scalars, members of a UNION; ORDER BY, LIMIT and the like.
// Behaviour: SQLAlchemy sql/selectable.py (SelectBase, SelectStatementGrouping, GenerativeSelect).
import { warnDeprecated } from "../../errors/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { EMPTY_ANNOTATIONS, SupportsCloneAnnotations } from "../annotation.ts";
import type { ColumnCollection, ColumnSet } from "../column-collection.ts";
import { expect } from "../coercions.ts";
import { late } from "../late.ts";
import { defaults, mixin } from "../mixin.ts";
import type { NameArgument } from "../names.ts";
import * as operators from "../operators.ts";
import type { Against } from "../operators.ts";
import * as roles from "../roles.ts";
import { DialectKWArgs } from "../schema/dialect-kwargs.ts";
import type { TraverseSpec } from "../traverse-spec.ts";
import type { TypeEngine } from "../types/engine.ts";
import type { ClauseElement } from "../elements/clause.ts";
import { ClauseList } from "../elements/clause-list.ts";
import type { ColumnElement } from "../elements/column.ts";
import type { Label } from "../elements/label.ts";
import type { FromClause } from "./from-clause.ts";
import { ForUpdateArg, type ForUpdateOptions } from "./for-update.ts";
import { HasCTE } from "./has-cte.ts";
import { LABEL_STYLE_DEFAULT, LABEL_STYLE_NONE, type SelectLabelStyle } from "./label-style.ts";
import { clauseAsInt, makeSlice, OffsetLimitParam, offsetOrLimitClause } from "./limit.ts";
import { Selectable } from "./returns-rows.ts";
import type { Subquery } from "./alias.ts";
import type { Exists, ScalarSelect } from "./scalar.ts";
import type { Select } from "./select.ts";

const notImplemented = (): never => {
  throw host.error("NotImplementedError", "");
};
const deprecated = (name: string, advice: string): void =>
  warnDeprecated(
    `The SelectBase.${name}() method is deprecated and will be removed in a future release${advice} (deprecated since: 1.4)`,
  );

export const CLONE_ANNOTATIONS: TraverseSpec = [["_annotations", "annotations"]];

export interface SelectBase extends HasCTE, SupportsCloneAnnotations {
  _annotate(values: ReadonlyMap<string, unknown>): this;
  _withAnnotations(values: ReadonlyMap<string, unknown>): this;
  _deannotate(values?: readonly string[] | null, clone?: boolean): this;
  _clone(options?: object): this;
  _generate(): this;
  _annotations: ReadonlyMap<string, unknown>;
  get _allSelectedColumns(): readonly ColumnElement[];
}

export class SelectBase extends Selectable {
  static override readonly visitName: string = "select_base";
  static {
    roles.playsRoles(
      this,
      roles.SelectStatementRole,
      roles.DMLSelectRole,
      roles.CompoundElementRole,
      roles.InElementRole,
      roles.HasCTERole,
    );
    mixin(this, HasCTE, SupportsCloneAnnotations);
  }
  declare readonly isSelect: boolean;

  override _refreshForNewColumn(_column: ColumnElement): void {
    this._resetMemoizations();
  }

  /** The columns of the columns clause, under the keys a subquery would have them. */
  get selectedColumns(): ColumnCollection {
    return notImplemented();
  }

  override get exportedColumns(): ColumnCollection {
    return this.selectedColumns.asReadonly();
  }

  /** Deprecated: columns of a subquery made on the way. */
  get c(): ColumnCollection {
    warnDeprecated(
      "The SelectBase.c and SelectBase.columns attributes are deprecated and will be removed in a future release; " +
        "these attributes implicitly create a subquery that should be explicit.  Please call SelectBase.subquery() first in order to create a " +
        "subquery, which then contains this attribute.  To access the columns that this SELECT object SELECTs from, use the " +
        "SelectBase.selected_columns attribute. (deprecated since: 1.4)",
    );
    return this._implicitSubquery.columns;
  }

  get columns(): ColumnCollection {
    return this.c;
  }

  getLabelStyle(): SelectLabelStyle {
    return notImplemented();
  }

  setLabelStyle(_style: SelectLabelStyle): SelectBase {
    return notImplemented();
  }

  /** Deprecated: subquery().select() */
  select(): Select {
    deprecated(
      "select",
      "; this method implicitly creates a subquery that should be explicit.  Please call SelectBase.subquery() first in order to create a subquery, which then can be selected.",
    );
    return this._implicitSubquery.select();
  }

  get _implicitSubquery(): Subquery {
    const memos = this._memos;
    return (memos["implicitSubquery"] ??= this.subquery()) as Subquery;
  }

  _scalarType(): TypeEngine {
    return notImplemented();
  }

  asScalar(): ScalarSelect {
    deprecated("as_scalar", ".  Please refer to SelectBase.scalar_subquery().");
    return this.scalarSubquery();
  }

  exists(): Exists {
    return new late.Exists(this);
  }

  scalarSubquery(): ScalarSelect {
    return new late.ScalarSelect(
      this._labelStyle === LABEL_STYLE_NONE ? this : this.setLabelStyle(LABEL_STYLE_NONE),
    );
  }

  label(name: string | null): Label {
    return this.scalarSubquery().label(name);
  }

  override lateral(name: NameArgument | null = null): never {
    return late.Lateral._factory(this, name) as never;
  }

  subquery(name: NameArgument | null = null): Subquery {
    return late.Subquery._construct(this._ensureDisambiguatedNames(), { name });
  }

  /** This, or a copy whose columns have labels where names repeat. */
  _ensureDisambiguatedNames(): SelectBase {
    return notImplemented();
  }

  alias(name: NameArgument | null = null, _flat = false): Subquery {
    return this.subquery(name);
  }
}
defaults(SelectBase, {
  _isSelectBase: true,
  isSelect: true,
  _labelStyle: LABEL_STYLE_NONE,
  _annotations: EMPTY_ANNOTATIONS,
});
late.SelectBase = SelectBase;

/** A SELECT in parentheses. */
export class SelectStatementGrouping extends SelectBase {
  static override readonly visitName: string = "select_statement_grouping";
  static override readonly traverse: TraverseSpec = [["element", "clause"], ...CLONE_ANNOTATIONS];
  element: SelectBase;

  constructor(element: Value) {
    super();
    this.element = expect(roles.SelectStatementRole, element);
  }

  override _ensureDisambiguatedNames(): SelectBase {
    const made = this.element._ensureDisambiguatedNames();
    return made === this.element ? this : new SelectStatementGrouping(made);
  }

  override getLabelStyle(): SelectLabelStyle {
    return this.element.getLabelStyle();
  }

  override setLabelStyle(style: SelectLabelStyle): SelectBase {
    return new SelectStatementGrouping(this.element.setLabelStyle(style));
  }

  get selectStatement(): SelectBase {
    return this.element;
  }

  override selfGroup(_against: Against = null): ClauseElement {
    return this;
  }

  override _ungroup(): ClauseElement {
    return this.element._ungroup();
  }

  override _generateFromclauseColumnProxies(
    fromclause: FromClause,
    columns: ColumnCollection,
    primaryKey: ColumnSet,
    foreignKeys: Set<unknown>,
    compoundColumns?: readonly ColumnElement[][],
  ): void {
    this.element._generateFromclauseColumnProxies(
      fromclause,
      columns,
      primaryKey,
      foreignKeys,
      compoundColumns,
    );
  }

  override get _allSelectedColumns(): readonly ColumnElement[] {
    return this.element._allSelectedColumns;
  }

  override get selectedColumns(): ColumnCollection {
    return this.element.selectedColumns;
  }

  override get _fromObjects(): readonly FromClause[] {
    return this.element._fromObjects;
  }

  override _scalarType(): TypeEngine {
    return this.element._scalarType();
  }

  override addCte(): never {
    return notImplemented();
  }
}
defaults(SelectStatementGrouping, { _isSelectContainer: true });

export interface FetchOptions {
  readonly withTies: boolean;
  readonly percent: boolean;
}

export interface GenerativeSelect extends DialectKWArgs {}

/** ORDER BY, GROUP BY, LIMIT, OFFSET, FETCH, FOR UPDATE: what SELECT and UNION share. */
export class GenerativeSelect extends SelectBase {
  static override readonly visitName: string = "generative_select";
  static {
    mixin(this, DialectKWArgs);
  }
  declare _orderByClauses: readonly ColumnElement[];
  declare _groupByClauses: readonly ColumnElement[];
  declare _limitClause: ColumnElement | null;
  declare _offsetClause: ColumnElement | null;
  declare _fetchClause: ColumnElement | null;
  declare _fetchClauseOptions: FetchOptions | null;
  declare _forUpdateArg: ForUpdateArg | null;

  withForUpdate(options: ForUpdateOptions = {}): this {
    const made = this._generate();
    made._forUpdateArg = new ForUpdateArg(options);
    return made;
  }

  override getLabelStyle(): SelectLabelStyle {
    return this._labelStyle;
  }

  override setLabelStyle(style: SelectLabelStyle): this {
    if (this._labelStyle === style) return this;
    const made = this._generate();
    made._labelStyle = style;
    return made;
  }

  get _groupByClause(): ClauseList {
    return ClauseList._constructRaw(operators.commaOp, this._groupByClauses);
  }

  get _orderByClause(): ClauseList {
    return ClauseList._constructRaw(operators.commaOp, this._orderByClauses);
  }

  get _limit(): number | null {
    return clauseAsInt(this._limitClause, "limit");
  }

  get _offset(): number | null {
    return clauseAsInt(this._offsetClause, "offset");
  }

  _simpleIntClause(clause: ColumnElement | null): boolean {
    return clause instanceof OffsetLimitParam;
  }

  get _hasRowLimitingClause(): boolean {
    return this._limitClause !== null || this._offsetClause !== null || this._fetchClause !== null;
  }

  limit(limit: Value): this {
    const made = this._generate();
    made._fetchClause = made._fetchClauseOptions = null;
    made._limitClause = offsetOrLimitClause(limit);
    return made;
  }

  fetch(count: Value, withTies = false, percent = false, dialectKw: Kwargs = new Map()): this {
    const made = this._generate();
    if (dialectKw.size) {
      made._ownDialectOptions();
      made._validateDialectKwargs(dialectKw);
    }
    made._limitClause = null;
    if (count === null) made._fetchClause = made._fetchClauseOptions = null;
    else {
      made._fetchClause = offsetOrLimitClause(count);
      made._fetchClauseOptions = { withTies, percent };
    }
    return made;
  }

  /** @internal for cache keys */
  get _fetchOptionFlags(): readonly boolean[] | null {
    return this._fetchClauseOptions && [this._fetchClauseOptions.withTies, this._fetchClauseOptions.percent];
  }

  offset(offset: Value): this {
    const made = this._generate();
    made._offsetClause = offsetOrLimitClause(offset);
    return made;
  }

  /** Rows start to stop of the result as it would be without. */
  slice(start: Value, stop: Value): this {
    const made = this._generate();
    made._fetchClause = made._fetchClauseOptions = null;
    [made._limitClause, made._offsetClause] = makeSlice(made._limitClause, made._offsetClause, start, stop);
    return made;
  }

  /** `order_by(*clauses)`; a lone None forgets what there is. */
  orderBy(clauses: readonly Value[]): this {
    const made = this._generate();
    made._orderByClauses = by(made, made._orderByClauses, roles.OrderByRole, clauses);
    return made;
  }

  groupBy(clauses: readonly Value[]): this {
    const made = this._generate();
    made._groupByClauses = by(made, made._groupByClauses, roles.GroupByRole, clauses);
    return made;
  }
}
defaults(GenerativeSelect, {
  _labelStyle: LABEL_STYLE_DEFAULT,
  _orderByClauses: [],
  _groupByClauses: [],
  _limitClause: null,
  _offsetClause: null,
  _fetchClause: null,
  _fetchClauseOptions: null,
  _forUpdateArg: null,
});

function by(
  statement: ClauseElement,
  old: readonly ColumnElement[],
  role: roles.Role<ColumnElement>,
  clauses: readonly Value[],
): readonly ColumnElement[] {
  if (clauses.length === 1 && clauses[0] === null) return [];
  return [...old, ...clauses.map((c) => expect(role, c, { applyPropagateAttrs: statement }))];
}
