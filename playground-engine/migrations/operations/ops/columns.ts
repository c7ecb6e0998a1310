// Columns of a table that is there: add, drop, alter. Behaviour: alembic.operations.ops.
import { Column } from "../../../sql/schema/index.ts";
import { NullType } from "../../../sql/index.ts";
import { host, type Kwargs, type Value } from "../../../util/host.ts";
import type { MigrationContext } from "../../runtime/migration-context.ts";
import { SchemaObjects } from "../schema-objects.ts";
import { AlterTableOp, type Invoker, keep, kept, type Options } from "./operation.ts";
import { tableName } from "./tables.ts";
import type { Table } from "../../../sql/schema/index.ts";

const ADDED = ["ifNotExists", "inlineReferences", "inlinePrimaryKey"] as const;

export class AddColumnOp extends AlterTableOp {
  column: Column;
  ifNotExists: Value;
  inlineReferences: Value;
  inlinePrimaryKey: Value;
  kw: Value;
  constructor(tableName: string, column: Column, options: Options = {}, kw: Kwargs = new Map()) {
    super(tableName, options);
    this.column = column;
    [this.ifNotExists, this.inlineReferences, this.inlinePrimaryKey] = ADDED.map((n) => options[n] ?? null);
    this.kw = keep(kw);
  }
  static addColumn(operations: Invoker, tableName: string, column: Column, options: Options = {}): Value {
    return operations.invoke(new this(tableName, column, options));
  }
  static batchAddColumn(operations: Invoker, column: Column, options: Options = {}): Value {
    const { tableName, schema } = operations.impl;
    const kw: Kwargs = new Map();
    if (host.isTrue(options.insertBefore ?? null)) kw.set("insert_before", options.insertBefore);
    if (host.isTrue(options.insertAfter ?? null)) kw.set("insert_after", options.insertAfter);
    return operations.invoke(new this(tableName!, column, { ...options, schema }, kw));
  }
  static fromColumn(col: Column): AddColumnOp {
    const table = col.table as Table;
    return new this(tableName(table), col, { schema: table.schema });
  }
  static fromColumnAndTablename(schema: string | null, tname: string, col: Column): AddColumnOp {
    return new this(tname, col, { schema });
  }
  override reverse(): DropColumnOp {
    const op = DropColumnOp.fromColumnAndTablename(this.schema, this.tableName, this.column);
    op.ifExists = this.ifNotExists;
    return op;
  }
  override toDiffTuple(): Value {
    return host.makeTuple(["add_column", this.schema, this.tableName, this.column]);
  }
  toColumn(): Column {
    return this.column;
  }
}

export class DropColumnOp extends AlterTableOp {
  columnName: string;
  ifExists: Value;
  kw: Value;
  private readonly original: AddColumnOp | null;
  constructor(tableName: string, columnName: string, options: Options = {}, given: Kwargs = new Map()) {
    super(tableName, options);
    const kw = new Map(given);
    this.columnName = columnName;
    this.ifExists = options.ifExists ?? kw.get("if_exists") ?? null;
    kw.delete("if_exists");
    this.kw = keep(kw);
    this.original = (options.reverse as AddColumnOp | undefined) ?? null;
  }
  static dropColumn(
    operations: Invoker,
    tableName: string,
    columnName: string,
    options: Options = {},
    kw: Kwargs = new Map(),
  ): Value {
    return operations.invoke(new this(tableName, columnName, options, kw));
  }
  static batchDropColumn(operations: Invoker, columnName: string, kw: Kwargs = new Map()): Value {
    const { tableName, schema } = operations.impl;
    return operations.invoke(new this(tableName!, columnName, { schema }, kw));
  }
  static fromColumnAndTablename(schema: string | null, tname: string, col: Column): DropColumnOp {
    return new this(tname, col.name, {
      schema,
      reverse: AddColumnOp.fromColumnAndTablename(schema, tname, col),
    });
  }
  override reverse(): AddColumnOp {
    if (!this.original)
      throw host.error("ValueError", "operation is not reversible; original column is not present");
    const op = AddColumnOp.fromColumnAndTablename(this.schema, this.tableName, this.original.column);
    op.ifNotExists = this.ifExists;
    return op;
  }
  override toDiffTuple(): Value {
    return host.makeTuple(["remove_column", this.schema, this.tableName, this.toColumn()]);
  }
  toColumn(context: MigrationContext | null = null): Column {
    return this.original?.column ?? new SchemaObjects(context).column(this.columnName, new NullType());
  }
}

