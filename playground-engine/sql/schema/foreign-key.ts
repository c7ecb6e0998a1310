// ForeignKey: a column that refers to another, by object or as "table.column" found when both are there.
//
// A string waits in the MetaData's `_fkMemos` for its table and column. Every ForeignKey belongs to a ForeignKeyConstraint:
// one made alone gets its own when its column joins a table. Behaviour: SQLAlchemy sql/schema.py (ForeignKey).
import {
  ArgumentError,
  InvalidRequestError,
  NoReferencedColumnError,
  NoReferencedTableError,
} from "../../errors/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { expect } from "../coercions.ts";
import type { FromClause } from "../selectable/from-clause.ts";
import { defaults, mixin } from "../mixin.ts";
import { reprOf, strOf } from "../repr.ts";
import * as roles from "../roles.ts";
import { signature, type Signature } from "../types/signature.ts";
import type { Column } from "./column.ts";
import { BLANK_SCHEMA, RETAIN_SCHEMA, tableKey, type SchemaArgument } from "./constants.ts";
import { Named, nameArgument, type ConstraintNameArgument } from "./constraint.ts";
import { DialectKWArgs } from "./dialect-kwargs.ts";
import type { ForeignKeyConstraint } from "./foreign-key-constraint.ts";
import { SchemaItem } from "./item.ts";
import { isColumn, schemaLate } from "./late.ts";
import type { Table } from "./table.ts";

export interface ForeignKeyOptions {
  /** @internal */
  readonly constraint?: ForeignKeyConstraint | null;
  readonly useAlter?: boolean;
  readonly name?: ConstraintNameArgument;
  readonly onupdate?: string | null;
  readonly ondelete?: string | null;
  readonly deferrable?: boolean | null;
  readonly initially?: string | null;
  readonly linkToName?: boolean;
  readonly match?: string | null;
  readonly info?: Value;
  readonly comment?: string | null;
  /** @internal Never looked up: a column of a subquery. */
  readonly unresolvable?: boolean;
}

type Tokens = readonly [schema: string | null, table: string, column: string | null];

export interface ForeignKey extends Named, DialectKWArgs {
  get name(): string | null;
  set name(name: ConstraintNameArgument);
}
export class ForeignKey extends SchemaItem {
  static override readonly visitName: string = "foreign_key";
  static readonly signature: Signature = signature(
    "column, _constraint=None, use_alter=False, name=None, onupdate=None, ondelete=None, deferrable=None, initially=None, link_to_name=False, match=None, info=None, comment=None",
  );
  readonly _colspec: string | Column;
  /** The column meant, where it was given as an object. */
  readonly _tableColumn: Column | null;
  readonly _unresolvable: boolean;
  constraint: ForeignKeyConstraint | null;
  declare parent: Column | null;
  readonly useAlter: boolean;
  readonly onupdate: string | null;
  readonly ondelete: string | null;
  readonly deferrable: boolean | null;
  readonly initially: string | null;
  readonly linkToName: boolean;
  readonly match: string | null;
  readonly comment: string | null;
  private readonly unvalidatedDialectKw: Kwargs;
  private resolved: Column | undefined;
  private tokens: Tokens | undefined;

  constructor(column: Value, options: ForeignKeyOptions = {}, dialectKw: Kwargs = new Map()) {
    super();
    this._colspec = expect(roles.DDLReferredColumnRole, column) as string | Column;
    this._unresolvable = options.unresolvable ?? false;
    if (typeof this._colspec === "string") this._tableColumn = null;
    else {
      this._tableColumn = this._colspec;
      const table = this._tableColumn.table as { _isTable?: boolean } | null | undefined;
      if (table != null && !table._isTable)
        throw new ArgumentError(`ForeignKey received Column not bound to a Table, got: ${reprOf(table)}`);
    }
    this.constraint = options.constraint ?? null;
    this.useAlter = options.useAlter ?? false;
    this.name = options.name;
    this.onupdate = options.onupdate ?? null;
    this.ondelete = options.ondelete ?? null;
    this.deferrable = options.deferrable ?? null;
    this.initially = options.initially ?? null;
    this.linkToName = options.linkToName ?? false;
    this.match = options.match ?? null;
    this.comment = options.comment ?? null;
    if (options.info != null && host.isTrue(options.info)) this.info = options.info;
    this.unvalidatedDialectKw = dialectKw;
  }

