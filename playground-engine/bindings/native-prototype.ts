// What an object of a program's class has from the engine: behind the methods that the class overrides.

/** On prototypes made for Python subclasses: the prototype of the engine's own class, where native methods are found. */
export const NATIVE: unique symbol = Symbol("native prototype");

/** Where to look for the engine's own members of an object, past the overrides of a Python subclass. */
export function nativeMembers(o: object): object {
  return (o as { readonly [NATIVE]?: object })[NATIVE] ?? o;
}
