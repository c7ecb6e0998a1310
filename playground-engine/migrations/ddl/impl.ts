// How a dialect carries out operations: sends statements to the connection, or writes them in offline mode.
//
// Behaviour: alembic.ddl.impl and its subclasses. What an operation means is toimpl's (operations/); how it is spelled is elements.ts.
import { Column, MetaData, PrimaryKeyConstraint, Table } from "../../sql/schema/index.ts";
import {
  AddConstraint,
  CreateIndex,
  CreateTable,
  DropConstraint,
  DropIndex,
  DropTable,
  DropTableComment,
  ExecutableDDLElement,
  SetColumnComment,
  SetTableComment,
} from "../../sql/ddl.ts";
import { Computed, Constraint, DefaultClause, Identity, Index } from "../../sql/schema/index.ts";
import { ClauseElement, String as StringType, text } from "../../sql/index.ts";
import { compile } from "../../compiler/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { CommandError } from "../errors.ts";
import { seams } from "../seams.ts";
import {
  AddColumn,
  ColumnComment,
  ColumnDefault,
  ColumnName,
  ColumnNullable,
  ColumnType,
  ComputedColumnDefault,
  DropColumn,
  type ExistingColumn,
  IdentityColumnDefault,
  RenameTable,
  RestatedColumn,
} from "./elements.ts";

export interface Bind {
  readonly dialect: { readonly name: string };
  execute(statement: Value, parameters?: Value): { readonly rowcount?: number } | null;
  executionOptions(options: Kwargs): Bind;
}

/** What alter_column changes; undefined leaves as it is. */
export interface AlterColumnChanges extends ExistingColumn {
  readonly nullable?: boolean | null;
  readonly serverDefault?: Value;
  readonly name?: string | null;
  readonly type?: Value;
  readonly comment?: Value;
}

export class DefaultImpl {
  readonly dialect: {
    readonly name: string;
    readonly supportsComments?: boolean;
    readonly inlineComments?: boolean;
  };
  connection: Bind | null;
  readonly asSql: boolean;
  transactionalDdl: boolean;
  readonly outputBuffer: Value;
  readonly contextOpts: ReadonlyMap<string, Value>;
  readonly commandTerminator: string = ";";
  /** What listeners of tables remember within one run: types created already. */
  readonly memo = new Map<unknown, unknown>();

  constructor(
    dialect: DefaultImpl["dialect"],
    connection: Bind | null,
    asSql: boolean,
    transactionalDdl: boolean | null,
    outputBuffer: Value,
    contextOpts: ReadonlyMap<string, Value>,
  ) {
    this.dialect = dialect;
    this.connection = connection;
    this.asSql = asSql;
    this.outputBuffer = outputBuffer;
    this.contextOpts = contextOpts;
    this.transactionalDdl = transactionalDdl ?? (this.constructor as typeof DefaultImpl).transactional;
    if (this.literalBinds && !asSql)
      throw new CommandError("Can't use literal_binds setting without as_sql mode");
  }
  static readonly transactional: boolean = false;

  get literalBinds(): boolean {
    return this.contextOpts.get("literal_binds") === true;
  }
  get bind(): Value {
    return this.connection;
  }

  staticOutput(line: string): void {
    if (this.outputBuffer === null) seams.write(`${line}\n\n`);
    else host.call(host.getAttribute(this.outputBuffer, "write"), [`${line}\n\n`]);
  }
  startMigrations(): void {
    // for dialects that have something to say first
  }
  emitBegin(): void {
    this.staticOutput(`BEGIN${this.commandTerminator}`);
  }
  emitCommit(): void {
    this.staticOutput(`COMMIT${this.commandTerminator}`);
  }

