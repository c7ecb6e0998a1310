// create_all() and drop_all(): walks over a schema that emit CREATE and DROP, with events before and after.
// Behaviour: SQLAlchemy sql/ddl.py (SchemaGenerator, SchemaDropper).
import { CircularDependencyError } from "../errors/index.ts";
import { host, type Kwargs, type Value } from "../util/host.ts";
import {
  AddConstraint,
  CreateIndex,
  CreateSequence,
  CreateTable,
  DropConstraint,
  DropIndex,
  DropSequence,
  DropTable,
  SetColumnComment,
  SetConstraintComment,
  SetTableComment,
  type DdlConnection,
} from "./ddl.ts";
import { cycleNames, sortTablesAndConstraints, type SortedTable } from "./ddl-sort.ts";
import type { Sequence } from "./schema/defaults.ts";
import type { DdlOptions } from "./schema/ddl-runner.ts";
import type { DdlDispatch } from "./schema/events.ts";
import type { ForeignKeyConstraint } from "./schema/foreign-key-constraint.ts";
import type { Index } from "./schema/indexes.ts";
import type { MetaData } from "./schema/metadata.ts";
import type { Table } from "./schema/table.ts";
import { ClauseVisitor } from "./visitable.ts";

/** What a walk asks of the dialect. */
export interface DdlDialect {
  readonly name: string;
  readonly supportsAlter: boolean;
  readonly supportsSequences: boolean;
  readonly sequencesOptional: boolean;
  readonly supportsComments: boolean;
  readonly inlineComments: boolean;
  readonly supportsConstraintComments: boolean;
  validateIdentifier(name: string): void;
  hasTable(connection: DdlConnection, tableName: string, schema: string | null): boolean;
  hasIndex(connection: DdlConnection, tableName: string, indexName: string, schema: string | null): boolean;
  hasSequence(connection: DdlConnection, sequenceName: string, schema: string | null): boolean;
}

/** A connection that knows about schema_translate_map. */
export interface DdlWalkConnection extends DdlConnection {
  schemaForObject(item: { readonly schema: string | null }): string | null;
}

interface Step {
  /** Existence has been looked at already. */
  readonly sure?: boolean;
  readonly includeForeignKeyConstraints?: Iterable<ForeignKeyConstraint> | null;
  readonly isMetadataOperation?: boolean;
  readonly ignoreSequences?: readonly Sequence[];
}

/** Also the base of walks that create and drop what a dialect has of its own. */
export abstract class SchemaWalk extends ClauseVisitor {
  /** What was created or dropped already, by kind: types that several tables use. */
  readonly memo = new Map<string, Set<string>>();
  protected readonly dialect: DdlDialect;
  readonly connection: DdlWalkConnection;
  protected readonly checkfirst: boolean;
  protected readonly tables: readonly Table[] | null;

  constructor(dialect: DdlDialect, connection: DdlWalkConnection, options: DdlOptions = {}) {
    super();
    this.dialect = dialect;
    this.connection = connection;
    this.checkfirst = options.checkfirst ?? false;
    this.tables = options.tables ?? null;
  }

  protected withEvents(
    before: "beforeCreate" | "beforeDrop",
    after: "afterCreate" | "afterDrop",
    target: { readonly dispatch: DdlDispatch },
    kwargs: readonly (readonly [string, Value])[],
    run: () => void,
  ): void {
    const kw: Kwargs = new Map<string, Value>([["_ddl_runner", this], ...kwargs]);
    target.dispatch[before].emit(target, this.connection, kw);
    run();
    target.dispatch[after].emit(target, this.connection, kw);
  }

  /** The schema that the connection puts for the item's, after its name was found not too long. */
  protected checkedSchema(item: { readonly schema: string | null }): string | null {
    const schema = this.connection.schemaForObject(item);
    if (schema) this.dialect.validateIdentifier(schema);
    return schema;
  }

  protected tableKwargs(step: Step): (readonly [string, Value])[] {
    return [
      ["checkfirst", this.checkfirst],
      ["_is_metadata_operation", step.isMetadataOperation ?? false],
    ];
  }

