// Lets tests see private members of the library's classes where the engine has what they name, by the rule that binds public ones.
// Only here: in the product a name that begins with an underscore is not there.
import { api } from "../../playground-engine/bindings/class-table.ts";

/** The file beside the laid-out tests that private_names.py writes. */
export const PRIVATE_NAMES = "private-names.json";

/** What it holds. */
export type PrivateNames = Readonly<Record<string, readonly string[]>>;

/** To be called before the tables of classes are read, that is before anything else of the bindings is imported. */
export function alsoPrivate(names: PrivateNames): void {
  const set = api.set.bind(api);
  api.set = (qualified, [name, init, bases, members]) =>
    set(qualified, [name, init, bases, [...members, ...(names[qualified] ?? [])]]);
}
