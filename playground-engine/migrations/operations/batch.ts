// batch_alter_table: changes of one table, collected and then made at once, by ALTER or by a copy of the table.
//
// Behaviour: alembic.operations.batch. A copy is made under _alembic_tmp_NAME, filled by INSERT … SELECT, and takes the old name.
import {
  CheckConstraint,
  Column,
  type Constraint,
  DefaultClause,
  ForeignKeyConstraint,
  Index,
  MetaData,
  PrimaryKeyConstraint,
  Table,
} from "../../sql/schema/index.ts";
import { NullType, select, Cast, text, TextClause, type TypeEngine } from "../../sql/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { type AlterColumnChanges, DefaultImpl } from "../ddl/impl.ts";
import { CommandError } from "../errors.ts";
import type { MigrationContext } from "../runtime/migration-context.ts";

export interface BatchOptions {
  readonly schema: string | null;
  readonly recreate: string;
  readonly partialReordering: Value;
  readonly copyFrom: Table | null;
  readonly tableArgs: Value;
  readonly tableKwargs: Value;
  readonly reflectArgs: Value;
  readonly reflectKwargs: Value;
  readonly namingConvention: Value;
}

type ColumnOptions = Parameters<DefaultImpl["addColumn"]>[2] & {
  readonly insertBefore?: string | null;
  readonly insertAfter?: string | null;
};

/** One change, as a dialect makes it by ALTER and as a copy takes it in. */
interface Change {
  readonly name: string;
  readonly column?: Column;
  readonly alter: (impl: DefaultImpl) => void;
  readonly copy: (copy: TableCopy) => void;
}

/** Stands where operations look for the impl, and keeps what they ask for. */
export class BatchCollector extends DefaultImpl {
  private readonly changes: Change[] = [];
  private readonly context: MigrationContext;
  private readonly real: DefaultImpl;
  private readonly table: string;
  private readonly options: BatchOptions;

  constructor(context: MigrationContext, table: string, options: BatchOptions) {
    const { impl } = context;
    super(
      impl.dialect,
      impl.connection,
      impl.asSql,
      impl.transactionalDdl,
      impl.outputBuffer,
      impl.contextOpts,
    );
    if (!["auto", "always", "never"].includes(options.recreate))
      throw host.error("ValueError", "recreate may be one of 'auto', 'always', or 'never'.");
    this.context = context;
    this.real = impl;
    this.table = table;
    this.options = options;
  }

  private get copies(): boolean {
    return (
      this.options.recreate === "always" ||
      (this.options.recreate === "auto" && this.real.requiresRecreateInBatch(this.changes))
    );
  }
  override run(
    statement: Value,
    executionOptions: Value = null,
    parameters: Value = undefined,
  ): { readonly rowcount?: number } | null {
    return this.real.run(statement, executionOptions, parameters);
  }
  override alterColumn(
    table: string,
    column: string,
    changes: AlterColumnChanges,
    schema: string | null,
  ): void {
    this.changes.push({
      name: "alter_column",
      alter: (i) => i.alterColumn(table, column, changes, schema),
      copy: (c) => c.alterColumn(column, changes),
    });
  }
  override addColumn(table: string, column: Column, options: ColumnOptions = {}): void {
    if ((options.insertBefore || options.insertAfter) && !this.copies)
      throw new CommandError(
        "Can't specify insert_before or insert_after when using ALTER; please specify recreate='always'",
      );
    this.changes.push({
      name: "add_column",
      column,
      alter: (i) => i.addColumn(table, column, options),
      copy: (c) => c.addColumn(column, options.insertBefore ?? null, options.insertAfter ?? null),
    });
  }
  override dropColumn(
    table: string,
    column: Column,
    options: Parameters<DefaultImpl["dropColumn"]>[2] = {},
  ): void {
    this.changes.push({
      name: "drop_column",
      alter: (i) => i.dropColumn(table, column, options),
      copy: (c) => c.dropColumn(column.name as string),
    });
  }
  override addConstraint(constraint: Constraint): void {
    this.changes.push({
      name: "add_constraint",
      alter: (i) => i.addConstraint(constraint),
      copy: (c) => c.addConstraint(constraint),
    });
  }
  override dropConstraint(constraint: Constraint): void {
    this.changes.push({
      name: "drop_constraint",
      alter: (i) => i.dropConstraint(constraint),
      copy: (c) => c.dropConstraint(constraint),
    });
  }
  override createIndex(index: Index): void {
    this.changes.push({
      name: "create_index",
      alter: (i) => i.createIndex(index),
      copy: (c) => void c.newIndexes.push(index),
    });
  }
  override dropIndex(index: Index): void {
    this.changes.push({
      name: "drop_index",
      alter: (i) => i.dropIndex(index),
      copy: (c) => c.dropIndex(index),
    });
  }
  override createTableComment(table: Table): void {
    this.changes.push({
      name: "create_table_comment",
      alter: (i) => i.createTableComment(table),
      copy: () => undefined,
    });
  }
  override dropTableComment(table: Table): void {
    this.changes.push({
      name: "drop_table_comment",
      alter: (i) => i.dropTableComment(table),
      copy: () => undefined,
    });
  }
  override createColumnComment(column: Column): void {
    this.changes.push({
      name: "create_column_comment",
      alter: (i) => i.createColumnComment(column),
      copy: () => undefined,
    });
  }

