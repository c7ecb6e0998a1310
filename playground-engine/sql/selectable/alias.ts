// Rows under another name: aliases, subqueries, CTEs, LATERAL, TABLESAMPLE.
//
// All are made by `_construct`, never by `new`: the class decides what its options are.
// Behaviour: SQLAlchemy sql/selectable.py (AliasedReturnsRows and its subclasses).
import { warnDeprecated } from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";
import type { ColumnCollection, ColumnSet } from "../column-collection.ts";
import { expect } from "../coercions.ts";
import { late } from "../late.ts";
import { defaults, mixin } from "../mixin.ts";
import { anonymousLabel, isAnonymous, plainName, quoteOf, type NameArgument } from "../names.ts";
import * as roles from "../roles.ts";
import type { TraverseSpec } from "../traverse-spec.ts";
import type { TypeEngine } from "../types/engine.ts";
import type { CloneOptions } from "../visitable.ts";
import type { ColumnElement } from "../elements/column.ts";
import type { TableValuedColumn } from "../elements/column-clause.ts";
import { NamedFromClause, type FromClause } from "./from-clause.ts";
import { HasPrefixes, HasSuffixes, type DialectText } from "./has-parts.ts";
import { LABEL_STYLE_NONE } from "./label-style.ts";
import type { ReturnsRows } from "./returns-rows.ts";
import type { ScalarSelect } from "./scalar.ts";
import type { SelectBase } from "./select-base.ts";

/** text() stands in FROM, too, but has no methods of FROM elements. */
function having<T extends object>(from: T, method: string): T {
  if (method in from) return from;
  throw host.noAttribute(from, method);
}

export interface AliasOptions {
  readonly name?: NameArgument | null;
}

const SPEC: TraverseSpec = [
  ["element", "clause"],
  ["name", "anon-name"],
];

export class AliasedReturnsRows extends NamedFromClause {
  static override readonly visitName: string = "aliased_returns_rows";
  static override readonly traverse: TraverseSpec = SPEC;
  element: ReturnsRows;
  declare name: string;
  _origName: string | null;
  declare readonly _supportsDerivedColumns: boolean;

  /** @internal use _construct */
  constructor(selectable: ReturnsRows, options: AliasOptions = {}) {
    super();
    expect(roles.ReturnsRowsRole, selectable, { applyPropagateAttrs: this });
    this.element = selectable;
    const given = options.name ?? null;
    this._origName = given === null ? null : plainName(given);
    if (given !== null) {
      this.name = plainName(given);
      const quote = quoteOf(given);
      if (quote !== null) this.quote = quote;
    } else {
      const from = selectable as unknown as FromClause;
      const name =
        selectable._isFromClause && from.namedWithColumn && !isAnonymous(from.name) ? from.name : null;
      this.name = anonymousLabel(this.hash, name || "anon");
    }
  }

  static _construct<T extends AliasedReturnsRows, O extends AliasOptions>(
    this: new (s: ReturnsRows, o?: O) => T,
    selectable: ReturnsRows,
    options?: O,
  ): T {
    return new this(selectable, options);
  }

  override _refreshForNewColumn(column: ColumnElement): void {
    super._refreshForNewColumn(column);
    this.element._refreshForNewColumn(column);
  }

  protected override _populateColumnCollection(
    columns: ColumnCollection,
    primaryKey: ColumnSet,
    foreignKeys: Set<unknown>,
  ): void {
    this.element._generateFromclauseColumnProxies(this, columns, primaryKey, foreignKeys);
  }

  override get description(): string {
    return isAnonymous(this.name) ? "anon_1" : this.name;
  }

  get implicitReturning(): boolean {
    return (this.element as { implicitReturning?: boolean }).implicitReturning ?? false;
  }

  /** Legacy name of `element`. */
  get original(): ReturnsRows {
    return this.element;
  }

  override isDerivedFrom(fromclause: FromClause | null): boolean {
    return fromclause !== null && (this._clonedSet.has(fromclause) || this.element.isDerivedFrom(fromclause));
  }

  override _copyInternals(options: CloneOptions = {}): void {
    const before = this.element;
    super._copyInternals(options);
    if (before !== this.element) this._resetColumnCollection();
  }

  override get _fromObjects(): readonly FromClause[] {
    return [this];
  }
}
defaults(AliasedReturnsRows, { _isFromContainer: true, _supportsDerivedColumns: false });

