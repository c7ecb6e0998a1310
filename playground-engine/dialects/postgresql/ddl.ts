// DDL, types and names of PostgreSQL, where they differ.
// Behaviour: SQLAlchemy dialects/postgresql/base.py (PGDDLCompiler, PGTypeCompiler, PGIdentifierPreparer).
import { CompileError } from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";
import { DDLCompiler, IN_DDL } from "../../compiler/ddl.ts";
import { IdentifierPreparer, words } from "../../compiler/identifiers.ts";
import { NO_OPTIONS, type RenderOptions } from "../../compiler/render-options.ts";
import { GenericTypeCompiler } from "../../compiler/types.ts";
import { expect } from "../../sql/coercions.ts";
import type { CreateIndex, DropConstraintComment, DropIndex, SetConstraintComment } from "../../sql/ddl.ts";
import { ColumnClause } from "../../sql/elements/column-clause.ts";
import type { ClauseElement } from "../../sql/elements/clause.ts";
import { reprOf } from "../../sql/repr.ts";
import * as roles from "../../sql/roles.ts";
import type { Column } from "../../sql/schema/column.ts";
import type { Constraint } from "../../sql/schema/constraint.ts";
import type { Sequence } from "../../sql/schema/defaults.ts";
import type { DialectKWArgs } from "../../sql/schema/dialect-kwargs.ts";
import type { ForeignKeyConstraint } from "../../sql/schema/foreign-key-constraint.ts";
import type { Index } from "../../sql/schema/indexes.ts";
import type { CheckConstraint, PrimaryKeyConstraint, UniqueConstraint } from "../../sql/schema/keys.ts";
import { isTable } from "../../sql/schema/late.ts";
import type { Computed } from "../../sql/schema/server-defaults.ts";
import { Sequence as SequenceClass } from "../../sql/schema/defaults.ts";
import type { Table } from "../../sql/schema/table.ts";
import {
  ARRAY,
  BigInteger,
  Enum,
  SmallInteger,
  typeLate,
  TypeDecorator,
  type TypeEngine,
  type Uuid,
} from "../../sql/types/index.ts";
import type { ExcludeConstraint } from "./ext.ts";
import type {
  CreateDomainType,
  CreateEnumType,
  DOMAIN,
  DropDomainType,
  DropEnumType,
  ENUM,
} from "./named-types.ts";
import type { BIT, INTERVAL, TIME, TIMESTAMP } from "./types.ts";

interface PGFlags {
  readonly supportsSmallserial: boolean;
  readonly supportsIdentityColumns: boolean;
  readonly supportsCreateIndexConcurrently: boolean;
  readonly supportsDropIndexConcurrently: boolean;
}

const option = (item: DialectKWArgs, name: string): Value =>
  item.dialectOptions.fetch("postgresql").get(name);
const isGiven = (v: Value): boolean => v !== null && host.isTrue(v);
const INDEX_METHOD = /^(?:btree|hash|gist|gin|[\w_]+)$/i;
const ON_DELETE = /^(?:RESTRICT|CASCADE|SET (?:NULL|DEFAULT)(?:\s*\(.+\))?|NO ACTION)$/i;

export class PGDDLCompiler extends DDLCompiler {
  private get pg(): PGFlags {
    return this.dialect as unknown as PGFlags;
  }

  // -- columns ----------------------------------------------------------------------------------------

  override getColumnSpecification(column: Column): string {
    let text = this.preparer.formatColumn(column);
    const identity = column.identity && this.pg.supportsIdentityColumns ? column.identity : null;
    const serial = identity ? null : this.serial(column);
    if (serial) text += ` ${serial}`;
    else {
      text += ` ${this.dialect.typeCompilerInstance.process(column.type, { ...NO_OPTIONS, typeExpression: column, identifierPreparer: this.preparer })}`;
      const standard = this.getColumnDefaultString(column);
      if (standard !== null) text += ` DEFAULT ${standard}`;
    }
    if (column.computed) text += ` ${this.process(column.computed)}`;
    if (identity) text += ` ${this.process(identity)}`;
    if (column.nullable) return identity ? `${text} NULL` : text;
    return identity ? text : `${text} NOT NULL`;
  }

