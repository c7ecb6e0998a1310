// ForeignKeyConstraint: columns of a table that refer to columns of another. Behaviour: SQLAlchemy sql/schema.py.
import { ArgumentError } from "../../errors/index.ts";
import type { Kwargs, Value } from "../../util/host.ts";
import { itemsOf } from "../../util/items.ts";
import type { NameArgument } from "../names.ts";
import { strOf } from "../repr.ts";
import { signature, type Signature } from "../types/signature.ts";
import type { Column } from "./column.ts";
import { ColumnCollectionConstraint, nameArgument, type ConstraintNameArgument } from "./constraint.ts";
import { ForeignKey } from "./foreign-key.ts";
import { schemaLate } from "./late.ts";
import type { SchemaArgument, RETAIN_SCHEMA } from "./constants.ts";
import type { Table } from "./table.ts";
import { compareText } from "../../util/text.ts";

export interface ForeignKeyConstraintOptions {
  readonly name?: ConstraintNameArgument;
  readonly onupdate?: string | null;
  readonly ondelete?: string | null;
  readonly deferrable?: boolean | null;
  readonly initially?: string | null;
  readonly useAlter?: boolean;
  readonly linkToName?: boolean;
  readonly match?: string | null;
  readonly table?: Table | null;
  readonly info?: Value;
  readonly comment?: string | null;
}

export class ForeignKeyConstraint extends ColumnCollectionConstraint {
  static override readonly visitName: string = "foreign_key_constraint";
  static override readonly signature: Signature = signature(
    "columns, refcolumns, name=None, onupdate=None, ondelete=None, deferrable=None, initially=None, use_alter=False, link_to_name=False, match=None, table=None, info=None, comment=None, **dialect_kw",
  );
  readonly onupdate: string | null;
  readonly ondelete: string | null;
  readonly linkToName: boolean;
  useAlter: boolean;
  readonly match: string | null;
  /** One a pair of columns. */
  readonly elements: ForeignKey[];

  /** `givenColumns`, `givenRefcolumns`: sequences of the host. */
  constructor(
    givenColumns: Value,
    givenRefcolumns: Value,
    options: ForeignKeyConstraintOptions = {},
    dialectKw: Kwargs = new Map(),
  ) {
    super(options, dialectKw);
    this.onupdate = options.onupdate ?? null;
    this.ondelete = options.ondelete ?? null;
    this.linkToName = options.linkToName ?? false;
    this.useAlter = options.useAlter ?? false;
    this.match = options.match ?? null;
    const columns = itemsOf(givenColumns);
    const refcolumns = itemsOf(givenRefcolumns);
    const distinct = new Set(columns).size;
    if (distinct !== refcolumns.length) {
      if (distinct !== columns.length)
        throw new ArgumentError(
          "ForeignKeyConstraint with duplicate source column references are not supported.",
        );
      throw new ArgumentError(
        "ForeignKeyConstraint number of constrained columns must match the number of referenced columns.",
      );
    }
    this.elements = refcolumns.map(
      (ref) =>
        new ForeignKey(
          ref,
          {
            constraint: this,
            name: nameArgument(this) as NameArgument | null,
            onupdate: this.onupdate,
            ondelete: this.ondelete,
            useAlter: this.useAlter,
            linkToName: this.linkToName,
            match: this.match,
            deferrable: this.deferrable,
            initially: this.initially,
          },
          this.dialectKwargs,
        ),
    );
    this._initColumns(columns);
    if (options.table) this._setParentWithDispatch(options.table);
  }

  /** @internal */
  _appendElement(column: Column, fk: ForeignKey): void {
    this._columns.add(column);
    this.elements.push(fk);
  }

  get _referredSchema(): string | null {
    return this.elements[0]?._referredSchema ?? null;
  }

  get referredTable(): Table {
    return (this.elements[0] as ForeignKey).column.table as Table;
  }

  /** @internal Throws ArgumentError where the elements lead to several tables. */
  _validateDestTable(table: Table): void {
    const keys = [...new Set(this.elements.map((e) => e._tableKey()))];
    if (keys.includes(null) || keys.length < 2) return;
    const [first, second] = (keys as string[]).sort(compareText);
    throw new ArgumentError(
      `ForeignKeyConstraint on ${table.fullname}(${this._colDescription}) refers to multiple remote tables: ${first} and ${second}`,
    );
  }

  get columnKeys(): readonly string[] {
    if (this.parent) return [...this].map((c) => c.key);
    return this._pendingColargs.map((c) => (typeof c === "string" ? c : ((c as Column).key ?? strOf(c))));
  }

  get _colDescription(): string {
    return this.columnKeys.join(", ");
  }

  override _setParent(parent: unknown, options?: object): void {
    super._setParent(parent, options);
    const columns = [...this];
    for (const [i, fk] of this.elements.entries()) {
      const column = columns[i];
      if (column && fk.parent !== column) fk._setParentWithDispatch(column);
    }
    this._validateDestTable(parent as Table);
  }

  override _copy({
    schema = null,
    targetTable = null,
  }: {
    schema?: SchemaArgument | typeof RETAIN_SCHEMA;
    targetTable?: Table | null;
  } = {}): ForeignKeyConstraint {
    const copy = new ForeignKeyConstraint(
      this.elements.map((e) => (e.parent as Column).key),
      this.elements.map((e) =>
        e._getColspec(
          schema,
          targetTable && e._tableKey() === ((e.parent as Column).table as Table).key
            ? targetTable.name
            : null,
          true,
        ),
      ),
      {
        name: nameArgument(this),
        onupdate: this.onupdate,
        ondelete: this.ondelete,
        useAlter: this.useAlter,
        deferrable: this.deferrable,
        initially: this.initially,
        linkToName: this.linkToName,
        match: this.match,
        comment: this.comment,
      },
    );
    for (const [i, fk] of this.elements.entries()) fk._schemaItemCopy(copy.elements[i] as ForeignKey);
    return this._schemaItemCopy(copy);
  }

  protected override _copyOf(): ColumnCollectionConstraint {
    return this._copy();
  }
}
schemaLate.ForeignKeyConstraint = ForeignKeyConstraint;