  override repr(): string {
    return `ForeignKey(${reprOf(this._getColspec())})`;
  }

  _copy({ schema = null }: { schema?: SchemaArgument | typeof RETAIN_SCHEMA } = {}): ForeignKey {
    return this._schemaItemCopy(
      new ForeignKey(
        this._getColspec(schema),
        {
          useAlter: this.useAlter,
          name: nameArgument(this),
          onupdate: this.onupdate,
          ondelete: this.ondelete,
          deferrable: this.deferrable,
          initially: this.initially,
          linkToName: this.linkToName,
          match: this.match,
          comment: this.comment,
        },
        this.unvalidatedDialectKw,
      ),
    );
  }

  /** "table.column" of what is referred to, with another schema or table name where told. */
  _getColspec(
    schema: SchemaArgument | typeof RETAIN_SCHEMA = null,
    tableName: string | null = null,
    isCopy = false,
  ): string {
    if (schema !== null && schema !== RETAIN_SCHEMA) {
      const [, tname, colname] = this._columnTokens;
      const table = tableName ?? tname;
      return schema === BLANK_SCHEMA ? `${table}.${colname}` : `${schema}.${table}.${colname}`;
    }
    if (tableName) {
      const [own, , colname] = this._columnTokens;
      return own ? `${own}.${tableName}.${colname}` : `${tableName}.${colname}`;
    }
    const column = this._tableColumn;
    if (!column) return this._colspec as string;
    const table = column.table as Table | null;
    if (!table) {
      if (isCopy)
        throw new InvalidRequestError(
          `Can't copy ForeignKey object which refers to non-table bound Column ${column.repr()}`,
        );
      return column.key;
    }
    return `${table.fullname}.${column.key}`;
  }

  get targetFullname(): string {
    return this._getColspec();
  }

  get _referredSchema(): string | null {
    return this._columnTokens[0];
  }

  /** Key of the table referred to; null where the column has none yet. */
  _tableKey(): string | null {
    if (this._tableColumn) return (this._tableColumn.table as Table | null)?.key ?? null;
    const [schema, tname] = this._columnTokens;
    return tableKey(tname, schema);
  }

  references(table: FromClause): boolean {
    return table.correspondingColumn(this.column) !== null;
  }

  /** The column of a FROM element that this refers to; null where it has none. */
  getReferent(table: FromClause): Column | null {
    return table.correspondingColumn(this.column) as Column | null;
  }

  get _columnTokens(): Tokens {
    if (!this.tokens) {
      const parts = this._getColspec().split(".");
      const column = parts.length === 1 ? null : (parts.pop() as string);
      const table = parts.pop() as string;
      this.tokens = [parts.length ? parts.join(".") : null, table, column];
    }
    return this.tokens;
  }

  /** @internal */
  _resolveColTokens(): readonly [parent: Table, tableKey: string, column: string | null] {
    if (!this.parent)
      throw new InvalidRequestError(
        "this ForeignKey object does not yet have a parent Column associated with it.",
      );
    const parentTable = this.parent.table as Table | null;
    if (!parentTable)
      throw new InvalidRequestError("this ForeignKey's parent column is not yet associated with a Table.");
    const [schema, tname, colname] = this._columnTokens;
    if (this._unresolvable) return [parentTable, tableKey(tname, schema), colname];
    return [parentTable, tableKey(tname, schema ?? parentTable.metadata.schema), colname];
  }

  private linkByName(parentTable: Table, table: Table, colname: string | null): Column {
    let found: Column | undefined;
    // A ForeignKey of a table's name alone refers to the column of its own name.
    const key = colname ?? (this.parent as Column).key;
    if (colname !== null && this.linkToName)
      found = [...table.c].find((c) => c.name === colname) as Column | undefined;
    else found = table.c.get(key) as Column | undefined;
    if (!found)
      throw new NoReferencedColumnError(
        `Could not initialize target column for ForeignKey '${strOf(this._colspec)}' on table '${parentTable.name}': table '${table.name}' has no column named '${key}'`,
        table.name,
        key,
      );
    return found;
  }

  private setTargetColumn(column: Column): void {
    const parent = this.parent as Column;
    // A column without a type takes that of what it refers to, and so do columns that refer to it.
    if (parent.type.isNullType) parent.type = column.type;
    parent._setUpOnMemoizedFks((fk) => {
      if (fk.parent?.type.isNullType) fk.parent.type = column.type;
    });
    this.resolved = column;
  }

