// DDL, types and names of SQLite, where they differ.
// Behaviour: SQLAlchemy dialects/sqlite/base.py (SQLiteDDLCompiler, SQLiteTypeCompiler, SQLiteIdentifierPreparer).
import { CompileError } from "../../errors/index.ts";
import type { Value } from "../../util/host.ts";
import { DDLCompiler } from "../../compiler/ddl.ts";
import { IdentifierPreparer, words } from "../../compiler/identifiers.ts";
import type { RenderOptions } from "../../compiler/render-options.ts";
import { GenericTypeCompiler } from "../../compiler/types.ts";
import type { CreateIndex } from "../../sql/ddl.ts";
import type { ClauseElement } from "../../sql/elements/clause.ts";
import type { DialectKWArgs } from "../../sql/schema/dialect-kwargs.ts";
import type { Column } from "../../sql/schema/column.ts";
import type { ForeignKeyConstraint } from "../../sql/schema/foreign-key-constraint.ts";
import type { CheckConstraint, PrimaryKeyConstraint, UniqueConstraint } from "../../sql/schema/keys.ts";
import type { Table } from "../../sql/schema/table.ts";
import { isSubclass, type TypeEngine } from "../../sql/types/engine.ts";
import { Integer } from "../../sql/types/numeric.ts";
import { host } from "../../util/host.ts";
import { isStored, type DATETIME } from "./types.ts";

const option = (item: DialectKWArgs, name: string): Value => item.dialectOptions.fetch("sqlite").get(name);
const onConflict = (text: Value): string => (text === null ? "" : ` ON CONFLICT ${String(text)}`);

export class SQLiteDDLCompiler extends DDLCompiler {
  override getColumnSpecification(column: Column): string {
    let text = `${this.preparer.formatColumn(column)} ${this.typeText(column)}`;
    const standard = this.getColumnDefaultString(column);
    // An expression needs parentheses; a literal or a bare word must not have them.
    if (standard !== null)
      text +=
        /^\s*['"(]/.test(standard) || !/^.*[^\p{L}\p{N}_].*/u.test(standard)
          ? ` DEFAULT ${standard}`
          : ` DEFAULT (${standard})`;
    if (!column.nullable) text += ` NOT NULL${onConflict(option(column, "on_conflict_not_null"))}`;
    if (column.primaryKey) {
      const table = column.table as Table;
      if (column.autoincrement === true && table.primaryKey.length !== 1)
        throw new CompileError("SQLite does not support autoincrement for composite primary keys");
      if (table.primaryKey.length === 1 && this.isAutoincrement(column))
        text += ` PRIMARY KEY${onConflict(option(column, "on_conflict_primary_key"))} AUTOINCREMENT`;
    }
    if (column.computed) text += ` ${this.process(column.computed)}`;
    return text;
  }

  /** Whether AUTOINCREMENT is wanted: it needs PRIMARY KEY beside the column itself. */
  private isAutoincrement(column: Column): boolean {
    return (
      host.isTrue(option(column.table as Table, "autoincrement")) &&
      isSubclass(column.type.typeAffinity, Integer) &&
      column.foreignKeys.size === 0
    );
  }

  override visitPrimaryKeyConstraint(
    constraint: PrimaryKeyConstraint,
    options: RenderOptions,
  ): string | null {
    const [only] = constraint.length === 1 ? [...constraint] : [];
    if (only?.primaryKey && this.isAutoincrement(only)) return null;
    const text = super.visitPrimaryKeyConstraint(constraint, options);
    return (
      text +
      onConflict(option(constraint, "on_conflict") ?? (only ? option(only, "on_conflict_primary_key") : null))
    );
  }

  override visitUniqueConstraint(constraint: UniqueConstraint, options: RenderOptions): string | null {
    const [only] = constraint.length === 1 ? [...constraint] : [];
    return (
      super.visitUniqueConstraint(constraint, options) +
      onConflict(option(constraint, "on_conflict") ?? (only ? option(only, "on_conflict_unique") : null))
    );
  }

  override visitCheckConstraint(constraint: CheckConstraint, options: RenderOptions): string | null {
    return super.visitCheckConstraint(constraint, options) + onConflict(option(constraint, "on_conflict"));
  }

  override visitColumnCheckConstraint(constraint: CheckConstraint, options: RenderOptions): string | null {
    const text = super.visitColumnCheckConstraint(constraint, options);
    if (option(constraint, "on_conflict") !== null)
      throw new CompileError("SQLite does not support on conflict clause for column check constraint");
    return text;
  }

  /** Tables of other schemas are in other files: no foreign key can reach them. */
  override visitForeignKeyConstraint(
    constraint: ForeignKeyConstraint,
    options: RenderOptions,
  ): string | null {
    const [element] = constraint.elements;
    if ((element?.parent?.table as Table).schema !== (element?.column.table as Table).schema) return null;
    return super.visitForeignKeyConstraint(constraint, options);
  }

  override defineConstraintRemoteTable(
    _constraint: ForeignKeyConstraint,
    table: Table,
    preparer: IdentifierPreparer,
  ): string {
    return preparer.formatTable(table, { useSchema: false });
  }

  override visitCreateIndex(create: CreateIndex, _options: RenderOptions): string {
    const index = create.element;
    const table = this.verifyIndexTable(index);
    const where = option(index, "where");
    const name = this.preparedIndexName(index, true);
    const on = this.preparer.formatTable(table, { useSchema: false });
    const text = `CREATE ${index.unique ? "UNIQUE " : ""}INDEX ${create.ifNotExists ? "IF NOT EXISTS " : ""}${name} ON ${on} (${this.indexExpressions(index)})`;
    return where === null ? text : `${text} WHERE ${this.expression(where as ClauseElement)}`;
  }

  override postCreateTable(table: Table): string {
    const options: string[] = [];
    if (!host.isTrue(option(table, "with_rowid"))) options.push("WITHOUT ROWID");
    if (host.isTrue(option(table, "strict"))) options.push("STRICT");
    return options.length ? `\n ${options.join(",\n ")}` : "";
  }
}

export class SQLiteTypeCompiler extends GenericTypeCompiler {
  /** Digits alone would make the column a number: its type then says CHAR. */
  private stored(name: string, type: TypeEngine): string {
    return !isStored(type) || (type as unknown as DATETIME).formatIsTextAffinity ? name : `${name}_CHAR`;
  }

  override visitDATETIME(type: TypeEngine): string {
    return this.stored("DATETIME", type);
  }
  override visitDATE(type: TypeEngine): string {
    return this.stored("DATE", type);
  }
  override visitTIME(type: TypeEngine): string {
    return this.stored("TIME", type);
  }
  visitJSON(): string {
    return "JSON";
  }
}

const RESERVED = words(`
  add after all alter analyze and as asc attach autoincrement before begin between by cascade case cast check collate column commit conflict
  constraint create cross current_date current_time current_timestamp database default deferrable deferred delete desc detach distinct drop each
  else end escape except exclusive exists explain false fail for foreign from full glob group having if ignore immediate in index indexed initially
  inner insert instead intersect into is isnull join key left like limit match natural not notnull null of offset on or order outer plan pragma
  primary query raise references reindex rename replace restrict right rollback row select set table temp temporary then to transaction trigger true
  union unique update using vacuum values view virtual when where`);

export class SQLiteIdentifierPreparer extends IdentifierPreparer {
  override get reservedWords(): ReadonlySet<string> {
    return RESERVED;
  }
}
