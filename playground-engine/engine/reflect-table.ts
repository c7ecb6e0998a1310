// From reflected facts to a Table: columns, keys, indexes and constraints made as a program would make them.
//
// Facts of several tables are asked for together and handed on, so that tables which foreign keys lead to cost no questions again.
// Behaviour: SQLAlchemy engine/reflection.py (Inspector.reflect_table, _ReflectionInfo).
import { OBJECT_KIND, OBJECT_SCOPE, type MultiReflected, type Reflected } from "../dialects/dialect.ts";
import { TABLE_OBJECT } from "../dialects/reflection-cache.ts";
import {
  ConstraintColumnNotFoundError,
  NoSuchTableError,
  warn,
  type UnreflectableTableError,
} from "../errors/index.ts";
import { text } from "../sql/constructors.ts";
import type { ColumnElement } from "../sql/elements/column.ts";
import { TextClause } from "../sql/elements/text.ts";
import { Column, type ColumnOptions } from "../sql/schema/column.ts";
import { BLANK_SCHEMA } from "../sql/schema/constants.ts";
import {
  ForeignKeyConstraint,
  type ForeignKeyConstraintOptions,
} from "../sql/schema/foreign-key-constraint.ts";
import { Index } from "../sql/schema/indexes.ts";
import { CheckConstraint, UniqueConstraint } from "../sql/schema/keys.ts";
import type { ReflectTableOptions } from "../sql/schema/reflection.ts";
import { Computed, DefaultClause, Identity, isFetchedValue } from "../sql/schema/server-defaults.ts";
import { Table } from "../sql/schema/table.ts";
import type { TypeEngine } from "../sql/types/engine.ts";
import { host, type Kwargs, type Value } from "../util/host.ts";
import { reprString } from "../util/text.ts";
import type { Inspector } from "./inspector.ts";

/** One string for (schema, table). */
export function tableKey(schema: string | null, table: string): string {
  return `${schema ?? ""}\0${table}`;
}

interface ReadRequest {
  readonly schema: string | null;
  readonly filterNames: readonly string[] | null;
  readonly kind: number;
  readonly scope: number;
  readonly kwargs: Kwargs;
}

type Facts<T> = Map<string, T>;

export class ReflectionInfo {
  readonly columns: Facts<Reflected[]> = new Map();
  readonly pkConstraint: Facts<Reflected> = new Map();
  readonly foreignKeys: Facts<Reflected[]> = new Map();
  readonly indexes: Facts<Reflected[]> = new Map();
  readonly uniqueConstraints: Facts<Reflected[]> = new Map();
  readonly tableComment: Facts<Reflected> = new Map();
  readonly checkConstraints: Facts<Reflected[]> = new Map();
  readonly tableOptions: Facts<Reflected> = new Map();
  readonly unreflectable: Facts<UnreflectableTableError> = new Map();

  static read(inspector: Inspector, request: ReadRequest): ReflectionInfo {
    const info = new ReflectionInfo();
    const kwargs: Kwargs = new Map<string, Value>([...request.kwargs, ["unreflectable", info.unreflectable]]);
    const { schema, filterNames, kind, scope } = request;
    let found = true;
    const run = <T>(into: Facts<T>, ask: () => MultiReflected<T>, optional = false): void => {
      if (!found) return;
      try {
        for (const [[s, t], data] of ask()) into.set(tableKey(s, t), data);
      } catch (e) {
        if (!optional || !host.isError(e, "NotImplementedError")) throw e;
      }
    };
    run(info.columns, () => inspector.getMultiColumns(schema, filterNames, kind, scope, kwargs));
    // Without a table there is nothing more to ask.
    if (!info.columns.size) found = false;
    run(info.pkConstraint, () => inspector.getMultiPkConstraint(schema, filterNames, kind, scope, kwargs));
    run(info.foreignKeys, () => inspector.getMultiForeignKeys(schema, filterNames, kind, scope, kwargs));
    run(info.indexes, () => inspector.getMultiIndexes(schema, filterNames, kind, scope, kwargs));
    run(
      info.uniqueConstraints,
      () => inspector.getMultiUniqueConstraints(schema, filterNames, kind, scope, kwargs),
      true,
    );
    run(
      info.tableComment,
      () => inspector.getMultiTableComment(schema, filterNames, kind, scope, kwargs),
      true,
    );
    run(
      info.checkConstraints,
      () => inspector.getMultiCheckConstraints(schema, filterNames, kind, scope, kwargs),
      true,
    );
    run(
      info.tableOptions,
      () => inspector.getMultiTableOptions(schema, filterNames, kind, scope, kwargs),
      true,
    );
    return info;
  }

