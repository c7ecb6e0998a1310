// What an object of a program's class has from the engine: behind the methods that the class overrides.

/** On prototypes made for Python subclasses: the prototype of the engine's own class, where native methods are found. */
export const NATIVE: unique symbol = Symbol("native prototype");

/** Where to look for the engine's own members of an object, past the overrides of a Python subclass. */
export function nativeMembers(o: object): object {
  return (o as { readonly [NATIVE]?: object })[NATIVE] ?? o;
}

/** The prototype that has a member of its own: this one, or one behind it. */
export function holderOf(proto: object, key: string): object {
  for (let at: object | null = proto; at; at = Object.getPrototypeOf(at) as object | null)
    if (Object.hasOwn(at, key)) return at;
  return proto;
}