  flush(): void {
    if (!this.copies) {
      for (const c of this.changes) c.alter(this.real);
      return;
    }
    const { copyFrom } = this.options;
    if (!copyFrom && this.context.asSql)
      throw new CommandError(
        `This operation cannot proceed in --sql mode; batch mode with dialect ${this.context.dialect.name} requires a live database connection with which to reflect the table "${this.table}". To generate a batch SQL migration script using table "move and copy", a complete Table object should be passed to the "copy_from" argument of the batch_alter_table() method so that table reflection can be skipped.`,
      );
    const copy = new TableCopy(copyFrom ?? this.reflected(), copyFrom === null, this.options);
    for (const c of this.changes) c.copy(copy);
    copy.make(this.real);
  }

  private reflected(): Table {
    const { namingConvention, reflectArgs, reflectKwargs, schema } = this.options;
    const m = new MetaData(namingConvention === null ? {} : ({ namingConvention } as never));
    const options = Object.fromEntries(
      [...(host.entries(reflectKwargs) ?? [])].map(([k, v]) => [
        (k as string).replace(/_([a-z])/g, (_, c: string) => c.toUpperCase()),
        v,
      ]),
    );
    const table = new Table(this.table, m, [...(host.iterate(reflectArgs) ?? [])], {
      ...options,
      schema,
      autoloadWith: this.real.bind,
    } as never);
    if (this.dialect.name === "sqlite") for (const c of table.columns as Iterable<Column>) parenthesized(c);
    return table;
  }
}

/** SQLite reflects a default's expression without the parentheses that CREATE TABLE wants. */
function parenthesized(column: Column): void {
  const d = column.serverDefault as unknown;
  if (!(d instanceof DefaultClause) || !(d.arg instanceof TextClause)) return;
  const { text: expression } = d.arg;
  if (expression === "" || /^[0-9.]$|^'.+'$|^\(.+\)$/.test(expression)) return;
  (
    new DefaultClause(text(`(${expression})`) as never) as unknown as { _setParent(c: Column): void }
  )._setParent(column);
}

/** A table as it is to be: the old one's parts, changed. */
class TableCopy {
  readonly newIndexes: Index[] = [];
  private readonly old: Table;
  private readonly options: BatchOptions;
  private readonly columns = new Map<string, Column>();
  /** What each column is filled from; nothing for one that is new. */
  private readonly sources = new Map<string, Value>();
  private named = new Map<string, Constraint>();
  private unnamed: Constraint[] = [];
  private indexes: Index[];
  private order: string[];

  constructor(old: Table, reflected: boolean, options: BatchOptions) {
    this.old = old;
    this.options = options;
    for (const c of old.columns as Iterable<Column>) {
      const copy = c._copy({ schema: old.schema });
      copy.unique = copy.index = false as never;
      this.columns.set(c.name as string, copy);
      this.sources.set(c.name as string, c);
    }
    this.order = [...this.columns.keys()];
    for (const c of old.constraints as Iterable<Constraint & { readonly _typeBound?: boolean }>) {
      if (c._typeBound) continue;
      if (typeof c.name === "string") this.named.set(c.name, c);
      else if (!(reflected && c instanceof CheckConstraint)) this.unnamed.push(c);
    }
    this.indexes = [...(old.indexes as Iterable<Index>)];
  }

