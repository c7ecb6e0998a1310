// ALTER statements as elements, with their text: the default, and what dialects say otherwise.
import type { Column } from "../../sql/schema/index.ts";
import { Column as ColumnClass } from "../../sql/schema/index.ts";
import { ExecutableDDLElement } from "../../sql/ddl.ts";
import { Integer, QuotedName, TypeEngine } from "../../sql/index.ts";
import { compiles } from "../../compiler/index.ts";
import { CompileError } from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";

/** What is known of a column before it is altered. */
export interface ExistingColumn {
  readonly existingType?: Value;
  readonly existingNullable?: Value;
  readonly existingServerDefault?: Value;
  readonly existingComment?: Value;
  /** PostgreSQL's expression that makes the new type's values of the old. */
  readonly using?: Value;
}

export abstract class AlterTable extends ExecutableDDLElement {
  readonly tableName: string;
  readonly schema: string | null;
  constructor(tableName: string, schema: string | null = null) {
    super();
    this.tableName = tableName;
    this.schema = schema;
  }
}
export class RenameTable extends AlterTable {
  readonly newTableName: string;
  constructor(oldTableName: string, newTableName: string, schema: string | null = null) {
    super(oldTableName, schema);
    this.newTableName = newTableName;
  }
}
export class AddColumn extends AlterTable {
  readonly column: Column;
  readonly ifNotExists: boolean | null;
  readonly inlineReferences: boolean | null;
  readonly inlinePrimaryKey: boolean | null;
  constructor(
    name: string,
    column: Column,
    schema: string | null = null,
    ifNotExists: boolean | null = null,
    inlineReferences: boolean | null = null,
    inlinePrimaryKey: boolean | null = null,
  ) {
    super(name, schema);
    this.column = column;
    this.ifNotExists = ifNotExists;
    this.inlineReferences = inlineReferences;
    this.inlinePrimaryKey = inlinePrimaryKey;
  }
}
export class DropColumn extends AlterTable {
  readonly column: Column;
  readonly ifExists: boolean | null;
  constructor(name: string, column: Column, schema: string | null = null, ifExists: boolean | null = null) {
    super(name, schema);
    this.column = column;
    this.ifExists = ifExists;
  }
}
/** One change of a column: `value` is what it becomes. */
export abstract class AlterColumn extends AlterTable {
  readonly columnName: string;
  readonly value: Value;
  readonly existing: ExistingColumn;
  constructor(
    name: string,
    columnName: string,
    value: Value,
    schema: string | null = null,
    existing: ExistingColumn = {},
  ) {
    super(name, schema);
    this.columnName = columnName;
    this.value = value;
    this.existing = existing;
  }
}
export class ColumnNullable extends AlterColumn {}
export class ColumnType extends AlterColumn {}
export class ColumnName extends AlterColumn {}
export class ColumnDefault extends AlterColumn {}
export class ComputedColumnDefault extends AlterColumn {}
export class IdentityColumnDefault extends AlterColumn {}
export class ColumnComment extends AlterColumn {}
/** MySQL's CHANGE, where `value` is a new name, or MODIFY: the whole column as it is to be, in `existing`. */
export class RestatedColumn extends AlterColumn {}

interface Preparer {
  quote(name: string): string;
  quoteSchema(name: string): string;
}
interface Printer {
  readonly preparer: Preparer;
  readonly dialect: { readonly name: string };
  getColumnSpecification(column: Column, firstPk: boolean): string;
  getColumnDefaultString(column: Column): string | null;
  process(element: unknown): string;
  defineConstraintMatch(constraint: unknown): string;
  defineConstraintCascades(constraint: unknown): string;
  defineConstraintDeferrability(constraint: unknown): string;
}

const ON_DIALECT =
  'Adding, removing or modifying an "identity" construct, e.g. GENERATED AS IDENTITY, to or from an existing column is not supported in this dialect.';

function tableName(p: Printer, name: string, schema: string | null): string {
  const dotted = (s: string): string =>
    (s as unknown) instanceof QuotedName
      ? p.preparer.quote(s)
      : s
          .split(".")
          .map((x) => p.preparer.quote(x))
          .join(".");
  return schema ? `${dotted(schema)}.${p.preparer.quote(name)}` : p.preparer.quote(name);
}
const alter = (p: Printer, e: AlterTable): string => `ALTER TABLE ${tableName(p, e.tableName, e.schema)}`;
const column = (p: Printer, e: AlterColumn): string =>
  `${alter(p, e)} ALTER COLUMN ${p.preparer.quote(e.columnName)}`;

function defaultText(p: Printer, d: Value): string {
  return (
    p.getColumnDefaultString(new ColumnClass("x", new Integer(), [], { serverDefault: d } as never)) ?? ""
  );
}
function typeText(p: Printer, t: Value): string {
  const type = typeof t === "function" ? new (t as new () => TypeEngine)() : (t as TypeEngine);
  return (
    (
      p.dialect as unknown as { typeCompilerInstance?: { process(t: TypeEngine): string } }
    ).typeCompilerInstance?.process(type) ?? type.compile(p.dialect as never)
  );
}

