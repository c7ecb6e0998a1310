// DDL as text: CREATE TABLE with its exact line breaks and tabs, indexes, constraints, comments, sequences.
//
// Every part has a method of its own, so that a dialect overrides what it writes otherwise. `null` for a part leaves it out.
// Behaviour: SQLAlchemy sql/compiler.py (DDLCompiler).
import { CompileError, UnsupportedCompilationError } from "../errors/index.ts";
import { host, type Value } from "../util/host.ts";
import type {
  AddConstraint,
  CreateColumn,
  CreateIndex,
  CreateSchema,
  CreateSequence,
  CreateTable,
  DDL,
  DropColumnComment,
  DropConstraint,
  DropIndex,
  DropSchema,
  DropSequence,
  DropTable,
  DropTableComment,
  DropView,
  SetColumnComment,
  SetConstraintComment,
  SetTableComment,
  DropConstraintComment,
} from "../sql/ddl.ts";
import { CreateConstraint } from "../sql/ddl.ts";
import type { ClauseElement } from "../sql/elements/clause.ts";
import { reprOf } from "../sql/repr.ts";
import type { Column } from "../sql/schema/column.ts";
import type { Constraint } from "../sql/schema/constraint.ts";
import type { IdentityOptions, Sequence } from "../sql/schema/defaults.ts";
import type { ForeignKeyConstraint } from "../sql/schema/foreign-key-constraint.ts";
import type { Index } from "../sql/schema/indexes.ts";
import type { CheckConstraint, PrimaryKeyConstraint, UniqueConstraint } from "../sql/schema/keys.ts";
import { isTable } from "../sql/schema/late.ts";
import { percentFormat } from "../sql/schema/percent.ts";
import { DefaultClause, type Computed, type Identity } from "../sql/schema/server-defaults.ts";
import type { Table } from "../sql/schema/table.ts";
import { typeLate } from "../sql/types/type-late.ts";
import { Compiled, type TypeCompiler } from "./compiled.ts";
import type { IdentifierPreparer } from "./identifiers.ts";
import { NO_OPTIONS, type RenderOptions } from "./render-options.ts";
import type { SQLCompiler } from "./sql-compiler.ts";

export const FK_ON_DELETE = /^(?:RESTRICT|CASCADE|SET NULL|NO ACTION|SET DEFAULT)$/i;
export const FK_ON_UPDATE = /^(?:RESTRICT|CASCADE|SET NULL|NO ACTION|SET DEFAULT)$/i;
export const FK_INITIALLY = /^(?:DEFERRED|IMMEDIATE)$/i;

/** How expressions print inside DDL: values as literals, columns without their table. */
export const IN_DDL: RenderOptions = { ...NO_OPTIONS, includeTable: false, literalBinds: true };

/** What DDL asks of a dialect beside what statements ask. */
interface DdlFlags {
  readonly supportsAlter: boolean;
  readonly supportsIdentityColumns: boolean;
}

export class DDLCompiler extends Compiled {
  override readonly isDdl: boolean = true;
  private expressions: SQLCompiler | undefined;

  /** Prints the expressions inside. */
  get typeCompiler(): TypeCompiler {
    return this.dialect.typeCompilerInstance;
  }

  get sqlCompiler(): SQLCompiler {
    return (this.expressions ??= this.dialect.statementCompiler(null, {
      schemaTranslateMap: this.schemaTranslateMap,
    }) as SQLCompiler);
  }

  protected get flags(): DdlFlags {
    return this.dialect as unknown as DdlFlags;
  }

  override constructParams(): null {
    return null;
  }

  protected expression(element: ClauseElement): string {
    return this.sqlCompiler.process(element, IN_DDL);
  }

  protected typeText(column: Column): string {
    return this.dialect.typeCompilerInstance.process(column.type, { ...NO_OPTIONS, typeExpression: column });
  }

  protected literal(text: string | null): string {
    return this.sqlCompiler.renderLiteralValue(text, typeLate.string);
  }

  // -- DDL() and schemas ------------------------------------------------------------------------

