// inspect(engine) and inspect(connection): what tables, columns, keys and constraints a database has.
//
// The dialect's reflection methods do the asking; an inspector gives them a connection and keeps what they found until it is told to
// forget. Facts are Maps with SQLAlchemy's keys ("column_names"). Behaviour: SQLAlchemy engine/reflection.py.
import {
  OBJECT_KIND,
  OBJECT_SCOPE,
  type MultiReflect,
  type MultiReflected,
  type Reflected,
} from "../dialects/dialect.ts";
import { CircularDependencyError, warnDeprecated } from "../errors/index.ts";
import { late, type Inspected } from "../sql/late.ts";
import type {
  ReflectTableOptions,
  ReflectionInfoRequest,
  SchemaInspector,
} from "../sql/schema/reflection.ts";
import type { Table } from "../sql/schema/table.ts";
import type { TypeEngine } from "../sql/types/engine.ts";
import { host, type Kwargs, type Value } from "../util/host.ts";
import { sort, type Edge } from "../util/topological.ts";
import { Connection } from "./connection.ts";
import type { EngineDialect } from "./engine-dialect.ts";
import { Engine } from "./engine.ts";
import { names, reflectTable, ReflectionInfo, tableKey } from "./reflect-table.ts";

export { OBJECT_KIND, OBJECT_SCOPE };

type TableName = readonly [schema: string | null, table: string];
const NO_KWARGS: Kwargs = new Map();

type FilterNames = readonly string[] | null;

interface Which {
  readonly schema: string | null;
  readonly filterNames: FilterNames;
  readonly kind: number | undefined;
  readonly scope: number | undefined;
}

const instead = (name: string): string =>
  `The ${name}() method on Inspector is deprecated and will be removed in a future release.  Please use the sqlalchemy.inspect() function on an Engine or Connection in order to acquire an Inspector. (deprecated since: 1.4)`;

export class Inspector implements SchemaInspector {
  readonly bind: Engine | Connection;
  readonly engine: Engine;
  readonly dialect: EngineDialect;
  infoCache: Map<string, Value> = new Map();

  /** Made by inspect(); anybody else is told so. */
  constructor(bind: Engine | Connection, inspected = false) {
    if (!inspected) warnDeprecated(instead("__init__"));
    this.bind = bind;
    this.engine = bind.engine;
    this.dialect = this.engine.dialect;
    // Makes sure that there is a database, and that the dialect has seen it.
    if (bind instanceof Engine) bind.connect().close();
  }

  static fromEngine(bind: Engine): Inspector {
    warnDeprecated(instead("from_engine"));
    return new Inspector(bind, true);
  }

  clearCache(): void {
    this.infoCache.clear();
  }

  /** Run with a connection: the one given, or one for this call. */
  private withConnection<T>(fn: (connection: Connection) => T): T {
    if (this.bind instanceof Connection) return fn(this.bind);
    const connection = this.bind.connect();
    try {
      return fn(connection);
    } finally {
      connection.close();
    }
  }

  /** @internal */
  _inspectionContext<R>(fn: (inspector: SchemaInspector) => R): R {
    return this.withConnection((connection) => {
      const inner = new Inspector(connection, true);
      inner.infoCache = this.infoCache;
      return fn(inner);
    });
  }

  private kw(kwargs: Kwargs | undefined): Kwargs {
    return new Map<string, Value>([["info_cache", this.infoCache], ...(kwargs ?? NO_KWARGS)]);
  }

  // ------------------------------------------------------------------ names

  get defaultSchemaName(): string | null {
    return this.dialect.defaultSchemaName;
  }

  getSchemaNames(kwargs?: Kwargs): readonly string[] {
    return this.withConnection((c) => this.dialect.getSchemaNames(c, this.kw(kwargs)));
  }

  getTableNames(schema: string | null = null, kwargs?: Kwargs): readonly string[] {
    return this.withConnection((c) => this.dialect.getTableNames(c, schema, this.kw(kwargs)));
  }

  getTempTableNames(kwargs?: Kwargs): readonly string[] {
    return this.withConnection((c) => this.dialect.getTempTableNames(c, this.kw(kwargs)));
  }