  /** The type of a key that numbers itself; null for other columns. */
  private serial(column: Column): string | null {
    if (!column.primaryKey || column !== (column.table as Table)._autoincrementColumn) return null;
    const standard = column.default;
    if (standard && !(standard instanceof SequenceClass && standard.optional)) return null;
    const dialectType = column.type.dialectImpl(this.dialect);
    const type = dialectType instanceof TypeDecorator ? dialectType.implInstance : dialectType;
    if (type instanceof SmallInteger) return this.pg.supportsSmallserial ? "SMALLSERIAL" : null;
    return type instanceof BigInteger ? "BIGSERIAL" : "SERIAL";
  }

  override visitComputedColumn(computed: Computed, _options: RenderOptions): string {
    if (computed.persisted === false)
      throw new CompileError(
        "PostrgreSQL computed columns do not support 'virtual' persistence; set the 'persisted' flag to None or True for PostgreSQL support.",
      );
    return `GENERATED ALWAYS AS (${this.expression(computed.sqltext)}) STORED`;
  }

  // -- constraints --------------------------------------------------------------------------------------

  private validity(constraint: Constraint): string {
    return isGiven(option(constraint, "not_valid")) ? " NOT VALID" : "";
  }

  private includes(item: (Constraint | Index) & { readonly table: Table | null }): string {
    const given = option(item, "include");
    if (!isGiven(given)) return "";
    const columns = [...(host.iterate(given) ?? [])].map((c) =>
      typeof c === "string" ? ((item.table as Table).c.getitem(c) as Column) : (c as Column),
    );
    return ` INCLUDE (${columns.map((c) => this.preparer.quote(c.name, c.quote)).join(", ")})`;
  }

  override visitCheckConstraint(constraint: CheckConstraint, options: RenderOptions): string | null {
    if (constraint._typeBound) {
      const type = ([...constraint][0] as Column).type;
      if (type instanceof ARRAY && type.itemType instanceof Enum && !type.itemType.nativeEnum)
        throw new CompileError(
          "PostgreSQL dialect cannot produce the CHECK constraint for ARRAY of non-native ENUM; please specify create_constraint=False on this Enum datatype.",
        );
    }
    return super.visitCheckConstraint(constraint, options) + this.validity(constraint);
  }

  override visitForeignKeyConstraint(
    constraint: ForeignKeyConstraint,
    options: RenderOptions,
  ): string | null {
    return super.visitForeignKeyConstraint(constraint, options) + this.validity(constraint);
  }

  override visitPrimaryKeyConstraint(
    constraint: PrimaryKeyConstraint,
    _options: RenderOptions,
  ): string | null {
    return (
      this.defineConstraintPreamble(constraint) +
      this.definePrimaryKeyBody(constraint) +
      this.includes(constraint) +
      this.defineConstraintDeferrability(constraint)
    );
  }

  override visitUniqueConstraint(constraint: UniqueConstraint, _options: RenderOptions): string | null {
    if (!constraint.length) return "";
    return (
      this.defineConstraintPreamble(constraint) +
      this.defineUniqueBody(constraint) +
      this.includes(constraint) +
      this.defineConstraintDeferrability(constraint)
    );
  }

  override defineUniqueConstraintDistinct(constraint: UniqueConstraint): string {
    const flag = option(constraint, "nulls_not_distinct");
    return flag === true ? "NULLS NOT DISTINCT " : flag === false ? "NULLS DISTINCT " : "";
  }

  override defineConstraintOndeleteCascade(constraint: ForeignKeyConstraint): string {
    return ` ON DELETE ${this.preparer.validateSqlPhrase(constraint.ondelete as string, ON_DELETE)}`;
  }

  visitExcludeConstraint(constraint: ExcludeConstraint, _options: RenderOptions): string {
    const name = constraint.name === null ? "" : `CONSTRAINT ${this.preparer.formatConstraint(constraint)} `;
    const classes = operatorClasses(constraint.ops);
    const elements = constraint._renderExprs.map(
      ([e, , operator]) => `${this.expression(e as ClauseElement)}${classes(e)} WITH ${operator}`,
    );
    const using = this.preparer.validateSqlPhrase(constraint.using, INDEX_METHOD).toLowerCase();
    const where = constraint.where
      ? ` WHERE (${this.sqlCompiler.process(constraint.where, { ...NO_OPTIONS, literalBinds: true })})`
      : "";
    return `${name}EXCLUDE USING ${using} (${elements.join(", ")})${where}${this.defineConstraintDeferrability(constraint)}`;
  }