  protected hasTable(table: Table): boolean {
    this.dialect.validateIdentifier(table.name);
    return this.dialect.hasTable(this.connection, table.name, this.checkedSchema(table));
  }

  protected hasSequence(sequence: Sequence): boolean {
    return this.dialect.hasSequence(
      this.connection,
      sequence.name,
      this.connection.schemaForObject(sequence),
    );
  }

  protected knowsSequence(sequence: Sequence): boolean {
    return this.dialect.supportsSequences && (!this.dialect.sequencesOptional || !sequence.optional);
  }
}

export class SchemaGenerator extends SchemaWalk {
  private around(
    target: { readonly dispatch: DdlDispatch },
    kwargs: readonly (readonly [string, Value])[],
    run: () => void,
  ): void {
    this.withEvents("beforeCreate", "afterCreate", target, kwargs, run);
  }

  private canCreateTable(table: Table): boolean {
    if (this.checkfirst) return !this.hasTable(table);
    this.dialect.validateIdentifier(table.name);
    this.checkedSchema(table);
    return true;
  }

  visitMetadata(metadata: MetaData): void {
    const tables = (this.tables ?? [...metadata.tables.values()]).filter((t) => this.canCreateTable(t));
    const collection = sortTablesAndConstraints(tables);
    const sequences = [...metadata._sequences.values()].filter(
      (s) => s.column === null && this.canCreateSequence(s),
    );
    const created = host.makeList(collection.map(([t]) => t).filter((t) => t !== null));
    this.around(
      metadata,
      [
        ["tables", created],
        ["checkfirst", this.checkfirst],
      ],
      () => {
        for (const s of sequences) this.traverseSingle(s, { sure: true });
        for (const [table, fkcs] of collection) {
          if (table)
            this.traverseSingle(table, {
              sure: true,
              includeForeignKeyConstraints: fkcs,
              isMetadataOperation: true,
            });
          else for (const fkc of fkcs) this.traverseSingle(fkc);
        }
      },
    );
  }

  visitTable(table: Table, step: Step = {}): void {
    if (!step.sure && !this.canCreateTable(table)) return;
    this.around(table, this.tableKwargs(step), () => {
      for (const c of table.columns) if (c.default) this.traverseSingle(c.default);
      const include = this.dialect.supportsAlter ? (step.includeForeignKeyConstraints ?? null) : null;
      new CreateTable(table, include)._invokeWith(this.connection);
      for (const index of table.indexes) this.traverseSingle(index, { sure: true });
      if (this.dialect.supportsComments && !this.dialect.inlineComments) this.comment(table);
    });
  }

  private comment(table: Table): void {
    if (table.comment !== null) new SetTableComment(table)._invokeWith(this.connection);
    for (const c of table.columns)
      if (c.comment !== null) new SetColumnComment(c)._invokeWith(this.connection);
    if (this.dialect.supportsConstraintComments)
      for (const c of table.constraints)
        if (c.comment !== null) this.connection.execute(new SetConstraintComment(c));
  }

  visitForeignKeyConstraint(constraint: ForeignKeyConstraint): void {
    if (!this.dialect.supportsAlter) return;
    this.around(constraint, [], () => new AddConstraint(constraint)._invokeWith(this.connection));
  }

  private canCreateSequence(sequence: Sequence): boolean {
    return this.knowsSequence(sequence) && (!this.checkfirst || !this.hasSequence(sequence));
  }

  visitSequence(sequence: Sequence, step: Step = {}): void {
    if (!step.sure && !this.canCreateSequence(sequence)) return;
    this.around(sequence, [], () => new CreateSequence(sequence)._invokeWith(this.connection));
  }

  visitIndex(index: Index, step: Step = {}): void {
    if (!step.sure) {
      const table = index.table as Table;
      const schema = this.checkedSchema(table);
      if (this.checkfirst && this.dialect.hasIndex(this.connection, table.name, index.name as string, schema))
        return;
    }
    this.around(index, [], () => new CreateIndex(index)._invokeWith(this.connection));
  }
}