  visitDdl(ddl: DDL, _options: RenderOptions): string {
    const context = new Map<string, Value>(ddl.context);
    if (isTable(ddl.target)) {
      const path = this.preparer.formatTableSeq(ddl.target);
      const defaults: [string, string][] = [
        ["table", path.at(-1) as string],
        ["schema", path.length === 1 ? "" : (path[0] as string)],
        ["fullname", this.preparer.formatTable(ddl.target)],
      ];
      for (const [name, text] of defaults) if (!context.has(name)) context.set(name, text);
    }
    const filled = percentFormat(
      ddl.statement,
      (name) => {
        if (!context.has(name)) throw host.error("KeyError", name);
        return context.get(name);
      },
      host.makeDict(context),
    );
    return this.sqlCompiler.postProcessText(filled);
  }

  visitCreateSchema(create: CreateSchema, _options: RenderOptions): string {
    return `CREATE SCHEMA ${create.ifNotExists ? "IF NOT EXISTS " : ""}${this.preparer.formatSchema(create.element, create.quote)}`;
  }

  visitDropSchema(drop: DropSchema, _options: RenderOptions): string {
    return `DROP SCHEMA ${drop.ifExists ? "IF EXISTS " : ""}${this.preparer.formatSchema(drop.element, drop.quote)}${drop.cascade ? " CASCADE" : ""}`;
  }

  // -- tables -----------------------------------------------------------------------------------

  visitCreateTable(create: CreateTable, _options: RenderOptions): string {
    const table = create.element;
    const prefixes = table._prefixes.length ? `${table._prefixes.join(" ")} ` : "";
    const suffix = this.createTableSuffix(table);
    let text = `\nCREATE ${prefixes}TABLE ${create.ifNotExists ? "IF NOT EXISTS " : ""}${this.preparer.formatTable(table)} ${suffix ? `${suffix} ` : ""}(`;
    let separator = "\n";
    let firstPk = false;
    for (const item of create.columns) {
      const column = item.element;
      const processed = this.columnInTable(table, item, column.primaryKey && !firstPk);
      if (processed !== null) {
        text += `${separator}\t${processed}`;
        separator = ", \n";
      }
      if (column.primaryKey) firstPk = true;
    }
    const constraints = this.createTableConstraints(table, create.includeForeignKeyConstraints);
    if (constraints) text += `${separator}\t${constraints}`;
    return `${text}\n)${this.postCreateTable(table)}\n\n`;
  }

  private columnInTable(table: Table, item: CreateColumn, firstPk: boolean): string | null {
    try {
      return this.process(item, { ...NO_OPTIONS, extra: new Map([["first_pk", firstPk]]) }) as string | null;
    } catch (e) {
      if (!(e instanceof CompileError)) throw e;
      throw host.withCause(
        new CompileError(
          `(in table '${table.description}', column '${item.element.name}'): ${e.messageText()}`,
        ),
        e,
      );
    }
  }

  visitCreateColumn(create: CreateColumn, options: RenderOptions): string | null {
    const column = create.element;
    if (column.system) return null;
    const constraints = [...column.constraints].map((c) => this.process(c)).join(" ");
    const text = this.getColumnSpecification(column, options.extra?.get("first_pk") === true);
    return constraints ? `${text} ${constraints}` : text;
  }

  createTableConstraints(table: Table, include: ReadonlySet<ForeignKeyConstraint> | null = null): string {
    const rest = table._sortedConstraints.filter(
      (c) => c !== table.primaryKey && !(include && isForeignKey(c) && !include.has(c)),
    );
    const all: Constraint[] = table.primaryKey.length ? [table.primaryKey, ...rest] : rest;
    return all
      .filter((c) => this.shouldCreate(c) && (!this.flags.supportsAlter || !(isForeignKey(c) && c.useAlter)))
      .map((c) => this.process(c) as string | null)
      .filter((text) => text !== null)
      .join(", \n\t");
  }

  /** Whether CREATE TABLE mentions the constraint: by its rule, or its ddl_if(). */
  protected shouldCreate(constraint: Constraint): boolean {
    if (constraint._createRule && !constraint._createRule(this)) return false;
    return constraint._ddlIf?.shouldExecute(new CreateConstraint(constraint), constraint, null, this) ?? true;
  }

  visitDropTable(drop: DropTable, _options: RenderOptions): string {
    return `\nDROP TABLE ${drop.ifExists ? "IF EXISTS " : ""}${this.preparer.formatTable(drop.element)}`;
  }