  /** @internal */
  run(
    given: Value,
    executionOptions: Value = null,
    parameters: Value = undefined,
  ): { readonly rowcount?: number } | null {
    const construct = typeof given === "string" ? text(given) : given;
    if (this.asSql) {
      if (parameters !== undefined) throw host.error("TypeError", "SQL parameters not allowed with as_sql");
      const literal = this.literalBinds && !(construct instanceof ExecutableDDLElement);
      const compiled =
        construct instanceof ExecutableDDLElement
          ? (this.dialect as unknown as Printing).ddlCompiler(construct, {})
          : compile(
              construct as ClauseElement,
              this.dialect as never,
              (literal ? { compileKwargs: { literalBinds: true } } : {}) as never,
            );
      this.staticOutput(String(compiled).replaceAll("\t", "    ").trim() + this.commandTerminator);
      return null;
    }
    const options =
      executionOptions === null || executionOptions === undefined
        ? null
        : new Map([...host.entries(executionOptions)!].map(([k, v]) => [host.str(k), v] as const));
    const connection = options?.size ? this.connection!.executionOptions(options) : this.connection!;
    return connection.execute(construct, parameters ?? null);
  }
  execute(sql: Value, executionOptions: Value = null): void {
    this.run(sql, executionOptions);
  }

  versionTable(name: string, schema: string | null, pk: boolean): Table {
    const table = new Table(
      name,
      new MetaData(),
      [new Column("version_num", new StringType(32), [], { nullable: false })],
      { schema } as never,
    );
    if (pk) table.appendConstraint(new PrimaryKeyConstraint(["version_num"], { name: `${name}_pkc` }));
    return table;
  }

  // -- changes -------------------------------------------------------------------------------

  alterColumn(table: string, column: string, changes: AlterColumnChanges, schema: string | null): void {
    const known: ExistingColumn = {
      existingType: changes.existingType,
      existingNullable: changes.existingNullable,
      existingServerDefault: changes.existingServerDefault,
      existingComment: changes.existingComment,
      using: changes.using,
    };
    if (changes.nullable !== undefined && changes.nullable !== null)
      this.run(new ColumnNullable(table, column, changes.nullable, schema, known));
    if (changes.serverDefault !== undefined && changes.serverDefault !== false) {
      const either = [changes.serverDefault, changes.existingServerDefault];
      const Kind = either.some((d) => d instanceof Computed)
        ? ComputedColumnDefault
        : either.some((d) => d instanceof Identity)
          ? IdentityColumnDefault
          : ColumnDefault;
      this.run(new Kind(table, column, changes.serverDefault, schema, known));
    }
    if (changes.type !== undefined && changes.type !== null)
      this.run(new ColumnType(table, column, changes.type, schema, known));
    if (changes.comment !== undefined && changes.comment !== false)
      this.run(new ColumnComment(table, column, changes.comment, schema, known));
    if (changes.name !== undefined && changes.name !== null)
      this.run(new ColumnName(table, column, changes.name, schema, known));
  }
  addColumn(
    table: string,
    column: Column,
    options: {
      readonly schema?: string | null;
      readonly ifNotExists?: boolean | null;
      readonly inlineReferences?: boolean | null;
      readonly inlinePrimaryKey?: boolean | null;
    } = {},
  ): void {
    this.run(
      new AddColumn(
        table,
        column,
        options.schema ?? null,
        options.ifNotExists ?? null,
        options.inlineReferences ?? null,
        options.inlinePrimaryKey ?? null,
      ),
    );
  }
  dropColumn(
    table: string,
    column: Column,
    options: { readonly schema?: string | null; readonly ifExists?: boolean | null } = {},
  ): void {
    this.run(new DropColumn(table, column, options.schema ?? null, options.ifExists ?? null));
  }
  addConstraint(constraint: Constraint): void {
    const rule = (constraint as { _createRule?: ((c: unknown) => boolean) | null })._createRule;
    if (!rule || rule(this)) this.run(new AddConstraint(constraint));
  }
  dropConstraint(constraint: Constraint, options: { readonly ifExists?: boolean } = {}): void {
    this.run(new DropConstraint(constraint, options));
  }
  renameTable(old: string, name: string, schema: string | null): void {
    this.run(new RenameTable(old, name, schema));
  }
  createTable(table: Table, options: { readonly ifNotExists?: boolean } = {}): void {
    this.announce(table, "beforeCreate");
    this.run(new CreateTable(table, null, options.ifNotExists === true));
    this.announce(table, "afterCreate");
    for (const index of table.indexes) this.run(new CreateIndex(index));
    if (!this.commentsApart) return;
    if (table.comment) this.createTableComment(table);
    for (const column of table.columns) if (column.comment) this.createColumnComment(column as Column);
  }
  /** @internal comments are statements of their own */
  get commentsApart(): boolean {
    return this.dialect.supportsComments === true && this.dialect.inlineComments !== true;
  }
  dropTable(table: Table, options: { readonly ifExists?: boolean } = {}): void {
    this.announce(table, "beforeDrop");
    this.run(new DropTable(table, options.ifExists === true));
    this.announce(table, "afterDrop");
  }
  /** Listeners of the table: named types create themselves so. */
  private announce(table: Table, event: "beforeCreate" | "afterCreate" | "beforeDrop" | "afterDrop"): void {
    table.dispatch[event].emit(
      table,
      this.connection as never,
      new Map<string, Value>([
        ["checkfirst", false],
        ["_ddl_runner", this],
      ]) as never,
    );
  }
  createIndex(index: Index, options: { readonly ifNotExists?: boolean } = {}): void {
    this.run(new CreateIndex(index, options.ifNotExists === true));
  }
  dropIndex(index: Index, options: { readonly ifExists?: boolean } = {}): void {
    this.run(new DropIndex(index, options.ifExists === true));
  }
  createTableComment(table: Table): void {
    this.run(new SetTableComment(table));
  }
  dropTableComment(table: Table): void {
    this.run(new DropTableComment(table));
  }
  createColumnComment(column: Column): void {
    this.run(new SetColumnComment(column));
  }

