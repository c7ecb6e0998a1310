// SQL Server: batches end in GO, a default is a constraint that has to be found by name, NULL and the type go together.
import { Computed, type Column, Identity, type Index, type Table } from "../../sql/schema/index.ts";
import { ExecutableDDLElement } from "../../sql/ddl.ts";
import { compilesAlways } from "../../compiler/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { CommandError } from "../errors.ts";
import {
  alter,
  column,
  ColumnComment,
  ColumnDefault,
  ColumnName,
  ColumnNullable,
  ColumnType,
  defaultText,
  literal,
  type Printer,
  RenameTable,
  spelled,
  tableName,
  typeText,
} from "./elements.ts";
import { type AlterColumnChanges, DefaultImpl, registerImpl } from "./impl.ts";
import { includeColumns } from "./postgresql.ts";

/** Drops the constraint of a column that only the server knows the name of. */
class DropUnnamed extends ExecutableDDLElement {
  readonly table: string;
  readonly column: string;
  readonly schema: string | null;
  /** A view of the server's constraints; null for foreign keys. */
  readonly kind: string | null;
  constructor(table: string, column: string, kind: string | null, schema: string | null) {
    super();
    this.table = table;
    this.column = column;
    this.kind = kind;
    this.schema = schema;
  }
}
const said = (v: Value): boolean => v !== null && v !== undefined;

export class MSSQLImpl extends DefaultImpl {
  static override readonly transactionalDdl = true;
  override get typeSynonyms(): readonly (readonly string[])[] {
    return [...super.typeSynonyms, ["VARCHAR", "NVARCHAR"]];
  }
  override get identityAttrsIgnore(): readonly string[] {
    return [
      ...super.identityAttrsIgnore,
      "minvalue",
      "maxvalue",
      "nominvalue",
      "nomaxvalue",
      "cycle",
      "cache",
    ];
  }
  get batchSeparator(): Value {
    return this.contextOpts.has("mssql_batch_separator")
      ? this.contextOpts.get("mssql_batch_separator")
      : "GO";
  }
  private separate(): void {
    if (this.asSql && host.isTrue(this.batchSeparator)) this.staticOutput(host.str(this.batchSeparator));
  }
  override run(
    given: Value,
    executionOptions: Value = null,
    parameters: Value = undefined,
  ): { readonly rowcount?: number } | null {
    const done = super.run(given, executionOptions, parameters);
    this.separate();
    return done;
  }
  override emitBegin(): void {
    this.staticOutput(`BEGIN TRANSACTION${this.commandTerminator}`);
  }
  override emitCommit(): void {
    super.emitCommit();
    this.separate();
  }

