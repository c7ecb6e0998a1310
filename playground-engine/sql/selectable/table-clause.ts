// table(): a table by its name, without a schema behind it; Table of the schema derives from it.
// Behaviour: SQLAlchemy sql/selectable.py (TableClause).
import { ArgumentError } from "../../errors/index.ts";
import { host, type Kwargs } from "../../util/host.ts";
import { Immutable } from "../base.ts";
import { ColumnSet, DedupeColumnCollection } from "../column-collection.ts";
import { late } from "../late.ts";
import { defaults, mixin } from "../mixin.ts";
import { plainName, quoteOf, type NameArgument } from "../names.ts";
import { strOf } from "../repr.ts";
import * as roles from "../roles.ts";
import type { TraverseSpec } from "../traverse-spec.ts";
import type { ColumnElement } from "../elements/column.ts";
import type { NamedColumn } from "../elements/named-column.ts";
import type { Delete, Insert, Update } from "../dml.ts";
import { NamedFromClause, type FromClause } from "./from-clause.ts";

export class TableClause extends NamedFromClause {
  static override readonly visitName: string = "table";
  static override readonly traverse: TraverseSpec = [
    ["columns", "canonical-columns"],
    ["name", "string"],
    ["schema", "string"],
  ];
  static {
    roles.playsRoles(this, roles.DMLTableRole);
    mixin(this, Immutable);
  }

  declare name: string;
  fullname: string;
  /** The quoting of the schema's name. */
  declare quoteSchema: boolean | null;
  declare readonly implicitReturning: boolean;
  declare _columns: DedupeColumnCollection<NamedColumn>;

  constructor(
    name: NameArgument,
    columns: readonly NamedColumn[] = [],
    options: { readonly schema?: NameArgument | null } = {},
  ) {
    super();
    this.name = plainName(name);
    const quote = quoteOf(name);
    if (quote !== null) this.quote = quote;
    this._columns = new DedupeColumnCollection<NamedColumn>();
    this.primaryKey = new ColumnSet();
    this.foreignKeys = new Set();
    for (const c of columns) this.appendColumn(c);
    const schema = options.schema ?? null;
    if (schema !== null) {
      this.schema = plainName(schema);
      if (quoteOf(schema) !== null) this.quoteSchema = quoteOf(schema);
    }
    this.fullname = this.schema === null ? this.name : `${this.schema}.${this.name}`;
  }

  /** `table(name, *columns, schema=None)`. Throws ArgumentError for other keywords. */
  static create(name: NameArgument, columns: readonly NamedColumn[], kw: Kwargs = new Map()): TableClause {
    const rest = [...kw.keys()].filter((k) => k !== "schema");
    const made = new TableClause(name, columns, {
      schema: (kw.get("schema") ?? null) as NameArgument | null,
    });
    if (rest.length)
      throw new ArgumentError(`Unsupported argument(s): [${rest.map((k) => `'${k}'`).join(", ")}]`);
    return made;
  }

  get _autoincrementColumn(): ColumnElement | null {
    return null;
  }

  override toString(): string {
    return this.schema === null ? this.name : `${this.schema}.${this.name}`;
  }

  override _refreshForNewColumn(_column: ColumnElement): void {}

  override get description(): string {
    return this.name;
  }

  appendColumn(c: NamedColumn): void {
    if ((c as NamedColumn | null)?.table === undefined) throw host.noAttribute(c, "table");
    if (c.table !== null && c.table !== this)
      throw new ArgumentError(`column object '${c.key}' already assigned to table '${strOf(c.table)}'`);
    this._columns.add(c);
    c.table = this;
    this._resetMemoizations();
  }

  insert(): Insert {
    return new late.Insert(this);
  }

  update(): Update {
    return new late.Update(this);
  }

  delete(): Delete {
    return new late.Delete(this);
  }

  override get _fromObjects(): readonly FromClause[] {
    return [this];
  }
}
defaults(TableClause, { _isTable: true, implicitReturning: false, quoteSchema: null });