  getViewNames(schema: string | null = null, kwargs?: Kwargs): readonly string[] {
    return this.withConnection((c) => this.dialect.getViewNames(c, schema, this.kw(kwargs)));
  }

  getTempViewNames(kwargs?: Kwargs): readonly string[] {
    return this.withConnection((c) => this.dialect.getTempViewNames(c, this.kw(kwargs)));
  }

  getMaterializedViewNames(schema: string | null = null, kwargs?: Kwargs): readonly string[] {
    return this.withConnection((c) => this.dialect.getMaterializedViewNames(c, schema, this.kw(kwargs)));
  }

  getSequenceNames(schema: string | null = null, kwargs?: Kwargs): readonly string[] {
    return this.withConnection((c) => this.dialect.getSequenceNames(c, schema, this.kw(kwargs)));
  }

  getViewDefinition(viewName: string, schema: string | null = null, kwargs?: Kwargs): string {
    return this.withConnection((c) => this.dialect.getViewDefinition(c, viewName, schema, this.kw(kwargs)));
  }

  hasTable(tableName: string, schema: string | null = null, kwargs?: Kwargs): boolean {
    return this.withConnection((c) => this.dialect.hasTable(c, tableName, schema, this.kw(kwargs)));
  }

  hasSequence(sequenceName: string, schema: string | null = null, kwargs?: Kwargs): boolean {
    return this.withConnection((c) => this.dialect.hasSequence(c, sequenceName, schema, this.kw(kwargs)));
  }

  hasIndex(tableName: string, indexName: string, schema: string | null = null, kwargs?: Kwargs): boolean {
    return this.withConnection((c) =>
      this.dialect.hasIndex(c, tableName, indexName, schema, this.kw(kwargs)),
    );
  }

  hasSchema(schemaName: string, kwargs?: Kwargs): boolean {
    return this.withConnection((c) => this.dialect.hasSchema(c, schemaName, this.kw(kwargs)));
  }

  // ------------------------------------------------------------------ one table

  getColumns(tableName: string, schema: string | null = null, kwargs?: Kwargs): Reflected[] {
    return makeTypes(
      this.withConnection((c) => this.dialect.getColumns(c, tableName, schema, this.kw(kwargs))),
    );
  }

  getPkConstraint(tableName: string, schema: string | null = null, kwargs?: Kwargs): Reflected {
    return this.withConnection((c) => this.dialect.getPkConstraint(c, tableName, schema, this.kw(kwargs)));
  }

  getForeignKeys(tableName: string, schema: string | null = null, kwargs?: Kwargs): Reflected[] {
    return this.withConnection((c) => this.dialect.getForeignKeys(c, tableName, schema, this.kw(kwargs)));
  }

  getIndexes(tableName: string, schema: string | null = null, kwargs?: Kwargs): Reflected[] {
    return this.withConnection((c) => this.dialect.getIndexes(c, tableName, schema, this.kw(kwargs)));
  }

  getUniqueConstraints(tableName: string, schema: string | null = null, kwargs?: Kwargs): Reflected[] {
    return this.withConnection((c) =>
      this.dialect.getUniqueConstraints(c, tableName, schema, this.kw(kwargs)),
    );
  }

  getCheckConstraints(tableName: string, schema: string | null = null, kwargs?: Kwargs): Reflected[] {
    return this.withConnection((c) =>
      this.dialect.getCheckConstraints(c, tableName, schema, this.kw(kwargs)),
    );
  }

  getTableOptions(tableName: string, schema: string | null = null, kwargs?: Kwargs): Reflected {
    return this.withConnection((c) => this.dialect.getTableOptions(c, tableName, schema, this.kw(kwargs)));
  }

  getTableComment(tableName: string, schema: string | null = null, kwargs?: Kwargs): Reflected {
    return this.withConnection((c) => this.dialect.getTableComment(c, tableName, schema, this.kw(kwargs)));
  }

  // ------------------------------------------------------------------ many tables at once, by (schema, table)