  override alterColumn(
    table: string,
    columnName: string,
    changes: AlterColumnChanges,
    schema: string | null,
    kw: Kwargs = new Map(),
  ): void {
    let { nullable = null, type = null, existingType = null } = changes;
    const { serverDefault = false, existingServerDefault = null } = changes;
    if (nullable !== null) {
      if (type !== null) [existingType, type] = [type, null];
      else if (existingType === null)
        throw new CommandError(
          "MS-SQL ALTER COLUMN operations with NULL or NOT NULL require the existing_type or a new type_ be passed.",
        );
    } else if (said(changes.existingNullable) && type !== null) {
      nullable = changes.existingNullable as boolean;
      [existingType, type] = [type, null];
    } else if (type !== null)
      host.warn(
        "UserWarning",
        "MS-SQL ALTER COLUMN operations that specify type_= should also specify a nullable= or existing_nullable= argument to avoid implicit conversion of NOT NULL columns to NULL.",
      );
    const either = [serverDefault, existingServerDefault];
    const generated = either.some((d) => d instanceof Computed || d instanceof Identity);
    const apart = serverDefault !== false && !generated;
    if (apart && (existingServerDefault !== false || serverDefault === null))
      this.run(new DropUnnamed(table, columnName, "sys.default_constraints", schema));
    super.alterColumn(
      table,
      columnName,
      {
        ...changes,
        nullable,
        type,
        existingType,
        name: null,
        serverDefault: generated ? serverDefault : false,
        existingServerDefault: generated ? existingServerDefault : null,
      },
      schema,
      kw,
    );
    if (apart && serverDefault !== null) super.alterColumn(table, columnName, { serverDefault }, schema);
    if (said(changes.name)) super.alterColumn(table, columnName, { name: changes.name! }, schema);
  }
  override createIndex(index: Index, kw: Kwargs = new Map()): void {
    includeColumns(index, "mssql_include");
    super.createIndex(index, kw);
  }
  override bulkInsert(table: Table, rows: Value, multiinsert: boolean): void {
    const name = (): string =>
      (
        this.dialect as unknown as { readonly identifierPreparer: { formatTable(t: Table): string } }
      ).identifierPreparer.formatTable(table);
    if (this.asSql) this.run(`SET IDENTITY_INSERT ${name()} ON`);
    super.bulkInsert(table, rows, multiinsert);
    if (this.asSql) this.run(`SET IDENTITY_INSERT ${name()} OFF`);
  }
  override dropColumn(
    table: string,
    dropped: Column,
    options: { readonly schema?: string | null; readonly ifExists?: boolean | null } = {},
    kw: Kwargs = new Map(),
  ): void {
    const schema = options.schema ?? null;
    const wanted = (name: string): boolean => host.isTrue(kw.get(name) ?? null);
    if (wanted("mssql_drop_default"))
      this.run(new DropUnnamed(table, dropped.name, "sys.default_constraints", schema));
    if (wanted("mssql_drop_check"))
      this.run(new DropUnnamed(table, dropped.name, "sys.check_constraints", schema));
    if (wanted("mssql_drop_foreign_key")) this.run(new DropUnnamed(table, dropped.name, null, schema));
    super.dropColumn(table, dropped, options, kw);
  }
  override compareServerDefault(
    _inspected: Value,
    _model: Value,
    ofModel: string | null,
    reflected: string | null,
  ): boolean {
    const bare = (s: string | null): string | null => s && s.replace(/[() "']/g, "");
    return bare(reflected) !== bare(ofModel);
  }
  override adjustReflectedDialectOptions(facts: ReadonlyMap<string, Value>, kind: string): Kwargs {
    const options = super.adjustReflectedDialectOptions(facts, kind);
    for (const name of ["mssql_include", "mssql_clustered"])
      if (!host.isTrue(options.get(name) ?? null)) options.delete(name);
    return options;
  }
}
registerImpl("mssql", MSSQLImpl);

compilesAlways(
  DropUnnamed as never,
  (given, printer) => {
    const e = given as unknown as DropUnnamed;
    const p = printer as unknown as Printer;
    const object = `${e.schema ? `${e.schema}.` : ""}${e.table}`;
    const found =
      e.kind === null
        ? `\nsys.foreign_keys fk join sys.foreign_key_columns fkc\non fk.object_id=fkc.constraint_object_id\nwhere fkc.parent_object_id = object_id('${object}')\nand col_name(fkc.parent_object_id, fkc.parent_column_id) = '${e.column}'`
        : ` ${e.kind}\nwhere parent_object_id = object_id('${object}')\nand col_name(parent_object_id, parent_column_id) = '${e.column}'`;
    return `declare @const_name varchar(256)\nselect @const_name = QUOTENAME([name]) from${found}\nexec('alter table ${tableName(p, e.table, e.schema)} drop constraint ' + @const_name)`;
  },
  ["mssql"],
);
const ON = ["mssql"];
spelled(
  ColumnNullable,
  (e, p) =>
    `${column(p, e)} ${typeText(p, e.existing.existingType)} ${host.isTrue(e.value) ? "NULL" : "NOT NULL"}`,
  ON,
);
spelled(
  ColumnDefault,
  (e, p) => `${alter(p, e)} ADD DEFAULT ${defaultText(p, e.value)} FOR ${p.preparer.quote(e.columnName)}`,
  ON,
);
spelled(
  ColumnName,
  (e, p) =>
    `EXEC sp_rename '${tableName(p, e.tableName, e.schema)}.${p.preparer.quote(e.columnName)}', ${p.preparer.quote(e.value as string)}, 'COLUMN'`,
  ON,
);
spelled(ColumnType, (e, p) => `${column(p, e)} ${typeText(p, e.value)}`, ON);
spelled(
  RenameTable,
  (e, p) => `EXEC sp_rename '${tableName(p, e.tableName, e.schema)}', ${p.preparer.quote(e.newTableName)}`,
  ON,
);
spelled(
  ColumnComment,
  (e, p) => {
    const schema = e.schema ?? p.dialect.defaultSchemaName ?? "";
    if (schema === "") throw host.error("AssertionError", "");
    const place = `'schema', ${p.preparer.quoteSchema(schema)}, 'table', ${p.preparer.quote(e.tableName)}, 'column', ${p.preparer.quote(e.columnName)}`;
    if (e.value === null) return `exec sp_dropextendedproperty 'MS_Description', ${place}`;
    const verb = said(e.existing.existingComment) ? "update" : "add";
    return `exec sp_${verb}extendedproperty 'MS_Description', N${literal(p, e.value)}, ${place}`;
  },
  ON,
);
