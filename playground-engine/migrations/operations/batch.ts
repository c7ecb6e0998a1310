// batch_alter_table: changes of one table, collected and then made at once, by ALTER or by a copy of the table (table-copy.ts).
//
// Stands where operations look for the impl. Behaviour: alembic.operations.batch (BatchOperationsImpl).
import { type Column, type Constraint, type Index, MetaData, Table } from "../../sql/schema/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { type AlterColumnChanges, DefaultImpl } from "../ddl/impl.ts";
import { CommandError } from "../errors.ts";
import type { MigrationContext } from "../runtime/migration-context.ts";
import { asOptions } from "./schema-objects.ts";
import { TableCopy } from "./table-copy.ts";

export interface BatchOptions {
  readonly schema: string | null;
  readonly recreate: string;
  readonly partialReordering: Value;
  readonly copyFrom: Table | null;
  readonly tableArgs: Value;
  readonly tableKwargs: Value;
  readonly reflectArgs: Value;
  readonly reflectKwargs: Value;
  readonly namingConvention: Value;
}

type ColumnOptions = Parameters<DefaultImpl["addColumn"]>[2] & {
  readonly insertBefore?: string | null;
  readonly insertAfter?: string | null;
};

/** One change, as a dialect makes it by ALTER and as a copy takes it in. */
interface Change {
  readonly name: string;
  readonly column?: Column;
  readonly alter: (impl: DefaultImpl) => void;
  readonly copy: (copy: TableCopy) => void;
}

/** What the Table constructor takes as options, of what reflect_kwargs may name. */
const REFLECT = [
  "listeners",
  "include_columns",
  "resolve_fks",
  "extend_existing",
  "keep_existing",
  "autoload_replace",
  "quote",
  "quote_schema",
  "info",
  "comment",
  "prefixes",
];

export class BatchCollector extends DefaultImpl {
  readonly tableName: string;
  private readonly changes: Change[] = [];
  private readonly context: MigrationContext;
  private readonly real: DefaultImpl;
  private readonly options: BatchOptions;

  constructor(context: MigrationContext, table: string, options: BatchOptions) {
    const { impl } = context;
    super(
      impl.dialect,
      impl.connection,
      impl.asSql,
      impl.transactionalDdl,
      impl.outputBuffer,
      impl.contextOpts,
    );
    if (!["auto", "always", "never"].includes(options.recreate))
      throw host.error("ValueError", "recreate may be one of 'auto', 'always', or 'never'.");
    this.context = context;
    this.real = impl;
    this.tableName = table;
    this.options = options;
  }

  get schema(): string | null {
    return this.options.schema;
  }
  private get copies(): boolean {
    return (
      this.options.recreate === "always" ||
      (this.options.recreate === "auto" && this.real.requiresRecreateInBatch(this.changes))
    );
  }
  override run(
    statement: Value,
    executionOptions: Value = null,
    parameters: Value = undefined,
  ): { readonly rowcount?: number } | null {
    return this.real.run(statement, executionOptions, parameters);
  }
  private note(
    name: string,
    alter: Change["alter"],
    copy: Change["copy"] = () => undefined,
    column?: Column,
  ): void {
    this.changes.push({ name, alter, copy, ...(column ? { column } : {}) });
  }

