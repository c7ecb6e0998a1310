// DDL, types and names of SQL Server, where they differ.
// Behaviour: SQLAlchemy dialects/mssql/base.py (MSDDLCompiler, MSTypeCompiler, MSIdentifierPreparer).
import { CompileError, warnDeprecated } from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";
import { DDLCompiler } from "../../compiler/ddl.ts";
import { IdentifierPreparer, isTranslated, words } from "../../compiler/identifiers.ts";
import type { RenderOptions } from "../../compiler/render-options.ts";
import { GenericTypeCompiler } from "../../compiler/types.ts";
import { expect } from "../../sql/coercions.ts";
import type {
  CreateIndex,
  DropColumnComment,
  DropIndex,
  DropTableComment,
  SetColumnComment,
  SetTableComment,
} from "../../sql/ddl.ts";
import type { ClauseElement } from "../../sql/elements/clause.ts";
import { type NameArgument, plainName, quoteOf } from "../../sql/names.ts";
import * as roles from "../../sql/roles.ts";
import type { Column } from "../../sql/schema/column.ts";
import { Sequence } from "../../sql/schema/defaults.ts";
import type { DialectKWArgs } from "../../sql/schema/dialect-kwargs.ts";
import type { PrimaryKeyConstraint, UniqueConstraint } from "../../sql/schema/keys.ts";
import { Identity, type Computed } from "../../sql/schema/server-defaults.ts";
import type { Table } from "../../sql/schema/table.ts";
import * as t from "../../sql/types/index.ts";

interface MSFlags {
  readonly deprecateLargeTypes: boolean | null;
  readonly serverVersionInfo: readonly number[] | null;
  readonly defaultSchemaName: string | null;
}

const option = (item: DialectKWArgs, name: string): Value => item.dialectOptions.fetch("mssql").get(name);

export class MSDDLCompiler extends DDLCompiler {
  override getColumnSpecification(column: Column, _firstPk?: boolean): string {
    let text = `${this.preparer.formatColumn(column)} ${column.computed ? this.process(column.computed) : this.typeText(column)}`;
    const standard = column.default;
    if (
      !column.nullable ||
      column.primaryKey ||
      standard instanceof Sequence ||
      column.autoincrement === true ||
      column.identity
    )
      text += column.nullable === null ? "" : " NOT NULL";
    else if (!column.computed) text += " NULL";
    const table = column.table as Table | null;
    if (!table) throw new CompileError("mssql requires Table-bound columns in order to generate DDL");
    const start = option(column, "identity_start");
    const increment = option(column, "identity_increment");
    if (start !== null || increment !== null) {
      if (column.identity)
        throw new CompileError(
          "Cannot specify options 'mssql_identity_start' and/or 'mssql_identity_increment' while also using the 'Identity' construct.",
        );
      warnDeprecated(
        "The dialect options 'mssql_identity_start' and 'mssql_identity_increment' are deprecated. Use the 'Identity' object instead. (deprecated since: 1.4)",
      );
    }
    if (column.identity) return text + this.process(column.identity);
    const numbers = column === table._autoincrementColumn || column.autoincrement === true;
    if (numbers && (!(standard instanceof Sequence) || standard.optional))
      return (
        text +
        this.process(new Identity({ start: start as number | null, increment: increment as number | null }))
      );
    const serverDefault = this.getColumnDefaultString(column);
    return serverDefault === null ? text : `${text} DEFAULT ${serverDefault}`;
  }

  override visitComputedColumn(computed: Computed, _options: RenderOptions): string {
    return `AS (${this.expression(computed.sqltext)})${computed.persisted === true ? " PERSISTED" : ""}`;
  }

  override visitIdentityColumn(identity: Identity, _options: RenderOptions): string {
    const { start, increment } = identity;
    return start == null && increment == null ? " IDENTITY" : ` IDENTITY(${start ?? 1},${increment ?? 1})`;
  }

  private clustering(item: DialectKWArgs): string {
    const clustered = option(item, "clustered");
    return clustered === null ? "" : host.isTrue(clustered) ? "CLUSTERED " : "NONCLUSTERED ";
  }

