// What a Table asks of the engine's Inspector when it is loaded from the database. engine/inspector.ts supplies it.
import { NoInspectionAvailable } from "../../errors/index.ts";
import { host, type Kwargs } from "../../util/host.ts";
import { late } from "../late.ts";
import type { Table } from "./table.ts";

/** An Engine, a Connection or an Inspector. */
export type ReflectionBind = object;

/** Reflected facts of many tables at once, opaque to the schema. */
export type ReflectionInfo = object;

export interface ReflectTableOptions {
  readonly includeColumns: readonly string[] | null;
  readonly excludeColumns: readonly string[];
  readonly resolveFks: boolean;
  readonly extendOn: Set<Table> | null;
  readonly reflectInfo: ReflectionInfo | null;
}

export interface ReflectionInfoRequest {
  readonly schema: string | null;
  readonly filterNames: readonly string[];
  readonly available: ReadonlySet<string>;
  readonly kind: "table" | "any";
  readonly scope: "any";
  readonly dialectKwargs: Kwargs;
}

export interface SchemaInspector {
  readonly engine: object;
  /** Run with one connection and one cache. */
  _inspectionContext<R>(fn: (inspector: SchemaInspector) => R): R;
  getTableNames(schema: string | null, kwargs?: Kwargs): Iterable<string>;
  getViewNames(schema: string | null, kwargs?: Kwargs): Iterable<string>;
  getMaterializedViewNames(schema: string | null, kwargs?: Kwargs): Iterable<string>;
  reflectTable(table: Table, options: ReflectTableOptions): void;
  _getReflectionInfo(request: ReflectionInfoRequest): ReflectionInfo;
}

/** inspect(bind). Throws NoInspectionAvailable. */
export function inspectorFor(bind: ReflectionBind): SchemaInspector {
  if (typeof (bind as Partial<SchemaInspector> | null)?._inspectionContext === "function")
    return bind as SchemaInspector;
  const found = late.inspect(bind) as unknown as SchemaInspector | undefined;
  if (!found)
    throw new NoInspectionAvailable(
      `No inspection system is available for object of type ${host.str(host.typeOf(bind))}`,
    );
  return found;
}