/** What one aspect of a column is and becomes; the server default and the comment are `false` where nothing is said, the others None. */
const ASPECTS = [
  ["type", "existingType", "modifyType", null],
  ["nullable", "existingNullable", "modifyNullable", null],
  ["server_default", "existingServerDefault", "modifyServerDefault", false],
  ["comment", "existingComment", "modifyComment", false],
] as const;

export class AlterColumnOp extends AlterTableOp {
  columnName: string;
  existingType: Value;
  existingServerDefault: Value;
  existingNullable: Value;
  existingComment: Value;
  modifyType: Value;
  modifyServerDefault: Value;
  modifyNullable: Value;
  modifyComment: Value;
  modifyName: string | null;
  kw: Value;

  constructor(tableName: string, columnName: string, options: Options = {}, kw: Kwargs = new Map()) {
    super(tableName, options);
    this.columnName = columnName;
    this.existingType = options.existingType ?? null;
    this.existingServerDefault =
      options.existingServerDefault === undefined ? false : options.existingServerDefault;
    this.existingNullable = options.existingNullable ?? null;
    this.existingComment = options.existingComment ?? null;
    this.modifyNullable = options.modifyNullable ?? null;
    this.modifyComment = options.modifyComment === undefined ? false : options.modifyComment;
    this.modifyServerDefault =
      options.modifyServerDefault === undefined ? false : options.modifyServerDefault;
    this.modifyName = (options.modifyName as string | null | undefined) ?? null;
    this.modifyType = options.modifyType ?? null;
    this.kw = keep(kw);
  }
  static alterColumn(
    operations: Invoker,
    tableName: string,
    columnName: string,
    options: Options = {},
    kw: Kwargs = new Map(),
  ): Value {
    const { nullable, comment, serverDefault, newColumnName, type_, ...existing } = options;
    return operations.invoke(
      new this(
        tableName,
        columnName,
        {
          ...existing,
          modifyNullable: nullable,
          modifyComment: comment,
          modifyServerDefault: serverDefault,
          modifyName: newColumnName,
          modifyType: type_ ?? options.type,
        },
        kw,
      ),
    );
  }
  static batchAlterColumn(
    operations: Invoker,
    columnName: string,
    options: Options = {},
    given: Kwargs = new Map(),
  ): Value {
    const { tableName, schema } = operations.impl;
    const kw = new Map(given);
    if (options.insertBefore !== undefined) kw.set("insert_before", options.insertBefore);
    if (options.insertAfter !== undefined) kw.set("insert_after", options.insertAfter);
    return this.alterColumn(operations, tableName!, columnName, { ...options, schema }, kw);
  }

  override toDiffTuple(): Value {
    const all: Value[] = [];
    const existing = {
      nullable: this.existingNullable,
      type: this.existingType,
      comment: this.existingComment,
    };
    const known: Readonly<Record<string, readonly (readonly [string, Value])[]>> = {
      type: [
        ["existing_nullable", existing.nullable],
        ["existing_server_default", this.existingServerDefault],
        ["existing_comment", existing.comment],
      ],
      nullable: [
        ["existing_type", existing.type],
        ["existing_server_default", this.existingServerDefault],
        ["existing_comment", existing.comment],
      ],
      server_default: [
        ["existing_nullable", existing.nullable],
        ["existing_type", existing.type],
        ["existing_comment", existing.comment],
      ],
      comment: [
        ["existing_nullable", existing.nullable],
        ["existing_type", existing.type],
        ["existing_server_default", this.existingServerDefault],
      ],
    };
    for (const [name, was, becomes, unsaid] of ASPECTS)
      if (this[becomes] !== unsaid)
        all.push(
          host.makeTuple([
            `modify_${name === "server_default" ? "default" : name}`,
            this.schema,
            this.tableName,
            this.columnName,
            host.makeDict(known[name]!),
            this[was],
            this[becomes],
          ]),
        );
    return host.makeList(all);
  }
  hasChanges(): boolean {
    return (
      ASPECTS.some(([, , becomes, unsaid]) => this[becomes] !== unsaid) ||
      [...kept(this.kw).keys()].some((k) => k.startsWith("modify_"))
    );
  }
  override reverse(): AlterColumnOp {
    const kw = kept(this.kw);
    const options: Record<string, Value> = { schema: this.schema };
    for (const [, was, becomes, unsaid] of ASPECTS) {
      const changed = this[becomes] !== unsaid;
      options[was] = changed ? this[becomes] : this[was];
      if (changed) options[becomes] = this[was];
    }
    for (const [k, v] of [...kw]) {
      if (!k.startsWith("modify_")) continue;
      const was = `existing_${k.slice("modify_".length)}`;
      kw.set(k, kw.get(was));
      kw.set(was, v);
    }
    return new (this.constructor as typeof AlterColumnOp)(this.tableName, this.columnName, options, kw);
  }
}
