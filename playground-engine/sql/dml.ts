// insert(), update(), delete(). Behaviour: SQLAlchemy sql/dml.py.
import { ArgumentError, InvalidRequestError } from "../errors/index.ts";
import { host, type Kwargs, type Value } from "../util/host.ts";
import { uniqueList } from "../util/identity.ts";
import { itemsOf, pairOf } from "../util/items.ts";
import { CompileState, conditionsBy, Executable, selectIterables } from "./base.ts";
import { ColumnCollection, type ColumnSet } from "./column-collection.ts";
import { expect, expectAsKey } from "./coercions.ts";
import type { DMLState, DMLColumn, DMLStateClass, DMLValues } from "./dml-state.ts";
import { ElementMap } from "./element-set.ts";
import { late } from "./late.ts";
import { defaults, mixin } from "./mixin.ts";
import * as roles from "./roles.ts";
import { DialectKWArgs } from "./schema/dialect-kwargs.ts";
import type { TraverseSpec } from "./traverse-spec.ts";
import { BooleanClauseList } from "./elements/binary.ts";
import type { ClauseElement } from "./elements/clause.ts";
import { isColumnElement, type ColumnElement } from "./elements/column.ts";
import type { FromClause } from "./selectable/from-clause.ts";
import { HasCTE } from "./selectable/has-cte.ts";
import { addTableHint, HasPrefixes, type TableHint } from "./selectable/has-parts.ts";
import { LABEL_STYLE_DISAMBIGUATE_ONLY } from "./selectable/label-style.ts";
import { ReturnsRows } from "./selectable/returns-rows.ts";
import type { SelectBase } from "./selectable/select-base.ts";
import { proxiesOf } from "./selectable/select.ts";

export {
  DeleteDMLState,
  DMLState,
  InsertDMLState,
  UpdateDMLState,
  type DMLColumn,
  type DMLValues,
} from "./dml-state.ts";

export type DMLStatement = Insert | Update | Delete;

export interface ReturningOptions {
  readonly sortByParameterOrder?: boolean;
}

const TAIL: TraverseSpec = [
  ...HasPrefixes.prefixTraverse,
  ["_dialectOptions", "dialect-options"],
  ...Executable.traverse,
  ...HasCTE.cteTraverse,
];

export interface UpdateBase extends HasCTE, Executable, DialectKWArgs, HasPrefixes {
  readonly isDml: boolean;
  readonly supportsExecution: boolean;
  _generate(): this;
  get visitName(): string;
}

export abstract class UpdateBase extends ReturnsRows {
  static override readonly visitName: string = "update_base";
  static override readonly pyModule: string = "sqlalchemy.sql.dml";
  static {
    roles.playsRoles(this, roles.DMLRole, roles.HasCTERole);
    mixin(this, HasCTE, Executable, DialectKWArgs, HasPrefixes);
  }

  declare table: FromClause;
  declare readonly namedWithColumn: boolean;
  declare _hints: ReadonlySet<TableHint>;
  declare _returning: readonly ColumnElement[];
  declare _returnDefaults: boolean;
  declare _returnDefaultsColumns: readonly ColumnElement[] | null;
  declare _supplementalReturning: readonly ColumnElement[] | null;
  declare _sortByParameterOrder: boolean;

  constructor(table: Value) {
    super();
    this.table = expect(roles.DMLTableRole, table, { applyPropagateAttrs: this });
  }

  private get plugin(): DMLStateClass {
    return CompileState.getPluginClass(this) as DMLStateClass;
  }

  /** @internal */
  _compileStateFactory(compiler: unknown, options?: unknown): DMLState {
    return CompileState.createForStatement(this, compiler, options) as DMLState;
  }

  override params(): never {
    throw host.error(
      "NotImplementedError",
      "params() is not supported for INSERT/UPDATE/DELETE statements. To set the values for an INSERT or UPDATE statement, use stmt.values(**parameters).",
    );
  }

