// FromClause: what stands in FROM, with its columns. Behaviour: SQLAlchemy sql/selectable.py (FromClause, FromGrouping).
import type { Value } from "../../util/host.ts";
import { extendAnnotated, type AnnotatedState } from "../annotation.ts";
import { ColumnCollection, ColumnSet, type ReadOnlyColumnCollection } from "../column-collection.ts";
import { expect } from "../coercions.ts";
import { late } from "../late.ts";
import { defaults } from "../mixin.ts";
import type { NameArgument } from "../names.ts";
import type { Against } from "../operators.ts";
import * as roles from "../roles.ts";
import type { TraverseSpec } from "../traverse-spec.ts";
import type { CloneOptions } from "../visitable.ts";
import type { ClauseElement, EntityNamespace } from "../elements/clause.ts";
import type { ColumnElement } from "../elements/column.ts";
import type { TableValuedColumn } from "../elements/column-clause.ts";
import { classNameOf } from "../repr.ts";
import { Selectable } from "./returns-rows.ts";
import type { Join } from "./join.ts";
import type { TableSample } from "./alias.ts";
import type { Select } from "./select.ts";

/** A primary key: a set of columns, or a table's constraint. */
export interface PrimaryKeyColumns extends Iterable<ColumnElement> {}

/** A foreign key of the schema, as far as joins ask. */
export interface ForeignKeyLike {
  readonly parent: ColumnElement & { readonly _creationOrder: number };
  readonly column: ColumnElement;
  readonly constraint: object | null;
  /** The column of `table` it refers to, or null. Throws NoReferenceError where the table it names is unknown. */
  getReferent(table: FromClause): ColumnElement | null;
}

const NO_FROMS: readonly FromClause[] = [];

export class FromClause extends Selectable {
  static override readonly visitName: string = "fromclause";
  static {
    roles.playsRoles(this, roles.AnonymizedFromClauseRole);
  }

  declare readonly namedWithColumn: boolean;
  declare name?: string;
  /** Whether the name is always, never or (null) if needed quoted. */
  declare quote: boolean | null;
  declare schema: string | null;
  declare readonly _isJoin: boolean;
  declare readonly _useSchemaMap: boolean;
  declare _columns: ColumnCollection | undefined;
  declare protected _primaryKey: PrimaryKeyColumns | undefined;
  declare protected _foreignKeys: Set<unknown> | undefined;

  /** FROM elements that are not printed beside this one: the members of a join. */
  get _hideFroms(): readonly FromClause[] {
    return NO_FROMS;
  }

  select(): Select {
    return new late.Select([this]);
  }

  join(right: Value, onclause: Value = null, isouter = false, full = false): Join {
    return new late.Join(this, right, onclause, isouter, full);
  }

  outerjoin(right: Value, onclause: Value = null, full = false): Join {
    return new late.Join(this, right, onclause, true, full);
  }

  alias(name: NameArgument | null = null, _flat = false): FromClause {
    return late.Alias._construct(this, { name });
  }

  tablesample(sampling: Value, name: NameArgument | null = null, seed: Value = null): TableSample {
    return late.TableSample._construct(this, { name, sampling, seed });
  }

  override isDerivedFrom(fromclause: FromClause | null): boolean {
    return fromclause !== null && this._clonedSet.has(fromclause);
  }

  _isLexicalEquivalent(other: FromClause): boolean {
    return this._clonedSet.intersects(other._clonedSet);
  }

  override get description(): string | null {
    return this.name ?? `${classNameOf(this)} object`;
  }

  override _generateFromclauseColumnProxies(
    fromclause: FromClause,
    columns: ColumnCollection,
    primaryKey: ColumnSet,
    foreignKeys: Set<unknown>,
  ): void {
    columns._populateSeparateKeys(
      this.c.values().map((col) => col._makeProxy(fromclause, { primaryKey, foreignKeys })),
    );
  }

  // -- columns -----------------------------------------------------------------------------

  override get exportedColumns(): ColumnCollection {
    return this.c;
  }

  get columns(): ColumnCollection {
    return this.readColumns();
  }

  get c(): ColumnCollection {
    return this.readColumns();
  }

  private readColumns(): ColumnCollection {
    const memos = this._memos;
    if (memos["c"] === undefined) {
      this._setupCollections();
      memos["c"] = (this._columns as ColumnCollection).asReadonly();
    }
    return memos["c"] as ReadOnlyColumnCollection;
  }

  get primaryKey(): PrimaryKeyColumns {
    this._setupCollections();
    return this._primaryKey as PrimaryKeyColumns;
  }
  set primaryKey(columns: PrimaryKeyColumns) {
    this._primaryKey = columns;
  }

  get foreignKeys(): Set<unknown> {
    this._setupCollections();
    return this._foreignKeys as Set<unknown>;
  }
  set foreignKeys(keys: Set<unknown>) {
    this._foreignKeys = keys;
  }