  visitDropView(drop: DropView, _options: RenderOptions): string {
    return `\nDROP VIEW ${this.preparer.formatTable(drop.element)}`;
  }

  /** Between the table's name and the parenthesis. */
  createTableSuffix(_table: Table): string {
    return "";
  }

  /** After the last parenthesis. */
  postCreateTable(_table: Table): string {
    return "";
  }

  // -- columns ----------------------------------------------------------------------------------

  getColumnSpecification(column: Column, _firstPk: boolean): string {
    const { supportsIdentityColumns } = this.flags;
    let text = `${this.preparer.formatColumn(column)} ${this.typeText(column)}`;
    const standard = this.getColumnDefaultString(column);
    if (standard !== null) text += ` DEFAULT ${standard}`;
    if (column.computed) text += ` ${this.process(column.computed)}`;
    if (column.identity && supportsIdentityColumns) text += ` ${this.process(column.identity)}`;
    if (!column.nullable && (!column.identity || !supportsIdentityColumns)) text += " NOT NULL";
    return text;
  }

  getColumnDefaultString(column: Column): string | null {
    return column.serverDefault instanceof DefaultClause
      ? this.renderDefaultString(column.serverDefault.arg)
      : null;
  }

  renderDefaultString(arg: ClauseElement | string): string {
    if (typeof arg === "string") return this.literal(arg);
    return this.sqlCompiler.process(arg, { ...NO_OPTIONS, literalBinds: true });
  }

  visitComputedColumn(computed: Computed, _options: RenderOptions): string {
    const persisted = computed.persisted === null ? "" : computed.persisted ? " STORED" : " VIRTUAL";
    return `GENERATED ALWAYS AS (${this.expression(computed.sqltext)})${persisted}`;
  }

  visitIdentityColumn(identity: Identity, _options: RenderOptions): string {
    const options = this.getIdentityOptions(identity);
    return `GENERATED ${identity.always ? "ALWAYS" : "BY DEFAULT"} AS IDENTITY${options ? ` (${options})` : ""}`;
  }

  // -- indexes ----------------------------------------------------------------------------------

  protected verifyIndexTable(index: Index): Table {
    if (!index.table)
      throw new CompileError(`Index '${index.name ?? "None"}' is not associated with any table.`);
    return index.table;
  }

  visitCreateIndex(
    create: CreateIndex,
    _options: RenderOptions,
    {
      includeSchema = false,
      includeTableSchema = true,
    }: { includeSchema?: boolean; includeTableSchema?: boolean } = {},
  ): string {
    const index = create.element;
    const table = this.verifyIndexTable(index);
    if (index.name === null) throw new CompileError("CREATE INDEX requires that the index have a name");
    const name = this.preparedIndexName(index, includeSchema);
    const on = this.preparer.formatTable(table, { useSchema: includeTableSchema });
    return `CREATE ${index.unique ? "UNIQUE " : ""}INDEX ${create.ifNotExists ? "IF NOT EXISTS " : ""}${name} ON ${on} (${this.indexExpressions(index)})`;
  }

  protected indexExpressions(index: Index): string {
    return index._tableBoundExpressions.map((e) => this.expression(e)).join(", ");
  }

  visitDropIndex(drop: DropIndex, _options: RenderOptions): string {
    if (drop.element.name === null) throw new CompileError("DROP INDEX requires that the index have a name");
    return `\nDROP INDEX ${drop.ifExists ? "IF EXISTS " : ""}${this.preparedIndexName(drop.element, true)}`;
  }

  preparedIndexName(index: Index, includeSchema = false): string {
    const schema = index.table ? this.preparer.schemaForObject(index.table) : null;
    const name = this.preparer.formatIndex(index);
    return includeSchema && schema
      ? `${this.preparer.quoteSchema(schema, index.table?.quoteSchema)}.${name}`
      : name;
  }

  // -- ALTER and comments -------------------------------------------------------------------------

  visitAddConstraint(create: AddConstraint, _options: RenderOptions): string {
    return `ALTER TABLE ${this.preparer.formatTable(create.element.table)} ADD ${this.process(create.element) ?? "None"}`;
  }

