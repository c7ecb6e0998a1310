// INSERT, UPDATE and DELETE just before they are printed: which values, for which columns, from which further tables.
// Behaviour: SQLAlchemy sql/dml.py (DMLState and its subclasses).
import { InvalidRequestError } from "../errors/index.ts";
import { host, type Value } from "../util/host.ts";
import { CompileState, fromObjects, pluginFor } from "./base.ts";
import { expect, expectAsKey } from "./coercions.ts";
import { ElementMap, ElementSet } from "./element-set.ts";
import { tablesFromLeftmost } from "./find-from.ts";
import * as roles from "./roles.ts";
import { typeLate } from "./types/type-late.ts";
import type { ClauseElement } from "./elements/clause.ts";
import type { ColumnElement } from "./elements/column.ts";
import { Null } from "./elements/constants.ts";
import type { FromClause } from "./selectable/from-clause.ts";
import { description } from "./selectable/select-state.ts";
import type { Delete, DMLStatement, Insert, Update, UpdateBase, ValuesBase } from "./dml.ts";

/** A column by its name or as an object. */
export type DMLColumn = string | ColumnElement;
/** Column → value: an element, or a plain value of one of several rows. */
export type DMLValues = ElementMap<DMLColumn, Value>;

/** Questions about a statement that its plugin answers. */
export interface DMLStateClass {
  getEntityDescription(statement: UpdateBase): unknown;
  getReturningColumnDescriptions(statement: UpdateBase): readonly unknown[];
  _getMultiCrudKvPairs(statement: ValuesBase, rows: Iterable<Iterable<readonly [Value, Value]>>): DMLValues[];
  _getCrudKvPairs(
    statement: ValuesBase,
    pairs: Iterable<readonly [Value, Value]>,
    needsToBeCacheable: boolean,
  ): (readonly [DMLColumn, Value])[];
}

export interface DMLCompiler {
  readonly renderTableWithColumnInUpdateFrom?: boolean;
}

const column = (key: Value): DMLColumn => expect(roles.DMLColumnRole, key);

export abstract class DMLState extends CompileState {
  declare readonly statement: DMLStatement;
  _noParameters = true;
  _dictParameters: DMLValues | null = null;
  _multiParameters: DMLValues[] | null = null;
  _orderedValues: readonly (readonly [DMLColumn, Value])[] | null = null;
  _parameterOrdering: readonly DMLColumn[] | null = null;
  abstract _primaryTable: FromClause;
  _supportsImplicitReturning = true;
  readonly isupdate: boolean = false;
  readonly isdelete: boolean = false;
  readonly isinsert: boolean = false;
  includeTableWithColumnExprs = false;

  static getEntityDescription(statement: UpdateBase): unknown {
    const { table } = statement;
    return host.makeDict([
      ["name", table.namedWithColumn ? (table.name ?? null) : null],
      ["table", table],
    ]);
  }

  static getReturningColumnDescriptions(statement: UpdateBase): readonly Value[] {
    return statement._allSelectedColumns.map((c) => description(c.key, c));
  }

  static _getMultiCrudKvPairs(
    _statement: ValuesBase,
    rows: Iterable<Iterable<readonly [Value, Value]>>,
  ): DMLValues[] {
    return [...rows].map((row) => new ElementMap([...row].map(([k, v]) => [column(k), v] as const)));
  }

  static _getCrudKvPairs(
    _statement: ValuesBase,
    pairs: Iterable<readonly [Value, Value]>,
    needsToBeCacheable: boolean,
  ): (readonly [DMLColumn, Value])[] {
    return [...pairs].map(
      ([k, v]) =>
        [
          column(k),
          needsToBeCacheable
            ? expect(roles.ExpressionElementRole, v, { type: typeLate.nullType, isCrud: true })
            : v,
        ] as const,
    );
  }

  get dmlTable(): FromClause {
    return this.statement.table;
  }