  withDialectOptions(opt: Kwargs): this {
    const made = this._generate();
    made._ownDialectOptions();
    made._validateDialectKwargs(opt);
    return made;
  }

  // -- RETURNING -----------------------------------------------------------------------------

  private parameterOrder(method: string): void {
    if (!this.isInsert)
      throw new ArgumentError(
        `The 'sort_by_parameter_order' argument to ${method}() only applies to INSERT statements`,
      );
    this._sortByParameterOrder = true;
  }

  /** Have the database give back the values it made: for the engine and the ORM. */
  returnDefaults(
    cols: readonly Value[] = [],
    options: ReturningOptions & { readonly supplementalCols?: Value } = {},
  ): this {
    const made = this._generate();
    const columns = cols.map((c) => expect(roles.ColumnsClauseRole, c));
    const old = made._returnDefaultsColumns;
    if (!made._returnDefaults) made._returnDefaultsColumns = columns;
    else
      made._returnDefaultsColumns =
        old?.length && columns.length ? uniqueList([...old, ...columns], (c) => c.hash) : [];
    made._returnDefaults = true;
    if (options.sortByParameterOrder) made.parameterOrder("return_defaults");
    const supplemental = [...(host.iterate(options.supplementalCols ?? []) ?? [])];
    if (supplemental.length) {
      const more = supplemental.map((c) => expect(roles.ColumnsClauseRole, c));
      made._supplementalReturning = uniqueList(
        [...(made._supplementalReturning ?? []), ...more],
        (c) => c.hash,
      );
    }
    return made;
  }

  returning(cols: readonly Value[], options: ReturningOptions = {}): this {
    const made = this._generate();
    if (made._returnDefaults)
      throw new InvalidRequestError("return_defaults() is already configured on this statement");
    made._returning = [...made._returning, ...cols.map((c) => expect(roles.ColumnsClauseRole, c))];
    if (options.sortByParameterOrder) made.parameterOrder("returning");
    return made;
  }

  override get _allSelectedColumns(): readonly ColumnElement[] {
    const memos = this._memos;
    return (memos["allSelectedColumns"] ??= selectIterables(this._returning)) as readonly ColumnElement[];
  }

  override get exportedColumns(): ColumnCollection {
    const memos = this._memos;
    return (memos["exportedColumns"] ??= new ColumnCollection(
      this._allSelectedColumns.filter(isColumnElement).map((c) => [c.key, c] as const),
    ).asReadonly()) as ColumnCollection;
  }

  correspondingColumn(column: ColumnElement, requireEmbedded = false): ColumnElement | null {
    return this.exportedColumns.correspondingColumn(column, requireEmbedded);
  }

  override _generateFromclauseColumnProxies(
    fromclause: FromClause,
    columns: ColumnCollection,
    primaryKey: ColumnSet,
    foreignKeys: Set<unknown>,
  ): void {
    columns._populateSeparateKeys(proxiesOf(this, fromclause, primaryKey, foreignKeys));
  }

  override isDerivedFrom(_fromclause: FromClause | null): boolean {
    return false;
  }

  withHint(text: string, selectable: Value = null, dialectName = "*"): this {
    const made = this._generate();
    const from = selectable === null ? this.table : expect(roles.DMLTableRole, selectable);
    made._hints = addTableHint(made._hints, from, text, dialectName);
    return made;
  }

  get entityDescription(): unknown {
    return this.plugin.getEntityDescription(this);
  }

  get returningColumnDescriptions(): readonly unknown[] {
    return this.plugin.getReturningColumnDescriptions(this);
  }
}
defaults(UpdateBase, {
  isDml: true,
  namedWithColumn: false,
  _hints: new Set<TableHint>(),
  _labelStyle: LABEL_STYLE_DISAMBIGUATE_ONLY,
  _returning: [],
  _returnDefaults: false,
  _returnDefaultsColumns: null,
  _supplementalReturning: null,
  _sortByParameterOrder: false,
});

