// Whole tables: create, drop, rename, comment. Behaviour: alembic.operations.ops.
import type { Table } from "../../../sql/schema/index.ts";
import type { MetaData } from "../../../sql/schema/index.ts";
import { QuotedName } from "../../../sql/index.ts";
import { host, type Kwargs, type Value } from "../../../util/host.ts";
import type { MigrationContext } from "../../runtime/migration-context.ts";
import { SchemaObjects } from "../schema-objects.ts";
import {
  AlterTableOp,
  type Invoker,
  items,
  keep,
  kept,
  MigrateOperation,
  type Options,
  schemaOf,
} from "./operation.ts";

/** A table's name as an argument that makes another of the same name. */
export function tableName(table: Table): string {
  return table.quote === null || table.quote === undefined
    ? table.name
    : (new QuotedName(table.name, table.quote) as unknown as string);
}

/** What a table has beside columns and constraints, taken out of its keyword arguments. */
function takeOut(kw: Kwargs, name: string, absent: Value): Value {
  const v = kw.has(name) ? kw.get(name) : absent;
  kw.delete(name);
  return v;
}

interface Described {
  readonly tableName: string;
  readonly schema: string | null;
  readonly comment: Value;
  readonly info: Value;
  readonly prefixes: Value;
}
function build(
  op: Described,
  columns: readonly Value[],
  included: boolean,
  kw: Value,
  context: MigrationContext | null,
): Table {
  return new SchemaObjects(context).table(
    op.tableName,
    columns,
    new Map<string, Value>([
      ...kept(kw),
      ["schema", op.schema],
      ["comment", op.comment],
      ["info", host.makeDict(host.entries(op.info ?? new Map()) ?? [])],
      ["prefixes", items(op.prefixes)],
      ["_constraints_included", included],
    ]),
  );
}
function about(table: Table): [string, Value][] {
  return [
    ["comment", table.comment],
    ["info", host.makeDict(host.entries(table.info) ?? [])],
    ["prefixes", host.makeList(table._prefixes)],
  ];
}

export class CreateTableOp extends MigrateOperation {
  tableName: string;
  columns: Value;
  schema: string | null;
  ifNotExists: Value;
  comment: Value;
  prefixes: Value;
  kw: Value;
  /** @internal */
  readonly namespaceMetadata: MetaData | null;
  /** @internal unique=True and index=True of columns are among the constraints already */
  readonly constraintsIncluded: boolean;

  constructor(tableName: string, columns: Value, options: Options = {}, given: Kwargs = new Map()) {
    super();
    const kw = new Map(given);
    this.tableName = tableName;
    this.columns = Array.isArray(columns) ? host.makeList(columns) : columns;
    this.schema = schemaOf(options) ?? (takeOut(kw, "schema", null) as string | null);
    this.ifNotExists = options.ifNotExists ?? null;
    this.info = takeOut(kw, "info", host.makeDict([]));
    this.comment = takeOut(kw, "comment", null);
    this.prefixes = takeOut(kw, "prefixes", null);
    this.kw = keep(kw);
    this.namespaceMetadata = (options.namespaceMetadata as MetaData | undefined) ?? null;
    this.constraintsIncluded = options.constraintsIncluded === true;
  }
  static createTable(
    operations: Invoker,
    tableName: string,
    columns: readonly Value[] = [],
    options: Options = {},
    kw: Kwargs = new Map(),
  ): Value {
    return operations.invoke(new this(tableName, columns, options, kw));
  }
  static fromTable(table: Table, options: Options = {}): CreateTableOp {
    return new this(
      tableName(table),
      [...table.c, ...table.constraints],
      {
        schema: table.schema,
        namespaceMetadata: options.namespaceMetadata ?? table.metadata,
        constraintsIncluded: true,
      },
      new Map<string, Value>([...about(table), ...table.kwargs]),
    );
  }
  override reverse(): DropTableOp {
    return DropTableOp.fromTable(this.toTable(), { namespaceMetadata: this.namespaceMetadata });
  }
  override toDiffTuple(): Value {
    return host.makeTuple(["add_table", this.toTable()]);
  }
  toTable(context: MigrationContext | null = null): Table {
    return build(this, items(this.columns), this.constraintsIncluded, this.kw, context);
  }
}