  // -- indexes -------------------------------------------------------------------------------------------

  override visitCreateIndex(create: CreateIndex, _options: RenderOptions): string {
    const { preparer } = this;
    const index = create.element;
    const table = this.verifyIndexTable(index);
    let text = `CREATE ${index.unique ? "UNIQUE " : ""}INDEX `;
    if (this.pg.supportsCreateIndexConcurrently && isGiven(option(index, "concurrently")))
      text += "CONCURRENTLY ";
    if (create.ifNotExists) text += "IF NOT EXISTS ";
    text += `${this.preparedIndexName(index, false)} ON ${preparer.formatTable(table)} `;
    const using = option(index, "using");
    if (isGiven(using))
      text += `USING ${preparer.validateSqlPhrase(using as string, INDEX_METHOD).toLowerCase()} `;
    const classes = operatorClasses(option(index, "ops"));
    const expressions = (index.expressions as readonly ClauseElement[]).map(
      (e) => this.sqlCompiler.process(e instanceof ColumnClause ? e : e.selfGroup(), IN_DDL) + classes(e),
    );
    text += `(${expressions.join(", ")})${this.includes(index)}`;
    const nulls = option(index, "nulls_not_distinct");
    if (typeof nulls === "boolean") text += nulls ? " NULLS NOT DISTINCT" : " NULLS DISTINCT";
    const parameters = entriesOf(option(index, "with"));
    if (parameters.length)
      text += ` WITH (${parameters.map(([name, value]) => `${host.str(name)} = ${host.str(value)}`).join(", ")})`;
    const tablespace = option(index, "tablespace");
    if (isGiven(tablespace)) text += ` TABLESPACE ${preparer.quote(tablespace as string)}`;
    const where = option(index, "where");
    if (where !== null) text += ` WHERE ${this.expression(expect(roles.DDLExpressionRole, where))}`;
    return text;
  }

  override visitDropIndex(drop: DropIndex, _options: RenderOptions): string {
    const concurrently =
      this.pg.supportsDropIndexConcurrently && isGiven(option(drop.element, "concurrently"));
    return `\nDROP INDEX ${concurrently ? "CONCURRENTLY " : ""}${drop.ifExists ? "IF EXISTS " : ""}${this.preparedIndexName(drop.element, true)}`;
  }

  // -- tables, types, sequences, comments -----------------------------------------------------------------

  override postCreateTable(table: Table): string {
    let text = "";
    const inherits = option(table, "inherits");
    if (inherits !== null) {
      const parents = host.iterate(inherits) ?? [inherits];
      text += `\n INHERITS ( ${[...parents].map((p) => this.preparer.quote(p as string)).join(", ")} )`;
    }
    const partition = option(table, "partition_by");
    if (isGiven(partition)) text += `\n PARTITION BY ${host.str(partition)}`;
    const using = option(table, "using");
    if (isGiven(using)) text += `\n USING ${host.str(using)}`;
    const oids = option(table, "with_oids");
    if (typeof oids === "boolean") text += oids ? "\n WITH OIDS" : "\n WITHOUT OIDS";
    const onCommit = option(table, "on_commit");
    if (isGiven(onCommit)) text += `\n ON COMMIT ${(onCommit as string).replaceAll("_", " ").toUpperCase()}`;
    const tablespace = option(table, "tablespace");
    if (isGiven(tablespace)) text += `\n TABLESPACE ${this.preparer.quote(tablespace as string)}`;
    return text;
  }

  private formatType(type: NamedSqlType): string {
    return (this.preparer as PGIdentifierPreparer).formatType(type);
  }

  visitCreateEnumType(create: CreateEnumType): string {
    const literals = create.element.enums.map((e) => this.sqlCompiler.renderLiteralValue(e, typeLate.string));
    return `CREATE TYPE ${this.formatType(create.element)} AS ENUM (${literals.join(", ")})`;
  }

  visitDropEnumType(drop: DropEnumType): string {
    return `DROP TYPE ${this.formatType(drop.element)}`;
  }

