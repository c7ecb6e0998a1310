// Which TypeScript class stands for which class of the real packages: by its name, as the rooms export it.
//
// A room's export `Select` is the class `Select` of the tables. Where several classes of the real packages share a name, the
// preferred modules decide; where a room's name differs, `named` says so. Exports without a line in the tables are the
// engine's own affair and stay unseen.
import { type HostClass, knownClass } from "./class-table.ts";
import { attach } from "./define.ts";

const byShortName = new Map<string, string[]>();

/** Make the names of an area's table known. */
export function indexNames(classes: readonly (readonly [string, string, string, readonly string[]])[]): void {
  for (const [qualified] of classes) {
    const short = qualified.slice(qualified.lastIndexOf(".") + 1);
    byShortName.set(short, [...(byShortName.get(short) ?? []), qualified]);
  }
}

interface Hinted {
  readonly pyModule?: string;
  readonly pyName?: string;
}

function qualifiedOf(name: string, cls: Hinted, prefer: readonly string[]): string | undefined {
  if (Object.hasOwn(cls, "pyModule")) {
    const own = `${cls.pyModule}.${Object.hasOwn(cls, "pyName") ? cls.pyName : name}`;
    if (knownClass(own)) return own;
  }
  const candidates = byShortName.get(name) ?? byShortName.get(name.replace(/_$/, "")) ?? [];
  for (const module of prefer) {
    const found = candidates.find((c) => c === `${module}.${name}` || c.startsWith(`${module}.`));
    if (found) return found;
  }
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** A class's prototype cannot be replaced, a function's can: its text says it too, and is long. */
function isClass(value: object): boolean {
  return Object.getOwnPropertyDescriptor(value, "prototype")?.writable === false;
}

const attached = new Set<string>();

/**
 * Attach a room's exported classes.
 * @param prefer modules, the likeliest first, for names that several classes have
 * @param named exports whose class has another name, by qualified name; null leaves an export out
 */
export function attachRoom(
  exports: object,
  prefer: readonly string[],
  named: Readonly<Record<string, string | null>> = {},
): void {
  for (const [name, value] of Object.entries(exports)) {
    if (typeof value !== "function" || !isClass(value)) continue;
    const by = named[name];
    if (by === null) continue;
    const qualified = by ?? qualifiedOf(name, value as Hinted, prefer);
    if (qualified === undefined || !knownClass(qualified) || attached.has(qualified)) continue;
    attached.add(qualified);
    attach(value as HostClass, qualified);
  }
}
