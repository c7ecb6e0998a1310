// What every mapped object of a TypeScript program is: a state and a dictionary of attributes, both hidden.
import type { AttrDict, ManagerRef, StateRef } from "../orm/face.ts";
import type { Value } from "../util/host.ts";

export const STATE: unique symbol = Symbol("state");
export const DICT: unique symbol = Symbol("attributes");
/** On classes. */
export const MANAGER: unique symbol = Symbol("manager");
export const INIT: unique symbol = Symbol("constructor");
export const ATTRIBUTES: unique symbol = Symbol("class attributes");

export type Init = (
  next: () => void,
  obj: object,
  args: readonly Value[],
  kwargs: Map<string, Value>,
) => void;

/** Base of all mapped classes. Attributes are accessors of the class; the object's own fields are the two hidden ones. */
export class Entity {
  declare [STATE]: StateRef | undefined;
  declare [DICT]: AttrDict;

  /** @param values attributes by name. @throws TypeError for a name that the class does not have */
  constructor(values: Readonly<Record<string, unknown>> = {}) {
    this[STATE] = undefined;
    this[DICT] = new Map();
    const kwargs = new Map<string, Value>();
    for (const key of Object.keys(values)) kwargs.set(key, values[key]);
    const next = (): void => {
      for (const [key, value] of kwargs) {
        if (!(key in this))
          throw new TypeError(`'${key}' is an invalid keyword argument for ${new.target.name}`);
        (this as unknown as Record<string, unknown>)[key] = value;
      }
    };
    const init = (new.target as HiddenClass)[INIT];
    if (init) init(next, this, [], kwargs);
    else throw new TypeError(`${new.target.name} is not mapped yet: call map() with it first`);
  }
}

export type EntityType = abstract new (...args: never[]) => Entity;
/** Classes inherit what is on their bases. */
export type HiddenClass = { [MANAGER]?: ManagerRef; [INIT]?: Init; [ATTRIBUTES]?: Map<string, Value> };

/** The classes from this one up to Entity, that left out. */
export function lineage(cls: object): EntityType[] {
  const found: EntityType[] = [];
  for (let c: unknown = cls; typeof c === "function" && c !== Entity && c !== Function.prototype;)
    (found.push(c as EntityType), (c = Object.getPrototypeOf(c)));
  return found;
}
