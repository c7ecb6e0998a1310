// DDL, types and names of Oracle Database, where they differ.
// Behaviour: SQLAlchemy dialects/oracle/base.py (OracleDDLCompiler, OracleTypeCompiler, OracleIdentifierPreparer).
import { ArgumentError, CompileError } from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";
import { DDLCompiler } from "../../compiler/ddl.ts";
import { IdentifierPreparer, words } from "../../compiler/identifiers.ts";
import type { RenderOptions } from "../../compiler/render-options.ts";
import { GenericTypeCompiler } from "../../compiler/types.ts";
import type { CreateIndex, DropTableComment } from "../../sql/ddl.ts";
import type { ClauseElement } from "../../sql/elements/clause.ts";
import type { IdentityOptions } from "../../sql/schema/defaults.ts";
import type { DialectKWArgs } from "../../sql/schema/dialect-kwargs.ts";
import type { ForeignKeyConstraint } from "../../sql/schema/foreign-key-constraint.ts";
import type { Computed, Identity } from "../../sql/schema/server-defaults.ts";
import type { Table } from "../../sql/schema/table.ts";
import { classLabel } from "../../sql/repr.ts";
import type * as t from "../../sql/types/index.ts";
import type { INTERVAL, TIMESTAMP } from "./types.ts";

const option = (item: DialectKWArgs, name: string): Value => item.dialectOptions.fetch("oracle").get(name);
const isGiven = (v: Value): boolean => v !== null && host.isTrue(v);

export class OracleDDLCompiler extends DDLCompiler {
  override defineConstraintCascades(constraint: ForeignKeyConstraint): string {
    if (constraint.onupdate !== null)
      host.warn(
        "SAWarning",
        "Oracle Database does not contain native UPDATE CASCADE functionality - onupdates will not be rendered for foreign keys.  Consider using " +
          "deferrable=True, initially='deferred' or triggers.",
      );
    return constraint.ondelete === null ? "" : ` ON DELETE ${constraint.ondelete}`;
  }

  override visitDropTableComment(drop: DropTableComment, _options: RenderOptions): string {
    return `COMMENT ON TABLE ${this.preparer.formatTable(drop.element)} IS ''`;
  }

  override visitCreateIndex(create: CreateIndex, _options: RenderOptions): string {
    const index = create.element;
    const table = this.verifyIndexTable(index);
    const expressions = (index.expressions as readonly ClauseElement[])
      .map((e) => this.expression(e))
      .join(", ");
    const name = this.preparedIndexName(index, true);
    const text = `CREATE ${index.unique ? "UNIQUE " : ""}${isGiven(option(index, "bitmap")) ? "BITMAP " : ""}INDEX ${name} ON ${this.preparer.formatTable(table)} (${expressions})`;
    const compress = option(index, "compress");
    if (compress === false) return text;
    return compress === true ? `${text} COMPRESS` : `${text} COMPRESS ${host.str(compress)}`;
  }

  override postCreateTable(table: Table): string {
    let text = "";
    const onCommit = option(table, "on_commit");
    if (isGiven(onCommit)) text += `\n ON COMMIT ${(onCommit as string).replaceAll("_", " ").toUpperCase()}`;
    const compress = option(table, "compress");
    if (isGiven(compress))
      text += compress === true ? "\n COMPRESS" : `\n COMPRESS FOR ${host.str(compress)}`;
    const tablespace = option(table, "tablespace");
    if (isGiven(tablespace)) text += `\n TABLESPACE ${this.preparer.quote(tablespace as string)}`;
    return text;
  }

  override getIdentityOptions(rules: IdentityOptions): string {
    const text = super
      .getIdentityOptions(rules)
      .replaceAll("NO MINVALUE", "NOMINVALUE")
      .replaceAll("NO MAXVALUE", "NOMAXVALUE")
      .replaceAll("NO CYCLE", "NOCYCLE");
    const { order } = rules;
    return `${text}${order == null ? "" : order ? " ORDER" : " NOORDER"}`.trim();
  }

  override visitComputedColumn(computed: Computed, _options: RenderOptions): string {
    const text = `GENERATED ALWAYS AS (${this.expression(computed.sqltext)})`;
    if (computed.persisted === true)
      throw new CompileError(
        "Oracle Database computed columns do not support 'stored' persistence; set the 'persisted' flag to None or False for Oracle Database support.",
      );
    return computed.persisted === false ? `${text} VIRTUAL` : text;
  }

  override visitIdentityColumn(identity: Identity, _options: RenderOptions): string {
    const kind = identity.always === null ? "" : identity.always ? "ALWAYS" : "BY DEFAULT";
    const options = this.getIdentityOptions(identity);
    return `GENERATED ${kind}${identity.onNull ? " ON NULL" : ""} AS IDENTITY${options ? ` (${options})` : ""}`;
  }
}

type Sized = t.TypeEngine & { readonly length?: number | null };
type Exact = t.TypeEngine & {
  readonly precision?: number | null;
  readonly scale?: number | null;
  readonly binaryPrecision?: number | null;
};

export class OracleTypeCompiler extends GenericTypeCompiler {
  private get useNchar(): boolean {
    return (this.dialect as unknown as { readonly useNcharForUnicode: boolean }).useNcharForUnicode;
  }

