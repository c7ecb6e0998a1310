// `op` and `batch_op`: the directives of a migration script. Each makes an operation (ops/) and has it carried out.
//
// What operations there are is a list that programs add to: `registerOperation` gives both classes a method of that name,
// `implementationFor` says how an operation is carried out (implementations.ts has Alembic's own).
// Behaviour: alembic.operations.base.
import type { Table } from "../../sql/schema/index.ts";
import { BindParameter, ConvName, literalColumn } from "../../sql/index.ts";
import { compilesAlways, type RenderOptions } from "../../compiler/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { type DefaultImpl, useInlineLiteral } from "../ddl/impl.ts";
import { Dispatcher, invoke } from "../dispatch.ts";
import { current, useOperations } from "../runtime/environment.ts";
import type { MigrationContext } from "../runtime/migration-context.ts";
import { seams } from "../seams.ts";
import { BatchCollector } from "./batch.ts";
import { AddColumnOp, AlterColumnOp, DropColumnOp } from "./ops/columns.ts";
import {
  CreateCheckConstraintOp,
  CreateForeignKeyOp,
  CreatePrimaryKeyOp,
  CreateUniqueConstraintOp,
  DropConstraintOp,
} from "./ops/constraints.ts";
import { BulkInsertOp, ExecuteSQLOp } from "./ops/data.ts";
import { CreateExcludeConstraintOp } from "./ops/exclude.ts";
import { CreateIndexOp, DropIndexOp } from "./ops/indexes.ts";
import type { Invoker, MigrateOperation } from "./ops/operation.ts";
import {
  CreateTableCommentOp,
  CreateTableOp,
  DropTableCommentOp,
  DropTableOp,
  RenameTableOp,
} from "./ops/tables.ts";
import { SchemaObjects } from "./schema-objects.ts";

/** `create_table` → `createTable` */
const camel = (name: string): string =>
  name.replace(/(?<=[a-zA-Z0-9])_+([a-z0-9])/g, (_, c: string) => c.toUpperCase());

/** How operations are carried out, by their class. */
export const implementations = new Dispatcher();

export abstract class AbstractOperations implements Invoker {
  readonly migrationContext: MigrationContext;
  readonly impl: DefaultImpl & Invoker["impl"];
  readonly schemaObj: SchemaObjects;
  constructor(migrationContext: MigrationContext, impl: DefaultImpl | null = null) {
    this.migrationContext = migrationContext;
    this.impl = impl ?? migrationContext.impl;
    this.schemaObj = new SchemaObjects(migrationContext);
  }

  /** The class's directive `name`: the operation class's own `sourcename`. */
  static registerOperation(name: string, sourcename: string | null = null): <C>(cls: C) => C {
    return (cls) => {
      const source = camel(sourcename ?? name);
      Object.defineProperty(this.prototype, camel(name), {
        value(this: AbstractOperations, ...args: unknown[]): unknown {
          return (cls as Readonly<Record<string, (...a: unknown[]) => unknown>>)[source]!(this, ...args);
        },
        configurable: true,
        writable: true,
      });
      return cls;
    };
  }
  static implementationFor(opCls: Value, replace = false): <F extends Value>(fn: F) => F {
    return implementations.dispatchFor(opCls, { replace });
  }
  invoke(operation: MigrateOperation): Value {
    return invoke(implementations.dispatch(operation), [this, operation]) ?? null;
  }

  getContext(): MigrationContext {
    return this.migrationContext;
  }
  getBind(): Value {
    return this.migrationContext.impl.bind;
  }
  f(name: string): Value {
    return new ConvName(name);
  }
  inlineLiteral(value: Value, type: Value = null): Value {
    return literalBind(null, value, type);
  }
  /** Runs an async function with an AsyncConnection of the migration's own connection. */
  runAsync(fn: Value, args: readonly Value[] = [], kw: Kwargs = new Map()): Value {
    if (this.migrationContext.asSql)
      throw host.error("NotImplementedError", "run_async is not available in offline (--sql) mode");
    return seams.runAsync(this.getBind(), fn, args, kw);
  }

