// A table as it is to be: the old one's parts, changed; made under _alembic_tmp_NAME, filled by INSERT … SELECT, and renamed.
//
// Columns stay in their order, new ones behind them, but where a batch says otherwise. Behaviour: alembic.operations.batch (ApplyBatchImpl).
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
import { ColumnElement, NullType, select, type TypeEngine } from "../../sql/index.ts";
import { replacementTraverse, traverse, type Traversible } from "../../sql/visitable.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { sort } from "../../util/topological.ts";
import type { AlterColumnChanges, DefaultImpl } from "../ddl/impl.ts";
import { nameOf } from "./ops/names.ts";
import type { BatchOptions } from "./batch.ts";
import { asOptions } from "./schema-objects.ts";

type Pair = readonly [before: string, after: string];

function instance(type: Value): TypeEngine {
  return (typeof type === "function" ? new (type as new () => TypeEngine)() : type) as TypeEngine;
}
/** The name of the CHECK or enum that comes with a type. */
function nameOfType(type: Value, dialect: string): string | null {
  if (type === null || type === undefined) return null;
  const t = instance(type);
  const own = t.variantMapping.get(dialect) ?? t;
  return own.isSchemaEventTarget
    ? ((own as unknown as { readonly name?: string | null }).name ?? null)
    : null;
}

export class TableCopy {
  private readonly old: Table;
  private readonly options: BatchOptions;
  private columns = new Map<string, Column>();
  /** What each column is filled from; nothing for one that is new. */
  private sources = new Map<string, Value>();
  private readonly existing: string[];
  private added: Pair[] = [];
  private readonly named = new Map<string, Constraint>();
  private readonly columnNamed = new Map<string, readonly [Column, Constraint]>();
  private unnamed: Constraint[] = [];
  private readonly indexes = new Map<string | null, Index>();
  private readonly newIndexes = new Map<string | null, Index>();

  constructor(old: Table, reflected: boolean, options: BatchOptions) {
    this.old = old;
    this.options = options;
    for (const c of old.columns) {
      const copy = c._copy({ schema: old.schema });
      copy.unique = copy.index = false;
      this.columns.set(c.name, copy);
      this.sources.set(c.name, c);
      if (!reflected)
        for (const check of c.constraints) if (check.name) this.columnNamed.set(check.name, [c, check]);
    }
    this.existing = [...this.columns.keys()];
    for (const c of old.constraints) {
      if (c._typeBound || (reflected && c instanceof CheckConstraint && !c.name)) continue;
      if (c.name !== null) this.named.set(c.name, c);
      else this.unnamed.push(c);
    }
    for (const i of old.indexes) this.indexes.set(i.name, i);
  }

  private column(name: string): Column {
    const found = this.columns.get(name);
    if (!found) throw host.error("KeyError", name);
    return found;
  }
  alterColumn(name: string, changes: AlterColumnChanges, impl: DefaultImpl): void {
    const column = this.column(name);
    if (changes.name !== null && changes.name !== undefined && changes.name !== name) {
      column.name = changes.name;
      const ofType = nameOfType(changes.existingType, impl.dialect.name);
      if (ofType) this.named.delete(ofType);
    }
    if (changes.type !== null && changes.type !== undefined) {
      const type = instance(changes.type);
      const was = column.type as TypeEngine & { createConstraint?: boolean; createEvents?: boolean };
      if (was.isSchemaEventTarget) was.createEvents = was.createConstraint = false;
      this.sources.set(name, impl.castForBatchMigrate(column, this.sources.get(name), type));
      column.type = type;
    }
    if (changes.nullable !== null && changes.nullable !== undefined) column.nullable = changes.nullable;
    if (changes.serverDefault !== undefined && changes.serverDefault !== false) {
      if (changes.serverDefault === null) column.serverDefault = null;
      else new DefaultClause(changes.serverDefault)._setParent(column);
    }
    if (changes.autoincrement !== null && changes.autoincrement !== undefined)
      column.autoincrement = host.isTrue(changes.autoincrement);
    if (changes.comment !== undefined && changes.comment !== false)
      column.comment = changes.comment as string | null;
  }