type Text<E> = (element: E, p: Printer) => string;
function spelled<E extends AlterTable>(
  cls: abstract new (...args: never[]) => E,
  fn: Text<E>,
  dialects: readonly string[] = [],
): void {
  compiles(
    cls as never,
    (element, printer) => fn(element as unknown as E, printer as unknown as Printer),
    dialects,
  );
}

spelled(RenameTable, (e, p) => `${alter(p, e)} RENAME TO ${tableName(p, e.newTableName, e.schema)}`);
spelled(RenameTable, (e, p) => `${alter(p, e)} RENAME TO ${p.preparer.quote(e.newTableName)}`, [
  "sqlite",
  "postgresql",
  "oracle",
]);
spelled(
  RenameTable,
  (e, p) => `EXEC sp_rename '${tableName(p, e.tableName, e.schema)}', ${p.preparer.quote(e.newTableName)}`,
  ["mssql"],
);

/** REFERENCES within the column, for a foreign key of this column alone. */
function references(e: AddColumn, p: Printer): string {
  const keys = [...e.column.foreignKeys];
  const { constraint } = keys[0] ?? {};
  if (keys.length !== 1 || !constraint) return "";
  const target = keys[0]!.column as Column;
  const table = target.table as unknown as { readonly name: string; readonly schema: string | null };
  const rules =
    p.defineConstraintMatch(constraint) +
    p.defineConstraintCascades(constraint) +
    p.defineConstraintDeferrability(constraint);
  return ` REFERENCES ${table.schema ? `${p.preparer.quoteSchema(table.schema)}.` : ""}${p.preparer.quote(table.name)} (${p.preparer.quote(target.name as string)})${rules}`;
}

function addText(e: AddColumn, p: Printer): string {
  let text = `${e.ifNotExists ? "IF NOT EXISTS " : ""}${p.getColumnSpecification(e.column, false)}`;
  if (e.inlinePrimaryKey && e.column.primaryKey) text += " PRIMARY KEY";
  if (e.inlineReferences) text += references(e, p);
  const constraints = [...(e.column as unknown as { constraints: Iterable<unknown> }).constraints]
    .map((c) => p.process(c))
    .join(" ");
  return constraints ? `${text} ${constraints}` : text;
}
spelled(AddColumn, (e, p) => `${alter(p, e)} ADD COLUMN ${addText(e, p)}`);
spelled(AddColumn, (e, p) => `${alter(p, e)} ADD ${addText(e, p)}`, ["mssql", "oracle"]);
spelled(
  DropColumn,
  (e, p) =>
    `${alter(p, e)} DROP COLUMN ${e.ifExists ? "IF EXISTS " : ""}${p.preparer.quote(e.column.name as string)}`,
);
spelled(
  ColumnNullable,
  (e, p) => `${column(p, e)} ${host.isTrue(e.value) ? "DROP NOT NULL" : "SET NOT NULL"}`,
);
spelled(ColumnType, (e, p) => `${column(p, e)} TYPE ${typeText(p, e.value)}`);
spelled(
  ColumnType,
  (e, p) =>
    `${column(p, e)} TYPE ${typeText(p, e.value)}${e.existing.using ? ` USING ${host.str(e.existing.using)}` : ""}`,
  ["postgresql"],
);
spelled(
  ColumnName,
  (e, p) =>
    `${alter(p, e)} RENAME ${p.preparer.quote(e.columnName)} TO ${p.preparer.quote(e.value as string)}`,
);
spelled(
  ColumnName,
  (e, p) =>
    `${alter(p, e)} RENAME COLUMN ${p.preparer.quote(e.columnName)} TO ${p.preparer.quote(e.value as string)}`,
  ["sqlite", "oracle"],
);
spelled(
  ColumnDefault,
  (e, p) => `${column(p, e)} ${e.value === null ? "DROP DEFAULT" : `SET DEFAULT ${defaultText(p, e.value)}`}`,
);
spelled(
  ColumnComment,
  (e, p) =>
    `COMMENT ON COLUMN ${tableName(p, e.tableName, e.schema)}.${p.preparer.quote(e.columnName)} IS ${e.value === null ? "NULL" : `'${host.str(e.value).replaceAll("'", "''")}'`}`,
);
spelled(RestatedColumn, (e, p) => {
  const { existingType, existingNullable, existingServerDefault: d, existingComment } = e.existing;
  const name =
    e.value === null
      ? `MODIFY ${p.preparer.quote(e.columnName)}`
      : `CHANGE ${p.preparer.quote(e.columnName)} ${p.preparer.quote(e.value as string)}`;
  const defaulted = d === false || d === null || d === undefined ? "" : ` DEFAULT ${defaultText(p, d)}`;
  const comment =
    existingComment === null || existingComment === undefined
      ? ""
      : ` COMMENT '${host.str(existingComment).replaceAll("'", "''")}'`;
  return `${alter(p, e)} ${name} ${typeText(p, existingType)} ${host.isTrue(existingNullable) ? "NULL" : "NOT NULL"}${defaulted}${comment}`;
});
spelled(ComputedColumnDefault, () => {
  throw new CompileError(
    'Adding or removing a "computed" construct, e.g. GENERATED ALWAYS AS, to or from an existing column is not supported.',
  );
});
spelled(IdentityColumnDefault, () => {
  throw new CompileError(ON_DIALECT);
});
