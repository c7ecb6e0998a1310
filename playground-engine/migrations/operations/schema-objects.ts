// Tables, columns and constraints made up for one operation: they exist to be named in its statement.
//
// Behaviour: alembic.operations.schemaobj. The naming convention is the target metadata's.
import {
  CheckConstraint,
  Column,
  Constraint,
  ForeignKeyConstraint,
  Index,
  MetaData,
  PrimaryKeyConstraint,
  Table,
  UniqueConstraint,
} from "../../sql/schema/index.ts";
import { ColumnElement, Integer, NullType, QuotedName, TextClause } from "../../sql/index.ts";
import { replacementTraverse } from "../../sql/visitable.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import type { MigrationContext } from "../runtime/migration-context.ts";

/** Keyword arguments of Python as a constructor's options object. */
export function asOptions(
  kw: Kwargs,
  known: readonly string[],
): { readonly options: Record<string, Value>; readonly rest: Kwargs } {
  const options: Record<string, Value> = {};
  const rest: Kwargs = new Map();
  for (const [k, v] of kw) {
    if (known.includes(k)) options[k.replace(/_([a-z])/g, (_, c: string) => c.toUpperCase())] = v;
    else rest.set(k, v);
  }
  return { options, rest };
}

const TABLE = [
  "schema",
  "comment",
  "info",
  "quote",
  "quote_schema",
  "prefixes",
  "implicit_returning",
  "listeners",
];
const INDEX = ["quote", "info", "unique"];
const CONSTRAINT = ["name", "deferrable", "initially", "info", "comment"];

/** A schema as a Table takes it: whether it is always quoted is said beside it. */
function inSchema(schema: Value): Readonly<Record<string, Value>> {
  return schema instanceof QuotedName
    ? { schema: schema.value, quoteSchema: schema.quote }
    : { schema: schema ?? null };
}
const namesOf = (columns: Value): string[] =>
  typeof columns === "string" ? [...columns] : ([...(host.iterate(columns ?? []) ?? [])] as string[]);

export class SchemaObjects {
  readonly migrationContext: MigrationContext | null;
  constructor(migrationContext: MigrationContext | null = null) {
    this.migrationContext = migrationContext;
  }

  metadata(): MetaData {
    const target = this.migrationContext?.opts.get("target_metadata");
    const convention = target instanceof MetaData ? target.namingConvention : undefined;
    return new MetaData(convention === undefined ? {} : { namingConvention: convention as never });
  }
  private plain(name: string, columns: readonly string[], schema: Value, metadata = this.metadata()): Table {
    return new Table(
      name,
      metadata,
      [...new Set(columns)].map((c) => new Column(c, new NullType())),
      inSchema(schema),
    );
  }

