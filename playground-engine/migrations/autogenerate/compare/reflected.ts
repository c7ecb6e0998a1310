// What the database has, asked once for all tables. Names are final: no naming convention applies to them any more.
//
// Behaviour: alembic.autogenerate.compare.util.
import type { Inspector } from "../../../engine/index.ts";
import { ReflectionInfo, tableKey } from "../../../engine/reflect-table.ts";
import type { Reflected } from "../../../dialects/dialect.ts";
import type { Table } from "../../../sql/schema/index.ts";
import { ConvName } from "../../../sql/index.ts";
import { host, type Value } from "../../../util/host.ts";

type Facts = Reflected | Reflected[];
interface Question {
  readonly many: "getMultiColumns";
  readonly one: "getColumns";
  /** Its facts have names to be made final. */
  readonly named: boolean;
}
const Q = (name: string, many = `getMulti${name}`, named = false): Question =>
  ({ many, one: `get${name}`, named }) as Question;
/** By the names that ReflectionInfo has for them, in the order in which they are asked. */
const QUESTIONS: Readonly<Record<string, Question>> = {
  columns: Q("Columns"),
  pkConstraint: Q("PkConstraint", undefined, true),
  foreignKeys: Q("ForeignKeys", undefined, true),
  indexes: Q("Indexes", undefined, true),
  uniqueConstraints: Q("UniqueConstraints", undefined, true),
  tableComment: Q("TableComment"),
  checkConstraints: Q("CheckConstraints", undefined, true),
  tableOptions: Q("TableOptions"),
};

/** Facts by table; "absent" where the dialect cannot say. */
type Cache = Map<string, Facts> | "absent";
const cached = new WeakMap<object, Map<string, Cache>>();

function cacheOf(inspector: Inspector): Map<string, Cache> {
  const { infoCache } = inspector;
  let found = cached.get(infoCache);
  if (!found) cached.set(infoCache, (found = new Map()));
  return found;
}

/** Ask about these tables, all at once; later schemas are asked table by table. */
export function preCache(inspector: Inspector, schema: string | null, tables: readonly string[]): void {
  const cache = cacheOf(inspector);
  for (const [key, q] of Object.entries(QUESTIONS)) {
    if (cache.has(key)) continue;
    try {
      const found = new Map<string, Facts>();
      for (const [[s, t], facts] of inspector[q.many](schema, tables)) found.set(tableKey(s, t), facts);
      cache.set(key, found);
    } catch (e) {
      if (!host.isError(e, "NotImplementedError")) throw e;
      cache.set(key, "absent");
    }
  }
}

function final<F extends Facts>(facts: F): F {
  for (const f of (Array.isArray(facts) ? facts : [facts]) as Reflected[]) {
    const name = f.get("name") ?? null;
    if (typeof name === "string") f.set("name", new ConvName(name));
  }
  return facts;
}

/** Facts of one kind about a table; undefined where the dialect cannot say. */
function factsOf(inspector: Inspector, key: string, table: string, schema: string | null): Facts | undefined {
  const q = QUESTIONS[key]!;
  const cache = cacheOf(inspector).get(key);
  if (cache === "absent") return undefined;
  let found = cache?.get(tableKey(schema, table));
  if (found === undefined)
    try {
      found = inspector[q.one](table, schema);
    } catch (e) {
      if (!host.isError(e, "NotImplementedError")) throw e;
      return undefined;
    }
  return q.named ? final(found) : found;
}
/** @returns undefined where the dialect cannot say */
export function listed(
  inspector: Inspector,
  key: "foreignKeys" | "indexes" | "uniqueConstraints" | "checkConstraints",
  table: string,
  schema: string | null,
): readonly Reflected[] | undefined {
  return factsOf(inspector, key, table, schema) as readonly Reflected[] | undefined;
}

/** A name as the program's filters see it. */
export function plain(name: Value): Value {
  return name instanceof ConvName ? name.value : name;
}

/** Fill a table with what the database has. */
export function reflectInto(inspector: Inspector, table: Table): void {
  const info = new ReflectionInfo();
  const key = tableKey(table.schema, table.name);
  for (const name of Object.keys(QUESTIONS)) {
    const facts = factsOf(inspector, name, table.name, table.schema);
    if (facts !== undefined)
      (info as unknown as Readonly<Record<string, Map<string, Facts>>>)[name]!.set(key, facts);
  }
  inspector.reflectTable(table, { resolveFks: false, reflectInfo: info as never });
}
