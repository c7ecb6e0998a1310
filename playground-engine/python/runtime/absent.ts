// Names that a real package has and that are not here yet: an error about one of them says so.
import type { Value } from "./object.ts";

/** Whether the real module or class has this name; set by whoever knows of packages. */
export const absent: { has: (owner: Value, name: string) => boolean } = { has: () => false };

/** What an error about a missing name ends in. */
export function absentNote(owner: Value, name: string): string {
  return absent.has(owner, name) ? " (not in the playground yet)" : "";
}
