// Finds FROM elements that no join condition connects to the rest: the cartesian product warning.
//
// While a statement is printed every FROM element registers itself with its name, and every join and
// every comparison registers an edge between the elements on its two sides. What cannot be reached
// from the first element is reported (docs.sqlalchemy.org/en/20/changelog/migration_14.html#change-4737).
import { warn } from "../errors/index.ts";
import { ElementMap, ElementSet, type Hashed } from "../sql/element-set.ts";

/** Levels of `linting`, as the engine's enable_from_linting sets them. */
export const NO_LINTING = 0;
export const COLLECT_CARTESIAN_PRODUCTS = 1;
export const WARN_LINTING = 2;
export const FROM_LINTING = COLLECT_CARTESIAN_PRODUCTS | WARN_LINTING;

export class FromLinter {
  /** FROM element → the name it is printed under. */
  readonly froms: ElementMap<Hashed, string> = new ElementMap<Hashed, string>();
  readonly edges: (readonly [Hashed, Hashed])[] = [];

  /** Every element of the one side is connected with every element of the other. */
  connect(left: Iterable<Hashed>, right: Iterable<Hashed>): void {
    const others = [...right];
    for (const a of left) for (const b of others) this.edges.push([a, b]);
  }

  /** The elements out of reach and the element one started from; undefined if all hang together. */
  lint(start?: Hashed): { readonly rest: Hashed[]; readonly start: Hashed } | undefined {
    const rest = new ElementSet<Hashed>(this.froms.keys());
    if (rest.size === 0) return undefined;
    const from = start ?? rest.toArray()[0]!;
    const neighbours = new ElementMap<Hashed, Hashed[]>();
    for (const [a, b] of this.edges) {
      push(neighbours, a, b);
      push(neighbours, b, a);
    }
    const reached = new ElementSet<Hashed>([from]);
    // grows while it is walked
    for (const node of reached) for (const next of neighbours.get(node) ?? []) reached.add(next);
    for (const node of reached) rest.delete(node);
    return rest.size ? { rest: rest.toArray(), start: from } : undefined;
  }

  warn(statementType = "SELECT"): void {
    const found = this.lint();
    if (!found) return;
    const names = found.rest.map((f) => `"${this.froms.get(f)}"`).join(", ");
    warn(
      `${statementType} statement has a cartesian product between FROM element(s) ${names} and ` +
        `FROM element "${this.froms.get(found.start)}".  Apply join condition(s) between each element to resolve.`,
    );
  }
}

function push(map: ElementMap<Hashed, Hashed[]>, key: Hashed, value: Hashed): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