  bulkInsert(table: Table, rows: Value, multiinsert: boolean): void {
    if (host.kindOf(rows) !== "list") throw host.error("TypeError", "List expected");
    const all = [...host.iterate(rows)!];
    if (all.length > 0 && host.kindOf(all[0]) !== "dict")
      throw host.error("TypeError", "List of dictionaries expected");
    if (this.asSql) {
      for (const row of all) {
        const values = [...host.entries(row)!].map(
          ([k, v]) =>
            [
              k,
              v instanceof ClauseElement
                ? v
                : inlineLiteral(k as string, v, (table.c.get(k as string) as Column).type),
            ] as const,
        );
        this.run(
          (table.insert() as unknown as Inserting).inline().values([host.makeDict(values)], new Map()),
        );
      }
    } else if (all.length > 0) {
      if (multiinsert) this.run((table.insert() as unknown as Inserting).inline(), null, rows);
      else
        for (const row of all)
          this.run((table.insert() as unknown as Inserting).inline().values([row], new Map()));
    }
  }

  // -- batch ---------------------------------------------------------------------------------

  /** Whether these changes of a table need a copy of it. */
  requiresRecreateInBatch(_changes: readonly { readonly name: string; readonly column?: Column }[]): boolean {
    return false;
  }
}

interface Printing {
  ddlCompiler(element: ExecutableDDLElement, options: object): unknown;
}
interface Inserting {
  inline(): Inserting;
  values(args: Value[], kwargs: Kwargs): Inserting;
}

/** A value written into the statement itself. */
export let inlineLiteral: (key: string | null, value: Value, type: Value) => Value;
export function useInlineLiteral(f: typeof inlineLiteral): void {
  inlineLiteral = f;
}

const NO_ALTER =
  "No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.";

