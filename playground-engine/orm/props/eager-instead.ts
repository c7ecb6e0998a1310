// Relationships that this run loads as with lazy="selectin", where the program leaves them lazy: how a reader compares the two.
import { onReset } from "../../util/reset.ts";

let chosen: ReadonlySet<string> = new Set();

/** Names as in "User.addresses", for the program that begins. */
export function loadEagerly(names: Iterable<string>): void {
  chosen = new Set(names);
}

export function loadsEagerly(name: string): boolean {
  return chosen.has(name);
}

onReset(() => (chosen = new Set()));
