// Index: an index over columns or expressions of a table. Behaviour: SQLAlchemy sql/schema.py (Index).
import { ArgumentError } from "../../errors/index.ts";
import type { Kwargs, Value } from "../../util/host.ts";
import type { ColumnElement } from "../elements/column.ts";
import { mixin } from "../mixin.ts";
import { QuotedName, type NameArgument } from "../names.ts";
import { reprOf } from "../repr.ts";
import { signature, type Signature } from "../types/signature.ts";
import { ColumnCollectionMixin, Named, type ConstraintNameArgument } from "./constraint.ts";
import { runDdl, type DdlRunner } from "./ddl-runner.ts";
import { DialectKWArgs } from "./dialect-kwargs.ts";
import { HasConditionalDDL, SchemaItem } from "./item.ts";
import { schemaLate } from "./late.ts";
import type { Table } from "./table.ts";
import { SchemaDropper, SchemaGenerator } from "../ddl-visitors.ts";

export interface IndexOptions {
  readonly unique?: boolean;
  readonly quote?: boolean | null;
  readonly info?: Value;
  /** The table, where no column tells it. */
  readonly _table?: Table | null;
  readonly columnFlag?: boolean;
}

export interface Index extends Named, DialectKWArgs, ColumnCollectionMixin, HasConditionalDDL {
  get name(): string | null;
  set name(name: ConstraintNameArgument);
  get _allowMultipleTables(): boolean;
  _setParentWithDispatch(parent: unknown, options?: object): void;
}
export class Index extends SchemaItem {
  static override readonly visitName: string = "index";
  static readonly signature: Signature = signature(
    "name, *expressions, unique=False, quote=None, info=None, **dialect_kw",
  );
  table: Table | null;
  unique: boolean;
  /** What is indexed: names until the table is known, then columns and expressions. */
  expressions: readonly (string | ColumnElement)[];
  declare _tableBoundExpressions: readonly ColumnElement[];

  constructor(
    name: NameArgument | null,
    expressions: readonly Value[] = [],
    options: IndexOptions = {},
    dialectKw: Kwargs = new Map(),
  ) {
    super();
    this.table = null;
    this.name =
      typeof name === "string" && options.quote != null ? new QuotedName(name, options.quote) : name;
    this.unique = options.unique ?? false;
    if (options.info != null) this.info = options.info;
    this._validateDialectKwargs(dialectKw);
    const given: (string | ColumnElement)[] = [];
    this.expressions = given;
    this._initColumns(expressions, { columnFlag: options.columnFlag ?? false }, given);
    if (options._table) this._setParent(options._table);
  }

  override _setParent(parent: unknown): void {
    const table = parent as Table;
    this._attachColumns(table);
    if (this.table && table !== this.table)
      throw new ArgumentError(
        `Index '${this.name}' is against table '${this.table.description}', and cannot be associated with table '${table.description}'.`,
      );
    this.table = table;
    table.indexes.add(this);
    const columns = this._colExpressions(table);
    this._tableBoundExpressions = this.expressions.map(
      (e, i) => (typeof e === "string" ? columns[i] : e) as ColumnElement,
    );
    this.expressions = this._tableBoundExpressions;
  }

  create(bind: DdlRunner, checkfirst = false): void {
    runDdl(bind, SchemaGenerator, this, { checkfirst });
  }

  drop(bind: DdlRunner, checkfirst = false): void {
    runDdl(bind, SchemaDropper, this, { checkfirst });
  }

  override repr(): string {
    return `Index(${[reprOf(this.name), ...this.expressions.map(reprOf), ...(this.unique ? ["unique=True"] : [])].join(", ")})`;
  }
}
mixin(Index, Named, DialectKWArgs, ColumnCollectionMixin, HasConditionalDDL);

schemaLate.Index = Index;
