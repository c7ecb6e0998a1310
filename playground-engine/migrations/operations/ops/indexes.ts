// Indexes: create, drop. Behaviour: alembic.operations.ops.
import type { Index } from "../../../sql/schema/index.ts";
import { host, type Kwargs, type Value } from "../../../util/host.ts";
import type { MigrationContext } from "../../runtime/migration-context.ts";
import { SchemaObjects } from "../schema-objects.ts";
import { type Invoker, keep, kept, MigrateOperation, type Options, schemaOf } from "./operation.ts";
import { tableName } from "./tables.ts";
import { nameOf } from "./names.ts";

export class CreateIndexOp extends MigrateOperation {
  indexName: Value;
  tableName: string;
  columns: Value;
  schema: string | null;
  /** As it was given: what SQLite reflects is 1. */
  unique: Value;
  ifNotExists: Value;
  kw: Value;
  constructor(
    indexName: Value,
    tableName: string,
    columns: Value,
    options: Options = {},
    kw: Kwargs = new Map(),
  ) {
    super();
    this.indexName = indexName;
    this.tableName = tableName;
    this.columns = Array.isArray(columns) ? host.makeList(columns) : columns;
    this.schema = schemaOf(options);
    this.unique = options.unique ?? false;
    this.ifNotExists = options.ifNotExists ?? null;
    this.kw = keep(kw);
  }
  static createIndex(
    operations: Invoker,
    indexName: Value,
    tableName: string,
    columns: Value,
    options: Options = {},
    kw: Kwargs = new Map(),
  ): Value {
    return operations.invoke(new this(indexName, tableName, columns, options, kw));
  }
  static batchCreateIndex(
    operations: Invoker,
    indexName: Value,
    columns: Value,
    given: Kwargs = new Map(),
  ): Value {
    const { tableName, schema } = operations.impl;
    const kw = new Map(given);
    const options = {
      schema,
      unique: kw.get("unique") ?? false,
      ifNotExists: kw.get("if_not_exists") ?? null,
    };
    kw.delete("unique");
    kw.delete("if_not_exists");
    return operations.invoke(new this(indexName, tableName!, columns, options, kw));
  }
  static fromIndex(index: Index): CreateIndexOp {
    const table = index.table!;
    return new this(
      nameOf(index),
      tableName(table),
      [...index.expressions],
      { schema: table.schema, unique: index.unique },
      index.kwargs,
    );
  }
  override reverse(): DropIndexOp {
    return DropIndexOp.fromIndex(this.toIndex());
  }
  override toDiffTuple(): Value {
    return host.makeTuple(["add_index", this.toIndex()]);
  }
  toIndex(context: MigrationContext | null = null): Index {
    return new SchemaObjects(context).index(
      this.indexName as string,
      this.tableName,
      this.columns,
      this.schema,
      new Map([["unique", this.unique], ...kept(this.kw)]),
    );
  }
}

export class DropIndexOp extends MigrateOperation {
  indexName: Value;
  tableName: string | null;
  schema: string | null;
  ifExists: Value;
  kw: Value;
  private readonly original: CreateIndexOp | null;
  constructor(
    indexName: Value,
    tableName: string | null = null,
    options: Options = {},
    kw: Kwargs = new Map(),
  ) {
    super();
    this.indexName = indexName;
    this.tableName = tableName;
    this.schema = schemaOf(options);
    this.ifExists = options.ifExists ?? null;
    this.kw = keep(kw);
    this.original = (options.reverse as CreateIndexOp | undefined) ?? null;
  }
  static dropIndex(
    operations: Invoker,
    indexName: Value,
    tableName: string | null = null,
    options: Options = {},
    kw: Kwargs = new Map(),
  ): Value {
    return operations.invoke(new this(indexName, tableName, options, kw));
  }
  static batchDropIndex(operations: Invoker, indexName: Value, given: Kwargs = new Map()): Value {
    const { tableName, schema } = operations.impl;
    const kw = new Map(given);
    const ifExists = kw.get("if_exists") ?? null;
    kw.delete("if_exists");
    return operations.invoke(new this(indexName, tableName!, { schema, ifExists }, kw));
  }
  static fromIndex(index: Index): DropIndexOp {
    const table = index.table!;
    return new this(
      nameOf(index),
      tableName(table),
      { schema: table.schema, reverse: CreateIndexOp.fromIndex(index) },
      new Map<string, Value>([["unique", index.unique], ...index.kwargs]),
    );
  }
  override reverse(): CreateIndexOp {
    return CreateIndexOp.fromIndex(this.toIndex());
  }
  override toDiffTuple(): Value {
    return host.makeTuple(["remove_index", this.toIndex()]);
  }
  toIndex(context: MigrationContext | null = null): Index {
    return new SchemaObjects(context).index(
      this.indexName as string,
      this.tableName,
      this.original ? this.original.columns : ["x"],
      this.schema,
      kept(this.kw),
    );
  }
}
