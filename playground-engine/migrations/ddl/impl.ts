// How a dialect carries out operations: sends statements to the connection, or writes them in offline mode; and how it
// compares what a model says with what a database has.
//
// What an operation means is implementations.ts's (operations/); how it is spelled is elements.ts. Behaviour: alembic.ddl.impl.
import {
  Column,
  Computed,
  type Constraint,
  type ForeignKeyConstraint,
  COUNTING_RULES,
  Identity,
  type Index,
  MetaData,
  PrimaryKeyConstraint,
  Table,
} from "../../sql/schema/index.ts";
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
import { Cast, ClauseElement, String as StringType, text, type TypeEngine } from "../../sql/index.ts";
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
} from "./elements.ts";
import {
  ComparisonResult,
  IndexSignature,
  isExpressionIndex,
  type Signature,
  signatureOf,
} from "./signatures.ts";

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
  readonly autoincrement?: Value;
  readonly existingAutoincrement?: Value;
}

/** One change of a batch, as far as the question goes whether the table has to be copied. */
export interface BatchChange {
  readonly name: string;
  readonly column?: Column;
}
export interface RenderExpression {
  readonly isServerDefault?: boolean;
  readonly isIndex?: boolean;
}
/** What rendering a type asks of the comparison that it is part of. */
export interface TypeRendering {
  withSubtype(type: TypeEngine, attribute: string, before: string): string | null;
}
/** A type's text, taken apart. */
interface TypeText {
  readonly token0: string;
  readonly tokens: readonly string[];
  readonly args: readonly string[];
}

const isSaid = (kw: Kwargs, name: string): boolean => host.isTrue(kw.get(name) ?? null);

