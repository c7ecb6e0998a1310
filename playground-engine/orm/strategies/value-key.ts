// What a key of several values counts as in a Map, by the host's equality of values.
import { tokenOf } from "../../sql/cache-key.ts";
import { host, type Value } from "../../util/host.ts";

/** Equal for equal keys of one length. */
export function valueKey(values: readonly Value[]): unknown {
  if (values.length === 1) return host.key(values[0]);
  let out = "";
  for (const v of values) {
    const k = host.key(v);
    out += `${typeof k}:${typeof k === "object" && k !== null ? `#${tokenOf(k)}` : String(k)}\u0000`;
  }
  return out;
}
