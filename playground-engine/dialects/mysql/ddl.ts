// DDL, types and names of MySQL and MariaDB, where they differ.
// Behaviour: SQLAlchemy dialects/mysql/base.py (MySQLDDLCompiler, MySQLTypeCompiler, MySQLIdentifierPreparer), mariadb.py.
import { CompileError } from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";
import { sort } from "../../util/topological.ts";
import { DDLCompiler } from "../../compiler/ddl.ts";
import { IdentifierPreparer } from "../../compiler/identifiers.ts";
import type { RenderOptions } from "../../compiler/render-options.ts";
import { GenericTypeCompiler } from "../../compiler/types.ts";
import type {
  CreateIndex,
  DropConstraint,
  DropIndex,
  DropTableComment,
  SetColumnComment,
  SetTableComment,
} from "../../sql/ddl.ts";
import { BinaryExpression, Grouping } from "../../sql/elements/binary.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import { UnaryExpression } from "../../sql/elements/unary.ts";
import { FunctionElement } from "../../sql/functions.ts";
import { ascOp, descOp } from "../../sql/operators.ts";
import type { Column } from "../../sql/schema/column.ts";
import { NULL_UNSPECIFIED } from "../../sql/schema/constants.ts";
import { Sequence, type IdentityOptions } from "../../sql/schema/defaults.ts";
import { ForeignKeyConstraint } from "../../sql/schema/foreign-key-constraint.ts";
import { CheckConstraint, PrimaryKeyConstraint, UniqueConstraint } from "../../sql/schema/keys.ts";
import { Identity } from "../../sql/schema/server-defaults.ts";
import type { Table } from "../../sql/schema/table.ts";
import * as t from "../../sql/types/index.ts";
import { MARIADB_WORDS, MYSQL_WORDS } from "./reserved-words.ts";
import { isMySqlNumber, isMySqlText, type BIT, type MySqlInteger, type SET, type YEAR } from "./types.ts";

interface MySqlFlags {
  readonly isMariadb: boolean;
  readonly supportDefaultFunction: boolean;
  readonly supportsSequences: boolean;
}

const TEXT_OPTIONS = new Set(["COMMENT", "PASSWORD", "CONNECTION"]);
const SPACED_NAMES = new Set([
  "DATA_DIRECTORY",
  "INDEX_DIRECTORY",
  "DEFAULT_CHARACTER_SET",
  "CHARACTER_SET",
  "DEFAULT_CHARSET",
  "DEFAULT_COLLATE",
]);
const JOINED_BY_SPACE = new Set(["TABLESPACE", "DEFAULT CHARACTER SET", "CHARACTER SET", "COLLATE"]);
const OPTION_ORDER = [
  ["DEFAULT_CHARSET", "COLLATE"],
  ["DEFAULT_CHARACTER_SET", "COLLATE"],
  ["CHARSET", "COLLATE"],
  ["CHARACTER_SET", "COLLATE"],
] as const;
const PARTITION_ORDER = [
  ["PARTITION_BY", "PARTITIONS"],
  ["PARTITION_BY", "SUBPARTITION_BY"],
  ["PARTITION_BY", "SUBPARTITIONS"],
  ["PARTITIONS", "SUBPARTITIONS"],
  ["PARTITIONS", "SUBPARTITION_BY"],
  ["SUBPARTITION_BY", "SUBPARTITIONS"],
] as const;
const PARTITION_OPTIONS = new Set<string>(["PARTITION_BY", "PARTITIONS", "SUBPARTITIONS", "SUBPARTITION_BY"]);

export class MySQLDDLCompiler extends DDLCompiler {
  private get my(): MySqlFlags {
    return this.dialect as unknown as MySqlFlags;
  }

  // -- columns ------------------------------------------------------------------------------------------

  override getColumnSpecification(column: Column): string {
    if (this.my.isMariadb && column.computed && column._userDefinedNullable === NULL_UNSPECIFIED)
      column.nullable = true;
    const parts = [this.preparer.formatColumn(column), this.typeText(column)];
    if (column.computed) parts.push(this.process(column.computed));
    if (!column.nullable) parts.push("NOT NULL");
    else if (column.type.unwrappedDialectImpl(this.dialect) instanceof t.TIMESTAMP) parts.push("NULL");
    if (column.comment !== null) parts.push(`COMMENT ${this.literal(column.comment)}`);
    if (this.isAutoIncrement(column)) parts.push("AUTO_INCREMENT");
    else {
      const standard = this.getColumnDefaultString(column);
      if (standard !== null)
        parts.push(
          this.my.supportDefaultFunction && isExpression(standard)
            ? `DEFAULT (${standard})`
            : `DEFAULT ${standard}`,
        );
    }
    return parts.join(" ");
  }

