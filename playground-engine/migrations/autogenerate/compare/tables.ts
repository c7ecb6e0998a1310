// Tables and columns that came and went; each table that stays goes on to the comparators of "table" and "column".
//
// Behaviour: alembic.autogenerate.compare.schema, .tables.
import { inspectEngine } from "../../../engine/index.ts";
import { type Column, MetaData, Table, tableKey } from "../../../sql/schema/index.ts";
import { listen } from "../../../event/index.ts";
import { host, type Value } from "../../../util/host.ts";
import { AddColumnOp, AlterColumnOp, DropColumnOp } from "../../operations/ops/columns.ts";
import { ModifyTableOps, type UpgradeOps } from "../../operations/ops/operation.ts";
import { CreateTableOp, DropTableOp } from "../../operations/ops/tables.ts";
import type { AutogenContext } from "../autogen-context.ts";
import { Plugin } from "../plugins.ts";
import { preCache, reflectInto } from "./reflected.ts";

const LOG = "alembic.autogenerate.compare.tables";
type Schema = string | null;

function info(message: string, args: readonly Value[]): void {
  host.logger(LOG).log(20, message, args);
}

/** Which schemas to look at. */
function schemas(context: AutogenContext, upgrade: UpgradeOps): void {
  let found: Schema[] = [null];
  if (host.isTrue(context.option("include_schemas"))) {
    const inspector = inspectEngine(context.connection as never) as unknown as {
      getSchemaNames(): readonly string[];
    };
    const own = context.dialect.defaultSchemaName ?? null;
    found = [...inspector.getSchemaNames().filter((s) => s !== "information_schema" && s !== own), null];
  } else inspectEngine(context.connection as never);
  const wanted = found.filter((s) => context.includesName(s, "schema", {}));
  context.comparators.dispatch("schema", { qualifier: context.dialect.name })(
    context,
    upgrade,
    host.makeSet(wanted),
  );
}

interface Named {
  readonly schema: Schema;
  readonly name: string;
}
const keyOf = (t: Named): string => tableKey(t.name, t.schema);

function tables(context: AutogenContext, upgrade: UpgradeOps, given: Value): void {
  const { migrationContext } = context;
  const version = tableKey(migrationContext.versionTable, migrationContext.versionTableSchema);
  const inDatabase = new Map<string, Named>();
  for (const schema of [...host.iterate(given)!] as Schema[]) {
    const names = context.inspector
      .getTableNames(schema)
      .filter((name) => tableKey(name, schema) !== version)
      .filter((name) => context.includesName(name, "table", { schema_name: schema }));
    for (const name of names) inDatabase.set(tableKey(name, schema), { schema, name });
    preCache(context.inspector, schema, names);
  }
  const own = context.dialect.defaultSchemaName ?? null;
  void context.tableKeyToTable; // raises where two MetaData have a table of one key
  const inModel = new Map<string, Named & { readonly table: Table }>();
  for (const table of context.sortedTables) {
    if (tableKey(table.name, table.schema) === version) continue;
    const schema = table.schema === own ? null : table.schema;
    inModel.set(tableKey(table.name, schema), { schema, name: table.name, table });
  }
  new Comparison(context, upgrade).run(inDatabase, inModel);
}

class Comparison {
  private readonly context: AutogenContext;
  private readonly upgrade: UpgradeOps;
  constructor(context: AutogenContext, upgrade: UpgradeOps) {
    this.context = context;
    this.upgrade = upgrade;
  }

