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
import { Integer, NullType } from "../../sql/index.ts";
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
    kw: Kwargs = new Map(),
  ): Index {
    const t = this.table(table ?? "no_table", [], { schema });
    const expressions = columns.map((c) => {
      if (typeof c === "string") {
        const column = new Column(c, new NullType());
        t.appendColumn(column);
        return column;
      }
      return c;
    });
    const made = new Index(name, expressions, options as never, kw);
    if (!made.table)
      (made as unknown as { _setParentWithDispatch(t: Table): void })._setParentWithDispatch(t);
    return made;
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
    const m = this.metadata();
    const columns = items
      .filter((i): i is Column => i instanceof Column)
      .map((c) => (c.table ? c._copy() : c));
    const t = new Table(name, m, columns, options as never, kw);
    for (const item of items)
      if (item instanceof Constraint || item instanceof Index) t.appendConstraint(item as Constraint);
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