  private isAutoIncrement(column: Column): boolean {
    const table = column.table as Table | null;
    if (!table || column !== table._autoincrementColumn) return false;
    if (column.serverDefault !== null && !(column.serverDefault instanceof Identity)) return false;
    return !(this.my.supportsSequences && column.default instanceof Sequence && !column.default.optional);
  }

  // -- tables -------------------------------------------------------------------------------------------

  override postCreateTable(table: Table): string {
    const prefix = `${this.dialect.name}_`;
    const options = new Map<string, Value>();
    for (const [name, value] of table.dialectKwargs)
      if (name.startsWith(prefix)) options.set(name.slice(prefix.length).toUpperCase(), value);
    if (table.comment !== null) options.set("COMMENT", table.comment);
    const names = [...options.keys()];
    const texts: string[] = [];
    const add = (given: string, name: string, joiner: string): void => {
      const value = options.get(given);
      const text = TEXT_OPTIONS.has(given) ? this.literal(value as string) : value;
      if (host.kindOf(text) !== "str")
        throw host.error("TypeError", `sequence item 1: expected str instance, ${host.typeName(text)} found`);
      texts.push(`${name}${joiner}${text as string}`);
    };
    for (const given of sort(
      OPTION_ORDER,
      names.filter((n) => !PARTITION_OPTIONS.has(n)),
    )) {
      const name = SPACED_NAMES.has(given) ? given.replaceAll("_", " ") : given;
      add(given, name, JOINED_BY_SPACE.has(name) ? " " : "=");
    }
    for (const given of sort<string>(
      PARTITION_ORDER,
      names.filter((n) => PARTITION_OPTIONS.has(n)),
    ))
      add(given, given.replaceAll("_", " "), " ");
    return texts.join(" ");
  }

  // -- indexes ------------------------------------------------------------------------------------------

  override visitCreateIndex(create: CreateIndex, _options: RenderOptions): string {
    const index = create.element;
    const { dialect } = this;
    const table = this.preparer.formatTable(this.verifyIndexTable(index));
    const expressions = index.expressions as readonly ColumnElement[];
    const columns = expressions.map((e) => this.expression(needsParentheses(e) ? new Grouping(e) : e));
    const name = this.preparedIndexName(index);
    const prefix = index.getDialectOption(dialect, "prefix");
    let text = `CREATE ${index.unique ? "UNIQUE " : ""}${prefix ? `${host.str(prefix)} ` : ""}INDEX ${create.ifNotExists ? "IF NOT EXISTS " : ""}${name} ON ${table} `;
    const length = index.getDialectOption(dialect, "length");
    text += `(${columns.map((c, i) => c + prefixLength(length, expressions[i] as ColumnElement, c)).join(", ")})`;
    const parser = index.getDialectOption(dialect, "with_parser", { deprecatedFallback: "mysql" });
    if (parser !== null) text += ` WITH PARSER ${host.str(parser)}`;
    const using = index.getDialectOption(dialect, "using", { deprecatedFallback: "mysql" });
    return using === null ? text : `${text} USING ${this.preparer.quote(using as string)}`;
  }

  override visitDropIndex(drop: DropIndex, _options: RenderOptions): string {
    const { table } = drop.element;
    const name = this.preparedIndexName(drop.element, false);
    if (!table) throw host.noAttribute(null, "name");
    return `\nDROP INDEX ${drop.ifExists ? "IF EXISTS " : ""}${name} ON ${this.preparer.formatTable(table)}`;
  }

  // -- constraints ----------------------------------------------------------------------------------------

  override visitPrimaryKeyConstraint(
    constraint: PrimaryKeyConstraint,
    options: RenderOptions,
  ): string | null {
    const text = super.visitPrimaryKeyConstraint(constraint, options);
    const using = constraint.getDialectOption(this.dialect, "using", { deprecatedFallback: "mysql" });
    return using === null || !host.isTrue(using)
      ? text
      : `${text} USING ${this.preparer.quote(using as string)}`;
  }

  override visitDropConstraint(drop: DropConstraint, _options: RenderOptions): string {
    const constraint = drop.element;
    let kind = "";
    if (constraint instanceof ForeignKeyConstraint) kind = "FOREIGN KEY ";
    else if (constraint instanceof PrimaryKeyConstraint) kind = "PRIMARY KEY ";
    else if (constraint instanceof UniqueConstraint) kind = "INDEX ";
    else if (constraint instanceof CheckConstraint) kind = this.my.isMariadb ? "CONSTRAINT " : "CHECK ";
    const name =
      constraint instanceof PrimaryKeyConstraint
        ? ""
        : (this.preparer.formatConstraint(constraint) ?? "None");
    return `ALTER TABLE ${this.preparer.formatTable(constraint.table)} DROP ${kind}${name}`;
  }

