// The cache that an Inspector hands to the dialect's methods: one answer for the same question.
//
// The name of a Table object is a quoted_name to SQLAlchemy, and asks another question than the same name as plain text. That
// decides which PRAGMAs a reflection repeats. Behaviour: SQLAlchemy engine/reflection.py (cache).
import type { Kwargs } from "../util/host.ts";

const NOT_PART = new Set(["info_cache", "unreflectable"]);

/** A keyword, for the cache alone: the name asked for is that of a Table object. */
export const TABLE_OBJECT = "table_object";

/** `fn`'s answer, remembered under "info_cache" of the keywords where there is one; `args` are the name and the schema of methods that take them. */
export function cached<T>(method: string, args: readonly unknown[], kw: Kwargs, fn: () => T): T {
  const cache = kw.get("info_cache") as Map<string, unknown> | undefined;
  if (!cache) return fn();
  const [schema, rest] = splitSchema(args.at(-1) as string | null | undefined, kw);
  const key = JSON.stringify([
    method,
    args.slice(0, -1),
    schema,
    [...rest].filter(([name]) => !NOT_PART.has(name)),
  ]);
  let found = cache.get(key) as T | undefined;
  if (found === undefined || found === null) cache.set(key, (found = fn()));
  return found;
}

/** A method's schema, by position or as keyword "schema", and the keywords without it. */
export function splitSchema(
  schema: string | null | undefined,
  kw: Kwargs,
): readonly [schema: string | null, rest: Kwargs] {
  if (schema !== undefined || !kw.has("schema")) return [schema ?? null, kw];
  const rest = new Map(kw);
  rest.delete("schema");
  return [(kw.get("schema") as string | null) ?? null, rest];
}