/** Rows of values(): by column, or in the order of the table's columns. */
export type MultiValues = readonly (DMLValues | readonly Value[])[];

/** INSERT and UPDATE: statements with values. */
export abstract class ValuesBase extends UpdateBase {
  static override readonly visitName: string = "values_base";
  declare _values: DMLValues | null;
  declare _multiValues: readonly MultiValues[];
  declare _orderedValues: readonly (readonly [DMLColumn, Value])[] | null;
  declare _selectNames: readonly string[] | null;
  declare _inline: boolean;
  /** SELECT of INSERT … FROM SELECT. */
  declare _select: SelectBase | null;
  /** What a dialect adds behind VALUES: ON CONFLICT. */
  declare _postValuesClause: ClauseElement | null;
  declare readonly _supportsMultiParameters: boolean;

  /**
   * `values(**kw)`, `values({…})`, `values((a, b))`, `values([{…}, {…}])`. Throws InvalidRequestError beside from_select() or
   * ordered_values(), ArgumentError for mixed forms.
   */
  values(args: readonly Value[], kwargs: Kwargs = new Map()): this {
    if (this._selectNames !== null)
      throw new InvalidRequestError("This construct already inserts from a SELECT");
    if (this._orderedValues !== null)
      throw new InvalidRequestError("This statement already has ordered values present");
    const made = this._generate();
    let pairs: Iterable<readonly [Value, Value]> = kwargs;
    if (args.length) {
      if (kwargs.size) throw new ArgumentError("Can't pass positional and kwargs to values() simultaneously");
      if (args.length > 1)
        throw new ArgumentError(
          "Only a single dictionary/tuple or list of dictionaries/tuples is accepted positionally.",
        );
      const given = made.readValues(args[0]);
      if (given === undefined) return made;
      pairs = given;
    }
    const values = made.crudState._getCrudKvPairs(made, pairs, true);
    made._values = new ElementMap([...(made._values ?? []), ...values]);
    return made;
  }

  /** @internal */
  protected get crudState(): DMLStateClass {
    return CompileState.getPluginClass(this) as DMLStateClass;
  }

  /** Pairs of one row; undefined where rows were given and taken. */
  private readValues(arg: Value): Iterable<readonly [Value, Value]> | undefined {
    const entries = host.entries(arg);
    if (entries) return entries;
    const items = typeof arg === "string" ? [...arg] : host.iterate(arg);
    if (!items) throw host.noAttribute(arg, "items");
    const rows = [...items];
    const kind = rows.length ? host.kindOf(rows[0]) : "none";
    if (kind === "dict") {
      const pairs = rows.map((row) => host.entries(row) ?? []);
      this._multiValues = [...this._multiValues, this.crudState._getMultiCrudKvPairs(this, pairs)];
      return undefined;
    }
    if (kind === "list" || kind === "tuple") {
      this._multiValues = [...this._multiValues, rows.map((row) => [...(host.iterate(row) ?? [])])];
      return undefined;
    }
    const keys = this.table.c.values().map((c) => c.key);
    return rows.slice(0, keys.length).map((v, i) => [keys[i], v] as const);
  }

  /** Without fetching what the database makes up. */
  inline(): this {
    const made = this._generate();
    made._inline = true;
    return made;
  }
}
defaults(ValuesBase, {
  _values: null,
  _multiValues: [],
  _orderedValues: null,
  _selectNames: null,
  _inline: false,
  _select: null,
  _postValuesClause: null,
  _supportsMultiParameters: false,
});

export class Insert extends ValuesBase {
  static override readonly visitName: string = "insert";
  static override readonly traverse: TraverseSpec = [
    ["table", "clause"],
    ["_inline", "boolean"],
    ["_selectNames", "strings"],
    ["_values", "dml-values"],
    ["_multiValues", "dml-multi-values"],
    ["_select", "clause"],
    ["_postValuesClause", "clause"],
    ["_returning", "clauses"],
    ["_hints", "table-hints"],
    ["_returnDefaults", "boolean"],
    ["_returnDefaultsColumns", "clauses"],
    ["_sortByParameterOrder", "boolean"],
    ...TAIL,
  ];
  declare includeInsertFromSelectDefaults: boolean;

