// What a SQLite database says of itself: PRAGMAs, and what they leave out read from the SQL in sqlite_master.
//
// The same PRAGMAs in the same order as the real library, repeated where it repeats them.
// Behaviour: SQLAlchemy dialects/sqlite/base.py (the reflection half of SQLiteDialect).
import { ArgumentError, DBAPIError, NoSuchTableError } from "../../errors/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { compareText, findMatchingParen } from "../../util/text.ts";
import { TextClause } from "../../sql/elements/text.ts";
import type { TypeClass, TypeEngine } from "../../sql/types/engine.ts";
import { INTEGER, NullType, NUMERIC, REAL, TEXT } from "../../sql/types/index.ts";
import { signatureOf } from "../../sql/types/signature.ts";
import { classLabel } from "../../sql/repr.ts";
import { DefaultDialect } from "../default.ts";
import type { Reflected, ReflectionConnection, ReflectionResult } from "../dialect.ts";
import { cached, splitSchema, TABLE_OBJECT } from "../reflection-cache.ts";
import { ischemaNames } from "./types.ts";

type Schema = string | null | undefined;
const NO_KW: Kwargs = new Map();
const WORD = "[\\p{L}\\p{N}_]";
const SYSTEM_TABLES = new Set(["sqlite_schema", "sqlite_master", "sqlite_temp_schema", "sqlite_temp_master"]);