export class SchemaDropper extends SchemaWalk {
  private around(
    target: { readonly dispatch: DdlDispatch },
    kwargs: readonly (readonly [string, Value])[],
    run: () => void,
  ): void {
    this.withEvents("beforeDrop", "afterDrop", target, kwargs, run);
  }

  private canDropTable(table: Table): boolean {
    if (this.checkfirst) return this.hasTable(table);
    this.dialect.validateIdentifier(table.name);
    this.checkedSchema(table);
    return true;
  }

  private sorted(tables: readonly Table[]): readonly SortedTable[] {
    try {
      return sortTablesAndConstraints(tables, (c) =>
        !this.dialect.supportsAlter || (c.name === null && !c._isNoneName) ? false : null,
      ).reverse();
    } catch (e) {
      if (!(e instanceof CircularDependencyError)) throw e;
      const cause = `Can't sort tables for DROP; an unresolvable foreign key dependency exists between tables: ${cycleNames(e)}`;
      if (this.dialect.supportsAlter)
        throw host.withCause(
          new CircularDependencyError(e.message, e.cycles, e.edges, {
            msg: `${cause}.  Please ensure that the ForeignKey and ForeignKeyConstraint objects involved in the cycle have names so that they can be dropped using DROP CONSTRAINT.`,
          }),
          e,
        );
      host.warn(
        "SAWarning",
        `${cause}; and backend does not support ALTER.  To restore at least a partial sort, apply use_alter=True to ForeignKey and ForeignKeyConstraint ` +
          "objects involved in the cycle to mark these as known cycles that will be ignored.",
      );
      return tables.map((t) => [t, new Set<ForeignKeyConstraint>()]);
    }
  }

  visitMetadata(metadata: MetaData): void {
    const tables = (this.tables ?? [...metadata.tables.values()]).filter((t) => this.canDropTable(t));
    const collection = this.sorted(tables);
    const sequences = [...metadata._sequences.values()].filter((s) => this.canDropSequence(s));
    const dropped = host.makeList(collection.map(([t]) => t).filter((t) => t !== null));
    this.around(
      metadata,
      [
        ["tables", dropped],
        ["checkfirst", this.checkfirst],
      ],
      () => {
        for (const [table, fkcs] of collection) {
          if (table)
            this.traverseSingle(table, { sure: true, isMetadataOperation: true, ignoreSequences: sequences });
          else for (const fkc of fkcs) this.traverseSingle(fkc);
        }
        for (const s of sequences) this.traverseSingle(s, { sure: s.column === null });
      },
    );
  }

  visitTable(table: Table, step: Step = {}): void {
    if (!step.sure && !this.canDropTable(table)) return;
    this.around(table, this.tableKwargs(step), () => {
      new DropTable(table)._invokeWith(this.connection);
      // Sequences of defaults go after the table that uses them.
      for (const c of table.columns)
        if (c.default && !step.ignoreSequences?.includes(c.default as Sequence))
          this.traverseSingle(c.default);
    });
  }

  visitForeignKeyConstraint(constraint: ForeignKeyConstraint): void {
    if (!this.dialect.supportsAlter) return;
    this.around(constraint, [], () => new DropConstraint(constraint)._invokeWith(this.connection));
  }

  private canDropSequence(sequence: Sequence): boolean {
    return this.knowsSequence(sequence) && (!this.checkfirst || this.hasSequence(sequence));
  }

  visitSequence(sequence: Sequence, step: Step = {}): void {
    if (!step.sure && !this.canDropSequence(sequence)) return;
    this.around(sequence, [], () => new DropSequence(sequence)._invokeWith(this.connection));
  }

  visitIndex(index: Index, step: Step = {}): void {
    if (!step.sure) {
      const table = index.table as Table;
      const schema = this.checkedSchema(table);
      if (
        this.checkfirst &&
        !this.dialect.hasIndex(this.connection, table.name, index.name as string, schema)
      )
        return;
    }
    this.around(index, [], () => new DropIndex(index).call([index, this.connection]));
  }
}