  /** Take in what another question found. */
  update(other: ReflectionInfo): void {
    for (const name of Object.keys(this) as (keyof this)[]) {
      const mine = this[name] as Facts<unknown>;
      for (const [key, data] of (other as this)[name] as Facts<unknown>) mine.set(key, data);
    }
  }
}

/** Fill a table with what the database has. Throws NoSuchTableError, UnreflectableTableError. */
export function reflectTable(inspector: Inspector, table: Table, options: ReflectTableOptions): void {
  const { extendOn } = options;
  if (extendOn) {
    if (extendOn.has(table)) return;
    extendOn.add(table);
  }
  const schema = inspector._schemaForObject(table);
  const key = tableKey(schema, table.name);
  let info = options.reflectInfo as ReflectionInfo | null;
  if (!info?.columns.has(key)) {
    const read = ReflectionInfo.read(inspector, {
      schema,
      filterNames: [table.name],
      kind: OBJECT_KIND.ANY,
      scope: OBJECT_SCOPE.ANY,
      kwargs: new Map([...table.dialectKwargs, [TABLE_OBJECT, true]]),
    });
    if (info) info.update(read);
    else info = read;
  }
  const unreflectable = info.unreflectable.get(key);
  if (unreflectable) throw unreflectable;
  const columns = info.columns.get(key);
  if (!columns) throw new NoSuchTableError(table.name);
  const tableOptions = info.tableOptions.get(key);
  if (tableOptions?.size) table._validateDialectKwargs(tableOptions);
  new TableReflection(inspector, table, key, info, options).run(columns);
}

class TableReflection {
  private readonly inspector: Inspector;
  private readonly table: Table;
  private readonly key: string;
  private readonly info: ReflectionInfo;
  private readonly options: ReflectTableOptions;
  private readonly byOriginalName = new Map<string, Column>();

  constructor(
    inspector: Inspector,
    table: Table,
    key: string,
    info: ReflectionInfo,
    options: ReflectTableOptions,
  ) {
    this.inspector = inspector;
    this.table = table;
    this.key = key;
    this.info = info;
    this.options = options;
  }

  run(columns: readonly Reflected[]): void {
    for (const column of columns) this.column(column);
    if (!columns.length && !this.inspector.hasTable(this.table.name, this.table.schema))
      throw new NoSuchTableError(this.table.name);
    this.primaryKey();
    for (const fk of this.info.foreignKeys.get(this.key) ?? []) this.foreignKey(fk);
    for (const index of this.info.indexes.get(this.key) ?? []) this.index(index);
    for (const unique of this.info.uniqueConstraints.get(this.key) ?? []) this.unique(unique);
    for (const check of this.info.checkConstraints.get(this.key) ?? []) this.check(check);
    const comment = this.info.tableComment.get(this.key);
    if (comment) this.table.comment = (comment.get("text") as string | null | undefined) ?? null;
  }

  private includes(names: readonly (string | null)[]): boolean {
    const { includeColumns } = this.options;
    return !includeColumns?.length || names.every((n) => n !== null && includeColumns.includes(n));
  }

