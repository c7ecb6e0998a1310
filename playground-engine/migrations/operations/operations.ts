// `op`: the directives of a migration script, each carried out at once by the dialect's impl.
//
// Behaviour: alembic.operations.base and toimpl.
import {
  Column,
  type Constraint,
  ForeignKeyConstraint,
  PrimaryKeyConstraint,
  Table,
  type Index,
} from "../../sql/schema/index.ts";
import { BindParameter, ConvName, literalColumn } from "../../sql/index.ts";
import { compiles, type RenderOptions } from "../../compiler/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { type AlterColumnChanges, type DefaultImpl, useInlineLiteral } from "../ddl/impl.ts";
import { useOperations } from "../runtime/environment.ts";
import type { MigrationContext } from "../runtime/migration-context.ts";
import { BatchCollector } from "./batch.ts";
import { asOptions, SchemaObjects } from "./schema-objects.ts";

type Options = Readonly<Record<string, Value>>;
const list = (v: Value): string[] =>
  typeof v === "string" ? [...v] : ([...(host.iterate(v) ?? [])] as string[]);
const schemaOf = (o: Options): string | null => (o.schema as string | null | undefined) ?? null;
const TABLE = [
  "schema",
  "comment",
  "info",
  "quote",
  "quote_schema",
  "prefixes",
  "implicit_returning",
  "listeners",
  "sqlite_autoincrement",
].filter((n) => !n.startsWith("sqlite"));
const INDEX = ["quote", "info"];

export class Operations {
  readonly migrationContext: MigrationContext;
  readonly impl: DefaultImpl;
  readonly schemaObj: SchemaObjects;
  constructor(migrationContext: MigrationContext, impl: DefaultImpl | null = null) {
    this.migrationContext = migrationContext;
    this.impl = impl ?? migrationContext.impl;
    this.schemaObj = new SchemaObjects(migrationContext);
  }
  getContext(): MigrationContext {
    return this.migrationContext;
  }
  getBind(): Value {
    return this.impl.bind;
  }
  f(name: string): Value {
    return new ConvName(name);
  }
  inlineLiteral(value: Value, type: Value = null): Value {
    return literalBind(null, value, type);
  }
  execute(sqltext: Value, options: Options = {}): void {
    this.impl.execute(sqltext, options.executionOptions ?? null);
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
    return new Batch(new BatchOperations(this.migrationContext, collector, tableName, schema));
  }

  // -- tables --------------------------------------------------------------------------------

  createTable(
    tableName: string,
    columns: readonly Value[] = [],
    options: Options = {},
    kw: Kwargs = new Map(),
  ): Table {
    const { options: known, rest } = asOptions(kw, TABLE);
    const table = this.schemaObj.table(tableName, columns, known, rest);
    this.impl.createTable(table, options.ifNotExists ? { ifNotExists: true } : {});
    return table;
  }
  dropTable(tableName: string, options: Options = {}, _kw: Kwargs = new Map()): void {
    this.impl.dropTable(
      this.schemaObj.table(tableName, [], { schema: schemaOf(options) }),
      options.ifExists ? { ifExists: true } : {},
    );
  }
  renameTable(oldTableName: string, newTableName: string, options: Options = {}): void {
    this.impl.renameTable(oldTableName, newTableName, schemaOf(options));
  }
  createTableComment(tableName: string, comment: Value, options: Options = {}): void {
    this.impl.createTableComment(this.schemaObj.table(tableName, [], { schema: schemaOf(options), comment }));
  }
  dropTableComment(tableName: string, options: Options = {}): void {
    this.impl.dropTableComment(this.schemaObj.table(tableName, [], { schema: schemaOf(options) }));
  }
  bulkInsert(table: Table, rows: Value, options: Options = {}): void {
    this.impl.bulkInsert(table, rows, options.multiinsert !== false);
  }

  // -- columns -------------------------------------------------------------------------------

