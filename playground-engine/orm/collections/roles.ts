// What a custom collection class must have: an appender, a remover and an iterator.
//
// Methods are elected by decorators, or known by the nature of the class (list, set); a dictionary must elect its appender
// and remover. A face looks the class over and asks here. Behaviour: SQLAlchemy orm/collections.py (_assert_required_roles).
import { ArgumentError } from "../../errors/index.ts";
import type { CollectionRole } from "../face.ts";

export interface CollectionMethods {
  appender?: string;
  remover?: string;
  iterator?: string;
  converter?: string;
}

const CANNED: Readonly<Record<CollectionRole, CollectionMethods>> = {
  list: { appender: "append", remover: "remove", iterator: "__iter__" },
  set: { appender: "add", remover: "remove", iterator: "__iter__" },
  dict: { iterator: "values" },
};

/**
 * The names of a class's methods by role: those elected, then those of its nature.
 * @param hasMethod whether the class has a method of this name
 * Throws ArgumentError where a role has none.
 */
export function collectionMethods(
  className: string,
  nature: CollectionRole | undefined,
  elected: CollectionMethods,
  hasMethod: (name: string) => boolean,
): Required<Omit<CollectionMethods, "converter">> & CollectionMethods {
  const methods: CollectionMethods = { ...(nature ? CANNED[nature] : {}), ...elected };
  const need = (role: "appender" | "remover" | "iterator", article: "an" | "a"): string => {
    const name = methods[role];
    if (name === undefined || !hasMethod(name))
      throw new ArgumentError(
        `Type ${className} must elect ${article} ${role} method to be a collection class`,
      );
    return name;
  };
  return {
    ...methods,
    appender: need("appender", "an"),
    remover: need("remover", "a"),
    iterator: need("iterator", "an"),
  };
}

/** Argument of a `@collection.adds` or `removes` method that is not there. */
export function missingArgument(argument: string | number): ArgumentError {
  return new ArgumentError(`Missing argument ${argument}`);
}