export class SQLiteImpl extends DefaultImpl {
  override addConstraint(constraint: Constraint): void {
    const rule = (constraint as { _createRule?: ((c: unknown) => boolean) | null })._createRule;
    if (!rule) throw host.error("NotImplementedError", NO_ALTER);
    if (rule(this))
      host.warn(
        "UserWarning",
        "Skipping unsupported ALTER for creation of implicit constraint. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.",
      );
  }
  override dropConstraint(constraint: Constraint): void {
    if (!(constraint as { _createRule?: unknown })._createRule)
      throw host.error("NotImplementedError", NO_ALTER);
  }
  override requiresRecreateInBatch(
    changes: readonly { readonly name: string; readonly column?: Column }[],
  ): boolean {
    return changes.some(({ name, column }) => {
      if (name !== "add_column") return name !== "create_index" && name !== "drop_index";
      const d = column!.serverDefault as unknown;
      return (
        (d instanceof DefaultClause && d.arg instanceof ClauseElement) ||
        (d instanceof Computed && d.persisted === true)
      );
    });
  }
}

export class PostgresqlImpl extends DefaultImpl {
  static override readonly transactional = true;
}
export class MySQLImpl extends DefaultImpl {
  /** MySQL states a column anew: what is not changed has to be known. */
  override alterColumn(
    table: string,
    column: string,
    changes: AlterColumnChanges,
    schema: string | null,
  ): void {
    const given = (v: Value): boolean => v !== undefined && v !== null;
    const renamed = given(changes.name) && changes.name !== column;
    const commented = changes.comment !== undefined && changes.comment !== false;
    if (!renamed && !given(changes.nullable) && !given(changes.type) && !commented) {
      super.alterColumn(table, column, { ...changes, name: null }, schema);
      return;
    }
    const type = changes.type ?? changes.existingType ?? null;
    if (type === null)
      throw new CommandError("All MySQL CHANGE/MODIFY COLUMN operations require the existing type.");
    const defaulted =
      changes.serverDefault !== undefined && changes.serverDefault !== false
        ? changes.serverDefault
        : changes.existingServerDefault;
    this.run(
      new RestatedColumn(table, column, renamed ? changes.name! : null, schema, {
        existingType: type,
        existingNullable: changes.nullable ?? changes.existingNullable ?? true,
        existingServerDefault: defaulted ?? false,
        existingComment: commented ? changes.comment : (changes.existingComment ?? null),
      }),
    );
  }
}
export class MariaDBImpl extends MySQLImpl {}
export class MSSQLImpl extends DefaultImpl {
  static override readonly transactional = true;
  override emitBegin(): void {
    this.staticOutput(`BEGIN TRANSACTION${this.commandTerminator}`);
  }
  override emitCommit(): void {
    super.emitCommit();
    this.staticOutput("GO");
  }
}
export class OracleImpl extends DefaultImpl {
  static override readonly transactional = true;
  override readonly commandTerminator = "";
  override run(
    given: Value,
    executionOptions: Value = null,
    parameters: Value = undefined,
  ): { readonly rowcount?: number } | null {
    const done = super.run(given, executionOptions, parameters);
    if (this.asSql) this.staticOutput("/");
    return done;
  }
  override emitBegin(): void {
    // Oracle begins by itself
  }
  override emitCommit(): void {
    this.staticOutput("COMMIT");
  }
}

const IMPLS: Readonly<Record<string, typeof DefaultImpl>> = {
  sqlite: SQLiteImpl,
  postgresql: PostgresqlImpl,
  mysql: MySQLImpl,
  mariadb: MariaDBImpl,
  mssql: MSSQLImpl,
  oracle: OracleImpl,
};

/** @throws KeyError for a dialect that Alembic does not know */
export function implFor(dialect: string): typeof DefaultImpl {
  const found = Object.hasOwn(IMPLS, dialect) ? IMPLS[dialect] : undefined;
  if (!found) throw host.error("KeyError", dialect);
  return found;
}