  private column(given: Reflected): void {
    const { table } = this;
    const originalName = given.get("name") as string;
    let facts = given;
    if (table.metadata.dispatch.columnReflect.active || table.dispatch.columnReflect.active) {
      // Listeners change the dict.
      const dict = host.makeDict(given);
      table.metadata.dispatch.columnReflect.emit(this.inspector, table, dict);
      table.dispatch.columnReflect.emit(this.inspector, table, dict);
      facts = new Map(host.entries(dict) as Iterable<[string, Value]>);
    }
    const name = facts.get("name") as string;
    const { includeColumns, excludeColumns } = this.options;
    if ((includeColumns?.length && !includeColumns.includes(name)) || excludeColumns.includes(name)) return;
    const pick = <K extends string>(k: K): Record<string, Value> =>
      facts.has(k) ? { [k]: facts.get(k) } : {};
    const columnOptions: ColumnOptions = {
      ...pick("nullable"),
      ...pick("autoincrement"),
      ...pick("quote"),
      ...pick("info"),
      ...pick("key"),
      ...pick("comment"),
    };
    const dialectOptions = facts.get("dialect_options");
    const args: Value[] = [];
    const standard = facts.get("default") ?? null;
    if (standard !== null) {
      if (standard instanceof TextClause) args.push(new DefaultClause(standard, false, true));
      else if (isFetchedValue(standard)) args.push(standard);
      else args.push(new DefaultClause(text(standard as string), false, true));
    }
    const computed = facts.get("computed");
    if (computed !== undefined) {
      const c = mapOf(computed);
      args.push(new Computed(c.get("sqltext"), (c.get("persisted") as boolean | undefined) ?? null));
    }
    const identity = facts.get("identity");
    if (identity !== undefined) args.push(new Identity(camelOptions(mapOf(identity))));
    const column = new Column(
      name,
      facts.get("type") as TypeEngine,
      args,
      columnOptions,
      dialectOptions === undefined ? new Map() : mapOf(dialectOptions),
    );
    this.byOriginalName.set(originalName, column);
    if (table.primaryKey.columns.has(column.key)) column.primaryKey = true;
    table.appendColumn(column, true);
  }

  private primaryKey(): void {
    const facts = this.info.pkConstraint.get(this.key);
    if (!facts) return;
    const key = this.table.primaryKey;
    const columns = names(facts.get("constrained_columns"))
      .filter((n) => this.byOriginalName.has(n) && !this.options.excludeColumns.includes(n))
      .map((n) => this.byOriginalName.get(n) as Column);
    key.name = (facts.get("name") as string | null | undefined) ?? null;
    key.comment = (facts.get("comment") as string | null | undefined) ?? null;
    const dialectOptions = facts.get("dialect_options");
    if (dialectOptions !== undefined) key._validateDialectKwargs(mapOf(dialectOptions));
    key._reload(columns);
  }

  private foreignKey(facts: Reflected): void {
    const { table, options } = this;
    const name = facts.get("name") as string | null;
    const constrained = names(facts.get("constrained_columns")).map(
      (c) => this.byOriginalName.get(c)?.key ?? c,
    );
    if (constrained.some((c) => options.excludeColumns.includes(c)) || !this.includes(constrained)) return;
    const referredSchema = facts.get("referred_schema") as string | null;
    const referredTable = facts.get("referred_table") as string;
    if (options.resolveFks)
      new Table(referredTable, table.metadata, [], {
        schema: referredSchema ?? BLANK_SCHEMA,
        autoloadWith: this.inspector,
        extendOn: options.extendOn,
        reflectInfo: this.info,
      });
    const refspec = names(facts.get("referred_columns")).map((c) =>
      referredSchema === null ? `${referredTable}.${c}` : `${referredSchema}.${referredTable}.${c}`,
    );
    const fkOptions: ForeignKeyConstraintOptions = {
      ...camelOptions(mapOf(facts.get("options") ?? new Map())),
      name,
      linkToName: true,
      comment: (facts.get("comment") as string | null | undefined) ?? null,
    };
    try {
      table.appendConstraint(new ForeignKeyConstraint(constrained, refspec, fkOptions));
    } catch (e) {
      if (!(e instanceof ConstraintColumnNotFoundError)) throw e;
      warn(
        `On reflected table ${table.name}, skipping reflection of foreign key constraint ${name}; one or more subject columns within name(s) ${constrained.join(", ")} are not present in the table`,
      );
    }
  }