  get select(): SelectBase | null {
    return this._select;
  }
  set select(select: SelectBase | null) {
    this._select = select;
  }

  fromSelect(names: Value, select: Value, includeDefaults = true): this {
    const made = this._generate();
    if (made._values?.size) throw new InvalidRequestError("This construct already inserts value expressions");
    made._selectNames = itemsOf(names).map((name) => expectAsKey(roles.DMLColumnRole, name));
    made._inline = true;
    made.includeInsertFromSelectDefaults = includeDefaults;
    made._select = expect(roles.DMLSelectRole, select);
    return made;
  }
}
defaults(Insert, { isInsert: true, _supportsMultiParameters: true, includeInsertFromSelectDefaults: false });
late.Insert = Insert;

/** WHERE of UPDATE and DELETE. */
abstract class DMLWhereBase {
  declare _whereCriteria: readonly ColumnElement[];
  declare table: FromClause;
  abstract _generate(): this;

  where(whereclause: readonly Value[]): this {
    const made = this._generate();
    made._whereCriteria = [
      ...made._whereCriteria,
      ...whereclause.map((c) =>
        expect(roles.WhereHavingRole, c, { applyPropagateAttrs: made as unknown as ClauseElement }),
      ),
    ];
    return made;
  }

  filter(criteria: readonly Value[]): this {
    return this.where(criteria);
  }

  filterBy(kwargs: Kwargs): this {
    return this.where(conditionsBy(this.table, kwargs));
  }

  get whereclause(): ColumnElement | null {
    return BooleanClauseList._constructForWhereclause(this._whereCriteria);
  }
}
defaults(DMLWhereBase, { _whereCriteria: [] });

export interface Update extends DMLWhereBase {
  table: FromClause;
  _generate(): this;
}

export class Update extends ValuesBase {
  static override readonly visitName: string = "update";
  static override readonly traverse: TraverseSpec = [
    ["table", "clause"],
    ["_whereCriteria", "clauses"],
    ["_inline", "boolean"],
    ["_orderedValues", "dml-ordered-values"],
    ["_values", "dml-values"],
    ["_returning", "clauses"],
    ["_hints", "table-hints"],
    ["_returnDefaults", "boolean"],
    ["_returnDefaultsColumns", "clauses"],
    ...TAIL,
  ];
  static {
    mixin(this, DMLWhereBase);
  }

  /** `ordered_values((column, value), …)`: SET in this order. */
  orderedValues(args: readonly Value[]): this {
    if (this._values?.size) throw new ArgumentError("This statement already has values present");
    if (this._orderedValues?.length)
      throw new ArgumentError("This statement already has ordered values present");
    const made = this._generate();
    const pairs = args.map(pairOf);
    made._orderedValues = made.crudState._getCrudKvPairs(made, pairs, true);
    return made;
  }
}
defaults(Update, { isUpdate: true });
late.Update = Update;

export interface Delete extends DMLWhereBase {
  table: FromClause;
  _generate(): this;
}

export class Delete extends UpdateBase {
  static override readonly visitName: string = "delete";
  static override readonly traverse: TraverseSpec = [
    ["table", "clause"],
    ["_whereCriteria", "clauses"],
    ["_returning", "clauses"],
    ["_hints", "table-hints"],
    ...TAIL,
  ];
  static {
    mixin(this, DMLWhereBase);
  }
}
defaults(Delete, { isDelete: true });
late.Delete = Delete;

/** insert(), update() and delete(). */
export const insert = (table: Value): Insert => new Insert(table);
export const update = (table: Value): Update => new Update(table);
export const delete_ = (table: Value): Delete => new Delete(table);