  primaryKeyConstraint(
    name: string | null,
    tableName: string,
    cols: Value,
    schema: Value = null,
    dialectKw: Kwargs = new Map(),
  ): Constraint {
    const t = this.plain(tableName, namesOf(cols), schema);
    return new PrimaryKeyConstraint(
      namesOf(cols).map((c) => t.c.get(c)),
      { name },
      dialectKw,
    );
  }
  uniqueConstraint(
    name: string | null,
    source: string,
    localCols: Value,
    schema: Value = null,
    kw: Kwargs = new Map(),
  ): Constraint {
    const t = this.plain(source, namesOf(localCols), schema);
    const { options, rest } = asOptions(kw, CONSTRAINT);
    return appended(
      t,
      new UniqueConstraint(
        namesOf(localCols).map((c) => t.c.get(c)),
        { ...options, name },
        rest,
      ),
    );
  }
  checkConstraint(
    name: string | null,
    source: string,
    condition: Value,
    schema: Value = null,
    kw: Kwargs = new Map(),
  ): Constraint {
    const t = new Table(source, this.metadata(), [new Column("x", new Integer())], inSchema(schema));
    const { options, rest } = asOptions(kw, CONSTRAINT);
    return appended(t, new CheckConstraint(condition, { ...options, name }, rest));
  }
  foreignKeyConstraint(
    name: string | null,
    source: string,
    referent: string,
    localCols: Value,
    remoteCols: Value,
    onupdate: Value = null,
    ondelete: Value = null,
    deferrable: Value = null,
    sourceSchema: Value = null,
    referentSchema: Value = null,
    initially: Value = null,
    match: Value = null,
    dialectKw: Kwargs = new Map(),
  ): Constraint {
    const m = this.metadata();
    const [local, remote] = [namesOf(localCols), namesOf(remoteCols)];
    const self = source === referent && (sourceSchema ?? null) === (referentSchema ?? null);
    if (!self) this.plain(referent, remote, referentSchema, m);
    const t = this.plain(source, self ? [...local, ...remote] : local, sourceSchema, m);
    const target = host.isTrue(referentSchema ?? null) ? `${host.str(referentSchema)}.${referent}` : referent;
    const { options, rest } = asOptions(dialectKw, ["use_alter", "link_to_name", "info", "comment"]);
    return appended(
      t,
      new ForeignKeyConstraint(
        local,
        remote.map((r) => `${target}.${r}`),
        { ...options, onupdate, ondelete, deferrable, initially, match, name } as never,
        rest,
      ),
    );
  }
  /** A constraint of which only the name is known. */
  genericConstraint(
    name: string | null,
    tableName: string,
    type: string | null,
    schema: Value = null,
    _kw: Kwargs = new Map(),
  ): Constraint {
    const t = this.table(tableName, [], new Map([["schema", schema]]));
    const Any = Constraint as unknown as new (o: object) => Constraint;
    const kinds: Readonly<Record<string, () => Constraint>> = {
      foreignkey: () => new ForeignKeyConstraint([], [], { name }),
      primary: () => new PrimaryKeyConstraint([], { name }),
      unique: () => new UniqueConstraint([], { name }),
      check: () => new CheckConstraint("", { name }),
    };
    const make =
      type === null ? () => new Any({ name }) : Object.hasOwn(kinds, type) ? kinds[type] : undefined;
    if (!make)
      throw host.error("TypeError", "'type' can be one of 'check', 'foreignkey', 'primary', 'unique', None");
    return appended(t, make());
  }
  index(
    name: string | null,
    tableName: string | null,
    columns: Value,
    schema: Value = null,
    kw: Kwargs = new Map(),
  ): Index {
    const t = this.table(tableName || "no_table", [], new Map([["schema", schema]]));
    const { options, rest } = asOptions(kw, INDEX);
    const all = typeof columns === "string" ? [...columns] : [...(host.iterate(columns ?? []) ?? [])];
    return new Index(
      name,
      all.map((c) => indexed(t, c)),
      { ...options, _table: t },
      rest,
    );
  }
  column(name: string, type: Value): Column {
    return new Column(name, type);
  }

  table(name: string, columns: readonly Value[], given: Kwargs = new Map()): Table {
    const kw = new Map(given);
    const included = kw.get("_constraints_included") === true;
    kw.delete("_constraints_included");
    const { options, rest } = asOptions(kw, TABLE);
    const m = this.metadata();
    const own = columns.filter((i): i is Column => i instanceof Column).map((c) => (c.table ? c._copy() : c));
    // what the flags stand for is among the items already
    if (included) for (const c of own) c.unique = c.index = false;
    const t = new Table(name, m, own, { ...options, ...inSchema(options.schema) } as never, rest);
    for (const item of columns) {
      if (!(item instanceof Constraint || item instanceof Index)) continue;
      const { parent } = item as Constraint;
      t.appendConstraint(
        item instanceof Constraint && parent !== undefined && (parent as unknown) !== t
          ? item._copy({ targetTable: t })
          : (item as Constraint),
      );
    }
    for (const fk of t.foreignKeys) this.targetOf(m, fk as never);
    return t;
  }
  /** The other end of a foreign key, so that its name can be printed. */
  private targetOf(m: MetaData, fk: { readonly _colspec: Value }): void {
    if (typeof fk._colspec !== "string") return;
    const dot = fk._colspec.lastIndexOf(".");
    const key = fk._colspec.slice(0, dot);
    const column = fk._colspec.slice(dot + 1);
    const at = key.lastIndexOf(".");
    const known = (m.tables as unknown as Map<string, Table>).get(key);
    const t =
      known ?? new Table(key.slice(at + 1), m, [], { schema: at > 0 ? key.slice(0, at) : null } as never);
    if (!t.c.has(column)) t.appendColumn(new Column(column, new NullType()));
  }
}

function appended<C extends Constraint>(t: Table, c: C): C {
  t.appendConstraint(c);
  return c;
}

/** A column by its name, or an expression whose columns are this table's. */
function indexed(table: Table, of: Value): Value {
  if (typeof of === "string" || of instanceof QuotedName) {
    const column = new Column(of, new NullType());
    table.appendColumn(column);
    return column;
  }
  if (of instanceof TextClause || !(of instanceof ColumnElement)) return of;
  return replacementTraverse(of, {}, (element) => {
    if (!(element instanceof Column) || !element.table || (element.table as unknown) === table) return null;
    const { name } = element;
    if (!table.c.has(name)) table.appendColumn(element._copy());
    return table.c.get(name) as Column;
  });
}