  getMultiColumns(
    schema: string | null = null,
    filterNames: FilterNames = null,
    kind?: number,
    scope?: number,
    kwargs?: Kwargs,
  ): MultiReflected<Reflected[]> {
    const found = this.multi(
      (c, which, kw) => this.dialect.getMultiColumns(c, which, kw),
      { schema, filterNames, kind, scope },
      kwargs,
    );
    for (const [, columns] of found) makeTypes(columns);
    return found;
  }

  getMultiPkConstraint(
    schema: string | null = null,
    filterNames: FilterNames = null,
    kind?: number,
    scope?: number,
    kwargs?: Kwargs,
  ): MultiReflected<Reflected> {
    return this.multi(
      (c, which, kw) => this.dialect.getMultiPkConstraint(c, which, kw),
      { schema, filterNames, kind, scope },
      kwargs,
    );
  }

  getMultiForeignKeys(
    schema: string | null = null,
    filterNames: FilterNames = null,
    kind?: number,
    scope?: number,
    kwargs?: Kwargs,
  ): MultiReflected<Reflected[]> {
    return this.multi(
      (c, which, kw) => this.dialect.getMultiForeignKeys(c, which, kw),
      { schema, filterNames, kind, scope },
      kwargs,
    );
  }

  getMultiIndexes(
    schema: string | null = null,
    filterNames: FilterNames = null,
    kind?: number,
    scope?: number,
    kwargs?: Kwargs,
  ): MultiReflected<Reflected[]> {
    return this.multi(
      (c, which, kw) => this.dialect.getMultiIndexes(c, which, kw),
      { schema, filterNames, kind, scope },
      kwargs,
    );
  }

  getMultiUniqueConstraints(
    schema: string | null = null,
    filterNames: FilterNames = null,
    kind?: number,
    scope?: number,
    kwargs?: Kwargs,
  ): MultiReflected<Reflected[]> {
    return this.multi(
      (c, which, kw) => this.dialect.getMultiUniqueConstraints(c, which, kw),
      { schema, filterNames, kind, scope },
      kwargs,
    );
  }

  getMultiCheckConstraints(
    schema: string | null = null,
    filterNames: FilterNames = null,
    kind?: number,
    scope?: number,
    kwargs?: Kwargs,
  ): MultiReflected<Reflected[]> {
    return this.multi(
      (c, which, kw) => this.dialect.getMultiCheckConstraints(c, which, kw),
      { schema, filterNames, kind, scope },
      kwargs,
    );
  }

  getMultiTableOptions(
    schema: string | null = null,
    filterNames: FilterNames = null,
    kind?: number,
    scope?: number,
    kwargs?: Kwargs,
  ): MultiReflected<Reflected> {
    return this.multi(
      (c, which, kw) => this.dialect.getMultiTableOptions(c, which, kw),
      { schema, filterNames, kind, scope },
      kwargs,
    );
  }

  getMultiTableComment(
    schema: string | null = null,
    filterNames: FilterNames = null,
    kind?: number,
    scope?: number,
    kwargs?: Kwargs,
  ): MultiReflected<Reflected> {
    return this.multi(
      (c, which, kw) => this.dialect.getMultiTableComment(c, which, kw),
      { schema, filterNames, kind, scope },
      kwargs,
    );
  }

  private multi<T>(
    ask: (c: Connection, which: MultiReflect, kw: Kwargs) => MultiReflected<T>,
    given: Which,
    kwargs?: Kwargs,
  ): MultiReflected<T> {
    const which: MultiReflect = {
      ...given,
      kind: given.kind ?? OBJECT_KIND.TABLE,
      scope: given.scope ?? OBJECT_SCOPE.DEFAULT,
    };
    return this.withConnection((c) => ask(c, which, this.kw(kwargs)));
  }

  // ------------------------------------------------------------------ order

  /** Tables, those referred to first, each with the names of its foreign keys; at the end null with those of cycles. */
  getSortedTableAndFkcNames(
    schema: string | null = null,
  ): (readonly [string | null, readonly (readonly [string, string | null])[]])[] {
    return this.sortTablesOnForeignKeyDependency([schema]).map(
      ([table, fks]) => [table?.[1] ?? null, fks.map(([[, name], fk]) => [name, fk] as const)] as const,
    );
  }