  override defineConstraintMatch(constraint: ForeignKeyConstraint): string {
    if (constraint.match === null) return "";
    throw new CompileError(
      "MySQL ignores the 'MATCH' keyword while at the same time causes ON UPDATE/ON DELETE clauses to be ignored.",
    );
  }

  // -- comments, sequences ----------------------------------------------------------------------------------

  override visitSetTableComment(create: SetTableComment, _options: RenderOptions): string {
    return `ALTER TABLE ${this.preparer.formatTable(create.element)} COMMENT ${this.literal(create.element.comment)}`;
  }

  override visitDropTableComment(drop: DropTableComment, _options: RenderOptions): string {
    return `ALTER TABLE ${this.preparer.formatTable(drop.element)} COMMENT ''`;
  }

  override visitSetColumnComment(create: SetColumnComment, _options: RenderOptions): string {
    const column = create.element;
    return `ALTER TABLE ${this.preparer.formatTable(column.table as Table)} CHANGE ${this.preparer.formatColumn(column)} ${this.getColumnSpecification(column)}`;
  }

  override getIdentityOptions(rules: IdentityOptions): string {
    return super.getIdentityOptions(rules).replaceAll("NO CYCLE", "NOCYCLE");
  }
}

/** Whether a default is neither a literal nor a time with a precision: MySQL 8 wants it in parentheses. */
function isExpression(text: string): boolean {
  return (
    !/^\s*['"(]/.test(text) &&
    !/ON +UPDATE/i.test(text) &&
    !/^(?:\bnow\(\d+\)|\bcurrent_timestamp\(\d+\))/i.test(text) &&
    /^.*[^\p{L}\p{N}_].*/u.test(text)
  );
}

function needsParentheses(e: ColumnElement): boolean {
  if (e instanceof UnaryExpression) return e.modifier !== descOp && e.modifier !== ascOp;
  return e instanceof BinaryExpression || e instanceof FunctionElement;
}

/** "(10)" after a column that is indexed by its first characters: one length for all, or one by column. */
function prefixLength(length: Value, column: ColumnElement, text: string): string {
  if (length === null) return "";
  const entries = host.kindOf(length) === "dict" || length instanceof Map ? host.entries(length) : undefined;
  if (!entries) return `(${host.str(length)})`;
  const byName = new Map(entries);
  const found = byName.has(column.name) ? byName.get(column.name) : byName.get(text);
  return found === undefined ? "" : `(${host.str(found)})`;
}

type Precise = t.TypeEngine & { readonly precision?: number | null; readonly scale?: number | null };
type Texty = t.TypeEngine & { readonly length?: number | null; readonly collation?: string | null };
type Fractional = t.TypeEngine & { readonly fsp?: number | null };
type Whole = t.TypeEngine & Partial<MySqlInteger>;

export class MySQLTypeCompiler extends GenericTypeCompiler {
  private number(type: t.TypeEngine, text: string): string {
    if (!isMySqlNumber(type)) return text;
    return `${text}${type.unsigned ? " UNSIGNED" : ""}${type.zerofill ? " ZEROFILL" : ""}`;
  }

  /** A text type with its character set and collation. */
  private texts(type: Texty, text: string, isNational = false): string {
    const own = isMySqlText(type) ? type : null;
    const charset = own?.charset
      ? `CHARACTER SET ${own.charset}`
      : own?.ascii
        ? "ASCII"
        : own?.unicode
          ? "UNICODE"
          : null;
    const collation = type.collation ? `COLLATE ${type.collation}` : own?.binary ? "BINARY" : null;
    const parts = (own ? own.national : isNational)
      ? ["NATIONAL", text, collation]
      : [text, charset, collation];
    return parts.filter((p) => p !== null).join(" ");
  }

  private both(name: string, { precision, scale }: Precise): string {
    return precision != null && scale != null ? `${name}(${precision}, ${scale})` : name;
  }

  private whole(name: string, type: Whole): string {
    return this.number(type, type.displayWidth == null ? name : `${name}(${type.displayWidth})`);
  }

  private fraction(name: string, { fsp }: Fractional): string {
    return fsp ? `${name}(${fsp})` : name;
  }

  override visitNUMERIC(type: Precise): string {
    return this.number(type, this.exact("NUMERIC", type));
  }
  override visitDECIMAL(type: Precise): string {
    return this.number(type, this.exact("DECIMAL", type));
  }
  override visitDOUBLE(type: Precise): string {
    return this.number(type, this.both("DOUBLE", type));
  }
  override visitREAL(type: Precise): string {
    return this.number(type, this.both("REAL", type));
  }
  override visitFLOAT(type: Precise): string {
    const { precision, scale } = type;
    if (precision != null && scale != null && isMySqlNumber(type))
      return this.number(type, `FLOAT(${precision}, ${scale})`);
    return this.number(type, precision == null ? "FLOAT" : `FLOAT(${precision})`);
  }
  override visitINTEGER(type: Whole): string {
    return this.whole("INTEGER", type);
  }
  override visitBIGINT(type: Whole): string {
    return this.whole("BIGINT", type);
  }
  override visitSMALLINT(type: Whole): string {
    return this.whole("SMALLINT", type);
  }
  visitMEDIUMINT(type: Whole): string {
    return this.whole("MEDIUMINT", type);
  }
  visitTINYINT(type: Whole): string {
    return this.whole("TINYINT", type);
  }
  visitBIT(type: BIT): string {
    return this.sized("BIT", type.length);
  }
  override visitDATETIME(type: Fractional): string {
    return this.fraction("DATETIME", type);
  }
  override visitTIME(type: Fractional): string {
    return this.fraction("TIME", type);
  }
  override visitTIMESTAMP(type: Fractional): string {
    return this.fraction("TIMESTAMP", type);
  }
  visitYEAR(type: YEAR): string {
    return type.displayWidth === null ? "YEAR" : `YEAR(${type.displayWidth})`;
  }

  override visitTEXT(type: Texty): string {
    return this.texts(type, type.length == null ? "TEXT" : `TEXT(${type.length})`);
  }
  visitTINYTEXT(type: Texty): string {
    return this.texts(type, "TINYTEXT");
  }
  visitMEDIUMTEXT(type: Texty): string {
    return this.texts(type, "MEDIUMTEXT");
  }
  visitLONGTEXT(type: Texty): string {
    return this.texts(type, "LONGTEXT");
  }
  override visitVARCHAR(type: Texty): string {
    return this.texts(type, this.lengthy("VARCHAR", "VARCHAR", type));
  }
  override visitNVARCHAR(type: Texty): string {
    return this.texts(type, this.lengthy("VARCHAR", "NVARCHAR", type), true);
  }
  override visitCHAR(type: Texty): string {
    return this.texts(type, type.length == null ? "CHAR" : `CHAR(${type.length})`);
  }
  override visitNCHAR(type: Texty): string {
    return this.texts(type, type.length == null ? "CHAR" : `CHAR(${type.length})`, true);
  }

  private lengthy(printed: string, name: string, type: Texty): string {
    if (type.length == null)
      throw new CompileError(`${name} requires a length on dialect ${this.dialect.name}`);
    return `${printed}(${type.length})`;
  }

  override visitVARBINARY(type: t.TypeEngine & { readonly length?: number | null }): string {
    if (type.length == null)
      throw host.error("TypeError", "%d format: a real number is required, not NoneType");
    return `VARBINARY(${type.length})`;
  }
  visitJSON(): string {
    return "JSON";
  }
  override visitLargeBinary(type: t.TypeEngine): string {
    return this.visitBLOB(type);
  }
  override visitBLOB(type: t.TypeEngine & { readonly length?: number | null }): string {
    return type.length == null ? "BLOB" : `BLOB(${type.length})`;
  }
  visitTINYBLOB(): string {
    return "TINYBLOB";
  }
  visitMEDIUMBLOB(): string {
    return "MEDIUMBLOB";
  }
  visitLONGBLOB(): string {
    return "LONGBLOB";
  }
  override visitBOOLEAN(): string {
    return "BOOL";
  }

  override visitEnum(type: t.Enum, options: RenderOptions): string {
    return type.nativeEnum ? this.enumerated("ENUM", type, type.enums) : super.visitEnum(type, options);
  }
  visitENUM(type: t.Enum): string {
    return this.enumerated("ENUM", type, type.enums);
  }
  visitSET(type: SET): string {
    return this.enumerated("SET", type, type.values);
  }

  private enumerated(name: string, type: Texty, values: readonly string[]): string {
    const quoted = values.map(
      (v) => `'${(this.dialect.doublePercents ? v.replaceAll("%", "%%") : v).replaceAll("'", "''")}'`,
    );
    return this.texts(type, `${name}(${quoted.join(",")})`);
  }
}

export class MariaDBTypeCompiler extends MySQLTypeCompiler {
  visitINET4(): string {
    return "INET4";
  }
  visitINET6(): string {
    return "INET6";
  }
}

export class MySQLIdentifierPreparer extends IdentifierPreparer {
  constructor(
    dialect: ConstructorParameters<typeof IdentifierPreparer>[0],
    { serverAnsiquotes = false }: { readonly serverAnsiquotes?: boolean } = {},
  ) {
    const quote = serverAnsiquotes ? '"' : "`";
    super(dialect, { initialQuote: quote, escapeQuote: quote });
  }
  override get reservedWords(): ReadonlySet<string> {
    return MYSQL_WORDS;
  }
}

export class MariaDBIdentifierPreparer extends MySQLIdentifierPreparer {
  override get reservedWords(): ReadonlySet<string> {
    return MARIADB_WORDS;
  }
}