  run(
    inDatabase: ReadonlyMap<string, Named>,
    inModel: ReadonlyMap<string, Named & { readonly table: Table }>,
  ): void {
    for (const [key, { table, name, schema }] of inModel) {
      if (inDatabase.has(key) || !this.wanted(table, name, false, null)) continue;
      this.upgrade.add(CreateTableOp.fromTable(table));
      info("Detected added table %r", [schema ? `${schema}.${name}` : name]);
      const ops = new ModifyTableOps(name, [], { schema });
      this.compareTable(ops, null, table);
      if (!ops.isEmpty()) this.upgrade.add(ops);
    }
    const gone = new MetaData();
    for (const [key, t] of inDatabase) {
      if (inModel.has(key)) continue;
      const table = this.reflected(t, gone);
      if (!this.wanted(table, t.name, true, null)) continue;
      const ops = new ModifyTableOps(t.name, [], { schema: t.schema });
      this.compareTable(ops, table, null);
      if (!ops.isEmpty()) this.upgrade.add(ops);
      this.upgrade.add(DropTableOp.fromTable(table));
      info("Detected removed table %r", [key]);
    }
    const there = new MetaData();
    const both = [...inDatabase].filter(([key]) => inModel.has(key));
    const reflected = new Map(both.map(([key, t]) => [key, this.reflected(t, there)]));
    const order = (t: Named): string => `${t.schema ?? ""}\0${t.name}`;
    for (const [key, { schema, name }] of both.sort(([, a], [, b]) => (order(a) < order(b) ? -1 : 1))) {
      const { table } = inModel.get(key)!;
      const conn = reflected.get(key)!;
      if (!this.wanted(table, name, false, conn)) continue;
      const ops = new ModifyTableOps(name, [], { schema });
      this.columns(ops, conn, table);
      if (!ops.isEmpty()) this.upgrade.add(ops);
    }
  }

  private wanted(table: Table, name: string, reflected: boolean, compareTo: Value): boolean {
    return this.context.runObjectFilters(table, name, "table", reflected, compareTo);
  }
  private reflected(t: Named, metadata: MetaData): Table {
    const known = metadata.tables.get(keyOf(t));
    if (known) return known;
    const table = new Table(t.name, metadata, [], { schema: t.schema });
    listen(table, "column_reflect", (inspector: Value, of: Value, facts: Value) =>
      this.context.impl.autogenColumnReflect(inspector, of, facts),
    );
    reflectInto(this.context.inspector, table);
    return table;
  }
  private compareTable(ops: ModifyTableOps, conn: Table | null, model: Table | null): void {
    this.context.comparators.dispatch("table", { qualifier: this.context.dialect.name })(
      this.context,
      ops,
      ops.schema,
      ops.tableName,
      conn,
      model,
    );
  }

  /** New columns first, then changed ones, the table's constraints, and columns that went. */
  private columns(ops: ModifyTableOps, conn: Table, model: Table): void {
    const { context } = this;
    const { schema, tableName } = ops;
    const shown = schema ? `${schema}.${tableName}` : tableName;
    const mine = new Map([...model.c].filter((c) => !c.system).map((c) => [c.name, c] as const));
    const theirs = new Map(
      [...conn.c]
        .filter((c) => context.includesName(c.name, "column", { table_name: tableName, schema_name: schema }))
        .map((c) => [c.name, c] as const),
    );
    for (const [name, column] of mine) {
      if (theirs.has(name) || !context.runObjectFilters(column, name, "column", false, null)) continue;
      ops.add(AddColumnOp.fromColumnAndTablename(schema, tableName, column));
      info("Detected added column '%s.%s'", [shown, name]);
    }
    for (const [name, column] of mine) {
      const was = theirs.get(name);
      if (!was || !context.runObjectFilters(column, name, "column", false, was)) continue;
      const alter = new AlterColumnOp(tableName, name, { schema });
      this.compareColumn(alter, was, column);
      if (alter.hasChanges()) ops.add(alter);
    }
    this.compareTable(ops, conn, model);
    for (const [name, column] of theirs) {
      if (mine.has(name) || !context.runObjectFilters(column, name, "column", true, null)) continue;
      ops.add(DropColumnOp.fromColumnAndTablename(schema, tableName, column));
      info("Detected removed column '%s.%s'", [shown, name]);
    }
  }
  private compareColumn(alter: AlterColumnOp, conn: Column, model: Column): void {
    this.context.comparators.dispatch("column", { qualifier: this.context.dialect.name })(
      this.context,
      alter,
      alter.schema,
      alter.tableName,
      alter.columnName,
      conn,
      model,
    );
  }
}

Plugin.own("alembic.autogenerate.schemas", (p) =>
  p.addAutogenerateComparator(schemas as Value, "autogenerate"),
);
Plugin.own("alembic.autogenerate.tables", (p) =>
  p.addAutogenerateComparator(tables as Value, "schema", "tables"),
);