  visitCreateDomainType(create: CreateDomainType): string {
    const domain = create.element;
    const options: string[] = [];
    if (domain.collation !== null) options.push(`COLLATE ${this.preparer.quote(domain.collation)}`);
    if (domain.default !== null) options.push(`DEFAULT ${this.renderDefaultString(domain.default)}`);
    if (domain.constraintName !== null)
      options.push(`CONSTRAINT ${this.preparer.truncateAndRenderConstraintName(domain.constraintName)}`);
    if (domain.notNull) options.push("NOT NULL");
    if (domain.check !== null) options.push(`CHECK (${this.expression(domain.check)})`);
    return `CREATE DOMAIN ${this.formatType(domain)} AS ${this.dialect.typeCompilerInstance.process(domain.dataType)} ${options.join(" ")}`;
  }

  visitDropDomainType(drop: DropDomainType): string {
    return `DROP DOMAIN ${this.formatType(drop.element)}`;
  }

  protected override sequencePrefix(sequence: Sequence): string {
    return sequence.dataType === null
      ? ""
      : ` AS ${this.dialect.typeCompilerInstance.process(sequence.dataType)}`;
  }

  private commentTarget(constraint: Constraint): string {
    const cannot = (why: string): CompileError =>
      new CompileError(`Can't emit COMMENT ON for constraint ${reprOf(constraint)}: it has no ${why}`);
    if (constraint.name === null && !constraint._isNoneName) throw cannot("name");
    if (!isTable(constraint.parent)) throw cannot("associated table");
    return `CONSTRAINT ${this.preparer.formatConstraint(constraint)} ON ${this.preparer.formatTable(constraint.parent)}`;
  }

  override visitSetConstraintComment(create: SetConstraintComment, _options: RenderOptions): string {
    return `COMMENT ON ${this.commentTarget(create.element)} IS ${this.literal(create.element.comment)}`;
  }

  override visitDropConstraintComment(drop: DropConstraintComment, _options: RenderOptions): string {
    return `COMMENT ON ${this.commentTarget(drop.element)} IS NULL`;
  }
}

function entriesOf(mapping: Value): [Value, Value][] {
  return mapping === null ? [] : [...(host.entries(mapping) ?? [])];
}

/** " class" of the columns that have one in a mapping by key. */
function operatorClasses(mapping: Value): (expression: unknown) => string {
  const byKey = new Map(entriesOf(mapping).map(([k, v]) => [host.str(k), host.str(v)]));
  return (e) => {
    const found = byKey.get((e as { key?: string | null }).key ?? "");
    return found === undefined ? "" : ` ${found}`;
  };
}

interface NamedSqlType {
  readonly name: string | null;
  readonly nameQuote?: boolean | null;
  readonly schema: string | null;
}
type Precise = (TIMESTAMP | TIME) & { readonly precision?: number | null };

export class PGTypeCompiler extends GenericTypeCompiler {
  visitTSVECTOR(): string {
    return "TSVECTOR";
  }
  visitTSQUERY(): string {
    return "TSQUERY";
  }
  visitINET(): string {
    return "INET";
  }
  visitCIDR(): string {
    return "CIDR";
  }
  visitCITEXT(): string {
    return "CITEXT";
  }
  visitMACADDR(): string {
    return "MACADDR";
  }
  visitMACADDR8(): string {
    return "MACADDR8";
  }
  visitMONEY(): string {
    return "MONEY";
  }
  visitOID(): string {
    return "OID";
  }
  visitREGCONFIG(): string {
    return "REGCONFIG";
  }
  visitREGCLASS(): string {
    return "REGCLASS";
  }
  visitHSTORE(): string {
    return "HSTORE";
  }
  visitJSON(): string {
    return "JSON";
  }
  visitJSONB(): string {
    return "JSONB";
  }
  visitINT4MULTIRANGE(): string {
    return "INT4MULTIRANGE";
  }
  visitINT8MULTIRANGE(): string {
    return "INT8MULTIRANGE";
  }
  visitNUMMULTIRANGE(): string {
    return "NUMMULTIRANGE";
  }
  visitDATEMULTIRANGE(): string {
    return "DATEMULTIRANGE";
  }
  visitTSMULTIRANGE(): string {
    return "TSMULTIRANGE";
  }
  visitTSTZMULTIRANGE(): string {
    return "TSTZMULTIRANGE";
  }
  visitINT4RANGE(): string {
    return "INT4RANGE";
  }
  visitINT8RANGE(): string {
    return "INT8RANGE";
  }
  visitNUMRANGE(): string {
    return "NUMRANGE";
  }
  visitDATERANGE(): string {
    return "DATERANGE";
  }
  visitTSRANGE(): string {
    return "TSRANGE";
  }
  visitTSTZRANGE(): string {
    return "TSTZRANGE";
  }
  visitJsonIntIndex(): string {
    return "INT";
  }
  visitJsonStrIndex(): string {
    return "TEXT";
  }
  visitJsonPath(): string {
    return "JSONPATH";
  }
  visitJSONPATH(): string {
    return "JSONPATH";
  }
  visitBYTEA(): string {
    return "BYTEA";
  }