  override visitCreateIndex(create: CreateIndex, _options: RenderOptions): string {
    const index = create.element;
    const table = this.verifyIndexTable(index);
    const columnstore = option(index, "columnstore");
    let text = `CREATE ${index.unique ? "UNIQUE " : ""}${this.clustering(index)}${columnstore !== null && host.isTrue(columnstore) ? "COLUMNSTORE " : ""}`;
    text += `INDEX ${this.preparedIndexName(index, false)} ON ${this.preparer.formatTable(table)}`;
    const expressions = index.expressions as readonly ClauseElement[];
    if (expressions.length) text += ` (${expressions.map((e) => this.expression(e)).join(", ")})`;
    const include = option(index, "include");
    if (include !== null && host.isTrue(include)) {
      const columns = [...(host.iterate(include) ?? [])].map((c) =>
        typeof c === "string" ? (table.c.getitem(c) as Column) : (c as Column),
      );
      text += ` INCLUDE (${columns.map((c) => this.preparer.quote(c.name, c.quote)).join(", ")})`;
    }
    const where = option(index, "where");
    return where === null ? text : `${text} WHERE ${this.expression(expect(roles.DDLExpressionRole, where))}`;
  }

  override visitDropIndex(drop: DropIndex, _options: RenderOptions): string {
    const name = this.preparedIndexName(drop.element, false);
    const { table } = drop.element;
    if (!table) throw host.noAttribute(null, "name");
    return `\nDROP INDEX${drop.ifExists ? " IF EXISTS" : ""} ${name} ON ${this.preparer.formatTable(table)}`;
  }

  override visitPrimaryKeyConstraint(
    constraint: PrimaryKeyConstraint,
    _options: RenderOptions,
  ): string | null {
    if (!constraint.length) return "";
    const columns = this.columnNames([...constraint]);
    return `${this.defineConstraintPreamble(constraint)}PRIMARY KEY ${this.clustering(constraint)}(${columns})${this.defineConstraintDeferrability(constraint)}`;
  }

  override visitUniqueConstraint(constraint: UniqueConstraint, _options: RenderOptions): string | null {
    if (!constraint.length) return "";
    const columns = this.columnNames([...constraint]);
    const distinct = this.defineUniqueConstraintDistinct(constraint);
    return `${this.defineConstraintPreamble(constraint)}UNIQUE ${distinct}${this.clustering(constraint)}(${columns})${this.defineConstraintDeferrability(constraint)}`;
  }

  // -- comments are extended properties ------------------------------------------------------------------

  private where(table: Table, column?: Column): string {
    const { defaultSchemaName } = this.dialect as unknown as MSFlags;
    const schema = this.preparer.schemaForObject(table) || defaultSchemaName;
    if (schema === null) throw host.noAttribute(null, "startswith");
    const place = `'schema', ${this.preparer.quoteSchema(schema)}, 'table', ${this.preparer.formatTable(table, { useSchema: false })}`;
    return column ? `${place}, 'column', ${this.preparer.formatColumn(column)}` : place;
  }

  private national(text: string | null): string {
    return this.sqlCompiler.renderLiteralValue(text, new t.NVARCHAR());
  }

  override visitSetTableComment(create: SetTableComment, _options: RenderOptions): string {
    return `execute sp_addextendedproperty 'MS_Description', ${this.national(create.element.comment)}, ${this.where(create.element)}`;
  }

  override visitDropTableComment(drop: DropTableComment, _options: RenderOptions): string {
    return `execute sp_dropextendedproperty 'MS_Description', ${this.where(drop.element)}`;
  }

  override visitSetColumnComment(create: SetColumnComment, _options: RenderOptions): string {
    const column = create.element;
    return `execute sp_addextendedproperty 'MS_Description', ${this.national(column.comment)}, ${this.where(column.table as Table, column)}`;
  }

  override visitDropColumnComment(drop: DropColumnComment, _options: RenderOptions): string {
    const column = drop.element;
    return `execute sp_dropextendedproperty 'MS_Description', ${this.where(column.table as Table, column)}`;
  }