  addColumn(column: Column, before: string | null, after: string | null): void {
    const { name } = column;
    this.place(name, before, after);
    this.columns.set(name, column._copy({ schema: this.old.schema }));
    this.sources.delete(name);
  }
  /** Between which columns a new one stands. */
  private place(name: string, givenBefore: string | null, givenAfter: string | null): void {
    let [before, after] = [givenBefore, givenAfter];
    const { existing } = this;
    const reordering = host.isTrue(this.options.partialReordering);
    if (!reordering && after !== null && before === null) {
      const at = existing.indexOf(after);
      before = at >= 0 ? (existing[at + 1] ?? null) : this.neighbour(after, 0);
    } else if (!reordering && before !== null && after === null) {
      const at = existing.indexOf(before);
      after = at >= 0 ? (existing[at - 1] ?? null) : this.neighbour(before, 1);
    }
    if (before !== null) this.added.push([name, before]);
    if (after !== null) this.added.push([after, name]);
    if (!reordering && before === null && after === null && existing.length > 0)
      this.added.push([existing.at(-1)!, name]);
  }
  private neighbour(name: string, side: 0 | 1): string {
    const found = this.added.findLast((p) => p[side] === name);
    if (!found) throw host.error("KeyError", name);
    return found[side === 0 ? 1 : 0];
  }

  dropColumn(name: string, existingType: Value): void {
    const { primaryKey } = this.old;
    const key = [...primaryKey].find((c) => c.name === name);
    if (key) primaryKey._columns.remove(key);
    this.column(name);
    this.columns.delete(name);
    this.sources.delete(name);
    const at = this.existing.indexOf(name);
    if (at < 0) throw host.error("ValueError", "list.remove(x): x not in list");
    this.existing.splice(at, 1);
    const ofType = nameOfType(existingType, "");
    if (ofType) this.named.delete(ofType);
  }
  addConstraint(constraint: Constraint): void {
    if (constraint.name === null && !constraint._isNoneName)
      throw host.error("ValueError", "Constraint must have a name");
    if (constraint instanceof PrimaryKeyConstraint)
      this.unnamed = this.unnamed.filter((c) => c !== this.old.primaryKey);
    if (constraint.name !== null) this.named.set(constraint.name, constraint);
    else this.unnamed.push(constraint);
  }
  dropConstraint(constraint: Constraint): void {
    const { name } = constraint;
    if (!name && !constraint._isNoneName) throw host.error("ValueError", "Constraint must have a name");
    const ofColumn = name === null ? undefined : this.columnNamed.get(name);
    let dropped: Constraint | undefined = constraint;
    if (ofColumn) {
      this.columnNamed.delete(name!);
      const { constraints } = this.column(ofColumn[0].name);
      for (const c of [...constraints]) if (c.name === name) constraints.delete(c);
      dropped = ofColumn[1];
    } else if (name !== null) {
      dropped = this.named.get(name);
      if (!dropped && constraint._typeBound) return;
      if (!dropped) throw host.error("ValueError", `No such constraint: '${name}'`);
      this.named.delete(name);
    } else this.unnamed = this.unnamed.filter((c) => c !== constraint);
    if (dropped instanceof PrimaryKeyConstraint)
      for (const c of dropped) this.column(c.name).primaryKey = false;
  }
  createIndex(index: Index): void {
    this.newIndexes.set(index.name, index);
  }
  dropIndex(index: Index): void {
    if (!this.indexes.delete(index.name))
      throw host.error("ValueError", `No such index: '${String(index.name)}'`);
  }

  /** Columns in the order wanted: pairs that must hold, else as they are. */
  private reorder(): void {
    const { partialReordering } = this.options;
    if (!host.isTrue(partialReordering) && this.added.length === 0) return;
    const names = [...this.columns.keys()];
    const groups = host.isTrue(partialReordering)
      ? [...host.iterate(partialReordering)!].map((g) => [...host.iterate(g)!] as string[])
      : [this.existing];
    const pairs = [
      ...groups.flatMap((g) => g.slice(1).map((name, i): Pair => [g[i]!, name])),
      ...this.added,
    ].filter(([a, b]) => a !== b);
    const sorted = [...sort(pairs, names)];
    this.columns = new Map(sorted.map((n) => [n, this.column(n)]));
    this.sources = new Map(sorted.filter((n) => this.sources.has(n)).map((n) => [n, this.sources.get(n)]));
  }