  /** The table that changes, and the further ones that criteria and values name. */
  protected makeExtraFroms(statement: (Update | Delete) & DMLStatement): [FromClause, FromClause[]] {
    const [primary, ...joined] = [...tablesFromLeftmost(statement.table)] as [FromClause, ...FromClause[]];
    const seen = new ElementSet<ClauseElement>([primary]);
    const froms: FromClause[] = [];
    const values = [...(this._dictParameters?.values() ?? [])] as ColumnElement[];
    for (const item of fromObjects(...statement._whereCriteria, ...values)) {
      if (!seen.intersects(item._clonedSet)) froms.push(item);
      seen.update(item._clonedSet);
    }
    return [primary, [...froms, ...joined]];
  }

  protected take(values: DMLValues): void {
    this._dictParameters = values;
    this._noParameters = false;
  }

  protected cantMixFormats(): never {
    throw new InvalidRequestError(
      "Can't mix single and multiple VALUES formats in one INSERT statement; one style appends to a list while the other replaces values, so the intent is ambiguous.",
    );
  }
}

export class InsertDMLState extends DMLState {
  declare readonly statement: Insert;
  override readonly isinsert: boolean = true;
  override _primaryTable: FromClause;
  _hasMultiParameters = false;

  constructor(
    statement: Insert,
    _compiler?: DMLCompiler,
    options: { readonly disableImplicitReturning?: boolean } = {},
  ) {
    super(statement);
    this._primaryTable = statement.table;
    if (options.disableImplicitReturning) this._supportsImplicitReturning = false;
    if (statement._selectNames?.length)
      this.take(new ElementMap(statement._selectNames.map((name) => [name, Null.instance] as const)));
    if (statement._values !== null && this._noParameters) this.take(statement._values);
    for (const rows of statement._multiValues) this.takeRows(statement, rows);
  }

  get _insertColKeys(): string[] {
    return [...(this._dictParameters?.keys() ?? [])].map((k) => expectAsKey(roles.DMLColumnRole, k));
  }

  private takeRows(statement: Insert, rows: readonly (DMLValues | readonly Value[])[]): void {
    const keys = statement.table.c.values().map((c) => c.key as string);
    const all = rows.map((row) =>
      row instanceof ElementMap
        ? row
        : new ElementMap(row.slice(0, keys.length).map((v, i) => [keys[i] as DMLColumn, v] as const)),
    );
    if (this._noParameters) {
      this._hasMultiParameters = true;
      this._multiParameters = all;
      this.take(all[0] as DMLValues);
    } else if (this._hasMultiParameters) this._multiParameters?.push(...all);
    else this.cantMixFormats();
  }
}
pluginFor("default", "insert", InsertDMLState as never);

export class UpdateDMLState extends DMLState {
  declare readonly statement: Update;
  override readonly isupdate: boolean = true;
  override _primaryTable: FromClause;
  readonly _extraFroms: readonly FromClause[];
  readonly isMultitable: boolean;

  constructor(statement: Update, compiler?: DMLCompiler, _options?: unknown) {
    super(statement);
    if (statement._orderedValues !== null) {
      this.take(new ElementMap(statement._orderedValues));
      this._orderedValues = statement._orderedValues;
      this._parameterOrdering = statement._orderedValues.map(([k]) => k);
    } else if (statement._values !== null) this.take(statement._values);
    else if (statement._multiValues.length)
      throw new InvalidRequestError("UPDATE construct does not support multiple parameter sets.");
    const [table, extra] = this.makeExtraFroms(statement);
    this._primaryTable = table;
    this._extraFroms = extra;
    this.isMultitable = extra.length > 0;
    this.includeTableWithColumnExprs =
      this.isMultitable && (compiler?.renderTableWithColumnInUpdateFrom ?? false);
  }
}
pluginFor("default", "update", UpdateDMLState as never);

export class DeleteDMLState extends DMLState {
  declare readonly statement: Delete;
  override readonly isdelete: boolean = true;
  override _primaryTable: FromClause;
  readonly _extraFroms: readonly FromClause[];
  readonly isMultitable: boolean;

  constructor(statement: Delete, _compiler?: DMLCompiler, _options?: unknown) {
    super(statement);
    const [table, extra] = this.makeExtraFroms(statement);
    this._primaryTable = table;
    this._extraFroms = extra;
    this.isMultitable = extra.length > 0;
  }
}
pluginFor("default", "delete", DeleteDMLState as never);