  override visitFLOAT(type: TypeEngine & { readonly precision?: number | null }): string {
    return type.precision ? `FLOAT(${type.precision})` : "FLOAT";
  }
  override visitDouble(type: TypeEngine, options: RenderOptions): string {
    return this.visitDOUBLE_PRECISION(type, options);
  }
  override visitDatetime(type: TypeEngine): string {
    return this.visitTIMESTAMP(type);
  }
  override visitTIMESTAMP(type: TypeEngine): string {
    return this.zoned("TIMESTAMP", type as Precise);
  }
  override visitTIME(type: TypeEngine): string {
    return this.zoned("TIME", type as Precise);
  }
  override visitLargeBinary(): string {
    return "BYTEA";
  }
  override visitUuid(type: Uuid, options: RenderOptions): string {
    return type.nativeUuid ? this.visitUUID(type, options) : super.visitUuid(type, options);
  }

  private zoned(name: string, { precision, timezone }: Precise): string {
    return `${name}${precision == null ? "" : `(${precision})`} ${timezone ? "WITH" : "WITHOUT"} TIME ZONE`;
  }

  override visitEnum(type: Enum, options: RenderOptions): string {
    return type.nativeEnum && this.dialect.supportsNativeEnum
      ? this.visitENUM(type as ENUM, options)
      : super.visitEnum(type, options);
  }

  visitENUM(type: ENUM, options: RenderOptions): string {
    return this.named(type, options);
  }
  visitDOMAIN(type: DOMAIN, options: RenderOptions): string {
    return this.named(type, options);
  }

  private named(type: NamedSqlType, options: RenderOptions): string {
    return (
      (options.identifierPreparer ?? this.dialect.identifierPreparer) as PGIdentifierPreparer
    ).formatType(type);
  }

  visitINTERVAL(type: INTERVAL): string {
    return `INTERVAL${type.fields === null ? "" : ` ${type.fields}`}${type.precision === null ? "" : ` (${type.precision})`}`;
  }

  visitBIT(type: BIT): string {
    return `BIT${type.varying ? " VARYING" : ""}${type.length === null ? "" : `(${type.length})`}`;
  }

  /** Brackets stand before a collation. */
  visitARRAY(type: ARRAY, options: RenderOptions): string {
    const [, inner, collation] = /^([^]*?)((?: COLLATE .*)?)$/.exec(
      this.process(type.itemType, options),
    ) as unknown as [string, string, string];
    return inner + "[]".repeat(type.dimensions ?? 1) + collation;
  }
}

const RESERVED = words(`
  all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create current_catalog current_date current_role
  current_time current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign from grant group having
  in initially intersect into leading limit localtime localtimestamp new not null of off offset old on only or order placing primary references
  returning select session_user some symmetric table then to trailing true union unique user using variadic when where window with authorization
  between binary cross current_schema freeze full ilike inner is isnull join left like natural notnull outer over overlaps right similar verbose`);

export class PGIdentifierPreparer extends IdentifierPreparer {
  override get reservedWords(): ReadonlySet<string> {
    return RESERVED;
  }

  /** A sequence's name as the argument of nextval(). */
  formatSequenceLiteral(sequence: Sequence): string {
    return `'${this.formatSequence(sequence).replaceAll("'", "''")}'`;
  }

  /** Throws CompileError for a type without a name. */
  formatType(type: NamedSqlType, useSchema = true): string {
    if (!type.name)
      throw new CompileError(
        `PostgreSQL ${(type.constructor as { name: string }).name} type requires a name.`,
      );
    return this.inSchema(type, this.quote(type.name, type.nameQuote), useSchema);
  }
}
