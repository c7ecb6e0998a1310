// PostgreSQL: types change with USING, identities by option, index expressions are compared as it writes them back.
import {
  DefaultClause,
  Identity,
  type Column,
  type Constraint,
  type Index,
  type Table,
} from "../../sql/schema/index.ts";
import {
  ClauseElement,
  ColumnClause,
  Float,
  literalColumn,
  NullType,
  Numeric,
  select,
  type TypeEngine,
} from "../../sql/index.ts";
import { Column as ColumnClass } from "../../sql/schema/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { CommandError } from "../errors.ts";
import {
  AlterColumn,
  column,
  ColumnComment,
  IdentityColumnDefault,
  literal,
  RenameTable,
  renamedTable,
  spelled,
  tableName,
  typeText,
} from "./elements.ts";
import {
  type AlterColumnChanges,
  DefaultImpl,
  registerImpl,
  type RenderExpression,
  type TypeRendering,
} from "./impl.ts";
import { ComparisonResult } from "./signatures.ts";

/** ALTER COLUMN … TYPE … USING … */
export class PostgresqlColumnType extends AlterColumn {
  readonly using: Value;
  constructor(
    name: string,
    columnName: string,
    type: Value,
    schema: string | null,
    existing: ConstructorParameters<typeof AlterColumn>[4],
    using: Value,
  ) {
    super(name, columnName, type, schema, existing);
    this.using = using;
  }
}

const MODIFIERS = [
  /( asc nulls last)$/,
  /(?<! desc)( nulls last)$/,
  /( asc)$/,
  /( asc) nulls first$/,
  / desc( nulls first)$/,
];
/** How a type with a type inside is rendered: which attribute has it, and what stands before it in the repr. */
const WITH_SUBTYPE: Readonly<Record<string, readonly [attribute: string, before: string]>> = {
  HSTORE: ["text_type", "(.+?\\(.*text_type=)"],
  ARRAY: ["item_type", "(.+?\\()"],
  JSON: ["astext_type", "(.+?\\(.*astext_type=)"],
  JSONB: ["astext_type", "(.+?\\(.*astext_type=)"],
};

export class PostgresqlImpl extends DefaultImpl {
  static override readonly transactionalDdl = true;
  override get typeSynonyms(): readonly (readonly string[])[] {
    return [...super.typeSynonyms, ["FLOAT", "DOUBLE PRECISION"]];
  }

  override createIndex(index: Index, kw: Kwargs = new Map()): void {
    includeColumns(index, "postgresql_include");
    super.createIndex(index, kw);
  }
  override prepTableForBatch(named: ReadonlyMap<string, Constraint>, table: Table): void {
    for (const c of table.constraints) if (c.name !== null && named.has(c.name)) this.dropConstraint(c);
  }
  override alterColumn(
    table: string,
    columnName: string,
    changes: AlterColumnChanges,
    schema: string | null,
    kw: Kwargs = new Map(),
  ): void {
    const using = kw.get("postgresql_using") ?? null;
    const type = changes.type ?? null;
    if (using !== null && type === null)
      throw new CommandError("postgresql_using must be used with the type_ parameter");
    if (type !== null) this.run(new PostgresqlColumnType(table, columnName, type, schema, changes, using));
    super.alterColumn(table, columnName, { ...changes, type: null }, schema, kw);
  }

  override compareServerDefault(
    inspected: Column,
    model: Column,
    ofModel: string | null,
    reflected: string | null,
  ): boolean {
    if (model.primaryKey && model === (model.table as Table)._autoincrementColumn) return false;
    let conn = reflected;
    if (conn && /^nextval\('(.+?)'::regclass\)/.test(conn)) conn = conn.replaceAll("::regclass", "");
    if (conn === ofModel) return false;
    if (conn === null || ofModel === null || model.serverDefault === null) return true;
    let wanted: Value = (model.serverDefault as DefaultClause).arg;
    if (typeof wanted === "string") {
      if (!(inspected.type instanceof Numeric || inspected.type instanceof Float))
        wanted = `'${wanted.replace(/^'|'$/g, "")}'`;
      wanted = literalColumn(wanted as string);
    }
    const same = (literalColumn(conn) as unknown as { eq(other: Value): Value }).eq(wanted);
    const found = (this.connection as unknown as { scalar(s: Value): Value }).scalar(select([same]));
    return !host.isTrue(found);
  }
  override correctForAutogenConstraints(_uniques: unknown, connIndexes: Set<Index>): void {
    for (const i of [...connIndexes])
      if (host.isTrue(new Map(host.entries(i.info)).get("duplicates_constraint") ?? null))
        connIndexes.delete(i);
  }

