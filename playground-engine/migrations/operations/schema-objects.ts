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
const INDEX = ["quote", "info"];
const CONSTRAINT = ["name", "deferrable", "initially", "info", "comment"];

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
  private plain(
    name: string,
    columns: readonly string[],
    schema: string | null,
    metadata = this.metadata(),
  ): Table {
    return new Table(
      name,
      metadata,
      [...new Set(columns)].map((c) => new Column(c, new NullType())),
      { schema } as never,
    );
  }

  primaryKeyConstraint(
    name: string | null,
    table: string,
    columns: readonly string[],
    schema: string | null,
    kw: Kwargs = new Map(),
  ): Constraint {
    const t = this.plain(table, columns, schema);
    return new PrimaryKeyConstraint(
      columns.map((c) => t.c.get(c)),
      { name } as never,
      kw,
    );
  }
  uniqueConstraint(
    name: string | null,
    table: string,
    columns: readonly string[],
    schema: string | null,
    kw: Kwargs = new Map(),
  ): Constraint {
    const t = this.plain(table, columns, schema);
    const { options, rest } = asOptions(kw, CONSTRAINT);
    return appended(
      t,
      new UniqueConstraint(
        columns.map((c) => t.c.get(c)),
        { ...options, name } as never,
        rest,
      ),
    );
  }
  checkConstraint(
    name: string | null,
    table: string,
    condition: Value,
    schema: string | null,
    kw: Kwargs = new Map(),
  ): Constraint {
    const t = new Table(table, this.metadata(), [new Column("x", new Integer())], { schema } as never);
    const { options, rest } = asOptions(kw, CONSTRAINT);
    return appended(t, new CheckConstraint(condition, { ...options, name } as never, rest));
  }
  foreignKeyConstraint(
    name: string | null,
    source: string,
    referent: string,
    local: readonly string[],
    remote: readonly string[],
    options: Readonly<Record<string, Value>>,
    kw: Kwargs = new Map(),
  ): Constraint {
    const m = this.metadata();
    const {
      sourceSchema = null,
      referentSchema = null,
      ...rules
    } = options as { sourceSchema?: string | null; referentSchema?: string | null };
    const self = source === referent && sourceSchema === referentSchema;
    if (!self) this.plain(referent, remote, referentSchema, m);
    const t = this.plain(source, self ? [...local, ...remote] : local, sourceSchema, m);
    const target = referentSchema ? `${referentSchema}.${referent}` : referent;
    return appended(
      t,
      new ForeignKeyConstraint(
        local,
        remote.map((r) => `${target}.${r}`),
        { ...rules, name } as never,
        kw,
      ),
    );
  }
  genericConstraint(
    name: string | null,
    table: string,
    type: string | null,
    schema: string | null,
  ): Constraint {
    const t = this.table(table, [], { schema });
    const made =
      type === "foreignkey"
        ? new ForeignKeyConstraint([], [], { name } as never)
        : type === "primary"
          ? new PrimaryKeyConstraint([], { name } as never)
          : type === "unique"
            ? new UniqueConstraint([], { name } as never)
            : type === "check"
              ? new CheckConstraint("", { name } as never)
              : type === null
                ? new (Constraint as unknown as new (o: object) => Constraint)({ name })
                : undefined;
    if (!made)
      throw host.error("TypeError", "'type' can be one of 'check', 'foreignkey', 'primary', 'unique', None");
    return appended(t, made);
  }
  index(
    name: string | null,
    table: string | null,
    columns: readonly Value[],
    schema: string | null,
    options: Readonly<Record<string, Value>> = {},
    given: Kwargs = new Map(),
  ): Index {
    const t = this.table(table ?? "no_table", [], { schema });
    const { options: known, rest } = asOptions(given, INDEX);
    return new Index(
      name,
      columns.map((c) => indexed(t, c)),
      { ...known, ...options, _table: t } as never,
      rest,
    );
  }
  column(name: string, type: Value): Column {
    return new Column(name, type);
  }

  table(
    name: string,
    items: readonly Value[],
    options: Readonly<Record<string, Value>> = {},
    kw: Kwargs = new Map(),
  ): Table {
    const { constraintsIncluded = false, ...more } = options;
    const { options: known, rest } = asOptions(kw, TABLE);
    const m = this.metadata();
    const columns = items
      .filter((i): i is Column => i instanceof Column)
      .map((c) => (c.table ? c._copy() : c));
    // what the flags stand for is among the items already
    if (constraintsIncluded === true) for (const c of columns) c.unique = c.index = false;
    const t = new Table(name, m, columns, { ...known, ...more } as never, rest);
    for (const item of items) {
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
