// The classes of the real packages that the bindings know: what the tables (api/*.ts) say of each, the Python type that is made of it,
// and the TypeScript class that its instances are.
import type { PyType } from "../python/runtime/object.ts";
import { constructorSignatures } from "./signatures.ts";

export type HostClass = abstract new (...args: never[]) => object;
export type AnyObject = Record<string | symbol, unknown>;
type ApiClass = readonly [name: string, init: string, bases: string, members: readonly string[]];

/** The tables' lines, by qualified name. */
export const api = new Map<string, ApiClass>();
/** The Python types that were made of them. */
export const types = new Map<string, PyType>();
export const apiOf = new Map<PyType, ApiClass>();
/** The TypeScript classes that serve them. */
export const hosts = new Map<PyType, HostClass>();

/** `order_by(first=…, *rest)` is one list of arguments to us. */
export function oneList(signature: string): string {
  return signature.replace(/\b(?:_\w+__first|initial_clause)=\.\.\., \*/, "*");
}

/** Classes defined inside classes, by the outer one: TypeEngine.Comparator. */
export const nested = new Map<string, string[]>();

/** Add an area's class table (api/*.ts). */
export function addApi(classes: readonly ApiClass[]): void {
  for (const c of classes) {
    api.set(c[0], c);
    const outer = c[0].slice(0, c[0].lastIndexOf("."));
    if (/\.[A-Z]\w*$/.test(outer)) nested.set(outer, [...(nested.get(outer) ?? []), c[0]]);
  }
}

/** Whether the real packages have a class of this qualified name. */
export function knownClass(qualified: string): boolean {
  return api.has(qualified);
}

export function signatureOfType(t: PyType): string {
  const entry = apiOf.get(t);
  return entry ? (constructorSignatures[entry[0]] ?? entry[1]) : "";
}

/** The qualified name of the class whose constructor runs for a type: the engine's own class behind it. */
export function nameOfConstructor(cls: PyType): string {
  for (const t of cls.mro) if (hosts.has(t)) return apiOf.get(t)?.[0] ?? "";
  return "";
}

/** The engine's class behind a type. Of several bases' the one that is itself furthest derived: the others are laid into it. */
export function nativeHost(cls: PyType): HostClass | undefined {
  const own = hosts.get(cls);
  if (own) return own;
  let best: HostClass | undefined;
  for (const b of cls.bases) {
    const h = nativeHost(b);
    if (h && (!best || depth(h) > depth(best))) best = h;
  }
  return best;
}

export function depth(cls: HostClass): number {
  let n = 0;
  for (
    let at: object | null = (cls as unknown as { prototype: object }).prototype;
    at;
    at = Object.getPrototypeOf(at) as object | null
  )
    n++;
  return n;
}

export function apiMember(cls: PyType, name: string): string | undefined {
  for (const t of cls.mro) {
    const found = apiOf.get(t)?.[3].find((m) => m === "." + name || m.startsWith(name + "("));
    if (found) return found;
  }
  return undefined;
}

/** Every attached class with its line of the tables. */
export function* attachedClasses(): Iterable<{
  readonly name: string;
  readonly init: string;
  readonly own: readonly string[];
  readonly members: readonly string[];
  readonly host: HostClass;
}> {
  for (const [t, host] of hosts) {
    const entry = apiOf.get(t);
    if (entry)
      yield {
        name: entry[0],
        own: entry[3],
        init: constructorSignatures[entry[0]] ?? entry[1],
        get members() {
          return [...new Set(t.mro.flatMap((b) => apiOf.get(b)?.[3] ?? []))];
        },
        host,
      };
  }
}

/** The TypeScript classes that serve a class of the real packages: its own and those attached below it. */
export function attachedHosts(): (qualified: string) => readonly HostClass[] {
  const by = new Map<string, HostClass[]>();
  for (const [t, host] of hosts)
    for (const b of t.mro) {
      const name = apiOf.get(b)?.[0];
      if (name !== undefined) by.set(name, [...(by.get(name) ?? []), host]);
    }
  return (qualified) => by.get(qualified) ?? [];
}