  private number(
    name: string,
    { precision, scale }: Exact,
    given: number | null | undefined = precision,
  ): string {
    if (given == null) return name;
    return scale == null ? `${name}(${given})` : `${name}(${given}, ${scale})`;
  }

  private varchar(type: Sized, national: string, two: string): string {
    if (!type.length) return `${national}VARCHAR${two}`;
    return national ? `${national}VARCHAR${two}(${type.length})` : `VARCHAR${two}(${type.length} CHAR)`;
  }

  override visitDatetime(type: t.TypeEngine, options: RenderOptions): string {
    return this.visitDATE(type, options);
  }
  override visitDouble(type: t.TypeEngine): string {
    return this.visitDOUBLE_PRECISION(type);
  }
  override visitUnicode(type: Sized): string {
    return this.useNchar ? this.visitNVARCHAR2(type) : this.visitVARCHAR2(type);
  }
  visitINTERVAL(type: INTERVAL): string {
    const size = (n: number | null): string => (n === null ? "" : `(${n})`);
    return `INTERVAL DAY${size(type.dayPrecision)} TO SECOND${size(type.secondPrecision)}`;
  }
  visitLONG(): string {
    return "LONG";
  }
  override visitTIMESTAMP(type: t.TypeEngine): string {
    const { timezone, localTimezone } = type as TIMESTAMP & { readonly localTimezone?: boolean };
    return localTimezone
      ? "TIMESTAMP WITH LOCAL TIME ZONE"
      : timezone
        ? "TIMESTAMP WITH TIME ZONE"
        : "TIMESTAMP";
  }
  override visitDOUBLE_PRECISION(type: t.TypeEngine): string {
    return this.number("DOUBLE PRECISION", type);
  }
  visitBINARY_DOUBLE(type: t.TypeEngine): string {
    return this.number("BINARY_DOUBLE", type);
  }
  visitBINARY_FLOAT(type: t.TypeEngine): string {
    return this.number("BINARY_FLOAT", type);
  }
  visitNUMBER(type: t.TypeEngine): string {
    return this.number("NUMBER", type);
  }

  /** Oracle counts binary digits: decimal ones do not become such by themselves. */
  override visitFLOAT(type: Exact): string {
    const { precision, binaryPrecision = null } = type;
    if (precision && binaryPrecision === null)
      throw new ArgumentError(
        "Oracle Database FLOAT types use 'binary precision', which does not convert cleanly from decimal 'precision'.  Please specify this type with a " +
          `separate Oracle Database variant, such as ${classLabel(type.typeClass)}(precision=${precision}).with_variant(oracle.FLOAT` +
          `(binary_precision=${Math.trunc(precision / 0.30103)}), 'oracle'), so that the Oracle Database specific 'binary_precision' may be specified accurately.`,
      );
    return this.number("FLOAT", type, binaryPrecision);
  }

  override visitString(type: Sized): string {
    return this.visitVARCHAR2(type);
  }
  visitVARCHAR2(type: Sized): string {
    return this.varchar(type, "", "2");
  }
  visitNVARCHAR2(type: Sized): string {
    return this.varchar(type, "N", "2");
  }
  override visitNVARCHAR(type: Sized): string {
    return this.visitNVARCHAR2(type);
  }
  override visitVARCHAR(type: Sized): string {
    return this.varchar(type, "", "");
  }
  override visitText(): string {
    return "CLOB";
  }
  override visitUnicodeText(): string {
    return this.useNchar ? "NCLOB" : "CLOB";
  }
  override visitBigInteger(type: t.TypeEngine): string {
    return this.number("NUMBER", type, 19);
  }
  override visitBoolean(type: t.TypeEngine, options: RenderOptions): string {
    return this.visitSMALLINT(type, options);
  }
  visitRAW(type: Sized): string {
    return this.sized("RAW", type.length);
  }
  visitROWID(): string {
    return "ROWID";
  }
}

const RESERVED = words(`
  share raw drop between from desc option prior long then default alter is into minus integer number grant identified all to order on float date
  having cluster nowait resource any table index for update where check smallint with delete by asc revoke like size rename nocompress null group
  values as in view exclusive compress synonym select insert exists not trigger else create intersect pctfree distinct user connect set mode of
  unique varchar2 varchar lock or char decimal union public and start uid comment current level`);
const ILLEGAL_INITIAL = new Set("0123456789_$");

export class OracleIdentifierPreparer extends IdentifierPreparer {
  override get reservedWords(): ReadonlySet<string> {
    return RESERVED;
  }
  override get illegalInitialCharacters(): ReadonlySet<string> {
    return ILLEGAL_INITIAL;
  }

  bindparamRequiresQuotes(name: string): boolean {
    return (
      this.reservedWords.has(name.toLowerCase()) ||
      ILLEGAL_INITIAL.has(name[0] ?? "$") ||
      !this.legalCharacters.test(name)
    );
  }

  override formatSavepoint(savepoint: { readonly ident: string }): string {
    return super.formatSavepoint(savepoint, savepoint.ident.replace(/^_+/, ""));
  }
}