  visitDropConstraint(drop: DropConstraint, _options: RenderOptions): string {
    const name = this.preparer.formatConstraint(drop.element);
    if (name === null)
      throw new CompileError(
        `Can't emit DROP CONSTRAINT for constraint ${reprOf(drop.element)}; it has no name`,
      );
    return `ALTER TABLE ${this.preparer.formatTable(drop.element.table)} DROP CONSTRAINT ${drop.ifExists ? "IF EXISTS " : ""}${name}${drop.cascade ? " CASCADE" : ""}`;
  }

  visitSetTableComment(create: SetTableComment, _options: RenderOptions): string {
    return `COMMENT ON TABLE ${this.preparer.formatTable(create.element)} IS ${this.literal(create.element.comment)}`;
  }

  visitDropTableComment(drop: DropTableComment, _options: RenderOptions): string {
    return `COMMENT ON TABLE ${this.preparer.formatTable(drop.element)} IS NULL`;
  }

  visitSetColumnComment(create: SetColumnComment, _options: RenderOptions): string {
    return `COMMENT ON COLUMN ${this.preparer.formatColumn(create.element, { useTable: true, useSchema: true })} IS ${this.literal(create.element.comment)}`;
  }

  visitDropColumnComment(drop: DropColumnComment, _options: RenderOptions): string {
    return `COMMENT ON COLUMN ${this.preparer.formatColumn(drop.element, { useTable: true })} IS NULL`;
  }

  visitSetConstraintComment(create: SetConstraintComment, _options: RenderOptions): string {
    throw new UnsupportedCompilationError(this, host.typeOf(create));
  }

  visitDropConstraintComment(drop: DropConstraintComment, _options: RenderOptions): string {
    throw new UnsupportedCompilationError(this, host.typeOf(drop));
  }

  // -- sequences ----------------------------------------------------------------------------------

  getIdentityOptions(rules: IdentityOptions): string {
    const parts: string[] = [];
    if (rules.increment != null) parts.push(`INCREMENT BY ${rules.increment}`);
    if (rules.start != null) parts.push(`START WITH ${rules.start}`);
    if (rules.minvalue != null) parts.push(`MINVALUE ${rules.minvalue}`);
    if (rules.maxvalue != null) parts.push(`MAXVALUE ${rules.maxvalue}`);
    if (rules.nominvalue != null) parts.push("NO MINVALUE");
    if (rules.nomaxvalue != null) parts.push("NO MAXVALUE");
    if (rules.cache != null) parts.push(`CACHE ${rules.cache}`);
    if (rules.cycle != null) parts.push(rules.cycle ? "CYCLE" : "NO CYCLE");
    return parts.join(" ");
  }

  visitCreateSequence(create: CreateSequence, _options: RenderOptions): string {
    const options = this.getIdentityOptions(create.element);
    const name = this.preparer.formatSequence(create.element);
    return `CREATE SEQUENCE ${create.ifNotExists ? "IF NOT EXISTS " : ""}${name}${this.sequencePrefix(create.element)}${options ? ` ${options}` : ""}`;
  }

  /** Between the sequence's name and its options. */
  protected sequencePrefix(_sequence: Sequence): string {
    return "";
  }

  visitDropSequence(drop: DropSequence, _options: RenderOptions): string {
    return `DROP SEQUENCE ${drop.ifExists ? "IF EXISTS " : ""}${this.preparer.formatSequence(drop.element)}`;
  }

  // -- constraints ----------------------------------------------------------------------------------

  visitTableOrColumnCheckConstraint(constraint: CheckConstraint, options: RenderOptions): string | null {
    return constraint.isColumnLevel
      ? this.visitColumnCheckConstraint(constraint, options)
      : this.visitCheckConstraint(constraint, options);
  }

  visitCheckConstraint(constraint: CheckConstraint, _options: RenderOptions): string | null {
    return (
      this.defineConstraintPreamble(constraint) +
      this.defineCheckBody(constraint) +
      this.defineConstraintDeferrability(constraint)
    );
  }

  visitColumnCheckConstraint(constraint: CheckConstraint, _options: RenderOptions): string | null {
    return (
      this.defineConstraintPreamble(constraint) +
      this.defineCheckBody(constraint) +
      this.defineConstraintDeferrability(constraint)
    );
  }