  private column(name: string): Column {
    const found = this.columns.get(name);
    if (!found) throw host.error("KeyError", name);
    return found;
  }
  alterColumn(name: string, changes: AlterColumnChanges): void {
    const column = this.column(name);
    if (changes.name !== null && changes.name !== undefined && changes.name !== name)
      column.name = changes.name;
    if (changes.type !== null && changes.type !== undefined) {
      const type = (
        typeof changes.type === "function" ? new (changes.type as new () => TypeEngine)() : changes.type
      ) as TypeEngine;
      if (column.type.typeAffinity !== type.typeAffinity && host.typeName(type) !== "JSON")
        this.sources.set(name, new Cast(this.sources.get(name) as never, type as never));
      column.type = type;
    }
    if (changes.nullable !== null && changes.nullable !== undefined) column.nullable = changes.nullable;
    if (changes.serverDefault !== undefined && changes.serverDefault !== false) {
      if (changes.serverDefault === null) column.serverDefault = null;
      else
        (
          new DefaultClause(changes.serverDefault as never) as unknown as { _setParent(c: Column): void }
        )._setParent(column);
    }
    if (changes.comment !== undefined && changes.comment !== false)
      column.comment = changes.comment as string | null;
  }
  addColumn(column: Column, before: string | null, after: string | null): void {
    const name = column.name as string;
    this.columns.set(name, column._copy({ schema: this.old.schema }));
    const at =
      before !== null
        ? this.order.indexOf(before)
        : after !== null
          ? this.order.indexOf(after) + 1
          : this.order.length;
    this.order.splice(at, 0, name);
  }
  dropColumn(name: string): void {
    this.column(name);
    this.columns.delete(name);
    this.sources.delete(name);
    this.order = this.order.filter((n) => n !== name);
  }
  addConstraint(constraint: Constraint): void {
    const name = constraint.name as unknown;
    if (name === null || name === undefined) throw host.error("ValueError", "Constraint must have a name");
    if (constraint instanceof PrimaryKeyConstraint)
      this.unnamed = this.unnamed.filter((c) => !(c instanceof PrimaryKeyConstraint));
    if (typeof name === "string" || typeof name === "object") this.named.set(String(name), constraint);
    else this.unnamed.push(constraint);
  }
  dropConstraint(constraint: Constraint): void {
    if (!constraint.name) throw host.error("ValueError", "Constraint must have a name");
    const name = String(constraint.name);
    const found = this.named.get(name);
    if (!found) throw host.error("ValueError", `No such constraint: '${name}'`);
    this.named.delete(name);
    if (found instanceof PrimaryKeyConstraint)
      for (const c of found.columns as Iterable<Column>) this.column(c.name as string).primaryKey = false;
  }
  dropIndex(index: Index): void {
    if (!this.indexes.some((i) => String(i.name) === String(index.name)))
      throw host.error("ValueError", `No such index: '${String(index.name)}'`);
    this.indexes = this.indexes.filter((i) => String(i.name) !== String(index.name));
  }

  private build(temporary: string): Table {
    const m = new MetaData();
    const { schema } = this.old;
    const kwargs: Kwargs = new Map(
      [
        ...(host.entries((this.old as unknown as { kwargs: Value }).kwargs) ?? []),
        ...(host.entries(this.options.tableKwargs) ?? []),
      ].map(([k, v]) => [k as string, v]),
    );
    const made = new Table(
      temporary,
      m,
      [...this.ordered().map((n) => this.columns.get(n)!), ...(host.iterate(this.options.tableArgs) ?? [])],
      { schema } as never,
      kwargs,
    );
    for (const c of [...this.named.values(), ...this.unnamed]) {
      const columns = [...(c as unknown as { columns: Iterable<Column> }).columns];
      if (!columns.every((x) => this.columns.has(x.key as string))) continue;
      const foreign = c instanceof ForeignKeyConstraint;
      if (foreign) this.referent(m, c, temporary);
      made.appendConstraint(
        (c as unknown as { _copy(o: object): Constraint })._copy({
          schema,
          ...(foreign ? {} : { targetTable: made }),
        }),
      );
    }
    return made;
  }
  private ordered(): string[] {
    const wanted = [...(host.iterate(this.options.partialReordering ?? []) ?? [])].flatMap(
      (group) => [...host.iterate(group)!] as string[],
    );
    return wanted.length > 0 ? [...wanted, ...this.order.filter((n) => !wanted.includes(n))] : this.order;
  }
  private referent(m: MetaData, c: ForeignKeyConstraint, temporary: string): void {
    for (const e of c.elements as Iterable<{ _getColspec(): string }>) {
      const parts = e._getColspec().split(".");
      const column = parts.pop()!;
      const table = parts.pop()!;
      if (table === temporary) continue;
      const known = (m.tables as unknown as Map<string, Table>).get([...parts, table].join("."));
      const t = known ?? new Table(table, m, [], { schema: parts[0] ?? null } as never);
      if (!t.c.has(column)) t.appendColumn(new Column(column, new NullType()));
    }
  }

  make(impl: DefaultImpl): void {
    const name = this.old.name as string;
    const temporary = `_alembic_tmp_${name}`.slice(0, 50);
    const made = this.build(temporary);
    impl.createTable(made);
    try {
      const filled = this.ordered().filter((n) => this.sources.has(n));
      const insert = made.insert() as unknown as {
        inline(): { fromSelect(names: Value, from: Value): Value };
      };
      impl.run(insert.inline().fromSelect(filled, select(filled.map((n) => this.sources.get(n)))));
      impl.dropTable(this.old);
    } catch (e) {
      impl.dropTable(made);
      throw e;
    }
    impl.renameTable(temporary, name, this.old.schema);
    made.name = name as never;
    for (const i of [...this.indexes, ...this.newIndexes]) {
      const names = [...(i as unknown as { columns: Iterable<Column> }).columns].map((c) => c.name as string);
      if (names.every((n) => made.c.has(n)))
        impl.createIndex(
          new Index(
            i.name,
            names.map((n) => made.c.get(n)),
            { unique: i.unique } as never,
            new Map(
              [...(host.entries((i as unknown as { kwargs: Value }).kwargs) ?? [])].map(([k, v]) => [
                k as string,
                v,
              ]),
            ),
          ),
        );
    }
  }
}