  protected _setupCollections(): void {
    if (this._columns) return;
    const columns = new ColumnCollection();
    const primaryKey = new ColumnSet();
    const foreignKeys = new Set<unknown>();
    this._populateColumnCollection(columns, primaryKey, foreignKeys);
    this._columns = columns;
    this._primaryKey = primaryKey;
    this._foreignKeys = foreignKeys;
  }

  get _colsPopulated(): boolean {
    return this._columns !== undefined;
  }

  protected _populateColumnCollection(
    _columns: ColumnCollection,
    _primaryKey: ColumnSet,
    _foreignKeys: Set<unknown>,
  ): void {}

  _resetColumnCollection(): void {
    this._columns = this._primaryKey = this._foreignKeys = undefined;
    this._resetMemoizations();
  }

  override _refreshForNewColumn(_column: ColumnElement): void {
    this._resetColumnCollection();
  }

  override get entityNamespace(): EntityNamespace | null {
    return this.c;
  }

  get _selectIterable(): Iterable<ColumnElement> {
    return this.c.values().filter((c) => !c._omitFromStatements);
  }

  /** This under a name made up, or members of a join each under one. */
  _anonymousFromclause(
    options: { readonly name?: NameArgument | null; readonly flat?: boolean } = {},
  ): FromClause {
    return this.alias(options.name ?? null);
  }
}
defaults(FromClause, {
  _isFromClause: true,
  namedWithColumn: false,
  quote: null,
  schema: null,
  _isJoin: false,
  _useSchemaMap: false,
});

export function isFromClause(v: unknown): v is FromClause {
  return typeof v === "object" && v !== null && (v as ClauseElement)._isFromClause === true;
}

// Columns of an annotated table are those of the table, unless whoever annotates asks for columns of its own.
type AnnotatedFrom = FromClause & AnnotatedState & { _ownColumns?: ReadOnlyColumnCollection };
const annotatedColumns = (f: AnnotatedFrom): ColumnCollection =>
  f._ownColumns ?? (f._annotatedElement as unknown as FromClause).c;
extendAnnotated(FromClause, {
  get c(): ColumnCollection {
    return annotatedColumns(this as unknown as AnnotatedFrom);
  },
  get columns(): ColumnCollection {
    return annotatedColumns(this as unknown as AnnotatedFrom);
  },
  _copyInternals(this: AnnotatedFrom, options: CloneOptions = {}): void {
    const { annotationsTraversal = false, indColsOnFromclause = false, ...kw } = options;
    const element = this._annotatedElement as unknown as FromClause;
    plainCopyInternals(this)(kw);
    if (!annotationsTraversal) element._copyInternals(kw);
    if (indColsOnFromclause) {
      (this as unknown as { _setupCollections(): void })._setupCollections();
      this._ownColumns = (this._columns as ColumnCollection).asReadonly();
    }
  },
});

/** The method of the element's class, which the annotated one hides. */
function plainCopyInternals(annotated: AnnotatedFrom): (options: CloneOptions) => void {
  const proto = Object.getPrototypeOf(Object.getPrototypeOf(annotated) as object) as FromClause;
  return (options) => proto._copyInternals.call(annotated, options);
}

/** A FROM element with a name that columns can be qualified by. */
export class NamedFromClause extends FromClause {
  static override readonly visitName: string = "named_fromclause";
  declare name: string;

  /** The whole row as one column. */
  tableValued(): TableValuedColumn {
    return new late.TableValuedColumn(this, late.tableValueType);
  }
}
defaults(NamedFromClause, { namedWithColumn: true });

/** A FROM element in parentheses: the right side of a nested join. */
export class FromGrouping extends FromClause {
  static override readonly visitName: string = "grouping";
  static override readonly traverse: TraverseSpec = [["element", "clause"]];
  element: FromClause;

  constructor(element: Value) {
    super();
    this.element = expect(roles.FromClauseRole, element);
  }

  override selfGroup(_against: Against = null): ClauseElement {
    return this;
  }

  override get columns(): ColumnCollection {
    return this.element.columns;
  }
  override get c(): ColumnCollection {
    return this.element.columns;
  }
  override get primaryKey(): PrimaryKeyColumns {
    return this.element.primaryKey;
  }
  override get foreignKeys(): Set<unknown> {
    return this.element.foreignKeys;
  }

  override isDerivedFrom(fromclause: FromClause | null): boolean {
    return this.element.isDerivedFrom(fromclause);
  }

  override alias(name: NameArgument | null = null, flat = false): FromClause {
    return new NamedFromGrouping(this.element.alias(name, flat));
  }

  override _anonymousFromclause(
    options: { readonly name?: NameArgument | null; readonly flat?: boolean } = {},
  ): FromClause {
    return new FromGrouping(this.element._anonymousFromclause(options));
  }

  override get _hideFroms(): readonly FromClause[] {
    return this.element._hideFroms;
  }

  override get _fromObjects(): readonly FromClause[] {
    return this.element._fromObjects;
  }
}

/** The alias of a FROM element in parentheses. */
export class NamedFromGrouping extends FromGrouping {
  static override readonly inheritCache: boolean = true;
}
defaults(NamedFromGrouping, { namedWithColumn: true });
