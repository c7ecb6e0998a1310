// Argument checks that the signature strings cannot say: types whose __new__ takes anything so that subclasses may,
// and whose __init__ then sees to it.
import { E, raise } from "../runtime/exceptions.ts";
import type { Value } from "../runtime/object.ts";

/** The one optional argument of list(), set() and their like. @throws TypeError */
export function atMostOne(
  name: string,
  args: readonly Value[],
  kwargs?: ReadonlyMap<string, Value>,
): Value | undefined {
  if (kwargs && kwargs.size > 0) raise(E.TypeError, `${name}() takes no keyword arguments`);
  if (args.length > 1) raise(E.TypeError, `${name} expected at most 1 argument, got ${args.length}`);
  return args[0];
}
