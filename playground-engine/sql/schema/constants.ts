// Symbols and small rules that schema objects share.
import { counter } from "../../util/memo.ts";
import { host } from "../../util/host.ts";

/** Keep the schema an object has when it is copied by to_metadata(). */
export const RETAIN_SCHEMA: unique symbol = Symbol("RETAIN_SCHEMA");
/** No schema, even if the MetaData has one. */
export const BLANK_SCHEMA: unique symbol = Symbol("BLANK_SCHEMA");
/** The `nullable` of a Column that was not told. */
export const NULL_UNSPECIFIED: unique symbol = Symbol("NULL_UNSPECIFIED");
/** The name of a constraint that a type made: a naming convention may give it one, else it stays unnamed. */
export const NONE_NAME: unique symbol = Symbol("NONE_NAME");

export type SchemaArgument = string | typeof BLANK_SCHEMA | null;

/** "schema.name", or the name alone. */
export function tableKey(name: string, schema: string | null): string {
  if (schema === null) return name;
  if (typeof name !== "string")
    throw host.error("TypeError", `can only concatenate str (not "${host.typeName(name)}") to str`);
  return `${schema}.${name}`;
}

/** Numbers schema objects in the order of their making. */
export const nextCreationOrder = counter();