  /** The column referred to. Throws NoReferencedTableError, NoReferencedColumnError or InvalidRequestError. */
  get column(): Column {
    return (this.resolved ??= this._resolveColumn() as Column);
  }

  /** @internal */
  _resolveColumn(raise = true): Column | null {
    if (typeof this._colspec !== "string") return elementOf(this._colspec);
    const [parentTable, key, colname] = this._resolveColTokens();
    const { metadata } = parentTable;
    if (this._unresolvable || !metadata.has(key)) {
      if (!raise) return null;
      throw new NoReferencedTableError(
        `Foreign key associated with column '${strOf(this.parent)}' could not find table '${key}' with which to generate a foreign key to target column '${colname ?? "None"}'`,
        key,
      );
    }
    if (!metadata.has(parentTable.key)) {
      if (!raise) return null;
      throw new InvalidRequestError(
        `Table ${strOf(parentTable)} is no longer associated with its parent MetaData`,
      );
    }
    return this.linkByName(parentTable, metadata.tables.get(key) as Table, colname);
  }

  override _setParent(parent: unknown): void {
    if (this.parent && this.parent !== parent)
      throw new InvalidRequestError("This ForeignKey already has a parent !");
    this.parent = parent as Column;
    (this.parent.foreignKeys as Set<ForeignKey>).add(this);
    this.parent._onTableAttach((column, table) => this.setTable(column, table));
  }

  /** @internal The table or column waited for has come. */
  _setRemoteTable(table: Table): void {
    const [parentTable, , colname] = this._resolveColTokens();
    this.setTargetColumn(this.linkByName(parentTable, table, colname));
    (this.constraint as ForeignKeyConstraint)._validateDestTable(table);
  }

  /** @internal */
  _removeFromMetadata(metadata: { readonly _fkMemos: FkMemos }): void {
    const [, key, colname] = this._resolveColTokens();
    metadata._fkMemos.remove(key, colname, this);
  }

  private setTable(column: Column, table: Table): void {
    if (!this.constraint) {
      this.constraint = new schemaLate.ForeignKeyConstraint(
        [],
        [],
        {
          useAlter: this.useAlter,
          name: nameArgument(this),
          onupdate: this.onupdate,
          ondelete: this.ondelete,
          deferrable: this.deferrable,
          initially: this.initially,
          match: this.match,
          comment: this.comment,
        },
        this.unvalidatedDialectKw,
      );
      this.constraint._appendElement(column, this);
      this.constraint._setParentWithDispatch(table);
    }
    table.foreignKeys.add(this);
    if (typeof this._colspec !== "string") {
      this.setTargetColumn(elementOf(this._colspec));
      return;
    }
    const [parentTable, key, colname] = this._resolveColTokens();
    const remote = parentTable.metadata.tables.get(key);
    if (remote) {
      try {
        this.setTargetColumn(this.linkByName(parentTable, remote, colname));
      } catch (e) {
        if (!(e instanceof NoReferencedColumnError)) throw e;
        // The column may come later.
      }
    }
    parentTable.metadata._fkMemos.add(key, colname, this);
  }
}
mixin(ForeignKey, Named, DialectKWArgs);
defaults(ForeignKey, { parent: null });

function elementOf(column: Column): Column {
  if (isColumn(column)) return column;
  return (column as { clauseElement(): unknown }).clauseElement() as Column;
}

/** Foreign keys by what they refer to, found or not. */
export class FkMemos {
  private readonly byTarget = new Map<string, ForeignKey[]>();

  private key(table: string, column: string | null): string {
    return column === null ? `${table}\0\0` : `${table}\0${column}`;
  }

  add(table: string, column: string | null, fk: ForeignKey): void {
    const key = this.key(table, column);
    const list = this.byTarget.get(key);
    if (list) list.push(fk);
    else this.byTarget.set(key, [fk]);
  }

  of(table: string, column: string | null): readonly ForeignKey[] {
    return this.byTarget.get(this.key(table, column)) ?? [];
  }

  remove(table: string, column: string | null, fk: ForeignKey): void {
    const list = this.byTarget.get(this.key(table, column));
    const at = list?.indexOf(fk) ?? -1;
    if (at >= 0) list?.splice(at, 1);
  }

  clear(): void {
    this.byTarget.clear();
  }
}