  private cleaned(index: Index, given: string): string {
    const bare = (s: string): string => {
      let at = s;
      while (at && at.startsWith("(") && at.endsWith(")")) at = at.slice(1, -1);
      return at;
    };
    let e = given.toLowerCase().replaceAll('"', "").replaceAll("'", "");
    if (index.table) e = e.replaceAll(`${index.table.name.toLowerCase()}.`, "");
    if (e.includes("::")) e = e.replace(/(::[\w ]+\w)/g, "");
    e = bare(e);
    for (const m of MODIFIERS) {
      const found = m.exec(e);
      if (!found) continue;
      const at = found.index + found[0].indexOf(found[1]!);
      e = e.slice(0, at) + e.slice(at + found[1]!.length);
      break;
    }
    e = bare(e);
    if (/^cast\s*\(/.test(e)) e = e.replace(/cast\s*\(/g, "").replace(/as\s+[^)]+\)/g, "");
    return e.replaceAll(" ", "");
  }
  private expressionText(e: Value): string {
    return typeof e === "string" ? e : super.renderDdlSqlExpr(e as ClauseElement);
  }
  private optionsOf(item: Index | Constraint): readonly string[] {
    return host.isTrue(item.dialectKwargs.get("postgresql_nulls_not_distinct") ?? null)
      ? ["nulls_not_distinct"]
      : [];
  }
  override compareIndexes(model: Index, reflected: Index): ComparisonResult {
    const differs: string[] = [];
    const unique = this.compareIndexUnique(model, reflected);
    if (unique !== null) differs.push(unique);
    const [m, r] = [model.expressions, reflected.expressions];
    if (m.length !== r.length) differs.push(`expression number ${r.length} to ${m.length}`);
    if (differs.length > 0) return ComparisonResult.Different(differs);
    const skipped: string[] = [];
    m.forEach((e, i) => {
      const [mine, theirs] = [this.expressionText(e), this.expressionText(r[i])];
      if (this.cleaned(model, mine) === this.cleaned(model, theirs)) return;
      if (mine.trim().endsWith("_ops") && /[ )]/.test(mine)) {
        skipped.push(`expression #${i + 1} ${host.repr(mine)} detected as including operator clause.`);
        host.warn(
          "UserWarning",
          `Expression #${i + 1} ${host.repr(mine)} in index ${host.repr(reflected.name)} detected to include an operator clause. Expression compare cannot proceed. Please move the operator clause to the \`\`postgresql_ops\`\` dict to enable proper compare of the index expressions: https://docs.sqlalchemy.org/en/latest/dialects/postgresql.html#operator-classes`,
        );
      } else differs.push(`expression #${i + 1} ${host.repr(theirs)} to ${host.repr(mine)}`);
    });
    const [mo, ro] = [this.optionsOf(model), this.optionsOf(reflected)].map((o) =>
      host.repr(host.makeTuple(o)),
    );
    if (mo !== ro) differs.push(...`options ${ro!} to ${mo!}`);
    if (differs.length > 0) return ComparisonResult.Different(differs);
    return skipped.length > 0 ? ComparisonResult.Skip(skipped) : ComparisonResult.Equal();
  }
  override compareUniqueConstraint(model: Constraint, reflected: Constraint): ComparisonResult {
    const compared = super.compareUniqueConstraint(model, reflected);
    if (compared.isDifferent) return compared;
    const [m, r] = [this.optionsOf(model), this.optionsOf(reflected)].map((o) =>
      host.repr(host.makeTuple(o)),
    );
    return m === r ? compared : ComparisonResult.Different(`expression ${r!} to ${m!}`);
  }
  override adjustReflectedDialectOptions(facts: ReadonlyMap<string, Value>, kind: string): Kwargs {
    const options = super.adjustReflectedDialectOptions(facts, kind);
    if (!host.isTrue(options.get("postgresql_include") ?? null)) options.delete("postgresql_include");
    return options;
  }
  override renderDdlSqlExpr(expression: ClauseElement, options: RenderExpression = {}): string {
    const e =
      options.isIndex && !(expression instanceof ColumnClause)
        ? ((expression as unknown as { selfGroup(): Value }).selfGroup() as ClauseElement)
        : expression;
    return super.renderDdlSqlExpr(e, options);
  }
  override renderType(type: TypeEngine, rendering: TypeRendering): string | null {
    if (!host.typeModule(type).startsWith("sqlalchemy.dialects.postgresql")) return null;
    const found = WITH_SUBTYPE[(type.constructor as unknown as { visitName: string }).visitName];
    return found ? rendering.withSubtype(type, found[0], found[1]) : null;
  }
}
registerImpl("postgresql", PostgresqlImpl);

/** INCLUDE names columns that a table made up for the index has to have. */
export function includeColumns(index: Index, option: string): void {
  for (const name of host.iterate(index.kwargs.get(option) ?? []) ?? [])
    if (typeof name === "string" && !index.table!.c.has(name))
      index.table!.appendColumn(new ColumnClass(name, new NullType()));
}

spelled(RenameTable, renamedTable, ["postgresql"]);
spelled(
  PostgresqlColumnType,
  (e, p) =>
    `${column(p, e)} TYPE ${typeText(p, e.value)} ${host.isTrue(e.using ?? null) ? `USING ${host.str(e.using)}` : ""}`,
  ["postgresql"],
);
spelled(
  ColumnComment,
  (e, p) =>
    `COMMENT ON COLUMN ${tableName(p, e.tableName, e.schema)}.${p.preparer.quote(e.columnName)} IS ${e.value === null ? "NULL" : literal(p, e.value)}`,
  ["postgresql"],
);
spelled(
  IdentityColumnDefault,
  (e, p) => {
    const identity = e.value as Identity | null;
    if (identity === null) return `${column(p, e)} DROP IDENTITY`;
    if (e.existing.existingServerDefault === null || e.existing.existingServerDefault === undefined)
      return `${column(p, e)} ADD ${p.visitIdentityColumn(identity, {})}`;
    const set = [...e.changed].sort().map((name) => {
      if (name === "always") return `SET GENERATED ${identity.always ? "ALWAYS" : "BY DEFAULT"} `;
      const value = (identity as unknown as Readonly<Record<string, Value>>)[name];
      return `SET ${p.getIdentityOptions(new Identity({ [name]: value } as never))} `;
    });
    return `${column(p, e)} ${set.join("")}`;
  },
  ["postgresql"],
);