  protected override sequencePrefix(sequence: Sequence): string {
    return sequence.dataType === null
      ? ""
      : ` AS ${this.dialect.typeCompilerInstance.process(sequence.dataType)}`;
  }
}

type Texty = t.TypeEngine & { readonly length?: number | null; readonly collation?: string | null };
type Precise = t.TypeEngine & { readonly precision?: number | null };
const MS_2008 = 10;

export class MSTypeCompiler extends GenericTypeCompiler {
  private get ms(): MSFlags {
    return this.dialect as unknown as MSFlags;
  }

  private texts(name: string, type: Texty, length: number | string | null | undefined = type.length): string {
    return `${name}${length ? `(${length})` : ""}${type.collation ? ` COLLATE ${type.collation}` : ""}`;
  }

  private precise(name: string, { precision }: Precise): string {
    return precision == null ? name : `${name}(${precision})`;
  }

  /** Whether the server has DATE and TIME; unknown ones have not. */
  private get hasDates(): boolean {
    return (this.ms.serverVersionInfo?.[0] ?? 0) >= MS_2008;
  }

  override visitDouble(type: t.TypeEngine, options: RenderOptions): string {
    return this.visitDOUBLE_PRECISION(type, options);
  }
  override visitFLOAT(type: Precise): string {
    return this.precise("FLOAT", type);
  }
  visitTINYINT(): string {
    return "TINYINT";
  }
  override visitTIME(type: Precise): string {
    return this.precise("TIME", type);
  }
  override visitTIMESTAMP(): string {
    return "TIMESTAMP";
  }
  visitROWVERSION(): string {
    return "ROWVERSION";
  }
  override visitDatetime(type: t.DateTime, options: RenderOptions): string {
    return type.timezone ? this.visitDATETIMEOFFSET(type) : this.visitDATETIME(type, options);
  }
  visitDATETIMEOFFSET(type: Precise): string {
    return this.precise("DATETIMEOFFSET", type);
  }
  visitDATETIME2(type: Precise): string {
    return this.precise("DATETIME2", type);
  }
  visitSMALLDATETIME(): string {
    return "SMALLDATETIME";
  }
  override visitUnicode(type: Texty): string {
    return this.visitNVARCHAR(type);
  }
  override visitText(type: Texty): string {
    return this.ms.deprecateLargeTypes ? this.visitVARCHAR(type) : this.visitTEXT(type);
  }
  override visitUnicodeText(type: Texty): string {
    return this.ms.deprecateLargeTypes ? this.visitNVARCHAR(type) : this.visitNTEXT(type);
  }
  visitNTEXT(type: Texty): string {
    return this.texts("NTEXT", type);
  }
  override visitTEXT(type: Texty): string {
    return this.texts("TEXT", type);
  }
  override visitVARCHAR(type: Texty): string {
    return this.texts("VARCHAR", type, type.length || "max");
  }
  override visitCHAR(type: Texty): string {
    return this.texts("CHAR", type);
  }
  override visitNCHAR(type: Texty): string {
    return this.texts("NCHAR", type);
  }
  override visitNVARCHAR(type: Texty): string {
    return this.texts("NVARCHAR", type, type.length || "max");
  }
  override visitDate(type: t.TypeEngine, options: RenderOptions): string {
    return this.hasDates ? this.visitDATE(type, options) : this.visitDATETIME(type, options);
  }
  override visitTime(type: Precise, options: RenderOptions): string {
    return this.hasDates ? this.visitTIME(type) : this.visitDATETIME(type, options);
  }
  override visitLargeBinary(type: Texty): string {
    return this.ms.deprecateLargeTypes ? this.visitVARBINARY(type) : "IMAGE";
  }
  visitIMAGE(): string {
    return "IMAGE";
  }
  visitXML(): string {
    return "XML";
  }
  override visitVARBINARY(type: Texty & { readonly filestream?: boolean }): string {
    return `${this.texts("VARBINARY", type, type.length || "max")}${type.filestream ? " FILESTREAM" : ""}`;
  }
  override visitBoolean(): string {
    return "BIT";
  }
  visitBIT(): string {
    return "BIT";
  }
  visitJSON(type: Texty): string {
    return this.texts("NVARCHAR", type, "max");
  }
  visitMONEY(): string {
    return "MONEY";
  }
  visitSMALLMONEY(): string {
    return "SMALLMONEY";
  }
  override visitUuid(type: t.Uuid, options: RenderOptions): string {
    return type.nativeUuid ? "UNIQUEIDENTIFIER" : super.visitUuid(type, options);
  }
  visitUNIQUEIDENTIFIER(): string {
    return "UNIQUEIDENTIFIER";
  }
  visitSQL_VARIANT(): string {
    return "SQL_VARIANT";
  }
}