export class DropTableOp extends MigrateOperation {
  tableName: string;
  schema: string | null;
  ifExists: Value;
  tableKw: Value;
  comment: Value;
  prefixes: Value;
  private readonly original: CreateTableOp | null;

  constructor(tableName: string, options: Options = {}) {
    super();
    const kw = kept(options.tableKw ?? new Map());
    this.tableName = tableName;
    this.schema = schemaOf(options);
    this.ifExists = options.ifExists ?? null;
    this.comment = takeOut(kw, "comment", null);
    this.info = takeOut(kw, "info", null);
    this.prefixes = takeOut(kw, "prefixes", null);
    this.tableKw = keep(kw);
    this.original = (options.reverse as CreateTableOp | undefined) ?? null;
  }
  static dropTable(
    operations: Invoker,
    tableName: string,
    options: Options = {},
    kw: Kwargs = new Map(),
  ): void {
    operations.invoke(new this(tableName, { ...options, tableKw: kw }));
  }
  static fromTable(table: Table, options: Options = {}): DropTableOp {
    return new this(tableName(table), {
      schema: table.schema,
      tableKw: new Map<string, Value>([...about(table), ...table.kwargs]),
      reverse: CreateTableOp.fromTable(table, options),
    });
  }
  override reverse(): CreateTableOp {
    return CreateTableOp.fromTable(this.toTable());
  }
  override toDiffTuple(): Value {
    return host.makeTuple(["remove_table", this.toTable()]);
  }
  toTable(context: MigrationContext | null = null): Table {
    const { original } = this;
    const columns = original ? items(original.columns) : [];
    return build(this, columns, original?.constraintsIncluded === true, this.tableKw, context);
  }
}

export class RenameTableOp extends AlterTableOp {
  newTableName: string;
  constructor(oldTableName: string, newTableName: string, options: Options = {}) {
    super(oldTableName, options);
    this.newTableName = newTableName;
  }
  static renameTable(
    operations: Invoker,
    oldTableName: string,
    newTableName: string,
    options: Options = {},
  ): Value {
    return operations.invoke(new this(oldTableName, newTableName, options));
  }
}

export class CreateTableCommentOp extends AlterTableOp {
  comment: Value;
  existingComment: Value;
  constructor(tableName: string, comment: Value, options: Options = {}) {
    super(tableName, options);
    this.comment = comment;
    this.existingComment = options.existingComment ?? null;
  }
  static createTableComment(
    operations: Invoker,
    tableName: string,
    comment: Value,
    options: Options = {},
  ): Value {
    return operations.invoke(new this(tableName, comment, options));
  }
  static batchCreateTableComment(operations: Invoker, comment: Value, options: Options = {}): Value {
    const { tableName, schema } = operations.impl;
    return operations.invoke(new this(tableName!, comment, { ...options, schema }));
  }
  override reverse(): MigrateOperation {
    const options = { existingComment: this.comment, schema: this.schema };
    return this.existingComment === null
      ? new DropTableCommentOp(this.tableName, options)
      : new CreateTableCommentOp(this.tableName, this.existingComment, options);
  }
  toTable(context: MigrationContext | null = null): Table {
    return new SchemaObjects(context).table(
      this.tableName,
      [],
      new Map<string, Value>([
        ["schema", this.schema],
        ["comment", this.comment],
      ]),
    );
  }
  override toDiffTuple(): Value {
    return host.makeTuple(["add_table_comment", this.toTable(), this.existingComment]);
  }
}

export class DropTableCommentOp extends AlterTableOp {
  existingComment: Value;
  constructor(tableName: string, options: Options = {}) {
    super(tableName, options);
    this.existingComment = options.existingComment ?? null;
  }
  static dropTableComment(operations: Invoker, tableName: string, options: Options = {}): Value {
    return operations.invoke(new this(tableName, options));
  }
  static batchDropTableComment(operations: Invoker, options: Options = {}): Value {
    const { tableName, schema } = operations.impl;
    return operations.invoke(new this(tableName!, { ...options, schema }));
  }
  override reverse(): MigrateOperation {
    return new CreateTableCommentOp(this.tableName, this.existingComment, { schema: this.schema });
  }
  toTable(context: MigrationContext | null = null): Table {
    return new SchemaObjects(context).table(this.tableName, [], new Map([["schema", this.schema]]));
  }
  override toDiffTuple(): Value {
    return host.makeTuple(["remove_table_comment", this.toTable()]);
  }
}
