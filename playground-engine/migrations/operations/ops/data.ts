// Rows and statements: bulk_insert and execute. Behaviour: alembic.operations.ops.
import type { Table } from "../../../sql/schema/index.ts";
import { host, type Value } from "../../../util/host.ts";
import { type Invoker, MigrateOperation, type Options } from "./operation.ts";

export class BulkInsertOp extends MigrateOperation {
  table: Table;
  rows: Value;
  multiinsert: boolean;
  constructor(table: Table, rows: Value, options: Options = {}) {
    super();
    this.table = table;
    this.rows = rows;
    this.multiinsert = host.isTrue(options.multiinsert ?? true);
  }
  static bulkInsert(operations: Invoker, table: Table, rows: Value, options: Options = {}): void {
    operations.invoke(new this(table, rows, options));
  }
}

export class ExecuteSQLOp extends MigrateOperation {
  sqltext: Value;
  executionOptions: Value;
  constructor(sqltext: Value, options: Options = {}) {
    super();
    this.sqltext = sqltext;
    this.executionOptions = options.executionOptions ?? null;
  }
  static execute(operations: Invoker, sqltext: Value, options: Options = {}): Value {
    return operations.invoke(new this(sqltext, options));
  }
  static batchExecute(operations: Invoker, sqltext: Value, options: Options = {}): Value {
    return this.execute(operations, sqltext, options);
  }
  override toDiffTuple(): Value {
    return host.makeTuple(["execute", this.sqltext]);
  }
}