const RESERVED = words(`
  add all alter and any as asc authorization backup begin between break browse bulk by cascade case check checkpoint close clustered coalesce collate
  column commit compute constraint contains containstable continue convert create cross current current_date current_time current_timestamp
  current_user cursor database dbcc deallocate declare default delete deny desc disk distinct distributed double drop dump else end errlvl escape
  except exec execute exists exit external fetch file fillfactor for foreign freetext freetexttable from full function goto grant group having
  holdlock identity identity_insert identitycol if in index inner insert intersect into is join key kill left like lineno load merge national nocheck
  nonclustered not null nullif of off offsets on open opendatasource openquery openrowset openxml option or order outer over percent pivot plan
  precision primary print proc procedure public raiserror read readtext reconfigure references replication restore restrict return revert revoke right
  rollback rowcount rowguidcol rule save schema securityaudit select session_user set setuser shutdown some statistics system_user table tablesample
  textsize then to top tran transaction trigger truncate tsequal union unique unpivot update updatetext use user values varying view waitfor when
  where while with writetext`);

export class MSIdentifierPreparer extends IdentifierPreparer {
  constructor(dialect: ConstructorParameters<typeof IdentifierPreparer>[0]) {
    super(dialect, { initialQuote: "[", finalQuote: "]", quoteCaseSensitiveCollations: false });
  }

  override get reservedWords(): ReadonlySet<string> {
    return RESERVED;
  }
  protected override escapeIdentifier(value: string): string {
    return value.replaceAll("]", "]]");
  }
  protected override unescapeIdentifier(value: string): string {
    return value.replaceAll("]]", "]");
  }

  /** "database.owner" is two names. */
  override quoteSchema(schema: NameArgument, force: boolean | null = null): string {
    if (isTranslated(schema)) return schema;
    if ((quoteOf(schema) ?? force) === true) return this.quote(schema, true);
    const { database, isRaw, owner } = schemaElements(plainName(schema));
    if (database) return `${this.quote(database, isRaw ? false : null)}.${this.quote(owner as string)}`;
    return owner ? this.quote(owner) : "";
  }
}

interface SchemaElements {
  readonly database: string | null;
  readonly isRaw: boolean;
  readonly owner: string | null;
}

/** Dots part names unless they are inside brackets. */
function schemaElements(schema: string): SchemaElements {
  const parts: string[] = [];
  let symbol = "";
  let inside = false;
  let bracketed = false;
  for (const token of schema.split(/(\[|\]|\.)/)) {
    if (token === "[") inside = bracketed = true;
    else if (token === "]") inside = false;
    else if (!inside && token === ".") {
      parts.push(bracketed ? `[${symbol}]` : symbol);
      symbol = "";
      bracketed = false;
    } else symbol += token;
  }
  if (symbol) parts.push(symbol);
  if (parts.length < 2) return { database: null, isRaw: false, owner: parts[0] ?? null };
  const database = parts.slice(0, -1).join(".");
  const isRaw = /\].*\[/.test(database.slice(1, -1));
  return {
    database: isRaw ? database : database.replace(/^\[+/, "").replace(/\]+$/, ""),
    isRaw,
    owner: parts.at(-1) as string,
  };
}