/** What is aliased is a FROM element itself. */
export class FromClauseAlias extends AliasedReturnsRows {
  static override readonly inheritCache: boolean = true;
  declare element: FromClause;

  override get description(): string {
    return isAnonymous(this.name) ? `Anonymous alias of ${this.element.description}` : this.name;
  }
}

export class Alias extends FromClauseAlias {
  static override readonly visitName: string = "alias";
  static override readonly inheritCache: boolean = true;
  static {
    roles.playsRoles(this, roles.DMLTableRole);
  }

  static _factory(selectable: Value, name: NameArgument | null = null, flat = false): FromClause {
    const from = expect(roles.FromClauseRole, selectable, { allowSelect: true });
    return having(from, "alias").alias(name, flat);
  }
}
late.Alias = Alias;

export interface TableValuedOptions extends AliasOptions {
  readonly tableValueType?: TypeEngine | null;
  readonly joinsImplicitly?: boolean | null;
}

/** A function in FROM: `json_each(x) AS anon_1`. */
export class TableValuedAlias extends Alias {
  static override readonly visitName: string = "table_valued_alias";
  static override readonly traverse: TraverseSpec = [
    ...SPEC,
    ["_tablevalType", "type"],
    ["_renderDerived", "boolean"],
    ["_renderDerivedWTypes", "boolean"],
  ];
  joinsImplicitly: boolean;
  _tablevalType: TypeEngine;
  _renderDerived = false;
  _renderDerivedWTypes = false;

  constructor(selectable: ReturnsRows, options: TableValuedOptions = {}) {
    super(selectable, options);
    this.joinsImplicitly = options.joinsImplicitly ?? false;
    this._tablevalType = options.tableValueType ?? late.tableValueType;
  }

  /** The whole row as a column. */
  get column(): TableValuedColumn {
    const memos = this._memos;
    return (memos["column"] ??= new late.TableValuedColumn(this, this._tablevalType)) as TableValuedColumn;
  }

  private options(name: NameArgument | null): TableValuedOptions {
    return { name, tableValueType: this._tablevalType, joinsImplicitly: this.joinsImplicitly };
  }

  override alias(name: NameArgument | null = null, _flat = false): TableValuedAlias {
    const made = TableValuedAlias._construct(this, this.options(name));
    if (this._renderDerived) {
      made._renderDerived = true;
      made._renderDerivedWTypes = this._renderDerivedWTypes;
    }
    return made;
  }

  override lateral(name: NameArgument | null = null): this {
    const made = this.alias(name);
    made._isLateral = true;
    return made as this;
  }

  /** Print the names of the columns behind the alias: `f() AS anon_1(a, b)`. */
  renderDerived(name: NameArgument | null = null, withTypes = false): TableValuedAlias {
    const made = TableValuedAlias._construct(this.element, this.options(name));
    made._renderDerived = true;
    made._renderDerivedWTypes = withTypes;
    return made;
  }
}
defaults(TableValuedAlias, { _supportsDerivedColumns: true });
late.TableValuedAlias = TableValuedAlias;

export class Lateral extends FromClauseAlias {
  static override readonly visitName: string = "lateral";
  static override readonly inheritCache: boolean = true;

  static _factory(selectable: Value, name: NameArgument | null = null): FromClause {
    return having(expect(roles.FromClauseRole, selectable, { explicitSubquery: true }), "lateral").lateral(
      name,
    );
  }
}
defaults(Lateral, { _isLateral: true });
late.Lateral = Lateral;

export interface TableSampleOptions extends AliasOptions {
  readonly sampling?: Value;
  readonly seed?: Value;
}

export class TableSample extends FromClauseAlias {
  static override readonly visitName: string = "tablesample";
  static override readonly traverse: TraverseSpec = [...SPEC, ["sampling", "clause"], ["seed", "clause"]];
  sampling: ColumnElement;
  seed: ColumnElement | null;

  constructor(selectable: ReturnsRows, options: TableSampleOptions = {}) {
    super(selectable, options);
    this.sampling = late.isFunctionElement(options.sampling)
      ? (options.sampling as ColumnElement)
      : late.systemFunction([options.sampling]);
    this.seed = (options.seed ?? null) as ColumnElement | null;
  }

  static _factory(
    selectable: Value,
    sampling: Value,
    name: NameArgument | null = null,
    seed: Value = null,
  ): TableSample {
    return having(expect(roles.FromClauseRole, selectable), "tablesample").tablesample(sampling, name, seed);
  }

