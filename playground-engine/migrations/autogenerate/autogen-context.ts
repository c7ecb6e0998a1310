// One comparison of a model with a database: what to look at, what to leave out, and what rendering collects.
//
// Behaviour: alembic.autogenerate.api (AutogenContext).
import { type Inspector, inspectEngine } from "../../engine/index.ts";
import { MetaData, type Table } from "../../sql/schema/index.ts";
import type { TypeEngine } from "../../sql/index.ts";
import { host, type Value } from "../../util/host.ts";
import { PriorityDispatcher } from "../dispatch.ts";
import { CommandError } from "../errors.ts";
import type { DefaultImpl } from "../ddl/impl.ts";
import type { MigrationContext } from "../runtime/migration-context.ts";
import { Plugin } from "./plugins.ts";

/** Comparators that a program adds to all comparisons. */
export const comparators = new PriorityDispatcher();

export class AutogenContext {
  readonly migrationContext: MigrationContext;
  readonly metadata: Value;
  readonly connection: Value;
  readonly dialect: DefaultImpl["dialect"];
  /** A dict of the program: hooks may change it. */
  opts: Value;
  readonly comparators = new PriorityDispatcher();
  /** A set of the program: lines such as "import models". */
  imports: Value;
  /** @internal rendering what stands in `with op.batch_alter_table` */
  hasBatch = false;
  private asked: Inspector | undefined;
  private tables: Map<string, Table> | undefined;

  constructor(
    migrationContext: MigrationContext,
    metadata: Value = null,
    opts: Value = null,
    autogenerate = true,
  ) {
    if (autogenerate && migrationContext.asSql)
      throw new CommandError(
        "autogenerate can't use as_sql=True as it prevents querying the database for schema information",
      );
    if (autogenerate) {
      this.comparators.populateWith(comparators);
      Plugin.populateAutogeneratePriorityDispatch(
        this.comparators,
        migrationContext.opts.get("autogenerate_plugins") ?? ["alembic.autogenerate.*"],
      );
    }
    this.opts = host.makeDict(host.entries(opts ?? migrationContext.opts)!);
    this.metadata = metadata ?? this.option("target_metadata");
    if (autogenerate && this.metadata === null && migrationContext.script)
      throw new CommandError(
        `Can't proceed with --autogenerate option; environment script ${migrationContext.script.envPyLocation} does not provide a MetaData object or sequence of objects to the context.`,
      );
    this.migrationContext = migrationContext;
    this.connection = migrationContext.bind;
    this.dialect = migrationContext.dialect;
    this.imports = host.makeSet([]);
  }

  get impl(): DefaultImpl {
    return this.migrationContext.impl;
  }
  get inspector(): Inspector {
    if (this.connection === null)
      throw host.error(
        "TypeError",
        "can't return inspector as this AutogenContext has no database connection",
      );
    return (this.asked ??= inspectEngine(this.connection as never) as unknown as Inspector);
  }

  /** @internal Rendering types is above this file: render-schema.ts sets it. */
  static renderSubtype: (
    type: TypeEngine,
    attribute: string,
    before: string,
    context: AutogenContext,
  ) => string | null = () => null;
  /** @internal */
  withSubtype(type: TypeEngine, attribute: string, before: string): string | null {
    return AutogenContext.renderSubtype(type, attribute, before, this);
  }
  /** @internal */
  within<T>(render: () => T): T {
    this.hasBatch = true;
    const done = render();
    this.hasBatch = false;
    return done;
  }
  /** @internal */
  import(line: string): void {
    host.call(host.getAttribute(this.imports, "add"), [line]);
  }
  /** @internal None where it is not set */
  option(name: string): Value {
    for (const [k, v] of host.entries(this.opts)!) if (k === name) return v;
    return null;
  }
  /** @internal an option that is a callable, or nothing */
  hook(name: string): Value {
    const found = this.option(name);
    return host.isTrue(found) ? found : null;
  }

  runNameFilters(name: Value, type: string, parentNames: Value): boolean {
    const filter = this.hook("include_name");
    const known = new Map(host.entries(parentNames));
    if (known.has("schema_name")) {
      const table = type === "table" ? name : (known.get("table_name") ?? null);
      if (host.isTrue(table)) {
        const schema = known.get("schema_name");
        host.call(host.getAttribute(parentNames, "__setitem__"), [
          "schema_qualified_table_name",
          host.isTrue(schema) ? `${host.str(schema)}.${host.str(table)}` : table,
        ]);
      }
    }
    return filter === null || host.isTrue(host.call(filter, [name, type, parentNames]));
  }
  /** @internal */
  includesName(name: Value, type: string, parents: Readonly<Record<string, Value>>): boolean {
    return (
      this.hook("include_name") === null ||
      this.runNameFilters(name, type, host.makeDict(Object.entries(parents)))
    );
  }
  runObjectFilters(object: Value, name: Value, type: string, reflected: boolean, compareTo: Value): boolean {
    const filter = this.hook("include_object");
    return filter === null || host.isTrue(host.call(filter, [object, name, type, reflected, compareTo]));
  }
  runFilters(object: Value, name: Value, type: string, reflected: boolean, compareTo: Value): boolean {
    return this.runObjectFilters(object, name, type, reflected, compareTo);
  }

  private get metadatas(): readonly MetaData[] {
    return (
      this.metadata instanceof MetaData ? [this.metadata] : [...(host.iterate(this.metadata) ?? [])]
    ) as readonly MetaData[];
  }
  get sortedTables(): Table[] {
    return this.metadatas.flatMap((m) => m.sortedTables);
  }
  get tableKeyToTable(): Map<string, Table> {
    if (!this.tables) {
      const found = new Map<string, Table>();
      for (const m of this.metadatas) {
        const both = [...m.tables.keys()].filter((k) => found.has(k)).sort();
        if (both.length > 0)
          throw host.error(
            "ValueError",
            `Duplicate table keys across multiple MetaData objects: ${both.map((k) => `"${k}"`).join(", ")}`,
          );
        for (const [k, t] of m.tables) found.set(k, t);
      }
      this.tables = found;
    }
    return this.tables;
  }
}
