// PRIMARY KEY, UNIQUE and CHECK. Behaviour: SQLAlchemy sql/schema.py.
import { ArgumentError } from "../../errors/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { expect } from "../coercions.ts";
import type { ClauseElement } from "../elements/clause.ts";
import type { ColumnElement } from "../elements/column.ts";
import { strOf } from "../repr.ts";
import * as roles from "../roles.ts";
import { isSubclass } from "../types/engine.ts";
import { signature, type Signature } from "../types/signature.ts";
import { typeLate } from "../types/type-late.ts";
import { traverse, type Traversible } from "../visitable.ts";
import type { Column } from "./column.ts";
import { NULL_UNSPECIFIED } from "./constants.ts";
import {
  ColumnCollectionConstraint,
  nameArgument,
  type ColumnArgument,
  type ColumnsOptions,
  type ConstraintOptions,
} from "./constraint.ts";
import { copyExpression } from "./copy.ts";
import { isTable, schemaLate } from "./late.ts";
import { Identity } from "./server-defaults.ts";
import type { Table } from "./table.ts";

export interface KeyOptions extends ConstraintOptions, ColumnsOptions {}

export class PrimaryKeyConstraint extends ColumnCollectionConstraint {
  static override readonly visitName: string = "primary_key_constraint";
  static override readonly signature: Signature = signature("*columns, **dialect_kw");
  /** Made by the Table itself, of columns with primary_key=True. */
  readonly _implicitGenerated: boolean;
  private autoincrement: Column | null | undefined;

  constructor(
    columns: readonly ColumnArgument[] = [],
    options: KeyOptions & { readonly implicitGenerated?: boolean } = {},
    dialectKw: Kwargs = new Map(),
  ) {
    super(options, dialectKw);
    this._implicitGenerated = options.implicitGenerated ?? false;
    this._initColumns(columns, options);
  }

  override _setParent(parent: unknown, options?: object): void {
    const table = parent as Table;
    super._setParent(table, options);
    if (table.primaryKey !== this) {
      table.constraints.delete(table.primaryKey);
      table.primaryKey = this;
      table.constraints.add(this);
    }
    let flagged = [...table.c].filter((c) => c.primaryKey) as Column[];
    const own = [...this._columns] as Column[];
    if (own.length && flagged.length && !sameMembers(own, flagged)) {
      const names = (cs: Column[]): string => cs.map((c) => `'${c.name}'`).join(", ");
      host.warn(
        "SAWarning",
        `Table '${table.name}' specifies columns ${names(flagged)} as primary_key=True, not matching locally specified columns ${names(own)}; setting the ` +
          `current primary key columns to ${names(own)}. This warning may become an exception in a future release`,
      );
      flagged = [];
    }
    for (const c of own) {
      c.primaryKey = true;
      if (c._userDefinedNullable === NULL_UNSPECIFIED) c.nullable = false;
    }
    if (flagged.length) this._columns.extend(flagged);
    this.autoincrement = undefined;
  }

  /** @internal Make these the key's columns too: reflection. */
  _reload(columns: readonly Column[]): void {
    for (const c of columns) c.primaryKey = true;
    this._columns.extend(columns);
    this.autoincrement = undefined;
    this._setParentWithDispatch(this.table);
  }

  /** @internal A column with primary_key=True joined the table. */
  _replace(column: Column): void {
    this.autoincrement = undefined;
    this._columns.replace(column);
    this.dispatch.saEventColumnAddedToPkConstraint.emit(this, column);
  }

  get columnsAutoincFirst(): Column[] {
    const first = this._autoincrementColumn;
    const all = [...this._columns] as Column[];
    return first ? [first, ...all.filter((c) => c !== first)] : all;
  }

  /** The column that counts by itself; null where there is none. Throws ArgumentError. */
  get _autoincrementColumn(): Column | null {
    if (this.autoincrement === undefined) this.autoincrement = this.findAutoincrement();
    return this.autoincrement;
  }