  addColumn(tableName: string, given: Column, options: Options = {}): void {
    const schema = schemaOf(options);
    const column = given.table ? given._copy() : given;
    const t = this.schemaObj.table(tableName, [column], { schema });
    this.impl.addColumn(tableName, column, {
      schema,
      ifNotExists: options.ifNotExists === true,
      inlineReferences: options.inlineReferences === true,
      inlinePrimaryKey: options.inlinePrimaryKey === true,
      insertBefore: options.insertBefore ?? null,
      insertAfter: options.insertAfter ?? null,
    } as never);
    for (const constraint of t.constraints as Iterable<Constraint>) {
      if (constraint instanceof PrimaryKeyConstraint) continue;
      if (options.inlineReferences && constraint instanceof ForeignKeyConstraint) continue;
      this.impl.addConstraint(constraint);
    }
    for (const index of t.indexes as Iterable<Index>) this.impl.createIndex(index);
    if (column.comment && this.impl.commentsApart) this.impl.createColumnComment(column);
  }
  dropColumn(tableName: string, columnName: string, options: Options = {}, kw: Kwargs = new Map()): void {
    const t = this.schemaObj.table(tableName, [this.schemaObj.column(columnName, null)], {
      schema: schemaOf(options),
    });
    this.impl.dropColumn(tableName, t.c.get(columnName) as Column, {
      schema: schemaOf(options),
      ifExists: (kw.get("if_exists") as boolean | undefined) ?? null,
    });
  }
  alterColumn(tableName: string, columnName: string, options: Options = {}, kw: Kwargs = new Map()): void {
    const schema = schemaOf(options);
    const typed = (type: Value): readonly Constraint[] =>
      (
        [
          ...this.schemaObj.table(tableName, [this.schemaObj.column(columnName, type)], { schema })
            .constraints,
        ] as Constraint[]
      ).filter((c) => {
        const rule = (c as unknown as { _createRule?: ((p: unknown) => boolean) | null })._createRule;
        return !(c instanceof PrimaryKeyConstraint) && (!rule || rule(this.impl));
      });
    const type = options.type_ ?? options.type ?? null;
    const existing = options.existingType ?? null;
    if (type !== null && existing !== null) for (const c of typed(existing)) this.impl.dropConstraint(c);
    const changes: AlterColumnChanges = {
      nullable: options.nullable as boolean | null,
      serverDefault: options.serverDefault === undefined ? false : options.serverDefault,
      name: (options.newColumnName as string | null | undefined) ?? null,
      type,
      comment: options.comment === undefined ? false : options.comment,
      existingType: existing,
      existingNullable: options.existingNullable ?? null,
      existingServerDefault: options.existingServerDefault ?? false,
      existingComment: options.existingComment ?? null,
      using: kw.get("postgresql_using") ?? null,
    };
    this.impl.alterColumn(tableName, columnName, changes, schema);
    if (type !== null) for (const c of typed(type)) this.impl.addConstraint(c);
  }

  // -- indexes and constraints ---------------------------------------------------------------

  createIndex(
    indexName: string | null,
    tableName: string,
    columns: Value,
    options: Options = {},
    kw: Kwargs = new Map(),
  ): void {
    const { options: known, rest } = asOptions(kw, INDEX);
    const index = this.schemaObj.index(
      indexName,
      tableName,
      [...(host.iterate(columns) ?? [])],
      schemaOf(options),
      { ...known, unique: options.unique === true },
      rest,
    );
    this.impl.createIndex(index, options.ifNotExists ? { ifNotExists: true } : {});
  }
  dropIndex(
    indexName: string,
    tableName: string | null = null,
    options: Options = {},
    kw: Kwargs = new Map(),
  ): void {
    this.impl.dropIndex(
      this.schemaObj.index(indexName, tableName, ["x"], schemaOf(options), {}, kw),
      options.ifExists ? { ifExists: true } : {},
    );
  }
  createPrimaryKey(name: string | null, tableName: string, columns: Value, options: Options = {}): void {
    this.impl.addConstraint(
      this.schemaObj.primaryKeyConstraint(name, tableName, list(columns), schemaOf(options)),
    );
  }
  createUniqueConstraint(
    name: string | null,
    tableName: string,
    columns: Value,
    options: Options = {},
    kw: Kwargs = new Map(),
  ): void {
    this.impl.addConstraint(
      this.schemaObj.uniqueConstraint(name, tableName, list(columns), schemaOf(options), kw),
    );
  }
  createCheckConstraint(
    name: string | null,
    tableName: string,
    condition: Value,
    options: Options = {},
    kw: Kwargs = new Map(),
  ): void {
    this.impl.addConstraint(
      this.schemaObj.checkConstraint(name, tableName, condition, schemaOf(options), kw),
    );
  }
  createForeignKey(
    name: string | null,
    source: string,
    referent: string,
    local: Value,
    remote: Value,
    options: Options = {},
    kw: Kwargs = new Map(),
  ): void {
    this.impl.addConstraint(
      this.schemaObj.foreignKeyConstraint(name, source, referent, list(local), list(remote), options, kw),
    );
  }
  dropConstraint(name: string, tableName: string, type: string | null = null, options: Options = {}): void {
    this.impl.dropConstraint(
      this.schemaObj.genericConstraint(name, tableName, type, schemaOf(options)),
      options.ifExists ? { ifExists: true } : {},
    );
  }
}