  _getMethod(): ColumnElement {
    return this.sampling;
  }
}
late.TableSample = TableSample;

export interface CTEOptions extends AliasOptions {
  readonly recursive?: boolean;
  readonly nesting?: boolean;
  readonly cteAlias?: CTE | null;
  readonly restates?: CTE | null;
  readonly prefixes?: readonly DialectText[];
  readonly suffixes?: readonly DialectText[];
}

export interface CTE extends HasPrefixes, HasSuffixes {
  _generate(): this;
}

export class CTE extends AliasedReturnsRows {
  static override readonly visitName: string = "cte";
  static override readonly traverse: TraverseSpec = [
    ...SPEC,
    ["_cteAlias", "clause"],
    ["_restates", "clause"],
    ["recursive", "boolean"],
    ["nesting", "boolean"],
    ...HasPrefixes.prefixTraverse,
    ...HasSuffixes.suffixTraverse,
  ];
  static {
    roles.playsRoles(this, roles.DMLTableRole, roles.IsCTERole);
    mixin(this, HasPrefixes, HasSuffixes);
  }

  readonly recursive: boolean;
  readonly nesting: boolean;
  /** The CTE this is an alias of. */
  _cteAlias: CTE | null;
  /** The CTE whose text this one replaces: a recursive one gets its second half. */
  _restates: CTE | null;

  constructor(selectable: ReturnsRows, options: CTEOptions = {}) {
    super(selectable, options);
    this.recursive = options.recursive ?? false;
    this.nesting = options.nesting ?? false;
    this._cteAlias = options.cteAlias ?? null;
    this._restates = options.restates ?? null;
    if (options.prefixes?.length) this._prefixes = options.prefixes;
    if (options.suffixes?.length) this._suffixes = options.suffixes;
  }

  static _factory(selectable: Value, name: NameArgument | null = null, recursive = false): CTE {
    return expect(roles.HasCTERole, selectable).cte(name, recursive);
  }

  protected override _populateColumnCollection(
    columns: ColumnCollection,
    primaryKey: ColumnSet,
    foreignKeys: Set<unknown>,
  ): void {
    (this._cteAlias ?? this.element)._generateFromclauseColumnProxies(this, columns, primaryKey, foreignKeys);
  }

  private again(element: ReturnsRows, options: CTEOptions): CTE {
    return CTE._construct(element, {
      recursive: this.recursive,
      nesting: this.nesting,
      prefixes: this._prefixes,
      suffixes: this._suffixes,
      ...options,
    });
  }

  override alias(name: NameArgument | null = null, _flat = false): CTE {
    return this.again(this.element, { name, cteAlias: this });
  }

  /** The other half of a recursive CTE. */
  union(other: readonly Value[]): CTE {
    return this.again((this.element as unknown as Unionable).union(other), {
      name: this.name,
      restates: this,
    });
  }

  unionAll(other: readonly Value[]): CTE {
    return this.again((this.element as unknown as Unionable).unionAll(other), {
      name: this.name,
      restates: this,
    });
  }

  _getReferenceCte(): CTE {
    return this._restates ?? this;
  }
}
late.CTE = CTE;

interface Unionable {
  union(other: readonly Value[]): ReturnsRows;
  unionAll(other: readonly Value[]): ReturnsRows;
}

export class Subquery extends AliasedReturnsRows {
  static override readonly visitName: string = "subquery";
  static override readonly inheritCache: boolean = true;
  declare element: SelectBase;

  static _factory(selectable: Value, name: NameArgument | null = null): Subquery {
    return expect(roles.SelectStatementRole, selectable).subquery(name);
  }

  /** Deprecated: `select.scalar_subquery()` */
  asScalar(): ScalarSelect {
    warnDeprecated(
      "The Subquery.as_scalar() method, which was previously ``Alias.as_scalar()`` prior to version 1.4, is deprecated and will be removed in a future " +
        "release; Please use the Select.scalar_subquery() method of the select() construct before constructing a subquery object, or with the ORM use the " +
        "Query.scalar_subquery() method. (deprecated since: 1.4)",
    );
    return this.element.setLabelStyle(LABEL_STYLE_NONE).scalarSubquery();
  }
}
defaults(Subquery, { _isSubquery: true });
late.Subquery = Subquery;