  visitPrimaryKeyConstraint(constraint: PrimaryKeyConstraint, _options: RenderOptions): string | null {
    if (!constraint.length) return "";
    return (
      this.defineConstraintPreamble(constraint) +
      this.definePrimaryKeyBody(constraint) +
      this.defineConstraintDeferrability(constraint)
    );
  }

  visitForeignKeyConstraint(constraint: ForeignKeyConstraint, _options: RenderOptions): string | null {
    return (
      this.defineConstraintPreamble(constraint) +
      this.defineForeignKeyBody(constraint) +
      this.defineConstraintMatch(constraint) +
      this.defineConstraintCascades(constraint) +
      this.defineConstraintDeferrability(constraint)
    );
  }

  visitUniqueConstraint(constraint: UniqueConstraint, _options: RenderOptions): string | null {
    if (!constraint.length) return "";
    return (
      this.defineConstraintPreamble(constraint) +
      this.defineUniqueBody(constraint) +
      this.defineConstraintDeferrability(constraint)
    );
  }

  defineConstraintPreamble(constraint: Constraint): string {
    const name = this.preparer.formatConstraint(constraint);
    return name === null ? "" : `CONSTRAINT ${name} `;
  }

  definePrimaryKeyBody(constraint: PrimaryKeyConstraint): string {
    const columns = constraint._implicitGenerated ? constraint.columnsAutoincFirst : [...constraint];
    return `PRIMARY KEY (${this.columnNames(columns)})`;
  }

  defineForeignKeyBody(constraint: ForeignKeyConstraint): string {
    const { elements } = constraint;
    const remote = (elements[0] as (typeof elements)[number]).column.table as Table;
    const own = this.columnNames(elements.map((e) => e.parent as Column));
    return `FOREIGN KEY(${own}) REFERENCES ${this.defineConstraintRemoteTable(constraint, remote, this.preparer)} (${this.columnNames(elements.map((e) => e.column))})`;
  }

  defineConstraintRemoteTable(
    _constraint: ForeignKeyConstraint,
    table: Table,
    preparer: IdentifierPreparer,
  ): string {
    return preparer.formatTable(table);
  }

  defineUniqueBody(constraint: UniqueConstraint): string {
    return `UNIQUE ${this.defineUniqueConstraintDistinct(constraint)}(${this.columnNames([...constraint])})`;
  }

  defineUniqueConstraintDistinct(_constraint: UniqueConstraint): string {
    return "";
  }

  defineCheckBody(constraint: CheckConstraint): string {
    return `CHECK (${this.expression(constraint.sqltext)})`;
  }

  protected columnNames(columns: readonly Column[]): string {
    return columns.map((c) => this.preparer.quote(c.name, c.quote)).join(", ");
  }

  defineConstraintCascades(constraint: ForeignKeyConstraint): string {
    return (
      (constraint.ondelete === null ? "" : this.defineConstraintOndeleteCascade(constraint)) +
      (constraint.onupdate === null ? "" : this.defineConstraintOnupdateCascade(constraint))
    );
  }

  defineConstraintOndeleteCascade(constraint: ForeignKeyConstraint): string {
    return ` ON DELETE ${this.preparer.validateSqlPhrase(constraint.ondelete as string, FK_ON_DELETE)}`;
  }

  defineConstraintOnupdateCascade(constraint: ForeignKeyConstraint): string {
    return ` ON UPDATE ${this.preparer.validateSqlPhrase(constraint.onupdate as string, FK_ON_UPDATE)}`;
  }

  defineConstraintDeferrability(constraint: Constraint): string {
    let text =
      constraint.deferrable === null ? "" : constraint.deferrable ? " DEFERRABLE" : " NOT DEFERRABLE";
    if (constraint.initially !== null)
      text += ` INITIALLY ${this.preparer.validateSqlPhrase(constraint.initially, FK_INITIALLY)}`;
    return text;
  }

  defineConstraintMatch(constraint: ForeignKeyConstraint): string {
    return constraint.match === null ? "" : ` MATCH ${constraint.match}`;
  }
}

function isForeignKey(c: Constraint): c is ForeignKeyConstraint {
  return c.visitName === "foreign_key_constraint";
}