  batchAlterTable(
    tableName: string,
    schema: string | null = null,
    recreate = "auto",
    partialReordering: Value = null,
    copyFrom: Table | null = null,
    tableArgs: Value = [],
    tableKwargs: Value = new Map(),
    reflectArgs: Value = [],
    reflectKwargs: Value = new Map(),
    namingConvention: Value = null,
  ): Batch {
    const collector = new BatchCollector(this.migrationContext, tableName, {
      schema,
      recreate,
      partialReordering,
      copyFrom,
      tableArgs,
      tableKwargs: tableKwargs ?? new Map(),
      reflectArgs,
      reflectKwargs: reflectKwargs ?? new Map(),
      namingConvention,
    });
    return new Batch(new BatchOperations(this.migrationContext, collector), collector);
  }
}

/** The directives of `op`; they are registered below. */
export class Operations extends AbstractOperations {
  /** `with Operations.context(migration_context) as op` */
  static context(migrationContext: MigrationContext): OperationsScope {
    return new OperationsScope(new Operations(migrationContext));
  }
}

/** The directives of one table: `with op.batch_alter_table("t") as batch_op`. */
export class BatchOperations extends AbstractOperations {}

class OperationsScope {
  private readonly operations: Operations;
  private outer: Value = null;
  constructor(operations: Operations) {
    this.operations = operations;
  }
  enter(): Operations {
    this.outer = current.operations;
    current.operations = this.operations;
    return this.operations;
  }
  exit(): void {
    current.operations = this.outer;
  }
}

/** `with` around a batch: its changes are made where it ends without an exception. */
class Batch {
  private readonly operations: BatchOperations;
  private readonly collector: BatchCollector;
  constructor(operations: BatchOperations, collector: BatchCollector) {
    this.operations = operations;
    this.collector = collector;
  }
  enter(): BatchOperations {
    return this.operations;
  }
  exit(type: Value): void {
    if (type === null) this.collector.flush();
  }
}

const BOTH: Readonly<Record<string, unknown>> = {
  add_column: AddColumnOp,
  alter_column: AlterColumnOp,
  create_check_constraint: CreateCheckConstraintOp,
  create_exclude_constraint: CreateExcludeConstraintOp,
  create_foreign_key: CreateForeignKeyOp,
  create_index: CreateIndexOp,
  create_primary_key: CreatePrimaryKeyOp,
  create_table_comment: CreateTableCommentOp,
  create_unique_constraint: CreateUniqueConstraintOp,
  drop_column: DropColumnOp,
  drop_constraint: DropConstraintOp,
  drop_index: DropIndexOp,
  drop_table_comment: DropTableCommentOp,
  execute: ExecuteSQLOp,
};
for (const [name, cls] of Object.entries(BOTH)) {
  Operations.registerOperation(name)(cls);
  BatchOperations.registerOperation(name, `batch_${name}`)(cls);
}
const WHOLE: Readonly<Record<string, unknown>> = {
  bulk_insert: BulkInsertOp,
  create_table: CreateTableOp,
  drop_table: DropTableOp,
  rename_table: RenameTableOp,
};
for (const [name, cls] of Object.entries(WHOLE)) Operations.registerOperation(name)(cls);

class LiteralBindParameter extends BindParameter {}
compilesAlways(LiteralBindParameter as never, (element, printer, options) =>
  (
    printer as unknown as { renderLiteralBindparam(b: BindParameter, o: RenderOptions): string }
  ).renderLiteralBindparam(element as unknown as BindParameter, options),
);

/** A value that is printed in the statement, not sent beside it. */
function literalBind(key: string | null, value: Value, type: Value): Value {
  if (value === null) return literalColumn("NULL");
  return new LiteralBindParameter(key, value, { type, unique: true } as never);
}
useInlineLiteral(literalBind);
useOperations((context) => new Operations(context));