  sortTablesOnForeignKeyDependency(
    considerSchemas: readonly (string | null)[] = [null],
  ): (readonly [TableName | null, readonly (readonly [TableName, string | null])[]])[] {
    const known = new Map<string, TableName>();
    const intern = (schema: string | null, table: string): TableName => {
      const key = tableKey(schema, table);
      let name = known.get(key);
      if (!name) known.set(key, (name = [schema, table]));
      return name;
    };
    let edges: Edge<TableName>[] = [];
    const fkNames = new Map<TableName, Set<string | null>>();
    const tables: TableName[] = [];
    for (const schema of considerSchemas)
      for (const [[, table], fks] of this.getMultiForeignKeys(schema)) {
        const name = intern(schema, table);
        tables.push(name);
        fkNames.set(name, new Set(fks.map((fk) => fk.get("name") as string | null)));
        for (const fk of fks) {
          const referred = intern(
            fk.get("referred_schema") as string | null,
            fk.get("referred_table") as string,
          );
          if (referred !== name && !edges.some(([p, c]) => p === referred && c === name))
            edges.push([referred, name]);
        }
      }
    const remaining: [TableName, string | null][] = [];
    let sorted: TableName[];
    try {
      sorted = [...sort(edges, tables)];
    } catch (e) {
      if (!(e instanceof CircularDependencyError)) throw e;
      for (const [parent, child] of e.edges as Set<Edge<TableName>>) {
        edges = edges.filter(([p, c]) => p !== parent || c !== child);
        for (const fk of fkNames.get(child) ?? [])
          if (!remaining.some(([t, n]) => t === child && n === fk)) remaining.push([child, fk]);
      }
      sorted = [...sort(edges, tables)];
    }
    const later = new Set(remaining.map(([, fk]) => fk));
    return [
      ...sorted.map(
        (table) =>
          [
            table,
            [...(fkNames.get(table) ?? [])].filter((fk) => !later.has(fk)).map((fk) => [table, fk] as const),
          ] as const,
      ),
      [null, remaining] as const,
    ];
  }

  // ------------------------------------------------------------------ into Table objects

  reflectTable(table: Table, options: Partial<ReflectTableOptions> = {}): void {
    reflectTable(this, table, {
      includeColumns: options.includeColumns ? names(options.includeColumns) : null,
      excludeColumns: names(options.excludeColumns ?? []),
      resolveFks: options.resolveFks ?? true,
      extendOn: options.extendOn ?? null,
      reflectInfo: options.reflectInfo ?? null,
    });
  }

  /** @internal the schema that the connection puts for a table's */
  _schemaForObject(table: Table): string | null {
    return this.withConnection((c) => c.schemaForObject(table));
  }

  /** @internal Everything about some tables, asked with as few questions as the dialect can. */
  _getReflectionInfo(request: ReflectionInfoRequest): ReflectionInfo {
    return ReflectionInfo.read(this, {
      schema: request.schema,
      filterNames: request.filterNames,
      kind: request.kind === "any" ? OBJECT_KIND.ANY : OBJECT_KIND.TABLE,
      scope: OBJECT_SCOPE.ANY,
      kwargs: request.dialectKwargs,
    });
  }
}

/** Types may come as classes; programs see instances. */
function makeTypes(columns: Reflected[]): Reflected[] {
  for (const column of columns) {
    const type = column.get("type");
    if (typeof type === "function") column.set("type", new (type as new () => TypeEngine)());
  }
  return columns;
}

/** inspect() of what this room has; undefined for anything else. */
export function inspectEngine(subject: Value): Inspector | undefined {
  if (subject instanceof Engine || subject instanceof Connection) return new Inspector(subject, true);
  return subject instanceof Inspector ? subject : undefined;
}

const before = late.inspect;
late.inspect = (value) => (inspectEngine(value) as unknown as Inspected | undefined) ?? before(value);

/** The facts of a multi-table question as the program sees them: a dict with (schema, table) keys. */
export function multiAsDict(found: MultiReflected<unknown>): Value {
  return host.makeDict(found.map(([key, data]) => [host.makeTuple(key), data] as const));
}