export class DefaultImpl {
  readonly dialect: {
    readonly name: string;
    readonly defaultSchemaName?: string | null;
    readonly supportsComments?: boolean;
    readonly inlineComments?: boolean;
  };
  connection: Bind | null;
  readonly asSql: boolean;
  transactionalDdl: boolean;
  readonly outputBuffer: Value;
  readonly contextOpts: ReadonlyMap<string, Value>;
  readonly commandTerminator: string = ";";
  /** Where both types of a column say one of these, the types must say the same. */
  readonly typeArgExtract: readonly RegExp[] = [];
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
    this.transactionalDdl = transactionalDdl ?? (this.constructor as typeof DefaultImpl).transactionalDdl;
    if (this.literalBinds && !asSql)
      throw new CommandError("Can't use literal_binds setting without as_sql mode");
  }
  static readonly transactionalDdl: boolean = false;

  get literalBinds(): boolean {
    return this.contextOpts.get("literal_binds") === true;
  }
  get bind(): Value {
    return this.connection;
  }

  staticOutput(line: string): void {
    if (this.outputBuffer === null) {
      seams.write(`${line}\n\n`);
      return;
    }
    const text = `${line}\n\n`;
    const encoding = this.contextOpts.get("output_encoding");
    const encoded = encoding === undefined ? text : host.call(host.getAttribute(text, "encode"), [encoding]);
    host.call(host.getAttribute(this.outputBuffer, "write"), [encoded]);
    const flush = host.getAttribute(this.outputBuffer, "flush");
    if (flush !== undefined) host.call(flush, []);
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
              (literal ? { compileKwargs: new Map([["literal_binds", true]]) } : {}) as never,
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

  /** The table of versions; a program's class may make another, with more columns. */
  versionTableImpl(options: {
    readonly versionTable: string;
    readonly versionTableSchema: string | null;
    readonly versionTablePk: boolean;
  }): Table {
    const { versionTable: name, versionTableSchema: schema } = options;
    const table = new Table(
      name,
      new MetaData(),
      [new Column("version_num", new StringType(32), [], { nullable: false })],
      { schema } as never,
    );
    if (options.versionTablePk)
      table.appendConstraint(new PrimaryKeyConstraint(["version_num"], { name: `${name}_pkc` }));
    return table;
  }

  // -- changes -------------------------------------------------------------------------------

  alterColumn(
    table: string,
    column: string,
    changes: AlterColumnChanges,
    schema: string | null,
    _kw: Kwargs = new Map(),
  ): void {
    const given = (v: Value): boolean => v !== undefined && v !== null;
    if (given(changes.autoincrement) || given(changes.existingAutoincrement))
      host.warn("UserWarning", "autoincrement and existing_autoincrement only make sense for MySQL");
    const known: ExistingColumn = {
      existingType: changes.existingType,
      existingNullable: changes.existingNullable,
      existingServerDefault: changes.existingServerDefault,
      existingComment: changes.existingComment,
    };
    if (given(changes.nullable)) this.run(new ColumnNullable(table, column, changes.nullable, schema, known));
    if (changes.serverDefault !== undefined && changes.serverDefault !== false) {
      const either = [changes.serverDefault, changes.existingServerDefault];
      if (either.some((d) => d instanceof Computed))
        this.run(new ComputedColumnDefault(table, column, changes.serverDefault, schema, known));
      else if (either.some((d) => d instanceof Identity)) {
        const identity = (v: Value): Identity | null => (v instanceof Identity ? v : null);
        const { differs } = this.compareIdentityDefault(identity(either[0]), identity(either[1]));
        this.run(new IdentityColumnDefault(table, column, either[0], schema, known, differs));
      } else this.run(new ColumnDefault(table, column, changes.serverDefault, schema, known));
    }
    if (given(changes.type)) this.run(new ColumnType(table, column, changes.type, schema, known));
    if (changes.comment !== undefined && changes.comment !== false)
      this.run(new ColumnComment(table, column, changes.comment, schema, known));
    if (given(changes.name)) this.run(new ColumnName(table, column, changes.name, schema, known));
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
    _kw: Kwargs = new Map(),
  ): void {
    this.run(new DropColumn(table, column, options.schema ?? null, options.ifExists ?? null));
  }
  addConstraint(constraint: Constraint): void {
    const rule = (constraint as { _createRule?: ((c: unknown) => boolean) | null })._createRule;
    if (!rule || rule(this)) this.run(new AddConstraint(constraint));
  }
  dropConstraint(constraint: Constraint, kw: Kwargs = new Map()): void {
    this.run(new DropConstraint(constraint, { ifExists: isSaid(kw, "if_exists") }));
  }
  renameTable(old: string, name: string, schema: string | null): void {
    this.run(new RenameTable(old, name, schema));
  }
  createTable(table: Table, kw: Kwargs = new Map()): void {
    this.announce(table, "beforeCreate");
    this.run(new CreateTable(table, null, isSaid(kw, "if_not_exists")));
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
  dropTable(table: Table, kw: Kwargs = new Map()): void {
    this.announce(table, "beforeDrop");
    this.run(new DropTable(table, isSaid(kw, "if_exists")));
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
  createIndex(index: Index, kw: Kwargs = new Map()): void {
    this.run(new CreateIndex(index, isSaid(kw, "if_not_exists")));
  }
  dropIndex(index: Index, kw: Kwargs = new Map()): void {
    this.run(new DropIndex(index, isSaid(kw, "if_exists")));
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
  requiresRecreateInBatch(_changes: readonly BatchChange[]): boolean {
    return false;
  }
  /** Before a copy is made: drop what cannot be there twice. */
  prepTableForBatch(_named: ReadonlyMap<string, Constraint>, _table: Table): void {
    // names of constraints may be used by several tables
  }
  protected needsCast(from: TypeEngine, to: TypeEngine): boolean {
    return from.typeAffinity !== to.typeAffinity;
  }
  /** What a copied column is filled with when its type changes. */
  castForBatchMigrate(existing: Column, from: Value, type: TypeEngine): Value {
    return this.needsCast(existing.type, type) ? new Cast(from as never, type as never) : from;
  }

  // -- comparing a model with a database -----------------------------------------------------

  /** Types that are one, by their first word. */
  get typeSynonyms(): readonly (readonly string[])[] {
    return [["NUMERIC", "DECIMAL"]];
  }
  get identityAttrsIgnore(): readonly string[] {
    return ["order", "on_null"];
  }
  private typeText(column: Column): TypeText {
    const { typeCompilerInstance } = this.dialect as unknown as {
      readonly typeCompilerInstance: { process(t: TypeEngine): string };
    };
    const found =
      typeCompilerInstance
        .process(column.type)
        .toLowerCase()
        .match(/[\w\-_]+|\(.+?\)/g) ?? [];
    const words = found.filter((t) => !t.startsWith("("));
    const inside = found.filter((t) => t.startsWith("(")).at(-1);
    const args = (inside?.match(/[^(),]+/g) ?? []).filter((a) => !a.includes("=")).map((a) => a.trim());
    return { token0: words[0] ?? "", tokens: words.slice(1), args };
  }
  /** Whether the type of the column in the database differs from the model's. */
  compareType(inspected: Column, model: Column): boolean {
    const [a, b] = [this.typeText(inspected), this.typeText(model)];
    return !this.sameTypeName(a, b) || !this.sameTypeArgs(a, b);
  }
  private sameTypeName(a: TypeText, b: TypeText): boolean {
    if (a.token0 === b.token0) return true;
    const all = (t: TypeText): string => [t.token0, ...t.tokens].join(" ");
    return this.typeSynonyms.some((given) => {
      const batch = given.map((t) => t.toLowerCase());
      return (
        (batch.includes(all(a)) && batch.includes(all(b))) ||
        (batch.includes(a.token0) && batch.includes(b.token0))
      );
    });
  }
  private sameTypeArgs(a: TypeText, b: TypeText): boolean {
    const differ = (x: readonly string[], y: readonly string[]): boolean =>
      x.length === y.length && x.some((v, i) => v !== y[i]);
    if (differ(a.tokens, b.tokens) || differ(a.args, b.args)) return false;
    const [x, y] = [a.tokens.join(" "), b.tokens.join(" ")];
    return this.typeArgExtract.every((r) => {
      const [found, wanted] = [r.exec(x), r.exec(y)];
      return !found || !wanted || found[1] === wanted[1];
    });
  }
  compareServerDefault(
    _inspected: Column,
    _model: Column,
    ofModel: string | null,
    reflected: string | null,
  ): boolean {
    return reflected !== ofModel;
  }
  /** @internal options in which two identities differ, by attribute; and whether the column has to change */
  compareIdentityDefault(
    model: Identity | null,
    inspected: Identity | null,
  ): { readonly differs: readonly string[]; readonly alters: boolean } {
    const [m, i, standard] = [model, inspected, new Identity()].map(identityOptions);
    const differs = new Set(
      [...m!.keys(), ...i!.keys()].filter(
        (k) =>
          k !== "always" &&
          (m!.get(k) ?? null) !== (i!.get(k) ?? null) &&
          (m!.get(k) ?? null) !== (standard!.get(k) ?? null),
      ),
    );
    if ((model?.always === true) !== (inspected?.always === true)) differs.add("always");
    for (const name of this.identityAttrsIgnore) differs.delete(name);
    return { differs: [...differs], alters: differs.size > 0 || (model === null) !== (inspected === null) };
  }
  /** @internal */
  signature(constraint: Constraint | Index, _ofModel: boolean): Signature {
    return signatureOf(this, constraint);
  }
  protected compareIndexUnique(model: Index, reflected: Index): string | null {
    const shown = (i: Index): string => (i.unique ? "True" : "False");
    return shown(model) === shown(reflected) ? null : `unique=${shown(reflected)} to unique=${shown(model)}`;
  }
  compareIndexes(model: Index, reflected: Index): ComparisonResult {
    const differs: string[] = [];
    const unique = this.compareIndexUnique(model, reflected);
    if (unique !== null) differs.push(unique);
    const [m, r] = [model, reflected].map((i) => new IndexSignature(this, i));
    for (const s of [m!, r!])
      if (s.hasExpressions)
        host
          .logger("alembic.ddl.impl")
          .log(
            30,
            `Generating approximate signature for index ${host.str(s.index)}. The dialect implementation should either skip expression indexes or provide a custom implementation.`,
          );
    const [mine, theirs] = [host.str(m!.columnNames), host.str(r!.columnNames)];
    if (mine !== theirs) differs.push(`expression ${theirs} to ${mine}`);
    return differs.length > 0 ? ComparisonResult.Different(differs) : ComparisonResult.Equal();
  }
  compareUniqueConstraint(model: Constraint, reflected: Constraint): ComparisonResult {
    const [m, r] = [signatureOf(this, model).unnamed, signatureOf(this, reflected).unnamed];
    return m === r ? ComparisonResult.Equal() : ComparisonResult.Different(`expression ${r} to ${m}`);
  }
  compareCheckConstraint(_model: Constraint, _reflected: Constraint): ComparisonResult {
    return ComparisonResult.Equal();
  }
  correctForAutogenConstraints(
    _connUniques: Set<Constraint>,
    _connIndexes: Set<Index>,
    _metadataUniques: Set<Constraint>,
    _metadataIndexes: Set<Index>,
  ): void {
    // the dialect reflects what was created
  }
  correctForAutogenForeignkeys(_conn: Set<ForeignKeyConstraint>, _metadata: Set<ForeignKeyConstraint>): void {
    // likewise
  }
  /** Facts of a reflected column, before a Column is made of them. */
  autogenColumnReflect(_inspector: Value, _table: Value, _facts: Value): void {
    // nothing to mend
  }
  protected skipFunctionalIndexes(metadataIndexes: Set<Index>, connIndexes: Set<Index>): void {
    const reflected = new Set([...connIndexes].map((i) => i.name));
    for (const i of [...metadataIndexes]) {
      if (reflected.has(i.name) || !isExpressionIndex(i)) continue;
      host.warn(
        "UserWarning",
        `autogenerate skipping metadata-specified expression-based index ${host.repr(i.name)}; dialect ${host.repr(this.dialect.name)} under SQLAlchemy 2.0.52 can't reflect these indexes so they can't be compared`,
      );
      metadataIndexes.delete(i);
    }
  }
  adjustReflectedDialectOptions(facts: ReadonlyMap<string, Value>, _kind: string): Kwargs {
    return new Map(
      [...(host.entries(facts.get("dialect_options") ?? new Map()) ?? [])].map(([k, v]) => [k as string, v]),
    );
  }
  /** An expression as it stands in DDL. */
  renderDdlSqlExpr(expression: ClauseElement, _options: RenderExpression = {}): string {
    return String(
      compile(
        expression,
        this.dialect as never,
        {
          compileKwargs: new Map([
            ["literal_binds", true],
            ["include_table", false],
          ]),
        } as never,
      ),
    );
  }
  /** A type as a revision writes it; null where it is written as any other. */
  renderType(_type: TypeEngine, _rendering: TypeRendering): string | null {
    return null;
  }
}

/** The options of an identity that are set, by Python's names. */
function identityOptions(identity: Identity | null): Map<string, Value> {
  return new Map(
    Object.entries(identity ?? {})
      .map(([k, v]) => [k.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`), v as Value] as const)
      .filter(([k, v]) => IDENTITY_OPTIONS.includes(k) && v !== null && v !== undefined),
  );
}
const IDENTITY_OPTIONS: readonly string[] = ["always", "on_null", ...COUNTING_RULES];

interface Printing {
  ddlCompiler(element: ExecutableDDLElement, options: object): unknown;
}
interface Inserting {
  inline(): Inserting;
  values(args: Value[], kwargs: Kwargs): Inserting;
}

/** A value written into the statement itself. */
let inlineLiteral: (key: string | null, value: Value, type: Value) => Value;
export function useInlineLiteral(f: typeof inlineLiteral): void {
  inlineLiteral = f;
}

let impls = new Map<string, typeof DefaultImpl>();
/** @internal What forgets the impls that a program registers from now on. */
export function rememberImpls(): () => void {
  const known = new Map(impls);
  return () => {
    impls = new Map(known);
  };
}
/** An impl serves the dialect of this name: a dialect's own, or one that a program wrote. */
export function registerImpl(dialect: string, impl: typeof DefaultImpl): void {
  impls.set(dialect, impl);
}
registerImpl("default", DefaultImpl);

/** @throws KeyError for a dialect that Alembic does not know */
export function implFor(dialect: string): typeof DefaultImpl {
  const found = impls.get(dialect);
  if (!found) throw host.error("KeyError", dialect);
  return found;
}
