// `op`: the directives of a migration script, each carried out at once by the dialect's impl.
//
// Behaviour: alembic.operations.base and toimpl.
import { Column, type Constraint, ForeignKeyConstraint, PrimaryKeyConstraint, Table, type Index } from "../../sql/schema/index.ts";
import { BindParameter, ConvName, literalColumn } from "../../sql/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { type AlterColumnChanges, type DefaultImpl, useInlineLiteral } from "../ddl/impl.ts";
import { useOperations } from "../runtime/environment.ts";
import type { MigrationContext } from "../runtime/migration-context.ts";
import { asOptions, SchemaObjects } from "./schema-objects.ts";

type Options = Readonly<Record<string, Value>>;
const list = (v: Value): string[] => (typeof v === "string" ? [...v] : ([...(host.iterate(v) ?? [])] as string[]));
const schemaOf = (o: Options): string | null => (o.schema as string | null | undefined) ?? null;
const TABLE = ["schema", "comment", "info", "quote", "quote_schema", "prefixes", "implicit_returning", "listeners", "sqlite_autoincrement"].filter((n) => !n.startsWith("sqlite"));
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

  // -- tables --------------------------------------------------------------------------------

  createTable(tableName: string, columns: readonly Value[] = [], options: Options = {}, kw: Kwargs = new Map()): Table {
    const { options: known, rest } = asOptions(kw, TABLE);
    const table = this.schemaObj.table(tableName, columns, known, rest);
    this.impl.createTable(table, options.ifNotExists ? { ifNotExists: true } : {});
    return table;
  }
  dropTable(tableName: string, options: Options = {}, _kw: Kwargs = new Map()): void {
    this.impl.dropTable(this.schemaObj.table(tableName, [], { schema: schemaOf(options) }), options.ifExists ? { ifExists: true } : {});
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
    this.impl.addColumn(tableName, column, { schema, ifNotExists: options.ifNotExists === true, inlineReferences: options.inlineReferences === true, inlinePrimaryKey: options.inlinePrimaryKey === true });
    for (const constraint of t.constraints as Iterable<Constraint>) {
      if (constraint instanceof PrimaryKeyConstraint) continue;
      if (options.inlineReferences && constraint instanceof ForeignKeyConstraint) continue;
      this.impl.addConstraint(constraint);
    }
    for (const index of t.indexes as Iterable<Index>) this.impl.createIndex(index);
    if (column.comment && this.impl.commentsApart) this.impl.createColumnComment(column);
  }
  dropColumn(tableName: string, columnName: string, options: Options = {}, kw: Kwargs = new Map()): void {
    const t = this.schemaObj.table(tableName, [this.schemaObj.column(columnName, null)], { schema: schemaOf(options) });
    this.impl.dropColumn(tableName, t.c.get(columnName) as Column, { schema: schemaOf(options), ifExists: (kw.get("if_exists") as boolean | undefined) ?? null });
  }
  alterColumn(tableName: string, columnName: string, options: Options = {}, _kw: Kwargs = new Map()): void {
    const schema = schemaOf(options);
    const typed = (type: Value): readonly Constraint[] =>
      ([...this.schemaObj.table(tableName, [this.schemaObj.column(columnName, type)], { schema }).constraints] as Constraint[]).filter((c) => {
        const rule = (c as unknown as { _createRule?: ((p: unknown) => boolean) | null })._createRule;
        return !(c instanceof PrimaryKeyConstraint) && (!rule || rule(this.impl));
      });
    const type = options.type ?? null;
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
    };
    this.impl.alterColumn(tableName, columnName, changes, schema);
    if (type !== null) for (const c of typed(type)) this.impl.addConstraint(c);
  }

  // -- indexes and constraints ---------------------------------------------------------------

  createIndex(indexName: string | null, tableName: string, columns: Value, options: Options = {}, kw: Kwargs = new Map()): void {
    const { options: known, rest } = asOptions(kw, INDEX);
    const index = this.schemaObj.index(indexName, tableName, [...(host.iterate(columns) ?? [])], schemaOf(options), { ...known, unique: options.unique === true }, rest);
    this.impl.createIndex(index, options.ifNotExists ? { ifNotExists: true } : {});
  }
  dropIndex(indexName: string, tableName: string | null = null, options: Options = {}, kw: Kwargs = new Map()): void {
    this.impl.dropIndex(this.schemaObj.index(indexName, tableName, ["x"], schemaOf(options), {}, kw), options.ifExists ? { ifExists: true } : {});
  }
  createPrimaryKey(name: string | null, tableName: string, columns: Value, options: Options = {}): void {
    this.impl.addConstraint(this.schemaObj.primaryKeyConstraint(name, tableName, list(columns), schemaOf(options)));
  }
  createUniqueConstraint(name: string | null, tableName: string, columns: Value, options: Options = {}, kw: Kwargs = new Map()): void {
    this.impl.addConstraint(this.schemaObj.uniqueConstraint(name, tableName, list(columns), schemaOf(options), kw));
  }
  createCheckConstraint(name: string | null, tableName: string, condition: Value, options: Options = {}, kw: Kwargs = new Map()): void {
    this.impl.addConstraint(this.schemaObj.checkConstraint(name, tableName, condition, schemaOf(options), kw));
  }
  createForeignKey(name: string | null, source: string, referent: string, local: Value, remote: Value, options: Options = {}, kw: Kwargs = new Map()): void {
    this.impl.addConstraint(this.schemaObj.foreignKeyConstraint(name, source, referent, list(local), list(remote), options, kw));
  }
  dropConstraint(name: string, tableName: string, type: string | null = null, options: Options = {}): void {
    this.impl.dropConstraint(this.schemaObj.genericConstraint(name, tableName, type, schemaOf(options)), options.ifExists ? { ifExists: true } : {});
  }
}

/** A value that is printed in the statement, not sent beside it. */
function literalBind(key: string | null, value: Value, type: Value): Value {
  if (value === null) return literalColumn("NULL");
  return new BindParameter(key, value, { type, unique: true, literalExecute: true } as never);
}
useInlineLiteral(literalBind);
useOperations((context) => new Operations(context));