  private index(facts: Reflected): void {
    const name = facts.get("name") as string | null;
    const columns = [...(host.iterate(facts.get("column_names")) ?? [])] as (string | null)[];
    const expressions = facts.has("expressions") ? names(facts.get("expressions")) : null;
    const sorting = mapOf(facts.get("column_sorting") ?? new Map());
    const flavor = (facts.get("type") as string | undefined) ?? "index";
    if (!this.includes(columns) || facts.get("duplicates_constraint")) return;
    const elements: Value[] = [];
    for (const [i, column] of columns.entries()) {
      if (column === null) {
        if (!expressions) {
          warn(
            `Skipping ${flavor} ${host.repr(name)} because key ${i + 1} reflected as None but no 'expressions' were returned`,
          );
          return;
        }
        elements.push(text(expressions[i] as string));
        continue;
      }
      let element: ColumnElement | null | undefined =
        this.byOriginalName.get(column) ?? this.table.c.get(column);
      if (!element) {
        warn(
          `${flavor} key ${reprString(column)} was not located in columns for table ${reprString(this.table.name)}`,
        );
        continue;
      }
      for (const option of names(sorting.get(column) ?? []))
        element = ORDERS.get(option)?.(element) ?? element;
      elements.push(element);
    }
    new Index(
      name,
      elements,
      // as the database says it, which is a number with SQLite
      { _table: this.table, unique: (facts.get("unique") ?? false) as boolean },
      mapOf(facts.get("dialect_options") ?? new Map()),
    );
  }

  private unique(facts: Reflected): void {
    const names_ = names(facts.get("column_names"));
    if (!this.includes(names_) || facts.get("duplicates_index")) return;
    const columns: Column[] = [];
    for (const name of names_) {
      const column =
        this.byOriginalName.get(name) ??
        (this.table.c.has(name) ? (this.table.c.get(name) as Column) : undefined);
      if (column) columns.push(column);
      else warn(`unique constraint key '${name}' was not located in columns for table '${this.table.name}'`);
    }
    const options = {
      name: facts.get("name") as string | null,
      comment: (facts.get("comment") as string | null | undefined) ?? null,
    };
    this.table.appendConstraint(
      new UniqueConstraint(columns, options, mapOf(facts.get("dialect_options") ?? new Map())),
    );
  }

  private check(facts: Reflected): void {
    const { sqltext, ...rest } = Object.fromEntries(facts) as Record<string, Value>;
    const dialectOptions = rest["dialect_options"];
    delete rest["dialect_options"];
    this.table.appendConstraint(
      new CheckConstraint(sqltext, rest, dialectOptions === undefined ? new Map() : mapOf(dialectOptions)),
    );
  }
}

const ORDERS: ReadonlyMap<string, (column: ColumnElement) => ColumnElement> = new Map([
  ["asc", (c) => c.asc()],
  ["desc", (c) => c.desc()],
  ["nulls_first", (c) => c.nullsFirst()],
  ["nulls_last", (c) => c.nullsLast()],
]);

export function names(v: Value): string[] {
  return [...(host.iterate(v) ?? [])] as string[];
}

function mapOf(v: Value): Map<string, Value> {
  return v instanceof Map ? (v as Map<string, Value>) : new Map(host.entries(v) as Iterable<[string, Value]>);
}

/** Keyword arguments as an options object. The keys are the dialects', never the program's. */
function camelOptions(kw: ReadonlyMap<string, Value>): Record<string, Value> {
  return Object.fromEntries(
    [...kw].map(([k, v]) => [k.replace(/_([a-z])/g, (_, c: string) => c.toUpperCase()), v]),
  );
}
