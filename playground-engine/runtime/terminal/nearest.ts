// "Did you mean": the name that is nearest to what was typed.
import { distance } from "../../python/runtime/suggestions.ts";

/** The name that was likely meant. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const most = Math.max(2, Math.ceil(name.length / 3) * 2);
  let best: string | undefined;
  let least = most + 1;
  for (const n of names) {
    const d = distance(name, n, most);
    if (d < least) {
      least = d;
      best = n;
    }
  }
  return best;
}