  private build(temporary: string): Table {
    const m = new MetaData();
    const { schema } = this.old;
    this.reorder();
    const given: Kwargs = new Map([
      ...this.old.kwargs,
      ...[...(host.entries(this.options.tableKwargs) ?? [])].map(([k, v]) => [k as string, v] as const),
    ]);
    const { options, rest } = asOptions(given, ["comment", "info", "prefixes", "quote", "quote_schema"]);
    const made = new Table(
      temporary,
      m,
      [...this.columns.values(), ...(host.iterate(this.options.tableArgs) ?? [])],
      { ...options, schema } as never,
      rest,
    );
    for (const c of [...this.named.values(), ...this.unnamed]) {
      if (!columnsOf(c).every((x) => this.columns.has(x.key))) continue;
      if (c instanceof ForeignKeyConstraint) {
        const own = c.elements[0]!._tableKey() === this.old.key;
        const copy = c._copy({ schema, ...(own ? { targetTable: this.old } : {}) });
        referent(m, c, temporary);
        made.appendConstraint(copy);
      } else made.appendConstraint(c._copy({ schema, targetTable: made }));
    }
    return made;
  }

  make(impl: DefaultImpl): void {
    const { name } = this.old;
    const temporary = `_alembic_tmp_${name}`.slice(0, 50);
    const made = this.build(temporary);
    impl.prepTableForBatch(this.named, this.old);
    impl.createTable(made);
    try {
      const filled = [...this.columns.keys()].filter((n) => this.sources.has(n));
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
    made.name = name;
    try {
      for (const i of this.copiedIndexes(made)) impl.createIndex(i);
    } finally {
      made.name = temporary;
    }
  }
  private copiedIndexes(made: Table): Index[] {
    const copy = (i: Index, expressions: readonly Value[]): Index =>
      new Index(nameOf(i) as string, expressions, { unique: i.unique, _table: made }, i.kwargs);
    return [
      ...[...this.indexes.values()]
        .filter((i) => !i._columnFlag)
        .map((i) =>
          copy(
            i,
            i.expressions.map((e) => inTable(e, made)),
          ),
        ),
      ...[...this.newIndexes.values()].map((i) =>
        copy(
          i,
          [...(i.columns as Iterable<ColumnElement>)].map((c) => made.c.get(c.key!)),
        ),
      ),
    ];
  }
}

function columnsOf(c: Constraint): readonly Column[] {
  if (c instanceof ForeignKeyConstraint) return c.elements.map((e) => e.parent!);
  if (c instanceof CheckConstraint) {
    const found: Column[] = [];
    traverse(c.sqltext as unknown as Traversible, {}, { column: (x: Column) => void found.push(x) });
    return found;
  }
  return [...(c as unknown as { readonly columns: Iterable<Column> }).columns];
}

/** The table at a foreign key's other end, as far as its name has to be printed. */
function referent(m: MetaData, c: ForeignKeyConstraint, temporary: string): void {
  const specs = c.elements.map((e) => e._getColspec().split("."));
  const [first] = specs;
  const table = first!.at(-2)!;
  if (table === temporary) return;
  const schema = first!.length === 3 ? first![0]! : null;
  const t =
    m.tables.get(schema === null ? table : `${schema}.${table}`) ?? new Table(table, m, [], { schema });
  for (const spec of specs) {
    const name = spec.at(-1)!;
    if (!t.c.has(name)) t.appendColumn(new Column(name, new NullType()));
  }
}

/** An expression of another table's columns, about this one's. */
function inTable(e: Value, table: Table): Value {
  if (!(e instanceof ColumnElement)) return e;
  return replacementTraverse(e as ColumnElement & Traversible, {}, (x) => {
    if (!(x instanceof Column) || !x.table || (x.table as unknown) === table) return null;
    if (!table.c.has(x.name)) table.appendColumn(x._copy());
    return table.c.get(x.name) as Column;
  });
}