const PK_NAME = new RegExp(`CONSTRAINT +(?:"(.+?)"|(${WORD}+)) +PRIMARY KEY`, "iu");
const FOREIGN_KEY = new RegExp(
  `(?:CONSTRAINT +(?:"(.+?)"|(${WORD}+)) +)?FOREIGN KEY *\\( *(.+?) *\\) +` +
    `REFERENCES +(?:(?:"(.+?)")|([a-z0-9_]+)) *\\( *((?:(?:"[^"]+"|[a-z0-9_]+) *(?:, *)?)+)\\) *` +
    `((?:ON (?:DELETE|UPDATE) (?:SET NULL|SET DEFAULT|CASCADE|RESTRICT|NO ACTION) *)*)` +
    `((?:NOT +)?DEFERRABLE)?(?: +INITIALLY +(DEFERRED|IMMEDIATE))?`,
  "giu",
);
const UNIQUE = new RegExp(`(?:CONSTRAINT +(?:"(.+?)"|(${WORD}+)) +)?UNIQUE *\\((.+?)\\)`, "giu");
const INLINE_UNIQUE =
  /(?:(".+?")|(?:[[`])?([a-z0-9_]+)(?:[\]`])?)[\t ]+[a-z0-9_]+(?:[\t ]+[a-z0-9_]+)*?[\t ]+UNIQUE/gi;
const CHECK =
  /(?<![A-Za-z0-9_])(?:CONSTRAINT\s+("(?:[^"]|"")+"|'(?:[^']|'')+'|\[(?:[^\]]|\]\])+\]|`(?:[^`]|``)+`|\S+)\s+)?CHECK\s*\(/gi;
const COLUMN_IN_LIST = /(?:"(.+?)")|([a-z0-9_]+)/gi;

function columnsInSignature(text: string): string[] {
  return [...text.matchAll(COLUMN_IN_LIST)].map(([, quoted, plain]) => (quoted || plain) as string);
}

/** By name, unnamed last. */
function byName(a: Reflected, b: Reflected): number {
  const name = (r: Reflected): string => (r.get("name") as string | null) || "~";
  return compareText(name(a), name(b));
}

const reflected = (...entries: [string, Value][]): Reflected => new Map(entries);
type Cells = readonly Value[];

export abstract class SQLiteReflection extends DefaultDialect {
  // -- asking -------------------------------------------------------------------------------------

  private run(
    connection: ReflectionConnection,
    sql: string,
    parameters?: readonly Value[],
  ): ReflectionResult {
    return connection.execDriverSql(sql, parameters) as ReflectionResult;
  }

  private rows(result: ReflectionResult): Cells[] {
    return result._softClosed ? [] : [...result.fetchall()].map((row) => [...row]);
  }

  private names(connection: ReflectionConnection, sql: string): readonly string[] {
    return this.run(connection, sql).scalars().all() as readonly string[];
  }

  private quoteName(name: string): string {
    return this.identifierPreparer.quoteIdentifier(name);
  }

  private prefix(schema: string | null): string {
    return schema ? `${this.quoteName(schema)}.` : "";
  }

  private noSuchTable(table: string, schema: string | null): NoSuchTableError {
    return new NoSuchTableError(schema ? `${schema}.${table}` : table);
  }

  /** Rows of a PRAGMA about a table: of one schema, or of main and then temp. */
  private pragma(
    connection: ReflectionConnection,
    pragma: string,
    table: string,
    schema: string | null,
  ): Cells[] {
    const schemas = schema === null ? ["main", "temp"] : [this.quoteName(schema)];
    for (const s of schemas) {
      const found = this.rows(this.run(connection, `PRAGMA ${s}.${pragma}(${this.quoteName(table)})`));
      if (found.length) return found;
    }
    return [];
  }

  /** The CREATE statement of a table or view; null for tables of the system. Throws NoSuchTableError. */
  private tableSql(
    connection: ReflectionConnection,
    table: string,
    schema: Schema,
    given: Kwargs = NO_KW,
  ): string | null {
    return cached("_get_table_sql", [table, schema], given, () => {
      const [of] = splitSchema(schema, given);
      const master = this.prefix(of);
      const tail = "WHERE name = ? AND type in ('table', 'view')";
      let result: ReflectionResult;
      try {
        result = this.run(
          connection,
          `SELECT sql FROM  (SELECT * FROM ${master}sqlite_master UNION ALL   SELECT * FROM ${master}sqlite_temp_master) ${tail}`,
          [table],
        );
      } catch (e) {
        if (!(e instanceof DBAPIError)) throw e;
        result = this.run(connection, `SELECT sql FROM ${master}sqlite_master ${tail}`, [table]);
      }
      const sql = result.scalar();
      if (sql === null && !SYSTEM_TABLES.has(table)) throw new NoSuchTableError(`${master}${table}`);
      return sql as string | null;
    });
  }

  // -- what there is --------------------------------------------------------------------------------

  override getSchemaNames(connection: ReflectionConnection, kw: Kwargs = NO_KW): readonly string[] {
    return cached("get_schema_names", [], kw, () =>
      this.rows(this.run(connection, "PRAGMA database_list"))
        .map((db) => db[1] as string)
        .filter((name) => name !== "temp"),
    );
  }

  private masterQuery(table: string, type: string, schema: string | null, kw: Kwargs): string {
    const filter =
      kw.get("sqlite_include_internal") === true ? "" : " AND name NOT LIKE 'sqlite~_%' ESCAPE '~'";
    return `SELECT name FROM ${schema === null ? "" : `${this.quoteName(schema)}.`}${table} WHERE type='${type}'${filter} ORDER BY name`;
  }

  override getTableNames(
    connection: ReflectionConnection,
    schema?: Schema,
    kw: Kwargs = NO_KW,
  ): readonly string[] {
    return cached("get_table_names", [schema], kw, () =>
      this.names(connection, this.masterQuery("sqlite_master", "table", splitSchema(schema, kw)[0], kw)),
    );
  }

  override getTempTableNames(connection: ReflectionConnection, kw: Kwargs = NO_KW): readonly string[] {
    return cached("get_temp_table_names", [], kw, () =>
      this.names(connection, this.masterQuery("sqlite_temp_master", "table", null, kw)),
    );
  }

  override getViewNames(
    connection: ReflectionConnection,
    schema?: Schema,
    kw: Kwargs = NO_KW,
  ): readonly string[] {
    return cached("get_view_names", [schema], kw, () =>
      this.names(connection, this.masterQuery("sqlite_master", "view", splitSchema(schema, kw)[0], kw)),
    );
  }

  override getTempViewNames(connection: ReflectionConnection, kw: Kwargs = NO_KW): readonly string[] {
    return cached("get_temp_view_names", [], kw, () =>
      this.names(connection, this.masterQuery("sqlite_temp_master", "view", null, kw)),
    );
  }

  override hasTable(
    given: ReflectionConnection | object,
    table: string,
    schema?: Schema,
    kw: Kwargs = NO_KW,
  ): boolean {
    const connection = given as ReflectionConnection;
    return cached("has_table", [table, schema], kw, () => {
      if (typeof connection.execDriverSql !== "function")
        throw new ArgumentError(
          `The argument passed to Dialect.has_table() should be a <class 'sqlalchemy.engine.base.Connection'>, got ${host.str(host.typeOf(given))}. Additionally, the ` +
            "Dialect.has_table() method is for internal dialect use only; please use ``inspect(some_engine).has_table(<tablename>>)`` for public API use.",
        );
      const [of, rest] = splitSchema(schema, kw);
      if (of !== null && !this.getSchemaNames(connection, rest).includes(of)) return false;
      return this.pragma(connection, "table_info", table, of).length > 0;
    });
  }

  override getViewDefinition(
    connection: ReflectionConnection,
    view: string,
    schema?: Schema,
    kw: Kwargs = NO_KW,
  ): string {
    return cached("get_view_definition", [view, schema], kw, () => {
      const [of] = splitSchema(schema, kw);
      let found: Cells[];
      if (of !== null)
        found = this.rows(
          this.run(
            connection,
            `SELECT sql FROM ${this.quoteName(of)}.sqlite_master WHERE name = ? AND type='view'`,
            [view],
          ),
        );
      else {
        try {
          found = this.rows(
            this.run(
              connection,
              "SELECT sql FROM  (SELECT * FROM sqlite_master UNION ALL   SELECT * FROM sqlite_temp_master) WHERE name = ? AND type='view'",
              [view],
            ),
          );
        } catch (e) {
          if (!(e instanceof DBAPIError)) throw e;
          found = this.rows(
            this.run(connection, "SELECT sql FROM sqlite_master WHERE name = ? AND type='view'", [view]),
          );
        }
      }
      if (!found[0]) throw this.noSuchTable(view, of);
      return found[0][0] as string;
    });
  }

  // -- columns ----------------------------------------------------------------------------------------

  override getColumns(
    connection: ReflectionConnection,
    table: string,
    schema?: Schema,
    kw: Kwargs = NO_KW,
  ): Reflected[] {
    return cached("get_columns", [table, schema], kw, () => {
      const [of, rest] = splitSchema(schema, kw);
      const extended = this.atLeast(3, 31);
      const columns: Reflected[] = [];
      let body: string | null = null;
      for (const row of this.pragma(connection, extended ? "table_xinfo" : "table_info", table, of)) {
        // hidden: 1 of a virtual table, 2 computed, 3 computed and stored
        const hidden = extended ? Number(row[6]) : 0;
        if (hidden === 1) continue;
        if (body === null && hidden)
          body = this.tableBody(this.tableSql(connection, table, of, rest) as string);
        columns.push(this.columnInfo(row, hidden, body));
      }
      if (columns.length) return columns;
      if (!this.hasTable(connection, table, of)) throw this.noSuchTable(table, of);
      return [];
    });
  }

  private atLeast(major: number, minor: number): boolean {
    const [a = 0, b = 0] = this.serverVersionInfo ?? [];
    return a > major || (a === major && b >= minor);
  }

  private tableBody(sql: string): string {
    const m = /^create table .*?\((.*)\)(?:\s*,?\s*(?:WITHOUT\s+ROWID|STRICT))*$/is.exec(sql.trim());
    if (!m) throw host.error("AssertionError", `create table not found in ${sql}`);
    return (m[1] as string).trim();
  }

  private columnInfo(row: Cells, hidden: number, body: string | null): Reflected {
    const name = row[1] as string;
    let typeText = (row[2] as string).toUpperCase();
    if (hidden)
      typeText = typeText
        .replace(/generated/gi, "")
        .replace(/always/gi, "")
        .trim();
    const info = reflected(
      ["name", name],
      ["type", this.resolveTypeAffinity(typeText)],
      ["nullable", !host.isTrue(row[3])],
      ["default", row[4] === null ? null : host.str(row[4])],
      ["primary_key", row[5]],
    );
    if (hidden) {
      const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      const m =
        body === null
          ? null
          : new RegExp(
              `${escaped}[^,]*\\s+GENERATED\\s+ALWAYS\\s+AS\\s+\\((.*)\\)\\s*(?:virtual|stored)?`,
              "i",
            ).exec(body);
      info.set("computed", reflected(["sqltext", m?.[1] ?? ""], ["persisted", hidden === 3]));
    }
    return info;
  }

  /** The type for a declared type, by SQLite's own rules of affinity where the name is not known. */
  private resolveTypeAffinity(declared: string): TypeEngine {
    const m = new RegExp(`^([${WORD.slice(1, -1)} ]+)(\\(.*?\\))?`, "u").exec(declared);
    const name = m?.[1] ?? "";
    const args = m ? m[2] : "";
    const has = (...parts: string[]): boolean => parts.some((p) => name.includes(p));
    let type: TypeClass;
    if (ischemaNames.has(name)) type = ischemaNames.get(name) as TypeClass;
    else if (has("INT")) type = INTEGER;
    else if (has("CHAR", "CLOB", "TEXT")) type = TEXT;
    else if (has("BLOB") || !name) type = NullType;
    else if (has("REAL", "FLOA", "DOUB")) type = REAL;
    else type = NUMERIC;
    const numbers = (args ?? "").match(/\d+/g) ?? [];
    if (numbers.length <= signatureOf(type).length) return type.construct(numbers.map(Number));
    host.warn(
      "SAWarning",
      `Could not instantiate type <class 'sqlalchemy.sql.sqltypes.${classLabel(type)}'> with reflected arguments ${host.repr(host.makeList(numbers))}; using no arguments.`,
    );
    return type.construct([]);
  }

  // -- constraints --------------------------------------------------------------------------------------

  override getPkConstraint(
    connection: ReflectionConnection,
    table: string,
    schema?: Schema,
    kw: Kwargs = NO_KW,
  ): Reflected {
    return cached("get_pk_constraint", [table, schema], kw, () => {
      const [of, rest] = splitSchema(schema, kw);
      const sql = this.tableSql(connection, table, of);
      const m = sql ? PK_NAME.exec(sql) : null;
      const keys = this.getColumns(connection, table, of, rest)
        .filter((c) => Number(c.get("primary_key") ?? 0) > 0)
        .sort((a, b) => Number(a.get("primary_key")) - Number(b.get("primary_key")))
        .map((c) => c.get("name"));
      if (!keys.length) return reflected(["name", null], ["constrained_columns", []]);
      return reflected(["constrained_columns", keys], ["name", m ? m[1] || (m[2] ?? null) : null]);
    });
  }

  override getForeignKeys(
    connection: ReflectionConnection,
    table: string,
    schema?: Schema,
    kw: Kwargs = NO_KW,
  ): Reflected[] {
    return cached("get_foreign_keys", [table, schema], kw, () => {
      const [of, given] = splitSchema(schema, kw);
      const rest = new Map(given);
      rest.delete(TABLE_OBJECT);
      const byId = new Map<Value, { fk: Reflected; columns: string[]; referred: string[] }>();
      for (const row of this.pragma(connection, "foreign_key_list", table, of)) {
        const [id, , target, column, referredColumn] = row as [Value, Value, string, string, string | null];
        let referred: string[] = [];
        // Without a column named, the primary key of the referred table is meant.
        if (!referredColumn) {
          try {
            referred = [
              ...(this.getPkConstraint(connection, target, of, rest).get("constrained_columns") as string[]),
            ];
          } catch (e) {
            if (!(e instanceof NoSuchTableError)) throw e;
          }
        }
        let known = byId.get(id);
        if (!known) {
          const columns: string[] = [];
          known = {
            columns,
            referred,
            fk: reflected(
              ["name", null],
              ["constrained_columns", columns],
              ["referred_schema", of],
              ["referred_table", target],
              ["referred_columns", referred],
              ["options", reflected()],
            ),
          };
          byId.set(id, known);
        }
        known.columns.push(column);
        if (referredColumn) known.referred.push(referredColumn);
      }
      const signatureText = (parts: readonly string[]): string => JSON.stringify(parts);
      const bySignature = new Map(
        [...byId.values()].map((k) => [
          signatureText([...k.columns, k.fk.get("referred_table") as string, ...k.referred]),
          k.fk,
        ]),
      );
      const named: Reflected[] = [];
      for (const parsed of this.parsedForeignKeys(this.tableSql(connection, table, of))) {
        const signature = [...parsed.columns, parsed.table, ...parsed.referred];
        const fk = bySignature.get(signatureText(signature));
        if (!fk) {
          host.warn(
            "SAWarning",
            `WARNING: SQL-parsed foreign key constraint '${host.repr(host.makeTuple(signature))}' could not be located in PRAGMA foreign_keys for table ${table}`,
          );
          continue;
        }
        bySignature.delete(signatureText(signature));
        fk.set("name", parsed.name);
        fk.set("options", parsed.options);
        named.push(fk);
      }
      return [...named, ...bySignature.values()];
    });
  }

  /** Names and options of FOREIGN KEY clauses, which PRAGMA does not tell. */
  private *parsedForeignKeys(sql: string | null): Generator<{
    name: string | null;
    columns: string[];
    table: string;
    referred: string[];
    options: Reflected;
  }> {
    for (const m of (sql ?? "").matchAll(FOREIGN_KEY)) {
      const [
        ,
        quotedName,
        plainName,
        columnText,
        quotedTable,
        plainTable,
        referredText,
        actions = "",
        deferrable,
        initially,
      ] = m;
      const options = reflected();
      for (const token of actions.toUpperCase().split(/ *\bON\b */)) {
        const action = token.slice(6).trim();
        if (!action || action === "NO ACTION") continue;
        if (token.startsWith("DELETE")) options.set("ondelete", action);
        else if (token.startsWith("UPDATE")) options.set("onupdate", action);
      }
      if (deferrable) options.set("deferrable", !deferrable.toUpperCase().includes("NOT"));
      if (initially) options.set("initially", initially.toUpperCase());
      const columns = columnsInSignature(columnText as string);
      yield {
        name: quotedName || plainName || null,
        columns,
        table: (quotedTable || plainTable) as string,
        referred: referredText ? columnsInSignature(referredText) : columns,
        options,
      };
    }
  }

  override getUniqueConstraints(
    connection: ReflectionConnection,
    table: string,
    schema?: Schema,
    kw: Kwargs = NO_KW,
  ): Reflected[] {
    return cached("get_unique_constraints", [table, schema], kw, () => {
      const [of, rest] = splitSchema(schema, kw);
      const automatic = new Set<string>();
      for (const index of this.getIndexes(
        connection,
        table,
        of,
        new Map<string, Value>([["include_auto_indexes", true], ...rest]),
      ))
        if ((index.get("name") as string).startsWith("sqlite_autoindex"))
          automatic.add(JSON.stringify(index.get("column_names")));
      const sql = this.tableSql(connection, table, of, rest) ?? "";
      const parsed: [string | null, string[]][] = [
        ...[...sql.matchAll(UNIQUE)].map(([, quoted, plain, columns]): [string | null, string[]] => [
          quoted || plain || null,
          columnsInSignature(columns as string),
        ]),
        ...[...sql.matchAll(INLINE_UNIQUE)].map(([, quoted, plain]): [string | null, string[]] => [
          null,
          columnsInSignature((quoted || plain) as string),
        ]),
      ];
      // What has no automatic index is no UNIQUE constraint after all.
      return parsed
        .filter(([, columns]) => automatic.delete(JSON.stringify(columns)))
        .map(([name, columns]) => reflected(["name", name], ["column_names", columns]));
    });
  }

  override getCheckConstraints(
    connection: ReflectionConnection,
    table: string,
    schema?: Schema,
    kw: Kwargs = NO_KW,
  ): Reflected[] {
    return cached("get_check_constraints", [table, schema], kw, () => {
      const [of, rest] = splitSchema(schema, kw);
      const sql = this.tableSql(connection, table, of, rest) ?? "";
      const found: Reflected[] = [];
      for (const m of sql.matchAll(CHECK)) {
        const name = m[1]
          ? m[1].replace(
              /^(["'`])(.+)\1$|^\[(.+)\]$/s,
              (_, __, quoted: string | undefined, bracketed: string | undefined) =>
                (quoted ?? bracketed) as string,
            )
          : null;
        const end = m.index + m[0].length;
        const close = findMatchingParen(sql, end - 1);
        if (close !== undefined)
          found.push(reflected(["sqltext", sql.slice(end, close).trim()], ["name", name]));
      }
      return found.sort(byName);
    });
  }

  override getIndexes(
    connection: ReflectionConnection,
    table: string,
    schema?: Schema,
    given: Kwargs = NO_KW,
  ): Reflected[] {
    return cached("get_indexes", [table, schema], given, () => {
      const [of, kw] = splitSchema(schema, given);
      const includeAuto = kw.get("include_auto_indexes") === true;
      let indexes: Reflected[] = [];
      for (const row of this.pragma(connection, "index_list", table, of)) {
        const name = row[1] as string;
        if (!includeAuto && name.startsWith("sqlite_autoindex")) continue;
        const options = reflected();
        indexes.push(
          reflected(["name", name], ["column_names", []], ["unique", row[2]], ["dialect_options", options]),
        );
        if (row.length >= 5 && host.isTrue(row[4])) {
          const sql = this.run(
            connection,
            `SELECT sql FROM ${this.prefix(of)}sqlite_master WHERE name = ? AND type = 'index'`,
            [name],
          ).scalar() as string;
          const predicate = /\)\s+where\s+(.+)/i.exec(sql)?.[1];
          if (predicate === undefined)
            host.warn("SAWarning", `Failed to look up filter predicate of partial index ${name}`);
          else options.set("sqlite_where", new TextClause(predicate));
        }
      }
      for (const index of [...indexes]) {
        for (const row of this.pragma(connection, "index_info", index.get("name") as string, of)) {
          if (row[2] === null) {
            host.warn(
              "SAWarning",
              `Skipped unsupported reflection of expression-based index ${index.get("name") as string}`,
            );
            indexes = indexes.filter((i) => i !== index);
            break;
          }
          (index.get("column_names") as Value[]).push(row[2]);
        }
      }
      if (indexes.length) return indexes.sort(byName);
      if (!this.hasTable(connection, table, of)) throw this.noSuchTable(table, of);
      return [];
    });
  }
}