  private findAutoincrement(): Column | null {
    const columns = [...this._columns] as Column[];
    if (columns.length === 1) {
      const [only] = columns as [Column];
      if (only.autoincrement === true) {
        checkAutoincrement(only, true);
        return only;
      }
      return (only.autoincrement === "auto" || only.autoincrement === "ignore_fk") &&
        checkAutoincrement(only, false)
        ? only
        : null;
    }
    let found: Column | null = null;
    for (const c of columns) {
      if (c.autoincrement !== true) continue;
      checkAutoincrement(c, true);
      if (found)
        throw new ArgumentError(
          `Only one Column may be marked autoincrement=True, found both ${c.name} and ${found.name}.`,
        );
      found = c;
    }
    return found;
  }

  protected override _copyOf(
    columns: readonly ColumnArgument[],
    options: ConstraintOptions,
    dialectKw: Kwargs,
  ): PrimaryKeyConstraint {
    return new PrimaryKeyConstraint(columns, options, dialectKw);
  }
}
schemaLate.PrimaryKeyConstraint = PrimaryKeyConstraint;

function sameMembers(a: readonly Column[], b: readonly Column[]): boolean {
  return a.length === b.length && a.every((c) => b.includes(c));
}

function checkAutoincrement(column: Column, wanted: boolean): boolean {
  const affinity = column.type.typeAffinity;
  if (
    !isSubclass(affinity, typeLate.integerType.typeAffinity) &&
    !isSubclass(affinity, typeLate.numeric.typeAffinity)
  ) {
    if (wanted)
      throw new ArgumentError(
        `Column type ${column.type.toString()} on column '${strOf(column)}' is not compatible with autoincrement=True`,
      );
    return false;
  }
  if (wanted) return true;
  if (column.default !== null && !column.default.isSequence) return false;
  if (column.serverDefault !== null && !(column.serverDefault instanceof Identity)) return false;
  return !(column.foreignKeys.size && column.autoincrement !== "ignore_fk");
}

export class UniqueConstraint extends ColumnCollectionConstraint {
  static override readonly visitName: string = "unique_constraint";

  constructor(
    columns: readonly ColumnArgument[] = [],
    options: KeyOptions = {},
    dialectKw: Kwargs = new Map(),
  ) {
    super(options, dialectKw);
    this._initColumns(columns, options);
  }

  protected override _copyOf(
    columns: readonly ColumnArgument[],
    options: ConstraintOptions,
    dialectKw: Kwargs,
  ): UniqueConstraint {
    return new UniqueConstraint(columns, options, dialectKw);
  }
}
schemaLate.UniqueConstraint = UniqueConstraint;

export interface CheckOptions extends ConstraintOptions {
  readonly table?: Table | null;
  /** @internal */
  readonly autoattach?: boolean;
}

export class CheckConstraint extends ColumnCollectionConstraint {
  static override readonly visitName: string = "table_or_column_check_constraint";
  static override readonly signature: Signature = signature(
    "sqltext, name=None, deferrable=None, initially=None, table=None, info=None, _create_rule=None, _autoattach=True, _type_bound=False, **dialect_kw",
  );
  readonly sqltext: ClauseElement;

  constructor(sqltext: Value, options: CheckOptions = {}, dialectKw: Kwargs = new Map()) {
    super(options, dialectKw);
    this.sqltext = expect(roles.DDLExpressionRole, sqltext);
    const columns: ColumnElement[] = [];
    traverse(this.sqltext as Traversible, {}, { column: (c: ColumnElement) => columns.push(c) });
    this._initColumns(columns, { autoattach: options.autoattach ?? true });
    if (options.table) this._setParentWithDispatch(options.table);
  }

  override get _allowMultipleTables(): boolean {
    return true;
  }

  get isColumnLevel(): boolean {
    return !isTable(this.parent);
  }

  override _copy({ targetTable = null }: { targetTable?: Table | null } = {}): CheckConstraint {
    const text = targetTable ? copyExpression(this.sqltext, this.table, targetTable) : this.sqltext;
    return this._schemaItemCopy(
      new CheckConstraint(text, {
        name: nameArgument(this),
        initially: this.initially,
        deferrable: this.deferrable,
        createRule: this._createRule,
        table: targetTable,
        comment: this.comment,
        autoattach: false,
        typeBound: this._typeBound,
      }),
    );
  }

  protected override _copyOf(): ColumnCollectionConstraint {
    return this._copy();
  }
}
