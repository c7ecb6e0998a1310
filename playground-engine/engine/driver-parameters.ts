// From parameters by name to what a driver takes: each value through its type's processor, in the order of the placeholders.
import type { BindProcessor } from "../sql/types/dialect-facts.ts";
import type { Value } from "../util/host.ts";
import type { ParamSet } from "../util/repr-params.ts";

/** One set of parameters as the driver takes it. */
export function toDriver(
  set: ReadonlyMap<string, Value>,
  processors: ReadonlyMap<string, BindProcessor>,
  positions: readonly string[] | null,
  escapedNames: ReadonlyMap<string, string>,
): ParamSet {
  const processed = (name: string): Value => {
    const value = set.get(name) ?? null;
    const processor = processors.get(name);
    return processor ? processor(value) : value;
  };
  if (positions) return positions.map(processed);
  const out = new Map<string, Value>();
  for (const name of set.keys()) out.set(escapedNames.get(name) ?? name, processed(name));
  return out;
}
