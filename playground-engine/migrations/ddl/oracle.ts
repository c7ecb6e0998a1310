// Oracle: MODIFY for columns, a slash after each statement.
import { Identity } from "../../sql/schema/index.ts";
import { host, type Value } from "../../util/host.ts";
import {
  alter,
  type AlterColumn,
  ColumnComment,
  ColumnDefault,
  ColumnName,
  ColumnNullable,
  ColumnType,
  defaultText,
  IdentityColumnDefault,
  literal,
  type Printer,
  RenameTable,
  renamedColumn,
  renamedTable,
  spelled,
  typeText,
} from "./elements.ts";
import { DefaultImpl, registerImpl } from "./impl.ts";

export class OracleImpl extends DefaultImpl {
  override readonly commandTerminator = "";
  override get typeSynonyms(): readonly (readonly string[])[] {
    return [
      ...super.typeSynonyms,
      ["VARCHAR", "VARCHAR2"],
      ["BIGINT", "INTEGER", "SMALLINT", "DECIMAL", "NUMERIC", "NUMBER"],
      ["DOUBLE", "FLOAT", "DOUBLE_PRECISION"],
    ];
  }
  override get identityAttrsIgnore(): readonly string[] {
    return [];
  }
  get batchSeparator(): Value {
    return this.contextOpts.has("oracle_batch_separator")
      ? this.contextOpts.get("oracle_batch_separator")
      : "/";
  }
  override run(
    given: Value,
    executionOptions: Value = null,
    parameters: Value = undefined,
  ): { readonly rowcount?: number } | null {
    const done = super.run(given, executionOptions, parameters);
    if (this.asSql && host.isTrue(this.batchSeparator)) this.staticOutput(host.str(this.batchSeparator));
    return done;
  }
  override emitBegin(): void {
    this.run("SET TRANSACTION READ WRITE");
  }
  override emitCommit(): void {
    this.run("COMMIT");
  }
  override compareServerDefault(
    _inspected: Value,
    _model: Value,
    ofModel: string | null,
    reflected: string | null,
  ): boolean {
    const bare = (s: string | null): string | null =>
      s && s.replace(/^\((.+)\)$/, "$1").replace(/^"?'(.+)'"?$/, "$1");
    return (bare(reflected)?.trim() ?? null) !== bare(ofModel);
  }
}
registerImpl("oracle", OracleImpl);

const ON = ["oracle"];
const modify = (p: Printer, e: AlterColumn): string =>
  `${alter(p, e)} MODIFY ${p.preparer.quote(e.columnName)}`;
spelled(ColumnNullable, (e, p) => `${modify(p, e)} ${host.isTrue(e.value) ? "NULL" : "NOT NULL"}`, ON);
spelled(ColumnType, (e, p) => `${modify(p, e)} ${typeText(p, e.value)}`, ON);
spelled(ColumnName, renamedColumn, ON);
spelled(RenameTable, renamedTable, ON);
spelled(
  ColumnDefault,
  (e, p) => `${modify(p, e)} ${e.value === null ? "DEFAULT NULL" : `DEFAULT ${defaultText(p, e.value)}`}`,
  ON,
);
spelled(
  ColumnComment,
  (e, p) => `COMMENT ON COLUMN ${e.tableName}.${e.columnName} IS ${literal(p, e.value ?? "")}`,
  ON,
);
spelled(
  IdentityColumnDefault,
  (e, p) =>
    `${modify(p, e)} ${e.value instanceof Identity ? p.visitIdentityColumn(e.value, {}) : "DROP IDENTITY"}`,
  ON,
);
