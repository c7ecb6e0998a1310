// column(): a column by its name, in a table or without one; Column of the schema derives from it.
// Behaviour: SQLAlchemy sql/elements.py (ColumnClause, TableValuedColumn).
import { Immutable } from "../base.ts";
import { late } from "../late.ts";
import { defaults, mixin } from "../mixin.ts";
import { plainName, quoteOf, type NameArgument } from "../names.ts";
import * as roles from "../roles.ts";
import type { TraverseSpec } from "../traverse-spec.ts";
import { toInstance, type TypeArgument, type TypeEngine } from "../types/engine.ts";
import type { CloneOptions, Traversible } from "../visitable.ts";
import type { EntityNamespace } from "./clause.ts";
import type { ColumnElement, ProxyOptions } from "./column.ts";
import { finishProxy, NamedColumn } from "./named-column.ts";
import type { FromClause } from "../selectable/from-clause.ts";

export class ColumnClause extends NamedColumn {
  static override readonly visitName: string = "column";
  static override readonly traverse: TraverseSpec = [
    ["name", "anon-name"],
    ["type", "type"],
    ["table", "clause"],
    ["isLiteral", "boolean"],
  ];
  static {
    roles.playsRoles(
      this,
      roles.DDLReferredColumnRole,
      roles.LabeledColumnExprRole,
      roles.StrAsPlainColumnRole,
    );
    mixin(this, Immutable);
  }

  declare table: FromClause | null;
  declare isLiteral: boolean;
  /** Defaults that only a schema's Column has. */
  declare onupdate: object | null;
  declare default: object | null;
  declare serverDefault: object | null;
  declare serverOnupdate: object | null;
  declare readonly _isMultiparamColumn: boolean;

  constructor(
    text: NameArgument,
    type: TypeArgument = null,
    isLiteral = false,
    selectable: FromClause | null = null,
  ) {
    super();
    this.key = this.name = plainName(text);
    const quote = quoteOf(text);
    if (quote !== null) this.quote = quote;
    this.table = selectable;
    this.type = toInstance(type);
    this.isLiteral = isLiteral;
  }

  override get _isStar(): boolean {
    return this.isLiteral && this.name === "*";
  }

  override getChildren(): Iterable<Traversible> {
    return [];
  }

  override get entityNamespace(): EntityNamespace | null {
    return this.table === null ? null : this.table.entityNamespace;
  }

  /** Shared by copies, but for columns of subqueries where the whole subquery is copied. */
  override _clone(options: CloneOptions = {}): this {
    if (options.detectSubqueryCols && this.table?._isSubquery && options.clone) {
      const { clone, ...kw } = options;
      const table = clone(this.table as never, kw) as unknown as FromClause;
      return table.c.correspondingColumn(this) as unknown as this;
    }
    return this;
  }

  override get _fromObjects(): readonly FromClause[] {
    return this.table === null ? [] : [this.table];
  }

  override get _renderLabelInColumnsClause(): boolean {
    return this.table !== null;
  }

  get _ddlLabel(): string | null {
    return this._genTqLabel(this.name, false);
  }

  override _compareNameForResult(other: ColumnElement): boolean {
    const plain = (c: ColumnClause): boolean => c.isLiteral || c.table === null || c.table._isTextual;
    if (plain(this) || other.proxySet === undefined || (other instanceof ColumnClause && plain(other)))
      return (other.name !== undefined && this.name === other.name) || this._tqLabel === other._tqLabel;
    return other.proxySet.intersects(this.proxySet);
  }

  /** "table_column", made different from all names in the table itself. */
  override _genTqLabel(name: string, dedupeOnKey = true): string | null {
    const t = this.table;
    if (this.isLiteral) return null;
    if (t === null || !t.namedWithColumn) return name;
    const tableName = (t as FromClause & { readonly name: string }).name;
    const label = t.schema ? `${t.schema.replaceAll(".", "_")}_${tableName}_${name}` : `${tableName}_${name}`;
    if (!dedupeOnKey || !t.c.has(label)) return label;
    let counter = 1;
    while (t.c.has(`${label}_${counter}`)) counter++;
    return `${label}_${counter}`;
  }

  /** How `_tqLabel` is quoted: as the column or, failing that, as its table. */
  get _tqLabelQuote(): boolean | null {
    return this.quote ?? (this.table as { readonly quote?: boolean | null } | null)?.quote ?? null;
  }

  override _quoteFor(name: string): boolean | null {
    return name === this.name ? this.quote : name === this._tqLabel ? this._tqLabelQuote : null;
  }

  override _makeProxy(selectable: FromClause, options: ProxyOptions): [string, ColumnElement] {
    const name = options.name ?? null;
    const isLiteral = !options.disallowIsLiteral && this.isLiteral && (name === null || name === this.name);
    return finishProxy(
      this,
      new ColumnClause(name || this.name, this.type, isLiteral, selectable),
      selectable,
      options,
    );
  }
}
defaults(ColumnClause, {
  onupdate: null,
  default: null,
  serverDefault: null,
  serverOnupdate: null,
  _isMultiparamColumn: false,
});
late.ColumnClause = ColumnClause;

/** A FROM element as a column: `func.f().column_valued()`, `table.table_valued()`. */
export class TableValuedColumn extends NamedColumn {
  static override readonly visitName: string = "table_valued_column";
  static override readonly traverse: TraverseSpec = [
    ["name", "anon-name"],
    ["type", "type"],
    ["scalarAlias", "clause"],
  ];
  scalarAlias: FromClause & { readonly name: string };

  constructor(scalarAlias: FromClause & { readonly name: string }, type: TypeEngine) {
    super();
    this.scalarAlias = scalarAlias;
    this.key = this.name = scalarAlias.name;
    this.type = type;
  }

  override _copyInternals(options: CloneOptions = {}): void {
    const { clone, ...kw } = options;
    this.scalarAlias = (clone
      ? clone(this.scalarAlias as never, kw)
      : this.scalarAlias._clone(kw)) as unknown as FromClause & { readonly name: string };
    this.key = this.name = this.scalarAlias.name;
  }

  override get _fromObjects(): readonly FromClause[] {
    return [this.scalarAlias];
  }
}
late.TableValuedColumn = TableValuedColumn;
