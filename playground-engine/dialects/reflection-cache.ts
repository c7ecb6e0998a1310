// The cache that an Inspector hands to the dialect's methods: one answer for the same question.
//
// Questions are the same only if they were asked in the same form: an argument given by name is another question than the
// same given by position. That decides which PRAGMAs a reflection repeats. Behaviour: SQLAlchemy engine/reflection.py (cache).
import type { Kwargs } from "../util/host.ts";

const NOT_PART = new Set(["info_cache", "unreflectable"]);

/** `fn`'s answer, remembered under "info_cache" of the keywords where there is one. */
export function cached<T>(method: string, args: readonly unknown[], kw: Kwargs, fn: () => T): T {
  const cache = kw.get("info_cache") as Map<string, unknown> | undefined;
  if (!cache) return fn();
  const key = JSON.stringify([
    method,
    args.filter((a) => typeof a === "string"),
    [...kw].filter(([name]) => !NOT_PART.has(name)),
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