/** The operations of one table: `with op.batch_alter_table("t") as batch_op`. */
export class BatchOperations {
  readonly impl: BatchCollector;
  private readonly all: Operations;
  private readonly table: string;
  private readonly schema: string | null;
  constructor(context: MigrationContext, impl: BatchCollector, table: string, schema: string | null) {
    this.impl = impl;
    this.all = new Operations(context, impl);
    this.table = table;
    this.schema = schema;
  }
  private with(options: Options): Options {
    return { ...options, schema: this.schema };
  }
  getContext(): MigrationContext {
    return this.all.getContext();
  }
  getBind(): Value {
    return this.all.migrationContext.impl.bind;
  }
  f(name: string): Value {
    return this.all.f(name);
  }
  execute(sqltext: Value, options: Options = {}): void {
    this.all.migrationContext.impl.execute(sqltext, options.executionOptions ?? null);
  }
  addColumn(column: Column, options: Options = {}): void {
    this.all.addColumn(this.table, column, this.with(options));
  }
  dropColumn(columnName: string, kw: Kwargs = new Map()): void {
    this.all.dropColumn(this.table, columnName, this.with({}), kw);
  }
  alterColumn(columnName: string, options: Options = {}, kw: Kwargs = new Map()): void {
    this.all.alterColumn(this.table, columnName, this.with(options), kw);
  }
  createIndex(indexName: string | null, columns: Value, kw: Kwargs = new Map()): void {
    this.all.createIndex(
      indexName,
      this.table,
      columns,
      this.with({ unique: kw.get("unique") ?? false }),
      new Map([...kw].filter(([k]) => k !== "unique")),
    );
  }
  dropIndex(indexName: string, kw: Kwargs = new Map()): void {
    this.all.dropIndex(indexName, this.table, this.with({}), kw);
  }
  createPrimaryKey(name: string | null, columns: Value): void {
    this.all.createPrimaryKey(name, this.table, columns, this.with({}));
  }
  createUniqueConstraint(name: string | null, columns: Value, kw: Kwargs = new Map()): void {
    this.all.createUniqueConstraint(name, this.table, columns, this.with({}), kw);
  }
  createCheckConstraint(name: string | null, condition: Value, kw: Kwargs = new Map()): void {
    this.all.createCheckConstraint(name, this.table, condition, this.with({}), kw);
  }
  createForeignKey(
    name: string | null,
    referent: string,
    local: Value,
    remote: Value,
    options: Options = {},
    kw: Kwargs = new Map(),
  ): void {
    this.all.createForeignKey(
      name,
      this.table,
      referent,
      local,
      remote,
      { ...options, sourceSchema: this.schema },
      kw,
    );
  }
  dropConstraint(name: string, type: string | null = null): void {
    this.all.dropConstraint(name, this.table, type, this.with({}));
  }
  createTableComment(comment: Value): void {
    this.all.createTableComment(this.table, comment, this.with({}));
  }
  dropTableComment(): void {
    this.all.dropTableComment(this.table, this.with({}));
  }
}

/** `with` around a batch: its changes are made where it ends without an exception. */
class Batch {
  private readonly operations: BatchOperations;
  constructor(operations: BatchOperations) {
    this.operations = operations;
  }
  enter(): BatchOperations {
    return this.operations;
  }
  exit(type: Value): void {
    if (type === null) this.operations.impl.flush();
  }
}

class LiteralBindParameter extends BindParameter {}
compiles(LiteralBindParameter as never, (element, printer, options) =>
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
