// Several bases for one class: the members of further classes are laid into its prototype.
//
// Only for classes that hold no state of their own (methods, accessors and defaults on the prototype). What the class or
// its real base chain defines stays. The class says so to the type checker by a merged interface.

type AnyClass = abstract new (...args: never[]) => object;

interface WithRoles {
  readonly _roles?: ReadonlySet<unknown>;
}

/** Give `target` the own members of the sources that it does not have of its own; earlier sources win over later ones, all over its bases. */
export function mixin(target: AnyClass, ...sources: AnyClass[]): void {
  const own = target.prototype as WithRoles & object;
  for (const source of sources) {
    const members = source.prototype as WithRoles & object;
    for (const key of Reflect.ownKeys(members)) {
      if (key === "constructor") continue;
      if (key === "_roles") addRoles(own, members);
      else if (!Object.hasOwn(own, key))
        Object.defineProperty(own, key, Object.getOwnPropertyDescriptor(members, key) as PropertyDescriptor);
    }
  }
}

function addRoles(own: WithRoles, members: WithRoles): void {
  const value = new Set([...(own._roles ?? []), ...(members._roles ?? [])]);
  Object.defineProperty(own, "_roles", { value, configurable: true });
}

/** Values that all instances of a class have until they are given their own. Not for accessors. */
export function defaults<C extends AnyClass>(
  target: C,
  values: Partial<InstanceType<C>> & Record<string, unknown>,
): void {
  for (const [key, value] of Object.entries(values))
    Object.defineProperty(target.prototype, key, {
      value,
      writable: true,
      configurable: true,
      enumerable: false,
    });
}
