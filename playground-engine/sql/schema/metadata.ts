// MetaData: the tables that belong together, and who waits for which of them. Behaviour: SQLAlchemy sql/schema.py (MetaData).
import { ArgumentError, InvalidRequestError, UnreflectableTableError } from "../../errors/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { itemsOf } from "../../util/items.ts";
import { compareText } from "../../util/text.ts";
import { SchemaDropper, SchemaGenerator } from "../ddl-visitors.ts";
import { sortTables } from "../ddl-sort.ts";
import { reprOf } from "../repr.ts";
import type { Sequence } from "./defaults.ts";
import { runDdl, type DdlRunner } from "./ddl-runner.ts";
import { FkMemos } from "./foreign-key.ts";
import { SchemaItem } from "./item.ts";
import { plainSchema } from "../names.ts";
import { schemaLate } from "./late.ts";
import { tableKey } from "./constants.ts";
import { inspectorFor, type ReflectionBind } from "./reflection.ts";
import type { Table, TableOptions } from "./table.ts";

export interface MetaDataOptions {
  readonly schema?: string | null;
  readonly quoteSchema?: boolean | null;
  /** A mapping of the host: "ix", "uq", "ck", "fk", "pk" → template, or a token's name → callable. */
  readonly namingConvention?: Value;
  readonly info?: Value;
}

export type NamingConvention = ReadonlyMap<unknown, Value>;
const DEFAULT_NAMING_CONVENTION: NamingConvention = new Map([["ix", "ix_%(column_0_label)s"]]);

export class MetaData extends SchemaItem {
  static override readonly visitName: string = "metadata";
  /** Tables by key, in the order they were made. */
  readonly tables = new Map<string, Table>();
  readonly schema: string | null;
  readonly quoteSchema: boolean | null;
  readonly namingConvention: NamingConvention;
  /** The convention as the program gave it; null for the default. */
  readonly givenNamingConvention: Value;
  _schemas = new Set<string>();
  readonly _sequences = new Map<string, Sequence>();
  readonly _fkMemos = new FkMemos();

  constructor(given: MetaDataOptions = {}) {
    super();
    const options = plainSchema(given);
    const { schema = null } = options;
    if (schema !== null && host.kindOf(schema) !== "str")
      throw new ArgumentError(
        `expected schema argument to be a string, got ${host.str(host.typeOf(schema))}.`,
      );
    this.schema = schema;
    this.quoteSchema = options.quoteSchema ?? null;
    const convention =
      options.namingConvention != null && host.isTrue(options.namingConvention)
        ? options.namingConvention
        : null;
    this.givenNamingConvention = convention;
    this.namingConvention =
      convention === null ? DEFAULT_NAMING_CONVENTION : new Map(host.entries(convention) ?? []);
    if (options.info != null && host.isTrue(options.info)) this.info = options.info;
  }

  override repr(): string {
    return "MetaData()";
  }

  override toString(): string {
    return this.repr();
  }

  /** Given among a column's or table's items it is let be, as every item is that has nothing to do there. */
  override _setParent(): void {}

  /** `key in metadata` */
  has(tableOrKey: string | Table): boolean {
    return this.tables.has(typeof tableOrKey === "string" ? tableOrKey : tableOrKey.key);
  }

  /** @internal */
  _addTable(name: string, schema: string | null, table: Table): void {
    this.tables.set(tableKey(name, schema), table);
    if (schema) this._schemas.add(schema);
  }

  /** @internal */
  _removeTable(name: string, schema: string | null): void {
    const key = tableKey(name, schema);
    const removed = this.tables.get(key);
    if (removed) {
      this.tables.delete(key);
      for (const fk of removed.foreignKeys) fk._removeFromMetadata(this);
    }
    if (this._schemas.size)
      this._schemas = new Set([...this.tables.values()].map((t) => t.schema).filter((s) => s !== null));
  }

  clear(): void {
    this.tables.clear();
    this._schemas.clear();
    this._fkMemos.clear();
  }

  remove(table: Table): void {
    this._removeTable(table.name, table.schema);
  }

  /** Tables, those referred to first; foreign keys in a cycle are left out of account with a warning. */
  get sortedTables(): Table[] {
    return sortTables([...this.tables.values()].sort((a, b) => compareText(a.key, b.key)));
  }

  /** `tables`: a sequence of the host; null for all. */
  createAll(bind: DdlRunner, tables: Value = null, checkfirst = true): void {
    runDdl(bind, SchemaGenerator, this, { checkfirst, tables: tableList(tables) });
  }

  dropAll(bind: DdlRunner, tables: Value = null, checkfirst = true): void {
    runDdl(bind, SchemaDropper, this, { checkfirst, tables: tableList(tables) });
  }

  /** Make Table objects of what the database has. `only` is a list of names or a callable of name and MetaData. */
  reflect(
    bind: ReflectionBind,
    schemaArg: string | null = null,
    views = false,
    only: Value = null,
    extendExisting = false,
    autoloadReplace = true,
    resolveFks = true,
    dialectKwargs: Kwargs = new Map(),
  ): void {
    inspectorFor(bind)._inspectionContext((inspector) => {
      const schema = schemaArg ?? this.schema;
      const available = new Set(inspector.getTableNames(schema, dialectKwargs));
      if (views) {
        for (const v of inspector.getViewNames(schema, dialectKwargs)) available.add(v);
        try {
          for (const v of inspector.getMaterializedViewNames(schema, dialectKwargs)) available.add(v);
        } catch (e) {
          if (!host.isError(e, "NotImplementedError")) throw e;
        }
      }
      const isNew = (name: string): boolean =>
        extendExisting || !this.tables.has(schema === null ? name : `${schema}.${name}`);
      let load: string[];
      if (only === null) load = [...available].filter(isNew);
      else if (host.isCallable(only))
        load = [...available].filter((name) => isNew(name) && host.isTrue(host.call(only, [name, this])));
      else {
        const wanted = [...(host.iterate(only) ?? [])] as string[];
        const missing = wanted.filter((name) => !available.has(name));
        if (missing.length)
          throw new InvalidRequestError(
            `Could not reflect: requested table(s) not available in ${reprOf(inspector.engine)}${schema ? ` schema '${schema}'` : ""}: (${missing.join(", ")})`,
          );
        load = wanted.filter((name) => extendExisting || !this.tables.has(name));
      }
      const reflectInfo = inspector._getReflectionInfo({
        schema,
        filterNames: load,
        available,
        kind: views ? "any" : "table",
        scope: "any",
        dialectKwargs,
      });
      const extendOn = new Set<Table>();
      for (const name of load) {
        const tableOptions: TableOptions = {
          ...(schema === null ? {} : { schema }),
          autoloadWith: inspector,
          extendExisting,
          autoloadReplace,
          resolveFks,
          extendOn,
          reflectInfo,
        };
        try {
          new schemaLate.Table(name, this, [], tableOptions, dialectKwargs);
        } catch (e) {
          if (!(e instanceof UnreflectableTableError)) throw e;
          host.warn("SAWarning", `Skipping table ${name}: ${String(e.message)}`);
        }
      }
    });
  }
}
schemaLate.MetaData = MetaData;

function tableList(tables: Value): readonly Table[] | null {
  if (tables === null || tables === undefined) return null;
  return itemsOf(tables) as Table[];
}
