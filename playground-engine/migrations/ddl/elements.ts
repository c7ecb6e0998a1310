// ALTER statements as elements, with their text in plain SQL; dialects (postgresql.ts …) say what they spell otherwise.
import type { Column, Identity } from "../../sql/schema/index.ts";
import { Column as ColumnClass } from "../../sql/schema/index.ts";
import { ExecutableDDLElement } from "../../sql/ddl.ts";
import { Integer, QuotedName, String as StringType, TypeEngine } from "../../sql/index.ts";
import { compilesAlways } from "../../compiler/index.ts";
import { CompileError } from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";

/** What is known of a column before it is altered. */
export interface ExistingColumn {
  readonly existingType?: Value;
  readonly existingNullable?: Value;
  readonly existingServerDefault?: Value;
  readonly existingComment?: Value;
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
export class ColumnNullable extends AlterColumn {
  get nullable(): Value {
    return this.value;
  }
}
export class ColumnType extends AlterColumn {
  get type_(): Value {
    return this.value;
  }
}
export class ColumnName extends AlterColumn {
  get newname(): Value {
    return this.value;
  }
}
export class ColumnDefault extends AlterColumn {
  get default(): Value {
    return this.value;
  }
}
export class ComputedColumnDefault extends AlterColumn {
  get default(): Value {
    return this.value;
  }
}
export class IdentityColumnDefault extends AlterColumn {
  /** Which options of the identity change, for a dialect that can change them. */
  readonly changed: readonly string[];
  constructor(
    name: string,
    columnName: string,
    value: Value,
    schema: string | null = null,
    existing: ExistingColumn = {},
    changed: readonly string[] = [],
  ) {
    super(name, columnName, value, schema, existing);
    this.changed = changed;
  }
  get default(): Value {
    return this.value;
  }
}
export class ColumnComment extends AlterColumn {
  get comment(): Value {
    return this.value;
  }
}

export interface Preparer {
  quote(name: string, quote?: boolean): string;
  quoteSchema(name: string): string;
}
export interface Printer {
  readonly preparer: Preparer;
  readonly dialect: { readonly name: string; readonly defaultSchemaName?: string | null };
  readonly sqlCompiler: { renderLiteralValue(v: Value, type: TypeEngine): string };
  visitIdentityColumn(identity: Identity, options: object): string;
  getIdentityOptions(options: object): string;
  getColumnSpecification(column: Column, firstPk: boolean): string;
  getColumnDefaultString(column: Column): string | null;
  process(element: unknown): string;
  defineConstraintMatch(constraint: unknown): string;
  defineConstraintCascades(constraint: unknown): string;
  defineConstraintDeferrability(constraint: unknown): string;
}

const ON_DIALECT =
  'Adding, removing or modifying an "identity" construct, e.g. GENERATED AS IDENTITY, to or from an existing column is not supported in this dialect.';

/** A name that says itself whether it is quoted. */
function quoted(p: Printer, name: QuotedName): string {
  return name.quote === null ? p.preparer.quote(name.value) : p.preparer.quote(name.value, name.quote);
}
export function tableName(p: Printer, name: string, schema: string | null): string {
  const dotted = (s: string): string =>
    (s as unknown) instanceof QuotedName
      ? quoted(p, s as unknown as QuotedName)
      : s
          .split(".")
          .map((x) => p.preparer.quote(x))
          .join(".");
  return schema ? `${dotted(schema)}.${p.preparer.quote(name)}` : p.preparer.quote(name);
}
export const alter = (p: Printer, e: AlterTable): string =>
  `ALTER TABLE ${tableName(p, e.tableName, e.schema)}`;
export const column = (p: Printer, e: AlterColumn): string =>
  `${alter(p, e)} ALTER COLUMN ${p.preparer.quote(e.columnName)}`;

export function defaultText(p: Printer, d: Value): string {
  return (
    p.getColumnDefaultString(new ColumnClass("x", new Integer(), [], { serverDefault: d } as never)) ?? ""
  );
}
export function typeText(p: Printer, t: Value): string {
  const type = typeof t === "function" ? new (t as new () => TypeEngine)() : (t as TypeEngine);
  return (
    (
      p.dialect as unknown as { typeCompilerInstance?: { process(t: TypeEngine): string } }
    ).typeCompilerInstance?.process(type) ?? type.compile(p.dialect as never)
  );
}

type Text<E> = (element: E, p: Printer) => string;
export function spelled<E extends AlterTable>(
  cls: abstract new (...args: never[]) => E,
  fn: Text<E>,
  dialects: readonly string[] = [],
): void {
  compilesAlways(
    cls as never,
    (element, printer) => fn(element as unknown as E, printer as unknown as Printer),
    dialects,
  );
}

/** A text as a literal of the dialect. */
export function literal(p: Printer, v: Value): string {
  return p.sqlCompiler.renderLiteralValue(host.str(v), new StringType());
}

/** REFERENCES within the column, for a foreign key of this column alone. */
function references(e: AddColumn, p: Printer): string {
  const keys = [...e.column.foreignKeys];
  const { constraint } = keys[0] ?? {};
  if (keys.length !== 1 || !constraint || constraint.elements.length !== 1) return "";
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

spelled(RenameTable, (e, p) => `${alter(p, e)} RENAME TO ${tableName(p, e.newTableName, e.schema)}`);
spelled(AddColumn, (e, p) => `${alter(p, e)} ADD COLUMN ${addText(e, p)}`);
spelled(AddColumn, (e, p) => `${alter(p, e)} ADD ${p.getColumnSpecification(e.column, false)}`, [
  "mssql",
  "oracle",
]);
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
  ColumnName,
  (e, p) =>
    `${alter(p, e)} RENAME ${p.preparer.quote(e.columnName)} TO ${p.preparer.quote(e.value as string)}`,
);
spelled(
  ColumnDefault,
  (e, p) => `${column(p, e)} ${e.value === null ? "DROP DEFAULT" : `SET DEFAULT ${defaultText(p, e.value)}`}`,
);
spelled(ComputedColumnDefault, () => {
  throw new CompileError(
    'Adding or removing a "computed" construct, e.g. GENERATED ALWAYS AS, to or from an existing column is not supported.',
  );
});
spelled(IdentityColumnDefault, () => {
  throw new CompileError(ON_DIALECT);
});
/** Renamed within its schema. */
export const renamedTable = (e: RenameTable, p: Printer): string =>
  `${alter(p, e)} RENAME TO ${p.preparer.quote(e.newTableName)}`;
export const renamedColumn = (e: ColumnName, p: Printer): string =>
  `${alter(p, e)} RENAME COLUMN ${p.preparer.quote(e.columnName)} TO ${p.preparer.quote(e.value as string)}`;