  override alterColumn(
    table: string,
    column: string,
    changes: AlterColumnChanges,
    schema: string | null,
    given: Kwargs = new Map(),
  ): void {
    const kw = new Map(given);
    for (const place of ["insert_before", "insert_after"]) kw.delete(place);
    this.note(
      "alter_column",
      (i) => i.alterColumn(table, column, changes, schema, kw),
      (c) => c.alterColumn(column, changes, this.real),
    );
  }
  override addColumn(table: string, column: Column, options: ColumnOptions = {}): void {
    if (("insertBefore" in options || "insertAfter" in options) && !this.copies)
      throw new CommandError(
        "Can't specify insert_before or insert_after when using ALTER; please specify recreate='always'",
      );
    this.note(
      "add_column",
      (i) => i.addColumn(table, column, options),
      (c) => c.addColumn(column, options.insertBefore ?? null, options.insertAfter ?? null),
      column,
    );
  }
  override dropColumn(
    table: string,
    column: Column,
    options: Parameters<DefaultImpl["dropColumn"]>[2] = {},
    kw: Kwargs = new Map(),
  ): void {
    this.note(
      "drop_column",
      (i) => i.dropColumn(table, column, options, kw),
      (c) => c.dropColumn(column.name, kw.get("existing_type") ?? null),
    );
  }
  override addConstraint(constraint: Constraint): void {
    this.note(
      "add_constraint",
      (i) => i.addConstraint(constraint),
      (c) => c.addConstraint(constraint),
    );
  }
  override dropConstraint(constraint: Constraint): void {
    this.note(
      "drop_constraint",
      (i) => i.dropConstraint(constraint),
      (c) => c.dropConstraint(constraint),
    );
  }
  override createIndex(index: Index, kw: Kwargs = new Map()): void {
    this.note(
      "create_index",
      (i) => i.createIndex(index, kw),
      (c) => c.createIndex(index),
    );
  }
  override dropIndex(index: Index, kw: Kwargs = new Map()): void {
    this.note(
      "drop_index",
      (i) => i.dropIndex(index, kw),
      (c) => c.dropIndex(index),
    );
  }
  override createTableComment(table: Table): void {
    this.note("create_table_comment", (i) => i.createTableComment(table));
  }
  override dropTableComment(table: Table): void {
    this.note("drop_table_comment", (i) => i.dropTableComment(table));
  }
  override createColumnComment(column: Column): void {
    this.note("create_column_comment", (i) => i.createColumnComment(column));
  }
  override renameTable(old: string, name: string, schema: string | null): void {
    this.note("rename_table", (i) => i.renameTable(old, name, schema));
  }
  override createTable(): void {
    throw host.error("NotImplementedError", "Can't create table in batch mode");
  }
  override dropTable(): void {
    throw host.error("NotImplementedError", "Can't drop table in batch mode");
  }

  flush(): void {
    this.context.inScopeForDdl(() => {
      if (!this.copies) {
        for (const c of this.changes) c.alter(this.real);
        return;
      }
      const { copyFrom } = this.options;
      if (!copyFrom && this.context.asSql)
        throw new CommandError(
          `This operation cannot proceed in --sql mode; batch mode with dialect ${this.context.dialect.name} requires a live database connection with which to reflect the table "${this.tableName}". To generate a batch SQL migration script using table "move and copy", a complete Table object should be passed to the "copy_from" argument of the batch_alter_table() method so that table reflection can be skipped.`,
        );
      const copy = new TableCopy(copyFrom ?? this.reflected(), copyFrom === null, this.options);
      for (const c of this.changes) c.copy(copy);
      copy.make(this.real);
    });
  }

  private reflected(): Table {
    const { namingConvention, reflectArgs, reflectKwargs, schema } = this.options;
    const m = new MetaData(host.isTrue(namingConvention) ? ({ namingConvention } as never) : {});
    const { options, rest } = asOptions(
      new Map([...(host.entries(reflectKwargs) ?? [])].map(([k, v]) => [k as string, v])),
      REFLECT,
    );
    const mend = (inspector: Value, table: Value, facts: Value): void =>
      this.real.autogenColumnReflect(inspector, table, facts);
    return new Table(
      this.tableName,
      m,
      [...(host.iterate(reflectArgs) ?? [])],
      {
        ...options,
        listeners: [...(host.iterate(options.listeners ?? []) ?? []), ["column_reflect", mend]],
        schema,
        autoloadWith: this.real.bind,
      } as never,
      rest,
    );
  }
}
